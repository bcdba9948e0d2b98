"""Prints `name==version` for every wheel of a folder, sorted: what uv is to install, by name, so that it records no address.

Usage: pinned.py FOLDER
"""

import pathlib
import sys

for wheel in sorted(pathlib.Path(sys.argv[1]).glob("*.whl")):
    name, version, *_ = wheel.name.split("-")
    print(f"{name}=={version}")
