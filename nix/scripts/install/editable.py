"""
Makes an editable wheel of a built one: what the source has is left out, and is found in a checkout
when Python runs.

Usage: editable.py WHEELS SOURCE PATH VARIABLE OUT. WHEELS is a folder with one wheel, and SOURCE
the folder that it was built from, which is at PATH in a checkout. VARIABLE names the environment
variable that has the checkout's place at run time.

Unlike PEP 660's hook this needs nothing of a build backend, and no package that a build lock does
not have. What the build makes and the source does not have, such as compiled modules, stays in the
wheel and is found after the checkout.
"""

import base64
import collections
import hashlib
import os
import pathlib
import sys
import zipfile

from wheels import normalised

MODULE = '''"""Finds what is edited in a checkout (uv-fod, nix/scripts/install/editable.py)."""

import importlib.machinery
import os
import sys

VARIABLE = {variable!r}
FOLDERS = {folders!r}
MADE = os.path.join(os.path.dirname(__file__), {made!r})


class Made:
    """What a build made, and a checkout does not have."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        return importlib.machinery.PathFinder.find_spec(name, [os.path.join(MADE, *name.split(".")[:-1])])


root = os.environ.get(VARIABLE)
if root:
    sys.path += [os.path.normpath(os.path.join(root, folder)) for folder in FOLDERS]
    if os.path.isdir(MADE):
        sys.meta_path.append(Made)
else:
    print("uv-fod: {name} is edited in a checkout, and " + VARIABLE + " is not set: enter the development shell.", file=sys.stderr)
'''


def files_of(folder):
    found = set()
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in (".git", ".venv", "node_modules", "__pycache__")]
        found.update(os.path.relpath(os.path.join(base, name), folder) for name in names)
    return found


def places(files, source):
    """
    For each file of a wheel the folder of the source that has it, `` for the source itself; no
    entry where none has.

    A folder that has more of them is the likelier one: `src` has all of a package, and `tests/copy`
    some.
    """
    wanted = set(files)
    candidates = collections.defaultdict(list)
    for path in source:
        parts = path.split("/")
        for index in range(len(parts)):
            if (tail := "/".join(parts[index:])) in wanted:
                candidates[tail].append("/".join(parts[:index]))
    votes = collections.Counter(folder for folders in candidates.values() for folder in folders)
    return {
        file: min(folders, key=lambda folder: (-votes[folder], folder.count("/"), folder)) for file, folders in candidates.items()
    }


class Editable:
    def __init__(self, wheel, source, path, variable):
        self.archive = zipfile.ZipFile(wheel)
        self.name = normalised(wheel.name.split("-")[0])
        self.module = f"_editable_{self.name.replace('-', '_')}"
        names = [name for name in self.archive.namelist() if not name.endswith("/")]
        self.packaging = {name for name in names if name.split("/")[0].endswith((".dist-info", ".data"))}
        self.own = [name for name in names if name not in self.packaging]
        self.places = places(self.own, files_of(source))
        self.path = path
        self.variable = variable

    def entries(self):
        """Pairs of a name in the new wheel and its bytes, without RECORD."""
        found = {name.split("/")[0] for name in self.places}
        for name in sorted(self.packaging):
            if not name.endswith(".dist-info/RECORD"):
                yield name, self.archive.read(name)
        for name in self.own:
            if name.split("/")[0] not in found:
                print(f"{self.name}: {name} is installed as it was built: no folder of the source looks like it")
                yield name, self.archive.read(name)
            elif name not in self.places:
                print(f"{self.name}: {name} is made by the build, and is found if the checkout has none")
                yield f"{self.module}_made/{name}", self.archive.read(name)
        folders = [os.path.join(self.path, folder) for folder in sorted(set(self.places.values()))]
        values = {"variable": self.variable, "folders": folders, "made": f"{self.module}_made", "name": self.name}
        yield f"{self.module}.py", MODULE.format(**values).encode()
        yield f"{self.module}.pth", f"import {self.module}\n".encode()

    def write(self, to):
        record = next(name for name in self.packaging if name.endswith(".dist-info/RECORD"))
        lines = []
        with zipfile.ZipFile(to, "w") as new:
            for name, data in self.entries():
                digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                lines.append(f"{name},sha256={digest},{len(data)}\n")
                # The least date that an archive can have, and not the one of this build.
                new.writestr(zipfile.ZipInfo(name), data)
            new.writestr(zipfile.ZipInfo(record), "".join([*lines, f"{record},,\n"]))


def main():
    folder, source, path, variable, out = sys.argv[1:]
    [wheel] = pathlib.Path(folder).glob("*.whl")
    os.mkdir(out)
    Editable(wheel, source, path, variable).write(os.path.join(out, wheel.name))


main()
