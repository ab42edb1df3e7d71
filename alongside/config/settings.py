"""Settings, read from the environment here and nowhere else; safe when nothing is set.

Every variable is described in ``docs/running/settings.md``; a test fails when one is not.
What differs between trusts (names, places, wording) is data that staff change, not a setting.
"""

import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def _text(name: str, default: str = "") -> str:
    """Return a variable, or the contents of the file that ``NAME_FILE`` names."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def _yes(name: str, *, default: bool) -> bool:
    return _text(name, "on" if default else "off").lower() in {"1", "on", "true", "yes"}


TESTING = "pytest" in sys.modules
DATA_DIR = Path(_text("ALONGSIDE_DATA_DIR", str(BASE_DIR / "data")))


def _secret_key() -> str:
    """Return the signing key: given, or made once and kept beside the embedded database."""
    given = _text("ALONGSIDE_SECRET_KEY")
    if given:
        return given
    if TESTING:
        return "for-tests-only"
    kept = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text(encoding="utf-8")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(50))
    return kept.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()
DEBUG = _yes("ALONGSIDE_DEBUG", default=False)
DEMO = _yes("ALONGSIDE_DEMO", default=False)
HTTPS = _yes("ALONGSIDE_HTTPS", default=True)
SITE_URL = _text("ALONGSIDE_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [
    name.strip() for name in _text("ALONGSIDE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
]

# --- the house, top floor first (see docs/house.md) ------------------------------------------
ROOMS = [
    *(["alongside.demo"] if DEMO or TESTING else []),
    "alongside.home",
    "alongside.opportunities",
    "alongside.events",
    "alongside.messaging",
    "alongside.people",
    "alongside.organisation",
    "alongside.accounts",
    "alongside.design",
    "alongside.core",
]
INSTALLED_APPS = [
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "alongside.design.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.design.answers.NoBlankPages",
]
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "alongside.design.environment.environment",
            "context_processors": ["alongside.design.environment.frame"],
        },
    },
    {  # for the libraries' own templates only; ours are Jinja
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# --- database ---------------------------------------------------------------------------------
DATABASE_URL = _text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'alongside.sqlite3'}")
DATABASES: dict[str, Any] = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # A confirmed booking must survive a power cut, hence FULL.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    if TESTING:  # a file, so that threads and processes can race; no power cut is tested
        DATABASES["default"]["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
        )
        DATABASES["default"]["TEST"] = {
            "NAME": str(Path(tempfile.gettempdir()) / f"alongside-test-{os.getpid()}.sqlite3")
        }
else:
    DATABASES["default"].update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Django keeps 300 and then throws out any: counted tries to sign in would be among them.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- background work --------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "alongside.core.jobs.JobTableBackend", "QUEUES": []}}
# A worker silent for so long has died: its job is given to another.
JOB_LEASE_SECONDS = int(_text("ALONGSIDE_JOB_LEASE_SECONDS", "60"))
JOB_WORKERS = int(_text("ALONGSIDE_JOB_WORKERS", "1"))

# --- web server -------------------------------------------------------------------------------
WEB_WORKERS = int(_text("ALONGSIDE_WEB_WORKERS", str(max(2, os.cpu_count() or 2))))
ACCESS_LOG = _yes("ALONGSIDE_ACCESS_LOG", default=False)

# --- words and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

# --- static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nothing of ours is for other websites
STATIC_ROOT = BASE_DIR / "static-collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- security ---------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_SSL_REDIRECT = HTTPS and _yes("ALONGSIDE_SSL_REDIRECT", default=False)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from beside us, without TLS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _yes("ALONGSIDE_BEHIND_PROXY", default=False) else None
)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# Shaped and named like Django 6's setting, so that our middleware can go when we move to 6.2.
SECURE_CSP: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "manifest-src": ["'self'"],
}
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frame-ancestors in our policy says it for every browser we serve
    "security.W021",  # preloading binds the trust's whole domain: theirs to choose
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- sign-in ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["alongside.accounts.backends.Backend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/me/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
CSRF_FAILURE_VIEW = "alongside.design.views.csrf_failure"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3  # how long a link to choose a password lives
ACCOUNT_ADAPTER = "alongside.accounts.adapters.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an emailed code has proved the address already
ACCOUNT_RATE_LIMITS = {
    # Many people may sit behind one address: a hospital, a library, a workshop on one network.
    "request_login_code": "60/5m/ip,4/5m/key,12/h/key",
    "try_code": "120/5m/ip,20/15m/key",
    "login": "60/5m/ip",
    "login_failed": "60/5m/ip,5/5m/key",
    "reset_password": "30/5m/ip,3/5m/key",
}
MFA_ADAPTER = "alongside.accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1  # clocks of phones drift; a code is still good only once
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# How many proxies in front of us write X-Forwarded-For; with none, it is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(
    _text("ALONGSIDE_PROXY_COUNT", "1" if SECURE_PROXY_SSL_HEADER else "0")
)

# --- channels ---------------------------------------------------------------------------------
# Until a host is set, messages are kept on the outbox page, which shows what would have gone.
EMAIL_HOST = _text("ALONGSIDE_SMTP_HOST")
EMAIL_PORT = int(_text("ALONGSIDE_SMTP_PORT", "587"))
EMAIL_HOST_USER = _text("ALONGSIDE_SMTP_USER")
EMAIL_HOST_PASSWORD = _text("ALONGSIDE_SMTP_PASSWORD")
EMAIL_USE_TLS = _yes("ALONGSIDE_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _text("ALONGSIDE_FROM_EMAIL", "alongside@localhost")
# Texts go by SMTP through the trust's email-to-text gateway: 07700900000@<this domain>.
TEXT_GATEWAY_DOMAIN = _text("ALONGSIDE_TEXT_GATEWAY_DOMAIN")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "alongside.core.logs.Lines",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": _text("ALONGSIDE_LOG_LEVEL", "WARNING")},
}
