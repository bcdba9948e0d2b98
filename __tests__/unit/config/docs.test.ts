import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageKeys } from '../../../src/config/package.ts';
import { parseConfig, topKeys } from '../../../src/config/parse.ts';
import { pullRequestKeys } from '../../../src/config/pull-request.ts';
import { releaseKeys } from '../../../src/config/releases.ts';

const page = await readFile(path.resolve(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');

describe('docs/configuration.md', () => {
  const examples = [...page.matchAll(/```toml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

  test('has examples that are right', () => {
    expect(examples.length).toBeGreaterThan(1);
    for (const text of examples) expect(parseConfig(text, 'example').packages.length).toBeGreaterThan(0);
  });

  test.each([...topKeys, ...packageKeys, ...releaseKeys, ...pullRequestKeys])('explains %s', (key) => {
    const special = new Map([
      ['package', '`[[package]]`'],
      ['groups', '`[groups.NAME]`'],
      ['list', '`list = "releases"`'],
    ]);
    expect(page).toContain(special.get(key) ?? `\`${key}\``);
  });

  test('has an example of every key of a package, its releases and the top', () => {
    const all = examples.join('\n');
    const shown = (key: string): boolean => new RegExp(`(^|[{,[. ])${key}[\\] .]`, 'm').test(all);
    const keys = [...topKeys, ...packageKeys, ...releaseKeys].filter(
      (key) => !['git', 'branch', 'version'].includes(key),
    );
    expect(keys.filter((key) => !shown(key))).toEqual([]);
  });
});
