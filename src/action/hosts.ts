import path from 'node:path';
import { parseConfig } from '../config/parse.ts';
import { UserError } from '../system/errors.ts';
import type { Checkout } from '../update/checkout.ts';
import type { Inputs } from './inputs.ts';
import type { Trust } from './trust.ts';

/**
 * The committed configuration that this run uses; undefined if the commit has none. The copy of a
 * pull request is never used.
 * @throws UserError `base-commit-missing`
 */
export async function trustedConfig(
  { config }: Pick<Inputs, 'config'>,
  { configuration }: Trust,
  { textAt, has, head }: Pick<Checkout, 'textAt' | 'has' | 'head'>,
): Promise<string | undefined> {
  if (configuration.from === 'nowhere') return undefined;
  const commit = configuration.from === 'commit' ? configuration.commit : head;
  if (!(await has(commit))) {
    throw new UserError(
      'base-commit-missing',
      `Commit ${commit}, whose configuration this run uses, is not in the checkout and can't be fetched. Set fetch-depth: 0 for actions/checkout.`,
    );
  }
  return textAt(commit, config);
}

/**
 * The hosts that this run may fetch from.
 * @throws UserError of `parseConfig` and `trustedConfig`
 */
export async function hostRules(
  inputs: Pick<Inputs, 'config'>,
  trust: Trust,
  checkout: Checkout,
): Promise<{ allowedHosts: readonly string[] | undefined; isUntrusted: boolean }> {
  const text = await trustedConfig(inputs, trust, checkout);
  const name = path.relative(checkout.root, inputs.config);
  const allowedHosts = text === undefined ? undefined : parseConfig(text, name).allowedHosts;
  return { allowedHosts, isUntrusted: trust.kind !== 'own' };
}
