"""The demo's mailbox; included only where DEMO is on."""

from django.urls import path

from campaign.demo import views

app_name = "demo"
urlpatterns = [
    path("mail/", views.mailbox, name="mailbox"),
    path("mail/<str:name>/", views.message, name="message"),
    path("mail/<str:name>/html/", views.html_part, name="html_part"),
]
