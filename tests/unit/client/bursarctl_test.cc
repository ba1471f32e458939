// The real bursarctl against a scripted broker.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/unit/client/scripted_broker.h"

namespace bursar::client {
namespace {

using grpc::StatusCode;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr char kSecret[] = "zq-secret-value";

struct Outcome {
  int exit_code;
  std::string out;
  std::string err;
};

class BursarctlTest : public testing::Test {
 protected:
  // The shell's quoting is the test's business.
  Outcome Run(const std::string& arguments) {
    const std::string out = File("out"), err = File("err");
    const int status = std::system(
        absl::StrCat("BURSAR_ADDRESS=", broker_.target(), " " BURSARCTL " ",
                     arguments, " >", out, " 2>", err)
            .c_str());
    return {WEXITSTATUS(status), Read(out), Read(err)};
  }

  std::string File(const std::string& name) const {
    return absl::StrCat(broker_.folder(), "/", name);
  }
  std::string SecretFile() const {
    std::ofstream(File("secret")) << kSecret << "\n";
    return File("secret");
  }
  static std::string Read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  static grpc::Status FillToken(v1::AccessToken& token) {
    token.set_access_token(kSecret);
    token.set_authorization(absl::StrCat("Bearer ", kSecret));
    token.set_token_type("Bearer");
    token.add_scopes("read");
    token.set_grant("grant-1");
    token.set_generation(3);
    token.mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(absl::Now() + absl::Minutes(59)) + 30);
    return grpc::Status::OK;
  }

  void AnswerWithToken() {
    broker_.get_token.Set([](const auto&, auto& response) {
      return FillToken(*response.mutable_token());
    });
  }

  // A device's consent that is in these states, one after the other.
  void AnswerWithDeviceConsents(std::vector<v1::DeviceConsent::State> states) {
    broker_.begin_device_consent.Set([](const auto&, auto& response) {
      response.set_id("device-1");
      response.set_user_code("USER-CODE");
      response.set_verification_uri("https://p.test/device");
      return grpc::Status::OK;
    });
    const auto next = std::make_shared<std::size_t>(0);
    broker_.get_device_consent.Set([states, next](const auto&, auto& response) {
      response.set_state(states.at((*next)++));
      if (response.state() == v1::DeviceConsent::GRANTED) {
        response.set_grant("grant-1");
      }
      return grpc::Status::OK;
    });
  }

  // Three pages of two clients each.
  void AnswerWithPagesOfClients() {
    broker_.list_clients.Set([](const auto& request, auto& response) {
      const int page =
          request.page_token().empty() ? 0 : std::stoi(request.page_token());
      for (int i = 0; i < 2; ++i) {
        auto& client = *response.add_clients();
        client.set_name(absl::StrCat("client-", page * 2 + i));
        client.set_provider("cliq");
      }
      if (page < 2) response.set_next_page_token(absl::StrCat(page + 1));
      return grpc::Status::OK;
    });
  }

  ScriptedBroker broker_;
};

TEST_F(BursarctlTest, HelpNeedsNoServer) {
  broker_.Stop();
  const Outcome run = Run("--help");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, AllOf(HasSubstr("Exit codes:"), HasSubstr("Examples:"),
                             HasSubstr("BURSAR_ADDRESS")));
}

TEST_F(BursarctlTest, NoCommandTakesASecretItself) {
  for (const char* verb :
       {"client create", "client replace-secret", "grant complete-consent",
        "grant exchange-code", "grant import", "token refresh", "revoke"}) {
    const std::string help = Run(absl::StrCat(verb, " --help")).out;
    EXPECT_THAT(help, HasSubstr("-file")) << verb;
    for (const char* option :
         {"--secret ", "--token ", "--code ", "--state ", "--refresh-token "}) {
      EXPECT_THAT(help, Not(HasSubstr(option))) << verb;
    }
  }
}

