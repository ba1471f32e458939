#include "server/core/scope.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

using testing::ElementsAre;

ScopeGrammar Zoho() {
  ScopeGrammar grammar;
  grammar.separator = ",";
  grammar.ends_with_operation = true;
  grammar.implied["ALL"] = {"CREATE", "READ", "UPDATE", "DELETE"};
  return grammar;
}

TEST(ScopesTest, SortsAndDropsRepetitions) {
  EXPECT_THAT(Scopes({"b", "a", "b"}).names(), ElementsAre("a", "b"));
}

TEST(ScopesTest, ParsesCommasBlanksAndBoth) {
  EXPECT_THAT(Scopes::Parse("a, b,c d").names(),
              ElementsAre("a", "b", "c", "d"));
}

TEST(ScopesTest, ParsesNothingAsNone) {
  EXPECT_TRUE(Scopes::Parse(" , ").empty());
}

TEST(ScopesTest, JoinsWithTheProvidersSeparator) {
  EXPECT_EQ(Scopes({"b", "a"}).Join(","), "a,b");
}

TEST(CoversTest, EveryWantedScopeMustBeHeld) {
  EXPECT_TRUE(Covers(Scopes({"a", "b"}), Scopes({"a"}), {}));
  EXPECT_FALSE(Covers(Scopes({"a"}), Scopes({"a", "b"}), {}));
}

TEST(CoversTest, NothingWantedIsAlwaysCovered) {
  EXPECT_TRUE(Covers(Scopes(), Scopes(), {}));
}

TEST(CoversTest, AllImpliesTheOtherOperationsOfTheSameResource) {
  const Scopes held({"ZohoCliq.Channels.ALL"});
  EXPECT_TRUE(Covers(held, Scopes({"ZohoCliq.Channels.READ"}), Zoho()));
  EXPECT_FALSE(Covers(held, Scopes({"ZohoCliq.Messages.READ"}), Zoho()));
}

TEST(CoversTest, OneOperationDoesNotImplyAll) {
  EXPECT_FALSE(Covers(Scopes({"ZohoCliq.Channels.READ"}),
                      Scopes({"ZohoCliq.Channels.ALL"}), Zoho()));
}

TEST(CoversTest, ComparesOperationsWithoutRegardToCase) {
  EXPECT_TRUE(Covers(Scopes({"ZohoCliq.Channels.Read"}),
                     Scopes({"ZohoCliq.Channels.READ"}), Zoho()));
}

TEST(CoversTest, ComparesServicesAndNamesExactly) {
  EXPECT_FALSE(Covers(Scopes({"ZohoCliq.Channels.READ"}),
                      Scopes({"zohocliq.Channels.READ"}), Zoho()));
}

TEST(CoversTest, WithoutAGrammarCaseMatters) {
  EXPECT_FALSE(Covers(Scopes({"a.Read"}), Scopes({"a.READ"}), {}));
}

}  // namespace
}  // namespace bursar
