import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startGitHub } from '../../../__tests__/support/github/server.ts';
import { prepareStep } from '../../../__tests__/support/runner/runner.ts';
import { Repository } from '../../../__tests__/support/scenario/repository.ts';
import { uvFod, writeSmall } from '../../../__tests__/support/scenario/small-project.ts';
import { type Group, ms } from './figures.ts';
import { measure, median, wall } from './measure.ts';
import { dist } from './project.ts';

const token = 'a-token-of-the-runner';
const name = 'you/small';
const config = `[[package]]
attribute = "small"
releases = { github = "${name}", tag = "v{version}", minimum-release-age = "0 days" }
`;

/**
 * The clock starts the built Action, and neither a release nor a change of the lock is there;
 * beside the start of Node.
 */
export async function idleGroup(dir: string, rounds: number): Promise<Group> {
  const repository = await Repository.create(dir);
  await writeSmall(repository.work);
  await mkdir(path.join(repository.work, '.github'));
  await writeFile(path.join(repository.work, '.github/uv-fod.toml'), config);
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], repository.work);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  const sha = await repository.push('A package that is current');
  const permissions = { contents: 'write', pull_requests: 'write', issues: 'write' } as const;
  const tokens = { [token]: { permissions } };
  const github = await startGitHub({ repository: name, bare: repository.bare, tokens });
  try {
    await release(github.url);
    const before = github.requests.length;
    const step = { workspace: await repository.checkout(path.join(dir, 'idle')), sha, repository: name };
    const { env } = await prepareStep(
      {
        ...{ ...step, github: github.url, ref: 'refs/heads/main', inputs: { token } },
        ...{ eventName: 'schedule', event: { schedule: '0 3 * * *' } },
      },
      dir,
    );
    const samples = await measure(
      [
        { name: 'node', command: [process.execPath, '--eval', '0'], cwd: dir },
        { name: 'idle', command: [process.execPath, path.join(dist, 'index.js')], cwd: step.workspace, env },
        {
          ...{ name: 'evaluation', cwd: step.workspace, env },
          command: [
            'nix-instantiate',
            '--eval',
            '--strict',
            '--expr',
            '(import ./default.nix { }).small.uvDeps.uvFod.hash',
          ],
        },
      ],
      rounds,
    );
    const asked = (github.requests.length - before) / rounds;
    const seconds = (one: string): number => wall(samples.get(one));
    const processor = (one: string): string =>
      ms(median((samples.get(one) ?? []).map((sample) => sample.processor)));
    return {
      figures: [
        {
          ...{ name: 'idle-vs-node', goal: 9, ratio: seconds('idle') / seconds('node') },
          what: 'a scheduled run with nothing to do / starting Node',
          detail: `${ms(seconds('idle'))} / ${ms(seconds('node'))}; ${asked} requests`,
        },
      ],
      notes: [
        `Of the scheduled run with nothing to do one evaluation by Nix alone takes ${ms(seconds('evaluation'))}; processor time of the run, children included, ${processor('idle')}.`,
      ],
    };
  } finally {
    await github.close();
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