TEST_F(BursarctlTest, VersionNeedsNoServer) {
  broker_.Stop();
  EXPECT_THAT(Run("version").out, HasSubstr("bursarctl 0."));
}

TEST_F(BursarctlTest, TakesASecretFromAFile) {
  broker_.create_client.Set([](const auto& request, auto& response) {
    response = request.client();
    response.set_has_secret(true);
    return grpc::Status::OK;
  });
  const Outcome run = Run(absl::StrCat(
      "client create crm --provider cliq --client-id 1000.A --scope read "
      "--scope write --secret-file ",
      SecretFile()));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("crm"), Not(HasSubstr(kSecret))));
  const auto calls = broker_.create_client.calls();
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].client_secret(), kSecret);
  EXPECT_EQ(calls[0].client().client_id(), "1000.A");
  EXPECT_EQ(calls[0].client().default_scopes_size(), 2);
}

TEST_F(BursarctlTest, TakesASecretFromStandardInput) {
  broker_.replace_secret.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Run(absl::StrCat("client replace-secret crm --secret-file - <",
                             SecretFile()))
                .exit_code,
            0);
  ASSERT_EQ(broker_.replace_secret.count(), 1u);
  EXPECT_EQ(broker_.replace_secret.calls()[0].client_secret(), kSecret);
}

TEST_F(BursarctlTest, ASecretMayBeOneDataCentresOwn) {
  broker_.replace_secret.Set([](const auto& request, auto& response) {
    response.add_secret_data_centers(request.data_center());
    return grpc::Status::OK;
  });
  const Outcome run = Run(
      absl::StrCat("client replace-secret crm --data-center eu --secret-file ",
                   SecretFile()));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, ContainsRegex("Own secrets at +eu"));
  ASSERT_EQ(broker_.replace_secret.count(), 1u);
  EXPECT_EQ(broker_.replace_secret.calls()[0].data_center(), "eu");
}

TEST_F(BursarctlTest, ADataCentresOwnSecretIsTakenAway) {
  broker_.remove_secret.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Run("client remove-secret crm --data-center eu").exit_code, 0);
  ASSERT_EQ(broker_.remove_secret.count(), 1u);
  EXPECT_EQ(broker_.remove_secret.calls()[0].name(), "crm");
  EXPECT_EQ(broker_.remove_secret.calls()[0].data_center(), "eu");
  EXPECT_EQ(Run("client remove-secret crm").exit_code, 2);
}

TEST_F(BursarctlTest, ARejectedClientIsShownWithTheDataCentre) {
  broker_.get_client.Set([](const auto&, auto& response) {
    response.mutable_misconfigured_time()->set_seconds(1'700'000'000);
    response.set_misconfigured_error("SECRET");
    response.set_misconfigured_data_center("eu");
    return grpc::Status::OK;
  });
  EXPECT_THAT(Run("client get crm").out, HasSubstr("SECRET at eu, "));
}

TEST_F(BursarctlTest, AnEmptySecretIsAMistake) {
  const Outcome run =
      Run("client replace-secret crm --secret-file - </dev/null");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("empty"));
}

TEST_F(BursarctlTest, UpdateChangesOnlyWhatIsGiven) {
  broker_.get_client.Set([](const auto& request, auto& response) {
    response.set_name(request.name());
    response.set_client_id("old");
    response.set_data_center("eu");
    response.set_etag("e1");
    return grpc::Status::OK;
  });
  broker_.update_client.Set([](const auto& request, auto& response) {
    response = request.client();
    return grpc::Status::OK;
  });
  EXPECT_EQ(Run("client update crm --client-id new").exit_code, 0);
  ASSERT_EQ(broker_.update_client.count(), 1u);
  const v1::Client sent = broker_.update_client.calls()[0].client();
  EXPECT_EQ(sent.client_id(), "new");
  EXPECT_EQ(sent.data_center(), "eu");
  EXPECT_EQ(sent.etag(), "e1");
}

