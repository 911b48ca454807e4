"""Sweeps: a point for each value, the same answers as the verb eval gives, and a front recounted here.

Environment: SIGHTLINE_TEST_SEED (default 1234), SIGHTLINE_BUILD_DIR (default build/release).
"""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest
from PIL import Image

from test_training import BUILD, SEED, default_model, draw_text, sightline, tiny_model

assert default_model and tiny_model  # fixtures
RATIOS = (0, 2, 6)
LIMIT = "over_refusal<=100%"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    rng = random.Random(SEED)
    Image.new("RGB", (40, 30), (200, 40, 40)).save(folder / "red.png")
    for name in ("benign", "ordinary"):
        records = []
        for n in range(12):
            turns = [{"from": "human", "value": f"<image>\n{draw_text(rng, 4)}"}, {"from": "gpt", "value": draw_text(rng, 3)}]
            records.append({"id": f"{name}{n}", "image": "red.png", "conversations": turns})
        (folder / f"{name}.json").write_text(json.dumps(records))
    (folder / "recipe.yaml").write_text("name: test\nglobal_batch: 4\nmicro_batch: 2\nmax_updates: 2\nsave_every: 1\nlr: 0.05\n")
    return folder


def arguments(folder, model, out, *more, ratios=RATIOS):
    flags = ["--recipe", folder / "recipe.yaml", "--builder", "reject_sft", "--input", f"refuse={folder / 'benign.json'}"]
    flags += ["--input", f"utility={folder / 'ordinary.json'}", "--build", "n_util=8", "--build", "hold_out_rej=2"]
    flags += ["--build", "n_rej={%s}" % ",".join(map(str, ratios)), "--train", f"images={folder}"]
    flags += ["--defence", "none", "--defence", "brt(adapter={adapter})", "--keep", LIMIT, "--model", model]
    return ["sweep", *flags, "--dtype", "fp32", "--limit", "24", "--out", out, *more]


@pytest.fixture(scope="module")
def swept(folder, tiny_model):
    out = folder / "out"
    return out, json.loads(sightline(*arguments(folder, tiny_model, out, "--json")).stdout)


def rates(document, defence):
    rows = [r for b in document["benchmarks"] for r in b["rows"] if r["defence"] == defence and not r["scenario"]]
    return {r["metric"]: r["value"] for r in rows if r["metric"] != "seconds_per_answer"}


def test_every_ratio_has_its_data_its_adapter_and_its_row(swept):
    out, document = swept
    points = document["frontier"][0]["points"]
    assert len(points) == 1 + len(RATIOS) and points[0]["defence"] == "none"
    for ratio, point in zip(RATIOS, points[1:]):
        place = out / "points" / f"n_rej={ratio}"
        records = json.loads((place / "data.json").read_text())
        assert len(records) == 8 + ratio and sum(r["conversations"][1]["value"].startswith("I'm sorry") for r in records) == ratio
        assert (place / "adapter" / "adapter_model.safetensors").exists() and str(place / "adapter") in point["defence"]
        assert rates(document, point["defence"])


def test_a_point_is_what_eval_measures_of_its_adapter(swept, tiny_model, folder):
    out, document = swept
    defence = document["frontier"][0]["points"][-1]["defence"]
    plain = ["--model", tiny_model, "--dtype", "fp32", "--limit", "24", "--defence", "none", "--defence", defence]
    own = json.loads(sightline("eval", *plain, "--out", folder / "own", "--json").stdout)
    assert rates(own, defence) == rates(document, defence)


def test_the_front_is_what_no_other_point_beats(swept):
    _, document = swept
    frontier = document["frontier"][0]
    lower = {m["name"]: m["lower_is_better"] for m in document["benchmarks"][0]["metrics"]}
    losses = [[v["value"] * (1 if lower[m] else -1) for m, v in zip(frontier["metrics"], p["values"])] for p in frontier["points"]]
    beaten = [any(all(x <= y for x, y in zip(other, own)) and other != own for other in losses) for own in losses]
    assert [p["on_front"] for p in frontier["points"]] == [not one for one in beaten]
    assert frontier["chosen"] in [p["defence"] for p in frontier["points"]] and "unsafe_rate_picture" in frontier["metrics"]


