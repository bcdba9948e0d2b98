import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import { environment, tail } from './nix.ts';
import { run, runText } from './run.ts';

/**
 * Builds derivations a second time and has Nix compare the bytes. What was compared once need not
 * be again: an output's name follows from everything that it is made from, with fixed outputs by
 * their content. So a fetch itself is compared each time.
 * @param expressions each a derivation, in the scope of `it`: the value of `file`
 * @returns the logs of those whose second build differs or fails
 */
export async function secondBuilds(
  file: string,
  expressions: readonly string[],
  cwd: string,
): Promise<string[]> {
  const source = `let it = import ${file} { }; in [ ${expressions.map((one) => `(${one})`).join(' ')} ]`;
  const printed = await runText('nix-instantiate', ['--expr', source], { cwd, env: environment });
  const drvs = printed
    .split('\n')
    .filter((line) => line.startsWith('/'))
    .map((line) => line.replace(/!.*/, ''));
  if (drvs.length !== expressions.length) throw new Error(`not one derivation for each:\n${printed}`);
  const limit = pLimit(availableParallelism());
  const logs = await limit.map(drvs, (drv) => secondBuild(drv, cwd));
  return logs.filter((log) => log !== undefined);
}

async function secondBuild(drv: string, cwd: string): Promise<string | undefined> {
  const fixed = await run('nix-store', ['--query', '--binding', 'outputHash', drv]);
  const key = fixed.code === 0 ? drv : await runText('nix-store', ['--query', '--outputs', drv]);
  return provenOnce(key, async () => {
    const args = ['--no-out-link', '--check', drv];
    const { code, stderr } = await run('nix-build', args, { cwd, env: environment });
    return code === 0 ? undefined : `${drv}: ${tail(stderr)}`;
  });
}

/**
 * Proves something of store paths, which never change, unless it was proven before.
 * @param key all that the result follows from
 * @param prove returns what is wrong; nothing where all is well, which is remembered
 */
export async function provenOnce(
  key: string,
  prove: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const stamp = path.join(stamps(), createHash('sha256').update(key).digest('hex'));
  if (await stat(stamp).catch(() => undefined)) return undefined;
  const wrong = await prove();
  if (wrong !== undefined) return wrong;
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, key);
  return undefined;
}

const stamps = (): string => path.join(process.env.XDG_CACHE_HOME ?? '/tmp', 'uv-fod/bit-identical');
