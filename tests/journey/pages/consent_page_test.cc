// What users see of the sandbox: consent, organisations, devices.

#include <string>

#include "gmock/gmock.h"
#include "tests/journey/harness/browser.h"
#include "tests/journey/pages/sandbox_pages.h"

namespace bursar::journey {
namespace {

using UserPages = SandboxPages;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST_F(UserPages, ConsentSaysWhoAsksAndForWhatInWords) {
  StartSandbox();
  Authorize(sandbox().Register(RedirectUri()).id,
            "ZohoCliq.Channels.READ,ZohoCliq.Messages.DELETE");
  EXPECT_THAT(
      chromium().Text(),
      AllOf(HasSubstr("Channel reader asks for access to your account"),
            HasSubstr("See channels in Zoho Cliq"),
            HasSubstr("Delete messages"), HasSubstr("Also while you are away"),
            HasSubstr(RedirectUri())));
}

TEST_F(UserPages, AcceptedComesBackWithACodeForWhoeverSignedIn) {
  StartSandbox();
  const RegisteredClient client = sandbox().Register(RedirectUri());
  Authorize(client.id, "ZohoCliq.Channels.READ");
  chromium().Type("Sign in as", "bob@example.com");
  chromium().Press("Accept");
  EXPECT_THAT(chromium().Address(), StartsWith(RedirectUri()));
  EXPECT_NE(QueryParameter(chromium().Address(), "code"), "");
  EXPECT_EQ(QueryParameter(chromium().Address(), "state"), "opaque");
}

TEST_F(UserPages, DeclinedComesBackWithoutACode) {
  StartSandbox();
  Authorize(sandbox().Register(RedirectUri()).id, "ZohoCliq.Channels.READ");
  chromium().Press("Reject");
  EXPECT_EQ(QueryParameter(chromium().Address(), "error"), "access_denied");
  EXPECT_EQ(QueryParameter(chromium().Address(), "code"), "");
}

TEST_F(UserPages, AWrongRequestIsSaidSoAndGoesNowhere) {
  StartSandbox();
  Authorize("nobody", "ZohoCliq.Channels.READ");
  EXPECT_THAT(chromium().Text(), HasSubstr("Invalid client"));
  EXPECT_THAT(chromium().Address(), HasSubstr("/oauth/v2/auth?"));
}

TEST_F(UserPages, AnOrganisationIsChosenBeforeConsenting) {
  StartSandbox("iot");
  Authorize(sandbox().Register(RedirectUri()).id,
            "ZohoIOT.modules.devices.ALL");
  EXPECT_THAT(chromium().Text(), HasSubstr("Which organisation is it for?"));
  chromium().Choose("Zylker Waterworks");
  chromium().Press("Submit");
  EXPECT_THAT(chromium().Text(), HasSubstr("For Zylker Waterworks"));
  chromium().Press("Accept");
  EXPECT_NE(QueryParameter(chromium().Address(), "code"), "");
}

TEST_F(UserPages, WithoutAChoiceOfOrganisationNothingGoesOn) {
  StartSandbox("iot");
  Authorize(sandbox().Register(RedirectUri()).id,
            "ZohoIOT.modules.devices.ALL");
  EXPECT_TRUE(chromium().PressInVain("Submit"));
}

TEST_F(UserPages, TheImplicitFlowsTokenIsInTheFragmentAlone) {
  StartSandbox();
  Authorize(sandbox().Register(RedirectUri(), "client-based").id,
            "ZohoCliq.Channels.READ", "token");
  chromium().Press("Accept");
  const std::string address = chromium().Address();
  const auto hash = address.find('#');
  ASSERT_NE(hash, std::string::npos) << "no fragment";
  EXPECT_EQ(address.substr(0, hash), RedirectUri());
  EXPECT_THAT(address.substr(hash),
              AllOf(HasSubstr("access_token=1000."), HasSubstr("&state=opaque"),
                    HasSubstr("&expires_in=")));
}

TEST_F(UserPages, ADevicesCodeLeadsToItsConsent) {
  StartSandbox();
  Open("/oauth/v3/device");
  chromium().Type("Code", UserCode());
  chromium().Press("Continue");
  EXPECT_THAT(chromium().Text(), HasSubstr("asks for access to your account"));
  chromium().Press("Accept");
  EXPECT_THAT(chromium().Text(), HasSubstr("You can go back to the device"));
}

TEST_F(UserPages, AWrongDeviceCodeIsSaidSo) {
  StartSandbox();
  Open("/oauth/v3/device");
  chromium().Type("Code", "WRNG-CODE");
  chromium().Press("Continue");
  EXPECT_THAT(chromium().Text(), HasSubstr("Code not found"));
}

}  // namespace
}  // namespace bursar::journey
