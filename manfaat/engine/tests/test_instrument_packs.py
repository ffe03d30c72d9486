"""Every pack that comes with the engine: loads, is cited, and its worked examples come out."""

import numpy as np
import pytest

from manfaat import engine
from manfaat.engine import instruments as packs
from manfaat.engine.instruments.examples import InstrumentExample, examples
from manfaat.engine.instruments.figures import figures, instrument_meta

LIBRARY = packs.instruments()
EXAMPLES = examples()
IDS = [one.id for one in LIBRARY]


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.id for one in EXAMPLES])
def test_worked_example_comes_out(example: InstrumentExample) -> None:
    instrument = packs.instrument(example.instrument)
    result = example.result(instrument)
    assert example.shown(result) == dict(example.gives), example.why
    if example.predicate:
        assert result.predicate.labels == [example.predicate]


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.id for one in EXAMPLES])
def test_figures_of_an_example_explain_themselves_and_verify(example: InstrumentExample) -> None:
    result = example.result(packs.instrument(example.instrument))
    made = figures(result, 0, prefix=example.id, subject="Unit uji", period="2024")
    bundle = engine.bundle.build(instrument_meta(result.instrument), made)
    assert engine.bundle.verify(bundle) == []
    for one in made:
        assert engine.explain(one).as_text()
        code = one.key.removeprefix(f"{example.id}/")
        if code in result.rows:
            score = result.row(code).score[0]
            assert one.value == (score if isinstance(score, float) else None)
            assert result.row(code).reason(0) == one.reason


@pytest.mark.parametrize("instrument", LIBRARY, ids=IDS)
def test_pack_has_examples_of_its_own(instrument: packs.Instrument) -> None:
    assert [one for one in EXAMPLES if one.instrument == instrument.id]


@pytest.mark.parametrize("instrument", LIBRARY, ids=IDS)
def test_every_row_cites_a_place_that_exists(instrument: packs.Instrument) -> None:
    for row in instrument.rows:
        assert engine.regulations.resolve(row.cite).place


def test_nothing_answered_is_missing_everywhere_and_zero_nowhere() -> None:
    for instrument in LIBRARY:
        result = packs.evaluate_instrument(instrument, {})
        for row in result.rows.values():
            assert not row.score.known.any(), row.row.code
            assert np.isnan(row.score.values).all()


def test_figures_of_a_unit_among_many_are_those_it_has_alone() -> None:
    reform = packs.instrument("rb-2024-kl")
    sheets = [
        {
            row.code: (row.low or 0) + share * ((row.top or 1) - (row.low or 0))
            for row in reform.leaves
            if not row.answers
        }
        for share in (0.2, 0.5, 0.9)
    ]
    named = {row.code: engine.Series.of([100, 50, 0]) for row in reform.leaves if row.answers}
    answers = {code: engine.Series.of([sheet[code] for sheet in sheets]) for code in sheets[0]} | named
    out = {"B.1.6": np.array([False, True, False]), "C.1": np.array([False, False, True])}
    many = packs.evaluate_instrument(reform, answers, not_locus=out, coefficient=engine.Series.of([0, -1, 1]))
    for place in range(3):
        alone = packs.evaluate_instrument(
            reform,
            {code: engine.Series.of([series[place]]) for code, series in answers.items()},
            not_locus={code: mask[place : place + 1] for code, mask in out.items()},
            coefficient=engine.Series.of([[0, -1, 1][place]]),
        )
        made = packs.figures(many, place, prefix="x")
        assert [one.to_record() for one in made] == [one.to_record() for one in packs.figures(alone, 0, prefix="x")]
        assert engine.bundle.verify(engine.bundle.build({}, made)) == []
