"""
What a wheel installs where (binary distribution format, "Installing a wheel"), read without
installing it.
"""

import configparser
import dataclasses
import pathlib
import re
import zipfile

# Folders of `.data`, relative to an environment; purelib and platlib are site-packages.
PLACES = {"scripts": "bin", "data": ".", "headers": "include"}


@dataclasses.dataclass(frozen=True)
class Wheel:
    """
    One wheel: its normalised name (PEP 503), what to ask an installer for, and the paths that it
    will own.
    """

    name: str
    requirement: str
    paths: frozenset[str]


def read_wheels(folder, site_packages):
    """
    Every wheel of a folder, in the order of file names. Paths are relative to the environment.
    """
    return [read_wheel(path, site_packages) for path in sorted(pathlib.Path(folder).glob("*.whl"))]


def normalised(name):
    """A distribution's name as PEP 503 has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_wheel(path, site_packages):
    name, version, *_ = path.name.split("-")
    with zipfile.ZipFile(path) as archive:
        files = [item for item in archive.namelist() if not item.endswith("/")]
        paths = {installed(item, f"{name}-{version}.data", site_packages) for item in files}
        for info in {item.split("/")[0] for item in files if ".dist-info/" in item}:
            paths.update(f"bin/{program}" for program in entry_points(archive, info))
    return Wheel(normalised(name), f"{name}=={version}", frozenset(paths))


def installed(item, data, site_packages):
    """Where a file of the archive goes."""
    top, _, rest = item.partition("/")
    if top != data:
        return f"{site_packages}/{item}"
    kind, _, rest = rest.partition("/")
    place = PLACES.get(kind, site_packages)
    return rest if place == "." else f"{place}/{rest}"


def entry_points(archive, info):
    """Names of the programs that an installer makes."""
    try:
        text = archive.read(f"{info}/entry_points.txt").decode()
    except KeyError:
        return []
    parser = configparser.ConfigParser(delimiters=("=",), strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    sections = [name for name in ("console_scripts", "gui_scripts") if parser.has_section(name)]
    return [option for section in sections for option in parser.options(section)]
