"""Benefit against absorption: who spent without benefit, who delivered on little, who has no measured benefit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median

from django.utils.translation import gettext as _

from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.queries import Person, supervised_governments_for
from manfaat.apps.scoring.models import Figure, Run
from manfaat.apps.scoring.queries.runs import check_may_see, figures_in, found_in
from manfaat.apps.scoring.queries.shapes import ShownFigure
from manfaat.apps.scoring.queries.shapes_of_many import BenefitGroup, BenefitLine, BenefitPicture, BenefitPoint

MEASURES = ("absorption", "benefit", "ceiling")
MOST_OF_A_LIST = 10
UNMEASURED, UNKNOWN = "unmeasured", "unspent_unknown"
Lists = Mapping[str, list[BenefitPoint]]


def benefit_against_absorption_for(
    user: Person, government: Government, run: Run | None, *, whole: str = ""
) -> BenefitPicture:
    """The agencies of a run, each a point, and the first ten of each list; the list named by `whole` in full.

    Three queries, however many agencies there are.
    """
    check_may_see(user, government)
    points = _points(run) if run else []
    known = tuple(one for one in points if one.absorption is not None and one.benefit is not None)
    across = median(one.absorption or 0 for one in known) if known else None
    up = median(one.benefit or 0 for one in known) if known else None
    lists: defaultdict[str, list[BenefitPoint]] = defaultdict(list)
    for one in points:
        lists[_list_of(one, across, up)].append(one)
    listed = {key: found if key == whole else found[:MOST_OF_A_LIST] for key, found in lists.items()}
    lines = _lines(run, (one for found in listed.values() for one in found)) if run else {}

    def group(key: str, name: str = "", meaning: str = "") -> BenefitGroup:
        return BenefitGroup(key, name, meaning, len(lists[key]), tuple(lines[one.pk] for one in listed.get(key, ())))

    return BenefitPicture(
        points=known,
        groups=tuple(group(key, name, meaning) for key, name, meaning in _corners()),
        unmeasured=group(UNMEASURED),
        unspent_unknown=group(UNKNOWN),
        absorption_line=across,
        benefit_line=up,
        line_words=_(
            "Garis adalah nilai tengah dari yang dibandingkan, bukan batas resmi: batas seperti itu tidak ditemukan."
        ),
    )


def absorption_of_each_for(user: Person, province: Government, *, year: int, month: int) -> dict[str, float]:
    """By code, the absorption of each kabupaten/kota whose current run of the period knows it; one query.

    Where not all agencies of one have reported, that of those that have.
    """
    found = Figure.objects.filter(
        run__government__in=supervised_governments_for(user, province), run__year=year, run__month=month,
        run__is_current=True, measure__in=("absorption", "absorption_reported"), month=month, agency=None,
        indicator=None, node_code="", value__isnull=False,
    )  # fmt: skip
    rows = found.order_by("-measure").values_list("run__government__code", "value")
    return {code: value for code, value in rows if value is not None}


def _points(run: Run) -> list[BenefitPoint]:
    """Every agency of the run, most money first; two queries."""
    values: defaultdict[int, dict[str, float | None]] = defaultdict(dict)
    found = Figure.objects.filter(run=run, measure__in=MEASURES, month=run.month, indicator=None, node_code="")
    for pk, measure, value in found.values_list("agency_id", "measure", "value"):
        if pk is not None:
            values[pk][measure] = value
    agencies = Agency.objects.filter(pk__in=values).order_by("code").values_list("pk", "code", "name", "public_id")
    points = [
        BenefitPoint(pk, code, name, public_id, *(values[pk].get(measure) for measure in MEASURES))
        for pk, code, name, public_id in agencies
    ]
    return sorted(points, key=lambda one: -(one.ceiling or 0))


def _list_of(one: BenefitPoint, across: float | None, up: float | None) -> str:
    """The key of the list that an agency belongs to; a point on a line counts as above it."""
    if one.benefit is None or up is None:
        return UNMEASURED
    if one.absorption is None or across is None:
        return UNKNOWN
    spent = "spent" if one.absorption >= across else "idle"
    if one.benefit >= up:
        return "spent_delivered" if spent == "spent" else "lean_delivered"
    return f"{spent}_undelivered"


def _lines(run: Run, points: Iterable[BenefitPoint]) -> dict[int, BenefitLine]:
    """The agencies to list with their figures, by primary key; one query."""
    by_key = {one.pk: one for one in points}
    figures: defaultdict[int, dict[str, ShownFigure]] = defaultdict(dict)
    wanted = figures_in(run).filter(agency_id__in=by_key, measure__in=MEASURES, month=run.month, node_code="")
    for found in found_in(wanted.filter(indicator=None)):
        figures[found.agency_id or 0][found.figure.measure] = found.figure
    return {
        pk: BenefitLine(one.name, one.public_id, *(figures[pk].get(measure) for measure in MEASURES))
        for pk, one in by_key.items()
    }


def _corners() -> tuple[tuple[str, str, str], ...]:
    """Key, name, meaning: top left, top right, bottom left, bottom right."""
    return (
        (
            "lean_delivered",
            _("Manfaat tercapai, uang sedikit terpakai"),
            _("Manfaatnya lebih tinggi daripada separuh yang lain walau serapannya lebih rendah. Pelajari caranya."),
        ),
        (
            "spent_delivered",
            _("Uang terpakai, manfaat tercapai"),
            _("Serapan dan manfaatnya sama-sama di atas nilai tengah."),
        ),
        (
            "idle_undelivered",
            _("Uang belum terpakai, manfaat belum tercapai"),
            _("Serapan dan manfaatnya sama-sama di bawah nilai tengah. Tanyakan hambatannya."),
        ),
        (
            "spent_undelivered",
            _("Uang terpakai, manfaat belum tercapai"),
            _("Serapannya di atas nilai tengah, manfaatnya di bawah. Periksa apakah belanjanya tepat."),
        ),
    )
