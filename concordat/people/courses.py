"""Courses of workers, as they are read."""


def course_name(code: str) -> str:
    """Return the code of a course as it is read: information_sharing becomes information sharing."""
    return code.replace("_", " ").replace("-", " ")
