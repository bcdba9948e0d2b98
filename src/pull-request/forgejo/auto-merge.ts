import { statusOf } from '../failures.ts';
import type { ForgePull, Merging } from '../forge.ts';
import type { MergeMethod, RepositoryName } from '../types.ts';
import {
  type ApiBranch,
  type ApiEvent,
  type ApiPull,
  type ApiRepository,
  listAll,
  type SendRequest,
} from './api.ts';
import { doStep } from './failures.ts';

const ON = 'pull_scheduled_merge';
const OFF = 'pull_cancel_scheduled_merge';

/**
 * Whether auto-merge is enabled, and who disabled it last. The API has this only in the timeline.
 */
export async function readAutoMerge(
  ask: SendRequest,
  place: RepositoryName,
  index: number,
): Promise<{ isOn: boolean; switchedOffBy: string | undefined }> {
  const route = 'GET /repos/{owner}/{repo}/issues/{index}/timeline';
  const events = await listAll<ApiEvent>(ask, route, { ...place, index });
  const last = events.findLast(({ type }) => type === ON || type === OFF);
  return {
    isOn: last?.type === ON,
    switchedOffBy: last?.type === OFF ? (last.user?.login ?? 'someone') : undefined,
  };
}

/** Reads the repository's merge methods, and who disabled auto-merge of a pull request. */
export function merging(ask: SendRequest, place: RepositoryName, { number }: ForgePull): Promise<Merging> {
  return doStep({ to: `read how #${number} may be merged`, needs: 'read:repository' }, async () => {
    const { data } = await ask('GET /repos/{owner}/{repo}', { ...place });
    const repository = data as ApiRepository;
    const allowed: Readonly<Record<MergeMethod, boolean>> = {
      merge: repository.allow_merge_commits,
      squash: repository.allow_squash_merge,
      rebase: repository.allow_rebase,
    };
    const preferred = repository.default_merge_style;
    const methods = (['merge', 'squash', 'rebase'] as const)
      .filter((method) => allowed[method])
      .sort((a, b) => Number(b === preferred) - Number(a === preferred));
    const { switchedOffBy } = await readAutoMerge(ask, place, number);
    return { isAllowed: true, methods, switchedOffBy };
  });
}

/**
 * Enables auto-merge. The API merges immediately if all requirements are met or there are none, so
 * these are read first.
 */
export function enableAutoMerge(
  ask: SendRequest,
  place: RepositoryName,
  { number: index, baseRef }: ForgePull,
  method: MergeMethod,
): Promise<string | undefined> {
  const needs = 'write:repository, write:issue';
  return doStep({ to: `enable auto-merge for #${index}`, needs }, async () => {
    const { data } = await ask('GET /repos/{owner}/{repo}/branches/{branch}', { ...place, branch: baseRef });
    const { enable_status_check: needsChecks, required_approvals: approvals } = data as ApiBranch;
    if (approvals === 0 && !needsChecks) return `${baseRef} requires neither a check nor an approval`;
    if (approvals === 0 && (await hasPassed(ask, place, index))) return 'all checks have passed';
    try {
      await ask('POST /repos/{owner}/{repo}/pulls/{index}/merge', {
        ...{ ...place, index, Do: method },
        merge_when_checks_succeed: true,
      });
    } catch (error) {
      // Already enabled, by an earlier try whose answer was lost.
      if (statusOf(error) !== 409) throw error;
    }
    return undefined;
  });
}

/** Reads the current head: a pull request that was listed before a push has the old one. */
async function hasPassed(ask: SendRequest, place: RepositoryName, index: number): Promise<boolean> {
  const { data: pull } = await ask('GET /repos/{owner}/{repo}/pulls/{index}', { ...place, index });
  const ref = (pull as ApiPull).head.sha;
  const { data } = await ask('GET /repos/{owner}/{repo}/commits/{ref}/status', { ...place, ref });
  return (data as { readonly state: string }).state === 'success';
}
