import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';

/** Writes an answer; `cut` sends the first half of its JSON as if that were all. */
export function send(response: ServerResponse, reply: Reply, cut: boolean): void {
  const isPage = typeof reply.body === 'string';
  const whole = reply.body === undefined ? '' : isPage ? String(reply.body) : JSON.stringify(reply.body);
  const text = cut ? whole.slice(0, Math.floor(whole.length / 2)) : whole;
  response.writeHead(reply.status, {
    ...(whole === ''
      ? {}
      : { 'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8' }),
    'x-github-request-id': 'LOOPBACK',
    ...reply.headers,
  });
  response.end(text);
}
