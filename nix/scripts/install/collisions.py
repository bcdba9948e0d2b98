"""
Finds paths that more than one wheel would install, and prints whose file stays: always that of the
last name.

Usage: collisions.py WHEELS SITE_PACKAGES REPORT. Prints the requirement of each owner that has to
be installed again, in the order in which that has to happen; writes one line for each path to
REPORT.
"""

import sys

from wheels import read_wheels


def main():
    folder, site_packages, report = sys.argv[1:]
    wheels = read_wheels(folder, site_packages)
    owners = {}
    for wheel in wheels:
        for path in wheel.paths:
            owners.setdefault(path, []).append(wheel.name)
    shared = {path: sorted(names) for path, names in owners.items() if len(names) > 1}
    with open(report, "w", encoding="utf-8") as file:
        for path, names in sorted(shared.items()):
            file.write(f"{path}: from {names[-1]}, also in {', '.join(names[:-1])}\n")
    again = {name for names in shared.values() for name in names[1:]}
    for wheel in sorted(wheels, key=lambda wheel: wheel.name):
        if wheel.name in again:
            print(wheel.requirement)


main()
