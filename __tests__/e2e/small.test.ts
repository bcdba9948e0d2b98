import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getOctokit } from '../support/github/libraries.ts';
import { groupedWorld } from '../support/scenario/grouped.ts';
import { edit, uvFod } from '../support/scenario/small.ts';
import { makeWorld, token, type World } from '../support/scenario/world.ts';
import { sceneOf, sceneSerializer } from '../support/snapshot/scene.ts';

// One story in order: a bump whose hash nobody computed, until it is merged. Each test goes on from
// the one before.
expect.addSnapshotSerializer(sceneSerializer);

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 300_000);
afterAll(() => world?.close());

const branch = 'uv-fod/small';
const minutes = 60_000;

describe('a bump of uv.lock', () => {
  test(
    'becomes one pull request with the new hash',
    async () => {
      const { code, outputs, log, left, summary, sboms } = await world.act();
      expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
      expect(outputs.get('outcome')).toBe('created');
      expect([...sboms.keys()]).toEqual(['small.x86_64-linux.cdx.json']);
      // That of the lock that is proposed, not of the build lock of the checkout.
      const proposed = await world.repository.checkout(path.join(world.dir, 'proposed'), branch);
      const sbom = await uvFod(['sbom', '--build-lock', 'uv-fod.lock.json'], proposed);
      expect([...sboms.values()]).toEqual([sbom.stdout]);
      expect(outputs.get('changed')).toBe('true');
      expect(outputs.get('pull-request-number')).toBe('1');
      expect(left).toBe('');
      expect(log).toContain('six 1.16.0 → 1.17.0');
      expect(log).toMatch(/python -I -c "import six" → \/nix\/store\/\S+-small-1\.0\/lib/);
      expect(summary).toContain('six');
      const diff = await world.repository.diff('main', branch);
      const { before, after } = JSON.parse(outputs.get('hashes') ?? '')['x86_64-linux'];
      expect(diff).toContain(`-    hash = "${before}";`);
      expect(diff).toContain(`+    hash = "${after}";`);
      expect(await world.repository.log(`main..${branch}`)).toMatch(/^[0-9a-f]{40} [^\n]+$/);
      expect(sceneOf({ code, log }, world.github.requests)).toMatchSnapshot();
    },
    5 * minutes,
  );

  test(
    'with skip-second-derivation nothing is downloaded outside of Nix, and the report says so',
    async () => {
      const inputs = { 'skip-second-derivation': 'true', 'pull-request': 'false', verify: 'false' };
      const { code, outputs, log } = await world.act({ inputs });
      expect({ code, outcome: outputs.get('outcome') }).toEqual({ code: 0, outcome: 'changed' });
      expect(log).not.toContain('Hash without Nix');
      const { hashes, notDone } = JSON.parse(outputs.get('report') ?? '{}');
      expect(hashes).toMatchObject([{ system: 'x86_64-linux', how: 'nix' }]);
      expect(notDone).toContainEqual({
        what: 'Second computation of the hash for x86_64-linux',
        why: 'skip-second-derivation is true',
      });
    },
    5 * minutes,
  );

  test(
    'again: the same pull request, and not one write',
    async () => {
      const head = await world.repository.head(branch);
      const writes = world.github.writes().length;
      const { code, outputs, left } = await world.act();
      expect({ code, outcome: outputs.get('outcome'), left }).toEqual({ code: 0, outcome: 'none', left: '' });
      expect(outputs.get('pull-request-number')).toBe('1');
      expect(world.github.writes()).toHaveLength(writes);
      expect(await world.repository.head(branch)).toBe(head);
    },
    5 * minutes,
  );

  test(
    'merged: nothing to do, and not one write',
    async () => {
      await world.repository.merge(branch);
      const requests = world.github.requests.length;
      const writes = world.github.writes().length;
      const { code, outputs, log, left } = await world.act();
      expect({ code, outcome: outputs.get('outcome'), left }).toEqual({
        code: 0,
        outcome: 'current',
        left: '',
      });
      expect(outputs.get('changed')).toBe('false');
      expect(log).toContain('Nothing to do');
      expect(sceneOf({ code, log }, world.github.requests.slice(requests))).toMatchSnapshot();
      expect(world.github.writes()).toHaveLength(writes);
    },
    5 * minutes,
  );
});

test(
  'packages of one group: one pull request with both',
  async () => {
    const grouped = await groupedWorld();
    try {
      const { code, log, outputs } = await grouped.act({ inputs: { attribute: '', verify: 'false' } });
      expect({ code, outcome: outputs.get('outcome') }).toEqual({ code: 0, outcome: 'created' });
      expect(sceneOf({ code, log }, grouped.github.requests)).toMatchSnapshot();
    } finally {
      await grouped.close();
    }
  },
  5 * minutes,
);

test(
  'what does not import is a draft that says so, where that is asked for; and ready once it does',
  async () => {
    const other = await makeWorld();
    try {
      const { repository, github } = other;
      await edit(repository, 'default.nix', (text) => text.replace('"iniconfig" ]', '"nowhere" ]'));
      await repository.push('Ask for a module that there is not');
      const inputs = { draft: 'unverified' };
      const draft = await other.act({ inputs });
      expect([draft.code, draft.outputs.get('outcome')]).toEqual([0, 'created']);
      expect(sceneOf(draft, github.requests)).toMatchSnapshot();
      expect(draft.summary).toContain('nowhere');

      await edit(repository, 'default.nix', (text) => text.replace('"nowhere" ]', '"iniconfig" ]'));
      await repository.push('Ask for one that there is');
      const before = github.requests.length;
      const ready = await other.act({ inputs });
      expect(sceneOf(ready, github.requests.slice(before))).toMatchSnapshot();
      const { node } = await ask(github.url);
      expect(node).toEqual({ isDraft: false });
    } finally {
      await other.close();
    }
  },
  5 * minutes,
);

function ask(baseUrl: string): Promise<{ node: { isDraft: boolean } }> {
  return getOctokit(token, { baseUrl }).graphql(
    'query { node(id: "PR_1") { ... on PullRequest { isDraft } } }',
  );
}
