import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run, runText } from '../support/nix/run.ts';
import { copyExample } from '../support/scenario/own-derivation.ts';
import { uvFod } from '../support/scenario/small.ts';

// The kinds of own derivations (examples/own-derivation) that are different in each run, with real files from PyPI.
const minutes = 60_000;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'drift-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** A copy of an example, locked. */
async function locked(name: string): Promise<string> {
  const work = path.join(dir, name);
  await copyExample(`own-derivation/${name}`, work);
  await runText('git', ['init', '--quiet', work]);
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: work });
  await runText('git', ['-C', work, 'add', '--all']);
  return work;
}

describe('the kinds that drift', () => {
  test.each([
    [
      'uv-sync',
      /markupsafe\/_speedups\S*\.so \(other (?:bytes|size)\).*Likely causes: code is compiled .*RECORD/,
    ],
    ['uv-cache', /archive-v0\/\S+ \(only in the first\).*Likely cause: names of files are made up anew/],
  ])(
    '%s: refused with its cause, and unverifiable where it is allowed',
    async (name, cause) => {
      const work = await locked(name);
      const refused = await uvFod(['update', 'app'], work);
      expect(refused.code).toBe(1);
      const [first, second] = refused.stderr.match(/sha256-[\w+/]{43}=/g) ?? [];
      expect(first).not.toBe(second);
      expect(refused.stderr).toMatch(cause);
      expect((await run('git', ['-C', work, 'diff', '--stat'])).stdout).toBe('');
      const allowed = await uvFod(['check', 'app', '--allow-drift', '--imports', 'six', '--json'], work);
      const { status, message } = JSON.parse(allowed.stdout) as { status: string; message: string };
      expect({ code: allowed.code, status }).toEqual({ code: 0, status: 'unverifiable' });
      expect(message).toMatch(cause);
    },
    10 * minutes,
  );
});
