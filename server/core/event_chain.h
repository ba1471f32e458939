// How events are chained: each carries the hash of the hash before it and of
// its own content, and what is signed says which event has which hash. What is
// hashed and signed is a version byte and then every field, numbers in eight
// bytes and texts after their length in eight, most significant first: no two
// events and no two marks have one encoding. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_EVENT_CHAIN_H_
#define BURSAR_SERVER_CORE_EVENT_CHAIN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/core/notary.h"
#include "server/core/types.h"

namespace bursar {

/// A place in the chain, as the ledger's key signed it. The names are signed
/// with it, so that none of them can stand for another.
enum class MarkKind {
  kCheckpoint,  ///< One of many on the way.
  kHead,        ///< The newest event.
  kCut,         ///< The newest of those that were removed.
};

struct ChainMark {
  /// 0 before the first event.
  int64_t event = 0;
  /// The event's.
  std::string hash;
  /// The event's.
  absl::Time time;
  std::string signature;
};

/// What stands in the place of a hash before the first event.
std::string ChainStart();

/// What the event's hash is the hash of. Its id must be set.
std::string EncodeEvent(absl::string_view previous_hash, const Event& event);

/// What is signed.
std::string EncodeMark(MarkKind kind, const ChainMark& mark);

/// Signs `mark` in the place of the signature that it has.
ChainMark SignMark(const Notary& notary, const Secret& key, MarkKind kind,
                   ChainMark mark);

/// Where a chain is not what was signed, and in which way.
struct ChainFlaw {
  /// The first event that cannot be relied on; 0: none can.
  int64_t event = 0;
  std::string what;
};

/// Walks a chain, oldest event first, and tells the first flaw that it meets;
/// after one it is of no use. Used by one thread; borrows the notary.
class ChainWalk {
 public:
  /// Begins behind `cut`, which is checked too, or at the first event.
  ChainWalk(const Notary& notary, std::string public_key,
            const std::optional<ChainMark>& cut);

  /// The next event, as it is recorded, with the hash that is recorded for it.
  std::optional<ChainFlaw> Next(const Event& event, absl::string_view hash);

  /// A checkpoint, before the event that follows it.
  std::optional<ChainFlaw> Check(const ChainMark& checkpoint);

  /// The end; nothing where no head is recorded.
  std::optional<ChainFlaw> End(const std::optional<ChainMark>& head) const;

  /// The newest event so far.
  const ChainMark& last() const { return last_; }

 private:
  std::optional<ChainFlaw> CheckCut() const;
  bool IsSigned(MarkKind kind, const ChainMark& mark) const;

  const Notary& notary_;
  const std::string public_key_;
  const std::optional<ChainMark> cut_;
  ChainMark last_;
  // The newest event that a signature vouches for.
  int64_t vouched_ = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_EVENT_CHAIN_H_
