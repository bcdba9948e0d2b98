import { jsonStringAt } from '../bump/json.ts';
import type { FixedOutput, PackageConfig, VersionPlace } from '../config/types.ts';
import { isUnsetHash } from '../nix/literal.ts';
import { refuse } from './refuse.ts';

/** Values for the placeholders of a version. */
interface VersionNames {
  readonly version: string;
  readonly tag: string | undefined;
  readonly revision: string | undefined;
}

/** A verified change of a version. */
export interface NamesChange {
  readonly before: VersionNames;
  readonly after: VersionNames;
}

/** A literal of Nix code: its name, the name around it, and its value before and after. */
export interface NixPlace {
  readonly name: string;
  readonly within: string | undefined;
  readonly before: string;
  readonly after: string;
  /**
   * Whether it is the package's own attribute, which the configuration may replace by another
   * place.
   */
  readonly isOwn?: boolean;
}

/** Places of a version in Nix code: the package's attribute, its revision, and configured ones. */
export function versionPlacesOf({ versionFiles }: PackageConfig, { before, after }: NamesChange): NixPlace[] {
  const own: NixPlace = {
    name: 'version',
    within: undefined,
    before: before.version,
    after: after.version,
    isOwn: true,
  };
  const named = versionFiles.flatMap((place): NixPlace[] => {
    if (place.kind !== 'nix') return [];
    const names = place.attribute.split('.').filter((one) => one !== '');
    return [
      {
        ...{ name: names.at(-1) ?? '', within: names.at(-2) },
        ...{ before: fill(place.value, before), after: fill(place.value, after) },
      },
    ];
  });
  const revision: NixPlace[] =
    before.revision !== undefined && after.revision !== undefined
      ? [{ name: 'rev', within: 'src', before: before.revision, after: after.revision }]
      : [];
  const all = [own, ...revision, ...named].filter((place) => place.before !== place.after);
  return all.filter(
    (one, index) =>
      all.findIndex((other) => other.name === one.name && other.before === one.before) === index,
  );
}

/** Fixed-output derivations to recompute: all for a new version, else the configured ones. */
export function outputsOf({ sourceHash, hasSource, also }: PackageConfig, isBump: boolean): FixedOutput[] {
  const own: FixedOutput = { attribute: '.src', file: undefined, pointer: undefined };
  const source = sourceHash ?? (hasSource && (isBump || also.length > 0) ? own : undefined);
  return source ? [source, ...also] : [...also];
}

const lengths: Readonly<Record<string, number>> = { sha1: 28, sha256: 44, sha512: 88 };

/**
 * Whether `after` is a complete SRI hash of the same algorithm as `before`, and not a placeholder.
 */
export function isNewHash(after: string, before: string): boolean {
  const [, algorithm = '', digest = ''] = /^(sha1|sha256|sha512)-([A-Za-z0-9+/]+=*)$/.exec(after) ?? [];
  const old = /^(sha\d+)-/.exec(before)?.[1];
  const isCanonical = Buffer.from(digest, 'base64').toString('base64') === digest;
  const isWhole = digest.length === lengths[algorithm] && isCanonical;
  return isWhole && !isUnsetHash(after) && (old === undefined || old === algorithm);
}

/** A package, and its verified change of version. */
interface Package {
  readonly config: PackageConfig;
  readonly bump: NamesChange | undefined;
}

/**
 * The expected text of a file that is not Nix code: the base's text with the new version at
 * configured places, and the result's hashes at JSON pointers.
 * @param name relative to the root
 * @throws UserError `result-refused`
 */
export function expectedText(
  name: string,
  before: string,
  after: string,
  packages: readonly Package[],
): string {
  let text = before;
  for (const { config, bump } of packages) {
    for (const place of config.versionFiles)
      if (bump && place.kind !== 'nix' && place.file === name) text = withVersion(place, text, bump);
    for (const { file, pointer } of outputsOf(config, bump !== undefined)) {
      if (file !== name || pointer === undefined) continue;
      const [old, now] = [jsonString(text, pointer), jsonString(after, pointer)];
      if (old && now && now.value !== old.value) {
        if (!isNewHash(now.value, old.value))
          throw refuse(`the value at ${pointer} of ${name} is not a hash`);
        text = text.slice(0, old.start) + JSON.stringify(now.value) + text.slice(old.end);
      }
    }
  }
  return text;
}

function withVersion(
  place: Exclude<VersionPlace, { kind: 'nix' }>,
  text: string,
  { before, after }: NamesChange,
): string {
  if (place.kind === 'text') {
    const parts = text.split(fill(place.pattern, before));
    if (parts.length !== 2)
      throw refuse(`${place.file} does not have the version once at '${place.pattern}'`);
    return parts.join(fill(place.pattern, after));
  }
  const found = jsonString(text, place.pointer);
  if (found?.value !== fill(place.value, before))
    throw refuse(`${place.file} does not have the previous version at ${place.pointer}`);
  return text.slice(0, found.start) + JSON.stringify(fill(place.value, after)) + text.slice(found.end);
}

function jsonString(text: string, pointer: string): ReturnType<typeof jsonStringAt> {
  try {
    return jsonStringAt(text, pointer);
  } catch {
    return undefined;
  }
}

function fill(template: string, names: VersionNames): string {
  return template.replace(/\{(version|tag|revision)\}/g, (_, name: keyof VersionNames) => {
    const value = names[name];
    if (value !== undefined) return value;
    throw refuse(`'${template}' in the configuration requires a ${name}, which is unknown here`);
  });
}
