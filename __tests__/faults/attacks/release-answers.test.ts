import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import type { Fault } from '../../support/github/types.ts';
import { makeWorld, token, type World } from '../../support/scenario/world.ts';
import { minutes } from '../support/world.ts';

// Releases are looked for before anything is computed: odd answers are repeated or end the run, and
// never name a version. What GraphQL answers oddly is asked of REST.
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const { work } = world.repository;
  await mkdir(path.join(work, '.github'), { recursive: true });
  const config = '[[package]]\nattribute = "small"\n\n[package.releases]\ngithub = "you/small"\n';
  await writeFile(path.join(work, '.github/uv-fod.toml'), config);
  await world.repository.push('Look for releases');
  const response = await fetch(`${world.github.url}/repos/you/small/releases`, {
    method: 'POST',
    headers: { authorization: `bearer ${token}` },
    body: JSON.stringify({ tag_name: 'v1.0', target_commitish: await world.repository.head() }),
  });
  expect(response.status).toBe(201);
}, 2 * minutes);
afterAll(() => world?.close());

const release = { tag_name: 'v9.9', draft: false, prerelease: false, body: null, published_at: null };
const answer = (body: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status: 200,
  body,
  headers,
});

type Faults = NonNullable<Parameters<World['github']['setFaults']>[0]>;

/** An answer of GraphQL without data, and a fault of REST. */
const listed =
  (fault: () => Fault | undefined): Faults =>
  ({ path: at }) => {
    if (at.endsWith('/graphql')) return answer({});
    return at.endsWith('/releases') ? fault() : undefined;
  };

const wrong: Readonly<Record<string, Fault>> = {
  HTML: answer('<html>unicorn</html>', { 'content-type': 'text/html' }),
  null: answer(null),
  'a release without a tag': answer([{ ...release, tag_name: undefined }]),
  'a tag that is a list': answer([{ ...release, tag_name: ['v9.9'] }]),
  'a tag of 5,000 characters': answer([{ ...release, tag_name: `v9.9${'9'.repeat(5000)}` }]),
  'a draft that says so by a word': answer([{ ...release, draft: 'true' }]),
  'a date that is none': answer([{ ...release, published_at: 'soon' }]),
};
for (const [what, fault] of Object.entries(wrong))
  attack(9, ['update'], `releases that GitHub answers once with ${what}`, async () => {
    let times = 0;
    world.github.setFaults(listed(() => (times++ === 0 ? fault : undefined)));
    const acted = await world.act({
      inputs: { attribute: '', 'find-releases': 'true', verify: 'false', 'pull-request': 'false' },
    });
    world.github.setFaults();
    expect(times).toBe(2);
    expect({ code: acted.code, errors: acted.errors }).toEqual({ code: 0, errors: [] });
    expect(acted.log).not.toMatch(/9\.9|defect of uv-fod/);
  });

attack(9, ['compute'], 'releases that GitHub never answers properly', async () => {
  world.github.setFaults(listed(() => answer({})));
  const acted = await world.act({
    inputs: { attribute: '', mode: 'compute', 'find-releases': 'true', verify: 'false' },
  });
  world.github.setFaults();
  expect(acted.errors.map(({ title }) => title)).toEqual(['releases-unreachable']);
  expect(acted.left).toBe('');
});

attack(9, ['compute'], 'a tag that is a command of the runner and a path', async () => {
  const tags = ['v9.9"; evil', 'v\n::error::x', 'v../../etc/passwd', 'v9.9##[set-output name=x]y'];
  world.github.setFaults(listed(() => answer(tags.map((tag_name) => ({ ...release, tag_name })))));
  const acted = await world.act({
    inputs: { attribute: '', mode: 'compute', 'find-releases': 'true', verify: 'false' },
  });
  world.github.setFaults();
  // None of these is a version, so there is nothing to go to.
  expect({ code: acted.code, errors: acted.errors }).toEqual({ code: 0, errors: [] });
  expect(acted.log).not.toMatch(/^::error::x|##\[set-output|evil/m);
});
