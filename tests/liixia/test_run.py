"""script/test uses what this machine has, and says what it has not."""

import pytest

from tests import run as script


@pytest.fixture
def asked(monkeypatch):
    """What pytest would be asked, in a place without samples."""
    calls = []
    monkeypatch.setattr(script, "run", lambda arguments: calls.append(arguments) or 0)
    monkeypatch.setattr(script, "browser_tests", lambda: 7)
    for name in ("CI", "CHROMIUM", "LIIXIA_SAMPLES"):
        monkeypatch.setenv(name, "put back in the end")
        monkeypatch.delenv(name)
    return calls


def test_without_a_browser_the_rest_runs_and_a_sentence_counts_what_did_not(asked, monkeypatch, capsys):
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    assert script.main(["--long"]) == 0
    assert asked == [["-m", "not browser", "--long"]]
    assert "7 browser tests did not run" in capsys.readouterr().out


def test_on_a_build_machine_a_missing_browser_is_a_failure(asked, monkeypatch):
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    monkeypatch.setenv("CI", "true")
    assert script.main([]) == 1
    assert asked == []


def test_the_named_browser_comes_before_the_one_on_path(asked, monkeypatch):
    monkeypatch.setattr(script.shutil, "which", lambda name: "/usr/bin/chromium")
    monkeypatch.setenv("CHROMIUM", "/bin/sh")
    assert script.chromium() == "/bin/sh"


def test_a_named_browser_that_is_not_there_gives_way_to_the_one_on_path(asked, monkeypatch):
    monkeypatch.setattr(script.shutil, "which", lambda name: "/usr/bin/chromium")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert script.main([]) == 0
    assert script.os.environ["CHROMIUM"] == "/usr/bin/chromium"


@pytest.mark.parametrize("there", [True, False])
def test_the_samples_are_named_where_they_are(asked, monkeypatch, tmp_path, there):
    monkeypatch.setattr(script, "SAMPLES", tmp_path if there else tmp_path / "none")
    script.main([])
    assert ("LIIXIA_SAMPLES" in script.os.environ) is there
