import path from 'node:path';
import type { ContentChange, ContentKind } from './types.ts';
import { SITE, type WheelContents } from './wheel.ts';

/** Libraries of the C library and the compiler, which every program needs. */
const BASIC =
  /^(?:lib(?:c|m|dl|rt|util|pthread|resolv|gcc_s|stdc\+\+|c\.musl-\w+)\.so|ld-(?:linux|musl)|linux-vdso)/;

/** Growth is reported if both the factor and the number of added bytes exceed these. */
const GROWTH = 2;
const GROWTH_BYTES = 5e6;

/**
 * Compares a wheel with an older one of the same package.
 * @param before undefined for a new package
 * @param owners returns other packages that install different content at a path
 */
export function compareWheels(
  before: WheelContents | undefined,
  after: WheelContents,
  owners: (file: string, crc: number) => readonly string[] = () => [],
): ContentChange[] {
  return [
    ...after.problems.map((what): ContentChange => ({ kind: 'invalid-archive', what, change: 'added' })),
    ...startupChanges(before, after),
    ...nativeChanges(before, after),
    ...nameChanges('console-script', before?.scripts, after.scripts),
    ...(before ? nameChanges('top-level-module', named(before.modules), named(after.modules)) : []),
    ...nameChanges('outside-file', before && outsideOf(before), outsideOf(after)),
    ...sharedFiles(after, owners),
    ...sizeChange(before, after),
  ];
}

const named = (names: Iterable<string>): ReadonlyMap<string, string> =>
  new Map([...names].map((name) => [name, '']));

/** Files that are neither modules nor programs, in folders that all packages share. */
const outsideOf = ({ installed }: WheelContents): ReadonlyMap<string, string> =>
  named([...installed.keys()].filter((file) => !file.startsWith(SITE) && !file.startsWith('bin/')));

/** Names that were added or removed, and names whose value changed. */
function nameChanges(
  kind: ContentKind,
  before: ReadonlyMap<string, string> = new Map(),
  after: ReadonlyMap<string, string>,
): ContentChange[] {
  const found: ContentChange[] = [];
  for (const [what, detail] of after) {
    const more = detail === '' ? {} : { detail };
    if (!before.has(what)) found.push({ kind, what, change: 'added', ...more });
    else if (before.get(what) !== detail) found.push({ kind, what, change: 'changed', ...more });
  }
  for (const what of before.keys()) if (!after.has(what)) found.push({ kind, what, change: 'removed' });
  return found;
}

function startupChanges(before: WheelContents | undefined, after: WheelContents): ContentChange[] {
  const old = new Map(before?.startup.map((one) => [one.path, one]));
  const kindOf = (runsCode: boolean): ContentKind => (runsCode ? 'startup-code' : 'path-file');
  const now = after.startup.flatMap(({ path: what, crc, runsCode, line }): ContentChange[] => {
    const known = old.get(what);
    old.delete(what);
    if (known?.crc === crc) return [];
    const change = known === undefined ? 'added' : 'changed';
    return [{ kind: kindOf(runsCode), what, change, detail: line }];
  });
  const gone = [...old.values()].map(
    ({ path: what, runsCode }): ContentChange => ({ kind: kindOf(runsCode), what, change: 'removed' }),
  );
  return [...now, ...gone];
}

/** A library's name without the parts that each build changes: ABI tag and auditwheel's digest. */
const stableName = (file: string): string =>
  file
    .replace(/\.(?:cpython-[\w-]+|abi3|cp\d+-\w+)(?=\.(?:so|pyd)$)/, '')
    .replace(/-[0-9a-f]{8}(?=[.-])/, '')
    .replace(/\.so[\w.]*$/, '.so');

function nativeChanges(before: WheelContents | undefined, after: WheelContents): ContentChange[] {
  const byName = (wheel: WheelContents | undefined): Map<string, string> =>
    new Map([...(wheel?.natives.keys() ?? [])].map((file) => [stableName(file), file]));
  const [old, now] = [byName(before), byName(after)];
  const needed = new Set(before ? systemLibraries(before).keys() : []);
  const libraries = nameChanges('native-library', named(old.keys()), named(now.keys()));
  return [
    ...libraries.map((one) => ({ ...one, what: withoutSite(now.get(one.what) ?? old.get(one.what) ?? '') })),
    ...[...systemLibraries(after)].flatMap(([what, by]): ContentChange[] =>
      needed.has(what)
        ? []
        : [{ kind: 'system-library', what, change: 'added', detail: `for ${withoutSite(by)}` }],
    ),
  ];
}

const withoutSite = (file: string): string => (file.startsWith(SITE) ? file.slice(SITE.length) : file);

/** Libraries that the wheel needs but does not contain, each with a file that needs it. */
function systemLibraries({ natives }: WheelContents): Map<string, string> {
  const own = new Set([...natives.keys()].map((file) => path.posix.basename(file)));
  const found = new Map<string, string>();
  for (const [file, { needs = [] }] of natives)
    for (const name of needs) if (!own.has(name) && !BASIC.test(name)) found.set(name, file);
  return found;
}

/** Files with other bytes that another package installs at the same place. */
function sharedFiles(
  { installed }: WheelContents,
  owners: (file: string, crc: number) => readonly string[],
): ContentChange[] {
  return [...installed].flatMap(([file, crc]): ContentChange[] => {
    const others = owners(file, crc);
    return others.length === 0
      ? []
      : [{ kind: 'shared-file', what: withoutSite(file), change: 'added', detail: others.join(', ') }];
  });
}

function sizeChange(before: WheelContents | undefined, { size: now }: WheelContents): ContentChange[] {
  const old = before?.size;
  const isLarge = old && now.bytes > GROWTH * old.bytes && now.bytes - old.bytes > GROWTH_BYTES;
  if (!isLarge) return [];
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    { kind: 'size', what: `${megabytes(old.bytes)} → ${megabytes(now.bytes)} unpacked`, change: 'changed' },
  ];
}
