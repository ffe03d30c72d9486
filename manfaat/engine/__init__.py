"""Law computed: arrays in, arrays and reasons out; every figure can say why it is what it is.

>>> from manfaat import engine
>>> ev = engine.evaluate(
...     "achievement.lower_is_better_difference",
...     {"realised": engine.Series.of([4.88, None, 36]), "target": engine.Series.of([32, 32, 32])},
... )
>>> ev
Evaluation(achievement.lower_is_better_difference: Series([184,75; belum diisi; 87,5]))
>>> ev.reasons
[None, 'missing:realised', None]
>>> fig = engine.figure(ev, 0, key="akb-2015", label="Capaian AKB", subject="Lampung", period="2015")
>>> fig.shown_with_unit
'184,75%'
>>> print(fig.sentence.split(". ")[1])
Dihitung dengan cara “semakin rendah semakin baik, cara selisih” dari realisasi 4,88 dan target 32.
>>> engine.classify(ev.series, "capaian-lima-tingkat").labels
['Sangat Tinggi', None, 'Tinggi']
>>> package = engine.bundle.build({"pemerintah": "Provinsi Lampung"}, [fig])
>>> engine.bundle.verify(package)
[]

Standard library and NumPy only; no Django, no database, no clock, no network.
"""

from manfaat.engine import bundle, chain, regulations, rounding, scales
from manfaat.engine.errors import EngineError
from manfaat.engine.evaluation import Evaluation, evaluate, evaluate_members
from manfaat.engine.explain import Explanation, Line, Section, explain
from manfaat.engine.figure import Figure, Input, figure
from manfaat.engine.operators import OPERATORS, operator_named
from manfaat.engine.reasons import REASONS, reason_sentence
from manfaat.engine.recompute import recompute
from manfaat.engine.registry import Operator
from manfaat.engine.regulations import Citation, rules_digest
from manfaat.engine.rounding import format_id, round_half_up
from manfaat.engine.scales import classify
from manfaat.engine.series import Series, Status
from manfaat.engine.version import ENGINE_VERSION

__all__ = [
    "ENGINE_VERSION",
    "OPERATORS",
    "REASONS",
    "Citation",
    "EngineError",
    "Evaluation",
    "Explanation",
    "Figure",
    "Input",
    "Line",
    "Operator",
    "Section",
    "Series",
    "Status",
    "bundle",
    "chain",
    "classify",
    "evaluate",
    "evaluate_members",
    "explain",
    "figure",
    "format_id",
    "operator_named",
    "reason_sentence",
    "recompute",
    "regulations",
    "round_half_up",
    "rounding",
    "rules_digest",
    "scales",
]
