"""The privacy page tells every mail that may come, everything that is kept and how long, and the way to one's data.

docs/limits.md and docs/retention.md are read row by row: what is new there is told here, or said not to be a period.
"""

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from campaign.typography import plain_spaces
from home import embargo_links
from petition import limits, links, periods

DOCS = Path(settings.BASE_DIR) / "docs"
MAILS = Path(settings.BASE_DIR) / "templates" / "emails"
A_TIME = re.compile(r"\d\s*(?:h\b|minutes?|hours?|days?|months?|years?)|month", re.I)

# Constant or setting, as docs/limits.md names it -> the row or line of the page, and its period.
TOLD = {
    "MAILS_PER_ADDRESS_AND_DAY": ("Rien d’autre ne suit", "3 e-mails par jour"),
    "REMINDER_AFTER": ("un e-mail vous le rappelle", "48 heures"),
    "periods.PAUSE": ("nous ne devons pas vous écrire", "7 jours si votre boîte"),
    "periods.BOUNCE_LIFE": ("qu’un e-mail pour vous est revenu", "1 an,"),
    "CHALLENGE_LIFE": ("réponse d’un navigateur", "20 minutes"),
    "links.CONFIRM_LIFE": ("vous demande de confirmer", "fonctionne pendant 7 jours"),
    "resending.NOT_AGAIN_WITHIN": ("notre équipe peut le faire renvoyer", "une fois par jour au plus"),
    "KEEP_UNCONFIRMED_DAYS": ("tant que votre boîte aux lettres ne l’a pas confirmé", "14 jours"),
    "KEEP_SUPPORTERS_YEARS": ("Votre adresse pour les nouvelles", "3 ans"),
    "ANSWER_TIME": ("Votre adresse pour les nouvelles", "30 jours"),
    "KEEP_REFUSALS_YEARS": ("que vous ne voulez plus de nouvelles", "3 ans"),
    "KEEP_PROOF_YEARS": ("La preuve que vous aviez accepté", "3 ans"),
    "NOT_ME_LIFE": ("vous avez dit « ce n’est pas moi »", "30 jours"),
    "links.CHANGE_LIFE": ("Si vous le demandez", "30 minutes"),
    "REFUSED_ENDORSEMENT_MONTHS": ("le représentant d’une organisation", "6 mois"),
    "BACKUP_LIFE": ("Copies de sauvegarde", "30 jours au plus"),
    "ERASURE_LINE_LIFE": ("dans un fichier à part", "40 jours"),
    "KEEP_NAMES_MONTHS_…": ("Votre signature", "21 mois"),
    "BUCKET_LIFE": ("Les compteurs contre les abus", "48 heures"),
    "KEEP_AFTER_END": ("Le nom d’un journaliste", "30 jours après la fin"),
}
# Rows of docs/limits.md with a time in them by which nothing of anybody is kept: paces, and what staff or links may do.
NO_PERIOD = {
    "NETWORK_SOFT_PER_HOUR": "a pace",
    "pace_of_mail.FIRST_PER_MINUTE": "a pace",
    "pace_of_mail.OTHERS_PER_MINUTE": "a pace",
    "reminding.PER_RUN": "a pace",
    "return_mailbox.AT_ONCE": "a pace",
    "bounce_feed.SILENT_AFTER": "tells staff",
    "FORM_LIFE": "a form that nobody has sent",
    "links.TRIAL_LIFE": "a link of the petition's, not of a person's",
    "links.NEWS_LIFE": "a link; what it leads to goes with the supporter",
    "services/ending.py": "told with the day, where staff put names off",
    "services/blanking.py": "a pace",
    "home/embargo_links.py": "a link",
    "LONG_SIDE": "a size",
}
RETENTION = {  # first cell of docs/retention.md -> the page's row, and its period
    "what no mailbox confirmed": ("tant que votre boîte aux lettres ne l’a pas confirmé", "14 jours"),
    "names, addresses and consents of signatures": ("Votre signature", "1 mois après la remise"),
    "supporters": ("Votre adresse pour les nouvelles", "3 ans"),
    "that somebody left, by fingerprint": ("que vous ne voulez plus de nouvelles", "3 ans"),
    "that mail came back for good, or was called unwanted, by fingerprint": (
        "nous ne devons pas vous écrire",
        "3 ans après la dernière fois",
    ),
    "each report of returned mail, by fingerprint and codes": ("qu’un e-mail pour vous est revenu", "1 an,"),
    "proof of a consent, by fingerprint": ("La preuve que vous aviez accepté", "3 ans"),
    "counters and their key": ("Les compteurs contre les abus", "48 heures"),
    "acts of staff": ("Ce que notre équipe a fait", "12 mois"),
    "the web server's logs": ("Journaux du serveur web", "14 jours"),
    "backups": ("Copies de sauvegarde", "30 jours"),
}
# Mails by their templates -> how the page tells of them; the others go to staff.
OF_MAIL = {
    "confirm": "vous demande de confirmer",
    "reminder": "un e-mail vous le rappelle",
    "held": "un e-mail vous le dit",
    "thank_you": "un e-mail vous remercie",
    "already_signed": "qu’elle a déjà signé",
    "blocked": "qu’elle est bloquée",
    "own_links": "les liens pour voir tout ce qui est conservé",
    "own_news": "il dit ce qui est conservé pour elles",
    "news_question": "si vous les voulez toujours",
    "endorsement_confirm": "un e-mail pour confirmer son soutien",
    "endorsement_received": "un autre une fois qu’il est confirmé",
    "endorsement_published": "quand il est publié",
    "endorsement_refused": "ou refusé",
}


