import { localHeader, type Take, type ZipEntry } from './zip-header.ts';

/** Problems that are listed; an archive with one is not to be trusted anyway. */
export const MAX_PROBLEMS = 20;

/** On a file system that ignores case, files with the same folded name overwrite each other. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * Finds parts of an archive that readers may understand differently.
 * @param directory where the central directory begins
 */
export function problemsOf(entries: readonly ZipEntry[], directory: number, take: Take): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { name } of entries) {
    if (seen.has(folded(name))) problems.push(`it has '${name}' twice`);
    seen.add(folded(name));
    if (leadsOut(name)) problems.push(`its file '${name}' leads out of its folder`);
  }
  let at = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (problems.length >= MAX_PROBLEMS) return problems;
    const { name } = entry;
    const local = localHeader(entry, take);
    if (typeof local === 'string') problems.push(`the header of '${name}' ${local}`);
    if (entry.offset < at) problems.push(`'${name}' overlaps another file`);
    else if (entry.offset > at) problems.push(`it has bytes before '${name}' that no file has`);
    at = typeof local === 'string' ? entry.offset : local.end;
  }
  if (at < directory && problems.length === 0) problems.push('it has bytes that no file has');
  return problems;
}

const leadsOut = (name: string): boolean =>
  name === '' ||
  /[\\\0]|^\/|^[A-Za-z]:/.test(name) ||
  name
    .split('/')
    .some((part, index, parts) => part === '..' || part === '.' || (part === '' && index < parts.length - 1));
