import { UserError } from '../system/errors.ts';
import { lackOf } from '../system/sandbox.ts';
import type { Context } from '../update/types.ts';
import type { Trigger } from './context.ts';
import type { Inputs } from './inputs.ts';

/**
 * Refuses to build without Nix's sandbox if what is built is an untrusted contributor's, or if this run holds a token that may
 * write. To be called before anything is fetched or built.
 * @throws UserError `no-sandbox`
 */
export async function requireSandbox(
  { mode, token, allowUnsandboxed }: Inputs,
  { isFork }: Pick<Trigger, 'isFork'>,
  { sandbox, log }: Pick<Context, 'sandbox' | 'log'>,
): Promise<void> {
  // What the other jobs built is not built again.
  if (mode === 'publish') return;
  const found = await sandbox();
  const lack = lackOf(found);
  if (lack === undefined) return;
  // What the token may do can't be asked without using it, so any token counts as one that may write.
  const holdsToken = token !== '' && found.isolation !== 'relaxed';
  if (allowUnsandboxed || !(isFork || holdsToken)) {
    log.warning(`${upper(lack)}. What is built can read the files and the environment of this job.`);
    return;
  }
  const why = isFork
    ? 'is about code of an untrusted contributor'
    : 'holds a token, which may be one that may write';
  throw new UserError(
    'no-sandbox',
    `${upper(lack)}, and this run ${why}, so nothing was fetched or built. Set 'sandbox = true' and 'sandbox-fallback = false' in nix.conf, on a machine where Nix may create namespaces; or accept that what is built can read the files and tokens of this job, with the input 'allow-unsandboxed: true'.${isFork ? '' : " A run that publishes nothing needs no token: token: ''."}`,
  );
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
