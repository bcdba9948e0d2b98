import type { DerivationRef } from '../nix/target.ts';
import type { Log } from '../system/log.ts';
import { wheelBytes } from '../uv/plan/artifact.ts';
import type { SystemState } from './compare.ts';

/** Logs each system's plan, and whether the derivation's hash was made from it. */
export function logPlans(
  { attribute }: DerivationRef,
  states: readonly SystemState[],
  log: Log,
): Promise<void> {
  return log.group(`Plan of '${attribute}'`, async () => {
    for (const one of states) log.info(`${one.target.system}: ${planned(one)}; ${standing(one)}`);
  });
}

function planned({ artifacts }: SystemState): string {
  const wheels = artifacts.filter(({ kind }) => kind === 'wheel').length;
  const megabytes = (wheelBytes(artifacts) / 1e6).toFixed(1);
  return `${wheels} wheels, ${megabytes} MB, ${artifacts.length - wheels} to build`;
}

function standing({ pinned: { hash, position }, isCurrent }: SystemState): string {
  const place = `${position.file}:${position.line}`;
  if (hash === '') return `no hash yet (${place})`;
  return `${hash} (${place}) was made from ${isCurrent ? 'this' : 'something else'}`;
}
