"""Pictures drawn on the server, one module each, always with the table of the numbers they draw."""

from manfaat.apps.core.charts.bullet_row import bullet_row
from manfaat.apps.core.charts.chart import Chart
from manfaat.apps.core.charts.heat_table import HeatCell, HeatRow, heat_table
from manfaat.apps.core.charts.quadrant import Point, quadrant
from manfaat.apps.core.charts.range_dots import RangeDot, range_dots
from manfaat.apps.core.charts.s_curve import s_curve
from manfaat.apps.core.charts.sparkline import sparkline
from manfaat.apps.core.charts.stacked_bars import StackRow, stacked_bars
from manfaat.apps.core.charts.tile_map import Tile, tile_map
from manfaat.apps.core.charts.waterfall import Fall, waterfall

__all__ = [
    "Chart",
    "Fall",
    "HeatCell",
    "HeatRow",
    "Point",
    "RangeDot",
    "StackRow",
    "Tile",
    "bullet_row",
    "heat_table",
    "quadrant",
    "range_dots",
    "s_curve",
    "sparkline",
    "stacked_bars",
    "tile_map",
    "waterfall",
]
