"""« Comment nous comptons »: what the number is, its parts, its days, a sentence to quote; names of nobody."""

import csv
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from petition.enums import TallyKind
from petition.models import GoalShown, OfficeHolder, RollUp
from petition.services.tallying import add
from tests.factories import PreparedPetitionFactory, SignatureFactory
from tests.people import words_of

pytestmark = pytest.mark.django_db

AS_OF = datetime(2026, 11, 25, 13, 30, 12, tzinfo=UTC)  # 14:30 in Paris


def path(petition, prefix: str = "") -> str:
    return f"{prefix}/petitions/{petition.slug}/comment-nous-comptons/"


@pytest.fixture
def rolled_up():
    RollUp.objects.create(pk=1, cursor=9, as_of=AS_OF)


@pytest.fixture
def counted(petition, rolled_up):
    """A petition, opened two days before, of whose signatures every kind has happened."""
    petition.opened_at = AS_OF - timedelta(days=2)
    petition.save()
    for kind, number, moment in [
        (TallyKind.RECEIVED, 13_000, AS_OF - timedelta(days=1)),
        (TallyKind.CONFIRMED, 12_400, AS_OF - timedelta(days=1)),
        (TallyKind.CONFIRMED, 10, AS_OF),
        (TallyKind.HELD, 50, AS_OF - timedelta(days=1)),
        (TallyKind.RELEASED, 30, AS_OF),
        (TallyKind.HELD_ASIDE, 3, AS_OF),
        (TallyKind.HELD_LEFT, 2, AS_OF),
        (TallyKind.WITHDRAWN, 80, AS_OF),
        (TallyKind.INVALIDATED, 20, AS_OF),
        (TallyKind.RESTORED, 7, AS_OF),
        (TallyKind.TAKEN_OUT, 1, AS_OF),
        (TallyKind.ASIDE_LEFT, 4, AS_OF),
        (TallyKind.EXPIRED, 400, AS_OF),
        (TallyKind.BOUNCED, 11, AS_OF),
    ]:
        add(petition.pk, kind, "FR-75", moment, number)
    return petition


TOTAL = 12_400 + 10 + 30 + 7 - 80 - 20 - 1


def cells(html: str, caption: str) -> list[list[str]]:
    table = html.split(f'id="{caption}"')[1].split("</table>")[0].split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>|\s", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows
    ]


def number(cell: str) -> int:
    return int(cell.replace("−", "-").lstrip("+=").replace(",", ""))


def test_the_parts_that_are_shown_add_up_to_the_total_of_their_moment(visitor, counted):
    html = words_of(visitor.read(path(counted, "/en")))
    *parts, last = [number(row[1]) for row in cells(html, "parts")]
    assert sum(parts) == last == TOTAL
    assert "as of 25 November 2026, 14:30 (Paris time)" in html


def test_what_is_not_in_the_number_stands_beside_it(visitor, counted):
    html = words_of(visitor.read(path(counted, "/en")))
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))
    assert facts == {
        "Forms received": "13,000",
        "Never confirmed, and erased": "400",
        "Being looked at now": str(50 + 1 - 30 - 3 - 2),
        "Set aside, and staying so": str(20 + 3 - 7 - 4),
        "Mails that came back": "11",
    }


def test_a_dated_sentence_is_ready_to_be_quoted(visitor, counted):
    text = counted.texts.get(language="fr")
    html = words_of(visitor.read(path(counted)))
    assert (
        f"Le 25 novembre 2026 à 14 h 30 (heure de Paris), la pétition « {text.title} » comptait "
        "12 346 signatures confirmées." in html
    )


def test_it_says_that_mailboxes_are_checked_and_not_identities(visitor, counted):
    assert "Nous vérifions des boîtes aux lettres, pas des identités." in words_of(
        visitor.read(path(counted))
    )


def test_days_are_those_of_paris_and_add_up(visitor, counted):
    html = words_of(visitor.read(path(counted, "/en")))
    days = cells(html, "by-day")
    assert [row[0] for row in days] == ["25November2026", "24November2026", "23November2026"]
    assert [number(row[5]) for row in days] == [TOTAL, 12_400, 0]
    before = 0
    for row in reversed(days):
        _received, confirmed, withdrawn, aside, total = map(number, row[1:])
        assert before + confirmed - withdrawn - aside == total
        before = total


