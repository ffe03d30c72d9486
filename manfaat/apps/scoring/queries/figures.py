"""One figure and why it is what it is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.core.errors import NotFound
from manfaat.apps.organisations.queries import Person, may_see
from manfaat.apps.scoring.models import Figure, Publication, Run
from manfaat.apps.scoring.queries.runs import figures_in, found_in, run_facts, shown
from manfaat.apps.scoring.queries.shapes import ExplanationSection, FigureDetail, ShownFigure


def figure_for(user: Person, public_id: UUID) -> FigureDetail:
    """The figure with its explanation, for whoever may see its government. Raises: NotFound for a stranger."""
    figure = (
        Figure.objects.filter(public_id=public_id)
        .select_related("run__government__parent", "run__computed_by", "agency")
        .first()
    )
    if figure is None or not may_see(user, figure.run.government):
        raise NotFound(_("Angka ini tidak ada, atau Anda tidak punya peran di pemerintah daerahnya."))
    explanation = engine.explain(figure.record)
    version, is_published = _version_of(figure.run)
    return FigureDetail(
        figure=shown(figure),
        government_code=figure.run.government.code,
        government_name=figure.run.government.name,
        agency_name=figure.agency.name if figure.agency else "",
        agency_public_id=figure.agency.public_id if figure.agency else None,
        run=run_facts(figure.run),
        title=explanation.title,
        value_line=explanation.value_line,
        sections=tuple(
            ExplanationSection(section.title, tuple(str(line) for line in section.lines))
            for section in explanation.sections
        ),
        text=explanation.as_text(),
        record=figure.record,
        used_figures=_used(figure, figure.record),
        version=version,
        is_published=is_published,
    )


def _version_of(run: Run) -> tuple[int, bool]:
    """The public version that this very run became, or the number that the next one of its period would have; one
    query.
    """
    found = Publication.objects.filter(government=run.government_id, year=run.year, month=run.month)
    versions = dict(found.order_by("version").values_list("run_id", "version"))
    if run.pk in versions:
        return versions[run.pk], True
    return max(versions.values(), default=0) + 1, False


def _used(figure: Figure, record: Mapping[str, Any]) -> tuple[ShownFigure, ...]:
    """The figures of the same run that went in, in the order of the inputs."""
    keys = [one["figure"] for one in record["inputs"] if one["figure"]]
    found = {one.figure.key: one.figure for one in found_in(figures_in(figure.run).filter(key__in=keys))}
    return tuple(found[key] for key in dict.fromkeys(keys) if key in found)
