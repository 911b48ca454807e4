// JSON documents of data/ that carry their own hash, so that a table's meaning stays fixed:
// keyword lists and rubrics.
#pragma once

#include <string>

#include "base/json.h"

namespace sightline {

// SHA-256 of the document without its key "sha256": UTF-8 JSON, keys sorted, no spaces.
std::string document_hash(Json document);

// Throws kBadFile when the document states no hash or another one than it has; returns it.
std::string checked_document_hash(const Json& document, const std::string& origin);

struct NamedDocument {
  Json json;
  std::string origin;  // its file
};

// data/FOLDER/ID.json, not yet checked. Throws kNotFound "no KIND 'ID'" with the names there are.
NamedDocument read_document(const std::string& folder, const std::string& id,
                            const std::string& kind);

}  // namespace sightline
