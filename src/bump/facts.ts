import type { NixAnswer } from '../nix/answers.ts';
import { ask } from '../nix/expression.ts';
import { type FixedDrv, fixedDrv, nameOfDrv, requisites } from '../nix/fixed-drv.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';

export type OutputFacts = NixAnswer<'outputFacts'>;

/**
 * Facts about a fixed-output derivation that a package is built from, by its derivation's name.
 * @throws UserError `dependencies-missing`, `dependencies-ambiguous`
 */
export async function closureFacts(derivation: DerivationRef, name: string, run: Run): Promise<OutputFacts> {
  const { drv } = await ask(derivation, 'foreign', run);
  const found = await fixedInputs(drv, run, (one) => nameOfDrv(one) === name);
  const [one] = found;
  const what = `'${derivation.attribute}' is built from`;
  if (one === undefined)
    throw new UserError(
      'dependencies-missing',
      `${what} no fixed-output derivation '${name}' any more. Name one with 'dependencies', such as ".pythonDeps".`,
    );
  if (found.length > 1)
    throw new UserError(
      'dependencies-ambiguous',
      `${what} ${found.length} fixed-output derivations '${name}'. Make one of them an attribute of it (passthru.pythonDeps = …;), and name that with 'dependencies'.`,
    );
  return { ...one, positions: [], file: null };
}

/** The fixed-output derivations that a derivation is built from. */
export async function fixedInputs(
  drv: string,
  run: Run,
  isMeant: (drv: string) => boolean,
): Promise<FixedDrv[]> {
  const drvs = (await requisites(drv, run)).filter((one) => one.endsWith('.drv'));
  const found = await Promise.all(drvs.filter(isMeant).map(fixedDrv));
  return found.filter((one) => one !== undefined);
}
