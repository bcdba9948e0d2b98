import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  noSuchProgram
} from "./cli-K5Q4PDHT.js";
import {
  openJournal
} from "./cli-L3R5K4AM.js";
import {
  checkWithin,
  readText,
  readTextWithin
} from "./cli-N3CQUKAZ.js";
import "./cli-62WX6F5M.js";
import {
  startWorker
} from "./cli-RMVTUJPM.js";
import {
  innerAddress,
  isPublicAddress,
  resolveBySystem
} from "./cli-OYQJPDSJ.js";
import {
  once
} from "./cli-ATM75XBM.js";
import {
  AbortError
} from "./cli-RIK2B44O.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/effects/cache-credentials.ts
var names = {
  "s3:": /^AWS_\w+$/,
  "ssh:": /^SSH_AUTH_SOCK$/,
  "ssh-ng:": /^SSH_AUTH_SOCK$/
};
function cacheCredentials(address, environment) {
  const wanted = names[new URL(address).protocol];
  return Object.fromEntries(
    Object.entries(environment).flatMap(
      ([name, value]) => value !== void 0 && wanted?.test(name) ? [[name, value]] : []
    )
  );
}

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

// src/effects/fork-environment.ts
import path from "node:path";
var addresses = /^UV_(DEFAULT_INDEX|INDEX|INDEX_URL)$/;
var logins = /^(NETRC|UV_INDEX_\w+_(USERNAME|PASSWORD))$/i;
function forkEnvironment(environment, home) {
  const before = environment.HOME ?? home;
  const config = environment.XDG_CONFIG_HOME ?? path.join(before, ".config");
  return {
    XDG_CACHE_HOME: path.join(before, ".cache"),
    NIX_USER_CONF_FILES: path.join(config, "nix/nix.conf"),
    ...withoutLogins(environment),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, ".config"),
    XDG_DATA_HOME: path.join(home, ".local/share"),
    // OpenSSH finds its keys by the user's number, whatever HOME says.
    GIT_SSH_COMMAND: "ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none",
    GIT_CONFIG_GLOBAL: "/dev/null"
  };
}
function withoutLogins(environment) {
  const kept = Object.entries(environment).flatMap(([name, value]) => {
    if (value === void 0 || logins.test(name)) return [];
    return [[name, addresses.test(name) ? bare(value) : value]];
  });
  return Object.fromEntries(kept);
}
var bare = (value) => value.replaceAll(/(:\/\/)[^/?#@\s]*@/g, "$1");

// src/config/hosts.ts
var defaultPorts = { "https:": "443", "http:": "80", "ssh:": "22" };
function isAllowedHost(address, hosts) {
  const url = URL.parse(address);
  if (url === null || url.hostname === "") return false;
  const name = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = "", wanted = defaultPorts[url.protocol]] = entry.split(":");
    if (port !== wanted) return false;
    return host.startsWith("*.") ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host;
  });
}

// src/effects/host-policy.ts
function makeHostPolicy(rules, resolve = resolveBySystem) {
  const get = once(rules);
  const check = async (address, what) => {
    const { allowedHosts, isStranger } = await get();
    if (allowedHosts === void 0 && !isStranger) return;
    const url = URL.parse(address);
    if (url === null || !/^(https?|ssh):$/.test(url.protocol))
      throw refused(what, address, "is no http, https or ssh address");
    if (allowedHosts !== void 0) {
      if (!isAllowedHost(address, allowedHosts))
        throw refused(what, url.host, "is not among the configuration's allowed-hosts");
      return;
    }
    if (url.username !== "" || url.password !== "")
      throw refused(what, url.host, "comes with credentials in the address");
    const inner = await innerAddress(url, resolve);
    if (inner !== void 0) throw refused(what, url.host, notPublic(inner));
  };
  return {
    check,
    // Whoever owns a name may answer otherwise the second time it is asked (DNS rebinding).
    admit: async (host, addresses2) => {
      const { allowedHosts, isStranger } = await get();
      const inner = addresses2.find((address) => !isPublicAddress(address));
      if (allowedHosts === void 0 && isStranger && inner !== void 0)
        throw refused("A file", host, notPublic(inner));
    }
  };
}
var notPublic = (address) => `is ${address}, which is not of the public internet`;
function refused(what, host, why) {
  return new UserError(
    "host-not-allowed",
    `${what} is not fetched: '${host.slice(0, 200)}' ${why}. Nothing was changed. If it may be fetched from, list it as allowed-hosts in .github/uv-fod.toml of the base branch; what a pull request says there does not count.`
  );
}
function guarded(network, check) {
  return {
    ...network,
    get: async (url, headers, signal) => {
      try {
        await check(url.href, url.pathname.split("/").at(-1) || url.host);
        return await network.get(url, headers, signal);
      } catch (error) {
        throw error instanceof UserError ? new AbortError(error) : error;
      }
    }
  };
}

