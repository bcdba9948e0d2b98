import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DerivationFile } from '../../../src/build/derivation-file.ts';
import { keysOf } from '../../../src/build/entry.ts';
import { withRunnerBuilds } from '../../../src/build/runner-builds.ts';
import { type BuildsTools, takeBuilds } from '../../../src/build/take.ts';
import { madeOf, whatIsToBuild } from '../../../src/build/to-build.ts';
import type { Run } from '../../../src/ports/run.ts';
import type { RunnerCache } from '../../../src/ports/runner-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'runner-builds-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const derivation = (name: string, inputs: string[] = [], isFixed = false): [string, DerivationFile] => [
  `/nix/store/${name}.drv`,
  { outputs: [`/nix/store/${name}`], isFixed, inputs: inputs.map((one) => `/nix/store/${one}.drv`) },
];

/** A package with two wheels, of which one needs the other, and its fixed output, which is there. */
const closure = new Map([
  derivation('lxml-wheel', ['lxml.tar.gz']),
  derivation('xmlsec-wheel', ['lxml-wheel']),
  derivation('lxml.tar.gz', [], true),
  derivation('third-party', ['xmlsec-wheel', 'uv-deps']),
  derivation('check', ['uv-deps']),
  derivation('package', ['third-party', 'check']),
]);

describe('what outlasts a bump', () => {
  const answering =
    (stderr: string): Run =>
    async (program) =>
      program === 'nix-instantiate'
        ? { code: 0, stdout: '/nix/store/package.drv\n/nix/store/uv-deps.drv!out\n', stderr: '' }
        : { code: 0, stdout: '', stderr };
  const read = async (file: string): Promise<DerivationFile> => {
    const found = closure.get(file);
    if (!found) throw new Error(`${file} was read`);
    return found;
  };
  const where = { attribute: 'package', file: '/w/default.nix' };
  const list = [...closure.keys()].map((one) => `  ${one}\n`).join('');
  const fetched =
    'these 2 paths will be fetched (0.1 MiB download, 0.2 MiB unpacked):\n  /nix/store/fetched.drv\n';

  test('are builds that are not made of the fixed output', async () => {
    const noise = 'warning: something\nthese 6 derivations will be built:\n';
    const found = await whatIsToBuild(where, answering(`${noise}${list}${fetched}`), read);
    expect(found.package).toBe('/nix/store/package.drv');
    expect([...found.derivations.keys()]).not.toContain('/nix/store/lxml.tar.gz.drv');
    expect([...found.lasting.keys()]).toEqual(['/nix/store/lxml-wheel.drv', '/nix/store/xmlsec-wheel.drv']);
  });

  test.each(['', fetched, 'this derivation will be built:\n  /nix/store/package.drv\n'])(
    'is nothing where nothing but the package is to be built (%#)',
    async (stderr) => {
      expect((await whatIsToBuild(where, answering(stderr), read)).lasting.size).toBe(0);
    },
  );

  test('what came of one is all that it is part of', () => {
    const made = madeOf(new Set(['/nix/store/lxml-wheel.drv']), closure);
    expect([...made].map((one) => path.basename(one, '.drv')).sort()).toEqual([
      'package',
      'third-party',
      'xmlsec-wheel',
    ]);
  });
});

describe('taking', () => {
  const wanted = ['/nix/store/00000000000000000000000000000000-six-wheel'];
  const said: string[] = [];
  const commands: string[] = [];
  const tools = (restoreCache: RunnerCache['restoreCache']): BuildsTools => ({
    builds: {
      runner: { isFeatureAvailable: () => true, restoreCache, saveCache: async () => 1 },
      ...{ folder: path.join(folder, 'builds'), maySave: true, now: () => 0 },
    },
    run: async (program, args) => {
      commands.push([program, ...args].join(' '));
      return { code: 0, stdout: wanted.join('\n'), stderr: '' };
    },
    log: {
      info: (text) => void said.push(text),
      warning: (text) => void said.push(`warning: ${text}`),
      progress: () => {},
      group: (_, body) => body(),
    },
  });
  beforeEach(() => {
    said.length = 0;
    commands.length = 0;
  });
  const keys = keysOf('x86_64-linux', 'small', wanted);

  test('a service that fails costs a warning, and the next run is given another entry', async () => {
    const taken = await takeBuilds(
      keys,
      wanted,
      tools(async () => Promise.reject(new Error('503'))),
    );
    expect(taken).toMatchObject({ paths: [], gain: Number.NEGATIVE_INFINITY });
    expect(said).toEqual([expect.stringMatching(/^warning: .*can't be used \(503\); it is built instead/)]);
  });

  test('an entry with nothing that is wanted gives nothing to the store', async () => {
    const taken = await takeBuilds(
      keys,
      wanted,
      tools(async () => 'uv-fod-builds-1-x86_64-linux-other'),
    );
    expect(taken).toMatchObject({ paths: [], gain: 0 });
    expect(commands).toEqual([]);
    expect(said[0]).toMatch('none that is needed');
  });

  test('no entry is no matter', async () => {
    expect(
      await takeBuilds(
        keys,
        wanted,
        tools(async () => undefined),
      ),
    ).toMatchObject({ gain: 0 });
    expect(said[0]).toMatch('nothing was saved before');
  });
});

test('a user whom Nix does not trust with what nobody signed builds everything, and the service is not asked', async () => {
  const file = path.join(folder, 'lasting.drv');
  await writeFile(
    file,
    'Derive([("out","/nix/store/o-wheel","","")],[],["/nix/store/s"],"x86_64-linux","sh",[],[])',
  );
  const answers: Readonly<Record<string, string>> = {
    'nix-instantiate': '/nix/store/package.drv\n/nix/store/uv-deps.drv\n',
    nix: '{"trusted":false,"url":"daemon"}',
  };
  const lines: string[] = [];
  const run: Run = async (program) => ({
    ...{ code: 0, stdout: answers[program] ?? '' },
    stderr: program === 'nix-store' ? `this derivation will be built:\n  ${file}\n` : '',
  });
  const ask = async () => Promise.reject(new Error('asked'));
  const builds = {
    ...{ folder, maySave: true, now: () => 0 },
    runner: { isFeatureAvailable: () => true, restoreCache: ask, saveCache: ask },
  };
  const log = {
    ...{ info: (text: string) => void lines.push(text), warning: (text: string) => void lines.push(text) },
    ...{ progress: () => {}, group: <T>(_: string, body: () => Promise<T>) => body() },
  };
  const where = { attribute: 'package', file: '/w/default.nix' };
  const proven = await withRunnerBuilds(
    where,
    'x86_64-linux',
    { builds, run, log },
    async ({ args }) => args,
  );
  expect(proven).toEqual({ result: undefined, taken: 0 });
  expect(lines).toEqual([expect.stringContaining("not asked (this user is not among Nix's trusted-users)")]);
});
