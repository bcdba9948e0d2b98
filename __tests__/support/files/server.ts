import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Artifact } from '../../../src/uv/plan/artifact.ts';
import { onLoopback } from './loopback.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A loopback index that counts what is asked of it. */
export interface FileServer {
  readonly origin: string;
  /** Paths in the order that they were asked for. */
  readonly requests: string[];
  /** Bytes of bodies that were sent. */
  readonly sent: () => number;
  /** Serves bytes as a wheel, and gives the artifact that a plan would have for it. */
  readonly wheel: (filename: string, bytes: Uint8Array, more?: Partial<Artifact>) => Artifact;
  /** What a path answers, instead of a file. */
  readonly answers: Map<string, Answer>;
  readonly close: () => Promise<void>;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, Uint8Array>();
  const answers = new Map<string, Answer>();
  const requests: string[] = [];
  let sent = 0;
  const listener = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const answer = answers.get(path);
    const file = files.get(path);
    if (answer) answer(request, response);
    else if (file) {
      sent += file.length;
      response.end(file);
    } else response.writeHead(404).end();
  });
  const { origin, close } = await onLoopback(listener);
  return {
    ...{ origin, requests, answers, close },
    sent: () => sent,
    wheel: (filename, bytes, more = {}) => {
      files.set(`/${filename}`, bytes);
      const [name = '', version = ''] = filename.split('-');
      const facts = { hash: `sha256:${sha256(bytes)}`, size: bytes.length, url: `${origin}/${filename}` };
      return { ...{ name, version, kind: 'wheel', filename }, ...facts, ...more };
    },
  };
}
