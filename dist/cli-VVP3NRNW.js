import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  getFollowing
} from "./cli-ZAMFTIJM.js";
import {
  AbortError
} from "./cli-RIK2B44O.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/effects/fetch-text.ts
var MAX_BYTES = 64 * 1024 * 1024;
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
  const refusals = {
    address: () => unreachable(address, "it redirects to no web address"),
    plainHttp: (_, to) => unreachable(address, `it redirects to plain http, at ${to.host}`),
    tooMany: (times) => unreachable(address, `more than ${times} redirects`)
  };
  const sent = { "user-agent": "uv-fod", ...headers };
  return read(await getFollowing(new URL(address), sent, network, signal, refusals), address, most);
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
