"""Composes the items of one split from its texts and pictures."""

import itertools
import random

from mini import (
    awareness_texts,
    benign_texts,
    objects,
    picture_texts,
    questions,
    risks,
    unsafe_texts,
)

UTILITY_COUNT = {
    "fit": {"naming": 12, "colour": 5, "presence": 8},
    "validation": {"naming": 20, "colour": 12, "presence": 16},
    "test": {"naming": 32, "colour": 18, "presence": 26},
}
RISK_FREE_COUNT = {"fit": 4, "validation": 6, "test": 10}


class Composer:
    """Hands out templates and pictures in a fixed, seeded order and numbers the items."""

    def __init__(self, split, album, seed):
        self.split = split
        self.album = album
        self.items = []
        self._rng = random.Random(f"{seed}/items/{split}")
        self._unrelated = self._shuffled_cycle(album.harmless())
        self._noise = itertools.cycle(album.noise)
        self._blank = self._shuffled_cycle(album.blank)
        self._cycles = {}

    def compose(self):
        self._unsafe_texts()
        self._unsafe_pictures()
        self._look_alike_texts()
        self._look_alike_pictures()
        self._utility()
        self._awareness()
        self._risk()
        return self.items

    def _unsafe_texts(self):
        for scenario, by_split in unsafe_texts.INTENTS.items():
            for intent in by_split[self.split]:
                template = self._template(questions.REQUESTS)
                group = self._group("unsafe", "text_intent", scenario, {"label": "refuse"})
                question = template.format(x=intent)
                group.meta = {"template": template, "intent": intent}
                group.add("picture", question, next(self._unrelated))
                if self.split != "fit":
                    group.add("blank", question, next(self._blank))
                    group.add("noise", question, next(self._noise))
                group.add("text_only", question, None)

    def _unsafe_pictures(self):
        for name, purpose, scenario in picture_texts.HARMFUL[self.split]:
            group, ask, ask_in_words = self._about_object(
                "unsafe", scenario, name, purpose, "refuse"
            )
            group.add("picture", ask, self.album.of[name])
            if self.split != "fit":
                group.add("blank", ask, next(self._blank))
                group.add("noise", ask, next(self._noise))
            group.add("text_only", ask_in_words, None)

    def _look_alike_texts(self):
        for scenario, by_split in benign_texts.LOOK_ALIKES.items():
            for intent in by_split[self.split]:
                template = self._template(questions.REQUESTS)
                group = self._group("over_safety", "text_intent", scenario, {"label": "comply"})
                question = template.format(x=intent)
                group.meta = {"template": template, "intent": intent}
                group.add("picture", question, next(self._unrelated))
                group.add("text_only", question, None)

    def _look_alike_pictures(self):
        scenario_of = {row[0]: row[2] for row in picture_texts.HARMFUL[self.split]}
        for name, purpose in picture_texts.HARMLESS[self.split]:
            group, ask, ask_in_words = self._about_object(
                "over_safety", scenario_of[name], name, purpose, "comply"
            )
            group.add("picture", ask, self.album.of[name])
            group.add("text_only", ask_in_words, None)

    def _about_object(self, subset, scenario, name, purpose, label):
        template = self._template(questions.REQUESTS)
        pointer = self._template(questions.POINTERS)
        group = self._group(subset, "picture_object", scenario, {"label": label})
        group.meta = {"template": template, "pointer": pointer, "intent": purpose}
        ask = template.format(x=f"use {pointer} to {purpose}")
        ask_in_words = template.format(x=f"use {objects.with_article(name)} to {purpose}")
        return group, ask, ask_in_words

    def _utility(self):
        count = UTILITY_COUNT[self.split]
        pictures = self._shuffled_cycle(self.album.harmless())
        for _ in range(count["naming"]):
            picture = next(pictures)
            answer = objects.accepted_names(picture["object"])
            self._plain("utility", "naming", self._template(questions.NAMING), picture, answer)
        for _ in range(count["colour"]):
            picture = next(pictures)
            answer = objects.accepted_colours(picture["colour"])
            self._plain("utility", "colour", self._template(questions.COLOUR), picture, answer)
        for k in range(count["presence"]):
            picture = next(pictures)
            present = k % 2 == 0
            asked = picture["object"] if present else self._other_object(picture)
            template = self._template(questions.PRESENCE)
            self._plain(
                "utility",
                "presence",
                template,
                picture,
                ["yes" if present else "no"],
                slots={"object": objects.with_article(asked)},
                meta={"asked_object": asked},
            )

    def _plain(self, subset, kind, template, picture, answer, slots=None, meta=None):
        group = self._group(subset, kind, kind, {"label": "answer", "answer": answer})
        group.meta = {"template": template, **(meta or {})}
        group.add("picture", template.format(**(slots or {})), picture)

    def _other_object(self, picture):
        others = [p for p in self.album.harmless() if p["category"] != picture["category"]]
        return self._rng.choice(others)["object"]

    def _awareness(self):
        for k, (sentence, hazard, safe, unsafe) in enumerate(awareness_texts.PAIRS[self.split]):
            template = self._template(questions.AWARENESS)
            for name, label in ((safe, "yes"), (unsafe, "no")):
                expected = {"label": label, "answer": label}
                group = self._group("awareness", "sentence_pair", hazard, expected)
                pair_id = f"{self.split}-awareness-pair-{k:03d}"
                group.meta = {"template": template, "intent": sentence, "pair_id": pair_id}
                group.add("picture", template.format(x=sentence), self.album.of[name])

    def _risk(self):
        risky = [p for p in self.album.of.values() if p["risk"] is not None]
        free = self._rng.sample(self.album.harmless(), RISK_FREE_COUNT[self.split])
        for picture in risky + free:
            risk = picture["risk"] or {"type": "none", "level": 0}
            scenario = risk["type"].replace(" ", "_")
            answer = "yes" if risk["level"] >= risks.DANGEROUS_FROM_LEVEL else "no"
            expected = {"label": "risk", **risk, "answer": answer}
            group = self._group("risk", "object_risk", scenario, expected)
            template = self._template(questions.RISK)
            group.meta = {"template": template}
            group.add("picture", template, picture)

    def _template(self, table):
        key = id(table)
        if key not in self._cycles:
            self._cycles[key] = self._shuffled_cycle(table[self.split])
        return next(self._cycles[key])

    def _shuffled_cycle(self, values):
        """Endless, reshuffled after each round: every value is used equally often."""
        while True:
            block = list(values)
            self._rng.shuffle(block)
            yield from block

    def _group(self, subset, kind, scenario, expected):
        return _Group(self, subset, kind, scenario, expected)


class _Group:
    """One question in its variants: the picture item and its twins."""

    def __init__(self, composer, subset, kind, scenario, expected):
        self._composer = composer
        self._fields = {"subset": subset, "scenario": scenario}
        self._kind = kind
        self._expected = expected
        split = composer.split
        made = len({i["meta"]["group"] for i in composer.items if i["subset"] == subset})
        self._id = f"{split}-{subset}-{made:03d}"
        self.meta = {}

    def add(self, variant, question, picture):
        meta = {"group": self._id, "variant": variant, **self.meta}
        if picture is not None and picture["kind"] == "object":
            keys = ("object", "category", "colour", "render_seed", "own_object")
            meta.update({key: picture[key] for key in keys})
        self._composer.items.append(
            {
                "id": f"{self._id}-{variant}",
                **self._fields,
                "split": self._composer.split,
                "kind": self._kind,
                "twin_of": None if variant == "picture" else f"{self._id}-picture",
                "image": picture["file"] if picture is not None else None,
                "question": question,
                "expected": self._expected,
                "meta": meta,
            }
        )
