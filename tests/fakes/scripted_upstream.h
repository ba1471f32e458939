// A provider that answers when and what the test says, and remembers what it
// was asked. Thread-safe; answers run on the test's thread.

#ifndef BURSAR_TESTS_FAKES_SCRIPTED_UPSTREAM_H_
#define BURSAR_TESTS_FAKES_SCRIPTED_UPSTREAM_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "server/core/upstream.h"

namespace bursar {

class ScriptedUpstream final : public Upstream {
 public:
  /// One call as it came in. Test values only, so they may be compared.
  struct Call {
    /// "code", "refresh", "credentials", "revoke", "device" or "poll".
    std::string what;
    /// The code or refresh token; the organization of "credentials".
    std::string token;
    std::string client_secret;
    std::string data_center;
    Scopes scopes = {};  ///< That a refresh or "credentials" names.
  };

  std::string AuthorizationUrl(const ClientIdentity& client,
                               const Scopes& scopes, const Secret& state,
                               const Secret& verifier) const override {
    return absl::StrCat(
        "https://provider.test/auth?client_id=", client.client_id,
        "&scope=", scopes.Join(","), "&state=", state.Expose(),
        verifier.empty() ? "" : "&code_challenge=some",
        client.response_type == ResponseType::kToken ? "&response_type=token"
                                                     : "");
  }

  /// The token lives for an hour, or for the whole seconds of `expires_in`.
  RedeemResult ReadFragment(const ClientIdentity&, const FragmentToken& token,
                            absl::Time now) const override {
    int64_t seconds = 3600;
    const auto stated = token.parameters.find("expires_in");
    if (stated != token.parameters.end()) {
      (void)absl::SimpleAtoi(stated->second, &seconds);
    }
    Granted granted;
    granted.access_token.value = token.access_token.Clone();
    granted.access_token.token_type = "Bearer";
    granted.access_token.obtained = now;
    granted.access_token.expiry = now + absl::Seconds(seconds);
    return granted;
  }

  void RedeemCode(const ClientIdentity& client, const CodeExchange& exchange,
                  RedeemDone done) override {
    Redeem("code", client, exchange.code, std::move(done));
  }

  void RedeemRefreshToken(const ClientIdentity& client,
                          const Secret& refresh_token, const Scopes& scopes,
                          RedeemDone done) override {
    Redeem("refresh", client, refresh_token, std::move(done), scopes);
  }

  void RequestClientCredentials(const ClientIdentity& client,
                                const Scopes& scopes,
                                const std::string& organization,
                                RedeemDone done) override {
    Redeem("credentials", client, Secret::Copy(organization), std::move(done),
           scopes);
  }

  void Revoke(const ClientIdentity& client, const Secret& refresh_token,
              RevokeDone done) override {
    const std::lock_guard lock(mutex_);
    calls_.push_back(CallOf("revoke", client, refresh_token));
    revocations_.push_back(std::move(done));
    changed_.notify_all();
  }

  void BeginDevice(const ClientIdentity& client, const Scopes&,
                   DeviceBegun done) override {
    const std::lock_guard lock(mutex_);
    calls_.push_back(CallOf("device", client, Secret()));
    device_begins_.push_back(std::move(done));
    changed_.notify_all();
  }

  void PollDevice(const ClientIdentity& client, const Secret& device_code,
                  DevicePolled done) override {
    const std::lock_guard lock(mutex_);
    calls_.push_back(CallOf("poll", client, device_code));
    device_polls_.push_back(std::move(done));
    changed_.notify_all();
  }

  /// Every call so far.
  std::vector<Call> calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

  /// Waits until a token call is open, then ends the oldest. False: none came
  /// within ten seconds.
  bool Answer(RedeemResult result) {
    return AnswerOldest(redemptions_, std::move(result));
  }

  /// The same for a revocation.
  bool AnswerRevocation(RevokeResult result) {
    return AnswerOldest(revocations_, result);
  }

  /// The same for a request for a device code.
  bool AnswerDeviceBegin(DeviceBeginResult result) {
    return AnswerOldest(device_begins_, std::move(result));
  }

  /// The same for a poll for a device's consent.
  bool AnswerDevicePoll(DevicePollResult result) {
    return AnswerOldest(device_polls_, std::move(result));
  }

  /// Waits until `count` calls came in all; false if they did not within ten
  /// seconds.
  bool AwaitCalls(std::size_t count) {
    std::unique_lock lock(mutex_);
    return Await(lock, [&] { return calls_.size() >= count; });
  }

 private:
  static Call CallOf(const char* what, const ClientIdentity& client,
                     const Secret& token) {
    return {
        what, std::string(token.Expose()),
        client.client_secret ? std::string(client.client_secret->Expose()) : "",
        client.data_center.value()};
  }

  void Redeem(const char* what, const ClientIdentity& client,
              const Secret& token, RedeemDone done, Scopes scopes = {}) {
    const std::lock_guard lock(mutex_);
    calls_.push_back(CallOf(what, client, token));
    calls_.back().scopes = std::move(scopes);
    redemptions_.push_back(std::move(done));
    changed_.notify_all();
  }

  template <typename Done, typename Result>
  bool AnswerOldest(std::deque<Done>& open, Result result) {
    Done done;
    {
      std::unique_lock lock(mutex_);
      if (!Await(lock, [&] { return !open.empty(); })) return false;
      done = std::move(open.front());
      open.pop_front();
    }
    done(std::move(result));
    return true;
  }

  template <typename Condition>
  bool Await(std::unique_lock<std::mutex>& lock, Condition condition) {
    return changed_.wait_for(lock, std::chrono::seconds(10), condition);
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Call> calls_;
  std::deque<RedeemDone> redemptions_;
  std::deque<RevokeDone> revocations_;
  std::deque<DeviceBegun> device_begins_;
  std::deque<DevicePolled> device_polls_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_SCRIPTED_UPSTREAM_H_
