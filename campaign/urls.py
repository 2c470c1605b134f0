"""The map: staff, documents, machines; then per language the petition and the pages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views.serve import serve as serve_document
from wagtail.urls import serve_pattern
from wagtail.views import serve as serve_page

from campaign import health
from campaign.media import serve_picture
from campaign.well_known import robots, security_txt
from home.sitemap import sitemap
from petition.views.how_we_count import daily_csv
from petition.views.mail_hook import mail_hook
from petition.views.progress import count_json

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", serve_document, name="wagtaildocs_serve"),
    path("media/images/<str:name>", serve_picture, name="picture"),
    path("api/petitions/<slug:slug>/count.json", count_json, name="count_json"),
    path("api/petitions/<slug:slug>/daily.csv", daily_csv, name="daily_csv"),
    path("hooks/mail/<slug:provider>/", mail_hook, name="mail_hook"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("campaign.demo.urls")))
urlpatterns += i18n_patterns(
    path("", include("petition.urls")),
    path("", include("home.urls")),
    # Not all of Wagtail's own addresses: those for private pages, which this site has none of, set a cookie.
    re_path(serve_pattern, serve_page, name="wagtail_serve"),
    prefix_default_language=False,
)

handler400 = "campaign.errors.bad_request"
handler404 = "campaign.errors.page_not_found"
handler500 = "django.views.defaults.server_error"
