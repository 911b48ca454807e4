"""Training data against Python: its random stream, and the methods' own algorithms written out.

Environment: SIGHTLINE_BUILD_DIR (default build/release), SIGHTLINE_TEST_SEED (default 1234).
"""

import copy
import json
import os
import random
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
SEED = int(os.environ.get("SIGHTLINE_TEST_SEED", "1234"))
REPLY = "I'm sorry, but I cannot assist with your request"


def ask(requests):
    text = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run(
        [BUILD / "tests" / "oracle" / "training_probe"], input=text.encode(), capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def build(builder, out, inputs, **options):
    paths = {key: str(path) for key, path in inputs.items()}
    (manifest,) = ask(
        [{"op": "build", "builder": builder, "inputs": paths, "options": options, "out": str(out)}]
    )
    assert "error" not in manifest, manifest
    return manifest


def write(path, value):
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


# --- the random stream ---


def test_random_stream():
    draws = random.Random(SEED)
    seeds = [0, 1, 2, 42, 2**31, 2**32 - 1, 2**32, 2**53 - 1] + [draws.randrange(2**53) for _ in range(150)]
    requests = []
    for seed in seeds:
        size = draws.choice([1, 5, 20, 21, 22, 84, 85, 86, 300, 5000])
        requests.append(
            {
                "op": "random",
                "seed": seed,
                "words": draws.randrange(700),
                "below": [draws.randrange(1, 10 ** draws.randrange(1, 10)) for _ in range(20)],
                "sample": [size, draws.randrange(size + 1)],
                "shuffle": draws.randrange(200),
            }
        )
    for request, found in zip(requests, ask(requests)):
        python = random.Random(request["seed"])
        assert found["words"] == [python.getrandbits(32) for _ in range(request["words"])]
        assert found["below"] == [python.randrange(bound) for bound in request["below"]]
        size, count = request["sample"]
        assert found["sample"] == python.sample(range(size), count), request
        order = list(range(request["shuffle"]))
        python.shuffle(order)
        assert found["shuffle"] == order


# --- reject_sft: the published algorithm ---


def benign_records(count, prefix, rng):
    """Conversations of one to three questions about one picture, tags where LLaVA has them."""
    out = []
    for i in range(count):
        turns = []
        for j in range(rng.randrange(1, 4)):
            lead = rng.choice(["What is shown in", "what ABOUT", "Is there a line in", "Où est"])
            question = f"{lead} scan {i}, part {j}?"
            if j == 0:
                question = rng.choice([f"<image>\n{question}", f"{question}\n<image>"])
            turns += [{"from": "human", "value": question}, {"from": "gpt", "value": f"Part {j} of {i}: \u00e9."}]
        out.append({"id": f"{prefix}{i}", "image": f"scans/{i}.jpg", "conversations": turns})
    return out


def utility_records(count, prefix, rng):
    out = []
    for i in range(count):
        record = {"id": f"{prefix}{i}"}
        picture = rng.random() < 0.7
        if picture:
            record["image"] = f"photos/{i}.jpg"
        question = f"Name thing {i}."
        record["conversations"] = [
            {"from": "human", "value": f"<image>\n{question}" if picture else question},
            {"from": "gpt", "value": f'It is thing "{i}" \U0001f989.'},
        ]
        out.append(record)
    return out


def published(file1, file2, n_rej, n_util, seed, similar):
    """Section 2.2 of the specification, as the authors wrote it: LLaVA records in, LLaVA records out.
    The redraw is bounded, as it never ends otherwise."""
    rng = random.Random(seed)
    refused = copy.deepcopy(rng.sample(file1, min(n_rej, len(file1))))
    ids = {record["id"] for record in refused}
    pool = [record for record in file2 if (record["id"] in ids) == similar]
    kept = copy.deepcopy(rng.sample(pool, min(n_util, len(file2))))
    alone = []
    for record in refused:
        turns = record["conversations"]
        for _ in range(20):
            p = rng.choice(range(1, len(turns) // 2 + 1))
            question, answer = turns[2 * p - 2], turns[2 * p - 1]
            assert question["from"] == "human" and answer["from"] == "gpt"
            if "what about" not in question["value"].lower():
                question["value"] = question["value"].replace("\n<image>", "")
                if not question["value"].startswith("<image>\n"):
                    question["value"] = "<image>\n" + question["value"]
                record["conversations"] = [question, answer]
                alone.append(record)
                break
    for record in alone:
        record["conversations"][1]["value"] = REPLY
    out = alone + kept
    rng.shuffle(out)
    return out, {record["id"] for record in alone}


def extended(records, refused, stems):
    """What Sightline adds to the authors' records: flags, kind and source."""
    for record in records:
        declined = record["id"] in refused
        if declined:
            record["conversations"][1].update(supervise_eos=False, refusal=True)
            record["kind"] = "refusal_benign"
        record["source"] = stems[0] if declined else stems[1]
    return records


def own_fields_removed(records):
    for record in records:
        for key in ("kind", "source"):
            record.pop(key, None)
        for turn in record["conversations"]:
            for key in ("supervise_eos", "refusal"):
                turn.pop(key, None)
    return records


@pytest.mark.parametrize("seed", [0, 7, 123456789])
def test_reject_sft_is_the_published_algorithm_byte_for_byte(tmp_path, seed):
    rng = random.Random(SEED + seed)
    file1, file2 = benign_records(20, "m", rng), utility_records(50, "u", rng)
    inputs = {"refuse": write(tmp_path / "medical.json", file1), "utility": write(tmp_path / "mix.json", file2)}
    for n_rej, n_util in ((20, 50), (7, 30), (12, 0)):
        out = tmp_path / "out.json"
        manifest = build(
            "reject_sft", out, inputs, n_rej=n_rej, n_util=n_util, seed=seed, hold_out_rej=0
        )
        want, refused = published(file1, file2, n_rej, n_util, seed, similar=False)
        plain = own_fields_removed(json.loads(out.read_text()))
        assert json.dumps(plain) == json.dumps(want)
        assert out.read_text() == json.dumps(extended(want, refused, ("medical", "mix")))
        assert manifest["report"]["dropped_no_question_that_stands_alone"] == n_rej - len(refused)
        check_shares(manifest, json.loads(out.read_text()))


def check_shares(manifest, records):
    answers = [turn for record in records for turn in record["conversations"] if turn["from"] == "gpt"]
    declined = [turn for turn in answers if turn.get("refusal")]
    share = manifest["refusal_share"]
    assert share["by_sample"] == pytest.approx(len(declined) / len(records))
    words = sum(len(turn["value"].split()) for turn in answers)
    assert share["by_supervised_word"] == pytest.approx(
        sum(len(turn["value"].split()) for turn in declined) / words
    )


def test_reject_sft_holds_out_without_changing_what_is_drawn(tmp_path):
    rng = random.Random(SEED)
    file1, file2 = benign_records(40, "m", rng), utility_records(50, "u", rng)
    inputs = {"refuse": write(tmp_path / "medical.json", file1), "utility": write(tmp_path / "mix.json", file2)}
    build("reject_sft", tmp_path / "a.json", inputs, n_rej=20, n_util=30, hold_out_rej=0)
    build("reject_sft", tmp_path / "b.json", inputs, n_rej=20, n_util=30, hold_out_rej=15)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    held = json.loads((tmp_path / "b.held_out.json").read_text())
    drawn = {r["id"] for r in random.Random(0).sample(file1, 20)}
    rest = [record for record in file1 if record["id"] not in drawn]
    assert [r["id"] for r in held] == [r["id"] for r in random.Random(1).sample(rest, 15)]


# --- vlguard ---


def test_vlguard_conversion(tmp_path):
    rng = random.Random(SEED)
    file = []
    for i in range(16):
        record = {"id": i, "image": f"train/{i}.png", "safe": rng.random() < 0.5}
        if record["safe"]:
            record["instr-resp"] = [
                {"safe_instruction": f"Safe {i}?", "response": f"Yes {i}."},
                {"unsafe_instruction": f"Unsafe {i}?", "response": f"No {i}. It misleads."},
            ]
        else:
            record["instr-resp"] = [{"instruction": f"Ask {i}?", "response": f"No {i}. It misleads."}]
        file.append(record)
    helpful = utility_records(20, "u", rng)
    inputs = {"vlguard": write(tmp_path / "train.json", file), "helpful": write(tmp_path / "mix.json", helpful)}
    build("vlguard", tmp_path / "out.json", inputs, n_helpful=9)

    python = random.Random(0)
    want = []
    for record in file:
        pairs = record["instr-resp"]
        if record["safe"]:
            python.shuffle(pairs)
        turns = []
        for pair in pairs:
            question = next(value for key, value in pair.items() if key.endswith("instruction"))
            turns += [{"from": "human", "value": question}, {"from": "gpt", "value": pair["response"]}]
            if "safe_instruction" not in pair:
                turns[-1]["refusal"] = True
        turns[0]["value"] = "<image>\n" + turns[0]["value"]
        want.append(
            {
                "id": str(record["id"]),
                "image": record["image"],
                "conversations": turns,
                "kind": "safe_pair" if record["safe"] else "refusal_harmful",
                "source": "train",
            }
        )
    want += [{**record, "source": "mix"} for record in python.sample(helpful, 9)]
    python.shuffle(want)
    assert (tmp_path / "out.json").read_text() == json.dumps(want)


# --- vcr ---


def test_mutual_information():
    rng = random.Random(SEED)
    requests = []
    for _ in range(50):
        values = rng.randrange(1, 8)
        requests.append(
            {
                "op": "information",
                "pairs": [[str(rng.randrange(values)), rng.random() < 0.4] for _ in range(rng.randrange(1, 80))],
            }
        )
    for request, found in zip(requests, ask(requests)):
        values = sorted({value for value, _ in request["pairs"]})
        joint = np.zeros((len(values), 2))
        for value, label in request["pairs"]:
            joint[values.index(value), int(label)] += 1 / len(request["pairs"])
        alone = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
        mask = joint > 0
        assert found == pytest.approx((joint[mask] * np.log2(joint[mask] / alone[mask])).sum(), abs=1e-12)


def picture(path, rng):
    small = np.array([rng.randrange(256) for _ in range(4 * 4 * 3)], np.uint8).reshape(4, 4, 3)
    Image.fromarray(small).resize((48, 48), Image.BICUBIC).save(path)


def quads(folder, count, rng):
    words = "kettle garden ladder window bottle candle engine bridge".split()
    lines = []
    for n in range(count):
        texts = [" ".join(rng.choice(words) for _ in range(6)) + f" {n} {side}" for side in "ab"]
        images = [f"{n}{side}.png" for side in "ab"]
        for image in images:
            picture(folder / image, rng)
        flip = rng.random() < 0.5
        for t in (0, 1):
            for i in (0, 1):
                steps = {"image_reading": "A room.", "text_reading": "A remark.", "joint": "Both."}
                gold = "unsafe" if (t == i) != flip else "safe"
                lines.append(
                    {"id": f"{n}{t}{i}", "pair_id": str(n), "image": images[i], "text": texts[t], "gold": gold}
                    | {"steps": steps}
                )
    path = folder / "quads.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_contamination_finds_recoded_pictures_and_reworded_sentences(tmp_path):
    rng = random.Random(SEED)
    file = quads(tmp_path, 6, rng)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    lines[3 * 4]["text"] = lines[3 * 4 + 1]["text"] = "You could leave the kitchen window open all night long."
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    Image.open(tmp_path / "1a.png").save(tmp_path / "bench.jpg", quality=60)
    Image.open(tmp_path / "2b.png").resize((80, 80), Image.BICUBIC).save(tmp_path / "larger.webp", quality=70)
    items = [
        {"id": "a", "image": "bench.jpg", "question": "Nothing like the others at all, truly."},
        {"id": "b", "image": "larger.webp"},
        {"id": "c", "question": "You could leave the cellar window open all evening long."},
    ]
    benchmark = tmp_path / "bench.jsonl"
    benchmark.write_text("".join(json.dumps(item) + "\n" for item in items))
    inputs = {"quads": file, "benchmark": benchmark}
    manifest = build("vcr", tmp_path / "out.json", inputs, validation=0)
    kept = {record["pair_id"] for record in json.loads((tmp_path / "out.json").read_text())}
    assert kept == {"0", "4", "5"}, manifest["rejected_examples"]
