// Zoho Cliq: the scopes its documentation lists, and the switches' defaults.

#include "absl/strings/str_split.h"
#include "sandbox/persona.h"

namespace bursar::sandbox {
namespace {

ScopeFamily Family(absl::string_view resource, absl::string_view noun,
                   absl::string_view operations, absl::string_view words = "") {
  return {std::string(resource), std::string(noun),
          absl::StrSplit(operations, ' '), std::string(words)};
}

std::vector<ScopeFamily> CliqScopes() {
  constexpr absl::string_view kAny = "CREATE READ UPDATE DELETE";
  return {
      Family("ZohoCliq.Channels", "channels in Zoho Cliq", kAny),
      Family("ZohoCliq.Chats", "chats in Zoho Cliq", kAny),
      Family("ZohoCliq.Messages", "messages across conversations in Zoho Cliq",
             kAny),
      Family("ZohoCliq.Attachments",
             "attachments shared within chats and channels", "READ"),
      Family("ZohoCliq.Reminders", "reminders in Zoho Cliq", kAny),
      Family("ZohoCliq.Bots", "bots configured in Zoho Cliq", kAny),
      Family("ZohoCliq.BotMessages", "bot messages in Zoho Cliq", "CREATE",
             "Send messages via bots in Zoho Cliq"),
      Family("ZohoCliq.Webhooks", "incoming webhooks in Zoho Cliq", "CREATE",
             "Post messages to conversations using incoming webhooks"),
      Family("ZohoCliq.messageactions", "custom message actions in Zoho Cliq",
             kAny),
      Family("ZohoCliq.Organisation",
             "roles and organization-level settings in Zoho Cliq", kAny),
      Family("ZohoCliq.Teams", "teams within Zoho Cliq", kAny),
      Family("ZohoCliq.Departments", "departments", kAny),
      Family("ZohoCliq.Designations", "designations in the organization", kAny),
      Family("ZohoCliq.Users", "users in Zoho Cliq", "CREATE READ UPDATE"),
      // Both spellings, as they are documented.
      Family("ZohoCliq.UserFields", "custom user fields", "CREATE"),
      Family("ZohoCliq.Userfields", "custom user fields", "UPDATE DELETE"),
      Family("ZohoCliq.Profile", "user profile information", kAny),
      Family("ZohoCliq.StorageData", "application database storage",
             "READ UPDATE DELETE"),
      Family("ZohoCliq.Datastores", "datastores in Zoho Cliq", kAny),
      Family("ZohoCliq.DatastoreRecords", "records within datastores", kAny),
      Family("ZohoCliq.MediaSession", "calls and meetings in Zoho Cliq",
             "READ"),
      Family("ZohoCliq.Applications", "application configuration and metadata",
             "UPDATE"),
      Family("ZohoCliq.Extensions", "extensions installed in Zoho Cliq",
             "CREATE READ UPDATE"),
      Family("ZohoCliq.Functions", "functions in Zoho Cliq", kAny),
      Family("ZohoCliq.CalendarEvents", "calendar events in Zoho Cliq", "ALL"),
      Family("ZohoCalendar.calendar", "calendars in Zoho Calendar", "ALL"),
      Family("ZohoCalendar.event", "events in Zoho Calendar", "ALL"),
      Family("ZohoCalendar.search", "events in Zoho Calendar", "READ",
             "Search events in Zoho Calendar"),
      Family("ZohoPeople.forms", "employee forms in Zoho People", "READ"),
      Family("ZohoPeople.employee", "employee information in Zoho People",
             "READ"),
      Family("ZohoPeople.attendance", "attendance records in Zoho People",
             "READ UPDATE"),
  };
}

}  // namespace

Persona CliqPersona() {
  Persona persona;
  persona.name = "cliq";
  persona.title = "Zoho Cliq";
  persona.location = "us";
  persona.users = {{"ann@example.com", "Ann Abara", "us"},
                   {"bob@example.com", "Bob Brandt", "us"},
                   {"cleo@example.com", "Cleo Castillo", "us"}};
  persona.scopes = CliqScopes();
  persona.organization_services = "ZohoCliq";
  return persona;
}

}  // namespace bursar::sandbox
