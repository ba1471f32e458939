// Scopes: what covers what.

#include "absl/strings/ascii.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

class ScopeTest : public ProductTest {
 protected:
  std::string Granted(const std::string& operation) {
    return product().resource + "." + operation;
  }
};

INSTANTIATE_TEST_SUITE_P(Products, ScopeTest, testing::ValuesIn(Products()),
                         NameOfProduct);

// Line: core: `ALL` implies the other operations of the same resource
TEST_P(ScopeTest, AllCoversTheOtherOperations) {
  StartUnlimited();
  Consent(kAnn, {Granted("ALL")});
  for (const char* operation : {"CREATE", "READ", "UPDATE", "DELETE"}) {
    const auto reply = GetToken(kAnn, {Granted(operation)});
    EXPECT_TRUE(reply.ok()) << operation << reply.outcome;
  }
}

// Line: core: an operation implies no other
TEST_P(ScopeTest, OneOperationCoversNoOther) {
  StartUnlimited();
  Consent(kAnn, {Granted("READ")});
  const auto reply = GetToken(kAnn, {Granted("DELETE")});
  EXPECT_EQ(reply.outcome.metadata.at("why"), "SCOPES_NOT_GRANTED");
}

// Line: core: operations are compared without regard to case
TEST_P(ScopeTest, TheCaseOfAnOperationDoesNotMatter) {
  StartUnlimited();
  Consent(kAnn, {Granted("READ")});
  EXPECT_TRUE(GetToken(kAnn, {Granted("read")}).ok());
}

// Line: core: services and names are compared exactly
TEST_P(ScopeTest, TheCaseOfAResourceDoes) {
  StartUnlimited();
  Consent(kAnn, {Granted("READ")});
  const auto reply =
      GetToken(kAnn, {absl::AsciiStrToUpper(product().resource) + ".READ"});
  EXPECT_EQ(reply.outcome.metadata.at("why"), "SCOPES_NOT_GRANTED");
}

// Line: core: `ALL` of one resource is nothing of another
TEST_P(ScopeTest, AnotherResourceIsNotCovered) {
  StartUnlimited();
  Consent(kAnn, {Granted("ALL")});
  const auto reply = GetToken(kAnn, {product().other_scope});
  EXPECT_EQ(reply.outcome.metadata.at("why"), "SCOPES_NOT_GRANTED");
}

}  // namespace
}  // namespace bursar::journey
