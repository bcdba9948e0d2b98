// The main job, once, end to end, on real parts: see script/demo, which sets up the machine that
// this runs in.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGitHub } from '../../__tests__/support/github/server.ts';
import type { GitHub } from '../../__tests__/support/github/types.ts';
import { runStep, type StepResult } from '../../__tests__/support/runner/runner.ts';
import { type AuthentikProject, makeAuthentik } from '../../__tests__/support/scenario/authentik.ts';
import { narrate } from './narrator.ts';

const keep = process.argv.includes('--keep');
/** For script/pictures: the folder to save the texts of pull requests in. */
const texts = process.argv.find((one) => one.startsWith('--texts='))?.slice('--texts='.length);
const started = performance.now();
const narrator = narrate(process.argv.includes('--verbose'));
// As installers of Nix for CI set it; Nix's own default is one build at a time.
process.env.NIX_CONFIG = 'max-jobs = auto';
const dir = await mkdtemp(path.join(tmpdir(), 'uv-fod-demo-'));
const title = (text: string): void =>
  narrator.line(`\n\u2500\u2500 ${text} (${((performance.now() - started) / 1000).toFixed(0)} s)`);
const repository = 'you/authentik-nix';
const token = 'a-token-of-the-runner';

let project: AuthentikProject | undefined;
let github: GitHub | undefined;
try {
  title('A repository that a user of this Action could own');
  project = await makeAuthentik(dir, (text) => narrator.line(`   ${text}`), narrator.command);
  github = await startGitHub({
    repository,
    bare: project.repository.bare,
    tokens: { [token]: { permissions: { contents: 'write', pull_requests: 'write', issues: 'write' } } },
  });

  title('The Action, after the bump was pushed');
  const first = await act('1', project.pinned, project.bumped);
  title('What it did');
  await show(project, first);

  title('Again, with the pull request not merged: the same one, and nothing is written');
  report(await act('2', project.pinned, project.bumped, quiet));
  title('Again, with the pull request merged: nothing to do');
  const merged = await project.repository.merge('uv-fod/authentik-django');
  report(await act('3', project.bumped, merged, quiet));

  if (keep) {
    narrator.stop();
    title(`The pull request is a page at ${first.outputs.get('pull-request-url')} until you press Ctrl-C`);
    await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  }
} finally {
  narrator.stop();
  await github?.close();
  await project?.source.close();
  await rm(dir, { recursive: true, force: true });
}

function quiet(): void {}

/** One run of the Action on a fresh checkout, as the runner does it. */
async function act(
  run: string,
  before: string,
  after: string,
  onOutput: (text: string) => void = narrator.action,
) {
  if (!project || !github) throw new Error('unreachable');
  const workspace = await project.repository.checkout(path.join(dir, `checkout-${run}`));
  const result = await runStep({
    ...{ workspace, repository, onOutput, runId: Number(run), env: { NIX_CONFIG: 'max-jobs = auto' } },
    inputs: { attribute: 'authentik-django', token },
    github: github.url,
    ref: 'refs/heads/main',
    sha: after,
    eventName: 'push',
    event: { ref: 'refs/heads/main', before, after, repository: { full_name: repository } },
  });
  if (result.code !== 0) throw new Error(`The Action failed with ${result.code}.\n${result.log}`);
  return result;
}

function report({ outputs, milliseconds }: StepResult): void {
  for (const name of ['outcome', 'changed', 'pull-request-number', 'commit'])
    narrator.line(`   ${name}: ${outputs.get(name) || '-'}`);
  narrator.line(`   ${(milliseconds / 1000).toFixed(1)} s`);
}

async function show({ repository: git, bumped }: AuthentikProject, result: StepResult): Promise<void> {
  report(result);
  for (const [system, { before, after }] of Object.entries(
    JSON.parse(result.outputs.get('hashes') ?? '{}') as Record<string, { before: string; after: string }>,
  )) {
    narrator.line(`   ${system}\n     old ${before}\n     new ${after}`);
  }
  const { timings } = JSON.parse(result.outputs.get('report') ?? '{}') as {
    timings: { stage: string; milliseconds: number }[];
  };
  for (const { stage, milliseconds } of timings)
    narrator.line(`   ${stage.padEnd(12)} ${(milliseconds / 1000).toFixed(2).padStart(7)} s`);
  narrator.line(`   ${result.outputs.get('pull-request-url')}\n`);
  const number = result.outputs.get('pull-request-number');
  const pull = await fetch(`${github?.url}/repos/${repository}/pulls/${number}`, {
    headers: { authorization: `token ${token}` },
  });
  const { title: heading, body } = (await pull.json()) as { title: string; body: string };
  console.log(`${heading}\n\n${body}`);
  if (texts !== undefined) {
    await writeFile(path.join(texts, 'pull-request.md'), body);
    await writeFile(path.join(texts, 'summary.md'), result.summary);
  }
  console.log(await git.diff(bumped, result.outputs.get('commit') ?? '', 'default.nix'));
}
