"""Sets interpreter and library path of every ELF file below the given paths, so that what they need is found.

The idea and the rules are those of nixpkgs' auto-patchelf: libraries of the paths themselves come first, then those of the
build's inputs; what is found nowhere is an error unless it is ignored by name.
"""

import argparse
import fnmatch
import os
import pathlib
import subprocess
import sys


def is_elf(path):
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def libraries_in(folder, recursive):
    """Maps file name to folder, for every shared library; the first found stays."""
    found = {}
    walk = os.walk(folder) if recursive else [(folder, [], sorted(os.listdir(folder)))]
    for base, folders, names in walk:
        folders.sort()
        for name in sorted(names):
            if ".so" in name:
                found.setdefault(name, base)
    return found


def patchelf(*args):
    return subprocess.run(["patchelf", *args], check=True, capture_output=True, text=True).stdout


def patch(path, known, libc, options):
    """Returns the names that `path` needs and that are nowhere."""
    try:
        needed = patchelf("--print-needed", path).split()
    except subprocess.CalledProcessError:
        return []  # static, or no object that has a dynamic section
    calls = []
    missing = []
    folders = [folder for folder in options.runtime.split(":") if folder]
    for name in needed:
        if name in libc:
            folders.append(options.libc)
        elif name in known:
            folders.append(known[name])
        elif not any(fnmatch.fnmatch(name, pattern) for pattern in options.ignore.split()):
            missing.append(name)
    rpath = ":".join(dict.fromkeys(folders))
    # The file stays as it is where there is nothing to set: its section layout too.
    if rpath or patchelf("--print-rpath", path).strip():
        calls.append(["--set-rpath", rpath])
    # After the library path, and in a call of its own: see debs.sh.
    if subprocess.run(["patchelf", "--print-interpreter", path], capture_output=True).returncode == 0:
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
    libc = libraries_in(options.libc, recursive=False)
    known = {}
    for folder in options.paths:
        for name, base in libraries_in(folder, recursive=True).items():
            known.setdefault(name, base)
    for folder in options.libs.split(":"):
        if os.path.isdir(folder):
            for name, base in libraries_in(folder, recursive=False).items():
                known.setdefault(name, base)
    status = 0
    for root in options.paths:
        for path in sorted(pathlib.Path(root).rglob("*")):
            if path.is_symlink() or not path.is_file() or not is_elf(path):
                continue
            for name in patch(str(path), known, libc, options):
                print(f"error: auto-patchelf could not satisfy dependency {name} wanted by {path}", file=sys.stderr)
                status = 1
    sys.exit(status)


main()
