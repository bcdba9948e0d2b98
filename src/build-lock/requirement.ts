import type { TomlTable } from '../uv/lock/toml.ts';
import { parseRequirement } from '../uv/requirement.ts';

/**
 * The address or path of a requirement; undefined if the package comes from an index. Invalid text
 * is returned unchanged, since no policy approves it.
 * @param requirement in the syntax of PEP 508
 */
export function referenceOf(requirement: string): string | undefined {
  const parsed = parseRequirement(requirement);
  if (parsed !== undefined && parsed.reference === undefined) return undefined;
  const reference = parsed?.reference ?? requirement;
  // uv expands environment variables in addresses.
  if (/\$\{/.test(reference)) return requirement;
  return reference.replace(/^git\+/i, '');
}

/** A requirement in uv's settings: a string, or a table with the string. */
const requirementText = (item: unknown): string =>
  String(typeof item === 'object' && item !== null && 'requirement' in item ? item.requirement : item);

/** Requirements of a list in uv's settings. */
export const requirementsOf = (list: unknown): string[] => [list ?? []].flat().map(requirementText);

/** The addresses and paths of indexes in uv's settings. */
export function indexAddresses(settings: TomlTable): string[] {
  const indexes = [settings.index ?? []].flat().map((item) => (item as { url?: unknown } | null)?.url);
  const keys = ['index-url', 'extra-index-url', 'find-links'];
  const others = keys.flatMap((key) => [settings[key] ?? []].flat());
  return [...indexes, ...others].map((address) => withoutVariables(String(address)));
}

/** Makes an address with environment variables invalid, so that no policy approves it. */
const withoutVariables = (address: string): string =>
  /\$\{/.test(address) ? `\${…} in ${address}` : address;
