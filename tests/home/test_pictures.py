"""Pictures: what staff may send, what is kept of it, and how readers are given it."""

import html
from io import BytesIO
from uuid import UUID

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from PIL import ImageFile as Decoders
from wagtail.models import UploadedFile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.blocks import BodyBlock
from home.models import CampaignImage
from home.models.image import SHOWN
from home.uploads import limits, pictures
from home.uploads.pictures import take_in
from tests.home import files

ADD, CHOOSER, MANY = "wagtailimages:add", "wagtailimages_chooser:create", "wagtailimages:add_multiple"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files of one test are no other's."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def keep(content: bytes, name: str = "DSC_0042.jpg", **values) -> CampaignImage:
    """Store a picture as a command would, by no form."""
    values = {"title": "DSC_0042", "licence": "CC BY 4.0", **values}
    return CampaignImage.objects.create(file=ImageFile(BytesIO(content), name=name), **values)


def opened(image) -> Image.Image:
    """Read a stored picture, or one size of it."""
    with image.file.open("rb") as file:
        return Image.open(BytesIO(file.read()))


def stored_files() -> list[str]:
    """Return the names of all stored files, with their folders."""
    found, waiting = [], [""]
    while waiting:
        folder = waiting.pop()
        folders, names = default_storage.listdir(folder)
        waiting += [f"{folder}{name}/" for name in folders]
        found += [f"{folder}{name}" for name in names]
    return found


class TestWhatIsKept:
    def test_nothing_is_left_of_what_the_camera_wrote(self):
        sent = files.jpeg(size=(1200, 900))
        assert all(mark in sent for mark in files.MARKS[:5]), "the picture that is sent holds all of it"
        image = keep(sent)
        assert image.renditions.count() == len(SHOWN)
        for name in stored_files():
            with default_storage.open(name) as file:
                content = file.read()
            for mark in (*files.MARKS, files.PLACE):
                assert mark not in content, (name, mark)
            stored = Image.open(BytesIO(content))
            assert not stored.getexif()
            assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(stored.info)

    def test_a_picture_taken_on_its_side_stands_upright(self):
        image = keep(files.jpeg(size=(640, 480), orientation=6))
        assert (image.width, image.height) == (480, 640)
        top, bottom = (opened(image).getpixel((240, y)) for y in (40, 600))
        assert top[0] > top[2]  # the left half, red, is on top after a quarter turn to the right
        assert bottom[2] > bottom[0]

    def test_a_large_one_is_shrunk_and_a_small_one_is_not_blown_up(self):
        large = keep(files.jpeg(size=(3600, 1200)))
        assert (large.width, large.height) == (limits.LONG_SIDE, round(1200 * limits.LONG_SIDE / 3600))
        small = keep(files.jpeg(size=(300, 200)))
        assert (small.width, small.height) == (300, 200)
        assert {size.width for size in small.renditions.all()} == {300}

    @pytest.mark.parametrize(
        ("name", "content", "kept"),
        [
            ("a.heic", files.heic(), "JPEG"),
            ("a.HEIF", files.heic(), "JPEG"),
            ("a.webp", files.written(files.photograph(), "WEBP"), "JPEG"),
            ("a.avif", files.written(files.photograph(), "AVIF"), "JPEG"),
            ("a.png", files.written(files.photograph(), "PNG"), "JPEG"),
            ("a.png", files.png_with_words(), "PNG"),
            ("a.png", files.written(files.drawing("RGBA"), "PNG"), "PNG"),
            ("a.png", files.written(files.drawing().convert("P"), "PNG"), "PNG"),
            ("a.png", files.written(Image.new("I;16", (60, 40), 40_000), "PNG"), "PNG"),
            ("a.gif", files.moving_gif(), "PNG"),
            ("a.jpeg", files.written(files.photograph().convert("CMYK"), "JPEG"), "JPEG"),
            ("a.jpg", files.written(files.photograph().convert("L"), "JPEG"), "PNG"),
            ("a.jpg", files.written(files.photograph(), "MPO", save_all=True, append_images=[]), "JPEG"),
        ],
    )
    def test_each_format_is_kept_in_one_that_every_browser_shows(self, name, content, kept):
        image = keep(content, name)
        assert opened(image).format == kept
        assert opened(image).mode in ("RGB", "RGBA", "P", "L")
        assert {opened(size).format for size in image.renditions.all()} == {"AVIF", "WEBP", "JPEG"}

    def test_of_a_moving_picture_the_first_frame_is_kept(self):
        image = opened(keep(files.moving_gif(), "a.gif"))
        assert getattr(image, "n_frames", 1) == 1
        assert image.convert("RGB").getpixel((5, 5)) == (200, 0, 0)

    def test_see_through_parts_stay_and_are_white_where_pages_show_them(self):
        image = keep(files.written(files.drawing("RGBA"), "PNG"), "logo.png")
        assert opened(image).convert("RGBA").getpixel((5, 5))[3] == 0
        for size in image.renditions.all():
            assert all(value > 250 for value in opened(size).convert("RGB").getpixel((5, 5)))

    def test_a_picture_of_sixteen_bits_keeps_its_brightness(self):
        image = keep(files.written(Image.new("I;16", (60, 40), 128 * 256), "PNG"), "a.png")
        assert abs(opened(image).convert("L").getpixel((5, 5)) - 128) <= 1

    def test_colours_are_those_that_the_profile_means(self):
        sent = files.written(
            Image.new("RGB", (60, 40), (200, 30, 30)),
            "PNG",
            icc_profile=files.profile_with_red_and_green_exchanged(),
        )
        red, green, _blue = opened(keep(sent, "a.png")).convert("RGB").getpixel((5, 5))
        assert green > red + 100

    def test_a_profile_that_cannot_be_read_costs_nobody_their_picture(self):
        sent = files.written(files.photograph(), "JPEG", icc_profile=b"no profile at all")
        assert opened(keep(sent)).size == (640, 480)

    def test_names_are_random_and_say_nothing(self):
        names = stored_files() if keep(files.jpeg()) else []
        assert names
        for name in names:
            assert "DSC" not in name
            stem = name.rsplit("/", 1)[1].split(".")[0]
            assert UUID(stem).version == 4

    def test_replacing_a_picture_takes_the_old_files_away_and_makes_new_sizes(
        self, staff_client, django_capture_on_commit_callbacks
    ):
        image = keep(files.jpeg())
        before = set(stored_files())
        fields = {"title": "Rassemblement", "licence": "CC BY 4.0", "credit": "", "tags": ""}
        with django_capture_on_commit_callbacks(execute=True):
            answer = staff_client.post(
                reverse("wagtailimages:edit", args=[image.pk]),
                {**fields, "file": files.sent(files.jpeg((800, 600)), "autre.jpg")},
            )
        assert answer.status_code == 302
        image.refresh_from_db()
        assert (image.width, image.height) == (800, 600)
        assert image.renditions.filter(filter_spec__in=SHOWN).count() == len(SHOWN)
        assert not before & set(stored_files())


