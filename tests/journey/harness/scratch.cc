#include "tests/journey/harness/scratch.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace bursar::journey {

Scratch::Scratch() {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "bursar-XXXXXX").string();
  const char* made = mkdtemp(pattern.data());
  if (made != nullptr) path_ = made;
}

Scratch::~Scratch() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string Scratch::Path(absl::string_view name) const {
  return absl::StrCat(path_, "/", name);
}

std::string Scratch::Write(absl::string_view name,
                           absl::string_view content) const {
  const std::string path = Path(name);
  std::ofstream(path, std::ios::binary)
      << std::string_view(content.data(), content.size());
  std::filesystem::permissions(path, std::filesystem::perms::owner_read |
                                         std::filesystem::perms::owner_write);
  return path;
}

std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> FilesBelow(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  return files;
}

}  // namespace bursar::journey
