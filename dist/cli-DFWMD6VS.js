import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  printable
} from "./cli-SAIMFLME.js";
import {
  fileSink
} from "./cli-VBNZCJLK.js";
import {
  getFollowing,
  webAddress
} from "./cli-ZAMFTIJM.js";
import {
  AbortError,
  pRetry
} from "./cli-RIK2B44O.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/native/hash.ts
import { stat } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";

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
function withoutCredentials(address) {
  const url = URL.parse(address);
  if (!url) return address;
  url.username = "";
  url.password = "";
  url.search = "";
  return url.href;
}

// src/artifacts/request.ts
async function request(file, network, from, signal) {
  const refusals = {
    address: () => noAddress(file),
    plainHttp: (here, to) => unreachable(file, `${here.host} redirects to plain http, at ${to.host}`),
    tooMany: (most) => unreachable(file, `more than ${most} redirects`)
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
  const most = size === void 0 ? void 0 : patience.total + size / patience.rate * 1e3;
  const total = most === void 0 ? void 0 : setTimeout(() => abort(`not done after ${seconds(most)}`), most);
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

// src/hash/sri.ts
import { createHash as createHash2 } from "node:crypto";
var fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
function isSri(text) {
  return /^sha256-[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text);
}
function sriFromHex(hex) {
  return `sha256-${Buffer.from(hex, "hex").toString("base64")}`;
}
function sriOfText(text) {
  return `sha256-${createHash2("sha256").update(text).digest("base64")}`;
}

// src/artifacts/manifest.ts
var fetcherVersion = 1;
function manifestText(artifacts, target) {
  const wheels = artifacts.filter((artifact) => artifact.kind === "wheel").map(({ name, version, filename, hash }) => ({ name, version, filename, ...hash ? { hash } : {} }));
  const { system, python, libc, packages, allPackages, extras, groups, defaultGroups } = target;
  const declared = {
    ...{ system, python, libc, allPackages, defaultGroups },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups) }
  };
  return `${JSON.stringify({ fetcherVersion, target: declared, wheels }, null, 2)}
`;
}
var sorted = (names) => [...new Set(names)].sort();
function manifestDigest(artifacts, target) {
  return sriOfText(manifestText(artifacts, target));
}

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

// src/native/union.ts
function unionOf(systems) {
  const files = /* @__PURE__ */ new Map();
  for (const [index, { artifacts }] of systems.entries()) {
    for (const wheel of wheelsOf(artifacts)) {
      const { filename, hash, url, path: path2 } = wheel;
      const key = JSON.stringify([filename, hash ?? [url, path2]]);
      const file = files.get(key) ?? { wheel, outputs: [] };
      file.outputs.push(index);
      files.set(key, file);
    }
  }
  return [...files.values()].sort(({ wheel: a }, { wheel: b }) => compare(a.filename, b.filename));
}
var compare = (a, b) => a < b ? -1 : Number(a > b);

// src/native/window.ts
async function runInWindow(tasks, run, limits2, abort) {
  const running = /* @__PURE__ */ new Set();
  let bytes = 0;
  let failure;
  for (const task of tasks) {
    while (running.size >= limits2.many() || running.size >= limits2.few && bytes + task.size > limits2.bytes) {
      await Promise.race(running);
    }
    if (failure) break;
    bytes += task.size;
    const ended = run(task).catch((error) => {
      failure ??= { error };
      abort();
    }).then(() => {
      bytes -= task.size;
      running.delete(ended);
    });
    running.add(ended);
  }
  await Promise.all(running);
  if (failure) throw failure.error;
}

