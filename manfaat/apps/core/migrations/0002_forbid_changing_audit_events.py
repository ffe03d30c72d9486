"""From here on the database refuses to change or delete an audit event."""

from django.db import migrations

from manfaat.apps.core import audit_lock


def forbid(apps, schema_editor):
    audit_lock.lock(schema_editor.connection)


def allow(apps, schema_editor):
    audit_lock.unlock(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
