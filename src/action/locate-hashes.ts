import path from 'node:path';
import { whereIs } from '../bump/output-place.ts';
import type { PackageConfig } from '../config/types.ts';
import { copyOf } from '../nix/copy.ts';
import { type DerivationRef, derivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { readTextWithin } from '../system/files.ts';
import { noSuchProgram } from '../system/run.ts';
import type { Checkout } from '../update/checkout.ts';
import type { Context } from '../update/context.ts';
import { findForeign } from '../update/foreign.ts';
import type { Runner } from './runner.ts';

/** A literal of a commit. */
export interface LocatedHash {
  /** Relative to the root. */
  readonly file: string;
  readonly start: number;
}

/**
 * Where Nix finds the hashes of a package's own fixed-output derivations; undefined if it can't be
 * asked.
 */
export type LocateHashes = (config: PackageConfig) => Promise<readonly LocatedHash[] | undefined>;

/**
 * Finds them in the commit that a result was computed from, if the code is only of people with
 * write access: it is evaluated beside the token.
 */
export const locatorOf =
  ({ trigger, inputs, context }: Runner, { root, head }: Checkout): LocateHashes =>
  async (config) => {
    if (trigger.trust.kind !== 'own' || trigger.finished) return undefined;
    return locate(config, derivationRef(config.nix, config.attribute, root, inputs.config), head, context);
  };

async function locate(
  config: PackageConfig,
  derivation: DerivationRef,
  commit: string,
  context: Context,
): Promise<readonly LocatedHash[] | undefined> {
  const { run, scratch, log } = context;
  if ((await run('nix-instantiate', ['--version'])).code === noSuchProgram) return undefined;
  const copy = await copyOf(derivation, context, commit);
  const read = readTextWithin([copy.dir]);
  const look = { derivation: copy.derivation, run, root: copy.dir, scratch, read };
  try {
    const found: LocatedHash[] = [];
    for (const output of (await findForeign(config, copy.derivation, { ...context, read })).outputs) {
      const { place } = (await whereIs(output, look)) ?? {};
      if (place) found.push({ file: path.relative(copy.dir, place.file), start: place.start });
    }
    return found;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`Nix does not find the hashes of ${config.name}: ${error.message.replaceAll(copy.dir, '.')}`);
    return undefined;
  } finally {
    await copy.remove();
  }
}
