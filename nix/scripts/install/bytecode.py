"""Compiles every source file of a folder to bytecode that Python uses without looking at the source again (PEP 552,
"unchecked hash-based"), and then holds each against its source: the store is read-only, so what is wrong here stays wrong.

Usage: bytecode.py FOLDER CORES. Links are left alone: what they point to has its own. Files that are not Python (templates
named .py, Python 2) can't be compiled and are named.
"""

import concurrent.futures
import importlib.util
import os
import py_compile
import sys
import warnings

UNCHECKED = 0b01


def sources(folder):
    """Every .py file, sorted, links not followed. Bytecode that came out of a wheel goes: nobody knows what it is of."""
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
    """Returns nothing where the bytecode is the source's own, else why not."""
    warnings.simplefilter("ignore")
    try:
        cached = py_compile.compile(
            path, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH, optimize=0
        )
    except py_compile.PyCompileError as error:
        return f"not compiled: {path}: {error.exc_type_name}"
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        return f"not compiled: {path}: {type(error).__name__}"
    with open(cached, "rb") as file:
        header = file.read(16)
    with open(path, "rb") as file:
        digest = importlib.util.source_hash(file.read())
    expected = importlib.util.MAGIC_NUMBER + UNCHECKED.to_bytes(4, "little") + digest
    if header != expected:
        sys.exit(f"uv-fod: the bytecode of {path} is not that of its source")
    return None


def main():
    folder, cores = sys.argv[1], max(1, int(sys.argv[2]))
    files = sources(folder)
    with concurrent.futures.ProcessPoolExecutor(cores) as pool:
        complaints = [text for text in pool.map(compile_one, files, chunksize=64) if text]
    for text in complaints:
        print(text)
    print(f"compiled {len(files) - len(complaints)} of {len(files)} files")


if __name__ == "__main__":
    main()
