"""Weights that the pack does not establish, entered by the office from the annex."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.actions import record_event
from manfaat.apps.core.errors import Refused
from manfaat.apps.evaluations.actions.results import keep_result
from manfaat.apps.evaluations.models import Assessment, EnteredWeight
from manfaat.apps.evaluations.queries.packs import card_named, weights_of, with_entered
from manfaat.apps.organisations.models import Government


def set_weights(government: Government, name: str, weights: Mapping[str, str], *, source: str, by: User | None) -> int:
    """Keep weights for rows that the pack leaves open, and compute the sheets of the instrument anew.

    weights: per row exact text (`4.5`, `1/9`), empty to take one back; a row that is not named stays. Whoever holds
    `EVALUATE` may. A weight that is replaced is kept, no longer in use. Recorded: one event; nothing when nothing
    changed. Refused, by name: a row whose weight is established, no positive number, no source, weights that do not
    add up. Returns how many changed.
    """
    if by is not None:
        check_may(by, Right.EVALUATE, government_id=government.pk)
    instrument = card_named(name).instrument
    with transaction.atomic():
        Government.objects.select_for_update(no_key=True).get(pk=government.pk)
        kept = {one.code: one.weight for one in weights_of(government, name)}
        changed = {code: text for code, text in weights.items() if kept.get(code, "") != text}
        if not changed:
            return 0
        if not source.strip():
            raise Refused(_("Sebutkan dari mana bobot dibaca, misalnya nama dan halaman lampirannya."))
        current = EnteredWeight.objects.filter(government=government, instrument=name, is_current=True)
        current.filter(code__in=changed).update(is_current=False)
        EnteredWeight.objects.bulk_create(
            EnteredWeight(
                government=government, instrument=name, code=code, weight=text, source=source.strip(), entered_by=by
            )
            for code, text in changed.items()
            if text
        )
        try:
            for code in changed:
                instrument.row(code)
            with_entered(instrument, weights_of(government, name))
            instrument.with_weights({code: text for code, text in changed.items() if text}, source)
        except engine.EngineError as error:
            raise Refused(str(error)) from error
        for assessment in Assessment.objects.filter(sheet__government=government, sheet__instrument=name):
            keep_result(assessment.sheet, assessment, by=by)
        record_event(
            by=by,
            verb="set_weights",
            subject=government,
            summary=f"{len(changed)} bobot instrumen {name} dientri dari {source[:200]}.",
            government_id=government.pk,
            detail={"instrument": name, "changes": {c: [kept.get(c, ""), text] for c, text in changed.items()}},
        )
    return len(changed)
