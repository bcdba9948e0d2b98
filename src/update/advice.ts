import { type Advised, adviceKey, askIndexes, type Locked } from '../release/advice.ts';
import type { FetchText } from '../system/fetch-text.ts';
import type { Log } from '../system/log.ts';
import type { LockDiff } from '../uv/plan/diff.ts';
import type { Update } from './update.ts';

/** New releases in a lock that come from an index with an address, direct packages first. */
export function newReleases({ added, changed }: LockDiff, { project }: Pick<Update, 'project'>): Locked[] {
  const all = [...added, ...changed];
  const ordered = [
    ...all.filter(({ relation }) => relation === 'direct'),
    ...all.filter(({ relation }) => relation !== 'direct'),
  ];
  return ordered.flatMap(({ name, before }) => {
    const old = new Set(before.map(({ version }) => version));
    return (project.lock.byName.get(name) ?? []).flatMap(({ version, source }) =>
      source.kind === 'registry' && version !== undefined && !old.has(version)
        ? [{ name, version, index: source.url }]
        : [],
    );
  });
}

/**
 * Asks the lock's own indexes about the releases that are new in it, and warns in the log of those
 * that were yanked or have known vulnerabilities. Never throws: it only informs.
 */
export async function advise(
  update: Pick<Update, 'project' | 'edits'>,
  diff: LockDiff | undefined,
  fetchText: FetchText,
  log: Log,
): Promise<Advised> {
  const releases = diff && update.edits.length > 0 ? newReleases(diff, update) : [];
  if (releases.length === 0) return { advice: new Map(), notAsked: [] };
  return log.group('Index: withdrawn releases and known vulnerabilities', async () => {
    const advised = await askIndexes(releases, fetchText);
    for (const release of releases) {
      const { yanked, vulnerabilities = [] } = advised.advice.get(adviceKey(release)) ?? {};
      const name = `${release.name} ${release.version}`;
      if (yanked !== undefined)
        log.warning(`${name} was withdrawn from its index: ${yanked || 'no reason given'}`);
      for (const { id, summary } of vulnerabilities)
        log.warning(`${name} has the known vulnerability ${id}${summary ? `: ${summary}` : ''}`);
    }
    for (const one of advised.notAsked) log.info(`Not asked: ${one}.`);
    const { size } = advised.advice;
    log.info(`The index answered for ${size} of ${releases.length} new releases.`);
    return advised;
  });
}
