#!/usr/bin/env python3
"""Copies what the steps made into models/default, rounded to bf16, and records the sums.

  recipes/default/ship.py WORK      from the folder of recipes/default/make (--target: elsewhere)
  recipes/default/ship.py --check   compare models/default with its SHA256SUMS
"""

import argparse
import hashlib
import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import load_file, save_file

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SUMS = "SHA256SUMS"
MAX_BYTES = 40_000_000
LANGUAGE = "HuggingFaceTB/SmolLM2-135M-Instruct"
# What each adapter belongs on; the folder of a training run on this machine says nothing.
ADAPTERS = {"text_safety": LANGUAGE, "visual": LANGUAGE, "visual_plain": LANGUAGE, "brt": "default"}
WEIGHTS = ("adapter_model.safetensors", "projector.safetensors")
# What the assembled model is made from, with the configuration files that are written by hand.
ASSEMBLED = (
    "chat_template.jinja",
    "concepts.json",
    "config.json",
    "generation_config.json",
    "preprocessor_config.json",
    "processor_config.json",
    "text_safety/adapter_config.json",
    "text_safety/adapter_model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "vision_tower.safetensors",
    "visual/adapter_config.json",
    "visual/adapter_model.safetensors",
    "visual/projector.safetensors",
    "visual_plain/adapter_config.json",
    "visual_plain/adapter_model.safetensors",
    "visual_plain/projector.safetensors",
)


def sha256(file):
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def ship_weights(source, target):
    rounded = {k: v.to(torch.bfloat16).contiguous() for k, v in load_file(source).items()}
    target.parent.mkdir(parents=True, exist_ok=True)
    save_file(rounded, target, {"format": "pt"})


def ship_adapter(source, target, base):
    for name in WEIGHTS:
        if (source / name).exists():
            ship_weights(source / name, target / name)
    config = json.loads((source / "adapter_config.json").read_text(encoding="utf-8"))
    config["base_model_name_or_path"] = base
    text = json.dumps(config, indent=2, sort_keys=True) + "\n"
    (target / "adapter_config.json").write_text(text, encoding="utf-8")


def copy_configuration(target):
    """The files written by hand, where `target` is not the folder they are in."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ASSEMBLED:
        if "/" not in name and not name.endswith(".safetensors") and not (target / name).exists():
            shutil.copyfile(ROOT / "models" / "default" / name, target / name)


def ship(work, target):
    copy_configuration(target)
    ship_weights(work / "tower.safetensors", target / "vision_tower.safetensors")
    for name, base in ADAPTERS.items():
        if (work / name).exists():
            ship_adapter(work / name, target / name, base)
    sums = "".join(f"{sha256(target / name)}  {name}\n" for name in ASSEMBLED)
    (target / SUMS).write_text(sums, encoding="utf-8")
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    if size > MAX_BYTES:
        sys.exit(f"{target}: {size} bytes, at most {MAX_BYTES} are committed")
    print(f"{target}: {size / 1e6:.1f} MB")


def check(target):
    lines = (target / SUMS).read_text(encoding="utf-8").splitlines()
    recorded = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    problems = [f"{name}: not in {SUMS}" for name in ASSEMBLED if name not in recorded]
    for name, digest in recorded.items():
        if not (target / name).is_file():
            problems.append(f"{name}: missing")
        elif sha256(target / name) != digest:
            problems.append(f"{name}: SHA-256 differs from {SUMS}")
    if problems:
        sys.exit("\n".join(problems))
    print(f"{target}: {len(recorded)} files as recorded")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", nargs="?", type=pathlib.Path, help="folder of recipes/default/make")
    parser.add_argument("--check", action="store_true", help="verify the sums, change nothing")
    parser.add_argument("--target", type=pathlib.Path, default=ROOT / "models" / "default")
    given = parser.parse_args()
    if given.check == (given.work is not None):
        parser.error("give either WORK or --check")
    if given.check:
        check(given.target)
    else:
        ship(given.work, given.target)


if __name__ == "__main__":
    main()
