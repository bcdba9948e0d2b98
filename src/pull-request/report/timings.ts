import { fold, list, text } from './markdown.ts';
import type { Timing } from './types.ts';

/** A duration: `0.4 s`, `12 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? '' : ` ${whole % 60} s`}`;
}

const usable = (timings: readonly Timing[]): readonly Timing[] =>
  timings.filter(({ milliseconds }) => Number.isFinite(milliseconds) && milliseconds >= 0);

// Without characters that have a meaning in Mermaid's gantt.
const taskName = (stage: string): string =>
  stage
    .replace(/[^\p{L}\p{N} ._()/+-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60) || 'stage';

/** Seconds between two ticks of the axis, for at most eight. */
function tick(milliseconds: number): number {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800];
  return steps.find((seconds) => milliseconds / 1000 / seconds <= 8) ?? 3600;
}

/** The stages as a Mermaid chart, which GitHub draws. */
export function chart(timings: readonly Timing[]): string {
  let at = 0;
  const tasks = usable(timings).map(({ stage, milliseconds }) => {
    const start = at;
    at += Math.round(milliseconds);
    return `    ${taskName(stage)} (${duration(milliseconds)}) : ${start}, ${at}`;
  });
  return [
    '```mermaid',
    'gantt',
    // Input in milliseconds, axis in seconds, both independent of the time zone (d3-time-format,
    // %s).
    '    dateFormat x',
    '    axisFormat %s s',
    `    tickInterval ${tick(at)}second`,
    ...tasks,
    '```',
  ].join('\n');
}

/** The longest stages, and the chart, folded; empty without timings. */
export function timingsSection(timings: readonly Timing[]): string {
  const stages = usable(timings);
  if (stages.length === 0) return '';
  const total = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const longest = [...stages]
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .filter(({ milliseconds }, index) => index === 0 || milliseconds > total / 10)
    .slice(0, 3);
  const named = list(longest.map(({ stage, milliseconds }) => `${text(stage)} ${duration(milliseconds)}`));
  return `Took ${duration(total)}, most of it for ${named}.\n\n${fold('How long each stage took', chart(stages))}`;
}
