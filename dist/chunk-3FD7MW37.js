import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  AbortError
} from "./chunk-RGEGPZ5Z.js";
import {
  UserError
} from "./chunk-ANVYJIUY.js";

// src/effects/network.ts
import { readFile } from "node:fs/promises";

// src/effects/http-direct.ts
import { connect as connectPlain, isIP } from "node:net";

// src/effects/http-frame.ts
var longestLine = 1024;
function parseHead(text) {
  const [first = "", ...lines] = text.split("\r\n");
  const [, minor, status] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(first) ?? [];
  if (status === void 0) throw new Error("the answer is not one of HTTP/1.1");
  const headers = /* @__PURE__ */ new Map();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(line.slice(0, Math.max(0, colon))))
      throw new Error("the answer has a header that is none");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "content-length" && headers.has(name) && headers.get(name) !== value)
      throw new Error("the answer has two lengths");
    if (!headers.has(name)) headers.set(name, value);
  }
  const connection = headers.get("connection")?.toLowerCase() ?? "";
  return {
    status: Number(status),
    headers,
    keepsAlive: minor === "1" ? !connection.includes("close") : connection.includes("keep-alive")
  };
}
function frameOf({ status, headers }) {
  const coding = headers.get("transfer-encoding");
  const length = headers.get("content-length");
  if (status < 200 || status === 204 || status === 304) return ofLength(0);
  if (coding !== void 0) {
    if (coding.toLowerCase() !== "chunked")
      throw new Error("the answer has an encoding that nobody asked for");
    return chunked();
  }
  if (length === void 0) return untilTheEnd();
  if (!/^\d{1,15}$/.test(length)) throw new Error("the answer has a length that is no number");
  return ofLength(Number(length));
}
function ofLength(length) {
  let left = length;
  return {
    isOpenEnded: false,
    end: () => {
    },
    isDone: () => left === 0,
    take: (bytes, give) => {
      const count = Math.min(left, bytes.length);
      left -= count;
      if (count > 0) give(count === bytes.length ? bytes : bytes.subarray(0, count));
      return count;
    }
  };
}
function untilTheEnd() {
  let hasEnded = false;
  return {
    isOpenEnded: true,
    end: () => {
      hasEnded = true;
    },
    isDone: () => hasEnded,
    take: (bytes, give) => {
      give(bytes);
      return bytes.length;
    }
  };
}
function chunked() {
  let state = "size";
  let [left, line] = [0, ""];
  const endOfLine = () => {
    if (state === "after") {
      if (line !== "") throw new Error("the answer has a piece that is longer than it says");
      state = "size";
    } else if (state === "trailer") {
      if (line === "") state = "done";
    } else {
      const [, size] = /^([0-9a-fA-F]{1,12})\s*(?:;|$)/.exec(line) ?? [];
      if (size === void 0) throw new Error("the answer has a piece without a length");
      left = Number.parseInt(size, 16);
      state = left === 0 ? "trailer" : "data";
    }
    line = "";
  };
  return {
    isOpenEnded: false,
    end: () => {
    },
    isDone: () => state === "done",
    take: (bytes, give) => {
      let at = 0;
      while (at < bytes.length && state !== "done") {
        if (state === "data") {
          const count = Math.min(left, bytes.length - at);
          give(bytes.subarray(at, at + count));
          at += count;
          left -= count;
          if (left === 0) state = "after";
          continue;
        }
        const end = bytes.indexOf(10, at);
        const stop = end < 0 ? bytes.length : end;
        line += bytes.toString("latin1", at, stop);
        if (line.length > longestLine) throw new Error("the answer has a line without an end");
        at = Math.min(bytes.length, stop + 1);
        if (end < 0) continue;
        line = line.replace(/\r$/, "");
        endOfLine();
      }
      return at;
    }
  };
}

