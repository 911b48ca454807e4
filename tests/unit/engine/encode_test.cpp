#include "engine/encode.h"

#include <gtest/gtest.h>

#include "text/chat_template.h"

namespace sightline {
namespace {

// As guards' templates do, it says who is to be judged: whoever spoke last.
constexpr const char* kTemplate =
    "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}"
    "{% if add_generation_prompt %}[judge {{ messages[-1].role }}]{% endif %}";

std::string rendered(const Conversation& conversation) {
  Bundle bundle;
  bundle.chat_template = std::make_shared<ChatTemplate>(kTemplate, "test");
  return render_prompt(conversation, bundle);
}

TEST(RenderPrompt, ShowsTheTemplateAnAnswerThatIsToBeJudged) {
  EXPECT_EQ(rendered({Message::text("user", "how?"), Message::text("assistant", "so.")}),
            "[user]how?[assistant]so.[judge assistant]");
}

TEST(RenderPrompt, GoesOnFromWordsThatBeginTheAnswer) {
  EXPECT_EQ(rendered({Message::text("user", "how?"), Message::text("prefill", "<verdict>")}),
            "[user]how?[judge user]<verdict>");
}

TEST(RenderPrompt, LeavesAWholePromptAsItIs) {
  EXPECT_EQ(rendered({Message::text("raw", "<s>{{ x }}")}), "<s>{{ x }}");
}

}  // namespace
}  // namespace sightline
