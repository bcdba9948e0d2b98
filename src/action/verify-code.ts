import { isBuildLockName } from '../build-lock/text.ts';
import { fill } from '../bump/version.ts';
import type { FixedOutput, PackageConfig, VersionPlace } from '../config/types.ts';
import type { Literal } from '../nix/code-literals.ts';
import { dataFormat, dataLiteralAt, pointerPath } from '../nix/data-literals.ts';
import { fakeHash, spellings } from '../system/sri.ts';
import type { BaseTree } from './base-tree.ts';
import type { LocateHashes } from './locate-hashes.ts';
import {
  type ChangedFile,
  refuse,
  type Verified,
  type VerifiedHash,
  type VerifiedPackage,
} from './verified.ts';
import { type Allowed, changesMore, isNewHash, literalsIn, useAll } from './verify-changes.ts';
import { ownHashes } from './verify-own.ts';
import {
  type CodePlace,
  dependencyPlaces,
  namedPlace,
  outputPlaces,
  ownVersion,
  placesOf,
} from './verify-places.ts';

/**
 * Verifies that files change only where they may: dependency hashes that this job computed, the
 * version of a verified release, and hashes of further fixed-output derivations.
 * @returns new hashes of further fixed-output derivations, which only the other job computed
 * @throws UserError `result-refused`
 */
export async function verifyCode(
  code: readonly ChangedFile[],
  packages: readonly VerifiedPackage[],
  hashes: readonly VerifiedHash[],
  tree: BaseTree,
  locate: LocateHashes,
): Promise<Verified['unseen']> {
  const nix: ChangedFile[] = [];
  for (const file of code) {
    const expected = expectedText(file, packages);
    if (file.path.endsWith('.nix') || dataFormat(file.path)) nix.push({ ...file, before: expected });
    else if (expected !== file.after) throw changesMore(file);
  }
  const changed = new Set(code.map((file) => file.path));
  for (const { config, bump } of packages)
    for (const place of config.versionFiles)
      if (bump && place.kind !== 'nix' && !changed.has(place.file))
        throw refuse(`it changes the version of ${config.name}, but not in ${place.file}`);
  const unseen = await verifyNixFiles(nix, packages, hashes, tree, locate);
  for (const { system, after } of hashes) {
    if (code.some((file) => file.after.includes(`"${after}"`))) continue;
    const others = await tree.filesWith(spellings(after), ['*.nix', '*.json', '*.toml']);
    if (!others.some((name) => !changed.has(name) && !isBuildLockName(name)))
      throw refuse(`no derivation has the hash for ${system}, ${after}`);
  }
  return unseen;
}

type VersionChange = Pick<NonNullable<VerifiedPackage['bump']>, 'before' | 'after'>;

/**
 * The base's text with the new version at configured places that are not Nix attributes, and the
 * result's hashes at JSON pointers.
 */
function expectedText(
  { path: name, before, after }: ChangedFile,
  packages: readonly VerifiedPackage[],
): string {
  let text = before;
  for (const { config, bump } of packages) {
    for (const place of config.versionFiles)
      if (bump && place.kind !== 'nix' && place.file === name) text = withVersion(place, text, bump);
    for (const { file, pointer } of outputsOf(config, bump !== undefined)) {
      if (file !== name || pointer === undefined) continue;
      const [old, now] = [text, after].map((one) => stringIn(one, pointer, file));
      if (!old || !now || now.value === old.value) continue;
      if (!isNewHash(now.value, old.value)) throw refuse(`the value at ${pointer} of ${name} is not a hash`);
      text = text.slice(0, old.start) + JSON.stringify(now.value) + text.slice(old.end);
    }
  }
  return text;
}

function withVersion(
  place: Exclude<VersionPlace, { kind: 'nix' }>,
  text: string,
  { before, after }: VersionChange,
): string {
  if (place.kind === 'text') {
    const parts = text.split(fill(place.pattern, before));
    if (parts.length !== 2)
      throw refuse(`${place.file} does not have the version once at '${place.pattern}'`);
    return parts.join(fill(place.pattern, after));
  }
  const found = stringIn(text, place.pointer, place.file);
  if (found?.value !== fill(place.value, before))
    throw refuse(`${place.file} does not have the previous version at ${place.pointer}`);
  return text.slice(0, found.start) + JSON.stringify(fill(place.value, after)) + text.slice(found.end);
}

