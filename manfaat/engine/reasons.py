"""Why there is no number, or what to know about the number: one table of codes and Indonesian sentences.

A code is a word, or a word and an input name (`missing:target`). Codes stand in records; sentences are made from them.
"""

from __future__ import annotations

from manfaat.engine.errors import EngineError
from manfaat.engine.series import Status

INPUTS = {
    "realised": "realisasi",
    "target": "target",
    "target_low": "batas bawah target",
    "target_high": "batas atas target",
    "annual_target": "target tahunan",
    "period_targets": "target periode",
    "periods": "realisasi periode",
    "members": "anggota",
    "ceiling": "pagu",
    "planned": "rencana",
    "routine": "belanja rutin",
    "total": "belanja seluruhnya",
    "achievement": "capaian kinerja",
    "absorption": "serapan anggaran",
    "current": "nilai sekarang",
    "previous": "nilai sebelumnya",
    "value": "nilai",
    "multiplier": "nilai pengali",
    "coefficient": "koefisien",
    "counted_weight": "bobot yang dihitung",
    "answers_1": "banyaknya jawaban 1",
    "answers_2": "banyaknya jawaban 2",
    "answers_3": "banyaknya jawaban 3",
    "answers_4": "banyaknya jawaban 4",
    "questionnaires": "banyaknya kuesioner yang terisi",
    "population": "banyaknya pengguna layanan",
    "sample": "banyaknya responden",
    "volume": "volume kerja",
    "standard": "kemampuan satu orang",
    "pieces": "banyaknya alat",
    "operators_per_piece": "orang per alat",
    "minutes": "menit per satuan",
    "workload_minutes": "beban kerja dalam menit",
    "staff": "banyaknya pegawai",
    "part": "bagian",
    "whole": "keseluruhan",
    "life_expectancy": "umur harapan hidup",
    "expected_schooling": "harapan lama sekolah",
    "mean_schooling": "rata-rata lama sekolah",
    "spending": "pengeluaran per kapita disesuaikan",
    "innovation_points": "jumlah nilai inovasi",
    "innovations": "banyaknya inovasi",
    "basic_services": "urusan pelayanan dasar yang punya inovasi",
}
"""Each input name of an operator with its Indonesian noun; one name means one thing everywhere."""

REASONS = {
    # spread from an input
    "missing": "{input} belum diisi",
    "not_due": "{input} belum jatuh tempo",
    "not_measurable": "{input} tidak dapat diukur",
    # arithmetic that has no result
    "target_zero": "target nol, sehingga persentase terhadap target tidak terdefinisi",
    "bound_zero": "batas target yang dilanggar bernilai nol, sehingga persentase terhadapnya tidak terdefinisi",
    "ratio_target_negative": "target negatif, sedangkan cara rasio hanya berlaku untuk target positif",
    "ratio_realised_zero": "realisasi nol, sedangkan target dibagi nol tidak terdefinisi",
    "ratio_realised_negative": "realisasi negatif, sedangkan cara rasio hanya berlaku untuk realisasi positif",
    "range_inverted": "batas bawah target lebih besar daripada batas atasnya",
    "not_yes_no": "isinya bukan ya (1) atau tidak (0)",
    "not_stage_count": "jumlah tahapan bukan bilangan bulat nol atau lebih",
    "no_stage_due": "belum ada tahapan yang harus selesai",
    "not_on_scale": "nilainya tidak ada dalam skala",
    "outside_scale": "nilainya di luar rentang skala",
    "ceiling_zero": "pagu nol, sehingga serapan tidak terdefinisi",
    "ceiling_negative": "pagu negatif, sehingga serapan tidak terdefinisi",
    "planned_zero": "rencana nol, sehingga deviasi relatif tidak terdefinisi",
    "planned_negative": "rencana negatif, sehingga deviasi relatif tidak terdefinisi",
    "total_not_positive": "belanja seluruhnya nol atau negatif, sehingga bagiannya tidak terdefinisi",
    "previous_zero": "nilai sebelumnya nol, sehingga perubahan relatif tidak terdefinisi",
    "part_of_year": "tahun ini baru terisi sebagian, sedangkan tahun sebelumnya hanya diketahui setahun penuh",
    "year_incomplete": "tahun ini tidak terisi penuh, sedangkan tahun sebelumnya hanya diketahui setahun penuh",
    "too_large": "hasilnya melampaui bilangan terbesar yang dapat disimpan",
    "no_known_member": "tidak ada satu pun anggota yang terisi",
    "no_period_due": "belum ada periode yang jatuh tempo",
    "no_period_known": "tidak ada satu pun periode yang terisi",
    "weight_not_set": "bobot baris ini belum ditetapkan dalam sumber yang terbaca; entri dari lampiran peraturannya",
    "outside_range": "nilainya di luar rentang yang berlaku",
    "not_an_answer": "isinya bukan salah satu pilihan jawaban",
    "not_locus": "bukan lokus evaluasi, sehingga baris ini dan bobotnya tidak ikut dihitung",
    "left_out_by_rule": "belum terisi, dan menurut aturannya baris ini dan bobotnya tidak ikut dihitung",
    "nothing_counted": "tidak ada bobot yang dihitung",
    "negative": "{input} negatif, padahal tidak mungkin kurang dari nol",
    "zero": "{input} nol, sehingga hasilnya tidak terdefinisi",
    "below_least": "{input} di bawah batas terendah rumusnya",
    "negative_member": "ada anggota yang negatif, sehingga rata-rata geometriknya tidak terdefinisi",
    "not_count": "ada banyaknya yang bukan bilangan bulat nol atau lebih",
    "no_answer": "belum ada yang menjawab",
    "answers_above_questionnaires": "jawabannya lebih banyak daripada kuesioner yang terisi",
    "population_zero": "tidak ada pengguna layanan, sehingga sampelnya tidak terdefinisi",
    "sample_above_population": "responden lebih banyak daripada pengguna layanan",
    # notes beside a number
    "members_left_out": "sebagian anggota tidak terisi dan tidak ikut dihitung",
    "periods_left_out": "sebagian periode yang sudah jatuh tempo belum terisi dan tidak ikut dihitung",
    "capped": "hasil dibatasi sampai batas atas",
    "floored": "hasil dibatasi sampai batas bawah",
    "zero_target_rule": "target nol dinilai dengan aturan: terpenuhi bila sama atau lebih baik",
    "zero_realised_rule": "realisasi nol atau kurang dinilai sebesar batas atas",
    "last_year": "memakai nilai tahun terakhir yang ada, sesuai aturannya",
}
"""Every reason code with its sentence; `{input}` is the noun of the input named after the colon."""

_STATUS_CODES = {Status.MISSING: "missing", Status.NOT_DUE: "not_due", Status.NOT_MEASURABLE: "not_measurable"}


def spread_code(status: Status, input_name: str) -> str:
    """The reason code of a result that has no number because an input has none."""
    return f"{_STATUS_CODES[status]}:{input_name}"


def reason_sentence(code: str) -> str:
    """The Indonesian clause of a reason code, without capital or full stop.

    Raises: EngineError for a code that is not in the table.
    """
    word, _, input_name = code.partition(":")
    if word not in REASONS or (input_name and input_name not in INPUTS):
        raise EngineError(
            f"Kode alasan “{code}” tidak dikenal. Periksa apakah berkas dibuat oleh versi Manfaat yang lebih baru."
        )
    return REASONS[word].format(input=INPUTS.get(input_name, "masukan"))
