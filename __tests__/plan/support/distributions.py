"""Writes small real wheels and sdists: {"folder", "files": [{"file", "name", "version", "requires", "extras"}]} on stdin."""

import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""

# A build backend that needs nothing: the wheel says by its contents that it was built from an sdist.
BACKEND = """
import pathlib, zipfile

def build_wheel(directory, settings=None, metadata_directory=None):
    text = pathlib.Path("PKG-INFO").read_text()
    fields = dict(line.split(": ", 1) for line in text.splitlines() if line.startswith(("Name", "Version")))
    module = fields["Name"].replace("-", "_")
    info = f"{module}-{fields['Version']}.dist-info"
    name = f"{module}-{fields['Version']}-py3-none-any.whl"
    files = {
        f"{module}/__init__.py": "file = 'built from an sdist'\\n",
        f"{info}/METADATA": text,
        f"{info}/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(pathlib.Path(directory) / name, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return name
"""


def metadata(item):
    lines = ["Metadata-Version: 2.2", f"Name: {item['name']}", f"Version: {item['version']}"]
    lines += [f"Provides-Extra: {extra}" for extra in item.get("extras", [])]
    lines += [f"Requires-Dist: {requirement}" for requirement in item.get("requires", [])]
    return "\n".join(lines) + "\n"


def write_wheel(path, item):
    stem = f"{item['name'].replace('-', '_')}-{item['version']}"
    info = f"{stem}.dist-info"
    tags = path.name.removesuffix(".whl").split("-")[-3:]
    module = item["name"].replace("-", "_")
    files = {
        f"{module}/__init__.py": f"file = {path.name!r}\n",
        f"{info}/METADATA": metadata(item),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {'-'.join(tags)}\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text)


def write_sdist(path, item):
    folder = f"{item['name']}-{item['version']}"
    files = {
        f"{folder}/PKG-INFO": metadata(item),
        f"{folder}/pyproject.toml": PYPROJECT,
        f"{folder}/backend.py": BACKEND,
    }
    mode = "w:gz" if path.name.endswith("gz") else "w"
    if path.name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return
    with tarfile.open(path, mode) as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))


request = json.load(sys.stdin)
for item in request["files"]:
    target = Path(request["folder"]) / item["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    (write_wheel if target.name.endswith(".whl") else write_sdist)(target, item)
