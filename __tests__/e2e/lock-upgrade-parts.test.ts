import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PackageIndex, startIndex } from '../support/index/index.ts';
import { runText } from '../support/nix/run.ts';
import { indexedProject, lockConfig, makeIndexed } from '../support/scenario/indexed.ts';
import { git } from '../support/scenario/repository.ts';
import { uvFod } from '../support/scenario/small.ts';
import { type World, worldOf } from '../support/scenario/world.ts';

// One lock, several pull requests: each direct package, a group, and a limit.
const minutes = 60_000;
let index: PackageIndex;
let world: World;

beforeAll(async () => {
  index = await startIndex();
  await index.publish('alpha', '1.0', { days: 300, requires: ['beta>=1'] });
  for (const name of ['beta', 'gamma', 'numa', 'numb']) await index.publish(name, '1.0', { days: 300 });
  const rules = 'pull-requests = "each"\ngroups = { num = ["num*"] }\nmost-pull-requests = 2';
  world = await worldOf((dir) => makeIndexed(dir, index, ['alpha', 'gamma', 'numa', 'numb'], rules));
  await index.publish('alpha', '1.1', { days: 30, requires: ['beta>=1.1'] });
  for (const name of ['beta', 'gamma', 'numa', 'numb']) await index.publish(name, '1.1', { days: 30 });
}, 5 * minutes);
afterAll(async () => {
  await index?.close();
  await world?.close();
});

interface Result {
  readonly branch: string;
  readonly outcome: string;
}

const act = (inputs: Record<string, string>, prepare: (workspace: string) => Promise<void>) =>
  world.act({
    inputs: { attribute: '', verify: 'false', ...inputs },
    step: { eventName: 'schedule', event: { schedule: '0 3 * * *' } },
    prepare,
  });

async function schedule(
  inputs: Record<string, string> = {},
  prepare: (workspace: string) => Promise<void> = async () => {},
): Promise<{ results: string[]; log: string }> {
  const { code, log, outputs } = await act(inputs, prepare);
  expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
  const results = JSON.parse(outputs.get('results') ?? '') as Result[];
  return { results: results.map(({ branch, outcome }) => `${branch} ${outcome}`), log };
}

/** Versions that a branch changes in uv.lock. */
async function versions(branch: string): Promise<string[]> {
  const text = await git(world.repository.bare, 'show', `${branch}:uv.lock`);
  return [...text.matchAll(/^name = "(\w+)"\nversion = "1\.1"$/gm)].map(([, name = '']) => name);
}

test(
  'each direct package has its own, a group shares one, and a limit makes the others wait',
  async () => {
    const first = await schedule();
    expect(first.results).toEqual([
      'uv-fod/small current',
      'uv-fod/small--alpha created',
      'uv-fod/small--gamma created',
    ]);
    expect(first.log).toContain('because most-pull-requests is 2: num');
    expect(await versions('uv-fod/small--alpha')).toEqual(['alpha', 'beta']);
    expect(await versions('uv-fod/small--gamma')).toEqual(['gamma']);
    await world.repository.merge('uv-fod/small--alpha');
    await index.publish('gamma', '1.1', { days: 30, yanked: 'broken' });
    const second = await schedule();
    expect(second.results).toEqual([
      'uv-fod/small current',
      'uv-fod/small--num created',
      'uv-fod/small--gamma closed',
    ]);
    expect(await versions('uv-fod/small--num')).toEqual(['alpha', 'beta', 'numa', 'numb']);
  },
  4 * minutes,
);

const result = 'uv-fod-result.json';

/** What the first of two jobs has for the second. */
async function compute(prepare: (dir: string) => Promise<unknown> = async () => {}): Promise<string> {
  let workspace = '';
  await schedule({ mode: 'compute', token: '' }, async (dir) => {
    workspace = dir;
    await prepare(dir);
  });
  return readFile(path.join(workspace, result), 'utf8');
}

const put = (text: string) => (dir: string) => writeFile(path.join(dir, result), text);

