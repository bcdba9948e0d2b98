import type { TomlTable } from '../uv/lock/toml.ts';

/** A distribution's name, extras, versions and a marker (PEP 508), without any address. */
const plain =
  /^\s*[a-z0-9]([a-z0-9._-]*[a-z0-9])?\s*(\[[\w\s.,-]*\])?\s*\(?[\s\w.,<>=!~*+-]*\)?\s*(;[^\n\r]*)?$/i;

/** With a direct reference, which ends at white space and a marker (uv, crates/uv-pep508). */
const direct = /^\s*[a-z0-9][a-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@\s*(.*?)\s*(?:\s;.*)?$/is;

/**
 * The address or path of a requirement; undefined if it has to be on an index. Invalid text is
 * returned as it is, since no policy approves it.
 * @param requirement in the syntax of PEP 508
 */
export function referenceOf(requirement: string): string | undefined {
  if (plain.test(requirement)) return undefined;
  const reference = direct.exec(requirement)?.[1] ?? requirement;
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
