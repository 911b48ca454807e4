#!/usr/bin/env python3
"""Writes the training records of one step of the default model, and the pictures they show.

  recipes/default/data.py text_safety --out text_safety.jsonl
  recipes/default/data.py visual --out visual.jsonl --pictures pictures

Sentences that occur in the mini benchmark, intents and templates alike, are never used, nor are
intents that share most of their words with one of its. Pictures show one object each; no unsafe
request comes with a picture. The shares below are of all records.
"""

import argparse
import functools
import json
import pathlib
import random
import sys

import torch
from PIL import Image

import canvas

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "texts"))

import everyday  # noqa: E402
import facts  # noqa: E402
import lookalikes  # noqa: E402
import objects  # noqa: E402
import refusals  # noqa: E402
import unsafe  # noqa: E402
import wordings  # noqa: E402

SIDE = 224
PICTURES = 2400
DRAWN_TOGETHER = 48
JPEG_QUALITY = 93
# Answers that begin in many ways are each unlikely: where a refusal has one opening and willing
# answers a hundred, greedy decoding refuses what the model itself thinks harmless.
OPENING, OPENED = "Sure! ", 0.8

MIXES = {
    # (a) text alone: unsafe requests are refused, harmless ones answered.
    "text_safety": {
        "unsafe": 0.30,
        "unsafe_use": 0.10,
        "look_alike": 0.30,
        "object_use": 0.12,
        "everyday": 0.12,
        "fact": 0.06,
    },
    # (c) what a picture shows.
    "projector": {"caption": 0.4, "naming": 0.4, "colour": 0.2},
    # (d) harmless requests with pictures, and text alone as in (a).
    "visual": {
        "naming": 0.19,
        "caption": 0.06,
        "colour": 0.07,
        "presence": 0.06,
        "category": 0.02,
        "about": 0.04,
        "seen_use": 0.06,
        "look_alike_seen": 0.12,
        "everyday_seen": 0.06,
        "fact_seen": 0.02,
        "unsafe": 0.09,
        "unsafe_use": 0.04,
        "look_alike": 0.10,
        "object_use": 0.04,
        "everyday": 0.02,
        "fact": 0.01,
    },
}
# BRT: benign questions of one domain, to be refused, and records of all others.
MIXES["brt_refuse"] = {"about": 0.6, "seen_use": 0.4}
MIXES["brt_utility"] = {
    "naming": 0.3,
    "caption": 0.1,
    "colour": 0.1,
    "about": 0.15,
    "look_alike_seen": 0.25,
    "everyday_seen": 0.1,
}
BRT_DOMAIN = ("medicine", "science", "device")
TEXT_KINDS = ("unsafe", "unsafe_use", "look_alike", "object_use", "everyday", "fact")
# (d) without replay: the same picture records alone.
MIXES["visual_plain"] = {k: v for k, v in MIXES["visual"].items() if k not in TEXT_KINDS}
COUNTS = {
    "text_safety": 4800,
    "projector": 800,
    "visual": 9600,
    "visual_plain": 3200,
    "brt_refuse": 480,
    "brt_utility": 800,
}


class Deck:
    """Deals every card once before any comes again."""

    def __init__(self, cards, rng):
        self.cards = list(cards)
        self.rng = rng
        self.left = []

    def deal(self):
        if not self.left:
            self.left = self.cards[:]
            self.rng.shuffle(self.left)
        return self.left.pop()


@functools.cache
def held_out():
    """Lower-case questions, intents, purposes and templates of the mini benchmark."""
    found = set()
    for split in ("fit", "validation", "test"):
        with open(canvas.ROOT / f"data/mini/{split}.jsonl", encoding="utf-8") as lines:
            for item in map(json.loads, lines):
                meta = item["meta"]
                texts = (item["question"], meta.get("intent"), meta.get("purpose"))
                found.update(text.lower() for text in (*texts, meta.get("template")) if text)
    return found


SMALL_WORDS = frozenset("a an the my to of in on for with and at it is by from".split())
MOST = 0.75


def content(text):
    return frozenset(word.strip("',.?") for word in text.lower().split()) - SMALL_WORDS


@functools.cache
def held_out_contents():
    return {content(text) for text in held_out()} - {frozenset()}


