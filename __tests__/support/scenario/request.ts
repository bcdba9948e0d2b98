import type { PublishRequest } from '../../../src/pull-request/types.ts';

export const BRANCH = 'uv-fod/authentik';
export const NIX = 'pkgs/authentik/package.nix';
export const LOCK = 'uv-fod.lock.json';

/** What the base of the worlds holds. */
export const FILES: Readonly<Record<string, string>> = {
  [NIX]: 'hash = "sha256-old";\n',
  [LOCK]: '{ "version": 1 }\n',
  'uv.lock': 'version = 1\n',
  'README.md': 'hello\n',
};

/** A request to publish a new hash on top of a base. */
export const hashRequest = (sha: string, over: Partial<PublishRequest> = {}): PublishRequest => ({
  ...{ base: { ref: 'main', sha }, branch: BRANCH },
  files: [{ path: NIX, content: 'hash = "sha256-new";\n' }],
  computedFrom: ['uv.lock'],
  commitMessage: 'authentik: 2026.2.0 -> 2026.5.6',
  title: 'authentik: 2026.2.0 → 2026.5.6',
  body: 'The lock moved.',
  ...over,
});
