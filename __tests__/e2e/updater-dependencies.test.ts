import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bumpTo } from '../../src/bump/bump.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { makeContext } from '../../src/update/context.ts';
import { runText } from '../support/nix/run.ts';
import { quiet, updateIn } from '../support/nix/update.ts';
import { releasedDerivation } from '../support/scenario/released.ts';
import { nixPath } from '../support/scenario/small.ts';
import { makeUpstream, type Upstream } from '../support/scenario/upstream.ts';

// The whole of a bump: version, source, dependencies and build lock, another fixed output, and the
// build.
const minutes = 60_000;

const config = `[[package]]
attribute = "small"
source-hash = "source"
also = ["ui"]
releases = { github = "up/small", tag = "version/{version}", minimum-release-age = "0 days" }
`;

let dir: string;
let upstream: Upstream;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'updater-'));
  upstream = await makeUpstream(dir);
  await upstream.release('1.0.0', '1.16.0');
}, 2 * minutes);
afterAll(async () => {
  await upstream?.close();
  await rm(dir, { recursive: true, force: true });
});

/** What the scheduled updater does with one package. */
async function run(root: string) {
  const derivation = { file: path.join(root, 'default.nix'), attribute: 'small' };
  const context = makeContext({ ...process.env, NIX_PATH: nixPath }, quiet, dir);
  const [found] = parseConfig(config, 'uv-fod.toml').packages;
  if (!found?.releases) throw new Error('no releases');
  const fetchText = () => Promise.reject(new Error('not to be asked'));
  const finders = {
    hub: async () => upstream.hub,
    run: context.run,
    scratch: dir,
    index: undefined,
    fetchText,
  };
  const { bump, update, edits } = await updateIn(root, { derivation, config: found }, context, finders);
  if (bump === undefined) throw new Error('no bump');
  return { bumped: bump, updated: update, edits };
}

test(
  'the first run fills every hash in; a release moves them all, and the build has the new dependency',
  async () => {
    const root = path.join(dir, 'work');
    await runText('git', ['init', '--quiet', root]);
    const file = path.join(root, 'default.nix');
    await writeFile(file, releasedDerivation(upstream.url));
    const first = await run(root);
    const pinned = await readFile(file, 'utf8');
    expect(pinned).not.toMatch(/fakeHash|""|AAAA/);
    expect(first.bumped.hashes.map(({ attribute }) => attribute)).toEqual(['source', 'ui']);
    expect(await packageNames(first.updated.built[0]?.out)).toEqual(
      expect.arrayContaining(['six-1.16.0.dist-info']),
    );

    await upstream.release('1.1.0', '1.17.0');
    const second = await run(root);
    expect(second.bumped).toMatchObject({ before: '1.0.0', after: '1.1.0' });
    const after = await readFile(file, 'utf8');
    const lines = (text: string): string[] => text.split('\n');
    const moved = lines(after).filter((line, index) => line !== lines(pinned)[index]);
    expect(moved.map((line) => line.trim().replace(/".*"/, '"…"'))).toEqual([
      'version = "…";',
      'hash = "…";',
      'outputHash = "…";',
      'x86_64-linux = "…";',
      'aarch64-linux = "…";',
    ]);
    expect(second.edits.map(({ file: name }) => path.basename(name)).sort()).toEqual([
      'default.nix',
      'uv-fod.lock.json',
    ]);
    expect(second.edits.find(({ file: name }) => name === file)).toEqual({ file, before: pinned, after });
    expect(await packageNames(second.updated.built[0]?.out)).toEqual(
      expect.arrayContaining(['six-1.17.0.dist-info']),
    );
  },
  10 * minutes,
);

test(
  'dependencies can be listed like any other fixed output: nothing moves where they are right',
  async () => {
    const root = path.join(dir, 'work');
    const context = makeContext({ ...process.env, NIX_PATH: nixPath }, quiet, dir);
    const also = `also = [{ attribute = ".uvDeps.systems.{system}", systems = ["x86_64-linux", "aarch64-linux"] }]`;
    const [found] = parseConfig(
      `[[package]]\nattribute = "small"\nsource-hash = false\n${also}`,
      'c',
    ).packages;
    if (!found) throw new Error('no package');
    const derivation = { file: path.join(root, 'default.nix'), attribute: 'small' };
    const edits = await context.openEdits(root);
    const bumped = await bumpTo({ derivation, root, config: found, to: undefined }, edits, context);
    expect(edits.since()).toEqual([]);
    expect(bumped.hashes).toHaveLength(2);
    for (const { before, after } of bumped.hashes) expect(after).toBe(before);
    const lines = (await readFile(derivation.file, 'utf8')).split('\n');
    expect(bumped.hashes.map(({ line }) => lines[line - 1]?.trim().split(' ')[0])).toEqual([
      'x86_64-linux',
      'aarch64-linux',
    ]);
    await edits.keep();
  },
  5 * minutes,
);

async function packageNames(out: string | undefined): Promise<string[]> {
  if (out === undefined) throw new Error('nothing was built');
  return readdir(path.join(out, 'lib/python3.14/site-packages'));
}
