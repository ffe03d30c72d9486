"""The words that stand in records: Indonesian in every language of the screens, for records are published as is."""

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def until(year: int, month: int) -> str:
    """`s.d. Juni 2026`, for cumulative figures."""
    return f"s.d. {MONTHS[month - 1]} {year}"


def period_words(kind: str, year: int, number: int) -> str:
    """`tahun 2024`, `Triwulan II 2024` or `Juni 2024`."""
    if kind == "year":
        return f"tahun {year}"
    if kind == "quarter":
        return f"Triwulan {('I', 'II', 'III', 'IV')[number - 1]} {year}"
    return f"{MONTHS[number - 1]} {year}"


def rupiah(amount: int) -> str:
    """`Rp 1.234.567`."""
    return f"Rp {amount:,}".replace(",", ".")
