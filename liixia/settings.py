"""What an installation runs with: values from the environment; without them, the embedded default of this checkout."""

import os

import dj_database_url
from csp.constants import NONE, SELF

from liixia.env import demo, embedded, flag, shipped, words
from liixia.launcher.places import CHECKOUT, kept_secret, queue_socket, socket_folder, state_folder

BASE_DIR = CHECKOUT
STATE_DIR = state_folder()

# Embedded: our own PostgreSQL, reached through a socket in a folder that only its owner may enter.
EMBEDDED = embedded()
LIIXIA_DEMO = demo()
DEBUG = flag("DEBUG")
SHIPPED = shipped()

SECRET_KEY = os.environ.get("SECRET_KEY") or (kept_secret("secret_key") if EMBEDDED else "weak")
FIELD_KEYS = words("LIIXIA_FIELD_KEYS") or ([kept_secret("field_key")] if EMBEDDED else [])
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if not SHIPPED else "")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "axes",
    "csp",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "audit",
    "outbox",
    "files",
    "people",
    "grids",
    "accountability",
    "cases",
    "engagement",
    "alerts",
    "assessment",
    "gateway",
    "desk",
    "liixia",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "liixia.middleware.OneCharsetMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "liixia.middleware.SlidingSessionMiddleware",
    "people.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.addresses.PlainAddressMiddleware",
    "people.keeping.KeepTypedMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "liixia.urls"
WSGI_APPLICATION = "liixia.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "people.context.shell",
                "desk.context.house",
                "liixia.context.installation",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "drawn"],
        "OPTIONS": {"environment": "people.drawn.environment"},
    },
]

FORM_RENDERER = "people.rendering.HouseRenderer"

# ---- The database: every call ends within its own time, so that a dead network stops nobody for long.
DATABASES = {
    "default": {
        **(
            {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": str(socket_folder()),
                "PORT": "5432",
                "USER": "postgres",
                "NAME": "liixia",
            }
            if EMBEDDED
            else dj_database_url.parse(os.environ["DATABASE_URL"])
        ),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "tcp_user_timeout": 10_000,
            # Joins stand in the order in which they narrow: trying every other order of ten took longer than the query.
            "options": "-c statement_timeout=10s -c lock_timeout=3s -c idle_in_transaction_session_timeout=10s"
            " -c join_collapse_limit=4",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- Files: private, reached through a view that asks who may see them, never by an address of their own.
FILES_ROOT = STATE_DIR / "files"
STORAGES = {
    "default": {
        "BACKEND": "files.storing.DurableFiles",
        "OPTIONS": {"location": str(FILES_ROOT), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SHIPPED
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if SHIPPED else None
WHITENOISE_USE_FINDERS = not SHIPPED
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LOADING_FLAG = STATE_DIR / "loading"

# ---- Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "liixia.formats"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# ---- Who signs in, and how
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "grids.backends.StandingBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_CALLABLE = "people.views.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 30 * 60
SESSION_TOUCH_EVERY = 5 * 60
SESSION_COOKIE_SECURE = SHIPPED
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SHIPPED
SESSION_COOKIE_NAME = "__Host-sessionid" if SHIPPED else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SHIPPED else "csrftoken"
LANGUAGE_COOKIE_SECURE = SHIPPED
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SHIPPED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SHIPPED
SECURE_HSTS_PRELOAD = SHIPPED
SECURE_SSL_REDIRECT = SHIPPED and flag("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# ---- The API: rows as JSON, by token or session; what a program may do is what its person may do
KNOX_TOKEN_MODEL = "people.Token"
MIGRATION_MODULES = {"knox": None}  # its own table of tokens is not ours
API_REQUESTS_A_MINUTE = 20_000  # of one person, in each process
API_REFUSALS_A_MINUTE = 120  # of one address, in each process
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["people.api.entering.TokenEntry", "people.api.entering.SessionEntry"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["people.api.parsing.StrictJSON"],
    "DEFAULT_PAGINATION_CLASS": "people.api.paging.Keyset",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["people.api.entering.Brake"],
    "DEFAULT_SCHEMA_CLASS": "people.api.describing.Describing",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "people.api.errors.answer",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "liixia",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "CaseState": "cases.models.State.choices",
        "UnitState": "cases.models.Answer.choices",
        "Level": "cases.models.Level.choices",
        "OwnLevel": "cases.api.bodies.OWN_LEVELS",
        "WhistleKind": "cases.models.WhistleKind.choices",
        "AreaKind": "grids.models.AreaKind.choices",
        "UnitKind": "people.models.UnitKind.choices",
        "DutyKind": "accountability.models.DutyKind.choices",
        "Channel": "cases.models.Channel.choices",
        "Door": "engagement.api.DOOR_NAMES",
    },
}

# ---- The queue: it carries hints and slow work, and may be wiped at any second.
CELERY_BROKER_URL = os.environ.get("REDIS_URL") or f"redis+socket://{queue_socket()}"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 10,
    "socket_keepalive": True,
    "health_check_interval": 25,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "accountability.tasks.sweep", "schedule": 2.0, "options": {"expires": 10}},
    "photos": {"task": "files.tasks.tend", "schedule": 2.0, "options": {"expires": 10}},
    "forgotten photos": {"task": "files.tasks.sweep_away", "schedule": 600.0, "options": {"expires": 600}},
    "exports": {"task": "desk.tasks.tend", "schedule": 2.0, "options": {"expires": 10}},
    "expired exports": {"task": "desk.tasks.sweep_away", "schedule": 600.0, "options": {"expires": 600}},
    "imports": {"task": "gateway.tasks.tend", "schedule": 2.0, "options": {"expires": 10}},
    "forgotten imports": {"task": "gateway.tasks.sweep_away", "schedule": 600.0, "options": {"expires": 600}},
}

# ---- What the engines below ask of the apps above (dotted names, found when used)
CLOCK_KINDS = {
    "case": {
        "lapse": "cases.clocks.lapse_cases", "free": "cases.clocks.free_cases", "moved": "cases.clocks.keep_due",
    },
    "summons": {
        "lapse": "cases.clocks.lapse_summonses", "free": "cases.clocks.free_summonses",
        "moved": "cases.clocks.keep_due_of_summonses",
    },
}  # fmt: skip
DAY_FOLDS = ["cases.days.fold", "assessment.days.fold"]
FILE_KINDS = {
    "case": "cases.visibility.photo_of_case_visible",
    "report": "engagement.visibility.photo_of_report_visible",
}
FILE_ORIGINALS = "cases.visibility.may_see_originals"
OUTBOX_CONSUMERS = {"case.step": ["alerts.consumers.tell_of_step", "assessment.consumers.mark_closed_case"]}
SEALED_TABLES = ["cases_step", "audit_securitylog"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
