"""Build the campaign's content, once: what exists already, edited by staff or not, is left as it is."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from campaign.demo import english, french
from campaign.first_pages.standard import STANDARD, write_standard_pages
from campaign.first_pages.writing import ROOT_DEPTH, Entry, Writer, listed
from home.models import (
    HomePage,
    NewsIndexPage,
    NewsPage,
    Organisation,
    PetitionPage,
    PositionIndexPage,
    PositionPaperPage,
    PressIndexPage,
    PressReleasePage,
)
from home.publishing import places_may_stay_open
from petition.models import Petition, PetitionText

SLUG = "donnees-de-sante"
ORGANISER = "DIGITAL SME France"
# Reserved by RFC 2606 so that nobody owns it: staff put the real address in before opening for real.
PLACEHOLDER_ADDRESS = "petition@example.org"

CAMPAIGN = (
    Entry("HOME", HomePage, parent=""),
    Entry("PETITION_PAGE", PetitionPage),
    Entry("PRESS_INDEX", PressIndexPage),
    Entry("PRESS_RELEASE", PressReleasePage, "PRESS_INDEX", {"date": "2020-11-20"}),
    Entry("POSITION_INDEX", PositionIndexPage),
    # Its arguments are those made public that day.
    Entry("POSITION_PAPER", PositionPaperPage, "POSITION_INDEX", {"date": "2020-11-20"}),
    Entry("NEWS_INDEX", NewsIndexPage),
    Entry("NEWS_ORDER", NewsPage, "NEWS_INDEX", {"date": "2020-10-09"}),
    Entry("NEWS_RELEASE", NewsPage, "NEWS_INDEX", {"date": "2020-11-20"}),
)
TREE = (*CAMPAIGN, *STANDARD)


@transaction.atomic
def build() -> Petition:
    """Make what is missing of locales, site, petition, organisation and pages; return the petition."""
    for code in ("fr", "en"):
        Locale.objects.get_or_create(language_code=code)
    petition = build_petition()
    writer = Writer(
        french, english, {model: {"petition": petition} for model in (PetitionPage, NewsPage)}, _value
    )
    with places_may_stay_open():
        writer.write_french(CAMPAIGN)
        home = HomePage.objects.get(translation_key=CAMPAIGN[0].key, locale__language_code="fr")
        build_organisation(build_site(home))
        writer.write_english(CAMPAIGN)
        write_standard_pages()
    return petition


def build_petition() -> Petition:
    """Return the demo's petition, made with its texts in both languages where they are missing."""
    petition, _made = Petition.objects.get_or_create(
        slug=SLUG,
        defaults={
            "organiser": ORGANISER,
            "sender_name": ORGANISER,
            "sender_address": PLACEHOLDER_ADDRESS,
            "reply_to": PLACEHOLDER_ADDRESS,
        },
    )
    written = set(petition.texts.values_list("language", flat=True))
    for language, module in (("fr", french), ("en", english)):
        if language not in written:
            words = module.PETITION
            PetitionText.objects.create(
                petition=petition,
                language=language,
                title=words.title,
                demands="\n".join(words.demands),
                addressee=words.addressee,
            )
    return petition


def build_site(home: HomePage) -> Site:
    """Point the default site at our home page and at SITE_URL, and remove Wagtail's welcome page."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted = {"hostname": address.hostname, "port": port}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return Site.objects.create(**wanted, is_default_site=True, root_page=home)
    welcome = site.root_page if type(site.root_page.specific) is Page else None
    if welcome:
        site.root_page = home
    if welcome or wanted != {"hostname": site.hostname, "port": site.port}:
        site.hostname, site.port = wanted["hostname"], wanted["port"]
        site.save()
    if welcome and welcome.depth > ROOT_DEPTH:
        welcome.delete()
    return site


def build_organisation(site: Site) -> None:
    """Store the organisation's names and what it says of itself, unless staff have done so."""
    names = {"name": ORGANISER, "site_name_fr": french.SITE_NAME, "site_name_en": english.SITE_NAME}
    about = {"about_fr": french.ABOUT, "about_en": english.ABOUT}
    Organisation.objects.get_or_create(site=site, defaults=names | about)


def _value(kind: str, said: Any) -> Any:
    """Return the value of a block whose words alone don't make it; None for any other."""
    if kind == "sign_link":
        page = PetitionPage.objects.filter(petition__slug=SLUG, locale__language_code="fr").first()
        return {"page": page.pk, "label": said}
    if kind == "arguments":
        arguments = [{"title": title, "text": text} for title, text in said["arguments"]]
        return {"heading": said["heading"], "arguments": listed(arguments)}
    return None
