"""One file per page type."""

from home.models.base import CampaignPage
from home.models.home_page import HomePage
from home.models.news import NewsIndexPage, NewsPage
from home.models.organisation import Organisation
from home.models.petition_page import PetitionPage
from home.models.positions import PositionIndexPage, PositionPaperPage
from home.models.press import PressIndexPage, PressReleasePage
from home.models.standard_page import StandardPage

__all__ = [
    "CampaignPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Organisation",
    "PetitionPage",
    "PositionIndexPage",
    "PositionPaperPage",
    "PressIndexPage",
    "PressReleasePage",
    "StandardPage",
]
