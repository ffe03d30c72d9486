"""Checks of the repository itself: sizes, borders, documents."""
