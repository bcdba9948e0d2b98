"""Runs one program and writes what it took to file descriptor 3, as JSON: wall and processor seconds, peak memory in MB.

With UV_FOD_BENCH_CORE it runs on that core alone. Peak memory is the largest of any process that it waited for, itself
included, as the kernel counts it (getrusage).
"""

import json
import os
import sys
import time

null = os.open(os.devnull, os.O_RDWR)
if core := os.environ.pop("UV_FOD_BENCH_CORE", None):
    os.sched_setaffinity(0, {int(core)})
started = time.perf_counter()
actions = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_CLOSE, 3)]
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions)
_, status, usage = os.wait4(pid, 0)
took = time.perf_counter() - started
result = {
    "wall": took,
    "processor": usage.ru_utime + usage.ru_stime,
    "memory": usage.ru_maxrss / 1024,
    "code": os.waitstatus_to_exitcode(status),
}
os.write(3, json.dumps(result).encode())
