import { expect, test } from '@jest/globals';
import { asOneProposal } from '../../../src/action/own-pull.ts';
import { plainPackage } from '../../../src/config/package.ts';
import { proposals } from '../../../src/config/proposals.ts';
import { noOptions } from '../../../src/config/pull-request.ts';

const packageOf = (attribute: string, commitMessage?: string) => ({
  ...plainPackage(attribute, { kind: 'file', file: 'default.nix' }),
  pullRequest: { ...noOptions, commitMessage, draft: 'unverified' as const },
});

test('all packages become one proposal, of which nothing is a draft', () => {
  const all = proposals({ packages: [packageOf('a', 'Hash of {name}'), packageOf('b', 'Hash of {name}')] });
  const [one, ...others] = asOneProposal(all);
  expect(others).toEqual([]);
  expect(one?.name).toBe('a, b');
  expect(one?.packages.map(({ name, pullRequest }) => [name, pullRequest.draft])).toEqual([
    ...[
      ['a', false],
      ['b', false],
    ],
  ]);
  expect(one?.options.commitMessage).toBe('Hash of {name}');
});

test('a template of one package alone is not used for several', () => {
  const [one] = asOneProposal(proposals({ packages: [packageOf('a', 'Only a'), packageOf('b')] }));
  expect(one?.options.commitMessage).toBeUndefined();
  const [alone] = asOneProposal(proposals({ packages: [packageOf('a', 'Only a')] }));
  expect([alone?.name, alone?.options.commitMessage]).toEqual(['a', 'Only a']);
});

test('no package, no proposal', () => {
  expect(asOneProposal([])).toEqual([]);
});
