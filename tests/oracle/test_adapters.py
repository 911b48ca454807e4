"""Adapters as PEFT and LLaVA's trainer write them: pickled files against torch.load, hostile ones, LoRA on the
vision tower against PEFT live.

Environment: SIGHTLINE_TEST_SEED (default 1234), SIGHTLINE_BUILD_DIR (default build/release).
"""

import collections
import os
import pickle
import random
import shutil
import struct
import zipfile

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import AutoProcessor, LlavaForConditionalGeneration

from test_remote import serve
from test_training import (
    SEED,
    TARGETS,
    captured,
    close,
    default_model,
    draw_records,
    sightline,
    tiny_model,
    train_arguments,
)

assert default_model and serve and tiny_model  # fixtures
VISION = r".*vision_tower.*\.(q_proj|k_proj|v_proj|out_proj|fc1|fc2)"


def random_adapter(model_folder, folder, targets, **options):
    """PEFT's adapter of random factors on a model; the model under PEFT."""
    torch.manual_seed(SEED)
    base = LlavaForConditionalGeneration.from_pretrained(model_folder, dtype=torch.float32)
    tuned = get_peft_model(base, LoraConfig(r=4, lora_alpha=6, target_modules=targets))
    with torch.no_grad():
        for name, parameter in tuned.named_parameters():
            if "lora_" in name:
                parameter.normal_(std=0.1)
    tuned.save_pretrained(folder, **options)
    return tuned.eval()


def logits_of(model, folder, adapter, out):
    return captured(folder, model, folder / out, "--adapter", adapter)["logits"]


@pytest.fixture
def adapter(tiny_model, tmp_path):
    """The same adapter as safetensors and as a pickle; nothing else in the folders."""
    plain, pickled = tmp_path / "plain", tmp_path / "pickled"
    random_adapter(tiny_model, plain, TARGETS)
    random_adapter(tiny_model, pickled, TARGETS, safe_serialization=False)
    assert not (pickled / "adapter_model.safetensors").exists()
    return plain, pickled


def test_a_pickled_adapter_is_read_as_the_safe_one(adapter, tiny_model, tmp_path):
    plain, pickled = adapter
    wanted = logits_of(tiny_model, tmp_path, plain, "a.safetensors")
    assert torch.equal(wanted, logits_of(tiny_model, tmp_path, pickled, "b.safetensors"))
    assert not torch.equal(wanted, captured(tmp_path, tiny_model, tmp_path / "c.safetensors")["logits"])


def stored_another_way(way, tensors):
    if way == "parameters of a module's state":
        out = collections.OrderedDict((k, torch.nn.Parameter(v)) for k, v in tensors.items())
        out._metadata = {"": {"version": 1}}
        return out
    if way == "one storage":
        flat, out, at = torch.cat([v.flatten() for v in tensors.values()]), {}, 0
        for name, tensor in tensors.items():
            out[name] = flat[at : at + tensor.numel()].view(tensor.shape)
            at += tensor.numel()
        return out
    if way == "transposed":
        return {k: v.t().contiguous().t() for k, v in tensors.items()}
    return {k: v.to(getattr(torch, way)) for k, v in tensors.items()}


@pytest.mark.parametrize("protocol", [2, 4])
@pytest.mark.parametrize(
    "way", ["parameters of a module's state", "one storage", "transposed", "float16", "bfloat16", "float64"]
)
def test_every_way_that_torch_saves_is_read_as_torch_reads_it(way, protocol, adapter, tiny_model, tmp_path):
    plain, pickled = adapter
    torch.save(stored_another_way(way, load_file(plain / "adapter_model.safetensors")), pickled / "adapter_model.bin", pickle_protocol=protocol)
    theirs = torch.load(pickled / "adapter_model.bin", weights_only=False)  # our own file; protocol 4
    save_file({k: v.float().contiguous().clone() for k, v in theirs.items()}, plain / "adapter_model.safetensors")
    wanted = logits_of(tiny_model, tmp_path, plain, "a.safetensors")
    assert torch.equal(wanted, logits_of(tiny_model, tmp_path, pickled, "b.safetensors"))


def test_llavas_own_files_carry_adapter_and_projector(adapter, tiny_model, tmp_path):
    plain, llava = adapter
    tensors = load_file(plain / "adapter_model.safetensors")
    projector = {
        f"multi_modal_projector.linear_{n}.{kind}": torch.randn(shape) * 0.2
        for n, width in ((1, 24), (2, 48))
        for kind, shape in (("weight", (48, width)), ("bias", (48,)))
    }
    save_file(projector, plain / "projector.safetensors")
    own = {k.replace("model.language_model.layers", "model.layers"): v for k, v in tensors.items()}
    assert own.keys() != tensors.keys()
    torch.save(own, llava / "adapter_model.bin")
    names = {"multi_modal_projector.linear_1": "mm_projector.0", "multi_modal_projector.linear_2": "mm_projector.2"}
    renamed = {"base_model.model.model." + names[k.rsplit(".", 1)[0]] + "." + k.rsplit(".", 1)[1]: v for k, v in projector.items()}
    torch.save(renamed, llava / "non_lora_trainables.bin")
    picture = tmp_path / "p.png"
    Image.effect_noise((64, 48), 80).convert("RGB").save(picture)
    wanted = captured(tmp_path, tiny_model, tmp_path / "a.safetensors", "--adapter", plain, "--image", picture)["logits"]
    ours = captured(tmp_path, tiny_model, tmp_path / "b.safetensors", "--adapter", llava, "--image", picture)["logits"]
    assert torch.equal(ours, wanted)
    (llava / "non_lora_trainables.bin").unlink()
    without = captured(tmp_path, tiny_model, tmp_path / "c.safetensors", "--adapter", llava, "--image", picture)["logits"]
    assert not torch.equal(without, wanted)


