import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readText } from '../../src/system/files.ts';
import { loadProject } from '../../src/uv/lock/project.ts';
import type { Artifact } from '../../src/uv/plan/artifact.ts';
import { planProject } from '../../src/uv/plan/plan.ts';
import { parseTarget, type Target } from '../../src/uv/plan/target.ts';
import { DEFAULT_SELECTION } from '../support/plan/selection.ts';
import { catalogue, NATIVE_NAMES } from './support/catalogue.ts';
import { type IndexServer, serveIndexes, wheel, writeDistributions } from './support/index-server.ts';
import { type Oracle, prepareOracle } from './support/oracle.ts';
import { lockWithUv, pyproject, writeProject } from './support/projects.ts';
import { mustRun } from './support/run.ts';

/**
 * Wheels that differ in their build tag only, out of order: the highest number has to win, then the
 * text after it.
 */
const BUILDS = [
  '2-py3-none-any',
  '10-py3-none-any',
  '10b-py3-none-any',
  '10a-py3-none-any',
  'py3-none-any',
].map((tags) => wheel('built-often', '1.0', tags));

describe('the planned files, installed offline, are what uv sync installs', () => {
  let oracle: Oracle;
  let server: IndexServer;
  let scratch: string;
  let target: Target;

  beforeAll(async () => {
    oracle = await prepareOracle();
    scratch = await mkdtemp(path.join(os.tmpdir(), 'uv-fod-sync-'));
    await writeDistributions(oracle, path.join(scratch, 'indexes', 'main'), [...catalogue(), ...BUILDS]);
    server = await serveIndexes(path.join(scratch, 'indexes'));
    target = await thisMachine(oracle);
  }, 240_000);

  afterAll(async () => {
    await server?.close();
    await rm(scratch, { recursive: true });
  });

  test('wheels of every tag, build tags, sdists', async () => {
    const files = {
      'pyproject.toml': pyproject(
        'root',
        [...NATIVE_NAMES, 'built-often', 'only-sdist', 'gamma[all]'],
        '[tool.uv]\npackage = false\n',
      ),
    };
    const { planned, synced } = await installBoth('tags', files, `${server.url}/main/simple`);
    expect(planned).toEqual(synced);
    expect(synced.get('built_often/__init__.py')).toBe(
      digest("file = 'built_often-1.0-10b-py3-none-any.whl'\n"),
    );
  }, 240_000);

  test('no-binary-package builds what would be a wheel', async () => {
    const more = '[tool.uv]\npackage = false\nno-binary-package = ["alpha"]\n';
    const { planned, synced } = await installBoth(
      'rules',
      { 'pyproject.toml': pyproject('root', ['beta'], more) },
      `${server.url}/main/simple`,
    );
    expect(planned).toEqual(synced);
    expect(synced.get('alpha/__init__.py')).toBe(digest("file = 'built from an sdist'\n"));
  }, 240_000);

  test('real packages with native wheels from the machine’s own index', async () => {
    const dependencies = [
      'markupsafe',
      'pyyaml',
      'cffi',
      'jinja2',
      'charset-normalizer',
      'msgpack',
      'psutil',
      'requests[socks]',
    ];
    const { planned, synced } = await installBoth('real', {
      'pyproject.toml': pyproject('root', dependencies, '[tool.uv]\npackage = false\n'),
    });
    expect(planned).toEqual(synced);
    expect(synced.size).toBeGreaterThan(100);
  }, 240_000);

  /**
   * Site-packages as `uv sync` makes them, and as the plan's files give them with neither index nor
   * lock.
   */
  async function installBoth(name: string, files: Readonly<Record<string, string>>, index?: string) {
    const root = path.join(scratch, name);
    await writeProject(root, files);
    const locked = await lockWithUv(oracle, root, index);
    expect(`${locked.code} ${locked.code === 0 ? '' : locked.stderr}`).toBe('0 ');
    const env = { ...oracle.env, NO_PROXY: '127.0.0.1', UV_NO_INSTALLER_METADATA: '1' };
    await mustRun(oracle.uv, ['sync', '--frozen', '--no-default-groups', '--python', oracle.python], {
      cwd: root,
      env,
    });
    const artifacts = planProject(await loadProject(root, readText), target, DEFAULT_SELECTION);
    const links = path.join(scratch, `${name}-files`);
    await mkdir(links);
    for (const artifact of artifacts) await download(artifact, links);
    const venv = path.join(scratch, `${name}-venv`);
    await mustRun(oracle.uv, ['venv', '--quiet', '--python', oracle.python, venv], { env });
    const requirements = artifacts.map(({ name: project, version }) => `${project}==${version}`);
    const offline = ['--offline', '--no-index', '--no-deps', '--no-cache', '--find-links', links];
    // From a folder of its own: uv would read the project's [tool.uv] otherwise.
    await mustRun(
      oracle.uv,
      ['pip', 'install', '--python', path.join(venv, 'bin/python'), ...offline, ...requirements],
      { cwd: scratch, env },
    );
    return { planned: await sitePackages(venv), synced: await sitePackages(path.join(root, '.venv')) };
  }
});

async function thisMachine(oracle: Oracle): Promise<Target> {
  const script =
    'import platform; print(platform.machine(), platform.python_version(), platform.libc_ver()[1])';
  const [machine, python = '', libc] = (await mustRun(oracle.python, ['-c', script])).trim().split(' ');
  return parseTarget({ system: `${machine}-linux`, python, libc: `glibc:${libc}` });
}

async function download({ url, filename, hash }: Artifact, folder: string): Promise<void> {
  if (url === undefined || filename === undefined)
    throw new Error('every artifact of this test has an address');
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(hash);
  await writeFile(path.join(folder, filename), bytes);
}

/**
 * Every file below site-packages with its digest; not RECORD, whose lines for scripts depend on the
 * venv's path.
 */
async function sitePackages(venv: string): Promise<ReadonlyMap<string, string>> {
  const [lib = ''] = (await readdir(path.join(venv, 'lib'))).filter((name) => name.startsWith('python3'));
  const folder = path.join(venv, 'lib', lib, 'site-packages');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries.filter((item) => item.isFile() && item.name !== 'RECORD')) {
    const file = path.join(entry.parentPath, entry.name);
    files.set(path.relative(folder, file), digest(await readFile(file)));
  }
  return new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function digest(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
