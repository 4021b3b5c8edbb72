"""Every table says how it is scoped, and pages open the scoped ones only by the doors named here."""

import ast

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from assessment.reckoning import citable, reckon, reply
from audit.actions import note
from audit.asking import broken
from audit.models import Event
from cases.invariants import CHAIN
from tests import stories
from tests.admission.ground import blocked
from tests.architecture.source import APPS, chains, line, modules, pages, tree
from tests.changes.drafting import drafted
from tests.world import world

# How a table is scoped.
CASE = "through its case: only by a door of the case, or with the case already found by one"
OWN = "rows of the person asking"
STAFF = "reference data that everybody at work reads"
UNIT = "the whole district's, and those of the asking person's units"
MACHINE = "never on a page"
SUBJECT = "whoever may see its subject, by settings.FILE_KINDS"
COUNTED = "counts without a case in them: a page shows those of the scope that it has asked for"
IMPORTED = "counts and places in a file, no content: whoever may import reads all of them"
HANDED = "the offices all of it, a department its own, a street what names it: only by visible_to"
ALONG = "hangs on an application, permit or pledge that is found by visible_to"
DRAFTED = "what has a number everybody at work reads; drafts, whoever writes or decides lists"
OF_WORKBOOK = "of a workbook that its sender has found: only through it"
RULES = "whoever drafts or decides changes of its kind, and the three administrators"
WHO = "names of colleagues; what they hold is read for the person asking, or for the demo's doors"

