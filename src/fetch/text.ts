import { mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import type { FetchedText, FetchText } from '../system/fetch-text.ts';
import { fetchAll, type Request } from './follow.ts';
import type { Network } from './network.ts';

/** The largest page of an index that people have is some 30 MB. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Seconds for one try. */
const TIMEOUT = 60;

/**
 * @param scratch folder for temporary files
 * @returns fetches texts as downloads are fetched; each is tried again once if there was no answer
 */
export function makeFetchText(network: () => Promise<Network>, scratch: string): FetchText {
  return async (address, headers, { most = MAX_BYTES, signal } = {}) => {
    const dir = await mkdtemp(path.join(scratch, 'text-'));
    try {
      const request = requestOf(address, headers, path.join(dir, 'text'), most);
      let found: FetchedText | undefined;
      const patient = { ...(await network()), retries: 1 };
      const accept = async (_: number, { status, contentType }: { status: number; contentType: string }) => {
        // Some versions of curl make no file for an answer without a body.
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
  if (!url || !/^https?:$/.test(url.protocol)) throw unreachable(address, 'it is not a web address');
  return {
    ...{ url, file, most, label: url.pathname.split('/').at(-1) || url.host, seconds: TIMEOUT },
    headers: { 'user-agent': 'uv-fod', ...headers },
    canContinue: false,
    keepsErrors: true,
    unreachable: (reason) => unreachable(address, reason),
    tooLarge: () => unreachable(address, `the answer has more than ${most / 1e6} MB`),
    unwritable: (cause) => unreachable(address, cause?.message ?? 'the answer could not be written'),
  };
}

const unreachable = (address: string, why: string): UserError =>
  new UserError(
    'releases-unreachable',
    `${URL.parse(address)?.host ?? address} can't be asked: ${why.replace(/\.$/, '')}. Nothing was changed; check the address and run this again.`,
  );
