// What a listener's TLS goes by, taken anew when its files change: its own
// certificate and key, and whose certificates callers may show. What is broken
// is refused with its reason in the log, and the good stays in force. Owned by
// the listener; borrows the clock, the executor, and who is told which files
// are in force. Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_SERVER_TLS_H_
#define BURSAR_SERVER_IDENTITY_SERVER_TLS_H_

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/base/file_watch.h"
#include "server/base/files_in_force.h"
#include "server/base/secret.h"
#include "server/core/types.h"
#include "server/identity/certificate_judge.h"
#include "server/identity/key_pair.h"

namespace bursar {

/// Paths of PEM files.
struct TlsPaths {
  std::string certificate_file;
  std::string key_file;
  /// Not empty: callers may show certificates of the CAs that it holds.
  std::string client_ca_file;
  /// Not empty: what these CAs revoked; one list at least for each.
  std::string client_crl_file;
};

class ServerTls {
 public:
  /// What handshakes are made with.
  struct Material {
    KeyPair pair;
    /// PEM; empty: callers are not asked for certificates.
    Secret client_authorities;
  };

  /// Fails, with words for the operator, if a file is not fit.
  static absl::StatusOr<std::unique_ptr<ServerTls>> Load(
      TlsPaths paths, const Clock& clock, Executor& executor,
      FilesInForce& in_force);

  /// What is in force; another object once that changed.
  std::shared_ptr<const Material> material() const;

  /// Of callers' certificates. Null without a client_ca_file; else there for as
  /// long as this object.
  CertificateJudge* judge() { return judge_ ? &*judge_ : nullptr; }

 private:
  // What says whom to trust, as it stands in the files.
  struct TrustFiles {
    Secret authorities;
    std::optional<Secret> revoked;
  };

  ServerTls(TlsPaths paths, const Clock& clock, Executor& executor,
            FilesInForce& in_force);

  absl::Status LoadAll();
  void TakeChanges();
  void Tell(const FilesTogether& files, const absl::Status& taken);
  absl::Status TakePair();
  absl::Status TakeTrust();
  absl::StatusOr<TrustFiles> ReadTrust() const;
  absl::StatusOr<std::shared_ptr<const Trust>> MakeTrust(
      const TrustFiles& files) const;
  void Offer(KeyPair pair, Secret client_authorities);

  const TlsPaths paths_;
  const Clock& clock_;
  FilesInForce& in_force_;
  const FilesTogether pair_files_;
  const FilesTogether trust_files_;
  // Used by one thread at a time: who loads, then the watch's.
  std::optional<TrustFiles> trusted_;
  std::optional<CertificateJudge> judge_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Material> material_;  // Guarded by mutex_.
  FileWatch watch_;                           // Ends before what it changes.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_SERVER_TLS_H_
