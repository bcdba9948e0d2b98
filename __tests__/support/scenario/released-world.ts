import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGitHub } from '../github/server.ts';
import type { GitHub, TokenOptions } from '../github/types.ts';
import { releasedDerivation } from './released.ts';
import { Repository } from './repository.ts';
import { makeUpstream, type Upstream } from './upstream.ts';

/**
 * A derivation of a released project (version 1.0.0), in a repository on a loopback GitHub, which
 * nobody has pinned yet.
 */
export interface ReleasedWorld {
  readonly dir: string;
  readonly upstream: Upstream;
  readonly repository: Repository;
  readonly github: GitHub;
  readonly close: () => Promise<void>;
}

interface Released {
  /** The repository, as `owner/name`. */
  readonly name: string;
  readonly tokens: Readonly<Record<string, TokenOptions>>;
  /** More keys of the configuration's `releases`. */
  readonly releases?: string;
  /** Keys of its `[pull-request]`. */
  readonly pullRequest?: string;
  /** Changes the work tree before it is committed. */
  readonly prepare?: (repository: Repository) => Promise<void>;
}

export async function makeReleasedWorld(options: Released): Promise<ReleasedWorld> {
  const dir = await mkdtemp(path.join(tmpdir(), 'released-'));
  const upstream = await makeUpstream(dir);
  await upstream.release('1.0.0', '1.16.0');
  const repository = await Repository.create(dir);
  await writeFile(path.join(repository.work, 'default.nix'), releasedDerivation(upstream.url));
  await mkdir(path.join(repository.work, '.github'));
  await writeFile(path.join(repository.work, '.github/uv-fod.toml'), configuration(upstream.url, options));
  await options.prepare?.(repository);
  await repository.push('A package that nobody has pinned yet');
  const github = await startGitHub({
    ...{ repository: options.name, bare: repository.bare, tokens: options.tokens },
  });
  return {
    ...{ dir, upstream, repository, github },
    close: async () => {
      await github.close();
      await upstream.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const configuration = (url: string, { releases = '', pullRequest = '' }: Released): string => `[[package]]
attribute = "small"
source-hash = "source"
also = ["ui"]
releases = { git = "${url}", tag = "version/{version}"${releases} }

[pull-request]
labels = ["dependencies"]
${pullRequest}`;
