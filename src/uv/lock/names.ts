const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

const NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether the text is the name of a package, extra or group, in any spelling. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/**
 * Gives a package, extra or group name in its one comparable spelling: lower case, each run of `-`, `_` and `.`
 * a single `-`. Returns undefined where the text is not a name at all.
 * Source: packaging.python.org, "Names and normalization"; PEP 685 for extras; PEP 735 for groups.
 */
export function normalizeName(text: string): string | undefined {
  // Nearly every name in a lock is in this form already.
  if (NORMALIZED.test(text)) return text;
  return NAME.test(text) ? text.toLowerCase().replace(/[-_.]+/g, '-') : undefined;
}
