import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  FAILED,
  USAGE
} from "./cli-EFWEXVQ6.js";
import {
  printable
} from "./cli-SAIMFLME.js";
import "./cli-TVQM3BCM.js";
import {
  startWorker
} from "./cli-RMVTUJPM.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/entry/cli.ts
import { readFile } from "node:fs/promises";
import { styleText } from "node:util";

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

// src/entry/cli.ts
var isSource = import.meta.url.endsWith(".ts");
var colours = {
  heading: "bold",
  good: "green",
  bad: "red",
  warning: "yellow",
  faint: "dim",
  place: "cyan"
};
var io = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  // styleText leaves text as it is where the stream is no terminal; NO_COLOR and FORCE_COLOR go before that.
  paint: (tone, text) => text === "" ? "" : styleText(colours[tone], text, { stream: process.stdout })
};
var terminal = {
  write: io.stderr,
  columns: () => process.stderr.isTTY === true && process.env.TERM !== "dumb" ? process.stderr.columns || 80 : void 0
};
var workerScript = () => new URL(isSource ? "./worker.ts" : "./worker.js", import.meta.url);
var early = ["hash", "check"].includes(process.argv[2] ?? "") ? startWorker(workerScript()) : void 0;
function nextWorker() {
  const worker = early ?? startWorker(workerScript());
  early = void 0;
  return worker;
}
var interrupt = () => void process.kill(process.pid, "SIGINT");
function effectsOf(cancellation2, exit) {
  return {
    exit,
    parts: async (scratch, verbose, hosts) => {
      const [{ makeParts }, { terminalLog }] = await Promise.all([
        import("./cli-KNSXEQCG.js"),
        import("./cli-QRZOMJHM.js")
      ]);
      return makeParts(process.env, terminalLog(terminal, verbose), scratch, {
        worker: nextWorker,
        stop: cancellation2.signal,
        hosts: async (run) => ({ allowedHosts: await hosts(run), isStranger: false })
      });
    },
    native: async (warn) => {
      const { makeNativeTools } = await import("./cli-YU7VMVGI.js");
      return makeNativeTools(process.env, nextWorker, warn, cancellation2.signal);
    },
    finders: async ({ run, scratch, log, network }) => {
      const { makeFetchText } = await import("./cli-VVP3NRNW.js");
      const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL, UV_DEFAULT_INDEX, UV_INDEX_URL } = process.env;
      return {
        ...{ run, scratch, index: UV_DEFAULT_INDEX ?? UV_INDEX_URL, fetchText: makeFetchText(network) },
        hub: async () => {
          const [{ openHub }, { makeOctokit }] = await Promise.all([
            import("./cli-DYKHTCFT.js"),
            import("./cli-HQS5XTZ5.js")
          ]);
          return openHub(makeOctokit(process.env), GITHUB_TOKEN || GH_TOKEN, GITHUB_API_URL, log);
        }
      };
    },
    example: (name) => readFile(
      new URL(
        isSource ? `../../examples/${name}.yml` : `./example-${name.replace("/", "-")}.yml`,
        import.meta.url
      ),
      "utf8"
    ),
    ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? async () => (await import("./cli-AC2Z4EZH.js")).askOnTerminal(cancellation2.signal, interrupt) : void 0
  };
}
async function main(cancellation2) {
  const { isUsage, makeProgram } = await import("./cli-3RP7ORYL.js");
  let found = 0;
  const program = makeProgram(
    io,
    effectsOf(cancellation2, (code) => {
      found = code;
    })
  );
  if (process.argv[2] === "complete") {
    const { addCompletion } = await import("./cli-H4GDFPFD.js");
    addCompletion(program);
  }
  try {
    await program.parseAsync(process.argv);
    return found;
  } catch (error) {
    return isUsage(error) ? error.exitCode === 0 ? 0 : USAGE : report(error);
  }
}
function report(error) {
  const name = styleText("red", "uv-fod:", { stream: process.stderr });
  if (error instanceof UserError) {
    io.stderr(`${name} ${error.message.split("\n").map(printable).join("\n")}
`);
    for (const line of tellingLines(error.log ?? "")) io.stderr(`  | ${line}
`);
    return FAILED;
  }
  io.stderr(
    `${name} this is a defect of uv-fod, please report it.
${error instanceof Error ? error.stack : String(error)}
`
  );
  return FAILED;
}
var cancellation = cancelOnSignals();
process.exitCode = await main(cancellation);
var cancelled2 = cancellation.code();
if (cancelled2 !== void 0) process.exit(cancelled2);
if (process.exitCode === 0) {
  for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write("", done));
  process.exit();
}
