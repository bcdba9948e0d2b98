/**
 * A stranger's text as a log may print it. A line that begins like a workflow command (`::set-output…`, `##[…]`) would be
 * obeyed by a runner; control characters could rewrite what a terminal shows.
 */
export function harmless(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
      .replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/^(\s*)(::|##\[)/gm, '$1| $2')
  );
}
