"""Words and pictures made of figures: a sentence stands only where the figures make it true."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from manfaat.apps.scoring import presentation_compare as compare
from manfaat.apps.scoring.presentation import (
    choose_period,
    counted,
    join_words,
    short_list,
    spending_sentence,
    whole_number,
)
from manfaat.apps.scoring.presentation_benefit import benefit_chart, benefit_finding
from manfaat.apps.scoring.presentation_money import chain_end, curve, distinct_nodes, month_rows, routine_chart
from manfaat.apps.scoring.presentation_scorecard import (
    first_quarter_warning,
    gaps,
    indicator_lines,
    missing_in,
    quarter_lines,
)
from manfaat.apps.scoring.queries.shapes import AvailablePeriod, IndicatorRow, Money, MonthLine, NodeRow, ShownFigure
from manfaat.apps.scoring.queries.shapes_of_many import (
    BenefitGroup,
    BenefitPicture,
    BenefitPoint,
    Comparison,
    ComparisonRow,
    IndicatorChoice,
)

PERIODS = [AvailablePeriod(2021, 12, 1), AvailablePeriod(2022, 12, 0), AvailablePeriod(2022, 6, 2)]
NOTHING = (None,) * 12


def a_figure(
    value: float | None, unit: str = "%", *, status: str = "", label: str = "Serapan", reason: str = ""
) -> Any:
    return ShownFigure(
        public_id=uuid4(), key="k", measure="m", label=label, value=value, unit=unit,
        status=status or ("missing" if value is None else "known"), reason="", shown=str(value), sentence="",
        decimals=2, month=12, source="",
    )  # fmt: skip


def money(**given: Any) -> Money:
    return Money(**dict.fromkeys(Money.__dataclass_fields__) | given)


def months(absorption: dict[int, float], plan: dict[int, float] | None = None) -> MonthLine:
    def line(values: dict[int, float]) -> tuple[Any, ...]:
        return tuple(a_figure(values[n]) if n in values else None for n in range(1, 13))

    return MonthLine(line(absorption), NOTHING, line(plan or {}), NOTHING, 2021)


def an_indicator(code: str = "A", **given: Any) -> IndicatorRow:
    fields: dict[str, Any] = {
        "pk": 1, "public_id": uuid4(), "code": code, "name": f"Indikator {code}", "unit": "%", "decimals": 2,
        "level": "outcome", "lower_is_better": False, "benefit_words": "", "agency_name": "", "agency_public_id": None,
        "value": None, "target": None, "achievement": None, "change": None, "history": (),
    }  # fmt: skip
    return IndicatorRow(**fields | given)


def the_period(**asked: str) -> Any:
    return choose_period(PERIODS, asked)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, (2022, 12)),
        ({"tahun": "2021"}, (2021, 12)),
        ({"tahun": "2022", "bulan": "6"}, (2022, 6)),
        ({"bulan": "6"}, (2022, 6)),
        ({"tahun": "2021", "bulan": "6"}, (2021, 12)),
        ({"tahun": "1999", "bulan": "1"}, (2022, 12)),
        ({"tahun": "2022'; --", "bulan": "٣"}, (2022, 12)),
    ],
)
def test_the_period_asked_for_or_the_nearest_one(asked: dict[str, str], expected: tuple[int, int]) -> None:
    chosen = choose_period(PERIODS, asked)
    assert chosen is not None
    assert (chosen.year, chosen.month) == expected


def test_a_period_that_is_not_there_is_said() -> None:
    assert the_period(tahun="2021", bulan="6").notice.startswith("Belum ada hitungan untuk bulan yang diminta.")
    assert the_period(tahun="2022").notice == ""
    assert the_period(tahun="2022", bulan="6").published_version == 2
    assert choose_period([], {}) is None


@pytest.mark.parametrize("text", ["", "-1", "1.5", "abc", "1" * 40, "²"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_lists_of_names_are_joined_as_people_say_them() -> None:
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b"]) == "a dan b"
    assert join_words(["a", "b", "c"]) == "a, b, dan c"
    assert short_list(list("abcdefg"), 5) == "a, b, c, d, e, dan 2 lainnya"


@pytest.mark.parametrize(
    ("deviation", "words"),
    [
        (5.0, "5,00\u00a0poin di atas rencana kas"),
        (-2.5, "2,50\u00a0poin di bawah rencana kas"),
        (0.0, "tepat menurut rencana kas"),
    ],
)
def test_the_distance_to_the_plan_is_said_in_the_right_direction(deviation: float, words: str) -> None:
    said = spending_sentence(
        "Toba", the_period(), money(absorption=a_figure(90.0), deviation_points=a_figure(deviation, "poin"))
    )
    assert said == f"Sampai Desember 2022, Toba membelanjakan 90,00% pagunya, {words}."


def test_without_a_plan_nothing_is_said_of_a_plan() -> None:
    assert "rencana" not in spending_sentence("Toba", the_period(), money(absorption=a_figure(90.0)))


def test_partial_reports_are_told_as_partial() -> None:
    reported = a_figure(75.0, label="Serapan yang melapor (4 dari 40 perangkat daerah)")
    said = spending_sentence("Toba", the_period(), money(absorption=a_figure(None), absorption_reported=reported))
    assert "4 dari 40" in said
    assert "belum melapor" in said


def test_the_first_quarter_warns_only_where_it_fell_behind() -> None:
    assert first_quarter_warning(money(), months({3: 10.0})) == ""
    assert first_quarter_warning(money(), months({3: 10.0}, {3: 9.0})) == ""
    assert "tertinggal" in first_quarter_warning(money(), months({3: 10.0}, {3: 20.0}))
    below = money(benchmark_first_quarter=a_figure(-2.0, "poin"), routine_share=a_figure(50.0))
    assert first_quarter_warning(money(benchmark_first_quarter=a_figure(2.0, "poin")), months({3: 1.0})) == ""
    warning = first_quarter_warning(below, months({3: 1.0}))
    assert "di bawah batas bawah acuan" in warning
    assert "rutin" not in warning
    assert "separuh" in first_quarter_warning(money(routine_share=a_figure(50.1)), months({}))


def test_quarters_tell_not_due_from_not_filled() -> None:
    lines = quarter_lines(months({3: 10.0, 9: 50.0}), 7)
    assert [line.note for line in lines] == ["", "belum diisi", "belum jatuh tempo", "belum jatuh tempo"]
    assert lines[2].absorption is None


def test_months_after_the_period_are_not_due() -> None:
    rows = month_rows(months({1: 1.0, 8: 9.0}), 6)
    assert [row.note for row in rows[1:8]] == ["belum diisi"] * 5 + ["belum jatuh tempo"] * 2
    assert rows[7].absorption is None


def test_indicators_stand_in_order_of_need_with_words_for_each() -> None:
    met = an_indicator("A", achievement=a_figure(100.0))
    worse = an_indicator("B", achievement=a_figure(90.0), change=a_figure(-1.0))
    better = an_indicator("C", achievement=a_figure(90.0), change=a_figure(1.0))
    unknown = an_indicator("D", change=a_figure(2.0), achievement=a_figure(None, status="not_due"))
    lines = indicator_lines([met, worse, better, unknown])
    assert [line.row.code for line in lines] == ["B", "C", "D", "A"]
    assert [line.status for line in lines] == [
        "Belum, dan memburuk",
        "Belum, membaik",
        "Tak terukur, membaik",
        "Mencapai target",
    ]
    assert lines[2].achievement_missing == "belum jatuh tempo"
    assert lines[2].bullet is None


def test_part_of_a_year_is_not_held_against_a_whole_one() -> None:
    whole, change = a_figure(601.3), a_figure(None, status="not_due")
    early = an_indicator(value=a_figure(299.6), previous=whole, achievement=a_figure(85.0), change=change)
    like = an_indicator(
        value=a_figure(442.8), previous=a_figure(449.3), achievement=a_figure(85.0), change=a_figure(-6.5)
    )
    target = {"target": a_figure(520.0)}
    lines = [indicator_lines([replace(row, **target)])[0] for row in (early, like)]
    assert [line.status for line in lines] == ["Belum mencapai target", "Belum, dan memburuk"]
    assert [line.before for line in lines] == [change, like.previous]
    assert lines[0].before_missing == "belum jatuh tempo"
    drawn = [line.bullet for line in lines]
    assert [picture.rows[0][3] if picture else None for picture in drawn] == ["–", "449,30%"]


def test_a_range_says_both_bounds_and_is_not_drawn_as_a_bar() -> None:
    row = an_indicator(
        method="achievement.within_range", value=a_figure(3.88), target=a_figure(1.5), target_high=a_figure(3.5)
    )
    line = indicator_lines([row])[0]
    assert line.target_text == "1,50–3,50%"
    assert line.direction == "baik bila di dalam rentang"
    assert line.bullet is None


def test_a_count_stands_for_a_share_of_few() -> None:
    assert counted(a_figure(0.0), a_figure(2.0, "indikator")) == "0 dari 2"
    assert counted(a_figure(100 / 3), a_figure(3.0, "indikator")) == "1 dari 3"
    assert counted(a_figure(None), a_figure(0.0, "indikator")) == ""


def test_a_trend_needs_two_known_years() -> None:
    one = an_indicator(history=((2021, None), (2022, 70.0)))
    two = an_indicator(history=((2020, 71.25), (2021, None), (2022, 70.0)))
    assert [line.trend for line in indicator_lines([one, two])] == [
        "belum ada tren",
        "turun dari 71,25 (2020) ke 70,00 (2022)",
    ]
    assert indicator_lines([one])[0].spark is None


def test_gaps_name_the_months_and_the_indicators() -> None:
    missing = missing_in([an_indicator(letter) for letter in "UVWXYZ"], "target")
    said = " ".join(
        gaps(money(), months({1: 1.0, 3: 3.0}), 4, without_target=missing, without_value=missing_in([], "value"))
    )
    assert "Realisasi belum dimuat untuk Februari dan April." in said
    assert "Tanpa target: Indikator U, Indikator V, Indikator W, Indikator X, Indikator Y, dan 1 lainnya." in said
    assert "Tanpa realisasi" not in said


def test_a_curve_is_drawn_only_where_something_is_known() -> None:
    assert curve(months({}), money(), the_period()) is None
    drawn = curve(months({3: 10.0}, {3: 12.0}), money(absorption=a_figure(10.0)), the_period())
    assert drawn is not None
    assert drawn.title == "Realisasi 10,00% pagu sampai Desember 2022; rencana kas belum dimuat"


def test_routine_is_drawn_only_where_it_is_known() -> None:
    assert routine_chart("Toba", money(routine_share=a_figure(None)), ()) is None
    drawn = routine_chart("Toba", money(routine_share=a_figure(55.0)), ())
    assert drawn is not None
    assert "55,00%" in drawn.title


def a_node(code: str, level: str, *, in_tree: bool = True, ceiling: Any = None) -> NodeRow:
    return NodeRow(code, level, f"Judul {code}", 0, in_tree, ceiling, None, None)


def test_the_chain_says_where_it_ends() -> None:
    assert "tidak merinci program" in chain_end([])
    assert "berhenti di program" in chain_end([a_node("1", "Program", in_tree=False)])
    nodes = [a_node("1", "Misi"), a_node("1.1", "Sasaran"), a_node("2", "Program", in_tree=False)]
    assert chain_end(nodes).startswith("Rantai dapat diikuti sampai sasaran. 1 program")


def test_a_programme_of_several_agencies_is_listed_once() -> None:
    shared = a_figure(5.0)
    nodes = [
        a_node("1.02", "Program", ceiling=shared),
        a_node("1.02", "Program", ceiling=shared),
        a_node("1.03", "Program"),
    ]
    assert [node.code for node in distinct_nodes(nodes)] == ["1.02", "1.03"]


def a_picture(*points: tuple[str, float | None, float | None]) -> BenefitPicture:
    made = [BenefitPoint(n, name, name, uuid4(), x, y, None) for n, (name, x, y) in enumerate(points)]
    known = tuple(point for point in made if point.benefit is not None)
    wasteful = BenefitGroup("spent_undelivered", "Boros", "", len(known[:1]), ())
    others = [BenefitGroup(key, key, "", 0, ()) for key in ("lean_delivered", "spent_delivered", "idle_undelivered")]
    unmeasured = BenefitGroup("unmeasured", "", "", len(made) - len(known), ())
    line = 50.0 if known else None
    return BenefitPicture(
        known, (*others, wasteful), unmeasured, BenefitGroup("unspent_unknown", "", "", 0, ()), line, line, ""
    )


def test_benefit_tells_who_cannot_be_measured() -> None:
    nobody = a_picture(("A", 90.0, None), ("B", 80.0, None))
    assert benefit_chart(nobody) is None
    assert benefit_finding(nobody, "Toba").startswith("Belum satu pun dari 2 perangkat daerah Toba")
    some = a_picture(("A", 90.0, 40.0), ("B", 80.0, None))
    assert "1 dari 1 serapannya di atas nilai tengah" in benefit_finding(some, "Toba")
    assert "1 lainnya belum punya manfaat terukur" in benefit_finding(some, "Toba")


def a_row(name: str, value: float | None, rank: int | None, **given: Any) -> ComparisonRow:
    fields: dict[str, Any] = {
        "code": name, "name": name, "kind": "kota", "tile_column": None, "tile_row": None, "value": value,
        "status": "known", "reason": "", "rank": rank, "rank_best": rank, "rank_worst": rank, "low": None, "high": None,
        "change": None, "verdict": "belum_cukup", "verdict_words": "", "like_neighbours": None, "history": (),
        "source": "",
    }  # fmt: skip
    return ComparisonRow(**fields | given)


def a_comparison(*rows: ComparisonRow) -> Comparison:
    known = sum(row.value is not None for row in rows)
    return Comparison(
        IndicatorChoice("P0", "Penduduk miskin", "%"), 2022, (2022,), 2, True, rows, known, None, None, "", (), None, 0
    )


def test_ranks_are_said_as_ranges_or_as_unsure() -> None:
    assert compare.rank_words(a_row("A", 1.0, 4, rank_best=2, rank_worst=6)) == "2–6"
    assert compare.rank_words(a_row("A", 1.0, 4)) == "4"
    assert compare.rank_words(a_row("A", 1.0, 4, rank_best=None)) == "4 (selang belum diketahui)"
    assert compare.rank_words(a_row("A", None, None)) == ""


def test_the_comparison_names_those_without_data_and_draws_nothing_of_nothing() -> None:
    empty = a_comparison(a_row("Kota Batu", None, None), a_row("Kota Kediri", None, None))
    assert "Belum ada angka Penduduk miskin tahun 2022" in compare.comparison_finding(empty, "Jawa Timur")
    assert compare.without_data(empty) == "Tanpa angka untuk tahun ini: Kota Batu dan Kota Kediri."
    assert compare.comparison_map(empty, "Jawa Timur") is None
    assert compare.comparison_dots(empty) is None


def test_the_comparison_counts_only_changes_that_are_real() -> None:
    rows = [a_row("A", 5.0, 1, verdict="nyata_membaik"), a_row("B", 6.0, 2, verdict="ayunan_biasa")]
    said = compare.comparison_finding(a_comparison(*rows), "Jawa Timur")
    assert said == "Dalam setahun 1 membaik nyata dan 1 dalam ayunan biasa."


def test_change_against_absorption_turns_lower_is_better_upward() -> None:
    rows = [a_row("A", 5.0, 1, change=-1.0), a_row("B", 6.0, 2, change=0.5)]
    absorbed = {"A": 80.0, "B": 90.0}
    drawn = compare.change_chart(a_comparison(*rows), absorbed)
    assert drawn is not None
    assert drawn.title == "1 dari 2 menyerap di atas nilai tengah, tetapi hasilnya memburuk"
    assert [row[2] for row in drawn.rows] == ["1,0", "\u22120,5"]
    assert compare.change_chart(a_comparison(rows[0]), absorbed) is None
