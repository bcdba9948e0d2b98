import { readBytes } from '../../system/read-bytes.ts';
import { having, list, oneOf, text, type Valid } from '../../system/shape.ts';

/** Bytes of a result: 64 KiB of text, each character as `\u0000`, and the module names. */
const most = 1 << 20;

/** The result of importing one module. */
const moduleResult = having(
  {
    module: text(most),
    /** `elsewhere`: not in the output; `too-much`: it printed more than 64 KiB. */
    outcome: oneOf('imported', 'failed', 'elsewhere', 'too-much'),
  },
  /** Output of the import, and the module's file if it is in the output. Both are untrusted. */
  { text: text(most), file: text(most) },
);
const verdict = having({ version: oneOf(1), results: list(moduleResult, 1000) });

export type ModuleResult = Valid<typeof moduleResult>;

/**
 * Reads the result of import-check.py. Imported code may have written it, so only a regular file of
 * limited size is read.
 * @returns results up to the first failure; undefined if the file is anything else
 */
export async function readVerdict(
  file: string,
  modules: readonly string[],
): Promise<readonly ModuleResult[] | undefined> {
  try {
    const value: unknown = JSON.parse(String(await readBytes(file, most, 'refuse')));
    if (verdict(value, 'the result') !== undefined) return undefined;
    const { results } = value as Valid<typeof verdict>;
    const failed = results.findIndex(({ outcome }) => outcome !== 'imported');
    const expected = failed === -1 ? modules : modules.slice(0, failed + 1);
    const isWhole =
      results.length === expected.length && results.every((one, at) => one.module === expected[at]);
    return isWhole ? results : undefined;
  } catch {
    return undefined;
  }
}
