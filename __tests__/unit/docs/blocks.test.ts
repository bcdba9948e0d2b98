import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { parseConfig } from '../../../src/config/parse.ts';
import { type Block, readPage, readPages } from '../../support/docs/pages.ts';
import { commandsOf, programOf, type Rule, ruleOf } from '../../support/docs/rules.ts';
import { checkout } from '../../support/runner/runner.ts';

const pages = await readPages();
const blocks = pages.flatMap((page) => page.blocks);
const held = (rule: Rule): Block[] => blocks.filter((block) => ruleOf(block) === rule);

describe('every block of the docs', () => {
  test('is held by a rule; a block that none covers names its place', () => {
    expect(blocks.length).toBeGreaterThan(15);
    const free = blocks.filter((block) => ruleOf(block) === undefined);
    expect(free.map(({ page, line, language }) => `${page}:${line} ${language || 'indented'}`)).toEqual([]);
  });

  test('a rule is found by language and content, and none for what nobody holds', () => {
    const rule = (fence: string): Rule | undefined => {
      const [block] = readPage('page.md', fence).blocks;
      return block && ruleOf(block);
    };
    expect(rule('```sh\nuv-fod check small\n```')).toBe('session');
    expect(rule('```sh\nscript/test unit # fast\n```')).toBe('repository');
    expect(rule('```sh\nNIXPKGS=/path script/test nixpkgs\n```')).toBe('repository');
    expect(rule('```yaml\njobs: {}\n```')).toBe('workflow');
    expect(rule('```yaml\n- uses: a/b@c\n```')).toBe('steps');
    expect(rule('```yaml\nkey: value\n```')).toBeUndefined();
    expect(rule('    indented')).toBeUndefined();
    expect(rule('```python\nprint(1)\n```')).toBeUndefined();
    expect(rule('```\nno language\n```')).toBeUndefined();
  });

  test('commands of this repository are there', async () => {
    const { scripts } = JSON.parse(await readFile(path.join(checkout, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const command of held('repository').flatMap(({ text }) => commandsOf(text))) {
      const [program = '', first = '', ...rest] = programOf(command).split(/\s+/);
      if (program === 'npm') expect(Object.keys(scripts)).toContain(rest[0]);
      else if (program === 'node') await access(path.join(checkout, first));
      else await access(path.join(checkout, program), constants.X_OK);
      if (program === 'script/test') await rings([first, ...rest]);
    }
  });

  test('the workflow of the README is short: everything pinned, least permissions, no token left', () => {
    const [{ text } = { text: '' }, ...others] = held('workflow').filter(({ page }) => page === 'README.md');
    expect(others).toEqual([]);
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(20);
    const { permissions, jobs } = parseYaml(text) as {
      permissions: unknown;
      jobs: Record<string, { steps: { uses: string; with?: Record<string, unknown> }[] }>;
    };
    expect(permissions).toEqual({});
    for (const { uses, with: given } of Object.values(jobs).flatMap(({ steps }) => steps)) {
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false });
    }
  });

  test('the README is at most 250 lines, with both commands of a fresh machine on the first 60', () => {
    const lines = pages.find(({ file }) => file === 'README.md')?.text.split('\n') ?? [];
    expect(lines.length).toBeLessThanOrEqual(250);
    for (const command of ['script/demo', 'script/test'])
      expect(lines.slice(0, 60).some((line) => line.startsWith(command))).toBe(true);
  });

  test('configurations are read', () => {
    for (const { page, line, text } of held('configuration'))
      expect(parseConfig(text, `${page}:${line}`).packages.length).toBeGreaterThan(0);
  });

  test('parts of a pyproject.toml have its tables', () => {
    const tables = ['project', 'tool', 'dependency-groups', 'build-system'];
    for (const { text } of held('pyproject'))
      expect(Object.keys(parseToml(text)).filter((key) => !tables.includes(key))).toEqual([]);
  });

  test('JSON is JSON', () => {
    for (const { text } of held('json')) expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  test('a dependabot.yml is of version 2, with an ecosystem and a schedule for each', () => {
    for (const { text } of held('dependabot')) {
      const { version, updates } = parseYaml(text) as { version: number; updates: Record<string, unknown>[] };
      expect(version).toBe(2);
      for (const update of updates)
        expect(Object.keys(update)).toEqual(expect.arrayContaining(['package-ecosystem', 'schedule']));
    }
  });
});

async function rings(names: readonly string[]): Promise<void> {
  for (const name of names.filter((one) => one !== '')) {
    if (/^[A-Z…]+$/.test(name)) continue;
    await access(path.join(checkout, '__tests__', name));
  }
}
