"""Message catalogues without gettext's programs: collect what the screens say, merge, compile.

`python tools/catalogue.py update` writes new messages into the English catalogue, `compile` makes the `.mo` files that
Django reads, `missing` lists what has no English and ends with exit code 1 when there is any.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "manfaat"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def sources() -> list[Path]:
    """The modules and templates that may speak to a person."""
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]
    return sorted(f for f in files if not {"tests", "migrations"} & set(f.parts))


def collected() -> Catalog:
    """All messages of the product, with the places they stand in."""
    catalogue = Catalog(locale="en", project="Manfaat", charset="utf-8")
    for file in sources():
        text = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            if "trans" not in text:
                continue
            text = templatize(text)
        where = str(file.relative_to(PACKAGE.parent))
        for _line, message, comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            if message and message != "":
                catalogue.add(message, locations=[(where, 0)], auto_comments=comments, context=context)
    return catalogue


def stored() -> Catalog:
    """The English catalogue as it is in the repository."""
    if not ENGLISH.exists():
        return Catalog(locale="en", project="Manfaat", charset="utf-8")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def missing() -> list[str]:
    """Messages that the product says and the English catalogue does not translate."""
    have = stored()
    lacking = []
    for message in collected():
        known = have.get(message.id, message.context) if message.id else None
        if message.id and (known is None or not known.string or known.fuzzy or not all(known.string)):
            lacking.append(str(message.id))
    return lacking


def update() -> None:
    """Merge new messages into the English catalogue and drop those that nobody says any more."""
    catalogue = stored()
    catalogue.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)
    ENGLISH.write_bytes(text.getvalue())


def compile_all() -> None:
    """Write `django.mo` beside each `django.po`."""
    with ENGLISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, stored())


def main() -> int:
    """Run one of the three verbs."""
    settings.configure()
    verb = sys.argv[1]
    if verb == "update":
        update()
    elif verb == "compile":
        compile_all()
    elif lacking := missing():
        print("\n".join(lacking))
        print(f"{len(lacking)} messages without English")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
