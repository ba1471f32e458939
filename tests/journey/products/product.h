// One of Zoho's products, as its own page describes it, and the tests that
// every one of them is put to: broker and sandbox over real HTTP, the clocks
// moved.

#ifndef BURSAR_TESTS_JOURNEY_PRODUCTS_PRODUCT_H_
#define BURSAR_TESTS_JOURNEY_PRODUCTS_PRODUCT_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {

struct Product {
  /// The sandbox's persona; its descriptor is called zoho-NAME.
  std::string name;
  /// A resource: its scopes end in .READ and so on.
  std::string resource;
  /// A scope of another resource.
  std::string other_scope;
  /// A path that wants resource.READ.
  std::string api_path;
  std::string authorization_scheme;
  std::string scope_separator;
  absl::Duration code_lifetime;
  /// What an authorization request may not leave out.
  std::vector<std::string> mandatory;
  /// Whether a token's answer names the API's domain.
  bool api_domain = true;
  /// Whether the console asks for a client domain instead of a homepage.
  bool client_domain = false;

  std::string Read() const { return resource + ".READ"; }

  friend void PrintTo(const Product& product, std::ostream* out) {
    *out << product.name;
  }
};

/// Identity360, Cliq, IoT and Connect.
const std::vector<Product>& Products();

class ProductTest : public Journey,
                    public ::testing::WithParamInterface<Product> {
 protected:
  /// Both with the product's own limits and clocks to move; `keys` as in
  /// BrokerOptions::provider_keys.
  void Start(const std::string& keys = "",
             std::map<std::string, std::string> switches = {});

  /// Both without limits.
  void StartUnlimited(const std::string& keys = "",
                      std::vector<std::string> data_centers = {});

  const Product& product() const { return GetParam(); }

  /// A consent to reading, begun; the URL.
  std::string Begin() { return BeginConsent(kAnn, {product().Read()}); }
  v1::Grant ConsentToRead() { return Consent(kAnn, {product().Read()}); }
  /// What the API says to the token.
  int CallApi(const v1::AccessToken& token) {
    return sandbox().CallApi(token.authorization(), product().api_path);
  }
  /// A new token in the place of the newest.
  Api::TokenReply RefreshNewest();
  /// The states of the user's refresh tokens at the provider, oldest first.
  std::vector<std::string> StatesAtTheProvider();
};

/// For INSTANTIATE_TEST_SUITE_P.
inline std::string NameOfProduct(
    const ::testing::TestParamInfo<Product>& product) {
  return product.param.name;
}

/// `url` without the parameter of that name.
std::string Without(const std::string& url, const std::string& parameter);

/// `url` with another value for the parameter of that name; `value` is encoded
/// already.
std::string With(const std::string& url, const std::string& parameter,
                 const std::string& value);

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_PRODUCTS_PRODUCT_H_
