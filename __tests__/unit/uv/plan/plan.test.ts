import { describe, expect, test } from '@jest/globals';
import { parseLock } from '../../../../src/uv/lock/parse.ts';
import { loadProject } from '../../../../src/uv/lock/project.ts';
import type { Lock } from '../../../../src/uv/lock/types.ts';
import type { Artifact } from '../../../../src/uv/plan/artifact.ts';
import { diffLocks } from '../../../../src/uv/plan/diff.ts';
import { planProject } from '../../../../src/uv/plan/plan.ts';
import type { Selection } from '../../../../src/uv/plan/selection.ts';
import { parseTarget } from '../../../../src/uv/plan/target.ts';
import { DEFAULT_SELECTION } from '../../../support/plan/selection.ts';
import { HASH, HEADER, lockOf, registryPackage, rootPackage } from '../lock/support.ts';

const LINUX = parseTarget({ system: 'x86_64-linux', python: '3.14' });
const ARM = parseTarget({ system: 'aarch64-linux', python: '3.14' });

async function plan(
  lock: string,
  selection: Partial<Selection> = {},
  target = LINUX,
  pyproject = '[project]\nname = "root"\n',
) {
  const files = new Map([
    ['/p/uv.lock', HEADER + lock],
    ['/p/pyproject.toml', pyproject],
  ]);
  const project = await loadProject('/p', async (file) => files.get(file));
  return planProject(project, target, { ...DEFAULT_SELECTION, ...selection });
}
const names = (artifacts: readonly Artifact[]): readonly string[] => artifacts.map((item) => item.name);
const other = (name: string, source: string, more = ''): string =>
  `[[package]]\nname = "${name}"\nversion = "1.0"\nsource = ${source}\n${more}\n`;

