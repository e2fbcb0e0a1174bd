"""Settings of Concordat. They come from the environment only; README.md in this folder lists them all."""

import hashlib
import re
import secrets
from datetime import timedelta
from functools import partial

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from concordat.config import database, environment
from concordat.config.home import HOME, PACKAGE
from concordat.core.postgres import load_keys, roles

# ---- where and who ----

HOSTS = environment.names("CONCORDAT_HOSTS", "Host names of this server, with commas", "localhost,127.0.0.1")
PORT = environment.number("CONCORDAT_PORT", "First port to try on this machine", 8000, least=1, most=65535)
OPERATOR = environment.text("CONCORDAT_OPERATOR", "Who runs this server; shown to everybody who signs in")
LOCAL = all(host in {"localhost", "127.0.0.1", "[::1]"} for host in HOSTS)
EMBEDDED = not database.URL
PROXY = environment.flag(
    "CONCORDAT_PROXY", "1: a web server with TLS stands in front, on this machine, and says who asks", default=False
)
SERVER = environment.choice(
    "CONCORDAT_SERVER", "What serves: waitress from one process, gunicorn from several", "waitress", "gunicorn"
)
WORKERS = environment.number("CONCORDAT_WORKERS", "How many processes gunicorn serves from", 2, least=1, most=16)
DEMO = environment.flag(
    "CONCORDAT_DEMO", "1 loads and shows the demonstration country", default=EMBEDDED and LOCAL and not PROXY
)
if DEMO and not LOCAL:
    raise ImproperlyConfigured(
        "CONCORDAT_DEMO=1 lets anybody sign in, so CONCORDAT_HOSTS may then name nothing but localhost."
    )
if DEMO and PROXY:
    raise ImproperlyConfigured("CONCORDAT_DEMO=1 lets anybody sign in, so no web server may stand in front of it.")
if not LOCAL and not PROXY:
    raise ImproperlyConfigured(
        "CONCORDAT_HOSTS names a host that others reach, and nothing may cross a network in the clear. "
        "Put a web server with TLS in front (examples lie in deploy/), and set CONCORDAT_PROXY=1."
    )
if any("*" in host or host.startswith(".") or "/" in host for host in HOSTS):
    raise ImproperlyConfigured("CONCORDAT_HOSTS has to list full host names, without a pattern, scheme or path.")

# ---- secrets: an embedded installation has made its own; an external one is told ----

_kept = load_keys(HOME) if EMBEDDED else {}


def _key(name: str, meaning: str) -> str:
    value = environment.secret(f"CONCORDAT_{name.upper()}", meaning) or _kept.get(name, "")
    if not value and EMBEDDED:
        return secrets.token_urlsafe(32)  # before the first start: nothing is kept under it
    if len(value) < 32:  # noqa: PLR2004 - the limit stands in the sentence
        raise ImproperlyConfigured(f"CONCORDAT_{name.upper()} has to be set to at least 32 random characters.")
    return value


SECRET_KEY = _key("secret_key", "Signs cookies and links")
CONTEXT_KEY = _key("context_key", "Signs for whom a request acts, so that the database believes it")
SEAL_KEY = _key("seal_key", "Encrypts second-factor secrets; without it a restored copy cannot read them")
LOG_KEY = _key("log_key", "Signs the checkpoints of the log; partners know its public half")
# never made by the installation itself: a key that is lost together with the machine opens no backup of it
BACKUP_KEY = environment.secret("CONCORDAT_BACKUP_KEY", "Encrypts backups; keep a copy of it on another machine")

# ---- the rooms: the project's own templates win, so its apps come first ----

_ROOMS = [
    "core", "ledger", "organisations", "people", "notices", "clocks", "controllers", "agreements", "cases", "retention",
    "emergency", "teams", "access", "impact", "files", "quoting", "merging", "safety", "sharing", "disclosures",
    "referrals", "objectives.custody", "imports", "casefile", "search", "today", "about", "countersigning", "exports",
    "leaving", "breaches", "api", "demo",
]  # fmt: skip
INSTALLED_APPS = [
    *(f"concordat.{room}" for room in _ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "concordat.watch.middleware.Watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "concordat.core.nothing.TakesItsTime",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "concordat.people.acting.Acting",
    "concordat.core.refusals.InWords",
    # the innermost: it opens the transaction of the request and signs what the one before has found
    "concordat.ledger.middleware.SignedTransaction",
]

# what is hidden and what does not exist take the same time (core/nothing.py)
NOTHING_STEP_MS = environment.number(
    "CONCORDAT_NOTHING_MS",
    "Answers that found nothing leave after a multiple of so many milliseconds",
    50,
    least=0,
    most=1000,
)

ROOT_URLCONF = "concordat.config.urls"
WIRING = "concordat.config.wiring"
WSGI_APPLICATION = "concordat.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- database ----

DATABASES = database.databases(HOME)
REPLICAS = list(database.replicas(HOME))  # the aliases of those that answer readers (ledger/replicas.py)
# called, it says how a command of the operator connects as the owner of the tables; nothing that serves calls it
OWNER_DATABASE = partial(database.alias, HOME, roles.OWNER, database.OWNER_LIMITS)
DATABASE_ROUTERS = ["concordat.people.router.Router"]

# ---- sign-in (django-allauth's settings stand here) ----

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds

SESSION_ENGINE = "concordat.people.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SIGN_OUT_AFTER = timedelta(
    minutes=environment.number(
        "CONCORDAT_SIGN_OUT_MINUTES", "Minutes without activity until somebody is signed out", 30, least=5, most=480
    )
)
SIGN_OUT_AT_LATEST = timedelta(hours=12)  # a long working day
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would carry names

