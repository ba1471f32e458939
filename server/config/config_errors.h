// Everything that is wrong with the configuration, each with its place, so that
// an operator mends a file in one go. Owned by LoadConfig for the time of one
// load; not thread-safe.

#ifndef BURSAR_SERVER_CONFIG_CONFIG_ERRORS_H_
#define BURSAR_SERVER_CONFIG_CONFIG_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace bursar {

/// Where in a file something stands; line and column count from 1.
struct ConfigPlace {
  std::string file;
  int line = 1;
  int column = 1;
};

class ConfigErrors {
 public:
  /// `message` says what is wrong and, where it can, what to do. It must not
  /// repeat a value from the file: someone may have put a secret there.
  void Add(ConfigPlace place, std::string message);

  bool empty() const { return errors_.empty(); }

  /// OK if there is none, otherwise INVALID_ARGUMENT with a line each,
  /// "FILE:LINE:COLUMN: message", in the order of their places.
  absl::Status ToStatus() const;

 private:
  struct Error {
    ConfigPlace place;
    std::string message;
  };

  std::vector<Error> errors_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_CONFIG_ERRORS_H_
