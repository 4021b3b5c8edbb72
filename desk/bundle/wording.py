"""The fixed words of a bundle in the language of whoever asked."""

from django.utils.translation import gettext as _

from desk.bundle.reading import Evidence


def wording(evidence: Evidence) -> dict[str, str]:
    case = evidence.case
    return {
        "bundle": _("Evidence bundle"),
        "now": _("How it stood"),
        "matter": _("The matter"),
        "reporters": _("Who reported it"),
        "nobody": _("Seen and reported by staff; nobody waits for an answer."),
        "kept": _(
            "Confidential: who reported it and their own words stay with the hotline, the district desk and the"
            " inspector. This bundle does not hold them."
        ),
        "duties": _("Who is to do what"),
        "no_duties": _no_duties(case),
        "version": _("Version of the list in force when it was accepted"),
        "provisional": _("Provisional"),
        "units": _("Units called"),
        "clocks": _("Clocks, and why each deadline"),
        "orders": _("Orders of supervision"),
        "answer": _("The unit's answer"),
        "verdict": _("Verdict"),
        "links": _("Cases that belong together"),
        "steps": _("What has happened"),
        "step": _("No., time and hash"),
        "done": _("What was done, by whom, with which words"),
        "photos": _("Photos"),
        "photo_note": _("Each hash is that of the photo as it was sent (sha256)."),
        "see": _("Photos"),
        "marks": _("Marks"),
        "responded": _("Responded in time"),
        "solved": _("Solved"),
        "satisfied": _("Satisfied"),
        "unit": _("Unit"),
        "head": _("End of the chain of steps"),
        "chained": _(
            "Each step is chained to the one before it: its hash is made of that step's hash and of all that stands in"
            " it. Whoever changes a step changes every hash after it."
        ),
        "file": _(
            "The sha256 of this very file is kept where it was made. Open “Check a bundle” there and choose the file,"
            " or give its hash: the page says whether it is one of ours, of which case and moment. A copy changed by a"
            " single byte is not."
        ),
        "masked": _(
            "Names and phones of residents are masked. The bundle holds what whoever asked for it may see, and nothing"
            " more."
        ),
        "signs": _("A sign that the print has no shape for stands as its number: 〔U+1F600〕."),
        "page": _("Page {n} of {all}"),
        "as_of": _("As of"),
    }


def _no_duties(case) -> str:
    if case.list_version:
        return _("No item of the list is named for this case, so the list does not say who leads.")
    if case.accepted_at:
        return _("This case carries no version of the list: none was in force when it was accepted.")
    return _("The version of the list in force on the day of acceptance will apply.")
