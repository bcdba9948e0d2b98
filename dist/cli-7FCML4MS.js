import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  bodyOf
} from "./cli-VBNZCJLK.js";
import "./cli-FPE3P3E7.js";

// src/effects/http1.ts
import { EnvHttpProxyAgent } from "./undici.js";
function makeHttp1(settings) {
  const { httpProxy, httpsProxy, certificates } = settings;
  const ca = certificates === void 0 ? {} : { ca: certificates };
  const agent = new EnvHttpProxyAgent({
    ...httpProxy ? { httpProxy } : {},
    ...httpsProxy ? { httpsProxy } : {},
    noProxy: settings.noProxy ?? "",
    connections: settings.connections,
    allowH2: false,
    connect: { timeout: settings.connectTimeout, lookup: settings.lookUp, ...ca },
    requestTls: ca,
    // What is too slow the caller says, who knows the size (src/artifacts/watch.ts).
    headersTimeout: 0,
    bodyTimeout: 0
  });
  return async (url, headers, signal) => {
    const {
      statusCode,
      headers: received,
      body
    } = await agent.request({
      ...{ origin: url.origin, path: url.pathname + url.search, method: "GET" },
      ...{ headers, signal }
    });
    const header = (name) => {
      const value = received[name];
      return Array.isArray(value) ? value[0] : value;
    };
    return { status: statusCode, header, body: bodyOf(body) };
  };
}
export {
  makeHttp1
};