SCOPED = {
    "audit.SecurityLog": MACHINE,
    "audit.IdempotencyKey": MACHINE,
    "audit.LoadedRow": MACHINE,
    "outbox.Message": MACHINE,
    "outbox.Handled": MACHINE,
    "files.Photo": SUBJECT,
    "people.Unit": STAFF,
    "people.User": WHO,
    "people.UnitRole": WHO,
    "people.Token": OWN,
    "people.DutyRoster": STAFF,
    "grids.Area": STAFF,
    "grids.StationKind": STAFF,
    "grids.Station": STAFF,
    "grids.Posting": WHO,
    "changes.Change": RULES,
    "changes.ChangeStep": RULES,
    "accountability.Limit": STAFF,
    "accountability.Calendar": STAFF,
    "accountability.WorkHours": STAFF,
    "accountability.CoveredYear": STAFF,
    "accountability.DayException": STAFF,
    "accountability.Clock": CASE,
    "accountability.Segment": CASE,
    "accountability.Rung": STAFF,
    "accountability.Rise": CASE,
    "accountability.Category": STAFF,
    "accountability.ListKind": STAFF,
    "accountability.ListVersion": DRAFTED,
    "accountability.Item": STAFF,
    "accountability.ItemVersion": DRAFTED,
    "accountability.Duty": DRAFTED,
    "accountability.FlowParty": STAFF,
    "accountability.WrittenFlow": DRAFTED,
    "accountability.FlowStep": DRAFTED,
    "accountability.WrittenManual": DRAFTED,
    "accountability.Situation": STAFF,
    "accountability.FunctionList": STAFF,
    "accountability.Function": STAFF,
    "accountability.ItemWords": STAFF,
    "accountability.Boundary": STAFF,
    "accountability.Learnt": MACHINE,
    "accountability.SituationGroup": STAFF,
    "accountability.SituationTerms": STAFF,
    "cases.Profile": STAFF,
    "cases.Case": CASE,
    "cases.CaseTerms": CASE,
    "cases.Dispute": CASE,
    "cases.JointAction": CASE,
    "cases.JointMember": CASE,
    "cases.WrongCode": CASE,
    "cases.Precedent": STAFF,
    "cases.Proposal": STAFF,
    "cases.Whistle": CASE,
    "cases.Summons": CASE,
    "cases.Pause": CASE,
    "cases.Link": CASE,
    "cases.Order": CASE,
    "cases.Repeat": CASE,
    "cases.PhotoPair": CASE,
    "cases.PairRule": STAFF,
    "cases.StockPhrase": STAFF,
    "cases.Retention": STAFF,
    "cases.Outlet": STAFF,
    "cases.Transfer": CASE,
    "cases.Wording": MACHINE,
    "cases.Step": CASE,
    "cases.ReplyTemplate": UNIT,
    "cases.CaseDay": COUNTED,
    "cases.SituationWeek": COUNTED,
    "engagement.Report": CASE,
    "engagement.ReportTerms": CASE,
    "engagement.Callback": CASE,
    "engagement.AnswerLink": CASE,
    "engagement.CallHours": STAFF,
    "engagement.CallRule": STAFF,
    "engagement.CallLine": STAFF,
    "engagement.Rating": CASE,
    "engagement.Restraint": CASE,
    "engagement.RestraintRule": STAFF,
    "engagement.Reopening": CASE,
    "engagement.Guess": MACHINE,
    "admission.MatterKind": STAFF,
    "admission.ExpiryNotice": STAFF,
    "admission.Application": HANDED,
    "admission.Opinion": ALONG,
    "admission.Permit": HANDED,
    "admission.Allotment": ALONG,
    "admission.Attempt": HANDED,
    "admission.Task": HANDED,
    "admission.Pledge": HANDED,
    "admission.Step": ALONG,
    "admission.LoadDay": COUNTED,
    "alerts.Alert": OWN,
    "alerts.QuietHours": STAFF,
    "assessment.Mark": CASE,
    "assessment.MarkDay": COUNTED,
    "assessment.Reckoning": CASE,
    "assessment.Reply": ALONG,
    "desk.SavedView": OWN,
    "desk.ExportJob": OWN,
    "desk.Bundle": OWN,
    "desk.ListImport": OWN,
    "desk.ListImportItem": OF_WORKBOOK,
    "desk.ListImportFault": OF_WORKBOOK,
    "gateway.Import": IMPORTED,
    "gateway.ImportFault": IMPORTED,
    "liixia.Heartbeat": MACHINE,
}
# The doors: what a chain of calls on a scoped table must pass through in a page.
DOORS = {
    "Case": {"visible_to", "visible_in_parts"},
    "Summons": {"visible_to"},
    "Mark": {"visible_to"},
    "Report": {"by_receipt", "visible_to"},
    "Restraint": {"visible_to"},
    "Alert": {"of"},
    "ReplyTemplate": {"visible_to"},
    "Token": {"of", "holding"},
    "Change": {"visible_to"},
    "ChangeStep": {"visible_to"},
    "Whistle": {"visible_to"},
    "Order": {"visible_to"},
    "Repeat": {"visible_to"},
    "JointAction": {"visible_to"},
    "Transfer": {"visible_to"},
    "Step": {"visible_to"},
    "SavedView": {"of", "for_reader"},
    "ExportJob": {"of"},
    "Bundle": {"of", "by_digest"},
    "ListImport": {"of"},
    "Application": {"visible_to"},
    "Permit": {"visible_to", "revoked"},
    "Task": {"visible_to"},
    "Attempt": {"visible_to"},
    "Pledge": {"visible_to", "cancelled"},
    "Reckoning": {"visible_to"},
}
# Rows that hang on a case which the same page has found by a door. Whoever adds a line here has looked.
FOUND_BEFORE = {
    ("desk/proposals.py", "Dispute"): "of cases found by visible_to",
    ("desk/actions/saved.py", "SavedView"): "saved under the owner's own name",
    ("desk/actions/exports.py", "ExportJob"): "what the worker writes, by its owner's standing",
    ("desk/actions/bundles.py", "Bundle"): "what the worker prints, by its owner's standing",
    (
        "desk/bundle/reading.py",
        "Clock",
    ): "clocks of the disputes, orders and joint actions of a case found by visible_to",
    ("desk/confirmed.py", "Case"): "what a command on the server learns from, signs and no text; on no page",
    ("desk/tasks.py", "ExportJob"): "keys of what waits to be written, for the queue",
    ("desk/tasks.py", "Bundle"): "keys of what waits to be printed, for the queue",
    ("desk/tasks.py", "ListImport"): "keys of what waits to be read, for the queue",
    ("desk/actions/listimports.py", "ListImport"): "what the worker reads, and its sender's own",
    ("desk/actions/functionimports.py", "Change"): "their own draft, which they write over",
    ("admission/views/tasks.py", "Permit"): "of the departments for which this person hands down",
    ("desk/bulk.py", "Summons"): "calls of the ticked cases, found by visible_to",
    ("desk/lines.py", "Case"): "the cases of one page, whose ids the listing found by visible_in_parts",
    ("desk/dashboard/page.py", "Summons"): "narrows cases found by visible_to to a unit's",
    ("desk/dashboard/urgent.py", "Summons"): "calls of the cases due today, found by visible_to",
    ("desk/dashboard/urgent.py", "Clock"): "clocks of the cases due today, found by visible_to",
    ("desk/lines.py", "Summons"): "calls of the listed cases",
    ("desk/hanging.py", "Step"): "steps of calls of the cases that a page has found",
    ("desk/lines.py", "Clock"): "clocks of the listed cases",
    ("desk/marks.py", "Step"): "steps behind a mark found by visible_to",
    ("desk/manual.py", "Summons"): "calls of the case found by visible_to",
    ("desk/marks.py", "Clock"): "clocks behind a mark found by visible_to",
    ("desk/case_page/rows.py", "Segment"): "segments of the clocks of the case, found by visible_to",
    ("desk/rows.py", "Case"): "cases of the person's own turns",
    ("desk/search.py", "Case"): "keys that only narrow cases found by visible_to",
    ("desk/search.py", "CaseTerms"): "keys that only narrow cases found by visible_to",
    ("desk/search.py", "ReportTerms"): "keys that only narrow cases found by visible_to",
    ("desk/listdrafts.py", "Change"): "the day of an approved change of the list, which everybody at work reads",
    ("desk/changing.py", "Dispute"): "disputes over summonses found by visible_to",
    ("desk/callbacks.py", "Clock"): "clocks of cases found by visible_to",
    ("desk/callbacks.py", "Summons"): "calls of the listed cases",
    ("desk/supervision.py", "Clock"): "clocks of summonses found by visible_to",
    ("desk/supervised.py", "Clock"): "clocks of the orders and summonses on the board",
    ("desk/supervised.py", "Order"): "orders to the summonses on the board",
    ("desk/supervised.py", "Summons"): "summonses of the board, found by visible_to",
    ("desk/work.py", "Dispute"): "disputes that lie before this person, by visible_to (before)",
    ("desk/work.py", "Summons"): "calls to the person's own units",
    ("desk/work.py", "Clock"): "clocks of the person's own turns",
    ("desk/views/marks.py", "Case"): "the case of a mark found by visible_to",
    ("desk/case_page/asked.py", "Summons"): "calls of the case found by visible_to",
    ("desk/case_page/asked.py", "PhotoPair"): "pairs of the case found by visible_to",
    ("desk/case_page/asked.py", "Order"): "orders of the case found by visible_to",
    ("desk/case_page/asked.py", "Clock"): "clocks of the orders of the case found by visible_to",
    ("desk/case_page/asked.py", "Step"): "steps of the case found by visible_to",
    ("cases/api/inspecting.py", "Photo"): "photos of the case that the errand finds by visible_to",
    ("cases/api/joint.py", "JointMember"): "members of the joint actions found by visible_to",
    ("cases/views/joint.py", "Step"): "steps of the case that the errand finds by visible_to",
    ("cases/views/joint.py", "Clock"): "clocks of its joint action",
    ("engagement/views/links.py", "Report"): "a report of the case, found by visible_to, or of one merged into it",
    ("engagement/views/restraining.py", "Report"): "a report of the case, found by visible_to, or merged into it",
    ("engagement/views/asking.py", "Report"): "reports of a case found by visible_to, and of those merged into it",
    ("cases/errand.py", "Summons"): "calls of the case that the errand finds by visible_to",
    ("cases/errand.py", "Case"): "the case that the errand found by visible_to, read again",
    ("cases/api/reading.py", "Clock"): "clocks of what is found by visible_to",
    ("cases/api/reading.py", "Case"): "numbers of the cases of clocks found so",
    ("cases/api/reading.py", "Summons"): "of the cases and clocks found by visible_to",
    ("engagement/views/following.py", "Clock"): "the promise of the case behind a receipt",
    ("engagement/views/following.py", "Photo"): "how many the bearer of the receipt has sent",
    ("engagement/views/asking.py", "Case"): "the version of the case found by visible_to, read again",
    ("engagement/views/asking.py", "Step"): "steps of the case found by visible_to",
    ("people/api/entering.py", "Token"): "the one whose secret the program shows",
    ("files/views.py", "Photo"): "asks files.seeing before it answers",
    ("files/templatetags/photos.py", "Photo"): "the page has found the subject",
}
# Who may set the state of a case or a summons: the actions and nobody else (the state of a photo or of an import is its
# own affair).
SETS_STATES = (
    "admission/actions/", "cases/actions/", "changes/actions/", "desk/actions/functionimports.py",
    "desk/actions/listimports.py", "files/actions.py", "gateway/actions/",
)  # fmt: skip


