import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  harmless
} from "./chunk-A25BMEWP.js";
import "./chunk-AXWMS7HC.js";

// src/effects/terminal-log.ts
function terminalLog(write, verbose) {
  let depth = 0;
  const line = (text) => write(`${"  ".repeat(depth)}${harmless(text)}
`);
  return {
    info: (message) => {
      if (verbose || depth === 0) line(message);
    },
    warning: (message) => line(`warning: ${message}`),
    group: async (title, body) => {
      line(title);
      depth += 1;
      try {
        return await body();
      } finally {
        depth -= 1;
      }
    }
  };
}
export {
  terminalLog
};
