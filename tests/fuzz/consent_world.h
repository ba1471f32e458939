// A broker in which two consents wait for their redirects: one for a code, one
// for a token in the fragment. Everything runs at once on the fuzzer's thread,
// and each redirect finds the broker as the first one did. One for each
// process; not thread-safe.

#ifndef BURSAR_TESTS_FUZZ_CONSENT_WORLD_H_
#define BURSAR_TESTS_FUZZ_CONSENT_WORLD_H_

#include <memory>
#include <string>

#include "server/core/consent.h"
#include "server/core/provider.h"

namespace bursar {

class ConsentWorld {
 public:
  ConsentWorld();
  ConsentWorld(const ConsentWorld&) = delete;
  ~ConsentWorld();

  /// The states of the two consents, the same in every process.
  const std::string& code_state() const { return code_state_; }
  const std::string& token_state() const { return token_state_; }

  const Provider& provider() const;

  /// Runs `redirect`, and undoes in the ledger what it did.
  template <typename Redirect>
  auto Try(Redirect redirect) {
    Begin();
    auto end = redirect(consent());
    Undo();
    return end;
  }

 private:
  struct Parts;

  Consent& consent();
  void Begin();
  void Undo();
  void AddClient(const std::string& name, ResponseType type);
  std::string BeginConsent(const std::string& client);

  const std::unique_ptr<Parts> parts_;
  std::string code_state_;
  std::string token_state_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FUZZ_CONSENT_WORLD_H_
