"""Every worked example beside the rules comes out as it says."""

from collections import Counter
from pathlib import Path

import pytest

from manfaat import engine
from manfaat.engine.regulations import resolve
from manfaat.engine.worked import Example, examples

EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.id for one in EXAMPLES])
def test_worked_example_comes_out(example: Example) -> None:
    made = example.figure()
    assert (made.shown, made.reason) == (example.gives, example.reason), example.why
    assert resolve(example.cite).place
    assert engine.recompute(made.to_record()) == made
    steps = next(section for section in engine.explain(made).sections if section.key == "steps")
    if made.value is not None and made.operator != "scale.classify":
        assert engine.rounding.plain_id(made.value) in " ".join(str(line) for line in steps.lines[:-1])


def test_there_are_enough_examples_for_every_operator() -> None:
    counted = Counter(example.operator for example in EXAMPLES)
    assert len(EXAMPLES) >= 200
    assert set(counted) == set(engine.OPERATORS)
    assert min(counted.values()) >= 3


def test_every_scale_has_examples() -> None:
    used = {example.parameters.get("scale") for example in EXAMPLES}
    assert used - {None} == set(engine.scales.scales())


def test_examples_that_differ_from_print_say_why() -> None:
    differing = [example for example in EXAMPLES if example.verdict in ("disagree", "convention")]
    assert differing
    assert all(len(example.why) > 20 for example in differing)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('id = "a"\noperator = "achievement.nope"\ninputs = {}\ngives = "1"\nplace = "x"', "achievement.nope"),
        (
            'id = "a"\noperator = "change.difference"\ninputs = {}\ngives = "1"\nplace = "x"\nwhat = 1',
            "“what” tidak dikenal",
        ),
        ('id = "a"\noperator = "change.difference"\ninputs = {}\ngives = "1"', "“place” belum diisi"),
        (
            'id = "a"\noperator = "change.difference"\ninputs = {}\ngives = "1"\nplace = "x"\npublished = "2"\n'
            'verdict = "agree"',
            "tercetak 2 dan hasil 1",
        ),
        (
            'id = "a"\noperator = "change.difference"\ninputs = {}\ngives = "1"\nplace = "x"\npublished = "2"\n'
            'verdict = "disagree"',
            "tulis why",
        ),
    ],
)
def test_faulty_example_is_refused_by_file_and_name(tmp_path: Path, row: str, told: str) -> None:
    folder = tmp_path / "praktik-x"
    folder.mkdir()
    (folder / "vectors_a.toml").write_text(f"[[vector]]\n{row}\n", encoding="utf-8")
    with pytest.raises(engine.EngineError, match=told):
        examples(tmp_path)
