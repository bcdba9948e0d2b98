import { Listing } from '../../build-lock/listing.ts';
import { sameData } from '../../build-lock/text.ts';
import type { LockRules } from '../../config/types.ts';
import type { HeldPackage } from '../../pull-request/report/types.ts';
import { sriFromHex } from '../../system/sri.ts';
import { Ages, type Cooldown, cooldownOf, indexed } from '../../update/upgrade/cooldown.ts';
import { heldAgain } from '../../update/upgrade/held.ts';
import { refusalOf } from '../../update/upgrade/rules.ts';
import { requireSame } from '../../update/upgrade/upgrade.ts';
import { fileName } from '../../uv/lock/packages.ts';
import { parseLock } from '../../uv/lock/parse.ts';
import { isTree } from '../../uv/lock/source.ts';
import { parseToml } from '../../uv/lock/toml.ts';
import type { Lock, LockedPackage } from '../../uv/lock/types.ts';
import type { Computed } from '../proposed-schema.ts';
import { type Baseline, type ChangedFile, refuse, refusing } from './types.ts';

/** Whether a file of a result is a uv.lock. */
export const isUvLock = ({ path: name }: Pick<ChangedFile, 'path'>): boolean =>
  /(?:^|\/)uv\.lock$/.test(name);

/** A file that the base's lock does not have. */
interface AddedFile {
  readonly name: string;
  readonly version: string;
  readonly index: string;
  readonly filename: string;
  readonly url: string;
  readonly hash: string;
}

interface VerifiedUpgrade {
  /** Packages that are held back, with this job's reasons. */
  readonly held: readonly HeldPackage[];
  /** Names of packages whose new releases fix known vulnerabilities, however young they are. */
  readonly fixes: readonly string[];
}

/**
 * Verifies an upgraded uv.lock without uv: the configuration asks for it and allows each version,
 * and the index lists each new file with that digest, not yanked and old enough. Requirements of
 * transitive packages are not resolved here (docs/threat-model.md).
 * @param claimed the packages that the other job reports as held back
 * @throws UserError `result-refused`
 */
export async function verifyUpgrade(
  file: ChangedFile,
  { packages, runner }: Baseline,
  claimed: Computed['held'],
): Promise<VerifiedUpgrade> {
  const rules = packages.flatMap(({ config }) => config.lock ?? []);
  const [first] = rules;
  if (first === undefined)
    throw refuse(`it changes ${file.path.slice(0, 200)}, and the configuration has no [package.lock] for it`);
  const before = parseLock(file.before, file.path);
  const after = await refusing(() => parseLock(file.after, file.path));
  await refusing(() => requireSame(before, after));
  checkShape(file, before, after);
  const ages = new Ages(runner.context.fetchText);
  for (const one of rules) checkRules(before, after, one);
  const files = newFiles(before, after);
  const strictest = rules.reduce((left, right) => (right.minimumAge > left.minimumAge ? right : left), first);
  const now = Date.now();
  const cooldown =
    strictest.minimumAge === 0 ? undefined : await cooldownOf(before, strictest, new Map(), ages, now);
  if (cooldown) await ages.ask(indexed(after).filter(({ name }) => files.some((one) => one.name === name)));
  const listings = new Map<string, Listing>();
  for (const one of files) {
    const listing =
      listings.get(one.index) ??
      new Listing([{ url: one.index, isFlat: false, isDeciding: false }], runner.context.fetchText);
    listings.set(one.index, listing);
    await checkListed(one, listing);
    if (cooldown) checkAge(one, cooldown, ages);
  }
  return {
    held: await heldAgain(claimed, { locked: before, taken: after }, strictest, cooldown, ages, now),
    fixes: [...new Set(files.map(({ name }) => name))].filter((name) => cooldown?.fixes.has(name)),
  };
}

