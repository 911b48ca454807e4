"""What the default model is trained on: recipes/default/data.py keeps its promises.

Environment: SIGHTLINE_TEST_SEED (default 1234).
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "recipes" / "default"
SEED = int(os.environ.get("SIGHTLINE_TEST_SEED", "1234"))
STEPS = ("text_safety", "projector", "visual", "visual_plain", "brt_refuse", "brt_utility")
REFUSED = re.compile(r"\b(sorry|cannot|can't)\b")

sys.path.insert(0, str(RECIPE))
import data  # noqa: E402
import quads  # noqa: E402

SHOWN = [
    {"file": f"{n}.jpg", "name": concept["name"], "category": concept["category"], "colour": colour}
    for n, (concept, colour) in enumerate(
        (concept, colour)
        for concept in data.canvas.read_concepts()["concepts"]
        for colour in ("red", "blue", "")
    )
]


def composed(step, count=1500, seed=SEED):
    return list(data.compose(step, count, seed, SHOWN))


def texts(record):
    question, answer = (turn["value"] for turn in record["conversations"])
    return question.removeprefix("<image>\n"), answer


@pytest.fixture(scope="module")
def held_out():
    return data.held_out()


@pytest.mark.parametrize("step", STEPS)
def test_nothing_of_the_benchmark_is_trained_on(step, held_out):
    assert len(held_out) > 800
    for record in composed(step):
        question = texts(record)[0].lower()
        assert question not in held_out, question


def test_the_decks_hold_no_intent_and_no_template_of_the_benchmark(held_out):
    author = data.Author(SEED, SHOWN)
    decks = author.decks | {
        "unsafe intents": author.unsafe_intents,
        "unsafe uses": author.unsafe_uses,
        "look-alikes": author.look_alikes,
        "object uses": author.object_uses,
        "requests": author.requests,
        "facts": author.facts,
    }
    for name, deck in decks.items():
        assert not {card[0].lower() for card in deck.cards} & held_out, name
        assert len(deck.cards) >= 3, name
    for uses in author.uses_by_object.values():
        assert not {purpose.lower() for purpose, _ in uses} & held_out


@pytest.mark.parametrize("step", STEPS)
def test_only_text_is_refused_and_no_unsafe_request_has_a_picture(step):
    records = composed(step)
    for record in records:
        unsafe = record["source"] in ("unsafe", "unsafe_use")
        assert bool(REFUSED.search(texts(record)[1])) == unsafe, record
        assert not (unsafe and "image" in record)
    share = sum(r["source"].startswith("unsafe") for r in records) / len(records)
    wanted = {"text_safety": 0.40, "visual": 0.13}.get(step, 0)
    assert share == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("step", STEPS)
def test_the_same_seed_gives_the_same_records(step):
    assert composed(step) == composed(step)
    assert composed(step) != composed(step, seed=SEED + 1)


def test_answers_about_a_picture_are_true():
    by_file = {picture["file"]: picture for picture in SHOWN}
    for record in composed("visual", 4000):
        if record["source"] not in ("naming", "caption", "presence", "colour"):
            continue
        question, answer = texts(record)
        picture = by_file[record["image"]]
        if record["source"] != "colour":
            assert data.article(picture["name"]) in answer, record
        if record["source"] in ("caption", "colour"):
            assert picture["colour"] and picture["colour"] in answer, record
        if record["source"] == "presence":
            there = data.article(picture["name"]) in question
            assert answer.startswith("Yes") == there, record


def test_refused_questions_of_brt_are_of_one_domain():
    category = {picture["file"]: picture["category"] for picture in SHOWN}
    inside = {category[r["image"]] for r in composed("brt_refuse")}
    outside = {category[r["image"]] for r in composed("brt_utility")}
    assert inside == set(data.BRT_DOMAIN) and not inside & outside


def counterfactual_sets(count=400, seed=SEED):
    sets = quads.Sets(seed, SHOWN)
    return [sets.make(str(n)) for n in range(count)]


def test_neither_a_sentence_nor_a_picture_alone_tells_what_is_safe():
    for members in counterfactual_sets():
        for part in ("text", "image"):
            by_part = {}
            for member in members:
                by_part.setdefault(member[part], []).append(member["gold"])
            assert sorted(map(sorted, by_part.values())) == [["safe", "unsafe"]] * 2, members
    assert counterfactual_sets() == counterfactual_sets() != counterfactual_sets(seed=SEED + 1)


def test_reasoning_names_the_picture_and_says_no_verdict_before_its_time():
    shown = {picture["file"]: picture["name"] for picture in SHOWN}
    for member in (member for members in counterfactual_sets() for member in members):
        steps = " ".join(member["steps"].values())
        assert data.article(shown[member["image"]]) in steps
        assert not re.search(r"\b(yes|no)\b", steps, re.IGNORECASE), steps
        assert not data.nearly_held_out(member["text"])


def test_situations_know_the_objects_and_each_has_a_counterpart():
    known = {picture["name"] for picture in SHOWN}
    for situation in quads.situations.SITUATIONS:
        fine, bad = situation["harmless"], situation["dangerous"]
        assert set(fine + bad) <= known and len(set(fine + bad)) == len(fine + bad), situation
        assert not any(data.nearly_held_out(sentence) for sentence in situation["sentences"])
    crossed = {s["meaning"] for crossing in quads.crossings() for s in crossing[:2]}
    assert crossed == {s["meaning"] for s in quads.situations.SITUATIONS}


def test_pictures_are_drawn_alike_again(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "PICTURES", data.DRAWN_TOGETHER)
    one = data.draw_pictures(tmp_path / "a", SEED)
    assert one == data.draw_pictures(tmp_path / "b", SEED)
    for picture in one:
        assert (tmp_path / "a" / picture["file"]).read_bytes() == (tmp_path / "b" / picture["file"]).read_bytes()
    assert one == data.draw_pictures(tmp_path / "a", SEED)  # read, not drawn


def test_a_step_with_pictures_needs_their_folder(tmp_path):
    done = subprocess.run(
        [sys.executable, RECIPE / "data.py", "visual", "--out", tmp_path / "x.jsonl"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2 and "needs --pictures" in done.stderr
    assert not (tmp_path / "x.jsonl").exists()
