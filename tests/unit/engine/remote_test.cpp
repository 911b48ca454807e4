// The words exchanged with a server, and when it is asked again; tests/oracle/test_remote.py asks
// real servers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "base/base64.h"
#include "base/json.h"
#include "engine/remote_address.h"
#include "engine/remote_reply.h"
#include "engine/remote_request.h"
#include "engine/remote_retry.h"

namespace sightline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ErrorKind kind_of(const std::function<void()>& action, std::string* message = nullptr) {
  try {
    action();
  } catch (const Error& error) {
    if (message != nullptr) *message = error.what();
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::kInternal;
}

TEST(RemoteAddress, SeparatesTheServerFromTheModel) {
  const RemoteAddress address =
      parse_remote_address("https://host.example:8443/v1/#org/model:free");
  EXPECT_EQ(address.base, "https://host.example:8443/v1");
  EXPECT_EQ(address.model, "org/model:free");
  EXPECT_EQ(address.name(), "https://host.example:8443/v1#org/model:free");
  EXPECT_TRUE(address.is_private);
  EXPECT_FALSE(parse_remote_address("http://host.example/v1#m").is_private);
  EXPECT_TRUE(parse_remote_address("http://127.0.0.1:80/v1#m").is_private);
}

TEST(RemoteAddress, ThisMachineIsTheLoopbackAndNoNameThatLooksLikeIt) {
  for (const char* here : {"http://localhost/v1#m", "http://127.0.0.1:80/v1#m",
                           "http://127.9.8.7/v1#m", "http://[::1]:80/v1#m"}) {
    EXPECT_TRUE(parse_remote_address(here).is_local) << here;
    EXPECT_TRUE(parse_remote_address(here).is_private) << here;
  }
  for (const char* elsewhere : {"http://127.evil.example/v1#m", "http://127.0.0.1.example/v1#m",
                                "http://localhost.example/v1#m", "http://128.0.0.1/v1#m"}) {
    EXPECT_FALSE(parse_remote_address(elsewhere).is_private) << elsewhere;
  }
  EXPECT_FALSE(parse_remote_address("https://host.example/v1#m").is_local);
  EXPECT_EQ(parse_remote_address("https://api.openai.com/v1#m").host, "api.openai.com");
}

TEST(RemoteAddress, KnowsAnEndpointFromAFolder) {
  EXPECT_TRUE(is_remote_model("http://a/v1#b"));
  for (const char* local : {"default", "/models/http", "model.gguf", "ftp://a#b"}) {
    EXPECT_FALSE(is_remote_model(local)) << local;
  }
}

TEST(RemoteAddress, RefusesSecretsWithoutRepeatingThem) {
  for (const char* bad : {"https://me:hush-hush@host/v1#m", "https://hush-hush@host/v1#m",
                          "https://host/v1?key=hush-hush#m"}) {
    std::string message;
    EXPECT_EQ(kind_of([&] { parse_remote_address(bad); }, &message), ErrorKind::kUsage) << bad;
    EXPECT_THAT(message, Not(HasSubstr("hush")));
  }
  for (const char* bad : {"https://host/v1", "https://host/v1#", "https://", "http://:80:80/#m"}) {
    EXPECT_EQ(kind_of([&] { parse_remote_address(bad); }), ErrorKind::kUsage) << bad;
  }
}

Request question(std::string text, std::shared_ptr<const Picture> picture = nullptr) {
  return {.conversation = ask(std::move(text), std::move(picture)), .sampling = {.seed = 5}};
}

TEST(RemoteRequest, SaysPlainTextPlainly) {
  Request request = question("Hello");
  request.conversation.insert(request.conversation.begin(), Message::text("system", "Be brief."));
  request.sampling.temperature = 0.5;
  request.sampling.top_p = 0.9;
  request.sampling.stop = {"\n"};
  request.sampling.max_new_tokens = 7;
  EXPECT_EQ(chat_request_body(request, {.model = "m"}),
            R"({"max_tokens":7,"messages":[{"content":"Be brief.","role":"system"},)"
            R"({"content":"Hello","role":"user"}],"model":"m","seed":5,"stop":["\n"],)"
            R"("temperature":0.5,"top_p":0.9})");
}

TEST(RemoteRequest, CarriesPicturesByteForByteInTheirOrder) {
  const std::string bytes = std::string("\xFF\xD8\xFF\0", 4) + std::string(1000, '\xAB');
  const Request request = question("What is it?", Picture::from_bytes(bytes, "a.jpg"));
  const Json body = parse_json(chat_request_body(request, {.model = "m"}), "body");
  const Json& content = body.at("messages").at(0).at("content");
  ASSERT_EQ(content.size(), 2U);
  EXPECT_EQ(content[0].at("type"), "image_url");
  const std::string url = content[0].at("image_url").at("url").get<std::string>();
  const std::string start = "data:image/jpeg;base64,";
  ASSERT_EQ(url.substr(0, start.size()), start);
  EXPECT_EQ(base64_decode(url.substr(start.size())), bytes);
  EXPECT_EQ(content[1], Json({{"type", "text"}, {"text", "What is it?"}}));
}

TEST(RemoteRequest, NamesTheLimitAsTheServerWants) {
  const Json body = parse_json(
      chat_request_body(question("a"), {.model = "m", .max_completion_tokens = true}), "body");
  EXPECT_EQ(body.at("max_completion_tokens"), 64);
  EXPECT_FALSE(body.contains("max_tokens"));
  EXPECT_FALSE(body.contains("top_k"));
}

TEST(RemoteRequest, RefusesWhatOnlyAModelHereCanDo) {
  Request taps = question("a");
  taps.plan.branches.push_back({});
  Request ids = question("a");
  ids.sampling.stop_ids = {3};
  Request prefill = question("a");
  prefill.sampling.max_new_tokens = 0;
  Request whole{.conversation = {Message::text("raw", "<s>a")}};
  Request begun = question("a");
  begun.conversation.push_back(Message::text("prefill", "<verdict>"));
  for (const Request& request : {taps, ids, prefill, whole, begun}) {
    EXPECT_EQ(kind_of([&] { chat_request_body(request, {}); }), ErrorKind::kUnsupported);
  }
  EXPECT_EQ(kind_of([&] { chat_request_body({}, {}); }), ErrorKind::kUsage);
}

TEST(RemoteReply, ReadsTextReasonAndUsage) {
  const Generation answer = read_chat_reply(
      R"({"choices":[{"message":{"role":"assistant","content":"Grüß dich"},"finish_reason":"length"}],
          "usage":{"prompt_tokens":11,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":8}}})",
      "server");
  EXPECT_EQ(answer.text, "Grüß dich");
  EXPECT_EQ(answer.finish, FinishReason::kLength);
  EXPECT_EQ(answer.usage.prompt_tokens, 11);
  EXPECT_EQ(answer.usage.cached_tokens, 8);
  EXPECT_EQ(answer.usage.completion_tokens, 3);
}

TEST(RemoteReply, ReadsPartsAndStructuredRefusals) {
  EXPECT_EQ(
      read_chat_reply(
          R"({"choices":[{"message":{"content":[{"type":"text","text":"a"},{"text":"b"}]}}]})",
          "server")
          .text,
      "ab");
  EXPECT_EQ(
      read_chat_reply(R"({"choices":[{"message":{"content":null,"refusal":"I can't."}}]})", "s")
          .text,
      "I can't.");
}

TEST(RemoteReply, SaysThatAFilterActed) {
  const auto read = [] {
    read_chat_reply(R"({"choices":[{"message":{"content":""},"finish_reason":"content_filter"}]})",
                    "server");
  };
  try {
    read();
    FAIL();
  } catch (const NoAnswer& none) {
    EXPECT_EQ(none.why(), NoAnswer::Why::kFiltered);
  }
  EXPECT_TRUE(read_refusal(R"({"error":{"code":"content_filter","message":"no"}})").filtered);
}

TEST(RemoteReply, NeverTakesNonsenseForAnAnswer) {
  for (const char* bad :
       {"", "<html>", "null", "[]", "{}", R"({"choices":{}})", R"({"choices":[]})",
        R"({"choices":[5]})", R"({"choices":[{}]})", R"({"choices":[{"message":5}]})",
        R"({"choices":[{"message":{"content":5}}]})",
        R"({"choices":[{"message":{"content":null}}]})",
        "{\"choices\":[{\"message\":{\"content\":\"\xFF\"}}]}",
        R"({"error":{"message":"busy"}})"}) {
    EXPECT_EQ(kind_of([&] { read_chat_reply(bad, "server"); }), ErrorKind::kRemote) << bad;
  }
}

TEST(RemoteReply, FindsTheReasonOfARefusal) {
  EXPECT_EQ(read_refusal(R"({"error":{"message":"no such model"}})").message, "no such model");
  EXPECT_EQ(read_refusal(R"({"error":"plain"})").message, "plain");
  EXPECT_EQ(read_refusal(R"({"detail":"fast"})").message, "fast");
  EXPECT_EQ(read_refusal("<html>\n<b>").message, "<html> <b>");
  EXPECT_EQ(read_refusal(std::string(1 << 20, 'x')).message.size(), 300U);
}

TEST(RemoteRetry, RetriesWhatMayPass) {
  for (const int status : {408, 409, 429, 500, 502, 503, 529}) {
    EXPECT_TRUE(is_worth_retrying(status)) << status;
  }
  for (const int status : {200, 301, 400, 401, 403, 404, 413, 422}) {
    EXPECT_FALSE(is_worth_retrying(status)) << status;
  }
}

TEST(RemoteRetry, WaitsLongerEachTimeWithFullJitter) {
  EXPECT_EQ(retry_wait_seconds(1, 0, 0), 0);
  EXPECT_EQ(retry_wait_seconds(1, 0.5, 0), 0.25);
  EXPECT_EQ(retry_wait_seconds(3, 0.5, 0), 1);
  EXPECT_EQ(retry_wait_seconds(1000, 0.5, 0), 15);
  EXPECT_EQ(retry_wait_seconds(1, 0.5, 7), 7.25);
}

TEST(RequestGate, SpreadsRequestsOverTheMinute) {
  RequestGate gate(6000, 1);  // 10 ms apart
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(gate.wait_turn({}));
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(39));
}

TEST(RequestGate, AdmitsNoMoreThanItsPlaces) {
  RequestGate gate(0, 2);
  std::atomic<int> inside = 0, most = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 6; ++i) {
      callers.emplace_back([&] {
        const RequestGate::Place place = gate.enter({});
        const int now = ++inside;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        --inside;
      });
    }
  }
  EXPECT_LE(most, 2);
}

TEST(RequestGate, LetsGoOfTheCancelled) {
  RequestGate gate(0.001, 1);
  std::stop_source stop;
  const RequestGate::Place place = gate.enter({});
  EXPECT_TRUE(gate.wait_turn({}));
  std::jthread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    stop.request_stop();
  });
  EXPECT_FALSE(gate.wait_turn(stop.get_token()));
  EXPECT_FALSE(gate.enter(stop.get_token()).held());
}

}  // namespace
}  // namespace sightline
