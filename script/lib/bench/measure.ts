import { spawn } from 'node:child_process';
import path from 'node:path';

/** One program whose time is taken. */
export interface Case {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs before each measurement, and is not counted. */
  readonly prepare?: (round: number) => Promise<void>;
  /** The command of this round, where rounds differ. */
  readonly commandOf?: (round: number) => readonly string[];
}

export interface Sample {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all cores together. */
  readonly processor: number;
  /** MB at the peak. */
  readonly memory: number;
}

const helper = path.join(import.meta.dirname, 'measure.py');

/**
 * Runs each case once in each round, one after the other, so that other load on the machine affects
 * all cases alike.
 */
export async function measure(cases: readonly Case[], rounds: number): Promise<Map<string, Sample[]>> {
  const samples = new Map<string, Sample[]>(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of cases) {
      await one.prepare?.(round);
      samples.get(one.name)?.push(await runOnce(one, one.commandOf?.(round) ?? one.command));
    }
  }
  return samples;
}

async function runOnce({ name, cwd, env }: Case, command: readonly string[]): Promise<Sample> {
  const child = spawn('python3.14', ['-I', helper, ...command], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  });
  const [errors, results]: [Buffer[], Buffer[]] = [[], []];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdio[3]?.on('data', (chunk: Buffer) => results.push(chunk));
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const result = JSON.parse(Buffer.concat(results).toString() || '{"code":255}') as Sample & { code: number };
  if (result.code !== 0) {
    const said = Buffer.concat(errors).toString().slice(-3000);
    throw new Error(`${name} (${command.join(' ')}) ended with ${result.code}:\n${said}`);
  }
  return result;
}

/** The median; for an even number of values, the larger one of the middle two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export const wall = (samples: readonly Sample[] | undefined): number =>
  median((samples ?? []).map((sample) => sample.wall));
