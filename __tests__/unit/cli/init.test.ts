import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { CliContext } from '../../../src/cli/context.ts';
import { configText, decide } from '../../../src/cli/init/decide.ts';
import { describe as resultText } from '../../../src/cli/init/describe.ts';
import { eachHashOnce } from '../../../src/cli/init/find.ts';
import type { FoundPackage } from '../../../src/cli/init/search.ts';
import { groupsOf, type Tried } from '../../../src/cli/init/try.ts';
import {
  actionOf,
  exampleFor,
  type ForgeName,
  parseAction,
  seeForge,
  shadowed,
  type Use,
  usesOn,
  workflowOf,
} from '../../../src/cli/init/workflow.ts';
import { parseConfig } from '../../../src/config/parse.ts';
import type { NixRoot } from '../../../src/nix/target.ts';
import { UserError } from '../../../src/system/errors.ts';
import { checkout } from '../../support/runner/runner.ts';

const example = (name: string): Promise<string> => readFile(path.join(checkout, 'examples', name), 'utf8');
const action = `somebody/uv-fod@${'1'.repeat(40)}`;
const file = { kind: 'file', file: 'default.nix' } as const;

interface Workflow {
  on: { push?: { branches: string[] } };
  jobs: Record<string, { steps: { uses?: string; with?: Record<string, unknown> }[] }>;
}

/** What init is to make of an example, done to what YAML reads of it. */
function expected(text: string, branch: string): Workflow {
  const archive = `somebody/uv-fod/archive/${'1'.repeat(40)}`;
  const workflow = parse(text.replace(/OWNER\/uv-fod\/archive\/0{40}/g, archive)) as Workflow;
  if (workflow.on.push) workflow.on.push.branches = [branch];
  for (const { steps } of Object.values(workflow.jobs))
    for (const step of steps.filter((one) => one.uses?.includes('/uv-fod@'))) {
      step.uses = step.uses?.startsWith('https://') ? `https://github.com/${action}` : action;
      delete step.with?.attribute;
      if (step.with && Object.keys(step.with).length === 0) delete step.with;
    }
  return workflow;
}

/** What is known of a package of fetchUvDeps. */
const ours = { kind: 'fetchUvDeps', dependencies: undefined, hash: '' } as const;

describe('the workflow that init writes', () => {
  const all = (['github', 'forgejo', 'gitea'] as const).flatMap((forge) =>
    usesOn(forge).map((use) => [forge, use] as const),
  );
  test.each(all)('on %s for %s is the example, but for package, branch and commit', async (forge, use) => {
    const text = await example(`${exampleFor(forge, use)}.yml`);
    const made = workflowOf(text, { forge, branch: 'trunk', action });
    expect(parse(made.text)).toEqual(expected(text, 'trunk'));
    expect(made.path).toMatch(new RegExp(`^\\.${forge}/workflows/uv-fod-[a-z-]+\\.yml$`));
    expect(made.text).not.toMatch(/OWNER|0{40}|# Copy to|put your derivation/);
    // Its reasons stay.
    expect(made.text).toContain(' # the ');
  });

  test.each(['workflows/bump', 'workflows/two-jobs', 'forgejo/bump'])(
    '%s runs for a new configuration and a new nixpkgs',
    async (name) => {
      const { on } = parse(await example(`${name}.yml`)) as { on: { push: { paths: string[] } } };
      expect(on.push.paths).toEqual(expect.arrayContaining(['.github/uv-fod.toml', '**/flake.lock']));
    },
  );

  test('of a flake sets no nix_path', async () => {
    const text = await example('workflows/bump.yml');
    const made = workflowOf(text, { forge: 'github', branch: 'main', action, isFlake: true });
    expect(made.text).not.toContain('nix_path');
    expect(made.text).toContain('install-nix-action');
    expect(parse(made.text)).toMatchObject({ jobs: { update: { steps: expect.any(Array) } } });
  });

  test.each([['release-1.0'], ['v2+rc'], ['!x'], ["o'neil/x"], ['größe']])(
    'a branch named %s is that branch',
    async (branch) => {
      const made = parse(
        workflowOf('# Copy to .github/workflows/a.yml\non:\n  push:\n    branches: [main]\n', {
          ...{ forge: 'github', branch, action },
        }).text,
      ) as Workflow;
      expect(made.on.push?.branches).toEqual([branch.replace(/[+!\]]/g, '\\$&')]);
    },
  );

  test.each([
    'OWNER/uv-fod',
    `OWNER/uv-fod@${'1'.repeat(40)}`,
    `owner/uv-fod@${'1'.repeat(40)}`,
    `somebody/uv-fod@${'0'.repeat(40)}`,
    'somebody/uv-fod@v1',
    `somebody/uv-fod@${'1'.repeat(40)}\n`,
  ])('%j is not an Action to write', (text) => {
    expect(parseAction(text)).toBeUndefined();
  });
});

