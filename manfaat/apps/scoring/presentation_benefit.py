"""Benefit against absorption as a picture and its lists. It shows association, never cause."""

from collections.abc import Sequence

from django.utils.translation import gettext

from manfaat.apps.core.charts import Chart, Point, quadrant
from manfaat.apps.scoring.presentation import known
from manfaat.apps.scoring.queries.shapes_of_many import BenefitGroup, BenefitPicture, BenefitPoint

NEED = ("spent_undelivered", "idle_undelivered", "lean_delivered", "spent_delivered")


def benefit_chart(picture: BenefitPicture, benefit_label: str = "") -> Chart | None:
    """The quadrant; None where nobody has both figures. Dot size is the ceiling."""
    points = [_point(point) for point in picture.points]
    drawn = [point for point in points if point]
    if not drawn or picture.absorption_line is None or picture.benefit_line is None:
        return None
    return quadrant(
        title=_title(picture),
        points=drawn,
        x_line=picture.absorption_line,
        y_line=picture.benefit_line,
        x_label=gettext("Serapan anggaran (%)"),
        y_label=benefit_label or gettext("Manfaat: capaian hasil (%)"),
        names=(picture.groups[0].name, picture.groups[1].name, picture.groups[2].name, picture.groups[3].name),
        size_label=gettext("Pagu"),
    )


def _point(point: BenefitPoint) -> Point | None:
    absorption, benefit, ceiling = known(point.absorption), known(point.benefit), known(point.ceiling)
    if absorption is None or benefit is None or absorption.value is None or benefit.value is None:
        return None
    return Point(label=point.name, x=absorption.value, y=benefit.value, size=ceiling.value if ceiling else None)


def _title(picture: BenefitPicture) -> str:
    """The finding: how many spent without benefit; else that nobody did."""
    wasteful = next((group for group in picture.groups if group.key == "spent_undelivered"), None)
    count = len(wasteful.points) if wasteful else 0
    if count:
        return gettext("%(count)s dari %(all)s serapannya di atas nilai tengah, tetapi manfaatnya di bawahnya") % {
            "count": count,
            "all": len(picture.points),
        }
    return gettext("Tidak ada yang serapannya di atas nilai tengah dengan manfaat di bawahnya")


def groups_by_need(picture: BenefitPicture) -> list[BenefitGroup]:
    """The four corners, the one that asks the hardest question first."""
    return sorted(picture.groups, key=lambda group: NEED.index(group.key))


def by_ceiling(points: Sequence[BenefitPoint]) -> list[BenefitPoint]:
    """The points with the most money first; those without a known ceiling last."""
    return sorted(points, key=lambda point: -(point.ceiling.value or 0) if point.ceiling else 0)


def benefit_finding(picture: BenefitPicture, name: str) -> str:
    """The sentence under the heading: who is in the picture and who cannot be."""
    measured, unmeasured = len(picture.points), len(picture.unmeasured)
    if not measured:
        return gettext(
            "Belum satu pun dari %(count)s perangkat daerah %(name)s punya serapan dan manfaat yang sama-sama terukur."
        ) % {"count": unmeasured + len(picture.unspent_unknown), "name": name}
    said = _title(picture) + "."
    if unmeasured:
        said += " " + gettext("%(count)s lainnya belum punya manfaat terukur sama sekali.") % {"count": unmeasured}
    return said
