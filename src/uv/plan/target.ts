import { UserError } from '../../system/errors.ts';
import type { Environment } from '../lock/marker.ts';

export type System = 'x86_64-linux' | 'aarch64-linux' | 'x86_64-darwin' | 'aarch64-darwin';

/** The supported systems, by Nix's names. */
export const SYSTEMS: readonly System[] = [
  'x86_64-linux',
  'aarch64-linux',
  'x86_64-darwin',
  'aarch64-darwin',
];

/** The declared target of a plan; nothing is detected from this machine. */
export interface Target {
  readonly system: System;
  /** CPython's full version, X.Y.Z. */
  readonly python: string;
  /** The oldest supported C library or macOS. */
  readonly libc: Libc;
}

interface Libc {
  readonly kind: 'glibc' | 'musl' | 'macos';
  readonly major: number;
  readonly minor: number;
}

const PYTHON = /^3\.(\d{1,3})(?:\.(\d{1,3}))?$/;
const LIBC = /^(glibc|musl|macos):(\d{1,4})\.(\d{1,4})$/;
const DEFAULT_LINUX: Libc = { kind: 'glibc', major: 2, minor: 39 };
/** darwinMinVersion of nixpkgs 25.11 and later. */
const DEFAULT_DARWIN: Libc = { kind: 'macos', major: 14, minor: 0 };

/**
 * Parses a target of the command line or of Nix.
 *
 * @param input.python `3.14`, meaning 3.14.0, or an exact `3.14.8`
 * @param input.libc `glibc:2.39` (the default on Linux), `musl:1.2`, or `macos:14.0` (the default
 *   on macOS)
 * @throws UserError `target-system`, `target-python` or `target-libc`
 */
export function parseTarget(input: {
  readonly system: string;
  readonly python: string;
  readonly libc?: string | undefined;
}): Target {
  const system = SYSTEMS.find((name) => name === input.system);
  if (system === undefined)
    throw new UserError(
      'target-system',
      `'${input.system}' is not a system. Use one of ${SYSTEMS.join(', ')}.`,
    );
  return { system, python: parsePython(input.python), libc: parseLibc(input.libc, system) };
}

/**
 * The marker variables of CPython on a target. Kernel release and version are empty, as with
 * `uv --python-platform`.
 */
export function environmentOf({ system, python }: Target): Environment {
  const darwin = system.endsWith('-darwin');
  const machine = system.startsWith('x86_64') ? 'x86_64' : darwin ? 'arm64' : 'aarch64';
  return {
    os_name: 'posix',
    sys_platform: darwin ? 'darwin' : 'linux',
    platform_machine: machine,
    platform_python_implementation: 'CPython',
    platform_release: '',
    platform_system: darwin ? 'Darwin' : 'Linux',
    platform_version: '',
    implementation_name: 'cpython',
    python_version: python.split('.').slice(0, 2).join('.'),
    python_full_version: python,
    implementation_version: python,
  };
}

/** `glibc:2.39`, as `parseTarget` expects it. */
export function formatLibc(libc: Libc): string {
  return `${libc.kind}:${libc.major}.${libc.minor}`;
}

function parsePython(text: string): string {
  const [, minor, patch = '0'] = PYTHON.exec(text) ?? [];
  if (minor === undefined)
    throw new UserError(
      'target-python',
      `'${text}' is not a version of Python 3. Write a release such as 3.14 (read as 3.14.0) or 3.14.8; pre-releases are not supported.`,
    );
  return `3.${Number(minor)}.${Number(patch)}`;
}

function parseLibc(text: string | undefined, system: System): Libc {
  const darwin = system.endsWith('-darwin');
  if (text === undefined || text === '') return darwin ? DEFAULT_DARWIN : DEFAULT_LINUX;
  const [, kind, major, minor] = LIBC.exec(text) ?? [];
  const example = darwin ? 'macos:14.0' : 'glibc:2.39 or musl:1.2';
  if (kind !== 'glibc' && kind !== 'musl' && kind !== 'macos')
    throw new UserError('target-libc', `'${text}' is not a C library and version. Write ${example}.`);
  if ((kind === 'macos') !== darwin)
    throw new UserError('target-libc', `'${text}' does not go with ${system}. Write ${example}.`);
  const libc: Libc = { kind, major: Number(major), minor: Number(minor) };
  const known = { glibc: libc.major === 2, musl: libc.major === 1, macos: libc.major >= 11 }[kind];
  if (!known || libc.minor > 200)
    throw new UserError(
      'target-libc',
      `There are no wheels for '${text}': glibc is 2.x, musl 1.x, macOS 11.0 or later.`,
    );
  return libc;
}
