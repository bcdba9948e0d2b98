"""Imports every direct dependency of a distribution. Usage: dependencies.py NAME

A distribution declares in its metadata which modules it has, or its list of files does.
"""

import importlib
import importlib.metadata
import re
import sys


def direct(name):
    """
    Names of what it requires, without extras of its own; markers that name an extra are none of
    ours.
    """
    for line in importlib.metadata.requires(name) or []:
        requirement, _, marker = line.partition(";")
        if "extra ==" not in marker:
            yield re.match(r"[A-Za-z0-9._-]+", requirement.strip())[0]


def modules(name):
    """Top-level modules that a distribution brings."""
    distribution = importlib.metadata.distribution(name)
    text = distribution.read_text("top_level.txt")
    if text:
        return [line for line in text.split() if line.isidentifier()]
    found = set()
    for path in distribution.files or []:
        top = path.parts[0]
        if len(path.parts) == 1 and top.endswith(".py"):
            found.add(top.removesuffix(".py"))
        elif len(path.parts) == 1 and ".so" in top:
            found.add(top.split(".")[0])
        elif len(path.parts) > 1 and top.isidentifier() and path.suffix in (".py", ".so"):
            found.add(top)
    return sorted(found)


def main():
    failed = 0
    count = 0
    for dependency in sorted(set(direct(sys.argv[1]))):
        count += 1
        importable = [module for module in modules(dependency) if module not in ("docs", "tests", "test")]
        for module in importable:
            try:
                importlib.import_module(module)
            except Exception as error:  # noqa: BLE001
                # Django's own rule: its applications want settings before some of their modules are
                # read.
                if type(error).__name__ in ("ImproperlyConfigured", "AppRegistryNotReady"):
                    continue
                failed += 1
                print(f"{dependency}: {module}: {type(error).__name__}: {error}", file=sys.stderr)
        print(f"{dependency}: {', '.join(importable) or 'programs only'}")
    print(f"{count} direct dependencies, {failed} failed")
    sys.exit(1 if failed or count == 0 else 0)


main()
