import type { Edits } from '../nix/edits.ts';
import type { ReleaseParts } from '../release/types.ts';
import { UserError } from '../system/errors.ts';
import { isFinding } from './build-systems.ts';
import type { Context } from './context.ts';
import type { PackageRequest } from './options.ts';
import { type Updated, updatePackage } from './package.ts';
import { tryUpgrade } from './upgrade/of-package.ts';

/**
 * Updates a package. If it does not build or import after an upgrade of its lock, and `try-each`
 * asks for it, the direct packages that changed are tried one by one: the error, or the draft,
 * names those that fail alone.
 * @throws UserError as `updatePackage`
 */
export async function updateOrBlame(
  request: PackageRequest,
  edits: Edits,
  context: Context,
  finders: ReleaseParts,
): Promise<Updated> {
  const limit = request.options.upgrade ? request.config.lock?.tryEach : undefined;
  if (limit === undefined) return updatePackage(request, edits, context, finders);
  const blame = async (): Promise<string> => {
    const all = edits.since();
    await edits.undo();
    const text = await tryEach(request, limit, edits, context, finders);
    await edits.add(all, request.derivation);
    return text;
  };
  let updated: Updated;
  try {
    updated = await updatePackage(request, edits, context, finders);
  } catch (error) {
    if (!isFinding(error)) throw error;
    const { code, message, at, log, cause } = error;
    throw new UserError(code, `${message} ${await blame()}`.trim(), { at, log, cause });
  }
  const { failed } = updated.update;
  if (failed === undefined) return updated;
  const detail = `${failed.detail ?? ''} ${await blame()}`.trim();
  return { ...updated, update: { ...updated.update, failed: { ...failed, detail } } };
}

/** @returns the outcome as sentences; empty with fewer than two packages to try */
async function tryEach(
  request: PackageRequest,
  limit: number,
  edits: Edits,
  context: Context,
  finders: ReleaseParts,
): Promise<string> {
  const { config, options } = request;
  const { made } = await tryUpgrade(request, options.upgrade?.names ?? [], context);
  const names = made.diff.changed.flatMap(({ name, relation }) => (relation === 'direct' ? [name] : []));
  const tries: Tries = { failed: [], passed: [], unclear: [], late: [] };
  if (names.length < 2) return '';
  const until = context.now() + limit;
  for (const name of names) {
    context.stop.throwIfAborted();
    if (context.now() >= until) {
      tries.late.push(name);
      continue;
    }
    context.log.info(`Trying ${name} alone, because what was upgraded does not build or import.`);
    const alone = {
      ...request,
      config: { ...config, pullRequest: { ...config.pullRequest, draft: false } },
      options: {
        ...{ ...options, findReleases: false, version: undefined, cacheTo: undefined },
        upgrade: { names: [name], isScheduled: false },
      },
    };
    try {
      await updatePackage(alone, edits, context, finders);
      tries.passed.push(name);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      (isFinding(error) ? tries.failed : tries.unclear).push(name);
    } finally {
      await edits.undo();
    }
  }
  return outcomeOf(tries);
}

/** Names of packages, by the outcome of upgrading each one alone. */
type Tries = Readonly<Record<'failed' | 'passed' | 'unclear' | 'late', string[]>>;

function outcomeOf({ failed, passed, unclear, late }: Tries): string {
  const passing = passed.length > 0 && `Upgraded alone, each of ${passed.join(', ')} passes.`;
  const sentences = [
    failed.length > 0
      ? `Upgraded alone, ${failed.join(' and ')} fails as well: that is the likely cause.`
      : passing,
    unclear.length > 0 && `The try of ${unclear.join(', ')} ended with another error.`,
    late.length > 0 && `Not tried, because the time of try-each was over: ${late.join(', ')}.`,
  ];
  return sentences.filter((one) => one !== false).join(' ');
}
