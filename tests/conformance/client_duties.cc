#include "server/core/reason.h"
#include "tests/conformance/ledger_suite.h"

namespace bursar {
namespace {

TEST_P(LedgerSuite, AClientComesBackAsItWasCreated) {
  const Client created = AddClient("crm", Secret::Copy("hush"));
  const auto read = Read(
      [](Ledger& ledger) { return ledger.clients().Get(ClientName("crm")); });
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->client_id, "id-of-crm");
  EXPECT_EQ(read->provider, ProviderName("zoho"));
  EXPECT_EQ(read->data_center, DataCenter("us"));
  EXPECT_EQ(read->redirect_uri, "https://app.test/callback");
  EXPECT_EQ(read->default_scopes, Scopes({"a.READ", "b.ALL"}));
  EXPECT_TRUE(read->has_secret);
  EXPECT_EQ(read->revision, 1);
  EXPECT_EQ(read->created, now_);
  EXPECT_THAT(read->misconfigured, testing::IsEmpty());
}

TEST_P(LedgerSuite, AClientsNameIsTakenOnce) {
  const Client client = AddClient("crm");
  const auto again = Write([&](Ledger& ledger) {
    return ledger.clients().Create(client, std::nullopt, now_);
  });
  EXPECT_TRUE(absl::IsAlreadyExists(again.status())) << again.status();
}

TEST_P(LedgerSuite, AnUnknownClientIsNotFoundByAnyMethod) {
  const ClientName name("nobody");
  Client client;
  client.name = name;
  const auto expect_not_found = [](const absl::Status& status) {
    EXPECT_TRUE(absl::IsNotFound(status)) << status;
  };
  expect_not_found(
      Read([&](Ledger& l) { return l.clients().Get(name); }).status());
  expect_not_found(Write([&](Ledger& l) {
                     return l.clients().Update(client, now_);
                   }).status());
  expect_not_found(
      Write([&](Ledger& l) { return l.clients().Delete(name, now_); }));
  expect_not_found(Read([&](Ledger& l) {
                     return l.client_secrets().Get(name, DataCenter("us"));
                   }).status());
  expect_not_found(Write([&](Ledger& l) {
                     return l.client_secrets().Replace(name, DataCenter(),
                                                       Secret::Copy("x"), now_);
                   }).status());
  expect_not_found(Write([&](Ledger& l) {
                     return l.client_secrets().Remove(name, DataCenter("us"),
                                                      now_);
                   }).status());
}

TEST_P(LedgerSuite, ClientsAreListedByNameInPages) {
  for (const char* name : {"c", "a", "b"}) AddClient(name);
  const auto list = [&](std::string after) {
    return Read([&](Ledger& l) { return l.clients().List({}, {2, after}); });
  };
  const auto first = list("");
  ASSERT_TRUE(first.ok());
  ASSERT_EQ(first->items.size(), 2u);
  EXPECT_EQ(first->items[0].name, ClientName("a"));
  const auto second = list(first->next);
  ASSERT_TRUE(second.ok());
  ASSERT_EQ(second->items.size(), 1u);
  EXPECT_EQ(second->items[0].name, ClientName("c"));
  EXPECT_EQ(second->next, "");
}

TEST_P(LedgerSuite, ClientsAreListedByProvider) {
  AddClient("crm");
  const auto others = Read(
      [](Ledger& l) { return l.clients().List({ProviderName("google")}, {}); });
  ASSERT_TRUE(others.ok());
  EXPECT_TRUE(others->items.empty());
}

TEST_P(LedgerSuite, ACursorOfAnotherListingIsInvalid) {
  for (const char* cursor : {"%", "bm9uc2Vuc2U", "Z3JhbnRzOng"}) {
    const auto page = Read([&](Ledger& l) {
      return l.grants().List({}, {10, cursor});
    });
    EXPECT_TRUE(absl::IsInvalidArgument(page.status())) << cursor;
  }
}

TEST_P(LedgerSuite, AnUpdateReplacesSettingsAndForgetsAMisconfiguration) {
  Client client = AddClient("crm");
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.client_secrets().MarkMisconfigured(
                    client.name, DataCenter("us"), 1, "CLIENT", now_);
              }).ok());
  const auto marked =
      Read([&](Ledger& l) { return l.clients().Get(client.name); });
  ASSERT_TRUE(marked.ok());
  ASSERT_EQ(marked->misconfigured.size(), 1u);
  EXPECT_EQ(marked->misconfigured.at(DataCenter("us")).error, "CLIENT");
  client.client_id = "another";
  const auto updated =
      Write([&](Ledger& l) { return l.clients().Update(client, now_); });
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->client_id, "another");
  EXPECT_EQ(updated->revision, 2);
  EXPECT_THAT(updated->misconfigured, testing::IsEmpty());
}

