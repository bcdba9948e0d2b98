import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

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

export {
  clock,
  harmless
};
