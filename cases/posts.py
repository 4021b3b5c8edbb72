"""Who may make which move of a case or summons: questions asked of a person's standing."""

from django.utils.translation import gettext_lazy as _

from cases.conferring import awaits
from cases.disputing import last_dispute, sits_on
from cases.handling import handled_by, worked_on
from cases.models import Answer, Bench, Case, Level, Summons
from cases.moves import Who
from grids.standing import ANSWERING, LEADING, LOOKING, Standing
from people.models import Role

DOUBTING = (Role.STREET_LEADER, Role.INSPECTOR, Role.DISTRICT_LEADER)
OVERSEEING = (Role.STREET_LEADER, Role.DISPATCHER, Role.DISTRICT_DESK, Role.INSPECTOR)


def has_street(case: Case) -> bool:
    """A case hangs on the smallest area known; only the district's own code is shorter than a street's."""
    return len(case.place_code) >= 9


def _in_charge(case: Case, by: Standing | None) -> bool:
    role = Role.DISPATCHER if has_street(case) else Role.DISTRICT_DESK
    return by is not None and by.over(role, case.place_code)


def _at_the_desk(case: Case, by: Standing | None) -> bool:
    return by is not None and by.over(Role.DISTRICT_DESK, case.place_code)


def _undoes(case: Case, by: Standing | None) -> bool:
    """Whoever was in charge when they did it; that it was them, the action asks."""
    return _in_charge(case, by) or _at_the_desk(case, by)


def _settles(case: Case, by: Standing | None) -> bool:
    return _in_charge(case, by) or (by is not None and any(by.over(role, case.place_code) for role in LOOKING))


def _looks(case: Case, by: Standing) -> bool:
    """Serves the place, its community, or (where the place is known only coarsely) somewhere inside it."""
    near = case.place_code[:12]
    return has_street(case) and any(by.over(role, case.place_code) or by.within(role, near) for role in LOOKING)


def _inspects(case: Case, by: Standing | None) -> bool:
    if by is None or handled_by(case, by):
        return False
    return (_looks(case, by) or by.over(Role.INSPECTOR, case.place_code)) and not worked_on(case, by)


def _calls_back(case: Case, by: Standing | None) -> bool:
    if by is None or handled_by(case, by):
        return False
    return by.over(Role.CLERK, case.place_code) or _at_the_desk(case, by)


def _closes(case: Case, by: Standing | None) -> bool:
    """The street closes what others put right for it, never what it handled itself."""
    if by is None or _at_the_desk(case, by):
        return by is not None
    return by.over(Role.DISPATCHER, case.place_code) and not handled_by(case, by)


def _sends_back(case: Case, by: Standing | None) -> bool:
    return _inspects(case, by) if case.state == "inspecting" else _closes(case, by)


def _answers(call: Summons, by: Standing | None) -> bool:
    return by is not None and (
        by.acts_for(call.unit_id, *ANSWERING) or (call.is_named and call.worker_id == by.user_id)
    )


def _takes_in_hand(call: Summons, by: Standing | None) -> bool:
    """One of several; where the street named a person, or the unit has but one, there is nothing to agree on."""
    several = getattr(call, "staff", 2) > 1 and not call.is_named
    return by is not None and several and by.acts_for(call.unit_id, *ANSWERING)


def _gives_out(call: Summons, by: Standing | None) -> bool:
    """Whoever leads the unit; without a leader, everybody who answers for it."""
    if by is None or not _takes_in_hand(call, by):
        return False
    return by.acts_for(call.unit_id, *LEADING) or not getattr(call, "led", True)


def _hands_over(call: Summons, by: Standing | None) -> bool:
    return by is not None and _takes_in_hand(call, by) and call.hand == by.user_id


def _extends(call: Summons, by: Standing | None) -> bool:
    """The unit itself the first time, its leader from then on."""
    return by is not None and by.acts_for(call.unit_id, *LEADING) if call.extended_times else _answers(call, by)


def _is_named(call: Summons, by: Standing | None) -> bool:
    return by is not None and call.is_named and call.worker_id == by.user_id


def _oversees(call: Summons, by: Standing | None) -> bool:
    return _in_charge(call.case, by)


def _asks_for_a_pause(call: Summons, by: Standing | None) -> bool:
    """Somebody of the unit whose own unit it is: that unit is named beside what it asks for."""
    return by is not None and by.user.unit_id is not None and _answers(call, by)


def _shelves(case: Case, by: Standing | None) -> bool:
    return by is not None and by.user.unit_id is not None and _in_charge(case, by)


def _allows(thing: Case | Summons, by: Standing | None) -> bool:
    """From outside: whoever oversees the place, of another unit than the one whose time it is."""
    case = thing if isinstance(thing, Case) else thing.case
    if by is None or by.user.unit_id is None or handled_by(case, by):
        return False
    over = any(by.over(role, case.place_code) for role in OVERSEEING)
    return over and by.user.unit_id != (case.office_id if isinstance(thing, Case) else thing.unit_id)


def _takes_up_again(thing: Case | Summons, by: Standing | None) -> bool:
    """Whoever asked may, whoever allows such things may, and the system does on its day."""
    own = _shelves(thing, by) if isinstance(thing, Case) else _answers(thing, by)
    return by is None or own or _allows(thing, by)


def _declines(call: Summons, by: Standing | None) -> bool:
    """What the street gives to its own levels is no call that could be declined."""
    return call.level == Level.CALLED and _answers(call, by)


def _judges(call: Summons, by: Standing | None) -> bool:
    dispute = last_dispute(call)
    return by is not None and dispute is not None and sits_on(dispute.bench, call.place_code, by)