REFUSED = [
    ("notes.txt", b"Bonjour", "Ce type de fichier n’est pas accepté."),
    ("photo.jpg", b"Bonjour, voici du texte", "Ce fichier n’est pas une image, quel que soit son nom."),
    ("photo.jpg", files.HTML, "Ce fichier n’est pas une image, quel que soit son nom."),
    ("photo.png", files.SVG, "Ce fichier n’est pas une image, quel que soit son nom."),
    ("logo.svg", files.SVG, "Les fichiers SVG ne sont pas acceptés : ils peuvent contenir des programmes."),
    ("photo.jpg", files.jpeg()[:9000], "Cette image est abîmée ou incomplète."),
    ("photo.heic", files.heic()[:2000], "Cette image est abîmée ou incomplète."),
    ("photo.jpg", files.png_with_words(), "Le nom de ce fichier se termine par .jpg, mais c’est du PNG."),
    ("photo.png", files.too_many_pixels(), "Cette image compte plus de 64 000 000 pixels."),
    ("photo.jpg", b"", "Le fichier soumis est vide."),
]
CASES = pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=lambda value: str(value)[:20])


def plain(text: str) -> str:
    """Return what a reader sees of a message, with plain spaces."""
    return html.unescape(text).replace("\xa0", " ").replace("\u202f", " ")


