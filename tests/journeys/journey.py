"""One case on its way with everybody who walks with it, and the one thing a journey sets: limits."""

from datetime import date, timedelta

from django.urls import reverse

from accountability.models import Limit, Phase, Urgency
from cases.models import Case
from engagement.models import Report
from tests.browser.persons import zh
from tests.journeys import people


class Journey:
    """One case on its way, and everybody who walks with it, each at a browser of their own."""

    def __init__(self, visitor, as_person) -> None:
        self.visitor, self.as_person = visitor, as_person
        self.place = people.place()
        self.item, self.units = people.item_of_three(self.place.street.office)
        self.there: dict[str, object] = {}
        self.case: Case = None
        self.report: Report = None

    def has(self, report: Report) -> None:
        self.report, self.case = report, report.case

    def who(self, user):
        """This user's browser, opened when they first come into the story."""
        if user.username not in self.there:
            self.there[user.username] = self.as_person(user)
        return self.there[user.username]

    @property
    def dispatcher(self):
        return self.who(self.place.dispatcher)

    @property
    def leader(self):
        return self.who(self.place.leader)

    @property
    def officers(self):
        return [self.who(people.answers_for(unit)) for unit in self.units]

    @property
    def page_of_case(self) -> str:
        return reverse("desk:case", args=[self.case.number])

    def hears(self, person, sentence: str, **params) -> None:
        """The inbox tells it, on this case."""
        person.waits_to_see("/inbox/", person.row(zh(sentence, **params), self.case.number))


def limit(phase: Phase, amount: int, unit: str) -> None:
    """A limit that from now on goes before all earlier ones of the phase, as a new line of the limits' table does."""
    newest = Limit.objects.filter(urgency=Urgency.EXTREME, phase=phase).order_by("-since")[0].since
    since = max(newest, date(2020, 1, 1)) + timedelta(days=1)
    Limit.objects.create(urgency=Urgency.EXTREME, phase=phase, amount=amount, unit=unit, basis="试验", since=since)
