#include "client/bursarctl/table.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace bursar::client {
namespace {

// Characters, not bytes: UTF-8's continuation bytes take no room.
std::size_t Width(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (c & 0xC0) != 0x80; });
}

std::string Shown(const std::string& cell) { return cell.empty() ? "-" : cell; }

}  // namespace

std::string Table::Text() const {
  if (rows_.empty()) return absl::StrCat(nothing_, "\n");
  std::vector<Row> lines;
  if (!heading_.empty()) lines.push_back(heading_);
  lines.insert(lines.end(), rows_.begin(), rows_.end());
  std::vector<std::size_t> widths;
  for (const Row& line : lines) {
    widths.resize(std::max(widths.size(), line.size()));
    for (std::size_t i = 0; i < line.size(); ++i) {
      widths[i] = std::max(widths[i], Width(Shown(line[i])));
    }
  }
  std::string text;
  for (const Row& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string cell = Shown(line[i]);
      absl::StrAppend(&text, cell);
      if (i + 1 == line.size()) break;
      text.append(widths[i] - Width(cell) + 2, ' ');
    }
    text.push_back('\n');
  }
  return text;
}

}  // namespace bursar::client
