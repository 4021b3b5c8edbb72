"""Three cases, one photo, one mark and one alert each: what the people of the small world may or may not see."""

from types import SimpleNamespace

from django.test import Client

from accountability.actions import begin
from accountability.models import Situation
from alerts.models import Alert
from assessment.actions import mark
from assessment.models import Mark
from audit import clock
from cases import actions as cases
from cases.models import Case, ReplyTemplate
from changes.models import Change
from desk.actions import bundles, exports
from desk.asking import Question
from desk.models import Bundle, ExportJob, SavedView
from engagement.models import Report
from engagement.receipts import new_receipt
from files import actions as files
from files.actions import Chosen
from files.models import Photo
from grids.standing import standing_of
from tests import stories
from tests.changes.drafting import sent, shorter
from tests.files import pictures
from tests.files.sending import ready
from tests.world import person, world

OURS, OTHER_STREET, OTHER_DEPARTMENT = "own", "other street", "other department"
RELATIONS = (OURS, OTHER_STREET, OTHER_DEPARTMENT)
NOBODY = "nobody"
PHONE = "13812340427"
SITUATION = {"name": "占道", "looks_like": "摊车", "photograph": "摊点", "first_action": "劝离"}


def ground() -> SimpleNamespace:
    """`g.people` by name, `g.places` by relation: a case, its summons, report, photo, mark and alert."""
    w = world()
    w.bystander = person("bystander", "无职", w.works)
    g = SimpleNamespace(w=w, people={name: who for name, who in vars(w).items() if type(who).__name__ == "User"})
    g.places = {
        OURS: _place(w, stories.whistled(w)),
        OTHER_STREET: _place(w, called_by_the_desk(w, w.far_grid, w.outsider)),
        OTHER_DEPARTMENT: _place(w, called_by_the_desk(w, w.grid, w.dispatcher)),
    }
    g.clients = {NOBODY: Client(), **{name: _signed_in(who) for name, who in g.people.items()}}
    return g


def _signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def called_by_the_desk(w: SimpleNamespace, area, dispatcher) -> Case:
    """The market office alone is called, off the list, through the district desk."""
    by, later = w.of(dispatcher), w.at + stories.HOUR
    case = stories.reported(w, area=area)
    case = cases.accept(case, by=by, at=later, summary="食品", category=w.category, urgency="normal", item=w.item)
    calls = [cases.Call(w.market, leads=True, reason="食品问题")]
    case = cases.blow_whistle(case, by=by, at=later, kind="prominent", first_action="已劝阻", calls=calls)
    return cases.dispatch(case, by=w.of(w.desk_officer), at=later, calls=calls, note="请办理")


def _place(w: SimpleNamespace, case: Case) -> SimpleNamespace:
    step = case.steps.order_by("-seq").first()
    summons = case.summonses.get(leads=True)
    mark([step], at=w.at)
    said = {"receipt": new_receipt(), "words": "油烟", "phone": PHONE, "received_at": w.at}
    return SimpleNamespace(
        case=case,
        summons=summons,
        report=Report.objects.create(case=case, **said),
        photo=_photo(case),
        template=ReplyTemplate.objects.create(verb="reply", title="已处置", text="{place}已处置", unit=w.works),
        situation=Situation.objects.get_or_create(code="ZHZF-01-1", item=w.item, defaults=SITUATION)[0],
        mark=Mark.objects.get(case=case, summons=summons),
        change=_change(w),
        draft=begin(w.list_kind, by=w.of(w.establishment), at=w.at),
        view=SavedView.objects.create(owner=w.dispatcher, name=f"第{case.pk}", query="state=all"),
        export=_export(w),
        bundle=_bundle(w),
        alert=Alert.objects.create(recipient=w.desk_officer, case=case, step=step, told_at=w.at, shown_at=w.at),
    )


def _change(w: SimpleNamespace) -> Change:
    """A shorter limit that the assessment office has sent, of another urgency for each place."""
    subject = ("normal", "urgent", "extreme")[Change.objects.count()]
    return sent(w, shorter(w.at, subject=subject), subject=subject, by=w.assessor)


def _export(w: SimpleNamespace) -> ExportJob:
    """The dispatcher's own, written and waiting to be taken."""
    at = clock.now()
    job = exports.ask(w.dispatcher, Question({"state": "all"}, at=at, by=standing_of(w.dispatcher, at)), at=at)
    exports.run(job.pk, now=clock.now)
    return job


def _bundle(w: SimpleNamespace) -> Bundle:
    """The dispatcher's own, printed and waiting to be taken."""
    at = clock.now()
    seen = Case.objects.visible_to(standing_of(w.dispatcher, at)).order_by("pk")[0]
    bundle = bundles.ask(w.dispatcher, seen, at=at)
    bundles.run(bundle.pk, now=clock.now)
    return bundle


def _photo(case: Case) -> Photo:
    number, at = f"ticket-{case.pk}", clock.now()
    photo = ready(pictures.sound(size=(64, 64)), ticket=number, at=at)
    files.attach(Chosen(number, (photo.pk,)), kind="case", subject_id=case.pk)
    return photo
