#include "server/rpc/grants_requests.h"

#include <optional>
#include <string>
#include <utility>

#include "server/core/fragment.h"
#include "server/core/reason.h"
#include "server/rpc/validate.h"

namespace bursar {
namespace {

constexpr std::size_t kMaxStateSize = 512;
constexpr std::size_t kMaxCodeSize = 4096;
constexpr std::size_t kMaxRefreshTokenSize = 4096;
constexpr std::size_t kMaxAccountsServerSize = 512;
constexpr std::size_t kMaxIssuerSize = 512;
constexpr std::size_t kMaxOrganizationSize = 256;

// Text that may be left out.
absl::StatusOr<std::string> ReadOptional(absl::string_view field,
                                         std::string& value,
                                         std::size_t limit) {
  if (value.empty()) return std::string();
  return ReadPrintable(field, value, limit);
}

absl::StatusOr<std::optional<GrantState>> ReadState(v1::Grant::State state) {
  switch (state) {
    case v1::Grant::STATE_UNSPECIFIED:
      return std::nullopt;
    case v1::Grant::ACTIVE:
      return GrantState::kActive;
    case v1::Grant::CONSENT_REQUIRED:
      return GrantState::kConsentRequired;
    case v1::Grant::REVOKED:
      return GrantState::kRevoked;
    case v1::Grant::SUPERSEDED:
      return GrantState::kSuperseded;
    default:  // proto3 lets any number in.
      return FieldInvalid("state", "is not one that this server knows");
  }
}

absl::StatusOr<std::optional<AtCap>> ReadOnCap(
    v1::BeginConsentRequest::OnCap on_cap) {
  switch (on_cap) {
    case v1::BeginConsentRequest::ON_CAP_UNSPECIFIED:
      return std::nullopt;
    case v1::BeginConsentRequest::WARN:
      return AtCap::kWarn;
    case v1::BeginConsentRequest::REFUSE:
      return AtCap::kRefuse;
    default:  // proto3 lets any number in.
      return FieldInvalid("on_cap", "is not one that this server knows");
  }
}

absl::StatusOr<UsageGroup> ReadGroup(v1::ListUsageRequest::GroupBy group) {
  switch (group) {
    case v1::ListUsageRequest::GROUP_BY_UNSPECIFIED:
    case v1::ListUsageRequest::USER_AND_CLIENT:
      return UsageGroup::kUserAndClient;
    case v1::ListUsageRequest::USER:
      return UsageGroup::kUser;
    case v1::ListUsageRequest::CLIENT:
      return UsageGroup::kClient;
    default:  // proto3 lets any number in.
      return FieldInvalid("group_by", "is not one that this server knows");
  }
}

// A redirect that brought its answer in the fragment.
absl::StatusOr<Redirect> ReadFragment(v1::CompleteConsentRequest& request) {
  const auto text =
      ReadSecret("fragment", *request.mutable_fragment(), kMaxFragmentSize);
  if (!text.ok()) return text.status();
  if (!request.state().empty() || !request.code().empty() ||
      !request.accounts_server().empty() || !request.issuer().empty()) {
    return FieldInvalid("fragment",
                        "has all that came back: leave state, code, "
                        "accounts_server and issuer empty");
  }
  std::optional<Fragment> fragment = ParseFragment(text->Expose());
  if (!fragment || !fragment->error.empty()) {
    return FieldInvalid("fragment", "has no state, or no access_token");
  }
  return std::move(fragment->redirect);
}

// A redirect that brought a code.
absl::StatusOr<Redirect> ReadRedirect(v1::CompleteConsentRequest& request) {
  auto state = ReadSecret("state", *request.mutable_state(), kMaxStateSize);
  auto code = ReadSecret("code", *request.mutable_code(), kMaxCodeSize);
  if (!state.ok()) return state.status();
  if (!code.ok()) return code.status();
  auto accounts_server =
      ReadOptional("accounts_server", *request.mutable_accounts_server(),
                   kMaxAccountsServerSize);
  if (!accounts_server.ok()) return accounts_server.status();
  auto issuer =
      ReadOptional("issuer", *request.mutable_issuer(), kMaxIssuerSize);
  if (!issuer.ok()) return issuer.status();
  Redirect redirect;
  redirect.state = *std::move(state);
  redirect.code = *std::move(code);
  redirect.accounts_server = *std::move(accounts_server);
  redirect.issuer = *std::move(issuer);
  return redirect;
}

// All but the actor, whom the call tells.
template <typename Request>
absl::StatusOr<Consent::DirectRequest> ReadDirectRequest(Request& request) {
  auto key = ReadTokenKey(request);
  if (!key.ok()) return key.status();
  auto data_center =
      IfGiven(ReadDataCenter, "data_center", *request.mutable_data_center());
  if (!data_center.ok()) return data_center.status();
  return Consent::DirectRequest{std::move(key->user), std::move(key->client),
                                std::move(key->scopes),
                                data_center->value_or(DataCenter()), Actor()};
}

}  // namespace

absl::StatusOr<Consent::BeginRequest> Validate(
    v1::BeginConsentRequest& request) {
  auto key = ReadTokenKey(request);
  if (!key.ok()) return key.status();
  const auto on_cap = ReadOnCap(request.on_cap());
  if (!on_cap.ok()) return on_cap.status();
  return Consent::BeginRequest{std::move(key->user), std::move(key->client),
                               std::move(key->scopes), Actor(), *on_cap};
}

absl::StatusOr<Redirect> Validate(v1::CompleteConsentRequest& request) {
  auto user = ReadUser("user", *request.mutable_user());
  // Read in any case: what is secret in it is wiped.
  auto redirect = request.fragment().empty() ? ReadRedirect(request)
                                             : ReadFragment(request);
  if (!user.ok()) return user.status();
  if (!redirect.ok()) return redirect.status();
  redirect->claimant = Redirect::Claimant{*std::move(user), Actor()};
  return redirect;
}

absl::StatusOr<Consent::ImportRequest> Validate(
    v1::ImportGrantRequest& request) {
  auto token = ReadSecret("refresh_token", *request.mutable_refresh_token(),
                          kMaxRefreshTokenSize);
  auto direct = ReadDirectRequest(request);
  if (!direct.ok()) return direct.status();
  if (!token.ok()) return token.status();
  if (direct->scopes.empty()) return FieldInvalid("scopes", "is required");
  return Consent::ImportRequest{*std::move(direct), *std::move(token)};
}

absl::StatusOr<Consent::CodeRequest> Validate(
    v1::ExchangeCodeRequest& request) {
  auto code = ReadSecret("code", *request.mutable_code(), kMaxCodeSize);
  auto direct = ReadDirectRequest(request);
  if (!direct.ok()) return direct.status();
  if (!code.ok()) return code.status();
  return Consent::CodeRequest{*std::move(direct), *std::move(code)};
}

absl::StatusOr<Consent::CredentialsRequest> Validate(
    v1::RequestClientCredentialsRequest& request) {
  auto direct = ReadDirectRequest(request);
  if (!direct.ok()) return direct.status();
  auto organization = ReadOptional(
      "organization", *request.mutable_organization(), kMaxOrganizationSize);
  if (!organization.ok()) return organization.status();
  return Consent::CredentialsRequest{*std::move(direct),
                                     *std::move(organization)};
}

absl::StatusOr<DeviceConsents::BeginRequest> Validate(
    v1::BeginDeviceConsentRequest& request) {
  auto key = ReadTokenKey(request);
  if (!key.ok()) return key.status();
  const auto on_cap = ReadOnCap(request.on_cap());
  if (!on_cap.ok()) return on_cap.status();
  return DeviceConsents::BeginRequest{std::move(key->user),
                                      std::move(key->client),
                                      std::move(key->scopes), Actor(), *on_cap};
}

absl::StatusOr<DeviceConsentId> Validate(v1::GetDeviceConsentRequest& request) {
  return ReadDeviceConsentId("id", *request.mutable_id());
}

absl::StatusOr<GrantId> Validate(v1::GetGrantRequest& request) {
  return ReadGrantId("id", *request.mutable_id());
}

absl::StatusOr<GrantListing> Validate(v1::ListGrantsRequest& request) {
  absl::StatusOr<Listing> listing = ReadListing(request);
  if (!listing.ok()) return listing.status();
  auto user = IfGiven(ReadUser, "user", *request.mutable_user());
  if (!user.ok()) return user.status();
  auto client = IfGiven(ReadClientName, "client", *request.mutable_client());
  if (!client.ok()) return client.status();
  auto state = ReadState(request.state());
  if (!state.ok()) return state.status();
  return GrantListing{*std::move(listing),
                      {*std::move(user), *std::move(client), *state}};
}

absl::StatusOr<RefreshTokenListing> Validate(
    v1::ListRefreshTokensRequest& request) {
  absl::StatusOr<Listing> listing = ReadListing(request);
  if (!listing.ok()) return listing.status();
  auto grant = ReadGrantId("grant", *request.mutable_grant());
  if (!grant.ok()) return grant.status();
  return RefreshTokenListing{*std::move(listing), *std::move(grant)};
}

absl::StatusOr<UsageListing> Validate(v1::ListUsageRequest& request) {
  absl::StatusOr<Listing> listing = ReadListing(request);
  if (!listing.ok()) return listing.status();
  auto group = ReadGroup(request.group_by());
  if (!group.ok()) return group.status();
  auto user = IfGiven(ReadUser, "user", *request.mutable_user());
  if (!user.ok()) return user.status();
  auto client = IfGiven(ReadClientName, "client", *request.mutable_client());
  if (!client.ok()) return client.status();
  return UsageListing{*std::move(listing),
                      {*group, *std::move(user), *std::move(client)}};
}

}  // namespace bursar
