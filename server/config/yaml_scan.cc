#include "server/config/yaml_scan.h"

#include <cstdint>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/parser.h"

namespace bursar {
namespace {

// A file of a mebibyte has fewer, unless aliases multiply them.
constexpr int64_t kMostValues = 1 << 20;

// Counts the values of documents, an alias for as many as it stands for.
class Scan final : public YAML::EventHandler {
 public:
  const std::optional<YamlFlaw>& flaw() const { return flaw_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!first_document_) {
      first_document_ = mark;
    } else if (first_document_->pos == mark.pos) {
      // It took nothing of the text, nor would any after it.
      Note(mark, "not YAML: no value can begin here");
    } else {
      Note(mark, "a second document begins here; one file is one document");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Count(mark, 1);
    sizes_[anchor] = 1;
  }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/,
                YAML::anchor_t anchor, const std::string& /*value*/) override {
    Count(mark, 1);
    sizes_[anchor] = 1;
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto size = sizes_.find(anchor);
    if (size == sizes_.end()) {
      Note(mark, "an alias stands inside of what it is an alias for");
    } else {
      Count(mark, size->second);
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    Begin(mark, anchor);
  }
  void OnSequenceEnd() override { End(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    Begin(mark, anchor);
  }
  void OnMapEnd() override { End(); }

 private:
  struct Open {
    YAML::anchor_t anchor;
    int64_t before;
  };

  void Begin(const YAML::Mark& mark, YAML::anchor_t anchor) {
    open_.push_back({anchor, values_});
    Count(mark, 1);
  }
  void End() {
    sizes_[open_.back().anchor] = values_ - open_.back().before;
    open_.pop_back();
  }

  void Count(const YAML::Mark& mark, int64_t values) {
    // Past the bound nothing is added: sums of sums would overflow.
    if (values_ <= kMostValues) values_ += values;
    if (values_ > kMostValues) {
      Note(mark, "here the file has more values than a configuration can have");
    }
  }

  void Note(const YAML::Mark& mark, std::string message) {
    if (!flaw_) flaw_ = YamlFlaw{mark, std::move(message)};
  }

  std::optional<YAML::Mark> first_document_;
  int64_t values_ = 0;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, int64_t> sizes_;
  std::optional<YamlFlaw> flaw_;
};

}  // namespace

std::optional<YamlFlaw> FindYamlFlaw(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  Scan scan;
  if (parser.HandleNextDocument(scan)) parser.HandleNextDocument(scan);
  return scan.flaw();
}

}  // namespace bursar
