"""Holds every bytecode file below the given folders against its source, compiled anew. Prints how many there were."""

import concurrent.futures
import importlib.util
import marshal
import os
import sys
import warnings


def differs(path):
    """Why a source file's bytecode is not what Python would make of it; nothing where it is."""
    warnings.simplefilter("ignore")
    with open(path, "rb") as file:
        source = file.read()
    cached = importlib.util.cache_from_source(path)
    try:
        expected = compile(source, path, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError):
        return f"{path}: bytecode of a file that is not Python" if os.path.exists(cached) else None
    if not os.path.exists(cached):
        return f"{path}: no bytecode"
    with open(cached, "rb") as file:
        header, code = file.read(16), marshal.load(file)
    if header != importlib.util.MAGIC_NUMBER + b"\1\0\0\0" + importlib.util.source_hash(source):
        return f"{path}: not an unchecked hash of its source"
    return None if code == expected else f"{path}: other code"


def sources(folders):
    for folder in folders:
        for base, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(base, name)
                if name.endswith(".py") and not os.path.islink(path):
                    yield path


if __name__ == "__main__":
    files = sorted(sources(sys.argv[1:]))
    with concurrent.futures.ProcessPoolExecutor() as pool:
        wrong = [text for text in pool.map(differs, files, chunksize=64) if text]
    print("\n".join([*wrong[:20], f"{len(files)} files, {len(wrong)} wrong"]))
    sys.exit(1 if wrong or not files else 0)
