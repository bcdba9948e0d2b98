"""
Sets interpreter and library path of every ELF file below the given paths, so that what they need is
found.

The idea and the rules are those of nixpkgs' auto-patchelf: libraries of the paths themselves come
first, then those of the build's inputs, by file name, architecture and ABI; what is found nowhere
is an error unless it is ignored by name. A file that needs nothing but the C library keeps the
library path that it has.
"""

import argparse
import fnmatch
import os
import pathlib
import subprocess
import sys

PATCHELF = "/usr/bin/patchelf"
SYSTEM_V = 0


def identity(path):
    """
    Class, byte order and machine of an ELF file, and its ABI (System V gABI, "ELF Header"); nothing
    for another file.
    """
    with open(path, "rb") as file:
        header = file.read(20)
    if len(header) < 20 or header[:4] != b"\x7fELF":
        return None
    return (header[4:6], header[18:20]), header[7]


def patchelf(*args):
    return subprocess.run([PATCHELF, *args], check=True, capture_output=True, text=True).stdout


class Libraries:
    def __init__(self):
        self.found = {}
        self.seen = set()

    def add(self, folder, recursive):
        if folder in self.seen:
            return
        self.seen.add(folder)
        walk = os.walk(folder) if recursive else [(folder, [], sorted(os.listdir(folder)))]
        for base, folders, names in walk:
            folders.sort()
            for name in sorted(names):
                path = os.path.join(base, name)
                if ".so" in name and os.path.isfile(path) and (what := identity(path)):
                    self.found.setdefault((name, what[0]), []).append((base, what[1]))

    def folder_of(self, name, kind, abi):
        for folder, other in self.found.get((name, kind), []):
            if SYSTEM_V in (abi, other) or abi == other:
                return folder
        return None


def patch(path, libraries, target, options):
    """Returns the names that `path` needs and that are nowhere."""
    kind, abi = identity(path)
    if kind != target:
        return []
    try:
        needed = patchelf("--print-needed", path).split()
    except subprocess.CalledProcessError:
        return []  # static, or no object that has a dynamic section
    program = subprocess.run([PATCHELF, "--print-interpreter", path], capture_output=True).returncode == 0
    folders = [folder for folder in options.runtime.split(":") if folder and program]
    missing = []
    uses_libc = False
    for name in needed:
        if os.path.isfile(os.path.join(options.libc, name)):
            uses_libc = True
        elif folder := libraries.folder_of(name, kind, abi):
            folders.append(folder)
        elif not any(fnmatch.fnmatch(name, pattern) for pattern in options.ignore.split()):
            missing.append(name)
    before = [folder for folder in patchelf("--print-rpath", path).strip().split(":") if folder]
    # nixpkgs' dynamic linker looks for the C library beside itself, and Debian's does not.
    after = (folders or before) + ([options.libc] if uses_libc else [])
    calls = []
    if folders or set(after) != set(before):
        calls.append(["--set-rpath", ":".join(dict.fromkeys(after))])
    # After the library path, and in a call of its own: see debs.sh.
    if program:
        calls.append(["--set-interpreter", options.interpreter])
    mode = os.stat(path).st_mode
    os.chmod(path, mode | 0o200)
    for call in calls:
        patchelf(*call, path)
    os.chmod(path, mode)
    return missing


def main():
    parser = argparse.ArgumentParser()
    for name in ("interpreter", "libc", "ignore", "libs", "runtime"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    target, _ = identity(options.interpreter)
    libraries = Libraries()
    for folder in options.paths:
        libraries.add(folder, recursive=True)
    for folder in options.libs.split(":"):
        if os.path.isdir(folder):
            libraries.add(folder, recursive=False)
    status = 0
    for root in options.paths:
        for path in sorted(pathlib.Path(root).rglob("*")):
            if path.is_symlink() or not path.is_file() or not identity(path):
                continue
            for name in patch(str(path), libraries, target, options):
                print(f"error: auto-patchelf could not satisfy dependency {name} wanted by {path}", file=sys.stderr)
                status = 1
    sys.exit(status)


main()