describe('the artifact of each kind of source', () => {
  const one = async (text: string): Promise<Artifact | undefined> =>
    (await plan(rootPackage('{ name = "a" }') + text)).find((item) => item.name === 'a');
  const file = (name: string): string => `{ url = "https://u.example/${name}", hash = "${HASH}", size = 3 }`;

  test('wheel, with a percent-encoded name', async () => {
    const entry = registryPackage('a').replaceAll('1.0', '1.0+x').replace('a-1.0+x-py3', 'a-1.0%2Bx-py3');
    expect(await one(entry)).toEqual({
      name: 'a',
      version: '1.0+x',
      kind: 'wheel',
      filename: 'a-1.0+x-py3-none-any.whl',
      hash: HASH,
      size: 7,
      url: 'https://files.index.example/a-1.0%2Bx-py3-none-any.whl',
    });
  });

  test('sdist where no wheel fits', async () => {
    const entry = other(
      'a',
      '{ registry = "https://i.example" }',
      `sdist = ${file('a-1.0.tar.bz2')}\nwheels = [${file('a-1.0-cp39-cp39-win32.whl')}]`,
    );
    expect(await one(entry)).toMatchObject({ kind: 'sdist', filename: 'a-1.0.tar.bz2', size: 3 });
  });

  test('an index that is a folder', async () => {
    const entry = other(
      'a',
      '{ registry = "../wheels/" }',
      `wheels = [{ path = "sub/a-1.0-py3-none-any.whl" }]`,
    );
    expect(await one(entry)).toEqual({
      name: 'a',
      version: '1.0',
      kind: 'wheel',
      filename: 'a-1.0-py3-none-any.whl',
      path: '../wheels/sub/a-1.0-py3-none-any.whl',
    });
  });

  test('addresses and paths of wheels and sdists', async () => {
    const hash = `hash = "${HASH}"`;
    expect(
      await one(
        other(
          'a',
          '{ url = "https://u.example/a-1.0-py3-none-any.whl" }',
          `wheels = [{ url = "https://u.example/a-1.0-py3-none-any.whl", ${hash} }]`,
        ),
      ),
    ).toMatchObject({ kind: 'wheel', url: 'https://u.example/a-1.0-py3-none-any.whl', hash: HASH });
    expect(
      await one(
        other('a', '{ url = "https://u.example/a.zip?x=1#y", subdirectory = "s" }', `sdist = { ${hash} }`),
      ),
    ).toEqual({
      name: 'a',
      version: '1.0',
      kind: 'sdist',
      filename: 'a.zip',
      hash: HASH,
      url: 'https://u.example/a.zip?x=1#y',
      subdirectory: 's',
    });
    expect(await one(other('a', '{ path = "x/a.tar.gz" }', `sdist = { ${hash} }`))).toMatchObject({
      kind: 'sdist',
      filename: 'a.tar.gz',
      path: 'x/a.tar.gz',
      hash: HASH,
    });
    expect(
      await one(
        other(
          'a',
          '{ path = "x/a-1.0-py3-none-any.whl" }',
          `wheels = [{ filename = "a-1.0-py3-none-any.whl", ${hash} }]`,
        ),
      ),
    ).toMatchObject({ kind: 'wheel', filename: 'a-1.0-py3-none-any.whl', path: 'x/a-1.0-py3-none-any.whl' });
  });

  test('git, its tree and an archive in it', async () => {
    const commit = 'b'.repeat(40);
    expect(
      await one(other('a', `{ git = "https://t:s@g.example/r?subdirectory=x&branch=main#${commit}" }`)),
    ).toEqual({
      name: 'a',
      version: '1.0',
      kind: 'git',
      url: 'https://g.example/r',
      commit,
      subdirectory: 'x',
      ref: 'branch=main',
    });
    expect(
      await one(
        other(
          'a',
          `{ git = "https://g.example/r?path=d%2Fa-1.tar.gz#${commit}" }`,
          `sdist = { hash = "${HASH}" }`,
        ),
      ),
    ).toMatchObject({ kind: 'git', path: 'd/a-1.tar.gz', filename: 'a-1.tar.gz', hash: HASH });
  });

  test('trees are directories, virtual ones are walked through and not listed', async () => {
    expect(await one(other('a', '{ directory = "../a" }'))).toEqual({
      name: 'a',
      version: '1.0',
      kind: 'directory',
      path: '../a',
    });
    const virtual = await plan(
      `${rootPackage('{ name = "v" }').replace('editable', 'virtual')}${other('v', '{ virtual = "v" }', 'dependencies = [{ name = "a" }]')}${registryPackage('a')}`,
    );
    expect(names(virtual)).toEqual(['a']);
  });

  test.each([
    [
      'an sdist by address that is no .tar.gz or .zip',
      other('a', '{ url = "https://u.example/a.tar.bz2" }', `sdist = { hash = "${HASH}" }`),
      /'a.tar.bz2'/,
    ],
    [
      'a wheel by address that does not fit',
      other(
        'a',
        '{ url = "https://u.example/a-1.0-py3-none-win32.whl" }',
        `wheels = [{ url = "https://u.example/a-1.0-py3-none-win32.whl", hash = "${HASH}" }]`,
      ),
      /a-1.0-py3-none-win32.whl/,
    ],
    ['nothing at all', other('a', '{ registry = "https://i.example" }'), /no wheels, and there is no source/],
    [
      'a file without an address',
      other('a', '{ registry = "https://i.example" }', `wheels = [{ filename = "a-1.0-py3-none-any.whl" }]`),
      /no url or path/,
    ],
  ])('%s is refused', async (_, entry, message) => {
    await expect(one(entry)).rejects.toThrow(message);
  });
});

