#include "server/base/file_watch.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "tests/fakes/manual_executor.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar {
namespace {

namespace fs = std::filesystem;

class FileWatchTest : public ::testing::Test {
 protected:
  FileWatchTest() { Write("file", "first"); }

  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(folder / name) << content;
  }

  std::unique_ptr<FileWatch> Watch(const std::vector<std::string>& names) {
    std::vector<std::string> paths;
    for (const std::string& name : names) paths.push_back(folder / name);
    auto watch = std::make_unique<FileWatch>(std::move(paths), executor);
    watch->Start([this] { ++told; });
    return watch;
  }

  void Look() { executor.Advance(FileWatch::kInterval); }

  const TemporaryFolder temporary;
  const fs::path folder = temporary.path();
  ManualExecutor executor;
  int told = 0;
};

TEST_F(FileWatchTest, SaysNothingWhileNothingChanges) {
  const auto watch = Watch({"file"});
  for (int i = 0; i < 3; ++i) Look();
  EXPECT_EQ(told, 0);
}

TEST_F(FileWatchTest, TellsOfEachChangeOnce) {
  const auto watch = Watch({"file"});
  Write("file", "second");
  Look();
  EXPECT_EQ(told, 1);
  Look();
  EXPECT_EQ(told, 1);
  Write("file", "third");
  Look();
  EXPECT_EQ(told, 2);
}

TEST_F(FileWatchTest, SeesAChangeThatKeepsSizeAndTime) {
  const auto watch = Watch({"file"});
  const auto written = fs::last_write_time(folder / "file");
  Write("file", "tsrif");
  fs::last_write_time(folder / "file", written);
  Look();
  EXPECT_EQ(told, 1);
}

TEST_F(FileWatchTest, SeesALinkOnTheWaySwapped) {
  for (const char* volume : {"old", "new"}) {
    fs::create_directory(folder / volume);
    Write(std::string(volume) + "/file", volume);
  }
  fs::create_symlink("old", folder / "data");
  fs::create_symlink("data/file", folder / "linked");
  const auto watch = Watch({"linked"});
  fs::create_symlink("new", folder / "swap");
  fs::rename(folder / "swap", folder / "data");
  Look();
  EXPECT_EQ(told, 1);
}

TEST_F(FileWatchTest, AFileThatGoesAndComesBackIsTwoChanges) {
  const auto watch = Watch({"file"});
  fs::remove(folder / "file");
  Look();
  EXPECT_EQ(told, 1);
  Write("file", "first");
  Look();
  EXPECT_EQ(told, 2);
}

TEST_F(FileWatchTest, AnEmptyFileIsNotAMissingOne) {
  const auto watch = Watch({"late"});
  Write("late", "");
  Look();
  EXPECT_EQ(told, 1);
}

TEST_F(FileWatchTest, FilesThatChangeTogetherAreOneChange) {
  Write("other", "first");
  const auto watch = Watch({"file", "other"});
  Write("file", "second");
  Write("other", "second");
  Look();
  EXPECT_EQ(told, 1);
}

TEST_F(FileWatchTest, SeesAChangePastTheFirstBlock) {
  Write("file", std::string(100'000, 'a') + "b");
  const auto watch = Watch({"file"});
  Write("file", std::string(100'000, 'a') + "c");
  Look();
  EXPECT_EQ(told, 1);
}

TEST_F(FileWatchTest, WhatChangesBetweenMakingAndStartingIsTold) {
  FileWatch watch({folder / "file"}, executor);
  Write("file", "second");
  watch.Start([this] { ++told; });
  Look();
  EXPECT_EQ(told, 1);
}

TEST_F(FileWatchTest, APipeNobodyWritesToKeepsNobodyWaiting) {
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  const auto watch = Watch({"pipe", "file"});
  Write("file", "second");
  Look();
  EXPECT_EQ(told, 1);
}

TEST_F(FileWatchTest, NobodyIsToldOnceItIsGone) {
  auto watch = Watch({"file"});
  Write("file", "second");
  watch.reset();
  Look();
  EXPECT_EQ(told, 0);
}

TEST_F(FileWatchTest, MayGoWhileTheExecutorRuns) {
  ThreadExecutor thread;
  std::promise<void> changed;
  auto watch = std::make_unique<FileWatch>(
      std::vector<std::string>{folder / "file"}, thread);
  watch->Start([&] { changed.set_value(); });
  // In one step, which is one change.
  Write("next", "second");
  fs::rename(folder / "next", folder / "file");
  ASSERT_EQ(changed.get_future().wait_for(std::chrono::seconds(30)),
            std::future_status::ready);
  watch.reset();
}

}  // namespace
}  // namespace bursar
