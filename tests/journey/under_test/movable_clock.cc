#include "tests/journey/under_test/movable_clock.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace bursar {

MovableClock::MovableClock(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  void* mapped = mmap(nullptr, sizeof(int64_t), PROT_READ | PROT_WRITE,
                      MAP_SHARED, file, 0);
  if (file < 0 || mapped == MAP_FAILED) {
    std::perror(path.c_str());
    std::exit(2);
  }
  close(file);
  offset_ = static_cast<int64_t*>(mapped);
}

MovableClock::~MovableClock() { munmap(offset_, sizeof(int64_t)); }

absl::Time MovableClock::Now() const {
  const int64_t offset = std::atomic_ref<int64_t>(*offset_).load();
  return system_.Now() + absl::Microseconds(offset);
}

}  // namespace bursar
