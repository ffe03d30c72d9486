"""Which band of a named, dated scale a figure falls in."""

from __future__ import annotations

from manfaat.engine import scale_data as scales
from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id


def _classify(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    ranks = scales.bands(parameters["scale"], parameters["on"]).rank(inputs["value"].values)
    working.refuse(ranks == 0, "outside_scale")
    working.finish(ranks.astype(float))


def _classify_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    scale = scales.bands(parameters["scale"], parameters["on"])
    band = scale.members[int(value) - 1]
    rounded = scale.rounded(entered["value"])
    first = (
        [f"{plain_id(entered['value'])} dibulatkan menjadi {plain_id(rounded)}"] if scale.decimals is not None else []
    )
    return [*first, f"{plain_id(rounded)} berada pada {band.words}: {band.name}"]


OPERATORS = (
    Operator(
        name="scale.classify",
        title="kategori menurut skala",
        formula_words="Nilai dicocokkan dengan rentang pada skala, sesudah pembulatan yang ditetapkan skala itu.",
        formula_symbols="kategori = rentang yang memuat nilai",
        inputs=(InputSpec("value"),),
        parameters=(Parameter("scale", "skala"), Parameter("on", "tanggal berlaku skala", optional=True)),
        citations=(Cite("metode-manfaat", "kategori"),),
        compute=_classify,
        steps=_classify_steps,
    ),
)