describe('the Action that init writes', () => {
  const commit = '2'.repeat(40);
  const git = (answers: Readonly<Record<string, string>>) => async (_: string, args: readonly string[]) => {
    const stdout = answers[args[2] ?? ''] ?? '';
    return { code: stdout === '' ? 1 : 0, stdout: `${stdout}\n`, stderr: '' };
  };
  const clone = {
    'rev-parse': '/clone',
    'for-each-ref': commit,
    remote: 'git@github.com:you/uv-fod.git',
  };
  /** `rev-parse` is asked for the top folder first, then for the commit. */
  const asked = (answers: Readonly<Record<string, string>>) => {
    const run = git(answers);
    return async (program: string, args: readonly string[]) =>
      args.at(-1) === 'HEAD' && answers['rev-parse']
        ? { code: 0, stdout: `${commit}\n`, stderr: '' }
        : run(program, args);
  };

  test.each([
    ['git@github.com:you/uv-fod.git', 'you/uv-fod'],
    ['https://github.com/you/my-fork', 'you/my-fork'],
    ['ssh://git@github.com/you/uv-fod.git', 'you/uv-fod'],
  ])('of a clone of %s', async (remote, name) => {
    expect(await actionOf(undefined, '/clone', asked({ ...clone, remote }))).toBe(`${name}@${commit}`);
  });

  test('what was given goes first', async () => {
    expect(await actionOf(action, '/clone', asked(clone))).toBe(action);
  });

  test.each<[string, Partial<Record<keyof typeof clone, string>>, string]>([
    ['a folder in another repository', { 'rev-parse': '/' }, '/clone, which is not a clone'],
    ['a commit that was not pushed', { 'for-each-ref': '' }, '2222222, is on no branch of origin'],
    ['no remote', { remote: '' }, "'origin' of the clone /clone is not a repository on GitHub"],
    ['a remote on another host', { remote: 'https://git.example/github.com/uv-fod' }, 'on GitHub'],
    ['a placeholder', { remote: 'https://github.com/OWNER/uv-fod' }, 'OWNER/uv-fod is a placeholder'],
  ])('is refused for %s, with which half is missing', async (_, answers, message) => {
    await expect(actionOf(undefined, '/clone', asked({ ...clone, ...answers }))).rejects.toMatchObject({
      code: 'action-unknown',
      message: expect.stringContaining(message),
    });
  });
});

describe('the configuration that init writes', () => {
  test('is the example for what the example is about', async () => {
    const releases = { github: 'owner/small', tag: 'v{version}' };
    expect(configText([{ attribute: 'small', nix: file, releases }], 'updater')).toBe(
      await example('workflows/uv-fod.toml'),
    );
  });

  test('is read as what it was made from, whatever names have in them', () => {
    const expression = { kind: 'expression', expression: '(import ./. { }).a "b\\c"' } as const;
    const given = [
      { attribute: 'a', nix: { kind: 'flake', flake: 'nix/x' }, releases: undefined },
      { attribute: 'b.c', nix: expression, releases: undefined },
      { attribute: 'd', nix: { kind: 'file', file: 'pkgs/d.nix' }, releases: undefined },
      { attribute: '', nix: file, releases: undefined },
    ] as const;
    const text = configText(given, 'update');
    expect(parseConfig(text, 'x').packages.map(({ attribute, nix }) => ({ attribute, nix }))).toEqual([
      { attribute: 'a', nix: { kind: 'flake', flake: 'nix/x' } },
      { attribute: 'b.c', nix: expression },
      { attribute: 'd', nix: { kind: 'file', file: 'pkgs/d.nix' } },
      { attribute: '', nix: file },
    ]);
  });
});

