"""Builds the wheel of the source in the working folder with its own backend (PEP 517), in the environment that runs this.

Usage: build-wheel.py OUT. The requirements are those of the build lock: what a backend asks for beyond them at build time
(get_requires_for_build_wheel) has to be there already.
"""

import importlib
import os
import pathlib
import sys
import tomllib


def fail(message):
    print(f"uv-fod: {message}", file=sys.stderr)
    sys.exit(1)


def backend_of(source):
    """Returns name and folders of the backend, with PEP 517's default where the source names none."""
    file = source / "pyproject.toml"
    system = tomllib.loads(file.read_text(encoding="utf-8")).get("build-system", {}) if file.exists() else {}
    return system.get("build-backend", "setuptools.build_meta:__legacy__"), system.get("backend-path", [])


def load(name, folders, source):
    sys.path[:0] = [str(source / folder) for folder in folders]
    module, _, attribute = name.partition(":")
    try:
        backend = importlib.import_module(module)
    except ModuleNotFoundError as error:
        fail(
            f"{source.name}: the build backend '{name}' needs '{error.name}', which is not in its build environment. "
            "The build lock is out of date; run 'uv-fod lock' and commit it."
        )
    for part in filter(None, attribute.split(".")):
        backend = getattr(backend, part)
    return backend


def main():
    out = pathlib.Path(sys.argv[1]).resolve()
    source = pathlib.Path.cwd()
    # The script's own folder is of no interest to a backend.
    sys.path.pop(0)
    sys.argv[1:] = []
    backend = load(*backend_of(source), source)
    filename = backend.build_wheel(str(out))
    os.chmod(out / filename, 0o644)
    print(f"built {filename}")


main()
