import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';

// What is read before the first line of ours runs: of every file of dist/ that an entry point
// imports statically.
let files: ReadonlyMap<string, string>;
beforeAll(async () => {
  const script = path.resolve(import.meta.dirname, '../../script/lib/bundle.mjs');
  const { bundleAll } = (await import(script)) as {
    bundleAll: () => Promise<{ files: ReadonlyMap<string, string> }>;
  };
  const { files: all } = await bundleAll();
  files = new Map([...all].map(([file, text]) => [path.basename(file), text]));
}, 60_000);

function startOf(entry: string): Map<string, string> {
  const found = new Map<string, string>();
  const open = [entry];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = files.get(name);
    if (text === undefined || found.has(name)) continue;
    found.set(name, text);
    for (const [, next = ''] of text.matchAll(/^(?:import |.*\} from )"\.\/([\w-]+\.js)";$/gm))
      open.push(next);
  }
  return found;
}

describe('a start loads what it needs', () => {
  test.each([
    ['index.js', 1_200_000],
    ['cli.js', 1_230_000],
    ['nix.js', 230_000],
  ])('%s: no HTTP client of others, no runner cache, and at most %i bytes', (entry, most) => {
    const texts = [...startOf(entry).values()];
    expect(texts.length).toBeGreaterThan(0);
    // Each takes a millisecond.
    expect(texts.length).toBeLessThan(12);
    const all = texts.join('');
    for (const library of [
      'node_modules/undici/',
      '@octokit/core/',
      '@azure/',
      '@actions/cache/',
      'cyclonedx-library/dist',
    ])
      expect(all.includes(library)).toBe(false);
    expect(all.length).toBeLessThan(most);
  });
});
