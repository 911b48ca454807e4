"""Writes case_tables.cpp, and unicode_tables.cpp: where the `tokenizers` package and our libraries know other Unicode versions.

The package mixes several (its regular expressions know Unicode 16, its accents Unicode 9, its
punctuation Unicode 8), PCRE2 and utf8proc know one each. Token ids must agree, so the differences are
measured and written down. Run inside the project's environment: python src/text/make_unicode_tables.py
"""

import ctypes
import ctypes.util
import pathlib
import unicodedata

import regex
import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

ALL = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
utf8proc = ctypes.CDLL(ctypes.util.find_library("utf8proc"))
utf8proc.utf8proc_category_string.restype = ctypes.c_char_p


def category(c):
    return utf8proc.utf8proc_category_string(c).decode()


def ranges(points):
    out = []
    for c in sorted(points):
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


def split_by(pre_tokenizer):
    return {c for c in ALL if len(pre_tokenizer.pre_tokenize_str("a" + chr(c) + "a")) > 1}


def matched(pattern):
    splitter = pre_tokenizers.Split(Regex(pattern), "removed")
    return {c for c in ALL if not splitter.pre_tokenize_str(chr(c))}


def later_categories():
    """Characters PCRE2's Unicode 14 does not know but the package's regular expressions do."""
    out = []
    for major in "LNMP":
        new = {c for c in matched(rf"\p{{{major}}}") if unicodedata.category(chr(c))[0] != major}
        names = {c: next(n for n in MINOR[major] if regex.match(rf"\p{{{n}}}", chr(c))) for c in new}
        for minor in MINOR[major]:
            out += [(a, b, minor) for a, b in ranges(c for c in new if names[c] == minor)]
    return sorted(out)


MINOR = {"L": ["Lu", "Ll", "Lt", "Lm", "Lo"], "N": ["Nd", "Nl", "No"], "M": ["Mn", "Mc", "Me"],
         "P": ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"]}


def lower_deltas():
    lower = normalizers.Lowercase()
    out = []
    for c in ALL:
        low = lower.normalize_str(chr(c))
        if len(low) == 1 and ord(low) != utf8proc.utf8proc_tolower(c):
            delta = ord(low) - c
            if out and out[-1][1] == c - 1 and out[-1][2] == delta:
                out[-1][1] = c
            else:
                out.append([c, c, delta])
    return out


def table(name, rows, comment, kind="CodeRange"):
    body = ", ".join("{" + row + "}" for row in rows)
    return f"// {comment}\nconst std::vector<{kind}> {name} = {{{body}}};\n\n"


def span(pairs):
    return [f"0x{a:X}, 0x{b:X}" for a, b in pairs]


def write_case_tables():
    """Upper and title case that is more than one character, as Python has them."""
    rows = []
    for c in ALL:
        upper, title = chr(c).upper(), chr(c).title()
        if len(upper) > 1 or len(title) > 1:
            rows.append(f'0x{c:X}, "{upper}", "{title}"')
    text = ("// Written by make_unicode_tables.py; do not edit.\n"
            '#include "text/unicode_tables.h"\n\nnamespace sightline::text {\n\n')
    text += table("kLongCases", rows, "Letters whose upper or title case is several characters.", "LongCase")
    cased = [c for c in ALL if regex.match(r"\p{Cased}", chr(c)) and unicodedata.category(chr(c)) != "Cn"
             and category(c) not in ("Lu", "Ll", "Lt")]
    text += table("kOtherCased", span(ranges(cased)), "Characters with case that are no cased letters.")
    text += "}  // namespace sightline::text\n"
    pathlib.Path(__file__).with_name("case_tables.cpp").write_text(text)


def main():
    write_case_tables()
    strip = normalizers.StripAccents()
    marks = {c for c in ALL if strip.normalize_str("a" + chr(c)) == "a"}
    punctuation = split_by(pre_tokenizers.Punctuation())
    numeric = split_by(pre_tokenizers.Digits(individual_digits=True))
    ascii_symbols = {ord(c) for c in "$+<=>^`|~"}
    theirs = lambda form: {c for c in ALL if getattr(normalizers, form)().normalize_str(chr(c))
                           == chr(c) != unicodedata.normalize(form, chr(c))}
    text = (f"// Written by make_unicode_tables.py with tokenizers {tokenizers.__version__}; do not edit.\n"
            '#include "text/unicode_tables.h"\n\nnamespace sightline::text {\n\n')
    text += table("kLaterCategories",
                  [f'0x{a:X}, 0x{b:X}, "{n}"' for a, b, n in later_categories()],
                  "Known to the reference's regular expressions, not to Unicode 14.", "CategoryRange")
    text += table("kLaterNumbers", span(ranges(c for c in numeric if category(c)[0] != "N")),
                  "Numeric for the reference's Digits, not for utf8proc.")
    text += table("kNotYetMarks", span(ranges(c for c in ALL if category(c)[0] == "M" and c not in marks)),
                  "Marks of utf8proc that the reference's StripAccents keeps.")
    text += table("kNotYetPunctuation",
                  span(ranges(c for c in ALL if category(c)[0] == "P" and c not in punctuation)),
                  "Punctuation of utf8proc that the reference does not split on.")
    text += table("kOncePunctuation",
                  span(ranges(c for c in punctuation if category(c)[0] != "P" and c not in ascii_symbols)),
                  "Punctuation of the reference that utf8proc no longer counts as such.")
    text += table("kNotYetCanonical", span(ranges(theirs("NFD"))), "Not decomposed by the reference.")
    text += table("kNotYetCompatible", span(ranges(theirs("NFKD"))),
                  "Not decomposed by the reference in its compatibility forms.")
    text += table("kLowerDeltas", [f"0x{a:X}, 0x{b:X}, {d}" for a, b, d in lower_deltas()],
                  "Lower case as the reference has it where utf8proc differs.", "CaseRange")
    text += "}  // namespace sightline::text\n"
    pathlib.Path(__file__).with_name("unicode_tables.cpp").write_text(text)


main()
