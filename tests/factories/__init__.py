"""Rows for the tests, whole and true to the constraints."""

from datetime import timedelta

import factory
from django.utils import timezone

from petition.email_address import email_key
from petition.enums import PetitionState, SignatureState
from petition.models import ConsentText, Contact, PendingSignature, Petition, PetitionText, Signature
from petition.services.opening import open_petition
from petition.services.wording import publish_consent_texts


class PetitionTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PetitionText

    language = "fr"
    title = "Une demande"
    demands = "Première demande.\nSeconde demande."
    addressee = "le ministère des essais"


class PetitionFactory(factory.django.DjangoModelFactory):
    """A petition in preparation, with a text in French and one in English."""

    class Meta:
        model = Petition
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"demande-{n}")
    organiser = "Association des essais"
    sender_name = "Association des essais"
    sender_address = "petition@asso.example.org"
    reply_to = "reponses@asso.example.org"
    goal_steps = factory.LazyFunction(lambda: [10, 100, 1_000])

    @factory.post_generation
    def texts(self, create, extracted, **kwargs):
        PetitionTextFactory(petition=self)
        PetitionTextFactory(petition=self, language="en", title="A demand", addressee="the ministry of tests")


class PreparedPetitionFactory(PetitionFactory):
    """A petition in preparation whose boxes have their words: it can be tried."""

    @factory.post_generation
    def worded(self, create, extracted, **kwargs):
        publish_consent_texts(self)


class OpenPetitionFactory(PetitionFactory):
    """A petition that takes signatures."""

    @factory.post_generation
    def opened(self, create, extracted, **kwargs):
        open_petition(self)
        assert self.state == PetitionState.OPEN


class SignatoryFactory(factory.django.DjangoModelFactory):
    """What a pending signature and a signature have in common."""

    class Meta:
        abstract = True

    text = factory.LazyAttribute(lambda row: row.petition.texts.get(language=row.language))
    language = "fr"
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Essai{n}")
    email = factory.Sequence(lambda n: f"camille{n}@example.org")
    email_key = factory.LazyAttribute(lambda row: email_key(row.email))
    place = "FR-75"
    received_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=5))


class PendingSignatureFactory(SignatoryFactory):
    class Meta:
        model = PendingSignature

    sign_text = factory.LazyAttribute(
        lambda row: ConsentText.objects.get(petition=row.petition, purpose="sign", language=row.language)
    )


class SignatureFactory(SignatoryFactory):
    """A bare row: no event, no total. For a signature that counts, confirm a pending one."""

    class Meta:
        model = Signature

    state = SignatureState.CONFIRMED
    confirmed_at = factory.LazyFunction(timezone.now)


class ContactFactory(factory.django.DjangoModelFactory):
    """A supporter whom no list has been told of yet."""

    class Meta:
        model = Contact

    class Params:
        petition = None

    email = factory.Sequence(lambda n: f"soutien{n}@example.org")
    email_key = factory.LazyAttribute(lambda row: email_key(row.email))
    first_name = "Camille"
    language = "fr"
    consent_text = factory.LazyAttribute(
        lambda row: row.petition.consent_texts.get(purpose="newsletter", language=row.language)
    )
    given_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=5))
    confirmed_at = factory.LazyFunction(timezone.now)
    state_changed_at = factory.LazyFunction(timezone.now)