test(
  'in two jobs too, those that are open are kept up to date, and others wait',
  async () => {
    for (const name of ['alpha', 'gamma', 'numb'])
      await index.publish(name, '1.1.1', { days: 30, requires: name === 'alpha' ? ['beta>=1'] : [] });
    const { results, log } = await schedule({ mode: 'publish' }, put(await compute()));
    expect(results).toEqual([
      'uv-fod/small current',
      'uv-fod/small--num updated',
      'uv-fod/small--alpha created',
    ]);
    expect(log).toContain('because most-pull-requests is 2: small--gamma');
    // A job that can't list branches does not know which are open.
    const blind = await compute((dir) => git(dir, 'remote', 'set-url', 'origin', '/nowhere'));
    const again = await schedule({ mode: 'publish' }, put(blind));
    expect(again.results).toEqual([
      'uv-fod/small current',
      'uv-fod/small--alpha none',
      'uv-fod/small--num none',
    ]);
    expect(again.log).toContain('because most-pull-requests is 2: small--gamma');
  },
  2 * minutes,
);

test(
  'in two jobs too, a part that has nothing left is closed, and one that is none is refused',
  async () => {
    for (const release of ['numa 1.1', 'numb 1.1', 'numb 1.1.1']) {
      const [name = '', version = ''] = release.split(' ');
      await index.publish(name, version, { days: 30, yanked: 'broken' });
    }
    const computed = await compute();
    const refs = await world.repository.refs();
    const { errors } = await act({ mode: 'publish' }, put(computed.replace('"num"', '"No Part"')));
    expect(errors).toEqual([expect.objectContaining({ title: 'result-refused' })]);
    expect(await world.repository.refs()).toBe(refs);
    const published = await schedule({ mode: 'publish' }, put(computed));
    expect(published.results).toContain('uv-fod/small--num closed');
  },
  2 * minutes,
);

test(
  'what several locks of one pull request hold back is listed for each of them',
  async () => {
    const { work } = world.repository;
    await mkdir(path.join(work, 'other'));
    for (const name of ['default.nix', 'pyproject.toml', 'uv.lock', 'uv-fod.lock.json'])
      await cp(path.join(work, name), path.join(work, 'other', name));
    const one = (name: string, file: string): string =>
      `[[package]]\nname = "${name}"\nattribute = "small"\ngroup = "both"\nnix = { file = "${file}" }\nlock = { minimum-release-age = "7 days" }\n`;
    const both = `${one('small', 'default.nix')}${one('other', 'other/default.nix')}`;
    await writeFile(path.join(work, '.github/uv-fod.toml'), both);
    await world.repository.push('Two packages with a lock each');
    await index.publish('gamma', '1.1', { days: 30 });
    await index.publish('beta', '1.2', { days: 2 });
    const { outputs } = await act({ mode: 'publish' }, put(await compute()));
    const { body } = await world.pull(Number(outputs.get('pull-request-number')));
    for (const lock of ['uv.lock', 'other/uv.lock'])
      expect(body).toMatch(
        new RegExp(`\\| beta \\(\`${lock}\`\\) \\| \`1\\.1\` \\| \`1\\.2\` \\| is 2 days old`),
      );
  },
  3 * minutes,
);

