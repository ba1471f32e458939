// The broker as callers in other languages meet it: with stubs that they made
// from the .proto files, on a gRPC of their own.

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"
#include "tests/fakes/certificate_files.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/interop/installed.h"
#include "tests/interop/javascript_caller.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

using nlohmann::json;

constexpr char kGetToken[] = "/bursar.v1.TokenBroker/GetToken";

class OtherStubs : public Journey {
 protected:
  void SetUp() override {
    ASSERT_TRUE(IsInstalled()) << kInstallIt;
    BrokerOptions options;
    options.listeners = absl::StrCat(
        "  - address: 127.0.0.1:0\n    client_certificates: optional\n"
        "    tls: {certificate_file: ",
        server_.certificate, ", key_file: ", server_.key,
        ", client_ca_file: ", authority_.certificate(), "}\n");
    options.sections = "authentication: {api_keys: true}\n";
    options.policy = absl::StrCat(
        "rules:\n  - {name: everything, subjects: [\"unix:", geteuid(),
        "\", \"dns:service\", \"api-key:service\"], rpcs: [callers, "
        "operators], clients: any, users: any, scopes: any}\n");
    StartStack(Unlimited(), std::move(options));
  }

  json AnnsToken() {
    return {{"target", broker().Target()},
            {"path", kGetToken},
            {"request", {{"user", kAnn}, {"client", kClient}}}};
  }

  // At the listener with TLS, whose certificate it judges.
  json AnnsTokenOverTls() {
    json call = AnnsToken();
    call["target"] = broker().RpcAddresses()[1];
    call["ca"] = authority_.certificate();
    return call;
  }

  static std::string CodeOf(const json& call) {
    return JavaScriptCaller(call).End().value("code", "no end");
  }

  const TemporaryFolder folder_;
  FileAuthority authority_{folder_.path()};
  const CertificateFiles server_ =
      authority_.Issue("server", "DNS:localhost,IP:127.0.0.1");
};

TEST_F(OtherStubs, GetATokenAsItsHeaderWantsIt) {
  Consent(kAnn);
  JavaScriptCaller caller(AnnsToken());
  EXPECT_EQ(caller.End()["code"], "OK");
  ASSERT_EQ(caller.Lines().size(), 2U);
  const json token = caller.Lines()[0]["message"]["token"];
  EXPECT_TRUE(absl::StartsWith(token["authorization"].get<std::string>(),
                               "Zoho-oauthtoken "));
  EXPECT_EQ(token["scopes"], json({kRead}));
}

TEST_F(OtherStubs, AreToldWhyInTheDetailsOfAnError) {
  const json end = JavaScriptCaller(AnnsToken()).End();
  EXPECT_EQ(end["code"], "FAILED_PRECONDITION");
  ASSERT_FALSE(end["details"].empty()) << end;
  EXPECT_EQ(end["details"][0]["type"], "google.rpc.ErrorInfo");
  EXPECT_EQ(end["details"][0]["reason"], "CONSENT_REQUIRED");
}

TEST_F(OtherStubs, AreToldWhichFieldIsWrong) {
  json call = AnnsToken();
  call["request"]["user"] = "";
  const json end = JavaScriptCaller(call).End();
  EXPECT_EQ(end["code"], "INVALID_ARGUMENT");
  ASSERT_EQ(end["details"].size(), 2U) << end;
  EXPECT_EQ(end["details"][1]["type"], "google.rpc.BadRequest");
  EXPECT_EQ(end["details"][1]["fieldViolations"][0]["field"], "user");
}

TEST_F(OtherStubs, MayAskForMethodsThatNobodyServes) {
  json call = AnnsToken();
  call["path"] = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
  call["times"] = 3;
  EXPECT_EQ(CodeOf(call), "UNIMPLEMENTED");
  EXPECT_TRUE(broker().process().Running());
}

TEST_F(OtherStubs, ThatKeepToNoRuleHarmNobody) {
  Consent(kAnn);
  const Finished malformed = RunProgram(
      {.argv = {"/usr/bin/env", "node", BURSAR_INTEROP_FOLDER "/malformed.mjs",
                std::string(absl::StripPrefix(broker().Target(), "unix:"))},
       .log = folder_.Path("malformed")});
  EXPECT_EQ(malformed.exit, 0) << malformed.output << malformed.errors;
  ASSERT_TRUE(broker().process().Running()) << broker().Log();
  EXPECT_EQ(CodeOf(AnnsToken()), "OK");
}

TEST_F(OtherStubs, MayCompressWhatTheyAsk) {
  Consent(kAnn);
  json call = AnnsToken();
  call["compressed"] = true;
  EXPECT_EQ(CodeOf(call), "OK");
}

TEST_F(OtherStubs, HearOfARevocationWhileTheyWatch) {
  const v1::Grant grant = Consent(kAnn);
  json call = AnnsToken();
  call["path"] = "/bursar.v1.TokenBroker/WatchRevocations";
  call["request"] = {{"grants", {grant.id()}}};
  const JavaScriptCaller watcher(call);
  ASSERT_TRUE(Eventually([&] { return !watcher.Lines().empty(); }));
  EXPECT_TRUE(watcher.Lines()[0]["message"].contains("synced"));
  v1::RevokeRequest revoke;
  revoke.set_grant(grant.id());
  ASSERT_TRUE(api().Revoke(revoke).ok());
  ASSERT_TRUE(Eventually([&] { return watcher.Lines().size() == 2; }));
  EXPECT_EQ(watcher.Lines()[1]["message"]["dead_tokens"]["grant"], grant.id());
}

TEST_F(OtherStubs, AreKnownByTheirCertificate) {
  Consent(kAnn);
  const CertificateFiles own = authority_.Issue("service", "DNS:service");
  json call = AnnsTokenOverTls();
  EXPECT_EQ(CodeOf(call), "UNAUTHENTICATED");
  call["certificate"] = own.certificate;
  call["key"] = own.key;
  EXPECT_EQ(CodeOf(call), "OK");
}

TEST_F(OtherStubs, AreKnownByTheirApiKey) {
  Consent(kAnn);
  v1::CreateApiKeyRequest create;
  create.set_name("service");
  const auto created = api().CreateApiKey(create);
  ASSERT_TRUE(created.ok()) << created.outcome;
  json call = AnnsTokenOverTls();
  call["bearer"] = created.value.key();
  EXPECT_EQ(CodeOf(call), "OK");
}

}  // namespace
}  // namespace bursar::journey
