#include "server/main/ready_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace bursar {

absl::Status WriteReadyFile(const std::string& path, const Broker& broker) {
  const std::string unfinished = absl::StrCat(path, ".unfinished");
  std::ofstream file(unfinished, std::ios::trunc);
  for (const std::string& address : broker.rpc_addresses()) {
    file << "rpc " << address << "\n";
  }
  if (!broker.web_url().empty()) file << "web " << broker.web_url() << "\n";
  if (!broker.metrics_url().empty()) {
    file << "metrics " << broker.metrics_url() << "\n";
  }
  file.close();
  if (file && std::rename(unfinished.c_str(), path.c_str()) == 0) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat(path, ": cannot be written: ", std::strerror(errno)));
}

}  // namespace bursar
