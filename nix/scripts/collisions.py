"""Finds paths that more than one wheel would install, and says whose file stays: always that of the last name.

Usage: collisions.py WHEELS SITE_PACKAGES REPORT. Prints the requirement of each owner that has to be installed again, in the
order in which that has to happen; writes one line for each path to REPORT.
"""

import configparser
import pathlib
import re
import sys
import zipfile


def normalised(name):
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def entry_points(archive, info):
    """Names of the programs that an installer makes for a wheel."""
    try:
        text = archive.read(f"{info}/entry_points.txt").decode()
    except KeyError:
        return []
    parser = configparser.ConfigParser(delimiters=("=",), strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    sections = [name for name in ("console_scripts", "gui_scripts") if parser.has_section(name)]
    return [option for section in sections for option in parser.options(section)]


def installed(wheel, site_packages):
    """Every path that the wheel installs, relative to the environment (binary distribution format, "Installing")."""
    name, version, *_ = wheel.name.split("-")
    data = f"{name}-{version}.data/"
    places = {"purelib": site_packages, "platlib": site_packages, "scripts": "bin", "data": ".", "headers": "include"}
    paths = set()
    with zipfile.ZipFile(wheel) as archive:
        for item in archive.namelist():
            if item.endswith("/"):
                continue
            if item.startswith(data):
                kind, _, rest = item.removeprefix(data).partition("/")
                place = places.get(kind, kind)
                paths.add(rest if place == "." else f"{place}/{rest}")
            else:
                paths.add(f"{site_packages}/{item}")
        infos = {item.split("/")[0] for item in archive.namelist() if ".dist-info/" in item}
        for info in infos:
            paths.update(f"bin/{program}" for program in entry_points(archive, info))
    return paths


def main():
    folder, site_packages, report = sys.argv[1:]
    owners = {}
    requirements = {}
    for wheel in sorted(pathlib.Path(folder).glob("*.whl")):
        name, version, *_ = wheel.name.split("-")
        requirements[normalised(name)] = f"{name}=={version}"
        for path in installed(wheel, site_packages):
            owners.setdefault(path, []).append(normalised(name))
    shared = {path: sorted(names) for path, names in owners.items() if len(names) > 1}
    with open(report, "w", encoding="utf-8") as file:
        for path, names in sorted(shared.items()):
            file.write(f"{path}: from {names[-1]}, also in {', '.join(names[:-1])}\n")
    again = {name for names in shared.values() for name in names[1:]}
    for name in sorted(again):
        print(requirements[name])


main()
