import { isBuildLockName, parseBuildLock } from '../build-lock/text.ts';
import type { Build, BuildLock } from '../build-lock/types.ts';
import { list } from '../pull-request/report/markdown.ts';
import type { Update } from '../update/update.ts';
import type { HashChange, LockDiff } from '../uv/plan/diff.ts';

/** A changed build lock. */
interface Moved {
  readonly before: BuildLock | undefined;
  readonly after: BuildLock;
}

/** Names in a sentence. */
const SHOWN = 6;

/**
 * Why the hash or the build lock changed, in sentences: compares the build locks, which record what
 * the hash was computed from, and the two versions of uv.lock.
 */
export function reasonsFor(
  { hashes, edits }: Pick<Update, 'hashes' | 'edits'>,
  diff: LockDiff | undefined,
): string[] {
  if (edits.length === 0) return [];
  const moved = buildLocks(edits);
  const isFirst = hashes.every(({ before }) => before === '');
  const reasons = [
    ...(isFirst ? ['This is the first hash.'] : []),
    ...options(moved),
    ...(diff ? ofLock(diff) : []),
    ...buildTools(moved),
  ];
  if (reasons.length > 0) return reasons;
  const hashMoved = hashes.some(({ before, after }) => before !== after);
  return [
    hashMoved
      ? 'The hash did not match uv.lock, although uv.lock did not change since the commit that it is compared with.'
      : 'What has to be built, or its build requirements, changed. The wheels did not.',
  ];
}

function buildLocks(edits: Update['edits']): Moved | undefined {
  const edit = edits.find(({ file }) => isBuildLockName(file));
  if (!edit) return undefined;
  const { before, after } = edit;
  return {
    before: before === undefined ? undefined : parseBuildLock(before, edit.file),
    after: parseBuildLock(after, edit.file),
  };
}

function ofLock({ added, removed, changed, hashOnly }: LockDiff): string[] {
  const hasMoved = added.length + removed.length + changed.length > 0;
  const named = (change: HashChange['change']): string[] => [
    ...new Set(
      hashOnly
        .filter((one) => one.change === change)
        .map(({ name, version }) => `${name} ${version ?? ''}`.trim()),
    ),
  ];
  const sentences = {
    'other-bytes': (names: string) =>
      `The index has different files for the same version: ${names}. Review this before you merge.`,
    'digest-removed': (names: string) => `uv.lock no longer has a digest of some files of ${names}.`,
    'digest-added': (names: string) => `uv.lock now has a digest of files of ${names}.`,
    'other-algorithm': (names: string) => `uv.lock has digests of another algorithm of ${names}.`,
  };
  const changes = ['other-bytes', 'digest-removed', 'digest-added', 'other-algorithm'] as const;
  return [
    ...(hasMoved ? ['uv.lock changed.'] : []),
    ...changes.flatMap((change) => {
      const names = named(change);
      return names.length === 0 ? [] : [sentences[change](shown(names))];
    }),
  ];
}

/** Changed options of fetchUvDeps: Python, C library, groups and extras. */
function options(moved: Moved | undefined): string[] {
  const [before, after] = [moved?.before?.target, moved?.after.target];
  if (!before || !after) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof typeof before)[];
  const texts = names.flatMap((name) => {
    const [old, now] = [before[name], after[name]].map((value) => JSON.stringify(value) ?? 'none');
    return old === now ? [] : [`${name} ${old} → ${now}`];
  });
  return texts.length === 0 ? [] : [`An option of the derivation changed: ${shown(texts)}.`];
}

/** Changed versions of build requirements, and packages that are newly built from source. */
function buildTools(moved: Moved | undefined): string[] {
  if (!moved?.before) return [];
  const [before, after] = [moved.before, moved.after].map(toolsOf);
  if (!before || !after) return [];
  const texts = [...after].flatMap(([name, now]) => {
    const old = before.get(name);
    return old === undefined || old === now ? [] : [`${name} ${old} → ${now}`];
  });
  const built = ({ builds }: BuildLock): string[] => Object.values(builds).map(labelOf);
  const old = new Set(built(moved.before));
  const fresh = built(moved.after).filter((label) => !old.has(label));
  return [
    ...(texts.length === 0 ? [] : [`Build tools changed: ${shown(texts.sort())}.`]),
    ...(fresh.length === 0 ? [] : [`Newly built from source: ${shown(fresh)}.`]),
  ];
}

const labelOf = (build: Build): string => `${build.name} ${build.version ?? ''}`.trim();

/** Versions of wheels in build environments, by name (PyPA, "Binary distribution format"). */
function toolsOf({ wheels }: BuildLock): Map<string, string> {
  const tools = new Map<string, string[]>();
  for (const file of Object.keys(wheels).sort()) {
    const [name = '', version = ''] = file.split('-', 2);
    tools.set(name, [...(tools.get(name) ?? []), version]);
  }
  return new Map([...tools].map(([name, versions]) => [name, [...new Set(versions)].join(' and ')]));
}

const shown = (texts: readonly string[]): string =>
  texts.length > SHOWN ? `${texts.slice(0, SHOWN).join(', ')} and ${texts.length - SHOWN} more` : list(texts);
