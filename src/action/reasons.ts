import type { BuildLock } from '../build-lock/schema.ts';
import { isBuildLockName, parseBuildLock } from '../build-lock/text.ts';
import type { Edit } from '../nix/edit.ts';
import { list } from '../pull-request/report/markdown.ts';
import type { HashChange, LockDiff } from '../uv/plan/diff.ts';

/** Maximum number of names in a sentence. */
const SHOWN = 6;

interface Change {
  readonly hashes: readonly { readonly before?: string | undefined; readonly after: string }[];
  readonly edits: readonly Edit[];
}

/**
 * Explains in sentences why the hash or the build lock changed. Compares the build locks, which
 * record what the hash was computed from, and the two versions of uv.lock.
 */
export function reasonsFor({ hashes, edits }: Change, diff: LockDiff | undefined): string[] {
  if (edits.length === 0) return [];
  const edit = edits.find(({ file }) => isBuildLockName(file));
  const [before, after] = [edit?.before, edit?.after].map((text) =>
    text === undefined ? undefined : parseBuildLock(text, edit?.file ?? ''),
  );
  const hasBoth = before !== undefined && after !== undefined;
  const isFirst = hashes.every((one) => !one.before);
  const reasons = [
    ...(isFirst ? ['This is the first hash.'] : []),
    ...(hasBoth ? options(before, after) : []),
    ...(diff ? ofLock(diff) : []),
    ...(hasBoth ? sentence('Build tools changed', changesOf(toolsOf(before), toolsOf(after))) : []),
  ];
  if (reasons.length > 0) return reasons;
  const [old, now] = [before, after].map((one) =>
    Object.keys(one?.builds ?? {})
      .sort()
      .join(),
  );
  return [
    old === now && hashes.some((one) => one.before !== one.after)
      ? 'The hash did not match uv.lock, although uv.lock did not change for this package since the commit that it is compared with.'
      : 'What has to be built, or its build requirements, changed.',
  ];
}

/** Texts about changed files of packages whose version is the same. */
const fileChanges: readonly (readonly [HashChange['change'], string, string?])[] = [
  ['other-bytes', 'The index has different files for the same version', 'Review this before you merge.'],
  ['digest-removed', 'uv.lock no longer has a digest of some files'],
  ['digest-added', 'uv.lock now has a digest of files'],
  ['other-algorithm', 'uv.lock has digests of another algorithm'],
];

function ofLock({ added, removed, changed, hashOnly }: LockDiff): string[] {
  return [
    ...(added.length + removed.length + changed.length > 0 ? ['uv.lock changed.'] : []),
    ...fileChanges.flatMap(([kind, what, advice = '']) => {
      const names = hashOnly.filter(({ change }) => change === kind).map(labelOf);
      return sentence(what, [...new Set(names)]).map((text) => `${text} ${advice}`.trim());
    }),
  ];
}

/** Changed options of fetchUvDeps: Python, C library, groups and extras. */
function options({ target: before }: BuildLock, { target: after }: BuildLock): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof typeof before)[];
  const texts = names.flatMap((name) => {
    const [old, now] = [before[name], after[name]].map((value) => JSON.stringify(value) ?? 'none');
    return old === now ? [] : [`${name} ${old} → ${now}`];
  });
  return sentence('An option of the derivation changed', texts);
}

/** Names whose versions changed, as `name OLD → NEW`. */
const changesOf = (before: Versions, after: Versions): string[] =>
  [...after]
    .flatMap(([name, now]) => {
      const old = before.get(name);
      return old === undefined || old === now ? [] : [`${name} ${old} → ${now}`];
    })
    .sort();

/** Versions by name. */
type Versions = ReadonlyMap<string, string>;

const labelOf = ({ name, version = '' }: { name: string; version?: string | undefined }): string =>
  `${name} ${version}`.trim();

/** Versions of wheels in build environments, by name (PyPA, "Binary distribution format"). */
function toolsOf({ wheels }: BuildLock): Map<string, string> {
  const tools = new Map<string, Set<string>>();
  for (const file of Object.keys(wheels).sort()) {
    const [name = '', version = ''] = file.split('-', 2);
    tools.set(name, (tools.get(name) ?? new Set()).add(version));
  }
  return new Map([...tools].map(([name, versions]) => [name, [...versions].join(' and ')]));
}

/** One sentence about the texts; empty without texts. */
function sentence(what: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  const shown =
    texts.length > SHOWN
      ? `${texts.slice(0, SHOWN).join(', ')} and ${texts.length - SHOWN} more`
      : list(texts);
  return [`${what}: ${shown}.`];
}
