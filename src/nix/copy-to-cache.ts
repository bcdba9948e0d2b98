import { capped } from '../system/lines.ts';
import { failureText } from './failure.ts';
import type { NixTools } from './nix-build.ts';

/** The store that verified outputs are copied to. */
export interface Cache {
  /** Address of the store, as `nix copy --to` takes it. */
  readonly address: string;
  /** Variables that log in there, for the program that copies and no other. */
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * Copies outputs and their closures to a binary cache.
 *
 * A failed copy is only a warning: the outputs are verified without it.
 *
 * @returns whether they were copied
 */
export async function copyToCache(
  outs: readonly string[],
  { address, credentials }: Cache,
  { run, log }: NixTools,
): Promise<boolean> {
  const flags = ['--extra-experimental-features', 'nix-command'];
  const shown = capped(log.info);
  const result = await log.group(`Nix: copy to ${address}`, () =>
    run('nix', [...flags, 'copy', '--to', address, ...outs], {
      env: credentials,
      onLine: shown.add,
    }).finally(shown.end),
  );
  if (result.code === 0) {
    log.info(`${outs.join(', ')}, with all that they need, are in ${address}`);
    return true;
  }
  log.warning(
    `${outs.join(', ')}: built and imported, but could not be copied to ${address}: ${failureText(result.stderr)}. The run continues without. Check the address, its write permission and the credentials of this step.`,
  );
  return false;
}

/**
 * The variables that log in to a store, by its scheme. Nix and ssh read everything else from files.
 */
const names: Readonly<Record<string, RegExp>> = {
  's3:': /^AWS_\w+$/,
  'ssh:': /^SSH_AUTH_SOCK$/,
  'ssh-ng:': /^SSH_AUTH_SOCK$/,
};

/** @returns the variables for the program that copies to a store; no build gets them */
export function cacheCredentials(
  address: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const wanted = names[new URL(address).protocol];
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && wanted?.test(name) ? [[name, value]] : [],
    ),
  );
}
