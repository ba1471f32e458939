// Bad input to every RPC: a refusal that names the field, and nothing changed.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

constexpr char kNotUtf8[] = "ann\xff";
constexpr char kUnknownGrant[] = "grant-unknown";

// A call, and how it must be refused.
struct Case {
  std::string name;
  std::function<Outcome(Api&)> call;
  grpc::StatusCode code = grpc::StatusCode::INVALID_ARGUMENT;
  /// Of INVALID_ARGUMENT: the field; of NOT_FOUND: the resource.
  std::string about;
};

// Makes cases of one RPC: each changes a request that would be right otherwise.
template <typename Request, typename Method>
class CasesOf {
 public:
  CasesOf(std::string rpc, Request right, Method method)
      : rpc_(std::move(rpc)), right_(std::move(right)), method_(method) {}

  template <typename Change>
  CasesOf& Invalid(const std::string& what, const std::string& field,
                   Change change) {
    return Add(what, change, grpc::StatusCode::INVALID_ARGUMENT, field);
  }

  template <typename Change>
  CasesOf& Unknown(const std::string& what, const std::string& resource,
                   Change change) {
    return Add(what, change, grpc::StatusCode::NOT_FOUND, resource);
  }

  void AppendTo(std::vector<Case>& all) const {
    all.insert(all.end(), cases_.begin(), cases_.end());
  }

 private:
  template <typename Change>
  CasesOf& Add(const std::string& what, Change change, grpc::StatusCode code,
               const std::string& about) {
    Request request = right_;
    change(request);
    cases_.push_back({rpc_ + what,
                      [request, method = method_](Api& api) {
                        return (api.*method)(request).outcome;
                      },
                      code, about});
    return *this;
  }

  const std::string rpc_;
  const Request right_;
  const Method method_;
  std::vector<Case> cases_;
};

void AddGetToken(std::vector<Case>& all) {
  using R = v1::GetTokenRequest;
  CasesOf(std::string("GetToken"), TokenRequest(kAnn), &Api::GetToken)
      .Invalid("EmptyUser", "user", [](R& r) { r.clear_user(); })
      .Invalid("OverlongUser", "user",
               [](R& r) { r.set_user(std::string(257, 'u')); })
      .Invalid("UserNotUtf8", "user", [](R& r) { r.set_user(kNotUtf8); })
      .Invalid("UserWithControls", "user", [](R& r) { r.set_user("a\nb"); })
      .Invalid("EmptyClient", "client", [](R& r) { r.clear_client(); })
      .Invalid("OverlongClient", "client",
               [](R& r) { r.set_client(std::string(64, 'c')); })
      .Invalid("ClientInCapitals", "client", [](R& r) { r.set_client("CRM"); })
      .Unknown("UnknownClient", "client",
               [](R& r) { r.set_client("no-such-client"); })
      .Invalid("EmptyScope", "scopes[0]", [](R& r) { r.add_scopes(""); })
      .Invalid("TwoScopesInOne", "scopes[0]", [](R& r) { r.add_scopes("a,b"); })
      .Invalid("TooManyScopes", "scopes",
               [](R& r) {
                 for (int i = 0; i < 101; ++i) {
                   r.add_scopes("s" + std::to_string(i));
                 }
               })
      .Invalid("NegativeMinTtl", "min_ttl",
               [](R& r) { r.mutable_min_ttl()->set_seconds(-1); })
      .Invalid("MinTtlOfTwoDays", "min_ttl",
               [](R& r) { r.mutable_min_ttl()->set_seconds(172800); })
      .Invalid("MinTtlOfTwoSigns", "min_ttl",
               [](R& r) {
                 r.mutable_min_ttl()->set_seconds(1);
                 r.mutable_min_ttl()->set_nanos(-1);
               })
      .AppendTo(all);
}

