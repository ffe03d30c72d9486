"""The published download and the hash chain: what is changed is found and named."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from manfaat import engine
from manfaat.engine import EngineError, Input, Series, chain

Event = dict[str, Any]


def package() -> dict[str, Any]:
    found = engine.evaluate(
        "achievement.higher_is_better", {"realised": Series.of([70, None]), "target": Series.of([80, 90])}
    )
    parts = [engine.figure(found, place, key=f"a{place}", label=f"Bagian {place}") for place in range(2)]
    mean = engine.evaluate_members("aggregate.mean", [Series.of([87.5]), Series.of([None])])
    notes = [Input(label=part.label, figure=part.key) for part in parts]
    whole = engine.figure(mean, 0, key="rata", label="=Rata-rata", inputs={"members": notes})
    return json.loads(json.dumps(engine.bundle.build({"pemerintah": "Toba"}, [*parts, whole])))  # type: ignore[no-any-return]


def kinds(bundle: dict[str, Any]) -> set[str]:
    return {fault.kind for fault in engine.bundle.verify(bundle)}


def redone(bundle: dict[str, Any]) -> dict[str, Any]:
    return bundle | {"digest": engine.bundle.digest(bundle)}


def test_untouched_bundle_holds() -> None:
    assert engine.bundle.verify(package()) == []


def test_digest_does_not_depend_on_the_last_bit_or_on_whole_floats() -> None:
    one, other = package(), package()
    other["figures"][2]["value"] = 87.50000000000001
    other["figures"][0]["inputs"][0]["value"] = 70.0
    assert engine.bundle.digest(one) == engine.bundle.digest(other)


def test_changed_value_is_named_even_with_a_new_digest() -> None:
    bundle = package()
    bundle["figures"][0]["value"] = 88.0
    assert kinds(bundle) == {"digest", "value", "reference"}
    found = engine.bundle.verify(redone(bundle))
    assert "Angka “a0”: tertulis 88, dihitung ulang 87,5." in [str(fault) for fault in found]


def test_changed_input_is_found_by_recomputing() -> None:
    bundle = package()
    bundle["figures"][0]["inputs"][0]["value"] = 72
    assert "value" in kinds(redone(bundle))


def test_absent_and_doubled_figures_are_found() -> None:
    bundle = package()
    del bundle["figures"][1]
    assert kinds(redone(bundle)) == {"reference"}
    bundle = package()
    bundle["figures"].append(copy.deepcopy(bundle["figures"][0]))
    assert kinds(redone(bundle)) == {"key"}
    with pytest.raises(EngineError, match="Kunci angka ganda: a0"):
        engine.bundle.build({}, [bundle["figures"][0]] * 2)


def test_unknown_operator_is_named() -> None:
    bundle = package()
    bundle["figures"][0]["operator"] = "achievement.future"
    found = engine.bundle.verify(redone(bundle))
    assert [fault.kind for fault in found] == ["operator"]
    assert "achievement.future" in str(found[0])


def test_words_may_differ_only_under_other_rules() -> None:
    bundle = package()
    bundle["figures"][0]["citations"][0]["title"] = "Judul lama"
    assert "record" in kinds(redone(bundle))
    bundle["rules_digest"] = "0" * 64
    assert kinds(redone(bundle)) == set()


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"format": "x"},
        package() | {"format": "manfaat-bundle-9"},
        package() | {"figures": {}},
        package() | {"figures": [{}]},
    ],
)
def test_what_is_no_bundle_is_told_so(broken: dict[str, Any]) -> None:
    assert kinds(broken) == {"format"}


@pytest.mark.parametrize("field", ["inputs", "parameters", "decimals", "citations", "label"])
@pytest.mark.parametrize("value", [None, 7, "x", [1], {"a": 1}])
def test_record_of_a_wrong_shape_is_a_fault_and_no_crash(field: str, value: Any) -> None:
    bundle = package()
    bundle["figures"][0][field] = value
    assert engine.bundle.verify(bundle)
    assert engine.bundle.verify(redone(bundle)) or field == "label"


def test_number_no_double_holds_and_depth_no_stack_holds_are_faults() -> None:
    bundle = package()
    bundle["figures"][0]["value"] = 10**400
    assert engine.bundle.verify(bundle)
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    assert kinds(package() | {"meta": {"dalam": deep}}) == {"digest"}
    bundle = package()
    bundle["figures"][0]["operator"] = ["x"]
    assert "operator" in kinds(bundle)


def test_csv_twin_has_a_row_per_input_and_no_formula() -> None:
    rows = engine.bundle.as_csv_rows(package())
    assert rows[0] == list(engine.bundle.CSV_HEADER)
    assert len(rows) == 1 + 2 + 2 + 2
    assert all(len(row) == len(rows[0]) for row in rows)
    assert rows[1][4:8] == ["87.5", "87,50", "%", "known"]
    assert rows[5][1] == "'=Rata-rata"


def events(count: int = 4, government: str = "12.12") -> list[Event]:
    made: list[Event] = []
    previous = chain.FIRST_PREVIOUS
    for sequence in range(1, count + 1):
        event: Event = {
            "government": government, "sequence": sequence, "at": f"2024-01-0{sequence}T00:00:00+00:00", "actor": "s",
            "verb": "approve", "subject": f"perjanjian/{sequence}", "summary": "Menyetujui", "detail": {"n": 1.0},
            "previous_digest": previous,
        }  # fmt: skip
        event["digest"] = previous = engine.chain.event_digest(event)
        made.append(event)
    return made


def faults(found: list[Event], last: str | None = None) -> list[tuple[str, int | None]]:
    return [(fault.kind, fault.sequence) for fault in engine.chain.verify_chain(found, last)]


def test_untouched_chains_of_two_governments_hold() -> None:
    assert faults([*events(), *events(2, "35")]) == []
    assert faults(json.loads(json.dumps(events()))) == []


def test_altered_event_is_named() -> None:
    found = events()
    found[1]["summary"] = "Menolak"
    assert faults(found) == [("altered", 2)]


def test_event_altered_with_its_digest_breaks_the_next_link() -> None:
    found = events()
    found[1]["summary"] = "Menolak"
    found[1]["digest"] = engine.chain.event_digest(found[1])
    assert faults(found) == [("unlinked", 3)]


def test_dropped_event_is_named() -> None:
    found = events()
    del found[1]
    assert faults(found) == [("dropped", 3)]
    assert "peristiwa 2 tidak ada" in str(engine.chain.verify_chain(found)[0])
    assert faults(events()[2:]) == [("dropped", 3)]


def test_reordered_and_doubled_events_are_named() -> None:
    found = events()
    found[1], found[2] = found[2], found[1]
    assert faults(found) == [("reordered", 2)]
    found = events()
    assert ("doubled", 1) in faults([*found, found[0]])


def test_cut_end_is_found_by_the_digest_kept_elsewhere() -> None:
    found = events()
    assert faults(found[:-1]) == []
    assert faults(found[:-1], found[-1]["digest"]) == [("dropped", None)]
    assert faults(found, found[-1]["digest"]) == []


def test_event_without_a_field_or_with_a_strange_value_is_a_fault() -> None:
    found = events(1)
    assert faults([{"government": "x"}]) == [("malformed", None)]
    found[0]["detail"] = {"n": float("nan")}
    assert faults(found) == [("altered", 1)]
