import path from 'node:path';
import { readBytes } from '../system/read-bytes.ts';
import type { Run } from '../system/run.ts';

/** A fixed-output derivation, as its `.drv` file in the store has it. */
export interface FixedDrv {
  readonly drv: string;
  /** Name of the derivation, without `.drv`. */
  readonly name: string;
  readonly out: string;
  /** `recursive`: hash of the NAR; `flat`: hash of the file. */
  readonly mode: string;
  readonly algorithm: string;
  /** In SRI form, however the Nix code has it. */
  readonly hash: string;
}

/** A `.drv` is smaller than this, also one with a long script. */
const most = 16 << 20;
/** The only output of a fixed-output derivation (Nix, src/libstore/derivations.cc). */
const FIXED = /^Derive\(\[\("out","([^"]+)","(r:)?(sha1|sha256|sha512)","([0-9a-f]+)"\)\]/;

/** Name of a derivation by its path, without `.drv`. */
export const nameOfDrv = (drv: string): string => path.basename(drv, '.drv').slice(33);

/** @returns undefined if it is no fixed-output derivation */
export async function fixedDrv(drv: string): Promise<FixedDrv | undefined> {
  const text = (await readBytes(drv, most))?.toString() ?? '';
  const [, out, recursive, algorithm, hex] = FIXED.exec(text) ?? [];
  if (!out || !algorithm || !hex) return undefined;
  const mode = recursive ? 'recursive' : 'flat';
  return {
    drv,
    name: nameOfDrv(drv),
    out,
    mode,
    algorithm,
    hash: `${algorithm}-${Buffer.from(hex, 'hex').toString('base64')}`,
  };
}

/** What a store path depends on, itself among it: of a derivation what it is built from. */
export async function requisites(file: string, run: Run): Promise<string[]> {
  const { stdout } = await run('nix-store', ['--query', '--requisites', file]);
  return stdout.split('\n').filter((line) => line !== '');
}

/** The fixed-output derivations that a derivation is built from. */
export async function fixedInputs(
  drv: string,
  run: Run,
  isMeant: (drv: string) => boolean,
): Promise<FixedDrv[]> {
  const drvs = (await requisites(drv, run)).filter((one) => one.endsWith('.drv'));
  const found = await Promise.all(drvs.filter(isMeant).map(fixedDrv));
  return found.filter((one) => one !== undefined);
}
