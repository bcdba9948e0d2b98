/**
 * Runs the loopback GitHub as a process of its own. Prints one line of JSON, `{"url": …}`, once it
 * listens; ends when its standard input closes (whoever started it is gone), on SIGTERM or SIGINT,
 * or after `--max-age` seconds.
 *
 * node __tests__/support/github/main.ts --repository owner/name --bare DIR [--port 0] [--token
 * SECRET=PERMISSIONS]… [--state FILE] [--log FILE] [--faults FILE] [--private] [--max-age 3600]
 *
 * PERMISSIONS is a list such as `contents:write,pull_requests:write`. `--log` gets one JSON line a
 * request. `--faults` is a JSON list of PlannedFault.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type PlannedFault, plannedFaults } from './faults.ts';
import { startGitHub } from './server.ts';
import type { GitHubOptions, Level, TokenOptions } from './types.ts';

const { values } = parseArgs({
  options: {
    repository: { type: 'string' },
    bare: { type: 'string' },
    port: { type: 'string', default: '0' },
    token: { type: 'string', multiple: true, default: [] },
    state: { type: 'string' },
    log: { type: 'string' },
    faults: { type: 'string' },
    private: { type: 'boolean', default: false },
    'max-age': { type: 'string', default: '3600' },
  },
});

function tokenOptions(list: string): TokenOptions {
  const permissions = Object.fromEntries(list.split(',').map((item) => item.split(':') as [string, Level]));
  return { name: 'GITHUB_TOKEN', permissions };
}

function options(): GitHubOptions {
  const { repository, bare, state, log, faults } = values;
  if (!repository || !bare) throw new Error('--repository owner/name and --bare DIR are needed');
  const tokens = values.token.map((item): [string, TokenOptions] => {
    const at = item.indexOf('=');
    return [item.slice(0, at), tokenOptions(item.slice(at + 1))];
  });
  return {
    repository,
    bare,
    port: Number(values.port),
    tokens: Object.fromEntries(tokens),
    private: values.private,
    ...(state ? { stateFile: state } : {}),
    ...(log ? { onRequest: (request) => appendFileSync(log, `${JSON.stringify(request)}\n`) } : {}),
    ...(faults ? { faults: plannedFaults(JSON.parse(readFileSync(faults, 'utf8')) as PlannedFault[]) } : {}),
  };
}

const github = await startGitHub(options());
const stop = () => {
  github.close().then(() => process.exit(0));
};
process.stdin.on('end', stop).on('error', stop).resume();
process.on('SIGTERM', stop).on('SIGINT', stop);
setTimeout(stop, Number(values['max-age']) * 1000).unref();
process.stdout.write(`${JSON.stringify({ url: github.url, port: github.port })}\n`);
