"""Training against Transformers + PEFT: samples, losses, moments, adapters, resumption.

Data, weights and pictures are drawn from SIGHTLINE_TEST_SEED (default 1234); the program comes from
SIGHTLINE_BUILD_DIR (default build/release).
"""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import AutoProcessor, LlavaConfig, LlavaForConditionalGeneration

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
SEED = int(os.environ.get("SIGHTLINE_TEST_SEED", "1234"))
REPLY = "I'm sorry, but I cannot assist with your request"
TARGETS = r".*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"
WORDS = "apple river window quiet seven blue machine über naïve 東京 🙂 don't running 3.14 (maybe) code".split()
UPDATES = 10


def sightline(*arguments, check=True):
    done = subprocess.run(
        [BUILD / "sightline", *map(str, arguments)], capture_output=True, text=True, timeout=600
    )
    assert not check or done.returncode == 0, done.stderr[-3000:]
    return done


@pytest.fixture(scope="session")
def default_model():
    text = sightline("inspect", "default", "--json").stdout
    return Path(json.loads(text)["location"])


@pytest.fixture(scope="session")
def tiny_model(default_model, tmp_path_factory):
    """The default model's words and pictures around a small random network."""
    folder = tmp_path_factory.mktemp("tiny") / "model"
    shutil.copytree(default_model, folder, ignore=shutil.ignore_patterns("model.safetensors"))
    config = json.loads((folder / "config.json").read_text())
    config["text_config"] |= dict(
        hidden_size=48, intermediate_size=80, num_attention_heads=6, num_key_value_heads=2,
        num_hidden_layers=2, head_dim=8, dtype="float32",
    )
    config["vision_config"] |= dict(
        hidden_size=24, intermediate_size=40, num_attention_heads=2, num_hidden_layers=2, dtype="float32"
    )
    config |= dict(dtype="float32", torch_dtype="float32")
    torch.manual_seed(SEED)
    model = LlavaForConditionalGeneration(LlavaConfig(**config))
    with torch.no_grad():
        for p in model.parameters():
            if p.dim() > 1:
                p.mul_(3)
    model.save_pretrained(folder)
    return folder


def draw_text(rng, longest):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, longest)))


def draw_records(folder, rng, count):
    """Single and multi-turn, with and without picture, refusals whose end is not learnt."""
    records = []
    for n in range(count):
        record = {"id": f"r{n}", "conversations": []}
        if rng.random() < 0.6:
            size = (rng.randint(20, 90), rng.randint(20, 90))
            pixels = np.random.default_rng(rng.randrange(2**31)).integers(0, 256, (*size, 3), np.uint8)
            Image.fromarray(pixels).save(folder / f"p{n}.png")
            record["image"] = f"p{n}.png"
        for turn in range(rng.choice([1, 1, 2, 3])):
            tag = "<image>\n" if turn == 0 and "image" in record else ""
            record["conversations"].append({"from": "human", "value": tag + draw_text(rng, 12)})
            record["conversations"].append({"from": "gpt", "value": draw_text(rng, 20)})
        if rng.random() < 0.3:
            record["kind"] = "refusal_benign"
            record["conversations"] = record["conversations"][:2]
            record["conversations"][1] |= dict(value=REPLY, supervise_eos=False, refusal=True)
        records.append(record)
    (folder / "data.json").write_text(json.dumps(records, ensure_ascii=False))
    return records


