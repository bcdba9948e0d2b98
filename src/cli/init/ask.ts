import { setTimeout } from 'node:timers/promises';
import input from '@inquirer/input';
import select from '@inquirer/select';
import { UserError } from '../../system/errors.ts';
import { harmless, printable } from '../../system/printable.ts';

/** Questions to the user at the terminal. */
export interface Ask {
  choose<T extends string>(question: string, choices: readonly { value: T; name: string }[]): Promise<T>;
  /** @param check returns the problem of an answer; the question is then asked again */
  text(question: string, proposed: string, check?: (answer: string) => string | undefined): Promise<string>;
}

/**
 * Asks on stderr, because stdout is for the result.
 * @param signal cancels a question
 * @param interrupt aborts `signal`, as Ctrl-C does
 */
export function askOnTerminal(signal: AbortSignal, interrupt: () => void): Ask {
  const terminal = { output: process.stderr, signal };
  /**
   * During a question, Ctrl-C is a key and not a signal: the library throws an error for it, which
   * is converted to the signal here.
   */
  const answered = async <T>(question: Promise<T>): Promise<T> => {
    try {
      return await question;
    } catch (cause) {
      if (!(cause instanceof Error) || !/^(Exit|Abort)PromptError$/.test(cause.name)) throw cause;
      interrupt();
      // Keeps the process alive until the signal arrives.
      await setTimeout(1000, undefined, { signal }).catch(() => {});
      throw new UserError('cancelled', 'Cancelled at a question. Nothing was written.', { cause });
    }
  };
  return {
    choose: (message, choices) => {
      // Attribute names come from the evaluated code, which may be untrusted.
      const shown = choices.map(({ value, name }) => ({ value, name: printable(name) }));
      return answered(select({ message: harmless(message), choices: shown }, terminal));
    },
    text: (message, proposed, check) => {
      const validate = (answer: string): string | true => check?.(answer) ?? true;
      const question = { message: harmless(message), default: printable(proposed), validate };
      return answered(input(question, terminal));
    },
  };
}
