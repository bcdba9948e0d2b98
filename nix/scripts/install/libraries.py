"""
Prints what the compiled files of an environment with one wheel look for outside of it.

Usage: libraries.py ENVIRONMENT. A line `folder PATH` for each folder of a library path that starts
at the file itself ($ORIGIN, see ld.so(8)) and that the wheel does not have, relative to the
environment; a line `library NAME` for each library that is needed and that the wheel does not have:
one of the C library, of an input or of another wheel.
"""

import os
import subprocess
import sys


def elf_files(environment):
    for base, _, names in os.walk(environment):
        for path in (os.path.join(base, name) for name in names):
            if not os.path.islink(path):
                with open(path, "rb") as file:
                    if file.read(4) == b"\x7fELF":
                        yield path


def printed(option, path):
    """Nothing for a file without a dynamic section."""
    result = subprocess.run(["patchelf", option, path], check=False, capture_output=True, text=True)
    return result.stdout.strip() if result.returncode == 0 else ""


def main():
    environment = sys.argv[1]
    files = sorted(elf_files(environment))
    own = {os.path.basename(path) for path in files}
    found = set()
    for path in files:
        found.update(f"library {name}" for name in printed("--print-needed", path).split() if name not in own)
        for folder in printed("--print-rpath", path).split(":"):
            place = folder.replace("${ORIGIN}", "$ORIGIN").replace("$ORIGIN", os.path.dirname(path))
            if place != folder and not os.path.isdir(place):
                found.add(f"folder {os.path.relpath(os.path.normpath(place), environment)}")
    print("\n".join(sorted(found)))


main()
