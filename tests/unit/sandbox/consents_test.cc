#include "sandbox/consents.h"

#include <gtest/gtest.h>

#include "sandbox/personas.h"

namespace bursar::sandbox {
namespace {

constexpr absl::Time kStart = absl::UnixEpoch();
constexpr char kRedirect[] = "https://app.example.com/cb";
const std::string kVerifier(43, 'v');

class ConsentsTest : public testing::Test {
 protected:
  std::string MakeCode() {
    Code code;
    code.owner = {"ann", "client"};
    code.redirect_uri = kRedirect;
    code.scopes = {"ZohoCliq.Channels.READ"};
    return MakeCode(code);
  }

  std::string MakeCode(const Code& code) {
    return std::get<std::string>(consents_.MakeCode(
        persona_, code, persona_.code_lifetime, issuer_, kStart));
  }

  bool Works(const std::string& code, absl::Time now) {
    return std::holds_alternative<Code>(
        consents_.CheckCode(code, {"client", kRedirect, ""}, now));
  }

  Refusal WhyNot(const std::string& code, const Consents::Proof& proof) {
    return std::get<Refusal>(consents_.CheckCode(code, proof, kStart));
  }

  AuthorizationRequest Offline(bool prompt_consent) {
    AuthorizationRequest request;
    request.offline = true;
    request.prompt_consent = prompt_consent;
    return request;
  }

  Persona persona_ = CliqPersona();
  SystemRandom random_;
  Issuer issuer_{random_};
  Consents consents_;
};

TEST_F(ConsentsTest, ACodeLivesForItsLifetime) {
  const std::string code = MakeCode();
  EXPECT_TRUE(Works(code, kStart + absl::Seconds(119)));
  EXPECT_FALSE(Works(code, kStart + absl::Seconds(120)));
}

TEST_F(ConsentsTest, ACodeWorksOnce) {
  const std::string code = MakeCode();
  EXPECT_TRUE(Works(code, kStart));
  consents_.MarkUsed(code);
  EXPECT_FALSE(Works(code, kStart));
}

TEST_F(ConsentsTest, ACodeIsForTheClientItWasMadeFor) {
  EXPECT_EQ(WhyNot(MakeCode(), {"other", kRedirect, ""}), Refusal::kDead);
}

TEST_F(ConsentsTest, ACodeIsForTheRedirectUriItWasSentTo) {
  EXPECT_EQ(WhyNot(MakeCode(), {"client", "https://app.example.com/cb/", ""}),
            Refusal::kInvalidRedirectUri);
}

TEST_F(ConsentsTest, ACodeWithAChallengeNeedsItsVerifier) {
  Code code;
  code.owner = {"ann", "client"};
  code.redirect_uri = kRedirect;
  code.code_challenge = kVerifier;
  code.code_challenge_method = "plain";
  const std::string value = MakeCode(code);
  EXPECT_EQ(WhyNot(value, {"client", kRedirect, ""}), Refusal::kDead);
  EXPECT_TRUE(std::holds_alternative<Code>(
      consents_.CheckCode(value, {"client", kRedirect, kVerifier}, kStart)));
}

TEST_F(ConsentsTest, TheEleventhCodeInTenMinutesIsThrottled) {
  for (int i = 0; i < 10; ++i) MakeCode();
  Code code;
  code.owner = {"bob", "client"};
  const auto at = [&](absl::Time now) {
    return consents_.MakeCode(persona_, code, absl::Minutes(2), issuer_, now);
  };
  EXPECT_EQ(std::get<Refusal>(at(kStart)), Refusal::kThrottled);
  EXPECT_TRUE(
      std::holds_alternative<std::string>(at(kStart + absl::Minutes(10))));
}

TEST_F(ConsentsTest, OnlyTheFirstConsentBringsARefreshToken) {
  const Owner ann{"ann", "client"};
  EXPECT_TRUE(consents_.Accept(persona_, ann, Offline(false)));
  EXPECT_FALSE(consents_.Accept(persona_, ann, Offline(false)));
  EXPECT_TRUE(consents_.Accept(persona_, {"bob", "client"}, Offline(false)));
}

TEST_F(ConsentsTest, PromptConsentBringsARefreshTokenEveryTime) {
  const Owner ann{"ann", "client"};
  EXPECT_TRUE(consents_.Accept(persona_, ann, Offline(true)));
  EXPECT_TRUE(consents_.Accept(persona_, ann, Offline(true)));
}

TEST_F(ConsentsTest, EveryConsentBringsARefreshTokenIfThePersonaSaysSo) {
  persona_.refresh_token_each_consent = true;
  const Owner ann{"ann", "client"};
  EXPECT_TRUE(consents_.Accept(persona_, ann, Offline(false)));
  EXPECT_TRUE(consents_.Accept(persona_, ann, Offline(false)));
}

TEST_F(ConsentsTest, OnlineAccessNeverBringsARefreshToken) {
  AuthorizationRequest request;
  request.prompt_consent = true;
  EXPECT_FALSE(consents_.Accept(persona_, {"ann", "client"}, request));
}

TEST_F(ConsentsTest, WhoRemovedTheApplicationConsentsForTheFirstTimeAgain) {
  const Owner ann{"ann", "client"};
  consents_.Accept(persona_, ann, Offline(false));
  consents_.Forget("ann");
  EXPECT_TRUE(consents_.Accept(persona_, ann, Offline(false)));
}

TEST_F(ConsentsTest, APageIsAnsweredOnceAndInTime) {
  const std::string once = consents_.Show(Offline(true), issuer_, kStart);
  EXPECT_TRUE(consents_.Take(once, kStart).has_value());
  EXPECT_FALSE(consents_.Take(once, kStart).has_value());
  const std::string late = consents_.Show(Offline(true), issuer_, kStart);
  EXPECT_FALSE(consents_.Take(late, kStart + absl::Minutes(10)).has_value());
}

}  // namespace
}  // namespace bursar::sandbox
