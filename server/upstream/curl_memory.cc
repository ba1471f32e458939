#include "server/upstream/curl_memory.h"

#include <curl/curl.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace bursar {
namespace {

void WipeAndFree(void* memory) {
  if (memory == nullptr) return;
  explicit_bzero(memory, malloc_usable_size(memory));
  std::free(memory);
}

// realloc would leave the old bytes behind where it moves them.
void* MoveAndWipe(void* memory, std::size_t size) {
  if (memory == nullptr) return std::malloc(size);
  void* moved = std::malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, memory, std::min(size, malloc_usable_size(memory)));
  WipeAndFree(memory);
  return moved;
}

}  // namespace

bool StartCurl() {
  static const bool started =
      curl_global_init_mem(CURL_GLOBAL_DEFAULT, std::malloc, WipeAndFree,
                           MoveAndWipe, strdup, std::calloc) == CURLE_OK;
  return started;
}

}  // namespace bursar
