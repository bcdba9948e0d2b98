import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UserError
} from "./chunk-BY722M3P.js";

// src/effects/cancel.ts
import { constants } from "node:os";
var longest = 6e3;
function cancelOnSignals(late = () => {
}) {
  const controller = new AbortController();
  let code;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      if (code !== void 0) return;
      code = 128 + constants.signals[name];
      const exitCode = code;
      controller.abort(
        new UserError(
          "cancelled",
          `Cancelled (${name}): what was under way is ended and the checkout is as it was. Run it again when you like; nothing is lost.`
        )
      );
      const timer = setTimeout(() => {
        late();
        process.exit(exitCode);
      }, longest);
      timer.unref();
    });
  }
  return { signal: controller.signal, code: () => code };
}

export {
  cancelOnSignals
};
