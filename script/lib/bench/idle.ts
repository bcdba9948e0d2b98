import path from 'node:path';
import { startGitHub } from '../../../__tests__/support/github/server.ts';
import { prepareStep } from '../../../__tests__/support/runner/runner.ts';
import { pushMany } from '../../../__tests__/support/scenario/many.ts';
import { Repository } from '../../../__tests__/support/scenario/repository.ts';
import { type Group, ms } from './figures.ts';
import { measure, median, wall } from './measure.ts';
import { dist } from './project.ts';

const token = 'a-token-of-the-runner';
const name = 'you/small';
/** A repository with packages, its loopback GitHub, and the Action in a checkout of it. */
async function idleCase(dir: string, count: number) {
  const repository = await Repository.create(dir);
  const sha = await pushMany(repository, count, name);
  const permissions = { contents: 'write', pull_requests: 'write', issues: 'write' } as const;
  const github = await startGitHub({
    repository: name,
    bare: repository.bare,
    tokens: { [token]: { permissions } },
  });
  await release(github.url);
  const workspace = await repository.checkout(path.join(dir, 'checkout'));
  const { env } = await prepareStep(
    {
      ...{ workspace, sha, repository: name, github: github.url, ref: 'refs/heads/main', inputs: { token } },
      ...{ eventName: 'schedule', event: { schedule: '0 3 * * *' } },
    },
    dir,
  );
  const command = [process.execPath, path.join(dist, 'index.js')];
  return { github, case: { name: `${count}`, command, cwd: workspace, env }, before: github.requests.length };
}

/** Packages of the larger configuration. */
const MANY = 20;

/**
 * A scheduled run of the built Action, without a new release or a changed lock: compared with the
 * start of Node, and with twenty packages instead of one.
 */
export async function idleGroup(dir: string, rounds: number): Promise<Group> {
  const one = await idleCase(path.join(dir, 'one'), 1);
  const many = await idleCase(path.join(dir, 'many'), MANY);
  try {
    const { cwd, env } = one.case;
    const code = '(import ./default.nix { }).p0.uvDeps.uvFod.hash';
    const evaluate = ['nix-instantiate', '--eval', '--strict', '--expr', code];
    const node = { name: 'node', command: [process.execPath, '--eval', '0'], cwd: dir };
    const evaluation = { name: 'evaluation', command: evaluate, cwd, env };
    const samples = await measure([node, one.case, many.case, evaluation], rounds);
    const asked = ({ github, before }: typeof one): number => (github.requests.length - before) / rounds;
    const seconds = (name: string): number => wall(samples.get(name));
    const processor = (name: string): string =>
      ms(median((samples.get(name) ?? []).map((sample) => sample.processor)));
    return {
      figures: [
        {
          ...{ name: 'idle-vs-node', goal: 9, ratio: seconds('1') / seconds('node') },
          what: 'a scheduled run with nothing to do / starting Node',
          detail: `${ms(seconds('1'))} / ${ms(seconds('node'))}; ${asked(one)} requests`,
        },
        {
          ...{ name: 'idle-20-vs-1', goal: 2, ratio: seconds(`${MANY}`) / seconds('1') },
          what: `the same with ${MANY} packages / with one`,
          detail: `${ms(seconds(`${MANY}`))} / ${ms(seconds('1'))}; ${asked(many)} requests`,
        },
      ],
      notes: [
        `Of the scheduled run with nothing to do one evaluation by Nix alone takes ${ms(seconds('evaluation'))}; processor time of the run, children included, ${processor('1')}; with ${MANY} packages ${processor(`${MANY}`)}.`,
      ],
    };
  } finally {
    await one.github.close();
    await many.github.close();
  }
}

/** The version that the derivation has. */
async function release(url: string): Promise<void> {
  const answer = await fetch(`${url}/repos/${name}/releases`, {
    method: 'POST',
    headers: { authorization: `token ${token}` },
    body: JSON.stringify({ tag_name: 'v1.0', target_commitish: 'main' }),
  });
  if (!answer.ok) throw new Error(`the loopback GitHub answered ${answer.status}`);
}
