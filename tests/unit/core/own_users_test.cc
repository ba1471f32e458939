#include "server/core/own_users.h"

#include "gtest/gtest.h"

namespace bursar {
namespace {

const Actor kPayments("dns:payments.example.org");

BegunGrant BegunByPayments() {
  return {kPayments, UserId("ann"), ClientName("crm")};
}

TEST(OwnUsersTest, AUserIsOwnToWhoBeganTheConsent) {
  OwnUsers own;
  own.Note(BegunByPayments());
  EXPECT_TRUE(own.Has(kPayments, "ann", "crm"));
}

TEST(OwnUsersTest, AUserIsNobodyElses) {
  OwnUsers own;
  own.Note(BegunByPayments());
  EXPECT_FALSE(own.Has(Actor("dns:other.example.org"), "ann", "crm"));
  EXPECT_FALSE(own.Has(kPayments, "bob", "crm"));
}

TEST(OwnUsersTest, AUserIsOwnAtThatClientOnly) {
  OwnUsers own;
  own.Note(BegunByPayments());
  EXPECT_FALSE(own.Has(kPayments, "ann", "chat"));
}

TEST(OwnUsersTest, WhatLiesBetweenTheNamesCounts) {
  OwnUsers own;
  own.Note({Actor("a"), UserId("b"), ClientName("cd")});
  EXPECT_FALSE(own.Has(Actor("ab"), "", "cd"));
  EXPECT_FALSE(own.Has(Actor("a"), "bc", "d"));
}

TEST(OwnUsersTest, AGrantThatNobodyIsKnownToHaveBegunIsNobodys) {
  OwnUsers own;
  own.Note({Actor(), UserId("ann"), ClientName("crm")});
  EXPECT_FALSE(own.Has(Actor(), "ann", "crm"));
}

TEST(OwnUsersTest, AClientThatGoesTakesItsUsersAlong) {
  OwnUsers own;
  own.Note(BegunByPayments());
  own.Note({kPayments, UserId("ann"), ClientName("chat")});
  Event deleted;
  deleted.kind = "client.deleted";
  deleted.client = ClientName("crm");
  own.Happened(deleted);
  EXPECT_FALSE(own.Has(kPayments, "ann", "crm"));
  EXPECT_TRUE(own.Has(kPayments, "ann", "chat"));
}

}  // namespace
}  // namespace bursar
