import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  which
} from "./chunk-NYEHZRW2.js";
import {
  networkFrom,
  stoppable
} from "./chunk-EY4HVK3K.js";
import {
  checkWithin,
  readText,
  readTextWithin
} from "./chunk-UXFUVBHW.js";
import {
  replaceAll
} from "./chunk-WMGB5PS3.js";
import {
  AbortError
} from "./chunk-RGEGPZ5Z.js";
import {
  UserError
} from "./chunk-BY722M3P.js";

// src/derivation/journal.ts
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
var none = { write: async () => {
}, clear: async () => {
} };
async function openJournal(dir, run, { self, isAlive: isAlive2 }) {
  const asked = await run("git", ["-C", dir, "rev-parse", "--git-path", "uv-fod-undo.json"]);
  if (asked.code !== 0) return none;
  const file = path.resolve(dir, asked.stdout.trim());
  await recover(file, isAlive2);
  return {
    write: async (edits) => {
      await writeFile(`${file}.new`, JSON.stringify({ self, edits }), { mode: 384 });
      await rename(`${file}.new`, file);
    },
    clear: () => rm(file, { force: true })
  };
}
async function recover(file, isAlive2) {
  const text = await readFile(file, "utf8").catch(() => void 0);
  if (text === void 0) return;
  const left = JSON.parse(text);
  if (isAlive2(left.self)) {
    throw new UserError(
      "already-running",
      `Another run changes this checkout (process ${left.self.split(" ")[0]}); wait for it, or give each run a checkout of its own.`
    );
  }
  const unchanged = [];
  for (const edit of left.edits) {
    const now = await readFile(edit.file, "utf8").catch(() => void 0);
    if (now === edit.after) unchanged.push(edit);
  }
  await replaceAll(unchanged.map(({ file: file2, before }) => ({ file: file2, text: before })));
  await rm(file, { force: true });
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

// src/effects/host-policy.ts
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

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
var special = new BlockList();
for (const network of [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"]
]) {
  const [address = "", prefix] = network.split("/");
  special.addSubnet(address, Number(prefix), "ipv4");
}
var globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const network of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) {
  const [address = "", prefix] = network.split("/");
  special.addSubnet(address, Number(prefix), "ipv6");
}
function isPublicAddress(address) {
  const family = isIP(address);
  if (family === 4) return !special.check(address, "ipv4");
  return family === 6 && globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
}
var resolveBySystem = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);
function makeCheckHost(rules, resolve = resolveBySystem) {
  let known;
  return async (address, what) => {
    known ??= rules();
    const { allowedHosts, isStranger } = await known;
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
    if (inner !== void 0)
      throw refused(what, url.host, `is ${inner}, which is not of the public internet`);
  };
}
async function innerAddress({ hostname }, resolve) {
  const name = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(name) ? [name] : await resolve(name).catch(() => []);
  return addresses.find((address) => !isPublicAddress(address));
}
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
      } catch (error) {
        throw error instanceof Error ? new AbortError(error) : error;
      }
      return network.get(url, headers, signal);
    }
  };
}

// src/effects/run.ts
import { spawn } from "node:child_process";
var passed = /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;
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
    restoreCache: async (...args) => (await import("./chunk-5PETLW6M.js")).restoreCache(...args),
    saveCache: async (...args) => (await import("./chunk-5PETLW6M.js")).saveCache(...args)
  };
}

// src/effects/parts.ts
var sourceWorker = new URL("../entry/worker.ts", import.meta.url);
function makeParts(environment, log, scratch, { worker = sourceWorker, stop = new AbortController().signal, hosts, within } = {}) {
  let network;
  const run = makeRun({ ...childEnvironment(environment), TMPDIR: scratch }, stop);
  const checkHost = makeCheckHost(
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
      const { makeNativeTools } = await import("./chunk-RINRD2YG.js");
      const warn = (message) => log.warning(message);
      const { root, ...tools } = await makeNativeTools(environment, worker, warn, stop);
      const runner = runnerCache(environment);
      return {
        ...tools,
        network: async () => guarded(await tools.network(), checkHost),
        ...runner ? { shared: { root, runner, log, now: () => performance.now() } } : {}
      };
    },
    now: () => performance.now(),
    network: () => {
      network ??= networkFrom(environment).then((made) => guarded(stoppable(made, stop), checkHost));
      return network;
    }
  };
}
var identity = (pid) => `${pid} ${statusOf(pid)?.start ?? ""}`;
var isAlive = (other) => {
  const pid = Number(other.split(" ")[0]);
  return pid !== process.pid && statusOf(pid) !== void 0 && identity(pid) === other;
};

export {
  isAllowedHost,
  makeParts
};
