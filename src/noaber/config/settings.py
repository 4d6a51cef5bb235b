"""One settings file. It assembles the house from the environment and decides nothing."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from noaber.config import env

BASE_DIR = Path(__file__).resolve().parents[3]
REGIONS_DIR = Path(env.text("NOABER_REGIONS_DIR") or BASE_DIR / "regions")
STATE_DIR = Path(env.text("NOABER_STATE_DIR") or BASE_DIR / ".noaber")
LEDGER_DIR = Path(env.text("NOABER_LEDGER_DIR") or STATE_DIR / "ledger")

# --- who and when -------------------------------------------------------------------------------
DEMO = env.flag("NOABER_DEMO")
DEMO_TODAY = env.day("DEMO_TODAY") or (date(2027, 7, 1) if DEMO else None)
FIXED_NOW = env.instant("NOABER_NOW")
DEFAULT_REGION = env.text("NOABER_REGION")
BASE_URL = env.text("NOABER_BASE_URL", "http://127.0.0.1:8000").rstrip("/")

SECRET_KEY = env.text("NOABER_SECRET_KEY")
NOABER_FIELD_KEYS = env.words("NOABER_FIELD_KEYS")
if not SECRET_KEY or not NOABER_FIELD_KEYS:
    raise env.BadSetting(
        "NOABER_SECRET_KEY en NOABER_FIELD_KEYS zijn nodig. Start met ./noaber: dat maakt en bewaart ze."
    )
DEBUG = False
ALLOWED_HOSTS = env.words("NOABER_HOSTS", "127.0.0.1,localhost,[::1]")
SECURE = BASE_URL.startswith("https://")

# --- the house ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "noaber.hallway.accounts",
    "noaber.hallway.access",
    "noaber.hallway.audit",
    "noaber.hallway.outbox",
    "noaber.hallway.post",
    "noaber.hallway.holdings",
    "noaber.hallway.drafts",
    "noaber.hallway.ui",
    "noaber.network.partners",
    "noaber.network.residents",
    "noaber.network.consents",
    "noaber.network.relatives",
    "noaber.network.companions",
    "noaber.network.entrances",
    "noaber.offer.directory",
    "noaber.offer.routes",
    "noaber.offer.sources",
    "noaber.offer.neighbourhood",
    "noaber.offer.self_help",
    "noaber.offer.support_points",
    "noaber.offer.groups",
    "noaber.offer.care_programmes",
    "noaber.pathways.referrals",
    "noaber.pathways.preparations",
    "noaber.pathways.conversations",
    "noaber.pathways.evaluations",
    "noaber.steering.programme",
    "noaber.steering.kpis",
    "noaber.doors.identity",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "noaber.hallway.access.middleware.Answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "noaber.hallway.languages.Speaking",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "noaber.hallway.accounts.staying.Staying",
    "noaber.hallway.drafts.keeping.Signs",
    "noaber.hallway.access.middleware.Actors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "noaber.config.urls"
WSGI_APPLICATION = "noaber.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "noaber.hallway.ui.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- one PostgreSQL -----------------------------------------------------------------------------
_database_url = env.text("DATABASE_URL")
if not _database_url:
    raise env.BadSetting("DATABASE_URL ontbreekt. Start met ./noaber: dat start een database en vult dit in.")
_owner_url = env.text("DATABASE_OWNER_URL") or _database_url
_as_owner = env.flag("NOABER_AS_OWNER") or (len(sys.argv) > 1 and sys.argv[1] in {"migrate"})
DATABASES: dict[str, dict[str, object]] = {
    "default": {
        **env.database(_owner_url if _as_owner else _database_url, name="DATABASE_URL"),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 5,
    "options": "-c statement_timeout=20000 -c lock_timeout=8000 -c idle_in_transaction_session_timeout=60000",
    **DATABASES["default"]["OPTIONS"],  # type: ignore[dict-item]  # env.database always gives a dict
}
if _as_owner:
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=8000"  # type: ignore[index]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts of tries and used codes must hold for all processes together, so they live in the database too.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "hallway_cache"},
}

# --- accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
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
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/verder/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "noaber.hallway.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,20/300s/key"}
ACCOUNT_FORMS = {
    "login": "noaber.hallway.accounts.forms.SignInForm",
    "reauthenticate": "noaber.hallway.accounts.forms.PasswordAgainForm",
    "reset_password": "noaber.hallway.accounts.forms.ForgottenForm",
    "reset_password_from_key": "noaber.hallway.accounts.forms.NewPasswordForm",
    "change_password": "noaber.hallway.accounts.forms.OtherPasswordForm",
}
MFA_ADAPTER = "noaber.hallway.accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "noaber.hallway.accounts.forms.CodeForm",
    "reauthenticate": "noaber.hallway.accounts.forms.CodeAgainForm",
    "activate_totp": "noaber.hallway.accounts.forms.AppForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation already went to this address
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Noaber"
MFA_TOTP_TOLERANCE = 1  # the code of the half minute before or after counts too (RFC 6238, 5.2)
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "noaber.hallway.accounts.second_step.who_tries"
AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False

# --- a sign-in service for residents (OpenID Connect); off until issuer and client are set ------------
OIDC_ISSUER = env.text("NOABER_OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("NOABER_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("NOABER_OIDC_CLIENT_SECRET")
OIDC_NAME = env.text("NOABER_OIDC_NAME", "DigiD")
OIDC_LEVEL = env.text("NOABER_OIDC_LEVEL")  # low, substantial or high; never lower than knowledge/assurance

# --- maps of others -----------------------------------------------------------------------------
SOURCES_ALLOW = env.words("NOABER_SOURCES_ALLOW")  # host:port of own networks that may be read; empty: none

# --- web ----------------------------------------------------------------------------------------
SESSION_ENGINE = "noaber.hallway.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "noaber.hallway.ui.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
# Nothing goes to other sites. "no-referrer" would also hide where a form comes from, and browsers then send
# it with the origin "null", which the check against forged forms refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a provider keeps all its programmes on one page, ten fields each
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [
    ("nl", "Nederlands"),
    ("nl-x-easy", "Makkelijk Nederlands"),
    ("en", "English"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("pl", "Polski"),
    ("uk", "Українська"),
]
LOCALE_PATHS = [BASE_DIR / "src" / "noaber" / "locale"]
LANGUAGE_COOKIE_NAME = "taal"
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- post and log: no personal data in either ---------------------------------------------------
MAIL_URL = env.text("NOABER_MAIL_URL", "database:")
TEXT_URL = env.text("NOABER_TEXT_URL")  # empty: no text messages can go out, and the office sees that
DEFAULT_FROM_EMAIL = env.text("NOABER_MAIL_FROM", "afspraken@noaber.example")
ADMINS: list[tuple[str, str]] = []
DEFAULT_EXCEPTION_REPORTER_FILTER = "noaber.hallway.access.reporting.NothingPersonal"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nameless": {"()": "noaber.hallway.access.reporting.NamelessRecords"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["nameless"]},
    },
    "root": {"handlers": ["stderr"], "level": env.text("NOABER_LOG_LEVEL", "WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
}
