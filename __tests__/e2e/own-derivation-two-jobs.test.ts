import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/pull-request/report/types.ts';
import { fileAt, makeOwn, proposedPull, replaceIn } from '../support/scenario/own-derivation.ts';
import { type World, worldOf } from '../support/scenario/world.ts';

// The hash of an own derivation in two jobs, and for two systems: without Nix nobody can compute it
// again, and publishing starts no Nix, though it be there.
const minutes = 60_000;
const result = 'uv-fod-result.json';
const fake = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const systems = ['x86_64-linux', 'aarch64-linux'];
const other = `sha256-${Buffer.alloc(32, 7).toString('base64')}`;
const configuration = '[[package]]\nattribute = "app"\nimports = ["six"]\n';
let world: World;
let scratch: string;
let computed: string;

interface Handed {
  head: string;
  proposed: {
    files: { path: string; content: string }[];
    seen: { system: string; lacking?: string[] }[];
  }[];
}

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'two-jobs-'));
  for (const name of ['git', 'curl']) await symlink(`/usr/bin/${name}`, path.join(scratch, name));
  for (const name of ['nix', 'nix-build', 'nix-instantiate', 'nix-store', 'uv']) {
    await writeFile(
      path.join(scratch, name),
      `#!/bin/sh\necho "$0 $*" >>'${started()}'\necho ${name} 2.30\n`,
    );
    await chmod(path.join(scratch, name), 0o755);
  }
  world = await worldOf(makeOwn);
  const { work } = world.repository;
  await mkdir(path.join(work, '.github'));
  await configure('');
  // A hash for each system; that of the other one is of the lock before.
  await replaceIn(
    path.join(work, 'default.nix'),
    /hash = ("sha256-[^"]*");/,
    `hash = {\n    x86_64-linux = $1;\n    aarch64-linux = "${other}";\n  }.\${pkgs.stdenv.hostPlatform.system};`,
  );
  await world.repository.push('A hash for each system');
  computed = await compute();
}, 5 * minutes);
afterAll(async () => {
  await world?.close();
  await rm(scratch, { recursive: true, force: true });
});

/** Has a line for each start of Nix or uv by a publishing job. */
const started = (): string => path.join(scratch, 'started');

const configure = (before: string, after = ''): Promise<void> =>
  writeFile(path.join(world.repository.work, '.github/uv-fod.toml'), before + configuration + after);
const trust = 'trust-compute = true\n\n';
const named = 'dependencies = { attribute = "pythonDeps", file = "default.nix" }\n';

async function compute(): Promise<string> {
  let workspace = '';
  const acted = await world.act({
    inputs: { attribute: '', mode: 'compute', token: '' },
    prepare: async (dir) => {
      workspace = dir;
    },
  });
  expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
  return readFile(path.join(workspace, result), 'utf8');
}

/** Publishes results on the present head of main. */
const publish = (...results: readonly string[]) => publishWith({}, results);
const publishWith = (env: Record<string, string>, results: readonly string[]) =>
  world.act({
    inputs: { attribute: '', mode: 'publish', result: 'results' },
    env: { PATH: scratch, ...env },
    prepare: async (workspace) => {
      for (const [index, text] of results.entries()) {
        await mkdir(path.join(workspace, 'results', String(index)), { recursive: true });
        await writeFile(path.join(workspace, 'results', String(index), result), text);
      }
    },
  });

async function changed(change: (value: Handed) => void): Promise<string> {
  const value = JSON.parse(computed) as Handed;
  value.head = await world.repository.head();
  change(value);
  return JSON.stringify(value);
}

/** Changes the only file of a result. */
const inFile =
  (from: string | RegExp, to: string) =>
  ({ proposed: [one] }: Handed): void => {
    const [file] = one?.files ?? [];
    if (!file) throw new Error('the result has no file');
    const after = file.content.replace(from, to);
    if (after === file.content) throw new Error(`the result has no ${from}`);
    file.content = after;
  };