void AddRefresh(std::vector<Case>& all) {
  using R = v1::RefreshRequest;
  R right;
  right.set_user(kAnn);
  right.set_client(kClient);
  right.set_grant(kUnknownGrant);
  right.set_failed_generation(1);
  CasesOf(std::string("Refresh"), right, &Api::Refresh)
      .Invalid("EmptyUser", "user", [](R& r) { r.clear_user(); })
      .Invalid("EmptyClient", "client", [](R& r) { r.clear_client(); })
      .Unknown("UnknownClient", "client",
               [](R& r) { r.set_client("no-such-client"); })
      .Invalid("NothingFailed", "failed", [](R& r) { r.clear_failed(); })
      .Invalid("GenerationOfZero", "failed_generation",
               [](R& r) { r.set_failed_generation(0); })
      .Invalid("NegativeGeneration", "failed_generation",
               [](R& r) { r.set_failed_generation(-1); })
      .Invalid("NoGrant", "grant", [](R& r) { r.clear_grant(); })
      .Unknown("UnknownGrant", "grant", [](R&) {})
      .Invalid("EmptyToken", "failed_access_token",
               [](R& r) { r.set_failed_access_token(""); })
      .Invalid("UnknownToken", "failed_access_token",
               [](R& r) { r.set_failed_access_token("1000.never.issued"); })
      .Invalid("NegativeMinTtl", "min_ttl",
               [](R& r) { r.mutable_min_ttl()->set_seconds(-1); })
      .AppendTo(all);
}

void AddRevoke(std::vector<Case>& all) {
  using R = v1::RevokeRequest;
  CasesOf(std::string("Revoke"), R(), &Api::Revoke)
      .Invalid("NoTarget", "target", [](R&) {})
      .Invalid("EmptyGrant", "grant", [](R& r) { r.set_grant(""); })
      .Unknown("UnknownGrant", "grant",
               [](R& r) { r.set_grant(kUnknownGrant); })
      .Invalid("EmptyUser", "user", [](R& r) { r.set_user(""); })
      .Invalid("UserNotUtf8", "user", [](R& r) { r.set_user(kNotUtf8); })
      .Invalid("EmptyClient", "client", [](R& r) { r.set_client(""); })
      .Unknown("UnknownClient", "client",
               [](R& r) { r.set_client("no-such-client"); })
      .Invalid("PairWithoutUser", "user_and_client.user",
               [](R& r) { r.mutable_user_and_client()->set_client(kClient); })
      .Invalid("PairWithoutClient", "user_and_client.client",
               [](R& r) { r.mutable_user_and_client()->set_user(kAnn); })
      .Unknown("UnknownToken", "token",
               [](R& r) { r.set_token("1000.never.issued"); })
      .AppendTo(all);
}

