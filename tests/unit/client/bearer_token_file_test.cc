#include "client/bearer_token_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "client/channel.h"
#include "tests/fakes/eventually.h"
#include "tests/unit/client/scripted_broker.h"

namespace bursar::client {
namespace {

class BearerTokenFileTest : public testing::Test {
 protected:
  std::string Path() const { return broker_.folder() + "/token"; }

  // As whoever rotates it does: at once.
  void Put(const std::string& content) const {
    std::ofstream(Path() + ".new") << content;
    std::filesystem::rename(Path() + ".new", Path());
  }

  static std::string Shown(BearerTokenFile& file) {
    return std::string(file.Authorization()->Expose());
  }

  absl::StatusCode Open(ChannelOptions options) const {
    options.bearer_token_file = Path();
    return OpenChannel(options).status().code();
  }

  ScriptedBroker broker_;
};

TEST_F(BearerTokenFileTest, TheTokenIsShownWithoutTheEndOfItsLine) {
  Put("  the-token\n");
  const auto file = BearerTokenFile::Open(Path());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(Shown(**file), "Bearer the-token");
}

TEST_F(BearerTokenFileTest, AFileWithoutATokenIsRefused) {
  EXPECT_FALSE(BearerTokenFile::Open(Path()).ok());
  for (const char* content : {"", " \n", "two tokens", "a\nb", "t\x01"}) {
    Put(content);
    EXPECT_FALSE(BearerTokenFile::Open(Path()).ok()) << content;
  }
}

TEST_F(BearerTokenFileTest, ATokenThatIsReplacedIsShownBeforeLong) {
  Put("first");
  const auto file = BearerTokenFile::Open(Path());
  ASSERT_TRUE(file.ok());
  Put("second");
  EXPECT_TRUE(Eventually([&] { return Shown(**file) == "Bearer second"; }));
}

TEST_F(BearerTokenFileTest, WhileThereIsNoneTheLastOneIsShown) {
  Put("first");
  const auto file = BearerTokenFile::Open(Path());
  ASSERT_TRUE(file.ok());
  std::filesystem::remove(Path());
  EXPECT_EQ(Shown(**file), "Bearer first");
  Put("");
  EXPECT_EQ(Shown(**file), "Bearer first");
  Put("third");
  EXPECT_TRUE(Eventually([&] { return Shown(**file) == "Bearer third"; }));
}

TEST_F(BearerTokenFileTest, ItTravelsOverTlsAndWithinThisMachineAlone) {
  Put("the-token");
  EXPECT_EQ(Open({.target = "unix:/run/b.sock"}), absl::StatusCode::kOk);
  EXPECT_EQ(Open({.target = "127.0.0.1:1"}), absl::StatusCode::kOk);
  EXPECT_EQ(Open({.target = "broker.example:1", .tls = TlsFiles{}}),
            absl::StatusCode::kOk);
  EXPECT_EQ(Open({.target = "broker.example:1", .allow_clear_text = true}),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(BearerTokenFileTest, AChannelWithoutItsTokenIsRefused) {
  EXPECT_EQ(Open({.target = "unix:/run/b.sock"}),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace bursar::client
