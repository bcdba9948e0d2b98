import { isNewSource, ownOf } from '../build-lock/builds.ts';
import type { BuildLock } from '../build-lock/types.ts';
import { dynamicRequires } from '../nix/build.ts';
import { UserError } from '../system/errors.ts';
import { readBytes } from '../system/read-bytes.ts';
import { list, text } from '../system/shape.ts';
import type { Plan } from './plan.ts';
import type { Context } from './types.ts';

/**
 * Asks the build backends of new sources what they need beyond their pyproject.toml (PEP 517,
 * get_requires_for_build_wheel). A backend is an untrusted program: it runs in Nix's sandbox, in
 * the environment that the new build lock pins.
 *
 * @param now the new build lock; what is the same in the base's lock was asked before
 * @returns by key, what is asked for and not declared; only keys with something
 * @throws UserError `build-requirements`
 */
export async function askBackends(
  { derivation, pinned: { system }, base }: Plan,
  now: BuildLock,
  { run, log }: Context,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = (now.systems[system]?.builds ?? []).filter((key) => {
    const build = now.builds[key];
    return build !== undefined && isNewSource(build, ownOf(base?.builds, key));
  });
  if (keys.length === 0) return new Map();
  const answers = await dynamicRequires(derivation, keys, JSON.stringify(now), run, log);
  const found = new Map<string, readonly string[]>();
  for (const [index, file] of answers.entries()) {
    const key = keys[index] ?? '';
    const declared = new Set((now.builds[key]?.requires ?? []).map(squeezed));
    const asked = (await readAnswer(file, key)).filter((one) => !declared.has(squeezed(one)));
    if (asked.length > 0) found.set(key, asked);
  }
  return found;
}

/** Most bytes of a backend's answer, many times what real ones have. */
const mostAnswer = 1 << 20;
const requirements = list(text(10_000), 1000);

/**
 * What a backend asks for is the output of an untrusted build: a link in its place is not followed.
 */
async function readAnswer(file: string, key: string): Promise<string[]> {
  const bytes = await readBytes(file, mostAnswer, 'refuse');
  const value = jsonOf(bytes?.toString() ?? '');
  if (requirements(value, key) === undefined) return value as string[];
  throw new UserError(
    'build-requirements',
    `The build backend of ${key} does not answer with a list of requirements; declare what it needs with extra-build-dependencies in [tool.uv].`,
  );
}

function jsonOf(answer: string): unknown {
  try {
    return JSON.parse(answer) as unknown;
  } catch {
    return undefined;
  }
}

const squeezed = (requirement: string): string => requirement.replace(/\s+/g, '').toLowerCase();
