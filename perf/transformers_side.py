"""The same work in Transformers, for compare.py. One process per measurement.

usage: transformers_side.py first MODEL PICTURE
       transformers_side.py decode MODEL DTYPE THREADS TOKENS
       transformers_side.py batch MODEL THREADS ITEMS.json
       transformers_side.py train MODEL THREADS DTYPE RECORDS.json PICTURE_FOLDER
Prints one JSON object.
"""

import json
import sys
import time

import torch
from transformers import AutoProcessor, LlavaForConditionalGeneration

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16}


def load(model, dtype):
    processor = AutoProcessor.from_pretrained(model)
    return processor, LlavaForConditionalGeneration.from_pretrained(model, dtype=dtype).eval()


def prompt_of(processor, text, picture, system=None):
    content = ([{"type": "image"}] if picture else []) + [{"type": "text", "text": text}]
    messages = [{"role": "system", "content": system}] if system else []
    messages.append({"role": "user", "content": content})
    return processor.apply_chat_template(messages, add_generation_prompt=True)


def first(model, picture):
    from PIL import Image

    processor, net = load(model, torch.bfloat16)
    text = prompt_of(processor, "What is in the picture?", True)
    inputs = processor(images=Image.open(picture), text=text, return_tensors="pt")
    inputs["pixel_values"] = inputs["pixel_values"].to(torch.bfloat16)
    net.generate(**inputs, max_new_tokens=1, do_sample=False)
    return {}


def decode(model, dtype, threads, tokens):
    torch.set_num_threads(threads)
    processor, net = load(model, DTYPES[dtype])
    inputs = processor(text=prompt_of(processor, "Tell me about the sea.", None), return_tensors="pt")

    def timed(count):
        start = time.perf_counter()
        out = net.generate(**inputs, min_new_tokens=count, max_new_tokens=count, do_sample=False)
        assert out.shape[1] - inputs["input_ids"].shape[1] == count
        return time.perf_counter() - start

    timed(2)
    to_first = timed(1)
    return {"seconds_to_first_token": to_first, "tokens_per_second": (tokens - 1) / (timed(tokens) - to_first)}


def batch(model, threads, items_file):
    from PIL import Image

    torch.set_num_threads(threads)
    processor, net = load(model, torch.bfloat16)
    processor.tokenizer.padding_side = "left"
    items = json.load(open(items_file))
    start = time.perf_counter()
    # Rows with and without pictures cannot share a batch here; both kinds are sorted by length.
    for with_picture in (True, False):
        rows = [i for i in items if bool(i["image"]) == with_picture]
        rows.sort(key=lambda i: len(i["text"]) + len(i["system"] or ""))
        for at in range(0, len(rows), 32):
            part = rows[at : at + 32]
            texts = [prompt_of(processor, i["text"], i["image"], i["system"]) for i in part]
            images = [Image.open(i["image"]) for i in part] if with_picture else None
            inputs = processor(images=images, text=texts, return_tensors="pt", padding=True)
            if with_picture:
                inputs["pixel_values"] = inputs["pixel_values"].to(torch.bfloat16)
            net.generate(**inputs, max_new_tokens=24, do_sample=False)
    return {"seconds": time.perf_counter() - start, "answers": len(items)}


def train(model, threads, dtype, records_file, folder):
    """Two updates of LoRA and projector, padded micro-batches of 8; the second one is timed."""
    from peft import LoraConfig, get_peft_model
    from PIL import Image

    torch.set_num_threads(threads)
    processor, net = load(model, torch.float32)
    processor.tokenizer.padding_side = "right"
    linears = "q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj"
    net = get_peft_model(net, LoraConfig(r=16, lora_alpha=32, target_modules=rf".*language_model.*\.({linears})"))
    for name, parameter in net.named_parameters():
        if "multi_modal_projector" in name:
            parameter.requires_grad_(True)
    net.train()
    optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=2e-4, weight_decay=0.0)
    micro = [micro_batch(processor, part, folder, Image) for part in micro_batches(json.load(open(records_file)))]
    tokens = sum(int(b["attention_mask"].sum()) for b in micro)
    for _ in range(2):
        start = time.perf_counter()
        optimizer.zero_grad()
        for inputs in micro:
            with torch.autocast("cpu", torch.bfloat16, enabled=dtype == "bf16"):
                loss = net(**inputs).loss / len(micro)
            loss.backward()
        optimizer.step()
        seconds = time.perf_counter() - start
    return {"tokens_per_second": tokens / seconds}


def micro_batches(records):
    # Of like length and one modality, as a length-grouping sampler makes them.
    records.sort(key=lambda r: ("image" in r, len(r["conversations"][0]["value"])))
    return [records[at : at + 8] for at in range(0, len(records), 8)]


def micro_batch(processor, records, folder, images):
    texts, pictures = [], []
    for record in records:
        question, answer = (turn["value"] for turn in record["conversations"])
        prompt = prompt_of(processor, question.removeprefix("<image>\n"), "image" in record)
        texts.append(prompt + answer + "<|im_end|>\n")
        pictures += [images.open(f"{folder}/{record['image']}")] if "image" in record else []
    inputs = processor(images=pictures or None, text=texts, return_tensors="pt", padding=True)
    labels = torch.full_like(inputs["input_ids"], -100)
    for row, record in enumerate(records):
        length = int(inputs["attention_mask"][row].sum())
        answer = len(processor.tokenizer(record["conversations"][1]["value"])["input_ids"]) + 1
        labels[row, length - 1 - answer : length - 1] = inputs["input_ids"][row, length - 1 - answer : length - 1]
    inputs["labels"] = labels
    return inputs


what, args = sys.argv[1], sys.argv[2:]
if what == "train":
    result = train(args[0], int(args[1]), *args[2:])
else:
    with torch.inference_mode():
        if what == "first":
            result = first(*args)
        elif what == "decode":
            result = decode(args[0], args[1], int(args[2]), int(args[3]))
        else:
            result = batch(args[0], int(args[1]), args[2])
print(json.dumps(result))
