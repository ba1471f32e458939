// Listings come in pages: each item once, in order, however large the pages.

#include <set>

#include "absl/strings/str_cat.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

constexpr int kUsers = 7;

class Pagination : public Journey {
 protected:
  void SetUp() override {
    StartStack();
    for (int i = 0; i < kUsers; ++i) Consent(absl::StrCat("user-", i));
  }

  // Reads all pages of `size`; what `items` finds in them, in order.
  template <typename Request, typename Method, typename Items>
  auto ReadAll(Request request, int size, Method list, Items items) {
    std::vector<std::string> all;
    request.set_page_size(size);
    do {
      const auto page = (api().*list)(request);
      EXPECT_TRUE(page.ok()) << page.outcome;
      const std::vector<std::string> found = items(page.value);
      EXPECT_LE(found.size(), static_cast<std::size_t>(size));
      all.insert(all.end(), found.begin(), found.end());
      request.set_page_token(page.value.next_page_token());
    } while (!request.page_token().empty());
    return all;
  }
};

std::vector<std::string> GrantIds(const v1::ListGrantsResponse& page) {
  std::vector<std::string> ids;
  for (const v1::Grant& grant : page.grants()) ids.push_back(grant.id());
  return ids;
}

std::vector<std::string> EventIds(const v1::ListEventsResponse& page) {
  std::vector<std::string> ids;
  for (const auto& event : page.events()) {
    ids.push_back(absl::StrCat(event.id()));
  }
  return ids;
}

std::vector<std::string> Users(const v1::ListUsageResponse& page) {
  std::vector<std::string> users;
  for (const v1::Usage& usage : page.usage()) users.push_back(usage.user());
  return users;
}

TEST_F(Pagination, PagesOfAnySizeHoldTheSameGrants) {
  const auto whole =
      ReadAll(v1::ListGrantsRequest(), 100, &Api::ListGrants, GrantIds);
  EXPECT_EQ(std::set(whole.begin(), whole.end()).size(), kUsers);
  for (const int size : {1, 2, 3, kUsers}) {
    EXPECT_EQ(
        ReadAll(v1::ListGrantsRequest(), size, &Api::ListGrants, GrantIds),
        whole);
  }
}

TEST_F(Pagination, PagesOfAnySizeHoldTheSameEvents) {
  const auto whole =
      ReadAll(v1::ListEventsRequest(), 1000, &Api::ListEvents, EventIds);
  EXPECT_EQ(ReadAll(v1::ListEventsRequest(), 2, &Api::ListEvents, EventIds),
            whole);
  v1::ListEventsRequest newest;
  newest.set_newest_first(true);
  EXPECT_EQ(ReadAll(newest, 3, &Api::ListEvents, EventIds),
            std::vector(whole.rbegin(), whole.rend()));
}

TEST_F(Pagination, PagesOfAnySizeHoldTheSameCounts) {
  const auto whole =
      ReadAll(v1::ListUsageRequest(), 100, &Api::ListUsage, Users);
  EXPECT_EQ(whole.size(), kUsers);
  EXPECT_EQ(ReadAll(v1::ListUsageRequest(), 2, &Api::ListUsage, Users), whole);
}

TEST_F(Pagination, GrantAddedMeanwhileDisturbsNoPage) {
  v1::ListGrantsRequest request;
  request.set_page_size(3);
  const auto first = api().ListGrants(request);
  const auto before =
      ReadAll(v1::ListGrantsRequest(), 100, &Api::ListGrants, GrantIds);
  Consent("one-more");
  std::vector<std::string> seen = GrantIds(first.value);
  request.set_page_token(first.value.next_page_token());
  const auto rest = ReadAll(request, 3, &Api::ListGrants, GrantIds);
  seen.insert(seen.end(), rest.begin(), rest.end());
  EXPECT_EQ(seen, before);
}

TEST_F(Pagination, PageTokenOutlivesARestart) {
  v1::ListGrantsRequest request;
  request.set_page_size(3);
  request.set_page_token(api().ListGrants(request).value.next_page_token());
  const std::string before =
      api().ListGrants(request).value.SerializeAsString();
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_TRUE(broker().Start());
  EXPECT_EQ(api().ListGrants(request).value.SerializeAsString(), before);
}

TEST_F(Pagination, FiltersHold) {
  v1::ListGrantsRequest request;
  request.set_user("user-3");
  EXPECT_EQ(api().ListGrants(request).value.grants_size(), 1);
  v1::RevokeRequest revoke;
  revoke.set_user("user-3");
  ASSERT_TRUE(api().Revoke(revoke).ok());
  v1::ListGrantsRequest revoked;
  revoked.set_state(v1::Grant::REVOKED);
  EXPECT_EQ(api().ListGrants(revoked).value.grants_size(), 1);
}

}  // namespace
}  // namespace bursar::journey
