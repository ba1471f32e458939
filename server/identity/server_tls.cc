#include "server/identity/server_tls.h"

#include <vector>

#include "server/base/log.h"
#include "server/identity/pem.h"

namespace bursar {
namespace {

std::vector<std::string> FilesOf(const TlsPaths& paths) {
  std::vector<std::string> files = {paths.certificate_file, paths.key_file};
  if (!paths.client_ca_file.empty()) files.push_back(paths.client_ca_file);
  if (!paths.client_crl_file.empty()) files.push_back(paths.client_crl_file);
  return files;
}

FilesTogether TrustFilesOf(const TlsPaths& paths) {
  FilesTogether files{"client_ca", {paths.client_ca_file}};
  if (!paths.client_crl_file.empty()) {
    files.paths.push_back(paths.client_crl_file);
  }
  return files;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ServerTls>> ServerTls::Load(
    TlsPaths paths, const Clock& clock, Executor& executor,
    FilesInForce& in_force) {
  std::unique_ptr<ServerTls> tls(
      new ServerTls(std::move(paths), clock, executor, in_force));
  absl::Status loaded = tls->LoadAll();
  if (!loaded.ok()) return loaded;
  tls->Tell(tls->pair_files_, absl::OkStatus());
  if (tls->judge_) tls->Tell(tls->trust_files_, absl::OkStatus());
  tls->watch_.Start([tls = tls.get()] { tls->TakeChanges(); });
  return tls;
}

ServerTls::ServerTls(TlsPaths paths, const Clock& clock, Executor& executor,
                     FilesInForce& in_force)
    : paths_(std::move(paths)),
      clock_(clock),
      in_force_(in_force),
      pair_files_{"certificate", {paths_.certificate_file, paths_.key_file}},
      trust_files_(TrustFilesOf(paths_)),
      watch_(FilesOf(paths_), executor) {}

std::shared_ptr<const ServerTls::Material> ServerTls::material() const {
  const std::lock_guard lock(mutex_);
  return material_;
}

absl::Status ServerTls::LoadAll() {
  auto pair =
      LoadKeyPair(paths_.certificate_file, paths_.key_file, clock_.Now());
  if (!pair.ok()) return pair.status();
  if (paths_.client_ca_file.empty()) {
    Offer(*std::move(pair), Secret());
    return absl::OkStatus();
  }
  auto files = ReadTrust();
  if (!files.ok()) return files.status();
  auto trust = MakeTrust(*files);
  if (!trust.ok()) return trust.status();
  judge_.emplace(*std::move(trust));
  Offer(*std::move(pair), files->authorities.Clone());
  trusted_ = *std::move(files);
  return absl::OkStatus();
}

void ServerTls::TakeChanges() {
  // Each by itself: a revocation counts whatever is wrong with the pair.
  Tell(pair_files_, TakePair());
  if (judge_) Tell(trust_files_, TakeTrust());
}

void ServerTls::Tell(const FilesTogether& files, const absl::Status& taken) {
  if (taken.ok()) return in_force_.Taken(files, clock_.Now());
  in_force_.Refused(files);
  // Operators look for it: what they put there does not count.
  log::Error("tls.refused", {{"why", taken.message()},
                             {"instead", "what was there before is in force"}});
}

absl::Status ServerTls::TakePair() {
  auto pair =
      LoadKeyPair(paths_.certificate_file, paths_.key_file, clock_.Now());
  if (!pair.ok()) return pair.status();
  const std::shared_ptr<const Material> before = material();
  if (*pair == before->pair) return absl::OkStatus();
  Offer(*std::move(pair), before->client_authorities.Clone());
  log::Info("tls.reloaded", {{"certificate", paths_.certificate_file}});
  return absl::OkStatus();
}

absl::Status ServerTls::TakeTrust() {
  auto files = ReadTrust();
  if (!files.ok()) return files.status();
  if (files->authorities == trusted_->authorities &&
      files->revoked == trusted_->revoked) {
    return absl::OkStatus();
  }
  auto trust = MakeTrust(*files);
  if (!trust.ok()) return trust.status();
  judge_->Replace(*std::move(trust));
  const std::shared_ptr<const Material> before = material();
  Offer({before->pair.certificates.Clone(), before->pair.key.Clone()},
        files->authorities.Clone());
  trusted_ = *std::move(files);
  log::Info("tls.reloaded", {{"client_ca", paths_.client_ca_file},
                             {"client_crl", paths_.client_crl_file}});
  return absl::OkStatus();
}

absl::StatusOr<ServerTls::TrustFiles> ServerTls::ReadTrust() const {
  TrustFiles files;
  auto authorities = ReadPemFile(paths_.client_ca_file);
  if (!authorities.ok()) return authorities.status();
  files.authorities = *std::move(authorities);
  if (paths_.client_crl_file.empty()) return files;
  auto revoked = ReadPemFile(paths_.client_crl_file);
  if (!revoked.ok()) return revoked.status();
  files.revoked = *std::move(revoked);
  return files;
}

absl::StatusOr<std::shared_ptr<const Trust>> ServerTls::MakeTrust(
    const TrustFiles& files) const {
  const NamedPem authorities{paths_.client_ca_file, files.authorities.Expose()};
  std::optional<NamedPem> revoked;
  if (files.revoked)
    revoked = {paths_.client_crl_file, files.revoked->Expose()};
  return Trust::Create(authorities, revoked, clock_.Now());
}

void ServerTls::Offer(KeyPair pair, Secret client_authorities) {
  auto material = std::make_shared<const Material>(
      Material{std::move(pair), std::move(client_authorities)});
  const std::lock_guard lock(mutex_);
  material_ = std::move(material);
}

}  // namespace bursar