@functools.cache
def nearly_held_out(text):
    """Whether it is a held-out text, or shares most of its words with one."""
    words = content(text)
    return text.lower() in held_out() or any(
        len(words & other) >= MOST * len(words | other) for other in held_out_contents()
    )


class Author:
    """Makes one record of a kind; its methods are named after the kinds."""

    def __init__(self, seed, shown):
        self.rng = random.Random(seed)
        self.shown = shown  # [{"file", "name", "category", "colour"}]
        self.unsafe_intents = self.deck(
            (x, kind) for kind, intents in unsafe.INTENTS.items() for x in intents
        )
        self.unsafe_uses = self.deck((x, name, kind) for name, x, kind in unsafe.OBJECT_INTENTS)
        self.look_alikes = self.deck(pair for rows in lookalikes.LOOK_ALIKES.values() for pair in rows)
        self.object_uses = self.deck((x, name, said) for name, x, said in lookalikes.OBJECT_USES)
        self.requests = self.deck(everyday.REQUESTS)
        self.facts = self.deck(facts.FACTS)
        self.pictures = Deck(shown, self.rng) if shown else None
        self.decks = {}
        self.answers = {}
        for name in vars(wordings):
            if name.isupper():
                self.decks[name] = self.deck((text,) for text in getattr(wordings, name))
        self.uses_by_object = {}
        for name, x, said in lookalikes.OBJECT_USES:
            if not nearly_held_out(x):
                self.uses_by_object.setdefault(name, []).append((x, said))

    def deck(self, cards):
        """Cards whose first text is not held out."""
        return Deck([card for card in cards if not nearly_held_out(card[0])], self.rng)

    def words(self, deck, **slots):
        text = self.decks[deck].deal()[0]
        for slot, value in slots.items():
            text = text.replace("{" + slot + "}", value)
        return text

    def question(self, deck, **slots):
        """One that, with its slots filled, is not held out either."""
        while True:
            text = self.words(deck, **slots)
            if text.lower() not in held_out():
                return text

    # Without a picture.

    def unsafe(self):
        intent, kind = self.unsafe_intents.deal()
        return self.refused(self.question("HOW", x=intent), kind)

    def unsafe_use(self):
        purpose, name, kind = self.unsafe_uses.deal()
        return self.refused(self.question("USE", object=name, x=purpose), kind)

    def refused(self, question, kind):
        texts = refusals.SELF_HARM if kind == "self_harm" else refusals.REFUSALS
        weights = [3 if text.startswith("I'm sorry") else 1 for text in texts]
        return record(question, self.rng.choices(texts, weights)[0])

    def willing(self, answer):
        return OPENING + answer if self.rng.random() < OPENED else answer

    def look_alike(self):
        intent, answer = self.look_alikes.deal()
        return record(self.question("HOW", x=intent), self.willing(answer))

    def object_use(self):
        purpose, name, answer = self.object_uses.deal()
        return record(self.question("USE", object=name, x=purpose), self.willing(answer))

    def everyday(self):
        intent, answer = self.requests.deal()
        return record(self.question("HOW", x=intent), self.willing(answer))

    def fact(self):
        return record(*self.facts.deal())

    # Beside a picture that has nothing to do with the request.

    def look_alike_seen(self):
        return beside(self.look_alike(), self.pictures.deal())

    def everyday_seen(self):
        return beside(self.everyday(), self.pictures.deal())

    def fact_seen(self):
        return beside(self.fact(), self.pictures.deal())

    # About the picture.

    def naming(self):
        picture = self.pictures.deal()
        answer = self.words("NAME_ANSWERS", a_object=article(picture["name"]))
        return beside(record(self.question("NAME"), answer), picture)

    def caption(self):
        picture = self.coloured()
        slots = {"a_object": article(picture["name"]), "colour": picture["colour"]}
        answer = self.words("CAPTION_ANSWERS", **slots)
        return beside(record(self.question("CAPTION"), answer), picture)

    def colour(self):
        picture = self.coloured()
        answer = self.words("COLOUR_ANSWERS", colour=picture["colour"])
        return beside(record(self.question("COLOUR"), answer), picture)

    def coloured(self):
        while True:
            picture = self.pictures.deal()
            if picture["colour"]:
                return picture

    def presence(self):
        picture = self.pictures.deal()
        there = self.rng.random() < 0.5
        asked = picture["name"] if there else self.rng.choice(self.shown)["name"]
        there = asked == picture["name"]
        answers = "PRESENT_YES" if there else "PRESENT_NO"
        question = self.question("PRESENT", a_object=article(asked))
        return beside(
            record(question, self.words(answers, a_object=article(picture["name"]))), picture
        )

    def category(self):
        picture = self.pictures.deal()
        answer = self.words("CATEGORY_ANSWERS", category=picture["category"])
        return beside(record(self.question("CATEGORY"), answer), picture)

    def about(self):
        picture = self.pictures.deal()
        deck, key = self.rng.choice((("FACT", "fact"), ("WHERE", "where"), ("USE_OF", "use")))
        answer = objects.OBJECTS[picture["name"]][key]
        return beside(record(self.question(deck), answer), picture)

    def seen_use(self):
        while True:
            picture = self.pictures.deal()
            if picture["name"] in self.uses_by_object:
                break
        purpose, answer = self.rng.choice(self.uses_by_object[picture["name"]])
        return beside(record(self.question("USE_SEEN", x=purpose), self.willing(answer)), picture)