def _rules(call: Summons, by: Standing | None) -> bool:
    """In a conferral, whoever the other office has put its ruling to."""
    dispute = last_dispute(call)
    return _judges(call, by) and bool(dispute and (dispute.bench != Bench.CONFERRAL or by and awaits(call, by)))


def _puts_to(call: Summons, by: Standing | None) -> bool:
    return by is not None and _refers(call, by)


def _confers(call: Summons, by: Standing | None) -> bool:
    """The rule hands it up, too, where the desk let its time pass."""
    dispute = last_dispute(call)
    return by is None or (dispute is not None and dispute.bench == Bench.DESK and _judges(call, by))


def _refers(call: Summons, by: Standing | None) -> bool:
    dispute = last_dispute(call)
    return by is None or (dispute is not None and dispute.bench == Bench.CONFERRAL and _judges(call, by))


def _approves(case: Case, by: Standing | None) -> bool:
    return by is not None and has_street(case) and by.over(Role.STREET_LEADER, case.place_code)


def _supervises(call: Summons, by: Standing | None) -> bool:
    """An inspector of the place, of another unit than those that were called."""
    return by is not None and by.over(Role.INSPECTOR, call.place_code) and not handled_by(call.case, by)


def _shows_the_code(case: Case, by: Standing | None) -> bool:
    """The street's own people on the spot; never a unit that proves by it that it came."""
    if by is None or not _settles(case, by):
        return False
    called = [call for call in case.summonses.all() if call.whistle_id and call.state != Answer.RELEASED]
    return not any(by.acts_for(call.unit_id, *ANSWERING) for call in called)


def _conceals(case: Case, by: Standing | None) -> bool:
    return _at_the_desk(case, by) or _unveils(case, by)


def _unveils(case: Case, by: Standing | None) -> bool:
    return by is not None and by.over(Role.INSPECTOR, case.place_code)


def _nobody(thing: object, by: Standing | None) -> bool:
    return by is None


def _joins(case: Case, by: Standing | None) -> bool:
    return _in_charge(case, by) or _at_the_desk(case, by)


def _doubts(case: Case, by: Standing | None) -> bool:
    """Who leads or inspects and did not handle it; and the residents, whose own answer it is."""
    if by is None:
        return True
    return any(by.over(role, case.place_code) for role in DOUBTING) and not handled_by(case, by)


def _hears(case: Case, by: Standing | None) -> bool:
    """Whoever calls back, and the residents themselves."""
    return by is None or _calls_back(case, by)


IN_CHARGE = Who(_("the dispatcher of the street, or the district desk where no street is known"), _in_charge)
UNDOES = Who(_("whoever did it: the dispatcher of the street, or the district desk"), _undoes)
SETTLES = Who(_("the dispatcher of the street, or the grid worker or community worker of the place"), _settles)
DESK = Who(_("the district desk"), _at_the_desk)
INSPECTS = Who(_("a grid worker or community worker of the place who did not handle it, or the inspector"), _inspects)
CALLS_BACK = Who(_("the hotline or the district desk, never a unit that handled it"), _calls_back)
CLOSES = Who(_("the district desk, or the dispatcher of a street that did not handle it itself"), _closes)
SENDS_BACK = Who(_("whoever inspects it, or whoever closes it"), _sends_back)
ANSWERS = Who(_("the unit that was called"), _answers)
TAKES_IN_HAND = Who(_("the people of the unit that was called, where it has several"), _takes_in_hand)
GIVES_OUT = Who(_("whoever leads the unit, or anybody of it where nobody leads"), _gives_out)
HANDS_OVER = Who(_("the person of the unit who has it in hand"), _hands_over)
EXTENDS = Who(_("the unit that was called, and the second time whoever leads it"), _extends)
IS_NAMED = Who(_("the person of the grid or community who has it in hand"), _is_named)
OVERSEES = Who(_("the dispatcher of the street, or the district desk where no street is known"), _oversees)
ASKS_FOR_A_PAUSE = Who(_("the unit that was called"), _asks_for_a_pause)
SHELVES = Who(_("the dispatcher of the street, or the district desk where no street is known"), _shelves)
ALLOWS = Who(_("the street, the district desk or the inspector, of a unit that neither asks nor handles it"), _allows)
TAKES_UP_AGAIN = Who(_("the unit that asked for the pause, or whoever allows pauses"), _takes_up_again)


APPROVES = Who(_("the leader of the street"), _approves)
DECLINES = Who(_("the unit that was called by whistle"), _declines)
JUDGES = Who(_("whoever has the dispute before them: the district desk, the conferral or the district leader"), _judges)
RULES = Who(
    _("whoever has the dispute before them: the district desk, the district leader, in a conferral the second office"),
    _rules,
)
PUTS_TO = Who(_("either office of the conferral while the dispute lies before it"), _puts_to)
CONFERS = Who(_("the district desk while the dispute lies before it, or the system when its time is over"), _confers)
REFERS = Who(_("the conferral while the dispute lies before it, or the system when its time is over"), _refers)
SUPERVISES = Who(_("an inspector of the place, never of a unit that handles the case"), _supervises)
SHOWS_THE_CODE = Who(_("the street's own people of the place"), _shows_the_code)
JOINS = Who(_("the dispatcher of the street, or the district desk"), _joins)
HEARS = Who(_("the hotline or the district desk, or the resident by their receipt"), _hears)
REOPENS = Who(_("the district desk or an inspector of the place"), _conceals)
DOUBTS = Who(_("a leader or inspector of the place who did not handle it, or the resident by their receipt"), _doubts)
CONCEALS = Who(_("the district desk or an inspector of the place"), _conceals)
UNVEILS = Who(_("an inspector of the place"), _unveils)
RESIDENT = Who(_("the resident, by their receipt"), _nobody)
SYSTEM = Who(_("the system, when its conditions hold"), _nobody)
