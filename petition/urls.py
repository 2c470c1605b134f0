"""The addresses of what people do, in the same words in both languages: links in mails must outlive a wording."""

from django.urls import path

from petition.views.confirm import confirm, fresh_mail
from petition.views.mail_again import mail_again, mail_sent
from petition.views.my_signature import my_signature
from petition.views.news import news_question
from petition.views.sign import check_inbox, sign
from petition.views.trial import trial

urlpatterns = [
    path("petitions/<slug:slug>/signature/", sign, name="sign"),
    path("petitions/<slug:slug>/signature/message/", check_inbox, name="check_inbox"),
    path("petitions/<slug:slug>/test/<str:token>/", trial, name="trial"),
    path("signature/confirmation/<str:token>/", confirm, name="confirm"),
    path("signature/confirmation/<str:token>/message/", fresh_mail, name="fresh_mail"),
    path("signature/page/<str:token>/", my_signature, name="my_signature"),
    path("signature/information/<str:token>/", news_question, name="news_question"),
    path("signature/message/", mail_again, name="mail_again"),
    path("signature/message/transmission/", mail_sent, name="mail_sent"),
]
