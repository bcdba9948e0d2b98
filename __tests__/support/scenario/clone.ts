import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { checkout } from '../runner/runner.ts';
import { git } from './repository.ts';

/**
 * A user's clone of uv-fod: the built programs, in a repository of `you/uv-fod` on GitHub whose
 * commit was pushed.
 * @returns its folder, `dir/uv-fod-clone`
 */
export async function cloneOfUvFod(dir: string): Promise<string> {
  const clone = path.join(dir, 'uv-fod-clone');
  await mkdir(clone);
  for (const name of ['dist', 'package.json'])
    await cp(path.join(checkout, name), path.join(clone, name), { recursive: true });
  await git(clone, 'init', '--quiet', '--initial-branch=main');
  await git(clone, 'add', '--all', '--force');
  const user = ['-c', 'user.name=You', '-c', 'user.email=you@example.com'];
  await git(clone, ...user, 'commit', '--quiet', '--message=uv-fod');
  await git(clone, 'remote', 'add', 'origin', 'https://github.com/you/uv-fod.git');
  await git(clone, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  return clone;
}
