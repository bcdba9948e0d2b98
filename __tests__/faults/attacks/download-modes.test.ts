import { readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';
import { sha256 } from '../../support/files/server.ts';
import { type Acted, makeWorld, type World } from '../../support/scenario/world.ts';
import { bytes, filename } from '../support/wheel-project.ts';
import { minutes } from '../support/world.ts';

// Points 5 and 9 for downloads, by the Action.
let world: World;
let server: Loopback;
let asked = 0;
beforeAll(async () => {
  world = await makeWorld();
  server = await onLoopback(
    createServer((_, response) => {
      asked += 1;
      response.end(bytes);
    }),
  );
}, 2 * minutes);
beforeEach(() => {
  asked = 0;
});
afterAll(async () => {
  await server?.close();
  await world?.close();
});

/** Adds one more package to the lock of a checkout. */
const locked =
  (source: string, wheel: string, more?: (workspace: string) => Promise<void>) =>
  async (workspace: string): Promise<void> => {
    const file = path.join(workspace, 'uv.lock');
    const text = await readFile(file, 'utf8');
    const marker = 'source = { virtual = "." }\ndependencies = [\n';
    expect(text).toContain(marker);
    await writeFile(
      file,
      `${text.replace(marker, `${marker}    { name = "thing" },\n`)}\n[[package]]\nname = "thing"\nversion = "1.0"\nsource = { ${source} }\nwheels = [{ ${wheel} }]\n`,
    );
    await more?.(workspace);
  };
const at = (url: string, hash = `sha256:${sha256(bytes)}`): ReturnType<typeof locked> =>
  locked(`url = "${url}"`, `url = "${url}", hash = "${hash}"`);

const fork = (base: string) => ({
  ...{ eventName: 'pull_request', ref: 'refs/pull/7/merge' },
  event: {
    pull_request: {
      ...{ number: 7, base: { sha: base, ref: 'main' } },
      head: { ref: 'patch-1', repo: { full_name: 'other/small' } },
    },
  },
});

/** A check reports what it can't fetch as a result of its own, with another exit code. */
function expectRefused(acted: Acted, title: string, why: RegExp): void {
  expect(acted.errors.map((error) => error.title)).toEqual([title]);
  expect(acted.errors[0]?.message).toMatch(why);
  expect(acted.log).not.toContain('defect of uv-fod');
  const code = title === 'cannot-fetch' ? 5 : 1;
  expect({ code: acted.code, left: acted.left, asked }).toEqual({ code, left: '', asked: 0 });
  expect(world.github.requests.filter(({ write }) => write > 0)).toEqual([]);
}

for (const [what, host] of [
  ['an IPv4 address in IPv6', '[::ffff:127.0.0.1]'],
  ['a number', '2130706433'],
  ['a name with credentials before it', 'files.example@127.0.0.1'],
  ['the address of every interface', '0.0.0.0'],
  ['a name of this machine', 'localhost'],
] as const)
  attack(
    5,
    ['check', 'update'],
    `a fork's lock has a wheel at this machine, written as ${what}`,
    async () => {
      const prepare = at(`http://${host}:${server.port}/${filename}`);
      for (const mode of ['check', 'update']) {
        const inputs = { mode, 'pull-request': 'false', verify: 'false' };
        expectRefused(
          await world.act({ inputs, prepare, step: fork(await world.repository.head()) }),
          mode === 'check' ? 'cannot-fetch' : 'host-not-allowed',
          /is not a public address|has credentials/,
        );
      }
    },
    2 * minutes,
  );

for (const [mode, entry] of [
  ['check', 'check'],
  ['compute', 'compute'],
  ['update', 'update'],
] as const) {
  const inputs = { mode, 'pull-request': 'false', verify: 'false' };
  attack(
    9,
    [entry],
    'a wheel of the checkout that is a link to /dev/zero',
    async () => {
      const prepare = locked(
        `path = "${filename}"`,
        `filename = "${filename}", hash = "sha256:${'0'.repeat(64)}"`,
        (workspace) => symlink('/dev/zero', path.join(workspace, filename)),
      );
      expectRefused(await world.act({ inputs, prepare }), 'file-outside', /leads out of the repository/);
    },
    minutes,
  );
  attack(
    9,
    [entry],
    'a digest of blake2b: nothing is asked for',
    async () => {
      const prepare = at(`${server.origin}/${filename}`, `blake2b:${'0'.repeat(128)}`);
      const acted = await world.act({ inputs, prepare });
      expectRefused(acted, acted.errors[0]?.title ?? '', /blake2b/);
    },
    minutes,
  );
}
