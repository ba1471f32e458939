#include "sandbox/scopes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/personas.h"

namespace bursar::sandbox {
namespace {

using testing::ElementsAre;

TEST(ScopesTest, AreSeparatedByCommasOrBlanksOrBoth) {
  EXPECT_THAT(ParseScopes("a.b.READ, a.b.CREATE c.d.ALL,,a.b.READ"),
              ElementsAre("a.b.READ", "a.b.CREATE", "c.d.ALL"));
}

TEST(ScopesTest, AllImpliesEveryOperationOfItsResourceOnly) {
  EXPECT_TRUE(Allows({"ZohoCliq.Channels.ALL"}, "ZohoCliq.Channels.DELETE"));
  EXPECT_FALSE(Allows({"ZohoCliq.Channels.ALL"}, "ZohoCliq.Chats.READ"));
}

TEST(ScopesTest, WriteImpliesCreateUpdateDeleteAndNotRead) {
  EXPECT_TRUE(Allows({"idmpod.user.WRITE"}, "idmpod.user.CREATE"));
  EXPECT_TRUE(Allows({"idmpod.user.WRITE"}, "idmpod.user.UPDATE"));
  EXPECT_TRUE(Allows({"idmpod.user.WRITE"}, "idmpod.user.DELETE"));
  EXPECT_FALSE(Allows({"idmpod.user.WRITE"}, "idmpod.user.READ"));
  EXPECT_FALSE(Allows({"idmpod.user.WRITE"}, "idmpod.user.ALL"));
}

TEST(ScopesTest, OnlyTheOperationsCaseIsFree) {
  EXPECT_TRUE(Allows({"ZohoCliq.Channels.read"}, "ZohoCliq.Channels.READ"));
  EXPECT_FALSE(Allows({"ZohoCliq.channels.READ"}, "ZohoCliq.Channels.READ"));
}

TEST(ScopesTest, KnowsWhatCliqDocumentsAndNothingElse) {
  const auto families = CliqPersona().scopes;
  for (const char* known :
       {"ZohoCliq.Channels.READ", "ZohoCliq.Reminders.ALL",
        "ZohoCliq.messageactions.UPDATE", "ZohoCliq.Userfields.DELETE",
        "ZohoCalendar.event.ALL", "ZohoPeople.attendance.UPDATE"}) {
    EXPECT_TRUE(IsKnown(families, known)) << known;
  }
  for (const char* unknown :
       {"ZohoCliq.Channels", "ZohoCliq.Attachments.CREATE",
        "ZohoCliq.Nothing.READ", "ZohoIOT.modules.devices.ALL", ""}) {
    EXPECT_FALSE(IsKnown(families, unknown)) << unknown;
  }
}

TEST(ScopesTest, PlainOnesAreComparedWhole) {
  const auto families = GooglePersona().scopes;
  const std::string calendar = "https://www.googleapis.com/auth/calendar";
  EXPECT_TRUE(IsKnown(families, calendar));
  EXPECT_FALSE(IsKnown(families, "https://www.googleapis.com/auth/nothing"));
  EXPECT_FALSE(IsKnown(families, calendar + ".ALL"));
  EXPECT_TRUE(Allows({calendar}, calendar));
  EXPECT_FALSE(Allows({calendar}, calendar + ".readonly"));
  EXPECT_EQ(ScopeFor(families, calendar, "READ"), calendar);
  EXPECT_EQ(InWords(families, calendar), "See and change your calendars");
}

TEST(ScopesTest, AreSaidInWords) {
  const auto families = CliqPersona().scopes;
  EXPECT_EQ(InWords(families, "ZohoCliq.Channels.READ"),
            "See channels in Zoho Cliq");
  EXPECT_EQ(InWords(families, "ZohoCliq.Webhooks.CREATE"),
            "Post messages to conversations using incoming webhooks");
  EXPECT_EQ(InWords(families, "ZohoIOT.modules.userDevices.ALL"),
            "See, create, change and delete modules user devices in ZohoIOT");
}

}  // namespace
}  // namespace bursar::sandbox
