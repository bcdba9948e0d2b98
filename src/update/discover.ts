import path from 'node:path';
import { askEach } from '../nix/ask-each.ts';
import { type Copy, filesOf, inCopy, rootOf } from '../nix/copy.ts';
import { ask } from '../nix/expression.ts';
import { type FixedDrv, fixedDrv, fixedInputs, requisites } from '../nix/fixed-drv.ts';
import { type DerivationRef, placeOf } from '../nix/target.ts';
import { ifUserError, UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { spellings } from '../system/sri.ts';
import type { Context } from './context.ts';

/** A fixed-output derivation that follows a lock, and how it is named. */
export interface Discovered {
  /** Attribute path; the name of the derivation if no attribute leads to it. */
  readonly attribute: string;
  readonly isInClosure: boolean;
}

/** Files that package managers write for their own. */
const isPythonLock = (name: string): boolean =>
  /^(?:uv|poetry|pdm)\.lock$|^pylock(?:\.[^.]+)?\.toml$|^Pipfile\.lock$|^requirements[\w.-]*\.txt$/.test(
    name,
  );
const isOtherLock = (name: string): boolean =>
  /^(?:package-lock|npm-shrinkwrap)\.json$|^pnpm-lock\.yaml$|^(?:yarn|bun|Cargo|Gemfile|composer|mix)\.lock$|^go\.sum$/.test(
    name,
  );

/**
 * Finds the fixed-output derivation of a package's dependencies: the one whose derivation changes
 * if only the repository's locks change, which is tried in a copy.
 * @throws UserError `dependencies-missing`, `dependencies-ambiguous`
 */
export async function discover(derivation: DerivationRef, context: Context): Promise<Discovered> {
  const { run, log } = context;
  return inCopy(derivation, context, async (copy) => {
    const { drv } = await ask(copy.derivation, 'foreign', run);
    const before = new Set(await requisites(drv, run));
    const locks = await locksOf(derivation, context);
    const reached = async (change: LockChange, isMeant: (name: string) => boolean): Promise<FixedDrv[]> => {
      await touch(locks, change, isMeant, copy);
      const { drv: now } = await ask(copy.derivation, 'foreign', run);
      return fixedInputs(now, run, (one) => !before.has(one));
    };
    const found = await firstReached(locks, reached);
    const [one] = found;
    if (one === undefined) throw await nothingFollows(derivation, drv, locks, context);
    const names = await attributesOf(copy.derivation, found, context);
    const asFound = (of: FixedDrv): Discovered => {
      const attribute = names.get(of.drv);
      return { attribute: attribute ?? of.name, isInClosure: attribute === undefined };
    };
    if (found.length > 1) throw severalFollow(derivation, found.map(asFound));
    const only = asFound(one);
    log.info(
      `The dependencies of '${derivation.attribute}' are '${only.attribute}', which changes with the lock.`,
    );
    return only;
  });
}

interface LockText {
  readonly file: string;
  readonly text: string;
}

/** Most locks that are changed. */
const mostLocks = 200;

async function locksOf(derivation: DerivationRef, { run, read }: Context): Promise<LockText[]> {
  const root = await rootOf(derivation);
  const names = (await filesOf(root, run)).filter((name) =>
    [isPythonLock, isOtherLock].some((is) => is(path.basename(name))),
  );
  const found: LockText[] = [];
  for (const name of names.slice(0, mostLocks)) {
    const file = path.join(root, name);
    const text = await read(file);
    if (text !== undefined) found.push({ file, text });
  }
  return found;
}

type LockChange = (text: string) => string;

/** Changes the bytes of a lock, but not its data. */
const byBytes: LockChange = (text) => `${text}\n`;
const byVersions: LockChange = (text) =>
  text.replace(/(?:\bversion"?\s*[=:]\s*"|==\s*|\sv)\d[^"\s;,\\]*/g, '$&.0');
/** Tried in turn. All but the first also change data that Nix code reads from a lock. */
const changes: readonly LockChange[] = [
  byBytes,
  byVersions,
  (text) => text.replace(/\bhttps?:\/\/[^"'\s#]+/g, '$&#'),
];

/** The derivations that change with the locks, by the first kind of change that has an effect. */
async function firstReached(
  locks: readonly LockText[],
  reached: (change: LockChange, isMeant: (name: string) => boolean) => Promise<FixedDrv[]>,
): Promise<FixedDrv[]> {
  const isLock = (name: string): boolean => isPythonLock(name) || isOtherLock(name);
  // A hash that comes from the lock itself needs no update.
  const isLocked = ({ hash }: FixedDrv): boolean =>
    locks.some(({ text }) => [hash, ...spellings(hash)].some((one) => text.includes(one)));
  for (const change of changes) {
    // Nix code that verifies the lock's data may refuse the change.
    const all = await reached(change, isLock).catch((error: unknown) => {
      if (change === byBytes || !(error instanceof UserError)) throw error;
      return [];
    });
    const open = all.filter((one) => !isLocked(one));
    const python = open.length > 1 ? await reached(change, isPythonLock) : [];
    const own = python.filter((one) => !isLocked(one));
    if (open.length > 0) return own.length > 0 ? own : open;
  }
  return [];
}

/** Changes the repository's locks in a copy. */
export async function touchLocks(derivation: DerivationRef, copy: Copy, context: Context): Promise<void> {
  await touch(
    await locksOf(derivation, context),
    (text) => byVersions(byBytes(text)),
    () => true,
    copy,
  );
}

async function touch(
  locks: readonly LockText[],
  change: LockChange,
  isMeant: (name: string) => boolean,
  copy: Copy,
): Promise<void> {
  for (const { file, text } of locks)
    await copy.write(file, isMeant(path.basename(file)) ? change(text) : text);
}

/** Attribute paths of derivations that the package or the Nix code has, as far as it evaluates. */
async function attributesOf(
  derivation: DerivationRef,
  found: readonly FixedDrv[],
  { run }: Context,
): Promise<ReadonlyMap<string, string>> {
  const given = { drvs: found.map(({ drv }) => drv) };
  const own = await ask(derivation, 'attributesOf', run, { given }).catch(ifUserError);
  const others = await askEach(derivation, 'namedAtTop', run, given).catch(ifUserError);
  // Reversed, so that the package's own attribute replaces another one.
  return new Map(
    [...(own ?? []), ...(others?.found ?? [])].reverse().map(({ drv, attribute }) => [drv, attribute]),
  );
}

function severalFollow(derivation: DerivationRef, found: readonly Discovered[]): UserError {
  const names = found
    .map(({ attribute, isInClosure }) =>
      isInClosure ? `${printable(attribute)} (no attribute leads to it)` : `'${printable(attribute)}'`,
    )
    .sort();
  const example = found.find(({ isInClosure }) => !isInClosure)?.attribute ?? '.pythonDeps';
  return new UserError(
    'dependencies-ambiguous',
    `${found.length} fixed-output derivations of '${derivation.attribute}' change with the lock: ${names.slice(0, 10).join(', ')}. Name the one of its dependencies: dependencies = "${example}" (as a key of the configuration, or as an input).`,
    placeOf(derivation),
  );
}

async function nothingFollows(
  derivation: DerivationRef,
  drv: string,
  locks: readonly LockText[],
  { run }: Context,
): Promise<UserError> {
  const nearest = await nearestFixed(drv, run);
  const near =
    nearest.length === 0
      ? 'It is built from none at all'
      : `The nearest ${nearest.length === 1 ? 'is' : 'are'} ${nearest.map((name) => `'${printable(name)}'`).join(', ')}`;
  const name = `${near}. `;
  const fix = `dependencies = ".pythonDeps" (as a key of the configuration, or as an input)`;
  return new UserError(
    'dependencies-missing',
    locks.length === 0
      ? `The repository has no lock by which the fixed-output derivation of the dependencies of '${derivation.attribute}' could be found. ${name}Name it: ${fix}.`
      : `No fixed-output derivation of '${derivation.attribute}' changes with a lock of the repository. ${name}Make one from the lock as a file of its own (such as \${./uv.lock}), or name it: ${fix}.`,
    placeOf(derivation),
  );
}

/** Names of the fixed-output derivations with the fewest steps to a derivation. */
async function nearestFixed(drv: string, run: Context['run']): Promise<string[]> {
  let level = [drv];
  for (let depth = 0; depth < 4 && level.length > 0; depth++) {
    const { stdout } = await run('nix-store', ['--query', '--references', ...level.slice(0, 500)]);
    level = [...new Set(stdout.split('\n'))].filter((line) => line.endsWith('.drv'));
    const fixed = await Promise.all(level.map((one) => fixedDrv(one, run)));
    const names = fixed.flatMap((one) => (one ? [one.name] : []));
    if (names.length > 0) return [...new Set(names)].sort().slice(0, 5);
  }
  return [];
}
