// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { envShape, type FetchedSources, makeFetchedSources } from '../support/scenario/fetched-source.ts';
import { git } from '../support/scenario/repository.ts';

// A bump is whole: it is built whatever changed, and what it may have missed is named. The
// dependencies stay the same.
const minutes = 60_000;
let world: FetchedSources;
let url: string;
beforeAll(async () => {
  world = await makeFetchedSources('1.16.0');
  url = world.upstream.url;
}, 5 * minutes);
afterAll(() => world?.close());

const fake = (letter: string): string => `sha256-${letter.repeat(42)}A=`;

/** With one more fixed output, made from the source. */
const withUi = (hash: string, more = ''): string =>
  envShape(url, more).replace(
    '{\n  small',
    `rec {
  ui = pkgs.runCommand "ui" { outputHashMode = "flat"; outputHash = ${hash}; } "cp \${small.src}/ui.txt $out";
  small`,
  );

describe('what does not build is not proposed, where only', () => {
  test(
    'version and source change',
    async () => {
      const more = 'postInstall = "grep -q \'of 1.0.0\' ${src}/ui.txt";';
      const checkout = await world.checkout({ 'default.nix': envShape(url, more) });
      expect(await checkout.run('update', 'small', '--no-verify')).toMatchObject({ code: 0 });
      await checkout.commit();
      const result = await checkout.update('--json');
      expect(JSON.parse(result.stdout || result.stderr)).toMatchObject({ error: 'build-failed' });
      expect(await git(checkout.root, 'status', '--porcelain')).toBe('');
      expect(await checkout.update('--no-verify')).toMatchObject({ code: 0 });
      // Nothing but version and source.
      expect(await git(checkout.root, 'status', '--porcelain')).toBe(' M default.nix');
      expect(await checkout.changed()).toEqual(['version = "1.1.0";', 'hash = "…";']);
    },
    3 * minutes,
  );

  test(
    'another fixed output changes',
    async () => {
      const files = { 'default.nix': withUi(`"${fake('D')}"`, 'postInstall = "false";') };
      const checkout = await world.checkout(files, 'also = ["ui"]');
      expect(await checkout.run('update', '--no-verify')).toMatchObject({ code: 0 });
      const right = /outputHash = "([^"]*)"/.exec(await checkout.read('default.nix'))?.[1] ?? '';
      const stale = (await checkout.read('default.nix')).replace(right, fake('E'));
      await writeFile(path.join(checkout.root, 'default.nix'), stale);
      await checkout.commit();
      const result = await checkout.run('update', '--json');
      expect(JSON.parse(result.stdout || result.stderr)).toMatchObject({ error: 'build-failed' });
      expect(await git(checkout.root, 'status', '--porcelain')).toBe('');
    },
    3 * minutes,
  );
});

test(
  'a hash for each system: that of the other one does not stay, and is named',
  async () => {
    const hash = `{\n    x86_64-linux = "${fake('D')}";\n    aarch64-linux = "${fake('E')}";\n  }.\${pkgs.stdenv.hostPlatform.system}`;
    const checkout = await world.checkout({ 'default.nix': withUi(hash) }, 'also = ["ui"]');
    const result = await checkout.update('--no-verify');
    expect(result.code).toBe(0);
    const other = process.arch === 'x64' ? 'aarch64-linux' : 'x86_64-linux';
    expect(result.stderr).toMatch(new RegExp(`hash for ${other} is a placeholder`));
    const text = await checkout.read('default.nix');
    expect(text).not.toContain(fake('E'));
    // The hashes of the dependencies are a set of their own.
    expect(text.split(fake('A'))).toHaveLength(2);
  },
  3 * minutes,
);

describe('version and hash in a file of their own, the version once more in another', () => {
  const files = (): Record<string, string> => ({
    'nix/sources.nix': '{\n  version = "1.0.0";\n  hash = "SOURCE";\n}\n',
    'nix/default.nix': '# An image, since 1.0.0.\n{ name = "small"; tag = "v1.0.0"; other = "11.0.0"; }\n',
    'nix/test-build.nix': envShape(url)
      .replace('version = "1.0.0"', 'inherit (import ./sources.nix) version')
      .replace('hash = "SOURCE"', 'inherit (import ./sources.nix) hash'),
  });
  const nix = 'nix = { file = "nix/test-build.nix" }\n';
  const source = 'source-hash = { attribute = ".src", file = "nix/sources.nix" }\n';
  const places = [
    `{ file = "nix/sources.nix", pattern = 'version = "{version}";' }`,
    `{ file = "nix/default.nix", pattern = 'tag = "v{version}"' }`,
  ];
  const versions = (count: number): string => `version-files = [${places.slice(0, count).join(', ')}]\n`;

  test(
    'the hash is found in its file without a key',
    async () => {
      const checkout = await world.checkout(files(), nix + versions(2));
      const result = await checkout.update('--json', '--no-verify');
      const { packages } = JSON.parse(result.stdout || result.stderr);
      expect(packages).toMatchObject([{ outputs: [{ attribute: '.src' }], version: { after: '1.1.0' } }]);
      const [{ hash }] = packages[0].outputs;
      expect(await checkout.read('nix/sources.nix')).toContain(`"${hash}"`);
    },
    3 * minutes,
  );

  test.each([
    [2, 'each place is named', /^((?!still written)[\s\S])*$/],
    [1, 'one is forgotten', /The old version, 1\.0\.0, is still written in nix\/default\.nix:2\. /],
  ])(
    'in the configuration %i: %s',
    async (count, _, message) => {
      const checkout = await world.checkout(files(), nix + source + versions(count));
      const result = await checkout.update('--no-verify');
      expect(result).toMatchObject({ code: 0, stderr: expect.stringMatching(message) });
      expect(await checkout.changed()).toEqual([
        ...(count === 2 ? ['{ name = "small"; tag = "v1.1.0"; other = "11.0.0"; }'] : []),
        'version = "1.1.0";',
        'hash = "…";',
        'hash = { x86_64-linux = "…"; aarch64-linux = "…"; };',
      ]);
    },
    3 * minutes,
  );
});
