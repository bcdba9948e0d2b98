/** Characters of one line that are given on: more is for no reader, and without a limit one line could fill the memory. */
const longest = 1 << 18;

/**
 * Splits bytes into lines. A line is given on once, whole or cut at its limit: the rest of a long one is dropped, so that no part of a
 * line can be taken for a line of its own.
 */
export function splitLines(onLine: (line: string) => void) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  let dropped = 0;
  const give = (): void => {
    onLine(dropped === 0 ? rest : `${rest} … (${dropped} more characters in this line)`);
    rest = '';
    dropped = 0;
  };
  const keep = (text: string): void => {
    const free = longest - rest.length;
    rest += text.slice(0, free);
    dropped += Math.max(text.length - free, 0);
  };
  const add = (text: string): void => {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      keep(text.slice(start, end));
      give();
      start = end + 1;
    }
    keep(text.slice(start));
  };
  return {
    add: (chunk: Uint8Array): void => add(decoder.decode(chunk, { stream: true })),
    end: (): void => {
      add(decoder.decode());
      if (rest !== '' || dropped > 0) give();
    },
  };
}
