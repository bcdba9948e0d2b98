import { isName } from './names.ts';
import { parseVersion, type Version } from './version.ts';

/** A parsed file name of a wheel. */
export interface WheelName {
  readonly filename: string;
  readonly version: Version;
  /** Greater if preferred: the build tag's number in 20 digits, and its rest; empty without one. */
  readonly build: string;
  /** `python-abi-platform`, each with one or more tags separated by dots. */
  readonly tags: string;
  /** PEP 825 variant label; uv does not install these wheels. */
  readonly variant: string | undefined;
}

/** The part of a tag set between two dashes. */
const TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
/** Twenty digits are more than uv's 64-bit number holds. */
const BUILD = /^(\d{1,20})((?!\d)[A-Za-z0-9_.]*)$/;

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
  const [, number = '', rest = ''] = BUILD.exec(hasBuild ? third : '') ?? [];
  if (hasBuild && number === '') return `'${third}' is not a build tag`;
  const build = hasBuild ? number.padStart(20, '0') + rest : '';
  if (!isName(parts[0] ?? '')) return `'${parts[0]}' is not a package name`;
  const version = parseVersion(parts[1] ?? '');
  if (version === undefined) return `'${parts[1]}' is not a version`;
  if (python === undefined || abi === undefined || platform === undefined) return 'a tag is missing';
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return { filename, version, build, tags: `${python}-${abi}-${platform}`, variant };
}
