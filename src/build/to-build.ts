import { nixArguments } from '../derivation/evaluate.ts';
import type { Where } from '../derivation/where.ts';
import type { Run, RunResult } from '../ports/run.ts';
import { type DerivationFile, readDerivation } from './derivation-file.ts';

/** What Nix would build here for a package: what is in no store that it may take from. */
export interface ToBuild {
  /** The package's own derivation. */
  readonly package: string;
  /** By path, without fixed outputs: what those hold a hash says, and they are fetched and not built. */
  readonly derivations: ReadonlyMap<string, DerivationFile>;
  /**
   * Those that are not made of the fixed output with the dependencies, by derivation: a bump that leaves their sources alone asks for
   * the very same. First of all the wheels of sdists.
   */
  readonly lasting: ReadonlyMap<string, DerivationFile>;
}

/**
 * Asks Nix what it would build.
 * @param read gives the derivation that lies at a path
 * @throws Error with Nix's words
 */
export async function whatIsToBuild(
  where: Where,
  run: Run,
  read: (path: string) => Promise<DerivationFile> = readDerivation,
): Promise<ToBuild> {
  const instantiated = await run('nix-instantiate', nixArguments(where, '[ package deps ]'));
  const [own, deps] = lines(succeeded(instantiated).stdout).map((line) => line.replace(/!.*$/, ''));
  if (own === undefined || deps === undefined) throw new Error('Nix named no derivation');
  const { stderr } = succeeded(await run('nix-store', ['--realise', '--dry-run', own]));
  const derivations = new Map<string, DerivationFile>();
  for (const path of willBeBuilt(stderr)) {
    const derivation = await read(path);
    if (!derivation.isFixed) derivations.set(path, derivation);
  }
  const moving = madeOf(new Set([deps]), derivations);
  const lasting = new Map([...derivations].filter(([path]) => path !== own && !moving.has(path)));
  return { package: own, derivations, lasting };
}

/** Those of `derivations` that are built with one of `parts`, or with one that is. */
export function madeOf(
  parts: ReadonlySet<string>,
  derivations: ReadonlyMap<string, DerivationFile>,
): ReadonlySet<string> {
  const made = new Set<string>();
  for (let before = -1; before !== made.size; ) {
    before = made.size;
    for (const [path, { inputs }] of derivations)
      if (inputs.some((one) => parts.has(one) || made.has(one))) made.add(path);
  }
  return made;
}

/** The list below "these 2 derivations will be built:"; another one, of what is fetched, may follow. */
function willBeBuilt(stderr: string): string[] {
  const [, list = ''] = /^th(?:is|ese)\b.* will be built:\n((?: {2}\/.*\n?)*)/m.exec(stderr) ?? [];
  return lines(list);
}

const lines = (text: string): string[] => text.split('\n').flatMap((line) => line.trim() || []);

function succeeded(result: RunResult): RunResult {
  if (result.code === 0) return result;
  throw new Error(result.stderr.trim().split('\n').at(-1) ?? '');
}
