import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { UserError } from '../system/errors.ts';
import { silent } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import { dependent, lackingMachine, relayedLacking } from './failure.ts';
import { requisites } from './fixed-drv.ts';
import { argStrings, type NixResult, type NixTools, nixBuild } from './nix-build.ts';

/**
 * Throws if no machine can build what failed: then what would be built is not at fault.
 *
 * Nix's daemon relays why a dependency can't be built, in words that a builder can print too. So
 * that dependency is built alone: then the error is Nix's own.
 *
 * @throws UserError `no-builder`
 */
export async function checkBuilder(what: string, result: NixResult, tools: NixTools): Promise<void> {
  const why = lackingMachine(result) ?? (await lackingForDependency(result, tools));
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

async function lackingForDependency(result: NixResult, tools: NixTools): Promise<string | undefined> {
  const [named, top] = [relayedLacking(result)[0], dependent(result)];
  if (named === undefined || top === undefined) return undefined;
  if (!(await requisites(top, tools.run)).includes(named)) return undefined;
  return lackingMachine(await nixBuild([named], tools, 'Nix: the dependency that no machine builds'));
}
