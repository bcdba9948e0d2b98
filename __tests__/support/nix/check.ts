import { createHash } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environment, tail } from './nix.ts';
import { run, runText } from './run.ts';

/**
 * Builds an attribute a second time and has Nix compare the bytes. What was compared once need not be again: a derivation's
 * name follows from everything that it is made from.
 * @returns the log where the second build differs or fails, nothing where it does not
 */
export async function secondBuild(
  file: string,
  expression: string,
  cwd: string,
): Promise<string | undefined> {
  const source = `let it = import ${file} { }; in ${expression}`;
  const drv = await runText('nix-instantiate', ['--expr', source], { cwd, env: environment });
  const stamp = path.join(
    stamps(),
    createHash('sha256')
      .update(drv.split('\n').at(-1) ?? '')
      .digest('hex'),
  );
  if (
    await access(stamp).then(
      () => true,
      () => false,
    )
  )
    return undefined;
  const { code, stderr } = await run('nix-build', ['--no-out-link', '--check', '--expr', source], {
    cwd,
    env: environment,
  });
  if (code !== 0) return tail(stderr);
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, drv);
  return undefined;
}

const stamps = (): string => path.join(process.env.XDG_CACHE_HOME ?? '/tmp', 'uv-fod/bit-identical');
