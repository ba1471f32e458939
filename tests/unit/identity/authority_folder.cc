#include "tests/unit/identity/authority_folder.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "absl/time/clock.h"
#include "server/identity/pem.h"

namespace bursar {

AuthorityFolder::AuthorityFolder()
    : authority(folder_.path()), now(absl::Now()) {}

void AuthorityFolder::Write(const std::string& name,
                            const std::string& content) const {
  folder_.Write(name, content);
}

std::string AuthorityFolder::Within(const std::string& name) const {
  std::filesystem::create_directories(Path(name));
  return Path(name);
}

Certificate AuthorityFolder::Load(const std::string& path) {
  auto certificates = CertificatesIn(ContentOf(path));
  if (!certificates.ok()) std::abort();
  return std::move(certificates->front());
}

ShownCertificates AuthorityFolder::Shown(
    const std::string& own, const std::vector<std::string>& others) {
  ShownCertificates shown{Load(own), {}};
  for (const std::string& path : others) shown.others.push_back(Load(path));
  return shown;
}

absl::StatusOr<std::shared_ptr<const Trust>> AuthorityFolder::TrustIn(
    const std::string& authorities, const std::string& revoked) {
  const std::string trusted = ContentOf(authorities);
  const std::string lists = revoked.empty() ? "" : ContentOf(revoked);
  std::optional<NamedPem> listed;
  if (!revoked.empty()) listed = {revoked, lists};
  return Trust::Create({authorities, trusted}, listed, absl::Now());
}

}  // namespace bursar
