// Zoho IoT.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "sandbox/personas.h"

namespace bursar::sandbox {
namespace {

ScopeFamily IotScope(absl::string_view part, absl::string_view noun) {
  return {absl::StrCat("ZohoIOT.", part),
          absl::StrCat(noun, " in Zoho IoT"),
          {"CREATE", "READ", "UPDATE", "DELETE"},
          ""};
}

ApiResource IotResource(absl::string_view module, absl::string_view example) {
  return {std::string(module),
          {absl::StrCat("ZohoIOT.modules.", module), "ZohoIOT.iotfullaccess"},
          std::string(example)};
}

}  // namespace

Persona IotPersona() {
  Persona persona = ZohoPersona("iot", "Zoho IoT");
  persona.data_centers = {{"us", ".com"},
                          {"eu", ".eu"},
                          {"in", ".in"},
                          {"sa", ".sa"},
                          {"au", ".au"}};
  std::erase_if(persona.users, [&](const TestUser& user) {
    return std::none_of(
        persona.data_centers.begin(), persona.data_centers.end(),
        [&](const DataCenter& at) { return at.location == user.location; });
  });
  persona.scopes = {
      IotScope("modules.devices", "devices"),
      IotScope("modules.assets", "assets"),
      IotScope("modules.locations", "locations"),
      IotScope("modules.alarms", "alarms"),
      IotScope("modules.datapoints", "data points"),
      IotScope("modules.commands", "commands"),
      IotScope("modules.products", "products"),
      IotScope("settings.users", "users"),
      {"ZohoIOT.iotfullaccess", "everything in Zoho IoT", {"ALL"}, ""},
  };
  persona.organizations = {{"60001", "Zylker Greenhouses"},
                           {"60002", "Zylker Waterworks"}};
  persona.api = {
      IotResource("devices", "Soil sensor"),
      IotResource("assets", "Sprinkler"),
      IotResource("locations", "Greenhouse"),
      IotResource("alarms", "Too dry"),
      IotResource("datapoints", "Moisture"),
      IotResource("commands", "Water the plants"),
      IotResource("products", "Soil sensor, second edition"),
      {"users", {"ZohoIOT.settings.users", "ZohoIOT.iotfullaccess"}, "Ann"},
  };
  persona.paths.api = "/iot/v1/";
  persona.organization_selection = true;
  persona.access_type = AccessTypeRule::kOffline;
  persona.code_lifetime = absl::Minutes(1);
  persona.scope_separator = ",";
  persona.redirect_uri_on_refresh = true;
  persona.refresh_tokens_counted_by = CountedBy::kUser;
  persona.authorization_scheme = "Zoho-authtoken";
  return persona;
}

}  // namespace bursar::sandbox
