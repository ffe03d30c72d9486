"""What our templates write, our readers read: the export format is the import format."""

import pytest

from manfaat.readers.columns import guess_mapping
from manfaat.readers.layouts import BUDGET_LAYOUT, INDICATOR_LAYOUT
from manfaat.readers.templates import template
from manfaat.readers.tests.files import budget_of, indicators_of, opened, write_csv, write_xlsx


@pytest.mark.parametrize(("kind", "layout"), [("budget", BUDGET_LAYOUT), ("indicators", INDICATOR_LAYOUT)])
def test_every_column_of_a_template_is_recognised_for_sure(tmp_path, kind, layout) -> None:
    made = template(kind)
    path = write_xlsx(tmp_path / "a.xlsx", [made.titles, made.example])
    mapping = guess_mapping(opened(path).sheet(), layout)
    assert mapping.columns == {column.name: at for at, column in enumerate(made.columns)}
    assert set(mapping.confidence.values()) == {1.0}


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_the_example_of_the_budget_template_reads_without_a_problem(tmp_path, write) -> None:
    made = template("budget")
    suffix = ".xlsx" if write is write_xlsx else ".csv"
    reading = budget_of(write(tmp_path / f"a{suffix}", [made.titles, made.example]))
    assert reading.problems == []
    assert reading.rows.ceiling_rp == [120_000_000]
    assert reading.rows.cash_plan_rp == [(10_000_000,) * 12]
    assert "CONTOH" in reading.rows.agency_name[0]


def test_the_example_of_the_indicator_template_reads_without_a_problem(tmp_path) -> None:
    made = template("indicators")
    reading = indicators_of(write_xlsx(tmp_path / "a.xlsx", [made.titles, made.example]))
    assert reading.problems == []
    assert reading.rows.period_kind == ["quarter"]
    assert "CONTOH" in reading.rows.name[0]


def test_titles_and_synonyms_name_one_field_only() -> None:
    for layout in (BUDGET_LAYOUT, INDICATOR_LAYOUT):
        titles = [text.casefold() for column in layout.columns for text in (column.title, *column.synonyms)]
        assert len(titles) == len(set(titles))
