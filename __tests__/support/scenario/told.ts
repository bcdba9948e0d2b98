import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type FileServer, startFileServer } from '../files/server.ts';
import { getOctokit } from '../github/libraries.ts';
import { startGitHub } from '../github/server.ts';
import type { GitHub } from '../github/types.ts';
import { runStep, type StepResult } from '../runner/runner.ts';
import { releasedDerivation } from './released.ts';
import { Repository } from './repository.ts';
import { makeUpstream } from './upstream.ts';

const name = 'you/packages';
const token = 'a-token-of-the-runner';

/** What the publisher of the new release wrote: with all that must reach nobody. */
export const notes = `<!-- written by a machine -->
## Highlights

* core: the first request is answered in half the time (#19616), by @a-contributor
* **Breaking:** \`AUTHENTIK_OLD\` is gone, see [the docs](https://docs.example/upgrade)
  - closes you/packages#1, fixes https://forge.example/you/packages/issues/2

\`\`\`sh
small migrate --all
\`\`\`
<script>alert(1)</script>
`;

const config = `[[package]]
attribute = "small"
source-hash = "source"
also = ["ui"]
releases = { github = "${name}", tag = "version/{version}", minimum-release-age = "0 days" }
`;

/**
 * A package whose source is fetched, with a release that there is something to tell about, by its
 * publisher and by its index.
 */
export interface Told {
  readonly github: GitHub;
  /**
   * The index that the lock is from; it knows of a vulnerability of six 1.17.0, and that it was
   * yanked.
   */
  readonly index: FileServer;
  /** One run by the clock on a fresh checkout. */
  run(): Promise<StepResult>;
  /** Adds to the configuration of main, in place of what was added before. */
  configure(more: string): Promise<void>;
  /** The body of the pull request. */
  body(): Promise<string>;
  /** Of open pull requests, whether each is a draft. */
  drafts(): Promise<boolean[]>;
  close(): Promise<void>;
}

/** @param dir a folder of its own */
export async function makeTold(dir: string): Promise<Told> {
  const index = await startFileServer();
  index.answers.set('/root/pypi/six/1.17.0/json', (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(ofSix(index.origin)));
  });
  const registry = `${index.origin}/root/simple`;
  const upstream = await makeUpstream(dir);
  await upstream.release('1.0.0', '1.16.0', registry);
  const repository = await Repository.create(dir);
  await writeFile(path.join(repository.work, 'default.nix'), releasedDerivation(upstream.url));
  await mkdir(path.join(repository.work, '.github'));
  await writeFile(path.join(repository.work, '.github/uv-fod.toml'), config);
  await repository.push('A package that nobody has pinned yet');
  const permissions = { contents: 'write', pull_requests: 'write', issues: 'write' } as const;
  const github = await startGitHub({
    repository: name,
    bare: repository.bare,
    tokens: { [token]: { permissions } },
  });
  const { rest } = getOctokit(token, { baseUrl: github.url });
  const [owner = '', repo = ''] = name.split('/');
  let runs = 0;
  const act = async (eventName: 'push' | 'schedule', event: object): Promise<StepResult> => {
    runs += 1;
    const workspace = await repository.checkout(path.join(dir, `checkout-${runs}`));
    const sha = await repository.head();
    const step = {
      workspace,
      sha,
      repository: name,
      github: github.url,
      ref: 'refs/heads/main',
      runId: runs,
    };
    return runStep({ ...step, inputs: { token }, eventName, event });
  };
  const first = await act('push', { ref: 'refs/heads/main' });
  if (first.code !== 0) throw new Error(first.log);
  await repository.merge('uv-fod/small');
  await upstream.release('1.1.0', '1.17.0', registry);
  await rest.repos.createRelease({ owner, repo, tag_name: 'version/1.1.0', body: notes });
  return {
    github,
    index,
    run: () => act('schedule', { schedule: '0 3 * * *' }),
    configure: async (more) => {
      await writeFile(path.join(repository.work, '.github/uv-fod.toml'), `${config}${more}`);
      await repository.push('Configure more');
    },
    drafts: async () => {
      const { data } = await rest.pulls.list({ owner, repo, state: 'open' });
      return data.map(({ draft }) => draft === true);
    },
    body: async () => {
      const { data } = await rest.pulls.list({ owner, repo, state: 'open' });
      return data[0]?.body ?? '';
    },
    close: async () => {
      await Promise.all([index.close(), upstream.close(), github.close()]);
    },
  };
}

const ofSix = (origin: string) => ({
  info: {
    yanked: true,
    yanked_reason: 'breaks on Python 3.14',
    release_url: `${origin}/project/six/1.17.0/`,
    // The address has what would end a link and begin another.
    project_urls: {
      Changelog: 'https://evil.example/',
      Source: 'https://github.com/benjaminp/six](https:evil) [x',
    },
  },
  vulnerabilities: [
    {
      ...{ id: 'PYSEC-2026-17', aliases: ['CVE-2026-10017'], fixed_in: ['1.17.1'], withdrawn: null },
      ...{ link: 'https://db.example/PYSEC-2026-17', summary: 'reads one byte more than it was given' },
    },
  ],
});
