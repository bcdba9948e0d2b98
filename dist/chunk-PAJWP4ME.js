import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  printable
} from "./chunk-2ITMEOXA.js";
import {
  UserError
} from "./chunk-ANVYJIUY.js";

// src/ports/telling-lines.ts
var MOST = 20;
var WIDEST = 300;
var LOOKED_AT = 256 * 1024;
var COLOURS = /\u001b\[[0-9;?]*[A-Za-z]/g;
function tellingLines(log) {
  const lines = log.slice(-LOOKED_AT).replace(COLOURS, "").split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const last = lines.findLastIndex((line) => QUOTED.test(line));
  const first = lines.findLastIndex((line, index) => index < last && !QUOTED.test(line)) + 1;
  const block = last < 0 ? lines : lines.slice(first, last + 1).map((line) => line.replace(/^\s+> ?/, ""));
  return block.filter((line) => line.trim() !== "").slice(-MOST).map((line) => cut(printable(line.replaceAll("	", "  "))));
}
var QUOTED = /^\s+>(?: |$)/;
var cut = (line) => {
  const characters = [...line.slice(0, 2 * WIDEST)];
  return characters.length > WIDEST ? `${characters.slice(0, WIDEST - 1).join("")}…` : line;
};

// src/effects/cancel.ts
import { constants } from "node:os";
var longest = 6e3;
function cancelOnSignals(late = () => {
}) {
  const controller = new AbortController();
  let code;
  const cancel = (exitCode, reason) => {
    if (code !== void 0) return;
    code = exitCode;
    controller.abort(reason);
    const timer = setTimeout(() => {
      late();
      process.exit(exitCode);
    }, longest);
    timer.unref();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(name, () => cancel(shellCode(name), cancelled(name)));
  for (const output of [process.stdout, process.stderr])
    output.on(
      "error",
      (error) => cancel(error.code === "EPIPE" ? shellCode("SIGPIPE") : 1, unwritableLog(error))
    );
  return { signal: controller.signal, code: () => code };
}
var shellCode = (name) => 128 + constants.signals[name];
var cancelled = (name) => new UserError(
  "cancelled",
  `Cancelled (${name}): what was under way is ended and the checkout is as it was. Run it again when you like; nothing is lost.`
);
var unwritableLog = (cause) => new UserError(
  "log-unwritable",
  `The log can't be written (${cause.code}): what was under way is ended and the checkout is as it was. Make room for it, and run it again.`,
  { cause }
);

export {
  tellingLines,
  cancelOnSignals
};
