import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, styleText } from 'node:util';
import type { Effects } from './cli/effects.ts';
import { FAILED, USAGE } from './cli/exit-codes.ts';
import type { Io, Tone } from './cli/io.ts';
import { type Cancellation, cancelOnSignals } from './system/cancel.ts';
import { UserError } from './system/errors.ts';
import { harmless, harmlessInColour } from './system/printable.ts';
import { asUserError } from './system/system-error.ts';
import { tellingLines } from './system/telling-lines.ts';
import type { Terminal } from './system/terminal-log.ts';
import { reportUncaught } from './system/uncaught.ts';

const isSource = import.meta.url.endsWith('.ts');

const colours: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  heading: 'bold',
  good: 'green',
  bad: 'red',
  warning: 'yellow',
  faint: 'dim',
  place: 'cyan',
};

/** Anything written may contain untrusted text. Colours stay on a stream that shows them. */
function write(stream: NodeJS.WriteStream, text: string): void {
  const isColoured = styleText('red', text, { stream }) !== text;
  stream.write(isColoured ? harmlessInColour(text) : harmless(text));
}

const io: Io = {
  stdout: (text) => write(process.stdout, text),
  stderr: (text) => write(process.stderr, text),
  // styleText changes nothing without a terminal; NO_COLOR and FORCE_COLOR override that.
  paint: (tone, text) => (text === '' ? '' : styleText(colours[tone], text, { stream: process.stdout })),
};

/** Where progress may move: a terminal with control sequences. */
const terminal: Terminal = {
  // Its text is harmless already, and it moves the cursor.
  write: (text) => void process.stderr.write(text),
  columns: () =>
    process.stderr.isTTY === true && process.env.TERM !== 'dumb' ? process.stderr.columns || 80 : undefined,
};

/** Ctrl-C without a question on the terminal. */
const interrupt = (): void => void process.kill(process.pid, 'SIGINT');

function effectsOf(cancellation: Cancellation, exit: (code: number) => void): Effects {
  return {
    exit,
    parts: async (scratch, verbose, hosts) => {
      const [{ makeContext }, { terminalLog }] = await Promise.all([
        import('./update/context.ts'),
        import('./system/terminal-log.ts'),
      ]);
      return makeContext(process.env, terminalLog(terminal, verbose), scratch, {
        stop: cancellation.signal,
        hosts: async (run) => ({ allowedHosts: await hosts(run), isUntrusted: false }),
      });
    },
    native: async (warn) => {
      const { makeHashTools } = await import('./fetch/hash-tools.ts');
      return makeHashTools(process.env, { info: () => {}, warning: warn }, cancellation.signal);
    },
    finders: async ({ run, scratch, log, network }) => {
      const { makeFetchText } = await import('./fetch/text.ts');
      const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL, UV_DEFAULT_INDEX, UV_INDEX_URL } = process.env;
      return {
        ...{
          run,
          scratch,
          index: UV_DEFAULT_INDEX ?? UV_INDEX_URL,
          fetchText: makeFetchText(network, scratch),
        },
        hub: async () => {
          const [{ openHub }, { makeOctokit }] = await Promise.all([
            import('./cli/hub.ts'),
            import('./pull-request/github/octokit.ts'),
          ]);
          return openHub(makeOctokit, GITHUB_TOKEN || GH_TOKEN, GITHUB_API_URL, log);
        },
      };
    },
    example: (name) =>
      readFile(
        new URL(
          isSource ? `../examples/${name}.yml` : `./example-${name.replace('/', '-')}.yml`,
          import.meta.url,
        ),
        'utf8',
      ),
    clone: fileURLToPath(new URL('..', import.meta.url)),
    ask:
      process.stdin.isTTY === true && process.stderr.isTTY === true
        ? async () => (await import('./cli/init/ask.ts')).askOnTerminal(cancellation.signal, interrupt)
        : undefined,
  };
}

async function main(cancellation: Cancellation): Promise<number> {
  const { isUsage, makeProgram } = await import('./cli/program.ts');
  let found = 0;
  const program = makeProgram(
    io,
    effectsOf(cancellation, (code) => {
      found = code;
    }),
  );
  if (process.argv[2] === 'complete') {
    // The library prints its scripts by console.log; shells read them from stdout.
    console.log = (...values: unknown[]) => io.stdout(`${format(...values)}\n`);
    const { addCompletion } = await import('./cli/completion.ts');
    addCompletion(program);
  }
  try {
    await program.parseAsync(process.argv);
    return found;
  } catch (error) {
    // commander has printed its own message; `--help` ends with its code 0.
    return isUsage(error) ? (error.exitCode === 0 ? 0 : USAGE) : report(error);
  }
}

/** Prints one message if the user can fix the cause, and the stack of a defect of uv-fod. */
function report(thrown: unknown): number {
  const error = asUserError(thrown);
  const name = styleText('red', 'uv-fod:', { stream: process.stderr });
  if (error instanceof UserError) {
    io.stderr(`${name} ${error.message}\n`);
    for (const line of tellingLines(error.log ?? '')) io.stderr(`  | ${line}\n`);
    return FAILED;
  }
  io.stderr(
    `${name} this is a defect of uv-fod, please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return FAILED;
}

const cancellation = cancelOnSignals();
reportUncaught(report);
process.exitCode = await main(cancellation);
const cancelled = cancellation.code();
if (cancelled !== undefined) process.exit(cancelled);
// Ends after the output is flushed, without waiting for memory and threads to be freed. After a
// failure something may still run, which ends by itself.
if (process.exitCode === 0) {
  for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write('', done));
  process.exit();
}
