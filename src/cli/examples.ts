import type { Command } from 'commander';

/** A command line as somebody would type it, and what it does. */
type Example = readonly [line: string, says: string];

/** Ends a command's help with examples; a test runs each of them. */
export function addExamples(command: Command, examples: readonly Example[]): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, says]) => `  $ ${line.padEnd(width)}  # ${says}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
