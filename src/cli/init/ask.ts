import { setTimeout } from 'node:timers/promises';
import { UserError } from '../../system/errors.ts';
import { harmless, printable } from '../../system/printable.ts';

/** Questions to the person at the terminal. */
export interface Ask {
  choose<T extends string>(question: string, choices: readonly { value: T; name: string }[]): Promise<T>;
  text(question: string, proposed: string): Promise<string>;
}

/**
 * On stderr, so that stdout is the result's.
 * @param signal ends a question
 * @param interrupt aborts `signal`, as Ctrl-C does
 */
export async function askOnTerminal(signal: AbortSignal, interrupt: () => void): Promise<Ask> {
  const [{ default: select }, { default: input }] = await Promise.all([
    import('@inquirer/select'),
    import('@inquirer/input'),
  ]);
  const context = { output: process.stderr, signal };
  return {
    choose: (message, choices) => {
      // Names of attributes are what an expression says.
      const shown = choices.map(({ value, name }) => ({ value, name: printable(name) }));
      return answered(select({ message: harmless(message), choices: shown }, context), signal, interrupt);
    },
    text: (message, proposed) =>
      answered(
        input({ message: harmless(message), default: printable(proposed) }, context),
        signal,
        interrupt,
      ),
  };
}

/**
 * While a question is asked, Ctrl-C is a key like any other and no signal: the library turns it into an error, and this into the
 * signal that it is everywhere else.
 */
async function answered<T>(question: Promise<T>, signal: AbortSignal, interrupt: () => void): Promise<T> {
  try {
    return await question;
  } catch (cause) {
    if (!(cause instanceof Error) || !/^(Exit|Abort)PromptError$/.test(cause.name)) throw cause;
    interrupt();
    // The signal comes with the next turn; nothing else keeps the process until then.
    await setTimeout(1000, undefined, { signal }).catch(() => {});
    throw new UserError('cancelled', 'Cancelled at a question: nothing was written.', { cause });
  }
}
