"""
Imports modules from an output, each in its own Python process, and writes the results to $out.

Runs inside a Nix build (import-check.nix), by an interpreter without site-packages (-I -S).
Imported code is untrusted: only its exit status decides, and its output is only text.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.machinery import PathFinder
from itertools import accumulate

# Limits of one import and of all; bytes of one import's output.
SECONDS = 60
SECONDS_IN_ALL = 600
BYTES = 64 * 1024


def main():
    # The first process of a sandbox gets no signal by default, not from imported code either.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    output, python = os.environ["output"], os.environ["python"]
    # Folders of modules for a Python that does not find them by itself.
    added = json.loads(os.environ["folders"])
    folders = added or site_folders(output, os.path.dirname(os.path.dirname(python)))
    deadline = time.monotonic() + SECONDS_IN_ALL
    results = []
    for module in json.loads(os.environ["modules"]):
        result = check(module, python, folders, added, deadline)
        results.append({"module": module, **result})
        if result["outcome"] != "imported":
            break
    write(os.environ["out"], json.dumps({"version": 1, "results": results}))


def check(module, python, folders, added, deadline):
    limit = min(deadline, time.monotonic() + SECONDS)
    paths = f"import site; [site.addsitedir(one) for one in {added!r}]; " if added else ""
    code, text = run([python, *flags(), "-c", f"{paths}import {module}"], limit)
    if code is None:
        return {"outcome": "too-much", "text": text}
    if code != 0:
        return {"outcome": "failed", "text": text or f"its exit status is {code}, and it printed nothing"}
    file = file_of(module, folders)
    return {"outcome": "elsewhere"} if file is None else {"outcome": "imported", "file": file}


def flags():
    # Outside of Nix's sandbox root could write bytecode into the store.
    return ["-I", "-B"] if os.geteuid() == 0 else ["-I"]


def site_folders(output, prefix):
    """Returns the folders that the output's Python imports from; no code of .pth files runs."""
    found = []
    lib = os.path.join(prefix, "lib")
    for name in sorted(os.listdir(lib)) if os.path.isdir(lib) else []:
        folder = os.path.join(lib, name, "site-packages")
        if name.startswith("python") and os.path.isdir(folder):
            found += [folder, *folders_of_pth(folder, output)]
    return found


def folders_of_pth(folder, output):
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".pth") or not os.path.isfile(os.path.join(folder, name)):
            continue
        with open(os.path.join(folder, name), errors="replace") as file:
            lines = file.read(1 << 20).splitlines()
        for line in lines:
            path = os.path.normpath(os.path.join(folder, line.strip()))
            if not line.startswith(("#", "import ", "import\t")) and path.startswith(output + "/"):
                yield path


def file_of(module, folders):
    """Returns the path of a module in the output, or None if it isn't there; no code of it runs."""
    top = module.split(".")[0]
    if top in sys.builtin_module_names or top in getattr(sys, "stdlib_module_names", ()):
        return None
    spec, path = None, folders
    for name in accumulate(module.split("."), "{}.{}".format):
        found = PathFinder.find_spec(name, path) if path else None
        # Some modules are made by code of their package, such as six.moves.
        if found is None:
            break
        spec, path = found, found.submodule_search_locations
    if spec is None:
        return None
    return spec.origin or next(iter(spec.submodule_search_locations), None)


def run(command, deadline):
    """
    Runs a program in an empty environment and an empty folder.
    Returns its exit status (None if it printed too much) and its output. Fails this build at the
    deadline: Nix must not cache how long something took.
    """
    empty = tempfile.mkdtemp(prefix="uv-fod-import-")
    try:
        child = subprocess.Popen(
            command,
            cwd=empty,
            env={},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        return 127, f"the output's Python can't be started: {error}"
    try:
        text, whole = read(child, deadline)
        if whole and child.poll() is None:
            sys.exit(f"uv-fod: {command[-1]!r} did not end within its time limit ({SECONDS} s)")
        return (child.returncode if whole else None), text.decode(errors="replace")
    finally:
        end(child)
        shutil.rmtree(empty, ignore_errors=True)


def read(child, deadline):
    """Returns a program's output until its end or a time limit, and whether it is complete."""
    text = b""
    pipe = child.stdout.fileno()
    while time.monotonic() < deadline:
        # Not to the end of the pipe: a process that outlives the program may keep it open.
        ended = child.poll() is not None
        readable, _, _ = select.select([pipe], [], [], 0 if ended else 0.02)
        chunk = os.read(pipe, BYTES) if readable else b""
        text += chunk
        if len(text) > BYTES:
            return text[:BYTES], False
        if ended and not chunk:
            break
        if readable and not chunk:
            time.sleep(0.002)
    return text, True


def end(child):
    """Ends a program and all of its descendants."""
    if os.getpid() == 1:
        # This is the first process of Nix's sandbox: all others were started by the import.
        kill = lambda: os.kill(-1, signal.SIGKILL)
    else:
        kill = lambda: os.killpg(child.pid, signal.SIGKILL)
    try:
        kill()
    except (ProcessLookupError, PermissionError):
        pass
    child.wait()
    child.stdout.close()


def write(out, text):
    # An import may have created something at the path of the result.
    if os.path.isdir(out) and not os.path.islink(out):
        shutil.rmtree(out)
    elif os.path.lexists(out):
        os.unlink(out)
    with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644), "w") as file:
        file.write(text)


main()
