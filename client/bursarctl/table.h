// Aligned text: a table with a heading, or the fields of one thing. Plain data.

#ifndef BURSAR_CLIENT_BURSARCTL_TABLE_H_
#define BURSAR_CLIENT_BURSARCTL_TABLE_H_

#include <string>
#include <utility>
#include <vector>

namespace bursar::client {

class Table {
 public:
  using Row = std::vector<std::string>;

  /// A table of things; `nothing` is said when there are none.
  static Table Of(Row heading, std::string nothing) {
    return Table(std::move(heading), std::move(nothing));
  }
  /// One thing, a field a row: name and value.
  static Table OfFields() { return Table({}, ""); }

  /// An empty cell is shown as "-".
  void Add(Row row) { rows_.push_back(std::move(row)); }

  /// Lines, the last one ended too.
  std::string Text() const;

 private:
  Table(Row heading, std::string nothing)
      : heading_(std::move(heading)), nothing_(std::move(nothing)) {}

  Row heading_;
  std::string nothing_;
  std::vector<Row> rows_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_TABLE_H_
