#include "defences/artefact.h"

#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "base/file.h"
#include "sightline/error.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

ModelInfo model(const std::string& hash) {
  return {.name = "m",
          .weights_sha256 = hash,
          .template_sha256 = "template-" + hash,
          .layers = 2,
          .width = 3};
}

Artefact artefact() {
  Artefact out{.method = "cmrm"};
  out.tensors["v"] = at::ones({2, 3});
  out.manifest["chosen"] = {{"alpha", 0.5}};
  return out;
}

std::string message_of(const std::filesystem::path& folder, const std::string& method,
                       const ModelInfo& m) {
  try {
    load_artefact(folder, method, m);
  } catch (const Error& e) {
    return e.message();
  }
  return "loaded";
}

TEST(Artefact, ReadsBackWhatWasWritten) {
  const TemporaryFolder folder;
  save_artefact(folder.path() / "a", artefact(), model("aa"));
  const Artefact back = load_artefact(folder.path() / "a", "cmrm", model("aa"));
  EXPECT_TRUE(back.tensors.at("v").equal(at::ones({2, 3})));
  EXPECT_EQ(back.manifest.at("chosen").at("alpha"), 0.5);
}

TEST(Artefact, OfAnotherModelIsRefusedNamingBothHashes) {
  const TemporaryFolder folder;
  save_artefact(folder.path(), artefact(), model("aa"));
  const std::string message = message_of(folder.path(), "cmrm", model("bb"));
  EXPECT_NE(message.find("aa"), std::string::npos) << message;
  EXPECT_NE(message.find("bb"), std::string::npos) << message;
}

TEST(Artefact, OfAnotherTemplateIsRefused) {
  const TemporaryFolder folder;
  save_artefact(folder.path(), artefact(), model("aa"));
  ModelInfo other = model("aa");
  other.template_sha256 = "changed";
  EXPECT_NE(message_of(folder.path(), "cmrm", other).find("chat template"), std::string::npos);
}

TEST(Artefact, OfAnotherMethodIsRefused) {
  const TemporaryFolder folder;
  save_artefact(folder.path(), artefact(), model("aa"));
  EXPECT_NE(message_of(folder.path(), "probe", model("aa")).find("artefact of 'cmrm'"),
            std::string::npos);
}

TEST(Artefact, WithValuesThatAreNotFiniteIsRefusedNamingTheTensor) {
  const TemporaryFolder folder;
  Artefact broken = artefact();
  broken.tensors["v"] = at::full({2, 3}, std::numeric_limits<float>::infinity());
  save_artefact(folder.path(), broken, model("aa"));
  EXPECT_NE(message_of(folder.path(), "cmrm", model("aa")).find("'v'"), std::string::npos);
}

TEST(Artefact, ThatIsMissingOrDamagedIsAnError) {
  const TemporaryFolder folder;
  EXPECT_NE(message_of(folder.path() / "none", "cmrm", model("aa")), "loaded");
  save_artefact(folder.path(), artefact(), model("aa"));
  write_file_atomically(folder.path() / "manifest.json", "{");
  EXPECT_NE(message_of(folder.path(), "cmrm", model("aa")), "loaded");
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

double chosen_alpha(const std::filesystem::path& folder) {
  return load_artefact(folder, "cmrm", model("aa")).manifest.at("chosen").at("alpha").get<double>();
}

TEST(ArtefactDraft, LeavesTheOldArtefactAloneUntilItIsCommitted) {
  const TemporaryFolder folder;
  const auto target = folder.path() / "cmrm";
  save_artefact(target, artefact(), model("aa"));
  write_file_atomically(target / "notes.txt", "mine");
  Artefact other = artefact();
  other.manifest["chosen"]["alpha"] = 2.0;
  {
    const ArtefactDraft abandoned(target);
    save_artefact(abandoned.folder(), other, model("aa"));
    EXPECT_EQ(chosen_alpha(abandoned.folder()), 2.0);
    EXPECT_EQ(chosen_alpha(target), 0.5);
  }
  EXPECT_EQ(chosen_alpha(target), 0.5);
  {
    const ArtefactDraft draft(target / "");  // a trailing slash names the same folder
    save_artefact(draft.folder(), other, model("aa"));
    draft.commit();
  }
  EXPECT_EQ(chosen_alpha(target), 2.0);
  EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"cmrm"});
  EXPECT_EQ(names_in(target),
            (std::vector<std::string>{"defence.safetensors", "manifest.json", "notes.txt"}));
}

TEST(ArtefactDraft, ThatIsAbandonedLeavesNoNewFolder) {
  const TemporaryFolder folder;
  { const ArtefactDraft draft(folder.path() / "new"); }
  EXPECT_EQ(names_in(folder.path()), std::vector<std::string>());
}

TEST(ArtefactDraft, ThatCannotBeWrittenIsAnError) {
  EXPECT_THROW(ArtefactDraft("/sys/sightline"), Error);
}

}  // namespace
}  // namespace sightline
