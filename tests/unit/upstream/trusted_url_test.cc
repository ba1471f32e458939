#include "server/upstream/trusted_url.h"

#include <gtest/gtest.h>

#include "absl/strings/string_view.h"

namespace bursar {
namespace {

TEST(TrustedUrl, HttpsGoesAnywhere) {
  for (const char* url :
       {"https://as.example", "https://as.example/",
        "https://as.example:8443/t", "https://10.0.0.1/t?a=b",
        "https://[2001:db8::1]:8443/t", "https://as.example?a=http://b"}) {
    EXPECT_TRUE(IsTrustedUrl(url)) << url;
    EXPECT_FALSE(IsLoopbackUrl(url)) << url;
  }
}

TEST(TrustedUrl, ClearTextGoesToThisMachine) {
  for (const char* url :
       {"http://127.0.0.1/t", "http://127.0.0.1:8080/t", "http://127.9.8.7",
        "http://[::1]/t", "http://[::1]:8080/t", "http://[0::1]:8",
        "http://[::0.0.0.1]/t", "http://localhost:1/t?a=b"}) {
    EXPECT_TRUE(IsTrustedUrl(url)) << url;
    EXPECT_TRUE(IsLoopbackUrl(url)) << url;
  }
}

TEST(TrustedUrl, ClearTextGoesNowhereElse) {
  for (const char* url :
       {"http://as.example/t", "http://10.0.0.1/t", "http://128.0.0.1/t",
        "http://127.0.0.1.as.example/t", "http://localhost.as.example/t",
        "http://[::2]/t", "http://[0::2]/t", "http://[::ffff:10.0.0.1]/t",
        "http://0.0.0.0/t", "http://127.1/t", "http://2130706433/t",
        "http://0x7f.0.0.1/t"}) {
    EXPECT_FALSE(IsTrustedUrl(url)) << url;
    EXPECT_FALSE(IsLoopbackUrl(url)) << url;
  }
}

TEST(TrustedUrl, NothingThatReadersDisagreeAbout) {
  for (const char* url : {"http://localhost@as.example/t",
                          "http://localhost:1@as.example/t",
                          "https://user@as.example/t",
                          "http://as.example\\@localhost/t",
                          "http://localhost\\.as.example/t",
                          "http://localhost#.as.example/t",
                          "https://as.example/a b",
                          "https://as.example/\t",
                          "https://as.example/\xc3\xa9",
                          "https://as.example:/t",
                          "https://as.example:0/t",
                          "https://as.example:99999/t",
                          "https://as.example:8x/t",
                          "https://a]b/t",
                          "https://[::1/t",
                          "http://[::1]x/t",
                          "http://[::1].as.example/t",
                          "https://0x7f.1443/t",
                          "https://127.1/t",
                          "https://2130706433/t",
                          "https://as.example.017./t",
                          "https://1.2.3.4./t",
                          "https://0x/t"}) {
    EXPECT_FALSE(IsTrustedUrl(url)) << url;
  }
}

TEST(TrustedUrl, NothingThatIsNeither) {
  for (const char* url : {"", "https://", "https:///t", "http://", "ftp://a/t",
                          "file:///etc/passwd", "as.example", "//as.example",
                          "https:as.example", "https://:443/t"}) {
    EXPECT_FALSE(IsTrustedUrl(url)) << url;
  }
}

TEST(TrustedUrl, NoControlCharacterNotEvenZero) {
  EXPECT_FALSE(IsTrustedUrl(absl::string_view("https://a\0.example", 18)));
}

}  // namespace
}  // namespace bursar
