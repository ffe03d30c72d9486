"""What the queries hand out about many agencies or governments side by side."""

from dataclasses import dataclass
from uuid import UUID

from manfaat.apps.scoring.queries.shapes import ShownFigure


@dataclass(frozen=True)
class BenefitPoint:
    """An agency in the picture: what share it spent, what it delivered, its ceiling. None is a number not known."""

    pk: int
    code: str
    name: str
    public_id: UUID
    absorption: float | None
    benefit: float | None
    ceiling: float | None


@dataclass(frozen=True)
class BenefitLine:
    """An agency of a list with the figures that a reader may ask the why of."""

    name: str
    public_id: UUID
    absorption: ShownFigure | None
    benefit: ShownFigure | None
    ceiling: ShownFigure | None


@dataclass(frozen=True)
class BenefitGroup:
    """A list of the page: `count` agencies belong to it, `lines` are the first of them, most money first.

    `key` is spent_delivered, lean_delivered, spent_undelivered or idle_undelivered for the corners of the picture, and
    unmeasured or unspent_unknown for those outside it.
    """

    key: str
    name: str
    meaning: str
    count: int
    lines: tuple[BenefitLine, ...]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.lines)


@dataclass(frozen=True)
class BenefitPicture:
    """Benefit against absorption. The lines are the medians of the points, not official limits; `line_words` says so.

    `groups` are the four corners in the order of the quadrant's names: top left, top right, bottom left, bottom right.
    """

    points: tuple[BenefitPoint, ...]
    groups: tuple[BenefitGroup, ...]
    unmeasured: BenefitGroup
    unspent_unknown: BenefitGroup
    absorption_line: float | None
    benefit_line: float | None
    line_words: str


@dataclass(frozen=True)
class ComparisonRow:
    """One kabupaten/kota in a comparison. Interval and ranks are None where the value or the noise is not known.

    `rank_best`..`rank_worst` are the ranks compatible with the noise (1 is best). `verdict` says what the change
    against the year before means: `nyata_membaik`, `nyata_memburuk`, `ayunan_biasa` or `belum_cukup`.
    """

    code: str
    name: str
    kind: str
    tile_column: int | None
    tile_row: int | None
    value: float | None
    status: str
    reason: str
    rank: int | None
    rank_best: int | None
    rank_worst: int | None
    low: float | None
    high: float | None
    change: float | None
    verdict: str
    verdict_words: str
    like_neighbours: int | None
    history: tuple[tuple[int, float | None], ...]
    source: str


@dataclass(frozen=True)
class IndicatorChoice:
    """An indicator that governments of a province share, by code."""

    code: str
    name: str
    unit: str


@dataclass(frozen=True)
class Comparison:
    """The kabupaten/kota of a province side by side for one indicator and year, with how sure it is.

    `noise` is the yearly swing of one figure (one standard deviation) or None when it cannot be told; `noise_words`
    and `limits` are sentences for the page. `margin` is the smallest difference of two governments that counts.
    """

    indicator: IndicatorChoice
    year: int
    years: tuple[int, ...]
    decimals: int
    lower_is_better: bool
    rows: tuple[ComparisonRow, ...]
    known: int
    noise: float | None
    margin: float | None
    noise_words: str
    limits: tuple[str, ...]
    pairs_told_apart: int | None
    pairs_total: int
