import type { BumpContext } from '../bump/context.ts';
import type { PackageConfig } from '../config/types.ts';
import { copyOf } from '../nix/copy.ts';
import type { Edit } from '../nix/edit.ts';
import { Edits } from '../nix/edits.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { checkWithin, readTextWithin } from '../system/files.ts';
import type { Log } from '../system/log.ts';
import type { VerifiedConfig } from './build-systems.ts';
import { buildAndImport } from './build-systems.ts';
import { type Older, wholeChanges } from './changes.ts';
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

type CheckedConfig = Pick<PackageConfig, 'dependencies' | 'allowDrift'> & VerifiedConfig;

/**
 * Checks a package whose dependencies are not fetchUvDeps': its fixed-output derivation is built
 * under a fake hash in a copy of the repository, so that a hash that was stale all along is found.
 * @param base commit of which it is skipped what did not change since; undefined: nothing is
 * @throws UserError those of `findForeign`, `recomputeForeign` and `buildAndImport`
 */
export async function checkForeign(
  config: CheckedConfig,
  derivation: DerivationRef,
  base: string | undefined,
  context: Context,
): Promise<Examined> {
  const found = await findForeign(config, derivation, context);
  const finding = await findingOf(found, config, base, context);
  const lock = await foreignLock(found, context);
  if (lock === undefined) return { finding };
  const { project, targets } = lock;
  const since = (older: Older) => wholeChanges(older, project, targets, context.log);
  return { ...lock, finding, folder: project.root, changesSince: since };
}

async function findingOf(
  found: Foreign,
  config: CheckedConfig,
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
  return inCopy(found.derivation, context, async (copy, edits, { context: shown, moved }) => {
    const there = { ...found, derivation: copy.derivation };
    // What can't be verified is built with the hash that this run got.
    const keepsDrifting: BumpContext['keepsDrifting'] = config.allowDrift
      ? async (_output, _before, file) => file === ''
      : undefined;
    const stages = new Stages(context.now);
    const made = await recomputeForeign(there, { root: copy.dir, edits, stages, keepsDrifting }, shown);
    const isStale = made.outputs.some(({ before, after, drift }) => drift === undefined && before !== after);
    // A build may fail that needs what drifts under a hash that can't be written.
    const isWritten = made.outputs.every(({ drift, file }) => drift === undefined || file !== '');
    if (!isStale && isWritten) await buildForeign(there, config, shown);
    return rebuilt(made, isStale ? edits.since().map(moved) : []);
  });
}

const buildForeign = ({ derivation, pinned }: Foreign, config: VerifiedConfig, context: Context) => {
  return buildAndImport({ derivation, pinned, stages: new Stages(context.now) }, config, context);
};

function rebuilt({ outputs, hashes }: ForeignHashes, edits: readonly Edit[]): Finding {
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
    message: `Nobody can tell whether the hash is right (allow-drift): ${why.join(' ')}`,
  };
}

/** Runs a check in a copy, and returns places of the repository itself. */
async function inCopy(
  derivation: DerivationRef,
  context: Context,
  body: (
    copy: Awaited<ReturnType<typeof copyOf>>,
    edits: Edits,
    there: { readonly context: Context; readonly moved: (edit: Edit) => Edit },
  ) => Promise<Finding>,
): Promise<Finding> {
  const copy = await copyOf(derivation, context);
  const { dir, root } = copy;
  const original = (text: string): string => text.replaceAll(dir, root);
  const edits = new Edits({
    ...{ read: readTextWithin([dir]), run: context.run, mayWrite: checkWithin(dir) },
    journal: { write: async () => {}, clear: async () => {} },
  });
  const moved = <T extends { readonly file: string }>(one: T): T => ({ ...one, file: original(one.file) });
  const { log } = context;
  const shown: Log = {
    info: (text) => log.info(original(text)),
    warning: (text) => log.warning(original(text)),
    progress: (text) => log.progress(original(text)),
    group: (title, own) => log.group(original(title), own),
  };
  try {
    const found = await body(copy, edits, { context: { ...context, log: shown }, moved });
    const hashes = found.hashes.map((one) => ({ ...one, at: one.at && moved(one.at) }));
    return { ...found, hashes, at: found.at && moved(found.at) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message, at } = error;
    throw new UserError(code, original(message), { ...error, at: at && moved(at) });
  } finally {
    await copy.remove();
  }
}
