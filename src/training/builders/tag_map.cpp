#include "training/builders/tag_map.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "sightline/error.h"
#include "training/builders/pick.h"
#include "training/record.h"

namespace sightline {
namespace {

struct Step {
  const char* name;
  std::string Steps::*text;
};

constexpr std::array<Step, 4> kSteps = {{{"image_reading", &Steps::image_reading},
                                         {"text_reading", &Steps::text_reading},
                                         {"joint", &Steps::joint},
                                         {"verdict", &Steps::verdict}}};

const Step* find_step(std::string_view name) {
  for (const Step& step : kSteps) {
    if (name == step.name) return &step;
  }
  return nullptr;
}

struct Tag {
  const std::pair<std::string, std::string>* entry;
  bool opens;
  std::size_t begin, end;  // in the answer
};

// Tags of the map in the order of the answer.
std::vector<Tag> tags_of(std::string_view answer, const TagMap& map) {
  std::vector<Tag> tags;
  for (const auto& entry : map) {
    for (const bool opens : {true, false}) {
      const std::string text = format("<{}{}>", opens ? "" : "/", entry.first);
      for (std::size_t at = answer.find(text); at != std::string_view::npos;
           at = answer.find(text, at + text.size())) {
        tags.push_back({&entry, opens, at, at + text.size()});
      }
    }
  }
  std::ranges::sort(tags, {}, &Tag::begin);
  return tags;
}

}  // namespace

TagMap parse_tag_map(const std::string& text) {
  TagMap map;
  bool judges = false;
  std::istringstream pairs(text);
  for (std::string pair; std::getline(pairs, pair, ',');) {
    const std::size_t equals = pair.find('=');
    const std::string theirs = trimmed_text(pair.substr(0, equals));
    const std::string ours =
        equals == std::string::npos ? "" : trimmed_text(pair.substr(equals + 1));
    if (theirs.empty() || find_step(ours) == nullptr) {
      fail_with_hint(ErrorKind::kUsage,
                     "write THEIRS=OURS, where OURS is image_reading, text_reading, joint or "
                     "verdict",
                     "option 'tags': '{}' in '{}'", pair, text);
    }
    judges = judges || ours == "verdict";
    map.emplace_back(theirs, ours);
  }
  if (!judges) fail(ErrorKind::kUsage, "option 'tags': no tag is the verdict in '{}'", text);
  return map;
}

std::optional<bool> Steps::safe() const {
  const std::string words = plain_words(verdict) + " ";
  if (words.starts_with("yes ")) return true;
  if (words.starts_with("no ")) return false;
  return std::nullopt;
}

std::string Steps::answer(bool verdict_first) const {
  std::string out;
  if (verdict_first && safe()) out = *safe() ? "Yes. " : "No. ";
  for (const Step& step : kSteps) {
    const std::string& text = this->*step.text;
    if (!text.empty()) out += format("<{}>{}</{}>", step.name, text, step.name);
  }
  return out;
}

Steps read_steps(std::string_view answer, const TagMap& map) {
  Steps steps;
  const std::pair<std::string, std::string>* open = nullptr;
  std::size_t begin = 0;             // of the open tag's text
  const Step* last = kSteps.data();  // that a tag was read for
  for (const Tag& tag : tags_of(answer, map)) {
    if (tag.opens) {
      if (open != nullptr) {
        throw RecordError("nested_tag", format("<{}> within <{}>", tag.entry->first, open->first));
      }
      open = tag.entry;
      begin = tag.end;
      continue;
    }
    if (open != tag.entry) {
      throw RecordError("open_tag", format("</{}> closes nothing", tag.entry->first));
    }
    const Step* step = find_step(open->second);
    if (step < last) {
      throw RecordError("tag_order", format("<{}> after a later step", open->first));
    }
    std::string& text = steps.*(step->text);
    text += (text.empty() ? "" : " ") + trimmed_text(answer.substr(begin, tag.begin - begin));
    last = step;
    open = nullptr;
  }
  if (open != nullptr) throw RecordError("open_tag", format("<{}> is not closed", open->first));
  if (steps.verdict.empty()) throw RecordError("no_verdict", "no tag of the answer is its verdict");
  return steps;
}

}  // namespace sightline
