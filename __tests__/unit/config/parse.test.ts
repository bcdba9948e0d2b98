import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseConfig } from '../../../src/config/parse.ts';
import { UserError } from '../../../src/system/errors.ts';

const read = (text: string) => parseConfig(text, 'uv-fod.toml');

function mistakes(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof UserError && error.code === 'config-invalid') return error.message.split('\n');
    throw error;
  }
  return [];
}

const least = '[[package]]\nattribute = "one"\n';

describe('a configuration', () => {
  test('may be two lines', () => {
    const { packages, index, allowedHosts } = read(least);
    expect({ index, allowedHosts }).toEqual({ index: undefined, allowedHosts: undefined });
    expect(packages).toEqual([
      expect.objectContaining({
        name: 'one',
        attribute: 'one',
        nix: { kind: 'file', file: 'default.nix' },
        releases: undefined,
        versionFiles: [],
        hasSource: true,
        sourceHash: undefined,
        also: [],
      }),
    ]);
  });

  test('says everything about a package', () => {
    const [one] = read(`
index = "https://index.example/simple"
allowed-hosts = ["github.com", "*.example.org", "127.0.0.1:8080"]

[pull-request]
labels = ["dependencies"]
draft = "unverified"

[groups.server]
title = "{name}: {after}"
auto-merge = "squash"

[[package]]
attribute = "authentik-django"
name = "authentik"
group = "server"
nix = { flake = "." }
source-hash = ".src"
version-files = [
  { file = "pyproject.toml", pattern = 'version = "{version}"' },
  { file = "package.json", pointer = "/version" },
  { attribute = ".src.rev", value = "version/{version}" },
]
also = [
  ".webui.deps",
  { attribute = "hashes.{system}", systems = ["x86_64-linux", "aarch64-linux"], file = "h.json", pointer = "/{system}" },
]

[package.releases]
github = "goauthentik/authentik"
list = "tags"
tag = "version/{version}"
range = "~=2026.2"
ignore = ["2026.3.*"]
minimum-release-age = "3 days"
step = "next"
prereleases = true
`).packages;
    expect(one?.pullRequest).toMatchObject({
      labels: ['dependencies'],
      draft: 'unverified',
      title: '{name}: {after}',
      autoMerge: 'squash',
    });
    expect(one?.nix).toEqual({ kind: 'flake', flake: '.' });
    expect(one?.versionFiles).toEqual([
      { kind: 'text', file: 'pyproject.toml', pattern: 'version = "{version}"' },
      { kind: 'json', file: 'package.json', pointer: '/version', value: '{version}' },
      { kind: 'nix', attribute: '.src.rev', value: 'version/{version}' },
    ]);
    expect(one?.also).toEqual([
      { attribute: '.webui.deps', file: undefined, pointer: undefined },
      { attribute: 'hashes.x86_64-linux', file: 'h.json', pointer: '/x86_64-linux', system: 'x86_64-linux' },
      {
        attribute: 'hashes.aarch64-linux',
        file: 'h.json',
        pointer: '/aarch64-linux',
        system: 'aarch64-linux',
      },
    ]);
    expect(one?.releases).toEqual({
      source: {
        kind: 'github',
        owner: 'goauthentik',
        repo: 'authentik',
        list: 'tags',
        tag: { prefix: 'version/', suffix: '' },
      },
      rules: {
        order: 'pep440',
        prereleases: true,
        range: '~=2026.2',
        ignore: ['2026.3.*'],
        minimumAge: 3 * 86_400_000,
        step: 'next',
      },
    });
  });

  test('takes releases from PyPI, a branch or any git host', () => {
    const source = (releases: string) =>
      read(`${least}releases = { ${releases} }`).packages[0]?.releases?.source;
    expect(source('pypi = "authentik"')).toEqual({ kind: 'pypi', name: 'authentik' });
    expect(source('github = "you/it", branch = "main"')).toEqual({
      kind: 'branch',
      of: { kind: 'github', owner: 'you', repo: 'it' },
      branch: 'main',
      version: '0-unstable-{date}',
    });
    expect(source('git = "https://git.example/it"')).toEqual({
      kind: 'git',
      url: 'https://git.example/it',
      tag: { prefix: 'v', suffix: '' },
    });
  });
});

