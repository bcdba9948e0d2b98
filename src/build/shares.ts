/** One build, in seconds of any beginning. */
export interface Span {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * What each of several builds took of the time that passed: where some ran at once, each has an equal share of it. So shares add up to the
 * time in which anything was built, on any number of cores.
 * @returns seconds by name
 */
export function sharesOf(spans: readonly Span[]): Map<string, number> {
  const shares = new Map(spans.map(({ name }) => [name, 0]));
  const edges = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1] ?? from;
    const running = spans.filter((span) => span.from <= from && span.to >= to);
    for (const { name } of running) shares.set(name, (shares.get(name) ?? 0) + (to - from) / running.length);
  }
  return shares;
}
