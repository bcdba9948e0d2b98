import { AbortError } from 'p-retry';
import type { Answer, Network } from '../artifacts/network.ts';
import { getFollowing, type Refusals } from '../artifacts/redirects.ts';
import { UserError } from '../ports/errors.ts';
import type { FetchBounds, FetchedText, FetchText } from '../ports/fetch-text.ts';

/** The largest page of an index that people have is some 30 MB. */
const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT = 60_000;

/** @returns texts over the network that downloads use, each tried again once where nothing answered */
export function makeFetchText(network: () => Promise<Network>): FetchText {
  return async (url, headers, bounds = {}) => {
    const parts = await network();
    try {
      return await fetchOnce(url, headers, parts, bounds).catch((error: unknown) => {
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

const isFinal = (error: unknown): boolean => error instanceof UserError || error instanceof AbortError;

async function fetchOnce(
  address: string,
  headers: Readonly<Record<string, string>>,
  network: Network,
  { signal: outer, most = MAX_BYTES }: FetchBounds,
): Promise<FetchedText> {
  const timeout = AbortSignal.timeout(TIMEOUT);
  const signal = outer ? AbortSignal.any([timeout, outer]) : timeout;
  const refusals: Refusals = {
    address: () => unreachable(address, 'it redirects to no web address'),
    plainHttp: (_, to) => unreachable(address, `it redirects to plain http, at ${to.host}`),
    tooMany: (times) => unreachable(address, `more than ${times} redirects`),
  };
  const sent = { 'user-agent': 'uv-fod', ...headers };
  return read(await getFollowing(new URL(address), sent, network, signal, refusals), address, most);
}

async function read(answer: Answer, address: string, most: number): Promise<FetchedText> {
  const chunks: Buffer[] = [];
  let size = 0;
  await answer.body.drain((piece) => {
    chunks.push(Buffer.from(piece));
    size += piece.length;
    if (size > most) throw unreachable(address, `the answer has more than ${most / 1e6} MB`);
    return undefined;
  });
  return {
    status: answer.status,
    contentType: answer.header('content-type') ?? '',
    text: Buffer.concat(chunks).toString(),
  };
}

function unreachable(address: string, why: string, cause?: unknown): UserError {
  return new UserError(
    'releases-unreachable',
    `${new URL(address).host} can't be asked: ${why.replace(/\.$/, '')}. Nothing was changed; check the address and run this again.`,
    { cause },
  );
}
