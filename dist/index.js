import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name5, symbol) => (symbol = Symbol[name5]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name5);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __require = /* @__PURE__ */ ((x2) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x2, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x2)(function(x2) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x2 + '" is not supported');
});
var __esm = (fn, res, err2) => function __init() {
  if (err2) throw err2[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err2 = [e], e;
  }
};
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target3, all2) => {
  for (var name5 in all2)
    __defProp(target3, name5, { get: all2[name5], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key2 of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key2) && key2 !== except)
        __defProp(to, key2, { get: () => from[key2], enumerable: !(desc = __getOwnPropDesc(from, key2)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target3) => (target3 = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target3, "default", { value: mod, enumerable: true }) : target3,
  mod
));
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error2, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail2 = (e) => error2 = hasError ? new E(e, error2, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result2 = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result2).then(next, (e) => (fail2(e), next()));
      } catch (e) {
        fail2(e);
      }
    }
    if (hasError) throw error2;
  };
  return next();
};

// node_modules/@actions/io/lib/io-util.js
import * as fs2 from "fs";
import * as path2 from "path";
function exists(fsPath) {
  return __awaiter2(this, void 0, void 0, function* () {
    try {
      yield stat(fsPath);
    } catch (err2) {
      if (err2.code === "ENOENT") {
        return false;
      }
      throw err2;
    }
    return true;
  });
}
function isRooted(p) {
  p = normalizeSeparators(p);
  if (!p) {
    throw new Error('isRooted() parameter "p" cannot be empty');
  }
  if (IS_WINDOWS) {
    return p.startsWith("\\") || /^[A-Z]:/i.test(p);
  }
  return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
  return __awaiter2(this, void 0, void 0, function* () {
    let stats = void 0;
    try {
      stats = yield stat(filePath);
    } catch (err2) {
      if (err2.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err2}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path2.extname(filePath).toUpperCase();
        if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) {
          return filePath;
        }
      } else {
        if (isUnixExecutable(stats)) {
          return filePath;
        }
      }
    }
    const originalFilePath = filePath;
    for (const extension of extensions) {
      filePath = originalFilePath + extension;
      stats = void 0;
      try {
        stats = yield stat(filePath);
      } catch (err2) {
        if (err2.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err2}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path2.dirname(filePath);
            const upperName = path2.basename(filePath).toUpperCase();
            for (const actualName of yield readdir(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path2.join(directory, actualName);
                break;
              }
            }
          } catch (err2) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err2}`);
          }
          return filePath;
        } else {
          if (isUnixExecutable(stats)) {
            return filePath;
          }
        }
      }
    }
    return "";
  });
}
function normalizeSeparators(p) {
  p = p || "";
  if (IS_WINDOWS) {
    p = p.replace(/\//g, "\\");
    return p.replace(/\\\\+/g, "\\");
  }
  return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
  return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}
var __awaiter2, chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink, IS_WINDOWS, READONLY;
var init_io_util = __esm({
  "node_modules/@actions/io/lib/io-util.js"() {
    __awaiter2 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve2) {
          resolve2(value);
        });
      }
      return new (P || (P = Promise))(function(resolve2, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result2) {
          result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
    ({ chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs2.promises);
    IS_WINDOWS = process.platform === "win32";
    READONLY = fs2.constants.O_RDONLY;
  }
});

// node_modules/@actions/io/lib/io.js
import * as path3 from "path";
function which(tool, check4) {
  return __awaiter3(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check4) {
      const result2 = yield which(tool, false);
      if (!result2) {
        if (IS_WINDOWS) {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
        } else {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
        }
      }
      return result2;
    }
    const matches2 = yield findInPath(tool);
    if (matches2 && matches2.length > 0) {
      return matches2[0];
    }
    return "";
  });
}
function findInPath(tool) {
  return __awaiter3(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    const extensions = [];
    if (IS_WINDOWS && process.env["PATHEXT"]) {
      for (const extension of process.env["PATHEXT"].split(path3.delimiter)) {
        if (extension) {
          extensions.push(extension);
        }
      }
    }
    if (isRooted(tool)) {
      const filePath = yield tryGetExecutablePath(tool, extensions);
      if (filePath) {
        return [filePath];
      }
      return [];
    }
    if (tool.includes(path3.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path3.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches2 = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path3.join(directory, tool), extensions);
      if (filePath) {
        matches2.push(filePath);
      }
    }
    return matches2;
  });
}
var __awaiter3;
var init_io = __esm({
  "node_modules/@actions/io/lib/io.js"() {
    init_io_util();
    __awaiter3 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve2) {
          resolve2(value);
        });
      }
      return new (P || (P = Promise))(function(resolve2, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result2) {
          result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
  }
});

// node_modules/@actions/exec/lib/toolrunner.js
import * as os3 from "os";
import * as events from "events";
import * as child from "child_process";
import * as path4 from "path";
import { setTimeout as setTimeout2 } from "timers";
function argStringToArray(argString) {
  const args = [];
  let inQuotes = false;
  let escaped2 = false;
  let arg = "";
  function append(c) {
    if (escaped2 && c !== '"') {
      arg += "\\";
    }
    arg += c;
    escaped2 = false;
  }
  for (let i2 = 0; i2 < argString.length; i2++) {
    const c = argString.charAt(i2);
    if (c === '"') {
      if (!escaped2) {
        inQuotes = !inQuotes;
      } else {
        append(c);
      }
      continue;
    }
    if (c === "\\" && escaped2) {
      append(c);
      continue;
    }
    if (c === "\\" && inQuotes) {
      escaped2 = true;
      continue;
    }
    if (c === " " && !inQuotes) {
      if (arg.length > 0) {
        args.push(arg);
        arg = "";
      }
      continue;
    }
    append(c);
  }
  if (arg.length > 0) {
    args.push(arg.trim());
  }
  return args;
}
var __awaiter4, IS_WINDOWS2, ToolRunner, ExecState;
var init_toolrunner = __esm({
  "node_modules/@actions/exec/lib/toolrunner.js"() {
    init_io();
    init_io_util();
    __awaiter4 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve2) {
          resolve2(value);
        });
      }
      return new (P || (P = Promise))(function(resolve2, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result2) {
          result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
    IS_WINDOWS2 = process.platform === "win32";
    ToolRunner = class extends events.EventEmitter {
      constructor(toolPath, args, options3) {
        super();
        if (!toolPath) {
          throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options3 || {};
      }
      _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
          this.options.listeners.debug(message);
        }
      }
      _getCommandString(options3, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options3);
        let cmd = noPrefix ? "" : "[command]";
        if (IS_WINDOWS2) {
          if (this._isCmdFile()) {
            cmd += toolPath;
            for (const a of args) {
              cmd += ` ${a}`;
            }
          } else if (options3.windowsVerbatimArguments) {
            cmd += `"${toolPath}"`;
            for (const a of args) {
              cmd += ` ${a}`;
            }
          } else {
            cmd += this._windowsQuoteCmdArg(toolPath);
            for (const a of args) {
              cmd += ` ${this._windowsQuoteCmdArg(a)}`;
            }
          }
        } else {
          cmd += toolPath;
          for (const a of args) {
            cmd += ` ${a}`;
          }
        }
        return cmd;
      }
      _processLineBuffer(data, strBuffer, onLine) {
        try {
          let s = strBuffer + data.toString();
          let n = s.indexOf(os3.EOL);
          while (n > -1) {
            const line = s.substring(0, n);
            onLine(line);
            s = s.substring(n + os3.EOL.length);
            n = s.indexOf(os3.EOL);
          }
          return s;
        } catch (err2) {
          this._debug(`error processing line. Failed with error ${err2}`);
          return "";
        }
      }
      _getSpawnFileName() {
        if (IS_WINDOWS2) {
          if (this._isCmdFile()) {
            return process.env["COMSPEC"] || "cmd.exe";
          }
        }
        return this.toolPath;
      }
      _getSpawnArgs(options3) {
        if (IS_WINDOWS2) {
          if (this._isCmdFile()) {
            let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
            for (const a of this.args) {
              argline += " ";
              argline += options3.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
            }
            argline += '"';
            return [argline];
          }
        }
        return this.args;
      }
      _endsWith(str, end) {
        return str.endsWith(end);
      }
      _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
      }
      _windowsQuoteCmdArg(arg) {
        if (!this._isCmdFile()) {
          return this._uvQuoteCmdArg(arg);
        }
        if (!arg) {
          return '""';
        }
        const cmdSpecialChars = [
          " ",
          "	",
          "&",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "^",
          "=",
          ";",
          "!",
          "'",
          "+",
          ",",
          "`",
          "~",
          "|",
          "<",
          ">",
          '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
          if (cmdSpecialChars.some((x2) => x2 === char)) {
            needsQuotes = true;
            break;
          }
        }
        if (!needsQuotes) {
          return arg;
        }
        let reverse = '"';
        let quoteHit = true;
        for (let i2 = arg.length; i2 > 0; i2--) {
          reverse += arg[i2 - 1];
          if (quoteHit && arg[i2 - 1] === "\\") {
            reverse += "\\";
          } else if (arg[i2 - 1] === '"') {
            quoteHit = true;
            reverse += '"';
          } else {
            quoteHit = false;
          }
        }
        reverse += '"';
        return reverse.split("").reverse().join("");
      }
      _uvQuoteCmdArg(arg) {
        if (!arg) {
          return '""';
        }
        if (!arg.includes(" ") && !arg.includes("	") && !arg.includes('"')) {
          return arg;
        }
        if (!arg.includes('"') && !arg.includes("\\")) {
          return `"${arg}"`;
        }
        let reverse = '"';
        let quoteHit = true;
        for (let i2 = arg.length; i2 > 0; i2--) {
          reverse += arg[i2 - 1];
          if (quoteHit && arg[i2 - 1] === "\\") {
            reverse += "\\";
          } else if (arg[i2 - 1] === '"') {
            quoteHit = true;
            reverse += "\\";
          } else {
            quoteHit = false;
          }
        }
        reverse += '"';
        return reverse.split("").reverse().join("");
      }
      _cloneExecOptions(options3) {
        options3 = options3 || {};
        const result2 = {
          cwd: options3.cwd || process.cwd(),
          env: options3.env || process.env,
          silent: options3.silent || false,
          windowsVerbatimArguments: options3.windowsVerbatimArguments || false,
          failOnStdErr: options3.failOnStdErr || false,
          ignoreReturnCode: options3.ignoreReturnCode || false,
          delay: options3.delay || 1e4
        };
        result2.outStream = options3.outStream || process.stdout;
        result2.errStream = options3.errStream || process.stderr;
        return result2;
      }
      _getSpawnOptions(options3, toolPath) {
        options3 = options3 || {};
        const result2 = {};
        result2.cwd = options3.cwd;
        result2.env = options3.env;
        result2["windowsVerbatimArguments"] = options3.windowsVerbatimArguments || this._isCmdFile();
        if (options3.windowsVerbatimArguments) {
          result2.argv0 = `"${toolPath}"`;
        }
        return result2;
      }
      /**
       * Exec a tool.
       * Output will be streamed to the live console.
       * Returns promise with return code
       *
       * @param     tool     path to tool to exec
       * @param     options  optional exec options.  See ExecOptions
       * @returns   number
       */
      exec() {
        return __awaiter4(this, void 0, void 0, function* () {
          if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS2 && this.toolPath.includes("\\"))) {
            this.toolPath = path4.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
          }
          this.toolPath = yield which(this.toolPath, true);
          return new Promise((resolve2, reject) => __awaiter4(this, void 0, void 0, function* () {
            this._debug(`exec tool: ${this.toolPath}`);
            this._debug("arguments:");
            for (const arg of this.args) {
              this._debug(`   ${arg}`);
            }
            const optionsNonNull = this._cloneExecOptions(this.options);
            if (!optionsNonNull.silent && optionsNonNull.outStream) {
              optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os3.EOL);
            }
            const state = new ExecState(optionsNonNull, this.toolPath);
            state.on("debug", (message) => {
              this._debug(message);
            });
            if (this.options.cwd && !(yield exists(this.options.cwd))) {
              return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
            }
            const fileName2 = this._getSpawnFileName();
            const cp = child.spawn(fileName2, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName2));
            let stdbuffer = "";
            if (cp.stdout) {
              cp.stdout.on("data", (data) => {
                if (this.options.listeners && this.options.listeners.stdout) {
                  this.options.listeners.stdout(data);
                }
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                  optionsNonNull.outStream.write(data);
                }
                stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                  if (this.options.listeners && this.options.listeners.stdline) {
                    this.options.listeners.stdline(line);
                  }
                });
              });
            }
            let errbuffer = "";
            if (cp.stderr) {
              cp.stderr.on("data", (data) => {
                state.processStderr = true;
                if (this.options.listeners && this.options.listeners.stderr) {
                  this.options.listeners.stderr(data);
                }
                if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) {
                  const s = optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream;
                  s.write(data);
                }
                errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                  if (this.options.listeners && this.options.listeners.errline) {
                    this.options.listeners.errline(line);
                  }
                });
              });
            }
            cp.on("error", (err2) => {
              state.processError = err2.message;
              state.processExited = true;
              state.processClosed = true;
              state.CheckComplete();
            });
            cp.on("exit", (code4) => {
              state.processExitCode = code4;
              state.processExited = true;
              this._debug(`Exit code ${code4} received from tool '${this.toolPath}'`);
              state.CheckComplete();
            });
            cp.on("close", (code4) => {
              state.processExitCode = code4;
              state.processExited = true;
              state.processClosed = true;
              this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
              state.CheckComplete();
            });
            state.on("done", (error2, exitCode) => {
              if (stdbuffer.length > 0) {
                this.emit("stdline", stdbuffer);
              }
              if (errbuffer.length > 0) {
                this.emit("errline", errbuffer);
              }
              cp.removeAllListeners();
              if (error2) {
                reject(error2);
              } else {
                resolve2(exitCode);
              }
            });
            if (this.options.input) {
              if (!cp.stdin) {
                throw new Error("child process missing stdin");
              }
              cp.stdin.end(this.options.input);
            }
          }));
        });
      }
    };
    ExecState = class _ExecState extends events.EventEmitter {
      constructor(options3, toolPath) {
        super();
        this.processClosed = false;
        this.processError = "";
        this.processExitCode = 0;
        this.processExited = false;
        this.processStderr = false;
        this.delay = 1e4;
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
          throw new Error("toolPath must not be empty");
        }
        this.options = options3;
        this.toolPath = toolPath;
        if (options3.delay) {
          this.delay = options3.delay;
        }
      }
      CheckComplete() {
        if (this.done) {
          return;
        }
        if (this.processClosed) {
          this._setResult();
        } else if (this.processExited) {
          this.timeout = setTimeout2(_ExecState.HandleTimeout, this.delay, this);
        }
      }
      _debug(message) {
        this.emit("debug", message);
      }
      _setResult() {
        let error2;
        if (this.processExited) {
          if (this.processError) {
            error2 = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
          } else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
            error2 = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
          } else if (this.processStderr && this.options.failOnStdErr) {
            error2 = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
          }
        }
        if (this.timeout) {
          clearTimeout(this.timeout);
          this.timeout = null;
        }
        this.done = true;
        this.emit("done", error2, this.processExitCode);
      }
      static HandleTimeout(state) {
        if (state.done) {
          return;
        }
        if (!state.processClosed && state.processExited) {
          const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
          state._debug(message);
        }
        state._setResult();
      }
    };
  }
});

// node_modules/@actions/exec/lib/exec.js
import { StringDecoder } from "string_decoder";
function exec(commandLine, args, options3) {
  return __awaiter5(this, void 0, void 0, function* () {
    const commandArgs = argStringToArray(commandLine);
    if (commandArgs.length === 0) {
      throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
    }
    const toolPath = commandArgs[0];
    args = commandArgs.slice(1).concat(args || []);
    const runner = new ToolRunner(toolPath, args, options3);
    return runner.exec();
  });
}
function getExecOutput(commandLine, args, options3) {
  return __awaiter5(this, void 0, void 0, function* () {
    var _a2, _b2;
    let stdout = "";
    let stderr = "";
    const stdoutDecoder = new StringDecoder("utf8");
    const stderrDecoder = new StringDecoder("utf8");
    const originalStdoutListener = (_a2 = options3 === null || options3 === void 0 ? void 0 : options3.listeners) === null || _a2 === void 0 ? void 0 : _a2.stdout;
    const originalStdErrListener = (_b2 = options3 === null || options3 === void 0 ? void 0 : options3.listeners) === null || _b2 === void 0 ? void 0 : _b2.stderr;
    const stdErrListener = (data) => {
      stderr += stderrDecoder.write(data);
      if (originalStdErrListener) {
        originalStdErrListener(data);
      }
    };
    const stdOutListener = (data) => {
      stdout += stdoutDecoder.write(data);
      if (originalStdoutListener) {
        originalStdoutListener(data);
      }
    };
    const listeners = Object.assign(Object.assign({}, options3 === null || options3 === void 0 ? void 0 : options3.listeners), { stdout: stdOutListener, stderr: stdErrListener });
    const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options3), { listeners }));
    stdout += stdoutDecoder.end();
    stderr += stderrDecoder.end();
    return {
      exitCode,
      stdout,
      stderr
    };
  });
}
var __awaiter5;
var init_exec = __esm({
  "node_modules/@actions/exec/lib/exec.js"() {
    init_toolrunner();
    __awaiter5 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve2) {
          resolve2(value);
        });
      }
      return new (P || (P = Promise))(function(resolve2, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result2) {
          result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
  }
});

// src/system/errors.ts
function placedAt(error2, at) {
  if (!(error2 instanceof UserError) || error2.at !== void 0 || at === void 0) return error2;
  const { code: code4, message, log, cause } = error2;
  return new UserError(code4, message, { at, cause, ...log === void 0 ? {} : { log } });
}
var UserError;
var init_errors = __esm({
  "src/system/errors.ts"() {
    "use strict";
    UserError = class extends Error {
      /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
      code;
      /** Position of the cause, if known; line and column count from 1. */
      at;
      /** Output of the failing stage; its last lines are shown (`tellingLines`). */
      log;
      constructor(code4, message, more2 = {}) {
        super(message, { cause: more2.cause });
        this.name = "UserError";
        this.code = code4;
        this.at = more2.at;
        this.log = more2.log;
      }
    };
  }
});

// src/system/inside.ts
import { lstat as lstat2, realpath } from "node:fs/promises";
import path6 from "node:path";
function isGitFolder(component) {
  return /^(\.git|git~1)[. ]*(:.*)?$/is.test(component.replace(ignored, ""));
}
function isInnerPath(text3) {
  return text3 !== "" && !/^[/~]|[\\\0]|^[a-z]:/i.test(text3) && !text3.split("/").some((component) => component === ".." || isGitFolder(component));
}
function pathBelow(root, file) {
  const relative3 = path6.relative(root, file);
  const isElsewhere = relative3 === ".." || relative3.startsWith(`..${path6.sep}`) || path6.isAbsolute(relative3);
  return isElsewhere || file.includes("\0") ? void 0 : relative3;
}
async function isInside(root, file) {
  return pathBelow(root, file) !== void 0 && await realPathBelow(root, file) !== void 0;
}
async function realPathBelow(root, file) {
  const [top, found2] = await Promise.all([realpath(root).catch(() => root), realPath(file)]);
  return found2 === void 0 ? void 0 : pathBelow(top, found2);
}
async function realPath(file) {
  for (let at = file; ; at = path6.dirname(at)) {
    const found2 = await realpath(at).catch(() => void 0);
    if (found2 !== void 0) return path6.join(found2, path6.relative(at, file));
    if (at === path6.dirname(at) || (await lstat2(at).catch(() => void 0))?.isSymbolicLink())
      return void 0;
  }
}
async function requireInside(root, file, what) {
  if (!await isInside(root, file)) throw outside(root, what);
}
async function repositoryOf(dir, store = "/nix/store") {
  const inStore = pathBelow(store, dir)?.split(path6.sep)[0];
  if (inStore) return path6.join(store, inStore);
  for (let folder = dir; ; folder = path6.dirname(folder)) {
    if (await lstat2(path6.join(folder, ".git")).catch(() => void 0)) return folder;
    if (folder === path6.dirname(folder)) return void 0;
  }
}
var ignored, isPlainPath, outside;
var init_inside = __esm({
  "src/system/inside.ts"() {
    "use strict";
    init_errors();
    ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
    isPlainPath = (name5) => isInnerPath(name5) && name5.length <= 4096 && !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(name5) && name5.split("/").every((part) => part !== "" && part !== ".");
    outside = (root, what) => new UserError(
      "file-outside",
      `${what} leads out of the repository ${root}, so it is not read. Put the file itself into the repository.`
    );
  }
});

// src/system/printable.ts
function printable(text3) {
  return text3.replace(UNSEEN, visible);
}
function harmless(text3) {
  return text3.replace(/\r\n?/g, "\n").replace(SEQUENCES, "").split("\n").map((line) => withoutCommand(line.split("	").map(printable).join("	"))).join("\n");
}
function jsonText(value, indent) {
  return (JSON.stringify(value, null, indent) ?? "null").replace(UNSEEN, (character) => character === "\n" ? character : escaped(character)).replaceAll("##[", "#\\u0023[");
}
function withoutCommand(line) {
  return line.replace(/##(?=\[)/g, "## ").replace(/^(\s*)::/, "$1| ::");
}
var UNSEEN, SEQUENCES, withoutColours, withoutUnseen, RUNS, visible, escaped, unit;
var init_printable = __esm({
  "src/system/printable.ts"() {
    "use strict";
    UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
    SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
    withoutColours = (text3) => text3.replace(SEQUENCES, "");
    withoutUnseen = (text3) => text3.replace(RUNS, " ");
    RUNS = new RegExp(`${UNSEEN.source}+`, "gu");
    visible = (character) => {
      const code4 = character.codePointAt(0) ?? 0;
      return code4 > 65535 ? `\\u{${code4.toString(16)}}` : unit(code4);
    };
    escaped = (character) => Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join("");
    unit = (code4) => `\\u${code4.toString(16).padStart(4, "0")}`;
  }
});

// src/system/shape.ts
function first(checks2) {
  for (const check4 of checks2) {
    const wrong = check4();
    if (wrong !== void 0) return wrong;
  }
  return void 0;
}
var text, number, whole, yesOrNo, oneOf, maybe, anything, list, having, exactly, mapOf, isObject;
var init_shape = __esm({
  "src/system/shape.ts"() {
    "use strict";
    text = (most3, pattern) => (value, at) => {
      if (typeof value !== "string") return `${at} is not a string`;
      if (value.length > most3) return `${at} is longer than ${most3} characters`;
      return pattern === void 0 || pattern.test(value) ? void 0 : `${at} has a form that is not allowed`;
    };
    number = (least2, most3) => (value, at) => typeof value === "number" && value >= least2 && value <= most3 ? void 0 : `${at} is not a number from ${least2} to ${most3}`;
    whole = (least2, most3) => (value, at) => Number.isSafeInteger(value) ? number(least2, most3)(value, at) : `${at} is not a whole number`;
    yesOrNo = (value, at) => typeof value === "boolean" ? void 0 : `${at} is not true or false`;
    oneOf = (...values) => (value, at) => values.some((one) => one === value) ? void 0 : `${at} is not one of ${values.join(", ")}`;
    maybe = (shape) => (value, at) => value === null || value === void 0 ? void 0 : shape(value, at);
    anything = () => void 0;
    list = (item2, most3) => (value, at) => {
      if (!Array.isArray(value)) return `${at} is not a list`;
      if (value.length > most3) return `${at} has more than ${most3} items`;
      return first(value.map((one, index) => () => item2(one, `${at}[${index}]`)));
    };
    having = (required2, optional = {}) => (value, at) => {
      if (!isObject(value)) return `${at} is not an object`;
      const get = (name5) => Object.hasOwn(value, name5) ? value[name5] : void 0;
      const given = Object.entries(optional).filter(([name5]) => Object.hasOwn(value, name5));
      return first(
        [...Object.entries(required2), ...given].map(
          ([name5, shape]) => () => shape(get(name5), `${at}.${name5}`)
        )
      );
    };
    exactly = (required2, optional = {}) => (value, at) => {
      const wrong = having(required2, optional)(value, at);
      if (wrong !== void 0) return wrong;
      const isKnown = (name5) => Object.hasOwn(required2, name5) || Object.hasOwn(optional, name5);
      return Object.keys(value).every(isKnown) ? void 0 : `${at} has a field that is not known here`;
    };
    mapOf = (key2, item2) => (value, at) => {
      if (!isObject(value)) return `${at} is not an object`;
      return first(
        Object.entries(value).map(
          ([name5, one]) => () => key2.test(name5) ? item2(one, `${at}.${name5}`) : `${at} has a key of a form that is not allowed`
        )
      );
    };
    isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  }
});

// src/nix/target.ts
import path11 from "node:path";
import { pathToFileURL } from "node:url";
function derivationRef(nix, attribute, checkout2, file) {
  switch (nix.kind) {
    case "file":
      return { file: path11.resolve(checkout2, nix.file), attribute };
    case "expression":
      return { file, attribute, root: { ...nix, folder: checkout2 } };
    case "flake": {
      const folder = path11.posix.normalize(nix.flake).replace(/\/$/, "");
      const url = new URL(`git+${pathToFileURL(checkout2).href}`);
      url.searchParams.set("shallow", "1");
      if (folder !== ".") url.searchParams.set("dir", folder);
      const root = { kind: "flake", url: url.href, checkout: checkout2 };
      return { file: path11.join(checkout2, folder, "flake.nix"), attribute, root };
    }
  }
}
async function derivationRefFrom(folder, nix, attribute, run) {
  if (nix.kind !== "flake") return derivationRef(nix, attribute, folder);
  const flake = path11.resolve(folder, nix.flake);
  const top = await run("git", ["-C", flake, "rev-parse", "--show-toplevel", "--show-prefix"]);
  const [checkout2 = "", prefix2 = ""] = top.stdout.split("\n");
  if (top.code === 0) return derivationRef({ kind: "flake", flake: prefix2 || "." }, attribute, checkout2);
  const url = `path:${pathToFileURL(flake).pathname}`;
  return { file: path11.join(flake, "flake.nix"), attribute, root: { kind: "flake", url, checkout: flake } };
}
function folderOf({ file, root }) {
  if (root?.kind === "expression") return root.folder;
  return path11.dirname(file ?? ".");
}
function nameOf({ file, root }) {
  return root?.kind === "expression" || file === void 0 ? "the expression" : `'${file}'`;
}
function placeOf({ file }) {
  return file === void 0 ? {} : { at: { file } };
}
var init_target = __esm({
  "src/nix/target.ts"() {
    "use strict";
  }
});

// src/system/sri.ts
import { createHash } from "node:crypto";
function isSri(text3) {
  return /^sha256-[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text3);
}
function sriFromHex(hex) {
  return `sha256-${Buffer.from(hex, "hex").toString("base64")}`;
}
function sriOfText(text3) {
  return `sha256-${createHash("sha256").update(text3).digest("base64")}`;
}
var fakeHash;
var init_sri = __esm({
  "src/system/sri.ts"() {
    "use strict";
    fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  }
});

// src/uv/plan/manifest.ts
function manifestText(artifacts, target3) {
  const wheels = artifacts.filter((artifact) => artifact.kind === "wheel").map(({ name: name5, version: version4, filename, hash: hash2 }) => ({ name: name5, version: version4, filename, ...hash2 ? { hash: hash2 } : {} }));
  const { system: system2, python, libc, packages, allPackages, extras, groups: groups2, defaultGroups: defaultGroups2 } = target3;
  const declared = {
    ...{ system: system2, python, libc, allPackages, defaultGroups: defaultGroups2 },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups2) }
  };
  return `${JSON.stringify({ fetcherVersion, target: declared, wheels }, null, 2)}
`;
}
function manifestDigest(artifacts, target3) {
  return sriOfText(manifestText(artifacts, target3));
}
var word, fetcherVersion, targetFields, sorted;
var init_manifest = __esm({
  "src/uv/plan/manifest.ts"() {
    "use strict";
    init_errors();
    init_shape();
    init_sri();
    word = text(1e3);
    fetcherVersion = 1;
    targetFields = {
      ...{ python: word, libc: word, packages: list(word, 1e3), extras: list(word, 1e3) },
      ...{ groups: list(word, 1e3), allPackages: yesOrNo, defaultGroups: yesOrNo }
    };
    sorted = (names3) => [...new Set(names3)].sort();
  }
});

// src/fetch/addresses.ts
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
function isPublicAddress(text3) {
  const [address4 = ""] = text3.split("%");
  const family = isIP(address4);
  if (family === 4) return !special.check(address4, "ipv4");
  return family === 6 && globalUnicast.check(address4, "ipv6") && !special.check(address4, "ipv6");
}
async function addressesOf({ hostname }, resolve2) {
  const name5 = hostname.replace(/^\[|\]$/g, "");
  return isIP(name5) ? [name5] : resolve2(name5);
}
var special, globalUnicast, resolveBySystem;
var init_addresses = __esm({
  "src/fetch/addresses.ts"() {
    "use strict";
    special = new BlockList();
    for (const network of [
      ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
      ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
      ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
      // Azure's platform service, which GitHub's runners can reach.
      "168.63.129.16/32"
    ]) {
      const [address4 = "", prefix2] = network.split("/");
      special.addSubnet(address4, Number(prefix2), "ipv4");
    }
    globalUnicast = new BlockList();
    globalUnicast.addSubnet("2000::", 3, "ipv6");
    for (const network of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) {
      const [address4 = "", prefix2] = network.split("/");
      special.addSubnet(address4, Number(prefix2), "ipv6");
    }
    resolveBySystem = async (name5) => (await lookup(name5, { all: true })).map(({ address: address4 }) => address4);
  }
});

// src/system/run.ts
var noSuchProgram;
var init_run = __esm({
  "src/system/run.ts"() {
    "use strict";
    noSuchProgram = 127;
  }
});

// src/fetch/curl-config.ts
function option(name5, value) {
  const text3 = String(value);
  if (text3.includes("\0")) throw new Error(`a value of curl's option '${name5}' has a NUL character`);
  const quoted2 = text3.replace(/[\\"\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`);
  return `${name5} = "${quoted2}"
`;
}
function configOf(transfers, common) {
  return transfers.map((transfer, index) => section(transfer, index, common)).join("next\n");
}
function section(transfer, index, common) {
  const { url, addresses: addresses2, proxy, login: login3, headers, file, offset: offset2 } = transfer;
  return [
    // [1-9] and {a,b} in an address are not patterns.
    "globoff\n",
    option("url", addressOf(url)),
    option("output", file),
    option("proto", "=http,https"),
    ...pins(url, addresses2).map((pin) => option("resolve", pin)),
    proxy === void 0 ? option("noproxy", "*") : option("proxy", proxy),
    ...login3 === void 0 ? [] : [option("user", login3)],
    ...Object.entries(headers).map(([name5, value]) => option("header", `${name5}: ${value}`)),
    ...common.certificates === void 0 || url.protocol === "http:" ? [] : [option("cacert", common.certificates)],
    ...offset2 > 0 ? [option("continue-at", offset2)] : [],
    ...transfer.keepsErrors ? [] : ["fail\n"],
    option("max-filesize", transfer.most),
    option("max-time", transfer.seconds),
    option("connect-timeout", common.connectTimeout),
    option("speed-limit", common.slowest),
    option("speed-time", common.slowSeconds),
    option("write-out", `%{stderr}${index} %{json}
`)
  ].join("");
}
function addressOf(url) {
  const plain4 = new URL(url);
  plain4.username = "";
  plain4.password = "";
  plain4.hash = "";
  plain4.hostname = plain4.hostname.replace(/\.$/, "");
  return plain4.href;
}
function pins(url, addresses2) {
  const host = url.hostname.replace(/\.$/, "");
  if (addresses2.length === 0 || addresses2.includes(host.replace(/^\[|\]$/g, ""))) return [];
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const bracketed = addresses2.map((address4) => address4.includes(":") ? `[${address4}]` : address4);
  return [`${host}:${port}:${bracketed.join(",")}`];
}
var escapes;
var init_curl_config = __esm({
  "src/fetch/curl-config.ts"() {
    "use strict";
    escapes = { "\n": "n", "\r": "r", "	": "t", "\v": "v" };
  }
});

// src/fetch/curl.ts
import { statSync } from "node:fs";
async function curl(transfers, network, onEnd, signal) {
  const { run, environment: environment2, certificates: certificates2, patience } = network;
  const controller = new AbortController();
  const open7 = new Set(transfers.keys());
  let settling = Promise.resolve();
  const settle = (index, ended) => {
    if (!open7.delete(index)) return;
    settling = settling.then(() => controller.signal.aborted ? void 0 : onEnd(index, ended));
    settling.catch((error2) => controller.abort(error2));
  };
  const common = {
    certificates: certificates2,
    connectTimeout: patience.connect,
    slowest: Math.ceil(patience.minimum / patience.window),
    slowSeconds: patience.window
  };
  const sizeCheck = setInterval(() => settleLarge(transfers, open7, settle), sizeInterval);
  try {
    const args = [
      "-q",
      "--no-progress-meter",
      "--parallel",
      "--parallel-max",
      `${parallel}`,
      "--config",
      "-"
    ];
    const result2 = await run("curl", args, {
      onlyEnv: environment2,
      input: configOf(transfers, common),
      signal: AbortSignal.any([controller.signal, signal]),
      onLine: (line) => {
        const [index, ended] = endedOf(line) ?? [];
        if (index !== void 0 && ended) settle(index, ended);
      }
    });
    await settling;
    signal.throwIfAborted();
    if (open7.size > 0) throw failure(result2.code, result2.stderr);
  } finally {
    clearInterval(sizeCheck);
    await settling.catch(() => {
    });
  }
}
function settleLarge(transfers, open7, settle) {
  for (const index of [...open7]) {
    const { file = "", most: most3 = 0 } = transfers[index] ?? {};
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > most3)
      settle(index, { status: 0, exitCode: growing, message: "", redirect: void 0, contentType: "" });
  }
}
function endedOf(line) {
  const [, index, json] = /^(\d+) (\{.*\})$/.exec(line) ?? [];
  if (index === void 0 || json === void 0) return void 0;
  const { http_code, exitcode, errormsg, redirect_url, content_type } = JSON.parse(json);
  return [
    Number(index),
    {
      status: http_code ?? 0,
      exitCode: exitcode ?? 0,
      message: printable(errormsg ?? "").replace(/\.$/, ""),
      redirect: redirect_url || void 0,
      contentType: content_type ?? ""
    }
  ];
}
function failure(code4, stderr) {
  if (code4 === noSuchProgram)
    return new UserError(
      "curl-missing",
      "'curl' is not on PATH, and uv-fod downloads files with it. Install it in an earlier step (Debian and Ubuntu: sudo apt-get install --yes curl), or use an image that has it."
    );
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  return new UserError(
    "curl-failed",
    `curl exited with code ${code4} before it had downloaded everything (${printable(last.slice(0, 300))}). Version 7.75 or later is required: check 'curl --version', and run this again.`
  );
}
var parallel, sizeInterval, tooLarge, growing;
var init_curl = __esm({
  "src/fetch/curl.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_run();
    init_curl_config();
    parallel = 16;
    sizeInterval = 200;
    tooLarge = 63;
    growing = -1;
  }
});

// src/fetch/follow.ts
import { existsSync as existsSync2 } from "node:fs";
import { appendFile as appendFile2, rm as rm4, stat as stat3 } from "node:fs/promises";
import { setTimeout as setTimeout3 } from "node:timers/promises";
async function fetchAll(requests, network, accept, signal = network.stop) {
  const ended = AbortSignal.any([network.stop, signal]);
  let tasks = requests.map(
    (request, index) => ({
      ...{ request, index, url: request.url, from: void 0 },
      ...{ hops: 0, tries: 0, isPieced: false, canContinue: request.canContinue }
    })
  );
  while (tasks.length > 0) {
    const again = [];
    await round(tasks, network, accept, again, ended);
    const tries = Math.min(...again.map((task) => task.tries));
    if (again.length > 0 && tries > 0)
      await setTimeout3(network.retryDelay * 2 ** (tries - 1), void 0, { signal: ended });
    tasks = again;
  }
}
async function round(tasks, network, accept, again, signal) {
  const approve = approveOnce(network);
  const hops = /* @__PURE__ */ new Map();
  const retry2 = (task, reason) => {
    if (task.tries >= network.retries) throw task.request.unreachable(reason, "other");
    again.push(
      Object.assign(task, { url: task.request.url, from: void 0, hops: 0, tries: task.tries + 1 })
    );
  };
  for (const task of tasks) {
    try {
      const addresses2 = await approve(task.url, task.request.label);
      if (addresses2.length === 0 && network.proxyFor(task.url) === void 0)
        throw new Error(`${task.url.host} has no address`);
      refuseInward(task.from, { url: task.url, addresses: addresses2 });
      requireCertificates(task, network);
      hops.set(task, { url: task.url, addresses: addresses2 });
    } catch (error2) {
      if (error2 instanceof UserError) throw error2;
      retry2(task, error2.message);
    }
  }
  const asked3 = [...hops];
  if (asked3.length === 0) return;
  const transfers = await Promise.all(asked3.map(([task, hop]) => transferOf(task, hop, network)));
  const settle = async (index, ended) => {
    const [task, hop] = asked3[index];
    task.isPieced = (transfers[index]?.offset ?? 0) > 0;
    const { status, redirect } = ended;
    if ([301, 302, 303, 307, 308].includes(status) && redirect !== void 0) {
      await rm4(task.request.file, { force: true });
      again.push(redirected(task, hop, redirect));
      return;
    }
    try {
      await check(task, ended);
      await accept(task.index, ended, task.isPieced);
    } catch (error2) {
      if (!(error2 instanceof Passing)) throw error2;
      const isRefused = ended.exitCode === cannotContinue;
      if (!task.canContinue || [0, tooLarge].includes(ended.exitCode) || isRefused)
        await rm4(task.request.file, { force: true });
      if (isRefused) task.canContinue = false;
      if (isRefused && task.isPieced) again.push(task);
      else retry2(task, error2.message);
    }
  };
  await curl(transfers, network, settle, signal);
}
function requireCertificates({ url, request }, { certificates: certificates2 }) {
  if (url.protocol !== "https:" || certificates2 === void 0 || existsSync2(certificates2)) return;
  throw request.unreachable(`the file of certificates '${certificates2}' does not exist`, "certificate");
}
function approveOnce({ approve }) {
  const known2 = /* @__PURE__ */ new Map();
  return (url, label3) => {
    const key2 = `${url.origin} ${url.username !== "" || url.password !== ""}`;
    const approved = known2.get(key2) ?? approve(url.href, label3);
    known2.set(key2, approved);
    return approved;
  };
}
function refuseInward(from, to) {
  if (from === void 0 || from.url.hostname === to.url.hostname) return;
  const inner = innerOf(to);
  if (inner === void 0 || innerOf(from) !== void 0) return;
  throw new UserError(
    "redirect-inward",
    `${from.url.host} redirects to ${to.url.host.slice(0, 200)} (${inner}), which is not a public address, so the redirect is not followed. If that server is yours, use its address for the index in the project, and lock again.`
  );
}
function innerOf({ url, addresses: addresses2 }) {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isLiteral = url.hostname.startsWith("[") || /^[\d.]+$/.test(host);
  return [...addresses2, ...isLiteral ? [host] : []].find((address4) => !isPublicAddress(address4));
}
async function transferOf(task, { url, addresses: addresses2 }, network) {
  const { headers, file, most: most3, seconds, keepsErrors } = task.request;
  const found2 = task.canContinue ? await stat3(file).catch(() => void 0) : void 0;
  if (!task.canContinue) await rm4(file, { force: true });
  return {
    ...{ url, addresses: addresses2, headers, file, most: most3, seconds, keepsErrors },
    offset: found2?.isFile() ? found2.size : 0,
    proxy: network.proxyFor(url),
    login: network.loginFor(url)
  };
}
function redirected(task, from, redirect) {
  const { unreachable: unreachable3 } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol))
    throw unreachable3("it redirects to an address that is not http or https", "address");
  if (from.url.protocol === "https:" && url.protocol === "http:")
    throw unreachable3(`${from.url.host} redirects to plain http, at ${url.host}`, "other");
  if (task.hops >= mostRedirects) throw unreachable3(`more than ${mostRedirects} redirects`, "other");
  return Object.assign(task, { url, from, hops: task.hops + 1 });
}
async function check({ request, isPieced }, { status, exitCode, message }) {
  const isPassing2 = [408, 416, 425, 429].includes(status) || status >= 500;
  if (exitCode === growing) throw request.tooLarge();
  if (exitCode === tooLarge) {
    if (isPieced) throw new Passing("the resumed download is too large");
    throw request.tooLarge();
  }
  if (exitCode === 23) throw request.unwritable(await whyUnwritable(request.file));
  if (exitCode === 22 || exitCode === 0 && !request.keepsErrors && (status < 200 || status > 299)) {
    const reason = `the server responded with status ${status}`;
    throw isPassing2 ? new Passing(reason) : request.unreachable(reason, "other");
  }
  if (exitCode === 0) return;
  if (certificates.has(exitCode)) throw request.unreachable(message, "certificate");
  if (passing.has(exitCode)) throw new Passing(message);
  throw request.unreachable(message, "other");
}
async function whyUnwritable(file) {
  return appendFile2(file, Buffer.alloc(1 << 16)).then(
    () => void 0,
    (error2) => error2
  );
}
var mostRedirects, Passing, passing, cannotContinue, certificates;
var init_follow = __esm({
  "src/fetch/follow.ts"() {
    "use strict";
    init_errors();
    init_addresses();
    init_curl();
    mostRedirects = 5;
    Passing = class extends Error {
    };
    passing = /* @__PURE__ */ new Set([5, 6, 7, 16, 18, 28, 33, 35, 52, 55, 56, 92, 95, 96]);
    cannotContinue = 33;
    certificates = /* @__PURE__ */ new Set([51, 58, 60, 77, 83, 90, 91]);
  }
});

// src/fetch/messages.ts
function unwritable({ label: label3 }, cause = new Error("it could not be written")) {
  const full = cause.code === "ENOSPC" || cause.code === "EDQUOT";
  return new UserError(
    full ? "disk-full" : "files-unwritable",
    full ? `Failed to write ${label3}: no space left (${cause.code}). Free some, or use a folder on another disk (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).` : `Failed to write ${label3}: ${cause.message}. Use a writable folder (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
    { cause }
  );
}
function withoutCredentials(address4) {
  const url = URL.parse(address4);
  if (!url) return address4;
  url.username = "";
  url.password = "";
  url.search = "";
  return url.href;
}
var noAddress, unreachable, untrusted, tooLargeFile, unknownDigest, changed;
var init_messages = __esm({
  "src/fetch/messages.ts"() {
    "use strict";
    init_errors();
    init_printable();
    noAddress = ({ label: label3, url }) => new UserError(
      "artifact-address",
      `${label3}: '${withoutCredentials(url)}' is not an http or https address; correct the index in the project and lock again.`
    );
    unreachable = ({ label: label3, url }, reason) => new UserError(
      "artifact-unreachable",
      `${label3} can't be downloaded from ${withoutCredentials(url)}: ${reason}. Check that the index still has it and that this machine can reach it; if the release was deleted, lock again (uv lock --upgrade-package NAME).`
    );
    untrusted = ({ label: label3, url }, reason) => new UserError(
      "artifact-unreachable",
      `${label3} can't be downloaded from ${withoutCredentials(url)}: the server's certificate is not trusted (${reason}). If your proxy or mirror has its own certificate authority, set SSL_CERT_FILE to a file that has its certificate and the public ones; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise the connection may be intercepted.`
    );
    tooLargeFile = ({ label: label3 }, most3) => new UserError(
      "artifact-too-large",
      `${label3} is larger than ${most3 / 1024 ** 3} GiB, the limit for a wheel or sdist; it was not kept. Check its entry in uv.lock, and lock again.`
    );
    unknownDigest = ({ label: label3 }, hash2) => new UserError(
      "artifact-digest",
      `${label3}: the digest '${printable(hash2.slice(0, 100))}' of uv.lock is not a complete sha256, sha384 or sha512, so the file cannot be verified. Use an index that has one of these, and lock again.`
    );
    changed = ({ label: label3, url }, what) => new UserError(
      "artifact-changed",
      `${label3} from ${withoutCredentials(url)} does not match uv.lock: got ${what}. It was not kept. If the index replaced the file on purpose, lock again; otherwise the connection may be intercepted.`
    );
  }
});

// src/fetch/read.ts
import { closeSync, constants as constants3, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate as setImmediate2 } from "node:timers/promises";
async function readPieces(file, label3, begin2, take) {
  const descriptor = openSync(file, constants3.O_RDONLY | constants3.O_NONBLOCK);
  try {
    const found2 = fstatSync(descriptor);
    if (!found2.isFile()) return false;
    if (found2.size > mostBytes) throw tooLargeFile({ label: label3 }, mostBytes);
    begin2(found2.size);
    const room = Buffer.allocUnsafe(Math.min(pieceSize, found2.size));
    let [at, pieces] = [0, 0];
    while (at < found2.size) {
      const count3 = readSync(descriptor, room, 0, Math.min(room.length, found2.size - at), at);
      if (count3 === 0) return false;
      const taken = take(room.subarray(0, count3));
      if (taken instanceof Promise) await taken;
      at += count3;
      pieces += 1;
      if (pieces % turn === 0) await setImmediate2();
    }
    return true;
  } finally {
    closeSync(descriptor);
  }
}
var mostBytes, pieceSize, turn;
var init_read = __esm({
  "src/fetch/read.ts"() {
    "use strict";
    init_messages();
    mostBytes = 4 * 1024 ** 3;
    pieceSize = 1 << 18;
    turn = 64;
  }
});

// src/fetch/download.ts
import { createHash as createHash2 } from "node:crypto";
import { statSync as statSync2, writeFileSync } from "node:fs";
import { rename as rename4, rm as rm5 } from "node:fs/promises";
import path12 from "node:path";
async function download(files, network, onDone = () => {
}, signal) {
  const requests = files.map((file) => requestOf(file, network));
  const accept = async (index, { contentType }, isPieced) => {
    const [file, request] = [files[index], requests[index]];
    const size2 = await verify(file, request, contentType, isPieced);
    await rename4(request.file, file.target).catch((cause) => {
      throw unwritable(file, cause);
    });
    await onDone(index, size2);
  };
  try {
    await fetchAll(requests, network, accept, signal);
  } catch (error2) {
    await Promise.all(requests.map(({ file }) => rm5(file, { force: true })));
    throw error2;
  }
}
function requestOf(file, { patience }) {
  const { hash: hash2, size: size2, target: target3, label: label3 } = file;
  const url = URL.parse(file.url);
  if (!url || !/^https?:$/.test(url.protocol)) throw noAddress(file);
  if (size2 !== void 0 && size2 > mostBytes) throw tooLargeFile(file, mostBytes);
  return {
    ...{ url, label: label3, file: `${target3}.part`, most: size2 ?? mostBytes, keepsErrors: false },
    seconds: size2 === void 0 ? unknownSeconds : Math.ceil(patience.total + size2 / patience.rate),
    // The lock's digests are of the uncompressed bytes.
    headers: { "user-agent": "uv-fod", "accept-encoding": "identity" },
    canContinue: hash2 !== void 0,
    unreachable: (reason, kind2) => {
      if (kind2 === "address") return noAddress(file);
      return kind2 === "certificate" ? untrusted(file, reason) : unreachable(file, reason);
    },
    tooLarge: () => size2 === void 0 ? tooLargeFile(file, mostBytes) : changed(file, `more than the ${size2} bytes of the lock`),
    unwritable: (cause) => unwritable(file, cause)
  };
}
async function verify(file, { file: part, most: most3 }, contentType, isPieced) {
  const found2 = statSync2(part, { throwIfNoEntry: false });
  if (found2 === void 0) writeFileSync(part, "");
  const size2 = found2?.size ?? 0;
  if (file.size !== void 0 && size2 < file.size) {
    const page2 = contentType.startsWith("text/html") ? ", and is a web page" : "";
    throw new Passing(`the response ended after ${size2} of ${file.size} bytes${page2}`);
  }
  const wrong = size2 > most3 ? `more than ${most3} bytes` : await differs(part, file.hash);
  if (wrong === void 0) return size2;
  if (isPieced) throw new Passing(`the resumed download is wrong: ${wrong}`);
  throw changed(file, wrong);
}
async function differs(file, hash2) {
  const [algorithm, expected] = hash2?.split(":") ?? [];
  if (algorithm === void 0 || expected === void 0) return void 0;
  const actual = await digestOf(file, algorithm);
  return actual === expected.toLowerCase() ? void 0 : `${algorithm} ${actual}, but the lock has ${expected}`;
}
async function digestOf(file, algorithm) {
  const hash2 = createHash2(algorithm);
  await readPieces(
    file,
    path12.basename(file),
    () => {
    },
    (piece) => hash2.update(piece)
  );
  return hash2.digest("hex");
}
var unknownSeconds;
var init_download = __esm({
  "src/fetch/download.ts"() {
    "use strict";
    init_follow();
    init_messages();
    init_read();
    unknownSeconds = 3600;
  }
});

// src/fetch/wheels.ts
function wheelsOf(artifacts) {
  const seen3 = /* @__PURE__ */ new Map();
  return artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").map((artifact) => {
    const { name: name5, filename = "" } = artifact;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename)) {
      throw new UserError(
        "artifact-name",
        `${name5}: '${printable(filename.slice(0, 200))}' is not a file name of a wheel; lock again with a current uv.`
      );
    }
    const other = seen3.get(filename);
    if (other) {
      throw new UserError(
        "artifact-name",
        `${other.name} and ${name5} both have the file name '${filename}'; lock again with a current uv.`
      );
    }
    seen3.set(filename, artifact);
    checkDigest(artifact);
    return { ...artifact, filename };
  });
}
function asDownload(artifact, target3) {
  checkDigest(artifact);
  const { url, path: path58, hash: hash2, size: size2 } = artifact;
  if (url === void 0 && path58 === void 0) {
    throw new UserError(
      "artifact-address",
      `${labelOf(artifact)} has neither an address nor a path in uv.lock; lock again with a current uv.`
    );
  }
  return { url: url ?? "", hash: hash2, size: size2, label: labelOf(artifact), target: target3 };
}
function checkDigest(artifact) {
  const { hash: hash2 } = artifact;
  if (hash2 === void 0) return;
  const [, algorithm = "", hex = ""] = /^(\w+):([0-9a-fA-F]+)$/.exec(hash2) ?? [];
  if (!Object.hasOwn(digits, algorithm) || hex.length !== digits[algorithm])
    throw unknownDigest({ label: labelOf(artifact) }, hash2);
}
var digits, labelOf, localMissing, localChanged;
var init_wheels = __esm({
  "src/fetch/wheels.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_messages();
    digits = { sha256: 64, sha384: 96, sha512: 128 };
    labelOf = (artifact) => artifact.filename ?? `${artifact.name} ${artifact.version ?? ""}`.trim();
    localMissing = (artifact, cause) => new UserError(
      "artifact-unreachable",
      `${labelOf(artifact)} is not a file at '${artifact.path}', its path in uv.lock; put it there, or lock again.`,
      { cause }
    );
    localChanged = (artifact) => new UserError(
      "artifact-changed",
      `${labelOf(artifact)} at '${artifact.path}' does not match its hash in uv.lock (${artifact.hash}); lock again if the change is intended.`
    );
  }
});

// src/fetch/local.ts
import { createHash as createHash3 } from "node:crypto";
import { realpath as realpath2, writeFile as writeFile4 } from "node:fs/promises";
import path13 from "node:path";
async function localFile(artifact, project) {
  const folder = path13.resolve(project);
  const named = path13.resolve(folder, artifact.path ?? "");
  await requireInside(await repositoryOf(folder) ?? folder, named, `'${artifact.path}' of uv.lock`);
  return realpath2(named).catch((cause) => {
    throw localMissing(artifact, cause);
  });
}
async function copyLocal(artifact, project, target3) {
  const file = await localFile(artifact, project);
  const [algorithm = "sha256", expected] = artifact.hash?.split(":") ?? [];
  const hash2 = createHash3(algorithm);
  let size2 = 0;
  await writeFile4(target3, "").catch((error2) => {
    throw unwritable({ label: labelOf(artifact) }, error2);
  });
  const isFile2 = await readPieces(
    file,
    labelOf(artifact),
    (bytes) => {
      size2 = bytes;
      if (artifact.size !== void 0 && bytes !== artifact.size) throw localChanged(artifact);
    },
    (piece) => {
      hash2.update(piece);
      return writeFile4(target3, piece, { flag: "a" });
    }
  );
  if (!isFile2) throw localMissing(artifact);
  if (expected !== void 0 && hash2.digest("hex") !== expected.toLowerCase()) throw localChanged(artifact);
  return size2;
}
var init_local = __esm({
  "src/fetch/local.ts"() {
    "use strict";
    init_inside();
    init_messages();
    init_read();
    init_wheels();
  }
});

// src/fetch/artifacts.ts
async function fetchArtifact(artifact, project, target3, network) {
  const checked = asDownload(artifact, target3);
  if (artifact.path !== void 0) await copyLocal(artifact, project, target3);
  else await download([checked], network);
}
var init_artifacts = __esm({
  "src/fetch/artifacts.ts"() {
    "use strict";
    init_manifest();
    init_download();
    init_local();
    init_wheels();
  }
});

// src/nix/nar.ts
import { createHash as createHash4 } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat as lstat3, readdir as readdir2, readlink as readlink2 } from "node:fs/promises";
import path14 from "node:path";
async function writeNar(root, write) {
  write(narStrings("nix-archive-1"));
  const open7 = [];
  const enter = async (file) => {
    const names3 = await writeNode(file, write);
    if (names3) open7.push({ names: names3, next: 0, dir: file });
  };
  await enter(Buffer.from(root));
  for (let folder = open7.at(-1); folder; folder = open7.at(-1)) {
    const name5 = folder.names[folder.next++];
    if (name5) {
      write(narStrings("entry", "(", "name", name5, "node"));
      const depth = open7.length;
      await enter(Buffer.concat([folder.dir, Buffer.from(path14.sep), name5]));
      if (open7.length === depth) write(narStrings(")"));
    } else {
      open7.pop();
      write(narStrings(")"));
      if (open7.length > 0) write(narStrings(")"));
    }
  }
}
async function writeNode(file, write) {
  const stat10 = await lstat3(file);
  if (stat10.isDirectory()) {
    write(narStrings("(", "type", "directory"));
    return (await readdir2(file, { encoding: "buffer" })).sort(Buffer.compare);
  }
  if (stat10.isSymbolicLink()) {
    write(narStrings("(", "type", "symlink", "target", await readlink2(file, { encoding: "buffer" }), ")"));
  } else if (stat10.isFile()) {
    write(narStrings("(", "type", "regular", ...stat10.mode & 64 ? ["executable", ""] : [], "contents"));
    await writeContents(file, stat10.size, write);
    write(narStrings(")"));
  } else {
    throw new Error(`${file.toString()} is not a file, folder or symlink, so it can't be archived`);
  }
  return void 0;
}
async function writeContents(file, size2, write) {
  write(narLength(size2));
  let read2 = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    read2 += chunk.length;
    write(chunk);
  }
  if (read2 !== size2) throw new Error(`${file.toString()} changed while it was read`);
  write(narPadding(size2));
}
function narLength(size2) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size2));
  return bytes;
}
function narStrings(...texts) {
  return Buffer.concat(
    texts.flatMap((text3) => {
      const bytes = Buffer.from(text3);
      return [narLength(bytes.length), bytes, narPadding(bytes.length)];
    })
  );
}
async function narHash(root) {
  const hash2 = createHash4("sha256");
  await writeNar(root, (bytes) => hash2.update(bytes));
  return sri(hash2);
}
function sri(hash2) {
  return `sha256-${hash2.digest("base64")}`;
}
var narPadding;
var init_nar = __esm({
  "src/nix/nar.ts"() {
    "use strict";
    narPadding = (size2) => Buffer.alloc((8 - size2 % 8) % 8);
  }
});

// src/uv/plan/artifact.ts
function sriOf({ hash: hash2 = "" }) {
  const [, hex] = /^sha256:([0-9a-f]{64})$/i.exec(hash2) ?? [];
  return hex === void 0 ? void 0 : sriFromHex(hex);
}
function compareArtifacts(left, right) {
  return compare(left.name, right.name) || compare(left.version ?? "", right.version ?? "") || compare(origin(left), origin(right));
}
function origin(artifact) {
  return [artifact.kind, artifact.filename, artifact.url, artifact.path, artifact.commit].join(" ");
}
function compare(left, right) {
  return left < right ? -1 : Number(left > right);
}
var wheelBytes;
var init_artifact = __esm({
  "src/uv/plan/artifact.ts"() {
    "use strict";
    init_sri();
    wheelBytes = (artifacts) => artifacts.reduce((sum, { kind: kind2, size: size2 }) => sum + (kind2 === "wheel" ? size2 ?? 0 : 0), 0);
  }
});

// node_modules/@renovatebot/pep440/lib/version.js
function valid(version4) {
  return validRegex.test(version4) ? version4 : null;
}
function parse(version4, regex2) {
  const { groups: groups2 } = (regex2 || validRegex).exec(version4) || {};
  if (!groups2) {
    return null;
  }
  const parsed3 = {
    epoch: Number(groups2.epoch ? groups2.epoch : 0),
    release: groups2.release.split(".").map(Number),
    pre: normalize_letter_version(groups2.pre_l, groups2.pre_n),
    post: normalize_letter_version(
      groups2.post_l,
      groups2.post_n1 || groups2.post_n2
    ),
    dev: normalize_letter_version(groups2.dev_l, groups2.dev_n),
    local: parse_local_version(groups2.local)
  };
  return parsed3;
}
function stringify(parsed3) {
  if (!parsed3) {
    return null;
  }
  const { epoch, release: release3, pre, post, dev, local } = parsed3;
  const parts = [];
  if (epoch !== 0) {
    parts.push(`${epoch}!`);
  }
  parts.push(release3.join("."));
  if (pre) {
    parts.push(pre.join(""));
  }
  if (post) {
    parts.push("." + post.join(""));
  }
  if (dev) {
    parts.push("." + dev.join(""));
  }
  if (local) {
    parts.push(`+${local}`);
  }
  return parts.join("");
}
function normalize_letter_version(letterIn, numberIn) {
  let letter = letterIn;
  let number2 = numberIn;
  if (letter) {
    if (!number2) {
      number2 = 0;
    }
    letter = letter.toLowerCase();
    if (letter === "alpha") {
      letter = "a";
    } else if (letter === "beta") {
      letter = "b";
    } else if (["c", "pre", "preview"].includes(letter)) {
      letter = "rc";
    } else if (["rev", "r"].includes(letter)) {
      letter = "post";
    }
    return [letter, Number(number2)];
  }
  if (!letter && number2) {
    letter = "post";
    return [letter, Number(number2)];
  }
  return null;
}
function parse_local_version(local) {
  if (local) {
    return local.split(/[._-]/).map(
      (part) => Number.isNaN(Number(part)) ? part.toLowerCase() : Number(part)
    );
  }
  return null;
}
function explain(version4) {
  const parsed3 = parse(version4);
  if (!parsed3) {
    return parsed3;
  }
  const { epoch, release: release3, pre, post, dev, local } = parsed3;
  let base_version = "";
  if (epoch !== 0) {
    base_version += epoch + "!";
  }
  base_version += release3.join(".");
  const is_prerelease = Boolean(dev || pre);
  const is_devrelease = Boolean(dev);
  const is_postrelease = Boolean(post);
  return {
    epoch,
    release: release3,
    pre,
    post: post ? post[1] : post,
    dev: dev ? dev[1] : dev,
    local: local ? local.join(".") : local,
    public: stringify(parsed3).split("+", 1)[0],
    base_version,
    is_prerelease,
    is_devrelease,
    is_postrelease
  };
}
var VERSION_PATTERN, validRegex, cleanRegex;
var init_version = __esm({
  "node_modules/@renovatebot/pep440/lib/version.js"() {
    VERSION_PATTERN = [
      "v?",
      "(?:",
      /* */
      "(?:(?<epoch>[0-9]+)!)?",
      // epoch
      /* */
      "(?<release>[0-9]+(?:\\.[0-9]+)*)",
      // release segment
      /* */
      "(?<pre>",
      // pre-release
      /*    */
      "[-_\\.]?",
      /*    */
      "(?<pre_l>(a|b|c|rc|alpha|beta|pre|preview))",
      /*    */
      "[-_\\.]?",
      /*    */
      "(?<pre_n>[0-9]+)?",
      /* */
      ")?",
      /* */
      "(?<post>",
      // post release
      /*    */
      "(?:-(?<post_n1>[0-9]+))",
      /*    */
      "|",
      /*    */
      "(?:",
      /*        */
      "[-_\\.]?",
      /*        */
      "(?<post_l>post|rev|r)",
      /*        */
      "[-_\\.]?",
      /*        */
      "(?<post_n2>[0-9]+)?",
      /*    */
      ")",
      /* */
      ")?",
      /* */
      "(?<dev>",
      // dev release
      /*    */
      "[-_\\.]?",
      /*    */
      "(?<dev_l>dev)",
      /*    */
      "[-_\\.]?",
      /*    */
      "(?<dev_n>[0-9]+)?",
      /* */
      ")?",
      ")",
      "(?:\\+(?<local>[a-z0-9]+(?:[-_\\.][a-z0-9]+)*))?"
      // local version
    ].join("");
    validRegex = new RegExp("^" + VERSION_PATTERN + "$", "i");
    cleanRegex = new RegExp("^\\s*" + VERSION_PATTERN + "\\s*$", "i");
  }
});

// node_modules/@renovatebot/pep440/lib/operator.js
var operator_exports = {};
__export(operator_exports, {
  "!=": () => ne,
  "<": () => lt,
  "<=": () => le,
  "==": () => eq,
  "===": () => arbitrary,
  ">": () => gt,
  ">=": () => ge,
  compare: () => compare2,
  eq: () => eq,
  ge: () => ge,
  gt: () => gt,
  le: () => le,
  lt: () => lt,
  ne: () => ne,
  rcompare: () => rcompare
});
function lt(version4, other) {
  return compare2(version4, other) < 0;
}
function le(version4, other) {
  return compare2(version4, other) <= 0;
}
function eq(version4, other) {
  return compare2(version4, other) === 0;
}
function ne(version4, other) {
  return compare2(version4, other) !== 0;
}
function ge(version4, other) {
  return compare2(version4, other) >= 0;
}
function gt(version4, other) {
  return compare2(version4, other) > 0;
}
function arbitrary(version4, other) {
  return version4.toLowerCase() === other.toLowerCase();
}
function compare2(version4, other) {
  const parsedVersion = parse(version4);
  const parsedOther = parse(other);
  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);
  return pyCompare(keyVersion, keyOther);
}
function rcompare(version4, other) {
  return -compare2(version4, other);
}
function pyCompare(elemIn, otherIn) {
  let elem = elemIn;
  let other = otherIn;
  if (elem === other) {
    return 0;
  }
  if (Array.isArray(elem) !== Array.isArray(other)) {
    elem = Array.isArray(elem) ? elem : [elem];
    other = Array.isArray(other) ? other : [other];
  }
  if (Array.isArray(elem)) {
    const len = Math.min(elem.length, other.length);
    for (let i2 = 0; i2 < len; i2 += 1) {
      const res = pyCompare(elem[i2], other[i2]);
      if (res !== 0) {
        return res;
      }
    }
    return elem.length - other.length;
  }
  if (elem === -Infinity || other === Infinity) {
    return -1;
  }
  if (elem === Infinity || other === -Infinity) {
    return 1;
  }
  return elem < other ? -1 : 1;
}
function calculateKey(input) {
  const { epoch } = input;
  let { release: release3, pre, post, local, dev } = input;
  release3 = release3.concat();
  release3.reverse();
  while (release3.length && release3[0] === 0) {
    release3.shift();
  }
  release3.reverse();
  if (!pre && !post && dev) pre = -Infinity;
  else if (!pre) pre = Infinity;
  if (!post) post = -Infinity;
  if (!dev) dev = Infinity;
  if (!local) {
    local = -Infinity;
  } else {
    local = local.map(
      (i2) => Number.isNaN(Number(i2)) ? [-Infinity, i2] : [Number(i2), ""]
    );
  }
  return [epoch, release3, pre, post, dev, local];
}
var init_operator = __esm({
  "node_modules/@renovatebot/pep440/lib/operator.js"() {
    init_version();
  }
});

// node_modules/@renovatebot/pep440/lib/specifier.js
function parse2(ranges) {
  if (!ranges.trim()) {
    return [];
  }
  const specifiers = ranges.split(",").map((range) => rangeRegex.exec(range.trim()) || {}).map(({ groups: groups2 }) => {
    if (!groups2) {
      return null;
    }
    let { ...spec } = groups2;
    const { operator, version: version4, prefix: prefix2, legacy } = groups2;
    if (version4) {
      spec = { ...spec, ...explain(version4) };
      if (operator === "~=") {
        if (spec.release.length < 2) {
          return null;
        }
      }
      if (!isEqualityOperator(operator) && spec.local) {
        return null;
      }
      if (prefix2) {
        if (!isEqualityOperator(operator) || spec.dev || spec.local) {
          return null;
        }
      }
    }
    if (legacy && operator !== "===") {
      return null;
    }
    return spec;
  });
  if (specifiers.filter(Boolean).length !== specifiers.length) {
    return null;
  }
  return specifiers;
}
function pick(versions3, specifier, options3) {
  const parsed3 = parse2(specifier);
  if (!parsed3) {
    return [];
  }
  return versions3.filter((version4) => {
    const explained = explain(version4);
    if (!parsed3.length) {
      return explained && !(explained.is_prerelease && !options3.prereleases);
    }
    return parsed3.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options3 }, { version: version4, explained });
    }, true);
  });
}
function satisfies(version4, specifier, options3 = {}) {
  const filtered = pick([version4], specifier, options3);
  return filtered.length === 1;
}
function arrayStartsWith(array, prefix2) {
  if (prefix2.length > array.length) {
    return false;
  }
  for (let i2 = 0; i2 < prefix2.length; i2 += 1) {
    if (prefix2[i2] !== array[i2]) {
      return false;
    }
  }
  return true;
}
function contains(specifier, input) {
  const { explained } = input;
  let { version: version4 } = input;
  const { ...spec } = specifier;
  if (spec.prereleases === void 0) {
    spec.prereleases = spec.is_prerelease;
  }
  if (explained && explained.is_prerelease && !spec.prereleases) {
    return false;
  }
  if (spec.operator === "~=") {
    let compatiblePrefix = spec.release.slice(0, -1).concat("*").join(".");
    if (spec.epoch) {
      compatiblePrefix = spec.epoch + "!" + compatiblePrefix;
    }
    return satisfies(version4, `>=${spec.version}, ==${compatiblePrefix}`, {
      prereleases: spec.prereleases
    });
  }
  if (spec.prefix) {
    const isMatching = explained.epoch === spec.epoch && arrayStartsWith(explained.release, spec.release);
    const isEquality = spec.operator !== "!=";
    return isEquality ? isMatching : !isMatching;
  }
  if (explained && explained.local && spec.version) {
    if (spec.operator !== "===" && !spec.local) {
      version4 = explained.public;
      spec.version = explain(spec.version).public;
    }
  }
  if (spec.operator === "<" || spec.operator === ">") {
    if (eq(spec.release.join("."), explained.release.join("."))) {
      return false;
    }
  }
  const op = operator_exports[spec.operator];
  return op(version4, spec.version || spec.legacy);
}
function validRange(specifier) {
  return Boolean(parse2(specifier));
}
var RANGE_PATTERN, isEqualityOperator, rangeRegex;
var init_specifier = __esm({
  "node_modules/@renovatebot/pep440/lib/specifier.js"() {
    init_version();
    init_operator();
    RANGE_PATTERN = [
      "(?<operator>(===|~=|==|!=|<=|>=|<|>))",
      "\\s*",
      "(",
      /*  */
      "(?<version>(?:" + VERSION_PATTERN.replace(/\?<\w+>/g, "?:") + "))",
      /*  */
      "(?<prefix>\\.\\*)?",
      /*  */
      "|",
      /*  */
      "(?<legacy>[^,;\\s)]+)",
      ")"
    ].join("");
    isEqualityOperator = (op) => ["==", "!=", "==="].includes(op);
    rangeRegex = new RegExp("^" + RANGE_PATTERN + "$", "i");
  }
});

// node_modules/@renovatebot/pep440/lib/semantic.js
var init_semantic = __esm({
  "node_modules/@renovatebot/pep440/lib/semantic.js"() {
    init_version();
  }
});

// node_modules/@renovatebot/pep440/index.js
var init_pep440 = __esm({
  "node_modules/@renovatebot/pep440/index.js"() {
    init_version();
    init_operator();
    init_specifier();
    init_semantic();
  }
});

// src/uv/lock/marker-words.ts
var MarkerSyntaxError, VERSION_VARIABLES, STRING_VARIABLES, INVERTED, MarkerScanner;
var init_marker_words = __esm({
  "src/uv/lock/marker-words.ts"() {
    "use strict";
    MarkerSyntaxError = class extends Error {
      column;
      constructor(message, column) {
        super(message);
        this.column = column;
      }
    };
    VERSION_VARIABLES = /* @__PURE__ */ new Set([
      "python_version",
      "python_full_version",
      "implementation_version"
    ]);
    STRING_VARIABLES = /* @__PURE__ */ new Map([
      ["os_name", "os_name"],
      ["os.name", "os_name"],
      ["sys_platform", "sys_platform"],
      ["sys.platform", "sys_platform"],
      ["platform_machine", "platform_machine"],
      ["platform.machine", "platform_machine"],
      ["platform_python_implementation", "platform_python_implementation"],
      ["platform.python_implementation", "platform_python_implementation"],
      ["python_implementation", "platform_python_implementation"],
      ["platform_release", "platform_release"],
      ["platform_system", "platform_system"],
      ["platform_version", "platform_version"],
      ["platform.version", "platform_version"],
      ["implementation_name", "implementation_name"]
    ]);
    INVERTED = /* @__PURE__ */ new Map([
      ["==", "=="],
      ["!=", "!="],
      ["<", ">"],
      ["<=", ">="],
      [">", "<"],
      [">=", "<="]
    ]);
    MarkerScanner = class {
      #text;
      #at = 0;
      constructor(text3) {
        this.#text = text3;
      }
      error(message, column = this.#at + 1) {
        return new MarkerSyntaxError(message, column);
      }
      take(character) {
        this.#match(/\s*/y);
        if (this.#text[this.#at] !== character) return false;
        this.#at += 1;
        return true;
      }
      /** `and`, `or`, or undefined at the end of the text. */
      connective() {
        this.#match(/\s*/y);
        if (this.#at === this.#text.length) return void 0;
        const word3 = this.#match(/(?:and|or)(?=[\s(]|$)/y);
        if (word3 === "and" || word3 === "or") return word3;
        throw this.error(`expected 'and', 'or' or the end, found ${this.#next()}`);
      }
      operand() {
        this.#match(/\s*/y);
        const column = this.#at + 1;
        const quote2 = this.#text[this.#at];
        if (quote2 === '"' || quote2 === "'") {
          const end = this.#text.indexOf(quote2, this.#at + 1);
          if (end < 0) throw this.error(`a string is not closed with ${quote2}`, column);
          const text4 = this.#text.slice(this.#at + 1, end);
          this.#at = end + 1;
          return { quoted: true, text: text4, column };
        }
        const text3 = this.#match(/[^\s><=!~)]*/y);
        const known2 = text3 === "extra" || text3 === "extras" || text3 === "dependency_groups";
        if (!known2 && !STRING_VARIABLES.has(text3) && !VERSION_VARIABLES.has(text3))
          throw this.error(
            `expected a quoted string or a marker variable, found ${text3 === "" ? this.#next() : `'${text3}'`}`,
            column
          );
        return { quoted: false, text: text3, column };
      }
      operator() {
        this.#match(/\s*/y);
        const column = this.#at + 1;
        const symbol = this.#match(/[<=>~!]+/y);
        if (symbol === "~=" || INVERTED.has(symbol)) return symbol;
        if (symbol === "") {
          if (this.#match(/in(?=[\s'"])/y) !== "") return "in";
          if (this.#match(/not\s+in/y) !== "") return "not in";
        }
        throw this.error(
          `expected a comparison such as '>=' or 'not in', found ${symbol === "" ? this.#next() : `'${symbol}'`}`,
          column
        );
      }
      #next() {
        const rest = this.#text.slice(this.#at, this.#at + 20);
        return rest === "" ? "the end" : `'${rest}'`;
      }
      #match(sticky) {
        sticky.lastIndex = this.#at;
        const found2 = sticky.exec(this.#text)?.[0] ?? "";
        this.#at += found2.length;
        return found2;
      }
    };
  }
});

// src/uv/lock/names.ts
function isName(text3) {
  return NAME.test(text3);
}
function normalizeName(text3) {
  if (NORMALIZED.test(text3)) return text3;
  return NAME.test(text3) ? text3.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}
var NAME, NORMALIZED;
var init_names = __esm({
  "src/uv/lock/names.ts"() {
    "use strict";
    NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
    NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  }
});

// src/uv/lock/version.ts
function parseVersion(text3) {
  if (RELEASE.test(text3)) return plainRelease(text3);
  const parts = VERSION.exec(text3.trim())?.groups;
  if (parts?.release === void 0) return void 0;
  let suffix = "";
  const preKind = parts.preKind?.toLowerCase();
  if (preKind !== void 0) suffix += `${PRE_KINDS.get(preKind) ?? preKind}${trimNumber(parts.pre ?? "0")}`;
  const post = parts.implicitPost ?? (parts.postKind === void 0 ? void 0 : parts.post ?? "0");
  if (post !== void 0) suffix += `.post${trimNumber(post)}`;
  if (parts.devKind !== void 0) suffix += `.dev${trimNumber(parts.dev ?? "0")}`;
  const epoch = trimNumber(parts.epoch ?? "0");
  const publicKey = `${epoch}!${releaseKey(parts.release)}${suffix}`;
  const local = parts.local?.toLowerCase().split(/[-_.]/).map(trimNumber).join(".");
  return {
    release: parts.release.split(".").map(Number),
    key: local === void 0 ? publicKey : `${publicKey}+${local}`,
    publicKey,
    isPlainRelease: epoch === "0" && suffix === "" && local === void 0
  };
}
function plainRelease(text3) {
  const key2 = `0!${releaseKey(text3)}`;
  return { release: text3.split(".").map(Number), key: key2, publicKey: key2, isPlainRelease: true };
}
function releaseKey(release3) {
  const digits2 = release3.split(".").map(trimNumber);
  while (digits2.length > 1 && digits2.at(-1) === "0") digits2.pop();
  return digits2.join(".");
}
function compareRelease(left, right) {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
function trimNumber(text3) {
  return /^\d+$/.test(text3) ? text3.replace(/^0+(?=\d)/, "") : text3;
}
var VERSION, RELEASE, PRE_KINDS;
var init_version2 = __esm({
  "src/uv/lock/version.ts"() {
    "use strict";
    VERSION = new RegExp(
      [
        "^v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)",
        "(?:[-_.]?(?<preKind>alpha|beta|preview|pre|rc|a|b|c)(?:[-_.]?(?<pre>\\d+))?)?",
        "(?:-(?<implicitPost>\\d+)|[-_.]?(?<postKind>post|rev|r)(?:[-_.]?(?<post>\\d+))?)?",
        "(?:[-_.]?(?<devKind>dev)(?:[-_.]?(?<dev>\\d+))?)?",
        "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$"
      ].join(""),
      "i"
    );
    RELEASE = /^\d+(?:\.\d+)*$/;
    PRE_KINDS = /* @__PURE__ */ new Map([
      ["alpha", "a"],
      ["beta", "b"],
      ["c", "rc"],
      ["pre", "rc"],
      ["preview", "rc"]
    ]);
  }
});

// src/uv/lock/marker.ts
function parseMarker(text3) {
  const scanner = new MarkerScanner(text3);
  const program = [];
  const pending = [];
  const reduce = (until) => {
    for (let top = pending.at(-1); top !== void 0 && !until(top); top = pending.at(-1)) {
      pending.pop();
      if (top !== "(") program.push(top);
    }
  };
  for (; ; ) {
    while (scanner.take("(")) pending.push("(");
    program.push(readTerm(scanner));
    while (scanner.take(")")) {
      reduce((top) => top === "(");
      if (pending.pop() === void 0) throw scanner.error("there is a ')' without its '('");
    }
    const word3 = scanner.connective();
    if (word3 === void 0) break;
    reduce((top) => top === "(" || word3 === "and" && top === "or");
    pending.push(word3);
  }
  if (pending.includes("(")) throw scanner.error("a '(' is not closed");
  reduce(() => false);
  return finish(text3, program);
}
function finish(text3, raw) {
  const program = [];
  const present = [];
  const extras = /* @__PURE__ */ new Set();
  for (const item2 of raw) {
    if (item2 === "and" || item2 === "or") {
      const right = present.pop() ?? false;
      const left = present.pop() ?? false;
      if (left && right) program.push(item2);
      present.push(left || right);
    } else {
      if (item2 !== void 0) program.push(item2);
      if (item2?.kind === "extra") extras.add(item2.name);
      present.push(item2 !== void 0);
    }
  }
  return { text: text3, program, extras: [...extras] };
}
function readTerm(scanner) {
  const left = scanner.operand();
  const operator = scanner.operator();
  const right = scanner.operand();
  if (isList(left)) throw scanner.error(`${left.text} has to stand on the right of 'in'`, left.column);
  if (isList(right)) {
    if (!left.quoted) return void 0;
    if (operator !== "in" && operator !== "not in")
      throw scanner.error(`${right.text} takes only 'in' and 'not in'`, right.column);
    return { kind: "constant", value: operator === "not in" };
  }
  if (left.quoted === right.quoted) return void 0;
  return left.quoted ? buildTerm(right.text, invert(operator), left.text, false) : buildTerm(left.text, operator, right.text, true);
}
function isList(operand) {
  return !operand.quoted && (operand.text === "extras" || operand.text === "dependency_groups");
}
function invert(operator) {
  if (operator === "in") return "contains";
  if (operator === "not in") return "not contains";
  return INVERTED.get(operator) ?? operator;
}
function buildTerm(variable, operator, value, starAllowed) {
  if (variable === "extra") return extraTerm(operator, value);
  const string = STRING_VARIABLES.get(variable);
  if (string !== void 0) return stringTerm(string, operator, value);
  return isVersionVariable(variable) ? versionTerm(variable, operator, value, starAllowed) : void 0;
}
function extraTerm(operator, value) {
  if (operator !== "==" && operator !== "!=") return void 0;
  const name5 = normalizeName(value);
  return name5 === void 0 ? { kind: "constant", value: false } : { kind: "extra", name: name5, negated: operator === "!=" };
}
function stringTerm(variable, operator, value) {
  const negated = operator.startsWith("not ");
  if (operator === "in" || operator === "not in")
    return { kind: "substring", variable, direction: "inside", negated, value };
  if (operator === "contains" || operator === "not contains")
    return { kind: "substring", variable, direction: "contains", negated, value };
  return isComparison(operator) ? { kind: "string", variable, operator, value } : void 0;
}
function versionTerm(variable, operator, value, starAllowed) {
  if (operator === "in" || operator === "not in") {
    const versions3 = value.split(/\s+/).filter((part) => part !== "");
    const releases = versions3.map((part) => parseVersion(part)?.release);
    if (!releases.every((release4) => release4 !== void 0)) return void 0;
    return { kind: "version-list", variable, negated: operator === "not in", releases };
  }
  const star = starAllowed && value.trim().endsWith(".*");
  const version4 = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version4 === void 0) return void 0;
  const release3 = version4.release;
  if (star) {
    if (!version4.isPlainRelease && !/^\s*v?\d+!/.test(value)) return void 0;
    if (operator !== "==" && operator !== "!=") return void 0;
    return { kind: "version", variable, operator: `${operator}*`, release: release3 };
  }
  if (operator === "~=")
    return release3.length < 2 ? void 0 : { kind: "version", variable, operator, release: release3 };
  if (version4.key !== version4.publicKey && operator !== "==" && operator !== "!=") return void 0;
  return isComparison(operator) ? { kind: "version", variable, operator, release: release3 } : void 0;
}
function isVersionVariable(name5) {
  return VERSION_VARIABLES.has(name5);
}
function isComparison(operator) {
  return INVERTED.has(operator);
}
var init_marker = __esm({
  "src/uv/lock/marker.ts"() {
    "use strict";
    init_marker_words();
    init_names();
    init_version2();
    init_marker_words();
  }
});

// src/uv/lock/fields.ts
function invalid(place3, what, fix = "Run 'uv lock' to recreate it.") {
  const line = place3.line();
  const at = line === void 0 ? place3.file : `${place3.file}:${line}`;
  const subject3 = place3.subject === "" ? "" : ` (${place3.subject})`;
  return new UserError("lock-invalid", printable(`${at}${subject3}: ${what}. ${fix}`), {
    at: line === void 0 ? { file: place3.file } : { file: place3.file, line }
  });
}
function field(table3, key2) {
  return Object.hasOwn(table3, key2) ? table3[key2] : void 0;
}
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function optionalString(table3, key2, place3) {
  const value = field(table3, key2);
  if (value === void 0 || typeof value === "string") return value;
  throw invalid(place3, `'${key2}' has to be a string, not ${describe(value)}`);
}
function requiredString(table3, key2, place3) {
  const value = optionalString(table3, key2, place3);
  if (value === void 0) throw invalid(place3, `'${key2}' is missing`);
  return value;
}
function optionalCount(table3, key2, place3) {
  const value = field(table3, key2);
  if (value === void 0) return void 0;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(place3, `'${key2}' has to be a whole number, not ${describe(value)}`);
}
function optionalBoolean(table3, key2, place3) {
  const value = field(table3, key2);
  if (value === void 0 || typeof value === "boolean") return value;
  throw invalid(place3, `'${key2}' has to be true or false, not ${describe(value)}`);
}
function tableField(table3, key2, place3) {
  const value = field(table3, key2);
  if (value === void 0) return NO_TABLE;
  if (isTable(value)) return value;
  throw invalid(place3, `'${key2}' has to be a table, not ${describe(value)}`);
}
function arrayField(table3, key2, place3) {
  const value = field(table3, key2);
  return value === void 0 ? NOTHING : asArray(value, key2, place3);
}
function asArray(value, key2, place3) {
  if (Array.isArray(value)) return value;
  throw invalid(place3, `'${key2}' has to be an array, not ${describe(value)}`);
}
function tablesField(table3, key2, place3) {
  const items = arrayField(table3, key2, place3);
  return items.length === 0 ? NOTHING : items.map((item2) => asTable(item2, key2, place3));
}
function asTable(value, key2, place3) {
  if (isTable(value)) return value;
  throw invalid(place3, `'${key2}' has to hold tables, not ${describe(value)}`);
}
function stringsField(table3, key2, place3) {
  const items = arrayField(table3, key2, place3);
  if (items.length === 0) return NOTHING;
  return items.map((item2) => {
    if (typeof item2 === "string") return item2;
    throw invalid(place3, `'${key2}' has to hold strings, not ${describe(item2)}`);
  });
}
function namesField(table3, key2, place3) {
  const items = stringsField(table3, key2, place3);
  return items.length === 0 ? NOTHING : items.map((name5) => asName(name5, key2, place3));
}
function asName(text3, key2, place3) {
  const name5 = normalizeName(text3);
  if (name5 === void 0) throw invalid(place3, `'${clip(text3)}' in '${key2}' is not a name`);
  return name5;
}
function clip(text3, length = 120) {
  return text3.length <= length ? text3 : `${text3.slice(0, length)}…`;
}
function describe(value) {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : `a ${typeof value}`;
}
var NO_TABLE, NOTHING, Markers;
var init_fields = __esm({
  "src/uv/lock/fields.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_marker();
    init_names();
    NO_TABLE = Object.freeze(/* @__PURE__ */ Object.create(null));
    NOTHING = Object.freeze([]);
    Markers = class {
      #known = /* @__PURE__ */ new Map();
      /** @throws UserError `lock-marker` */
      parse(text3, place3) {
        const known2 = this.#known.get(text3);
        if (known2 !== void 0) return known2;
        try {
          const marker = parseMarker(text3);
          this.#known.set(text3, marker);
          return marker;
        } catch (error2) {
          if (!(error2 instanceof MarkerSyntaxError)) throw error2;
          const { message, at } = invalid(
            place3,
            `the marker ${JSON.stringify(clip(text3))} cannot be read at its column ${error2.column}: ${error2.message}`
          );
          throw new UserError("lock-marker", message, at === void 0 ? {} : { at });
        }
      }
      optional(table3, key2, place3) {
        const text3 = optionalString(table3, key2, place3);
        return text3 === void 0 || text3 === "" ? void 0 : this.parse(text3, place3);
      }
      list(table3, key2, place3) {
        const items = stringsField(table3, key2, place3);
        return items.length === 0 ? NOTHING : items.map((text3) => this.parse(text3, place3));
      }
    };
  }
});

// src/uv/lock/source.ts
function parseSource(value, place3) {
  if (!isTable(value)) throw invalid(place3, "'source' is missing or not a table");
  for (const kind2 of KEYS) {
    const text3 = field(value, kind2);
    if (typeof text3 === "string") return build(kind2, text3, value, place3);
  }
  throw invalid(
    place3,
    `'source' names none of ${KEYS.join(", ")}`,
    "A newer uv may have written it: update uv-fod."
  );
}
function sourceKey(source) {
  switch (source.kind) {
    case "registry":
      return `registry ${source.url}`;
    case "url":
      return `url ${source.url} ${source.subdirectory ?? ""}`;
    case "git": {
      const ref = source.ref === void 0 ? "" : `${source.ref.kind}=${source.ref.name}`;
      return `git ${source.url} ${source.commit} ${source.subdirectory ?? ""} ${source.path ?? ""} ${ref} ${source.lfs}`;
    }
    default:
      return `${source.kind} ${source.path}`;
  }
}
function lastSegment(url) {
  const bare3 = url.split(/[?#]/, 1)[0] ?? "";
  const segment = bare3.slice(bare3.lastIndexOf("/") + 1);
  try {
    const decoded2 = decodeURIComponent(segment);
    return decoded2 === "" || /[/\\\0]/.test(decoded2) || decoded2 === ".." || decoded2 === "." ? void 0 : decoded2;
  } catch {
    return void 0;
  }
}
function bareUrl(url) {
  const bare3 = url.split(/[?#]/, 1)[0] ?? "";
  return bare3.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*(?:@[^/@]*)*@/i, "$1");
}
function build(kind2, text3, table3, place3) {
  switch (kind2) {
    case "registry":
      return SCHEME.test(text3) ? { kind: "registry", url: text3 } : { kind: "registry-path", path: text3 };
    case "git":
      return parseGit(text3, place3);
    case "url":
      return { kind: "url", url: text3, subdirectory: optionalString(table3, "subdirectory", place3) };
    case "path":
      return { kind: "path", path: text3 };
    default:
      return { kind: kind2, path: text3 === "" ? "." : text3 };
  }
}
function parseGit(text3, place3) {
  const hash2 = text3.indexOf("#");
  const commit3 = hash2 < 0 ? "" : text3.slice(hash2 + 1);
  if (!COMMIT.test(commit3))
    throw invalid(
      place3,
      `the git source '${clip(bareUrl(text3))}' does not end in '#' and a commit of 40 digits`
    );
  const beforeHash = text3.slice(0, hash2);
  const question = beforeHash.indexOf("?");
  const query2 = new URLSearchParams(question < 0 ? "" : beforeHash.slice(question + 1));
  let ref;
  let subdirectory;
  let path58;
  let lfs = false;
  for (const [key2, value] of query2) {
    if (key2 === "rev" || key2 === "tag" || key2 === "branch") ref = { kind: key2, name: value };
    else if (key2 === "subdirectory") subdirectory = value;
    else if (key2 === "path") path58 = value;
    else if (key2 === "lfs") lfs = value.toLowerCase() === "true";
  }
  if (ref?.kind === "rev" && COMMIT.test(ref.name) && ref.name.toLowerCase() !== commit3.toLowerCase())
    throw invalid(place3, `the git source requests commit ${ref.name} but pins ${commit3}`);
  return {
    kind: "git",
    url: bareUrl(beforeHash),
    commit: commit3.toLowerCase(),
    subdirectory,
    path: path58,
    lfs,
    ref
  };
}
var SCHEME, COMMIT, KEYS;
var init_source = __esm({
  "src/uv/lock/source.ts"() {
    "use strict";
    init_fields();
    SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
    COMMIT = /^[0-9a-f]{40}$/i;
    KEYS = ["registry", "git", "url", "path", "directory", "editable", "virtual"];
  }
});

// src/uv/lock/wheel-name.ts
function parseWheelName(filename, known2) {
  if (!filename.endsWith(".whl")) return "it does not end in .whl";
  const parts = filename.slice(0, -".whl".length).split("-");
  if (parts.length < 5 || parts.length > 7) return "it does not have 5 to 7 parts between dashes";
  const third = parts[2] ?? "";
  const hasBuild = parts.length === 7 || parts.length === 6 && /^\d/.test(third);
  const [python, abi, platform2, variant] = parts.slice(hasBuild ? 3 : 2);
  const build5 = hasBuild ? parseBuild(third) : void 0;
  if (hasBuild && build5 === void 0) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? "")) return `'${parts[0]}' is not a package name`;
  const version4 = parts[1] === known2?.text ? known2?.version : parseVersion(parts[1] ?? "");
  if (version4 === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform2 === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform2]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return {
    filename,
    version: version4,
    build: build5,
    tags: `${python}-${abi}-${platform2}`,
    variant
  };
}
function compareBuild(left, right) {
  if (left === void 0 || right === void 0)
    return Number(left !== void 0) - Number(right !== void 0);
  if (left.number !== right.number) return left.number > right.number ? 1 : -1;
  if (left.rest === right.rest) return 0;
  return left.rest > right.rest ? 1 : -1;
}
function parseBuild(text3) {
  const match2 = BUILD.exec(text3);
  if (match2?.[1] === void 0 || match2[1].length > 20) return void 0;
  return { number: BigInt(match2[1]), rest: match2[2] ?? "" };
}
var TAGS, BUILD;
var init_wheel_name = __esm({
  "src/uv/lock/wheel-name.ts"() {
    "use strict";
    init_names();
    init_version2();
    TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
    BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;
  }
});

// src/uv/lock/files.ts
function parseWheels(table3, version4, place3) {
  const expected = version4 === void 0 ? void 0 : parseVersion(version4);
  const known2 = version4 === void 0 || expected === void 0 ? void 0 : { text: version4, version: expected };
  return tablesField(table3, "wheels", place3).map((entry) => {
    const file = parseFile(entry, place3);
    const filename = fileName(file) ?? optionalString(entry, "filename", place3);
    if (filename === void 0) throw invalid(place3, "a wheel has no url, path or filename");
    const name5 = parseWheelName(filename, known2);
    if (typeof name5 === "string")
      throw invalid(place3, `'${clip(filename)}' is not a wheel's file name: ${name5}`);
    if (expected !== void 0 && name5.version.key !== expected.key && name5.version.publicKey !== expected.key)
      throw invalid(place3, `the wheel '${clip(filename)}' is not of version ${version4}`);
    return { url: file.url, path: file.path, hash: file.hash, size: file.size, name: name5 };
  });
}
function parseSdist(table3, place3) {
  const value = field(table3, "sdist");
  if (value === void 0) return void 0;
  if (!isTable(value)) throw invalid(place3, "'sdist' has to be a table");
  return parseFile(value, place3);
}
function fileName(file) {
  const from = file.url ?? file.path;
  if (from === void 0) return void 0;
  return file.url === void 0 ? from.slice(from.lastIndexOf("/") + 1) : lastSegment(from);
}
function parseFile(entry, place3) {
  const hash2 = optionalString(entry, "hash", place3);
  if (hash2 !== void 0) checkHash(hash2, place3);
  return {
    url: optionalString(entry, "url", place3),
    path: optionalString(entry, "path", place3),
    hash: hash2,
    size: optionalCount(entry, "size", place3)
  };
}
function checkHash(hash2, place3) {
  const colon = hash2.indexOf(":");
  const bytes = DIGEST_BYTES.get(hash2.slice(0, Math.max(colon, 0)));
  if (bytes === void 0)
    throw invalid(
      place3,
      `the hash '${clip(hash2)}' does not begin with one of ${[...DIGEST_BYTES.keys()].join(", ")}`
    );
  const digest3 = hash2.slice(colon + 1);
  if (digest3.length !== bytes * 2 || !/^[0-9a-f]*$/i.test(digest3))
    throw invalid(place3, `the hash '${clip(hash2)}' is not ${bytes * 2} hexadecimal digits`);
}
var DIGEST_BYTES;
var init_files = __esm({
  "src/uv/lock/files.ts"() {
    "use strict";
    init_fields();
    init_source();
    init_version2();
    init_wheel_name();
    DIGEST_BYTES = /* @__PURE__ */ new Map([
      ["md5", 16],
      ["sha256", 32],
      ["sha384", 48],
      ["sha512", 64],
      ["blake2b", 64]
    ]);
  }
});

// src/uv/lock/settings.ts
function parseSettings(table3, file) {
  const place3 = { file, subject: "", line: () => void 0 };
  return { noBinary: parseRule(table3, "no-binary", place3), noBuild: parseRule(table3, "no-build", place3) };
}
function parseRule(table3, key2, place3) {
  const all2 = optionalBoolean(table3, key2, place3);
  const names3 = namesField(table3, `${key2}-package`, place3);
  if (all2 !== void 0) return { kind: all2 ? "all" : "none" };
  return names3.length === 0 ? { kind: "none" } : { kind: "packages", names: new Set(names3) };
}
function forbidsWheel(settings3, name5) {
  return forbids(settings3.noBinary, settings3.noBuild, name5);
}
function forbidsBuild(settings3, name5) {
  return forbids(settings3.noBuild, settings3.noBinary, name5);
}
function forbids(rule, exception, name5) {
  if (rule.kind === "packages") return rule.names.has(name5);
  if (rule.kind === "none") return false;
  return exception.kind !== "packages" || !exception.names.has(name5);
}
function parsePyproject(document, file) {
  const place3 = { file, subject: "", line: () => void 0 };
  const project = tableField(document, "project", place3);
  const name5 = optionalString(project, "name", place3);
  const tool = tableField(document, "tool", place3);
  const uv = field(tool, "uv") === void 0 ? void 0 : tableField(tool, "uv", place3);
  const groups2 = new Set(
    Object.keys(tableField(document, "dependency-groups", place3)).map(
      (group2) => asName(group2, "dependency-groups", place3)
    )
  );
  const defaultGroups2 = uv === void 0 ? void 0 : readDefaultGroups(uv, groups2, place3);
  if (uv !== void 0 && field(uv, "dev-dependencies") !== void 0) groups2.add("dev");
  return {
    file,
    name: name5 === void 0 ? void 0 : asName(name5, "project.name", place3),
    groups: groups2,
    defaultGroups: defaultGroups2,
    isWorkspaceRoot: uv !== void 0 && isTable(field(uv, "workspace")),
    uv
  };
}
function readDefaultGroups(uv, groups2, place3) {
  const value = field(uv, "default-groups");
  if (value === void 0 || value === "all") return value;
  const names3 = namesField(uv, "default-groups", place3);
  for (const name5 of names3)
    if (!groups2.has(name5))
      throw invalid(
        place3,
        `'tool.uv.default-groups' names '${clip(name5)}', which [dependency-groups] does not have`,
        "Remove it, or add the group."
      );
  return names3;
}
var NO_SETTINGS;
var init_settings = __esm({
  "src/uv/lock/settings.ts"() {
    "use strict";
    init_fields();
    NO_SETTINGS = { noBinary: { kind: "none" }, noBuild: { kind: "none" } };
  }
});

// src/uv/plan/target.ts
function parseTarget(input) {
  const system2 = SYSTEMS.find((name5) => name5 === input.system);
  if (system2 === void 0)
    throw new UserError(
      "target-system",
      `'${input.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system: system2, python: parsePython(input.python), libc: parseLibc(input.libc, system2) };
}
function formatLibc(libc) {
  return `${libc.kind}:${libc.major}.${libc.minor}`;
}
function parsePython(text3) {
  const [, minor2, patch2 = "0"] = PYTHON.exec(text3) ?? [];
  if (minor2 === void 0)
    throw new UserError(
      "target-python",
      `'${text3}' is not a version of Python 3. Write a release such as 3.14 (read as 3.14.0) or 3.14.8; pre-releases are not supported.`
    );
  return `3.${Number(minor2)}.${Number(patch2)}`;
}
function parseLibc(text3, system2) {
  const darwin = system2.endsWith("-darwin");
  if (text3 === void 0 || text3 === "") return darwin ? DEFAULT_DARWIN : DEFAULT_LINUX;
  const [, kind2, major2, minor2] = LIBC.exec(text3) ?? [];
  const example = darwin ? "macos:14.0" : "glibc:2.39 or musl:1.2";
  if (kind2 !== "glibc" && kind2 !== "musl" && kind2 !== "macos")
    throw new UserError("target-libc", `'${text3}' is not a C library and version. Write ${example}.`);
  if (kind2 === "macos" !== darwin)
    throw new UserError("target-libc", `'${text3}' does not go with ${system2}. Write ${example}.`);
  const libc = { kind: kind2, major: Number(major2), minor: Number(minor2) };
  const known2 = { glibc: libc.major === 2, musl: libc.major === 1, macos: libc.major >= 11 }[kind2];
  if (!known2 || libc.minor > 200)
    throw new UserError(
      "target-libc",
      `There are no wheels for '${text3}': glibc is 2.x, musl 1.x, macOS 11.0 or later.`
    );
  return libc;
}
var SYSTEMS, PYTHON, LIBC, DEFAULT_LINUX, DEFAULT_DARWIN;
var init_target2 = __esm({
  "src/uv/plan/target.ts"() {
    "use strict";
    init_errors();
    SYSTEMS = [
      "x86_64-linux",
      "aarch64-linux",
      "x86_64-darwin",
      "aarch64-darwin"
    ];
    PYTHON = /^3\.(\d{1,3})(?:\.(\d{1,3}))?$/;
    LIBC = /^(glibc|musl|macos):(\d{1,4})\.(\d{1,4})$/;
    DEFAULT_LINUX = { kind: "glibc", major: 2, minor: 39 };
    DEFAULT_DARWIN = { kind: "macos", major: 14, minor: 0 };
  }
});

// src/uv/plan/choose.ts
function chooseArtifact(item2, chooser) {
  if (item2.source.kind === "virtual") return void 0;
  const wheelAllowed = !forbidsWheel(chooser.settings, item2.name);
  const wheel = wheelAllowed ? bestWheel(item2.wheels, chooser.rank) : void 0;
  if (wheel !== void 0) return wheelArtifact(item2, wheel, chooser);
  const source = sourceArtifact(item2, chooser);
  const buildAllowed = chooser.members.has(item2.name) || !forbidsBuild(chooser.settings, item2.name);
  if (source !== void 0 && buildAllowed) return source;
  throw nothingFits(item2, chooser, wheelAllowed, source !== void 0);
}
function bestWheel(wheels, rank) {
  let best;
  for (const wheel of wheels) {
    const own2 = rank(wheel.name);
    if (own2 === void 0) continue;
    const better = best === void 0 || own2 > best.rank || own2 === best.rank && compareBuild(wheel.name.build, best.wheel.name.build) > 0;
    if (better) best = { wheel, rank: own2 };
  }
  return best?.wheel;
}
function wheelArtifact(item2, wheel, chooser) {
  const { source } = item2;
  const common = { ...identity(item2), ...fileFields(wheel), filename: wheel.name.filename };
  switch (source.kind) {
    case "registry":
    case "registry-path":
      return { ...common, kind: "wheel", ...address(item2, wheel, chooser) };
    case "url":
      return { ...common, kind: "wheel", url: source.url };
    case "path":
      return { ...common, kind: "wheel", path: source.path };
    case "git":
      if (source.path !== void 0) return { ...common, ...gitFields(item2), path: source.path };
  }
  throw broken(item2, chooser, `it has wheels, which a '${source.kind}' source cannot have`);
}
function sourceArtifact(item2, chooser) {
  const { source, sdist } = item2;
  switch (source.kind) {
    case "registry":
    case "registry-path":
      return sdist === void 0 ? void 0 : registrySdist(item2, sdist, chooser);
    case "url": {
      const filename = archiveName(item2, lastSegment(source.url), chooser, isPep625);
      if (filename === void 0) return void 0;
      const file = {
        ...identity(item2),
        kind: "sdist",
        filename,
        ...fileFields(sdist),
        url: source.url
      };
      return source.subdirectory === void 0 ? file : { ...file, subdirectory: source.subdirectory };
    }
    case "path": {
      const filename = archiveName(item2, baseName(source.path), chooser, isPep625);
      if (filename === void 0) return void 0;
      return { ...identity(item2), kind: "sdist", filename, ...fileFields(sdist), path: source.path };
    }
    case "git": {
      if (source.path === void 0) return { ...identity(item2), ...gitFields(item2) };
      const filename = archiveName(item2, baseName(source.path), chooser, isArchive);
      if (filename === void 0) return void 0;
      return { ...identity(item2), ...gitFields(item2), filename, ...fileFields(sdist), path: source.path };
    }
    case "editable":
      return { ...identity(item2), kind: "directory", path: source.path, editable: true };
    default:
      return { ...identity(item2), kind: "directory", path: source.path };
  }
}
function registrySdist(item2, sdist, chooser) {
  const filename = fileName(sdist);
  if (filename === void 0 || !isArchive(filename))
    throw broken(item2, chooser, `its sdist '${filename ?? sdist.url ?? ""}' has no name of a source archive`);
  return {
    ...identity(item2),
    kind: "sdist",
    filename,
    ...fileFields(sdist),
    ...address(item2, sdist, chooser)
  };
}
function address(item2, file, chooser) {
  if (file.url !== void 0) return { url: file.url };
  if (item2.source.kind === "registry-path" && file.path !== void 0)
    return { path: joinPath(item2.source.path, file.path) };
  throw broken(item2, chooser, "a file that is needed has no url or path");
}
function identity(item2) {
  return item2.version === void 0 ? { name: item2.name } : { name: item2.name, version: item2.version };
}
function fileFields(file) {
  return {
    ...file?.hash === void 0 ? {} : { hash: file.hash },
    ...file?.size === void 0 ? {} : { size: file.size }
  };
}
function gitFields({ source }) {
  if (source.kind !== "git") return { kind: "git" };
  return {
    kind: "git",
    url: bareUrl(source.url),
    commit: source.commit,
    ...source.subdirectory === void 0 ? {} : { subdirectory: source.subdirectory },
    ...source.ref === void 0 ? {} : { ref: `${source.ref.kind}=${source.ref.name}` },
    ...source.lfs ? { lfs: true } : {}
  };
}
function archiveName(item2, name5, chooser, accepts) {
  if (name5?.endsWith(".whl")) return void 0;
  if (name5 !== void 0 && accepts(name5)) return name5;
  throw broken(item2, chooser, `uv builds from .tar.gz and .zip archives, and '${name5 ?? ""}' is neither`);
}
function isPep625(name5) {
  return /\.(?:tar\.gz|zip)$/.test(name5);
}
function isArchive(name5) {
  return /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/.test(name5);
}
function baseName(file) {
  return file.slice(file.lastIndexOf("/") + 1);
}
function joinPath(folder, file) {
  if (file.startsWith("/") || folder === "." || folder === "") return file;
  return `${folder.replace(/\/$/, "")}/${file}`;
}
function broken(item2, chooser, what) {
  const line = item2.line();
  const place3 = line === void 0 ? chooser.file : `${chooser.file}:${line}`;
  return new UserError(
    "no-artifact",
    printable(`${place3} (package '${item2.name}'): ${what}. Run 'uv lock' to recreate it.`),
    {
      at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line }
    }
  );
}
function nothingFits(item2, chooser, wheelAllowed, hasSource) {
  const { system: system2, python, libc } = chooser.target;
  const label3 = item2.version === void 0 ? item2.name : `${item2.name} ${item2.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item2) : "wheels are forbidden for it (no-binary)",
    hasSource ? "building it is forbidden (no-build)" : "there is no source to build it from"
  ];
  const line = item2.line();
  return new UserError(
    "no-artifact",
    `No artifact of ${label3} fits ${system2}, Python ${python}, ${formatLibc(libc)}: ${reasons.join("; ")}. Change the target, the rules in [tool.uv], or the version.`,
    { at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line } }
  );
}
function wheelReason(item2) {
  if (item2.wheels.length === 0) return "there are no wheels";
  const shown3 = item2.wheels.slice(0, 8).map(({ name: name5 }) => name5.filename);
  const more2 = item2.wheels.length > shown3.length ? ` and ${item2.wheels.length - shown3.length} more` : "";
  return `no wheel is compatible (${shown3.join(", ")}${more2})`;
}
var init_choose = __esm({
  "src/uv/plan/choose.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_files();
    init_settings();
    init_source();
    init_wheel_name();
    init_target2();
  }
});

// src/uv/plan/tags.ts
function tagRank(target3) {
  const minor2 = Number(target3.python.split(".")[1]);
  const native = rankMap(nativeTags(minor2));
  const pure = rankMap(pureTags(minor2));
  const platforms = rankMap(platformTags(target3));
  const rankOf = (tags) => {
    const [pythons = [], abis = [], targets = []] = tags.split("-").map((part) => part.split("."));
    let best;
    const offer = (rank) => {
      if (best === void 0 || rank > best) best = rank;
    };
    for (const tag of pythons.flatMap((python) => abis.map((abi) => `${python}-${abi}`))) {
      const nativeRank = native.get(tag);
      const pureRank = pure.get(tag);
      for (const platform2 of targets) {
        const platformRank = platforms.get(platform2);
        if (nativeRank !== void 0 && platformRank !== void 0)
          offer(pure.size + nativeRank * platforms.size + platformRank);
        if (pureRank !== void 0 && platform2 === "any") offer(pureRank);
      }
    }
    return best;
  };
  const known2 = /* @__PURE__ */ new Map();
  return ({ tags, variant }) => {
    if (variant !== void 0) return void 0;
    if (!known2.has(tags)) known2.set(tags, rankOf(tags));
    return known2.get(tags);
  };
}
function nativeTags(minor2) {
  const tags = [`cp3${minor2}-cp3${minor2}`, `cp3${minor2}-abi3`, `cp3${minor2}-none`];
  for (let older = minor2 - 1; older >= 2; older -= 1) tags.push(`cp3${older}-abi3`);
  tags.push(`py3${minor2}-none`, "py3-none");
  for (let older = minor2 - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}
function pureTags(minor2) {
  const tags = [`cp3${minor2}-none`, `py3${minor2}-none`, "py3-none"];
  for (let older = minor2 - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}
function platformTags(target3) {
  const { kind: kind2, major: major2, minor: minor2 } = target3.libc;
  const arch2 = target3.system.startsWith("x86_64") ? "x86_64" : "aarch64";
  if (kind2 === "macos") return arch2 === "x86_64" ? macosIntel(major2) : macosArm(major2);
  const tags = [];
  if (kind2 === "musl")
    for (let level2 = minor2; level2 >= 0; level2 -= 1) tags.push(`musllinux_${major2}_${level2}_${arch2}`);
  else tags.push(...manylinux(minor2, arch2));
  return [...tags, `linux_${arch2}`];
}
function manylinux(newest, arch2) {
  const legacy = /* @__PURE__ */ new Map([
    [17, "manylinux2014"],
    [12, "manylinux2010"],
    [5, "manylinux1"]
  ]);
  const tags = [];
  for (let level2 = newest; level2 >= (arch2 === "x86_64" ? 5 : 17); level2 -= 1) {
    tags.push(`manylinux_2_${level2}_${arch2}`);
    const older = legacy.get(level2);
    if (older !== void 0) tags.push(`${older}_${arch2}`);
  }
  return tags;
}
function macosIntel(newest) {
  const formats = ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"];
  const tags = [];
  for (let major2 = newest; major2 >= 11; major2 -= 1)
    tags.push(...formats.map((format2) => `macosx_${major2}_0_${format2}`));
  for (let minor2 = 16; minor2 >= 4; minor2 -= 1)
    tags.push(...formats.map((format2) => `macosx_10_${minor2}_${format2}`));
  return tags;
}
function macosArm(newest) {
  const tags = [];
  for (let major2 = newest; major2 >= 11; major2 -= 1)
    tags.push(`macosx_${major2}_0_arm64`, `macosx_${major2}_0_universal2`);
  for (let minor2 = 16; minor2 >= 4; minor2 -= 1) tags.push(`macosx_10_${minor2}_universal2`);
  return tags;
}
function rankMap(tags) {
  return new Map(tags.map((tag, index) => [tag, tags.length - index]));
}
var init_tags = __esm({
  "src/uv/plan/tags.ts"() {
    "use strict";
  }
});

// src/uv/plan/diff.ts
function usualTargets(lock) {
  const newest = PYTHONS.find(
    (python) => satisfies(`${python}.0`, lock.requiresPython, { prereleases: true })
  );
  return SYSTEMS.map((system2) => parseTarget({ system: system2, python: newest ?? "3.14" }));
}
function diffLocks(before, after, targets = usualTargets(after)) {
  const platforms = targets.map((target3) => ({ system: target3.system, rank: tagRank(target3) }));
  const directBefore = directNames(before);
  const directAfter = directNames(after);
  const added = [];
  const removed = [];
  const changed3 = [];
  const hashOnly = [];
  for (const name5 of [.../* @__PURE__ */ new Set([...before.byName.keys(), ...after.byName.keys()])].sort()) {
    const old = before.byName.get(name5) ?? [];
    const now = after.byName.get(name5) ?? [];
    const direct2 = (now.length > 0 ? directAfter : directBefore).has(name5);
    const relation = direct2 ? "direct" : "transitive";
    const change = () => ({
      name: name5,
      relation,
      before: entries(old, platforms),
      after: entries(now, platforms)
    });
    if (old.length === 0) added.push(change());
    else if (now.length === 0) removed.push(change());
    else if (!sameText(identities(old), identities(now))) changed3.push(change());
    else {
      hashOnly.push(...hashChanges(old, now, relation));
      const offered = change();
      if (!sameText(formTexts(offered.before), formTexts(offered.after))) changed3.push(offered);
    }
  }
  return { added, removed, changed: changed3, hashOnly };
}
function directNames(lock) {
  const names3 = new Set([...lock.requirements, ...[...lock.groups.values()].flat()].map((item2) => item2.name));
  const members = new Set(lock.members);
  for (const item2 of lock.packages) {
    if (!members.has(item2.name) && !(isTree(item2) && item2.source.path === ".")) continue;
    names3.add(item2.name);
    for (const list6 of [item2.dependencies, ...item2.extras.values(), ...item2.groups.values()])
      for (const dependency of list6) names3.add(dependency.package.name);
  }
  return names3;
}
function isTree(item2) {
  return item2.source.kind === "directory" || item2.source.kind === "editable" || item2.source.kind === "virtual";
}
function entries(items, platforms) {
  return items.map((item2) => {
    const forms = {};
    for (const { system: system2, rank } of platforms) forms[system2] = formOf(item2, rank);
    return { version: item2.version, source: displaySource(item2), forms };
  });
}
function formOf(item2, rank) {
  if (isTree(item2)) return "directory";
  if (bestWheel(item2.wheels, rank) !== void 0) return "wheel";
  if (item2.source.kind === "git") return "git";
  const isWheelFile = (item2.source.kind === "url" || item2.source.kind === "path") && item2.wheels.length > 0;
  const buildable = item2.sdist !== void 0 || item2.source.kind === "url" || item2.source.kind === "path";
  return buildable && !isWheelFile ? "sdist" : "none";
}
function displaySource(item2) {
  const { source } = item2;
  if (source.kind === "registry" || source.kind === "registry-path") return void 0;
  if (source.kind === "git") return `git ${source.url} ${source.commit}`;
  return `${source.kind} ${source.kind === "url" ? source.url : source.path}`;
}
function identities(items) {
  return items.map((item2) => {
    const { kind: kind2 } = item2.source;
    const source = kind2 === "registry" || kind2 === "registry-path" ? "" : sourceKey(item2.source);
    return `${item2.version ?? ""} ${source}`;
  });
}
function formTexts(list6) {
  return list6.map((entry) => JSON.stringify(entry.forms));
}
function sameText(left, right) {
  return left.length === right.length && [...left].sort().join("\n") === [...right].sort().join("\n");
}
function hashChanges(old, now, relation) {
  const previous = new Map(old.flatMap((item2) => filesOf(item2).map(({ key: key2, file }) => [key2, file])));
  return now.flatMap(
    (item2) => filesOf(item2).flatMap(({ key: key2, filename, file }) => {
      const before = previous.get(key2);
      if (before === void 0 || before.hash === file.hash) return [];
      return [
        { name: item2.name, relation, version: item2.version, filename, before: before.hash, after: file.hash }
      ];
    })
  );
}
function filesOf(item2) {
  const files = item2.wheels.map((wheel) => ({ filename: wheel.name.filename, file: wheel }));
  if (item2.sdist !== void 0) files.push({ filename: sdistName(item2, item2.sdist), file: item2.sdist });
  return files.map(({ filename, file }) => ({ key: `${item2.version ?? ""} ${filename}`, filename, file }));
}
function sdistName(item2, sdist) {
  const from = sdist.url ?? sdist.path ?? ("path" in item2.source ? item2.source.path ?? "" : "");
  const bare3 = from.split(/[?#]/, 1)[0] ?? "";
  return bare3.slice(bare3.lastIndexOf("/") + 1) || `${item2.name}.tar.gz`;
}
var PYTHONS;
var init_diff = __esm({
  "src/uv/plan/diff.ts"() {
    "use strict";
    init_pep440();
    init_source();
    init_choose();
    init_tags();
    init_target2();
    PYTHONS = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"];
  }
});

// src/uv/plan/environment.ts
function environmentOf(target3) {
  const darwin = target3.system.endsWith("-darwin");
  const machine = target3.system.startsWith("x86_64") ? "x86_64" : darwin ? "arm64" : "aarch64";
  const full = target3.python.split(".").map(Number);
  return {
    strings: {
      os_name: "posix",
      sys_platform: darwin ? "darwin" : "linux",
      platform_machine: machine,
      platform_python_implementation: "CPython",
      platform_release: "",
      platform_system: darwin ? "Darwin" : "Linux",
      platform_version: "",
      implementation_name: "cpython"
    },
    versions: { python_version: full.slice(0, 2), python_full_version: full, implementation_version: full }
  };
}
function evaluate(marker, environment2, extra) {
  if (marker === void 0 || marker.program.length === 0) return true;
  const stack = [];
  for (const item2 of marker.program) {
    if (item2 === "and" || item2 === "or") {
      const right = stack.pop() ?? false;
      const left = stack.pop() ?? false;
      stack.push(item2 === "and" ? left && right : left || right);
    } else {
      stack.push(evaluateTerm(item2, environment2, extra));
    }
  }
  return stack.pop() ?? true;
}
function evaluateTerm(term, environment2, extra) {
  switch (term.kind) {
    case "constant":
      return term.value;
    case "extra": {
      const active = extra(term.name);
      return active === "either" || active !== term.negated;
    }
    case "version":
      return compareVersion(environment2.versions[term.variable], term);
    case "version-list":
      return inVersionList(environment2.versions[term.variable], term);
    case "substring": {
      const actual = environment2.strings[term.variable];
      const found2 = term.direction === "inside" ? term.value.includes(actual) : actual.includes(term.value);
      return found2 !== term.negated;
    }
    case "string":
      return compareString(environment2.strings[term.variable], term);
  }
}
function compareVersion(actual, term) {
  const order = compareRelease(actual, term.release);
  switch (term.operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "~=":
      return order >= 0 && hasPrefix(actual, term.release.slice(0, -1));
    case "==*":
      return hasPrefix(actual, term.release);
    case "!=*":
      return !hasPrefix(actual, term.release) && !(term.variable === "python_version" && isTooLong(term.release));
  }
}
function inVersionList(actual, term) {
  if (term.variable === "python_version" && term.releases.some(isTooLong)) return false;
  return term.releases.some((release3) => compareRelease(actual, release3) === 0) !== term.negated;
}
function isTooLong(release3) {
  return release3.slice(2).some((number2) => number2 !== 0);
}
function hasPrefix(actual, prefix2) {
  return prefix2.every((number2, index) => (actual[index] ?? 0) === number2);
}
function compareString(actual, term) {
  const ordered = term.variable === "platform_release" || term.variable === "platform_version";
  switch (term.operator) {
    case "==":
      return actual === term.value;
    case "!=":
      return actual !== term.value;
    case "<":
      return ordered && actual < term.value;
    case "<=":
      return ordered ? actual <= term.value : actual === term.value;
    case ">":
      return ordered && actual > term.value;
    case ">=":
      return ordered ? actual >= term.value : actual === term.value;
  }
}
var init_environment = __esm({
  "src/uv/plan/environment.ts"() {
    "use strict";
    init_version2();
  }
});

// src/uv/plan/selection.ts
function selectRoots(project, selection) {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name5) => wanted(name5, "extra")));
  const explicit = new Set(selection.groups.map((name5) => wanted(name5, "group")));
  const names3 = chosenNames(project, selection);
  const packages = (names3 ?? workspaceNames(lock, selection.allPackages)).map(
    (name5) => rootPackage(lock, name5)
  );
  const single = names3?.length === 1 ? packages[0] : void 0;
  const groups2 = /* @__PURE__ */ new Set([...explicit, ...selection.defaultGroups ? defaultGroups(project, single) : []]);
  const includesGroup = groupFilter(project, single, groups2, explicit);
  checkExtras(lock, packages, extras);
  const root = implicitRoot(lock);
  checkGroups(project, single === void 0 || root === void 0 ? packages : [...packages, root], explicit);
  return {
    packages,
    groupRoot: single === void 0 ? void 0 : inheritedRoot(project, single, includesGroup),
    requirements: rootRequirements(lock, includesGroup),
    extras,
    groups: groups2,
    includesGroup,
    byName: names3 !== void 0
  };
}
function chosenNames({ lock, current: current2 }, selection) {
  if (selection.allPackages) return void 0;
  if (selection.packages.length === 0) return current2 === void 0 ? void 0 : [current2];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name5) => wanted(name5, "package")))].map((name5) => {
    if (members.includes(name5)) return name5;
    throw new UserError(
      "selection-package",
      `'${name5}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list3(members)}.`
    );
  });
}
function workspaceNames(lock, withImplicitRoot) {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === void 0 ? [] : [root.name];
}
function implicitRoot(lock) {
  return lock.packages.find(({ name: name5, source }) => {
    if (source.kind === "directory") return source.path === "." && lock.members.includes(name5);
    return (source.kind === "editable" || source.kind === "virtual") && source.path === ".";
  });
}
function rootPackage(lock, name5) {
  const same2 = lock.byName.get(name5) ?? [];
  if (same2.length === 1 && same2[0] !== void 0) return same2[0];
  throw new UserError(
    "selection-package",
    same2.length === 0 ? `${lock.file} does not have the project '${name5}': it is for another project, or out of date. Run 'uv lock'.` : `${lock.file} has '${name5}' ${same2.length} times, so the name is ambiguous. Run 'uv lock'.`
  );
}
function defaultGroups(project, single) {
  const { lock } = project;
  const name5 = single?.name ?? project.current;
  const pyproject2 = name5 === void 0 ? project.rootPyproject : project.pyprojects.get(name5);
  const fromLock = name5 === void 0 ? lock.defaultGroups : lock.byName.get(name5)?.[0]?.defaultGroups;
  const configured = pyproject2 === void 0 ? fromLock : pyproject2.defaultGroups;
  if (configured !== "all") return configured ?? ["dev"];
  return [...lock.packages.flatMap((item2) => [...item2.groups.keys()]), ...lock.groups.keys()];
}
function groupFilter(project, single, groups2, explicit) {
  return (owner, group2) => {
    if (!groups2.has(group2)) return false;
    if (single === void 0 || owner === single.name) return true;
    return explicit.has(group2) && !declaresGroup(project.pyprojects.get(single.name), single, group2);
  };
}
function declaresGroup(pyproject2, item2, group2) {
  if (pyproject2 !== void 0) return pyproject2.groups.has(group2);
  return item2.declaredGroups.includes(group2) || item2.groups.has(group2);
}
function inheritedRoot(project, single, includesGroup) {
  const root = implicitRoot(project.lock);
  if (root === void 0 || root.name === single.name) return void 0;
  const groups2 = project.pyprojects.get(root.name)?.groups ?? [...root.declaredGroups, ...root.groups.keys()];
  return [...groups2].some((group2) => includesGroup(root.name, group2)) ? root : void 0;
}
function rootRequirements(lock, includesGroup) {
  const grouped = [...lock.groups].filter(([group2]) => includesGroup(void 0, group2));
  return [...lock.requirements, ...grouped.flatMap(([, requirements3]) => requirements3)];
}
function checkExtras(lock, packages, extras) {
  if (lock.revision < 1) return;
  const known2 = new Set(packages.flatMap((item2) => [...item2.declaredExtras, ...item2.extras.keys()]));
  for (const extra of extras)
    if (!known2.has(extra))
      throw new UserError(
        "selection-extra",
        `No extra '${extra}' in ${list3(packages.map((item2) => item2.name))} as ${lock.file} has it. There is: ${list3([...known2])}. Correct the name, or run 'uv lock' if the extra is new.`
      );
}
function checkGroups(project, packages, explicit) {
  const { lock, rootPyproject } = project;
  const known2 = new Set(packages.flatMap((item2) => [...item2.declaredGroups, ...item2.groups.keys()]));
  if (rootPyproject === void 0 || rootPyproject.name === void 0)
    for (const group2 of [...lock.groups.keys(), ...rootPyproject?.groups ?? []]) known2.add(group2);
  for (const group2 of explicit)
    if (!known2.has(group2))
      throw new UserError(
        "selection-group",
        `No dependency group '${group2}' in ${lock.file}. There is: ${list3([...known2])}. Correct the name, or run 'uv lock' if the group is new.`
      );
}
function wanted(text3, what) {
  const name5 = normalizeName(text3);
  if (name5 === void 0) throw new UserError("selection-name", `'${text3}' is not the name of a ${what}.`);
  return name5;
}
function list3(names3) {
  return names3.length === 0 ? "none" : [...names3].sort().join(", ");
}
var init_selection = __esm({
  "src/uv/plan/selection.ts"() {
    "use strict";
    init_errors();
    init_names();
  }
});

// src/uv/plan/conflicts.ts
function encodeItem(item2) {
  const name5 = `${item2.package.length}-${item2.package}`;
  return item2.kind === "project" ? `project-${name5}` : `${item2.kind}-${name5}-${item2.name}`;
}
function encodeExtra(packageName, extra) {
  return encodeItem({ package: packageName, kind: "extra", name: extra });
}
function decisiveNames(lock) {
  const names3 = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item2 of lock.packages)
    for (const list6 of [item2.dependencies, ...item2.extras.values(), ...item2.groups.values()])
      for (const { marker } of list6) for (const name5 of marker?.extras ?? []) names3.add(name5);
  return names3;
}
function initiallyActive(roots2) {
  const active = /* @__PURE__ */ new Set();
  for (const root of roots2.packages) {
    active.add(encodeItem({ package: root.name, kind: "project", name: "" }));
    for (const extra of roots2.extras) if (root.extras.has(extra)) active.add(encodeExtra(root.name, extra));
  }
  for (const root of [...roots2.packages, ...roots2.groupRoot === void 0 ? [] : [roots2.groupRoot]])
    for (const group2 of root.groups.keys())
      if (roots2.includesGroup(root.name, group2))
        active.add(encodeItem({ package: root.name, kind: "group", name: group2 }));
  return active;
}
function checkSelectedConflicts(lock, roots2) {
  if (lock.conflicts.length === 0) return;
  const names3 = roots2.byName ? involvedMembers(lock, roots2) : new Set(lock.members);
  for (const set of lock.conflicts) {
    const wanted2 = set.filter(
      (item2) => names3.has(item2.package) && (item2.kind === "project" || (item2.kind === "extra" ? roots2.extras : roots2.groups).has(item2.name))
    );
    if (wanted2.length >= 2) throw conflict(lock, wanted2);
  }
}
function checkActiveConflicts(lock, active) {
  for (const set of lock.conflicts) {
    const both = set.filter((item2) => item2.kind === "extra" && active.has(encodeItem(item2)));
    if (both.length >= 2) throw conflict(lock, both);
  }
}
function conflict(lock, items) {
  const text3 = items.map(
    (item2) => item2.kind === "project" ? item2.package : `${item2.kind} '${item2.name}' of ${item2.package}`
  );
  return new UserError(
    "conflict",
    `${text3.join(" and ")} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Select one of them.`
  );
}
function involvedMembers(lock, roots2) {
  const members = new Set(lock.members);
  const involved = new Set(roots2.packages.map((item2) => item2.name));
  const seen3 = /* @__PURE__ */ new Map();
  const queue = [];
  const push = (item2, extra) => {
    const known2 = seen3.get(item2) ?? /* @__PURE__ */ new Set();
    if (known2.has(extra)) return;
    seen3.set(item2, known2.add(extra));
    queue.push([item2, extra]);
  };
  for (const root of roots2.packages) {
    push(root, void 0);
    for (const extra of roots2.extras) push(root, extra);
  }
  const groupOwners = roots2.groupRoot === void 0 ? roots2.packages : [...roots2.packages, roots2.groupRoot];
  for (const root of groupOwners)
    for (const [group2, list6] of root.groups)
      if (roots2.includesGroup(root.name, group2))
        for (const dependency of list6)
          for (const extra of [void 0, ...dependency.extras]) push(dependency.package, extra);
  for (let at = 0; at < queue.length; at += 1) {
    const [item2, extra] = queue[at] ?? [];
    if (item2 === void 0) break;
    if (members.has(item2.name)) involved.add(item2.name);
    for (const dependency of (extra === void 0 ? item2.dependencies : item2.extras.get(extra)) ?? [])
      for (const next of [void 0, ...dependency.extras]) push(dependency.package, next);
  }
  return involved;
}
var init_conflicts = __esm({
  "src/uv/plan/conflicts.ts"() {
    "use strict";
    init_errors();
  }
});

// src/uv/plan/walk.ts
function reachable(lock, roots2, environment2) {
  checkSelectedConflicts(lock, roots2);
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots2);
  for (; ; ) {
    const walk = new Walk(environment2, active, decisive);
    walk.run(lock, roots2);
    if (walk.activated.size === 0) {
      checkActiveConflicts(lock, active);
      return walk.reached;
    }
    for (const name5 of walk.activated) active.add(name5);
  }
}
function encodedExtras(dependency) {
  return dependency.extras.map((extra) => encodeExtra(dependency.package.name, extra));
}
var Walk;
var init_walk = __esm({
  "src/uv/plan/walk.ts"() {
    "use strict";
    init_errors();
    init_conflicts();
    init_environment();
    Walk = class {
      reached = /* @__PURE__ */ new Set();
      /** Newly active decisive names; the walk stops at the first. */
      activated = /* @__PURE__ */ new Set();
      #environment;
      #active;
      #decisive;
      #queue = [];
      #extras = /* @__PURE__ */ new Map();
      constructor(environment2, active, decisive) {
        this.#environment = environment2;
        this.#active = active;
        this.#decisive = decisive;
      }
      run(lock, roots2) {
        for (const root of roots2.packages)
          this.#enter(
            root,
            [...roots2.extras].filter((extra) => root.extras.has(extra))
          );
        const owners = roots2.groupRoot === void 0 ? roots2.packages : [...roots2.packages, roots2.groupRoot];
        for (const owner of owners)
          for (const [group2, list6] of owner.groups)
            if (roots2.includesGroup(owner.name, group2)) this.#queue.push(list6);
        for (const requirement2 of roots2.requirements) this.#require(lock, requirement2);
        for (let at = 0; at < this.#queue.length && this.activated.size === 0; at += 1)
          for (const dependency of this.#queue[at] ?? []) this.#follow(dependency);
      }
      #follow(dependency) {
        const { marker } = dependency;
        if (marker !== void 0) {
          const own2 = marker.extras.length === 0 ? [] : encodedExtras(dependency);
          const holds = evaluate(
            marker,
            this.#environment,
            (name5) => this.#active.has(name5) || own2.includes(name5)
          );
          if (!holds) return;
        }
        this.#enter(dependency.package, dependency.extras);
      }
      #enter(item2, extras) {
        if (!this.reached.has(item2)) {
          this.reached.add(item2);
          this.#queue.push(item2.dependencies);
        }
        for (const extra of extras) {
          const entered = this.#extras.get(item2) ?? /* @__PURE__ */ new Set();
          if (entered.has(extra)) continue;
          this.#extras.set(item2, entered.add(extra));
          this.#queue.push(item2.extras.get(extra) ?? []);
          if (this.#decisive.size === 0) continue;
          const name5 = encodeExtra(item2.name, extra);
          if (this.#decisive.has(name5) && !this.#active.has(name5)) this.activated.add(name5);
        }
      }
      #require(lock, requirement2) {
        if (!evaluate(requirement2.marker, this.#environment, () => false)) return;
        const fits2 = (lock.byName.get(requirement2.name) ?? []).filter(
          ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((marker) => evaluate(marker, this.#environment, () => false))
        );
        const [found2] = fits2;
        if (found2 === void 0 || fits2.length > 1)
          throw new UserError(
            "lock-invalid",
            `${lock.file}: the workspace root requires '${requirement2.name}', which the lock has ${fits2.length} times for this target. Run 'uv lock' to recreate it.`
          );
        this.#enter(
          found2,
          requirement2.extras.filter((extra) => found2.extras.has(extra))
        );
      }
    };
  }
});

// src/uv/plan/plan.ts
function planProject(project, target3, selection) {
  const { lock, settings: settings3 } = project;
  const environment2 = environmentOf(target3);
  const roots2 = selectRoots(project, selection);
  requirePython(target3, lock);
  checkSupported(lock, environment2, target3);
  const members = new Set(lock.members.length > 0 ? lock.members : roots2.packages.map((item2) => item2.name));
  const chooser = { file: lock.file, members, settings: settings3, target: target3, rank: tagRank(target3) };
  const artifacts = [];
  const packages = reachable(lock, roots2, environment2);
  checkUnique(lock, packages);
  for (const item2 of packages) {
    const artifact = chooseArtifact(item2, chooser);
    if (artifact !== void 0) artifacts.push(artifact);
  }
  return artifacts.sort(compareArtifacts);
}
function requirePython(target3, lock) {
  const { requiresPython, file } = lock;
  if (requiresPython.trim() !== "" && !validRange(requiresPython))
    throw new UserError(
      "lock-invalid",
      `${file}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      {
        at: { file }
      }
    );
  if (!satisfies(target3.python, requiresPython, { prereleases: true }))
    throw new UserError(
      "python-not-supported",
      `Python ${target3.python} is outside requires-python '${requiresPython}' of ${file}. Use a Python inside it (the patch version can matter), or extend it and run 'uv lock'.`
    );
}
function checkUnique(lock, packages) {
  const seen3 = /* @__PURE__ */ new Map();
  for (const item2 of packages) {
    const other = seen3.get(item2.name);
    seen3.set(item2.name, item2);
    if (other === void 0) continue;
    const versions3 = [other, item2].map(({ version: version4, source }) => version4 ?? source.kind).join(" and ");
    throw new UserError(
      "conflict",
      `This selection needs '${item2.name}' twice, as ${versions3}: it has extras or groups that conflict in ${lock.file} (tool.uv.conflicts). Select one of them.`
    );
  }
}
function checkSupported(lock, environment2, target3) {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks of conflicting extras depend on these, which are not known here.
    { markers: lock.resolutionMarkers, extra: "either" }
  ];
  for (const { markers, extra } of lists) {
    if (markers.length === 0 || markers.some((marker) => evaluate(marker, environment2, () => extra)))
      continue;
    throw new UserError(
      "target-not-locked",
      `${lock.file} was not made for ${target3.system} with Python ${target3.python}: it covers only ${markers.map(({ text: text3 }) => `"${printable(text3)}"`).join(", ")}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`
    );
  }
}
var init_plan = __esm({
  "src/uv/plan/plan.ts"() {
    "use strict";
    init_pep440();
    init_errors();
    init_printable();
    init_artifact();
    init_choose();
    init_environment();
    init_selection();
    init_tags();
    init_walk();
  }
});

// src/uv/plan/index.ts
var init_plan2 = __esm({
  "src/uv/plan/index.ts"() {
    "use strict";
    init_artifact();
    init_diff();
    init_plan();
    init_target2();
  }
});

// src/build-lock/git-tree.ts
import { mkdir as mkdir2, mkdtemp, readdir as readdir3, rm as rm6, writeFile as writeFile5 } from "node:fs/promises";
import { tmpdir } from "node:os";
import path15 from "node:path";
async function fetchGitTree(source, out, run, checkHost) {
  validate(source);
  await checkHost?.(source.url, `The repository ${source.url}`);
  await mkdir2(out, { recursive: true });
  const template3 = await mkdtemp(path15.join(tmpdir(), "uv-fod-git-"));
  try {
    await mkdir2(path15.join(template3, "info"));
    await writeFile5(path15.join(template3, "info/attributes"), noAttributes);
    await checkout(source, out, template3, run, checkHost);
  } finally {
    await rm6(template3, { recursive: true, force: true });
  }
  await removeRepositories(out);
}
function validate({ url, commit: commit3 }) {
  if (!/^[0-9a-f]{40}$/.test(commit3)) {
    throw new UserError(
      "git-unreachable",
      `'${commit3}' is not a commit id of 40 hexadecimal digits; lock again with uv.`
    );
  }
  if (!/^(https?|ssh):\/\//.test(url)) {
    throw new UserError(
      "git-unreachable",
      `'${url}' is not an http, https or ssh address of a git repository; correct the source in pyproject.toml and lock again.`
    );
  }
}
async function checkout({ url, commit: commit3 }, out, template3, run, checkHost) {
  const env2 = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TEMPLATE_DIR: template3
  };
  const git2 = async (cwd, ...args) => {
    const result2 = await run("git", [...safe, ...args], { cwd, env: env2 });
    if (result2.code === 0) return result2.stdout;
    throw new UserError(
      "git-unreachable",
      `Commit ${commit3} of ${url} can't be fetched: ${result2.stderr.trim().split("\n").at(-1) ?? ""}. Check that the repository still has it and that this machine can read it; otherwise lock again.`,
      { log: result2.stderr }
    );
  };
  await git2(out, "init", "--quiet", "--initial-branch=main");
  await git2(out, "config", "remote.origin.url", url);
  await git2(out, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit3);
  await git2(out, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  const open7 = [out];
  for (let dir = open7.pop(); dir !== void 0; dir = open7.pop()) {
    const at = dir;
    const gitHere = (...args) => git2(at, ...args);
    for (const inner of await submodules(gitHere, checkHost)) open7.push(path15.join(at, inner));
  }
}
async function submodules(git2, checkHost) {
  const listed2 = (await git2("ls-files", "--stage", "-z")).split("\0");
  const folders = listed2.filter((line) => line.startsWith("160000 ")).map((line) => line.slice(line.indexOf("	") + 1));
  if (folders.length === 0) return [];
  await git2("submodule", "--quiet", "init");
  const urls = await git2("config", "--local", "--null", "--get-regexp", "^submodule\\..*\\.url$");
  for (const entry of urls.split("\0").filter(Boolean)) {
    const url = entry.slice(entry.indexOf("\n") + 1);
    await checkHost?.(url, `The submodule ${url}`);
  }
  await git2("submodule", "update", "--quiet", "--depth=1");
  return folders;
}
async function removeRepositories(out) {
  for (const entry of await readdir3(out, { recursive: true, withFileTypes: true })) {
    if (entry.name === ".git")
      await rm6(path15.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}
var safe, noAttributes;
var init_git_tree = __esm({
  "src/build-lock/git-tree.ts"() {
    "use strict";
    init_errors();
    safe = [
      ...["-c", "core.hooksPath=/dev/null"],
      ...["-c", "protocol.allow=never"],
      ...["-c", "protocol.https.allow=always"],
      ...["-c", "protocol.http.allow=always"],
      ...["-c", "protocol.ssh.allow=always"],
      // Give up on a server that sends less than 1 kB/s for a minute.
      ...["-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=60"],
      ...["-c", "core.fsmonitor=false", "-c", "gc.auto=0", "-c", "fetch.recurseSubmodules=false"],
      ...["-c", "core.symlinks=true"],
      ...["-c", "core.autocrlf=false"],
      ...["-c", "advice.detachedHead=false"]
    ];
    noAttributes = "* -text -eol -crlf -ident -filter -working-tree-encoding\n";
  }
});

// src/uv/lock/packages.ts
function parsePackage(table3, markers, place3) {
  const name5 = asName(requiredString(table3, "name", place3), "name", place3);
  const version4 = optionalString(table3, "version", place3);
  if (version4 !== void 0 && (version4.trim() !== version4 || parseVersion(version4) === void 0))
    throw invalid(place3, `'${clip(version4)}' is not a version`);
  const source = parseSource(field(table3, "source"), place3);
  const registry = source.kind === "registry" || source.kind === "registry-path";
  if (registry && version4 === void 0) throw invalid(place3, "'version' is missing");
  const wheels = parseWheels(table3, version4, place3);
  checkHashes(source, wheels, place3);
  const metadata = tableField(table3, "metadata", place3);
  const groups2 = field(table3, "dev-dependencies") === void 0 ? "dependency-groups" : "dev-dependencies";
  const linked = {
    name: name5,
    version: version4,
    source,
    wheels,
    sdist: parseSdist(table3, place3),
    resolutionMarkers: markers.list(table3, "resolution-markers", place3),
    dependencies: [],
    extras: NO_DEPENDENCIES,
    groups: NO_DEPENDENCIES,
    declaredExtras: namesField(metadata, "provides-extras", place3),
    declaredGroups: groupNames(metadata, place3),
    defaultGroups: parseDefaultGroups(table3, place3),
    groupRequiresPython: parseGroupPythons(table3, place3),
    line: () => place3.line()
  };
  return {
    place: place3,
    linked,
    dependencies: parseDependencies(arrayField(table3, "dependencies", place3), "dependencies", place3),
    extras: dependencyMap(table3, "optional-dependencies", place3),
    groups: dependencyMap(table3, groups2, place3)
  };
}
function parseDefaultGroups(table3, place3) {
  const value = field(table3, "default-groups");
  if (value === void 0) return void 0;
  return value === "all" ? "all" : namesField(table3, "default-groups", place3);
}
function parseGroupPythons(table3, place3) {
  if (field(table3, "group-requires-python") === void 0) return NO_PYTHONS;
  const result2 = /* @__PURE__ */ new Map();
  for (const [group2, value] of Object.entries(tableField(table3, "group-requires-python", place3))) {
    const specifier = isTable(value) ? field(value, "requires-python") : value;
    if (typeof specifier === "string") result2.set(asName(group2, "group-requires-python", place3), specifier);
  }
  return result2;
}
function groupNames(metadata, place3) {
  const key2 = field(metadata, "requires-dev") === void 0 ? "dependency-groups" : "requires-dev";
  return Object.keys(tableField(metadata, key2, place3)).map((group2) => asName(group2, key2, place3));
}
function dependencyMap(table3, key2, place3) {
  if (field(table3, key2) === void 0) return NO_DEPENDENCIES;
  const result2 = /* @__PURE__ */ new Map();
  for (const [name5, value] of Object.entries(tableField(table3, key2, place3)))
    result2.set(
      asName(name5, key2, place3),
      parseDependencies(asArray(value, `${key2}.${name5}`, place3), key2, place3)
    );
  return result2;
}
function parseDependencies(entries2, key2, place3) {
  return entries2.map((entry) => {
    const table3 = asTable(entry, key2, place3);
    const source = field(table3, "source");
    return {
      name: asName(requiredString(table3, "name", place3), "name", place3),
      version: optionalString(table3, "version", place3),
      source: source === void 0 ? void 0 : parseSource(source, place3),
      extras: namesField(table3, "extra", place3),
      markerText: optionalString(table3, "marker", place3) ?? ""
    };
  });
}
function checkHashes(source, wheels, place3) {
  if (source.kind === "registry" || source.kind === "registry-path") return;
  const wanted2 = source.kind === "url" || source.kind === "path" || source.kind === "git" && source.path !== void 0;
  for (const wheel of wheels)
    if (wheel.hash !== void 0 !== wanted2)
      throw invalid(place3, `a wheel of a '${source.kind}' source ${wanted2 ? "needs" : "cannot have"} a hash`);
}
var NO_DEPENDENCIES, NO_PYTHONS;
var init_packages = __esm({
  "src/uv/lock/packages.ts"() {
    "use strict";
    init_fields();
    init_files();
    init_source();
    init_version2();
    NO_DEPENDENCIES = /* @__PURE__ */ new Map();
    NO_PYTHONS = /* @__PURE__ */ new Map();
  }
});

// src/uv/lock/link.ts
function linkPackages(raw, markers) {
  const index = new PackageIndex(raw);
  return raw.map((item2) => {
    const link3 = (list6) => linkList(list6, item2, index, markers);
    item2.linked.dependencies = link3(item2.dependencies);
    item2.linked.extras = linkMap(item2.extras, link3);
    item2.linked.groups = linkMap(item2.groups, link3);
    return item2.linked;
  });
}
function linkMap(lists, link3) {
  if (lists.size === 0) return NO_DEPENDENCIES;
  return new Map([...lists].map(([name5, list6]) => [name5, link3(list6)]));
}
function linkList(list6, owner, index, markers) {
  const seen3 = /* @__PURE__ */ new Set();
  return list6.map((dependency) => {
    const found2 = index.find(dependency, owner);
    const extras = dependency.extras.filter((extra) => found2.raw.extras.has(extra));
    const key2 = `${found2.id} ${dependency.extras.join(",")} ${dependency.markerText}`;
    if (seen3.has(key2)) throw invalid(owner.place, `the dependency '${dependency.name}' is there twice`);
    seen3.add(key2);
    const marker = dependency.markerText === "" ? void 0 : markers.parse(dependency.markerText, owner.place);
    return { package: found2.raw.linked, extras, marker };
  });
}
function packageId(name5, version4, source) {
  return `${name5} ${version4 === void 0 ? "" : parseVersion(version4)?.key ?? version4} ${source}`;
}
var PackageIndex;
var init_link = __esm({
  "src/uv/lock/link.ts"() {
    "use strict";
    init_fields();
    init_packages();
    init_source();
    init_version2();
    PackageIndex = class {
      #byName = /* @__PURE__ */ new Map();
      #byId = /* @__PURE__ */ new Map();
      constructor(raw) {
        for (const item2 of raw) {
          const { name: name5, version: version4, source } = item2.linked;
          const entry = { id: packageId(name5, version4, sourceKey(source)), raw: item2 };
          if (this.#byId.has(entry.id))
            throw invalid(item2.place, "the same package, version and source is there twice");
          this.#byId.set(entry.id, entry);
          const same2 = this.#byName.get(name5);
          if (same2 === void 0) this.#byName.set(name5, [entry]);
          else same2.push(entry);
        }
      }
      find(dependency, owner) {
        const same2 = this.#byName.get(dependency.name) ?? [];
        const only = same2.length === 1 ? same2[0] : void 0;
        if (only !== void 0 && dependency.version === void 0 && dependency.source === void 0)
          return only;
        const source = dependency.source ?? only?.raw.linked.source;
        const version4 = dependency.version ?? only?.raw.linked.version;
        if (source === void 0 && same2.length > 1)
          throw invalid(
            owner.place,
            `the dependency '${dependency.name}' fits ${same2.length} packages and names no source`
          );
        const isTree2 = source !== void 0 && ["directory", "editable", "virtual"].includes(source.kind);
        if (only === void 0 && version4 === void 0 && same2.length > 1 && !isTree2)
          throw invalid(
            owner.place,
            `the dependency '${dependency.name}' fits ${same2.length} packages and names no version`
          );
        const found2 = source && this.#byId.get(packageId(dependency.name, version4, sourceKey(source)));
        if (found2 !== void 0) return found2;
        const wanted2 = dependency.version === void 0 ? dependency.name : `${dependency.name} ${dependency.version}`;
        throw invalid(owner.place, `it depends on '${wanted2}', which the lock does not hold`);
      }
    };
  }
});

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
  let lines = string.slice(0, ptr).split(/\r?\n/);
  return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
  let lines = string.split(/\r?\n/);
  let codeblock = "";
  let numberLen = (Math.log10(line + 1) | 0) + 1;
  for (let i2 = line - 1; i2 <= line + 1; i2++) {
    let l = lines[i2 - 1];
    if (!l)
      continue;
    codeblock += i2.toString().padEnd(numberLen, " ");
    codeblock += ":  ";
    codeblock += l;
    codeblock += "\n";
    if (i2 === line) {
      codeblock += " ".repeat(numberLen + column + 2);
      codeblock += "^\n";
    }
  }
  return codeblock;
}
var TomlError;
var init_error = __esm({
  "node_modules/smol-toml/dist/error.js"() {
    TomlError = class _TomlError extends Error {
      line;
      column;
      codeblock;
      constructor(message, options3) {
        const [line, column] = getLineColFromPtr(options3.toml, options3.ptr);
        const codeblock = makeCodeBlock(options3.toml, line, column);
        super(`Invalid TOML document: ${message}

${codeblock}`, options3);
        this.line = line;
        this.column = column;
        this.codeblock = codeblock;
      }
      /** @internal */
      static x(message, ctx, ptr) {
        throw new _TomlError(message, { toml: ctx.s, ptr: ptr ?? ctx.p });
      }
    };
  }
});

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
  let startPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p++);
  let first3 = c;
  let isLiteral = c === 39;
  let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
  if (isMultiline) {
    if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10)
      ctx.p++;
    else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)
      ctx.p += 2;
  }
  let parsed3 = "";
  let sliceStart = ctx.p;
  let state = 0;
  for (; ctx.p < ctx.s.length; ctx.p++) {
    c = ctx.s.charCodeAt(ctx.p);
    if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) {
      state = state && 3;
    } else if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in strings", ctx);
    } else if ((!state || state === 3) && c === first3 && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first3 && ctx.s.charCodeAt(ctx.p + 2) === first3)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first3)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first3)
          ctx.p++;
      }
      if (!state) {
        let s = ctx.s.slice(sliceStart, ctx.p);
        parsed3 = parsed3 ? parsed3 + s : s;
      }
      ctx.p += isMultiline ? 3 : 1;
      return parsed3;
    } else if (!state) {
      if (!isLiteral && c === 92) {
        parsed3 += ctx.s.slice(sliceStart, sliceStart = ctx.p);
        state = 1;
      }
    } else if (state === 1) {
      if (c === 120 || c === 117 || c === 85) {
        let errPtr = ctx.p++ - 1;
        let value = 0;
        let len = c === 120 ? 2 : c === 117 ? 4 : 8;
        for (let j = 0; j < len; j++, ctx.p++) {
          let hex = ctx.s.charCodeAt(ctx.p);
          let digit = (
            /* 0-9 */
            hex >= 48 && hex <= 57 ? hex - 48 : (
              /* A-F */
              hex >= 65 && hex <= 70 ? hex - 65 + 10 : (
                /* a-f */
                hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1
              )
            )
          );
          if (digit < 0)
            TomlError.x("invalid non-hex character in unicode escape", ctx);
          value = value << 4 | digit;
        }
        if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) {
          TomlError.x("invalid unicode escape", ctx, errPtr);
        }
        parsed3 += String.fromCodePoint(value);
        sliceStart = ctx.p--;
        state = 0;
      } else if (isMultiline && (c === 32 || c === 9)) {
        state = 2;
      } else {
        if (c === 98)
          parsed3 += "\b";
        else if (c === 116)
          parsed3 += "	";
        else if (c === 110)
          parsed3 += "\n";
        else if (c === 102)
          parsed3 += "\f";
        else if (c === 114)
          parsed3 += "\r";
        else if (c === 101)
          parsed3 += "\x1B";
        else if (c === 34)
          parsed3 += '"';
        else if (c === 92)
          parsed3 += "\\";
        else
          TomlError.x("unrecognised escape sequence", ctx);
        sliceStart = ctx.p + 1;
        state = 0;
      }
    } else if (c !== 32 && c !== 9) {
      if (state === 2)
        TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
      state = !isLiteral && c === 92 ? 1 : 0;
      sliceStart = ctx.p;
    }
  }
  TomlError.x("unfinished string", ctx, startPtr);
}
var init_primitive = __esm({
  "node_modules/smol-toml/dist/primitive.js"() {
    init_error();
  }
});

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE, TomlDate;
var init_date = __esm({
  "node_modules/smol-toml/dist/date.js"() {
    DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
    TomlDate = class _TomlDate extends Date {
      #hasDate = false;
      #hasTime = false;
      #offset = null;
      constructor(date2, fasttype, unsafeDelim) {
        let hasDate = true;
        let hasTime = true;
        let offset2 = "Z";
        let c;
        if (typeof date2 === "string") {
          if (fasttype)
            prep: {
              if (fasttype < 3) {
                if (+date2.slice(11, 13) > 23) {
                  date2 = "";
                  break prep;
                }
                if (fasttype === 2) {
                  offset2 = null;
                  date2 += "Z";
                } else if ((c = date2.charCodeAt(date2.length - 1)) !== 90 && c !== 122) {
                  offset2 = date2.slice(date2.length - 6);
                }
                if (unsafeDelim)
                  date2 = date2.slice(0, 10) + "T" + date2.slice(11);
              } else if (fasttype === 4) {
                date2 = +date2.slice(0, 2) > 23 ? "" : `0000-01-01T${date2}Z`;
              }
              hasDate = fasttype !== 4;
              hasTime = fasttype !== 3;
            }
          else {
            let match2 = date2.match(DATE_TIME_RE);
            if (match2) {
              if (!match2[1]) {
                hasDate = false;
                date2 = `0000-01-01T${date2}`;
              }
              hasTime = !!match2[2];
              hasTime && date2[10] === " " && (date2 = date2.replace(" ", "T"));
              if (match2[2] && +match2[2] > 23) {
                date2 = "";
              } else {
                offset2 = match2[3] || null;
                if (!offset2 && hasTime)
                  date2 += "Z";
              }
            } else {
              date2 = "";
            }
          }
        }
        super(date2);
        if (!isNaN(this.getTime())) {
          this.#hasDate = hasDate;
          this.#hasTime = hasTime;
          this.#offset = offset2;
        }
      }
      isDateTime() {
        return this.#hasDate && this.#hasTime;
      }
      isLocal() {
        return !this.#hasDate || !this.#hasTime || !this.#offset;
      }
      isDate() {
        return this.#hasDate && !this.#hasTime;
      }
      isTime() {
        return this.#hasTime && !this.#hasDate;
      }
      isValid() {
        return this.#hasDate || this.#hasTime;
      }
      toISOString() {
        let iso = super.toISOString();
        if (this.isDate())
          return iso.slice(0, 10);
        if (this.isTime())
          return iso.slice(11, 23);
        if (this.#offset === null)
          return iso.slice(0, -1);
        if (this.#offset === "Z" || this.#offset === "z")
          return iso;
        let offset2 = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
        offset2 = this.#offset[0] === "-" ? offset2 : -offset2;
        let offsetDate = new Date(this.getTime() - offset2 * 6e4);
        return offsetDate.toISOString().slice(0, -1) + this.#offset;
      }
      static wrapAsOffsetDateTime(jsDate, offset2 = "Z") {
        let date2 = new _TomlDate(jsDate);
        date2.#offset = offset2;
        return date2;
      }
      static wrapAsLocalDateTime(jsDate) {
        let date2 = new _TomlDate(jsDate);
        date2.#offset = null;
        return date2;
      }
      static wrapAsLocalDate(jsDate) {
        let date2 = new _TomlDate(jsDate);
        date2.#hasTime = false;
        date2.#offset = null;
        return date2;
      }
      static wrapAsLocalTime(jsDate) {
        let date2 = new _TomlDate(jsDate);
        date2.#hasDate = false;
        date2.#offset = null;
        return date2;
      }
    };
  }
});

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
  return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
  return char === 32 || char === 9 || char === 10 || char === 13 || // Structure end or next value delimiter
  delim && (char === delim || char === 44) || // Comment
  char === 35;
}
function extractValue(ctx, end) {
  let errPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p);
  if (c === 91 || c === 123) {
    ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
    let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
    ctx.d++;
    return value;
  }
  if (c === 34 || c === 39) {
    return parseString(ctx);
  }
  if (c === 116) {
    if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, true;
  }
  if (c === 102) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, false;
  }
  if (c === 43 || c === 45) {
    return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) {
    return parseDate(ctx, c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 2) === 58) {
    return parseTime(ctx, c, end);
  }
  return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
  let c = startChr;
  let state = 0;
  let hasUnderscores = false;
  if (c === 105) {
    if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, (sign || 1) / 0;
  }
  if (c === 110) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, NaN;
  }
  if (c === 48) {
    if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr))
      return ctx.bi === true ? 0n : 0;
    if (!sign) {
      if (c === 120)
        return parseIntegerBaseN(ctx, startPtr, 16, endChr);
      else if (c === 98)
        return parseIntegerBaseN(ctx, startPtr, 2, endChr);
      else if (c === 111)
        return parseIntegerBaseN(ctx, startPtr, 8, endChr);
    }
    if (c === 46)
      state = 2;
    else if (c === 101 || c === 69)
      state = 4;
    else
      TomlError.x("illegal leading zero", ctx, startPtr);
  } else if (!isDigit(c))
    TomlError.x("invalid value", ctx, startPtr);
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (!state)
      state = 1;
    if (c === 95) {
      if (!(state & 1))
        TomlError.x("illegal underscore", ctx);
      state += 11;
      hasUnderscores = true;
    } else if (state === 1 && c === 46)
      state = 2;
    else if ((state === 1 || state === 3) && (c === 101 || c === 69))
      state = 4;
    else if (state === 4 && (c === 43 || c === 45)) {
      state = 6;
    } else if (!isDigit(c))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (state > 9)
      state -= 11;
    else if (!(state & 1))
      state++;
  }
  if (!state) {
    let val = (startChr - 48) * (sign || 1);
    return ctx.bi === true ? BigInt(val) : val;
  }
  if (!(state & 1))
    TomlError.x("unfinished numeric value", ctx, startPtr);
  let str = ctx.s.slice(startPtr, ctx.p);
  if (hasUnderscores)
    str = str.replaceAll("_", "");
  return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
  let c, underscore = 1;
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (c === 95) {
      if (underscore & 1)
        TomlError.x("illegal underscore", ctx);
      underscore = 3;
    } else if (!isDigit(c, base))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (underscore & 1)
      underscore--;
  }
  if (underscore & 1)
    TomlError.x("unfinished numeric value", ctx);
  let str = ctx.s.slice(startPtr + 2, ctx.p);
  if (underscore)
    str = str.replaceAll("_", "");
  return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
  if (ctx.bi !== true)
    int: {
      let val = parseInt(str, base);
      if (!Number.isSafeInteger(val)) {
        if (ctx.bi)
          break int;
        TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
      }
      return val;
    }
  return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
  let startPtr = ctx.p++, unsafeSeparator;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) {
    return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
  }
  ctx.p += 5;
  if (!isDigit(ctx.s.charCodeAt(ctx.p++)))
    TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
  if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) {
    let t2 = ctx.s.slice(startPtr, ctx.p);
    return readDate(ctx, t2, 3, false, startPtr);
  }
  if (ctx.s.charCodeAt(ctx.p += 3) !== 58)
    TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
  if (ctx.s.charCodeAt(ctx.p += 3) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  if (c = ctx.s.charCodeAt(ctx.p)) {
    if (c === 90 || c === 122) {
      let t2 = ctx.s.slice(startPtr, ++ctx.p);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, "[+00:00]");
    }
    if (c === 43 || c === 45) {
      let t2 = ctx.s.slice(startPtr, ctx.p += 6);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
    }
  }
  let t = ctx.s.slice(startPtr, ctx.p);
  return readDate(ctx, t, 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
  let start2 = ctx.p;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
    return parseNumber(ctx, --ctx.p, c, 0, endChr);
  }
  if (ctx.s.charCodeAt(ctx.p += 4) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  let t = ctx.s.slice(start2, ctx.p);
  return readDate(ctx, t, 4, false, start2);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
  if (ctx.ld) {
    let date2 = new TomlDate(str, type, unsafeDelim);
    if (!date2.isValid())
      TomlError.x("invalid date", ctx, errPtr);
    return date2;
  }
  try {
    if (temporalSuffix)
      str += temporalSuffix;
    switch (type) {
      case 1:
        return Temporal.ZonedDateTime.from(str);
      case 2:
        return Temporal.PlainDateTime.from(str);
      case 3:
        return Temporal.PlainDate.from(str);
      case 4:
        return Temporal.PlainTime.from(str);
    }
  } catch (e) {
    TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
  }
}
var init_extract = __esm({
  "node_modules/smol-toml/dist/extract.js"() {
    init_primitive();
    init_struct();
    init_error();
    init_date();
  }
});

// node_modules/smol-toml/dist/util.js
function skipComment(ctx) {
  for (; ctx.p < ctx.s.length; ctx.p++) {
    let c = ctx.s.charCodeAt(ctx.p);
    if (c === 10)
      break;
    if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
      ctx.p++;
      break;
    }
    if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in comments", ctx);
    }
  }
}
function skipVoid(ctx, banNewLines, banComments) {
  let c;
  while (ctx.p < ctx.s.length) {
    while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)))
      ctx.p++;
    if (banComments || c !== 35)
      break;
    skipComment(ctx);
  }
}
var init_util = __esm({
  "node_modules/smol-toml/dist/util.js"() {
    init_error();
  }
});

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end = 61) {
  let startPtr;
  let state = 0;
  let parsed3 = [];
  let sliceStart;
  let c = ctx.s.charCodeAt(startPtr = ctx.p);
  do {
    if (c === end) {
      if (!state)
        TomlError.x("unexpected end of key", ctx);
      if (state === 1)
        parsed3.push(ctx.s.slice(sliceStart, ctx.p));
      return ctx.p++, parsed3;
    } else if (c === 46) {
      if (!state)
        TomlError.x("illegal empty bare key", ctx);
      if (state === 1)
        parsed3.push(ctx.s.slice(sliceStart, ctx.p));
      state = 0;
    } else if (!state && (c === 34 || c === 39)) {
      if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
        TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
      parsed3.push(parseString(ctx));
      state = 2;
      ctx.p--;
    } else if (c === 32 || c === 9) {
      if (state === 1) {
        parsed3.push(ctx.s.slice(sliceStart, ctx.p));
        state = 2;
      }
    } else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) {
      TomlError.x("illegal character in key", ctx);
    } else if (!state) {
      state = 1;
      sliceStart = ctx.p;
    }
  } while (c = ctx.s.charCodeAt(++ctx.p));
  TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
function parseInlineTable(ctx) {
  let startPtr = ctx.p++;
  let res = /* @__PURE__ */ Object.create(null);
  let seen3 = /* @__PURE__ */ new Set();
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
      ctx.p++;
      return res;
    }
    let k;
    let t = res;
    let hasOwn = false;
    let errPtr = ctx.p;
    let key2 = parseKey(ctx);
    for (let i2 = 0; i2 < key2.length; i2++) {
      if (i2)
        t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      k = key2[i2];
      if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen3.has(t[k]))) {
        TomlError.x("trying to redefine an already defined value", ctx, errPtr);
      }
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor")) {
        t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
        break;
      }
      if (!hasOwn && unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
      }
    }
    if (hasOwn) {
      TomlError.x("trying to redefine an already defined value", ctx, errPtr);
    }
    skipVoid(ctx, true, true);
    let value = extractValue(
      ctx,
      125
      /* } */
    );
    if (t && typeof (t[k] = value) === "object")
      seen3.add(value);
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished table", ctx, startPtr);
}
function parseArray(ctx) {
  let startPtr = ctx.p++;
  let res = [];
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
      ctx.p++;
      return res;
    }
    res.push(extractValue(
      ctx,
      93
      /* ] */
    ));
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished array", ctx, startPtr);
}
var init_struct = __esm({
  "node_modules/smol-toml/dist/struct.js"() {
    init_primitive();
    init_extract();
    init_util();
    init_error();
  }
});

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key2, table3, meta, type) {
  let t = table3;
  let m = meta;
  let k;
  let hasOwn = false;
  let state;
  for (let i2 = 0; i2 < key2.length; i2++) {
    if (i2) {
      t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      m = (state = m[k]).c;
      if (type === 0 && (state.t === 1 || state.t === 2)) {
        return null;
      }
      if (state.t === 2) {
        let l = t.length - 1;
        t = t[l];
        m = m[l].c;
      }
    }
    k = key2[i2];
    if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) {
      return null;
    }
    if (!hasOwn) {
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor"))
        return false;
      if (unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
        Object.defineProperty(m, k, { enumerable: true, configurable: true, writable: true });
      }
      m[k] = {
        t: i2 < key2.length - 1 && type === 2 ? 3 : type,
        d: false,
        i: 0,
        c: /* @__PURE__ */ Object.create(null)
      };
    }
  }
  state = m[k];
  if (state.t !== type && !(type === 1 && state.t === 3)) {
    return null;
  }
  if (type === 2) {
    if (!state.d) {
      state.d = true;
      t[k] = [];
    }
    t[k].push(t = /* @__PURE__ */ Object.create(null));
    state.c[state.i++] = state = { t: 1, d: false, i: 0, c: /* @__PURE__ */ Object.create(null) };
  }
  if (state.d) {
    return null;
  }
  state.d = true;
  if (type === 1) {
    t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
  } else if (type === 0 && hasOwn) {
    return null;
  }
  return [k, t, state.c];
}
function validateTablePeek(ctx, peek, ptr) {
  if (peek === null || ctx.uk === 2)
    TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse3(toml, options3 = {}) {
  let ctx = {
    s: toml,
    p: 0,
    d: options3.maxDepth ?? 1e3,
    bi: options3.integersAsBigInt ?? false,
    ld: options3.useLegacyDate ?? true,
    uk: options3.unsafeKeyBehaviour === "throw" ? 2 : options3.unsafeKeyBehaviour === "drop" ? 1 : 0
  };
  let res = /* @__PURE__ */ Object.create(null);
  let meta = /* @__PURE__ */ Object.create(null);
  let tmp;
  let skipping = false;
  let tbl = res;
  let m = meta;
  if (toml.charCodeAt(0) === 65279)
    ctx.p++;
  skipVoid(ctx);
  while (ctx.p < toml.length) {
    if (toml.charCodeAt(ctx.p) === 91) {
      let isTableArray = toml.charCodeAt(++ctx.p) === 91;
      tmp = ctx.p += +isTableArray;
      skipping = false;
      let k = parseKey(
        ctx,
        93
        /* ] */
      );
      if (isTableArray) {
        if (toml.charCodeAt(ctx.p) !== 93) {
          TomlError.x("expected end of table array declaration", ctx);
        }
        ctx.p++;
      }
      let p = peekTable(
        ctx,
        k,
        res,
        meta,
        isTableArray ? 2 : 1
        /* Type.EXPLICIT */
      );
      if (!p) {
        validateTablePeek(ctx, p, tmp);
        skipping = true;
      } else {
        m = p[2];
        tbl = p[1];
      }
    } else {
      tmp = ctx.p;
      let k = parseKey(ctx);
      let p = peekTable(
        ctx,
        k,
        tbl,
        m,
        0
        /* Type.DOTTED */
      );
      if (!p && !skipping)
        validateTablePeek(ctx, p, tmp);
      skipVoid(ctx, true, true);
      let v = extractValue(ctx, void 0);
      if (p && !skipping)
        p[1][p[0]] = v;
    }
    skipVoid(ctx, true);
    if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) {
      TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
    }
    skipVoid(ctx);
  }
  return res;
}
var init_parse = __esm({
  "node_modules/smol-toml/dist/parse.js"() {
    init_struct();
    init_extract();
    init_util();
    init_error();
  }
});

// node_modules/smol-toml/dist/stringify.js
function extendedTypeOf(obj) {
  let type = typeof obj;
  if (type === "object") {
    if (Array.isArray(obj))
      return "array";
    if (typeof obj.getUTCDate === "function" && obj instanceof Date)
      return "date";
    if (globalThis.Temporal) {
      if (obj.until) {
        if (obj instanceof Temporal.ZonedDateTime)
          return "temporal/tz+uc";
        if (obj instanceof Temporal.PlainDateTime || obj instanceof Temporal.PlainDate)
          return "temporal/uc";
        if (obj instanceof Temporal.PlainTime || obj instanceof Temporal.Instant)
          return "temporal";
        if (obj instanceof Temporal.PlainYearMonth)
          return "temporal/x";
      } else if (obj.toPlainDate && obj instanceof Temporal.PlainMonthDay || obj.negated && obj instanceof Temporal.Duration) {
        return "temporal/x";
      }
    }
  }
  return type;
}
function isArrayOfTables(obj) {
  for (let i2 = 0; i2 < obj.length; i2++) {
    if (extendedTypeOf(obj[i2]) !== "object")
      return false;
  }
  return obj.length != 0;
}
function formatWellFormedStringUnchecked(s) {
  return JSON.stringify(s).replaceAll("", "\\u007f");
}
function formatString(s) {
  return formatWellFormedStringUnchecked(HAS_WELLFORMED ? s.toWellFormed() : s);
}
function formatKey(s) {
  if (BARE_KEY.test(s))
    return s;
  if (HAS_WELLFORMED && !s.isWellFormed())
    throw new RangeError("key contains illegal lone surrogates");
  return formatWellFormedStringUnchecked(s);
}
function stringifyValue(val, type, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  switch (type) {
    // @ts-expect-error -- intentional fallthrough case
    case "number":
      if (isNaN(val))
        return "nan";
      if (val === Infinity)
        return "inf";
      if (val === -Infinity)
        return "-inf";
      if (Number.isInteger(val) && (numberAsFloat || !Number.isSafeInteger(val)))
        return val.toFixed(1);
    case "bigint":
    case "boolean":
    case "temporal":
      return val.toString();
    case "string":
      return formatString(val);
    case "date":
      if (isNaN(val.getTime()))
        throw new TypeError("cannot serialize invalid date");
      return val.toISOString();
    case "object":
      return stringifyInlineTable(val, depth, numberAsFloat, strictTemporal);
    case "array":
      return stringifyArray(val, depth, numberAsFloat, strictTemporal);
    // @ts-expect-error -- intentional fallthrough case
    case "temporal/tz+uc":
      if (strictTemporal) {
        let tz = val.timeZoneId;
        let tzc = tz.charCodeAt(0);
        if (
          // Classic offset
          tzc !== 43 && tzc !== 45 && // Fast pre-check pass; see below for the actually accepted values
          (tzc !== 85 && tzc !== 71 && tzc !== 90 && tzc !== 69 || // UTC and its aliases; Temporal implementations don't all canonicalise unfortunately
          tz !== "UTC" && tz !== "UCT" && tz !== "Universal" && tz !== "Zulu" && // GMT is a TZ but it's for all intents and purposes equivalent to UTC. Safe to downgrade.
          !tz.startsWith("GMT") && tz !== "Greenwich" && // Etc/* are all safe to downgrade to offset (either UTC, GMT, or offset)
          !tz.startsWith("Etc/"))
        ) {
          throw new TypeError("Temporal objects with an IANA timezone are not allowed in Temporal strict mode");
        }
      }
    case "temporal/uc":
      if (strictTemporal && val.calendarId !== "iso8601")
        throw new TypeError("Temporal objects with a non-default calendar are not allowed in Temporal strict mode");
      return val.toString({
        calendarName: "never",
        timeZoneName: "never"
      });
    case "temporal/x":
      throw new TypeError("Unsupported " + val[Symbol.toStringTag]);
  }
}
function stringifyInlineTable(obj, depth, numberAsFloat, strictTemporal) {
  let keys = Object.keys(obj);
  if (keys.length === 0)
    return "{}";
  let res = "{ ";
  for (let i2 = 0; i2 < keys.length; i2++) {
    let k = keys[i2];
    if (i2)
      res += ", ";
    res += formatKey(k) + " = " + stringifyValue(obj[k], extendedTypeOf(obj[k]), depth - 1, numberAsFloat, strictTemporal);
  }
  return res + " }";
}
function stringifyArray(array, depth, numberAsFloat, strictTemporal) {
  if (array.length === 0)
    return "[]";
  let res = "[ ";
  for (let i2 = 0; i2 < array.length; i2++) {
    if (i2)
      res += ", ";
    if (array[i2] === null || array[i2] === void 0) {
      throw new TypeError("arrays cannot contain null or undefined values");
    }
    res += stringifyValue(array[i2], extendedTypeOf(array[i2]), depth - 1, numberAsFloat, strictTemporal);
  }
  return res + " ]";
}
function stringifyArrayTable(array, key2, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  let res = "";
  for (let i2 = 0; i2 < array.length; i2++) {
    res += `${res && "\n"}[[${key2}]]
`;
    res += stringifyTable(0, array[i2], key2, depth, numberAsFloat, strictTemporal);
  }
  return res;
}
function stringifyTable(tableKey, obj, prefix2, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  let preamble = "";
  let tables = "";
  let keys = Object.keys(obj);
  for (let i2 = 0; i2 < keys.length; i2++) {
    let k = keys[i2];
    if (obj[k] !== null && obj[k] !== void 0) {
      let type = extendedTypeOf(obj[k]);
      if (type === "symbol" || type === "function") {
        throw new TypeError(`cannot serialize values of type '${type}'`);
      }
      let key2 = formatKey(k);
      if (type === "array" && isArrayOfTables(obj[k])) {
        tables += (tables && "\n") + stringifyArrayTable(obj[k], prefix2 ? `${prefix2}.${key2}` : key2, depth - 1, numberAsFloat, strictTemporal);
      } else if (type === "object") {
        let tblKey = prefix2 ? `${prefix2}.${key2}` : key2;
        tables += (tables && "\n") + stringifyTable(tblKey, obj[k], tblKey, depth - 1, numberAsFloat, strictTemporal);
      } else {
        preamble += key2;
        preamble += " = ";
        preamble += stringifyValue(obj[k], type, depth, numberAsFloat, strictTemporal);
        preamble += "\n";
      }
    }
  }
  if (tableKey && (preamble || !tables))
    preamble = preamble ? `[${tableKey}]
${preamble}` : `[${tableKey}]`;
  return preamble && tables ? `${preamble}
${tables}` : preamble || tables;
}
function stringify2(obj, { maxDepth = 1e3, numbersAsFloat = false, strictTemporal = false } = {}) {
  if (extendedTypeOf(obj) !== "object") {
    throw new TypeError("stringify can only be called with an object");
  }
  let str = stringifyTable(0, obj, "", maxDepth, numbersAsFloat, strictTemporal);
  if (str[str.length - 1] !== "\n")
    return str + "\n";
  return str;
}
var BARE_KEY, HAS_WELLFORMED;
var init_stringify = __esm({
  "node_modules/smol-toml/dist/stringify.js"() {
    BARE_KEY = /^[a-z0-9-_]+$/i;
    HAS_WELLFORMED = !!"".isWellFormed;
  }
});

// node_modules/smol-toml/dist/index.js
var init_dist = __esm({
  "node_modules/smol-toml/dist/index.js"() {
    init_parse();
    init_stringify();
    init_date();
    init_error();
  }
});

// src/uv/lock/toml.ts
function parseToml(text3, file) {
  const deep = MANY_DOTS.test(text3) ? deepKey(text3) : void 0;
  if (deep !== void 0)
    throw new UserError(
      "toml-syntax",
      `${file}:${deep.line}:${deep.column} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Fix the file, or recreate the lock with 'uv lock'.`,
      { at: { file, ...deep } }
    );
  try {
    return parse3(text3.startsWith("\uFEFF") ? text3.slice(1) : text3, { maxDepth: MAX_DEPTH });
  } catch (error2) {
    if (error2 instanceof TomlError) throw mergeConflict(text3, file) ?? syntaxError(error2, file);
    throw error2;
  }
}
function deepKey(text3) {
  let line = 1;
  let lineStart = 0;
  let runStart = 0;
  let bareDots = 0;
  let quotedDots = 0;
  let previous = 0;
  for (let at = 0; at < text3.length; at += 1) {
    const code4 = text3.charCodeAt(at);
    if (code4 === DOT) {
      bareDots = previous === DOT ? 0 : bareDots + 1;
      if (isQuote(previous)) quotedDots += 1;
      if (bareDots > MAX_DEPTH || quotedDots > MAX_DEPTH) return { line, column: runStart - lineStart + 1 };
    } else if (code4 === NEWLINE) {
      line += 1;
      lineStart = at + 1;
      runStart = lineStart;
      bareDots = 0;
      quotedDots = 0;
    } else if (!isKeyCharacter(code4)) {
      bareDots = 0;
      if (quotedDots === 0) runStart = at + 1;
    }
    if (!isBlank(code4)) previous = code4;
  }
  return void 0;
}
function isKeyCharacter(code4) {
  if (code4 >= 97 && code4 <= 122) return true;
  if (code4 >= 48 && code4 <= 57) return true;
  if (code4 >= 65 && code4 <= 90) return true;
  return code4 === 95 || code4 === 45 || isQuote(code4) || isBlank(code4);
}
function isQuote(code4) {
  return code4 === 34 || code4 === 39;
}
function isBlank(code4) {
  return code4 === 32 || code4 === 9;
}
function syntaxError(error2, file) {
  const reason = error2.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "") ?? "invalid";
  return new UserError(
    "toml-syntax",
    `${file}:${error2.line}:${error2.column} is not valid TOML: ${reason}. Fix the file, or recreate the lock with 'uv lock'.`,
    { at: { file, line: error2.line, column: error2.column }, cause: error2 }
  );
}
function mergeConflict(text3, file) {
  const found2 = CONFLICT.exec(text3);
  if (found2 === null) return void 0;
  const line = lineAt(text3, found2.index);
  return new UserError(
    "merge-conflict",
    `${file}:${line} has an unresolved merge conflict ('${found2[0].trim()}'). Choose one side and run 'uv lock'.`,
    { at: { file, line, column: 1 } }
  );
}
function lineAt(text3, index) {
  let line = 1;
  for (let at = text3.indexOf("\n"); at >= 0 && at < index; at = text3.indexOf("\n", at + 1)) line += 1;
  return line;
}
var MAX_DEPTH, MANY_DOTS, NEWLINE, DOT, CONFLICT;
var init_toml = __esm({
  "src/uv/lock/toml.ts"() {
    "use strict";
    init_dist();
    init_errors();
    MAX_DEPTH = 160;
    MANY_DOTS = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}`, "m");
    NEWLINE = 10;
    DOT = 46;
    CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;
  }
});

// src/uv/lock/parse.ts
function parseLock(text3, file) {
  const document = parseToml(text3, file);
  const top = { file, subject: "", line: () => void 0 };
  checkVersion(document, top);
  const markers = new Markers();
  const entries2 = tablesField(
    document,
    field(document, "package") === void 0 ? "distribution" : "package",
    top
  );
  const raw = entries2.map(
    (entry, index) => parsePackage(entry, markers, packagePlace(text3, file, entry, index))
  );
  const packages = linkPackages(raw, markers);
  const manifest = tableField(document, "manifest", top);
  return {
    file,
    revision: typeof document.revision === "number" ? document.revision : 0,
    requiresPython: requiredString(document, "requires-python", top),
    resolutionMarkers: markers.list(document, "resolution-markers", top),
    supportedMarkers: markers.list(document, "supported-markers", top),
    conflicts: parseConflicts(document, top),
    members: namesField(manifest, "members", top),
    requirements: tablesField(manifest, "requirements", top).map((entry) => requirement(entry, markers, top)),
    groups: parseRootGroups(manifest, markers, top),
    groupRequiresPython: parseGroupPythons(manifest, top),
    defaultGroups: parseDefaultGroups(manifest, top),
    packages,
    byName: groupByName(packages)
  };
}
function checkVersion(document, place3) {
  const version4 = field(document, "version");
  if (version4 === 1) return;
  if (version4 === void 0)
    throw invalid(place3, "'version' is missing: this is not a uv.lock", "Use a uv.lock that uv wrote.");
  throw new UserError(
    "lock-version",
    `${place3.file} has format version ${String(version4)}; uv-fod supports version 1 of any revision. Use a uv-fod that supports it, or a uv that writes version 1.`,
    { at: { file: place3.file } }
  );
}
function packagePlace(text3, file, entry, index) {
  const name5 = field(entry, "name");
  const subject3 = typeof name5 === "string" ? `package '${name5}'` : `package number ${index + 1}`;
  return { file, subject: subject3, line: () => packageLine(text3, index) };
}
function packageLine(text3, index) {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  for (let count3 = 0; ; count3 += 1) {
    const found2 = header.exec(text3);
    if (found2 === null) return void 0;
    if (count3 === index) return lineAt(text3, found2.index);
  }
}
function groupByName(packages) {
  const result2 = /* @__PURE__ */ new Map();
  for (const item2 of packages) {
    const same2 = result2.get(item2.name);
    if (same2 === void 0) result2.set(item2.name, [item2]);
    else same2.push(item2);
  }
  return result2;
}
function requirement(entry, markers, place3) {
  return {
    name: asName(requiredString(entry, "name", place3), "requirements", place3),
    extras: namesField(entry, "extras", place3),
    marker: markers.optional(entry, "marker", place3)
  };
}
function parseRootGroups(manifest, markers, place3) {
  const key2 = "dependency-groups";
  const result2 = /* @__PURE__ */ new Map();
  for (const [group2, entries2] of Object.entries(tableField(manifest, key2, place3))) {
    const list6 = asArray(entries2, `${key2}.${group2}`, place3);
    result2.set(
      asName(group2, key2, place3),
      list6.map((entry) => requirement(asTable(entry, key2, place3), markers, place3))
    );
  }
  return result2;
}
function parseConflicts(document, place3) {
  return arrayField(document, "conflicts", place3).map(
    (set) => asArray(set, "conflicts", place3).map((entry) => conflictItem(asTable(entry, "conflicts", place3), place3))
  );
}
function conflictItem(entry, place3) {
  const name5 = asName(requiredString(entry, "package", place3), "conflicts", place3);
  const extra = optionalString(entry, "extra", place3);
  if (extra !== void 0) return { package: name5, kind: "extra", name: asName(extra, "conflicts", place3) };
  const group2 = optionalString(entry, "group", place3);
  if (group2 !== void 0) return { package: name5, kind: "group", name: asName(group2, "conflicts", place3) };
  return { package: name5, kind: "project", name: "" };
}
var init_parse2 = __esm({
  "src/uv/lock/parse.ts"() {
    "use strict";
    init_errors();
    init_fields();
    init_link();
    init_packages();
    init_toml();
  }
});

// src/uv/lock/inside.ts
import { stat as stat4 } from "node:fs/promises";
import path16 from "node:path";
async function checkPaths(lock, root, repository2) {
  const what = (name5) => printable(`'${clip(name5)}', a source in ${path16.basename(lock.file)},`);
  for (const folder of new Set(lock.packages.flatMap(({ source }) => foldersOf(source))))
    await requireInside(repository2, path16.resolve(root, folder, "pyproject.toml"), what(folder));
  for (const file of new Set(lock.packages.flatMap(filesOf2))) {
    const at = path16.resolve(root, file);
    await requireInside(repository2, at, what(file));
    const found2 = await stat4(at).catch(() => void 0);
    if (found2 === void 0 || found2.isFile()) continue;
    throw new UserError(
      "file-unreadable",
      `${what(file)} is not a regular file. Put the file itself into the repository.`
    );
  }
}
function foldersOf(source) {
  if (source.kind === "directory" || source.kind === "editable" || source.kind === "virtual")
    return [source.path];
  return source.kind === "registry-path" ? [source.path] : [];
}
function filesOf2({ source, wheels, sdist }) {
  const inFolder = (file) => source.kind === "registry-path" ? path16.join(source.path, file) : file;
  const listed2 = [...wheels, ...sdist ? [sdist] : []].flatMap(({ path: file }) => file ?? []);
  return [...source.kind === "path" ? [source.path] : [], ...listed2.map(inFolder)];
}
var init_inside2 = __esm({
  "src/uv/lock/inside.ts"() {
    "use strict";
    init_errors();
    init_inside();
    init_printable();
    init_fields();
  }
});

// src/uv/lock/reader.ts
function rememberText(read2) {
  const known2 = /* @__PURE__ */ new Map();
  return (file) => {
    const found2 = known2.get(file) ?? read2(file);
    known2.set(file, found2);
    return found2;
  };
}
var init_reader = __esm({
  "src/uv/lock/reader.ts"() {
    "use strict";
  }
});

// src/uv/lock/project.ts
import path17 from "node:path";
async function loadProject(dir, readFile5, options3 = {}) {
  const { repository: repository2 } = options3;
  const top = repository2 ?? void 0;
  const read2 = rememberText(readingInside(readFile5, top, options3.lockFile));
  const { root, lockFile, lock } = options3.lockFile === void 0 ? await findLock(dir, read2, top) : await readLock(dir, options3.lockFile, read2);
  if (repository2 !== void 0) await checkPaths(lock, root, repository2 ?? root);
  const rootPyproject = await readPyproject(path17.join(root, "pyproject.toml"), read2);
  const pyprojects = await readMembers(lock, root, rootPyproject, read2);
  const own2 = sameFolder(dir, root) ? rootPyproject : await readPyproject(path17.join(dir, "pyproject.toml"), read2);
  return {
    lock,
    root,
    lockFile,
    settings: await findSettings(root, read2, top),
    current: own2 === void 0 ? memberAt(lock, path17.relative(root, dir)) : own2.name,
    rootPyproject,
    pyprojects
  };
}
async function readLock(dir, lockFile, read2) {
  const text3 = await read2(lockFile);
  if (text3 === void 0)
    throw new UserError(
      "lock-missing",
      `${lockFile} is missing. Set --lock to an existing uv.lock, or omit it.`
    );
  const lock = parseLock(text3, lockFile);
  const own2 = await readPyproject(path17.join(dir, "pyproject.toml"), read2);
  const root = ancestors(dir).find((folder) => {
    const member2 = memberAt(lock, path17.relative(folder, dir));
    return member2 !== void 0 && (own2 === void 0 || member2 === own2.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read2, top) {
  for (const root of ancestors(dir, top)) {
    const lockFile = path17.join(root, "uv.lock");
    const text3 = await read2(lockFile);
    if (text3 === void 0) continue;
    const lock = parseLock(text3, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path17.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir} or in a workspace above it. Run 'uv lock' there, or set --lock.`
  );
}
function memberAt(lock, folder) {
  const wanted2 = path17.normalize(folder === "" ? "." : folder);
  const found2 = lock.packages.find(
    ({ source }) => (source.kind === "editable" || source.kind === "virtual" || source.kind === "directory") && path17.normalize(source.path) === wanted2
  );
  return found2?.name;
}
async function readMembers(lock, root, rootPyproject, read2) {
  const result2 = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result2.set(rootPyproject.name, rootPyproject);
  for (const name5 of lock.members.filter((member2) => !result2.has(member2))) {
    const file = pyprojectOf(name5, lock, root);
    const pyproject2 = file === void 0 ? void 0 : await readPyproject(file, read2);
    if (pyproject2 !== void 0) result2.set(name5, pyproject2);
  }
  return result2;
}
function pyprojectOf(name5, lock, root) {
  const source = lock.byName.get(name5)?.[0]?.source;
  if (source === void 0 || !("path" in source) || source.path === void 0) return void 0;
  const folder = path17.resolve(root, source.path);
  return path17.relative(root, folder).startsWith("..") ? void 0 : path17.join(folder, "pyproject.toml");
}
async function readPyproject(file, read2) {
  const text3 = await read2(file);
  return text3 === void 0 ? void 0 : parsePyproject(parseToml(text3, file), file);
}
async function findSettings(root, read2, top) {
  for (const folder of ancestors(root, top)) {
    const file = path17.join(folder, "uv.toml");
    const text3 = await read2(file);
    if (text3 !== void 0) return parseSettings(parseToml(text3, file), file);
    const pyproject2 = await readSettingsPyproject(path17.join(folder, "pyproject.toml"), read2, folder === root);
    if (pyproject2?.uv !== void 0) return parseSettings(pyproject2.uv, pyproject2.file);
  }
  return NO_SETTINGS;
}
async function readSettingsPyproject(file, read2, isRoot) {
  try {
    return await readPyproject(file, read2);
  } catch (error2) {
    if (isRoot || !(error2 instanceof UserError)) throw error2;
    return void 0;
  }
}
function ancestors(dir, top) {
  const result2 = [dir];
  for (let folder = dir; folder !== top && folder !== path17.dirname(folder); ) {
    folder = path17.dirname(folder);
    result2.push(folder);
  }
  return result2;
}
function sameFolder(left, right) {
  return path17.relative(left, right) === "";
}
var readingInside;
var init_project = __esm({
  "src/uv/lock/project.ts"() {
    "use strict";
    init_errors();
    init_inside();
    init_inside2();
    init_parse2();
    init_reader();
    init_settings();
    init_toml();
    readingInside = (read2, repository2, except) => async (file) => {
      if (repository2 !== void 0 && file !== except) await requireInside(repository2, file, file);
      return read2(file);
    };
  }
});

// src/uv/lock/index.ts
var init_lock = __esm({
  "src/uv/lock/index.ts"() {
    "use strict";
    init_names();
    init_parse2();
    init_project();
    init_toml();
  }
});

// node_modules/fflate/esm/index.mjs
import { createRequire } from "module";
function inflateSync(data, opts) {
  return inflt(data, { i: 2 }, opts && opts.out, opts && opts.dictionary);
}
function strFromU8(dat, latin1) {
  if (latin1) {
    var r = "";
    for (var i2 = 0; i2 < dat.length; i2 += 16384)
      r += String.fromCharCode.apply(null, dat.subarray(i2, i2 + 16384));
    return r;
  } else if (td) {
    return td.decode(dat);
  } else {
    var _a2 = dutf8(dat), s = _a2.s, r = _a2.r;
    if (r.length)
      err(8);
    return s;
  }
}
function unzipSync(data, opts) {
  var files = {};
  var e = data.length - 22;
  for (; b4(data, e) != 101010256; --e) {
    if (!e || data.length - e > 65558)
      err(13);
  }
  ;
  var c = b2(data, e + 8);
  if (!c)
    return {};
  var o = b4(data, e + 16);
  var z = b4(data, e - 20) == 117853008;
  if (z) {
    var ze = b4(data, e - 12);
    z = b4(data, ze) == 101075792;
    if (z) {
      c = b4(data, ze + 32);
      o = b4(data, ze + 48);
    }
  }
  var fltr = opts && opts.filter;
  for (var i2 = 0; i2 < c; ++i2) {
    var _a2 = zh(data, o, z), c_2 = _a2[0], sc = _a2[1], su = _a2[2], fn = _a2[3], no = _a2[4], off = _a2[5], b = slzh(data, off);
    o = no;
    if (!fltr || fltr({
      name: fn,
      size: sc,
      originalSize: su,
      compression: c_2
    })) {
      if (!c_2)
        files[fn] = slc(data, b, b + sc);
      else if (c_2 == 8)
        files[fn] = inflateSync(data.subarray(b, b + sc), { out: new u8(su) });
      else
        err(14, "unknown compression type " + c_2);
    }
  }
  return files;
}
var require2, _a, Worker, isMarkedAsUntransferable, u8, u16, i32, fleb, fdeb, clim, freb, _a, fl, revfl, _b, fd, revfd, rev, x, i, hMap, flt, i, i, i, i, fdt, i, flrm, fdrm, max, bits, bits16, shft, slc, ec, err, inflt, et, b2, b4, b8, td, tds, dutf8, slzh, zh, z64hs;
var init_esm = __esm({
  "node_modules/fflate/esm/index.mjs"() {
    require2 = createRequire("/");
    try {
      _a = require2("worker_threads"), Worker = _a.Worker, isMarkedAsUntransferable = _a.isMarkedAsUntransferable;
    } catch (e) {
    }
    u8 = Uint8Array;
    u16 = Uint16Array;
    i32 = Int32Array;
    fleb = new u8([
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      1,
      1,
      1,
      2,
      2,
      2,
      2,
      3,
      3,
      3,
      3,
      4,
      4,
      4,
      4,
      5,
      5,
      5,
      5,
      0,
      /* unused */
      0,
      0,
      /* impossible */
      0
    ]);
    fdeb = new u8([
      0,
      0,
      0,
      0,
      1,
      1,
      2,
      2,
      3,
      3,
      4,
      4,
      5,
      5,
      6,
      6,
      7,
      7,
      8,
      8,
      9,
      9,
      10,
      10,
      11,
      11,
      12,
      12,
      13,
      13,
      /* unused */
      0,
      0
    ]);
    clim = new u8([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
    freb = function(eb, start2) {
      var b = new u16(31);
      for (var i2 = 0; i2 < 31; ++i2) {
        b[i2] = start2 += 1 << eb[i2 - 1];
      }
      var r = new i32(b[30]);
      for (var i2 = 1; i2 < 30; ++i2) {
        for (var j = b[i2]; j < b[i2 + 1]; ++j) {
          r[j] = j - b[i2] << 5 | i2;
        }
      }
      return { b, r };
    };
    _a = freb(fleb, 2);
    fl = _a.b;
    revfl = _a.r;
    fl[28] = 258, revfl[258] = 28;
    _b = freb(fdeb, 0);
    fd = _b.b;
    revfd = _b.r;
    rev = new u16(32768);
    for (i = 0; i < 32768; ++i) {
      x = (i & 43690) >> 1 | (i & 21845) << 1;
      x = (x & 52428) >> 2 | (x & 13107) << 2;
      x = (x & 61680) >> 4 | (x & 3855) << 4;
      rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
    }
    hMap = (function(cd, mb, r) {
      var s = cd.length;
      var i2 = 0;
      var l = new u16(mb);
      for (; i2 < s; ++i2) {
        if (cd[i2])
          ++l[cd[i2] - 1];
      }
      var le2 = new u16(mb);
      for (i2 = 1; i2 < mb; ++i2) {
        le2[i2] = le2[i2 - 1] + l[i2 - 1] << 1;
      }
      var co;
      if (r) {
        co = new u16(1 << mb);
        var rvb = 15 - mb;
        for (i2 = 0; i2 < s; ++i2) {
          if (cd[i2]) {
            var sv = i2 << 4 | cd[i2];
            var r_1 = mb - cd[i2];
            var v = le2[cd[i2] - 1]++ << r_1;
            for (var m = v | (1 << r_1) - 1; v <= m; ++v) {
              co[rev[v] >> rvb] = sv;
            }
          }
        }
      } else {
        co = new u16(s);
        for (i2 = 0; i2 < s; ++i2) {
          if (cd[i2]) {
            co[i2] = rev[le2[cd[i2] - 1]++] >> 15 - cd[i2];
          }
        }
      }
      return co;
    });
    flt = new u8(288);
    for (i = 0; i < 144; ++i)
      flt[i] = 8;
    for (i = 144; i < 256; ++i)
      flt[i] = 9;
    for (i = 256; i < 280; ++i)
      flt[i] = 7;
    for (i = 280; i < 288; ++i)
      flt[i] = 8;
    fdt = new u8(32);
    for (i = 0; i < 32; ++i)
      fdt[i] = 5;
    flrm = /* @__PURE__ */ hMap(flt, 9, 1);
    fdrm = /* @__PURE__ */ hMap(fdt, 5, 1);
    max = function(a) {
      var m = a[0];
      for (var i2 = 1; i2 < a.length; ++i2) {
        if (a[i2] > m)
          m = a[i2];
      }
      return m;
    };
    bits = function(d, p, m) {
      var o = p / 8 | 0;
      return (d[o] | d[o + 1] << 8) >> (p & 7) & m;
    };
    bits16 = function(d, p) {
      var o = p / 8 | 0;
      return (d[o] | d[o + 1] << 8 | d[o + 2] << 16) >> (p & 7);
    };
    shft = function(p) {
      return (p + 7) / 8 | 0;
    };
    slc = function(v, s, e) {
      if (s == null || s < 0)
        s = 0;
      if (e == null || e > v.length)
        e = v.length;
      return new u8(v.subarray(s, e));
    };
    ec = [
      "unexpected EOF",
      "invalid block type",
      "invalid length/literal",
      "invalid distance",
      "stream finished",
      "no stream handler",
      ,
      // determined by compression function
      "no callback",
      "invalid UTF-8 data",
      "extra field too long",
      "date not in range 1980-2099",
      "filename too long",
      "stream finishing",
      "invalid zip data"
      // determined by unknown compression method
    ];
    err = function(ind, msg, nt) {
      var e = new Error(msg || ec[ind]);
      e.code = ind;
      if (Error.captureStackTrace)
        Error.captureStackTrace(e, err);
      if (!nt)
        throw e;
      return e;
    };
    inflt = function(dat, st, buf, dict) {
      var sl = dat.length, dl = dict ? dict.length : 0;
      if (!sl || st.f && !st.l)
        return buf || new u8(0);
      var noBuf = !buf;
      var resize = noBuf || st.i != 2;
      var noSt = st.i;
      if (noBuf)
        buf = new u8(sl * 3);
      var cbuf = function(l2) {
        var bl = buf.length;
        if (l2 > bl) {
          var nbuf = new u8(Math.max(bl * 2, l2));
          nbuf.set(buf);
          buf = nbuf;
        }
      };
      var final = st.f || 0, pos = st.p || 0, bt = st.b || 0, lm = st.l, dm = st.d, lbt = st.m, dbt = st.n;
      var tbts = sl * 8;
      do {
        if (!lm) {
          final = bits(dat, pos, 1);
          var type = bits(dat, pos + 1, 3);
          pos += 3;
          if (!type) {
            var s = shft(pos) + 4, l = dat[s - 4] | dat[s - 3] << 8, t = s + l;
            if (t > sl) {
              if (noSt)
                err(0);
              break;
            }
            if (resize)
              cbuf(bt + l);
            buf.set(dat.subarray(s, t), bt);
            st.b = bt += l, st.p = pos = t * 8, st.f = final;
            continue;
          } else if (type == 1)
            lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
          else if (type == 2) {
            var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
            var tl = hLit + bits(dat, pos + 5, 31) + 1;
            pos += 14;
            var ldt = new u8(tl);
            var clt = new u8(19);
            for (var i2 = 0; i2 < hcLen; ++i2) {
              clt[clim[i2]] = bits(dat, pos + i2 * 3, 7);
            }
            pos += hcLen * 3;
            var clb = max(clt), clbmsk = (1 << clb) - 1;
            var clm = hMap(clt, clb, 1);
            for (var i2 = 0; i2 < tl; ) {
              var r = clm[bits(dat, pos, clbmsk)];
              pos += r & 15;
              var s = r >> 4;
              if (s < 16) {
                ldt[i2++] = s;
              } else {
                var c = 0, n = 0;
                if (s == 16)
                  n = 3 + bits(dat, pos, 3), pos += 2, c = ldt[i2 - 1];
                else if (s == 17)
                  n = 3 + bits(dat, pos, 7), pos += 3;
                else if (s == 18)
                  n = 11 + bits(dat, pos, 127), pos += 7;
                while (n--)
                  ldt[i2++] = c;
              }
            }
            var lt2 = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
            lbt = max(lt2);
            dbt = max(dt);
            lm = hMap(lt2, lbt, 1);
            dm = hMap(dt, dbt, 1);
          } else
            err(1);
          if (pos > tbts) {
            if (noSt)
              err(0);
            break;
          }
        }
        if (resize)
          cbuf(bt + 131072);
        var lms = (1 << lbt) - 1, dms = (1 << dbt) - 1;
        var lpos = pos;
        for (; ; lpos = pos) {
          var c = lm[bits16(dat, pos) & lms], sym = c >> 4;
          pos += c & 15;
          if (pos > tbts) {
            if (noSt)
              err(0);
            break;
          }
          if (!c)
            err(2);
          if (sym < 256)
            buf[bt++] = sym;
          else if (sym == 256) {
            lpos = pos, lm = null;
            break;
          } else {
            var add3 = sym - 254;
            if (sym > 264) {
              var i2 = sym - 257, b = fleb[i2];
              add3 = bits(dat, pos, (1 << b) - 1) + fl[i2];
              pos += b;
            }
            var d = dm[bits16(dat, pos) & dms], dsym = d >> 4;
            if (!d)
              err(3);
            pos += d & 15;
            var dt = fd[dsym];
            if (dsym > 3) {
              var b = fdeb[dsym];
              dt += bits16(dat, pos) & (1 << b) - 1, pos += b;
            }
            if (pos > tbts) {
              if (noSt)
                err(0);
              break;
            }
            if (resize)
              cbuf(bt + 131072);
            var end = bt + add3;
            if (bt < dt) {
              var shift = dl - dt, dend = Math.min(dt, end);
              if (shift + bt < 0)
                err(3);
              for (; bt < dend; ++bt)
                buf[bt] = dict[shift + bt];
            }
            for (; bt < end; ++bt)
              buf[bt] = buf[bt - dt];
          }
        }
        st.l = lm, st.p = lpos, st.b = bt, st.f = final;
        if (lm)
          final = 1, st.m = lbt, st.d = dm, st.n = dbt;
      } while (!final);
      return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
    };
    et = /* @__PURE__ */ new u8(0);
    b2 = function(d, b) {
      return d[b] | d[b + 1] << 8;
    };
    b4 = function(d, b) {
      return (d[b] | d[b + 1] << 8 | d[b + 2] << 16 | d[b + 3] << 24) >>> 0;
    };
    b8 = function(d, b) {
      return b4(d, b) + b4(d, b + 4) * 4294967296;
    };
    td = typeof TextDecoder != "undefined" && /* @__PURE__ */ new TextDecoder();
    tds = 0;
    try {
      td.decode(et, { stream: true });
      tds = 1;
    } catch (e) {
    }
    dutf8 = function(d) {
      for (var r = "", i2 = 0; ; ) {
        var c = d[i2++];
        var eb = (c > 127) + (c > 223) + (c > 239);
        if (i2 + eb > d.length)
          return { s: r, r: slc(d, i2 - 1) };
        if (!eb)
          r += String.fromCharCode(c);
        else if (eb == 3) {
          c = ((c & 15) << 18 | (d[i2++] & 63) << 12 | (d[i2++] & 63) << 6 | d[i2++] & 63) - 65536, r += String.fromCharCode(55296 | c >> 10, 56320 | c & 1023);
        } else if (eb & 1)
          r += String.fromCharCode((c & 31) << 6 | d[i2++] & 63);
        else
          r += String.fromCharCode((c & 15) << 12 | (d[i2++] & 63) << 6 | d[i2++] & 63);
      }
    };
    slzh = function(d, b) {
      return b + 30 + b2(d, b + 26) + b2(d, b + 28);
    };
    zh = function(d, b, z) {
      var fnl = b2(d, b + 28), efl = b2(d, b + 30), fn = strFromU8(d.subarray(b + 46, b + 46 + fnl), !(b2(d, b + 8) & 2048)), es = b + 46 + fnl;
      var _a2 = z64hs(d, es, efl, z, b4(d, b + 20), b4(d, b + 24), b4(d, b + 42)), sc = _a2[0], su = _a2[1], off = _a2[2];
      return [b2(d, b + 10), sc, su, fn, es + efl + b2(d, b + 32), off];
    };
    z64hs = function(d, b, l, z, sc, su, off) {
      var nsc = sc == 4294967295, nsu = su == 4294967295, noff = off == 4294967295, e = b + l;
      var nf = nsc + nsu + noff;
      if (z && nf) {
        for (; b + 4 < e; b += 4 + b2(d, b + 2)) {
          if (b2(d, b) == 1) {
            return [
              nsc ? b8(d, b + 4 + 8 * nsu) : sc,
              nsu ? b8(d, b + 4) : su,
              noff ? b8(d, b + 4 + 8 * (nsu + nsc)) : off,
              1
            ];
          }
        }
        if (z < 2)
          err(13);
      }
      return [sc, su, off, 0];
    };
  }
});

// node_modules/events-universal/default.js
var require_default = __commonJS({
  "node_modules/events-universal/default.js"(exports, module2) {
    module2.exports = __require("events");
  }
});

// node_modules/fast-fifo/fixed-size.js
var require_fixed_size = __commonJS({
  "node_modules/fast-fifo/fixed-size.js"(exports, module2) {
    module2.exports = class FixedFIFO {
      constructor(hwm) {
        if (!(hwm > 0) || (hwm - 1 & hwm) !== 0) throw new Error("Max size for a FixedFIFO should be a power of two");
        this.buffer = new Array(hwm);
        this.mask = hwm - 1;
        this.top = 0;
        this.btm = 0;
        this.next = null;
      }
      clear() {
        this.top = this.btm = 0;
        this.next = null;
        this.buffer.fill(void 0);
      }
      push(data) {
        if (this.buffer[this.top] !== void 0) return false;
        this.buffer[this.top] = data;
        this.top = this.top + 1 & this.mask;
        return true;
      }
      shift() {
        const last = this.buffer[this.btm];
        if (last === void 0) return void 0;
        this.buffer[this.btm] = void 0;
        this.btm = this.btm + 1 & this.mask;
        return last;
      }
      peek() {
        return this.buffer[this.btm];
      }
      isEmpty() {
        return this.buffer[this.btm] === void 0;
      }
    };
  }
});

// node_modules/fast-fifo/index.js
var require_fast_fifo = __commonJS({
  "node_modules/fast-fifo/index.js"(exports, module2) {
    var FixedFIFO = require_fixed_size();
    module2.exports = class FastFIFO {
      constructor(hwm) {
        this.hwm = hwm || 16;
        this.head = new FixedFIFO(this.hwm);
        this.tail = this.head;
        this.length = 0;
      }
      clear() {
        this.head = this.tail;
        this.head.clear();
        this.length = 0;
      }
      push(val) {
        this.length++;
        if (!this.head.push(val)) {
          const prev = this.head;
          this.head = prev.next = new FixedFIFO(2 * this.head.buffer.length);
          this.head.push(val);
        }
      }
      shift() {
        if (this.length !== 0) this.length--;
        const val = this.tail.shift();
        if (val === void 0 && this.tail.next) {
          const next = this.tail.next;
          this.tail.next = null;
          this.tail = next;
          return this.tail.shift();
        }
        return val;
      }
      peek() {
        const val = this.tail.peek();
        if (val === void 0 && this.tail.next) return this.tail.next.peek();
        return val;
      }
      isEmpty() {
        return this.length === 0;
      }
    };
  }
});

// node_modules/b4a/index.js
var require_b4a = __commonJS({
  "node_modules/b4a/index.js"(exports, module2) {
    function isBuffer(value) {
      return Buffer.isBuffer(value) || value instanceof Uint8Array;
    }
    function isEncoding(encoding) {
      return Buffer.isEncoding(encoding);
    }
    function alloc(size2, fill4, encoding) {
      return Buffer.alloc(size2, fill4, encoding);
    }
    function allocUnsafe(size2) {
      return Buffer.allocUnsafe(size2);
    }
    function allocUnsafeSlow(size2) {
      return Buffer.allocUnsafeSlow(size2);
    }
    function byteLength(string, encoding) {
      return Buffer.byteLength(string, encoding);
    }
    function compare7(a, b) {
      return Buffer.compare(a, b);
    }
    function concat(buffers, totalLength) {
      return Buffer.concat(buffers, totalLength);
    }
    function copy(source, target3, targetStart, start2, end) {
      return toBuffer(source).copy(target3, targetStart, start2, end);
    }
    function equals(a, b) {
      return toBuffer(a).equals(b);
    }
    function fill3(buffer, value, offset2, end, encoding) {
      return toBuffer(buffer).fill(value, offset2, end, encoding);
    }
    function from(value, encodingOrOffset, length) {
      return Buffer.from(value, encodingOrOffset, length);
    }
    function includes(buffer, value, byteOffset, encoding) {
      return toBuffer(buffer).includes(value, byteOffset, encoding);
    }
    function indexOf2(buffer, value, byfeOffset, encoding) {
      return toBuffer(buffer).indexOf(value, byfeOffset, encoding);
    }
    function lastIndexOf(buffer, value, byteOffset, encoding) {
      return toBuffer(buffer).lastIndexOf(value, byteOffset, encoding);
    }
    function swap16(buffer) {
      return toBuffer(buffer).swap16();
    }
    function swap32(buffer) {
      return toBuffer(buffer).swap32();
    }
    function swap64(buffer) {
      return toBuffer(buffer).swap64();
    }
    function toBuffer(buffer) {
      if (Buffer.isBuffer(buffer)) return buffer;
      return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    }
    function toString(buffer, encoding, start2, end) {
      return toBuffer(buffer).toString(encoding, start2, end);
    }
    function toHex(buffer, start2, end) {
      return toBuffer(buffer).toString("hex", start2, end);
    }
    function write(buffer, string, offset2, length, encoding) {
      return toBuffer(buffer).write(string, offset2, length, encoding);
    }
    function readDoubleBE(buffer, offset2) {
      return toBuffer(buffer).readDoubleBE(offset2);
    }
    function readDoubleLE(buffer, offset2) {
      return toBuffer(buffer).readDoubleLE(offset2);
    }
    function readFloatBE(buffer, offset2) {
      return toBuffer(buffer).readFloatBE(offset2);
    }
    function readFloatLE(buffer, offset2) {
      return toBuffer(buffer).readFloatLE(offset2);
    }
    function readInt32BE(buffer, offset2) {
      return toBuffer(buffer).readInt32BE(offset2);
    }
    function readInt32LE(buffer, offset2) {
      return toBuffer(buffer).readInt32LE(offset2);
    }
    function readUInt32BE(buffer, offset2) {
      return toBuffer(buffer).readUInt32BE(offset2);
    }
    function readUInt32LE(buffer, offset2) {
      return toBuffer(buffer).readUInt32LE(offset2);
    }
    function writeDoubleBE(buffer, value, offset2) {
      return toBuffer(buffer).writeDoubleBE(value, offset2);
    }
    function writeDoubleLE(buffer, value, offset2) {
      return toBuffer(buffer).writeDoubleLE(value, offset2);
    }
    function writeFloatBE(buffer, value, offset2) {
      return toBuffer(buffer).writeFloatBE(value, offset2);
    }
    function writeFloatLE(buffer, value, offset2) {
      return toBuffer(buffer).writeFloatLE(value, offset2);
    }
    function writeInt32BE(buffer, value, offset2) {
      return toBuffer(buffer).writeInt32BE(value, offset2);
    }
    function writeInt32LE(buffer, value, offset2) {
      return toBuffer(buffer).writeInt32LE(value, offset2);
    }
    function writeUInt32BE(buffer, value, offset2) {
      return toBuffer(buffer).writeUInt32BE(value, offset2);
    }
    function writeUInt32LE(buffer, value, offset2) {
      return toBuffer(buffer).writeUInt32LE(value, offset2);
    }
    module2.exports = {
      isBuffer,
      isEncoding,
      alloc,
      allocUnsafe,
      allocUnsafeSlow,
      byteLength,
      compare: compare7,
      concat,
      copy,
      equals,
      fill: fill3,
      from,
      includes,
      indexOf: indexOf2,
      lastIndexOf,
      swap16,
      swap32,
      swap64,
      toBuffer,
      toString,
      toHex,
      write,
      readDoubleBE,
      readDoubleLE,
      readFloatBE,
      readFloatLE,
      readInt32BE,
      readInt32LE,
      readUInt32BE,
      readUInt32LE,
      writeDoubleBE,
      writeDoubleLE,
      writeFloatBE,
      writeFloatLE,
      writeInt32BE,
      writeInt32LE,
      writeUInt32BE,
      writeUInt32LE
    };
  }
});

// node_modules/text-decoder/lib/pass-through-decoder.js
var require_pass_through_decoder = __commonJS({
  "node_modules/text-decoder/lib/pass-through-decoder.js"(exports, module2) {
    var b4a = require_b4a();
    module2.exports = class PassThroughDecoder {
      constructor(encoding) {
        this.encoding = encoding;
      }
      get remaining() {
        return 0;
      }
      decode(data) {
        return b4a.toString(data, this.encoding);
      }
      flush() {
        return "";
      }
    };
  }
});

// node_modules/text-decoder/lib/utf8-decoder.js
var require_utf8_decoder = __commonJS({
  "node_modules/text-decoder/lib/utf8-decoder.js"(exports, module2) {
    var b4a = require_b4a();
    module2.exports = class UTF8Decoder {
      constructor() {
        this._reset();
      }
      get remaining() {
        return this.bytesSeen;
      }
      decode(data) {
        if (data.byteLength === 0) return "";
        if (this.bytesNeeded === 0 && trailingIncomplete(data, 0) === 0) {
          this.bytesSeen = trailingBytesSeen(data);
          return b4a.toString(data, "utf8");
        }
        let result2 = "";
        let start2 = 0;
        if (this.bytesNeeded > 0) {
          while (start2 < data.byteLength) {
            const byte = data[start2];
            if (byte < this.lowerBoundary || byte > this.upperBoundary) {
              result2 += "�";
              this._reset();
              break;
            }
            this.lowerBoundary = 128;
            this.upperBoundary = 191;
            this.codePoint = this.codePoint << 6 | byte & 63;
            this.bytesSeen++;
            start2++;
            if (this.bytesSeen === this.bytesNeeded) {
              result2 += String.fromCodePoint(this.codePoint);
              this._reset();
              break;
            }
          }
          if (this.bytesNeeded > 0) return result2;
        }
        const trailing = trailingIncomplete(data, start2);
        const end = data.byteLength - trailing;
        if (end > start2) result2 += b4a.toString(data, "utf8", start2, end);
        for (let i2 = end; i2 < data.byteLength; i2++) {
          const byte = data[i2];
          if (this.bytesNeeded === 0) {
            if (byte <= 127) {
              this.bytesSeen = 0;
              result2 += String.fromCharCode(byte);
            } else if (byte >= 194 && byte <= 223) {
              this.bytesNeeded = 2;
              this.bytesSeen = 1;
              this.codePoint = byte & 31;
            } else if (byte >= 224 && byte <= 239) {
              if (byte === 224) this.lowerBoundary = 160;
              else if (byte === 237) this.upperBoundary = 159;
              this.bytesNeeded = 3;
              this.bytesSeen = 1;
              this.codePoint = byte & 15;
            } else if (byte >= 240 && byte <= 244) {
              if (byte === 240) this.lowerBoundary = 144;
              else if (byte === 244) this.upperBoundary = 143;
              this.bytesNeeded = 4;
              this.bytesSeen = 1;
              this.codePoint = byte & 7;
            } else {
              this.bytesSeen = 1;
              result2 += "�";
            }
            continue;
          }
          if (byte < this.lowerBoundary || byte > this.upperBoundary) {
            result2 += "�";
            i2--;
            this._reset();
            continue;
          }
          this.lowerBoundary = 128;
          this.upperBoundary = 191;
          this.codePoint = this.codePoint << 6 | byte & 63;
          this.bytesSeen++;
          if (this.bytesSeen === this.bytesNeeded) {
            result2 += String.fromCodePoint(this.codePoint);
            this._reset();
          }
        }
        return result2;
      }
      flush() {
        const result2 = this.bytesNeeded > 0 ? "�" : "";
        this._reset();
        return result2;
      }
      _reset() {
        this.codePoint = 0;
        this.bytesNeeded = 0;
        this.bytesSeen = 0;
        this.lowerBoundary = 128;
        this.upperBoundary = 191;
      }
    };
    function trailingIncomplete(data, start2) {
      const len = data.byteLength;
      if (len <= start2) return 0;
      const limit2 = Math.max(start2, len - 4);
      let i2 = len - 1;
      while (i2 > limit2 && (data[i2] & 192) === 128) i2--;
      if (i2 < start2) return 0;
      const byte = data[i2];
      let needed;
      if (byte <= 127) return 0;
      if (byte >= 194 && byte <= 223) needed = 2;
      else if (byte >= 224 && byte <= 239) needed = 3;
      else if (byte >= 240 && byte <= 244) needed = 4;
      else return 0;
      const available = len - i2;
      return available < needed ? available : 0;
    }
    function trailingBytesSeen(data) {
      const len = data.byteLength;
      if (len === 0) return 0;
      const last = data[len - 1];
      if (last <= 127) return 0;
      if ((last & 192) !== 128) return 1;
      const limit2 = Math.max(0, len - 4);
      let i2 = len - 2;
      while (i2 >= limit2 && (data[i2] & 192) === 128) i2--;
      if (i2 < 0) return 1;
      const first3 = data[i2];
      let needed;
      if (first3 >= 194 && first3 <= 223) needed = 2;
      else if (first3 >= 224 && first3 <= 239) needed = 3;
      else if (first3 >= 240 && first3 <= 244) needed = 4;
      else return 1;
      if (len - i2 !== needed) return 1;
      if (needed >= 3) {
        const second = data[i2 + 1];
        if (first3 === 224 && second < 160) return 1;
        if (first3 === 237 && second > 159) return 1;
        if (first3 === 240 && second < 144) return 1;
        if (first3 === 244 && second > 143) return 1;
      }
      return 0;
    }
  }
});

// node_modules/text-decoder/index.js
var require_text_decoder = __commonJS({
  "node_modules/text-decoder/index.js"(exports, module2) {
    var PassThroughDecoder = require_pass_through_decoder();
    var UTF8Decoder = require_utf8_decoder();
    module2.exports = class TextDecoder {
      constructor(encoding = "utf8") {
        this.encoding = normalizeEncoding(encoding);
        switch (this.encoding) {
          case "utf8":
            this.decoder = new UTF8Decoder();
            break;
          case "utf16le":
          case "base64":
            throw new Error("Unsupported encoding: " + this.encoding);
          default:
            this.decoder = new PassThroughDecoder(this.encoding);
        }
      }
      get remaining() {
        return this.decoder.remaining;
      }
      push(data) {
        if (typeof data === "string") return data;
        return this.decoder.decode(data);
      }
      // For Node.js compatibility
      write(data) {
        return this.push(data);
      }
      end(data) {
        let result2 = "";
        if (data) result2 = this.push(data);
        result2 += this.decoder.flush();
        return result2;
      }
    };
    function normalizeEncoding(encoding) {
      encoding = encoding.toLowerCase();
      switch (encoding) {
        case "utf8":
        case "utf-8":
          return "utf8";
        case "ucs2":
        case "ucs-2":
        case "utf16le":
        case "utf-16le":
          return "utf16le";
        case "latin1":
        case "binary":
          return "latin1";
        case "base64":
        case "ascii":
        case "hex":
          return encoding;
        default:
          throw new Error("Unknown encoding: " + encoding);
      }
    }
  }
});

// node_modules/streamx/lib/errors.js
var require_errors = __commonJS({
  "node_modules/streamx/lib/errors.js"(exports, module2) {
    module2.exports = class StreamError extends Error {
      constructor(msg, code4, fn = StreamError) {
        super(msg);
        this.code = code4;
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, fn);
        }
      }
      static isStreamDestroyed(err2) {
        return err2 && err2.code === "STREAM_DESTROYED";
      }
      static isPrematureClose(err2) {
        return err2 && err2.code === "PREMATURE_CLOSE";
      }
      static isAborted(err2) {
        return err2 && err2.code === "ABORTED";
      }
      static isBadArgument(err2) {
        return err2 && err2.code === "BAD_ARGUMENT";
      }
      get name() {
        return "StreamError";
      }
      static STREAM_DESTROYED() {
        return new StreamError("Stream was destroyed", "STREAM_DESTROYED", StreamError.STREAM_DESTROYED);
      }
      static PREMATURE_CLOSE(msg = "Premature close") {
        return new StreamError(msg, "PREMATURE_CLOSE", StreamError.PREMATURE_CLOSE);
      }
      static ABORTED() {
        return new StreamError("Stream aborted", "ABORTED", StreamError.ABORTED);
      }
      static BAD_ARGUMENT(msg = "Bad argument") {
        return new StreamError(msg, "BAD_ARGUMENT", StreamError.BAD_ARGUMENT);
      }
    };
  }
});

// node_modules/streamx/index.js
var require_streamx = __commonJS({
  "node_modules/streamx/index.js"(exports, module2) {
    var { EventEmitter: EventEmitter2 } = require_default();
    var FIFO = require_fast_fifo();
    var TextDecoder2 = require_text_decoder();
    var StreamError = require_errors();
    var qmt = typeof queueMicrotask === "undefined" ? (fn) => global.process.nextTick(fn) : queueMicrotask;
    var MAX = (1 << 29) - 1;
    var OPENING = 1;
    var PREDESTROYING = 2;
    var DESTROYING = 4;
    var DESTROYED = 8;
    var NOT_OPENING = MAX ^ OPENING;
    var NOT_PREDESTROYING = MAX ^ PREDESTROYING;
    var READ_ACTIVE = 1 << 4;
    var READ_UPDATING = 2 << 4;
    var READ_PRIMARY = 4 << 4;
    var READ_QUEUED = 8 << 4;
    var READ_RESUMED = 16 << 4;
    var READ_PIPE_DRAINED = 32 << 4;
    var READ_ENDING = 64 << 4;
    var READ_EMIT_DATA = 128 << 4;
    var READ_EMIT_READABLE = 256 << 4;
    var READ_EMITTED_READABLE = 512 << 4;
    var READ_DONE = 1024 << 4;
    var READ_NEXT_TICK = 2048 << 4;
    var READ_NEEDS_PUSH = 4096 << 4;
    var READ_READ_AHEAD = 8192 << 4;
    var READ_FLOWING = READ_RESUMED | READ_PIPE_DRAINED;
    var READ_ACTIVE_AND_NEEDS_PUSH = READ_ACTIVE | READ_NEEDS_PUSH;
    var READ_PRIMARY_AND_ACTIVE = READ_PRIMARY | READ_ACTIVE;
    var READ_EMIT_READABLE_AND_QUEUED = READ_EMIT_READABLE | READ_QUEUED;
    var READ_RESUMED_READ_AHEAD = READ_RESUMED | READ_READ_AHEAD;
    var READ_NOT_ACTIVE = MAX ^ READ_ACTIVE;
    var READ_NON_PRIMARY = MAX ^ READ_PRIMARY;
    var READ_NON_PRIMARY_AND_PUSHED = MAX ^ (READ_PRIMARY | READ_NEEDS_PUSH);
    var READ_PUSHED = MAX ^ READ_NEEDS_PUSH;
    var READ_PAUSED = MAX ^ READ_RESUMED;
    var READ_NOT_QUEUED = MAX ^ (READ_QUEUED | READ_EMITTED_READABLE);
    var READ_NOT_ENDING = MAX ^ READ_ENDING;
    var READ_PIPE_NOT_DRAINED = MAX ^ READ_FLOWING;
    var READ_NOT_NEXT_TICK = MAX ^ READ_NEXT_TICK;
    var READ_NOT_UPDATING = MAX ^ READ_UPDATING;
    var READ_NO_READ_AHEAD = MAX ^ READ_READ_AHEAD;
    var READ_PAUSED_NO_READ_AHEAD = MAX ^ READ_RESUMED_READ_AHEAD;
    var WRITE_ACTIVE = 1 << 18;
    var WRITE_UPDATING = 2 << 18;
    var WRITE_PRIMARY = 4 << 18;
    var WRITE_QUEUED = 8 << 18;
    var WRITE_UNDRAINED = 16 << 18;
    var WRITE_DONE = 32 << 18;
    var WRITE_EMIT_DRAIN = 64 << 18;
    var WRITE_NEXT_TICK = 128 << 18;
    var WRITE_WRITING = 256 << 18;
    var WRITE_FINISHING = 512 << 18;
    var WRITE_CORKED = 1024 << 18;
    var WRITE_NOT_ACTIVE = MAX ^ (WRITE_ACTIVE | WRITE_WRITING);
    var WRITE_NON_PRIMARY = MAX ^ WRITE_PRIMARY;
    var WRITE_NOT_FINISHING = MAX ^ (WRITE_ACTIVE | WRITE_FINISHING);
    var WRITE_DRAINED = MAX ^ WRITE_UNDRAINED;
    var WRITE_NOT_QUEUED = MAX ^ WRITE_QUEUED;
    var WRITE_NOT_NEXT_TICK = MAX ^ WRITE_NEXT_TICK;
    var WRITE_NOT_UPDATING = MAX ^ WRITE_UPDATING;
    var WRITE_NOT_CORKED = MAX ^ WRITE_CORKED;
    var ACTIVE = READ_ACTIVE | WRITE_ACTIVE;
    var NOT_ACTIVE = MAX ^ ACTIVE;
    var DONE = READ_DONE | WRITE_DONE;
    var DESTROY_STATUS = DESTROYING | DESTROYED | PREDESTROYING;
    var OPEN_STATUS = DESTROY_STATUS | OPENING;
    var AUTO_DESTROY = DESTROY_STATUS | DONE;
    var NON_PRIMARY = WRITE_NON_PRIMARY & READ_NON_PRIMARY;
    var ACTIVE_OR_TICKING = WRITE_NEXT_TICK | READ_NEXT_TICK;
    var TICKING = ACTIVE_OR_TICKING & NOT_ACTIVE;
    var IS_OPENING = OPEN_STATUS | TICKING;
    var READ_PRIMARY_STATUS = OPEN_STATUS | READ_ENDING | READ_DONE;
    var READ_STATUS = OPEN_STATUS | READ_DONE | READ_QUEUED;
    var READ_ENDING_STATUS = OPEN_STATUS | READ_ENDING | READ_QUEUED;
    var READ_READABLE_STATUS = OPEN_STATUS | READ_EMIT_READABLE | READ_QUEUED | READ_EMITTED_READABLE;
    var SHOULD_NOT_READ = OPEN_STATUS | READ_ACTIVE | READ_ENDING | READ_DONE | READ_NEEDS_PUSH | READ_READ_AHEAD;
    var READ_BACKPRESSURE_STATUS = DESTROY_STATUS | READ_ENDING | READ_DONE;
    var READ_UPDATE_SYNC_STATUS = READ_UPDATING | OPEN_STATUS | READ_NEXT_TICK | READ_PRIMARY;
    var READ_NEXT_TICK_OR_OPENING = READ_NEXT_TICK | OPENING;
    var WRITE_PRIMARY_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_DONE;
    var WRITE_QUEUED_AND_UNDRAINED = WRITE_QUEUED | WRITE_UNDRAINED;
    var WRITE_QUEUED_AND_ACTIVE = WRITE_QUEUED | WRITE_ACTIVE;
    var WRITE_DRAIN_STATUS = WRITE_QUEUED | WRITE_UNDRAINED | OPEN_STATUS | WRITE_ACTIVE;
    var WRITE_STATUS = OPEN_STATUS | WRITE_ACTIVE | WRITE_QUEUED | WRITE_CORKED;
    var WRITE_PRIMARY_AND_ACTIVE = WRITE_PRIMARY | WRITE_ACTIVE;
    var WRITE_ACTIVE_AND_WRITING = WRITE_ACTIVE | WRITE_WRITING;
    var WRITE_FINISHING_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_QUEUED_AND_ACTIVE | WRITE_DONE;
    var WRITE_BACKPRESSURE_STATUS = WRITE_UNDRAINED | DESTROY_STATUS | WRITE_FINISHING | WRITE_DONE;
    var WRITE_UPDATE_SYNC_STATUS = WRITE_UPDATING | OPEN_STATUS | WRITE_NEXT_TICK | WRITE_PRIMARY;
    var WRITE_DROP_DATA = WRITE_FINISHING | WRITE_DONE | DESTROY_STATUS;
    var asyncIterator = Symbol.asyncIterator || /* @__PURE__ */ Symbol("asyncIterator");
    var WritableState = class {
      constructor(stream, { highWaterMark = 16384, map = null, mapWritable, byteLength, byteLengthWritable } = {}) {
        this.stream = stream;
        this.queue = new FIFO();
        this.highWaterMark = highWaterMark;
        this.buffered = 0;
        this.error = null;
        this.pipeline = null;
        this.drains = null;
        this.byteLength = byteLengthWritable || byteLength || defaultByteLength;
        this.map = mapWritable || map;
        this.afterWrite = afterWrite.bind(this);
        this.afterUpdateNextTick = updateWriteNT.bind(this);
      }
      get ending() {
        return (this.stream._duplexState & WRITE_FINISHING) !== 0;
      }
      get ended() {
        return (this.stream._duplexState & WRITE_DONE) !== 0;
      }
      push(data) {
        if ((this.stream._duplexState & WRITE_DROP_DATA) !== 0) return false;
        if (this.map !== null) data = this.map(data);
        this.buffered += this.byteLength(data);
        this.queue.push(data);
        if (this.buffered < this.highWaterMark) {
          this.stream._duplexState |= WRITE_QUEUED;
          return true;
        }
        this.stream._duplexState |= WRITE_QUEUED_AND_UNDRAINED;
        return false;
      }
      shift() {
        const data = this.queue.shift();
        this.buffered -= this.byteLength(data);
        if (this.buffered === 0) this.stream._duplexState &= WRITE_NOT_QUEUED;
        return data;
      }
      end(data) {
        if (typeof data === "function") {
          this.stream.once("finish", data);
        } else if (data !== void 0 && data !== null) {
          this.push(data);
        }
        this.stream._duplexState = (this.stream._duplexState | WRITE_FINISHING) & WRITE_NON_PRIMARY;
      }
      autoBatch(data, cb) {
        const buffer = [];
        const stream = this.stream;
        buffer.push(data);
        while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED_AND_ACTIVE) {
          buffer.push(stream._writableState.shift());
        }
        if ((stream._duplexState & OPEN_STATUS) !== 0) return cb(null);
        stream._writev(buffer, cb);
      }
      update() {
        const stream = this.stream;
        stream._duplexState |= WRITE_UPDATING;
        do {
          while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED) {
            const data = this.shift();
            stream._duplexState |= WRITE_ACTIVE_AND_WRITING;
            stream._write(data, this.afterWrite);
          }
          if ((stream._duplexState & WRITE_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary();
        } while (this.continueUpdate() === true);
        stream._duplexState &= WRITE_NOT_UPDATING;
      }
      updateNonPrimary() {
        const stream = this.stream;
        if ((stream._duplexState & WRITE_FINISHING_STATUS) === WRITE_FINISHING) {
          stream._duplexState = stream._duplexState | WRITE_ACTIVE;
          stream._final(afterFinal.bind(this));
          return;
        }
        if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
          if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
            stream._duplexState |= ACTIVE;
            stream._destroy(afterDestroy.bind(this));
          }
          return;
        }
        if ((stream._duplexState & IS_OPENING) === OPENING) {
          stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
          stream._open(afterOpen.bind(this));
        }
      }
      continueUpdate() {
        if ((this.stream._duplexState & WRITE_NEXT_TICK) === 0) return false;
        this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
        return true;
      }
      updateCallback() {
        if ((this.stream._duplexState & WRITE_UPDATE_SYNC_STATUS) === WRITE_PRIMARY) {
          this.update();
        } else {
          this.updateNextTick();
        }
      }
      updateNextTick() {
        if ((this.stream._duplexState & WRITE_NEXT_TICK) !== 0) return;
        this.stream._duplexState |= WRITE_NEXT_TICK;
        if ((this.stream._duplexState & WRITE_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
    };
    var ReadableState = class {
      constructor(stream, { highWaterMark = 16384, map = null, mapReadable, byteLength, byteLengthReadable } = {}) {
        this.stream = stream;
        this.queue = new FIFO();
        this.highWaterMark = highWaterMark === 0 ? 1 : highWaterMark;
        this.buffered = 0;
        this.readAhead = highWaterMark > 0;
        this.error = null;
        this.pipeline = null;
        this.byteLength = byteLengthReadable || byteLength || defaultByteLength;
        this.map = mapReadable || map;
        this.pipeTo = null;
        this.afterRead = afterRead.bind(this);
        this.afterUpdateNextTick = updateReadNT.bind(this);
      }
      get ending() {
        return (this.stream._duplexState & READ_ENDING) !== 0;
      }
      get ended() {
        return (this.stream._duplexState & READ_DONE) !== 0;
      }
      pipe(pipeTo, cb) {
        if (this.pipeTo !== null) throw StreamError.BAD_ARGUMENT("Can only pipe to one destination");
        if (typeof cb !== "function") cb = null;
        this.stream._duplexState |= READ_PIPE_DRAINED;
        this.pipeTo = pipeTo;
        this.pipeline = new Pipeline(this.stream, pipeTo, cb);
        if (cb) this.stream.on("error", noop2);
        if (isStreamx(pipeTo)) {
          pipeTo._writableState.pipeline = this.pipeline;
          if (cb) pipeTo.on("error", noop2);
          pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
        } else {
          const onerror = this.pipeline.done.bind(this.pipeline, pipeTo);
          const onclose = this.pipeline.done.bind(this.pipeline, pipeTo, null);
          pipeTo.on("error", onerror);
          pipeTo.on("close", onclose);
          pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
        }
        pipeTo.on("drain", afterDrain.bind(this));
        this.stream.emit("piping", pipeTo);
        pipeTo.emit("pipe", this.stream);
      }
      push(data) {
        const stream = this.stream;
        if (data === null) {
          this.highWaterMark = 0;
          stream._duplexState = (stream._duplexState | READ_ENDING) & READ_NON_PRIMARY_AND_PUSHED;
          return false;
        }
        if (this.map !== null) {
          data = this.map(data);
          if (data === null) {
            stream._duplexState &= READ_PUSHED;
            return this.buffered < this.highWaterMark;
          }
        }
        this.buffered += this.byteLength(data);
        this.queue.push(data);
        stream._duplexState = (stream._duplexState | READ_QUEUED) & READ_PUSHED;
        return this.buffered < this.highWaterMark;
      }
      shift() {
        const data = this.queue.shift();
        this.buffered -= this.byteLength(data);
        if (this.buffered === 0) {
          this.stream._duplexState &= READ_NOT_QUEUED;
        }
        return data;
      }
      unshift(data) {
        const pending = [this.map !== null ? this.map(data) : data];
        while (this.buffered > 0) pending.push(this.shift());
        for (let i2 = 0; i2 < pending.length - 1; i2++) {
          const data2 = pending[i2];
          this.buffered += this.byteLength(data2);
          this.queue.push(data2);
        }
        this.push(pending[pending.length - 1]);
      }
      read() {
        const stream = this.stream;
        if ((stream._duplexState & READ_STATUS) === READ_QUEUED) {
          const data = this.shift();
          if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
            stream._duplexState &= READ_PIPE_NOT_DRAINED;
          }
          if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
            stream.emit("data", data);
          }
          return data;
        }
        if (this.readAhead === false) {
          stream._duplexState |= READ_READ_AHEAD;
          this.updateNextTick();
        }
        return null;
      }
      drain() {
        const stream = this.stream;
        while ((stream._duplexState & READ_STATUS) === READ_QUEUED && (stream._duplexState & READ_FLOWING) !== 0) {
          const data = this.shift();
          if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
            stream._duplexState &= READ_PIPE_NOT_DRAINED;
          }
          if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
            stream.emit("data", data);
          }
        }
      }
      update() {
        const stream = this.stream;
        stream._duplexState |= READ_UPDATING;
        do {
          this.drain();
          while (this.buffered < this.highWaterMark && (stream._duplexState & SHOULD_NOT_READ) === READ_READ_AHEAD) {
            stream._duplexState |= READ_ACTIVE_AND_NEEDS_PUSH;
            stream._read(this.afterRead);
            this.drain();
          }
          if ((stream._duplexState & READ_READABLE_STATUS) === READ_EMIT_READABLE_AND_QUEUED) {
            stream._duplexState |= READ_EMITTED_READABLE;
            stream.emit("readable");
          }
          if ((stream._duplexState & READ_PRIMARY_AND_ACTIVE) === 0) {
            this.updateNonPrimary();
          }
        } while (this.continueUpdate() === true);
        stream._duplexState &= READ_NOT_UPDATING;
      }
      updateNonPrimary() {
        const stream = this.stream;
        if ((stream._duplexState & READ_ENDING_STATUS) === READ_ENDING) {
          stream._duplexState = (stream._duplexState | READ_DONE) & READ_NOT_ENDING;
          stream.emit("end");
          if ((stream._duplexState & AUTO_DESTROY) === DONE) {
            stream._duplexState |= DESTROYING;
          }
          if (this.pipeTo !== null) {
            this.pipeTo.end();
          }
        }
        if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
          if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
            stream._duplexState |= ACTIVE;
            stream._destroy(afterDestroy.bind(this));
          }
          return;
        }
        if ((stream._duplexState & IS_OPENING) === OPENING) {
          stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
          stream._open(afterOpen.bind(this));
        }
      }
      continueUpdate() {
        if ((this.stream._duplexState & READ_NEXT_TICK) === 0) return false;
        this.stream._duplexState &= READ_NOT_NEXT_TICK;
        return true;
      }
      updateCallback() {
        if ((this.stream._duplexState & READ_UPDATE_SYNC_STATUS) === READ_PRIMARY) {
          this.update();
        } else {
          this.updateNextTick();
        }
      }
      updateNextTickIfOpen() {
        if ((this.stream._duplexState & READ_NEXT_TICK_OR_OPENING) !== 0) return;
        this.stream._duplexState |= READ_NEXT_TICK;
        if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
      updateNextTick() {
        if ((this.stream._duplexState & READ_NEXT_TICK) !== 0) return;
        this.stream._duplexState |= READ_NEXT_TICK;
        if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
    };
    var TransformState = class {
      constructor(stream) {
        this.data = null;
        this.afterTransform = afterTransform.bind(stream);
        this.afterFinal = null;
      }
    };
    var Pipeline = class {
      constructor(src, dst, cb) {
        this.from = src;
        this.to = dst;
        this.afterPipe = cb;
        this.error = null;
        this.pipeToFinished = false;
      }
      finished() {
        this.pipeToFinished = true;
      }
      done(stream, err2) {
        if (err2) this.error = err2;
        if (stream === this.to) {
          this.to = null;
          if (this.from !== null) {
            if ((this.from._duplexState & READ_DONE) === 0 || !this.pipeToFinished) {
              this.from.destroy(this.error || StreamError.PREMATURE_CLOSE("Writable stream closed"));
            }
            return;
          }
        }
        if (stream === this.from) {
          this.from = null;
          if (this.to !== null) {
            if ((stream._duplexState & READ_DONE) === 0) {
              this.to.destroy(this.error || StreamError.PREMATURE_CLOSE("Readable stream closed"));
            }
            return;
          }
        }
        if (this.afterPipe !== null) this.afterPipe(this.error);
        this.to = this.from = this.afterPipe = null;
      }
    };
    function afterDrain() {
      this.stream._duplexState |= READ_PIPE_DRAINED;
      this.updateCallback();
    }
    function afterFinal(err2) {
      const stream = this.stream;
      if (err2) stream.destroy(err2);
      if ((stream._duplexState & DESTROY_STATUS) === 0) {
        stream._duplexState |= WRITE_DONE;
        stream.emit("finish");
      }
      if ((stream._duplexState & AUTO_DESTROY) === DONE) {
        stream._duplexState |= DESTROYING;
      }
      stream._duplexState &= WRITE_NOT_FINISHING;
      if ((stream._duplexState & WRITE_UPDATING) === 0) {
        this.update();
      } else {
        this.updateNextTick();
      }
    }
    function afterDestroy(err2) {
      const stream = this.stream;
      if (!err2 && !StreamError.isStreamDestroyed(this.error)) err2 = this.error;
      if (err2) stream.emit("error", err2);
      stream._duplexState |= DESTROYED;
      stream.emit("close");
      const rs = stream._readableState;
      const ws = stream._writableState;
      if (rs !== null && rs.pipeline !== null) {
        rs.pipeline.done(stream, err2);
      }
      if (ws !== null) {
        while (ws.drains !== null && ws.drains.length > 0) {
          ws.drains.shift().resolve(false);
        }
        if (ws.pipeline !== null) {
          ws.pipeline.done(stream, err2);
        }
      }
    }
    function afterWrite(err2) {
      const stream = this.stream;
      if (err2) stream.destroy(err2);
      stream._duplexState &= WRITE_NOT_ACTIVE;
      if (this.drains !== null) tickDrains(this.drains);
      if ((stream._duplexState & WRITE_DRAIN_STATUS) === WRITE_UNDRAINED) {
        stream._duplexState &= WRITE_DRAINED;
        if ((stream._duplexState & WRITE_EMIT_DRAIN) === WRITE_EMIT_DRAIN) {
          stream.emit("drain");
        }
      }
      this.updateCallback();
    }
    function afterRead(err2) {
      if (err2) this.stream.destroy(err2);
      this.stream._duplexState &= READ_NOT_ACTIVE;
      if (this.readAhead === false && (this.stream._duplexState & READ_RESUMED) === 0) {
        this.stream._duplexState &= READ_NO_READ_AHEAD;
      }
      this.updateCallback();
    }
    function updateReadNT() {
      if ((this.stream._duplexState & READ_UPDATING) === 0) {
        this.stream._duplexState &= READ_NOT_NEXT_TICK;
        this.update();
      }
    }
    function updateWriteNT() {
      if ((this.stream._duplexState & WRITE_UPDATING) === 0) {
        this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
        this.update();
      }
    }
    function tickDrains(drains) {
      for (let i2 = 0; i2 < drains.length; i2++) {
        if (--drains[i2].writes === 0) {
          drains.shift().resolve(true);
          i2--;
        }
      }
    }
    function afterOpen(err2) {
      const stream = this.stream;
      if (err2) stream.destroy(err2);
      if ((stream._duplexState & DESTROYING) === 0) {
        if ((stream._duplexState & READ_PRIMARY_STATUS) === 0) {
          stream._duplexState |= READ_PRIMARY;
        }
        if ((stream._duplexState & WRITE_PRIMARY_STATUS) === 0) {
          stream._duplexState |= WRITE_PRIMARY;
        }
        stream.emit("open");
      }
      stream._duplexState &= NOT_ACTIVE;
      if (stream._writableState !== null) {
        stream._writableState.updateCallback();
      }
      if (stream._readableState !== null) {
        stream._readableState.updateCallback();
      }
    }
    function afterTransform(err2, data) {
      if (data !== void 0 && data !== null) this.push(data);
      this._writableState.afterWrite(err2);
    }
    function newListener(name5) {
      if (this._readableState !== null) {
        if (name5 === "data") {
          this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD;
          this._readableState.updateNextTick();
        }
        if (name5 === "readable") {
          this._duplexState |= READ_EMIT_READABLE;
          this._readableState.updateNextTick();
        }
      }
      if (this._writableState !== null) {
        if (name5 === "drain") {
          this._duplexState |= WRITE_EMIT_DRAIN;
          this._writableState.updateNextTick();
        }
      }
    }
    var Stream = class extends EventEmitter2 {
      constructor(opts) {
        super();
        this._duplexState = 0;
        this._readableState = null;
        this._writableState = null;
        if (opts) {
          if (opts.open) this._open = opts.open;
          if (opts.destroy) this._destroy = opts.destroy;
          if (opts.predestroy) this._predestroy = opts.predestroy;
          if (opts.signal) opts.signal.addEventListener("abort", abort.bind(this));
        }
        this.on("newListener", newListener);
      }
      _open(cb) {
        cb(null);
      }
      _destroy(cb) {
        cb(null);
      }
      _predestroy() {
      }
      get readable() {
        return this._readableState !== null ? true : void 0;
      }
      get writable() {
        return this._writableState !== null ? true : void 0;
      }
      get destroyed() {
        return (this._duplexState & DESTROYED) !== 0;
      }
      get destroying() {
        return (this._duplexState & DESTROY_STATUS) !== 0;
      }
      destroy(err2) {
        if ((this._duplexState & DESTROY_STATUS) === 0) {
          if (!err2) err2 = StreamError.STREAM_DESTROYED();
          this._duplexState = (this._duplexState | DESTROYING) & NON_PRIMARY;
          if (this._readableState !== null) {
            this._readableState.highWaterMark = 0;
            this._readableState.error = err2;
          }
          if (this._writableState !== null) {
            this._writableState.highWaterMark = 0;
            this._writableState.error = err2;
          }
          this._duplexState |= PREDESTROYING;
          this._predestroy();
          this._duplexState &= NOT_PREDESTROYING;
          if (this._readableState !== null) {
            this._readableState.updateNextTick();
          }
          if (this._writableState !== null) {
            this._writableState.updateNextTick();
          }
        }
      }
    };
    var Readable = class _Readable extends Stream {
      constructor(opts) {
        super(opts);
        this._duplexState |= OPENING | WRITE_DONE | READ_READ_AHEAD;
        this._readableState = new ReadableState(this, opts);
        if (opts) {
          if (this._readableState.readAhead === false) this._duplexState &= READ_NO_READ_AHEAD;
          if (opts.read) this._read = opts.read;
          if (opts.eagerOpen) this._readableState.updateNextTick();
          if (opts.encoding) this.setEncoding(opts.encoding);
        }
      }
      static deferred(fn, opts) {
        const out = new PassThrough(opts);
        fn().then((src) => {
          if (src === null) return out.end();
          if (out.destroying) return;
          pipeline4(src, out, noop2);
        }).catch((err2) => out.destroy(err2));
        return out;
      }
      setEncoding(encoding) {
        const dec = new TextDecoder2(encoding);
        const map = this._readableState.map || echo;
        this._readableState.map = mapOrSkip;
        return this;
        function mapOrSkip(data) {
          const next = dec.push(data);
          return next === "" && (data.byteLength !== 0 || dec.remaining > 0) ? null : map(next);
        }
      }
      _read(cb) {
        cb(null);
      }
      pipe(dest, cb) {
        this._readableState.updateNextTick();
        this._readableState.pipe(dest, cb);
        return dest;
      }
      read() {
        this._readableState.updateNextTick();
        return this._readableState.read();
      }
      push(data) {
        this._readableState.updateNextTickIfOpen();
        return this._readableState.push(data);
      }
      unshift(data) {
        this._readableState.updateNextTickIfOpen();
        return this._readableState.unshift(data);
      }
      resume() {
        this._duplexState |= READ_RESUMED_READ_AHEAD;
        this._readableState.updateNextTick();
        return this;
      }
      pause() {
        this._duplexState &= this._readableState.readAhead === false ? READ_PAUSED_NO_READ_AHEAD : READ_PAUSED;
        return this;
      }
      static _fromAsyncIterator(ite, opts) {
        let destroy;
        const rs = new _Readable({
          ...opts,
          read(cb) {
            ite.next().then(push).then(cb.bind(null, null)).catch(cb);
          },
          predestroy() {
            destroy = ite.return();
          },
          destroy(cb) {
            if (!destroy) return cb(null);
            destroy.then(cb.bind(null, null)).catch(cb);
          }
        });
        return rs;
        function push(data) {
          if (data.done) rs.push(null);
          else rs.push(data.value);
        }
      }
      static from(data, opts) {
        if (isReadStreamx(data)) return data;
        if (data[asyncIterator]) return this._fromAsyncIterator(data[asyncIterator](), opts);
        if (!Array.isArray(data)) data = data === void 0 ? [] : [data];
        let i2 = 0;
        return new _Readable({
          ...opts,
          read(cb) {
            this.push(i2 === data.length ? null : data[i2++]);
            cb(null);
          }
        });
      }
      static isBackpressured(rs) {
        return (rs._duplexState & READ_BACKPRESSURE_STATUS) !== 0 || rs._readableState.buffered >= rs._readableState.highWaterMark;
      }
      static isPaused(rs) {
        return (rs._duplexState & READ_RESUMED) === 0;
      }
      [asyncIterator]() {
        const stream = this;
        let error2 = null;
        let promiseResolve = null;
        let promiseReject = null;
        this.on("error", (err2) => {
          error2 = err2;
        });
        this.on("readable", onreadable);
        this.on("close", onclose);
        return {
          [asyncIterator]() {
            return this;
          },
          next() {
            return new Promise(function(resolve2, reject) {
              promiseResolve = resolve2;
              promiseReject = reject;
              const data = stream.read();
              if (data !== null) ondata(data);
              else if ((stream._duplexState & DESTROYED) !== 0) ondata(null);
            });
          },
          return() {
            return destroy(null);
          },
          throw(err2) {
            return destroy(err2);
          }
        };
        function onreadable() {
          if (promiseResolve !== null) ondata(stream.read());
        }
        function onclose() {
          if (promiseResolve !== null) ondata(null);
        }
        function ondata(data) {
          if (promiseReject === null) return;
          if (error2) {
            promiseReject(error2);
          } else if (data === null && (stream._duplexState & READ_DONE) === 0) {
            promiseReject(StreamError.STREAM_DESTROYED());
          } else {
            promiseResolve({ value: data, done: data === null });
          }
          promiseReject = promiseResolve = null;
        }
        function destroy(err2) {
          stream.destroy(err2);
          return new Promise((resolve2, reject) => {
            if (stream._duplexState & DESTROYED) return resolve2({ value: void 0, done: true });
            stream.once("close", function() {
              if (err2) reject(err2);
              else resolve2({ value: void 0, done: true });
            });
          });
        }
      }
    };
    var Writable = class extends Stream {
      constructor(opts) {
        super(opts);
        this._duplexState |= OPENING | READ_DONE;
        this._writableState = new WritableState(this, opts);
        if (opts) {
          if (opts.writev) this._writev = opts.writev;
          if (opts.write) this._write = opts.write;
          if (opts.final) this._final = opts.final;
          if (opts.eagerOpen) this._writableState.updateNextTick();
        }
      }
      cork() {
        this._duplexState |= WRITE_CORKED;
      }
      uncork() {
        this._duplexState &= WRITE_NOT_CORKED;
        this._writableState.updateNextTick();
      }
      _writev(batch, cb) {
        cb(null);
      }
      _write(data, cb) {
        this._writableState.autoBatch(data, cb);
      }
      _final(cb) {
        cb(null);
      }
      static isBackpressured(ws) {
        return (ws._duplexState & WRITE_BACKPRESSURE_STATUS) !== 0;
      }
      static drained(ws) {
        if (ws.destroyed) return Promise.resolve(false);
        const state = ws._writableState;
        const pending = isWritev(ws) ? Math.min(1, state.queue.length) : state.queue.length;
        const writes = pending + (ws._duplexState & WRITE_WRITING ? 1 : 0);
        if (writes === 0) return Promise.resolve(true);
        if (state.drains === null) state.drains = [];
        return new Promise((resolve2) => {
          state.drains.push({ writes, resolve: resolve2 });
        });
      }
      write(data) {
        this._writableState.updateNextTick();
        return this._writableState.push(data);
      }
      end(data) {
        this._writableState.updateNextTick();
        this._writableState.end(data);
        return this;
      }
    };
    var Duplex = class extends Readable {
      // and Writable
      constructor(opts) {
        super(opts);
        this._duplexState = OPENING | this._duplexState & READ_READ_AHEAD;
        this._writableState = new WritableState(this, opts);
        if (opts) {
          if (opts.writev) this._writev = opts.writev;
          if (opts.write) this._write = opts.write;
          if (opts.final) this._final = opts.final;
        }
      }
      cork() {
        this._duplexState |= WRITE_CORKED;
      }
      uncork() {
        this._duplexState &= WRITE_NOT_CORKED;
        this._writableState.updateNextTick();
      }
      _writev(batch, cb) {
        cb(null);
      }
      _write(data, cb) {
        this._writableState.autoBatch(data, cb);
      }
      _final(cb) {
        cb(null);
      }
      write(data) {
        this._writableState.updateNextTick();
        return this._writableState.push(data);
      }
      end(data) {
        this._writableState.updateNextTick();
        this._writableState.end(data);
        return this;
      }
    };
    var Transform2 = class extends Duplex {
      constructor(opts) {
        super(opts);
        this._transformState = new TransformState(this);
        if (opts) {
          if (opts.transform) this._transform = opts.transform;
          if (opts.flush) this._flush = opts.flush;
        }
      }
      _write(data, cb) {
        if (this._readableState.buffered >= this._readableState.highWaterMark) {
          this._transformState.data = data;
        } else {
          this._transform(data, this._transformState.afterTransform);
        }
      }
      _read(cb) {
        if (this._transformState.data !== null) {
          const data = this._transformState.data;
          this._transformState.data = null;
          cb(null);
          this._transform(data, this._transformState.afterTransform);
        } else {
          cb(null);
        }
      }
      destroy(err2) {
        super.destroy(err2);
        if (this._transformState.data !== null) {
          this._transformState.data = null;
          this._transformState.afterTransform();
        }
      }
      _transform(data, cb) {
        cb(null, data);
      }
      _flush(cb) {
        cb(null);
      }
      _final(cb) {
        this._transformState.afterFinal = cb;
        this._flush(transformAfterFlush.bind(this));
      }
    };
    var PassThrough = class extends Transform2 {
    };
    function transformAfterFlush(err2, data) {
      const cb = this._transformState.afterFinal;
      if (err2) return cb(err2);
      if (data !== null && data !== void 0) this.push(data);
      this.push(null);
      cb(null);
    }
    function pipelinePromise(...streams) {
      return new Promise((resolve2, reject) => {
        return pipeline4(...streams, (err2) => {
          if (err2) return reject(err2);
          resolve2();
        });
      });
    }
    function pipeline4(stream, ...streams) {
      const all2 = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams];
      const done2 = all2.length && typeof all2[all2.length - 1] === "function" ? all2.pop() : null;
      if (all2.length < 2) throw StreamError.BAD_ARGUMENT("Pipeline requires at least 2 streams");
      let src = all2[0];
      let dest = null;
      let error2 = null;
      for (let i2 = 1; i2 < all2.length; i2++) {
        dest = all2[i2];
        if (isStreamx(src)) {
          src.pipe(dest, onerror);
        } else {
          errorHandle(src, true, i2 > 1, onerror);
          src.pipe(dest);
        }
        src = dest;
      }
      if (done2) {
        let fin = false;
        const autoDestroy = isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy);
        dest.on("error", (err2) => {
          if (error2 === null) error2 = err2;
        });
        dest.on("finish", () => {
          fin = true;
          if (!autoDestroy) done2(error2);
        });
        if (autoDestroy) {
          dest.on("close", () => done2(error2 || (fin ? null : StreamError.PREMATURE_CLOSE())));
        }
      }
      return dest;
      function errorHandle(s, rd, wr, onerror2) {
        s.on("error", onerror2);
        s.on("close", onclose);
        function onclose() {
          if (rd && s._readableState && !s._readableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
          if (wr && s._writableState && !s._writableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
        }
      }
      function onerror(err2) {
        if (!err2 || error2) return;
        error2 = err2;
        for (const s of all2) {
          s.destroy(err2);
        }
      }
    }
    function echo(s) {
      return s;
    }
    function isStream(stream) {
      return !!stream._readableState || !!stream._writableState;
    }
    function isStreamx(stream) {
      return typeof stream._duplexState === "number" && isStream(stream);
    }
    function isEnding(stream) {
      return !!stream._readableState && stream._readableState.ending;
    }
    function isEnded(stream) {
      return !!stream._readableState && stream._readableState.ended;
    }
    function isFinishing(stream) {
      return !!stream._writableState && stream._writableState.ending;
    }
    function isFinished(stream) {
      return !!stream._writableState && stream._writableState.ended;
    }
    function getStreamError(stream, opts = {}) {
      const err2 = stream._readableState && stream._readableState.error || stream._writableState && stream._writableState.error;
      return !opts.all && StreamError.isStreamDestroyed(err2) ? null : err2;
    }
    function isReadStreamx(stream) {
      return isStreamx(stream) && stream.readable;
    }
    function isDisturbed(stream) {
      return (stream._duplexState & OPENING) !== OPENING || (stream._duplexState & DESTROYING) === DESTROYING || (stream._duplexState & ACTIVE_OR_TICKING) !== 0;
    }
    function isTypedArray(data) {
      return typeof data === "object" && data !== null && typeof data.byteLength === "number";
    }
    function defaultByteLength(data) {
      return isTypedArray(data) ? data.byteLength : 1024;
    }
    function noop2() {
    }
    function abort() {
      this.destroy(StreamError.ABORTED());
    }
    function isWritev(s) {
      return s._writev !== Writable.prototype._writev && s._writev !== Duplex.prototype._writev;
    }
    module2.exports = {
      pipeline: pipeline4,
      pipelinePromise,
      isStream,
      isStreamx,
      isEnding,
      isEnded,
      isFinishing,
      isFinished,
      isDisturbed,
      getStreamError,
      Stream,
      Writable,
      Readable,
      Duplex,
      Transform: Transform2,
      // Export PassThrough for compatibility with Node.js core's stream module
      PassThrough
    };
  }
});

// node_modules/tar-stream/headers.js
var require_headers = __commonJS({
  "node_modules/tar-stream/headers.js"(exports) {
    var b4a = require_b4a();
    var ZEROS = "0000000000000000000";
    var SEVENS = "7777777777777777777";
    var ZERO_OFFSET = "0".charCodeAt(0);
    var USTAR_MAGIC = b4a.from([117, 115, 116, 97, 114, 0]);
    var USTAR_VER = b4a.from([ZERO_OFFSET, ZERO_OFFSET]);
    var GNU_MAGIC = b4a.from([117, 115, 116, 97, 114, 32]);
    var GNU_VER = b4a.from([32, 0]);
    var MASK = 4095;
    var MAGIC_OFFSET = 257;
    var VERSION_OFFSET = 263;
    exports.decodeLongPath = function decodeLongPath(buf, encoding) {
      return decodeStr(buf, 0, buf.length, encoding);
    };
    exports.encodePax = function encodePax(opts) {
      let result2 = "";
      if (opts.name) result2 += addLength(" path=" + opts.name + "\n");
      if (opts.linkname) result2 += addLength(" linkpath=" + opts.linkname + "\n");
      const pax = opts.pax;
      if (pax) {
        for (const key2 in pax) {
          result2 += addLength(" " + key2 + "=" + pax[key2] + "\n");
        }
      }
      return b4a.from(result2);
    };
    exports.decodePax = function decodePax(buf) {
      const result2 = {};
      while (buf.length) {
        let i2 = 0;
        while (i2 < buf.length && buf[i2] !== 32) i2++;
        const len = parseInt(b4a.toString(buf.subarray(0, i2)), 10);
        if (!len) return result2;
        const b = b4a.toString(buf.subarray(i2 + 1, len - 1));
        const keyIndex = b.indexOf("=");
        if (keyIndex === -1) return result2;
        result2[b.slice(0, keyIndex)] = b.slice(keyIndex + 1);
        buf = buf.subarray(len);
      }
      return result2;
    };
    exports.encode = function encode(opts) {
      const buf = b4a.alloc(512);
      let name5 = opts.name;
      let prefix2 = "";
      if (opts.typeflag === 5 && name5[name5.length - 1] !== "/") name5 += "/";
      if (b4a.byteLength(name5) !== name5.length) return null;
      while (b4a.byteLength(name5) > 100) {
        const i2 = name5.indexOf("/");
        if (i2 === -1) return null;
        prefix2 += prefix2 ? "/" + name5.slice(0, i2) : name5.slice(0, i2);
        name5 = name5.slice(i2 + 1);
      }
      if (b4a.byteLength(name5) > 100 || b4a.byteLength(prefix2) > 155) return null;
      if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null;
      b4a.write(buf, name5);
      b4a.write(buf, encodeOct(opts.mode & MASK, 6), 100);
      b4a.write(buf, encodeOct(opts.uid, 6), 108);
      b4a.write(buf, encodeOct(opts.gid, 6), 116);
      encodeSize(opts.size, buf, 124);
      b4a.write(buf, encodeOct(opts.mtime.getTime() / 1e3 | 0, 11), 136);
      buf[156] = ZERO_OFFSET + toTypeflag(opts.type);
      if (opts.linkname) b4a.write(buf, opts.linkname, 157);
      b4a.copy(USTAR_MAGIC, buf, MAGIC_OFFSET);
      b4a.copy(USTAR_VER, buf, VERSION_OFFSET);
      if (opts.uname) b4a.write(buf, opts.uname, 265);
      if (opts.gname) b4a.write(buf, opts.gname, 297);
      b4a.write(buf, encodeOct(opts.devmajor || 0, 6), 329);
      b4a.write(buf, encodeOct(opts.devminor || 0, 6), 337);
      if (prefix2) b4a.write(buf, prefix2, 345);
      b4a.write(buf, encodeOct(cksum(buf), 6), 148);
      return buf;
    };
    exports.decode = function decode(buf, filenameEncoding, allowUnknownFormat) {
      let typeflag = buf[156] === 0 ? 0 : buf[156] - ZERO_OFFSET;
      let name5 = decodeStr(buf, 0, 100, filenameEncoding);
      const mode = decodeOct(buf, 100, 8);
      const uid = decodeOct(buf, 108, 8);
      const gid = decodeOct(buf, 116, 8);
      const size2 = decodeOct(buf, 124, 12);
      const mtime = decodeOct(buf, 136, 12);
      const type = toType(typeflag);
      const linkname = buf[157] === 0 ? null : decodeStr(buf, 157, 100, filenameEncoding);
      const uname = decodeStr(buf, 265, 32);
      const gname = decodeStr(buf, 297, 32);
      const devmajor = decodeOct(buf, 329, 8);
      const devminor = decodeOct(buf, 337, 8);
      const c = cksum(buf);
      if (c === 8 * 32) return null;
      if (c !== decodeOct(buf, 148, 8)) throw new Error("Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?");
      if (isUSTAR(buf)) {
        if (buf[345]) name5 = decodeStr(buf, 345, 155, filenameEncoding) + "/" + name5;
      } else if (isGNU(buf)) {
      } else {
        if (!allowUnknownFormat) {
          throw new Error("Invalid tar header: unknown format.");
        }
      }
      if (typeflag === 0 && name5 && name5[name5.length - 1] === "/") typeflag = 5;
      return {
        name: name5,
        mode,
        uid,
        gid,
        size: size2,
        byteOffset: 0,
        mtime: new Date(1e3 * mtime),
        type,
        linkname,
        uname,
        gname,
        devmajor,
        devminor,
        pax: null
      };
    };
    function isUSTAR(buf) {
      return b4a.equals(USTAR_MAGIC, buf.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 6));
    }
    function isGNU(buf) {
      return b4a.equals(GNU_MAGIC, buf.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 6)) && b4a.equals(GNU_VER, buf.subarray(VERSION_OFFSET, VERSION_OFFSET + 2));
    }
    function clamp(index, len, defaultValue) {
      if (typeof index !== "number") return defaultValue;
      index = ~~index;
      if (index >= len) return len;
      if (index >= 0) return index;
      index += len;
      if (index >= 0) return index;
      return 0;
    }
    function toType(flag) {
      switch (flag) {
        case 0:
          return "file";
        case 1:
          return "link";
        case 2:
          return "symlink";
        case 3:
          return "character-device";
        case 4:
          return "block-device";
        case 5:
          return "directory";
        case 6:
          return "fifo";
        case 7:
          return "contiguous-file";
        case 72:
          return "pax-header";
        case 55:
          return "pax-global-header";
        case 27:
          return "gnu-long-link-path";
        case 28:
        case 30:
          return "gnu-long-path";
      }
      return null;
    }
    function toTypeflag(flag) {
      switch (flag) {
        case "file":
          return 0;
        case "link":
          return 1;
        case "symlink":
          return 2;
        case "character-device":
          return 3;
        case "block-device":
          return 4;
        case "directory":
          return 5;
        case "fifo":
          return 6;
        case "contiguous-file":
          return 7;
        case "pax-header":
          return 72;
      }
      return 0;
    }
    function indexOf2(block, num, offset2, end) {
      for (; offset2 < end; offset2++) {
        if (block[offset2] === num) return offset2;
      }
      return end;
    }
    function cksum(block) {
      let sum = 8 * 32;
      for (let i2 = 0; i2 < 148; i2++) sum += block[i2];
      for (let j = 156; j < 512; j++) sum += block[j];
      return sum;
    }
    function encodeOct(val, n) {
      val = val.toString(8);
      if (val.length > n) return SEVENS.slice(0, n) + " ";
      return ZEROS.slice(0, n - val.length) + val + " ";
    }
    function encodeSizeBin(num, buf, off) {
      buf[off] = 128;
      for (let i2 = 11; i2 > 0; i2--) {
        buf[off + i2] = num & 255;
        num = Math.floor(num / 256);
      }
    }
    function encodeSize(num, buf, off) {
      if (num.toString(8).length > 11) {
        encodeSizeBin(num, buf, off);
      } else {
        b4a.write(buf, encodeOct(num, 11), off);
      }
    }
    function parse256(buf) {
      let positive;
      if (buf[0] === 128) positive = true;
      else if (buf[0] === 255) positive = false;
      else return null;
      const tuple = [];
      let i2;
      for (i2 = buf.length - 1; i2 > 0; i2--) {
        const byte = buf[i2];
        if (positive) tuple.push(byte);
        else tuple.push(255 - byte);
      }
      let sum = 0;
      const l = tuple.length;
      for (i2 = 0; i2 < l; i2++) {
        sum += tuple[i2] * Math.pow(256, i2);
      }
      return positive ? sum : -1 * sum;
    }
    function decodeOct(val, offset2, length) {
      val = val.subarray(offset2, offset2 + length);
      offset2 = 0;
      if (val[offset2] & 128) {
        return parse256(val);
      } else {
        while (offset2 < val.length && val[offset2] === 32) offset2++;
        const end = clamp(indexOf2(val, 32, offset2, val.length), val.length, val.length);
        while (offset2 < end && val[offset2] === 0) offset2++;
        if (end === offset2) return 0;
        return parseInt(b4a.toString(val.subarray(offset2, end)), 8);
      }
    }
    function decodeStr(val, offset2, length, encoding) {
      return b4a.toString(val.subarray(offset2, indexOf2(val, 0, offset2, offset2 + length)), encoding);
    }
    function addLength(str) {
      const len = b4a.byteLength(str);
      let digits2 = Math.floor(Math.log(len) / Math.log(10)) + 1;
      if (len + digits2 >= Math.pow(10, digits2)) digits2++;
      return len + digits2 + str;
    }
  }
});

// node_modules/tar-stream/extract.js
var require_extract = __commonJS({
  "node_modules/tar-stream/extract.js"(exports, module2) {
    var { Writable, Readable, getStreamError } = require_streamx();
    var FIFO = require_fast_fifo();
    var b4a = require_b4a();
    var headers = require_headers();
    var EMPTY = b4a.alloc(0);
    var MAX_HEADER_SIZE = 4 * 1024 * 1024;
    var BufferList = class {
      constructor() {
        this.buffered = 0;
        this.shifted = 0;
        this.queue = new FIFO();
        this._offset = 0;
      }
      push(buffer) {
        this.buffered += buffer.byteLength;
        this.queue.push(buffer);
      }
      shiftFirst(size2) {
        return this.buffered === 0 ? null : this._next(size2);
      }
      shift(size2) {
        if (size2 > this.buffered) return null;
        if (size2 === 0) return EMPTY;
        let chunk = this._next(size2);
        if (size2 === chunk.byteLength) return chunk;
        const chunks = [chunk];
        while ((size2 -= chunk.byteLength) > 0) {
          chunk = this._next(size2);
          chunks.push(chunk);
        }
        return b4a.concat(chunks);
      }
      _next(size2) {
        const buf = this.queue.peek();
        const rem = buf.byteLength - this._offset;
        if (size2 >= rem) {
          const sub = this._offset ? buf.subarray(this._offset, buf.byteLength) : buf;
          this.queue.shift();
          this._offset = 0;
          this.buffered -= rem;
          this.shifted += rem;
          return sub;
        }
        this.buffered -= size2;
        this.shifted += size2;
        return buf.subarray(this._offset, this._offset += size2);
      }
    };
    var Source = class extends Readable {
      constructor(self2, header, offset2) {
        super();
        this.header = header;
        this.offset = offset2;
        this._parent = self2;
      }
      _read(cb) {
        if (this.header.size === 0) {
          this.push(null);
        }
        if (this._parent._stream === this) {
          this._parent._update();
        }
        cb(null);
      }
      _predestroy() {
        this._parent.destroy(getStreamError(this));
      }
      _detach() {
        if (this._parent._stream === this) {
          this._parent._stream = null;
          this._parent._missing = overflow(this.header.size);
          this._parent._update();
        }
      }
      _destroy(cb) {
        this._detach();
        cb(null);
      }
    };
    var Extract = class extends Writable {
      constructor(opts) {
        super(opts);
        if (!opts) opts = {};
        this._buffer = new BufferList();
        this._offset = 0;
        this._header = null;
        this._stream = null;
        this._missing = 0;
        this._longHeader = false;
        this._callback = noop2;
        this._locked = false;
        this._finished = false;
        this._pax = null;
        this._paxGlobal = null;
        this._gnuLongPath = null;
        this._gnuLongLinkPath = null;
        this._filenameEncoding = opts.filenameEncoding || "utf-8";
        this._allowUnknownFormat = !!opts.allowUnknownFormat;
        this._unlockBound = this._unlock.bind(this);
      }
      _unlock(err2) {
        this._locked = false;
        if (err2) {
          this.destroy(err2);
          this._continueWrite(err2);
          return;
        }
        this._update();
      }
      _consumeHeader() {
        if (this._locked) return false;
        this._offset = this._buffer.shifted;
        try {
          this._header = headers.decode(this._buffer.shift(512), this._filenameEncoding, this._allowUnknownFormat);
        } catch (err2) {
          this._continueWrite(err2);
          return false;
        }
        if (!this._header) return true;
        this._header.byteOffset = this._buffer.shifted;
        switch (this._header.type) {
          case "gnu-long-path":
          case "gnu-long-link-path":
          case "pax-global-header":
          case "pax-header":
            this._longHeader = true;
            this._missing = this._header.size;
            if (this._missing > MAX_HEADER_SIZE) {
              this._continueWrite(new Error("Header exceeds max size"));
              return false;
            }
            return true;
        }
        this._locked = true;
        this._applyLongHeaders();
        if (!(this._header.size >= 0)) {
          this._continueWrite(new Error("Invalid header"));
          return false;
        }
        if (this._header.size === 0 || this._header.type === "directory") {
          this.emit("entry", this._header, this._createStream(), this._unlockBound);
          return true;
        }
        this._stream = this._createStream();
        this._missing = this._header.size;
        this.emit("entry", this._header, this._stream, this._unlockBound);
        return true;
      }
      _applyLongHeaders() {
        if (this._gnuLongPath) {
          this._header.name = this._gnuLongPath;
          this._gnuLongPath = null;
        }
        if (this._gnuLongLinkPath) {
          this._header.linkname = this._gnuLongLinkPath;
          this._gnuLongLinkPath = null;
        }
        if (this._pax) {
          if (this._pax.path) this._header.name = this._pax.path;
          if (this._pax.linkpath) this._header.linkname = this._pax.linkpath;
          if (this._pax.size) this._header.size = parseInt(this._pax.size, 10);
          this._header.pax = this._pax;
          this._pax = null;
        }
      }
      _decodeLongHeader(buf) {
        switch (this._header.type) {
          case "gnu-long-path":
            this._gnuLongPath = headers.decodeLongPath(buf, this._filenameEncoding);
            break;
          case "gnu-long-link-path":
            this._gnuLongLinkPath = headers.decodeLongPath(buf, this._filenameEncoding);
            break;
          case "pax-global-header":
            this._paxGlobal = headers.decodePax(buf);
            break;
          case "pax-header":
            this._pax = this._paxGlobal === null ? headers.decodePax(buf) : Object.assign({}, this._paxGlobal, headers.decodePax(buf));
            break;
        }
      }
      _consumeLongHeader() {
        this._longHeader = false;
        this._missing = overflow(this._header.size);
        const buf = this._buffer.shift(this._header.size);
        try {
          this._decodeLongHeader(buf);
        } catch (err2) {
          this._continueWrite(err2);
          return false;
        }
        return true;
      }
      _consumeStream() {
        const buf = this._buffer.shiftFirst(this._missing);
        if (buf === null) return false;
        this._missing -= buf.byteLength;
        const drained = this._stream.push(buf);
        if (this._missing === 0) {
          this._stream.push(null);
          if (drained) this._stream._detach();
          return drained && this._locked === false;
        }
        return drained;
      }
      _createStream() {
        return new Source(this, this._header, this._offset);
      }
      _update() {
        while (this._buffer.buffered > 0 && !this.destroying) {
          if (this._missing > 0) {
            if (this._stream !== null) {
              if (this._consumeStream() === false) return;
              continue;
            }
            if (this._longHeader === true) {
              if (this._missing > this._buffer.buffered) break;
              if (this._consumeLongHeader() === false) return false;
              continue;
            }
            const ignore = this._buffer.shiftFirst(this._missing);
            if (ignore !== null) this._missing -= ignore.byteLength;
            continue;
          }
          if (this._buffer.buffered < 512) break;
          if (this._stream !== null || this._consumeHeader() === false) return;
        }
        this._continueWrite(null);
      }
      _continueWrite(err2) {
        const cb = this._callback;
        this._callback = noop2;
        cb(err2);
      }
      _write(data, cb) {
        this._callback = cb;
        this._buffer.push(data);
        this._update();
      }
      _final(cb) {
        this._finished = this._missing === 0 && this._buffer.buffered === 0;
        cb(this._finished ? null : new Error("Unexpected end of data"));
      }
      _predestroy() {
        this._continueWrite(null);
      }
      _destroy(cb) {
        if (this._stream) this._stream.destroy(getStreamError(this));
        cb(null);
      }
      [Symbol.asyncIterator]() {
        let error2 = null;
        let promiseResolve = null;
        let promiseReject = null;
        let entryStream = null;
        let entryCallback = null;
        const extract2 = this;
        this.on("entry", onentry);
        this.on("error", (err2) => {
          error2 = err2;
        });
        this.on("close", onclose);
        return {
          [Symbol.asyncIterator]() {
            return this;
          },
          next() {
            return new Promise(onnext);
          },
          return() {
            return destroy(null);
          },
          throw(err2) {
            return destroy(err2);
          }
        };
        function consumeCallback(err2) {
          if (!entryCallback) return;
          const cb = entryCallback;
          entryCallback = null;
          cb(err2);
        }
        function onnext(resolve2, reject) {
          if (error2) {
            return reject(error2);
          }
          if (entryStream) {
            resolve2({ value: entryStream, done: false });
            entryStream = null;
            return;
          }
          promiseResolve = resolve2;
          promiseReject = reject;
          consumeCallback(null);
          if (extract2._finished && promiseResolve) {
            promiseResolve({ value: void 0, done: true });
            promiseResolve = promiseReject = null;
          }
        }
        function onentry(header, stream, callback) {
          entryCallback = callback;
          stream.on("error", noop2);
          if (promiseResolve) {
            promiseResolve({ value: stream, done: false });
            promiseResolve = promiseReject = null;
          } else {
            entryStream = stream;
          }
        }
        function onclose() {
          consumeCallback(error2);
          if (!promiseResolve) return;
          if (error2) promiseReject(error2);
          else promiseResolve({ value: void 0, done: true });
          promiseResolve = promiseReject = null;
        }
        function destroy(err2) {
          extract2.destroy(err2);
          consumeCallback(err2);
          return new Promise((resolve2, reject) => {
            if (extract2.destroyed) return resolve2({ value: void 0, done: true });
            extract2.once("close", function() {
              if (err2) reject(err2);
              else resolve2({ value: void 0, done: true });
            });
          });
        }
      }
    };
    module2.exports = function extract2(opts) {
      return new Extract(opts);
    };
    function noop2() {
    }
    function overflow(size2) {
      size2 &= 511;
      return size2 && 512 - size2;
    }
  }
});

// node_modules/tar-stream/constants.js
var require_constants = __commonJS({
  "node_modules/tar-stream/constants.js"(exports, module2) {
    var constants10 = {
      // just for envs without fs
      S_IFMT: 61440,
      S_IFDIR: 16384,
      S_IFCHR: 8192,
      S_IFBLK: 24576,
      S_IFIFO: 4096,
      S_IFLNK: 40960
    };
    try {
      module2.exports = __require("fs").constants || constants10;
    } catch {
      module2.exports = constants10;
    }
  }
});

// node_modules/tar-stream/pack.js
var require_pack = __commonJS({
  "node_modules/tar-stream/pack.js"(exports, module2) {
    var { Readable, Writable, getStreamError } = require_streamx();
    var b4a = require_b4a();
    var constants10 = require_constants();
    var headers = require_headers();
    var DMODE = 493;
    var FMODE = 420;
    var END_OF_TAR = b4a.alloc(1024);
    var Sink = class extends Writable {
      constructor(pack, header, callback) {
        super({ mapWritable, eagerOpen: true });
        this.written = 0;
        this.header = header;
        this._callback = callback;
        this._linkname = null;
        this._isLinkname = header.type === "symlink" && !header.linkname;
        this._isVoid = header.type !== "file" && header.type !== "contiguous-file";
        this._finished = false;
        this._pack = pack;
        this._openCallback = null;
        if (this._pack._stream === null) this._pack._stream = this;
        else this._pack._pending.push(this);
      }
      _open(cb) {
        this._openCallback = cb;
        if (this._pack._stream === this) this._continueOpen();
      }
      _continuePack(err2) {
        if (this._callback === null) return;
        const callback = this._callback;
        this._callback = null;
        callback(err2);
      }
      _continueOpen() {
        if (this._pack._stream === null) this._pack._stream = this;
        const cb = this._openCallback;
        this._openCallback = null;
        if (cb === null) return;
        if (this._pack.destroying) return cb(new Error("pack stream destroyed"));
        if (this._pack._finalized) return cb(new Error("pack stream is already finalized"));
        this._pack._stream = this;
        if (!this._isLinkname) {
          this._pack._encode(this.header);
        }
        if (this._isVoid) {
          this._finish();
          this._continuePack(null);
        }
        cb(null);
      }
      _write(data, cb) {
        if (this._isLinkname) {
          this._linkname = this._linkname ? b4a.concat([this._linkname, data]) : data;
          return cb(null);
        }
        if (this._isVoid) {
          if (data.byteLength > 0) {
            return cb(new Error("No body allowed for this entry"));
          }
          return cb();
        }
        this.written += data.byteLength;
        if (this._pack.push(data)) return cb();
        this._pack._drain = cb;
      }
      _finish() {
        if (this._finished) return;
        this._finished = true;
        if (this._isLinkname) {
          this.header.linkname = this._linkname ? b4a.toString(this._linkname, "utf-8") : "";
          this._pack._encode(this.header);
        }
        overflow(this._pack, this.header.size);
        this._pack._done(this);
      }
      _final(cb) {
        if (this.written !== this.header.size) {
          return cb(new Error("Size mismatch"));
        }
        this._finish();
        cb(null);
      }
      _getError() {
        return getStreamError(this) || new Error("tar entry destroyed");
      }
      _predestroy() {
        this._pack.destroy(this._getError());
      }
      _destroy(cb) {
        this._pack._done(this);
        this._continuePack(this._finished ? null : this._getError());
        cb();
      }
    };
    var Pack = class extends Readable {
      constructor(opts) {
        super(opts);
        this._drain = noop2;
        this._finalized = false;
        this._finalizing = false;
        this._pending = [];
        this._stream = null;
      }
      entry(header, buffer, callback) {
        if (this._finalized || this.destroying) throw new Error("already finalized or destroyed");
        if (typeof buffer === "function") {
          callback = buffer;
          buffer = null;
        }
        if (!callback) callback = noop2;
        if (!header.size || header.type === "symlink") header.size = 0;
        if (!header.type) header.type = modeToType(header.mode);
        if (!header.mode) header.mode = header.type === "directory" ? DMODE : FMODE;
        if (!header.uid) header.uid = 0;
        if (!header.gid) header.gid = 0;
        if (!header.mtime) header.mtime = /* @__PURE__ */ new Date();
        if (typeof buffer === "string") buffer = b4a.from(buffer);
        const sink = new Sink(this, header, callback);
        if (b4a.isBuffer(buffer)) {
          header.size = buffer.byteLength;
          sink.write(buffer);
          sink.end();
          return sink;
        }
        if (sink._isVoid) {
          return sink;
        }
        return sink;
      }
      finalize() {
        if (this._stream || this._pending.length > 0) {
          this._finalizing = true;
          return;
        }
        if (this._finalized) return;
        this._finalized = true;
        this.push(END_OF_TAR);
        this.push(null);
      }
      _done(stream) {
        if (stream !== this._stream) return;
        this._stream = null;
        if (this._finalizing) this.finalize();
        if (this._pending.length) this._pending.shift()._continueOpen();
      }
      _encode(header) {
        if (!header.pax) {
          const buf = headers.encode(header);
          if (buf) {
            this.push(buf);
            return;
          }
        }
        this._encodePax(header);
      }
      _encodePax(header) {
        const paxHeader = headers.encodePax({
          name: header.name,
          linkname: header.linkname,
          pax: header.pax
        });
        const newHeader = {
          name: "PaxHeader",
          mode: header.mode,
          uid: header.uid,
          gid: header.gid,
          size: paxHeader.byteLength,
          mtime: header.mtime,
          type: "pax-header",
          linkname: header.linkname && "PaxHeader",
          uname: header.uname,
          gname: header.gname,
          devmajor: header.devmajor,
          devminor: header.devminor
        };
        this.push(headers.encode(newHeader));
        this.push(paxHeader);
        overflow(this, paxHeader.byteLength);
        newHeader.size = header.size;
        newHeader.type = header.type;
        this.push(headers.encode(newHeader));
      }
      _doDrain() {
        const drain = this._drain;
        this._drain = noop2;
        drain();
      }
      _predestroy() {
        const err2 = getStreamError(this);
        if (this._stream) this._stream.destroy(err2);
        while (this._pending.length) {
          const stream = this._pending.shift();
          stream.destroy(err2);
          stream._continueOpen();
        }
        this._doDrain();
      }
      _read(cb) {
        this._doDrain();
        cb();
      }
    };
    module2.exports = function pack(opts) {
      return new Pack(opts);
    };
    function modeToType(mode) {
      switch (mode & constants10.S_IFMT) {
        case constants10.S_IFBLK:
          return "block-device";
        case constants10.S_IFCHR:
          return "character-device";
        case constants10.S_IFDIR:
          return "directory";
        case constants10.S_IFIFO:
          return "fifo";
        case constants10.S_IFLNK:
          return "symlink";
      }
      return "file";
    }
    function noop2() {
    }
    function overflow(self2, size2) {
      size2 &= 511;
      if (size2) self2.push(END_OF_TAR.subarray(0, 512 - size2));
    }
    function mapWritable(buf) {
      return b4a.isBuffer(buf) ? buf : b4a.from(buf);
    }
  }
});

// node_modules/tar-stream/index.js
var require_tar_stream = __commonJS({
  "node_modules/tar-stream/index.js"(exports) {
    exports.extract = require_extract();
    exports.pack = require_pack();
  }
});

// src/build-lock/archive.ts
var archive_exports = {};
__export(archive_exports, {
  fromTar: () => fromTar,
  fromZip: () => fromZip
});
import { createReadStream as createReadStream2 } from "node:fs";
import { readFile as readFile2 } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
async function fromZip(archive, isWanted) {
  const files = unzipSync(await readFile2(archive), {
    filter: (file) => isWanted(file.name) && file.originalSize < limit
  });
  const [found2] = Object.values(files);
  return found2 && Buffer.from(found2).toString();
}
async function fromTar(archive, isWanted) {
  const reader = (0, import_tar_stream.extract)();
  let found2;
  reader.on("entry", (header, stream, next) => {
    const chunks = [];
    const keep2 = header.type === "file" && isWanted(header.name) && (header.size ?? 0) < limit;
    stream.on("error", () => {
    });
    stream.on("data", (chunk) => {
      if (keep2) chunks.push(chunk);
    });
    stream.on("end", () => {
      if (keep2) found2 = Buffer.concat(chunks).toString();
      next();
    });
  });
  let size2 = 0;
  const bounded = new Transform({
    transform: (chunk, _, done2) => {
      size2 += chunk.length;
      done2(
        size2 > unpackedLimit ? new Error(`it unpacks to more than ${unpackedLimit / 2 ** 20} MB`) : null,
        chunk
      );
    }
  });
  await pipeline(createReadStream2(archive), createGunzip(), bounded, reader);
  return found2;
}
var import_tar_stream, limit, unpackedLimit;
var init_archive = __esm({
  "src/build-lock/archive.ts"() {
    "use strict";
    init_esm();
    import_tar_stream = __toESM(require_tar_stream(), 1);
    limit = 4 << 20;
    unpackedLimit = 2 ** 30;
  }
});

// src/build-lock/pyproject-of.ts
function buildRequires(text3, label3) {
  if (text3 === void 0) return legacyRequires;
  let table3;
  try {
    table3 = parseToml(text3, "pyproject.toml");
  } catch (cause) {
    throw new UserError(
      "pyproject-invalid",
      `The build requirements of ${label3} can't be read: ${cause.message}`,
      { cause }
    );
  }
  const system2 = table3["build-system"];
  if (system2 === void 0) return legacyRequires;
  const requires = system2.requires;
  if (!Array.isArray(requires) || !requires.every((item2) => typeof item2 === "string")) {
    throw new UserError(
      "pyproject-invalid",
      `The pyproject.toml of ${label3} has a [build-system] without a list of strings 'requires'.`
    );
  }
  return requires;
}
async function pyprojectOfSdist(archive, filename, subdirectory = "") {
  const wanted2 = [...subdirectory.split("/").filter(Boolean), "pyproject.toml"].join("/");
  const isWanted = (name5) => name5.replace(/^\.\//, "").split("/").slice(1).join("/") === wanted2;
  try {
    const { fromTar: fromTar2, fromZip: fromZip2 } = await Promise.resolve().then(() => (init_archive(), archive_exports));
    return await (filename.endsWith(".zip") ? fromZip2 : fromTar2)(archive, isWanted);
  } catch (cause) {
    throw new UserError(
      "sdist-invalid",
      `${filename} can't be read as an archive: ${cause.message}. uv accepts .tar.gz and .zip; ask its authors for one of these.`,
      { cause }
    );
  }
}
var legacyRequires;
var init_pyproject_of = __esm({
  "src/build-lock/pyproject-of.ts"() {
    "use strict";
    init_errors();
    init_lock();
    legacyRequires = ["setuptools>=40.8.0"];
  }
});

// src/build-lock/sources.ts
import { createHash as createHash5 } from "node:crypto";
import { mkdtemp as mkdtemp2, readFile as readFile3, rm as rm7, stat as stat5 } from "node:fs/promises";
import path18 from "node:path";
function buildKey(artifact) {
  return artifact.kind === "directory" || artifact.version === void 0 ? artifact.name : `${artifact.name}-${artifact.version}`;
}
async function describeBuild(artifact, previous, reader) {
  if (artifact.kind === "directory") return describeDirectory(artifact, reader);
  if (artifact.kind === "git") return describeGit(artifact, previous, reader);
  return describeSdist(artifact, previous, reader);
}
async function describeDirectory(artifact, { project, read: read2 }) {
  const folder = artifact.path ?? ".";
  const file = path18.resolve(project, folder, "pyproject.toml");
  const text3 = await read2(file);
  return {
    kind: "directory",
    name: artifact.name,
    ...artifact.version ? { version: artifact.version } : {},
    path: folder,
    requires: buildRequires(text3, artifact.name)
  };
}
async function describeGit(artifact, previous, reader) {
  const { name: name5, version: version4 = "", url = "", commit: commit3 = "", subdirectory } = artifact;
  const source = {
    kind: "git",
    name: name5,
    version: version4,
    url,
    commit: commit3,
    ...subdirectory ? { subdirectory } : {}
  };
  if (previous?.kind === "git" && previous.url === url && previous.commit === commit3 && previous.subdirectory === subdirectory) {
    return { ...source, hash: previous.hash, requires: previous.requires };
  }
  return inScratch(reader, async (dir) => {
    const tree = path18.join(dir, "tree");
    await fetchGitTree({ url, commit: commit3 }, tree, reader.run, reader.checkHost);
    const text3 = await readBelow(tree, path18.join(subdirectory ?? "", "pyproject.toml"));
    return { ...source, hash: await narHash(tree), requires: buildRequires(text3, name5) };
  });
}
async function readBelow(tree, name5) {
  const file = path18.join(tree, name5);
  await requireInside(tree, file, `'${printable(name5)}' of a git source`);
  const found2 = await stat5(file).catch(() => void 0);
  if (found2 === void 0) return void 0;
  if (!found2.isFile() || found2.size > mostText)
    throw new UserError(
      "pyproject-invalid",
      `'${printable(name5)}' of a git source is not a file of less than ${mostText} bytes, so it is not read; ask its authors to fix it.`
    );
  return readFile3(file, "utf8");
}
async function describeSdist(artifact, previous, reader) {
  const { name: name5, version: version4 = "", filename = "", url, subdirectory } = artifact;
  const source = {
    ...{ kind: "sdist", name: name5, version: version4, filename },
    ...url === void 0 ? {} : { url },
    ...artifact.path === void 0 ? {} : { path: artifact.path },
    ...subdirectory ? { subdirectory } : {}
  };
  const locked = sriOf(artifact);
  if (previous?.kind === "sdist" && locked !== void 0 && previous.hash === locked) {
    return { ...source, hash: locked, requires: previous.requires };
  }
  return inScratch(reader, async (dir) => {
    const archive = path18.join(dir, "sdist");
    await fetchArtifact(artifact, reader.project, archive, await reader.network());
    const hash2 = locked ?? sriFromHex(
      createHash5("sha256").update(await readFile3(archive)).digest("hex")
    );
    return {
      ...source,
      hash: hash2,
      requires: buildRequires(await pyprojectOfSdist(archive, filename, subdirectory), filename)
    };
  });
}
async function inScratch(reader, body2) {
  const dir = await mkdtemp2(path18.join(reader.scratch, "source-"));
  try {
    return await body2(dir);
  } finally {
    await rm7(dir, { recursive: true, force: true });
  }
}
var mostText;
var init_sources = __esm({
  "src/build-lock/sources.ts"() {
    "use strict";
    init_artifacts();
    init_nar();
    init_errors();
    init_inside();
    init_printable();
    init_sri();
    init_plan2();
    init_git_tree();
    init_pyproject_of();
    mostText = 4 << 20;
  }
});

// src/system/bounded-json.ts
function parseBoundedJson(text3, { length, depth }) {
  if (text3.length > length) throw new Error(`it has more than ${length} characters`);
  if (scan(text3).depth > depth) throw new Error(`it is nested more than ${depth} levels deep`);
  try {
    return JSON.parse(text3);
  } catch {
    throw new Error("it is not JSON");
  }
}
function scan(text3) {
  let [deepest, depth, dense, isString] = [0, 0, 0, false];
  for (let at = 0; at < text3.length; at += 1) {
    const character = text3[at] ?? "";
    if (isString || !" 	\r\n".includes(character)) dense += 1;
    if (isString && character === "\\") {
      at += 1;
      dense += 1;
    } else if (character === '"') isString = !isString;
    else if (!isString && (character === "[" || character === "{")) depth += 1;
    else if (!isString && (character === "]" || character === "}")) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return { depth: deepest, dense };
}
var saysNoMore;
var init_bounded_json = __esm({
  "src/system/bounded-json.ts"() {
    "use strict";
    saysNoMore = (text3, value) => text3.isWellFormed() && scan(text3).dense === JSON.stringify(value).length;
  }
});

// src/build-lock/schema.ts
function lockShape(object) {
  const target3 = object({
    ...{ python: plain2, libc: plain2, packages: many(plain2), extras: many(plain2), groups: many(plain2) },
    ...{ allPackages: yesOrNo, defaultGroups: yesOrNo }
  });
  const environment2 = object({ wheels: many(matching(isWheel)), builds: many(key) });
  const system2 = object(
    {
      ...{ plan: sriOrEmpty, hash: sriOrEmpty, builds: many(key) },
      environments: mapOf(buildKey2, environment2)
    },
    { apart: mapOf({ test: isWheel }, sri2) }
  );
  const wheel = object({ url: address2, hash: sri2 });
  return object({
    ...{ version: oneOf(1), target: target3, builds: mapOf(buildKey2, buildShape(object)) },
    systems: mapOf({ test: (name5) => SYSTEMS.some((one) => one === name5) }, system2),
    wheels: mapOf({ test: isWheel }, wheel)
  });
}
function buildShape(object) {
  const required2 = { name: matching(isName), requires: requirements };
  const optional = { dynamicRequires: requirements, extraRequires: requirements };
  const kinds2 = /* @__PURE__ */ new Map([
    [
      "sdist",
      object(
        { ...required2, kind: oneOf("sdist"), version, filename: matching(isFile), hash: sri2 },
        { ...optional, url: address2, path: relative2, subdirectory: relative2 }
      )
    ],
    [
      "git",
      object(
        { ...required2, kind: oneOf("git"), version, url: address2, commit, hash: sri2 },
        { ...optional, subdirectory: relative2 }
      )
    ],
    [
      "directory",
      object({ ...required2, kind: oneOf("directory"), path: relative2 }, { ...optional, version })
    ]
  ]);
  return (value, at) => {
    const shape = kinds2.get(value?.kind);
    return shape === void 0 ? `${at}.kind is not one of ${[...kinds2.keys()].join(", ")}` : shape(value, at);
  };
}
var isPlain, isFile, isWheel, isAddress, isRelative, matching, many, buildKey2, key, plain2, version, sriOrEmpty, sri2, address2, relative2, commit, requirements, open2, closed, faultOf, unknownFieldOf;
var init_schema = __esm({
  "src/build-lock/schema.ts"() {
    "use strict";
    init_shape();
    init_sri();
    init_names();
    init_wheel_name();
    init_plan2();
    isPlain = (value) => /^[^\u0000-\u001f\u007f]+$/.test(value);
    isFile = (value) => /^[A-Za-z0-9_][\w.+!?=~-]{0,299}$/.test(value);
    isWheel = (value) => isFile(value) && typeof parseWheelName(value) !== "string";
    isAddress = (value) => isPlain(value) && /^(https?|ssh):\/\//.test(value) && URL.canParse(value);
    isRelative = (value) => isPlain(value) && !value.startsWith("/") && !value.includes("\\");
    matching = (test) => text(1e4, { test });
    many = (item2) => list(item2, 1e5);
    buildKey2 = /^[A-Za-z0-9][\w.+!-]{0,299}$/;
    key = text(300, buildKey2);
    plain2 = matching(isPlain);
    version = text(128, /^[0-9A-Za-z][0-9A-Za-z.+!_-]*$/);
    sriOrEmpty = matching((value) => value === "" || isSri(value));
    sri2 = matching(isSri);
    address2 = matching(isAddress);
    relative2 = matching(isRelative);
    commit = text(40, /^[0-9a-f]{40}$/);
    requirements = many(text(1e4));
    open2 = lockShape(having);
    closed = lockShape(exactly);
    faultOf = (value) => open2(value, "it")?.replace(/^it\./, "");
    unknownFieldOf = (value) => closed(value, "it")?.replace(/^it\./, "");
  }
});

// src/build-lock/text.ts
function sameData(left, right) {
  return JSON.stringify(left, sortedKeys) === JSON.stringify(right, sortedKeys);
}
function buildLockText(lock) {
  return `${JSON.stringify(lock, sortedKeys, 2)}
`;
}
function sortedKeys(_key, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
function parseBuildLock(text3, file) {
  const refuse4 = (why) => new UserError(
    "build-lock-invalid",
    `${file} is not a build lock: ${printable(why.slice(0, 300))}. Delete it and run 'uv-fod lock' to create it again.`,
    { at: { file } }
  );
  let value;
  try {
    value = parseBoundedJson(text3, bounds);
  } catch (error2) {
    throw refuse4(error2.message);
  }
  const version4 = value?.version;
  if (version4 !== 1) throw refuse4("its version is not 1, the only one that this release supports");
  const fault = faultOf(value);
  if (fault !== void 0) throw refuse4(fault);
  return value;
}
function unexpectedIn(text3, lock) {
  const fault = unknownFieldOf(lock);
  if (fault !== void 0) return printable(fault.slice(0, 300));
  return saysNoMore(text3, lock) ? void 0 : "a key is in it twice";
}
var buildLockName, bounds;
var init_text = __esm({
  "src/build-lock/text.ts"() {
    "use strict";
    init_bounded_json();
    init_errors();
    init_printable();
    init_schema();
    buildLockName = "uv-fod.lock.json";
    bounds = { length: 8 << 20, depth: 12 };
  }
});

// src/build-lock/keep.ts
function keptOf(key2, build5, base, { target: target3, systems: systems2 }) {
  const before = ownOf(base?.builds, key2);
  if (!base || !before || !sameData(requirementGroups(before), requirementGroups(build5))) return void 0;
  if (!sameData(base.target, target3)) return void 0;
  const all2 = systems2.flatMap(({ artifacts }) => artifacts.filter(isBuilt));
  const outputs = new Set(all2.map(buildKey));
  const kept = { environments: /* @__PURE__ */ new Map(), builds: /* @__PURE__ */ new Map(), wheels: /* @__PURE__ */ new Map() };
  const isWhole = systems2.every(({ system: system2 }) => keepFor(system2, key2, base, { all: all2, outputs }, kept));
  return isWhole ? kept : void 0;
}
function keepFor(system2, key2, base, { all: all2, outputs }, { environments, builds, wheels }) {
  const ofSystem = /* @__PURE__ */ new Map();
  environments.set(system2, ofSystem);
  const open7 = [key2];
  for (let at = open7.pop(); at !== void 0; at = open7.pop()) {
    const environment2 = ownOf(base.systems[system2]?.environments, at);
    if (!environment2) return false;
    ofSystem.set(at, environment2);
    for (const file of environment2.wheels) {
      const wheel = ownOf(base.wheels, file);
      if (!wheel) return false;
      wheels.set(file, wheel);
    }
    for (const nested of environment2.builds) {
      const own2 = ownOf(base.builds, nested);
      if (!own2 || !isOfOutput(own2, nested, all2)) return false;
      if (outputs.has(nested) || ofSystem.has(nested)) continue;
      builds.set(nested, own2);
      open7.push(nested);
    }
  }
  return true;
}
function isNewSource(now, before) {
  const source = ({ dynamicRequires: _, extraRequires: __, ...rest }) => rest;
  return before === void 0 || !sameData(source(now), source(before));
}
function pinnedFiles({ builds, wheels }) {
  return [
    ...[...wheels].map(([filename, wheel]) => ({
      project: filename.split("-", 1)[0] ?? "",
      filename,
      ...wheel
    })),
    ...[...builds.values()].flatMap(
      (build5) => build5.kind === "sdist" && build5.url !== void 0 ? [{ project: build5.name, filename: build5.filename, url: build5.url, hash: build5.hash }] : []
    )
  ];
}
var isBuilt, ownOf, isOfOutput, requirementGroups, allRequires;
var init_keep = __esm({
  "src/build-lock/keep.ts"() {
    "use strict";
    init_sources();
    init_text();
    isBuilt = (artifact) => artifact.kind !== "wheel";
    ownOf = (table3, key2) => table3 && Object.hasOwn(table3, key2) ? table3[key2] : void 0;
    isOfOutput = (build5, key2, all2) => all2.every((artifact) => artifact.name !== build5.name || buildKey(artifact) === key2);
    requirementGroups = ({ requires, extraRequires: extraRequires2, dynamicRequires: dynamicRequires2 }) => ({
      requires,
      extraRequires: extraRequires2 ?? [],
      dynamicRequires: dynamicRequires2 ?? []
    });
    allRequires = ({ requires, dynamicRequires: dynamicRequires2 = [], extraRequires: extraRequires2 = [] }) => [
      ...[...requires, ...dynamicRequires2],
      ...extraRequires2
    ];
  }
});

// node_modules/semver/internal/debug.js
var require_debug = __commonJS({
  "node_modules/semver/internal/debug.js"(exports, module2) {
    "use strict";
    var debug2 = typeof process === "object" && process.env && process.env.NODE_DEBUG && /\bsemver\b/i.test(process.env.NODE_DEBUG) ? (...args) => console.error("SEMVER", ...args) : () => {
    };
    module2.exports = debug2;
  }
});

// node_modules/semver/internal/constants.js
var require_constants2 = __commonJS({
  "node_modules/semver/internal/constants.js"(exports, module2) {
    "use strict";
    var SEMVER_SPEC_VERSION = "2.0.0";
    var MAX_LENGTH3 = 256;
    var MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER || /* istanbul ignore next */
    9007199254740991;
    var MAX_SAFE_COMPONENT_LENGTH = 16;
    var MAX_SAFE_BUILD_LENGTH = MAX_LENGTH3 - 6;
    var WHITESPACE_CHARACTERS = [
      "	",
      "\n",
      "\v",
      "\f",
      "\r",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      "\u2028",
      "\u2029",
      " ",
      " ",
      "　",
      "\uFEFF"
    ];
    var RELEASE_TYPES = [
      "major",
      "premajor",
      "minor",
      "preminor",
      "patch",
      "prepatch",
      "prerelease"
    ];
    module2.exports = {
      MAX_LENGTH: MAX_LENGTH3,
      MAX_SAFE_COMPONENT_LENGTH,
      MAX_SAFE_BUILD_LENGTH,
      MAX_SAFE_INTEGER,
      WHITESPACE_CHARACTERS,
      RELEASE_TYPES,
      SEMVER_SPEC_VERSION,
      FLAG_INCLUDE_PRERELEASE: 1,
      FLAG_LOOSE: 2
    };
  }
});

// node_modules/semver/internal/re.js
var require_re = __commonJS({
  "node_modules/semver/internal/re.js"(exports, module2) {
    "use strict";
    var {
      MAX_SAFE_COMPONENT_LENGTH,
      MAX_SAFE_BUILD_LENGTH,
      MAX_LENGTH: MAX_LENGTH3
    } = require_constants2();
    var debug2 = require_debug();
    exports = module2.exports = {};
    var re = exports.re = [];
    var safeRe = exports.safeRe = [];
    var src = exports.src = [];
    var safeSrc = exports.safeSrc = [];
    var t = exports.t = {};
    var R = 0;
    var LETTERDASHNUMBER = "[a-zA-Z0-9-]";
    var safeRegexReplacements = [
      ["\\s", 1],
      ["\\d", MAX_LENGTH3],
      [LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH]
    ];
    var makeSafeRegex = (value) => {
      for (const [token, max2] of safeRegexReplacements) {
        value = value.split(`${token}*`).join(`${token}{0,${max2}}`).split(`${token}+`).join(`${token}{1,${max2}}`);
      }
      return value;
    };
    var createToken = (name5, value, isGlobal) => {
      const safe2 = makeSafeRegex(value);
      const index = R++;
      debug2(name5, index, value);
      t[name5] = index;
      src[index] = value;
      safeSrc[index] = safe2;
      re[index] = new RegExp(value, isGlobal ? "g" : void 0);
      safeRe[index] = new RegExp(safe2, isGlobal ? "g" : void 0);
    };
    createToken("NUMERICIDENTIFIER", "0|[1-9]\\d*");
    createToken("NUMERICIDENTIFIERLOOSE", "\\d+");
    createToken("NONNUMERICIDENTIFIER", `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`);
    createToken("MAINVERSION", `(${src[t.NUMERICIDENTIFIER]})\\.(${src[t.NUMERICIDENTIFIER]})\\.(${src[t.NUMERICIDENTIFIER]})`);
    createToken("MAINVERSIONLOOSE", `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.(${src[t.NUMERICIDENTIFIERLOOSE]})\\.(${src[t.NUMERICIDENTIFIERLOOSE]})`);
    createToken("PRERELEASEIDENTIFIER", `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIER]})`);
    createToken("PRERELEASEIDENTIFIERLOOSE", `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIERLOOSE]})`);
    createToken("PRERELEASE", `(?:-(${src[t.PRERELEASEIDENTIFIER]}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`);
    createToken("PRERELEASELOOSE", `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`);
    createToken("BUILDIDENTIFIER", `${LETTERDASHNUMBER}+`);
    createToken("BUILD", `(?:\\+(${src[t.BUILDIDENTIFIER]}(?:\\.${src[t.BUILDIDENTIFIER]})*))`);
    createToken("FULLPLAIN", `v?${src[t.MAINVERSION]}${src[t.PRERELEASE]}?${src[t.BUILD]}?`);
    createToken("FULL", `^${src[t.FULLPLAIN]}$`);
    createToken("LOOSEPLAIN", `[v=\\s]*${src[t.MAINVERSIONLOOSE]}${src[t.PRERELEASELOOSE]}?${src[t.BUILD]}?`);
    createToken("LOOSE", `^${src[t.LOOSEPLAIN]}$`);
    createToken("GTLT", "((?:<|>)?=?)");
    createToken("XRANGEIDENTIFIERLOOSE", `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`);
    createToken("XRANGEIDENTIFIER", `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`);
    createToken("XRANGEPLAIN", `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})(?:\\.(${src[t.XRANGEIDENTIFIER]})(?:\\.(${src[t.XRANGEIDENTIFIER]})(?:${src[t.PRERELEASE]})?${src[t.BUILD]}?)?)?`);
    createToken("XRANGEPLAINLOOSE", `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})(?:${src[t.PRERELEASELOOSE]})?${src[t.BUILD]}?)?)?`);
    createToken("XRANGE", `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`);
    createToken("XRANGELOOSE", `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("COERCEPLAIN", `${"(^|[^\\d])(\\d{1,"}${MAX_SAFE_COMPONENT_LENGTH}})(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`);
    createToken("COERCE", `${src[t.COERCEPLAIN]}(?:$|[^\\d])`);
    createToken("COERCEFULL", src[t.COERCEPLAIN] + `(?:${src[t.PRERELEASE]})?(?:${src[t.BUILD]})?(?:$|[^\\d])`);
    createToken("COERCERTL", src[t.COERCE], true);
    createToken("COERCERTLFULL", src[t.COERCEFULL], true);
    createToken("LONETILDE", "(?:~>?)");
    createToken("TILDETRIM", `(\\s*)${src[t.LONETILDE]}\\s+`, true);
    exports.tildeTrimReplace = "$1~";
    createToken("TILDE", `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`);
    createToken("TILDELOOSE", `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("LONECARET", "(?:\\^)");
    createToken("CARETTRIM", `(\\s*)${src[t.LONECARET]}\\s+`, true);
    exports.caretTrimReplace = "$1^";
    createToken("CARET", `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`);
    createToken("CARETLOOSE", `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("COMPARATORLOOSE", `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`);
    createToken("COMPARATOR", `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`);
    createToken("COMPARATORTRIM", `(\\s*)${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true);
    exports.comparatorTrimReplace = "$1$2$3";
    createToken("HYPHENRANGE", `^\\s*(${src[t.XRANGEPLAIN]})\\s+-\\s+(${src[t.XRANGEPLAIN]})\\s*$`);
    createToken("HYPHENRANGELOOSE", `^\\s*(${src[t.XRANGEPLAINLOOSE]})\\s+-\\s+(${src[t.XRANGEPLAINLOOSE]})\\s*$`);
    createToken("STAR", "(<|>)?=?\\s*\\*");
    createToken("GTE0", "^\\s*>=\\s*0\\.0\\.0\\s*$");
    createToken("GTE0PRE", "^\\s*>=\\s*0\\.0\\.0-0\\s*$");
  }
});

// node_modules/semver/internal/parse-options.js
var require_parse_options = __commonJS({
  "node_modules/semver/internal/parse-options.js"(exports, module2) {
    "use strict";
    var looseOption = Object.freeze({ loose: true });
    var emptyOpts = Object.freeze({});
    var parseOptions = (options3) => {
      if (!options3) {
        return emptyOpts;
      }
      if (typeof options3 !== "object") {
        return looseOption;
      }
      return options3;
    };
    module2.exports = parseOptions;
  }
});

// node_modules/semver/internal/identifiers.js
var require_identifiers = __commonJS({
  "node_modules/semver/internal/identifiers.js"(exports, module2) {
    "use strict";
    var numeric = /^[0-9]+$/;
    var compareIdentifiers = (a, b) => {
      if (typeof a === "number" && typeof b === "number") {
        return a === b ? 0 : a < b ? -1 : 1;
      }
      const anum = numeric.test(a);
      const bnum = numeric.test(b);
      if (anum && bnum) {
        a = +a;
        b = +b;
      }
      return a === b ? 0 : anum && !bnum ? -1 : bnum && !anum ? 1 : a < b ? -1 : 1;
    };
    var rcompareIdentifiers = (a, b) => compareIdentifiers(b, a);
    module2.exports = {
      compareIdentifiers,
      rcompareIdentifiers
    };
  }
});

// node_modules/semver/classes/semver.js
var require_semver = __commonJS({
  "node_modules/semver/classes/semver.js"(exports, module2) {
    "use strict";
    var debug2 = require_debug();
    var { MAX_LENGTH: MAX_LENGTH3, MAX_SAFE_INTEGER } = require_constants2();
    var { safeRe: re, t } = require_re();
    var parseOptions = require_parse_options();
    var { compareIdentifiers } = require_identifiers();
    var isPrereleaseIdentifier = (prerelease2, identifier) => {
      const identifiers = identifier.split(".");
      if (identifiers.length > prerelease2.length) {
        return false;
      }
      for (let i2 = 0; i2 < identifiers.length; i2++) {
        if (compareIdentifiers(prerelease2[i2], identifiers[i2]) !== 0) {
          return false;
        }
      }
      return true;
    };
    var SemVer = class _SemVer {
      constructor(version4, options3) {
        options3 = parseOptions(options3);
        if (version4 instanceof _SemVer) {
          if (version4.loose === !!options3.loose && version4.includePrerelease === !!options3.includePrerelease) {
            return version4;
          } else {
            version4 = version4.version;
          }
        } else if (typeof version4 !== "string") {
          throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version4}".`);
        }
        if (version4.length > MAX_LENGTH3) {
          throw new TypeError(
            `version is longer than ${MAX_LENGTH3} characters`
          );
        }
        debug2("SemVer", version4, options3);
        this.options = options3;
        this.loose = !!options3.loose;
        this.includePrerelease = !!options3.includePrerelease;
        const m = version4.trim().match(options3.loose ? re[t.LOOSE] : re[t.FULL]);
        if (!m) {
          throw new TypeError(`Invalid Version: ${version4}`);
        }
        this.raw = version4;
        this.major = +m[1];
        this.minor = +m[2];
        this.patch = +m[3];
        if (this.major > MAX_SAFE_INTEGER || this.major < 0) {
          throw new TypeError("Invalid major version");
        }
        if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) {
          throw new TypeError("Invalid minor version");
        }
        if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) {
          throw new TypeError("Invalid patch version");
        }
        if (!m[4]) {
          this.prerelease = [];
        } else {
          this.prerelease = m[4].split(".").map((id2) => {
            if (/^[0-9]+$/.test(id2)) {
              const num = +id2;
              if (num >= 0 && num < MAX_SAFE_INTEGER) {
                return num;
              }
            }
            return id2;
          });
        }
        this.build = m[5] ? m[5].split(".") : [];
        this.format();
      }
      format() {
        this.version = `${this.major}.${this.minor}.${this.patch}`;
        if (this.prerelease.length) {
          this.version += `-${this.prerelease.join(".")}`;
        }
        return this.version;
      }
      toString() {
        return this.version;
      }
      compare(other) {
        debug2("SemVer.compare", this.version, this.options, other);
        if (!(other instanceof _SemVer)) {
          if (typeof other === "string" && other === this.version) {
            return 0;
          }
          other = new _SemVer(other, this.options);
        }
        if (other.version === this.version) {
          return 0;
        }
        return this.compareMain(other) || this.comparePre(other);
      }
      compareMain(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        if (this.major < other.major) {
          return -1;
        }
        if (this.major > other.major) {
          return 1;
        }
        if (this.minor < other.minor) {
          return -1;
        }
        if (this.minor > other.minor) {
          return 1;
        }
        if (this.patch < other.patch) {
          return -1;
        }
        if (this.patch > other.patch) {
          return 1;
        }
        return 0;
      }
      comparePre(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        if (this.prerelease.length && !other.prerelease.length) {
          return -1;
        } else if (!this.prerelease.length && other.prerelease.length) {
          return 1;
        } else if (!this.prerelease.length && !other.prerelease.length) {
          return 0;
        }
        let i2 = 0;
        do {
          const a = this.prerelease[i2];
          const b = other.prerelease[i2];
          debug2("prerelease compare", i2, a, b);
          if (a === void 0 && b === void 0) {
            return 0;
          } else if (b === void 0) {
            return 1;
          } else if (a === void 0) {
            return -1;
          } else if (a === b) {
            continue;
          } else {
            return compareIdentifiers(a, b);
          }
        } while (++i2);
      }
      compareBuild(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        let i2 = 0;
        do {
          const a = this.build[i2];
          const b = other.build[i2];
          debug2("build compare", i2, a, b);
          if (a === void 0 && b === void 0) {
            return 0;
          } else if (b === void 0) {
            return 1;
          } else if (a === void 0) {
            return -1;
          } else if (a === b) {
            continue;
          } else {
            return compareIdentifiers(a, b);
          }
        } while (++i2);
      }
      // preminor will bump the version up to the next minor release, and immediately
      // down to pre-release. premajor and prepatch work the same way.
      inc(release3, identifier, identifierBase) {
        if (release3.startsWith("pre")) {
          if (!identifier && identifierBase === false) {
            throw new Error("invalid increment argument: identifier is empty");
          }
          if (identifier) {
            const match2 = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE]);
            if (!match2 || match2[1] !== identifier) {
              throw new Error(`invalid identifier: ${identifier}`);
            }
          }
        }
        switch (release3) {
          case "premajor":
            this.prerelease.length = 0;
            this.patch = 0;
            this.minor = 0;
            this.major++;
            this.inc("pre", identifier, identifierBase);
            break;
          case "preminor":
            this.prerelease.length = 0;
            this.patch = 0;
            this.minor++;
            this.inc("pre", identifier, identifierBase);
            break;
          case "prepatch":
            this.prerelease.length = 0;
            this.inc("patch", identifier, identifierBase);
            this.inc("pre", identifier, identifierBase);
            break;
          // If the input is a non-prerelease version, this acts the same as
          // prepatch.
          case "prerelease":
            if (this.prerelease.length === 0) {
              this.inc("patch", identifier, identifierBase);
            }
            this.inc("pre", identifier, identifierBase);
            break;
          case "release":
            if (this.prerelease.length === 0) {
              throw new Error(`version ${this.raw} is not a prerelease`);
            }
            this.prerelease.length = 0;
            break;
          case "major":
            if (this.minor !== 0 || this.patch !== 0 || this.prerelease.length === 0) {
              this.major++;
            }
            this.minor = 0;
            this.patch = 0;
            this.prerelease = [];
            break;
          case "minor":
            if (this.patch !== 0 || this.prerelease.length === 0) {
              this.minor++;
            }
            this.patch = 0;
            this.prerelease = [];
            break;
          case "patch":
            if (this.prerelease.length === 0) {
              this.patch++;
            }
            this.prerelease = [];
            break;
          // This probably shouldn't be used publicly.
          // 1.0.0 'pre' would become 1.0.0-0 which is the wrong direction.
          case "pre": {
            const base = Number(identifierBase) ? 1 : 0;
            if (this.prerelease.length === 0) {
              this.prerelease = [base];
            } else {
              let i2 = this.prerelease.length;
              while (--i2 >= 0) {
                if (typeof this.prerelease[i2] === "number") {
                  this.prerelease[i2]++;
                  i2 = -2;
                }
              }
              if (i2 === -1) {
                if (identifier === this.prerelease.join(".") && identifierBase === false) {
                  throw new Error("invalid increment argument: identifier already exists");
                }
                this.prerelease.push(base);
              }
            }
            if (identifier) {
              let prerelease2 = [identifier, base];
              if (identifierBase === false) {
                prerelease2 = [identifier];
              }
              if (isPrereleaseIdentifier(this.prerelease, identifier)) {
                const prereleaseBase = this.prerelease[identifier.split(".").length];
                if (isNaN(prereleaseBase)) {
                  this.prerelease = prerelease2;
                }
              } else {
                this.prerelease = prerelease2;
              }
            }
            break;
          }
          default:
            throw new Error(`invalid increment argument: ${release3}`);
        }
        this.raw = this.format();
        if (this.build.length) {
          this.raw += `+${this.build.join(".")}`;
        }
        return this;
      }
    };
    module2.exports = SemVer;
  }
});

// node_modules/semver/functions/compare.js
var require_compare = __commonJS({
  "node_modules/semver/functions/compare.js"(exports, module2) {
    "use strict";
    var SemVer = require_semver();
    var compare7 = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
    module2.exports = compare7;
  }
});

// node_modules/semver/functions/parse.js
var require_parse = __commonJS({
  "node_modules/semver/functions/parse.js"(exports, module2) {
    "use strict";
    var SemVer = require_semver();
    var parse6 = (version4, options3, throwErrors = false) => {
      if (version4 instanceof SemVer) {
        return version4;
      }
      try {
        return new SemVer(version4, options3);
      } catch (er) {
        if (!throwErrors) {
          return null;
        }
        throw er;
      }
    };
    module2.exports = parse6;
  }
});

// node_modules/semver/functions/prerelease.js
var require_prerelease = __commonJS({
  "node_modules/semver/functions/prerelease.js"(exports, module2) {
    "use strict";
    var parse6 = require_parse();
    var prerelease2 = (version4, options3) => {
      const parsed3 = parse6(version4, options3);
      return parsed3 && parsed3.prerelease.length ? parsed3.prerelease : null;
    };
    module2.exports = prerelease2;
  }
});

// node_modules/semver/internal/lrucache.js
var require_lrucache = __commonJS({
  "node_modules/semver/internal/lrucache.js"(exports, module2) {
    "use strict";
    var LRUCache = class {
      constructor() {
        this.max = 1e3;
        this.map = /* @__PURE__ */ new Map();
      }
      get(key2) {
        const value = this.map.get(key2);
        if (value === void 0) {
          return void 0;
        } else {
          this.map.delete(key2);
          this.map.set(key2, value);
          return value;
        }
      }
      delete(key2) {
        return this.map.delete(key2);
      }
      set(key2, value) {
        const deleted = this.delete(key2);
        if (!deleted && value !== void 0) {
          if (this.map.size >= this.max) {
            const firstKey = this.map.keys().next().value;
            this.delete(firstKey);
          }
          this.map.set(key2, value);
        }
        return this;
      }
    };
    module2.exports = LRUCache;
  }
});

// node_modules/semver/functions/eq.js
var require_eq = __commonJS({
  "node_modules/semver/functions/eq.js"(exports, module2) {
    "use strict";
    var compare7 = require_compare();
    var eq2 = (a, b, loose) => compare7(a, b, loose) === 0;
    module2.exports = eq2;
  }
});

// node_modules/semver/functions/neq.js
var require_neq = __commonJS({
  "node_modules/semver/functions/neq.js"(exports, module2) {
    "use strict";
    var compare7 = require_compare();
    var neq = (a, b, loose) => compare7(a, b, loose) !== 0;
    module2.exports = neq;
  }
});

// node_modules/semver/functions/gt.js
var require_gt = __commonJS({
  "node_modules/semver/functions/gt.js"(exports, module2) {
    "use strict";
    var compare7 = require_compare();
    var gt2 = (a, b, loose) => compare7(a, b, loose) > 0;
    module2.exports = gt2;
  }
});

// node_modules/semver/functions/gte.js
var require_gte = __commonJS({
  "node_modules/semver/functions/gte.js"(exports, module2) {
    "use strict";
    var compare7 = require_compare();
    var gte = (a, b, loose) => compare7(a, b, loose) >= 0;
    module2.exports = gte;
  }
});

// node_modules/semver/functions/lt.js
var require_lt = __commonJS({
  "node_modules/semver/functions/lt.js"(exports, module2) {
    "use strict";
    var compare7 = require_compare();
    var lt2 = (a, b, loose) => compare7(a, b, loose) < 0;
    module2.exports = lt2;
  }
});

// node_modules/semver/functions/lte.js
var require_lte = __commonJS({
  "node_modules/semver/functions/lte.js"(exports, module2) {
    "use strict";
    var compare7 = require_compare();
    var lte = (a, b, loose) => compare7(a, b, loose) <= 0;
    module2.exports = lte;
  }
});

// node_modules/semver/functions/cmp.js
var require_cmp = __commonJS({
  "node_modules/semver/functions/cmp.js"(exports, module2) {
    "use strict";
    var eq2 = require_eq();
    var neq = require_neq();
    var gt2 = require_gt();
    var gte = require_gte();
    var lt2 = require_lt();
    var lte = require_lte();
    var cmp = (a, op, b, loose) => {
      switch (op) {
        case "===":
          if (typeof a === "object") {
            a = a.version;
          }
          if (typeof b === "object") {
            b = b.version;
          }
          return a === b;
        case "!==":
          if (typeof a === "object") {
            a = a.version;
          }
          if (typeof b === "object") {
            b = b.version;
          }
          return a !== b;
        case "":
        case "=":
        case "==":
          return eq2(a, b, loose);
        case "!=":
          return neq(a, b, loose);
        case ">":
          return gt2(a, b, loose);
        case ">=":
          return gte(a, b, loose);
        case "<":
          return lt2(a, b, loose);
        case "<=":
          return lte(a, b, loose);
        default:
          throw new TypeError(`Invalid operator: ${op}`);
      }
    };
    module2.exports = cmp;
  }
});

// node_modules/semver/classes/comparator.js
var require_comparator = __commonJS({
  "node_modules/semver/classes/comparator.js"(exports, module2) {
    "use strict";
    var ANY = /* @__PURE__ */ Symbol("SemVer ANY");
    var Comparator = class _Comparator {
      static get ANY() {
        return ANY;
      }
      constructor(comp, options3) {
        options3 = parseOptions(options3);
        if (comp instanceof _Comparator) {
          if (comp.loose === !!options3.loose) {
            return comp;
          } else {
            comp = comp.value;
          }
        }
        comp = comp.trim().split(/\s+/).join(" ");
        debug2("comparator", comp, options3);
        this.options = options3;
        this.loose = !!options3.loose;
        this.parse(comp);
        if (this.semver === ANY) {
          this.value = "";
        } else {
          this.value = this.operator + this.semver.version;
        }
        debug2("comp", this);
      }
      parse(comp) {
        const r = this.options.loose ? re[t.COMPARATORLOOSE] : re[t.COMPARATOR];
        const m = comp.match(r);
        if (!m) {
          throw new TypeError(`Invalid comparator: ${comp}`);
        }
        this.operator = m[1] !== void 0 ? m[1] : "";
        if (this.operator === "=") {
          this.operator = "";
        }
        if (!m[2]) {
          this.semver = ANY;
        } else {
          this.semver = new SemVer(m[2], this.options.loose);
        }
      }
      toString() {
        return this.value;
      }
      test(version4) {
        debug2("Comparator.test", version4, this.options.loose);
        if (this.semver === ANY || version4 === ANY) {
          return true;
        }
        if (typeof version4 === "string") {
          try {
            version4 = new SemVer(version4, this.options);
          } catch (er) {
            return false;
          }
        }
        return cmp(version4, this.operator, this.semver, this.options);
      }
      intersects(comp, options3) {
        if (!(comp instanceof _Comparator)) {
          throw new TypeError("a Comparator is required");
        }
        if (this.operator === "") {
          if (this.value === "") {
            return true;
          }
          return new Range(comp.value, options3).test(this.value);
        } else if (comp.operator === "") {
          if (comp.value === "") {
            return true;
          }
          return new Range(this.value, options3).test(comp.semver);
        }
        options3 = parseOptions(options3);
        if (options3.includePrerelease && (this.value === "<0.0.0-0" || comp.value === "<0.0.0-0")) {
          return false;
        }
        if (!options3.includePrerelease && (this.value.startsWith("<0.0.0") || comp.value.startsWith("<0.0.0"))) {
          return false;
        }
        if (this.operator.startsWith(">") && comp.operator.startsWith(">")) {
          return true;
        }
        if (this.operator.startsWith("<") && comp.operator.startsWith("<")) {
          return true;
        }
        if (this.semver.version === comp.semver.version && this.operator.includes("=") && comp.operator.includes("=")) {
          return true;
        }
        if (cmp(this.semver, "<", comp.semver, options3) && this.operator.startsWith(">") && comp.operator.startsWith("<")) {
          return true;
        }
        if (cmp(this.semver, ">", comp.semver, options3) && this.operator.startsWith("<") && comp.operator.startsWith(">")) {
          return true;
        }
        return false;
      }
    };
    module2.exports = Comparator;
    var parseOptions = require_parse_options();
    var { safeRe: re, t } = require_re();
    var cmp = require_cmp();
    var debug2 = require_debug();
    var SemVer = require_semver();
    var Range = require_range();
  }
});

// node_modules/semver/internal/trim-comparator-whitespace.js
var require_trim_comparator_whitespace = __commonJS({
  "node_modules/semver/internal/trim-comparator-whitespace.js"(exports, module2) {
    "use strict";
    var {
      MAX_LENGTH: MAX_LENGTH3,
      MAX_SAFE_BUILD_LENGTH,
      WHITESPACE_CHARACTERS
    } = require_constants2();
    var whitespace = new Uint8Array(65536);
    for (const char of WHITESPACE_CHARACTERS) {
      whitespace[char.charCodeAt(0)] = 1;
    }
    var isWhitespace = (char) => char !== void 0 && whitespace[char.charCodeAt(0)] === 1;
    var isVersionPrefix = (char) => char === "v" || char === "=" || isWhitespace(char);
    var isDigit2 = (char) => char !== void 0 && char >= "0" && char <= "9";
    var isLetter = (char) => char !== void 0 && (char >= "a" && char <= "z" || char >= "A" && char <= "Z");
    var isIdentifierCharacter = (char) => isDigit2(char) || isLetter(char) || char === "-";
    var isVersionStart = (char) => isDigit2(char) || char === "x" || char === "X" || char === "*";
    var findDigitsEndIndex = (range, start2, limit2, digitRuns) => {
      if (!isDigit2(range[start2])) {
        return start2;
      }
      if (start2 >= digitRuns.start && start2 < digitRuns.end) {
        return Math.min(start2 + limit2, digitRuns.end);
      }
      if (start2 >= digitRuns.previousStart && start2 < digitRuns.previousEnd) {
        return Math.min(start2 + limit2, digitRuns.previousEnd);
      }
      let end = start2 + 1;
      while (isDigit2(range[end])) {
        end++;
      }
      digitRuns.previousStart = digitRuns.start;
      digitRuns.previousEnd = digitRuns.end;
      digitRuns.start = start2;
      digitRuns.end = end;
      return Math.min(start2 + limit2, end);
    };
    var findVersionNumberEndIndex = (range, start2, loose, digitRuns) => {
      if (!loose && range[start2] === "0") {
        return start2 + 1;
      }
      return findDigitsEndIndex(range, start2, loose ? MAX_LENGTH3 : MAX_LENGTH3 + 1, digitRuns);
    };
    var findPrereleaseIdentifierEndIndex = (range, start2, loose, digitRuns) => {
      const digitsEnd = findDigitsEndIndex(range, start2, MAX_LENGTH3, digitRuns);
      if (isLetter(range[digitsEnd]) || range[digitsEnd] === "-") {
        let end = digitsEnd + 1;
        const limit2 = end + MAX_SAFE_BUILD_LENGTH;
        while (end < limit2 && isIdentifierCharacter(range[end])) {
          end++;
        }
        return end;
      }
      return findVersionNumberEndIndex(range, start2, loose, digitRuns);
    };
    var findPrereleaseEndIndex = (range, start2, loose, digitRuns) => {
      const hyphen = range[start2] === "-";
      if (!loose && !hyphen) {
        return start2;
      }
      const identifierStart = start2 + (hyphen ? 1 : 0);
      let end = findPrereleaseIdentifierEndIndex(range, identifierStart, loose, digitRuns);
      if (end === identifierStart) {
        if (!loose || !hyphen) {
          return start2;
        }
        end = findPrereleaseIdentifierEndIndex(range, start2, loose, digitRuns);
      }
      while (range[end] === ".") {
        const next = findPrereleaseIdentifierEndIndex(range, end + 1, loose, digitRuns);
        if (next === end + 1) {
          break;
        }
        end = next;
      }
      return end;
    };
    var findBuildIdentifierEndIndex = (range, start2) => {
      let end = start2;
      while (end - start2 < MAX_SAFE_BUILD_LENGTH && isIdentifierCharacter(range[end])) {
        end++;
      }
      return end;
    };
    var findBuildEndIndex = (range, start2) => {
      if (range[start2] !== "+") {
        return start2;
      }
      let end = findBuildIdentifierEndIndex(range, start2 + 1);
      if (end === start2 + 1) {
        return start2;
      }
      while (range[end] === ".") {
        const next = findBuildIdentifierEndIndex(range, end + 1);
        if (next === end + 1) {
          break;
        }
        end = next;
      }
      return end;
    };
    var findLooseFullVersionEndIndex = (range, start2, digitRuns) => {
      let end = start2;
      for (let component = 0; component < 3; component++) {
        const next = findVersionNumberEndIndex(range, end, true, digitRuns);
        if (next === end) {
          return start2;
        }
        end = next;
        if (component < 2) {
          if (range[end] !== ".") {
            return start2;
          }
          end++;
        }
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end, true, digitRuns);
      return findBuildEndIndex(range, prereleaseEnd);
    };
    var findPartialVersionComponentEndIndex = (range, start2, digitRuns) => {
      if (isDigit2(range[start2])) {
        return findVersionNumberEndIndex(range, start2, false, digitRuns);
      }
      return isVersionStart(range[start2]) ? start2 + 1 : start2;
    };
    var findPartialVersionEndIndex = (range, start2, digitRuns) => {
      let end = findPartialVersionComponentEndIndex(range, start2, digitRuns);
      for (let component = 0; component < 2; component++) {
        if (range[end] !== ".") {
          return end;
        }
        const next = findPartialVersionComponentEndIndex(range, end + 1, digitRuns);
        if (next === end + 1) {
          return end;
        }
        end = next;
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end, false, digitRuns);
      return findBuildEndIndex(range, prereleaseEnd);
    };
    var findVersionEndIndex = (range, start2, digitRuns) => {
      const fullVersionEnd = findLooseFullVersionEndIndex(range, start2, digitRuns);
      return fullVersionEnd !== start2 ? fullVersionEnd : findPartialVersionEndIndex(range, start2, digitRuns);
    };
    var findRemovableWhitespaceIndex = (range, matchStart) => {
      let position2 = matchStart;
      if (isWhitespace(range[position2])) {
        position2++;
      }
      if (range[position2] === "<" || range[position2] === ">") {
        position2++;
      }
      if (range[position2] === "=") {
        position2++;
      }
      return isWhitespace(range[position2]) ? position2 : -1;
    };
    var trimComparatorWhitespace = (range) => {
      let result2 = "";
      let copyFrom = 0;
      let cursor = 0;
      const digitRuns = { start: -1, end: -1, previousStart: -1, previousEnd: -1 };
      while (cursor < range.length) {
        const matchStart = cursor;
        if (range[cursor] === "<" || range[cursor] === ">") {
          cursor++;
        } else if (!isVersionPrefix(range[cursor]) && !isVersionStart(range[cursor])) {
          cursor++;
          continue;
        }
        while (cursor < range.length && isVersionPrefix(range[cursor])) {
          cursor++;
        }
        if (!isVersionStart(range[cursor])) {
          continue;
        }
        const whitespacePosition = findRemovableWhitespaceIndex(range, matchStart);
        if (whitespacePosition !== -1) {
          result2 += range.slice(copyFrom, whitespacePosition);
          copyFrom = whitespacePosition + 1;
        }
        cursor = findVersionEndIndex(range, cursor, digitRuns);
      }
      return result2 + range.slice(copyFrom);
    };
    module2.exports = trimComparatorWhitespace;
  }
});

// node_modules/semver/classes/range.js
var require_range = __commonJS({
  "node_modules/semver/classes/range.js"(exports, module2) {
    "use strict";
    var SPACE_CHARACTERS = /\s+/g;
    var Range = class _Range {
      constructor(range, options3) {
        options3 = parseOptions(options3);
        if (range instanceof _Range) {
          if (range.loose === !!options3.loose && range.includePrerelease === !!options3.includePrerelease) {
            return range;
          } else {
            return new _Range(range.raw, options3);
          }
        }
        if (range instanceof Comparator) {
          this.raw = range.value;
          this.set = [[range]];
          this.formatted = void 0;
          return this;
        }
        this.options = options3;
        this.loose = !!options3.loose;
        this.includePrerelease = !!options3.includePrerelease;
        this.raw = range.trim().replace(SPACE_CHARACTERS, " ");
        this.set = this.raw.split("||").map((r) => this.parseRange(r.trim())).filter((c) => c.length);
        if (!this.set.length) {
          throw new TypeError(`Invalid SemVer Range: ${this.raw}`);
        }
        if (this.set.length > 1) {
          const first3 = this.set[0];
          this.set = this.set.filter((c) => !isNullSet(c[0]));
          if (this.set.length === 0) {
            this.set = [first3];
          } else if (this.set.length > 1) {
            for (const c of this.set) {
              if (c.length === 1 && isAny(c[0])) {
                this.set = [c];
                break;
              }
            }
          }
        }
        this.formatted = void 0;
      }
      get range() {
        if (this.formatted === void 0) {
          this.formatted = "";
          for (let i2 = 0; i2 < this.set.length; i2++) {
            if (i2 > 0) {
              this.formatted += "||";
            }
            const comps = this.set[i2];
            for (let k = 0; k < comps.length; k++) {
              if (k > 0) {
                this.formatted += " ";
              }
              this.formatted += comps[k].toString().trim();
            }
          }
        }
        return this.formatted;
      }
      format() {
        return this.range;
      }
      toString() {
        return this.range;
      }
      parseRange(range) {
        range = range.replace(BUILDSTRIPRE, "");
        const memoOpts = (this.options.includePrerelease && FLAG_INCLUDE_PRERELEASE) | (this.options.loose && FLAG_LOOSE);
        const memoKey = memoOpts + ":" + range;
        const cached = cache.get(memoKey);
        if (cached) {
          return cached;
        }
        const loose = this.options.loose;
        const hr = loose ? re[t.HYPHENRANGELOOSE] : re[t.HYPHENRANGE];
        range = range.replace(hr, hyphenReplace(this.options.includePrerelease));
        debug2("hyphen replace", range);
        range = trimComparatorWhitespace(range);
        debug2("comparator trim", range);
        range = range.replace(re[t.TILDETRIM], tildeTrimReplace);
        debug2("tilde trim", range);
        range = range.replace(re[t.CARETTRIM], caretTrimReplace);
        debug2("caret trim", range);
        let rangeList = range.split(" ").map((comp) => parseComparator(comp, this.options)).join(" ").split(/\s+/).map((comp) => replaceGTE0(comp, this.options));
        if (loose) {
          rangeList = rangeList.filter((comp) => {
            debug2("loose invalid filter", comp, this.options);
            return !!comp.match(re[t.COMPARATORLOOSE]);
          });
        }
        debug2("range list", rangeList);
        const rangeMap = /* @__PURE__ */ new Map();
        const comparators = rangeList.map((comp) => new Comparator(comp, this.options));
        for (const comp of comparators) {
          if (isNullSet(comp)) {
            return [comp];
          }
          rangeMap.set(comp.value, comp);
        }
        if (rangeMap.size > 1 && rangeMap.has("")) {
          rangeMap.delete("");
        }
        const result2 = [...rangeMap.values()];
        cache.set(memoKey, result2);
        return result2;
      }
      intersects(range, options3) {
        if (!(range instanceof _Range)) {
          throw new TypeError("a Range is required");
        }
        return this.set.some((thisComparators) => {
          return isSatisfiable(thisComparators, options3) && range.set.some((rangeComparators) => {
            return isSatisfiable(rangeComparators, options3) && thisComparators.every((thisComparator) => {
              return rangeComparators.every((rangeComparator) => {
                return thisComparator.intersects(rangeComparator, options3);
              });
            });
          });
        });
      }
      // if ANY of the sets match ALL of its comparators, then pass
      test(version4) {
        if (!version4) {
          return false;
        }
        if (typeof version4 === "string") {
          try {
            version4 = new SemVer(version4, this.options);
          } catch (er) {
            return false;
          }
        }
        for (let i2 = 0; i2 < this.set.length; i2++) {
          if (testSet(this.set[i2], version4, this.options)) {
            return true;
          }
        }
        return false;
      }
    };
    module2.exports = Range;
    var LRU = require_lrucache();
    var cache = new LRU();
    var parseOptions = require_parse_options();
    var Comparator = require_comparator();
    var debug2 = require_debug();
    var SemVer = require_semver();
    var trimComparatorWhitespace = require_trim_comparator_whitespace();
    var {
      safeRe: re,
      src,
      t,
      tildeTrimReplace,
      caretTrimReplace
    } = require_re();
    var { FLAG_INCLUDE_PRERELEASE, FLAG_LOOSE } = require_constants2();
    var BUILDSTRIPRE = new RegExp(src[t.BUILD], "g");
    var isNullSet = (c) => c.value === "<0.0.0-0";
    var isAny = (c) => c.value === "";
    var isSatisfiable = (comparators, options3) => {
      let result2 = true;
      const remainingComparators = comparators.slice();
      let testComparator = remainingComparators.pop();
      while (result2 && remainingComparators.length) {
        result2 = remainingComparators.every((otherComparator) => {
          return testComparator.intersects(otherComparator, options3);
        });
        testComparator = remainingComparators.pop();
      }
      return result2;
    };
    var parseComparator = (comp, options3) => {
      comp = comp.replace(re[t.BUILD], "");
      debug2("comp", comp, options3);
      comp = replaceCarets(comp, options3);
      debug2("caret", comp);
      comp = replaceTildes(comp, options3);
      debug2("tildes", comp);
      comp = replaceXRanges(comp, options3);
      debug2("xrange", comp);
      comp = replaceStars(comp, options3);
      debug2("stars", comp);
      return comp;
    };
    var isX = (id2) => !id2 || id2.toLowerCase() === "x" || id2 === "*";
    var invalidXRangeOrder = (M, m, p) => isX(M) && !isX(m) || isX(m) && p && !isX(p);
    var replaceTildes = (comp, options3) => {
      return comp.trim().split(/\s+/).map((c) => replaceTilde(c, options3)).join(" ");
    };
    var replaceTilde = (comp, options3) => {
      const r = options3.loose ? re[t.TILDELOOSE] : re[t.TILDE];
      const z = options3.includePrerelease ? "-0" : "";
      return comp.replace(r, (_, M, m, p, pr) => {
        debug2("tilde", comp, _, M, m, p, pr);
        let ret;
        if (isX(M)) {
          ret = "";
        } else if (isX(m)) {
          ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`;
        } else if (isX(p)) {
          ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`;
        } else if (pr) {
          debug2("replaceTilde pr", pr);
          ret = `>=${M}.${m}.${p}-${pr} <${M}.${+m + 1}.0-0`;
        } else {
          ret = `>=${M}.${m}.${p} <${M}.${+m + 1}.0-0`;
        }
        debug2("tilde return", ret);
        return ret;
      });
    };
    var replaceCarets = (comp, options3) => {
      return comp.trim().split(/\s+/).map((c) => replaceCaret(c, options3)).join(" ");
    };
    var replaceCaret = (comp, options3) => {
      debug2("caret", comp, options3);
      const r = options3.loose ? re[t.CARETLOOSE] : re[t.CARET];
      const z = options3.includePrerelease ? "-0" : "";
      return comp.replace(r, (_, M, m, p, pr) => {
        debug2("caret", comp, _, M, m, p, pr);
        let ret;
        if (isX(M)) {
          ret = "";
        } else if (isX(m)) {
          ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`;
        } else if (isX(p)) {
          if (M === "0") {
            ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`;
          } else {
            ret = `>=${M}.${m}.0${z} <${+M + 1}.0.0-0`;
          }
        } else if (pr) {
          debug2("replaceCaret pr", pr);
          if (M === "0") {
            if (m === "0") {
              ret = `>=${M}.${m}.${p}-${pr} <${M}.${m}.${+p + 1}-0`;
            } else {
              ret = `>=${M}.${m}.${p}-${pr} <${M}.${+m + 1}.0-0`;
            }
          } else {
            ret = `>=${M}.${m}.${p}-${pr} <${+M + 1}.0.0-0`;
          }
        } else {
          debug2("no pr");
          if (M === "0") {
            if (m === "0") {
              ret = `>=${M}.${m}.${p} <${M}.${m}.${+p + 1}-0`;
            } else {
              ret = `>=${M}.${m}.${p} <${M}.${+m + 1}.0-0`;
            }
          } else {
            ret = `>=${M}.${m}.${p} <${+M + 1}.0.0-0`;
          }
        }
        debug2("caret return", ret);
        return ret;
      });
    };
    var replaceXRanges = (comp, options3) => {
      debug2("replaceXRanges", comp, options3);
      return comp.split(/\s+/).map((c) => replaceXRange(c, options3)).join(" ");
    };
    var replaceXRange = (comp, options3) => {
      comp = comp.trim();
      const r = options3.loose ? re[t.XRANGELOOSE] : re[t.XRANGE];
      return comp.replace(r, (ret, gtlt, M, m, p, pr) => {
        debug2("xRange", comp, ret, gtlt, M, m, p, pr);
        if (invalidXRangeOrder(M, m, p)) {
          return comp;
        }
        const xM = isX(M);
        const xm = xM || isX(m);
        const xp = xm || isX(p);
        const anyX = xp;
        if (gtlt === "=" && anyX) {
          gtlt = "";
        }
        pr = options3.includePrerelease ? "-0" : "";
        if (xM) {
          if (gtlt === ">" || gtlt === "<") {
            ret = "<0.0.0-0";
          } else {
            ret = "*";
          }
        } else if (gtlt && anyX) {
          if (xm) {
            m = 0;
          }
          p = 0;
          if (gtlt === ">") {
            gtlt = ">=";
            if (xm) {
              M = +M + 1;
              m = 0;
              p = 0;
            } else {
              m = +m + 1;
              p = 0;
            }
          } else if (gtlt === "<=") {
            gtlt = "<";
            if (xm) {
              M = +M + 1;
            } else {
              m = +m + 1;
            }
          }
          if (gtlt === "<") {
            pr = "-0";
          }
          ret = `${gtlt + M}.${m}.${p}${pr}`;
        } else if (xm) {
          ret = `>=${M}.0.0${pr} <${+M + 1}.0.0-0`;
        } else if (xp) {
          ret = `>=${M}.${m}.0${pr} <${M}.${+m + 1}.0-0`;
        }
        debug2("xRange return", ret);
        return ret;
      });
    };
    var replaceStars = (comp, options3) => {
      debug2("replaceStars", comp, options3);
      return comp.trim().replace(re[t.STAR], "");
    };
    var replaceGTE0 = (comp, options3) => {
      debug2("replaceGTE0", comp, options3);
      return comp.trim().replace(re[options3.includePrerelease ? t.GTE0PRE : t.GTE0], "");
    };
    var hyphenReplace = (incPr) => ($0, from, fM, fm, fp, fpr, fb, to, tM, tm, tp, tpr) => {
      if (isX(fM)) {
        from = "";
      } else if (isX(fm)) {
        from = `>=${fM}.0.0${incPr ? "-0" : ""}`;
      } else if (isX(fp)) {
        from = `>=${fM}.${fm}.0${incPr ? "-0" : ""}`;
      } else if (fpr) {
        from = `>=${from}`;
      } else {
        from = `>=${from}${incPr ? "-0" : ""}`;
      }
      if (isX(tM)) {
        to = "";
      } else if (isX(tm)) {
        to = `<${+tM + 1}.0.0-0`;
      } else if (isX(tp)) {
        to = `<${tM}.${+tm + 1}.0-0`;
      } else if (tpr) {
        to = `<=${tM}.${tm}.${tp}-${tpr}`;
      } else if (incPr) {
        to = `<${tM}.${tm}.${+tp + 1}-0`;
      } else {
        to = `<=${to}`;
      }
      return `${from} ${to}`.trim();
    };
    var testSet = (set, version4, options3) => {
      for (let i2 = 0; i2 < set.length; i2++) {
        if (!set[i2].test(version4)) {
          return false;
        }
      }
      if (version4.prerelease.length && !options3.includePrerelease) {
        for (let i2 = 0; i2 < set.length; i2++) {
          debug2(set[i2].semver);
          if (set[i2].semver === Comparator.ANY) {
            continue;
          }
          if (set[i2].semver.prerelease.length > 0) {
            const allowed = set[i2].semver;
            if (allowed.major === version4.major && allowed.minor === version4.minor && allowed.patch === version4.patch) {
              return true;
            }
          }
        }
        return false;
      }
      return true;
    };
  }
});

// node_modules/semver/functions/satisfies.js
var require_satisfies = __commonJS({
  "node_modules/semver/functions/satisfies.js"(exports, module2) {
    "use strict";
    var Range = require_range();
    var satisfies3 = (version4, range, options3) => {
      try {
        range = new Range(range, options3);
      } catch (er) {
        return false;
      }
      return range.test(version4);
    };
    module2.exports = satisfies3;
  }
});

// node_modules/semver/functions/valid.js
var require_valid = __commonJS({
  "node_modules/semver/functions/valid.js"(exports, module2) {
    "use strict";
    var parse6 = require_parse();
    var valid3 = (version4, options3) => {
      const v = parse6(version4, options3);
      return v ? v.version : null;
    };
    module2.exports = valid3;
  }
});

// node_modules/yocto-queue/index.js
var Node, Queue;
var init_yocto_queue = __esm({
  "node_modules/yocto-queue/index.js"() {
    Node = class {
      value;
      next;
      constructor(value) {
        this.value = value;
      }
    };
    Queue = class {
      #head;
      #tail;
      #size;
      constructor() {
        this.clear();
      }
      enqueue(value) {
        const node = new Node(value);
        if (this.#head) {
          this.#tail.next = node;
          this.#tail = node;
        } else {
          this.#head = node;
          this.#tail = node;
        }
        this.#size++;
      }
      dequeue() {
        const current2 = this.#head;
        if (!current2) {
          return;
        }
        this.#head = this.#head.next;
        this.#size--;
        if (!this.#head) {
          this.#tail = void 0;
        }
        return current2.value;
      }
      peek() {
        if (!this.#head) {
          return;
        }
        return this.#head.value;
      }
      clear() {
        this.#head = void 0;
        this.#tail = void 0;
        this.#size = 0;
      }
      get size() {
        return this.#size;
      }
      *[Symbol.iterator]() {
        let current2 = this.#head;
        while (current2) {
          yield current2.value;
          current2 = current2.next;
        }
      }
      *drain() {
        while (this.#head) {
          yield this.dequeue();
        }
      }
    };
  }
});

// node_modules/p-limit/index.js
function pLimit(concurrency) {
  let rejectOnClear = false;
  if (typeof concurrency === "object") {
    ({ concurrency, rejectOnClear = false } = concurrency);
  }
  validateConcurrency(concurrency);
  if (typeof rejectOnClear !== "boolean") {
    throw new TypeError("Expected `rejectOnClear` to be a boolean");
  }
  const queue = new Queue();
  let activeCount = 0;
  const resumeNext = () => {
    if (activeCount < concurrency && queue.size > 0) {
      activeCount++;
      queue.dequeue().run();
    }
  };
  const next = () => {
    activeCount--;
    resumeNext();
  };
  const run = async (function_, resolve2, arguments_) => {
    const result2 = (async () => function_(...arguments_))();
    resolve2(result2);
    try {
      await result2;
    } catch {
    }
    next();
  };
  const enqueue = (function_, resolve2, reject, arguments_) => {
    const queueItem = { reject };
    new Promise((internalResolve) => {
      queueItem.run = internalResolve;
      queue.enqueue(queueItem);
    }).then(run.bind(void 0, function_, resolve2, arguments_));
    if (activeCount < concurrency) {
      resumeNext();
    }
  };
  const generator = (function_, ...arguments_) => new Promise((resolve2, reject) => {
    enqueue(function_, resolve2, reject, arguments_);
  });
  Object.defineProperties(generator, {
    activeCount: {
      get: () => activeCount
    },
    pendingCount: {
      get: () => queue.size
    },
    clearQueue: {
      value() {
        if (!rejectOnClear) {
          queue.clear();
          return;
        }
        const abortError = AbortSignal.abort().reason;
        while (queue.size > 0) {
          queue.dequeue().reject(abortError);
        }
      }
    },
    concurrency: {
      get: () => concurrency,
      set(newConcurrency) {
        validateConcurrency(newConcurrency);
        concurrency = newConcurrency;
        queueMicrotask(() => {
          while (activeCount < concurrency && queue.size > 0) {
            resumeNext();
          }
        });
      }
    },
    map: {
      async value(iterable, function_) {
        const promises3 = [];
        try {
          Array.from(iterable, (value, index) => {
            const promise = generator(function_, value, index);
            promises3.push(promise);
            return promise;
          });
        } catch (error2) {
          for (const promise of promises3) {
            promise.catch(() => {
            });
          }
          throw error2;
        }
        return Promise.all(promises3);
      }
    }
  });
  return generator;
}
function validateConcurrency(concurrency) {
  if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
    throw new TypeError("Expected `concurrency` to be a number from 1 and up");
  }
}
var init_p_limit = __esm({
  "node_modules/p-limit/index.js"() {
    init_yocto_queue();
  }
});

// src/system/read-bytes.ts
import { constants as constants4 } from "node:fs";
import { open as open3 } from "node:fs/promises";
async function readBytes(file, most3, links = "follow") {
  try {
    var _stack = [];
    try {
      const handle = __using(_stack, await open3(file, flags | (links === "refuse" ? constants4.O_NOFOLLOW : 0)), true);
      const found2 = await handle.stat();
      if (!found2.isFile())
        throw new UserError("file-unreadable", `${file} is not a file. Name a file, or put one there.`);
      if (found2.size > most3) throw tooLarge2(file, found2.size, most3);
      const chunks = [];
      for (let size2 = 0; ; ) {
        const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(Math.min(most3 + 1, 1 << 20)) });
        if (bytesRead === 0) return Buffer.concat(chunks);
        size2 += bytesRead;
        if (size2 > most3) throw tooLarge2(file, size2, most3);
        chunks.push(buffer.subarray(0, bytesRead));
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  } catch (error2) {
    if (error2 instanceof UserError) throw error2;
    const code4 = error2.code ?? String(error2);
    if (code4 === "ENOENT" || code4 === "ENOTDIR") return void 0;
    if (code4 === "EMFILE" || code4 === "ENFILE") throw error2;
    throw new UserError("file-unreadable", `${file} cannot be read (${code4}). Name a file that can.`, {
      cause: error2
    });
  }
}
var flags, tooLarge2, megabytes;
var init_read_bytes = __esm({
  "src/system/read-bytes.ts"() {
    "use strict";
    init_errors();
    flags = constants4.O_RDONLY | constants4.O_NONBLOCK | constants4.O_NOCTTY;
    tooLarge2 = (file, size2, most3) => new UserError(
      "file-too-large",
      `${file} has ${megabytes(size2)}; files of more than ${megabytes(most3)} are not read here. Look at what is in it.`
    );
    megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  }
});

// src/build-lock/requirement.ts
function referenceOf(requirement2) {
  if (plain3.test(requirement2)) return void 0;
  const reference = direct.exec(requirement2)?.[1] ?? requirement2;
  if (/\$\{/.test(reference)) return requirement2;
  return reference.replace(/^git\+/i, "");
}
function indexAddresses(settings3) {
  const indexes = asList(settings3.index).map((item2) => item2?.url);
  const others = ["index-url", "extra-index-url", "find-links"].flatMap((key2) => asList(settings3[key2]));
  return [...indexes, ...others].map((address4) => withoutVariables(String(address4)));
}
var plain3, direct, requirementText, requirementsOf, withoutVariables, asList;
var init_requirement = __esm({
  "src/build-lock/requirement.ts"() {
    "use strict";
    plain3 = /^\s*[a-z0-9]([a-z0-9._-]*[a-z0-9])?\s*(\[[\w\s.,-]*\])?\s*\(?[\s\w.,<>=!~*+-]*\)?\s*(;[^\n\r]*)?$/i;
    direct = /^\s*[a-z0-9][a-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@\s*(.*?)\s*(?:\s;.*)?$/is;
    requirementText = (item2) => String(typeof item2 === "object" && item2 !== null && "requirement" in item2 ? item2.requirement : item2);
    requirementsOf = (list6) => asList(list6).map(requirementText);
    withoutVariables = (address4) => /\$\{/.test(address4) ? `\${…} in ${address4}` : address4;
    asList = (value) => value === void 0 ? [] : Array.isArray(value) ? value : [value];
  }
});

// src/build-lock/resolve.ts
import { mkdtemp as mkdtemp3, rm as rm8, writeFile as writeFile6 } from "node:fs/promises";
import path19 from "node:path";
async function resolveRequires(resolution, targets, scratch2, run, checkHost) {
  if (resolution.requires.length === 0) return targets.map(() => []);
  if (checkHost) await checkAddresses(resolution, checkHost);
  const dir = await mkdtemp3(path19.join(scratch2, "requires-"));
  try {
    await lockRequires(resolution, targets, dir, run);
    const locked = await loadProject(dir, readText);
    const project = {
      ...locked,
      settings: { ...resolution.project.settings, noBuild: { kind: "none" } }
    };
    const planned2 = targets.map(
      (target3) => planProject(project, target3, everything).filter((artifact) => artifact.name !== name)
    );
    for (const { url, filename } of planned2.flat())
      if (url !== void 0) await checkHost?.(url, filename ?? `A build requirement of ${resolution.label}`);
    return planned2;
  } finally {
    await rm8(dir, { recursive: true, force: true });
  }
}
async function lockRequires(resolution, targets, dir, run) {
  const settings3 = path19.join(dir, "uv.toml");
  await writeFile6(settings3, uvToml(resolution.settings));
  const alone = ["--config-file", settings3];
  const attempt = async (constraints) => {
    await writeFile6(path19.join(dir, "pyproject.toml"), pyproject(resolution, targets, constraints));
    return run("uv", ["lock", "--quiet", "--no-progress", "--no-build", ...alone, "--directory", dir]);
  };
  let result2 = await attempt(resolution.constraints);
  if (result2.code !== 0 && resolution.constraints.length > 0) result2 = await attempt([]);
  if (result2.code === 0) return;
  throw new UserError(
    "build-requirements",
    `uv can't resolve the build requirements of ${resolution.label} (${resolution.requires.join(", ")}): ${oneLine(result2.stderr)}. Pin what is missing with build-constraint-dependencies or extra-build-dependencies in [tool.uv].`,
    { log: result2.stderr }
  );
}
async function checkAddresses(resolution, checkHost) {
  const { requires, constraints, settings: settings3, label: label3 } = resolution;
  const requirements3 = [...requires, ...constraints, ...requirementsOf(settings3[buildConstraints])];
  const references = requirements3.flatMap((text3) => referenceOf(text3) ?? []);
  for (const address4 of [...references, ...indexAddresses(settings3)])
    await checkHost(address4, `A build requirement of ${label3}`);
}
function pyproject(resolution, targets, constraints) {
  const { settings: settings3, requires } = resolution;
  const [major2, minor2] = (targets[0]?.python ?? "3.14.0").split(".");
  const own2 = requirementsOf(settings3[buildConstraints]);
  return stringify2({
    project: { name, version: "0", "requires-python": `==${major2}.${minor2}.*`, dependencies: [...requires] },
    tool: {
      uv: {
        package: false,
        "constraint-dependencies": [...constraints, ...own2]
      }
    }
  });
}
var everything, name, readText, oneLine, buildConstraints, inherited, uvToml;
var init_resolve = __esm({
  "src/build-lock/resolve.ts"() {
    "use strict";
    init_dist();
    init_errors();
    init_read_bytes();
    init_lock();
    init_plan2();
    init_requirement();
    everything = {
      packages: [],
      allPackages: false,
      extras: [],
      groups: [],
      defaultGroups: false
    };
    name = "uv-fod-build-environment";
    readText = (file) => readBytes(file, 32 << 20).then((bytes) => bytes?.toString());
    oneLine = (text3) => text3.replace(/\s+/g, " ").trim().slice(0, 600);
    buildConstraints = "build-constraint-dependencies";
    inherited = [
      "index",
      "index-url",
      "extra-index-url",
      "find-links",
      "index-strategy",
      "no-index",
      "exclude-newer",
      "exclude-newer-package",
      "prerelease"
    ];
    uvToml = (settings3) => stringify2(
      Object.fromEntries(inherited.filter((key2) => key2 in settings3).map((key2) => [key2, settings3[key2]]))
    );
  }
});

// src/build-lock/separate.ts
function separateWheels(artifacts) {
  const found2 = artifacts.flatMap((artifact) => {
    const { kind: kind2, filename = "", size: size2 = 0 } = artifact;
    const sri3 = sriOf(artifact);
    const isOne = kind2 === "wheel" && size2 >= least && filename.endsWith("-none-any.whl");
    return isOne && sri3 !== void 0 ? [[filename, sri3]] : [];
  });
  return Object.fromEntries(found2);
}
var least, sameSeparate;
var init_separate = __esm({
  "src/build-lock/separate.ts"() {
    "use strict";
    init_plan2();
    init_text();
    least = 2e6;
    sameSeparate = (locked, artifacts) => sameData(locked ?? {}, separateWheels(artifacts));
  }
});

// src/build-lock/compute.ts
async function computeBuildLock(renewal, reader) {
  const state = new Computation(renewal, reader);
  await state.addAll(renewal.systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt)));
  await state.confirm();
  return state.result();
}
function extraRequires(settings3, name5) {
  const table3 = settings3["extra-build-dependencies"];
  const own2 = typeof table3 === "object" && table3 !== null ? ownOf({ ...table3 }, name5) : void 0;
  return (Array.isArray(own2) ? own2 : []).flatMap((item2) => {
    const text3 = typeof item2 === "string" ? item2 : item2?.requirement;
    return typeof text3 === "string" ? [text3] : [];
  });
}
function wheelFile(wheel) {
  const hash2 = sriOf(wheel);
  if (wheel.url === void 0 || hash2 === void 0) {
    throw new UserError(
      "build-requirements",
      `The index has no address or no sha256 for the build requirement ${wheel.filename}; use an index that has both.`
    );
  }
  return { url: wheel.url, hash: hash2 };
}
var Computation;
var init_compute = __esm({
  "src/build-lock/compute.ts"() {
    "use strict";
    init_p_limit();
    init_errors();
    init_plan2();
    init_keep();
    init_resolve();
    init_separate();
    init_sources();
    init_text();
    Computation = class {
      builds = /* @__PURE__ */ new Map();
      wheels = /* @__PURE__ */ new Map();
      /** By system, then by build. */
      environments = /* @__PURE__ */ new Map();
      started = /* @__PURE__ */ new Set();
      /** Builds and wheels that uv resolved in this run. */
      fresh = { builds: /* @__PURE__ */ new Map(), wheels: /* @__PURE__ */ new Map() };
      limit = pLimit(4);
      renewal;
      reader;
      constructor(renewal, reader) {
        this.renewal = renewal;
        this.reader = reader;
        for (const { target: target3 } of renewal.systems) this.environments.set(target3.system, /* @__PURE__ */ new Map());
      }
      /** Adds builds and, recursively, the nested builds of their environments. */
      async addAll(artifacts) {
        const fresh = artifacts.filter((artifact) => {
          const key2 = buildKey(artifact);
          return !this.started.has(key2) && this.started.add(key2);
        });
        const found2 = await Promise.all(fresh.map((artifact) => this.limit(() => this.add(artifact))));
        const nested = found2.flat();
        if (nested.length > 0) await this.addAll(nested);
      }
      /** Verifies the files that uv resolved. */
      async confirm() {
        const { confirmation } = this.renewal;
        await Promise.all(pinnedFiles(this.fresh).map((file) => confirmation.isResolved(file)));
      }
      /** @returns the nested builds of its environment */
      async add(artifact) {
        const key2 = buildKey(artifact);
        const { settings: settings3 } = this.renewal;
        const described = await describeBuild(artifact, ownOf(this.renewal.base?.builds, key2), this.reader);
        const extra = extraRequires(settings3, described.name);
        const dynamic = this.dynamicOf(key2, described);
        const build5 = {
          ...described,
          ...extra.length === 0 ? {} : { extraRequires: extra },
          ...dynamic.length === 0 ? {} : { dynamicRequires: dynamic }
        };
        this.builds.set(key2, build5);
        if (!this.isOutput(artifact)) this.fresh.builds.set(key2, build5);
        if (await this.keep(key2, build5)) return [];
        const targets = this.renewal.systems.map(({ target: target3 }) => target3);
        const planned2 = await (this.renewal.resolve?.(key2, build5) ?? this.resolve(key2, build5, targets));
        for (const [index, artifacts] of planned2.entries()) this.setEnvironment(targets[index], key2, artifacts);
        return planned2.flat().filter(isBuilt);
      }
      resolve(key2, build5, targets) {
        const { project, settings: settings3 } = this.renewal;
        return resolveRequires(
          {
            requires: allRequires(build5),
            constraints: this.ownPins(build5.name),
            ...{ settings: settings3, project },
            label: key2
          },
          targets,
          this.reader.scratch,
          this.reader.run,
          this.reader.checkHost
        );
      }
      dynamicOf(key2, described) {
        const before = ownOf(this.renewal.base?.builds, key2);
        const isSame3 = before !== void 0 && sameData(before.requires, described.requires);
        return this.renewal.dynamic?.(key2, described) ?? (isSame3 ? before.dynamicRequires : void 0) ?? [];
      }
      isOutput(artifact) {
        const key2 = buildKey(artifact);
        return this.renewal.systems.some(({ artifacts }) => artifacts.some((own2) => buildKey(own2) === key2));
      }
      /** Keeps the base's environments if the rule and the indexes permit. */
      async keep(key2, build5) {
        const { base, confirmation } = this.renewal;
        const kept = keptOf(key2, build5, base, this.planned());
        if (!kept) return false;
        const may = await Promise.all(pinnedFiles(kept).map((file) => confirmation.mayStay(file)));
        if (may.includes(false)) return false;
        for (const [system2, environments] of kept.environments)
          for (const [at, environment2] of environments) this.environments.get(system2)?.set(at, environment2);
        for (const [file, wheel] of kept.wheels) this.wheels.set(file, wheel);
        for (const [nested, one] of kept.builds) {
          this.started.add(nested);
          this.builds.set(nested, one);
        }
        return true;
      }
      planned() {
        const { target: target3, systems: systems2 } = this.renewal;
        return {
          target: target3,
          systems: systems2.map(({ target: { system: system2 }, artifacts }) => ({ system: system2, artifacts }))
        };
      }
      setEnvironment(target3, key2, artifacts) {
        if (!target3) return;
        const wheels = artifacts.filter(({ kind: kind2 }) => kind2 === "wheel");
        for (const wheel of wheels) {
          this.wheels.set(wheel.filename ?? "", wheelFile(wheel));
          this.fresh.wheels.set(wheel.filename ?? "", wheelFile(wheel));
        }
        this.environments.get(target3.system)?.set(key2, {
          wheels: wheels.map(({ filename }) => filename ?? "").sort(),
          builds: artifacts.filter(isBuilt).map(buildKey).sort()
        });
      }
      /**
       * Pins the output's versions of what it builds: xmlsec is compiled against the lxml of the
       * output.
       */
      ownPins(except) {
        const pins2 = this.renewal.systems.flatMap(
          ({ artifacts }) => artifacts.filter((artifact) => artifact.kind === "sdist" && artifact.name !== except).map(({ name: name5, version: version4 }) => `${name5}==${version4}`)
        );
        return [...new Set(pins2)].sort();
      }
      result() {
        const { target: target3, systems: systems2 } = this.renewal;
        const perSystem = systems2.map(({ target: { system: system2 }, artifacts, plan, hash: hash2 }) => {
          const apart = separateWheels(artifacts);
          return [
            system2,
            {
              plan,
              hash: hash2,
              builds: artifacts.filter(isBuilt).map(buildKey).sort(),
              environments: Object.fromEntries(this.environments.get(system2) ?? []),
              ...Object.keys(apart).length === 0 ? {} : { apart }
            }
          ];
        });
        return {
          version: 1,
          target: target3,
          systems: Object.fromEntries(perSystem),
          builds: Object.fromEntries(this.builds),
          wheels: Object.fromEntries(this.wheels)
        };
      }
    };
  }
});

// src/build-lock/differences.ts
function differences(text3, written, right) {
  const entries2 = compared(written, right, "");
  const unexpected = entries2.length > 0 ? void 0 : unexpectedIn(text3, JSON.parse(text3));
  const found2 = unexpected === void 0 ? entries2 : [unexpected];
  const more2 = found2.length > SHOWN ? `; and ${found2.length - SHOWN} more` : "";
  return printable(found2.slice(0, SHOWN).join("; ") + more2);
}
function compared(left, right, at) {
  if (sameData(left, right)) return [];
  if (!isTable2(left) || !isTable2(right)) return [`${at} is ${shown(left)}, expected ${shown(right)}`];
  const keys = [.../* @__PURE__ */ new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return keys.flatMap((key2) => {
    const place3 = at === "" ? key2 : `${at}.${key2}`;
    if (!Object.hasOwn(right, key2)) return [`${place3} is unexpected`];
    if (!Object.hasOwn(left, key2)) return [`${place3} is missing, expected ${shown(right[key2])}`];
    return compared(left[key2], right[key2], place3);
  });
}
function shown(value) {
  const text3 = typeof value === "string" ? value : JSON.stringify(value);
  return text3.length > 200 ? `${text3.slice(0, 200)}…` : text3;
}
var SHOWN, isTable2;
var init_differences = __esm({
  "src/build-lock/differences.ts"() {
    "use strict";
    init_printable();
    init_text();
    SHOWN = 5;
    isTable2 = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  }
});

// src/build-lock/addresses.ts
function addressesIn({ builds, wheels }) {
  const sources = Object.entries(builds).flatMap(
    ([what, build5]) => "url" in build5 && build5.url !== void 0 ? [{ address: build5.url, what }] : []
  );
  return [...sources, ...Object.entries(wheels).map(([what, { url: address4 }]) => ({ address: address4, what }))];
}
async function approveBuildLock(lock, checkHost) {
  for (const { address: address4, what } of addressesIn(lock)) await checkHost?.(address4, what);
}
var init_addresses2 = __esm({
  "src/build-lock/addresses.ts"() {
    "use strict";
  }
});

// src/nix/literal.ts
function offset(bytes, { line, column }) {
  let start2 = 0;
  for (let at = 1; at < line; at++) {
    const newline = bytes.indexOf(10, start2);
    if (newline < 0) return void 0;
    start2 = newline + 1;
  }
  return start2 + column - 1 <= bytes.length ? start2 + column - 1 : void 0;
}
function literalAt(text3, position2) {
  const bytes = Buffer.from(text3);
  const start2 = offset(bytes, position2);
  if (start2 === void 0) return void 0;
  beforeValue.lastIndex = bytes.subarray(0, start2).toString().length;
  return beforeValue.test(text3) ? literalFrom(text3, beforeValue.lastIndex) : void 0;
}
function unsetHashAt(text3, position2) {
  const literal = literalAt(text3, position2);
  if (literal) return isUnsetHash(literal.value) ? literal : void 0;
  const bytes = Buffer.from(text3);
  const start2 = offset(bytes, position2);
  if (start2 === void 0) return void 0;
  beforeValue.lastIndex = bytes.subarray(0, start2).toString().length;
  if (!beforeValue.test(text3)) return void 0;
  const from = beforeValue.lastIndex;
  fakeName.lastIndex = from;
  return fakeName.test(text3) ? { start: from, end: fakeName.lastIndex, value: "" } : void 0;
}
function isUnsetHash(hash2) {
  return /^(?:(?:sha\d+-)?A*=*|0*)$/.test(hash2);
}
function unsetHashesOf(text3) {
  const names3 = String.raw`\b(?:\w*[hH]ash|sha256|sha512)${gap}=${gap}`;
  const values = String.raw`(""|"(?:sha\d+-)?A+=*"|"0+"|(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-]))`;
  return [...text3.matchAll(new RegExp(`${names3}${values}`, "g"))].map((match2) => {
    const end = match2.index + match2[0].length;
    return { start: end - (match2[1] ?? "").length, end, value: "" };
  });
}
function literalFrom(text3, start2) {
  if (text3[start2] !== '"') return void 0;
  let value = "";
  for (let at = start2 + 1; at < text3.length; ) {
    const [character = "", next = ""] = [text3[at], text3[at + 1]];
    if (character === '"') return { start: start2, end: at + 1, value };
    if (character === "$" && next === "{") return void 0;
    if (character === "\\") value += escapes2[next] ?? next;
    else if (character === "$" && next !== '"' && next !== "\\") value += `$${next}`;
    else value += character;
    at += character === "\\" || character === "$" && next !== '"' && next !== "\\" ? 2 : 1;
  }
  return void 0;
}
function nixString(value) {
  const written = value.replace(/[\\"]/g, "\\$&").replaceAll("${", "\\${").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("	", "\\t");
  return `"${written}"`;
}
function replaceLiteral(text3, { start: start2, end }, value) {
  return `${text3.slice(0, start2)}${nixString(value)}${text3.slice(end)}`;
}
function literalsOf(text3, value) {
  const written = nixString(value);
  const found2 = [];
  for (let at = text3.indexOf(written); at >= 0; at = text3.indexOf(written, at + written.length))
    found2.push({ start: at, end: at + written.length, value });
  return found2;
}
function lineOf(text3, at) {
  return text3.slice(0, at).split("\n").length;
}
var gap, attributePath, beforeValue, fakeName, escapes2;
var init_literal = __esm({
  "src/nix/literal.ts"() {
    "use strict";
    gap = String.raw`(?:\s|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*`;
    attributePath = String.raw`(?:[A-Za-z_][\w'-]*|"[\w.+-]*")(?:\.(?:[A-Za-z_][\w'-]*|"[\w.+-]*"))*`;
    beforeValue = new RegExp(`${attributePath}${gap}=${gap}`, "y");
    fakeName = /(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-])/y;
    escapes2 = { n: "\n", r: "\r", t: "	" };
  }
});

// src/nix/patch.ts
function replaceHash(text3, position2, current2, next) {
  if (!isSri(next)) throw new Error(`not a sha256 in SRI form: ${next}`);
  const bytes = Buffer.from(text3);
  const start2 = offset(bytes, position2);
  const found2 = start2 === void 0 ? null : binding.exec(bytes.subarray(start2).toString());
  if (start2 === void 0 || !found2) throw noLiteral(position2, "no attribute with a plain string");
  const [whole2, before = "", literal = ""] = found2;
  if (literal.startsWith('"') && literal !== `"${current2}"`) {
    throw noLiteral(position2, `${literal}, where Nix evaluated "${current2}"`);
  }
  const rest = bytes.subarray(start2).toString().slice(whole2.length);
  return `${bytes.subarray(0, start2).toString()}${before}"${next}"${rest}`;
}
function noLiteral(position2, found2) {
  const { file, line, column } = position2;
  return new UserError(
    "hash-literal",
    `${file}:${line}:${column} should bind fetchUvDeps' hash to a string literal, but there is ${found2}. Write hash = "sha256-…"; (or hash = lib.fakeHash;) there, not a variable, so that uv-fod can replace it.`,
    { at: { file, line, column } }
  );
}
var binding;
var init_patch = __esm({
  "src/nix/patch.ts"() {
    "use strict";
    init_errors();
    init_sri();
    init_literal();
    binding = new RegExp(
      String.raw`^((?:[A-Za-z_][A-Za-z0-9_'-]*|"[A-Za-z0-9_.-]*")${gap}=${gap})("[A-Za-z0-9+/=:-]*"|(?:[A-Za-z_][A-Za-z0-9_'-]*\.)*fakeHash)(?=${gap};)`
    );
  }
});

// src/nix/answers.ts
var word2, place, position, setOf, target, current, uvFod, pinned, packageFacts, outputFacts, stringFacts, fixedOutput, seenPackages;
var init_answers = __esm({
  "src/nix/answers.ts"() {
    "use strict";
    init_shape();
    init_manifest();
    word2 = text(1e3);
    place = text(4096);
    position = having({ file: place, line: whole(1, 1e9), column: whole(1, 1e9) });
    setOf = (item2) => (value, at) => {
      const wrong = having({})(value, at);
      if (wrong !== void 0) return wrong;
      return list(item2, 100)(Object.values(value), at);
    };
    target = having(targetFields);
    current = having({
      ...{ system: word2, target, src: maybe(place), project: place, buildLock: maybe(place) },
      ...{ hash: word2, position: maybe(position) }
    });
    uvFod = (value, at) => having({ schema: anything })(value, at) ?? (value.schema === 1 ? current(value, at) : void 0);
    pinned = having({
      ...{ pname: word2, version: word2, revision: maybe(word2), imports: list(word2, 1e3) },
      ...{ own: uvFod, systems: setOf(uvFod) }
    });
    packageFacts = having({
      ...{ version: word2, position: maybe(position), revision: maybe(word2), hasFetchedSource: yesOrNo },
      file: maybe(place)
    });
    outputFacts = having({
      ...{ hash: maybe(word2), algorithm: maybe(word2), mode: word2, drv: place, out: place },
      ...{ positions: list(position, 100), file: maybe(place) }
    });
    stringFacts = having({ value: text(1e5), position: maybe(position) });
    fixedOutput = having({ drv: place, out: place, mode: word2 });
    seenPackages = list(
      having({
        ...{ attribute: word2, version: word2, systems: list(word2, 100), position: maybe(position) },
        ...{ owner: maybe(word2), repo: maybe(word2), tag: maybe(word2) }
      }),
      1e4
    );
  }
});

// src/system/capped.ts
function capped(say) {
  let [said, left] = [0, 0];
  return {
    say: (line) => {
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
    end: () => {
      if (left > 0) say(`${(left / 1e6).toFixed(1)} MB of the log were not shown.`);
    }
  };
}
var most;
var init_capped = __esm({
  "src/system/capped.ts"() {
    "use strict";
    most = 4e6;
  }
});

// src/nix/nix-events.ts
function nixEvent(line) {
  if (!line.startsWith("@nix ")) return { kind: "printed", text: line };
  const raw = parse4(line.slice("@nix ".length));
  if (raw === void 0) return { kind: "printed", text: "A line of the log is too long to be shown." };
  switch (raw.action) {
    case "msg":
      return messageOf(raw);
    case "start":
      return begunOf(raw);
    case "result":
      return printedOf(raw);
    default:
      return void 0;
  }
}
function parse4(text3) {
  try {
    const value = JSON.parse(text3);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return void 0;
  }
}
function messageOf({ level: level2, msg, raw_msg: rawMessage }) {
  if (typeof msg !== "string") return void 0;
  const text3 = withoutColours(msg);
  const isError = level2 === 0 && (typeof rawMessage === "string" || /^error(?: \(ignored\))?:/.test(text3));
  return isError ? { kind: "error", text: text3, isOwn: typeof rawMessage === "string" } : { kind: "note", text: text3 };
}
function begunOf({ level: level2, type, text: text3 }) {
  if (typeof text3 !== "string" || text3 === "" || typeof level2 !== "number" || level2 > INFO) return void 0;
  const isNix = Object.values(activities).some((one) => one === type);
  return { kind: isNix ? "begun" : "printed", text: `${withoutColours(text3)}...` };
}
function printedOf({ type, fields }) {
  const isLine = Object.values(results).some((one) => one === type);
  const [text3] = Array.isArray(fields) ? fields : [];
  return isLine && typeof text3 === "string" ? { kind: "printed", text: text3 } : void 0;
}
var activities, results, INFO;
var init_nix_events = __esm({
  "src/nix/nix-events.ts"() {
    "use strict";
    init_printable();
    activities = { copyPath: 100, build: 105, substitute: 108 };
    results = { buildLogLine: 101, postBuildLogLine: 107 };
    INFO = 3;
  }
});

// src/nix/nix-progress.ts
function nixProgress() {
  const counts = { builds: 0, built: 0, fetches: 0, fetched: 0 };
  return ({ kind: kind2, text: text3 }) => {
    if (kind2 === "begun") return begun(text3, counts);
    if (kind2 === "printed") return /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(text3)?.[1];
    const planned2 = /^(?:these (\d{1,9})|this) (derivations?|paths?) will be (?:built|fetched)/.exec(text3);
    if (!planned2) return void 0;
    const number2 = Number(planned2[1] ?? 1);
    if (planned2[2]?.startsWith("d")) counts.builds += number2;
    else counts.fetches += number2;
    return void 0;
  };
}
function begun(line, counts) {
  const verb = /^(building|checking outputs of|copying path) '/.exec(line)?.[1];
  const name5 = verb && NAME2.exec(line)?.[1];
  if (!name5) return void 0;
  if (verb === "copying path") return `fetching ${name5}${place2(++counts.fetched, counts.fetches)}`;
  return `building ${name5}${place2(++counts.built, counts.builds)}`;
}
var NAME2, place2;
var init_nix_progress = __esm({
  "src/nix/nix-progress.ts"() {
    "use strict";
    NAME2 = /'(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;
    place2 = (number2, of) => of < 2 ? "" : ` (${number2} of ${Math.max(of, number2)})`;
  }
});

// src/nix/nix-build.ts
async function nixBuild(args, { run, log }, title) {
  const reader = nixReader(log);
  const { code: code4, stdout, stderr } = await log.group(
    title,
    () => run("nix-build", ["--no-out-link", "--log-format", "internal-json", ...args], {
      onLine: reader.line
    }).finally(reader.end)
  );
  const ended = /\n(error: ended by [A-Z0-9]+)\n$/.exec(stderr.slice(-100))?.[1];
  if (ended !== void 0) reader.add({ kind: "error", text: ended, isOwn: true });
  return { code: code4, stdout, ...reader.result() };
}
function nixReader(log) {
  const progressOf = nixProgress();
  const [errors, relayed] = [[], []];
  const shownLines = capped(log.info);
  let lastPrinted;
  let shown3 = "";
  const add3 = (event3) => {
    shown3 += `${event3.text}
`;
    if (shown3.length > 2 * mostShown) shown3 = shown3.slice(-mostShown);
    if (event3.kind === "printed" && event3.text.trim() !== "") lastPrinted = withoutColours(event3.text);
    if (event3.kind !== "error") return;
    const kept = event3.isOwn ? errors : relayed;
    kept.push(event3.text.slice(0, mostShown));
    if (kept.length > mostErrors) kept.shift();
  };
  return {
    add: add3,
    line: (line) => {
      const event3 = nixEvent(line);
      if (event3 === void 0) return;
      add3(event3);
      if (event3.kind === "error" && event3.isOwn) log.info(event3.text);
      else shownLines.say(event3.text);
      const far = progressOf(event3);
      if (far !== void 0) log.progress(far);
    },
    end: shownLines.end,
    result: () => ({ stderr: shown3, errors, relayed, lastPrinted })
  };
}
var mostShown, mostErrors;
var init_nix_build = __esm({
  "src/nix/nix-build.ts"() {
    "use strict";
    init_capped();
    init_printable();
    init_nix_events();
    init_nix_progress();
    mostShown = 256 * 1024;
    mostErrors = 100;
  }
});

// src/nix/nix-messages.ts
function mismatches(errors) {
  return errors.flatMap((text3) => {
    const found2 = MISMATCH.exec(text3);
    const [, drv2, specified, got] = found2 ?? [];
    return drv2 && specified && got ? [{ drv: drv2, specified, got }] : [];
  });
}
function failureText(stderr) {
  const lines = withoutColours(stderr).split("\n").map((line) => line.trim());
  const at = lines.findLastIndex((line) => line.startsWith("error:") && line.length > "error:".length);
  const text3 = at < 0 ? lines.findLast((line) => line !== "") ?? "Nix printed nothing" : lines[at] ?? "";
  return text3.replace(/^error:\s*/, "").slice(0, 400);
}
var MISMATCH;
var init_nix_messages = __esm({
  "src/nix/nix-messages.ts"() {
    "use strict";
    init_printable();
    MISMATCH = new RegExp(
      [
        // An error of a remote builder.
        String.raw`^error: (?:build of '[^'\n]+' on '[^'\n]+' failed: (?:error: )?)?`,
        String.raw`hash mismatch in fixed-output derivation '([^'\n]+)':\n`,
        String.raw`(?:[ \t]*likely URL: [^\n]*\n)?`,
        String.raw`[ \t]*specified:[ \t]+(\S+)\n`,
        String.raw`[ \t]*got:[ \t]+(\S+)`,
        String.raw`(?:\n[ \t]*expected path: [^\n]*\n[ \t]*got path: [^\n]*)?\s*$`
      ].join("")
    );
  }
});

// src/nix/nix-failure.ts
function failureCause(failure2) {
  const { errors, relayed, lastPrinted, stderr = "" } = failure2;
  return lackingMachine(failure2) ?? otherHash(errors) ?? failedBuilder(errors, lastPrinted) ?? // A failed builder of a dependency is relayed by Nix's daemon.
  failedBuilder(relayed, lastPrinted) ?? otherHash(relayed) ?? failureText([...relayed, ...errors].join("\n") || stderr);
}
function causeOf(result2) {
  const { errors, relayed, stderr } = result2;
  const full = /no space left on device|\bENOSPC\b/i;
  if (full.test([...errors, ...relayed].join("\n"))) return diskFull;
  if (full.test(stderr)) return `the build printed that ${diskFull}`;
  const ours = [...stderr.matchAll(/^uv-fod: ([^\n]{1,600})$/gm)].at(-1)?.[1];
  return (ours === void 0 ? failureCause(result2) : `the build printed: ${ours}`).replace(/\.$/, "");
}
function lackingMachine({ errors, stderr = "" }) {
  const lacking = first2(errors, (text3) => missingMachine(text3) ?? otherReason(text3));
  if (lacking === void 0) return void 0;
  const refused3 = /^cannot build on '([^'\n]{1,200})': (.+)$/m.exec(stderr);
  return refused3 ? `${lacking}; ${refused3[1]} could not be used: ${refused3[2]?.slice(0, 200)}` : lacking;
}
function relayedLacking({ relayed }) {
  return relayed.flatMap((text3) => {
    const isSo = (missingMachine(text3) ?? otherReason(text3)) !== void 0;
    const path58 = /'([^'\n]*?\/[a-z0-9]{32}-[^'\n/]+\.drv)'/.exec(text3)?.[1];
    return isSo && path58 !== void 0 ? [path58] : [];
  });
}
function dependent({ errors }) {
  return first2(errors, (text3) => {
    const [, path58, reason = ""] = /^error: Cannot build '([^'\n]+\.drv)'\.\n\s*Reason: (.+)/.exec(text3) ?? [];
    if (path58 !== void 0) return /dependenc(?:y|ies) failed/.test(reason) ? path58 : void 0;
    return /^error: \d+ dependenc(?:y|ies) of derivation '([^'\n]+\.drv)' failed/.exec(text3)?.[1];
  });
}
function missingMachine(text3) {
  const old = oldSystems.exec(text3);
  if (old) return noMachine(old[2], old[1], old[3]);
  const block = systems.exec(text3);
  return block ? noMachine(block[1], block[2], block[3]) : void 0;
}
function otherReason(text3) {
  const [, name5, reason = ""] = cannotBuild.exec(text3) ?? [];
  if (name5 === void 0 || /^builder |dependenc(?:y|ies) failed/.test(reason)) return void 0;
  return `no machine takes ${name5}: ${reason.slice(0, 200)}`;
}
function otherHash(errors) {
  const [wrong] = mismatches(errors);
  const name5 = /[a-z0-9]{32}-(.+)\.drv$/.exec(wrong?.drv ?? "")?.[1];
  return name5 && `the hash of the fixed-output derivation ${name5} is wrong`;
}
function failedBuilder(errors, lastPrinted) {
  return first2(errors, (text3) => {
    const name5 = first2(builderFailed, (pattern) => pattern.exec(text3)?.[1]);
    if (name5 === void 0) return void 0;
    const printed = quotedLine(text3) ?? lastPrinted?.trim();
    return `the build of ${name5} failed${printed ? `, and last printed: ${printed.slice(0, 300)}` : ""}`;
  });
}
function first2(items, of) {
  for (const item2 of items) {
    const found2 = of(item2);
    if (found2 !== void 0) return found2;
  }
  return void 0;
}
var diskFull, drv, start, cannotBuild, systems, oldSystems, builderFailed, noMachine, quotedLine;
var init_nix_failure = __esm({
  "src/nix/nix-failure.ts"() {
    "use strict";
    init_nix_messages();
    diskFull = "the disk is full (No space left on device); free some or collect garbage (nix-collect-garbage)";
    drv = String.raw`'[^'\n]*?/[a-z0-9]{32}-([^'\n]+)\.drv'`;
    start = String.raw`^error: (?:build of '[^'\n]+' on '[^'\n]+' failed: (?:error: )?)?`;
    cannotBuild = new RegExp(String.raw`${start}Cannot build ${drv}\.\n\s*Reason: (.+)`);
    systems = new RegExp(
      String.raw`${start}Cannot build ${drv}\.\n\s*Reason: (?:required system or feature not available|platform mismatch)\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)'`
    );
    oldSystems = new RegExp(
      String.raw`${start}a '([^'\n]+)' with features [^\n]{0,300} is required to build ${drv}, but I am a '([^'\n]+)'`
    );
    builderFailed = [
      new RegExp(String.raw`${start}Cannot build ${drv}\.\n\s*Reason: builder `),
      new RegExp(`${start}builder for ${drv} failed`)
    ];
    noMachine = (name5 = "", required2 = "", current2 = "") => required2 === current2 ? `${name5} needs system features that this machine does not have, and no remote builder of nix.conf took it` : `${name5} has to be built on ${required2}; this machine is ${current2}, and no remote builder of nix.conf took it`;
    quotedLine = (text3) => /^[ \t]+> (.*)$/.exec(text3.split("\n").findLast((line) => /^[ \t]+> .*\S/.test(line)) ?? "")?.[1]?.trim();
  }
});

// src/nix/confirm.ts
function mismatchOf(drv2, { errors, relayed }) {
  for (const [texts, isOwn] of [[errors, true], [relayed, false]]) {
    const hashes = new Set(
      mismatches(texts).filter((one) => one.drv === drv2 && SRI.test(one.got)).map(({ got: got2 }) => got2)
    );
    const [got] = hashes;
    if (hashes.size > 1) return void 0;
    if (got !== void 0) return { got, isOwn };
  }
  return void 0;
}
async function confirmHash(what, hash2, under, tools, instantiate2 = async () => {
}) {
  if (!await isValid(under.out, tools)) {
    await instantiate2();
    await expectBuild(what, hash2, under.drv, "with its new hash", tools);
  }
  const actual = await hashOfPath(hash2, under, tools);
  if (actual === void 0 || !await isValid(under.out, tools))
    throw notConfirmed(what, hash2, `${under.out} is not in the store`);
  if (actual !== hash2) throw notConfirmed(what, hash2, `${under.out} has the hash ${actual}`);
}
async function expectBuild(what, hash2, drv2, how, tools) {
  const result2 = await nixBuild([drv2], tools, `Nix: ${what}, ${how}`);
  if (result2.code !== 0)
    throw notConfirmed(what, hash2, `built ${how}, it fails: ${failureCause(result2)}`, result2);
}
async function isValid(path58, { run }) {
  const { code: code4 } = await run("nix-store", ["--check-validity", path58]);
  return code4 === 0;
}
async function hashOfPath(like, { out, mode }, { run }) {
  const algorithm = /^(sha1|sha256|sha512)-/.exec(like)?.[1];
  if (algorithm === void 0) return void 0;
  const flat = mode === "flat" ? ["--flat"] : [];
  const { code: code4, stdout } = await run("nix-hash", ["--type", algorithm, ...flat, out]);
  const hex = stdout.trim();
  if (code4 !== 0 || !/^[0-9a-f]+$/.test(hex)) return void 0;
  return `${algorithm}-${Buffer.from(hex, "hex").toString("base64")}`;
}
function notConfirmed(what, got, why, result2) {
  return new UserError(
    "hash-not-confirmed",
    `Nix printed ${got} as the hash of ${what}, but its store does not confirm that: ${why.replace(/\.$/, "")}. Nothing was changed. Run this again; if that does not help, look in the log for what prints that hash.`,
    result2 ? { log: result2.stderr } : {}
  );
}
var SRI;
var init_confirm = __esm({
  "src/nix/confirm.ts"() {
    "use strict";
    init_errors();
    init_nix_build();
    init_nix_failure();
    init_nix_messages();
    SRI = /^sha(?:1|256|512)-[A-Za-z0-9+/]{26,88}={0,2}$/;
  }
});

// src/nix/expression.ts
import { readFileSync } from "node:fs";
function jsonArguments(name5, json) {
  const ascii = json.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const most3 = MOST_PIECES * PIECE;
  if (ascii.length > most3)
    throw new UserError(
      "build-requirements",
      `The build lock is too large for Nix's arguments: ${ascii.length} bytes, and at most ${most3} can be passed. Build fewer packages from source.`
    );
  const count3 = Math.ceil(ascii.length / PIECE);
  return Object.fromEntries(
    Array.from({ length: count3 }, (_, at) => [`${name5}${at}`, ascii.slice(at * PIECE, (at + 1) * PIECE)])
  );
}
function nixArguments(derivation, { question, given = {} }) {
  const { file, attribute, root } = derivation;
  const values = {
    question,
    attribute,
    ...file === void 0 ? {} : { file },
    ...root?.kind === "flake" ? { url: root.url } : {},
    ...given
  };
  return [
    ...root?.kind === "flake" ? ["--extra-experimental-features", "nix-command flakes"] : [],
    ...["--expr", code2()],
    ...Object.entries(values).flatMap(([name5, value]) => ["--argstr", name5, value]),
    ...root?.kind === "expression" ? ["--arg", "expression", root.expression] : []
  ];
}
async function evaluateJson(derivation, { shape, ...question }, run, onStart) {
  const args = ["--eval", "--strict", "--json", ...nixArguments(derivation, question)];
  const result2 = await run("nix-instantiate", args, onStart === void 0 ? {} : { onStart });
  if (result2.code !== 0) return result2;
  const { root } = derivation;
  const { copy } = JSON.parse(result2.stdout);
  const isOfCopy = (text3) => text3 === copy || text3.startsWith(`${copy}/`);
  const answer = JSON.parse(
    result2.stdout,
    (_, value) => copy !== null && root?.kind === "flake" && typeof value === "string" && isOfCopy(value) ? root.checkout + value.slice(copy.length) : value
  );
  const wrong = shape(answer.value, "the result");
  return wrong === void 0 ? answer : { code: 1, stdout: "", stderr: `error: ${wrong}
` };
}
async function instantiate(derivation, question, run) {
  const result2 = await run("nix-instantiate", nixArguments(derivation, question));
  const drv2 = result2.stdout.trim().split("\n").at(-1)?.replace(/!.*$/, "") ?? "";
  return result2.code === 0 && /^\/.+\.drv$/.test(drv2) ? drv2 : result2;
}
var code2, PIECE, MOST_PIECES;
var init_expression = __esm({
  "src/nix/expression.ts"() {
    "use strict";
    init_errors();
    code2 = () => readFileSync(new URL("./evaluation.nix", import.meta.url), "utf8");
    PIECE = 12e4;
    MOST_PIECES = 12;
  }
});

// src/nix/build.ts
import { randomUUID as randomUUID2 } from "node:crypto";
async function hashByNix(derivation, system2, run, log) {
  const tools = { run, log };
  const what = `dependencies of '${derivation.attribute}' for ${system2}`;
  const drv2 = await instantiated(derivation, { ofSystem: system2, newHash: fakeHash }, tools);
  const result2 = await nixBuild([drv2], tools, `Nix: ${what}, from scratch`);
  const found2 = mismatchOf(drv2, result2);
  if (found2 && isSri(found2.got)) {
    const { got: hash2, isOwn } = found2;
    const given = { ofSystem: system2, newHash: hash2 };
    if (!isOwn) await runAgain(derivation, what, given, tools);
    const under = await evaluated(derivation, given, tools);
    await confirmHash(what, hash2, under, tools, () => instantiated(derivation, given, tools));
    return hash2;
  }
  await throwIfNoBuilder(derivation, result2, tools);
  throw new UserError(
    "fetch-failed",
    `The dependencies of '${derivation.attribute}' for ${system2} can't be fetched, so there is no new hash: ${causeOf(result2)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
    { log: result2.stderr }
  );
}
async function instantiated(derivation, given, { run, log }) {
  const result2 = await instantiate(derivation, { question: "rehashed", given }, run);
  if (typeof result2 === "string") return result2;
  await log.group("Evaluation of the derivation", async () => log.info(result2.stderr));
  throw notEvaluated(derivation, result2.stderr);
}
async function runAgain(derivation, what, given, tools) {
  const drv2 = await instantiated(derivation, { ...given, newName: `uv-fod-again-${randomUUID2()}` }, tools);
  await expectBuild(what, given.newHash, drv2, "a second time", tools);
}
async function evaluated(derivation, given, { run }) {
  const question = { question: "rehashedFacts", given, shape: fixedOutput };
  const result2 = await evaluateJson(derivation, question, run);
  if ("value" in result2) return result2.value;
  throw notEvaluated(derivation, result2.stderr);
}
function notEvaluated(derivation, stderr) {
  return new UserError(
    "evaluation-failed",
    `Nix can't evaluate the dependencies of '${derivation.attribute}' under another hash: ${failureText(stderr)}. Nothing was changed. Fix the expression; the whole message is in the log.`,
    { ...placeOf(derivation), log: stderr }
  );
}
async function build2(derivation, run, log, args = nixArguments(derivation, { question: "package" })) {
  const tools = { run, log };
  const result2 = await nixBuild(args, tools, `Nix: build of '${derivation.attribute}'`);
  const out = result2.stdout.trim().split("\n").at(-1) ?? "";
  if (result2.code === 0 && out.startsWith("/")) return out;
  await throwIfNoBuilder(derivation, result2, tools);
  throw new UserError(
    "build-failed",
    `'${derivation.attribute}' does not build with the new hash: ${causeOf(result2)}. The build's last lines are in the log.`,
    { log: result2.stderr }
  );
}
async function dynamicRequires(derivation, keys, buildLock, run, log) {
  const given = { ...jsonArguments("buildLock", buildLock), keys: JSON.stringify(keys) };
  const result2 = await nixBuild(
    nixArguments(derivation, { question: "requires", given }),
    { run, log },
    "Nix: requirements of build backends, in the sandbox"
  );
  const paths = result2.stdout.split("\n").filter((line) => line.startsWith("/"));
  if (result2.code === 0) return paths.length === keys.length ? paths : [];
  if (result2.stderr.includes("error: uv-fod:old-library")) throw oldLibrary(derivation);
  throw new UserError(
    "build-requirements",
    `What '${derivation.attribute}' needs to be built can't be determined: ${causeOf(result2)}. Nothing was changed. The build's last lines are in the log.`,
    { log: result2.stderr }
  );
}
async function throwIfNoBuilder(derivation, result2, tools) {
  const why = lackingMachine(result2) ?? await confirmedLacking(result2, tools);
  if (why === void 0) return;
  throw new UserError(
    "no-builder",
    `'${derivation.attribute}' can't be built here: ${why}. Nothing was changed. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
    { log: result2.stderr }
  );
}
async function confirmedLacking(result2, tools) {
  const [named, top] = [relayedLacking(result2)[0], dependent(result2)];
  if (named === void 0 || top === void 0) return void 0;
  const { code: code4, stdout } = await tools.run("nix-store", ["--query", "--requisites", top]);
  if (code4 !== 0 || !stdout.split("\n").includes(named)) return void 0;
  return lackingMachine(await nixBuild([named], tools, "Nix: the dependency that no machine builds"));
}
var oldLibrary;
var init_build = __esm({
  "src/nix/build.ts"() {
    "use strict";
    init_errors();
    init_sri();
    init_answers();
    init_confirm();
    init_expression();
    init_nix_build();
    init_nix_failure();
    init_nix_messages();
    init_target();
    oldLibrary = (derivation) => new UserError(
      "not-uv-fod",
      `The Nix library that '${derivation.attribute}' uses is older than this program: it has no 'buildsOf'. Use the same version of both.`,
      placeOf(derivation)
    );
  }
});

// src/update/dynamic.ts
async function askBackends({ derivation, pinned: { system: system2 }, base }, now, { run, log }) {
  const keys = (now.systems[system2]?.builds ?? []).filter((key2) => {
    const build5 = now.builds[key2];
    return build5 !== void 0 && isNewSource(build5, ownOf(base?.builds, key2));
  });
  if (keys.length === 0) return /* @__PURE__ */ new Map();
  const answers = await dynamicRequires(derivation, keys, JSON.stringify(now), run, log);
  const found2 = /* @__PURE__ */ new Map();
  for (const [index, file] of answers.entries()) {
    const key2 = keys[index] ?? "";
    const declared = new Set((now.builds[key2]?.requires ?? []).map(squeezed));
    const asked3 = (await readAnswer(file, key2)).filter((one) => !declared.has(squeezed(one)));
    if (asked3.length > 0) found2.set(key2, asked3);
  }
  return found2;
}
async function readAnswer(file, key2) {
  const bytes = await readBytes(file, mostAnswer, "refuse");
  const value = jsonOf(bytes?.toString() ?? "");
  if (requirements2(value, key2) === void 0) return value;
  throw new UserError(
    "build-requirements",
    `The build backend of ${key2} does not answer with a list of requirements; declare what it needs with extra-build-dependencies in [tool.uv].`
  );
}
function jsonOf(answer) {
  try {
    return JSON.parse(answer);
  } catch {
    return void 0;
  }
}
var mostAnswer, requirements2, squeezed;
var init_dynamic = __esm({
  "src/update/dynamic.ts"() {
    "use strict";
    init_keep();
    init_build();
    init_errors();
    init_read_bytes();
    init_shape();
    mostAnswer = 1 << 20;
    requirements2 = list(text(1e4), 1e3);
    squeezed = (requirement2) => requirement2.replace(/\s+/g, "").toLowerCase();
  }
});

// src/update/lock-builds.ts
async function lockBuilds(planned2, hashes, options3, context) {
  const lock = async (dynamic2) => {
    const made = await computeLock(planned2, hashes, options3, context, dynamic2);
    await approveBuildLock(made, context.checkHost);
    return made;
  };
  const first3 = await context.log.group("Build lock", async () => {
    const made = await lock();
    context.log.info(
      `${count2(made.builds)} to build, with ${count2(made.wheels)} wheels as build requirements`
    );
    return made;
  });
  const edits = await editsFor(planned2, hashes, first3, context.read);
  if (edits.length === 0) return [];
  context.stop.throwIfAborted();
  const dynamic = await askBackends(planned2, first3, context);
  return dynamic.size === 0 ? edits : editsFor(planned2, hashes, await lock(dynamic), context.read);
}
async function computeLock({ pinned: pinned2, project, states, before, base, settings: settings3, confirmation }, hashes, { lockOnly }, context, dynamic) {
  const [first3] = pinned2.systems;
  if (!first3)
    throw new UserError("not-uv-fod", "The derivation has a hash for no system; give fetchUvDeps one.");
  const { system: _, ...target3 } = first3.target;
  const systems2 = states.map(
    ({ target: target4, artifacts, plan }, index) => ({
      target: target4,
      artifacts,
      // Hashes that are not new were not made from anything new.
      plan: lockOnly ? before?.lock.systems[target4.system]?.plan ?? "" : plan,
      hash: hashes[index]?.after ?? ""
    })
  );
  const given = { project, settings: settings3, target: target3, systems: systems2, base, confirmation };
  return computeBuildLock(
    { ...given, ...dynamic ? { dynamic: (key2) => dynamic.get(key2) } : {} },
    readerOf(pinned2.project, context)
  );
}
async function editsFor({ states, lockFile, before }, hashes, buildLock, read2) {
  const edits = /* @__PURE__ */ new Map();
  for (const [index, { pinned: pinned2 }] of states.entries()) {
    const { before: old, after } = hashes[index] ?? { before: "", after: "" };
    const { file } = pinned2.position;
    if (old === after) continue;
    const text3 = edits.get(file)?.after ?? await read2(file);
    if (text3 === void 0)
      throw new UserError("file-missing", `${file}, where the hash stands, can't be read.`);
    edits.set(file, {
      file,
      before: edits.get(file)?.before ?? text3,
      after: replaceHash(text3, pinned2.position, old, after)
    });
  }
  if (!before || !isSame(before, buildLock)) {
    edits.set(lockFile, { file: lockFile, before: before?.text, after: buildLockText(buildLock) });
  }
  return [...edits.values()];
}
var count2, readerOf, isSame;
var init_lock_builds = __esm({
  "src/update/lock-builds.ts"() {
    "use strict";
    init_addresses2();
    init_compute();
    init_text();
    init_patch();
    init_errors();
    init_dynamic();
    count2 = (record2) => Object.keys(record2).length;
    readerOf = (project, {
      read: read2,
      scratch: scratch2,
      network,
      contact: run,
      checkHost
    }) => ({ project, read: read2, scratch: scratch2, network, run, ...checkHost ? { checkHost } : {} });
    isSame = (written, made) => sameData(written.lock, made) && unexpectedIn(written.text, written.lock) === void 0;
  }
});

// src/build-lock/confirm.ts
var Confirmation, notVerified;
var init_confirm2 = __esm({
  "src/build-lock/confirm.ts"() {
    "use strict";
    init_errors();
    init_printable();
    Confirmation = class {
      listing;
      trusted;
      log;
      warned = /* @__PURE__ */ new Set();
      unverified = /* @__PURE__ */ new Set();
      constructor(listing, trusted, log) {
        this.listing = listing;
        this.trusted = trusted;
        this.log = log;
      }
      /** Files that could not be verified, with reasons, as clauses. */
      get notVerified() {
        return [...this.unverified];
      }
      /**
       * Whether to keep a file that the base pins.
       * @throws UserError `build-lock-unverified`
       */
      async mayStay(file) {
        const verdict = await this.listing.verdictOf(file);
        if (verdict.kind === "unknown") this.reject(file, verdict.why, this.trusted.base);
        if (verdict.kind === "other") this.warn(`${file.filename} is resolved again: ${verdict.why}`);
        if (verdict.kind === "listed" && verdict.isYanked)
          this.warn(`${file.filename}, which a build requires, was yanked from its index`);
        return verdict.kind !== "other";
      }
      /**
       * Verifies that indexes list a file that uv resolved in this run.
       * @throws UserError `build-lock-unverified`
       */
      async isResolved(file) {
        const verdict = await this.listing.verdictOf(file);
        if (verdict.kind !== "listed") this.reject(file, verdict.why, this.trusted.resolved);
      }
      reject({ filename }, why, isTrusted) {
        const clause = printable(`${filename}: ${why}`);
        if (!isTrusted) throw notVerified(clause);
        this.unverified.add(clause);
        this.warn(`Not verified: ${clause}`);
      }
      /** Logs each warning once, since a run can compute a build lock twice. */
      warn(text3) {
        if (!this.warned.has(text3)) this.log.warning(printable(text3));
        this.warned.add(text3);
      }
    };
    notVerified = (clause) => new UserError(
      "build-lock-unverified",
      `The build lock cannot be verified: ${clause}. Each of its files has to be on an index of the project, with address and sha256. If the index was down, run this again; otherwise have a maintainer run 'uv-fod update' on a branch of the repository.`
    );
  }
});

// src/build-lock/indexes.ts
function indexesOf(settings3, { lock }, own2) {
  const tables = Array.isArray(settings3.index) ? settings3.index : [];
  const isFirst = settings3["index-strategy"] === void 0 || settings3["index-strategy"] === "first-index";
  const flat = [...[settings3["find-links"] ?? []].flat(), ...urlsOf(tables, (one) => one.format === "flat")];
  const explicit = urlsOf(tables, (one) => one.explicit === true);
  const isPlain2 = (one) => one.explicit !== true && one.format !== "flat";
  const named = [
    ...own2,
    ...urlsOf(tables, (one) => isPlain2(one) && one.default !== true),
    ...[settings3["extra-index-url"] ?? []].flat(),
    ...[settings3["index-url"] ?? []].flat(),
    ...urlsOf(tables, (one) => isPlain2(one) && one.default === true)
  ];
  const known2 = new Set([...flat, ...explicit, ...named].flatMap(bare));
  const registries = lock.packages.flatMap(({ source }) => source.kind === "registry" ? source.url : []);
  const locked = registries.flatMap(bare).filter((url) => !known2.has(url));
  return unique([
    ...flat.flatMap(bare).map((url) => ({ url, isFlat: true, isDeciding: false })),
    ...[...named.flatMap(bare), ...locked].map((url) => ({ url, isFlat: false, isDeciding: isFirst })),
    ...explicit.flatMap(bare).map((url) => ({ url, isFlat: false, isDeciding: false }))
  ]).slice(0, 20);
}
function bare(url) {
  const isAddress2 = typeof url === "string" && /^https?:\/\//.test(url) && URL.canParse(url);
  return isAddress2 ? [url.replace(/\/+$/, "")] : [];
}
var urlsOf, unique;
var init_indexes = __esm({
  "src/build-lock/indexes.ts"() {
    "use strict";
    urlsOf = (tables, isWanted) => tables.filter(isWanted).map(({ url }) => url);
    unique = (indexes) => indexes.filter(({ url }, at) => indexes.findIndex((one) => one.url === url) === at);
  }
});

// src/fetch/simple-page.ts
function listedFiles(text3, contentType, address4) {
  if (contentType.startsWith(JSON_TYPE)) return ofJson(text3, address4);
  return /^(text\/html|application\/vnd\.pypi\.simple\.v1\+html)/.test(contentType) ? ofHtml(text3, address4) : void 0;
}
function ofJson(text3, address4) {
  return filesOfPage(text3)?.flatMap(({ filename, url, hashes, yanked }) => {
    const found2 = typeof url === "string" ? URL.parse(url, address4) : void 0;
    if (!found2 || typeof filename !== "string") return [];
    const sha256 = hashes?.sha256;
    return [
      {
        ...{ filename, url: withoutFragment(found2) },
        sha256: typeof sha256 === "string" ? hexOf(sha256) : void 0,
        isYanked: yanked === true || typeof yanked === "string" && yanked !== ""
      }
    ];
  });
}
function withoutFragment(url) {
  const bare3 = new URL(url);
  bare3.hash = "";
  return bare3.href;
}
function ofHtml(text3, address4) {
  const files = linksOf(text3, address4);
  return files.length === 0 ? void 0 : files;
}
function linksOf(text3, address4) {
  return [...anchors(text3)].flatMap((tag) => {
    const href = attributeOf(tag, "href");
    const found2 = href === void 0 ? void 0 : URL.parse(href, address4);
    if (!found2) return [];
    const digest3 = found2.hash.slice(1).split("&").find((part) => part.startsWith("sha256="));
    const filename = decoded(found2.pathname.split("/").at(-1) ?? "");
    const isYanked2 = attributeOf(tag, "data-yanked") !== void 0;
    const sha256 = digest3 === void 0 ? void 0 : hexOf(digest3.slice("sha256=".length));
    return [{ filename, url: withoutFragment(found2), sha256, isYanked: isYanked2 }];
  });
}
function* anchors(text3) {
  const opening = /<a\s/gi;
  for (let found2 = opening.exec(text3); found2; found2 = opening.exec(text3)) {
    const start2 = found2.index + 2;
    let [end, quote2] = [start2, ""];
    for (; end < text3.length; end += 1) {
      const character = text3[end] ?? "";
      if (quote2 === "" && character === ">") break;
      if (quote2 !== "" && character === quote2) quote2 = "";
      else if (quote2 === "" && (character === '"' || character === "'")) quote2 = character;
    }
    if (end < text3.length) yield text3.slice(start2, Math.min(end, start2 + 1e4));
    opening.lastIndex = end;
  }
}
function attributeOf(tag, name5) {
  const [, , double, single, bare3] = new RegExp(`\\s(${name5})(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+)))?`, "i").exec(tag) ?? [];
  const value = double ?? single ?? bare3;
  if (value === void 0) return new RegExp(`\\s${name5}(?=[\\s/]|$)`, "i").test(tag) ? "" : void 0;
  return value.replace(
    /&(amp|lt|gt|quot|#39|#x27);/gi,
    (_, entity) => entities[entity.toLowerCase()] ?? ""
  );
}
function decoded(text3) {
  try {
    return decodeURIComponent(text3);
  } catch {
    return text3;
  }
}
function filesOfPage(text3) {
  try {
    const page2 = JSON.parse(text3);
    if (!Array.isArray(page2?.files)) return void 0;
    return page2.files.filter((file) => typeof file === "object" && file !== null);
  } catch {
    return void 0;
  }
}
var JSON_TYPE, ANY_TYPE, hexOf, entities;
var init_simple_page = __esm({
  "src/fetch/simple-page.ts"() {
    "use strict";
    JSON_TYPE = "application/vnd.pypi.simple.v1+json";
    ANY_TYPE = `${JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01`;
    hexOf = (text3) => /^[0-9a-f]{64}$/i.test(text3) ? text3.toLowerCase() : void 0;
    entities = {
      ...{ amp: "&", lt: "<", gt: ">", quot: '"' },
      ...{ "#39": "'", "#x27": "'" }
    };
  }
});

// src/build-lock/listing.ts
function differenceOf({ url, hash: hash2, filename }, listed2) {
  if (listed2.sha256 === void 0) return `has no sha256 for ${filename}`;
  const digest3 = sriFromHex(listed2.sha256);
  if (digest3 !== hash2) return `lists ${filename} with ${digest3}, not with ${hash2}`;
  const address4 = URL.parse(url);
  if (address4 && withoutFragment(address4) === listed2.url) return void 0;
  return `lists ${filename} at ${listed2.url.slice(0, 300)}, not at ${url.slice(0, 300)}`;
}
var AT_ONCE, LONGEST2, TIME, Listing, hostOf, reasonOf;
var init_listing = __esm({
  "src/build-lock/listing.ts"() {
    "use strict";
    init_p_limit();
    init_simple_page();
    init_sri();
    init_lock();
    AT_ONCE = 16;
    LONGEST2 = 48e6;
    TIME = 6e4;
    Listing = class {
      pages = /* @__PURE__ */ new Map();
      /** Indexes that did not respond, with reasons; they are not contacted again. */
      failed = /* @__PURE__ */ new Map();
      limit = pLimit(AT_ONCE);
      fetchText;
      indexes;
      constructor(indexes, fetchText) {
        this.indexes = indexes;
        this.fetchText = fetchText;
      }
      /** Requests the pages of files in advance. */
      prefetch(files) {
        const index = this.indexes.find((one) => one.isDeciding) ?? this.indexes[0];
        if (index) for (const { project } of files) void this.page(index, project);
      }
      /** Whether an index lists a file with its address and digest. Never throws. */
      async verdictOf(file) {
        const [others, unknown] = [[], []];
        for (const index of this.indexes) {
          const page2 = await this.page(index, file.project);
          if ("why" in page2) {
            unknown.push(page2.why);
            continue;
          }
          for (const listed2 of page2.files.get(file.filename) ?? []) {
            const why2 = differenceOf(file, listed2);
            if (why2 === void 0) return { kind: "listed", isYanked: listed2.isYanked };
            (listed2.sha256 === void 0 ? unknown : others).push(`the index at ${hostOf(index)} ${why2}`);
          }
          if (index.isDeciding && page2.files.size > 0) break;
        }
        const [why = `no index of the project lists ${file.filename}`] = others;
        if (others.length > 0) return { kind: "other", why };
        if (unknown.length > 0) return { kind: "unknown", why: unknown[0] ?? "" };
        return this.indexes.length > 0 ? { kind: "other", why } : {
          kind: "unknown",
          why: "neither the project nor its lock names an index with an http or https address"
        };
      }
      page(index, project) {
        const name5 = normalizeName(project) ?? project.toLowerCase();
        const address4 = index.isFlat ? index.url : `${index.url}/${encodeURIComponent(name5)}/`;
        const known2 = this.pages.get(address4) ?? this.limit(() => this.request(index, address4));
        this.pages.set(address4, known2);
        return known2;
      }
      async request(index, address4) {
        const failed3 = this.failed.get(index.url);
        if (failed3 !== void 0) return { why: failed3 };
        try {
          const bounds3 = { signal: AbortSignal.timeout(TIME), most: LONGEST2 };
          const { status, contentType, text: text3 } = await this.fetchText(address4, { accept: ANY_TYPE }, bounds3);
          if (status === 404) return { files: /* @__PURE__ */ new Map() };
          const files = status === 200 ? listedFiles(text3, contentType, address4) : void 0;
          if (files) return { files: Map.groupBy(files, ({ filename }) => filename) };
          return {
            why: `the index at ${hostOf(index)} responded with status ${status} and without a page of the Simple API`
          };
        } catch (error2) {
          const why = `the index at ${hostOf(index)} did not respond (${reasonOf(error2)})`;
          this.failed.set(index.url, why);
          return { why };
        }
      }
    };
    hostOf = ({ url }) => URL.parse(url)?.host ?? "";
    reasonOf = (error2) => (error2 instanceof Error ? error2.message : String(error2)).split("\n", 1)[0]?.slice(0, 200).replace(/\.$/, "") ?? "";
  }
});

// src/build-lock/settings.ts
import path20 from "node:path";
async function uvSettings(project, read2) {
  const file = path20.join(project.root, "uv.toml");
  const text3 = await read2(file);
  return text3 === void 0 ? project.rootPyproject?.uv ?? {} : parseToml(text3, file);
}
var init_settings2 = __esm({
  "src/build-lock/settings.ts"() {
    "use strict";
    init_lock();
  }
});

// src/update/verification.ts
async function verifying(lockFile, project, { verification, read: read2, log }, only = {}) {
  const [base, settings3] = await Promise.all([baseLock(lockFile, verification), uvSettings(project, read2)]);
  const indexes = indexesOf(settings3, project, verification.indexes);
  const listing = new Listing(indexes, verification.fetchText);
  if (base)
    listing.prefetch(pinnedFiles({ builds: /* @__PURE__ */ new Map(), wheels: new Map(Object.entries(base.wheels)) }));
  const isTrusted = !verification.isUntrusted;
  const trusted = { base: isTrusted, resolved: isTrusted, ...only };
  return { base, settings: settings3, confirmation: new Confirmation(listing, trusted, log) };
}
async function baseLock(file, { baseText }) {
  const text3 = await baseText(file);
  try {
    return text3 === void 0 ? void 0 : parseBuildLock(text3, file);
  } catch (error2) {
    if (error2 instanceof UserError) return void 0;
    throw error2;
  }
}
var init_verification = __esm({
  "src/update/verification.ts"() {
    "use strict";
    init_confirm2();
    init_indexes();
    init_keep();
    init_listing();
    init_settings2();
    init_text();
    init_errors();
  }
});

// node_modules/diff/libesm/diff/base.js
var Diff;
var init_base = __esm({
  "node_modules/diff/libesm/diff/base.js"() {
    Diff = class {
      diff(oldStr, newStr, options3 = {}) {
        let callback;
        if (typeof options3 === "function") {
          callback = options3;
          options3 = {};
        } else if ("callback" in options3) {
          callback = options3.callback;
        }
        const oldString = this.castInput(oldStr, options3);
        const newString = this.castInput(newStr, options3);
        const oldTokens = this.removeEmpty(this.tokenize(oldString, options3));
        const newTokens = this.removeEmpty(this.tokenize(newString, options3));
        return this.diffWithOptionsObj(oldTokens, newTokens, options3, callback);
      }
      diffWithOptionsObj(oldTokens, newTokens, options3, callback) {
        var _a2;
        const done2 = (value) => {
          value = this.postProcess(value, options3);
          if (callback) {
            setTimeout(function() {
              callback(value);
            }, 0);
            return void 0;
          } else {
            return value;
          }
        };
        const newLen = newTokens.length, oldLen = oldTokens.length;
        let editLength = 1;
        let maxEditLength = newLen + oldLen;
        if (options3.maxEditLength != null) {
          maxEditLength = Math.min(maxEditLength, options3.maxEditLength);
        }
        const maxExecutionTime = (_a2 = options3.timeout) !== null && _a2 !== void 0 ? _a2 : Infinity;
        const abortAfterTimestamp = Date.now() + maxExecutionTime;
        const bestPath = [{ oldPos: -1, lastComponent: void 0 }];
        let newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options3);
        if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
          return done2(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
        }
        let minDiagonalToConsider = -Infinity, maxDiagonalToConsider = Infinity;
        const execEditLength = () => {
          for (let diagonalPath = Math.max(minDiagonalToConsider, -editLength); diagonalPath <= Math.min(maxDiagonalToConsider, editLength); diagonalPath += 2) {
            let basePath;
            const removePath = bestPath[diagonalPath - 1], addPath2 = bestPath[diagonalPath + 1];
            if (removePath) {
              bestPath[diagonalPath - 1] = void 0;
            }
            let canAdd = false;
            if (addPath2) {
              const addPathNewPos = addPath2.oldPos - diagonalPath;
              canAdd = addPath2 && 0 <= addPathNewPos && addPathNewPos < newLen;
            }
            const canRemove = removePath && removePath.oldPos + 1 < oldLen;
            if (!canAdd && !canRemove) {
              bestPath[diagonalPath] = void 0;
              continue;
            }
            if (!canRemove || canAdd && removePath.oldPos < addPath2.oldPos) {
              basePath = this.addToPath(addPath2, true, false, 0, options3);
            } else {
              basePath = this.addToPath(removePath, false, true, 1, options3);
            }
            newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options3);
            if (basePath.oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
              return done2(this.buildValues(basePath.lastComponent, newTokens, oldTokens)) || true;
            } else {
              bestPath[diagonalPath] = basePath;
              if (basePath.oldPos + 1 >= oldLen) {
                maxDiagonalToConsider = Math.min(maxDiagonalToConsider, diagonalPath - 1);
              }
              if (newPos + 1 >= newLen) {
                minDiagonalToConsider = Math.max(minDiagonalToConsider, diagonalPath + 1);
              }
            }
          }
          editLength++;
        };
        if (callback) {
          (function exec2() {
            setTimeout(function() {
              if (editLength > maxEditLength || Date.now() > abortAfterTimestamp) {
                return callback(void 0);
              }
              if (!execEditLength()) {
                exec2();
              }
            }, 0);
          })();
        } else {
          while (editLength <= maxEditLength && Date.now() <= abortAfterTimestamp) {
            const ret = execEditLength();
            if (ret) {
              return ret;
            }
          }
        }
      }
      addToPath(path58, added, removed, oldPosInc, options3) {
        const last = path58.lastComponent;
        if (last && !options3.oneChangePerToken && last.added === added && last.removed === removed) {
          return {
            oldPos: path58.oldPos + oldPosInc,
            lastComponent: { count: last.count + 1, added, removed, previousComponent: last.previousComponent }
          };
        } else {
          return {
            oldPos: path58.oldPos + oldPosInc,
            lastComponent: { count: 1, added, removed, previousComponent: last }
          };
        }
      }
      extractCommon(basePath, newTokens, oldTokens, diagonalPath, options3) {
        const newLen = newTokens.length, oldLen = oldTokens.length;
        let oldPos = basePath.oldPos, newPos = oldPos - diagonalPath, commonCount = 0;
        while (newPos + 1 < newLen && oldPos + 1 < oldLen && this.equals(oldTokens[oldPos + 1], newTokens[newPos + 1], options3)) {
          newPos++;
          oldPos++;
          commonCount++;
          if (options3.oneChangePerToken) {
            basePath.lastComponent = { count: 1, previousComponent: basePath.lastComponent, added: false, removed: false };
          }
        }
        if (commonCount && !options3.oneChangePerToken) {
          basePath.lastComponent = { count: commonCount, previousComponent: basePath.lastComponent, added: false, removed: false };
        }
        basePath.oldPos = oldPos;
        return newPos;
      }
      equals(left, right, options3) {
        if (options3.comparator) {
          return options3.comparator(left, right);
        } else {
          return left === right || !!options3.ignoreCase && left.toLowerCase() === right.toLowerCase();
        }
      }
      removeEmpty(array) {
        const ret = [];
        for (let i2 = 0; i2 < array.length; i2++) {
          if (array[i2]) {
            ret.push(array[i2]);
          }
        }
        return ret;
      }
      // eslint-disable-next-line @typescript-eslint/no-unused-vars
      castInput(value, options3) {
        return value;
      }
      // eslint-disable-next-line @typescript-eslint/no-unused-vars
      tokenize(value, options3) {
        return Array.from(value);
      }
      join(chars) {
        return chars.join("");
      }
      postProcess(changeObjects, options3) {
        return changeObjects;
      }
      get useLongestToken() {
        return false;
      }
      buildValues(lastComponent, newTokens, oldTokens) {
        const components = [];
        let nextComponent;
        while (lastComponent) {
          components.push(lastComponent);
          nextComponent = lastComponent.previousComponent;
          delete lastComponent.previousComponent;
          lastComponent = nextComponent;
        }
        components.reverse();
        const componentLen = components.length;
        let componentPos = 0, newPos = 0, oldPos = 0;
        for (; componentPos < componentLen; componentPos++) {
          const component = components[componentPos];
          if (!component.removed) {
            if (!component.added && this.useLongestToken) {
              let value = newTokens.slice(newPos, newPos + component.count);
              value = value.map(function(value2, i2) {
                const oldValue = oldTokens[oldPos + i2];
                return oldValue.length > value2.length ? oldValue : value2;
              });
              component.value = this.join(value);
            } else {
              component.value = this.join(newTokens.slice(newPos, newPos + component.count));
            }
            newPos += component.count;
            if (!component.added) {
              oldPos += component.count;
            }
          } else {
            component.value = this.join(oldTokens.slice(oldPos, oldPos + component.count));
            oldPos += component.count;
          }
        }
        return components;
      }
    };
  }
});

// node_modules/diff/libesm/diff/line.js
function diffLines(oldStr, newStr, options3) {
  return lineDiff.diff(oldStr, newStr, options3);
}
function tokenize(value, options3) {
  if (options3.stripTrailingCr) {
    value = value.replace(/\r\n/g, "\n");
  }
  const retLines = [], linesAndNewlines = value.split(/(\n|\r\n)/);
  if (!linesAndNewlines[linesAndNewlines.length - 1]) {
    linesAndNewlines.pop();
  }
  for (let i2 = 0; i2 < linesAndNewlines.length; i2++) {
    const line = linesAndNewlines[i2];
    if (i2 % 2 && !options3.newlineIsToken) {
      retLines[retLines.length - 1] += line;
    } else {
      retLines.push(line);
    }
  }
  return retLines;
}
var LineDiff, lineDiff;
var init_line = __esm({
  "node_modules/diff/libesm/diff/line.js"() {
    init_base();
    LineDiff = class extends Diff {
      constructor() {
        super(...arguments);
        this.tokenize = tokenize;
      }
      equals(left, right, options3) {
        if (options3.ignoreWhitespace) {
          if (!options3.newlineIsToken || !left.includes("\n")) {
            left = left.trim();
          }
          if (!options3.newlineIsToken || !right.includes("\n")) {
            right = right.trim();
          }
        } else if (options3.ignoreNewlineAtEof && !options3.newlineIsToken) {
          if (left.endsWith("\n")) {
            left = left.slice(0, -1);
          }
          if (right.endsWith("\n")) {
            right = right.slice(0, -1);
          }
        }
        return super.equals(left, right, options3);
      }
    };
    lineDiff = new LineDiff();
  }
});

// node_modules/diff/libesm/patch/create.js
function needsQuoting(s) {
  for (let i2 = 0; i2 < s.length; i2++) {
    if (s[i2] < " " || s[i2] > "~" || s[i2] === '"' || s[i2] === "\\") {
      return true;
    }
  }
  return false;
}
function quoteFileNameIfNeeded(s) {
  if (!needsQuoting(s)) {
    return s;
  }
  let result2 = '"';
  const bytes = new TextEncoder().encode(s);
  let i2 = 0;
  while (i2 < bytes.length) {
    const b = bytes[i2];
    if (b === 7) {
      result2 += "\\a";
    } else if (b === 8) {
      result2 += "\\b";
    } else if (b === 9) {
      result2 += "\\t";
    } else if (b === 10) {
      result2 += "\\n";
    } else if (b === 11) {
      result2 += "\\v";
    } else if (b === 12) {
      result2 += "\\f";
    } else if (b === 13) {
      result2 += "\\r";
    } else if (b === 34) {
      result2 += '\\"';
    } else if (b === 92) {
      result2 += "\\\\";
    } else if (b >= 32 && b <= 126) {
      result2 += String.fromCharCode(b);
    } else {
      result2 += "\\" + b.toString(8).padStart(3, "0");
    }
    i2++;
  }
  result2 += '"';
  return result2;
}
function structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options3) {
  let optionsObj;
  if (!options3) {
    optionsObj = {};
  } else if (typeof options3 === "function") {
    optionsObj = { callback: options3 };
  } else {
    optionsObj = options3;
  }
  if (typeof optionsObj.context === "undefined") {
    optionsObj.context = 4;
  }
  const context = optionsObj.context;
  if (optionsObj.newlineIsToken) {
    throw new Error("newlineIsToken may not be used with patch-generation functions, only with diffing functions");
  }
  if (!optionsObj.callback) {
    return diffLinesResultToPatch(diffLines(oldStr, newStr, optionsObj));
  } else {
    const { callback } = optionsObj;
    diffLines(oldStr, newStr, Object.assign(Object.assign({}, optionsObj), { callback: (diff) => {
      const patch2 = diffLinesResultToPatch(diff);
      callback(patch2);
    } }));
  }
  function diffLinesResultToPatch(diff) {
    if (!diff) {
      return;
    }
    diff.push({ value: "", lines: [] });
    function contextLines(lines) {
      return lines.map(function(entry) {
        return " " + entry;
      });
    }
    const hunks = [];
    let oldRangeStart = 0, newRangeStart = 0, curRange = [], oldLine = 1, newLine = 1;
    for (let i2 = 0; i2 < diff.length; i2++) {
      const current2 = diff[i2], lines = current2.lines || splitLines(current2.value);
      current2.lines = lines;
      if (current2.added || current2.removed) {
        if (!oldRangeStart) {
          const prev = diff[i2 - 1];
          oldRangeStart = oldLine;
          newRangeStart = newLine;
          if (prev) {
            curRange = context > 0 ? contextLines(prev.lines.slice(-context)) : [];
            oldRangeStart -= curRange.length;
            newRangeStart -= curRange.length;
          }
        }
        for (const line of lines) {
          curRange.push((current2.added ? "+" : "-") + line);
        }
        if (current2.added) {
          newLine += lines.length;
        } else {
          oldLine += lines.length;
        }
      } else {
        if (oldRangeStart) {
          if (lines.length <= context * 2 && i2 < diff.length - 2) {
            for (const line of contextLines(lines)) {
              curRange.push(line);
            }
          } else {
            const contextSize = Math.min(lines.length, context);
            for (const line of contextLines(lines.slice(0, contextSize))) {
              curRange.push(line);
            }
            const hunk = {
              oldStart: oldRangeStart,
              oldLines: oldLine - oldRangeStart + contextSize,
              newStart: newRangeStart,
              newLines: newLine - newRangeStart + contextSize,
              lines: curRange
            };
            hunks.push(hunk);
            oldRangeStart = 0;
            newRangeStart = 0;
            curRange = [];
          }
        }
        oldLine += lines.length;
        newLine += lines.length;
      }
    }
    for (const hunk of hunks) {
      for (let i2 = 0; i2 < hunk.lines.length; i2++) {
        if (hunk.lines[i2].endsWith("\n")) {
          hunk.lines[i2] = hunk.lines[i2].slice(0, -1);
        } else {
          hunk.lines.splice(i2 + 1, 0, "\\ No newline at end of file");
          i2++;
        }
      }
    }
    return {
      oldFileName,
      newFileName,
      oldHeader,
      newHeader,
      hunks
    };
  }
}
function formatPatch(patch2, headerOptions) {
  var _a2, _b2, _c, _d, _e, _f;
  if (!headerOptions) {
    headerOptions = INCLUDE_HEADERS;
  }
  if (Array.isArray(patch2)) {
    if (patch2.length > 1 && !headerOptions.includeFileHeaders && !patch2.every((p) => p.isGit)) {
      throw new Error("Cannot omit file headers on a multi-file patch. (The result would be unparseable; how would a tool trying to apply the patch know which changes are to which file?)");
    }
    return patch2.map((p) => formatPatch(p, headerOptions)).join("\n");
  }
  const ret = [];
  if (patch2.isGit) {
    headerOptions = INCLUDE_HEADERS;
    if (!patch2.oldFileName) {
      throw new Error("oldFileName must be specified for Git patches");
    }
    if (!patch2.newFileName) {
      throw new Error("newFileName must be specified for Git patches");
    }
    let gitOldName = patch2.oldFileName;
    let gitNewName = patch2.newFileName;
    if (patch2.isCreate && gitOldName === "/dev/null") {
      gitOldName = gitNewName.replace(/^b\//, "a/");
    } else if (patch2.isDelete && gitNewName === "/dev/null") {
      gitNewName = gitOldName.replace(/^a\//, "b/");
    }
    ret.push("diff --git " + quoteFileNameIfNeeded(gitOldName) + " " + quoteFileNameIfNeeded(gitNewName));
    if (patch2.isDelete) {
      ret.push("deleted file mode " + ((_a2 = patch2.oldMode) !== null && _a2 !== void 0 ? _a2 : "100644"));
    }
    if (patch2.isCreate) {
      ret.push("new file mode " + ((_b2 = patch2.newMode) !== null && _b2 !== void 0 ? _b2 : "100644"));
    }
    if (patch2.oldMode && patch2.newMode && !patch2.isDelete && !patch2.isCreate) {
      ret.push("old mode " + patch2.oldMode);
      ret.push("new mode " + patch2.newMode);
    }
    if (patch2.isRename) {
      ret.push("rename from " + quoteFileNameIfNeeded(((_c = patch2.oldFileName) !== null && _c !== void 0 ? _c : "").replace(/^a\//, "")));
      ret.push("rename to " + quoteFileNameIfNeeded(((_d = patch2.newFileName) !== null && _d !== void 0 ? _d : "").replace(/^b\//, "")));
    }
    if (patch2.isCopy) {
      ret.push("copy from " + quoteFileNameIfNeeded(((_e = patch2.oldFileName) !== null && _e !== void 0 ? _e : "").replace(/^a\//, "")));
      ret.push("copy to " + quoteFileNameIfNeeded(((_f = patch2.newFileName) !== null && _f !== void 0 ? _f : "").replace(/^b\//, "")));
    }
  } else {
    if (headerOptions.includeIndex && patch2.oldFileName == patch2.newFileName && patch2.oldFileName !== void 0) {
      ret.push("Index: " + patch2.oldFileName);
    }
    if (headerOptions.includeUnderline) {
      ret.push("===================================================================");
    }
  }
  const hasHunks = patch2.hunks.length > 0;
  if (headerOptions.includeFileHeaders && patch2.oldFileName !== void 0 && patch2.newFileName !== void 0 && (!patch2.isGit || hasHunks)) {
    ret.push("--- " + quoteFileNameIfNeeded(patch2.oldFileName) + (patch2.oldHeader ? "	" + patch2.oldHeader : ""));
    ret.push("+++ " + quoteFileNameIfNeeded(patch2.newFileName) + (patch2.newHeader ? "	" + patch2.newHeader : ""));
  }
  for (let i2 = 0; i2 < patch2.hunks.length; i2++) {
    const hunk = patch2.hunks[i2];
    const oldStart = hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart;
    const newStart = hunk.newLines === 0 ? hunk.newStart - 1 : hunk.newStart;
    ret.push("@@ -" + oldStart + "," + hunk.oldLines + " +" + newStart + "," + hunk.newLines + " @@");
    for (const line of hunk.lines) {
      ret.push(line);
    }
  }
  return ret.join("\n") + "\n";
}
function createTwoFilesPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options3) {
  if (typeof options3 === "function") {
    options3 = { callback: options3 };
  }
  if (!(options3 === null || options3 === void 0 ? void 0 : options3.callback)) {
    const patchObj = structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options3);
    if (!patchObj) {
      return;
    }
    return formatPatch(patchObj, options3 === null || options3 === void 0 ? void 0 : options3.headerOptions);
  } else {
    const { callback } = options3;
    structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, Object.assign(Object.assign({}, options3), { callback: (patchObj) => {
      if (!patchObj) {
        callback(void 0);
      } else {
        callback(formatPatch(patchObj, options3.headerOptions));
      }
    } }));
  }
}
function splitLines(text3) {
  const hasTrailingNl = text3.endsWith("\n");
  const result2 = text3.split("\n").map((line) => line + "\n");
  if (hasTrailingNl) {
    result2.pop();
  } else {
    result2.push(result2.pop().slice(0, -1));
  }
  return result2;
}
var INCLUDE_HEADERS;
var init_create = __esm({
  "node_modules/diff/libesm/patch/create.js"() {
    init_line();
    INCLUDE_HEADERS = {
      includeIndex: true,
      includeUnderline: true,
      includeFileHeaders: true
    };
  }
});

// node_modules/diff/libesm/index.js
var init_libesm = __esm({
  "node_modules/diff/libesm/index.js"() {
    init_create();
  }
});

// src/update/patch-text.ts
import path21 from "node:path";
function patchText(edits, root) {
  return edits.map(({ file, before, after }) => {
    const name5 = path21.relative(root, file);
    const old = before === void 0 ? "/dev/null" : `a/${name5}`;
    return createTwoFilesPatch(old, `b/${name5}`, before ?? "", after, void 0, void 0, {
      context: 3
    }).replace(/^=+\n/, "");
  }).join("");
}
var init_patch_text = __esm({
  "src/update/patch-text.ts"() {
    "use strict";
    init_libesm();
  }
});

// src/fetch/archives.ts
import { createHash as createHash6 } from "node:crypto";
function begin(manifest) {
  const nar = createHash6("sha256");
  nar.update(narStrings("nix-archive-1", "(", "type", "directory"));
  nar.update(narStrings("entry", "(", "name", "manifest.json", "node", "(", "type", "regular"));
  nar.update(narStrings("contents", manifest, ")", ")"));
  nar.update(narStrings("entry", "(", "name", "wheels", "node", "(", "type", "directory"));
  return nar;
}
var Archives;
var init_archives = __esm({
  "src/fetch/archives.ts"() {
    "use strict";
    init_nar();
    init_read();
    Archives = class {
      #open;
      /** @param manifests text of each output's `manifest.json` */
      constructor(manifests) {
        this.#open = manifests.map(begin);
      }
      /**
       * Adds the next file, in the order of the names' bytes. The digest is of the bytes that are
       * archived.
       * @returns false if the digest is wrong; the file was not added then
       * @throws UserError `artifact-too-large`; NodeJS.ErrnoException if it is not readable
       */
      async add({ name: name5, digest: digest3, outputs }, file) {
        const [algorithm = "sha256", expected] = digest3?.split(":") ?? [];
        const declared = createHash6(algorithm);
        const head2 = narStrings("entry", "(", "name", name5, "node", "(", "type", "regular", "contents");
        const nars = outputs.map((output) => this.#open[output].copy().update(head2));
        let length = 0;
        const isWhole = await readPieces(
          file,
          name5,
          (size2) => {
            length = size2;
            for (const nar of nars) nar.update(narLength(size2));
          },
          (piece) => {
            if (expected !== void 0) declared.update(piece);
            for (const nar of nars) nar.update(piece);
          }
        );
        if (!isWhole || expected !== void 0 && declared.digest("hex") !== expected.toLowerCase())
          return false;
        const tail = Buffer.concat([narPadding(length), narStrings(")", ")")]);
        for (const [index, nar] of nars.entries()) this.#open[outputs[index]] = nar.update(tail);
        return true;
      }
      /** @returns the SRI hash of each output */
      finish() {
        return this.#open.map((nar) => sri(nar.update(narStrings(")", ")", ")"))));
      }
    };
  }
});

// src/fetch/runner-cache.ts
import { createHash as createHash7 } from "node:crypto";
import { mkdir as mkdir3 } from "node:fs/promises";
function runnerCache(environment2) {
  const name5 = environment2.ACTIONS_CACHE_SERVICE_V2 ? "ACTIONS_RESULTS_URL" : "ACTIONS_CACHE_URL";
  if (!environment2[name5]) return void 0;
  return {
    restoreCache: async (...args) => (await import("./actions-cache.js")).restoreCache(...args),
    saveCache: async (...args) => (await import("./actions-cache.js")).saveCache(...args)
  };
}
function keyOf(digests) {
  return prefix + createHash7("sha256").update(digests.join("\n")).digest("hex");
}
async function restore({ folder, runner, log }, key2) {
  try {
    await mkdir3(folder, { recursive: true });
    const found2 = await runner.restoreCache([folder], key2, [prefix]);
    log.info(found2 === void 0 ? "No artifacts in the runner's cache." : `Restored artifacts: ${found2}.`);
    return found2;
  } catch (error2) {
    log.warning(`Failed to restore artifacts (${messageOf2(error2)}); they are downloaded instead.`);
    return void 0;
  }
}
async function save({ folder, runner, log, maySave }, key2) {
  if (!maySave) return;
  try {
    await runner.saveCache([folder], key2);
    log.info(`Saved artifacts: ${key2}.`);
  } catch (error2) {
    log.warning(`Failed to save artifacts (${messageOf2(error2)}); the next run downloads them again.`);
  }
}
var prefix, messageOf2;
var init_runner_cache = __esm({
  "src/fetch/runner-cache.ts"() {
    "use strict";
    prefix = "uv-fod-artifacts-1-";
    messageOf2 = (error2) => error2 instanceof Error ? error2.message : String(error2);
  }
});

// src/fetch/union.ts
function unionOf(systems2) {
  const files = /* @__PURE__ */ new Map();
  for (const [index, { artifacts }] of systems2.entries()) {
    for (const wheel of wheelsOf(artifacts)) {
      const { filename, hash: hash2, url, path: path58 } = wheel;
      const key2 = JSON.stringify([filename, hash2 ?? [url, path58]]);
      const file = files.get(key2) ?? { wheel, outputs: [] };
      file.outputs.push(index);
      files.set(key2, file);
    }
  }
  return [...files.values()].sort(({ wheel: a }, { wheel: b }) => compare4(a.filename, b.filename));
}
var compare4;
var init_union = __esm({
  "src/fetch/union.ts"() {
    "use strict";
    init_wheels();
    compare4 = (a, b) => a < b ? -1 : Number(a > b);
  }
});

// src/fetch/hash.ts
async function hashOutputs(systems2, project, tools) {
  const files = unionOf(systems2);
  if (!tools.saved) return hashFiles(systems2, files, project, tools);
  const remote = files.flatMap(({ wheel }) => wheel.path === void 0 && wheel.hash ? [wheel] : []);
  const key2 = keyOf(remote.map(({ hash: hash2 = "" }) => hash2));
  const found2 = remote.length > 0 ? await restore(tools.saved, key2) : key2;
  const result2 = await hashFiles(systems2, files, project, tools);
  if (found2 !== key2) {
    await tools.cache.trim(2 * remote.reduce((sum, { size: size2 = 0 }) => sum + size2, 0));
    await save(tools.saved, key2);
  }
  return result2;
}
async function hashFiles(systems2, files, project, tools) {
  const archives = new Archives(systems2.map(({ artifacts, target: target3 }) => manifestText(artifacts, target3)));
  const found2 = await Promise.all(
    files.map(async ({ wheel }) => {
      if (wheel.path !== void 0) return localFile(wheel, project);
      return wheel.hash === void 0 ? void 0 : tools.cache.find(wheel.hash);
    })
  );
  const downloads = new Downloads(tools);
  try {
    const missing3 = files.flatMap(({ wheel }, index) => found2[index] === void 0 ? [wheel] : []);
    const coming = downloads.start(missing3);
    for (const [index, item2] of files.entries()) {
      const { wheel, outputs } = item2;
      const file = found2[index] ?? await coming.get(wheel) ?? "";
      const archived = { name: wheel.filename, digest: wheel.hash, outputs };
      if (await archives.add(archived, file)) {
        if (wheel.path === void 0 && found2[index] !== void 0) await tools.cache.used(file);
        continue;
      }
      if (wheel.path !== void 0)
        throw wheel.hash === void 0 ? localMissing(wheel) : localChanged(wheel);
      await tools.cache.discard(file);
      if (!await archives.add(archived, await downloads.start([wheel]).get(wheel) ?? ""))
        throw unusable();
    }
    const hashes = archives.finish();
    return { hashes: systems2.map(describe2(hashes)), downloaded: downloads.sofar };
  } finally {
    await downloads.end();
  }
}
var describe2, Downloads, unusable;
var init_hash = __esm({
  "src/fetch/hash.ts"() {
    "use strict";
    init_errors();
    init_manifest();
    init_archives();
    init_download();
    init_local();
    init_runner_cache();
    init_union();
    init_wheels();
    describe2 = (hashes) => ({ target: target3, artifacts }, index) => ({
      system: target3.system,
      hash: hashes[index] ?? "",
      files: artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").length
    });
    Downloads = class {
      sofar = { files: 0, bytes: 0 };
      #all = { files: 0, bytes: 0 };
      #controller = new AbortController();
      #running = [];
      #temporary = [];
      #tools;
      constructor(tools) {
        this.#tools = tools;
      }
      /** @returns for each artifact the path of its verified file */
      start(artifacts) {
        if (artifacts.length === 0) return /* @__PURE__ */ new Map();
        const waiting = artifacts.map((artifact) => ({ artifact, ...Promise.withResolvers() }));
        const running = this.#download(artifacts, (index, file) => waiting[index]?.resolve(file));
        running.catch((error2) => {
          for (const { promise, reject } of waiting) {
            promise.catch(() => {
            });
            reject(error2);
          }
        });
        this.#running.push(running);
        return new Map(waiting.map(({ artifact, promise }) => [artifact, promise]));
      }
      async #download(artifacts, onFile) {
        const { cache, cacheSize: cacheSize2, network, onProgress } = this.#tools;
        const files = artifacts.map((artifact) => asDownload(artifact, cache.temporary()));
        const expected = files.reduce((sum, { size: size2 = 1 << 20 }) => sum + size2, 0);
        this.#all = { files: this.#all.files + files.length, bytes: this.#all.bytes + expected };
        await cache.trim(Math.max(0, cacheSize2 - expected)).catch(() => {
        });
        const onDone = async (index, size2) => {
          const { target: target3 = "", hash: hash2 } = files[index] ?? {};
          if (hash2 === void 0) this.#temporary.push(target3);
          onFile(index, hash2 === void 0 ? target3 : await cache.keep(target3, hash2));
          this.sofar = { files: this.sofar.files + 1, bytes: this.sofar.bytes + size2 };
          onProgress?.(this.sofar, this.#all);
        };
        await download(files, await network(), onDone, this.#controller.signal);
      }
      /** Cancels running downloads, and waits for their end. */
      async end() {
        this.#controller.abort();
        await Promise.allSettled(this.#running);
        await Promise.all(this.#temporary.map((file) => this.#tools.cache.discard(file)));
      }
    };
    unusable = () => new UserError(
      "cache-unusable",
      "Files in the cache change while they are read. Delete its folder (uv-fod in XDG_CACHE_HOME), or check the disk for errors."
    );
  }
});

// src/update/options.ts
var checkOptions;
var init_options = __esm({
  "src/update/options.ts"() {
    "use strict";
    checkOptions = {
      ...{ findReleases: false, updateOutputs: false, lockOnly: false, verify: false },
      ...{ recompute: true, skipSecondDerivation: false }
    };
  }
});

// src/update/stages.ts
var Stages;
var init_stages = __esm({
  "src/update/stages.ts"() {
    "use strict";
    Stages = class {
      done = [];
      #now;
      /** @param now milliseconds */
      constructor(now) {
        this.#now = now;
      }
      async run(name5, body2) {
        const started = this.#now();
        const result2 = await body2();
        this.done.push({ name: name5, milliseconds: this.#now() - started });
        return result2;
      }
    };
  }
});

// src/nix/evaluate.ts
import { access as access2 } from "node:fs/promises";
import path23 from "node:path";
async function evaluate2(derivation, run, log, { revision = false, onStart } = {}) {
  await checkFile(derivation);
  const question = { question: "pinned", given: { withRevision: String(revision) }, shape: pinned };
  const result2 = await evaluateJson(derivation, question, run, onStart);
  if (!("value" in result2)) {
    if (result2.code === noSuchProgram) throw nixMissing();
    await log.group("Evaluation of the derivation", async () => log.info(result2.stderr));
    throw evaluationError(derivation, result2.stderr);
  }
  const raw = result2.value;
  checkSchema(derivation, raw.own);
  return toPinned(derivation, raw, raw.own.src ?? await fetchedSource(derivation, run, log));
}
async function checkFile({ file, root }) {
  if (file === void 0 || root?.kind === "expression") return;
  const option2 = root === void 0 ? "file" : "flake";
  await access2(file).catch(() => {
    throw new UserError("file-missing", `There is no file ${file}; correct '${option2}'.`);
  });
}
async function fetchedSource(derivation, run, log) {
  const title = `Nix: source of '${derivation.attribute}'`;
  const result2 = await nixBuild(nixArguments(derivation, { question: "source" }), { run, log }, title);
  const out = result2.stdout.trim().split("\n").at(-1) ?? "";
  if (result2.code === 0 && out.startsWith("/")) return out;
  throw new UserError(
    "source-unreachable",
    `The source of '${derivation.attribute}', which has its uv.lock, can't be fetched: ${failureCause(result2).replace(/\.$/, "")}. Correct its address, tag or hash; what Nix printed is in the log.`,
    { ...placeOf(derivation), log: result2.stderr }
  );
}
function checkSchema(derivation, { schema }) {
  if (schema === 1) return;
  throw new UserError(
    "not-uv-fod",
    `The Nix library that '${derivation.attribute}' uses schema ${schema}, and this program uses schema 1; use the same version of both.`
  );
}
function toPinned(derivation, { own: own2, systems: systems2, ...rest }, source) {
  return {
    ...rest,
    system: own2.system,
    project: path23.join(source, own2.project),
    buildLock: own2.buildLock ?? void 0,
    systems: Object.values(systems2).map((deps) => toSystem(derivation, deps))
  };
}
function toSystem(derivation, { system: system2, target: target3, hash: hash2, position: position2 }) {
  if (position2 === null) {
    throw new UserError(
      "hash-literal",
      `'${derivation.attribute}': Nix can't tell where its hash is written; write it as a string literal at fetchUvDeps' argument 'hash'.`
    );
  }
  return { target: { ...target3, system: system2 }, hash: hash2, position: position2 };
}
function nixMissing() {
  return new UserError(
    "nix-missing",
    "There is no nix-instantiate on PATH: install Nix in a step before this one (for example DeterminateSystems/nix-installer-action or cachix/install-nix-action)."
  );
}
function evaluationError(derivation, stderr) {
  const missing3 = /error: uv-fod:no-attribute:([\w'-]+)/.exec(stderr)?.[1];
  if (missing3 !== void 0) {
    return new UserError(
      "attribute-missing",
      `There is no attribute '${derivation.attribute}' in ${nameOf(derivation)} ('${missing3}' is not there); correct 'attribute'.`,
      placeOf(derivation)
    );
  }
  if (stderr.includes("error: uv-fod:no-uv-deps")) {
    return new UserError(
      "not-uv-fod",
      `'${derivation.attribute}' has no 'uvDeps': build it with this project's buildUvEnv, or set passthru.uvDeps to its fetchUvDeps.`,
      placeOf(derivation)
    );
  }
  return new UserError(
    "evaluation-failed",
    `Nix can't evaluate '${derivation.attribute}' of ${nameOf(derivation)}: ${failureText(stderr)}. Fix the expression; the whole message is in the log.`,
    { ...placeOf(derivation), log: stderr }
  );
}
var init_evaluate = __esm({
  "src/nix/evaluate.ts"() {
    "use strict";
    init_errors();
    init_run();
    init_answers();
    init_expression();
    init_nix_build();
    init_nix_failure();
    init_nix_messages();
    init_target();
  }
});

// src/update/compare.ts
function compareSystems(project, pinned2, buildLock) {
  return pinned2.systems.map((one) => {
    const target3 = parseTarget(one.target);
    const artifacts = planProject(project, target3, one.target);
    const plan = manifestDigest(artifacts, one.target);
    const recorded = buildLock?.systems[one.target.system];
    const isCurrent = recorded?.plan === plan && recorded.hash === one.hash;
    return { pinned: one, target: target3, artifacts, plan, isCurrent };
  });
}
var init_compare = __esm({
  "src/update/compare.ts"() {
    "use strict";
    init_plan2();
    init_manifest();
  }
});

// src/update/hashes.ts
async function hashAll({ derivation, pinned: { project, system: builder }, states }, { lockOnly, recompute, skipSecondDerivation }, context) {
  if (lockOnly) return states.map(recordedHash);
  const isDistrusted = recompute || context.verification.isUntrusted;
  const stale = states.filter(({ isCurrent }) => isDistrusted || !isCurrent);
  const own2 = stale.find(({ pinned: pinned2 }) => pinned2.target.system === builder);
  const nix = own2 && await hashByNix(derivation, builder, context.run, context.log);
  const native = await nativeHashes(
    project,
    skipSecondDerivation ? stale.filter((one) => one !== own2) : stale,
    context
  );
  const other = native.get(builder);
  if (nix !== void 0 && other !== void 0 && nix !== other) throw differ(builder, nix, other);
  return states.map((one) => {
    if (!stale.includes(one)) return recordedHash(one);
    const { system: system2 } = one.pinned.target;
    const before = one.pinned.hash;
    const byNix = system2 === builder ? nix : void 0;
    const how = byNix === void 0 ? "native" : native.has(system2) ? "both" : "nix";
    return { system: system2, before, after: byNix ?? native.get(system2) ?? before, how };
  });
}
async function nativeHashes(project, states, { native, log }) {
  if (states.length === 0) return /* @__PURE__ */ new Map();
  const systems2 = states.map(({ pinned: pinned2, artifacts }) => ({ target: pinned2.target, artifacts }));
  return log.group("Hash without Nix", async () => {
    const { hashes, downloaded } = await hashOutputs(systems2, project, await native());
    for (const { system: system2, hash: hash2, files } of hashes) log.info(`${system2}: ${hash2}, ${files} wheels`);
    log.info(`${downloaded.files} files downloaded, ${(downloaded.bytes / 1e6).toFixed(1)} MB`);
    return new Map(hashes.map(({ system: system2, hash: hash2 }) => [system2, hash2]));
  });
}
function differ(system2, nix, native) {
  return new UserError(
    "hashes-differ",
    `Two derivations of the hash for ${system2} differ: Nix's build gave ${nix}, this program's own download and NAR ${native}. Nothing was changed. Either the index gives different bytes each time for a file that uv.lock has no hash of, or something on the way changes them; look at 'uv-fod hash' on another machine before you trust either.`
  );
}
var recordedHash;
var init_hashes = __esm({
  "src/update/hashes.ts"() {
    "use strict";
    init_hash();
    init_build();
    init_errors();
    recordedHash = ({ pinned: { target: target3, hash: hash2 } }) => ({
      ...{ system: target3.system, before: hash2, after: hash2 },
      how: "recorded"
    });
  }
});

// src/update/log-plans.ts
function logPlans({ attribute }, states, log) {
  return log.group(`Plan of '${attribute}'`, async () => {
    for (const one of states) log.info(`${one.target.system}: ${planned(one)}; ${standing(one)}`);
  });
}
function planned({ artifacts }) {
  const wheels = artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").length;
  const megabytes3 = (wheelBytes(artifacts) / 1e6).toFixed(1);
  return `${wheels} wheels, ${megabytes3} MB, ${artifacts.length - wheels} to build`;
}
function standing({ pinned: { hash: hash2, position: position2 }, isCurrent }) {
  const place3 = `${position2.file}:${position2.line}`;
  if (hash2 === "") return `no hash yet (${place3})`;
  return `${hash2} (${place3}) was made from ${isCurrent ? "this" : "something else"}`;
}
var init_log_plans = __esm({
  "src/update/log-plans.ts"() {
    "use strict";
    init_plan2();
  }
});

// src/update/update.ts
import path24 from "node:path";
async function computeUpdate(request, context) {
  const { derivation, options: options3, stages } = request;
  const pinned2 = await stages.run(
    "derivation",
    () => request.pinned ?? evaluate2(derivation, context.run, context.log)
  );
  const planned2 = await stages.run("plan", () => planAll(derivation, pinned2, context));
  return placed(request, pinned2, context, async () => {
    const { project, states, lockFile } = planned2;
    await logPlans(derivation, states, context.log);
    await checkHosts(states, context);
    await request.onPlanned?.({ pinned: pinned2, project, states });
    const hashes = await stages.run("hash", () => hashAll(planned2, options3, context));
    const edits = await stages.run("build lock", () => lockBuilds(planned2, hashes, options3, context));
    const { notVerified: notVerified2 } = planned2.confirmation;
    return { pinned: pinned2, project, lockFile, states, hashes, edits, notVerified: notVerified2 };
  });
}
async function placed({ derivation }, { systems: systems2 }, { stop }, step) {
  try {
    return await step();
  } catch (error2) {
    throw stop.aborted ? error2 : placedAt(error2, systems2[0]?.position ?? placeOf(derivation).at);
  }
}
async function checkHosts(states, { checkHost }) {
  const seen3 = /* @__PURE__ */ new Set();
  for (const { url, filename, name: name5 } of states.flatMap(({ artifacts }) => artifacts)) {
    if (url === void 0 || seen3.has(url)) continue;
    seen3.add(url);
    await checkHost?.(url, filename ?? name5);
  }
}
async function planAll(derivation, pinned2, context) {
  const { read: read2 } = context;
  const lockFile = pinned2.buildLock ?? path24.join(folderOf(derivation), buildLockName);
  const project = await loadProject(pinned2.project, read2, {
    repository: await repositoryOf(pinned2.project) ?? null
  });
  const text3 = await read2(lockFile);
  const before = text3 === void 0 ? void 0 : { text: text3, lock: parseBuildLock(text3, lockFile) };
  const states = compareSystems(project, pinned2, before?.lock);
  const verification = await verifying(lockFile, project, context);
  return { derivation, pinned: pinned2, project, lockFile, before, states, ...verification };
}
var init_update = __esm({
  "src/update/update.ts"() {
    "use strict";
    init_text();
    init_evaluate();
    init_target();
    init_errors();
    init_inside();
    init_lock();
    init_compare();
    init_hashes();
    init_lock_builds();
    init_log_plans();
    init_verification();
  }
});

// src/nix/copy-to-cache.ts
async function copyToCache(out, { address: address4, credentials }, run, log) {
  const flags2 = ["--extra-experimental-features", "nix-command"];
  const shown3 = capped(log.info);
  const result2 = await log.group(
    `Nix: copy to ${address4}`,
    () => run("nix", [...flags2, "copy", "--to", address4, out], {
      env: credentials,
      onLine: shown3.say
    }).finally(shown3.end)
  );
  if (result2.code === 0) {
    log.info(`${out} and its closure are in ${address4}`);
    return true;
  }
  log.warning(
    `${out} was built and imported, but could not be copied to ${address4}: ${failureText(result2.stderr).replace(/\.$/, "")}. The run continues without. Check the address, its write permission and the credentials of this step.`
  );
  return false;
}
var init_copy_to_cache = __esm({
  "src/nix/copy-to-cache.ts"() {
    "use strict";
    init_capped();
    init_nix_messages();
  }
});

// src/nix/import-check/interpreters.ts
import { realpath as realpath3 } from "node:fs/promises";
import path25 from "node:path";
async function interpretersOf(out, python) {
  const name5 = `python${python.split(".").slice(0, 2).join(".")}`;
  const imports = path25.join(out, "bin", name5);
  for (const link3 of [path25.join(out, "libexec", name5), imports]) {
    const real = await realpath3(link3).catch(() => void 0);
    if (real !== void 0 && isElsewhereInStore(real, out)) return { imports, decides: real };
  }
  return { imports, decides: imports };
}
var isElsewhereInStore;
var init_interpreters = __esm({
  "src/nix/import-check/interpreters.ts"() {
    "use strict";
    isElsewhereInStore = (file, out) => file.startsWith(`${path25.dirname(out)}/`) && !file.startsWith(`${out}/`);
  }
});

// src/nix/import-check/verdict.ts
import { constants as constants5 } from "node:fs";
import { open as open4 } from "node:fs/promises";
async function readVerdict(file, modules) {
  try {
    const { version: version4, results: results2 } = JSON.parse(await readSmall(file));
    if (version4 !== 1 || !Array.isArray(results2)) return void 0;
    const read2 = results2.map(resultOf);
    const failed3 = read2.findIndex(({ outcome: outcome2 }) => outcome2 !== "imported");
    const expected = failed3 === -1 ? modules : modules.slice(0, failed3 + 1);
    const isWhole = read2.length === expected.length && read2.every((one, at) => one.module === expected[at]);
    return isWhole ? read2 : void 0;
  } catch {
    return void 0;
  }
}
async function readSmall(file) {
  const handle = await open4(file, constants5.O_RDONLY | constants5.O_NOFOLLOW | constants5.O_NONBLOCK);
  try {
    const stat10 = await handle.stat();
    if (!stat10.isFile() || stat10.size > most2) throw new Error("not a small file");
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(most2), 0, most2, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
function resultOf(value) {
  const { module: module2, outcome: outcome2, text: text3 = "", file = "" } = value;
  if (typeof module2 !== "string" || typeof text3 !== "string" || typeof file !== "string")
    throw new Error("not a result");
  if (!outcomes.includes(outcome2)) throw new Error("not an outcome");
  return { module: module2, outcome: outcome2, text: text3, file };
}
var outcomes, most2;
var init_verdict = __esm({
  "src/nix/import-check/verdict.ts"() {
    "use strict";
    outcomes = ["imported", "failed", "elsewhere", "too-much"];
    most2 = 1 << 20;
  }
});

// src/nix/import-check/import-check.ts
import { fileURLToPath } from "node:url";
async function checkImports(check4, run, log) {
  const { out, python, system: system2, modules } = check4;
  checkNames(modules);
  if (modules.length === 0) return [];
  const { imports, decides } = await interpretersOf(out, python);
  const given = {
    output: out,
    interpreter: decides,
    python: imports,
    modules: JSON.stringify(modules),
    system: system2
  };
  const args = Object.entries(given).flatMap(([name5, value]) => ["--argstr", name5, value]);
  const result2 = await nixBuild(
    // Without the folders of the host that nix.conf adds to builds.
    [expression, ...args, ...system2.endsWith("-linux") ? ["--option", "sandbox-paths", ""] : []],
    { run, log },
    "Nix: import check, in the sandbox"
  );
  if (result2.code !== 0) throw notRun(result2, modules);
  const verdict = await readVerdict(result2.stdout.trim(), modules);
  if (verdict === void 0)
    throw failed(
      "The import check left no valid result: something that was imported has changed it. Find out which package does that before anything of this output runs elsewhere."
    );
  return log.group(
    "Import check of the built output",
    async () => verdict.map((result3) => imported(result3, out, log))
  );
}
function checkNames(names3) {
  const wrong = names3.find((name5) => !moduleName.test(name5));
  if (wrong !== void 0)
    throw failed(
      `'${shortened(JSON.stringify(wrong))}' is not the name of a Python module; correct pythonImportsCheck.`
    );
  if (names3.join().length > mostCharacters)
    throw failed(`pythonImportsCheck has more than ${mostCharacters} characters in all; leave modules out.`);
}
function notRun(result2, modules) {
  const machine = lackingMachine(result2);
  const what = `'import ${modules[0]}'${modules.length > 1 ? " and the other imports" : ""}`;
  if (machine !== void 0)
    return new UserError(
      "no-builder",
      `The output builds, but ${what} can't be checked here: ${machine}. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
      { log: result2.stderr }
    );
  return failed(
    `The output builds, but ${what} can't be checked: ${causeOf(result2)}. Fix what the module does when it is imported; what the check printed is in the log.`,
    result2.stderr
  );
}
function imported({ module: module2, outcome: outcome2, text: text3, file }, out, log) {
  const isInside2 = outcome2 === "imported" && file.startsWith(`${out}/`);
  log.info(`python -I -c "import ${module2}" → ${isInside2 ? printable(file) : outcome2}`);
  if (isInside2) return { module: module2, file: printable(file) };
  if (text3 !== "") log.info(text3);
  if (outcome2 === "elsewhere" || outcome2 === "imported")
    throw failed(
      `'${module2}' is not a module of the output ${out}: correct pythonImportsCheck, or the lock.`
    );
  if (outcome2 === "too-much")
    throw failed(
      `The output builds, but 'import ${module2}' prints more than 64 KiB. Fix what the module does when it is imported.`,
      text3
    );
  const last = shortened(
    text3.trim().split(/[\r\n]+/).at(-1) ?? ""
  );
  throw failed(
    `The output builds, but 'import ${module2}' fails in it: ${last}. Fix the derivation (a missing native library, or a package that the lock lacks).`,
    text3
  );
}
var expression, mostCharacters, moduleName, shortened, failed;
var init_import_check = __esm({
  "src/nix/import-check/import-check.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_nix_build();
    init_nix_failure();
    init_interpreters();
    init_verdict();
    expression = fileURLToPath(new URL("./import-check.nix", import.meta.url));
    mostCharacters = 6e4;
    moduleName = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
    shortened = (text3) => printable(text3.slice(0, 200));
    failed = (message, log) => new UserError("import-failed", message, log === void 0 ? {} : { log });
  }
});

// src/update/verify.ts
async function buildAndImport({ derivation, pinned: pinned2, stages }, { run, log }) {
  const { python } = pinned2.systems[0]?.target ?? { python: "3" };
  const out = await stages.run("build", () => build2(derivation, run, log));
  const { imports: modules, system: system2 } = pinned2;
  const imported2 = await stages.run("proof", () => checkImports({ out, python, system: system2, modules }, run, log));
  return { out, imported: imported2 };
}
async function verifyUpdate(request, { pullRequest }, { cacheTo }, context) {
  const { run, log } = context;
  try {
    const built = await buildAndImport(request, context);
    if (cacheTo === void 0) return { ...built, failed: void 0 };
    const cache = { address: cacheTo, credentials: context.cacheCredentials(cacheTo) };
    const isCached = await request.stages.run("copy", () => copyToCache(built.out, cache, run, log));
    return { ...built, isCached, failed: void 0 };
  } catch (error2) {
    const isFinding = error2 instanceof UserError && ["build-failed", "import-failed"].includes(error2.code);
    if (!isFinding || pullRequest.draft !== "unverified") throw error2;
    log.warning(`${error2.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`);
    const name5 = error2.code === "build-failed" ? "Build" : "Import";
    return { ...notBuilt, failed: { name: name5, result: "failed", detail: error2.message } };
  }
}
var notBuilt;
var init_verify = __esm({
  "src/update/verify.ts"() {
    "use strict";
    init_build();
    init_copy_to_cache();
    init_import_check();
    init_errors();
    notBuilt = { out: void 0, imported: [], failed: void 0 };
  }
});

// src/update/status-with-nix.ts
var status_with_nix_exports = {};
__export(status_with_nix_exports, {
  checkWithNix: () => checkWithNix
});
import path26 from "node:path";
async function checkWithNix(derivation, root, context) {
  const stages = new Stages(context.now);
  const result2 = await computeUpdate({ derivation, options: checkOptions, stages }, context);
  const { pinned: pinned2, edits } = result2;
  const [first3] = pinned2.systems;
  const at = first3?.position ?? placeOf(derivation).at;
  const hashes = result2.hashes.map(({ system: system2, before, after }) => ({
    ...{ system: system2, before, after },
    at: pinned2.systems.find(({ target: target3 }) => target3.system === system2)?.position
  }));
  const notVerified2 = result2.notVerified.map((why) => `In the build lock, ${why}.`);
  const common = { at, notChecked: notVerified2, hashes, edits };
  if (edits.length > 0)
    return { ...common, status: "stale", message: staleMessage(result2), patch: patchText(edits, root) };
  await buildAndImport({ derivation, pinned: pinned2, stages }, context);
  const systems2 = hashes.map(({ system: system2 }) => system2);
  const others = systems2.filter((system2) => system2 !== pinned2.system);
  return {
    ...common,
    status: "current",
    message: `The hash for ${systems2.join(" and ")} is what uv.lock asks for; it builds and imports${others.length > 0 ? ` on ${pinned2.system}` : ""}.`,
    patch: "",
    notChecked: [
      ...others.map(
        (system2) => `Whether it builds and imports on ${system2}: Nix builds for ${pinned2.system} here.`
      ),
      ...notVerified2
    ]
  };
}
function staleMessage({ hashes, lockFile, edits }) {
  const moved = hashes.filter(({ before, after }) => before !== after);
  const what = moved.map(
    ({ system: system2, before, after }) => `${system2} has ${before || "no hash"} and needs ${after}`
  );
  const lock = staleLock(
    lockFile,
    edits.find(({ file }) => file === lockFile),
    moved.length > 0
  );
  const why = [...moved.length > 0 ? [`The hash is stale: ${what.join("; ")}.`] : [], ...lock];
  return `${why.join(" ")} Run 'uv-fod update', or apply the patch in the job summary.`;
}
function staleLock(file, edit, isMoved) {
  if (edit?.before === void 0) return [];
  const [before, after] = [parseBuildLock(edit.before, file), parseBuildLock(edit.after, file)];
  const systems2 = Object.entries(before.systems).map(([name5, one]) => {
    const { hash: hash2, plan } = ownOf(after.systems, name5) ?? one;
    return [name5, { ...one, hash: hash2, plan }];
  });
  const compared3 = isMoved ? { ...before, systems: Object.fromEntries(systems2) } : before;
  const found2 = differences(edit.before, compared3, after);
  return found2 === "" ? [] : [`${path26.basename(file)} is stale: ${found2}.`];
}
var init_status_with_nix = __esm({
  "src/update/status-with-nix.ts"() {
    "use strict";
    init_differences();
    init_keep();
    init_text();
    init_target();
    init_options();
    init_patch_text();
    init_stages();
    init_update();
    init_verify();
  }
});

// node_modules/semver/ranges/valid.js
var require_valid2 = __commonJS({
  "node_modules/semver/ranges/valid.js"(exports, module2) {
    "use strict";
    var Range = require_range();
    var validRange2 = (range, options3) => {
      try {
        return new Range(range, options3).range || "*";
      } catch (er) {
        return null;
      }
    };
    module2.exports = validRange2;
  }
});

// src/pull-request/failures.ts
function statusOf(error2) {
  const { status } = failureOf(error2);
  return typeof status === "number" ? status : void 0;
}
function headerOf(error2, name5) {
  return failureOf(error2).response?.headers?.[name5];
}
function problemOf(value) {
  const given = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(given.filter(([, one]) => typeof one === "string"));
}
function problemsOf(error2) {
  const failure2 = failureOf(error2);
  const data = failure2.response?.data;
  const listed2 = failure2.errors ?? (typeof data === "object" ? data?.errors : void 0);
  return Array.isArray(listed2) ? listed2.slice(0, MOST_PROBLEMS).map(problemOf) : [];
}
function wordsOf2(error2) {
  const failure2 = failureOf(error2);
  const data = failure2.response?.data;
  const given = typeof data === "object" ? data?.message : void 0;
  const said = typeof given === "string" ? given : void 0;
  const details = problemsOf(error2).map(
    (one) => one.message ?? [one.field, one.code].filter(Boolean).join(" ")
  );
  const parts = failure2.errors ? details : [said ?? failure2.message ?? String(error2), ...details];
  return [...new Set(parts)].join(": ").replace(/\s+/g, " ").trim().replace(/\.$/, "").slice(0, 500);
}
function isGraphqlRefusal(error2) {
  return failureOf(error2).errors !== void 0 && statusOf(error2) === void 0;
}
function isRateLimit(error2) {
  const { status, response } = failureOf(error2);
  if (problemsOf(error2).some((one) => one.type === "RATE_LIMITED")) return true;
  if (status !== 403 && status !== 429) return false;
  return status === 429 || /rate limit/i.test(wordsOf2(error2)) || String(response?.headers?.["x-ratelimit-remaining"]) === "0";
}
function whenFree(error2) {
  const headers = failureOf(error2).response?.headers;
  const reset = String(headers?.["x-ratelimit-reset"] ?? "");
  const after = String(headers?.["retry-after"] ?? "");
  if (/^\d{1,5}$/.test(after) && Number(after) <= DAY) return `in ${Number(after)} seconds`;
  const now = Date.now() / 1e3;
  const times = [/^\d{9,11}$/.test(reset) ? Number(reset) : Number.NaN, Date.parse(after) / 1e3];
  const time = times.find((one) => one > now - DAY && one < now + DAY);
  return time === void 0 ? "later" : `after ${new Date(time * 1e3).toISOString()}`;
}
function explainingBy(table3) {
  const explain4 = (step, error2) => {
    if (error2 instanceof UserError) return error2;
    const found2 = table3.find(({ fits: fits2 }) => fits2(error2));
    return found2 ? new UserError(found2.code, found2.say(step, error2), { cause: error2 }) : error2;
  };
  return {
    explain: explain4,
    doStep: async (step, call) => {
      try {
        return await call();
      } catch (error2) {
        throw explain4(step, error2);
      }
    }
  };
}
async function orWarn(log, call, isWarning = isFinal) {
  try {
    return await call();
  } catch (error2) {
    if (!(error2 instanceof UserError) || !isWarning(error2)) throw error2;
    log.warning(error2.message);
    return false;
  }
}
var failureOf, MOST_PROBLEMS, DAY, UNAVAILABLE, isUnavailable, isFinal;
var init_failures = __esm({
  "src/pull-request/failures.ts"() {
    "use strict";
    init_errors();
    failureOf = (error2) => typeof error2 === "object" && error2 !== null ? error2 : {};
    MOST_PROBLEMS = 20;
    DAY = 24 * 60 * 60;
    UNAVAILABLE = ["github-unavailable", "forge-unavailable"];
    isUnavailable = (error2) => error2 instanceof UserError && UNAVAILABLE.includes(error2.code);
    isFinal = (error2) => error2 instanceof UserError && error2.code !== "rate-limited" && !isUnavailable(error2);
  }
});

// src/system/once.ts
function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}
var init_once = __esm({
  "src/system/once.ts"() {
    "use strict";
  }
});

// src/nix/nix-path.ts
import { access as access4 } from "node:fs/promises";
import path39 from "node:path";
function hostsOfNixPath(nixPath) {
  const addresses2 = [...nixPath.matchAll(/https?:\/\/[^\s:/]+/g)].flatMap(
    ([text3]) => URL.parse(text3)?.hostname ?? []
  );
  return /(^|[=:])(flake|channel):/.test(nixPath) ? [...addresses2, ...ofNixpkgs] : addresses2;
}
async function foldersBeside(nixPath) {
  const folders = nixPath.split(":").map((entry) => entry.slice(entry.indexOf("=") + 1));
  const found2 = await Promise.all(
    folders.map(async (folder) => {
      const dist = path39.join(folder, "../dist");
      const isOurs = path39.isAbsolute(folder) && path39.basename(folder) === "nix";
      return isOurs && await access4(path39.join(dist, "nix.js")).then(...known) ? [dist] : [];
    })
  );
  return found2.flat();
}
var ofNixpkgs, known;
var init_nix_path = __esm({
  "src/nix/nix-path.ts"() {
    "use strict";
    ofNixpkgs = [
      ...["channels.nixos.org", "releases.nixos.org", "nixos.org", "tarballs.nixos.org"],
      ...["github.com", "api.github.com", "codeload.github.com"]
    ];
    known = [() => true, () => false];
  }
});

// src/fetch/host-policy.ts
function makeHostPolicy(rules, resolve2 = resolveBySystem) {
  const get = once(rules);
  return {
    isActive: async () => hasRules(await get()),
    check: async (address4, what) => {
      const known2 = await get();
      if (!hasRules(known2)) return;
      const url = checkText(known2, address4, what);
      if (known2.allowedHosts !== void 0) return;
      const found2 = await addressesOf(url, resolve2).catch(() => []);
      checkAddresses2(known2, what, url.host, found2);
    },
    approve: async (address4, what) => {
      const known2 = await get();
      const url = hasRules(known2) ? checkText(known2, address4, what) : new URL(address4);
      const found2 = addressesOf(url, resolve2);
      const addresses2 = await (isPublicOnly(known2) ? found2.catch(() => []) : found2);
      checkAddresses2(known2, what, url.host, addresses2);
      return addresses2;
    }
  };
}
function checkText({ allowedHosts, isUntrusted }, address4, what) {
  const url = URL.parse(address4);
  if (url === null || /[\u0000-\u0020\u007f\\]/.test(address4))
    throw refused2(what, address4, "is not an http or https address");
  if (url.protocol === "ssh:" && isUntrusted)
    throw refused2(what, url.host, "is an ssh address, which an untrusted lock cannot use");
  if (!/^(https?|ssh):$/.test(url.protocol) || url.hostname === "")
    throw refused2(what, address4, "is not an http or https address");
  if (allowedHosts !== void 0 && !isAllowedHost(address4, allowedHosts))
    throw refused2(what, url.host, "is not among the configuration's allowed-hosts");
  if (isUntrusted && (url.username !== "" || url.password !== ""))
    throw refused2(what, url.host, "has credentials in its address");
  return url;
}
function checkAddresses2(rules, what, host, addresses2) {
  if (!isPublicOnly(rules)) return;
  if (addresses2.length === 0) throw refused2(what, host, "cannot be resolved");
  const inner = addresses2.find((address4) => !isPublicAddress(address4));
  if (inner !== void 0) throw refused2(what, host, `is ${inner}, which is not a public address`);
}
function refused2(what, host, why) {
  return new UserError(
    "host-not-allowed",
    `${printable(what)} is not fetched: '${printable(host.slice(0, 200))}' ${why}. Nothing was changed. To permit the host, add it to allowed-hosts in .github/uv-fod.toml on the base branch; changes of a pull request to this list have no effect.`
  );
}
function isAllowedHost(address4, hosts) {
  const url = URL.parse(address4);
  if (url === null || url.hostname === "") return false;
  const name5 = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = "", wanted2 = defaultPorts[url.protocol]] = entry.split(":");
    if (port !== wanted2) return false;
    return host.startsWith("*.") ? name5.endsWith(host.slice(1)) && name5.length > host.length - 1 : name5 === host;
  });
}
function withNixPath(policy, open7, nixPath) {
  const hosts = new Set(hostsOfNixPath(nixPath));
  return {
    ...policy,
    isActive: async () => true,
    approve: (address4, what) => (hosts.has(URL.parse(address4)?.hostname ?? "") ? open7 : policy).approve(address4, what)
  };
}
var isPublicOnly, hasRules, defaultPorts;
var init_host_policy = __esm({
  "src/fetch/host-policy.ts"() {
    "use strict";
    init_nix_path();
    init_errors();
    init_once();
    init_printable();
    init_addresses();
    isPublicOnly = ({ allowedHosts, isUntrusted }) => allowedHosts === void 0 && isUntrusted;
    hasRules = ({ allowedHosts, isUntrusted }) => allowedHosts !== void 0 || isUntrusted;
    defaultPorts = { "https:": "443", "http:": "80", "ssh:": "22" };
  }
});

// src/fetch/text.ts
var text_exports = {};
__export(text_exports, {
  makeFetchText: () => makeFetchText
});
import { mkdtemp as mkdtemp6, readFile as readFile4, rm as rm11 } from "node:fs/promises";
import path46 from "node:path";
function makeFetchText(network, scratch2) {
  return async (address4, headers, { most: most3 = MAX_BYTES2, signal } = {}) => {
    const dir = await mkdtemp6(path46.join(scratch2, "text-"));
    try {
      const request = requestOf3(address4, headers, path46.join(dir, "text"), most3);
      let found2;
      const patient = { ...await network(), retries: 1 };
      const accept = async (_, { status, contentType }) => {
        found2 = { status, contentType, text: await readFile4(request.file, "utf8").catch(() => "") };
      };
      await fetchAll([request], patient, accept, signal);
      return found2;
    } finally {
      await rm11(dir, { recursive: true, force: true });
    }
  };
}
function requestOf3(address4, headers, file, most3) {
  const url = URL.parse(address4);
  if (!url || !/^https?:$/.test(url.protocol))
    throw unreachable2(address4, "it is not an http or https address");
  return {
    ...{ url, file, most: most3, label: url.pathname.split("/").at(-1) || url.host, seconds: TIMEOUT },
    headers: { "user-agent": "uv-fod", ...headers },
    canContinue: false,
    keepsErrors: true,
    unreachable: (reason) => unreachable2(address4, reason),
    tooLarge: () => unreachable2(address4, `the response has more than ${most3 / 1e6} MB`),
    unwritable: (cause) => unreachable2(address4, cause?.message ?? "the response could not be written")
  };
}
var MAX_BYTES2, TIMEOUT, unreachable2;
var init_text2 = __esm({
  "src/fetch/text.ts"() {
    "use strict";
    init_errors();
    init_follow();
    MAX_BYTES2 = 64 * 1024 * 1024;
    TIMEOUT = 60;
    unreachable2 = (address4, why) => new UserError(
      "releases-unreachable",
      `The request to ${URL.parse(address4)?.host ?? address4} failed: ${why.replace(/\.$/, "")}. Nothing was changed; check the address and run this again.`
    );
  }
});

// src/fetch/upstream.ts
import { BlockList as BlockList2, isIP as isIP2 } from "node:net";
function upstreamFrom(environment2) {
  const get = (name5) => environment2[name5] || environment2[name5.toUpperCase()] || void 0;
  const excluded = (get("no_proxy") ?? "").split(/[\s,]+/).filter(Boolean);
  return (url) => {
    const text3 = get(url.protocol === "https:" ? "https_proxy" : "http_proxy") ?? get("all_proxy");
    if (text3 === void 0 || excluded.some((entry) => matches(entry, url))) return void 0;
    const proxy = URL.parse(/^[a-z0-9+.-]+:\/\//i.test(text3) ? text3 : `http://${text3}`);
    if (proxy && /^https?:$/.test(proxy.protocol)) return proxy;
    throw new UserError(
      "proxy-unsupported",
      `The proxy of this machine (${proxy?.protocol ?? "not an address"}) is not an http or https proxy, so the addresses that uv and git contact cannot be checked. Set http_proxy and https_proxy to an http proxy, or remove allowed-hosts from the configuration.`
    );
  };
}
function matches(entry, { hostname, port, protocol }) {
  const name5 = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (entry === "*") return true;
  const [network = "", bits2] = entry.split("/");
  if (bits2 !== void 0) return isInNetwork(name5, network, Number(bits2));
  if (isIP2(entry.replace(/^\[|\]$/g, ""))) return entry.replace(/^\[|\]$/g, "") === name5;
  const [host = "", wanted2] = entry.split(":");
  const own2 = port || (protocol === "https:" ? "443" : "80");
  const domain = host.replace(/^\*?\./, "").toLowerCase();
  return (wanted2 === void 0 || wanted2 === own2) && (name5 === domain || isIP2(name5) === 0 && name5.endsWith(`.${domain}`));
}
function isInNetwork(name5, network, bits2) {
  const family = isIP2(network);
  if (family === 0 || isIP2(name5) !== family || !(bits2 >= 0 && bits2 <= (family === 4 ? 32 : 128)))
    return false;
  const list6 = new BlockList2();
  const type = family === 4 ? "ipv4" : "ipv6";
  list6.addSubnet(network, bits2, type);
  return list6.check(name5, type);
}
var loginOf;
var init_upstream = __esm({
  "src/fetch/upstream.ts"() {
    "use strict";
    init_errors();
    loginOf = ({ username, password }) => username === "" && password === "" ? {} : {
      "proxy-authorization": `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`
    };
  }
});

// src/system/git-settings.ts
function gitSettings(pairs) {
  const entries2 = pairs.flatMap(([key2, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key2],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries2) };
}
var quietGit, forkGit;
var init_git_settings = __esm({
  "src/system/git-settings.ts"() {
    "use strict";
    quietGit = [
      ["core.fsmonitor", "false"],
      ["core.hooksPath", "/dev/null"],
      ["core.alternateRefsCommand", "true"],
      ["protocol.ext.allow", "never"],
      ["maintenance.auto", "false"]
    ];
    forkGit = [
      ...quietGit,
      // An empty value clears the list of the files.
      ["credential.helper", ""],
      ["core.askPass", "true"]
    ];
  }
});

// src/system/limits.ts
import { totalmem } from "node:os";
function limitsOf(program, seconds) {
  const limits4 = table2.get(program) ?? usual;
  return seconds === void 0 ? limits4 : { ...limits4, seconds };
}
function timeLimit({ UV_FOD_TIME_LIMIT: text3 = "" }) {
  if (text3 === "") return void 0;
  const seconds = /^\d{1,7}$/.test(text3) ? Number(text3) : 0;
  if (seconds > 0 && seconds <= longest2) return seconds;
  throw new UserError(
    "input-invalid",
    `The environment variable UV_FOD_TIME_LIMIT is '${text3.slice(0, 100)}'; it takes a number of seconds, from 1 to ${Math.floor(longest2)}.`
  );
}
function evaluatorMemory(environment2) {
  const name5 = "GC_MAXIMUM_HEAP_SIZE";
  const here = Math.min(totalmem(), process.constrainedMemory() || totalmem());
  return { [name5]: environment2[name5] || String(Math.floor(here * 0.6)) };
}
var minute, hour, megabyte, usual, table2, longest2, timedOut, tooMuchOutput;
var init_limits = __esm({
  "src/system/limits.ts"() {
    "use strict";
    init_errors();
    minute = 60;
    hour = 60 * minute;
    megabyte = 1 << 20;
    usual = { seconds: 10 * minute, stdout: 64 * megabyte, stderr: 64 * megabyte };
    table2 = /* @__PURE__ */ new Map([
      ["git", usual],
      ["uv", usual],
      // Evaluation alone. It may fetch a flake's inputs, or build what it imports.
      ["nix-instantiate", { ...usual, seconds: 5 * minute }],
      // Nix's structured log is more than twice as long as what a build prints.
      ["nix-build", { seconds: 5 * hour, stdout: megabyte, stderr: 256 * megabyte }],
      ["nix-store", { ...usual, seconds: hour }],
      ["nix", { ...usual, seconds: hour, stderr: 64 * megabyte }],
      ["curl", { ...usual, seconds: hour }]
    ]);
    longest2 = 2 ** 31 / 1e3 - 1;
    timedOut = (command, { seconds }) => new UserError(
      "timed-out",
      `'${command}' did not end within ${seconds} seconds and was ended with all that it started. If it has to take longer, set the environment variable UV_FOD_TIME_LIMIT to more seconds.`
    );
    tooMuchOutput = (command, bytes) => new UserError(
      "too-much-output",
      `'${command}' printed more than ${bytes / megabyte} MB and was ended with all that it started. Remove from its input what makes it print so much.`
    );
  }
});

// src/system/child-environment.ts
import path51 from "node:path";
function childEnvironment(environment2) {
  const kept = Object.fromEntries(
    Object.entries(environment2).flatMap(
      ([name5, value]) => value !== void 0 && passed.test(name5) ? [[name5, value]] : []
    )
  );
  return {
    ...kept,
    PATH: absoluteOnly(environment2.PATH ?? ""),
    ...slowGit,
    ...gitSettings(quietGit),
    ...evaluatorMemory(environment2),
    NIX_CONFIG: `${nixLimits}
${environment2.NIX_CONFIG ?? ""}`
  };
}
var passed, nixLimits, slowGit, absoluteOnly;
var init_child_environment = __esm({
  "src/system/child-environment.ts"() {
    "use strict";
    init_git_settings();
    init_limits();
    passed = /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;
    nixLimits = "timeout = 10800\nmax-silent-time = 3600";
    slowGit = { GIT_HTTP_LOW_SPEED_LIMIT: "1000", GIT_HTTP_LOW_SPEED_TIME: "60" };
    absoluteOnly = (entries2) => entries2.split(path51.delimiter).filter(path51.isAbsolute).join(path51.delimiter);
  }
});

// src/system/end-tree.ts
import { readdirSync, readFileSync as readFileSync3 } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
async function endTree(child2, ps) {
  const { pid } = child2;
  if (pid === void 0) return;
  const closed2 = new Promise((resolve2) => child2.once("close", () => resolve2()));
  const known2 = descendants(pid, await processes(ps));
  if (!send2(-pid, "SIGTERM")) {
    child2.kill("SIGTERM");
    for (const id2 of known2.keys()) send2(id2, "SIGTERM");
  }
  const timer = new AbortController();
  await Promise.race([closed2, sleep(grace, void 0, timer).catch(() => {
  })]);
  timer.abort();
  const all2 = await processes(ps);
  for (const entry of descendants(pid, all2)) known2.set(...entry);
  send2(-pid, "SIGKILL");
  child2.kill("SIGKILL");
  for (const [id2, start2] of known2) if (all2.get(id2)?.start === start2) send2(id2, "SIGKILL");
}
function send2(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
function statusOf3(pid) {
  try {
    const text3 = readFileSync3(`/proc/${pid}/stat`, "latin1");
    const fields = text3.slice(text3.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), start: fields[19] ?? "" };
  } catch {
    return void 0;
  }
}
function descendants(root, all2) {
  const found2 = /* @__PURE__ */ new Set([root]);
  for (const parent of found2) for (const [pid, one] of all2) if (one.parent === parent) found2.add(pid);
  found2.delete(root);
  return new Map([...found2].map((pid) => [pid, all2.get(pid)?.start ?? ""]));
}
async function processes(ps) {
  if (statusOf3(process.pid) === void 0) return parsePs(await ps());
  return new Map(
    readdirSync("/proc").flatMap((name5) => {
      const status = /^\d+$/.test(name5) ? statusOf3(Number(name5)) : void 0;
      return status ? [[Number(name5), status]] : [];
    })
  );
}
var grace, parsePs;
var init_end_tree = __esm({
  "src/system/end-tree.ts"() {
    "use strict";
    grace = 3e3;
    parsePs = (text3) => new Map(
      [...text3.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, start2 = ""]) => [
        Number(pid),
        { parent: Number(parent), start: start2 }
      ])
    );
  }
});

// src/system/lines.ts
function splitLines2(onLine) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  let dropped = 0;
  const give = () => {
    onLine(dropped === 0 ? rest : `${rest} … (${dropped} more characters in this line)`);
    rest = "";
    dropped = 0;
  };
  const keep2 = (text3) => {
    const free = longest3 - rest.length;
    rest += text3.slice(0, free);
    dropped += Math.max(text3.length - free, 0);
  };
  const add3 = (text3) => {
    let start2 = 0;
    for (let end = text3.indexOf("\n"); end >= 0; end = text3.indexOf("\n", start2)) {
      keep2(text3.slice(start2, end));
      give();
      start2 = end + 1;
    }
    keep2(text3.slice(start2));
  };
  return {
    add: (chunk) => add3(decoder.decode(chunk, { stream: true })),
    end: () => {
      add3(decoder.decode());
      if (rest !== "" || dropped > 0) give();
    }
  };
}
var longest3;
var init_lines = __esm({
  "src/system/lines.ts"() {
    "use strict";
    longest3 = 1 << 18;
  }
});

// src/system/exec.ts
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { access as access6, constants as constants9, stat as stat8 } from "node:fs/promises";
import path52 from "node:path";
function makeRun(environment2, stop, seconds) {
  const find = (program) => findProgram(program, environment2.PATH ?? "");
  return async (program, args, options3 = {}) => {
    const [tool, setsid] = await Promise.all([find(program), find("setsid")]);
    if (tool === void 0)
      return { code: noSuchProgram, stdout: "", stderr: `${program}: no such program on PATH` };
    const env2 = options3.onlyEnv ? { ...options3.onlyEnv } : { ...environment2, ...options3.env };
    const command = setsid === void 0 ? [tool, ...args] : [setsid, tool, ...args];
    const start2 = { program, command, env: env2, cwd: options3.cwd };
    await expectStartable(start2);
    stop?.throwIfAborted();
    const result2 = await outcome(start2, options3, stop, seconds);
    stop?.throwIfAborted();
    return result2;
  };
}
async function findProgram(program, pathVariable) {
  for (const folder of absoluteOnly(pathVariable).split(path52.delimiter).filter(Boolean)) {
    const file = path52.join(folder, program);
    const isThere2 = await Promise.all([stat8(file), access6(file, constants9.X_OK)]).catch(() => void 0);
    if (isThere2?.[0].isFile()) return file;
  }
  return void 0;
}
async function expectStartable({ command, env: env2, cwd }) {
  if (cwd !== void 0) await access6(`${cwd}/.`, constants9.X_OK);
  const texts = [...command, ...Object.entries(env2).map((pair) => pair.join("="))];
  if (texts.some((text3) => text3.includes("\0"))) throw new TypeError("An argument contains a NUL character.");
  const sizes = texts.map((text3) => Buffer.byteLength(text3) + 1 + 8);
  const all2 = sizes.reduce((sum, size2) => sum + size2, 0);
  if (all2 <= mostOfAll && sizes.every((size2) => size2 <= mostOfOne)) return;
  throw Object.assign(new Error("spawn E2BIG"), { code: "E2BIG", syscall: "spawn", path: command[0] });
}
async function outcome({ program, command: [file, ...args], env: env2, cwd }, { input = "", onLine = () => {
}, onStart, signal }, stop, seconds) {
  const limits4 = limitsOf(program, seconds);
  const limit2 = new AbortController();
  const ended = AbortSignal.any([limit2.signal, stop, signal].filter((one) => one !== void 0));
  const timer = setTimeout(() => limit2.abort(timedOut(program, limits4)), limits4.seconds * 1e3);
  const exceeded = (most3) => limit2.abort(tooMuchOutput(program, most3));
  const stdout = keep(limits4.stdout, limits4.stdout, exceeded);
  const stderr = keep(mostStderr, limits4.stderr, exceeded);
  const lines = splitLines2(onLine);
  let child2;
  let failure2;
  let ending;
  const end = () => {
    if (child2?.pid !== void 0) ending ??= endTree(child2, listProcesses);
  };
  const onChild = (created) => {
    child2 = created;
    created.once("error", (error2) => {
      failure2 = error2;
    });
    created.once("spawn", () => {
      created.stdin?.on("error", () => {
      }).end(input);
      if (ended.aborted) end();
      onStart?.();
    });
    created.once("exit", () => closeWhenQuiet(created));
  };
  ended.addEventListener("abort", end, { once: true });
  try {
    const listeners = {
      stdout: (chunk) => void stdout.add(unjoined(chunk)),
      stderr: (chunk) => {
        if (stderr.add(unjoined(chunk))) lines.add(chunk);
      }
    };
    const options3 = { env: env2, silent: true, ignoreReturnCode: true, delay: forGood, listeners };
    await announced.run(onChild, () => exec(quoted(file), args, cwd === void 0 ? options3 : { ...options3, cwd })).catch((error2) => {
      throw failure2 ?? error2;
    });
  } finally {
    clearTimeout(timer);
    ended.removeEventListener("abort", end);
    await ending;
  }
  limit2.signal.throwIfAborted();
  lines.end();
  const by = child2?.signalCode ? `
error: ended by ${child2.signalCode}
` : "";
  return { code: child2?.exitCode ?? 1, stdout: stdout.text(), stderr: stderr.text() + by };
}
function unjoined(chunk) {
  chunk.toString = () => "";
  return chunk;
}
function closeWhenQuiet(child2) {
  const outputs = [child2.stdout, child2.stderr];
  let still = 0;
  for (const output of outputs)
    output?.on("data", () => {
      still = 0;
    });
  const timer = setInterval(() => {
    still += 1;
    if (still >= 2) for (const output of outputs) output?.destroy();
  }, quiet2);
  child2.once("close", () => clearInterval(timer));
}
function keep(kept, most3, exceeded) {
  const chunks = [];
  let [size2, all2] = [0, 0];
  return {
    add: (chunk) => {
      all2 += chunk.length;
      if (all2 > most3) {
        exceeded(most3);
        return false;
      }
      chunks.push(chunk);
      size2 += chunk.length;
      while (size2 - (chunks[0]?.length ?? 0) > kept) size2 -= chunks.shift()?.length ?? 0;
      return true;
    },
    text: () => Buffer.concat(chunks).toString()
  };
}
var mostStderr, announced, mostOfOne, mostOfAll, quoted, forGood, listProcesses, quiet2;
var init_exec2 = __esm({
  "src/system/exec.ts"() {
    "use strict";
    init_exec();
    init_child_environment();
    init_end_tree();
    init_limits();
    init_lines();
    init_run();
    mostStderr = 16 << 20;
    announced = new AsyncLocalStorage();
    subscribe(
      "child_process",
      (message) => announced.getStore()?.(message.process)
    );
    [mostOfOne, mostOfAll] = [(1 << 17) - 1, 1 << 20];
    quoted = (file) => `"${file.replaceAll('"', '\\"')}"`;
    forGood = 2 ** 31 - 1;
    listProcesses = async () => {
      const env2 = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
      return (await getExecOutput("ps", ["-A", "-o", "pid=,ppid=,lstart="], { env: env2, silent: true })).stdout;
    };
    quiet2 = 1e3;
  }
});

// src/fetch/netrc.ts
function netrcLogins(text3) {
  const logins3 = parseNetrc(text3);
  return ({ hostname }) => {
    const entry = logins3.get(hostname);
    return entry && `${entry.login}:${entry.password}`;
  };
}
function parseNetrc(text3) {
  const logins3 = /* @__PURE__ */ new Map();
  let current2;
  const words3 = withoutMacros(text3).split(/\s+/).filter((word3) => word3 !== "");
  for (let index = 0; index < words3.length; index += 1) {
    const word3 = words3[index];
    if (word3 === "default") current2 = void 0;
    else if (word3 === "machine") {
      index += 1;
      current2 = { login: "", password: "" };
      const host = words3[index] ?? "";
      if (!logins3.has(host)) logins3.set(host, current2);
    } else if (word3 === "login" || word3 === "password") {
      index += 1;
      if (current2) current2[word3] = words3[index] ?? "";
    } else if (word3 === "account") index += 1;
  }
  return logins3;
}
function withoutMacros(text3) {
  let inMacro = false;
  const kept = [];
  for (const line of text3.split("\n")) {
    if (line.trim() === "") inMacro = false;
    else if (/^\s*macdef\s/.test(line)) inMacro = true;
    else if (!inMacro && !line.trimStart().startsWith("#")) kept.push(line);
  }
  return kept.join("\n");
}
var init_netrc = __esm({
  "src/fetch/netrc.ts"() {
    "use strict";
  }
});

// src/fetch/network-settings.ts
var network_settings_exports = {};
__export(network_settings_exports, {
  networkFrom: () => networkFrom
});
async function networkFrom(environment2, policy = everywhere, stop = never) {
  const own2 = curlEnvironment(environment2);
  const upstream = upstreamFrom(environment2);
  const loginFor = environment2.NETRC ? netrcLogins((await readBytes(environment2.NETRC, mostNetrc))?.toString() ?? "") : () => void 0;
  return {
    run: makeRun(own2, stop),
    environment: own2,
    stop,
    proxyFor: (url) => proxyText(upstream(url)),
    loginFor,
    approve: (address4, what) => policy.approve(address4, what).catch((error2) => {
      if (error2 instanceof UserError || upstream(new URL(address4)) === void 0) throw error2;
      return [];
    }),
    // nixpkgs sets a missing file if the output's hash is known.
    certificates: [environment2.NIX_SSL_CERT_FILE, environment2.SSL_CERT_FILE].find(
      (file) => file && !file.endsWith("/no-cert-file.crt")
    ),
    retries: 4,
    retryDelay: 500,
    patience: { connect: 15, window: 30, minimum: 4096, total: 120, rate: 5e4 }
  };
}
function curlEnvironment(environment2) {
  const tls = ["SSL_CERT_DIR", "SSL_CERT_FILE", "NIX_SSL_CERT_FILE"];
  const names3 = ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", ...tls];
  return Object.fromEntries(names3.flatMap((name5) => environment2[name5] ? [[name5, environment2[name5]]] : []));
}
var mostNetrc, never, everywhere, proxyText;
var init_network_settings = __esm({
  "src/fetch/network-settings.ts"() {
    "use strict";
    init_errors();
    init_exec2();
    init_read_bytes();
    init_host_policy();
    init_netrc();
    init_upstream();
    mostNetrc = 1 << 20;
    never = new AbortController().signal;
    everywhere = makeHostPolicy(async () => ({ allowedHosts: void 0, isUntrusted: false }));
    proxyText = (proxy) => {
      if (proxy === void 0) return void 0;
      const { protocol, username, password, hostname, port } = proxy;
      const login3 = username === "" && password === "" ? "" : `${username}:${password}@`;
      return `${protocol}//${login3}${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
    };
  }
});

// src/fetch/cache.ts
import { randomUUID as randomUUID4 } from "node:crypto";
import { access as access7, mkdir as mkdir5, readdir as readdir7, rename as rename6, rm as rm13, stat as stat9, utimes } from "node:fs/promises";
import path54 from "node:path";
async function openCache(root) {
  const base = artifactsFolder(root);
  const temporaries = path54.join(base, "tmp");
  await mkdir5(temporaries, { recursive: true });
  return {
    find: async (digest3) => {
      const file = pathOf(base, digest3);
      return file && access7(file).then(
        () => file,
        () => void 0
      );
    },
    used: async (file) => {
      const now = Date.now();
      const before = await stat9(file).catch(() => void 0);
      if (before && now - before.mtimeMs > day) await utimes(file, now / 1e3, now / 1e3).catch(() => {
      });
    },
    temporary: () => path54.join(temporaries, `${process.pid}-${randomUUID4()}`),
    keep: async (file, digest3) => {
      const kept = pathOf(base, digest3);
      if (kept === void 0) return file;
      await mkdir5(path54.dirname(kept), { recursive: true });
      await rename6(file, kept);
      return kept;
    },
    discard: (file) => rm13(file, { force: true, recursive: true }),
    trim: (bytes) => trim(base, temporaries, bytes)
  };
}
function pathOf(base, digest3) {
  const [, algorithm, hex] = /^(sha256|sha384|sha512):([0-9a-f]{64,128})$/.exec(digest3.toLowerCase()) ?? [];
  return algorithm && hex ? path54.join(base, algorithm, hex) : void 0;
}
async function trim(base, temporaries, bytes) {
  const files = await list5(base);
  const isTemporary = (file) => path54.dirname(file) === temporaries;
  const old = Date.now() - day;
  for (const { file, used } of files) if (isTemporary(file) && used < old) await rm13(file, { force: true });
  const kept = files.filter(({ file }) => !isTemporary(file));
  let sum = 0;
  for (const { file, size: size2 } of kept.sort((a, b) => b.used - a.used || (a.file < b.file ? -1 : 1))) {
    sum += size2;
    if (sum > bytes) await rm13(file, { force: true });
  }
}
async function list5(base) {
  const entries2 = await readdir7(base, { recursive: true, withFileTypes: true });
  const found2 = await Promise.all(
    entries2.filter((entry) => entry.isFile()).map(async (entry) => {
      const file = path54.join(entry.parentPath, entry.name);
      const facts = await stat9(file).catch(() => void 0);
      return facts && { file, size: facts.size, used: facts.mtimeMs };
    })
  );
  return found2.filter((entry) => entry !== void 0);
}
var version3, day, artifactsFolder;
var init_cache = __esm({
  "src/fetch/cache.ts"() {
    "use strict";
    version3 = "artifacts-1";
    day = 24 * 60 * 60 * 1e3;
    artifactsFolder = (root) => path54.join(root, version3);
  }
});

// src/fetch/hash-tools.ts
var hash_tools_exports = {};
__export(hash_tools_exports, {
  makeHashTools: () => makeHashTools
});
import { tmpdir as tmpdir2 } from "node:os";
import path55 from "node:path";
async function makeHashTools(environment2, log, stop, policy, runnerCacheFor2 = "nothing") {
  const { cache, root } = await usableCache(environment2, log);
  const runner = runnerCacheFor2 === "nothing" ? void 0 : runnerCache(environment2);
  return {
    ...{ cache, cacheSize },
    network: () => networkFrom(environment2, policy, stop),
    ...runner ? { saved: { folder: artifactsFolder(root), runner, log, maySave: runnerCacheFor2 === "everything" } } : {}
  };
}
async function usableCache({ XDG_CACHE_HOME, HOME }, log) {
  const home = XDG_CACHE_HOME || (HOME ? path55.join(HOME, ".cache") : void 0);
  const temporary = path55.join(tmpdir2(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== void 0 && path55.isAbsolute(home)) {
    const root = path55.join(home, "uv-fod");
    try {
      return { cache: await openCache(root), root };
    } catch (error2) {
      log.warning(
        `Using ${temporary} as the cache, because ${home} is not usable (${error2.message}).`
      );
    }
  }
  return { cache: await openCache(temporary), root: temporary };
}
var cacheSize;
var init_hash_tools = __esm({
  "src/fetch/hash-tools.ts"() {
    "use strict";
    init_cache();
    init_network_settings();
    init_runner_cache();
    cacheSize = 2 * 1024 ** 3;
  }
});

// node_modules/bottleneck/light.js
var require_light = __commonJS({
  "node_modules/bottleneck/light.js"(exports, module2) {
    (function(global2, factory) {
      typeof exports === "object" && typeof module2 !== "undefined" ? module2.exports = factory() : typeof define === "function" && define.amd ? define(factory) : global2.Bottleneck = factory();
    })(exports, (function() {
      "use strict";
      var commonjsGlobal = typeof globalThis !== "undefined" ? globalThis : typeof window !== "undefined" ? window : typeof global !== "undefined" ? global : typeof self !== "undefined" ? self : {};
      function getCjsExportFromNamespace(n) {
        return n && n["default"] || n;
      }
      var load = function(received, defaults, onto = {}) {
        var k, ref, v;
        for (k in defaults) {
          v = defaults[k];
          onto[k] = (ref = received[k]) != null ? ref : v;
        }
        return onto;
      };
      var overwrite = function(received, defaults, onto = {}) {
        var k, v;
        for (k in received) {
          v = received[k];
          if (defaults[k] !== void 0) {
            onto[k] = v;
          }
        }
        return onto;
      };
      var parser = {
        load,
        overwrite
      };
      var DLList;
      DLList = class DLList {
        constructor(incr, decr) {
          this.incr = incr;
          this.decr = decr;
          this._first = null;
          this._last = null;
          this.length = 0;
        }
        push(value) {
          var node;
          this.length++;
          if (typeof this.incr === "function") {
            this.incr();
          }
          node = {
            value,
            prev: this._last,
            next: null
          };
          if (this._last != null) {
            this._last.next = node;
            this._last = node;
          } else {
            this._first = this._last = node;
          }
          return void 0;
        }
        shift() {
          var value;
          if (this._first == null) {
            return;
          } else {
            this.length--;
            if (typeof this.decr === "function") {
              this.decr();
            }
          }
          value = this._first.value;
          if ((this._first = this._first.next) != null) {
            this._first.prev = null;
          } else {
            this._last = null;
          }
          return value;
        }
        first() {
          if (this._first != null) {
            return this._first.value;
          }
        }
        getArray() {
          var node, ref, results2;
          node = this._first;
          results2 = [];
          while (node != null) {
            results2.push((ref = node, node = node.next, ref.value));
          }
          return results2;
        }
        forEachShift(cb) {
          var node;
          node = this.shift();
          while (node != null) {
            cb(node), node = this.shift();
          }
          return void 0;
        }
        debug() {
          var node, ref, ref1, ref2, results2;
          node = this._first;
          results2 = [];
          while (node != null) {
            results2.push((ref = node, node = node.next, {
              value: ref.value,
              prev: (ref1 = ref.prev) != null ? ref1.value : void 0,
              next: (ref2 = ref.next) != null ? ref2.value : void 0
            }));
          }
          return results2;
        }
      };
      var DLList_1 = DLList;
      var Events;
      Events = class Events {
        constructor(instance) {
          this.instance = instance;
          this._events = {};
          if (this.instance.on != null || this.instance.once != null || this.instance.removeAllListeners != null) {
            throw new Error("An Emitter already exists for this object");
          }
          this.instance.on = (name5, cb) => {
            return this._addListener(name5, "many", cb);
          };
          this.instance.once = (name5, cb) => {
            return this._addListener(name5, "once", cb);
          };
          this.instance.removeAllListeners = (name5 = null) => {
            if (name5 != null) {
              return delete this._events[name5];
            } else {
              return this._events = {};
            }
          };
        }
        _addListener(name5, status, cb) {
          var base;
          if ((base = this._events)[name5] == null) {
            base[name5] = [];
          }
          this._events[name5].push({ cb, status });
          return this.instance;
        }
        listenerCount(name5) {
          if (this._events[name5] != null) {
            return this._events[name5].length;
          } else {
            return 0;
          }
        }
        async trigger(name5, ...args) {
          var e, promises3;
          try {
            if (name5 !== "debug") {
              this.trigger("debug", `Event triggered: ${name5}`, args);
            }
            if (this._events[name5] == null) {
              return;
            }
            this._events[name5] = this._events[name5].filter(function(listener) {
              return listener.status !== "none";
            });
            promises3 = this._events[name5].map(async (listener) => {
              var e2, returned;
              if (listener.status === "none") {
                return;
              }
              if (listener.status === "once") {
                listener.status = "none";
              }
              try {
                returned = typeof listener.cb === "function" ? listener.cb(...args) : void 0;
                if (typeof (returned != null ? returned.then : void 0) === "function") {
                  return await returned;
                } else {
                  return returned;
                }
              } catch (error2) {
                e2 = error2;
                {
                  this.trigger("error", e2);
                }
                return null;
              }
            });
            return (await Promise.all(promises3)).find(function(x2) {
              return x2 != null;
            });
          } catch (error2) {
            e = error2;
            {
              this.trigger("error", e);
            }
            return null;
          }
        }
      };
      var Events_1 = Events;
      var DLList$1, Events$1, Queues;
      DLList$1 = DLList_1;
      Events$1 = Events_1;
      Queues = class Queues {
        constructor(num_priorities) {
          var i2;
          this.Events = new Events$1(this);
          this._length = 0;
          this._lists = (function() {
            var j, ref, results2;
            results2 = [];
            for (i2 = j = 1, ref = num_priorities; 1 <= ref ? j <= ref : j >= ref; i2 = 1 <= ref ? ++j : --j) {
              results2.push(new DLList$1((() => {
                return this.incr();
              }), (() => {
                return this.decr();
              })));
            }
            return results2;
          }).call(this);
        }
        incr() {
          if (this._length++ === 0) {
            return this.Events.trigger("leftzero");
          }
        }
        decr() {
          if (--this._length === 0) {
            return this.Events.trigger("zero");
          }
        }
        push(job) {
          return this._lists[job.options.priority].push(job);
        }
        queued(priority) {
          if (priority != null) {
            return this._lists[priority].length;
          } else {
            return this._length;
          }
        }
        shiftAll(fn) {
          return this._lists.forEach(function(list6) {
            return list6.forEachShift(fn);
          });
        }
        getFirst(arr = this._lists) {
          var j, len, list6;
          for (j = 0, len = arr.length; j < len; j++) {
            list6 = arr[j];
            if (list6.length > 0) {
              return list6;
            }
          }
          return [];
        }
        shiftLastFrom(priority) {
          return this.getFirst(this._lists.slice(priority).reverse()).shift();
        }
      };
      var Queues_1 = Queues;
      var BottleneckError;
      BottleneckError = class BottleneckError extends Error {
      };
      var BottleneckError_1 = BottleneckError;
      var BottleneckError$1, DEFAULT_PRIORITY, Job, NUM_PRIORITIES, parser$1;
      NUM_PRIORITIES = 10;
      DEFAULT_PRIORITY = 5;
      parser$1 = parser;
      BottleneckError$1 = BottleneckError_1;
      Job = class Job {
        constructor(task, args, options3, jobDefaults, rejectOnDrop, Events2, _states, Promise2) {
          this.task = task;
          this.args = args;
          this.rejectOnDrop = rejectOnDrop;
          this.Events = Events2;
          this._states = _states;
          this.Promise = Promise2;
          this.options = parser$1.load(options3, jobDefaults);
          this.options.priority = this._sanitizePriority(this.options.priority);
          if (this.options.id === jobDefaults.id) {
            this.options.id = `${this.options.id}-${this._randomIndex()}`;
          }
          this.promise = new this.Promise((_resolve, _reject) => {
            this._resolve = _resolve;
            this._reject = _reject;
          });
          this.retryCount = 0;
        }
        _sanitizePriority(priority) {
          var sProperty;
          sProperty = ~~priority !== priority ? DEFAULT_PRIORITY : priority;
          if (sProperty < 0) {
            return 0;
          } else if (sProperty > NUM_PRIORITIES - 1) {
            return NUM_PRIORITIES - 1;
          } else {
            return sProperty;
          }
        }
        _randomIndex() {
          return Math.random().toString(36).slice(2);
        }
        doDrop({ error: error2, message = "This job has been dropped by Bottleneck" } = {}) {
          if (this._states.remove(this.options.id)) {
            if (this.rejectOnDrop) {
              this._reject(error2 != null ? error2 : new BottleneckError$1(message));
            }
            this.Events.trigger("dropped", { args: this.args, options: this.options, task: this.task, promise: this.promise });
            return true;
          } else {
            return false;
          }
        }
        _assertStatus(expected) {
          var status;
          status = this._states.jobStatus(this.options.id);
          if (!(status === expected || expected === "DONE" && status === null)) {
            throw new BottleneckError$1(`Invalid job status ${status}, expected ${expected}. Please open an issue at https://github.com/SGrondin/bottleneck/issues`);
          }
        }
        doReceive() {
          this._states.start(this.options.id);
          return this.Events.trigger("received", { args: this.args, options: this.options });
        }
        doQueue(reachedHWM, blocked) {
          this._assertStatus("RECEIVED");
          this._states.next(this.options.id);
          return this.Events.trigger("queued", { args: this.args, options: this.options, reachedHWM, blocked });
        }
        doRun() {
          if (this.retryCount === 0) {
            this._assertStatus("QUEUED");
            this._states.next(this.options.id);
          } else {
            this._assertStatus("EXECUTING");
          }
          return this.Events.trigger("scheduled", { args: this.args, options: this.options });
        }
        async doExecute(chained, clearGlobalState, run, free) {
          var error2, eventInfo, passed2;
          if (this.retryCount === 0) {
            this._assertStatus("RUNNING");
            this._states.next(this.options.id);
          } else {
            this._assertStatus("EXECUTING");
          }
          eventInfo = { args: this.args, options: this.options, retryCount: this.retryCount };
          this.Events.trigger("executing", eventInfo);
          try {
            passed2 = await (chained != null ? chained.schedule(this.options, this.task, ...this.args) : this.task(...this.args));
            if (clearGlobalState()) {
              this.doDone(eventInfo);
              await free(this.options, eventInfo);
              this._assertStatus("DONE");
              return this._resolve(passed2);
            }
          } catch (error1) {
            error2 = error1;
            return this._onFailure(error2, eventInfo, clearGlobalState, run, free);
          }
        }
        doExpire(clearGlobalState, run, free) {
          var error2, eventInfo;
          if (this._states.jobStatus(this.options.id === "RUNNING")) {
            this._states.next(this.options.id);
          }
          this._assertStatus("EXECUTING");
          eventInfo = { args: this.args, options: this.options, retryCount: this.retryCount };
          error2 = new BottleneckError$1(`This job timed out after ${this.options.expiration} ms.`);
          return this._onFailure(error2, eventInfo, clearGlobalState, run, free);
        }
        async _onFailure(error2, eventInfo, clearGlobalState, run, free) {
          var retry2, retryAfter;
          if (clearGlobalState()) {
            retry2 = await this.Events.trigger("failed", error2, eventInfo);
            if (retry2 != null) {
              retryAfter = ~~retry2;
              this.Events.trigger("retry", `Retrying ${this.options.id} after ${retryAfter} ms`, eventInfo);
              this.retryCount++;
              return run(retryAfter);
            } else {
              this.doDone(eventInfo);
              await free(this.options, eventInfo);
              this._assertStatus("DONE");
              return this._reject(error2);
            }
          }
        }
        doDone(eventInfo) {
          this._assertStatus("EXECUTING");
          this._states.next(this.options.id);
          return this.Events.trigger("done", eventInfo);
        }
      };
      var Job_1 = Job;
      var BottleneckError$2, LocalDatastore, parser$2;
      parser$2 = parser;
      BottleneckError$2 = BottleneckError_1;
      LocalDatastore = class LocalDatastore {
        constructor(instance, storeOptions, storeInstanceOptions) {
          this.instance = instance;
          this.storeOptions = storeOptions;
          this.clientId = this.instance._randomIndex();
          parser$2.load(storeInstanceOptions, storeInstanceOptions, this);
          this._nextRequest = this._lastReservoirRefresh = this._lastReservoirIncrease = Date.now();
          this._running = 0;
          this._done = 0;
          this._unblockTime = 0;
          this.ready = this.Promise.resolve();
          this.clients = {};
          this._startHeartbeat();
        }
        _startHeartbeat() {
          var base;
          if (this.heartbeat == null && (this.storeOptions.reservoirRefreshInterval != null && this.storeOptions.reservoirRefreshAmount != null || this.storeOptions.reservoirIncreaseInterval != null && this.storeOptions.reservoirIncreaseAmount != null)) {
            return typeof (base = this.heartbeat = setInterval(() => {
              var amount, incr, maximum, now, reservoir;
              now = Date.now();
              if (this.storeOptions.reservoirRefreshInterval != null && now >= this._lastReservoirRefresh + this.storeOptions.reservoirRefreshInterval) {
                this._lastReservoirRefresh = now;
                this.storeOptions.reservoir = this.storeOptions.reservoirRefreshAmount;
                this.instance._drainAll(this.computeCapacity());
              }
              if (this.storeOptions.reservoirIncreaseInterval != null && now >= this._lastReservoirIncrease + this.storeOptions.reservoirIncreaseInterval) {
                ({
                  reservoirIncreaseAmount: amount,
                  reservoirIncreaseMaximum: maximum,
                  reservoir
                } = this.storeOptions);
                this._lastReservoirIncrease = now;
                incr = maximum != null ? Math.min(amount, maximum - reservoir) : amount;
                if (incr > 0) {
                  this.storeOptions.reservoir += incr;
                  return this.instance._drainAll(this.computeCapacity());
                }
              }
            }, this.heartbeatInterval)).unref === "function" ? base.unref() : void 0;
          } else {
            return clearInterval(this.heartbeat);
          }
        }
        async __publish__(message) {
          await this.yieldLoop();
          return this.instance.Events.trigger("message", message.toString());
        }
        async __disconnect__(flush) {
          await this.yieldLoop();
          clearInterval(this.heartbeat);
          return this.Promise.resolve();
        }
        yieldLoop(t = 0) {
          return new this.Promise(function(resolve2, reject) {
            return setTimeout(resolve2, t);
          });
        }
        computePenalty() {
          var ref;
          return (ref = this.storeOptions.penalty) != null ? ref : 15 * this.storeOptions.minTime || 5e3;
        }
        async __updateSettings__(options3) {
          await this.yieldLoop();
          parser$2.overwrite(options3, options3, this.storeOptions);
          this._startHeartbeat();
          this.instance._drainAll(this.computeCapacity());
          return true;
        }
        async __running__() {
          await this.yieldLoop();
          return this._running;
        }
        async __queued__() {
          await this.yieldLoop();
          return this.instance.queued();
        }
        async __done__() {
          await this.yieldLoop();
          return this._done;
        }
        async __groupCheck__(time) {
          await this.yieldLoop();
          return this._nextRequest + this.timeout < time;
        }
        computeCapacity() {
          var maxConcurrent, reservoir;
          ({ maxConcurrent, reservoir } = this.storeOptions);
          if (maxConcurrent != null && reservoir != null) {
            return Math.min(maxConcurrent - this._running, reservoir);
          } else if (maxConcurrent != null) {
            return maxConcurrent - this._running;
          } else if (reservoir != null) {
            return reservoir;
          } else {
            return null;
          }
        }
        conditionsCheck(weight) {
          var capacity;
          capacity = this.computeCapacity();
          return capacity == null || weight <= capacity;
        }
        async __incrementReservoir__(incr) {
          var reservoir;
          await this.yieldLoop();
          reservoir = this.storeOptions.reservoir += incr;
          this.instance._drainAll(this.computeCapacity());
          return reservoir;
        }
        async __currentReservoir__() {
          await this.yieldLoop();
          return this.storeOptions.reservoir;
        }
        isBlocked(now) {
          return this._unblockTime >= now;
        }
        check(weight, now) {
          return this.conditionsCheck(weight) && this._nextRequest - now <= 0;
        }
        async __check__(weight) {
          var now;
          await this.yieldLoop();
          now = Date.now();
          return this.check(weight, now);
        }
        async __register__(index, weight, expiration) {
          var now, wait2;
          await this.yieldLoop();
          now = Date.now();
          if (this.conditionsCheck(weight)) {
            this._running += weight;
            if (this.storeOptions.reservoir != null) {
              this.storeOptions.reservoir -= weight;
            }
            wait2 = Math.max(this._nextRequest - now, 0);
            this._nextRequest = now + wait2 + this.storeOptions.minTime;
            return {
              success: true,
              wait: wait2,
              reservoir: this.storeOptions.reservoir
            };
          } else {
            return {
              success: false
            };
          }
        }
        strategyIsBlock() {
          return this.storeOptions.strategy === 3;
        }
        async __submit__(queueLength, weight) {
          var blocked, now, reachedHWM;
          await this.yieldLoop();
          if (this.storeOptions.maxConcurrent != null && weight > this.storeOptions.maxConcurrent) {
            throw new BottleneckError$2(`Impossible to add a job having a weight of ${weight} to a limiter having a maxConcurrent setting of ${this.storeOptions.maxConcurrent}`);
          }
          now = Date.now();
          reachedHWM = this.storeOptions.highWater != null && queueLength === this.storeOptions.highWater && !this.check(weight, now);
          blocked = this.strategyIsBlock() && (reachedHWM || this.isBlocked(now));
          if (blocked) {
            this._unblockTime = now + this.computePenalty();
            this._nextRequest = this._unblockTime + this.storeOptions.minTime;
            this.instance._dropAllQueued();
          }
          return {
            reachedHWM,
            blocked,
            strategy: this.storeOptions.strategy
          };
        }
        async __free__(index, weight) {
          await this.yieldLoop();
          this._running -= weight;
          this._done += weight;
          this.instance._drainAll(this.computeCapacity());
          return {
            running: this._running
          };
        }
      };
      var LocalDatastore_1 = LocalDatastore;
      var BottleneckError$3, States;
      BottleneckError$3 = BottleneckError_1;
      States = class States {
        constructor(status1) {
          this.status = status1;
          this._jobs = {};
          this.counts = this.status.map(function() {
            return 0;
          });
        }
        next(id2) {
          var current2, next;
          current2 = this._jobs[id2];
          next = current2 + 1;
          if (current2 != null && next < this.status.length) {
            this.counts[current2]--;
            this.counts[next]++;
            return this._jobs[id2]++;
          } else if (current2 != null) {
            this.counts[current2]--;
            return delete this._jobs[id2];
          }
        }
        start(id2) {
          var initial;
          initial = 0;
          this._jobs[id2] = initial;
          return this.counts[initial]++;
        }
        remove(id2) {
          var current2;
          current2 = this._jobs[id2];
          if (current2 != null) {
            this.counts[current2]--;
            delete this._jobs[id2];
          }
          return current2 != null;
        }
        jobStatus(id2) {
          var ref;
          return (ref = this.status[this._jobs[id2]]) != null ? ref : null;
        }
        statusJobs(status) {
          var k, pos, ref, results2, v;
          if (status != null) {
            pos = this.status.indexOf(status);
            if (pos < 0) {
              throw new BottleneckError$3(`status must be one of ${this.status.join(", ")}`);
            }
            ref = this._jobs;
            results2 = [];
            for (k in ref) {
              v = ref[k];
              if (v === pos) {
                results2.push(k);
              }
            }
            return results2;
          } else {
            return Object.keys(this._jobs);
          }
        }
        statusCounts() {
          return this.counts.reduce(((acc, v, i2) => {
            acc[this.status[i2]] = v;
            return acc;
          }), {});
        }
      };
      var States_1 = States;
      var DLList$2, Sync;
      DLList$2 = DLList_1;
      Sync = class Sync {
        constructor(name5, Promise2) {
          this.schedule = this.schedule.bind(this);
          this.name = name5;
          this.Promise = Promise2;
          this._running = 0;
          this._queue = new DLList$2();
        }
        isEmpty() {
          return this._queue.length === 0;
        }
        async _tryToRun() {
          var args, cb, error2, reject, resolve2, returned, task;
          if (this._running < 1 && this._queue.length > 0) {
            this._running++;
            ({ task, args, resolve: resolve2, reject } = this._queue.shift());
            cb = await (async function() {
              try {
                returned = await task(...args);
                return function() {
                  return resolve2(returned);
                };
              } catch (error1) {
                error2 = error1;
                return function() {
                  return reject(error2);
                };
              }
            })();
            this._running--;
            this._tryToRun();
            return cb();
          }
        }
        schedule(task, ...args) {
          var promise, reject, resolve2;
          resolve2 = reject = null;
          promise = new this.Promise(function(_resolve, _reject) {
            resolve2 = _resolve;
            return reject = _reject;
          });
          this._queue.push({ task, args, resolve: resolve2, reject });
          this._tryToRun();
          return promise;
        }
      };
      var Sync_1 = Sync;
      var version4 = "2.19.5";
      var version$1 = {
        version: version4
      };
      var version$2 = /* @__PURE__ */ Object.freeze({
        version: version4,
        default: version$1
      });
      var require$$2 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
      var require$$3 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
      var require$$4 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
      var Events$2, Group, IORedisConnection$1, RedisConnection$1, Scripts$1, parser$3;
      parser$3 = parser;
      Events$2 = Events_1;
      RedisConnection$1 = require$$2;
      IORedisConnection$1 = require$$3;
      Scripts$1 = require$$4;
      Group = (function() {
        class Group2 {
          constructor(limiterOptions = {}) {
            this.deleteKey = this.deleteKey.bind(this);
            this.limiterOptions = limiterOptions;
            parser$3.load(this.limiterOptions, this.defaults, this);
            this.Events = new Events$2(this);
            this.instances = {};
            this.Bottleneck = Bottleneck_1;
            this._startAutoCleanup();
            this.sharedConnection = this.connection != null;
            if (this.connection == null) {
              if (this.limiterOptions.datastore === "redis") {
                this.connection = new RedisConnection$1(Object.assign({}, this.limiterOptions, { Events: this.Events }));
              } else if (this.limiterOptions.datastore === "ioredis") {
                this.connection = new IORedisConnection$1(Object.assign({}, this.limiterOptions, { Events: this.Events }));
              }
            }
          }
          key(key2 = "") {
            var ref;
            return (ref = this.instances[key2]) != null ? ref : (() => {
              var limiter;
              limiter = this.instances[key2] = new this.Bottleneck(Object.assign(this.limiterOptions, {
                id: `${this.id}-${key2}`,
                timeout: this.timeout,
                connection: this.connection
              }));
              this.Events.trigger("created", limiter, key2);
              return limiter;
            })();
          }
          async deleteKey(key2 = "") {
            var deleted, instance;
            instance = this.instances[key2];
            if (this.connection) {
              deleted = await this.connection.__runCommand__(["del", ...Scripts$1.allKeys(`${this.id}-${key2}`)]);
            }
            if (instance != null) {
              delete this.instances[key2];
              await instance.disconnect();
            }
            return instance != null || deleted > 0;
          }
          limiters() {
            var k, ref, results2, v;
            ref = this.instances;
            results2 = [];
            for (k in ref) {
              v = ref[k];
              results2.push({
                key: k,
                limiter: v
              });
            }
            return results2;
          }
          keys() {
            return Object.keys(this.instances);
          }
          async clusterKeys() {
            var cursor, end, found2, i2, k, keys, len, next, start2;
            if (this.connection == null) {
              return this.Promise.resolve(this.keys());
            }
            keys = [];
            cursor = null;
            start2 = `b_${this.id}-`.length;
            end = "_settings".length;
            while (cursor !== 0) {
              [next, found2] = await this.connection.__runCommand__(["scan", cursor != null ? cursor : 0, "match", `b_${this.id}-*_settings`, "count", 1e4]);
              cursor = ~~next;
              for (i2 = 0, len = found2.length; i2 < len; i2++) {
                k = found2[i2];
                keys.push(k.slice(start2, -end));
              }
            }
            return keys;
          }
          _startAutoCleanup() {
            var base;
            clearInterval(this.interval);
            return typeof (base = this.interval = setInterval(async () => {
              var e, k, ref, results2, time, v;
              time = Date.now();
              ref = this.instances;
              results2 = [];
              for (k in ref) {
                v = ref[k];
                try {
                  if (await v._store.__groupCheck__(time)) {
                    results2.push(this.deleteKey(k));
                  } else {
                    results2.push(void 0);
                  }
                } catch (error2) {
                  e = error2;
                  results2.push(v.Events.trigger("error", e));
                }
              }
              return results2;
            }, this.timeout / 2)).unref === "function" ? base.unref() : void 0;
          }
          updateSettings(options3 = {}) {
            parser$3.overwrite(options3, this.defaults, this);
            parser$3.overwrite(options3, options3, this.limiterOptions);
            if (options3.timeout != null) {
              return this._startAutoCleanup();
            }
          }
          disconnect(flush = true) {
            var ref;
            if (!this.sharedConnection) {
              return (ref = this.connection) != null ? ref.disconnect(flush) : void 0;
            }
          }
        }
        Group2.prototype.defaults = {
          timeout: 1e3 * 60 * 5,
          connection: null,
          Promise,
          id: "group-key"
        };
        return Group2;
      }).call(commonjsGlobal);
      var Group_1 = Group;
      var Batcher, Events$3, parser$4;
      parser$4 = parser;
      Events$3 = Events_1;
      Batcher = (function() {
        class Batcher2 {
          constructor(options3 = {}) {
            this.options = options3;
            parser$4.load(this.options, this.defaults, this);
            this.Events = new Events$3(this);
            this._arr = [];
            this._resetPromise();
            this._lastFlush = Date.now();
          }
          _resetPromise() {
            return this._promise = new this.Promise((res, rej) => {
              return this._resolve = res;
            });
          }
          _flush() {
            clearTimeout(this._timeout);
            this._lastFlush = Date.now();
            this._resolve();
            this.Events.trigger("batch", this._arr);
            this._arr = [];
            return this._resetPromise();
          }
          add(data) {
            var ret;
            this._arr.push(data);
            ret = this._promise;
            if (this._arr.length === this.maxSize) {
              this._flush();
            } else if (this.maxTime != null && this._arr.length === 1) {
              this._timeout = setTimeout(() => {
                return this._flush();
              }, this.maxTime);
            }
            return ret;
          }
        }
        Batcher2.prototype.defaults = {
          maxTime: null,
          maxSize: null,
          Promise
        };
        return Batcher2;
      }).call(commonjsGlobal);
      var Batcher_1 = Batcher;
      var require$$4$1 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
      var require$$8 = getCjsExportFromNamespace(version$2);
      var Bottleneck2, DEFAULT_PRIORITY$1, Events$4, Job$1, LocalDatastore$1, NUM_PRIORITIES$1, Queues$1, RedisDatastore$1, States$1, Sync$1, parser$5, splice = [].splice;
      NUM_PRIORITIES$1 = 10;
      DEFAULT_PRIORITY$1 = 5;
      parser$5 = parser;
      Queues$1 = Queues_1;
      Job$1 = Job_1;
      LocalDatastore$1 = LocalDatastore_1;
      RedisDatastore$1 = require$$4$1;
      Events$4 = Events_1;
      States$1 = States_1;
      Sync$1 = Sync_1;
      Bottleneck2 = (function() {
        class Bottleneck3 {
          constructor(options3 = {}, ...invalid3) {
            var storeInstanceOptions, storeOptions;
            this._addToQueue = this._addToQueue.bind(this);
            this._validateOptions(options3, invalid3);
            parser$5.load(options3, this.instanceDefaults, this);
            this._queues = new Queues$1(NUM_PRIORITIES$1);
            this._scheduled = {};
            this._states = new States$1(["RECEIVED", "QUEUED", "RUNNING", "EXECUTING"].concat(this.trackDoneStatus ? ["DONE"] : []));
            this._limiter = null;
            this.Events = new Events$4(this);
            this._submitLock = new Sync$1("submit", this.Promise);
            this._registerLock = new Sync$1("register", this.Promise);
            storeOptions = parser$5.load(options3, this.storeDefaults, {});
            this._store = (function() {
              if (this.datastore === "redis" || this.datastore === "ioredis" || this.connection != null) {
                storeInstanceOptions = parser$5.load(options3, this.redisStoreDefaults, {});
                return new RedisDatastore$1(this, storeOptions, storeInstanceOptions);
              } else if (this.datastore === "local") {
                storeInstanceOptions = parser$5.load(options3, this.localStoreDefaults, {});
                return new LocalDatastore$1(this, storeOptions, storeInstanceOptions);
              } else {
                throw new Bottleneck3.prototype.BottleneckError(`Invalid datastore type: ${this.datastore}`);
              }
            }).call(this);
            this._queues.on("leftzero", () => {
              var ref;
              return (ref = this._store.heartbeat) != null ? typeof ref.ref === "function" ? ref.ref() : void 0 : void 0;
            });
            this._queues.on("zero", () => {
              var ref;
              return (ref = this._store.heartbeat) != null ? typeof ref.unref === "function" ? ref.unref() : void 0 : void 0;
            });
          }
          _validateOptions(options3, invalid3) {
            if (!(options3 != null && typeof options3 === "object" && invalid3.length === 0)) {
              throw new Bottleneck3.prototype.BottleneckError("Bottleneck v2 takes a single object argument. Refer to https://github.com/SGrondin/bottleneck#upgrading-to-v2 if you're upgrading from Bottleneck v1.");
            }
          }
          ready() {
            return this._store.ready;
          }
          clients() {
            return this._store.clients;
          }
          channel() {
            return `b_${this.id}`;
          }
          channel_client() {
            return `b_${this.id}_${this._store.clientId}`;
          }
          publish(message) {
            return this._store.__publish__(message);
          }
          disconnect(flush = true) {
            return this._store.__disconnect__(flush);
          }
          chain(_limiter) {
            this._limiter = _limiter;
            return this;
          }
          queued(priority) {
            return this._queues.queued(priority);
          }
          clusterQueued() {
            return this._store.__queued__();
          }
          empty() {
            return this.queued() === 0 && this._submitLock.isEmpty();
          }
          running() {
            return this._store.__running__();
          }
          done() {
            return this._store.__done__();
          }
          jobStatus(id2) {
            return this._states.jobStatus(id2);
          }
          jobs(status) {
            return this._states.statusJobs(status);
          }
          counts() {
            return this._states.statusCounts();
          }
          _randomIndex() {
            return Math.random().toString(36).slice(2);
          }
          check(weight = 1) {
            return this._store.__check__(weight);
          }
          _clearGlobalState(index) {
            if (this._scheduled[index] != null) {
              clearTimeout(this._scheduled[index].expiration);
              delete this._scheduled[index];
              return true;
            } else {
              return false;
            }
          }
          async _free(index, job, options3, eventInfo) {
            var e, running;
            try {
              ({ running } = await this._store.__free__(index, options3.weight));
              this.Events.trigger("debug", `Freed ${options3.id}`, eventInfo);
              if (running === 0 && this.empty()) {
                return this.Events.trigger("idle");
              }
            } catch (error1) {
              e = error1;
              return this.Events.trigger("error", e);
            }
          }
          _run(index, job, wait2) {
            var clearGlobalState, free, run;
            job.doRun();
            clearGlobalState = this._clearGlobalState.bind(this, index);
            run = this._run.bind(this, index, job);
            free = this._free.bind(this, index, job);
            return this._scheduled[index] = {
              timeout: setTimeout(() => {
                return job.doExecute(this._limiter, clearGlobalState, run, free);
              }, wait2),
              expiration: job.options.expiration != null ? setTimeout(function() {
                return job.doExpire(clearGlobalState, run, free);
              }, wait2 + job.options.expiration) : void 0,
              job
            };
          }
          _drainOne(capacity) {
            return this._registerLock.schedule(() => {
              var args, index, next, options3, queue;
              if (this.queued() === 0) {
                return this.Promise.resolve(null);
              }
              queue = this._queues.getFirst();
              ({ options: options3, args } = next = queue.first());
              if (capacity != null && options3.weight > capacity) {
                return this.Promise.resolve(null);
              }
              this.Events.trigger("debug", `Draining ${options3.id}`, { args, options: options3 });
              index = this._randomIndex();
              return this._store.__register__(index, options3.weight, options3.expiration).then(({ success, wait: wait2, reservoir }) => {
                var empty;
                this.Events.trigger("debug", `Drained ${options3.id}`, { success, args, options: options3 });
                if (success) {
                  queue.shift();
                  empty = this.empty();
                  if (empty) {
                    this.Events.trigger("empty");
                  }
                  if (reservoir === 0) {
                    this.Events.trigger("depleted", empty);
                  }
                  this._run(index, next, wait2);
                  return this.Promise.resolve(options3.weight);
                } else {
                  return this.Promise.resolve(null);
                }
              });
            });
          }
          _drainAll(capacity, total = 0) {
            return this._drainOne(capacity).then((drained) => {
              var newCapacity;
              if (drained != null) {
                newCapacity = capacity != null ? capacity - drained : capacity;
                return this._drainAll(newCapacity, total + drained);
              } else {
                return this.Promise.resolve(total);
              }
            }).catch((e) => {
              return this.Events.trigger("error", e);
            });
          }
          _dropAllQueued(message) {
            return this._queues.shiftAll(function(job) {
              return job.doDrop({ message });
            });
          }
          stop(options3 = {}) {
            var done2, waitForExecuting;
            options3 = parser$5.load(options3, this.stopDefaults);
            waitForExecuting = (at) => {
              var finished;
              finished = () => {
                var counts;
                counts = this._states.counts;
                return counts[0] + counts[1] + counts[2] + counts[3] === at;
              };
              return new this.Promise((resolve2, reject) => {
                if (finished()) {
                  return resolve2();
                } else {
                  return this.on("done", () => {
                    if (finished()) {
                      this.removeAllListeners("done");
                      return resolve2();
                    }
                  });
                }
              });
            };
            done2 = options3.dropWaitingJobs ? (this._run = function(index, next) {
              return next.doDrop({
                message: options3.dropErrorMessage
              });
            }, this._drainOne = () => {
              return this.Promise.resolve(null);
            }, this._registerLock.schedule(() => {
              return this._submitLock.schedule(() => {
                var k, ref, v;
                ref = this._scheduled;
                for (k in ref) {
                  v = ref[k];
                  if (this.jobStatus(v.job.options.id) === "RUNNING") {
                    clearTimeout(v.timeout);
                    clearTimeout(v.expiration);
                    v.job.doDrop({
                      message: options3.dropErrorMessage
                    });
                  }
                }
                this._dropAllQueued(options3.dropErrorMessage);
                return waitForExecuting(0);
              });
            })) : this.schedule({
              priority: NUM_PRIORITIES$1 - 1,
              weight: 0
            }, () => {
              return waitForExecuting(1);
            });
            this._receive = function(job) {
              return job._reject(new Bottleneck3.prototype.BottleneckError(options3.enqueueErrorMessage));
            };
            this.stop = () => {
              return this.Promise.reject(new Bottleneck3.prototype.BottleneckError("stop() has already been called"));
            };
            return done2;
          }
          async _addToQueue(job) {
            var args, blocked, error2, options3, reachedHWM, shifted, strategy;
            ({ args, options: options3 } = job);
            try {
              ({ reachedHWM, blocked, strategy } = await this._store.__submit__(this.queued(), options3.weight));
            } catch (error1) {
              error2 = error1;
              this.Events.trigger("debug", `Could not queue ${options3.id}`, { args, options: options3, error: error2 });
              job.doDrop({ error: error2 });
              return false;
            }
            if (blocked) {
              job.doDrop();
              return true;
            } else if (reachedHWM) {
              shifted = strategy === Bottleneck3.prototype.strategy.LEAK ? this._queues.shiftLastFrom(options3.priority) : strategy === Bottleneck3.prototype.strategy.OVERFLOW_PRIORITY ? this._queues.shiftLastFrom(options3.priority + 1) : strategy === Bottleneck3.prototype.strategy.OVERFLOW ? job : void 0;
              if (shifted != null) {
                shifted.doDrop();
              }
              if (shifted == null || strategy === Bottleneck3.prototype.strategy.OVERFLOW) {
                if (shifted == null) {
                  job.doDrop();
                }
                return reachedHWM;
              }
            }
            job.doQueue(reachedHWM, blocked);
            this._queues.push(job);
            await this._drainAll();
            return reachedHWM;
          }
          _receive(job) {
            if (this._states.jobStatus(job.options.id) != null) {
              job._reject(new Bottleneck3.prototype.BottleneckError(`A job with the same id already exists (id=${job.options.id})`));
              return false;
            } else {
              job.doReceive();
              return this._submitLock.schedule(this._addToQueue, job);
            }
          }
          submit(...args) {
            var cb, fn, job, options3, ref, ref1, task;
            if (typeof args[0] === "function") {
              ref = args, [fn, ...args] = ref, [cb] = splice.call(args, -1);
              options3 = parser$5.load({}, this.jobDefaults);
            } else {
              ref1 = args, [options3, fn, ...args] = ref1, [cb] = splice.call(args, -1);
              options3 = parser$5.load(options3, this.jobDefaults);
            }
            task = (...args2) => {
              return new this.Promise(function(resolve2, reject) {
                return fn(...args2, function(...args3) {
                  return (args3[0] != null ? reject : resolve2)(args3);
                });
              });
            };
            job = new Job$1(task, args, options3, this.jobDefaults, this.rejectOnDrop, this.Events, this._states, this.Promise);
            job.promise.then(function(args2) {
              return typeof cb === "function" ? cb(...args2) : void 0;
            }).catch(function(args2) {
              if (Array.isArray(args2)) {
                return typeof cb === "function" ? cb(...args2) : void 0;
              } else {
                return typeof cb === "function" ? cb(args2) : void 0;
              }
            });
            return this._receive(job);
          }
          schedule(...args) {
            var job, options3, task;
            if (typeof args[0] === "function") {
              [task, ...args] = args;
              options3 = {};
            } else {
              [options3, task, ...args] = args;
            }
            job = new Job$1(task, args, options3, this.jobDefaults, this.rejectOnDrop, this.Events, this._states, this.Promise);
            this._receive(job);
            return job.promise;
          }
          wrap(fn) {
            var schedule, wrapped;
            schedule = this.schedule.bind(this);
            wrapped = function(...args) {
              return schedule(fn.bind(this), ...args);
            };
            wrapped.withOptions = function(options3, ...args) {
              return schedule(options3, fn, ...args);
            };
            return wrapped;
          }
          async updateSettings(options3 = {}) {
            await this._store.__updateSettings__(parser$5.overwrite(options3, this.storeDefaults));
            parser$5.overwrite(options3, this.instanceDefaults, this);
            return this;
          }
          currentReservoir() {
            return this._store.__currentReservoir__();
          }
          incrementReservoir(incr = 0) {
            return this._store.__incrementReservoir__(incr);
          }
        }
        Bottleneck3.default = Bottleneck3;
        Bottleneck3.Events = Events$4;
        Bottleneck3.version = Bottleneck3.prototype.version = require$$8.version;
        Bottleneck3.strategy = Bottleneck3.prototype.strategy = {
          LEAK: 1,
          OVERFLOW: 2,
          OVERFLOW_PRIORITY: 4,
          BLOCK: 3
        };
        Bottleneck3.BottleneckError = Bottleneck3.prototype.BottleneckError = BottleneckError_1;
        Bottleneck3.Group = Bottleneck3.prototype.Group = Group_1;
        Bottleneck3.RedisConnection = Bottleneck3.prototype.RedisConnection = require$$2;
        Bottleneck3.IORedisConnection = Bottleneck3.prototype.IORedisConnection = require$$3;
        Bottleneck3.Batcher = Bottleneck3.prototype.Batcher = Batcher_1;
        Bottleneck3.prototype.jobDefaults = {
          priority: DEFAULT_PRIORITY$1,
          weight: 1,
          expiration: null,
          id: "<no-id>"
        };
        Bottleneck3.prototype.storeDefaults = {
          maxConcurrent: null,
          minTime: 0,
          highWater: null,
          strategy: Bottleneck3.prototype.strategy.LEAK,
          penalty: null,
          reservoir: null,
          reservoirRefreshInterval: null,
          reservoirRefreshAmount: null,
          reservoirIncreaseInterval: null,
          reservoirIncreaseAmount: null,
          reservoirIncreaseMaximum: null
        };
        Bottleneck3.prototype.localStoreDefaults = {
          Promise,
          timeout: null,
          heartbeatInterval: 250
        };
        Bottleneck3.prototype.redisStoreDefaults = {
          Promise,
          timeout: null,
          heartbeatInterval: 5e3,
          clientTimeout: 1e4,
          Redis: null,
          clientOptions: {},
          clusterNodes: null,
          clearDatastore: false,
          connection: null
        };
        Bottleneck3.prototype.instanceDefaults = {
          datastore: "local",
          connection: null,
          id: "<no-id>",
          rejectOnDrop: true,
          trackDoneStatus: false,
          Promise
        };
        Bottleneck3.prototype.stopDefaults = {
          enqueueErrorMessage: "This limiter has been stopped and cannot accept new jobs.",
          dropWaitingJobs: true,
          dropErrorMessage: "This limiter has been stopped."
        };
        return Bottleneck3;
      }).call(commonjsGlobal);
      var Bottleneck_1 = Bottleneck2;
      var lib = Bottleneck_1;
      return lib;
    }));
  }
});

// node_modules/@octokit/request-error/dist-src/index.js
var RequestError;
var init_dist_src = __esm({
  "node_modules/@octokit/request-error/dist-src/index.js"() {
    RequestError = class extends Error {
      name;
      /**
       * http status code
       */
      status;
      /**
       * Request options that lead to the error.
       */
      request;
      /**
       * Response object if a response was received
       */
      response;
      constructor(message, statusCode, options3) {
        super(message, { cause: options3.cause });
        this.name = "HttpError";
        this.status = Number.parseInt(statusCode);
        if (Number.isNaN(this.status)) {
          this.status = 0;
        }
        if ("response" in options3) {
          this.response = options3.response;
        }
        const requestCopy = Object.assign({}, options3.request);
        if (options3.request.headers.authorization) {
          requestCopy.headers = Object.assign({}, options3.request.headers, {
            authorization: options3.request.headers.authorization.replace(
              /(?<! ) .*$/,
              " [REDACTED]"
            )
          });
        }
        requestCopy.url = requestCopy.url.replace(/\bclient_secret=\w+/g, "client_secret=[REDACTED]").replace(/\baccess_token=\w+/g, "access_token=[REDACTED]");
        this.request = requestCopy;
      }
    };
  }
});

// node_modules/@octokit/plugin-retry/dist-bundle/index.js
function isRequestError(error2) {
  return error2.request !== void 0;
}
async function errorRequest(state, octokit, error2, options3) {
  if (!isRequestError(error2) || !error2?.request.request) {
    throw error2;
  }
  if (error2.status >= 400 && !state.doNotRetry.includes(error2.status)) {
    const retries = options3.request.retries != null ? options3.request.retries : state.retries;
    const retryAfter = Math.pow((options3.request.retryCount || 0) + 1, 2);
    throw octokit.retry.retryRequest(error2, retries, retryAfter);
  }
  throw error2;
}
async function wrapRequest(state, octokit, request, options3) {
  const limiter = new import_light.default();
  limiter.on("failed", function(error2, info2) {
    const maxRetries = ~~error2.request.request?.retries;
    const after = ~~error2.request.request?.retryAfter;
    options3.request.retryCount = info2.retryCount + 1;
    if (maxRetries > info2.retryCount) {
      return after * state.retryAfterBaseValue;
    }
  });
  return limiter.schedule(
    requestWithGraphqlErrorHandling.bind(null, state, octokit, request),
    options3
  );
}
async function requestWithGraphqlErrorHandling(state, octokit, request, options3) {
  const response = await request(options3);
  if (response.data && response.data.errors && response.data.errors.length > 0 && /Something went wrong while executing your query/.test(
    response.data.errors[0].message
  )) {
    const error2 = new RequestError(response.data.errors[0].message, 500, {
      request: options3,
      response
    });
    return errorRequest(state, octokit, error2, options3);
  }
  return response;
}
function retry(octokit, octokitOptions) {
  const state = Object.assign(
    {
      enabled: true,
      retryAfterBaseValue: 1e3,
      doNotRetry: [400, 401, 403, 404, 410, 422, 451],
      retries: 3
    },
    octokitOptions.retry
  );
  const retryPlugin = {
    retry: {
      retryRequest: (error2, retries, retryAfter) => {
        error2.request.request = Object.assign({}, error2.request.request, {
          retries,
          retryAfter
        });
        return error2;
      }
    }
  };
  if (state.enabled) {
    octokit.hook.error("request", errorRequest.bind(null, state, retryPlugin));
    octokit.hook.wrap("request", wrapRequest.bind(null, state, retryPlugin));
  }
  return retryPlugin;
}
var import_light, VERSION2;
var init_dist_bundle = __esm({
  "node_modules/@octokit/plugin-retry/dist-bundle/index.js"() {
    import_light = __toESM(require_light(), 1);
    init_dist_src();
    VERSION2 = "0.0.0-development";
    retry.VERSION = VERSION2;
  }
});

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
function wrapRequest2(state, request, options3) {
  return state.retryLimiter.schedule(doRequest, state, request, options3);
}
async function doRequest(state, request, options3) {
  const { pathname } = new URL(options3.url, "http://github.test");
  const isAuth = isAuthRequest(options3.method, pathname);
  const isWrite = !isAuth && options3.method !== "GET" && options3.method !== "HEAD";
  const isSearch = options3.method === "GET" && pathname.startsWith("/search/");
  const isGraphQL = pathname.startsWith("/graphql");
  const retryCount = ~~request.retryCount;
  const jobOptions = retryCount > 0 ? { priority: 0, weight: 0 } : {};
  if (state.clustering) {
    jobOptions.expiration = 1e3 * 60;
  }
  if (isWrite || isGraphQL) {
    await state.write.key(state.id).schedule(jobOptions, noop);
  }
  if (isWrite && state.triggersNotification(pathname)) {
    await state.notifications.key(state.id).schedule(jobOptions, noop);
  }
  if (isSearch) {
    await state.search.key(state.id).schedule(jobOptions, noop);
  }
  const req = (isAuth ? state.auth : state.global).key(state.id).schedule(jobOptions, request, options3);
  if (isGraphQL) {
    const res = await req;
    if (res.data.errors != null && res.data.errors.some((error2) => error2.type === "RATE_LIMITED")) {
      const error2 = Object.assign(new Error("GraphQL Rate Limit Exceeded"), {
        response: res,
        data: res.data
      });
      throw error2;
    }
  }
  return req;
}
function isAuthRequest(method, pathname) {
  return method === "PATCH" && // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-a-scoped-access-token
  /^\/applications\/[^/]+\/token\/scoped$/.test(pathname) || method === "POST" && // https://docs.github.com/en/rest/apps/oauth-applications?apiVersion=2022-11-28#reset-a-token
  (/^\/applications\/[^/]+\/token$/.test(pathname) || // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-an-installation-access-token-for-an-app
  /^\/app\/installations\/[^/]+\/access_tokens$/.test(pathname) || // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
  pathname === "/login/oauth/access_token");
}
function routeMatcher(paths) {
  const regexes = paths.map(
    (path58) => path58.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex2 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})[^/]*$`;
  return new RegExp(regex2, "i");
}
function throttling(octokit, octokitOptions) {
  const {
    enabled: enabled2 = true,
    Bottleneck: Bottleneck2 = import_light2.default,
    id: id2 = "no-id",
    timeout = 1e3 * 60 * 2,
    // Redis TTL: 2 minutes
    connection
  } = octokitOptions.throttle || {};
  if (!enabled2) {
    return {};
  }
  const common = { timeout };
  if (typeof connection !== "undefined") {
    common.connection = connection;
  }
  const state = Object.assign(
    {
      clustering: connection != null,
      triggersNotification,
      fallbackSecondaryRateRetryAfter: 60,
      retryAfterBaseValue: 1e3,
      id: id2
    },
    octokitOptions.throttle
  );
  if (typeof state.onSecondaryRateLimit !== "function" || typeof state.onRateLimit !== "function") {
    throw new Error(`octokit/plugin-throttling error:
        You must pass the onSecondaryRateLimit and onRateLimit error handlers.
        See https://octokit.github.io/rest.js/#throttling

        const octokit = new Octokit({
          throttle: {
            onSecondaryRateLimit: (retryAfter, options) => {/* ... */},
            onRateLimit: (retryAfter, options) => {/* ... */}
          }
        })
    `);
  }
  let initialized = false;
  const initializeBottleneck = () => {
    if (initialized) {
      return;
    }
    initialized = true;
    if (groups.global == null) {
      createGroups(Bottleneck2, common);
    }
    state.global = state.global ?? groups.global;
    state.auth = state.auth ?? groups.auth;
    state.search = state.search ?? groups.search;
    state.write = state.write ?? groups.write;
    state.notifications = state.notifications ?? groups.notifications;
    state.retryLimiter = state.retryLimiter ?? new Bottleneck2();
    const events2 = {};
    const emitter = new Bottleneck2.Events(events2);
    events2.on("secondary-limit", state.onSecondaryRateLimit);
    events2.on("rate-limit", state.onRateLimit);
    events2.on(
      "error",
      (e) => octokit.log.warn("Error in throttling-plugin limit handler", e)
    );
    state.retryLimiter.on("failed", async function(error2, info2) {
      const [state2, request, options3] = info2.args;
      const { pathname } = new URL(options3.url, "http://github.test");
      const shouldRetryGraphQL = pathname.startsWith("/graphql") && error2.status !== 401;
      if (!(shouldRetryGraphQL || error2.status === 403 || error2.status === 429)) {
        return;
      }
      const retryCount = ~~request.retryCount;
      request.retryCount = retryCount;
      options3.request.retryCount = retryCount;
      const { wantRetry, retryAfter = 0 } = await (async function() {
        if (/\bsecondary rate\b/i.test(error2.message)) {
          const retryAfter2 = Number(error2.response.headers["retry-after"]) || state2.fallbackSecondaryRateRetryAfter;
          const wantRetry2 = await emitter.trigger(
            "secondary-limit",
            retryAfter2,
            options3,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        if (error2.response.headers != null && error2.response.headers["x-ratelimit-remaining"] === "0" || (error2.response.data?.errors ?? []).some(
          (error22) => error22.type === "RATE_LIMITED"
        )) {
          const rateLimitReset = new Date(
            ~~error2.response.headers["x-ratelimit-reset"] * 1e3
          ).getTime();
          const retryAfter2 = Math.max(
            // Add one second so we retry _after_ the reset time
            // https://docs.github.com/en/rest/overview/resources-in-the-rest-api?apiVersion=2022-11-28#exceeding-the-rate-limit
            Math.ceil((rateLimitReset - Date.now()) / 1e3) + 1,
            0
          );
          const wantRetry2 = await emitter.trigger(
            "rate-limit",
            retryAfter2,
            options3,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        return {};
      })();
      if (wantRetry) {
        request.retryCount++;
        return retryAfter * state2.retryAfterBaseValue;
      }
    });
  };
  octokit.hook.wrap("request", (request, options3) => {
    initializeBottleneck();
    return wrapRequest2(state, request, options3);
  });
  return {};
}
var import_light2, VERSION3, noop, triggers_notification_paths_default, regex, triggersNotification, groups, createGroups;
var init_dist_bundle2 = __esm({
  "node_modules/@octokit/plugin-throttling/dist-bundle/index.js"() {
    import_light2 = __toESM(require_light(), 1);
    VERSION3 = "0.0.0-development";
    noop = () => Promise.resolve();
    triggers_notification_paths_default = [
      "/orgs/{org}/invitations",
      "/orgs/{org}/invitations/{invitation_id}",
      "/orgs/{org}/teams/{team_slug}/discussions",
      "/orgs/{org}/teams/{team_slug}/discussions/{discussion_number}/comments",
      "/repos/{owner}/{repo}/collaborators/{username}",
      "/repos/{owner}/{repo}/commits/{commit_sha}/comments",
      "/repos/{owner}/{repo}/issues",
      "/repos/{owner}/{repo}/issues/{issue_number}/comments",
      "/repos/{owner}/{repo}/issues/{issue_number}/sub_issue",
      "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues/priority",
      "/repos/{owner}/{repo}/pulls",
      "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
      "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
      "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
      "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
      "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
      "/repos/{owner}/{repo}/releases",
      "/teams/{team_id}/discussions",
      "/teams/{team_id}/discussions/{discussion_number}/comments"
    ];
    regex = routeMatcher(triggers_notification_paths_default);
    triggersNotification = regex.test.bind(regex);
    groups = {};
    createGroups = function(Bottleneck2, common) {
      groups.global = new Bottleneck2.Group({
        id: "octokit-global",
        maxConcurrent: 10,
        ...common
      });
      groups.auth = new Bottleneck2.Group({
        id: "octokit-auth",
        maxConcurrent: 1,
        ...common
      });
      groups.search = new Bottleneck2.Group({
        id: "octokit-search",
        maxConcurrent: 1,
        minTime: 2e3,
        ...common
      });
      groups.write = new Bottleneck2.Group({
        id: "octokit-write",
        maxConcurrent: 1,
        minTime: 1e3,
        ...common
      });
      groups.notifications = new Bottleneck2.Group({
        id: "octokit-notifications",
        maxConcurrent: 1,
        minTime: 3e3,
        ...common
      });
    };
    throttling.VERSION = VERSION3;
    throttling.triggersNotification = triggersNotification;
  }
});

// src/pull-request/answers.ts
function answerProblem(answers, { method, url, query: query2 }, data) {
  const operation = typeof query2 === "string" ? /^\s*(?:query|mutation) (\w+)/.exec(query2)?.[1] : void 0;
  const name5 = operation ?? `${method} ${url}`;
  return Object.hasOwn(answers, name5) ? answers[name5]?.(data, "answer") : void 0;
}
var init_answers2 = __esm({
  "src/pull-request/answers.ts"() {
    "use strict";
  }
});

// src/pull-request/github/answers.ts
var sha, name4, long2, date, login2, withSha, pull2, signature, listedCommit, event2, release2, graphql, viewed, target2, done, githubAnswers;
var init_answers3 = __esm({
  "src/pull-request/github/answers.ts"() {
    "use strict";
    init_shape();
    sha = text(40, /^[0-9a-f]{40}$/);
    name4 = text(1e3);
    long2 = text(1e6);
    date = text(40, /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/);
    login2 = having({ login: name4 });
    withSha = having({ sha });
    pull2 = having({
      number: whole(1, 1e12),
      html_url: text(2e3, /^https?:\/\//),
      state: oneOf("open", "closed"),
      merged_at: maybe(text(100)),
      title: text(1e4),
      body: maybe(long2),
      labels: list(having({ name: name4 }), 1e3),
      assignees: maybe(list(login2, 1e3)),
      requested_reviewers: maybe(list(login2, 1e3)),
      requested_teams: maybe(list(having({ slug: name4 }), 1e3)),
      milestone: maybe(having({ title: name4 })),
      draft: maybe(yesOrNo),
      auto_merge: maybe(having({})),
      node_id: name4,
      head: having({ sha, ref: name4, repo: maybe(having({ full_name: name4 })) }),
      base: having({ ref: name4, user: maybe(login2) })
    });
    signature = maybe(having({ name: maybe(name4), date: maybe(date) }));
    listedCommit = having({
      sha,
      commit: having({ message: long2, tree: withSha, author: signature, committer: signature }),
      parents: list(withSha, 1e3)
    });
    event2 = having({
      event: maybe(name4),
      label: maybe(having({ name: maybe(name4) })),
      assignee: maybe(login2),
      requested_reviewer: maybe(having({ login: maybe(name4) })),
      requested_team: maybe(having({ slug: maybe(name4) })),
      milestone: maybe(having({ title: maybe(name4) }))
    });
    release2 = having({
      tag_name: name4,
      draft: yesOrNo,
      prerelease: yesOrNo,
      body: maybe(long2),
      published_at: maybe(date)
    });
    graphql = (data) => (value, at) => {
      const problems = maybe(list(having({ message: long2, type: maybe(name4) }), 1e3));
      const wrong = having({ errors: problems })(value, at);
      const { errors, data: found2 } = value ?? {};
      if (wrong !== void 0) return wrong;
      return errors && (found2 === null || found2 === void 0) ? void 0 : data(found2, `${at}.data`);
    };
    viewed = (value, at) => {
      const wrong = having({ oid: maybe(sha), tree: maybe(having({ oid: sha })) })(value, at);
      if (wrong !== void 0) return wrong;
      const file = maybe(having({ oid: sha, mode: whole(0, 262143) }));
      for (const [field2, one] of Object.entries(value)) {
        const problem = /^f\d+$/.test(field2) ? file(one, `${at}.${field2}`) : void 0;
        if (problem !== void 0) return problem;
      }
      return void 0;
    };
    target2 = maybe(having({ target: maybe(viewed) }));
    done = graphql(having({}));
    githubAnswers = {
      "GET /repos/{owner}/{repo}/pulls": list(pull2, 100),
      "POST /repos/{owner}/{repo}/pulls": pull2,
      "POST /repos/{owner}/{repo}/git/blobs": withSha,
      "POST /repos/{owner}/{repo}/git/trees": withSha,
      "POST /repos/{owner}/{repo}/git/commits": withSha,
      "GET /repos/{owner}/{repo}/git/ref/{ref}": having({ object: withSha }),
      "GET /repos/{owner}/{repo}/git/matching-refs/{ref}": list(having({ ref: name4 }), 1e6),
      "GET /repos/{owner}/{repo}/compare/{basehead}": having({
        commits: list(listedCommit, 1e3),
        total_commits: whole(0, 1e9),
        merge_base_commit: withSha,
        files: maybe(list(having({ filename: text(5e3) }), 1e4))
      }),
      "GET /repos/{owner}/{repo}/commits/{ref}": having({
        sha,
        commit: having({ author: signature, committer: signature })
      }),
      "GET /repos/{owner}/{repo}/issues/{issue_number}/events": list(event2, 100),
      "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": list(having({ body: maybe(long2) }), 100),
      "GET /repos/{owner}/{repo}/milestones": list(having({ number: whole(1, 1e12), title: name4 }), 100),
      "GET /repos/{owner}/{repo}/releases": list(release2, 100),
      Look: graphql(
        having({
          viewer: maybe(login2),
          repository: maybe(having({ id: name4, base: target2, branch: target2, read: maybe(viewed) }))
        })
      ),
      View: graphql(having({ repository: maybe(having({ object: maybe(viewed) })) })),
      AutoMerge: graphql(
        having({
          node: maybe(
            having({
              timelineItems: having({ nodes: list(having({ actor: maybe(login2) }), 100) }),
              repository: having({})
            })
          )
        })
      ),
      Move: done,
      EnableAutoMerge: done,
      ToDraft: done,
      ToReady: done
    };
  }
});

// src/pull-request/github/client.ts
var client_exports = {};
__export(client_exports, {
  createClient: () => createClient
});
function guard(timeout, answers) {
  return ({ hook }) => {
    hook.wrap("request", async (request, options3) => {
      options3.request.signal = AbortSignal.timeout(timeout);
      const failed3 = (problem2) => new RequestError(problem2, 502, { request: { ...options3, headers: options3.headers } });
      const response = await Promise.resolve(request(options3)).catch((error2) => {
        throw statusOf(error2) === void 0 ? failed3("its answer could not be read") : error2;
      });
      const isJson = String(response.headers["content-type"] ?? "").startsWith("application/json");
      const isCut = isJson && typeof response.data === "string";
      const problem = isCut ? "it was cut off" : answerProblem(answers, options3, response.data);
      if (problem === void 0) return response;
      throw failed3(`its answer is not what it documents: ${problem}`);
    });
    return {};
  };
}
function unspaced(atOnce) {
  const limit2 = pLimit(atOnce);
  const schedule = (_, run, ...args) => limit2(() => run(...args));
  return { key: () => ({ schedule }) };
}
function createClient(makeOctokit, token, baseUrl, log, patience = {}, answers = githubAnswers) {
  const { retries = 3, timeout = 3e4, longestWait = 120, second = 1e3 } = patience;
  const mayWait = (kind2) => (seconds, options3, _, times) => {
    const isTime = Number.isFinite(seconds) && seconds >= 0;
    const waits = isTime && times < 2 && seconds <= longestWait;
    const how = isTime ? `${waits ? "waiting" : "not waiting"} ${seconds} s` : "not waiting";
    log.warning(`The ${kind2} rate limit at ${options3.method ?? ""} ${options3.url ?? ""}: ${how}.`);
    return waits;
  };
  return makeOctokit(
    token,
    {
      baseUrl,
      // Only temporary failures are retried; throttling handles 403 and 429.
      retry: {
        retries,
        retryAfterBaseValue: second,
        doNotRetry: [400, 401, 403, 404, 405, 409, 410, 422, 429, 451]
      },
      throttle: {
        retryAfterBaseValue: second,
        ...{ global: unspaced(10), write: unspaced(1), notifications: unspaced(1) },
        onRateLimit: mayWait("primary"),
        onSecondaryRateLimit: mayWait("secondary")
      },
      log: {
        debug: () => void 0,
        info: () => void 0,
        warn: (text3) => log.warning(text3),
        error: () => void 0
      }
    },
    guard(timeout, answers),
    retry,
    throttling
  );
}
var init_client = __esm({
  "src/pull-request/github/client.ts"() {
    "use strict";
    init_dist_bundle();
    init_dist_bundle2();
    init_dist_src();
    init_p_limit();
    init_answers2();
    init_failures();
    init_answers3();
  }
});

// src/main.ts
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir as tmpdir3 } from "node:os";
import path57 from "node:path";

// node_modules/@actions/core/lib/core.js
var core_exports = {};
__export(core_exports, {
  ExitCode: () => ExitCode,
  addPath: () => addPath,
  debug: () => debug,
  endGroup: () => endGroup,
  error: () => error,
  exportVariable: () => exportVariable,
  getBooleanInput: () => getBooleanInput,
  getIDToken: () => getIDToken,
  getInput: () => getInput,
  getMultilineInput: () => getMultilineInput,
  getState: () => getState,
  group: () => group,
  info: () => info,
  isDebug: () => isDebug,
  markdownSummary: () => markdownSummary,
  notice: () => notice,
  platform: () => platform_exports,
  saveState: () => saveState,
  setCommandEcho: () => setCommandEcho,
  setFailed: () => setFailed,
  setOutput: () => setOutput,
  setSecret: () => setSecret,
  startGroup: () => startGroup,
  summary: () => summary,
  toPlatformPath: () => toPlatformPath,
  toPosixPath: () => toPosixPath,
  toWin32Path: () => toWin32Path,
  warning: () => warning
});

// node_modules/@actions/core/lib/command.js
import * as os from "os";

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name5, message = "") {
  issueCommand(name5, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first3 = true;
      for (const key2 in this.properties) {
        if (this.properties.hasOwnProperty(key2)) {
          const val = this.properties[key2];
          if (val) {
            if (first3) {
              first3 = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key2}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
import * as crypto from "crypto";
import * as fs from "fs";
import * as os2 from "os";
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key2, value) {
  const delimiter3 = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key2.includes(delimiter3)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter3}"`);
  }
  if (convertedValue.includes(delimiter3)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter3}"`);
  }
  return `${key2}<<${delimiter3}${os2.EOL}${convertedValue}${os2.EOL}${delimiter3}`;
}

// node_modules/@actions/core/lib/core.js
import * as os5 from "os";
import * as path5 from "path";

// node_modules/@actions/core/lib/oidc-utils.js
var OidcClient = class {
  static async getIDToken() {
    throw new Error("OIDC tokens are left out of this bundle");
  }
};

// node_modules/@actions/core/lib/summary.js
import { EOL as EOL3 } from "os";
import { constants, promises } from "fs";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result2) {
      result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, constants.R_OK | constants.W_OK);
      } catch (_a2) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key2, value]) => ` ${key2}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options3) {
    return __awaiter(this, void 0, void 0, function* () {
      const overwrite = !!(options3 === null || options3 === void 0 ? void 0 : options3.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text3, addEOL = false) {
    this._buffer += text3;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(EOL3);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code4, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code4), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item2) => this.wrap("li", item2)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header, data, colspan, rowspan } = cell;
        const tag = header ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label3, content) {
    const element = this.wrap("details", this.wrap("summary", label3) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options3) {
    const { width, height } = options3 || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text3, level2) {
    const tag = `h${level2}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text3);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text3, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text3, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text3, href) {
    const element = this.wrap("a", text3, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();
var markdownSummary = _summary;
var summary = _summary;

// node_modules/@actions/core/lib/path-utils.js
import * as path from "path";
function toPosixPath(pth) {
  return pth.replace(/[\\]/g, "/");
}
function toWin32Path(pth) {
  return pth.replace(/[/]/g, "\\");
}
function toPlatformPath(pth) {
  return pth.replace(/[/\\]/g, path.sep);
}

// node_modules/@actions/core/lib/platform.js
var platform_exports = {};
__export(platform_exports, {
  arch: () => arch,
  getDetails: () => getDetails,
  isLinux: () => isLinux,
  isMacOS: () => isMacOS,
  isWindows: () => isWindows,
  platform: () => platform
});
init_exec();
import os4 from "os";
var __awaiter6 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result2) {
      result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var getWindowsInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  const { stdout: version4 } = yield getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', void 0, {
    silent: true
  });
  const { stdout: name5 } = yield getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', void 0, {
    silent: true
  });
  return {
    name: name5.trim(),
    version: version4.trim()
  };
});
var getMacOsInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  var _a2, _b2, _c, _d;
  const { stdout } = yield getExecOutput("sw_vers", void 0, {
    silent: true
  });
  const version4 = (_b2 = (_a2 = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a2 === void 0 ? void 0 : _a2[1]) !== null && _b2 !== void 0 ? _b2 : "";
  const name5 = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : "";
  return {
    name: name5,
    version: version4
  };
});
var getLinuxInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  const { stdout } = yield getExecOutput("lsb_release", ["-i", "-r", "-s"], {
    silent: true
  });
  const [name5, version4] = stdout.trim().split("\n");
  return {
    name: name5,
    version: version4
  };
});
var platform = os4.platform();
var arch = os4.arch();
var isWindows = platform === "win32";
var isMacOS = platform === "darwin";
var isLinux = platform === "linux";
function getDetails() {
  return __awaiter6(this, void 0, void 0, function* () {
    return Object.assign(Object.assign({}, yield isWindows ? getWindowsInfo() : isMacOS ? getMacOsInfo() : getLinuxInfo()), {
      platform,
      arch,
      isWindows,
      isMacOS,
      isLinux
    });
  });
}

// node_modules/@actions/core/lib/core.js
var __awaiter7 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result2) {
      result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function exportVariable(name5, val) {
  const convertedVal = toCommandValue(val);
  process.env[name5] = convertedVal;
  const filePath = process.env["GITHUB_ENV"] || "";
  if (filePath) {
    return issueFileCommand("ENV", prepareKeyValueMessage(name5, val));
  }
  issueCommand("set-env", { name: name5 }, convertedVal);
}
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function addPath(inputPath) {
  const filePath = process.env["GITHUB_PATH"] || "";
  if (filePath) {
    issueFileCommand("PATH", inputPath);
  } else {
    issueCommand("add-path", {}, inputPath);
  }
  process.env["PATH"] = `${inputPath}${path5.delimiter}${process.env["PATH"]}`;
}
function getInput(name5, options3) {
  const val = process.env[`INPUT_${name5.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options3 && options3.required && !val) {
    throw new Error(`Input required and not supplied: ${name5}`);
  }
  if (options3 && options3.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function getMultilineInput(name5, options3) {
  const inputs = getInput(name5, options3).split("\n").filter((x2) => x2 !== "");
  if (options3 && options3.trimWhitespace === false) {
    return inputs;
  }
  return inputs.map((input) => input.trim());
}
function getBooleanInput(name5, options3) {
  const trueValue = ["true", "True", "TRUE"];
  const falseValue = ["false", "False", "FALSE"];
  const val = getInput(name5, options3);
  if (trueValue.includes(val))
    return true;
  if (falseValue.includes(val))
    return false;
  throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name5}
Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
function setOutput(name5, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name5, value));
  }
  process.stdout.write(os5.EOL);
  issueCommand("set-output", { name: name5 }, toCommandValue(value));
}
function setCommandEcho(enabled2) {
  issue("echo", enabled2 ? "on" : "off");
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function isDebug() {
  return process.env["RUNNER_DEBUG"] === "1";
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
  issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os5.EOL);
}
function startGroup(name5) {
  issue("group", name5);
}
function endGroup() {
  issue("endgroup");
}
function group(name5, fn) {
  return __awaiter7(this, void 0, void 0, function* () {
    startGroup(name5);
    let result2;
    try {
      result2 = yield fn();
    } finally {
      endGroup();
    }
    return result2;
  });
}
function saveState(name5, value) {
  const filePath = process.env["GITHUB_STATE"] || "";
  if (filePath) {
    return issueFileCommand("STATE", prepareKeyValueMessage(name5, value));
  }
  issueCommand("save-state", { name: name5 }, toCommandValue(value));
}
function getState(name5) {
  return process.env[`STATE_${name5}`] || "";
}
function getIDToken(aud) {
  return __awaiter7(this, void 0, void 0, function* () {
    return yield OidcClient.getIDToken(aud);
  });
}

// src/action/annotation.ts
init_inside();
init_printable();
import path7 from "node:path";

// src/system/telling-lines.ts
init_printable();
var MOST = 20;
var WIDEST = 300;
var LOOKED_AT = 256 * 1024;
function tellingLines(log) {
  const lines = withoutColours(log.slice(-LOOKED_AT)).split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const last = lines.findLastIndex((line) => QUOTED.test(line));
  const first3 = lines.findLastIndex((line, index) => index < last && !QUOTED.test(line)) + 1;
  const block = last < 0 ? lines : lines.slice(first3, last + 1).map((line) => line.replace(/^\s+> ?/, ""));
  return block.filter((line) => line.trim() !== "").slice(-MOST).map((line) => cut(printable(line.replaceAll("	", "  "))));
}
var QUOTED = /^\s+>(?: |$)/;
var cut = (line) => {
  const characters = [...line.slice(0, 2 * WIDEST)];
  return characters.length > WIDEST ? `${characters.slice(0, WIDEST - 1).join("")}…` : line;
};

// src/action/annotation.ts
function annotationOf(error2, root) {
  const { at, code: code4, message, log = "" } = error2;
  const lines = tellingLines(log);
  const file = (at === void 0 ? void 0 : pathBelow(root, path7.resolve(root, at.file))) ?? "";
  const isInside2 = file !== "";
  return {
    message: harmless(
      lines.length === 0 ? message : `${message}

${lines.map((line) => `| ${line}`).join("\n")}`
    ),
    properties: {
      title: code4,
      ...isInside2 ? { file: harmless(printable(file)) } : {},
      ...isInside2 && at?.line ? { startLine: at.line } : {},
      ...isInside2 && at?.column ? { startColumn: at.column } : {}
    }
  };
}

// src/update/checkout.ts
import path10 from "node:path";

// src/nix/journal.ts
init_errors();
init_shape();
import { readFile, rename as rename3, rm as rm3, writeFile as writeFile3 } from "node:fs/promises";
import path9 from "node:path";

// src/nix/apply.ts
import { randomBytes } from "node:crypto";
import { rename as rename2, rm as rm2, stat as stat2, writeFile as writeFile2 } from "node:fs/promises";
async function replaceAll(files) {
  const staged = [];
  try {
    for (const { file, text: text3 } of files) {
      if (text3 === void 0) continue;
      const part = `${file}.${randomBytes(4).toString("hex")}.part`;
      staged.push({ part, file });
      const mode = await stat2(file).then(
        (found2) => found2.mode,
        () => 420
      );
      await writeFile2(part, text3, { mode });
    }
    for (const { part, file } of staged) await rename2(part, file);
  } finally {
    for (const { part } of staged) await rm2(part, { force: true });
  }
  for (const { file, text: text3 } of files) if (text3 === void 0) await rm2(file, { force: true });
}

// src/nix/git-index.ts
init_errors();
import path8 from "node:path";
async function introduce(derivation, edits, run) {
  const { root } = derivation;
  const made = edits.flatMap(({ file, before }) => before === void 0 ? [file] : []);
  if (root?.kind !== "flake" || !root.url.startsWith("git+") || made.length === 0) return async () => {
  };
  const git2 = (...args) => run("git", ["-C", root.checkout, ...args]);
  const listed2 = await git2("ls-files", "-z", "--", ...made.map(literally));
  const known2 = new Set(listed2.stdout.split("\0").map((name5) => path8.join(root.checkout, name5)));
  const fresh = made.filter((file) => !known2.has(file));
  if (fresh.length === 0) return async () => {
  };
  const added = await git2("add", "--intent-to-add", "--", ...fresh.map(literally));
  if (added.code !== 0) throw refused(fresh, root.checkout, added.stderr);
  return () => forget(root.checkout, fresh, run);
}
async function forget(dir, files, run) {
  if (files.length > 0) await run("git", ["-C", dir, "update-index", "--force-remove", "--", ...files]);
}
var literally = (file) => `:(literal)${file}`;
function refused(files, checkout2, stderr) {
  const names3 = files.map((file) => path8.relative(checkout2, file)).join(" and ");
  const isIgnored = stderr.includes("ignored by");
  return new UserError(
    "ignored-by-git",
    isIgnored ? `git ignores ${names3}, so a flake can't see it. Remove it from .gitignore: it has to be committed. Nothing was changed.` : `A flake sees only files that git knows, and git can't add ${names3}: ${stderr.trim().split("\n")[0]}. Nothing was changed.`
  );
}

// src/nix/journal.ts
var journalName = "uv-fod-undo.json";
var none = { write: async () => {
}, clear: async () => {
} };
async function openJournal(dir, run, processes2, known2) {
  const file = known2 ?? await fileOf(dir, run);
  if (file === void 0) return none;
  const { self: self2, isAlive: isAlive2 } = processes2;
  await recover(file, isAlive2, (files) => forget(dir, files, run));
  return {
    write: async (edits) => {
      await writeFile3(`${file}.new`, JSON.stringify({ self: self2, edits }), { mode: 384 });
      await rename3(`${file}.new`, file);
    },
    clear: () => rm3(file, { force: true })
  };
}
async function fileOf(dir, run) {
  const asked3 = await run("git", ["-C", dir, "rev-parse", "--git-path", journalName]);
  return asked3.code === 0 ? path9.resolve(dir, asked3.stdout.trim()) : void 0;
}
var isJournal = having({
  self: text(1e3),
  edits: list(having({ file: text(4096), before: maybe(text(1e8)), after: text(1e8) }), 1e4)
});
function parseJournal(content, file) {
  try {
    const value = JSON.parse(content);
    if (isJournal(value, file) === void 0) return value;
  } catch {
  }
  throw new UserError(
    "file-unreadable",
    `${file} was not written by uv-fod. Compare the working tree with its commit, and delete that file.`
  );
}
async function recover(file, isAlive2, forgetAll) {
  const content = await readFile(file, "utf8").catch(() => void 0);
  if (content === void 0) return;
  const left = parseJournal(content, file);
  if (isAlive2(left.self)) {
    throw new UserError(
      "already-running",
      `Another run is changing this checkout (process ${left.self.split(" ")[0]}); wait for it, or give each run a checkout of its own.`
    );
  }
  const unchanged = [];
  for (const edit of left.edits) {
    const now = await readFile(edit.file, "utf8").catch(() => void 0);
    if (now === edit.after) unchanged.push(edit);
  }
  await replaceAll(unchanged.map(({ file: file2, before }) => ({ file: file2, text: before })));
  await forgetAll(unchanged.flatMap((edit) => edit.before === void 0 ? [edit.file] : []));
  await rm3(file, { force: true });
}

// src/update/checkout.ts
init_errors();
init_inside();
async function openCheckout(dir, run) {
  const git2 = (...args) => run("git", ["-C", dir, ...args]);
  const asked3 = await git2("rev-parse", "--show-toplevel", "--git-path", journalName, "HEAD");
  if (asked3.code !== 0) {
    throw new UserError(
      "no-checkout",
      `'${dir}' is no checked-out git repository (${asked3.stderr.trim().split("\n")[0]}); put actions/checkout before this step.`
    );
  }
  const lines = asked3.stdout.trimEnd().split("\n");
  const [root = "", journal = "", head2 = ""] = lines;
  if (lines.length !== 3) return openOddly(git2);
  return {
    root,
    head: head2,
    journal: path10.resolve(dir, journal),
    ...readers(git2, root)
  };
}
var readers = (git2, root) => ({
  textAt: textAt(git2, root),
  has: async (commit3) => await isThere(git2, commit3) || fetched(git2, commit3)
});
async function openOddly(git2) {
  const [top, head2] = [await git2("rev-parse", "--show-toplevel"), await git2("rev-parse", "HEAD")];
  const root = top.stdout.replace(/\n$/, "");
  return { root, head: head2.stdout.trim(), journal: void 0, ...readers(git2, root) };
}
var textAt = (git2, root) => async (commit3, file) => {
  const show2 = () => git2("show", "--end-of-options", `${commit3}:${path10.relative(root, file)}`);
  const shown3 = await show2();
  if (shown3.code === 0) return shown3.stdout;
  if (!await fetched(git2, commit3)) return void 0;
  const again = await show2();
  return again.code === 0 ? again.stdout : void 0;
};
var isThere = async (git2, commit3) => (await git2("rev-parse", "--verify", "--quiet", `${commit3}^{commit}`)).code === 0;
async function fetched(git2, commit3) {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit3) || /^0+$/.test(commit3)) return false;
  if (await isThere(git2, commit3)) return false;
  return (await git2("fetch", "--quiet", "--depth=1", "--no-tags", "origin", commit3)).code === 0;
}
function pathInCheckout({ root }, file) {
  return pathBelow(root, file);
}
async function textInCommit({ root, textAt: textAt2 }, commit3, file) {
  const inside2 = await realPathBelow(root, file);
  return inside2 === void 0 ? void 0 : textAt2(commit3, path10.join(root, inside2));
}

// src/action/base.ts
function baseOf({ kind: kind2, configuration }, checkout2) {
  return {
    isUntrusted: kind2 !== "own",
    baseText: async (file) => {
      if (configuration.from === "nowhere") return void 0;
      const opened = await checkout2();
      const commit3 = configuration.from === "commit" ? configuration.commit : opened.head;
      return textInCommit(opened, commit3, file);
    }
  };
}

// src/action/check.ts
init_target();

// src/pull-request/report/markdown.ts
init_printable();
var LONGEST = 200;
var BREAK = "​";
function plain(value, longest4 = LONGEST) {
  const line = withoutUnseen(value.slice(0, longest4 * 8)).trim();
  const characters = [...line];
  return characters.length > longest4 ? `${characters.slice(0, longest4 - 1).join("")}…` : line;
}
function text2(value, longest4 = LONGEST) {
  return plain(value, longest4).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/[\\`*_{}[\]()|~!$]/g, "\\$&").replace(/^[-+=]|(?<=^\d{1,9})[.)](?=\s|$)/, "\\$&").replace(/:\/\//g, `:${BREAK}//`).replace(/www\./gi, `www${BREAK}.`).replace(/::/g, `:${BREAK}:`).replace(/[@#]/g, `$&${BREAK}`).replace(/\bGH-/gi, (word3) => `${word3}${BREAK}`);
}
var subject = (value) => plain(value).replace(/[@#[]|\bGH-/gi, `$&${BREAK}`);
function code(value) {
  const content = plain(value).replaceAll("|", "\\|");
  if (content === "") return "";
  const runs = content.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = content.startsWith("`") || content.endsWith("`") ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}
function fenced(lines, language = "") {
  const content = lines.replace(/\n$/, "").split("\n").map(seen).join("\n");
  const runs = content.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}
${content}
${fence}`;
}
var seen = (line) => line.split("	").map(printable).join("	");
function safeUrl(url) {
  if (url.length > 2e3 || !URL.canParse(url)) return void 0;
  const parsed3 = new URL(url);
  if (!["https:", "http:"].includes(parsed3.protocol) || parsed3.username !== "" || parsed3.password !== "")
    return void 0;
  return parsed3.href.replace(
    /[()|<>\\`*_~[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );
}
var TRACED = /\/(?:issues|pulls?|commits?|discussions)\//;
function ownLink(label3, url) {
  const address4 = url === void 0 ? void 0 : safeUrl(url);
  return address4 === void 0 || label3 === "" ? label3 : `[${label3}](${address4})`;
}
function link(label3, url) {
  return url === void 0 || TRACED.test(url) ? label3 : ownLink(label3, url);
}
function table(head2, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, " ")).join(" | ")} |`;
  return [line(head2), line(head2.map(() => "---")), ...rows.map(line)].join("\n");
}
function fold(summary3, content) {
  return `<details>
<summary>${summary3}</summary>

${content}

</details>`;
}
function count(number2, noun) {
  return `${number2.toLocaleString("en")} ${noun}${number2 === 1 ? "" : "s"}`;
}
function list2(items) {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

// src/pull-request/report/failure.ts
function failureSummary({ code: kind2, message, log = "" }) {
  const lines = tellingLines(log);
  const parts = [
    `## Failed: ${code(kind2)}`,
    text2(message, 4e3),
    ...lines.length === 0 ? [] : [fold("The last lines of its log", fenced(lines.join("\n")))]
  ];
  return `${parts.join("\n\n")}
`;
}

// src/action/check.ts
init_errors();
init_printable();

// src/update/check-packages.ts
init_errors();

// src/update/outcomes.ts
var statuses = [
  "current",
  "stale",
  "not-reproducible",
  "cannot-fetch",
  "does-not-build",
  "does-not-import"
];
var exitCodes = {
  current: 0,
  stale: 3,
  "not-reproducible": 4,
  "cannot-fetch": 5,
  "does-not-build": 6,
  "does-not-import": 7
};

// src/update/status.ts
init_keep();
init_text();
init_target();
init_errors();
init_run();
import path27 from "node:path";

// src/update/lock-without-nix.ts
init_text();

// src/build-lock/verify.ts
init_plan2();

// src/build-lock/claimed.ts
init_errors();
init_lock();
init_wheel_name();
init_tags();

// src/uv/version-order.ts
init_pep440();
var import_compare = __toESM(require_compare(), 1);
var import_prerelease = __toESM(require_prerelease(), 1);
var import_satisfies = __toESM(require_satisfies(), 1);
var import_valid = __toESM(require_valid(), 1);
var MAX_LENGTH = 128;
var orders = {
  pep440: {
    name: "PEP 440",
    isVersion: (text3) => text3.length <= MAX_LENGTH && valid(text3) !== null,
    isPrerelease: (version4) => explain(version4)?.is_prerelease === true,
    compare: (left, right) => compare2(left, right),
    satisfies: (version4, range) => satisfies(version4, range, { prereleases: true })
  },
  semver: {
    name: "semver",
    isVersion: (text3) => text3.length <= MAX_LENGTH && (0, import_valid.default)(text3) !== null,
    isPrerelease: (version4) => (0, import_prerelease.default)(version4) !== null,
    compare: (left, right) => (0, import_compare.default)(left, right),
    satisfies: (version4, range) => (0, import_satisfies.default)(version4, range, { includePrerelease: true })
  }
};
function fits(text3, pattern) {
  const [first3 = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === void 0) return text3 === pattern;
  if (!text3.startsWith(first3)) return false;
  let at = first3.length;
  for (const part of rest) {
    const found2 = text3.indexOf(part, at);
    if (found2 < 0) return false;
    at = found2 + part.length;
  }
  return text3.length - last.length >= at && text3.endsWith(last);
}

// src/build-lock/claimed.ts
init_keep();
function claimsOf(lock, base, targets) {
  const taken = /* @__PURE__ */ new Set();
  return {
    taken: () => [...taken],
    dynamic: (key2, build5) => {
      const claimed = ownOf(lock.builds, key2)?.dynamicRequires;
      if (claimed === void 0 || !isNewSource(build5, ownOf(base?.builds, key2))) return void 0;
      taken.add(`the requirements that the build backend of ${key2} returned (${claimed.join(", ")})`);
      return claimed;
    },
    resolve: async (key2, build5) => {
      const found2 = targets.map((target3) => claimedFor(lock, key2, build5, target3));
      if (found2.some((artifacts) => artifacts.length > 0)) taken.add(`the build environment of ${key2}`);
      return found2;
    }
  };
}
function claimedFor(lock, key2, build5, target3) {
  const environment2 = ownOf(lock.systems[target3.system]?.environments, key2);
  if (!environment2) throw refuse(`the build environment of ${key2} on ${target3.system} is missing`);
  const rank = tagRank(target3);
  const wheels = environment2.wheels.map((filename) => {
    const wheel = ownOf(lock.wheels, filename);
    const name5 = parseWheelName(filename);
    if (!wheel || typeof name5 === "string")
      throw refuse(`the wheel ${filename}, which ${key2} requires, is missing`);
    if (rank(name5) === void 0) throw refuse(`${filename} does not fit ${target3.system}`);
    const [project = "", version4 = ""] = filename.split("-", 2);
    return { kind: "wheel", name: normalizeName(project) ?? project, version: version4, filename, ...fileOf2(wheel) };
  });
  const artifacts = [...wheels, ...environment2.builds.map((nested) => nestedOf(lock, nested))];
  const names3 = artifacts.map(({ name: name5 }) => name5);
  const twice = names3.find((name5, index) => names3.indexOf(name5) !== index);
  if (twice !== void 0) throw refuse(`the build environment of ${key2} has ${twice} twice`);
  for (const requirement2 of allRequires(build5)) checkMet(requirement2, artifacts, key2);
  return artifacts;
}
var fileOf2 = ({ url, hash: hash2 }) => ({
  url,
  hash: `sha256:${Buffer.from(hash2.slice("sha256-".length), "base64").toString("hex")}`
});
function nestedOf(lock, key2) {
  const build5 = ownOf(lock.builds, key2);
  if (build5?.kind !== "sdist" || build5.url === void 0)
    throw refuse(`it builds ${key2}, which is neither in the base nor on an index`);
  const { name: name5, version: version4, filename, subdirectory, url, hash: hash2 } = build5;
  return {
    ...{ kind: "sdist", name: name5, version: version4, filename, ...fileOf2({ url, hash: hash2 }) },
    ...subdirectory === void 0 ? {} : { subdirectory }
  };
}
var simple = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;@()]*)\)?\s*$/;
function checkMet(requirement2, artifacts, key2) {
  if (requirement2.length > 500) throw refuse(`a requirement of ${key2} has more than 500 characters`);
  const [, name5, range = ""] = simple.exec(requirement2) ?? [];
  if (name5 === void 0) return;
  const found2 = artifacts.find((artifact) => artifact.name === normalizeName(name5));
  if (!found2) throw refuse(`the build environment of ${key2} lacks ${name5}`);
  const isMet = range.trim() === "" || orders.pep440.satisfies(found2.version ?? "", range.trim());
  if (!isMet)
    throw refuse(`the build environment of ${key2} has ${name5} ${found2.version}, not ${range.trim()}`);
}
var refuse = (why) => new UserError(
  "build-lock-stale",
  `The build lock is wrong: ${why}. Run 'uv-fod update' on a machine with Nix and uv.`
);

// src/build-lock/verify.ts
init_compute();
init_differences();
init_text();
async function verifyBuildLock(claimed, reader, withUv) {
  const { lock, text: text3, base, systems: systems2 } = claimed;
  const targets = systems2.map(({ target: target3 }) => parseTarget({ ...lock.target, system: target3.system }));
  const { taken, dynamic, resolve: resolve2 } = claimsOf(lock, base, targets);
  const claims2 = withUv ? { dynamic } : { dynamic, resolve: resolve2 };
  const right = await computeBuildLock({ ...claimed, target: lock.target, ...claims2 }, reader);
  const isNewTarget = base !== void 0 && !sameData(base.target, lock.target);
  return {
    right,
    differences: differences(text3, lock, right),
    taken: [...isNewTarget ? ["the declared target"] : [], ...taken()]
  };
}

// src/update/lock-without-nix.ts
init_inside();
init_lock();
init_lock_builds();
init_verification();
async function checkLock({ file, text: text3, lock, project: dir }, systems2, context, only) {
  const project = await loadProject(dir, context.read, { repository: await repositoryOf(dir) ?? null });
  const given = await verifying(
    file,
    project,
    context,
    only.resolved === void 0 ? {} : { resolved: only.resolved }
  );
  const claimed = { ...given, project, systems: systems2, text: text3, lock };
  const { right, ...rest } = await verifyBuildLock(claimed, readerOf(dir, context), only.withUv);
  const edit = { file, before: text3, after: buildLockText(right) };
  return {
    ...rest,
    notVerified: given.confirmation.notVerified,
    edit: rest.differences === "" ? void 0 : edit
  };
}

// src/update/status.ts
init_patch_text();

// src/update/without-nix.ts
init_separate();
init_hash();
init_target();
init_inside();
init_lock();
init_plan2();
init_manifest();
import { readdir as readdir4 } from "node:fs/promises";
import path22 from "node:path";
async function projectBeside(folder, read2) {
  const entries2 = await readdir4(folder, { withFileTypes: true });
  const folders = ["", ...entries2.filter((entry) => entry.isDirectory()).map(({ name: name5 }) => name5)];
  const found2 = [];
  for (const name5 of folders) {
    const candidate = path22.join(folder, name5);
    if (await read2(path22.join(candidate, "uv.lock")) !== void 0) found2.push(candidate);
  }
  return found2[0] === folder || found2.length === 1 ? found2[0] : void 0;
}
async function hashesFor(buildLock, project, read2, native) {
  const planned2 = await loadProject(project, read2, { repository: await repositoryOf(project) ?? null });
  const systems2 = Object.keys(buildLock.systems).map((system2) => {
    const target3 = { ...buildLock.target, system: system2 };
    return { target: target3, artifacts: planProject(planned2, parseTarget(target3), target3) };
  });
  const { hashes } = await hashOutputs(systems2, project, await native());
  return hashes.map((one, index) => {
    const { target: target3 = { ...buildLock.target, system: one.system }, artifacts = [] } = systems2[index] ?? {};
    return {
      ...one,
      sameSeparate: sameSeparate(buildLock.systems[one.system]?.apart, artifacts),
      planned: {
        ...{ target: parseTarget(target3), artifacts, hash: one.hash },
        plan: manifestDigest(artifacts, target3)
      }
    };
  });
}
async function placeOfHash(hash2, derivation, { read: read2, run }) {
  if (hash2 === "") return void 0;
  const literal = `"${hash2}"`;
  const text3 = derivation.file !== void 0 && await read2(derivation.file) || "";
  const at = text3.indexOf(literal);
  if (derivation.file !== void 0 && at >= 0)
    return { file: derivation.file, line: text3.slice(0, at).split("\n").length };
  const folder = folderOf(derivation);
  const flags2 = ["--untracked", "--line-number", "--null", "--fixed-strings"];
  const found2 = await run("git", ["-C", folder, "grep", ...flags2, "-e", literal, "--", ":(top)*.nix"]);
  const [name5, line] = (found2.stdout.split("\n")[0] ?? "").split("\0");
  return found2.code === 0 && name5 ? { file: path22.resolve(folder, name5), line: Number(line) } : void 0;
}

// src/update/status.ts
var findings = {
  "build-lock-stale": "stale",
  "build-lock-unverified": "stale",
  "hashes-differ": "not-reproducible",
  "fetch-failed": "cannot-fetch",
  "host-not-allowed": "cannot-fetch",
  "artifact-unreachable": "cannot-fetch",
  "artifact-changed": "cannot-fetch",
  "build-failed": "does-not-build",
  "import-failed": "does-not-import"
};
async function checkStatus(derivation, root, context) {
  const { code: code4 } = await context.run("nix-instantiate", ["--version"]);
  if (code4 === noSuchProgram)
    return checkWithoutNix(derivation, root, context).catch(
      (error2) => found(derivation, error2, onlyWithNix)
    );
  const { checkWithNix: checkWithNix2 } = await Promise.resolve().then(() => (init_status_with_nix(), status_with_nix_exports));
  return checkWithNix2(derivation, root, context).catch((error2) => found(derivation, error2));
}
function found(derivation, error2, notChecked = []) {
  const status = error2 instanceof UserError ? findings[error2.code] : void 0;
  if (!(error2 instanceof UserError) || status === void 0) throw error2;
  return {
    status,
    message: error2.message,
    at: error2.at ?? placeOf(derivation).at,
    ...error2.log === void 0 ? {} : { log: error2.log },
    edits: [],
    patch: "",
    notChecked,
    hashes: []
  };
}
var onlyWithNix = [
  "Whether a build gives the same hash twice: there is no Nix here.",
  "Whether it builds: there is no Nix here.",
  "Whether it imports: there is no Nix here."
];
async function checkWithoutNix(derivation, root, context) {
  const written = await findFiles(derivation, context);
  const hashes = await hashesFor(written.lock, written.project, context.read, context.native);
  const compared3 = await Promise.all(
    hashes.map(async ({ system: system2, hash: hash2 }) => {
      const before = ownOf(written.lock.systems, system2)?.hash ?? "";
      const isWritten = await placeOfHash(hash2, derivation, context) !== void 0;
      return { system: system2, before, after: hash2, at: await placeOfHash(before, derivation, context), isWritten };
    })
  );
  const stale = compared3.filter(({ before, after, isWritten }) => before !== after || !isWritten);
  const at = (stale[0] ?? compared3[0])?.at ?? placeOf(derivation).at;
  const told = compared3.map(({ isWritten: _, ...rest }) => rest);
  const common = { at, edits: [], patch: "", notChecked: onlyWithNix, hashes: told };
  const name5 = path27.basename(written.file);
  if (stale.length > 0) {
    const needed = stale.map(({ system: system2, after }) => `${system2} needs ${after}`).join("; ");
    const message = `The hash is stale: ${needed}, and ${name5} or the derivation has another. Run 'uv-fod update' where there is Nix.`;
    return { ...common, status: "stale", message };
  }
  const { edit, differences: differences3, notChecked } = await lockOf(written, hashes, context);
  const found2 = { ...common, notChecked: [...onlyWithNix, ...notChecked] };
  if (edit === void 0)
    return { ...found2, status: "current", message: "The hash is what uv.lock asks for." };
  return {
    ...found2,
    ...{ status: "stale", edits: [edit], patch: patchText([edit], root) },
    message: `${name5} is stale: ${differences3}. Apply the patch, or run 'uv-fod update' where there is Nix.`
  };
}
async function lockOf(written, hashes, context) {
  const withUv = (await context.run("uv", ["--version"])).code !== noSuchProgram;
  const planned2 = hashes.map((one) => one.planned);
  const { taken, notVerified: notVerified2, ...rest } = await checkLock(written, planned2, context, { withUv });
  const lacks = withUv ? "Nix" : "Nix and no uv";
  const notChecked = [
    ...taken.map((what) => `In the build lock, ${what}: there is no ${lacks} here.`),
    ...notVerified2.map((why) => `In the build lock, ${why}.`)
  ];
  return { ...rest, notChecked };
}
async function findFiles(derivation, { read: read2 }) {
  const folder = folderOf(derivation);
  const file = path27.join(folder, buildLockName);
  const text3 = await read2(file);
  if (text3 === void 0) {
    throw new UserError(
      "build-lock-missing",
      `There is no Nix here and no ${file}, so nothing says what the hash was declared for. Run 'uv-fod update' once where there is Nix, or install Nix in a step before this one.`
    );
  }
  const project = await projectBeside(folder, read2);
  if (project !== void 0) return { file, text: text3, lock: parseBuildLock(text3, file), project };
  throw new UserError(
    "lock-missing",
    `There is no Nix here to say where uv.lock is, and beside or just below ${folder} there is none, or there are several. Install Nix in a step before this one.`
  );
}

// src/update/check-packages.ts
async function checkPackages(packages, root, derivationOf, context) {
  const found2 = [];
  for (const one of packages) {
    context.stop.throwIfAborted();
    const { name: name5 } = one;
    try {
      found2.push({ name: name5, checked: await checkStatus(await derivationOf(one), root, context) });
    } catch (error2) {
      if (!(error2 instanceof UserError) || context.stop.aborted) throw error2;
      found2.push({ name: name5, error: error2 });
    }
  }
  return found2;
}
function worstOf(checks2) {
  return statuses.findLast((status) => checks2.some(({ checked }) => checked?.status === status));
}

// src/update/patch-of-all.ts
init_patch_text();
function patchOfAll(checks2, root) {
  const edits = checks2.flatMap(({ checked }) => checked?.edits ?? []);
  return patchText(
    edits.filter(
      ({ file, after }, at) => edits.findIndex((one) => one.file === file && one.after === after) === at
    ),
    root
  );
}

// src/config/parse.ts
init_dist();
init_errors();

// src/config/cache.ts
var address3 = /^(?:file|s3|ssh|ssh-ng|https?):\/\/[^\s]+$/;
var cacheText = "the address of a binary cache (file://, s3://, ssh://, ssh-ng://, http:// or https://) without a password in it";
function isCacheAddress(text3) {
  return address3.test(text3) && URL.canParse(text3) && new URL(text3).password === "";
}

// src/config/locate.ts
function locateKeys(text3) {
  return new Locator(text3).document();
}
var pathKey = (path58) => JSON.stringify(path58);
var MAX_PARTS = 16;
var Locator = class {
  #text;
  #found = /* @__PURE__ */ new Map();
  /** Number of tables in each array of tables so far. */
  #tables = /* @__PURE__ */ new Map();
  #at = 0;
  #line = 1;
  #lineStart = 0;
  constructor(text3) {
    this.#text = text3;
  }
  document() {
    let table3 = [];
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      if (this.#peek() === "[") table3 = this.#header();
      else this.#pair(table3);
    }
    return this.#found;
  }
  #peek(length = 1) {
    return this.#text.slice(this.#at, this.#at + length);
  }
  /** Skips some characters and counts lines. */
  #advance(length) {
    for (const end = Math.min(this.#at + length, this.#text.length); this.#at < end; this.#at++) {
      if (this.#text[this.#at] !== "\n") continue;
      this.#line += 1;
      this.#lineStart = this.#at + 1;
    }
  }
  /** Skips blanks, line ends, comments and a byte order mark. */
  #skipBlank() {
    for (; ; ) {
      const character = this.#peek();
      if (character === "#") this.#advanceTo("\n");
      else if (character !== "" && " 	\r\n\uFEFF".includes(character)) this.#advance(1);
      else return;
    }
  }
  #advanceTo(text3) {
    const end = this.#text.indexOf(text3, this.#at);
    this.#advance((end < 0 ? this.#text.length : end) - this.#at);
  }
  /** `[a.b]` or `[[a.b]]`. */
  #header() {
    const isArray = this.#peek(2) === "[[";
    this.#advance(isArray ? 2 : 1);
    this.#skipBlank();
    const position2 = this.#position();
    const names3 = this.#dottedKey();
    this.#advance(isArray ? 2 : 1);
    const path58 = [];
    for (const [index, name5] of names3.entries()) {
      path58.push(name5);
      const key2 = pathKey(path58);
      if (isArray && index === names3.length - 1) this.#tables.set(key2, (this.#tables.get(key2) ?? 0) + 1);
      const count3 = this.#tables.get(key2);
      if (count3 !== void 0) path58.push(count3 - 1);
    }
    this.#found.set(pathKey(path58), position2);
    return path58;
  }
  #pair(table3) {
    const position2 = this.#position();
    const path58 = [...table3, ...this.#dottedKey()];
    this.#found.set(pathKey(path58), position2);
    this.#advance(1);
    this.#skipBlank();
    this.#value(path58);
  }
  #position() {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }
  /** Names separated by dots, up to `=` or `]`; of very many, the first ones. */
  #dottedKey() {
    const names3 = [];
    for (; ; ) {
      this.#skipBlank();
      const start2 = this.#at;
      const quote2 = this.#peek();
      if (quote2 === '"' || quote2 === "'") {
        this.#string();
        names3.push(this.#text.slice(start2 + 1, this.#at - 1));
      } else {
        while (/[A-Za-z0-9_-]/.test(this.#peek())) this.#advance(1);
        names3.push(this.#text.slice(start2, this.#at));
      }
      this.#skipBlank();
      if (this.#peek() !== ".") return names3.slice(0, MAX_PARTS);
      this.#advance(1);
    }
  }
  #value(path58) {
    const first3 = this.#peek();
    if (first3 === '"' || first3 === "'") this.#string();
    else if (first3 === "[") this.#items("]", (index) => this.#item([...path58, index]));
    else if (first3 === "{") this.#items("}", () => this.#pair(path58));
    else while (this.#at < this.#text.length && !/[\n,\]}#]/.test(this.#peek())) this.#advance(1);
  }
  #item(path58) {
    this.#found.set(pathKey(path58), this.#position());
    this.#value(path58);
  }
  /** Reads what is between brackets or braces. */
  #items(close, item2) {
    this.#advance(1);
    for (let index = 0, before = -1; this.#at > before; index++) {
      before = this.#at;
      this.#skipBlank();
      if (this.#peek() !== close) item2(index);
      this.#skipBlank();
      if (this.#peek() === ",") this.#advance(1);
      this.#skipBlank();
      if (this.#peek() === close) break;
    }
    this.#advance(1);
  }
  #string() {
    const quote2 = this.#peek();
    const long3 = quote2.repeat(3);
    const end = this.#peek(3) === long3 ? long3 : quote2;
    this.#advance(end.length);
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at))
      this.#advance(quote2 === '"' && this.#peek() === "\\" ? 2 : 1);
    this.#advance(end.length);
    while (end === long3 && this.#peek() === quote2) this.#advance(1);
  }
};

// src/config/names.ts
function isAttributePath(text3) {
  return text3.length <= 500 && /^\.?[A-Za-z_0-9][\w'+-]*(\.[A-Za-z_0-9][\w'+-]*)*$/.test(text3);
}
var isRootAttribute = (text3) => isAttributePath(text3) && !text3.startsWith(".");
var rootAttributeText = "an attribute path such as authentik-django or packages.backend";
function isHubName(text3) {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(text3) && !/\/\.{1,2}$/.test(text3);
}
function isPackageName(text3) {
  return text3.length <= 200 && /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text3);
}
function isGitUrl(text3) {
  return /^(https?|ssh):\/\//.test(text3) && URL.canParse(text3) && !/\s/.test(text3);
}
var badBranch = /[\p{Cc}\p{Cf}\p{Cs}\s~^:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)|(?:^|\/)\.|^[-/]|^@$|[/.]$|^refs\//u;
function isBranchName(text3) {
  return text3 !== "" && text3.length <= 244 && !badBranch.test(text3);
}
function isHost(text3) {
  return text3.length <= 260 && /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text3);
}

// src/config/package.ts
init_inside();

// src/config/places.ts
init_inside();

// src/config/reader.ts
init_errors();
init_printable();

// src/config/suggest.ts
function nearest(text3, allowed) {
  const short = text3.slice(0, 64).toLowerCase();
  const ranked = allowed.map((candidate) => ({ candidate, distance: distance(short, candidate) })).sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : void 0;
}
function distance(left, right) {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, character] of [...left].entries()) {
    const next = [index + 1];
    for (let at = 0; at < right.length; at++) {
      const replaced = (row[at] ?? 0) + (character === right[at] ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

// src/config/reader.ts
var Mistakes = class {
  #file;
  #positions;
  #found = [];
  constructor(file, positions) {
    this.#file = file;
    this.#positions = positions;
  }
  /**
   * @param path of the key; if it is missing, the position of its table is used
   * @param text what is wrong and what is allowed
   */
  add(path58, text3) {
    this.#found.push({ position: this.#positionOf(path58), text: `${label(path58)} ${text3}` });
  }
  /** @throws UserError `config-invalid` if there are any */
  throwIfAny() {
    const sorted2 = this.#found.toSorted(
      ({ position: a }, { position: b }) => a.line - b.line || a.column - b.column
    );
    const [first3] = sorted2;
    if (!first3) return;
    const lines = sorted2.map(
      ({ position: position2, text: text3 }) => `${this.#file}:${position2.line}:${position2.column}: ${text3}.`
    );
    throw new UserError("config-invalid", lines.join("\n"), { at: { file: this.#file, ...first3.position } });
  }
  #positionOf(path58) {
    for (let length = path58.length; length > 0; length--) {
      const position2 = this.#positions.get(pathKey(path58.slice(0, length)));
      if (position2) return position2;
    }
    return { line: 1, column: 1 };
  }
};
function label(path58) {
  const text3 = path58.map((part) => typeof part === "number" ? `[${part + 1}]` : `.${part}`).join("");
  return `'${printable(text3.replace(/^\./, ""))}'`;
}
var TableReader = class _TableReader {
  path;
  mistakes;
  #table;
  /** @param known every key that is allowed */
  constructor(table3, path58, known2, mistakes) {
    this.path = path58;
    this.mistakes = mistakes;
    this.#table = table3;
    for (const key2 of Object.keys(table3)) {
      if (known2.includes(key2)) continue;
      const meant = nearest(key2, known2);
      this.wrong(
        key2,
        `is not known${meant ? ` (did you mean '${meant}'?)` : ""}; keys here are ${known2.join(", ")}`
      );
    }
  }
  /** Records a mistake at a key of this table. */
  wrong(key2, text3) {
    this.mistakes.add([...this.path, key2], text3);
  }
  has(key2) {
    return Object.hasOwn(this.#table, key2);
  }
  /** The value, unchecked. */
  raw(key2) {
    return this.has(key2) ? this.#table[key2] : void 0;
  }
  /** A string that is neither empty nor has a NUL character. */
  string(key2, allowed = "a text", isAllowed = () => true) {
    const value = this.raw(key2);
    if (value === void 0) return void 0;
    if (typeof value === "string" && value !== "" && !value.includes("\0") && isAllowed(value)) return value;
    return this.wrong(key2, `is ${show(value)}; it takes ${allowed}`);
  }
  requiredString(key2, allowed, isAllowed = () => true) {
    if (!this.has(key2)) return this.wrong(key2, `is missing; it takes ${allowed}`);
    return this.string(key2, allowed, isAllowed);
  }
  boolean(key2) {
    const value = this.raw(key2);
    if (value === void 0 || typeof value === "boolean") return value;
    return this.wrong(key2, `is ${show(value)}; it takes true or false`);
  }
  oneOf(key2, allowed) {
    const value = this.raw(key2);
    if (value === void 0) return void 0;
    const found2 = allowed.find((one) => one === value);
    if (found2 !== void 0) return found2;
    const list6 = allowed.map((one) => typeof one === "string" ? `"${one}"` : String(one));
    return this.wrong(key2, `is ${show(value)}; it takes ${list6.slice(0, -1).join(", ")} or ${list6.at(-1)}`);
  }
  strings(key2, allowed = "texts", isAllowed = () => true) {
    const list6 = this.list(key2, `a list of ${allowed}`);
    return list6?.flatMap((value, index) => {
      if (typeof value === "string" && value !== "" && isAllowed(value)) return [value];
      this.mistakes.add([...this.path, key2, index], `is ${show(value)}; the list takes ${allowed}`);
      return [];
    });
  }
  list(key2, allowed) {
    const value = this.raw(key2);
    if (value === void 0 || Array.isArray(value)) return value;
    return this.wrong(key2, `is ${show(value)}; it takes ${allowed}`);
  }
  /** A nested table; undefined if it is missing. */
  table(key2, known2) {
    const value = this.raw(key2);
    if (value === void 0) return void 0;
    if (isTable3(value)) return new _TableReader(value, [...this.path, key2], known2, this.mistakes);
    return this.wrong(key2, `is ${show(value)}; it takes a table with ${known2.join(", ")}`);
  }
};
function isTable3(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function show(value) {
  if (typeof value === "string") return printable(JSON.stringify(value.slice(0, 80)));
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  return isTable3(value) ? "a table" : String(value);
}

// src/config/places.ts
var relativeText = "an attribute path, with a leading '.' if it starts at the package";
var fileText = "the path of a file in this repository";
function versionPlace(parent, value, index) {
  const path58 = [...parent.path, "version-files", index];
  const known2 = ["file", "pattern", "pointer", "attribute", "value"];
  if (!isTable3(value)) {
    parent.mistakes.add(path58, `is ${show(value)}; it takes a table with ${known2.join(", ")}`);
    return [];
  }
  const table3 = new TableReader(value, path58, known2, parent.mistakes);
  if (table3.has("attribute")) return nixPlace(table3);
  const file = table3.requiredString("file", fileText, isInnerPath);
  if (table3.has("pattern") === table3.has("pointer")) {
    parent.mistakes.add(path58, "takes 'file' with either 'pattern' or 'pointer', or 'attribute'");
    return [];
  }
  const pointer = table3.string("pointer", 'a JSON pointer such as "/version"', isPointer);
  const pattern = table3.string("pattern", placeholderText, hasOnePlaceholder);
  if (table3.has("pattern") && table3.has("value")) table3.wrong("value", "has no meaning with 'pattern'");
  const text3 = valueTemplate(table3);
  if (file === void 0) return [];
  if (pointer !== void 0) return [{ kind: "json", file, pointer, value: text3 }];
  return pattern === void 0 ? [] : [{ kind: "text", file, pattern }];
}
function nixPlace(table3) {
  const attribute = table3.string("attribute", relativeText, isAttributePath);
  for (const key2 of ["file", "pattern", "pointer"]) {
    if (table3.has(key2)) table3.wrong(key2, "has no meaning with 'attribute', whose position Nix reports");
  }
  const value = valueTemplate(table3);
  return attribute === void 0 ? [] : [{ kind: "nix", attribute, value }];
}
var placeholderText = "a text with exactly one of {version}, {tag} and {revision}";
var hasOnePlaceholder = (text3) => text3.split(/\{(?:version|tag|revision)\}/).length === 2;
var isPointer = (text3) => /^(\/([^~/]|~[01])*)+$/.test(text3);
var valueTemplate = (table3) => table3.string("value", placeholderText, hasOnePlaceholder) ?? "{version}";
function fixedOutputs(parent, at, value) {
  const path58 = [...parent.path, ...at];
  if (typeof value === "string" && isAttributePath(value))
    return [{ attribute: value, file: void 0, pointer: void 0 }];
  const known2 = ["attribute", "systems", "file", "pointer"];
  if (!isTable3(value)) {
    parent.mistakes.add(
      path58,
      `is ${show(value)}; it takes ${relativeText}, or a table with ${known2.join(", ")}`
    );
    return [];
  }
  const table3 = new TableReader(value, path58, known2, parent.mistakes);
  const attribute = table3.requiredString(
    "attribute",
    relativeText,
    (text3) => isAttributePath(text3.replaceAll("{system}", "system"))
  );
  const systems2 = table3.strings(
    "systems",
    "systems such as x86_64-linux",
    (text3) => /^[\w]+-[\w]+$/.test(text3)
  );
  const file = table3.string("file", fileText, isInnerPath);
  const pointer = table3.string("pointer", 'a JSON pointer such as "/hash"', isPointer);
  if (pointer !== void 0 && file === void 0)
    table3.wrong("pointer", "requires 'file', the JSON file that it points into");
  if (attribute === void 0) return [];
  if (attribute.includes("{system}") !== (systems2 !== void 0)) {
    table3.wrong(
      "attribute",
      "requires 'systems', and the reverse: {system} in the path stands for each of them"
    );
    return [];
  }
  return (systems2 ?? [""]).map((system2) => ({
    attribute: attribute.replaceAll("{system}", system2),
    file,
    pointer: pointer?.replaceAll("{system}", system2)
  }));
}

// src/config/pull-request.ts
var pullRequestKeys = [
  "title",
  "body",
  "commit-message",
  "branch",
  "labels",
  "reviewers",
  "assignees",
  "milestone",
  "draft",
  "auto-merge"
];
var noOptions = {
  title: void 0,
  body: void 0,
  commitMessage: void 0,
  branch: void 0,
  labels: [],
  reviewers: [],
  assignees: [],
  milestone: void 0,
  draft: false,
  autoMerge: false
};
var titleWords = ["name", "before", "after"];
var wordsOf = {
  commitMessage: [...titleWords, "title"],
  body: [...titleWords, "title", "report"]
};
function readPullRequest(table3, below) {
  if (!table3) return below;
  return {
    title: template(table3, "title", titleWords) ?? below.title,
    body: template(table3, "body", wordsOf.body) ?? below.body,
    commitMessage: template(table3, "commit-message", wordsOf.commitMessage) ?? below.commitMessage,
    branch: table3.string("branch", "a branch name", isBranchName) ?? below.branch,
    labels: table3.strings("labels", "names of labels") ?? below.labels,
    reviewers: table3.strings("reviewers", 'user names, or teams as "org/team"', isLogin) ?? below.reviewers,
    assignees: table3.strings("assignees", "user names", isLogin) ?? below.assignees,
    milestone: table3.string("milestone", "a milestone's title or number") ?? below.milestone,
    draft: table3.oneOf("draft", [true, false, "unverified"]) ?? below.draft,
    autoMerge: table3.oneOf("auto-merge", [false, true, "merge", "squash", "rebase"]) ?? below.autoMerge
  };
}
function template(table3, key2, known2) {
  return table3.string(key2, placeholdersText(known2), (text3) => unknownWord(text3, known2) === void 0);
}
var placeholdersText = (known2) => `a text with no other placeholders than ${known2.map((name5) => `{${name5}}`).join(", ")}`;
function unknownWord(text3, known2) {
  return [...text3.matchAll(/\{([a-z-]{1,40})\}/g)].map(([, name5 = ""]) => name5).find((name5) => !known2.includes(name5));
}
var isLogin = (text3) => /^[A-Za-z0-9][\w.-]*(\[bot\]|\/[\w.-]+)?$/.test(text3);

// src/config/releases.ts
init_pep440();
var import_valid2 = __toESM(require_valid2(), 1);

// src/config/duration.ts
var units = {
  minute: 6e4,
  hour: 36e5,
  day: 864e5,
  week: 6048e5
};
function parseDuration(text3) {
  const [, count3 = "", unit2 = ""] = /^(\d{1,5}) ?(minute|hour|day|week)s?$/.exec(text3) ?? [];
  const length = units[unit2];
  return length === void 0 ? void 0 : Number(count3) * length;
}

// src/config/releases.ts
var releaseKeys = [
  "github",
  "git",
  "pypi",
  "list",
  "tag",
  "branch",
  "version",
  "order",
  "prereleases",
  "range",
  "ignore",
  "minimum-release-age",
  "step"
];
var origins = ["github", "git", "pypi"];
var durationText = 'a duration such as "3 days", "12 hours" or "2 weeks"';
function readReleases(table3) {
  const rules = readRules(table3);
  const source = readSource(table3);
  return source && { source, rules };
}
function readSource(table3) {
  const given = origins.filter((key2) => table3.has(key2));
  const [origin2] = given;
  if (origin2 === void 0 || given.length > 1) {
    const found2 = given.length > 1 ? `has ${given.join(" and ")}` : "does not set where releases are";
    table3.mistakes.add(table3.path, `${found2}; it takes one of github, git and pypi`);
    return void 0;
  }
  misplaced(table3, origin2);
  if (origin2 === "pypi") {
    const name5 = table3.string("pypi", "the name of a package", isPackageName);
    return name5 === void 0 ? void 0 : { kind: "pypi", name: name5 };
  }
  const of = origin2 === "github" ? githubOf(table3) : gitOf(table3);
  if (table3.has("branch")) return of && branchSource(table3, of);
  const tag = readTag(table3);
  if (!of || !tag) return void 0;
  if (of.kind === "git") return { ...of, tag };
  return { ...of, list: table3.oneOf("list", ["releases", "tags"]) ?? "releases", tag };
}
function misplaced(table3, origin2) {
  const isBranch = table3.has("branch") && origin2 !== "pypi";
  const wrong = {
    list: origin2 !== "github" || isBranch,
    tag: origin2 === "pypi" || isBranch,
    branch: origin2 === "pypi",
    version: !isBranch
  };
  for (const [key2, isWrong] of Object.entries(wrong)) {
    if (isWrong && table3.has(key2)) table3.wrong(key2, `has no meaning with ${isBranch ? "branch" : origin2}`);
  }
  for (const key2 of isBranch ? ["range", "ignore", "step", "prereleases", "order"] : []) {
    if (table3.has(key2)) table3.wrong(key2, "has no meaning with branch, which has one newest commit");
  }
}
function githubOf(table3) {
  const name5 = table3.string("github", 'a repository as "owner/name"', isHubName);
  const [owner = "", repo = ""] = name5?.split("/") ?? [];
  return name5 === void 0 ? void 0 : { kind: "github", owner, repo };
}
function gitOf(table3) {
  const url = table3.string("git", "a URL that starts with https://, http:// or ssh://", isGitUrl);
  return url === void 0 ? void 0 : { kind: "git", url };
}
function branchSource(table3, of) {
  const branch = table3.string("branch", "a branch name", isBranchName);
  const version4 = table3.string(
    "version",
    'a version with {date} or {revision}, such as "0-unstable-{date}"',
    (text3) => /\{(date|revision)\}/.test(text3) && /^[^"\\$\s]+$/.test(text3)
  );
  return branch === void 0 ? void 0 : { kind: "branch", of, branch, version: version4 ?? "0-unstable-{date}" };
}
function readTag(table3) {
  if (!table3.has("tag")) return { prefix: "v", suffix: "" };
  const text3 = table3.string(
    "tag",
    'a pattern with one {version}, such as "version/{version}"',
    (pattern) => pattern.split("{version}").length === 2
  );
  const [prefix2 = "", suffix = ""] = text3?.split("{version}") ?? [];
  return text3 === void 0 ? void 0 : { prefix: prefix2, suffix };
}
function readRules(table3) {
  const order = table3.oneOf("order", ["pep440", "semver"]) ?? "pep440";
  const age = table3.string("minimum-release-age", durationText, (text3) => parseDuration(text3) !== void 0);
  return {
    order,
    prereleases: table3.boolean("prereleases") ?? false,
    range: readRange(table3, order),
    ignore: table3.strings("ignore", "versions, in which * matches any text") ?? [],
    minimumAge: (age === void 0 ? void 0 : parseDuration(age)) ?? 0,
    step: table3.oneOf("step", ["newest", "next"]) ?? "newest"
  };
}
function readRange(table3, order) {
  const examples = { pep440: '">=2026.2,<2027"', semver: '"^1.2.0"' };
  const isRange = { pep440: validRange, semver: (text3) => (0, import_valid2.default)(text3) !== null };
  const other = order === "pep440" ? "" : ' (order is "semver")';
  return table3.string(
    "range",
    `a range of versions such as ${examples[order]}${other}`,
    (text3) => text3.length <= 200 && isRange[order](text3)
  );
}

// src/config/package.ts
var packageKeys = [
  "attribute",
  "name",
  "nix",
  "releases",
  "version-files",
  "source-hash",
  "also",
  "group",
  "pull-request"
];
var fileText2 = "the path of a file in this repository";
function readPackage(table3, around) {
  const attribute = table3.requiredString("attribute", rootAttributeText, isRootAttribute);
  const releases = table3.table("releases", releaseKeys);
  const group2 = table3.string("group", "a name of letters, digits, - and _", isName2);
  const source = table3.raw("source-hash");
  const read2 = {
    nix: readNix(table3.table("nix", ["file", "flake", "expression"])),
    releases: releases && readReleases(releases),
    versionFiles: (table3.list("version-files", "a list of tables") ?? []).flatMap(
      (value, index) => versionPlace(table3, value, index)
    ),
    sourceHash: source === void 0 || source === false ? void 0 : fixedOutputs(table3, ["source-hash"], source)[0],
    hasSource: source !== false,
    also: (table3.list("also", "a list of attribute paths or tables") ?? []).flatMap(
      (value, index) => fixedOutputs(table3, ["also", index], value)
    ),
    group: group2,
    pullRequest: pullRequestOf(table3, group2, around)
  };
  const name5 = table3.string("name", "a name of letters, digits, - and _", isName2) ?? attribute;
  return attribute === void 0 || name5 === void 0 ? void 0 : { attribute, name: name5, ...read2 };
}
var isName2 = (text3) => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text3) && !/\.\.|\.$/.test(text3);
function pullRequestOf(table3, group2, around) {
  const own2 = table3.table("pull-request", pullRequestKeys);
  if (group2 === void 0) return readPullRequest(own2, around.pullRequest);
  if (own2) table3.wrong("pull-request", `belongs to the group: write it as [groups.${group2}]`);
  return around.groups.get(group2) ?? around.pullRequest;
}
function readNix(table3) {
  const file = table3?.string("file", fileText2, isInnerPath);
  const flake = table3?.string(
    "flake",
    "the path of a folder in this repository",
    (text3) => text3 === "." || isInnerPath(text3)
  );
  const expression2 = table3?.string("expression", "a Nix expression");
  const count3 = table3 ? ["file", "flake", "expression"].filter((key2) => table3.has(key2)).length : 1;
  if (table3 && count3 !== 1) table3.mistakes.add(table3.path, "takes one of file, flake and expression");
  if (flake !== void 0) return { kind: "flake", flake };
  if (expression2 !== void 0) return { kind: "expression", expression: expression2 };
  return { kind: "file", file: file ?? "default.nix" };
}

// src/config/proposals.ts
function proposals({ packages }) {
  const found2 = /* @__PURE__ */ new Map();
  for (const one of packages) {
    const key2 = one.group === void 0 ? `package ${one.name}` : `group ${one.group}`;
    const name5 = one.group ?? one.name;
    const others = found2.get(key2)?.packages ?? [];
    const branch = one.pullRequest.branch ?? `uv-fod/${name5}`;
    found2.set(key2, { name: name5, branch, options: one.pullRequest, packages: [...others, one] });
  }
  return [...found2.values()];
}
function fillTemplate(template3, values) {
  return template3.replace(/\{([a-z-]{1,40})\}/g, (whole2, name5) => values.get(name5) ?? whole2);
}

// src/config/parse.ts
var MAX_LENGTH2 = 256 * 1024;
var MAX_DEPTH2 = 16;
var topKeys = [
  "package",
  "pull-request",
  "groups",
  "index",
  "allowed-hosts",
  "publish-new-builds",
  "cache-to"
];
function parseConfig(text3, file) {
  const document = parseText(text3, file);
  const mistakes = new Mistakes(file, locateKeys(text3));
  const top = new TableReader(document, [], topKeys, mistakes);
  const pullRequest = readPullRequest(top.table("pull-request", pullRequestKeys), noOptions);
  const around = { pullRequest, groups: readGroups(top, pullRequest) };
  const packages = readPackages(top, around);
  const index = top.string(
    "index",
    "the address of a package index, https://…",
    (url) => /^https?:\/\//.test(url) && URL.canParse(url)
  );
  const allowedHosts = top.strings("allowed-hosts", "hosts: name, name:port or *.name", isHost);
  const publishNewBuilds = top.boolean("publish-new-builds") ?? true;
  const cacheTo = top.string("cache-to", cacheText, isCacheAddress);
  checkNames2(packages, mistakes);
  checkGroups2(packages, around, mistakes);
  checkBranches(packages, mistakes);
  mistakes.throwIfAny();
  return { packages: packages.map(({ config }) => config), index, allowedHosts, publishNewBuilds, cacheTo };
}
function parseText(text3, file) {
  if (text3.length > MAX_LENGTH2)
    throw new UserError(
      "config-syntax",
      `${file} has ${text3.length} characters; the limit is ${MAX_LENGTH2}. Shorten it.`,
      { at: { file } }
    );
  try {
    return parse3(text3.replace(/^\uFEFF/, ""), { maxDepth: MAX_DEPTH2 });
  } catch (error2) {
    if (!(error2 instanceof TomlError)) throw error2;
    const [said = ""] = error2.message.split("\n", 1);
    const reason = said.replace(/^Invalid TOML document: /, "").replace(/\.$/, "");
    throw new UserError(
      "config-syntax",
      `${file}:${error2.line}:${error2.column} is not valid TOML: ${reason}. Fix that line; docs/configuration.md has an example of each key.`,
      { at: { file, line: error2.line, column: error2.column }, cause: error2 }
    );
  }
}
function readPackages(top, around) {
  const list6 = top.list("package", "tables, each written [[package]]");
  if (list6 === void 0 || list6.length === 0) {
    if (list6 || !top.has("package")) top.wrong("package", "is missing; at least one [[package]] is required");
    return [];
  }
  return list6.flatMap((value, index) => {
    const path58 = ["package", index];
    if (!isTable3(value)) {
      top.mistakes.add(path58, `is ${show(value)}; it takes a table, written [[package]]`);
      return [];
    }
    const config = readPackage(new TableReader(value, path58, packageKeys, top.mistakes), around);
    return config ? [{ index, config }] : [];
  });
}
function readGroups(top, below) {
  const groups2 = top.raw("groups");
  if (groups2 === void 0) return /* @__PURE__ */ new Map();
  if (!isTable3(groups2)) {
    top.wrong("groups", `is ${show(groups2)}; it takes tables, each written [groups.NAME]`);
    return /* @__PURE__ */ new Map();
  }
  const names3 = Object.keys(groups2);
  const reader = new TableReader(groups2, ["groups"], names3, top.mistakes);
  return new Map(names3.map((name5) => [name5, readPullRequest(reader.table(name5, pullRequestKeys), below)]));
}
function checkNames2(packages, mistakes) {
  const seen3 = /* @__PURE__ */ new Map();
  for (const { index, config } of packages) {
    const other = seen3.get(config.name);
    if (other !== void 0)
      mistakes.add(
        ["package", index, "name"],
        `is '${config.name}', which is also the name of package ${other + 1}; give one of them another 'name'`
      );
    else seen3.set(config.name, index);
  }
}
function checkGroups2(packages, { groups: groups2 }, mistakes) {
  const used = new Set(packages.map(({ config }) => config.group));
  for (const name5 of groups2.keys()) {
    if (!used.has(name5)) mistakes.add(["groups", name5], "has no package; add one with its key 'group'");
  }
}
function checkBranches(packages, mistakes) {
  const seen3 = /* @__PURE__ */ new Map();
  for (const { branch, name: name5, packages: of } of proposals({
    packages: packages.map(({ config }) => config)
  })) {
    const other = seen3.get(branch);
    const index = packages.find(({ config }) => config === of[0])?.index ?? 0;
    if (other !== void 0)
      mistakes.add(
        ["package", index],
        `has the branch '${branch}', which '${other}' has too; give '${name5}' another name or 'branch'`
      );
    else seen3.set(branch, name5);
  }
}

// src/config/plain.ts
function plainPackage(attribute, nix) {
  return {
    ...{ name: attribute, attribute, nix },
    ...{ releases: void 0, versionFiles: [], sourceHash: void 0, hasSource: false, also: [] },
    ...{ group: void 0, pullRequest: noOptions }
  };
}

// src/action/run.ts
init_target();

// src/pull-request/publish.ts
init_errors();

// src/pull-request/auto-merge.ts
init_errors();
async function setAutoMerge(forge, request, pull3, isGithubToken, log) {
  const { autoMerge } = request;
  if (!autoMerge) return void 0;
  const off = (level2, message) => {
    log[level2](message);
    return { isNew: false, message };
  };
  const { number: number2 } = pull3;
  if (pull3.hasAutoMerge) return off("info", `Auto-merge is already enabled for #${number2}.`);
  if (pull3.isDraft || request.isUnverified) {
    const why = pull3.isDraft ? "is a draft" : "did not pass verification";
    return off("info", `#${number2} ${why}, so auto-merge is not enabled.`);
  }
  try {
    const choice = chooseMethod(await forge.merging?.(pull3), autoMerge, number2);
    if ("message" in choice) return off(choice.level, choice.message);
    const { method } = choice;
    if (autoMerge !== true && method !== autoMerge)
      log.warning(
        `The repository does not allow the merge method \`${autoMerge}\`, so #${number2} uses \`${method}\`.`
      );
    const nothingToWaitFor = await forge.enableAutoMerge?.(pull3, method);
    if (nothingToWaitFor !== void 0) {
      return off(
        "warning",
        `Auto-merge is not enabled for #${number2}, because it can be merged already (${nothingToWaitFor}). Require a check or a review for \`${request.base.ref}\`, or merge it yourself; uv-fod does not merge.`
      );
    }
    return { isNew: true, message: enabled(number2, method, request, isGithubToken, log) };
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    return off("warning", error2.message);
  }
}
function enabled(number2, method, { base }, isGithubToken, log) {
  const message = `Auto-merge is enabled for #${number2} (${method}): it is merged once all requirements of \`${base.ref}\` are met.`;
  log.info(message);
  if (isGithubToken)
    log.info(
      "GITHUB_TOKEN does that merge, so it starts no workflows; with the token of a GitHub App it does."
    );
  return message;
}
function chooseMethod(merging3, wanted2, number2) {
  if (!merging3)
    return {
      level: "warning",
      message: `Auto-merge is not enabled for #${number2}: this forge does not have it.`
    };
  const { switchedOffBy, isAllowed, methods } = merging3;
  if (switchedOffBy !== void 0) {
    return {
      level: "info",
      message: `Auto-merge of #${number2} was disabled by ${switchedOffBy}, so it is not enabled again.`
    };
  }
  const [first3] = methods;
  if (!isAllowed || first3 === void 0) {
    return {
      level: "warning",
      message: `Auto-merge is not enabled for #${number2}: the repository does not allow it. Enable "Allow auto-merge" in its settings (General, Pull Requests), or remove \`auto-merge\`.`
    };
  }
  return { method: wanted2 !== true && methods.includes(wanted2) ? wanted2 : first3 };
}

// src/pull-request/branch.ts
init_errors();

// src/pull-request/files.ts
init_errors();
import { createHash as createHash8 } from "node:crypto";
var PLAIN = "100644";
var EXECUTABLE = "100755";
function blobId(content) {
  return createHash8("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
function digest(...parts) {
  const hash2 = createHash8("sha256");
  for (const part of parts) hash2.update(`${part.length}\0`).update(part);
  return hash2.digest("hex").slice(0, 16);
}
function keyOf2(request) {
  if (request.key !== void 0) return digest("key", request.key);
  return digest("files", request.base.ref, ...request.files.flatMap(({ path: path58, content }) => [path58, content]));
}
var pathsOf = ({ files, computedFrom = [] }) => [
  .../* @__PURE__ */ new Set([...files.map(({ path: path58 }) => path58), ...computedFrom])
];
function sameEntry(a, b) {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}
function modeOf(file, existing) {
  if (existing && existing.mode !== PLAIN && existing.mode !== EXECUTABLE) {
    throw new UserError(
      "not-a-regular-file",
      `\`${file.path}\` is not a regular file in the repository (mode ${existing.mode}, such as a symlink or a submodule), so it is not written. Name its target instead.`
    );
  }
  if (file.executable === void 0) return existing?.mode ?? PLAIN;
  return file.executable ? EXECUTABLE : PLAIN;
}
function wantedFiles(files, base) {
  return files.map((file) => {
    const content = typeof file.content === "string" ? Buffer.from(file.content) : file.content;
    return {
      path: file.path,
      content,
      oid: blobId(content),
      mode: modeOf(file, base.files.get(file.path))
    };
  }).sort((a, b) => a.path < b.path ? -1 : 1);
}

// src/pull-request/trailer.ts
var NAME3 = "Uv-Fod";
var LINE = /^Uv-Fod: (\S+); base=([0-9a-f]{40}); tree=([0-9a-f]{40})(?:; run=(\d{1,16}))?$/;
var TRAILER_LINE = /^[A-Za-z0-9-]+: \S/;
function addTrailer(message, trailer) {
  const text3 = message.trimEnd();
  const run = trailer.run === void 0 ? "" : `; run=${trailer.run}`;
  const line = `${NAME3}: ${trailer.branch}; base=${trailer.base}; tree=${trailer.tree}${run}`;
  const paragraphs = text3.split("\n\n");
  const last = paragraphs.length > 1 ? paragraphs.at(-1) ?? "" : "";
  const joins = last !== "" && last.split("\n").every((one) => TRAILER_LINE.test(one));
  return `${text3}${joins ? "\n" : "\n\n"}${line}
`;
}
function readTrailer(message) {
  const match2 = message.split("\n").map((line) => LINE.exec(line.trimEnd())).findLast((found2) => found2 !== null);
  if (!match2) return void 0;
  const [, branch = "", base = "", tree = "", run] = match2;
  return { branch, base, tree, run: run === void 0 ? void 0 : Number(run) };
}

// src/pull-request/branch.ts
async function readBranch(forge, { branch }, sight) {
  const head2 = sight.branch;
  if (!head2) return void 0;
  const { commits, ...rest } = await forge.compare(sight.base.oid, head2.oid);
  return { head: head2, ...rest, commits: commits.map((commit3) => branchCommit(commit3, branch)) };
}
function branchCommit({ message, ...commit3 }, branch) {
  const trailer = readTrailer(message);
  const ours = trailer?.branch === branch && trailer.tree === commit3.tree ? trailer : void 0;
  return { ...commit3, subject: message.split("\n")[0] ?? "", ours };
}
function hasOthersCommits(state) {
  return !state.complete || state.commits.some(({ ours }) => ours === void 0);
}
async function isNewer(forge, request, state) {
  const theirs = state.commits.findLast(({ ours }) => ours !== void 0)?.ours;
  if (!theirs) return false;
  if (theirs.run !== void 0 && request.run !== void 0) return theirs.run > request.run;
  if (theirs.base === request.base.sha) return false;
  const { mergeBase, commits } = await forge.compare(request.base.sha, theirs.base);
  return mergeBase === request.base.sha && commits.length > 0;
}
async function planCommit(forge, request, sight, state, wanted2, disposable) {
  const changes = wanted2.filter((file) => !sameEntry(file, sight.base.files.get(file.path)));
  if (!state) return { parent: sight.base, files: changes, before: void 0, rebuilds: false };
  if (!disposable && hasOthersCommits(state)) return planOnTop(forge, request, state, wanted2);
  const [only] = state.commits;
  const upToDate = state.commits.length === 1 && only?.parents.join() === sight.base.oid && state.changed.size === changes.length && changes.every((file) => state.changed.has(file.path) && sameEntry(file, state.head.files.get(file.path)));
  if (upToDate) return void 0;
  return { parent: sight.base, files: changes, before: state.head.oid, rebuilds: true };
}
async function planOnTop(forge, request, state, wanted2) {
  const files = wanted2.filter((file) => !sameEntry(file, state.head.files.get(file.path)));
  if (files.length === 0) return void 0;
  const last = state.commits.findLast(({ ours }) => ours !== void 0)?.sha ?? state.mergeBase;
  const before = await forge.viewCommit(
    last,
    request.files.map(({ path: path58 }) => path58)
  );
  const touched = files.filter(({ path: path58 }) => !sameEntry(before.files.get(path58), state.head.files.get(path58)));
  if (touched.length > 0) {
    const theirs = state.commits.filter(({ ours }) => ours === void 0);
    const who = [...new Set(theirs.map(({ author: author2 }) => author2))].join(", ");
    throw new UserError(
      "branch-edited",
      `${who} changed ${touched.map(({ path: path58 }) => `\`${path58}\``).join(", ")} on the branch \`${request.branch}\`, which is not overwritten. Merge the pull request, or delete the branch so that it is created again.`
    );
  }
  return { parent: state.head, files, before: state.head.oid, rebuilds: false };
}
async function commitFiles(forge, { branch, base, run, commitMessage }, { parent, files, before, rebuilds }, log) {
  const message = (tree) => addTrailer(commitMessage, { branch, base: base.sha, tree, run });
  const sha2 = await forge.makeCommit({ parent, files, message });
  if (!await forge.moveBranch(branch, { before, after: sha2, force: rebuilds })) return void 0;
  log.info(`Commit ${sha2} on ${branch}, on top of ${parent.oid}.`);
  return sha2;
}

// src/pull-request/check.ts
init_errors();
init_inside();
function checkBranch(name5, what) {
  if (isBranchName(name5)) return;
  throw new UserError(
    "bad-branch",
    `${JSON.stringify(name5.slice(0, 100))} cannot be the name of ${what}. Give a branch name without \`refs/heads/\`, such as \`uv-fod/authentik\`.`
  );
}
function checkPath(path58) {
  if (isPlainPath(path58)) return;
  throw badPath(path58, "it is not a path inside the repository");
}
var badPath = (path58, why) => new UserError(
  "bad-path",
  `The path ${JSON.stringify(path58.slice(0, 200))} is neither read nor published: ${why}.`
);
function checkRequest({ branch, base, files, computedFrom = [] }) {
  checkBranch(branch, "the branch to publish on");
  checkBranch(base.ref, "the base branch");
  if (branch === base.ref) {
    throw new UserError(
      "bad-branch",
      `The branch to publish on and the base are both \`${branch}\`. Choose another name for the branch.`
    );
  }
  if (!/^[0-9a-f]{40}$/.test(base.sha)) {
    throw new UserError(
      "bad-base",
      `The checked-out commit must be given as 40 hexadecimal digits, not ${JSON.stringify(base.sha.slice(0, 80))}.`
    );
  }
  const seen3 = /* @__PURE__ */ new Set();
  for (const { path: path58 } of files) {
    if (seen3.has(path58)) throw badPath(path58, "it is given twice");
    checkPath(path58);
    seen3.add(path58);
  }
  for (const path58 of computedFrom) checkPath(path58);
}

// src/pull-request/draft.ts
init_errors();
init_failures();

// src/pull-request/marker.ts
var MARKER = /<!-- uv-fod key=([0-9a-f]{16}) text=([0-9a-f]{16})( draft)?( closed)? -->/g;
function writeMarker(marker) {
  const flags2 = `${marker.draft ? " draft" : ""}${marker.closed ? " closed" : ""}`;
  return `<!-- uv-fod key=${marker.key} text=${marker.text}${flags2} -->`;
}
function readMarker(body2) {
  const match2 = [...(body2 ?? "").matchAll(MARKER)].at(-1);
  if (!match2) return void 0;
  const [, key2 = "", text3 = "", draft, closed2] = match2;
  return { key: key2, text: text3, closed: closed2 !== void 0, ...draft === void 0 ? {} : { draft: true } };
}
function replaceMarker(body2, marker) {
  return `${body2.replaceAll(MARKER, "").trimEnd()}

${writeMarker(marker)}`;
}
function closing(text3) {
  let fence;
  for (const line of text3.split("\n")) {
    const run = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (run === void 0) continue;
    if (fence === void 0) fence = run;
    else if (run.startsWith(fence)) fence = void 0;
  }
  const open7 = text3.split("<details").length - text3.split("</details>").length;
  return `${fence === void 0 ? "" : `
${fence}`}${"\n</details>".repeat(Math.max(open7, 0))}`;
}
function finishBody(body2, marker, limit2) {
  const end = `

${writeMarker(marker)}`;
  if (body2.length + end.length <= limit2) return `${body2.trimEnd()}${end}`;
  const note = "\n\n*Cut here, because the body of a pull request is limited. The rest is in the summary of the job that opened this.*";
  const room = limit2 - end.length - note.length - 400;
  const cut2 = body2.slice(0, body2.lastIndexOf("\n", room) > 0 ? body2.lastIndexOf("\n", room) : room);
  const closed2 = closing(cut2);
  return `${cut2.trimEnd()}${closed2.length <= 400 ? closed2 : ""}${note}${end}`;
}

// src/pull-request/draft.ts
async function holdBack(forge, request, pull3, log) {
  if (!pull3 || pull3.isDraft || !request.isUnverified) return pull3;
  const convert = async () => {
    if (!forge.setDraft) return false;
    if (pull3.marker && !request.draft)
      await forge.editPull(pull3.number, { body: replaceMarker(pull3.body, { ...pull3.marker, draft: true }) });
    await forge.setDraft(pull3, true);
    return true;
  };
  const isDraft2 = pull3.hasAutoMerge ? await convert().catch(refuse2(pull3)) : await orWarn(log, convert);
  if (isDraft2) log.info(`#${pull3.number} is a draft now, because its changes did not pass verification.`);
  return { ...pull3, isDraft: isDraft2 };
}
var refuse2 = (pull3) => (error2) => {
  if (!(error2 instanceof UserError)) throw error2;
  throw new UserError(
    error2.code,
    `${error2.message} Auto-merge is enabled for #${pull3.number}, so unverified changes are not pushed to it.`,
    { cause: error2 }
  );
};
async function release(forge, request, pull3, log) {
  const { setDraft: setDraft3 } = forge;
  const isOurs = pull3.isDraft && pull3.marker?.draft === true;
  if (!isOurs || request.isUnverified || request.draft || !setDraft3) return pull3;
  const isReady = await orWarn(log, async () => {
    await setDraft3(pull3, false);
    return true;
  });
  if (isReady) log.info(`#${pull3.number} is ready for review: its changes passed verification now.`);
  return isReady ? { ...pull3, isDraft: false } : pull3;
}

// src/pull-request/extras.ts
init_failures();
var same = (a, b) => a.toLowerCase() === b.toLowerCase();
var LISTS = ["labels", "assignees", "reviewers", "milestone"];
function missing(list6, request, pull3) {
  if (list6 === "milestone")
    return request.milestone === void 0 || pull3.milestone.length > 0 ? [] : [request.milestone];
  return (request[list6] ?? []).filter((item2) => !pull3[list6].some((one) => same(item2, one)));
}
async function addExtras(forge, request, pull3, log) {
  if (LISTS.every((list6) => missing(list6, request, pull3).length === 0)) return false;
  const before = await forge.everAdded(pull3.number);
  const wasAdded = (list6, item2) => list6 === "milestone" ? before.milestone.length > 0 : before[list6].some((one) => same(item2, one));
  let added = false;
  for (const list6 of LISTS) {
    const items = missing(list6, request, pull3).filter((item2) => !wasAdded(list6, item2));
    if (items.length === 0) continue;
    const wrote = await orWarn(log, () => forge.add(pull3.number, list6, items, log));
    added ||= wrote;
  }
  return added;
}

// src/pull-request/publish.ts
init_failures();

// src/pull-request/pulls.ts
init_failures();
var withMarker = (pull3) => ({ ...pull3, marker: readMarker(pull3.body) });
async function listPulls(forge, { branch }) {
  return (await forge.listPulls(branch)).map(withMarker);
}
function openPull(pulls, request) {
  const open7 = pulls.filter(({ isOpen }) => isOpen);
  return open7.find(({ baseRef }) => baseRef === request.base.ref) ?? open7[0];
}
function closedByPerson(pulls, request) {
  const key2 = keyOf2(request);
  return pulls.find(
    ({ isOpen, isMerged, marker }) => !isOpen && !isMerged && marker?.key === key2 && !marker.closed
  );
}
function markerOf(request) {
  const text3 = digest(request.title, request.bodyKey ?? request.body);
  const draft = request.isUnverified === true && request.draft !== true;
  return { key: keyOf2(request), text: text3, closed: false, ...draft ? { draft } : {} };
}
async function createPull(forge, request, log) {
  const { title, branch: head2 } = request;
  const draft = request.draft === true || request.isUnverified === true;
  const body2 = finishBody(request.body, markerOf(request), forge.bodyLimit);
  const made = await forge.openPull({ title, body: body2, head: head2, base: request.base.ref, draft }, log);
  if (made === "exists") return openPull(await listPulls(forge, request), request);
  return made === "nothing-new" ? void 0 : withMarker(made);
}
async function updatePull(forge, request, pull3, log) {
  const { title } = request;
  const marker = markerOf(request);
  const rebased = pull3.baseRef !== request.base.ref;
  if (!pull3.marker)
    log.info(
      `The text of #${pull3.number} has no marker of uv-fod, so it was written by a person and is kept.`
    );
  const stale = pull3.marker !== void 0 && (pull3.marker.text !== marker.text || pull3.marker.key !== marker.key);
  if (!stale && !rebased) return false;
  const takesOver = stale && pull3.marker?.key !== marker.key && pull3.title !== title;
  if (takesOver) log.info(`#${pull3.number} changes from "${pull3.title}" to "${title}".`);
  const content = takesOver ? `${request.body.trimEnd()}

${takesOverFrom(pull3)}` : request.body;
  const text3 = stale ? { title, body: finishBody(content, marker, forge.bodyLimit) } : {};
  const base = rebased ? { base: request.base.ref } : {};
  await forge.editPull(pull3.number, { ...text3, ...base });
  return true;
}
var takesOverFrom = ({ title }) => `Replaces \`${title.replace(/[`\p{Cc}]/gu, " ")}\`, which this pull request proposed before.`;
var CLOSED = "<!-- uv-fod closed -->";
async function commentClosed(forge, { base }, { number: number2 }) {
  const body2 = `\`${base.ref}\` has all of these changes (as of ${base.sha}), so there is nothing left to merge. Closed; the branch is kept.

${CLOSED}`;
  for (let tries = 1; ; tries++) {
    if ((await forge.comments(number2)).some((text3) => text3.includes(CLOSED))) return;
    try {
      await forge.comment(number2, body2);
      return;
    } catch (error2) {
      if (!isUnavailable(error2) || tries === 3) throw error2;
    }
  }
}
async function closePull(forge, request, pull3) {
  await commentClosed(forge, request, pull3);
  const marker = { ...pull3.marker ?? markerOf(request), closed: true };
  await forge.editPull(pull3.number, { state: "closed", body: replaceMarker(pull3.body, marker) });
}

// src/pull-request/publish.ts
var all = () => true;
var ROUNDS = 4;
async function publish(forge, request, log) {
  checkRequest(request);
  for (let round2 = 1; round2 <= ROUNDS; round2++) {
    const result2 = await publishOnce(forge, request, log);
    if (result2 !== "moved") return result2;
    log.info(`\`${request.branch}\` or its base was moved meanwhile. Trying again.`);
  }
  throw new UserError(
    "branch-moves",
    `The branch \`${request.branch}\` was moved by someone else during each of ${ROUNDS} tries, so nothing was written. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`
  );
}
function none2(request, reason, pull3, commit3) {
  return { outcome: "none", reason, branch: request.branch, ...commit3 ? { commit: commit3 } : {}, ...linkOf(pull3) };
}
function linkOf(pull3) {
  return pull3 ? { number: pull3.number, url: pull3.url } : {};
}
function changedSince(request, sight) {
  return pathsOf(request).filter(
    (path58) => !sameEntry(sight.read.files.get(path58), sight.base.files.get(path58))
  );
}
function withNote(request) {
  const { noteForGithubToken: note, body: body2, bodyKey: bodyKey2 = body2 } = request;
  return note === void 0 ? request : { ...request, body: `${body2.trimEnd()}

${note}`, bodyKey: bodyKey2 };
}
async function publishOnce(forge, asked3, log) {
  const sight = await forge.look(asked3);
  const request = sight.isGithubToken ? withNote(asked3) : asked3;
  const changed3 = changedSince(request, sight);
  if (changed3.length > 0) {
    log.warning(
      `\`${request.base.ref}\` has changed ${changed3.join(", ")} since this run started (now ${sight.base.oid}). Nothing is published; the next run starts from there.`
    );
    return none2(request, "base-changed");
  }
  const wanted2 = wantedFiles(request.files, sight.base);
  const isCurrent = wanted2.every((file) => sameEntry(file, sight.base.files.get(file.path)));
  if (isCurrent && !sight.branch) return closeObsolete(forge, request, void 0, void 0, log);
  const pulls = await listPulls(forge, request);
  const open7 = openPull(pulls, request);
  const state = await readBranch(forge, request, sight);
  if (isCurrent) return closeObsolete(forge, request, state, open7, log);
  if (state && await isNewer(forge, request, state)) {
    log.info(`A later run published on \`${request.branch}\`, so this one writes nothing.`);
    return none2(request, "newer-run", open7, state.head.oid);
  }
  const closed2 = open7 ? void 0 : closedByPerson(pulls, request);
  if (closed2) {
    log.info(`#${closed2.number} proposed the same and was closed by a person, so it is not opened again.`);
    return none2(request, "closed-by-person", closed2);
  }
  const merged = pulls.some(({ isMerged, head: head2 }) => isMerged && head2 === state?.head.oid);
  const plan = await planCommit(forge, request, sight, state, wanted2, merged);
  const held = plan ? await holdBack(forge, request, open7, log) : open7;
  const commit3 = plan ? await commitFiles(forge, request, plan, log) : state?.head.oid;
  if (commit3 === void 0) return "moved";
  const before = state?.head.oid;
  return propose(forge, request, { sight, open: held, before, commit: commit3, committed: plan !== void 0 }, log);
}
async function closeObsolete(forge, request, state, open7, log) {
  if (!open7?.marker) {
    const why = open7 ? `the text of ${open7.url} was written by a person, so it stays open` : "there is no pull request to close";
    log.info(`\`${request.base.ref}\` has all of these changes, and ${why}.`);
    return none2(request, "base-is-current");
  }
  if (state && hasOthersCommits(state)) {
    log.info(
      `The base has all of these changes, but #${open7.number} has commits by others, so it stays open.`
    );
    return none2(request, "others-commits", open7);
  }
  await closePull(forge, request, open7);
  log.info(`#${open7.number} has nothing left to merge and was closed.`);
  return { outcome: "closed", branch: request.branch, ...linkOf(open7) };
}
async function propose(forge, request, proposal2, log) {
  const { open: open7, commit: commit3, committed } = proposal2;
  const { isGithubToken } = proposal2.sight;
  const { branch, noteForGithubToken: note } = request;
  if (!open7) {
    const made = await openOrTakeBack(forge, request, proposal2, log);
    if (!made) return "moved";
    log.info(`Opened ${made.url}.`);
    if (isGithubToken && note) log.info(note);
    const { result: result3 } = await finishPull(forge, request, made, isGithubToken, log);
    return { outcome: "created", branch, commit: commit3, ...linkOf(made), ...result3 };
  }
  const pull3 = await release(forge, request, open7, log);
  const edited = await updatePull(forge, request, pull3, log);
  const { wrote, result: result2 } = open7.marker ? await finishPull(forge, request, pull3, isGithubToken, log) : { wrote: false, result: {} };
  if (!committed && !edited && !wrote && pull3 === open7) {
    log.info(`${open7.url} is up to date, so nothing is written.`);
    return { ...none2(request, "unchanged", open7, commit3), ...result2 };
  }
  log.info(`Updated ${open7.url}.`);
  if (committed && isGithubToken && note) log.info(note);
  return { outcome: "updated", branch, commit: commit3, ...linkOf(open7), ...result2 };
}
async function finishPull(forge, request, pull3, isGithubToken, log) {
  const added = await orWarn(log, () => addExtras(forge, request, pull3, log), all);
  const merged = await setAutoMerge(forge, request, pull3, isGithubToken, log);
  return { wrote: added || merged?.isNew === true, result: merged ? { autoMerge: merged.message } : {} };
}
async function openOrTakeBack(forge, request, proposal2, log) {
  const { before, commit: commit3, committed } = proposal2;
  try {
    return await createPull(forge, request, log);
  } catch (error2) {
    if (committed && isFinal(error2)) {
      const { branch } = request;
      const isBack = await forge.moveBranch(branch, { before: commit3, after: before, force: true }).catch(() => false);
      if (isBack)
        log.info(`\`${branch}\` is ${before === void 0 ? "deleted again" : "as it was before"}.`);
      else log.warning(`The branch \`${branch}\` could not be moved back.`);
    }
    throw error2;
  }
}

// src/release/git.ts
init_errors();
init_run();
import { mkdtemp as mkdtemp4, rm as rm9 } from "node:fs/promises";
import path28 from "node:path";

// src/release/tags.ts
init_errors();
init_printable();
function versionOf(tag, { prefix: prefix2, suffix }) {
  const isLongEnough = tag.length > prefix2.length + suffix.length;
  if (!isLongEnough || !tag.startsWith(prefix2) || !tag.endsWith(suffix)) return void 0;
  return tag.slice(prefix2.length, tag.length - suffix.length);
}
var tagOf = (version4, { prefix: prefix2, suffix }) => `${prefix2}${version4}${suffix}`;
function matching2(items, tag, pattern, where) {
  const found2 = items.flatMap((item2) => {
    const version4 = versionOf(tag(item2), pattern);
    return version4 === void 0 ? [] : [{ item: item2, version: version4, tag: tag(item2) }];
  });
  if (found2.length > 0) return found2;
  const some = items.slice(0, 3).map((item2) => `'${printable(tag(item2).slice(0, 60))}'`);
  const has = some.length === 0 ? "has none at all" : `has ${some.join(", ")}`;
  throw new UserError(
    "tag-pattern",
    `No tag in ${where} has the form '${tagOf("{version}", pattern)}'; it ${has}. Correct 'tag' under 'releases' in the configuration, with {version} where the version stands.`
  );
}

// src/release/git.ts
var quiet = { GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true", GIT_ALLOW_PROTOCOL: "https:http:ssh" };
async function gitTags(run, url, tag) {
  const text3 = await git(run, url, ["ls-remote", "--tags", "--refs", "--", url]);
  const names3 = text3.split("\n").flatMap((line) => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
  return matching2(names3, (name5) => name5, tag, url).map(({ version: version4, tag: name5 }) => ({ version: version4, tag: name5 }));
}
async function gitTagCommit(run, url, version4, tag) {
  const ref = `refs/tags/${tagOf(version4, tag)}`;
  const text3 = await git(run, url, ["ls-remote", "--tags", "--", url, ref, `${ref}^{}`]);
  const found2 = new Map(
    text3.split("\n").flatMap((line) => {
      const [, commit3, name5] = /^([0-9a-f]{40})\t(.+)$/.exec(line) ?? [];
      return commit3 && name5 ? [[name5, commit3]] : [];
    })
  );
  return found2.get(`${ref}^{}`) ?? found2.get(ref);
}
async function gitBranchCommit(run, url, branch, commit3, scratch2) {
  const dir = await mkdtemp4(path28.join(scratch2, "branch-"));
  try {
    await git(run, url, ["init", "--quiet", "--bare", dir]);
    const ref = `refs/heads/${branch}`;
    await git(run, url, ["-C", dir, "fetch", "--quiet", "--filter=tree:0", "--", url, ref]);
    const isOn = await run("git", ["-C", dir, "merge-base", "--is-ancestor", commit3, "FETCH_HEAD"], {
      env: quiet
    });
    if (isOn.code !== 0) return void 0;
    const seconds = await git(run, url, [
      "-C",
      dir,
      "show",
      "--no-patch",
      "--format=%ct",
      `${commit3}^{commit}`
    ]);
    return Number(seconds.trim()) * 1e3;
  } finally {
    await rm9(dir, { recursive: true, force: true });
  }
}
async function gitCommit(run, url, ref, scratch2) {
  const dir = await mkdtemp4(path28.join(scratch2, "commit-"));
  try {
    await git(run, url, ["init", "--quiet", "--bare", dir]);
    await git(run, url, ["-C", dir, "fetch", "--quiet", "--depth=1", "--filter=tree:0", "--", url, ref]);
    const format2 = ["--no-patch", "--format=%H %ct", "FETCH_HEAD^{commit}"];
    const [revision = "", seconds = ""] = (await git(run, url, ["-C", dir, "show", ...format2])).trim().split(" ");
    return { revision, date: Number(seconds) * 1e3 };
  } finally {
    await rm9(dir, { recursive: true, force: true });
  }
}
async function git(run, url, args) {
  const { code: code4, stdout, stderr } = await run("git", args, { env: quiet });
  if (code4 === 0) return stdout;
  if (code4 === noSuchProgram)
    throw new UserError("git-missing", "There is no git on PATH: install it in a step before this one.");
  if (/couldn't find remote ref/.test(stderr))
    throw new UserError(
      "releases-not-found",
      `${url} has no '${args.at(-1)}'. Correct 'branch' or 'tag' under 'releases' in the configuration.`
    );
  const said = stderr.split("\n").findLast((line) => line.trim() !== "") ?? "git printed nothing";
  throw new UserError(
    "releases-unreachable",
    `git can't read ${url}: ${said.slice(0, 300).replace(/\.$/, "")}. Nothing was changed; correct the address in the configuration, or run this again later.`,
    { log: stderr }
  );
}

// src/release/github.ts
init_errors();
var MAX_NOTES = 2e4;
var MAX_PAGES = 10;
function githubReleases(hub, source) {
  return asked(source, () => source.list === "tags" ? listTags(hub, source) : listReleases(hub, source));
}
async function listReleases(hub, { owner, repo, tag }) {
  const all2 = [];
  for (let page2 = 1; page2 <= MAX_PAGES; page2++) {
    const { data, headers } = await hub.rest.repos.listReleases({ owner, repo, per_page: 100, page: page2 });
    all2.push(...data);
    if (data.length === 0 || !/rel="next"/.test(headers.link ?? "")) break;
  }
  const published = all2.filter(({ draft }) => !draft);
  const where = `the releases of ${owner}/${repo}`;
  return matching2(published, (one) => one.tag_name, tag, where).map(({ item: item2, version: version4, tag: name5 }) => ({
    version: version4,
    tag: name5,
    isPrerelease: item2.prerelease,
    ...item2.body ? { notes: item2.body.slice(0, MAX_NOTES) } : {},
    ...item2.published_at ? { date: Date.parse(item2.published_at) } : {}
  }));
}
async function listTags(hub, { owner, repo, tag }) {
  const matchingRefs = (ref) => hub.rest.git.listMatchingRefs({ owner, repo, ref });
  let { data } = await matchingRefs(`tags/${tag.prefix}`);
  if (data.length === 0) ({ data } = await matchingRefs("tags/"));
  const nameOf3 = (ref) => ref.replace(/^refs\/tags\//, "");
  return matching2(data, ({ ref }) => nameOf3(ref), tag, `${owner}/${repo}`).map(({ version: version4, tag: name5 }) => ({
    version: version4,
    tag: name5
  }));
}
async function githubTagDate(hub, source, version4) {
  return (await commitOf(hub, source, `tags/${tagOf(version4, source.tag)}`)).date;
}
async function githubTagCommit(hub, source, version4) {
  const { owner, repo } = source;
  return asked(source, async () => {
    const ref = `tags/${tagOf(version4, source.tag)}`;
    try {
      return (await hub.rest.repos.getCommit({ owner, repo, ref, per_page: 1 })).data.sha;
    } catch (error2) {
      if (isMissing(error2)) return void 0;
      throw error2;
    }
  });
}
async function githubBranchCommit(hub, of, branch, commit3) {
  const { owner, repo } = of;
  return asked(of, async () => {
    const basehead = `${commit3}...${branch}`;
    const { data } = await hub.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 });
    if (data.merge_base_commit.sha !== commit3) return void 0;
    return (await commitOf(hub, of, commit3)).date;
  });
}
function githubHead(hub, of, branch) {
  return commitOf(hub, of, `heads/${branch}`);
}
function commitOf(hub, { owner, repo }, ref) {
  return asked({ owner, repo }, async () => {
    const { data } = await hub.rest.repos.getCommit({ owner, repo, ref, per_page: 1 });
    const date2 = data.commit.committer?.date ?? data.commit.author?.date ?? "";
    return { revision: data.sha, date: Date.parse(date2) };
  });
}
var isMissing = (error2) => error2 instanceof Error && "status" in error2 && (error2.status === 404 || error2.status === 422);
async function asked({ owner, repo }, call) {
  try {
    return await call();
  } catch (error2) {
    if (!(error2 instanceof Error) || !("status" in error2)) throw error2;
    const missing3 = isMissing(error2);
    throw new UserError(
      missing3 ? "releases-not-found" : "releases-unreachable",
      missing3 ? `GitHub has no repository ${owner}/${repo}, or not the branch or tag asked for in it, or the token may not see it. Correct 'releases' in the configuration, or give a token that may read that repository.` : `GitHub did not tell the releases of ${owner}/${repo}: ${error2.message.split("\n", 1)[0]}. Nothing was changed; run this again later, or with a token whose rate limit is not used up.`,
      { cause: error2 }
    );
  }
}

// src/release/identity.ts
async function tagCommit(source, version4, parts) {
  if (source.kind === "github") return githubTagCommit(await parts.hub(), source, version4);
  return source.kind === "git" ? gitTagCommit(parts.run, source.url, version4, source.tag) : void 0;
}
async function isOnBranch({ of, branch }, commit3, { hub, run, scratch: scratch2 }) {
  return of.kind === "github" ? githubBranchCommit(await hub(), of, branch, commit3) : gitBranchCommit(run, of.url, branch, commit3, scratch2);
}

// src/release/index-page.ts
init_simple_page();
init_errors();
init_lock();
async function indexReleases(index, name5, fetchText) {
  if (index === void 0) throw noIndex(name5);
  const project = normalizeName(name5) ?? name5;
  const url = `${index.replace(/\/+$/, "")}/${project}/`;
  const { status, contentType, text: text3 } = await fetchText(url, { accept: JSON_TYPE });
  if (status === 404)
    throw new UserError(
      "releases-not-found",
      `The index has no package '${name5}' (${hostOf2(url)}). Correct 'pypi' under 'releases', or name another 'index', in the configuration.`
    );
  if (status !== 200 || !contentType.startsWith(JSON_TYPE))
    throw new UserError(
      "releases-unreachable",
      `The index at ${hostOf2(url)} answered for '${name5}' with status ${status} and ${contentType || "no type"}, not with JSON of its Simple API (PEP 691). Name an index that has it as 'index' in the configuration, or run this again later.`
    );
  return versionsOf(parse5(text3, url), project);
}
function chooseIndex(...settings3) {
  return settings3.find((url) => url !== void 0 && /^https?:\/\//.test(url) && URL.canParse(url));
}
function parse5(text3, url) {
  const files = filesOfPage(text3);
  if (files) return files;
  throw new UserError(
    "releases-unreachable",
    `What the index at ${hostOf2(url)} answered is not the JSON of its Simple API (PEP 691). Run this again later, or name another 'index' in the configuration.`
  );
}
function versionsOf(files, project) {
  const dates = /* @__PURE__ */ new Map();
  for (const { filename, yanked, "upload-time": uploaded } of files) {
    const version4 = typeof filename === "string" ? versionIn(filename, project) : void 0;
    if (version4 === void 0 || yanked !== void 0 && yanked !== false) continue;
    const time = typeof uploaded === "string" ? Date.parse(uploaded) : Number.NaN;
    const known2 = dates.has(version4) ? dates.get(version4) : 0;
    dates.set(version4, known2 === void 0 || Number.isNaN(time) ? void 0 : Math.max(known2, time));
  }
  return [...dates].map(([version4, date2]) => ({ version: version4, ...date2 === void 0 ? {} : { date: date2 } }));
}
function versionIn(filename, project) {
  if (filename.length > 400) return void 0;
  const wheel = /^([^-]+)-([^-]+)(?:-[^-]+){3,4}\.whl$/.exec(filename);
  if (wheel) return normalizeName(wheel[1] ?? "") === project ? wheel[2] : void 0;
  const stem = /^(.+)\.(?:tar\.gz|zip)$/.exec(filename)?.[1];
  for (let at = stem?.indexOf("-") ?? -1; stem && at > 0; at = stem.indexOf("-", at + 1)) {
    if (normalizeName(stem.slice(0, at)) === project) return stem.slice(at + 1);
  }
  return void 0;
}
var hostOf2 = (url) => new URL(url).host;
function noIndex(name5) {
  return new UserError(
    "index-unknown",
    `Nothing says which package index to ask for '${name5}'. Set 'index' in the configuration to its address, or UV_DEFAULT_INDEX in the environment, as uv reads it.`
  );
}

// src/system/cancelled.ts
async function unlessCancelled(work, stop) {
  stop.throwIfAborted();
  const { promise, reject } = Promise.withResolvers();
  const onAbort = () => reject(stop.reason);
  stop.addEventListener("abort", onAbort, { once: true });
  promise.catch(() => {
  });
  work.catch(() => {
  });
  try {
    return await Promise.race([work, promise]);
  } finally {
    stop.removeEventListener("abort", onAbort);
  }
}

// src/action/run.ts
init_errors();

// src/system/sandbox.ts
function lackOf({ isolation, why }) {
  switch (isolation) {
    case "none":
      return "Nix builds without its sandbox on this machine";
    case "relaxed":
      return "Nix's setting 'sandbox' is 'relaxed' on this machine, so a derivation may ask to be built without the sandbox";
    case "unknown":
      return `whether Nix builds in its sandbox can't be found out on this machine (${why ?? "Nix gives no reason"})`;
    default:
      return void 0;
  }
}

// src/release/advice.ts
init_simple_page();
var adviceKey = ({ name: name5, version: version4 }) => `${name5} ${version4}`;
var MOST2 = 100;
var AT_ONCE2 = 8;
var TIME2 = 15e3;
var LONGEST3 = 16e6;
var MOST_OF_ONE = 10;
async function askIndexes(releases, fetchText, time = TIME2) {
  const signal = AbortSignal.timeout(time);
  const advice = /* @__PURE__ */ new Map();
  const silent = /* @__PURE__ */ new Map();
  const withoutApi = /* @__PURE__ */ new Set();
  const queue = releases.filter(({ index }) => /^https?:\/\//.test(index)).slice(0, MOST2);
  const work = queue.values();
  const one = async () => {
    for (const release3 of work) {
      const { index } = release3;
      if (silent.has(index)) continue;
      try {
        const told = await ask(
          release3,
          (url, accept) => fetchText(url, { accept }, { signal, most: LONGEST3 }),
          withoutApi
        );
        if (told) advice.set(adviceKey(release3), told);
      } catch (error2) {
        silent.set(index, signal.aborted ? `no answer within ${time / 1e3} s` : reasonOf2(error2));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE2 }, one));
  const notAsked = [...silent].map(([index, why]) => `the index at ${hostOf3(index)} (${why})`);
  if (queue.length < releases.length)
    notAsked.push(`${releases.length - queue.length} of ${releases.length} new releases`);
  return { advice, notAsked };
}
async function ask(release3, get, withoutApi) {
  const { name: name5, version: version4 } = release3;
  const index = release3.index.replace(/\/+$/, "");
  const base = /^(.*)\/simple$/.exec(index)?.[1];
  if (base !== void 0 && !withoutApi.has(index)) {
    const answer2 = await get(`${base}/pypi/${name5}/${encodeURIComponent(version4)}/json`, "application/json");
    const told = answer2.status === 200 ? ofApi(answer2.text, index) : void 0;
    if (told) return told;
    withoutApi.add(index);
  }
  const answer = await get(`${index}/${name5}/`, JSON_TYPE);
  const page2 = answer.contentType.startsWith(JSON_TYPE) ? filesOfPage(answer.text) : void 0;
  if (answer.status !== 200 || !page2)
    throw new Error(`it answers with status ${answer.status} and no JSON (PEP 691)`);
  const files = page2.filter(
    ({ filename }) => typeof filename === "string" && versionIn(filename, name5) === version4
  );
  const yanked = files.length > 0 && files.every((file) => isYanked(file.yanked)) ? files[0]?.yanked : void 0;
  return { vulnerabilities: [], ...yanked === void 0 ? {} : { yanked: textOf(yanked) } };
}
var isYanked = (value) => value === true || typeof value === "string" && value !== "";
var textOf = (value) => typeof value === "string" ? value.slice(0, 400) : "";
function ofApi(text3, index) {
  const answer = objectOf(parsed(text3));
  const info2 = objectOf(answer?.info);
  if (!answer || !info2) return void 0;
  const page2 = textOf(info2.release_url);
  const known2 = Array.isArray(answer.vulnerabilities) ? answer.vulnerabilities : [];
  return {
    vulnerabilities: known2.flatMap(vulnerabilityOf).slice(0, MOST_OF_ONE),
    ...info2.yanked === true ? { yanked: textOf(info2.yanked_reason) } : {},
    // Only a page of the index itself is linked.
    ...hostOf3(page2) === hostOf3(index) ? { page: page2 } : {}
  };
}
function vulnerabilityOf(value) {
  const one = objectOf(value);
  if (!one || one.withdrawn !== void 0 && one.withdrawn !== null) return [];
  const names3 = [...textsOf(one.aliases), textOf(one.id)];
  const id2 = names3.find((name5) => name5.startsWith("CVE-")) ?? textOf(one.id);
  if (id2 === "") return [];
  const [url, summary3] = [textOf(one.link), textOf(one.summary)];
  return [
    {
      id: id2,
      fixedIn: textsOf(one.fixed_in),
      ...url === "" ? {} : { url },
      ...summary3 === "" ? {} : { summary: summary3 }
    }
  ];
}
var textsOf = (value) => Array.isArray(value) ? value.filter((one) => typeof one === "string").slice(0, 20) : [];
var objectOf = (value) => typeof value === "object" && value !== null ? value : void 0;
function parsed(text3) {
  try {
    return JSON.parse(text3);
  } catch {
    return void 0;
  }
}
var hostOf3 = (url) => URL.parse(url)?.host ?? "";
var reasonOf2 = (error2) => (error2 instanceof Error ? error2.message : String(error2)).split("\n", 1)[0]?.slice(0, 200).replace(/\.$/, "") ?? "";

// src/update/advice.ts
function newReleases({ added, changed: changed3 }, { project }) {
  const all2 = [...added, ...changed3];
  const ordered = [
    ...all2.filter(({ relation }) => relation === "direct"),
    ...all2.filter(({ relation }) => relation !== "direct")
  ];
  return ordered.flatMap(({ name: name5, before }) => {
    const old = new Set(before.map(({ version: version4 }) => version4));
    return (project.lock.byName.get(name5) ?? []).flatMap(
      ({ version: version4, source }) => source.kind === "registry" && version4 !== void 0 && !old.has(version4) ? [{ name: name5, version: version4, index: source.url }] : []
    );
  });
}
async function advise(update, diff, fetchText, log) {
  const releases = diff && update.edits.length > 0 ? newReleases(diff, update) : [];
  if (releases.length === 0) return { advice: /* @__PURE__ */ new Map(), notAsked: [] };
  return log.group("Index: withdrawn releases and known vulnerabilities", async () => {
    const advised = await askIndexes(releases, fetchText);
    for (const release3 of releases) {
      const { yanked, vulnerabilities = [] } = advised.advice.get(adviceKey(release3)) ?? {};
      const name5 = `${release3.name} ${release3.version}`;
      if (yanked !== void 0)
        log.warning(`${name5} was withdrawn from its index: ${yanked || "no reason given"}`);
      for (const { id: id2, summary: summary3 } of vulnerabilities)
        log.warning(`${name5} has the known vulnerability ${id2}${summary3 ? `: ${summary3}` : ""}`);
    }
    for (const one of advised.notAsked) log.info(`Not asked: ${one}.`);
    const { size: size2 } = advised.advice;
    log.info(`The index answered for ${size2} of ${releases.length} new releases.`);
    return advised;
  });
}

// src/update/group.ts
function updateGroup(packages, edits, update) {
  return edits.undoOnError(async () => {
    const updated = [];
    for (const config of packages) updated.push(await update(config));
    return updated;
  });
}

// src/bump/bump.ts
init_errors();

// src/bump/facts.ts
init_answers();
init_expression();
init_nix_messages();
init_target();
init_errors();
init_run();
function packageFacts2(derivation, run) {
  return evaluate3(derivation, { question: "packageFacts", shape: packageFacts }, run);
}
function outputFacts2(derivation, path58, run) {
  return evaluate3(derivation, { question: "outputFacts", given: { path: path58 }, shape: outputFacts }, run);
}
function stringFacts2(derivation, path58, run) {
  return evaluate3(derivation, { question: "stringFacts", given: { path: path58 }, shape: stringFacts }, run);
}
function outputPath(derivation, path58, hash2, run) {
  const given = { path: path58, newHash: hash2 };
  return evaluate3(derivation, { question: "outputPath", given, shape: word2 }, run);
}
async function evaluate3(derivation, question, run) {
  const result2 = await evaluateJson(derivation, question, run);
  if ("value" in result2) return result2.value;
  if (result2.code === noSuchProgram)
    throw new UserError(
      "nix-missing",
      "There is no nix-instantiate on PATH: install Nix in a step before this one."
    );
  const missing3 = /error: uv-fod:no-attribute:([\w'-]+)/.exec(result2.stderr)?.[1];
  if (missing3 !== void 0)
    throw new UserError(
      "attribute-missing",
      `There is no attribute '${missing3}' in ${nameOf(derivation)}, where the configuration of '${derivation.attribute}' says so; correct the path. One that begins with a dot starts at the package.`,
      placeOf(derivation)
    );
  throw new UserError(
    "evaluation-failed",
    `Nix can't evaluate '${derivation.attribute}' of ${nameOf(derivation)}: ${failureText(result2.stderr)}. Fix the expression; the whole message is in the log.`,
    { ...placeOf(derivation), log: result2.stderr }
  );
}

// src/bump/fixed-output.ts
init_literal();
init_errors();
import { access as access3 } from "node:fs/promises";
import path31 from "node:path";

// src/bump/build.ts
init_confirm();
init_expression();
init_nix_build();
init_nix_failure();
init_nix_messages();
init_errors();
init_printable();
var limits = ["--timeout", "10800", "--max-silent-time", "3600"];
var SHOWN2 = 12;
async function hashFromScratch(attribute, drv2, context) {
  await instantiated2(attribute, drv2, context);
  const result2 = await build3(attribute, [drv2], "from scratch", context);
  const own2 = mismatchOf(drv2, result2);
  if (own2) return own2.got;
  const [other] = mismatches([...result2.errors, ...result2.relayed]);
  if (other) throw outOfOrder(attribute, other, result2);
  throw failed2(attribute, "can not be fetched", result2);
}
async function confirm(attribute, hash2, context) {
  const { drv: drv2, out, mode } = await outputFacts2(context.derivation, attribute, context.run);
  await instantiated2(attribute, drv2, context);
  await confirmHash(`'${attribute}' of '${context.derivation.attribute}'`, hash2, { drv: drv2, out, mode }, context);
}
async function hashOfSecondRun(attribute, context) {
  const { drv: drv2 } = await outputFacts2(context.derivation, attribute, context.run);
  const result2 = await build3(attribute, ["--check", drv2], "a second time", context);
  if (result2.code === 0) return void 0;
  const second = mismatchOf(drv2, { errors: result2.errors, relayed: [] })?.got;
  if (second === void 0) throw failed2(attribute, "failed when it was fetched a second time", result2);
  return second;
}
async function instantiated2(attribute, drv2, { derivation, run }) {
  const made = await instantiate(derivation, { question: "selected", given: { path: attribute } }, run);
  if (made === drv2) return;
  const why = typeof made === "string" ? `it is now ${made} and was ${drv2}` : failureText(made.stderr);
  throw new UserError(
    "evaluation-failed",
    `Nix does not evaluate '${attribute}' to the same derivation twice: ${why}. Nothing was changed. Make it independent of the time and of the environment.`,
    typeof made === "string" ? {} : { log: made.stderr }
  );
}
function build3(attribute, args, how, context) {
  const title = `Nix: '${attribute}' of '${context.derivation.attribute}', ${how}`;
  return nixBuild([...limits, ...args], context, title);
}
function notReproducible(attribute, [first3, second], found2) {
  const shown3 = (found2 ?? []).slice(0, SHOWN2).map(({ path: path58, how }) => `${path58 === "" ? "the file itself" : printable(path58)} (${how})`);
  const more2 = found2 && found2.length > SHOWN2 ? `, and ${found2.length - SHOWN2} more` : "";
  const files = shown3.length === 0 ? "Which files differ can not be told" : `What differs: ${shown3.join(", ")}${more2}`;
  return new UserError(
    "not-reproducible",
    `'${attribute}' gave two hashes in two runs, ${first3} and ${second}, so neither is worth anything: a later build would fail. ${files}. Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again. Nothing was changed.`
  );
}
function outOfOrder(attribute, { drv: drv2, got }, { stderr }) {
  const name5 = drv2.replace(/^.*\/[a-z0-9]{32}-/, "").replace(/\.drv$/, "");
  return new UserError(
    "output-order",
    `'${attribute}' needs another fixed-output derivation whose hash is not right any more, ${name5} (Nix printed ${got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr }
  );
}
function failed2(attribute, what, result2) {
  return new UserError(
    "fetch-failed",
    `'${attribute}' ${what}, so there is no new hash: ${failureCause(result2).replace(/\.$/, "")}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
    { log: result2.stderr }
  );
}

// src/bump/differences.ts
import { lstat as lstat4, open as open5, readdir as readdir5, readlink as readlink3 } from "node:fs/promises";
import path29 from "node:path";
var MAX_FOUND = 200;
var CHUNK = 1 << 20;
async function differences2(first3, second) {
  const found2 = [];
  const open7 = [""];
  for (let at = open7.pop(); at !== void 0 && found2.length < MAX_FOUND; at = open7.pop()) {
    const [left, right] = [path29.join(first3, at), path29.join(second, at)];
    const [one, other] = await Promise.all([stat6(left), stat6(right)]);
    const how = await differ2(left, one, right, other);
    if (how !== void 0) found2.push({ path: at, how });
    else if (one?.isDirectory()) open7.push(...(await names(left, right)).map((name5) => path29.join(at, name5)));
  }
  return found2.sort((a, b) => a.path < b.path ? -1 : 1);
}
var stat6 = (file) => lstat4(file).catch(() => void 0);
async function names(left, right) {
  const [one, other] = await Promise.all([readdir5(left), readdir5(right)]);
  return [.../* @__PURE__ */ new Set([...one, ...other])].sort().reverse();
}
async function differ2(left, one, right, other) {
  if (!one || !other) return one ? "only in the first" : "only in the second";
  if (kindOf(one) !== kindOf(other)) return "other kind";
  if (one.isSymbolicLink())
    return await readlink3(left) === await readlink3(right) ? void 0 : "other target";
  if (!one.isFile()) return void 0;
  if (one.size !== other.size) return "other size";
  if ((one.mode & 64) !== (other.mode & 64)) return "other x bit";
  return await sameBytes(left, right) ? void 0 : "other bytes";
}
function kindOf(stats) {
  if (stats.isDirectory()) return "folder";
  return stats.isSymbolicLink() ? "symlink" : "file";
}
async function sameBytes(left, right) {
  var _stack = [];
  try {
    const one = __using(_stack, await open5(left), true);
    const other = __using(_stack, await open5(right), true);
    const [a, b] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
    for (; ; ) {
      const [{ bytesRead: read2 }, { bytesRead: same2 }] = await Promise.all([one.read(a), other.read(b)]);
      if (read2 !== same2 || !a.subarray(0, read2).equals(b.subarray(0, same2))) return false;
      if (read2 === 0) return true;
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}

// src/bump/place.ts
init_literal();
init_errors();
init_inside();
import path30 from "node:path";

// src/bump/json.ts
function jsonStringAt(text3, pointer) {
  JSON.parse(text3);
  let at = skipBlank(text3, 0);
  for (const token of pointer.split("/").slice(1)) {
    const name5 = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const found2 = text3[at] === "{" ? member(text3, at, name5) : text3[at] === "[" ? item(text3, at, name5) : void 0;
    if (found2 === void 0) return void 0;
    at = found2;
  }
  if (text3[at] !== '"') return void 0;
  const end = skipString(text3, at);
  return { start: at, end, value: JSON.parse(text3.slice(at, end)) };
}
function member(text3, open7, name5) {
  let found2;
  for (let at = skipBlank(text3, open7 + 1); text3[at] === '"'; ) {
    const end = skipString(text3, at);
    const isIt = JSON.parse(text3.slice(at, end)) === name5;
    const value = skipBlank(text3, skipBlank(text3, end) + 1);
    if (isIt && found2 !== void 0) return void 0;
    if (isIt) found2 = value;
    at = afterComma(text3, skipValue(text3, value));
  }
  return found2;
}
function item(text3, open7, index) {
  if (!/^(0|[1-9]\d{0,8})$/.test(index)) return void 0;
  let at = skipBlank(text3, open7 + 1);
  for (let left = Number(index); text3[at] !== "]" && at < text3.length; left--) {
    if (left === 0) return at;
    at = afterComma(text3, skipValue(text3, at));
  }
  return void 0;
}
function afterComma(text3, end) {
  const at = skipBlank(text3, end);
  return text3[at] === "," ? skipBlank(text3, at + 1) : at;
}
function skipBlank(text3, from) {
  let at = from;
  while (" 	\r\n".includes(text3[at] ?? "!")) at++;
  return at;
}
function skipString(text3, from) {
  let at = from + 1;
  while (text3[at] !== '"') at += text3[at] === "\\" ? 2 : 1;
  return at + 1;
}
function skipValue(text3, from) {
  let depth = 0;
  for (let at = from; at < text3.length; ) {
    const character = text3[at] ?? "";
    if (depth === 0 && at > from && ",]} 	\r\n".includes(character)) return at;
    if (character === '"') at = skipString(text3, at);
    else {
      if ("[{".includes(character)) depth++;
      if ("]}".includes(character)) depth--;
      at++;
    }
    if (depth === 0 && ']}"'.includes(text3[at - 1] ?? "")) return at;
  }
  return text3.length;
}

// src/bump/place.ts
async function findLiteral(sought, root, edits) {
  const [bound] = await placesAt(
    sought.positions,
    (text3, at) => withValue(literalAt(text3, at), sought.value),
    root,
    edits
  );
  if (bound) return bound;
  const files = filesOf3(sought, root);
  for (const file of files) {
    const text3 = await edits.read(file);
    const [first3, ...others] = literalsOf(text3, sought.value);
    if (first3 && others.length > 0) throw ambiguous(sought, file, text3, [first3, ...others]);
    if (first3) return placeOf2(file, text3, first3, edits);
  }
  throw missing2(sought, root);
}
var withValue = (literal, value) => literal?.value === value ? literal : void 0;
async function placesAt(positions, read2, root, edits) {
  const found2 = [];
  for (const position2 of positions) {
    if (position2 === null || pathBelow(root, position2.file) === void 0) continue;
    const text3 = await edits.read(position2.file);
    const literal = read2(text3, position2);
    if (literal) found2.push(placeOf2(position2.file, text3, literal, edits));
  }
  return found2;
}
async function placesIn(files, read2, edits) {
  const found2 = [];
  for (const file of files) {
    const text3 = await edits.read(file);
    found2.push(...read2(text3).map((literal) => placeOf2(file, text3, literal, edits)));
  }
  return found2;
}
function filesOf3({ files, positions }, root) {
  const all2 = [...files, ...positions.map((position2) => position2?.file)];
  return [...new Set(all2)].filter(
    (file) => typeof file === "string" && pathBelow(root, file) !== void 0
  );
}
async function findJson(file, pointer, sought, edits) {
  const text3 = await edits.read(file);
  const found2 = parsed2(file, () => jsonStringAt(text3, pointer));
  if (found2?.value !== sought.value)
    throw new UserError(
      "literal-missing",
      `${file} should have ${sought.what}, '${sought.value}', at ${pointer}, but there is ${found2 ? `'${found2.value.slice(0, 100)}'` : "no string"}. Correct the pointer in the configuration, or the file.`,
      { at: { file } }
    );
  return {
    file,
    line: lineOf(text3, found2.start),
    replace: async (value) => {
      const now = await edits.read(file);
      const place3 = jsonStringAt(now, pointer) ?? found2;
      await edits.write(file, now.slice(0, place3.start) + JSON.stringify(value) + now.slice(place3.end));
    }
  };
}
function parsed2(file, read2) {
  try {
    return read2();
  } catch (error2) {
    if (!(error2 instanceof SyntaxError)) throw error2;
    throw new UserError("json-syntax", `${file} is not valid JSON: ${error2.message}. Fix it.`, {
      at: { file },
      cause: error2
    });
  }
}
function placeOf2(file, text3, literal, edits) {
  let { end } = literal;
  const { start: start2 } = literal;
  return {
    file,
    line: lineOf(text3, start2),
    // Between two replacements only this literal edits.
    replace: async (value) => {
      const now = await edits.read(file);
      const after = replaceLiteral(now, { start: start2, end, value: "" }, value);
      end += after.length - now.length;
      await edits.write(file, after);
    }
  };
}
function ambiguous({ what, value }, file, text3, found2) {
  const lines = found2.map(({ start: start2 }) => lineOf(text3, start2));
  return new UserError(
    "literal-ambiguous",
    `${file} has "${value}", ${what}, ${found2.length} times (lines ${lines.join(", ")}), and Nix does not tell which one counts. Name its place in the configuration, or write the others differently.`,
    { at: { file, line: lines[0] ?? 1 } }
  );
}
function missing2(sought, root) {
  const searched = filesOf3(sought, root).map((file) => path30.relative(root, file));
  return new UserError(
    "literal-missing",
    `${sought.what}, "${sought.value}", is not written as a string in ${searched.join(", ") || "a file of this repository"}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration.`
  );
}

// src/bump/fixed-output.ts
var MAX_PLACES = 24;
async function bumpOutput(output, context) {
  const { attribute } = output;
  const facts = await outputFacts2(context.derivation, attribute, context.run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      "not-fixed-output",
      `'${attribute}' of '${context.derivation.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`
    );
  const { place: place3, drv: drv2 } = await withFake(output, facts, before, context);
  const after = await hashFromScratch(attribute, drv2, context);
  await place3.replace(after);
  await confirm(attribute, after, context);
  const second = await hashOfSecondRun(attribute, context);
  if (second !== void 0)
    throw notReproducible(attribute, [after, second], await differ3(attribute, after, place3, context));
  const { file, line } = place3;
  context.log.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || "(none)"} → ${after}`}; a second run gave the same`
  );
  return { attribute, before, after, file, line };
}
async function differ3(attribute, first3, place3, context) {
  const { derivation, run, log } = context;
  try {
    await place3.replace(fakeOf(first3, null, 3));
    const { drv: drv2 } = await outputFacts2(derivation, attribute, run);
    const other = await hashFromScratch(attribute, drv2, context);
    const paths = [first3, other].map((hash2) => outputPath(derivation, attribute, hash2, run));
    const [left = "", right = ""] = await Promise.all(paths);
    const isHere = await Promise.all([left, right].map(exists2));
    return isHere.every(Boolean) ? await differences2(left, right) : void 0;
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.warning(`What differs can't be told: ${error2.message}`);
    return void 0;
  }
}
var exists2 = (file) => access3(file).then(
  () => true,
  () => false
);
async function withFake(output, facts, value, { derivation, run, root, edits, files }) {
  const what = `the hash of '${output.attribute}'`;
  const sought = { what, value, positions: facts.positions, files: [facts.file, ...files] };
  const places = await placesOfHash(output, sought, root, edits);
  const fake = fakeOf(value, facts.algorithm, 1);
  for (const place3 of places.slice(0, MAX_PLACES)) {
    const before = await edits.read(place3.file);
    await place3.replace(fake === value ? fakeOf(value, facts.algorithm, 2) : fake);
    const seen3 = await outputFacts2(derivation, output.attribute, run).catch(ifUserError);
    if (seen3 && seen3.hash !== value) return { place: place3, drv: seen3.drv };
    await edits.write(place3.file, before);
  }
  const [first3] = places;
  throw first3 ? notSeen(output.attribute, first3) : missing2(sought, root);
}
function ifUserError(error2) {
  if (!(error2 instanceof UserError)) throw error2;
}
async function placesOfHash({ file, pointer }, sought, root, edits) {
  const named = file === void 0 ? void 0 : path31.join(root, file);
  if (named !== void 0 && pointer !== void 0) return [await findJson(named, pointer, sought, edits)];
  const isUnset = isUnsetHash(sought.value);
  const isIt = (literal) => literal?.value === sought.value ? literal : void 0;
  const bound = await placesAt(
    sought.positions.filter((position2) => named === void 0 || position2?.file === named),
    (text3, at) => isUnset ? unsetHashAt(text3, at) : isIt(literalAt(text3, at)),
    root,
    edits
  );
  const written = await placesIn(
    named === void 0 ? filesOf3(sought, root) : [named],
    (text3) => isUnset ? unsetHashesOf(text3) : literalsOf(text3, sought.value),
    edits
  );
  return [...bound, ...written];
}
var lengths = { sha1: 20, sha256: 32, sha512: 64 };
function fakeOf(hash2, algorithm, fill3) {
  const name5 = /^(sha\d+)-/.exec(hash2)?.[1] ?? algorithm ?? "sha256";
  return `${name5}-${Buffer.alloc(lengths[name5] ?? 32, fill3).toString("base64")}`;
}
function notSeen(attribute, { file, line }) {
  return new UserError(
    "hash-not-seen",
    `${file}:${line} says what the hash of '${attribute}' is, but when it is changed there, Nix does not see it: the hash comes from another place, or is put together. Name that place in the configuration ('file', and 'pointer' where it is JSON).`,
    { at: { file, line } }
  );
}

// src/bump/version.ts
init_errors();
import path32 from "node:path";
async function bumpVersion(bump, run, edits) {
  for (const place3 of bump.places) await bumpPlace(place3, bump, run, edits);
  const { version: version4 } = bump.after;
  if ((await packageFacts2(bump.derivation, run)).version !== version4) await bumpOwn(bump, edits);
  const seen3 = (await packageFacts2(bump.derivation, run)).version;
  if (seen3 === version4) return;
  throw new UserError(
    "version-not-seen",
    `The version was changed to ${version4}, but Nix still says that '${bump.derivation.attribute}' is ${seen3 || "of no version"}. Name the place where it stands under 'version-files' in the configuration.`
  );
}
async function bumpOwn({ derivation, root, facts, before, after }, edits) {
  const place3 = await findLiteral(
    {
      what: `the version of '${derivation.attribute}'`,
      value: before.version,
      positions: [facts.position],
      files: [facts.file, derivation.file]
    },
    root,
    edits
  );
  await place3.replace(after.version);
}
async function bumpPlace(place3, bump, run, edits) {
  const { root, derivation, before, after, facts } = bump;
  if (place3.kind === "text") return bumpText(path32.join(root, place3.file), place3.pattern, bump, edits);
  const [old, now] = [fill(place3.value, before), fill(place3.value, after)];
  if (place3.kind === "json") {
    const file = path32.join(root, place3.file);
    return (await findJson(file, place3.pointer, { what: "the version", value: old }, edits)).replace(now);
  }
  const { value, position: position2 } = await stringFacts2(derivation, place3.attribute, run);
  if (value === now) return;
  const sought = {
    what: `'${place3.attribute}'`,
    value: old,
    positions: [position2],
    files: [facts.file, facts.position?.file, derivation.file]
  };
  return (await findLiteral(sought, root, edits)).replace(now);
}
async function bumpText(file, pattern, { before, after }, edits) {
  const text3 = await edits.read(file);
  const old = fill(pattern, before);
  const parts = text3.split(old);
  if (parts.length === 2) return edits.write(file, parts.join(fill(pattern, after)));
  throw new UserError(
    parts.length === 1 ? "literal-missing" : "literal-ambiguous",
    `${file} should have '${old}' once, for the pattern '${pattern}' of the configuration, but has it ${parts.length === 1 ? "not at all" : `${parts.length - 1} times`}. Write more of its surroundings into the pattern, or correct the file.`,
    { at: { file } }
  );
}
function fill(template3, names3) {
  return template3.replace(/\{(version|tag|revision)\}/g, (_, name5) => {
    const value = names3[name5];
    if (value !== void 0) return value;
    throw new UserError(
      "version-place",
      `'${template3}' in the configuration asks for a ${name5}, which this package's releases do not have; use {version}, or releases with a ${name5}.`
    );
  });
}

// src/bump/bump.ts
async function currentOf(derivation, run, known2) {
  const { version: version4, revision } = await known2 ?? await packageFacts2(derivation, run);
  return { version: version4, ...revision === null ? {} : { revision } };
}
async function bumpTo(request, edits, { run, log }) {
  const { derivation, root, config, to } = request;
  const facts = await packageFacts2(derivation, run);
  if (to && isNew(to, facts)) await toVersion(request, facts, to, run, edits);
  const hashes = [];
  const files = [facts.position?.file, facts.file, derivation.file];
  const context = { derivation, root, files, run, log, edits };
  for (const output of outputsOf(config, facts)) hashes.push(await bumpOutput(output, context));
  return { before: facts.version, after: to?.version ?? facts.version, hashes };
}
function isNew({ version: version4, revision }, facts) {
  return version4 !== facts.version || revision !== void 0 && revision !== facts.revision;
}
var sourceRevision = { kind: "nix", attribute: ".src.rev", value: "{revision}" };
function placesOf(to, facts, { versionFiles }) {
  const hasRevision = versionFiles.some(
    (place3) => (place3.kind === "text" ? place3.pattern : place3.value).includes("{revision}")
  );
  if (to.revision === void 0 || facts.revision === null || hasRevision) return versionFiles;
  return [sourceRevision, ...versionFiles];
}
async function toVersion({ derivation, root, config }, facts, to, run, edits) {
  if (facts.version === "")
    throw new UserError(
      "version-missing",
      `'${derivation.attribute}' has no version, so there is none to change. Give the derivation a 'version'.`
    );
  const pattern = tagPattern(config.releases);
  const tag = (version4) => pattern && `${pattern.prefix}${version4}${pattern.suffix}`;
  await bumpVersion(
    {
      ...{ derivation, root, facts, places: placesOf(to, facts, config) },
      before: { version: facts.version, tag: tag(facts.version), revision: facts.revision ?? void 0 },
      after: { ...to, tag: to.tag ?? tag(to.version) }
    },
    run,
    edits
  );
}
function tagPattern(releases) {
  const source = releases?.source;
  return source && "tag" in source ? source.tag : void 0;
}
function outputsOf({ sourceHash, hasSource, also }, facts) {
  const own2 = { attribute: ".src", file: void 0, pointer: void 0 };
  const source = sourceHash ?? (hasSource && facts.hasFetchedSource ? own2 : void 0);
  return source ? [source, ...also] : [...also];
}

// src/update/package.ts
init_evaluate();

// src/release/choose.ts
init_errors();
var SHOWN3 = 5;
function chooseRelease(candidates, current2, rules, now) {
  const newer = newerThan(candidates, current2, rules);
  const held = [];
  const allowed = newer.filter((release3) => {
    const why = leftOut(release3, rules) ?? tooYoung(release3, rules, now);
    if (why !== void 0) held.push({ version: release3.version, why });
    return why === void 0;
  });
  const chosen = rules.step === "next" ? allowed[0] : allowed.at(-1);
  if (chosen) return { kind: "release", release: chosen, held };
  return none3(current2.version, held);
}
function eligible(candidates, current2, rules) {
  return newerThan(candidates, current2, rules).filter((release3) => leftOut(release3, rules) === void 0);
}
function chooseHead(head2, current2, rules, now) {
  if (current2.revision !== void 0 && head2.revision === current2.revision)
    return none3(current2.revision.slice(0, 12), []);
  const why = tooYoung(head2, rules, now);
  if (why === void 0) return { kind: "release", release: head2, held: [] };
  return none3(current2.version, [{ version: head2.version, why }]);
}
function newerThan(candidates, { version: version4 }, rules) {
  const order = orders[rules.order];
  if (!order.isVersion(version4)) throw noVersion(version4, order);
  return candidates.filter((release3) => order.isVersion(release3.version) && order.compare(release3.version, version4) > 0).toSorted((left, right) => order.compare(left.version, right.version));
}
function leftOut({ version: version4, isPrerelease }, rules) {
  const order = orders[rules.order];
  if (!rules.prereleases && (isPrerelease === true || order.isPrerelease(version4))) return "is a pre-release";
  if (rules.range !== void 0 && !order.satisfies(version4, rules.range)) return `is not in ${rules.range}`;
  const ignored2 = rules.ignore.find((pattern) => fits(version4, pattern));
  return ignored2 === void 0 ? void 0 : `is ignored (${ignored2})`;
}
function tooYoung({ date: date2 }, { minimumAge }, now) {
  if (minimumAge === 0) return void 0;
  if (date2 === void 0) return "has no date, so that its age is not known";
  if (now - date2 >= minimumAge) return void 0;
  return `is too young before ${new Date(date2 + minimumAge).toISOString().replace(/\.\d+Z$/, "Z")}`;
}
function none3(current2, held) {
  if (held.length === 0)
    return { kind: "none", reason: "current", text: `${current2} is the newest there is.`, held };
  const shown3 = held.slice(-SHOWN3).map(({ version: version4, why }) => `${version4} ${why}`);
  const more2 = held.length > SHOWN3 ? `, and ${held.length - SHOWN3} more are left out` : "";
  const text3 = `Nothing newer than ${current2} may be taken: ${shown3.join("; ")}${more2}.`;
  return { kind: "none", reason: "held-back", text: text3, held };
}
function noVersion(version4, order) {
  const other = order === orders.pep440 ? 'order = "semver"' : 'order = "pep440"';
  return new UserError(
    "version-order",
    `The derivation's version '${version4}' is none by ${order.name}, so nothing can be said to be newer. Correct it, or set ${other} under 'releases' in the configuration.`
  );
}

// src/release/find.ts
var MAX_DATES = 20;
async function findRelease({ source, rules }, current2, parts, now) {
  if (source.kind === "branch") {
    const [at2, tip] = await inOrder(current2, head(source, parts));
    return chooseHead(tip, at2, rules, now);
  }
  const [at, candidates] = await inOrder(current2, list4(source, parts));
  return chooseRelease(await dated({ source, rules }, candidates, at, parts), at, rules, now);
}
async function candidatesOf({ source, rules }, current2, parts, counts) {
  const candidates = (await list4(source, parts)).filter(counts);
  return dated({ source, rules }, candidates, current2, parts);
}
async function dated({ source, rules }, candidates, current2, parts) {
  const isDated = rules.minimumAge === 0 || candidates.some(({ date: date2 }) => date2 !== void 0);
  return isDated ? candidates : withDates(candidates, worthDating(candidates, current2, rules), source, parts);
}
async function inOrder(first3, second) {
  second.catch(() => {
  });
  return [await first3, await second];
}
function list4(source, parts) {
  switch (source.kind) {
    case "github":
      return parts.hub().then((hub) => githubReleases(hub, source));
    case "git":
      return gitTags(parts.run, source.url, source.tag);
    case "pypi":
      return indexReleases(parts.index, source.name, parts.fetchText);
  }
}
function worthDating(candidates, current2, rules) {
  const wanted2 = eligible(candidates, current2, rules);
  return rules.step === "next" ? wanted2.slice(0, MAX_DATES) : wanted2.slice(-MAX_DATES);
}
async function withDates(candidates, wanted2, source, parts) {
  const dates = /* @__PURE__ */ new Map();
  for (const release3 of wanted2) dates.set(release3, await dateOf(release3, source, parts));
  return candidates.map((release3) => {
    const date2 = dates.get(release3);
    return date2 === void 0 ? release3 : { ...release3, date: date2 };
  });
}
async function dateOf({ version: version4 }, source, parts) {
  if (source.kind === "github") return githubTagDate(await parts.hub(), source, version4);
  if (source.kind !== "git") return void 0;
  const ref = `refs/tags/${tagOf(version4, source.tag)}`;
  return (await gitCommit(parts.run, source.url, ref, parts.scratch)).date;
}
async function head({ of, branch, version: version4 }, { hub, run, scratch: scratch2 }) {
  const { revision, date: date2 } = await (of.kind === "github" ? githubHead(await hub(), of, branch) : gitCommit(run, of.url, `refs/heads/${branch}`, scratch2));
  const day2 = new Date(date2).toISOString().slice(0, 10);
  return {
    version: version4.replaceAll("{date}", day2).replaceAll("{revision}", revision),
    revision,
    date: date2
  };
}

// src/update/changes.ts
init_lock();
init_plan2();
import path33 from "node:path";
async function lockChanges({ project, states, pinned: pinned2 }, older, log) {
  const file = path33.join(older.folder, path33.relative(pinned2.project, project.lockFile));
  const text3 = await older.read(file);
  if (text3 === void 0) {
    log.info(`There is no older uv.lock to compare with (${older.name}), so the report names no packages.`);
    return void 0;
  }
  try {
    return diffLocks(
      parseLock(text3, `${older.name}:uv.lock`),
      project.lock,
      states.map(({ target: target3 }) => target3)
    );
  } catch (error2) {
    log.info(
      `The older uv.lock can't be read (${error2.message}), so the report names no packages.`
    );
    return void 0;
  }
}
function logChanges(diff, log) {
  const all2 = [...diff.added, ...diff.removed, ...diff.changed];
  const ordered = [...all2.filter(isDirect), ...all2.filter((change) => !isDirect(change))];
  return log.group(
    `uv.lock: ${ordered.length === 1 ? "1 package" : `${ordered.length} packages`} changed`,
    async () => {
      for (const change of ordered) {
        log.info(
          `${change.name} ${versions(change.before)} → ${versions(change.after)}${isDirect(change) ? "" : " (transitive)"}`
        );
      }
      for (const { name: name5, filename } of diff.hashOnly)
        log.warning(`${name5}: ${filename} has other bytes under the same version.`);
    }
  );
}
var isDirect = ({ relation }) => relation === "direct";
var versions = (entries2) => entries2.length === 0 ? "(none)" : entries2.map(({ version: version4, source }) => version4 ?? source ?? "?").join(", ");

// src/update/lock-index.ts
init_evaluate();
init_errors();
init_inside();
init_lock();
function indexOfLock({ packages }, name5) {
  const wanted2 = normalizeName(name5) ?? name5;
  const counts = /* @__PURE__ */ new Map();
  for (const { name: found2, source } of packages) {
    if (source.kind !== "registry") continue;
    if (found2 === wanted2) return source.url;
    counts.set(source.url, (counts.get(source.url) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}
async function indexOfDerivation(derivation, name5, { run, log, read: read2 }) {
  try {
    const { project } = await evaluate2(derivation, run, log);
    return indexOfLock(
      (await loadProject(project, read2, { repository: await repositoryOf(project) ?? null })).lock,
      name5
    );
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.info(`The lock's own index can't be told: ${error2.message}`);
    return void 0;
  }
}

// src/update/older.ts
init_evaluate();
init_errors();
init_lock();
init_plan2();
var olderCommit = (checkout2, commit3, folder) => ({
  folder,
  read: (file) => checkout2.textAt(commit3, file),
  name: commit3
});
async function olderSource(derivation, checkout2, { run, log, read: read2 }) {
  try {
    const { project, version: version4 } = await evaluate2(derivation, run, log);
    if (pathInCheckout(checkout2, project) !== void 0) return void 0;
    return { folder: project, read: read2, name: `the source of ${version4}` };
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.info(`What the source was before can't be told: ${error2.message}`);
    return void 0;
  }
}
async function olderBytes(older, { states, pinned: pinned2 }) {
  const own2 = states.find(({ target: target3 }) => target3.system === pinned2.system) ?? states[0];
  if (!own2) return void 0;
  try {
    const project = await loadProject(older.folder, older.read);
    return wheelBytes(planProject(project, own2.target, own2.pinned.target));
  } catch (error2) {
    if (error2 instanceof UserError) return void 0;
    throw error2;
  }
}

// src/update/package.ts
init_stages();
init_update();
init_verify();
async function updatePackage(request, edits, context, finders) {
  const { config, derivation, checkout: checkout2, options: options3 } = request;
  const mark = edits.mark;
  const pinned2 = looksForRelease(request) ? await begun2(request, context) : void 0;
  const choice = options3.version === void 0 ? await chooseRelease2(request, context, finders, pinned2?.promise) : asked2(options3.version);
  const to = choice?.kind === "release" ? choice.release : void 0;
  const source = to === void 0 ? void 0 : await olderSource(derivation, checkout2, context);
  const bump = needsBump(request, to) ? await bumpTo({ derivation, root: checkout2.root, config, to }, edits, context) : void 0;
  const older = olderFacts(request, source, context);
  const stages = new Stages(context.now);
  const known2 = bump ? void 0 : pinned2?.promise;
  const update = await computeUpdate(
    { derivation, options: options3, stages, pinned: known2, onPlanned: older.read },
    context
  );
  context.stop.throwIfAborted();
  await edits.add(update.edits, derivation);
  const isToBuild = options3.verify && update.edits.length > 0;
  const verified = isToBuild ? await placed(
    request,
    update.pinned,
    context,
    () => verifyUpdate({ derivation, pinned: update.pinned, stages }, config, options3, context)
  ) : notBuilt;
  return {
    ...{ config, bump, choice, ...older.found },
    update: { ...update, ...verified, stages: stages.done },
    edits: edits.since(mark)
  };
}
function needsBump({ config, options: options3 }, to) {
  const hasOutputs = config.also.length > 0 || config.sourceHash !== void 0;
  return to !== void 0 || options3.updateOutputs && hasOutputs;
}
function olderFacts({ checkout: checkout2, options: { lockOnly, compareWith } }, source, { log }) {
  const found2 = {
    diff: void 0,
    bytesBefore: void 0
  };
  const read2 = async (planned2) => {
    if (lockOnly || checkout2.head === "") return;
    const older = source ?? olderCommit(checkout2, compareWith ?? "HEAD^", planned2.pinned.project);
    found2.diff = await lockChanges(planned2, older, log);
    found2.bytesBefore = found2.diff && await olderBytes(older, planned2);
    if (found2.diff) await logChanges(found2.diff, log);
  };
  return { found: found2, read: read2 };
}
async function begun2({ meanwhile, derivation }, { run, log }) {
  const { promise: started, resolve: resolve2 } = Promise.withResolvers();
  const promise = evaluate2(derivation, run, log, { revision: true, onStart: resolve2 });
  await Promise.race([started, promise.catch(() => {
  })]);
  meanwhile?.();
  return { promise };
}
var looksForRelease = ({ config, options: { version: version4, findReleases } }) => version4 === void 0 && findReleases && config.releases !== void 0;
async function chooseRelease2({ config, derivation, options: options3 }, context, finders, pinned2) {
  const { releases } = config;
  if (!options3.findReleases || !releases) return void 0;
  const known2 = pinned2?.then(
    ({ version: version4, revision = null }) => ({ version: version4, revision }),
    () => void 0
  );
  const current2 = currentOf(derivation, context.run, known2);
  current2.catch(() => {
  });
  const index = chooseIndex(finders.index, await lockIndex(releases, derivation, context, finders));
  const choice = await findRelease(releases, current2, { ...finders, index }, Date.now());
  context.log.info(
    choice.kind === "release" ? `${config.name}: ${choice.release.version} is there.` : `${config.name}: ${choice.text}`
  );
  for (const { version: version4, why } of choice.held)
    context.log.info(`${config.name}: ${version4} is held back: ${why}`);
  return choice;
}
var asked2 = (version4) => ({ kind: "release", release: { version: version4 }, held: [] });
async function lockIndex({ source }, derivation, context, { index }) {
  if (source.kind !== "pypi" || index !== void 0) return void 0;
  return indexOfDerivation(derivation, source.name, context);
}

// src/action/hosts.ts
import path34 from "node:path";
init_errors();
async function trustedConfig({ config }, { configuration }, { textAt: textAt2, has, head: head2 }) {
  if (configuration.from === "nowhere") return void 0;
  const commit3 = configuration.from === "commit" ? configuration.commit : head2;
  if (!await has(commit3)) {
    throw new UserError(
      "base-commit-missing",
      `Commit ${commit3}, whose configuration this run uses, is not in the checkout and can't be fetched. Set fetch-depth: 0 for actions/checkout.`
    );
  }
  return textAt2(commit3, config);
}
async function hostRules(inputs, trust, checkout2) {
  const text3 = await trustedConfig(inputs, trust, checkout2);
  const name5 = path34.relative(checkout2.root, inputs.config);
  const allowedHosts = text3 === void 0 ? void 0 : parseConfig(text3, name5).allowedHosts;
  return { allowedHosts, isUntrusted: trust.kind !== "own" };
}

// src/action/options.ts
function optionsOf(inputs, trigger, config, log) {
  const { verify: verify3, skipSecondDerivation, findReleases } = inputs;
  const { isScheduled } = trigger.trust;
  const cacheTo = inputs.cacheTo ?? config.cacheTo;
  const mayCopy = cacheTo === void 0 || trigger.trust.kind === "own";
  if (!mayCopy) log.info(`Nothing is copied to ${cacheTo}: this run works on what is not merged.`);
  return {
    ...{ verify: verify3, skipSecondDerivation, lockOnly: false, recompute: false },
    findReleases: findReleases ?? isScheduled,
    updateOutputs: !isScheduled,
    compareWith: trigger.before,
    cacheTo: mayCopy ? cacheTo : void 0
  };
}

// src/pull-request/report/notes.ts
var CHECKS_WAIT_FOR_APPROVAL = 'The checks of this pull request wait for approval, because it was opened with GITHUB_TOKEN: a user with write access starts them with "Approve workflows to run". With the token of a GitHub App they start automatically.';
function autoMergeNote(method, base) {
  const by = method === void 0 ? "" : ` (${code(method)})`;
  return `Auto-merge is requested${by}: if it could be enabled, this is merged automatically once all requirements of ${code(base)} are met, but not while it is a draft. The log and the job summary of the run show whether it was enabled.`;
}

// src/pull-request/report/sections.ts
var LONG = 1e3;
function packageCounts(packages) {
  const added = packages.filter(({ before }) => before === void 0).length;
  const removed = packages.filter(({ after }) => after === void 0).length;
  const changed3 = packages.length - added - removed;
  const parts = [
    changed3 > 0 ? `${count(changed3, "package")} changed` : "",
    added > 0 ? `${changed3 > 0 ? added : count(added, "package")} added` : "",
    removed > 0 ? `${changed3 + added > 0 ? removed : count(removed, "package")} removed` : ""
  ].filter((part) => part !== "");
  return list2(parts);
}
var versions2 = (before, after) => [before, after].filter((version4) => version4 !== void 0).map(code).join(" → ");
function headline(report2) {
  const { name: name5, before, after, links = [] } = report2.subject;
  const what = before === after ? versions2(after, void 0) : versions2(before, after);
  const systems2 = report2.hashes.map(({ system: system2 }) => code(system2));
  const parts = [
    packageCounts(report2.packages),
    systems2.length > 0 ? `new ${systems2.length === 1 ? "hash" : "hashes"} for ${list2(systems2)}` : ""
  ].filter((part) => part !== "");
  const more2 = links.map(({ text: label3, url }) => link(text2(label3), url)).join(" · ");
  const first3 = `**${text2(name5)}**${what === "" ? "" : ` ${what}`}${parts.length > 0 ? `: ${parts.join("; ")}` : ""}.`;
  return more2 === "" ? first3 : `${first3} ${more2}`;
}
function whySection(why) {
  if (why.length === 0) return "";
  if (why.length === 1) return `Why: ${text2(why[0] ?? "", LONG)}`;
  return `Why:
${why.map((reason) => `- ${text2(reason, LONG)}`).join("\n")}`;
}
var HOW = {
  nix: "by Nix",
  native: "without Nix",
  both: "by Nix and without it: same"
};
function hashSection(hashes) {
  if (hashes.length === 0) return "";
  const lines = hashes.flatMap(({ system: system2, before, after, how }) => [
    `@@ ${plain(system2)} ${HOW[how]} @@`,
    ...before === void 0 || before === after ? [] : [`- ${plain(before)}`],
    `${before === after ? " " : "+"} ${plain(after)}`
  ]);
  return `### Hashes

${fenced(lines.join("\n"), "diff")}`;
}
var MARKS = { ok: "✅", failed: "❌", "not checked": "⚪" };
var detailText = (detail) => /^[\w./+=@-]+$/.test(detail) ? code(detail) : text2(detail, LONG);
function checkSection(checks2, title = "Verified") {
  if (checks2.length === 0) return "";
  const order = ["failed", "not checked", "ok"];
  const lines = [...checks2].sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result)).map(({ name: name5, result: result2, detail }) => {
    const note = result2 === "not checked" ? " (not checked)" : "";
    return `- ${MARKS[result2]} ${text2(name5)}${note}${detail === void 0 ? "" : `: ${detailText(detail)}`}`;
  });
  return `### ${title}

${lines.join("\n")}`;
}
function restSection(report2) {
  const notDone3 = report2.notDone.map(({ what, why }) => `* Not done: ${text2(what)}, because ${text2(why)}`);
  const notes = (report2.notes ?? []).map((note) => `* ${text2(note, LONG)}`);
  const notAsked = (report2.notAsked ?? []).map((one) => `* Not asked: ${text2(one, LONG)}`);
  return [...notDone3, ...notes, ...notAsked].join("\n");
}
function size(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  const units2 = ["kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units2.length);
  return `${(bytes / 1e3 ** power).toFixed(1)} ${units2[power - 1]}`;
}
function downloadSection(download2) {
  if (!download2) return "";
  const { before, after, system: system2 } = download2;
  const sizes = before === void 0 || size(before) === size(after) ? size(after) : `${size(before)} → ${size(after)}`;
  return `Download: ${sizes}${system2 === void 0 ? "" : ` for ${code(system2)}`}.`;
}

// src/pull-request/report/packages.ts
var FOLD_FROM = 16;
var byImportance = (a, b) => Number(b.direct) - Number(a.direct) || (a.name < b.name ? -1 : Number(a.name > b.name));
function warningSection(packages) {
  const lines = [...packages].sort(byImportance).flatMap((change) => {
    const { yanked, vulnerabilities = [] } = change;
    const name5 = `**${text2(change.name)}** ${code(change.after ?? "")}`;
    return [
      ...yanked === void 0 ? [] : [`${name5} was yanked from its index: ${yanked === "" ? "no reason given" : text2(yanked)}`],
      ...vulnerabilities.map((one) => `${name5} has a known vulnerability, ${vulnerability(one)}`)
    ];
  });
  if (lines.length === 0) return "";
  return ["> [!WARNING]", ...lines.map((line) => `> - ${line}`)].join("\n");
}
function vulnerability({ id: id2, url, summary: summary3, fixedIn }) {
  const fixed = fixedIn.length === 0 ? "" : ` (fixed in ${list2(fixedIn.slice(0, 5).map(code))})`;
  return `${link(code(id2), url)}${fixed}${summary3 === void 0 ? "" : `: ${text2(summary3)}`}`;
}
function packageSection(packages) {
  if (packages.length === 0) return "";
  const sorted2 = [...packages].sort(byImportance);
  const notes = sorted2.map(kindsOf);
  const hasNotes = notes.some((note) => note !== "");
  const rows = sorted2.map((change, index) => [
    link(change.direct ? `**${text2(change.name)}**` : text2(change.name), change.url),
    change.before === void 0 ? "added" : code(change.before),
    change.after === void 0 ? "removed" : `${code(change.after)}${isBad(change) ? " ⚠️" : ""}`,
    ...hasNotes ? [notes[index] ?? ""] : []
  ]);
  const drawn = table(["Package", "Before", "After", ...hasNotes ? ["Comes as"] : []], rows);
  const direct2 = sorted2.filter((change) => change.direct).length;
  const legend = direct2 > 0 ? `

Bold: direct dependencies of the project (${direct2}).` : "";
  const content = `${drawn}${legend}`;
  return `### Packages

${rows.length >= FOLD_FROM ? fold(packageCounts(packages), content) : content}`;
}
var isBad = ({ yanked, vulnerabilities = [] }) => yanked !== void 0 || vulnerabilities.length > 0;
function kindsOf({ kinds: kinds2 = [] }) {
  const bySystem = /* @__PURE__ */ new Map();
  for (const { system: system2, before, after } of kinds2) {
    const kind2 = [before, after].filter((one) => one !== void 0);
    const what = before === after ? after ?? "" : kind2.join(" → ");
    bySystem.set(what, [...bySystem.get(what) ?? [], system2]);
  }
  return [...bySystem].map(([what, systems2]) => `${text2(what)} on ${list2(systems2.map(code))}`).join("; ");
}

// src/pull-request/report/release-notes.ts
var READ = 2e4;
var LINES = 80;
var WIDEST2 = 400;
function notesSection(notes) {
  if (notes === void 0) return "";
  const lines = notes.slice(0, READ).replace(/<!--[\s\S]*?(?:-->|$)/g, "").split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const quoted2 = squeeze(quote(lines));
  if (quoted2.length === 0) return "";
  const cut2 = quoted2.length > LINES || notes.length > READ;
  const shown3 = cut2 ? [...quoted2.slice(0, LINES), "", "…"] : quoted2;
  return fold("Release notes", shown3.map((line) => `> ${line}`.trimEnd()).join("\n"));
}
function quote(lines) {
  let isCode = false;
  return lines.map((line) => {
    if (/^\s*(?:```|~~~)/.test(line)) {
      isCode = !isCode;
      return "";
    }
    if (isCode) return line.trim() === "" ? "" : `${code(line)}<br>`;
    return ordinary(line);
  });
}
function ordinary(line) {
  const heading = /^ {0,3}#{1,6}\s+(.*?)[\s#]*$/.exec(line)?.[1];
  if (heading !== void 0) {
    const title = words(heading);
    return title === "" ? "" : `
**${title}**
`;
  }
  const [, indent = "", , item2] = /^( {0,12})([-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line) ?? [];
  if (item2 !== void 0) return `${"  ".repeat(Math.min(Math.floor(indent.length / 2), 3))}- ${words(item2)}`;
  return words(line);
}
function words(line) {
  const seen3 = line.slice(0, 4 * WIDEST2).replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, "$1").replace(/\*\*|__|`/g, "").replace(/<\/?[a-z][^<>]{0,300}>/gi, "");
  return text2(seen3, WIDEST2);
}
function squeeze(lines) {
  const flat = lines.flatMap((line) => line.split("\n"));
  const kept = flat.filter((line, index) => line !== "" || (flat[index - 1] ?? "") !== "");
  while (kept[0] === "") kept.shift();
  while (kept.at(-1) === "") kept.pop();
  return kept;
}

// src/pull-request/report/timings.ts
function duration(milliseconds2) {
  const seconds = milliseconds2 / 1e3;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole2 = Math.round(seconds);
  if (whole2 < 60) return `${whole2} s`;
  return `${Math.floor(whole2 / 60)} min${whole2 % 60 === 0 ? "" : ` ${whole2 % 60} s`}`;
}
var usable = (timings) => timings.filter(({ milliseconds: milliseconds2 }) => Number.isFinite(milliseconds2) && milliseconds2 >= 0);
var taskName = (stage2) => stage2.replace(/[^\p{L}\p{N} ._()/+-]/gu, " ").replace(/\s+/g, " ").trim().slice(0, 60) || "stage";
function tick(milliseconds2) {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800];
  return steps.find((seconds) => milliseconds2 / 1e3 / seconds <= 8) ?? 3600;
}
function chart(timings) {
  let at = 0;
  const tasks = usable(timings).map(({ stage: stage2, milliseconds: milliseconds2 }) => {
    const start2 = at;
    at += Math.round(milliseconds2);
    return `    ${taskName(stage2)} (${duration(milliseconds2)}) : ${start2}, ${at}`;
  });
  return [
    "```mermaid",
    "gantt",
    // Input in milliseconds, axis in seconds, both independent of the time zone (d3-time-format,
    // %s).
    "    dateFormat x",
    "    axisFormat %s s",
    `    tickInterval ${tick(at)}second`,
    ...tasks,
    "```"
  ].join("\n");
}
function timingsSection(timings) {
  const stages = usable(timings);
  if (stages.length === 0) return "";
  const total = stages.reduce((sum, { milliseconds: milliseconds2 }) => sum + milliseconds2, 0);
  const longest4 = [...stages].sort((a, b) => b.milliseconds - a.milliseconds).filter(({ milliseconds: milliseconds2 }, index) => index === 0 || milliseconds2 > total / 10).slice(0, 3);
  const named = list2(longest4.map(({ stage: stage2, milliseconds: milliseconds2 }) => `${text2(stage2)} ${duration(milliseconds2)}`));
  return `Took ${duration(total)}, most of it for ${named}.

${fold("How long each stage took", chart(stages))}`;
}

// src/pull-request/report/report.ts
var join3 = (sections2) => `${sections2.filter((section2) => section2 !== "").join("\n\n")}
`;
function sections(report2) {
  return [
    headline(report2),
    warningSection(report2.packages),
    whySection(report2.why),
    notesSection(report2.subject.notes),
    packageSection(report2.packages),
    downloadSection(report2.download),
    hashSection(report2.hashes),
    checkSection(report2.checks),
    checkSection(report2.seen ?? [], "Seen by the build job only"),
    restSection(report2),
    timingsSection(report2.timings)
  ];
}
function body(report2) {
  return join3(sections(report2));
}
function summary2(report2, published) {
  const where = published?.number === void 0 ? "" : ` ${ownLink(`#${published.number}`, published.url)}`;
  const why = published?.reason === void 0 ? "" : ` (${text2(published.reason)})`;
  const result2 = published ? [`Pull request: ${code(published.outcome)}${where}${why}`] : [];
  const merging3 = published?.autoMerge === void 0 ? [] : [text2(published.autoMerge, LONG)];
  return join3([`## ${text2(report2.subject.name)}`, ...result2, ...merging3, ...sections(report2)]);
}
function bodyKey(report2) {
  return body({ ...report2, timings: [], notAsked: [] });
}

// src/action/proposed.ts
init_errors();
function proposedOf({ name: name5 }, checkout2, updated, edits, reports, commits, isSandboxed) {
  return {
    name: name5,
    reports,
    subjects: updated.map(({ config, bump, update: { pinned: pinned2 } }) => ({
      name: config.name,
      pname: pinned2.pname,
      before: bump?.before ?? pinned2.version,
      after: bump?.after ?? pinned2.version,
      isBump: bump !== void 0 && bump.before !== bump.after,
      ...releaseOf(commits.get(config.name))
    })),
    files: edits.map(({ file, after }) => ({ path: mustBeInside(checkout2, file), content: after })),
    computedFrom: updated.flatMap(({ update }) => pathInCheckout(checkout2, update.project.lockFile) ?? []),
    isUnverified: updated.some(({ update }) => update.failed !== void 0),
    seen: updated.map((one) => ({
      ...seenOf(one),
      ...isSandboxed ? {} : { unsandboxed: true }
    }))
  };
}
var releaseOf = (commit3) => commit3 === void 0 ? {} : { release: { commit: commit3 } };
function seenOf({ config, update }) {
  const { pinned: pinned2, out, imported: imported2, hashes, stages, failed: failed3 } = update;
  const own2 = hashes.find(({ system: system2 }) => system2 === pinned2.system);
  return {
    ...{ name: config.name, system: pinned2.system, built: out !== void 0 },
    imports: imported2.map(({ module: module2 }) => module2),
    byNix: own2?.how === "nix" || own2?.how === "both",
    timings: stages.map(({ name: name5, milliseconds: milliseconds2 }) => ({ stage: name5, milliseconds: milliseconds2 })),
    ...failed3 === void 0 ? {} : { failed: failed3.name === "Build" ? "Build" : "Import" }
  };
}
function requestOf2(proposed2, { branch, options: options3 }, trigger, head2) {
  const { owner, repo, base, run } = trigger;
  const { reports, files, computedFrom, subjects } = proposed2;
  const words3 = wordsOf3(proposed2);
  const title = options3.title === void 0 ? titleOf(proposed2) : fillTemplate(options3.title, words3);
  const filled = new Map([...words3, ["title", title]]);
  const wrap = (report2) => options3.body === void 0 ? report2 : fillTemplate(options3.body, new Map([...filled, ["report", report2]]));
  const { autoMerge } = options3;
  const note = autoMerge ? `
${autoMergeNote(autoMerge === true ? void 0 : autoMerge, base)}
` : "";
  const told = (draw) => wrap(`${reports.map(draw).join("\n---\n\n")}${note}`);
  const isBump = subjects.some((one) => one.isBump);
  return {
    ...{ owner, repo, run, title, branch, files, computedFrom },
    base: { ref: base, sha: head2 },
    commitMessage: options3.commitMessage === void 0 ? title : fillTemplate(options3.commitMessage, filled),
    body: told(body),
    noteForGithubToken: CHECKS_WAIT_FOR_APPROVAL,
    bodyKey: told(bodyKey),
    ...isBump ? { key: subjects.map(({ name: name5, after }) => `${name5} ${after}`).join(", ") } : {},
    ...{ labels: options3.labels, assignees: options3.assignees, reviewers: options3.reviewers },
    ...options3.milestone === void 0 ? {} : { milestone: options3.milestone },
    draft: options3.draft === true,
    isUnverified: proposed2.isUnverified,
    autoMerge
  };
}
function wordsOf3({ name: name5, subjects }) {
  const only = subjects.length === 1 ? subjects[0] : void 0;
  return /* @__PURE__ */ new Map([
    ["name", subject(name5)],
    ["before", subject(only?.before ?? "")],
    ["after", subject(only?.after ?? "")]
  ]);
}
function titleOf(proposed2) {
  return subject(plainTitle(proposed2));
}
function plainTitle({ name: name5, subjects }) {
  const moved = subjects.filter(({ isBump }) => isBump);
  const [first3] = subjects;
  if (moved.length > 0 && subjects.length > 1) return `${name5}: update ${moved.length} packages`;
  if (first3?.isBump) return `${name5}: ${first3.before} → ${first3.after}`;
  return `${subjects.length === 1 && first3 ? first3.pname : name5}: update the hash of its Python dependencies`;
}
function mustBeInside(checkout2, file) {
  const inside2 = pathInCheckout(checkout2, file);
  if (inside2 !== void 0) return inside2;
  throw new UserError(
    "outside-checkout",
    `${file} has to change, but it lies outside the checkout ${checkout2.root}; keep the derivation's hash and build lock in this repository.`
  );
}

// src/action/report.ts
import path36 from "node:path";
init_plan2();

// src/action/package-changes.ts
function movedPackages({ added, removed, changed: changed3 }, lock, { advice }) {
  return [...added, ...removed, ...changed3].filter((change) => !isProject(change)).map((change) => {
    const { name: name5 } = change;
    const [before, after] = [label2(change.before), label2(change.after)];
    const index = indexOf(lock, name5);
    const advised = change.after.flatMap(
      ({ version: version4 }) => advice.get(adviceKey({ name: name5, version: version4 ?? "" })) ?? []
    );
    const yanked = advised.find((one) => one.yanked !== void 0)?.yanked;
    const vulnerabilities = advised.flatMap((one) => one.vulnerabilities);
    const url = advised.find(({ page: page2 }) => page2 !== void 0)?.page ?? (index && `${index.replace(/\/+$/, "")}/${name5}/`);
    return {
      name: name5,
      direct: change.relation === "direct",
      ...before === void 0 ? {} : { before },
      ...after === void 0 ? {} : { after },
      ...url ? { url } : {},
      ...yanked === void 0 ? {} : { yanked },
      ...vulnerabilities.length === 0 ? {} : { vulnerabilities },
      ...kinds(change)
    };
  });
}
var isProject = ({ before, after }) => [...before, ...after].every(({ source }) => /^(?:virtual|editable|directory) \.$/.test(source ?? ""));
function indexOf(lock, name5) {
  const source = lock.byName.get(name5)?.find(({ source: { kind: kind2 } }) => kind2 === "registry")?.source;
  return source?.kind === "registry" ? source.url : void 0;
}
var label2 = (entries2) => entries2.length === 0 ? void 0 : entries2.map(({ version: version4, source }) => version4 ?? source ?? "dynamic").join(", ");
var kindOf2 = {
  wheel: "wheel",
  sdist: "sdist",
  git: "git",
  directory: "local",
  none: void 0
};
function kinds({ before, after }) {
  const systems2 = new Set(
    [...before, ...after].flatMap(({ forms }) => Object.keys(forms))
  );
  const found2 = [...systems2].flatMap((system2) => {
    const [old, now] = [before, after].map((entries2) => kindOf2[entries2.at(-1)?.forms[system2] ?? "none"]);
    const isUsual = (kind2) => kind2 === void 0 || kind2 === "wheel";
    if (isUsual(old) && isUsual(now)) return [];
    return [{ system: system2, ...old ? { before: old } : {}, ...now ? { after: now } : {} }];
  });
  return found2.length === 0 ? {} : { kinds: found2 };
}

// src/action/reasons.ts
init_text();
import path35 from "node:path";
var SHOWN4 = 6;
function reasonsFor({ hashes, edits }, diff) {
  if (edits.length === 0) return [];
  const moved = buildLocks(edits);
  const isFirst = hashes.every(({ before }) => before === "");
  const reasons = [
    ...isFirst ? ["This is the first hash."] : [],
    ...options(moved),
    ...diff ? ofLock(diff) : [],
    ...buildTools(moved)
  ];
  if (reasons.length > 0) return reasons;
  const hashMoved = hashes.some(({ before, after }) => before !== after);
  return [
    hashMoved ? "The hash did not match uv.lock, although uv.lock did not change since the commit that it is compared with." : "What has to be built, or its build requirements, changed. The wheels did not."
  ];
}
function buildLocks(edits) {
  const edit = edits.find(({ file }) => path35.basename(file) === buildLockName);
  if (!edit) return void 0;
  const { before, after } = edit;
  return {
    before: before === void 0 ? void 0 : parseBuildLock(before, buildLockName),
    after: parseBuildLock(after, buildLockName)
  };
}
function ofLock({ added, removed, changed: changed3, hashOnly }) {
  const hasMoved = added.length + removed.length + changed3.length > 0;
  const others = [...new Set(hashOnly.map(({ name: name5, version: version4 }) => `${name5} ${version4 ?? ""}`.trim()))];
  return [
    ...hasMoved ? ["uv.lock changed."] : [],
    ...others.length > 0 ? [
      `The index has different files for the same version: ${shown2(others)}. Review this before you merge.`
    ] : []
  ];
}
function options(moved) {
  const [before, after] = [moved?.before?.target, moved?.after.target];
  if (!before || !after) return [];
  const names3 = [.../* @__PURE__ */ new Set([...Object.keys(before), ...Object.keys(after)])];
  const texts = names3.flatMap((name5) => {
    const [old, now] = [before[name5], after[name5]].map((value) => JSON.stringify(value) ?? "none");
    return old === now ? [] : [`${name5} ${old} → ${now}`];
  });
  return texts.length === 0 ? [] : [`An option of the derivation changed: ${shown2(texts)}.`];
}
function buildTools(moved) {
  if (!moved?.before) return [];
  const [before, after] = [moved.before, moved.after].map(toolsOf);
  if (!before || !after) return [];
  const texts = [...after].flatMap(([name5, now]) => {
    const old2 = before.get(name5);
    return old2 === void 0 || old2 === now ? [] : [`${name5} ${old2} → ${now}`];
  });
  const built = ({ builds }) => Object.values(builds).map(labelOf2);
  const old = new Set(built(moved.before));
  const fresh = built(moved.after).filter((label3) => !old.has(label3));
  return [
    ...texts.length === 0 ? [] : [`Build tools changed: ${shown2(texts.sort())}.`],
    ...fresh.length === 0 ? [] : [`Newly built from source: ${shown2(fresh)}.`]
  ];
}
var labelOf2 = (build5) => `${build5.name} ${build5.version ?? ""}`.trim();
function toolsOf({ wheels }) {
  const tools = /* @__PURE__ */ new Map();
  for (const file of Object.keys(wheels).sort()) {
    const [name5 = "", version4 = ""] = file.split("-", 2);
    tools.set(name5, [...tools.get(name5) ?? [], version4]);
  }
  return new Map([...tools].map(([name5, versions3]) => [name5, [...new Set(versions3)].join(" and ")]));
}
var shown2 = (texts) => texts.length > SHOWN4 ? `${texts.slice(0, SHOWN4).join(", ")} and ${texts.length - SHOWN4} more` : list2(texts);

// src/action/report.ts
function reportOf(updated, { advised, serverUrl, sandbox }) {
  const { update, diff, bump, config } = updated;
  const { hashes, failed: failed3 } = update;
  const moved = bump && bump.before !== bump.after ? [`${config.name} ${bump.after} was released.`] : [];
  return {
    version: 1,
    subject: subjectOf(updated, serverUrl),
    why: [...moved, ...reasonsFor(update, diff)],
    hashes: hashes.filter((one) => one.before !== one.after).map(({ system: system2, before, after: now, how }) => ({
      ...{ system: system2, after: now, how: how === "recorded" ? "native" : how },
      ...before ? { before } : {}
    })),
    packages: diff ? movedPackages(diff, update.project.lock, advised) : [],
    download: downloadOf(updated),
    checks: [
      ...(bump?.hashes ?? []).map(outputCheck),
      ...checks(update, sandbox),
      ...failed3 ? [failed3] : []
    ],
    timings: update.stages.map(({ name: name5, milliseconds: milliseconds2 }) => ({ stage: name5, milliseconds: milliseconds2 })),
    notDone: [...withoutSandbox(sandbox), ...notDone(update)],
    ...advised.notAsked.length > 0 ? { notAsked: advised.notAsked } : {}
  };
}
function subjectOf({ update: { pinned: pinned2 }, bump, choice, config }, serverUrl) {
  const after = bump?.after ?? pinned2.version;
  const isBump = bump !== void 0 && bump.before !== bump.after;
  const notes = isBump && choice?.kind === "release" ? choice.release.notes : void 0;
  return {
    name: pinned2.pname,
    ...after ? { after } : {},
    ...isBump ? { before: bump.before, links: linksOf2(bump, config.releases?.source, serverUrl) } : {},
    ...notes === void 0 ? {} : { notes }
  };
}
function linksOf2({ before, after }, source, serverUrl) {
  if (source?.kind !== "github") return [];
  const { owner, repo, list: list6, tag } = source;
  const page2 = `${serverUrl}/${owner}/${repo}`;
  const [old, now] = [before, after].map((version4) => encodeURI(tagOf(version4, tag)));
  return [
    ...list6 === "releases" ? [{ text: "Release notes", url: `${page2}/releases/tag/${now}` }] : [],
    { text: "All changes", url: `${page2}/compare/${old}...${now}` }
  ];
}
function downloadOf({ update: { states, pinned: pinned2 }, bytesBefore }) {
  const own2 = states.find(({ target: target3 }) => target3.system === pinned2.system) ?? states[0];
  return {
    after: wheelBytes(own2?.artifacts ?? []),
    ...own2 ? { system: own2.target.system } : {},
    ...bytesBefore === void 0 ? {} : { before: bytesBefore }
  };
}
var outputCheck = ({ attribute, after }) => ({
  name: `Fixed-output derivation ${attribute} built twice with the same hash`,
  result: "ok",
  detail: after
});
function withoutSandbox(sandbox) {
  const why = lackOf(sandbox);
  return why === void 0 ? [] : [withoutIsolation(why)];
}
var withoutIsolation = (why) => ({
  what: "Isolation of builds from the job’s files and tokens",
  why
});
function notDone({
  out,
  edits,
  hashes,
  pinned: pinned2,
  states,
  notVerified: notVerified2,
  failed: failed3
}) {
  const once2 = hashes.filter(({ how }) => how === "nix").map(({ system: system2 }) => system2);
  const others = states.map(({ target: target3 }) => target3.system).filter((system2) => system2 !== pinned2.system);
  const isLeftOut = out === void 0 && edits.length > 0 && !failed3;
  return [
    ...once2.length > 0 ? [
      {
        what: `Second computation of the hash for ${once2.join(", ")}`,
        why: "skip-second-derivation is true"
      }
    ] : [],
    ...notVerified2.map((why) => ({ what: "Verification of a file that the build lock pins", why })),
    ...isLeftOut ? [{ what: "Build and import", why: "verify is false" }] : [],
    ...out !== void 0 && others.length > 0 ? [
      {
        what: `Build and import for ${others.join(", ")}`,
        why: `this runner builds for ${pinned2.system}`
      }
    ] : []
  ];
}
function checks({ out, imported: imported2, hashes }, sandbox) {
  if (out === void 0) return [];
  const byNix = hashes.filter(({ how }) => how === "nix" || how === "both").map(({ system: system2 }) => system2);
  const fetched2 = byNix.length === 0 ? [] : [
    {
      name: "Fixed-output derivation fetched by Nix from scratch",
      result: "ok",
      detail: byNix.join(", ")
    }
  ];
  return [
    ...fetched2,
    { name: lackOf(sandbox) ? "Built" : "Built offline in Nix’s sandbox", result: "ok", detail: out },
    ...imported2.map(
      ({ module: module2, file }) => ({
        name: `import ${module2}`,
        result: "ok",
        detail: path36.relative(out, file)
      })
    )
  ];
}

// src/action/run.ts
async function runAction(runner) {
  const { inputs, parts } = runner;
  const checkout2 = await runner.checkout();
  const edits = await parts.openEdits(checkout2.root, checkout2.journal);
  const config = await configOf2(runner, checkout2);
  const run = {
    checkout: checkout2,
    edits,
    options: optionsOf(inputs, runner.trigger, config, parts.log),
    finders: releaseParts(runner, config)
  };
  const results2 = [];
  for (const proposal2 of proposalsOf(inputs, config)) results2.push(await runProposal(runner, proposal2, run));
  return results2;
}
async function configOf2({ inputs, trigger, parts }, checkout2) {
  const { config, attribute } = inputs;
  const { trust } = trigger;
  const isOfCheckout = trust.configuration.from === "checkout" && inputs.mode !== "publish";
  const read2 = () => isOfCheckout ? parts.read(config) : trustedConfig(inputs, trust, checkout2);
  const text3 = attribute === "" ? await read2() : void 0;
  if (text3 !== void 0) return withOptions(parseConfig(text3, config), inputs.options);
  if (attribute !== "")
    return {
      ...{ packages: [], index: void 0, allowedHosts: void 0 },
      ...{ publishNewBuilds: true, cacheTo: void 0 }
    };
  if (trust.configuration.from === "nowhere") {
    throw new UserError(
      "untrusted-event",
      `The event that started this run names no commit of the repository whose configuration could count; name the derivation with the input 'attribute', or use another event.`
    );
  }
  throw new UserError(
    "config-missing",
    `There is neither an input 'attribute' nor a configuration ${config}; name the derivation, or write the configuration (docs/configuration.md).`
  );
}
var withOptions = (config, given) => ({
  ...config,
  packages: config.packages.map((one) => ({ ...one, pullRequest: { ...one.pullRequest, ...given } }))
});
function proposalsOf(inputs, config) {
  if (inputs.attribute === "") return proposals(config);
  const { attribute, nix, branch } = inputs;
  const options3 = { ...noOptions, ...inputs.options };
  const one = { ...plainPackage(attribute, nix), pullRequest: options3 };
  return [{ name: attribute, branch, options: options3, packages: [one] }];
}
async function runProposal(runner, proposal2, run) {
  const { inputs, parts } = runner;
  const { checkout: checkout2, edits, options: options3, finders } = run;
  const { packages } = proposal2;
  const updated = await updateGroup(packages, edits, async (config) => {
    if (packages.length > 1) parts.log.info(`${config.name}, of the group ${proposal2.name}:`);
    const derivation = derivationRef(config.nix, config.attribute, checkout2.root, inputs.config);
    const request = { config, derivation, checkout: checkout2, options: options3, meanwhile: runner.meanwhile };
    const one = await updatePackage(request, edits, parts, finders);
    tell(one, parts.log);
    return one;
  });
  const result2 = await edits.undoOnError(async () => {
    const changed3 = edits.since();
    const reports = await reportsOf(runner, updated);
    const commits = inputs.mode === "compute" ? await releaseCommits(updated, finders) : /* @__PURE__ */ new Map();
    const isSandboxed = lackOf(await parts.sandbox()) === void 0;
    const proposed2 = proposedOf(proposal2, checkout2, updated, changed3, reports, commits, isSandboxed);
    const published = inputs.pullRequest ? await publishProposal(runner, proposal2, proposed2, checkout2) : void 0;
    const { name: name5, branch } = proposal2;
    return { name: name5, branch, updated, edits: changed3, reports, proposed: proposed2, published };
  });
  const isForCheckout = inputs.mode !== "compute" && !inputs.pullRequest;
  await (isForCheckout ? edits.keep() : edits.undo());
  return result2;
}
function publishProposal({ trigger, parts, forge }, proposal2, proposed2, { head: head2 }) {
  const request = requestOf2(proposed2, proposal2, trigger, head2);
  return parts.log.group(
    "Pull request",
    async () => unlessCancelled(publish(await forge(), request, parts.log), parts.stop)
  );
}
async function releaseCommits(updated, finders) {
  const commits = /* @__PURE__ */ new Map();
  for (const { config, bump, choice } of updated) {
    if (!bump || bump.before === bump.after || choice?.kind !== "release" || !config.releases) continue;
    const { version: version4, revision } = choice.release;
    const commit3 = revision ?? await tagCommit(config.releases.source, version4, finders);
    if (commit3 !== void 0) commits.set(config.name, commit3);
  }
  return commits;
}
async function reportsOf({ fetchText, parts, githubUrl: serverUrl }, updated) {
  const reports = [];
  for (const one of updated) {
    const advised = await advise(one.update, one.diff, fetchText, parts.log);
    reports.push(reportOf(one, { advised, serverUrl, sandbox: await parts.sandbox() }));
  }
  return reports;
}
function releaseParts({ client: client2, parts, fetchText, index }, config) {
  const chosen = chooseIndex(config.index, index);
  return { hub: client2, fetchText, run: parts.run, scratch: parts.scratch, index: chosen };
}
function tell({ update: { hashes }, edits, config }, log) {
  for (const { system: system2, before, after } of hashes) {
    log.info(
      before === after ? `${system2}: ${after}, as before` : `${system2}: ${before || "(none)"} → ${after}`
    );
  }
  if (edits.length === 0)
    log.info(`Nothing to do for ${config.name}: hash and build lock are what uv.lock asks for.`);
}

// src/action/check.ts
async function checkAll(runner) {
  const { inputs, parts } = runner;
  const checkout2 = await runner.checkout();
  const config = await configOf2(runner, checkout2);
  const packages = proposalsOf(inputs, config).flatMap((proposal2) => proposal2.packages);
  const isNamed2 = inputs.attribute !== "";
  const root = isNamed2 ? inputs.workspace : checkout2.root;
  const derivationOf = async ({ nix, attribute }) => isNamed2 ? derivationRefFrom(root, nix, attribute, parts.run) : derivationRef(nix, attribute, root, inputs.config);
  return { checks: await checkPackages(packages, root, derivationOf, parts), root };
}
function checkOutputs(checks2, root) {
  const first3 = checks2.find(({ checked }) => checked && checked.status !== "current") ?? checks2[0];
  const results2 = checks2.map(
    ({ name: name5, checked, error: error2 }) => checked ? { name: name5, status: checked.status, hashes: hashesOf(checked), patch: checked.patch } : { name: name5, status: "error", error: error2.code, message: error2.message }
  );
  return {
    status: worstOf(checks2) ?? "",
    patch: patchOfAll(checks2, root),
    hashes: jsonText(first3?.checked ? hashesOf(first3.checked) : {}),
    results: jsonText(results2)
  };
}
var hashesOf = ({ hashes }) => Object.fromEntries(hashes.map(({ system: system2, before, after }) => [system2, { before, after }]));
function checkAnnotations(checks2) {
  return checks2.flatMap(({ name: name5, checked, error: error2 }) => {
    const titled2 = (message2) => checks2.length === 1 ? message2 : `${name5}: ${message2}`;
    if (error2) return [new UserError(error2.code, titled2(error2.message), more(error2))];
    const { status, message, hashes } = checked;
    if (status === "current") return [];
    const moved = hashes.filter(({ before, after, at }) => before !== after && at !== void 0);
    if (status !== "stale" || moved.length < 2)
      return [new UserError(status, titled2(message), more(checked))];
    return moved.map(({ system: system2, before, after, at }) => {
      const what = `The hash for ${system2} is stale: it is ${before || "empty"}, and must be ${after}.`;
      return new UserError(status, titled2(what), at ? { at } : {});
    });
  });
}
function more({
  at,
  log
}) {
  return { ...at ? { at } : {}, ...log === void 0 ? {} : { log } };
}
function checkExit(checks2) {
  const worst = worstOf(checks2);
  return worst === void 0 || checks2.some(({ error: error2 }) => error2) ? 1 : exitCodes[worst];
}
var checkSummaries = (checks2, lack) => [
  ...checks2.map(
    ({ name: name5, checked, error: error2 }) => checked ? checkSummary(name5, checked) : failureSummary(error2)
  ),
  ...lack === void 0 ? [] : [`Built without isolation: ${text2(lack)}.
`]
].join("\n");
function checkSummary(name5, checked) {
  const { status, message, hashes, patch: patch2, notChecked } = checked;
  const lines = [`## ${text2(name5)}: ${status}`, "", text2(message), ""];
  if (hashes.length > 0) {
    lines.push("| System | Pinned | Computed |", "| --- | --- | --- |");
    for (const { system: system2, before, after } of hashes)
      lines.push(`| ${code(system2)} | ${code(before || "none")} | ${code(after)} |`);
    lines.push("");
  }
  if (patch2 !== "")
    lines.push("To update it, run `git apply` with this patch:", "", fenced(patch2, "diff"), "");
  if (notChecked.length > 0) lines.push("Not checked:", ...notChecked.map((one) => `- ${text2(one)}`), "");
  return `${lines.join("\n")}
`;
}

// src/action/context.ts
init_errors();

// src/action/trust.ts
var clockOrHand = ["schedule", "workflow_dispatch", "repository_dispatch"];
var own = [...clockOrHand, "push", "create", "release"];
var onDefaultBranch = [
  ...["branch_protection_rule", "check_run", "check_suite", "delete", "discussion", "discussion_comment"],
  ...["fork", "gollum", "image_version", "issue_comment", "issues", "label", "milestone", "page_build"],
  ...["project", "project_card", "project_column", "public", "status", "watch", "workflow_run"]
];
var mergeQueue = /^refs\/heads\/gh-readonly-queue\/.+-([0-9a-f]{40}|[0-9a-f]{64})$/;
function trustOf(event3) {
  const { name: name5, payload, ref, sha: sha2 } = event3;
  const untrusted2 = (kind2, commit3) => ({
    kind: kind2,
    configuration: isCommit(commit3) ? { from: "commit", commit: commit3 } : { from: "nowhere" },
    mayPublish: kind2 === "branch",
    isScheduled: false
  });
  if (payload === void 0 || !isOfRepository(event3)) return untrusted2("unknown");
  if (name5.startsWith("pull_request") || "pull_request" in payload) return proposal(event3, untrusted2);
  const queued = mergeQueue.exec(ref)?.[1];
  if (name5 === "merge_group") return untrusted2("unknown", record(payload.merge_group)?.base_sha);
  if (queued !== void 0) return untrusted2("unknown", queued);
  if (onDefaultBranch.includes(name5)) return untrusted2("unknown", sha2);
  if (!own.includes(name5) || name5 === "push" && !isPush(payload)) return untrusted2("unknown");
  const isScheduled = clockOrHand.includes(name5);
  return { kind: "own", configuration: { from: "checkout" }, mayPublish: true, isScheduled };
}
function proposal({ payload = {}, repo }, untrusted2) {
  const pull3 = record(payload.pull_request);
  const base = record(pull3?.base);
  const head2 = record(pull3?.head);
  if (!base || !head2 || !isCommit(base.sha)) return untrusted2("unknown");
  const from = record(head2.repo);
  const to = record(base.repo) ?? record(payload.repository);
  const isBranch = from !== void 0 && isSame2(from, to, `${repo.owner}/${repo.repo}`);
  return untrusted2(isBranch ? "branch" : "fork", base.sha);
}
function isSame2(from, to, own2) {
  if (typeof from.id === "number" && typeof to?.id === "number") return from.id === to.id;
  return isNamed(from, own2);
}
function isOfRepository({ payload, repo }) {
  const repository2 = payload?.repository;
  if (repository2 === void 0) return true;
  const fields = record(repository2);
  return fields !== void 0 && (!("full_name" in fields) || isNamed(fields, `${repo.owner}/${repo.repo}`));
}
var isNamed = ({ full_name: name5 }, own2) => typeof name5 === "string" && name5.toLowerCase() === own2.toLowerCase();
var isPush = ({ ref, after }) => typeof ref === "string" || typeof after === "string";
var record = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : void 0;
var isCommit = (text3) => typeof text3 === "string" && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text3) && !/^0+$/.test(text3);

// src/action/context.ts
function readTrigger(event3, inputs) {
  const { owner, repo } = event3.repo;
  const trust = trustOf(event3);
  if (inputs.pullRequest && !trust.mayPublish) throw unpublishable(event3, trust);
  const pull3 = event3.payload?.pull_request;
  const head2 = pull3?.head?.ref;
  const branch = typeof head2 === "string" ? head2 : /^refs\/heads\/(.+)$/.exec(event3.ref)?.[1];
  const base = inputs.base || branch;
  if (base === void 0 && inputs.pullRequest) {
    throw new UserError(
      "base-missing",
      `This run is on '${event3.ref}', which is not a branch. Set the base branch with the input 'base'.`
    );
  }
  const before = inputs.compareWith || pull3?.base?.sha || event3.payload?.before;
  return {
    ...{ owner, repo, base: base ?? "" },
    before: typeof before === "string" && !/^0*$/.test(before) ? before : void 0,
    trust,
    isFork: trust.kind === "fork" || trust.kind === "unknown",
    run: event3.runId,
    apiUrl: event3.apiUrl,
    serverUrl: event3.serverUrl
  };
}
function unpublishable({ name: name5, payload }, { kind: kind2 }) {
  const why = payload === void 0 ? `the payload of the event '${name5}' (GITHUB_EVENT_PATH) is missing or malformed` : kind2 === "fork" ? `the event '${name5}' is for a pull request from another repository` : `the event '${name5}' does not guarantee that the checked-out code is from people who can push here`;
  return new UserError(
    "untrusted-event",
    `Nothing is published, because ${why}. Use mode: check or mode: compute in this workflow, and publish in one for push, schedule or workflow_dispatch.`
  );
}

// src/action/event.ts
async function readEvent(environment2, readFile5) {
  const get = (name5) => environment2[`GITHUB_${name5}`] ?? "";
  const text3 = get("EVENT_PATH") === "" ? void 0 : await readFile5(get("EVENT_PATH"));
  const [owner = "", repo = ""] = get("REPOSITORY").split("/");
  return {
    name: get("EVENT_NAME"),
    payload: payloadOf(text3),
    ...{ ref: get("REF"), sha: get("SHA") },
    repo: { owner, repo },
    runId: Number(get("RUN_ID")),
    apiUrl: get("API_URL") || "https://api.github.com",
    serverUrl: get("SERVER_URL") || "https://github.com"
  };
}
function payloadOf(text3) {
  try {
    const payload = JSON.parse(text3 ?? "");
    if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return void 0;
    return Object.keys(payload).length === 0 ? void 0 : { ...payload };
  } catch {
    return void 0;
  }
}

// src/pull-request/forgejo/answers.ts
init_shape();
var name2 = text(1e3);
var long = text(1e6);
var login = having({ login: name2 });
var id = whole(1, 1e15);
var titled = having({ title: name2 });
var repoId = whole(0, 1e15);
var pull = having({
  number: id,
  html_url: text(2e3, /^https?:\/\//),
  state: oneOf("open", "closed"),
  merged: yesOrNo,
  title: text(1e4),
  body: long,
  labels: maybe(list(having({ name: name2 }), 1e3)),
  assignees: maybe(list(login, 1e3)),
  requested_reviewers: maybe(list(login, 1e3)),
  requested_reviewers_teams: maybe(list(having({ name: name2 }), 1e3)),
  milestone: maybe(titled),
  head: having({ label: name2, sha: text(40, /^(?:[0-9a-f]{40})?$/), repo_id: whole(-1, 1e15) }),
  base: having({ ref: name2, repo_id: repoId })
});
var event = having({
  type: name2,
  label: maybe(having({ name: name2 })),
  assignee: maybe(login),
  assignee_team: maybe(having({ name: name2 })),
  milestone: maybe(titled),
  user: maybe(login)
});
var page = (item2) => maybe(list(item2, 1e3));
var repository = "/repos/{owner}/{repo}";
var forgejoAnswers = {
  [`GET ${repository}`]: having({
    default_merge_style: maybe(name2),
    allow_merge_commits: yesOrNo,
    allow_squash_merge: yesOrNo,
    allow_rebase: yesOrNo
  }),
  [`GET ${repository}/branches/{branch}`]: having({
    enable_status_check: yesOrNo,
    required_approvals: whole(0, 1e9)
  }),
  [`GET ${repository}/pulls`]: page(pull),
  [`POST ${repository}/pulls`]: pull,
  [`GET ${repository}/pulls/{index}`]: pull,
  [`GET ${repository}/commits/{ref}/status`]: having({ state: maybe(name2) }),
  [`GET ${repository}/issues/{index}/timeline`]: page(event),
  [`GET ${repository}/issues/{index}/comments`]: page(having({ body: long })),
  [`GET ${repository}/labels`]: page(having({ id, name: name2 })),
  [`POST ${repository}/labels`]: having({ id }),
  "GET /orgs/{org}/labels": page(having({ id, name: name2 })),
  [`GET ${repository}/milestones`]: page(having({ id, title: name2 }))
};

// src/pull-request/forgejo/forgejo.ts
init_once();

// src/pull-request/forgejo/auto-merge.ts
init_failures();

// src/pull-request/forgejo/api.ts
var PAGE = 50;
async function listAll(ask2, route2, values, pages = 20) {
  const all2 = [];
  for (let page2 = 1; page2 <= pages; page2++) {
    const { data } = await ask2(route2, { ...values, page: page2, limit: PAGE });
    const items = Array.isArray(data) ? data : [];
    all2.push(...items);
    if (items.length === 0) break;
  }
  return all2;
}

// src/pull-request/forgejo/failures.ts
init_errors();
init_failures();
var EXPLANATIONS = [
  {
    fits: isRateLimit,
    code: "rate-limited",
    say: (step, error2) => `The forge's rate limit is used up, so it refused to ${step.to} (${wordsOf2(error2)}). Run this again ${whenFree(error2)}.`
  },
  {
    fits: (error2) => statusOf(error2) === 401,
    code: "token-rejected",
    say: (step, error2) => tokenRejected(step, wordsOf2(error2))
  },
  {
    fits: (error2) => statusOf(error2) === 403,
    code: "token-permission",
    say: (step, error2) => tokenPermission(step, wordsOf2(error2))
  },
  {
    fits: (error2) => statusOf(error2) === 404,
    code: "repository-not-found",
    say: (step, error2) => notFound(step, wordsOf2(error2))
  },
  {
    fits: (error2) => (statusOf(error2) ?? 0) >= 500,
    code: "forge-unavailable",
    say: (step, error2) => unavailable(step, wordsOf2(error2))
  },
  {
    fits: (error2) => statusOf(error2) !== void 0,
    code: "forge-refused",
    say: (step, error2) => `The forge refused to ${step.to}: ${wordsOf2(error2)}.`
  }
];
var tokenRejected = (step, said) => `The forge does not accept the token, so it refused to ${step.to} (${said}). Use a token that has not expired: \`\${{ github.token }}\`, or the access token of an account.`;
var tokenPermission = (step, said) => `The token may not ${step.to} (${said}). An access token needs the scope \`${step.needs}\`, and its account may have to be a collaborator; the job's own token can only read where a pull request from a fork started the run.`;
var notFound = (step, said) => `The forge answered "not found" when asked to ${step.to} (${said}). Check the name of the repository, and that the token can read it if it is private (scope \`${step.needs}\`).`;
var unavailable = (step, said) => `The forge failed when asked to ${step.to}, also after retries (${said}). Run this again later; it continues from where it stopped.`;
var { explain: explain2, doStep } = explainingBy(EXPLANATIONS);
var PASSING = /returned error: (?:5\d\d|429)|Could not resolve host|Failed to connect|Couldn't connect|Connection (?:reset|refused|timed out)|timed out|early EOF|hung up unexpectedly|RPC failed|Empty reply|unexpected disconnect|transfer closed|GnuTLS recv error|SSL_ERROR_SYSCALL|Operation too slow/i;
var isPassing = (stderr) => PASSING.test(stderr);
function lastWords(stderr) {
  const lines = stderr.split("\n").map((line) => line.replace(/^(?:remote|fatal|error):\s*/, "").trim()).filter((line) => line !== "");
  return lines.slice(-4).join("; ").slice(0, 500) || "git printed nothing";
}
var GIT = [
  {
    fits: /protected branch|pre-receive hook declined|not allowed to push|force.?push|GH006/i,
    code: "branch-protected",
    say: (step, said) => `A rule of the repository does not allow to ${step.to} (${said}). Exclude this branch from the rule, or choose a branch name that it does not cover.`
  },
  {
    fits: /could not read Username|Authentication failed|returned error: 401/i,
    code: "token-rejected",
    say: tokenRejected
  },
  {
    fits: /returned error: 403|not permitted|no write access/i,
    code: "token-permission",
    say: tokenPermission
  },
  { fits: /returned error: 404|repository .* not found/i, code: "repository-not-found", say: notFound },
  {
    fits: /unable to update url base from redirection|returned error: 30\d/i,
    code: "forge-redirects",
    say: (step, said) => `The forge redirects when asked to ${step.to} (${said}), and the token is not sent there. Use the repository's current name, and set the server's \`ROOT_URL\` to the address that it is reached by.`
  },
  { fits: PASSING, code: "forge-unavailable", say: unavailable }
];
function explainGit(step, stderr) {
  const found2 = GIT.find(({ fits: fits2 }) => fits2.test(stderr));
  const said = lastWords(stderr);
  if (found2) return new UserError(found2.code, found2.say(step, said), { log: stderr });
  return new UserError("forge-refused", `git could not ${step.to}: ${said}.`, { log: stderr });
}

// src/pull-request/forgejo/auto-merge.ts
var ON = "pull_scheduled_merge";
var OFF = "pull_cancel_scheduled_merge";
async function readAutoMerge(ask2, place3, index) {
  const route2 = "GET /repos/{owner}/{repo}/issues/{index}/timeline";
  const events2 = await listAll(ask2, route2, { ...place3, index });
  const last = events2.findLast(({ type }) => type === ON || type === OFF);
  return {
    isOn: last?.type === ON,
    switchedOffBy: last?.type === OFF ? last.user?.login ?? "someone" : void 0
  };
}
function merging(ask2, place3, { number: number2 }) {
  return doStep({ to: `read how #${number2} may be merged`, needs: "read:repository" }, async () => {
    const { data } = await ask2("GET /repos/{owner}/{repo}", { ...place3 });
    const repository2 = data;
    const allowed = {
      merge: repository2.allow_merge_commits,
      squash: repository2.allow_squash_merge,
      rebase: repository2.allow_rebase
    };
    const preferred = repository2.default_merge_style;
    const methods = ["merge", "squash", "rebase"].filter((method) => allowed[method]).sort((a, b) => Number(b === preferred) - Number(a === preferred));
    const { switchedOffBy } = await readAutoMerge(ask2, place3, number2);
    return { isAllowed: true, methods, switchedOffBy };
  });
}
function enableAutoMerge(ask2, place3, { number: index, baseRef }, method) {
  const needs = "write:repository, write:issue";
  return doStep({ to: `enable auto-merge for #${index}`, needs }, async () => {
    const { data } = await ask2("GET /repos/{owner}/{repo}/branches/{branch}", { ...place3, branch: baseRef });
    const { enable_status_check: needsChecks, required_approvals: approvals } = data;
    if (approvals === 0 && !needsChecks) return `${baseRef} requires neither a check nor an approval`;
    if (approvals === 0 && await hasPassed(ask2, place3, index)) return "all checks have passed";
    try {
      await ask2("POST /repos/{owner}/{repo}/pulls/{index}/merge", {
        ...{ ...place3, index, Do: method },
        merge_when_checks_succeed: true
      });
    } catch (error2) {
      if (statusOf(error2) !== 409) throw error2;
    }
    return void 0;
  });
}
async function hasPassed(ask2, place3, index) {
  const { data: pull3 } = await ask2("GET /repos/{owner}/{repo}/pulls/{index}", { ...place3, index });
  const ref = pull3.head.sha;
  const { data } = await ask2("GET /repos/{owner}/{repo}/commits/{ref}/status", { ...place3, ref });
  return data.state === "success";
}

// src/pull-request/forgejo/commit.ts
init_errors();

// src/pull-request/forgejo/look.ts
init_errors();
var NEEDS = "read:repository";
var fetching = { to: "read the repository", needs: NEEDS };
async function headsOf(store, branches) {
  const names3 = branches.map((name5) => `refs/heads/${name5}`);
  const text3 = await store.read(fetching, ["ls-remote", "--heads", "--", "origin", ...names3]);
  const heads = /* @__PURE__ */ new Map();
  for (const line of text3.split("\n")) {
    const [oid = "", name5 = ""] = line.split("	");
    if (names3.includes(name5)) heads.set(name5.slice("refs/heads/".length), oid);
  }
  return heads;
}
async function fetchCommits(store, oids, depth = "1") {
  const options3 = ["--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none", `--depth=${depth}`];
  await store.read(fetching, ["fetch", ...options3, "--", "origin", ...oids]);
}
async function viewOf(store, oid, paths) {
  const tree = (await store.local(["rev-parse", "--verify", `${oid}^{tree}`])).trim();
  const files = /* @__PURE__ */ new Map();
  const listed2 = paths.length === 0 ? "" : await store.local(["ls-tree", "-z", "--full-tree", oid, "--", ...paths]);
  for (const line of listed2.split("\0")) {
    const match2 = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line);
    if (match2) files.set(match2[3] ?? "", { mode: match2[1] ?? "", oid: match2[2] ?? "" });
  }
  return { oid, tree, files };
}
async function look(store, request) {
  const { owner, repo, base, branch } = request;
  const paths = pathsOf(request);
  const heads = await headsOf(store, [base.ref, branch]);
  const baseHead = heads.get(base.ref);
  if (baseHead === void 0) {
    throw new UserError(
      "base-missing",
      `The repository ${owner}/${repo} has no branch \`${base.ref}\` to open a pull request against. Give the name of a branch that exists on the forge.`
    );
  }
  const head2 = heads.get(branch);
  await fetchAll2(store, [baseHead, ...head2 === void 0 ? [] : [head2]], base.sha);
  return {
    base: await viewOf(store, baseHead, paths),
    read: await viewOf(store, base.sha, paths),
    branch: head2 === void 0 ? void 0 : await viewOf(store, head2, paths),
    isGithubToken: false
  };
}
async function fetchAll2(store, heads, read2) {
  try {
    await fetchCommits(store, [.../* @__PURE__ */ new Set([...heads, read2])]);
  } catch (error2) {
    const log = error2 instanceof UserError ? error2.log ?? "" : "";
    if (!/not our ref|unadvertised object|couldn't find remote ref/i.test(log)) throw error2;
    throw new UserError(
      "base-unknown",
      `The forge does not have the checked-out commit ${read2}. Push it first, or check out a commit of the base branch.`,
      { log, cause: error2 }
    );
  }
}

// src/pull-request/forgejo/commit.ts
async function makeCommit(store, { parent, files, message }) {
  const index = {
    GIT_INDEX_FILE: `${(await store.local(["rev-parse", "--absolute-git-dir"])).trim()}/uv-fod.index`
  };
  await store.local(["read-tree", parent.tree], { env: index });
  const lines = [];
  for (const { content, mode, path: path58, oid } of files) {
    const made = await store.local(["hash-object", "-w", "-t", "blob", "--no-filters", "--stdin"], {
      input: content
    });
    if (made.trim() !== oid) throw new Error(`git gives ${path58} the id ${made.trim()}, and not ${oid}`);
    lines.push(`${mode} ${oid}	${path58}\0`);
  }
  await store.local(["update-index", "--add", "--replace", "-z", "--index-info"], {
    env: index,
    input: lines.join("")
  });
  const tree = (await store.local(["write-tree", "--missing-ok"], { env: index })).trim();
  const name5 = "uv-fod";
  const email = `uv-fod@noreply.${store.host}`;
  const commit3 = await store.local(["commit-tree", tree, "-p", parent.oid, "-F", "-"], {
    input: message(tree),
    env: {
      ...{ GIT_AUTHOR_NAME: name5, GIT_AUTHOR_EMAIL: email },
      ...{ GIT_COMMITTER_NAME: name5, GIT_COMMITTER_EMAIL: email }
    }
  });
  return commit3.trim();
}
var TRIES = 3;
async function moveBranch(store, branch, { before, after }) {
  const ref = `refs/heads/${branch}`;
  const step = { to: `move the branch \`${branch}\``, needs: "write:repository" };
  const lease = `--force-with-lease=${ref}:${before ?? ""}`;
  for (let time = 1; ; time++) {
    const options3 = ["--quiet", "--porcelain", "--no-verify", "--no-follow-tags", lease];
    const { code: code4, stdout, stderr } = await store.once([
      ...["push", ...options3, "--", "origin", `${after ?? ""}:${ref}`]
    ]);
    if (code4 === 0) return true;
    const now = (await headsOf(store, [branch])).get(branch);
    if (now === after) return true;
    if (now !== before) return false;
    const output = `${stdout}
${stderr}`;
    if (!isPassing(stderr) || time === TRIES) throw refusal(explainGit(step, output), output);
  }
}
function refusal(error2, log) {
  return new UserError(error2.code, error2.message, { log, cause: error2 });
}

// src/pull-request/forge.ts
var ADDING = {
  labels: "add the labels",
  assignees: "assign",
  reviewers: "ask for a review by",
  milestone: "set the milestone"
};

// src/pull-request/named.ts
function usersAndTeams(items) {
  const teams = items.filter((item2) => item2.includes("/"));
  return {
    users: items.filter((item2) => !teams.includes(item2)),
    teams: teams.map((team) => team.slice(team.indexOf("/") + 1))
  };
}
function findMilestone(all2, wanted2, { owner, repo }, log, also = () => false) {
  const found2 = all2.find(({ title }) => title === wanted2) ?? all2.find(({ title }) => title.toLowerCase() === wanted2.toLowerCase()) ?? all2.find(also);
  if (found2) return found2;
  const titles = all2.map(({ title }) => `'${title}'`).join(", ");
  log.warning(
    `There is no open milestone '${wanted2}' in ${owner}/${repo}; it has ${titles || "none"}. Create it, or name another (\`milestone\`).`
  );
  return void 0;
}

// src/pull-request/forgejo/extras.ts
var NEEDS2 = "write:issue, write:repository";
async function everAdded(ask2, place3, index) {
  const route2 = "GET /repos/{owner}/{repo}/issues/{index}/timeline";
  const step = { to: `read the history of the pull request #${index}`, needs: "read:issue" };
  const events2 = await doStep(step, () => listAll(ask2, route2, { ...place3, index }));
  const those = (type, name5) => events2.flatMap((event3) => event3.type === type ? name5(event3) ?? [] : []);
  return {
    labels: those("label", ({ label: label3 }) => label3?.name),
    assignees: those("assignees", ({ assignee }) => assignee?.login),
    reviewers: those(
      "review_request",
      ({ assignee, assignee_team: team }) => team ? `${place3.owner}/${team.name}` : assignee?.login
    ),
    milestone: those("milestone", ({ milestone }) => milestone?.title)
  };
}
async function add(ask2, place3, index, list6, items, log) {
  const pull3 = "/repos/{owner}/{repo}/pulls/{index}";
  const at = { ...place3, index };
  const calls = {
    labels: async () => ask2("POST /repos/{owner}/{repo}/issues/{index}/labels", {
      ...at,
      labels: await labelIds(ask2, place3, items)
    }),
    // The API sets this list as a whole.
    assignees: async () => {
      const { data } = await ask2(`GET ${pull3}`, at);
      const before = (data.assignees ?? []).map(({ login: login3 }) => login3);
      return ask2(`PATCH ${pull3}`, { ...at, assignees: [...before, ...items] });
    },
    reviewers: () => {
      const { users, teams } = usersAndTeams(items);
      return ask2(`POST ${pull3}/requested_reviewers`, { ...at, reviewers: users, team_reviewers: teams });
    },
    milestone: async () => {
      const milestone = await milestoneId(ask2, place3, items[0] ?? "", log);
      return milestone !== void 0 && ask2(`PATCH ${pull3}`, { ...at, milestone });
    }
  };
  const step = { to: `${ADDING[list6]} ${items.join(", ")} (#${index})`, needs: NEEDS2 };
  return await doStep(step, calls[list6]) !== false;
}
async function milestoneId(ask2, place3, wanted2, log) {
  const route2 = "GET /repos/{owner}/{repo}/milestones";
  const all2 = await listAll(ask2, route2, { ...place3, state: "open" });
  return findMilestone(all2, wanted2, place3, log)?.id;
}
async function labelIds(ask2, place3, names3) {
  const known2 = await listAll(ask2, "GET /repos/{owner}/{repo}/labels", { ...place3 });
  const { owner: org } = place3;
  const shared = await listAll(ask2, "GET /orgs/{org}/labels", { org }).catch(() => []);
  const ids = [];
  for (const name5 of names3) {
    const found2 = [...known2, ...shared].find((one) => one.name.toLowerCase() === name5.toLowerCase());
    if (found2) ids.push(found2.id);
    else {
      const made = await ask2("POST /repos/{owner}/{repo}/labels", { ...place3, name: name5, color: "#ededed" });
      ids.push(made.data.id);
    }
  }
  return ids;
}

// src/pull-request/forgejo/git.ts
import { mkdtemp as mkdtemp5 } from "node:fs/promises";
import path37 from "node:path";
function settings(pairs) {
  const entries2 = pairs.flatMap(([key2, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key2],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries2) };
}
var basic = (token) => Buffer.from(`x-access-token:${token}`).toString("base64");
var QUIET = [
  ["core.hooksPath", "/dev/null"],
  ["core.askPass", ""],
  ["credential.helper", ""],
  ["commit.gpgSign", "false"],
  ["push.gpgSign", "false"],
  ["push.recurseSubmodules", "no"],
  ["fetch.recurseSubmodules", "no"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["protocol.allow", "never"],
  ["http.followRedirects", "false"],
  // Ends a connection with less than a kilobyte per second for a minute.
  ["http.lowSpeedLimit", "1000"],
  ["http.lowSpeedTime", "60"]
];
function environment(home, more2) {
  return {
    ...settings([...QUIET, ...more2]),
    ...{ HOME: home, XDG_CONFIG_HOME: home, LC_ALL: "C", LANGUAGE: "C" },
    ...{ GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_ATTR_NOSYSTEM: "1" },
    ...{ GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true" }
  };
}
async function openStore(run, scratch2, remote, { tries = 3, second = 1e3 } = {}) {
  const home = await mkdtemp5(path37.join(scratch2, "publish-"));
  const dir = path37.join(home, "repository.git");
  const server = new URL(remote.serverUrl);
  const root = server.href.replace(/\/$/, "");
  const quiet3 = environment(home, []);
  const talking = environment(home, [
    [
      "remote.origin.url",
      `${root}/${encodeURIComponent(remote.owner)}/${encodeURIComponent(remote.repo)}.git`
    ],
    // Plain http only if the runner's server address has it.
    [`protocol.${server.protocol.replace(":", "")}.allow`, "always"],
    [`http.${root}/.extraHeader`, `Authorization: Basic ${basic(remote.token)}`]
  ]);
  const git2 = (args, options3 = {}, base = quiet3) => {
    const { input } = options3;
    const env2 = { ...base, ...options3.env };
    return run("git", ["--git-dir", dir, ...args], { env: env2, ...input === void 0 ? {} : { input } });
  };
  const local = async (args, options3) => {
    const { code: code4, stdout, stderr } = await git2(args, options3);
    if (code4 !== 0) throw new Error(`git ${args[0]}: ${stderr.trim() || `exit ${code4}`}`);
    return stdout;
  };
  const read2 = async (step, args) => {
    for (let time = 1; ; time++) {
      const result2 = await git2(args, {}, talking);
      if (result2.code === 0) return result2.stdout;
      if (time >= tries || !isPassing(result2.stderr)) throw explainGit(step, result2.stderr);
      await new Promise((resolve2) => setTimeout(resolve2, time * second));
    }
  };
  await local(["init", "--quiet", "--bare", "--template=", "--object-format=sha1"]);
  const once2 = (args) => git2(args, {}, talking);
  return { local, read: read2, once: once2, host: server.hostname };
}

// src/pull-request/forgejo/history.ts
init_errors();
var DEPTHS = ["50", "1000", "2147483647"];
var MOST_COMMITS = 250;
async function compare5(store, from, to) {
  const mergeBase = await meetingPoint(store, from, to);
  const listed2 = await store.local([
    ...["rev-list", "--topo-order", "--reverse", `--max-count=${MOST_COMMITS + 1}`],
    ...[to, `^${from}`, "--"]
  ]);
  const all2 = listed2.split("\n").filter((line) => line !== "");
  const complete = all2.length <= MOST_COMMITS;
  const commits = [];
  for (const oid of complete ? all2 : all2.slice(1)) commits.push(await readCommit(store, oid));
  const names3 = await store.local(["diff-tree", "-r", "-z", "--name-only", "--no-renames", mergeBase, to]);
  return { commits, complete, mergeBase, changed: new Set(names3.split("\0").filter((name5) => name5 !== "")) };
}
async function meetingPoint(store, from, to) {
  for (const depth of DEPTHS) {
    await fetchCommits(store, [from, to], depth);
    const found2 = await store.local(["merge-base", "--all", from, to]).catch(() => "");
    const [oid] = found2.split("\n");
    if (oid) return oid;
  }
  throw new UserError(
    "branch-unrelated",
    `The commits ${from} and ${to} have no history in common, so nothing is written on the branch. Delete the branch so that it is created again.`
  );
}
async function readCommit(store, oid) {
  const text3 = await store.local(["cat-file", "commit", oid]);
  const end = text3.indexOf("\n\n");
  const headers = text3.slice(0, end === -1 ? void 0 : end).split("\n");
  const those = (name5) => headers.flatMap((line) => line.startsWith(`${name5} `) ? [line.slice(name5.length + 1)] : []);
  return {
    sha: oid,
    tree: those("tree")[0] ?? "",
    parents: those("parent"),
    message: end === -1 ? "" : text3.slice(end + 2),
    author: nameIn(those("committer")[0]) ?? nameIn(those("author")[0]) ?? "someone"
  };
}
var nameIn = (person) => {
  const name5 = person?.slice(0, Math.max(person.indexOf(" <"), 0));
  return name5 === "" ? void 0 : name5;
};

// src/pull-request/forgejo/pulls.ts
init_failures();
var pullRoute = "/repos/{owner}/{repo}/pulls";
function pullOf(data, { owner }, hasAutoMerge) {
  return {
    number: data.number,
    url: data.html_url,
    isOpen: data.state === "open",
    isMerged: data.merged,
    head: data.head.sha,
    baseRef: data.base.ref,
    title: data.title.replace(DRAFT_PREFIX, ""),
    body: data.body,
    labels: (data.labels ?? []).map(({ name: name5 }) => name5),
    assignees: (data.assignees ?? []).map(({ login: login3 }) => login3),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login: login3 }) => login3),
      ...(data.requested_reviewers_teams ?? []).map(({ name: name5 }) => `${owner}/${name5}`)
    ],
    milestone: data.milestone ? [data.milestone.title] : [],
    isDraft: isDraft(data.title),
    hasAutoMerge,
    id: String(data.number)
  };
}
var CLOSED_PAGES = 5;
function listPulls2(ask2, place3, branch) {
  return doStep({ to: "list pull requests", needs: "read:issue, read:repository" }, async () => {
    const route2 = `GET ${pullRoute}`;
    const open7 = await listAll(ask2, route2, { ...place3, state: "open" });
    const closed2 = await listAll(ask2, route2, { ...place3, state: "closed" }, CLOSED_PAGES);
    const ofBranch = ({ head: head2, base }) => head2.label === branch && head2.repo_id === base.repo_id;
    const pulls = closed2.filter(ofBranch).map((pull3) => pullOf(pull3, place3, false));
    for (const pull3 of open7.filter(ofBranch))
      pulls.push(pullOf(pull3, place3, (await readAutoMerge(ask2, place3, pull3.number)).isOn));
    return pulls.sort((a, b) => b.number - a.number);
  });
}
var WRITE = "write:repository, write:issue";
var DRAFT = "WIP: ";
var DRAFT_PREFIX = /^(?:WIP:|\[WIP\])\s*/i;
var isDraft = (title) => DRAFT_PREFIX.test(title);
async function openPull2(ask2, place3, { title, body: body2, head: head2, base, draft }) {
  const named = draft && !isDraft(title) ? `${DRAFT}${title}` : title;
  try {
    const { data } = await ask2(`POST ${pullRoute}`, { ...place3, title: named, body: body2, head: head2, base });
    return pullOf(data, place3, false);
  } catch (error2) {
    if (statusOf(error2) === 409) return "exists";
    if (statusOf(error2) === 422 && /no changes between/i.test(wordsOf2(error2))) return "nothing-new";
    throw explain2({ to: "open the pull request", needs: WRITE }, error2);
  }
}
async function editPull(ask2, place3, index, edit) {
  const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${index}`;
  await doStep({ to, needs: WRITE }, async () => {
    const title = edit.title === void 0 ? {} : { title: await titleFor(ask2, place3, index, edit.title) };
    await ask2(`PATCH ${pullRoute}/{index}`, { ...place3, index, ...edit, ...title });
  });
}
async function titleFor(ask2, place3, index, title) {
  const { data } = await ask2(`GET ${pullRoute}/{index}`, { ...place3, index });
  return isDraft(data.title) && !isDraft(title) ? `${DRAFT}${title}` : title;
}
async function setDraft(ask2, place3, index, draft) {
  const to = draft ? `make #${index} a draft` : `make #${index} ready for review`;
  await doStep({ to, needs: WRITE }, async () => {
    const { data } = await ask2(`GET ${pullRoute}/{index}`, { ...place3, index });
    const { title } = data;
    if (isDraft(title) === draft) return;
    const named = draft ? `${DRAFT}${title}` : title.replace(DRAFT_PREFIX, "");
    await ask2(`PATCH ${pullRoute}/{index}`, { ...place3, index, title: named });
  });
}
var commentRoute = "/repos/{owner}/{repo}/issues/{index}/comments";
var commenting = (index) => ({ to: `comment on the pull request #${index}`, needs: "write:issue" });
async function comments(ask2, place3, index) {
  const { data } = await doStep(commenting(index), () => ask2(`GET ${commentRoute}`, { ...place3, index }));
  return (data ?? []).map(({ body: body2 }) => body2);
}
async function comment(ask2, place3, index, body2) {
  await doStep(
    commenting(index),
    () => ask2(`POST ${commentRoute}`, { ...place3, index, body: body2, request: { retries: 0 } })
  );
}

// src/pull-request/forgejo/forgejo.ts
var BODY_LIMIT = 65536;
function forgejoForge({ run, ask: ask2, scratch: scratch2, remote, patience }) {
  const place3 = { owner: remote.owner, repo: remote.repo };
  const store = once(() => openStore(run, scratch2, remote, patience));
  return {
    bodyLimit: BODY_LIMIT,
    look: async (request) => look(await store(), request),
    viewCommit: async (oid, paths) => {
      await fetchCommits(await store(), [oid]);
      return viewOf(await store(), oid, paths);
    },
    compare: async (from, to) => compare5(await store(), from, to),
    makeCommit: async (commit3) => makeCommit(await store(), commit3),
    moveBranch: async (branch, move) => moveBranch(await store(), branch, move),
    listPulls: (branch) => listPulls2(ask2, place3, branch),
    openPull: (pull3) => openPull2(ask2, place3, pull3),
    editPull: (number2, edit) => editPull(ask2, place3, number2, edit),
    comments: (number2) => comments(ask2, place3, number2),
    comment: (number2, body2) => comment(ask2, place3, number2, body2),
    everAdded: (number2) => everAdded(ask2, place3, number2),
    add: (number2, list6, items, log) => add(ask2, place3, number2, list6, items, log),
    setDraft: ({ number: number2 }, draft) => setDraft(ask2, place3, number2, draft),
    merging: (pull3) => merging(ask2, place3, pull3),
    enableAutoMerge: (pull3, method) => enableAutoMerge(ask2, place3, pull3, method)
  };
}

// src/pull-request/github/auto-merge.ts
init_failures();

// src/pull-request/github/failures.ts
init_failures();
function acceptedOf(error2) {
  const header = headerOf(error2, "x-accepted-github-permissions");
  if (typeof header !== "string" || !/^[a-z_=,; ]{1,300}$/.test(header)) return void 0;
  const named = header.replaceAll("=", ": ").replaceAll("_", "-");
  return named.split(";").map(inCode).join(", or ");
}
var inCode = (permissions) => permissions.split(",").map((one) => `\`${one.trim()}\``).join(" and ");
var EXPLANATIONS2 = [
  {
    fits: isRateLimit,
    code: "rate-limited",
    say: (step, error2) => `GitHub's rate limit is used up, so it refused to ${step.to} (${wordsOf2(error2)}). Run this again ${whenFree(error2)}; a token of a GitHub App has a limit of its own.`
  },
  {
    fits: (error2) => statusOf(error2) === 401,
    code: "token-rejected",
    say: (step, error2) => `GitHub does not accept the token, so it refused to ${step.to} (${wordsOf2(error2)}). Use a token that has not expired: \`\${{ github.token }}\`, or one of a GitHub App.`
  },
  {
    fits: (error2) => /not permitted to create or approve pull requests/i.test(wordsOf2(error2)),
    code: "pull-requests-not-allowed",
    say: (step, error2) => `GitHub refused to ${step.to} (${wordsOf2(error2)}). Enable "Allow GitHub Actions to create and approve pull requests" in the settings of the repository (Actions, General, Workflow permissions) and of its organization, or use the token of a GitHub App.`
  },
  {
    fits: (error2) => /protected|rule violations|force-push|signatures/i.test(wordsOf2(error2)),
    code: "branch-protected",
    say: (step, error2) => `A rule of the repository does not allow to ${step.to} (${wordsOf2(error2)}). Exclude this branch from the rule, or choose a branch name that it does not cover.`
  },
  {
    fits: (error2) => /not accessible|must have|permission/i.test(wordsOf2(error2)) || statusOf(error2) === 403 && !/archived/i.test(wordsOf2(error2)),
    code: "token-permission",
    say: (step, error2) => `The token may not ${step.to} (${wordsOf2(error2)}). It needs ${acceptedOf(error2) ?? inCode(step.needs)}: add that to \`permissions:\` of the job, or to the GitHub App. Runs for forks and Dependabot get a token that can only read.`
  },
  {
    fits: (error2) => statusOf(error2) === 404 || problemsOf(error2).some((one) => one.type === "NOT_FOUND"),
    code: "repository-not-found",
    say: (step, error2) => `GitHub answered "not found" when asked to ${step.to} (${wordsOf2(error2)}). Check the name of the repository, and that the token can read it if it is private (it needs ${inCode(step.needs)}).`
  },
  {
    fits: (error2) => (statusOf(error2) ?? 0) >= 500,
    code: "github-unavailable",
    say: (step, error2) => `GitHub failed when asked to ${step.to}, also after retries (${wordsOf2(error2)}). Run this again later; it continues from where it stopped.`
  },
  {
    fits: (error2) => statusOf(error2) !== void 0 || isGraphqlRefusal(error2),
    code: "github-refused",
    say: (step, error2) => `GitHub refused to ${step.to}: ${wordsOf2(error2)}.`
  }
];
var { explain: explain3, doStep: doStep2 } = explainingBy(EXPLANATIONS2);

// src/pull-request/github/auto-merge.ts
var LOOK = `query AutoMerge($pull: ID!) {
  node(id: $pull) { ... on PullRequest {
    timelineItems(itemTypes: [AUTO_MERGE_DISABLED_EVENT], last: 1) { nodes { ... on AutoMergeDisabledEvent { actor { login } } } }
    repository { autoMergeAllowed mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed }
  } }
}`;
async function merging2(octokit, { id: id2, number: number2 }) {
  const step = { to: `read how #${number2} may be merged`, needs: "pull-requests: read" };
  const { node } = await doStep2(step, () => octokit.graphql(LOOK, { pull: id2 }));
  const { autoMergeAllowed, mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed } = node?.repository ?? {};
  const methods = { merge: mergeCommitAllowed, squash: squashMergeAllowed, rebase: rebaseMergeAllowed };
  const [off] = node?.timelineItems.nodes ?? [];
  return {
    isAllowed: autoMergeAllowed === true,
    methods: ["merge", "squash", "rebase"].filter((method) => methods[method]),
    switchedOffBy: off && (off.actor?.login ?? "someone")
  };
}
var ENABLE = `mutation EnableAutoMerge($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { clientMutationId }
}`;
var NOTHING_TO_WAIT_FOR = /\b(?:clean|unstable|has_hooks) status|protected branch rules not configured/i;
async function enableAutoMerge2(octokit, { id: id2, number: number2 }, method) {
  try {
    await octokit.graphql(ENABLE, { input: { pullRequestId: id2, mergeMethod: method.toUpperCase() } });
    return void 0;
  } catch (error2) {
    if (isGraphqlRefusal(error2) && NOTHING_TO_WAIT_FOR.test(wordsOf2(error2))) return wordsOf2(error2);
    const needs = "contents: write, pull-requests: write";
    throw explain3({ to: `enable auto-merge for #${number2}`, needs }, error2);
  }
}

// src/pull-request/github/commit.ts
init_failures();
var NO_OBJECT = "0".repeat(40);
var UPDATE = "mutation Move($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";
function asText(content) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return void 0;
  }
}
async function treeEntry(octokit, { owner, repo }, file) {
  const entry = { path: file.path, mode: file.mode, type: "blob" };
  const text3 = asText(file.content);
  if (text3 !== void 0) return { ...entry, content: text3 };
  const content = Buffer.from(file.content).toString("base64");
  const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: "base64" });
  return { ...entry, sha: data.sha };
}
function makeCommit2(octokit, place3, commit3) {
  return doStep2({ to: "write a commit", needs: "contents: write" }, async () => {
    const entries2 = [];
    for (const file of commit3.files) entries2.push(await treeEntry(octokit, place3, file));
    const base = commit3.parent.tree;
    const { data } = await octokit.rest.git.createTree({ ...place3, base_tree: base, tree: entries2 });
    const message = commit3.message(data.sha);
    const made = { ...place3, message, tree: data.sha, parents: [commit3.parent.oid] };
    return (await octokit.rest.git.createCommit(made)).data.sha;
  });
}
async function currentHead(octokit, place3, branch) {
  try {
    const { data } = await octokit.rest.git.getRef({ ...place3, ref: `heads/${branch}` });
    return data.object.sha;
  } catch (error2) {
    if (statusOf(error2) === 404) return void 0;
    throw error2;
  }
}
async function moveBranch2(octokit, place3, branch, { before, after, force }) {
  const { repositoryId, ...repository2 } = place3;
  const name5 = `refs/heads/${branch}`;
  const update = { name: name5, beforeOid: before ?? NO_OBJECT, afterOid: after ?? NO_OBJECT, force };
  const step = { to: `move the branch \`${branch}\``, needs: "contents: write" };
  try {
    await octokit.graphql(UPDATE, { input: { repositoryId, refUpdates: [update] } });
    return true;
  } catch (error2) {
    if (!isGraphqlRefusal(error2) && (statusOf(error2) ?? 0) < 500) throw explain3(step, error2);
    const now = await doStep2(step, () => currentHead(octokit, repository2, branch));
    if (now === after) return true;
    if (now === before) throw explain3(step, error2);
    return false;
  }
}

// src/pull-request/github/compare.ts
function whoOf(commit3) {
  const committer = commit3.committer?.name;
  return (committer === "GitHub" ? void 0 : committer) ?? commit3.author?.name ?? "someone";
}
async function compare6(octokit, place3, from, to) {
  const { data } = await doStep2(
    { to: `compare ${from} with ${to}`, needs: "contents: read" },
    () => octokit.rest.repos.compareCommitsWithBasehead({ ...place3, basehead: `${from}...${to}` })
  );
  const commits = data.commits.map(({ sha: sha2, commit: commit3, parents }) => ({
    sha: sha2,
    tree: commit3.tree.sha,
    parents: parents.map((parent) => parent.sha),
    message: commit3.message,
    author: whoOf(commit3)
  }));
  return {
    commits,
    complete: commits.length === data.total_commits,
    mergeBase: data.merge_base_commit.sha,
    changed: new Set((data.files ?? []).map(({ filename }) => filename))
  };
}

// src/pull-request/github/extras.ts
init_failures();

// src/pull-request/github/pages.ts
var PER_PAGE = 100;
async function allPages(ask2, most3 = 20) {
  const all2 = [];
  for (let page2 = 1; page2 <= most3; page2++) {
    const { data, headers } = await ask2({ per_page: PER_PAGE, page: page2 });
    all2.push(...data);
    if (data.length === 0 || !/rel="next"/.test(headers.link ?? "")) break;
  }
  return all2;
}

// src/pull-request/github/extras.ts
var NEEDS3 = "pull-requests: write";
async function everAdded2(octokit, place3, number2) {
  const step = { to: `read the history of the pull request #${number2}`, needs: "pull-requests: read" };
  const events2 = await doStep2(
    step,
    () => allPages((page2) => octokit.rest.issues.listEvents({ ...place3, issue_number: number2, ...page2 }))
  );
  const those = (subject3) => events2.flatMap((event3) => subject3(event3) ?? []);
  const team = ({ requested_team: { slug } = {} }) => slug === void 0 ? void 0 : `${place3.owner}/${slug}`;
  return {
    labels: those(({ label: label3 }) => label3?.name),
    assignees: those(({ assignee }) => assignee?.login),
    reviewers: [...those(({ requested_reviewer }) => requested_reviewer?.login), ...those(team)],
    milestone: those(({ milestone }) => milestone?.title)
  };
}
async function add2(octokit, place3, number2, list6, items, log) {
  const issue2 = { ...place3, issue_number: number2 };
  const { issues, pulls } = octokit.rest;
  const calls = {
    labels: () => issues.addLabels({ ...issue2, labels: [...items] }),
    assignees: async () => {
      const assignees = await assignable(octokit, place3, items, log);
      return assignees.length > 0 && issues.addAssignees({ ...issue2, assignees });
    },
    // Separate requests, because GITHUB_TOKEN cannot request teams.
    reviewers: async () => {
      const review = { ...place3, pull_number: number2 };
      const { users, teams } = usersAndTeams(items);
      if (users.length > 0) await pulls.requestReviewers({ ...review, reviewers: users });
      if (teams.length > 0) await pulls.requestReviewers({ ...review, team_reviewers: teams });
    },
    milestone: async () => {
      const all2 = await allPages((page2) => issues.listMilestones({ ...place3, ...page2 }));
      const [wanted2 = ""] = items;
      const found2 = findMilestone(all2, wanted2, place3, log, ({ number: one }) => String(one) === wanted2);
      return found2 !== void 0 && issues.update({ ...issue2, milestone: found2.number });
    }
  };
  const step = { to: `${ADDING[list6]} ${items.join(", ")} (#${number2})`, needs: NEEDS3 };
  return await doStep2(step, calls[list6]) !== false;
}
async function assignable(octokit, place3, logins3, log) {
  const can = [];
  for (const assignee of logins3) {
    try {
      await octokit.rest.issues.checkUserCanBeAssigned({ ...place3, assignee });
      can.push(assignee);
    } catch (error2) {
      if (statusOf(error2) !== 404) throw error2;
      log.warning(
        `${assignee} can't be assigned in ${place3.owner}/${place3.repo}: only people with access to the repository can. Give them access, or leave them out of \`assignees\`.`
      );
    }
  }
  return can;
}

// src/pull-request/github/look.ts
init_errors();
init_failures();
function filesFragment(paths) {
  const fields = paths.map((_, index) => `f${index}: file(path: $p${index}) { oid mode }`);
  return `fragment Files on Commit { oid tree { oid } ${fields.join(" ")} }`;
}
var declarations = (paths) => paths.map((_, index) => `, $p${index}: String!`).join("");
var variables = (paths) => Object.fromEntries(paths.map((path58, index) => [`p${index}`, path58]));
function viewOf2(answer, paths) {
  if (!answer?.oid || !answer.tree) return void 0;
  const files = /* @__PURE__ */ new Map();
  paths.forEach((path58, index) => {
    const file = answer[`f${index}`];
    if (file) files.set(path58, { oid: file.oid, mode: file.mode.toString(8).padStart(6, "0") });
  });
  return { oid: answer.oid, tree: answer.tree.oid, files };
}
async function query(octokit, text3, values) {
  try {
    return await octokit.graphql(text3, values);
  } catch (error2) {
    const { data } = error2;
    const missing3 = problemsOf(error2).every((one) => one.type === "NOT_FOUND");
    if (data?.repository && missing3) return data;
    throw error2;
  }
}
async function look2(octokit, request) {
  const paths = pathsOf(request);
  const text3 = `query Look($owner: String!, $name: String!, $base: String!, $branch: String!, $read: GitObjectID!${declarations(paths)}) {
    viewer { login }
    repository(owner: $owner, name: $name) {
      id
      base: ref(qualifiedName: $base) { target { ...Files } }
      branch: ref(qualifiedName: $branch) { target { ...Files } }
      read: object(oid: $read) { ...Files }
    }
  } ${filesFragment(paths)}`;
  const step = { to: `read the repository ${request.owner}/${request.repo}`, needs: "contents: read" };
  const { viewer, repository: repository2 } = await doStep2(
    step,
    () => query(octokit, text3, {
      owner: request.owner,
      name: request.repo,
      base: `refs/heads/${request.base.ref}`,
      branch: `refs/heads/${request.branch}`,
      read: request.base.sha,
      ...variables(paths)
    })
  );
  const base = viewOf2(repository2?.base?.target, paths);
  const read2 = viewOf2(repository2?.read, paths);
  if (!repository2 || !base) {
    throw new UserError(
      "base-missing",
      `The repository ${request.owner}/${request.repo} has no branch \`${request.base.ref}\` to open a pull request against. Give the name of a branch that exists on GitHub.`
    );
  }
  if (!read2) {
    throw new UserError(
      "base-unknown",
      `GitHub does not have the checked-out commit ${request.base.sha}. Push it first, or check out a commit of \`${request.base.ref}\`.`
    );
  }
  const branch = viewOf2(repository2.branch?.target, paths);
  const isGithubToken = viewer?.login === "github-actions[bot]";
  return { repositoryId: repository2.id, sight: { base, read: read2, branch, isGithubToken } };
}
async function viewCommit(octokit, { owner, repo }, oid, paths) {
  const text3 = `query View($owner: String!, $name: String!, $oid: GitObjectID!${declarations(paths)}) {
    repository(owner: $owner, name: $name) { object(oid: $oid) { ...Files } }
  } ${filesFragment(paths)}`;
  const values = { owner, name: repo, oid, ...variables(paths) };
  const answer = await doStep2(
    { to: `read the commit ${oid}`, needs: "contents: read" },
    () => query(octokit, text3, values)
  );
  const view = viewOf2(answer.repository?.object, paths);
  if (!view)
    throw new UserError(
      "github-refused",
      `GitHub did not find the commit ${oid}, although it listed it. Run this again.`
    );
  return view;
}

// src/pull-request/github/pulls.ts
init_failures();
import { setTimeout as wait } from "node:timers/promises";
function pullOf2(data) {
  return {
    number: data.number,
    url: data.html_url,
    isOpen: data.state === "open",
    isMerged: data.merged_at !== null,
    head: data.head.sha,
    baseRef: data.base.ref,
    title: data.title,
    body: data.body ?? "",
    labels: data.labels.map(({ name: name5 }) => name5),
    assignees: (data.assignees ?? []).map(({ login: login3 }) => login3),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login: login3 }) => login3),
      ...(data.requested_teams ?? []).map(({ slug }) => `${data.base.user?.login}/${slug}`)
    ],
    milestone: data.milestone ? [data.milestone.title] : [],
    isDraft: data.draft === true,
    hasAutoMerge: data.auto_merge !== null,
    id: data.node_id
  };
}
var READ2 = { to: "list pull requests", needs: "pull-requests: read" };
var WRITE2 = "pull-requests: write";
async function listPulls3(octokit, place3, branch) {
  const head2 = `${place3.owner}:${branch}`;
  const { data } = await doStep2(
    READ2,
    () => octokit.rest.pulls.list({ ...place3, head: head2, state: "all", per_page: 100 })
  );
  const name5 = `${place3.owner}/${place3.repo}`.toLowerCase();
  const ofBranch = (pull3) => pull3.head.ref === branch && pull3.head.repo?.full_name.toLowerCase() === name5;
  return data.filter(ofBranch).map(pullOf2);
}
var hasProblem = (error2, pattern) => statusOf(error2) === 422 && (pattern.test(wordsOf2(error2)) || problemsOf(error2).some(({ message }) => pattern.test(message ?? "")));
var isHeadUnknown = (error2) => statusOf(error2) === 422 && problemsOf(error2).some(({ field: field2, code: code4 }) => field2 === "head" && code4 === "invalid");
async function openPull3(octokit, place3, pull3, log) {
  let { draft } = pull3;
  for (let tries = 1; ; tries++) {
    try {
      const { data } = await octokit.rest.pulls.create({ ...place3, ...pull3, draft });
      return pullOf2(data);
    } catch (error2) {
      if (hasProblem(error2, /already exists/i)) return "exists";
      if (hasProblem(error2, /no commits between/i)) return "nothing-new";
      const again = tries < 5 && isHeadUnknown(error2);
      if (draft && hasProblem(error2, /draft pull requests are not supported/i)) {
        log.warning("This repository does not support draft pull requests, so it is opened without a draft.");
        draft = false;
      } else if (again) await wait(tries * 200);
      else throw explain3({ to: "open the pull request", needs: WRITE2 }, error2);
    }
  }
}
async function editPull2(octokit, place3, number2, edit) {
  const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${number2}`;
  await doStep2(
    { to, needs: WRITE2 },
    () => octokit.rest.pulls.update({ ...place3, pull_number: number2, ...edit })
  );
}
var commenting2 = (number2) => ({ to: `comment on the pull request #${number2}`, needs: WRITE2 });
async function comments2(octokit, place3, number2) {
  const all2 = await doStep2(
    commenting2(number2),
    () => allPages((page2) => octokit.rest.issues.listComments({ ...place3, issue_number: number2, ...page2 }))
  );
  return all2.map(({ body: body2 }) => body2 ?? "");
}
async function comment2(octokit, place3, number2, body2) {
  await doStep2(
    commenting2(number2),
    () => octokit.rest.issues.createComment({ ...place3, issue_number: number2, body: body2, request: { retries: 0 } })
  );
}
var TO_DRAFT = `mutation ToDraft($input: ConvertPullRequestToDraftInput!) {
  convertPullRequestToDraft(input: $input) { clientMutationId }
}`;
var TO_READY = `mutation ToReady($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { clientMutationId }
}`;
async function setDraft2(octokit, { id: id2, number: number2 }, draft) {
  const to = draft ? `make #${number2} a draft` : `make #${number2} ready for review`;
  await doStep2(
    { to, needs: "contents: write, pull-requests: write" },
    () => octokit.graphql(draft ? TO_DRAFT : TO_READY, { input: { pullRequestId: id2 } })
  );
}

// src/pull-request/github/github.ts
var BODY_LIMIT2 = 65536;
function githubForge(octokit, { owner, repo }) {
  const place3 = { owner, repo };
  let repositoryId = "";
  return {
    bodyLimit: BODY_LIMIT2,
    look: async (request) => {
      const seen3 = await look2(octokit, request);
      repositoryId = seen3.repositoryId;
      return seen3.sight;
    },
    viewCommit: (oid, paths) => viewCommit(octokit, place3, oid, paths),
    compare: (from, to) => compare6(octokit, place3, from, to),
    makeCommit: (commit3) => makeCommit2(octokit, place3, commit3),
    moveBranch: (branch, move) => moveBranch2(octokit, { ...place3, repositoryId }, branch, move),
    listPulls: (branch) => listPulls3(octokit, place3, branch),
    openPull: (pull3, log) => openPull3(octokit, place3, pull3, log),
    editPull: (number2, edit) => editPull2(octokit, place3, number2, edit),
    comments: (number2) => comments2(octokit, place3, number2),
    comment: (number2, body2) => comment2(octokit, place3, number2, body2),
    everAdded: (number2) => everAdded2(octokit, place3, number2),
    add: (number2, list6, items, log) => add2(octokit, place3, number2, list6, items, log),
    setDraft: (pull3, draft) => setDraft2(octokit, pull3, draft),
    merging: (pull3) => merging2(octokit, pull3),
    enableAutoMerge: (pull3, method) => enableAutoMerge2(octokit, pull3, method)
  };
}

// src/action/forge.ts
init_once();
function forgeKind(asked3, marks) {
  if (asked3 !== "auto") return asked3;
  if (marks.FORGEJO_ACTIONS === "true") return "forgejo";
  return marks.GITEA_ACTIONS === "true" ? "gitea" : "github";
}
var GITHUB = { api: "https://api.github.com", pages: "https://github.com" };
function connect(kind2, { token }, trigger, { run, scratch: scratch2 }, makeClient) {
  const { owner, repo, serverUrl, apiUrl } = trigger;
  if (kind2 === "github") {
    const client2 = once(() => makeClient(token, apiUrl));
    return { client: client2, githubUrl: serverUrl, forge: async () => githubForge(await client2(), trigger) };
  }
  const forge = async () => {
    const api = await makeClient(token, `${serverUrl.replace(/\/$/, "")}/api/v1`, forgejoAnswers);
    return forgejoForge({
      ...{ run, scratch: scratch2 },
      ask: (route2, values) => api.request(route2, { ...values }),
      remote: { serverUrl, owner, repo, token }
    });
  };
  return { client: async () => makeClient("", GITHUB.api), githubUrl: GITHUB.pages, forge };
}

// src/action/inputs.ts
import path38 from "node:path";
init_inside();

// src/action/pull-request-inputs.ts
init_errors();
var readers2 = {
  title: (name5, text3) => ({ title: template2(name5, text3, titleWords) }),
  body: (name5, text3) => ({ body: template2(name5, text3, wordsOf.body) }),
  "commit-message": (name5, text3) => ({ commitMessage: template2(name5, text3, wordsOf.commitMessage) }),
  labels: (_, text3) => ({ labels: listed(text3) }),
  reviewers: (name5, text3) => ({ reviewers: logins(name5, text3, "user names, or teams as org/team") }),
  assignees: (name5, text3) => ({ assignees: logins(name5, text3, "user names") }),
  milestone: (_, text3) => ({ milestone: text3 }),
  draft: (name5, text3) => ({
    draft: oneOf2(name5, text3, { true: true, false: false, unverified: "unverified" })
  }),
  "auto-merge": (name5, text3) => ({
    autoMerge: oneOf2(name5, text3, {
      ...{ true: true, false: false },
      ...{ merge: "merge", squash: "squash", rebase: "rebase" }
    })
  })
};
function loadPullRequestInputs(get) {
  const given = Object.entries(readers2).flatMap(([name5, read2]) => {
    const text3 = get(name5);
    return text3 === "" ? [] : [read2(name5, text3)];
  });
  return Object.assign({}, ...given);
}
var listed = (text3) => text3.split(/[,\n]/).map((item2) => item2.trim()).filter((item2) => item2 !== "");
function logins(name5, text3, what) {
  const all2 = listed(text3);
  const wrong = all2.find((login3) => !isLogin(login3));
  if (wrong !== void 0) throw invalid2(name5, wrong, `${what}, separated by commas or line ends`);
  return all2;
}
function template2(name5, text3, known2) {
  const wrong = unknownWord(text3, known2);
  if (wrong === void 0) return text3;
  throw invalid2(name5, text3, placeholdersText(known2));
}
function oneOf2(name5, text3, allowed) {
  const found2 = Object.entries(allowed).find(([word3]) => word3 === text3.toLowerCase());
  if (!found2) throw invalid2(name5, text3, Object.keys(allowed).join(", "));
  return found2[1];
}
var invalid2 = (name5, text3, allowed) => new UserError("input-invalid", `Input '${name5}' is '${text3.slice(0, 200)}'; it takes ${allowed}.`);

// src/action/inputs.ts
var modes = ["update", "check", "compute", "publish"];
var forges = ["auto", "github", "forgejo", "gitea"];
function loadInputs(get, workspace) {
  const attribute = get("attribute");
  if (attribute !== "" && !isRootAttribute(attribute))
    throw invalid2("attribute", attribute, rootAttributeText);
  const asked3 = get("mode") || "update";
  const mode = modes.find((name5) => name5 === asked3);
  if (mode === void 0) throw invalid2("mode", asked3, modes.join(", "));
  const skipSecondDerivation = yesOrNo2("skip-second-derivation", get("skip-second-derivation") || "false");
  if (mode === "check" && skipSecondDerivation)
    throw invalid2(
      "skip-second-derivation",
      "true",
      "false with mode: check, which compares two computations of the hash"
    );
  const pullRequest = mode === "publish" || mode === "update" && yesOrNo2("pull-request", get("pull-request") || "true");
  const forge = forges.find((name5) => name5 === (get("forge") || "auto"));
  if (forge === void 0) throw invalid2("forge", get("forge"), forges.join(", "));
  const token = get("token");
  if (pullRequest && token === "") {
    throw invalid2(
      "token",
      "",
      "a token that can write contents and pull requests (secrets are not available in runs for forks and Dependabot), or set pull-request: false"
    );
  }
  return {
    mode,
    workspace,
    attribute,
    nix: readNix2(get, workspace),
    config: inside("config", get("config") || ".github/uv-fod.toml", workspace),
    findReleases: get("find-releases") === "" ? void 0 : yesOrNo2("find-releases", get("find-releases")),
    ...{ token, forge },
    base: get("base"),
    branch: branchName(get("branch") || `uv-fod/${attribute || "update"}`),
    compareWith: get("compare-with"),
    pullRequest,
    result: inside("result", get("result") || "uv-fod-result.json", workspace),
    verify: yesOrNo2("verify", get("verify") || "true"),
    skipSecondDerivation,
    allowUnsandboxed: yesOrNo2("allow-unsandboxed", get("allow-unsandboxed") || "false"),
    cache: yesOrNo2("cache", get("cache") || "true"),
    cacheTo: readCache(get, mode),
    options: loadPullRequestInputs(get)
  };
}
var roots = ["file", "flake", "expression"];
function readNix2(get, workspace) {
  const [name5 = "file", other] = roots.filter((one) => get(one) !== "");
  const text3 = get(name5) || "default.nix";
  if (other !== void 0) throw invalid2(other, get(other), `no value together with '${name5}'`);
  if (get(name5) !== "" && get("attribute") === "")
    throw invalid2(
      name5,
      text3,
      "no value without 'attribute', because the configuration sets it for each package"
    );
  if (name5 === "expression") return { kind: "expression", expression: text3 };
  if (name5 === "file")
    return { kind: "file", file: path38.relative(workspace, inside("file", text3, workspace)) };
  if (text3 !== "." && !isInnerPath(text3))
    throw invalid2("flake", text3, "the folder of a flake.nix inside the checkout, such as '.' or nix/backend");
  return { kind: "flake", flake: text3 };
}
function readCache(get, mode) {
  const address4 = get("cache-to");
  if (address4 === "") return void 0;
  if (!isCacheAddress(address4)) throw invalid2("cache-to", withoutPassword(address4), cacheText);
  if (mode === "check" || mode === "publish")
    throw invalid2("cache-to", address4, "no value with mode: check or mode: publish, which copy nothing");
  if (/^false$/i.test(get("verify")))
    throw invalid2(
      "cache-to",
      address4,
      "no value with verify: false, because only verified outputs are copied"
    );
  return address4;
}
var withoutPassword = (address4) => address4.replace(/:[^/@\s]*@/, ":…@");
function inside(name5, text3, workspace) {
  const file = path38.resolve(workspace, text3);
  if (isInnerPath(pathBelow(workspace, file) ?? "")) return file;
  throw invalid2(name5, text3, "a file inside the checkout");
}
function yesOrNo2(name5, text3) {
  if (/^true$/i.test(text3)) return true;
  if (/^false$/i.test(text3)) return false;
  throw invalid2(name5, text3, "true or false");
}
function branchName(text3) {
  if (isBranchName(text3)) return text3;
  throw invalid2("branch", text3, "a branch name without 'refs/heads/', such as uv-fod/authentik");
}

// src/action/jobs.ts
init_host_policy();
init_target();
import path45 from "node:path";
init_errors();
init_inside();

// src/action/base-tree.ts
init_errors();
init_inside();
import path40 from "node:path";
function baseTree(run, root, commit3) {
  const git2 = (args, input = "") => run("git", ["-C", root, ...args], { input });
  const read2 = async (file) => {
    const name5 = path40.relative(root, file);
    if (!isPlainPath(name5)) return void 0;
    const { code: code4, stdout, stderr } = await git2(
      ["cat-file", "--batch", "--follow-symlinks"],
      `${commit3}:${name5}
`
    );
    const [header = ""] = stdout.split("\n", 1);
    if (code4 !== 0)
      throw new UserError(
        "file-unreadable",
        `git cannot read ${name5} of the commit ${commit3}. Check out the repository in a step before this one.`,
        { log: stderr }
      );
    if (!/^[0-9a-f]{40} blob \d+$/.test(header)) return void 0;
    const text3 = stdout.slice(header.length + 1, -1);
    if (!text3.includes("�")) return text3;
    throw new UserError("file-unreadable", `${name5} is not text in UTF-8. Save it as UTF-8.`);
  };
  const hasFile = async (name5) => {
    if (!isPlainPath(name5)) return false;
    const { stdout } = await git2([...["ls-tree", "-z", "--full-tree"], commit3, "--", name5]);
    const [kind2, listed2] = stdout.split("	", 2);
    return listed2 === `${name5}\0` && /^100(?:644|755) blob [0-9a-f]{40}$/.test(kind2 ?? "");
  };
  const nixFilesWith = async (text3) => {
    const { stdout } = await git2([
      ...["grep", "--name-only", "--null", "--fixed-strings", "-e", text3],
      ...[commit3, "--", ":(top)*.nix"]
    ]);
    return stdout.split("\0").flatMap((line) => line === "" ? [] : [line.slice(commit3.length + 1)]);
  };
  const projectNear = async (folder) => {
    const hasLock = async (one) => await read2(path40.join(root, one, "uv.lock")) !== void 0;
    if (await hasLock(folder)) return folder;
    const below = folder === "" ? [] : ["--", `${folder}/`];
    const { stdout } = await git2(["ls-tree", "-d", "-z", "--name-only", "--full-tree", commit3, ...below]);
    const found2 = [];
    for (const one of stdout.split("\0")) if (one !== "" && await hasLock(one)) found2.push(one);
    return found2.length === 1 ? found2[0] : void 0;
  };
  return { root, read: read2, hasFile, projectNear, nixFilesWith };
}

// src/action/build-lock.ts
init_errors();

// src/action/refuse.ts
init_errors();
init_printable();
var refuse3 = (why) => new UserError(
  "result-refused",
  `The result of the other job is not published: ${printable(why)}. Nothing was written. See the log of that job, or run both jobs again.`
);

// src/action/build-lock.ts
var claims = [
  "build-lock-stale",
  "build-lock-unverified",
  "artifact-changed",
  "sdist-invalid",
  "pyproject-invalid"
];
async function verifyBuilds(written, hashes, { runner, checkout: checkout2, tree }) {
  const { read: read2 } = tree;
  const planned2 = hashes.map((one) => one.planned);
  try {
    const { edit, differences: differences3, taken } = await checkLock(
      written,
      planned2,
      { ...runner.parts, read: read2 },
      { withUv: false, resolved: false }
    );
    if (edit !== void 0) throw refuse3(`its build lock is not right: ${differences3}`);
    if (taken.length > 0 && !await publishesNewBuilds(runner, checkout2))
      throw refuse3(`only the build job saw ${taken.join(" and ")}, and publish-new-builds is false`);
    return taken;
  } catch (error2) {
    if (error2 instanceof UserError && claims.includes(error2.code))
      throw refuse3(error2.message.replace(/\.$/, ""));
    throw error2;
  }
}
async function publishesNewBuilds({ inputs, trigger }, checkout2) {
  const text3 = await trustedConfig(inputs, trigger.trust, checkout2);
  return text3 === void 0 || parseConfig(text3, inputs.config).publishNewBuilds;
}

// src/action/results.ts
init_bounded_json();
init_errors();
init_inside();
init_printable();
import { constants as constants6 } from "node:fs";
import { lstat as lstat5, open as open6, readdir as readdir6, realpath as realpath4, rename as rename5, rm as rm10, writeFile as writeFile7 } from "node:fs/promises";
import path41 from "node:path";

// src/action/proposed-schema.ts
init_shape();
init_sri();
var MOST_PROPOSALS = 100;
var MOST_PACKAGES = 1e3;
var words2 = (most3 = 1e3) => text(most3);
var name3 = text(200);
var system = text(64, /^[a-z0-9_]{1,32}-[a-z0-9]{1,31}$/);
var version2 = text(100, /^(?:[0-9A-Za-z][0-9A-Za-z.+!_~-]*)?$/);
var commit2 = text(40, /^[0-9a-f]{40}$/);
var hash = (value, at) => typeof value === "string" && isSri(value) ? void 0 : `${at} is not an SRI hash`;
var milliseconds = number(0, 7 * 24 * 3600 * 1e3);
var kind = oneOf("wheel", "sdist", "git", "local");
var link2 = exactly({ text: words2(), url: words2(4e3) });
var vulnerability2 = exactly(
  { id: words2(), fixedIn: list(words2(), 100) },
  { url: words2(4e3), summary: words2(4e3) }
);
var packageChange = exactly(
  { name: words2(), direct: yesOrNo },
  {
    before: words2(),
    after: words2(),
    url: words2(4e3),
    yanked: words2(4e3),
    vulnerabilities: list(vulnerability2, 100),
    kinds: list(exactly({ system }, { before: kind, after: kind }), 50)
  }
);
var check2 = exactly(
  { name: words2(), result: oneOf("ok", "failed", "not checked") },
  { detail: words2(2e4) }
);
var report = exactly(
  {
    version: oneOf(1),
    subject: exactly(
      { name: words2() },
      { before: words2(), after: words2(), links: list(link2, 10), notes: words2(4e4) }
    ),
    why: list(words2(2e4), 50),
    hashes: list(
      exactly({ system, after: hash, how: oneOf("nix", "native", "both") }, { before: words2() }),
      50
    ),
    packages: list(packageChange, MOST_PACKAGES),
    checks: list(check2, 1e3),
    timings: list(exactly({ stage: words2(), milliseconds }), 100),
    notDone: list(exactly({ what: words2(), why: words2() }), 100)
  },
  {
    download: exactly({ after: whole(0, 1e15) }, { before: whole(0, 1e15), system }),
    notes: list(words2(4e3), 100),
    notAsked: list(words2(4e3), 200)
  }
);
var subject2 = exactly(
  { name: name3, pname: name3, before: version2, after: version2, isBump: yesOrNo },
  { release: exactly({}, { commit: commit2 }) }
);
var module = text(200, /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u);
var stage = text(40, /^[a-z][a-z -]*$/);
var seen2 = exactly(
  {
    ...{ name: name3, system, built: yesOrNo, imports: list(module, 200), byNix: yesOrNo },
    timings: list(exactly({ stage, milliseconds }), 50)
  },
  {
    failed: oneOf("Build", "Import"),
    unsandboxed: (value, at) => value === true ? void 0 : `${at} is not true`
  }
);
var proposed = exactly(
  {
    name: name3,
    subjects: list(subject2, MOST_PROPOSALS),
    files: list(exactly({ path: text(4096), content: text(4e6) }), 3 * MOST_PROPOSALS),
    computedFrom: list(text(4096), MOST_PROPOSALS),
    reports: list(report, MOST_PROPOSALS),
    isUnverified: yesOrNo
  },
  // Missing in results of older versions.
  { seen: list(seen2, MOST_PROPOSALS) }
);
var result = exactly({ version: oneOf(1), head: commit2, proposed: list(proposed, MOST_PROPOSALS) });
var resultProblem = (value) => result(value, "result");

// src/action/results.ts
var MAX_BYTES = 5 * 1024 * 1024;
var bounds2 = { length: MAX_BYTES, depth: 32 };
var MAX_FILES = 64;
var MAX_ENTRIES = 1e3;
var MAX_PACKAGES = 1e3;
async function writeResult(proposed2, head2, file) {
  const short = proposed2.map((one) => ({
    ...one,
    reports: one.reports.map((report2) => ({ ...report2, packages: report2.packages.slice(0, MAX_PACKAGES) }))
  }));
  const result2 = { version: 1, head: head2, proposed: short };
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile7(part, `${JSON.stringify(result2, null, 2)}
`, { flag: "wx" });
    await rename5(part, file);
  } finally {
    await rm10(part, { force: true });
  }
}
async function removeResult(file, root) {
  await requireInside(root, path41.dirname(file), "The folder of the result");
  const found2 = await lstat5(file).catch(() => void 0);
  if (found2?.isDirectory())
    throw new UserError(
      "result-refused",
      `The result cannot be written to ${file}, which is a folder. Name a file with the input 'result'.`
    );
  await rm10(file, { force: true });
}
async function readResults(place3, root) {
  await requireInside(root, path41.dirname(place3), "The folder of the result");
  const found2 = await lstat5(place3).catch(() => void 0);
  const files = found2 === void 0 ? [] : found2.isDirectory() ? await filesIn(place3) : [place3];
  if (files.length === 0) {
    throw new UserError(
      "result-missing",
      `There is no result at ${place3}. Download the computing job's artifact in a step before this one, and set its path with the input 'result'.`
    );
  }
  const results2 = [];
  for (const file of files) results2.push(await readResult(file));
  return results2;
}
async function filesIn(folder) {
  const entries2 = await readdir6(await realpath4(folder), { recursive: true, withFileTypes: true });
  const files = entries2.filter(({ name: name5 }) => name5.endsWith(".json"));
  if (entries2.length > MAX_ENTRIES || files.length > MAX_FILES)
    throw new UserError(
      "result-refused",
      `${folder} has more than ${MAX_FILES} results. Download only the computing jobs' artifacts into a separate folder.`
    );
  return files.map(({ parentPath, name: name5 }) => path41.join(parentPath, name5)).sort();
}
async function readResult(file) {
  return parseResult(await boundedText(file, notResult(file)), file);
}
function parseResult(text3, file) {
  const refuse4 = notResult(file);
  let value;
  try {
    value = parseBoundedJson(text3, bounds2);
  } catch (error2) {
    throw refuse4(error2.message);
  }
  if (!saysNoMore(text3, value))
    throw refuse4("an object has a duplicate key, or it was not written by uv-fod");
  const problem = resultProblem(value);
  if (problem !== void 0) throw refuse4(problem);
  const { proposed: proposed2, ...rest } = value;
  return { ...rest, proposed: proposed2.map((one) => ({ ...one, seen: one.seen ?? [] })) };
}
var notResult = (file) => (why) => new UserError(
  "result-refused",
  `${printable(file)} is not a result of mode: compute (${why}). Run both jobs with the same version.`
);
async function boundedText(file, refuse4) {
  let handle;
  try {
    handle = await open6(file, constants6.O_RDONLY | constants6.O_NOFOLLOW | constants6.O_NONBLOCK);
  } catch (cause) {
    const { code: code4 } = cause;
    throw refuse4(code4 === "ELOOP" ? "it is a link" : `it cannot be opened: ${code4}`);
  }
  try {
    if (!(await handle.stat()).isFile()) throw refuse4("it is not a regular file");
    const bytes = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (let read2 = -1; read2 !== 0 && length < bytes.length; length += read2)
      ({ bytesRead: read2 } = await handle.read(bytes, length, bytes.length - length, null));
    if (length > MAX_BYTES) throw refuse4(`it has more than ${MAX_BYTES} bytes`);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length));
  } catch (error2) {
    if (error2 instanceof TypeError) throw refuse4("it is not UTF-8");
    throw error2;
  } finally {
    await handle.close();
  }
}

// src/action/verified-report.ts
init_errors();
import path42 from "node:path";
init_lock();
init_plan2();
async function verifiedProposal(proposed2, { name: name5 }, verified, composing) {
  const { subjects, locks } = verified;
  const lockReports = await Promise.all(locks.map((lock) => lockReport(lock, composing)));
  const [first3, ...others] = subjects.map((subject3) => headOf(subject3, composing));
  const report2 = {
    version: 1,
    subject: subjects.length === 1 && first3 ? first3 : { name: name5 },
    why: [...subjects.flatMap(released), ...lockReports.flatMap(({ why }) => why)],
    hashes: locks.flatMap(changedHashes),
    packages: lockReports.flatMap(({ packages }) => packages),
    ...lockReports[0]?.download ? { download: lockReports[0].download } : {},
    checks: checksOf(verified),
    seen: seenChecks(proposed2.seen, verified),
    timings: proposed2.seen.flatMap(
      ({ timings }) => timings.map(({ stage: stage2, milliseconds: milliseconds2 }) => ({ stage: `build job: ${stage2}`, milliseconds: milliseconds2 }))
    ),
    notDone: notDone2(proposed2.seen),
    notAsked: lockReports.flatMap(({ notAsked }) => notAsked)
  };
  const bumps = others.filter((_, index) => subjects[index + 1]?.bump);
  const more2 = subjects.length > 1 ? [...first3 && subjects[0]?.bump ? [first3] : [], ...bumps] : [];
  return {
    name: name5,
    files: proposed2.files,
    isUnverified: proposed2.isUnverified,
    seen: proposed2.seen,
    // Without changes no build lock leads to a uv.lock. Paths of the result are verified files of
    // the base.
    computedFrom: [
      .../* @__PURE__ */ new Set([
        ...locks.map(({ project }) => path42.posix.join(project, "uv.lock")),
        ...proposed2.computedFrom
      ])
    ],
    subjects: subjects.map(({ config, bump }) => ({
      ...{ name: config.name, pname: config.name, isBump: bump !== void 0 },
      ...{ before: bump?.before ?? "", after: bump?.release.version ?? "" }
    })),
    reports: [report2, ...more2.map(headlineOnly)]
  };
}
var changedHashes = ({ hashes }) => hashes.filter(({ before, after }) => before !== after).map(({ system: system2, before, after }) => ({
  ...{ system: system2, after, how: "native" },
  ...before ? { before } : {}
}));
var notDone2 = (seen3) => [
  ...seen3.some(({ unsandboxed }) => unsandboxed) ? [withoutIsolation("the build job ran without Nix’s sandbox")] : [],
  ...seen3.some(({ built }) => built) ? [] : [{ what: "Build and import", why: "the build job did not report it" }]
];
var headlineOnly = (subject3) => ({
  ...{ version: 1, subject: subject3, why: [], hashes: [], packages: [], checks: [], timings: [], notDone: [] }
});
var released = ({ config, bump }) => bump ? [`${config.name} ${bump.release.version} was released.`] : [];
function headOf({ config, bump }, { runner }) {
  if (!bump) return { name: config.name };
  const { before, release: release3 } = bump;
  const links = linksOf2({ before, after: release3.version }, config.releases?.source, runner.githubUrl);
  return {
    ...{ name: config.name, before, after: release3.version, links },
    ...release3.notes === void 0 ? {} : { notes: release3.notes }
  };
}
function checksOf({ subjects, locks }) {
  const hashes = locks.flatMap((lock) => lock.hashes);
  return [
    ...hashes.map(
      ({ system: system2, after }) => ({
        ...{ name: `Hash for ${system2} computed from uv.lock`, result: "ok", detail: after }
      })
    ),
    ...subjects.flatMap(
      ({ config, bump }) => bump ? [
        {
          name: `Release ${bump.release.tag ?? bump.release.version} of ${config.name} exists and is allowed`,
          result: "ok",
          ...bump.commit === void 0 ? {} : { detail: bump.commit }
        }
      ] : []
    )
  ];
}
function seenChecks(seen3, { unseen, locks }) {
  const taken = locks.flatMap((lock) => lock.taken);
  return [
    ...taken.map((what) => ({ name: `Build lock: ${what}`, result: "not checked" })),
    ...seen3.flatMap(({ system: system2, built, byNix, imports, failed: failed3, unsandboxed }) => [
      ...failed3 === void 0 ? [] : [{ name: `${failed3} for ${system2}`, result: "failed" }],
      ...byNix ? [{ name: `Nix computed the hash for ${system2}`, result: "ok" }] : [],
      ...built ? [
        {
          name: `Built ${unsandboxed ? "without" : "in"} Nix’s sandbox for ${system2}`,
          result: "ok"
        }
      ] : [],
      ...imports.map((module2) => ({ name: `import ${module2} (${system2})`, result: "ok" }))
    ]),
    ...unseen.map(
      ({ attribute, after }) => ({
        ...{ name: `Hash of ${attribute}, built twice`, result: "ok", detail: after }
      })
    )
  ];
}
async function lockReport(lock, { runner, checkout: checkout2, baseline }) {
  const { trigger, parts, fetchText } = runner;
  const { tree } = baseline;
  const folder = path42.join(tree.root, lock.project);
  const project = await loadProject(folder, tree.read);
  const commit3 = trigger.before ?? "HEAD^";
  const older = await checkout2.textAt(commit3, project.lockFile);
  const targets = Object.keys(lock.buildLock.systems).map(
    (system3) => parseTarget({ ...lock.buildLock.target, system: system3 })
  );
  const diff = older === void 0 ? void 0 : compared2(older, project.lock, targets);
  const edits = [{ file: lock.path, before: lock.before, after: lock.after }];
  const advised = await advise({ project, edits }, diff, fetchText, parts.log);
  const [system2] = Object.keys(lock.buildLock.systems);
  const hashes = lock.hashes.map((one) => ({ ...one, before: one.before ?? "", how: "native" }));
  const bytes = async (read2) => {
    const target3 = { ...lock.buildLock.target, system: system2 ?? "" };
    try {
      return wheelBytes(planProject(await loadProject(folder, read2), parseTarget(target3), target3));
    } catch (error2) {
      if (error2 instanceof UserError) return void 0;
      throw error2;
    }
  };
  const [before, after] = [await bytes((file) => checkout2.textAt(commit3, file)), await bytes(tree.read)];
  return {
    why: reasonsFor({ hashes, edits }, diff),
    packages: diff ? movedPackages(diff, project.lock, advised) : [],
    notAsked: advised.notAsked,
    ...after === void 0 || system2 === void 0 ? {} : { download: { system: system2, after, ...before === void 0 ? {} : { before } } }
  };
}
function compared2(older, lock, targets) {
  try {
    return diffLocks(parseLock(older, "uv.lock"), lock, targets);
  } catch (error2) {
    if (error2 instanceof UserError) return void 0;
    throw error2;
  }
}

// src/action/verify.ts
init_text();
import { lstat as lstat6 } from "node:fs/promises";
import path44 from "node:path";

// src/release/verify.ts
init_errors();
async function verifyRelease({ source, rules }, current2, claimed, parts, now) {
  if (source.kind === "branch") return verifyHead({ source, rules }, claimed, parts, now);
  const order = orders[rules.order];
  if (!order.isVersion(claimed.version)) throw changed2(`'${claimed.version}' is not a version`);
  const until = (one) => order.isVersion(one.version) && order.compare(one.version, claimed.version) <= 0;
  const listed2 = await candidatesOf({ source, rules }, current2, parts, until);
  const release3 = listed2.find(({ version: version4 }) => version4 === claimed.version);
  if (!release3) throw changed2(`version ${claimed.version} is not released`);
  const choice = chooseRelease(listed2, current2, rules, now);
  if (choice.kind !== "release" || choice.release.version !== claimed.version) {
    const why = choice.held.find(({ version: version4 }) => version4 === claimed.version)?.why;
    throw changed2(
      `the configuration does not lead from ${current2.version} to ${claimed.version}${why === void 0 ? "" : ` (it ${why})`}`
    );
  }
  const commit3 = await tagCommit(source, claimed.version, parts);
  if (commit3 !== claimed.commit) {
    const tag = source.kind === "pypi" ? claimed.version : tagOf(claimed.version, source.tag);
    throw changed2(
      `the tag ${tag} is at ${commit3 ?? "no commit"}, and the other job saw it at ${claimed.commit ?? "no commit"}`
    );
  }
  return release3;
}
async function verifyHead({ source, rules }, { version: version4, commit: commit3 }, parts, now) {
  if (commit3 === void 0) throw changed2(`no commit is named for ${version4}`);
  const date2 = await isOnBranch(source, commit3, parts);
  if (date2 === void 0) throw changed2(`${commit3} is not on the branch ${source.branch}`);
  const day2 = new Date(date2).toISOString().slice(0, 10);
  const named = source.version.replaceAll("{date}", day2).replaceAll("{revision}", commit3);
  if (named !== version4) throw changed2(`the commit ${commit3} has the version ${named}, not ${version4}`);
  if (now - date2 < rules.minimumAge)
    throw changed2(`the commit ${commit3} is younger than the configuration allows`);
  return { version: version4, revision: commit3, date: date2 };
}
var changed2 = (why) => new UserError(
  "result-refused",
  `The result of the other job is not published: ${why}. Nothing was written; run both jobs again.`
);

// src/action/verify.ts
init_errors();
init_inside();
init_sri();

// src/action/verify-hosts.ts
function checkHosts2(lock, known2, limits4) {
  const hosts = new Set(known2.flatMap(hostsIn));
  for (const address4 of addressesOf2(lock)) {
    const host = URL.parse(address4)?.host ?? "";
    const isAllowed = hosts.has(host) || limits4.allowedHosts !== void 0 && limits4.isAllowedHost(address4, limits4.allowedHosts);
    if (!isAllowed)
      throw refuse3(
        `its build lock fetches from '${host.slice(0, 200)}', and the base does not; allow it with allowed-hosts in the base's configuration`
      );
  }
}
var hostsIn = (text3) => [...text3.matchAll(/(?:https?|ssh):\/\/([^/"'?#\s@]+@)?([^/"'?#\s]+)/g)].map(([, , host = ""]) => host);
function addressesOf2({ builds, wheels }) {
  const sources = Object.values(builds).flatMap(
    (build5) => "url" in build5 && build5.url !== void 0 ? [build5.url] : []
  );
  return [...sources, ...Object.values(wheels).map(({ url }) => url)];
}

// src/action/verify-literals.ts
init_literal();

// src/nix/nix-literals.ts
init_literal();
var BLANK = /(?:\s|#[^\n]*|\/\*[\s\S]*?\*\/)+/y;
var NAME4 = /[A-Za-z_][\w'-]*/y;
var PATH = /[\w.+-]*(?:\/[\w.+-]+)+|[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9%/?:@&=+$,_.!~*'-]+/y;
var FAKE = /^fake(?:Hash|Sha256|Sha512)$/;
function codeLiterals(text3) {
  const reader = new Reader(text3);
  for (let at = 0; at < text3.length; ) {
    const blank = match(BLANK, text3, at);
    const isString = text3[at] === '"' || text3.startsWith("''", at);
    const path58 = blank === void 0 && !isString ? match(PATH, text3, at) : void 0;
    const name5 = path58 === void 0 ? match(NAME4, text3, at) : void 0;
    if (blank !== void 0) at += blank.length;
    else if (isString) at = reader.string(at);
    else if (path58 !== void 0) at = reader.path(at, path58);
    else if (name5 !== void 0) at = reader.word(at, name5);
    else at = reader.mark(at);
  }
  return reader.found;
}
var level = (called, kind2 = "bracket") => ({
  ...{ kind: kind2, called, binding: [], pending: 0 }
});
var Reader = class {
  found = [];
  #text;
  #levels = [level()];
  /** The last attribute path or function; its start, and whether a dot follows. */
  #names = [];
  #from = 0;
  #isOpen = false;
  constructor(text3) {
    this.#text = text3;
  }
  string(at) {
    const literal = literalFrom(this.#text, at);
    const end = literal?.end ?? endOfString(this.#text, at);
    if (literal && this.#isOpen) this.#named(literal.value, at);
    else {
      if (literal) this.#add(at, end, literal.value);
      this.#names = literal ? [literal.value] : [];
    }
    return end;
  }
  path(at, path58) {
    this.#names = [];
    return at + path58.length;
  }
  word(at, name5) {
    const end = at + name5.length;
    if (name5 === "let") this.#levels.push(level(void 0, "let"));
    else if (name5 === "in") this.#close("let");
    else if (name5 === "with" || name5 === "assert") this.#top().pending++;
    else {
      this.#named(name5, at);
      if (FAKE.test(name5) && this.#text[end] !== ".") this.#add(this.#from, end, "");
    }
    return end;
  }
  mark(at) {
    const character = this.#text[at] ?? "";
    if ("{([".includes(character)) this.#levels.push(level(this.#names.at(-1)));
    if ("})]".includes(character)) {
      while (this.#close("let")) ;
      if (this.#levels.length > 1) this.#close("bracket");
    }
    const isBinding = this.#text[at + 1] !== "=" && !"=<>!".includes(this.#text[at - 1] ?? "");
    if (character === "=" && isBinding) this.#top().binding = this.#names;
    if (character === ";") {
      if (this.#top().pending > 0) this.#top().pending--;
      else this.#top().binding = [];
    }
    this.#isOpen = character === "." && this.#names.length > 0;
    if (!this.#isOpen) this.#names = [];
    return at + 1;
  }
  #top() {
    return this.#levels.at(-1) ?? level();
  }
  #close(kind2) {
    if (this.#top().kind !== kind2) return false;
    this.#levels.pop();
    return true;
  }
  #named(name5, start2) {
    if (!this.#isOpen) this.#from = start2;
    if (this.#isOpen) this.#names = [...this.#names, name5];
    else if (name5 !== "rec") this.#names = [name5];
    this.#isOpen = false;
  }
  #add(start2, end, value) {
    const within = this.#levels.flatMap(({ called, binding: binding2 }) => [...called ? [called] : [], ...binding2]);
    this.found.push({ start: start2, end, value, name: this.#top().binding.at(-1), within });
  }
};
function match(pattern, text3, at) {
  pattern.lastIndex = at;
  return pattern.exec(text3)?.[0] || void 0;
}
function endOfString(text3, start2) {
  const isIndented = text3[start2] === "'";
  let at = start2 + (isIndented ? 2 : 1);
  while (at < text3.length) {
    if (isIndented && /^''(?:\$|'|\\)/.test(text3.slice(at, at + 3))) at += text3[at + 2] === "\\" ? 4 : 3;
    else if (isIndented && text3.startsWith("''", at)) return at + 2;
    else if (!isIndented && text3[at] === "\\") at += 2;
    else if (!isIndented && text3[at] === '"') return at + 1;
    else if (text3.startsWith("$$", at)) at += 2;
    else if (text3.startsWith("${", at)) at = endOfInterpolation(text3, at + 2);
    else at++;
  }
  return text3.length;
}
function endOfInterpolation(text3, start2) {
  let depth = 1;
  for (let at = start2; at < text3.length; ) {
    if (text3[at] === '"' || text3.startsWith("''", at)) {
      at = endOfString(text3, at);
      continue;
    }
    if (text3[at] === "{") depth++;
    if (text3[at] === "}" && --depth === 0) return at + 1;
    at++;
  }
  return text3.length;
}
var PLAIN_LITERAL = /"([\w.+!~/:=-]{0,300})"/y;
function changedLiterals(before, after) {
  const changed3 = [];
  let [old, now] = [0, 0];
  for (const literal of codeLiterals(before)) {
    const between = before.slice(old, literal.start);
    if (!after.startsWith(between, now)) return void 0;
    now += between.length;
    old = literal.end;
    const written = before.slice(literal.start, literal.end);
    if (after.startsWith(written, now)) {
      now += written.length;
      continue;
    }
    PLAIN_LITERAL.lastIndex = now;
    const [whole2, value = ""] = PLAIN_LITERAL.exec(after) ?? [];
    if (whole2 === void 0) return void 0;
    changed3.push({ literal, after: value });
    now += whole2.length;
  }
  return before.slice(old) === after.slice(now) ? changed3 : void 0;
}

// src/action/verify-version.ts
import path43 from "node:path";

// src/action/version-places.ts
init_literal();
function versionPlacesOf({ versionFiles }, { before, after }) {
  const own2 = {
    name: "version",
    within: void 0,
    before: before.version,
    after: after.version,
    isOwn: true
  };
  const named = versionFiles.flatMap((place3) => {
    if (place3.kind !== "nix") return [];
    const names3 = place3.attribute.split(".").filter((one) => one !== "");
    return [
      {
        ...{ name: names3.at(-1) ?? "", within: names3.at(-2) },
        ...{ before: fill2(place3.value, before), after: fill2(place3.value, after) }
      }
    ];
  });
  const revision = before.revision !== void 0 && after.revision !== void 0 ? [{ name: "rev", within: "src", before: before.revision, after: after.revision }] : [];
  const all2 = [own2, ...revision, ...named].filter((place3) => place3.before !== place3.after);
  return all2.filter(
    (one, index) => all2.findIndex((other) => other.name === one.name && other.before === one.before) === index
  );
}
function outputsOf2({ sourceHash, hasSource, also }, isBump) {
  const own2 = { attribute: ".src", file: void 0, pointer: void 0 };
  const source = sourceHash ?? (hasSource && (isBump || also.length > 0) ? own2 : void 0);
  return source ? [source, ...also] : [...also];
}
var lengths2 = { sha1: 28, sha256: 44, sha512: 88 };
function isNewHash(after, before) {
  const [, algorithm = "", digest3 = ""] = /^(sha1|sha256|sha512)-([A-Za-z0-9+/]+=*)$/.exec(after) ?? [];
  const old = /^(sha\d+)-/.exec(before)?.[1];
  const isCanonical = Buffer.from(digest3, "base64").toString("base64") === digest3;
  const isWhole = digest3.length === lengths2[algorithm] && isCanonical;
  return isWhole && !isUnsetHash(after) && (old === void 0 || old === algorithm);
}
function expectedText(name5, before, after, packages) {
  let text3 = before;
  for (const { config, bump } of packages) {
    for (const place3 of config.versionFiles)
      if (bump && place3.kind !== "nix" && place3.file === name5) text3 = withVersion(place3, text3, bump);
    for (const { file, pointer } of outputsOf2(config, bump !== void 0)) {
      if (file !== name5 || pointer === void 0) continue;
      const [old, now] = [jsonString(text3, pointer), jsonString(after, pointer)];
      if (old && now && now.value !== old.value) {
        if (!isNewHash(now.value, old.value))
          throw refuse3(`the value at ${pointer} of ${name5} is not a hash`);
        text3 = text3.slice(0, old.start) + JSON.stringify(now.value) + text3.slice(old.end);
      }
    }
  }
  return text3;
}
function withVersion(place3, text3, { before, after }) {
  if (place3.kind === "text") {
    const parts = text3.split(fill2(place3.pattern, before));
    if (parts.length !== 2)
      throw refuse3(`${place3.file} does not have the version once at '${place3.pattern}'`);
    return parts.join(fill2(place3.pattern, after));
  }
  const found2 = jsonString(text3, place3.pointer);
  if (found2?.value !== fill2(place3.value, before))
    throw refuse3(`${place3.file} does not have the previous version at ${place3.pointer}`);
  return text3.slice(0, found2.start) + JSON.stringify(fill2(place3.value, after)) + text3.slice(found2.end);
}
function jsonString(text3, pointer) {
  try {
    return jsonStringAt(text3, pointer);
  } catch {
    return void 0;
  }
}
function fill2(template3, names3) {
  return template3.replace(/\{(version|tag|revision)\}/g, (_, name5) => {
    const value = names3[name5];
    if (value !== void 0) return value;
    throw refuse3(`'${template3}' in the configuration requires a ${name5}, which is unknown here`);
  });
}

// src/action/verify-version.ts
function placesOf2(file, text3) {
  const literals = codeLiterals(text3);
  const named = literals.flatMap(
    ({ name: name5, value, within }) => name5 === "pname" ? [{ value, set: within.slice(0, -1) }] : []
  );
  const isAlone = new Set(named.map(({ value }) => value)).size <= 1;
  return literals.map((literal) => {
    const around = named.filter(({ set }) => set.every((one, index) => one === literal.within[index]));
    return { file, literal, owners: around.map(({ value }) => value), isAlone };
  });
}
function closest(places, config) {
  const own2 = places.filter((place3) => isOf(place3, config));
  return own2.length > 0 ? own2 : places.filter(({ owners, isAlone }) => isAlone || owners.length === 0);
}
function isOf({ literal: { within }, owners }, { name: name5, attribute }) {
  const names3 = [name5, attribute.split(".").at(-1)];
  return owners.some((one) => names3.includes(one)) || within.some((one) => names3.includes(one));
}
async function versionChanges(one, tree) {
  if (!one.bump) return [];
  const changes = [];
  for (const wanted2 of versionPlacesOf(one.config, one.bump)) {
    const place3 = wanted2.isOwn ? await ownVersion(wanted2.before, one, tree) : await namedPlace(wanted2, one, tree);
    const isOptional = wanted2.isOwn && one.config.versionFiles.length > 0;
    if (place3) changes.push({ at: [place3], becomes: (now) => now === wanted2.after, isOptional });
    else if (!isOptional) throw notFound2(wanted2.before, one.config);
  }
  return changes;
}
async function ownVersion(before, { config, file }, tree) {
  const isVersion = ({ literal: { name: name5 } }) => name5 === "version";
  const own2 = file === void 0 ? [] : (await read(file, tree)).filter(isVersion);
  const others = async () => (await placesWith(before, tree)).filter((place4) => isVersion(place4) && isOf(place4, config));
  const found2 = outermost(closest(own2.length > 0 ? own2 : await others(), config));
  const [place3, ...more2] = found2;
  if (place3 === void 0) return void 0;
  if (more2.length > 0) throw ambiguous2(before, config);
  if (place3.literal.value === before) return place3;
  if (config.versionFiles.length > 0) return void 0;
  throw refuse3(`it claims that ${config.name} has the version ${before}, and the base has another`);
}
async function namedPlace({ name: name5, within, before }, { config }, tree) {
  const named = (await placesWith(before, tree)).filter(({ literal }) => literal.name === name5);
  const inside2 = named.filter(({ literal }) => within === void 0 || literal.within.includes(within));
  const found2 = closest(inside2.length > 0 ? inside2 : named, config);
  if (found2.length > 1) throw ambiguous2(before, config);
  return found2[0];
}
var read = async (file, tree) => placesOf2(file, await tree.read(path43.join(tree.root, file)) ?? "");
async function placesWith(value, tree) {
  const files = await tree.nixFilesWith(`"${value}"`);
  const all2 = await Promise.all(files.map((file) => read(file, tree)));
  return all2.flat().filter(({ literal }) => literal.value === value);
}
function outermost(places) {
  const least2 = Math.min(...places.map(({ literal }) => literal.within.length));
  return places.filter(({ literal }) => literal.within.length === least2);
}
async function currentRevision(config, files, tree) {
  const all2 = (await Promise.all(files.map((file) => read(file, tree)))).flat();
  const found2 = closest(
    all2.filter(({ literal: { name: name5, value } }) => name5 === "rev" && /^[0-9a-f]{40}$/.test(value)),
    config
  );
  return found2.length === 1 ? found2[0]?.literal.value : void 0;
}
var ambiguous2 = (value, { name: name5 }) => refuse3(
  `the base has "${value}" in several places, and the publishing job cannot tell without Nix which one belongs to ${name5}; write it once, beside its pname`
);
var notFound2 = (value, { name: name5 }) => refuse3(`the base does not have "${value}" where ${name5} has its version`);

// src/action/verify-literals.ts
var isHashName = (name5) => /(?:hash|sha256|sha512)$/i.test(name5 ?? "");
var ALIASES = {
  goModules: "vendorHash",
  cargoDeps: "cargoHash",
  npmDeps: "npmDepsHash"
};
async function verifyNixFiles(files, packages, hashes, tree) {
  const places = files.flatMap(({ path: file, before }) => placesOf2(file, before));
  const dependencies = hashes.map(
    (one) => ({
      at: dependencyPlaces(one, places),
      becomes: (after) => after === one.after
    })
  );
  const versions3 = (await Promise.all(packages.map((one) => versionChanges(one, tree)))).flat();
  const taken = new Set(dependencies.flatMap(({ at }) => at));
  const free = places.filter((place3) => !taken.has(place3));
  const outputs = packages.flatMap(
    (one) => outputsOf2(one.config, one.bump !== void 0).filter(({ pointer }) => pointer === void 0).map((output) => ({ output, at: outputPlaces(output, one, free), becomes: isNewHash }))
  );
  const used = useAll(files, [...dependencies, ...versions3, ...outputs]);
  for (const one of versions3)
    if (!one.isOptional && !used.has(one))
      throw refuse3("it changes the version, but not in all of its places");
  return outputs.flatMap((one) => {
    const after = used.get(one);
    return after === void 0 ? [] : [{ attribute: one.output.attribute, after }];
  });
}
function useAll(files, allowed) {
  const used = /* @__PURE__ */ new Map();
  for (const { path: file, before, after } of files) {
    const changed3 = changedLiterals(before, after);
    if (changed3 === void 0) throw refuse3(`it changes more in ${file} than version and hashes`);
    for (const { literal, after: now } of changed3) {
      const found2 = allowed.find(
        (one) => !used.has(one) && one.becomes(now, literal.value) && one.at.some((place3) => place3.file === file && place3.literal.start === literal.start)
      );
      if (!found2)
        throw refuse3(
          `it changes a string in ${file} that is neither the version of a verified release nor a hash that belongs there`
        );
      used.set(found2, now);
    }
  }
  return used;
}
function dependencyPlaces({ system: system2, before }, places) {
  const isNamed2 = ({ literal: { name: name5 } }) => isHashName(name5) || name5 === system2;
  const named = places.filter(isNamed2);
  const recorded = named.filter(({ literal }) => literal.value !== "" && literal.value === before);
  if (recorded.length > 0) return recorded;
  const called = named.filter(({ literal: { within } }) => within.includes("fetchUvDeps"));
  return called.length > 0 ? called : named.filter(({ literal }) => isUnsetHash(literal.value));
}
function outputPlaces({ attribute, file }, { config }, places) {
  const hashes = places.filter(
    (place3) => isHashName(place3.literal.name) && (file === void 0 || place3.file === file)
  );
  const names3 = attribute.split(".").filter((one) => one !== "");
  const last = names3.at(-1) ?? "";
  const fits2 = ({ literal }) => literal.name === ALIASES[last] || literal.within.some((one) => names3.includes(one));
  const found2 = hashes.filter(fits2);
  if (found2.length > 0) return closest(found2, config);
  return hashes.length === 1 ? closest(hashes, config) : [];
}

// src/action/verify.ts
async function verify2(proposed2, baseline) {
  const { tree } = baseline;
  const files = await Promise.all(proposed2.files.map((file) => withBase(file, tree)));
  const isLock = (file) => path44.posix.basename(file.path) === buildLockName;
  for (const name5 of proposed2.computedFrom)
    if (!await tree.hasFile(name5)) throw refuse3("it names a lock that the base does not have");
  const code4 = files.filter((file) => !isLock(file)).map(required);
  const subjects = await verifySubjects(proposed2.subjects, code4, baseline);
  const locks = [];
  for (const file of files.filter(isLock)) locks.push(await verifyLock(file, baseline));
  const packages = subjects.map(({ package: one }) => one);
  const unseen = await verifyCode(
    code4,
    packages,
    locks.flatMap(({ hashes }) => hashes),
    tree
  );
  for (const { hashes } of locks) await requireWritten(hashes, code4, tree);
  return { subjects: subjects.map(({ subject: subject3 }) => subject3), locks, unseen };
}
async function withBase({ path: name5, content }, tree) {
  if (!isPlainPath(name5)) throw refuse3(`'${name5.slice(0, 200)}' is not a path inside the repository`);
  const before = await tree.read(path44.join(tree.root, name5));
  const found2 = await lstat6(path44.join(tree.root, name5)).catch(() => void 0);
  if (before !== void 0 && !await tree.hasFile(name5) || found2 !== void 0 && !found2.isFile())
    throw refuse3(`${name5.slice(0, 200)} is not a regular file of the repository`);
  return { path: name5, before, after: content };
}
function required({ path: name5, before, after }) {
  if (before === void 0) throw refuse3(`it adds the file ${name5.slice(0, 200)}`);
  return { path: name5, before, after };
}
async function verifySubjects(subjects, code4, { packages, tree, releases, now }) {
  if (subjects.length !== packages.length || subjects.some(({ name: name5 }, at) => name5 !== packages[at]?.config.name))
    throw refuse3("its packages are not those of the configuration");
  const verified = [];
  for (const [index, { config, file }] of packages.entries()) {
    const subject3 = subjects[index];
    if (!subject3?.isBump) {
      verified.push({ subject: { config, bump: void 0 }, package: { config, file, bump: void 0 } });
      continue;
    }
    const { before, after, release: { commit: commit3 } = {} } = subject3;
    if (!config.releases)
      throw refuse3(
        `it changes the version of ${config.name}, and the configuration has no 'releases' for it`
      );
    if (before === after || before === "")
      throw refuse3(`it does not name the previous version of ${config.name}`);
    const files = [...file === void 0 ? [] : [file], ...code4.map((one) => one.path)];
    const isBranch = config.releases.source.kind === "branch";
    const revision = isBranch ? await currentRevision(config, [...new Set(files)], tree) : void 0;
    const current2 = { version: before, ...revision === void 0 ? {} : { revision } };
    const claimed = { version: after, ...commit3 === void 0 ? {} : { commit: commit3 } };
    const release3 = await verifyRelease(config.releases, current2, claimed, releases, now);
    const tag = release3.tag ?? tagFor(config, after);
    const bump = {
      before: { version: before, tag: tagFor(config, before), revision },
      after: { version: after, tag, revision: release3.revision }
    };
    verified.push({
      subject: { config, bump: { before, release: release3, ...commit3 === void 0 ? {} : { commit: commit3 } } },
      package: { config, file, bump }
    });
  }
  return verified;
}
function tagFor({ releases }, version4) {
  const source = releases?.source;
  return source && "tag" in source ? `${source.tag.prefix}${version4}${source.tag.suffix}` : void 0;
}
async function verifyLock(file, baseline) {
  const { tree, native } = baseline;
  const { path: name5, before, after } = file;
  const buildLock = claimedLock(after, name5);
  const old = before === void 0 ? void 0 : parseBuildLock(before, name5);
  checkSystems(buildLock, old);
  const folder = path44.posix.dirname(name5);
  const project = await tree.projectNear(folder === "." ? "" : folder);
  if (project === void 0)
    throw refuse3(
      `without Nix the uv.lock of ${name5.slice(0, 200)} cannot be found: none or several are beside it or directly below it`
    );
  const uvLock = await tree.read(path44.join(tree.root, project, "uv.lock"));
  checkHosts2(buildLock, [before ?? "", uvLock ?? ""], baseline);
  const computed = await hashesFor(buildLock, path44.join(tree.root, project), tree.read, native);
  const hashes = computed.map(({ system: system2, hash: hash2, sameSeparate: sameSeparate2 }) => {
    const claimed = buildLock.systems[system2]?.hash;
    if (claimed !== hash2)
      throw refuse3(`it claims the hash ${claimed} for ${system2}, and this job computed ${hash2}`);
    if (!sameSeparate2)
      throw refuse3(`its build lock has other wheels to install separately on ${system2} than uv.lock`);
    return { system: system2, before: old?.systems[system2]?.hash, after: hash2 };
  });
  const written = { file: path44.join(tree.root, name5), text: after, lock: buildLock };
  const taken = await baseline.verifyBuilds({ ...written, project: path44.join(tree.root, project) }, computed);
  return { ...file, project, buildLock, hashes, taken };
}
function claimedLock(text3, name5) {
  try {
    return parseBuildLock(text3, name5);
  } catch (error2) {
    throw error2 instanceof UserError ? refuse3(error2.message.replace(/\.$/, "")) : error2;
  }
}
function checkSystems(now, before) {
  for (const [system2, { hash: hash2 }] of Object.entries(now.systems)) {
    if (!isSri(hash2) || hash2 === fakeHash) throw refuse3(`it has no hash for ${system2.slice(0, 100)}`);
  }
  const missing3 = Object.keys(before?.systems ?? {}).filter((system2) => !(system2 in now.systems));
  if (missing3.length > 0) throw refuse3(`it no longer has ${missing3.join(" and ")}`);
}
async function verifyCode(code4, packages, hashes, tree) {
  const nix = [];
  for (const { path: name5, before, after } of code4) {
    const expected = expectedText(name5, before, after, packages);
    if (name5.endsWith(".nix")) nix.push({ path: name5, before: expected, after });
    else if (expected !== after) throw refuse3(`it changes more in ${name5} than version and hashes`);
  }
  const changed3 = new Set(code4.map((file) => file.path));
  for (const { config, bump } of packages)
    for (const place3 of config.versionFiles)
      if (bump && place3.kind !== "nix" && !changed3.has(place3.file))
        throw refuse3(`it changes the version of ${config.name}, but not in ${place3.file}`);
  return verifyNixFiles(nix, packages, hashes, tree);
}
async function requireWritten(hashes, code4, tree) {
  for (const { system: system2, after } of hashes) {
    const unchanged = async () => {
      const files = await tree.nixFilesWith(`"${after}"`);
      return files.some((name5) => !code4.some((file) => file.path === name5));
    };
    const isWritten = code4.some((file) => file.after.includes(`"${after}"`)) || await unchanged();
    if (!isWritten) throw refuse3(`no derivation has the hash for ${system2}, ${after}`);
  }
}

// src/action/jobs.ts
async function publishResults(runner) {
  const { inputs, trigger, parts, forge } = runner;
  const checkout2 = await runner.checkout();
  const results2 = await readResults(inputs.result, inputs.workspace);
  for (const { head: head2 } of results2) {
    if (head2 !== checkout2.head) {
      throw new UserError(
        "result-refused",
        `The result was computed from commit ${head2}, but ${checkout2.head} is checked out here. Check out the same commit in both jobs.`
      );
    }
  }
  const config = await configOf2(runner, checkout2);
  const published = [];
  for (const proposed2 of merge(results2.map((result2) => result2.proposed))) {
    const proposal2 = proposalOf(proposed2, inputs, config);
    const baseline = baselineOf(runner, proposal2, checkout2, config);
    const verified = await parts.log.group(
      `Verify the result for ${proposal2.name}`,
      () => verify2(proposed2, baseline)
    );
    const own2 = await verifiedProposal(proposed2, proposal2, verified, { runner, checkout: checkout2, baseline });
    const request = requestOf2(own2, proposal2, trigger, checkout2.head);
    const done2 = await unlessCancelled(publish(await forge(), request, parts.log), parts.stop);
    published.push({ name: proposal2.name, reports: own2.reports, published: done2 });
  }
  return published;
}
function baselineOf(runner, { packages }, checkout2, config) {
  const { parts, inputs } = runner;
  const { root, head: head2 } = checkout2;
  const tree = baseTree(parts.run, root, head2);
  const files = packages.map((one) => {
    const { file } = derivationRef(one.nix, one.attribute, root, inputs.config);
    return { config: one, file: file === void 0 ? void 0 : pathBelow(root, file) };
  });
  return {
    ...{ tree, native: parts.native, packages: files },
    verifyBuilds: (lock, hashes) => verifyBuilds(lock, hashes, { runner, checkout: checkout2, tree }),
    ...{ allowedHosts: config.allowedHosts, isAllowedHost },
    ...{ releases: releaseParts(runner, config), now: Date.now() }
  };
}
function proposalOf({ name: name5, isUnverified }, inputs, config) {
  const known2 = proposalsOf(inputs, config).find((proposal2) => proposal2.name === name5);
  if (!known2)
    throw refuse3(
      `it is about '${name5}', which neither inputs nor configuration name; use the same in both jobs`
    );
  if (isUnverified && !known2.packages.some(({ pullRequest }) => pullRequest.draft === "unverified"))
    throw refuse3(`${name5} did not pass verification, and 'draft' is not "unverified" in the configuration`);
  return known2;
}
function merge(results2) {
  const merged = /* @__PURE__ */ new Map();
  for (const proposed2 of results2) {
    const names3 = new Set(proposed2.map(({ name: name5 }) => name5));
    if (names3.size < proposed2.length) throw refuse3("it has a package or group twice");
    for (const one of proposed2) {
      const before = merged.get(one.name);
      if (before && keyOf3(before) !== keyOf3(one))
        throw refuse3(`two jobs computed different files for '${one.name}'; compare their logs`);
      const isUnverified = one.isUnverified || before?.isUnverified === true;
      merged.set(one.name, { ...one, isUnverified, seen: [...before?.seen ?? [], ...one.seen] });
    }
  }
  return [...merged.values()];
}
var keyOf3 = ({ files, subjects }) => JSON.stringify([
  files.map(({ path: name5, content }) => [path45.posix.normalize(name5), content]),
  subjects.map(({ name: name5, before, after, isBump, release: release3 }) => [
    name5,
    before,
    after,
    isBump,
    release3?.commit
  ])
]);

// src/action/sandbox.ts
init_errors();
async function requireSandbox({ mode, token, allowUnsandboxed }, { isFork }, { sandbox, log }) {
  if (mode === "publish") return;
  const found2 = await sandbox();
  const lack = lackOf(found2);
  if (lack === void 0) return;
  const holdsToken = token !== "" && found2.isolation !== "relaxed";
  if (allowUnsandboxed || !(isFork || holdsToken)) {
    log.warning(`${upper(lack)}. Builds can read the files and the environment of this job.`);
    return;
  }
  const why = isFork ? "is for code of an untrusted contributor" : "has a token, which may have write permission";
  throw new UserError(
    "no-sandbox",
    `${upper(lack)}, and this run ${why}, so nothing was fetched or built. Set 'sandbox = true' and 'sandbox-fallback = false' in nix.conf, on a machine where Nix can create namespaces; or accept that builds can read the files and tokens of this job, with the input 'allow-unsandboxed: true'.${isFork ? "" : " A run that publishes nothing needs no token: token: ''."}`
  );
}
var upper = (text3) => text3.charAt(0).toUpperCase() + text3.slice(1);

// src/main.ts
init_text2();

// src/system/action-log.ts
init_printable();

// src/system/real-clock.ts
var clock = {
  now: () => performance.now(),
  every: (milliseconds2, call) => {
    const timer = setInterval(call, milliseconds2).unref();
    return () => clearInterval(timer);
  }
};

// src/system/action-log.ts
var interval = 1e4;
function makeActionLog({ info: info2, warning: warning2, startGroup: startGroup2, endGroup: endGroup2 }, { now, every }) {
  let began = now();
  let told = began;
  let latest = "";
  const tell3 = () => {
    if (latest === "" || now() - told < interval) return;
    told = now();
    info2(`… ${harmless(latest).replaceAll("\n", " ")}, ${Math.round((told - began) / 1e3)} s`);
  };
  return {
    info: (message) => info2(harmless(message)),
    warning: (message) => warning2(harmless(message)),
    progress: (message) => {
      latest = message;
      tell3();
    },
    group: async (title, body2) => {
      startGroup2(harmless(title).replaceAll("\n", " "));
      began = told = now();
      const stop = every(interval, tell3);
      try {
        return await body2();
      } finally {
        stop();
        latest = "";
        endGroup2();
      }
    }
  };
}
var actionLog = makeActionLog(core_exports, clock);

// src/system/action-outputs.ts
init_errors();
init_printable();
var mostSummary = 1e6;
function setOutput2(name5, value) {
  try {
    setOutput(name5, value);
  } catch (cause) {
    throw new UserError(
      "output-unwritable",
      `The output '${name5}' can't be written to the file that GITHUB_OUTPUT names (${messageOf3(cause)}); check the runner's temporary folder.`,
      { cause }
    );
  }
}
var setJson = (name5, value) => setOutput2(name5, jsonText(value));
async function writeSummary(environment2, text3) {
  if (!environment2.GITHUB_STEP_SUMMARY) return;
  try {
    await summary.addRaw(shortened2(text3)).write();
  } catch (error2) {
    warning(harmless(`The job summary can't be written (${messageOf3(error2)}).`));
  }
}
function shortened2(text3) {
  const bytes = Buffer.from(text3);
  if (bytes.length <= mostSummary) return text3;
  return `${bytes.subarray(0, mostSummary).toString()}

(cut: the summary is longer than GitHub shows)
`;
}
var messageOf3 = (error2) => error2 instanceof Error ? error2.message : String(error2);

// src/system/cancel.ts
init_errors();
import { constants as constants7 } from "node:os";
var longest = 6e3;
function cancelOnSignals(late = () => {
}) {
  const controller = new AbortController();
  let code4;
  const cancel = (exitCode, reason) => {
    if (code4 !== void 0) return;
    code4 = exitCode;
    controller.abort(reason);
    const timer = setTimeout(() => {
      late();
      process.exit(exitCode);
    }, longest);
    timer.unref();
  };
  for (const name5 of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(name5, () => cancel(shellCode(name5), cancelled(name5)));
  for (const output of [process.stdout, process.stderr])
    output.on(
      "error",
      (error2) => cancel(error2.code === "EPIPE" ? shellCode("SIGPIPE") : 1, unwritableLog(error2))
    );
  return { signal: controller.signal, code: () => code4 };
}
var shellCode = (name5) => 128 + constants7.signals[name5];
var cancelled = (name5) => new UserError(
  "cancelled",
  `Cancelled (${name5}): what was under way is ended and the checkout is as it was. Nothing is lost; run it again.`
);
var unwritableLog = (cause) => new UserError(
  "log-unwritable",
  `The log can't be written (${cause.code}): what was under way is ended and the checkout is as it was. Make room for it, and run it again.`,
  { cause }
);

// src/main.ts
init_errors();

// src/system/files.ts
init_errors();
init_inside();
init_read_bytes();
import path47 from "node:path";
var MAX_BYTES3 = 32 * 1024 * 1024;
async function readText2(file) {
  const bytes = await readBytes(file, MAX_BYTES3);
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      "file-unreadable",
      `${file} is not text in UTF-8. Name another file, or write it again.`
    );
  }
}
function readTextWithin(roots2) {
  return async (file) => {
    const found2 = await Promise.all(roots2.map((root) => realPathBelow(root, path47.resolve(file))));
    if (found2.every((one) => one === void 0)) throw outside(roots2[0], file);
    return readText2(file);
  };
}
function checkWithin(root) {
  return async (file) => {
    if (isInnerPath(await realPathBelow(root, file) ?? "")) return;
    throw new UserError(
      "outside-checkout",
      `${file} has to change, but it lies outside of the checkout ${root}; keep the derivation's hash and build lock in this repository.`
    );
  };
}

// src/main.ts
init_once();
init_printable();

// src/system/system-error.ts
init_errors();
var causes = {
  ENOSPC: "the disk is full; make room and run it again",
  EDQUOT: "the disk quota is used up; make room and run it again",
  EFBIG: "a file would be larger than the system allows; raise the limit (ulimit -f)",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
  ENFILE: "too many files are open on this machine; raise its limit",
  ENOMEM: "there is not enough memory; use a machine with more",
  EAGAIN: "no more processes can be started; raise the limit (ulimit -u)",
  E2BIG: "the arguments of a program are too long; use shorter paths or fewer packages",
  EACCES: "permission is denied; give this user the right to it",
  EPERM: "it is not permitted; give this user the right to it",
  EROFS: "the file system is read-only; use one that can be written",
  ENOENT: "it does not exist; create it",
  ENOTDIR: "a part of its path is not a folder; correct the path",
  EISDIR: "it is a folder and not a file; correct the path",
  EEXIST: "it exists already; delete it",
  ENOTEMPTY: "the folder is not empty; delete what is in it",
  ELOOP: "links lead in a circle; correct them",
  ENAMETOOLONG: "the name is too long; use a shorter one",
  ENXIO: "it is a device or pipe without a partner; name a file",
  EBUSY: "it is in use; run it again later",
  EXDEV: "two folders are on different file systems; use one",
  EIO: "the disk or the network drive failed; check it",
  ENODEV: "it is a device that cannot be used this way; name a file",
  ETXTBSY: "the program is being written; run it again later",
  EPIPE: "the reader of a pipe has ended; run it again"
};
function asUserError(error2) {
  if (error2 instanceof UserError || !(error2 instanceof Error)) return error2;
  const { code: code4 = "", path: path58, syscall } = error2;
  const cause = causes[code4];
  if (cause !== void 0 && syscall !== void 0) {
    const place3 = path58 === void 0 ? "" : ` '${path58.slice(0, 300)}'`;
    return new UserError("system-error", `${syscall}${place3} failed (${code4}): ${cause}.`, {
      cause: error2
    });
  }
  if (isTooLarge(error2))
    return new UserError(
      "too-large",
      `What has to be held in memory is too large (${error2.message}); look for the file of the input that is.`,
      { cause: error2 }
    );
  return error2;
}
var isTooLarge = (error2) => error2.code === "ERR_STRING_TOO_LONG" || error2.code === "ERR_BUFFER_TOO_LARGE" || error2 instanceof RangeError && /Invalid string length|Array buffer allocation|Maximum call stack|Invalid array length/.test(
  error2.message
);

// src/system/uncaught.ts
init_printable();
import { format } from "node:util";
function reportUncaught(report2) {
  const write = (text3) => void process.stderr.write(`${harmless(text3)}
`);
  process.removeAllListeners("warning");
  process.on("warning", ({ message }) => write(`warning: ${message}`));
  for (const name5 of ["debug", "info", "log", "warn", "error"])
    console[name5] = (...values) => write(format(...values));
  const end = (error2) => {
    report2(error2);
    process.exit(1);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}

// src/update/context.ts
import path56 from "node:path";

// src/fetch/contact.ts
init_errors();

// src/fetch/proxy.ts
init_errors();
import { randomBytes as randomBytes2 } from "node:crypto";
import { createServer } from "node:http";
import { pipeline as pipeline3 } from "node:stream/promises";

// src/fetch/proxy-route.ts
init_upstream();
import {
  request as httpRequest
} from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as connect2, isIP as isIP3 } from "node:net";
import { pipeline as pipeline2 } from "node:stream/promises";
var limits2 = { connect: 15e3, silence: 3e5 };
var hopByHop = /^(connection|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;
var withoutHops = (headers) => Object.fromEntries(Object.entries(headers).filter(([name5]) => !hopByHop.test(name5)));
var pinnedTo = (addresses2) => (host, options3, done2) => {
  const all2 = addresses2.map((address4) => ({ address: address4, family: isIP3(address4) }));
  const [first3] = all2;
  if (!first3) done2(new Error(`${host} has no address`), []);
  else if (options3.all) done2(null, all2);
  else done2(null, first3.address, first3.family);
};
var nameOf2 = ({ hostname }) => hostname.replace(/^\[|\]$/g, "");
function send({ url, addresses: addresses2, proxy }, request) {
  const { method = "GET" } = request;
  const headers = { ...withoutHops(request.headers), host: url.host };
  const options3 = proxy ? { ...via(proxy), path: url.href, headers: { ...headers, ...loginOf(proxy) } } : { host: nameOf2(url), port: url.port || 80, path: url.pathname + url.search, headers };
  const lookup2 = proxy ? {} : { lookup: pinnedTo(addresses2) };
  return new Promise((done2, fail2) => {
    const start2 = proxy?.protocol === "https:" ? httpsRequest : httpRequest;
    const sent = start2({ ...options3, ...lookup2, method, agent: false }, done2);
    sent.setTimeout(limits2.silence, () => sent.destroy(new Error("no response")));
    pipeline2(request, sent).catch(fail2);
  });
}
function dial({ url, addresses: addresses2, proxy }) {
  const port = Number(url.port || 443);
  return new Promise((done2, fail2) => {
    if (proxy) return throughProxy(`${url.hostname}:${port}`, proxy, done2, fail2);
    const socket = connect2({ host: nameOf2(url), port, lookup: pinnedTo(addresses2) });
    const late = setTimeout(() => socket.destroy(new Error("no connection in time")), limits2.connect);
    socket.once("close", () => clearTimeout(late)).once("error", fail2);
    socket.once("connect", () => {
      clearTimeout(late);
      done2(socket.setTimeout(limits2.silence, () => socket.destroy()));
    });
  });
}
function throughProxy(target3, proxy, done2, fail2) {
  const start2 = proxy.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = { host: target3, ...loginOf(proxy) };
  const asked3 = start2({ ...via(proxy), method: "CONNECT", path: target3, headers, agent: false });
  asked3.setTimeout(limits2.connect, () => asked3.destroy(new Error("no response from the proxy")));
  asked3.once("error", fail2).once("response", () => fail2(new Error("not a proxy")));
  asked3.once("connect", ({ statusCode }, socket, head2) => {
    socket.setTimeout(limits2.silence, () => socket.destroy());
    if (head2.length > 0) socket.unshift(head2);
    if (statusCode === 200) return done2(socket);
    socket.destroy();
    fail2(new Error(`the proxy responded with status ${statusCode}`));
  });
}
var via = (proxy) => ({
  host: nameOf2(proxy),
  port: proxy.port || (proxy.protocol === "https:" ? 443 : 80)
});

// src/fetch/proxy.ts
var limits3 = { headers: 32 << 10, connections: 256, silence: 3e5 };
async function startProxy(approve, upstream, what) {
  const password = randomBytes2(16).toString("hex");
  const login3 = `Basic ${Buffer.from(`uv-fod:${password}`).toString("base64")}`;
  const refused3 = [];
  const tunnels = /* @__PURE__ */ new Set();
  const routeTo = (url) => route(url, upstream, (address4) => approve(address4, what)).catch((error2) => {
    if (error2 instanceof UserError) refused3.push(error2);
    throw error2;
  });
  const forward = async (request, response) => {
    const url = URL.parse(request.url ?? "");
    if (url?.protocol !== "http:") throw new Error("not a request for a proxy");
    const answer = await send(await routeTo(url), request);
    response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
    await pipeline3(answer, response);
  };
  const tunnel = async (request, socket, head2) => {
    const authority = /^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i.exec(request.url ?? "")?.[0];
    if (authority === void 0) throw new Error("not an authority");
    const target3 = await dial(await routeTo(new URL(`https://${authority}`)));
    for (const end of [socket, target3]) tunnels.add(end.once("close", () => tunnels.delete(end)));
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    target3.write(head2);
    await Promise.all([pipeline3(socket, target3), pipeline3(target3, socket)]);
  };
  const server = createServer({ maxHeaderSize: limits3.headers, requestTimeout: limits3.silence });
  server.maxConnections = limits3.connections;
  server.setTimeout(limits3.silence);
  const isKnown = (request) => request.headers["proxy-authorization"] === login3;
  server.on("request", (request, response) => {
    if (!isKnown(request)) return void response.writeHead(407, challenge).end();
    forward(request, response).catch((error2) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(statusOf2(error2), { connection: "close" }).end();
    });
  });
  server.on("connect", (request, socket, head2) => {
    socket.on("error", () => {
    });
    const end = (status) => void socket.end(`HTTP/1.1 ${status}\r
Content-Length: 0\r
\r
`);
    if (!isKnown(request))
      return end(`407 Unknown\r
Proxy-Authenticate: ${challenge["proxy-authenticate"]}`);
    tunnel(request, socket, head2).catch((error2) => {
      if (tunnels.has(socket)) socket.destroy();
      else end(`${statusOf2(error2)} Refused`);
    });
  });
  await new Promise((done2, fail2) => server.once("error", fail2).listen(0, "127.0.0.1", done2));
  return {
    address: `http://uv-fod:${password}@127.0.0.1:${server.address().port}`,
    refused: refused3,
    close: () => {
      server.close();
      server.closeAllConnections();
      for (const end of tunnels) end.destroy();
    }
  };
}
var challenge = { "proxy-authenticate": 'Basic realm="uv-fod"' };
var statusOf2 = (error2) => error2 instanceof UserError ? 403 : 502;
async function route(url, upstream, approve) {
  const proxy = upstream(url);
  const unlessRefused = (error2) => {
    if (error2 instanceof UserError || proxy === void 0) throw error2;
    return [];
  };
  return { url, proxy, addresses: await approve(url.href).catch(unlessRefused) };
}

// src/fetch/contact.ts
var through = (address4) => Object.fromEntries(
  ["http_proxy", "https_proxy", "all_proxy", "no_proxy"].flatMap((name5) => {
    const value = name5 === "no_proxy" ? "" : address4;
    return [
      [name5, value],
      [name5.toUpperCase(), value]
    ];
  })
);
function makeContact(run, policy, upstream) {
  return async (program, args, options3 = {}) => {
    if (!await policy.isActive()) return run(program, args, options3);
    const proxy = await startProxy(policy.approve, upstream, `A request of ${program}`);
    try {
      const env2 = { ...options3.env, ...through(proxy.address) };
      const result2 = await run(program, args, { ...options3, env: env2 });
      const [first3] = proxy.refused;
      if (first3 === void 0) return result2;
      const { code: code4, message } = first3;
      throw new UserError(code4, message, { log: result2.stderr, cause: first3 });
    } finally {
      proxy.close();
    }
  };
}

// src/update/context.ts
init_host_policy();
init_upstream();

// src/nix/cache-credentials.ts
var names2 = {
  "s3:": /^AWS_\w+$/,
  "ssh:": /^SSH_AUTH_SOCK$/,
  "ssh-ng:": /^SSH_AUTH_SOCK$/
};
function cacheCredentials(address4, environment2) {
  const wanted2 = names2[new URL(address4).protocol];
  return Object.fromEntries(
    Object.entries(environment2).flatMap(
      ([name5, value]) => value !== void 0 && wanted2?.test(name5) ? [[name5, value]] : []
    )
  );
}

// src/nix/edits.ts
init_errors();
var Edits = class {
  #context;
  #steps = [];
  /** What takes new files out of git's index again. */
  #forget = [];
  constructor(context) {
    this.#context = context;
  }
  /**
   * Text of a file as it is now.
   * @throws UserError `file-missing`
   */
  async read(file) {
    const text3 = await this.#context.read(file);
    if (text3 !== void 0) return text3;
    throw new UserError("file-missing", `There is no file ${file}; correct its path in the configuration.`);
  }
  /** Gives a file that exists another text. */
  async write(file, text3) {
    const before = await this.read(file);
    if (text3 !== before) await this.add([{ file, before, after: text3 }]);
  }
  /**
   * Writes edits, all of them or none.
   * @param edits of the files as they are now
   * @param derivation whose flake has to see new files: those are added to git's index
   */
  async add(edits, derivation) {
    if (edits.length === 0) return;
    const { journal, mayWrite, run } = this.#context;
    for (const { file } of edits) await mayWrite?.(file);
    const first3 = new Map(this.since().map(({ file, before }) => [file, before]));
    const below = (edit) => first3.has(edit.file) ? { ...edit, before: first3.get(edit.file) } : edit;
    await journal.write([...this.since(), ...edits.map(below)]);
    await replaceAll(edits.map(({ file, after }) => ({ file, text: after })));
    this.#steps.push(...edits);
    if (derivation) this.#forget.push(await introduce(derivation, edits, run));
  }
  /** Number of steps so far, for `since`. */
  get mark() {
    return this.#steps.length;
  }
  /** The edits after a mark, one for each file that differs. */
  since(mark = 0) {
    const joined = /* @__PURE__ */ new Map();
    for (const edit of this.#steps.slice(mark)) {
      const earlier = joined.get(edit.file);
      joined.set(edit.file, earlier ? { ...edit, before: earlier.before } : edit);
    }
    return [...joined.values()].filter(({ before, after }) => before !== after);
  }
  /** Puts every file back as it was. */
  async undo() {
    await replaceAll(this.since().map(({ file, before }) => ({ file, text: before })));
    for (const forget2 of this.#forget) await forget2();
    await this.keep();
  }
  /** Leaves the files as they are. */
  async keep() {
    this.#steps = [];
    this.#forget = [];
    await this.#context.journal.clear();
  }
  /** Runs a step; if it fails, everything is put back. */
  async undoOnError(step) {
    try {
      return await step();
    } catch (error2) {
      await this.undo();
      throw error2;
    }
  }
};

// src/nix/fork-nix.ts
init_errors();
import { realpath as realpath5 } from "node:fs/promises";
import path49 from "node:path";

// src/nix/locked-flake.ts
init_errors();
import { copyFile as copyFile2, mkdtemp as mkdtemp7, writeFile as writeFile8 } from "node:fs/promises";
import path48 from "node:path";
import { fileURLToPath as fileURLToPath2, pathToFileURL as pathToFileURL2 } from "node:url";
async function lockedFlake(address4, run, scratch2) {
  const url = new URL(address4);
  if (url.protocol !== "git+file:") throw unlocked("it is not in a git repository");
  const checkout2 = fileURLToPath2(`file://${url.pathname}`);
  const copy = await mkdtemp7(path48.join(scratch2, "flake-"));
  const git2 = async (...args) => {
    const { code: code4, stdout, stderr } = await run("git", args, { env: author });
    if (code4 !== 0) throw unlocked(stderr.trim().split("\n").at(-1) ?? "");
    return stdout.trimEnd();
  };
  const own2 = (name5) => git2("-C", checkout2, "rev-parse", "--path-format=absolute", "--git-path", name5);
  const dir = path48.join(copy, ".git");
  await git2("init", "--quiet", "--initial-branch=main", "--template=", copy);
  await copyFile2(await own2("index"), path48.join(dir, "index"));
  await copyFile2(await own2("shallow"), path48.join(dir, "shallow")).catch(() => {
  });
  await writeFile8(path48.join(dir, "objects/info/alternates"), `${await own2("objects")}
`);
  const here = ["--git-dir", dir, "--work-tree", checkout2];
  await git2(...here, "-C", checkout2, "add", "--update", "--", ":/");
  const tree = await git2(...here, "write-tree");
  const rev2 = await git2(...here, "commit-tree", tree, "-m", "The files as they are");
  await git2(...here, "update-ref", "refs/heads/main", rev2);
  const locked = new URL(`git+${pathToFileURL2(copy).href}${url.search}`);
  locked.searchParams.set("rev", rev2);
  return locked.href;
}
var author = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "uv-fod"],
    [`GIT_${who}_EMAIL`, "uv-fod@localhost"],
    [`GIT_${who}_DATE`, "1000000000 +0000"]
  ])
);
var unlocked = (why) => new UserError(
  "evaluation-failed",
  `The flake of a pull request from a fork can't be locked for pure evaluation: ${why}. Nothing was changed. Check the pull request out with actions/checkout.`
);

// src/nix/fork-nix.ts
init_nix_path();
var schemes = ["http", "https", "git+http", "git+https", "tarball+http", "tarball+https", "file+http"];
var uris = [
  // Older versions of Nix do not accept a scheme alone.
  ...[...schemes, "file+https"].flatMap((scheme) => [`${scheme}:`, `${scheme}://`]),
  ...["github:", "gitlab:", "sourcehut:"]
].join(" ");
var settings2 = [
  ["allow-import-from-derivation", "false"],
  ["allow-unsafe-native-code-during-evaluation", "false"],
  // Credentials of this machine, which Nix would send.
  ["access-tokens", ""],
  ["netrc-file", "/dev/null"],
  ["download-attempts", "2"]
];
var options2 = (pairs) => pairs.flatMap(([name5, value]) => ["--option", name5, value]);
var env = {
  GIT_SSH_COMMAND: "false",
  GIT_TERMINAL_PROMPT: "0",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null"
};
function makeForkNix(fork) {
  const { run, contact } = fork;
  const evaluate4 = async (args, given) => {
    const restricted = await restrict(args, fork);
    return contact("nix-instantiate", restricted, { ...given, env: { ...given.env, ...env } });
  };
  return async (program, args, given = {}) => {
    if (!args.includes("--expr")) return run(program, args, given);
    if (program === "nix-instantiate") return evaluate4(args, given);
    if (program !== "nix-build")
      throw new UserError("evaluation-failed", `${program} does not evaluate code of a fork.`);
    const made = await evaluate4(
      args.filter((arg) => arg !== "--no-out-link"),
      given
    );
    if (made.code !== 0) return made;
    const drvs = made.stdout.split("\n").flatMap((line) => /^(\/\S+\.drv)(!\S+)?$/.exec(line)?.[1] ?? []);
    return run("nix-build", [...withoutCode(args), ...drvs], given);
  };
}
var ofCode = /* @__PURE__ */ new Map([
  ["--expr", 1],
  ["--arg", 2],
  ["--argstr", 2],
  ["--extra-experimental-features", 1]
]);
function withoutCode(args) {
  const kept = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const count3 = ofCode.get(arg);
    if (count3 === void 0) kept.push(arg);
    else at += count3;
  }
  return kept;
}
async function restrict(args, fork) {
  const at = args.findIndex((arg, index) => arg === "url" && args[index - 1] === "--argstr");
  return at < 0 ? restrictFile(args, fork) : restrictFlake(args, at + 1, fork);
}
async function restrictFile(args, { checkout: checkout2, nixPath }) {
  const folders = [path49.resolve(checkout2), await realpath5(checkout2), ...await foldersBeside(nixPath)];
  return [
    ...args,
    // With a name, so that `<nixpkgs>` is still looked up in the user's Nix path.
    ...[...new Set(folders)].flatMap((folder, index) => ["-I", `uv-fod-reads-${index}=${folder}`]),
    ...options2([
      ...[["restrict-eval", "true"], ["allowed-uris", uris]],
      // builtins.getFlake would fetch and read what `restrict-eval` forbids.
      ["experimental-features", ""],
      ...settings2
    ])
  ];
}
async function restrictFlake(args, at, fork) {
  const url = await lockedFlake(args[at] ?? "", fork.run, fork.scratch);
  const { stdout } = await fork.run("nix-instantiate", ["--eval", "--json", "-E", "builtins.currentSystem"]);
  const pure = [["pure-eval", "true"], ["accept-flake-config", "false"]];
  return [
    ...args.with(at, url),
    ...["--argstr", "ownSystem", String(JSON.parse(stdout || '""'))],
    ...options2([...pure, ["flake-registry", ""], ...settings2])
  ];
}

// src/nix/machine.ts
import { readFileSync as readFileSync2, readlinkSync } from "node:fs";
function machineIdentity(environment2) {
  try {
    const boot = readFileSync2("/proc/sys/kernel/random/boot_id", "utf8");
    const namespaces = ["mnt", "user", "pid"].map((name5) => readlinkSync(`/proc/self/ns/${name5}`));
    const rights = readFileSync2("/proc/self/status", "utf8").match(
      /^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):.*$/gm
    );
    const nix = Object.entries(environment2).filter(([name5]) => /^NIX_(?!SSL_CERT_FILE)/.test(name5));
    return JSON.stringify([boot, namespaces, rights, nix.sort()]);
  } catch {
    return void 0;
  }
}

// src/nix/sandbox.ts
init_run();
init_nix_messages();
import { createHash as createHash9, randomUUID as randomUUID3 } from "node:crypto";
import { constants as constants8 } from "node:fs";
import { access as access5, mkdir as mkdir4, mkdtemp as mkdtemp8, rm as rm12, stat as stat7, writeFile as writeFile9 } from "node:fs/promises";
import path50 from "node:path";
import { fileURLToPath as fileURLToPath3 } from "node:url";
var canary = fileURLToPath3(new URL("./sandbox-canary.nix", import.meta.url));
var aDay = 24 * 3600 * 1e3;
async function findSandbox(tools) {
  const { run, folder, scratch: scratch2, machine, now } = tools;
  const version4 = await run("nix-build", ["--version"]);
  if (version4.code === noSuchProgram) return { isolation: "no-nix" };
  const settings3 = await settingsOf(run);
  const known2 = machine === void 0 || settings3 === void 0 ? void 0 : path50.join(folder, digest2([machine, version4.stdout, settings3]));
  if (known2 !== void 0 && await isRecent(known2, now())) return { isolation: "full" };
  const found2 = await withMarker2([folder, scratch2], (marker) => build4(marker, settings3 ?? "", run));
  if (known2 !== void 0 && found2.isolation === "full") await writeFile9(known2, "").catch(() => {
  });
  return found2;
}
async function settingsOf(run) {
  const ask2 = (...command) => run("nix", ["--extra-experimental-features", "nix-command", ...command]);
  const now = await ask2("config", "show");
  const { code: code4, stdout } = now.code === 0 ? now : await ask2("show-config");
  return code4 === 0 ? stdout : void 0;
}
var digest2 = (texts) => createHash9("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 32);
async function isRecent(file, now) {
  const found2 = await stat7(file).catch(() => void 0);
  return found2?.isFile() === true && Math.abs(now - found2.mtimeMs) < aDay;
}
async function withMarker2([folder, other], body2) {
  const isUsable = await mkdir4(folder, { recursive: true }).then(
    () => access5(folder, constants8.W_OK).then(
      () => true,
      () => false
    ),
    () => false
  );
  const marker = await mkdtemp8(path50.join(isUsable ? folder : other, "marker-"));
  try {
    await writeFile9(path50.join(marker, "seen"), "");
    return await body2(marker);
  } finally {
    await rm12(marker, { recursive: true, force: true });
  }
}
async function build4(marker, settings3, run) {
  if (/\s/.test(marker))
    return { isolation: "unknown", why: `the path of the cache folder has a space in it (${marker})` };
  const ask2 = (optsOut) => {
    const given = { folder: marker, nonce: randomUUID3(), "opts-out": String(optsOut) };
    const args = Object.entries(given).flatMap(([name5, value]) => ["--argstr", name5, value]);
    return run("nix-build", ["--no-out-link", canary, ...args]);
  };
  const { code: code4, stderr } = await ask2(false);
  if (code4 !== 0 && !stderr.includes(marker)) return { isolation: "unknown", why: failureText(stderr) };
  if (code4 === 0 || !stderr.includes("No such file or directory")) return { isolation: "none" };
  const optedOut = await ask2(true);
  if (!optedOut.stderr.includes("'__noChroot'")) return { isolation: "relaxed" };
  if (process.platform === "darwin" && !/^sandbox = true$/m.test(settings3)) return { isolation: "none" };
  return { isolation: "full" };
}

// src/update/context.ts
init_child_environment();
init_end_tree();
init_exec2();

// src/system/fork-environment.ts
init_git_settings();
import path53 from "node:path";
var addresses = /^UV_(DEFAULT_INDEX|INDEX|INDEX_URL)$/;
var logins2 = /^(NETRC|UV_INDEX_\w+_(USERNAME|PASSWORD))$/i;
function forkEnvironment(environment2, home) {
  const before = environment2.HOME ?? home;
  const config = environment2.XDG_CONFIG_HOME ?? path53.join(before, ".config");
  return {
    XDG_CACHE_HOME: path53.join(before, ".cache"),
    NIX_USER_CONF_FILES: path53.join(config, "nix/nix.conf"),
    ...withoutLogins(environment2),
    HOME: home,
    XDG_CONFIG_HOME: path53.join(home, ".config"),
    XDG_DATA_HOME: path53.join(home, ".local/share"),
    // OpenSSH finds keys by the user's entry in passwd, not by HOME.
    GIT_SSH_COMMAND: "ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none",
    GIT_CONFIG_GLOBAL: "/dev/null",
    ...gitSettings(forkGit)
  };
}
function withoutLogins(environment2) {
  const kept = Object.entries(environment2).flatMap(([name5, value]) => {
    if (value === void 0 || logins2.test(name5)) return [];
    return [[name5, addresses.test(name5) ? bare2(value) : value]];
  });
  return Object.fromEntries(kept);
}
var bare2 = (value) => value.replaceAll(/(:\/\/)[^/?#@\s]*@/g, "$1");

// src/update/context.ts
init_limits();
init_once();
function makeContext(given, log, scratch2, more2 = {}) {
  const { stop = new AbortController().signal, hosts, within, isFork } = more2;
  const children = { ...childEnvironment(given), TMPDIR: scratch2 };
  const run = makeRun(isFork ? forkEnvironment(children, scratch2) : children, stop, timeLimit(given));
  const environment2 = isFork ? withoutLogins(given) : given;
  const policy = makeHostPolicy(() => hosts ? hosts(run) : anyHost());
  const upstream = upstreamFrom(given);
  const contact = makeContact(run, policy, upstream);
  const read2 = within ? readTextWithin([within.checkout, within.store]) : readText2;
  const network = once(async () => {
    const { networkFrom: networkFrom2 } = await Promise.resolve().then(() => (init_network_settings(), network_settings_exports));
    return networkFrom2(environment2, policy, stop);
  });
  return {
    run: isFork && within ? restrictedRun(run, { policy, upstream, scratch: scratch2, ...within }, given) : run,
    contact,
    stop,
    checkHost: policy.check,
    openEdits: async (folder, known2) => {
      const processes2 = { self: identity2(process.pid), isAlive };
      const journal = await openJournal(folder, run, processes2, known2);
      return new Edits({ read: read2, run, journal, mayWrite: within && checkWithin(within.checkout) });
    },
    log,
    read: read2,
    scratch: scratch2,
    sandbox: once(
      () => findSandbox({
        run,
        folder: path56.join(cacheHome(given) ?? scratch2, "uv-fod", "sandbox-1"),
        scratch: scratch2,
        machine: machineIdentity(given),
        now: () => Date.now()
      })
    ),
    native: async () => {
      const { makeHashTools: makeHashTools2 } = await Promise.resolve().then(() => (init_hash_tools(), hash_tools_exports));
      return {
        ...await makeHashTools2(environment2, log, stop, policy, runnerCacheFor(more2)),
        onProgress: (sofar, all2) => log.progress(downloadsSoFar(sofar, all2))
      };
    },
    now: () => performance.now(),
    cacheCredentials: (address4) => isFork ? {} : cacheCredentials(address4, given),
    network,
    verification: {
      ...more2.base ?? { baseText: read2, isUntrusted: false },
      indexes: ownIndexes(environment2),
      fetchText: async (...asked3) => {
        const { makeFetchText: makeFetchText2 } = await Promise.resolve().then(() => (init_text2(), text_exports));
        return makeFetchText2(network, scratch2)(...asked3);
      }
    }
  };
}
var runnerCacheFor = ({
  usesRunnerCache = true,
  isFork
}) => usesRunnerCache ? isFork ? "reading" : "everything" : "nothing";
function cacheHome({ XDG_CACHE_HOME, HOME }) {
  const home = XDG_CACHE_HOME || (HOME ? path56.join(HOME, ".cache") : "");
  return path56.isAbsolute(home) ? home : void 0;
}
function ownIndexes(environment2) {
  const { UV_DEFAULT_INDEX, UV_INDEX_URL, UV_INDEX, UV_EXTRA_INDEX_URL } = environment2;
  return [UV_DEFAULT_INDEX, UV_INDEX_URL, UV_INDEX, UV_EXTRA_INDEX_URL].flatMap(
    (value) => (value ?? "").split(/\s+/).flatMap((one) => /https?:\/\/\S+/.exec(one)?.[0] ?? [])
  );
}
var anyHost = async () => ({ allowedHosts: void 0, isUntrusted: false });
function restrictedRun(run, { policy, upstream, checkout: checkout2, scratch: scratch2 }, { NIX_PATH = "" }) {
  const judged = withNixPath(policy, makeHostPolicy(anyHost), NIX_PATH);
  return makeForkNix({
    run,
    contact: makeContact(run, judged, upstream),
    checkout: checkout2,
    scratch: scratch2,
    nixPath: NIX_PATH
  });
}
var megabytes2 = ({ bytes }) => (bytes / 1e6).toFixed(1);
var downloadsSoFar = (sofar, all2) => `${sofar.files} of ${all2.files} files, ${megabytes2(sofar)} of ${megabytes2(all2)} MB`;
var identity2 = (pid) => `${pid} ${statusOf3(pid)?.start ?? ""}`;
var isAlive = (other) => {
  const pid = Number(other.split(" ")[0]);
  return pid !== process.pid && statusOf3(pid) !== void 0 && identity2(pid) === other;
};

// src/main.ts
async function main(cancellation2, scratch2) {
  const inputs = loadInputs(getInput, path57.resolve(process.env.GITHUB_WORKSPACE ?? process.cwd()));
  const kind2 = forgeKind(inputs.forge, process.env);
  if (inputs.token !== "") setSecret(inputs.token);
  if (inputs.token !== "" && kind2 !== "github") setSecret(basic(inputs.token));
  const trigger = readTrigger(await readEvent(process.env, readText2), inputs);
  const checkout2 = once(() => openCheckout(inputs.workspace, parts.run));
  const rules = once(async () => hostRules(inputs, trigger.trust, await checkout2()));
  const parts = makeContext(process.env, actionLog, scratch2, {
    stop: cancellation2.signal,
    hosts: rules,
    isFork: trigger.isFork,
    usesRunnerCache: inputs.cache,
    base: baseOf(trigger.trust, checkout2),
    within: { checkout: inputs.workspace, store: process.env.NIX_STORE_DIR ?? "/nix/store" }
  });
  await requireSandbox(inputs, trigger, parts);
  if (inputs.mode === "check") return check3({ inputs, trigger, parts, checkout: checkout2 });
  const runner = {
    ...{ inputs, trigger, parts, checkout: checkout2, meanwhile: () => void rules().catch(() => {
    }) },
    ...connect(kind2, inputs, trigger, parts, client),
    fetchText: makeFetchText(parts.network, scratch2),
    index: process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL
  };
  if (inputs.mode === "publish") return publishComputed(runner);
  if (inputs.mode === "compute") await removeResult(inputs.result, inputs.workspace);
  const results2 = await runAction(runner);
  if (inputs.mode === "compute") {
    const { head: head2 } = await checkout2();
    const proposed2 = results2.map((result2) => result2.proposed);
    await writeResult(proposed2, head2, inputs.result);
  }
  await publishOutputs(results2);
}
async function client(token, url, answers) {
  const [{ createClient: createClient2 }, { makeOctokit }] = await Promise.all([
    Promise.resolve().then(() => (init_client(), client_exports)),
    import("./octokit.js")
  ]);
  return createClient2(makeOctokit, token, url, actionLog, {}, answers);
}
async function publishComputed(runner) {
  const results2 = await publishResults(runner);
  const told = results2.map(({ name: name5, published }) => {
    const { autoMerge: _, ...rest } = published;
    return { name: name5, ...rest };
  });
  setJson("results", told);
  const first3 = told.find(({ outcome: outcome2 }) => outcome2 !== "none") ?? told[0];
  setOutput2("outcome", first3?.outcome ?? "none");
  setOutput2("pull-request-number", String(first3?.number ?? ""));
  setOutput2("pull-request-url", first3?.url ?? "");
  setOutput2("branch", first3?.branch ?? "");
  setOutput2("commit", first3?.commit ?? "");
  const texts = results2.flatMap(
    ({ reports, published }) => reports.map((report2) => summary2(report2, published))
  );
  await writeSummary(process.env, texts.join("\n"));
}
async function check3(runner) {
  const { checks: checks2, root } = await checkAll(runner);
  const { status, patch: patch2, hashes, results: results2 } = checkOutputs(checks2, root);
  setOutput2("status", status);
  setOutput2("patch", patch2);
  setOutput2("hashes", hashes);
  setOutput2("results", results2);
  await writeSummary(process.env, checkSummaries(checks2, lackOf(await runner.parts.sandbox())));
  for (const { name: name5, checked } of checks2) {
    for (const one of checked?.notChecked ?? []) actionLog.info(`${name5}: not checked: ${one}`);
    if (checked?.status === "current") actionLog.info(`${name5}: ${checked.message}`);
  }
  for (const one of checkAnnotations(checks2)) tell2(one);
  process.exitCode = checkExit(checks2);
}
async function publishOutputs(results2) {
  setJson("results", results2.map(asResult));
  const first3 = results2.find(({ edits }) => edits.length > 0) ?? results2[0];
  if (!first3) return;
  const { outcome: outcome2, hashes, number: number2, url } = asResult(first3);
  setOutput2("outcome", outcome2);
  setOutput2("changed", String(first3.edits.length > 0));
  setJson("hashes", hashes);
  setOutput2("pull-request-number", String(number2 ?? ""));
  setOutput2("pull-request-url", url ?? "");
  setOutput2("branch", first3.published?.branch ?? "");
  setOutput2("commit", first3.published?.commit ?? "");
  setJson("report", first3.reports[0] ?? {});
  const texts = results2.flatMap(
    ({ reports, published }) => reports.map((report2) => summary2(report2, published))
  );
  await writeSummary(process.env, texts.join("\n"));
}
function asResult({ name: name5, edits, updated, published }) {
  const changed3 = edits.length > 0;
  const hashes = updated.flatMap(
    ({ update }) => update.hashes.map(({ system: system2, before, after }) => [system2, { before, after }])
  );
  return {
    name: name5,
    outcome: published && changed3 ? published.outcome : outcomeWithout(changed3, published?.outcome),
    branch: published?.branch,
    number: published?.number,
    url: published?.url,
    hashes: Object.fromEntries(hashes)
  };
}
function outcomeWithout(changed3, published) {
  if (published === "closed") return "closed";
  return changed3 ? "changed" : "current";
}
async function fail(thrown) {
  const error2 = asUserError(thrown);
  if (!(error2 instanceof UserError)) {
    setFailed(
      harmless(
        `This is a defect of uv-fod, please report it: ${error2 instanceof Error ? error2.stack : String(error2)}`
      )
    );
    return;
  }
  tell2(error2);
  process.exitCode = ExitCode.Failure;
  await writeSummary(process.env, failureSummary(error2));
}
function tell2(error2) {
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const { message, properties } = annotationOf(error2, root);
  error(message, properties);
}
var scratch;
var clean2 = () => {
  if (scratch !== void 0) rmSync(scratch, { recursive: true, force: true });
};
var cancellation = cancelOnSignals(clean2);
reportUncaught((error2) => {
  void fail(error2);
  clean2();
});
var isDone = false;
try {
  scratch = mkdtempSync(path57.join(process.env.RUNNER_TEMP || tmpdir3(), "uv-fod-"));
  await main(cancellation, scratch);
  isDone = true;
} catch (error2) {
  await fail(error2);
} finally {
  clean2();
}
var code3 = cancellation.code();
if (code3 !== void 0) process.exit(code3);
if (isDone) {
  for (const stream of [process.stdout, process.stderr]) await new Promise((done2) => stream.write("", done2));
  process.exit();
}
/*! Bundled license information:

smol-toml/dist/error.js:
smol-toml/dist/primitive.js:
smol-toml/dist/date.js:
smol-toml/dist/extract.js:
smol-toml/dist/util.js:
smol-toml/dist/struct.js:
smol-toml/dist/parse.js:
smol-toml/dist/stringify.js:
smol-toml/dist/index.js:
  (*!
   * Copyright (c) Squirrel Chat et al., All rights reserved.
   * SPDX-License-Identifier: BSD-3-Clause
   *
   * Redistribution and use in source and binary forms, with or without
   * modification, are permitted provided that the following conditions are met:
   *
   * 1. Redistributions of source code must retain the above copyright notice, this
   *    list of conditions and the following disclaimer.
   * 2. Redistributions in binary form must reproduce the above copyright notice,
   *    this list of conditions and the following disclaimer in the
   *    documentation and/or other materials provided with the distribution.
   * 3. Neither the name of the copyright holder nor the names of its contributors
   *    may be used to endorse or promote products derived from this software without
   *    specific prior written permission.
   *
   * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
   * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
   * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
   * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
   * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
   * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
   * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
   * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
   * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
   * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
   *)

@octokit/request-error/dist-src/index.js:
  (* v8 ignore else -- @preserve -- Bug with vitest coverage where it sees an else branch that doesn't exist *)
*/
