#include "client/bursarctl/audit_verify.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/bursarctl/exit_code.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"
#include "server/ledger/audit_reader.h"
#include "server/sealing/ed25519_notary.h"

namespace bursar::client {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHashBytes = 32;
// Between two lines of progress.
constexpr int64_t kEventsALine = 100'000;

struct VerifyOptions {
  std::string file;
  std::string public_key;
  std::string expect;
};

// The key itself, or the file that holds it.
absl::StatusOr<std::optional<std::string>> ReadKey(const std::string& given) {
  if (given.empty()) return std::nullopt;
  std::string text = given;
  if (std::ifstream file(given); file) {
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  std::string key;
  if (!absl::Base64Unescape(absl::StripAsciiWhitespace(text), &key) ||
      key.size() != kKeyBytes) {
    return UsageError(
        "--public-key must be what \"bursarctl audit public-key\" printed, or "
        "a file that holds it");
  }
  return key;
}

// "EVENT:HASH" as `audit head` prints it.
absl::StatusOr<std::optional<AuditExpectation::KnownEvent>> ReadKnown(
    const std::string& given) {
  if (given.empty()) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(given, ':');
  AuditExpectation::KnownEvent known;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &known.event) ||
      known.event < 1 || parts[1].size() != 2 * kHashBytes ||
      parts[1].find_first_not_of("0123456789abcdef") != std::string::npos) {
    return UsageError(
        "--expect must be an event and its hash, EVENT:HASH, as \"bursarctl "
        "audit head\" printed them");
  }
  known.hash = absl::HexStringToBytes(parts[1]);
  return known;
}

v1::AuditHead HeadOf(const ChainEnds& ends) {
  v1::AuditHead head;
  head.set_public_key(ends.public_key);
  head.set_event(ends.head.event);
  head.set_hash(ends.head.hash);
  const int64_t micros = absl::ToUnixMicros(ends.head.time);
  head.mutable_time()->set_seconds(micros / 1'000'000);
  head.mutable_time()->set_nanos(static_cast<int32_t>(micros % 1'000'000) *
                                 1'000);
  head.set_removed_to(ends.cut ? ends.cut->event : 0);
  return head;
}

absl::Status Verify(const VerifyOptions& options, Session&,
                    const Output& output) {
  auto key = ReadKey(options.public_key);
  if (!key.ok()) return key.status();
  auto known = ReadKnown(options.expect);
  if (!known.ok()) return known.status();
  const bool key_is_given = key->has_value();
  const auto report = CheckAudit(
      options.file, {*std::move(key), *std::move(known)}, Ed25519Notary(),
      [](int64_t event) {
        if (event % kEventsALine == 0) {
          std::cerr << "bursarctl: whole up to event " << event << "\n";
        }
      });
  if (!report.ok()) return UsageError(report.status().message());
  if (report->flaw) {
    return TamperedError(absl::StrCat("not whole: event ", report->flaw->event,
                                      ": ", report->flaw->what));
  }
  const v1::AuditHead head = HeadOf(report->ends);
  Table table = HeadTable(head, SystemClock().Now());
  table.Add({"verdict", "whole"});
  output.Print(head, table);
  if (!key_is_given) {
    std::cerr
        << "bursarctl: checked with the ledger's own key, which whoever "
           "replaces everything replaces too: keep what \"bursarctl audit "
           "public-key\" prints elsewhere, and give it\n";
  }
  return absl::OkStatus();
}

}  // namespace

Table HeadTable(const v1::AuditHead& head, absl::Time now) {
  const std::string hash = absl::BytesToHexString(head.hash());
  Table table = Table::OfFields();
  table.Add({"newest event", absl::StrCat(head.event())});
  table.Add({"time", TimeText(head.event() != 0, head.time(), now)});
  table.Add({"expect", absl::StrCat(head.event(), ":", hash)});
  table.Add({"removed up to",
             head.removed_to() == 0 ? "" : absl::StrCat(head.removed_to())});
  table.Add({"public key", absl::Base64Escape(head.public_key())});
  return table;
}

void AddVerifyVerb(CLI::App& audit, CommandLine& line) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* verb = AddVerb(audit, line, "verify",
                           "Check that a copy of a ledger has every event as "
                           "it was written; without "
                           "a server",
                           options, Verify);
  verb->add_option("FILE", options->file, "The copy")->required();
  verb->add_option("--public-key", options->public_key,
                   "The key that must have signed it, or a file that holds it");
  verb->add_option("--expect", options->expect,
                   "An event that it must have, from an earlier \"audit head\"")
      ->type_name("EVENT:HASH");
}

}  // namespace bursar::client
