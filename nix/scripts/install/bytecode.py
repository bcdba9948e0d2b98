"""
Compiles every source file of a folder to bytecode that Python uses without looking at the source
again (PEP 552, "unchecked hash-based"), and then holds each against its source: the store is
read-only, so what is wrong here stays wrong.

Usage: bytecode.py FOLDER CORES. Links are left alone: what they point to has its own. Files that
are not Python (templates named .py, Python 2) can't be compiled and are named.
"""

import concurrent.futures
import gc
import importlib.util
import marshal
import multiprocessing
import os
import sys
import warnings

# PEP 552: hash-based, and not checked when it is imported.
HEADER = importlib.util.MAGIC_NUMBER + (0b01).to_bytes(4, "little")


def sources(folder):
    """
    Every .py file, sorted, links not followed. Bytecode that came out of a wheel is removed: its source is unknown.
    """
    found = []
    for base, folders, names in os.walk(folder):
        folders.sort()
        if os.path.basename(base) == "__pycache__":
            for path in (os.path.join(base, name) for name in names):
                # A link is to bytecode that was compiled here before.
                if not os.path.islink(path):
                    os.unlink(path)
            continue
        found += [os.path.join(base, name) for name in sorted(names) if name.endswith(".py")]
    return [path for path in found if not os.path.islink(path)]


def compile_one(path):
    """
    Returns nothing where the bytecode is the source's own, else why not.

    What py_compile does, without its second name for each file: no one reads a store path before it is complete.
    """
    with open(path, "rb") as file:
        source = file.read()
    try:
        code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError, MemoryError) as error:
        return f"not compiled: {path}: {type(error).__name__}"
    cached = importlib.util.cache_from_source(path)
    expected = HEADER + importlib.util.source_hash(source)
    write(cached, expected + marshal.dumps(code))
    with open(cached, "rb") as file:
        header = file.read(len(expected))
    with open(path, "rb") as file:
        same = file.read() == source
    if header != expected or not same:
        sys.exit(f"uv-fod: the bytecode of {path} is not that of its source")
    return None


def write(path, data):
    """
    A file of its own, in the place of a link to what was compiled elsewhere; with its folder where
    it is the first in it.
    """
    try:
        file = open(path, "xb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = open(path, "xb")
    except FileExistsError:
        os.unlink(path)
        file = open(path, "xb")
    with file:
        file.write(data)


def prepare():
    """
    Of each worker: what a file leaves behind is gone with its last reference, and a warning is for
    who wrote the file.
    """
    warnings.simplefilter("ignore")
    gc.disable()


def main():
    folder, cores = sys.argv[1], max(1, int(sys.argv[2]))
    files = sources(folder)
    # Forked, not started: workers have nothing to import, and their processor time is counted as
    # this build's.
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(cores, mp_context=fork, initializer=prepare) as pool:
        complaints = [text for text in pool.map(compile_one, files, chunksize=64) if text]
    for text in complaints:
        print(text)
    print(f"compiled {len(files) - len(complaints)} of {len(files)} files")


if __name__ == "__main__":
    main()