describe('what init asks', () => {
  const found = { name: 'small', attribute: 'small', nix: file, systems: [], source: undefined, ...ours };
  const answers = (...given: string[]) => {
    const asked: string[] = [];
    const next = async (question: string): Promise<string> => {
      asked.push(question);
      return given.shift() ?? '';
    };
    const ask = {
      text: next,
      choose: async <T extends string>(question: string) => (await next(question)) as T,
    };
    return { asked, ask };
  };

  test('nothing, where options say it or nobody is there', async () => {
    const decided = await decide({ packages: [found], leftOut: [], forge: 'github' }, {}, undefined);
    expect(decided).toEqual({
      use: 'update',
      forge: 'github',
      packages: [{ ...found, releases: undefined }],
    });
    const { asked, ask } = answers();
    await decide({ packages: [found], leftOut: [], forge: 'github' }, { use: 'check' }, ask);
    expect(asked).toEqual([]);
  });

  test('the use; and the releases for the updater, where the source does not say them', async () => {
    const { asked, ask } = answers('updater', 'owner/small', 'version/{version}');
    const decided = await decide({ packages: [found], leftOut: [], forge: 'github' }, {}, ask);
    expect(asked).toHaveLength(3);
    expect(decided.packages[0]?.releases).toEqual({ github: 'owner/small', tag: 'version/{version}' });
    const source = { owner: 'o', repo: 'r', tag: 'v{version}' };
    const known = answers('updater');
    const other = await decide(
      { packages: [{ ...found, source }], leftOut: [], forge: 'github' },
      {},
      known.ask,
    );
    expect(known.asked).toHaveLength(1);
    expect(other.packages[0]?.releases).toEqual({ github: 'o/r', tag: 'v{version}' });
  });

  test('nothing, where no attribute was found: that is an error', async () => {
    const leftOut = [{ name: 'flake.nix', why: 'it has no lock' }];
    await expect(decide({ packages: [], leftOut, forge: 'github' }, {}, undefined)).rejects.toMatchObject({
      code: 'attribute-unknown',
      message: expect.stringMatching(/flake\.nix.*it has no lock/),
    });
  });
});

describe('the forge that init writes for', () => {
  const remote = (url: string) => async () => ({ code: url === '' ? 2 : 0, stdout: `${url}\n`, stderr: '' });
  const see = async (folders: readonly string[], url: string) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'forge-'));
    for (const name of folders) await mkdir(path.join(dir, name, 'workflows'), { recursive: true });
    const seen = await seeForge(dir, remote(url));
    await rm(dir, { recursive: true });
    return seen;
  };

  test.each<[string, string[], string, ForgeName]>([
    ['no remote', [], '', 'github'],
    ['a remote on GitHub', ['.github'], 'https://github.com/a/b.git', 'github'],
    ['a remote on Codeberg', ['.github'], 'https://codeberg.org/a/b.git', 'forgejo'],
    ['one over ssh', [], 'git@codeberg.org:a/b.git', 'forgejo'],
    ['one over ssh with a scheme', [], 'ssh://git@codeberg.org/a/b.git', 'forgejo'],
    ['one that only has the name in it', [], 'https://git.example/codeberg.org/b.git', 'github'],
    ['a folder of Forgejo’s', ['.github', '.forgejo'], 'https://github.com/a/b.git', 'forgejo'],
    ['a folder of Gitea’s', ['.gitea'], '', 'gitea'],
  ])('%s', async (_, folders, url, forge) => {
    expect((await see(folders, url)).forge).toBe(forge);
  });

  test('an option goes before what the repository looks like', async () => {
    const found = { name: 'small', attribute: 'small', nix: file, systems: [], source: undefined, ...ours };
    const { forge } = await see(['.forgejo'], '');
    const decided = (option: { forge?: ForgeName }) =>
      decide({ packages: [found], leftOut: [], forge }, option, undefined);
    expect((await decided({})).forge).toBe('forgejo');
    expect((await decided({ forge: 'github' })).forge).toBe('github');
  });

  test('what two jobs need there is on GitHub alone', () => {
    expect(usesOn('github')).toContain('two-jobs');
    expect(usesOn('gitea')).toEqual(['update', 'updater', 'check']);
    expect(() => exampleFor('forgejo', 'two-jobs')).toThrow(/no workflow for two-jobs on forgejo/);
  });

  test('a first folder of its own takes the others’ workflows out of service, and that is said', async () => {
    expect(shadowed('forgejo', await see(['.github'], ''))).toMatch(
      /forgejo runs only .*\.forgejo\/workflows.*\.github\/workflows/,
    );
    expect(shadowed('forgejo', await see(['.github', '.forgejo'], ''))).toBeUndefined();
    expect(shadowed('github', await see(['.forgejo'], ''))).toBeUndefined();
    expect(shadowed('gitea', await see([], ''))).toBeUndefined();
  });
});

