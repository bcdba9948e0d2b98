"""
Prints `name==version` for every wheel of a folder, sorted: what uv is to install, by name, so that
it records no address.

Usage: pinned.py FOLDER
"""

import sys

from wheels import read_wheels

for wheel in read_wheels(sys.argv[1], ""):
    print(wheel.requirement)
