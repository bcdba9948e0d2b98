import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGitHub } from '../support/github/server.ts';
import type { GitHub } from '../support/github/types.ts';
import { runStep } from '../support/runner/runner.ts';
import { type AuthentikProject, makeAuthentik } from '../support/scenario/authentik.ts';
import { uvFod } from '../support/scenario/small-project.ts';

// The main job on authentik's real closure: what script/demo shows, with its outcome asserted.
const token = 'a-token-of-the-runner';
const repository = 'you/authentik-nix';
const branch = 'uv-fod/authentik-django';
let dir: string;
let project: AuthentikProject;
let github: GitHub;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'authentik-'));
  project = await makeAuthentik(dir, () => {});
  const permissions = { contents: 'write', pull_requests: 'write', issues: 'write' } as const;
  github = await startGitHub({
    repository,
    bare: project.repository.bare,
    tokens: { [token]: { permissions } },
  });
}, 600_000);

afterAll(async () => {
  await github?.close();
  await project?.source.close();
  await rm(dir, { recursive: true, force: true });
});

async function act(run: number, before: string, after: string) {
  const workspace = await project.repository.checkout(path.join(dir, `checkout-${run}`));
  const event = { ref: 'refs/heads/main', before, after };
  const inputs = { attribute: 'authentik-django', token };
  const ref = 'refs/heads/main';
  return runStep({
    workspace,
    repository,
    inputs,
    github: github.url,
    ref,
    sha: after,
    eventName: 'push',
    event,
    runId: run,
  });
}

test('the SBOM of the closure is valid, and the same twice', async () => {
  const { work } = project.repository;
  const args = [
    'sbom',
    '--project',
    'authentik',
    '--build-lock',
    'uv-fod.lock.json',
    '--system',
    'x86_64-linux',
  ];
  const [{ code, stdout }, again] = [await uvFod(args, work), await uvFod(args, work)];
  expect(code).toBe(0);
  expect(again.stdout).toBe(stdout);
  expect(await new JsonStrictValidator(Version.v1dot6).validate(stdout)).toBeNull();
  const { components } = JSON.parse(stdout) as { components: { scope: string }[] };
  expect(components.filter(({ scope }) => scope === 'required').length).toBeGreaterThan(150);
  expect(components.some(({ scope }) => scope === 'excluded')).toBe(true);
}, 60_000);

test('a bump of djangorestframework becomes one pull request with a proven hash, and nothing twice', async () => {
  const first = await act(1, project.pinned, project.bumped);
  expect({ code: first.code, log: first.code === 0 ? '' : first.log }).toEqual({ code: 0, log: '' });
  expect(first.outputs.get('outcome')).toBe('created');
  expect(first.log).toContain('djangorestframework 3.16.1 → 3.17.1');
  expect(first.log).toMatch(
    /import authentik.*→ \/nix\/store\/\S+-authentik-django-2026\.2\.0\/lib\/python3\.14\/site-packages\/authentik\/__init__\.py/,
  );
  const { before, after } = JSON.parse(first.outputs.get('hashes') ?? '')['x86_64-linux'];
  expect(after).not.toBe(before);
  const diff = await project.repository.diff('main', branch);
  expect(diff.match(/^[-+](?![-+]).*/gm)).toEqual([
    `-    hash = "${before}";`,
    `+    hash = "${after}";`,
    expect.stringMatching(`^- +"hash": "${before.replaceAll('+', '\\+')}",$`),
    expect.stringMatching(/^- +"plan": "sha256-/),
    expect.stringMatching(`^\\+ +"hash": "${after.replaceAll('+', '\\+')}",$`),
    expect.stringMatching(/^\+ +"plan": "sha256-/),
  ]);

  const writes = github.writes().length;
  const second = await act(2, project.pinned, project.bumped);
  expect([second.outputs.get('outcome'), second.outputs.get('pull-request-number')]).toEqual(['none', '1']);
  expect(github.writes()).toHaveLength(writes);

  const merged = await project.repository.merge(branch);
  const third = await act(3, project.bumped, merged);
  expect(third.outputs.get('outcome')).toBe('current');
  expect(github.writes()).toHaveLength(writes);
}, 1_200_000);
