#include "training/builders/quads.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json_records.h"
#include "training/builders/pick.h"
#include "training/record_fields.h"

namespace sightline {
namespace {

std::string needed_text(const Json& json, const char* key, const std::string& origin) {
  std::string text = trimmed_text(record_field<std::string>(json, key, origin));
  if (text.empty()) reject_record("malformed", format("{}: '{}' is empty", origin, key));
  if (text.find(kImageTag) != std::string::npos) {
    reject_record("image_tags", format("{}: '{}' holds {}", origin, key, kImageTag));
  }
  return text;
}

QuadMember parse(const Json& json, const std::string& origin) {
  QuadMember member;
  member.id = id_field(json, origin);
  if (member.id.empty()) reject_record("no_id", format("{}: key 'id' is missing", origin));
  const std::string place = format("{}, id '{}'", origin, member.id);
  member.pair_id = needed_text(json, "pair_id", place);
  member.image = image_path_of(json.value("image", Json()), place);
  member.text = needed_text(json, "text", place);
  const auto gold = record_field<std::string>(json, "gold", place);
  if (gold != "safe" && gold != "unsafe") {
    reject_record("malformed", format("{}: 'gold' is '{}', wanted safe or unsafe", place, gold));
  }
  member.safe = gold == "safe";
  const Json steps = json.value("steps", Json());
  member.image_reading = needed_text(steps, "image_reading", place);
  member.text_reading = needed_text(steps, "text_reading", place);
  member.joint = needed_text(steps, "joint", place);
  return member;
}

// Empty when the members are a set of this kind.
std::string breach_of(const Quad& quad, QuadKind kind) {
  std::set<std::string> texts, images;
  std::set<std::pair<std::string, std::string>> combinations;
  std::vector<const QuadMember*> unsafe;
  for (const QuadMember& member : quad) {
    texts.insert(plain_words(member.text));
    images.insert(member.image);
    combinations.emplace(plain_words(member.text), member.image);
    if (!member.safe) unsafe.push_back(&member);
  }
  if (quad.size() != 4 || texts.size() != 2 || images.size() != 2 || combinations.size() != 4) {
    return format("{} members with {} texts and {} pictures, wanted the 4 combinations of 2 and 2",
                  quad.size(), texts.size(), images.size());
  }
  const std::size_t wanted = kind == QuadKind::kFull ? 2 : 1;
  if (unsafe.size() != wanted) {
    return format("{} unsafe members, wanted {}", unsafe.size(), wanted);
  }
  if (kind == QuadKind::kFull && (unsafe[0]->image == unsafe[1]->image ||
                                  plain_words(unsafe[0]->text) == plain_words(unsafe[1]->text))) {
    return "the two unsafe members share their text or picture, which then tells the label";
  }
  return "";
}

}  // namespace

std::vector<Quad> read_quads(const std::filesystem::path& file, QuadKind kind,
                             RejectedRecords& rejected) {
  std::vector<Quad> quads;
  std::map<std::string, std::size_t> place_of;  // pair_id → index
  std::set<std::string> ids;
  for_each_json_record(file, [&](const Json& json, const std::string& origin) {
    try {
      QuadMember member = parse(json, origin);
      if (!ids.insert(member.id).second) {
        fail(ErrorKind::kBadFile, "{}: id '{}' occurs twice", origin, member.id);
      }
      const auto [place, is_new] = place_of.emplace(member.pair_id, quads.size());
      if (is_new) quads.emplace_back();
      quads[place->second].push_back(std::move(member));
    } catch (const RecordError& error) {
      rejected.add(error.reason(), error.message());
    }
  });
  std::erase_if(quads, [&](const Quad& quad) {
    const std::string breach = breach_of(quad, kind);
    if (breach.empty()) return false;
    for (std::size_t i = 0; i < quad.size(); ++i) {
      rejected.add("not_a_quad", format("set '{}': {}", quad.front().pair_id, breach));
    }
    return true;
  });
  return quads;
}

}  // namespace sightline
