import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onLoopback } from '../files/loopback.ts';

/** A request as it passed. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  /** 0 where no answer went back. */
  status: number;
}

/**
 * What becomes of a request: it never arrives, its answer is lost, it is answered here, or
 * something happens before it arrives.
 */
export type Fault =
  | 'reset'
  | 'drop'
  | { readonly status: number; readonly body?: string }
  | (() => Promise<void>);

/** A server in front of another, which notes what passes and spoils what it is told to. */
export interface Front {
  readonly url: string;
  readonly passed: readonly Passed[];
  /** Asked for each request; undefined lets it pass. */
  setFault: (fault: ((passed: Passed) => Fault | undefined) | undefined) => void;
  close: () => Promise<void>;
}

/** Whether it could change something on the forge. */
export const isWrite = ({ method, path }: Passed): boolean =>
  method !== 'GET' && !path.endsWith('/git-upload-pack');

export async function startFront(target: string): Promise<Front> {
  const passed: Passed[] = [];
  let fault: Parameters<Front['setFault']>[0];
  const listener = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const entry = {
      method,
      path: url.replace(/\?.*/, ''),
      authorization: headers.authorization ?? '',
      status: 0,
    };
    passed.push(entry);
    pass(target, incoming, outgoing, entry, fault?.(entry)).catch(() => incoming.socket.destroy());
  });
  const { origin, close } = await onLoopback(listener);
  return {
    ...{ url: origin, passed, close },
    setFault: (next) => {
      fault = next;
    },
  };
}

async function pass(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  entry: Passed,
  fault: Fault | undefined,
): Promise<void> {
  const body = await buffer(incoming);
  if (fault === 'reset') return void incoming.socket.destroy();
  if (typeof fault === 'object') {
    entry.status = fault.status;
    return void outgoing
      .writeHead(fault.status, { 'content-type': 'text/plain' })
      .end(fault.body ?? 'a fault');
  }
  if (typeof fault === 'function') await fault();
  const { status, headers, body: answer } = await forward(target, incoming, body);
  if (fault === 'drop') return void incoming.socket.destroy();
  entry.status = status;
  outgoing.writeHead(status, headers).end(answer);
}

async function forward(target: string, incoming: IncomingMessage, body: Buffer) {
  const { method, url, headers } = incoming;
  // The body is whole by now, whatever it came as.
  const { 'transfer-encoding': _, ...kept } = headers;
  const sent = { ...kept, host: new URL(target).host, connection: 'close', 'content-length': body.length };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(`${target}${url}`, { method, headers: sent }, resolve);
    asked.on('error', reject);
    asked.end(body);
  });
  const { 'transfer-encoding': __, connection: ___, ...back } = response.headers;
  return { status: response.statusCode ?? 0, headers: back, body: await buffer(response) };
}
