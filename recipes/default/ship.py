#!/usr/bin/env python3
"""Copies a trained adapter to where it is shipped, rounded to bf16.

  recipes/default/ship.py build/default-model/brt models/default/brt --base default
"""

import argparse
import json
import pathlib

import torch
from safetensors.torch import load_file, save_file

WEIGHTS = ("adapter_model.safetensors", "projector.safetensors")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("adapter", type=pathlib.Path)
    parser.add_argument("target", type=pathlib.Path)
    parser.add_argument("--base", required=True, help="name of the model it belongs on")
    given = parser.parse_args()
    given.target.mkdir(parents=True, exist_ok=True)
    for name in WEIGHTS:
        if (given.adapter / name).exists():
            tensors = load_file(given.adapter / name)
            rounded = {k: v.to(torch.bfloat16).contiguous() for k, v in tensors.items()}
            save_file(rounded, given.target / name, {"format": "pt"})
            (given.target / name).chmod(0o644)
    config = json.loads((given.adapter / "adapter_config.json").read_text(encoding="utf-8"))
    config["base_model_name_or_path"] = given.base  # a folder of this machine says nothing
    text = json.dumps(config, indent=2, sort_keys=True) + "\n"
    (given.target / "adapter_config.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
