"""The form of every move: what a person writes and chooses before it is made."""

from cases.forms.approving import ApproveForm, ObjectForm, RejectForm
from cases.forms.base import MoveForm, Setting
from cases.forms.confiding import ConcealForm, UnveilForm
from cases.forms.disputing import DeclineForm, HandUpForm, PutToForm, RulingForm, UpholdForm
from cases.forms.extending import ExtendForm
from cases.forms.hands import AssignForm, HandOverForm
from cases.forms.inspecting import PassForm
from cases.forms.joint import ArriveForm, AttendForm, ConcludeForm, ConveneForm, ExcuseForm, OutcomeForm, RecallForm
from cases.forms.levels import HandOnForm, LevelUpForm, TakeBackForm
from cases.forms.linking import MergeForm, RepeatForm, SplitForm, UnmergeForm
from cases.forms.moves import (
    AskAgainForm,
    CloseForm,
    NoteForm,
    PhotoForm,
    ReachForm,
    ReopenForm,
    ReplyForm,
    RespondForm,
    ReworkForm,
    SendBackForm,
    TurnDownForm,
    UndoForm,
    WithdrawForm,
)
from cases.forms.ordering import AnswerForm, CloseOrderForm, OrderForm, ReturnForm
from cases.forms.pausing import DecideForm, DisallowForm, PauseForm, ShelveForm
from cases.forms.taking import AcceptForm, PlaceForm, SelfHandleForm
from cases.forms.transferring import GetBackForm, TransferForm
from cases.forms.whistle import DispatchForm, WhistleForm, why_it_waits
from cases.models import Verb

__all__ = ["MoveForm", "PhotoForm", "Setting", "WhistleForm", "form_of", "why_it_waits"]

FORMS: dict[Verb, type[MoveForm]] = {
    Verb.PLACE: PlaceForm,
    Verb.ACCEPT: AcceptForm,
    Verb.TURN_DOWN: TurnDownForm,
    Verb.MERGE: MergeForm,
    Verb.UNMERGE: UnmergeForm,
    Verb.UNDO: UndoForm,
    Verb.REPEAT: RepeatForm,
    Verb.SPLIT: SplitForm,
    Verb.TRANSFER: TransferForm,
    Verb.GET_BACK: GetBackForm,
    Verb.SELF_HANDLE: SelfHandleForm,
    Verb.WHISTLE: WhistleForm,
    Verb.APPROVE: ApproveForm,
    Verb.PASS_UP: ApproveForm,
    Verb.REJECT: RejectForm,
    Verb.CONFIRM: ApproveForm,
    Verb.OBJECT: ObjectForm,
    Verb.DISPATCH: DispatchForm,
    Verb.WITHDRAW: WithdrawForm,
    Verb.SEND_BACK: SendBackForm,
    Verb.SIGN: MoveForm,
    Verb.RESPOND: RespondForm,
    Verb.ARRIVE: ArriveForm,
    Verb.REPLY: ReplyForm,
    Verb.CONVENE: ConveneForm,
    Verb.ATTEND: AttendForm,
    Verb.OUTCOME: OutcomeForm,
    Verb.LET_GO: NoteForm,
    Verb.CONCLUDE: ConcludeForm,
    Verb.RECALL: RecallForm,
    Verb.EXCUSE: ExcuseForm,
    Verb.REACH: ReachForm,
    Verb.HAND_UP: LevelUpForm,
    Verb.TAKE_BACK: TakeBackForm,
    Verb.HAND_ON: HandOnForm,
    Verb.EXTEND: ExtendForm,
    Verb.PAUSE: PauseForm,
    Verb.SHELVE: ShelveForm,
    Verb.ALLOW: DecideForm,
    Verb.DISALLOW: DisallowForm,
    Verb.RESUME: NoteForm,
    Verb.DECLINE: DeclineForm,
    Verb.PUT_TO: PutToForm,
    Verb.UPHOLD: UpholdForm,
    Verb.DENY: RulingForm,
    Verb.CONFER: HandUpForm,
    Verb.REFER: HandUpForm,
    Verb.ORDER: OrderForm,
    Verb.ANSWER: AnswerForm,
    Verb.RETURN: ReturnForm,
    Verb.CLOSE_ORDER: CloseOrderForm,
    Verb.CLAIM: MoveForm,
    Verb.ASSIGN: AssignForm,
    Verb.HAND_OVER: HandOverForm,
    Verb.PASS: PassForm,
    Verb.REWORK: ReworkForm,
    Verb.ASK_AGAIN: AskAgainForm,
    Verb.CLOSE: CloseForm,
    Verb.REOPEN: ReopenForm,
    Verb.CONCEAL: ConcealForm,
    Verb.UNVEIL: UnveilForm,
}


def form_of(verb: Verb) -> type[MoveForm]:
    """A move without a form of its own takes a word."""
    return FORMS.get(verb, NoteForm)
