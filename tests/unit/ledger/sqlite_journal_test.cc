#include "server/ledger/sqlite_journal.h"

#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/conformance/run_work.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

using testing::ElementsAre;

Event Named(const std::string& kind) {
  Event event;
  event.kind = kind;
  event.time = absl::UnixEpoch();
  return event;
}

std::vector<std::string> Kinds(Ledger& ledger) {
  std::vector<std::string> kinds;
  const auto page = ledger.events().List({}, {});
  for (const Event& event : page->items) {
    kinds.push_back(event.kind);
  }
  return kinds;
}

class SqliteJournalTest : public testing::Test {
 protected:
  SqliteJournalTest() : journal_(*folder_.Open()) {}

  // Keeps the writer busy until Release, so that what is handed in meanwhile
  // waits together.
  void Hold() {
    auto held = std::make_shared<std::promise<void>>();
    journal_->Write(
        [this, held](Ledger&) {
          held->set_value();
          released_.get_future().wait();
          return absl::OkStatus();
        },
        [](absl::Status) {});
    held->get_future().wait();
  }
  void Release() { released_.set_value(); }

  void Append(const std::string& kind, absl::Status end) {
    journal_->Write(
        [this, kind, end](Ledger& ledger) {
          Note("work ", kind);
          const absl::Status status = ledger.events().Append(Named(kind));
          return status.ok() ? end : status;
        },
        [this, kind](absl::Status status) {
          Note("done ", kind, status.ok() ? "" : " failed");
        });
  }

  template <typename... Parts>
  void Note(const Parts&... parts) {
    const std::lock_guard lock(mutex_);
    notes_.push_back(absl::StrCat(parts...));
  }

  LedgerFolder folder_;
  std::promise<void> released_;
  std::mutex mutex_;
  std::vector<std::string> notes_;
  std::unique_ptr<SqliteJournal> journal_;
};

TEST_F(SqliteJournalTest, WritesThatWaitShareOneCommitInTheirOrder) {
  Hold();
  Append("a", absl::OkStatus());
  Append("b", absl::AbortedError("no"));
  Append("c", absl::OkStatus());
  Release();
  const auto kinds =
      RunWrite(*journal_,
               [](Ledger& ledger) -> absl::StatusOr<std::vector<std::string>> {
                 return Kinds(ledger);
               });
  EXPECT_THAT(*kinds, ElementsAre("a", "c"));
  journal_.reset();
  EXPECT_THAT(notes_, ElementsAre("work a", "work b", "work c", "done a",
                                  "done b failed", "done c"));
}

TEST_F(SqliteJournalTest, AReadSeesEveryWriteToldBefore) {
  std::promise<std::vector<std::string>> seen;
  journal_->Write(
      [](Ledger& ledger) { return ledger.events().Append(Named("a")); },
      [&](absl::Status) {
        journal_->Read(
            [&](Ledger& ledger) {
              seen.set_value(Kinds(ledger));
              return absl::OkStatus();
            },
            [](absl::Status) {});
      });
  EXPECT_THAT(seen.get_future().get(), ElementsAre("a"));
}

TEST_F(SqliteJournalTest, AReadCannotWrite) {
  const absl::Status status = RunRead(*journal_, [](Ledger& ledger) {
    return ledger.events().Append(Named("a"));
  });
  EXPECT_FALSE(status.ok());
}

TEST_F(SqliteJournalTest, WhatWaitsAtTheEndIsStillDone) {
  Hold();
  Append("a", absl::OkStatus());
  std::thread end([this] { journal_.reset(); });
  Release();
  end.join();
  EXPECT_THAT(notes_, ElementsAre("work a", "done a"));
}

TEST_F(SqliteJournalTest, AWriteThatTheSchemaRefusesFailsAlone) {
  Hold();
  Append("a", absl::OkStatus());
  Append("", absl::OkStatus());
  Append("c", absl::OkStatus());
  Release();
  journal_.reset();
  EXPECT_THAT(notes_, ElementsAre("work a", "work ", "work c", "done a",
                                  "done  failed", "done c"));
}

TEST_F(SqliteJournalTest, TwoThousandRefreshWritesShareFewCommits) {
  ASSERT_TRUE(RunWrite(*journal_, [this](Ledger& ledger) {
                absl::Status status = AddClient(ledger, folder_.now());
                for (int i = 0; i < 1000 && status.ok(); ++i) {
                  status = AddGrant(ledger, absl::StrCat(i), folder_.now());
                }
                return status;
              }).ok());
  Hold();
  for (int i = 0; i < 1000; ++i) {
    auto lease = std::make_shared<std::optional<RefreshLease>>();
    journal_->Write(
        [this, i, lease](Ledger& ledger) {
          auto begun = ledger.refreshes().Begin(GrantId(absl::StrCat(i)), 1,
                                                folder_.now());
          if (begun.ok()) lease->emplace(*std::move(begun));
          return begun.status();
        },
        [this, i, lease](absl::Status begun) {
          if (!begun.ok()) return Note(begun.message());
          journal_->Write(
              [this, i, lease](Ledger& ledger) {
                Granted granted;
                granted.access_token.value =
                    Secret::Copy(absl::StrCat("next-", i));
                return ledger.refreshes()
                    .Commit(**lease, granted, std::nullopt, folder_.now())
                    .status();
              },
              [this](absl::Status status) {
                if (!status.ok()) Note(status.message());
              });
        });
  }
  const absl::Time start = absl::Now();
  Release();
  RunWrite(*journal_, [](Ledger&) { return absl::OkStatus(); }).IgnoreError();
  RunWrite(*journal_, [](Ledger&) { return absl::OkStatus(); }).IgnoreError();
  RecordProperty("milliseconds",
                 absl::StrCat(absl::ToInt64Milliseconds(absl::Now() - start)));
  EXPECT_THAT(notes_, ElementsAre());
  const auto grant = RunRead(*journal_, [](Ledger& ledger) {
    return ledger.grants().Get(GrantId("999"));
  });
  ASSERT_TRUE(grant.ok()) << grant.status();
  EXPECT_EQ(grant->generation, 2);
}

}  // namespace
}  // namespace bursar
