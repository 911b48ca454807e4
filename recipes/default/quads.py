#!/usr/bin/env python3
"""Writes counterfactual sets over drawn objects for `sightline data build vcr`.

  recipes/default/quads.py --pictures build/default-model/pictures --out quads.jsonl

A set has two sentences and two pictures; each is in one safe and one dangerous pair, so neither
alone tells the label. Beside it goes held_out.jsonl, the sentences of the mini benchmark: the
builder leaves out every set that has one much like them (its input `benchmark`).
"""

import argparse
import itertools
import json
import pathlib
import random
import sys

import data

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "texts"))

import situations  # noqa: E402

SETS = 600  # about half are left out: too near the benchmark's sentences


def crossings():
    """(situation, situation, object, object): the first object is dangerous in the first situation
    and harmless in the second, the other the other way round."""
    for first, second in itertools.combinations(situations.SITUATIONS, 2):
        left = sorted(set(first["dangerous"]) & set(second["harmless"]))
        right = sorted(set(first["harmless"]) & set(second["dangerous"]))
        if left and right:
            yield first, second, left, right


def member(pair, number, situation, sentence, picture):
    name = data.article(picture["name"])
    dangerous = picture["name"] in situation["dangerous"]
    joint = situation["bad" if dangerous else "fine"].replace("{a}", name)
    return {
        "id": f"{pair}-{number}",
        "pair_id": pair,
        "image": picture["file"],
        "text": sentence,
        "gold": "unsafe" if dangerous else "safe",
        "steps": {
            "image_reading": f"The picture shows {name}.",
            "text_reading": situation["meaning"],
            "joint": joint,
        },
    }


def held_out_sentences():
    """The sentences that the mini benchmark asks about pictures, all splits."""
    for split in ("fit", "validation", "test"):
        with open(data.canvas.ROOT / f"data/mini/{split}.jsonl", encoding="utf-8") as lines:
            for item in map(json.loads, lines):
                if item["subset"] == "awareness":
                    yield {"question": item["meta"]["intent"]}


def write_lines(path, made):
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in made)


class Sets:
    def __init__(self, seed, shown):
        self.rng = random.Random(f"{seed}/quads")
        self.crossings = data.Deck(crossings(), self.rng)
        self.pictures = {}
        for picture in shown:
            self.pictures.setdefault(picture["name"], []).append(picture)
        self.sentences = {
            situation["meaning"]: data.Deck(
                [s for s in situation["sentences"] if not data.nearly_held_out(s)], self.rng
            )
            for situation in situations.SITUATIONS
        }

    def make(self, pair):
        first, second, left, right = self.crossings.deal()
        pictures = [
            self.rng.choice(self.pictures[self.rng.choice(names)]) for names in (left, right)
        ]
        said = [(s, self.sentences[s["meaning"]].deal()) for s in (first, second)]
        pairs = itertools.product(said, pictures)
        return [
            member(pair, n, situation, sentence, picture)
            for n, ((situation, sentence), picture) in enumerate(pairs)
        ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pictures", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the pictures' folder's")
    parser.add_argument("--sets", type=int, default=SETS)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sets = Sets(given.seed, data.draw_pictures(given.pictures, given.seed))
    made = (sets.make(f"q{number:04d}") for number in range(given.sets))
    write_lines(given.out, itertools.chain.from_iterable(made))
    write_lines(given.out.parent / "held_out.jsonl", held_out_sentences())


if __name__ == "__main__":
    main()