class Command:
    def __init__(self, text):
        self.text = text

    def __reduce__(self):
        return os.system, (self.text,)


def rewrite(file, change):
    """The archive with its pickle changed, records stored as torch stores them."""
    with zipfile.ZipFile(file) as old:
        records = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w") as new:
        for name, data in records.items():
            new.writestr(name, change(data) if name.endswith("data.pkl") else data)


def refused(adapter, model, code=4):
    done = sightline("chat", "--model", model, "--adapter", adapter, "--prompt", "Hi", check=False)
    assert done.returncode == code, (done.returncode, done.stderr)
    return done.stderr


def test_an_adapter_that_is_measured_is_not_put_on_the_judge(adapter, tiny_model, serve, tmp_path):
    """An adapter on an endpoint is refused, so that this run ended before it began."""
    judge = serve()
    flags = ["--judge", "refusal", "--judge-model", judge.model, "--limit", 8, "--max-new-tokens", 2]
    sightline("eval", "--model", tiny_model, "--adapter", adapter[0], *flags, "--out", tmp_path / "out")
    assert judge.headers


def test_what_is_no_dict_of_tensors_is_refused_and_not_run(adapter, tiny_model, tmp_path):
    pickled = adapter[1]
    file = pickled / "adapter_model.bin"
    tensors = torch.load(file, weights_only=True)
    witness = tmp_path / "ran"
    for hostile, named in (
        ({"a": Command(f"touch {witness}")}, "system"),
        ([torch.ones(2)], "operation"),
        (torch.ones(2), "wanted a dict"),
        ({"a": 3}, "'a' is no tensor"),
        ({3: torch.ones(2)}, "names that are text"),
        ({"a": torch.ones(2).to_sparse()}, "_rebuild_sparse_tensor"),
        (tensors | {"x": torch.nn.Linear(2, 2)}, "torch.nn"),
    ):
        torch.save(hostile, file)
        assert named in refused(pickled, tiny_model), named
    assert not witness.exists()
    torch.save(tensors, file, _use_new_zipfile_serialization=False)
    assert "weights_only=True" in refused(pickled, tiny_model, code=5)
    file.write_bytes(pickle.dumps({"a": Command(f"touch {witness}")}))
    refused(pickled, tiny_model, code=5)
    file.write_bytes(b"")
    refused(pickled, tiny_model)
    assert not witness.exists()


@pytest.mark.parametrize(
    "old, new",
    [
        (b"K\x02K\x03\x86", b"J\xff\xff\xff\x7fK\x03\x86"),  # sizes
        (b"K\x02K\x03\x86", b"J\xff\xff\xff\xffK\x03\x86"),
        (b"K\x03K\x01\x86", b"J\xff\xff\xff\x7fK\x01\x86"),  # strides
        (b"K\x03K\x01\x86", b"K\x00K\x00\x86"),  # the last one stays inside: see below
        (b"K\x06t", b"J\xff\xff\xff\x7ft"),  # elements of the storage
        (b"K\x06t", b"\x8a\x08" + struct.pack("<q", -6) + b"t"),
        (b"QK\x00", b"QK\x01"),  # offset
        (b"X\x01\x00\x00\x000", b"X\x04\x00\x00\x00../0"),  # a storage that is not there
    ],
)
def test_sizes_outside_the_file_are_refused(old, new, adapter, tiny_model):
    pickled = adapter[1]
    file = pickled / "adapter_model.bin"
    torch.save({"a": torch.ones(2, 3)}, file)
    rewrite(file, lambda data: data)
    untouched = refused(pickled, tiny_model, code=5)
    assert "the model has no 'a'" in untouched
    with zipfile.ZipFile(file) as archive:
        pkl = archive.read([n for n in archive.namelist() if n.endswith("data.pkl")][0])
    assert pkl.count(old) == 1, pkl
    rewrite(file, lambda data: data.replace(old, new))
    if new == b"K\x00K\x00\x86":
        assert "the model has no 'a'" in refused(pickled, tiny_model, code=5)
    else:
        assert "adapter_model.bin" in refused(pickled, tiny_model)


