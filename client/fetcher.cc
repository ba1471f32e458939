#include "client/fetcher.h"

#include <utility>

#include "client/secret_text.h"

namespace bursar::client {
namespace {

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) +
         absl::Nanoseconds(time.nanos());
}

google::protobuf::Duration ToProto(absl::Duration duration) {
  google::protobuf::Duration proto;
  proto.set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &duration));
  proto.set_nanos(static_cast<int>(duration / absl::Nanoseconds(1)));
  return proto;
}

// Leaves no secret behind in `proto`.
absl::StatusOr<std::shared_ptr<const Token>> TakeToken(const TokenKey& key,
                                                       v1::AccessToken& proto) {
  Token::Parts parts;
  parts.authorization = proto.authorization();
  parts.access_token = proto.access_token();
  Wipe(*proto.mutable_authorization());
  Wipe(*proto.mutable_access_token());
  parts.token_type = proto.token_type();
  parts.scopes.assign(proto.scopes().begin(), proto.scopes().end());
  parts.api_domain = proto.api_domain();
  parts.expire_time = ToTime(proto.expire_time());
  parts.grant = proto.grant();
  parts.generation = proto.generation();
  const bool usable = !parts.authorization.empty() && proto.has_expire_time();
  auto token = std::make_shared<const Token>(key, std::move(parts));
  if (usable) return token;
  return absl::InternalError("the broker's answer holds no usable token");
}

template <typename Request>
void SetKey(const TokenKey& key, absl::Duration min_ttl, Request& request) {
  request.set_user(key.user());
  request.set_client(key.client());
  request.mutable_scopes()->Assign(key.scopes().begin(), key.scopes().end());
  *request.mutable_min_ttl() = ToProto(min_ttl);
}

// What one call sends and receives; lives until its last callback has run.
template <typename Request, typename Response>
struct Exchange {
  Request request;
  Response response;
};

}  // namespace

v1::BeginConsentRequest ConsentRequest(const TokenKey& key) {
  v1::BeginConsentRequest request;
  request.set_user(key.user());
  request.set_client(key.client());
  request.mutable_scopes()->Assign(key.scopes().begin(), key.scopes().end());
  return request;
}

Fetcher::Fetcher(const std::shared_ptr<grpc::Channel>& channel,
                 RetryPolicy policy)
    : policy_(policy),
      broker_(v1::TokenBroker::NewStub(channel)),
      grants_(v1::Grants::NewStub(channel)) {}

std::shared_ptr<RetryingCall> Fetcher::Fetch(const Ask& ask, Fetched fetched) {
  return ask.refused.has_value() ? Refresh(ask, std::move(fetched))
                                 : Get(ask, std::move(fetched));
}

std::shared_ptr<RetryingCall> Fetcher::Get(const Ask& ask, Fetched fetched) {
  auto exchange =
      std::make_shared<Exchange<v1::GetTokenRequest, v1::GetTokenResponse>>();
  SetKey(ask.key, ask.min_ttl, exchange->request);
  return std::make_shared<RetryingCall>(
      ask.deadline, ask.repeat ? &policy_ : nullptr,
      [this, exchange](grpc::ClientContext* context,
                       RetryingCall::Answered answered) {
        broker_->async()->GetToken(context, &exchange->request,
                                   &exchange->response, std::move(answered));
      },
      [exchange, key = ask.key,
       fetched = std::move(fetched)](absl::Status status) mutable {
        if (!status.ok()) return fetched(std::move(status));
        fetched(TakeToken(key, *exchange->response.mutable_token()));
      });
}

std::shared_ptr<RetryingCall> Fetcher::Refresh(const Ask& ask,
                                               Fetched fetched) {
  auto exchange =
      std::make_shared<Exchange<v1::RefreshRequest, v1::RefreshResponse>>();
  SetKey(ask.key, ask.min_ttl, exchange->request);
  exchange->request.set_grant(ask.refused->grant);
  exchange->request.set_failed_generation(ask.refused->generation);
  return std::make_shared<RetryingCall>(
      ask.deadline, ask.repeat ? &policy_ : nullptr,
      [this, exchange](grpc::ClientContext* context,
                       RetryingCall::Answered answered) {
        broker_->async()->Refresh(context, &exchange->request,
                                  &exchange->response, std::move(answered));
      },
      [exchange, key = ask.key,
       fetched = std::move(fetched)](absl::Status status) mutable {
        if (!status.ok()) return fetched(std::move(status));
        fetched(TakeToken(key, *exchange->response.mutable_token()));
      });
}

std::shared_ptr<RetryingCall> Fetcher::BeginConsent(
    const TokenKey& key, RetryingCall::Deadline deadline, Begun begun) {
  auto exchange = std::make_shared<
      Exchange<v1::BeginConsentRequest, v1::BeginConsentResponse>>();
  exchange->request = ConsentRequest(key);
  return std::make_shared<RetryingCall>(
      deadline, &policy_,
      [this, exchange](grpc::ClientContext* context,
                       RetryingCall::Answered answered) {
        grants_->async()->BeginConsent(context, &exchange->request,
                                       &exchange->response,
                                       std::move(answered));
      },
      [exchange, begun = std::move(begun)](absl::Status status) mutable {
        if (!status.ok()) return begun(std::move(status));
        begun(Consent{exchange->response.authorization_url(),
                      ToTime(exchange->response.expire_time())});
      });
}

}  // namespace bursar::client
