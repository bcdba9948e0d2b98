"""
Imports modules from an output, each in a Python of its own, and writes what came of it to $out.

Runs inside a Nix build (import-check.nix), by an interpreter that loads no site-packages (-I -S). What is imported is
untrusted: it decides by its exit status whether the import passed, and what it prints is text, nothing else.
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

# Of one import, of one that uses no processor time, of all imports; bytes of what one prints.
SECONDS = 60
SECONDS_IDLE = 10
SECONDS_IN_ALL = 600
BYTES = 64 * 1024


def main():
    # The first process of a sandbox gets no signal that it does not ask for, not from what is imported either.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    output, python = os.environ["output"], os.environ["python"]
    folders = site_folders(output)
    deadline = time.monotonic() + SECONDS_IN_ALL
    results = []
    for module in json.loads(os.environ["modules"]):
        result = check(module, python, folders, deadline)
        results.append({"module": module, **result})
        if result["outcome"] != "imported":
            break
    write(os.environ["out"], json.dumps({"version": 1, "results": results}))


def check(module, python, folders, deadline):
    limit = min(deadline, time.monotonic() + SECONDS)
    code, text = run([python, *flags(), "-c", f"import {module}"], limit)
    if code is None:
        return {"outcome": "too-much", "text": text}
    if code != 0:
        return {"outcome": "failed", "text": text or f"its exit status is {code}, and it printed nothing"}
    file = file_of(module, folders)
    return {"outcome": "elsewhere"} if file is None else {"outcome": "imported", "file": file}


def flags():
    # Outside of Nix's sandbox root could write bytecode into the store.
    return ["-I", "-B"] if os.geteuid() == 0 else ["-I"]


def site_folders(output):
    """The folders of an output that its Python imports from, without running what .pth files have in them."""
    found = []
    lib = os.path.join(output, "lib")
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
    """Where the output has the package of a module; None if it does not. Nothing of the package runs."""
    top = module.split(".")[0]
    if top in sys.builtin_module_names or top in getattr(sys, "stdlib_module_names", ()):
        return None
    spec = PathFinder.find_spec(top, folders)
    if spec is None:
        return None
    return spec.origin or next(iter(spec.submodule_search_locations), None)


def run(command, deadline):
    """
    Runs a program in an empty environment and an empty folder.
    Returns its exit status (None if it printed too much) and what it printed. Ends this build at the deadline: how long
    something took is no property of the output, so Nix must not remember it.
    """
    empty = tempfile.mkdtemp(prefix="uv-fod-proof-")
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
            limits = f"{SECONDS} s, and {SECONDS_IDLE} s without using the processor"
            sys.exit(f"uv-fod: {command[-1]!r} did not end within its time limit ({limits})")
        return (child.returncode if whole else None), text.decode(errors="replace")
    finally:
        end(child)
        shutil.rmtree(empty, ignore_errors=True)


def read(child, deadline):
    """What a program prints until it ends or reaches a time limit, and whether that is all of it."""
    text = b""
    pipe = child.stdout.fileno()
    used, moved = None, time.monotonic()
    while time.monotonic() < min(deadline, moved + SECONDS_IDLE):
        # Not to the end of the pipe: something that outlives the program may hold it open.
        ended = child.poll() is not None
        readable, _, _ = select.select([pipe], [], [], 0 if ended else 0.02)
        chunk = os.read(pipe, BYTES) if readable else b""
        text += chunk
        if len(text) > BYTES:
            return text[:BYTES], False
        before, used = used, processor_time(child.pid)
        if chunk or used != before:
            moved = time.monotonic()
        if ended and not chunk:
            break
        if readable and not chunk:
            time.sleep(0.002)
    return text, True


def processor_time(pid):
    """Ticks that a process used, and the children that it waited for (proc(5)); always another value if that is not known."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return sum(map(int, file.read().rpartition(")")[2].split()[11:15]))
    except (OSError, ValueError):
        return time.monotonic()


def end(child):
    """Ends a program and all that it started."""
    if os.getpid() == 1:
        # Nix's sandbox has processes of its own, and this is the first: whatever else is there was started by the import.
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
    # An import may have put something in the place of the result.
    if os.path.isdir(out) and not os.path.islink(out):
        shutil.rmtree(out)
    elif os.path.lexists(out):
        os.unlink(out)
    with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644), "w") as file:
        file.write(text)


main()
