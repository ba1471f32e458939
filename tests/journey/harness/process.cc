#include "tests/journey/harness/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/journey/harness/files.h"

namespace bursar::journey {
namespace {

constexpr int kCannotExec = 127;

int OpenForAppend(const std::string& path) {
  return open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> Environment(const Process::Options& options) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : options.environment) {
    variables.push_back(absl::StrCat(name, "=", value));
  }
  // The first of two namesakes counts.
  for (char** variable = environ; *variable != nullptr; ++variable) {
    variables.push_back(*variable);
  }
  return variables;
}

}  // namespace

Process::Process(const Options& options) : log_(options.log) {
  std::vector<std::string> argv = options.argv;
  std::vector<std::string> environment = Environment(options);
  const std::vector<char*> argv_pointers = Pointers(argv);
  const std::vector<char*> environment_pointers = Pointers(environment);
  const std::string input =
      options.input_file.empty() ? "/dev/null" : options.input_file;
  const int in = open(input.c_str(), O_RDONLY | O_CLOEXEC);
  const int out = OpenForAppend(absl::StrCat(log_, ".out"));
  const int err = OpenForAppend(absl::StrCat(log_, ".err"));
  pid_ = fork();
  if (pid_ == 0) {
    // Only what is safe after a fork among threads.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    execve(argv_pointers[0], argv_pointers.data(), environment_pointers.data());
    _exit(kCannotExec);
  }
  close(in);
  close(out);
  close(err);
}

Process::~Process() {
  if (!Running()) return;
  Signal(SIGKILL);
  Wait();
}

void Process::Signal(int signal) const {
  // Once it was waited for, the number may be another's.
  if (!exit_) kill(pid_, signal);
}

std::optional<int> Process::Wait(absl::Duration bound) {
  if (exit_) return exit_;
  // glibc 2.36 declares pidfd_open for C alone.
  const int descriptor = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended = {descriptor, POLLIN, 0};
  const int count =
      poll(&ended, 1, static_cast<int>(absl::ToInt64Milliseconds(bound)));
  close(descriptor);
  if (count != 1) return std::nullopt;
  int status = 0;
  waitpid(pid_, &status, 0);
  exit_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return exit_;
}

std::vector<std::string> Process::CommandLine() const {
  const std::string line = ReadFile(absl::StrCat("/proc/", pid_, "/cmdline"));
  return absl::StrSplit(line, '\0', absl::SkipEmpty());
}

std::string Process::Output() const {
  return ReadFile(absl::StrCat(log_, ".out"));
}

std::string Process::Errors() const {
  return ReadFile(absl::StrCat(log_, ".err"));
}

Finished RunProgram(const Process::Options& options, absl::Duration bound) {
  // Each run's output is its own.
  std::filesystem::remove(absl::StrCat(options.log, ".out"));
  std::filesystem::remove(absl::StrCat(options.log, ".err"));
  Process process(options);
  const std::optional<int> exit = process.Wait(bound);
  return {exit, process.Output(), process.Errors()};
}

int FreePort() {
  const int socket_descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  bind(socket_descriptor, generic, size);
  getsockname(socket_descriptor, generic, &size);
  close(socket_descriptor);
  return ntohs(address.sin_port);
}

}  // namespace bursar::journey
