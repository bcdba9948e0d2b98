/** Characters of one line that are passed on: without a limit one line could fill the memory. */
const longest = 1 << 18;

/**
 * Splits bytes into lines. A line is passed on once, whole or cut at its limit, so that no part of
 * it can look like a separate line.
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

/** Characters that one program may add to the log. */
const mostLogged = 4_000_000;

/**
 * Passes the first lines on, and reports how much was left out.
 * @param print receives the lines
 */
export function capped(print: (line: string) => void) {
  let [printed, left] = [0, 0];
  return {
    add: (line: string): void => {
      if (left === 0 && printed + line.length <= mostLogged) {
        printed += line.length + 1;
        print(line);
        return;
      }
      if (left === 0)
        print(`The log of this program is longer than ${mostLogged / 1e6} MB; what follows is not shown.`);
      left += line.length + 1;
    },
    /** To be called after the program has ended. */
    end: (): void => {
      if (left > 0) print(`${(left / 1e6).toFixed(1)} MB of the log were not shown.`);
    },
  };
}
