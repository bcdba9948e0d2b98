import type { DerivationRef } from '../nix/target.ts';
import type { Log } from '../system/log.ts';
import { wheelBytes } from '../uv/plan/index.ts';
import type { Spotted } from './compare.ts';

/** Says in the log what each system's plan is, and whether the hash that the derivation has was made from it. */
export function tellPlans(
  { attribute }: DerivationRef,
  spotted: readonly Spotted[],
  log: Log,
): Promise<void> {
  return log.group(`Plan of '${attribute}'`, async () => {
    for (const one of spotted) log.info(`${one.target.system}: ${planned(one)}; ${standing(one)}`);
  });
}

function planned({ artifacts }: Spotted): string {
  const wheels = artifacts.filter(({ kind }) => kind === 'wheel').length;
  const megabytes = (wheelBytes(artifacts) / 1e6).toFixed(1);
  return `${wheels} wheels, ${megabytes} MB, ${artifacts.length - wheels} to build`;
}

function standing({ pinned: { hash, position }, isCurrent }: Spotted): string {
  const place = `${position.file}:${position.line}`;
  if (hash === '') return `no hash yet (${place})`;
  return `${hash} (${place}) was made from ${isCurrent ? 'this' : 'something else'}`;
}
