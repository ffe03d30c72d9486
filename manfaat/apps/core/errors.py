"""What an action or a query may refuse; `middleware.AnswerErrors` turns each into a page."""


class NotFound(Exception):
    """The record does not exist, or this person may not know that it does: answered 404."""


class Denied(Exception):
    """The person is known, the record too, but the right is missing: answered 403 with the sentence."""


class Refused(Exception):
    """The rules forbid this now; the sentence tells the user what, why and what to do: answered 409."""