// src/native/hash.ts
var limits = { bytes: 12 * 1024 * 1024, few: 4 };
var connections = { soon: 300, first: 8, later: 16 };
var maxRounds = 3;
async function hashNatively(systems, project, tools) {
  const files = unionOf(systems);
  const run = {
    files,
    plan: {
      manifests: systems.map(({ artifacts, target }) => manifestText(artifacts, target)),
      files: files.map(({ wheel, outputs }) => ({ name: wheel.filename, digest: wheel.hash, outputs }))
    },
    places: /* @__PURE__ */ new Map(),
    project,
    tools,
    downloaded: { files: 0, bytes: 0 }
  };
  try {
    for (let round = 0; round < maxRounds; round += 1) {
      const hashes = await hashRound(run, round > 0);
      if (hashes) return { hashes: systems.map(describe(hashes)), downloaded: run.downloaded };
    }
  } finally {
    const left = [...run.places.values()].filter(({ kind: kind2 }) => kind2 === "temporary");
    await Promise.all(left.map(({ file }) => tools.cache.discard(file)));
  }
  throw new UserError(
    "cache-unusable",
    "Files of the cache change while they are read, again and again. Delete its folder (uv-fod in XDG_CACHE_HOME), or see whether the disk is sound."
  );
}
var describe = (hashes) => ({ target, artifacts }, index) => ({
  system: target.system,
  hash: hashes[index] ?? "",
  files: artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").length
});
async function hashRound(run, isRepeat) {
  const { files, places, tools } = run;
  await Promise.all(
    files.map(async ({ wheel }, index) => {
      const place = places.get(index) ?? await find(wheel, run);
      if (place) places.set(index, place);
    })
  );
  const settling = [];
  const settleLater = (index, isRight, error) => {
    settling.push(settle(index, isRight, error, run).catch((thrown) => ({ error: thrown })));
  };
  const used = [];
  const known = [...places].sort(([a], [b]) => a - b);
  const lane = tools.startLane(run.plan, settleLater);
  lane.result.catch(() => {
  });
  try {
    const fetching = fetchMissing(run, isRepeat, lane);
    fetching.catch(() => {
    });
    for (const [index, { file }] of known) {
      const { isRight, seen } = lane.read(index, file);
      settleLater(index, isRight);
      if (isRight && seen && places.get(index)?.kind === "cached") used.push({ file, seen });
      if (known.length < files.length) await setImmediate();
    }
    await fetching;
    const hashes = await lane.result;
    await Promise.all(used.map(({ file, seen }) => tools.cache.used(file, seen)));
    return hashes;
  } catch (error) {
    await lane.stop();
    throw error;
  } finally {
    lane.stop().catch(() => {
    });
    for (const settled of await Promise.all(settling)) rethrow(settled);
  }
}
function rethrow(settled) {
  if (typeof settled === "object" && settled !== null && "error" in settled) throw settled.error;
}
async function find(wheel, { project, tools }) {
  if (wheel.path !== void 0) return { kind: "local", file: path.resolve(project, wheel.path) };
  const file = wheel.hash === void 0 ? void 0 : await tools.cache.find(wheel.hash);
  return file === void 0 ? void 0 : { kind: "cached", file };
}
async function fetchMissing(run, isRepeat, lane) {
  const { files, places, tools, downloaded } = run;
  const tasks = files.flatMap(
    ({ wheel }, index) => places.has(index) ? [] : [{ index, wheel, size: wheel.size ?? 1024 * 1024, file: tools.cache.temporary() }]
  );
  if (tasks.length === 0) return;
  for (const { index, file } of tasks) places.set(index, { kind: "temporary", file });
  lane.expect(tasks.map(({ index, file }) => ({ index, file })));
  const network = await tools.network();
  const controller = new AbortController();
  const expected = tasks.reduce((sum, { size }) => sum + size, 0);
  const all = { files: downloaded.files + tasks.length, bytes: downloaded.bytes + expected };
  const one = async ({ index, wheel, file }) => {
    const place = wheel.hash === void 0 ? void 0 : await tools.cache.placeFor(wheel.hash);
    const sink = lane.receive(index, file, wheel.size);
    const options = { sink, digests: isRepeat ? "now" : "later", signal: controller.signal };
    const { size } = await download(asDownload(wheel), file, network, options);
    lane.end(index, place);
    downloaded.files += 1;
    downloaded.bytes += size;
    tools.onProgress?.(downloaded, all);
  };
  lane.result.catch((error) => controller.abort(error));
  const trimmed = tools.cache.trim(Math.max(0, tools.cacheSize - expected)).catch(() => {
  });
  const started = performance.now();
  const many = () => performance.now() - started < connections.soon ? connections.first : connections.later;
  await runInWindow(tasks, one, { ...limits, many }, () => controller.abort());
  await trimmed;
}
async function settle(index, isRight, error, { files, places, tools: { cache } }) {
  const [place, item] = [places.get(index), files[index]];
  if (!place || !item) return;
  const { wheel } = item;
  if (error) throw unwritable({ label: wheel.filename }, error);
  if (isRight) {
    if (place.kind === "temporary" && wheel.hash !== void 0) places.delete(index);
  } else if (place.kind === "local") throw await whatIsWrong(wheel, place.file);
  else {
    places.delete(index);
    await cache.discard(place.file);
  }
}
async function whatIsWrong(wheel, file) {
  const found = await stat(file).catch(() => void 0);
  return found?.isFile() ? localChanged(wheel) : localMissing(wheel);
}

export {
  fakeHash,
  isSri,
  sriFromHex,
  download,
  manifestDigest,
  asDownload,
  localMissing,
  localChanged,
  unionOf,
  hashNatively
};
