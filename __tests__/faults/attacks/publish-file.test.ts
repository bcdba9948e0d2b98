import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { runText } from '../../support/nix/run.ts';
import {
  type Computed,
  compute,
  type PublishedWorld,
  publishedWorld,
} from '../../support/scenario/published.ts';
import { git } from '../../support/scenario/repository.ts';
import { type Change, expectRefused, type HandedResult, only, subject } from '../support/handed.ts';
import { minutes } from '../support/world.ts';

// The file itself: what it is, how large, and that each field has the type and the limits that
// compute keeps to.
const result = 'uv-fod-result.json';
let computed: Computed;
let world: PublishedWorld;
beforeAll(async () => {
  computed = await compute();
  world = await publishedWorld(computed);
}, 3 * minutes);
afterAll(async () => {
  await world?.close();
});

/**
 * Publishes what `make` puts into the checkout; the result is as compute made it, for the commit
 * that is checked out.
 */
function publishMade(
  make: (workspace: string, value: HandedResult) => Promise<unknown>,
  inputs: Record<string, string> = {},
) {
  return world.act({
    inputs: { mode: 'publish', ...inputs },
    prepare: async (workspace) => {
      const value = JSON.parse(computed.results.first) as HandedResult;
      value.head = await git(workspace, 'rev-parse', 'HEAD');
      await make(workspace, value);
    },
  });
}

const at = (workspace: string, name = result): string => path.join(workspace, name);
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const secret = 'hunter2-of-another-file';

