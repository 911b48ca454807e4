// VLGuard's records: a picture with one unsafe pair, or with a safe and an unsafe question.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "training/record.h"

namespace sightline {

struct VlguardPair {
  std::string instruction;  // without picture tags
  std::string response;
  bool unsafe = false;  // the response refuses
};

struct VlguardRecord {
  std::string id;
  std::string image;
  std::vector<VlguardPair> pairs;  // safe pictures: the safe pair, then the unsafe one
};

// A .json list or .jsonl; records that break the layout go into `rejected`.
std::vector<VlguardRecord> read_vlguard(const std::filesystem::path& file,
                                        RejectedRecords& rejected);

// Up to the end of the first sentence: the first . ! or ? before white space or the end.
std::string first_sentence(const std::string& text);

}  // namespace sightline
