"""Triggers by which the database itself refuses to change the log of events, whoever asks and by whatever program.

A later event betrays a changed one by its digest; the triggers make the change hard, the digests make it seen.
"""

from typing import Any

TABLE = "core_auditevent"
SENTENCE = "jejak audit tidak dapat diubah atau dihapus"

CREATE: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON {TABLE}"
        f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
        f"CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON {TABLE}"
        f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE OR REPLACE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE"
        f" ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ),
}
DROP: dict[str, tuple[str, ...]] = {
    "sqlite": ("DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete"),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS audit_no_change ON {TABLE}",
        "DROP FUNCTION IF EXISTS audit_refuse()",
    ),
}


def lock(connection: Any) -> None:
    """Forbid changes of the log in this database; harmless when they are forbidden already."""
    _run(connection, CREATE[connection.vendor])


def unlock(connection: Any) -> None:
    """Allow them again: for the reverse of the migration, and for tests that empty every table."""
    _run(connection, DROP[connection.vendor])


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
