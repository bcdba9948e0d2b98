import { totalmem } from 'node:os';
import { UserError } from './errors.ts';

/** How long a program may run, and how many bytes it may print. More is an error. */
export interface Limits {
  readonly seconds: number;
  readonly stdout: number;
  /** Only the last ones are kept. */
  readonly stderr: number;
}

const minute = 60;
const hour = 60 * minute;
const megabyte = 1 << 20;

const usual: Limits = { seconds: 10 * minute, stdout: 64 * megabyte, stderr: 64 * megabyte };

/** Limits by program. A build or copy may take hours; GitHub's own jobs end after six hours. */
const table: ReadonlyMap<string, Limits> = new Map([
  // Evaluation alone. It may fetch a flake's inputs, or build what it imports.
  ['nix-instantiate', { ...usual, seconds: 5 * minute }],
  // Nix's structured log is more than twice as long as what a build prints.
  ['nix-build', { seconds: 5 * hour, stdout: megabyte, stderr: 256 * megabyte }],
  ['nix-store', { ...usual, seconds: hour }],
  ['nix', { ...usual, seconds: hour }],
  ['curl', { ...usual, seconds: hour }],
]);

/** Longest time that a timer of Node takes, in seconds. */
const longest = 2 ** 31 / 1000 - 1;

/**
 * @param seconds time limit of every program, instead of the table's, from `timeLimit`
 * @returns the limits of a program by its name
 */
export function limitsOf(program: string, seconds?: number): Limits {
  const limits = table.get(program) ?? usual;
  return seconds === undefined ? limits : { ...limits, seconds };
}

/**
 * Reads `UV_FOD_TIME_LIMIT`, a number of seconds; undefined if it is not set.
 * @throws UserError `input-invalid`
 */
export function timeLimit({ UV_FOD_TIME_LIMIT: text = '' }: NodeJS.ProcessEnv): number | undefined {
  if (text === '') return undefined;
  const seconds = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= longest) return seconds;
  throw new UserError(
    'input-invalid',
    `The environment variable UV_FOD_TIME_LIMIT is '${text.slice(0, 100)}'; it takes a number of seconds, from 1 to ${Math.floor(longest)}.`,
  );
}

/** The error for a program that ran too long. */
export const timedOut = (command: string, { seconds }: Limits): UserError =>
  new UserError(
    'timed-out',
    `'${command}' did not end within ${seconds} seconds and was ended with all that it started. If it has to take longer, set the environment variable UV_FOD_TIME_LIMIT to more seconds.`,
  );

/** The error for a program that printed too much. */
export const tooMuchOutput = (command: string, bytes: number): UserError =>
  new UserError(
    'too-much-output',
    `'${command}' printed more than ${bytes / megabyte} MB and was ended with all that it started. Remove from its input what makes it print so much.`,
  );

/**
 * Memory that Nix's evaluator may use, as the variable of its garbage collector (bdwgc,
 * README.environment): an endless evaluation stops with an error of Nix, before the machine runs
 * out of memory. The user's own setting takes precedence.
 */
export function evaluatorMemory(environment: NodeJS.ProcessEnv): Record<string, string> {
  const name = 'GC_MAXIMUM_HEAP_SIZE';
  const here = Math.min(totalmem(), process.constrainedMemory() || totalmem());
  return { [name]: environment[name] || String(Math.floor(here * 0.6)) };
}
