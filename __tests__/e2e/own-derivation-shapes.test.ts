import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeShapes } from '../support/scenario/own-shapes.ts';
import { type World, worldOf } from '../support/scenario/world.ts';

// The kinds of own derivations (examples/own-derivation), with real files from PyPI, npm and a Go
// module proxy.
const minutes = 60_000;
let world: World;
beforeAll(async () => {
  world = await worldOf(makeShapes);
}, 10 * minutes);
afterAll(() => world?.close());

/** What users of these tools set, where they have mirrors. */
const env = Object.fromEntries(
  ['GOPROXY', 'NPM_CONFIG_REGISTRY', 'PIP_INDEX_URL'].flatMap((name) =>
    process.env[name] ? [[name, process.env[name]]] : [],
  ),
);
const named = { attribute: '' };

describe('the kinds of which two runs give the same', () => {
  test(
    'go from changed locks to the pull request, and are current when it is merged',
    async () => {
      const statuses = (text: string | undefined): unknown[] =>
        (JSON.parse(text ?? '[]') as { name: string; status: string }[]).map(({ name, status }) => [
          name,
          status,
        ]);
      const names = ['target', 'pip', 'flake', 'no-lock', 'ui', 'server'];
      const opened = await world.act({ inputs: named, env });
      expect({ code: opened.code, log: opened.code === 0 ? '' : opened.log }).toEqual({ code: 0, log: '' });
      const diff = await world.repository.diff('main', 'uv-fod/all');
      expect(diff.match(/^\+[^+].*sha256-/gm)).toHaveLength(names.length);
      await world.repository.merge('uv-fod/all');
      const current = await world.act({ inputs: { ...named, mode: 'check', token: '' }, env });
      expect(statuses(current.outputs.get('results'))).toEqual(names.map((name) => [name, 'current']));
    },
    15 * minutes,
  );
});
