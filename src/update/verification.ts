import { Confirmation } from '../build-lock/confirm.ts';
import { indexesOf } from '../build-lock/indexes.ts';
import { Listing } from '../build-lock/listing.ts';
import { uvSettings } from '../build-lock/settings.ts';
import { parseBuildLock } from '../build-lock/text.ts';
import type { BuildLock } from '../build-lock/types.ts';
import { UserError } from '../system/errors.ts';
import type { Project } from '../uv/lock/project.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import type { Context } from './types.ts';

/** What decides which entries of a build lock are right. */
export interface Verifying {
  readonly base: BuildLock | undefined;
  /** Uv's settings of the project. */
  readonly settings: TomlTable;
  readonly confirmation: Confirmation;
}

/**
 * Reads the base's build lock, and what decides which of its files may stay.
 * @param only `resolved: false` if what the base does not have was resolved by another job
 */
export async function verifying(
  lockFile: string,
  project: Project,
  { verification, read, log }: Pick<Context, 'verification' | 'read' | 'log'>,
  only: { readonly resolved?: boolean } = {},
): Promise<Verifying> {
  const [base, settings] = await Promise.all([baseLock(lockFile, verification), uvSettings(project, read)]);
  const indexes = indexesOf(settings, project, verification.indexes);
  const listing = new Listing(indexes, verification.fetchText);
  const isTrusted = !verification.isUntrusted;
  const trusted = { base: isTrusted, resolved: isTrusted, ...only };
  return { base, settings, confirmation: new Confirmation(listing, trusted, log) };
}

/** A build lock that cannot be read pins nothing: all of it is resolved again. */
async function baseLock(file: string, { baseText }: Context['verification']): Promise<BuildLock | undefined> {
  const text = await baseText(file);
  try {
    return text === undefined ? undefined : parseBuildLock(text, file);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
