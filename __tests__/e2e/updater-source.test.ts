// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  authentikShape,
  envShape,
  type FetchedSources,
  makeFetchedSources,
} from '../support/scenario/fetched-source.ts';
import { git } from '../support/scenario/repository.ts';

// A new version has its own source: Nix itself would use what it fetched under the old hash, and
// say nothing.
const minutes = 60_000;
let world: FetchedSources;
let url: string;
beforeAll(async () => {
  world = await makeFetchedSources();
  url = world.upstream.url;
}, 5 * minutes);
afterAll(() => world?.close());

const moved = ['version = "1.1.0";', 'hash = "…";', 'hash = { x86_64-linux = "…"; aarch64-linux = "…"; };'];

describe('the source moves with the version, if the configuration has', () => {
  test.each<[string, string, (url: string) => string]>([
    ['three keys, for authentik-django', '', authentikShape],
    ['three keys, for buildUvEnv', '', envShape],
    [
      "the source and its revision by the package's own attributes",
      'source-hash = ".src"\nversion-files = [{ attribute = ".src.rev", value = "{tag}" }]\n',
      authentikShape,
    ],
    [
      'a revision that is a text of its own',
      'version-files = [{ attribute = ".src.rev", value = "version/{version}" }]\n',
      () => envShape(url, '', 'version/1.0.0'),
    ],
  ])(
    '%s',
    async (_, keys, shape) => {
      const checkout = await world.checkout({ 'default.nix': shape(url) }, keys);
      const result = await checkout.update('--no-verify');
      expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('1.0.0 → 1.1.0') });
      const [version = '', ...rest] = moved;
      const rev = keys.includes('value = "version/') ? ['rev = "version/1.1.0";'] : [];
      expect(await checkout.changed()).toEqual([version, ...rev, ...rest]);
      expect(await checkout.read('default.nix')).toContain(`"${await world.hashOf('1.1.0')}"`);
    },
    3 * minutes,
  );
});

describe('a version with the source of the old one is refused, and nothing is changed, where', () => {
  const wrapped = (text: string): string =>
    text
      .replace('pkgs.fetchgit {', 'patched (pkgs.fetchgit {')
      .replace('"SOURCE";\n    }', '"SOURCE";\n    })')
      .replace(
        '{\n  small',
        'let patched = src: pkgs.runCommand "patched" { inherit src; } "cp -r $src $out"; in\n{\n  small',
      );
  test.each<[string, string, (url: string) => string, RegExp]>([
    ['the configuration leaves its hash out', 'source-hash = false', envShape, /source-hash = "\.src"/],
    [
      'it names another hash as that of the source',
      'source-hash = ".uvDeps.systems.x86_64-linux"',
      envShape,
      /source-hash = "\.src"/,
    ],
    ['its revision does not follow', '', () => envShape(url, '', 'version/1.0.0'), /\.src\.rev/],
    ['it is made from what is fetched', '', () => wrapped(envShape(url)), /\.src\.src/],
  ])(
    '%s',
    async (_, keys, shape, fix) => {
      const checkout = await world.checkout({ 'default.nix': shape(url) }, keys);
      const result = await checkout.update('--no-verify', '--json');
      expect(result.code).toBe(1);
      const failure = JSON.parse(result.stdout || result.stderr);
      expect(failure).toMatchObject({ error: 'source-unchanged', message: expect.stringMatching(fix) });
      expect(await git(checkout.root, 'status', '--porcelain')).toBe('');
    },
    3 * minutes,
  );

  test(
    'what it is made from can be named',
    async () => {
      const files = { 'default.nix': wrapped(envShape(url)) };
      const checkout = await world.checkout(files, 'source-hash = ".src.src"');
      expect(await checkout.update('--no-verify')).toMatchObject({ code: 0 });
      expect(await checkout.changed()).toEqual(moved);
    },
    3 * minutes,
  );
});
