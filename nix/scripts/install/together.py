"""
Prints for each large wheel whether its own environment is linked, or whether the wheel is installed
together with others.

Usage: together.py FILE… ENVIRONMENT…, of each as many and in the same order. Prints `separate
ENVIRONMENT FILE` or `together …`. Together are those whose environment requires it (apart.sh,
libraries.py), and those that have what these look for: libraries that find each other by relative
paths stay in one folder.
"""

import os
import pathlib
import sys


def read(environment):
    """
    What the wheel of an environment looks for, if it is not installed there: pairs of a kind and a
    name.
    """
    file = pathlib.Path(environment, "nix-support/together")
    return [line.split(" ", 1) for line in file.read_text(encoding="utf-8").splitlines() if line] if file.exists() else None


def has(environment, wanted):
    folders = [name for kind, name in wanted if kind == "folder"]
    libraries = {name for kind, name in wanted if kind == "library"}
    if any(os.path.isdir(os.path.join(environment, folder)) for folder in folders):
        return True
    return bool(libraries) and any(libraries.intersection(names) for _, _, names in os.walk(environment))


def main():
    half = len(sys.argv[1:]) // 2
    pairs = list(zip(sys.argv[1 : half + 1], sys.argv[half + 1 :], strict=True))
    looking = {environment: read(environment) for _, environment in pairs}
    wanted = [one for found in looking.values() for one in found or []]
    for file, environment in pairs:
        is_together = looking[environment] is not None or has(environment, wanted)
        print("together" if is_together else "separate", environment, file)


main()