class TestWhatIsRefused:
    @CASES
    def test_the_form_says_why_beside_the_field(self, staff_client, name, content, words):
        answer = staff_client.post(
            reverse(ADD), {"title": "Essai", "licence": "CC0", "tags": "", "file": files.sent(content, name)}
        )
        assert answer.status_code == 200
        assert words in plain(" ".join(answer.context["form"].errors["file"]))
        assert words in plain(answer.content.decode())
        assert not stored_files()

    @CASES
    def test_so_does_the_tab_of_the_page_editor(self, staff_client, name, content, words):
        prefix = "image-chooser-upload"
        answer = staff_client.post(
            reverse(CHOOSER),
            {
                f"{prefix}-title": "Essai",
                f"{prefix}-licence": "CC0",
                f"{prefix}-tags": "",
                f"{prefix}-file": files.sent(content, name),
            },
        )
        assert answer.status_code == 200
        assert words in plain(answer.json()["htmlFragment"])
        assert not stored_files()

    @CASES
    def test_so_does_the_screen_for_many_at_once(self, staff_client, name, content, words):
        answer = staff_client.post(reverse(MANY), {"title": "Essai", "files[]": files.sent(content, name)})
        assert answer.json()["success"] is False
        assert words in plain(answer.json()["error_message"])
        assert not stored_files()

    @CASES
    def test_and_the_model_lets_none_in_by_another_way(self, name, content, words):
        with pytest.raises(ValidationError):
            keep(content, name)
        assert not stored_files()

    def test_a_file_that_is_too_large(self, staff_client, monkeypatch):
        monkeypatch.setattr(pictures, "PICTURE_BYTES", 10_000)
        answer = staff_client.post(
            reverse(ADD), {"title": "Essai", "licence": "CC0", "file": files.sent(files.jpeg(), "a.jpg")}
        )
        words = plain(" ".join(answer.context["form"].errors["file"]))
        assert "Les images ne doivent pas dépasser 9,8" in words

    def test_a_photograph_of_more_than_twenty_megabytes_is_taken(self, staff_client):
        content = files.written(Image.effect_noise((4300, 3300), 120), "JPEG", quality=100)
        assert 20_000_000 < len(content) <= limits.PICTURE_BYTES
        answer = staff_client.post(
            reverse(ADD), {"title": "Grande", "licence": "CC0", "file": files.sent(content, "grande.jpg")}
        )
        assert answer.status_code == 302
        image = CampaignImage.objects.get()
        assert max(image.width, image.height) == limits.LONG_SIDE
        assert image.file_size < len(content) / 2

    def test_a_picture_needs_a_licence_and_has_the_organisation_for_credit(self, staff_client):
        fields = {"title": "Essai", "tags": "", "file": files.sent(files.jpeg(), "a.jpg")}
        answer = staff_client.post(reverse(ADD), {**fields, "licence": ""})
        assert answer.context["form"].errors["licence"] == ["Champ requis."]
        image = keep(files.jpeg(), credit="")
        assert image.credit_line == "DIGITAL SME France, CC BY 4.0"
        assert keep(files.jpeg(), credit="Essai").credit_line == "Essai, CC BY 4.0"

    def test_one_that_waits_for_its_licence_is_already_made_anew(self, staff_client):
        answer = staff_client.post(
            reverse(MANY), {"title": "Essai", "files[]": files.sent(files.jpeg(), "DSC_0042.jpg")}
        ).json()
        waiting = UploadedFile.objects.get()
        with waiting.file.open("rb") as file:
            content = file.read()
        assert not [mark for mark in files.MARKS if mark in content]
        assert "DSC" not in waiting.file.name
        prefix = f"uploaded-image-{waiting.pk}"
        answer = staff_client.post(
            reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]),
            {f"{prefix}-title": "Rassemblement", f"{prefix}-licence": "CC0", f"{prefix}-tags": ""},
        )
        assert answer.json()["success"] is True
        assert CampaignImage.objects.get().title == "Rassemblement"
        assert not [name for name in stored_files() if name.startswith("wagtail_uploads")]

    def test_the_field_says_that_a_picture_is_public_before_any_page_shows_it(self, staff_client):
        shown = plain(staff_client.get(reverse(ADD)).content.decode())
        assert "Quiconque a son adresse peut la voir, même avant qu’une page ne la montre." in shown

    def test_the_numbers_of_the_settings_are_ours(self):
        assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == limits.PICTURE_BYTES
        assert set(settings.WAGTAILIMAGES_EXTENSIONS) == set(pictures.FORMATS)

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.98])
    @pytest.mark.parametrize("size", [(640, 480), (3000, 2000)])
    def test_no_picture_that_was_cut_off_is_kept_wherever_it_was(self, part, size, monkeypatch):
        monkeypatch.setattr(Decoders, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it behind
        for name, whole in (("a.jpg", files.jpeg(size)), ("a.heic", files.heic(size))):
            with pytest.raises(ValidationError) as refused:
                take_in(files.sent(whole[: int(len(whole) * part)], name))
            assert refused.value.code == "broken"
        assert Decoders.LOAD_TRUNCATED_IMAGES

    def test_what_was_made_anew_once_is_not_made_anew_twice(self):
        once = take_in(files.sent(files.jpeg(), "a.jpg"))
        assert take_in(once) is once


def show(client, page, image, alt="", decorative=False, caption="") -> str:
    """Publish a page with a picture in it; return what a reader gets."""
    value = {"image": {"image": image.pk, "alt_text": alt, "decorative": decorative}, "caption": caption}
    target = page("NEWS_ORDER")
    target.body = BodyBlock().to_python([{"type": "picture", "value": value}])
    target.save_revision().publish()
    return html.unescape(client.get(target.url).content.decode())


class TestHowItIsShown:
    def test_in_three_formats_and_two_sizes_with_its_measures(self, client, page):
        image = keep(files.jpeg(size=(1600, 1200)))
        shown = show(client, page, image, "Une salle pleine", caption="La réunion d’essai.")
        for kind in ("image/avif", "image/webp"):
            assert f'type="{kind}"' in shown
        figure = shown[shown.index("<figure") : shown.index("</figure>")]
        for part in (
            'srcset="/media/images/',
            " 480w",
            " 960w",
            'width="480"',
            'height="360"',
            'loading="lazy"',
            'alt="Une salle pleine"',
        ):
            assert part in figure
        assert "style=" not in figure
        assert "La réunion d’essai." in figure
        assert "DIGITAL SME France, CC BY 4.0" in figure
        assert "DSC_0042" not in shown

    def test_a_picture_that_only_decorates_says_nothing(self, client, page):
        shown = show(client, page, keep(files.jpeg()), alt="Oublié", decorative=True)
        assert 'alt=""' in shown
        assert "Oublié" not in shown

    def test_without_words_and_without_being_decorative_nothing_is_published(self, client, page):
        value = {"image": {"image": keep(files.jpeg()).pk, "alt_text": "", "decorative": False}}
        stream = BodyBlock().to_python([{"type": "picture", "value": value}])
        with pytest.raises(ValidationError):
            BodyBlock().clean(stream)

    def test_the_title_is_never_offered_as_what_the_picture_shows(self, staff_client):
        image = keep(files.jpeg())
        chosen = staff_client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk])).json()
        assert chosen["result"]["default_alt_text"] == ""
        assert image.get_rendition("width-480").alt == ""

    def test_each_language_has_its_own_words(self, client, page):
        show(client, page, keep(files.jpeg()), "Une salle pleine", caption="Réunion d’essai")
        source, _made = TranslationSource.update_or_create_from_instance(page("NEWS_ORDER"))
        translation = Translation.objects.get(source=source)
        english = {"Une salle pleine": "A full room", "Réunion d’essai": "Test meeting"}
        for segment in source.stringsegment_set.filter(string__data__in=english):
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                data=english[segment.string.data],
            )
        translation.save_target(publish=True)
        page("NEWS_ORDER", "en").get_latest_revision().publish()
        shown = client.get(page("NEWS_ORDER", "en").url).content.decode()
        assert 'alt="A full room"' in shown
        assert "Test meeting" in shown
        assert "Une salle pleine" not in shown

    def test_the_same_picture_twice_has_each_time_its_own_words(self, client, page):
        image = keep(files.jpeg())
        values = [
            {"image": {"image": image.pk, "alt_text": words, "decorative": False}, "caption": ""}
            for words in ("Première fois", "Seconde fois")
        ]
        target = page("NEWS_ORDER")
        target.body = BodyBlock().to_python([{"type": "picture", "value": value} for value in values])
        target.save_revision().publish()
        shown = html.unescape(client.get(target.url).content.decode())
        assert 'alt="Première fois"' in shown
        assert 'alt="Seconde fois"' in shown

    def test_five_pictures_cost_no_more_statements_than_one(self, client, page):
        images = [keep(files.jpeg()) for _ in range(5)]

        def statements(number: int) -> int:
            target = page("NEWS_ORDER")
            target.body = BodyBlock().to_python(
                [
                    {
                        "type": "picture",
                        "value": {"image": {"image": image.pk, "alt_text": "x"}, "caption": ""},
                    }
                    for image in images[:number]
                ]
            )
            target.save_revision().publish()
            with CaptureQueriesContext(connection) as captured:
                shown = client.get(target.url).content.decode()
            assert shown.count("<picture>") == number
            return len(captured)

        assert statements(1) == statements(5)


class TestHowItIsServed:
    @pytest.mark.parametrize("kind", ["avif", "webp", "jpeg"])
    def test_a_size_is_given_out_for_ever_and_without_a_cookie(self, client, kind):
        image = keep(files.jpeg())
        size = image.renditions.get(filter_spec=f"format-{kind}|width-480|bgcolor-ffffff")
        answer = client.get(size.url)
        assert answer.status_code == 200
        assert answer["Content-Type"] == f"image/{kind}"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
        assert not answer.has_header("Vary")
        assert Image.open(BytesIO(b"".join(answer))).format == kind.upper()

    def test_what_was_uploaded_has_no_address(self, client):
        image = keep(files.jpeg())
        assert client.get(image.file.url).status_code == 404
        assert client.get(f"/media/images/../{image.file.name}").status_code == 404
        assert client.get(f"/media/images/..%2f{image.file.name}").status_code == 404
        assert client.get("/media/images/inconnue.jpg").status_code == 404
        assert client.get("/media/images/.jpg").status_code == 404
        assert client.get("/media/images/").status_code == 404