TEST_F(BursarctlTest, ListsEveryPage) {
  AnswerWithPagesOfClients();
  const Outcome run = Run("client list");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("NAME"), HasSubstr("client-0"),
                             HasSubstr("client-5")));
  EXPECT_EQ(broker_.list_clients.count(), 3u);
}

TEST_F(BursarctlTest, StopsAtTheLimit) {
  AnswerWithPagesOfClients();
  const Outcome run = Run("client list --limit 3");
  const auto calls = broker_.list_clients.calls();
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].page_size(), 3);
  EXPECT_EQ(calls[1].page_size(), 1);
}

TEST_F(BursarctlTest, JsonHoldsAllPagesInOneObjectWithTheWiresNames) {
  AnswerWithPagesOfClients();
  const Outcome run = Run("client list --output json");
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("\"clients\""), HasSubstr("client-5"),
                    HasSubstr("\"client_id\""), HasSubstr("\"has_secret\"")));
}

TEST_F(BursarctlTest, AnEmptyListSaysSo) {
  broker_.list_grants.Set([](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Run("grant list").out, "No grants.\n");
}

TEST_F(BursarctlTest, FiltersAndNamesStates) {
  broker_.list_grants.Set([](const auto&, auto& response) {
    auto& grant = *response.add_grants();
    grant.set_id("g1");
    grant.set_state(v1::Grant::CONSENT_REQUIRED);
    grant.set_dead_reason(v1::Grant::EVICTED);
    return grpc::Status::OK;
  });
  const Outcome run = Run("grant list --user ann --state consent-required");
  EXPECT_THAT(run.out, HasSubstr("CONSENT_REQUIRED (EVICTED)"));
  ASSERT_EQ(broker_.list_grants.count(), 1u);
  EXPECT_EQ(broker_.list_grants.calls()[0].user(), "ann");
  EXPECT_EQ(broker_.list_grants.calls()[0].state(),
            v1::Grant::CONSENT_REQUIRED);
}

TEST_F(BursarctlTest, CompletesAConsentFromFiles) {
  broker_.complete_consent.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  std::ofstream(File("state")) << "s1";
  EXPECT_EQ(Run(absl::StrCat("grant complete-consent --user ann --state-file ",
                             File("state"), " --code-file - <", SecretFile()))
                .exit_code,
            0);
  ASSERT_EQ(broker_.complete_consent.count(), 1u);
  EXPECT_EQ(broker_.complete_consent.calls()[0].state(), "s1");
  EXPECT_EQ(broker_.complete_consent.calls()[0].code(), kSecret);
}

TEST_F(BursarctlTest, CompletesAConsentFromAFragmentInAFile) {
  broker_.complete_consent.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(
      Run(absl::StrCat("grant complete-consent --user ann --fragment-file ",
                       SecretFile()))
          .exit_code,
      0);
  ASSERT_EQ(broker_.complete_consent.count(), 1u);
  EXPECT_EQ(broker_.complete_consent.calls()[0].fragment(), kSecret);
  EXPECT_EQ(broker_.complete_consent.calls()[0].code(), "");
}

TEST_F(BursarctlTest, AConsentIsCompletedByACodeOrAFragment) {
  EXPECT_EQ(Run("grant complete-consent --user ann").exit_code, 2);
  EXPECT_EQ(Run("grant complete-consent --user ann --state-file s").exit_code,
            2);
  EXPECT_EQ(Run("grant complete-consent --user ann --fragment-file f "
                "--code-file c")
                .exit_code,
            2);
  EXPECT_EQ(broker_.complete_consent.count(), 0u);
}

TEST_F(BursarctlTest, SaysOfAConsentThatNothingWillRenewIt) {
  broker_.begin_consent.Set([](const auto& request, auto& response) {
    response.set_renewable(request.client() == "crm");
    return grpc::Status::OK;
  });
  EXPECT_THAT(Run("grant begin-consent --user ann --client page").out,
              HasSubstr("nothing to broker beyond the access token's hour"));
  EXPECT_THAT(Run("grant begin-consent --user ann --client crm").out,
              Not(HasSubstr("nothing to broker")));
}

TEST_F(BursarctlTest, AClientMayBeOfTheImplicitFlow) {
  broker_.create_client.Set([](const auto& request, auto& response) {
    response = request.client();
    return grpc::Status::OK;
  });
  const Outcome run =
      Run("client create page --provider cliq --client-id id "
          "--response-type token");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("token (nothing renews its grants)"));
  EXPECT_EQ(broker_.create_client.calls()[0].client().response_type(),
            v1::Client::TOKEN);
}

