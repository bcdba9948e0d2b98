/** The parts of a requirement (PEP 508). */
interface RequirementParts {
  /** As it is written. */
  readonly name: string;
  /** Version specifiers; may be empty. */
  readonly versions: string;
  /** The address or path of a direct reference, which ends at white space and a marker (uv). */
  readonly reference: string | undefined;
  readonly marker: string | undefined;
}

/** Each part begins with a different character, so that a search takes linear time. */
const SYNTAX =
  /^([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?) ?(?:\[[\w .,-]*\])? ?(?:@ ?(.*?)(?: ;(.*))?|\(?([<>=!~][\w .,<>=!~*+-]*)?\)? ?(?:;(.*))?)$/i;

/** @returns undefined for text that is not a requirement */
export function parseRequirement(text: string): RequirementParts | undefined {
  const found = SYNTAX.exec(text.trim().replace(/\s+/g, ' '));
  if (found === null) return undefined;
  const [, name = '', reference, ofReference, versions = '', marker] = found;
  return { name, versions, reference, marker: ofReference ?? marker };
}
