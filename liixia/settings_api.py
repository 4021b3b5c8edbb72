"""Settings of the API: rows as JSON, by token or session; what a program may do is what its person may do."""

from django.utils.translation import gettext_lazy as _

RESOURCES = {
    "areas": _("Areas"),
    "units": _("Every unit"),
    "categories": _("Categories"),
    "items": _("Items of the responsibility list"),
    "list-versions": _("Versions of the lists"),
    "situations": _("Situations"),
    "cases": _("Cases"),
    "whistles": _("Whistles"),
    "summonses": _("Summonses"),
    "steps": _("Steps"),
    "clocks": _("Clocks"),
    "marks": _("Marks"),
    "reports": _("Reports"),
    "who": _("Who is responsible"),
}
KNOX_TOKEN_MODEL = "people.Token"
MIGRATION_MODULES = {"knox": None}  # its own table of tokens is not ours
API_REQUESTS_A_MINUTE = 20_000  # of one person, in each process
API_REFUSALS_A_MINUTE = 120  # of one address, in each process
PUBLIC_REQUESTS_A_MINUTE = 60  # of one address, in each process: what needs no account, page and API together
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["people.api.entering.TokenEntry", "people.api.entering.SessionEntry"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["people.api.parsing.StrictJSON"],
    "DEFAULT_PAGINATION_CLASS": "people.api.paging.Keyset",
    "DEFAULT_FILTER_BACKENDS": ["people.api.filtering.Strictly"],
    "DEFAULT_THROTTLE_CLASSES": ["people.api.entering.Brake"],
    "DEFAULT_SCHEMA_CLASS": "people.api.describing.Describing",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "people.api.errors.answer",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "liixia",
    "DESCRIPTION": _("Other programs read and move what their people may, by the same actions as the pages."),
    "VERSION": "1",
    "TAGS": [{"name": name, "description": told} for name, told in RESOURCES.items()],
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "FunctionKind": "accountability.models.functions.Function.Kind",
        "CaseState": "cases.models.State.choices",
        "UnitState": "cases.models.Answer.choices",
        "Level": "cases.models.Level.choices",
        "OwnLevel": "cases.api.bodies.OWN_LEVELS",
        "WhistleKind": "cases.models.WhistleKind.choices",
        "TaskRuling": "admission.models.Ruling.choices",
        "JointKind": "cases.models.JointKind.choices",
        "AreaKind": "grids.models.AreaKind.choices",
        "UnitKind": "people.models.UnitKind.choices",
        "DutyKind": "accountability.models.DutyKind.choices",
        "Channel": "cases.models.Channel.choices",
        "Door": "engagement.api.DOOR_NAMES",
        "ApplicationState": "admission.models.State.choices",
        "TaskState": "admission.models.TaskState.choices",
        "PledgeState": "admission.models.PledgeState.choices",
        "PledgeLevel": "admission.models.Level.choices",
        "CaseVerb": "cases.models.Verb.choices",
        "AdmissionVerb": "admission.models.Verb.choices",
    },
}
