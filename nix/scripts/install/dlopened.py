"""
Lets packages find libraries that they load by name while they run: nothing links these, so no hook
sees them.

Usage: dlopened.py SITE_PACKAGES NAME=FOLDER[:FOLDER…]…. Appends the folders to the library path of
every ELF file of the package, by its list of files (RECORD). A package that is not installed is
left out: the caller can't know what a lock has.
"""

import importlib.metadata
import os
import subprocess
import sys

from wheels import normalised


def elf_files(distribution):
    for file in distribution.files or []:
        path = str(file.locate())
        if os.path.isfile(path) and not os.path.islink(path):
            with open(path, "rb") as opened:
                if opened.read(4) == b"\x7fELF":
                    yield path


def main():
    site_packages, *wanted = sys.argv[1:]
    folders = dict(one.split("=", 1) for one in wanted)
    for distribution in importlib.metadata.distributions(path=[site_packages]):
        added = folders.get(normalised(distribution.metadata["Name"]))
        for path in elf_files(distribution) if added else []:
            mode = os.stat(path).st_mode
            os.chmod(path, mode | 0o200)
            subprocess.run(["patchelf", "--add-rpath", added, path], check=True)
            os.chmod(path, mode)
            print(f"{os.path.relpath(path, site_packages)}: finds libraries in {added}")


main()
