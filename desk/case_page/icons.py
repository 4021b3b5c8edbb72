"""The picture on the button of each move."""

from cases.models import Verb

ICONS = {
    Verb.WHISTLE: "whistle", Verb.SIGN: "pencil", Verb.RESPOND: "phone", Verb.ARRIVE: "map-pin", Verb.REPLY: "message",
    Verb.ACCEPT: "check", Verb.TURN_DOWN: "x", Verb.SELF_HANDLE: "users", Verb.PLACE: "map-2", Verb.DISPATCH: "send",
    Verb.SEND_BACK: "arrow-back-up", Verb.PASS: "clipboard-check", Verb.REWORK: "refresh", Verb.CALL_BACK: "headset",
    Verb.CLOSE: "circle-check", Verb.CLAIM: "user", Verb.ASSIGN: "users", Verb.HAND_OVER: "arrows-exchange",
    Verb.REACH: "circle-check", Verb.HAND_UP: "arrow-up", Verb.TAKE_BACK: "arrow-back-up", Verb.HAND_ON: "users",
    Verb.APPROVE: "check", Verb.PASS_UP: "check", Verb.REJECT: "x", Verb.CONFIRM: "check", Verb.OBJECT: "x",
    Verb.EXTEND: "calendar-plus", Verb.PAUSE: "clock-pause", Verb.SHELVE: "clock-pause", Verb.ALLOW: "check",
    Verb.DISALLOW: "x", Verb.RESUME: "refresh", Verb.DECLINE: "arrow-back-up",
    Verb.MERGE: "arrows-join", Verb.UNDO: "arrow-back-up",
    Verb.UNMERGE: "arrows-split", Verb.REPEAT: "message", Verb.SPLIT: "arrows-split",
    Verb.ORDER: "gavel", Verb.ANSWER: "message", Verb.RETURN: "arrow-back-up", Verb.CLOSE_ORDER: "circle-check",
    Verb.CONVENE: "users", Verb.ATTEND: "map-pin", Verb.OUTCOME: "clipboard-check", Verb.LET_GO: "logout",
    Verb.CONCLUDE: "file-text", Verb.RECALL: "arrow-back-up", Verb.EXCUSE: "x",
    Verb.REOPEN: "refresh", Verb.ASK_AGAIN: "headset", Verb.CONCEAL: "eye-off", Verb.UNVEIL: "eye",
    Verb.TRANSFER: "share", Verb.GET_BACK: "arrow-back-up",
}  # fmt: skip
