// What all listings refuse.

#include <string>
#include <vector>

#include "tests/journey/bad_input/bad_input.h"

namespace bursar::journey {
namespace {

template <typename Request, typename Method>
std::vector<Case> ListingCases(const std::string& rpc, const Request& right,
                               Method method) {
  return CasesOf(rpc, right, method)
      .Invalid("NegativePageSize", "page_size",
               [](Request& r) { r.set_page_size(-1); })
      .Invalid("PageSizeOverThousand", "page_size",
               [](Request& r) { r.set_page_size(1001); })
      .Invalid("PageTokenMadeUp", "page_token",
               [](Request& r) { r.set_page_token("made-up"); })
      .cases();
}

// A page token that another query returned is refused as one that is made up.
template <typename Request, typename Method>
void ExpectForeignPageTokenRefused(Api& api, Request query, Request other,
                                   Method list) {
  query.set_page_size(1);
  const auto first = (api.*list)(query);
  ASSERT_TRUE(first.ok()) << first.outcome;
  ASSERT_FALSE(first.value.next_page_token().empty());
  other.set_page_token(first.value.next_page_token());
  const auto refused = (api.*list)(other);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(refused.outcome.fields, std::vector<std::string>{"page_token"});
}

TEST_F(BadInput, ToListingsIsRefusedByNameAndChangesNothing) {
  const auto expect_refused = [this](const std::string& rpc, const auto& right,
                                     auto method) {
    ExpectRefused(ListingCases(rpc, right, method));
  };
  v1::ListRefreshTokensRequest tokens;
  tokens.set_grant(kUnknownGrant);
  expect_refused("ListRefreshTokens", tokens, &Api::ListRefreshTokens);
  expect_refused("ListApiKeys", v1::ListApiKeysRequest(), &Api::ListApiKeys);
  expect_refused("ListClients", v1::ListClientsRequest(), &Api::ListClients);
  expect_refused("ListDeliveries", v1::ListDeliveriesRequest(),
                 &Api::ListDeliveries);
  expect_refused("ListEvents", v1::ListEventsRequest(), &Api::ListEvents);
  expect_refused("ListGrants", v1::ListGrantsRequest(), &Api::ListGrants);
  expect_refused("ListPendingRevocations", v1::ListPendingRevocationsRequest(),
                 &Api::ListPendingRevocations);
  expect_refused("ListUsage", v1::ListUsageRequest(), &Api::ListUsage);
}

TEST_F(BadInput, PageTokenOfAnotherQueryIsRefused) {
  Consent(kBob);
  v1::ListGrantsRequest active;
  active.set_state(v1::Grant::ACTIVE);
  ExpectForeignPageTokenRefused(api(), v1::ListGrantsRequest(), active,
                                &Api::ListGrants);
  v1::ListEventsRequest newest;
  newest.set_newest_first(true);
  ExpectForeignPageTokenRefused(api(), v1::ListEventsRequest(), newest,
                                &Api::ListEvents);
  v1::ListUsageRequest by_user;
  by_user.set_group_by(v1::ListUsageRequest::USER);
  ExpectForeignPageTokenRefused(api(), v1::ListUsageRequest(), by_user,
                                &Api::ListUsage);
}

}  // namespace
}  // namespace bursar::journey
