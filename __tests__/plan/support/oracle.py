"""What uv and `packaging` make of a lock: the answer that plans are held against.

Reads {"uv": path, "cases": [{"dir", "args", "targets": [{"system", "python", "libc"}]}]} on stdin and writes, for each case,
a list with one entry a target: {"artifacts": [...]} or {"refused": "why"}.
"""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging import _manylinux, _musllinux, tags
from packaging.pylock import (
    PackageArchive,
    PackageDirectory,
    PackageSdist,
    PackageVcs,
    PackageWheel,
    Pylock,
)
from packaging.utils import parse_wheel_filename


def platforms(target):
    """The platform tags of a declared machine, by packaging's own lists rather than the plan's."""
    kind, version = target["libc"].split(":")
    major, minor = (int(part) for part in version.split("."))
    arch = target["system"].split("-")[0]
    if kind == "macos":
        return list(tags.mac_platforms((major, minor), "arm64" if arch == "aarch64" else arch))
    if kind == "musl":
        _musllinux._get_musl_version = lambda _: _musllinux._MuslVersion(major, minor)
        own = list(_musllinux.platform_tags([arch]))
    else:
        _manylinux._get_glibc_version = lambda: (major, minor)
        _manylinux._is_compatible = lambda _arch, _version: True
        own = list(_manylinux.platform_tags([arch]))
    return [*own, f"linux_{arch}"]


def tag_list(target):
    minor = int(target["python"].split(".")[1])
    platform = platforms(target)
    cpython = tags.cpython_tags((3, minor), [f"cp3{minor}"], platform)
    return [*cpython, *tags.compatible_tags((3, minor), f"cp3{minor}", platform)]


def environment(target):
    darwin = target["system"].endswith("darwin")
    arch = target["system"].split("-")[0]
    return {
        "implementation_name": "cpython",
        "implementation_version": target["python"],
        "os_name": "posix",
        "platform_machine": "arm64" if darwin and arch == "aarch64" else arch,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Darwin" if darwin else "Linux",
        "platform_version": "",
        "python_full_version": target["python"],
        "python_version": ".".join(target["python"].split(".")[:2]),
        "sys_platform": "darwin" if darwin else "linux",
    }


def settings(folder):
    """`no-binary` and `no-build` as functions of a name; pylock.toml does not carry them."""
    uv = {}
    for parent in [folder, *folder.parents]:
        if (parent / "uv.toml").exists():
            uv = tomllib.loads((parent / "uv.toml").read_text())
            break
        if (parent / "pyproject.toml").exists():
            tool = tomllib.loads((parent / "pyproject.toml").read_text()).get("tool", {})
            if "uv" in tool:
                uv = tool["uv"]
                break

    def rule(key, other):
        everything = uv.get(key)
        listed = uv.get(f"{key}-package", [])
        excepted = [] if uv.get(other) is not None else uv.get(f"{other}-package", [])
        if everything is None:
            return lambda name: name in listed
        return lambda name: everything and name not in excepted

    return rule("no-binary", "no-build"), rule("no-build", "no-binary")


def digest(hashes):
    return None if not hashes else ":".join(next(iter(hashes.items())))


def basename(file):
    """The name in the address: `name` is uv's own normalised spelling (`pyyaml-…` for `PyYAML-…`)."""
    return unquote(urlsplit(file.url or file.path).path.rsplit("/", 1)[-1])


def lock_root(folder):
    """The folder of the lock: the project's own, or that of the workspace above it."""
    return next(parent for parent in [folder, *folder.parents] if (parent / "uv.lock").exists())


def describe(package, file, folder):
    common = {"name": package.name}
    if package.version is not None and not isinstance(file, PackageDirectory):
        common["version"] = str(package.version)
    if isinstance(file, PackageVcs):
        return {**common, "kind": "git", "url": file.url, "commit": file.commit_id, "subdirectory": file.subdirectory}
    if isinstance(file, PackageDirectory):
        # uv writes paths for the folder it runs in, a plan those of the lock.
        return {**common, "kind": "directory", "path": os.path.relpath(folder / file.path, lock_root(folder))}
    name = basename(file)
    kind = {PackageWheel: "wheel", PackageSdist: "sdist"}.get(type(file))
    if isinstance(file, PackageArchive):
        kind = "wheel" if name.endswith(".whl") else "sdist"
    return {**common, "kind": kind, "filename": name, "hash": digest(file.hashes), "size": file.size}


def select(pylock, target, folder, members):
    no_binary, no_build = settings(lock_root(folder))
    chosen = []
    fitting = tag_list(target)
    picked = pylock.select(environment=environment(target), tags=fitting, prefer_sdist_predicate=no_binary)
    for package, file in picked:
        result = describe(package, file, folder)
        # Named reason: packaging takes a wheel that is given by address whatever its tags are; uv sync does not.
        is_given = isinstance(file, PackageArchive) and result["kind"] == "wheel"
        if is_given and not parse_wheel_filename(result["filename"])[-1] & set(fitting):
            raise ValueError(f"{result['filename']} does not fit")
        if result["kind"] == "wheel" and no_binary(package.name):
            raise ValueError(f"{package.name} may not be a wheel")
        if result["kind"] != "wheel" and no_build(package.name) and package.name not in members:
            raise ValueError(f"{package.name} may not be built")
        chosen.append(result)
    return sorted(chosen, key=lambda item: item["name"])


def answer(uv, case):
    folder = Path(case["dir"]).resolve()
    command = [uv, "export", "--frozen", "--quiet", "--format", "pylock.toml", "--no-header", *case["args"]]
    run = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if run.returncode != 0:
        return [{"refused": run.stderr.strip()[-400:]} for _ in case["targets"]]
    pylock = Pylock.from_dict(tomllib.loads(run.stdout))
    lock = tomllib.loads((lock_root(folder) / "uv.lock").read_text())
    members = lock.get("manifest", {}).get("members", [])
    if not members:
        members = [tomllib.loads((folder / "pyproject.toml").read_text()).get("project", {}).get("name")]
    results = []
    for target in case["targets"]:
        try:
            results.append({"artifacts": select(pylock, target, folder, members)})
        except Exception as error:  # whatever packaging refuses with
            results.append({"refused": f"{type(error).__name__}: {error}"})
    return results


request = json.load(sys.stdin)
json.dump([answer(request["uv"], case) for case in request["cases"]], sys.stdout)
