import { access, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../src/config/parse.ts';
import { makeContext } from '../../../src/update/context.ts';
import { type LockUpgrade, upgradeLock } from '../../../src/update/upgrade/upgrade.ts';
import { loadProject } from '../../../src/uv/lock/project.ts';
import { type PackageIndex, startIndex } from '../../support/index/index.ts';
import { run, runText } from '../../support/nix/run.ts';
import { quiet } from '../../support/nix/update.ts';
import { indexedProject, lockConfig } from '../../support/scenario/indexed.ts';

// What uv makes of a lock under rules, on an index of this machine with times of upload.
let scratch: string;
let dir: string;
let index: PackageIndex;
let count = 0;
beforeAll(async () => {
  scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'upgrade-')));
});
beforeEach(async () => {
  index = await startIndex();
  dir = path.join(scratch, String(++count));
  await mkdir(dir);
});
afterEach(() => index.close());
afterAll(() => rm(scratch, { recursive: true, force: true }));

const uv = (...args: string[]) => runText('uv', [...args, '--quiet', '--directory', dir]);
const file = (name: string): string => path.join(dir, name);
const lockText = (): Promise<string> => readFile(file('uv.lock'), 'utf8');

/** A project with these dependencies, locked. */
async function locked(dependencies: readonly string[], more = ''): Promise<void> {
  await writeFile(file('pyproject.toml'), indexedProject(index, dependencies, more));
  await uv('lock');
}

async function upgrade(rules = '', names: readonly string[] = []): Promise<LockUpgrade> {
  const context = makeContext(process.env, quiet, scratch);
  const [one] = parseConfig(lockConfig(rules), 'c').packages;
  if (!one?.lock) throw new Error('no rules');
  const project = await loadProject(dir, context.read);
  const made = await upgradeLock(project, { names, rules: one.lock, now: Date.now() }, context);
  expect(await lockText()).toBe(made.before);
  await writeFile(file('uv.lock'), made.after);
  // Whatever the rules, uv takes the lock for current under the project's own settings.
  expect((await run('uv', ['lock', '--check', '--directory', dir])).code).toBe(0);
  return made;
}

/** Versions by name. */
const versionsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^name = "(\w+)"\nversion = "(.*)"$/gm)]
      .map(([, name = '', version = '']) => [name, version] as const)
      .filter(([name]) => name !== 'small'),
  );

const heldIn = ({ held }: LockUpgrade) => held.map(({ name, version, why }) => `${name} ${version} ${why}`);

/** alpha, which needs beta; each old and new. */
async function publishBoth(): Promise<void> {
  await index.publish('alpha', '1.0', { days: 300, requires: ['beta>=1'] });
  await index.publish('beta', '1.0', { days: 300 });
}
async function publishNewer(): Promise<void> {
  await index.publish('alpha', '1.1', { days: 30, requires: ['beta>=1', 'delta'] });
  await index.publish('beta', '1.1', { days: 2 });
  await index.publish('delta', '1.0', { days: 60 });
}

