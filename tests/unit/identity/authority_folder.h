// A certificate authority in a folder of its own, and what it issued as the
// room's code takes it. Goes with all that is in it.

#ifndef BURSAR_TESTS_UNIT_IDENTITY_AUTHORITY_FOLDER_H_
#define BURSAR_TESTS_UNIT_IDENTITY_AUTHORITY_FOLDER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/identity/openssl.h"
#include "server/identity/trust.h"
#include "tests/fakes/certificate_files.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar {

class AuthorityFolder {
 public:
  AuthorityFolder();

  std::string Path(const std::string& name) const { return folder_.Path(name); }
  void Write(const std::string& name, const std::string& content) const;

  /// A folder within, for what has the same names.
  std::string Within(const std::string& name) const;

  /// The first certificate in the file at `path`.
  static Certificate Load(const std::string& path);

  /// What somebody shows who has the certificates at these paths.
  static ShownCertificates Shown(const std::string& own,
                                 const std::vector<std::string>& others = {});

  /// What trusts the CAs in the file at `authorities`; what a list at `revoked`
  /// revokes, if there is one, is refused.
  static absl::StatusOr<std::shared_ptr<const Trust>> TrustIn(
      const std::string& authorities, const std::string& revoked = "");

 private:
  const TemporaryFolder folder_;

 public:
  FileAuthority authority;
  const absl::Time now;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_IDENTITY_AUTHORITY_FOLDER_H_