// src/effects/http-exchange.ts
var longestHead = 64 * 1024;
var Exchange = class {
  /** Fulfilled with the answer's beginning. */
  answer;
  #line;
  #head = Promise.withResolvers();
  #body = Promise.withResolvers();
  /** Copies of what came before somebody wanted it, or while the disk was waited for. */
  #early = [];
  #text = "";
  #known;
  #frame;
  #take;
  #isWaiting = false;
  #hasMore = false;
  #isOver = false;
  constructor(line) {
    this.#line = line;
    this.answer = this.#head.promise;
    this.#body.promise.catch(() => {
    });
  }
  /** Whether anything has come. */
  get isAnswered() {
    return this.#text !== "" || this.#known !== void 0;
  }
  /** @returns whether more is wanted now */
  feed(bytes) {
    try {
      const rest = this.#frame ? bytes : this.#feedHead(bytes);
      if (!this.#frame) return true;
      const used = this.#frame.take(rest, (piece) => this.#give(piece));
      this.#hasMore ||= used < rest.length;
      this.#settle();
      return this.#take !== void 0 && !this.#isWaiting;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }
  /** The connection ended, without an error. */
  end() {
    if (this.#isOver) return;
    if (this.#frame === void 0) this.fail(new Error("the connection was closed before an answer came"));
    else if (this.#frame.isOpenEnded) {
      this.#frame.end();
      this.#settle();
    } else if (!this.#frame.isDone()) this.fail(new Error("the connection was closed before the end"));
  }
  fail(error) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#head.reject(error);
    this.#body.reject(error);
    this.#line.release(false);
  }
  /** @returns what follows the head; empty where that has not ended */
  #feedHead(bytes) {
    const before = this.#text.length;
    this.#text += bytes.toString("latin1");
    const end = this.#text.indexOf("\r\n\r\n", Math.max(0, before - 3));
    if (end < 0) {
      if (this.#text.length > longestHead) throw new Error("the answer has headers without an end");
      return bytes.subarray(bytes.length);
    }
    const head = parseHead(this.#text.slice(0, end));
    const rest = bytes.subarray(end + 4 - before);
    this.#text = "";
    if (head.status < 200) return this.#feedHead(rest);
    this.#known = head;
    this.#frame = frameOf(head);
    this.#head.resolve({
      status: head.status,
      header: (name) => head.headers.get(name),
      body: { drain: (take) => this.#drain(take), discard: () => this.fail(new Error("nobody wants it")) }
    });
    return rest;
  }
  #drain(take) {
    this.#take = take;
    this.#goOn();
    return this.#body.promise;
  }
  #give(piece) {
    if (this.#take && !this.#isWaiting && this.#early.length === 0) this.#hand(this.#take, piece);
    else this.#early.push(Buffer.from(piece));
  }
  #hand(take, piece) {
    const wait = take(piece);
    if (!wait) return;
    this.#isWaiting = true;
    wait.then(
      () => {
        this.#isWaiting = false;
        this.#goOn();
      },
      (error) => this.fail(error)
    );
  }
  #goOn() {
    try {
      while (this.#take && !this.#isWaiting && !this.#isOver) {
        const piece = this.#early.shift();
        if (piece === void 0) break;
        this.#hand(this.#take, piece);
      }
    } catch (error) {
      this.fail(error);
    }
    this.#settle();
    if (!this.#isOver && !this.#isWaiting) this.#line.resume();
  }
  /** Ends the exchange where all has come and been taken. */
  #settle() {
    const isTaken = this.#take !== void 0 && !this.#isWaiting && this.#early.length === 0;
    if (this.#isOver || !isTaken || !this.#frame?.isDone()) return;
    this.#isOver = true;
    this.#body.resolve();
    this.#line.release(this.#known?.keepsAlive === true && !this.#frame.isOpenEnded && !this.#hasMore);
  }
};

// src/effects/http-connection.ts
var Unanswered = class extends Error {
};
var beforeAnswer = "the connection was closed before an answer came";
var roomSize = 64 * 1024;
function makeConnection(open, onFree) {
  let now;
  const buffer = Buffer.allocUnsafeSlow(roomSize);
  const callback = (count) => {
    if (!now) socket.destroy();
    return now?.feed(buffer.subarray(0, count)) ?? false;
  };
  const socket = open({ buffer, callback });
  const gone = (error) => {
    const isReset = error === void 0 || ["ECONNRESET", "EPIPE"].includes(error.code ?? "");
    if (now && isReset && !now.isAnswered) now.fail(new Unanswered(beforeAnswer, { cause: error }));
    else if (error) now?.fail(error);
    else now?.end();
  };
  socket.on("error", gone);
  socket.on("end", () => gone());
  socket.on("close", () => gone());
  const self = {
    close: () => socket.destroy(),
    ask: async (request, signal) => {
      signal.throwIfAborted();
      const abort = () => exchange.fail(signal.reason);
      const exchange = new Exchange({
        resume: () => void socket.resume(),
        release: (isFree) => {
          signal.removeEventListener("abort", abort);
          now = void 0;
          if (isFree) {
            socket.unref();
            onFree(self);
          } else socket.destroy();
        }
      });
      now = exchange;
      signal.addEventListener("abort", abort, { once: true });
      socket.ref();
      socket.resume();
      socket.write(request, "latin1");
      return exchange.answer;
    }
  };
  return self;
}

// src/effects/http-direct.ts
var idle = 4e3;
function makeDirect(settings) {
  const free = /* @__PURE__ */ new Map();
  const open = opener(settings);
  return async (url, headers, signal) => {
    const request = requestText(url, headers);
    const kept = free.get(url.origin)?.pop();
    if (kept) {
      try {
        return await kept.ask(request, signal);
      } catch (error) {
        if (!(error instanceof Unanswered) || signal.aborted) throw error;
      }
    }
    const { connect } = await open(url);
    signal.throwIfAborted();
    return makeConnection(connect, (self) => keep(url.origin, self, free)).ask(request, signal);
  };
}
function keep(origin, connection, free) {
  const all = free.get(origin) ?? [];
  free.set(origin, all);
  all.push(connection);
  setTimeout(() => {
    const at = all.indexOf(connection);
    if (at < 0) return;
    all.splice(at, 1);
    connection.close();
  }, idle).unref();
}
function requestText(url, headers) {
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  if (lines.some((line) => /[^\t\x20-\x7e\x80-\xff]/.test(line)))
    throw new Error("a header of the request has characters that no header may have");
  return [`GET ${url.pathname}${url.search} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
function opener({ certificates, connectTimeout: connectTimeout2, lookUp: lookup3 }) {
  let context;
  return async (url) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (url.protocol === "http:") {
      const port = Number(url.port || 80);
      return {
        connect: (onread) => inTime(connectPlain({ host, port, lookup: lookup3, onread }), "connect", url, connectTimeout2)
      };
    }
    const { connect: connectTls, createSecureContext } = await import("node:tls");
    context ??= createSecureContext(certificates === void 0 ? {} : { ca: certificates });
    const options = {
      ...{ host, port: Number(url.port || 443), lookup: lookup3, secureContext: context, ALPNProtocols: ["http/1.1"] },
      ...isIP(host) === 0 ? { servername: host } : {}
    };
    return {
      connect: (onread) => inTime(connectTls({ ...options, onread }), "secureConnect", url, connectTimeout2)
    };
  };
}
function inTime(socket, event, url, timeout) {
  const timer = setTimeout(
    () => socket.destroy(new Error(`no connection to ${url.host} within ${timeout / 1e3} s`)),
    timeout
  );
  const stop = () => clearTimeout(timer);
  return socket.once(event, stop).once("close", stop).setNoDelay();
}

// src/effects/addresses.ts
import { lookup } from "node:dns/promises";
import { BlockList, isIP as isIP2 } from "node:net";
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
  const family = isIP2(address);
  if (family === 4) return !special.check(address, "ipv4");
  return family === 6 && globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
}
var resolveBySystem = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);
async function innerAddress({ hostname }, resolve) {
  const name = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP2(name) ? [name] : await resolve(name).catch(() => []);
  return addresses.find((address) => !isPublicAddress(address));
}

// src/effects/inward.ts
function keptOutside(network, resolve = resolveBySystem) {
  return {
    ...network,
    beforeRedirect: async (from, to) => {
      if (from.hostname === to.hostname) return;
      const inner = await innerAddress(to, resolve);
      if (inner === void 0 || await innerAddress(from, resolve) !== void 0) return;
      throw new UserError(
        "redirect-inward",
        `${from.host} redirects to ${to.host.slice(0, 200)} (${inner}), which is not of the public internet, and is not followed there. If that server is your own, let the index's address in the project name it directly, and lock again.`
      );
    }
  };
}

