#include "server/web/pages.h"

#include <openssl/sha.h>

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "server/base/embedded_file.h"

namespace bursar {

const std::vector<EmbeddedFile>& WebPageFiles();

namespace {

absl::string_view FileNamed(absl::string_view name) {
  const auto& files = WebPageFiles();
  return std::find_if(
             files.begin(), files.end(),
             [&](const EmbeddedFile& file) { return file.name == name; })
      ->content;
}

// The texts are ours and need no escaping.
std::string Render(absl::string_view style, const OutcomeText& text,
                   absl::string_view more = "") {
  return absl::StrReplaceAll(FileNamed("page.html"),
                             {{"{{style}}", style},
                              {"{{tone}}", text.tone},
                              {"{{title}}", text.title},
                              {"{{happened}}", text.happened},
                              {"{{next}}", text.next},
                              {"{{more}}", more}});
}

std::string HashOf(absl::string_view text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         digest);
  return absl::Base64Escape(
      {reinterpret_cast<const char*>(digest), sizeof(digest)});
}

constexpr OutcomeText kNotFound = {
    Outcome::kUnknownLink,
    "",
    404,
    "neutral",
    "There is nothing here",
    "This address belongs to a service that works in the background.",
    "If an application sent you here, start again from there."};

constexpr OutcomeText kBadRequest = {
    Outcome::kUnknownLink,
    "",
    400,
    "warning",
    "That did not come through",
    "Your browser sent something that this service cannot take.",
    "If an application sent you here, start again from there."};

constexpr OutcomeText kFragment = {
    Outcome::kUndecided,
    "",
    200,
    "neutral",
    "One moment",
    "Your browser hands on what your provider answered.",
    "This takes a second at most."};

}  // namespace

Pages::Pages() {
  const absl::string_view style = FileNamed("style.css");
  for (const OutcomeText& text : OutcomeTexts()) {
    by_slug_[std::string(text.slug)] = {text.http_status, Render(style, text)};
  }
  not_found_ = {kNotFound.http_status, Render(style, kNotFound)};
  bad_request_ = {kBadRequest.http_status, Render(style, kBadRequest)};
  const absl::string_view script = FileNamed("fragment.js");
  fragment_ = {kFragment.http_status,
               Render(style, kFragment,
                      absl::StrReplaceAll(FileNamed("fragment.html"),
                                          {{"{{script}}", script}}))};
  const std::string everywhere =
      absl::StrCat("default-src 'none'; style-src 'sha256-", HashOf(style),
                   "'; base-uri 'none'; frame-ancestors 'none'; form-action ");
  policy_ = absl::StrCat(everywhere, "'none'");
  fragment_policy_ = absl::StrCat(everywhere, "'self'; script-src 'sha256-",
                                  HashOf(script), "'");
}

const WebPage* Pages::Find(const std::string& slug) const {
  const auto found = by_slug_.find(slug);
  return found == by_slug_.end() ? nullptr : &found->second;
}

}  // namespace bursar
