// Bad input to an RPC: a refusal that names the field, and nothing changed.
// Used from one thread.

#ifndef BURSAR_TESTS_JOURNEY_BAD_INPUT_BAD_INPUT_H_
#define BURSAR_TESTS_JOURNEY_BAD_INPUT_BAD_INPUT_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/journey/harness/journey.h"

namespace bursar::journey {

inline constexpr char kNotUtf8[] = "ann\xff";
inline constexpr char kUnknownGrant[] = "grant-unknown";

/// A call, and how it must be refused.
struct Case {
  std::string name;
  std::function<Outcome(Api&)> call;
  grpc::StatusCode code = grpc::StatusCode::INVALID_ARGUMENT;
  /// Of INVALID_ARGUMENT: the field; of NOT_FOUND: the resource.
  std::string about;
};

/// Makes cases of one RPC: each changes a request that would be right
/// otherwise.
template <typename Request, typename Method>
class CasesOf {
 public:
  CasesOf(std::string rpc, Request right, Method method)
      : rpc_(std::move(rpc)), right_(std::move(right)), method_(method) {}

  template <typename Change>
  CasesOf& Invalid(const std::string& what, const std::string& field,
                   Change change) {
    return Add(what, change, grpc::StatusCode::INVALID_ARGUMENT, field);
  }

  template <typename Change>
  CasesOf& Unknown(const std::string& what, const std::string& resource,
                   Change change) {
    return Add(what, change, grpc::StatusCode::NOT_FOUND, resource);
  }

  std::vector<Case> cases() const { return cases_; }

 private:
  template <typename Change>
  CasesOf& Add(const std::string& what, Change change, grpc::StatusCode code,
               const std::string& about) {
    Request request = right_;
    change(request);
    cases_.push_back({rpc_ + what,
                      [request, method = method_](Api& api) {
                        return (api.*method)(request).outcome;
                      },
                      code, about});
    return *this;
  }

  const std::string rpc_;
  const Request right_;
  const Method method_;
  std::vector<Case> cases_;
};

class BadInput : public Journey {
 protected:
  /// A broker with a grant of Ann's.
  void SetUp() override;

  /// Makes each call, and expects it to be refused as it must be and nothing to
  /// come of it.
  void ExpectRefused(const std::vector<Case>& cases);

 private:
  // All that the broker shows.
  std::string Everything();
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_BAD_INPUT_BAD_INPUT_H_