// src/effects/look-up.ts
import { lookup as lookup2 } from "node:dns";
function lookUpOnce(admit) {
  const known = /* @__PURE__ */ new Map();
  const resolve = async (host, options) => {
    const found = await new Promise((done, reject) => {
      lookup2(host, { ...options, all: true }, (error, all) => error ? reject(error) : done(all));
    });
    await admit(
      host,
      found.map(({ address }) => address)
    );
    return found;
  };
  return (host, options, callback) => {
    const key = `${host} ${options.family ?? 0} ${options.hints ?? 0}`;
    const answer = known.get(key) ?? resolve(host, options);
    known.set(key, answer);
    answer.then(
      (found) => {
        const [first] = found;
        if (options.all || !first) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error) => {
        known.delete(key);
        callback(error, []);
      }
    );
  };
}

// src/effects/netrc.ts
function netrcAuthorization(text) {
  const logins = parseNetrc(text);
  return ({ hostname }) => {
    const entry = logins.get(hostname);
    if (entry === void 0) return void 0;
    return `Basic ${Buffer.from(`${entry.login}:${entry.password}`).toString("base64")}`;
  };
}
function parseNetrc(text) {
  const logins = /* @__PURE__ */ new Map();
  let current;
  const words = withoutMacros(text).split(/\s+/).filter((word) => word !== "");
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === "default") current = void 0;
    else if (word === "machine") {
      index += 1;
      current = { login: "", password: "" };
      const host = words[index] ?? "";
      if (!logins.has(host)) logins.set(host, current);
    } else if (word === "login" || word === "password") {
      index += 1;
      if (current) current[word] = words[index] ?? "";
    } else if (word === "account") index += 1;
  }
  return logins;
}
function withoutMacros(text) {
  let inMacro = false;
  const kept = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") inMacro = false;
    else if (/^\s*macdef\s/.test(line)) inMacro = true;
    else if (!inMacro && !line.trimStart().startsWith("#")) kept.push(line);
  }
  return kept.join("\n");
}