void AddClients(std::vector<Case>& all) {
  using Create = v1::CreateClientRequest;
  Create right;
  right.mutable_client()->set_name("crm");
  right.mutable_client()->set_provider("cliq");
  right.mutable_client()->set_client_id("1000.CRM");
  CasesOf(std::string("CreateClient"), right, &Api::CreateClient)
      .Invalid("NoName", "client.name",
               [](Create& r) { r.mutable_client()->clear_name(); })
      .Invalid("NameNotUtf8", "client.name",
               [](Create& r) { r.mutable_client()->set_name(kNotUtf8); })
      .Invalid("NoClientId", "client.client_id",
               [](Create& r) { r.mutable_client()->clear_client_id(); })
      .Invalid("OverlongClientId", "client.client_id",
               [](Create& r) {
                 r.mutable_client()->set_client_id(std::string(513, 'i'));
               })
      .Invalid("NoProvider", "client.provider",
               [](Create& r) { r.mutable_client()->clear_provider(); })
      .Unknown("UnknownProvider", "provider",
               [](Create& r) { r.mutable_client()->set_provider("nobody"); })
      .Invalid("UnknownDataCenter", "client.data_center",
               [](Create& r) { r.mutable_client()->set_data_center("mars"); })
      .Invalid(
          "RelativeRedirectUri", "client.redirect_uri",
          [](Create& r) { r.mutable_client()->set_redirect_uri("/callback"); })
      .Invalid("EmptyDefaultScope", "client.default_scopes[0]",
               [](Create& r) { r.mutable_client()->add_default_scopes(""); })
      .Invalid("OverlongSecret", "client_secret",
               [](Create& r) { r.set_client_secret(std::string(1025, 's')); })
      .AppendTo(all);
  using Get = v1::GetClientRequest;
  CasesOf(std::string("GetClient"), Get(), &Api::GetClient)
      .Invalid("EmptyName", "name", [](Get&) {})
      .Unknown("UnknownName", "client", [](Get& r) { r.set_name("nobody"); })
      .AppendTo(all);
  using Update = v1::UpdateClientRequest;
  Update update;
  update.mutable_client()->set_name(kClient);
  update.mutable_client()->set_client_id("1000.CRM");
  CasesOf(std::string("UpdateClient"), update, &Api::UpdateClient)
      .Invalid("NoName", "client.name",
               [](Update& r) { r.mutable_client()->clear_name(); })
      .Unknown("UnknownName", "client",
               [](Update& r) { r.mutable_client()->set_name("nobody"); })
      .Invalid("NoClientId", "client.client_id",
               [](Update& r) { r.mutable_client()->clear_client_id(); })
      .Invalid("AnotherProvider", "client.provider",
               [](Update& r) { r.mutable_client()->set_provider("other"); })
      .AppendTo(all);
  using Delete = v1::DeleteClientRequest;
  CasesOf(std::string("DeleteClient"), Delete(), &Api::DeleteClient)
      .Invalid("EmptyName", "name", [](Delete&) {})
      .Unknown("UnknownName", "client", [](Delete& r) { r.set_name("nobody"); })
      .AppendTo(all);
  using Replace = v1::ReplaceClientSecretRequest;
  Replace replace;
  replace.set_name("nobody");
  replace.set_client_secret("a new secret");
  CasesOf(std::string("ReplaceClientSecret"), replace,
          &Api::ReplaceClientSecret)
      .Invalid("EmptyName", "name", [](Replace& r) { r.clear_name(); })
      .Invalid("EmptySecret", "client_secret",
               [](Replace& r) { r.clear_client_secret(); })
      .Unknown("UnknownName", "client", [](Replace&) {})
      .Unknown("UnknownNameAtADataCentre", "client",
               [](Replace& r) { r.set_data_center("us"); })
      .Invalid("UnknownDataCentre", "data_center",
               [](Replace& r) {
                 r.set_name(kClient);
                 r.set_data_center("nowhere");
               })
      .AppendTo(all);
}

void AddConsents(std::vector<Case>& all) {
  using Begin = v1::BeginConsentRequest;
  Begin begin;
  begin.set_user(kAnn);
  begin.set_client(kClient);
  begin.add_scopes(kRead);
  CasesOf(std::string("BeginConsent"), begin, &Api::BeginConsent)
      .Invalid("EmptyUser", "user", [](Begin& r) { r.clear_user(); })
      .Invalid("EmptyClient", "client", [](Begin& r) { r.clear_client(); })
      .Unknown("UnknownClient", "client",
               [](Begin& r) { r.set_client("nobody"); })
      .Invalid("NoScopesAnywhere", "scopes", [](Begin& r) { r.clear_scopes(); })
      .AppendTo(all);
  using Complete = v1::CompleteConsentRequest;
  Complete complete;
  complete.set_user(kAnn);
  complete.set_state("a state");
  complete.set_code("a code");
  CasesOf(std::string("CompleteConsent"), complete, &Api::CompleteConsent)
      .Invalid("EmptyUser", "user", [](Complete& r) { r.clear_user(); })
      .Invalid("EmptyState", "state", [](Complete& r) { r.clear_state(); })
      .Invalid("EmptyCode", "code", [](Complete& r) { r.clear_code(); })
      .Invalid("OverlongCode", "code",
               [](Complete& r) { r.set_code(std::string(4097, 'c')); })
      .AppendTo(all);
  using Import = v1::ImportGrantRequest;
  Import import;
  import.set_user(kAnn);
  import.set_client(kClient);
  import.set_refresh_token("1000.never.issued");
  import.add_scopes(kRead);
  CasesOf(std::string("ImportGrant"), import, &Api::ImportGrant)
      .Invalid("EmptyUser", "user", [](Import& r) { r.clear_user(); })
      .Unknown("UnknownClient", "client",
               [](Import& r) { r.set_client("nobody"); })
      .Invalid("EmptyToken", "refresh_token",
               [](Import& r) { r.clear_refresh_token(); })
      .Invalid("OverlongToken", "refresh_token",
               [](Import& r) { r.set_refresh_token(std::string(4097, 't')); })
      .Invalid("NoScopes", "scopes", [](Import& r) { r.clear_scopes(); })
      .Invalid("UnknownDataCenter", "data_center",
               [](Import& r) { r.set_data_center("mars"); })
      .AppendTo(all);
  using Get = v1::GetGrantRequest;
  CasesOf(std::string("GetGrant"), Get(), &Api::GetGrant)
      .Invalid("EmptyId", "id", [](Get&) {})
      .Invalid("IdNotUtf8", "id", [](Get& r) { r.set_id(kNotUtf8); })
      .Unknown("UnknownId", "grant", [](Get& r) { r.set_id(kUnknownGrant); })
      .AppendTo(all);
}

