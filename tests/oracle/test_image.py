"""Pictures against Pillow and transformers: decoding, resampling and preprocessing, byte for byte.

The reference of preprocessing is transformers' Pillow backend (CLIPImageProcessorPil). Environment:
SIGHTLINE_BUILD_DIR (default build/release), SIGHTLINE_TEST_SEED (default 1234), SIGHTLINE_SHARED
(folder with data/mmsafeaware; default: shared beside the checkout).
"""

import io
import itertools
import json
import os
import struct
import subprocess
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile
from transformers.image_transforms import convert_to_rgb
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.llava.image_processing_pil_llava import LlavaImageProcessorPil

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
SHARED = Path(os.environ.get("SIGHTLINE_SHARED", ROOT.parent / "shared"))
SEED = int(os.environ.get("SIGHTLINE_TEST_SEED", "1234"))
FILTERS = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3, "box": 4, "hamming": 5}
REAL_SECONDS = 60
ImageFile.MAXBLOCK = 1 << 20  # Pillow's JPEG writer fails on small noisy pictures otherwise


class Probe:
    """The other side: one request, one reply."""

    def __init__(self):
        program = BUILD / "tests" / "oracle" / "image_probe"
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, op, file, **options):
        """The reply as a dictionary; its raw bytes, if any, under "data"."""
        request = {"op": op, "file": str(file), **options}
        self.process.stdin.write((json.dumps(request) + "\n").encode())
        self.process.stdin.flush()
        reply = json.loads(self.process.stdout.readline())
        if "bytes" in reply:
            reply["data"] = self.process.stdout.read(reply["bytes"])
        return reply

    def rgb(self, op, file, **options):
        reply = self.ask(op, file, **options)
        assert "error" not in reply, reply["error"]
        return np.frombuffer(reply["data"], np.uint8).reshape(reply["height"], reply["width"], 3)

    def pixels(self, file, config):
        reply = self.ask("preprocess", file, config=config)
        assert "error" not in reply, reply["error"]
        shape = (3, reply["height"], reply["width"])
        return np.frombuffer(reply["data"], np.float32).reshape(shape)


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.process.stdin.close()
    assert probe.process.wait() == 0


@pytest.fixture
def random(request):
    return np.random.default_rng([SEED, zlib.crc32(request.node.name.encode())])


def noise(random, width, height, channels=3):
    return random.integers(0, 256, (height, width, channels), dtype=np.uint8)


