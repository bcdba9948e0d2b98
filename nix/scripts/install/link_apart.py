"""
Links environments of one wheel each into an environment: as one link each folder that no other environment has.

Usage: link_apart.py TO SITE_PACKAGES WHEELS REPORT FROM…. WHEELS is the folder of the wheels that
TO has itself. Folders that several have become real ones, and files in these copies. Where two have
the same file, that of the last name stays, as in collisions.py, and REPORT gets a line. Bytecode of
copies is not brought: it is compiled with all that is TO's own.
"""

import os
import pathlib
import shutil
import sys

from programs import renamed
from wheels import normalised, read_wheels


def name_of(environment, site_packages):
    """The normalised name of the one distribution in it."""
    [info] = pathlib.Path(environment, site_packages).glob("*.dist-info")
    return normalised(info.name.split("-")[0])


class Merger:
    def __init__(self, target, site_packages, wheels):
        self.target = target
        self.site_packages = site_packages
        self.wheels = wheels
        # Whose a copy is, by path; all else that is real is of the wheels.
        self.owners = {}
        self.complaints = []

    def add(self, source, name, path=""):
        """Adds what is below a path of a wheel's environment."""
        os.makedirs(os.path.join(self.target, path), exist_ok=True)
        for entry in sorted(os.listdir(os.path.join(source, path))):
            self.add_entry(source, name, os.path.join(path, entry))

    def add_entry(self, source, name, path):
        here, there = os.path.join(source, path), os.path.join(self.target, path)
        # What every environment has by itself, Python's links among it, and bytecode of what is
        # copied.
        if os.path.islink(here) or path in ("pyvenv.cfg", "nix-support") or os.path.basename(path) == "__pycache__":
            return
        if os.path.isdir(here):
            if os.path.islink(there):
                self.open(path)
            if os.path.isdir(there) or self.is_metadata(path):
                self.add(source, name, path)
                return
        if not os.path.lexists(there):
            self.place(source, name, path)
        elif os.path.isdir(here) or os.path.isdir(there):
            sys.exit(f"uv-fod: '{path}' is a folder of one wheel and a file of another, so they can't be installed together")
        else:
            self.decide(source, name, path)

    def is_metadata(self, path):
        """uv does not take a link for an installed package."""
        return path.endswith(".dist-info") and os.path.dirname(path) == self.site_packages

    def place(self, source, name, path):
        here, there = os.path.join(source, path), os.path.join(self.target, path)
        if os.path.isdir(here):
            os.symlink(here, there)
            return
        shutil.copy(here, there)
        os.chmod(there, os.stat(there).st_mode | 0o200)
        program = renamed(here, source, self.target) if path.startswith("bin/") else None
        if program is not None:
            pathlib.Path(there).write_bytes(program)
        self.owners[path] = name

    def open(self, path):
        """Makes a real folder of a link to one."""
        there = os.path.join(self.target, path)
        source = os.readlink(there).removesuffix(f"/{path}")
        os.unlink(there)
        self.add(source, name_of(source, self.site_packages), path)

    def decide(self, source, name, path):
        """Between what is there and a file of the same path."""
        other = self.owners.get(path) or self.owner_among_wheels(path)
        if name > other:
            os.unlink(os.path.join(self.target, path))
            self.place(source, name, path)
        self.complaints.append(f"{path}: from {max(name, other)}, also in {min(name, other)}\n")

    def owner_among_wheels(self, path):
        names = [wheel.name for wheel in read_wheels(self.wheels, self.site_packages) if path in wheel.paths]
        return max(names, default="")


def main():
    target, site_packages, wheels, report, *sources = sys.argv[1:]
    merger = Merger(target, site_packages, wheels)
    for source in sources:
        merger.add(source, name_of(source, site_packages))
    with open(report, "a", encoding="utf-8") as file:
        file.writelines(sorted(merger.complaints))


if __name__ == "__main__":
    main()
