"""What a record's targets are: shown by -v, counted in the log, and felt by loss and gradients.

Environment: SIGHTLINE_TEST_SEED (default 1234), SIGHTLINE_BUILD_DIR (default build/release).
"""

import json
import random

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import AutoProcessor, LlavaForConditionalGeneration

from test_training import (
    SEED,
    close,
    default_model,
    draw_text,
    last_checkpoint,
    log_of,
    reference_sample,
    sightline,
    tiny_model,
    train_arguments,
)

assert default_model and tiny_model  # fixtures
SYSTEM = "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"


def conversation(identity, *turns, **more):
    roles = ("human", "gpt") * len(turns)
    return {"id": identity, "conversations": [{"from": r, "value": t} for r, t in zip(roles, turns)]} | more


def user(text):
    return f"<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"


def write(folder, records):
    (folder / "data.json").write_text(json.dumps(records, ensure_ascii=False))


def test_answers_and_their_ends_are_the_targets_of_hand_written_conversations(tiny_model, tmp_path):
    Image.new("RGB", (30, 20), "red").save(tmp_path / "a.png")
    records = [
        conversation("two rounds", "<image>\nWhat is it?", "A red wall.", "Sure?", "Yes, naïve 東京.", image="a.png"),
        conversation("three rounds", "a", "b", "c [d]", "e", "f", "g\n\nh", system="Be brief."),
        conversation("an empty system", "a", "b", system=""),
    ]
    wanted = [
        f"{SYSTEM}{user('<image>' * 49 + chr(10) + 'What is it?')}[A red wall.<|im_end|>]\n{user('Sure?')}[Yes, naïve 東京.<|im_end|>]\n",
        f"<|im_start|>system\nBe brief.<|im_end|>\n{user('a')}[b<|im_end|>]\n{user('c [d]')}[e<|im_end|>]\n{user('f')}[g\n\nh<|im_end|>]\n",
        f"{SYSTEM}{user('a')}[b<|im_end|>]\n",
    ]
    write(tmp_path, records)
    shown = sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "out", max_updates=1, global_batch=1), "-v").stderr
    for text in wanted:
        assert text in shown, shown


def test_the_end_token_is_learnt_though_it_is_the_pad_token(tiny_model, tmp_path):
    """A long and a short record in one batch; a mask made of `id != pad` would lose both ends."""
    rng = random.Random(SEED)
    records = [conversation("long", draw_text(rng, 9), " ".join(["apple"] * 30)), conversation("short", "Hi", "Yes")]
    write(tmp_path, records)
    processor = AutoProcessor.from_pretrained(tiny_model)
    end = processor.tokenizer.pad_token_id
    assert end == processor.tokenizer.eos_token_id
    model = LlavaForConditionalGeneration.from_pretrained(tiny_model, dtype=torch.float32)
    losses, labels = [], []
    for record in records:
        ids, target, _ = reference_sample(record, processor, tmp_path)
        with torch.no_grad():
            logits = model(input_ids=ids).logits[0, :-1]
        losses.append(torch.nn.functional.cross_entropy(logits, target[0, 1:], ignore_index=-100, reduction="none"))
        labels.append(target[0, 1:])
    losses, labels = torch.cat(losses), torch.cat(labels)
    out = tmp_path / "out"
    sightline(*train_arguments(tmp_path, tiny_model, out, global_batch=2, micro_batch=2, max_updates=1))
    (line,) = log_of(out)
    without_pads = losses[(labels != -100) & (labels != end)].mean().item()
    assert line["targets"] == int((labels != -100).sum()) == int(((labels != -100) & (labels != end)).sum()) + 2
    assert line["loss"] == pytest.approx(losses[labels != -100].mean().item(), rel=1e-5)
    assert line["loss"] != pytest.approx(without_pads, rel=1e-3)


def test_an_end_that_is_masked_and_one_that_is_dropped_teach_the_same(tiny_model, tmp_path):
    rng = random.Random(SEED)
    records = [conversation(str(n), draw_text(rng, 8), draw_text(rng, 8)) for n in range(8)]
    for record in records[::2]:
        record["conversations"][1]["supervise_eos"] = False
    write(tmp_path, records)
    logs, moments = {}, {}
    for mode in ("mask_label", "drop_token", "train"):
        out = tmp_path / mode
        sightline(*train_arguments(tmp_path, tiny_model, out, end_mode=mode, max_updates=2, lr=1e-3, projector_lr=1e-3))
        logs[mode] = log_of(out)
        moments[mode] = load_file(last_checkpoint(out, 1) / "optimizer.safetensors")
    for masked, dropped, trained in zip(*logs.values()):
        assert masked["loss"] == pytest.approx(dropped["loss"], rel=1e-6)
        assert masked["targets"] == dropped["targets"] == trained["targets"] - 2
        assert masked["tokens"] > dropped["tokens"]
        assert masked["loss"] != pytest.approx(trained["loss"], rel=1e-4)
    gradients = [name for name in moments["train"] if "lora_B" in name and name.endswith("exp_avg")]
    assert gradients
    for name in gradients:
        close(moments["drop_token"][name], moments["mask_label"][name], 1e-5, name)
    assert not all(torch.allclose(moments["train"][name], moments["mask_label"][name], rtol=1e-2) for name in gradients)
