#include "server/config/listeners.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/config/config_folder.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;

constexpr char kClearText[] = "would speak clear text beyond this machine";

std::string WithListen(absl::string_view listen) {
  return absl::StrCat("listen: ", listen, R"(
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
providers: [{name: cliq, descriptor: zoho-cliq}]
policy: {file: policy.yaml}
)");
}

std::string WithWeb(absl::string_view web) {
  return absl::StrCat(kMinimal, "web: ", web, "\n");
}

TEST(ListenersTest, ClearTextIsTakenOnLoopbackLiteralsAndUnixSockets) {
  const ConfigFolder folder;
  for (const char* address :
       {"127.0.0.1:0", "127.9.9.9:80", "[::1]:7400", "unix:bursar.sock"}) {
    EXPECT_EQ(folder.Errors(
                  WithListen(absl::StrCat("[{address: \"", address, "\"}]"))),
              "");
  }
}

TEST(ListenersTest, ClearTextElsewhereIsRefused) {
  const ConfigFolder folder;
  for (const char* address :
       {"0.0.0.0:7400", "[::]:7400", "10.1.2.3:7400", "localhost:7400",
        "[::ffff:127.0.0.1]:7400", "128.0.0.1:7400", "127.1:7400"}) {
    EXPECT_THAT(folder.Errors(
                    WithListen(absl::StrCat("[{address: \"", address, "\"}]"))),
                HasSubstr(kClearText))
        << address;
  }
}

TEST(ListenersTest, ClearTextElsewhereIsTakenIfSaidInAsManyWords) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(WithListen("[{address: \"0.0.0.0:7400\", "
                                     "clear_text_beyond_loopback: true}]")),
            "");
}

TEST(ListenersTest, TlsIsTakenAnywhere) {
  const ConfigFolder folder;
  folder.Write("c.pem", "");
  folder.Write("k.pem", "");
  const auto config = folder.Load(WithListen(
      "[{address: \"0.0.0.0:7400\", tls: {certificate_file: c.pem, key_file: "
      "k.pem, client_ca_file: c.pem}}]"));
  ASSERT_TRUE(config.ok()) << config.status();
  ASSERT_TRUE(config->listen[0].tls.has_value());
  EXPECT_EQ(config->listen[0].tls->key_file, folder.Path("k.pem"));
  EXPECT_EQ(config->listen[0].tls->client_ca_file, folder.Path("c.pem"));
}

// A listener at `address` with TLS, its callers' CA among its files, and
// `more`.
std::string WithTls(const ConfigFolder& folder, absl::string_view address,
                    absl::string_view more, absl::string_view more_files = "") {
  folder.Write("c.pem", "");
  return WithListen(absl::StrCat(
      "[{address: \"", address,
      "\", tls: {certificate_file: c.pem, key_file: c.pem, client_ca_file: "
      "c.pem",
      more_files, "}", more, "}]"));
}

TEST(ListenersTest, CallersMustShowCertificatesUnlessTheyAreOptional) {
  const ConfigFolder folder;
  const auto is_optional = [&](absl::string_view more) {
    const auto config = folder.Load(WithTls(folder, "0.0.0.0:7400", more));
    EXPECT_TRUE(config.ok()) << config.status();
    return config.ok() && config->listen[0].client_certificate_optional;
  };
  EXPECT_FALSE(is_optional(""));
  EXPECT_FALSE(is_optional(", client_certificates: required"));
  EXPECT_TRUE(is_optional(", client_certificates: optional"));
  EXPECT_THAT(folder.Errors(WithTls(folder, "0.0.0.0:7400",
                                    ", client_certificates: never")),
              HasSubstr("client_certificates"));
}

TEST(ListenersTest, ClientCertificatesNeedTheirCa) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithListen("[{address: \"127.0.0.1:0\", "
                                       "client_certificates: required}]")),
              HasSubstr("needs tls with client_ca_file"));
}

