import * as answers from '../nix/answers.ts';
import type { Position } from '../nix/evaluate.ts';
import { evaluateJson } from '../nix/expression.ts';
import { failureText } from '../nix/nix-messages.ts';
import { type DerivationRef, nameOf, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { noSuchProgram, type Run } from '../system/run.ts';
import type { Shape } from '../system/shape.ts';

/** What Nix tells of a package before it is bumped. */
export interface PackageFacts {
  readonly version: string;
  readonly position: Position | null;
  /** Commit of the source, where that says one. */
  readonly revision: string | null;
  /** Whether the package's `src` is a fixed output. */
  readonly hasFetchedSource: boolean;
  /** File that `meta.position` names. */
  readonly file: string | null;
}

/** What Nix tells of a fixed output. */
export interface OutputFacts {
  /** The hash as it is written in the expression; null where the derivation is no fixed output. */
  readonly hash: string | null;
  readonly algorithm: string | null;
  /** `flat`, `recursive` or `nar`. */
  readonly mode: string;
  readonly drv: string;
  readonly out: string;
  /** Where the hash may stand, the likeliest first. */
  readonly positions: readonly Position[];
  readonly file: string | null;
}

/** What Nix tells of an attribute that is bound to a string. */
export interface StringFacts {
  readonly value: string;
  readonly position: Position | null;
}

const fileOf = (set: string): string =>
  `(let at = ${set}.meta.position or null; in if at == null then null else builtins.head (builtins.match "(.*):[0-9]+" at))`;

/** @throws UserError what evaluation throws */
export function packageFacts(derivation: DerivationRef, run: Run): Promise<PackageFacts> {
  return evaluate(
    derivation,
    run,
    answers.packageFacts,
    `{
      version = package.version or "";
      position = builtins.unsafeGetAttrPos "version" package;
      revision = package.src.rev or null;
      hasFetchedSource = (package.src.outputHash or null) != null;
      file = ${fileOf('package')};
    }`,
  );
}

/** @param attribute path, from the package where it begins with a dot */
export function outputFacts(derivation: DerivationRef, attribute: string, run: Run): Promise<OutputFacts> {
  return evaluate(
    derivation,
    run,
    answers.outputFacts,
    `let drv = ${select(attribute)}; in {
      hash = drv.outputHash or null;
      algorithm = drv.outputHashAlgo or null;
      mode = drv.outputHashMode or "flat";
      drv = builtins.unsafeDiscardStringContext drv.drvPath;
      out = builtins.unsafeDiscardStringContext drv.outPath;
      positions = builtins.filter (at: at != null) (
        [ (drv.uvFod.position or null) ] ++ map (name: builtins.unsafeGetAttrPos name drv) ${hashNames}
      );
      file = ${fileOf('drv')};
    }`,
  );
}

/** Names that fetchers take their hash by. */
const hashNames = '[ "hash" "outputHash" "sha256" "sha512" "vendorHash" "cargoHash" "npmDepsHash" ]';

/** The attribute's value, and where it is bound. */
export function stringFacts(derivation: DerivationRef, attribute: string, run: Run): Promise<StringFacts> {
  const parts = attribute.split('.');
  const name = parts.pop() ?? '';
  const parent = parts.join('.');
  return evaluate(
    derivation,
    run,
    answers.stringFacts,
    `let set = ${parent === '' && attribute.startsWith('.') ? 'package' : select(parent)}; in {
      value = toString (step set "${checked(name)}");
      position = builtins.unsafeGetAttrPos "${name}" set;
    }`,
  );
}

/** Where the output of a hash is in the store. */
export async function outputPath(
  derivation: DerivationRef,
  attribute: string,
  hash: string,
  run: Run,
): Promise<string> {
  const body = `let drv = ${select(attribute)}; in builtins.unsafeDiscardStringContext (derivation {
    inherit (drv) name;
    system = "any";
    builder = "none";
    outputHash = "${checked(hash)}";
    outputHashMode = drv.outputHashMode or "flat";
  }).outPath`;
  return evaluate(derivation, run, answers.word, body);
}

/** An expression for a path's derivation, over what `nixArguments` has in scope. */
export function select(attribute: string): string {
  const root = attribute.startsWith('.') ? 'package' : 'root';
  const names = attribute.split('.').filter((name) => name !== '');
  return `(builtins.foldl' step ${root} [ ${names.map((name) => `"${checked(name)}"`).join(' ')} ])`;
}

/** What is written into an expression must be nothing but a name or a hash there. */
function checked(text: string): string {
  if (/^[\w'+/=-]+$/.test(text)) return text;
  throw new Error(`not to be written into a Nix expression: ${JSON.stringify(text)}`);
}

async function evaluate<T>(derivation: DerivationRef, run: Run, shape: Shape, body: string): Promise<T> {
  const result = await evaluateJson<T>(derivation, shape, body, run);
  if ('value' in result) return result.value;
  if (result.code === noSuchProgram)
    throw new UserError(
      'nix-missing',
      'There is no nix-instantiate on PATH: install Nix in a step before this one.',
    );
  const missing = /error: uv-fod:no-attribute:([\w'-]+)/.exec(result.stderr)?.[1];
  if (missing !== undefined)
    throw new UserError(
      'attribute-missing',
      `There is no attribute '${missing}' in ${nameOf(derivation)}, where the configuration of '${derivation.attribute}' says so; correct the path. One that begins with a dot starts at the package.`,
      placeOf(derivation),
    );
  throw new UserError(
    'evaluation-failed',
    `Nix can't evaluate '${derivation.attribute}' of ${nameOf(derivation)}: ${failureText(result.stderr)}. Mend the expression; the whole message is in the log.`,
    { ...placeOf(derivation), log: result.stderr },
  );
}