describe('the lock that comes out', () => {
  test.each([[''], ['version = "dynamic"']])(
    'is that of `uv lock --upgrade`, byte for byte',
    async (dynamic) => {
      await publishBoth();
      if (dynamic !== '') {
        await mkdir(file('lib'));
        const lib =
          '[project]\nname = "lib"\ndynamic = ["version"]\nrequires-python = ">=3.13"\ndependencies = ["beta"]\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n';
        await writeFile(file('lib/pyproject.toml'), lib);
        const metadata = 'Metadata-Version: 2.1\\nName: lib\\nVersion: 7\\nRequires-Dist: beta\\n';
        await writeFile(
          file('lib/backend.py'),
          `def prepare_metadata_for_build_wheel(folder, settings=None):\n    import os\n    os.mkdir(folder + "/lib-7.dist-info")\n    with open(folder + "/lib-7.dist-info/METADATA", "w") as f:\n        f.write("${metadata}")\n    return "lib-7.dist-info"\nprepare_metadata_for_build_editable = prepare_metadata_for_build_wheel\ndef build_wheel(*_): raise SystemExit(1)\nbuild_editable = build_wheel\n`,
        );
        const sources =
          '\n[tool.uv.sources]\nlib = { workspace = true }\n[tool.uv.workspace]\nmembers = ["lib"]\n';
        await locked(['alpha', 'lib'], sources);
      } else await locked(['alpha']);
      await publishNewer();
      const { after, before } = await upgrade();
      await writeFile(file('uv.lock'), before);
      await uv('lock', '--upgrade');
      expect(after).toBe(await lockText());
      expect(versionsIn(after)).toMatchObject({ alpha: '1.1', beta: '1.1', delta: '1.0' });
    },
  );

  test('with a cooldown is that of `uv lock --exclude-newer`, but for its trace in [options]', async () => {
    await publishBoth();
    await locked(['alpha']);
    await publishNewer();
    const made = await upgrade('minimum-release-age = "7 days"');
    expect(heldIn(made)).toEqual([
      expect.stringMatching(/^beta 1\.1 is 2 days old, uploaded \d{4}-\d\d-\d\d$/),
    ]);
    await writeFile(file('uv.lock'), made.before);
    const until = new Date(Date.now() - 7 * 86_400_000).toISOString();
    await uv('lock', '--upgrade', `--exclude-newer=${until}`);
    expect(made.after).toBe((await lockText()).replace(/^\[options\]\n.*\n\n/m, ''));
  });

  test('has the options that the project itself has, and a stricter date of its own counts', async () => {
    await publishBoth();
    await locked(['alpha'], 'exclude-newer = "10 days"\n');
    await publishNewer();
    const looser = await upgrade('minimum-release-age = "1 day"');
    expect(looser.after).toContain('exclude-newer-span = "P10D"');
    expect(versionsIn(looser.after)).toMatchObject({ alpha: '1.1', beta: '1.0' });
    await writeFile(file('uv.lock'), looser.before);
    const stricter = await upgrade('minimum-release-age = "40 days"');
    expect(stricter.after).toBe(looser.before);
    expect(heldIn(stricter)[0]).toMatch(/^alpha 1\.1 is 30 days old/);
  });

  test('says what it downgrades and what it removes', async () => {
    await publishBoth();
    await index.publish('beta', '1.1', { days: 200, requires: ['gamma'] });
    await index.publish('gamma', '1.0', { days: 200 });
    await locked(['alpha']);
    await index.publish('alpha', '1.1', { days: 30, requires: ['beta<1.1'] });
    const { after, diff } = await upgrade('minimum-release-age = "7 days"');
    expect(versionsIn(after)).toEqual({ alpha: '1.1', beta: '1.0' });
    const changed = diff.changed.map(
      ({ name, before, after: now }) => `${name} ${before[0]?.version} ${now[0]?.version}`,
    );
    expect(changed.sort()).toEqual(['alpha 1.0 1.1', 'beta 1.1 1.0']);
    expect(diff.removed.map(({ name }) => name)).toEqual(['gamma']);
  });

  test('is the one before where only uv would write it otherwise', async () => {
    await publishBoth();
    await locked(['alpha']);
    await writeFile(file('uv.lock'), (await lockText()).replace(/, upload-time = "[^"]*"/g, ''));
    const made = await upgrade();
    expect(made.after).toBe(made.before);
  });
});

describe('rules', () => {
  beforeEach(async () => {
    for (const version of ['1.0.0', '1.0.1', '1.1.0', '2.0.0'])
      await index.publish('alpha', version, { days: version === '1.0.0' ? 300 : 30 });
    await index.publish('beta', '1.0', { days: 300 });
  });

  test.each([
    ['ignore = ["alpha"]', '1.0.0', 'is ignored'],
    ['ignore = ["al*"]', '1.0.0', 'is ignored'],
    ['ignore = ["Alpha >= 1.1"]', '1.0.1', 'is ignored (>= 1.1)'],
    ['pin = ["alpha>=1,<1.1"]', '1.0.1', 'is not in >=1,<1.1'],
    ['largest-update = "minor"', '1.1.0', 'is a major update'],
    ['largest-update = "patch"', '1.0.1', 'is more than a patch'],
  ])('%s: to %s, and what is newer %s', async (rules, version, why) => {
    await locked(['alpha==1.0.0', 'beta']);
    const pyproject = (await readFile(file('pyproject.toml'), 'utf8')).replace('alpha==1.0.0', 'alpha');
    await writeFile(file('pyproject.toml'), pyproject);
    await uv('lock');
    await index.publish('beta', '1.0.1', { days: 30 });
    const made = await upgrade(rules);
    expect(versionsIn(made.after)).toEqual({ alpha: version, beta: '1.0.1' });
    expect(heldIn(made)).toEqual([`alpha 2.0.0 ${why}`]);
  });

  test('named packages change, and the others do not', async () => {
    await locked(['alpha<2', 'beta']);
    await index.publish('alpha', '1.2.0', { days: 20 });
    await index.publish('beta', '1.1', { days: 30 });
    expect(versionsIn((await upgrade('', ['beta'])).after)).toEqual({ alpha: '1.1.0', beta: '1.1' });
    await index.publish('beta', '1.2', { days: 30 });
    const made = await upgrade('minimum-release-age = "7 days"', ['beta']);
    expect(versionsIn(made.after)).toEqual({ alpha: '1.1.0', beta: '1.2' });
    await expect(upgrade('', ['betta'])).rejects.toMatchObject({
      code: 'not-in-lock',
      message: expect.stringContaining("did you mean 'beta'"),
    });
  });
});

describe('ages', () => {
  test('what is locked stays, though it is too young', async () => {
    await index.publish('alpha', '1.0', { days: 300 });
    await index.publish('alpha', '1.1', { days: 2 });
    await index.publish('beta', '1.0', { days: 300 });
    await locked(['alpha', 'beta']);
    await index.publish('alpha', '1.2', { days: 1 });
    await index.publish('beta', '1.1', { days: 30 });
    // The lock claims another age.
    await writeFile(
      file('uv.lock'),
      (await lockText()).replace(/upload-time = "[^"]*"/g, 'upload-time = "2020-01-01T00:00:00Z"'),
    );
    const made = await upgrade('minimum-release-age = "7 days"');
    expect(versionsIn(made.after)).toEqual({ alpha: '1.1', beta: '1.1' });
    expect(made.notes).toEqual([expect.stringMatching(/^alpha stays as it is locked: it is 2 days old/)]);
    expect(heldIn(made)).toEqual([expect.stringMatching(/^alpha 1\.2 is 1 day old/)]);
  });

  test('an index without times is no pass: its packages stay, and their age is unknown', async () => {
    await publishBoth();
    await index.publish('gamma', '1.0', { days: 300 });
    index.timeless.add('beta');
    await locked(['alpha', 'gamma']);
    await index.publish('beta', '1.1', { days: 300 });
    await index.publish('gamma', '1.1', { days: 30 });
    const made = await upgrade('minimum-release-age = "7 days"');
    expect(versionsIn(made.after)).toEqual({ alpha: '1.0', beta: '1.0', gamma: '1.1' });
    expect(heldIn(made)).toEqual([expect.stringMatching(/^beta 1\.1 age unknown/)]);
  });

  test('a new package without times does not get in: what brings it in stays', async () => {
    await publishBoth();
    await index.publish('gamma', '1.0', { days: 300 });
    index.timeless.add('delta');
    await locked(['alpha', 'gamma']);
    await publishNewer();
    await index.publish('gamma', '1.1', { days: 30 });
    const made = await upgrade('minimum-release-age = "1 day"');
    expect(versionsIn(made.after)).toEqual({ alpha: '1.0', beta: '1.1', gamma: '1.1' });
    const held = [/^alpha 1\.1 needs a release that is held back$/, /^delta 1\.0 age unknown/];
    expect(heldIn(made)).toEqual(held.map((one) => expect.stringMatching(one)));
    // Also where what is locked was yanked since.
    await writeFile(file('uv.lock'), made.before);
    const yanked = { days: 300, requires: ['beta>=1'], yanked: 'broken' };
    await index.publish('alpha', '1.0', yanked);
    const again = await upgrade('minimum-release-age = "1 day"');
    expect(versionsIn(again.after)).toEqual({ alpha: '1.0', beta: '1.1', gamma: '1.1' });
    expect(again.notes).toEqual([expect.stringMatching(/^alpha stays as it is locked: /)]);
  });

  test('the first release that fixes a known vulnerability goes ahead, if that is asked for', async () => {
    await index.publish('alpha', '1.0', { days: 300, requires: ['beta'] });
    await index.publish('beta', '1.0', {
      days: 300,
      vulnerabilities: [{ id: 'CVE-2026-1', fixed_in: ['0.9', '1.1'] }],
    });
    await locked(['alpha']);
    await index.publish('beta', '1.1', { days: 2 });
    await index.publish('beta', '1.2', { days: 1 });
    expect(versionsIn((await upgrade('minimum-release-age = "7 days"')).after)).toMatchObject({
      beta: '1.0',
    });
    const made = await upgrade('minimum-release-age = "7 days"\nsecurity-fixes-at-once = true');
    expect(versionsIn(made.after)).toMatchObject({ beta: '1.1' });
    expect([...made.fixes]).toEqual(['beta']);
    // A later version that is young too, and was there before the fix.
    await writeFile(file('uv.lock'), made.before);
    await index.publish('beta', '1.3', { days: 5 });
    const again = await upgrade('minimum-release-age = "7 days"\nsecurity-fixes-at-once = true');
    expect(versionsIn(again.after)).toMatchObject({ beta: '1.1' });
    // A fix that is old enough holds nothing back.
    const later = await upgrade('minimum-release-age = "1 day"\nsecurity-fixes-at-once = true');
    expect(versionsIn(later.after)).toMatchObject({ beta: '1.3' });
    expect(heldIn(made)).toEqual([expect.stringMatching(/^beta 1\.2 is 1 day old/)]);
  });
});

test('no build backend runs: what comes as source stays, with what it needs, and is named', async () => {
  const ran = file('ran');
  const metadata = 'Metadata-Version: 2.1\\nName: built\\nVersion: VERSION\\nRequires-Dist: beta\\n';
  const backend = (version: string): string => `open(${JSON.stringify(ran)}, "w")
def prepare_metadata_for_build_wheel(folder, settings=None):
    import os
    os.mkdir(folder + "/built-${version}.dist-info")
    with open(folder + "/built-${version}.dist-info/METADATA", "w") as file:
        file.write("${metadata.replace('VERSION', version)}")
    return "built-${version}.dist-info"
`;
  await index.publish('built', '1.0', { days: 300, backend: backend('1.0') });
  await publishBoth();
  await locked(['alpha', 'built']);
  await rm(ran);
  await index.publish('built', '1.1', { days: 30, backend: backend('1.1') });
  await publishNewer();
  for (const rules of ['', 'minimum-release-age = "1 day"']) {
    const made = await upgrade(rules);
    expect(versionsIn(made.after)).toMatchObject({ alpha: '1.1', beta: '1.0', built: '1.0' });
    expect(made.notes).toEqual([expect.stringMatching(/^built stays as it is: it comes as source/)]);
    expect(made.after).not.toContain('dependency-metadata');
    await writeFile(file('uv.lock'), made.before);
  }
  await expect(access(ran)).rejects.toThrow();
});

describe('what can not be upgraded', () => {
  test('a requirement that is not locked yet, and whose age is not known', async () => {
    await publishBoth();
    await locked(['alpha']);
    index.timeless.add('delta');
    await publishNewer();
    await writeFile(file('pyproject.toml'), indexedProject(index, ['alpha', 'delta']));
    await expect(upgrade('minimum-release-age = "1 day"')).rejects.toMatchObject({
      code: 'upgrade-failed',
      message: expect.stringMatching(/`delta` has no release whose age is known .*'uv lock' first/),
    });
  });

  test('versions that exclude each other: uv says why', async () => {
    await publishBoth();
    await locked(['alpha']);
    await writeFile(file('pyproject.toml'), indexedProject(index, ['alpha', 'beta>=2']));
    await expect(upgrade()).rejects.toMatchObject({
      code: 'upgrade-failed',
      message: expect.stringMatching(/No solution found when resolving dependencies\. .*beta/),
    });
  });

  test('an index that fails for one package', async () => {
    await publishBoth();
    await locked(['alpha']);
    await runText('uv', ['cache', 'clean', '--quiet', 'beta']);
    index.failing.add('beta');
    await expect(upgrade()).rejects.toMatchObject({
      code: 'upgrade-failed',
      message: expect.stringMatching(/\/simple\/beta\//),
    });
  });

  test.each([['beta'], ['beta>=1'], ['beta>=1,<1.3'], ['beta>0.9,!=1.1']])(
    'of %s, of which each version is yanked, what is locked is kept',
    async (requirement) => {
      for (const version of ['1.0', '1.1', '1.2', '1.3']) await index.publish('beta', version, { days: 300 });
      await index.publish('gamma', '1.0', { days: 300 });
      await locked([requirement, 'gamma']);
      const [, version = ''] = /name = "beta"\nversion = "(.*)"/.exec(await lockText()) ?? [];
      for (const one of ['1.0', '1.1', '1.2', '1.3'])
        await index.publish('beta', one, { days: 300, yanked: 'broken (badly)' });
      await index.publish('gamma', '1.1', { days: 30 });
      const made = await upgrade('minimum-release-age = "1 day"');
      expect(versionsIn(made.after)).toEqual({ beta: version, gamma: '1.1' });
      expect(made.notes).toEqual([expect.stringMatching(/^beta stays as it is locked: it was yanked/)]);
    },
  );

  test('a version that is yanked is not taken, and one that is locked already is kept', async () => {
    await publishBoth();
    await locked(['alpha']);
    await index.publish('beta', '1.1', { days: 30, yanked: 'broken' });
    await index.publish('alpha', '1.0', { days: 300, requires: ['beta>=1'], yanked: 'too' });
    expect(versionsIn((await upgrade()).after)).toMatchObject({ alpha: '1.0', beta: '1.0' });
  });

  test('settings that changed since it was locked', async () => {
    await publishBoth();
    await locked(['alpha']);
    const text = indexedProject(index, ['alpha']).replace('>=3.13', '>=3.14');
    await writeFile(file('pyproject.toml'), text);
    await expect(upgrade()).rejects.toMatchObject({
      message: expect.stringContaining('requires-python would change'),
    });
  });
});
