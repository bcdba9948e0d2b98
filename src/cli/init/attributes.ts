import { seenPackages } from '../../nix/answers.ts';
import type { Position } from '../../nix/evaluate.ts';
import { evaluateJson } from '../../nix/expression.ts';
import { failureText } from '../../nix/nix-messages.ts';
import type { NixRoot } from '../../nix/target.ts';
import { derivationRef } from '../../nix/target.ts';
import type { Log } from '../../system/log.ts';
import { noSuchProgram, type Run } from '../../system/run.ts';

/** A derivation that uv-fod can keep up to date. */
export interface FoundPackage {
  readonly attribute: string;
  readonly nix: NixRoot;
  /** Empty if unknown. */
  readonly version: string;
  readonly systems: readonly string[];
  /** Repository of its source, if it is on GitHub. */
  readonly source: { readonly owner: string; readonly repo: string; readonly tag: string } | undefined;
}

/** A derivation that evaluation found. */
export interface SeenPackage extends FoundPackage {
  /** Position of its hash; undefined if Nix does not report it. */
  readonly hashAt: Position | undefined;
}

interface RawPackage {
  readonly attribute: string;
  readonly version: string;
  readonly systems: readonly string[];
  readonly owner: string | null;
  readonly repo: string | null;
  readonly tag: string | null;
  readonly position: Position | null;
}

/**
 * Finds attributes with `uvDeps` in the top-level flake.nix or default.nix, and in its sets one
 * level down. Nix stops at most errors, so each level is evaluated by itself.
 * @returns what was found, and notes about what could not be evaluated
 */
export async function packagesOf(
  nix: NixRoot,
  root: string,
  run: Run,
  log: Log,
): Promise<{ found: SeenPackage[]; notes: string[] }> {
  const name = nix.kind === 'flake' ? 'flake.nix' : 'default.nix';
  const look = (title: string, question: string) =>
    log.group(title, () =>
      evaluateJson<readonly RawPackage[]>(
        derivationRef(nix, '', root),
        { question, shape: seenPackages },
        run,
      ),
    );
  const first = await look(`Attributes of ${name}`, 'packagesAtTop');
  if (!('value' in first)) {
    const why =
      first.code === noSuchProgram
        ? `${name} was not evaluated, because Nix is not installed`
        : `${name} can't be evaluated (${failureText(first.stderr)})`;
    return { found: [], notes: [`${why}. Name the attribute.`] };
  }
  const second = await look(`Attributes of the sets in ${name}`, 'packagesInSets');
  const all = [...first.value, ...('value' in second ? second.value : [])];
  const notes =
    'value' in second
      ? []
      : [
          `The sets in ${name} can't be evaluated (${failureText(second.stderr)}). Name the attribute if it is in one.`,
        ];
  return { found: all.map((raw) => packageOf(nix, raw)), notes };
}

function packageOf(
  nix: NixRoot,
  { attribute, version, systems, owner, repo, tag, position }: RawPackage,
): SeenPackage {
  return {
    ...{ attribute, nix, version, systems },
    source: owner && repo ? { owner, repo, tag: tagPattern(tag ?? '', version) } : undefined,
    hashAt: position ?? undefined,
  };
}

/** The pattern of a tag: `version/2026.2.0` for version 2026.2.0 gives `version/{version}`. */
function tagPattern(tag: string, version: string): string {
  return version !== '' && tag.includes(version) ? tag.replace(version, '{version}') : 'v{version}';
}

/**
 * Keeps one package for each hash, because two would mean two pull requests for it; a flake and a
 * default.nix often have the same packages. The first name wins, and `default` only without
 * another.
 */
export function eachHashOnce(found: readonly SeenPackage[]): FoundPackage[] {
  const taken = new Set<string>();
  const isNew = (key: string): boolean => !taken.has(key) && taken.add(key) !== undefined;
  const isDefault = ({ attribute }: SeenPackage): boolean => /(?:^|\.)default$/.test(attribute);
  return [...found.filter((one) => !isDefault(one)), ...found.filter(isDefault)]
    .filter(
      ({ attribute, hashAt }) => isNew(attribute) && (hashAt === undefined || isNew(JSON.stringify(hashAt))),
    )
    .map(({ hashAt: _, ...one }) => one);
}
