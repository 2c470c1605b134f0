"""One file per page type."""

from home.models.base import CampaignPage
from home.models.embargo import EmbargoLink
from home.models.home_page import HomePage
from home.models.image import CampaignImage, CampaignRendition
from home.models.made_file import MadeFile, MadeKind
from home.models.news import NewsIndexPage, NewsPage
from home.models.organisation import Organisation
from home.models.petition_page import PetitionPage
from home.models.positions import PositionIndexPage, PositionPaperPage
from home.models.press import PressIndexPage, PressReleasePage
from home.models.search_entry import SearchEntry
from home.models.standard_page import Purpose, StandardPage

__all__ = [
    "CampaignImage",
    "CampaignPage",
    "CampaignRendition",
    "EmbargoLink",
    "HomePage",
    "MadeFile",
    "MadeKind",
    "NewsIndexPage",
    "NewsPage",
    "Organisation",
    "PetitionPage",
    "PositionIndexPage",
    "PositionPaperPage",
    "PressIndexPage",
    "PressReleasePage",
    "Purpose",
    "SearchEntry",
    "StandardPage",
]
