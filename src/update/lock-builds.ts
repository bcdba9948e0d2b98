import { addressesIn } from '../build-lock/builds.ts';
import { computeBuildLock } from '../build-lock/compute.ts';
import { buildLockText, sameData, unexpectedIn } from '../build-lock/text.ts';
import type { BuildLock, SystemPlan } from '../build-lock/types.ts';
import type { Edit } from '../nix/edit.ts';
import { replaced } from '../nix/hash-candidates.ts';
import type { FoundHash } from '../nix/hash-places.ts';
import { UserError } from '../system/errors.ts';
import type { ReadText } from '../uv/lock/project.ts';
import { askBackends } from './dynamic.ts';
import type { SystemHash } from './hashes.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';
import type { Context } from './types.ts';

/**
 * Computes the build lock, and the edits of it and of the hashes. New build backends are asked what
 * else they need, with the new build lock as an argument: nothing is written.
 */
export async function lockBuilds(
  planned: Plan,
  written: WrittenHashes,
  options: Options,
  context: Context,
): Promise<Edit[]> {
  const { hashes } = written;
  const lock = async (dynamic?: Dynamic): Promise<BuildLock> => {
    const made = await computeLock(planned, hashes, options, context, dynamic);
    // Builds of Nix do not know the configuration.
    for (const { address, what } of addressesIn(made)) await context.checkHost?.(address, what);
    return made;
  };
  const first = await context.log.group('Build lock', async () => {
    const made = await lock();
    context.log.info(
      `${count(made.builds)} to build, with ${count(made.wheels)} wheels as build requirements`,
    );
    return made;
  });
  const edits = await editsFor(planned, written, first, context.read);
  if (edits.length === 0) return [];
  context.stop.throwIfAborted();
  const dynamic = await askBackends(planned, first, context);
  return dynamic.size === 0 ? edits : editsFor(planned, written, await lock(dynamic), context.read);
}

const count = (record: Readonly<Record<string, unknown>>): number => Object.keys(record).length;

/** By build, what its backend asks for beyond its pyproject.toml. */
type Dynamic = ReadonlyMap<string, readonly string[]>;

async function computeLock(
  { pinned, project, states, before, base, settings, confirmation }: Plan,
  hashes: readonly SystemHash[],
  { lockOnly }: Options,
  context: Context,
  dynamic?: Dynamic,
): Promise<BuildLock> {
  const [first] = pinned.systems;
  if (!first)
    throw new UserError('not-uv-fod', 'The derivation has a hash for no system; give fetchUvDeps one.');
  const { system: _, ...target } = first.target;
  const systems = states.map(
    ({ target, artifacts, plan }, index): SystemPlan => ({
      target,
      artifacts,
      // Hashes that are not new were not made from anything new.
      plan: lockOnly ? (before?.lock.systems[target.system]?.plan ?? '') : plan,
      hash: hashes[index]?.after ?? '',
    }),
  );
  const given = { project, settings, target, systems, base, confirmation };
  return computeBuildLock(
    { ...given, ...(dynamic ? { dynamic: (key) => dynamic.get(key) } : {}) },
    { ...context, project: pinned.project },
  );
}

/** Hashes, and where each is written. */
interface WrittenHashes {
  readonly hashes: readonly SystemHash[];
  readonly places: readonly FoundHash[];
}

/** The hashes' literals in each file, and the build lock; empty if nothing changed. */
async function editsFor(
  { lockFile, before }: Plan,
  { hashes, places }: WrittenHashes,
  buildLock: BuildLock,
  read: ReadText,
): Promise<Edit[]> {
  const edits: Edit[] = [];
  const changes = hashes.flatMap(({ before: old, after }, index) => {
    const place = old === after ? undefined : places[index]?.place;
    return place ? [{ place, value: after }] : [];
  });
  for (const [file, own] of Map.groupBy(changes, ({ place }) => place.file)) {
    const text = await read(file);
    if (text === undefined)
      throw new UserError('file-missing', `${file}, where the hash stands, can't be read.`);
    edits.push({ file, before: text, after: replaced(file, text, own) });
  }
  if (!before || !isSame(before, buildLock)) {
    edits.push({ file: lockFile, before: before?.text, after: buildLockText(buildLock) });
  }
  return edits;
}

/** Whether it is the same data in any order of keys, and nothing else that a reader could see. */
const isSame = (written: NonNullable<Plan['before']>, made: BuildLock): boolean =>
  sameData(written.lock, made) && unexpectedIn(written.text, written.lock) === undefined;