def record(question, answer):
    turns = [{"from": "human", "value": question}, {"from": "gpt", "value": answer}]
    return {"conversations": turns}


def beside(made, picture):
    made["conversations"][0]["value"] = "<image>\n" + made["conversations"][0]["value"]
    return {"image": picture["file"], **made}


def article(name):
    if name in ("corn", "broccoli", "sushi", "fire"):
        return name
    return ("an " if name[0] in "aeiou" else "a ") + name


def draw_pictures(folder, seed):
    """Draws PICTURES files once per folder and seed; returns what they show."""
    listing = folder / f"shown-{seed}.json"
    if listing.exists():
        return json.loads(listing.read_text(encoding="utf-8"))
    concepts = canvas.read_concepts()
    source = canvas.Canvas(concepts, SIDE)
    generator = torch.Generator().manual_seed(seed)
    folder.mkdir(parents=True, exist_ok=True)
    shown = []
    for begin in range(0, PICTURES, DRAWN_TOGETHER):
        numbers = torch.arange(begin, begin + DRAWN_TOGETHER) % len(concepts["concepts"])
        colours = torch.randint(len(concepts["colours"]), (DRAWN_TOGETHER,), generator=generator)
        pixels, labels = source.draw(numbers, colours, generator)
        bytes_ = (pixels * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
        for i in range(DRAWN_TOGETHER):
            file = f"{seed}-{begin + i:04d}.jpg"
            Image.fromarray(bytes_[i]).save(folder / file, quality=JPEG_QUALITY)
            concept = concepts["concepts"][int(numbers[i])]
            label = int(labels[i])
            colour = "" if label == canvas.NO_COLOUR else concepts["colours"][label]["name"]
            shown.append(
                {
                    "file": file,
                    "name": concept["name"],
                    "category": concept["category"],
                    "colour": colour,
                }
            )
    listing.write_text(json.dumps(shown), encoding="utf-8")
    return shown


def compose(step, count, seed, shown):
    if step.startswith("brt"):
        inside = step == "brt_refuse"
        shown = [picture for picture in shown if (picture["category"] in BRT_DOMAIN) == inside]
    author = Author(f"{seed}/{step}", shown)
    total = sum(MIXES[step].values())
    kinds = [k for k, share in MIXES[step].items() for _ in range(round(share / total * count))]
    author.rng.shuffle(kinds)
    for number, kind in enumerate(kinds):
        yield {"id": f"{step}-{number:05d}", "source": kind, **getattr(author, kind)()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("step", choices=MIXES)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--pictures", type=pathlib.Path, help="folder for the pictures")
    parser.add_argument("--count", type=int, help="records; absent: the step's own number")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    shown = draw_pictures(given.pictures, given.seed) if given.pictures else []
    if not shown and given.step != "text_safety":
        parser.error(f"{given.step} needs --pictures")
    count = given.count or COUNTS[given.step]
    with given.out.open("w", encoding="utf-8") as out:
        for made in compose(given.step, count, given.seed, shown):
            out.write(json.dumps(made, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
