// An endpoint that answers when and what the test says. Used from one thread.

#ifndef BURSAR_TESTS_UNIT_IDENTITY_SCRIPTED_ENDPOINT_H_
#define BURSAR_TESTS_UNIT_IDENTITY_SCRIPTED_ENDPOINT_H_

#include <string>
#include <utility>
#include <vector>

#include "server/identity/https_endpoint.h"

namespace bursar {

class ScriptedEndpoint final : public HttpsEndpoint {
 public:
  void Get(Done done) override { Post(Secret(), std::move(done)); }

  void Post(Secret json, Done done) override {
    bodies.emplace_back(json.Expose());
    waiting_.push_back(std::move(done));
  }

  /// Answers all who have asked.
  void Answer(const absl::StatusOr<std::string>& body) {
    for (Done& done : std::exchange(waiting_, {})) {
      done(body.ok() ? absl::StatusOr<Secret>(Secret::Copy(*body))
                     : body.status());
    }
  }

  /// How often it was asked.
  std::size_t asked() const { return bodies.size(); }

  std::vector<std::string> bodies;

 private:
  std::vector<Done> waiting_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_IDENTITY_SCRIPTED_ENDPOINT_H_
