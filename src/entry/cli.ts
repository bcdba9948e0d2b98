import { Command, CommanderError } from 'commander';
import { registerCheck } from '../cli/check.ts';
import { registerDiff } from '../cli/diff.ts';
import { registerHash } from '../cli/hash.ts';
import type { Io } from '../cli/io.ts';
import { registerPlan } from '../cli/plan.ts';
import { type Effects, registerLock, registerUpdate } from '../cli/update.ts';
import { type Cancellation, cancelOnSignals } from '../effects/cancel.ts';
import type { Terminal } from '../effects/terminal-log.ts';
import { UserError } from '../ports/errors.ts';
import { printable } from '../ports/printable.ts';
import { tellingLines } from '../ports/telling-lines.ts';

/** Exit codes: 0 done, 1 could not be done, 2 asked for in a way that makes no sense; `check` has more. */
const FAILED = 1;
const USAGE = 2;

async function main(cancellation: Cancellation): Promise<number> {
  const io: Io = {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    color: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  };
  const program = new Command('uv-fod')
    .description('keeps Nix fixed-output derivations of a uv.lock current')
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  registerPlan(program, io);
  registerDiff(program, io);
  let found = 0;
  const effects: Effects = {
    parts: async (scratch, verbose) => {
      const [{ makeParts }, { terminalLog }] = await Promise.all([
        import('../effects/parts.ts'),
        import('../effects/terminal-log.ts'),
      ]);
      return makeParts(process.env, terminalLog(terminal(io), verbose), scratch, {
        worker: workerScript(),
        stop: cancellation.signal,
      });
    },
  };
  registerUpdate(program, io, effects);
  registerLock(program, io, effects);
  registerCheck(program, io, effects, (code) => {
    found = code;
  });
  registerHash(program, io, {
    tools: async (warn) => {
      const { makeNativeTools } = await import('../effects/native.ts');
      return makeNativeTools(process.env, workerScript(), warn, cancellation.signal);
    },
  });
  try {
    await program.parseAsync(process.argv);
    return found;
  } catch (error) {
    return report(error, io);
  }
}

/** Where how far something is may move: a terminal that takes control sequences. */
const terminal = (io: Io): Terminal => ({
  write: io.stderr,
  columns: () =>
    process.stderr.isTTY === true && process.env.TERM !== 'dumb' ? process.stderr.columns || 80 : undefined,
});

/** The hashing thread's script: beside this one, from the sources as in the bundle. */
const workerScript = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Says what went wrong: one message for what the user can mend, everything for a defect of ours. */
function report(error: unknown, io: Io): number {
  // commander has printed its own message; `--help` and `--version` end with its code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof UserError) {
    io.stderr(`uv-fod: ${error.message.split('\n').map(printable).join('\n')}\n`);
    for (const line of tellingLines(error.log ?? '')) io.stderr(`  | ${line}\n`);
    return FAILED;
  }
  io.stderr(
    `uv-fod: this is a defect of uv-fod, please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return FAILED;
}

// Output may still be on its way into a pipe, so the process is left to end by itself.
const cancellation = cancelOnSignals();
process.exitCode = await main(cancellation);
const cancelled = cancellation.code();
if (cancelled !== undefined) process.exit(cancelled);
