import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../src/config/parse.ts';
import { fillTemplate, proposals } from '../../../src/config/proposals.ts';
import { isAllowedHost } from '../../../src/fetch/host-policy.ts';

const text = (more: string) => `
[pull-request]
labels = ["all"]
[groups.server]
branch = "bumps/server"
[[package]]
attribute = "one"
[[package]]
attribute = "two"
group = "server"
[[package]]
attribute = "three"
pull-request = { labels = ["own"] }
[[package]]
attribute = "four"
group = "server"
${more}`;

describe('pull requests of a configuration', () => {
  test('are one a group and one for each other package', () => {
    const found = proposals(parseConfig(text(''), 'c'));
    expect(
      found.map(({ name, branch, options, packages }) => [
        name,
        branch,
        options.labels,
        packages.map((one) => one.name),
      ]),
    ).toEqual([
      ['one', 'uv-fod/one', ['all'], ['one']],
      ['server', 'bumps/server', ['all'], ['two', 'four']],
      ['three', 'uv-fod/three', ['own'], ['three']],
    ]);
  });

  test.each([
    '[[package]]\nattribute = "five"\npull-request = { branch = "bumps/server" }',
    '[[package]]\nattribute = "five"\ngroup = "one"',
  ])('have no branch in common: %j', (more) => {
    expect(() => parseConfig(text(more), 'c')).toThrow(
      /^c:17:3: 'package\[5\]' has the branch '.*', which '.*' has too/,
    );
  });
});

test('a template takes values as they are', () => {
  const values = new Map([
    ['name', '{after} $& $1'],
    ['after', '2'],
  ]);
  expect(fillTemplate('{name}: {before} → {after}', values)).toBe('{after} $& $1: {before} → 2');
});

test.each<[string, boolean]>([
  ['https://github.com/a', true],
  ['https://GitHub.com./a', true],
  ['https://user:secret@github.com:443/a', true],
  ['ssh://git@github.com/a', true],
  ['https://github.com:8443/a', false],
  ['https://github.com.evil.example/a', false],
  ['https://notgithub.com/a', false],
  ['https://github.com@evil.example/a', false],
  ['https://a.b.example.org/x', true],
  ['https://example.org/x', false],
  ['https://badexample.org/x', false],
  ['http://127.0.0.1:8080/x', true],
  ['http://127.0.0.1/x', false],
  ['file:///etc/passwd', false],
  ['github.com', false],
])('%s: %s', (address, is) => {
  expect(isAllowedHost(address, ['github.com', '*.example.org', '127.0.0.1:8080'])).toBe(is);
});
