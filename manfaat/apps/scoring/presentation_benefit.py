"""Benefit against absorption as a picture and its lists. It shows association, never cause."""

from django.utils.translation import gettext

from manfaat.apps.core.charts import Chart, Point, quadrant
from manfaat.apps.scoring.presentation import short_list
from manfaat.apps.scoring.queries.shapes_of_many import BenefitGroup, BenefitPicture

MOST_NAMES = 3
NEED = ("spent_undelivered", "idle_undelivered", "lean_delivered", "spent_delivered")


def benefit_chart(picture: BenefitPicture) -> Chart | None:
    """The quadrant; None where nobody has both figures. Dot size is the ceiling."""
    if picture.absorption_line is None or picture.benefit_line is None:
        return None
    return quadrant(
        title=_title(picture),
        points=[Point(one.name, one.absorption, one.benefit, one.ceiling) for one in picture.points],
        x_line=picture.absorption_line,
        y_line=picture.benefit_line,
        x_label=gettext("Serapan anggaran (%)"),
        y_label=gettext("Manfaat: capaian hasil (%)"),
        names=(picture.groups[0].name, picture.groups[1].name, picture.groups[2].name, picture.groups[3].name),
        size_label=gettext("Pagu"),
    )


def _title(picture: BenefitPicture) -> str:
    """The finding: how many spent without benefit; else that nobody did."""
    count = next((group.count for group in picture.groups if group.key == "spent_undelivered"), 0)
    if count:
        return gettext("%(count)s dari %(all)s serapannya di atas nilai tengah, tetapi manfaatnya di bawahnya") % {
            "count": count,
            "all": len(picture.points),
        }
    return gettext("Tidak ada yang serapannya di atas nilai tengah dengan manfaat di bawahnya")


def groups_by_need(picture: BenefitPicture) -> list[BenefitGroup]:
    """The four corners, the one that asks the hardest question first."""
    return sorted(picture.groups, key=lambda group: NEED.index(group.key))


def benefit_finding(picture: BenefitPicture, name: str) -> str:
    """The sentence under the heading: who is in the picture and who cannot be."""
    measured, unmeasured = len(picture.points), picture.unmeasured.count
    if not measured:
        return gettext(
            "Belum satu pun dari %(count)s perangkat daerah %(name)s punya serapan dan manfaat yang sama-sama terukur."
        ) % {"count": unmeasured + picture.unspent_unknown.count, "name": name}
    wasteful = next((group for group in picture.groups if group.key == "spent_undelivered"), None)
    said = f"{_title(picture)}."
    if wasteful and wasteful.lines:
        names = short_list([line.name for line in wasteful.lines[:MOST_NAMES]], MOST_NAMES, wasteful.count)
        said = gettext("Uang terpakai, manfaat belum tercapai: %(names)s.") % {"names": names}
    if unmeasured:
        said += " " + gettext("%(count)s lainnya belum punya manfaat terukur sama sekali.") % {"count": unmeasured}
    return said
