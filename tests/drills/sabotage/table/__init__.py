"""The table: which line, made how wrong, is seen by which tests. One module per room of the tests."""

from tests.drills.sabotage.entry import Sabotage
from tests.drills.sabotage.table.confirm import TABLE as CONFIRM
from tests.drills.sabotage.table.database import TABLE as DATABASE
from tests.drills.sabotage.table.embargo import TABLE as EMBARGO
from tests.drills.sabotage.table.house import TABLE as HOUSE
from tests.drills.sabotage.table.letter_box import TABLE as LETTER_BOX
from tests.drills.sabotage.table.limits import TABLE as LIMITS
from tests.drills.sabotage.table.lists import TABLE as LISTS
from tests.drills.sabotage.table.mail import TABLE as MAIL
from tests.drills.sabotage.table.my_signature import TABLE as MY_SIGNATURE
from tests.drills.sabotage.table.news import TABLE as NEWS
from tests.drills.sabotage.table.opening import TABLE as OPENING
from tests.drills.sabotage.table.page import TABLE as PAGE
from tests.drills.sabotage.table.phone import TABLE as PHONE
from tests.drills.sabotage.table.promises import TABLE as PROMISES
from tests.drills.sabotage.table.queue import TABLE as QUEUE
from tests.drills.sabotage.table.rehearsal import TABLE as REHEARSAL
from tests.drills.sabotage.table.services import TABLE as SERVICES
from tests.drills.sabotage.table.sign import TABLE as SIGN
from tests.drills.sabotage.table.trial import TABLE as TRIAL
from tests.drills.sabotage.table.wording import TABLE as WORDING
from tests.drills.sabotage.table.worker import TABLE as WORKER

TABLE: list[Sabotage] = [
    *(SIGN + LIMITS + MAIL + CONFIRM + MY_SIGNATURE + DATABASE + PAGE + HOUSE),
    *(LETTER_BOX + QUEUE + WORKER + PROMISES + LISTS + NEWS + SERVICES + REHEARSAL + WORDING),
    *(TRIAL + OPENING + EMBARGO + PHONE),
]