function stringIn(text: string, pointer: string, file: string): Literal | undefined {
  try {
    return dataLiteralAt(text, dataFormat(file) ?? 'json', pointerPath(pointer));
  } catch {
    return undefined;
  }
}

/** Fixed-output derivations to recompute: all for a new version, else the configured ones. */
function outputsOf({ sourceHash, hasSource, also }: PackageConfig, isBump: boolean): FixedOutput[] {
  const own: FixedOutput = { attribute: '.src' };
  const source = sourceHash ?? (hasSource && (isBump || also.length > 0) ? own : undefined);
  return source ? [source, ...also] : [...also];
}

/**
 * Verifies that Nix and data files change only in literals that may change. Nix is not run, so the
 * literals are found in the base's code; ambiguous ones are refused.
 */
async function verifyNixFiles(
  files: readonly ChangedFile[],
  packages: readonly VerifiedPackage[],
  hashes: readonly VerifiedHash[],
  tree: BaseTree,
  locate: LocateHashes,
): Promise<Verified['unseen']> {
  const places = files.flatMap((file) => placesOf(file.path, literalsIn(file)));
  const dependencies = hashes.map(
    (one): Allowed => ({
      // Packages of the same dependencies may each have it.
      isRepeated: true,
      at: dependencyPlaces(one, places),
      becomes: (after) => after === one.after,
    }),
  );
  const versions = (await Promise.all(packages.map((one) => versionChanges(one, tree)))).flat();
  const taken = new Set(dependencies.flatMap(({ at }) => at));
  const free = places.filter((place) => !taken.has(place));
  const outputs = packages.flatMap(({ config, bump }) =>
    outputsOf(config, bump !== undefined)
      .filter(({ pointer }) => pointer === undefined)
      .map((output) => ({
        ...{ attribute: output.attribute, isTrusted: false, becomes: isNewHash },
        at: outputPlaces(output, config, free),
      })),
  );
  const own = await ownHashes(packages, tree, locate);
  const used = useAll(files, [...dependencies, ...versions, ...outputs, ...own.allowed], own.refusal);
  if (versions.some((one) => !one.isOptional && !used.has(one)))
    throw refuse('it changes the version, but not in all of its places');
  return [...outputs, ...own.allowed].flatMap((one) => {
    const change = used.get(one);
    return change === undefined || change.after === fakeHash
      ? []
      : [{ attribute: one.attribute, isTrusted: one.isTrusted, ...change }];
  });
}

interface VersionLiteral extends Allowed {
  /** The configuration may replace the package's own attribute by another place. */
  readonly isOptional: boolean;
}

/** The changes of a verified release in Nix code: version, revision and configured attributes. */
async function versionChanges(one: VerifiedPackage, tree: BaseTree): Promise<VersionLiteral[]> {
  const { config, bump } = one;
  if (!bump) return [];
  const { before, after } = bump;
  const changes: VersionLiteral[] = [];
  const isOptional = config.versionFiles.length > 0;
  const add = (place: CodePlace | undefined, old: string, now: string, optional: boolean): void => {
    if (place) changes.push({ at: [place], becomes: (text) => text === now, isOptional: optional });
    else if (!optional) throw refuse(`the base does not have "${old}" where ${config.name} has its version`);
  };
  if (before.version !== after.version)
    add(await ownVersion(before.version, one, tree), before.version, after.version, isOptional);
  const done = new Set([`version ${before.version}`]);
  const hasRevision = before.revision !== undefined && after.revision !== undefined;
  const revision = { kind: 'nix', attribute: 'src.rev', value: '{revision}' } as const;
  for (const place of [...(hasRevision ? [revision] : []), ...config.versionFiles]) {
    if (place.kind !== 'nix') continue;
    const [old, now] = [fill(place.value, before), fill(place.value, after)];
    const names = place.attribute.split('.').filter((name) => name !== '');
    const key = `${names.at(-1)} ${old}`;
    if (old === now || done.has(key)) continue;
    done.add(key);
    add(await namedPlace(names, old, config, tree), old, now, false);
  }
  return changes;
}
