"""Photos of a few demo cases, drawn by ourselves and marked as examples: a spot before, and the same spot after."""

import io
from datetime import datetime
from uuid import UUID

import pylopdf_fonts_zh_cn as noto
from django.utils.timezone import localtime
from PIL import Image, ImageDraw, ImageFont

from cases.models import Case, Verb
from engagement.placing import Point
from files import actions
from files.actions import NONE_CHOSEN, Chosen
from files.models import Photo

# Scenes that are inspected and then wait to be called back or closed; and one that still waits for its inspection.
PAIRED = (23, 24)
TO_INSPECT = (9,)
# Which of them could only be taken from another spot, and why.
FAR = 24
WHY = "原处正在围挡施工，只能在马路对面拍；到场看过，已清理。"
SIZE, GROUND = (640, 480), 300
STEP = 6e-4  # about 65 metres further north
BEFORE, AFTER = "示例照片 处置前", "示例照片 处置后"


def before(number: int, point: Point | None, at: datetime) -> Chosen:
    """What whoever reported it sends with the report."""
    return _sent(number, BEFORE, point, at) if number in (*PAIRED, *TO_INSPECT) else NONE_CHOSEN


def pair(case: Case, number: int, at: datetime) -> tuple[dict[str, object], Chosen]:
    """What the inspector's form says, and the photo that was sent with it."""
    first = case_photo(case) if number in PAIRED else None
    if first is None or case.lon is None or case.lat is None:
        return {}, NONE_CHOSEN
    sent = _sent(number, AFTER, Point(case.lon, case.lat + (STEP if number == FAR else 0)), at)
    facts = {"before": str(first), "after": str(sent.ids[0]), "ticket": sent.ticket, "photos": [str(sent.ids[0])]}
    return {**facts, **({"why": WHY} if number == FAR else {})}, sent


def hang(case: Case, sent: Chosen) -> None:
    """On the step of the inspection, as the page does."""
    step = case.steps.filter(verb=Verb.PASS).order_by("-seq").values_list("pk", flat=True).first()
    actions.attach(sent, kind="case", subject_id=case.pk, step_id=step)


def case_photo(case: Case) -> UUID | None:
    found: UUID | None = Photo.objects.of("case", case.pk).values_list("pk", flat=True).first()
    return found


def _sent(number: int, words: str, point: Point | None, at: datetime) -> Chosen:
    ticket = f"demo {number} {words}"
    data = _drawn(words, point, at)
    photo = actions.begin(size=len(data), name="示例.jpg", ticket=ticket, sender=None, at=at)
    photo = actions.add_piece(photo.pk, ticket=ticket, offset=0, data=data, at=at)
    actions.process(photo.pk, at=at)
    return Chosen(ticket, (photo.pk,))


def _drawn(words: str, point: Point | None, at: datetime) -> bytes:
    """A wall and a pavement; before, something lies there that is gone after."""
    image = Image.new("RGB", SIZE, "#c9d6df")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, GROUND, *SIZE), fill="#8d9499")
    pen.rectangle((40, 90, 250, GROUND), fill="#b08d6e")
    pen.rectangle((90, 160, 190, GROUND), fill="#5d4a3a")
    if words == BEFORE:
        for left in (300, 380, 470):
            pen.ellipse((left, 280, left + 110, 380), fill="#4a4f3d")
    font = ImageFont.truetype(str(noto.sans_path()), 30)
    pen.text((24, 24), words, font=font, fill="#1d2b36")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, exif=_facts(point, at))
    return out.getvalue()


def _facts(point: Point | None, at: datetime) -> Image.Exif:
    """When and where, as a phone writes it."""
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: localtime(at).strftime("%Y:%m:%d %H:%M:%S"), 0x9011: "+08:00"})
    if point:
        exif.get_ifd(0x8825).update({1: "N", 2: _degrees(point.lat), 3: "E", 4: _degrees(point.lon)})
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    minutes = (value - whole) * 60
    return float(whole), float(int(minutes)), (minutes - int(minutes)) * 60