def test_damaged_files_are_refused(adapter, tiny_model):
    """Cut off or with changed bytes: an error, or the adapter where the change does not matter; never a crash."""
    pickled = adapter[1]
    file = pickled / "adapter_model.bin"
    whole = file.read_bytes()
    rng = random.Random(SEED)
    with zipfile.ZipFile(file) as archive:
        pkl = archive.getinfo([n for n in archive.namelist() if n.endswith("data.pkl")][0])
        length = pkl.file_size
    for attempt in range(12):
        if attempt < 4:
            file.write_bytes(whole[: rng.randrange(len(whole))])
            refused(pickled, tiny_model)
            continue
        file.write_bytes(whole)
        at, value = rng.randrange(length), bytes([rng.randrange(256)])
        rewrite(file, lambda data: data[:at] + value + data[at + 1 :])
        done = sightline("chat", "--model", tiny_model, "--adapter", pickled, "--prompt", "Hi", "--max-new-tokens", 1, check=False)
        assert done.returncode in (0, 4, 5), (at, value, done.stderr)


def test_weights_without_their_settings_are_not_taken_for_half_an_adapter(adapter, tiny_model):
    for folder in adapter:
        (folder / "adapter_config.json").unlink()
        assert "adapter_config.json is missing" in refused(folder, tiny_model)


# LoRA on the vision tower.


def peft_logits_with_picture(model, folder, ids, picture):
    processor = AutoProcessor.from_pretrained(folder)
    pixels = processor.image_processor(Image.open(picture), return_tensors="pt")["pixel_values"]
    with torch.no_grad():
        return model(input_ids=ids.reshape(1, -1), pixel_values=pixels).logits[0].float()


def test_lora_on_the_vision_tower_equals_peft_both_ways(tiny_model, tmp_path):
    picture = tmp_path / "p.png"
    Image.effect_noise((64, 48), 80).convert("RGB").save(picture)
    arguments = ("--image", picture)
    tuned = random_adapter(tiny_model, tmp_path / "theirs", VISION)
    keys = load_file(tmp_path / "theirs" / "adapter_model.safetensors").keys()
    assert all("vision_tower" in key for key in keys) and len(keys) == 2 * 6 * 2
    base = captured(tmp_path, tiny_model, tmp_path / "a.safetensors", *arguments)
    ours = captured(tmp_path, tiny_model, tmp_path / "b.safetensors", *arguments, "--adapter", tmp_path / "theirs")
    assert (ours["logits"] - base["logits"]).abs().max() > 1e-3, "the adapter has no effect"
    close(ours["logits"], peft_logits_with_picture(tuned, tiny_model, ours["input_ids"], picture), 1e-4, "logits under PEFT")

    sightline("merge", "--model", tiny_model, "--adapter", tmp_path / "theirs", "--out", tmp_path / "merged")
    merged = captured(tmp_path, tmp_path / "merged", tmp_path / "c.safetensors", *arguments)
    close(merged["logits"], ours["logits"], 1e-4, "merged")

    old = tmp_path / "old"  # the names that we write
    shutil.copytree(tmp_path / "theirs", old)
    tensors = load_file(old / "adapter_model.safetensors")
    renamed = {k.replace("model.vision_tower.encoder", "vision_tower.vision_model.encoder"): v for k, v in tensors.items()}
    assert renamed.keys() != tensors.keys()
    save_file(renamed, old / "adapter_model.safetensors")
    again = captured(tmp_path, tiny_model, tmp_path / "d.safetensors", *arguments, "--adapter", old)
    assert torch.equal(again["logits"], ours["logits"])
    reference = LlavaForConditionalGeneration.from_pretrained(tiny_model, dtype=torch.float32)
    read = PeftModel.from_pretrained(reference, old).eval()
    close(ours["logits"], peft_logits_with_picture(read, tiny_model, ours["input_ids"], picture), 1e-4, "ours under PEFT")


def test_factors_on_the_vision_tower_are_trained(tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 8)
    out = tmp_path / "out"
    sightline(*train_arguments(tmp_path, tiny_model, out, max_updates=3, **{"lora.targets": VISION}))
    factors = load_file(out / "adapter_model.safetensors")
    ups = [tensor for name, tensor in factors.items() if name.endswith("lora_B.weight")]
    assert ups and all(tensor.abs().max() > 0 for tensor in ups)


def test_small_files_that_would_fill_the_memory_are_refused(adapter, tiny_model):
    pickled = adapter[1]
    file = pickled / "adapter_model.bin"
    torch.save({"x" * 5000: torch.zeros(2)}, file)
    assert "a name of 5000 bytes" in refused(pickled, tiny_model)
    # Records of zeros, deflated: each smaller than the file, together larger.
    zeros = {f"t{i}": torch.zeros(200_000) for i in range(4)}
    torch.save(zeros | {"noise": torch.randn(250_000)}, file)
    with zipfile.ZipFile(file) as old:
        records = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in records.items():
            new.writestr(name, data)
    assert "storages of" in refused(pickled, tiny_model)
