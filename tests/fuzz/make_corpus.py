"""Writes the small valid files that fuzzing starts from: make_corpus.py (into corpus/).

Deterministic; needs the project's .venv. Chat templates and config files are written out here, the
rest is made by the packages that define the formats.
"""
import io
import json
import pathlib

import gguf
import numpy
import safetensors.numpy
from PIL import Image
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"


def write(name, data):
    target = CORPUS / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)


def make_safetensors():
    some = {"a.weight": numpy.arange(6, dtype=numpy.float32).reshape(2, 3),
            "b": numpy.zeros((0, 4), dtype=numpy.float16), "c.ids": numpy.array([1, -2], dtype=numpy.int64)}
    write("safetensors/three.safetensors", safetensors.numpy.save(some, metadata={"format": "pt"}))
    write("safetensors/scalar.safetensors", safetensors.numpy.save({"s": numpy.array(1.0, dtype=numpy.float64)}))
    write("safetensors/empty.safetensors", safetensors.numpy.save({}))


def make_gguf():
    target = CORPUS / "gguf/tiny.gguf"
    target.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(target, "llama")
    writer.add_block_count(1)
    writer.add_context_length(32)
    writer.add_embedding_length(32)
    writer.add_feed_forward_length(32)
    writer.add_head_count(2)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(["a", "b", "ab"])
    writer.add_token_merges(["a b"])
    weights = numpy.linspace(-1, 1, 64, dtype=numpy.float32).reshape(2, 32)
    writer.add_tensor("token_embd.weight", weights)
    writer.add_tensor("output_norm.weight", weights[0].astype(numpy.float16))
    for kind in (gguf.GGMLQuantizationType.Q8_0, gguf.GGMLQuantizationType.Q4_0):
        writer.add_tensor(f"blk.0.{kind.name}.weight", gguf.quantize(weights, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def make_tokenizers():
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {c: i for i, c in enumerate(alphabet + ["he", "ll", "hell", "hello", "Ġ"])}
    byte_level = Tokenizer(models.BPE(vocabulary, [("h", "e"), ("l", "l"), ("he", "ll"), ("hell", "o")]))
    byte_level.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    byte_level.decoder = decoders.ByteLevel()
    byte_level.add_special_tokens(["<|end|>", "<image>"])
    write("tokenizer/byte_level.json", byte_level.to_str(pretty=False))

    pieces = ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)] + ["▁", "a", "b", "ab", "▁ab"]
    metaspace = Tokenizer(models.BPE({p: i for i, p in enumerate(pieces)}, [("a", "b"), ("▁", "ab")],
                                     unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    metaspace.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    metaspace.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(),
                                           decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    metaspace.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A $B", special_tokens=[("<s>", 1)])
    write("tokenizer/metaspace.json", metaspace.to_str(pretty=False))


TEMPLATES = {
    "chatml": "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
              "{{ '<|im_start|>system\\nBe kind<|im_end|>\\n' }}{% endif %}{{ '<|im_start|>' + message['role'] "
              "+ '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}"
              "{{ '<|im_start|>assistant\\n' }}{% endif %}",
    "parts": "{%- set ns = namespace(first=true) -%}{%- for m in messages -%}{{ m.role | upper }}: "
             "{%- if m.content is string -%}{{ m.content | trim }}{%- else -%}{%- for part in m.content "
             "| selectattr('type', 'equalto', 'text') -%}{{ part['text'] }}{%- endfor -%}{%- endif -%}"
             "{%- set ns.first = false -%}{%- endfor -%}{{ eos_token if not ns.first else bos_token }}",
    "macro": "{% macro turn(role, text='') %}[{{ role }}] {{ text }}{% endmacro %}{% for m in messages[1:] %}"
             "{{ turn(m.role, m['content']) }}{% else %}{{ raise_exception('nobody') }}{% endfor %}"
             "{{ {'a': [1, 2.5, none]} | tojson }}{{ 7 // 2 ~ 'x' * 3 }}",
}


def make_templates():
    for name, template in TEMPLATES.items():
        write(f"template/{name}.jinja", template)


def make_configs():
    text = {"model_type": "llama", "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
            "num_attention_heads": 2, "num_key_value_heads": 1, "vocab_size": 32, "rms_norm_eps": 1e-5,
            "max_position_embeddings": 64, "rope_theta": 10000.0, "tie_word_embeddings": True,
            "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
                             "high_freq_factor": 4.0, "original_max_position_embeddings": 32}}
    vision = {"model_type": "clip_vision_model", "hidden_size": 16, "intermediate_size": 32,
              "num_hidden_layers": 1, "num_attention_heads": 2, "image_size": 32, "patch_size": 16,
              "projection_dim": 16, "hidden_act": "quick_gelu"}
    llava = {"model_type": "llava", "architectures": ["LlavaForConditionalGeneration"], "text_config": text,
             "vision_config": vision, "image_token_index": 31, "vision_feature_layer": -1,
             "vision_feature_select_strategy": "default", "projector_hidden_act": "gelu", "image_seq_length": 4}
    write("config/llama.json", json.dumps(text))
    write("config/llava.json", json.dumps(llava))


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def make_images():
    values = numpy.arange(16 * 12 * 3, dtype=numpy.uint32).reshape(12, 16, 3) * 37 % 256
    rgb = Image.fromarray(values.astype(numpy.uint8))
    write("image/rgb.jpg", encoded(rgb, "JPEG", quality=50))
    write("image/progressive.jpg", encoded(rgb, "JPEG", quality=50, progressive=True))
    write("image/cmyk.jpg", encoded(rgb.convert("CMYK"), "JPEG", quality=30))
    write("image/gray.jpg", encoded(rgb.convert("L"), "JPEG", quality=50))
    write("image/rgb.png", encoded(rgb, "PNG"))
    write("image/palette.png", encoded(rgb.convert("P", palette=Image.Palette.ADAPTIVE, colors=16), "PNG", transparency=3))
    write("image/gray16.png", encoded(Image.fromarray((values[:, :, 0] * 257).astype(numpy.uint16)), "PNG"))
    write("image/alpha.png", encoded(rgb.convert("RGBA"), "PNG"))
    write("image/lossy.webp", encoded(rgb, "WEBP", quality=50))
    write("image/lossless.webp", encoded(rgb.convert("RGBA"), "WEBP", lossless=True))


if __name__ == "__main__":
    make_safetensors()
    make_gguf()
    make_tokenizers()
    make_templates()
    make_configs()
    make_images()