TEST_P(LedgerSuite, AnUpdateOfAnOldRevisionIsAborted) {
  Client client = AddClient("crm");
  const auto update = [&] {
    return Write([&](Ledger& l) { return l.clients().Update(client, now_); });
  };
  ASSERT_TRUE(update().ok());
  EXPECT_TRUE(absl::IsAborted(update().status()));
  client.revision = 0;
  EXPECT_TRUE(update().ok());
}

TEST_P(LedgerSuite, AMisconfigurationOfAnOldRevisionIsNotNoted) {
  const Client client = AddClient("crm", Secret::Copy("old"));
  const auto replaced = Write([&](Ledger& l) {
    return l.client_secrets().Replace(client.name, DataCenter(),
                                      Secret::Copy("new"), now_);
  });
  ASSERT_TRUE(replaced.ok());
  EXPECT_EQ(replaced->revision, 2);
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.client_secrets().MarkMisconfigured(
                    client.name, DataCenter("us"), 1, "SECRET", now_);
              }).ok());
  const auto read =
      Read([&](Ledger& l) { return l.clients().Get(client.name); });
  ASSERT_TRUE(read.ok());
  EXPECT_THAT(read->misconfigured, testing::IsEmpty());
}

TEST_P(LedgerSuite, AClientsSecretIsTheOneLastGiven) {
  AddClient("public");
  AddClient("crm", Secret::Copy("old"));
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.client_secrets().Replace(
                    ClientName("crm"), DataCenter(), Secret::Copy("new"), now_);
              }).ok());
  const auto secret = Read([](Ledger& l) {
    return l.client_secrets().Get(ClientName("crm"), DataCenter("us"));
  });
  ASSERT_TRUE(secret.ok() && *secret);
  EXPECT_EQ((*secret)->Expose(), "new");
  const auto none = Read([](Ledger& l) {
    return l.client_secrets().Get(ClientName("public"), DataCenter("us"));
  });
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_FALSE(*none);
}

TEST_P(LedgerSuite, ADeletedClientIsInvisibleAndItsNameFree) {
  AddClient("crm", Secret::Copy("hush"));
  const auto remove = [&] {
    return Write(
        [&](Ledger& l) { return l.clients().Delete(ClientName("crm"), now_); });
  };
  ASSERT_TRUE(remove().ok());
  EXPECT_TRUE(absl::IsNotFound(remove()));
  const auto page = Read([](Ledger& l) { return l.clients().List({}, {}); });
  ASSERT_TRUE(page.ok());
  EXPECT_TRUE(page->items.empty());
  EXPECT_FALSE(AddClient("crm").has_secret);
}

TEST_P(LedgerSuite, AClientWithAnActiveGrantIsNotDeleted) {
  AddClient("crm");
  AddGrant("g1");
  const absl::Status status = Write(
      [&](Ledger& l) { return l.clients().Delete(ClientName("crm"), now_); });
  const auto refusal = RefusalOf(status);
  ASSERT_TRUE(refusal) << status;
  EXPECT_EQ(refusal->reason, Reason::kClientInUse);
}

TEST_P(LedgerSuite, GrantsOfADeletedClientAreNotThoseOfItsNamesake) {
  AddClient("crm");
  AddGrant("g1");
  ASSERT_TRUE(Revoke(ClientName("crm")).ok());
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.clients().Delete(ClientName("crm"), now_);
              }).ok());
  AddClient("crm");
  const auto page = Read([](Ledger& l) {
    GrantFilter filter;
    filter.client = ClientName("crm");
    return l.grants().List(filter, {});
  });
  ASSERT_TRUE(page.ok());
  EXPECT_TRUE(page->items.empty());
  EXPECT_EQ(Get("g1").state, GrantState::kRevoked);
}

}  // namespace
}  // namespace bursar
