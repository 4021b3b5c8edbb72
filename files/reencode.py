"""Run apart, as a program with little memory and time: photo in on stdin, what it is and two clean JPEGs out on stdout.

It gets no secrets and no database. Whatever is wrong with the bytes happens here and kills nobody else.
"""

import io
import json
import math
import re
import resource
import sys
import warnings
import zipfile

import pillow_heif
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

MEMORY = 1024 * 1024 * 1024
SECONDS = 10
MOST_PIXELS = 50_000_000
LARGE, SMALL = (2560, 2560), (480, 480)
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# No photo holds these; a page, a script or a document that poses as a photo does.
CODE = re.compile(rb"<script|<!doctype|<html[\s>]|<iframe|<\?php\s|<svg\s|javascript:|%pdf-1|%!ps-adobe", re.IGNORECASE)


class Refused(Exception):
    """The code of why these bytes are not taken."""


def confine() -> None:
    """Bounds for this process: it may not write files, take much memory, or think long."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def kind_of(data: bytes) -> str:
    """What the first bytes say; the name's ending and the browser's word say nothing."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "HEIF"
    raise Refused("not_a_photo")


def refuse_stowaways(data: bytes) -> None:
    """A photo that is also a page, a script or an archive is refused whole, though its copy would be clean."""
    if CODE.search(data) or zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("carries_code")


def opened(data: bytes) -> Image.Image:
    kind = kind_of(data)
    if kind == "HEIF":
        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        return Image.open(io.BytesIO(data), formats=(kind,))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as large:
        raise Refused("too_many_pixels") from large
    except UnidentifiedImageError as unknown:
        raise Refused("damaged") from unknown


def facts_of(image: Image.Image) -> dict:
    """When and where the camera says it was taken."""
    exif = image.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    taken = inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or ""
    offset = inner.get(ExifTags.Base.OffsetTimeOriginal) or ""
    words = f"{taken} {offset}".replace("\0", "").strip()
    lon, lat = point_of(exif.get_ifd(ExifTags.IFD.GPSInfo))
    return {"taken_at": words[:40] if words.isascii() else "", "taken_lon": lon, "taken_lat": lat}


def point_of(gps: dict) -> tuple[float | None, float | None]:
    lat = degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S", 90)
    lon = degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W", 180)
    return (None, None) if lat is None or lon is None or lat == lon == 0 else (lon, lat)


def degrees(parts: object, side: object, negative: str, most: float) -> float | None:
    try:
        value = sum(float(part) / 60**power for power, part in enumerate(parts))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(value) or abs(value) > most:
        return None
    return round(-value if side == negative else value, 7)


def clean(image: Image.Image, most: tuple[int, int], quality: int) -> bytes:
    """A JPEG of the bare pixels, no larger than `most`."""
    image.thumbnail(most, Image.Resampling.LANCZOS)
    bare = Image.new("RGB", image.size, "white")
    bare.paste(image, mask=image if image.mode == "RGBA" else None)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality)
    return out.getvalue()


def upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held, in plain colours, already near the size it will have."""
    image.thumbnail(LARGE, Image.Resampling.LANCZOS)
    turned = ImageOps.exif_transpose(image)
    seen_through = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    return turned.convert("RGBA" if seen_through else "RGB")


def examined(data: bytes) -> tuple[dict, bytes, bytes]:
    refuse_stowaways(data)
    image = opened(data)
    facts = facts_of(image)
    width, height = image.size
    if image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8):
        width, height = height, width
    picture = upright(image)
    return {**facts, "width": width, "height": height}, clean(picture, LARGE, 85), clean(picture, SMALL, 80)


def main() -> None:
    confine()
    warnings.filterwarnings("error", category=UserWarning)
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    data = sys.stdin.buffer.read()
    try:
        head, large, small = examined(data)
    except Refused as refused:
        head, large, small = {"refusal": str(refused)}, b"", b""
    except Exception as wrong:  # whatever a parser trips over, these bytes are no sound photo
        head, large, small = {"refusal": "damaged", "why": f"{type(wrong).__name__}: {wrong}"[:200]}, b"", b""
    words = json.dumps({**head, "large": len(large), "small": len(small)}).encode()
    sys.stdout.buffer.write(len(words).to_bytes(4, "big") + words + large + small)


if __name__ == "__main__":
    main()
