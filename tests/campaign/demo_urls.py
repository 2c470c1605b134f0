"""The addresses of a process in which DEMO is on."""

from django.urls import include, path

from campaign.urls import *  # noqa: F403
from campaign.urls import urlpatterns as everywhere

urlpatterns = [path("demo/", include("campaign.demo.urls")), *everywhere]
