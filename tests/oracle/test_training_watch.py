"""Watching a run: evaluations, the best checkpoint, bounds, event files read by TensorBoard, rows of the store.

Environment: SIGHTLINE_TEST_SEED (default 1234), SIGHTLINE_BUILD_DIR (default build/release).
"""

import json
import random
import signal
import sqlite3
import subprocess
import time

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import RawEventFileLoader
from tensorboard.compat.proto.event_pb2 import Event

from test_training import BUILD, REPLY, SEED, default_model, draw_records, draw_text, sightline, tiny_model, train_arguments

assert default_model and tiny_model  # fixtures
WATCH = {"eval_every": 3, "eval.limit": 16, "max_updates": 7, "epochs": 7, "lora.dropout": 0.1, "save_every": 2}
BENCHMARK = "mini(split=validation)"


def lines_of(out):
    return [json.loads(line) for line in (out / "train.jsonl").read_text().splitlines()]


def updates_of(out):
    """The log's updates without what two equal runs may differ in."""
    return [{k: v for k, v in line.items() if k != "seconds"} for line in lines_of(out) if "event" not in line]


def evaluations_of(out):
    return [line for line in lines_of(out) if line.get("event") == "eval"]


def query(out, sql, *values):
    store = sqlite3.connect(out / "runs.db" if out.is_dir() else out)
    try:
        return store.execute(sql, values).fetchall()
    finally:
        store.close()


def answers(store, run):
    rows = query(store, "SELECT s.sample, a.text, a.status FROM samples s JOIN answers a ON a.sample = s.id WHERE s.run = ?", run)
    return sorted(rows)


def same_weights(a, b):
    names = sorted(p.name for p in a.glob("*.safetensors") if p.name != "optimizer.safetensors")
    assert "adapter_model.safetensors" in names
    return all((a / name).read_bytes() == (b / name).read_bytes() for name in names)


def raw_events(out):
    return [Event.FromString(r) for file in sorted(out.glob("events.out.tfevents.*")) for r in RawEventFileLoader(str(file)).Load()]


