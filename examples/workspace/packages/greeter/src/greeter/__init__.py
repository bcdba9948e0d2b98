"""A member of the workspace."""


def greeting(name: str) -> str:
    """A line for somebody."""
    return f"Hello, {name}."