def test_an_hour_before_midnight_in_utc_belongs_to_the_next_day_in_paris(visitor, petition, rolled_up):
    petition.opened_at = AS_OF - timedelta(days=1)
    petition.save()
    add(petition.pk, TallyKind.CONFIRMED, "", datetime(2026, 11, 24, 22, 59, tzinfo=UTC))
    add(petition.pk, TallyKind.CONFIRMED, "", datetime(2026, 11, 24, 23, 1, tzinfo=UTC))
    lines = list(
        csv.DictReader(
            visitor.read(f"/api/petitions/{petition.slug}/daily.csv").content.decode().splitlines()
        )
    )
    assert [(line["date"], line["confirmed"]) for line in lines] == [("2026-11-24", "1"), ("2026-11-25", "1")]


def test_the_days_are_a_table_for_programs_of_any_origin(visitor, counted):
    answer = visitor.read(f"/api/petitions/{counted.slug}/daily.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=600"
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "date,received,confirmed,withdrawn,set_aside,total"
    assert lines[1:] == [
        "2026-11-23,0,0,0,0,0",
        "2026-11-24,13000,12400,0,0,12400",
        f"2026-11-25,0,40,80,14,{TOTAL}",
        "",
    ]


def test_the_page_counts_no_signatures_however_many_there_are(
    visitor, counted, django_assert_max_num_queries
):
    SignatureFactory.create_batch(3, petition=counted)
    with django_assert_max_num_queries(15) as captured:
        visitor.read(path(counted))
    assert not [query for query in captured if 'FROM "petition_signature"' in query["sql"]]


def test_before_the_first_figures_it_says_so(visitor, petition):
    html = words_of(visitor.read(path(petition, "/en")))
    assert "added up for the first time" in html
    assert visitor.read(f"/api/petitions/{petition.slug}/daily.csv").content.decode().count("\r\n") == 1


def test_a_petition_that_has_not_opened_has_no_such_page(visitor):
    petition = PreparedPetitionFactory()
    assert visitor.read(path(petition)).status_code == 404
    assert visitor.read(f"/api/petitions/{petition.slug}/daily.csv").status_code == 404


def test_it_is_one_click_from_the_number(visitor, campaign_petition):
    page = words_of(visitor.read("/petition/"))
    counter = page.split('class="counter"')[1].split("</div>")[0]
    assert f'<a href="{path(campaign_petition)}">' in counter


def test_the_history_of_goals_is_told(visitor, counted):
    for goal, day in ((100, 1), (500, 20)):
        GoalShown.objects.create(petition=counted, goal=goal, since=datetime(2026, 11, day, 8, tzinfo=UTC))
    html = words_of(visitor.read(path(counted, "/en")))
    assert html.index("Since 20 November 2026, 09:00: 500") < html.index("Since 1 November 2026, 09:00: 100")


def test_a_change_of_the_addressed_office_is_told_with_its_date(visitor, counted):
    for name, day, note in (("Premier essai", 1, ""), ("Second essai", 20, "Après un remaniement d’essai")):
        OfficeHolder.objects.create(petition=counted, name=name, as_of=date(2026, 11, day), note=note)
    html = words_of(visitor.read(path(counted)))
    assert re.search(r"20 novembre 2026</time> – Second essai. Après un remaniement d’essai", html)
    assert html.index("Second essai") < html.index("Premier essai")


def test_it_names_nobody(visitor, counted):
    signature = SignatureFactory(petition=counted, is_public=True)
    html = words_of(visitor.read(path(counted)))
    assert signature.last_name not in html
    assert signature.first_name not in html


def test_figures_of_an_earlier_minute_are_not_shown_for_a_later_one(visitor, counted):
    visitor.read(path(counted))
    add(counted.pk, TallyKind.CONFIRMED, "", AS_OF, 4)
    RollUp.objects.update(as_of=timezone.now())
    assert "12 350" in words_of(visitor.read(path(counted)))
