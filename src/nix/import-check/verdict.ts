import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** The result of importing one module. */
export interface ModuleResult {
  readonly module: string;
  /** `elsewhere`: not in the output; `too-much`: it printed more than 64 KiB. */
  readonly outcome: 'imported' | 'failed' | 'elsewhere' | 'too-much';
  /** Output of the import. Untrusted. */
  readonly text: string;
  /** Its file in the output; empty if it is not in there. Untrusted. */
  readonly file: string;
}

const outcomes: readonly unknown[] = ['imported', 'failed', 'elsewhere', 'too-much'];

/** Bytes of a result: 64 KiB of text, each character as `\u0000`, and the module names. */
const most = 1 << 20;

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
    const { version, results } = JSON.parse(await readSmall(file)) as Record<string, unknown>;
    if (version !== 1 || !Array.isArray(results)) return undefined;
    const read = (results as unknown[]).map(resultOf);
    const failed = read.findIndex(({ outcome }) => outcome !== 'imported');
    const expected = failed === -1 ? modules : modules.slice(0, failed + 1);
    const isWhole = read.length === expected.length && read.every((one, at) => one.module === expected[at]);
    return isWhole ? read : undefined;
  } catch {
    return undefined;
  }
}

async function readSmall(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await handle.stat();
    if (!stat.isFile() || stat.size > most) throw new Error('not a small file');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(most), 0, most, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function resultOf(value: unknown): ModuleResult {
  const { module, outcome, text = '', file = '' } = value as Record<string, unknown>;
  if (typeof module !== 'string' || typeof text !== 'string' || typeof file !== 'string')
    throw new Error('not a result');
  if (!outcomes.includes(outcome)) throw new Error('not an outcome');
  return { module, outcome: outcome as ModuleResult['outcome'], text, file };
}