def reference_sample(record, processor, folder):
    """Input ids, labels and pixels by the tokenizer's own offsets."""
    messages, answers = [], []
    for turn in record["conversations"]:
        value = turn["value"]
        content = [{"type": "text", "text": value.removeprefix("<image>\n")}]
        if value.startswith("<image>\n"):
            content.insert(0, {"type": "image"})
        messages.append({"role": {"human": "user", "gpt": "assistant"}[turn["from"]], "content": content})
    text = processor.apply_chat_template(messages, tokenize=False)
    at = 0
    for turn in record["conversations"]:
        if turn["from"] == "gpt":
            at = text.index("<|im_start|>assistant\n", at) + len("<|im_start|>assistant\n")
            end = at + len(turn["value"]) + (len("<|im_end|>") if turn.get("supervise_eos", True) else 0)
            answers.append((at, end))
            at = end
    encoded = processor.tokenizer(text, return_offsets_mapping=True, add_special_tokens=False)
    ids, labels = [], []
    image_token = processor.tokenizer.convert_tokens_to_ids("<image>")
    for token, (begin, end) in zip(encoded["input_ids"], encoded["offset_mapping"]):
        copies = 49 if token == image_token else 1
        target = any(b < end <= e for b, e in answers) and token != image_token
        ids += [token] * copies
        labels += [token if target else -100] * copies
    pixels = None
    if "image" in record:
        pixels = processor.image_processor(Image.open(folder / record["image"]), return_tensors="pt")["pixel_values"]
    return torch.tensor([ids]), torch.tensor([labels]), pixels


def last_checkpoint(out, update):
    return out / f"step-{update:06d}"


def our_name(name):
    """A PEFT parameter's name → the path that checkpoints use."""
    name = name.removeprefix("base_model.model.model.").replace(".default.weight", "")
    name = name.replace("language_model.", "language_model.model.", 1)
    return name.replace(".modules_to_save", "")


def train_arguments(folder, model, out, **settings):
    defaults = dict(
        data=folder / "data.json", model=model, global_batch=4, micro_batch=2, sampler="sequential",
        lr=0.01, projector_lr=0.003, warmup_ratio=0.05, epochs=UPDATES, max_updates=UPDATES, save_every=1,
        keep_last=UPDATES, seed=SEED,
    )
    defaults |= settings
    (folder / "recipe.yaml").write_text("name: test\n")
    sets = [part for key, value in defaults.items() for part in ("--set", f"{key}={value}")]
    return ["train", folder / "recipe.yaml", "--out", out, *sets]


