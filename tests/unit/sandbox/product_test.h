// What the tests of Zoho's products share, but for Cliq's, which all others
// are.

#ifndef BURSAR_TESTS_UNIT_SANDBOX_PRODUCT_TEST_H_
#define BURSAR_TESTS_UNIT_SANDBOX_PRODUCT_TEST_H_

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {

class ProductTest : public RunningSandbox {
 protected:
  explicit ProductTest(Persona persona) {
    Be(std::move(persona));
    client_ = Register();
  }

  nlohmann::json Granted() const {
    return Exchange(client_, ConsentCode(client_)).json();
  }

  /// What a consent brings whose request lacks `parameter`.
  nlohmann::json GrantedWithout(const std::string& parameter) const {
    auto query = Authorization(client_);
    query.erase(parameter);
    const Reply reply = Decide(query, "accept");
    return Exchange(client_, QueryValue(reply.location, "code")).json();
  }

  /// The error of a refresh that lacks `parameter`.
  std::string RefreshErrorWithout(const std::string& parameter) const {
    Form form = {{"grant_type", "refresh_token"},
                 {"client_id", client_.id},
                 {"client_secret", client_.secret},
                 {"redirect_uri", kRedirect},
                 {"scope", Authorization(client_)["scope"]},
                 {"refresh_token", RefreshToken(client_)}};
    form.erase(parameter);
    return Token(form).json().value("error", "none");
  }

  Client client_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_TESTS_UNIT_SANDBOX_PRODUCT_TEST_H_
