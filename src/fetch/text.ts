import { mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import type { FetchedText, FetchText } from '../system/fetch-text.ts';
import { fetchAll, type Request } from './follow.ts';
import type { Network } from './network.ts';

/** The largest known page of an index has 30 MB. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Seconds per attempt. */
const TIMEOUT = 60;

/**
 * Fetches texts with the same rules as downloads, with one retry.
 * @param scratch folder for temporary files
 */
export function makeFetchText(network: () => Promise<Network>, scratch: string): FetchText {
  return async (address, headers, { most = MAX_BYTES, signal } = {}) => {
    const dir = await mkdtemp(path.join(scratch, 'text-'));
    try {
      const request = requestOf(address, headers, path.join(dir, 'text'), most);
      let found: FetchedText | undefined;
      const patient = { ...(await network()), retries: 1 };
      const accept = async (_: number, { status, contentType }: { status: number; contentType: string }) => {
        // Some versions of curl create no file for an empty response.
        found = { status, contentType, text: await readFile(request.file, 'utf8').catch(() => '') };
      };
      await fetchAll([request], patient, accept, signal);
      return found as unknown as FetchedText;
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  };
}

function requestOf(
  address: string,
  headers: Readonly<Record<string, string>>,
  file: string,
  most: number,
): Request {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol))
    throw unreachable(address, 'it is not an http or https address');
  return {
    ...{ url, file, most, label: url.pathname.split('/').at(-1) || url.host, seconds: TIMEOUT },
    headers: { 'user-agent': 'uv-fod', ...headers },
    canContinue: false,
    keepsErrors: true,
    unreachable: (reason) => unreachable(address, reason),
    tooLarge: () => unreachable(address, `the response has more than ${most / 1e6} MB`),
    unwritable: (cause) => unreachable(address, cause?.message ?? 'the response could not be written'),
  };
}

const unreachable = (address: string, why: string): UserError =>
  new UserError(
    'releases-unreachable',
    `The request to ${URL.parse(address)?.host ?? address} failed: ${why.replace(/\.$/, '')}. Nothing was changed; check the address and run this again.`,
  );
