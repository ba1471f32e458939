// Certificates, lists of revoked ones and keys as PEM text. Pure but for
// reading files; no locking. Refusals are words for the operator.

#ifndef BURSAR_SERVER_IDENTITY_PEM_H_
#define BURSAR_SERVER_IDENTITY_PEM_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/base/secret.h"
#include "server/identity/openssl.h"

namespace bursar {

/// What a file holds, and what to call it in words for the operator.
struct NamedPem {
  absl::string_view file;
  absl::string_view text;
};

/// What the file at `path` holds; fails, with its path, if it cannot be read.
absl::StatusOr<Secret> ReadPemFile(const std::string& path);

/// Every certificate, in order; fails unless there is one at least and each can
/// be read.
absl::StatusOr<std::vector<Certificate>> CertificatesIn(absl::string_view pem);

/// Every list, in order; fails unless there is one at least and each can be
/// read.
absl::StatusOr<std::vector<RevocationList>> RevocationListsIn(
    absl::string_view pem);

/// The first key; fails if there is none, or it wants a passphrase.
absl::StatusOr<PrivateKey> PrivateKeyIn(absl::string_view pem);

/// A certificate's or list's time; the infinite past if it is malformed.
absl::Time TimeOf(const ASN1_TIME& time);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_PEM_H_
