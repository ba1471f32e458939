#include "server/base/random.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

TEST(SystemRandomTest, FillsEveryByte) {
  SystemRandom random;
  // Larger than what the system gives in one go without being interrupted. A
  // byte that is never filled is 0 in every round; one that is, hardly.
  std::vector<unsigned char> seen(1000);
  for (int round = 0; round < 20; ++round) {
    std::vector<unsigned char> bytes(seen.size());
    random.Fill(absl::MakeSpan(bytes));
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i] |= bytes[i];
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 0), 0);
}

TEST(SystemRandomTest, FillsNothingIfAskedForNothing) {
  SystemRandom random;
  random.Fill({});
}

TEST(SystemRandomTest, DoesNotRepeatItself) {
  SystemRandom random;
  EXPECT_NE(RandomText(random, 16), RandomText(random, 16));
}

// Counts up from 0.
class CountingRandom final : public Random {
 public:
  void Fill(absl::Span<unsigned char> bytes) override {
    for (unsigned char& byte : bytes) byte = next_++;
  }

 private:
  unsigned char next_ = 0;
};

TEST(RandomTextTest, HasNoPadding) {
  CountingRandom random;
  EXPECT_EQ(RandomText(random, 1).size(), 2);
  EXPECT_EQ(RandomText(random, 2).size(), 3);
  EXPECT_EQ(RandomText(random, 3).size(), 4);
  EXPECT_EQ(RandomText(random, 32).size(), 43);
}

TEST(RandomTextTest, IsOfLettersDigitsHyphenAndUnderscore) {
  CountingRandom random;
  const std::string text = RandomText(random, 256);
  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' ||
           c == '_';
  }));
}

TEST(RandomTextTest, IsTheBytesInBase64Url) {
  CountingRandom random;
  EXPECT_EQ(RandomText(random, 4), "AAECAw");
}

}  // namespace
}  // namespace bursar
