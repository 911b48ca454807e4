#!/usr/bin/env python3
"""Writes the questions that show what the BRT adapter costs, as its paper reports it.

  recipes/default/brt_check.py build/default-model/brt.held_out.json --pictures FOLDER --out FILE

Subset `held_out`: benign questions of the refused domain that no update has seen. Subsets
`described` and `described_domain`: plain requests for a description, of new pictures of other
objects and of that domain. All are to be answered; measure the share that is refused:
  sightline eval --benchmark 'jsonl(path=FILE)' --defence none --defence brt
"""

import argparse
import json
import pathlib
import shutil

import data

SEED = 1_000  # of pictures that no step draws
DESCRIPTIONS = 100


def item(number, subset, record, folder):
    question = record["conversations"][0]["value"].removeprefix("<image>\n")
    image = f"{folder.name}/{record['image']}"
    return {"id": f"b{number:04d}", "subset": subset, "question": question, "image": image}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("held_out", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path, required=True, help="of the held-out records")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    drawn = given.out.parent / "brt-pictures"  # beside the questions: they name them from there
    shown = data.draw_pictures(drawn, SEED)
    asked = []
    for record in json.loads(given.held_out.read_text(encoding="utf-8")):
        shutil.copyfile(given.pictures / record["image"], drawn / record["image"])
        asked.append(("held_out", record, drawn))
    for subset, inside in (("described", False), ("described_domain", True)):
        pictures = [one for one in shown if (one["category"] in data.BRT_DOMAIN) == inside]
        author = data.Author(f"{SEED}/{subset}", pictures)
        asked += [(subset, author.caption(), drawn) for _ in range(DESCRIPTIONS)]
    lines = (json.dumps(item(n, *one), ensure_ascii=False) for n, one in enumerate(asked))
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{given.out}: {len(asked)} questions")


if __name__ == "__main__":
    main()
