import type { PackageCheck } from './check-packages.ts';
import { patchText } from './patch-text.ts';

/** One patch of all that is stale. A change that several packages share is in it once. */
export function patchOfAll(checks: readonly PackageCheck[], root: string): string {
  const edits = checks.flatMap(({ checked }) => checked?.edits ?? []);
  return patchText(
    edits.filter(
      ({ file, after }, at) => edits.findIndex((one) => one.file === file && one.after === after) === at,
    ),
    root,
  );
}
