// A file that no disk knows, for what takes a path. Owned by one fuzzer; not
// thread-safe.

#ifndef BURSAR_TESTS_FUZZ_MEMORY_FILE_H_
#define BURSAR_TESTS_FUZZ_MEMORY_FILE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

class MemoryFile {
 public:
  MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile();

  /// Replaces what it holds.
  void Fill(absl::string_view content);

  /// Valid in this process, while this object lives.
  const std::string& path() const { return path_; }

 private:
  const int file_;
  const std::string path_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FUZZ_MEMORY_FILE_H_
