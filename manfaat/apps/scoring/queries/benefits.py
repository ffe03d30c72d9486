"""Benefit against absorption: who spent without benefit, who delivered on little, who has no measured benefit."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from django.utils.translation import gettext as _

from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.queries import Person, supervised_governments_for
from manfaat.apps.scoring.models import Figure, Run
from manfaat.apps.scoring.queries.runs import SHOWN, check_may_see, figures_in, shown
from manfaat.apps.scoring.queries.shapes import ShownFigure
from manfaat.apps.scoring.queries.shapes_of_many import BenefitGroup, BenefitPicture, BenefitPoint

MEASURES = ("absorption", "absorption_reported", "benefit", "ceiling")


def benefit_against_absorption_for(user: Person, government: Government, run: Run | None) -> BenefitPicture:
    """The agencies of a run, each a point; two queries."""
    check_may_see(user, government)
    if run is None:
        return _picture([])
    figures: defaultdict[int | None, dict[str, ShownFigure]] = defaultdict(dict)
    wanted = figures_in(run).filter(measure__in=MEASURES, month=run.month, indicator=None, node_code="")
    for figure in wanted.exclude(agency=None):
        figures[figure.agency_id][figure.measure] = shown(figure)
    agencies = Agency.objects.filter(pk__in=[pk for pk in figures if pk]).order_by("code")
    return _picture(_point(one.code, one.name, one, figures[one.pk]) for one in agencies)


def province_picture_for(user: Person, province: Government, *, year: int, month: int) -> BenefitPicture:
    """The kabupaten/kota of a province, each a point from its own current run; three queries."""
    governments = list(supervised_governments_for(user, province).order_by("code"))
    figures: defaultdict[int, dict[str, ShownFigure]] = defaultdict(dict)
    wanted = Figure.objects.filter(
        run__government__in=governments, run__year=year, run__month=month, run__is_current=True, agency=None,
        indicator=None, node_code="", measure__in=MEASURES, month=month,
    )  # fmt: skip
    for figure in wanted.only(*SHOWN, "run__government_id").select_related("run"):
        figures[figure.run.government_id][figure.measure] = shown(figure)
    return _picture(_point(one.code, one.name, None, figures[one.pk]) for one in governments)


def _point(code: str, name: str, agency: Agency | None, figures: dict[str, ShownFigure]) -> BenefitPoint:
    absorption, reported = figures.get("absorption"), figures.get("absorption_reported")
    if reported and (absorption is None or absorption.value is None):
        absorption = reported
    benefit = figures.get("benefit")
    missing = []
    if benefit is None or benefit.value is None:
        missing.append(_("belum ada manfaat terukur"))
    if absorption is None or absorption.value is None:
        missing.append(_("serapan belum diketahui"))
    return BenefitPoint(
        code=code,
        name=name,
        public_id=agency.public_id if agency else None,
        absorption=absorption,
        benefit=benefit,
        ceiling=figures.get("ceiling"),
        missing=", ".join(missing),
    )


def _picture(points: Iterable[BenefitPoint]) -> BenefitPicture:
    """The points, split at the medians; a point on a line counts as above it."""
    everyone = list(points)
    placed = [(one, _value(one.absorption), _value(one.benefit)) for one in everyone]
    known = [(one, x, y) for one, x, y in placed if x is not None and y is not None]
    across = median(x for _one, x, _y in known) if known else None
    up = median(y for _one, _x, y in known) if known else None
    corners: dict[tuple[bool, bool], list[BenefitPoint]] = defaultdict(list)
    for one, x, y in known:
        corners[across is not None and x >= across, up is not None and y >= up].append(one)
    return BenefitPicture(
        points=tuple(one for one, _x, _y in known),
        groups=tuple(
            BenefitGroup(key, name, meaning, tuple(corners[corner])) for corner, key, name, meaning in _corners()
        ),
        unmeasured=tuple(one for one, _x, y in placed if y is None),
        unspent_unknown=tuple(one for one, x, y in placed if x is None and y is not None),
        absorption_line=across,
        benefit_line=up,
        line_words=_(
            "Garis adalah nilai tengah dari yang dibandingkan, bukan batas resmi: batas seperti itu tidak ditemukan."
        ),
    )


def _value(figure: ShownFigure | None) -> float | None:
    return figure.value if figure else None


def _corners() -> tuple[tuple[tuple[bool, bool], str, str, str], ...]:
    """(much absorbed, much delivered), key, name, meaning: top left, top right, bottom left, bottom right."""
    return (
        (
            (False, True),
            "lean_delivered",
            _("Manfaat tercapai, uang sedikit terpakai"),
            _("Manfaatnya lebih tinggi daripada separuh yang lain walau serapannya lebih rendah. Pelajari caranya."),
        ),
        (
            (True, True),
            "spent_delivered",
            _("Uang terpakai, manfaat tercapai"),
            _("Serapan dan manfaatnya sama-sama di atas nilai tengah."),
        ),
        (
            (False, False),
            "idle_undelivered",
            _("Uang belum terpakai, manfaat belum tercapai"),
            _("Serapan dan manfaatnya sama-sama di bawah nilai tengah. Tanyakan hambatannya."),
        ),
        (
            (True, False),
            "spent_undelivered",
            _("Uang terpakai, manfaat belum tercapai"),
            _("Serapannya di atas nilai tengah, manfaatnya di bawah. Periksa apakah belanjanya tepat."),
        ),
    )
