// What OpenSSL keeps for a thread, from one input to the next. One thread.

#ifndef BURSAR_TESTS_FUZZ_OPENSSL_THREAD_H_
#define BURSAR_TESTS_FUZZ_OPENSSL_THREAD_H_

#include "absl/strings/string_view.h"

namespace bursar {

/// Ends the process unless OpenSSL's error queue is empty: whatever uses TLS on
/// this thread next takes what `who` left there for an error of its own.
void MustLeaveNoOpenSslError(absl::string_view who);

/// To be called after each input. What OpenSSL keeps of one and gives back
/// during the next would be searched for leaks each time, and that takes a
/// thousand times as long as the input.
void ForgetOpenSslThread();

}  // namespace bursar

#endif  // BURSAR_TESTS_FUZZ_OPENSSL_THREAD_H_
