import type { TomlTable } from '../uv/lock/index.ts';

/** A distribution's name, extras, versions and a marker (PEP 508), without any address. */
const plain =
  /^\s*[a-z0-9]([a-z0-9._-]*[a-z0-9])?\s*(\[[\w\s.,-]*\])?\s*\(?[\s\w.,<>=!~*+-]*\)?\s*(;[^\n\r]*)?$/i;

/** The same, but with a direct reference, which ends where white space and a marker begin (uv, crates/uv-pep508). */
const direct = /^\s*[a-z0-9][a-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@\s*(.*?)\s*(?:\s;.*)?$/is;

/**
 * The address or the path that a requirement names; undefined for one that an index answers. Text that is no requirement is given
 * back whole: no policy approves it.
 * @param requirement as PEP 508 writes it
 */
export function referenceOf(requirement: string): string | undefined {
  if (plain.test(requirement)) return undefined;
  const reference = direct.exec(requirement)?.[1] ?? requirement;
  // uv replaces variables of its environment in addresses.
  if (/\$\{/.test(reference)) return requirement;
  return reference.replace(/^git\+/i, '');
}

/** A requirement as uv's settings write it: a string, or a table that has it. */
export const requirementText = (item: unknown): string =>
  String(typeof item === 'object' && item !== null && 'requirement' in item ? item.requirement : item);

/** Requirements of a list in uv's settings. */
export const requirementsOf = (list: unknown): string[] => asList(list).map(requirementText);

/** Every address or path in uv's settings that uv asks for packages. */
export function indexesOf(settings: TomlTable): string[] {
  const indexes = asList(settings.index).map((item) => (item as { url?: unknown } | null)?.url);
  const others = ['index-url', 'extra-index-url', 'find-links'].flatMap((key) => asList(settings[key]));
  return [...indexes, ...others].map((address) => withoutVariables(String(address)));
}

/** An address in which uv would replace variables is none that could be approved. */
const withoutVariables = (address: string): string =>
  /\$\{/.test(address) ? `\${…} in ${address}` : address;

const asList = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
