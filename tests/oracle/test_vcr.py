"""Reasoning records from counterfactual sets: neither modality alone tells the label, and a model learns both together.

The label is the exclusive or of the picture's colour and the kind of thing that the text names.

Environment: SIGHTLINE_BUILD_DIR (default build/release), SIGHTLINE_TEST_SEED (default 1234).
"""

import json
import random
import subprocess

import numpy as np
import pytest
from PIL import Image

from test_training import BUILD, SEED, log_of, sightline, train_arguments

COLOURS = (210, 60, 50), (50, 80, 210)
THINGS = ("hammer", "ladder"), ("apple", "melon")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny") / "model"
    subprocess.run([BUILD / "tests" / "cli" / "make_tiny_model", folder], check=True)
    return folder


def draw_picture(path, colour, rng):
    noise = np.random.default_rng(rng.randrange(2**31)).integers(-40, 41, (16, 16, 3))
    Image.fromarray(np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)).save(path)


def draw_sets(folder, count, unsafe):
    """`unsafe` says which kinds of text and picture do not go together."""
    rng = random.Random(SEED)
    lines = []
    for n in range(count):
        texts = [f"{rng.choice(things)} {n}" for things in THINGS]
        for i, colour in enumerate(COLOURS):
            draw_picture(folder / f"{n}-{i}.png", colour, rng)
        for t, i in ((0, 0), (0, 1), (1, 0), (1, 1)):
            steps = {"image_reading": "a", "text_reading": "b", "joint": "c"}
            member = {"id": f"{n}/{t}{i}", "pair_id": str(n), "image": f"{n}-{i}.png", "text": texts[t], "steps": steps}
            lines.append(member | {"gold": "unsafe" if (t, i) in unsafe else "safe"})
    (folder / "quads.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def build_vcr(folder, *sets, check=True):
    options = [part for option in ("question={text}", *sets) for part in ("--set", option)]
    quads = f"quads={folder / 'quads.jsonl'}"
    return sightline("data", "build", "vcr", "--input", quads, "--out", folder / "data.json", *options, check=check)


def records_of(folder, name):
    return json.loads((folder / name).read_text())


def probe_accuracy(features, labels, tested, test_labels):
    """Logistic regression by plain gradient descent."""
    mean, spread = features.mean(0), features.std(0) + 1e-9
    x, weights, bias = (features - mean) / spread, np.zeros(features.shape[1]), 0.0
    for _ in range(300):
        error = 1 / (1 + np.exp(-(x @ weights + bias))) - labels
        weights -= 0.5 * (x.T @ error / len(x) + 1e-3 * weights)
        bias -= 0.5 * error.mean()
    return ((((tested - mean) / spread) @ weights + bias > 0) == test_labels).mean()


def accuracies(folder):
    """On the sets kept apart, of probes that see words, mean colours, and the products of both."""
    sets = [records_of(folder, name) for name in ("data.json", "data.validation.json")]
    labels = [np.array([r["gold"] == "safe" for r in records]) for records in sets]
    texts = [[r["conversations"][0]["value"].split() for r in records] for records in sets]
    vocabulary = sorted({word for records in texts for text in records for word in text})
    bags = [np.array([[text.count(w) for w in vocabulary] for text in records], float) for records in texts]
    means = [np.array([np.asarray(Image.open(folder / r["image"])).mean((0, 1)) for r in records]) for records in sets]
    centred = [mean - means[0].mean(0) for mean in means]
    both = [np.einsum("nw,nc->nwc", bag, mean).reshape(len(bag), -1) for bag, mean in zip(bags, centred)]
    return [probe_accuracy(x[0], labels[0], x[1], labels[1]) for x in (bags, means, both)]


def test_one_modality_alone_stays_at_chance(tmp_path):
    draw_sets(tmp_path, 60, unsafe={(0, 0), (1, 1)})
    build_vcr(tmp_path, "validation=0.3")
    text, picture, both = accuracies(tmp_path)
    assert text == pytest.approx(0.5, abs=0.05) and picture == pytest.approx(0.5, abs=0.05)
    assert both > 0.95, "the label cannot be read from the two together"


def test_the_probes_see_what_sets_of_one_unsafe_member_give_away(tmp_path):
    draw_sets(tmp_path, 60, unsafe={(0, 0)})
    refused = build_vcr(tmp_path, "quad=half", check=False)
    assert refused.returncode == 4 and "max_mi_bits=0.05" in refused.stderr, refused.stderr
    build_vcr(tmp_path, "quad=half", "validation=0.3", "force=true")
    text, picture, _ = accuracies(tmp_path)
    assert text > 0.6 and picture > 0.6


def balanced_accuracy(rows):
    assert len(rows) == 2
    return sum(row["value"] for row in rows) / 2


def test_tuning_reads_picture_and_word_together(model, tmp_path):
    draw_sets(tmp_path, 56, unsafe={(0, 0), (1, 1)})
    build_vcr(tmp_path, "validation=0.3", "verdict_first=true")
    # The verdict stands first; most of what follows it is cut off, so that a tokenizer of bytes trains in seconds.
    learning = {"train.language": "full", "lr": 0.003, "projector_lr": 0.003, "max_length": 28}
    course = {"global_batch": 32, "micro_batch": 32, "sampler": "shuffle", "max_updates": 80, "epochs": 80, "save_every": 0}
    out = tmp_path / "out"
    sightline(*train_arguments(tmp_path, model, out, **learning, **course), "--threads", 1)

    items = []
    for record in records_of(tmp_path, "data.validation.json"):
        question, answer = (turn["value"] for turn in record["conversations"])
        verdict = answer.split(".")[0]
        item = {"id": record["id"], "subset": record["gold"], "image": record["image"], "expected": verdict}
        items.append(item | {"question": question.removeprefix("<image>\n")})
    (tmp_path / "items.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
    benchmark = f"jsonl(path={tmp_path / 'items.jsonl'},judge=yes_no)"
    asked = ["--model", model, "--adapter", out, "--benchmark", benchmark, "--max-new-tokens", 4, "--threads", 1]
    done = sightline("eval", *asked, "--ablate", "image=shuffled", "--seed", SEED, "--out", tmp_path / "runs", "--json")
    rows = json.loads(done.stdout)["benchmarks"][0]["ablation"]
    assert balanced_accuracy([row["picture"] for row in rows]) > 0.9, log_of(out)[-1]
    assert balanced_accuracy([row["twin"] for row in rows]) == pytest.approx(0.5, abs=0.15)
