import { isShown } from './findings.ts';
import { list, text } from './markdown.ts';
import { isBad } from './sections.ts';
import type { Report } from './types.ts';

/** One line on what was verified; the checks themselves are folded below. */
export function verifiedLine({ checks, seen = [], hashes }: Report): string {
  const all = [...checks, ...seen];
  const failed = all.filter(({ result }) => result === 'failed').map(({ name }) => text(name));
  if (failed.length > 0) return `❌ Failed: ${list(failed)}.`;
  const passed = all.filter(({ result }) => result === 'ok').map(({ name }) => name);
  const imports = passed
    .filter((name) => name.startsWith('import '))
    .map((name) => text(name.slice('import '.length)));
  const twice = hashes.some(({ how }) => how === 'both');
  const parts = [
    ...(twice ? ['hash computed by Nix and without it'] : []),
    ...(passed.some((name) => name.startsWith('Built')) ? ['built'] : []),
    ...(imports.length > 0 ? [`imports ${list(imports.slice(0, 5))}`] : []),
  ];
  if (parts.length === 0) return all.length === 0 ? '' : '⚪ Verified: see the details below.';
  return `✅ Verified: ${list(parts)}.`;
}

/** The tasks of a reviewer. */
export function reviewLine({ checks, packages, findings = [], notDone }: Report): string {
  if (packages.length === 0) return '';
  const failed = checks.some(({ result }) => result === 'failed');
  const look = [
    ...(packages.some(isBad) ? ['the warnings'] : []),
    ...(findings.some(isShown) ? ['what is to be reviewed inside the packages'] : []),
    'the changed packages',
    ...(notDone.length > 0 ? ['what was not done'] : []),
  ];
  const then = failed ? 'then fix what failed; do not merge before' : 'then merge';
  return `**To do:** look at ${list(look)}, ${then}.`;
}
