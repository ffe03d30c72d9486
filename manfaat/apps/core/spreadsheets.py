"""Texts on their way into a spreadsheet and back."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def disarmed(text: str) -> str:
    """The text with a single quote before it where a spreadsheet would take it for a formula (OWASP's rule)."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def rearmed(text: str) -> str:
    """The text as it was before `disarmed`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text