def run_reference(model_folder, folder, records, out, rank, alpha, learning, dtype=torch.float32):
    """The same updates by Transformers, PEFT and torch.optim; starts from our first checkpoint."""
    torch.manual_seed(0)
    processor = AutoProcessor.from_pretrained(model_folder)
    model = LlavaForConditionalGeneration.from_pretrained(model_folder, dtype=dtype)
    model = get_peft_model(model, LoraConfig(r=rank, lora_alpha=alpha, lora_dropout=0.0, target_modules=TARGETS))
    for name, parameter in model.named_parameters():
        if "multi_modal_projector" in name:
            parameter.requires_grad_(True)
    model.to(dtype)  # PEFT makes its factors in fp32
    named = {our_name(n): p for n, p in model.named_parameters() if p.requires_grad}
    start = load_file(last_checkpoint(out, 1) / "optimizer.safetensors")  # its rate was 0
    with torch.no_grad():
        for name, parameter in named.items():
            parameter.copy_(start[name])
    groups = [
        {"params": [p for n, p in named.items() if "projector" not in n], "lr": learning["lr"]},
        {"params": [p for n, p in named.items() if "projector" in n], "lr": learning["projector_lr"]},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
    samples = [reference_sample(record, processor, folder) for record in records]
    losses = []
    for update in range(UPDATES):
        factor = learning["factors"][update]
        for group, rate in zip(optimizer.param_groups, (learning["lr"], learning["projector_lr"])):
            group["lr"] = rate * factor
        optimizer.zero_grad()
        first = update * 4 % (len(samples) // 4 * 4)
        window = [samples[first + i] for i in range(4)]
        total = 0.0
        for micro in (window[:2], window[2:]):
            token_losses = []
            for ids, labels, pixels in micro:
                logits = model(input_ids=ids, pixel_values=pixels).logits[0, :-1].to(dtype)
                token_losses.append(
                    torch.nn.functional.cross_entropy(logits, labels[0, 1:], ignore_index=-100, reduction="none")[
                        labels[0, 1:] != -100
                    ]
                )
            loss = torch.cat(token_losses).mean() / 2
            loss.backward()
            total += loss.item()
        losses.append(total)
        for parameter in named.values():  # a window without pictures counts for the projector too
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
        if update == 0:
            first_gradients = {n: p.grad.clone() for n, p in named.items()}
        optimizer.step()
    moments = {n: optimizer.state[p]["exp_avg"] for n, p in named.items()}
    return losses, first_gradients, moments, named, model


def log_of(out):
    lines = [json.loads(line) for line in (out / "train.jsonl").read_text().splitlines()]
    lines = [line for line in lines if "event" not in line]  # of evaluations
    for line in lines:
        line.pop("seconds")
    return lines


def distance(ours, theirs):
    """The largest difference, as a share of the largest value."""
    return (ours - theirs).abs().max().item() / (theirs.abs().max().item() + 1e-12)


def close(ours, theirs, tolerance, what):
    worst = distance(ours, theirs)
    assert worst <= tolerance, f"{what}: {worst:.2e} of the largest value"


@pytest.mark.parametrize("which", ["tiny", "default"])
def test_ten_updates_equal_transformers_and_peft(which, tiny_model, default_model, tmp_path):
    model_folder = tiny_model if which == "tiny" else default_model
    records = draw_records(tmp_path, random.Random(f"{SEED}/{which}"), 12)
    out = tmp_path / "out"
    sightline(*train_arguments(tmp_path, model_folder, out, **{"lora.r": 6, "lora.alpha": 9}))
    log = log_of(out)
    learning = {"lr": 0.01, "projector_lr": 0.003, "factors": [line["lr"] / 0.01 for line in log]}
    losses, gradients, moments, named, _ = run_reference(model_folder, tmp_path, records, out, 6, 9, learning)
    for line, loss in zip(log, losses):
        assert line["loss"] == pytest.approx(loss, rel=2e-4), line["update"]
    first = load_file(last_checkpoint(out, 1) / "optimizer.safetensors")
    for name, gradient in gradients.items():
        close(first[name + ".exp_avg"], gradient * 0.1, 1e-3 if which == "tiny" else 5e-3, f"gradient of {name}")
    # Ten updates of Adam multiply what the first one rounds: how much, Transformers' own fp32 shows
    # beside its double. Ours may stray as far; twice, as the largest of so many varies by chance.
    exact = run_reference(model_folder, tmp_path, records, out, 6, 9, learning, torch.float64)[2]
    strays = max(distance(moment.double(), exact[name]) for name, moment in moments.items())
    final = load_file(last_checkpoint(out, UPDATES) / "optimizer.safetensors")
    assert len(final) == 4 * len(named) + 1
    for name, moment in exact.items():
        close(final[name + ".exp_avg"].double(), moment, 2 * strays, f"moment of {name}")


@pytest.mark.parametrize("options", [{"recompute": "on"}, {"loss_norm": "global_token_mean"}])
def test_recomputation_changes_nothing_and_norms_differ(options, tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "a"))
    sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "b", **options))
    same = [a["loss"] for a in log_of(tmp_path / "a")] == [b["loss"] for b in log_of(tmp_path / "b")]
    assert same == ("recompute" in options)


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"lora.targets": "q_proj|v_proj"}, "'q_proj|v_proj' matches no linear layer"),
        ({"template": "vicuna_v1"}, "'</s>', which is no special token"),
    ],
)
def test_settings_that_would_train_something_else_are_refused(settings, message, tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 4)
    done = sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "out", **settings), check=False)
    assert done.returncode != 0 and message in done.stderr, done.stderr
    assert not list(tmp_path.glob("out/step-*"))


