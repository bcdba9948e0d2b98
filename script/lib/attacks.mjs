/**
 * Counts the attacks among the tests of a ring, by point of the threat model and by mode.
 * @param counts jest's JSON report; attacks are the tests that `__tests__/support/attack.ts` names
 * @returns a table, and below it the attacks that were not stopped
 */
export function attackTable(counts) {
  const tests = (counts?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  const attacks = tests.flatMap(({ title, status }) => {
    const [, point, modes, name] = /^attack (\d+) \(([^)]+)\): (.+)$/s.exec(title) ?? [];
    return point === undefined
      ? []
      : [{ point, modes: modes.split(', '), name, isStopped: status === 'passed' }];
  });
  const columns = [...new Set(attacks.flatMap(({ modes }) => modes))].sort();
  const points = [...new Set(attacks.map(({ point }) => point))].sort((a, b) => a - b);
  const count = (point, mode) =>
    attacks.filter((one) => one.point === point && (mode === undefined || one.modes.includes(mode))).length;
  const rows = points.map((point) => [point, ...columns.map((mode) => count(point, mode)), count(point)]);
  const lines = [['point', ...columns, 'attacks'], ...rows].map((row) =>
    row.map((cell) => String(cell).padStart(8)).join(' '),
  );
  const open = attacks.filter(({ isStopped }) => !isStopped);
  return [
    `\n== attacks by point and mode: ${attacks.length - open.length} of ${attacks.length} stopped`,
    ...lines,
    ...open.map(({ point, name }) => `NOT STOPPED ${point}: ${name}`),
  ].join('\n');
}
