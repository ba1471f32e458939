// What stands behind a TokenClient: table, flights and calls put together.
// Owned by a ServiceThread, which keeps it until no call is under way.
// Thread-safe.

#ifndef BURSAR_CLIENT_TOKEN_SERVICE_H_
#define BURSAR_CLIENT_TOKEN_SERVICE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/fetcher.h"
#include "client/flights.h"
#include "client/revocation_listener.h"
#include "client/token_client.h"
#include "client/token_table.h"

namespace bursar::client {

class TokenService : public std::enable_shared_from_this<TokenService> {
 public:
  using TokenPtr = TokenClient::TokenPtr;
  using Callback = TokenClient::Callback;

  /// `options.now` is set.
  TokenService(TokenClientOptions options,
               const std::shared_ptr<grpc::Channel>& channel);

  TokenPtr Find(const TokenKey& key, absl::Duration min_ttl) const;
  void Get(const TokenKey& key, absl::Duration min_ttl, Callback done);
  void Refuse(const Token& token);
  void Forget(const TokenKey& key);

  /// Fetches what is due ahead of need, and sees to the listener.
  void Sweep();

  /// Cancels what is under way.
  void Close();

 private:
  using FlightPtr = Flights::FlightPtr;
  using Result = absl::StatusOr<TokenPtr>;

  void Listen();
  void Start(const TokenKey& key, Waiter waiter);
  void Lead(const FlightPtr& flight);
  void OnFetched(const FlightPtr& flight, Result result);
  void OnTrouble(const FlightPtr& flight, absl::Status status);
  void OnConsentRequired(const FlightPtr& flight, absl::Status status);
  void Land(const FlightPtr& flight, const Result& result);

  const TokenClientOptions options_;
  Fetcher fetcher_;
  TokenTable table_;
  Flights flights_;
  RevocationListener listener_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_TOKEN_SERVICE_H_
