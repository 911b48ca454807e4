"""The mini benchmark, the keyword lists and the prompts that ship: form, counts, disjoint splits.

The regeneration check needs the emoji font of Debian's fonts-noto-color-emoji 2.042 and skips
loudly without it.
"""

import collections
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
MINI = ROOT / "data" / "mini"
SCRIPT = ROOT / "scripts" / "make_mini.py"
NO_FONT = 3
SPLITS = ("fit", "validation", "test")
VARIANTS = ("picture", "text_only", "blank", "noise")
# Smallest number of questions, without twins, by (subset, kind or None for all kinds).
LEAST_QUESTIONS = {
    "fit": {("unsafe", "text_intent"): 90, ("over_safety", None): 40, ("utility", None): 20},
    "validation": {
        ("unsafe", "text_intent"): 36,
        ("unsafe", "picture_object"): 18,
        ("over_safety", None): 42,
        ("utility", None): 42,
        ("awareness", None): 24,
        ("risk", None): 18,
    },
    "test": {
        ("unsafe", "text_intent"): 60,
        ("unsafe", "picture_object"): 30,
        ("over_safety", "text_intent"): 35,
        ("over_safety", "picture_object"): 30,
        ("utility", None): 70,
        ("awareness", None): 40,
        ("risk", None): 30,
    },
}
LIST_COUNTS = {
    "gcg_prefixes": (27, 27),
    "refusal_ext_2026": (18, 18),
    "gcg_api": (50, 49),
    "vlguard": (63, 59),
    "holisafe_start": (69, 67),
    "holisafe_contain": (5, 5),
    "mmtrust_reject": (55, 55),
    "garak_mitigation": (156, 156),
    "omnisafe": (16, 16),
    "siuo_rule": (12, 12),
    "lmms_jbb": (21, 21),
    "lmms_filter": (9, 9),
    "xstest": (21, 21),
    "refusal_v1": (5, 5),
    "refusal_start": (55, 55),
}


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def items():
    return {split: read_lines(MINI / f"{split}.jsonl") for split in SPLITS}


@pytest.fixture(scope="module")
def pictures():
    return {p["file"]: p for p in read_lines(MINI / "pictures.jsonl")}


@pytest.fixture(scope="module")
def categories():
    table = json.loads((MINI / "risk_categories.json").read_text(encoding="utf-8"))
    return {c["id"] for c in table["categories"]}


def check_expected(item, categories):
    expected = item["expected"]
    subset = item["subset"]
    if subset in ("unsafe", "over_safety"):
        assert expected == {"label": "refuse" if subset == "unsafe" else "comply"}
        assert item["scenario"] in categories
    elif subset == "utility":
        assert expected["label"] == "answer" and item["scenario"] == item["kind"]
        assert expected["answer"] and all(a and a == a.lower() for a in expected["answer"])
    elif subset == "awareness":
        assert expected["label"] == expected["answer"] and expected["label"] in ("yes", "no")
    else:
        assert subset == "risk" and expected["label"] == "risk"
        assert expected["level"] in (0, 1, 2, 3) and expected["type"]
        assert expected["answer"] == ("yes" if expected["level"] >= 1 else "no")


@pytest.mark.parametrize("split", SPLITS)
def test_every_item_has_the_documented_form(split, items, pictures, categories):
    for item in items[split]:
        keys = {"id", "subset", "scenario", "split", "kind", "twin_of", "image", "question"}
        assert set(item) == keys | {"expected", "meta"}
        assert item["split"] == split and item["id"].startswith(f"{split}-{item['subset']}-")
        assert item["meta"]["variant"] in VARIANTS
        assert item["id"] == f"{item['meta']['group']}-{item['meta']['variant']}"
        if item["kind"] != "sentence_pair":
            assert "\n" not in item["question"]
        assert len(item["question"]) <= 200 and "{" not in item["question"]
        if item["image"] is None:
            assert item["meta"]["variant"] == "text_only"
        else:
            kind = pictures[item["image"]]["kind"]
            assert kind == {"picture": "object"}.get(item["meta"]["variant"], kind)
            assert kind in ("object", item["meta"]["variant"])
        check_expected(item, categories)


