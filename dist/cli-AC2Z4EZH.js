import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UserError
} from "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/cli/init/ask.ts
import { setTimeout } from "node:timers/promises";
async function askOnTerminal(signal, interrupt) {
  const [{ default: select }, { default: input }] = await Promise.all([
    import("./cli-W3RWMMWT.js"),
    import("./cli-VJSTMYCE.js")
  ]);
  const context = { output: process.stderr, signal };
  return {
    choose: (message, choices) => answered(select({ message, choices }, context), signal, interrupt),
    text: (message, proposed) => answered(input({ message, default: proposed }, context), signal, interrupt)
  };
}
async function answered(question, signal, interrupt) {
  try {
    return await question;
  } catch (cause) {
    if (!(cause instanceof Error) || !/^(Exit|Abort)PromptError$/.test(cause.name)) throw cause;
    interrupt();
    await setTimeout(1e3, void 0, { signal }).catch(() => {
    });
    throw new UserError("cancelled", "Cancelled at a question: nothing was written.", { cause });
  }
}
export {
  askOnTerminal
};
