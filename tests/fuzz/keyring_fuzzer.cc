// Key files.

#include "server/sealing/keyring.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  static auto& file = *new MemoryFile;
  file.Fill(FuzzInput(data, size).Rest());
  const auto keyring = Keyring::Load(file.path());
  if (!keyring.ok()) {
    Must(!Leaks(keyring.status().message()), "no part of a key is shown");
    return 0;
  }
  const Keyring::Key& primary = keyring->primary();
  Must(primary.bytes.size() == Keyring::kKeyBytes, "a key has its size");
  Must(keyring->Find(primary.id) == &primary, "an id is one key's");
  return 0;
}