test(
  'an upgrade that can not be made changes nothing, and what has to stay is named',
  async () => {
    const { work } = world.repository;
    await git(work, 'checkout', '--quiet', '--', '.');
    await writeFile(path.join(work, '.github/uv-fod.toml'), lockConfig('minimum-release-age = "60 days"'));
    const before = await git(work, 'diff');
    const pyproject = path.join(work, 'pyproject.toml');
    const project = await readFile(pyproject, 'utf8');
    const update = () => uvFod(['update', '--upgrade', '--no-verify'], work, { UV_NO_CACHE: '1' });
    const failed = async (reason: RegExp): Promise<void> => {
      const { code, stdout, stderr } = await update();
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(reason);
      await writeFile(pyproject, project);
      expect(await git(work, 'diff')).toBe(before);
    };
    await writeFile(pyproject, project.replace('"gamma"', '"gamma>=9"'));
    await failed(/uv can't upgrade \S*uv\.lock: No solution found when resolving dependencies\. .*gamma/);
    index.failing.add('gamma');
    await failed(/uv can't upgrade \S*uv\.lock: .*\/simple\/gamma\//);
    index.failing.delete('gamma');
    // Of one package each version is yanked, and of another what is locked is too young.
    for (const version of ['1.0', '1.1', '1.1.1'])
      await index.publish('numb', version, { days: 300, yanked: 'broken' });
    const { code, stdout, stderr } = await update();
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    expect(stdout).toMatch(/numb stays as it is locked: it was yanked/);
    expect(stdout).toMatch(/alpha stays as it is locked: it is 30 days old/);
    expect(await git(work, 'diff')).toBe(before);
  },
  2 * minutes,
);

// A derivation as nixpkgs has it, whose dependencies are a fixed-output derivation of its own.
const foreign = `{ pkgs ? import <nixpkgs> { } }:
rec {
  deps = pkgs.stdenvNoCC.mkDerivation {
    name = "deps";
    src = ./uv.lock;
    dontUnpack = true;
    buildPhase = "mkdir $out; sha256sum < $src > $out/sum";
    installPhase = "true";
    dontFixup = true;
    outputHashMode = "recursive";
    outputHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  };
  app = pkgs.stdenvNoCC.mkDerivation {
    pname = "app";
    version = "1";
    src = ./uv.lock;
    dontUnpack = true;
    installPhase = "mkdir $out; cp \${deps}/sum $out/";
    passthru.deps = deps;
  };
}
`;

const foreignConfig =
  '[[package]]\nattribute = "app"\nnix = { file = "foreign.nix" }\ndependencies = ".deps"\n';

test(
  'the lock beside a derivation without fetchUvDeps is upgraded too, and its own hash follows',
  async () => {
    const { work } = world.repository;
    await writeFile(path.join(work, '.github/uv-fod.toml'), foreignConfig);
    await writeFile(path.join(work, 'foreign.nix'), foreign);
    await index.publish('alpha', '1.3', { days: 30, requires: ['beta>=1.1'] });
    const { code, stdout, stderr } = await uvFod(['update', '--upgrade', 'alpha', '--no-verify'], work);
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    expect(stdout).toMatch(/changed uv\.lock[\s\S]*changed foreign\.nix/);
    const after = await readFile(path.join(work, 'uv.lock'), 'utf8');
    expect(after).toContain('name = "alpha"\nversion = "1.3"');
    expect(await readFile(path.join(work, 'foreign.nix'), 'utf8')).not.toContain('sha256-AAAA');
  },
  3 * minutes,
);

test(
  'in two jobs too, if the build job is trusted with its hash',
  async () => {
    const { work, bare } = world.repository;
    const config = path.join(work, '.github/uv-fod.toml');
    await writeFile(config, `${foreignConfig}lock = {}\n`);
    // That of a package over the same lock, whose hash would have to follow.
    await git(work, 'rm', '--quiet', 'uv-fod.lock.json');
    await world.repository.push('Upgrade the lock of app');
    await index.publish('beta', '1.2.1', { days: 30 });
    const untrusted = await act({ mode: 'publish' }, put(await compute()));
    expect([untrusted.code, untrusted.errors[0]?.message]).toEqual([
      1,
      expect.stringMatching(/trust-compute/),
    ]);
    await writeFile(config, `trust-compute = true\n\n${foreignConfig}lock = {}\n`);
    await world.repository.push('Trust the build job');
    const { results } = await schedule({ mode: 'publish' }, put(await compute()));
    expect(results).toEqual(['uv-fod/app created']);
    expect(await git(bare, 'diff', '--name-only', 'main', 'uv-fod/app')).toBe('foreign.nix\nuv.lock');
    expect(await git(bare, 'show', 'uv-fod/app:uv.lock')).toContain('name = "beta"\nversion = "1.2.1"');
    await git(work, 'checkout', '--quiet', 'HEAD~2', '--', 'uv-fod.lock.json');
    await writeFile(config, foreignConfig);
  },
  3 * minutes,
);

test(
  'an index with a login is asked with it, and a package from git stays at its commit',
  async () => {
    const { work } = world.repository;
    const kit = path.join(world.dir, 'kit');
    await mkdir(kit);
    const release = async (version: string): Promise<void> => {
      await writeFile(path.join(kit, 'pyproject.toml'), `[project]\nname = "kit"\nversion = "${version}"\n`);
      await git(kit, 'add', '--all');
      await git(kit, 'commit', '--quiet', '--message', version);
    };
    await git(kit, 'init', '--quiet');
    await release('1.0');
    const sources = `\n[tool.uv.sources]\nkit = { git = "file://${kit}" }\n`;
    await writeFile(
      path.join(work, 'pyproject.toml'),
      indexedProject(index, ['alpha', 'kit'], sources).replace(
        '[[tool.uv.index]]',
        '[[tool.uv.index]]\nname = "own"',
      ),
    );
    await runText('uv', ['lock', '--quiet'], { cwd: work });
    await release('1.1');
    await index.publish('alpha', '1.4', { days: 30, requires: ['beta>=1.1'] });
    await index.publish('beta', '1.3', { days: 1 });
    index.protect('me:secret');
    const netrc = path.join(world.dir, 'netrc');
    await writeFile(netrc, 'machine 127.0.0.1 login me password secret\n');
    const config = path.join(work, '.github/uv-fod.toml');
    await appendFile(config, 'lock = { minimum-release-age = "7 days" }\n');
    const update = (env: Record<string, string>, ...more: string[]) =>
      uvFod(['update', '--upgrade', '--no-verify', ...more], work, { UV_NO_CACHE: '1', ...env });
    const refused = await update({});
    expect(refused.code).not.toBe(0);
    const simple = index.simple.replace('//', '//me:secret@');
    const named = { UV_INDEX_OWN_USERNAME: 'me', UV_INDEX_OWN_PASSWORD: 'secret' };
    for (const [env, ...more] of [
      [{ NETRC: netrc }, '--dry-run'],
      // An address counts by itself, and as that of another index on the same host.
      [{ UV_EXTRA_INDEX_URL: simple }, '--dry-run'],
      [named],
    ] as const) {
      const { code, stdout, stderr } = await update(env, ...more);
      expect({ env, code, said: code === 0 ? '' : stderr }).toEqual({ env, code: 0, said: '' });
      expect(stdout).toMatch(/held back beta 1\.3: is 1 day old/);
      expect(stdout + stderr).not.toMatch(/Not asked|401|secret/);
    }
    const after = await readFile(path.join(work, 'uv.lock'), 'utf8');
    expect(after).toContain('name = "alpha"\nversion = "1.4"');
    expect(after).toContain('name = "kit"\nversion = "1.0"');
  },
  2 * minutes,
);

test(
  'for a lock in a source that Nix fetches, the run says what to do instead',
  async () => {
    const { work, bare } = world.repository;
    const rev = await world.repository.head();
    const text = await readFile(path.join(work, 'default.nix'), 'utf8');
    const source = `src = builtins.fetchGit { url = "file://${bare}"; rev = "${rev}"; };`;
    await writeFile(path.join(work, 'default.nix'), text.replaceAll('src = ./.;', source));
    await writeFile(path.join(work, '.github/uv-fod.toml'), lockConfig(''));
    await world.repository.push('Fetch the source');
    const { code, errors, left } = await act({}, async () => {});
    expect([code, left]).toEqual([1, '']);
    expect(errors).toEqual([
      expect.objectContaining({
        title: 'lock-elsewhere',
        message: expect.stringMatching(/in a source that Nix fetches .* follow the releases/),
      }),
    ]);
  },
  minutes,
);
