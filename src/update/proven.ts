import { build } from '../build/nix.ts';
import { type Way, withRunnerBuilds } from '../build/runner-builds.ts';
import type { Pinned } from '../derivation/evaluate.ts';
import type { Where } from '../derivation/where.ts';
import { type Imported, proveImports } from '../proof/import.ts';
import type { Parts } from './types.ts';

/** What was built, and what was imported from it. */
export interface BuiltAndImported {
  readonly out: string;
  readonly imported: readonly Imported[];
  /** How many store paths it was built with that came out of the runner's cache. */
  readonly taken: number;
}

export interface ProofRequest {
  readonly where: Where;
  readonly pinned: Pinned;
  /** What is built goes on to others: then it is all built here. */
  readonly goesOn: boolean;
  /** Runs each of `build` and `proof`. */
  readonly stage: <T>(name: string, body: () => Promise<T>) => Promise<T>;
}

/**
 * Builds a derivation and imports it, with builds out of the runner's cache where there is one.
 * @throws UserError those of `build` and `proveImports`
 */
export async function buildAndImport(
  { where, pinned, goesOn, stage }: ProofRequest,
  { builds, run, log }: Parts,
): Promise<BuiltAndImported> {
  const { python } = pinned.systems[0]?.target ?? { python: '3' };
  const prove = async (way: Way): Promise<Omit<BuiltAndImported, 'taken'>> => {
    const out = await stage('build', () => build(where, way.run, log, way.args));
    const imported = await stage('proof', () => proveImports(out, python, pinned.imports, run, log));
    return { out, imported };
  };
  if (builds === undefined || goesOn) return { ...(await prove({ run })), taken: 0 };
  const { result, taken } = await withRunnerBuilds(where, pinned.system, { builds, run, log }, prove);
  return { ...result, taken };
}
