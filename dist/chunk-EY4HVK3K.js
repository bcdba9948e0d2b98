import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  AbortError
} from "./chunk-RGEGPZ5Z.js";

// src/effects/network.ts
import { readFile } from "node:fs/promises";

// src/effects/http2.ts
import { connect as connectSession, constants } from "node:http2";
import { isIP } from "node:net";
import { connect as connectTls, createSecureContext } from "node:tls";
var sessionsPerOrigin = 3;
var streamWindow = 8 * 1024 * 1024;
var sessionWindow = 32 * 1024 * 1024;
var maxFrameSize = 1024 * 1024;
var idle = 3e4;
function makeHttp2(settings) {
  const origins = /* @__PURE__ */ new Map();
  let context;
  const secureContext = () => {
    context ??= createSecureContext(settings.certificates === void 0 ? {} : { ca: settings.certificates });
    return context;
  };
  const open = async (url, origin) => {
    origin.opening += 1;
    try {
      const socket = await connect(url, secureContext(), settings.connectTimeout);
      if (socket.alpnProtocol !== "h2") {
        socket.destroy();
        return false;
      }
      addSession(url, socket, origin);
      return true;
    } finally {
      origin.opening -= 1;
    }
  };
  return {
    get: async (url, headers, signal) => {
      const origin = origins.get(url.origin) ?? { http1: false, first: void 0, sessions: [], opening: 0 };
      origins.set(url.origin, origin);
      const session = await sessionFor(url, origin, open);
      return session && ask(session, url, headers, signal);
    }
  };
}
async function sessionFor(url, origin, open) {
  while (!origin.http1) {
    if (origin.sessions.length > 0) {
      const missing = sessionsPerOrigin - origin.sessions.length - origin.opening;
      for (let n = 0; n < missing; n += 1) open(url, origin).catch(() => {
      });
      return leastBusy(origin.sessions);
    }
    origin.first ??= open(url, origin).finally(() => {
      origin.first = void 0;
    });
    if (!await origin.first) origin.http1 = true;
  }
  return void 0;
}
var busy = /* @__PURE__ */ new WeakMap();
var leastBusy = (sessions) => [...sessions].sort((a, b) => (busy.get(a) ?? 0) - (busy.get(b) ?? 0))[0];
function connect(url, secureContext, timeout) {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      host,
      port: Number(url.port || 443),
      ...isIP(host) === 0 ? { servername: host } : {},
      ALPNProtocols: ["h2", "http/1.1"],
      secureContext
    });
    const timer = setTimeout(
      () => socket.destroy(new Error(`no connection to ${url.host} within ${timeout / 1e3} s`)),
      timeout
    );
    socket.once("error", reject);
    socket.once("close", () => clearTimeout(timer));
    socket.once("secureConnect", () => {
      clearTimeout(timer);
      socket.off("error", reject);
      resolve(socket);
    });
  });
}
function addSession(url, socket, origin) {
  const session = connectSession(url.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: streamWindow, maxFrameSize }
  });
  const remove = () => {
    const at = origin.sessions.indexOf(session);
    if (at >= 0) origin.sessions.splice(at, 1);
  };
  session.once("connect", () => session.setLocalWindowSize(sessionWindow));
  session.on("goaway", remove);
  session.on("close", remove);
  session.on("error", remove);
  session.setTimeout(idle, () => session.close());
  session.unref();
  origin.sessions.push(session);
}
function ask(session, url, headers, signal) {
  return new Promise((resolve, reject) => {
    const stream = session.request(
      { ...headers, [constants.HTTP2_HEADER_PATH]: url.pathname + url.search },
      { endStream: true, signal }
    );
    use(session, 1);
    stream.once("close", () => {
      use(session, -1);
      reject(new Error("the connection was closed before an answer came"));
    });
    stream.on("error", reject);
    stream.once(
      "response",
      (answer) => resolve({
        status: Number(answer[constants.HTTP2_HEADER_STATUS]),
        header: (name) => answer[name]?.toString(),
        body: stream
      })
    );
  });
}
function use(session, by) {
  const count = (busy.get(session) ?? 0) + by;
  busy.set(session, count);
  if (session.destroyed) return;
  if (count === 0) session.unref();
  else if (count === 1 && by === 1) session.ref();
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
  const http2 = makeHttp2({ certificates, connectTimeout });
  let http1;
  const getHttp1 = async (...request) => {
    http1 ??= import("./chunk-JT3RHUTI.js").then(
      ({ makeHttp1 }) => makeHttp1({ ...settings, connectTimeout, connections: 16 })
    );
    return (await http1)(...request);
  };
  return {
    get: async (url, headers, signal) => {
      if (url.protocol !== "https:" || settings.httpsProxy) return getHttp1(url, headers, signal);
      return await http2.get(url, headers, signal) ?? getHttp1(url, headers, signal);
    },
    authorization: settings.authorization ?? (() => void 0),
    retries: 4,
    retryDelay: 500,
    patience: { headers: 3e4, window: 3e4, minimum: 4096, total: 12e4, rate: 5e4 }
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
async function networkFrom(environment) {
  const get = (name) => environment[name] ?? environment[name.toUpperCase()];
  const bundle = [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
    (file) => file && !file.endsWith("/no-cert-file.crt")
  );
  return makeNetwork({
    httpProxy: get("http_proxy") ?? get("all_proxy"),
    httpsProxy: get("https_proxy") ?? get("all_proxy"),
    noProxy: get("no_proxy"),
    certificates: bundle === void 0 ? void 0 : await readFile(bundle, "utf8"),
    // Credentials of private indexes, by the name that curl, uv and nixpkgs' fetchers know.
    authorization: environment.NETRC ? netrcAuthorization(await readFile(environment.NETRC, "utf8")) : void 0
  });
}

export {
  stoppable,
  networkFrom
};
