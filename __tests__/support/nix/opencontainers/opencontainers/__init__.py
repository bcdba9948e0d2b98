"""Stand-in for the Python types of the Open Container Initiative."""

__version__ = "0.0.15"
