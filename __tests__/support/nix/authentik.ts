import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runText } from './run.ts';

const fixture = path.join(import.meta.dirname, '../../fixtures/authentik');
/**
 * The day that authentik's dependency list is from: uv sees nothing newer, so that the lock is the
 * same next year.
 */
const day = '2026-04-20';

/**
 * Copies the authentik-shaped source to `directory`, with opencontainers from `git`.
 * @param git address and commit that stand in for upstream's
 */
export async function copyAuthentik(directory: string, git: { url: string; commit: string }): Promise<void> {
  await cp(fixture, directory, { recursive: true });
  const file = path.join(directory, 'pyproject.toml');
  const text = await readFile(file, 'utf8');
  const [before, after] = [
    /git = "[^"]*", rev = "[0-9a-f]{40}"/,
    `git = "${git.url}", rev = "${git.commit}"`,
  ];
  if (!before.test(text)) throw new Error(`${file} has no git source`);
  await writeFile(file, text.replace(before, after));
}

/** Has uv make, or renew, uv.lock. */
export async function lockAuthentik(directory: string): Promise<void> {
  await runText('uv', ['lock', '--exclude-newer', day, '--python', 'python3.14'], { cwd: directory });
}

/** The bump that the demo and the tests make: a new exact version of one direct dependency. */
export async function bumpDependency(directory: string, from: string, to: string): Promise<void> {
  const file = path.join(directory, 'pyproject.toml');
  const text = await readFile(file, 'utf8');
  if (!text.includes(`"${from}"`)) throw new Error(`${file} does not ask for ${from}`);
  await writeFile(file, text.replace(`"${from}"`, `"${to}"`));
  await lockAuthentik(directory);
}
