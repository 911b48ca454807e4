"""Preferences (DPO) against Transformers + PEFT, and what they do to answers.

Environment: SIGHTLINE_TEST_SEED (default 1234), SIGHTLINE_BUILD_DIR (default build/release).
"""

import json
import random
import string

import numpy as np
import pytest
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file
from transformers import AutoProcessor, LlavaForConditionalGeneration

from test_training import (
    SEED,
    TARGETS,
    close,
    default_model,
    draw_records,
    draw_text,
    last_checkpoint,
    log_of,
    our_name,
    reference_sample,
    sightline,
    tiny_model,
    train_arguments,
)
from test_vcr import model

assert default_model and model and tiny_model  # fixtures
BETA = 0.3
UPDATES = 4


def draw_preferences(folder, count):
    """With and without picture; answers of unequal length."""
    rng = random.Random(SEED)
    records = draw_records(folder, rng, 12)
    pictures = [r["image"] for r in records if "image" in r]
    rows = []
    for n in range(count):
        row = {"id": str(n), "question": draw_text(rng, 8), "chosen": draw_text(rng, 12), "rejected": draw_text(rng, 4) + " no"}
        rows.append(row | ({"image": pictures[n % len(pictures)]} if n % 2 == 0 else {}))
    (folder / "data.json").write_text(json.dumps(rows, ensure_ascii=False))
    return rows


def sample_of(row, side, processor, folder):
    tag = "<image>\n" if "image" in row else ""
    turns = [{"from": "human", "value": tag + row["question"]}, {"from": "gpt", "value": row[side]}]
    return reference_sample({**row, "conversations": turns}, processor, folder)


def answer_logp(model, sample):
    """Of the answer and its end alone; the pair is computed by itself, so that nothing is padded."""
    ids, labels, pixels = sample
    logits = model(input_ids=ids, pixel_values=pixels).logits[0, :-1].float()
    return -torch.nn.functional.cross_entropy(logits, labels[0, 1:], ignore_index=-100, reduction="sum")


@pytest.mark.parametrize("micro_batch", [1, 4])
def test_updates_equal_transformers_and_peft(micro_batch, tiny_model, tmp_path):
    rows = draw_preferences(tmp_path, 4)
    out = tmp_path / "out"
    learning = {"objective": "dpo", "beta": BETA, "lr": 0.01, "projector_lr": 0.003, "max_updates": UPDATES, "epochs": UPDATES}
    sightline(*train_arguments(tmp_path, tiny_model, out, micro_batch=micro_batch, **learning, **{"lora.r": 6, "lora.alpha": 9}))

    processor = AutoProcessor.from_pretrained(tiny_model)
    pairs = [[sample_of(row, side, processor, tmp_path) for side in ("chosen", "rejected")] for row in rows]
    separate = LlavaForConditionalGeneration.from_pretrained(tiny_model, dtype=torch.float32)
    with torch.no_grad():
        reference = torch.stack([answer_logp(separate, sample) for pair in pairs for sample in pair])
    close(load_file(out / "reference.safetensors")["logps"], reference, 1e-5, "log-probabilities of the start model")

    policy = get_peft_model(separate, LoraConfig(r=6, lora_alpha=9, lora_dropout=0.0, target_modules=TARGETS))
    for name, parameter in policy.named_parameters():
        if "multi_modal_projector" in name:
            parameter.requires_grad_(True)
    named = {our_name(n): p for n, p in policy.named_parameters() if p.requires_grad}
    start = load_file(last_checkpoint(out, 1) / "optimizer.safetensors")  # its rate was 0
    with torch.no_grad():
        for name, parameter in named.items():
            parameter.copy_(start[name])
    factors = [line["lr"] / 0.01 for line in log_of(out)]
    groups = [{"params": [p for n, p in named.items() if ("projector" in n) == last]} for last in (False, True)]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
    for line, factor in zip(log_of(out), factors):
        for group, rate in zip(optimizer.param_groups, (0.01, 0.003)):
            group["lr"] = rate * factor
        optimizer.zero_grad()
        logps = torch.stack([answer_logp(policy, sample) for pair in pairs for sample in pair])
        chosen, rejected = (BETA * (logps - reference)).view(-1, 2).unbind(1)
        loss = -torch.nn.functional.logsigmoid(chosen - rejected).mean()
        loss.backward()
        assert line["loss"] == pytest.approx(loss.item(), rel=2e-4), line["update"]
        assert line["margin"] == pytest.approx((chosen - rejected).mean().item(), rel=2e-3, abs=1e-5)
        if line["update"] == 1:
            for name, parameter in named.items():
                close(start[name + ".exp_avg"], parameter.grad * 0.1, 1e-3, f"gradient of {name}")
        if line["update"] > 2:  # before, both sides are the start model's, to the last bits
            assert line["accuracy"] == (chosen > rejected).float().mean().item()
        optimizer.step()