describe('what is reached', () => {
  test('cyclic extras and dependencies come to an end', async () => {
    const lock =
      rootPackage(
        '{ name = "a", extra = ["x"] }',
        '[package.optional-dependencies]\nall = [{ name = "root", extra = ["more"] }]\nmore = [{ name = "root", extra = ["all"] }, { name = "c" }]\n',
      ) +
      registryPackage(
        'a',
        '1.0',
        'dependencies = [{ name = "b" }]\n[package.optional-dependencies]\nx = [{ name = "b", extra = ["y"] }]\n',
      ) +
      registryPackage(
        'b',
        '1.0',
        'dependencies = [{ name = "a" }]\n[package.optional-dependencies]\ny = [{ name = "a", extra = ["x"] }]\n',
      ) +
      registryPackage('c');
    expect(names(await plan(lock))).toEqual(['a', 'b', 'root']);
    expect(names(await plan(lock, { extras: ['All'] }))).toEqual(['a', 'b', 'c', 'root']);
  });

  test('an extra that is switched on further along decides about an edge before it', async () => {
    const lock =
      `conflicts = [[{ package = "lib", extra = "cpu" }, { package = "lib", extra = "gpu" }]]\n` +
      rootPackage(
        `{ name = "d", version = "1.0", source = { registry = "https://index.example/simple" }, marker = "extra != 'extra-3-lib-cpu'" }, { name = "d", version = "2.0", source = { registry = "https://index.example/simple" }, marker = "extra == 'extra-3-lib-cpu'" }, { name = "mid" }`,
      ) +
      registryPackage('d', '1.0') +
      registryPackage('d', '2.0') +
      registryPackage('mid', '1.0', 'dependencies = [{ name = "lib", extra = ["cpu"] }]\n') +
      registryPackage(
        'lib',
        '1.0',
        '[package.optional-dependencies]\ncpu = [{ name = "mid" }]\ngpu = [{ name = "mid" }]\n',
      );
    const found = await plan(lock);
    expect(found.filter((item) => item.name === 'd').map((item) => item.version)).toEqual(['2.0']);
  });

  test('two conflicting extras, asked for or switched on, are refused', async () => {
    const lock =
      `conflicts = [[{ package = "root", extra = "x" }, { package = "root", extra = "y" }]]\n` +
      rootPackage(
        '',
        '[package.optional-dependencies]\nx = [{ name = "a" }]\ny = [{ name = "a" }]\nz = [{ name = "root", extra = ["x"] }]\n',
      ) +
      registryPackage('a');
    await expect(plan(lock, { extras: ['x', 'y'] })).rejects.toMatchObject({ code: 'conflict' });
    await expect(plan(lock, { extras: ['z', 'y'] })).rejects.toMatchObject({ code: 'conflict' });
    expect(names(await plan(lock, { extras: ['z'] }))).toEqual(['a', 'root']);
  });

  test('a long chain does not overflow', async () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, index) =>
      registryPackage(`p${index}`, '1.0', `dependencies = [{ name = "p${(index + 1) % length}" }]\n`),
    );
    expect(await plan(rootPackage('{ name = "p0" }') + chain.join(''))).toHaveLength(length + 1);
  });

  test.each([
    [{ extras: ['gone'] }, 'selection-extra'],
    [{ groups: ['gone'] }, 'selection-group'],
    [{ packages: ['a'] }, 'selection-package'],
    [{ extras: ['not a name'] }, 'selection-name'],
  ])('%j is refused', async (selection, code) => {
    await expect(plan(rootPackage('{ name = "a" }') + registryPackage('a'), selection)).rejects.toMatchObject(
      { code },
    );
  });

  test('another Python, another platform', async () => {
    const old = parseTarget({ system: 'x86_64-linux', python: '3.10' });
    await expect(plan(rootPackage(''), {}, old)).rejects.toMatchObject({ code: 'python-not-supported' });
    const mac = parseTarget({ system: 'aarch64-darwin', python: '3.14' });
    await expect(
      plan(`supported-markers = ["sys_platform == 'linux'"]\n${rootPackage('')}`, {}, mac),
    ).rejects.toMatchObject({ code: 'target-not-locked' });
  });

  test('the rules of no-binary and no-build', async () => {
    const lock =
      rootPackage('{ name = "a" }') +
      registryPackage('a', '1.0', `sdist = { url = "https://u.example/a-1.0.tar.gz", hash = "${HASH}" }`);
    const withRules = (rules: string) =>
      plan(lock, {}, LINUX, `[project]\nname = "root"\n[tool.uv]\n${rules}\n`);
    expect((await withRules('no-binary-package = ["a"]'))[0]?.kind).toBe('sdist');
    expect((await withRules('no-build = true'))[0]?.kind).toBe('wheel');
    await expect(withRules('no-binary-package = ["a"]\nno-build-package = ["a"]')).rejects.toThrow(
      /wheels are forbidden.*building it is forbidden/,
    );
  });
});

