import path from 'node:path';
import { parseConfig } from '../config/parse.ts';
import type { Run } from '../ports/run.ts';
import { openCheckout } from '../refresh/checkout.ts';
import type { Trigger } from './context.ts';
import type { Inputs } from './inputs.ts';

/**
 * Which hosts may be fetched from in this run. For a pull request the configuration of its base commit says so: its own copy is
 * the proposer's.
 * @throws UserError as `parseConfig`
 */
export async function hostRules(
  { workspace, config }: Pick<Inputs, 'workspace' | 'config'>,
  { proposedTo }: Pick<Trigger, 'proposedTo'>,
  run: Run,
): Promise<{ allowedHosts: readonly string[] | undefined; isStranger: boolean }> {
  const { textAt, head, root } = await openCheckout(workspace, run);
  const text = await textAt(proposedTo ?? head, config);
  const name = path.relative(root, config);
  const allowedHosts = text === undefined ? undefined : parseConfig(text, name).allowedHosts;
  return { allowedHosts, isStranger: proposedTo !== undefined };
}
