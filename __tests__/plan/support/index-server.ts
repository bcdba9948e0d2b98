import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { normalizeName } from '../../../src/uv/lock/names.ts';
import { onLoopback } from '../../support/files/loopback.ts';
import type { Oracle } from './oracle.ts';
import { mustRun } from './run.ts';

export interface Distribution {
  /** File name; a folder before it is kept. */
  readonly file: string;
  readonly name: string;
  readonly version: string;
  readonly requires?: readonly string[];
  readonly extras?: readonly string[];
}

/** A pure wheel and an sdist of a package. */
export function both(
  name: string,
  version: string,
  more: Partial<Distribution> = {},
): readonly Distribution[] {
  const stem = `${name.replaceAll('-', '_')}-${version}`;
  return [`${stem}-py3-none-any.whl`, `${stem}.tar.gz`].map((file) => ({ file, name, version, ...more }));
}

/** One wheel with the given tags. */
export function wheel(
  name: string,
  version: string,
  tags: string,
  more: Partial<Distribution> = {},
): Distribution {
  return { file: `${name.replaceAll('-', '_')}-${version}-${tags}.whl`, name, version, ...more };
}

export async function writeDistributions(
  oracle: Oracle,
  folder: string,
  files: readonly Distribution[],
): Promise<void> {
  const script = path.join(import.meta.dirname, 'distributions.py');
  await mustRun(oracle.python, [script], { input: JSON.stringify({ folder, files }) });
}

export interface IndexServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a folder of folders as simple indexes (PEP 503), one each: `/<index>/simple/<name>/`,
 * files under `/<index>/files/`. An index whose name begins with `bare` gives no hashes, one with
 * `sha512` those.
 */
export async function serveIndexes(folder: string): Promise<IndexServer> {
  const server = createServer((request, response) => {
    answer(folder, decodeURIComponent((request.url ?? '').split('?', 1)[0] ?? '')).then(
      (body) => {
        response.writeHead(body === undefined ? 404 : 200, {
          'content-type': typeof body === 'string' ? 'text/html' : 'application/octet-stream',
        });
        response.end(body);
      },
      () => response.writeHead(500).end(),
    );
  });
  const { origin, close } = await onLoopback(server);
  return { url: origin, close };
}

async function answer(folder: string, url: string): Promise<string | Buffer | undefined> {
  const [, index = '', kind = '', name = ''] = url.split('/');
  const own = path.join(folder, path.basename(index));
  if (kind === 'files') return readFile(path.join(own, path.basename(name)));
  const files = await readdir(own);
  const matching = files.filter((file) => normalizeName(projectOf(file)) === name);
  if (matching.length === 0) return undefined;
  const links = await Promise.all(
    matching.map(async (file) => link(index, file, await readFile(path.join(own, file)))),
  );
  return `<!DOCTYPE html><html><body>${links.join('<br>')}</body></html>`;
}

function link(index: string, file: string, bytes: Buffer): string {
  const algorithm = index.startsWith('sha512') ? 'sha512' : 'sha256';
  const hash = index.startsWith('bare')
    ? ''
    : `#${algorithm}=${createHash(algorithm).update(bytes).digest('hex')}`;
  return `<a href="/${index}/files/${encodeURIComponent(file)}${hash}">${file}</a>`;
}

function projectOf(file: string): string {
  return file.endsWith('.whl') ? (file.split('-', 1)[0] ?? '') : file.slice(0, file.lastIndexOf('-'));
}
