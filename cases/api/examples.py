"""What the description of the API shows beside each operation."""

NUMBER = "370102-20260309-02-00017"
AT = "2026-03-09T02:00:00+00:00"
DUE = "2026-03-09T08:00:00+00:00"
CALLED = [{"summons": 41, "unit": "QZ-17", "leads": True, "state": "sent"}]
WHISTLE_MOVE = {
    "verb": "whistle", "label": "吹哨", "allowed": True, "code": "", "sentence": "",
    "href": f"/api/v1/cases/{NUMBER}/moves/whistle/",
}  # fmt: skip
SIGN = {
    "verb": "sign", "label": "签收", "allowed": False, "code": "wrong_person",
    "sentence": "“签收”由被呼叫的单位办理。", "href": "/api/v1/summonses/41/moves/sign/",
}  # fmt: skip
SUMMONS_ROW = {
    "id": 41, "case": NUMBER, "version": 3, "unit": "QZ-17", "leads": True, "level": "called", "state": "sent",
    "reason": "", "whistle": 7, "called_at": AT,
}  # fmt: skip
SUMMONS = {**SUMMONS_ROW, "allowed_moves": [SIGN]}
CLOCK = {
    "id": 90, "case": NUMBER, "summons": 41, "holder": "QZ-17", "phase": "sign", "milestone": "", "round": 1,
    "limit": {"amount": 4, "unit": "working_hour", "basis": "缺省"}, "started_at": AT, "due_at": DUE,
    "paused_at": None, "stopped_at": None, "lapsed_at": None,
}  # fmt: skip
CASE_ROW = {
    "number": NUMBER, "version": 3, "state": "in_hand", "round": 1, "summary": "路口夜间烧烤占道",
    "category": "enforcement", "item": "ZHZF-01", "function": None, "list_version": 7,
    "situation": None, "urgency": "normal", "channel": "02", "profile": "hotline", "origin": "live",
    "external_number": "", "area": "370102001001", "office": "JD-001", "place": "甲路口北侧",
    "lon": 117.0468, "lat": 36.6667,
    "has_citizen": True, "confidential": False,
    "due_at": DUE, "opened_at": AT,
    "accepted_at": AT, "closed_at": None, "units": CALLED,
}  # fmt: skip
PHOTO = {"id": "0b9f6a3e-6f0c-4f5e-9a39-0d6f8f9c1a55", "step": 1041, "state": "ready"}
CASE = {**CASE_ROW, "summonses": [SUMMONS], "clocks": [CLOCK], "photos": [PHOTO], "allowed_moves": [WHISTLE_MOVE]}
WHISTLE = {
    "id": 7, "case": NUMBER, "kind": "enforcement", "first_action": "昨晚两次劝离，散后复来", "street": "JD-001",
    "blown_at": AT, "sent_at": AT, "sent_back_at": None, "withdrawn_at": None,
    "approval": "before", "approved": True, "judged_at": AT,
}  # fmt: skip
STEP = {
    "id": 310, "case": NUMBER, "seq": 3, "verb": "whistle", "source": "accepted", "target": "in_hand",
    "summons": None, "unit": "JD-001", "actor": "董调度", "note": "昨晚两次劝离，散后复来",
    "facts": {"kind": "enforcement"}, "origin": "live", "at": AT, "recorded_at": AT,
}  # fmt: skip
MOVED = {"case": NUMBER, "version": 4, "state": "in_hand", "round": 1, "due_at": DUE, "summons": None}
