#include "tests/fuzz/memory_file.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {

MemoryFile::MemoryFile()
    : file_(memfd_create("fuzz", MFD_CLOEXEC)),
      path_(absl::StrCat("/proc/self/fd/", file_)) {
  // A key file is its owner's alone.
  Must(file_ >= 0 && fchmod(file_, 0600) == 0, "memory can be a file");
}

MemoryFile::~MemoryFile() { close(file_); }

void MemoryFile::Fill(absl::string_view content) {
  Must(ftruncate(file_, 0) == 0 &&
           pwrite(file_, content.data(), content.size(), 0) ==
               static_cast<ssize_t>(content.size()),
       "memory takes what is written");
}

}  // namespace bursar
