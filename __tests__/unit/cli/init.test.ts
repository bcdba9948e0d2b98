import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { decide } from '../../../src/cli/init/decide.ts';
import { configText, workflowOf } from '../../../src/cli/init/files.ts';
import { uses } from '../../../src/cli/init/uses.ts';
import { parseConfig } from '../../../src/config/parse.ts';
import { checkout } from '../../support/runner/runner.ts';

const example = (name: string): Promise<string> =>
  readFile(path.join(checkout, 'examples/workflows', name), 'utf8');
const action = `somebody/uv-fod@${'1'.repeat(40)}`;
const file = { kind: 'file', file: 'default.nix' } as const;

interface Workflow {
  on: { push?: { branches: string[] } };
  jobs: Record<string, { steps: { uses?: string; with?: Record<string, unknown> }[] }>;
}

/** What init is to make of an example, done to what YAML reads of it. */
function expected(text: string, branch: string): Workflow {
  const archive = `somebody/uv-fod/archive/${'1'.repeat(40)}`;
  const workflow = parse(text.replace(/your-organization\/uv-fod\/archive\/0{40}/g, archive)) as Workflow;
  if (workflow.on.push) workflow.on.push.branches = [branch];
  for (const { steps } of Object.values(workflow.jobs))
    for (const step of steps.filter((one) => one.uses?.includes('/uv-fod@'))) {
      step.uses = action;
      delete step.with?.attribute;
      if (step.with && Object.keys(step.with).length === 0) delete step.with;
    }
  return workflow;
}

describe('the workflow that init writes', () => {
  test.each(Object.entries(uses))(
    '%s is the example, but for package, branch and commit',
    async (_, name) => {
      const text = await example(`${name}.yml`);
      const made = workflowOf(text, { branch: 'trunk', action });
      expect(parse(made.text)).toEqual(expected(text, 'trunk'));
      expect(made.path).toMatch(/^\.github\/workflows\/uv-fod-[a-z-]+\.yml$/);
      expect(made.text).not.toMatch(/your-organization|# Copy to|put your derivation/);
      // Its reasons stay.
      expect(made.text).toContain(' # the ');
    },
  );

  test.each([['release-1.0'], ['v2+rc'], ["o'neil/x"]])(
    'a branch named %s is that branch',
    async (branch) => {
      const made = (): Workflow =>
        parse(
          workflowOf('# Copy to .github/workflows/a.yml\non:\n  push:\n    branches: [main]\n', {
            branch,
            action,
          }).text,
        ) as Workflow;
      if (branch.includes("'")) expect(made).toThrow('not a branch');
      else expect(made().on.push?.branches).toEqual([branch.replaceAll('+', '\\+')]);
    },
  );

  test('without a commit the example’s own stays, which nobody can run', async () => {
    const made = workflowOf(await example('bump.yml'), { branch: 'main', action: undefined });
    expect(made.text).toContain(`uv-fod@${'0'.repeat(40)}`);
  });
});

describe('the configuration that init writes', () => {
  test('is the example for what the example is about', async () => {
    const releases = { github: 'owner/small', tag: 'v{version}' };
    expect(configText([{ attribute: 'small', nix: file, releases }])).toBe(await example('uv-fod.toml'));
  });

  test('is read as what it was made from, whatever names have in them', () => {
    const expression = { kind: 'expression', expression: '(import ./. { }).a "b\\c"' } as const;
    const text = configText([
      { attribute: 'a', nix: { kind: 'flake', flake: 'nix/x' }, releases: undefined },
      { attribute: 'b.c', nix: expression, releases: undefined },
      { attribute: 'd', nix: { kind: 'file', file: 'pkgs/d.nix' }, releases: undefined },
    ]);
    expect(parseConfig(text, 'x').packages.map(({ attribute, nix }) => ({ attribute, nix }))).toEqual([
      { attribute: 'a', nix: { kind: 'flake', flake: 'nix/x' } },
      { attribute: 'b.c', nix: expression },
      { attribute: 'd', nix: { kind: 'file', file: 'pkgs/d.nix' } },
    ]);
  });
});

describe('what init asks', () => {
  const found = { attribute: 'small', nix: file, version: '1', systems: [], source: undefined };
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
    const decided = await decide({ packages: [found], notes: [] }, {}, undefined);
    expect(decided).toEqual({ use: 'update', packages: [{ ...found, releases: undefined }] });
    const { asked, ask } = answers();
    await decide({ packages: [found], notes: [] }, { use: 'check' }, ask);
    expect(asked).toEqual([]);
  });

  test('the use; and the releases for the updater, where the source does not say them', async () => {
    const { asked, ask } = answers('updater', 'owner/small', 'version/{version}');
    const decided = await decide({ packages: [found], notes: [] }, {}, ask);
    expect(asked).toHaveLength(3);
    expect(decided.packages[0]?.releases).toEqual({ github: 'owner/small', tag: 'version/{version}' });
    const source = { owner: 'o', repo: 'r', tag: 'v{version}' };
    const known = answers('updater');
    const other = await decide({ packages: [{ ...found, source }], notes: [] }, {}, known.ask);
    expect(known.asked).toHaveLength(1);
    expect(other.packages[0]?.releases).toEqual({ github: 'o/r', tag: 'v{version}' });
  });

  test('the attribute, where none was found', async () => {
    const { ask } = answers('mine', 'update');
    expect((await decide({ packages: [], notes: [] }, {}, ask)).packages[0]?.attribute).toBe('mine');
    await expect(decide({ packages: [], notes: [] }, {}, undefined)).rejects.toMatchObject({
      code: 'attribute-unknown',
    });
  });
});
