"""What an installation runs with: values from the environment; without them, the embedded default of this checkout."""

import os

import dj_database_url
from csp.constants import NONE, SELF

from liixia.env import demo, embedded, flag, shipped, words
from liixia.launcher.places import CHECKOUT, kept_secret, socket_folder, state_folder
from liixia.settings_api import *  # noqa: F403
from liixia.settings_kinds import *  # noqa: F403
from liixia.settings_queue import *  # noqa: F403

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
    "changes",
    "grids",
    "accountability",
    "cases",
    "admission",
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
TIME_ZONE = CELERY_TIMEZONE = "Asia/Shanghai"
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

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
