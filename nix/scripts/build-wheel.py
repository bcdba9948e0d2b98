"""
Builds the wheel of the source in the working folder with its own backend (PEP 517), in the
environment that runs this.

Usage: build-wheel.py LABEL OUT. The requirements are those of the build lock. What a backend asks
for beyond them at build time (get_requires_for_build_wheel) has to be there already; with
`requires` set in the environment OUT becomes that list as JSON, and nothing is built.
"""

import importlib
import importlib.metadata
import json
import os
import pathlib
import re
import sys
import tomllib


def fail(message):
    print(f"uv-fod: {message}", file=sys.stderr)
    sys.exit(1)


def backend_of(source):
    """
    Returns name and folders of the backend, with PEP 517's default where the source names none.
    """
    file = source / "pyproject.toml"
    system = tomllib.loads(file.read_text(encoding="utf-8")).get("build-system", {}) if file.exists() else {}
    return system.get("build-backend", "setuptools.build_meta:__legacy__"), system.get("backend-path", [])


def load(name, folders, label):
    sys.path[:0] = [str(pathlib.Path.cwd() / folder) for folder in folders]
    module, _, attribute = name.partition(":")
    try:
        backend = importlib.import_module(module)
    except ModuleNotFoundError as error:
        fail(
            f"{label}: its build backend '{name}' needs '{error.name}', which is not in its build environment. "
            "The build lock is out of date; run 'uv-fod lock' and commit it."
        )
    for part in filter(None, attribute.split(".")):
        backend = getattr(backend, part)
    return backend


def is_installed(requirement):
    """
    By name alone: versions were resolved when the environment was locked. What has a marker is the
    backend's affair.
    """
    if ";" in requirement:
        return True
    try:
        importlib.metadata.distribution(re.match(r"[A-Za-z0-9._-]+", requirement.strip())[0])
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def main():
    label, out = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    # The script's own folder is of no interest to a backend, nor are its arguments.
    sys.path.pop(0)
    sys.argv[1:] = []
    backend = load(*backend_of(pathlib.Path.cwd()), label)
    wanted = getattr(backend, "get_requires_for_build_wheel", list)()
    if os.environ.get("requires"):
        out.write_text(json.dumps(sorted(wanted)) + "\n", encoding="utf-8")
        return
    missing = [requirement for requirement in wanted if not is_installed(requirement)]
    if missing:
        fail(
            f"{label} asks for {', '.join(missing)} while it is built, which neither its pyproject.toml nor its build "
            f"environment has. Run 'uv-fod lock', which asks it in the sandbox, or name it under "
            f"[tool.uv.extra-build-dependencies] of your pyproject.toml and run 'uv-fod lock' then."
        )
    out.mkdir(exist_ok=True)
    filename = backend.build_wheel(str(out))
    os.chmod(out / filename, 0o644)
    print(f"built {filename}")


main()
