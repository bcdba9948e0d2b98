import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  fileSink
} from "./nix-MW3WA6OA.js";
import {
  AbortError,
  pRetry
} from "./nix-4PXHPMVP.js";
import {
  UserError
} from "./nix-QJB75WPH.js";
import {
  __export
} from "./nix-VHUHMQR3.js";

// src/hash/sri.ts
function sriFromHex(hex) {
  return `sha256-${Buffer.from(hex, "hex").toString("base64")}`;
}

// src/artifacts/manifest.ts
var fetcherVersion = 1;
function manifestText(artifacts, target) {
  const wheels = artifacts.filter((artifact) => artifact.kind === "wheel").map(({ name, version, filename, hash }) => ({ name, version, filename, ...hash ? { hash } : {} }));
  const { system, python, libc, packages, allPackages, extras, groups, defaultGroups: defaultGroups2 } = target;
  const declared = {
    ...{ system, python, libc, allPackages, defaultGroups: defaultGroups2 },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups) }
  };
  return `${JSON.stringify({ fetcherVersion, target: declared, wheels }, null, 2)}
`;
}
var sorted = (names) => [...new Set(names)].sort();

// src/ports/printable.ts
function printable(text) {
  return text.replace(
    new RegExp("\\p{Cc}", "gu"),
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`
  );
}

// src/artifacts/fetch.ts
import { createHash as createHash2 } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

// node_modules/yocto-queue/index.js
var Node = class {
  value;
  next;
  constructor(value) {
    this.value = value;
  }
};
var Queue = class {
  #head;
  #tail;
  #size;
  constructor() {
    this.clear();
  }
  enqueue(value) {
    const node = new Node(value);
    if (this.#head) {
      this.#tail.next = node;
      this.#tail = node;
    } else {
      this.#head = node;
      this.#tail = node;
    }
    this.#size++;
  }
  dequeue() {
    const current = this.#head;
    if (!current) {
      return;
    }
    this.#head = this.#head.next;
    this.#size--;
    if (!this.#head) {
      this.#tail = void 0;
    }
    return current.value;
  }
  peek() {
    if (!this.#head) {
      return;
    }
    return this.#head.value;
  }
  clear() {
    this.#head = void 0;
    this.#tail = void 0;
    this.#size = 0;
  }
  get size() {
    return this.#size;
  }
  *[Symbol.iterator]() {
    let current = this.#head;
    while (current) {
      yield current.value;
      current = current.next;
    }
  }
  *drain() {
    while (this.#head) {
      yield this.dequeue();
    }
  }
};

// node_modules/p-limit/index.js
function pLimit(concurrency) {
  let rejectOnClear = false;
  if (typeof concurrency === "object") {
    ({ concurrency, rejectOnClear = false } = concurrency);
  }
  validateConcurrency(concurrency);
  if (typeof rejectOnClear !== "boolean") {
    throw new TypeError("Expected `rejectOnClear` to be a boolean");
  }
  const queue = new Queue();
  let activeCount = 0;
  const resumeNext = () => {
    if (activeCount < concurrency && queue.size > 0) {
      activeCount++;
      queue.dequeue().run();
    }
  };
  const next = () => {
    activeCount--;
    resumeNext();
  };
  const run = async (function_, resolve, arguments_) => {
    const result = (async () => function_(...arguments_))();
    resolve(result);
    try {
      await result;
    } catch {
    }
    next();
  };
  const enqueue = (function_, resolve, reject, arguments_) => {
    const queueItem = { reject };
    new Promise((internalResolve) => {
      queueItem.run = internalResolve;
      queue.enqueue(queueItem);
    }).then(run.bind(void 0, function_, resolve, arguments_));
    if (activeCount < concurrency) {
      resumeNext();
    }
  };
  const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
    enqueue(function_, resolve, reject, arguments_);
  });
  Object.defineProperties(generator, {
    activeCount: {
      get: () => activeCount
    },
    pendingCount: {
      get: () => queue.size
    },
    clearQueue: {
      value() {
        if (!rejectOnClear) {
          queue.clear();
          return;
        }
        const abortError = AbortSignal.abort().reason;
        while (queue.size > 0) {
          queue.dequeue().reject(abortError);
        }
      }
    },
    concurrency: {
      get: () => concurrency,
      set(newConcurrency) {
        validateConcurrency(newConcurrency);
        concurrency = newConcurrency;
        queueMicrotask(() => {
          while (activeCount < concurrency && queue.size > 0) {
            resumeNext();
          }
        });
      }
    },
    map: {
      async value(iterable, function_) {
        const promises = [];
        try {
          Array.from(iterable, (value, index) => {
            const promise = generator(function_, value, index);
            promises.push(promise);
            return promise;
          });
        } catch (error) {
          for (const promise of promises) {
            promise.catch(() => {
            });
          }
          throw error;
        }
        return Promise.all(promises);
      }
    }
  });
  return generator;
}
function validateConcurrency(concurrency) {
  if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
    throw new TypeError("Expected `concurrency` to be a number from 1 and up");
  }
}

// src/artifacts/download.ts
import { rename, rm } from "node:fs/promises";

// src/artifacts/messages.ts
var noAddress = ({ label, url }) => new UserError(
  "artifact-address",
  `${label}: '${withoutCredentials(url)}' is no http or https address; correct the index in the project and lock again.`
);
var unreachable = ({ label, url }, reason, cause) => new UserError(
  "artifact-unreachable",
  `${label} can't be downloaded from ${withoutCredentials(url)}: ${reason}. Check that the index still has it and that this machine reaches it; if the release was withdrawn, lock again (uv lock --upgrade-package NAME).`,
  { cause }
);
function untrusted({ label, url }, cause) {
  const { code, message } = cause;
  const isOfCertificate = /^(CERT_\w+|\w+_CERT|\w+_CERT_(SIGNATURE|IN_CHAIN|LOCALLY)|ERR_TLS_CERT_\w+|UNABLE_TO_VERIFY_LEAF_SIGNATURE|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;
  if (!isOfCertificate.test(String(code))) return void 0;
  return new UserError(
    "artifact-unreachable",
    `${label} can't be downloaded from ${withoutCredentials(url)}: the server's certificate is not trusted (${message}). If a proxy or a mirror of yours signs certificates itself, name a file with its authority's certificate beside the public ones in SSL_CERT_FILE; if the certificate has expired, or the clock of this machine is wrong, mend that. Otherwise somebody stands between this machine and the index.`,
    { cause }
  );
}
var changed = ({ label, url }, what) => new UserError(
  "artifact-changed",
  `${label} from ${withoutCredentials(url)} is not what uv.lock names: got ${what}. Nothing was kept. If the index replaced the file on purpose, lock again; otherwise somebody is changing files on the way.`
);
function unwritable({ label }, cause) {
  const full = cause.code === "ENOSPC" || cause.code === "EDQUOT";
  return new UserError(
    full ? "disk-full" : "files-unwritable",
    full ? `${label} can't be kept: there is no space left for it (${cause.code}). Free some, or name a folder on another disk (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).` : `${label} can't be kept: ${cause.message}. Name a folder that can be written (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
    { cause }
  );
}
function withoutCredentials(address2) {
  const url = URL.parse(address2);
  if (!url) return address2;
  url.username = "";
  url.password = "";
  url.search = "";
  return url.href;
}

// src/artifacts/redirects.ts
var most = 5;
function webAddress(address2, refused) {
  const url = URL.parse(address2);
  if (!url || url.protocol !== "https:" && url.protocol !== "http:") throw refused();
  return url;
}
async function getFollowing(start, headers, network, signal, refusals) {
  let url = start;
  for (let hops = 0; hops <= most; hops += 1) {
    const authorization = network.authorization(url);
    const sent = { ...headers, ...authorization === void 0 ? {} : { authorization } };
    const answer = await network.get(url, sent, signal);
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.status);
    const location = isRedirect ? answer.header("location") : void 0;
    if (location === void 0) return answer;
    answer.body.discard();
    const next = webAddress(URL.parse(location, url.href)?.href ?? location, refusals.address);
    if (url.protocol === "https:" && next.protocol === "http:") throw refusals.plainHttp(url, next);
    await network.beforeRedirect?.(url, next);
    url = next;
  }
  throw refusals.tooMany(most);
}

// src/artifacts/request.ts
async function request(file, network, from, signal) {
  const refusals = {
    address: () => noAddress(file),
    plainHttp: (here, to) => unreachable(file, `${here.host} redirects to plain http, at ${to.host}`),
    tooMany: (most2) => unreachable(file, `more than ${most2} redirects`)
  };
  try {
    const start = webAddress(file.url, refusals.address);
    const answer = await getFollowing(start, headersFor(from), network, signal, refusals);
    const { status, body } = answer;
    if (status === 200 || status === 206) return answer;
    body.discard();
    throw refusal(file, status);
  } catch (error) {
    throw error instanceof UserError ? new AbortError(error) : error;
  }
}
function headersFor(from) {
  return {
    "user-agent": "uv-fod",
    accept: "*/*",
    // The bytes of the lock, not a packed form of them.
    "accept-encoding": "identity",
    ...from === void 0 ? {} : { range: `bytes=${from.byte}-` },
    ...from?.etag === void 0 ? {} : { "if-range": from.etag }
  };
}
var isPassing = (status) => [408, 416, 425, 429].includes(status) || status >= 500;
function refusal(file, status) {
  const message = `the server answered ${status}`;
  return isPassing(status) ? new Error(message) : unreachable(file, message);
}

// src/artifacts/transfer.ts
import { createHash } from "node:crypto";
function openTransfer(file, part, { digests = "now", sink }) {
  return {
    sink: sink ?? fileSink(part),
    digests: digests === "now" ? newDigests(file) : void 0,
    etag: void 0,
    pieced: false,
    isSpoiled: false
  };
}
function newDigests(file) {
  const sha256 = createHash("sha256");
  const algorithm = file.hash?.split(":")[0] ?? "sha256";
  return { sha256, declared: algorithm === "sha256" ? sha256 : createHash(algorithm) };
}
async function continueOrRestart(answer, file, transfer) {
  const begins = /^bytes (\d+)-/.exec(answer.header("content-range") ?? "")?.[1];
  if (answer.status === 206 && Number(begins) === transfer.sink.size()) {
    transfer.pieced = true;
    return;
  }
  await restart(file, transfer);
  if (answer.status === 206) {
    answer.body.discard();
    throw new Error("the server answered with another part of the file than was asked for");
  }
  const etag = answer.header("etag");
  transfer.etag = etag?.startsWith("W/") ? void 0 : etag;
}
async function restart(file, transfer) {
  transfer.pieced = transfer.isSpoiled = false;
  if (transfer.sink.size() === 0) return;
  await transfer.sink.restart();
  if (transfer.digests) transfer.digests = newDigests(file);
}
function take(chunk, file, transfer) {
  const { sink, digests } = transfer;
  if (file.size !== void 0 && sink.size() + chunk.length > file.size)
    throw mismatch(file, transfer, `more than the ${file.size} bytes of the lock`);
  digests?.sha256.update(chunk);
  if (digests && digests.declared !== digests.sha256) digests.declared.update(chunk);
  return sink.take(chunk);
}
function finish(file, transfer) {
  const size = transfer.sink.size();
  if (!transfer.digests) return { size, sha256: "" };
  const { sha256, declared } = transfer.digests;
  const digest = sha256.digest("hex");
  const [algorithm, expected] = file.hash?.split(":") ?? [];
  const actual = declared === sha256 ? digest : declared.digest("hex");
  if (expected === void 0 || actual === expected.toLowerCase()) return { size, sha256: digest };
  throw mismatch(file, transfer, `${algorithm} ${actual}, where the lock has ${expected}`);
}
function mismatch(file, transfer, what) {
  if (!transfer.pieced) return new AbortError(changed(file, what));
  transfer.isSpoiled = true;
  return new Error(`what came in pieces is not one file: ${what}`);
}

// src/artifacts/watch.ts
function watch(patience, size, received, outer) {
  const controller = new AbortController();
  const abort = (reason) => controller.abort(new Error(reason));
  const seconds = (milliseconds) => `${milliseconds / 1e3} s`;
  const waiting = setTimeout(() => abort(`no answer within ${seconds(patience.headers)}`), patience.headers);
  const most2 = size === void 0 ? void 0 : patience.total + size / patience.rate * 1e3;
  const total = most2 === void 0 ? void 0 : setTimeout(() => abort(`not done after ${seconds(most2)}`), most2);
  let windows;
  const answered = () => {
    clearTimeout(waiting);
    let before = received();
    windows = setInterval(() => {
      const now = received();
      const came = now - before;
      before = now;
      if (came < patience.minimum) abort(`only ${came} bytes in ${seconds(patience.window)}`);
    }, patience.window);
  };
  const stop = () => {
    clearTimeout(waiting);
    clearTimeout(total);
    clearInterval(windows);
  };
  const signal = outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
  return { signal, answered, stop };
}

// src/artifacts/download.ts
async function download(file, target, network, options = {}) {
  const part = `${target}.part`;
  const { signal } = options;
  const transfer = openTransfer(file, part, options);
  try {
    const result = await pRetry(() => attempt(file, transfer, network, signal), {
      retries: network.retries,
      minTimeout: network.retryDelay,
      factor: 2,
      randomize: true,
      ...signal ? { signal } : {}
    });
    await transfer.sink.close();
    if (!options.sink) await rename(part, target);
    return result;
  } catch (error) {
    await transfer.sink.close().catch(() => {
    });
    if (!options.sink) await rm(part, { force: true });
    if (error instanceof UserError) throw error;
    if (isOfFiles(error)) throw unwritable(file, error);
    throw unreachable(file, reasonOf(error), error);
  }
}
async function attempt(file, transfer, network, signal) {
  const { sink } = transfer;
  const watched = watch(network.patience, file.size, sink.size, signal);
  try {
    const from = sink.size() > 0 && file.hash && !transfer.isSpoiled ? { byte: sink.size(), etag: transfer.etag } : void 0;
    const answer = await request(file, network, from, watched.signal);
    watched.answered();
    await continueOrRestart(answer, file, transfer);
    const expected = Number(answer.header("content-length") ?? Number.NaN) + sink.size();
    await answer.body.drain((piece) => take(piece, file, transfer), sink.room);
    await sink.flush();
    if (sink.size() < (file.size ?? expected))
      throw new Error(
        `the answer ended after ${sink.size()} of ${file.size ?? expected} bytes${kind(answer)}`
      );
    return finish(file, transfer);
  } catch (error) {
    if (isOfFiles(error)) throw new AbortError(unwritable(file, error));
    if (error instanceof AbortError) throw error;
    const distrust = untrusted(file, error);
    if (distrust) throw new AbortError(distrust);
    throw new Error(reasonOf(watched.signal.aborted ? watched.signal.reason : error), { cause: error });
  } finally {
    watched.stop();
  }
}
var kind = (answer) => answer.header("content-type")?.startsWith("text/html") ? ", and is a web page" : "";
var isOfFiles = (error) => typeof error === "object" && error !== null && "code" in error && "syscall" in error && ["open", "write", "ftruncate", "close", "rename"].includes(String(error.syscall)) && !["EPIPE", "ECONNRESET", "ETIMEDOUT"].includes(String(error.code));
var reasonOf = (error) => typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);

// src/artifacts/wheels.ts
function wheelsOf(artifacts) {
  const seen = /* @__PURE__ */ new Map();
  return artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").map((artifact) => {
    const { name, filename = "" } = artifact;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename)) {
      throw new UserError(
        "artifact-name",
        `${name}: '${printable(filename.slice(0, 200))}' is no file name of a wheel; lock again with a current uv.`
      );
    }
    const other = seen.get(filename);
    if (other) {
      throw new UserError(
        "artifact-name",
        `${other.name} and ${name} both name the file '${filename}'; lock again with a current uv.`
      );
    }
    seen.set(filename, artifact);
    return { ...artifact, filename };
  });
}
function asDownload(artifact) {
  if (artifact.url === void 0) {
    throw new UserError(
      "artifact-address",
      `${labelOf(artifact)} has neither an address nor a path in uv.lock; lock again with a current uv.`
    );
  }
  return { url: artifact.url, hash: artifact.hash, size: artifact.size, label: labelOf(artifact) };
}
var labelOf = (artifact) => artifact.filename ?? `${artifact.name} ${artifact.version ?? ""}`.trim();
var localMissing = (artifact, cause) => new UserError(
  "artifact-unreachable",
  `${labelOf(artifact)} is not at '${artifact.path}', where uv.lock has it; add the file or lock again.`,
  { cause }
);
var localChanged = (artifact) => new UserError(
  "artifact-changed",
  `${labelOf(artifact)} at '${artifact.path}' is not the file that uv.lock names (${artifact.hash}); lock again if it changed on purpose.`
);

// src/artifacts/fetch.ts
var parallel = 16;
async function fetchWheels(artifacts, target, project, out, network, onProgress = () => {
}) {
  const wheels = wheelsOf(artifacts);
  await mkdir(path.join(out, "wheels"), { recursive: true });
  const limit = pLimit(parallel);
  let files = 0;
  let size = 0;
  const one = async (wheel) => {
    const bytes = await fetchArtifact(wheel, project, path.join(out, "wheels", wheel.filename), network);
    size += bytes;
    files += 1;
    onProgress(files, size);
  };
  const bySize = [...wheels].sort((a, b) => (b.size ?? 0) - (a.size ?? 0));
  try {
    await Promise.all(bySize.map((wheel) => limit(one, wheel)));
  } finally {
    limit.clearQueue();
  }
  await writeFile(path.join(out, "manifest.json"), manifestText(artifacts, target));
  return { files, size };
}
async function fetchArtifact(artifact, project, target, network) {
  if (artifact.path !== void 0) return copyLocal(artifact, path.resolve(project, artifact.path), target);
  return (await download(asDownload(artifact), target, network)).size;
}
async function copyLocal(artifact, source, target) {
  const bytes = await readFile(source).catch((cause) => {
    throw localMissing(artifact, cause);
  });
  const [algorithm = "sha256", expected] = artifact.hash?.split(":") ?? [];
  if (expected !== void 0 && createHash2(algorithm).update(bytes).digest("hex") !== expected.toLowerCase())
    throw localChanged(artifact);
  await copyFile(source, target);
  return bytes.length;
}

// src/lock/project.ts
import path2 from "node:path";

// src/lock/marker-words.ts
var MarkerSyntaxError = class extends Error {
  column;
  constructor(message, column) {
    super(message);
    this.column = column;
  }
};
var VERSION_VARIABLES = /* @__PURE__ */ new Set([
  "python_version",
  "python_full_version",
  "implementation_version"
]);
var STRING_VARIABLES = /* @__PURE__ */ new Map([
  ["os_name", "os_name"],
  ["os.name", "os_name"],
  ["sys_platform", "sys_platform"],
  ["sys.platform", "sys_platform"],
  ["platform_machine", "platform_machine"],
  ["platform.machine", "platform_machine"],
  ["platform_python_implementation", "platform_python_implementation"],
  ["platform.python_implementation", "platform_python_implementation"],
  ["python_implementation", "platform_python_implementation"],
  ["platform_release", "platform_release"],
  ["platform_system", "platform_system"],
  ["platform_version", "platform_version"],
  ["platform.version", "platform_version"],
  ["implementation_name", "implementation_name"]
]);
var INVERTED = /* @__PURE__ */ new Map([
  ["==", "=="],
  ["!=", "!="],
  ["<", ">"],
  ["<=", ">="],
  [">", "<"],
  [">=", "<="]
]);
var MarkerScanner = class {
  #text;
  #at = 0;
  constructor(text) {
    this.#text = text;
  }
  error(message, column = this.#at + 1) {
    return new MarkerSyntaxError(message, column);
  }
  take(character) {
    this.#match(/\s*/y);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
  /** `and`, `or`, or undefined at the end of the text. */
  connective() {
    this.#match(/\s*/y);
    if (this.#at === this.#text.length) return void 0;
    const word = this.#match(/(?:and|or)(?=[\s(]|$)/y);
    if (word === "and" || word === "or") return word;
    throw this.error(`expected 'and', 'or' or the end, found ${this.#next()}`);
  }
  operand() {
    this.#match(/\s*/y);
    const column = this.#at + 1;
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") {
      const end = this.#text.indexOf(quote, this.#at + 1);
      if (end < 0) throw this.error(`a string is not closed with ${quote}`, column);
      const text2 = this.#text.slice(this.#at + 1, end);
      this.#at = end + 1;
      return { quoted: true, text: text2, column };
    }
    const text = this.#match(/[^\s><=!~)]*/y);
    const known = text === "extra" || text === "extras" || text === "dependency_groups";
    if (!known && !STRING_VARIABLES.has(text) && !VERSION_VARIABLES.has(text))
      throw this.error(
        `expected a quoted string or a marker variable, found ${text === "" ? this.#next() : `'${text}'`}`,
        column
      );
    return { quoted: false, text, column };
  }
  operator() {
    this.#match(/\s*/y);
    const column = this.#at + 1;
    const symbol = this.#match(/[<=>~!]+/y);
    if (symbol === "~=" || INVERTED.has(symbol)) return symbol;
    if (symbol === "") {
      if (this.#match(/in(?=[\s'"])/y) !== "") return "in";
      if (this.#match(/not\s+in/y) !== "") return "not in";
    }
    throw this.error(
      `expected a comparison such as '>=' or 'not in', found ${symbol === "" ? this.#next() : `'${symbol}'`}`,
      column
    );
  }
  #next() {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    return rest === "" ? "the end" : `'${rest}'`;
  }
  #match(sticky) {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }
};

// src/lock/names.ts
var NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
var NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
function isName(text) {
  return NAME.test(text);
}
function normalizeName(text) {
  if (NORMALIZED.test(text)) return text;
  return NAME.test(text) ? text.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}

// src/lock/version.ts
var VERSION = new RegExp(
  [
    "^v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)",
    "(?:[-_.]?(?<preKind>alpha|beta|preview|pre|rc|a|b|c)(?:[-_.]?(?<pre>\\d+))?)?",
    "(?:-(?<implicitPost>\\d+)|[-_.]?(?<postKind>post|rev|r)(?:[-_.]?(?<post>\\d+))?)?",
    "(?:[-_.]?(?<devKind>dev)(?:[-_.]?(?<dev>\\d+))?)?",
    "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$"
  ].join(""),
  "i"
);
var RELEASE = /^\d+(?:\.\d+)*$/;
var PRE_KINDS = /* @__PURE__ */ new Map([
  ["alpha", "a"],
  ["beta", "b"],
  ["c", "rc"],
  ["pre", "rc"],
  ["preview", "rc"]
]);
function parseVersion(text) {
  if (RELEASE.test(text)) return plainRelease(text);
  const parts = VERSION.exec(text.trim())?.groups;
  if (parts?.release === void 0) return void 0;
  let suffix = "";
  const preKind = parts.preKind?.toLowerCase();
  if (preKind !== void 0) suffix += `${PRE_KINDS.get(preKind) ?? preKind}${trimNumber(parts.pre ?? "0")}`;
  const post = parts.implicitPost ?? (parts.postKind === void 0 ? void 0 : parts.post ?? "0");
  if (post !== void 0) suffix += `.post${trimNumber(post)}`;
  if (parts.devKind !== void 0) suffix += `.dev${trimNumber(parts.dev ?? "0")}`;
  const epoch = trimNumber(parts.epoch ?? "0");
  const publicKey = `${epoch}!${releaseKey(parts.release)}${suffix}`;
  const local = parts.local?.toLowerCase().split(/[-_.]/).map(trimNumber).join(".");
  return {
    release: parts.release.split(".").map(Number),
    key: local === void 0 ? publicKey : `${publicKey}+${local}`,
    publicKey,
    isPlainRelease: epoch === "0" && suffix === "" && local === void 0
  };
}
function plainRelease(text) {
  const key = `0!${releaseKey(text)}`;
  return { release: text.split(".").map(Number), key, publicKey: key, isPlainRelease: true };
}
function releaseKey(release) {
  const digits = release.split(".").map(trimNumber);
  while (digits.length > 1 && digits.at(-1) === "0") digits.pop();
  return digits.join(".");
}
function compareRelease(left, right) {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
function trimNumber(text) {
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, "") : text;
}

// src/lock/marker.ts
function parseMarker(text) {
  const scanner = new MarkerScanner(text);
  const program = [];
  const pending = [];
  const reduce = (until) => {
    for (let top = pending.at(-1); top !== void 0 && !until(top); top = pending.at(-1)) {
      pending.pop();
      if (top !== "(") program.push(top);
    }
  };
  for (; ; ) {
    while (scanner.take("(")) pending.push("(");
    program.push(readTerm(scanner));
    while (scanner.take(")")) {
      reduce((top) => top === "(");
      if (pending.pop() === void 0) throw scanner.error("there is a ')' without its '('");
    }
    const word = scanner.connective();
    if (word === void 0) break;
    reduce((top) => top === "(" || word === "and" && top === "or");
    pending.push(word);
  }
  if (pending.includes("(")) throw scanner.error("a '(' is not closed");
  reduce(() => false);
  return finish2(text, program);
}
function finish2(text, raw) {
  const program = [];
  const present = [];
  const extras = /* @__PURE__ */ new Set();
  for (const item of raw) {
    if (item === "and" || item === "or") {
      const right = present.pop() ?? false;
      const left = present.pop() ?? false;
      if (left && right) program.push(item);
      present.push(left || right);
    } else {
      if (item !== void 0) program.push(item);
      if (item?.kind === "extra") extras.add(item.name);
      present.push(item !== void 0);
    }
  }
  return { text, program, extras: [...extras] };
}
function readTerm(scanner) {
  const left = scanner.operand();
  const operator = scanner.operator();
  const right = scanner.operand();
  if (isList(left)) throw scanner.error(`${left.text} has to stand on the right of 'in'`, left.column);
  if (isList(right)) {
    if (!left.quoted) return void 0;
    if (operator !== "in" && operator !== "not in")
      throw scanner.error(`${right.text} takes only 'in' and 'not in'`, right.column);
    return { kind: "constant", value: operator === "not in" };
  }
  if (left.quoted === right.quoted) return void 0;
  return left.quoted ? buildTerm(right.text, invert(operator), left.text, false) : buildTerm(left.text, operator, right.text, true);
}
function isList(operand) {
  return !operand.quoted && (operand.text === "extras" || operand.text === "dependency_groups");
}
function invert(operator) {
  if (operator === "in") return "contains";
  if (operator === "not in") return "not contains";
  return INVERTED.get(operator) ?? operator;
}
function buildTerm(variable, operator, value, starAllowed) {
  if (variable === "extra") return extraTerm(operator, value);
  const string = STRING_VARIABLES.get(variable);
  if (string !== void 0) return stringTerm(string, operator, value);
  return isVersionVariable(variable) ? versionTerm(variable, operator, value, starAllowed) : void 0;
}
function extraTerm(operator, value) {
  if (operator !== "==" && operator !== "!=") return void 0;
  const name = normalizeName(value);
  return name === void 0 ? { kind: "constant", value: false } : { kind: "extra", name, negated: operator === "!=" };
}
function stringTerm(variable, operator, value) {
  const negated = operator.startsWith("not ");
  if (operator === "in" || operator === "not in")
    return { kind: "substring", variable, direction: "inside", negated, value };
  if (operator === "contains" || operator === "not contains")
    return { kind: "substring", variable, direction: "contains", negated, value };
  return isComparison(operator) ? { kind: "string", variable, operator, value } : void 0;
}
function versionTerm(variable, operator, value, starAllowed) {
  if (operator === "in" || operator === "not in") {
    const versions = value.split(/\s+/).filter((part) => part !== "");
    const releases = versions.map((part) => parseVersion(part)?.release);
    if (!releases.every((release2) => release2 !== void 0)) return void 0;
    return { kind: "version-list", variable, negated: operator === "not in", releases };
  }
  const star = starAllowed && value.trim().endsWith(".*");
  const version = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version === void 0) return void 0;
  const release = version.release;
  if (star) {
    if (!version.isPlainRelease && !/^\s*v?\d+!/.test(value)) return void 0;
    if (operator !== "==" && operator !== "!=") return void 0;
    return { kind: "version", variable, operator: `${operator}*`, release };
  }
  if (operator === "~=")
    return release.length < 2 ? void 0 : { kind: "version", variable, operator, release };
  if (version.key !== version.publicKey && operator !== "==" && operator !== "!=") return void 0;
  return isComparison(operator) ? { kind: "version", variable, operator, release } : void 0;
}
function isVersionVariable(name) {
  return VERSION_VARIABLES.has(name);
}
function isComparison(operator) {
  return INVERTED.has(operator);
}

// src/lock/fields.ts
var NO_TABLE = Object.freeze(/* @__PURE__ */ Object.create(null));
var NOTHING = Object.freeze([]);
function invalid(place, what, remedy = "Run 'uv lock' to make it anew.") {
  const line = place.line();
  const at = line === void 0 ? place.file : `${place.file}:${line}`;
  const subject = place.subject === "" ? "" : ` (${place.subject})`;
  return new UserError("lock-invalid", printable(`${at}${subject}: ${what}. ${remedy}`), {
    at: line === void 0 ? { file: place.file } : { file: place.file, line }
  });
}
function field(table, key) {
  return Object.hasOwn(table, key) ? table[key] : void 0;
}
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function optionalString(table, key, place) {
  const value = field(table, key);
  if (value === void 0 || typeof value === "string") return value;
  throw invalid(place, `'${key}' has to be a string, not ${describe(value)}`);
}
function requiredString(table, key, place) {
  const value = optionalString(table, key, place);
  if (value === void 0) throw invalid(place, `'${key}' is missing`);
  return value;
}
function optionalCount(table, key, place) {
  const value = field(table, key);
  if (value === void 0) return void 0;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(place, `'${key}' has to be a whole number, not ${describe(value)}`);
}
function optionalBoolean(table, key, place) {
  const value = field(table, key);
  if (value === void 0 || typeof value === "boolean") return value;
  throw invalid(place, `'${key}' has to be true or false, not ${describe(value)}`);
}
function tableField(table, key, place) {
  const value = field(table, key);
  if (value === void 0) return NO_TABLE;
  if (isTable(value)) return value;
  throw invalid(place, `'${key}' has to be a table, not ${describe(value)}`);
}
function arrayField(table, key, place) {
  const value = field(table, key);
  return value === void 0 ? NOTHING : asArray(value, key, place);
}
function asArray(value, key, place) {
  if (Array.isArray(value)) return value;
  throw invalid(place, `'${key}' has to be an array, not ${describe(value)}`);
}
function tablesField(table, key, place) {
  const items = arrayField(table, key, place);
  return items.length === 0 ? NOTHING : items.map((item) => asTable(item, key, place));
}
function asTable(value, key, place) {
  if (isTable(value)) return value;
  throw invalid(place, `'${key}' has to hold tables, not ${describe(value)}`);
}
function stringsField(table, key, place) {
  const items = arrayField(table, key, place);
  if (items.length === 0) return NOTHING;
  return items.map((item) => {
    if (typeof item === "string") return item;
    throw invalid(place, `'${key}' has to hold strings, not ${describe(item)}`);
  });
}
function namesField(table, key, place) {
  const items = stringsField(table, key, place);
  return items.length === 0 ? NOTHING : items.map((name) => asName(name, key, place));
}
function asName(text, key, place) {
  const name = normalizeName(text);
  if (name === void 0) throw invalid(place, `'${clip(text)}' in '${key}' is not a name`);
  return name;
}
var Markers = class {
  #known = /* @__PURE__ */ new Map();
  /** @throws UserError `lock-marker` */
  parse(text, place) {
    const known = this.#known.get(text);
    if (known !== void 0) return known;
    try {
      const marker = parseMarker(text);
      this.#known.set(text, marker);
      return marker;
    } catch (error) {
      if (!(error instanceof MarkerSyntaxError)) throw error;
      const { message, at } = invalid(
        place,
        `the marker ${JSON.stringify(clip(text))} cannot be read at its column ${error.column}: ${error.message}`
      );
      throw new UserError("lock-marker", message, at === void 0 ? {} : { at });
    }
  }
  optional(table, key, place) {
    const text = optionalString(table, key, place);
    return text === void 0 || text === "" ? void 0 : this.parse(text, place);
  }
  list(table, key, place) {
    const items = stringsField(table, key, place);
    return items.length === 0 ? NOTHING : items.map((text) => this.parse(text, place));
  }
};
function clip(text, length = 120) {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
function describe(value) {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : `a ${typeof value}`;
}

// src/lock/source.ts
var SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
var COMMIT = /^[0-9a-f]{40}$/i;
var KEYS = ["registry", "git", "url", "path", "directory", "editable", "virtual"];
function parseSource(value, place) {
  if (!isTable(value)) throw invalid(place, "'source' is missing or no table");
  for (const kind2 of KEYS) {
    const text = field(value, kind2);
    if (typeof text === "string") return build(kind2, text, value, place);
  }
  throw invalid(
    place,
    `'source' names none of ${KEYS.join(", ")}`,
    "A newer uv may have written it: update uv-fod."
  );
}
function sourceKey(source) {
  switch (source.kind) {
    case "registry":
      return `registry ${source.url}`;
    case "url":
      return `url ${source.url} ${source.subdirectory ?? ""}`;
    case "git": {
      const ref = source.ref === void 0 ? "" : `${source.ref.kind}=${source.ref.name}`;
      return `git ${source.url} ${source.commit} ${source.subdirectory ?? ""} ${source.path ?? ""} ${ref} ${source.lfs}`;
    }
    default:
      return `${source.kind} ${source.path}`;
  }
}
function lastSegment(url) {
  const bare = url.split(/[?#]/, 1)[0] ?? "";
  const segment = bare.slice(bare.lastIndexOf("/") + 1);
  try {
    const decoded = decodeURIComponent(segment);
    return decoded === "" || /[/\\\0]/.test(decoded) || decoded === ".." || decoded === "." ? void 0 : decoded;
  } catch {
    return void 0;
  }
}
function bareUrl(url) {
  const bare = url.split(/[?#]/, 1)[0] ?? "";
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*(?:@[^/@]*)*@/i, "$1");
}
function build(kind2, text, table, place) {
  switch (kind2) {
    case "registry":
      return SCHEME.test(text) ? { kind: "registry", url: text } : { kind: "registry-path", path: text };
    case "git":
      return parseGit(text, place);
    case "url":
      return { kind: "url", url: text, subdirectory: optionalString(table, "subdirectory", place) };
    case "path":
      return { kind: "path", path: text };
    default:
      return { kind: kind2, path: text === "" ? "." : text };
  }
}
function parseGit(text, place) {
  const hash = text.indexOf("#");
  const commit = hash < 0 ? "" : text.slice(hash + 1);
  if (!COMMIT.test(commit))
    throw invalid(
      place,
      `the git source '${clip(bareUrl(text))}' does not end in '#' and a commit of 40 digits`
    );
  const beforeHash = text.slice(0, hash);
  const question = beforeHash.indexOf("?");
  const query = new URLSearchParams(question < 0 ? "" : beforeHash.slice(question + 1));
  let ref;
  let subdirectory;
  let path3;
  let lfs = false;
  for (const [key, value] of query) {
    if (key === "rev" || key === "tag" || key === "branch") ref = { kind: key, name: value };
    else if (key === "subdirectory") subdirectory = value;
    else if (key === "path") path3 = value;
    else if (key === "lfs") lfs = value.toLowerCase() === "true";
  }
  if (ref?.kind === "rev" && COMMIT.test(ref.name) && ref.name.toLowerCase() !== commit.toLowerCase())
    throw invalid(place, `the git source asks for commit ${ref.name} and pins ${commit}`);
  return {
    kind: "git",
    url: bareUrl(beforeHash),
    commit: commit.toLowerCase(),
    subdirectory,
    path: path3,
    lfs,
    ref
  };
}

// src/lock/wheel-name.ts
var TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
var BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;
function parseWheelName(filename, known) {
  if (!filename.endsWith(".whl")) return "it does not end in .whl";
  const parts = filename.slice(0, -".whl".length).split("-");
  if (parts.length < 5 || parts.length > 7) return "it does not have 5 to 7 parts between dashes";
  const third = parts[2] ?? "";
  const hasBuild = parts.length === 7 || parts.length === 6 && /^\d/.test(third);
  const [python, abi, platform, variant] = parts.slice(hasBuild ? 3 : 2);
  const build2 = hasBuild ? parseBuild(third) : void 0;
  if (hasBuild && build2 === void 0) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? "")) return `'${parts[0]}' is not a package name`;
  const version = parts[1] === known?.text ? known?.version : parseVersion(parts[1] ?? "");
  if (version === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return {
    filename,
    version,
    build: build2,
    tags: `${python}-${abi}-${platform}`,
    variant
  };
}
function compareBuild(left, right) {
  if (left === void 0 || right === void 0)
    return Number(left !== void 0) - Number(right !== void 0);
  if (left.number !== right.number) return left.number > right.number ? 1 : -1;
  if (left.rest === right.rest) return 0;
  return left.rest > right.rest ? 1 : -1;
}
function parseBuild(text) {
  const match = BUILD.exec(text);
  if (match?.[1] === void 0 || match[1].length > 20) return void 0;
  return { number: BigInt(match[1]), rest: match[2] ?? "" };
}

// src/lock/files.ts
var DIGEST_BYTES = /* @__PURE__ */ new Map([
  ["md5", 16],
  ["sha256", 32],
  ["sha384", 48],
  ["sha512", 64],
  ["blake2b", 64]
]);
function parseWheels(table, version, place) {
  const expected = version === void 0 ? void 0 : parseVersion(version);
  const known = version === void 0 || expected === void 0 ? void 0 : { text: version, version: expected };
  return tablesField(table, "wheels", place).map((entry) => {
    const file = parseFile(entry, place);
    const filename = fileName(file) ?? optionalString(entry, "filename", place);
    if (filename === void 0) throw invalid(place, "a wheel has no url, path or filename");
    const name = parseWheelName(filename, known);
    if (typeof name === "string")
      throw invalid(place, `'${clip(filename)}' is not a wheel's file name: ${name}`);
    if (expected !== void 0 && name.version.key !== expected.key && name.version.publicKey !== expected.key)
      throw invalid(place, `the wheel '${clip(filename)}' is not of version ${version}`);
    return { url: file.url, path: file.path, hash: file.hash, size: file.size, name };
  });
}
function parseSdist(table, place) {
  const value = field(table, "sdist");
  if (value === void 0) return void 0;
  if (!isTable(value)) throw invalid(place, "'sdist' has to be a table");
  return parseFile(value, place);
}
function fileName(file) {
  const from = file.url ?? file.path;
  if (from === void 0) return void 0;
  return file.url === void 0 ? from.slice(from.lastIndexOf("/") + 1) : lastSegment(from);
}
function parseFile(entry, place) {
  const hash = optionalString(entry, "hash", place);
  if (hash !== void 0) checkHash(hash, place);
  return {
    url: optionalString(entry, "url", place),
    path: optionalString(entry, "path", place),
    hash,
    size: optionalCount(entry, "size", place)
  };
}
function checkHash(hash, place) {
  const colon = hash.indexOf(":");
  const bytes = DIGEST_BYTES.get(hash.slice(0, Math.max(colon, 0)));
  if (bytes === void 0)
    throw invalid(
      place,
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGEST_BYTES.keys()].join(", ")}`
    );
  const digest = hash.slice(colon + 1);
  if (digest.length !== bytes * 2 || !/^[0-9a-f]*$/i.test(digest))
    throw invalid(place, `the hash '${clip(hash)}' is not ${bytes * 2} hexadecimal digits`);
}

// src/lock/packages.ts
var NO_DEPENDENCIES = /* @__PURE__ */ new Map();
var NO_PYTHONS = /* @__PURE__ */ new Map();
function parsePackage(table, markers, place) {
  const name = asName(requiredString(table, "name", place), "name", place);
  const version = optionalString(table, "version", place);
  if (version !== void 0 && (version.trim() !== version || parseVersion(version) === void 0))
    throw invalid(place, `'${clip(version)}' is not a version`);
  const source = parseSource(field(table, "source"), place);
  const registry = source.kind === "registry" || source.kind === "registry-path";
  if (registry && version === void 0) throw invalid(place, "'version' is missing");
  const wheels = parseWheels(table, version, place);
  checkHashes(source, wheels, place);
  const metadata = tableField(table, "metadata", place);
  const groups = field(table, "dev-dependencies") === void 0 ? "dependency-groups" : "dev-dependencies";
  const linked = {
    name,
    version,
    source,
    wheels,
    sdist: parseSdist(table, place),
    resolutionMarkers: markers.list(table, "resolution-markers", place),
    dependencies: [],
    extras: NO_DEPENDENCIES,
    groups: NO_DEPENDENCIES,
    declaredExtras: namesField(metadata, "provides-extras", place),
    declaredGroups: groupNames(metadata, place),
    defaultGroups: parseDefaultGroups(table, place),
    groupRequiresPython: parseGroupPythons(table, place),
    line: () => place.line()
  };
  return {
    place,
    linked,
    dependencies: parseDependencies(arrayField(table, "dependencies", place), "dependencies", place),
    extras: dependencyMap(table, "optional-dependencies", place),
    groups: dependencyMap(table, groups, place)
  };
}
function parseDefaultGroups(table, place) {
  const value = field(table, "default-groups");
  if (value === void 0) return void 0;
  return value === "all" ? "all" : namesField(table, "default-groups", place);
}
function parseGroupPythons(table, place) {
  if (field(table, "group-requires-python") === void 0) return NO_PYTHONS;
  const result = /* @__PURE__ */ new Map();
  for (const [group, value] of Object.entries(tableField(table, "group-requires-python", place))) {
    const specifier = isTable(value) ? field(value, "requires-python") : value;
    if (typeof specifier === "string") result.set(asName(group, "group-requires-python", place), specifier);
  }
  return result;
}
function groupNames(metadata, place) {
  const key = field(metadata, "requires-dev") === void 0 ? "dependency-groups" : "requires-dev";
  return Object.keys(tableField(metadata, key, place)).map((group) => asName(group, key, place));
}
function dependencyMap(table, key, place) {
  if (field(table, key) === void 0) return NO_DEPENDENCIES;
  const result = /* @__PURE__ */ new Map();
  for (const [name, value] of Object.entries(tableField(table, key, place)))
    result.set(
      asName(name, key, place),
      parseDependencies(asArray(value, `${key}.${name}`, place), key, place)
    );
  return result;
}
function parseDependencies(entries, key, place) {
  return entries.map((entry) => {
    const table = asTable(entry, key, place);
    const source = field(table, "source");
    return {
      name: asName(requiredString(table, "name", place), "name", place),
      version: optionalString(table, "version", place),
      source: source === void 0 ? void 0 : parseSource(source, place),
      extras: namesField(table, "extra", place),
      markerText: optionalString(table, "marker", place) ?? ""
    };
  });
}
function checkHashes(source, wheels, place) {
  if (source.kind === "registry" || source.kind === "registry-path") return;
  const wanted2 = source.kind === "url" || source.kind === "path" || source.kind === "git" && source.path !== void 0;
  for (const wheel of wheels)
    if (wheel.hash !== void 0 !== wanted2)
      throw invalid(place, `a wheel of a '${source.kind}' source ${wanted2 ? "needs" : "cannot have"} a hash`);
}

// src/lock/link.ts
function linkPackages(raw, markers) {
  const index = new PackageIndex(raw);
  return raw.map((item) => {
    const link = (list2) => linkList(list2, item, index, markers);
    item.linked.dependencies = link(item.dependencies);
    item.linked.extras = linkMap(item.extras, link);
    item.linked.groups = linkMap(item.groups, link);
    return item.linked;
  });
}
function linkMap(lists, link) {
  if (lists.size === 0) return NO_DEPENDENCIES;
  return new Map([...lists].map(([name, list2]) => [name, link(list2)]));
}
function linkList(list2, owner, index, markers) {
  const seen = /* @__PURE__ */ new Set();
  return list2.map((dependency) => {
    const found = index.find(dependency, owner);
    const extras = dependency.extras.filter((extra) => found.raw.extras.has(extra));
    const key = `${found.id} ${dependency.extras.join(",")} ${dependency.markerText}`;
    if (seen.has(key)) throw invalid(owner.place, `the dependency '${dependency.name}' is there twice`);
    seen.add(key);
    const marker = dependency.markerText === "" ? void 0 : markers.parse(dependency.markerText, owner.place);
    return { package: found.raw.linked, extras, marker };
  });
}
var PackageIndex = class {
  #byName = /* @__PURE__ */ new Map();
  #byId = /* @__PURE__ */ new Map();
  constructor(raw) {
    for (const item of raw) {
      const { name, version, source } = item.linked;
      const entry = { id: packageId(name, version, sourceKey(source)), raw: item };
      if (this.#byId.has(entry.id))
        throw invalid(item.place, "the same package, version and source is there twice");
      this.#byId.set(entry.id, entry);
      const same = this.#byName.get(name);
      if (same === void 0) this.#byName.set(name, [entry]);
      else same.push(entry);
    }
  }
  find(dependency, owner) {
    const same = this.#byName.get(dependency.name) ?? [];
    const only = same.length === 1 ? same[0] : void 0;
    if (only !== void 0 && dependency.version === void 0 && dependency.source === void 0)
      return only;
    const source = dependency.source ?? only?.raw.linked.source;
    const version = dependency.version ?? only?.raw.linked.version;
    if (source === void 0 && same.length > 1)
      throw invalid(
        owner.place,
        `the dependency '${dependency.name}' fits ${same.length} packages and names no source`
      );
    const isTree = source !== void 0 && ["directory", "editable", "virtual"].includes(source.kind);
    if (only === void 0 && version === void 0 && same.length > 1 && !isTree)
      throw invalid(
        owner.place,
        `the dependency '${dependency.name}' fits ${same.length} packages and names no version`
      );
    const found = source && this.#byId.get(packageId(dependency.name, version, sourceKey(source)));
    if (found !== void 0) return found;
    const wanted2 = dependency.version === void 0 ? dependency.name : `${dependency.name} ${dependency.version}`;
    throw invalid(owner.place, `it depends on '${wanted2}', which the lock does not hold`);
  }
};
function packageId(name, version, source) {
  return `${name} ${version === void 0 ? "" : parseVersion(version)?.key ?? version} ${source}`;
}

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
  let lines = string.slice(0, ptr).split(/\r?\n/);
  return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
  let lines = string.split(/\r?\n/);
  let codeblock = "";
  let numberLen = (Math.log10(line + 1) | 0) + 1;
  for (let i = line - 1; i <= line + 1; i++) {
    let l = lines[i - 1];
    if (!l)
      continue;
    codeblock += i.toString().padEnd(numberLen, " ");
    codeblock += ":  ";
    codeblock += l;
    codeblock += "\n";
    if (i === line) {
      codeblock += " ".repeat(numberLen + column + 2);
      codeblock += "^\n";
    }
  }
  return codeblock;
}
var TomlError = class _TomlError extends Error {
  line;
  column;
  codeblock;
  constructor(message, options) {
    const [line, column] = getLineColFromPtr(options.toml, options.ptr);
    const codeblock = makeCodeBlock(options.toml, line, column);
    super(`Invalid TOML document: ${message}

${codeblock}`, options);
    this.line = line;
    this.column = column;
    this.codeblock = codeblock;
  }
  /** @internal */
  static x(message, ctx, ptr) {
    throw new _TomlError(message, { toml: ctx.s, ptr: ptr ?? ctx.p });
  }
};

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
  let startPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p++);
  let first = c;
  let isLiteral = c === 39;
  let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
  if (isMultiline) {
    if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10)
      ctx.p++;
    else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)
      ctx.p += 2;
  }
  let parsed = "";
  let sliceStart = ctx.p;
  let state = 0;
  for (; ctx.p < ctx.s.length; ctx.p++) {
    c = ctx.s.charCodeAt(ctx.p);
    if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) {
      state = state && 3;
    } else if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in strings", ctx);
    } else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
          ctx.p++;
      }
      if (!state) {
        let s = ctx.s.slice(sliceStart, ctx.p);
        parsed = parsed ? parsed + s : s;
      }
      ctx.p += isMultiline ? 3 : 1;
      return parsed;
    } else if (!state) {
      if (!isLiteral && c === 92) {
        parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
        state = 1;
      }
    } else if (state === 1) {
      if (c === 120 || c === 117 || c === 85) {
        let errPtr = ctx.p++ - 1;
        let value = 0;
        let len = c === 120 ? 2 : c === 117 ? 4 : 8;
        for (let j = 0; j < len; j++, ctx.p++) {
          let hex = ctx.s.charCodeAt(ctx.p);
          let digit = (
            /* 0-9 */
            hex >= 48 && hex <= 57 ? hex - 48 : (
              /* A-F */
              hex >= 65 && hex <= 70 ? hex - 65 + 10 : (
                /* a-f */
                hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1
              )
            )
          );
          if (digit < 0)
            TomlError.x("invalid non-hex character in unicode escape", ctx);
          value = value << 4 | digit;
        }
        if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) {
          TomlError.x("invalid unicode escape", ctx, errPtr);
        }
        parsed += String.fromCodePoint(value);
        sliceStart = ctx.p--;
        state = 0;
      } else if (isMultiline && (c === 32 || c === 9)) {
        state = 2;
      } else {
        if (c === 98)
          parsed += "\b";
        else if (c === 116)
          parsed += "	";
        else if (c === 110)
          parsed += "\n";
        else if (c === 102)
          parsed += "\f";
        else if (c === 114)
          parsed += "\r";
        else if (c === 101)
          parsed += "\x1B";
        else if (c === 34)
          parsed += '"';
        else if (c === 92)
          parsed += "\\";
        else
          TomlError.x("unrecognised escape sequence", ctx);
        sliceStart = ctx.p + 1;
        state = 0;
      }
    } else if (c !== 32 && c !== 9) {
      if (state === 2)
        TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
      state = !isLiteral && c === 92 ? 1 : 0;
      sliceStart = ctx.p;
    }
  }
  TomlError.x("unfinished string", ctx, startPtr);
}

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class _TomlDate extends Date {
  #hasDate = false;
  #hasTime = false;
  #offset = null;
  constructor(date, fasttype, unsafeDelim) {
    let hasDate = true;
    let hasTime = true;
    let offset = "Z";
    let c;
    if (typeof date === "string") {
      if (fasttype)
        prep: {
          if (fasttype < 3) {
            if (+date.slice(11, 13) > 23) {
              date = "";
              break prep;
            }
            if (fasttype === 2) {
              offset = null;
              date += "Z";
            } else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) {
              offset = date.slice(date.length - 6);
            }
            if (unsafeDelim)
              date = date.slice(0, 10) + "T" + date.slice(11);
          } else if (fasttype === 4) {
            date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
          }
          hasDate = fasttype !== 4;
          hasTime = fasttype !== 3;
        }
      else {
        let match = date.match(DATE_TIME_RE);
        if (match) {
          if (!match[1]) {
            hasDate = false;
            date = `0000-01-01T${date}`;
          }
          hasTime = !!match[2];
          hasTime && date[10] === " " && (date = date.replace(" ", "T"));
          if (match[2] && +match[2] > 23) {
            date = "";
          } else {
            offset = match[3] || null;
            if (!offset && hasTime)
              date += "Z";
          }
        } else {
          date = "";
        }
      }
    }
    super(date);
    if (!isNaN(this.getTime())) {
      this.#hasDate = hasDate;
      this.#hasTime = hasTime;
      this.#offset = offset;
    }
  }
  isDateTime() {
    return this.#hasDate && this.#hasTime;
  }
  isLocal() {
    return !this.#hasDate || !this.#hasTime || !this.#offset;
  }
  isDate() {
    return this.#hasDate && !this.#hasTime;
  }
  isTime() {
    return this.#hasTime && !this.#hasDate;
  }
  isValid() {
    return this.#hasDate || this.#hasTime;
  }
  toISOString() {
    let iso = super.toISOString();
    if (this.isDate())
      return iso.slice(0, 10);
    if (this.isTime())
      return iso.slice(11, 23);
    if (this.#offset === null)
      return iso.slice(0, -1);
    if (this.#offset === "Z" || this.#offset === "z")
      return iso;
    let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
    offset = this.#offset[0] === "-" ? offset : -offset;
    let offsetDate = new Date(this.getTime() - offset * 6e4);
    return offsetDate.toISOString().slice(0, -1) + this.#offset;
  }
  static wrapAsOffsetDateTime(jsDate, offset = "Z") {
    let date = new _TomlDate(jsDate);
    date.#offset = offset;
    return date;
  }
  static wrapAsLocalDateTime(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#offset = null;
    return date;
  }
  static wrapAsLocalDate(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#hasTime = false;
    date.#offset = null;
    return date;
  }
  static wrapAsLocalTime(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#hasDate = false;
    date.#offset = null;
    return date;
  }
};

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
  return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
  return char === 32 || char === 9 || char === 10 || char === 13 || // Structure end or next value delimiter
  delim && (char === delim || char === 44) || // Comment
  char === 35;
}
function extractValue(ctx, end) {
  let errPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p);
  if (c === 91 || c === 123) {
    ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
    let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
    ctx.d++;
    return value;
  }
  if (c === 34 || c === 39) {
    return parseString(ctx);
  }
  if (c === 116) {
    if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, true;
  }
  if (c === 102) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, false;
  }
  if (c === 43 || c === 45) {
    return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) {
    return parseDate(ctx, c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 2) === 58) {
    return parseTime(ctx, c, end);
  }
  return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
  let c = startChr;
  let state = 0;
  let hasUnderscores = false;
  if (c === 105) {
    if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, (sign || 1) / 0;
  }
  if (c === 110) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, NaN;
  }
  if (c === 48) {
    if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr))
      return ctx.bi === true ? 0n : 0;
    if (!sign) {
      if (c === 120)
        return parseIntegerBaseN(ctx, startPtr, 16, endChr);
      else if (c === 98)
        return parseIntegerBaseN(ctx, startPtr, 2, endChr);
      else if (c === 111)
        return parseIntegerBaseN(ctx, startPtr, 8, endChr);
    }
    if (c === 46)
      state = 2;
    else if (c === 101 || c === 69)
      state = 4;
    else
      TomlError.x("illegal leading zero", ctx, startPtr);
  } else if (!isDigit(c))
    TomlError.x("invalid value", ctx, startPtr);
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (!state)
      state = 1;
    if (c === 95) {
      if (!(state & 1))
        TomlError.x("illegal underscore", ctx);
      state += 11;
      hasUnderscores = true;
    } else if (state === 1 && c === 46)
      state = 2;
    else if ((state === 1 || state === 3) && (c === 101 || c === 69))
      state = 4;
    else if (state === 4 && (c === 43 || c === 45)) {
      state = 6;
    } else if (!isDigit(c))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (state > 9)
      state -= 11;
    else if (!(state & 1))
      state++;
  }
  if (!state) {
    let val = (startChr - 48) * (sign || 1);
    return ctx.bi === true ? BigInt(val) : val;
  }
  if (!(state & 1))
    TomlError.x("unfinished numeric value", ctx, startPtr);
  let str = ctx.s.slice(startPtr, ctx.p);
  if (hasUnderscores)
    str = str.replaceAll("_", "");
  return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
  let c, underscore = 1;
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (c === 95) {
      if (underscore & 1)
        TomlError.x("illegal underscore", ctx);
      underscore = 3;
    } else if (!isDigit(c, base))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (underscore & 1)
      underscore--;
  }
  if (underscore & 1)
    TomlError.x("unfinished numeric value", ctx);
  let str = ctx.s.slice(startPtr + 2, ctx.p);
  if (underscore)
    str = str.replaceAll("_", "");
  return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
  if (ctx.bi !== true)
    int: {
      let val = parseInt(str, base);
      if (!Number.isSafeInteger(val)) {
        if (ctx.bi)
          break int;
        TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
      }
      return val;
    }
  return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
  let startPtr = ctx.p++, unsafeSeparator;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) {
    return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
  }
  ctx.p += 5;
  if (!isDigit(ctx.s.charCodeAt(ctx.p++)))
    TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
  if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) {
    let t2 = ctx.s.slice(startPtr, ctx.p);
    return readDate(ctx, t2, 3, false, startPtr);
  }
  if (ctx.s.charCodeAt(ctx.p += 3) !== 58)
    TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
  if (ctx.s.charCodeAt(ctx.p += 3) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  if (c = ctx.s.charCodeAt(ctx.p)) {
    if (c === 90 || c === 122) {
      let t2 = ctx.s.slice(startPtr, ++ctx.p);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, "[+00:00]");
    }
    if (c === 43 || c === 45) {
      let t2 = ctx.s.slice(startPtr, ctx.p += 6);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
    }
  }
  let t = ctx.s.slice(startPtr, ctx.p);
  return readDate(ctx, t, 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
  let start = ctx.p;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
    return parseNumber(ctx, --ctx.p, c, 0, endChr);
  }
  if (ctx.s.charCodeAt(ctx.p += 4) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  let t = ctx.s.slice(start, ctx.p);
  return readDate(ctx, t, 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
  if (ctx.ld) {
    let date = new TomlDate(str, type, unsafeDelim);
    if (!date.isValid())
      TomlError.x("invalid date", ctx, errPtr);
    return date;
  }
  try {
    if (temporalSuffix)
      str += temporalSuffix;
    switch (type) {
      case 1:
        return Temporal.ZonedDateTime.from(str);
      case 2:
        return Temporal.PlainDateTime.from(str);
      case 3:
        return Temporal.PlainDate.from(str);
      case 4:
        return Temporal.PlainTime.from(str);
    }
  } catch (e) {
    TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
  }
}

// node_modules/smol-toml/dist/util.js
function skipComment(ctx) {
  for (; ctx.p < ctx.s.length; ctx.p++) {
    let c = ctx.s.charCodeAt(ctx.p);
    if (c === 10)
      break;
    if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
      ctx.p++;
      break;
    }
    if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in comments", ctx);
    }
  }
}
function skipVoid(ctx, banNewLines, banComments) {
  let c;
  while (ctx.p < ctx.s.length) {
    while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)))
      ctx.p++;
    if (banComments || c !== 35)
      break;
    skipComment(ctx);
  }
}

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end = 61) {
  let startPtr;
  let state = 0;
  let parsed = [];
  let sliceStart;
  let c = ctx.s.charCodeAt(startPtr = ctx.p);
  do {
    if (c === end) {
      if (!state)
        TomlError.x("unexpected end of key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      return ctx.p++, parsed;
    } else if (c === 46) {
      if (!state)
        TomlError.x("illegal empty bare key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      state = 0;
    } else if (!state && (c === 34 || c === 39)) {
      if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
        TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
      parsed.push(parseString(ctx));
      state = 2;
      ctx.p--;
    } else if (c === 32 || c === 9) {
      if (state === 1) {
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
        state = 2;
      }
    } else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) {
      TomlError.x("illegal character in key", ctx);
    } else if (!state) {
      state = 1;
      sliceStart = ctx.p;
    }
  } while (c = ctx.s.charCodeAt(++ctx.p));
  TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
function parseInlineTable(ctx) {
  let startPtr = ctx.p++;
  let res = /* @__PURE__ */ Object.create(null);
  let seen = /* @__PURE__ */ new Set();
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
      ctx.p++;
      return res;
    }
    let k;
    let t = res;
    let hasOwn = false;
    let errPtr = ctx.p;
    let key = parseKey(ctx);
    for (let i = 0; i < key.length; i++) {
      if (i)
        t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      k = key[i];
      if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) {
        TomlError.x("trying to redefine an already defined value", ctx, errPtr);
      }
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor")) {
        t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
        break;
      }
      if (!hasOwn && unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
      }
    }
    if (hasOwn) {
      TomlError.x("trying to redefine an already defined value", ctx, errPtr);
    }
    skipVoid(ctx, true, true);
    let value = extractValue(
      ctx,
      125
      /* } */
    );
    if (t && typeof (t[k] = value) === "object")
      seen.add(value);
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished table", ctx, startPtr);
}
function parseArray(ctx) {
  let startPtr = ctx.p++;
  let res = [];
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
      ctx.p++;
      return res;
    }
    res.push(extractValue(
      ctx,
      93
      /* ] */
    ));
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished array", ctx, startPtr);
}

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key, table, meta, type) {
  let t = table;
  let m = meta;
  let k;
  let hasOwn = false;
  let state;
  for (let i = 0; i < key.length; i++) {
    if (i) {
      t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      m = (state = m[k]).c;
      if (type === 0 && (state.t === 1 || state.t === 2)) {
        return null;
      }
      if (state.t === 2) {
        let l = t.length - 1;
        t = t[l];
        m = m[l].c;
      }
    }
    k = key[i];
    if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) {
      return null;
    }
    if (!hasOwn) {
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor"))
        return false;
      if (unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
        Object.defineProperty(m, k, { enumerable: true, configurable: true, writable: true });
      }
      m[k] = {
        t: i < key.length - 1 && type === 2 ? 3 : type,
        d: false,
        i: 0,
        c: /* @__PURE__ */ Object.create(null)
      };
    }
  }
  state = m[k];
  if (state.t !== type && !(type === 1 && state.t === 3)) {
    return null;
  }
  if (type === 2) {
    if (!state.d) {
      state.d = true;
      t[k] = [];
    }
    t[k].push(t = /* @__PURE__ */ Object.create(null));
    state.c[state.i++] = state = { t: 1, d: false, i: 0, c: /* @__PURE__ */ Object.create(null) };
  }
  if (state.d) {
    return null;
  }
  state.d = true;
  if (type === 1) {
    t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
  } else if (type === 0 && hasOwn) {
    return null;
  }
  return [k, t, state.c];
}
function validateTablePeek(ctx, peek, ptr) {
  if (peek === null || ctx.uk === 2)
    TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options = {}) {
  let ctx = {
    s: toml,
    p: 0,
    d: options.maxDepth ?? 1e3,
    bi: options.integersAsBigInt ?? false,
    ld: options.useLegacyDate ?? true,
    uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
  };
  let res = /* @__PURE__ */ Object.create(null);
  let meta = /* @__PURE__ */ Object.create(null);
  let tmp;
  let skipping = false;
  let tbl = res;
  let m = meta;
  if (toml.charCodeAt(0) === 65279)
    ctx.p++;
  skipVoid(ctx);
  while (ctx.p < toml.length) {
    if (toml.charCodeAt(ctx.p) === 91) {
      let isTableArray = toml.charCodeAt(++ctx.p) === 91;
      tmp = ctx.p += +isTableArray;
      skipping = false;
      let k = parseKey(
        ctx,
        93
        /* ] */
      );
      if (isTableArray) {
        if (toml.charCodeAt(ctx.p) !== 93) {
          TomlError.x("expected end of table array declaration", ctx);
        }
        ctx.p++;
      }
      let p = peekTable(
        ctx,
        k,
        res,
        meta,
        isTableArray ? 2 : 1
        /* Type.EXPLICIT */
      );
      if (!p) {
        validateTablePeek(ctx, p, tmp);
        skipping = true;
      } else {
        m = p[2];
        tbl = p[1];
      }
    } else {
      tmp = ctx.p;
      let k = parseKey(ctx);
      let p = peekTable(
        ctx,
        k,
        tbl,
        m,
        0
        /* Type.DOTTED */
      );
      if (!p && !skipping)
        validateTablePeek(ctx, p, tmp);
      skipVoid(ctx, true, true);
      let v = extractValue(ctx, void 0);
      if (p && !skipping)
        p[1][p[0]] = v;
    }
    skipVoid(ctx, true);
    if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) {
      TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
    }
    skipVoid(ctx);
  }
  return res;
}

// node_modules/smol-toml/dist/stringify.js
var HAS_WELLFORMED = !!"".isWellFormed;

// src/lock/toml.ts
var MAX_DEPTH = 160;
var MANY_DOTS = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}`, "m");
var NEWLINE = 10;
var DOT = 46;
var CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;
function parseToml(text, file) {
  const deep = MANY_DOTS.test(text) ? deepKey(text) : void 0;
  if (deep !== void 0)
    throw new UserError(
      "toml-syntax",
      `${file}:${deep.line}:${deep.column} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Mend the file, or make the lock anew with 'uv lock'.`,
      { at: { file, ...deep } }
    );
  try {
    return parse(text.startsWith("\uFEFF") ? text.slice(1) : text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof TomlError) throw mergeConflict(text, file) ?? syntaxError(error, file);
    throw error;
  }
}
function deepKey(text) {
  let line = 1;
  let lineStart = 0;
  let runStart = 0;
  let bareDots = 0;
  let quotedDots = 0;
  let previous = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      bareDots = previous === DOT ? 0 : bareDots + 1;
      if (isQuote(previous)) quotedDots += 1;
      if (bareDots > MAX_DEPTH || quotedDots > MAX_DEPTH) return { line, column: runStart - lineStart + 1 };
    } else if (code === NEWLINE) {
      line += 1;
      lineStart = at + 1;
      runStart = lineStart;
      bareDots = 0;
      quotedDots = 0;
    } else if (!isKeyCharacter(code)) {
      bareDots = 0;
      if (quotedDots === 0) runStart = at + 1;
    }
    if (!isBlank(code)) previous = code;
  }
  return void 0;
}
function isKeyCharacter(code) {
  if (code >= 97 && code <= 122) return true;
  if (code >= 48 && code <= 57) return true;
  if (code >= 65 && code <= 90) return true;
  return code === 95 || code === 45 || isQuote(code) || isBlank(code);
}
function isQuote(code) {
  return code === 34 || code === 39;
}
function isBlank(code) {
  return code === 32 || code === 9;
}
function syntaxError(error, file) {
  const reason = error.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "") ?? "invalid";
  return new UserError(
    "toml-syntax",
    `${file}:${error.line}:${error.column} is not valid TOML: ${reason}. Mend the file, or make the lock anew with 'uv lock'.`,
    { at: { file, line: error.line, column: error.column }, cause: error }
  );
}
function mergeConflict(text, file) {
  const found = CONFLICT.exec(text);
  if (found === null) return void 0;
  const line = lineAt(text, found.index);
  return new UserError(
    "merge-conflict",
    `${file}:${line} holds a merge conflict that nobody resolved ('${found[0].trim()}'). Take one side and run 'uv lock'.`,
    { at: { file, line, column: 1 } }
  );
}
function lineAt(text, index) {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

// src/lock/parse.ts
function parseLock(text, file) {
  const document = parseToml(text, file);
  const top = { file, subject: "", line: () => void 0 };
  checkVersion(document, top);
  const markers = new Markers();
  const entries = tablesField(
    document,
    field(document, "package") === void 0 ? "distribution" : "package",
    top
  );
  const raw = entries.map(
    (entry, index) => parsePackage(entry, markers, packagePlace(text, file, entry, index))
  );
  const packages = linkPackages(raw, markers);
  const manifest = tableField(document, "manifest", top);
  return {
    file,
    revision: typeof document.revision === "number" ? document.revision : 0,
    requiresPython: requiredString(document, "requires-python", top),
    resolutionMarkers: markers.list(document, "resolution-markers", top),
    supportedMarkers: markers.list(document, "supported-markers", top),
    conflicts: parseConflicts(document, top),
    members: namesField(manifest, "members", top),
    requirements: tablesField(manifest, "requirements", top).map((entry) => requirement(entry, markers, top)),
    groups: parseRootGroups(manifest, markers, top),
    groupRequiresPython: parseGroupPythons(manifest, top),
    defaultGroups: parseDefaultGroups(manifest, top),
    packages,
    byName: groupByName(packages)
  };
}
function checkVersion(document, place) {
  const version = field(document, "version");
  if (version === 1) return;
  if (version === void 0)
    throw invalid(place, "'version' is missing: this is not a uv.lock", "Name the uv.lock that uv wrote.");
  throw new UserError(
    "lock-version",
    `${place.file} has format version ${String(version)}; uv-fod reads version 1, of any revision. Use a uv-fod that knows it, or a uv that writes version 1.`,
    { at: { file: place.file } }
  );
}
function packagePlace(text, file, entry, index) {
  const name = field(entry, "name");
  const subject = typeof name === "string" ? `package '${name}'` : `package number ${index + 1}`;
  return { file, subject, line: () => packageLine(text, index) };
}
function packageLine(text, index) {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  for (let count = 0; ; count += 1) {
    const found = header.exec(text);
    if (found === null) return void 0;
    if (count === index) return lineAt(text, found.index);
  }
}
function groupByName(packages) {
  const result = /* @__PURE__ */ new Map();
  for (const item of packages) {
    const same = result.get(item.name);
    if (same === void 0) result.set(item.name, [item]);
    else same.push(item);
  }
  return result;
}
function requirement(entry, markers, place) {
  return {
    name: asName(requiredString(entry, "name", place), "requirements", place),
    extras: namesField(entry, "extras", place),
    marker: markers.optional(entry, "marker", place)
  };
}
function parseRootGroups(manifest, markers, place) {
  const key = "dependency-groups";
  const result = /* @__PURE__ */ new Map();
  for (const [group, entries] of Object.entries(tableField(manifest, key, place))) {
    const list2 = asArray(entries, `${key}.${group}`, place);
    result.set(
      asName(group, key, place),
      list2.map((entry) => requirement(asTable(entry, key, place), markers, place))
    );
  }
  return result;
}
function parseConflicts(document, place) {
  return arrayField(document, "conflicts", place).map(
    (set) => asArray(set, "conflicts", place).map((entry) => conflictItem(asTable(entry, "conflicts", place), place))
  );
}
function conflictItem(entry, place) {
  const name = asName(requiredString(entry, "package", place), "conflicts", place);
  const extra = optionalString(entry, "extra", place);
  if (extra !== void 0) return { package: name, kind: "extra", name: asName(extra, "conflicts", place) };
  const group = optionalString(entry, "group", place);
  if (group !== void 0) return { package: name, kind: "group", name: asName(group, "conflicts", place) };
  return { package: name, kind: "project", name: "" };
}

// src/lock/reader.ts
function rememberText(read) {
  const known = /* @__PURE__ */ new Map();
  return (file) => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
}
function readAhead(files, read) {
  for (const file of files) read(file).catch(() => {
  });
}

// src/lock/settings.ts
var NO_SETTINGS = { noBinary: { kind: "none" }, noBuild: { kind: "none" } };
function parseSettings(table, file) {
  const place = { file, subject: "", line: () => void 0 };
  return { noBinary: parseRule(table, "no-binary", place), noBuild: parseRule(table, "no-build", place) };
}
function parseRule(table, key, place) {
  const all = optionalBoolean(table, key, place);
  const names = namesField(table, `${key}-package`, place);
  if (all !== void 0) return { kind: all ? "all" : "none" };
  return names.length === 0 ? { kind: "none" } : { kind: "packages", names: new Set(names) };
}
function forbidsWheel(settings, name) {
  return forbids(settings.noBinary, settings.noBuild, name);
}
function forbidsBuild(settings, name) {
  return forbids(settings.noBuild, settings.noBinary, name);
}
function forbids(rule, exception, name) {
  if (rule.kind === "packages") return rule.names.has(name);
  if (rule.kind === "none") return false;
  return exception.kind !== "packages" || !exception.names.has(name);
}
function parsePyproject(document, file) {
  const place = { file, subject: "", line: () => void 0 };
  const project = tableField(document, "project", place);
  const name = optionalString(project, "name", place);
  const tool = tableField(document, "tool", place);
  const uv = field(tool, "uv") === void 0 ? void 0 : tableField(tool, "uv", place);
  const groups = new Set(
    Object.keys(tableField(document, "dependency-groups", place)).map(
      (group) => asName(group, "dependency-groups", place)
    )
  );
  const defaultGroups2 = uv === void 0 ? void 0 : readDefaultGroups(uv, groups, place);
  if (uv !== void 0 && field(uv, "dev-dependencies") !== void 0) groups.add("dev");
  return {
    file,
    name: name === void 0 ? void 0 : asName(name, "project.name", place),
    groups,
    defaultGroups: defaultGroups2,
    isWorkspaceRoot: uv !== void 0 && isTable(field(uv, "workspace")),
    uv
  };
}
function readDefaultGroups(uv, groups, place) {
  const value = field(uv, "default-groups");
  if (value === void 0 || value === "all") return value;
  const names = namesField(uv, "default-groups", place);
  for (const name of names)
    if (!groups.has(name))
      throw invalid(
        place,
        `'tool.uv.default-groups' names '${clip(name)}', which [dependency-groups] does not have`,
        "Take it out, or add the group."
      );
  return names;
}

// src/lock/project.ts
async function loadProject(dir, readFile2, options = {}) {
  const read = rememberText(readFile2);
  readAhead([path2.join(dir, "pyproject.toml"), path2.join(dir, "uv.toml")], read);
  const { root, lockFile, lock } = options.lockFile === void 0 ? await findLock(dir, read) : await readLock(dir, options.lockFile, read);
  const rootPyproject = await readPyproject(path2.join(root, "pyproject.toml"), read);
  const pyprojects = await readMembers(lock, root, rootPyproject, read);
  const own = sameFolder(dir, root) ? rootPyproject : await readPyproject(path2.join(dir, "pyproject.toml"), read);
  return {
    lock,
    root,
    lockFile,
    settings: await findSettings(root, read),
    current: own === void 0 ? memberAt(lock, path2.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects
  };
}
async function readLock(dir, lockFile, read) {
  const text = await read(lockFile);
  if (text === void 0)
    throw new UserError(
      "lock-missing",
      `There is no lock ${lockFile}. Name the uv.lock with --lock, or leave --lock out.`
    );
  const lock = parseLock(text, lockFile);
  const own = await readPyproject(path2.join(dir, "pyproject.toml"), read);
  const root = ancestors(dir).find((folder) => {
    const member = memberAt(lock, path2.relative(folder, dir));
    return member !== void 0 && (own === void 0 || member === own.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read) {
  for (const root of ancestors(dir)) {
    const lockFile = path2.join(root, "uv.lock");
    const text = await read(lockFile);
    if (text === void 0) continue;
    const lock = parseLock(text, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path2.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir}, nor in a workspace above it. Run 'uv lock' there, or name the lock with --lock.`
  );
}
function memberAt(lock, folder) {
  const wanted2 = path2.normalize(folder === "" ? "." : folder);
  const found = lock.packages.find(
    ({ source }) => (source.kind === "editable" || source.kind === "virtual" || source.kind === "directory") && path2.normalize(source.path) === wanted2
  );
  return found?.name;
}
async function readMembers(lock, root, rootPyproject, read) {
  const result = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result.set(rootPyproject.name, rootPyproject);
  const files = lock.members.filter((name) => !result.has(name)).map((name) => ({ name, file: pyprojectOf(name, lock, root) }));
  readAhead(
    files.flatMap(({ file }) => file ?? []),
    read
  );
  for (const { name, file } of files) {
    const pyproject = file === void 0 ? void 0 : await readPyproject(file, read);
    if (pyproject !== void 0) result.set(name, pyproject);
  }
  return result;
}
function pyprojectOf(name, lock, root) {
  const source = lock.byName.get(name)?.[0]?.source;
  if (source === void 0 || !("path" in source) || source.path === void 0) return void 0;
  const folder = path2.resolve(root, source.path);
  return path2.relative(root, folder).startsWith("..") ? void 0 : path2.join(folder, "pyproject.toml");
}
async function readPyproject(file, read) {
  const text = await read(file);
  return text === void 0 ? void 0 : parsePyproject(parseToml(text, file), file);
}
async function findSettings(root, read) {
  for (const folder of ancestors(root)) {
    const file = path2.join(folder, "uv.toml");
    const text = await read(file);
    if (text !== void 0) return parseSettings(parseToml(text, file), file);
    const pyproject = await readSettingsPyproject(path2.join(folder, "pyproject.toml"), read, folder === root);
    if (pyproject?.uv !== void 0) return parseSettings(pyproject.uv, pyproject.file);
  }
  return NO_SETTINGS;
}
async function readSettingsPyproject(file, read, isRoot) {
  try {
    return await readPyproject(file, read);
  } catch (error) {
    if (isRoot || !(error instanceof UserError)) throw error;
    return void 0;
  }
}
function ancestors(dir) {
  const result = [dir];
  for (let folder = path2.dirname(dir); folder !== result.at(-1); folder = path2.dirname(folder))
    result.push(folder);
  return result;
}
function sameFolder(left, right) {
  return path2.relative(left, right) === "";
}

// src/plan/target.ts
var SYSTEMS = [
  "x86_64-linux",
  "aarch64-linux",
  "x86_64-darwin",
  "aarch64-darwin"
];
var PYTHON = /^3\.(\d{1,3})(?:\.(\d{1,3}))?$/;
var LIBC = /^(glibc|musl|macos):(\d{1,4})\.(\d{1,4})$/;
var DEFAULT_LINUX = { kind: "glibc", major: 2, minor: 39 };
var DEFAULT_DARWIN = { kind: "macos", major: 14, minor: 0 };
function parseTarget(input) {
  const system = SYSTEMS.find((name) => name === input.system);
  if (system === void 0)
    throw new UserError(
      "target-system",
      `'${input.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system, python: parsePython(input.python), libc: parseLibc(input.libc, system) };
}
function formatLibc(libc) {
  return `${libc.kind}:${libc.major}.${libc.minor}`;
}
function parsePython(text) {
  const [, minor2, patch2 = "0"] = PYTHON.exec(text) ?? [];
  if (minor2 === void 0)
    throw new UserError(
      "target-python",
      `'${text}' is not a version of Python 3. Write a release such as 3.14 (read as 3.14.0) or 3.14.8; pre-releases are not supported.`
    );
  return `3.${Number(minor2)}.${Number(patch2)}`;
}
function parseLibc(text, system) {
  const darwin = system.endsWith("-darwin");
  if (text === void 0 || text === "") return darwin ? DEFAULT_DARWIN : DEFAULT_LINUX;
  const [, kind2, major2, minor2] = LIBC.exec(text) ?? [];
  const example = darwin ? "macos:14.0" : "glibc:2.39 or musl:1.2";
  if (kind2 !== "glibc" && kind2 !== "musl" && kind2 !== "macos")
    throw new UserError("target-libc", `'${text}' is not a C library and version. Write ${example}.`);
  if (kind2 === "macos" !== darwin)
    throw new UserError("target-libc", `'${text}' does not go with ${system}. Write ${example}.`);
  const libc = { kind: kind2, major: Number(major2), minor: Number(minor2) };
  const known = { glibc: libc.major === 2, musl: libc.major === 1, macos: libc.major >= 11 }[kind2];
  if (!known || libc.minor > 200)
    throw new UserError(
      "target-libc",
      `There are no wheels for '${text}': glibc is 2.x, musl 1.x, macOS 11.0 or later.`
    );
  return libc;
}

// node_modules/@renovatebot/pep440/lib/version.js
var VERSION_PATTERN = [
  "v?",
  "(?:",
  /* */
  "(?:(?<epoch>[0-9]+)!)?",
  // epoch
  /* */
  "(?<release>[0-9]+(?:\\.[0-9]+)*)",
  // release segment
  /* */
  "(?<pre>",
  // pre-release
  /*    */
  "[-_\\.]?",
  /*    */
  "(?<pre_l>(a|b|c|rc|alpha|beta|pre|preview))",
  /*    */
  "[-_\\.]?",
  /*    */
  "(?<pre_n>[0-9]+)?",
  /* */
  ")?",
  /* */
  "(?<post>",
  // post release
  /*    */
  "(?:-(?<post_n1>[0-9]+))",
  /*    */
  "|",
  /*    */
  "(?:",
  /*        */
  "[-_\\.]?",
  /*        */
  "(?<post_l>post|rev|r)",
  /*        */
  "[-_\\.]?",
  /*        */
  "(?<post_n2>[0-9]+)?",
  /*    */
  ")",
  /* */
  ")?",
  /* */
  "(?<dev>",
  // dev release
  /*    */
  "[-_\\.]?",
  /*    */
  "(?<dev_l>dev)",
  /*    */
  "[-_\\.]?",
  /*    */
  "(?<dev_n>[0-9]+)?",
  /* */
  ")?",
  ")",
  "(?:\\+(?<local>[a-z0-9]+(?:[-_\\.][a-z0-9]+)*))?"
  // local version
].join("");
var validRegex = new RegExp("^" + VERSION_PATTERN + "$", "i");
var cleanRegex = new RegExp("^\\s*" + VERSION_PATTERN + "\\s*$", "i");
function parse2(version, regex) {
  const { groups } = (regex || validRegex).exec(version) || {};
  if (!groups) {
    return null;
  }
  const parsed = {
    epoch: Number(groups.epoch ? groups.epoch : 0),
    release: groups.release.split(".").map(Number),
    pre: normalize_letter_version(groups.pre_l, groups.pre_n),
    post: normalize_letter_version(
      groups.post_l,
      groups.post_n1 || groups.post_n2
    ),
    dev: normalize_letter_version(groups.dev_l, groups.dev_n),
    local: parse_local_version(groups.local)
  };
  return parsed;
}
function stringify2(parsed) {
  if (!parsed) {
    return null;
  }
  const { epoch, release, pre, post, dev, local } = parsed;
  const parts = [];
  if (epoch !== 0) {
    parts.push(`${epoch}!`);
  }
  parts.push(release.join("."));
  if (pre) {
    parts.push(pre.join(""));
  }
  if (post) {
    parts.push("." + post.join(""));
  }
  if (dev) {
    parts.push("." + dev.join(""));
  }
  if (local) {
    parts.push(`+${local}`);
  }
  return parts.join("");
}
function normalize_letter_version(letterIn, numberIn) {
  let letter = letterIn;
  let number = numberIn;
  if (letter) {
    if (!number) {
      number = 0;
    }
    letter = letter.toLowerCase();
    if (letter === "alpha") {
      letter = "a";
    } else if (letter === "beta") {
      letter = "b";
    } else if (["c", "pre", "preview"].includes(letter)) {
      letter = "rc";
    } else if (["rev", "r"].includes(letter)) {
      letter = "post";
    }
    return [letter, Number(number)];
  }
  if (!letter && number) {
    letter = "post";
    return [letter, Number(number)];
  }
  return null;
}
function parse_local_version(local) {
  if (local) {
    return local.split(/[._-]/).map(
      (part) => Number.isNaN(Number(part)) ? part.toLowerCase() : Number(part)
    );
  }
  return null;
}
function explain(version) {
  const parsed = parse2(version);
  if (!parsed) {
    return parsed;
  }
  const { epoch, release, pre, post, dev, local } = parsed;
  let base_version = "";
  if (epoch !== 0) {
    base_version += epoch + "!";
  }
  base_version += release.join(".");
  const is_prerelease = Boolean(dev || pre);
  const is_devrelease = Boolean(dev);
  const is_postrelease = Boolean(post);
  return {
    epoch,
    release,
    pre,
    post: post ? post[1] : post,
    dev: dev ? dev[1] : dev,
    local: local ? local.join(".") : local,
    public: stringify2(parsed).split("+", 1)[0],
    base_version,
    is_prerelease,
    is_devrelease,
    is_postrelease
  };
}

// node_modules/@renovatebot/pep440/lib/operator.js
var operator_exports = {};
__export(operator_exports, {
  "!=": () => ne,
  "<": () => lt,
  "<=": () => le,
  "==": () => eq,
  "===": () => arbitrary,
  ">": () => gt,
  ">=": () => ge,
  compare: () => compare,
  eq: () => eq,
  ge: () => ge,
  gt: () => gt,
  le: () => le,
  lt: () => lt,
  ne: () => ne,
  rcompare: () => rcompare
});
function lt(version, other) {
  return compare(version, other) < 0;
}
function le(version, other) {
  return compare(version, other) <= 0;
}
function eq(version, other) {
  return compare(version, other) === 0;
}
function ne(version, other) {
  return compare(version, other) !== 0;
}
function ge(version, other) {
  return compare(version, other) >= 0;
}
function gt(version, other) {
  return compare(version, other) > 0;
}
function arbitrary(version, other) {
  return version.toLowerCase() === other.toLowerCase();
}
function compare(version, other) {
  const parsedVersion = parse2(version);
  const parsedOther = parse2(other);
  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);
  return pyCompare(keyVersion, keyOther);
}
function rcompare(version, other) {
  return -compare(version, other);
}
function pyCompare(elemIn, otherIn) {
  let elem = elemIn;
  let other = otherIn;
  if (elem === other) {
    return 0;
  }
  if (Array.isArray(elem) !== Array.isArray(other)) {
    elem = Array.isArray(elem) ? elem : [elem];
    other = Array.isArray(other) ? other : [other];
  }
  if (Array.isArray(elem)) {
    const len = Math.min(elem.length, other.length);
    for (let i = 0; i < len; i += 1) {
      const res = pyCompare(elem[i], other[i]);
      if (res !== 0) {
        return res;
      }
    }
    return elem.length - other.length;
  }
  if (elem === -Infinity || other === Infinity) {
    return -1;
  }
  if (elem === Infinity || other === -Infinity) {
    return 1;
  }
  return elem < other ? -1 : 1;
}
function calculateKey(input) {
  const { epoch } = input;
  let { release, pre, post, local, dev } = input;
  release = release.concat();
  release.reverse();
  while (release.length && release[0] === 0) {
    release.shift();
  }
  release.reverse();
  if (!pre && !post && dev) pre = -Infinity;
  else if (!pre) pre = Infinity;
  if (!post) post = -Infinity;
  if (!dev) dev = Infinity;
  if (!local) {
    local = -Infinity;
  } else {
    local = local.map(
      (i) => Number.isNaN(Number(i)) ? [-Infinity, i] : [Number(i), ""]
    );
  }
  return [epoch, release, pre, post, dev, local];
}

// node_modules/@renovatebot/pep440/lib/specifier.js
var RANGE_PATTERN = [
  "(?<operator>(===|~=|==|!=|<=|>=|<|>))",
  "\\s*",
  "(",
  /*  */
  "(?<version>(?:" + VERSION_PATTERN.replace(/\?<\w+>/g, "?:") + "))",
  /*  */
  "(?<prefix>\\.\\*)?",
  /*  */
  "|",
  /*  */
  "(?<legacy>[^,;\\s)]+)",
  ")"
].join("");
var isEqualityOperator = (op) => ["==", "!=", "==="].includes(op);
var rangeRegex = new RegExp("^" + RANGE_PATTERN + "$", "i");
function parse3(ranges) {
  if (!ranges.trim()) {
    return [];
  }
  const specifiers = ranges.split(",").map((range) => rangeRegex.exec(range.trim()) || {}).map(({ groups }) => {
    if (!groups) {
      return null;
    }
    let { ...spec } = groups;
    const { operator, version, prefix, legacy } = groups;
    if (version) {
      spec = { ...spec, ...explain(version) };
      if (operator === "~=") {
        if (spec.release.length < 2) {
          return null;
        }
      }
      if (!isEqualityOperator(operator) && spec.local) {
        return null;
      }
      if (prefix) {
        if (!isEqualityOperator(operator) || spec.dev || spec.local) {
          return null;
        }
      }
    }
    if (legacy && operator !== "===") {
      return null;
    }
    return spec;
  });
  if (specifiers.filter(Boolean).length !== specifiers.length) {
    return null;
  }
  return specifiers;
}
function pick(versions, specifier, options) {
  const parsed = parse3(specifier);
  if (!parsed) {
    return [];
  }
  return versions.filter((version) => {
    const explained = explain(version);
    if (!parsed.length) {
      return explained && !(explained.is_prerelease && !options.prereleases);
    }
    return parsed.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options }, { version, explained });
    }, true);
  });
}
function satisfies(version, specifier, options = {}) {
  const filtered = pick([version], specifier, options);
  return filtered.length === 1;
}
function arrayStartsWith(array, prefix) {
  if (prefix.length > array.length) {
    return false;
  }
  for (let i = 0; i < prefix.length; i += 1) {
    if (prefix[i] !== array[i]) {
      return false;
    }
  }
  return true;
}
function contains(specifier, input) {
  const { explained } = input;
  let { version } = input;
  const { ...spec } = specifier;
  if (spec.prereleases === void 0) {
    spec.prereleases = spec.is_prerelease;
  }
  if (explained && explained.is_prerelease && !spec.prereleases) {
    return false;
  }
  if (spec.operator === "~=") {
    let compatiblePrefix = spec.release.slice(0, -1).concat("*").join(".");
    if (spec.epoch) {
      compatiblePrefix = spec.epoch + "!" + compatiblePrefix;
    }
    return satisfies(version, `>=${spec.version}, ==${compatiblePrefix}`, {
      prereleases: spec.prereleases
    });
  }
  if (spec.prefix) {
    const isMatching = explained.epoch === spec.epoch && arrayStartsWith(explained.release, spec.release);
    const isEquality = spec.operator !== "!=";
    return isEquality ? isMatching : !isMatching;
  }
  if (explained && explained.local && spec.version) {
    if (spec.operator !== "===" && !spec.local) {
      version = explained.public;
      spec.version = explain(spec.version).public;
    }
  }
  if (spec.operator === "<" || spec.operator === ">") {
    if (eq(spec.release.join("."), explained.release.join("."))) {
      return false;
    }
  }
  const op = operator_exports[spec.operator];
  return op(version, spec.version || spec.legacy);
}
function validRange(specifier) {
  return Boolean(parse3(specifier));
}

// src/plan/artifact.ts
function compareArtifacts(left, right) {
  return compare2(left.name, right.name) || compare2(left.version ?? "", right.version ?? "") || compare2(origin(left), origin(right));
}
function origin(artifact) {
  return [artifact.kind, artifact.filename, artifact.url, artifact.path, artifact.commit].join(" ");
}
function compare2(left, right) {
  return left < right ? -1 : Number(left > right);
}

// src/plan/choose.ts
function chooseArtifact(item, chooser) {
  if (item.source.kind === "virtual") return void 0;
  const wheelAllowed = !forbidsWheel(chooser.settings, item.name);
  const wheel = wheelAllowed ? bestWheel(item.wheels, chooser.rank) : void 0;
  if (wheel !== void 0) return wheelArtifact(item, wheel, chooser);
  const source = sourceArtifact(item, chooser);
  const buildAllowed = chooser.members.has(item.name) || !forbidsBuild(chooser.settings, item.name);
  if (source !== void 0 && buildAllowed) return source;
  throw nothingFits(item, chooser, wheelAllowed, source !== void 0);
}
function bestWheel(wheels, rank) {
  let best;
  for (const wheel of wheels) {
    const own = rank(wheel.name);
    if (own === void 0) continue;
    const better = best === void 0 || own > best.rank || own === best.rank && compareBuild(wheel.name.build, best.wheel.name.build) > 0;
    if (better) best = { wheel, rank: own };
  }
  return best?.wheel;
}
function wheelArtifact(item, wheel, chooser) {
  const { source } = item;
  const common = { ...identity(item), ...fileFields(wheel), filename: wheel.name.filename };
  switch (source.kind) {
    case "registry":
    case "registry-path":
      return { ...common, kind: "wheel", ...address(item, wheel, chooser) };
    case "url":
      return { ...common, kind: "wheel", url: source.url };
    case "path":
      return { ...common, kind: "wheel", path: source.path };
    case "git":
      if (source.path !== void 0) return { ...common, ...gitFields(item), path: source.path };
  }
  throw broken(item, chooser, `it has wheels, which a '${source.kind}' source cannot have`);
}
function sourceArtifact(item, chooser) {
  const { source, sdist } = item;
  switch (source.kind) {
    case "registry":
    case "registry-path":
      return sdist === void 0 ? void 0 : registrySdist(item, sdist, chooser);
    case "url": {
      const filename = archiveName(item, lastSegment(source.url), chooser, isPep625);
      if (filename === void 0) return void 0;
      const file = {
        ...identity(item),
        kind: "sdist",
        filename,
        ...fileFields(sdist),
        url: source.url
      };
      return source.subdirectory === void 0 ? file : { ...file, subdirectory: source.subdirectory };
    }
    case "path": {
      const filename = archiveName(item, baseName(source.path), chooser, isPep625);
      if (filename === void 0) return void 0;
      return { ...identity(item), kind: "sdist", filename, ...fileFields(sdist), path: source.path };
    }
    case "git": {
      if (source.path === void 0) return { ...identity(item), ...gitFields(item) };
      const filename = archiveName(item, baseName(source.path), chooser, isArchive);
      if (filename === void 0) return void 0;
      return { ...identity(item), ...gitFields(item), filename, ...fileFields(sdist), path: source.path };
    }
    case "editable":
      return { ...identity(item), kind: "directory", path: source.path, editable: true };
    default:
      return { ...identity(item), kind: "directory", path: source.path };
  }
}
function registrySdist(item, sdist, chooser) {
  const filename = fileName(sdist);
  if (filename === void 0 || !isArchive(filename))
    throw broken(item, chooser, `its sdist '${filename ?? sdist.url ?? ""}' has no name of a source archive`);
  return {
    ...identity(item),
    kind: "sdist",
    filename,
    ...fileFields(sdist),
    ...address(item, sdist, chooser)
  };
}
function address(item, file, chooser) {
  if (file.url !== void 0) return { url: file.url };
  if (item.source.kind === "registry-path" && file.path !== void 0)
    return { path: joinPath(item.source.path, file.path) };
  throw broken(item, chooser, "a file that is needed has no url or path");
}
function identity(item) {
  return item.version === void 0 ? { name: item.name } : { name: item.name, version: item.version };
}
function fileFields(file) {
  return {
    ...file?.hash === void 0 ? {} : { hash: file.hash },
    ...file?.size === void 0 ? {} : { size: file.size }
  };
}
function gitFields({ source }) {
  if (source.kind !== "git") return { kind: "git" };
  return {
    kind: "git",
    url: bareUrl(source.url),
    commit: source.commit,
    ...source.subdirectory === void 0 ? {} : { subdirectory: source.subdirectory },
    ...source.ref === void 0 ? {} : { ref: `${source.ref.kind}=${source.ref.name}` },
    ...source.lfs ? { lfs: true } : {}
  };
}
function archiveName(item, name, chooser, accepts) {
  if (name?.endsWith(".whl")) return void 0;
  if (name !== void 0 && accepts(name)) return name;
  throw broken(item, chooser, `uv builds from .tar.gz and .zip archives, and '${name ?? ""}' is neither`);
}
function isPep625(name) {
  return /\.(?:tar\.gz|zip)$/.test(name);
}
function isArchive(name) {
  return /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/.test(name);
}
function baseName(file) {
  return file.slice(file.lastIndexOf("/") + 1);
}
function joinPath(folder, file) {
  if (file.startsWith("/") || folder === "." || folder === "") return file;
  return `${folder.replace(/\/$/, "")}/${file}`;
}
function broken(item, chooser, what) {
  const line = item.line();
  const place = line === void 0 ? chooser.file : `${chooser.file}:${line}`;
  return new UserError(
    "no-artifact",
    printable(`${place} (package '${item.name}'): ${what}. Run 'uv lock' to make it anew.`),
    {
      at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line }
    }
  );
}
function nothingFits(item, chooser, wheelAllowed, hasSource) {
  const { system, python, libc } = chooser.target;
  const label = item.version === void 0 ? item.name : `${item.name} ${item.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item) : "wheels are forbidden for it (no-binary)",
    hasSource ? "building it is forbidden (no-build)" : "there is no source to build it from"
  ];
  const line = item.line();
  return new UserError(
    "no-artifact",
    `No artifact of ${label} fits ${system}, Python ${python}, ${formatLibc(libc)}: ${reasons.join("; ")}. Change the target, the rules in [tool.uv], or the version.`,
    { at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line } }
  );
}
function wheelReason(item) {
  if (item.wheels.length === 0) return "there are no wheels";
  const shown = item.wheels.slice(0, 8).map(({ name }) => name.filename);
  const more = item.wheels.length > shown.length ? ` and ${item.wheels.length - shown.length} more` : "";
  return `the wheels there are do not fit (${shown.join(", ")}${more})`;
}

// src/plan/environment.ts
function environmentOf(target) {
  const darwin = target.system.endsWith("-darwin");
  const machine = target.system.startsWith("x86_64") ? "x86_64" : darwin ? "arm64" : "aarch64";
  const full = target.python.split(".").map(Number);
  return {
    strings: {
      os_name: "posix",
      sys_platform: darwin ? "darwin" : "linux",
      platform_machine: machine,
      platform_python_implementation: "CPython",
      platform_release: "",
      platform_system: darwin ? "Darwin" : "Linux",
      platform_version: "",
      implementation_name: "cpython"
    },
    versions: { python_version: full.slice(0, 2), python_full_version: full, implementation_version: full }
  };
}
function evaluate(marker, environment, extra) {
  if (marker === void 0 || marker.program.length === 0) return true;
  const stack = [];
  for (const item of marker.program) {
    if (item === "and" || item === "or") {
      const right = stack.pop() ?? false;
      const left = stack.pop() ?? false;
      stack.push(item === "and" ? left && right : left || right);
    } else {
      stack.push(evaluateTerm(item, environment, extra));
    }
  }
  return stack.pop() ?? true;
}
function evaluateTerm(term, environment, extra) {
  switch (term.kind) {
    case "constant":
      return term.value;
    case "extra": {
      const active = extra(term.name);
      return active === "either" || active !== term.negated;
    }
    case "version":
      return compareVersion(environment.versions[term.variable], term);
    case "version-list":
      return inVersionList(environment.versions[term.variable], term);
    case "substring": {
      const actual = environment.strings[term.variable];
      const found = term.direction === "inside" ? term.value.includes(actual) : actual.includes(term.value);
      return found !== term.negated;
    }
    case "string":
      return compareString(environment.strings[term.variable], term);
  }
}
function compareVersion(actual, term) {
  const order = compareRelease(actual, term.release);
  switch (term.operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "~=":
      return order >= 0 && hasPrefix(actual, term.release.slice(0, -1));
    case "==*":
      return hasPrefix(actual, term.release);
    case "!=*":
      return !hasPrefix(actual, term.release) && !(term.variable === "python_version" && isTooLong(term.release));
  }
}
function inVersionList(actual, term) {
  if (term.variable === "python_version" && term.releases.some(isTooLong)) return false;
  return term.releases.some((release) => compareRelease(actual, release) === 0) !== term.negated;
}
function isTooLong(release) {
  return release.slice(2).some((number) => number !== 0);
}
function hasPrefix(actual, prefix) {
  return prefix.every((number, index) => (actual[index] ?? 0) === number);
}
function compareString(actual, term) {
  const ordered = term.variable === "platform_release" || term.variable === "platform_version";
  switch (term.operator) {
    case "==":
      return actual === term.value;
    case "!=":
      return actual !== term.value;
    case "<":
      return ordered && actual < term.value;
    case "<=":
      return ordered ? actual <= term.value : actual === term.value;
    case ">":
      return ordered && actual > term.value;
    case ">=":
      return ordered ? actual >= term.value : actual === term.value;
  }
}

// src/plan/selection.ts
function selectRoots(project, selection) {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name) => wanted(name, "extra")));
  const explicit = new Set(selection.groups.map((name) => wanted(name, "group")));
  const names = chosenNames(project, selection);
  const packages = (names ?? workspaceNames(lock, selection.allPackages)).map(
    (name) => rootPackage(lock, name)
  );
  const single = names?.length === 1 ? packages[0] : void 0;
  const groups = /* @__PURE__ */ new Set([...explicit, ...selection.defaultGroups ? defaultGroups(project, single) : []]);
  const includesGroup = groupFilter(project, single, groups, explicit);
  checkExtras(lock, packages, extras);
  const root = implicitRoot(lock);
  checkGroups(project, single === void 0 || root === void 0 ? packages : [...packages, root], explicit);
  return {
    packages,
    groupRoot: single === void 0 ? void 0 : inheritedRoot(project, single, includesGroup),
    requirements: rootRequirements(lock, includesGroup),
    extras,
    groups,
    includesGroup,
    byName: names !== void 0
  };
}
function chosenNames({ lock, current }, selection) {
  if (selection.allPackages) return void 0;
  if (selection.packages.length === 0) return current === void 0 ? void 0 : [current];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name) => wanted(name, "package")))].map((name) => {
    if (members.includes(name)) return name;
    throw new UserError(
      "selection-package",
      `'${name}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list(members)}.`
    );
  });
}
function workspaceNames(lock, withImplicitRoot) {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === void 0 ? [] : [root.name];
}
function implicitRoot(lock) {
  return lock.packages.find(({ name, source }) => {
    if (source.kind === "directory") return source.path === "." && lock.members.includes(name);
    return (source.kind === "editable" || source.kind === "virtual") && source.path === ".";
  });
}
function rootPackage(lock, name) {
  const same = lock.byName.get(name) ?? [];
  if (same.length === 1 && same[0] !== void 0) return same[0];
  throw new UserError(
    "selection-package",
    same.length === 0 ? `${lock.file} does not hold the project '${name}' itself: it was made for another project, or is out of date. Run 'uv lock'.` : `${lock.file} holds '${name}' ${same.length} times, so it is not clear which one is meant. Run 'uv lock'.`
  );
}
function defaultGroups(project, single) {
  const { lock } = project;
  const name = single?.name ?? project.current;
  const pyproject = name === void 0 ? project.rootPyproject : project.pyprojects.get(name);
  const fromLock = name === void 0 ? lock.defaultGroups : lock.byName.get(name)?.[0]?.defaultGroups;
  const configured = pyproject === void 0 ? fromLock : pyproject.defaultGroups;
  if (configured !== "all") return configured ?? ["dev"];
  return [...lock.packages.flatMap((item) => [...item.groups.keys()]), ...lock.groups.keys()];
}
function groupFilter(project, single, groups, explicit) {
  return (owner, group) => {
    if (!groups.has(group)) return false;
    if (single === void 0 || owner === single.name) return true;
    return explicit.has(group) && !declaresGroup(project.pyprojects.get(single.name), single, group);
  };
}
function declaresGroup(pyproject, item, group) {
  if (pyproject !== void 0) return pyproject.groups.has(group);
  return item.declaredGroups.includes(group) || item.groups.has(group);
}
function inheritedRoot(project, single, includesGroup) {
  const root = implicitRoot(project.lock);
  if (root === void 0 || root.name === single.name) return void 0;
  const groups = project.pyprojects.get(root.name)?.groups ?? [...root.declaredGroups, ...root.groups.keys()];
  return [...groups].some((group) => includesGroup(root.name, group)) ? root : void 0;
}
function rootRequirements(lock, includesGroup) {
  const grouped = [...lock.groups].filter(([group]) => includesGroup(void 0, group));
  return [...lock.requirements, ...grouped.flatMap(([, requirements]) => requirements)];
}
function checkExtras(lock, packages, extras) {
  if (lock.revision < 1) return;
  const known = new Set(packages.flatMap((item) => [...item.declaredExtras, ...item.extras.keys()]));
  for (const extra of extras)
    if (!known.has(extra))
      throw new UserError(
        "selection-extra",
        `No extra '${extra}' in ${list(packages.map((item) => item.name))} as ${lock.file} has it. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the extra is new.`
      );
}
function checkGroups(project, packages, explicit) {
  const { lock, rootPyproject } = project;
  const known = new Set(packages.flatMap((item) => [...item.declaredGroups, ...item.groups.keys()]));
  if (rootPyproject === void 0 || rootPyproject.name === void 0)
    for (const group of [...lock.groups.keys(), ...rootPyproject?.groups ?? []]) known.add(group);
  for (const group of explicit)
    if (!known.has(group))
      throw new UserError(
        "selection-group",
        `No dependency group '${group}' in ${lock.file}. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the group is new.`
      );
}
function wanted(text, what) {
  const name = normalizeName(text);
  if (name === void 0) throw new UserError("selection-name", `'${text}' is not the name of a ${what}.`);
  return name;
}
function list(names) {
  return names.length === 0 ? "none" : [...names].sort().join(", ");
}

