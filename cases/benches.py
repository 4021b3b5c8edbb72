"""Before whom a dispute lies, as a question to the rows."""

from django.apps import apps
from django.db.models import OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from cases.querysets import CONFERRING, OfCaseQuerySet
from grids.standing import Standing
from people.models import Role

# Who decides a dispute: those posted to the place, and above them two offices that confer, and again one person.
BENCHES = {Role.DISTRICT_DESK: "desk", Role.DISTRICT_LEADER: "leader"}


class DisputeQuerySet(OfCaseQuerySet):
    def open(self) -> "DisputeQuerySet":
        return self.filter(decided_at=None)

    def before(self, standing: Standing) -> "DisputeQuerySet":
        """Open ones that they see and that lie before this person; not what waits for the word of the other office."""
        where = Q(pk__in=[])
        for role, code in standing.posts:
            if role in BENCHES:
                where |= Q(bench=BENCHES[role], case__place_code__startswith=code)
        mine = CONFERRING & standing.roles
        if mine:
            where |= Q(bench="conferral")
        seen = self.visible_to(standing).filter(where).open()
        if len(mine) != 1:
            return seen
        put = apps.get_model("cases", "Step").objects.filter(summons=OuterRef("summons"), verb="put_to")
        spoke = put.order_by("-seq").values(office=KT("facts__office"))[:1]
        return seen.annotate(spoke=Subquery(spoke)).filter(Q(spoke=None) | ~Q(spoke=min(mine)))
