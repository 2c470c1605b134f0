"""The addresses of what people do, in the same words in both languages: links in mails must outlive a wording."""

from django.urls import path

from petition.views.challenge import challenge
from petition.views.confirm import confirm, fresh_mail
from petition.views.endorse import endorse, endorsement_inbox
from petition.views.endorsements import logo, wall
from petition.views.how_we_count import how_we_count
from petition.views.latest_names import latest_names
from petition.views.mail_again import mail_again, mail_sent
from petition.views.my_data import my_data, my_file
from petition.views.my_endorsement import endorsement_confirm, endorsement_page
from petition.views.my_signature import my_signature
from petition.views.news import news_question
from petition.views.not_me import not_me, unblock
from petition.views.share import share
from petition.views.sign import check_inbox, sign
from petition.views.trial import trial

urlpatterns = [
    path("petitions/<slug:slug>/signature/", sign, name="sign"),
    path("petitions/<slug:slug>/comment-nous-comptons/", how_we_count, name="how_we_count"),
    path("petitions/<slug:slug>/dernieres-signatures/", latest_names, name="latest_names"),
    path("petitions/<slug:slug>/partager/", share, name="share"),
    path("petitions/<slug:slug>/signature/message/", check_inbox, name="check_inbox"),
    path("petitions/<slug:slug>/test/<str:token>/", trial, name="trial"),
    path("petitions/<slug:slug>/organisations/", wall, name="endorsements"),
    path("petitions/<slug:slug>/organisations/soutenir/", endorse, name="endorse"),
    path(
        "petitions/<slug:slug>/organisations/soutenir/message/", endorsement_inbox, name="endorsement_inbox"
    ),
    path("organisations/logos/<str:digest>.png", logo, name="endorsement_logo"),
    path("organisations/confirmation/<str:token>/", endorsement_confirm, name="endorsement_confirm"),
    path("organisations/page/<str:token>/", endorsement_page, name="endorsement_page"),
    path("signature/confirmation/<str:token>/", confirm, name="confirm"),
    path("signature/confirmation/<str:token>/message/", fresh_mail, name="fresh_mail"),
    path("signature/page/<str:token>/", my_signature, name="my_signature"),
    path("signature/rectification/<str:token>/", my_data, name="my_data"),
    path("signature/rectification/<str:token>/signature.<str:kind>", my_file, name="my_file"),
    path("signature/contestation/<str:token>/", not_me, name="not_me"),
    path("signature/permission/<str:token>/", unblock, name="unblock"),
    path("signature/information/<str:token>/", news_question, name="news_question"),
    path("signature/verification/", challenge, name="challenge"),
    path("signature/message/", mail_again, name="mail_again"),
    path("signature/message/transmission/", mail_sent, name="mail_sent"),
]
