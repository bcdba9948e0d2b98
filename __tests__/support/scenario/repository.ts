import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runText } from '../nix/run.ts';

const identity = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'A maintainer',
  GIT_AUTHOR_EMAIL: 'maintainer@example.com',
  GIT_COMMITTER_NAME: 'A maintainer',
  GIT_COMMITTER_EMAIL: 'maintainer@example.com',
};

/** A person's working tree and the repository on the server that it pushes to; both real git. */
export class Repository {
  readonly bare: string;
  readonly work: string;

  private constructor(dir: string) {
    this.bare = path.join(dir, 'server.git');
    this.work = path.join(dir, 'work');
  }

  static async create(dir: string): Promise<Repository> {
    const repository = new Repository(dir);
    await mkdir(repository.work, { recursive: true });
    await git(dir, 'init', '--quiet', '--bare', '--initial-branch=main', repository.bare);
    // As GitHub has it: a runner's shallow checkout may ask for any commit that is reachable.
    await git(repository.bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    await git(repository.work, 'init', '--quiet', '--initial-branch=main');
    await git(repository.work, 'remote', 'add', 'origin', repository.bare);
    return repository;
  }

  /** One that is as another, whose folder is `from`. */
  static async copy(from: string, dir: string): Promise<Repository> {
    const [source, copy] = [new Repository(from), new Repository(dir)];
    await cp(source.bare, copy.bare, { recursive: true });
    await cp(source.work, copy.work, { recursive: true });
    await git(copy.work, 'remote', 'set-url', 'origin', copy.bare);
    return copy;
  }

  /** Commits all files of the working tree and pushes main. */
  async push(message: string): Promise<string> {
    await git(this.work, 'add', '--all');
    await git(this.work, 'commit', '--quiet', '--message', message);
    await git(this.work, 'push', '--quiet', 'origin', 'HEAD:main');
    return this.head();
  }

  head(branch = 'main'): Promise<string> {
    return branchOf(this.bare, branch);
  }

  /** All refs with their commits: what a run may not have changed. */
  refs(): Promise<string> {
    return git(this.bare, 'for-each-ref', '--format=%(refname) %(objectname)');
  }

  log(range: string): Promise<string> {
    return git(this.bare, 'log', '--format=%H %s', range);
  }

  diff(from: string, to: string, ...paths: string[]): Promise<string> {
    return git(this.bare, 'diff', from, to, '--', ...paths);
  }

  /**
   * Merges a branch into main, as the button on a pull request does, and brings the working tree up
   * to it.
   */
  async merge(branch: string): Promise<string> {
    await git(this.work, 'fetch', '--quiet', 'origin', branch);
    await git(this.work, 'merge', '--quiet', '--no-ff', '--message', `Merge ${branch}`, 'FETCH_HEAD');
    await git(this.work, 'push', '--quiet', 'origin', 'HEAD:main');
    return this.head();
  }

  /** What actions/checkout gives a job: one commit, detached. */
  async checkout(dir: string, ref = 'main'): Promise<string> {
    await git(
      path.dirname(dir),
      'clone',
      '--quiet',
      '--depth=1',
      '--branch',
      ref,
      `file://${this.bare}`,
      dir,
    );
    await writeFile(path.join(dir, '.git/HEAD'), `${await branchOf(path.join(dir, '.git'), ref)}\n`);
    return dir;
  }
}

/**
 * The commit of a branch; from its file where it has one (gitrepository-layout), as it is asked for
 * before and after each run, and starting a program costs more than all else here.
 */
export async function branchOf(gitDir: string, branch: string): Promise<string> {
  const file = path.join(gitDir, 'refs/heads', branch);
  const loose = await readFile(file, 'utf8').catch(() => undefined);
  return loose?.trim() ?? git(gitDir, 'rev-parse', `refs/heads/${branch}`);
}

export function git(dir: string, ...args: string[]): Promise<string> {
  return runText('git', ['-C', dir, ...args], { env: identity });
}
