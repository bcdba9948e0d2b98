import type { Where } from '../derivation/where.ts';
import type { Log } from '../ports/log.ts';
import type { Spotted } from './spot.ts';

/** Says in the log what each system's plan is, and whether the hash that the derivation has was made from it. */
export function tellPlans({ attribute }: Where, spotted: readonly Spotted[], log: Log): Promise<void> {
  return log.group(`Plan of '${attribute}'`, async () => {
    for (const one of spotted) log.info(`${one.target.system}: ${planned(one)}; ${standing(one)}`);
  });
}

function planned({ artifacts }: Spotted): string {
  const wheels = artifacts.filter(({ kind }) => kind === 'wheel');
  const bytes = wheels.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return `${wheels.length} wheels, ${(bytes / 1e6).toFixed(1)} MB, ${artifacts.length - wheels.length} to build`;
}

function standing({ pinned: { hash, position }, isCurrent }: Spotted): string {
  const place = `${position.file}:${position.line}`;
  if (hash === '') return `no hash yet (${place})`;
  return `${hash} (${place}) was made from ${isCurrent ? 'this' : 'something else'}`;
}
