import { build } from '../nix/build.ts';
import type { Pinned } from '../nix/evaluate.ts';
import { checkImports, type Imported } from '../nix/import-check/import-check.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Parts } from './types.ts';

/** What was built, and what was imported from it. */
export interface BuiltAndImported {
  readonly out: string;
  readonly imported: readonly Imported[];
}

export interface ProofRequest {
  readonly derivation: DerivationRef;
  readonly pinned: Pinned;
  /** Runs each of `build` and `proof`. */
  readonly stage: <T>(name: string, body: () => Promise<T>) => Promise<T>;
}

/**
 * Builds a derivation and imports it.
 * @throws UserError those of `build` and `checkImports`
 */
export async function buildAndImport(
  { derivation, pinned, stage }: ProofRequest,
  { run, log }: Pick<Parts, 'run' | 'log'>,
): Promise<BuiltAndImported> {
  const { python } = pinned.systems[0]?.target ?? { python: '3' };
  const out = await stage('build', () => build(derivation, run, log));
  const { imports: modules, system } = pinned;
  const imported = await stage('proof', () => checkImports({ out, python, system, modules }, run, log));
  return { out, imported };
}
