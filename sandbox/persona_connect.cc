// Zoho Connect. Its answers have neither scope nor API domain, and tell their
// lifetime in milliseconds.

#include "absl/strings/str_cat.h"
#include "sandbox/personas.h"

namespace bursar::sandbox {
namespace {

ScopeFamily ConnectScope(absl::string_view name, absl::string_view noun) {
  return {absl::StrCat("zohopulse.", name),
          absl::StrCat(noun, " in Zoho Connect"),
          {"CREATE", "READ", "UPDATE", "DELETE"},
          ""};
}

}  // namespace

Persona ConnectPersona() {
  Persona persona = ZohoPersona("connect", "Zoho Connect");
  persona.scopes = {
      ConnectScope("feedList", "feeds"),
      ConnectScope("blogs", "blogs"),
      ConnectScope("events", "events"),
      ConnectScope("tasks", "tasks"),
      ConnectScope("wikis", "wikis"),
      ConnectScope("chatrooms", "chat rooms"),
      ConnectScope("attachments", "attachments"),
      ConnectScope("customapps", "custom apps"),
      ConnectScope("connectNotifications", "notifications"),
      ConnectScope("userDetail", "details of users"),
      ConnectScope("pagelist", "pages"),
  };
  persona.api = {
      {"feeds", {"zohopulse.feedList"}, "Welcome to the garden"},
      {"blogs", {"zohopulse.blogs"}, "Spring"},
      {"events", {"zohopulse.events"}, "Harvest"},
      {"tasks", {"zohopulse.tasks"}, "Water the plants"},
      {"users", {"zohopulse.userDetail"}, "Ann Abara"},
  };
  persona.paths.api = "/nativeapi/v2/";
  persona.client_domain = true;
  persona.access_type = AccessTypeRule::kMandatory;
  persona.state_mandatory = true;
  persona.scope_on_exchange = true;
  persona.expires_in_unit = ExpiryUnit::kMilliseconds;
  persona.scope_in_answer = false;
  persona.api_domain_in_answer = false;
  persona.redirect_uri_on_refresh = true;
  persona.scope_on_refresh = true;
  return persona;
}

}  // namespace bursar::sandbox
