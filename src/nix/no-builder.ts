import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { UserError } from '../system/errors.ts';
import { silent } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import { lackingMachine } from './failure.ts';
import { argStrings, type NixResult, nixBuild } from './nix-build.ts';

/**
 * Throws if Nix's own error shows that no machine can build the derivation: then the package is not
 * at fault. For a dependency, Nix only relays the reason, which a builder could forge.
 * @throws UserError `no-builder`
 */
export function checkBuilder(what: string, result: NixResult): void {
  const why = lackingMachine(result);
  if (why === undefined) return;
  throw new UserError(
    'no-builder',
    `${what} can't be built here: ${why}. Nothing was changed. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
    { log: result.stderr },
  );
}

/** In dist/, this file is next to the bundle. */
const canary = fileURLToPath(new URL('./builder-canary.nix', import.meta.url));

/**
 * Tests with a build whether this machine (`extra-platforms`) or a remote builder builds for a
 * system, before Nix fetches the inputs of real builds for that system.
 */
export async function hasBuilder(system: string, run: Run): Promise<boolean> {
  const given = argStrings({ system, nonce: randomUUID() });
  const result = await nixBuild([canary, ...given], { run, log: silent }, 'Nix: a builder');
  return result.code === 0 || lackingMachine(result) === undefined;
}
