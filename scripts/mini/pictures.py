"""Chooses and names the pictures of one split."""

import random

from mini import awareness_texts, drawing, objects, picture_texts

# Picture k of a split is drawn from SEED_BASE[split] + k; the ranges never meet.
SEED_BASE = {"fit": 1_000_000, "validation": 2_000_000, "test": 3_000_000}
NOISE_SEED_BASE = {"fit": 1_900_000, "validation": 2_900_000, "test": 3_900_000}
NOISE_COUNT = {"fit": 0, "validation": 2, "test": 4}


class Album:
    """One object picture per drawn object of a split, plus its noise and the blank pictures."""

    def __init__(self, split, concepts, seed):
        self.split = split
        by_name = {c["name"]: c for c in concepts["concepts"]}
        names = [n for n in by_name if n in _drawn_objects(split, by_name)]  # concept order
        colours = _balanced_colours(concepts["colours"], len(names), seed, split)
        self.of = {}
        for k, (name, colour) in enumerate(zip(names, colours)):
            self.of[name] = {
                "file": f"images/{split}_{k:03d}.png",
                "kind": "object",
                "split": split,
                "object": name,
                "codepoints": by_name[name]["codepoints"],
                "category": by_name[name]["category"],
                "risk": by_name[name]["risk"],
                "colour": colour["name"],
                "rgb": colour["rgb"],
                "render_seed": SEED_BASE[split] + k,
                "own_object": name in objects.OWN[split],
            }
        self.noise = [
            {
                "file": f"images/{split}_noise_{k}.png",
                "kind": "noise",
                "split": split,
                "render_seed": NOISE_SEED_BASE[split] + k,
            }
            for k in range(NOISE_COUNT[split])
        ]
        self.blank = [
            {"file": f"images/blank_{k}.png", "kind": "blank", "split": "any", "level": level}
            for k, level in enumerate(drawing.BLANK_LEVELS)
        ]

    def all(self):
        return list(self.of.values()) + self.noise + self.blank

    def harmless(self):
        """Pictures without any risk note, in concept order."""
        return [p for p in self.of.values() if p["risk"] is None]


def draw(picture, glyphs):
    """Pixels of one picture record, uint8 [224, 224, 3]."""
    if picture["kind"] == "object":
        glyph = glyphs.glyph(picture["codepoints"])
        return drawing.draw_object(glyph, picture["rgb"], picture["render_seed"])
    if picture["kind"] == "noise":
        return drawing.draw_noise(picture["render_seed"])
    return drawing.draw_blank(picture["level"])


def _drawn_objects(split, by_name):
    known = set(objects.SHARED)
    for names in objects.OWN.values():
        known |= set(names)
    if known != set(by_name):
        raise ValueError(f"objects.py and concepts.json differ: {sorted(known ^ set(by_name))}")
    drawn = set(objects.OWN[split]) | set(objects.DRAWN_SHARED[split])
    drawn |= {row[0] for row in picture_texts.HARMFUL[split] + picture_texts.HARMLESS[split]}
    for _, _, safe, unsafe in awareness_texts.PAIRS[split]:
        drawn |= {safe, unsafe}
    strangers = drawn - objects.objects_of(split)
    if strangers:
        raise ValueError(f"{split} shows objects of another split: {sorted(strangers)}")
    return drawn


def _balanced_colours(colours, count, seed, split):
    rng = random.Random(f"{seed}/colours/{split}")
    out = []
    while len(out) < count:
        block = list(colours)
        rng.shuffle(block)
        out += block
    return out[:count]
