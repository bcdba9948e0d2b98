import { fakeHash } from '../system/sri.ts';
import type { BumpContext } from './context.ts';
import type { FixedHash } from './fixed-output.ts';
import { besideOf } from './left-over.ts';

/**
 * Gives hashes of other systems a placeholder if one of this system is new: those that stand beside
 * it, and those of the configuration that no machine here builds. A stale one would go unnoticed.
 * @returns systems whose hash is a placeholder then
 */
export async function resetOthers(
  hashes: readonly FixedHash[],
  { edits }: Pick<BumpContext, 'edits'>,
): Promise<string[]> {
  const fresh = hashes.filter(({ before, after }) => before !== after);
  const computed = new Set(hashes.flatMap(({ after, lacking }) => (lacking ? [] : [after])));
  const systems = new Set<string>();
  const reset = async (file: string, change: (text: string) => string): Promise<void> =>
    edits.write(file, change(await edits.read(file)));
  for (const { file, line, after } of fresh)
    await reset(file, (text) =>
      besideOf(text, line, after)
        .filter(({ hash }) => !computed.has(hash))
        .reduceRight((now, { system, hash, start, end }) => {
          systems.add(system);
          return now.slice(0, start) + now.slice(start, end).replace(hash, fakeHash) + now.slice(end);
        }, text),
    );
  for (const { attribute, system, file, line, before } of hashes.filter(({ lacking }) => lacking)) {
    if (fresh.length === 0) break;
    systems.add(system ?? attribute);
    await reset(file, (text) =>
      text
        .split('\n')
        .map((one, index) => (index === line - 1 ? one.replace(before, fakeHash) : one))
        .join('\n'),
    );
  }
  return [...systems].sort();
}
