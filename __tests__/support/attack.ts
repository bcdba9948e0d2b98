import { test } from '@jest/globals';

/**
 * Where an attack comes in: a mode of the Action, the command line, or what runs inside Nix builds.
 */
type Entry = 'update' | 'check' | 'compute' | 'publish' | 'cli' | 'nix';

/**
 * A test of an attack, which passes if the attack is stopped. `script/test faults` counts attacks
 * by point and entry.
 * @param point of docs/threat-model.md that it is directed against, 1 to 9
 */
export function attack(
  point: number,
  entries: readonly Entry[],
  title: string,
  body: () => Promise<void>,
  timeout?: number,
): void {
  test(`attack ${point} (${entries.join(', ')}): ${title}`, body, timeout);
}
