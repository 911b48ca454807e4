"""Sightline against Transformers on the default model: same dtype, prompts and threads, in one run.

Each round measures both sides one after the other, so that a slow moment of the machine meets both;
the ratio is taken within rounds, and medians are printed with their smallest and largest value.

usage: compare.py [--rounds 5] [--threads N] [--items 120] [--out FILE.json]
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build/release"
PYTHON = str(ROOT / ".venv/bin/python")
SIDE = str(ROOT / "perf/transformers_side.py")


def measured(command):
    """Wall seconds, peak memory in MiB and standard output of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024, out


def read_bandwidth(threads):
    """GB/s of reading 1 GiB, best of five: what bounds decoding."""
    code = (
        "import torch,time;torch.set_num_threads(%d);x=torch.ones(1<<28);b=0\n"
        "for _ in range(6):\n t=time.perf_counter();x.sum();b=max(b,4*x.numel()/(time.perf_counter()-t))\n"
        "print(b/1e9)" % threads
    )
    return float(measured([PYTHON, "-c", code])[2])


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, ours, theirs, unit, larger_is_better=True):
        ratios = [a / b if larger_is_better else b / a for a, b in zip(ours, theirs)]
        self.rows.append({"what": what, "unit": unit, "sightline": ours, "transformers": theirs, "times_better": ratios})
        print(f"{what:42} {spread(ours):>26} {spread(theirs):>26} {unit:8} {spread(ratios):>22} x", flush=True)


def spread(values):
    return f"{statistics.median(values):.2f} [{min(values):.2f}, {max(values):.2f}]"


def items_of(count, seed):
    """A stated sample of the mini test split under three prompts: plain, safety prompt, plain again."""
    rows = [json.loads(line) for line in open(ROOT / "data/mini/test.jsonl")]
    random.Random(seed).shuffle(rows)
    system = json.load(open(ROOT / "data/prompts/safety.system.v1.json"))["text"]
    out = []
    for row in rows[:count]:
        image = str(ROOT / "data/mini" / row["image"]) if row["image"] else None
        for prompt in (None, system, None):
            out.append({"text": row["question"], "image": image, "system": prompt})
    return rows[:count], out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--tokens", type=int, default=96)
    parser.add_argument("--items", type=int, default=120)
    parser.add_argument("--out", type=pathlib.Path)
    args = parser.parse_args()
    threads = str(args.threads)
    sightline = str(BUILD / "sightline")
    model = json.loads(measured([sightline, "inspect", "default", "--no-tensors", "--json"])[2])["location"]
    picture = next(str(ROOT / "data/mini" / json.loads(l)["image"]) for l in open(ROOT / "data/mini/test.jsonl") if json.loads(l)["image"])
    bandwidth = read_bandwidth(args.threads)
    weights = sum(f.stat().st_size for f in pathlib.Path(model).glob("*.safetensors")) / 1e9
    print(f"{args.rounds} rounds, {threads} threads; reads {bandwidth:.1f} GB/s, weights {weights:.3f} GB in bf16: at most {bandwidth / weights:.0f} tokens/s")
    print(f"{'':42} {'sightline':>26} {'transformers':>26} {'':8} {'times better':>22}")
    table = Table()

    ours, theirs = [], []
    for _ in range(args.rounds):
        ours.append(measured([sightline, "chat", "--image", picture, "--prompt", "What is in the picture?", "--max-new-tokens", "1", "--threads", threads]))
        theirs.append(measured([PYTHON, SIDE, "first", model, picture]))
    table.add("process start to first token", [o[0] for o in ours], [t[0] for t in theirs], "s", False)
    table.add("peak memory of that process", [o[1] for o in ours], [t[1] for t in theirs], "MiB", False)

    bf16 = []
    for dtype, other in (("fp32", "fp32"), ("bf16", "bf16"), ("int8", "bf16")):
        ours, theirs = [], []
        for _ in range(args.rounds):
            ours.append(json.loads(measured([str(BUILD / "sightline_perf"), "default", dtype, threads, str(args.tokens)])[2])["tokens_per_second"])
            theirs.append(json.loads(measured([PYTHON, SIDE, "decode", model, other, threads, str(args.tokens)])[2])["tokens_per_second"])
        table.add(f"decode {dtype} (transformers {other})", ours, theirs, "tokens/s")
        if dtype == "bf16":
            bf16 = ours
    print(f"{'':4}bf16 decode uses {100 * statistics.median(bf16) * weights / bandwidth:.0f} % of the read bandwidth")

    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as scratch:
        rows, items = items_of(args.items, 0)
        subset = pathlib.Path(scratch) / "items.jsonl"
        os.symlink(ROOT / "data/mini/images", pathlib.Path(scratch) / "images")
        subset.write_text("".join(json.dumps(r) + "\n" for r in rows))
        (pathlib.Path(scratch) / "items.json").write_text(json.dumps(items))
        for round_ in range(args.rounds):
            command = [sightline, "eval", "--benchmark", f"jsonl(path={subset})", "--max-new-tokens", "24"]
            for defence in ("none", "safety_prompt", "cmrm"):
                command += ["--defence", defence]
            wall, memory, _ = measured(command + ["--out", f"{scratch}/run{round_}", "--threads", threads])
            ours.append((len(items) / wall, memory))
            _, memory, out = measured([PYTHON, SIDE, "batch", model, threads, f"{scratch}/items.json"])
            result = json.loads(out)
            theirs.append((result["answers"] / result["seconds"], memory))
    table.add("eval, none + two defences (theirs: batch 32)", [o[0] for o in ours], [t[0] for t in theirs], "answers/s")
    table.add("peak memory of that process", [o[1] for o in ours], [t[1] for t in theirs], "MiB", False)

    with_cmrm, without = [], []
    for _ in range(args.rounds):
        for defence, into in (("none", without), ("cmrm", with_cmrm)):
            result = json.loads(measured([str(BUILD / "sightline_perf"), "default", "bf16", threads, "24", defence, picture])[2])
            into.append(result["seconds_to_first_token"] + 23 / result["tokens_per_second"])
    overhead = [100 * (a / b - 1) for a, b in zip(with_cmrm, without)]
    print(f"CMRM's overhead on an answer of 24 tokens: {spread(overhead)} %")

    if args.out:
        args.out.write_text(json.dumps({"threads": args.threads, "read_gb_per_s": bandwidth, "weights_gb": weights, "rows": table.rows, "cmrm_overhead_percent": overhead}, indent=1) + "\n")


main()
