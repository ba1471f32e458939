#include "client/bursarctl/table.h"

#include <gtest/gtest.h>

namespace bursar::client {
namespace {

TEST(TableTest, AlignsColumnsByCharactersNotBytes) {
  Table table = Table::Of({"A", "B"}, "none");
  table.Add({"\xc3\xa9\xc3\xa9\xc3\xa9", "1"});
  table.Add({"eee", "2"});
  EXPECT_EQ(table.Text(), "A    B\n\xc3\xa9\xc3\xa9\xc3\xa9  1\neee  2\n");
}

TEST(TableTest, ShowsThatACellIsEmpty) {
  Table table = Table::OfFields();
  table.Add({"Name", ""});
  EXPECT_EQ(table.Text(), "Name  -\n");
}

}  // namespace
}  // namespace bursar::client
