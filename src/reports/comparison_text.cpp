#include "reports/comparison_text.h"

#include <algorithm>
#include <tuple>

#include "reports/cells.h"

namespace sightline {
namespace {

constexpr std::size_t kNamesShown = 5;

std::string p_cell(double p) { return p < 0.001 ? "<0.001" : fixed(p, 3); }

// One cell, its parts on lines where the table is `stacked`.
TextCell cell(std::vector<std::string> parts, bool stacked) {
  if (stacked) return parts;
  std::string line;
  for (const std::string& part : parts) line += (line.empty() ? "" : " ") + part;
  return {line};
}

TextRow row_of(const ComparedRow& row, const std::string& first, const Comparison& comparison,
               bool stacked) {
  const auto name = [&](const std::string& text, std::size_t width) {
    return stacked ? wrapped(printable(text), width) : TextCell{printable(text)};
  };
  TextRow out = {name(first, 16),
                 name(comparison.name_of(row.side), 14),
                 {value_text(row.base)},
                 {value_text(row.value)}};
  if (!row.paired) {
    out.resize(8, {"–"});
    return out;
  }
  const PairedDifference& paired = *row.paired;
  out.push_back(cell({points_text(paired.difference),
                      "[" + points_text(paired.low) + ", " + points_text(paired.high) + "]"},
                     stacked));
  out.push_back(
      cell({format("{} / {}", paired.gained, paired.lost), format("of {}", paired.n)}, stacked));
  out.push_back(cell({p_cell(paired.p), paired.test}, stacked));
  out.push_back({p_cell(*row.adjusted) + (row.marked() ? " *" : "")});
  return out;
}

std::string table_of(std::span<const ComparedRow> rows, const Comparison& comparison,
                     bool scenarios, const TerminalStyle& style) {
  const auto made = [&](bool stacked) {
    TextTable table;
    table.header = {{scenarios ? "scenario" : "metric"},
                    {"side"},
                    {"base"},
                    {"side"},
                    cell({"points", "[95 %]"}, stacked),
                    cell({"only here /", "only in base"}, stacked),
                    cell({"p,", "test"}, stacked),
                    {scenarios ? "BH q" : "Holm p"}};
    for (const ComparedRow& row : rows) {
      table.rows.push_back(
          row_of(row, scenarios ? row.scenario : row.metric.title, comparison, stacked));
    }
    return table;
  };
  const TextTable wide = made(false);
  const bool stacked = width_of(wide) > style.width;
  return table_text(stacked ? made(true) : wide, stacked, style.colours);
}

// Calls fn for each run of rows with one key.
template <class Key, class Function>
void for_each_group(std::span<const ComparedRow> rows, const Key& key, const Function& fn) {
  for (std::size_t start = 0; start < rows.size();) {
    std::size_t end = start;
    while (end < rows.size() && key(rows[end]) == key(rows[start])) ++end;
    fn(rows.subspan(start, end - start));
    start = end;
  }
}

std::string names(const std::vector<std::string>& ids) {
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), kNamesShown); ++i) {
    out += (i > 0 ? ", " : "") + printable(ids[i]);
  }
  return ids.size() > kNamesShown ? out + ", …" : out;
}

std::string unpaired_text(const Comparison& comparison) {
  std::string out;
  const auto say = [&](const Unpaired& one, const std::vector<std::string>& ids, const Side& side) {
    if (ids.empty()) return;
    out += format("{}: {} samples answered only by {}: {}\n", printable(one.benchmark), ids.size(),
                  printable(comparison.name_of(side)), names(ids));
  };
  for (const Unpaired& one : comparison.unpaired) {
    say(one, one.only_base, comparison.base);
    say(one, one.only_side, one.side);
  }
  return out;
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const TerminalStyle& style) {
  const std::string against = "against " + printable(comparison.name_of(comparison.base));
  std::string out;
  for_each_group(
      comparison.rows, [](const ComparedRow& row) { return row.benchmark; },
      [&](std::span<const ComparedRow> rows) {
        const std::string title = printable(rows[0].benchmark) + " · " + against;
        out += styled(title, "1", style.colours) + "\n\n" +
               table_of(rows, comparison, false, style) + "\n";
      });
  for_each_group(
      comparison.scenario_rows,
      [](const ComparedRow& row) {
        return std::tuple(row.benchmark, row.metric.name, row.side.run, row.side.defence);
      },
      [&](std::span<const ComparedRow> rows) {
        const std::string title =
            format("{} · {} · {} {}", printable(rows[0].benchmark), printable(rows[0].metric.title),
                   printable(comparison.name_of(rows[0].side)), against);
        out += styled(title, "1", style.colours) + "\n\n" +
               table_of(rows, comparison, true, style) + "\n";
      });
  const auto family = std::count_if(comparison.rows.begin(), comparison.rows.end(),
                                    [](const ComparedRow& row) { return row.paired.has_value(); });
  out += format(
      "Paired by sample. mcnemar: exact, with Tango's interval; sign_flip: of clusters that share "
      "a picture or a text,\nwith their bootstrap interval. Holm over the {} tests above;\n"
      "* below .05 on 30 pairs or more.\n",
      family);
  out += unpaired_text(comparison);
  for (const std::string& note : comparison.notes) out += "note: " + printable(note) + "\n";
  return out;
}

}  // namespace sightline
