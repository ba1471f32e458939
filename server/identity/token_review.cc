#include "server/identity/token_review.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "server/identity/bounded_json.h"

namespace bursar {
namespace {

using nlohmann::json;

constexpr char kApiVersion[] = "authentication.k8s.io/v1";
constexpr char kKind[] = "TokenReview";

bool IsFor(const json& status, const std::string& audience) {
  const json* audiences = Member(status, "audiences");
  return audiences != nullptr && audiences->is_array() &&
         std::find(audiences->begin(), audiences->end(), audience) !=
             audiences->end();
}

}  // namespace

Secret ReviewRequest(absl::string_view token, const TokenIssuer& issuer) {
  const json request = {
      {"apiVersion", kApiVersion},
      {"kind", kKind},
      {"spec",
       {{"token", std::string(token)}, {"audiences", {issuer.audience}}}}};
  return Secret::Take(
      request.dump(-1, ' ', false, json::error_handler_t::replace));
}

absl::StatusOr<Actor> ReadReview(absl::string_view answer,
                                 const TokenIssuer& issuer) {
  const std::optional<json> review = ParseBoundedObject(answer);
  const json* status = review ? Member(*review, "status") : nullptr;
  if (status == nullptr || !status->is_object() ||
      TextMemberOf(*review, "apiVersion") != kApiVersion ||
      TextMemberOf(*review, "kind") != kKind) {
    return absl::UnauthenticatedError("the cluster's answer is no review");
  }
  const json* authenticated = Member(*status, "authenticated");
  if (authenticated == nullptr || *authenticated != true) {
    return absl::UnauthenticatedError("the cluster says that it is not good");
  }
  if (!IsFor(*status, issuer.audience)) {
    return absl::UnauthenticatedError(
        "the cluster does not say that it is for the audience");
  }
  const json* user = Member(*status, "user");
  return ServiceAccountNamed(user != nullptr && user->is_object()
                                 ? TextMemberOf(*user, "username")
                                 : "",
                             issuer);
}

}  // namespace bursar
