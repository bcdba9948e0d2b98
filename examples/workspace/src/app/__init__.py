"""A program whose text comes from another member of the workspace."""

from greeter import greeting


def main() -> None:
    """Prints it."""
    print(greeting("workspace"))
