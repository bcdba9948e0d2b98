import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { onLoopback } from '../../support/files/loopback.ts';
import { serveRepositories } from '../../support/nix/git-source.ts';
import { run, runText } from '../../support/nix/run.ts';
import { checkout } from '../../support/runner/runner.ts';
import { git } from '../../support/scenario/repository.ts';
import { uvFod } from '../../support/scenario/small-project.ts';
import type { Acted } from '../../support/scenario/world.ts';
import { adding, type JudgedWorld, makeJudgedWorld, redirectTo } from '../support/judged-world.ts';
import { minutes } from '../support/world.ts';

// Repositories that a lock names: real git against servers of this machine, of which the base
// allows one.
let world: JudgedWorld;
let served: string;
let repositories: Awaited<ReturnType<typeof serveRepositories>>;
beforeAll(async () => {
  world = await makeJudgedWorld();
  served = path.join(world.dir, 'served');
  await mkdir(served, { recursive: true });
  repositories = await serveRepositories(served);
}, 2 * minutes);
afterAll(async () => {
  await repositories?.close();
  await world?.close();
});

/** Makes the allowed server a git server, but for paths that `redirect` answers. */
function serveGit(redirect: (url: string) => string | undefined = () => undefined): void {
  world.allowed.answer = (request, response) => {
    const to = redirect(request.url ?? '');
    if (to !== undefined) return redirectTo(to)(request, response);
    const { method, headers } = request;
    const sent = httpRequest(repositories.url + request.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(sent.on('error', () => response.destroy()));
  };
}

/**
 * A repository with a project `inner`, and submodules at addresses that need not be served.
 * @returns its commit
 */
async function repository(name: string, submodules: Readonly<Record<string, string>> = {}): Promise<string> {
  const work = path.join(world.dir, `${name}.work`);
  await mkdir(work, { recursive: true });
  await git(work, 'init', '--quiet', '--initial-branch=main');
  await writeFile(
    path.join(work, 'pyproject.toml'),
    '[project]\nname = "inner"\nversion = "1.0"\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
  );
  const modules = Object.entries(submodules).map(
    ([at, url]) => `[submodule "${at}"]\n\tpath = ${at}\n\turl = ${url}\n`,
  );
  await writeFile(path.join(work, '.gitmodules'), modules.join(''));
  await git(work, 'add', '--all');
  for (const at of Object.keys(submodules))
    await git(work, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},${at}`);
  await git(work, 'commit', '--quiet', '--message', name);
  await runText('git', ['clone', '--quiet', '--bare', work, path.join(served, name)]);
  await git(path.join(served, name), 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  return git(work, 'rev-parse', 'HEAD');
}

const fromGit = (url: string, commit: string) => adding({ source: `{ git = "${url}#${commit}" }` });

function expectRefused(acted: Acted, host: string): void {
  expect(acted.errors.map(({ title }) => title)).toEqual([
    acted.outputs.has('status') ? 'cannot-fetch' : 'host-not-allowed',
  ]);
  expect(acted.errors[0]?.message).toContain(host);
  expect(world.inner.asked).toEqual([]);
  expect(acted.left).toBe('');
}

attack(5, ['update'], 'an allowed git server redirects to an inner one', async () => {
  const commit = await repository('redirected');
  serveGit((url) => `${world.inner.origin}${url}`);
  const inputs = { mode: 'update', verify: 'false' };
  const acted = await world.proposed(fromGit(`${world.allowed.origin}/redirected`, commit), { inputs });
  expectRefused(acted, world.inner.host);
  expect(world.allowed.asked.length).toBeGreaterThan(0);
});

attack(5, ['check'], 'a chain of submodules ends inside', async () => {
  serveGit();
  const inner = await repository('chain-2', { deep: `${world.inner.origin}/secrets.git` });
  const outer = await repository('chain-1', { next: '../chain-2' });
  const bare = path.join(served, 'chain-1');
  // The outer repository's submodule is the inner one's real commit.
  const work = path.join(world.dir, 'chain-1.work');
  await git(work, 'update-index', '--cacheinfo', `160000,${inner},next`);
  await git(work, 'commit', '--quiet', '--amend', '--no-edit');
  await git(work, 'push', '--quiet', '--force', bare, 'HEAD:main');
  const commit = await git(work, 'rev-parse', 'HEAD');
  expect(commit).not.toBe(outer);
  const acted = await world.proposed(fromGit(`${world.allowed.origin}/chain-1`, commit));
  expectRefused(acted, world.inner.host);
});

for (const [what, url, said] of [
  ['by ssh', 'ssh://git@inner.example/x.git', 'inner.example'],
  ['by an scp-like address', 'git@inner.example:x.git', 'git@inner.example:x.git'],
  ['as a folder of this machine', 'file:///proc/self/root/etc', 'file:///proc/self/root/etc'],
  ['that runs a command', 'ext::sh -c touch% /tmp/pwned-submodule', 'ext::sh'],
] as const)
  attack(5, ['update'], `a submodule ${what}`, async () => {
    serveGit();
    const name = `submodule-${what.length}`;
    const commit = await repository(name, { sub: url });
    const inputs = { mode: 'update', verify: 'false' };
    const acted = await world.proposed(fromGit(`${world.allowed.origin}/${name}`, commit), { inputs });
    expectRefused(acted, said);
    expect((await run('test', ['-e', '/tmp/pwned-submodule'])).code).toBe(1);
  });

attack(5, ['update'], 'a locked repository by ssh', async () => {
  const inputs = { mode: 'update', verify: 'false' };
  const acted = await world.proposed(fromGit('ssh://git@inner.example/x', '1'.repeat(40)), { inputs });
  expectRefused(acted, 'inner.example');
});

attack(5, ['nix'], "inside Nix's fixed output, git takes no folder and runs no command", async () => {
  for (const url of ['file:///etc', 'ext::sh -c touch% /tmp/pwned-nix', '--upload-pack=x']) {
    const args = ['git', '--url', url, '--commit', '1'.repeat(40), '--out', path.join(world.dir, 'out')];
    const { code, stderr } = await run(process.execPath, [path.join(checkout, 'dist/nix.js'), ...args]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^uv-fod: [^\n]+\n$/)]);
    expect(stderr).not.toContain('defect');
  }
  expect((await run('test', ['-e', '/tmp/pwned-nix'])).code).toBe(1);
});

attack(5, ['cli'], "the user's own proxy is used, with its password, and judges nothing away", async () => {
  const asked: { url: string; login: string | undefined }[] = [];
  const proxy = createServer((request, response) => {
    asked.push({ url: request.url ?? '', login: request.headers['proxy-authorization'] });
    response.writeHead(302, { location: `${world.inner.origin}/` }).end();
  });
  const { port, close } = await onLoopback(proxy);
  try {
    world.inner.asked.length = 0;
    const work = await world.repository.checkout(path.join(world.dir, 'own-proxy'));
    await fromGit(`${world.allowed.origin}/x`, '1'.repeat(40))(work);
    const own = `http://me:secret-word@127.0.0.1:${port}`;
    const env = { http_proxy: own, https_proxy: '', NO_PROXY: world.inner.host, no_proxy: '' };
    const { code, stderr } = await uvFod(['lock', 'small'], work, env);
    expect(asked.map(({ url }) => url)).toEqual([
      expect.stringContaining(`${world.allowed.origin}/x/info/refs`),
    ]);
    expect(asked[0]?.login).toBe(`Basic ${Buffer.from('me:secret-word').toString('base64')}`);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`'${world.inner.host}'`)]);
    expect(world.inner.asked).toEqual([]);
    expect(stderr).not.toContain('secret-word');
  } finally {
    await close();
  }
});
