// What bursar.v1.Grants is asked, validated. Pure; no locking.

#ifndef BURSAR_SERVER_RPC_GRANTS_REQUESTS_H_
#define BURSAR_SERVER_RPC_GRANTS_REQUESTS_H_

#include "absl/status/statusor.h"
#include "bursar/v1/grants.pb.h"
#include "server/core/consent.h"
#include "server/core/device_consents.h"
#include "server/core/ledger_types.h"
#include "server/rpc/listing.h"

namespace bursar {

struct GrantListing {
  Listing listing;
  GrantFilter filter;
};
struct RefreshTokenListing {
  Listing listing;
  GrantId grant;
};
struct UsageListing {
  Listing listing;
  UsageFilter filter;
};

// The actor is left empty: it is no part of a request.
absl::StatusOr<Consent::BeginRequest> Validate(
    v1::BeginConsentRequest& request);
absl::StatusOr<Redirect> Validate(v1::CompleteConsentRequest& request);
absl::StatusOr<Consent::ImportRequest> Validate(
    v1::ImportGrantRequest& request);
absl::StatusOr<Consent::CodeRequest> Validate(v1::ExchangeCodeRequest& request);
absl::StatusOr<Consent::CredentialsRequest> Validate(
    v1::RequestClientCredentialsRequest& request);
absl::StatusOr<DeviceConsents::BeginRequest> Validate(
    v1::BeginDeviceConsentRequest& request);
absl::StatusOr<DeviceConsentId> Validate(v1::GetDeviceConsentRequest& request);
absl::StatusOr<GrantId> Validate(v1::GetGrantRequest& request);
absl::StatusOr<GrantListing> Validate(v1::ListGrantsRequest& request);
absl::StatusOr<RefreshTokenListing> Validate(
    v1::ListRefreshTokensRequest& request);
absl::StatusOr<UsageListing> Validate(v1::ListUsageRequest& request);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_GRANTS_REQUESTS_H_
