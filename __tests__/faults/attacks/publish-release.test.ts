import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { git } from '../../support/scenario/repository.ts';
import { edit } from '../../support/scenario/small.ts';
import { type Acted, makeWorld, token, type World } from '../../support/scenario/world.ts';
import { both, type Change, expectRefused, type HandedResult, inNix, subject } from '../support/handed.ts';
import { minutes } from '../support/world.ts';

// A new version counts only if the configuration leads to it, and the release is there when it is
// published.
const result = 'uv-fod-result.json';
const config = (more = ''): string =>
  `[[package]]\nattribute = "small"\n\n[package.releases]\ngithub = "you/small"\nignore = ["1.3"]\n${more}`;
const other = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const neighbour = `other = { pname = "other"; version = "1.0"; src = pkgs.fetchgit { rev = "v1.0"; hash = "${other}"; }; };\n  small = `;
let world: World;
let computed: string;

beforeAll(async () => {
  world = await makeWorld();
  const { work } = world.repository;
  await mkdir(path.join(work, '.github'), { recursive: true });
  await writeFile(path.join(work, '.github/uv-fod.toml'), config());
  await edit(world.repository, 'default.nix', (text) => text.replace('small = ', neighbour));
  await world.repository.push('Look for releases');
  for (const version of ['0.9', '1.0', '1.1']) await release(version);
  let workspace = '';
  const acted = await world.act({
    inputs: { mode: 'compute', attribute: '', 'find-releases': 'true', verify: 'false' },
    prepare: async (dir) => {
      workspace = dir;
    },
  });
  expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
  computed = await readFile(path.join(workspace, result), 'utf8');
  // What comes later, and what the configuration leaves out.
  for (const version of ['1.2', '1.3']) await release(version);
  await release('2.0rc1', { prerelease: true });
}, 5 * minutes);
afterAll(() => world?.close());

async function release(version: string, more: object = {}): Promise<void> {
  const target_commitish = await world.repository.head();
  const response = await fetch(`${world.github.url}/repos/you/small/releases`, {
    method: 'POST',
    headers: { authorization: `bearer ${token}` },
    body: JSON.stringify({ tag_name: `v${version}`, target_commitish, body: `Notes of ${version}`, ...more }),
  });
  expect(response.status).toBe(201);
}

const publish = (change: Change, prepare = async (_: string): Promise<void> => {}): Promise<Acted> =>
  world.act({
    inputs: { mode: 'publish', attribute: '' },
    prepare: async (workspace) => {
      const value = JSON.parse(computed) as HandedResult;
      value.head = await git(workspace, 'rev-parse', 'HEAD');
      change(value);
      await writeFile(path.join(workspace, result), JSON.stringify(value));
      await prepare(workspace);
    },
  });

/** Goes to another version than the computing job did, everywhere. */
const to = (version: string, fields: Record<string, unknown> = {}): Change =>
  both(subject({ after: version, ...fields }), inNix('version = "1.1"', `version = "${version}"`));
/** The version of small as it was, so that something else can be changed in its place. */
const unchanged = inNix('version = "1.1"', 'version = "1.0"');
const inOther = (from: string, after: string): Change =>
  inNix(`pname = "other"; version = "1.0"; ${from}`, after);

