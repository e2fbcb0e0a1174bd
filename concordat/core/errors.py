"""The one error that a user may meet: an action that the rules forbid, in words."""


class Refused(Exception):  # noqa: N818 - it is an answer, not a failure of the program
    """An action that the rules forbid. Its message is a whole sentence in the reader's language."""
