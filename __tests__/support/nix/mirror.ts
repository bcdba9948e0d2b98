import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { onLoopback } from '../files/loopback.ts';

/** An index of our own on loopback that has the same files as another one. */
export interface Mirror {
  readonly url: string;
  /** File names that it was asked for. */
  readonly asked: Set<string>;
  close(): Promise<void>;
}

/**
 * Points every artifact of a lock to loopback and serves it there, with the bytes of where it came
 * from.
 * @param lockFile uv.lock, which is rewritten
 */
export async function mirror(lockFile: string): Promise<Mirror> {
  const text = await readFile(lockFile, 'utf8');
  const origins = new Map<string, string>();
  const asked = new Set<string>();
  const server = createServer(async (request, response) => {
    const name = path.basename(decodeURIComponent(request.url ?? ''));
    const origin = origins.get(name);
    if (origin === undefined) return void response.writeHead(404).end();
    asked.add(name);
    const upstream = await fetch(origin);
    response.writeHead(upstream.status).end(Buffer.from(await upstream.arrayBuffer()));
  });
  const { origin: url, close } = await onLoopback(server);
  const moved = text.replaceAll(
    /url = "(https?:\/\/[^"]+\/([^"/]+\.(?:whl|tar\.gz)))"/g,
    (_, origin: string, name: string) => {
      origins.set(decodeURIComponent(name), origin);
      return `url = "${url}/files/${name}"`;
    },
  );
  await writeFile(lockFile, moved);
  return { url, asked, close };
}
