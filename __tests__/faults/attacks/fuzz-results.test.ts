import { test } from '@jest/globals';
import fc from 'fast-check';
import { parseResult } from '../../../src/action/results.ts';
import type { BaseTree } from '../../../src/action/verify/base-tree.ts';
import { verify } from '../../../src/action/verify/verify.ts';
import { noOptions } from '../../../src/config/pull-request.ts';
import { UserError } from '../../../src/system/errors.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { changed, changes, isTold, runs } from '../support/fuzzing.ts';
import { minutes } from '../support/world.ts';

const hash = `sha256-${'A'.repeat(42)}E=`;
const code = `{ version = "1.0"; small = fetchUvDeps { hash = "${hash}"; }; }\n`;
const handed = {
  version: 2,
  head: '0'.repeat(40),
  proposed: [
    {
      name: 'small',
      subjects: [{ name: 'small', pname: 'small', before: '1.0', after: '1.1', isBump: true, release: {} }],
      files: [
        { path: 'default.nix', content: code.replace('1.0', '1.1') },
        {
          path: 'uv-fod.lock.json',
          content: '{"version":1,"target":{},"systems":{},"builds":{},"wheels":{}}',
        },
      ],
      computedFrom: ['default.nix'],
      held: [{ name: 'x', version: '2.0' }],
      idle: [],
      isUnverified: false,
      seen: [{ name: 'small', system: 'x86_64-linux', built: true, imports: ['six'], byNix: true }],
    },
  ],
};

const texts = new Map([
  ['/r/default.nix', code],
  ['/r/uv.lock', 'version = 1\nrequires-python = ">=3.14"\n'],
]);
const tree: BaseTree = {
  root: '/r',
  read: async (file) => texts.get(file),
  hasFile: async (name) => texts.has(`/r/${name}`),
  foldersIn: async () => [],
  filesWith: async ([text = '']) => (code.includes(text) ? ['default.nix'] : []),
};
const nowhere = async (): Promise<never> => {
  throw new UserError('nowhere', 'Nothing is asked here.');
};
const config = {
  ...{ name: 'small', attribute: 'small', nix: { kind: 'file', file: 'default.nix' } as const },
  releases: {
    source: { kind: 'pypi', name: 'small' } as const,
    rules: {
      order: 'pep440',
      prereleases: false,
      range: undefined,
      ignore: [],
      minimumAge: 0,
      step: 'newest',
    } as const,
  },
  ...{
    versionFiles: [],
    sourceHash: undefined,
    hasSource: true,
    also: [],
    group: undefined,
    pullRequest: noOptions,
  },
};
const finders = {
  ...{ hub: nowhere, run: nowhere, scratch: '/nowhere', index: 'https://index.example/simple' },
  fetchText: async () => ({
    ...{ status: 200, contentType: 'application/vnd.pypi.simple.v1+json' },
    text: JSON.stringify({ files: [{ filename: 'small-1.1.tar.gz' }] }),
  }),
};
const baseline = {
  ...{ tree, finders, packages: [{ config, file: 'default.nix' }], allowedHosts: undefined },
  runner: { context: { native: nowhere } },
};

const reads = (text: string) =>
  isTold(async () => {
    for (const one of parseResult(text, 'result.json').proposed) await verify(one, baseline as never);
  });

test(
  'any result is read and verified, or refused in a sentence',
  async () => {
    const text = fc.oneof(
      { weight: 8, arbitrary: changes.map((some) => JSON.stringify(changed(handed, some)) ?? '') },
      { weight: 1, arbitrary: fc.json() },
      { weight: 1, arbitrary: fc.string({ unit: anyCharacter }) },
    );
    await reads(JSON.stringify(handed));
    await fc.assert(fc.asyncProperty(text, reads), runs);
  },
  2 * minutes,
);
