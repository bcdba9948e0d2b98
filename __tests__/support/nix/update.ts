import { plainPackage } from '../../../src/config/package.ts';
import { usualPolicy } from '../../../src/config/policy.ts';
import type { PackageConfig } from '../../../src/config/types.ts';
import type { DerivationRef } from '../../../src/nix/target.ts';
import type { ReleaseParts } from '../../../src/release/types.ts';
import type { Log } from '../../../src/system/log.ts';
import { noCommits } from '../../../src/update/checkout.ts';
import type { Context } from '../../../src/update/context.ts';
import { type Updated, updatePackage } from '../../../src/update/package.ts';

export const quiet: Log = {
  info: () => {},
  warning: () => {},
  progress: () => {},
  group: (_, body) => body(),
};

const options = {
  ...{ updateOutputs: true, lockOnly: false, recompute: false },
  ...{ verify: true, skipSecondDerivation: false, comparison: { since: 'HEAD^' } },
  policy: usualPolicy,
};

/** Updates one package in a folder, and keeps what it changes. */
export async function updateIn(
  root: string,
  { derivation, config }: { readonly derivation: DerivationRef; readonly config?: PackageConfig },
  context: Context,
  finders?: ReleaseParts,
): Promise<Updated> {
  const unused = { run: context.run, scratch: context.scratch, index: undefined };
  const fail = () => Promise.reject(new Error('not to be asked'));
  const edits = await context.openEdits(root);
  const checkout = noCommits(root);
  const updated = await updatePackage(
    {
      config: config ?? plainPackage(derivation.attribute, { kind: 'file', file: 'default.nix' }),
      ...{ derivation, checkout, options: { ...options, findReleases: finders !== undefined } },
    },
    edits,
    context,
    finders ?? { ...unused, hub: fail, fetchText: fail },
  );
  await edits.keep();
  return updated;
}
