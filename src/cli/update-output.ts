import path from 'node:path';
import { jsonText } from '../system/printable.ts';
import type { Updated } from '../update/package.ts';
import { paintDiff } from './diff-text.ts';
import type { Io } from './io.ts';
import type { Session } from './session.ts';
import type { Done, UpdateOptions } from './types.ts';

/**
 * The result of `update` and `lock` as JSON: an object for a named attribute, else one with a list.
 */
export function updateJson(done: readonly Done[], { attribute, dryRun }: UpdateOptions): string {
  const packages = done.flatMap(({ updated }) => updated.map(packageJson));
  const [only] = packages;
  const patch = dryRun ? { patch: done.map((one) => one.patch).join('') } : {};
  const changed = packages.some((one) => one.changed);
  const isOne = attribute !== undefined && packages.length === 1;
  return `${jsonText(isOne ? { ...only, ...patch } : { changed, packages, ...patch }, 2)}\n`;
}

function packageJson({ config, bump, update, edits }: Updated) {
  const { hashes, out, imported, isCached, stages, pinned } = update;
  return {
    name: config.name,
    changed: edits.length > 0,
    version: { before: bump?.before ?? pinned.version, after: bump?.after ?? pinned.version },
    outputs: (bump?.hashes ?? []).map(({ attribute, after }) => ({ attribute, hash: after })),
    hashes,
    files: edits.map(({ file }) => file),
    ...{ out, imported, isCached, stages },
  };
}

/** The result as text, with the diff for `--dry-run`. */
export function describeUpdate(
  done: readonly Done[],
  { dryRun }: UpdateOptions,
  { checkout }: Session,
  io: Io,
): string {
  const all = done.flatMap(({ updated }) => updated);
  const lines = all.flatMap((one) => describe(one, all.length > 1 ? `${one.config.name}: ` : '', io));
  const names = new Set(all.flatMap(({ edits }) => edits.map(({ file }) => file)));
  for (const file of names)
    lines.push(
      `${dryRun ? 'would change' : 'changed'} ${path.relative('.', path.resolve(checkout.root, file))}`,
    );
  const patch = dryRun ? paintDiff(done.map((one) => one.patch).join(''), io) : '';
  return `${lines.join('\n')}\n${patch}`;
}

function describe(
  { bump, edits, update: { hashes, out, imported } }: Updated,
  prefix: string,
  io: Io,
): string[] {
  if (edits.length === 0)
    return [
      `${prefix}${io.paint('good', 'Nothing to do')}: hash and build lock are up to date with uv.lock.`,
    ];
  const lines =
    bump && bump.before !== bump.after ? [`${bump.before} → ${io.paint('good', bump.after)}`] : [];
  lines.push(...(bump?.hashes ?? []).map(({ attribute, after }) => `${attribute}: ${after}`));
  lines.push(
    ...hashes.map(({ system, before, after }) =>
      before === after
        ? `${system}: ${after}, unchanged`
        : `${system}: ${before || '(none)'} → ${io.paint('good', after)}`,
    ),
  );
  if (out !== undefined) lines.push(`built ${out}`);
  lines.push(...imported.map(({ module, file }) => `imported ${module} from ${file}`));
  return lines.map((line) => `${prefix}${line}`);
}
