import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import {
  type Computed,
  compute,
  type PublishedWorld,
  publishedWorld,
} from '../../support/scenario/published.ts';
import { both, type Change, expectRefused, inNix, only, subject } from '../support/handed.ts';
import { minutes } from '../support/world.ts';

// What the computing job, which ran untrusted code, may not change in Nix code: everything but what
// the publishing job finds by itself.
let computed: Computed;
let world: PublishedWorld;
beforeAll(async () => {
  computed = await compute();
  world = await publishedWorld(computed);
}, 3 * minutes);
afterAll(async () => {
  await world?.close();
});

const bump = (before: string, after: string): Change => subject({ isBump: true, before, after });
const other = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const addFile =
  (path: string, content = ''): Change =>
  (value) => {
    only(value).files.push({ path, content });
  };

const code: Readonly<Record<string, Change>> = {
  'a version that the configuration does not ask for': both(
    bump('1.0', '9.9'),
    inNix('version = "1.0"', 'version = "9.9"'),
  ),
  'an older Python as if it were a version': both(bump('3.14.8', '3.14.7'), inNix('3.14.8', '3.14.7')),
  'an older C library as if it were a version': both(bump('2.39', '2.17'), inNix('2.39', '2.17')),
  'an older C library, and no word of it': inNix('glibc:2.39', 'glibc:2.17'),
  'a subject more, which changes another literal': (value) => {
    only(value).subjects.push({
      ...only(value).subjects[0],
      name: 'other',
      isBump: true,
      before: '2.39',
      after: '2.17',
    });
    inNix('2.39', '2.17')(value);
  },
  'a subject less': (value) => void only(value).subjects.splice(0),
  'a subject of another name': subject({ name: 'other' }),
  'the name of the package': inNix('pname = "small"', 'pname = "smell"'),
  'a module that is imported': inNix('"iniconfig"', '"antigravity"'),
  'a comment after the hash': inNix(/(hash = "[^"]+";)/, '$1 # reviewed'),
  'line ends of Windows': inNix(/\n/g, '\r\n'),
  'a space at the end of a line': inNix('rec {', 'rec { '),
  'a line end less': inNix(/\n$/, ''),
  'the hash in single quotes': inNix(/hash = "([^"]+)"/, "hash = ''$1''"),
  'code in place of the hash': inNix(/hash = "([^"]+)"/, 'hash = builtins.readFile /etc/passwd'),
  'an interpolation in the hash': inNix(/hash = "([^"]+)"/, `hash = "$1\${builtins.readFile /etc/passwd}"`),
  'lib.fakeHash in place of the hash': inNix(/hash = "[^"]+"/, 'hash = pkgs.lib.fakeHash'),
  'an empty hash': inNix(/hash = "[^"]+"/, 'hash = ""'),
  'the right hash at another attribute': inNix('"3.14.8"', `"${other}"`),
  'the hash twice, once in a new attribute': inNix(/(hash = "[^"]+";)/, '$1 outputHash = "x";'),
  'a byte-order mark before the code': inNix(/^/, '\uFEFF'),
  'the old file, and so no hash': (value) => {
    const file = only(value).files.find(({ path }) => path === 'default.nix');
    if (file) file.content = file.content.replace(/hash = "[^"]+"/, `hash = "${other}"`);
  },
};
for (const [what, change] of Object.entries(code))
  attack(8, ['publish'], `a result with ${what}`, async () =>
    expectRefused(await world.publish('first', { change }), world),
  );

const files: Readonly<Record<string, Change>> = {
  'a new file beside the others': addFile('evil.nix', '{ }'),
  'a new workflow': addFile('.github/workflows/evil.yml', 'on: push'),
  'a build lock where no uv.lock is': (value) =>
    addFile('.github/workflows/uv-fod.lock.json', only(value).files.at(-1)?.content)(value),
  'a lock': addFile('uv.lock', 'version = 1\n'),
  'pyproject.toml': addFile('pyproject.toml', '[project]\n'),
  "git's folder in other case": addFile('.GIT/hooks/uv-fod.lock.json', '{}'),
  "git's folder by its short name": addFile('git~1/uv-fod.lock.json', '{}'),
  "git's folder with a character that HFS+ ignores": addFile('.git\u200c/uv-fod.lock.json', '{}'),
  'an empty component': addFile('a//uv-fod.lock.json', '{}'),
  'a dot as a component': addFile('./uv-fod.lock.json', '{}'),
  'a file as a folder': addFile('uv.lock/uv-fod.lock.json', '{}'),
  'a path with a line break': addFile('sub\n/uv-fod.lock.json', '{}'),
  'a path with NUL': addFile('\u0000/uv-fod.lock.json', '{}'),
  'an absolute path': addFile('/etc/uv-fod.lock.json', '{}'),
  'a path on a drive': addFile('C:/uv-fod.lock.json', '{}'),
  'a lock that it was computed from elsewhere': (value) => {
    only(value).computedFrom = ['../../etc/passwd'];
  },
};
for (const [what, change] of Object.entries(files))
  attack(8, ['publish'], `a result with ${what}`, async () =>
    expectRefused(await world.publish('first', { change }), world),
  );

attack(8, ['publish'], 'an artifact that brings the configuration and the lock along', async () => {
  const releases = '[[package]]\nattribute = "small"\nreleases.github = "you/small"\n';
  const acted = await world.publish('first', {
    inputs: { attribute: '' },
    prepare: async (workspace) => {
      await mkdir(`${workspace}/.github`, { recursive: true });
      await writeFile(`${workspace}/.github/uv-fod.toml`, releases);
    },
    change: bump('1.0', '9.9'),
  });
  await expectRefused(acted, world, 'config-missing');
});

attack(8, ['publish'], 'an artifact that replaces default.nix in the checkout by a link', async () => {
  const acted = await world.publish('first', {
    prepare: async (workspace) => {
      await rename(`${workspace}/default.nix`, `${workspace}/../outside-${Date.now()}.nix`);
      await symlink('/etc/hostname', `${workspace}/default.nix`);
    },
  });
  await expectRefused(acted, world);
});

// Last, because it writes: what was refused above was refused for its change.
test('the result as it was handed over is published', async () => {
  const { code: ended, errors } = await world.publish('first');
  expect({ ended, errors }).toEqual({ ended: 0, errors: [] });
  expect(await world.repository.diff('main', 'uv-fod/small')).toMatch(/^\+ +hash = "sha256-/m);
});
