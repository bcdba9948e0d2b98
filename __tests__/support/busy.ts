import { availableParallelism, loadavg } from 'node:os';

/**
 * @returns the milliseconds that something may take which takes `quiet` at most on a quiet machine
 */
export function whileBusy(quiet: number): number {
  return quiet * Math.max(1, ((loadavg()[0] ?? 0) * 2) / availableParallelism());
}
