"""Every sentence of the screens has an English one that says as much."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "manfaat"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}|</?\w+[^>]*>")
INDONESIAN = re.compile(r"\b(yang|dan|belum|tidak|dengan|untuk|dari|atau|sudah|oleh|pada)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|<code>.*?</code>")
SAME_IN_ENGLISH = {
    "Administrator", "April", "Biro/Bagian Organisasi", "Diploma", "Internal", "Kabupaten", "Kabupaten/kota", "Kota",
    "kabupaten/kota", "November", "Semester", "September", "Status", "Target", "target %(number)s",
}  # fmt: skip


def english() -> Catalog:
    with (PACKAGE / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="en")


def said(message: Message) -> list[tuple[str, str]]:
    """Indonesian with English, once per plural form."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[0], form) for form in message.string]


def pairs() -> list[tuple[str, str]]:
    return [pair for message in english() if message.id for pair in said(message) if pair[1]]


def test_nothing_on_the_screens_lacks_english() -> None:
    done = subprocess.run(
        [sys.executable, "tools/catalogue.py", "missing"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_english_keeps_the_placeholders_and_tags() -> None:
    unequal = [pair for pair in pairs() if len({frozenset(PLACEHOLDER.findall(text)) for text in pair}) > 1]
    assert not unequal


def test_english_counts_with_two_forms() -> None:
    catalogue = english()
    assert (catalogue.num_plurals, catalogue.plural_expr) == (2, "(n != 1)")
    assert all(len(said(message)) == 2 for message in catalogue if not isinstance(message.id, str))


def test_english_holds_no_indonesian_words() -> None:
    left = [text for _, text in pairs() if INDONESIAN.search(QUOTED.sub("", text))]
    assert not left


def test_only_names_and_symbols_stay_as_they_are() -> None:
    alike = {one for one, text in pairs() if one == text and re.search(r"[a-z]{3}", PLACEHOLDER.sub("", one))}
    assert alike <= SAME_IN_ENGLISH


def test_no_message_hides_in_an_f_string_where_the_collector_cannot_see_it() -> None:
    hidden = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in PACKAGE.rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
        and ("" if not isinstance(call.args[0], ast.Constant) else call.args[0].value) not in KNOWN
    ]
    assert not hidden


KNOWN = {one for one, _ in pairs()}
