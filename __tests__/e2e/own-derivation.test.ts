import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/pull-request/report/types.ts';
import { fileAt, makeOwn, ownHash, proposedPull, replaceIn } from '../support/scenario/own-derivation.ts';
import { type ActOptions, type World, worldOf } from '../support/scenario/world.ts';

// A package without our library: the hash of its own fixed-output derivation follows uv.lock.
const minutes = 60_000;
let world: World;
let before: string;
beforeAll(async () => {
  world = await worldOf(makeOwn);
  before = ownHash(await fileAt(world.repository, world.pinned, 'default.nix'));
}, 5 * minutes);
afterAll(() => world?.close());

const inputs = { attribute: 'app', imports: 'six, iniconfig' };
const check = { ...inputs, mode: 'check', token: '' };

/** The run of a pull request that is based on a commit. */
const pullRequest = (base: string): Partial<NonNullable<ActOptions['step']>> => ({
  ...{ eventName: 'pull_request', ref: 'refs/pull/7/merge' },
  event: { pull_request: { base: { sha: base, ref: 'main' }, head: { ref: 'theirs' } } },
});

describe('a derivation of your own', () => {
  test(
    'a check finds that the lock left the hash behind, and changes nothing',
    async () => {
      const { code, outputs, left, log } = await world.act({ inputs: check });
      expect({ code, status: outputs.get('status'), left }).toEqual({ code: 3, status: 'stale', left: '' });
      const { 'x86_64-linux': hash } = JSON.parse(outputs.get('hashes') ?? '{}');
      expect(`"${hash.before}"`).toBe(before);
      expect(outputs.get('patch')).toContain(`+  hash = "${hash.after}";`);
      expect(log).toMatch(/::error [^\n]*file=default\.nix,line=\d+/);
    },
    3 * minutes,
  );

  test(
    'a hash that was stale all along: skipped where a pull request leaves it alone, found without a base',
    async () => {
      const step = pullRequest(await world.repository.head());
      const skipped = await world.act({ inputs: check, step });
      expect(skipped.outputs.get('status')).toBe('current');
      expect(skipped.summary).toMatch(/unchanged since [0-9a-f]{40}, not rebuilt/);
      expect(skipped.log).not.toMatch(/from scratch/);
      const scheduled = await world.act({ inputs: check, step: { eventName: 'schedule', event: {} } });
      expect(scheduled.outputs.get('status')).toBe('stale');
      const changed = await world.act({ inputs: check, step: pullRequest(world.pinned) });
      expect(changed.outputs.get('status')).toBe('stale');
    },
    3 * minutes,
  );

  test(
    'what the policy refuses in its lock is not built and changes nothing; a check says so',
    async () => {
      const rules = '[policy]\nminimum-release-age = "99999 days"\nage = "fail"\n';
      const config = `[[package]]\nattribute = "app"\nimports = ["six"]\n\n${rules}`;
      const prepare = async (workspace: string): Promise<void> => {
        await mkdir(path.join(workspace, '.github'), { recursive: true });
        await writeFile(path.join(workspace, '.github/uv-fod.toml'), config);
      };
      const { code, errors, log, left } = await world.act({ inputs: { attribute: '' }, prepare });
      expect({ code, errors: errors.map(({ title }) => title) }).toEqual({ code: 1, errors: ['policy'] });
      expect(errors[0]?.message).toMatch(/six 1\.17\.0.*age/);
      expect(log).toMatch(/^six 1\.16\.0 → 1\.17\.0: \d+ files/m);
      expect(log).not.toContain('import six');
      expect(left).toBe('');
      const stale = await world.act({ inputs: { ...check, attribute: '', imports: '' }, prepare });
      expect([stale.code, stale.outputs.get('status')]).toEqual([3, 'stale']);
      expect(stale.log).toMatch(/^::warning::app: \[policy\].*six 1\.17\.0/m);
    },
    3 * minutes,
  );

  test(
    'from the changed lock to the pull request; merged, it is current',
    async () => {
      const opened = await world.act({ inputs });
      expect(opened.code).toBe(0);
      expect(opened.left).toBe('');
      const branch = opened.outputs.get('branch') ?? '';
      const changed = await world.repository.diff('main', branch);
      expect(changed.match(/^[-+] .*/gm)).toHaveLength(2);
      const after = ownHash(await fileAt(world.repository, branch, 'default.nix'));
      expect(after).toMatch(/^"sha256-/);
      expect(after).not.toBe(before);
      const { title, body } = proposedPull(world);
      expect(title).toBe('app: update the hash of its dependencies');
      expect(body).toMatch(/six.*1\.16\.0.*1\.17\.0/);
      expect(body).toMatch(/built twice with the same hash/);
      expect(body).toMatch(/import six/);
      const { contents } = JSON.parse(opened.outputs.get('report') ?? '') as Report;
      expect(contents?.packages).toMatchObject([{ name: 'six', before: '1.16.0', after: '1.17.0' }]);
      await world.repository.merge(branch);
      const again = await world.act({ inputs: check });
      expect({ code: again.code, status: again.outputs.get('status') }).toEqual({
        code: 0,
        status: 'current',
      });
      const idle = await world.act({ inputs });
      expect(idle.outputs.get('outcome')).toMatch(/^(?:current|closed)$/);
    },
    5 * minutes,
  );

  test(
    'a hash that is computed is stale for a check, and an update prints the right one',
    async () => {
      const prepare = (workspace: string) =>
        replaceIn(
          path.join(workspace, 'default.nix'),
          /hash = "sha256-([^"]{42})[^"]{2}";/,
          'unused = "sha256-$1A="; hash = "sha256-" + "$1A=";',
        );
      const found = await world.act({ inputs: check, prepare });
      const status = found.outputs.get('status');
      expect({ code: found.code, status, left: found.left }).toEqual({ code: 3, status: 'stale', left: '' });
      const needed = /needs the hash (sha256-\S{44}), which can't be written: .*default\.nix:\d+/;
      expect(found.errors[0]?.message).toMatch(needed);
      // Of the repository, not of the copy that was tried in.
      expect(found.log).toMatch(/hash will not be written: .* is at \S*\/default\.nix:\d+/);
      expect(found.log).not.toMatch(/\/copies\//);
      const update = await world.act({ inputs, prepare });
      expect(update.errors.map(({ title }) => title)).toEqual(['hash-not-written']);
      expect(needed.exec(update.errors[0]?.message ?? '')?.[1]).toBe(
        needed.exec(found.errors[0]?.message ?? '')?.[1],
      );
      expect(update.left).toBe('');
    },
    5 * minutes,
  );

  test(
    'a module that the output lacks fails the check',
    async () => {
      const { code, outputs } = await world.act({ inputs: { ...check, imports: 'six, not_there' } });
      expect({ code, status: outputs.get('status') }).toEqual({ code: 7, status: 'does-not-import' });
    },
    3 * minutes,
  );

  test(
    'without Nix a check cannot tell',
    async () => {
      const { code, errors } = await world.act({
        inputs: { ...check, dependencies: '.pythonDeps' },
        env: { PATH: '/nowhere:/usr/lib/git-core' },
      });
      expect(code).toBe(1);
      expect(errors[0]?.message).toMatch(/cannot be checked: only Nix/);
    },
    1 * minutes,
  );

  test(
    'an evaluation that fails on the base only skips nothing',
    async () => {
      const { repository } = world;
      const file = path.join(repository.work, 'default.nix');
      await replaceIn(file, 'pname = "app"', 'pname = ap');
      const broken = await repository.push('Break it');
      await replaceIn(file, 'pname = ap', 'pname = "app"');
      await repository.push('Repair it');
      const { outputs, log } = await world.act({ inputs: check, step: pullRequest(broken) });
      expect(log).toMatch(/Nothing is skipped: [0-9a-f]{40} can't be evaluated/);
      expect(outputs.get('status')).toBe('current');
    },
    3 * minutes,
  );
});
