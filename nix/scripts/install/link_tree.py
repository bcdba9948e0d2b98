"""
Links an environment's packages into another one, whole folders where it can.

Usage: link_tree.py FROM TO SITE_PACKAGES WHEELS. WHEELS is the folder of wheels that TO gets
besides: folders that they write to become real ones with links in them, and what they bring is left
out, so that nothing is written through a link. Metadata folders become real too: uv does not take a
link for an installed package. What FROM links to is linked to itself.
"""

import os
import pathlib
import sys

from programs import renamed
from wheels import read_wheels


def rewrite_script(source, target, old, new):
    """
    Links a program; a script that names the old environment's Python is copied and gets the new
    one's.
    """
    script = renamed(source, old, new)
    if script is None:
        link_to(source, target)
        return
    pathlib.Path(target).write_bytes(script)
    os.chmod(target, 0o755)


def link_to(source, target):
    """
    One link, where the source is one itself: each costs a little whenever a file is looked for.
    """
    found = os.readlink(source) if os.path.islink(source) else source
    os.symlink(found if os.path.isabs(found) else source, target)


class Linker:
    def __init__(self, source, target, site_packages, wheels):
        self.source = source
        self.target = target
        self.site_packages = site_packages
        # Paths that the wheels bring, and all folders above these.
        self.files = {path for wheel in read_wheels(wheels, site_packages) for path in wheel.paths}
        folders = {str(parent) for file in self.files for parent in pathlib.PurePath(file).parents}
        # Always real: their entries are links of their own.
        self.open = folders | {str(p) for p in pathlib.PurePath(site_packages).parents} | {site_packages, "bin"}

    def is_open(self, path):
        if os.path.basename(path) == "__pycache__":
            return True
        return path in self.open or (path.endswith(".dist-info") and os.path.dirname(path) == self.site_packages)

    def is_replaced(self, path):
        """Whether an in-tree package brings this file, or the source that this bytecode is of."""
        folder, name = os.path.split(path)
        if os.path.basename(folder) == "__pycache__":
            return os.path.join(os.path.dirname(folder), name.split(".")[0] + ".py") in self.files
        return path in self.files

    def link(self, path=""):
        folder = os.path.join(self.source, path)
        os.makedirs(os.path.join(self.target, path), exist_ok=True)
        for name in sorted(os.listdir(folder)):
            self.link_entry(os.path.join(path, name))

    def link_entry(self, path):
        source, target = os.path.join(self.source, path), os.path.join(self.target, path)
        if path == "nix-support" or os.path.basename(path) == "pyvenv.cfg" or path.startswith("bin/python"):
            return
        if self.is_replaced(path):
            print(f"{path}: from an in-tree package, also in third-party packages")
        elif os.path.isdir(source) and self.is_open(path):
            self.link(path)
        elif os.path.lexists(target):
            # Both environments have it, from uv itself.
            return
        elif path.startswith("bin/"):
            rewrite_script(source, target, self.source, self.target)
        else:
            link_to(source, target)


def main():
    source, target, site_packages, wheels = sys.argv[1:]
    Linker(source, target, site_packages, wheels).link()


main()
