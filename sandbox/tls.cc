#include "sandbox/tls.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "sandbox/certificates.h"
#include "sandbox/site_name.h"

namespace bursar::sandbox {
namespace {

constexpr mode_t kPublic = 0644;
constexpr mode_t kPrivate = 0600;

absl::Status WriteFile(const std::string& path, const std::string& text,
                       mode_t mode) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (file < 0) {
    return absl::UnavailableError(absl::StrCat("cannot write ", path));
  }
  const bool written = write(file, text.data(), text.size()) ==
                       static_cast<ssize_t>(text.size());
  if (close(file) != 0 || !written) {
    return absl::UnavailableError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

struct Paths {
  explicit Paths(const std::string& directory)
      : authority(absl::StrCat(directory, "/ca.pem")),
        certificate(absl::StrCat(directory, "/server.pem")),
        private_key(absl::StrCat(directory, "/server.key")) {}

  bool Exist() const {
    return std::filesystem::exists(authority) &&
           std::filesystem::exists(certificate) &&
           std::filesystem::exists(private_key);
  }

  std::string authority;
  std::string certificate;
  std::string private_key;
};

absl::Status MakeFiles(const std::string& directory, const Paths& paths) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    return absl::UnavailableError(absl::StrCat("cannot make ", directory));
  }
  const auto made = MakeLoopbackCertificates(AllHostNames());
  if (!made.ok()) return made.status();
  for (const auto& status :
       {WriteFile(paths.private_key, made->private_key, kPrivate),
        WriteFile(paths.certificate, made->certificate, kPublic),
        WriteFile(paths.authority, made->authority, kPublic)}) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

bool IsLoopback(absl::string_view host) {
  return host == "localhost" || host == "::1" || absl::StartsWith(host, "127.");
}

}  // namespace

absl::StatusOr<TlsContext> OpenTls(const std::string& host,
                                   const std::string& directory) {
  if (directory.empty()) {
    if (IsLoopback(host)) return TlsContext();
    return absl::InvalidArgumentError(
        absl::StrCat(host, " is not loopback: it needs TLS (--tls-dir)"));
  }
  const Paths paths(directory);
  if (!paths.Exist()) {
    if (auto status = MakeFiles(directory, paths); !status.ok()) return status;
  }
  TlsContext context(SSL_CTX_new(TLS_server_method()));
  if (context == nullptr ||
      SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
      SSL_CTX_use_certificate_chain_file(context.get(),
                                         paths.certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), paths.private_key.c_str(),
                                  SSL_FILETYPE_PEM) != 1) {
    return absl::FailedPreconditionError(
        absl::StrCat("the certificate and key in ", directory,
                     " are not usable; remove them to have new ones made"));
  }
  return context;
}

}  // namespace bursar::sandbox