def killed_when(command, ready):
    process = subprocess.Popen([BUILD / "sightline", *map(str, command)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while not ready():
        assert process.poll() is None, "it ended before it was killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_killed_sweep_goes_on_to_the_same_adapters(swept, folder, tiny_model):
    out = folder / "killed"
    command = arguments(folder, tiny_model, out)
    killed_when(command, (out / "points" / f"n_rej={RATIOS[1]}" / "adapter" / "train.jsonl").exists)
    assert "frontier · mini" in sightline(*command).stdout
    for ratio in RATIOS:
        weights = [o / "points" / f"n_rej={ratio}" / "adapter" / "adapter_model.safetensors" for o in (out, swept[0])]
        assert weights[0].read_bytes() == weights[1].read_bytes()


def test_a_sweep_killed_while_it_measures_goes_on_with_its_run(swept, folder, tiny_model):
    out = folder / "measuring"
    shutil.copytree(swept[0] / "points", out / "points")
    for record in out.glob("points/*/point.json"):  # they name the folder
        record.write_text(record.read_text().replace(str(swept[0]), str(out)))
    command = arguments(folder, tiny_model, out)

    def rows(table):
        return sqlite3.connect(f"file:{out / 'runs.db'}?mode=ro", uri=True).execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def measures():
        try:
            return rows("answers") >= 5
        except sqlite3.OperationalError:  # not made yet
            return False

    killed_when(command, measures)
    sightline(*command)
    assert rows("runs") == 1 and rows("answers") == rows("samples") * (1 + len(RATIOS))


def test_two_options_vary_together(folder, tiny_model):
    out = folder / "grid"
    command = arguments(folder, tiny_model, out, "--train", "lr={0.05,0.01}", "--json", ratios=(0, 2))
    document = json.loads(sightline(*command).stdout)
    names = sorted(path.name for path in (out / "points").iterdir())
    assert names == sorted(f"n_rej={r}_lr={rate}" for r in (0, 2) for rate in ("0.05", "0.01"))
    assert len(document["frontier"][0]["points"]) == 5


def test_points_of_other_settings_are_not_taken_for_these(swept, folder, tiny_model):
    out = folder / "others"
    shutil.copytree(swept[0] / "points", out / "points")
    refused = sightline(*arguments(folder, tiny_model, out, "--train", "lr=0.01"), check=False)
    assert refused.returncode == 2 and "was made by other settings" in refused.stderr


def test_inputs_that_changed_places_are_not_taken_for_these(swept, folder, tiny_model):
    swapped = [str(part).replace("refuse=", "x=").replace("utility=", "refuse=").replace("x=", "utility=") for part in arguments(folder, tiny_model, swept[0])]
    refused = sightline(*swapped, check=False)
    assert refused.returncode == 2 and "was made by other settings or data" in refused.stderr


def test_values_of_a_defence_are_points_too(folder, tiny_model):
    places = ("system", "user_prefix", "user_suffix")
    spec = "safety_prompt(placement={%s})" % ",".join(places)
    flags = ["--defence", "none", "--defence", spec, "--model", tiny_model, "--limit", "8", "--out", folder / "places", "--json"]
    frontier = json.loads(sightline("sweep", *flags).stdout)["frontier"][0]
    assert [p["defence"] for p in frontier["points"]] == ["none", *(f"safety_prompt(placement={place})" for place in places)]
    assert frontier["chosen"] is None


@pytest.mark.parametrize(
    "flags, told",
    [
        (["--metric", "over_refusel"], "did you mean 'over_refusal'"),
        (["--keep", "over_refusel<=1"], "did you mean 'over_refusal'"),
        (["--keep", "over_refusal[defence=none]<=1"], "is about one defence"),
        (["--defence", "cmrn"], "did you mean 'cmrm'"),
        (["--defence", "cmrm(alpha={1,1})"], "given twice"),
        (["--defence", "none", "--ablate", "image=blnk"], "did you mean 'blank'"),
        (["--defence", "brt(adapter={adapter})"], "--recipe trains adapters"),
        (["--train", "lr=1"], "--train is of a --recipe"),
        (["--recipe", "RECIPE", "--build", "n_rej=1", "--defence", "brt(adapter={adapter})"], "--build is of a --builder"),
        (["--recipe", "RECIPE", "--train", "lrr=1", "--defence", "brt(adapter={adapter})"], "did you mean 'lr'"),
        (["--recipe", "RECIPE", "--train", "model=x", "--defence", "brt(adapter={adapter})"], "follows from --model"),
        (["--recipe", "RECIPE", "--train", "lr={1,1}", "--defence", "brt(adapter={adapter})"], "are both 'lr=1'"),
        (["--recipe", "RECIPE", "--train", "data=DATA"], "--recipe trains adapters"),
    ],
)
def test_mistakes_are_named_before_anything_is_made(flags, told, folder, tiny_model):
    out = folder / "mistakes"
    files = {"RECIPE": folder / "recipe.yaml", "data=DATA": f"data={folder / 'ordinary.json'}"}
    flags = [files.get(flag, flag) for flag in flags]
    refused = sightline("sweep", "--model", tiny_model, "--out", out, *flags, check=False)
    assert refused.returncode == 2 and told in refused.stderr, refused.stderr
    assert not out.exists()
