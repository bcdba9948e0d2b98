import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onLoopback } from '../files/loopback.ts';
import { sha256 } from '../files/server.ts';
import { writeFiles } from '../nix/project.ts';
import { runText } from '../nix/run.ts';
import { zip } from '../nix/wheel.ts';

/** One release on the index: a wheel of one module, or an sdist alone. */
export interface Published {
  /** Age in days at the moment of publishing. */
  readonly days: number;
  readonly requires?: readonly string[];
  readonly yanked?: string;
  readonly vulnerabilities?: readonly { readonly id: string; readonly fixed_in: readonly string[] }[];
  /** An sdist with this build backend in place of the wheel: its metadata needs a build. */
  readonly backend?: string;
  /** The module cannot be imported. */
  readonly isBroken?: boolean;
}

/** A package index on the loopback interface: Simple API (PEP 691, 700) and JSON API. */
export interface PackageIndex {
  readonly origin: string;
  /** Address of its Simple API. */
  readonly simple: string;
  /** Paths in the order that they were asked for. */
  readonly requests: string[];
  readonly publish: (name: string, version: string, release: Published) => Promise<void>;
  /** Packages whose files have no time of upload. */
  readonly timeless: Set<string>;
  /** Packages whose pages fail. */
  readonly failing: Set<string>;
  /** From now on it answers only with this `name:password`. */
  readonly protect: (login: string) => void;
  readonly close: () => Promise<void>;
}

interface Held extends Published {
  readonly filename: string;
  readonly bytes: Buffer;
  readonly uploaded: string;
}

const DAY = 86_400_000;
const SIMPLE = 'application/vnd.pypi.simple.v1+json';

export async function startIndex(): Promise<PackageIndex> {
  const dir = await mkdtemp(path.join(tmpdir(), 'index-'));
  const packages = new Map<string, Map<string, Held>>();
  const [timeless, failing] = [new Set<string>(), new Set<string>()];
  const requests: string[] = [];
  const json = (response: ServerResponse, type: string, value: unknown): ServerResponse =>
    response.setHeader('content-type', type).end(JSON.stringify(value));
  const answer = (url: string, response: ServerResponse): ServerResponse => {
    const [, root, name = '', version = ''] = url.split('/');
    const versions = packages.get(name);
    if (failing.has(name) && root !== 'files') return response.writeHead(400).end();
    if (root === 'simple' && versions) return json(response, SIMPLE, page(name, versions));
    const release = versions?.get(version);
    if (root === 'pypi' && release)
      return json(
        response,
        'application/json',
        description(release, `${origin}/project/${name}/${version}/`, timeless.has(name)),
      );
    const files = root === 'files' ? [...(versions?.values() ?? [])] : [];
    const file = files.find((one) => one.filename === version);
    return file ? response.end(file.bytes) : response.writeHead(404).end();
  };
  const page = (name: string, versions: ReadonlyMap<string, Held>) => ({
    ...{ meta: { 'api-version': '1.1' }, name, versions: [...versions.keys()] },
    files: [...versions.values()].map(({ filename, bytes, uploaded, yanked }) => ({
      ...{ filename, url: `${origin}/files/${name}/${filename}`, hashes: { sha256: sha256(bytes) } },
      ...{ size: bytes.length, yanked: yanked ?? false, 'requires-python': '>=3.9' },
      ...(timeless.has(name) ? {} : { 'upload-time': uploaded }),
    })),
  });
  let wanted: string | undefined;
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (wanted === undefined || request.headers.authorization === wanted) answer(request.url ?? '', response);
    else response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
  });
  const { origin, close } = await onLoopback(server);
  return {
    ...{ origin, simple: `${origin}/simple`, requests, timeless, failing },
    publish: async (name, version, release) => {
      const made =
        release.backend !== undefined
          ? await sdist(dir, name, version, release.backend)
          : wheel(name, version, release);
      const uploaded = new Date(Date.now() - release.days * DAY).toISOString();
      const versions = packages.get(name) ?? new Map<string, Held>();
      packages.set(name, versions.set(version, { ...release, ...made, uploaded }));
    },
    protect: (login) => {
      wanted = `Basic ${Buffer.from(login).toString('base64')}`;
    },
    close: async () => {
      await close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Warehouse's description of one release ("JSON API"). */
const description = (
  { filename, uploaded, yanked, vulnerabilities = [] }: Held,
  page: string,
  isTimeless: boolean,
) => ({
  info: { release_url: page, yanked: yanked !== undefined, yanked_reason: yanked ?? null },
  urls: [isTimeless ? { filename } : { filename, upload_time_iso_8601: uploaded }],
  vulnerabilities: vulnerabilities.map((one) => ({
    ...one,
    aliases: [],
    summary: 'Made up',
    withdrawn: null,
  })),
});

function wheel(name: string, version: string, { requires = [], isBroken }: Published) {
  const info = `${name}-${version}.dist-info`;
  const metadata = [
    `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}`,
    ...requires.map((one) => `Requires-Dist: ${one}`),
  ];
  const files: [string, string][] = [
    [`${name}.py`, isBroken ? 'raise RuntimeError("broken")\n' : `version = "${version}"\n`],
    [`${info}/METADATA`, `${metadata.join('\n')}\n`],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
  ];
  files.push([`${info}/RECORD`, [...files.map(([file]) => `${file},,`), `${info}/RECORD,,`, ''].join('\n')]);
  return { filename: `${name}-${version}-py3-none-any.whl`, bytes: zip(files) };
}

async function sdist(dir: string, name: string, version: string, backend: string) {
  const [top, filename] = [`${name}-${version}`, `${name}-${version}.tar.gz`];
  await mkdir(path.join(dir, top), { recursive: true });
  await writeFiles(path.join(dir, top), {
    'backend.py': backend,
    'pyproject.toml': '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    [`${name}.py`]: `version = "${version}"\n`,
    'PKG-INFO': `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
  });
  const options = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0'];
  await runText('tar', [...options, '-czf', filename, top], { cwd: dir });
  return { filename, bytes: await readFile(path.join(dir, filename)) };
}