def ours() -> set[str]:
    return {model._meta.label for model in apps.get_models() if model._meta.app_label in APPS}


def scoped_names() -> set[str]:
    return {
        label.split(".")[1]
        for label, how in SCOPED.items()
        if how in (CASE, OWN, UNIT, SUBJECT, MACHINE, RULES, HANDED, ALONG)
    }


def test_every_table_says_how_it_is_scoped():
    assert ours() == set(SCOPED), "name the new table (or strike the old one) in SCOPED"


def unguarded() -> set[tuple[str, str]]:
    found = set()
    for path in pages():
        for model, called, _node in chains(path):
            if model in scoped_names() and not called & {"none", *DOORS.get(model, set())}:
                found.add((path, model))
    return found


def test_pages_open_scoped_tables_only_by_their_doors():
    assert unguarded() - set(FOUND_BEFORE) == set(), "use visible_to, or say in FOUND_BEFORE what was found before"


def test_no_exception_is_kept_that_nobody_needs():
    assert set(FOUND_BEFORE) - unguarded() == set()


def bare(node: ast.AST) -> bool:
    """A shortcut on a whole scoped table, not narrowed to a case already found."""
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ("get_object_or_404", "get_list_or_404"):
        return False
    table = node.args[0].id if isinstance(node.args[0], ast.Name) else ""
    return table in scoped_names() and not any(word.arg == "case" for word in node.keywords)


