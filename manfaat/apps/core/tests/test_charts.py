"""Every picture: named, inside its frame, without style or script, and drawing exactly the numbers of its table."""

import math
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from django.template import Context, Template

from manfaat.apps.core import charts
from manfaat.apps.core.charts.scale import Linear, nice_ticks
from manfaat.apps.core.charts.tile_map import quantile_limits
from manfaat.apps.core.formats import MONTHS

NAMES = ("Hemat dan berhasil", "Terserap dan berhasil", "Belum bergerak", "Terserap tanpa hasil")
VALUES = {
    "ordinary": [12.5, 30.25, 47.0, 61.5],
    "empty": [],
    "one": [41.5],
    "negative": [-12.5, 7.0, -3.25],
    "missing": [None, None, None],
    "some missing": [10.0, None, 30.0],
    "equal": [5.0, 5.0, 5.0],
    "huge": [1e12, 3.2e12, 9.99e11],
    "not a number": [math.nan, 4.0, math.inf],
    "sixty": [float(i * 37 % 101) for i in range(60)],
}


def s_curve(values):
    months = [str(m) for m in MONTHS] if len(values) <= 12 else [f"Bulan {i}" for i in range(len(values))]
    return charts.s_curve(title="Temuan & <b>", months=months, planned=values, realised=values, previous=values)


def quadrant(values):
    points = [charts.Point(f"Dinas {i}" if i else "Dinas <&>", value, value, 1e9 * i) for i, value in enumerate(values)]
    return charts.quadrant(
        title="Temuan", points=points, x_line=50, y_line=50, x_label="Serapan", y_label="Capaian", names=NAMES
    )


