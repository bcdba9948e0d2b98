import { UserError } from '../system/errors.ts';
import { lackOf } from '../system/sandbox.ts';
import type { Context } from '../update/context.ts';
import type { Inputs } from './inputs.ts';
import type { Trigger } from './trigger.ts';

/**
 * Refuses builds without Nix's sandbox if the code is an untrusted contributor's, or the run has a
 * token. Called before anything is fetched or built.
 * @throws UserError `no-sandbox`
 */
export async function requireSandbox(
  { mode, token, allowUnsandboxed }: Inputs,
  { isFork }: Pick<Trigger, 'isFork'>,
  { sandbox, log }: Pick<Context, 'sandbox' | 'log'>,
): Promise<void> {
  // This mode does not build.
  if (mode === 'publish') return;
  const found = await sandbox();
  const lack = lackOf(found);
  if (lack === undefined) return;
  // A token's permissions are unknown until it is used, so refuse builds with any token.
  const holdsToken = token !== '' && found.isolation !== 'relaxed';
  if (allowUnsandboxed || !(isFork || holdsToken)) {
    log.warning(`${upper(lack)}. Builds can read the files and the environment of this job.`);
    return;
  }
  const why = isFork
    ? 'is for code of an untrusted contributor'
    : 'has a token, which may have write permission';
  throw new UserError(
    'no-sandbox',
    `${upper(lack)}, and this run ${why}, so nothing was fetched or built. Set 'sandbox = true' and 'sandbox-fallback = false' in nix.conf, on a machine where Nix can create namespaces; or accept that builds can read the files and tokens of this job, with the input 'allow-unsandboxed: true'.${isFork ? '' : " A run that publishes nothing needs no token: token: ''."}`,
  );
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
