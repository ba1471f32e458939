// The certificates of both sides of mutual TLS on this machine, in a folder
// that goes with the object. Immutable.

#ifndef BURSAR_BENCH_MUTUAL_TLS_H_
#define BURSAR_BENCH_MUTUAL_TLS_H_

#include <string>

#include "tests/fakes/certificate_files.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/credentials.h"

namespace bursar::bench {

class MutualTls {
 public:
  /// Whom the broker takes the caller for.
  static constexpr char kSubject[] = "spiffe://bursar.test/bench";

  MutualTls();

  const CertificateFiles& server() const { return server_; }
  const std::string& ca_file() const { return authority_.certificate(); }

  /// What the caller shows at `target`.
  journey::Credentials At(const std::string& target) const;

 private:
  const TemporaryFolder folder_;
  FileAuthority authority_;
  const CertificateFiles server_;
  const CertificateFiles caller_;
};

}  // namespace bursar::bench

#endif  // BURSAR_BENCH_MUTUAL_TLS_H_
