import path from 'node:path';
import { type Outcome, run } from './run.ts';

export const checkout = path.resolve(import.meta.dirname, '../../..');
/** What makes `<nixpkgs>` the look-alike set and `<uv-fod>` this checkout. */
export const environment = { NIX_PATH: `nixpkgs=${checkout}/nix/testing:uv-fod=${checkout}/nix` };

/**
 * Builds, without a link; `code` 102 is a hash mismatch, 100 a failed build (Nix manual,
 * "nix-build").
 */
export function nixBuild(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return run('nix-build', ['--no-out-link', ...args], { cwd, env: { ...environment, ...env } });
}

/** Builds what has to build; the store paths. */
export async function built(args: readonly string[], cwd: string): Promise<string[]> {
  const { code, stdout, stderr } = await nixBuild(args, cwd);
  if (code !== 0) throw new Error(`nix-build ${args.join(' ')} ended with ${code}:\n${tail(stderr)}`);
  return stdout.trim().split('\n');
}

/** Evaluates an expression to data. */
export async function evaluated(expression: string, cwd: string): Promise<unknown> {
  const args = ['--eval', '--strict', '--json', '--expr', expression];
  const { code, stdout, stderr } = await run('nix-instantiate', args, { cwd, env: environment });
  if (code !== 0) throw new Error(`nix-instantiate ended with ${code}:\n${tail(stderr)}`);
  return JSON.parse(stdout);
}

/** Evaluates what has to fail; Nix's message, in one line. */
export async function evaluationError(expression: string, cwd: string): Promise<string> {
  const args = ['--eval', '--strict', '--json', '--expr', expression];
  const { code, stderr } = await run('nix-instantiate', args, { cwd, env: environment });
  if (code === 0) throw new Error('the expression evaluates');
  return stderr.replaceAll(/\s+/g, ' ');
}

/** Every store path that some paths need at run time. */
export async function closure(paths: readonly string[]): Promise<string[]> {
  const { stdout } = await run('nix-store', ['--query', '--requisites', ...paths]);
  return stdout.trim().split('\n');
}

/** The last lines of a long log. */
export function tail(text: string, lines = 40): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Fails a test with the program's last words where it did not end with that code. */
export function expectCode(expected: number, { code, stderr }: { code: number; stderr: string }): void {
  if (code !== expected) throw new Error(`ended with ${code}, not ${expected}:\n${tail(stderr)}`);
}
