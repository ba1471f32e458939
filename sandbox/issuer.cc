#include "sandbox/issuer.h"

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace bursar::sandbox {

std::string Issuer::Hex(std::size_t digits) {
  return Letters(digits, "0123456789abcdef");
}

// An alphabet's size divides 256 or comes near enough for a sandbox.
std::string Issuer::Letters(std::size_t count, absl::string_view alphabet) {
  std::vector<unsigned char> bytes(count);
  random_.Fill(absl::MakeSpan(bytes));
  std::string text;
  for (const unsigned char byte : bytes) {
    text += alphabet[byte % alphabet.size()];
  }
  return text;
}

std::string Issuer::Token(absl::string_view kind) {
  std::string value = absl::StrCat("1000.", Hex(32), ".", Hex(32));
  Remember(kind, value);
  return value;
}

std::string Issuer::ClientId() {
  return absl::StrCat("1000.",
                      Letters(30, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
}

std::string Issuer::ClientSecret() {
  std::string value = Hex(42);
  Remember("client_secret", value);
  return value;
}

std::string Issuer::UserCode() {
  // No vowels, no letters that look like digits.
  constexpr absl::string_view kAlphabet = "BCDFGHJKLMNPQRSTVWXZ";
  std::string value =
      absl::StrCat(Letters(4, kAlphabet), "-", Letters(4, kAlphabet));
  Remember("user_code", value);
  return value;
}

std::string Issuer::FormToken() { return Hex(32); }

void Issuer::Remember(absl::string_view kind, absl::string_view value) {
  values_.push_back({std::string(kind), std::string(value)});
}

}  // namespace bursar::sandbox
