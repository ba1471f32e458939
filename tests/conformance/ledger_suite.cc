#include "tests/conformance/ledger_suite.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace bursar {

Client LedgerSuite::AddClient(const std::string& name,
                              std::optional<Secret> secret) {
  Client client;
  client.name = ClientName(name);
  client.provider = ProviderName("zoho");
  client.client_id = absl::StrCat("id-of-", name);
  client.data_center = DataCenter("us");
  client.redirect_uri = "https://app.test/callback";
  client.default_scopes = Scopes({"a.READ", "b.ALL"});
  auto created = Write([&](Ledger& ledger) {
    return ledger.clients().Create(client, secret, now_);
  });
  EXPECT_TRUE(created.ok()) << created.status();
  return created.ok() ? *created : client;
}

void LedgerSuite::AddGrant(const std::string& id, const std::string& client,
                           const std::string& user) {
  NewGrant grant;
  grant.id = GrantId(id);
  grant.user = UserId(user);
  grant.client = ClientName(client);
  grant.data_center = DataCenter("eu");
  grant.scopes = Scopes({"a.READ"});
  grant.refresh_token = Secret::Copy(absl::StrCat("refresh-", id));
  grant.access_token = AnAccessToken(absl::StrCat("access-", id), now_);
  const absl::Status added =
      Write([&](Ledger& ledger) { return ledger.grants().Add(grant, now_); });
  EXPECT_TRUE(added.ok()) << added;
}

absl::StatusOr<RefreshLease> LedgerSuite::Begin(const std::string& grant,
                                                int64_t generation) {
  return Write([&](Ledger& ledger) {
    return ledger.refreshes().Begin(GrantId(grant), generation, now_);
  });
}

absl::StatusOr<int64_t> LedgerSuite::Commit(const RefreshLease& lease,
                                            Granted granted) {
  return Write([&](Ledger& ledger) {
    return ledger.refreshes().Commit(lease, granted, std::nullopt, now_);
  });
}

absl::Status LedgerSuite::Fail(const RefreshLease& lease,
                               RefreshFailure failure) {
  return Write([&](Ledger& ledger) {
    return ledger.refreshes().Fail(lease, failure, now_);
  });
}

absl::StatusOr<std::vector<Grant>> LedgerSuite::Revoke(
    RevocationTarget target) {
  return Write(
      [&](Ledger& ledger) { return ledger.endings().Revoke(target, now_); });
}

Grant LedgerSuite::Get(const std::string& grant) {
  auto found =
      Read([&](Ledger& ledger) { return ledger.grants().Get(GrantId(grant)); });
  EXPECT_TRUE(found.ok()) << found.status();
  return found.ok() ? *found : Grant();
}

absl::StatusOr<std::vector<KeptToken>> LedgerSuite::Tokens(
    const std::string& grant) {
  return Read(
      [&](Ledger& ledger) { return ledger.grants().Tokens(GrantId(grant)); });
}

absl::StatusOr<std::optional<AccessToken>> LedgerSuite::NewestToken(
    const std::string& grant) {
  auto tokens = Tokens(grant);
  if (!tokens.ok()) return tokens.status();
  if (tokens->empty()) return std::nullopt;
  return std::move(tokens->front().token);
}

std::vector<RefreshTokenRecord> LedgerSuite::RefreshTokens(
    const std::string& grant) {
  auto page = Read([&](Ledger& ledger) {
    return ledger.usage().RefreshTokens(GrantId(grant), {});
  });
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? page->items : std::vector<RefreshTokenRecord>();
}

std::vector<PendingRevocation> LedgerSuite::Due(absl::Time now) {
  auto due =
      Read([&](Ledger& ledger) { return ledger.revocations().Due(now, 100); });
  EXPECT_TRUE(due.ok()) << due.status();
  return due.ok() ? *std::move(due) : std::vector<PendingRevocation>();
}

AccessToken AnAccessToken(const std::string& value, absl::Time obtained) {
  AccessToken token;
  token.value = Secret::Copy(value);
  token.token_type = "Bearer";
  token.scopes = Scopes({"a.READ"});
  token.api_domain = "https://api.test";
  token.obtained = obtained;
  token.expiry = obtained + absl::Hours(1);
  return token;
}

Granted AnAnswer(const std::string& access, const std::string& refresh,
                 absl::Time obtained) {
  Granted granted;
  granted.access_token = AnAccessToken(access, obtained);
  if (!refresh.empty()) granted.refresh_token = Secret::Copy(refresh);
  return granted;
}

PendingConsent AConsent(const std::string& state, absl::Time expiry) {
  PendingConsent consent;
  consent.state = Secret::Copy(state);
  consent.verifier = Secret::Copy("verifier");
  consent.user = UserId("ada");
  consent.client = ClientName("crm");
  consent.data_center = DataCenter("eu");
  consent.scopes = Scopes({"a.READ"});
  consent.redirect_uri = "https://app.test/callback";
  consent.actor = Actor("shop");
  consent.expiry = expiry;
  return consent;
}

}  // namespace bursar
