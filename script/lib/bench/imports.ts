import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { built } from '../../../__tests__/support/nix/nix.ts';
import { runText } from '../../../__tests__/support/nix/run.ts';
import { type Figure, ms } from './figures.ts';
import { measure, median, wall } from './measure.ts';

/** Large dependencies of authentik, as a program would import them. */
const modules = [
  'boto3',
  'cryptography.x509',
  'django',
  'geoip2.database',
  'googleapiclient.discovery',
  'kubernetes',
  'msgraph',
  'pydantic',
  'rest_framework',
  'sentry_sdk',
  'twilio.rest',
];
const rounds = 11;

/**
 * The first import of eleven packages in a new process, from the output and from a plain virtual
 * environment of the same wheels and the same Python, with bytecode that is not checked either, in
 * turn. Both on one core: the output's `bin/python` starts Python by a second exec, after which the
 * kernel chooses a core again, and the cores of a virtual machine are not always equally fast.
 * @param out authentik-django's store path, built from the package in `project`
 */
export async function importFigure(project: string, out: string, dir: string): Promise<Figure> {
  const plain = await plainEnvironment(project, path.join(dir, 'plain'));
  const samples = await measure(
    [out, plain].map((from) => ({
      name: from === out ? 'output' : 'plain',
      command: [path.join(from, 'bin/python'), '-I', '-c', `import ${modules.join(', ')}`],
      cwd: dir,
      env: { UV_FOD_BENCH_CORE: '0' },
    })),
    // The first run of each case reads the files from disk and is slower: the median ignores it.
    rounds,
  );
  const [ours, theirs] = [wall(samples.get('output')), wall(samples.get('plain'))];
  const processor = (name: string): string =>
    ms(median((samples.get(name) ?? []).map((one) => one.processor)));
  return {
    ...{ name: 'import-vs-plain', goal: 1.05, ratio: ours / theirs },
    what: `first import of ${modules.length} big packages from the output / a plain venv with unchecked bytecode, ${rounds} rounds`,
    detail: `${ms(ours)} / ${ms(theirs)}; processor time ${processor('output')} / ${processor('plain')}`,
  };
}

/** A virtual environment of the same wheels, by `uv venv` and `uv pip install`. */
async function plainEnvironment(project: string, dir: string): Promise<string> {
  const wheels = path.join(dir, 'wheels');
  await mkdir(wheels, { recursive: true });
  const [deps = ''] = await built(['-A', 'authentik-django.uvDeps'], project);
  const third = `let it = (import ${project} { }).authentik-django; in builtins.attrValues it.builds`;
  const folders = [path.join(deps, 'wheels'), ...(await built(['--expr', third], project))];
  const names: string[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.whl'))) {
      await symlink(path.join(folder, name), path.join(wheels, name));
      names.push(name.split('-').slice(0, 2).join('=='));
    }
  }
  const [python = ''] = await built(['-A', 'authentik-django.python'], project);
  const env = {
    PYC_INVALIDATION_MODE: 'UNCHECKED_HASH',
    UV_CACHE_DIR: path.join(dir, 'cache'),
    UV_NO_CONFIG: '1',
  };
  const venv = path.join(dir, 'venv');
  await runText('uv', ['venv', '--quiet', '--python', path.join(python, 'bin/python3.14'), venv], { env });
  const where = [
    '--no-index',
    '--no-deps',
    '--find-links',
    wheels,
    '--python',
    path.join(venv, 'bin/python'),
  ];
  await runText('uv', ['pip', 'install', '--quiet', '--compile-bytecode', ...where, ...names], { env });
  return venv;
}
