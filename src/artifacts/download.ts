import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import pRetry, { AbortError } from 'p-retry';
import type { Dispatcher } from 'undici';
import { UserError } from '../ports/errors.ts';

/** One file to download. */
export interface Download {
  readonly url: string;
  /** `algorithm:hex`; absent where the lock has none, and then nothing vouches for the bytes but the fixed output's own hash. */
  readonly hash?: string | undefined;
  /** Bytes, where the lock says it. */
  readonly size?: number | undefined;
  /** What a message calls it. */
  readonly label: string;
}

export interface Network {
  readonly dispatcher: Dispatcher;
  /** Value of the `authorization` header for an address, where there are credentials for its host. */
  readonly authorization: (url: URL) => string | undefined;
  /** Tries after the first one, for failures that pass. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubled each time. */
  readonly retryDelay: number;
}

/**
 * Downloads one file to `target`, checking its digest and length while it streams. The file appears there whole and
 * verified, or not at all.
 *
 * @returns bytes written and their sha256 in hexadecimal
 * @throws UserError `artifact-unreachable` after the last retry, `artifact-changed` at once where the bytes are not the lock's
 */
export async function download(
  file: Download,
  target: string,
  network: Network,
): Promise<{ size: number; sha256: string }> {
  const part = `${target}.part`;
  try {
    const result = await pRetry(() => attempt(file, part, network), {
      retries: network.retries,
      minTimeout: network.retryDelay,
      factor: 2,
      randomize: true,
    });
    await rename(part, target);
    return result;
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof UserError) throw error;
    throw unreachable(file, error instanceof Error ? error.message : String(error), error);
  }
}

async function attempt(
  file: Download,
  part: string,
  network: Network,
): Promise<{ size: number; sha256: string }> {
  const url = webAddress(file);
  const authorization = network.authorization(url);
  const response = await network.dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'GET',
    headers: { 'user-agent': 'uv-fod', accept: '*/*', ...(authorization ? { authorization } : {}) },
  });
  if (response.statusCode !== 200) {
    await response.body.dump();
    const message = `the server answered ${response.statusCode}`;
    if (isPassing(response.statusCode)) throw new Error(message);
    throw new AbortError(unreachable(file, message));
  }
  return receive(file, response.body, part);
}

/** Statuses after which the same request may succeed: time-outs, too many requests, and the server's own troubles. */
const isPassing = (status: number): boolean => [408, 425, 429].includes(status) || status >= 500;

async function receive(
  file: Download,
  body: AsyncIterable<Buffer>,
  part: string,
): Promise<{ size: number; sha256: string }> {
  const [algorithm = 'sha256', expected] = file.hash?.split(':') ?? [];
  const sha256 = createHash('sha256');
  const declared = algorithm === 'sha256' ? sha256 : createHash(algorithm);
  let size = 0;
  await pipeline(
    body,
    async function* count(source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        size += chunk.length;
        if (file.size !== undefined && size > file.size)
          throw new AbortError(changed(file, `more than the ${file.size} bytes of the lock`));
        sha256.update(chunk);
        if (declared !== sha256) declared.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(part),
  );
  if (file.size !== undefined && size < file.size)
    throw new Error(`the answer ended after ${size} of ${file.size} bytes`);
  const digest = sha256.digest('hex');
  const actual = declared === sha256 ? digest : declared.digest('hex');
  if (expected !== undefined && actual !== expected.toLowerCase()) {
    throw new AbortError(changed(file, `${algorithm} ${actual}, where the lock has ${expected}`));
  }
  return { size, sha256: digest };
}

function webAddress(file: Download): URL {
  const url = URL.canParse(file.url) ? new URL(file.url) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AbortError(
      new UserError(
        'artifact-address',
        `${file.label}: '${file.url}' is no http or https address; correct the index in the project and lock again.`,
      ),
    );
  }
  return url;
}

const unreachable = (file: Download, reason: string, cause?: unknown): UserError =>
  new UserError(
    'artifact-unreachable',
    `${file.label} can't be downloaded from ${withoutCredentials(file.url)}: ${reason}. Check that the index still has it and that this machine reaches it; if the release was withdrawn, lock again (uv lock --upgrade-package NAME).`,
    { cause },
  );

const changed = (file: Download, what: string): UserError =>
  new UserError(
    'artifact-changed',
    `${file.label} from ${withoutCredentials(file.url)} is not what uv.lock names: got ${what}. Nothing was kept. If the index replaced the file on purpose, lock again; otherwise somebody is changing files on the way.`,
  );

function withoutCredentials(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  url.username = '';
  url.password = '';
  url.search = '';
  return url.href;
}
