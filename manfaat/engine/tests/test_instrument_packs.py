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
