"""Manfaat: did the money become benefit, and why is each figure what it is."""

__version__ = "0.1.0"
