import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { inFolder } from '../system/files.ts';
import { noSuchProgram, type Run, type RunResult } from '../system/run.ts';
import { toolMissing } from '../system/tools.ts';
import { matching } from './tags.ts';
import type { Repository } from './types.ts';

/** git asks for no password, and follows no redirect to another scheme. */
const env = { GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: 'true', GIT_ALLOW_PROTOCOL: 'https:http:ssh' };

/**
 * A repository that git can fetch.
 * @param scratch folder for temporary repositories
 */
export function gitRepository(url: string, run: Run, scratch: string): Repository {
  const git = async (...args: string[]): Promise<string> => {
    const result = await run('git', args, { env });
    if (result.code === 0) return result.stdout;
    throw failure(url, result);
  };
  /** Fetches commits without their files, and runs `body` in the repository that has them. */
  const fetched = <T>(args: readonly string[], body: (inside: typeof git) => Promise<T>) =>
    inFolder(path.join(scratch, 'release-'), async (dir) => {
      const inside: typeof git = (...more) => git('-C', dir, ...more);
      await inside('init', '--quiet', '--bare');
      await inside('fetch', '--quiet', '--filter=tree:0', ...args);
      return body(inside);
    });
  const commitIn = async (inside: typeof git, name: string) => {
    const text = await inside('show', '--no-patch', '--format=%H %ct', `${name}^{commit}`);
    const [revision = '', seconds] = text.trim().split(' ');
    return { revision, date: Number(seconds) * 1000 };
  };
  return {
    name: url,
    releases: async ({ tag }) => {
      const text = await git('ls-remote', '--tags', '--refs', '--', url);
      const names = text.split('\n').flatMap((line) => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
      return matching(names, (name) => name, tag, url).map(({ version, tag: name }) => ({
        ...{ version, tag: name },
      }));
    },
    commitOf: async (ref) => {
      const full = `refs/${ref}`;
      if ((await git('ls-remote', '--', url, full)) === '') return undefined;
      return fetched(['--depth=1', '--', url, full], (inside) => commitIn(inside, 'FETCH_HEAD'));
    },
    dateOnBranch: (branch, commit) =>
      fetched(['--', url, `refs/heads/${branch}`], async (inside) => {
        const common = await inside('merge-base', '--', commit, 'FETCH_HEAD').catch(() => '');
        return common.trim() === commit ? (await commitIn(inside, commit)).date : undefined;
      }),
  };
}

function failure(url: string, { code, stderr }: RunResult): UserError {
  if (code === noSuchProgram) return toolMissing('git');
  const last = stderr.split('\n').findLast((line) => line.trim() !== '') ?? 'git printed nothing';
  return new UserError(
    'releases-unreachable',
    `git can't read ${url}: ${last.slice(0, 300).replace(/\.$/, '')}. Nothing was changed; correct the address in the configuration, or run this again later.`,
    { log: stderr },
  );
}
