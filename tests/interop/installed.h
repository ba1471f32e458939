// Whether what these tests take of others is there.

#ifndef BURSAR_TESTS_INTEROP_INSTALLED_H_
#define BURSAR_TESTS_INTEROP_INSTALLED_H_

#include <filesystem>

namespace bursar::journey {

inline constexpr char kInstallIt[] = "\"scripts/setup.sh test\" installs it";

inline bool IsInstalled() {
  return std::filesystem::exists(BURSAR_INTEROP_FOLDER
                                 "/node_modules/installed-lock.json");
}

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_INTEROP_INSTALLED_H_
