import type { TagPattern } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';

/** @returns the version in a tag; undefined if the tag has another form */
function versionOf(tag: string, { prefix, suffix }: TagPattern): string | undefined {
  const isLongEnough = tag.length > prefix.length + suffix.length;
  if (!isLongEnough || !tag.startsWith(prefix) || !tag.endsWith(suffix)) return undefined;
  return tag.slice(prefix.length, tag.length - suffix.length);
}

/** @returns the tag that a version has */
export const tagOf = (version: string, { prefix, suffix }: TagPattern): string =>
  `${prefix}${version}${suffix}`;

/**
 * Extracts the versions from tags.
 * @param where name of the repository in messages
 * @throws UserError `tag-pattern` if no tag fits
 */
export function matching<T>(
  items: readonly T[],
  tag: (item: T) => string,
  pattern: TagPattern,
  where: string,
): { item: T; version: string; tag: string }[] {
  const found = items.flatMap((item) => {
    const version = versionOf(tag(item), pattern);
    return version === undefined ? [] : [{ item, version, tag: tag(item) }];
  });
  if (found.length > 0) return found;
  const some = items.slice(0, 3).map((item) => `'${printable(tag(item).slice(0, 60))}'`);
  const has = some.length === 0 ? 'has none at all' : `has ${some.join(', ')}`;
  throw new UserError(
    'tag-pattern',
    `No tag in ${where} has the form '${tagOf('{version}', pattern)}'; it ${has}. Correct 'tag' under 'releases' in the configuration, with {version} where the version stands.`,
  );
}