def letters(rng):
    return "".join(rng.choice(string.ascii_lowercase.replace("x", "")) for _ in range(6))


def share_with_x(model, *arguments):
    """Of answers that are drawn at temperature 1."""
    sampling = ["--temperature", 1, "--max-new-tokens", 8, "--json"]
    said = [
        sightline("chat", "--model", model, "--prompt", f"Item {seed}", "--seed", seed, *sampling, *arguments) for seed in range(12)
    ]
    return np.mean(["x" in json.loads(done.stdout)["text"] for done in said])


def test_answers_come_to_hold_what_is_always_preferred(model, tmp_path):
    rng = random.Random(SEED)
    rows = []
    for n in range(32):
        plain, other = letters(rng), letters(rng)
        at = rng.randrange(6)
        rows.append({"id": n, "question": f"Item {n + 100}", "chosen": plain[:at] + "x" + plain[at:], "rejected": other})
    (tmp_path / "data.json").write_text(json.dumps(rows))
    out = tmp_path / "out"
    course = {"global_batch": 8, "micro_batch": 8, "sampler": "shuffle", "max_updates": 100, "epochs": 100, "save_every": 0}
    sightline(*train_arguments(tmp_path, model, out, objective="dpo", lr=0.005, **course), "--threads", 1)
    assert np.mean([line["accuracy"] for line in log_of(out)[-4:]]) > 0.95
    before, after = share_with_x(model), share_with_x(model, "--adapter", out)
    assert after > before + 0.3, (before, after)


def first_losses(folder, model_folder, out, rows, **settings):
    """Losses of a run on these rows, or what it says when it refuses."""
    (folder / "data.json").write_text(json.dumps(rows))
    settings = {"objective": "dpo", "beta": BETA, "max_updates": 2, "epochs": 2, "max_rejected": 1} | settings
    done = sightline(*train_arguments(folder, model_folder, out, **settings), check=False)
    return [line["loss"] for line in log_of(out)] if done.returncode == 0 else done.stderr + done.stdout


def test_reference_sums_that_come_with_the_data_are_checked_and_used(tiny_model, tmp_path):
    rows = draw_preferences(tmp_path, 8)
    computed = first_losses(tmp_path, tiny_model, tmp_path / "computed", rows)
    sums = load_file(tmp_path / "computed" / "reference.safetensors")["logps"].view(-1, 2)
    told = [row | {"ref_chosen_logp": a, "ref_rejected_logp": b} for row, (a, b) in zip(rows, sums.tolist())]
    assert first_losses(tmp_path, tiny_model, tmp_path / "told", told) == computed
    told[-1]["ref_chosen_logp"] += 5  # beyond those that are compared: taken at its word
    moved = first_losses(tmp_path, tiny_model, tmp_path / "moved", told)
    assert moved != computed and len(moved) == len(computed)
    told[0]["ref_chosen_logp"] += 5
    assert "the start model gives" in first_losses(tmp_path, tiny_model, tmp_path / "wrong", told)


def test_pairs_that_would_be_cut_are_left_out(tiny_model, tmp_path):
    rows = draw_preferences(tmp_path, 4)
    processor = AutoProcessor.from_pretrained(tiny_model)
    longest = max(len(sample_of(row, side, processor, tmp_path)[0][0]) for row in rows for side in ("chosen", "rejected"))

    def kept(limit):
        out = tmp_path / f"out-{limit}"
        first_losses(tmp_path, tiny_model, out, rows, max_length=limit, global_batch=1, micro_batch=1)
        return len(load_file(out / "reference.safetensors")["logps"]) // 2

    assert kept(longest + 576) == len(rows)
    assert kept(longest) < len(rows)
    assert "no record can be used" in first_losses(tmp_path, tiny_model, tmp_path / "none", rows, max_prompt=1)
