"""The doors to governments and agencies; structure and periods as they were on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may, government_ids_of, may
from manfaat.apps.core.errors import NotFound, Refused
from manfaat.apps.core.formats import period_label
from manfaat.apps.organisations.models import Agency, Government, ParentChange, Period, Succession

Person = User | AnonymousUser
MONTHS_IN_QUARTER = 3


@dataclass(frozen=True)
class Placed:
    """An agency in the tree of a day: how deep it stands, and under whom."""

    agency: Agency
    depth: int
    parent: Agency | None

    @property
    def indent(self) -> str:
        """Dashes that show the depth where the name is printed."""
        return "— " * self.depth


def government_for(user: Person, code: str) -> Government:
    """The government `code` if `user` has a role in it, or in the province that supervises it."""
    government = Government.objects.select_related("parent").filter(code=code).first()
    if government is None or not may_see(user, government):
        raise NotFound(_("Pemerintah daerah ini tidak ada, atau Anda tidak punya peran di sana."))
    return government


def government_with(user: Person, code: str, right: Right) -> Government:
    """The government `code` if `user` holds `right` in the whole of it; `NotFound` or `Denied` otherwise."""
    government = government_for(user, code)
    check_may(user, right, government_id=government.pk)
    return government


def may_see(user: Person, government: Government) -> bool:
    """Whether `user` may read the government: by a role of their own, or as its supervising province."""
    ids = {government.pk, government.parent_id} - {None}
    return any(may(user, Right.VIEW, government_id=pk) for pk in ids if pk is not None)


def governments_for(user: Person) -> QuerySet[Government]:
    """The governments in which `user` holds a role."""
    return Government.objects.filter(pk__in=government_ids_of(user)).select_related("parent")


def supervised_governments_for(user: Person, government: Government) -> QuerySet[Government]:
    """The kabupaten/kota that the province `government` supervises; empty when it is not a province."""
    if not may(user, Right.VIEW, government_id=government.pk):
        raise NotFound(_("Pemerintah daerah ini tidak ada, atau Anda tidak punya peran di sana."))
    return Government.objects.filter(parent=government, is_administrative_only=False)


def visible_governments_for(user: Person) -> QuerySet[Government]:
    """Every government that `user` may read: their own and those their provinces supervise; provinces first."""
    own = government_ids_of(user)
    seen = Government.objects.filter(Q(pk__in=own) | Q(parent__in=own, is_administrative_only=False))
    return seen.select_related("parent").order_by("code")


def agency_for(user: Person, government: Government, public_id: UUID) -> Agency:
    """One agency of a government that `user` may see."""
    agency = Agency.objects.select_related("parent").filter(government=government, public_id=public_id).first()
    if agency is None or not may_see(user, government):
        raise NotFound(_("Perangkat daerah ini tidak ada di pemerintah daerah ini."))
    return agency


def agencies_on(government: Government, on: date) -> QuerySet[Agency]:
    """The agencies that exist on the day `on`, by code."""
    return Agency.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), government=government, valid_from__lte=on)


def ended_agencies(government: Government, on: date) -> QuerySet[Agency]:
    """The agencies that existed before `on` and no longer do, latest first."""
    return Agency.objects.filter(government=government, valid_to__lte=on).order_by("-valid_to", "code")


def coming_agencies(government: Government, on: date) -> QuerySet[Agency]:
    """The agencies that are decided but begin only after `on`."""
    return Agency.objects.filter(government=government, valid_from__gt=on).order_by("valid_from", "code")


def agency_tree(government: Government, on: date) -> list[Placed]:
    """The agencies of the day `on`, each after its parent of that day, by code; always three queries."""
    agencies = {agency.pk: agency for agency in agencies_on(government, on)}
    parents = {pk: agency.parent_id for pk, agency in agencies.items()}
    later = ParentChange.objects.filter(agency__government=government, on__gt=on).order_by("-on", "-pk")
    parents |= {change.agency_id: change.before_id for change in later if change.agency_id in agencies}
    below: dict[int | None, list[Agency]] = defaultdict(list)
    for pk, agency in agencies.items():
        parent_id = parents[pk]
        below[parent_id if parent_id in agencies else None].append(agency)
    return _branch(below, None, 0)


def _branch(below: dict[int | None, list[Agency]], parent: Agency | None, depth: int) -> list[Placed]:
    placed = []
    for agency in below[parent.pk if parent else None]:
        placed.append(Placed(agency, depth, parent))
        placed.extend(_branch(below, agency, depth + 1))
    return placed


def successors_of(agency: Agency) -> list[Succession]:
    """What `agency` became: each step with its successor; empty while it exists or when it was closed."""
    return list(agency.successions.select_related("predecessor", "successor").order_by("successor__code"))


def origins_of(agency: Agency) -> list[Succession]:
    """What `agency` came from: each step with its predecessor; empty when it was newly opened."""
    return list(agency.origins.select_related("predecessor", "successor").order_by("predecessor__code"))


def lineage_of(agency: Agency) -> list[Succession]:
    """Every step that leads to or from `agency`, through all generations, oldest first; always one query."""
    steps = Succession.objects.filter(predecessor__government=agency.government_id)
    all_steps = list(steps.select_related("predecessor", "successor").order_by("on", "pk"))
    backward = _reach(agency.pk, ((step.successor_id, step.predecessor_id) for step in all_steps))
    forward = _reach(agency.pk, ((step.predecessor_id, step.successor_id) for step in all_steps))
    return [step for step in all_steps if step.successor_id in backward or step.predecessor_id in forward]


def _reach(start: int, edges: Iterable[tuple[int, int]]) -> set[int]:
    nexts: dict[int, set[int]] = defaultdict(set)
    for before, after in edges:
        nexts[before].add(after)
    reached, waiting = {start}, [start]
    while waiting:
        fresh = nexts[waiting.pop()] - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def moves_of(agency: Agency) -> list[ParentChange]:
    """When the agency left which parent, oldest first."""
    return list(agency.parent_changes.select_related("before"))


def units_of(agency: Agency) -> QuerySet[Agency]:
    """The agencies that stand under this one, by code."""
    return Agency.objects.filter(parent=agency)


def period_for(government: Government, year: int, kind: str, number: int = 1) -> Period | None:
    """One period of the government, or None when it was never opened."""
    return Period.objects.filter(government=government, year=year, kind=kind, number=number).first()


def periods_of(government: Government) -> dict[int, list[Period]]:
    """The periods by year, latest year first; in each the year itself, then each quarter with its months."""
    years: dict[int, list[Period]] = defaultdict(list)
    for period in Period.objects.filter(government=government).order_by("-year"):
        years[period.year].append(period)
    return {year: sorted(periods, key=_place_in_year) for year, periods in years.items()}


def _place_in_year(period: Period) -> tuple[int, int]:
    if period.kind == Period.Kind.MONTH:
        return -(-period.number // MONTHS_IN_QUARTER), period.number
    return (0, 0) if period.kind == Period.Kind.YEAR else (period.number, 0)


def period_of(government: Government, pk: int) -> Period:
    """One period of the government by its number, or `NotFound`."""
    period = Period.objects.filter(government=government, pk=pk).first()
    if period is None:
        raise NotFound(_("Periode ini tidak ada di pemerintah daerah ini."))
    return period


def check_period_open(period: Period) -> None:
    """Raise `Refused` when the period was closed for reporting."""
    if Period.objects.filter(pk=period.pk, state=Period.State.CLOSED).exists():
        raise Refused(_closed_words(period))


def check_periods_open(government_id: int, asked: Iterable[tuple[int, str, int]]) -> None:
    """Raise `Refused`, naming the first closed period among those asked for as year, kind and number.

    A closed year closes all that lies in it.
    """
    wanted = set(asked)
    years = {year for year, _kind, _number in wanted}
    wanted |= {(year, Period.Kind.YEAR, 1) for year in years}
    closed = Period.objects.filter(government_id=government_id, year__in=years, state=Period.State.CLOSED)
    for period in sorted(closed, key=lambda one: (one.year, *_place_in_year(one))):
        if (period.year, period.kind, period.number) in wanted:
            raise Refused(_closed_words(period))


def _closed_words(period: Period) -> str:
    return _(
        "%(period)s sudah ditutup, sehingga angkanya tidak dapat diubah. "
        "Minta Biro/Bagian Organisasi atau administrator membukanya kembali dengan alasan."
    ) % {"period": period_label(period.kind, period.year, period.number)}
