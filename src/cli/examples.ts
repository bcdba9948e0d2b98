import type { Command } from 'commander';

/** A command line, and what it does. */
type Example = readonly [line: string, description: string];

/** Adds examples to a command's help; a test runs each of them. */
export function addExamples(command: Command, examples: readonly Example[]): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, description]) => `  $ ${line.padEnd(width)}  # ${description}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
