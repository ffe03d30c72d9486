"""Makes the figures of a run from its records, layer by layer: money, indicators, then what is drawn from both."""

from manfaat.apps.scoring.figures.every import figures_of

__all__ = ["figures_of"]
