#include "server/core/event_chain.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

constexpr char kEventVersion = 1;
constexpr char kMarkVersion = 1;
constexpr std::size_t kHashBytes = 32;

void AppendNumber(std::string& bytes, int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(
        static_cast<char>((static_cast<uint64_t>(number) >> shift) & 0xff));
  }
}

void AppendText(std::string& bytes, absl::string_view text) {
  AppendNumber(bytes, static_cast<int64_t>(text.size()));
  bytes.append(text.data(), text.size());
}

absl::string_view NameOf(MarkKind kind) {
  switch (kind) {
    case MarkKind::kCheckpoint:
      return "checkpoint";
    case MarkKind::kHead:
      return "head";
    case MarkKind::kCut:
      return "cut";
  }
  return "";
}

// "event 7", or "events 7 to 9".
std::string EventsText(int64_t first, int64_t last) {
  return first == last ? absl::StrCat("event ", first)
                       : absl::StrCat("events ", first, " to ", last);
}

}  // namespace

std::string ChainStart() { return std::string(kHashBytes, '\0'); }

std::string EncodeEvent(absl::string_view previous_hash, const Event& event) {
  std::string bytes(1, kEventVersion);
  AppendText(bytes, previous_hash);
  AppendNumber(bytes, event.id);
  AppendNumber(bytes, absl::ToUnixMicros(event.time));
  AppendText(bytes, event.kind);
  AppendText(bytes, event.actor.value());
  AppendText(bytes, event.grant.value());
  AppendText(bytes, event.user.value());
  AppendText(bytes, event.client.value());
  AppendNumber(bytes, event.generation);
  AppendText(bytes, event.outcome);
  return bytes;
}

std::string EncodeMark(MarkKind kind, const ChainMark& mark) {
  std::string bytes(1, kMarkVersion);
  AppendText(bytes, absl::StrCat("bursar events ", NameOf(kind)));
  AppendNumber(bytes, mark.event);
  AppendText(bytes, mark.hash);
  AppendNumber(bytes, absl::ToUnixMicros(mark.time));
  return bytes;
}

ChainMark SignMark(const Notary& notary, const Secret& key, MarkKind kind,
                   ChainMark mark) {
  mark.signature = notary.Sign(key, EncodeMark(kind, mark));
  return mark;
}

ChainWalk::ChainWalk(const Notary& notary, std::string public_key,
                     const std::optional<ChainMark>& cut)
    : notary_(notary), public_key_(std::move(public_key)), cut_(cut) {
  last_ = cut ? *cut : ChainMark{0, ChainStart(), absl::UnixEpoch(), ""};
  vouched_ = last_.event;
}

bool ChainWalk::IsSigned(MarkKind kind, const ChainMark& mark) const {
  return notary_.IsSigned(public_key_, EncodeMark(kind, mark), mark.signature);
}

std::optional<ChainFlaw> ChainWalk::CheckCut() const {
  if (!cut_ || last_.event != cut_->event) return std::nullopt;
  // Events are counted from 1, and one is left after every cut.
  const bool can_be =
      cut_->event > 0 && cut_->event < std::numeric_limits<int64_t>::max();
  if (can_be && IsSigned(MarkKind::kCut, *cut_)) return std::nullopt;
  return ChainFlaw{
      cut_->event,
      absl::StrCat("the cut, which says that the events up to ", cut_->event,
                   " were removed by the server, is ",
                   can_be ? "not signed by this key" : "where none can be",
                   ": it is forged")};
}

std::optional<ChainFlaw> ChainWalk::Next(const Event& event,
                                         absl::string_view hash) {
  if (auto flaw = CheckCut()) return flaw;
  const int64_t expected = last_.event + 1;
  if (event.id > expected) {
    return ChainFlaw{expected,
                     absl::StrCat(EventsText(expected, event.id - 1), " ",
                                  event.id - 1 == expected ? "is" : "are",
                                  " missing: removed")};
  }
  if (event.id < expected) {
    return ChainFlaw{event.id, absl::StrCat("event ", event.id,
                                            " stands where none can: before ",
                                            "the cut, or twice")};
  }
  std::string computed = notary_.Hash(EncodeEvent(last_.hash, event));
  if (computed != hash) {
    return ChainFlaw{event.id,
                     absl::StrCat("event ", event.id,
                                  " is not what was recorded there: edited, or "
                                  "moved from another place")};
  }
  last_ = {event.id, std::move(computed), event.time, ""};
  return std::nullopt;
}

std::optional<ChainFlaw> ChainWalk::Check(const ChainMark& checkpoint) {
  if (auto flaw = CheckCut()) return flaw;
  // Of what was removed since.
  if (checkpoint.event < last_.event) return std::nullopt;
  if (!IsSigned(MarkKind::kCheckpoint, checkpoint)) {
    return ChainFlaw{
        vouched_ + 1,
        absl::StrCat("the checkpoint at event ", checkpoint.event,
                     " is not signed by this key: it is forged, and nothing "
                     "vouches for the events before it, back to event ",
                     vouched_ + 1)};
  }
  if (checkpoint.event != last_.event) {
    return ChainFlaw{
        last_.event + 1,
        absl::StrCat(EventsText(last_.event + 1, checkpoint.event),
                     " existed when the checkpoint at event ", checkpoint.event,
                     " was signed, and are missing")};
  }
  if (checkpoint.hash != last_.hash) {
    return ChainFlaw{
        vouched_ + 1,
        absl::StrCat(EventsText(vouched_ + 1, checkpoint.event),
                     " were hashed anew after the checkpoint at event ",
                     checkpoint.event, " was signed: one of them was changed")};
  }
  vouched_ = checkpoint.event;
  return std::nullopt;
}

std::optional<ChainFlaw> ChainWalk::End(
    const std::optional<ChainMark>& head) const {
  if (auto flaw = CheckCut()) return flaw;
  if (!head || !IsSigned(MarkKind::kHead, *head)) {
    return ChainFlaw{
        vouched_ + 1,
        absl::StrCat("the head, which says which event is the newest, is ",
                     head ? "not signed by this key: it is forged" : "missing",
                     ", and nothing vouches for what comes after event ",
                     vouched_)};
  }
  if (head->event > last_.event) {
    return ChainFlaw{
        last_.event + 1,
        absl::StrCat(EventsText(last_.event + 1, head->event),
                     head->event == last_.event + 1 ? " is" : " are",
                     " missing: the tail was cut off")};
  }
  if (head->event < last_.event) {
    return ChainFlaw{
        head->event + 1,
        absl::StrCat(EventsText(head->event + 1, last_.event),
                     " came after the head, and not from the server")};
  }
  if (head->hash != last_.hash) {
    return ChainFlaw{vouched_ + 1,
                     absl::StrCat(EventsText(vouched_ + 1, head->event),
                                  " were hashed anew after the head was "
                                  "signed: one of them was changed")};
  }
  return std::nullopt;
}

}  // namespace bursar
