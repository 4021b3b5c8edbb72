"""The fixed words of a bundle in the language of whoever asked."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case
from desk.bundle.reading import Evidence

FIXED = {
    "bundle": gettext_lazy("Evidence bundle"),
    "now": gettext_lazy("How it stood"),
    "matter": gettext_lazy("The matter"),
    "reporters": gettext_lazy("Who reported it"),
    "nobody": gettext_lazy("Seen and reported by staff; nobody waits for an answer."),
    "kept": gettext_lazy(
        "Confidential: who reported it and their own words stay with the hotline, the district desk and the"
        " inspector. This bundle does not hold them."
    ),
    "duties": gettext_lazy("Who is to do what"),
    "version": gettext_lazy("Version of the list in force when it was accepted"),
    "provisional": gettext_lazy("Provisional"),
    "units": gettext_lazy("Units called"),
    "clocks": gettext_lazy("Clocks, and why each deadline"),
    "orders": gettext_lazy("Orders of supervision"),
    "answer": gettext_lazy("The unit's answer"),
    "verdict": gettext_lazy("Verdict"),
    "reckonings": gettext_lazy("Breached duties of the list"),
    "shows": gettext_lazy("What shows it"),
    "comes": gettext_lazy("What should come of it"),
    "links": gettext_lazy("Cases that belong together"),
    "steps": gettext_lazy("What has happened"),
    "step": gettext_lazy("No., time and hash"),
    "done": gettext_lazy("What was done, by whom, with which words"),
    "cited": gettext_lazy("Cited from the list"),
    "photos": gettext_lazy("Photos"),
    "photo_note": gettext_lazy("Each hash is that of the photo as it was sent (sha256)."),
    "see": gettext_lazy("Photos"),
    "marks": gettext_lazy("Marks"),
    "responded": gettext_lazy("Responded in time"),
    "solved": gettext_lazy("Solved"),
    "satisfied": gettext_lazy("Satisfied"),
    "unit": gettext_lazy("Unit"),
    "head": gettext_lazy("End of the chain of steps"),
    "chained": gettext_lazy(
        "Each step is chained to the one before it: its hash is made of that step's hash and of all that stands in"
        " it. Whoever changes a step changes every hash after it."
    ),
    "file": gettext_lazy(
        "The sha256 of this very file is kept where it was made. Open “Check a bundle” there and choose the file,"
        " or give its hash: the page says whether it is one of ours, of which case and moment. A copy changed by a"
        " single byte is not."
    ),
    "masked": gettext_lazy(
        "Names and phones of residents are masked. The bundle holds what whoever asked for it may see, and nothing"
        " more."
    ),
    "signs": gettext_lazy("A sign that the print has no shape for stands as its number: 〔U+1F600〕."),
    "page": gettext_lazy("Page {n} of {all}"),
    "as_of": gettext_lazy("As of"),
}


def wording(evidence: Evidence) -> dict[str, str]:
    return {**{name: str(words) for name, words in FIXED.items()}, "no_duties": _no_duties(evidence.case)}


def _no_duties(case: Case) -> str:
    if case.list_version:
        return _("No item of the list is named for this case, so the list does not say who leads.")
    if case.accepted_at:
        return _("This case carries no version of the list: none was in force when it was accepted.")
    return _("The version of the list in force on the day of acceptance will apply.")
