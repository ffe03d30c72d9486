"""Made-up instruments for the tests: every operator and every rule, in a folder of their own."""

from pathlib import Path

from manfaat.engine.instruments import Instrument, load_instruments

REGULATION = """
id = "peraturan-uji"
title = "Peraturan Uji"
kind = "metode"
grade = "M"
in_force = "belum ditetapkan"
source = "Dibuat untuk pengujian"

[[place]]
code = "lampiran"
text = "Lampiran"
grade = "M"

[[place]]
code = "pasal-5"
text = "Pasal 5"
grade = "M"
"""

REFORM = """
[instrument]
id = "reform-2024"
title = "Indeks uji"
group = "kl"
valid_from = 2024-01-01
status = "complete"
place = "lampiran"
grade = "M"
total = { name = "Indeks", weight = 110 }

[answers.opini]
WTP = 100
WDP = 60
TW = 20

[[rows]]
code = "I"
name = "Umum"
weight = 100
operator = "adjusted"

[[rows]]
code = "A"
parent = "I"
name = "Strategi"
weight = 10

[[rows]]
code = "A.1"
parent = "A"
name = "Rencana aksi"
weight = 3
range = [0, 100]

[[rows]]
code = "A.2"
parent = "A"
name = "Pelaksanaan rencana aksi"
weight = 7
range = [0, 100]
multiplied_by = "A.1"

[[rows]]
code = "B"
parent = "I"
name = "Kebijakan"
weight = 90

[[rows]]
code = "B.1"
parent = "B"
name = "SPIP"
weight = 40
range = [1, 5]
when_missing = "carry_last_year"
when_missing_place = "pasal-5"

[[rows]]
code = "B.2"
parent = "B"
name = "Arsip"
weight = "50/3"
range = [0, 100]
when_missing = "exclude_and_rescale"
when_missing_place = "pasal-5"

[[rows]]
code = "B.3"
parent = "B"
name = "Opini"
weight = "100/3"
answers = "opini"

[[rows]]
code = "II"
name = "Tematik"
weight = 10
range = [0, 10]
operator = "entered"
"""

MIXED = """
[instrument]
id = "campuran-2024"
title = "Campuran"
group = "unit_layanan"
valid_from = 2024-01-01
status = "complete"
place = "lampiran"
grade = "M"
rounding = { lines = 2 }
total = { name = "Gabungan" }

[[rows]]
code = "S"
name = "Survei"
operator = "sum"
weight = 1
factor = 25

[[rows]]
code = "S.1"
parent = "S"
name = "Unsur satu"
weight = "1/3"
range = [1, 4]
operator = "weighted"

[[rows]]
code = "S.2"
parent = "S"
name = "Unsur dua"
weight = "2/3"
range = [1, 4]
operator = "weighted"

[[rows]]
code = "M"
name = "Aspek"
operator = "weighted_mean"
weight = 2

[[rows]]
code = "M.1"
parent = "M"
name = "Butir satu"
range = [0, 5]
operator = "entered"

[[rows]]
code = "M.2"
parent = "M"
name = "Butir dua"
range = [0, 5]
operator = "entered"

[[rows]]
code = "T"
name = "Tipologi"
operator = "weighted_sum"
weight = 0.1

[[rows]]
code = "T.1"
parent = "T"
name = "Penduduk"
weight = "7/10"
operator = "classed"
classes = [{ to = 1000, value = 200 }, { to = 5000, value = 600 }, { value = 1000 }]

[[rows]]
code = "T.2"
parent = "T"
name = "Kepadatan"
weight = "3/10"
operator = "classed"
classes = [{ below = 50, value = 1000 }, { to = 400, value = 600 }, { value = 200 }]

[[rows]]
code = "G"
name = "Geometrik"
operator = "geometric_mean"
factor = 100

[[rows]]
code = "G.1"
parent = "G"
name = "Kesehatan"
weight = 1
range = [20, 85]
lower_end = "subtracted"
decimals = 4

[[rows]]
code = "G.2"
parent = "G"
name = "Pendidikan"
weight = 1
range = [0, 18]
decimals = 4

[options.bobot]
title = "Bobot unsur"
default = "pecahan"
[[options.bobot.choice]]
code = "pecahan"
name = "pecahan"
place = "lampiran"
[[options.bobot.choice]]
code = "dua-desimal"
name = "dua desimal"
place = "pasal-5"
sum_note = "0,33 + 0,66 = 0,99 seperti tercetak"
set = [{ rows = ["S.1"], weight = 0.33 }, { rows = ["S.2"], weight = 0.66 }, { rows = ["S"], decimals = 1 }]
"""

PARTIAL = """
[instrument]
id = "sebagian-2024"
title = "Sebagian"
group = "kabkota"
status = "partial"
place = "lampiran"
grade = "M"
total = { name = "Indeks", weight = 100 }

[[rows]]
code = "A"
name = "Strategi"
weight = 10

[[rows]]
code = "A.1"
parent = "A"
name = "Rencana"
weight = 4
range = [0, 100]

[[rows]]
code = "A.2"
parent = "A"
name = "Pelaksanaan"
range = [0, 100]

[[rows]]
code = "A.3"
parent = "A"
name = "Pemantauan"
range = [0, 100]

[[rows]]
code = "B"
name = "Kebijakan"
weight = 90
range = [0, 5]
"""


def folder_with(folder: Path, **texts: str) -> Path:
    """A folder of regulations with the instruments given by name, each with an example file beside it."""
    inner = folder / "peraturan-uji"
    inner.mkdir(parents=True, exist_ok=True)
    (inner / "regulation.toml").write_text(REGULATION, encoding="utf-8")
    for name, text in texts.items():
        (inner / f"instrument_{name}.toml").write_text(text, encoding="utf-8")
        (inner / f"examples_{name}.toml").write_text("", encoding="utf-8")
    return folder


def loaded(folder: Path) -> dict[str, Instrument]:
    """The made-up instruments by id."""
    return load_instruments(folder_with(folder, reform=REFORM, campuran=MIXED, sebagian=PARTIAL))
