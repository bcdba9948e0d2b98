"""
Loads every extension module below an output's site-packages. Usage: natives.py OUTPUT

An extension is imported by its own dotted name. One that can't be imported by itself (it wants its
package's settings first, say) is at least loaded, which is what finds its libraries.
"""

import ctypes
import importlib
import importlib.machinery
import os
import sys
import sysconfig

SUFFIXES = tuple(importlib.machinery.EXTENSION_SUFFIXES)


def extensions(folder):
    """Every extension module below, with its dotted name; links are followed, each folder once."""
    seen = set()
    for base, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(base)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders.sort()
        for name in sorted(names):
            if name.endswith(SUFFIXES):
                relative = os.path.relpath(os.path.join(base, name.split(".")[0]), folder)
                yield os.path.join(base, name), relative.replace(os.sep, ".")


def main():
    folder = sysconfig.get_path("platlib")
    if not folder.startswith(sys.argv[1]):
        sys.exit(f"this Python looks in {folder}, not in {sys.argv[1]}")
    # psycopg_c refuses to be the first.
    importlib.import_module("psycopg") if os.path.isdir(os.path.join(folder, "psycopg")) else None
    count = imported = 0
    failed = []
    for path, name in extensions(folder):
        count += 1
        try:
            ctypes.CDLL(path)
        except OSError as error:
            failed.append(str(error))
            continue
        try:
            importlib.import_module(name)
            imported += 1
        except Exception as error:  # noqa: BLE001 - what an untrusted module raises is reported, not fatal
            print(f"loaded, not imported: {name}: {error}")
    for text in failed:
        print(text, file=sys.stderr)
    print(f"{count} extension modules loaded, {imported} of them imported")
    sys.exit(1 if failed or count == 0 else 0)


main()
