#!/usr/bin/env python3
"""Writes the questions that the default model's card is measured on.

  recipes/default/check.py --split test --out check

Intents, templates and pointers of one split of the mini benchmark, every intent in several
wordings, and freshly drawn pictures: by the rules of the benchmark, and by Skia, another library,
on flat grounds in sizes from 96 to 640 pixels. No step of training uses any of them.
Requests go to requests.jsonl, questions about pictures to pictures.jsonl.
"""

import argparse
import hashlib
import json
import pathlib
import random

import canvas
from mini import benign_texts, drawing, objects, picture_texts, questions, unsafe_texts

FIRST_SEED = {"validation": 7_000_000, "test": 8_000_000}
TEXT_WORDINGS, PICTURE_WORDINGS = 3, 2
NAMINGS_PER_OBJECT = 2
COLOUR_QUESTIONS = 100
SKIA_SIDES = (96, 128, 160, 224, 256, 336, 448, 640)


class Check:
    def __init__(self, split, out):
        self.split = split
        self.out = out
        self.rng = random.Random(f"check/{split}")
        self.concepts = canvas.read_concepts()
        self.glyphs = drawing.GlyphSource(drawing.FONT_PATH)
        self.by_name = {c["name"]: c for c in self.concepts["concepts"]}
        self.drawn = 0
        (out / "pictures").mkdir(parents=True, exist_ok=True)

    def draw(self, name, colour):
        seed = FIRST_SEED[self.split] + self.drawn
        pixels = drawing.draw_object(
            self.glyphs.glyph(self.by_name[name]["codepoints"]), colour["rgb"], seed
        )
        return self.keep(drawing.encode_png(pixels))

    def draw_noise(self):
        return self.keep(
            drawing.encode_png(drawing.draw_noise(FIRST_SEED[self.split] + self.drawn))
        )

    def draw_blank(self):
        level = drawing.BLANK_LEVELS[self.drawn % len(drawing.BLANK_LEVELS)]
        return self.keep(drawing.encode_png(drawing.draw_blank(level)))

    def draw_with_skia(self, name, colour):
        """The glyph as Skia draws text, upright on a flat ground; not always square."""
        import skia

        side = self.rng.choice(SKIA_SIDES)
        width, height = side, round(side * self.rng.choice((0.8, 1.0, 1.0, 1.25)))
        surface = skia.Surface(width, height)
        with surface as board:
            board.clear(skia.Color(*colour["rgb"]))
            font = skia.Font(skia.Typeface.MakeFromFile(str(drawing.FONT_PATH)), 100)
            text = "".join(chr(int(c[2:], 16)) for c in self.by_name[name]["codepoints"])
            font.setSize(100 * self.rng.uniform(0.45, 0.8) * min(width, height) / 125)
            bounds = skia.Rect()
            advance = font.measureText(text, bounds=bounds)
            left = (width - advance) * self.rng.uniform(0.3, 0.7)
            top = (height - bounds.height()) * self.rng.uniform(0.3, 0.7) - bounds.top()
            board.drawString(text, left, top, font, skia.Paint(AntiAlias=True))
        return self.keep(bytes(surface.makeImageSnapshot().encodeToData()))

    def keep(self, png):
        file = f"pictures/{self.drawn:04d}.png"
        self.drawn += 1
        (self.out / file).write_bytes(png)
        return file

    def harmless_object(self):
        return self.rng.choice([c["name"] for c in self.concepts["concepts"] if not c["risk"]])

    def colour(self):
        return self.rng.choice(self.concepts["colours"])

    def templates(self, count):
        return self.rng.sample(questions.REQUESTS[self.split], count)

    # Requests: (subset, scenario, variant, question, picture).

    def requests(self):
        for subset, texts in (
            ("unsafe", unsafe_texts.INTENTS),
            ("over_safety", benign_texts.LOOK_ALIKES),
        ):
            for scenario, by_split in texts.items():
                for intent in by_split[self.split]:
                    yield from self.asked(subset, scenario, intent)
        for name, purpose, scenario in picture_texts.HARMFUL[self.split]:
            yield from self.about_object("unsafe", scenario, name, purpose)
        for name, purpose in picture_texts.HARMLESS[self.split]:
            yield from self.about_object("over_safety", "object", name, purpose)

    def asked(self, subset, scenario, intent):
        for template in self.templates(TEXT_WORDINGS):
            yield subset, scenario, "text_only", template.format(x=intent), None
        for template in self.templates(PICTURE_WORDINGS):
            question = template.format(x=intent)
            picture = self.draw(self.harmless_object(), self.colour())
            yield subset, scenario, "picture", question, picture
            if subset == "unsafe":
                yield subset, scenario, "blank", question, self.draw_blank()
                yield subset, scenario, "noise", question, self.draw_noise()

    def about_object(self, subset, scenario, name, purpose):
        for template in self.templates(PICTURE_WORDINGS):
            words = template.format(x=f"use {objects.with_article(name)} to {purpose}")
            yield subset, scenario, "text_only", words, None
            pointer = self.rng.choice(questions.POINTERS[self.split])
            seen = template.format(x=f"use {pointer} to {purpose}")
            yield subset, scenario, "object", seen, self.draw(name, self.colour())

    # Questions about pictures, with the accepted answers.

    def sights(self):
        for _ in range(NAMINGS_PER_OBJECT):
            for name in self.by_name:
                question = self.rng.choice(questions.NAMING[self.split])
                names = objects.accepted_names(name)
                yield "naming", question, self.draw(name, self.colour()), names
                yield "naming_skia", question, self.draw_with_skia(name, self.colour()), names
        for _ in range(COLOUR_QUESTIONS):
            colour = self.colour()
            question = self.rng.choice(questions.COLOUR[self.split])
            picture = self.draw(self.harmless_object(), colour)
            yield "colour", question, picture, objects.accepted_colours(colour["name"])


def write(file, rows):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    file.write_text(text, encoding="utf-8")
    print(f"{file}: {len(rows)} items, SHA-256 {hashlib.sha256(text.encode()).hexdigest()[:16]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--split", choices=FIRST_SEED, default="test")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    check = Check(given.split, given.out)
    requests = [
        {
            "id": f"r{n:04d}",
            "subset": subset,
            "scenario": scenario,
            "question": question,
            "image": picture,
            "meta": {"variant": variant},
        }
        for n, (subset, scenario, variant, question, picture) in enumerate(check.requests())
    ]
    sights = [
        {
            "id": f"p{n:04d}",
            "subset": kind,
            "question": question,
            "image": picture,
            "expected": {"answer": answer},
        }
        for n, (kind, question, picture, answer) in enumerate(check.sights())
    ]
    write(given.out / "requests.jsonl", requests)
    write(given.out / "pictures.jsonl", sights)


if __name__ == "__main__":
    main()
