// The policy that counts now. It is replaced whole, and the next call is judged
// by the new one. Thread-safe.

#ifndef BURSAR_SERVER_CORE_POLICY_IN_FORCE_H_
#define BURSAR_SERVER_CORE_POLICY_IN_FORCE_H_

#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>
#include <vector>

#include "server/core/access_policy.h"

namespace bursar {

class PolicyInForce {
 public:
  using Listener = std::function<void()>;

  /// Until the first Put nobody may do anything.
  PolicyInForce()
      : policy_(std::make_shared<const AccessPolicy>(
            std::vector<PolicyRule>(), CallerLimit(),
            std::vector<SubjectLimit>(), "none")) {}

  /// A caller that keeps it for longer than a call goes by what counted once.
  std::shared_ptr<const AccessPolicy> Get() const {
    const std::shared_lock lock(mutex_);
    return policy_;
  }

  /// Puts a policy in force, then tells the listeners.
  void Put(std::shared_ptr<const AccessPolicy> policy) {
    {
      const std::lock_guard lock(mutex_);
      policy_.swap(policy);
    }
    const std::lock_guard lock(listeners_mutex_);
    for (const Listener& listener : listeners_) listener();
  }

  /// Tells `listener` of every policy from now on, for whoever serves a call
  /// for longer than a moment. It runs on the thread that puts the policy in
  /// force, must not call OnChange, and is never taken back: what it uses must
  /// outlive the last Put.
  void OnChange(Listener listener) {
    const std::lock_guard lock(listeners_mutex_);
    listeners_.push_back(std::move(listener));
  }

 private:
  mutable std::shared_mutex mutex_;
  std::shared_ptr<const AccessPolicy> policy_;  // Guarded by mutex_.
  std::mutex listeners_mutex_;
  std::vector<Listener> listeners_;  // Guarded by listeners_mutex_.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_POLICY_IN_FORCE_H_
