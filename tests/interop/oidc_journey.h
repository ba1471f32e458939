// What these tests begin with: oidc-provider, a broker that has discovered it,
// and Ann, who consents on its pages.

#ifndef BURSAR_TESTS_INTEROP_OIDC_JOURNEY_H_
#define BURSAR_TESTS_INTEROP_OIDC_JOURNEY_H_

#include <string>

#include "tests/interop/oidc_provider.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {

class OidcJourney : public Journey {
 protected:
  void SetUp() override;

  /// Starts the provider, and a broker that knows it by its issuer alone, with
  /// `suffix` appended.
  void Start(const std::string& suffix = "");

  /// As Start, and the broker knows the provider's endpoints on return.
  void StartDiscovered();

  /// As StartDiscovered, and Ann has consented.
  void StartConsented();

  /// Whether the broker found the provider before long.
  bool Discovered();

  Reply<v1::BeginConsentResponse> Begin();

  /// Begins a consent; the page that asks for it, after that for a login unless
  /// the browser has a session.
  Page OpenConsent();

  /// Begins a consent and accepts; where the browser ends.
  Page ConsentThroughItsPages();

  /// As ConsentThroughItsPages, up to the redirect with the code, which goes
  /// nowhere yet.
  std::string RedirectOfConsent();

  /// Has the access token replaced so often, one after the other.
  void Rotate(int times);

  const OidcProvider& provider() const { return provider_; }

 private:
  OidcProvider provider_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_INTEROP_OIDC_JOURNEY_H_
