import path from 'node:path';
import { parseConfig } from '../config/parse.ts';
import type { Checkout } from '../refresh/checkout.ts';
import type { Trigger } from './context.ts';
import type { Inputs } from './inputs.ts';

/**
 * Which hosts may be fetched from in this run. For a pull request the configuration of its base commit says so: its own copy is
 * the proposer's.
 * @throws UserError as `parseConfig`
 */
export async function hostRules(
  { config }: Pick<Inputs, 'config'>,
  { proposedTo }: Pick<Trigger, 'proposedTo'>,
  { textAt, head, root }: Checkout,
): Promise<{ allowedHosts: readonly string[] | undefined; isStranger: boolean }> {
  const text = await textAt(proposedTo ?? head, config);
  const name = path.relative(root, config);
  const allowedHosts = text === undefined ? undefined : parseConfig(text, name).allowedHosts;
  return { allowedHosts, isStranger: proposedTo !== undefined };
}
