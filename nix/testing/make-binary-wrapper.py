"""
Prints the C program of a wrapper: sets variables and the working folder, then runs the executable
in its place.
"""

import sys

HEAD = r"""#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put(const char *name, const char *value) {
  if (setenv(name, value, 1) != 0) { perror("setenv"); exit(1); }
}

static void join(const char *name, const char *sep, const char *value, int before) {
  const char *old = getenv(name);
  char *text = NULL;
  if (old == NULL || *old == 0) { put(name, value); return; }
  if (asprintf(&text, "%s%s%s", before ? value : old, sep, before ? old : value) < 0) exit(1);
  put(name, text);
}

int main(int argc, char **argv) {
  (void)put; (void)join; (void)argc;
"""


def c(text):
    """A C string literal of these bytes."""
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else f"\\{b:03o}" for b in text.encode()) + '"'


def main():
    executable, _, *args = sys.argv[1:]
    flags = []
    print(HEAD, end="")
    while args:
        option = args.pop(0)
        if option == "--set":
            print(f"  put({c(args.pop(0))}, {c(args.pop(0))});")
        elif option == "--set-default":
            print(f"  setenv({c(args.pop(0))}, {c(args.pop(0))}, 0);")
        elif option in ("--prefix", "--suffix"):
            name, sep, value = args.pop(0), args.pop(0), args.pop(0)
            print(f"  join({c(name)}, {c(sep)}, {c(value)}, {int(option == '--prefix')});")
        elif option == "--chdir":
            folder = c(args.pop(0))
            print(f"  if (chdir({folder}) != 0) {{ perror({folder}); return 1; }}")
        elif option == "--add-flags":
            flags += args.pop(0).split()
        else:
            sys.exit(f"makeBinaryWrapper: unknown argument {option}")
    if flags:
        # After the name that the program was called by, before the caller's own arguments.
        print(f"  char **all = calloc(argc + {len(flags)} + 1, sizeof(char *));")
        print("  if (all == NULL) return 1;")
        for index, flag in enumerate(flags):
            print(f"  all[{index + 1}] = {c(flag)};")
        print(f"  for (int i = 1; i < argc; i++) all[i + {len(flags)}] = argv[i];")
        print("  argv = all;")
    print(f"  argv[0] = {c(executable)};")
    print(f"  execv({c(executable)}, argv);")
    print(f"  perror({c(executable)});\n  return 127;\n}}")


main()
