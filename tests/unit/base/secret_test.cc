#include "server/base/secret.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include "gtest/gtest.h"

namespace {

// What the tests look for in memory that is about to be given back.
constexpr char kMarker[] = "swordfish-0123456789";
bool g_saw_marker = false;

void LookForMarker(const void* memory) {
  if (memory == nullptr) return;
  if (std::memcmp(memory, kMarker, sizeof(kMarker) - 1) == 0) {
    g_saw_marker = true;
  }
}

}  // namespace

// Arrays are a secret's only memory, so these alone are watched. Each is made
// large enough to be compared with the marker.
void* operator new[](std::size_t size) {
  void* memory = std::calloc(1, size + sizeof(kMarker));
  if (memory == nullptr) std::abort();
  return memory;
}
void operator delete[](void* memory) noexcept {
  LookForMarker(memory);
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  operator delete[](memory);
}

namespace bursar {
namespace {

template <typename T>
concept Printable = requires(std::ostream& stream, const T& value) {
  stream << value;
};

TEST(SecretTest, ExposesWhatItTook) {
  EXPECT_EQ(Secret::Take(std::string(kMarker)).Expose(), kMarker);
}

TEST(SecretTest, HoldsZeroBytesToo) {
  const std::string value("a\0b", 3);
  EXPECT_EQ(Secret::Copy(value).Expose(), absl::string_view(value));
}

TEST(SecretTest, TakeEmptiesTheCallersString) {
  std::string value = kMarker;
  std::string& same = value;
  const Secret secret = Secret::Take(std::move(same));
  EXPECT_EQ(value, "");
}

TEST(SecretTest, TakeWipesTheCallersBytes) {
  std::string value = kMarker;
  const char* bytes = value.data();
  const Secret secret = Secret::Take(std::move(value));
  EXPECT_EQ(std::string(bytes, 4), std::string(4, '\0'));
}

TEST(SecretTest, WipesItselfWhenItGoes) {
  g_saw_marker = false;
  { const Secret secret = Secret::Copy(kMarker); }
  EXPECT_FALSE(g_saw_marker);
}

TEST(SecretTest, WipesItsOldValueWhenItIsAssignedTo) {
  g_saw_marker = false;
  Secret secret = Secret::Copy(kMarker);
  secret = Secret::Copy("other");
  EXPECT_FALSE(g_saw_marker);
  EXPECT_EQ(secret.Expose(), "other");
}

TEST(SecretTest, MemoryIsWatched) {
  g_saw_marker = false;
  // Called by name, lest the compiler leave out the pair.
  void* memory = ::operator new[](sizeof(kMarker));
  std::memcpy(memory, kMarker, sizeof(kMarker));
  ::operator delete[](memory);
  EXPECT_TRUE(g_saw_marker);
}

TEST(SecretTest, MovedFromIsEmpty) {
  Secret from = Secret::Copy(kMarker);
  Secret& same = from;
  const Secret to = std::move(same);
  EXPECT_TRUE(from.empty());
  EXPECT_EQ(to.Expose(), kMarker);
}

TEST(SecretTest, AssigningToItselfKeepsTheValue) {
  Secret secret = Secret::Copy(kMarker);
  Secret& same = secret;
  secret = std::move(same);
  EXPECT_EQ(secret.Expose(), kMarker);
}

TEST(SecretTest, CloneOutlivesItsOriginal) {
  auto original = std::make_unique<Secret>(Secret::Copy(kMarker));
  const Secret clone = original->Clone();
  original.reset();
  EXPECT_EQ(clone.Expose(), kMarker);
}

TEST(SecretTest, EqualValuesAreEqual) {
  EXPECT_TRUE(Secret::Copy("value") == Secret::Copy("value"));
  EXPECT_TRUE(Secret() == Secret::Copy(""));
}

TEST(SecretTest, DifferentValuesDiffer) {
  EXPECT_FALSE(Secret::Copy("value") == Secret::Copy("valuE"));
  EXPECT_FALSE(Secret::Copy("value") == Secret::Copy("value2"));
  EXPECT_FALSE(Secret::Copy("value") == Secret());
}

TEST(SecretTest, CannotBeCopiedPrintedOrConverted) {
  EXPECT_FALSE(std::is_copy_constructible_v<Secret>);
  EXPECT_FALSE(std::is_copy_assignable_v<Secret>);
  EXPECT_FALSE(Printable<Secret>);
  EXPECT_FALSE((std::is_convertible_v<Secret, std::string>));
  EXPECT_FALSE((std::is_convertible_v<Secret, absl::string_view>));
}

TEST(WipeTest, OverwritesUpToTheCapacity) {
  std::string value(64, 'x');
  value.resize(1);
  const char* bytes = value.data();
  Wipe(value);
  EXPECT_EQ(value, "");
  EXPECT_EQ(std::string(bytes, 64), std::string(64, '\0'));
}

}  // namespace
}  // namespace bursar
