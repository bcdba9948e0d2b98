import { describe, expect, test } from '@jest/globals';
import { connect, forgeKind } from '../../../src/action/forge.ts';
import type { Trigger } from '../../../src/action/trigger.ts';
import { makeOctokit } from '../../../src/pull-request/github/octokit.ts';

describe('the forge', () => {
  test.each([
    ['GitHub’s runner', {}, 'github'],
    ['Gitea’s', { GITEA_ACTIONS: 'true' }, 'gitea'],
    ['Forgejo’s, which says both', { GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }, 'forgejo'],
  ])('is told by the runner: %s', (_, marks, kind) => {
    expect(forgeKind('auto', marks)).toBe(kind);
    expect(forgeKind('github', marks)).toBe('github');
  });

  const trigger: Trigger = {
    ...{ repo: { owner: 'acme', repo: 'nix' }, base: 'main', before: undefined },
    ...{ pull: undefined, finished: undefined, isFork: false },
    ...{ name: 'schedule', payload: {}, ref: 'refs/heads/main', sha: '', runId: 1, runPage: '' },
    trust: { kind: 'own', configuration: { from: 'checkout' }, isScheduled: true },
    apiUrl: 'https://forge.example/api/v1',
    serverUrl: 'https://forge.example/',
  };

  test.each(['forgejo', 'gitea'] as const)(
    '%s has the token to itself: GitHub is asked as nobody',
    async (kind) => {
      const made: string[][] = [];
      const { hub, forge } = connect(
        kind,
        'secret',
        trigger,
        { run: () => Promise.reject(new Error('nothing runs')), scratch: '/nowhere' },
        async (token, url) => {
          made.push([token, url]);
          return makeOctokit(token, { throttle: { enabled: false } });
        },
      );
      await hub();
      await forge();
      expect(made).toEqual([
        ['', 'https://api.github.com'],
        ['secret', 'https://forge.example/api/v1'],
      ]);
    },
  );

  test('an empty token is sent as none', async () => {
    let sent: string | null = 'not asked';
    const fetch = async (_: string, { headers }: { headers: Record<string, string> }) => {
      sent = headers.authorization ?? null;
      return new Response('{}', { headers: { 'content-type': 'application/json' } });
    };
    await makeOctokit('', { throttle: { enabled: false }, request: { fetch } }).request('GET /');
    expect(sent).toBeNull();
    await makeOctokit('secret', { throttle: { enabled: false }, request: { fetch } }).request('GET /');
    expect(sent).toBe('token secret');
  });
});
