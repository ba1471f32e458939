// What an operator does to a key file. Nothing but keys changes in it. Those
// who change it at once do so one after the other, also in several processes.
// An error names the file and says what to do. Stateless.

#ifndef BURSAR_SERVER_SEALING_KEYRING_FILE_H_
#define BURSAR_SERVER_SEALING_KEYRING_FILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/base/random.h"
#include "server/sealing/key_wrapper.h"

namespace bursar {

/// Makes a file of one new key, wrapped if there is a `wrapper`. Never
/// overwrites: must return ALREADY_EXISTS if there is a file.
absl::Status CreateKeyringFile(const std::string& path, Random& random,
                               KeyWrapper* wrapper);

/// Puts a new key before all others, so that it seals from now on; wrapped if
/// there is a `wrapper`. Returns its id.
absl::StatusOr<std::string> AddKey(const std::string& path, Random& random,
                                   KeyWrapper* wrapper);

/// Takes a key out. Must return NOT_FOUND if there is none of that id,
/// FAILED_PRECONDITION if it is the one that seals.
absl::Status RemoveKey(const std::string& path, const std::string& id);

/// A key in a file, unopened.
struct ListedKey {
  std::string id;
  bool wrapped = false;
};

/// The one that seals first.
absl::StatusOr<std::vector<ListedKey>> ListKeys(const std::string& path);

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_KEYRING_FILE_H_