// src/effects/network.ts
var connectTimeout = 15e3;
function makeNetwork(settings) {
  const { certificates } = settings;
  const lookUp = lookUpOnce(admitting(settings));
  const direct = makeDirect({ certificates, connectTimeout, lookUp });
  let http1;
  const byProxy = async (...request) => {
    http1 ??= import("./chunk-FK6KE4LX.js").then(
      ({ makeHttp1 }) => makeHttp1({ ...settings, connectTimeout, lookUp, connections: 16 })
    );
    return (await http1)(...request);
  };
  return {
    get: async (url, headers, signal) => {
      const proxy = url.protocol === "https:" ? settings.httpsProxy : settings.httpProxy;
      return (proxy ? byProxy : direct)(url, headers, signal);
    },
    authorization: settings.authorization ?? (() => void 0),
    retries: 4,
    retryDelay: 500,
    patience: { headers: 3e4, window: 3e4, minimum: 4096, total: 12e4, rate: 5e4 }
  };
}
function admitting({ admit, httpProxy, httpsProxy }) {
  const proxies = [httpProxy, httpsProxy].map((address) => URL.parse(address ?? "")?.hostname);
  return async (host, addresses) => {
    if (!proxies.includes(host)) await admit?.(host, addresses);
  };
}
function stoppable(network, stop) {
  return {
    ...network,
    get: async (url, headers, signal) => {
      if (stop.aborted) throw new AbortError(stop.reason);
      return network.get(url, headers, AbortSignal.any([signal, stop]));
    }
  };
}
async function networkFrom(environment, admit) {
  const get = (name) => environment[name] ?? environment[name.toUpperCase()];
  const bundle = [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
    (file) => file && !file.endsWith("/no-cert-file.crt")
  );
  const network = makeNetwork({
    httpProxy: get("http_proxy") ?? get("all_proxy"),
    httpsProxy: get("https_proxy") ?? get("all_proxy"),
    noProxy: get("no_proxy"),
    certificates: bundle === void 0 ? void 0 : await readFile(bundle, "utf8"),
    // Credentials of private indexes, by the name that curl, uv and nixpkgs' fetchers know.
    authorization: environment.NETRC ? netrcAuthorization(await readFile(environment.NETRC, "utf8")) : void 0,
    admit
  });
  return keptOutside(network);
}

export {
  isPublicAddress,
  resolveBySystem,
  innerAddress,
  stoppable,
  networkFrom
};