# counts for throttling and spent codes, where all processes and threads see them
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond that some are thrown out: nobody must be able to flush the counts
    }
}

ACCOUNT_ADAPTER = "concordat.notices.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation went to the address, or was handed over
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = {"invitation": "10/m/ip", "through": "20/m/ip"}  # the others are django-allauth's own
ACCOUNT_FORMS = {
    "login": "concordat.people.forms.SignInForm",
    "change_password": "concordat.people.forms.ChangeForm",
    "reset_password": "concordat.people.forms.ForgottenForm",
    "reset_password_from_key": "concordat.people.forms.NewPasswordForm",
}
MFA_ADAPTER = "concordat.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "concordat.people.forms.SecondFactorForm",
    "authenticate_webauthn": "concordat.people.forms.PasskeyCodeForm",
    "login_webauthn": "concordat.people.forms.PasskeySignInForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey counts for two factors only with a PIN, a finger or a face
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: telephones' clocks differ
MFA_ALLOW_UNVERIFIED_EMAIL = True

# e-mail, sent by the worker out of its queue; without a host everything is done on paper
EMAIL_HOST = environment.text("CONCORDAT_MAIL_HOST", "The mail server that takes messages")
EMAIL_PORT = environment.number("CONCORDAT_MAIL_PORT", "Its port", 587, least=1, most=65535)
EMAIL_HOST_USER = environment.text("CONCORDAT_MAIL_USER", "As whom to sign in there")
EMAIL_HOST_PASSWORD = environment.secret("CONCORDAT_MAIL_PASSWORD", "The password for that")
EMAIL_USE_TLS = environment.flag("CONCORDAT_MAIL_TLS", "1 encrypts on the way there (STARTTLS)", default=True)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = environment.text(
    "CONCORDAT_MAIL_FROM", "The address that messages come from", f"concordat@{HOSTS[0] if HOSTS else 'localhost'}"
)

# ---- end of sign-in ----

API_RATE = environment.number(
    "CONCORDAT_API_RATE", "Requests that one token may make in a minute", 300, least=1, most=100_000
)

# ---- what the browser is told ----

ALLOWED_HOSTS = HOSTS
# two copies on one machine share the browser's cookies for localhost, so each has names of its own
_copy = hashlib.sha256(SECRET_KEY.encode()).hexdigest()[:6]
_prefix = "" if LOCAL else "__Host-"
SESSION_COOKIE_NAME = f"{_prefix}concordat-session-{_copy}"
CSRF_COOKIE_NAME = f"{_prefix}concordat-form-{_copy}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

# ---- pages ----

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "concordat.people.context.signed_in",
                "concordat.config.context.navigation",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "concordat.core.forms.Renderer"

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 300

MEGABYTE = 1024 * 1024
FILE_LIMIT = MEGABYTE * environment.number(
    "CONCORDAT_FILE_MB", "How many megabytes one attached file may have", 10, least=1, most=40
)
FILES_PER_RECORD = environment.number("CONCORDAT_FILES", "How many files one record may have", 20, least=1, most=200)
CLAMAV = environment.text("CONCORDAT_CLAMAV", "The virus scanner: the path of ClamAV's socket, or host:port")
if CLAMAV and not re.fullmatch(r"/.+|[^/\s]+:\d{1,5}", CLAMAV):
    raise ImproperlyConfigured(
        "CONCORDAT_CLAMAV has to be the path of a socket, such as /run/clamav/clamd.ctl, or host:port."
    )

# what is uploaded stays in memory on its way to the database: no copy of it lies in a folder for temporary files
FILE_UPLOAD_MAX_MEMORY_SIZE = max(11 * MEGABYTE, FILE_LIMIT + MEGABYTE)
FILE_UPLOAD_HANDLERS = [
    "concordat.core.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# ---- language and time ----

USE_TZ = True
TIME_ZONE = "UTC"
SPOKEN = {"en": _("English"), "fr": _("French"), "ar": _("Arabic")}
_offered = environment.names("CONCORDAT_LANGUAGES", "The languages that are offered, the first by default", "en,fr,ar")
if not _offered or not set(_offered) <= set(SPOKEN):
    raise ImproperlyConfigured(f"CONCORDAT_LANGUAGES has to list languages out of: {', '.join(SPOKEN)}.")
LANGUAGES = [(code, SPOKEN[code]) for code in _offered]
LANGUAGE_CODE = _offered[0]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "concordat.core.formats"

# ---- what the server says to its operator: never the content of a record ----

LOG = environment.choice("CONCORDAT_LOG", "How the server writes its lines: for people, or as JSON", "text", "json")
METRICS_TOKEN = environment.secret("CONCORDAT_METRICS_TOKEN", "Opens /metrics to whoever sends it")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:  # noqa: PLR2004 - the limit stands in the sentence
    raise ImproperlyConfigured("CONCORDAT_METRICS_TOKEN has to have at least 20 characters.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "concordat.watch.logs.Lines"},
        "json": {"()": "concordat.watch.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # a page that is not found and a queue of two are everyday things
        **{name: {"level": "ERROR"} for name in ("django.request", "waitress.queue")},
        # a line for each request is for a machine to read
        "concordat.watch.requests": {"level": "INFO" if LOG == "json" else "WARNING"},
        # not through Django's own handlers, which write addresses of pages
        "django": {"level": "WARNING", "handlers": [], "propagate": True},
    },
}

environment.refuse_unknown()
