import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../src/config/parse.ts';

const page = await readFile(path.resolve(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');

/** The keys of a table, which the message for an unknown key lists. */
function keysOf(table: string): string[] {
  try {
    parseConfig(`${table}\nunknown-key = 1\n`, 'c');
  } catch (error) {
    const [, keys = ''] = /unknown-key' is not known[^;]*; keys here are (.*)\.$/m.exec(String(error)) ?? [];
    return keys.split(', ');
  }
  throw new Error(`an unknown key of ${table} was accepted`);
}
const topKeys = keysOf('');
const packageKeys = keysOf('[[package]]');
const lockKeys = keysOf('[[package]]\n[package.lock]');
const releaseKeys = keysOf('[[package]]\n[package.releases]');
const pullRequestKeys = keysOf('[pull-request]');

describe('docs/configuration.md', () => {
  test('is compared with the keys that are read', () => {
    expect(topKeys).toEqual(expect.arrayContaining(['package', 'groups', 'cache-to']));
    const keys = [packageKeys, releaseKeys, lockKeys, pullRequestKeys];
    expect(keys.map(({ length }) => length)).toEqual([14, 13, 10, 10]);
  });

  const examples = [...page.matchAll(/```toml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

  test('has examples that are right', () => {
    expect(examples.length).toBeGreaterThan(1);
    for (const text of examples) expect(parseConfig(text, 'example').packages.length).toBeGreaterThan(0);
  });

  test.each([...topKeys, ...packageKeys, ...releaseKeys, ...lockKeys, ...pullRequestKeys])(
    'explains %s',
    (key) => {
      const special = new Map([
        ['package', '`[[package]]`'],
        ['groups', '`[groups.NAME]`'],
        ['policy', '`[policy]`'],
        ['list', '`list = "releases"`'],
      ]);
      expect(page).toContain(special.get(key) ?? `\`${key}\``);
    },
  );

  test('has an example of every key of a package, its releases and the top', () => {
    const all = examples.join('\n');
    const shown = (key: string): boolean => new RegExp(`(^|[{,[. ])${key}[\\] .]`, 'm').test(all);
    const keys = [...topKeys, ...packageKeys, ...releaseKeys, ...lockKeys].filter(
      (key) => !['git', 'branch', 'version'].includes(key),
    );
    expect(keys.filter((key) => !shown(key))).toEqual([]);
  });
});
