const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

/** Whether the text is the name of a package, extra or group, in any spelling. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/**
 * Normalizes a package, extra or group name: lower case, and `-` for each run of `-`, `_` and `.`
 * (packaging.python.org, "Names and normalization"; PEP 685; PEP 735).
 * @returns undefined if the text is not a name
 */
export function normalizeName(text: string): string | undefined {
  return NAME.test(text) ? text.toLowerCase().replace(/[-_.]+/g, '-') : undefined;
}
