import { describe, expect, test } from '@jest/globals';
import { loadInputs } from '../../../src/action/inputs.ts';
import { noOptions } from '../../../src/config/pull-request.ts';

const load = (inputs: Record<string, string>) =>
  loadInputs((name) => ({ attribute: 'authentik-django', token: 't', ...inputs })[name] ?? '', '/checkout');

describe('inputs', () => {
  test('have the defaults of action.yml', () => {
    expect(load({})).toEqual({
      mode: 'update',
      computeWorkflow: '',
      forks: 'none',
      commitStatus: false,
      forge: 'auto',
      workspace: '/checkout',
      isNamed: true,
      attribute: 'authentik-django',
      nix: { kind: 'file', file: 'default.nix' },
      config: '/checkout/.github/uv-fod.toml',
      findReleases: undefined,
      token: 't',
      base: '',
      branch: 'uv-fod/authentik-django',
      compareWith: undefined,
      pullRequest: true,
      failAfterPush: true,
      result: '/checkout/uv-fod-result.json',
      verify: true,
      skipSecondDerivation: false,
      allowUnsandboxed: false,
      cache: true,
      cacheTo: undefined,
      choices: { allowDrift: false, dependencies: [], imports: undefined, interpreter: undefined },
      options: expect.any(Function),
    });
  });

  test.each([
    [{ mode: 'chek' }, /Input 'mode' is "chek"; it takes "update", "check", "compute" or "publish"/],
    [{ verify: 'yes' }, /Input 'verify' is "yes"; it takes true or false/],
    [{ 'skip-second-derivation': '1' }, /Input 'skip-second-derivation' is "1"; it takes true or false/],
    [{ mode: 'check', 'skip-second-derivation': 'true' }, /Input 'skip-second-derivation'.*mode: check/],
    [{ 'pull-request': '1' }, /Input 'pull-request'/],
    [{ draft: 'maybe' }, /Input 'draft' is "maybe"; it takes true, false or "unverified"/],
    [{ 'auto-merge': 'fast' }, /Input 'auto-merge' is "fast"; it takes .*"merge", "squash" or "rebase"/],
    [{ title: '{nmae}' }, /Input 'title' is "\{nmae\}"; .* than \{name\}, \{before\}, \{after\}\./],
    [{ body: '{hash}' }, /Input 'body'.*\{report\}/],
    [
      { reviewers: 'ada, @grace' },
      /Input 'reviewers' is "@grace"; the list takes user names, or teams as "org\/team"/,
    ],
    [{ assignees: 'a b' }, /Input 'assignees' is "a b"/],
    [{ attribute: 'a; rm -rf /' }, /Input 'attribute'/],
    [{ attribute: '--help' }, /Input 'attribute'/],
    [{ 'cache-to': '/srv/cache' }, /Input 'cache-to'.*address of a binary cache/],
    [
      { 'cache-to': 'https://me:secret@cache.example' },
      /Input 'cache-to' is 'https:\/\/me:…@cache\.example'/,
    ],
    [{ 'cache-to': 's3://cache', mode: 'check' }, /Input 'cache-to'.*mode: check/],
    [{ 'cache-to': 's3://cache', verify: 'false' }, /Input 'cache-to'.*verify: false/],
    [{ token: '' }, /Input 'token'.*can write/],
    [{ file: '../elsewhere.nix' }, /Input 'file'.*inside the checkout/],
    [{ file: '/etc/passwd' }, /Input 'file'/],
    [{ flake: '../elsewhere' }, /Input 'flake'.*inside the checkout/],
    [{ flake: 'github:NixOS/nixpkgs', file: 'a.nix' }, /Input 'flake'.*together with 'file'/],
    [{ flake: '.', expression: '{ }' }, /Input 'expression'.*together with 'flake'/],
    [{ expression: '{ }', attribute: '' }, /Input 'expression'.*without 'attribute'/],
    [{ forge: 'gitlab' }, /Input 'forge' is "gitlab"; it takes "auto", "github", "forgejo" or "gitea"/],
    [{ branch: 'a..b' }, /Input 'branch'/],
    [{ branch: '-x' }, /Input 'branch'/],
    [{ branch: 'x.lock' }, /Input 'branch'/],
  ])('%j is refused, and the message says what is allowed', (inputs, message) => {
    expect(() => load(inputs)).toThrow(message);
  });

  test.each([
    [{ file: 'nix/backend.nix' }, { kind: 'file', file: 'nix/backend.nix' }],
    [{ flake: '.' }, { kind: 'flake', flake: '.' }],
    [{ flake: 'nix/backend' }, { kind: 'flake', flake: 'nix/backend' }],
    [{ expression: 'import ./nix { }' }, { kind: 'expression', expression: 'import ./nix { }' }],
  ])('%j says what the attribute starts from', (inputs, nix) => {
    expect(load(inputs).nix).toEqual(nix);
  });

  test('no token is needed where no pull request is asked for', () => {
    expect(load({ token: '', 'pull-request': 'False' }).pullRequest).toBe(false);
  });

  test('say how the pull request looks, as the keys of the configuration do', () => {
    const given = {
      title: '{name} {after}',
      labels: 'nix, python\n  dependencies\n',
      reviewers: 'ada,acme/packagers,renovate[bot]',
      milestone: '2026.8',
      draft: 'Unverified',
      'auto-merge': 'true',
    };
    expect(load(given).options(noOptions)).toEqual({
      ...noOptions,
      title: '{name} {after}',
      labels: ['nix', 'python', 'dependencies'],
      reviewers: ['ada', 'acme/packagers', 'renovate[bot]'],
      milestone: '2026.8',
      draft: 'unverified',
      autoMerge: true,
    });
  });
});
