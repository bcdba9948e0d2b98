/** Characters that one program may add to the log. */
const most = 4_000_000;

/**
 * Passes the first lines on, and reports how much was left out.
 * @param say receives the lines
 */
export function capped(say: (line: string) => void) {
  let [said, left] = [0, 0];
  return {
    say: (line: string): void => {
      if (left === 0 && said + line.length <= most) {
        said += line.length + 1;
        say(line);
        return;
      }
      if (left === 0)
        say(`The log of this program is longer than ${most / 1e6} MB; what follows is not shown.`);
      left += line.length + 1;
    },
    /** To be called after the program has ended. */
    end: (): void => {
      if (left > 0) say(`${(left / 1e6).toFixed(1)} MB of the log were not shown.`);
    },
  };
}
