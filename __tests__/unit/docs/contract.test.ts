import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadInputs } from '../../../src/action/inputs.ts';
import { checkout } from '../../support/runner/runner.ts';

const own = (file: string): Promise<string> => readFile(path.join(checkout, file), 'utf8');
const action = parse(await own('action.yml')) as {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { description: string }>;
  runs: { main: string; using: string };
};
const page = await own('docs/inputs.md');

describe('action.yml, the code and docs/inputs.md', () => {
  test('the code reads every input, and no other', () => {
    const read = new Set<string>();
    loadInputs((name) => {
      read.add(name);
      const value = action.inputs[name]?.default ?? '';
      return value.startsWith('$') ? 'a token' : value;
    }, checkout);
    expect([...read].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test('the code sets every output, and no other', async () => {
    const sources = await Promise.all(['check', 'outputs'].map((name) => own(`src/action/${name}.ts`)));
    const names = sources.join('\n').matchAll(/set(?:Output|Json)\('([a-z-]+)'/g);
    const set = new Set([...names].map(([, name = '']) => name));
    expect([...set].sort()).toEqual(Object.keys(action.outputs).sort());
  });

  test('docs/inputs.md has each with its description', () => {
    for (const [name, { description }] of [
      ...Object.entries(action.inputs),
      ...Object.entries(action.outputs),
    ]) {
      expect(page).toContain(`| \`${name}\` |`);
      expect(page).toContain(description.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim().slice(0, 60));
    }
  });

  test('it runs on the Node that package.json asks for, and each program is there', async () => {
    const { engines, bin } = JSON.parse(await own('package.json')) as {
      engines: { node: string };
      bin: Record<string, string>;
    };
    expect(action.runs.using).toBe(`node${/\d+/.exec(engines.node)?.[0]}`);
    for (const file of [action.runs.main, ...Object.values(bin)])
      await expect(own(file)).resolves.not.toBe('');
  });
});