def test_answers_that_are_cut_are_counted(tiny_model, tmp_path):
    records = [
        {"id": str(n), "conversations": [{"from": "human", "value": "Count."}, {"from": "gpt", "value": "one " * words}]}
        for n, words in enumerate((2, 300, 3, 400))
    ]
    (tmp_path / "data.json").write_text(json.dumps(records))
    done = sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "out", max_length=96, max_updates=1))
    assert "2 records lose part of their answers behind max_length=96" in done.stderr, done.stderr


def test_recomputation_changes_no_gradient_under_autocast(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    settings = {"dtype": "bf16", "autocast": "true", "max_updates": 2}
    moments = []
    for recompute in ("off", "on"):
        sightline(*train_arguments(tmp_path, tiny_model, tmp_path / recompute, **settings, recompute=recompute))
        moments.append(load_file(last_checkpoint(tmp_path / recompute, 2) / "optimizer.safetensors"))
    off, on = moments
    assert any(off[name].abs().max() > 0 for name in off)
    for name in off:
        assert torch.equal(off[name], on[name]), name


def test_a_killed_run_resumes_bit_for_bit(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 16)
    settings = {"lora.dropout": 0.1, "sampler": "modality_length", "max_updates": 24, "epochs": 24, "save_every": 3}
    sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "whole", **settings))
    killed = tmp_path / "killed"
    arguments = train_arguments(tmp_path, tiny_model, killed, **settings)
    rng = random.Random(SEED)
    for attempt in range(40):
        resume = ["--resume"] if attempt else []
        process = subprocess.Popen([BUILD / "sightline", *map(str, arguments), *resume], stderr=subprocess.DEVNULL)
        if attempt < 6:
            time.sleep(rng.uniform(0.3, 2.5))
            process.send_signal(rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
        if process.wait(timeout=300) == 0:
            break
    assert log_of(killed) == log_of(tmp_path / "whole")
    for name in ("adapter_model.safetensors", "projector.safetensors"):
        assert (killed / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name


def captured(folder, model, out, *arguments):
    sightline("capture", "--model", model, "--prompt", "Name the colours.", "--taps", "embed", "--out", out, *arguments)
    return load_file(out)


def peft_logits(model, ids):
    with torch.no_grad():
        return model(input_ids=ids.reshape(1, -1)).logits[0].float()


def test_peft_reads_our_adapter_and_we_read_theirs_and_merges_agree(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    out = tmp_path / "out"
    sightline(*train_arguments(tmp_path, tiny_model, out, **{"train.projector": "frozen", "lora.rslora": "true"}))
    ours = captured(tmp_path, tiny_model, tmp_path / "a.safetensors", "--adapter", out)
    base = captured(tmp_path, tiny_model, tmp_path / "b.safetensors")
    assert (ours["logits"] - base["logits"]).abs().max() > 0.1, "the adapter has no effect"
    reference = LlavaForConditionalGeneration.from_pretrained(tiny_model, dtype=torch.float32)
    tuned = PeftModel.from_pretrained(reference, out)
    close(ours["logits"], peft_logits(tuned, ours["input_ids"]), 1e-4, "logits under PEFT")

    tuned.save_pretrained(tmp_path / "theirs")  # the newer module paths
    again = captured(tmp_path, tiny_model, tmp_path / "c.safetensors", "--adapter", tmp_path / "theirs")
    assert torch.equal(again["logits"], ours["logits"])
    half = captured(tmp_path, tiny_model, tmp_path / "d.safetensors", "--adapter", f"{out}:0.5")
    both = captured(tmp_path, tiny_model, tmp_path / "e.safetensors", "--adapter", f"{out}:0.5", "--adapter", f"{out}:0.5")
    assert not torch.allclose(half["logits"], ours["logits"])
    close(both["logits"], ours["logits"], 1e-4, "two halves")

    sightline("merge", "--model", tiny_model, "--adapter", out, "--out", tmp_path / "merged")
    before, after = (load_file(folder / "model.safetensors") for folder in (tiny_model, tmp_path / "merged"))
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed and all(name.endswith("_proj.weight") and "language_model" in name for name in changed), changed
    merged = captured(tmp_path, tmp_path / "merged", tmp_path / "f.safetensors")
    close(merged["logits"], ours["logits"], 1e-4, "merged")
    plain = LlavaForConditionalGeneration.from_pretrained(tmp_path / "merged", dtype=torch.float32)
    close(merged["logits"], peft_logits(plain, ours["input_ids"]), 1e-4, "merged under Transformers")


@pytest.mark.parametrize("form", ["hf_old", "hf_new", "default_segment", "no_prefix"])
def test_every_known_key_form_is_read_alike(form, tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    out = tmp_path / "out"
    sightline(*train_arguments(tmp_path, tiny_model, out, max_updates=2, **{"train.projector": "frozen"}))
    tensors = load_file(out / "adapter_model.safetensors")
    renames = {
        "hf_old": lambda k: k,
        "hf_new": lambda k: k.replace("language_model.model.", "model.language_model."),
        "default_segment": lambda k: k.replace(".weight", ".default.weight"),
        "no_prefix": lambda k: k.removeprefix("base_model.model."),
    }
    other = tmp_path / "other"
    shutil.copytree(out, other)
    save_file({renames[form](k): v for k, v in tensors.items()}, other / "adapter_model.safetensors")
    ours = captured(tmp_path, tiny_model, tmp_path / "a.safetensors", "--adapter", out)
    theirs = captured(tmp_path, tiny_model, tmp_path / "b.safetensors", "--adapter", other)
    assert torch.equal(ours["logits"], theirs["logits"])


def test_an_adapter_for_another_model_is_refused(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    out = tmp_path / "out"
    sightline(*train_arguments(tmp_path, tiny_model, out, max_updates=2))
    refused = sightline("chat", "--adapter", out, "--prompt", "Hi", check=False)
    assert refused.returncode == 5 and "another model" in refused.stderr
    tensors = load_file(out / "adapter_model.safetensors")
    foreign = {k.replace("language_model.model.", "decoder."): v for k, v in tensors.items()}
    save_file(foreign, out / "adapter_model.safetensors")
    refused = sightline("chat", "--model", tiny_model, "--adapter", out, "--prompt", "Hi", check=False)
    assert refused.returncode == 5 and "the model has no" in refused.stderr


def test_eight_records_are_learnt_by_heart(tiny_model, tmp_path):
    rng = random.Random(SEED)
    records = [
        {"id": str(n), "conversations": [{"from": "human", "value": f"{n}: {draw_text(rng, 4)}"}, {"from": "gpt", "value": draw_text(rng, 6)}]}
        for n in range(8)
    ]
    (tmp_path / "data.json").write_text(json.dumps(records, ensure_ascii=False))
    out = tmp_path / "out"
    settings = {"train.language": "full", "max_updates": 60, "epochs": 60, "global_batch": 8, "lr": 0.02, "save_every": 0}
    sightline(*train_arguments(tmp_path, tiny_model, out, **settings))
    assert log_of(out)[-1]["loss"] < 0.05
    for record in records[:3]:
        question, answer = (turn["value"] for turn in record["conversations"])
        said = sightline("chat", "--model", tiny_model, "--adapter", out, "--prompt", question, "--json")
        assert json.loads(said.stdout)["text"] == answer


@pytest.mark.parametrize(
    "break_it, message",
    [
        (lambda r, folder: r.update(image="absent.png"), "absent.png"),
        (lambda r, folder: r.update(image="cut.jpg"), "cut.jpg"),
        (lambda r, folder: r["conversations"][1].update(value=""), "empty"),
        (lambda r, folder: r["conversations"][1].update({"from": "robot"}), "robot"),
        (lambda r, folder: r["conversations"][1].update(value="yes<|im_end|>no"), "<|im_end|>"),
    ],
)
def test_bad_records_are_named_or_counted(break_it, message, tiny_model, tmp_path):
    noise = np.random.default_rng(SEED).integers(0, 256, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "whole.jpg")
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "whole.jpg").read_bytes()[:400])
    records = draw_records(tmp_path, random.Random(SEED), 8)
    record = records[3]
    record["conversations"] = record["conversations"][:2]
    if not record["conversations"][0]["value"].startswith("<image>"):
        record["conversations"][0]["value"] = "<image>\n" + record["conversations"][0]["value"]
        record["image"] = "whole.jpg"
    break_it(record, tmp_path)
    (tmp_path / "data.json").write_text(json.dumps(records, ensure_ascii=False))
    refused = sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "a", max_updates=1), check=False)
    assert refused.returncode == 4 and message in refused.stderr, refused.stderr
    done = sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "b", max_updates=1, max_rejected=0.5))
    assert "left out" in done.stderr


