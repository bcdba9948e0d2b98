import path from 'node:path';
import { differences } from '../build-lock/differences.ts';
import { ownOf } from '../build-lock/keep.ts';
import { parseBuildLock } from '../build-lock/text.ts';
import type { Edit } from '../nix/patch.ts';
import { type DerivationRef, placeOf } from '../nix/target.ts';
import type { Checked } from './checked.ts';
import { checkOptions } from './options.ts';
import { patchText } from './patch-text.ts';
import { Stages } from './stages.ts';
import type { Context } from './types.ts';
import { computeUpdate, type Update } from './update.ts';
import { buildAndImport } from './verify.ts';

/**
 * The part of `checkStatus` that needs Nix.
 * @throws UserError for findings as well
 */
export async function checkWithNix(
  derivation: DerivationRef,
  root: string,
  context: Context,
): Promise<Checked> {
  const stages = new Stages(context.now);
  const result = await computeUpdate({ derivation, options: checkOptions, stages }, context);
  const { pinned, edits } = result;
  const [first] = pinned.systems;
  const at = first?.position ?? placeOf(derivation).at;
  const hashes = result.hashes.map(({ system, before, after }) => ({
    ...{ system, before, after },
    at: pinned.systems.find(({ target }) => target.system === system)?.position,
  }));
  const notVerified = result.notVerified.map((why) => `In the build lock, ${why}.`);
  const common = { at, notChecked: notVerified, hashes, edits };
  if (edits.length > 0)
    return { ...common, status: 'stale', message: staleMessage(result), patch: patchText(edits, root) };
  await buildAndImport({ derivation, pinned, stages }, context);
  const systems = hashes.map(({ system }) => system);
  const others = systems.filter((system) => system !== pinned.system);
  return {
    ...common,
    status: 'current',
    message: `The hash for ${systems.join(' and ')} is what uv.lock asks for; it builds and imports${others.length > 0 ? ` on ${pinned.system}` : ''}.`,
    patch: '',
    notChecked: [
      ...others.map(
        (system) => `Whether it builds and imports on ${system}: Nix builds for ${pinned.system} here.`,
      ),
      ...notVerified,
    ],
  };
}

function staleMessage({ hashes, lockFile, edits }: Update): string {
  const moved = hashes.filter(({ before, after }) => before !== after);
  const what = moved.map(
    ({ system, before, after }) => `${system} has ${before || 'no hash'} and needs ${after}`,
  );
  const lock = staleLock(
    lockFile,
    edits.find(({ file }) => file === lockFile),
    moved.length > 0,
  );
  const why = [...(moved.length > 0 ? [`The hash is stale: ${what.join('; ')}.`] : []), ...lock];
  return `${why.join(' ')} Run 'uv-fod update', or apply the patch in the job summary.`;
}

/** @param isMoved whether hashes changed: then the message need not repeat the build lock's copy */
function staleLock(file: string, edit: Edit | undefined, isMoved: boolean): string[] {
  if (edit?.before === undefined) return [];
  const [before, after] = [parseBuildLock(edit.before, file), parseBuildLock(edit.after, file)];
  const systems = Object.entries(before.systems).map(([name, one]) => {
    const { hash, plan } = ownOf(after.systems, name) ?? one;
    return [name, { ...one, hash, plan }] as const;
  });
  const compared = isMoved ? { ...before, systems: Object.fromEntries(systems) } : before;
  const found = differences(edit.before, compared, after);
  return found === '' ? [] : [`${path.basename(file)} is stale: ${found}.`];
}
