"""What the program apart takes for a photo, and what it makes of it."""

import io
import os
import resource
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from files import checking
from files.checking import examine
from files.models import Refusal
from tests.files import pictures

SAMPLES = Path(os.environ.get("LIIXIA_SAMPLES", "nowhere")) / "photos"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_sound_photo_of_each_kind_becomes_two_jpegs(kind):
    done = examine(pictures.sound(kind))
    assert (done.refusal, done.columns["width"], done.columns["height"]) == ("", 640, 480)
    assert [opened(data).format for data in (done.large, done.small)] == ["JPEG", "JPEG"]
    assert opened(done.small).size == (480, 360)


@pytest.mark.parametrize("name", pictures.EVIL)
def test_evil_is_refused_with_a_known_reason(name):
    done = examine(pictures.EVIL[name]())
    assert done.refusal in Refusal.values
    assert (done.large, done.small) == (b"", b"")


def test_the_corpus_is_as_large_as_promised():
    assert len(pictures.EVIL) >= 40


@pytest.mark.parametrize(
    ("name", "code"),
    [("bomb of points (PNG)", "too_many_pixels"), ("just over 50 million points", "too_many_pixels"),
     ("truncated JPEG", "damaged"), ("page in a comment of a JPEG", "carries_code"), ("PDF", "carries_code"),
     ("GIF", "not_a_photo"), ("EXIF overflow", "damaged")],
)  # fmt: skip
def test_the_reason_is_the_right_one(name, code):
    assert examine(pictures.EVIL[name]()).refusal == code


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF"])
def test_nothing_of_the_facts_stays_in_the_pictures(kind):
    data = pictures.with_facts(kind)
    assert pictures.SECRET in data
    done = examine(data)
    for picture in (done.large, done.small):
        assert pictures.SECRET not in picture
        assert b"Exif" not in picture
        assert not opened(picture).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF"])
def test_the_cameras_time_and_place_are_kept_as_columns(kind):
    columns = examine(pictures.with_facts(kind)).columns
    assert columns["taken_at"] == "2026:03:12 14:31:07 +08:00"
    assert (round(columns["taken_lon"], 3), round(columns["taken_lat"], 3)) == (117.017, 36.661)


def test_a_photo_held_upright_is_shown_upright():
    done = examine(pictures.with_facts(orientation=6))
    assert (done.columns["width"], done.columns["height"]) == (480, 640)
    assert opened(done.large).size == (480, 640)


def test_what_one_sees_through_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(examine(out.getvalue()).large).getpixel((32, 32)) == (255, 255, 255)


def test_the_largest_photo_allowed_is_taken():
    done = examine(pictures.sound("JPEG", (8164, 6124), quality=60))
    assert done.refusal == ""
    assert max(opened(done.large).size) == 2560


def test_no_evil_makes_this_process_large():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in ("bomb of points (PNG)", "bomb of points (JPEG)", "EXIF overflow"):
        examine(pictures.EVIL[name]())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_a_photo_that_fells_the_program_is_refused(monkeypatch, tmp_path):
    program = tmp_path / "dies.py"
    program.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(checking, "PROGRAM", program)
    assert examine(b"x").refusal == "damaged"


def test_a_broken_installation_is_no_fault_of_the_photo(monkeypatch, tmp_path):
    program = tmp_path / "broken.py"
    program.write_text("import no_such_module\n")
    monkeypatch.setattr(checking, "PROGRAM", program)
    with pytest.raises(subprocess.CalledProcessError):
        examine(pictures.sound())


@pytest.mark.parametrize("name", ["DSCN0010.jpg", "landscape_6.jpg"])
def test_real_photos_are_taken(name):
    if not (SAMPLES / name).exists():
        pytest.skip("no real photos at LIIXIA_SAMPLES")
    done = examine((SAMPLES / name).read_bytes())
    assert done.refusal == ""
    assert bool(done.columns["taken_lon"]) == (name == "DSCN0010.jpg")