def scene(random, width, height):
    """Slow gradients with a few hard edges: closer to a photo than noise is."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [127 + 120 * np.sin(x * random.uniform(0.01, 0.2) + y * random.uniform(0.01, 0.2) + c)
              for c in range(3)]
    picture = np.stack(planes, -1)
    picture[height // 3 : height // 2, width // 4 : width // 2] = random.integers(0, 256, 3)
    return picture.clip(0, 255).astype(np.uint8)


def reference_rgb(file, drop_alpha):
    with Image.open(file) as picture:
        if drop_alpha:
            return np.array(picture.convert("RGB"))
        return convert_to_rgb(picture, return_numpy=True)


def assert_decodes_equal(probe, file):
    for drop_alpha in (False, True):
        got = probe.rgb("decode", file, drop_alpha=drop_alpha)
        np.testing.assert_array_equal(got, reference_rgb(file, drop_alpha))


# PNG ------------------------------------------------------------------------------------------

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PNG_KINDS = [(1, 0), (2, 0), (4, 0), (8, 0), (16, 0), (8, 2), (16, 2), (1, 3), (2, 3), (4, 3),
             (8, 3), (8, 4), (16, 4), (8, 6), (16, 6)]
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
         (0, 1, 1, 2)]


def png_chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_scanlines(samples, depth):
    """[height, width, channels] → rows of packed bits, each after filter type 0."""
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        bits = np.unpackbits(row.astype(">u2").view(np.uint8)).reshape(-1, 16)[:, 16 - depth :]
        rows.append(b"\0" + np.packbits(bits.reshape(-1)).tobytes())
    return b"".join(rows)


def write_png(file, samples, depth, colour, interlaced=False, extra=()):
    height, width = samples.shape[:2]
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        data = b"".join(png_scanlines(part, depth) for part in passes if part.size)
    else:
        data = png_scanlines(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    chunks = [png_chunk(b"IHDR", header), *itertools.starmap(png_chunk, extra)]
    chunks += [png_chunk(b"IDAT", zlib.compress(data)), png_chunk(b"IEND", b"")]
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def transparency(random, samples, depth, colour):
    """A tRNS chunk that hits some pixel of the picture."""
    if colour == 3:
        return random.integers(0, 256, min(1 << depth, 100), dtype=np.uint8).tobytes()
    pixel = samples[samples.shape[0] // 2, samples.shape[1] // 2]
    return b"".join(struct.pack(">H", int(value)) for value in pixel)


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("transparent", [False, True])
@pytest.mark.parametrize("depth,colour", PNG_KINDS)
def test_png_of_every_kind(probe, tmp_path, random, depth, colour, transparent, interlaced):
    if transparent and colour in (4, 6):
        return  # these carry their own alpha
    for width, height in [(1, 1), (1, 7), (9, 1), (13, 11), (64, 3)]:
        samples = random.integers(0, 1 << depth, (height, width, CHANNELS[colour]))
        if depth == 16:  # also values that fit a byte
            samples = np.where(random.random(samples.shape) < 0.3, samples >> 8, samples)
        extra = []
        if colour == 3:
            colours = random.integers(1, (1 << depth) + 1)  # maybe fewer than are used
            extra.append((b"PLTE", random.integers(0, 256, colours * 3, dtype=np.uint8).tobytes()))
        if transparent:
            trns = transparency(random, samples, depth, colour)
            extra.append((b"tRNS", trns[:colours] if colour == 3 else trns))
        file = tmp_path / f"{width}x{height}.png"
        write_png(file, samples, depth, colour, interlaced, extra)
        assert_decodes_equal(probe, file)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_written_by_pillow(probe, tmp_path, random, mode):
    picture = Image.fromarray(noise(random, 37, 23, 4), "RGBA")
    if mode == "I;16":
        picture = Image.fromarray(random.integers(0, 65536, (23, 37)).astype(np.uint16))
    else:
        picture = picture.convert(mode)
    picture.save(tmp_path / "picture.png", optimize=True)
    assert_decodes_equal(probe, tmp_path / "picture.png")


def test_png_palette_with_one_transparent_colour(probe, tmp_path, random):
    picture = Image.fromarray(scene(random, 40, 30)).quantize(16)
    picture.save(tmp_path / "picture.png", transparency=3)
    assert_decodes_equal(probe, tmp_path / "picture.png")


def test_animated_png_gives_its_first_frame(probe, tmp_path, random):
    frames = [Image.fromarray(noise(random, 20, 10, 4), "RGBA") for _ in range(3)]
    frames[0].save(tmp_path / "a.png", save_all=True, append_images=frames[1:])
    assert_decodes_equal(probe, tmp_path / "a.png")


def test_png_is_written_so_that_pillow_reads_it(probe, tmp_path, random):
    for width, height in [(1, 1), (224, 224), (301, 7)]:
        samples = scene(random, width, height)
        Image.fromarray(samples).save(tmp_path / "in.png")
        encoded = probe.ask("encode", tmp_path / "in.png")["data"]
        np.testing.assert_array_equal(np.array(Image.open(io.BytesIO(encoded))), samples)


# JPEG -----------------------------------------------------------------------------------------


def save_jpeg(file, picture, **options):
    picture.save(file, "JPEG", **options)
    return file


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("quality", [5, 30, 75, 95, 100])
def test_jpeg_of_every_quality(probe, tmp_path, random, quality, subsampling, progressive):
    for width, height in [(1, 1), (1, 50), (50, 1), (17, 33), (200, 131)]:
        for samples in (noise(random, width, height), scene(random, width, height)):
            file = save_jpeg(tmp_path / "a.jpg", Image.fromarray(samples), quality=quality,
                             subsampling=subsampling, progressive=progressive)
            assert_decodes_equal(probe, file)


@pytest.mark.parametrize("options", [
    {"optimize": True}, {"keep_rgb": True}, {"restart_marker_blocks": 3}, {"smooth": 50},
    {"restart_marker_rows": 1, "progressive": True}], ids=str)
def test_jpeg_options(probe, tmp_path, random, options):
    picture = Image.fromarray(scene(random, 123, 77))
    assert_decodes_equal(probe, save_jpeg(tmp_path / "a.jpg", picture, **options))


def test_jpeg_grey(probe, tmp_path, random):
    picture = Image.fromarray(scene(random, 61, 47)).convert("L")
    assert_decodes_equal(probe, save_jpeg(tmp_path / "a.jpg", picture))


@pytest.mark.parametrize("adobe_transform", [0, 2, None], ids=["cmyk", "ycck", "no_marker"])
def test_jpeg_of_four_components(probe, tmp_path, random, adobe_transform):
    for samples in (noise(random, 45, 31, 4), np.repeat(scene(random, 45, 31), 2, -1)[..., :4]):
        file = save_jpeg(tmp_path / "a.jpg", Image.fromarray(np.ascontiguousarray(samples), "CMYK"))
        data = bytearray(file.read_bytes())
        marker = data.index(b"\xff\xee\x00\x0eAdobe")
        if adobe_transform is None:
            del data[marker : marker + 16]
        else:
            data[marker + 15] = adobe_transform
        file.write_bytes(data)
        assert_decodes_equal(probe, file)


def set_frame(data, width, height, luma_sampling):
    """Changes a frame header so that the same blocks form a picture of another subsampling."""
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    data[frame + 11] = luma_sampling


def test_jpeg_of_rare_subsamplings(probe, tmp_path, random):
    picture = Image.fromarray(scene(random, 128, 96))
    cases = [("4:2:2", 64, 192, 0x12), ("4:2:0", 256, 48, 0x41), ("4:2:0", 64, 192, 0x14)]
    for subsampling, width, height, luma_sampling in cases:
        file = save_jpeg(tmp_path / "a.jpg", picture, subsampling=subsampling)
        data = bytearray(file.read_bytes())
        set_frame(data, width, height, luma_sampling)
        file.write_bytes(data)
        assert_decodes_equal(probe, file)


def test_jpeg_orientation_is_ignored(probe, tmp_path, random):
    picture = Image.fromarray(scene(random, 40, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    file = save_jpeg(tmp_path / "a.jpg", picture, exif=exif)
    assert probe.rgb("decode", file).shape == (20, 40, 3)
    assert_decodes_equal(probe, file)


def test_multi_picture_jpeg_gives_its_first(probe, tmp_path, random):
    pictures = [Image.fromarray(scene(random, 40 + i, 30)) for i in range(3)]
    pictures[0].save(tmp_path / "a.mpo", "MPO", save_all=True, append_images=pictures[1:])
    assert_decodes_equal(probe, tmp_path / "a.mpo")


# WebP -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("options", [
    {"quality": 10}, {"quality": 80}, {"quality": 100, "method": 0}, {"lossless": True},
    {"lossless": True, "exact": True}, {"quality": 60, "alpha_quality": 20}], ids=str)
def test_webp(probe, tmp_path, random, mode, options):
    for width, height in [(1, 1), (1, 40), (33, 17), (120, 90)]:
        samples = scene(random, width, height)
        if mode == "RGBA":
            samples = np.concatenate([samples, noise(random, width, height, 1)], -1)
        Image.fromarray(samples, mode).save(tmp_path / "a.webp", **options)
        assert_decodes_equal(probe, tmp_path / "a.webp")


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_animated_webp_gives_its_first_frame(probe, tmp_path, random, mode):
    frames = [Image.fromarray(noise(random, 30, 20, len(mode)), mode) for _ in range(3)]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], duration=50)
    assert_decodes_equal(probe, tmp_path / "a.webp")


# Damage ---------------------------------------------------------------------------------------


def encoded_samples(random):
    picture = Image.fromarray(scene(random, 90, 70))
    for name, options in [("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}),
                          ("WEBP", {}), ("WEBP", {"lossless": True})]:
        buffer = io.BytesIO()
        picture.save(buffer, name, **options)
        yield buffer.getvalue()


def test_a_cut_file_is_refused_where_pillow_refuses_it(probe, tmp_path, random):
    file = tmp_path / "cut"
    for data in encoded_samples(random):
        for length in random.integers(0, len(data), 60):
            file.write_bytes(data[:length])
            reply = probe.ask("decode", file)
            try:
                want = reference_rgb(file, False)
            except Exception:  # Pillow has many kinds
                assert reply.get("kind") == "bad_file", (length, len(data))
                assert str(file) in reply["error"]
                continue
            if "data" in reply:
                assert reply["data"] == want.tobytes()


def test_a_scratched_file_is_read_or_refused(probe, tmp_path, random):
    file = tmp_path / "scratched"
    for data in encoded_samples(random):
        for _ in range(60):
            scratched = bytearray(data)
            for place in random.integers(12, len(data), 3):
                scratched[place] = random.integers(0, 256)
            file.write_bytes(scratched)
            reply = probe.ask("decode", file)
            assert "data" in reply or reply["kind"] in ("bad_file", "unsupported")


# Resampling -----------------------------------------------------------------------------------

SIZES = [(1, 1), (1, 300), (300, 1), (3, 2), (17, 31), (224, 224), (513, 90), (1200, 7), (640, 481)]


@pytest.mark.parametrize("name", FILTERS)
def test_resize(probe, tmp_path, random, name):
    file = tmp_path / "a.png"
    for width, height in SIZES:
        for samples in (noise(random, width, height), scene(random, width, height)):
            picture = Image.fromarray(samples)
            picture.save(file, compress_level=1)
            targets = [(width, height), (width, 50), (50, height), (224, 224), (1, 1), (700, 3)]
            targets += [tuple(int(side) for side in random.integers(1, 400, 2)) for _ in range(4)]
            for target in targets:
                got = probe.rgb("resize", file, width=target[0], height=target[1],
                                resample=FILTERS[name])
                want = np.array(picture.resize(target, FILTERS[name]))
                np.testing.assert_array_equal(got, want, err_msg=f"{(width, height)} → {target}")


# Preprocessing --------------------------------------------------------------------------------


def assert_preprocesses_equal(probe, file, config, processor):
    with Image.open(file) as picture:
        want = processor(picture, return_tensors="np")["pixel_values"][0]
    np.testing.assert_array_equal(probe.pixels(file, config), want.astype(np.float32))


def random_config(random):
    size = [{"shortest_edge": int(random.integers(1, 300))},
            {"shortest_edge": int(random.integers(20, 200)), "longest_edge": 200},
            {"height": int(random.integers(1, 300)), "width": int(random.integers(1, 300))},
            int(random.integers(1, 300))][random.integers(4)]
    crop = [int(random.integers(1, 300)),
            {"height": int(random.integers(1, 300)), "width": int(random.integers(1, 300))}]
    return {
        "image_processor_type": ["CLIPImageProcessor", "LlavaImageProcessor"][random.integers(2)],
        "do_resize": bool(random.random() < 0.9),
        "size": size,
        "resample": int(random.integers(0, 6)),
        "do_center_crop": bool(random.random() < 0.8),
        "crop_size": crop[random.integers(2)],
        "do_rescale": bool(random.random() < 0.9),
        "rescale_factor": [1 / 255, 1 / 127.5, 0.01][random.integers(3)],
        "do_normalize": bool(random.random() < 0.9),
        "image_mean": random.uniform(0, 1, 3).tolist(),
        "image_std": random.uniform(0.1, 1, 3).tolist(),
        "do_pad": bool(random.random() < 0.5),
    }


def processor_of(config):
    kind = {"CLIPImageProcessor": CLIPImageProcessorPil,
            "LlavaImageProcessor": LlavaImageProcessorPil}[config["image_processor_type"]]
    return kind(**{key: value for key, value in config.items() if key != "image_processor_type"})


def test_preprocess_of_random_configurations(probe, tmp_path, random):
    file = tmp_path / "a.png"
    for _ in range(200):
        width, height = (int(side) for side in random.integers(1, 400, 2))
        Image.fromarray(scene(random, width, height)).save(file, compress_level=1)
        config = random_config(random)
        assert_preprocesses_equal(probe, file, config, processor_of(config))


def test_preprocess_by_default_is_clip(probe, tmp_path, random):
    for width, height in [(1, 1), (640, 480), (101, 1000), (30, 20), (1, 60)]:
        Image.fromarray(noise(random, width, height, 4), "RGBA").save(tmp_path / "a.png")
        assert_preprocesses_equal(probe, tmp_path / "a.png", {}, CLIPImageProcessorPil())


def real_pictures():
    folder = SHARED / "data" / "mmsafeaware" / "data"
    return sorted(path for path in folder.glob("images*/*") if path.is_file())


def test_real_pictures(probe, random):
    """Required: at most 1/255 a channel, 0.1/255 on average. Found: equal."""
    files = real_pictures()
    if not files:
        pytest.skip(f"no pictures below {SHARED / 'data' / 'mmsafeaware'}")
    processor = CLIPImageProcessorPil(do_rescale=False, do_normalize=False)
    end = time.monotonic() + REAL_SECONDS
    worst, total, count = 0, 0.0, 0
    for index in random.permutation(len(files)):
        if time.monotonic() > end:
            break
        with Image.open(files[index]) as picture:
            want = processor(picture, return_tensors="np")["pixel_values"][0]
        got = probe.rgb("frame", files[index], config={}).transpose(2, 0, 1)
        difference = np.abs(got.astype(np.int16) - want.astype(np.int16))
        worst, total, count = max(worst, difference.max()), total + difference.mean(), count + 1
    print(f"{count} of {len(files)} real pictures: worst {worst}/255, mean {total / count:.6f}/255")
    assert worst <= 1 and total / count <= 0.1
    assert worst == 0
