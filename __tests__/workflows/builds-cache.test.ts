import { readdir, readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type BareMachines, bareMachines, type RanThere } from '../support/workflow/bare-machine.ts';
import { entriesOf, plant, rewriteEntry } from '../support/workflow/poison.ts';

// Builds in the runner's cache by @actions/cache, against act's cache server; each run on a machine whose store is empty.
const minutes = 60_000;
let machines: BareMachines;
/** With what it built from its sources. */
let honest: RanThere;

const workflow = (inputs: string): string => `on: push
jobs:
  update:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
      - uses: cachix/install-nix-action@630ae543ea3a38a9a4166f03376c02c50f408342
        with: { nix_path: nixpkgs }
      - uses: astral-sh/setup-uv@20cfd1bf945f4377ade1205e4dbc17946fc9a30d
      - uses: your-organization/uv-fod@0000000000000000000000000000000000000000
        with: { attribute: small, ${inputs} }
`;

beforeAll(async () => {
  machines = await bareMachines({
    'check.yml': workflow('mode: check'),
    'compute.yml': workflow("mode: compute, token: ''"),
    'copy.yml': workflow("mode: compute, token: '', cache-to: file:///tmp/uv-fod-no-such/cache"),
  });
}, 5 * minutes);
afterAll(() => machines?.close());

async function run(name: string): Promise<RanThere> {
  const ran = await machines.run(name);
  expect({ code: ran.code, log: ran.code === 0 ? '' : ran.log }).toEqual({ code: 0, log: '' });
  return ran;
}

const wheel = 'six-wheel-1.16.0';
const entries = (): Promise<string[]> => entriesOf(machines.runner.cache);

test(
  'a check leaves nothing there',
  async () => {
    const checked = await run('check.yml');
    expect(checked.log).toContain("Builds in the runner's cache: nothing was saved before");
    expect(checked.built).toContain(wheel);
    expect(await entries()).toEqual([]);
  },
  5 * minutes,
);

test(
  'a first bump builds the sdist and saves its wheel; the next one builds none, and what it took is for its proof alone',
  async () => {
    await machines.bump('2.0.0');
    const first = await run('compute.yml');
    expect(first.log).toContain("Builds in the runner's cache: nothing was saved before");
    expect(first.log).toMatch(/Builds in the runner's cache: 1 saved, .* for 1\d s of building/);
    expect(first.built).toContain(wheel);
    expect(first.hooked).toEqual(expect.arrayContaining([wheel, 'small-third-party', 'small-1.0']));
    expect(first.left).toEqual(expect.arrayContaining([wheel, 'small-third-party', 'small-1.0']));

    await machines.bump('1.1.1');
    const second = await run('compute.yml');
    expect(second.log).toMatch(/Builds in the runner's cache: 1 taken in .* s, that took 1\d s to build/);
    expect(second.log).toContain('python -I -B -c "import six');
    expect(second.built).not.toContain(wheel);
    // Nobody who looks for what this run built finds what came of it.
    expect(second.hooked).toContain('node');
    expect(second.left).toContain('python3-3.14.8');
    for (const one of [wheel, 'small-third-party', 'small-1.0']) {
      expect(second.hooked).not.toContain(one);
      expect(second.left).not.toContain(one);
    }
    expect(JSON.parse(second.outputs.get('report') ?? '{}')).toMatchObject({
      notDone: [{ what: 'Build of one store path from source' }],
    });
    expect(await entries()).toHaveLength(1);
  },
  5 * minutes,
);

test(
  'what goes on to a binary cache is built here',
  async () => {
    honest = await run('copy.yml');
    expect(honest.log).not.toContain("Builds in the runner's cache: ");
    expect(honest.built).toContain(wheel);
  },
  5 * minutes,
);

test(
  'a wheel that somebody put there costs a build, and a planted fixed output is not asked for: the hash is right',
  async () => {
    const [entry = ''] = await entries();
    const own = (await readdir(path.join(honest.store.dir, 'store'))).map((one) => `/nix/store/${one}`);
    const pathOf = (name: string): string => own.find((one) => one.endsWith(`-${name}`)) ?? '';
    await rewriteEntry(entry, async (folder) => {
      await plant(folder, pathOf(wheel), 'six-1.16.0-py2.py3-none-any.whl', 'no wheel');
      await plant(folder, pathOf('python-uv-deps'), 'manifest.json', '{}');
    });
    const poisoned = await run('compute.yml');
    expect(poisoned.log).toContain("'small' does not build or import with what was taken");
    expect(poisoned.built).toContain(wheel);
    expect(poisoned.outputs.get('hashes')).toBe(honest.outputs.get('hashes'));
    expect(poisoned.log).toMatch(/Builds in the runner's cache: 1 saved/);
    const good = path.join(honest.store.dir, pathOf('python-uv-deps').slice('/nix/'.length), 'manifest.json');
    const made = path.join(
      poisoned.store.dir,
      pathOf('python-uv-deps').slice('/nix/'.length),
      'manifest.json',
    );
    expect(await readFile(made)).toEqual(await readFile(good));
  },
  5 * minutes,
);

test(
  'a broken archive, and one that ends early, cost a build',
  async () => {
    for (const entry of await entries())
      await rewriteEntry(entry, async (folder) => {
        for (const nar of await readdir(path.join(folder, 'nar')))
          await truncate(path.join(folder, 'nar', nar), 50);
      });
    const broken = await run('compute.yml');
    expect(broken.log).toMatch(/Builds in the runner's cache: what is there can't be used \(.*built instead/);
    expect(broken.built).toContain(wheel);
    expect(broken.outputs.get('hashes')).toBe(honest.outputs.get('hashes'));

    for (const entry of await entries()) await truncate(entry, 100);
    const short = await run('compute.yml');
    expect(short.built).toContain(wheel);
    expect(short.outputs.get('hashes')).toBe(honest.outputs.get('hashes'));
  },
  5 * minutes,
);
