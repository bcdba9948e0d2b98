import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  AbortError
} from "./chunk-RGEGPZ5Z.js";
import {
  UserError
} from "./chunk-ANVYJIUY.js";

// src/effects/fetch-text.ts
var MAX_BYTES = 64 * 1024 * 1024;
var MAX_REDIRECTS = 5;
var TIMEOUT = 6e4;
function makeFetchText(network) {
  return async (url, headers, bounds = {}) => {
    const parts = await network();
    try {
      return await fetchOnce(url, headers, parts, bounds).catch((error) => {
        if (isFinal(error) || bounds.signal?.aborted) throw error;
        return fetchOnce(url, headers, parts, bounds);
      });
    } catch (failure) {
      const error = failure instanceof AbortError ? failure.originalError : failure;
      if (error instanceof UserError) throw error;
      throw unreachable(url, error instanceof Error ? error.message : String(error), error);
    }
  };
}
var isFinal = (error) => error instanceof UserError || error instanceof AbortError;
async function fetchOnce(address, headers, network, { signal: outer, most = MAX_BYTES }) {
  const timeout = AbortSignal.timeout(TIMEOUT);
  const signal = outer ? AbortSignal.any([timeout, outer]) : timeout;
  let url = new URL(address);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const authorization = network.authorization(url);
    const answer = await network.get(
      url,
      { "user-agent": "uv-fod", ...headers, ...authorization === void 0 ? {} : { authorization } },
      signal
    );
    const location = [301, 302, 303, 307, 308].includes(answer.status) ? answer.header("location") : void 0;
    if (location === void 0) return read(answer, address, most);
    answer.body.discard();
    const next = URL.parse(location, url.href);
    if (next === null || !/^https?:$/.test(next.protocol))
      throw unreachable(address, "it redirects to no web address");
    if (url.protocol === "https:" && next.protocol === "http:")
      throw unreachable(address, `it redirects to plain http, at ${next.host}`);
    await network.beforeRedirect?.(url, next);
    url = next;
  }
  throw unreachable(address, `more than ${MAX_REDIRECTS} redirects`);
}
async function read(answer, address, most) {
  const chunks = [];
  let size = 0;
  await answer.body.drain((piece) => {
    chunks.push(Buffer.from(piece));
    size += piece.length;
    if (size > most) throw unreachable(address, `the answer has more than ${most / 1e6} MB`);
    return void 0;
  });
  return {
    status: answer.status,
    contentType: answer.header("content-type") ?? "",
    text: Buffer.concat(chunks).toString()
  };
}
function unreachable(address, why, cause) {
  return new UserError(
    "releases-unreachable",
    `${new URL(address).host} can't be asked: ${why.replace(/\.$/, "")}. Nothing was changed; check the address and run this again.`,
    { cause }
  );
}

export {
  makeFetchText
};