describe('what init finds', () => {
  const places = new Map<FoundPackage, number>();
  const at = (line: number | undefined, attribute: string, nix: NixRoot = file): FoundPackage => {
    const one = { ...{ name: attribute, attribute, nix, systems: [], source: undefined, ...ours } };
    if (line !== undefined) places.set(one, line);
    return one;
  };
  const flake = { kind: 'flake', flake: '.' } as const;
  const look = (packages: readonly FoundPackage[]) =>
    eachHashOnce(packages, async (found) => ({
      ...{ found, tried: {} as Tried, place: places.get(found)?.toString() },
    }));

  test('leaves out what cannot be used, and why', async () => {
    const { taken, leftOut } = await eachHashOnce([at(1, 'a')], async () => {
      throw new UserError('x', 'It is broken.');
    });
    expect([taken, leftOut]).toEqual([[], [{ name: 'a', why: 'It is broken.' }]]);
  });

  test.each<[string, FoundPackage[], string[]]>([
    ['another name for one hash', [at(1, 'a'), at(1, 'packages.a')], ['a']],
    ['default, where it has no other name', [at(1, 'default'), at(2, 'b')], ['b', 'default']],
    ['and not, where it has one', [at(1, 'default'), at(1, 'a'), at(1, 'packages.default')], ['a']],
    ['one name in two sets', [at(1, 'a'), at(2, 'a')], ['a']],
    ['the one of a flake', [at(1, 'default', flake), at(1, 'a')], ['default']],
    ['no name that is no attribute path', [at(1, 'a b'), at(2, 'c')], ['c']],
    ['hashes that Nix knows no place of', [at(undefined, 'a'), at(undefined, 'b')], ['a', 'b']],
  ])('takes each hash once: %s', async (_, found, expected) => {
    const { taken, leftOut } = await look(found);
    const names = taken.map((one) => one.found.name);
    expect(names).toEqual(expected);
    // What is left out is said.
    const others = leftOut.map(({ name }) => name.replace(/ of .*\.nix$/, ''));
    expect([...names, ...others].sort()).toEqual(found.map(({ name }) => name).sort());
  });
});

describe('what init prints as next steps', () => {
  const none = { problems: [], releases: [], warnings: [] };
  const printed = (use: Use, kept: string[] = []): string => {
    const one = { ...{ name: 'small', attribute: 'small', nix: file }, releases: undefined };
    const packages = [{ ...one, systems: [], source: undefined, ...ours }];
    const found = { use, kept, packages, forge: 'github' as const, action, dryRun: false };
    const rest = { leftOut: [], missing: [], stale: [], locks: [], write: [], ...none };

    const cli = { paint: (_: string, text: string) => text } as unknown as CliContext;
    return resultText({ ...found, ...rest }, cli);
  };

  test('for the updater: the releases, and other files with the version and the source hash', () => {
    expect(printed('updater')).toMatch(/releases.*version-files.*source-hash/s);
  });

  test('not for other uses, nor if the configuration is kept', () => {
    for (const text of [printed('check'), printed('updater', ['.github/uv-fod.toml'])])
      expect(text).not.toMatch(/version-files|source-hash|releases/);
  });
});

describe('the groups that init writes', () => {
  const tried = (name: string, uvLock: string | undefined) => ({ name, uvLock }) as Tried;

  test.each<[string, Tried[], [string, string][]]>([
    ['one package for each lock: none', [tried('a', '/r/a/uv.lock'), tried('b', '/r/b/uv.lock')], []],
    ['locks that are not there yet: none', [tried('a', undefined), tried('b', undefined)], []],
    [
      'a lock in a folder, by its name',
      [tried('a', '/r/x/web app/uv.lock'), tried('b', '/r/x/web app/uv.lock'), tried('c', '/r/uv.lock')],
      [
        ['a', 'web-app'],
        ['b', 'web-app'],
      ],
    ],
    [
      'a name that a package has: another one',
      [tried('a', '/r/a/uv.lock'), tried('b', '/r/a/uv.lock')],
      [
        ['a', 'a-2'],
        ['b', 'a-2'],
      ],
    ],
    [
      'a lock in a fetched source',
      [tried('a', '/nix/store/x-source/uv.lock'), tried('b', '/nix/store/x-source/uv.lock')],
      [
        ['a', 'workspace'],
        ['b', 'workspace'],
      ],
    ],
  ])('%s', (_, given, expected) => {
    expect([...groupsOf(given, '/r')]).toEqual(expected);
  });
});
