import type { Edits } from '../nix/edits.ts';
import type { ReleaseParts } from '../release/types.ts';
import { UserError } from '../system/errors.ts';
import { isFinding } from './build-systems.ts';
import { upgradable } from './lock-upgrade.ts';
import { type PackageRequest, type Updated, updatePackage } from './package.ts';
import type { Context } from './types.ts';
import { upgradeLock } from './upgrade/upgrade.ts';

/**
 * Updates a package. If it does not build or import after an upgrade of its lock, and
 * `try-each` asks for it, the direct packages that changed are tried one by one: the error, or the
 * draft, names those that fail alone.
 * @throws UserError those of `updatePackage`
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

/** @returns what came of it, as sentences; empty if it says nothing */
async function tryEach(
  request: PackageRequest,
  limit: number,
  edits: Edits,
  context: Context,
  finders: ReleaseParts,
): Promise<string> {
  const { config, options } = request;
  const names = await changedNames(request, context);
  const [failed, passed, untried]: [string[], string[], string[]] = [[], [], []];
  if (names.length < 2) return '';
  const until = context.now() + limit;
  for (const name of names) {
    context.stop.throwIfAborted();
    if (context.now() > until) {
      untried.push(name);
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
      passed.push(name);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      (isFinding(error) ? failed : untried).push(name);
    } finally {
      await edits.undo();
    }
  }
  const rest = untried.length === 0 ? '' : ` Not tried: ${untried.join(', ')}.`;
  if (failed.length > 0)
    return `Upgraded alone, ${failed.join(' and ')} fails as well: that is the likely cause.${rest}`;
  return passed.length === 0 ? '' : `Upgraded alone, each of ${passed.join(', ')} passes.${rest}`;
}

/** The direct packages that the upgrade changes. */
async function changedNames({ config, derivation, checkout, options }: PackageRequest, context: Context) {
  const project = await upgradable({ config, derivation, checkout }, context);
  if (config.lock === undefined) return [];
  const names = options.upgrade?.names ?? [];
  const { diff } = await upgradeLock(project, { names, rules: config.lock, now: Date.now() }, context);
  return diff.changed.flatMap(({ name, relation }) => (relation === 'direct' ? [name] : []));
}
