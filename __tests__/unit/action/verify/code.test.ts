import { describe, expect, test } from '@jest/globals';
import type { BaseTree } from '../../../../src/action/verify/base-tree.ts';
import { verifyCode } from '../../../../src/action/verify/code.ts';
import type { VerifiedPackage } from '../../../../src/action/verify/types.ts';
import type { FixedOutput, VersionPlace } from '../../../../src/config/types.ts';
import { UserError } from '../../../../src/system/errors.ts';

// A verified release in a configuration with places of its own: what of the base may change.

const hashOf = (fill: number): string => `sha256-${Buffer.alloc(32, fill).toString('base64')}`;
const base: Readonly<Record<string, string>> = {
  'default.nix': `{ app = mk { pname = "app"; version = "1.0"; src = fetch { hash = "${hashOf(1)}"; }; }; }\n`,
  'package.json': `{ "name": "app", "version": "^1.0", "engine": "1.0", "web": { "hash": "${hashOf(2)}" } }\n`,
  'pins.toml': `engine = "1.0"\n[web]\nhash = '${hashOf(3)}'\n`,
  'sources.lock': `{ "app": { "tag": "v1.0" } }\n`,
  'web.nix': `{ web = mk { pname = "web"; src = fetch { hash = "${hashOf(7)}"; }; }; }\n`,
  VERSION: 'app 1.0, engine 1.0\n',
};
const versionFiles: readonly VersionPlace[] = [
  { kind: 'json', file: 'package.json', pointer: '/version', value: '^{version}' },
  { kind: 'json', file: 'sources.lock', pointer: '/app/tag', value: '{tag}' },
  { kind: 'text', file: 'VERSION', pattern: 'app {version}' },
];
const also: readonly FixedOutput[] = [
  { attribute: 'web', file: 'package.json', pointer: '/web/hash' },
  { attribute: 'toml', file: 'pins.toml', pointer: '/web/hash' },
];
const bumped = {
  ...{ config: { name: 'app', attribute: 'app', versionFiles, also, hasSource: true, dependencies: [] } },
  ...{ file: 'default.nix', folder: '/r', isTrusted: false },
  bump: { before: { version: '1.0', tag: 'v1.0' }, after: { version: '1.1', tag: 'v1.1' } },
} as unknown as VerifiedPackage;

const right: Readonly<Record<string, string>> = {
  'default.nix': base['default.nix']?.replace('1.0', '1.1').replace(hashOf(1), hashOf(4)) ?? '',
  'package.json': base['package.json']?.replace('^1.0', '^1.1').replace(hashOf(2), hashOf(5)) ?? '',
  'pins.toml': base['pins.toml']?.replace(`'${hashOf(3)}'`, `"${hashOf(6)}"`) ?? '',
  'sources.lock': base['sources.lock']?.replace('v1.0', 'v1.1') ?? '',
  VERSION: 'app 1.1, engine 1.0\n',
};

async function verified(after: Readonly<Record<string, string>>): Promise<string> {
  const tree: BaseTree = {
    root: '/r',
    read: async (file) => base[file.slice('/r/'.length)],
    hasFile: async (name) => name in base,
    foldersIn: async () => [],
    filesWith: async (texts) =>
      Object.keys(base).filter((name) => texts.some((one) => base[name]?.includes(one))),
  };
  const changed = Object.entries(after).flatMap(([path, text]) =>
    base[path] === undefined || base[path] === text ? [] : [{ path, before: base[path], after: text }],
  );
  try {
    const unseen = await verifyCode(changed, [bumped], [], tree);
    return unseen.map(({ attribute, after: hash }) => `${attribute} ${hash}`).join(', ');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.code;
  }
}

describe('a release whose configuration names places', () => {
  test('changes these, and names the hashes that only the build job computed', async () => {
    expect(await verified(right)).toBe(`.src ${hashOf(4)}, web ${hashOf(5)}, toml ${hashOf(6)}`);
  });

  test.each([
    ['another version in JSON', 'package.json', '^1.1', '^1.2'],
    ['the old version in JSON', 'package.json', '^1.1', '^1.0'],
    ['another string of JSON', 'package.json', '"engine": "1.0"', '"engine": "1.1"'],
    ['the name of a key', 'package.json', '"engine"', '"motor"'],
    ['a hash of another algorithm', 'package.json', hashOf(5), `sha1-${Buffer.alloc(20).toString('base64')}`],
    ['no hash', 'package.json', hashOf(5), ''],
    ['another string of TOML', 'pins.toml', 'engine = "1.0"', 'engine = "1.1"'],
    ['a comment of TOML', 'pins.toml', '[web]', '[web] # reviewed'],
    ['the old tag in a file whose name says nothing', 'sources.lock', 'v1.1', 'v1.0'],
    ['another key there', 'sources.lock', '"app"', '"web"'],
    ['the old version in a text', 'VERSION', 'app 1.1', 'app 1.0'],
    ['more of a text', 'VERSION', 'engine 1.0', 'engine 1.1'],
    ['code beside the version', 'default.nix', '"1.1"', '"1.1" + readFile ./x'],
  ])('is refused with %s', async (_, file, from, to) => {
    const after = right[file]?.replace(from, to) ?? '';
    expect(after).not.toBe(right[file]);
    expect(await verified({ ...right, [file]: after })).toBe('result-refused');
  });

  test('a hash of another package does not pass for its own, though its own stays', async () => {
    const other = base['web.nix']?.replace(hashOf(7), hashOf(8)) ?? '';
    expect(await verified({ ...right, 'web.nix': other })).toBe('result-refused');
    const unchanged = right['default.nix']?.replace(hashOf(4), hashOf(1)) ?? '';
    expect(await verified({ ...right, 'default.nix': unchanged })).toBe(
      `web ${hashOf(5)}, toml ${hashOf(6)}`,
    );
    expect(await verified({ ...right, 'default.nix': unchanged, 'web.nix': other })).toBe('result-refused');
  });
});
