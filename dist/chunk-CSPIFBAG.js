import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  which
} from "./chunk-NYEHZRW2.js";
import {
  openJournal
} from "./chunk-ZGGWOSGJ.js";
import {
  innerAddress,
  isPublicAddress,
  networkFrom,
  resolveBySystem,
  stoppable
} from "./chunk-ATEECCWK.js";
import {
  checkWithin,
  readText,
  readTextWithin
} from "./chunk-ITRFARRA.js";
import {
  AbortError
} from "./chunk-RGEGPZ5Z.js";
import {
  UserError
} from "./chunk-ANVYJIUY.js";

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
  const open = [root];
  for (let next = open.pop(); next !== void 0; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      found.set(child, starts.get(child) ?? "");
      open.push(child);
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
  const kept = Object.entries(environment).flatMap(([name, value]) => {
    if (logins.test(name)) return [];
    return [[name, addresses.test(name) ? withoutLogins(value) : value]];
  });
  const before = environment.HOME ?? home;
  const config = environment.XDG_CONFIG_HOME ?? path.join(before, ".config");
  return {
    XDG_CACHE_HOME: path.join(before, ".cache"),
    NIX_USER_CONF_FILES: path.join(config, "nix/nix.conf"),
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, ".config"),
    XDG_DATA_HOME: path.join(home, ".local/share"),
    // OpenSSH finds its keys by the user's number, whatever HOME says.
    GIT_SSH_COMMAND: "ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none",
    GIT_CONFIG_GLOBAL: "/dev/null"
  };
}
var withoutLogins = (value) => value.replaceAll(/(:\/\/)[^/?#@\s]*@/g, "$1");

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
  let known;
  const get = () => {
    known ??= rules();
    return known;
  };
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
    if (tool === "") return { code: 127, stdout: "", stderr: `${program}: no such program on PATH` };
    stop?.throwIfAborted();
    const child = spawn(tool, args, {
      detached: true,
      env: options.onlyEnv ? { ...options.onlyEnv } : { ...environment, ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
      ...options.cwd === void 0 ? {} : { cwd: options.cwd }
    });
    const end = () => endTree(child);
    stop?.addEventListener("abort", end, { once: true });
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
function runnerCache(environment) {
  const name = environment.ACTIONS_CACHE_SERVICE_V2 ? "ACTIONS_RESULTS_URL" : "ACTIONS_CACHE_URL";
  if (!environment[name]) return void 0;
  return {
    isFeatureAvailable: () => true,
    restoreCache: async (...args) => (await import("./chunk-XVUYA5OA.js")).restoreCache(...args),
    saveCache: async (...args) => (await import("./chunk-XVUYA5OA.js")).saveCache(...args)
  };
}

// src/effects/parts.ts
var sourceWorker = new URL("../entry/worker.ts", import.meta.url);
function makeParts(given, log, scratch, { worker = sourceWorker, stop = new AbortController().signal, hosts, within, isFork } = {}) {
  let network;
  const children = { ...childEnvironment(given), TMPDIR: scratch };
  const run = makeRun(isFork ? forkEnvironment(children, scratch) : children, stop);
  const environment = isFork ? { ...given, NETRC: void 0 } : given;
  const { check: checkHost, admit } = makeHostPolicy(
    () => hosts ? hosts(run) : Promise.resolve({ allowedHosts: void 0, isStranger: false })
  );
  return {
    run,
    stop,
    checkHost,
    journal: (dir) => openJournal(dir, run, { self: identity(process.pid), isAlive }),
    log,
    read: within ? readTextWithin([within.checkout, within.store]) : readText,
    ...within ? { mayWrite: checkWithin(within.checkout) } : {},
    scratch,
    native: async () => {
      const { makeNativeTools } = await import("./chunk-NBBNILY2.js");
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
    now: () => performance.now(),
    cacheCredentials: (address) => isFork ? {} : cacheCredentials(address, given),
    network: () => {
      network ??= networkFrom(environment, admit).then((made) => guarded(stoppable(made, stop), checkHost));
      return network;
    }
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
  isAllowedHost,
  makeParts
};
