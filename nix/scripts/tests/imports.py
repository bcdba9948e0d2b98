"""Imports authentik and prints whether it is the output's own. Usage: imports.py OUTPUT"""

import pathlib
import sys

import authentik

where = pathlib.Path(authentik.__file__)
if not where.is_relative_to(sys.argv[1]):
    sys.exit(f"authentik comes from {where}, not from {sys.argv[1]}")
print(where)