describe('the difference of two locks', () => {
  const targets = [LINUX, ARM];
  const lock = (...parts: readonly string[]): Lock =>
    lockOf(
      rootPackage('{ name = "direct" }'),
      registryPackage('direct', '1.0', 'dependencies = [{ name = "kept" }]'),
      ...parts,
    );
  const native = (version: string, tag: string): string =>
    `[[package]]\nname = "native"\nversion = "${version}"\nsource = { registry = "https://index.example/simple" }\nsdist = { url = "https://f.example/native-${version}.tar.gz", hash = "${HASH}" }\nwheels = [{ url = "https://f.example/native-${version}-cp314-cp314-${tag}.whl", hash = "${HASH}" }]\n`;

  test('added, removed, changed and what they come as', () => {
    const diff = diffLocks(
      lock(registryPackage('kept'), registryPackage('gone'), native('1.0', 'manylinux_2_17_x86_64')),
      lock(registryPackage('kept'), registryPackage('new'), native('2.0', 'manylinux_2_17_aarch64')),
      targets,
    );
    expect(diff.added.map((item) => [item.name, item.relation])).toEqual([['new', 'transitive']]);
    expect(diff.removed.map((item) => item.name)).toEqual(['gone']);
    expect(diff.changed).toEqual([
      {
        name: 'native',
        relation: 'transitive',
        before: [
          { version: '1.0', source: undefined, forms: { 'x86_64-linux': 'wheel', 'aarch64-linux': 'sdist' } },
        ],
        after: [
          { version: '2.0', source: undefined, forms: { 'x86_64-linux': 'sdist', 'aarch64-linux': 'wheel' } },
        ],
      },
    ]);
    expect(diff.hashOnly).toEqual([]);
  });

  test('without targets every system, with the newest Python that the lock is for', () => {
    const only312 = (tag: string): Lock =>
      parseLock(
        `version = 1\nrequires-python = "==3.12.*"\n${rootPackage('')}${native('1.0', tag).replaceAll('cp314', 'cp312')}`,
        'uv.lock',
      );
    const [change] = diffLocks(only312('win_amd64'), only312('manylinux_2_17_aarch64')).changed;
    expect(change?.after[0]?.forms).toEqual({
      'x86_64-linux': 'sdist',
      'aarch64-linux': 'wheel',
      'x86_64-darwin': 'sdist',
      'aarch64-darwin': 'sdist',
    });
  });

  test('a hash alone, a wheel that vanished, and a mirror that is no change', () => {
    const before = lock(registryPackage('kept'), native('1.0', 'manylinux_2_17_x86_64'));
    const rehashed = lock(
      registryPackage('kept').replace(HASH, HASH.replace('00', 'ff')),
      native('1.0', 'win_amd64'),
    );
    const diff = diffLocks(before, rehashed, targets);
    expect(diff.hashOnly).toMatchObject([
      { name: 'kept', filename: 'kept-1.0-py3-none-any.whl', change: 'other-bytes', before: HASH },
    ]);
    expect(diff.changed.map((item) => item.name)).toEqual(['native']);
    const mirrored = lock(
      registryPackage('kept').replaceAll('index.example', 'mirror.example'),
      native('1.0', 'manylinux_2_17_x86_64'),
    );
    expect(diffLocks(before, mirrored, targets)).toEqual({
      added: [],
      removed: [],
      changed: [],
      hashOnly: [],
    });
  });

  describe('other bytes are reported for the same address or index, and the same algorithm', () => {
    const changes = (before: string, after: string) =>
      diffLocks(lock(before), lock(after), targets).hashOnly.map(({ change, filename }) => [
        change,
        filename,
      ]);
    const kept = registryPackage('kept');
    const md5 = `md5:${'0'.repeat(32)}`;
    const other = HASH.replace('00', 'ff');
    const moved = kept.replaceAll('index.example', 'mirror.example');
    const file = 'kept-1.0-py3-none-any.whl';

    test('one version from two indexes, compared with itself', () => {
      const both = kept + moved.replace(HASH, other);
      const dependent = (text: string) => lockOf(rootPackage(''), text);
      expect(diffLocks(dependent(both), dependent(both), targets).hashOnly).toEqual([]);
    });

    test.each([
      ['an added digest', kept.replace(`hash = "${HASH}", `, ''), kept, [['digest-added', file]]],
      ['a removed digest', kept, kept.replace(`hash = "${HASH}", `, ''), [['digest-removed', file]]],
      ['another algorithm', kept.replace(HASH, md5), kept, [['other-algorithm', file]]],
      ['another digest at the same address', kept, kept.replace(HASH, other), [['other-bytes', file]]],
      [
        'another digest in the same index, at another address',
        kept,
        kept.replace('files.index.example', 'cdn.index.example').replace(HASH, other),
        [['other-bytes', file]],
      ],
      ['another index with another file', kept, moved.replace(HASH, other), []],
    ])('%s', (_, before, after, expected) => expect(changes(before, after)).toEqual(expected));
  });
});
