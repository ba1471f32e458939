#include "sandbox/personas.h"

#include <gtest/gtest.h>

#include <set>

namespace bursar::sandbox {
namespace {

TEST(PersonasTest, EachIsFoundByItsOwnName) {
  std::set<std::string> names;
  for (const Persona& persona : AllPersonas()) {
    EXPECT_TRUE(names.insert(persona.name).second) << persona.name;
    const auto found = FindPersona(persona.name);
    ASSERT_TRUE(found.ok()) << persona.name;
    EXPECT_EQ(found->title, persona.title);
  }
}

TEST(PersonasTest, AnUnknownNameIsToldTheOthers) {
  const auto found = FindPersona("clique");
  EXPECT_EQ(found.status().code(), absl::StatusCode::kNotFound);
  EXPECT_NE(found.status().message().find("cliq, connect"),
            absl::string_view::npos);
}

TEST(PersonasTest, UsersLiveInDataCentresThatExist) {
  for (const Persona& persona : AllPersonas()) {
    std::set<std::string> locations;
    for (const DataCenter& center : persona.data_centers) {
      locations.insert(center.location);
    }
    for (const TestUser& user : persona.users) {
      EXPECT_TRUE(locations.contains(user.location)) << user.name;
    }
  }
}

TEST(PersonasTest, EveryScopeOfTheApiExists) {
  for (const Persona& persona : AllPersonas()) {
    for (const ApiResource& resource : persona.api) {
      for (const std::string& scope : resource.scopes) {
        EXPECT_TRUE(
            IsKnown(persona.scopes, ScopeFor(persona.scopes, scope, "READ")) ||
            IsKnown(persona.scopes, ScopeFor(persona.scopes, scope, "ALL")))
            << persona.name << ": " << scope;
      }
    }
  }
}

TEST(PersonasTest, ProductsKnowTheScopesTheyDocument) {
  const std::pair<Persona, std::vector<const char*>> documented[] = {
      {Identity360Persona(),
       {"idmpod.user.ALL", "idmpod.user.READ", "idmpod.user.WRITE",
        "idmpod.user.CREATE", "idmpod.user.UPDATE", "idmpod.user.DELETE",
        "idmpod.template.user.READ"}},
      {IotPersona(),
       {"ZohoIOT.modules.devices.ALL", "ZohoIOT.modules.assets.ALL",
        "ZohoIOT.iotfullaccess.ALL"}},
      {ConnectPersona(),
       {"zohopulse.feedList.CREATE", "zohopulse.feedList.READ",
        "zohopulse.feedList.UPDATE", "zohopulse.feedList.DELETE",
        "zohopulse.blogs.READ", "zohopulse.events.READ", "zohopulse.tasks.READ",
        "zohopulse.wikis.READ", "zohopulse.chatrooms.READ",
        "zohopulse.attachments.READ", "zohopulse.customapps.READ",
        "zohopulse.connectNotifications.READ", "zohopulse.userDetail.READ",
        "zohopulse.pagelist.READ"}},
  };
  for (const auto& [persona, scopes] : documented) {
    for (const char* scope : scopes) {
      EXPECT_TRUE(IsKnown(persona.scopes, scope)) << scope;
    }
    EXPECT_FALSE(IsKnown(persona.scopes, "ZohoCliq.Channels.READ"));
  }
}

TEST(PersonasTest, DataCentresAreThoseThatAreDocumented) {
  const auto locations = [](const Persona& persona) {
    std::set<std::string> found;
    for (const DataCenter& center : persona.data_centers) {
      found.insert(center.location);
    }
    return found;
  };
  EXPECT_EQ(locations(IotPersona()),
            (std::set<std::string>{"us", "eu", "in", "sa", "au"}));
  EXPECT_EQ(locations(CliqPersona()),
            (std::set<std::string>{"us", "eu", "in", "au", "sa", "jp", "ca",
                                   "uk", "cn"}));
}

}  // namespace
}  // namespace bursar::sandbox
