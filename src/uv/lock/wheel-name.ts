import { isName } from './names.ts';
import { parseVersion, type Version } from './version.ts';

/** A parsed file name of a wheel. */
export interface WheelName {
  readonly filename: string;
  readonly version: Version;
  readonly build: BuildTag | undefined;
  /** `python-abi-platform`, each with one or more tags separated by dots. */
  readonly tags: string;
  /** PEP 825 variant label; uv does not install these wheels. */
  readonly variant: string | undefined;
}

/** Breaks ties between wheels with equal tags: digits as a number, then the rest as a string. */
interface BuildTag {
  readonly number: bigint;
  readonly rest: string;
}

/** The part of a tag set between two dashes. */
const TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
const BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;

/**
 * Parses `name-version(-build)?-python-abi-platform(-variant)?.whl` (packaging.python.org, "Binary
 * distribution format"; uv, crates/uv-distribution-filename/src/wheel.rs).
 * @returns the reason as a string if it is not a wheel's name
 */
export function parseWheelName(filename: string): WheelName | string {
  if (!filename.endsWith('.whl')) return 'it does not end in .whl';
  const parts = filename.slice(0, -'.whl'.length).split('-');
  if (parts.length < 5 || parts.length > 7) return 'it does not have 5 to 7 parts between dashes';
  const third = parts[2] ?? '';
  const hasBuild = parts.length === 7 || (parts.length === 6 && /^\d/.test(third));
  const [python, abi, platform, variant] = parts.slice(hasBuild ? 3 : 2);
  const build = hasBuild ? parseBuild(third) : undefined;
  if (hasBuild && build === undefined) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? '')) return `'${parts[0]}' is not a package name`;
  const version = parseVersion(parts[1] ?? '');
  if (version === undefined) return `'${parts[1]}' is not a version`;
  if (python === undefined || abi === undefined || platform === undefined) return 'a tag is missing';
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return { filename, version, build, tags: `${python}-${abi}-${platform}`, variant };
}

/** Positive if `left` is preferred; any build tag is preferred to none. */
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
