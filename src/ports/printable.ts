/**
 * Makes control characters visible (`\u001b`). Out of a stranger's file they could move the cursor of whoever reads a message,
 * or, as a line break, begin a workflow command of the runner.
 */
export function printable(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  );
}

/** The same for text of several lines, whose line ends and tabs stay. */
export function harmlessLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(printable).join('\t'))
    .join('\n');
}
