"""Readers and writer against the safetensors, gguf and transformers packages.

Environment: SIGHTLINE_BUILD_DIR (default build/release), SIGHTLINE_TEST_SEED (default 1234).
"""

import functools
import json
import os
import subprocess
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from gguf.constants import GGML_QUANT_SIZES
from gguf.quants import dequantize, quantize
from safetensors.torch import load_file, save_file
from transformers import LlamaConfig, LlamaForCausalLM

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
SEED = int(os.environ.get("SIGHTLINE_TEST_SEED", "1234"))
Q = gguf.GGMLQuantizationType
BLOCK_TYPES = [Q.Q4_0, Q.Q4_1, Q.Q5_0, Q.Q5_1, Q.Q8_0, Q.Q4_K, Q.Q5_K, Q.Q6_K]
QUANTISED_BY_PACKAGE = [Q.Q4_0, Q.Q4_1, Q.Q5_0, Q.Q5_1, Q.Q8_0, Q.BF16]
DTYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "I16": torch.int16,
    "I8": torch.int8,
    "U8": torch.uint8,
    "BOOL": torch.bool,
    "F8_E4M3": torch.float8_e4m3fn,
    "F8_E5M2": torch.float8_e5m2,
}


class Probe:
    """The other side, started once."""

    def __init__(self):
        program = BUILD / "tests" / "oracle" / "tensor_probe"
        self.process = subprocess.Popen(
            [program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, *words):
        """(exit code, text)"""
        self.process.stdin.write(json.dumps([str(word) for word in words]) + "\n")
        self.process.stdin.flush()
        reply = json.loads(self.process.stdout.readline())
        return reply["code"], reply["text"]


@functools.cache
def the_probe():
    return Probe()


def run(*words):
    return the_probe().ask(*words)


def probe(*words):
    code, text = run(*words)
    assert code == 0, text
    return text


def bits(tensor):
    return tensor.contiguous().view(-1).view(torch.uint8) if tensor.numel() else tensor


def assert_same(found, wanted):
    assert sorted(found) == sorted(wanted)
    for name in wanted:
        assert found[name].dtype == wanted[name].dtype, name
        assert found[name].shape == wanted[name].shape, name
        assert torch.equal(bits(found[name]), bits(wanted[name])), name


def random_tensors(rng):
    """Every dtype, several ranks, empty and odd sizes, awkward names."""
    out = {}
    for code, dtype in DTYPES.items():
        for shape in [(), (0, 3), (1,), (5,), (3, 7), (2, 1, 3, 2)]:
            raw = rng.integers(0, 2 if code == "BOOL" else 256, size=(*shape, dtype.itemsize))
            tensor = torch.from_numpy(raw.astype(np.uint8).reshape(-1)).view(dtype).reshape(shape)
            out[f"{code}.{shape} é\"\\\n\x7f"] = tensor
    return out


# ---------------------------------------------------------------------------------- safetensors


def test_reads_what_the_package_writes_and_writes_the_same_bytes(tmp_path):
    tensors = random_tensors(np.random.default_rng(SEED))
    save_file(tensors, tmp_path / "in.safetensors", {"note": 'ü "quoted"\n'})
    probe("rewrite", tmp_path / "in.safetensors", tmp_path / "out.safetensors")
    assert (tmp_path / "in.safetensors").read_bytes() == (tmp_path / "out.safetensors").read_bytes()
    assert_same(load_file(tmp_path / "out.safetensors"), tensors)


def test_sharded_checkpoint_equals_the_whole(tmp_path):
    tensors = random_tensors(np.random.default_rng(SEED + 1))
    weight_map = {}
    for part in range(3):
        names = sorted(tensors)[part::3]
        shard = f"model-{part + 1:05}-of-00003.safetensors"
        save_file({name: tensors[name] for name in names}, tmp_path / shard)
        weight_map |= {name: shard for name in names}
    index = {"metadata": {"total_size": 1}, "weight_map": weight_map}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    probe("tensors", tmp_path, tmp_path / "out.safetensors")
    assert_same(load_file(tmp_path / "out.safetensors"), tensors)


@pytest.mark.parametrize("dtype", ["float32", "bf16", "fp16"])
def test_converts_floating_tensors_as_torch_does(tmp_path, dtype):
    wanted_dtype = {"float32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[dtype]
    generator = torch.Generator().manual_seed(SEED)
    tensors = {
        "double": torch.randn(9, 7, generator=generator, dtype=torch.float64),
        "single": torch.randn(9, 7, generator=generator),
        "brain": torch.randn(9, 7, generator=generator).bfloat16(),
        "ids": torch.arange(5),
    }
    save_file(tensors, tmp_path / "in.safetensors")
    probe("tensors", tmp_path / "in.safetensors", tmp_path / "out.safetensors", dtype)
    wanted = {k: v.to(wanted_dtype) if v.is_floating_point() else v for k, v in tensors.items()}
    assert_same(load_file(tmp_path / "out.safetensors"), wanted)


def test_never_accepts_a_mutated_file_that_the_package_refuses(tmp_path):
    """We may be stricter than the package, never laxer."""
    rng = np.random.default_rng(SEED)
    save_file({"a": torch.arange(6.0).reshape(2, 3), "b": torch.ones(4).bool()}, tmp_path / "f.safetensors")
    whole = bytearray((tmp_path / "f.safetensors").read_bytes())
    mutant = tmp_path / "mutant.safetensors"
    refused = 0
    for _ in range(2000):
        data = bytearray(whole)
        for _ in range(rng.integers(1, 3)):
            data[rng.integers(0, 150)] = rng.choice(list(b'0123456789"[]{},: -eF\x00\xff'))
        mutant.write_bytes(data)
        try:
            wanted = load_file(mutant)
        except Exception:
            wanted = None
        code, text = run("rewrite", mutant, tmp_path / "out.safetensors")
        assert code in (0, 4), text
        if wanted is None:
            assert code == 4, data
        elif code == 0:
            assert_same(load_file(tmp_path / "out.safetensors"), wanted)
        refused += code == 4
    assert 1000 < refused < 2000


# ----------------------------------------------------------------------------------------- GGUF


def finite_scales(blocks, qtype):
    """Random block bytes whose half-precision scales are finite numbers of ordinary size."""
    half = {Q.Q4_K: [0, 2], Q.Q5_K: [0, 2], Q.Q6_K: [208], Q.Q4_1: [0, 2], Q.Q5_1: [0, 2]}
    for at in half.get(qtype, [0]):
        blocks[..., at + 1] = (blocks[..., at + 1] & 0x83) | 0x24
    return blocks


def write_gguf(path, tensors, arch="llama", pairs=()):
    """tensors: name → (raw array, type)."""
    writer = gguf.GGUFWriter(path, arch)
    for add, *arguments in pairs:
        getattr(writer, add)(*arguments)
    for name, (raw, qtype) in tensors.items():
        writer.add_tensor(name, raw, raw_dtype=qtype)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read_blocks(tmp_path, tensors):
    write_gguf(tmp_path / "f.gguf", tensors)
    probe("blocks", tmp_path / "f.gguf", tmp_path / "out.safetensors")
    return load_file(tmp_path / "out.safetensors")


@pytest.mark.parametrize("qtype", BLOCK_TYPES, ids=lambda t: t.name)
def test_dequantises_random_blocks_exactly(tmp_path, qtype):
    rng = np.random.default_rng([SEED, qtype])
    block, size = GGML_QUANT_SIZES[qtype]
    blocks = rng.integers(0, 256, size=(37, 5, size), dtype=np.uint8)
    ordinary = finite_scales(blocks.copy(), qtype).reshape(37, 5 * size)
    raw = blocks.reshape(37, 5 * size)  # with infinite and NaN scales
    found = read_blocks(tmp_path, {"ordinary": (ordinary, qtype), "raw": (raw, qtype)})
    with np.errstate(all="ignore"):
        wanted = {"ordinary": dequantize(ordinary, qtype), "raw": dequantize(raw, qtype)}
    assert found["ordinary"].shape == (37, 5 * block)
    assert np.array_equal(found["ordinary"].numpy().view(np.int32), wanted["ordinary"].view(np.int32))
    assert np.array_equal(found["raw"].numpy(), wanted["raw"], equal_nan=True)


@pytest.mark.parametrize("qtype", QUANTISED_BY_PACKAGE, ids=lambda t: t.name)
def test_reads_what_the_package_quantises(tmp_path, qtype):
    rng = np.random.default_rng([SEED, qtype])
    values = rng.normal(size=(11, 96)).astype(np.float32)
    raw = quantize(values, qtype)
    found = read_blocks(tmp_path, {"t": (raw, qtype)})["t"]
    assert np.array_equal(found.float().numpy(), dequantize(raw, qtype).reshape(11, 96))


def test_plain_types_keep_their_bits(tmp_path):
    values = np.random.default_rng(SEED).normal(size=(3, 5, 4)).astype(np.float32)
    found = read_blocks(tmp_path, {"f32": (values, None), "f16": (values.astype(np.float16), None)})
    assert_same(found, {"f32": torch.from_numpy(values), "f16": torch.from_numpy(values).half()})


def test_metadata_of_every_kind(tmp_path):
    T = gguf.GGUFValueType
    values = [
        ("u8", 255, T.UINT8),
        ("i8", -128, T.INT8),
        ("u16", 65535, T.UINT16),
        ("i16", -32768, T.INT16),
        ("u32", 2**32 - 1, T.UINT32),
        ("i32", -(2**31), T.INT32),
        ("u64", 2**63 - 1, T.UINT64),
        ("i64", -(2**63), T.INT64),
        ("f32", 0.5, T.FLOAT32),
        ("f64", 1e-300, T.FLOAT64),
        ("yes", True, T.BOOL),
        ("text", "naïve \n 🙂", T.STRING),
    ]
    writer = gguf.GGUFWriter(tmp_path / "f.gguf", "llama")
    for key, value, kind in values:
        writer.add_key_value(key, value, kind)
    arrays = {
        "ints": [1, -2, 3],
        "floats": [0.5, -1.25],
        "texts": ["", "Ġthe", "日本"],
        "nested": [[1, 2], [3]],
        "bools": [True, False],
    }
    for key, value in arrays.items():
        writer.add_array(key, value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    found = json.loads(probe("metadata", tmp_path / "f.gguf"))
    assert {key: found[key] for key, _, _ in values} == {key: value for key, value, _ in values}
    assert {key: found[key] for key in arrays} == arrays


def llama_permute(rows, heads):
    """llama.cpp's convert_hf_to_gguf: LlamaModel.permute."""
    shape = rows.shape
    return rows.reshape(heads, 2, shape[0] // heads // 2, *shape[1:]).swapaxes(1, 2).reshape(shape)


GGUF_LAYER = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def gguf_name(name):
    stem, kind = name.rsplit(".", 1)
    top = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
    if stem in top:
        return f"{top[stem]}.{kind}"
    _, _, layer, inner = stem.split(".", 3)
    return f"blk.{layer}.{GGUF_LAYER[inner]}.{kind}"


def convert(model, path, extra_tensors=None, extra_pairs=()):
    """A transformers model as llama.cpp's converter would write it, in fp32."""
    config = model.config
    tensors = {}
    for name, value in model.state_dict().items():
        if name == "lm_head.weight" and config.tie_word_embeddings:
            continue
        array = value.numpy()
        if ".q_proj." in name:
            array = llama_permute(array, config.num_attention_heads)
        if ".k_proj." in name:
            array = llama_permute(array, config.num_key_value_heads)
        tensors[gguf_name(name)] = (np.ascontiguousarray(array), None)
    sizes = [
        ("add_block_count", config.num_hidden_layers),
        ("add_context_length", config.max_position_embeddings),
        ("add_embedding_length", config.hidden_size),
        ("add_feed_forward_length", config.intermediate_size),
        ("add_head_count", config.num_attention_heads),
        ("add_head_count_kv", config.num_key_value_heads),
        ("add_key_length", config.head_dim),
        ("add_value_length", config.head_dim),
        ("add_rope_dimension_count", config.head_dim),
        ("add_rope_freq_base", config.rope_parameters["rope_theta"]),
        ("add_layer_norm_rms_eps", config.rms_norm_eps),
    ]
    write_gguf(path, tensors | (extra_tensors or {}), pairs=[*sizes, *extra_pairs])


def random_llama(rng, **options):
    heads = int(rng.choice([2, 4, 6]))
    head_dim = int(rng.choice([8, 16]))
    config = LlamaConfig(
        vocab_size=int(rng.integers(20, 60)),
        hidden_size=heads * 8,
        head_dim=head_dim,
        num_attention_heads=heads,
        num_key_value_heads=int(rng.choice([h for h in (1, 2, heads) if heads % h == 0])),
        intermediate_size=int(rng.integers(3, 9)) * 8,
        num_hidden_layers=2,
        max_position_embeddings=int(rng.integers(64, 512)),
        rms_norm_eps=float(rng.choice([1e-5, 1e-6])),
        **options,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_()
    return model


CASES = {
    "untied": {},
    "tied": {"tie_word_embeddings": True},
    "biases": {"attention_bias": True, "mlp_bias": True},
    "theta": {"rope_parameters": {"rope_theta": 500000.0, "rope_type": "default"}},
}


@pytest.mark.parametrize("case", CASES)
def test_converted_llama_comes_back_under_hugging_face_names(tmp_path, case):
    torch.manual_seed(SEED)
    model = random_llama(np.random.default_rng([SEED, len(case)]), **CASES[case])
    convert(model, tmp_path / "f.gguf")
    probe("tensors", tmp_path / "f.gguf", tmp_path / "out.safetensors")
    wanted = dict(model.state_dict())
    if model.config.tie_word_embeddings:
        del wanted["lm_head.weight"]
    assert_same(load_file(tmp_path / "out.safetensors"), wanted)

    config = json.loads(probe("config", tmp_path / "f.gguf"))
    read = LlamaConfig(**config)
    for key in ("vocab_size", "hidden_size", "head_dim", "num_attention_heads", "num_key_value_heads",
                "intermediate_size", "num_hidden_layers", "max_position_embeddings", "rms_norm_eps",
                "tie_word_embeddings", "attention_bias", "mlp_bias", "hidden_act"):  # fmt: skip
        assert getattr(read, key) == getattr(model.config, key), key
    assert read.rope_parameters["rope_theta"] == model.config.rope_parameters["rope_theta"]


def test_llama3_rotary_factors_become_their_parameters(tmp_path):
    scaling = {
        "rope_type": "llama3",
        "rope_theta": 500000.0,
        "factor": 32.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
    }
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    model = random_llama(rng, rope_parameters=dict(scaling))
    plain = 500000.0 ** -(torch.arange(0, model.config.head_dim, 2).float() / model.config.head_dim)
    factors = (plain / model.model.rotary_emb.inv_freq).numpy().astype(np.float32)
    convert(model, tmp_path / "f.gguf", {"rope_freqs.weight": (factors, None)})
    config = json.loads(probe("config", tmp_path / "f.gguf"))
    del scaling["rope_theta"]
    assert config["rope_scaling"] == scaling
    probe("tensors", tmp_path / "f.gguf", tmp_path / "out.safetensors")
    assert not any("rope" in name for name in load_file(tmp_path / "out.safetensors"))


def test_linear_and_yarn_scaling_are_read(tmp_path):
    torch.manual_seed(SEED)
    model = random_llama(np.random.default_rng(SEED))
    Scaling = gguf.RopeScalingType
    keys = [("add_rope_scaling_type", Scaling.LINEAR), ("add_rope_scaling_factor", 2.0)]
    convert(model, tmp_path / "linear.gguf", extra_pairs=keys)
    config = json.loads(probe("config", tmp_path / "linear.gguf"))
    assert config["rope_scaling"] == {"rope_type": "linear", "factor": 2.0}
    keys = [
        ("add_rope_scaling_type", Scaling.YARN),
        ("add_rope_scaling_factor", 4.0),
        ("add_rope_scaling_orig_ctx_len", 64),
    ]
    convert(model, tmp_path / "yarn.gguf", extra_pairs=keys)
    config = json.loads(probe("config", tmp_path / "yarn.gguf"))
    assert config["rope_scaling"] == {
        "rope_type": "yarn",
        "factor": 4.0,
        "original_max_position_embeddings": 64,
    }


def test_another_architecture_is_refused_by_name(tmp_path):
    write_gguf(tmp_path / "f.gguf", {"t": (np.zeros((2, 2), np.float32), None)}, arch="mamba")
    code, text = run("config", tmp_path / "f.gguf")
    assert code == 5
    assert "'mamba'" in text