// What all listings refuse.
template <typename Request, typename Method>
void AddListing(const std::string& rpc, Request right, Method method,
                std::vector<Case>& all) {
  CasesOf(rpc, right, method)
      .Invalid("NegativePageSize", "page_size",
               [](Request& r) { r.set_page_size(-1); })
      .Invalid("PageSizeOverThousand", "page_size",
               [](Request& r) { r.set_page_size(1001); })
      .Invalid("PageTokenMadeUp", "page_token",
               [](Request& r) { r.set_page_token("made-up"); })
      .AppendTo(all);
}

void AddListings(std::vector<Case>& all) {
  AddListing("ListClients", v1::ListClientsRequest(), &Api::ListClients, all);
  AddListing("ListGrants", v1::ListGrantsRequest(), &Api::ListGrants, all);
  AddListing("ListUsage", v1::ListUsageRequest(), &Api::ListUsage, all);
  AddListing("ListEvents", v1::ListEventsRequest(), &Api::ListEvents, all);
  v1::ListRefreshTokensRequest tokens;
  tokens.set_grant(kUnknownGrant);
  AddListing("ListRefreshTokens", tokens, &Api::ListRefreshTokens, all);
  using Tokens = v1::ListRefreshTokensRequest;
  CasesOf(std::string("ListRefreshTokens"), tokens, &Api::ListRefreshTokens)
      .Invalid("EmptyGrant", "grant", [](Tokens& r) { r.clear_grant(); })
      .Unknown("UnknownGrant", "grant", [](Tokens&) {})
      .AppendTo(all);
  using Grants = v1::ListGrantsRequest;
  CasesOf(std::string("ListGrants"), Grants(), &Api::ListGrants)
      .Invalid("UserNotUtf8", "user", [](Grants& r) { r.set_user(kNotUtf8); })
      .Invalid("UnknownState", "state",
               [](Grants& r) { r.set_state(static_cast<v1::Grant::State>(9)); })
      .AppendTo(all);
}

