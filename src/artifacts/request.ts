import { AbortError } from 'p-retry';
import { UserError } from '../ports/errors.ts';
import { type Named, noAddress, unreachable } from './messages.ts';
import type { Answer, Network } from './network.ts';
import { getFollowing, type Refusals, webAddress } from './redirects.ts';

/**
 * Asks for a file, following redirects.
 *
 * @param from first byte that is wanted; the answer's status is 206 where the server heeds it
 * @throws AbortError with a UserError inside where another try is of no use; any other error may pass
 */
export async function request(
  file: Named,
  network: Network,
  from: { byte: number; etag: string | undefined } | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const refusals: Refusals = {
    address: () => noAddress(file),
    plainHttp: (here, to) => unreachable(file, `${here.host} redirects to plain http, at ${to.host}`),
    tooMany: (most) => unreachable(file, `more than ${most} redirects`),
  };
  try {
    const start = webAddress(file.url, refusals.address);
    const answer = await getFollowing(start, headersFor(from), network, signal, refusals);
    const { status, body } = answer;
    if (status === 200 || status === 206) return answer;
    body.discard();
    throw refusal(file, status);
  } catch (error) {
    // What was refused once would be refused again.
    throw error instanceof UserError ? new AbortError(error) : error;
  }
}

function headersFor(from: { byte: number; etag: string | undefined } | undefined): Record<string, string> {
  return {
    'user-agent': 'uv-fod',
    accept: '*/*',
    // The bytes of the lock, not a packed form of them.
    'accept-encoding': 'identity',
    ...(from === undefined ? {} : { range: `bytes=${from.byte}-` }),
    ...(from?.etag === undefined ? {} : { 'if-range': from.etag }),
  };
}

/** Statuses after which the same request may succeed: time-outs, too many requests, and the server's own troubles. */
const isPassing = (status: number): boolean => [408, 416, 425, 429].includes(status) || status >= 500;

function refusal(file: Named, status: number): Error {
  const message = `the server answered ${status}`;
  return isPassing(status) ? new Error(message) : unreachable(file, message);
}