/** Refuses other changes than an upgrade's: of sources, members, settings, direct dependencies. */
function checkShape(file: ChangedFile, before: Lock, after: Lock): void {
  const [old, now] = [file.before, file.after].map((text) => parseToml(text, file.path));
  for (const key of ['manifest', 'conflicts', 'supported-markers', 'required-markers'])
    if (!sameData(old?.[key] ?? null, now?.[key] ?? null))
      throw refuse(`it changes '${key}' of ${file.path}`);
  const indexes = new Set(
    before.packages.flatMap(({ source }) => (source.kind === 'registry' ? source.url : [])),
  );
  for (const item of after.packages) {
    const known = before.byName.get(item.name) ?? [];
    const { source } = item;
    if (known.length === 0 && !(source.kind === 'registry' && indexes.has(source.url)))
      throw refuse(`${item.name} is new in its uv.lock, and not from an index of the base's`);
    if (isTree(source) && !sameData(directOf(known[0]), directOf(item)))
      throw refuse(`it changes what ${item.name} depends on`);
  }
  const gone = before.packages.find(({ name, source }) => isTree(source) && !after.byName.has(name));
  if (gone) throw refuse(`its uv.lock no longer has ${gone.name}`);
}

/** Names of the direct dependencies of a local package, with its extras and groups. */
const directOf = (item: LockedPackage | undefined): readonly string[] =>
  item === undefined
    ? []
    : [['', item.dependencies] as const, ...item.extras, ...item.groups]
        .flatMap(([key, list]) => list.map((one) => `${key} ${one.package.name} ${one.extras.join()}`))
        .sort();

function checkRules(before: Lock, after: Lock, rules: LockRules): void {
  for (const { name, version, source } of after.packages) {
    const locked = (before.byName.get(name) ?? []).flatMap((one) => one.version ?? []);
    if (version === undefined || isTree(source) || locked.includes(version)) continue;
    const why = refusalOf(version, name, locked, rules);
    if (why !== undefined) throw refuse(`${name} ${version} ${why} by the configuration`);
  }
}

function newFiles(before: Lock, after: Lock): AddedFile[] {
  const known = new Set(
    before.packages.flatMap((item) => filesOf(item).map(({ url, hash }) => `${url} ${hash}`)),
  );
  return after.packages.flatMap((item) =>
    filesOf(item).flatMap(({ url, hash, filename }): AddedFile[] => {
      if (known.has(`${url} ${hash}`)) return [];
      const digest = /^sha256:([0-9a-f]{64})$/.exec(hash ?? '')?.[1];
      if (
        item.source.kind !== 'registry' ||
        url === undefined ||
        digest === undefined ||
        filename === undefined
      )
        throw refuse(`${item.name} has a new file that no index lists with a sha256`);
      const { name, version = '', source } = item;
      return [{ ...{ name, version, filename, url }, index: source.url, hash: sriFromHex(digest) }];
    }),
  );
}

const filesOf = ({ wheels, sdist }: LockedPackage) => [
  ...wheels.map((wheel) => ({ ...wheel, filename: wheel.name.filename })),
  ...(sdist ? [{ ...sdist, filename: fileName(sdist) }] : []),
];

async function checkListed({ name, filename, url, hash }: AddedFile, listing: Listing): Promise<void> {
  const verdict = await listing.verdictOf({ project: name, filename, url, hash });
  if (verdict.kind !== 'listed') throw refuse(`${filename} is new in its uv.lock, and ${verdict.why}`);
  if (verdict.isYanked) throw refuse(`${filename} is new in its uv.lock, and was yanked from its index`);
}

function checkAge({ name, version, filename }: AddedFile, { until, fixes }: Cooldown, ages: Ages): void {
  const uploaded = ages.of(name, version)?.files.get(filename)?.uploaded;
  if (uploaded === undefined)
    throw refuse(`${filename} is new in its uv.lock, and its index does not say when it was uploaded`);
  if (uploaded >= until && fixes.get(name)?.version !== version)
    throw refuse(`${filename} is new in its uv.lock, and younger than the configuration allows`);
}
