import path from 'node:path';
import { run } from '../../../__tests__/support/nix/run.ts';
import type { Group } from './figures.ts';
import { checkout } from './project.ts';

/** Growth of a plan's time with the lock, from the benchmark of plans (script/bench-plan.mjs). */
export async function planGroup(): Promise<Group> {
  const { stdout, stderr } = await run(process.execPath, [path.join(checkout, 'script/bench-plan.mjs')]);
  const ratio = /^plan-growth ratio ([\d.]+)/m.exec(stdout)?.[1];
  if (ratio === undefined) return { figures: [], notes: [`plan-growth was not measured: ${stderr.trim()}`] };
  const lines = stdout.trim().split('\n');
  return {
    figures: [
      {
        ...{ name: 'plan-growth', goal: 1.2, ratio: Number(ratio) },
        what: 'in-process plan time a package at 5,000 / at 500',
        detail:
          lines.find((text) => text.startsWith('plan-in-process'))?.replace('plan-in-process ', '') ?? '',
      },
    ],
    notes: lines.filter((text) => text.startsWith('plan-process')),
  };
}