def test_a_run_that_stops_being_finite_ends_with_a_hint(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    broken = tmp_path / "model"
    shutil.copytree(tiny_model, broken)
    tensors = load_file(broken / "model.safetensors")
    tensors[next(name for name in tensors if name.endswith("layers.0.mlp.down_proj.weight"))].fill_(3e38)
    save_file(tensors, broken / "model.safetensors", {"format": "pt"})
    arguments = train_arguments(tmp_path, broken, tmp_path / "out", max_updates=40, epochs=40, warmup_ratio=0)
    refused = sightline(*arguments, check=False)
    assert refused.returncode == 5 and "not finite" in refused.stderr, refused.stderr


def test_preferences_start_at_ln_2_and_are_learnt(tiny_model, tmp_path):
    rng = random.Random(SEED)
    rows = [
        {"id": n, "question": draw_text(rng, 6), "chosen": "apple " + draw_text(rng, 4), "rejected": draw_text(rng, 5) + " river"}
        for n in range(16)
    ]
    (tmp_path / "data.json").write_text(json.dumps(rows, ensure_ascii=False))
    out = tmp_path / "out"
    sightline(*train_arguments(tmp_path, tiny_model, out, objective="dpo", lr=0.01, max_updates=40, epochs=40))
    log = log_of(out)
    assert log[0]["loss"] == pytest.approx(np.log(2), abs=1e-6)
    assert np.mean([line["accuracy"] for line in log[-4:]]) > 0.95


@pytest.mark.parametrize("recipe", sorted(path.stem for path in (ROOT / "recipes").glob("*.yaml")))
def test_every_shipped_recipe_runs_at_smoke_size(recipe, tiny_model, tmp_path):
    rng = random.Random(f"{SEED}/{recipe}")
    records = draw_records(tmp_path, rng, 6)
    if recipe == "spa_vl_dpo":
        records = [
            {"id": n, "image": r.get("image"), "question": draw_text(rng, 6), "chosen": draw_text(rng, 4), "rejected": "no " + draw_text(rng, 4)}
            for n, r in enumerate(records)
        ]
        records = [{key: value for key, value in r.items() if value is not None} for r in records]
    if recipe == "llava_stage1":  # captions
        pictures = [r for r in records if "image" in r]
        records = [r | {"conversations": r["conversations"][:2]} for r in pictures]
    (tmp_path / "data.json").write_text(json.dumps(records, ensure_ascii=False))
    out = tmp_path / "out"
    smoke = dict(model=tiny_model, data=tmp_path / "data.json", global_batch=2, micro_batch=1, max_updates=2, epochs=1)
    smoke |= {"template_force": "true", "eval.limit": 4}
    sets = [part for key, value in smoke.items() for part in ("--set", f"{key}={value}")]
    sightline("train", recipe, "--out", out, *sets)
    assert [line["update"] for line in log_of(out)] == list(range(1, len(log_of(out)) + 1))
    assert all(np.isfinite(line["loss"]) for line in log_of(out))
    captured(tmp_path, tiny_model, tmp_path / "a.safetensors", "--adapter", out)
