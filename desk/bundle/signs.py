"""Which signs the print has a shape for; others stand as their number, so that nothing said is lost unseen."""

from functools import lru_cache
from typing import Any
from unicodedata import category

import pylopdf_fonts_zh_cn as noto
from PIL import ImageFont

# Song for what is said, Hei for what it is called: as print in Chinese has long told them apart.
FONTS = [noto.serif_path(), noto.sans_path()]
# Signs that show nothing or change what stands around them: controls, formats, surrogates, private and unknown ones.
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
SPACES = "\t\u00a0\u3000"


def printable(told: Any) -> Any:
    """The same values, every string of signs that can be printed."""
    if isinstance(told, dict):
        return {name: printable(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [printable(value) for value in told]
    return "".join(map(_sign, told.replace("\r\n", "\n"))) if isinstance(told, str) else told


def _sign(sign: str) -> str:
    if sign == "\n" or " " <= sign <= "~":
        return sign
    if sign in SPACES:
        return " "
    return sign if has_shape(sign) else f"〔U+{ord(sign):04X}〕"


@lru_cache(maxsize=20_000)
def has_shape(sign: str) -> bool:
    """Whether a font draws this sign, and not the box that stands for all that it does not know."""
    return category(sign) not in UNSEEN and any(_drawn(font, sign) != _drawn(font, "\ufffe") for font in _fonts())


def _drawn(font: ImageFont.FreeTypeFont, sign: str) -> bytes:
    return bytes(font.getmask(sign))


@lru_cache(maxsize=1)
def _fonts() -> list[ImageFont.FreeTypeFont]:
    return [ImageFont.truetype(str(path), 24, layout_engine=ImageFont.Layout.BASIC) for path in FONTS]
