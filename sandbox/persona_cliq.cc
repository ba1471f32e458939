// Zoho Cliq: the scopes its documentation lists, and the switches' defaults.

#include "sandbox/personas.h"

namespace bursar::sandbox {
namespace {

std::vector<ScopeFamily> CliqScopes() {
  const std::vector<std::string> any = {"CREATE", "READ", "UPDATE", "DELETE"};
  return {
      {"ZohoCliq.Channels", "channels in Zoho Cliq", any, ""},
      {"ZohoCliq.Chats", "chats in Zoho Cliq", any, ""},
      {"ZohoCliq.Messages", "messages across conversations in Zoho Cliq", any,
       ""},
      {"ZohoCliq.Attachments",
       "attachments shared within chats and channels",
       {"READ"},
       ""},
      {"ZohoCliq.Reminders", "reminders in Zoho Cliq", any, ""},
      {"ZohoCliq.Bots", "bots configured in Zoho Cliq", any, ""},
      {"ZohoCliq.BotMessages",
       "bot messages in Zoho Cliq",
       {"CREATE"},
       "Send messages via bots in Zoho Cliq"},
      {"ZohoCliq.Webhooks",
       "incoming webhooks in Zoho Cliq",
       {"CREATE"},
       "Post messages to conversations using incoming webhooks"},
      {"ZohoCliq.messageactions", "custom message actions in Zoho Cliq", any,
       ""},
      {"ZohoCliq.Organisation",
       "roles and organization-level settings in Zoho Cliq", any, ""},
      {"ZohoCliq.Teams", "teams within Zoho Cliq", any, ""},
      {"ZohoCliq.Departments", "departments", any, ""},
      {"ZohoCliq.Designations", "designations in the organization", any, ""},
      {"ZohoCliq.Users",
       "users in Zoho Cliq",
       {"CREATE", "READ", "UPDATE"},
       ""},
      // Both spellings, as they are documented.
      {"ZohoCliq.UserFields", "custom user fields", {"CREATE"}, ""},
      {"ZohoCliq.Userfields", "custom user fields", {"UPDATE", "DELETE"}, ""},
      {"ZohoCliq.Profile", "user profile information", any, ""},
      {"ZohoCliq.StorageData",
       "application database storage",
       {"READ", "UPDATE", "DELETE"},
       ""},
      {"ZohoCliq.Datastores", "datastores in Zoho Cliq", any, ""},
      {"ZohoCliq.DatastoreRecords", "records within datastores", any, ""},
      {"ZohoCliq.MediaSession",
       "calls and meetings in Zoho Cliq",
       {"READ"},
       ""},
      {"ZohoCliq.Applications",
       "application configuration and metadata",
       {"UPDATE"},
       ""},
      {"ZohoCliq.Extensions",
       "extensions installed in Zoho Cliq",
       {"CREATE", "READ", "UPDATE"},
       ""},
      {"ZohoCliq.Functions", "functions in Zoho Cliq", any, ""},
      {"ZohoCliq.CalendarEvents", "calendar events in Zoho Cliq", {"ALL"}, ""},
      {"ZohoCalendar.calendar", "calendars in Zoho Calendar", {"ALL"}, ""},
      {"ZohoCalendar.event", "events in Zoho Calendar", {"ALL"}, ""},
      {"ZohoCalendar.search",
       "events in Zoho Calendar",
       {"READ"},
       "Search events in Zoho Calendar"},
      {"ZohoPeople.forms", "employee forms in Zoho People", {"READ"}, ""},
      {"ZohoPeople.employee",
       "employee information in Zoho People",
       {"READ"},
       ""},
      {"ZohoPeople.attendance",
       "attendance records in Zoho People",
       {"READ", "UPDATE"},
       ""},
  };
}

}  // namespace

Persona CliqPersona() {
  Persona persona = ZohoPersona("cliq", "Zoho Cliq");
  persona.scopes = CliqScopes();
  persona.organization_services = "ZohoCliq";
  persona.api = {
      {"channels", {"ZohoCliq.Channels"}, "#announcements"},
      {"chats", {"ZohoCliq.Chats"}, "Ann and Bob"},
      {"messages", {"ZohoCliq.Messages"}, "Good morning"},
      {"reminders", {"ZohoCliq.Reminders"}, "Water the plants"},
      {"bots", {"ZohoCliq.Bots"}, "Weather"},
      {"teams", {"ZohoCliq.Teams"}, "Gardeners"},
      {"departments", {"ZohoCliq.Departments"}, "Greenhouse"},
      {"designations", {"ZohoCliq.Designations"}, "Head gardener"},
      {"users", {"ZohoCliq.Users"}, "Ann Abara"},
      {"profile", {"ZohoCliq.Profile"}, "Ann Abara"},
      {"datastores", {"ZohoCliq.Datastores"}, "Seeds"},
  };
  return persona;
}

}  // namespace bursar::sandbox
