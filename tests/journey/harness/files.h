// What is in a test's files. Stateless.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_FILES_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_FILES_H_

#include <string>
#include <vector>

namespace bursar::journey {

/// The file's bytes; empty if there is none.
std::string ReadFile(const std::string& path);

/// The paths of all files below `folder`.
std::vector<std::string> FilesBelow(const std::string& folder);

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_FILES_H_
