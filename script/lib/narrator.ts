// What the demo prints of a run: its stages, their results and progress, so that no step is silent.

export interface Narrator {
  /** Prints a line. */
  readonly line: (text: string) => void;
  /** Prints what matters of the Action's log, which comes in pieces. */
  readonly action: (text: string) => void;
  /** Prints what matters of the command line's log. */
  readonly command: (text: string) => void;
  readonly stop: () => void;
}

/** Output that is printed: a line of progress, Nix's answer to the fake hash, or another error. */
const worthPrinting = /^(?:… |\s+got:|error: (?!hash mismatch in)|uv-fod: )/;

/** Seconds without a line after which a new line reports that work goes on. */
const patience = 10;

/** @param verbose whether everything that Nix prints is shown */
export function narrate(verbose: boolean): Narrator {
  const started = performance.now();
  let printed = started;
  const line = (text: string): void => {
    printed = performance.now();
    console.log(text);
  };
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - printed > patience * 1000)
      line(`     … still working, ${((now - started) / 1000).toFixed(0)} s`);
  }, 1000);
  return {
    line,
    action: eachLine(stages(line, verbose)),
    command: eachLine((text) => line(`     ${text}`)),
    stop: () => clearInterval(timer),
  };
}

function eachLine(use: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const one of lines.filter((line) => line.trim() !== '')) use(one);
  };
}

/** Prints groups of the Action's log as stages; if they run Nix, only lines worth printing. */
function stages(line: (text: string) => void, verbose: boolean): (text: string) => void {
  let isNix = false;
  return (text) => {
    const [, command, value = ''] = /^::([a-z-]+)[^:]*::(.*)/.exec(text) ?? [];
    if (command === 'group') {
      isNix = value.startsWith('Nix: ');
      line(`   ${value}`);
    } else if (command === undefined && (verbose || !isNix || worthPrinting.test(text))) line(`     ${text}`);
    else if (command === 'error' || command === 'warning' || command === 'notice')
      line(`   ${command}: ${value}`);
  };
}
