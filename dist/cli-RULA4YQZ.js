import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/ports/errors.ts
var UserError = class extends Error {
  /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
  code;
  /** Position of what is wrong, where there is one; line and column count from 1. */
  at;
  /** What the failing stage printed; its last lines are shown (`tellingLines`). */
  log;
  constructor(code, message, more = {}) {
    super(message, { cause: more.cause });
    this.name = "UserError";
    this.code = code;
    this.at = more.at;
    this.log = more.log;
  }
};
function placedAt(error, at) {
  if (!(error instanceof UserError) || error.at !== void 0 || at === void 0) return error;
  const { code, message, log, cause } = error;
  return new UserError(code, message, { at, cause, ...log === void 0 ? {} : { log } });
}

export {
  UserError,
  placedAt
};