TEST_F(BursarctlTest, AsksForATokenOfTheClientsOwn) {
  broker_.request_client_credentials.Set(
      [](const auto& request, auto& response) {
        response.set_renewal(v1::Grant::CLIENT_CREDENTIALS);
        response.set_organization(request.organization());
        return grpc::Status::OK;
      });
  const Outcome run =
      Run("grant request-client-credentials --user reports --client crm "
          "--scope a --organization Service.1 --data-center eu");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("the client's own credentials"),
                             HasSubstr("Service.1")));
  const auto request = broker_.request_client_credentials.calls()[0];
  EXPECT_EQ(request.user(), "reports");
  EXPECT_EQ(request.client(), "crm");
  EXPECT_EQ(request.scopes(0), "a");
  EXPECT_EQ(request.data_center(), "eu");
}

TEST_F(BursarctlTest, ACodeFromTheConsoleIsTakenFromAFile) {
  broker_.exchange_code.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Run(absl::StrCat("grant exchange-code --user ann --client crm "
                             "--data-center eu --code-file ",
                             SecretFile()))
                .exit_code,
            0);
  ASSERT_EQ(broker_.exchange_code.count(), 1u);
  EXPECT_EQ(broker_.exchange_code.calls()[0].code(), kSecret);
  EXPECT_EQ(broker_.exchange_code.calls()[0].data_center(), "eu");
}

TEST_F(BursarctlTest, ADevicesConsentIsFollowedToItsEnd) {
  AnswerWithDeviceConsents(
      {v1::DeviceConsent::PENDING, v1::DeviceConsent::GRANTED});
  const Outcome run = Run("grant begin-device-consent --user ann --client crm");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("USER-CODE"), HasSubstr("https://p.test/device"),
                    HasSubstr("GRANTED"), HasSubstr("grant-1")));
  EXPECT_THAT(run.err, HasSubstr("Waiting for the user"));
  EXPECT_EQ(broker_.get_device_consent.count(), 2u);
}

TEST_F(BursarctlTest, ADevicesConsentThatComesToNothingIsAFailure) {
  AnswerWithDeviceConsents({v1::DeviceConsent::DECLINED});
  const Outcome run = Run("grant begin-device-consent --user ann --client crm");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("the user declined"));
}

TEST_F(BursarctlTest, ADevicesConsentNeedNotBeWaitedFor) {
  AnswerWithDeviceConsents({});
  EXPECT_EQ(Run("grant begin-device-consent --user ann --client crm --no-wait")
                .exit_code,
            0);
  EXPECT_EQ(broker_.get_device_consent.count(), 0u);
}

TEST_F(BursarctlTest, ATokenIsDescribedAndNotShown) {
  AnswerWithToken();
  for (const char* format : {"table", "json"}) {
    const Outcome run = Run(
        absl::StrCat("token get --user ann --client crm --output ", format));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.out, AllOf(HasSubstr("grant-1"), HasSubstr("Bearer"),
                               Not(HasSubstr(kSecret))));
  }
  EXPECT_THAT(Run("token get --user ann --client crm").out,
              HasSubstr("(in 59m)"));
}

