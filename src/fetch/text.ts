import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { fetchAll } from './follow.ts';
import type { Network } from './network.ts';

/** The largest known page of an index has 30 MB. */
const mostBytes = 64 * 1024 * 1024;
/** Maximum duration of one attempt. */
const seconds = 60;

/**
 * Fetches a text over HTTP; redirects are followed.
 * @param bounds maximum size in bytes, and a signal that cancels the request
 * @throws UserError `releases-unreachable` without a response; an error status is a result
 */
export type FetchText = (
  address: string,
  headers: Readonly<Record<string, string>>,
  bounds?: { readonly signal?: AbortSignal; readonly most?: number },
) => Promise<FetchedText>;

export interface FetchedText {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/**
 * Fetches texts with the same rules as downloads, with one retry.
 * @param scratch folder for temporary files
 */
export function makeFetchText(network: () => Promise<Network>, scratch: string): FetchText {
  return async (address, headers, { most = mostBytes, signal } = {}) => {
    const url = URL.parse(address);
    if (!url || !/^https?:$/.test(url.protocol))
      throw unreachable(address, 'it is not an http or https address');
    const file = path.join(scratch, `text-${randomUUID()}`);
    const request = {
      ...{ url, file, most, seconds, keepsErrors: true },
      headers: { 'user-agent': 'uv-fod', ...headers },
      label: url.pathname.split('/').at(-1) || url.host,
      explain: (_: unknown, reason: string) => unreachable(address, reason),
    };
    let found: FetchedText = { status: 0, contentType: '', text: '' };
    try {
      const given = await network();
      const stop = signal ? AbortSignal.any([given.stop, signal]) : given.stop;
      const accept = async (_: number, { status, contentType }: Omit<FetchedText, 'text'>) => {
        found = { status, contentType, text: await readFile(file, 'utf8') };
      };
      await fetchAll([request], { ...given, stop, retries: 1 }, accept);
      return found;
    } finally {
      await rm(file, { force: true });
    }
  };
}

const unreachable = (address: string, why: string): UserError =>
  new UserError(
    'releases-unreachable',
    `The request to ${URL.parse(address)?.host ?? address} failed: ${why.replace(/\.$/, '')}. Nothing was changed; check the address and run this again.`,
  );
