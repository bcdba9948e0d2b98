import type { BumpContext } from '../bump/context.ts';
import type { PackageConfig } from '../config/types.ts';
import { inCopy } from '../nix/copy.ts';
import type { Edit } from '../nix/edit.ts';
import { Edits } from '../nix/edits.ts';
import type { DerivationRef } from '../nix/target.ts';
import { checkWithin, readTextWithin } from '../system/files.ts';
import { buildAndImport } from './build-systems.ts';
import type { Context } from './context.ts';
import {
  type Foreign,
  type ForeignHashes,
  findForeign,
  foreignLock,
  namesOf,
  recomputeForeign,
  unchangedSince,
} from './foreign.ts';
import type { Examined } from './review.ts';
import { Stages } from './stages.ts';
import type { Finding } from './statuses.ts';

/**
 * Checks a package without fetchUvDeps: builds the fixed-output derivation of its dependencies
 * under a fake hash in a copy of the repository, so that a hash that was always stale is found.
 * @param base derivations that are unchanged since this commit are skipped; undefined: none
 * @throws UserError as `findForeign`, `recomputeForeign` and `buildAndImport`
 */
export async function checkForeign(
  config: PackageConfig,
  derivation: DerivationRef,
  base: string | undefined,
  context: Context,
): Promise<Examined> {
  const found = await findForeign(config, derivation, context);
  const finding = await findingOf(found, config, base, context);
  return { finding, installed: await foreignLock(found, context) };
}

async function findingOf(
  found: Foreign,
  config: PackageConfig,
  base: string | undefined,
  context: Context,
): Promise<Finding> {
  const unchanged = base === undefined ? 'nothing' : await unchangedSince(base, found, context);
  if (base !== undefined && unchanged !== 'nothing') {
    if (unchanged === 'dependencies') await buildForeign(found, config, context);
    return {
      ...{ status: 'current', at: undefined, hashes: [], edits: [], warnings: [] },
      message: `The fixed-output derivation of its dependencies, ${namesOf(found.outputs)}, is unchanged since ${base}, not rebuilt.`,
      notChecked: [`Whether its hash is right: it is unchanged since ${base}, not rebuilt.`],
    };
  }
  return inCopy(found.derivation, context, async (copy, there) => {
    const moved = { ...found, derivation: copy.derivation };
    // A drifting hash can't be verified: it is replaced by this run's hash, if it can be written.
    const keepsDrifting: BumpContext['keepsDrifting'] = config.allowDrift
      ? async (_output, _before, file) => file === ''
      : undefined;
    const edits = new Edits({
      ...{ read: readTextWithin([copy.dir]), run: context.run, mayWrite: checkWithin(copy.dir) },
      journal: { write: async () => {}, clear: async () => {} },
    });
    const stages = new Stages(context.now);
    const how = { root: copy.dir, edits, stages, keepsDrifting };
    const { outputs: all, hashes } = await recomputeForeign(moved, how, there);
    const isStale = all.some(({ before, after, drift }) => drift === undefined && before !== after);
    // With a drifting hash that can't be written, the build may fail, so it is skipped.
    const isWritten = all.every(({ drift, file }) => drift === undefined || file !== '');
    if (!isStale && isWritten) await buildForeign(moved, config, there);
    const original = <P extends { readonly file: string }>(one: P): P => ({
      ...one,
      file: copy.original(one.file),
    });
    const outputs = all.map(original);
    return rebuilt({ outputs, hashes }, isStale ? edits.since().map(original) : []);
  });
}

const buildForeign = ({ derivation, pinned }: Foreign, config: PackageConfig, context: Context) => {
  return buildAndImport({ derivation, pinned, stages: new Stages(context.now) }, config, context);
};

function rebuilt(
  { outputs, hashes }: Pick<ForeignHashes, 'outputs' | 'hashes'>,
  edits: readonly Edit[],
): Finding {
  const [first] = outputs;
  const common = {
    at: first && { file: first.file, line: first.line },
    hashes: hashes.map((one, index) => ({ ...one, at: outputs[index] })),
    ...{ edits, warnings: [], notChecked: [] },
  };
  const stale = outputs.filter(({ before, after, drift }) => drift === undefined && before !== after);
  if (stale.length > 0) {
    const needed = stale.map(
      ({ attribute, before, after }) => `'${attribute}' has ${before || 'no hash'} and needs ${after}`,
    );
    const message = `The hash is stale: ${needed.join('; ')}. Run 'uv-fod update', or apply the patch.`;
    return { ...common, status: 'stale', message };
  }
  const drifting = outputs.flatMap(({ attribute, drift }) => (drift ? [{ attribute, ...drift }] : []));
  if (drifting.length === 0)
    return {
      ...common,
      status: 'current',
      message: `A build of ${namesOf(outputs)} from scratch gave its hash; the package builds.`,
    };
  const why = drifting.map(
    ({ attribute, hashes: both, text }) => `two runs of '${attribute}' gave ${both.join(' and ')}. ${text}`,
  );
  return {
    ...{ ...common, hashes: [], status: 'unverifiable' },
    message: `The hash cannot be verified (allow-drift): ${why.join(' ')}`,
  };
}