@pytest.fixture(scope="module")
def watched(tiny_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("watched")
    draw_records(folder, random.Random(SEED), 16)
    sightline(*train_arguments(folder, tiny_model, folder / "out", **WATCH))
    return folder


def test_watching_changes_no_bit_of_training(watched, tiny_model):
    settings = {k: v for k, v in WATCH.items() if not k.startswith("eval")}
    sightline(*train_arguments(watched, tiny_model, watched / "unwatched", **settings))
    assert updates_of(watched / "out") == updates_of(watched / "unwatched")
    assert same_weights(watched / "out", watched / "unwatched")


def test_evaluations_are_those_of_the_verb_eval(watched, tiny_model):
    out = watched / "out"
    evaluations = evaluations_of(out)
    assert [line["update"] for line in evaluations] == [0, 3, 6, 7]
    for line, adapters in ((evaluations[0], []), (evaluations[-1], ["--adapter", out])):
        verb = watched / f"verb-{line['update']}"
        sightline("eval", "--model", tiny_model, "--dtype", "fp32", "--benchmark", BENCHMARK, "--limit", "16", "--out", verb, *adapters)
        assert answers(out, line["run"]) == answers(verb / "runs.db", 1)
        wanted = query(verb / "runs.db", "SELECT metric, value, low, high, n_ok FROM summaries WHERE scenario = '' AND metric != 'seconds_per_answer'")
        found = [tuple(m[key] if m["value"] is not None or key in ("name", "n") else None for key in ("name", "value", "low", "high", "n")) for m in line["metrics"]]
        assert sorted(found, key=str) == sorted(wanted, key=str)
    assert answers(out, evaluations[0]["run"]) != answers(out, evaluations[-1]["run"]), "training had no effect"


def test_ties_keep_the_earlier_checkpoint(watched, tiny_model):
    """A model of random weights neither refuses nor sees, so every evaluation is the same."""
    out = watched / "out"
    assert [line["best"] for line in evaluations_of(out)] == [False, True, False, False]
    assert same_weights(out / "best", out / "step-000003")
    assert json.loads((out / "best" / "evaluation.json").read_text())["update"] == 3
    sightline("chat", "--model", tiny_model, "--adapter", out / "best", "--prompt", "Hi")


def test_a_best_lost_in_a_crash_is_written_again(watched, tiny_model):
    """A crash between a checkpoint and its best leaves the checkpoint alone."""
    out = watched / "lost"
    arguments = train_arguments(watched, tiny_model, out, **WATCH | {"max_updates": 3})
    sightline(*arguments)
    (out / "best").rename(watched / "kept")
    sightline(*arguments, "--resume")
    assert same_weights(out / "best", watched / "kept")
    assert (out / "best" / "evaluation.json").read_text() == (watched / "kept" / "evaluation.json").read_text()


def test_tensorboard_reads_the_event_file(watched):
    out = watched / "out"
    board = EventAccumulator(str(out)).Reload()
    updates = updates_of(out)
    for tag, key in (("loss", "loss"), ("lr", "lr"), ("grad_norm", "gradient_norm")):
        events = board.Scalars(tag)
        assert [event.step for event in events] == [line["update"] for line in updates]
        assert [event.value for event in events] == [float(np.float32(line[key])) for line in updates]
    assert all(event.value > 0 and abs(event.wall_time - time.time()) < 3600 for event in board.Scalars("tokens_per_second"))
    for metric in (m["name"] for m in evaluations_of(out)[0]["metrics"] if m["value"] is not None):
        wanted = [(line["update"], next(m["value"] for m in line["metrics"] if m["name"] == metric)) for line in evaluations_of(out)]
        assert [(event.step, event.value) for event in board.Scalars(f"eval/{metric}")] == [(u, float(np.float32(v))) for u, v in wanted]
    assert raw_events(out)[0].file_version == "brain.Event:2"


def test_the_store_has_the_training_run_and_its_evaluations(watched, tiny_model):
    out = watched / "out"
    rows = query(out, "SELECT id, kind, state, config FROM runs ORDER BY id")
    assert [row[1:3] for row in rows] == [("train", "done")] + [("eval", "done")] * 4
    config = json.loads(rows[0][3])
    train, result, session = config["train"], config["result"], config["sessions"][0]
    updates = updates_of(out)
    assert train["recipe"] == "test" and train["model"] == str(tiny_model) and train["seed"] == SEED and train["out"] == str(out)
    assert train["data_sha256"] and train["weights_sha256"] and session["git_revision"] and "sightline train" in session["command"]
    assert result["updates"] == 7 and result["loss"] == updates[-1]["loss"] and result["best_update"] == 3
    assert result["tokens"] == sum(line["tokens"] for line in updates)
    assert result["seconds"] == pytest.approx(sum(line["seconds"] for line in lines_of(out) if "event" not in line))
    assert result["tokens_per_second"] == pytest.approx(result["tokens"] / result["seconds"])
    assert json.loads(rows[2][3])["asks"]["model"]["training"] == {"run": 1, "update": 3}

    store = out / "runs.db"
    last = json.loads(sightline("report", "--store", store, "--json", "--format", "json", "--out", watched / "report").stdout)
    assert last[0]["run"] == 5
    refused = sightline("report", "1", "--store", store, check=False)
    assert refused.returncode == 2 and "training run" in refused.stderr


def test_a_killed_run_goes_on_with_no_step_twice(watched, tiny_model):
    out = watched / "killed"
    settings = WATCH | {"max_updates": 12, "epochs": 12}
    sightline(*train_arguments(watched, tiny_model, watched / "whole", **settings))
    arguments = train_arguments(watched, tiny_model, out, **settings)
    process = subprocess.Popen([BUILD / "sightline", *map(str, arguments)], stderr=subprocess.DEVNULL)
    while not (out / "train.jsonl").exists() or len(updates_of(out)) < 5:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with open(next(out.glob("events.out.tfevents.*")), "ab") as file:
        file.write(b"\x18\x00\x00torn")
    sightline(*arguments, "--resume")
    assert updates_of(out) == updates_of(watched / "whole")
    plain = [[{k: v for k, v in line.items() if k != "run"} for line in evaluations_of(o)] for o in (out, watched / "whole")]
    assert plain[0] == plain[1]
    assert same_weights(out, watched / "whole") and same_weights(out / "best", watched / "whole" / "best")
    assert len(list(out.glob("events.out.tfevents.*"))) == 2
    steps = [event.step for event in raw_events(out) if any(v.tag == "loss" for v in event.summary.value)]
    assert steps == list(range(1, 13))
    rows = query(out, "SELECT state, config FROM runs WHERE kind = 'train'")
    assert len(rows) == 1 and rows[0][0] == "done" and len(json.loads(rows[0][1])["sessions"]) == 2


def test_a_run_that_refuses_everything_is_ended_and_is_not_the_best(tiny_model, tmp_path):
    rng = random.Random(SEED)
    records = [
        {"id": str(n), "conversations": [{"from": "human", "value": draw_text(rng, 4)}, {"from": "gpt", "value": REPLY}]}
        for n in range(8)
    ]
    (tmp_path / "data.json").write_text(json.dumps(records))
    out = tmp_path / "out"
    settings = {"train.language": "full", "max_updates": 40, "epochs": 40, "global_batch": 8, "lr": 0.02, "save_every": 0, "eval_every": 20, "eval.limit": 40}
    bounded = train_arguments(tmp_path, tiny_model, out, **settings, **{"abort.over_refusal": 0.5})
    ended = sightline(*bounded, check=False)
    assert ended.returncode == 5 and "above abort.over_refusal=0.5" in ended.stderr, ended.stderr
    assert [p.name for p in out.glob("step-*")] == ["step-000020"]
    rates = {m["name"]: m["value"] for m in evaluations_of(out)[-1]["metrics"]}
    assert rates["over_refusal"] > 0.5 and rates["unsafe_rate_picture"] < 0.5
    assert not (out / "best").exists()
    assert query(out, "SELECT state FROM runs WHERE kind = 'train'") == [("interrupted",)]

    again = sightline(*bounded, "--resume", check=False)
    assert again.returncode == 5 and [line["update"] for line in evaluations_of(out)] == [0, 20]
    sightline(*train_arguments(tmp_path, tiny_model, out, **settings), "--resume")
    assert [line["update"] for line in evaluations_of(out)] == [0, 20, 40]
    assert not (out / "best").exists()


def test_an_interrupted_evaluation_is_made_again(watched, tiny_model):
    out = watched / "interrupted"
    settings = WATCH | {"eval.limit": 0, "eval_every": 1, "max_updates": 1, "save_every": 0}
    arguments = train_arguments(watched, tiny_model, out, **settings)
    process = subprocess.Popen([BUILD / "sightline", *map(str, arguments)], stderr=subprocess.DEVNULL)
    while not (out / "train.jsonl").exists() or not updates_of(out):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.wait() == 130
    assert [line["update"] for line in evaluations_of(out)] == [0]
    sightline(*train_arguments(watched, tiny_model, out, **settings), "--resume")
    assert [line["update"] for line in evaluations_of(out)] == [0, 1]


def test_other_ranks_wait_for_rank_0(watched, tiny_model):
    from test_distributed import torchrun

    runs = watched / "two", watched / "two-unwatched"
    for out, watch in zip(runs, (WATCH, {k: v for k, v in WATCH.items() if not k.startswith("eval")})):
        torchrun(train_arguments(watched, tiny_model, out, **watch))
    assert [line["update"] for line in evaluations_of(runs[0])] == [0, 3, 6, 7]
    assert same_weights(*runs)


def test_a_bound_that_nothing_measures_is_refused(watched, tiny_model):
    (watched / "own.jsonl").write_text('{"id": "a", "subset": "mine", "question": "Hi?"}\n')
    own = {"eval.benchmark": f"jsonl(path={watched / 'own.jsonl'})"}
    settings = WATCH | own | {"abort.over_refusal": 0.5}
    refused = sightline(*train_arguments(watched, tiny_model, watched / "refused", **settings), check=False)
    assert refused.returncode == 2 and "does not measure" in refused.stderr
    done = sightline(*train_arguments(watched, tiny_model, watched / "own", **WATCH, **own))
    assert "no best checkpoint is kept" in done.stderr and not (watched / "own" / "best").exists()
    assert [m["name"] for m in evaluations_of(watched / "own")[0]["metrics"]] == ["refuse_mine_text_only"]
