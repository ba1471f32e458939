// What memory answers, and what it must not.

#include "server/core/cached_source.h"

#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

class CachedSourceTest : public testing::Test {
 protected:
  CoreStack stack_;
};

TEST_F(CachedSourceTest, AKnownTokenIsAnsweredOnTheCallersStack) {
  stack_.Consented();
  ASSERT_TRUE(stack_.Ask().Get().ok());
  EXPECT_TRUE(stack_.Ask().Ready());
}

TEST_F(CachedSourceTest, AKnownTokenOutlivesALedgerThatIsOut) {
  stack_.Consented();
  ASSERT_TRUE(stack_.Ask().Get().ok());
  stack_.FailNextWrite();
  EXPECT_TRUE(stack_.Ask().Get().ok());
}

TEST_F(CachedSourceTest, AnExpiredTokenIsNotAnswered) {
  stack_.Consented();
  ASSERT_TRUE(stack_.Ask().Get().ok());
  stack_.clock.Advance(absl::Hours(1));
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  EXPECT_EQ((*answer.Get())->generation, 2);
}

TEST_F(CachedSourceTest, ARevokedGrantsTokenIsGoneWhenRevokeReturns) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Ask().Get().ok());
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  EXPECT_FALSE(stack_.Ask().Get().ok());
}

TEST_F(CachedSourceTest, ASupersededGrantsTokenIsGone) {
  stack_.Consented("0");
  ASSERT_TRUE(stack_.Ask().Get().ok());
  const Grant successor = stack_.Consented("1");
  EXPECT_EQ((*stack_.Ask().Get())->grant, successor.id);
}

TEST_F(CachedSourceTest, AFailedGenerationIsNotAnsweredFromMemory) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Ask().Get().ok());
  auto answer = stack_.Ask(FailedGeneration{grant.id, 1});
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  EXPECT_EQ((*answer.Get())->generation, 2);
}

TEST_F(CachedSourceTest, ANewerGenerationThanTheFailedOneIs) {
  const Grant grant = stack_.Consented();
  auto first = stack_.Ask(FailedGeneration{grant.id, 1});
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  ASSERT_TRUE(first.Get().ok());
  EXPECT_TRUE(stack_.Ask(FailedGeneration{grant.id, 1}).Ready());
}

}  // namespace
}  // namespace bursar