type Make = (workspace: string, value: HandedResult) => Promise<unknown>;
const made: Readonly<Record<string, Make>> = {
  'a pipe': (workspace) => runText('mkfifo', [at(workspace)]),
  'a link to the environment of the process': (workspace) => symlink('/proc/self/environ', at(workspace)),
  'a link to a device without end': (workspace) => symlink('/dev/zero', at(workspace)),
  'a link to a right result': async (workspace, value) => {
    await writeFile(at(workspace, 'other.json'), JSON.stringify(value));
    await symlink('other.json', at(workspace));
  },
  'JSON nested 500,000 levels deep': (workspace) =>
    writeFile(at(workspace), `{"version":2,"head":"x","proposed":${deep(500_000)}}`),
  'objects nested 100,000 levels deep': (workspace) =>
    writeFile(at(workspace), `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  'a name twice in an object': (workspace, value) =>
    writeFile(at(workspace), JSON.stringify(value).replace('"version":2', '"version":1,"version":2')),
  'a name twice, once with an escape': (workspace, value) =>
    writeFile(at(workspace), JSON.stringify(value).replace('"head":', '"h\\u0065ad":"x","head":')),
  'a byte-order mark': (workspace, value) => writeFile(at(workspace), `\uFEFF${JSON.stringify(value)}`),
  'bytes that are not UTF-8': (workspace) => writeFile(at(workspace), Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
  'UTF-16': (workspace, value) => writeFile(at(workspace), Buffer.from(JSON.stringify(value), 'utf16le')),
  'sixty megabytes': (workspace, value) =>
    writeFile(at(workspace), `${' '.repeat(60_000_000)}${JSON.stringify(value)}`),
  'a sparse file of a terabyte': async (workspace) => {
    await runText('truncate', ['--size=1T', at(workspace)]);
  },
  'text that is not JSON, which the message does not quote': (workspace) => writeFile(at(workspace), secret),
  'nothing in it': (workspace) => writeFile(at(workspace), ''),
};
for (const [what, make] of Object.entries(made))
  attack(9, ['publish'], `a result that is or has ${what}`, async () => {
    const acted = await publishMade(make);
    await expectRefused(acted, world);
    expect(acted.log).not.toContain(secret);
  });

const folders: Readonly<Record<string, readonly [string, Make]>> = {
  'a pipe among the results': [
    'result-refused',
    (folder) => runText('mkfifo', [path.join(folder, 'x.json')]),
  ],
  'a folder called x.json': ['result-refused', (folder) => mkdir(path.join(folder, 'x.json'))],
  'a link among the results': [
    'result-refused',
    (folder) => symlink('/proc/self/environ', path.join(folder, 'x.json')),
  ],
  'a hundred results': [
    'result-refused',
    async (folder, value) => {
      for (let one = 0; one < 100; one++)
        await writeFile(path.join(folder, `${one}.json`), JSON.stringify(value));
    },
  ],
};
for (const [what, [code, make]] of Object.entries(folders))
  attack(9, ['publish'], `a folder with ${what}`, async () => {
    const acted = await publishMade(
      async (workspace, value) => {
        await mkdir(at(workspace, 'r'));
        await writeFile(at(workspace, 'r/a.json'), JSON.stringify(value));
        await make(at(workspace, 'r'), value);
      },
      { result: 'r' },
    );
    await expectRefused(acted, world, code);
  });

attack(9, ['publish'], 'a folder of results that is reached by a link out of the checkout', async () => {
  const acted = await publishMade((workspace) => symlink('/proc/self', at(workspace, 'r')), {
    result: 'r/environ',
  });
  await expectRefused(acted, world, 'file-outside');
});

const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const fields: Readonly<Record<string, Change>> = {
  'a field that no version has': (value) => void Object.assign(value, { extra: 1 }),
  'a field called __proto__': (value) =>
    void Object.defineProperty(value, '__proto__', { value: {}, enumerable: true }),
  'a version of another format': (value) => void Object.assign(value, { version: 1 }),
  'proposals that are an object': (value) => void Object.assign(value, { proposed: { length: 1 } }),
  'a package twice': (value) => void value.proposed.push(structuredClone(only(value))),
  '101 proposals': (value) => void Object.assign(value, { proposed: many(101, only(value)) }),
  'a name that is inherited by every object': (value) =>
    void Object.assign(only(value), { name: '__proto__' }),
  'a string for yes or no': (value) => void Object.assign(only(value), { isUnverified: 'false' }),
  'a build that failed, though no draft is configured': (value) =>
    void Object.assign(only(value), { isUnverified: true }),
  'a version that is a number': subject({ before: 1 }),
  'a version with a line break': subject({ after: '1.0\n' }),
  'a version of 1,000 digits': subject({ after: '1'.repeat(1000) }),
  'a commit with a line end': subject({ release: { commit: `${'a'.repeat(40)}\n` } }),
  'a report': (value) => void Object.assign(only(value), { reports: [] }),
  '1,001 packages that are held back': (value) =>
    void Object.assign(only(value), { held: many(1001, { name: 'a', version: '1' }) }),
  'a held package with one field more': (value) =>
    void Object.assign(only(value), { held: [{ name: 'a', version: '1', why: 'x' }] }),
  'a held package whose version is HTML': (value) =>
    void Object.assign(only(value), { held: [{ name: 'a', version: '<b>@octocat</b>' }] }),
  'a module that is Markdown': (value) =>
    void Object.assign(only(value).seen[0] ?? {}, { imports: ['[x](https://evil.example)'] }),
  'a module that is a command of the runner': (value) =>
    void Object.assign(only(value).seen[0] ?? {}, { imports: ['##[set-output name=x]y'] }),
};
for (const [what, change] of Object.entries(fields))
  attack(9, ['publish'], `a result with ${what}`, async () => {
    const acted = await world.publish('first', { change });
    await expectRefused(acted, world);
    expect(acted.log).not.toMatch(/^##\[|set-output/m);
  });

const heads: Readonly<Record<string, (head: string) => unknown>> = {
  'in upper case': (head) => head.toUpperCase(),
  'cut off': (head) => head.slice(0, 39),
  'of another commit': () => '0'.repeat(40),
  'by name': () => 'HEAD',
  'that is a list': (head) => [head],
};
for (const [what, head] of Object.entries(heads))
  attack(9, ['publish'], `a result with a commit ${what}`, async () =>
    expectRefused(
      await publishMade((workspace, value) =>
        writeFile(at(workspace), JSON.stringify({ ...value, head: head(String(value.head)) })),
      ),
      world,
    ),
  );

attack(9, ['compute'], 'a link where the result is to be written is replaced, not followed', async () => {
  let workspace = '';
  const acted = await world.act({
    inputs: { mode: 'compute', token: '', verify: 'false' },
    prepare: async (dir) => {
      workspace = dir;
      await writeFile(at(dir, '../victim'), secret);
      await symlink('../victim', at(dir));
    },
  });
  expect(acted.code).toBe(0);
  expect(await readFile(at(workspace, '../victim'), 'utf8')).toBe(secret);
  expect(JSON.parse(await readFile(at(workspace), 'utf8'))).toMatchObject({ version: 2 });
});

attack(9, ['compute'], 'a result of an earlier run is gone if this one fails', async () => {
  let workspace = '';
  const acted = await world.act({
    inputs: { mode: 'compute', token: '', attribute: 'missing' },
    prepare: async (dir) => {
      workspace = dir;
      await writeFile(at(dir), computed.results.first);
    },
  });
  expect(acted.code).toBe(1);
  await expect(stat(at(workspace))).rejects.toThrow(/ENOENT/);
});

attack(9, ['compute'], 'a folder of the result that leads out of the checkout', async () => {
  const acted = await world.act({
    inputs: { mode: 'compute', token: '', result: 'r/x.json' },
    prepare: (dir) => symlink('..', at(dir, 'r')),
  });
  await expectRefused(acted, world, 'file-outside');
});