TEST_F(BursarctlTest, ATokenIsShownToWhomAsksForIt) {
  AnswerWithToken();
  EXPECT_THAT(Run("token get --user ann --client crm --show-token").out,
              HasSubstr(kSecret));
}

TEST_F(BursarctlTest, TheHeaderIsPrintedAloneForScripts) {
  AnswerWithToken();
  EXPECT_EQ(Run("token get --user ann --client crm --header").out,
            absl::StrCat("Bearer ", kSecret, "\n"));
}

TEST_F(BursarctlTest, ARefreshNamesTheRefusedToken) {
  broker_.refresh.Set([](const auto&, auto& response) {
    return FillToken(*response.mutable_token());
  });
  EXPECT_EQ(Run("token refresh --user ann --client crm --grant grant-1 "
                "--generation 2")
                .exit_code,
            0);
  EXPECT_EQ(
      Run(absl::StrCat(
              "token refresh --user ann --client crm --failed-token-file ",
              SecretFile()))
          .exit_code,
      0);
  const auto calls = broker_.refresh.calls();
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].failed_generation(), 2);
  EXPECT_EQ(calls[1].failed_access_token(), kSecret);
}

TEST_F(BursarctlTest, RevokesByEveryTarget) {
  broker_.revoke.Set([](const auto&, auto& response) {
    response.add_revoked_grants("grant-1");
    return grpc::Status::OK;
  });
  EXPECT_THAT(Run("revoke --grant g").out, HasSubstr("grant-1"));
  Run("revoke --user ann --client crm");
  Run("revoke --user ann");
  Run("revoke --client crm");
  Run(absl::StrCat("revoke --token-file ", SecretFile()));
  const auto calls = broker_.revoke.calls();
  ASSERT_EQ(calls.size(), 5u);
  EXPECT_EQ(calls[0].grant(), "g");
  EXPECT_EQ(calls[1].user_and_client().client(), "crm");
  EXPECT_EQ(calls[2].user(), "ann");
  EXPECT_EQ(calls[3].client(), "crm");
  EXPECT_EQ(calls[4].token(), kSecret);
}

TEST_F(BursarctlTest, ARevokeWithoutTargetIsAMistake) {
  EXPECT_EQ(Run("revoke").exit_code, 2);
  EXPECT_EQ(broker_.revoke.count(), 0u);
}

TEST_F(BursarctlTest, SaysThatConsentIsNeededAndHowToGetIt) {
  broker_.get_token.Set([](const auto&, auto&) {
    return Refusal(StatusCode::FAILED_PRECONDITION, v1::CONSENT_REQUIRED,
                   {{"why", "NO_GRANT"}});
  });
  const Outcome run = Run("token get --user ann --client crm");
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, AllOf(HasSubstr("CONSENT_REQUIRED, NO_GRANT"),
                             HasSubstr("grant begin-consent")));
}

TEST_F(BursarctlTest, SaysWhenToTryAgain) {
  broker_.get_token.Set([](const auto&, auto&) {
    return Refusal(StatusCode::RESOURCE_EXHAUSTED, v1::PROVIDER_THROTTLED, {},
                   absl::Seconds(90));
  });
  const Outcome run = Run("token get --user ann --client crm");
  EXPECT_EQ(run.exit_code, 6);
  EXPECT_THAT(run.err, HasSubstr("try again in 1m30s"));
}

TEST_F(BursarctlTest, WhatIsNotFoundHasAnExitCodeOfItsOwn) {
  broker_.get_grant.Set([](const auto&, auto&) {
    return Refusal(StatusCode::NOT_FOUND, v1::RESOURCE_NOT_FOUND);
  });
  EXPECT_EQ(Run("grant get g1").exit_code, 4);
}

TEST_F(BursarctlTest, ARefusalHasAnExitCodeOfItsOwn) {
  broker_.get_grant.Set([](const auto&, auto&) {
    return grpc::Status(StatusCode::PERMISSION_DENIED, "operators only");
  });
  const Outcome run = Run("grant get g1");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("operators only"));
}

