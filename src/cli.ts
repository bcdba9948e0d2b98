import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, styleText } from 'node:util';
import { CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { CliContext, Tone } from './cli/context.ts';
import { FAILED, USAGE } from './cli/exit-codes.ts';
import { askOnTerminal } from './cli/init/ask.ts';
import { errorFields, quotedLog } from './cli/output.ts';
import { addCompletion, makeProgram } from './cli/program.ts';
import { makeHashTools } from './fetch/hash-tools.ts';
import { networkFrom } from './fetch/network.ts';
import { createClient } from './pull-request/github/client.ts';
import type { Hub } from './release/types.ts';
import { cancelOnSignals } from './system/cancel.ts';
import { UserError } from './system/errors.ts';
import { readText } from './system/files.ts';
import { repositoryOf } from './system/inside.ts';
import { type Log, type Terminal, terminalLog } from './system/log.ts';
import { harmless, harmlessInColour, jsonText } from './system/printable.ts';
import { asUserError } from './system/system-error.ts';
import { reportUncaught } from './system/uncaught.ts';
import { locksAround } from './update/checkout.ts';
import { makeContext } from './update/context.ts';
import { settingsOfLocks } from './uv/lock/project.ts';
import type { TomlTable } from './uv/lock/toml.ts';

const isSource = import.meta.url.endsWith('.ts');
const cancellation = cancelOnSignals();
let exitCode = 0;
/** With `--json`, stdout has exactly one value: the result, or the error. */
const isJson = process.argv.includes('--json');
let hasResult = false;

const colours: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  heading: 'bold',
  good: 'green',
  bad: 'red',
  warning: 'yellow',
  faint: 'dim',
  place: 'cyan',
};

/** Writes text that may be untrusted. Colours are kept if the stream shows them. */
function write(stream: NodeJS.WriteStream, text: string): void {
  const isColoured = styleText('red', text, { stream }) !== text;
  stream.write(isColoured ? harmlessInColour(text) : harmless(text));
}

/** The terminal for progress, if it has control sequences. */
const terminal: Terminal = {
  // Not escaped: the text is harmless already, and its sequences move the cursor.
  write: (text) => void process.stderr.write(text),
  columns: () =>
    process.stderr.isTTY === true && process.env.TERM !== 'dumb' ? process.stderr.columns || 80 : undefined,
};

/** Interrupts this process, as Ctrl-C does when no question is open. */
const interrupt = (): void => void process.kill(process.pid, 'SIGINT');

/** uv's settings next to locks, with names of indexes. They are the user's own, so trusted. */
const settingsAt = async (folder: string, locks: readonly string[]): Promise<TomlTable[]> =>
  settingsOfLocks(locks, readText, (await repositoryOf(folder)) ?? folder);

const cli: CliContext = {
  version: manifest.version,
  stdout: (text) => {
    hasResult = true;
    write(process.stdout, text);
  },
  stderr: (text) => write(process.stderr, text),
  // styleText changes nothing without a terminal; NO_COLOR and FORCE_COLOR override that.
  paint: (tone, text) => (text === '' ? '' : styleText(colours[tone], text, { stream: process.stdout })),
  exit: (code) => {
    exitCode = code;
  },
  context: (scratch, verbose, hosts) =>
    makeContext(process.env, terminalLog(terminal, verbose), scratch, {
      stop: cancellation.signal,
      hosts: async (run) => ({ allowedHosts: await hosts(run), isUntrusted: false }),
      settings: async (run) => settingsAt(process.cwd(), await locksAround(process.cwd(), run)),
    }),
  hashTools: (folder) =>
    makeHashTools(process.env, terminalLog(terminal, false), async () => {
      const settings = await settingsAt(folder, [path.join(folder, 'uv.lock')]);
      return networkFrom(process.env, undefined, cancellation.signal, settings);
    }),
  finders: ({ run, scratch, fetchText, log }) => ({
    ...{ run, scratch, fetchText, hub: () => openHub(log) },
    index: process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL,
  }),
  example: (name) => {
    const file = isSource ? `../examples/${name}.yml` : `./example-${name.replace('/', '-')}.yml`;
    return readFile(new URL(file, import.meta.url), 'utf8');
  },
  clone: fileURLToPath(new URL('..', import.meta.url)),
  ask:
    process.stdin.isTTY === true && process.stderr.isTTY === true
      ? askOnTerminal(cancellation.signal, interrupt)
      : undefined,
};

/** GitHub's API, to find releases. */
async function openHub(log: Log): Promise<Hub> {
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL = 'https://api.github.com' } = process.env;
  const token = GITHUB_TOKEN || GH_TOKEN;
  if (!token)
    throw new UserError(
      'token-missing',
      'Finding releases on GitHub requires a token that can read the repository, and neither GITHUB_TOKEN nor GH_TOKEN is set. Set one (GH_TOKEN=$(gh auth token)), or choose the version with --version.',
    );
  // Loaded on demand: a separate file in dist/, larger than the rest of this program.
  const { makeOctokit } = await import('./pull-request/github/octokit.ts');
  return createClient(makeOctokit, token, GITHUB_API_URL, log);
}

async function main(): Promise<number> {
  const program = makeProgram(cli);
  if (process.argv[2] === 'complete') {
    // The library prints its scripts by console.log; shells read them from stdout.
    console.log = (...values: unknown[]) => cli.stdout(`${format(...values)}\n`);
    addCompletion(program);
  }
  try {
    await program.parseAsync(process.argv);
    return exitCode;
  } catch (error) {
    // commander has printed its own message; `--help` ends with its code 0.
    if (!(error instanceof CommanderError)) return report(error);
    if (error.exitCode === 0) return 0;
    printJson({ status: 'error', error: 'usage', message: error.message.replace(/^error: /, '') });
    return USAGE;
  }
}

function printJson(error: object): void {
  if (isJson && !hasResult) cli.stdout(`${jsonText(error, 2)}\n`);
}

/** Prints one message if the user can fix the cause, or the stack of a defect of uv-fod. */
function report(thrown: unknown): number {
  printJson(errorFields(thrown));
  const error = asUserError(thrown);
  const name = styleText('red', 'uv-fod:', { stream: process.stderr });
  if (error instanceof UserError) {
    // Print the message last, where the user sees it.
    cli.stderr(`${quotedLog(error.log)}${name} ${error.message}\n`);
    return FAILED;
  }
  cli.stderr(
    `${name} this is a defect of uv-fod, please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return FAILED;
}

reportUncaught(report);
process.exitCode = await main();
const cancelled = cancellation.code();
if (cancelled !== undefined) process.exit(cancelled);
// Ends after the output is flushed, without waiting for memory and threads to be freed. After a
// failure, work may still be running; it ends by itself.
if (process.exitCode === 0) {
  for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write('', done));
  process.exit();
}
