import { addressesIn, isNewSource, ownOf } from '../build-lock/builds.ts';
import { computeBuildLock } from '../build-lock/compute.ts';
import type { BuildLock, SystemPlan } from '../build-lock/schema.ts';
import { buildLockText, differences } from '../build-lock/text.ts';
import { build } from '../nix/build.ts';
import type { Edit } from '../nix/edit.ts';
import { replaced } from '../nix/literal-candidates.ts';
import { UserError } from '../system/errors.ts';
import { readBytes } from '../system/read-bytes.ts';
import { list, parsed, text } from '../system/shape.ts';
import type { ReadText } from '../uv/lock/project.ts';
import type { Context } from './context.ts';
import type { SystemHash } from './hash-place.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';

/**
 * Computes the build lock, and the edits of it and of the hashes. New build backends are asked for
 * further requirements. They get the new build lock as an argument, so nothing is written.
 */
export async function lockBuilds(
  planned: Plan,
  hashes: readonly SystemHash[],
  options: Options,
  context: Context,
): Promise<Edit[]> {
  const lock = async (dynamic?: Dynamic): Promise<BuildLock> => {
    const made = await computeLock(planned, hashes, options, context, dynamic);
    // Nix's builds do not know the configuration, so hosts are checked here.
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
  const edits = await editsFor(planned, hashes, first, context.read);
  if (edits.length === 0) return [];
  context.stop.throwIfAborted();
  const dynamic = await askBackends(planned, first, context);
  return dynamic.size === 0 ? edits : editsFor(planned, hashes, await lock(dynamic), context.read);
}

const count = (record: Readonly<Record<string, unknown>>): number => Object.keys(record).length;

/** For each build, the requirements of its backend that its pyproject.toml does not declare. */
type Dynamic = ReadonlyMap<string, readonly string[]>;

async function computeLock(
  { pinned, project, states, before, base, confirmation }: Plan,
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
      // With `lockOnly` the hashes stay, and so do the plans that they were made from.
      plan: lockOnly ? (before?.lock.systems[target.system]?.plan ?? '') : plan,
      hash: hashes[index]?.after ?? '',
    }),
  );
  const given = { project, target, systems, base, confirmation };
  return computeBuildLock(
    { ...given, ...(dynamic ? { dynamic: (key) => dynamic.get(key) } : {}) },
    { ...context, project: pinned.project },
  );
}

/** The hashes' literals in each file, and the build lock; empty if nothing changed. */
async function editsFor(
  { lockFile, before }: Plan,
  hashes: readonly SystemHash[],
  buildLock: BuildLock,
  read: ReadText,
): Promise<Edit[]> {
  const edits: Edit[] = [];
  const changes = hashes.flatMap(({ after, place }) => (place ? [{ place, value: after }] : []));
  for (const [file, own] of Map.groupBy(changes, ({ place }) => place.file)) {
    const text = await read(file);
    if (text === undefined)
      throw new UserError('file-missing', `${file}, where the hash stands, can't be read.`);
    edits.push({ file, before: text, after: replaced(file, text, own) });
  }
  if (!before || differences(before.text, before.lock, buildLock) !== '') {
    edits.push({ file: lockFile, before: before?.text, after: buildLockText(buildLock) });
  }
  return edits;
}

/**
 * Asks the build backends of new sources for requirements beyond their pyproject.toml (PEP 517,
 * get_requires_for_build_wheel). A backend is an untrusted program: it runs in Nix's sandbox, in
 * the environment that the new build lock pins.
 *
 * @param now the new build lock; what is the same in the base's lock was asked before
 * @returns by key, requirements that are not declared; only keys that have some
 * @throws UserError `build-requirements`
 */
export async function askBackends(
  { derivation, pinned: { system }, base }: Plan,
  now: BuildLock,
  context: Context,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = (now.systems[system]?.builds ?? []).filter((key) => {
    const one = now.builds[key];
    return one !== undefined && isNewSource(one, ownOf(base?.builds, key));
  });
  if (keys.length === 0) return new Map();
  const { outs } = await build(derivation, 'requires', context, { buildLock: now, keys });
  const found = new Map<string, readonly string[]>();
  for (const [index, file] of outs.entries()) {
    const key = keys[index] ?? '';
    const declared = new Set((now.builds[key]?.requires ?? []).map(squeezed));
    const asked = (await readAnswer(file, key)).filter((one) => !declared.has(squeezed(one)));
    if (asked.length > 0) found.set(key, asked);
  }
  return found;
}

/** Most bytes of a backend's answer, many times what real ones have. */
const mostAnswer = 1 << 20;
const requirements = list(text(10_000), 1000);

/**
 * Reads the answer of a backend. It is the output of an untrusted build, so a link is not followed.
 */
async function readAnswer(file: string, key: string): Promise<readonly string[]> {
  const bytes = await readBytes(file, mostAnswer, 'refuse');
  const answer = parsed(bytes?.toString() ?? '', requirements);
  if (answer) return answer;
  throw new UserError(
    'build-requirements',
    `The build backend of ${key} does not answer with a list of requirements; declare what it needs with extra-build-dependencies in [tool.uv].`,
  );
}

const squeezed = (requirement: string): string => requirement.replace(/\s+/g, '').toLowerCase();