def tile_map(values):
    tiles = [charts.Tile(f"{i:02}", f"Kabupaten Nama {i}", i % 10, i // 10, value) for i, value in enumerate(values)]
    return charts.tile_map(title="Temuan", tiles=tiles, unit="%")


def sparkline(values):
    return charts.sparkline(label="Tren", values=values)


def bullet(values):
    padded = [*values, None, None, None]
    return charts.bullet_row(label="Indikator", realised=padded[0], target=padded[1], previous=padded[2], unit="%")


def bullet_lower(values):
    padded = [*values, None, None, None]
    return charts.bullet_row(
        label="Indikator", realised=padded[0], target=padded[1], previous=padded[2], unit="%", lower_is_better=True
    )


def stacked(values):
    rows = [charts.StackRow(f"Dinas {i}", [value, 20.0]) for i, value in enumerate(values)]
    return charts.stacked_bars(title="Temuan", rows=rows, parts=["Rutin", "Program"])


def ranking(values):
    rows = [
        charts.RangeDot(f"Kabupaten {i}", v, None if v is None else v - 2, None if v is None else v + 2, i == 1)
        for i, v in enumerate(values)
    ]
    return charts.range_dots(title="Temuan", rows=rows)


def waterfall(values):
    numbers = [value for value in values if value is not None and math.isfinite(value)]
    falls = [
        charts.Fall(f"Baris {i}", value, value, is_open=i == 1) for i, value in enumerate(values) if value is not None
    ]
    return charts.waterfall(title="Temuan", start=("Nilai penuh", sum(numbers) + 5), falls=falls, end=("Nilai", 5.0))


DRAWERS = [s_curve, quadrant, tile_map, sparkline, bullet, bullet_lower, stacked, ranking, waterfall]
every_picture = pytest.mark.parametrize("draw", DRAWERS, ids=lambda draw: draw.__name__)
every_case = pytest.mark.parametrize("case", VALUES)


def roots(chart):
    """The one or two SVGs of a picture."""
    return ET.fromstring(f"<all>{chart.drawing('g1')}</all>").findall("svg")  # noqa: S314 - our own markup


def printed(chart):
    return render("{% load manfaat %}{% chart picture %}", picture=chart)


def render(source, **context):
    return Template(source).render(Context(context))


NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@every_picture
@every_case
def test_every_mark_lies_within_the_frame(draw, case):
    for root in roots(draw(VALUES[case])):
        _, _, width, height = (float(part) for part in root.get("viewBox").split())
        for mark in root.iter():
            for along, limit in (
                ("x", width),
                ("x1", width),
                ("x2", width),
                ("cx", width),
                ("y", height),
                ("cy", height),
            ):
                if mark.get(along) is not None:
                    assert -0.5 <= float(mark.get(along)) <= limit + 0.5, ET.tostring(mark)
            if mark.tag == "rect":
                assert float(mark.get("x", 0)) + float(mark.get("width")) <= width + 0.5
                assert float(mark.get("y", 0)) + float(mark.get("height")) <= height + 0.5
            if mark.tag == "path" and "transform" not in mark.attrib and mark.get("class") != "c-hatch":
                for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", mark.get("d")):
                    assert -0.5 <= float(x) <= width + 0.5
                    assert -0.5 <= float(y) <= height + 0.5


@every_picture
@every_case
def test_no_picture_says_nan_or_infinity(draw, case):
    page = printed(draw(VALUES[case])).lower()
    assert "nan" not in re.sub(r"rencana|dengan", "", page)
    assert "infinity" not in page
    assert not re.search(r'="-?inf', page)


@every_picture
@every_case
def test_every_picture_has_a_name_a_description_and_a_role(draw, case):
    chart = draw(VALUES[case])
    assert roots(chart)
    for root in roots(chart):
        assert root.get("role") == "img"
        named = {part.get("id"): part.text for part in root if part.tag in {"title", "desc"}}
        ids = root.get("aria-labelledby").split()
        assert [bool(named[part]) for part in ids] == [True, True]
        assert named[ids[0]] == chart.title
        assert named[ids[1]] == chart.description


@every_picture
@every_case
def test_pictures_pass_a_strict_content_policy(draw, case):
    svg = str(draw(VALUES[case]).svg)
    assert " style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg
    assert " on" not in re.sub(r">[^<]*<", "><", svg)
    assert "<a " not in svg


@every_picture
@every_case
def test_pictures_stay_small(draw, case):
    limit = 40_000 if draw is tile_map else 12_000
    assert len(draw(VALUES[case]).svg.encode()) < limit


@every_picture
@every_case
def test_every_number_drawn_stands_in_the_table(draw, case):
    chart = draw(VALUES[case])
    cells = {cell for row in chart.rows for cell in row}
    for root in roots(chart):
        for mark in root.iter("title"):
            if mark.get("id") or mark.text == "belum ada data":
                continue
            for number in mark.text.rpartition(": ")[2].split("; "):
                assert number in cells or number == "belum ada data"


@pytest.mark.parametrize(("draw", "marks"), [(s_curve, "c-real-dot"), (quadrant, "c-dots"), (ranking, "c-other")])
def test_every_known_row_of_the_table_is_drawn(draw, marks):
    values = VALUES["ordinary"]
    root = roots(draw(values))[0]
    titles = [mark for mark in root.iter("title") if not mark.get("id")]
    assert len(titles) == len(values)


@every_picture
def test_the_same_picture_twice_on_one_page_has_no_id_twice(draw):
    page = render("{% load manfaat %}{% chart p %}{% chart p %}{% chart_svg p %}", p=draw(VALUES["some missing"]))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for used in re.findall(r'(?:aria-labelledby="|url\(#)([^")]+)', page):
        assert set(used.split()) <= set(ids)


@every_picture
def test_the_figure_carries_its_caption_and_its_table(draw):
    chart = draw(VALUES["some missing"]).with_source("Sumber: BPS 2022", "/unduh.csv")
    page = printed(chart)
    assert page.count("<figure") == page.count("<details") == page.count("<table") == 1
    assert "Sumber: BPS 2022" in page
    assert 'href="/unduh.csv"' in page
    assert page.count('<th scope="row"') == len(chart.rows)


def test_words_of_users_are_escaped():
    assert "<b>" not in str(s_curve([1.0, 2.0]).svg)
    assert "Dinas &lt;&amp;&gt;" in str(quadrant([10.0, 90.0]).svg)


def test_places_rise_with_values():
    heights = [float(dot.get("cy")) for dot in roots(s_curve([5.0, 9.5, 30.0, 77.0]))[0].iter("circle")]
    assert len(heights) == 4
    assert heights == sorted(heights, reverse=True)
    rows = [charts.RangeDot(str(value), value) for value in (1.0, 2.0, 50.0)]
    across = [float(dot.get("cx")) for dot in roots(charts.range_dots(title="T", rows=rows))[0].iter("circle")]
    assert across == sorted(across)
    assert len(set(across)) == 3


@pytest.mark.parametrize(("low", "high"), [(0, 1), (3.1, 97), (-40, 12), (0, 1.9e12), (5, 5), (0.001, 0.002)])
def test_ticks_are_round_cover_the_numbers_and_stand_apart_evenly(low, high):
    ticks = nice_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 8
    steps = {round((b - a) / (ticks[1] - ticks[0]), 6) for a, b in pairwise(ticks)}
    assert steps == {1.0}


def test_a_scale_holds_values_within_the_drawing():
    scale = Linear(0, 100, 10, 20)
    assert [scale(value) for value in (-5, 0, 50, 100, 200)] == [10, 10, 15, 20, 20]


def test_a_missing_month_is_a_gap_and_not_a_zero():
    chart = charts.s_curve(title="T", months=["Jan", "Feb", "Mar"], planned=[1, 2, 3], realised=[1.0, None, 3.0])
    line = next(p for p in roots(chart)[0].iter("path") if p.get("class") == "c-real")
    assert line.get("d").count("M") == 2
    assert chart.rows[1] == ["Feb", "2,0%", "–", "–"]


def test_missing_values_are_hatched_and_called_missing():
    for chart in (tile_map([1.0, None]), ranking([1.0, None]), bullet([None, 5.0]), stacked([None, 5.0])):
        svg = str(chart.svg)
        assert "-h)" in svg
        assert "belum ada data" in svg


def test_a_bar_beyond_the_strip_is_cut_and_marked():
    assert "c-cut" in str(bullet([500.0, 100.0]).svg)
    assert "c-cut" not in str(bullet([110.0, 100.0]).svg)


def test_the_flag_of_the_target_points_to_the_better_side():
    flag = {draw: re.search(r"l(-?6) 3", str(draw([8.0, 10.0]).svg))[1] for draw in (bullet, bullet_lower)}
    assert flag == {bullet: "6", bullet_lower: "-6"}


def test_money_without_benefit_stands_out_by_shape_and_word():
    chart = charts.quadrant(
        title="T",
        points=[charts.Point("Boros", 95, 40), charts.Point("Baik", 95, 99), charts.Point("Tanpa indikator", 95, None)],
        x_line=85,
        y_line=90,
        x_label="Serapan",
        y_label="Capaian",
        names=NAMES,
    )
    assert [row[-1] for row in chart.rows] == ["Terserap tanpa hasil", "Terserap dan berhasil", "belum ada data"]
    group = next(g for g in roots(chart)[0].iter("g") if "c-dots--alarm" in (g.get("class") or ""))
    assert [mark.tag for mark in group] == ["rect"]
    assert "1 tidak digambar" in chart.description


def test_quantiles_put_about_as_many_areas_into_each_class():
    limits = quantile_limits([float(i) for i in range(1, 11)], 5)
    assert limits == (2.0, 4.0, 6.0, 8.0)


def test_limits_of_a_regulation_are_kept():
    tiles = [charts.Tile("1", "Satu", 0, 0, 55.0), charts.Tile("2", "Dua", 1, 0, 91.0)]
    chart = charts.tile_map(title="T", tiles=tiles, unit="", limits=[50, 65, 75, 90])
    assert [row[0] for row in chart.rows] == ["Satu", "Dua"]
    assert 'class="c-map-2"' in str(chart.svg)
    assert 'class="c-map-5"' in str(chart.svg)


def test_the_table_of_a_map_begins_with_the_neediest():
    tiles = [charts.Tile(str(i), f"W{i}", i, 0, value) for i, value in enumerate([4.0, None, 15.0])]
    poverty = charts.tile_map(title="T", tiles=tiles, unit="%", lower_is_better=True)
    assert [row[0] for row in poverty.rows] == ["W2", "W0", "W1"]


def test_a_heat_table_prints_values_levels_and_missing_cells():
    cells = [charts.HeatCell("48,7", 1, "/pd/1/"), None]
    chart = charts.heat_table(title="Temuan", columns=["TW I", "TW II"], rows=[charts.HeatRow("Dinas <Sosial>", cells)])
    page = printed(chart)
    assert page.count("<table") == 1
    assert "<details" not in page
    assert 'class="num heat-1"' in page
    assert 'href="/pd/1/"' in page
    assert "belum ada data" in page
    assert "Dinas &lt;Sosial&gt;" in page


def test_points_fall_from_full_marks_to_the_total_and_open_ones_are_hatched():
    falls = [charts.Fall("Perencanaan", 12.0, 30.0), charts.Fall("Pelaporan", 8.0, 15.0, is_open=True)]
    chart = charts.waterfall(title="T", start=("Nilai penuh", 100.0), falls=falls, end=("Nilai pasti", 80.0))
    assert [row[3] for row in chart.rows] == ["100,00", "88,00", "80,00", "80,00"]
    bars = [(float(box.get("x")), float(box.get("width"))) for box in roots(chart)[0].iter("rect")]
    (_, whole), (_, rest), (lost_at, lost), (open_at, opened) = bars
    assert (round(rest / whole, 2), round(lost / whole, 2), round(opened / whole, 2)) == (0.8, 0.12, 0.08)
    assert round(lost_at, 1) == round(open_at + opened, 1)
    assert str(chart.svg).count("-h)") == 1
    assert "8,00 belum diputuskan" in str(chart.svg)