void AddApiKeys(std::vector<Case>& all) {
  using Create = v1::CreateApiKeyRequest;
  Create right;
  right.set_name("reports");
  const auto with_ttl = [](int64_t seconds, int32_t nanos) {
    return [=](Create& r) {
      r.mutable_ttl()->set_seconds(seconds);
      r.mutable_ttl()->set_nanos(nanos);
    };
  };
  CasesOf(std::string("CreateApiKey"), right, &Api::CreateApiKey)
      .Invalid("NoName", "name", [](Create& r) { r.clear_name(); })
      .Invalid("OverlongName", "name",
               [](Create& r) { r.set_name(std::string(64, 'n')); })
      .Invalid("NameInCapitals", "name",
               [](Create& r) { r.set_name("Reports"); })
      .Invalid("NameWithColon", "name", [](Create& r) { r.set_name("a:b"); })
      .Invalid("NameNotUtf8", "name", [](Create& r) { r.set_name(kNotUtf8); })
      .Invalid("TtlOfZero", "ttl", with_ttl(0, 0))
      .Invalid("NegativeTtl", "ttl", with_ttl(-60, 0))
      .Invalid("TtlOfLessThanAMinute", "ttl", with_ttl(59, 999'999'999))
      .Invalid("TtlOfMoreThanTwoYears", "ttl", with_ttl(731 * 86'400, 1))
      .Invalid("TtlBeyondAllTime", "ttl", with_ttl(INT64_MAX, 999'999'999))
      .Invalid("TtlOfTwoSigns", "ttl", with_ttl(120, -1))
      .Invalid("TtlOfManyNanos", "ttl", with_ttl(120, 1'000'000'000))
      .AppendTo(all);
  using Revoke = v1::RevokeApiKeyRequest;
  CasesOf(std::string("RevokeApiKey"), Revoke(), &Api::RevokeApiKey)
      .Invalid("NoId", "id", [](Revoke&) {})
      .Invalid("OverlongId", "id",
               [](Revoke& r) { r.set_id(std::string(129, 'i')); })
      .Invalid("IdWithControls", "id", [](Revoke& r) { r.set_id("a\nb"); })
      .Invalid("IdNotUtf8", "id", [](Revoke& r) { r.set_id(kNotUtf8); })
      .Unknown("UnknownId", "api_key", [](Revoke& r) { r.set_id("nobody"); })
      .AppendTo(all);
  AddListing("ListApiKeys", v1::ListApiKeysRequest(), &Api::ListApiKeys, all);
}

void AddPolicyAndKeys(std::vector<Case>& all) {
  using Explain = v1::ExplainPolicyRequest;
  Explain right;
  right.set_subject("dns:shop.example");
  right.set_rpc("TokenBroker.GetToken");
  CasesOf(std::string("ExplainPolicy"), right, &Api::ExplainPolicy)
      .Invalid("NoSubject", "subject", [](Explain& r) { r.clear_subject(); })
      .Invalid("SubjectNotUtf8", "subject",
               [](Explain& r) { r.set_subject(kNotUtf8); })
      .Invalid("NoRpc", "rpc", [](Explain& r) { r.clear_rpc(); })
      .Invalid("UnknownRpc", "rpc",
               [](Explain& r) { r.set_rpc("TokenBroker.GetTokens"); })
      .Invalid("RpcAsAPath", "rpc",
               [](Explain& r) { r.set_rpc("/bursar.v1.TokenBroker/GetToken"); })
      .Invalid("RpcNotUtf8", "rpc", [](Explain& r) { r.set_rpc(kNotUtf8); })
      .Invalid("ClientNotUtf8", "client",
               [](Explain& r) { r.set_client(kNotUtf8); })
      .Invalid("UserNotUtf8", "user", [](Explain& r) { r.set_user(kNotUtf8); })
      .Invalid("ScopeNotUtf8", "scopes[1]",
               [](Explain& r) {
                 r.add_scopes(kRead);
                 r.add_scopes(kNotUtf8);
               })
      .AppendTo(all);
  using Rotation = v1::GetKeyRotationRequest;
  CasesOf(std::string("GetKeyRotation"), Rotation(), &Api::GetKeyRotation)
      .Unknown("NoneSinceTheStart", "key_rotation", [](Rotation&) {})
      .AppendTo(all);
}

void AddAudit(std::vector<Case>& all) {
  using Deliveries = v1::ListDeliveriesRequest;
  CasesOf(std::string("ListDeliveries"), Deliveries(), &Api::ListDeliveries)
      .Invalid("OverlongCaller", "caller",
               [](Deliveries& r) { r.set_caller(std::string(2049, 'c')); })
      .Invalid("CallerWithControls", "caller",
               [](Deliveries& r) { r.set_caller("dns:a\nb"); })
      .Invalid("CallerNotUtf8", "caller",
               [](Deliveries& r) { r.set_caller(kNotUtf8); })
      .Invalid("OverlongGrant", "grant",
               [](Deliveries& r) { r.set_grant(std::string(129, 'g')); })
      .Invalid("GrantWithControls", "grant",
               [](Deliveries& r) { r.set_grant("a\nb"); })
      .Invalid("GrantNotUtf8", "grant",
               [](Deliveries& r) { r.set_grant(kNotUtf8); })
      .AppendTo(all);
  AddListing("ListDeliveries", Deliveries(), &Api::ListDeliveries, all);
}

void AddRevocations(std::vector<Case>& all) {
  using Pending = v1::ListPendingRevocationsRequest;
  CasesOf(std::string("ListPendingRevocations"), Pending(),
          &Api::ListPendingRevocations)
      .Invalid("OverlongClient", "client",
               [](Pending& r) { r.set_client(std::string(64, 'c')); })
      .Invalid("ClientInCapitals", "client",
               [](Pending& r) { r.set_client("CRM"); })
      .Invalid("ClientNotUtf8", "client",
               [](Pending& r) { r.set_client(kNotUtf8); })
      .AppendTo(all);
  AddListing("ListPendingRevocations", Pending(), &Api::ListPendingRevocations,
             all);
  using Retry = v1::RetryRevocationsRequest;
  CasesOf(std::string("RetryRevocations"), Retry(), &Api::RetryRevocations)
      .Invalid("OverlongGrant", "grant",
               [](Retry& r) { r.set_grant(std::string(129, 'g')); })
      .Invalid("GrantWithControls", "grant",
               [](Retry& r) { r.set_grant("a\nb"); })
      .Invalid("GrantNotUtf8", "grant", [](Retry& r) { r.set_grant(kNotUtf8); })
      .Invalid("OverlongClient", "client",
               [](Retry& r) { r.set_client(std::string(64, 'c')); })
      .Invalid("ClientInCapitals", "client",
               [](Retry& r) { r.set_client("CRM"); })
      .AppendTo(all);
}

void AddWatchRevocations(std::vector<Case>& all) {
  using Watch = v1::WatchRevocationsRequest;
  CasesOf(std::string("WatchRevocations"), Watch(), &Api::WatchRevocations)
      .Invalid("EmptyGrant", "grants[0]", [](Watch& r) { r.add_grants(""); })
      .Invalid("OverlongGrant", "grants[1]",
               [](Watch& r) {
                 r.add_grants(kUnknownGrant);
                 r.add_grants(std::string(129, 'g'));
               })
      .Invalid("GrantWithControls", "grants[0]",
               [](Watch& r) { r.add_grants("a\nb"); })
      .Invalid("GrantNotUtf8", "grants[0]",
               [](Watch& r) { r.add_grants(kNotUtf8); })
      .Invalid("TooManyGrants", "grants",
               [](Watch& r) {
                 for (int i = 0; i < 4001; ++i) r.add_grants(kUnknownGrant);
               })
      .AppendTo(all);
}

std::vector<Case> Cases() {
  std::vector<Case> all;
  AddGetToken(all);
  AddRefresh(all);
  AddRevoke(all);
  AddClients(all);
  AddConsents(all);
  AddListings(all);
  AddApiKeys(all);
  AddPolicyAndKeys(all);
  AddAudit(all);
  AddRevocations(all);
  AddWatchRevocations(all);
  return all;
}

class BadInput : public Journey {
 protected:
  void SetUp() override {
    StartStack();
    Consent(kAnn);
  }

  // All that the broker shows.
  std::string Everything() {
    std::string all;
    all += api().ListClients({}).value.SerializeAsString();
    all += api().ListGrants({}).value.SerializeAsString();
    all += api().ListUsage({}).value.SerializeAsString();
    all += api().ListEvents({}).value.SerializeAsString();
    all += api().ListApiKeys({}).value.SerializeAsString();
    all += api().ListPendingRevocations({}).value.SerializeAsString();
    for (const v1::Grant& grant : GrantsOf(kAnn)) {
      for (const v1::RefreshToken& token : RefreshTokensOf(grant.id())) {
        all += token.SerializeAsString();
      }
    }
    return all;
  }

  // The same refusal of a page token that another query returned.
  template <typename Request, typename Method>
  void ExpectForeignPageTokenRefused(Request query, Request other,
                                     Method list) {
    query.set_page_size(1);
    const auto first = (api().*list)(query);
    ASSERT_TRUE(first.ok()) << first.outcome;
    ASSERT_FALSE(first.value.next_page_token().empty());
    other.set_page_token(first.value.next_page_token());
    const auto refused = (api().*list)(other);
    EXPECT_EQ(refused.outcome.code, grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(refused.outcome.fields, std::vector<std::string>{"page_token"});
  }
};

TEST_F(BadInput, IsRefusedByNameAndChangesNothing) {
  const std::string before = Everything();
  const int64_t redeemed = sandbox().Calls("token.code");
  for (const Case& one : Cases()) {
    SCOPED_TRACE(one.name);
    const Outcome outcome = one.call(api());
    EXPECT_EQ(outcome.code, one.code) << outcome;
    EXPECT_EQ(outcome.domain, "bursar");
    if (one.code == grpc::StatusCode::INVALID_ARGUMENT) {
      EXPECT_EQ(outcome.reason, "FIELD_INVALID");
      EXPECT_EQ(outcome.fields, std::vector<std::string>{one.about});
    } else {
      EXPECT_EQ(outcome.reason, "RESOURCE_NOT_FOUND");
      EXPECT_EQ(outcome.metadata.count("resource"), 1);
      EXPECT_EQ(outcome.metadata.at("resource"), one.about);
    }
  }
  EXPECT_TRUE(Everything() == before);
  EXPECT_EQ(sandbox().Calls("token.code"), redeemed);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
}

TEST_F(BadInput, BytesThatAreNoMessageAreRefused) {
  const Outcome outcome =
      api().SendBytes("/bursar.v1.TokenBroker/GetToken", "\x0a\xff\xff");
  EXPECT_EQ(outcome.code, grpc::StatusCode::INVALID_ARGUMENT) << outcome;
  EXPECT_EQ(outcome.reason, "FIELD_INVALID");
}

TEST_F(BadInput, TakenNameIsRefused) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_name(kClient);
  request.mutable_client()->set_provider("cliq");
  request.mutable_client()->set_client_id("1000.OTHER");
  const auto refused = api().CreateClient(request);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(refused.outcome.reason, "RESOURCE_EXISTS");
}

TEST_F(BadInput, StaleEtagIsRefused) {
  v1::GetClientRequest get;
  get.set_name(kClient);
  v1::UpdateClientRequest update;
  *update.mutable_client() = api().GetClient(get).value;
  update.mutable_client()->add_default_scopes(kRead);
  ASSERT_TRUE(api().UpdateClient(update).ok());
  const auto stale = api().UpdateClient(update);
  EXPECT_EQ(stale.outcome.code, grpc::StatusCode::ABORTED);
  EXPECT_EQ(stale.outcome.reason, "ETAG_STALE");
}

TEST_F(BadInput, ClientInUseIsNotDeleted) {
  v1::DeleteClientRequest request;
  request.set_name(kClient);
  const auto refused = api().DeleteClient(request);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(refused.outcome.reason, "CLIENT_IN_USE");
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(BadInput, MinTtlBeyondTheProvidersTokensIsOutOfRange) {
  v1::GetTokenRequest request = TokenRequest(kAnn);
  request.mutable_min_ttl()->set_seconds(7200);
  const auto refused = api().GetToken(request);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_EQ(refused.outcome.reason, "MIN_TTL_UNATTAINABLE");
  EXPECT_EQ(refused.outcome.metadata.at("lifetime"), "3600s");
}

TEST_F(BadInput, PageTokenOfAnotherQueryIsRefused) {
  Consent(kBob);
  v1::ListGrantsRequest active;
  active.set_state(v1::Grant::ACTIVE);
  ExpectForeignPageTokenRefused(v1::ListGrantsRequest(), active,
                                &Api::ListGrants);
  v1::ListEventsRequest newest;
  newest.set_newest_first(true);
  ExpectForeignPageTokenRefused(v1::ListEventsRequest(), newest,
                                &Api::ListEvents);
  v1::ListUsageRequest by_user;
  by_user.set_group_by(v1::ListUsageRequest::USER);
  ExpectForeignPageTokenRefused(v1::ListUsageRequest(), by_user,
                                &Api::ListUsage);
}

}  // namespace
}  // namespace bursar::journey
