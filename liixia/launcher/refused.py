"""A start that cannot be: one plain sentence that names what to do."""


class Refused(Exception):
    """Shown to the person at the keyboard as it is, without a traceback."""
