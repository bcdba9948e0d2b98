import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import "./cli-FPE3P3E7.js";

// src/effects/clock.ts
var clock = {
  now: () => performance.now(),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds).unref();
    return () => clearInterval(timer);
  }
};

// src/effects/harmless.ts
function harmless(text) {
  return text.replace(/\r\n?/g, "\n").replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, "").replace(/^(\s*)(::|##\[)/gm, "$1| $2");
}

// src/effects/terminal-log.ts
var redraw = 500;
var interval = 1e4;
var worthTelling = 1e3;
function terminalLog(terminal, verbose, { now, every } = clock) {
  let depth = 0;
  let began = now();
  const moving = movingLine(terminal);
  const indented = (text) => `${"  ".repeat(depth)}${harmless(text)}`;
  const line = (text) => {
    moving.clear();
    terminal.write(`${indented(text)}
`);
  };
  const seconds = () => `${((now() - began) / 1e3).toFixed(0)} s`;
  const far = { latest: "", told: began };
  const showProgress = () => {
    if (far.latest === "") return;
    if (moving.show(`${indented(far.latest).replaceAll("\n", " ")}, ${seconds()}`)) return;
    if (now() - far.told < interval) return;
    far.told = now();
    line(`… ${far.latest}, ${seconds()}`);
  };
  return {
    info: (message) => {
      if (verbose || depth === 0) line(message);
    },
    warning: (message) => line(`warning: ${message}`),
    progress: (message) => {
      far.latest = message;
      if (terminal.columns() === void 0) showProgress();
    },
    group: async (title, body) => {
      line(title);
      depth += 1;
      began = far.told = now();
      const stop = every(redraw, showProgress);
      try {
        return await body();
      } finally {
        stop();
        moving.clear();
        far.latest = "";
        if (now() - began >= worthTelling) line(`took ${((now() - began) / 1e3).toFixed(1)} s`);
        depth -= 1;
      }
    }
  };
}
function movingLine({ write, columns }) {
  let isThere = false;
  return {
    /** @returns false where there is no terminal */
    show: (text) => {
      const width = columns();
      if (width === void 0) return false;
      write(`\r\x1B[K${[...text].slice(0, Math.max(width - 1, 1)).join("")}`);
      isThere = true;
      return true;
    },
    clear: () => {
      if (isThere) write("\r\x1B[K");
      isThere = false;
    }
  };
}
export {
  terminalLog
};