describe('in two jobs', () => {
  test('the hash of another system does not stay: it is a placeholder', () => {
    const { proposed } = JSON.parse(computed) as Handed;
    expect(proposed[0]?.files[0]?.content).toContain(`aarch64-linux = "${fake}";`);
    expect(proposed[0]?.seen[0]).toMatchObject({ system: 'x86_64-linux', lacking: ['aarch64-linux'] });
  });

  test('publish refuses it, unless the base’s configuration trusts the build job', async () => {
    const refused = await publish(computed);
    expect(refused.errors[0]?.message).toMatch(/only the build job could compute .* trust-compute = true/);
    expect(world.github.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    await configure(trust);
    await world.repository.push('Trust the build job');
  });

  test('with several hashes in the repository, the place has to be named', async () => {
    const { code, errors } = await publish(await changed(() => {}));
    expect({ code, title: errors[0]?.title }).toEqual({ code: 1, title: 'result-elsewhere' });
    expect(errors[0]?.message).toMatch(
      /changes the hash at default\.nix:\d+.*is unknown.*dependencies = \{.*file =/,
    );
    await configure(trust, named);
    await world.repository.push('Name the place of the hash');
  });

  test('where the configuration names its place, another hash is refused', async () => {
    const file = 'pip-download/hashes.json';
    const base = await readFile(path.join(world.repository.work, file), 'utf8');
    const elsewhere = await changed(({ proposed: [one] }) => {
      one?.files.push({ path: file, content: base.replace(/sha256-[^"]*|(?<=: ")(?=")/, other) });
    });
    const { code, errors } = await publish(elsewhere);
    expect({ code, title: errors[0]?.title }).toEqual({ code: 1, title: 'result-elsewhere' });
    expect(errors[0]?.message).toMatch(
      /at pip-download\/hashes\.json:\d+, and the base has .* at default\.nix:\d+ and default\.nix:\d+/,
    );
  });

  test('alone it is a draft that names the other system; title and report say who computed it', async () => {
    const { code, log, outputs } = await publish(await changed(() => {}));
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    const { title, body, draft } = proposedPull(world) as { title: string; body: string; draft?: boolean };
    expect(title).toMatch(/computed by the build job/);
    expect(body).toMatch(/build job computed the hash .*trust-compute/);
    expect(body).toMatch(/Hash for aarch64-linux.*placeholder/);
    expect(draft).toBe(true);
    expect(outputs.get('outcome')).toBe('created');
  });

  test(
    'publish reviews its lock by the base’s policy, with nothing in the cache',
    async () => {
      const published = async (policy: string) => {
        await configure(trust, `${named}${policy}`);
        await world.repository.push('Change the policy');
        const env = { XDG_CACHE_HOME: path.join(scratch, 'cache') };
        const acted = await publishWith(env, [await changed(() => {})]);
        return { ...acted, report: JSON.parse(acted.outputs.get('report') || '{}') as Partial<Report> };
      };
      const refused = await published('\n[policy]\nminimum-release-age = "99999 days"\nage = "fail"\n');
      expect([refused.code, refused.errors[0]?.title]).toEqual([1, 'policy']);
      expect(refused.errors[0]?.message).toMatch(/six 1\.17\.0.*age/);
      expect(refused.outputs.get('outcome') ?? '').toBe('');
      const byDefault = await published('');
      expect(byDefault.log).toMatch(/^::warning::1 unchanged packages: shared-file is unknown/m);
      expect(byDefault.report.contents?.packages).toMatchObject([
        { name: 'six', before: '1.16.0', after: '1.17.0' },
      ]);
      // What is forbidden is found out: the unchanged wheel is downloaded.
      const whole = await published('\n[policy]\nshared-file = "fail"\n');
      expect([whole.code, whole.report.contents?.notCompared]).toEqual([0, []]);
      await configure(trust, named);
      await world.repository.push('Remove the policy');
    },
    2 * minutes,
  );

  test.each([
    ['a version', inFile('version = "1.0"', 'version = "1.1"')],
    ['code', inFile('dontFixup = true', 'dontFixup = false')],
    ['a hash of another form', inFile(/(x86_64-linux = ")[^"]*/, '$1md5-AAAA')],
  ])('with trust, more than that hash is refused: %s', async (_, change) => {
    const { code, errors } = await publish(await changed(change));
    expect({ code, title: errors[0]?.title }).toEqual({ code: 1, title: 'result-refused' });
  });

  test('the result of a job for the other system supplies it', async () => {
    const arm = await changed((value) => {
      inFile(/x86_64-linux = "[^"]*"/, `x86_64-linux = "${fake}"`)(value);
      inFile(/aarch64-linux = "[^"]*"/, `aarch64-linux = "${other.replace('sha256-B', 'sha256-C')}"`)(value);
      const [seen] = value.proposed[0]?.seen ?? [];
      if (seen) Object.assign(seen, { system: 'aarch64-linux', lacking: ['x86_64-linux'] });
    });
    const { code, log } = await publish(await changed(() => {}), arm);
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    const text = await fileAt(world.repository, 'uv-fod/app', 'default.nix');
    expect(text).not.toContain(fake);
    expect(text).toMatch(/aarch64-linux = "sha256-C/);
    const readied = world.github.requests.some(({ body }) =>
      JSON.stringify(body ?? '').includes('ReadyForReview'),
    );
    expect(readied).toBe(true);
  });

  test(
    'of another fixed output too: no machine builds its other system, so that is a draft',
    async () => {
      const ui = (system: string) =>
        `  ${system} = (pkgs.runCommand "ui" { outputHash = "${other}"; } "echo ${system} >$out").overrideAttrs { system = "${system}"; };\n`;
      const { work } = world.repository;
      await writeFile(path.join(work, 'ui.nix'), `pkgs: {\n${systems.map(ui).join('')}}\n`);
      await replaceIn(path.join(work, 'default.nix'), 'rec {\n', 'rec {\n  ui = import ./ui.nix pkgs;\n');
      const also = `also = [{ attribute = "ui.{system}", systems = ${JSON.stringify(systems)} }]\n`;
      await configure(trust, `${named}${also}`);
      await world.repository.push('A derivation for each system');
      const both = await compute();
      const { proposed } = JSON.parse(both) as Handed;
      const text = proposed[0]?.files.find((one) => one.path === 'ui.nix')?.content ?? '';
      const [here = '', there] = text.match(/sha256-[^"]*/g) ?? [];
      expect([here === other || here === fake, there]).toEqual([false, fake]);
      expect(proposed[0]?.seen[0]).toMatchObject({ lacking: ['aarch64-linux'] });
      const { code, log } = await publish(both);
      expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
      expect(await fileAt(world.repository, 'uv-fod/app', 'ui.nix')).toContain(here);
    },
    minutes,
  );

  test('publish started neither Nix nor uv', async () => {
    await expect(readFile(started(), 'utf8')).rejects.toThrow('ENOENT');
  });
});