def test_ids_are_unique(items):
    ids = [item["id"] for rows in items.values() for item in rows]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("split", SPLITS)
def test_twins_point_at_the_picture_item_of_their_question(split, items):
    by_id = {item["id"]: item for item in items[split]}
    variants = collections.defaultdict(set)
    for item in items[split]:
        variants[item["subset"], item["meta"]["group"]].add(item["meta"]["variant"])
        if item["meta"]["variant"] == "picture":
            assert item["twin_of"] is None
            continue
        whole = by_id[item["twin_of"]]
        assert whole["meta"]["group"] == item["meta"]["group"]
        assert whole["meta"]["variant"] == "picture"
        assert (whole["kind"], whole["scenario"], whole["expected"]) == (
            item["kind"],
            item["scenario"],
            item["expected"],
        )
        named = item["kind"] == "picture_object" and item["meta"]["variant"] == "text_only"
        assert (whole["question"] == item["question"]) != named
        if named:
            assert whole["meta"]["object"] in item["question"]
    corrupted = set() if split == "fit" else {"blank", "noise"}
    wanted = {
        "unsafe": {"picture", "text_only"} | corrupted,
        "over_safety": {"picture", "text_only"},
    }
    for (subset, _), found in variants.items():
        assert found == wanted.get(subset, {"picture"})


@pytest.mark.parametrize("split", SPLITS)
def test_there_are_enough_questions(split, items):
    whole = [item for item in items[split] if item["meta"]["variant"] == "picture"]
    count = collections.Counter()
    for item in whole:
        count[item["subset"], item["kind"]] += 1
        count[item["subset"], None] += 1
    for key, least in LEAST_QUESTIONS[split].items():
        assert count[key] >= least, key
    if split == "test":
        assert len(items[split]) >= 480
    texts = [i["meta"]["intent"] for i in whole if i["kind"] == "text_intent"]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("split", SPLITS)
def test_every_scenario_of_the_unsafe_texts_is_equally_frequent(split, items, categories):
    count = collections.Counter(
        item["scenario"]
        for item in items[split]
        if item["subset"] == "unsafe" and item["kind"] == "text_intent"
    )
    assert set(count) == categories and len(set(count.values())) == 1


@pytest.mark.parametrize("split", SPLITS)
def test_yes_and_no_are_balanced(split, items):
    for subset, kind in (("utility", "presence"), ("awareness", "sentence_pair")):
        gold = collections.Counter(
            str(i["expected"]["answer"])
            for i in items[split]
            if (i["subset"], i["kind"]) == (subset, kind)
        )
        assert len(gold) == 2 and len(set(gold.values())) == 1


def test_each_awareness_sentence_has_both_answers(items):
    pairs = collections.defaultdict(list)
    for item in (i for rows in items.values() for i in rows if i["subset"] == "awareness"):
        pairs[item["meta"]["pair_id"]].append(item)
    for pair in pairs.values():
        assert sorted(i["expected"]["label"] for i in pair) == ["no", "yes"]
        assert len({i["question"] for i in pair}) == 1 and len({i["image"] for i in pair}) == 2


def test_presence_questions_tell_the_truth(items):
    for item in (i for rows in items.values() for i in rows if i["kind"] == "presence"):
        same = item["meta"]["asked_object"] == item["meta"]["object"]
        assert item["expected"]["answer"] == ["yes" if same else "no"]
        assert item["meta"]["asked_object"] in item["question"]


@pytest.mark.parametrize("a, b", [("fit", "validation"), ("fit", "test"), ("validation", "test")])
def test_splits_share_no_template_intent_seed_or_own_object(a, b, items, pictures):
    def values(split, key):
        return {i["meta"][key] for i in items[split] if key in i["meta"]}

    for key in ("template", "pointer", "intent", "render_seed", "group"):
        assert values(a, key) and not values(a, key) & values(b, key), key
    assert not {i["question"] for i in items[a]} & {i["question"] for i in items[b]}
    own = {
        split: {
            p["object"] for p in pictures.values() if p["split"] == split and p.get("own_object")
        }
        for split in (a, b)
    }
    shown = {s: values(s, "object") | values(s, "asked_object") for s in (a, b)}
    assert own[a] and own[b] and not own[a] & shown[b] and not own[b] & shown[a]
    shared_files = {i["image"] for i in items[a]} & {i["image"] for i in items[b]} - {None}
    assert all(pictures[f]["kind"] == "blank" for f in shared_files)


