"""All figures of a run, in the order in which they build on each other."""

from manfaat.apps.scoring.figures.benefit import make_benefit_figures
from manfaat.apps.scoring.figures.indicators import make_indicator_figures
from manfaat.apps.scoring.figures.money import make_money_figures
from manfaat.apps.scoring.figures.nodes import make_node_figures
from manfaat.apps.scoring.figures.orders import Made, Sheet
from manfaat.apps.scoring.gather.records import Records


def figures_of(records: Records) -> list[Made]:
    """Every figure of the records. Raises: Refused naming an indicator that the engine cannot compute."""
    sheet = Sheet()
    make_money_figures(sheet, records)
    make_node_figures(sheet, records)
    make_indicator_figures(sheet, records)
    make_benefit_figures(sheet, records)
    return sheet.all()