// src/effects/run.ts
import { spawn } from "node:child_process";

// node_modules/@actions/io/lib/io.js
import * as path3 from "path";

// node_modules/@actions/io/lib/io-util.js
import * as fs from "fs";
import * as path2 from "path";
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
        const upperExt = path2.extname(filePath).toUpperCase();
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
            const directory = path2.dirname(filePath);
            const upperName = path2.basename(filePath).toUpperCase();
            for (const actualName of yield readdir(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path2.join(directory, actualName);
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
      for (const extension of process.env["PATHEXT"].split(path3.delimiter)) {
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
    if (tool.includes(path3.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path3.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path3.join(directory, tool), extensions);
      if (filePath) {
        matches.push(filePath);
      }
    }
    return matches;
  });
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

// src/effects/runner-cache.ts
import path4 from "node:path";
function runnerCache(environment) {
  const name = environment.ACTIONS_CACHE_SERVICE_V2 ? "ACTIONS_RESULTS_URL" : "ACTIONS_CACHE_URL";
  if (!environment[name]) return void 0;
  return {
    isFeatureAvailable: () => true,
    restoreCache: async (...args) => (await import("./actions-cache.js")).restoreCache(...args),
    saveCache: async (...args) => (await import("./actions-cache.js")).saveCache(...args)
  };
}
function runnerBuilds(environment, maySave) {
  const { RUNNER_ENVIRONMENT, XDG_CACHE_HOME, HOME } = environment;
  const runner = runnerCache(environment);
  const home = XDG_CACHE_HOME || (HOME ? path4.join(HOME, ".cache") : "");
  if (runner === void 0 || RUNNER_ENVIRONMENT !== "github-hosted" || !path4.isAbsolute(home)) return {};
  return {
    builds: { runner, folder: path4.join(home, "uv-fod", "builds-1"), maySave, now: () => Date.now() }
  };
}

// src/effects/parts.ts
var sourceWorker = () => startWorker(new URL("../entry/worker.ts", import.meta.url));
function makeParts(given, log, scratch, more = {}) {
  const { worker = sourceWorker, stop = new AbortController().signal, hosts, within, isFork } = more;
  const children = { ...childEnvironment(given), TMPDIR: scratch };
  const run = makeRun(isFork ? forkEnvironment(children, scratch) : children, stop);
  const environment = isFork ? withoutLogins(given) : given;
  const { check: checkHost, admit } = makeHostPolicy(
    () => hosts ? hosts(run) : Promise.resolve({ allowedHosts: void 0, isStranger: false })
  );
  return {
    run,
    stop,
    checkHost,
    journal: (dir, known) => openJournal(dir, run, { self: identity(process.pid), isAlive }, known),
    log,
    read: within ? readTextWithin([within.checkout, within.store]) : readText,
    ...within ? { mayWrite: checkWithin(within.checkout) } : {},
    scratch,
    native: async () => {
      const { makeNativeTools } = await import("./cli-YU7VMVGI.js");
      const warn = (message) => log.warning(message);
      const { root, ...tools } = await makeNativeTools(environment, worker, warn, stop, admit);
      const runner = runnerCache(environment);
      return {
        ...tools,
        network: async () => guarded(await tools.network(), checkHost),
        onProgress: (sofar, all) => log.progress(downloadsSoFar(sofar, all)),
        ...runner ? { shared: { root, runner, log, now: () => performance.now() } } : {}
      };
    },
    ...runnerBuilds(given, more.leavesBuilds ?? false),
    now: () => performance.now(),
    cacheCredentials: (address) => isFork ? {} : cacheCredentials(address, given),
    // One for all stages: its connections are kept and used again.
    network: once(async () => {
      const { networkFrom, stoppable } = await import("./cli-WXFHLIEI.js");
      return guarded(stoppable(await networkFrom(environment, admit), stop), checkHost);
    })
  };
}
var megabytes = ({ bytes }) => (bytes / 1e6).toFixed(1);
var downloadsSoFar = (sofar, all) => `${sofar.files} of ${all.files} files, ${megabytes(sofar)} of ${megabytes(all)} MB`;
var identity = (pid) => `${pid} ${statusOf(pid)?.start ?? ""}`;
var isAlive = (other) => {
  const pid = Number(other.split(" ")[0]);
  return pid !== process.pid && statusOf(pid) !== void 0 && identity(pid) === other;
};
export {
  makeParts
};