def test_pages_hand_no_bare_scoped_table_to_a_shortcut():
    asks_before_it_answers = {"files/views.py"}
    found = [
        line(path, node)
        for path in set(pages()) - asks_before_it_answers
        for node in ast.walk(tree(path))
        if bare(node)
    ]
    assert found == []


def sets_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)
    if not isinstance(node, ast.Call):
        return False
    if getattr(node.func, "id", "") == "setattr":
        return any(isinstance(part, ast.Constant) and part.value == "state" for part in node.args)
    writes = getattr(node.func, "attr", "") in ("update", "create", "get_or_create", "update_or_create")
    return writes and any(word.arg == "state" for word in node.keywords)


def test_only_actions_set_a_state():
    found = [
        line(path, node)
        for path in modules()
        if not path.startswith(SETS_STATES)
        for node in ast.walk(tree(path))
        if sets_state(node)
    ]
    assert found == []


def test_the_search_for_states_sees_every_way_to_set_one():
    ways = ("case.state = 1", "setattr(case, 'state', 1)", "q.update(state=1)", "Case.objects.create(state=1)")
    assert all(any(sets_state(node) for node in ast.walk(ast.parse(way))) for way in ways)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", settings.SEALED_TABLES)
def test_sealed_rows_are_never_changed_not_even_by_raw_sql(table, verb):
    w = world()
    stories.reported(w)
    note(Event.REVEALED, by=w.inspector)
    drafted(w)
    blocked(w)
    case = stories.whistled(w)
    one = reckon(case, duty=citable(case)[0], evidence="无人到场", opinion="约谈", by=w.of(w.inspector), at=w.at)
    reply(one, words="已到场", by=w.of(w.works_officer), at=w.at)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


@pytest.mark.django_db
def test_a_state_without_its_step_does_not_pass_the_database():
    case = stories.reported(world())
    with pytest.raises(IntegrityError, match="no step led to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; UPDATE cases_case SET state = 'closed' WHERE id = %s", [case.pk])


TAMPERING = {
    "a word changed": "UPDATE cases_step SET note = note || '。' WHERE seq = 2",
    "a time changed": "UPDATE cases_step SET at = at - interval '1 hour' WHERE seq = 2",
    "a fact changed": """UPDATE cases_step SET facts = facts || '{"solved": true}' WHERE seq = 2""",
    "another person put in": "UPDATE cases_step SET actor_id = (SELECT max(id) FROM people_user) WHERE seq = 2",
    "a step gone from the middle": "DELETE FROM cases_step WHERE seq = 2",
    "the chain written anew for one step": "UPDATE cases_step SET note = 'x', chain = md5('x') WHERE seq = 2",
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_behind_the_triggers_breaks_the_chain(how):
    stories.whistled(world())

    def chain() -> list[str]:
        return list(broken([CHAIN]))

    assert chain() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")  # what only the owner of the database can do
        cursor.execute(TAMPERING[how])
        assert cursor.rowcount == 1
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert chain() != []
