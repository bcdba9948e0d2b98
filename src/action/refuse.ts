import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';

/** The error for a result that is not published. @param why the end of a sentence */
export const refuse = (why: string): UserError =>
  new UserError(
    'result-refused',
    `The result of the other job is not published: ${printable(why)}. Nothing was written. See the log of that job, or run both jobs again.`,
  );
