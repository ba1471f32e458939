#include "sandbox/persona_switches.h"

#include <gtest/gtest.h>

#include "sandbox/personas.h"

namespace bursar::sandbox {
namespace {

TEST(PersonaSwitchesTest, SetsEachKindOfValue) {
  Persona persona = CliqPersona();
  EXPECT_TRUE(SetSwitch(persona, "rotation", "true").ok());
  EXPECT_TRUE(SetSwitch(persona, "rotation_grace_seconds", "1.5").ok());
  EXPECT_TRUE(SetSwitch(persona, "throttle_status", "429").ok());
  EXPECT_TRUE(SetSwitch(persona, "dead_error", "invalid_grant").ok());
  EXPECT_TRUE(SetSwitch(persona, "on_cap", "deny").ok());
  EXPECT_TRUE(SetSwitch(persona, "error_extras", R"({"ok": false})").ok());
  EXPECT_TRUE(SetSwitch(persona, "client_authentication", "basic").ok());
  EXPECT_TRUE(SetSwitch(persona, "token_parameters", "query").ok());
  EXPECT_TRUE(persona.rotation);
  EXPECT_EQ(persona.rotation_grace, absl::Milliseconds(1500));
  EXPECT_EQ(persona.throttle_status, 429);
  EXPECT_EQ(persona.dead_error, "invalid_grant");
  EXPECT_EQ(persona.on_cap, OnCap::kDeny);
  EXPECT_EQ(persona.error_extras.text, R"({"ok":false})");
  EXPECT_EQ(persona.client_authentication, ClientAuthentication::kBasic);
  EXPECT_EQ(persona.token_parameters, ParameterPlace::kQuery);
}

TEST(PersonaSwitchesTest, RefusesAnUnknownName) {
  Persona persona = CliqPersona();
  EXPECT_EQ(SetSwitch(persona, "rotates", "true").code(),
            absl::StatusCode::kNotFound);
}

TEST(PersonaSwitchesTest, RefusesAValueOfAnotherKindAndChangesNothing) {
  Persona persona = CliqPersona();
  for (const auto& [name, value] :
       {std::pair("rotation", "yes"), std::pair("refresh_token_cap", "-1"),
        std::pair("refresh_token_cap", "many"),
        std::pair("code_lifetime_seconds", "-2"),
        std::pair("code_lifetime_seconds", "nan"),
        std::pair("error_extras", "[1]"), std::pair("error_extras", "{"),
        std::pair("on_cap", "explode")}) {
    EXPECT_EQ(SetSwitch(persona, name, value).code(),
              absl::StatusCode::kInvalidArgument)
        << name;
  }
  EXPECT_FALSE(persona.rotation);
  EXPECT_EQ(persona.refresh_token_cap, 20);
  EXPECT_EQ(persona.code_lifetime, absl::Minutes(2));
}

TEST(PersonaSwitchesTest, EverySwitchTakesTheValueItPrints) {
  Persona persona = CliqPersona();
  const auto values = Switches(persona);
  EXPECT_GT(values.size(), 40u);
  for (const SwitchValue& value : values) {
    EXPECT_TRUE(SetSwitch(persona, value.name, value.value).ok()) << value.name;
  }
}

}  // namespace
}  // namespace bursar::sandbox
