"""Defences vcd and coca against their authors' maths written out here, on Transformers' logits.

Pictures, words and settings are drawn from SIGHTLINE_TEST_SEED (default 1234); the program comes from
SIGHTLINE_BUILD_DIR (default build/release). No cache here: every step reads both whole sequences again.
"""

import json
import random

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import LlavaForConditionalGeneration

from test_training import ROOT, SEED, captured, default_model, draw_text, sightline, tiny_model

assert default_model and tiny_model  # fixtures
TOKENS = 16
TIE = 1e-4  # of two combined logits: rounding may decide
MASK64 = 2**64 - 1


def noise_seed(seed, data):
    """FNV-1a over the pixels' bytes, then one SplitMix64 step: the program's rule for named seeds."""
    state = 0xCBF29CE484222325 ^ seed
    for byte in data:
        state = ((state ^ byte) * 0x100000001B3) & MASK64
    state = (state + 0x9E3779B97F4A7C15) & MASK64
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK64
    return state ^ (state >> 31)


def noised(pixels, step, seed):
    betas = torch.sigmoid(torch.linspace(-6, 6, 1000)) * (0.5e-2 - 1e-5) + 1e-5
    kept = torch.cumprod(1 - betas, dim=0)[step]
    generator = torch.Generator().manual_seed(noise_seed(seed, pixels.contiguous().numpy().tobytes()))
    noise = torch.randn(pixels.shape, generator=generator)
    return torch.sqrt(kept) * pixels + torch.sqrt(1 - kept) * noise


def answer_of(model, branches, alpha, beta):
    """Greedy tokens of two branches (ids, pixels), and at each the distance to the second best."""
    tokens, gaps = [], []
    for _ in range(TOKENS):
        with torch.no_grad():
            first, second = (
                model(input_ids=torch.tensor([ids + tokens]), pixel_values=pixels).logits[0, -1].float()
                for ids, pixels in branches
            )
        combined = (1 + alpha) * first - alpha * second
        if beta > 0:
            combined[first < torch.log(torch.tensor(beta)) + first.max()] = -float("inf")
        best = combined.topk(2)
        tokens.append(int(best.indices[0]))
        gaps.append(float(best.values[0] - best.values[1]))
        if tokens[-1] == model.generation_config.eos_token_id:
            break
    return tokens, gaps


@pytest.fixture(scope="module")
def reference(tiny_model):
    return LlavaForConditionalGeneration.from_pretrained(tiny_model, dtype=torch.float32).eval()


def draw_question(rng, folder):
    size = (rng.randint(20, 90), rng.randint(20, 90), 3)
    pixels = np.random.default_rng(rng.randrange(2**31)).integers(0, 256, size, np.uint8)
    Image.fromarray(pixels).save(folder / "picture.png")
    return folder / "picture.png", draw_text(rng, 12)


def seen(folder, model, picture, words):
    """What the model reads: its ids and its pixels."""
    out = captured(folder, model, folder / "seen.st", "--image", picture, "--prompt", words)
    return out["input_ids"].tolist(), out["pixel_values"]


def answered(model, picture, words, defence):
    told = sightline(
        "chat", "--model", model, "--image", picture, "--prompt", words, "--defence", defence,
        "--max-new-tokens", TOKENS, "--dtype", "fp32", "--json",
    )  # fmt: skip
    return json.loads(told.stdout)["token_ids"]


def expect_equal(wanted, gaps, found, spec):
    differs = next((i for i, (a, b) in enumerate(zip(wanted, found)) if a != b), None)
    assert differs is None or gaps[differs] < TIE, (spec, differs, wanted, found)
    assert differs is not None or len(wanted) == len(found)


def test_vcd_answers_as_the_authors_maths_say(tiny_model, reference, tmp_path):
    rng = random.Random(SEED)
    changed = 0
    for _ in range(6):
        picture, words = draw_question(rng, tmp_path)
        alpha, beta = rng.choice([0.5, 1.0, 2.0]), rng.choice([0.0, 0.1, 0.2])
        step, seed = rng.choice([300, 500, 999]), rng.randrange(2**31)
        spec = f"vcd(alpha={alpha},beta={beta},noise_step={step},seed={seed})"
        ids, pixels = seen(tmp_path, tiny_model, picture, words)
        other = noised(pixels[0], step, seed).unsqueeze(0)
        tokens, gaps = answer_of(reference, [(ids, pixels), (ids, other)], alpha, beta)
        found = answered(tiny_model, picture, words, spec)
        expect_equal(tokens, gaps, found, spec)
        changed += found != answered(tiny_model, picture, words, "none")
    assert changed > 0, "the contrast changed no answer"


def test_coca_answers_as_the_papers_maths_say(tiny_model, reference, tmp_path):
    rng = random.Random(SEED + 1)
    principle = json.loads((ROOT / "data/prompts/coca.principle.v1.json").read_text())["text"]
    changed = 0
    for alpha, base in [(0.5, "safe"), (4, "safe"), (1, "plain"), (3, "plain")]:
        picture, words = draw_question(rng, tmp_path)
        plain = seen(tmp_path, tiny_model, picture, words)
        safe = seen(tmp_path, tiny_model, picture, principle + " " + words)
        # l_P + alpha (l_S - l_P) as (1 + a) l_P - a l_S with a = -alpha.
        branches, strength = ([safe, plain], alpha) if base == "safe" else ([plain, safe], -alpha)
        tokens, gaps = answer_of(reference, branches, strength, 0)
        spec = f"coca(alpha={alpha},base={base})"
        found = answered(tiny_model, picture, words, spec)
        expect_equal(tokens, gaps, found, spec)
        changed += found != answered(tiny_model, picture, words, "none")
    assert changed > 0, "the principle changed no answer"
