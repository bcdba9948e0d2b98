import { readBytes } from '../../system/read-bytes.ts';
import { having, list, oneOf, parsed, text as textOf, type Valid } from '../../system/shape.ts';

/** Bytes of a result: 64 KiB of text, each character as `\u0000`, and the module names. */
const most = 1 << 20;

/** The result of importing one module. */
const moduleResult = having(
  {
    module: textOf(most),
    /** `elsewhere`: not in the output; `too-much`: it printed more than 64 KiB. */
    outcome: oneOf('imported', 'failed', 'elsewhere', 'too-much'),
  },
  /** Output of the import, and the module's file if it is in the output. Both are untrusted. */
  { text: textOf(most), file: textOf(most) },
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
  const text = await readBytes(file, most, 'refuse').then(String, () => '');
  const results = parsed(text, verdict)?.results;
  if (results === undefined) return undefined;
  const failed = results.findIndex(({ outcome }) => outcome !== 'imported');
  const expected = failed === -1 ? modules : modules.slice(0, failed + 1);
  const isWhole =
    results.length === expected.length && results.every((one, at) => one.module === expected[at]);
  return isWhole ? results : undefined;
}
