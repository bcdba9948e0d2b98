// Runs all benchmarks in one run (see script/bench, which sets up the machine that this runs in).

import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, cpus, release, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runText } from '../../../__tests__/support/nix/run.ts';
import { buildsGroup } from './builds.ts';
import { type Group, isMet, line, table } from './figures.ts';
import { hashGroup } from './hash.ts';
import { idleGroup } from './idle.ts';
import { largeGroup } from './large.ts';
import { nixGroup } from './nix.ts';
import { peersGroup } from './peers.ts';
import { planGroup } from './plan.ts';
import { checkout, makeProject } from './project.ts';

const { values, positionals } = parseArgs({
  options: { update: { type: 'boolean', default: false }, rounds: { type: 'string', default: '31' } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
const known = ['hash', 'idle', 'nix', 'builds', 'large', 'peers', 'plan'];
const wanted = positionals.length > 0 ? positionals : known;
const unknown = wanted.find((name) => !known.includes(name));
if (unknown !== undefined || !(rounds >= 1)) {
  console.error(`error: groups are ${known.join(', ')}; --rounds takes a number`);
  process.exit(2);
}

const dir = await mkdtemp(path.join(process.env.UV_FOD_CACHE ?? tmpdir(), 'bench-'));
const groups: Group[] = [];
try {
  const project = await makeProject(dir);
  if (wanted.includes('hash')) groups.push(await hashGroup(project, dir, rounds));
  if (wanted.includes('idle')) groups.push(await idleGroup(path.join(dir, 'idle'), rounds));
  if (wanted.includes('nix')) groups.push(await nixGroup(project, dir, Math.min(rounds, 5)));
  if (wanted.includes('builds'))
    groups.push(await buildsGroup(dir, Math.min(rounds, 3), randomUUID().slice(0, 8)));
  if (wanted.includes('large'))
    groups.push(await largeGroup(path.join(dir, 'large'), Math.min(rounds, 3), randomUUID().slice(0, 8)));
  if (wanted.includes('peers')) groups.push(await peersGroup(project, dir));
  if (wanted.includes('plan')) groups.push(await planGroup());
} finally {
  await rm(dir, { recursive: true, force: true });
}

const figures = groups.flatMap((group) => group.figures);
const notes = groups.flatMap((group) => group.notes);
const text = [await machine(), '', table(figures), '', ...notes.map((note) => `- ${note}`)].join('\n');
console.log(`${text}\n`);
for (const figure of figures) console.log(line(figure));
if (values.update) await update(text);
process.exitCode = figures.every(isMet) ? 0 : 1;

async function machine(): Promise<string> {
  const version = async (program: string): Promise<string> =>
    (await runText(program, ['--version'])).split('\n')[0] ?? '';
  const programs = [
    await version('nix'),
    await version('uv'),
    `Node ${process.versions.node}`,
    await version('curl'),
  ];
  const hardware = `${cpus().length} × ${cpus()[0]?.model ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day}: ${hardware}; ${programs.map((name) => name.replace(/ \(.*/, '')).join(', ')}; median of ${rounds} rounds.`;
}

/** Puts the results between the two marks of docs/benchmarks.md. */
async function update(results: string): Promise<void> {
  const file = path.join(checkout, 'docs/benchmarks.md');
  const before = await readFile(file, 'utf8');
  const after = before.replace(
    /(<!-- results -->)[\s\S]*(<!-- end of results -->)/,
    `$1\n\n${results}\n\n$2`,
  );
  if (after === before) throw new Error(`${file} has no place for results`);
  await writeFile(file, after);
}
