#include "reports/html_text.h"

#include <algorithm>
#include <cstdint>

#include "reports/cells.h"
#include "reports/terminal_table.h"

namespace sightline {
namespace {

std::string_view escaped(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

void append_escaped(std::string_view clean, std::string& out) {
  for (const char c : clean) {
    const std::string_view entity = escaped(c);
    if (entity.empty())
      out += c;
    else
      out += entity;
  }
}

std::string_view media_type(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8")) return "image/jpeg";
  if (bytes.starts_with("RIFF")) return "image/webp";
  return "image/png";
}

}  // namespace

std::string html_escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find_first_of("\n\t"), text.size());
    append_escaped(printable(text.substr(0, plain)), out);
    if (plain < text.size()) out += text[plain];
    text.remove_prefix(std::min(plain + 1, text.size()));
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t taken = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < taken ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= taken ? kDigits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

std::string picture_uri(std::string_view bytes) {
  return "data:" + std::string(media_type(bytes)) + ";base64," + base64(bytes);
}

std::string interval_svg(const MetricValue& value, double most) {
  if (!value.value || most <= 0) return "";
  const auto x = [most](double at) { return fixed(100 * std::clamp(at / most, 0.0, 1.0), 2); };
  const std::string width = fixed(100 * std::clamp((value.high - value.low) / most, 0.0, 1.0), 2);
  const std::string mark = fixed(std::clamp(100 * *value.value / most - 0.75, 0.0, 98.5), 2);
  return "<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
         "<rect class=\"t\" y=\"3.5\" width=\"100\" height=\"1\"/>"
         "<rect class=\"i\" x=\"" +
         x(value.low) + "\" y=\"2\" width=\"" + width + "\" height=\"4\"/><rect class=\"m\" x=\"" +
         mark + "\" width=\"1.5\" height=\"8\"/></svg>";
}

}  // namespace sightline
