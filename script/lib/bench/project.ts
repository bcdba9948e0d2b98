import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lockAuthentik } from '../../../__tests__/support/nix/authentik.ts';
import { runText } from '../../../__tests__/support/nix/run.ts';
import type { Artifact } from '../../../src/uv/plan/artifact.ts';

export const checkout = path.resolve(import.meta.dirname, '../../..');
/** The published build, or another build that UV_FOD_BENCH_DIST names. */
export const dist = process.env.UV_FOD_BENCH_DIST ?? path.join(checkout, 'dist');
export const python = '3.14.8';
export const systems = ['x86_64-linux', 'aarch64-linux'] as const;

export interface Project {
  readonly dir: string;
  readonly wheels: readonly Artifact[];
  /** Bytes of all wheels. */
  readonly size: number;
  /** Configuration for curl: every wheel's address and file name. */
  readonly curl: string;
}

/**
 * The authentik-shaped project without its git source, which only adds a FOD that is not measured
 * here.
 */
export async function makeProject(dir: string): Promise<Project> {
  const folder = path.join(dir, 'authentik');
  await cp(path.join(checkout, '__tests__/fixtures/authentik'), folder, { recursive: true });
  const file = path.join(folder, 'pyproject.toml');
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, lines.filter((text) => !text.includes('opencontainers')).join('\n'));
  await lockAuthentik(folder);
  const args = ['plan', '--project', folder, '--python', python, '--system', systems[0], '--json'];
  const plan = await runText(process.execPath, [path.join(dist, 'cli.js'), ...args]);
  const { artifacts } = JSON.parse(plan) as { artifacts: Artifact[] };
  const wheels = artifacts.filter(({ kind }) => kind === 'wheel');
  const curl = path.join(dir, 'curl.conf');
  const entries = wheels.map(({ url, filename }) => `url = "${url}"\noutput = "${filename}"\n`);
  await writeFile(curl, entries.join(''));
  const size = wheels.reduce((sum, wheel) => sum + (wheel.size ?? 0), 0);
  return { dir: folder, wheels, size, curl };
}
