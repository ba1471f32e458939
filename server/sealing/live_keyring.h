// The ring that a sealer uses, kept as its file has it: looked at while the
// server runs, taken if it is fit, refused loudly if not, and then the one
// before stays in force. A ring is not fit if it lacks a key that the ledger
// still needs. Thread-safe. Borrows what it is made with, which must outlive
// the executor's tasks.

#ifndef BURSAR_SERVER_SEALING_LIVE_KEYRING_H_
#define BURSAR_SERVER_SEALING_LIVE_KEYRING_H_

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/base/file_watch.h"
#include "server/base/files_in_force.h"
#include "server/core/journal.h"
#include "server/core/key_source.h"
#include "server/sealing/aead_sealer.h"
#include "server/sealing/keyring.h"

namespace bursar {

class LiveKeyring final : public KeySource {
 public:
  struct Source {
    /// The files that it depends on.
    std::vector<std::string> files;
    /// Called on the executor.
    std::function<absl::StatusOr<Keyring>()> load;
  };

  LiveKeyring(Source source, AeadSealer& sealer, Journal& journal,
              FilesInForce& in_force, const Clock& clock, Executor& executor);

  /// Watches the files from now on, and calls `changed`, on a thread that must
  /// not be kept waiting, after each new ring that was taken. Tells the log of
  /// keys that the ledger needs and the ring lacks. Call it once.
  void Start(std::function<void()> changed);

  void Reread(Done done) override;

 private:
  /// Reads the files for all who wait.
  void Load();
  void Take(Keyring keyring);
  /// Tells those who waited, and reads again for who came since.
  void Finish(const absl::Status& status);
  void TellOfLostKeys();

  const Source source_;
  AeadSealer& sealer_;
  Journal& journal_;
  FilesInForce& in_force_;
  const Clock& clock_;
  Executor& executor_;
  std::function<void()> changed_;

  std::mutex mutex_;
  // Guarded by mutex_: those whom the reading under way serves, if one is, and
  // those who came too late for it.
  std::vector<Done> served_;
  std::vector<Done> waiting_;
  bool reading_ = false;

  FileWatch watch_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_LIVE_KEYRING_H_
