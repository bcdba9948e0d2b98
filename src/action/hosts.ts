import path from 'node:path';
import { parseConfig } from '../config/parse.ts';
import { UserError } from '../system/errors.ts';
import type { Checkout } from '../update/checkout.ts';
import type { Inputs } from './inputs.ts';
import type { Trust } from './trust.ts';

/**
 * Text of the configuration that counts in this run, as committed; undefined if that commit has none. A pull request's own copy
 * never counts.
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
      `Commit ${commit}, whose configuration counts in this run, is not in the checkout and can't be fetched; set fetch-depth: 0 at actions/checkout.`,
    );
  }
  return textAt(commit, config);
}

/**
 * Which hosts may be fetched from in this run.
 * @throws UserError as `parseConfig` and `trustedConfig`
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
