import { capped } from '../system/capped.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import { failureText } from './nix-messages.ts';

/** Where proven outputs are copied to. */
export interface Cache {
  /** Address of the store, as `nix copy --to` takes it. */
  readonly address: string;
  /** What logs in there, for the program that copies and no other. */
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * Copies an output and everything that it needs at run time to a binary cache.
 *
 * A cache is a help to those who build next, and nothing that was proven is less true without it: where it can't be written to, that is
 * a warning, and the run goes on.
 *
 * @returns whether it is there now
 */
export async function copyToCache(
  out: string,
  { address, credentials }: Cache,
  run: Run,
  log: Log,
): Promise<boolean> {
  const flags = ['--extra-experimental-features', 'nix-command'];
  const shown = capped(log.info);
  const result = await log.group(`Nix: copy to ${address}`, () =>
    run('nix', [...flags, 'copy', '--to', address, out], {
      env: credentials,
      onLine: shown.say,
    }).finally(shown.end),
  );
  if (result.code === 0) {
    log.info(`${out} and what it needs are in ${address}`);
    return true;
  }
  log.warning(
    `${out} was built and imported, but could not be copied to ${address}: ${failureText(result.stderr).replace(/\.$/, '')}. The run goes on without; look at the address, at who may write there, and at the credentials of this step.`,
  );
  return false;
}
