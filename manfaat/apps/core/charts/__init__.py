"""Pictures drawn as SVG on the server, one module each, always with the table of the numbers they draw."""

from manfaat.apps.core.charts.chart import Chart

__all__ = ["Chart"]