@pytest.fixture
def page(client, page):
    """The page in French: each row of its tables and each item of its lists by itself, without tags."""
    shown = plain_spaces(html.unescape(client.get(page("PRIVACY", "fr").url).content.decode()))
    parts = re.split(r"</tr>|</li>|</p>", shown.split("<main")[1].split("<footer")[0])
    return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in parts]


def rows_of(name: str) -> list[list[str]]:
    lines = (DOCS / name).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in cells if row[0] not in {"limit", "what"} and not row[0].startswith("---")]


def is_told(page: list[str], words: str, period: str) -> bool:
    return any(words in part and period in part for part in page)


def test_every_period_of_the_limits_stands_on_the_page_or_is_said_to_keep_nothing():
    unknown = [
        row
        for row in rows_of("limits.md")
        if A_TIME.search(row[1]) and not any(f"`{name}" in row[2] for name in (*TOLD, *NO_PERIOD))
    ]
    short = [row for row in unknown if not re.search(r"\d\s*s\b", row[1])]
    assert not short, f"Tell these periods on the privacy page, or say here why not: {short}"
    named = " ".join(row[2] for row in rows_of("limits.md"))
    assert [name for name in (*TOLD, *NO_PERIOD) if f"`{name}" not in named] == []


def test_every_period_is_told_beside_what_it_is_about(page):
    missing = {name: told for name, told in TOLD.items() if not is_told(page, *told)}
    assert not missing


def test_every_row_of_what_is_kept_is_told(page):
    assert {row[0] for row in rows_of("retention.md")} == set(RETENTION)
    missing = {what: told for what, told in RETENTION.items() if not is_told(page, *told)}
    assert not missing


def test_every_mail_that_anybody_but_staff_may_get_is_told(page):
    with_html = {path.stem for path in MAILS.glob("*.html") if not path.stem.startswith("_")}
    assert with_html == set(OF_MAIL)  # those to staff are text alone
    mails = next(i for i, part in enumerate(page) if "Les e-mails que vous pouvez recevoir" in part)
    told = " ".join(page[mails : mails + 9])
    assert [name for name, words in OF_MAIL.items() if words not in told] == []


def test_where_rights_are_told_the_way_to_ones_own_data_is_linked(client, page):
    for path, language in (("/confidentialite/", ""), ("/en/privacy/", "/en")):
        rights = client.get(path).content.decode().split("</table>")[-1]
        address = reverse("mail_again").removeprefix("/en")
        assert f'href="{language}{address}"' in rights


@pytest.mark.parametrize(
    ("module", "name", "days", "words"),
    [
        (limits, "NOT_ME_LIFE", 44, "vous avez dit « ce n’est pas moi »"),
        (limits, "ERASURE_LINE_LIFE", 44, "dans un fichier à part"),
        (limits, "BACKUP_LIFE", 24, "Copies de sauvegarde"),
        (periods, "BOUNCE_LIFE", 444, "qu’un e-mail pour vous est revenu"),
        (periods, "PAUSE", 4, "nous ne devons pas vous écrire"),
        (limits, "REMINDER_AFTER", 4, "un e-mail vous le rappelle"),
        (links, "CHANGE_LIFE", 4, "Si vous le demandez"),
        (embargo_links, "KEEP_AFTER_END", 44, "Le nom d’un journaliste"),
    ],
)
def test_the_page_tells_the_number_that_the_deletion_uses(monkeypatch, request, module, name, days, words):
    monkeypatch.setattr(module, name, timedelta(days=days))
    assert is_told(request.getfixturevalue("page"), words, f"{days} jours")
