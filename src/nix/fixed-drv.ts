import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { readBytes } from '../system/read-bytes.ts';
import type { Run } from '../system/run.ts';
import { sriFromHex } from '../system/sri.ts';
import type { NixAnswer } from './answers.ts';
import { ask } from './expression.ts';
import { failureText } from './failure.ts';
import type { DerivationRef } from './target.ts';

/** A fixed-output derivation, as its `.drv` file in the store has it. */
export interface FixedDrv {
  readonly drv: string;
  /** Name of the derivation, without `.drv`. */
  readonly name: string;
  readonly out: string;
  /** `recursive`: hash of the NAR; `flat`: hash of the file. */
  readonly mode: string;
  readonly algorithm: string;
  /** In SRI form, whatever form the Nix code uses. */
  readonly hash: string;
  /** As the Nix code has it; undefined if that is not known. */
  readonly asWritten: string | undefined;
}

/** Limit in bytes; even a `.drv` with a long script is smaller. */
const most = 16 << 20;
/** The only output of a fixed-output derivation (Nix, src/libstore/derivations.cc). */
const FIXED = /^Derive\(\[\("out","([^"]+)","(r:)?(sha1|sha256|sha512)","([0-9a-f]+)"\)\]/;

/** Name of a derivation by its path, without `.drv`. */
export const nameOfDrv = (drv: string): string => path.basename(drv, '.drv').slice(33);

/** The text of a `.drv`. A store with another root has it elsewhere (Nix manual, "local"). */
async function drvText(drv: string, run: Run): Promise<string> {
  const file = await readBytes(drv, most);
  if (file) return file.toString();
  const flags = ['--extra-experimental-features', 'nix-command'];
  const { code, stdout, stderr } = await run('nix', [...flags, 'store', 'cat', drv]);
  if (code === 0) return stdout;
  throw new UserError(
    'evaluation-failed',
    `Nix can't read ${drv}, which it has just made: ${failureText(stderr)}. Run this again; if it fails again, look at Nix's 'store' setting.`,
  );
}

/** @returns undefined if it is not a fixed-output derivation */
export async function fixedDrv(drv: string, run: Run): Promise<FixedDrv | undefined> {
  const text = await drvText(drv, run);
  const [, out, recursive, algorithm, hex] = FIXED.exec(text) ?? [];
  if (!out || !algorithm || !hex) return undefined;
  const mode = recursive ? 'recursive' : 'flat';
  return {
    drv,
    name: nameOfDrv(drv),
    out,
    mode,
    algorithm,
    hash: sriFromHex(hex, algorithm),
    asWritten: /\("outputHash","([^"\\]*)"\)/.exec(text)?.[1],
  };
}

/** A fixed-output derivation in the store, under any hash. */
export interface StoredFod {
  readonly drv: string;
  /** The reference that Nix evaluated it from. */
  readonly derivation: DerivationRef;
}

/** A string of a `.drv` file, as Nix escapes it (src/libstore/derivations.cc), or a bracket. */
const TOKEN = /"((?:[^"\\]|\\[\s\S])*)"|[()]/g;

/**
 * The derivation under another hash, made from its `.drv` file. This works however the Nix code
 * computes the hash, and also if no attribute leads to it. Only the new `.drv` is written.
 * @param newName a name that no store has; not set: the derivation keeps its name
 * @throws UserError as `ask`
 */
export async function rehashed(
  { derivation, drv }: StoredFod,
  newHash: string,
  run: Run,
  newName?: string,
): Promise<NixAnswer<'rehashed'>> {
  const json = (await drvText(drv, run)).slice('Derive'.length).replace(TOKEN, (token, text?: string) => {
    if (text === undefined) return token === '(' ? '[' : ']';
    const own = text.replace(/\\([\s\S])/g, (_, one: string) => ESCAPES[one] ?? one);
    return JSON.stringify(own);
  });
  const [, drvs, sources, system, builder, args, variables] = JSON.parse(json) as StoredDrv;
  const { __json: structured, ...env } = Object.fromEntries(
    variables.map(([name, value]) => [name, FLAG.test(name) ? value === '1' : value]),
  );
  const own = structured === undefined ? env : { ...JSON.parse(String(structured)), __structuredAttrs: true };
  const { out: _, ...rest }: Record<string, unknown> = own;
  const inputs = Object.fromEntries([
    ...drvs.map(([one, outputs]) => [one, { outputs }] as const),
    ...sources.map((one) => [one, { path: true }] as const),
  ]);
  const stored = { attributes: { ...rest, system, builder, args }, inputs };
  return ask(derivation, 'rehashed', run, { given: { stored, newHash, newName } });
}

/** Attributes that Nix reads as Booleans. */
const FLAG = /^__(?:structuredAttrs|contentAddressed|impure|ignoreNulls)$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The arguments of `Derive(…)`, which is the text of a `.drv`. */
type StoredDrv = readonly [
  outputs: unknown,
  drvs: readonly (readonly [drv: string, outputs: readonly string[]])[],
  sources: readonly string[],
  system: string,
  builder: string,
  args: readonly string[],
  env: readonly (readonly [name: string, value: string])[],
];

/** A store path with everything that it depends on; for a `.drv`, what it is built from. */
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
  const found = await Promise.all(drvs.filter(isMeant).map((one) => fixedDrv(one, run)));
  return found.filter((one) => one !== undefined);
}
