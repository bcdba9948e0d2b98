import type { Fault, Faults, LoggedRequest } from './types.ts';

/** One entry of a plan of faults: which requests, and what goes wrong with them. */
export interface PlannedFault {
  /** Method, e.g. `POST`; none: any. */
  method?: string;
  /** Piece of the path, e.g. `/git/commits`; none: any. */
  path?: string;
  /** Only requests that could write. */
  writes?: boolean;
  /** From the n-th that matches, counted from 1; default 1. */
  from?: number;
  /** That many in a row; default 1. */
  times?: number;
  fault: Fault;
}

function matches(plan: PlannedFault, request: LoggedRequest): boolean {
  if (plan.method !== undefined && plan.method !== request.method) return false;
  if (plan.path !== undefined && !request.path.includes(plan.path)) return false;
  return plan.writes !== true || request.write > 0;
}

/** A fault hook out of a plan; each entry counts its own matches. */
export function plannedFaults(plans: readonly PlannedFault[]): Faults {
  const seen = plans.map(() => 0);
  return (request) => {
    let found: Fault | undefined;
    plans.forEach((plan, index) => {
      if (!matches(plan, request)) return;
      const count = (seen[index] ?? 0) + 1;
      seen[index] = count;
      const from = plan.from ?? 1;
      if (count >= from && count < from + (plan.times ?? 1)) found ??= plan.fault;
    });
    return found;
  };
}
