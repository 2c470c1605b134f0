"""Every setting, top to bottom, one heading per concern. What differs between places comes from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from campaign import env, security
from home.uploads import limits as uploads

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# --- Where we are -----------------------------------------------------------------------------------------
DEBUG = env.read("DEBUG", env.boolean, "yes or no", "no")
DEMO = env.read("DEMO", env.boolean, "yes or no", "no")
SITE_URL = env.read(
    "SITE_URL", env.site_url, "the site's address alone, such as https://petition.example.org"
)
ALLOWED_HOSTS = env.read("ALLOWED_HOSTS", env.words, "host names, separated by commas")
TRUSTED_PROXIES = env.read("TRUSTED_PROXIES", env.networks, "addresses or networks, separated by commas", "")
HTTPS = SITE_URL.startswith("https://")

# --- Secrets: each has one purpose, so that one can be changed without breaking the others -------------------
SECRET_KEY = env.secret("SECRET_KEY", least=50)  # sessions of staff; 50 is what `check --deploy` asks for
EMAIL_KEY_SECRET = env.secret("EMAIL_KEY_SECRET")  # fingerprints of addresses; changing it forgets who signed
LINK_SECRET = env.secret("LINK_SECRET")  # links in mails; changing it breaks the links already sent
FORM_SECRET = env.secret("FORM_SECRET")  # tickets in forms; changing it asks for a fresh form

# --- Apps and middleware ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "campaign",
    "campaign.outbox",
    "petition",
    "home",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_footnotes",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.snippets",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django_filters",
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "campaign.head.HeadWithoutBody",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "campaign.security.StaffPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "campaign.language.LanguageFromPath",
    "django.middleware.common.CommonMiddleware",
    "home.redirects.LeadOn",
    "campaign.errors.MethodNotAllowedInWords",
    "campaign.security.StaffCsrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "campaign.access_log.RefusedAccess",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "campaign.urls"
WSGI_APPLICATION = "campaign.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _page_of(petition):
    from home.links import petition_url

    return petition_url(petition)


# Mails lead to the CMS page about a petition, while the petition app knows nothing of pages.
ABSOLUTE_URL_OVERRIDES = {"petition.petition": _page_of}

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
                "home.context.site",
            ],
        },
    }
]

# --- Database -----------------------------------------------------------------------------------------------
DATABASES = {
    "default": env.read("DATABASE_URL", env.database, "postgres://user:password@host/name or sqlite:///path")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time, who waits instead of failing: read-then-write transactions would deadlock.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A connection kept for a minute is worth three times the throughput of a new one per request.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Knowing little of young tables, PostgreSQL takes the menu's statement for a long one and compiles it: measured,
    # 0.5 to 1 s per page instead of 5 ms. Nothing here runs long enough to be worth it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

# --- Language and time: by the address alone, French without a prefix -----------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "campaign" / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["campaign.formats"]  # of Django's formats, what French sets otherwise
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- How long data are kept: read by the deletions, and told where they are promised (form, privacy page, rules) ----
KEEP_UNCONFIRMED_DAYS = env.read(
    "KEEP_UNCONFIRMED_DAYS", env.whole_number(3, 30), "a number of days from 3 to 30", "14"
)
# Whichever comes first ends the names under a petition, unless staff keep them longer and say why.
KEEP_NAMES_MONTHS_AFTER_OPENING = env.read(
    "KEEP_NAMES_MONTHS_AFTER_OPENING", env.whole_number(3, 21), "a number of months from 3 to 21", "21"
)
KEEP_NAMES_MONTHS_AFTER_DELIVERY = env.read(
    "KEEP_NAMES_MONTHS_AFTER_DELIVERY", env.whole_number(1, 12), "a number of months from 1 to 12", "1"
)
KEEP_SUPPORTERS_YEARS = env.read(
    "KEEP_SUPPORTERS_YEARS", env.whole_number(1, 3), "a number of years from 1 to 3", "3"
)
KEEP_REFUSALS_YEARS = env.read(
    "KEEP_REFUSALS_YEARS", env.whole_number(3, 10), "a number of years from 3 to 10", "3"
)
KEEP_PROOF_YEARS = env.read("KEEP_PROOF_YEARS", env.whole_number(1, 6), "a number of years from 1 to 6", "3")
KEEP_STAFF_LOG_MONTHS = env.read(
    "KEEP_STAFF_LOG_MONTHS", env.whole_number(6, 12), "a number of months from 6 to 12", "12"
)
# Under 15 a parent would have to agree too (loi Informatique et Libertés, art. 45); the first box says how old one is.
SIGNING_AGE = env.read("SIGNING_AGE", env.whole_number(15, 18), "an age from 15 to 18", "15")

# --- Mail ---------------------------------------------------------------------------------------------------
EMAIL_TIMEOUT = 10  # seconds; a mail server that takes longer is asked again by the outbox
if DEMO:
    EMAIL_BACKEND = "campaign.demo.mail.EmlBackend"
else:
    vars().update(
        env.read("EMAIL_URL", env.email, "an address such as smtp+tls://user:password@mail.example.org:587")
    )
# Where undeliverable mail comes back, as retours+TOKEN@…; empty: to the petition's sender, where nobody counts it.
BOUNCE_ADDRESS = env.read(
    "BOUNCE_ADDRESS",
    env.bounce_address,
    "an address such as retours@petition.example.org, with at most 24 characters before the @ and no +",
    "",
)
BOUNCE_MAILBOX = env.read(
    "BOUNCE_MAILBOX_URL",
    env.pop_mailbox,
    "an address such as pop3s://user:password@mail.example.org:995, with signs other than letters and digits as %XX",
    "",
)
if BOUNCE_MAILBOX and not BOUNCE_ADDRESS:
    raise ImproperlyConfigured(
        "BOUNCE_ADDRESS is missing: expected the address whose mailbox is BOUNCE_MAILBOX_URL."
    )
# What the mail provider must show to tell us of returned mail, as https://mail:SECRET@…/hooks/mail/brevo/.
MAIL_HOOK_SECRET = env.read(
    "MAIL_HOOK_SECRET",
    env.hook_secret,
    "at least 32 random letters, digits, - and _, which go into an address",
    "",
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"noreply@{urlsplit(SITE_URL).hostname}"

# --- What this server calls: these hosts and no other, by what for; staff read them on a page of their own -------
OUTGOING_HOSTS: dict[str, str] = {}
if mail_host := vars().get("EMAIL_HOST"):
    OUTGOING_HOSTS["mail"] = mail_host
if BOUNCE_MAILBOX:
    OUTGOING_HOSTS["returned_mail"] = BOUNCE_MAILBOX["host"]

# --- Outside services: off until staff switch them on; here stands which there are, and their keys --------------
MAILCHIMP_API_URL = env.read(
    "MAILCHIMP_API_URL", env.service_url, "an https address; empty for Mailchimp's own", ""
)
MAILING_LISTS: dict[str, dict[str, Any]] = {
    "local": {"BACKEND": "petition.mailing.local.LocalList"},
    "mailchimp": {
        "BACKEND": "petition.mailing.mailchimp.Mailchimp",
        "OPTIONS": {
            "api_key": env.read(
                "MAILCHIMP_API_KEY",
                env.word_or_nothing if MAILCHIMP_API_URL else env.mailchimp_key,
                "a key of Mailchimp's, with its data centre at the end (…-us21)",
                "",
            ),
            "list_id": env.read(
                "MAILCHIMP_LIST_ID", env.word_or_nothing, "the identifier of a list (Mailchimp: audience)", ""
            ),
            "api_url": MAILCHIMP_API_URL,
        },
    },
}
if MAILING_LISTS["mailchimp"]["OPTIONS"]["api_key"]:
    OUTGOING_HOSTS["mailchimp"] = env.mailchimp_host(**MAILING_LISTS["mailchimp"]["OPTIONS"])
# What else may keep robots from the form; which one does is chosen in the admin.
CAPTCHAS: dict[str, str] = {"altcha": "petition.captcha.altcha.Altcha"}
# What staff should have done before they open a petition: functions of (petition), in the order of the list they read.
OPENING_CHECKS = [
    "petition.services.checklist.texts_are_written",
    "petition.services.checklist.it_ends_later",
    "petition.services.checklist.nobody_is_made_up",
    "petition.services.checklist.a_mail_has_arrived",
    "petition.services.checklist.mails_can_be_answered",
    "petition.services.checklist.list_is_chosen",
    "home.checks_for_opening.page_is_published",
    "home.checks_for_opening.legal_pages_are_published",
    "home.checks_for_opening.nothing_is_left_to_fill_in",
]
# What staff are told to hand to the administrator where a service lacks its key.
ENV_FILE = env.read("ENV_FILE", str, "the path of the file that holds these settings", "/etc/petition/.env")
RESTART_COMMAND = env.read(
    "RESTART_COMMAND",
    str,
    "the command that restarts site and worker",
    "sudo systemctl restart petition petition-worker",
)

# --- Cache --------------------------------------------------------------------------------------------------
CACHES = {
    "default": env.read(
        "CACHE_URL",
        env.cache,
        "locmemcache:// or, once Python's package redis is installed, rediscache://host:port/1",
        "locmemcache://",
    )
}

# --- Files --------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.read("MEDIA_ROOT", env.folder, "a folder", str(VAR_DIR / "media"))
# Who has left, by fingerprint, for whoever restores a backup (replay_erasures): on no disk that a backup overwrites.
ERASURE_FILE = env.read("ERASURE_FILE", env.folder, "the path of a file", str(VAR_DIR / "erasures.log"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "campaign.static_files.OneSheetStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# --- Security -----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = security.VISITOR_POLICY
PERMISSIONS_POLICY = security.NO_SENSORS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = (
    False  # the association's other hosts aren't ours to bind
)
SECURE_SSL_REDIRECT = False  # the proxy does it, and /health is asked over plain HTTP on loopback
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"  # pages of staff answer SAMEORIGIN: see campaign.security
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS follows the scheme of SITE_URL
    "security.W005",  # other hosts of the association's domain aren't ours to bind
    "security.W008",  # the proxy redirects to HTTPS
    "security.W021",  # preloading is the association's decision
    "security.W003",  # Django's CSRF protection is there, under /admin/ alone: campaign.security.StaffCsrf
]
SECURITY_CONTACT = env.read(
    "SECURITY_CONTACT", str, "mailto:… or https://…", f"mailto:security@{urlsplit(SITE_URL).hostname}"
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor posts many

# --- Staff: the only people with a cookie, and only under /admin/ ---------------------------------------------
COOKIE_PREFIX = "__Secure-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}staff-session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}staff-csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = (
    "django.contrib.messages.storage.session.SessionStorage"  # the default would set a cookie at /
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "campaign.errors.form_refused"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Wagtail: quiet, it calls nobody --------------------------------------------------------------------------
WAGTAIL_SITE_NAME = _("The campaign's site")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
# Wagtail's reset would speak SMTP inside the request: an administrator sets a new password instead.
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Pages that a colleague reads before they go live; the mails about it are owed to the letter-box (home.review).
WAGTAIL_WORKFLOW_ENABLED = env.read("REVIEWS", env.boolean, "yes or no", "no")
WAGTAIL_FINISH_WORKFLOW_ACTION = "home.after_review.publish_if_it_can_be"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # an embargo, an opening: every moment in the admin is one of Paris
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # an address that is read out, printed or pasted into a mail stays whole
WAGTAILREDIRECTS_AUTO_CREATE = (
    False  # by the Site row, and for drafts too: home.old_addresses does it instead
)
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_IMAGE_MODEL = "home.CampaignImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.uploads.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = [
    "avif",
    "gif",
    "heic",
    "heif",
    "jpeg",
    "jpg",
    "png",
    "webp",
]  # no SVG: it can hold programs
WAGTAILIMAGES_MAX_UPLOAD_SIZE = uploads.PICTURE_BYTES
WAGTAILIMAGES_JPEG_QUALITY, WAGTAILIMAGES_WEBP_QUALITY, WAGTAILIMAGES_AVIF_QUALITY = 76, 76, 60
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.uploads.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = uploads.DOCUMENT_BYTES
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # all are saved, none is opened inside this site

# --- Logs: what happened to which row, never to whom -----------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "campaign.logs.ScrubbingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # Gunicorn names the sender of a request that it can't read; its lines go through the same mask.
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "fontTools": {"level": "WARNING"},  # thirty lines for each PDF
        "weasyprint.progress": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},  # two lines for each saved page, about nothing
    },
}
