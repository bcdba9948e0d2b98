import { appendFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActOptions, makeWorld, token, type World } from '../support/scenario/world.ts';

const reader = 'a-token-that-only-reads';
let world: World;
beforeAll(async () => {
  const write = { contents: 'write', issues: 'write' } as const;
  world = await makeWorld({
    [token]: { permissions: { ...write, pull_requests: 'write' } },
    [reader]: { permissions: { contents: 'read' } },
    'no-pull-requests': { permissions: write },
  });
}, 300_000);
afterAll(() => world?.close());

/** Changes one file of the checkout by hand, as a mistake would. */
const change =
  (file: string, from: string | RegExp, to: string): NonNullable<ActOptions['prepare']> =>
  async (workspace) => {
    const full = path.join(workspace, file);
    const text = await readFile(full, 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file} has no ${from}`);
    await writeFile(full, changed);
  };

interface Case extends ActOptions {
  readonly code: string;
  readonly message: RegExp;
  /** Where the annotation points. */
  readonly file?: string;
}

const cases: Readonly<Record<string, Case>> = {
  'no uv.lock': {
    prepare: (workspace) => rm(path.join(workspace, 'uv.lock')),
    code: 'lock-missing',
    message: /no uv\.lock .*uv lock/,
  },
  'a uv.lock that is not TOML': {
    prepare: (workspace) => appendFile(path.join(workspace, 'uv.lock'), '\nname = six\n'),
    code: 'toml-syntax',
    message: /uv\.lock:\d+:\d+ is not valid TOML.*uv lock/,
  },
  'version = 2': {
    prepare: change('uv.lock', /^version = 1$/m, 'version = 2'),
    code: 'lock-version',
    message: /version 2/,
  },
  'no such attribute': {
    inputs: { attribute: 'smal' },
    code: 'attribute-missing',
    message: /no attribute 'smal'.*Did you mean 'small'\?.*Correct 'attribute'/,
    file: 'default.nix',
  },
  'no such file': {
    inputs: { file: 'nix/default.nix' },
    code: 'file-missing',
    message: /nix\/default\.nix.*correct 'file'/,
  },
  'an attribute that is not a derivation': {
    prepare: change('default.nix', 'rec {', 'rec { other = { };'),
    inputs: { attribute: 'other' },
    code: 'not-a-derivation',
    message: /'other' of .*default\.nix' is not a derivation; name one with 'attribute'/,
  },
  'an expression that does not evaluate': {
    prepare: change('default.nix', 'pname = "small"', 'pname = smal'),
    code: 'evaluation-failed',
    message: /undefined variable 'smal'/,
  },
  'a hash that is computed': {
    prepare: change('default.nix', /hash = "sha256-([^"]*)";/, 'hash = "sha256-" + "$1";'),
    code: 'hash-not-seen',
    message: /needs the hash sha256-\S{44} for x86_64-linux.*default\.nix:\d+.*computed.*Put it/,
    file: 'default.nix',
  },
  'no Nix on PATH': {
    env: { PATH: path.join(tmpdir(), 'only-git') },
    prepare: async () => {
      const only = path.join(tmpdir(), 'only-git');
      await mkdir(only, { recursive: true });
      await symlink('/usr/bin/git', path.join(only, 'git'));
    },
    code: 'nix-missing',
    message: /'nix' is not on PATH.*install/i,
  },
  'no uv on PATH, and something to build from source': {
    env: { PATH: '/usr/bin' },
    prepare: change('uv.lock', /wheels = \[\n.*six-1\.17\.0-py2\.py3-none-any\.whl.*\n\]\n/, ''),
    code: 'uv-missing',
    message: /'uv' is not on PATH.*install/i,
  },
  'an artifact that is gone (404)': {
    prepare: change('uv.lock', /(url = "[^"]*)(six-1\.17\.0-py2\.py3-none-any\.whl")/, '$1gone/$2'),
    code: 'fetch-failed',
    message: /six-1\.17\.0-py2\.py3-none-any\.whl can't be downloaded .*(404|403)/,
  },
  'an artifact with other bytes than the lock names': {
    prepare: change('uv.lock', /(six-1\.17\.0-py2\.py3-none-any\.whl", hash = "sha256:)..../, '$10000'),
    code: 'fetch-failed',
    message: /six-1\.17\.0-py2\.py3-none-any\.whl .* does not match uv\.lock/,
  },
  'a build that fails': {
    prepare: change(
      'default.nix',
      'version = "1.0";',
      'version = "1.0"; postInstall = "echo the glue does not hold; exit 3";',
    ),
    code: 'build-failed',
    message: /does not build with the new hash.*the glue does not hold/,
  },
  'an import that fails': {
    prepare: change(
      'default.nix',
      /small = (uv-fod\.buildUvEnv \{[\s\S]*?\n {2}\});/,
      'small = $1 // { pythonImportsCheck = [ "not_there" ]; };',
    ),
    code: 'import-failed',
    message: /'import not_there' fails in it: ModuleNotFoundError/,
  },
  'a token that may only read': {
    inputs: { token: reader },
    code: 'token-permission',
    message: /contents: write/,
  },
  'a token that may not open pull requests': {
    inputs: { token: 'no-pull-requests' },
    code: 'token-permission',
    message: /pull-requests: write/,
  },
};

describe('bad input: one message with cause and remedy, checkout and remote as they were', () => {
  test.each(Object.entries(cases))(
    '%s',
    async (_, { code, message, file, ...options }) => {
      const refs = await world.repository.refs();
      const acted = await world.act(options);
      expect(acted.errors.map(({ title }) => title)).toEqual([code]);
      expect(acted.errors[0]?.message).toMatch(message);
      if (file) expect(acted.errors[0]?.file).toBe(file);
      expect(acted.code).toBe(1);
      expect(acted.left).toBe('');
      expect(await world.repository.refs()).toBe(refs);
      expect(acted.outputs.size).toBe(0);
      expect(acted.summary).toMatch(new RegExp(`^## Failed: \`${code}\`\n\n\\S`));
      // No stack trace: what a person can mend is told in words.
      expect(acted.log).not.toMatch(/^\s+at .*\.js:\d+/m);
    },
    300_000,
  );

  test('the log of a failing build is there, in a group; its last lines are on the hash’s own line and in the summary', async () => {
    const { log, errors, summary } = await world.act({
      prepare: cases['a build that fails']?.prepare ?? (async () => {}),
    });
    const group = /::group::Nix: build of 'small'\n([\s\S]*?)::endgroup::/.exec(log)?.[1];
    expect(group).toContain('the glue does not hold');
    expect(errors[0]).toMatchObject({ file: 'default.nix', line: expect.any(Number) });
    expect(errors[0]?.message).toMatch(/\n\n(?:\| .*\n)*\| .*the glue does not hold/);
    expect(summary).toMatch(
      /<summary>The last lines of its log<\/summary>\n\n```\n[^`]*the glue does not hold/,
    );
  }, 300_000);
});
