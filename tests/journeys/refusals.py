"""What somebody reads who opens a move that is not theirs."""

from django.utils.translation import override

from cases.moves import Move


def is_for_others(person, path: str, move: Move) -> None:
    """Its page is refused and says whose the move is."""
    with person.answered(403):
        assert person.page.goto(person.house.url + path).status == 403
    with override("zh-hans"):
        whose = {"verb": str(move.verb.label), "who": str(move.who.says)}
    person.sees("“%(verb)s” is for %(who)s.", **whose)