TEST(ListenersTest, ARevocationListNeedsItsCa) {
  const ConfigFolder folder;
  const auto config = folder.Load(
      WithTls(folder, "0.0.0.0:7400", "", ", client_crl_file: c.pem"));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen[0].tls->client_crl_file, folder.Path("c.pem"));
  EXPECT_THAT(
      folder.Errors(WithListen(
          "[{address: \"0.0.0.0:1\", tls: {certificate_file: c.pem, key_file: "
          "c.pem, client_crl_file: c.pem}}]")),
      HasSubstr("needs client_ca_file"));
}

TEST(ListenersTest, AnonymousCallersAreTakenOnLoopbackIfSaidSo) {
  const ConfigFolder folder;
  const auto anonymous =
      folder.Load(WithListen("[{address: \"127.0.0.1:0\", anonymous: true}]"));
  ASSERT_TRUE(anonymous.ok()) << anonymous.status();
  EXPECT_TRUE(anonymous->listen[0].anonymous);
  const auto silent = folder.Load(WithListen("[{address: \"127.0.0.1:0\"}]"));
  ASSERT_TRUE(silent.ok()) << silent.status();
  EXPECT_FALSE(silent->listen[0].anonymous);
}

TEST(ListenersTest, AnonymousCallersElsewhereAreRefused) {
  const ConfigFolder folder;
  constexpr char kRefused[] = "is for loopback addresses alone";
  EXPECT_THAT(
      folder.Errors(WithTls(folder, "0.0.0.0:7400", ", anonymous: true")),
      HasSubstr(kRefused));
  EXPECT_THAT(
      folder.Errors(WithListen("[{address: \"10.1.2.3:1\", anonymous: true, "
                               "clear_text_beyond_loopback: true}]")),
      HasSubstr(kRefused));
  EXPECT_THAT(folder.Errors(
                  WithListen("[{address: \"unix:b.sock\", anonymous: true}]")),
              HasSubstr(kRefused));
}

TEST(ListenersTest, TlsWantsALiteralAddress) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithTls(folder, "bursar.example:7400", "")),
              HasSubstr("must have a literal address"));
  EXPECT_EQ(folder.Errors(WithTls(folder, "[::]:7400", "")), "");
}

TEST(ListenersTest, AUnixSocketSpeaksNoTls) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithTls(folder, "unix:b.sock", "")),
              HasSubstr("speaks no TLS"));
}

TEST(ListenersTest, TlsWithoutAKeyIsRefused) {
  const ConfigFolder folder;
  folder.Write("c.pem", "");
  EXPECT_THAT(
      folder.Errors(WithListen(
          "[{address: \"0.0.0.0:1\", tls: {certificate_file: c.pem}}]")),
      HasSubstr("listen[0].tls lacks the key key_file"));
}

TEST(ListenersTest, MalformedAddressesAreRefused) {
  const ConfigFolder folder;
  for (const char* address :
       {"7400", "127.0.0.1", "127.0.0.1:", "127.0.0.1:+1", "127.0.0.1:65536",
        "::1:7400", "[::1:7400", "[host]:1", ":7400", "a b:1", "*:7400"}) {
    EXPECT_THAT(folder.Errors(
                    WithListen(absl::StrCat("[{address: \"", address, "\"}]"))),
                HasSubstr("must be unix:PATH, HOST:PORT or [IPV6]:PORT"))
        << address;
  }
}

TEST(ListenersTest, RelativeSocketPathStartsAtTheFilesFolder) {
  const ConfigFolder folder;
  const auto config = folder.Load(WithListen("[{address: \"unix:b.sock\"}]"));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen[0].address, "unix:" + folder.Path("b.sock"));
}

TEST(ListenersTest, SocketWithoutAPathIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithListen("[{address: \"unix:\"}]")),
              HasSubstr("must name a path after unix:"));
}

TEST(ListenersTest, NoListenerIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithListen("[]")),
              HasSubstr("listen must name a listener at least"));
}

