import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lockSmall, uvFod } from '../support/scenario/small-project.ts';
import { copyRealLocks, hasRealLocks } from './support/locks.ts';

// Hashes of real locks, as they were computed at first. A change of them makes every hash that
// users have stale.
const golden: Readonly<Record<string, readonly [python: string, x86: string, aarch64: string]>> = {
  '_generated__feature-mix-rev5': [
    '3.12.8',
    'sha256-PbOSnWbyRkZQrYdbOt6axD/8Ww4uzUwZthbEef+F7so=',
    'sha256-B66V0FNjSx7rLFWoKmWEAX2h/zY5zV/c2IzCkR7UVTE=',
  ],
  'astral-sh__uv-docker-example@a14ebc89': [
    '3.12.8',
    'sha256-DvTp5W7xymmwGfpZst3i5Nvm0nilBE9JEhbpjUyQM/w=',
    'sha256-znP2OLJA9V8gCm03RS+bjck4XetMCB6uJYJezXld3mw=',
  ],
  'exo-explore__exo@a3ce437f': [
    '3.13.5',
    'sha256-5uGjSYsHE1E1A8lrZiekD14ZNV7EzWCX/eh2r1IKZhs=',
    'sha256-UuSCpFdqNWXmuu403L8XvYcyWDcHMO0XspGZ0M5tJxs=',
  ],
  'langchain-ai__langgraph__libs-cli-uv-examples-monorepo': [
    '3.12.8',
    'sha256-dJsvGHIDxMfUyz6TDcnGF2vvKf/szAgD48kXamhuf2o=',
    'sha256-2mr932e/N4QDZbs6kmJ2sUBVNDkQOiIjm/bUM59VfII=',
  ],
  mitmproxy__mitmproxy: [
    '3.12.8',
    'sha256-tsgkWLgio8vaEq0/tJEYSt9r6ivdam1zIQO2p3buBZg=',
    'sha256-VO7c0II5sq0NvJcoFFHjgsObFxBCkKhGyQckabbJ0WM=',
  ],
  'python-discord__bot': [
    '3.14.0',
    'sha256-H5PPKr8WoOFejQ2klF0dBtIEOsVcYEMUg82yP6GM5I0=',
    'sha256-5hftz1Db4XZQnjqi9eHHakvUOlqXhLKE4rMHwsT/beQ=',
  ],
};

const suite = hasRealLocks ? describe : describe.skip;

suite('hashes of real locks stay what they were', () => {
  let projects: ReadonlyMap<string, string>;
  let realHost: string;
  const small = mkdtemp(path.join(tmpdir(), 'golden-'));

  beforeAll(async () => {
    projects = await copyRealLocks();
    await lockSmall(await small, '1.17.0');
    const lock = await readFile(path.join(await small, 'uv.lock'), 'utf8');
    realHost = new URL(/url = "([^"]+\.whl)"/.exec(lock)?.[1] ?? '').host;
  }, 240_000);
  afterAll(async () => {
    await rm(await small, { recursive: true, force: true });
    const [copy] = projects?.values() ?? [];
    if (copy !== undefined) await rm(path.dirname(copy), { recursive: true });
  });

  test.each(Object.entries(golden))(
    '%s',
    async (name, [python, x86, aarch64]) => {
      const folder = projects.get(name) ?? '';
      const file = path.join(folder, 'uv.lock');
      // The index's own host takes the place of the one that the locks have in its stead.
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll('files.index.example', realHost));
      const systems = ['x86_64-linux', 'aarch64-linux'].flatMap((system) => ['--system', system]);
      const { code, stdout, stderr } = await uvFod(['hash', '--python', python, ...systems], folder);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.match(/sha256-\S+/g)).toEqual([x86, aarch64]);
    },
    240_000,
  );
});
