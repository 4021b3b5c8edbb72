"""Settings by which the engines below find what the apps above supply: dotted names, found when used."""

CLOCK_KINDS = {
    "case": {
        "lapse": "cases.clocks.lapse_cases", "free": "cases.clocks.free_cases", "moved": "cases.clocks.keep_due",
    },
    "summons": {
        "lapse": "cases.clocks.lapse_summonses", "free": "cases.clocks.free_summonses",
        "moved": "cases.clocks.keep_due_of_summonses", "rise": "cases.actions.rising.rise",
    },
    "dispute": {"lapse": "cases.actions.left_lying.lapse"},
    "order": {"lapse": "cases.actions.rising.lapse_orders"},
    "joint": {"lapse": "cases.actions.joint.lapse"},
    "joint_member": {"lapse": "cases.actions.joint.lapse_members"},
    "application": {"lapse": "admission.actions.timing.lapse_applications"},
    "opinion": {"lapse": "admission.actions.timing.lapse_opinions"},
    "task": {"lapse": "admission.actions.timing.lapse_tasks"},
}  # fmt: skip
ROUNDS = [
    "changes.actions.applying.apply_due",
    "accountability.carrying.carry_on",
    "cases.actions.resting.take_up_again",
    "cases.actions.joint.begin_due",
    "cases.actions.archiving.archive_due",
    "admission.actions.timing.warn_due",
]
CHANGE_KINDS = {
    "limits": "accountability.changing.limits",
    "milestones": "accountability.changing.milestones",
    "calendar": "accountability.changing.calendar",
    "roster": "accountability.changing.rosters",
    "ladder": "cases.changing.ladder",
    "templates": "cases.changing.templates",
    "phrases": "cases.changing.phrases",
    "list": "cases.changing.lists",
    "functions": "cases.changing.functions",
    "calling": "engagement.changing.calling",
    "quiet": "alerts.changing.quiet",
}
DAY_FOLDS = ["cases.days.fold", "cases.common.fold", "assessment.days.fold", "admission.days.fold"]
FILE_KINDS = {
    "case": "cases.visibility.photo_of_case_visible",
    "report": "engagement.visibility.photo_of_report_visible",
}
FILE_ORIGINALS = "cases.visibility.may_see_originals"
OUTBOX_CONSUMERS = {
    "case.step": ["alerts.consumers.tell_of_step", "assessment.consumers.mark_closed_case"],
    "change.step": ["alerts.consumers.tell_of_change"],
    "case.accepted": ["cases.repeats.notice"],
    "admission.step": ["alerts.consumers.tell_of_admission"],
    "proposal": ["alerts.consumers.tell_of_proposal"],
    "reckoning": ["alerts.consumers.tell_of_reckoning"],
}
SEALED_TABLES = [
    "cases_step", "changes_changestep", "audit_securitylog", "admission_step", "admission_attempt",
    "assessment_reckoning", "assessment_reply",
]  # fmt: skip