describe('mistakes', () => {
  test('of syntax come with line and column', () => {
    expect(() => read('[[package]]\nattribute = one')).toThrow(/^uv-fod.toml:2:13 is not valid TOML/);
  });

  test('are all told, each with its line and what is allowed', () => {
    const found = mistakes(`[[package]]
atribute = "one"
group = 7
also = [".deps", 3]
releases = { github = "no-slash", tag = "v", order = "calver" }

[[package]]
attribute = "two"
version-files = [{ file = "../outside", pattern = "{version}" }]

[package.releases]
pypi = "two"
branch = "main"
minimum-release-age = "soon"
range = "newer"

[pull-request]
draft = "maybe"
auto-merge = "always"
title = "{nmae}"
`);
    expect(found).toEqual([
      "uv-fod.toml:1:3: 'package[1].attribute' is missing; it takes an attribute path such as authentik-django or packages.backend.",
      expect.stringMatching(
        /^uv-fod.toml:2:1: 'package\[1\].atribute' is not known \(did you mean 'attribute'\?\); keys here/,
      ),
      "uv-fod.toml:3:1: 'package[1].group' is 7; it takes a name of letters, digits, - and _.",
      expect.stringMatching(/^uv-fod.toml:4:18: 'package\[1\].also\[2\]' is 3; it takes an attribute path/),
      expect.stringMatching(
        /^uv-fod.toml:5:14: 'package\[1\].releases.github' is "no-slash"; it takes a repository/,
      ),
      expect.stringMatching(/^uv-fod.toml:5:35: 'package\[1\].releases.tag' is "v"; it takes a pattern/),
      `uv-fod.toml:5:46: 'package[1].releases.order' is "calver"; it takes "pep440" or "semver".`,
      expect.stringMatching(
        /^uv-fod.toml:9:20: 'package\[2\].version-files\[1\].file' is "..\/outside"; it takes/,
      ),
      "uv-fod.toml:13:1: 'package[2].releases.branch' has no meaning with pypi.",
      expect.stringMatching(
        /^uv-fod.toml:14:1: .*minimum-release-age' is "soon"; it takes a duration such as "3 days"/,
      ),
      expect.stringMatching(/^uv-fod.toml:15:1: .*range' is "newer"; it takes a range of versions such as/),
      `uv-fod.toml:18:1: 'pull-request.draft' is "maybe"; it takes true, false or "unverified".`,
      `uv-fod.toml:19:1: 'pull-request.auto-merge' is "always"; it takes false, true, "merge", "squash" or "rebase".`,
      expect.stringMatching(
        /^uv-fod.toml:20:1: 'pull-request.title' is "{nmae}"; it takes a text with no other placeholders/,
      ),
    ]);
  });

  test.each([
    ['', "uv-fod.toml:1:1: 'package' is missing"],
    ['package = 3', "uv-fod.toml:1:1: 'package' is 3; it takes tables"],
    [`${least}${least}`, "uv-fod.toml:3:3: 'package[2].name' is 'one', which is also the name of package 1"],
    [`${least}[groups.x]\n`, "uv-fod.toml:3:2: 'groups.x' has no package"],
    [`${least}group = "x"\npull-request = { }`, "'package[1].pull-request' belongs to the group"],
    [`${least}nix = { file = "a.nix", flake = "." }`, "'package[1].nix' takes one of"],
    [`${least}releases = { }`, "'package[1].releases' does not set where releases are"],
    [`${least}releases = { github = "a/b", pypi = "c" }`, 'has github and pypi; it takes one of'],
    [`${least}also = [{ attribute = ".x.{system}" }]`, "requires 'systems'"],
    [`${least}version-files = [{ file = "a" }]`, "takes 'file' with either 'pattern' or 'pointer'"],
    [`${least}source-hash = true`, "'package[1].source-hash' is true; it takes an attribute path"],
    [`${least}constructor = 1`, "'package[1].constructor' is not known"],
    [`${least}releases = { git = "--upload-pack=x" }`, 'it takes a URL that starts with https://'],
    [`${least}name = "\\u001b[2J"`, '"\\u001b[2J"'],
  ])('%j', (text, message) => {
    expect(mistakes(text).join('\n')).toContain(message);
  });

  test('of keys that come from prototypes are mistakes like any other', () => {
    expect(mistakes(`${least}__proto__ = { }`).join('\n')).toContain("'package[1].__proto__' is not known");
  });

  test('never make it throw anything but an error for people', () => {
    const key = fc.constantFrom(
      'attribute',
      'also',
      'releases',
      'version-files',
      'nix',
      'group',
      'name',
      'x',
    );
    const value = fc.constantFrom(
      '1',
      '""',
      '"a"',
      '[]',
      '[1, {}]',
      '{}',
      '{ a = [ ] }',
      'true',
      '1979-05-27',
      '"""\nx\n"""',
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name }), (pairs) => {
        const text = `[[package]]\n${pairs.map(([name, it]) => `${name} = ${it}`).join('\n')}`;
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