TEST_F(BursarctlTest, AServerThatIsAwayHasAnExitCodeOfItsOwn) {
  broker_.Stop();
  const Outcome run = Run("grant get g1");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("check that bursard runs"));
}

TEST_F(BursarctlTest, WrongUsageHasAnExitCodeOfItsOwn) {
  EXPECT_EQ(Run("grant").exit_code, 2);
  EXPECT_EQ(Run("--output xml health").exit_code, 2);
  EXPECT_EQ(Run("--timeout soon health").exit_code, 2);
  EXPECT_EQ(Run("--address broker.example:1 health").exit_code, 2);
}

TEST_F(BursarctlTest, AsksTheStandardHealthService) {
  const Outcome run = Run("health");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("SERVING"));
}

TEST_F(BursarctlTest, ListsRevocationsThatWaitForTheirProvider) {
  broker_.list_pending_revocations.Set([](const auto&, auto& response) {
    auto& pending = *response.add_revocations();
    pending.set_grant("grant-1");
    pending.set_provider("cliq");
    pending.set_attempts(17);
    return grpc::Status::OK;
  });
  const Outcome run = Run("revocation list --client crm");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, ContainsRegex("grant-1.*cliq.*17"));
  EXPECT_EQ(broker_.list_pending_revocations.calls().at(0).client(), "crm");
}

TEST_F(BursarctlTest, RetriesRevocations) {
  broker_.retry_revocations.Set([](const auto&, auto& response) {
    response.set_hastened(3);
    return grpc::Status::OK;
  });
  const Outcome run = Run("revocation retry --grant grant-1");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("3"));
  EXPECT_EQ(broker_.retry_revocations.calls().at(0).grant(), "grant-1");
}

TEST_F(BursarctlTest, ListsEventsOldestFirst) {
  broker_.list_events.Set([](const auto&, auto& response) {
    auto& event = *response.add_events();
    event.set_id(7);
    event.set_kind("grant.created");
    event.set_outcome("ok");
    return grpc::Status::OK;
  });
  const Outcome run = Run("event list --user ann");
  EXPECT_THAT(run.out, AllOf(HasSubstr("grant.created"), HasSubstr("OUTCOME")));
  EXPECT_EQ(broker_.list_events.calls().at(0).user(), "ann");
  EXPECT_FALSE(broker_.list_events.calls().at(0).newest_first());
}

TEST_F(BursarctlTest, FollowsEventsEachOnceInOrder) {
  // One more at every call; then the server goes wrong, which ends the command.
  broker_.list_events.Set([this](const auto& request, auto& response) {
    if (broker_.list_events.count() > 3) {
      return grpc::Status(StatusCode::INTERNAL, "enough");
    }
    response.add_events()->set_id(
        request.newest_first() ? 1 : request.after_id() + 1);
    return grpc::Status::OK;
  });
  const Outcome run = Run("event list --follow --output json");
  EXPECT_EQ(run.exit_code, 1);
  const auto first = run.out.find("\"id\":\"1\"");
  const auto second = run.out.find("\"id\":\"2\"");
  const auto third = run.out.find("\"id\":\"3\"");
  ASSERT_NE(third, std::string::npos) << run.out;
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_EQ(run.out.find("\"id\":\"1\"", first + 1), std::string::npos);
}

TEST_F(BursarctlTest, MakesAKeyringForItsOwnerAlone) {
  const Outcome run = Run(absl::StrCat("keys create ", File("keyring")));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  struct stat info;
  ASSERT_EQ(stat(File("keyring").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(BursarctlTest, NeverOverwritesAKeyring) {
  std::ofstream(File("keyring")) << "mine";
  EXPECT_EQ(Run(absl::StrCat("keys create ", File("keyring"))).exit_code, 2);
  EXPECT_EQ(Read(File("keyring")), "mine");
}

}  // namespace
}  // namespace bursar::client
