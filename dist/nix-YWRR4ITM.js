import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import "./nix-VHUHMQR3.js";

// src/effects/run.ts
import { spawn } from "node:child_process";

// node_modules/@actions/io/lib/io.js
import * as path2 from "path";

// node_modules/@actions/io/lib/io-util.js
import * as fs from "fs";
import * as path from "path";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs.constants.O_RDONLY;
function isRooted(p) {
  p = normalizeSeparators(p);
  if (!p) {
    throw new Error('isRooted() parameter "p" cannot be empty');
  }
  if (IS_WINDOWS) {
    return p.startsWith("\\") || /^[A-Z]:/i.test(p);
  }
  return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
  return __awaiter(this, void 0, void 0, function* () {
    let stats = void 0;
    try {
      stats = yield stat(filePath);
    } catch (err) {
      if (err.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path.extname(filePath).toUpperCase();
        if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) {
          return filePath;
        }
      } else {
        if (isUnixExecutable(stats)) {
          return filePath;
        }
      }
    }
    const originalFilePath = filePath;
    for (const extension of extensions) {
      filePath = originalFilePath + extension;
      stats = void 0;
      try {
        stats = yield stat(filePath);
      } catch (err) {
        if (err.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path.dirname(filePath);
            const upperName = path.basename(filePath).toUpperCase();
            for (const actualName of yield readdir(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path.join(directory, actualName);
                break;
              }
            }
          } catch (err) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
          }
          return filePath;
        } else {
          if (isUnixExecutable(stats)) {
            return filePath;
          }
        }
      }
    }
    return "";
  });
}
function normalizeSeparators(p) {
  p = p || "";
  if (IS_WINDOWS) {
    p = p.replace(/\//g, "\\");
    return p.replace(/\\\\+/g, "\\");
  }
  return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
  return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}

// node_modules/@actions/io/lib/io.js
var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check) {
      const result = yield which(tool, false);
      if (!result) {
        if (IS_WINDOWS) {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
        } else {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
        }
      }
      return result;
    }
    const matches = yield findInPath(tool);
    if (matches && matches.length > 0) {
      return matches[0];
    }
    return "";
  });
}
function findInPath(tool) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    const extensions = [];
    if (IS_WINDOWS && process.env["PATHEXT"]) {
      for (const extension of process.env["PATHEXT"].split(path2.delimiter)) {
        if (extension) {
          extensions.push(extension);
        }
      }
    }
    if (isRooted(tool)) {
      const filePath = yield tryGetExecutablePath(tool, extensions);
      if (filePath) {
        return [filePath];
      }
      return [];
    }
    if (tool.includes(path2.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path2.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path2.join(directory, tool), extensions);
      if (filePath) {
        matches.push(filePath);
      }
    }
    return matches;
  });
}

// src/ports/run.ts
var noSuchProgram = 127;

// src/effects/end-tree.ts
import { readdirSync, readFileSync } from "node:fs";
var grace = 3e3;
function endTree(child) {
  const { pid } = child;
  if (pid === void 0) return;
  const known = descendants(pid);
  send(-pid, "SIGTERM");
  const timer = setTimeout(() => {
    for (const one of descendants(pid)) known.set(...one);
    send(-pid, "SIGKILL");
    for (const [id, start] of known) if (statusOf(id)?.start === start) send(id, "SIGKILL");
  }, grace);
  child.once("close", () => clearTimeout(timer));
}
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
  }
}
function statusOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), start: fields[19] ?? "" };
  } catch {
    return void 0;
  }
}
function descendants(root) {
  const found = /* @__PURE__ */ new Map();
  const children = /* @__PURE__ */ new Map();
  const starts = /* @__PURE__ */ new Map();
  for (const name of processes()) {
    const status = statusOf(name);
    if (!status) continue;
    children.set(status.parent, [...children.get(status.parent) ?? [], name]);
    starts.set(name, status.start);
  }
  const open2 = [root];
  for (let next = open2.pop(); next !== void 0; next = open2.pop()) {
    for (const child of children.get(next) ?? []) {
      found.set(child, starts.get(child) ?? "");
      open2.push(child);
    }
  }
  return found;
}
function processes() {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
  } catch {
    return [];
  }
}

// src/effects/run.ts
var passed = /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;
var mostStderr = 16 << 20;
var nixLimits = "timeout = 10800\nmax-silent-time = 3600";
function childEnvironment(environment) {
  const kept = Object.fromEntries(
    Object.entries(environment).flatMap(
      ([name, value]) => value !== void 0 && passed.test(name) ? [[name, value]] : []
    )
  );
  return { ...kept, NIX_CONFIG: `${nixLimits}
${environment.NIX_CONFIG ?? ""}` };
}
function makeRun(environment, stop) {
  return async (program, args, options = {}) => {
    const tool = await which(program, false);
    if (tool === "")
      return { code: noSuchProgram, stdout: "", stderr: `${program}: no such program on PATH` };
    stop?.throwIfAborted();
    const child = spawn(tool, args, {
      detached: true,
      env: options.onlyEnv ? { ...options.onlyEnv } : { ...environment, ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
      ...options.cwd === void 0 ? {} : { cwd: options.cwd }
    });
    const end = () => endTree(child);
    stop?.addEventListener("abort", end, { once: true });
    options.onStart?.();
    try {
      const result = await outcome(child, options);
      stop?.throwIfAborted();
      return result;
    } finally {
      stop?.removeEventListener("abort", end);
    }
  };
}
function outcome(child, options) {
  const stdout = [];
  const stderr = lastBytes(mostStderr);
  const lines = splitLines(options.onLine ?? (() => {
  }));
  child.stdout?.on("data", (chunk) => stdout.push(chunk));
  child.stderr?.on("data", (chunk) => {
    stderr.add(chunk);
    lines.add(chunk);
  });
  child.stdin?.on("error", () => {
  });
  child.stdin?.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      lines.end();
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: stderr.text() + (signal === null ? "" : `
error: ended by ${signal}
`)
      });
    });
  });
}
function lastBytes(most) {
  const chunks = [];
  let size = 0;
  return {
    add: (chunk) => {
      chunks.push(chunk);
      size += chunk.length;
      while (size - (chunks[0]?.length ?? 0) > most) size -= chunks.shift()?.length ?? 0;
    },
    text: () => Buffer.concat(chunks).toString()
  };
}
function splitLines(onLine) {
  const decoder = new TextDecoder();
  let rest = "";
  return {
    add: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
      if (rest.length > 1 << 16) {
        onLine(rest);
        rest = "";
      }
    },
    end: () => {
      if (rest !== "") onLine(rest);
    }
  };
}
export {
  childEnvironment,
  makeRun
};
