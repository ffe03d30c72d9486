"""The frame of every page, its pieces, the pages of refusal, and the stylesheet."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from manfaat.apps.core import formats
from manfaat.apps.core.templatetags import manfaat as tags

STYLESHEET = Path(__file__).parents[1] / "static" / "core" / "manfaat.css"
GOVERNMENT = SimpleNamespace(code="35", name="Provinsi Jawa Timur", kind="provinsi", is_fictitious=False)


def render(source, **context):
    return Template("{% load manfaat %}" + source).render(Context(context))


def page_for(user=None, path="/", **context):
    request = RequestFactory().get(path)
    request.htmx = False
    request.user = user or SimpleNamespace(is_authenticated=False)
    return render_to_string("404.html", {"user": request.user, **context}, request=request)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ 1200000000|rupiah }}", "Rp1.200.000.000"),
        ("{{ 1200000000|rupiah_short }}", "Rp\u00a01,2\u00a0miliar"),
        ("{{ 1234.5|decimal_id:2 }}", "1.234,50"),
        ("{{ 12.345|percent_id }}", "12,35%"),
        ("{{ 3.4|points_id:1 }}", "3,4\u00a0poin"),
        ("{{ 6|month_id }}", "Juni"),
    ],
)
def test_filters_print_as_the_formats_do(source, printed):
    assert render(source) == printed


@pytest.mark.parametrize(
    "name", ["rupiah", "rupiah_short", "decimal_id", "percent_id", "points_id", "date_id", "datetime_id"]
)
def test_a_missing_value_is_heard_as_missing(name):
    page = render("{{ value|" + name + " }}", value=None)
    assert "belum ada data" in page
    assert "0" not in page


def test_a_period_prints_by_its_kind():
    assert render("{{ p|period_id }}", p=SimpleNamespace(kind="quarter", year=2024, number=2)) == "Triwulan II 2024"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"value": 12.345, "unit": "%"}, "12,35%"),
        ({"value": 1_500, "unit": "Rp"}, "Rp1.500"),
        ({"value": None, "unit": "%", "status": "not_due"}, "belum jatuh tempo"),
        ({"value": None, "unit": "%", "status": "not_measurable"}, "tidak dapat diukur"),
        ({"value": None, "unit": "%", "status": "missing", "reason": "missing:target"}, "target belum diisi"),
        ({"value": 1.25, "unit": "indeks", "decimals": 1}, "1,3\u00a0indeks"),
        (None, "belum ada data"),
    ],
)
def test_a_figure_prints_its_number_or_why_there_is_none(record, words):
    assert words in render("{% figure_value record %}", record=record)


def test_a_figure_links_to_the_page_that_explains_it():
    page = render("{% why f %}", f={"value": 12.0, "unit": "%", "public_id": "6f1f9d5e-0000-4000-8000-000000000001"})
    assert 'class="why" href="/angka/6f1f9d5e-0000-4000-8000-000000000001/"' in page
    assert "12,00%" in page


def test_colour_is_never_the_only_sign_of_a_state():
    shown = {
        state: render("{% include 'components/status.html' with state=s text='Kata' %}", s=state)
        for state in tags.SHAPES
    }
    assert len({re.search(r'aria-hidden="true">(.)<', page)[1] for page in shown.values()}) == 5
    assert all("Kata" in page for page in shown.values())


def test_the_trail_of_a_number_names_document_person_and_day():
    page = render(
        "{% include 'components/source.html' with document='LKjIP.xlsx' cell='D14' who='Rina' when=when %}",
        when=timezone.now(),
    )
    assert all(word in page for word in ("Bukti:", "LKjIP.xlsx", "D14", "Rina", "<time"))


class Form(forms.Form):
    name = forms.CharField(label="Nama", help_text="Seperti di RPJMD.")
    way = forms.ChoiceField(label="Arah", choices=[("up", "Naik")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Yakin", required=False)


def test_a_wrong_field_is_named_on_top_beside_the_box_and_to_screen_readers():
    form = Form({})
    top = render_to_string("components/error_summary.html", {"form": form})
    assert 'href="#id_name"' in top
    assert 'href="#id_way_0"' in top
    box = render_to_string("components/field.html", {"field": form["name"]})
    described = re.search(r'aria-describedby="([^"]+)"', box)[1].split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert all(f'id="{name}"' in box for name in described)
    assert "<legend>" in render_to_string("components/field.html", {"field": form["way"]})
    assert 'for="id_sure"' in render_to_string("components/field.html", {"field": form["sure"]})


def test_pagination_keeps_the_filters_of_the_address():
    request = RequestFactory().get("/x/?q=dinas&page=2")
    page = render_to_string("components/pagination.html", {"page": Paginator(range(30), 10).page(2)}, request=request)
    assert "q=dinas&amp;page=3" in page
    assert "Halaman 2 dari 3" in page


def test_every_page_has_one_heading_a_skip_link_and_no_inline_script_or_style():
    page = page_for(government=GOVERNMENT)
    assert page.count("<h1") == 1
    assert 'href="#isi"' in page
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"\son\w+=", page)


def test_navigation_shows_only_what_the_person_may_do():
    user = SimpleNamespace(is_authenticated=True)
    planner = page_for(user, government=GOVERNMENT, rights={"VIEW", "IMPORT_DATA"})
    leader = page_for(user, government=GOVERNMENT, rights={"VIEW", "PUBLISH"})
    assert "Terbitkan" in leader
    assert "Terbitkan" not in planner
    assert ">Impor<" in planner
    assert ">Impor<" not in leader


def test_invented_data_are_marked_on_every_page():
    assert "Data rekaan untuk latihan" in page_for(
        government=SimpleNamespace(**vars(GOVERNMENT) | {"is_fictitious": True})
    )
    assert "Data rekaan" not in page_for(government=GOVERNMENT)


@pytest.mark.parametrize("template", ["403.html", "404.html", "409.html"])
def test_refusals_print_their_sentence_escaped_and_offer_a_way_on(template):
    request = RequestFactory().get("/")
    request.htmx, request.user = False, SimpleNamespace(is_authenticated=False)
    page = render_to_string(template, {"sentence": "Periode <tutup>. Minta perencana membukanya."}, request=request)
    assert "Periode &lt;tutup&gt;. Minta perencana membukanya." in page
    assert "Ke halaman depan" in page


def test_a_refusal_for_htmx_is_one_notice_and_not_a_page():
    request = RequestFactory().get("/")
    request.htmx, request.user = True, SimpleNamespace(is_authenticated=True)
    page = render_to_string("409.html", {"sentence": "Sudah diterapkan."}, request=request)
    assert "<html" not in page
    assert 'role="alert"' in page
    assert "Sudah diterapkan." in page


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_the_last_pages_need_neither_request_nor_database(template):
    page = render_to_string(template)
    assert page.count("<h1") == 1
    assert "/static/core/manfaat.css" in page


def test_an_unknown_address_is_answered_with_our_page(client, settings):
    settings.DEBUG = False
    answer = client.get("/tidak-ada/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()


def test_messages_are_told_by_colour_and_read_aloud():
    message = SimpleNamespace(level_tag="warning", level=constants.WARNING, __str__=lambda self: "x")
    page = render_to_string("components/messages.html", {"messages": [message]})
    assert "notice--warn" in page
    assert 'role="status"' in page


def test_tags_do_not_touch_the_database():
    source = Path(tags.__file__).read_text(encoding="utf-8")
    assert not re.search(r"\.objects|models|queries", source)
    assert formats.MISSING == "–"


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tokens():
    light, dark = re.findall(r":where\(:root\) \{(.*?)\n\s*\}", STYLESHEET.read_text(encoding="utf-8"), re.DOTALL)
    found = {
        name: dict(re.findall(r"--ina-([\w-]+): (#\w+)", text)) for name, text in (("light", light), ("dark", dark))
    }
    return {"light": found["light"], "dark": found["light"] | found["dark"]}


GROUNDS = ("background-primary", "background-secondary", "background-tertiary")
TEXT_PAIRS = [
    *((text, ground) for text in ("content-primary", "content-secondary", "primary-primary") for ground in GROUNDS),
    *(("content-tertiary", ground) for ground in GROUNDS[:2]),
    *((f"{state}-content", f"{state}-background") for state in ("positive", "warning", "negative", "info")),
    *(("content-primary", f"{state}-background") for state in ("positive", "warning", "negative", "info")),
    ("negative-content", "background-primary"),
    ("negative-content", "alarm"),
    ("content-inverse", "primary-primary"),
    ("content-inverse", "primary-hover"),
    ("content-inverse", "negative-primary"),
    ("content-primary", "primary-25"),
    ("on-series-1", "series-1"),
    *((f"on-map-{number}", f"map-{number}") for number in range(1, 6)),
]
GRAPHIC_PAIRS = [
    *((f"series-{number}", "background-primary") for number in range(1, 5)),
    ("stroke-secondary", "background-primary"),
    ("focus", "background-primary"),
    ("focus", "background-secondary"),
    ("positive-primary", "background-primary"),
    ("negative-primary", "background-primary"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(theme, text, ground):
    palette = tokens()[theme]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), GRAPHIC_PAIRS)
def test_marks_can_be_seen_on_their_ground(theme, mark, ground):
    palette = tokens()[theme]
    assert contrast(palette[mark], palette[ground]) >= 3


def test_the_stylesheet_stays_small_and_fetches_nothing():
    text = STYLESHEET.read_text(encoding="utf-8")
    assert len(text.encode()) < 29_000
    assert "url(" not in text
    assert "@import" not in text


def test_every_token_used_is_defined():
    text = STYLESHEET.read_text(encoding="utf-8")
    assert set(re.findall(r"var\(--ina-([\w-]+)", text)) - {"font"} <= set(tokens()["light"])