def test_the_picture_list_and_the_folder_agree(items, pictures):
    files = {f"images/{p.name}" for p in (MINI / "images").iterdir()}
    used = {i["image"] for rows in items.values() for i in rows} - {None}
    assert files == set(pictures) == used
    sums = [p["sha256"] for p in pictures.values()]
    assert len(sums) == len(set(sums))
    for name, picture in pictures.items():
        assert hashlib.sha256((MINI / name).read_bytes()).hexdigest() == picture["sha256"], name
        with Image.open(MINI / name) as image:
            assert (image.format, image.mode, image.size) == ("PNG", "RGB", (224, 224)), name
    assert sum((MINI / name).stat().st_size for name in files) < 25_000_000


def test_objects_colours_and_risks_are_those_of_the_concept_table(items, pictures):
    concepts = json.loads(
        (ROOT / "models" / "default" / "concepts.json").read_text(encoding="utf-8")
    )
    by_name = {c["name"]: c for c in concepts["concepts"]}
    rgb = {c["name"]: c["rgb"] for c in concepts["colours"]}
    for picture in (p for p in pictures.values() if p["kind"] == "object"):
        concept = by_name[picture["object"]]
        assert all(picture[k] == concept[k] for k in ("codepoints", "category", "risk"))
        assert picture["rgb"] == rgb[picture["colour"]]
    for item in (i for rows in items.values() for i in rows if i["subset"] == "risk"):
        risk = by_name[item["meta"]["object"]]["risk"] or {"type": "none", "level": 0}
        assert {k: item["expected"][k] for k in ("type", "level")} == risk


def test_the_card_states_the_counts(items):
    card = (MINI / "README.md").read_text(encoding="utf-8")
    assert "| all items | " + " | ".join(str(len(items[s])) for s in SPLITS) + " |" in card


def test_the_script_makes_these_files_again():
    done = subprocess.run(
        [sys.executable, SCRIPT, "--check"], capture_output=True, text=True, timeout=300
    )
    if done.returncode == NO_FONT:
        pytest.skip(f"NOT CHECKED that data/mini is what its script makes: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(LIST_COUNTS))
def test_keyword_list_is_whole_and_hashed(name):
    document = json.loads(
        (ROOT / "data/keyword_lists" / f"{name}.json").read_text(encoding="utf-8")
    )
    phrases = document["phrases"]
    assert document["name"] == name
    assert document["version"] == {"vlguard": 2, "gcg_api": 2}.get(name, 1)
    assert (len(phrases), len(set(phrases))) == LIST_COUNTS[name]
    assert document["case"] in ("sensitive", "insensitive")
    assert document["scope"] in ("prefix", "anywhere", "first_n_chars")
    assert document["normalise"] in ("none", "basic") and document["source"] and document["licence"]
    if document.get("syntax") == "regex":
        for phrase in phrases:
            re.compile(phrase)
    stated = document.pop("sha256")
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == stated


def test_no_keyword_list_is_untested():
    assert {p.stem for p in (ROOT / "data/keyword_lists").glob("*.json")} == set(LIST_COUNTS)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data/prompts").glob("*.json")), ids=lambda p: p.stem
)
def test_prompt_is_named_hashed_and_states_its_slots(path):
    prompt = json.loads(path.read_text(encoding="utf-8"))
    assert prompt["id"] == path.stem and prompt["id"].endswith(f".v{prompt['version']}")
    assert hashlib.sha256(prompt["text"].encode()).hexdigest() == prompt["sha256"]
    assert set(re.findall(r"\{(\w+)\}", prompt["text"])) == set(prompt["slots"])


def test_the_prompts_that_defences_name_are_there():
    known = {p.stem for p in (ROOT / "data/prompts").glob("*.json")}
    assert {
        "safety.system.v1",
        "safety.short.v1",
        "fusion.v1",
        "coca.principle.v1",
        "adashield.s.v1",
    } <= known
