/** One measured figure and its goal. */
export interface Figure {
  readonly name: string;
  /** Describes the two values of the ratio. */
  readonly what: string;
  readonly ratio: number;
  /** Undefined for a figure of another tool, which has no goal. */
  readonly goal?: number;
  /** The two numbers, with their units. */
  readonly detail: string;
}

export interface Group {
  readonly figures: readonly Figure[];
  /** Lines for the reader: peers, what was not available, and why. */
  readonly notes: readonly string[];
}

/** The line of a figure as scripts read it. */
export function line({ name, ratio, goal }: Figure): string {
  return `${name} ratio ${ratio.toFixed(2)}${goal === undefined ? '' : ` (goal <=${goal})`}`;
}

export const isMet = ({ ratio, goal }: Figure): boolean => goal === undefined || ratio <= goal;

/** The figures as a table of Markdown, for a person and for docs/benchmarks.md. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    figure.what,
    figure.ratio.toFixed(2),
    figure.goal === undefined ? '–' : `≤ ${figure.goal}`,
    figure.goal === undefined ? '' : isMet(figure) ? 'met' : '**missed**',
    figure.detail,
  ]);
  const header = ['figure', 'what', 'ratio', 'goal', '', 'numbers'];
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const ms = (seconds: number): string => `${(seconds * 1000).toFixed(0)} ms`;
