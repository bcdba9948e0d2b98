import { UserError } from '../../ports/errors.ts';

/** Questions to the person at the terminal. */
export interface Ask {
  choose<T extends string>(question: string, choices: readonly { value: T; name: string }[]): Promise<T>;
  text(question: string, proposed: string): Promise<string>;
}

/**
 * On stderr, so that stdout is the result's.
 * @param signal ends a question
 */
export async function askOnTerminal(signal: AbortSignal): Promise<Ask> {
  const [{ default: select }, { default: input }] = await Promise.all([
    import('@inquirer/select'),
    import('@inquirer/input'),
  ]);
  const context = { output: process.stderr, signal };
  return {
    choose: (message, choices) => answered(select({ message, choices }, context)),
    text: (message, proposed) => answered(input({ message, default: proposed }, context)),
  };
}

/** Ctrl-C at a question is a signal of its own, which the library turns into an error. */
async function answered<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (cause) {
    throw new UserError('cancelled', 'Cancelled at a question: nothing was written.', { cause });
  }
}
