"""Training and evaluation on several ranks, launched by torchrun and as srun launches it: what one process gives.

Environment: SIGHTLINE_TEST_SEED (default 1234), SIGHTLINE_BUILD_DIR (default build/release).
"""

import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import time

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoProcessor, LlavaConfig, LlavaForConditionalGeneration

from test_preferences import draw_preferences
from test_training import (
    BUILD,
    ROOT,
    SEED,
    default_model,
    draw_records,
    log_of,
    reference_sample,
    tiny_model,
    train_arguments,
)

assert default_model and tiny_model  # fixtures
TORCHRUN = ROOT / ".venv" / "bin" / "torchrun"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def sightline_command(arguments):
    return [str(BUILD / "sightline"), *map(str, arguments)]


def torchrun(arguments, ranks=2):
    launcher = [str(TORCHRUN), "--nproc-per-node", str(ranks), "--master-port", str(free_port()), "--no-python"]
    done = subprocess.run([*launcher, *sightline_command(arguments)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return done


def start_as_srun_does(arguments, rank, port, address="127.0.0.1", **more):
    environment = os.environ | {
        "SLURM_PROCID": str(rank), "SLURM_NTASKS": "2", "SLURM_LOCALID": "0", "SLURM_TASKS_PER_NODE": "1(x2)",
        "MASTER_ADDR": address, "MASTER_PORT": str(port), "OMP_NUM_THREADS": "1",
    } | more
    return subprocess.Popen(sightline_command(arguments), env=environment, stderr=subprocess.PIPE, text=True)


def wait_for_updates(out, count):
    """Until the log has that many lines; a run that goes on rewrites it first."""
    for _ in range(1200):
        if (out / "train.jsonl").exists() and len((out / "train.jsonl").read_text().splitlines()) >= count:
            return
        time.sleep(0.1)
    raise AssertionError(f"no {count} updates in two minutes")


def can_make_namespaces():
    name = f"sl{os.getpid()}probe"
    try:
        made = subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode == 0
        return made and subprocess.run(["ip", "netns", "del", name]).returncode == 0
    except FileNotFoundError:
        return False


def assert_same_curve(ours, reference, tolerance=1e-5):
    assert len(ours) == len(reference)
    for a, b in zip(ours, reference):
        assert a["loss"] == pytest.approx(b["loss"], rel=tolerance)
        assert a["targets"] == b["targets"] and a["tokens"] == b["tokens"]
        assert a["kinds"].keys() == b["kinds"].keys()


def same_weights(a, b, tolerance=1e-2, file="adapter_model.safetensors"):
    """By norms: AdamW divides by a gradient's own size, so that single numbers whose gradient is rounding noise
    move by whole steps in either direction."""
    a, b = (load_file(x / file) for x in (a, b))
    return all((a[name] - b[name]).norm() <= tolerance * a[name].norm() for name in a)


@pytest.mark.parametrize("loss_norm", ["micro_mean", "global_token_mean", "per_sample_mean"])
def test_two_ranks_take_the_updates_of_one_process(loss_norm, tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 16)
    settings = dict(global_batch=8, micro_batch=2, sampler="modality_length", loss_norm=loss_norm)
    one, two = tmp_path / "one", tmp_path / "two"
    subprocess.run(sightline_command(train_arguments(tmp_path, tiny_model, one, **settings)), check=True)
    torchrun(train_arguments(tmp_path, tiny_model, two, **settings))
    assert_same_curve(log_of(two), log_of(one))
    assert same_weights(one, two)


def base_losses(record, model, processor, folder):
    """Of every target, by Transformers."""
    ids, labels, pixels = reference_sample(record, processor, folder)
    with torch.no_grad():
        logits = model(input_ids=ids, pixel_values=pixels).logits[0, :-1].float()
    losses = torch.nn.functional.cross_entropy(logits, labels[0, 1:], ignore_index=-100, reduction="none")
    return losses[labels[0, 1:] != -100]


def test_four_ranks_of_two_passes_have_the_closed_form_of_every_norm(tiny_model, tmp_path):
    records = draw_records(tmp_path, random.Random(SEED), 16)
    for n, record in enumerate(records):
        record["weight"] = 0.5 + n % 3
    (tmp_path / "data.json").write_text(json.dumps(records, ensure_ascii=False))
    processor = AutoProcessor.from_pretrained(tiny_model)
    model = LlavaForConditionalGeneration.from_pretrained(tiny_model, dtype=torch.float32)
    losses = [base_losses(record, model, processor, tmp_path) for record in records]
    passes = [torch.cat(losses[i : i + 2]) for i in range(0, 16, 2)]
    assert len({len(one) for one in passes}) > 4, "the passes should differ in length"
    wanted = {
        "micro_mean": sum(one.mean() for one in passes) / 8,
        "global_token_mean": torch.cat(losses).mean(),
        "per_sample_mean": sum(r["weight"] * one.mean() for r, one in zip(records, losses)) / 16,
    }
    for norm, loss in wanted.items():
        out = tmp_path / norm
        torchrun(train_arguments(tmp_path, tiny_model, out, global_batch=16, micro_batch=2, max_updates=1, loss_norm=norm), ranks=4)
        (line,) = log_of(out)
        assert line["loss"] == pytest.approx(loss.item(), rel=1e-5), norm


def test_a_rank_with_text_alone_does_not_hang(tiny_model, tmp_path):
    records = draw_records(tmp_path, random.Random(SEED), 12)
    with_picture = [r for r in records if "image" in r]
    text = [r for r in records if "image" not in r]
    pairs = [r for pair in zip(with_picture, text) for r in pair][:8]
    (tmp_path / "data.json").write_text(json.dumps(pairs, ensure_ascii=False))
    settings = dict(global_batch=2, micro_batch=1, max_updates=4)
    one, two = tmp_path / "one", tmp_path / "two"
    subprocess.run(sightline_command(train_arguments(tmp_path, tiny_model, one, **settings)), check=True)
    torchrun(train_arguments(tmp_path, tiny_model, two, **settings))
    assert_same_curve(log_of(two), log_of(one))


def test_ranks_compare_their_weights_every_200_updates_and_go_on(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    settings = dict(global_batch=2, micro_batch=1, max_updates=203, epochs=51, save_every=200, keep_last=1)
    one, two = tmp_path / "one", tmp_path / "two"
    subprocess.run(sightline_command(train_arguments(tmp_path, tiny_model, one, **settings)), check=True)
    torchrun(train_arguments(tmp_path, tiny_model, two, **settings))
    assert_same_curve(log_of(two)[:8], log_of(one)[:8])
    assert len(log_of(two)) == len(log_of(one)) == 203


BUCKET_BYTES = 25 * 2**20


@pytest.fixture(scope="session")
def wide_model(tiny_model, tmp_path_factory):
    """The tiny model, so wide inside that its gradients fill several buckets."""
    folder = tmp_path_factory.mktemp("wide") / "model"
    shutil.copytree(tiny_model, folder, ignore=shutil.ignore_patterns("model.safetensors"))
    config = json.loads((folder / "config.json").read_text())
    config["text_config"] |= dict(intermediate_size=40_000)
    torch.manual_seed(SEED)
    LlavaForConditionalGeneration(LlavaConfig(**config)).save_pretrained(folder)
    return folder


# A micro-batch of one record has a picture or none; in the last case rank 1 never has one at all.
@pytest.mark.parametrize("settings", [
    dict(global_batch=4, micro_batch=1, recompute="off"),
    dict(global_batch=3, micro_batch=1, recompute="on"),
    dict(global_batch=2, micro_batch=2, recompute="on"),
], ids=["equal_shares", "unequal_shares", "one_rank_idle"])  # fmt: skip
def test_gradients_in_several_buckets_are_those_of_one_process(settings, wide_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 12)
    settings |= {"train.language": "full", "max_updates": 3, "lr": 0.001, "save_every": 0}
    one, two = tmp_path / "one", tmp_path / "two"
    subprocess.run(sightline_command(train_arguments(tmp_path, wide_model, one, **settings)), check=True)
    torchrun(train_arguments(tmp_path, wide_model, two, **settings))
    weights = "trained_weights.safetensors"
    assert (one / weights).stat().st_size > 2 * BUCKET_BYTES
    assert_same_curve(log_of(two), log_of(one))
    assert same_weights(one, two, file=weights)


def test_a_dead_rank_ends_the_run_with_a_checkpoint_to_resume(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 16)
    settings = dict(global_batch=8, micro_batch=2, max_updates=400, epochs=400, save_every=0)
    out = tmp_path / "out"
    arguments = train_arguments(tmp_path, tiny_model, out, **settings)
    port = free_port()
    ranks = [start_as_srun_does(arguments, rank, port) for rank in (0, 1)]
    wait_for_updates(out, 3)
    ranks[1].kill()
    _, errors = ranks[0].communicate(timeout=120)
    assert ranks[0].returncode == 6 and "lost the others" in errors, errors[-2000:]
    ranks[1].communicate()
    done = len(log_of(out))
    checkpoints = sorted(out.glob("step-*"))
    assert checkpoints and int(checkpoints[-1].name.removeprefix("step-")) in (done, done - 1)

    shorter = train_arguments(tmp_path, tiny_model, out, **settings)
    resumed = subprocess.Popen(sightline_command([*shorter, "--resume"]), stderr=subprocess.PIPE, text=True)
    wait_for_updates(out, done + 1)
    resumed.terminate()
    resumed.communicate(timeout=120)
    assert len(log_of(out)) > done


@pytest.mark.skipif(not can_make_namespaces(), reason="NOT CHECKED: no right to make network namespaces")
def test_a_dead_rank_leaves_a_checkpoint_of_all_ranks_as_it_is(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 16)
    settings = dict(global_batch=8, micro_batch=2, max_updates=400, epochs=400, save_every=1)
    out, port = tmp_path / "out", free_port()
    arguments = train_arguments(tmp_path, tiny_model, out, **settings)
    ranks = [start_as_srun_does(arguments, rank, port) for rank in (0, 1)]
    wait_for_updates(out, 3)
    ranks[1].kill()
    ranks[0].communicate(timeout=120)
    ranks[1].communicate()
    newest = load_file(sorted(out.glob("step-*"))[-1] / "optimizer.safetensors")
    assert sum(name.startswith("rng.") for name in newest) == 2, sorted(newest)[-5:]


def test_two_machines_that_are_network_namespaces_train_together(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 16)
    settings = dict(global_batch=8, micro_batch=2)
    one, two = tmp_path / "one", tmp_path / "two"
    subprocess.run(sightline_command(train_arguments(tmp_path, tiny_model, one, **settings)), check=True)
    names = [f"sl{os.getpid()}{side}" for side in "ab"]
    try:
        for name in names:
            subprocess.run(["ip", "netns", "add", name], check=True)
        subprocess.run(["ip", "link", "add", f"{names[0]}v", "netns", names[0], "type", "veth", "peer", "name", f"{names[1]}v", "netns", names[1]], check=True)
        for side, name in enumerate(names):
            for command in (["addr", "add", f"10.77.0.{side + 1}/24", "dev", f"{name}v"], ["link", "set", f"{name}v", "up"], ["link", "set", "lo", "up"]):
                subprocess.run(["ip", "-n", name, *command], check=True)
        arguments = sightline_command(train_arguments(tmp_path, tiny_model, two, **settings))
        ranks = []
        for rank, name in enumerate(names):
            environment = os.environ | {
                "RANK": str(rank), "WORLD_SIZE": "2", "LOCAL_RANK": "0", "LOCAL_WORLD_SIZE": "1",
                "MASTER_ADDR": "10.77.0.1", "MASTER_PORT": "29555", "GLOO_SOCKET_IFNAME": f"{name}v",
            }
            ranks.append(subprocess.Popen(["ip", "netns", "exec", name, *arguments], env=environment, stderr=subprocess.PIPE, text=True))
        for rank in ranks:
            _, errors = rank.communicate(timeout=120)
            assert rank.returncode == 0, errors[-2000:]
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], check=False)
    assert_same_curve(log_of(two), log_of(one))


def test_preferences_resume_where_only_rank_0_has_the_files_of_the_run(tiny_model, tmp_path):
    draw_preferences(tmp_path, 8)
    settings = dict(objective="dpo", max_updates=4, epochs=4, save_every=2)
    whole = tmp_path / "whole"
    torchrun(train_arguments(tmp_path, tiny_model, whole, **settings))
    outs = [tmp_path / "first", tmp_path / "second"]
    shutil.copytree(whole, outs[0])
    shutil.rmtree(outs[0] / "step-000004")
    (outs[0] / "adapter_model.safetensors").unlink()
    port = free_port()
    arguments = [[*train_arguments(tmp_path, tiny_model, out, **settings), "--resume"] for out in outs]
    ranks = [start_as_srun_does(one, rank, port) for rank, one in enumerate(arguments)]
    for rank in ranks:
        _, errors = rank.communicate(timeout=120)
        assert rank.returncode == 0, errors[-2000:]
    assert_same_curve(log_of(outs[0]), log_of(whole))
    assert same_weights(outs[0], whole)


def test_a_rank_that_reads_other_data_is_named_before_anything_is_learnt(tiny_model, tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    port = free_port()
    ranks = []
    for rank, folder in enumerate(folders):
        folder.mkdir()
        draw_records(folder, random.Random(SEED + rank), 8)
        ranks.append(start_as_srun_does(train_arguments(folder, tiny_model, folder / "out"), rank, port))
    for rank in ranks:
        _, errors = rank.communicate(timeout=120)
        assert rank.returncode != 0 and "rank 1 reads other data than rank 0" in errors, errors[-2000:]
    assert not list(folders[0].glob("out/step-*"))


def test_contradictions_in_the_environment_are_named(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    arguments = sightline_command(train_arguments(tmp_path, tiny_model, tmp_path / "out"))
    for environment, message in (
        ({"RANK": "2", "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "1"}, "rank 2 of 2"),
        ({"RANK": "0", "WORLD_SIZE": "two"}, "WORLD_SIZE"),
        ({"RANK": "0", "WORLD_SIZE": "2"}, "MASTER_ADDR"),
    ):
        done = subprocess.run(arguments, env=os.environ | environment, capture_output=True, text=True)
        assert done.returncode == 2 and message in done.stderr, done.stderr


# Evaluation: the samples are shared, the answers come together.


def eval_arguments(model, out, *more):
    return ["eval", "--model", model, "--limit", 18, "--max-new-tokens", 12, "--batch", 4, "--out", out, "--json",
            "--defence", "none", "--defence", "safety_prompt", *more]  # fmt: skip


def stored(out):
    """Every answer with its verdict, and every total that is no time, of the only run."""
    with sqlite3.connect(f"file:{out / 'runs.db'}?mode=ro", uri=True) as db:
        ((run, state),) = db.execute("SELECT id, state FROM runs")
        answers = db.execute(
            "SELECT s.benchmark, s.sample, a.defence, a.status, a.text, a.token_ids, a.finish, a.completion_tokens,"
            " v.judge, v.status, v.label, v.score FROM samples s JOIN answers a ON a.sample = s.id"
            " LEFT JOIN verdicts v ON v.answer = a.id WHERE s.run = ? ORDER BY 1, 2, 3", [run]
        ).fetchall()
        totals = db.execute(
            "SELECT benchmark, defence, metric, scenario, value, low, high, n, n_ok, n_error, n_unparsed, n_empty,"
            " details FROM summaries WHERE run = ? AND metric NOT LIKE '%second%' ORDER BY 1, 2, 3, 4", [run]
        ).fetchall()
    return {"state": state, "answers": answers, "totals": totals}


def count_answers(out):
    if not (out / "runs.db").exists():
        return 0
    try:
        with sqlite3.connect(f"file:{out / 'runs.db'}?mode=ro", uri=True) as db:
            return db.execute("SELECT count(*) FROM answers").fetchone()[0]
    except sqlite3.OperationalError:  # not yet a run store
        return 0


def wait_for_answers(out, count):
    for _ in range(1200):
        if count_answers(out) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(f"no {count} answers in a minute")


def test_two_ranks_give_the_run_of_one_process(tiny_model, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    subprocess.run(sightline_command(eval_arguments(tiny_model, one)), check=True, capture_output=True)
    done = torchrun(eval_arguments(tiny_model, two))
    assert stored(one)["state"] == "done" and len(stored(one)["answers"]) == 36 and stored(one)["totals"]
    assert stored(two) == stored(one)
    assert json.loads(done.stdout)["store"] == str(two / "runs.db")  # one process prints


@pytest.mark.parametrize("dies", [0, 1])
def test_a_dead_rank_ends_the_eval_and_resume_finishes_it(dies, tiny_model, tmp_path):
    one, out = tmp_path / "one", tmp_path / "out"
    longer = ("--max-new-tokens", 120)
    subprocess.run(sightline_command([*eval_arguments(tiny_model, one), *longer]), check=True, capture_output=True)
    port = free_port()
    arguments = [*eval_arguments(tiny_model, out), *longer]
    ranks = [start_as_srun_does(arguments, rank, port) for rank in (0, 1)]
    wait_for_answers(out, 2)
    ranks[dies].kill()
    _, errors = ranks[1 - dies].communicate(timeout=120)
    assert ranks[1 - dies].returncode == 6 and "lost the others" in errors and "--resume" in errors, errors[-2000:]
    ranks[dies].communicate()
    kept = count_answers(out)
    assert 2 <= kept < 36
    torchrun([*arguments, "--resume"])
    assert stored(out) == stored(one)


def test_a_rank_that_would_ask_otherwise_is_refused(tiny_model, tmp_path):
    port = free_port()
    ranks = [start_as_srun_does(eval_arguments(tiny_model, tmp_path / "out", "--seed", rank), rank, port) for rank in (0, 1)]
    errors = [rank.communicate(timeout=120)[1] for rank in ranks]
    assert ranks[1].returncode == 2 and "differs from rank 0" in errors[1] and "seed" in errors[1], errors[1]
    assert ranks[0].returncode == 6, errors[0]