// src/plan/tags.ts
function tagRank(target) {
  const minor2 = Number(target.python.split(".")[1]);
  const native = rankMap(nativeTags(minor2));
  const pure = rankMap(pureTags(minor2));
  const platforms = rankMap(platformTags(target));
  const rankOf = (tags) => {
    const [pythons = [], abis = [], targets = []] = tags.split("-").map((part) => part.split("."));
    let best;
    const offer = (rank) => {
      if (best === void 0 || rank > best) best = rank;
    };
    for (const tag of pythons.flatMap((python) => abis.map((abi) => `${python}-${abi}`))) {
      const nativeRank = native.get(tag);
      const pureRank = pure.get(tag);
      for (const platform of targets) {
        const platformRank = platforms.get(platform);
        if (nativeRank !== void 0 && platformRank !== void 0)
          offer(pure.size + nativeRank * platforms.size + platformRank);
        if (pureRank !== void 0 && platform === "any") offer(pureRank);
      }
    }
    return best;
  };
  const known = /* @__PURE__ */ new Map();
  return ({ tags, variant }) => {
    if (variant !== void 0) return void 0;
    if (!known.has(tags)) known.set(tags, rankOf(tags));
    return known.get(tags);
  };
}
function nativeTags(minor2) {
  const tags = [`cp3${minor2}-cp3${minor2}`, `cp3${minor2}-abi3`, `cp3${minor2}-none`];
  for (let older = minor2 - 1; older >= 2; older -= 1) tags.push(`cp3${older}-abi3`);
  tags.push(`py3${minor2}-none`, "py3-none");
  for (let older = minor2 - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}
function pureTags(minor2) {
  const tags = [`cp3${minor2}-none`, `py3${minor2}-none`, "py3-none"];
  for (let older = minor2 - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}
function platformTags(target) {
  const { kind: kind2, major: major2, minor: minor2 } = target.libc;
  const arch = target.system.startsWith("x86_64") ? "x86_64" : "aarch64";
  if (kind2 === "macos") return arch === "x86_64" ? macosIntel(major2) : macosArm(major2);
  const tags = [];
  if (kind2 === "musl")
    for (let level = minor2; level >= 0; level -= 1) tags.push(`musllinux_${major2}_${level}_${arch}`);
  else tags.push(...manylinux(minor2, arch));
  return [...tags, `linux_${arch}`];
}
function manylinux(newest, arch) {
  const legacy = /* @__PURE__ */ new Map([
    [17, "manylinux2014"],
    [12, "manylinux2010"],
    [5, "manylinux1"]
  ]);
  const tags = [];
  for (let level = newest; level >= (arch === "x86_64" ? 5 : 17); level -= 1) {
    tags.push(`manylinux_2_${level}_${arch}`);
    const older = legacy.get(level);
    if (older !== void 0) tags.push(`${older}_${arch}`);
  }
  return tags;
}
function macosIntel(newest) {
  const formats = ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"];
  const tags = [];
  for (let major2 = newest; major2 >= 11; major2 -= 1)
    tags.push(...formats.map((format) => `macosx_${major2}_0_${format}`));
  for (let minor2 = 16; minor2 >= 4; minor2 -= 1)
    tags.push(...formats.map((format) => `macosx_10_${minor2}_${format}`));
  return tags;
}
function macosArm(newest) {
  const tags = [];
  for (let major2 = newest; major2 >= 11; major2 -= 1)
    tags.push(`macosx_${major2}_0_arm64`, `macosx_${major2}_0_universal2`);
  for (let minor2 = 16; minor2 >= 4; minor2 -= 1) tags.push(`macosx_10_${minor2}_universal2`);
  return tags;
}
function rankMap(tags) {
  return new Map(tags.map((tag, index) => [tag, tags.length - index]));
}

// src/plan/conflicts.ts
function encodeItem(item) {
  const name = `${item.package.length}-${item.package}`;
  return item.kind === "project" ? `project-${name}` : `${item.kind}-${name}-${item.name}`;
}
function encodeExtra(packageName, extra) {
  return encodeItem({ package: packageName, kind: "extra", name: extra });
}
function decisiveNames(lock) {
  const names = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item of lock.packages)
    for (const list2 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const { marker } of list2) for (const name of marker?.extras ?? []) names.add(name);
  return names;
}
function initiallyActive(roots) {
  const active = /* @__PURE__ */ new Set();
  for (const root of roots.packages) {
    active.add(encodeItem({ package: root.name, kind: "project", name: "" }));
    for (const extra of roots.extras) if (root.extras.has(extra)) active.add(encodeExtra(root.name, extra));
  }
  for (const root of [...roots.packages, ...roots.groupRoot === void 0 ? [] : [roots.groupRoot]])
    for (const group of root.groups.keys())
      if (roots.includesGroup(root.name, group))
        active.add(encodeItem({ package: root.name, kind: "group", name: group }));
  return active;
}
function checkSelectedConflicts(lock, roots) {
  if (lock.conflicts.length === 0) return;
  const names = roots.byName ? involvedMembers(lock, roots) : new Set(lock.members);
  for (const set of lock.conflicts) {
    const wanted2 = set.filter(
      (item) => names.has(item.package) && (item.kind === "project" || (item.kind === "extra" ? roots.extras : roots.groups).has(item.name))
    );
    if (wanted2.length >= 2) throw conflict(lock, wanted2);
  }
}
function checkActiveConflicts(lock, active) {
  for (const set of lock.conflicts) {
    const both = set.filter((item) => item.kind === "extra" && active.has(encodeItem(item)));
    if (both.length >= 2) throw conflict(lock, both);
  }
}
function conflict(lock, items) {
  const text = items.map(
    (item) => item.kind === "project" ? item.package : `${item.kind} '${item.name}' of ${item.package}`
  );
  return new UserError(
    "conflict",
    `${text.join(" and ")} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Ask for one of them.`
  );
}
function involvedMembers(lock, roots) {
  const members = new Set(lock.members);
  const involved = new Set(roots.packages.map((item) => item.name));
  const seen = /* @__PURE__ */ new Map();
  const queue = [];
  const push = (item, extra) => {
    const known = seen.get(item) ?? /* @__PURE__ */ new Set();
    if (known.has(extra)) return;
    seen.set(item, known.add(extra));
    queue.push([item, extra]);
  };
  for (const root of roots.packages) {
    push(root, void 0);
    for (const extra of roots.extras) push(root, extra);
  }
  const groupOwners = roots.groupRoot === void 0 ? roots.packages : [...roots.packages, roots.groupRoot];
  for (const root of groupOwners)
    for (const [group, list2] of root.groups)
      if (roots.includesGroup(root.name, group))
        for (const dependency of list2)
          for (const extra of [void 0, ...dependency.extras]) push(dependency.package, extra);
  for (let at = 0; at < queue.length; at += 1) {
    const [item, extra] = queue[at] ?? [];
    if (item === void 0) break;
    if (members.has(item.name)) involved.add(item.name);
    for (const dependency of (extra === void 0 ? item.dependencies : item.extras.get(extra)) ?? [])
      for (const next of [void 0, ...dependency.extras]) push(dependency.package, next);
  }
  return involved;
}

// src/plan/walk.ts
function reachable(lock, roots, environment) {
  checkSelectedConflicts(lock, roots);
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots);
  for (; ; ) {
    const walk = new Walk(environment, active, decisive);
    walk.run(lock, roots);
    if (walk.activated.size === 0) {
      checkActiveConflicts(lock, active);
      return walk.reached;
    }
    for (const name of walk.activated) active.add(name);
  }
}
var Walk = class {
  reached = /* @__PURE__ */ new Set();
  /** Decisive names that the walk switched on and did not know at its start; the walk stops at the first. */
  activated = /* @__PURE__ */ new Set();
  #environment;
  #active;
  #decisive;
  #queue = [];
  #extras = /* @__PURE__ */ new Map();
  constructor(environment, active, decisive) {
    this.#environment = environment;
    this.#active = active;
    this.#decisive = decisive;
  }
  run(lock, roots) {
    for (const root of roots.packages)
      this.#enter(
        root,
        [...roots.extras].filter((extra) => root.extras.has(extra))
      );
    const owners = roots.groupRoot === void 0 ? roots.packages : [...roots.packages, roots.groupRoot];
    for (const owner of owners)
      for (const [group, list2] of owner.groups)
        if (roots.includesGroup(owner.name, group)) this.#queue.push(list2);
    for (const requirement2 of roots.requirements) this.#require(lock, requirement2);
    for (let at = 0; at < this.#queue.length && this.activated.size === 0; at += 1)
      for (const dependency of this.#queue[at] ?? []) this.#follow(dependency);
  }
  #follow(dependency) {
    const { marker } = dependency;
    if (marker !== void 0) {
      const own = marker.extras.length === 0 ? [] : encodedExtras(dependency);
      const holds = evaluate(
        marker,
        this.#environment,
        (name) => this.#active.has(name) || own.includes(name)
      );
      if (!holds) return;
    }
    this.#enter(dependency.package, dependency.extras);
  }
  #enter(item, extras) {
    if (!this.reached.has(item)) {
      this.reached.add(item);
      this.#queue.push(item.dependencies);
    }
    for (const extra of extras) {
      const entered = this.#extras.get(item) ?? /* @__PURE__ */ new Set();
      if (entered.has(extra)) continue;
      this.#extras.set(item, entered.add(extra));
      this.#queue.push(item.extras.get(extra) ?? []);
      if (this.#decisive.size === 0) continue;
      const name = encodeExtra(item.name, extra);
      if (this.#decisive.has(name) && !this.#active.has(name)) this.activated.add(name);
    }
  }
  #require(lock, requirement2) {
    if (!evaluate(requirement2.marker, this.#environment, () => false)) return;
    const fits = (lock.byName.get(requirement2.name) ?? []).filter(
      ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((marker) => evaluate(marker, this.#environment, () => false))
    );
    const [found] = fits;
    if (found === void 0 || fits.length > 1)
      throw new UserError(
        "lock-invalid",
        `${lock.file}: the workspace root requires '${requirement2.name}', which the lock holds ${fits.length} times for this target. Run 'uv lock' to make it anew.`
      );
    this.#enter(
      found,
      requirement2.extras.filter((extra) => found.extras.has(extra))
    );
  }
};
function encodedExtras(dependency) {
  return dependency.extras.map((extra) => encodeExtra(dependency.package.name, extra));
}

// src/plan/plan.ts
function planProject(project, target, selection) {
  const { lock, settings } = project;
  const environment = environmentOf(target);
  const roots = selectRoots(project, selection);
  requirePython(target, lock);
  checkSupported(lock, environment, target);
  const members = new Set(lock.members.length > 0 ? lock.members : roots.packages.map((item) => item.name));
  const chooser = { file: lock.file, members, settings, target, rank: tagRank(target) };
  const artifacts = [];
  const packages = reachable(lock, roots, environment);
  checkUnique(lock, packages);
  for (const item of packages) {
    const artifact = chooseArtifact(item, chooser);
    if (artifact !== void 0) artifacts.push(artifact);
  }
  return artifacts.sort(compareArtifacts);
}
function requirePython(target, lock) {
  const { requiresPython, file } = lock;
  if (requiresPython.trim() !== "" && !validRange(requiresPython))
    throw new UserError(
      "lock-invalid",
      `${file}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      {
        at: { file }
      }
    );
  if (!satisfies(target.python, requiresPython, { prereleases: true }))
    throw new UserError(
      "python-not-supported",
      `Python ${target.python} is outside requires-python '${requiresPython}' of ${file}. Plan for a Python inside it (an exact patch version can matter), or widen it and run 'uv lock'.`
    );
}
function checkUnique(lock, packages) {
  const seen = /* @__PURE__ */ new Map();
  for (const item of packages) {
    const other = seen.get(item.name);
    seen.set(item.name, item);
    if (other === void 0) continue;
    const versions = [other, item].map(({ version, source }) => version ?? source.kind).join(" and ");
    throw new UserError(
      "conflict",
      `This selection needs '${item.name}' twice, as ${versions}: it asks for extras or groups that ${lock.file} keeps apart (tool.uv.conflicts). Ask for one of them.`
    );
  }
}
function checkSupported(lock, environment, target) {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks made by conflicting extras are told apart by those, which are not known here: either way will do.
    { markers: lock.resolutionMarkers, extra: "either" }
  ];
  for (const { markers, extra } of lists) {
    if (markers.length === 0 || markers.some((marker) => evaluate(marker, environment, () => extra)))
      continue;
    throw new UserError(
      "target-not-locked",
      `${lock.file} was not made for ${target.system} with Python ${target.python}: it covers only ${markers.map(({ text }) => `"${printable(text)}"`).join(", ")}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`
    );
  }
}

export {
  sriFromHex,
  manifestText,
  printable,
  fetchWheels,
  loadProject,
  parseTarget,
  planProject
};
/*! Bundled license information:

smol-toml/dist/error.js:
smol-toml/dist/primitive.js:
smol-toml/dist/date.js:
smol-toml/dist/extract.js:
smol-toml/dist/util.js:
smol-toml/dist/struct.js:
smol-toml/dist/parse.js:
smol-toml/dist/stringify.js:
smol-toml/dist/index.js:
  (*!
   * Copyright (c) Squirrel Chat et al., All rights reserved.
   * SPDX-License-Identifier: BSD-3-Clause
   *
   * Redistribution and use in source and binary forms, with or without
   * modification, are permitted provided that the following conditions are met:
   *
   * 1. Redistributions of source code must retain the above copyright notice, this
   *    list of conditions and the following disclaimer.
   * 2. Redistributions in binary form must reproduce the above copyright notice,
   *    this list of conditions and the following disclaimer in the
   *    documentation and/or other materials provided with the distribution.
   * 3. Neither the name of the copyright holder nor the names of its contributors
   *    may be used to endorse or promote products derived from this software without
   *    specific prior written permission.
   *
   * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
   * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
   * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
   * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
   * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
   * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
   * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
   * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
   * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
   * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
   *)
*/
