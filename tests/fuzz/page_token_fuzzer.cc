// Page tokens.

#include "server/rpc/page_token.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  constexpr absl::string_view kQuery = "bursar.v1.ListGrantsRequest \n\3ada";
  const absl::string_view text = FuzzInput(data, size).Rest();
  const auto cursor = ReadPageToken(kQuery, text);
  if (cursor.ok()) {
    Must(MakePageToken(kQuery, *cursor) == text,
         "only what was made is read, as it was made");
  }
  const std::string token = MakePageToken(kQuery, text);
  const auto read = ReadPageToken(kQuery, token);
  Must(read.ok() && *read == text, "what was made is read");
  Must(token.empty() || !ReadPageToken("another", token).ok(),
       "a token is good for its own query");
  return 0;
}
