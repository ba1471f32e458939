#include "tests/fuzz/openssl_thread.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "absl/strings/str_cat.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {

void MustLeaveNoOpenSslError(absl::string_view who) {
  Must(ERR_peek_error() == 0, absl::StrCat(who, " leaves no error behind"));
}

void ForgetOpenSslThread() {
  ERR_clear_error();
  OPENSSL_thread_stop();
}

}  // namespace bursar
