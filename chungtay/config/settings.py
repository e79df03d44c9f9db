"""Settings of one workspace: a folder (CHUNGTAY_DATA) with its database, cube, keys and files.

The values that `docs/adr/0002-sqlite-settings.md` explains were measured, not guessed; change them only with a measurement.
"""

import os
import sqlite3
from pathlib import Path

from chungtay.config.catalogues import compiled
from chungtay.config.databases import database_settings
from chungtay.config.workspace import clock_shift, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("CHUNGTAY_DATA", "var/workspace")).resolve()
CLOCK_SHIFT = clock_shift(DATA_DIR)  # zero, but in a demonstration that lives on the day of its story
DEBUG = os.environ.get("CHUNGTAY_DEBUG") == "1"
TESTING = os.environ.get("CHUNGTAY_TESTING") == "1"
SECRET_KEY = "only-for-tests" if TESTING else secret_key(DATA_DIR)
ALLOWED_HOSTS = os.environ.get("CHUNGTAY_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
# Behind HTTPS (CHUNGTAY_HTTPS=1) cookies are host-bound and secure; on a plain loopback address browsers would refuse them.
HTTPS = os.environ.get("CHUNGTAY_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    # What the portal stands on.
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    *(
        f"chungtay.{room}"
        for room in (
            "web",
            "audit",
            "places",
            "access",
            "accounts",
            "papers",
            "evidence",
            "boundaries",
            "notices",
            "indicators",
            "programmes",
            "figures",
            "tasks",
            "returns",
            "funds",
            "households",
            "community",
            "supervision",
            "support",
            "emulation",
            "reviews",
            "checking",
            "opendata",
            "exchange",
            "desk",
            "portal",
            "webhooks",
            "api",
            "demo",
        )
    ),
]
MIDDLEWARE = [
    "chungtay.portal.caching.PublicPages",
    "chungtay.web.languages.LanguageOfAddress",
    "django.middleware.security.SecurityMiddleware",
    "chungtay.web.packing.PackedStatic",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chungtay.web.middleware.SecurityHeaders",
    "chungtay.api.middleware.Guard",
    "chungtay.config.middleware.OneState",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chungtay.figures.middleware.Rebuilds",
    "chungtay.portal.middleware.EditorsOnly",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "chungtay.config.urls"
WSGI_APPLICATION = "chungtay.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [PACKAGE / "config" / "overrides"],  # what stands before a library's template of the same name
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chungtay.web.context.page",
            ],
            "builtins": [
                "chungtay.web.templatetags.ui",
                "chungtay.web.templatetags.languages",
                "django.templatetags.i18n",
            ],
        },
    }
]
DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL", ""), DATA_DIR, sqlite3.sqlite_version_info)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else ["chungtay.accounts.hashing.Argon2id"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk-home"
LOGOUT_REDIRECT_URL = "sign-in"
# Signing in by an office's identity provider (OpenID Connect), where one is set. CLAIM: what names a person there.
OIDC_ISSUER = os.environ.get("CHUNGTAY_OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("CHUNGTAY_OIDC_CLIENT_ID", "")
OIDC_SECRET = os.environ.get("CHUNGTAY_OIDC_SECRET", "")  # or the file oidc-secret in the workspace
OIDC_LABEL = os.environ.get("CHUNGTAY_OIDC_LABEL", "Đăng nhập bằng tài khoản cơ quan")
OIDC_CLAIM = os.environ.get("CHUNGTAY_OIDC_CLAIM", "sub")
OIDC_HTTP = os.environ.get("CHUNGTAY_OIDC_HTTP") == "1"  # a provider on the loopback, for development
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_SAVE_EVERY_REQUEST = False
CSRF_USE_SESSIONS = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
API_PER_MINUTE = int(
    os.environ.get("CHUNGTAY_API_PER_MINUTE", "600")
)  # requests by one token; half of it by an address without
# Webhooks go to https on the open Internet; an operator may open inner networks ("10.20.0.0/16,…"), and http on the loopback.
WEBHOOK_ALLOW = [one for one in os.environ.get("CHUNGTAY_WEBHOOK_ALLOW", "").replace(" ", "").split(",") if one]
WEBHOOK_HTTP = os.environ.get("CHUNGTAY_WEBHOOK_HTTP") == "1"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Mail goes to CHUNGTAY_SMTP_HOST, or as files to the folder CHUNGTAY_MAIL_DIR; with neither none is sent, and the pages say so.
SITE_ADDRESS = os.environ.get("CHUNGTAY_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
EMAIL_HOST = os.environ.get("CHUNGTAY_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("CHUNGTAY_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CHUNGTAY_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CHUNGTAY_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("CHUNGTAY_SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("CHUNGTAY_MAIL_FROM", "Chung Tay <chungtay@localhost>")
EMAIL_FILE_PATH = os.environ.get("CHUNGTAY_MAIL_DIR", "")
if EMAIL_FILE_PATH:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
MAIL_IS_ON = bool(EMAIL_HOST or EMAIL_FILE_PATH)

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
LOCALE_PATHS = [compiled(DATA_DIR / "words")]
USE_TZ = True
# Django's own "vi" formats read 03/04/2026 as March 4th: ours are d/m/Y, "." thousands, "," decimals.
FORMAT_MODULE_PATH = ["chungtay.config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "chungtay.web.finders.FontFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # else every client of a test reads all static files
WHITENOISE_MAX_AGE = 3600

# The portal: its pages, pictures and editors' pages are Wagtail's.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "anh/"
WAGTAILADMIN_LOGIN_URL = "sign-in"
WAGTAIL_SITE_NAME = "Chung Tay"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAILIMAGES_IMAGE_MODEL = "portal.Picture"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "xlsx", "zip"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database.fallback"}
}  # readers search our folded words
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nothing is asked of another address
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt")]
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]  # of public pages, by their address; staff work in Vietnamese
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a refused door is an answer, not a fault worth a traceback
}
