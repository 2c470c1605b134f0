"""News written on a phone, over the running site."""

from tests.drills.sabotage.entry import Sabotage, tests_in

PHONE = tests_in("tests/stories/test_news_on_a_phone.py")
STORY = "test_somebody_publishes_news_with_a_photograph_from_their_phone"

TABLE = [
    Sabotage(
        "home/uploads/pictures.py",
        '    "heic": ("HEIF",),',
        "",
        "what a phone takes is refused",
        PHONE(STORY),
    ),
]
