#include "base/sha256.h"

#include <openssl/evp.h>

#include <array>

#include "base/file.h"
#include "sightline/error.h"

namespace sightline {

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) != 1) {
    fail(ErrorKind::kInternal, "SHA-256 is not available in the crypto library");
  }
}
Sha256::~Sha256() = default;

Sha256& Sha256::add(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
  return *this;
}

Sha256& Sha256::add(std::string_view text) {
  return add(std::as_bytes(std::span(text.data(), text.size())));
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(state_->context, digest.data(), &size);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (unsigned i = 0; i < size; ++i) {
    out += kDigits[digest[i] >> 4];
    out += kDigits[digest[i] & 15];
  }
  return out;
}

std::string sha256(std::span<const std::byte> bytes) { return Sha256().add(bytes).hex(); }
std::string sha256(std::string_view text) { return Sha256().add(text).hex(); }
std::string sha256_of_file(const std::filesystem::path& file) {
  return sha256(MappedFile::open(file)->bytes());
}

}  // namespace sightline
