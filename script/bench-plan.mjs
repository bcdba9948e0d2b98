// How long a plan takes: the largest real lock as a process of its own, and how the time grows with
// the lock.
//   node script/bench-plan.mjs [--locks FOLDER]
// (or UV_FOD_LOCKS; the default is ../shared/locks beside the checkout)
// Ends with 1 where a goal is missed.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const PROCESS_GOAL_MS = 150;
const GROWTH_GOAL = 1.2;
const PROCESS_RUNS = 15;
const IN_PROCESS_RUNS = 7;
const nothingOptional = { packages: [], allPackages: false, extras: [], groups: [], defaultGroups: false };

const root = path.dirname(import.meta.dirname);
const { values } = parseArgs({ options: { locks: { type: 'string' } } });
const locks = values.locks ?? process.env.UV_FOD_LOCKS ?? path.resolve(root, '../shared/locks');

const scratch = await mkdtemp(path.join(os.tmpdir(), 'uv-fod-bench-'));
try {
  const processMs = await timeLargestLock(path.join(root, 'dist/cli.js'));
  const growth = await timeGrowth(await bundlePlanning(scratch));
  process.exitCode = processMs <= PROCESS_GOAL_MS && growth <= GROWTH_GOAL ? 0 : 1;
} finally {
  await rm(scratch, { recursive: true });
}

/** The two stages alone. @returns the module's path */
async function bundlePlanning(folder) {
  const modules = ['lock/project', 'plan/plan', 'plan/target'].map((name) => `${root}/src/uv/${name}.ts`);
  const contents = modules.map((file) => `export * from ${JSON.stringify(file)};\n`).join('');
  const outfile = path.join(folder, 'planning.mjs');
  await build({
    stdin: { contents, resolveDir: root },
    ...{ outfile, bundle: true, platform: 'node', target: 'node24', format: 'esm' },
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
  });
  return outfile;
}

/**
 * Wall time of the whole process; the median, because another process may take the machine's time.
 */
async function timeLargestLock(cli) {
  const { dir, packages, python } = await largestLock();
  const times = Array.from({ length: PROCESS_RUNS }, () => {
    const start = performance.now();
    const args = [cli, 'plan', '--project', dir, '--python', python, '--json'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`the plan of ${dir} failed: ${stderr}`);
    return performance.now() - start;
  }).sort((left, right) => left - right);
  const median = times[Math.floor(times.length / 2)];
  console.log(
    `plan-process ${path.basename(dir)} ${packages} packages: median ${median.toFixed(0)} ms, best ${times[0].toFixed(0)} ms (goal <=${PROCESS_GOAL_MS})`,
  );
  return median;
}

async function largestLock() {
  const names = await readdir(locks).catch(() => {
    throw new Error(`There are no real locks in ${locks}: set UV_FOD_LOCKS to the folder that holds them.`);
  });
  let best = { dir: '', packages: 0, python: '3.14' };
  for (const name of names) {
    const dir = path.join(locks, name);
    const text = await readFile(path.join(dir, 'uv.lock'), 'utf8').catch(() => '');
    const packages = text.split('\n[[package]]\n').length - 1;
    const [, exact] = /^requires-python = "[~=]=(3\.\d+)/m.exec(text) ?? [];
    if (packages > best.packages && !text.includes('\n<<<<<<<'))
      best = { dir, packages, python: exact ?? '3.13' };
  }
  if (best.packages === 0)
    throw new Error(`There are no real locks in ${locks}: set UV_FOD_LOCKS to the folder that holds them.`);
  return best;
}

/**
 * Text of the lock to sorted artifacts: one lock of 5,000 packages against ten of 500, all results
 * kept, so that both sides hold the same amount of data and pay for its collection.
 */
async function timeGrowth(module) {
  const { loadProject, planProject, parseTarget } = await import(module);
  const target = parseTarget({ system: 'x86_64-linux', python: '3.14' });
  const plan = async (text, count) => {
    const project = await loadProject('/p', async (file) => (file === '/p/uv.lock' ? text : undefined));
    const artifacts = planProject(project, target, nothingOptional);
    if (artifacts.length !== count + 1) throw new Error(`planned ${artifacts.length} of ${count + 1}`);
    return { project, artifacts };
  };
  const time = async (texts, count) => {
    const kept = [];
    const start = performance.now();
    for (const text of texts) kept.push(await plan(text, count));
    return performance.now() - start;
  };
  const small = Array.from({ length: 10 }, (_, index) => syntheticLock(500, index));
  const large = [syntheticLock(5000, 0)];
  const best = { small: Infinity, large: Infinity };
  for (let run = 0; run < IN_PROCESS_RUNS; run += 1) {
    best.small = Math.min(best.small, await time(small, 500));
    best.large = Math.min(best.large, await time(large, 5000));
  }
  const ratio = best.large / best.small;
  console.log(
    `plan-in-process 500 packages ${(best.small / 10).toFixed(1)} ms, 5000 packages ${best.large.toFixed(1)} ms`,
  );
  console.log(`plan-growth ratio ${ratio.toFixed(2)} (goal <=${GROWTH_GOAL})`);
  return ratio;
}

/**
 * Packages with wheels for many platforms, an sdist, and dependencies with markers, like real ones.
 */
function syntheticLock(count, seed) {
  const platforms = [
    'manylinux_2_17_x86_64.manylinux2014_x86_64',
    'manylinux_2_28_aarch64',
    'musllinux_1_2_x86_64',
    'macosx_11_0_arm64',
    'win_amd64',
  ];
  const tags = ['cp313', 'cp314'].flatMap((python) =>
    platforms.map((platform) => `${python}-${python}-${platform}`),
  );
  const markers = [
    '',
    "python_full_version < '3.15'",
    "platform_machine != 'arm64' and sys_platform == 'linux'",
    "sys_platform == 'win32'",
  ];
  const file = (name) =>
    `{ url = "https://files.index.example/packages/${name}", hash = "sha256:${'0'.repeat(64)}", size = 12345, upload-time = "2026-01-01T00:00:00Z" }`;
  const lines = [
    'version = 1',
    'revision = 3',
    'requires-python = ">=3.12"',
    '',
    '[[package]]',
    'name = "root"',
    'version = "0"',
    'source = { editable = "." }',
    'dependencies = [{ name = "package-0" }]',
    '',
  ];
  for (let index = 0; index < count; index += 1) {
    const depends = markers.map(
      (marker, step) =>
        `    { name = "package-${(index * 3 + step * 7 + 1 + seed) % count}"${marker === '' ? '' : `, marker = "${marker}"`} },`,
    );
    lines.push(
      '[[package]]',
      `name = "package-${index}"`,
      'version = "1.2.3"',
      'source = { registry = "https://index.example/simple" }',
    );
    lines.push(
      'dependencies = [',
      `    { name = "package-${(index + 1) % count}", extra = ["none"] },`,
      ...depends,
      ']',
    );
    lines.push(
      `sdist = ${file(`package_${index}-1.2.3.tar.gz`)}`,
      'wheels = [',
      ...tags.map((tag) => `    ${file(`package_${index}-1.2.3-${tag}.whl`)},`),
      ']',
      '',
    );
  }
  return lines.join('\n');
}
