import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { UserError } from '../system/errors.ts';
import { silent } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import { lackingMachine } from './failure.ts';
import { argStrings, type NixResult, nixBuild } from './nix-build.ts';

/**
 * Throws if no machine can build what failed, by Nix's own error: then it is not at fault. Why a
 * dependency can't be built is relayed, in words that a builder can print too.
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

/** The bundle has it beside itself. */
const canary = fileURLToPath(new URL('./builder-canary.nix', import.meta.url));

/**
 * Whether a machine builds for a system: this one (`extra-platforms`) or a remote builder. It is
 * found out by a build, before Nix fetches what other builds for that system need.
 */
export async function hasBuilder(system: string, run: Run): Promise<boolean> {
  const given = argStrings({ system, nonce: randomUUID() });
  const result = await nixBuild([canary, ...given], { run, log: silent }, 'Nix: a builder');
  return result.code === 0 || lackingMachine(result) === undefined;
}
