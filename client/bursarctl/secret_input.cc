#include "client/bursarctl/secret_input.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "client/bursarctl/exit_code.h"

namespace bursar::client {
namespace {

// More than any secret, code or token that the server takes.
constexpr std::size_t kMaxBytes = 16384;

// Closes what it owns and shows again what is typed.
class Input {
 public:
  explicit Input(const std::string& path)
      : owned_(path != "-"),
        file_(owned_ ? open(path.c_str(), O_RDONLY | O_CLOEXEC)
                     : STDIN_FILENO) {
    hidden_ = file_ >= 0 && tcgetattr(file_, &shown_) == 0;
    if (!hidden_) return;
    termios silent = shown_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(file_, TCSAFLUSH, &silent);
  }

  ~Input() {
    if (hidden_) tcsetattr(file_, TCSAFLUSH, &shown_);
    if (owned_ && file_ >= 0) close(file_);
  }

  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  // A line of a terminal; all of anything else. A terminal's line ends a read.
  bool AtEnd(absl::string_view sofar) const {
    return hidden_ && absl::EndsWith(sofar, "\n");
  }
  int file() const { return file_; }

 private:
  const bool owned_;
  const int file_;
  bool hidden_ = false;
  termios shown_;
};

absl::Status FileError(const std::string& path, absl::string_view what) {
  return UsageError(
      absl::StrCat(path == "-" ? "standard input" : path, ": ", what));
}

}  // namespace

absl::StatusOr<Secret> ReadSecret(const std::string& path) {
  const Input input(path);
  if (input.file() < 0) return FileError(path, std::strerror(errno));
  // One buffer of the final size: a string that grows leaves copies behind.
  std::string bytes(kMaxBytes + 1, '\0');
  std::size_t size = 0;
  while (size < bytes.size() &&
         !input.AtEnd(absl::string_view(bytes.data(), size))) {
    const ssize_t count =
        read(input.file(), bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileError(path, std::strerror(errno));
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  absl::string_view value(bytes.data(), size);
  absl::ConsumeSuffix(&value, "\n");
  absl::ConsumeSuffix(&value, "\r");
  Secret secret = Secret::Copy(value);
  Wipe(bytes);
  if (size > kMaxBytes) return FileError(path, "larger than any secret");
  if (secret.empty()) return FileError(path, "empty; a secret was expected");
  return secret;
}

}  // namespace bursar::client
