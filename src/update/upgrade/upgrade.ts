import type { LockRules } from '../../config/types.ts';
import type { HeldPackage } from '../../pull-request/report/types.ts';
import { UserError } from '../../system/errors.ts';
import type { Log } from '../../system/log.ts';
import { nearest } from '../../system/suggest.ts';
import { parseLock } from '../../uv/lock/parse.ts';
import type { Project } from '../../uv/lock/project.ts';
import { sourceKey } from '../../uv/lock/source.ts';
import type { Lock } from '../../uv/lock/types.ts';
import { diffLocks, type LockDiff } from '../../uv/plan/diff.ts';
import { orders } from '../../uv/version-order.ts';
import type { Context } from '../context.ts';
import { Ages, boundsOfFixes, type Cooldown, cooldownOf, indexed, keepYoung, untilOf } from './cooldown.ts';
import { heldBack } from './held.ts';
import { keepingWhatIsNeeded } from './keep.ts';
import { optionsOf, withOptions } from './lock-text.ts';
import { exactly, specifierOf } from './rules.ts';
import { type Attempt, inUvCopy, type UvCopy } from './uv-copy.ts';

/** A request to upgrade a lock. */
export interface UpgradeRequest {
  /** Normalized names; empty: all packages. */
  readonly names: readonly string[];
  readonly rules: LockRules;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An upgraded lock, and the releases that were not taken. */
export interface LockUpgrade {
  readonly before: string;
  /** Equal to `before` if no package changes. */
  readonly after: string;
  readonly diff: LockDiff;
  readonly held: readonly HeldPackage[];
  /** Sentences for people. */
  readonly notes: readonly string[];
  readonly fixes: ReadonlySet<string>;
  /** Requests that were not sent or not answered, and why, as parts of a sentence. */
  readonly notAsked: readonly string[];
}

/** More rounds find nothing new. */
const ROUNDS = 3;

/**
 * Upgrades a lock with uv, which runs no build. The result is the same as by `uv lock --upgrade`,
 * except for versions that the rules leave out. Writes nothing.
 *
 * @throws UserError `upgrade-failed`, `not-in-lock`, `uv-missing`
 */
export async function upgradeLock(
  project: Project,
  request: UpgradeRequest,
  context: Pick<Context, 'read' | 'contact' | 'scratch' | 'fetchText' | 'log'>,
): Promise<LockUpgrade> {
  requireLocked(project.lock, request.names);
  return inUvCopy(project, context, (copy) =>
    context.log.group('Upgrade of uv.lock', async () => {
      const upgrade = await upgradeIn(copy, project, request, context);
      logUpgrade(upgrade, context.log);
      return upgrade;
    }),
  );
}

async function upgradeIn(
  copy: UvCopy,
  { lock, lockFile }: Project,
  { names, rules, now }: UpgradeRequest,
  { read, fetchText }: Pick<Context, 'read' | 'fetchText'>,
): Promise<LockUpgrade> {
  const before = (await read(lockFile)) ?? '';
  const ages = new Ages(fetchText);
  const kept = new Map<string, string>();
  const parsed = (text: string): Lock => parseLock(text, lockFile);
  const run = (of: LockRules | undefined, by?: Cooldown): Promise<string> =>
    keepingWhatIsNeeded(lock, kept, () => {
      const packages = packagesFor(lock, copy.left, names, of, kept, by ? boundsOfFixes(by) : new Map());
      return copy.lock({ packages, until: by && untilOf(by) });
    });
  const newest = await run(undefined);
  const allowed = boundedNames(lock, rules).length > 0 ? await run(rules) : newest;
  const cooldown = rules.minimumAge === 0 ? undefined : await cooldownOf(lock, rules, kept, ages, now);
  let taken = allowed;
  if (cooldown && !isStricter(newest, cooldown, now)) {
    taken = await run(rules, cooldown);
    for (let round = 1; round < ROUNDS; round += 1) {
      if (!(await keepYoung(cooldown, olderIn(parsed(taken), lock), ages, now))) break;
      taken = await run(rules, cooldown);
    }
  }
  const upgraded = withOptions(taken, optionsOf(newest));
  const result = parsed(upgraded);
  requireSame(lock, result);
  const diff = diffLocks(lock, result);
  const isChanged = diff.added.length + diff.removed.length + diff.changed.length > 0;
  const locks = { locked: lock, newest: parsed(newest), allowed: parsed(allowed), taken: result };
  return {
    before,
    after: isChanged ? await copy.accepted(upgraded) : before,
    diff,
    held: await heldBack(locks, rules, cooldown, ages, now),
    notes: notesOf(copy.left, kept),
    fixes: new Set(diff.changed.map(({ name }) => name).filter((name) => cooldown?.fixes.has(name))),
    notAsked: [...ages.notAsked],
  };
}

function requireLocked({ byName, file }: Lock, names: readonly string[]): void {
  const missing = names.find((name) => !byName.has(name));
  if (missing === undefined) return;
  const meant = nearest(missing, [...byName.keys()]);
  throw new UserError(
    'not-in-lock',
    `${file} has no package '${missing}'${meant === undefined ? '' : ` (did you mean '${meant}'?)`}. Correct the name after --upgrade, or leave it out to upgrade all packages.`,
  );
}

/** Names that have their own bounds in the rules. */
const boundedNames = ({ byName }: Lock, rules: LockRules): string[] => {
  const exact = [...rules.ignore, ...rules.pin].map(({ name }) => name).filter((name) => !name.includes('*'));
  return [...new Set([...byName.keys(), ...exact])].filter(
    (name) => specifierOf(name, versionsOf(byName.get(name)), rules) !== undefined,
  );
};

const versionsOf = (items: Lock['packages'] = []): string[] => items.flatMap(({ version }) => version ?? []);

/**
 * The packages that uv may change, with the specifiers that their versions have to meet.
 * @returns undefined for all packages without conditions
 */
function packagesFor(
  { packages, byName }: Lock,
  left: ReadonlySet<string>,
  names: readonly string[],
  rules: LockRules | undefined,
  kept: ReadonlyMap<string, string>,
  fixes: ReadonlyMap<string, string>,
): Attempt['packages'] {
  const registry = packages.filter(({ source }) => /^registry/.test(source.kind)).map(({ name }) => name);
  const others = packages.some(({ source }) => /^(?:git|url|path)$/.test(source.kind));
  const ruled = rules === undefined ? [] : boundedNames({ packages, byName } as Lock, rules);
  const bounded = new Set([...ruled, ...fixes.keys()]);
  const isAll = names.length === 0;
  if (isAll && !others && left.size + kept.size + bounded.size === 0) return undefined;
  const wanted = new Map((isAll ? registry : names).map((name) => [name, '']));
  for (const name of bounded)
    if (isAll || wanted.has(name))
      wanted.set(
        name,
        [rules && specifierOf(name, versionsOf(byName.get(name)), rules), fixes.get(name)]
          .filter(Boolean)
          .join(),
      );
  for (const name of [...kept.keys(), ...left]) {
    const locked = byName.get(name)?.filter(({ source }) => /^registry/.test(source.kind));
    if (locked && locked.length > 0) wanted.set(name, exactly(versionsOf(locked)));
    else wanted.delete(name);
  }
  return wanted;
}

/** Whether the project's own `exclude-newer` allows less than the cooldown. */
function isStricter(lock: string, { until }: Cooldown, now: number): boolean {
  const options = optionsOf(lock);
  const [, weeks, days, hours] =
    /^exclude-newer-span = "P(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?/m.exec(options) ?? [];
  const span = Number(weeks ?? 0) * 7 * 24 + Number(days ?? 0) * 24 + Number(hours ?? 0);
  const time = Date.parse(/^exclude-newer = "([^"]+)"/m.exec(options)?.[1] ?? '');
  return span > 0 ? now - span * 3_600_000 <= until : time <= until;
}

