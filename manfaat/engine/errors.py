"""The one exception of the engine."""


class EngineError(ValueError):
    """A call the engine refuses: an unknown name, a value out of bounds, a rule file that does not hold.

    The message is Indonesian and says what, where and what to do; it may be shown to a user as it stands.
    Data never raise it: a missing or unmeasurable value is a result with a reason.
    """
