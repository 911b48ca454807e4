"""Draws the pictures of the mini benchmark by the rules the default model was trained with.

One emoji glyph on a coloured background. Every random choice comes from the render seed, so one
(object, colour, seed) triple is one picture.
"""

import math
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIDE = 224
GLYPH_SIDE = 112
STRIKE_PX = 109
CANVAS_PX = 192
BLANK_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
FONT_PATH = pathlib.Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
FONT_SHA256 = "e5899ed38b8ed83e08bd3ac5de09791e9d19d288333a796de1d35ad17396f1ec"


class GlyphSource:
    """Premultiplied GLYPH_SIDE x GLYPH_SIDE x 4 glyphs in 0..1, from the colour bitmap strike."""

    def __init__(self, font_path):
        self._font = ImageFont.truetype(str(font_path), STRIKE_PX)
        self._cache = {}

    def glyph(self, codepoints):
        text = "".join(chr(int(c[2:], 16)) for c in codepoints)
        if text not in self._cache:
            self._cache[text] = self._render(text)
        return self._cache[text]

    def _render(self, text):
        canvas = Image.new("RGBA", (CANVAS_PX, CANVAS_PX), (0, 0, 0, 0))
        ImageDraw.Draw(canvas).text((16, 16), text, font=self._font, embedded_color=True)
        box = canvas.getchannel("A").getbbox()
        if box is None:
            raise ValueError(f"the font has no colour glyph for {text!a}")
        cut = canvas.crop(box)
        side = max(cut.size)
        square = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        square.paste(cut, ((side - cut.width) // 2, (side - cut.height) // 2))
        small = square.convert("RGBa").resize((GLYPH_SIDE, GLYPH_SIDE), Image.Resampling.LANCZOS)
        # Pillow has no direct array view of premultiplied "RGBa".
        flat = np.frombuffer(small.tobytes(), dtype=np.uint8)
        return flat.reshape(GLYPH_SIDE, GLYPH_SIDE, 4).astype(np.float64) / 255.0


def draw_object(glyph, rgb, seed):
    """One picture, uint8 [SIDE, SIDE, 3]."""
    rng = np.random.Generator(np.random.PCG64(seed))
    picture = _background(rgb, rng)
    layer = _placed(glyph, rng)  # [SIDE, SIDE, 4], premultiplied
    picture = layer[..., :3] + (1.0 - layer[..., 3:]) * picture
    picture = picture * rng.uniform(0.85, 1.15) + rng.normal(0.0, 0.02, picture.shape)
    return np.rint(np.clip(picture, 0.0, 1.0) * 255.0).astype(np.uint8)


def draw_noise(seed):
    rng = np.random.Generator(np.random.PCG64(seed))
    return rng.integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)


def draw_blank(level):
    return np.full((SIDE, SIDE, 3), int(level * 255.0 + 0.5), dtype=np.uint8)


def _background(rgb, rng):
    base = np.asarray(rgb, dtype=np.float64) / 255.0 + rng.uniform(-0.06, 0.06, 3)
    angle = rng.uniform(0.0, 2.0 * math.pi)
    strength = rng.uniform(0.0, 0.12)
    axis = np.linspace(-0.5, 0.5, SIDE)
    ramp = strength * (math.cos(angle) * axis[None, :] + math.sin(angle) * axis[:, None])
    return base[None, None, :] + ramp[..., None]


def _placed(glyph, rng):
    """The glyph scaled, turned, perhaps mirrored and moved; bilinear, transparent outside."""
    side = rng.uniform(0.45, 0.90) * SIDE
    angle = math.radians(rng.uniform(-20.0, 20.0))
    mirrored = rng.uniform() < 0.5
    centre_x = rng.uniform(side / 2, SIDE - side / 2)
    centre_y = rng.uniform(side / 2, SIDE - side / 2)
    pixel = np.arange(SIDE) + 0.5
    dx = (pixel[None, :] - centre_x) / side
    dy = (pixel[:, None] - centre_y) / side
    u = math.cos(angle) * dx + math.sin(angle) * dy
    v = math.cos(angle) * dy - math.sin(angle) * dx
    if mirrored:
        u = -u
    return _bilinear(glyph, (u + 0.5) * GLYPH_SIDE - 0.5, (v + 0.5) * GLYPH_SIDE - 0.5)


def _bilinear(image, x, y):
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)))
    last = GLYPH_SIDE
    x = np.clip(x + 1.0, 0.0, last + 1.0)
    y = np.clip(y + 1.0, 0.0, last + 1.0)
    x0 = np.minimum(np.floor(x).astype(np.int64), last)
    y0 = np.minimum(np.floor(y).astype(np.int64), last)
    fx = (x - x0)[..., None]
    fy = (y - y0)[..., None]
    top = padded[y0, x0] * (1.0 - fx) + padded[y0, x0 + 1] * fx
    bottom = padded[y0 + 1, x0] * (1.0 - fx) + padded[y0 + 1, x0 + 1] * fx
    return top * (1.0 - fy) + bottom * fy


def encode_png(pixels):
    """A plain 8-bit RGB PNG without metadata, so that equal pixels give equal bytes."""
    height, width, _ = pixels.shape
    rows = pixels.astype(np.int16).reshape(height, width * 3)
    left = np.pad(rows, ((0, 0), (3, 0)))[:, :-3]
    up = np.pad(rows, ((1, 0), (0, 0)))[:-1]
    candidates = np.stack([rows, rows - left, rows - up, rows - (left + up) // 2]).astype(np.uint8)
    filters = (0, 1, 2, 3)
    # The usual heuristic: per row the filter with the smallest sum of signed magnitudes.
    cost = np.abs(candidates.astype(np.int8).astype(np.int64)).sum(axis=2)
    best = cost.argmin(axis=0)
    body = b"".join(bytes([filters[k]]) + candidates[k, r].tobytes() for r, k in enumerate(best))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(tag, data)
        for tag, data in ((b"IHDR", header), (b"IDAT", _deflate(body)), (b"IEND", b""))
    )


def _deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_FILTERED)
    return packer.compress(data) + packer.flush()


def _chunk(tag, data):
    return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