/** Locked releases that the other lock has only older versions of. */
function olderIn(now: Lock, locked: Lock) {
  const { compare } = orders.pep440;
  return indexed(locked).filter(({ name, version }) => {
    const versions = versionsOf(now.byName.get(name));
    return versions.length > 0 && versions.every((one) => compare(one, version) < 0);
  });
}

/**
 * Refuses an upgrade of more than versions: the project decides their sources and Pythons.
 * @throws UserError `upgrade-failed`
 */
export function requireSame(before: Lock, after: Lock): void {
  const sources = ({ packages }: Lock): Map<string, string> =>
    new Map(packages.map(({ name, source }) => [name, sourceKey(source)]));
  const old = sources(before);
  const moved = [...sources(after)].find(([name, source]) => (old.get(name) ?? source) !== source)?.[0];
  if (moved === undefined && before.requiresPython === after.requiresPython) return;
  const what = moved === undefined ? 'requires-python' : `the source of ${moved}`;
  throw new UserError(
    'upgrade-failed',
    `${before.file} is not upgraded, because ${what} would change: the project's settings changed since it was locked. Nothing was changed; run 'uv lock' and commit the result first.`,
  );
}

function notesOf(left: ReadonlySet<string>, kept: ReadonlyMap<string, string>): string[] {
  return [
    ...[...left].map(
      (name) => `${name} stays as it is: it comes as source, and only a build could show what it needs.`,
    ),
    ...[...kept].map(([name, why]) => `${name} stays as it is locked: ${why.replace(/^is /, 'it is ')}.`),
  ];
}

function logUpgrade({ diff, held, notes, notAsked }: LockUpgrade, log: Log): void {
  const count = diff.added.length + diff.removed.length + diff.changed.length;
  log.info(count === 0 ? 'No package changes.' : `${count} packages change.`);
  for (const { name, version, why } of held) log.info(`${name} ${version} is held back: ${why}`);
  for (const note of notes) log.info(note);
  for (const one of notAsked) log.warning(`Not asked: ${one}.`);
}
