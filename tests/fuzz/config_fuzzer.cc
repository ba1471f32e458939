// The server's configuration.

#include "server/config/config.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  static auto& file = *new MemoryFile;
  file.Fill(FuzzInput(data, size).Rest());
  const auto config = LoadConfig(file.path());
  if (!config.ok()) {
    Must(!config.status().message().empty(), "a refusal says why");
    return 0;
  }
  Must(!config->listen.empty() && !config->providers.empty() &&
           !config->ledger_path.empty() &&
           !config->sealing.keyring_file.empty(),
       "what is needed is there");
  return 0;
}
