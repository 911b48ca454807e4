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


def records_of(count, answer):
    """Conversation records over the mini test split's questions and pictures."""
    rows, _ = items_of(count, 1)
    records = []
    for number, row in enumerate(rows):
        tag = "<image>\n" if row["image"] else ""
        turns = [{"from": "human", "value": tag + row["question"]}, {"from": "gpt", "value": answer}]
        records.append({"id": str(number), "conversations": turns})
        if row["image"]:
            records[-1]["image"] = row["image"]
    return records


class Bench:
    """The machine, the programs and the model of one run."""

    def __init__(self, args):
        self.rounds, self.tokens, self.items = args.rounds, args.tokens, args.items
        self.threads = str(args.threads)
        self.sightline = str(BUILD / "sightline")
        inspected = measured([self.sightline, "inspect", "default", "--no-tensors", "--json"])[2]
        self.model = json.loads(inspected)["location"]
        rows = map(json.loads, open(ROOT / "data/mini/test.jsonl"))
        self.picture = next(str(ROOT / "data/mini" / row["image"]) for row in rows if row["image"])
        self.bandwidth = read_bandwidth(args.threads)
        self.weights = sum(f.stat().st_size for f in pathlib.Path(self.model).glob("*.safetensors")) / 1e9
        self.table = Table()
        print(
            f"{self.rounds} rounds, {self.threads} threads; reads {self.bandwidth:.1f} GB/s, weights "
            f"{self.weights:.3f} GB in bf16: at most {self.bandwidth / self.weights:.0f} tokens/s"
        )
        print(f"{'':42} {'sightline':>26} {'transformers':>26} {'':8} {'times better':>22}")

    def start(self):
        ours, theirs = [], []
        question = ["--image", self.picture, "--prompt", "What is in the picture?", "--max-new-tokens", "1"]
        for _ in range(self.rounds):
            ours.append(measured([self.sightline, "chat", *question, "--threads", self.threads]))
            theirs.append(measured([PYTHON, SIDE, "first", self.model, self.picture]))
        self.table.add("process start to first token", [o[0] for o in ours], [t[0] for t in theirs], "s", False)
        self.table.add("peak memory of that process", [o[1] for o in ours], [t[1] for t in theirs], "MiB", False)

    def decode(self):
        for dtype, other in (("fp32", "fp32"), ("bf16", "bf16"), ("int8", "bf16")):
            ours, theirs = [], []
            for _ in range(self.rounds):
                ours.append(self.our_answer(dtype, self.tokens)["tokens_per_second"])
                command = [PYTHON, SIDE, "decode", self.model, other, self.threads, str(self.tokens)]
                theirs.append(json.loads(measured(command)[2])["tokens_per_second"])
            self.table.add(f"decode {dtype} (transformers {other})", ours, theirs, "tokens/s")
            if dtype == "bf16":
                share = 100 * statistics.median(ours) * self.weights / self.bandwidth
                print(f"{'':4}bf16 decode uses {share:.0f} % of the read bandwidth")

    def our_answer(self, dtype, tokens, *more):
        command = [str(BUILD / "sightline_perf"), "default", dtype, self.threads, str(tokens), *more]
        return json.loads(measured(command)[2])

    def eval(self):
        with tempfile.TemporaryDirectory() as folder:
            scratch = pathlib.Path(folder)
            rows, items = items_of(self.items, 0)
            os.symlink(ROOT / "data/mini/images", scratch / "images")
            (scratch / "items.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
            (scratch / "items.json").write_text(json.dumps(items))
            rounds = [self.eval_round(scratch, len(items), number) for number in range(self.rounds)]
        ours, theirs = zip(*rounds)
        name = "eval, none + two defences (theirs: batch 32)"
        self.table.add(name, [o[0] for o in ours], [t[0] for t in theirs], "answers/s")
        self.table.add("peak memory of that process", [o[1] for o in ours], [t[1] for t in theirs], "MiB", False)

    def eval_round(self, scratch, answers, number):
        command = [self.sightline, "eval", "--benchmark", f"jsonl(path={scratch}/items.jsonl)"]
        for defence in ("none", "safety_prompt", "cmrm"):
            command += ["--defence", defence]
        command += ["--max-new-tokens", "24", "--out", f"{scratch}/run{number}", "--threads", self.threads]
        wall, memory, _ = measured(command)
        _, their_memory, out = measured([PYTHON, SIDE, "batch", self.model, self.threads, f"{scratch}/items.json"])
        result = json.loads(out)
        return (answers / wall, memory), (result["answers"] / result["seconds"], their_memory)

    def train(self):
        answer = "That is a good question; here is a short answer in two plain sentences. I hope it helps you on your way."
        with tempfile.TemporaryDirectory() as folder:
            scratch = pathlib.Path(folder)
            (scratch / "records.json").write_text(json.dumps(records_of(32, answer)))
            (scratch / "recipe.yaml").write_text("data: records.json\nglobal_batch: 32\nmicro_batch: 8\nepochs: 2\nsave_every: 0\n")
            for dtype in ("fp32", "bf16"):
                rounds = [self.train_round(scratch, dtype, f"{dtype}{n}") for n in range(self.rounds)]
                ours, theirs = zip(*rounds)
                self.table.add(f"training {dtype}, LoRA r=16", [o[0] for o in ours], [t[0] for t in theirs], "tokens/s")
                self.table.add("peak memory of that process", [o[1] for o in ours], [t[1] for t in theirs], "MiB", False)

    def train_round(self, scratch, dtype, name):
        command = [self.sightline, "train", f"{scratch}/recipe.yaml", "--out", f"{scratch}/{name}", "--threads", self.threads]
        command += ["--set", f"images={ROOT}/data/mini", "--set", f"autocast={'true' if dtype == 'bf16' else 'false'}"]
        _, memory, _ = measured(command)
        last = json.loads((scratch / name / "train.jsonl").read_text().splitlines()[-1])
        _, their_memory, out = measured([PYTHON, SIDE, "train", self.model, self.threads, dtype, f"{scratch}/records.json", f"{ROOT}/data/mini"])
        return (last["tokens"] / last["seconds"], memory), (json.loads(out)["tokens_per_second"], their_memory)

    def cmrm(self):
        pairs = self.our_answer("bf16", 24, "cmrm", self.picture)["overhead_percent"]
        low, middle, high = statistics.quantiles(pairs, n=4)
        print(f"CMRM's overhead on an answer of 24 tokens: {middle:.2f} % (quartiles {low:.2f}, {high:.2f}; {len(pairs)} pairs)")


def main():
    parts = ["start", "decode", "eval", "cmrm", "train"]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--tokens", type=int, default=96)
    parser.add_argument("--items", type=int, default=120)
    parser.add_argument("--part", action="append", choices=parts, help="only this; repeatable")
    parser.add_argument("--out", type=pathlib.Path)
    args = parser.parse_args()
    bench = Bench(args)
    for part in args.part or parts:
        getattr(bench, part)()
    if args.out:
        args.out.write_text(json.dumps({"threads": args.threads, "read_gb_per_s": bench.bandwidth, "rows": bench.table.rows}, indent=1) + "\n")


main()
