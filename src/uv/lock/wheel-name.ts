import { isName } from './names.ts';
import { parseVersion, type Version } from './version.ts';

/** What a wheel's file name says. */
export interface WheelName {
  readonly filename: string;
  readonly version: Version;
  readonly build: BuildTag | undefined;
  /** `python-abi-platform`, each of the three one tag or several with dots between them. */
  readonly tags: string;
  /** PEP 825 variant label; uv installs no such wheel. */
  readonly variant: string | undefined;
}

/** Breaks a tie between two wheels whose tags are equally good: digits as a number, then the rest as a string. */
export interface BuildTag {
  readonly number: bigint;
  readonly rest: string;
}

/** The part of a tag set between two dashes. */
const TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
const BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;

/**
 * Takes a wheel's file name apart: `name-version(-build)?-python-abi-platform(-variant)?.whl`.
 * Returns what is wrong with it as a string where it is no wheel's name.
 * @param known a version that most likely is the name's, so that it need not be parsed again
 * Source: packaging.python.org, "Binary distribution format"; uv, crates/uv-distribution-filename/src/wheel.rs.
 */
export function parseWheelName(
  filename: string,
  known?: { readonly text: string; readonly version: Version },
): WheelName | string {
  if (!filename.endsWith('.whl')) return 'it does not end in .whl';
  const parts = filename.slice(0, -'.whl'.length).split('-');
  if (parts.length < 5 || parts.length > 7) return 'it does not have 5 to 7 parts between dashes';
  const third = parts[2] ?? '';
  const hasBuild = parts.length === 7 || (parts.length === 6 && /^\d/.test(third));
  const [python, abi, platform, variant] = parts.slice(hasBuild ? 3 : 2);
  const build = hasBuild ? parseBuild(third) : undefined;
  if (hasBuild && build === undefined) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? '')) return `'${parts[0]}' is not a package name`;
  const version = parts[1] === known?.text ? known?.version : parseVersion(parts[1] ?? '');
  if (version === undefined) return `'${parts[1]}' is not a version`;
  if (python === undefined || abi === undefined || platform === undefined) return 'a tag is missing';
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return {
    filename,
    version,
    build,
    tags: `${python}-${abi}-${platform}`,
    variant,
  };
}

/** Positive where `left` wins; no build tag loses to any. */
export function compareBuild(left: BuildTag | undefined, right: BuildTag | undefined): number {
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined);
  if (left.number !== right.number) return left.number > right.number ? 1 : -1;
  if (left.rest === right.rest) return 0;
  return left.rest > right.rest ? 1 : -1;
}

function parseBuild(text: string): BuildTag | undefined {
  const match = BUILD.exec(text);
  // Twenty digits are more than uv's 64-bit number holds.
  if (match?.[1] === undefined || match[1].length > 20) return undefined;
  return { number: BigInt(match[1]), rest: match[2] ?? '' };
}
