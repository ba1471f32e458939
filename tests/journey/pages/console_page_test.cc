// The sandbox's developer console.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/journey/pages/sandbox_pages.h"

namespace bursar::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ConsolePage : public SandboxPages {
 protected:
  void OpenConsole(const std::string& persona = "cliq") {
    StartSandbox(persona);
    Open("/developerconsole");
  }

  // `type` as its choice begins.
  void AddClient(const std::string& type, const std::string& redirect_uris) {
    chromium().Choose(type);
    chromium().Type("Name", "My app");
    chromium().Type("Authorized redirect URIs, one a line", redirect_uris);
    chromium().Press("Create");
  }

  void ExpectRegistered(const std::string& type) {
    EXPECT_THAT(chromium().Text(), AllOf(HasSubstr("The client is registered"),
                                         HasSubstr("My app"), HasSubstr(type)));
    EXPECT_THAT(chromium().Described("Client ID"), StartsWith("1000."));
  }
};

TEST_F(ConsolePage, AServerBasedClientGetsIdAndSecret) {
  OpenConsole();
  AddClient("Server-based", RedirectUri());
  ExpectRegistered("server-based");
  EXPECT_NE(chromium().Described("Client secret"), "");
}

TEST_F(ConsolePage, AClientBasedClientGetsAnIdAndNoSecret) {
  OpenConsole();
  AddClient("Client-based", RedirectUri());
  ExpectRegistered("client-based");
  EXPECT_THAT(chromium().Text(), Not(HasSubstr("Client secret")));
}

TEST_F(ConsolePage, AMobileBasedClientGetsAnIdAndNoSecret) {
  OpenConsole();
  AddClient("Mobile-based", "com.example.app://callback");
  ExpectRegistered("mobile-based");
  EXPECT_THAT(chromium().Text(), Not(HasSubstr("Client secret")));
}

TEST_F(ConsolePage, ANonBrowserClientNeedsNoRedirectUri) {
  OpenConsole();
  AddClient("Non-browser", "");
  ExpectRegistered("non-browser");
  EXPECT_NE(chromium().Described("Client secret"), "");
}

TEST_F(ConsolePage, ASelfClientNeedsNoRedirectUri) {
  OpenConsole();
  AddClient("Self client", "");
  ExpectRegistered("self-client");
  EXPECT_NE(chromium().Described("Client secret"), "");
}

TEST_F(ConsolePage, RedirectUrisAreOneALine) {
  OpenConsole();
  AddClient("Server-based", "https://a.example/1\nhttps://b.example/2");
  EXPECT_THAT(chromium().Described("Redirect URIs"),
              AllOf(HasSubstr("https://a.example/1"),
                    HasSubstr("https://b.example/2")));
}

TEST_F(ConsolePage, AServerBasedClientWithoutRedirectUriIsRefused) {
  OpenConsole();
  AddClient("Server-based", "");
  // As shown: it begins with a capital.
  EXPECT_THAT(chromium().Text(),
              AllOf(HasSubstr("server-based client needs a redirect URI"),
                    HasSubstr("There are none yet.")));
}

TEST_F(ConsolePage, AClientWithoutATypeIsNotSent) {
  OpenConsole();
  chromium().Type("Name", "My app");
  EXPECT_TRUE(chromium().PressInVain("Create"));
}

TEST_F(ConsolePage, ConnectAsksForAClientDomain) {
  OpenConsole("connect");
  EXPECT_THAT(chromium().Text(), Not(HasSubstr("Homepage URL")));
  chromium().Type("Client domain", "app.example.com");
  AddClient("Server-based", RedirectUri());
  EXPECT_EQ(chromium().Described("Client domain"), "app.example.com");
}

TEST_F(ConsolePage, ASelfClientsCodeCanBeRedeemed) {
  OpenConsole();
  AddClient("Self client", "");
  RegisteredClient client;
  client.id = chromium().Described("Client ID");
  client.secret = chromium().Described("Client secret");
  chromium().Type("Scope", "ZohoCliq.Channels.READ");
  chromium().Press("Generate code");
  EXPECT_EQ(sandbox().Exchange(client, chromium().Described("Code")), "ok");
}

TEST_F(ConsolePage, ACodeForAScopeThatThereIsNotIsRefused) {
  OpenConsole();
  AddClient("Self client", "");
  chromium().Type("Scope", "ZohoCliq.Nonsense.READ");
  chromium().Press("Generate code");
  EXPECT_THAT(chromium().Text(), Not(HasSubstr("The code is ready")));
}

TEST_F(ConsolePage, ANewSecretTakesTheOldOnesPlace) {
  OpenConsole();
  AddClient("Server-based", RedirectUri());
  const std::string first = chromium().Described("Client secret");
  chromium().Press("Regenerate secret");
  const std::string second = chromium().Described("Client secret");
  EXPECT_NE(second, "");
  EXPECT_NE(second, first);
}

TEST_F(ConsolePage, ADeletedClientIsGone) {
  OpenConsole();
  AddClient("Server-based", RedirectUri());
  chromium().Press("Delete");
  EXPECT_THAT(chromium().Text(), HasSubstr("There are none yet."));
}

}  // namespace
}  // namespace bursar::journey
