#include "sandbox/pages.h"

#include <gtest/gtest.h>

namespace bursar::sandbox {
namespace {

using nlohmann::json;

TEST(PagesTest, EscapesEveryValue) {
  EXPECT_EQ(FillTemplate("<p title=\"{{x}}\">{{x}}</p>",
                         {{"x", "<script>\"'&</script>"}}),
            "<p title=\"&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;\">"
            "&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;</p>");
}

TEST(PagesTest, DoesNotReadAValueAsATemplate) {
  EXPECT_EQ(FillTemplate("{{x}}", {{"x", "{{y}}"}, {"y", "no"}}), "{{y}}");
}

TEST(PagesTest, RepeatsASectionForEachElement) {
  const json values = {{"list", {{{"n", "1"}}, {{"n", "2"}}}}, {"o", "!"}};
  EXPECT_EQ(FillTemplate("{{#list}}{{n}}{{o}}{{/list}}", values), "1!2!");
}

TEST(PagesTest, LeavesOutTheSectionOfWhatIsMissing) {
  const json values = {{"empty", ""}, {"no", false}, {"none", json::array()}};
  for (const char* text :
       {"{{#empty}}x{{/empty}}", "{{#no}}x{{/no}}", "{{#none}}x{{/none}}",
        "{{#missing}}x{{/missing}}"}) {
    EXPECT_EQ(FillTemplate(text, values), "") << text;
  }
  EXPECT_EQ(FillTemplate("{{^none}}x{{/none}}", values), "x");
}

}  // namespace
}  // namespace bursar::sandbox
