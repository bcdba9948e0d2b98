import { isBuildLockName } from '../../build-lock/text.ts';
import { fill } from '../../bump/version.ts';
import { changedLiterals } from '../../nix/code-literals.ts';
import { lineOf } from '../../nix/literal.ts';
import { fakeHash, spellings } from '../../system/sri.ts';
import { type BaseTree, withFiles } from './base-tree.ts';
import { hashChanges } from './hashes.ts';
import {
  type Allowed,
  atPointer,
  type CodePlace,
  dependencyPlaces,
  isCode,
  isNewHash,
  literalsIn,
  namedPlace,
  ownVersion,
  placesIn,
  placesOf,
} from './places.ts';
import { type ChangedFile, refuse, type Verified, type VerifiedHash, type VerifiedPackage } from './types.ts';

/**
 * Verifies that files change only in literals that may change: dependency hashes that this job
 * computed, the version of a verified release, and hashes of further fixed-output derivations. Nix
 * is not run, so the literals are found in the base's code; ambiguous ones are refused.
 * @returns new hashes of further fixed-output derivations, which only the other job computed
 * @throws UserError `result-refused`
 */
export async function verifyCode(
  code: readonly ChangedFile[],
  packages: readonly VerifiedPackage[],
  hashes: readonly VerifiedHash[],
  base: BaseTree,
): Promise<Verified['unseen']> {
  const files = code.map((file) => ({ ...file, before: withVersions(file, packages) }));
  const tree = withFiles(
    base,
    files.map(({ path: name, before }) => ({ path: name, after: before })),
  );
  const places = files
    .filter((file) => isCode(file.path))
    .flatMap(({ path: name, before }) => placesOf(name, before));
  const dependencies = hashes.map(
    (one): Allowed => ({
      // Several packages with the same dependencies may each have the hash.
      isRepeated: true,
      at: dependencyPlaces(one, places),
      becomes: (after) => after === one.after,
    }),
  );
  const taken = dependencies.flatMap(({ at }) => at);
  const names = files.map((file) => file.path);
  const { allowed: unseen, refusal } = await hashChanges(names, packages, taken, tree);
  const versions = await Promise.all(packages.map((one) => versionChanges(one, tree)));
  const allowed = [...dependencies, ...unseen, ...versions.flat()];
  const used = useAll(files, allowed, refusal);
  for (const { config, bump } of packages)
    for (const place of config.versionFiles)
      if (bump && place.kind !== 'nix' && !names.includes(place.file))
        throw refuse(`it changes the version of ${config.name}, but not in ${place.file}`);
  if (allowed.some((one) => one.isRequired && !used.some(({ by }) => by === one)))
    throw refuse('it changes the version, but not in all of its places');
  for (const { system, after } of hashes) {
    if (code.some((file) => file.after.includes(`"${after}"`))) continue;
    const others = await base.filesWith(spellings(after), ['*.nix', '*.json', '*.toml']);
    if (!others.some((name) => !names.includes(name) && !isBuildLockName(name)))
      throw refuse(`no derivation has the hash for ${system}, ${after}`);
  }
  return used.flatMap(({ by: { output }, before, after }) =>
    output === undefined || after === fakeHash ? [] : [{ ...output, before, after }],
  );
}

/** Replaces the version in the base's text at the patterns of the configuration. */
function withVersions({ path: name, before }: ChangedFile, packages: readonly VerifiedPackage[]): string {
  let text = before;
  for (const { config, bump } of packages)
    for (const place of config.versionFiles) {
      if (!bump || place.kind !== 'text' || place.file !== name) continue;
      const parts = text.split(fill(place.pattern, bump.before));
      if (parts.length !== 2)
        throw refuse(`${place.file} does not have the version once at '${place.pattern}'`);
      text = parts.join(fill(place.pattern, bump.after));
    }
  return text;
}

/** The changes that a verified release may make: version, revision and configured places. */
async function versionChanges(one: VerifiedPackage, tree: BaseTree): Promise<Allowed[]> {
  const { config, bump } = one;
  if (!bump) return [];
  const { before, after } = bump;
  const changes: Allowed[] = [];
  const add = (place: CodePlace | undefined, old: string, now: string, isRequired = true): void => {
    if (place?.literal.value === old)
      changes.push({ at: [place], becomes: (text) => text === now, isRequired });
    else if (isRequired) throw refuse(`the base does not have "${old}" where ${config.name} has its version`);
  };
  // The configuration may name another place instead of the package's own attribute.
  if (before.version !== after.version)
    add(
      await ownVersion(before.version, one, tree),
      before.version,
      after.version,
      config.versionFiles.length === 0,
    );
  const done = new Set([`version ${before.version}`]);
  const hasRevision = before.revision !== undefined && after.revision !== undefined;
  const revision = { kind: 'nix', attribute: 'src.rev', value: '{revision}' } as const;
  for (const place of [...(hasRevision ? [revision] : []), ...config.versionFiles]) {
    if (place.kind === 'text') continue;
    const [old, now] = [fill(place.value, before), fill(place.value, after)];
    if (old === now) continue;
    if (place.kind === 'json') {
      const [found] = atPointer(await placesIn(place.file, tree), place.pointer);
      add(found, old, now);
      continue;
    }
    const names = place.attribute.split('.').filter((name) => name !== '');
    const key = `${names.at(-1)} ${old}`;
    if (done.has(key)) continue;
    done.add(key);
    add(await namedPlace(names, old, config, tree), old, now);
  }
  return changes;
}

interface UsedChange {
  readonly by: Allowed;
  readonly before: string;
  readonly after: string;
}

/**
 * Finds the allowed change for each changed literal.
 * @param elsewhere the error for a hash at a place that is not allowed
 */
function useAll(
  files: readonly ChangedFile[],
  allowed: readonly Allowed[],
  elsewhere?: (place: { readonly file: string; readonly line: number }) => Error,
): UsedChange[] {
  const used: UsedChange[] = [];
  for (const { path: file, before, after: now } of files) {
    const changed = changedLiterals(before, now, literalsIn(file, before));
    if (changed === undefined) throw refuse(`it changes more in ${file} than version and hashes`);
    for (const { literal, after } of changed) {
      const here = allowed.filter(({ at }) =>
        at.some((place) => place.file === file && place.literal.start === literal.start),
      );
      const isFree = (one: Allowed): boolean => one.isRepeated || !used.some(({ by }) => by === one);
      const by = here.find((one) => isFree(one) && one.becomes(after, literal.value));
      const isLost = here.length === 0 && isNewHash(after, '');
      if (!by && isLost && elsewhere) throw elsewhere({ file, line: lineOf(before, literal.start) });
      const fix = isLost
        ? "; if it is the hash of the source or of 'also', name its file in the configuration"
        : '';
      if (!by)
        throw refuse(
          `it changes a string in ${file} that is neither the version of a verified release nor a hash that belongs there${fix}`,
        );
      used.push({ by, before: literal.value, after });
    }
  }
  return used;
}