const changes: Readonly<Record<string, Change>> = {
  'a version that was never released': to('1.1.1'),
  'a version that the configuration ignores': to('1.3'),
  'a pre-release': to('2.0rc1'),
  'an older release': to('0.9'),
  'a version of other letters': to('1.1-evil'),
  'a release and the commit of another': subject({ release: { commit: 'a'.repeat(40) } }),
  'a release without its commit': subject({ release: {} }),
  'another version before, which is a Python': both(
    subject({ before: '3.14.8' }),
    unchanged,
    inNix('3.14.8', '1.1'),
  ),
  'another version before, which is a part of a C library': both(
    subject({ before: '2.39' }),
    unchanged,
    inNix('glibc:2.39', 'glibc:1.1'),
  ),
  'a version before that the base does not have': subject({ before: '0.9' }),
  'a release, and no change of the version': unchanged,
  'a change of the version, and no word of it': subject({ isBump: false, after: '1.0' }),
  'a release for the version of a neighbour': both(
    unchanged,
    inOther('', 'pname = "other"; version = "1.1"; '),
  ),
  'a release for both versions': inOther('', 'pname = "other"; version = "1.1"; '),
  'a release, and a hash of a neighbour': inNix(other, 'sha256-Q6SJed0K6eIrqQ9mNAD4RGx+YCJvnI5E+0KGp5fBtTU='),
  'a release, and a revision of a neighbour': inNix('rev = "v1.0"', 'rev = "v1.1"'),
  'a release, and its version in a comment': inNix('version = "1.1";', 'version = "1.1"; # 1.1'),
  'a version with code around it': both(
    subject({ after: '1.1' }),
    inNix('version = "1.1";', 'version = "1.1" + builtins.readFile /etc/passwd;'),
  ),
};
for (const [what, change] of Object.entries(changes))
  attack(8, ['publish'], `a result with ${what}`, async () => expectRefused(await publish(change), world));

attack(8, ['publish'], 'a tag that was moved after the other job saw it', async () => {
  const { bare, work } = world.repository;
  const tag = await git(bare, 'rev-parse', 'refs/tags/v1.1');
  await git(bare, 'update-ref', 'refs/tags/v1.1', await git(work, 'rev-parse', 'HEAD^'));
  await expectRefused(await publish(() => {}), world);
  await git(bare, 'update-ref', 'refs/tags/v1.1', tag);
});

attack(8, ['publish'], 'a tag that was deleted after the other job saw it', async () => {
  const { bare } = world.repository;
  const tag = await git(bare, 'rev-parse', 'refs/tags/v1.1');
  await git(bare, 'update-ref', '-d', 'refs/tags/v1.1');
  await expectRefused(await publish(() => {}), world);
  await git(bare, 'update-ref', 'refs/tags/v1.1', tag);
});

const stricter: Readonly<Record<string, string>> = {
  'a release that is younger than the configuration allows': config('minimum-release-age = "3 days"\n'),
  'a release outside of the range': config('range = "<1.1"\n'),
  'a release where the configuration has no releases': '[[package]]\nattribute = "small"\n',
};
for (const [what, text] of Object.entries(stricter))
  attack(8, ['publish'], `a result with ${what}`, async () => {
    const before = await world.repository.head();
    await writeFile(path.join(world.repository.work, '.github/uv-fod.toml'), text);
    await world.repository.push('Another configuration');
    // What lies in the checkout does not count.
    const acted = await publish(
      () => {},
      (workspace) => writeFile(path.join(workspace, '.github/uv-fod.toml'), config()),
    );
    await expectRefused(acted, world);
    await git(world.repository.work, 'reset', '--quiet', '--hard', before);
    await git(world.repository.bare, 'update-ref', 'refs/heads/main', before);
  });

// Last, because it writes.
test('a newer release does not matter; links and notes are those of GitHub', async () => {
  const acted = await publish((value) => {
    for (const one of value.proposed[0]?.seen ?? []) Object.assign(one, { unsandboxed: true });
    for (const one of value.proposed[0]?.subjects ?? []) Object.assign(one, { pname: '@octocat' });
    Object.assign(value.proposed[0] ?? {}, { held: [{ name: 'octocat', version: '1' }] });
  });
  expect({ code: acted.code, errors: acted.errors }).toEqual({ code: 0, errors: [] });
  const headers = { authorization: `bearer ${token}` };
  const pull = await (await fetch(`${world.github.url}/repos/you/small/pulls/1`, { headers })).json();
  const { title, body } = pull as { title: string; body: string };
  expect(title).toBe('small: 1.0 → 1.1');
  expect(body).toContain('Notes of 1.1');
  expect(body).toContain('ran without Nix’s sandbox');
  expect(body).toContain('/compare/v1.0...v1.1');
  expect(`${body}${acted.summary}${acted.log}`).not.toMatch(/evil\.example|octocat|Signed/);
  expect(await world.repository.diff('main', 'uv-fod/small')).toMatch(/^\+ +version = "1\.1";$/m);
});