TEST(ListenersTest, SameAddressTwiceIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithListen(
                  "[{address: \"127.0.0.1:1\"}, {address: \"127.0.0.1:1\"}]")),
              HasSubstr("listen[1] has the address of another listener"));
}

TEST(ListenersTest, PortZeroMayOccurTwice) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(WithListen(
                "[{address: \"127.0.0.1:0\"}, {address: \"127.0.0.1:0\"}]")),
            "");
}

TEST(ListenersTest, WebInClearTextBeyondLoopbackIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithWeb("{address: \"0.0.0.0:7480\", public_url: "
                                    "\"https://bursar.example\"}")),
              HasSubstr(kClearText));
}

TEST(ListenersTest, WebBehindATlsProxyIsTakenIfSaidInAsManyWords) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(WithWeb(
                "{address: \"0.0.0.0:7480\", clear_text_beyond_loopback: true, "
                "public_url: \"https://bursar.example\"}")),
            "");
}

TEST(ListenersTest, WebOnLoopbackNeedsNoPublicUrl) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(WithWeb("{address: \"127.0.0.1:0\"}")), "");
}

TEST(ListenersTest, WebBeyondLoopbackNeedsAPublicUrl) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithWeb("{address: \"0.0.0.0:7480\", "
                                    "clear_text_beyond_loopback: true}")),
              HasSubstr("web lacks the key public_url"));
}

TEST(ListenersTest, PublicUrlIsHttpsUnlessItIsLoopback) {
  const ConfigFolder folder;
  const auto errors = [&](absl::string_view url) {
    return folder.Errors(WithWeb(
        absl::StrCat("{address: \"127.0.0.1:1\", public_url: \"", url, "\"}")));
  };
  EXPECT_EQ(errors("https://bursar.example"), "");
  EXPECT_EQ(errors("https://bursar.example:8443/oauth"), "");
  EXPECT_EQ(errors("http://127.0.0.1:7480"), "");
  EXPECT_EQ(errors("http://[::1]:7480"), "");
  EXPECT_THAT(errors("http://bursar.example"), HasSubstr("https://"));
  EXPECT_THAT(errors("http://127.0.0.1.evil.example"), HasSubstr("https://"));
  EXPECT_THAT(errors("http://127.0.0.1@evil.example"), HasSubstr("https"));
  EXPECT_THAT(errors("https://bursar.example?x=1"), HasSubstr("query"));
  EXPECT_THAT(errors("https://bursar.example/"), HasSubstr("slash"));
  EXPECT_THAT(errors("ftp://bursar.example"), HasSubstr("https"));
  EXPECT_THAT(errors("https://"), HasSubstr("https"));
}

TEST(ListenersTest, WebTakesNoCallerCertificates) {
  const ConfigFolder folder;
  folder.Write("c.pem", "");
  EXPECT_THAT(folder.Errors(WithWeb(
                  "{address: \"127.0.0.1:1\", tls: {certificate_file: c.pem, "
                  "key_file: c.pem, client_ca_file: c.pem}}")),
              HasSubstr("web.tls.client_ca_file is not a known key"));
}

TEST(ListenersTest, MetricsElsewhereAreRefusedUnlessSaidInAsManyWords) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(absl::StrCat(
                  kMinimal, "metrics: {address: \"0.0.0.0:7490\"}\n")),
              HasSubstr("names of clients"));
  EXPECT_EQ(folder.Errors(absl::StrCat(kMinimal,
                                       "metrics: {address: \"0.0.0.0:7490\", "
                                       "clear_text_beyond_loopback: true}\n")),
            "");
}

TEST(ListenersTest, MetricsNeedAnAddress) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(absl::StrCat(kMinimal, "metrics: {}\n")),
              HasSubstr("address"));
  EXPECT_THAT(
      folder.Errors(absl::StrCat(kMinimal, "metrics: {address: here}\n")),
      HasSubstr("must be HOST:PORT"));
}

}  // namespace
}  // namespace bursar
