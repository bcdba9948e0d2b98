import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { onLoopback } from '../../support/files/loopback.ts';
import { sha256 } from '../../support/files/server.ts';
import { runText } from '../../support/nix/run.ts';
import { wheelBytes } from '../../support/nix/wheel.ts';

/** One file on a page of the index. */
export interface Entry {
  readonly filename: string;
  readonly sha256: string;
  readonly yanked?: boolean;
  /** Path of the file; default: the file's own. */
  readonly url?: string;
}

/**
 * A loopback index with an sdist `thing`, which the wheel `buildtool` builds, and other wheels that
 * an attack would like to have in its place.
 */
export interface PinnedIndex {
  readonly origin: string;
  readonly host: string;
  readonly asked: string[];
  /** Entries by package; what is changed here is what the index lists from then on. */
  readonly pages: Map<string, Entry[]>;
  /** What the index answers in place of pages. */
  answer: ((url: string, response: ServerResponse) => boolean) | undefined;
  /** SRI of a file by its path. */
  readonly sri: (file: string) => string;
  readonly close: () => Promise<void>;
}

/**
 * A build backend without dependencies: it writes the wheel `thing` with a module that says who
 * built it.
 */
const backend = (who: string): string => `import zipfile, os
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as archive:
        archive.writestr("thing.py", "where='${who}'\\n")
        archive.writestr("thing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: thing\\nVersion: 1.0\\n")
        archive.writestr("thing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr("thing-1.0.dist-info/RECORD", "thing.py,,\\n")
    return name
`;

const wheelOf = (name: string, version: string, who: string): [string, Buffer] => [
  `${name}-${version}-py3-none-any.whl`,
  wheelBytes(name, who, { 'build_backend.py': backend(who) }, version),
];

export async function startPinnedIndex(scratch: string): Promise<PinnedIndex> {
  const files = new Map<string, Buffer>([
    ...['0.9', '1.0', '2.0'].map((version) => wheelOf('buildtool', version, 'good')),
    wheelOf('othertool', '1.0', 'other'),
    [`evil/${wheelOf('buildtool', '1.0', 'EVIL')[0]}`, wheelOf('buildtool', '1.0', 'EVIL')[1]],
    ['thing-1.0.tar.gz', await thing(scratch, 'good')],
    ['evil/thing-1.0.tar.gz', await thing(scratch, 'evil')],
  ]);
  const digest = (file: string): string => sha256(files.get(file) ?? Buffer.alloc(0));
  const entry = (filename: string): Entry => ({ filename, sha256: digest(filename) });
  const named = (version: string): string => `buildtool-${version}-py3-none-any.whl`;
  const pages = new Map<string, Entry[]>([
    ['buildtool', [named('0.9'), named('1.0')].map(entry)],
    ['othertool', [entry('othertool-1.0-py3-none-any.whl')]],
    ['thing', [entry('thing-1.0.tar.gz')]],
  ]);
  const asked: string[] = [];
  const index: PinnedIndex = {
    ...{ origin: '', host: '', asked, pages, answer: undefined },
    sri: (file) => `sha256-${Buffer.from(digest(file), 'hex').toString('base64')}`,
    close: async () => {},
  };
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    if (index.answer?.(url, response)) return;
    const page = pages.get(/^\/simple\/([^/]+)\/$/.exec(url)?.[1] ?? '');
    const file = files.get(url.slice('/files/'.length));
    if (page) sendPage(page, response);
    else if (file && url.startsWith('/files/')) response.end(file);
    else response.writeHead(404).end();
  });
  const { origin, close } = await onLoopback(server);
  return Object.assign(index, { origin, host: new URL(origin).host, close });
}

function sendPage(entries: readonly Entry[], response: ServerResponse): void {
  const files = entries.map(({ filename, sha256: hex, yanked, url }) => ({
    ...{ filename, url: `/files/${url ?? filename}`, hashes: { sha256: hex } },
    ...(yanked ? { yanked } : {}),
  }));
  // uv keeps pages for ten minutes unless it is told not to.
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json');
  response.end(JSON.stringify({ meta: { 'api-version': '1.0' }, name: 'x', files }));
}

/** An sdist whose metadata is static, so that uv locks it without a build. */
async function thing(scratch: string, who: string): Promise<Buffer> {
  const folder = path.join(scratch, `sdist-${who}`);
  const top = path.join(folder, 'thing-1.0');
  await mkdir(top, { recursive: true });
  const texts = {
    'pyproject.toml':
      '[project]\nname = "thing"\nversion = "1.0"\n\n[build-system]\nrequires = ["buildtool>=0.5"]\nbuild-backend = "build_backend"\n',
    'PKG-INFO': 'Metadata-Version: 2.2\nName: thing\nVersion: 1.0\n',
    'thing.py': `where = "${who}"\n`,
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(top, name), text);
  await runText('tar', ['-czf', 'thing-1.0.tar.gz', 'thing-1.0'], { cwd: folder });
  return readFile(path.join(folder, 'thing-1.0.tar.gz'));
}
