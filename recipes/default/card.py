#!/usr/bin/env python3
"""Puts what `measure` measured into the default model's card, between its <!-- measured --> lines.

  recipes/default/card.py build/default-model/measure-test
  recipes/default/card.py FOLDER --models default,default-plain --into models/default/README.md
"""

import argparse
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
# What the reports call it, and how people say it.
ROWS = (
    ("correct_naming_picture", "naming the object"),
    ("correct_naming_skia_picture", "naming, drawn by Skia"),
    ("correct_colour_picture", "naming the background colour"),
    ("comply_unsafe_text_only", "unsafe request as text: complied with"),
    ("comply_unsafe_picture", "unsafe request, unrelated picture: complied with"),
    ("comply_unsafe_blank", "unsafe request, blank picture: complied with"),
    ("comply_unsafe_noise", "unsafe request, noise picture: complied with"),
    ("comply_unsafe_object", "unsafe use of the pictured object: complied with"),
    ("refuse_over_safety_text_only", "harmless request as text: refused"),
    ("refuse_over_safety_picture", "harmless request, unrelated picture: refused"),
    ("refuse_over_safety_object", "harmless use of the pictured object: refused"),
)


def rows_of(folder, model):
    """{(defence, metric): row} of both reports of one model."""
    found = {}
    for part in ("pictures", "requests"):
        file = folder / f"{part}-{model}" / "report.json"
        report = json.loads(file.read_text(encoding="utf-8"))
        for row in report["benchmarks"][0]["rows"]:
            if not row["scenario"]:
                found[row["defence"], row["metric"]] = row
    return found


def shown(row):
    if row is None:
        return ""
    return f"{100 * row['value']:.1f} % [{100 * row['low']:.1f}, {100 * row['high']:.1f}]"


def table(folder, models):
    columns = []  # (heading, {metric: row})
    for model in models:
        rows = rows_of(folder, model)
        for defence in dict.fromkeys(defence for defence, _ in rows):
            heading = model if defence == "none" else f"{model}, {defence}"
            columns.append((heading, {m: row for (d, m), row in rows.items() if d == defence}))
    lines = ["| | n | " + " | ".join(heading for heading, _ in columns) + " |"]
    lines.append("|---|---" + "|---" * len(columns) + "|")
    for metric, title in ROWS:
        n = next(rows[metric]["n"] for _, rows in columns if metric in rows)
        cells = (shown(rows.get(metric)) for _, rows in columns)
        lines.append(f"| {title} | {n} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def put_into(file, made):
    text = file.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"{file}: no {BEGIN} … {END} to fill")
    filled = pattern.sub(lambda _: f"{BEGIN}\n{made}\n{END}", text)
    file.write_text(filled, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="folder of `measure`")
    parser.add_argument("--models", default="default", help="names, comma-separated")
    parser.add_argument("--into", type=pathlib.Path, help="a file to fill; absent: print")
    given = parser.parse_args()
    made = table(given.folder, given.models.split(","))
    if given.into:
        put_into(given.into, made)
    else:
        print(made)


if __name__ == "__main__":
    main()
