import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name4, symbol) => (symbol = Symbol[name4]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name4);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __require = /* @__PURE__ */ ((x2) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x2, {
  get: (a3, b) => (typeof require !== "undefined" ? require : a3)[b]
}) : x2)(function(x2) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x2 + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target2, all) => {
  for (var name4 in all)
    __defProp(target2, name4, { get: all[name4], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key2 of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key2) && key2 !== except)
        __defProp(to, key2, { get: () => from[key2], enumerable: !(desc = __getOwnPropDesc(from, key2)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target2) => (target2 = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target2, "default", { value: mod, enumerable: true }) : target2,
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
var __callDispose = (stack, error, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s2, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s2, _;
  };
  var fail = (e) => error = hasError ? new E(e, error, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail(e), next()));
      } catch (e) {
        fail(e);
      }
    }
    if (hasError) throw error;
  };
  return next();
};

// node_modules/cli-width/index.js
var require_cli_width = __commonJS({
  "node_modules/cli-width/index.js"(exports, module) {
    "use strict";
    module.exports = cliWidth2;
    function normalizeOpts(options2) {
      const defaultOpts = {
        defaultWidth: 0,
        output: process.stdout,
        tty: __require("tty")
      };
      if (!options2) {
        return defaultOpts;
      }
      Object.keys(defaultOpts).forEach(function(key2) {
        if (!options2[key2]) {
          options2[key2] = defaultOpts[key2];
        }
      });
      return options2;
    }
    function cliWidth2(options2) {
      const opts = normalizeOpts(options2);
      if (opts.output.getWindowSize) {
        return opts.output.getWindowSize()[0] || opts.defaultWidth;
      }
      if (opts.tty.getWindowSize) {
        return opts.tty.getWindowSize()[1] || opts.defaultWidth;
      }
      if (opts.output.columns) {
        return opts.output.columns;
      }
      if (process.env.CLI_WIDTH) {
        const width = parseInt(process.env.CLI_WIDTH, 10);
        if (!isNaN(width) && width !== 0) {
          return width;
        }
      }
      return opts.defaultWidth;
    }
  }
});

// node_modules/mute-stream/lib/index.js
var require_lib = __commonJS({
  "node_modules/mute-stream/lib/index.js"(exports, module) {
    var Stream = __require("stream");
    var MuteStream2 = class extends Stream {
      #isTTY = null;
      constructor(opts = {}) {
        super(opts);
        this.writable = this.readable = true;
        this.muted = false;
        this.on("pipe", this._onpipe);
        this.replace = opts.replace;
        this._prompt = opts.prompt || null;
        this._hadControl = false;
      }
      #destSrc(key2, def) {
        if (this._dest) {
          return this._dest[key2];
        }
        if (this._src) {
          return this._src[key2];
        }
        return def;
      }
      #proxy(method, ...args) {
        if (typeof this._dest?.[method] === "function") {
          this._dest[method](...args);
        }
        if (typeof this._src?.[method] === "function") {
          this._src[method](...args);
        }
      }
      get isTTY() {
        if (this.#isTTY !== null) {
          return this.#isTTY;
        }
        return this.#destSrc("isTTY", false);
      }
      // basically just get replace the getter/setter with a regular value
      set isTTY(val) {
        this.#isTTY = val;
      }
      get rows() {
        return this.#destSrc("rows");
      }
      get columns() {
        return this.#destSrc("columns");
      }
      mute() {
        this.muted = true;
      }
      unmute() {
        this.muted = false;
      }
      _onpipe(src) {
        this._src = src;
      }
      pipe(dest, options2) {
        this._dest = dest;
        return super.pipe(dest, options2);
      }
      pause() {
        if (this._src) {
          return this._src.pause();
        }
      }
      resume() {
        if (this._src) {
          return this._src.resume();
        }
      }
      write(c2) {
        if (this.muted) {
          if (!this.replace) {
            return true;
          }
          if (c2.match(/^\u001b/)) {
            if (c2.indexOf(this._prompt) === 0) {
              c2 = c2.slice(this._prompt.length);
              c2 = c2.replace(/./g, this.replace);
              c2 = this._prompt + c2;
            }
            this._hadControl = true;
            return this.emit("data", c2);
          } else {
            if (this._prompt && this._hadControl && c2.indexOf(this._prompt) === 0) {
              this._hadControl = false;
              this.emit("data", this._prompt);
              c2 = c2.slice(this._prompt.length);
            }
            c2 = c2.toString().replace(/./g, this.replace);
          }
        }
        this.emit("data", c2);
      }
      end(c2) {
        if (this.muted) {
          if (c2 && this.replace) {
            c2 = c2.toString().replace(/./g, this.replace);
          } else {
            c2 = null;
          }
        }
        if (c2) {
          this.emit("data", c2);
        }
        this.emit("end");
      }
      destroy(...args) {
        return this.#proxy("destroy", ...args);
      }
      destroySoon(...args) {
        return this.#proxy("destroySoon", ...args);
      }
      close(...args) {
        return this.#proxy("close", ...args);
      }
    };
    module.exports = MuteStream2;
  }
});

// node_modules/semver/internal/lrucache.js
var require_lrucache = __commonJS({
  "node_modules/semver/internal/lrucache.js"(exports, module) {
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
    module.exports = LRUCache;
  }
});

// node_modules/semver/internal/parse-options.js
var require_parse_options = __commonJS({
  "node_modules/semver/internal/parse-options.js"(exports, module) {
    "use strict";
    var looseOption = Object.freeze({ loose: true });
    var emptyOpts = Object.freeze({});
    var parseOptions = (options2) => {
      if (!options2) {
        return emptyOpts;
      }
      if (typeof options2 !== "object") {
        return looseOption;
      }
      return options2;
    };
    module.exports = parseOptions;
  }
});

// node_modules/semver/internal/constants.js
var require_constants = __commonJS({
  "node_modules/semver/internal/constants.js"(exports, module) {
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
    module.exports = {
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

// node_modules/semver/internal/debug.js
var require_debug = __commonJS({
  "node_modules/semver/internal/debug.js"(exports, module) {
    "use strict";
    var debug = typeof process === "object" && process.env && process.env.NODE_DEBUG && /\bsemver\b/i.test(process.env.NODE_DEBUG) ? (...args) => console.error("SEMVER", ...args) : () => {
    };
    module.exports = debug;
  }
});

// node_modules/semver/internal/re.js
var require_re = __commonJS({
  "node_modules/semver/internal/re.js"(exports, module) {
    "use strict";
    var {
      MAX_SAFE_COMPONENT_LENGTH,
      MAX_SAFE_BUILD_LENGTH,
      MAX_LENGTH: MAX_LENGTH3
    } = require_constants();
    var debug = require_debug();
    exports = module.exports = {};
    var re = exports.re = [];
    var safeRe = exports.safeRe = [];
    var src = exports.src = [];
    var safeSrc = exports.safeSrc = [];
    var t3 = exports.t = {};
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
    var createToken = (name4, value, isGlobal) => {
      const safe2 = makeSafeRegex(value);
      const index = R++;
      debug(name4, index, value);
      t3[name4] = index;
      src[index] = value;
      safeSrc[index] = safe2;
      re[index] = new RegExp(value, isGlobal ? "g" : void 0);
      safeRe[index] = new RegExp(safe2, isGlobal ? "g" : void 0);
    };
    createToken("NUMERICIDENTIFIER", "0|[1-9]\\d*");
    createToken("NUMERICIDENTIFIERLOOSE", "\\d+");
    createToken("NONNUMERICIDENTIFIER", `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`);
    createToken("MAINVERSION", `(${src[t3.NUMERICIDENTIFIER]})\\.(${src[t3.NUMERICIDENTIFIER]})\\.(${src[t3.NUMERICIDENTIFIER]})`);
    createToken("MAINVERSIONLOOSE", `(${src[t3.NUMERICIDENTIFIERLOOSE]})\\.(${src[t3.NUMERICIDENTIFIERLOOSE]})\\.(${src[t3.NUMERICIDENTIFIERLOOSE]})`);
    createToken("PRERELEASEIDENTIFIER", `(?:${src[t3.NONNUMERICIDENTIFIER]}|${src[t3.NUMERICIDENTIFIER]})`);
    createToken("PRERELEASEIDENTIFIERLOOSE", `(?:${src[t3.NONNUMERICIDENTIFIER]}|${src[t3.NUMERICIDENTIFIERLOOSE]})`);
    createToken("PRERELEASE", `(?:-(${src[t3.PRERELEASEIDENTIFIER]}(?:\\.${src[t3.PRERELEASEIDENTIFIER]})*))`);
    createToken("PRERELEASELOOSE", `(?:-?(${src[t3.PRERELEASEIDENTIFIERLOOSE]}(?:\\.${src[t3.PRERELEASEIDENTIFIERLOOSE]})*))`);
    createToken("BUILDIDENTIFIER", `${LETTERDASHNUMBER}+`);
    createToken("BUILD", `(?:\\+(${src[t3.BUILDIDENTIFIER]}(?:\\.${src[t3.BUILDIDENTIFIER]})*))`);
    createToken("FULLPLAIN", `v?${src[t3.MAINVERSION]}${src[t3.PRERELEASE]}?${src[t3.BUILD]}?`);
    createToken("FULL", `^${src[t3.FULLPLAIN]}$`);
    createToken("LOOSEPLAIN", `[v=\\s]*${src[t3.MAINVERSIONLOOSE]}${src[t3.PRERELEASELOOSE]}?${src[t3.BUILD]}?`);
    createToken("LOOSE", `^${src[t3.LOOSEPLAIN]}$`);
    createToken("GTLT", "((?:<|>)?=?)");
    createToken("XRANGEIDENTIFIERLOOSE", `${src[t3.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`);
    createToken("XRANGEIDENTIFIER", `${src[t3.NUMERICIDENTIFIER]}|x|X|\\*`);
    createToken("XRANGEPLAIN", `[v=\\s]*(${src[t3.XRANGEIDENTIFIER]})(?:\\.(${src[t3.XRANGEIDENTIFIER]})(?:\\.(${src[t3.XRANGEIDENTIFIER]})(?:${src[t3.PRERELEASE]})?${src[t3.BUILD]}?)?)?`);
    createToken("XRANGEPLAINLOOSE", `[v=\\s]*(${src[t3.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t3.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t3.XRANGEIDENTIFIERLOOSE]})(?:${src[t3.PRERELEASELOOSE]})?${src[t3.BUILD]}?)?)?`);
    createToken("XRANGE", `^${src[t3.GTLT]}\\s*${src[t3.XRANGEPLAIN]}$`);
    createToken("XRANGELOOSE", `^${src[t3.GTLT]}\\s*${src[t3.XRANGEPLAINLOOSE]}$`);
    createToken("COERCEPLAIN", `${"(^|[^\\d])(\\d{1,"}${MAX_SAFE_COMPONENT_LENGTH}})(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`);
    createToken("COERCE", `${src[t3.COERCEPLAIN]}(?:$|[^\\d])`);
    createToken("COERCEFULL", src[t3.COERCEPLAIN] + `(?:${src[t3.PRERELEASE]})?(?:${src[t3.BUILD]})?(?:$|[^\\d])`);
    createToken("COERCERTL", src[t3.COERCE], true);
    createToken("COERCERTLFULL", src[t3.COERCEFULL], true);
    createToken("LONETILDE", "(?:~>?)");
    createToken("TILDETRIM", `(\\s*)${src[t3.LONETILDE]}\\s+`, true);
    exports.tildeTrimReplace = "$1~";
    createToken("TILDE", `^${src[t3.LONETILDE]}${src[t3.XRANGEPLAIN]}$`);
    createToken("TILDELOOSE", `^${src[t3.LONETILDE]}${src[t3.XRANGEPLAINLOOSE]}$`);
    createToken("LONECARET", "(?:\\^)");
    createToken("CARETTRIM", `(\\s*)${src[t3.LONECARET]}\\s+`, true);
    exports.caretTrimReplace = "$1^";
    createToken("CARET", `^${src[t3.LONECARET]}${src[t3.XRANGEPLAIN]}$`);
    createToken("CARETLOOSE", `^${src[t3.LONECARET]}${src[t3.XRANGEPLAINLOOSE]}$`);
    createToken("COMPARATORLOOSE", `^${src[t3.GTLT]}\\s*(${src[t3.LOOSEPLAIN]})$|^$`);
    createToken("COMPARATOR", `^${src[t3.GTLT]}\\s*(${src[t3.FULLPLAIN]})$|^$`);
    createToken("COMPARATORTRIM", `(\\s*)${src[t3.GTLT]}\\s*(${src[t3.LOOSEPLAIN]}|${src[t3.XRANGEPLAIN]})`, true);
    exports.comparatorTrimReplace = "$1$2$3";
    createToken("HYPHENRANGE", `^\\s*(${src[t3.XRANGEPLAIN]})\\s+-\\s+(${src[t3.XRANGEPLAIN]})\\s*$`);
    createToken("HYPHENRANGELOOSE", `^\\s*(${src[t3.XRANGEPLAINLOOSE]})\\s+-\\s+(${src[t3.XRANGEPLAINLOOSE]})\\s*$`);
    createToken("STAR", "(<|>)?=?\\s*\\*");
    createToken("GTE0", "^\\s*>=\\s*0\\.0\\.0\\s*$");
    createToken("GTE0PRE", "^\\s*>=\\s*0\\.0\\.0-0\\s*$");
  }
});

// node_modules/semver/internal/identifiers.js
var require_identifiers = __commonJS({
  "node_modules/semver/internal/identifiers.js"(exports, module) {
    "use strict";
    var numeric = /^[0-9]+$/;
    var compareIdentifiers = (a3, b) => {
      if (typeof a3 === "number" && typeof b === "number") {
        return a3 === b ? 0 : a3 < b ? -1 : 1;
      }
      const anum = numeric.test(a3);
      const bnum = numeric.test(b);
      if (anum && bnum) {
        a3 = +a3;
        b = +b;
      }
      return a3 === b ? 0 : anum && !bnum ? -1 : bnum && !anum ? 1 : a3 < b ? -1 : 1;
    };
    var rcompareIdentifiers = (a3, b) => compareIdentifiers(b, a3);
    module.exports = {
      compareIdentifiers,
      rcompareIdentifiers
    };
  }
});

// node_modules/semver/classes/semver.js
var require_semver = __commonJS({
  "node_modules/semver/classes/semver.js"(exports, module) {
    "use strict";
    var debug = require_debug();
    var { MAX_LENGTH: MAX_LENGTH3, MAX_SAFE_INTEGER } = require_constants();
    var { safeRe: re, t: t3 } = require_re();
    var parseOptions = require_parse_options();
    var { compareIdentifiers } = require_identifiers();
    var isPrereleaseIdentifier = (prerelease2, identifier) => {
      const identifiers = identifier.split(".");
      if (identifiers.length > prerelease2.length) {
        return false;
      }
      for (let i5 = 0; i5 < identifiers.length; i5++) {
        if (compareIdentifiers(prerelease2[i5], identifiers[i5]) !== 0) {
          return false;
        }
      }
      return true;
    };
    var SemVer = class _SemVer {
      constructor(version3, options2) {
        options2 = parseOptions(options2);
        if (version3 instanceof _SemVer) {
          if (version3.loose === !!options2.loose && version3.includePrerelease === !!options2.includePrerelease) {
            return version3;
          } else {
            version3 = version3.version;
          }
        } else if (typeof version3 !== "string") {
          throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version3}".`);
        }
        if (version3.length > MAX_LENGTH3) {
          throw new TypeError(
            `version is longer than ${MAX_LENGTH3} characters`
          );
        }
        debug("SemVer", version3, options2);
        this.options = options2;
        this.loose = !!options2.loose;
        this.includePrerelease = !!options2.includePrerelease;
        const m = version3.trim().match(options2.loose ? re[t3.LOOSE] : re[t3.FULL]);
        if (!m) {
          throw new TypeError(`Invalid Version: ${version3}`);
        }
        this.raw = version3;
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
          this.prerelease = m[4].split(".").map((id) => {
            if (/^[0-9]+$/.test(id)) {
              const num = +id;
              if (num >= 0 && num < MAX_SAFE_INTEGER) {
                return num;
              }
            }
            return id;
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
        debug("SemVer.compare", this.version, this.options, other);
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
        let i5 = 0;
        do {
          const a3 = this.prerelease[i5];
          const b = other.prerelease[i5];
          debug("prerelease compare", i5, a3, b);
          if (a3 === void 0 && b === void 0) {
            return 0;
          } else if (b === void 0) {
            return 1;
          } else if (a3 === void 0) {
            return -1;
          } else if (a3 === b) {
            continue;
          } else {
            return compareIdentifiers(a3, b);
          }
        } while (++i5);
      }
      compareBuild(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        let i5 = 0;
        do {
          const a3 = this.build[i5];
          const b = other.build[i5];
          debug("build compare", i5, a3, b);
          if (a3 === void 0 && b === void 0) {
            return 0;
          } else if (b === void 0) {
            return 1;
          } else if (a3 === void 0) {
            return -1;
          } else if (a3 === b) {
            continue;
          } else {
            return compareIdentifiers(a3, b);
          }
        } while (++i5);
      }
      // preminor will bump the version up to the next minor release, and immediately
      // down to pre-release. premajor and prepatch work the same way.
      inc(release2, identifier, identifierBase) {
        if (release2.startsWith("pre")) {
          if (!identifier && identifierBase === false) {
            throw new Error("invalid increment argument: identifier is empty");
          }
          if (identifier) {
            const match2 = `-${identifier}`.match(this.options.loose ? re[t3.PRERELEASELOOSE] : re[t3.PRERELEASE]);
            if (!match2 || match2[1] !== identifier) {
              throw new Error(`invalid identifier: ${identifier}`);
            }
          }
        }
        switch (release2) {
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
              let i5 = this.prerelease.length;
              while (--i5 >= 0) {
                if (typeof this.prerelease[i5] === "number") {
                  this.prerelease[i5]++;
                  i5 = -2;
                }
              }
              if (i5 === -1) {
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
            throw new Error(`invalid increment argument: ${release2}`);
        }
        this.raw = this.format();
        if (this.build.length) {
          this.raw += `+${this.build.join(".")}`;
        }
        return this;
      }
    };
    module.exports = SemVer;
  }
});

// node_modules/semver/functions/compare.js
var require_compare = __commonJS({
  "node_modules/semver/functions/compare.js"(exports, module) {
    "use strict";
    var SemVer = require_semver();
    var compare5 = (a3, b, loose) => new SemVer(a3, loose).compare(new SemVer(b, loose));
    module.exports = compare5;
  }
});

// node_modules/semver/functions/eq.js
var require_eq = __commonJS({
  "node_modules/semver/functions/eq.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var eq2 = (a3, b, loose) => compare5(a3, b, loose) === 0;
    module.exports = eq2;
  }
});

// node_modules/semver/functions/neq.js
var require_neq = __commonJS({
  "node_modules/semver/functions/neq.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var neq = (a3, b, loose) => compare5(a3, b, loose) !== 0;
    module.exports = neq;
  }
});

// node_modules/semver/functions/gt.js
var require_gt = __commonJS({
  "node_modules/semver/functions/gt.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var gt2 = (a3, b, loose) => compare5(a3, b, loose) > 0;
    module.exports = gt2;
  }
});

// node_modules/semver/functions/gte.js
var require_gte = __commonJS({
  "node_modules/semver/functions/gte.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var gte = (a3, b, loose) => compare5(a3, b, loose) >= 0;
    module.exports = gte;
  }
});

// node_modules/semver/functions/lt.js
var require_lt = __commonJS({
  "node_modules/semver/functions/lt.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var lt2 = (a3, b, loose) => compare5(a3, b, loose) < 0;
    module.exports = lt2;
  }
});

// node_modules/semver/functions/lte.js
var require_lte = __commonJS({
  "node_modules/semver/functions/lte.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var lte = (a3, b, loose) => compare5(a3, b, loose) <= 0;
    module.exports = lte;
  }
});

// node_modules/semver/functions/cmp.js
var require_cmp = __commonJS({
  "node_modules/semver/functions/cmp.js"(exports, module) {
    "use strict";
    var eq2 = require_eq();
    var neq = require_neq();
    var gt2 = require_gt();
    var gte = require_gte();
    var lt2 = require_lt();
    var lte = require_lte();
    var cmp = (a3, op, b, loose) => {
      switch (op) {
        case "===":
          if (typeof a3 === "object") {
            a3 = a3.version;
          }
          if (typeof b === "object") {
            b = b.version;
          }
          return a3 === b;
        case "!==":
          if (typeof a3 === "object") {
            a3 = a3.version;
          }
          if (typeof b === "object") {
            b = b.version;
          }
          return a3 !== b;
        case "":
        case "=":
        case "==":
          return eq2(a3, b, loose);
        case "!=":
          return neq(a3, b, loose);
        case ">":
          return gt2(a3, b, loose);
        case ">=":
          return gte(a3, b, loose);
        case "<":
          return lt2(a3, b, loose);
        case "<=":
          return lte(a3, b, loose);
        default:
          throw new TypeError(`Invalid operator: ${op}`);
      }
    };
    module.exports = cmp;
  }
});

// node_modules/semver/classes/comparator.js
var require_comparator = __commonJS({
  "node_modules/semver/classes/comparator.js"(exports, module) {
    "use strict";
    var ANY = /* @__PURE__ */ Symbol("SemVer ANY");
    var Comparator = class _Comparator {
      static get ANY() {
        return ANY;
      }
      constructor(comp, options2) {
        options2 = parseOptions(options2);
        if (comp instanceof _Comparator) {
          if (comp.loose === !!options2.loose) {
            return comp;
          } else {
            comp = comp.value;
          }
        }
        comp = comp.trim().split(/\s+/).join(" ");
        debug("comparator", comp, options2);
        this.options = options2;
        this.loose = !!options2.loose;
        this.parse(comp);
        if (this.semver === ANY) {
          this.value = "";
        } else {
          this.value = this.operator + this.semver.version;
        }
        debug("comp", this);
      }
      parse(comp) {
        const r3 = this.options.loose ? re[t3.COMPARATORLOOSE] : re[t3.COMPARATOR];
        const m = comp.match(r3);
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
      test(version3) {
        debug("Comparator.test", version3, this.options.loose);
        if (this.semver === ANY || version3 === ANY) {
          return true;
        }
        if (typeof version3 === "string") {
          try {
            version3 = new SemVer(version3, this.options);
          } catch (er) {
            return false;
          }
        }
        return cmp(version3, this.operator, this.semver, this.options);
      }
      intersects(comp, options2) {
        if (!(comp instanceof _Comparator)) {
          throw new TypeError("a Comparator is required");
        }
        if (this.operator === "") {
          if (this.value === "") {
            return true;
          }
          return new Range(comp.value, options2).test(this.value);
        } else if (comp.operator === "") {
          if (comp.value === "") {
            return true;
          }
          return new Range(this.value, options2).test(comp.semver);
        }
        options2 = parseOptions(options2);
        if (options2.includePrerelease && (this.value === "<0.0.0-0" || comp.value === "<0.0.0-0")) {
          return false;
        }
        if (!options2.includePrerelease && (this.value.startsWith("<0.0.0") || comp.value.startsWith("<0.0.0"))) {
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
        if (cmp(this.semver, "<", comp.semver, options2) && this.operator.startsWith(">") && comp.operator.startsWith("<")) {
          return true;
        }
        if (cmp(this.semver, ">", comp.semver, options2) && this.operator.startsWith("<") && comp.operator.startsWith(">")) {
          return true;
        }
        return false;
      }
    };
    module.exports = Comparator;
    var parseOptions = require_parse_options();
    var { safeRe: re, t: t3 } = require_re();
    var cmp = require_cmp();
    var debug = require_debug();
    var SemVer = require_semver();
    var Range = require_range();
  }
});

// node_modules/semver/internal/trim-comparator-whitespace.js
var require_trim_comparator_whitespace = __commonJS({
  "node_modules/semver/internal/trim-comparator-whitespace.js"(exports, module) {
    "use strict";
    var {
      MAX_LENGTH: MAX_LENGTH3,
      MAX_SAFE_BUILD_LENGTH,
      WHITESPACE_CHARACTERS
    } = require_constants();
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
      let end2 = start2 + 1;
      while (isDigit2(range[end2])) {
        end2++;
      }
      digitRuns.previousStart = digitRuns.start;
      digitRuns.previousEnd = digitRuns.end;
      digitRuns.start = start2;
      digitRuns.end = end2;
      return Math.min(start2 + limit2, end2);
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
        let end2 = digitsEnd + 1;
        const limit2 = end2 + MAX_SAFE_BUILD_LENGTH;
        while (end2 < limit2 && isIdentifierCharacter(range[end2])) {
          end2++;
        }
        return end2;
      }
      return findVersionNumberEndIndex(range, start2, loose, digitRuns);
    };
    var findPrereleaseEndIndex = (range, start2, loose, digitRuns) => {
      const hyphen = range[start2] === "-";
      if (!loose && !hyphen) {
        return start2;
      }
      const identifierStart = start2 + (hyphen ? 1 : 0);
      let end2 = findPrereleaseIdentifierEndIndex(range, identifierStart, loose, digitRuns);
      if (end2 === identifierStart) {
        if (!loose || !hyphen) {
          return start2;
        }
        end2 = findPrereleaseIdentifierEndIndex(range, start2, loose, digitRuns);
      }
      while (range[end2] === ".") {
        const next = findPrereleaseIdentifierEndIndex(range, end2 + 1, loose, digitRuns);
        if (next === end2 + 1) {
          break;
        }
        end2 = next;
      }
      return end2;
    };
    var findBuildIdentifierEndIndex = (range, start2) => {
      let end2 = start2;
      while (end2 - start2 < MAX_SAFE_BUILD_LENGTH && isIdentifierCharacter(range[end2])) {
        end2++;
      }
      return end2;
    };
    var findBuildEndIndex = (range, start2) => {
      if (range[start2] !== "+") {
        return start2;
      }
      let end2 = findBuildIdentifierEndIndex(range, start2 + 1);
      if (end2 === start2 + 1) {
        return start2;
      }
      while (range[end2] === ".") {
        const next = findBuildIdentifierEndIndex(range, end2 + 1);
        if (next === end2 + 1) {
          break;
        }
        end2 = next;
      }
      return end2;
    };
    var findLooseFullVersionEndIndex = (range, start2, digitRuns) => {
      let end2 = start2;
      for (let component = 0; component < 3; component++) {
        const next = findVersionNumberEndIndex(range, end2, true, digitRuns);
        if (next === end2) {
          return start2;
        }
        end2 = next;
        if (component < 2) {
          if (range[end2] !== ".") {
            return start2;
          }
          end2++;
        }
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end2, true, digitRuns);
      return findBuildEndIndex(range, prereleaseEnd);
    };
    var findPartialVersionComponentEndIndex = (range, start2, digitRuns) => {
      if (isDigit2(range[start2])) {
        return findVersionNumberEndIndex(range, start2, false, digitRuns);
      }
      return isVersionStart(range[start2]) ? start2 + 1 : start2;
    };
    var findPartialVersionEndIndex = (range, start2, digitRuns) => {
      let end2 = findPartialVersionComponentEndIndex(range, start2, digitRuns);
      for (let component = 0; component < 2; component++) {
        if (range[end2] !== ".") {
          return end2;
        }
        const next = findPartialVersionComponentEndIndex(range, end2 + 1, digitRuns);
        if (next === end2 + 1) {
          return end2;
        }
        end2 = next;
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end2, false, digitRuns);
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
      let result = "";
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
          result += range.slice(copyFrom, whitespacePosition);
          copyFrom = whitespacePosition + 1;
        }
        cursor = findVersionEndIndex(range, cursor, digitRuns);
      }
      return result + range.slice(copyFrom);
    };
    module.exports = trimComparatorWhitespace;
  }
});

// node_modules/semver/classes/range.js
var require_range = __commonJS({
  "node_modules/semver/classes/range.js"(exports, module) {
    "use strict";
    var SPACE_CHARACTERS = /\s+/g;
    var Range = class _Range {
      constructor(range, options2) {
        options2 = parseOptions(options2);
        if (range instanceof _Range) {
          if (range.loose === !!options2.loose && range.includePrerelease === !!options2.includePrerelease) {
            return range;
          } else {
            return new _Range(range.raw, options2);
          }
        }
        if (range instanceof Comparator) {
          this.raw = range.value;
          this.set = [[range]];
          this.formatted = void 0;
          return this;
        }
        this.options = options2;
        this.loose = !!options2.loose;
        this.includePrerelease = !!options2.includePrerelease;
        this.raw = range.trim().replace(SPACE_CHARACTERS, " ");
        this.set = this.raw.split("||").map((r3) => this.parseRange(r3.trim())).filter((c2) => c2.length);
        if (!this.set.length) {
          throw new TypeError(`Invalid SemVer Range: ${this.raw}`);
        }
        if (this.set.length > 1) {
          const first4 = this.set[0];
          this.set = this.set.filter((c2) => !isNullSet(c2[0]));
          if (this.set.length === 0) {
            this.set = [first4];
          } else if (this.set.length > 1) {
            for (const c2 of this.set) {
              if (c2.length === 1 && isAny(c2[0])) {
                this.set = [c2];
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
          for (let i5 = 0; i5 < this.set.length; i5++) {
            if (i5 > 0) {
              this.formatted += "||";
            }
            const comps = this.set[i5];
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
        const hr = loose ? re[t3.HYPHENRANGELOOSE] : re[t3.HYPHENRANGE];
        range = range.replace(hr, hyphenReplace(this.options.includePrerelease));
        debug("hyphen replace", range);
        range = trimComparatorWhitespace(range);
        debug("comparator trim", range);
        range = range.replace(re[t3.TILDETRIM], tildeTrimReplace);
        debug("tilde trim", range);
        range = range.replace(re[t3.CARETTRIM], caretTrimReplace);
        debug("caret trim", range);
        let rangeList = range.split(" ").map((comp) => parseComparator(comp, this.options)).join(" ").split(/\s+/).map((comp) => replaceGTE0(comp, this.options));
        if (loose) {
          rangeList = rangeList.filter((comp) => {
            debug("loose invalid filter", comp, this.options);
            return !!comp.match(re[t3.COMPARATORLOOSE]);
          });
        }
        debug("range list", rangeList);
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
        const result = [...rangeMap.values()];
        cache.set(memoKey, result);
        return result;
      }
      intersects(range, options2) {
        if (!(range instanceof _Range)) {
          throw new TypeError("a Range is required");
        }
        return this.set.some((thisComparators) => {
          return isSatisfiable(thisComparators, options2) && range.set.some((rangeComparators) => {
            return isSatisfiable(rangeComparators, options2) && thisComparators.every((thisComparator) => {
              return rangeComparators.every((rangeComparator) => {
                return thisComparator.intersects(rangeComparator, options2);
              });
            });
          });
        });
      }
      // if ANY of the sets match ALL of its comparators, then pass
      test(version3) {
        if (!version3) {
          return false;
        }
        if (typeof version3 === "string") {
          try {
            version3 = new SemVer(version3, this.options);
          } catch (er) {
            return false;
          }
        }
        for (let i5 = 0; i5 < this.set.length; i5++) {
          if (testSet(this.set[i5], version3, this.options)) {
            return true;
          }
        }
        return false;
      }
    };
    module.exports = Range;
    var LRU = require_lrucache();
    var cache = new LRU();
    var parseOptions = require_parse_options();
    var Comparator = require_comparator();
    var debug = require_debug();
    var SemVer = require_semver();
    var trimComparatorWhitespace = require_trim_comparator_whitespace();
    var {
      safeRe: re,
      src,
      t: t3,
      tildeTrimReplace,
      caretTrimReplace
    } = require_re();
    var { FLAG_INCLUDE_PRERELEASE, FLAG_LOOSE } = require_constants();
    var BUILDSTRIPRE = new RegExp(src[t3.BUILD], "g");
    var isNullSet = (c2) => c2.value === "<0.0.0-0";
    var isAny = (c2) => c2.value === "";
    var isSatisfiable = (comparators, options2) => {
      let result = true;
      const remainingComparators = comparators.slice();
      let testComparator = remainingComparators.pop();
      while (result && remainingComparators.length) {
        result = remainingComparators.every((otherComparator) => {
          return testComparator.intersects(otherComparator, options2);
        });
        testComparator = remainingComparators.pop();
      }
      return result;
    };
    var parseComparator = (comp, options2) => {
      comp = comp.replace(re[t3.BUILD], "");
      debug("comp", comp, options2);
      comp = replaceCarets(comp, options2);
      debug("caret", comp);
      comp = replaceTildes(comp, options2);
      debug("tildes", comp);
      comp = replaceXRanges(comp, options2);
      debug("xrange", comp);
      comp = replaceStars(comp, options2);
      debug("stars", comp);
      return comp;
    };
    var isX = (id) => !id || id.toLowerCase() === "x" || id === "*";
    var invalidXRangeOrder = (M, m, p) => isX(M) && !isX(m) || isX(m) && p && !isX(p);
    var replaceTildes = (comp, options2) => {
      return comp.trim().split(/\s+/).map((c2) => replaceTilde(c2, options2)).join(" ");
    };
    var replaceTilde = (comp, options2) => {
      const r3 = options2.loose ? re[t3.TILDELOOSE] : re[t3.TILDE];
      const z = options2.includePrerelease ? "-0" : "";
      return comp.replace(r3, (_, M, m, p, pr) => {
        debug("tilde", comp, _, M, m, p, pr);
        let ret;
        if (isX(M)) {
          ret = "";
        } else if (isX(m)) {
          ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`;
        } else if (isX(p)) {
          ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`;
        } else if (pr) {
          debug("replaceTilde pr", pr);
          ret = `>=${M}.${m}.${p}-${pr} <${M}.${+m + 1}.0-0`;
        } else {
          ret = `>=${M}.${m}.${p} <${M}.${+m + 1}.0-0`;
        }
        debug("tilde return", ret);
        return ret;
      });
    };
    var replaceCarets = (comp, options2) => {
      return comp.trim().split(/\s+/).map((c2) => replaceCaret(c2, options2)).join(" ");
    };
    var replaceCaret = (comp, options2) => {
      debug("caret", comp, options2);
      const r3 = options2.loose ? re[t3.CARETLOOSE] : re[t3.CARET];
      const z = options2.includePrerelease ? "-0" : "";
      return comp.replace(r3, (_, M, m, p, pr) => {
        debug("caret", comp, _, M, m, p, pr);
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
          debug("replaceCaret pr", pr);
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
          debug("no pr");
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
        debug("caret return", ret);
        return ret;
      });
    };
    var replaceXRanges = (comp, options2) => {
      debug("replaceXRanges", comp, options2);
      return comp.split(/\s+/).map((c2) => replaceXRange(c2, options2)).join(" ");
    };
    var replaceXRange = (comp, options2) => {
      comp = comp.trim();
      const r3 = options2.loose ? re[t3.XRANGELOOSE] : re[t3.XRANGE];
      return comp.replace(r3, (ret, gtlt, M, m, p, pr) => {
        debug("xRange", comp, ret, gtlt, M, m, p, pr);
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
        pr = options2.includePrerelease ? "-0" : "";
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
        debug("xRange return", ret);
        return ret;
      });
    };
    var replaceStars = (comp, options2) => {
      debug("replaceStars", comp, options2);
      return comp.trim().replace(re[t3.STAR], "");
    };
    var replaceGTE0 = (comp, options2) => {
      debug("replaceGTE0", comp, options2);
      return comp.trim().replace(re[options2.includePrerelease ? t3.GTE0PRE : t3.GTE0], "");
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
    var testSet = (set, version3, options2) => {
      for (let i5 = 0; i5 < set.length; i5++) {
        if (!set[i5].test(version3)) {
          return false;
        }
      }
      if (version3.prerelease.length && !options2.includePrerelease) {
        for (let i5 = 0; i5 < set.length; i5++) {
          debug(set[i5].semver);
          if (set[i5].semver === Comparator.ANY) {
            continue;
          }
          if (set[i5].semver.prerelease.length > 0) {
            const allowed = set[i5].semver;
            if (allowed.major === version3.major && allowed.minor === version3.minor && allowed.patch === version3.patch) {
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

// node_modules/semver/ranges/valid.js
var require_valid = __commonJS({
  "node_modules/semver/ranges/valid.js"(exports, module) {
    "use strict";
    var Range = require_range();
    var validRange2 = (range, options2) => {
      try {
        return new Range(range, options2).range || "*";
      } catch (er) {
        return null;
      }
    };
    module.exports = validRange2;
  }
});

// node_modules/semver/functions/parse.js
var require_parse = __commonJS({
  "node_modules/semver/functions/parse.js"(exports, module) {
    "use strict";
    var SemVer = require_semver();
    var parse6 = (version3, options2, throwErrors = false) => {
      if (version3 instanceof SemVer) {
        return version3;
      }
      try {
        return new SemVer(version3, options2);
      } catch (er) {
        if (!throwErrors) {
          return null;
        }
        throw er;
      }
    };
    module.exports = parse6;
  }
});

// node_modules/semver/functions/prerelease.js
var require_prerelease = __commonJS({
  "node_modules/semver/functions/prerelease.js"(exports, module) {
    "use strict";
    var parse6 = require_parse();
    var prerelease2 = (version3, options2) => {
      const parsed = parse6(version3, options2);
      return parsed && parsed.prerelease.length ? parsed.prerelease : null;
    };
    module.exports = prerelease2;
  }
});

// node_modules/semver/functions/satisfies.js
var require_satisfies = __commonJS({
  "node_modules/semver/functions/satisfies.js"(exports, module) {
    "use strict";
    var Range = require_range();
    var satisfies3 = (version3, range, options2) => {
      try {
        range = new Range(range, options2);
      } catch (er) {
        return false;
      }
      return range.test(version3);
    };
    module.exports = satisfies3;
  }
});

// node_modules/semver/functions/valid.js
var require_valid2 = __commonJS({
  "node_modules/semver/functions/valid.js"(exports, module) {
    "use strict";
    var parse6 = require_parse();
    var valid3 = (version3, options2) => {
      const v = parse6(version3, options2);
      return v ? v.version : null;
    };
    module.exports = valid3;
  }
});

// node_modules/events-universal/default.js
var require_default = __commonJS({
  "node_modules/events-universal/default.js"(exports, module) {
    module.exports = __require("events");
  }
});

// node_modules/fast-fifo/fixed-size.js
var require_fixed_size = __commonJS({
  "node_modules/fast-fifo/fixed-size.js"(exports, module) {
    module.exports = class FixedFIFO {
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
  "node_modules/fast-fifo/index.js"(exports, module) {
    var FixedFIFO = require_fixed_size();
    module.exports = class FastFIFO {
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
  "node_modules/b4a/index.js"(exports, module) {
    function isBuffer(value) {
      return Buffer.isBuffer(value) || value instanceof Uint8Array;
    }
    function isEncoding(encoding) {
      return Buffer.isEncoding(encoding);
    }
    function alloc(size, fill3, encoding) {
      return Buffer.alloc(size, fill3, encoding);
    }
    function allocUnsafe(size) {
      return Buffer.allocUnsafe(size);
    }
    function allocUnsafeSlow(size) {
      return Buffer.allocUnsafeSlow(size);
    }
    function byteLength(string, encoding) {
      return Buffer.byteLength(string, encoding);
    }
    function compare5(a3, b) {
      return Buffer.compare(a3, b);
    }
    function concat(buffers, totalLength) {
      return Buffer.concat(buffers, totalLength);
    }
    function copy(source, target2, targetStart, start2, end2) {
      return toBuffer(source).copy(target2, targetStart, start2, end2);
    }
    function equals(a3, b) {
      return toBuffer(a3).equals(b);
    }
    function fill2(buffer, value, offset, end2, encoding) {
      return toBuffer(buffer).fill(value, offset, end2, encoding);
    }
    function from(value, encodingOrOffset, length) {
      return Buffer.from(value, encodingOrOffset, length);
    }
    function includes(buffer, value, byteOffset, encoding) {
      return toBuffer(buffer).includes(value, byteOffset, encoding);
    }
    function indexOf(buffer, value, byfeOffset, encoding) {
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
    function toString(buffer, encoding, start2, end2) {
      return toBuffer(buffer).toString(encoding, start2, end2);
    }
    function toHex(buffer, start2, end2) {
      return toBuffer(buffer).toString("hex", start2, end2);
    }
    function write2(buffer, string, offset, length, encoding) {
      return toBuffer(buffer).write(string, offset, length, encoding);
    }
    function readDoubleBE(buffer, offset) {
      return toBuffer(buffer).readDoubleBE(offset);
    }
    function readDoubleLE(buffer, offset) {
      return toBuffer(buffer).readDoubleLE(offset);
    }
    function readFloatBE(buffer, offset) {
      return toBuffer(buffer).readFloatBE(offset);
    }
    function readFloatLE(buffer, offset) {
      return toBuffer(buffer).readFloatLE(offset);
    }
    function readInt32BE(buffer, offset) {
      return toBuffer(buffer).readInt32BE(offset);
    }
    function readInt32LE(buffer, offset) {
      return toBuffer(buffer).readInt32LE(offset);
    }
    function readUInt32BE(buffer, offset) {
      return toBuffer(buffer).readUInt32BE(offset);
    }
    function readUInt32LE(buffer, offset) {
      return toBuffer(buffer).readUInt32LE(offset);
    }
    function writeDoubleBE(buffer, value, offset) {
      return toBuffer(buffer).writeDoubleBE(value, offset);
    }
    function writeDoubleLE(buffer, value, offset) {
      return toBuffer(buffer).writeDoubleLE(value, offset);
    }
    function writeFloatBE(buffer, value, offset) {
      return toBuffer(buffer).writeFloatBE(value, offset);
    }
    function writeFloatLE(buffer, value, offset) {
      return toBuffer(buffer).writeFloatLE(value, offset);
    }
    function writeInt32BE(buffer, value, offset) {
      return toBuffer(buffer).writeInt32BE(value, offset);
    }
    function writeInt32LE(buffer, value, offset) {
      return toBuffer(buffer).writeInt32LE(value, offset);
    }
    function writeUInt32BE(buffer, value, offset) {
      return toBuffer(buffer).writeUInt32BE(value, offset);
    }
    function writeUInt32LE(buffer, value, offset) {
      return toBuffer(buffer).writeUInt32LE(value, offset);
    }
    module.exports = {
      isBuffer,
      isEncoding,
      alloc,
      allocUnsafe,
      allocUnsafeSlow,
      byteLength,
      compare: compare5,
      concat,
      copy,
      equals,
      fill: fill2,
      from,
      includes,
      indexOf,
      lastIndexOf,
      swap16,
      swap32,
      swap64,
      toBuffer,
      toString,
      toHex,
      write: write2,
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
  "node_modules/text-decoder/lib/pass-through-decoder.js"(exports, module) {
    var b4a = require_b4a();
    module.exports = class PassThroughDecoder {
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
  "node_modules/text-decoder/lib/utf8-decoder.js"(exports, module) {
    var b4a = require_b4a();
    module.exports = class UTF8Decoder {
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
        let result = "";
        let start2 = 0;
        if (this.bytesNeeded > 0) {
          while (start2 < data.byteLength) {
            const byte = data[start2];
            if (byte < this.lowerBoundary || byte > this.upperBoundary) {
              result += "�";
              this._reset();
              break;
            }
            this.lowerBoundary = 128;
            this.upperBoundary = 191;
            this.codePoint = this.codePoint << 6 | byte & 63;
            this.bytesSeen++;
            start2++;
            if (this.bytesSeen === this.bytesNeeded) {
              result += String.fromCodePoint(this.codePoint);
              this._reset();
              break;
            }
          }
          if (this.bytesNeeded > 0) return result;
        }
        const trailing = trailingIncomplete(data, start2);
        const end2 = data.byteLength - trailing;
        if (end2 > start2) result += b4a.toString(data, "utf8", start2, end2);
        for (let i5 = end2; i5 < data.byteLength; i5++) {
          const byte = data[i5];
          if (this.bytesNeeded === 0) {
            if (byte <= 127) {
              this.bytesSeen = 0;
              result += String.fromCharCode(byte);
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
              result += "�";
            }
            continue;
          }
          if (byte < this.lowerBoundary || byte > this.upperBoundary) {
            result += "�";
            i5--;
            this._reset();
            continue;
          }
          this.lowerBoundary = 128;
          this.upperBoundary = 191;
          this.codePoint = this.codePoint << 6 | byte & 63;
          this.bytesSeen++;
          if (this.bytesSeen === this.bytesNeeded) {
            result += String.fromCodePoint(this.codePoint);
            this._reset();
          }
        }
        return result;
      }
      flush() {
        const result = this.bytesNeeded > 0 ? "�" : "";
        this._reset();
        return result;
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
      let i5 = len - 1;
      while (i5 > limit2 && (data[i5] & 192) === 128) i5--;
      if (i5 < start2) return 0;
      const byte = data[i5];
      let needed;
      if (byte <= 127) return 0;
      if (byte >= 194 && byte <= 223) needed = 2;
      else if (byte >= 224 && byte <= 239) needed = 3;
      else if (byte >= 240 && byte <= 244) needed = 4;
      else return 0;
      const available = len - i5;
      return available < needed ? available : 0;
    }
    function trailingBytesSeen(data) {
      const len = data.byteLength;
      if (len === 0) return 0;
      const last = data[len - 1];
      if (last <= 127) return 0;
      if ((last & 192) !== 128) return 1;
      const limit2 = Math.max(0, len - 4);
      let i5 = len - 2;
      while (i5 >= limit2 && (data[i5] & 192) === 128) i5--;
      if (i5 < 0) return 1;
      const first4 = data[i5];
      let needed;
      if (first4 >= 194 && first4 <= 223) needed = 2;
      else if (first4 >= 224 && first4 <= 239) needed = 3;
      else if (first4 >= 240 && first4 <= 244) needed = 4;
      else return 1;
      if (len - i5 !== needed) return 1;
      if (needed >= 3) {
        const second = data[i5 + 1];
        if (first4 === 224 && second < 160) return 1;
        if (first4 === 237 && second > 159) return 1;
        if (first4 === 240 && second < 144) return 1;
        if (first4 === 244 && second > 143) return 1;
      }
      return 0;
    }
  }
});

// node_modules/text-decoder/index.js
var require_text_decoder = __commonJS({
  "node_modules/text-decoder/index.js"(exports, module) {
    var PassThroughDecoder = require_pass_through_decoder();
    var UTF8Decoder = require_utf8_decoder();
    module.exports = class TextDecoder {
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
        let result = "";
        if (data) result = this.push(data);
        result += this.decoder.flush();
        return result;
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
  "node_modules/streamx/lib/errors.js"(exports, module) {
    module.exports = class StreamError extends Error {
      constructor(msg, code2, fn = StreamError) {
        super(msg);
        this.code = code2;
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
  "node_modules/streamx/index.js"(exports, module) {
    var { EventEmitter: EventEmitter3 } = require_default();
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
        for (let i5 = 0; i5 < pending.length - 1; i5++) {
          const data2 = pending[i5];
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
      for (let i5 = 0; i5 < drains.length; i5++) {
        if (--drains[i5].writes === 0) {
          drains.shift().resolve(true);
          i5--;
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
    function newListener(name4) {
      if (this._readableState !== null) {
        if (name4 === "data") {
          this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD;
          this._readableState.updateNextTick();
        }
        if (name4 === "readable") {
          this._duplexState |= READ_EMIT_READABLE;
          this._readableState.updateNextTick();
        }
      }
      if (this._writableState !== null) {
        if (name4 === "drain") {
          this._duplexState |= WRITE_EMIT_DRAIN;
          this._writableState.updateNextTick();
        }
      }
    }
    var Stream = class extends EventEmitter3 {
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
        let i5 = 0;
        return new _Readable({
          ...opts,
          read(cb) {
            this.push(i5 === data.length ? null : data[i5++]);
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
        let error = null;
        let promiseResolve = null;
        let promiseReject = null;
        this.on("error", (err2) => {
          error = err2;
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
          if (error) {
            promiseReject(error);
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
    var Transform = class extends Duplex {
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
    var PassThrough = class extends Transform {
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
      const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams];
      const done2 = all.length && typeof all[all.length - 1] === "function" ? all.pop() : null;
      if (all.length < 2) throw StreamError.BAD_ARGUMENT("Pipeline requires at least 2 streams");
      let src = all[0];
      let dest = null;
      let error = null;
      for (let i5 = 1; i5 < all.length; i5++) {
        dest = all[i5];
        if (isStreamx(src)) {
          src.pipe(dest, onerror);
        } else {
          errorHandle(src, true, i5 > 1, onerror);
          src.pipe(dest);
        }
        src = dest;
      }
      if (done2) {
        let fin = false;
        const autoDestroy = isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy);
        dest.on("error", (err2) => {
          if (error === null) error = err2;
        });
        dest.on("finish", () => {
          fin = true;
          if (!autoDestroy) done2(error);
        });
        if (autoDestroy) {
          dest.on("close", () => done2(error || (fin ? null : StreamError.PREMATURE_CLOSE())));
        }
      }
      return dest;
      function errorHandle(s2, rd, wr, onerror2) {
        s2.on("error", onerror2);
        s2.on("close", onclose);
        function onclose() {
          if (rd && s2._readableState && !s2._readableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
          if (wr && s2._writableState && !s2._writableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
        }
      }
      function onerror(err2) {
        if (!err2 || error) return;
        error = err2;
        for (const s2 of all) {
          s2.destroy(err2);
        }
      }
    }
    function echo(s2) {
      return s2;
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
    function isWritev(s2) {
      return s2._writev !== Writable.prototype._writev && s2._writev !== Duplex.prototype._writev;
    }
    module.exports = {
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
      Transform,
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
      let result = "";
      if (opts.name) result += addLength(" path=" + opts.name + "\n");
      if (opts.linkname) result += addLength(" linkpath=" + opts.linkname + "\n");
      const pax = opts.pax;
      if (pax) {
        for (const key2 in pax) {
          result += addLength(" " + key2 + "=" + pax[key2] + "\n");
        }
      }
      return b4a.from(result);
    };
    exports.decodePax = function decodePax(buf) {
      const result = {};
      while (buf.length) {
        let i5 = 0;
        while (i5 < buf.length && buf[i5] !== 32) i5++;
        const len = parseInt(b4a.toString(buf.subarray(0, i5)), 10);
        if (!len) return result;
        const b = b4a.toString(buf.subarray(i5 + 1, len - 1));
        const keyIndex = b.indexOf("=");
        if (keyIndex === -1) return result;
        result[b.slice(0, keyIndex)] = b.slice(keyIndex + 1);
        buf = buf.subarray(len);
      }
      return result;
    };
    exports.encode = function encode(opts) {
      const buf = b4a.alloc(512);
      let name4 = opts.name;
      let prefix2 = "";
      if (opts.typeflag === 5 && name4[name4.length - 1] !== "/") name4 += "/";
      if (b4a.byteLength(name4) !== name4.length) return null;
      while (b4a.byteLength(name4) > 100) {
        const i5 = name4.indexOf("/");
        if (i5 === -1) return null;
        prefix2 += prefix2 ? "/" + name4.slice(0, i5) : name4.slice(0, i5);
        name4 = name4.slice(i5 + 1);
      }
      if (b4a.byteLength(name4) > 100 || b4a.byteLength(prefix2) > 155) return null;
      if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null;
      b4a.write(buf, name4);
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
      let name4 = decodeStr(buf, 0, 100, filenameEncoding);
      const mode = decodeOct(buf, 100, 8);
      const uid = decodeOct(buf, 108, 8);
      const gid = decodeOct(buf, 116, 8);
      const size = decodeOct(buf, 124, 12);
      const mtime = decodeOct(buf, 136, 12);
      const type = toType(typeflag);
      const linkname = buf[157] === 0 ? null : decodeStr(buf, 157, 100, filenameEncoding);
      const uname = decodeStr(buf, 265, 32);
      const gname = decodeStr(buf, 297, 32);
      const devmajor = decodeOct(buf, 329, 8);
      const devminor = decodeOct(buf, 337, 8);
      const c2 = cksum(buf);
      if (c2 === 8 * 32) return null;
      if (c2 !== decodeOct(buf, 148, 8)) throw new Error("Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?");
      if (isUSTAR(buf)) {
        if (buf[345]) name4 = decodeStr(buf, 345, 155, filenameEncoding) + "/" + name4;
      } else if (isGNU(buf)) {
      } else {
        if (!allowUnknownFormat) {
          throw new Error("Invalid tar header: unknown format.");
        }
      }
      if (typeflag === 0 && name4 && name4[name4.length - 1] === "/") typeflag = 5;
      return {
        name: name4,
        mode,
        uid,
        gid,
        size,
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
    function indexOf(block, num, offset, end2) {
      for (; offset < end2; offset++) {
        if (block[offset] === num) return offset;
      }
      return end2;
    }
    function cksum(block) {
      let sum = 8 * 32;
      for (let i5 = 0; i5 < 148; i5++) sum += block[i5];
      for (let j = 156; j < 512; j++) sum += block[j];
      return sum;
    }
    function encodeOct(val, n3) {
      val = val.toString(8);
      if (val.length > n3) return SEVENS.slice(0, n3) + " ";
      return ZEROS.slice(0, n3 - val.length) + val + " ";
    }
    function encodeSizeBin(num, buf, off) {
      buf[off] = 128;
      for (let i5 = 11; i5 > 0; i5--) {
        buf[off + i5] = num & 255;
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
      let i5;
      for (i5 = buf.length - 1; i5 > 0; i5--) {
        const byte = buf[i5];
        if (positive) tuple.push(byte);
        else tuple.push(255 - byte);
      }
      let sum = 0;
      const l2 = tuple.length;
      for (i5 = 0; i5 < l2; i5++) {
        sum += tuple[i5] * Math.pow(256, i5);
      }
      return positive ? sum : -1 * sum;
    }
    function decodeOct(val, offset, length) {
      val = val.subarray(offset, offset + length);
      offset = 0;
      if (val[offset] & 128) {
        return parse256(val);
      } else {
        while (offset < val.length && val[offset] === 32) offset++;
        const end2 = clamp(indexOf(val, 32, offset, val.length), val.length, val.length);
        while (offset < end2 && val[offset] === 0) offset++;
        if (end2 === offset) return 0;
        return parseInt(b4a.toString(val.subarray(offset, end2)), 8);
      }
    }
    function decodeStr(val, offset, length, encoding) {
      return b4a.toString(val.subarray(offset, indexOf(val, 0, offset, offset + length)), encoding);
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
  "node_modules/tar-stream/extract.js"(exports, module) {
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
      shiftFirst(size) {
        return this.buffered === 0 ? null : this._next(size);
      }
      shift(size) {
        if (size > this.buffered) return null;
        if (size === 0) return EMPTY;
        let chunk = this._next(size);
        if (size === chunk.byteLength) return chunk;
        const chunks = [chunk];
        while ((size -= chunk.byteLength) > 0) {
          chunk = this._next(size);
          chunks.push(chunk);
        }
        return b4a.concat(chunks);
      }
      _next(size) {
        const buf = this.queue.peek();
        const rem = buf.byteLength - this._offset;
        if (size >= rem) {
          const sub = this._offset ? buf.subarray(this._offset, buf.byteLength) : buf;
          this.queue.shift();
          this._offset = 0;
          this.buffered -= rem;
          this.shifted += rem;
          return sub;
        }
        this.buffered -= size;
        this.shifted += size;
        return buf.subarray(this._offset, this._offset += size);
      }
    };
    var Source = class extends Readable {
      constructor(self2, header, offset) {
        super();
        this.header = header;
        this.offset = offset;
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
        let error = null;
        let promiseResolve = null;
        let promiseReject = null;
        let entryStream = null;
        let entryCallback = null;
        const extract2 = this;
        this.on("entry", onentry);
        this.on("error", (err2) => {
          error = err2;
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
          if (error) {
            return reject(error);
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
          consumeCallback(error);
          if (!promiseResolve) return;
          if (error) promiseReject(error);
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
    module.exports = function extract2(opts) {
      return new Extract(opts);
    };
    function noop2() {
    }
    function overflow(size) {
      size &= 511;
      return size && 512 - size;
    }
  }
});

// node_modules/tar-stream/constants.js
var require_constants2 = __commonJS({
  "node_modules/tar-stream/constants.js"(exports, module) {
    var constants6 = {
      // just for envs without fs
      S_IFMT: 61440,
      S_IFDIR: 16384,
      S_IFCHR: 8192,
      S_IFBLK: 24576,
      S_IFIFO: 4096,
      S_IFLNK: 40960
    };
    try {
      module.exports = __require("fs").constants || constants6;
    } catch {
      module.exports = constants6;
    }
  }
});

// node_modules/tar-stream/pack.js
var require_pack = __commonJS({
  "node_modules/tar-stream/pack.js"(exports, module) {
    var { Readable, Writable, getStreamError } = require_streamx();
    var b4a = require_b4a();
    var constants6 = require_constants2();
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
    module.exports = function pack(opts) {
      return new Pack(opts);
    };
    function modeToType(mode) {
      switch (mode & constants6.S_IFMT) {
        case constants6.S_IFBLK:
          return "block-device";
        case constants6.S_IFCHR:
          return "character-device";
        case constants6.S_IFDIR:
          return "directory";
        case constants6.S_IFIFO:
          return "fifo";
        case constants6.S_IFLNK:
          return "symlink";
      }
      return "file";
    }
    function noop2() {
    }
    function overflow(self2, size) {
      size &= 511;
      if (size) self2.push(END_OF_TAR.subarray(0, 512 - size));
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

// node_modules/bottleneck/light.js
var require_light = __commonJS({
  "node_modules/bottleneck/light.js"(exports, module) {
    (function(global3, factory) {
      typeof exports === "object" && typeof module !== "undefined" ? module.exports = factory() : typeof define === "function" && define.amd ? define(factory) : global3.Bottleneck = factory();
    })(exports, (function() {
      "use strict";
      var commonjsGlobal = typeof globalThis !== "undefined" ? globalThis : typeof window !== "undefined" ? window : typeof global !== "undefined" ? global : typeof self !== "undefined" ? self : {};
      function getCjsExportFromNamespace(n3) {
        return n3 && n3["default"] || n3;
      }
      var load3 = function(received, defaults, onto = {}) {
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
        load: load3,
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
          var node, ref, results;
          node = this._first;
          results = [];
          while (node != null) {
            results.push((ref = node, node = node.next, ref.value));
          }
          return results;
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
          var node, ref, ref1, ref2, results;
          node = this._first;
          results = [];
          while (node != null) {
            results.push((ref = node, node = node.next, {
              value: ref.value,
              prev: (ref1 = ref.prev) != null ? ref1.value : void 0,
              next: (ref2 = ref.next) != null ? ref2.value : void 0
            }));
          }
          return results;
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
          this.instance.on = (name4, cb) => {
            return this._addListener(name4, "many", cb);
          };
          this.instance.once = (name4, cb) => {
            return this._addListener(name4, "once", cb);
          };
          this.instance.removeAllListeners = (name4 = null) => {
            if (name4 != null) {
              return delete this._events[name4];
            } else {
              return this._events = {};
            }
          };
        }
        _addListener(name4, status, cb) {
          var base;
          if ((base = this._events)[name4] == null) {
            base[name4] = [];
          }
          this._events[name4].push({ cb, status });
          return this.instance;
        }
        listenerCount(name4) {
          if (this._events[name4] != null) {
            return this._events[name4].length;
          } else {
            return 0;
          }
        }
        async trigger(name4, ...args) {
          var e, promises2;
          try {
            if (name4 !== "debug") {
              this.trigger("debug", `Event triggered: ${name4}`, args);
            }
            if (this._events[name4] == null) {
              return;
            }
            this._events[name4] = this._events[name4].filter(function(listener) {
              return listener.status !== "none";
            });
            promises2 = this._events[name4].map(async (listener) => {
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
              } catch (error) {
                e2 = error;
                {
                  this.trigger("error", e2);
                }
                return null;
              }
            });
            return (await Promise.all(promises2)).find(function(x2) {
              return x2 != null;
            });
          } catch (error) {
            e = error;
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
          var i5;
          this.Events = new Events$1(this);
          this._length = 0;
          this._lists = (function() {
            var j, ref, results;
            results = [];
            for (i5 = j = 1, ref = num_priorities; 1 <= ref ? j <= ref : j >= ref; i5 = 1 <= ref ? ++j : --j) {
              results.push(new DLList$1((() => {
                return this.incr();
              }), (() => {
                return this.decr();
              })));
            }
            return results;
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
          return this._lists.forEach(function(list4) {
            return list4.forEachShift(fn);
          });
        }
        getFirst(arr = this._lists) {
          var j, len, list4;
          for (j = 0, len = arr.length; j < len; j++) {
            list4 = arr[j];
            if (list4.length > 0) {
              return list4;
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
        constructor(task, args, options2, jobDefaults, rejectOnDrop, Events2, _states, Promise2) {
          this.task = task;
          this.args = args;
          this.rejectOnDrop = rejectOnDrop;
          this.Events = Events2;
          this._states = _states;
          this.Promise = Promise2;
          this.options = parser$1.load(options2, jobDefaults);
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
        doDrop({ error, message = "This job has been dropped by Bottleneck" } = {}) {
          if (this._states.remove(this.options.id)) {
            if (this.rejectOnDrop) {
              this._reject(error != null ? error : new BottleneckError$1(message));
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
          var error, eventInfo, passed2;
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
            error = error1;
            return this._onFailure(error, eventInfo, clearGlobalState, run, free);
          }
        }
        doExpire(clearGlobalState, run, free) {
          var error, eventInfo;
          if (this._states.jobStatus(this.options.id === "RUNNING")) {
            this._states.next(this.options.id);
          }
          this._assertStatus("EXECUTING");
          eventInfo = { args: this.args, options: this.options, retryCount: this.retryCount };
          error = new BottleneckError$1(`This job timed out after ${this.options.expiration} ms.`);
          return this._onFailure(error, eventInfo, clearGlobalState, run, free);
        }
        async _onFailure(error, eventInfo, clearGlobalState, run, free) {
          var retry2, retryAfter;
          if (clearGlobalState()) {
            retry2 = await this.Events.trigger("failed", error, eventInfo);
            if (retry2 != null) {
              retryAfter = ~~retry2;
              this.Events.trigger("retry", `Retrying ${this.options.id} after ${retryAfter} ms`, eventInfo);
              this.retryCount++;
              return run(retryAfter);
            } else {
              this.doDone(eventInfo);
              await free(this.options, eventInfo);
              this._assertStatus("DONE");
              return this._reject(error);
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
        yieldLoop(t3 = 0) {
          return new this.Promise(function(resolve2, reject) {
            return setTimeout(resolve2, t3);
          });
        }
        computePenalty() {
          var ref;
          return (ref = this.storeOptions.penalty) != null ? ref : 15 * this.storeOptions.minTime || 5e3;
        }
        async __updateSettings__(options2) {
          await this.yieldLoop();
          parser$2.overwrite(options2, options2, this.storeOptions);
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
          var now, wait;
          await this.yieldLoop();
          now = Date.now();
          if (this.conditionsCheck(weight)) {
            this._running += weight;
            if (this.storeOptions.reservoir != null) {
              this.storeOptions.reservoir -= weight;
            }
            wait = Math.max(this._nextRequest - now, 0);
            this._nextRequest = now + wait + this.storeOptions.minTime;
            return {
              success: true,
              wait,
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
        next(id) {
          var current2, next;
          current2 = this._jobs[id];
          next = current2 + 1;
          if (current2 != null && next < this.status.length) {
            this.counts[current2]--;
            this.counts[next]++;
            return this._jobs[id]++;
          } else if (current2 != null) {
            this.counts[current2]--;
            return delete this._jobs[id];
          }
        }
        start(id) {
          var initial;
          initial = 0;
          this._jobs[id] = initial;
          return this.counts[initial]++;
        }
        remove(id) {
          var current2;
          current2 = this._jobs[id];
          if (current2 != null) {
            this.counts[current2]--;
            delete this._jobs[id];
          }
          return current2 != null;
        }
        jobStatus(id) {
          var ref;
          return (ref = this.status[this._jobs[id]]) != null ? ref : null;
        }
        statusJobs(status) {
          var k, pos, ref, results, v;
          if (status != null) {
            pos = this.status.indexOf(status);
            if (pos < 0) {
              throw new BottleneckError$3(`status must be one of ${this.status.join(", ")}`);
            }
            ref = this._jobs;
            results = [];
            for (k in ref) {
              v = ref[k];
              if (v === pos) {
                results.push(k);
              }
            }
            return results;
          } else {
            return Object.keys(this._jobs);
          }
        }
        statusCounts() {
          return this.counts.reduce(((acc, v, i5) => {
            acc[this.status[i5]] = v;
            return acc;
          }), {});
        }
      };
      var States_1 = States;
      var DLList$2, Sync;
      DLList$2 = DLList_1;
      Sync = class Sync {
        constructor(name4, Promise2) {
          this.schedule = this.schedule.bind(this);
          this.name = name4;
          this.Promise = Promise2;
          this._running = 0;
          this._queue = new DLList$2();
        }
        isEmpty() {
          return this._queue.length === 0;
        }
        async _tryToRun() {
          var args, cb, error, reject, resolve2, returned, task;
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
                error = error1;
                return function() {
                  return reject(error);
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
      var version3 = "2.19.5";
      var version$1 = {
        version: version3
      };
      var version$2 = /* @__PURE__ */ Object.freeze({
        version: version3,
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
            var k, ref, results, v;
            ref = this.instances;
            results = [];
            for (k in ref) {
              v = ref[k];
              results.push({
                key: k,
                limiter: v
              });
            }
            return results;
          }
          keys() {
            return Object.keys(this.instances);
          }
          async clusterKeys() {
            var cursor, end2, found2, i5, k, keys, len, next, start2;
            if (this.connection == null) {
              return this.Promise.resolve(this.keys());
            }
            keys = [];
            cursor = null;
            start2 = `b_${this.id}-`.length;
            end2 = "_settings".length;
            while (cursor !== 0) {
              [next, found2] = await this.connection.__runCommand__(["scan", cursor != null ? cursor : 0, "match", `b_${this.id}-*_settings`, "count", 1e4]);
              cursor = ~~next;
              for (i5 = 0, len = found2.length; i5 < len; i5++) {
                k = found2[i5];
                keys.push(k.slice(start2, -end2));
              }
            }
            return keys;
          }
          _startAutoCleanup() {
            var base;
            clearInterval(this.interval);
            return typeof (base = this.interval = setInterval(async () => {
              var e, k, ref, results, time, v;
              time = Date.now();
              ref = this.instances;
              results = [];
              for (k in ref) {
                v = ref[k];
                try {
                  if (await v._store.__groupCheck__(time)) {
                    results.push(this.deleteKey(k));
                  } else {
                    results.push(void 0);
                  }
                } catch (error) {
                  e = error;
                  results.push(v.Events.trigger("error", e));
                }
              }
              return results;
            }, this.timeout / 2)).unref === "function" ? base.unref() : void 0;
          }
          updateSettings(options2 = {}) {
            parser$3.overwrite(options2, this.defaults, this);
            parser$3.overwrite(options2, options2, this.limiterOptions);
            if (options2.timeout != null) {
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
          constructor(options2 = {}) {
            this.options = options2;
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
          constructor(options2 = {}, ...invalid) {
            var storeInstanceOptions, storeOptions;
            this._addToQueue = this._addToQueue.bind(this);
            this._validateOptions(options2, invalid);
            parser$5.load(options2, this.instanceDefaults, this);
            this._queues = new Queues$1(NUM_PRIORITIES$1);
            this._scheduled = {};
            this._states = new States$1(["RECEIVED", "QUEUED", "RUNNING", "EXECUTING"].concat(this.trackDoneStatus ? ["DONE"] : []));
            this._limiter = null;
            this.Events = new Events$4(this);
            this._submitLock = new Sync$1("submit", this.Promise);
            this._registerLock = new Sync$1("register", this.Promise);
            storeOptions = parser$5.load(options2, this.storeDefaults, {});
            this._store = (function() {
              if (this.datastore === "redis" || this.datastore === "ioredis" || this.connection != null) {
                storeInstanceOptions = parser$5.load(options2, this.redisStoreDefaults, {});
                return new RedisDatastore$1(this, storeOptions, storeInstanceOptions);
              } else if (this.datastore === "local") {
                storeInstanceOptions = parser$5.load(options2, this.localStoreDefaults, {});
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
          _validateOptions(options2, invalid) {
            if (!(options2 != null && typeof options2 === "object" && invalid.length === 0)) {
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
          jobStatus(id) {
            return this._states.jobStatus(id);
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
          async _free(index, job, options2, eventInfo) {
            var e, running;
            try {
              ({ running } = await this._store.__free__(index, options2.weight));
              this.Events.trigger("debug", `Freed ${options2.id}`, eventInfo);
              if (running === 0 && this.empty()) {
                return this.Events.trigger("idle");
              }
            } catch (error1) {
              e = error1;
              return this.Events.trigger("error", e);
            }
          }
          _run(index, job, wait) {
            var clearGlobalState, free, run;
            job.doRun();
            clearGlobalState = this._clearGlobalState.bind(this, index);
            run = this._run.bind(this, index, job);
            free = this._free.bind(this, index, job);
            return this._scheduled[index] = {
              timeout: setTimeout(() => {
                return job.doExecute(this._limiter, clearGlobalState, run, free);
              }, wait),
              expiration: job.options.expiration != null ? setTimeout(function() {
                return job.doExpire(clearGlobalState, run, free);
              }, wait + job.options.expiration) : void 0,
              job
            };
          }
          _drainOne(capacity) {
            return this._registerLock.schedule(() => {
              var args, index, next, options2, queue;
              if (this.queued() === 0) {
                return this.Promise.resolve(null);
              }
              queue = this._queues.getFirst();
              ({ options: options2, args } = next = queue.first());
              if (capacity != null && options2.weight > capacity) {
                return this.Promise.resolve(null);
              }
              this.Events.trigger("debug", `Draining ${options2.id}`, { args, options: options2 });
              index = this._randomIndex();
              return this._store.__register__(index, options2.weight, options2.expiration).then(({ success, wait, reservoir }) => {
                var empty;
                this.Events.trigger("debug", `Drained ${options2.id}`, { success, args, options: options2 });
                if (success) {
                  queue.shift();
                  empty = this.empty();
                  if (empty) {
                    this.Events.trigger("empty");
                  }
                  if (reservoir === 0) {
                    this.Events.trigger("depleted", empty);
                  }
                  this._run(index, next, wait);
                  return this.Promise.resolve(options2.weight);
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
          stop(options2 = {}) {
            var done2, waitForExecuting;
            options2 = parser$5.load(options2, this.stopDefaults);
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
            done2 = options2.dropWaitingJobs ? (this._run = function(index, next) {
              return next.doDrop({
                message: options2.dropErrorMessage
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
                      message: options2.dropErrorMessage
                    });
                  }
                }
                this._dropAllQueued(options2.dropErrorMessage);
                return waitForExecuting(0);
              });
            })) : this.schedule({
              priority: NUM_PRIORITIES$1 - 1,
              weight: 0
            }, () => {
              return waitForExecuting(1);
            });
            this._receive = function(job) {
              return job._reject(new Bottleneck3.prototype.BottleneckError(options2.enqueueErrorMessage));
            };
            this.stop = () => {
              return this.Promise.reject(new Bottleneck3.prototype.BottleneckError("stop() has already been called"));
            };
            return done2;
          }
          async _addToQueue(job) {
            var args, blocked, error, options2, reachedHWM, shifted, strategy;
            ({ args, options: options2 } = job);
            try {
              ({ reachedHWM, blocked, strategy } = await this._store.__submit__(this.queued(), options2.weight));
            } catch (error1) {
              error = error1;
              this.Events.trigger("debug", `Could not queue ${options2.id}`, { args, options: options2, error });
              job.doDrop({ error });
              return false;
            }
            if (blocked) {
              job.doDrop();
              return true;
            } else if (reachedHWM) {
              shifted = strategy === Bottleneck3.prototype.strategy.LEAK ? this._queues.shiftLastFrom(options2.priority) : strategy === Bottleneck3.prototype.strategy.OVERFLOW_PRIORITY ? this._queues.shiftLastFrom(options2.priority + 1) : strategy === Bottleneck3.prototype.strategy.OVERFLOW ? job : void 0;
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
            var cb, fn, job, options2, ref, ref1, task;
            if (typeof args[0] === "function") {
              ref = args, [fn, ...args] = ref, [cb] = splice.call(args, -1);
              options2 = parser$5.load({}, this.jobDefaults);
            } else {
              ref1 = args, [options2, fn, ...args] = ref1, [cb] = splice.call(args, -1);
              options2 = parser$5.load(options2, this.jobDefaults);
            }
            task = (...args2) => {
              return new this.Promise(function(resolve2, reject) {
                return fn(...args2, function(...args3) {
                  return (args3[0] != null ? reject : resolve2)(args3);
                });
              });
            };
            job = new Job$1(task, args, options2, this.jobDefaults, this.rejectOnDrop, this.Events, this._states, this.Promise);
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
            var job, options2, task;
            if (typeof args[0] === "function") {
              [task, ...args] = args;
              options2 = {};
            } else {
              [options2, task, ...args] = args;
            }
            job = new Job$1(task, args, options2, this.jobDefaults, this.rejectOnDrop, this.Events, this._states, this.Promise);
            this._receive(job);
            return job.promise;
          }
          wrap(fn) {
            var schedule, wrapped;
            schedule = this.schedule.bind(this);
            wrapped = function(...args) {
              return schedule(fn.bind(this), ...args);
            };
            wrapped.withOptions = function(options2, ...args) {
              return schedule(options2, fn, ...args);
            };
            return wrapped;
          }
          async updateSettings(options2 = {}) {
            await this._store.__updateSettings__(parser$5.overwrite(options2, this.storeDefaults));
            parser$5.overwrite(options2, this.instanceDefaults, this);
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

// src/cli.ts
import { readFile as readFile6 } from "node:fs/promises";
import { fileURLToPath as fileURLToPath4 } from "node:url";
import { format as format2, styleText as styleText5 } from "node:util";

// node_modules/commander/lib/error.js
var CommanderError = class extends Error {
  /**
   * Constructs the CommanderError class
   * @param {number} exitCode suggested exit code which could be used with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   */
  constructor(exitCode2, code2, message) {
    super(message);
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
    this.code = code2;
    this.exitCode = exitCode2;
    this.nestedError = void 0;
  }
};
var InvalidArgumentError = class extends CommanderError {
  /**
   * Constructs the InvalidArgumentError class
   * @param {string} [message] explanation of why argument is invalid
   */
  constructor(message) {
    super(1, "commander.invalidArgument", message);
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
  }
};

// node_modules/commander/lib/argument.js
var Argument = class {
  /**
   * Initialize a new command argument with the given name and description.
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @param {string} name
   * @param {string} [description]
   */
  constructor(name4, description) {
    this.description = description || "";
    this.variadic = false;
    this.parseArg = void 0;
    this.defaultValue = void 0;
    this.defaultValueDescription = void 0;
    this.argChoices = void 0;
    switch (name4[0]) {
      case "<":
        this.required = true;
        this._name = name4.slice(1, -1);
        break;
      case "[":
        this.required = false;
        this._name = name4.slice(1, -1);
        break;
      default:
        this.required = true;
        this._name = name4;
        break;
    }
    if (this._name.endsWith("...")) {
      this.variadic = true;
      this._name = this._name.slice(0, -3);
    }
  }
  /**
   * Return argument name.
   *
   * @return {string}
   */
  name() {
    return this._name;
  }
  /**
   * @package
   */
  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }
    previous.push(value);
    return previous;
  }
  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Argument}
   */
  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }
  /**
   * Set the custom handler for processing CLI command arguments into argument values.
   *
   * @param {Function} [fn]
   * @return {Argument}
   */
  argParser(fn) {
    this.parseArg = fn;
    return this;
  }
  /**
   * Only allow argument value to be one of choices.
   *
   * @param {string[]} values
   * @return {Argument}
   */
  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(", ")}.`
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }
  /**
   * Make argument required.
   *
   * @returns {Argument}
   */
  argRequired() {
    this.required = true;
    return this;
  }
  /**
   * Make argument optional.
   *
   * @returns {Argument}
   */
  argOptional() {
    this.required = false;
    return this;
  }
};
function humanReadableArgName(arg) {
  const nameOutput = arg.name() + (arg.variadic === true ? "..." : "");
  return arg.required ? "<" + nameOutput + ">" : "[" + nameOutput + "]";
}

// node_modules/commander/lib/command.js
import { EventEmitter } from "node:events";
import childProcess from "node:child_process";
import path from "node:path";
import fs from "node:fs";
import process2 from "node:process";
import { stripVTControlCharacters as stripVTControlCharacters2 } from "node:util";

// node_modules/commander/lib/help.js
import { stripVTControlCharacters } from "node:util";
var Help = class {
  constructor() {
    this.helpWidth = void 0;
    this.minWidthToWrap = 40;
    this.sortSubcommands = false;
    this.sortOptions = false;
    this.showGlobalOptions = false;
  }
  /**
   * prepareContext is called by Commander after applying overrides from `Command.configureHelp()`
   * and just before calling `formatHelp()`.
   *
   * Commander just uses the helpWidth and the rest is provided for optional use by more complex subclasses.
   *
   * @param {{ error?: boolean, helpWidth?: number, outputHasColors?: boolean }} contextOptions
   */
  prepareContext(contextOptions) {
    this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
  }
  /**
   * Get an array of the visible subcommands. Includes a placeholder for the implicit help command, if there is one.
   *
   * @param {Command} cmd
   * @returns {Command[]}
   */
  visibleCommands(cmd) {
    const visibleCommands = cmd.commands.filter((cmd2) => !cmd2._hidden);
    const helpCommand = cmd._getHelpCommand();
    if (helpCommand && !helpCommand._hidden) {
      visibleCommands.push(helpCommand);
    }
    if (this.sortSubcommands) {
      visibleCommands.sort((a3, b) => {
        return a3.name().localeCompare(b.name());
      });
    }
    return visibleCommands;
  }
  /**
   * Compare options for sort.
   *
   * @param {Option} a
   * @param {Option} b
   * @returns {number}
   */
  compareOptions(a3, b) {
    const getSortKey = (option2) => {
      return option2.short ? option2.short.replace(/^-/, "") : option2.long.replace(/^--/, "");
    };
    return getSortKey(a3).localeCompare(getSortKey(b));
  }
  /**
   * Get an array of the visible options. Includes a placeholder for the implicit help option, if there is one.
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */
  visibleOptions(cmd) {
    const visibleOptions = cmd.options.filter((option2) => !option2.hidden);
    const helpOption = cmd._getHelpOption();
    if (helpOption && !helpOption.hidden) {
      const removeShort = helpOption.short && cmd._findOption(helpOption.short);
      const removeLong = helpOption.long && cmd._findOption(helpOption.long);
      if (!removeShort && !removeLong) {
        visibleOptions.push(helpOption);
      } else if (helpOption.long && !removeLong) {
        visibleOptions.push(
          cmd.createOption(helpOption.long, helpOption.description).helpGroup(helpOption.helpGroupHeading)
        );
      } else if (helpOption.short && !removeShort) {
        visibleOptions.push(
          cmd.createOption(helpOption.short, helpOption.description).helpGroup(helpOption.helpGroupHeading)
        );
      }
    }
    if (this.sortOptions) {
      visibleOptions.sort(this.compareOptions);
    }
    return visibleOptions;
  }
  /**
   * Get an array of the visible global options. (Not including help.)
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */
  visibleGlobalOptions(cmd) {
    if (!this.showGlobalOptions) return [];
    const globalOptions = [];
    for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
      const visibleOptions = ancestorCmd.options.filter(
        (option2) => !option2.hidden
      );
      globalOptions.push(...visibleOptions);
    }
    if (this.sortOptions) {
      globalOptions.sort(this.compareOptions);
    }
    return globalOptions;
  }
  /**
   * Get an array of the arguments if any have a description.
   *
   * @param {Command} cmd
   * @returns {Argument[]}
   */
  visibleArguments(cmd) {
    if (cmd._argsDescription) {
      cmd.registeredArguments.forEach((argument) => {
        argument.description = argument.description || cmd._argsDescription[argument.name()] || "";
      });
    }
    if (cmd.registeredArguments.find((argument) => argument.description)) {
      return cmd.registeredArguments;
    }
    return [];
  }
  /**
   * Get the command term to show in the list of subcommands.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  subcommandTerm(cmd) {
    const args = cmd.registeredArguments.map((arg) => humanReadableArgName(arg)).join(" ");
    return cmd._name + (cmd._aliases[0] ? "|" + cmd._aliases[0] : "") + (cmd.options.length ? " [options]" : "") + // simplistic check for non-help option
    (args ? " " + args : "");
  }
  /**
   * Get the option term to show in the list of options.
   *
   * @param {Option} option
   * @returns {string}
   */
  optionTerm(option2) {
    return option2.flags;
  }
  /**
   * Get the argument term to show in the list of arguments.
   *
   * @param {Argument} argument
   * @returns {string}
   */
  argumentTerm(argument) {
    return argument.name();
  }
  /**
   * Get the longest command term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestSubcommandTermLength(cmd, helper) {
    return helper.visibleCommands(cmd).reduce((max2, command) => {
      return Math.max(
        max2,
        this.displayWidth(
          helper.styleSubcommandTerm(helper.subcommandTerm(command))
        )
      );
    }, 0);
  }
  /**
   * Get the longest option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestOptionTermLength(cmd, helper) {
    return helper.visibleOptions(cmd).reduce((max2, option2) => {
      return Math.max(
        max2,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option2)))
      );
    }, 0);
  }
  /**
   * Get the longest global option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestGlobalOptionTermLength(cmd, helper) {
    return helper.visibleGlobalOptions(cmd).reduce((max2, option2) => {
      return Math.max(
        max2,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option2)))
      );
    }, 0);
  }
  /**
   * Get the longest argument term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestArgumentTermLength(cmd, helper) {
    return helper.visibleArguments(cmd).reduce((max2, argument) => {
      return Math.max(
        max2,
        this.displayWidth(
          helper.styleArgumentTerm(helper.argumentTerm(argument))
        )
      );
    }, 0);
  }
  /**
   * Get the command usage to be displayed at the top of the built-in help.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  commandUsage(cmd) {
    let cmdName = cmd._name;
    if (cmd._aliases[0]) {
      cmdName = cmdName + "|" + cmd._aliases[0];
    }
    let ancestorCmdNames = "";
    for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
      ancestorCmdNames = ancestorCmd.name() + " " + ancestorCmdNames;
    }
    return ancestorCmdNames + cmdName + " " + cmd.usage();
  }
  /**
   * Get the description for the command.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  commandDescription(cmd) {
    return cmd.description();
  }
  /**
   * Get the subcommand summary to show in the list of subcommands.
   * (Fallback to description for backwards compatibility.)
   *
   * @param {Command} cmd
   * @returns {string}
   */
  subcommandDescription(cmd) {
    return cmd.summary() || cmd.description();
  }
  /**
   * Get the option description to show in the list of options.
   *
   * @param {Option} option
   * @return {string}
   */
  optionDescription(option2) {
    const extraInfo = [];
    if (option2.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${option2.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
      );
    }
    if (option2.defaultValue !== void 0) {
      const showDefault = option2.required || option2.optional || option2.isBoolean() && typeof option2.defaultValue === "boolean";
      if (showDefault) {
        extraInfo.push(
          `default: ${option2.defaultValueDescription || JSON.stringify(option2.defaultValue)}`
        );
      }
    }
    if (option2.presetArg !== void 0 && option2.optional) {
      extraInfo.push(`preset: ${JSON.stringify(option2.presetArg)}`);
    }
    if (option2.envVar !== void 0) {
      extraInfo.push(`env: ${option2.envVar}`);
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(", ")})`;
      if (option2.description) {
        return `${option2.description} ${extraDescription}`;
      }
      return extraDescription;
    }
    return option2.description;
  }
  /**
   * Get the argument description to show in the list of arguments.
   *
   * @param {Argument} argument
   * @return {string}
   */
  argumentDescription(argument) {
    const extraInfo = [];
    if (argument.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
      );
    }
    if (argument.defaultValue !== void 0) {
      extraInfo.push(
        `default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`
      );
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(", ")})`;
      if (argument.description) {
        return `${argument.description} ${extraDescription}`;
      }
      return extraDescription;
    }
    return argument.description;
  }
  /**
   * Format a list of items, given a heading and an array of formatted items.
   *
   * @param {string} heading
   * @param {string[]} items
   * @param {Help} helper
   * @returns string[]
   */
  formatItemList(heading, items, helper) {
    if (items.length === 0) return [];
    return [helper.styleTitle(heading), ...items, ""];
  }
  /**
   * Group items by their help group heading.
   *
   * @param {Command[] | Option[]} unsortedItems
   * @param {Command[] | Option[]} visibleItems
   * @param {Function} getGroup
   * @returns {Map<string, Command[] | Option[]>}
   */
  groupItems(unsortedItems, visibleItems, getGroup) {
    const result = /* @__PURE__ */ new Map();
    unsortedItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) result.set(group, []);
    });
    visibleItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) {
        result.set(group, []);
      }
      result.get(group).push(item);
    });
    return result;
  }
  /**
   * Generate the built-in help text.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {string}
   */
  formatHelp(cmd, helper) {
    const termWidth = helper.padWidth(cmd, helper);
    const helpWidth = helper.helpWidth ?? 80;
    function callFormatItem(term, description) {
      return helper.formatItem(term, termWidth, description, helper);
    }
    let output = [
      `${helper.styleTitle("Usage:")} ${helper.styleUsage(helper.commandUsage(cmd))}`,
      ""
    ];
    const commandDescription = helper.commandDescription(cmd);
    if (commandDescription.length > 0) {
      output = output.concat([
        helper.boxWrap(
          helper.styleCommandDescription(commandDescription),
          helpWidth
        ),
        ""
      ]);
    }
    const argumentList = helper.visibleArguments(cmd).map((argument) => {
      return callFormatItem(
        helper.styleArgumentTerm(helper.argumentTerm(argument)),
        helper.styleArgumentDescription(helper.argumentDescription(argument))
      );
    });
    output = output.concat(
      this.formatItemList("Arguments:", argumentList, helper)
    );
    const optionGroups = this.groupItems(
      cmd.options,
      helper.visibleOptions(cmd),
      (option2) => option2.helpGroupHeading ?? "Options:"
    );
    optionGroups.forEach((options2, group) => {
      const optionList = options2.map((option2) => {
        return callFormatItem(
          helper.styleOptionTerm(helper.optionTerm(option2)),
          helper.styleOptionDescription(helper.optionDescription(option2))
        );
      });
      output = output.concat(this.formatItemList(group, optionList, helper));
    });
    if (helper.showGlobalOptions) {
      const globalOptionList = helper.visibleGlobalOptions(cmd).map((option2) => {
        return callFormatItem(
          helper.styleOptionTerm(helper.optionTerm(option2)),
          helper.styleOptionDescription(helper.optionDescription(option2))
        );
      });
      output = output.concat(
        this.formatItemList("Global Options:", globalOptionList, helper)
      );
    }
    const commandGroups = this.groupItems(
      cmd.commands,
      helper.visibleCommands(cmd),
      (sub) => sub.helpGroup() || "Commands:"
    );
    commandGroups.forEach((commands, group) => {
      const commandList = commands.map((sub) => {
        return callFormatItem(
          helper.styleSubcommandTerm(helper.subcommandTerm(sub)),
          helper.styleSubcommandDescription(helper.subcommandDescription(sub))
        );
      });
      output = output.concat(this.formatItemList(group, commandList, helper));
    });
    return output.join("\n");
  }
  /**
   * Return display width of string, ignoring ANSI escape sequences. Used in padding and wrapping calculations.
   *
   * @param {string} str
   * @returns {number}
   */
  displayWidth(str) {
    return stripVTControlCharacters(str).length;
  }
  /**
   * Style the title for displaying in the help. Called with 'Usage:', 'Options:', etc.
   *
   * @param {string} str
   * @returns {string}
   */
  styleTitle(str) {
    return str;
  }
  styleUsage(str) {
    return str.split(" ").map((word3) => {
      if (word3 === "[options]") return this.styleOptionText(word3);
      if (word3 === "[command]") return this.styleSubcommandText(word3);
      if (word3[0] === "[" || word3[0] === "<")
        return this.styleArgumentText(word3);
      return this.styleCommandText(word3);
    }).join(" ");
  }
  styleCommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleOptionDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleSubcommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleArgumentDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleDescriptionText(str) {
    return str;
  }
  styleOptionTerm(str) {
    return this.styleOptionText(str);
  }
  styleSubcommandTerm(str) {
    return str.split(" ").map((word3) => {
      if (word3 === "[options]") return this.styleOptionText(word3);
      if (word3[0] === "[" || word3[0] === "<")
        return this.styleArgumentText(word3);
      return this.styleSubcommandText(word3);
    }).join(" ");
  }
  styleArgumentTerm(str) {
    return this.styleArgumentText(str);
  }
  styleOptionText(str) {
    return str;
  }
  styleArgumentText(str) {
    return str;
  }
  styleSubcommandText(str) {
    return str;
  }
  styleCommandText(str) {
    return str;
  }
  /**
   * Calculate the pad width from the maximum term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  padWidth(cmd, helper) {
    return Math.max(
      helper.longestOptionTermLength(cmd, helper),
      helper.longestGlobalOptionTermLength(cmd, helper),
      helper.longestSubcommandTermLength(cmd, helper),
      helper.longestArgumentTermLength(cmd, helper)
    );
  }
  /**
   * Detect manually wrapped and indented strings by checking for line break followed by whitespace.
   *
   * @param {string} str
   * @returns {boolean}
   */
  preformatted(str) {
    return /\n[^\S\r\n]/.test(str);
  }
  /**
   * Format the "item", which consists of a term and description. Pad the term and wrap the description, indenting the following lines.
   *
   * So "TTT", 5, "DDD DDDD DD DDD" might be formatted for this.helpWidth=17 like so:
   *   TTT  DDD DDDD
   *        DD DDD
   *
   * @param {string} term
   * @param {number} termWidth
   * @param {string} description
   * @param {Help} helper
   * @returns {string}
   */
  formatItem(term, termWidth, description, helper) {
    const itemIndent = 2;
    const itemIndentStr = " ".repeat(itemIndent);
    if (!description) return itemIndentStr + term;
    const paddedTerm = term.padEnd(
      termWidth + term.length - helper.displayWidth(term)
    );
    const spacerWidth = 2;
    const helpWidth = this.helpWidth ?? 80;
    const remainingWidth = helpWidth - termWidth - spacerWidth - itemIndent;
    let formattedDescription;
    if (remainingWidth < this.minWidthToWrap || helper.preformatted(description)) {
      formattedDescription = description;
    } else {
      const wrappedDescription = helper.boxWrap(description, remainingWidth);
      formattedDescription = wrappedDescription.replace(
        /\n/g,
        "\n" + " ".repeat(termWidth + spacerWidth)
      );
    }
    return itemIndentStr + paddedTerm + " ".repeat(spacerWidth) + formattedDescription.replace(/\n/g, `
${itemIndentStr}`);
  }
  /**
   * Wrap a string at whitespace, preserving existing line breaks.
   * Wrapping is skipped if the width is less than `minWidthToWrap`.
   *
   * @param {string} str
   * @param {number} width
   * @returns {string}
   */
  boxWrap(str, width) {
    if (width < this.minWidthToWrap) return str;
    const rawLines = str.split(/\r\n|\n/);
    const chunkPattern = /[\s]*[^\s]+/g;
    const wrappedLines = [];
    rawLines.forEach((line) => {
      const chunks = line.match(chunkPattern);
      if (chunks === null) {
        wrappedLines.push("");
        return;
      }
      let sumChunks = [chunks.shift()];
      let sumWidth = this.displayWidth(sumChunks[0]);
      chunks.forEach((chunk) => {
        const visibleWidth = this.displayWidth(chunk);
        if (sumWidth + visibleWidth <= width) {
          sumChunks.push(chunk);
          sumWidth += visibleWidth;
          return;
        }
        wrappedLines.push(sumChunks.join(""));
        const nextChunk = chunk.trimStart();
        sumChunks = [nextChunk];
        sumWidth = this.displayWidth(nextChunk);
      });
      wrappedLines.push(sumChunks.join(""));
    });
    return wrappedLines.join("\n");
  }
};

// node_modules/commander/lib/option.js
var Option = class {
  /**
   * Initialize a new `Option` with the given `flags` and `description`.
   *
   * @param {string} flags
   * @param {string} [description]
   */
  constructor(flags2, description) {
    this.flags = flags2;
    this.description = description || "";
    this.required = flags2.includes("<");
    this.optional = flags2.includes("[");
    this.variadic = new RegExp("\\p{ID_Continue}\\.\\.\\.[>\\]]$", "u").test(flags2);
    this.mandatory = false;
    const optionFlags = splitOptionFlags(flags2);
    this.short = optionFlags.shortFlag;
    this.long = optionFlags.longFlag;
    this.negate = false;
    if (this.long) {
      this.negate = this.long.startsWith("--no-");
    }
    this.defaultValue = void 0;
    this.defaultValueDescription = void 0;
    this.presetArg = void 0;
    this.envVar = void 0;
    this.parseArg = void 0;
    this.hidden = false;
    this.argChoices = void 0;
    this.conflictsWith = [];
    this.implied = void 0;
    this.helpGroupHeading = void 0;
  }
  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Option}
   */
  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }
  /**
   * Preset to use when option used without option-argument, especially optional but also boolean and negated.
   * The custom processing (parseArg) is called.
   *
   * @example
   * new Option('--color').default('GREYSCALE').preset('RGB');
   * new Option('--donate [amount]').preset('20').argParser(parseFloat);
   *
   * @param {*} arg
   * @return {Option}
   */
  preset(arg) {
    this.presetArg = arg;
    return this;
  }
  /**
   * Add option name(s) that conflict with this option.
   * An error will be displayed if conflicting options are found during parsing.
   *
   * @example
   * new Option('--rgb').conflicts('cmyk');
   * new Option('--js').conflicts(['ts', 'jsx']);
   *
   * @param {(string | string[])} names
   * @return {Option}
   */
  conflicts(names2) {
    this.conflictsWith = this.conflictsWith.concat(names2);
    return this;
  }
  /**
   * Specify implied option values for when this option is set and the implied options are not.
   *
   * The custom processing (parseArg) is not called on the implied values.
   *
   * @example
   * program
   *   .addOption(new Option('--log', 'write logging information to file'))
   *   .addOption(new Option('--trace', 'log extra details').implies({ log: 'trace.txt' }));
   *
   * @param {object} impliedOptionValues
   * @return {Option}
   */
  implies(impliedOptionValues) {
    let newImplied = impliedOptionValues;
    if (typeof impliedOptionValues === "string") {
      newImplied = { [impliedOptionValues]: true };
    }
    this.implied = Object.assign(this.implied || {}, newImplied);
    return this;
  }
  /**
   * Set environment variable to check for option value.
   *
   * An environment variable is only used if when processed the current option value is
   * undefined, or the source of the current value is 'default' or 'config' or 'env'.
   *
   * @param {string} name
   * @return {Option}
   */
  env(name4) {
    this.envVar = name4;
    return this;
  }
  /**
   * Set the custom handler for processing CLI option arguments into option values.
   *
   * @param {Function} [fn]
   * @return {Option}
   */
  argParser(fn) {
    this.parseArg = fn;
    return this;
  }
  /**
   * Whether the option is mandatory and must have a value after parsing.
   *
   * @param {boolean} [mandatory=true]
   * @return {Option}
   */
  makeOptionMandatory(mandatory = true) {
    this.mandatory = !!mandatory;
    return this;
  }
  /**
   * Hide option in help.
   *
   * @param {boolean} [hide=true]
   * @return {Option}
   */
  hideHelp(hide = true) {
    this.hidden = !!hide;
    return this;
  }
  /**
   * @package
   */
  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }
    previous.push(value);
    return previous;
  }
  /**
   * Only allow option value to be one of choices.
   *
   * @param {string[]} values
   * @return {Option}
   */
  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(", ")}.`
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }
  /**
   * Return option name.
   *
   * @return {string}
   */
  name() {
    if (this.long) {
      return this.long.replace(/^--/, "");
    }
    return this.short.replace(/^-/, "");
  }
  /**
   * Return option name, in a camelcase format that can be used
   * as an object attribute key.
   *
   * @return {string}
   */
  attributeName() {
    if (this.negate) {
      return camelcase(this.name().replace(/^no-/, ""));
    }
    return camelcase(this.name());
  }
  /**
   * Set the help group heading.
   *
   * @param {string} heading
   * @return {Option}
   */
  helpGroup(heading) {
    this.helpGroupHeading = heading;
    return this;
  }
  /**
   * Check if `arg` matches the short or long flag.
   *
   * @param {string} arg
   * @return {boolean}
   * @package
   */
  is(arg) {
    return this.short === arg || this.long === arg;
  }
  /**
   * Return whether a boolean option.
   *
   * Options are one of boolean, negated, required argument, or optional argument.
   *
   * @return {boolean}
   * @package
   */
  isBoolean() {
    return !this.required && !this.optional && !this.negate;
  }
};
var DualOptions = class {
  /**
   * @param {Option[]} options
   */
  constructor(options2) {
    this.positiveOptions = /* @__PURE__ */ new Map();
    this.negativeOptions = /* @__PURE__ */ new Map();
    this.dualOptions = /* @__PURE__ */ new Set();
    options2.forEach((option2) => {
      if (option2.negate) {
        this.negativeOptions.set(option2.attributeName(), option2);
      } else {
        this.positiveOptions.set(option2.attributeName(), option2);
      }
    });
    this.negativeOptions.forEach((value, key2) => {
      if (this.positiveOptions.has(key2)) {
        this.dualOptions.add(key2);
      }
    });
  }
  /**
   * Did the value come from the option, and not from possible matching dual option?
   *
   * @param {*} value
   * @param {Option} option
   * @returns {boolean}
   */
  valueFromOption(value, option2) {
    const optionKey = option2.attributeName();
    if (!this.dualOptions.has(optionKey)) return true;
    const preset = this.negativeOptions.get(optionKey).presetArg;
    const negativeValue = preset !== void 0 ? preset : false;
    return option2.negate === (negativeValue === value);
  }
};
function camelcase(str) {
  return str.split("-").reduce((str2, word3) => {
    return str2 + word3[0].toUpperCase() + word3.slice(1);
  });
}
function splitOptionFlags(flags2) {
  let shortFlag;
  let longFlag;
  const shortFlagExp = /^-[^-]$/;
  const longFlagExp = /^--[^-]/;
  const flagParts = flags2.split(/[ |,]+/).concat("guard");
  if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
  if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
  if (!shortFlag && shortFlagExp.test(flagParts[0]))
    shortFlag = flagParts.shift();
  if (!shortFlag && longFlagExp.test(flagParts[0])) {
    shortFlag = longFlag;
    longFlag = flagParts.shift();
  }
  if (flagParts[0].startsWith("-")) {
    const unsupportedFlag = flagParts[0];
    const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags2}'`;
    if (/^-[^-][^-]/.test(unsupportedFlag))
      throw new Error(
        `${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`
      );
    if (shortFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many short flags`);
    if (longFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many long flags`);
    throw new Error(`${baseError}
- unrecognised flag format`);
  }
  if (shortFlag === void 0 && longFlag === void 0)
    throw new Error(
      `option creation failed due to no flags found in '${flags2}'.`
    );
  return { shortFlag, longFlag };
}

// node_modules/commander/lib/suggestSimilar.js
var maxDistance = 3;
function editDistance(a3, b) {
  if (Math.abs(a3.length - b.length) > maxDistance)
    return Math.max(a3.length, b.length);
  const d = [];
  for (let i5 = 0; i5 <= a3.length; i5++) {
    d[i5] = [i5];
  }
  for (let j = 0; j <= b.length; j++) {
    d[0][j] = j;
  }
  for (let j = 1; j <= b.length; j++) {
    for (let i5 = 1; i5 <= a3.length; i5++) {
      let cost;
      if (a3[i5 - 1] === b[j - 1]) {
        cost = 0;
      } else {
        cost = 1;
      }
      d[i5][j] = Math.min(
        d[i5 - 1][j] + 1,
        // deletion
        d[i5][j - 1] + 1,
        // insertion
        d[i5 - 1][j - 1] + cost
        // substitution
      );
      if (i5 > 1 && j > 1 && a3[i5 - 1] === b[j - 2] && a3[i5 - 2] === b[j - 1]) {
        d[i5][j] = Math.min(d[i5][j], d[i5 - 2][j - 2] + 1);
      }
    }
  }
  return d[a3.length][b.length];
}
function suggestSimilar(word3, candidates) {
  if (!candidates || candidates.length === 0) return "";
  candidates = Array.from(new Set(candidates));
  const searchingOptions = word3.startsWith("--");
  if (searchingOptions) {
    word3 = word3.slice(2);
    candidates = candidates.map((candidate) => candidate.slice(2));
  }
  let similar = [];
  let bestDistance = maxDistance;
  const minSimilarity = 0.4;
  candidates.forEach((candidate) => {
    if (candidate.length <= 1) return;
    const distance2 = editDistance(word3, candidate);
    const length = Math.max(word3.length, candidate.length);
    const similarity = (length - distance2) / length;
    if (similarity > minSimilarity) {
      if (distance2 < bestDistance) {
        bestDistance = distance2;
        similar = [candidate];
      } else if (distance2 === bestDistance) {
        similar.push(candidate);
      }
    }
  });
  similar.sort((a3, b) => a3.localeCompare(b));
  if (searchingOptions) {
    similar = similar.map((candidate) => `--${candidate}`);
  }
  if (similar.length > 1) {
    return `
(Did you mean one of ${similar.join(", ")}?)`;
  }
  if (similar.length === 1) {
    return `
(Did you mean ${similar[0]}?)`;
  }
  return "";
}

// node_modules/commander/lib/command.js
var Command = class _Command extends EventEmitter {
  /**
   * Initialize a new `Command`.
   *
   * @param {string} [name]
   */
  constructor(name4) {
    super();
    this.commands = [];
    this.options = [];
    this.parent = null;
    this._allowUnknownOption = false;
    this._allowExcessArguments = false;
    this.registeredArguments = [];
    this._args = this.registeredArguments;
    this.args = [];
    this.rawArgs = [];
    this.processedArgs = [];
    this._scriptPath = null;
    this._name = name4 || "";
    this._optionValues = {};
    this._optionValueSources = {};
    this._storeOptionsAsProperties = false;
    this._actionHandler = null;
    this._executableHandler = false;
    this._executableFile = null;
    this._executableDir = null;
    this._defaultCommandName = null;
    this._exitCallback = null;
    this._aliases = [];
    this._combineFlagAndOptionalValue = true;
    this._description = "";
    this._summary = "";
    this._argsDescription = void 0;
    this._enablePositionalOptions = false;
    this._passThroughOptions = false;
    this._lifeCycleHooks = {};
    this._showHelpAfterError = false;
    this._showSuggestionAfterError = true;
    this._savedState = null;
    this._outputConfiguration = {
      writeOut: (str) => process2.stdout.write(str),
      writeErr: (str) => process2.stderr.write(str),
      outputError: (str, write2) => write2(str),
      getOutHelpWidth: () => process2.stdout.isTTY ? process2.stdout.columns : void 0,
      getErrHelpWidth: () => process2.stderr.isTTY ? process2.stderr.columns : void 0,
      getOutHasColors: () => useColor() ?? (process2.stdout.isTTY && process2.stdout.hasColors?.()),
      getErrHasColors: () => useColor() ?? (process2.stderr.isTTY && process2.stderr.hasColors?.()),
      stripColor: (str) => stripVTControlCharacters2(str)
    };
    this._hidden = false;
    this._helpOption = void 0;
    this._addImplicitHelpCommand = void 0;
    this._helpCommand = void 0;
    this._helpConfiguration = {};
    this._helpGroupHeading = void 0;
    this._defaultCommandGroup = void 0;
    this._defaultOptionGroup = void 0;
  }
  /**
   * Copy settings that are useful to have in common across root command and subcommands.
   *
   * (Used internally when adding a command using `.command()` so subcommands inherit parent settings.)
   *
   * @param {Command} sourceCommand
   * @return {Command} `this` command for chaining
   */
  copyInheritedSettings(sourceCommand) {
    this._outputConfiguration = sourceCommand._outputConfiguration;
    this._helpOption = sourceCommand._helpOption;
    this._helpCommand = sourceCommand._helpCommand;
    this._helpConfiguration = sourceCommand._helpConfiguration;
    this._exitCallback = sourceCommand._exitCallback;
    this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
    this._combineFlagAndOptionalValue = sourceCommand._combineFlagAndOptionalValue;
    this._allowExcessArguments = sourceCommand._allowExcessArguments;
    this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
    this._showHelpAfterError = sourceCommand._showHelpAfterError;
    this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;
    return this;
  }
  /**
   * @returns {Command[]}
   * @private
   */
  _getCommandAndAncestors() {
    const result = [];
    for (let command = this; command; command = command.parent) {
      result.push(command);
    }
    return result;
  }
  /**
   * Define a command.
   *
   * There are two styles of command: pay attention to where to put the description.
   *
   * @example
   * // Command implemented using action handler (description is supplied separately to `.command`)
   * program
   *   .command('clone <source> [destination]')
   *   .description('clone a repository into a newly created directory')
   *   .action((source, destination) => {
   *     console.log('clone command called');
   *   });
   *
   * // Command implemented using separate executable file (description is second parameter to `.command`)
   * program
   *   .command('start <service>', 'start named service')
   *   .command('stop [service]', 'stop named service, or all if no name supplied');
   *
   * @param {string} nameAndArgs - command name and arguments, args are `<required>` or `[optional]` and last may also be `variadic...`
   * @param {(object | string)} [actionOptsOrExecDesc] - configuration options (for action), or description (for executable)
   * @param {object} [execOpts] - configuration options (for executable)
   * @return {Command} returns new command for action handler, or `this` for executable command
   */
  command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
    let desc = actionOptsOrExecDesc;
    let opts = execOpts;
    if (typeof desc === "object" && desc !== null) {
      opts = desc;
      desc = null;
    }
    opts = opts || {};
    const [, name4, args] = nameAndArgs.match(/([^ ]+) *(.*)/);
    const cmd = this.createCommand(name4);
    if (desc) {
      cmd.description(desc);
      cmd._executableHandler = true;
    }
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    cmd._hidden = !!(opts.noHelp || opts.hidden);
    cmd._executableFile = opts.executableFile || null;
    if (args) cmd.arguments(args);
    this._registerCommand(cmd);
    cmd.parent = this;
    cmd.copyInheritedSettings(this);
    if (desc) return this;
    return cmd;
  }
  /**
   * Factory routine to create a new unattached command.
   *
   * See .command() for creating an attached subcommand, which uses this routine to
   * create the command. You can override createCommand to customise subcommands.
   *
   * @param {string} [name]
   * @return {Command} new command
   */
  createCommand(name4) {
    return new _Command(name4);
  }
  /**
   * You can customise the help with a subclass of Help by overriding createHelp,
   * or by overriding Help properties using configureHelp().
   *
   * @return {Help}
   */
  createHelp() {
    return Object.assign(new Help(), this.configureHelp());
  }
  /**
   * You can customise the help by overriding Help properties using configureHelp(),
   * or with a subclass of Help by overriding createHelp().
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */
  configureHelp(configuration) {
    if (configuration === void 0) return this._helpConfiguration;
    this._helpConfiguration = configuration;
    return this;
  }
  /**
   * The default output goes to stdout and stderr. You can customise this for special
   * applications. You can also customise the display of errors by overriding outputError.
   *
   * The configuration properties are all functions:
   *
   *     // change how output being written, defaults to stdout and stderr
   *     writeOut(str)
   *     writeErr(str)
   *     // change how output being written for errors, defaults to writeErr
   *     outputError(str, write) // used for displaying errors and not used for displaying help
   *     // specify width for wrapping help
   *     getOutHelpWidth()
   *     getErrHelpWidth()
   *     // color support, currently only used with Help
   *     getOutHasColors()
   *     getErrHasColors()
   *     stripColor() // used to remove ANSI escape codes if output does not have colors
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */
  configureOutput(configuration) {
    if (configuration === void 0) return this._outputConfiguration;
    this._outputConfiguration = {
      ...this._outputConfiguration,
      ...configuration
    };
    return this;
  }
  /**
   * Display the help or a custom message after an error occurs.
   *
   * @param {(boolean|string)} [displayHelp]
   * @return {Command} `this` command for chaining
   */
  showHelpAfterError(displayHelp = true) {
    if (typeof displayHelp !== "string") displayHelp = !!displayHelp;
    this._showHelpAfterError = displayHelp;
    return this;
  }
  /**
   * Display suggestion of similar commands for unknown commands, or options for unknown options.
   *
   * @param {boolean} [displaySuggestion]
   * @return {Command} `this` command for chaining
   */
  showSuggestionAfterError(displaySuggestion = true) {
    this._showSuggestionAfterError = !!displaySuggestion;
    return this;
  }
  /**
   * Add a prepared subcommand.
   *
   * See .command() for creating an attached subcommand which inherits settings from its parent.
   *
   * @param {Command} cmd - new subcommand
   * @param {object} [opts] - configuration options
   * @return {Command} `this` command for chaining
   */
  addCommand(cmd, opts) {
    if (!cmd._name) {
      throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
    }
    opts = opts || {};
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    if (opts.noHelp || opts.hidden) cmd._hidden = true;
    this._registerCommand(cmd);
    cmd.parent = this;
    cmd._checkForBrokenPassThrough();
    return this;
  }
  /**
   * Factory routine to create a new unattached argument.
   *
   * See .argument() for creating an attached argument, which uses this routine to
   * create the argument. You can override createArgument to return a custom argument.
   *
   * @param {string} name
   * @param {string} [description]
   * @return {Argument} new argument
   */
  createArgument(name4, description) {
    return new Argument(name4, description);
  }
  /**
   * Define argument syntax for command.
   *
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @example
   * program.argument('<input-file>');
   * program.argument('[output-file]');
   *
   * @param {string} name
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom argument processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  argument(name4, description, parseArg, defaultValue) {
    const argument = this.createArgument(name4, description);
    if (typeof parseArg === "function") {
      argument.default(defaultValue).argParser(parseArg);
    } else {
      argument.default(parseArg);
    }
    this.addArgument(argument);
    return this;
  }
  /**
   * Define argument syntax for command, adding multiple at once (without descriptions).
   *
   * See also .argument().
   *
   * @example
   * program.arguments('<cmd> [env]');
   *
   * @param {string} names
   * @return {Command} `this` command for chaining
   */
  arguments(names2) {
    names2.trim().split(/ +/).forEach((detail) => {
      this.argument(detail);
    });
    return this;
  }
  /**
   * Define argument syntax for command, adding a prepared argument.
   *
   * @param {Argument} argument
   * @return {Command} `this` command for chaining
   */
  addArgument(argument) {
    const previousArgument = this.registeredArguments.slice(-1)[0];
    if (previousArgument?.variadic) {
      throw new Error(
        `only the last argument can be variadic '${previousArgument.name()}'`
      );
    }
    if (argument.required && argument.defaultValue !== void 0 && argument.parseArg === void 0) {
      throw new Error(
        `a default value for a required argument is never used: '${argument.name()}'`
      );
    }
    this.registeredArguments.push(argument);
    return this;
  }
  /**
   * Customise or override default help command. By default a help command is automatically added if your command has subcommands.
   *
   * @example
   *    program.helpCommand('help [cmd]');
   *    program.helpCommand('help [cmd]', 'show help');
   *    program.helpCommand(false); // suppress default help command
   *    program.helpCommand(true); // add help command even if no subcommands
   *
   * @param {string|boolean} enableOrNameAndArgs - enable with custom name and/or arguments, or boolean to override whether added
   * @param {string} [description] - custom description
   * @return {Command} `this` command for chaining
   */
  helpCommand(enableOrNameAndArgs, description) {
    if (typeof enableOrNameAndArgs === "boolean") {
      this._addImplicitHelpCommand = enableOrNameAndArgs;
      if (enableOrNameAndArgs && this._defaultCommandGroup) {
        this._initCommandGroup(this._getHelpCommand());
      }
      return this;
    }
    const nameAndArgs = enableOrNameAndArgs ?? "help [command]";
    const [, helpName, helpArgs] = nameAndArgs.match(/([^ ]+) *(.*)/);
    const helpDescription = description ?? "display help for command";
    const helpCommand = this.createCommand(helpName);
    helpCommand.helpOption(false);
    if (helpArgs) helpCommand.arguments(helpArgs);
    if (helpDescription) helpCommand.description(helpDescription);
    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);
    return this;
  }
  /**
   * Add prepared custom help command.
   *
   * @param {(Command|string|boolean)} helpCommand - custom help command, or deprecated enableOrNameAndArgs as for `.helpCommand()`
   * @param {string} [deprecatedDescription] - deprecated custom description used with custom name only
   * @return {Command} `this` command for chaining
   */
  addHelpCommand(helpCommand, deprecatedDescription) {
    if (typeof helpCommand !== "object") {
      this.helpCommand(helpCommand, deprecatedDescription);
      return this;
    }
    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    this._initCommandGroup(helpCommand);
    return this;
  }
  /**
   * Lazy create help command.
   *
   * @return {(Command|null)}
   * @package
   */
  _getHelpCommand() {
    const hasImplicitHelpCommand = this._addImplicitHelpCommand ?? (this.commands.length && !this._actionHandler && !this._findCommand("help"));
    if (hasImplicitHelpCommand) {
      if (this._helpCommand === void 0) {
        this.helpCommand(void 0, void 0);
      }
      return this._helpCommand;
    }
    return null;
  }
  /**
   * Add hook for life cycle event.
   *
   * @param {string} event
   * @param {Function} listener
   * @return {Command} `this` command for chaining
   */
  hook(event2, listener) {
    const allowedValues = ["preSubcommand", "preAction", "postAction"];
    if (!allowedValues.includes(event2)) {
      throw new Error(`Unexpected value for event passed to hook : '${event2}'.
Expecting one of '${allowedValues.join("', '")}'`);
    }
    if (this._lifeCycleHooks[event2]) {
      this._lifeCycleHooks[event2].push(listener);
    } else {
      this._lifeCycleHooks[event2] = [listener];
    }
    return this;
  }
  /**
   * Register callback to use as replacement for calling process.exit.
   *
   * @param {Function} [fn] optional callback which will be passed a CommanderError, defaults to throwing
   * @return {Command} `this` command for chaining
   */
  exitOverride(fn) {
    if (fn) {
      this._exitCallback = fn;
    } else {
      this._exitCallback = (err2) => {
        if (err2.code !== "commander.executeSubCommandAsync") {
          throw err2;
        } else {
        }
      };
    }
    return this;
  }
  /**
   * Call process.exit, and _exitCallback if defined.
   *
   * @param {number} exitCode exit code for using with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   * @return never
   * @private
   */
  _exit(exitCode2, code2, message) {
    if (this._exitCallback) {
      this._exitCallback(new CommanderError(exitCode2, code2, message));
    }
    process2.exit(exitCode2);
  }
  /**
   * Register callback `fn` for the command.
   *
   * @example
   * program
   *   .command('serve')
   *   .description('start service')
   *   .action(function() {
   *      // do work here
   *   });
   *
   * @param {Function} fn
   * @return {Command} `this` command for chaining
   */
  action(fn) {
    const listener = (args) => {
      const expectedArgsCount = this.registeredArguments.length;
      const actionArgs = args.slice(0, expectedArgsCount);
      if (this._storeOptionsAsProperties) {
        actionArgs[expectedArgsCount] = this;
      } else {
        actionArgs[expectedArgsCount] = this.opts();
      }
      actionArgs.push(this);
      return fn.apply(this, actionArgs);
    };
    this._actionHandler = listener;
    return this;
  }
  /**
   * Factory routine to create a new unattached option.
   *
   * See .option() for creating an attached option, which uses this routine to
   * create the option. You can override createOption to return a custom option.
   *
   * @param {string} flags
   * @param {string} [description]
   * @return {Option} new option
   */
  createOption(flags2, description) {
    return new Option(flags2, description);
  }
  /**
   * Wrap parseArgs to catch 'commander.invalidArgument'.
   *
   * @param {(Option | Argument)} target
   * @param {string} value
   * @param {*} previous
   * @param {string} invalidArgumentMessage
   * @private
   */
  _callParseArg(target2, value, previous, invalidArgumentMessage) {
    try {
      return target2.parseArg(value, previous);
    } catch (err2) {
      if (err2.code === "commander.invalidArgument") {
        const message = `${invalidArgumentMessage} ${err2.message}`;
        this.error(message, { exitCode: err2.exitCode, code: err2.code });
      }
      throw err2;
    }
  }
  /**
   * Check for option flag conflicts.
   * Register option if no conflicts found, or throw on conflict.
   *
   * @param {Option} option
   * @private
   */
  _registerOption(option2) {
    const matchingOption = option2.short && this._findOption(option2.short) || option2.long && this._findOption(option2.long);
    if (matchingOption) {
      const matchingFlag = option2.long && this._findOption(option2.long) ? option2.long : option2.short;
      throw new Error(`Cannot add option '${option2.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
    }
    this._initOptionGroup(option2);
    this.options.push(option2);
  }
  /**
   * Check for command name and alias conflicts with existing commands.
   * Register command if no conflicts found, or throw on conflict.
   *
   * @param {Command} command
   * @private
   */
  _registerCommand(command) {
    const knownBy = (cmd) => {
      return [cmd.name()].concat(cmd.aliases());
    };
    const alreadyUsed = knownBy(command).find(
      (name4) => this._findCommand(name4)
    );
    if (alreadyUsed) {
      const existingCmd = knownBy(this._findCommand(alreadyUsed)).join("|");
      const newCmd = knownBy(command).join("|");
      throw new Error(
        `cannot add command '${newCmd}' as already have command '${existingCmd}'`
      );
    }
    this._initCommandGroup(command);
    this.commands.push(command);
  }
  /**
   * Add an option.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addOption(option2) {
    this._registerOption(option2);
    const oname = option2.name();
    const name4 = option2.attributeName();
    if (option2.defaultValue !== void 0) {
      this.setOptionValueWithSource(name4, option2.defaultValue, "default");
    }
    const handleOptionValue = (val, invalidValueMessage, valueSource) => {
      if (val == null && option2.presetArg !== void 0) {
        val = option2.presetArg;
      }
      const oldValue = this.getOptionValue(name4);
      if (val !== null && option2.parseArg) {
        val = this._callParseArg(option2, val, oldValue, invalidValueMessage);
      } else if (val !== null && option2.variadic) {
        val = option2._collectValue(val, oldValue);
      }
      if (val == null) {
        if (option2.negate) {
          val = false;
        } else if (option2.isBoolean() || option2.optional) {
          val = true;
        } else {
          val = "";
        }
      }
      this.setOptionValueWithSource(name4, val, valueSource);
    };
    this.on("option:" + oname, (val) => {
      const invalidValueMessage = `error: option '${option2.flags}' argument '${val}' is invalid.`;
      handleOptionValue(val, invalidValueMessage, "cli");
    });
    if (option2.envVar) {
      this.on("optionEnv:" + oname, (val) => {
        const invalidValueMessage = `error: option '${option2.flags}' value '${val}' from env '${option2.envVar}' is invalid.`;
        handleOptionValue(val, invalidValueMessage, "env");
      });
    }
    return this;
  }
  /**
   * Internal implementation shared by .option() and .requiredOption()
   *
   * @return {Command} `this` command for chaining
   * @private
   */
  _optionEx(config, flags2, description, fn, defaultValue) {
    if (typeof flags2 === "object" && flags2 instanceof Option) {
      throw new Error(
        "To add an Option object use addOption() instead of option() or requiredOption()"
      );
    }
    const option2 = this.createOption(flags2, description);
    option2.makeOptionMandatory(!!config.mandatory);
    if (typeof fn === "function") {
      option2.default(defaultValue).argParser(fn);
    } else if (fn instanceof RegExp) {
      const regex2 = fn;
      fn = (val, def) => {
        const m = regex2.exec(val);
        return m ? m[0] : def;
      };
      option2.default(defaultValue).argParser(fn);
    } else {
      option2.default(fn);
    }
    return this.addOption(option2);
  }
  /**
   * Define option with `flags`, `description`, and optional argument parsing function or `defaultValue` or both.
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space. A required
   * option-argument is indicated by `<>` and an optional option-argument by `[]`.
   *
   * See the README for more details, and see also addOption() and requiredOption().
   *
   * @example
   * program
   *     .option('-p, --pepper', 'add pepper')
   *     .option('--pt, --pizza-type <TYPE>', 'type of pizza') // required option-argument
   *     .option('-c, --cheese [CHEESE]', 'add extra cheese', 'mozzarella') // optional option-argument with default
   *     .option('-t, --tip <VALUE>', 'add tip to purchase cost', parseFloat) // custom parse function
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  option(flags2, description, parseArg, defaultValue) {
    return this._optionEx({}, flags2, description, parseArg, defaultValue);
  }
  /**
   * Add a required option which must have a value after parsing. This usually means
   * the option must be specified on the command line. (Otherwise the same as .option().)
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space.
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  requiredOption(flags2, description, parseArg, defaultValue) {
    return this._optionEx(
      { mandatory: true },
      flags2,
      description,
      parseArg,
      defaultValue
    );
  }
  /**
   * Alter parsing of short flags with optional values.
   *
   * @example
   * // for `.option('-f,--flag [value]'):
   * program.combineFlagAndOptionalValue(true);  // `-f80` is treated like `--flag=80`, this is the default behaviour
   * program.combineFlagAndOptionalValue(false) // `-fb` is treated like `-f -b`
   *
   * @param {boolean} [combine] - if `true` or omitted, an optional value can be specified directly after the flag.
   * @return {Command} `this` command for chaining
   */
  combineFlagAndOptionalValue(combine = true) {
    this._combineFlagAndOptionalValue = !!combine;
    return this;
  }
  /**
   * Allow unknown options on the command line.
   *
   * @param {boolean} [allowUnknown] - if `true` or omitted, no error will be thrown for unknown options.
   * @return {Command} `this` command for chaining
   */
  allowUnknownOption(allowUnknown = true) {
    this._allowUnknownOption = !!allowUnknown;
    return this;
  }
  /**
   * Allow excess command-arguments on the command line. Pass false to make excess arguments an error.
   *
   * @param {boolean} [allowExcess] - if `true` or omitted, no error will be thrown for excess arguments.
   * @return {Command} `this` command for chaining
   */
  allowExcessArguments(allowExcess = true) {
    this._allowExcessArguments = !!allowExcess;
    return this;
  }
  /**
   * Enable positional options. Positional means global options are specified before subcommands which lets
   * subcommands reuse the same option names, and also enables subcommands to turn on passThroughOptions.
   * The default behaviour is non-positional and global options may appear anywhere on the command line.
   *
   * @param {boolean} [positional]
   * @return {Command} `this` command for chaining
   */
  enablePositionalOptions(positional = true) {
    this._enablePositionalOptions = !!positional;
    return this;
  }
  /**
   * Pass through options that come after command-arguments rather than treat them as command-options,
   * so actual command-options come before command-arguments. Turning this on for a subcommand requires
   * positional options to have been enabled on the program (parent commands).
   * The default behaviour is non-positional and options may appear before or after command-arguments.
   *
   * @param {boolean} [passThrough] for unknown options.
   * @return {Command} `this` command for chaining
   */
  passThroughOptions(passThrough = true) {
    this._passThroughOptions = !!passThrough;
    this._checkForBrokenPassThrough();
    return this;
  }
  /**
   * @private
   */
  _checkForBrokenPassThrough() {
    if (this.parent && this._passThroughOptions && !this.parent._enablePositionalOptions) {
      throw new Error(
        `passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`
      );
    }
  }
  /**
   * Whether to store option values as properties on command object,
   * or store separately (specify false). In both cases the option values can be accessed using .opts().
   *
   * @param {boolean} [storeAsProperties=true]
   * @return {Command} `this` command for chaining
   */
  storeOptionsAsProperties(storeAsProperties = true) {
    if (this.options.length) {
      throw new Error("call .storeOptionsAsProperties() before adding options");
    }
    if (Object.keys(this._optionValues).length) {
      throw new Error(
        "call .storeOptionsAsProperties() before setting option values"
      );
    }
    this._storeOptionsAsProperties = !!storeAsProperties;
    return this;
  }
  /**
   * Retrieve option value.
   *
   * @param {string} key
   * @return {object} value
   */
  getOptionValue(key2) {
    if (this._storeOptionsAsProperties) {
      return this[key2];
    }
    return this._optionValues[key2];
  }
  /**
   * Store option value.
   *
   * @param {string} key
   * @param {object} value
   * @return {Command} `this` command for chaining
   */
  setOptionValue(key2, value) {
    return this.setOptionValueWithSource(key2, value, void 0);
  }
  /**
   * Store option value and where the value came from.
   *
   * @param {string} key
   * @param {object} value
   * @param {string} source - expected values are default/config/env/cli/implied
   * @return {Command} `this` command for chaining
   */
  setOptionValueWithSource(key2, value, source) {
    if (this._storeOptionsAsProperties) {
      this[key2] = value;
    } else {
      this._optionValues[key2] = value;
    }
    this._optionValueSources[key2] = source;
    return this;
  }
  /**
   * Get source of option value.
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */
  getOptionValueSource(key2) {
    return this._optionValueSources[key2];
  }
  /**
   * Get source of option value. See also .optsWithGlobals().
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */
  getOptionValueSourceWithGlobals(key2) {
    let source;
    this._getCommandAndAncestors().forEach((cmd) => {
      if (Object.hasOwn(cmd._optionValueSources, key2)) {
        source = cmd.getOptionValueSource(key2);
      }
    });
    return source;
  }
  /**
   * Get user arguments from implied or explicit arguments.
   * Side-effects: set _scriptPath if args included script. Used for default program name, and subcommand searches.
   *
   * @private
   */
  _prepareUserArgs(argv, parseOptions) {
    if (argv !== void 0 && !Array.isArray(argv)) {
      throw new Error("first parameter to parse must be array or undefined");
    }
    parseOptions = parseOptions || {};
    if (argv === void 0 && parseOptions.from === void 0) {
      if (process2.versions?.electron) {
        parseOptions.from = "electron";
      }
      const execArgv = process2.execArgv ?? [];
      if (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) {
        parseOptions.from = "eval";
      }
    }
    if (argv === void 0) {
      argv = process2.argv;
    }
    this.rawArgs = argv.slice();
    let userArgs;
    switch (parseOptions.from) {
      case void 0:
      case "node":
        this._scriptPath = argv[1];
        userArgs = argv.slice(2);
        break;
      case "electron":
        if (process2.defaultApp) {
          this._scriptPath = argv[1];
          userArgs = argv.slice(2);
        } else {
          userArgs = argv.slice(1);
        }
        break;
      case "user":
        userArgs = argv.slice(0);
        break;
      case "eval":
        userArgs = argv.slice(1);
        break;
      default:
        throw new Error(
          `unexpected parse option { from: '${parseOptions.from}' }`
        );
    }
    if (!this._name && this._scriptPath)
      this.nameFromFilename(this._scriptPath);
    this._name = this._name || "program";
    return userArgs;
  }
  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Use parseAsync instead of parse if any of your action handlers are async.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * program.parse(); // parse process.argv and auto-detect electron and special node flags
   * program.parse(process.argv); // assume argv[0] is app and argv[1] is script
   * program.parse(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv] - optional, defaults to process.argv
   * @param {object} [parseOptions] - optionally specify style of options with from: node/user/electron
   * @param {string} [parseOptions.from] - where the args are from: 'node', 'user', 'electron'
   * @return {Command} `this` command for chaining
   */
  parse(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    this._parseCommand([], userArgs);
    return this;
  }
  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * await program.parseAsync(); // parse process.argv and auto-detect electron and special node flags
   * await program.parseAsync(process.argv); // assume argv[0] is app and argv[1] is script
   * await program.parseAsync(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv]
   * @param {object} [parseOptions]
   * @param {string} parseOptions.from - where the args are from: 'node', 'user', 'electron'
   * @return {Promise}
   */
  async parseAsync(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    await this._parseCommand([], userArgs);
    return this;
  }
  _prepareForParse() {
    if (this._savedState === null) {
      this.options.filter(
        (option2) => option2.negate && option2.defaultValue === void 0 && this.getOptionValue(option2.attributeName()) === void 0
      ).forEach((option2) => {
        const positiveLongFlag = option2.long.replace(/^--no-/, "--");
        if (!this._findOption(positiveLongFlag)) {
          this.setOptionValueWithSource(
            option2.attributeName(),
            true,
            "default"
          );
        }
      });
      this.saveStateBeforeParse();
    } else {
      this.restoreStateBeforeParse();
    }
  }
  /**
   * Called the first time parse is called to save state and allow a restore before subsequent calls to parse.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state saved.
   */
  saveStateBeforeParse() {
    this._savedState = {
      // name is stable if supplied by author, but may be unspecified for root command and deduced during parsing
      _name: this._name,
      // option values before parse have default values (including false for negated options)
      // shallow clones
      _optionValues: { ...this._optionValues },
      _optionValueSources: { ...this._optionValueSources }
    };
  }
  /**
   * Restore state before parse for calls after the first.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state restored.
   */
  restoreStateBeforeParse() {
    if (this._storeOptionsAsProperties)
      throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);
    this._name = this._savedState._name;
    this._scriptPath = null;
    this.rawArgs = [];
    this._optionValues = { ...this._savedState._optionValues };
    this._optionValueSources = { ...this._savedState._optionValueSources };
    this.args = [];
    this.processedArgs = [];
  }
  /**
   * Throw if expected executable is missing. Add lots of help for author.
   *
   * @param {string} executableFile
   * @param {string} executableDir
   * @param {string} subcommandName
   */
  _checkForMissingExecutable(executableFile, executableDir, subcommandName) {
    if (fs.existsSync(executableFile)) return;
    const executableDirMessage = executableDir ? `searched for local subcommand relative to directory '${executableDir}'` : "no directory for search for local subcommand, use .executableDir() to supply a custom directory";
    const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDirMessage}`;
    throw new Error(executableMissing);
  }
  /**
   * Execute a sub-command executable.
   *
   * @private
   */
  _executeSubCommand(subcommand, args) {
    args = args.slice();
    const sourceExt = [".js", ".ts", ".tsx", ".mjs", ".cjs"];
    function findFile(baseDir, baseName) {
      const localBin = path.resolve(baseDir, baseName);
      if (fs.existsSync(localBin)) return localBin;
      if (sourceExt.includes(path.extname(baseName))) return void 0;
      const foundExt = sourceExt.find(
        (ext) => fs.existsSync(`${localBin}${ext}`)
      );
      if (foundExt) return `${localBin}${foundExt}`;
      return void 0;
    }
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();
    let executableFile = subcommand._executableFile || `${this._name}-${subcommand._name}`;
    let executableDir = this._executableDir || "";
    if (this._scriptPath) {
      let resolvedScriptPath;
      try {
        resolvedScriptPath = fs.realpathSync(this._scriptPath);
      } catch {
        resolvedScriptPath = this._scriptPath;
      }
      executableDir = path.resolve(
        path.dirname(resolvedScriptPath),
        executableDir
      );
    }
    if (executableDir) {
      let localFile2 = findFile(executableDir, executableFile);
      if (!localFile2 && !subcommand._executableFile && this._scriptPath) {
        const legacyName = path.basename(
          this._scriptPath,
          path.extname(this._scriptPath)
        );
        if (legacyName !== this._name) {
          localFile2 = findFile(
            executableDir,
            `${legacyName}-${subcommand._name}`
          );
        }
      }
      executableFile = localFile2 || executableFile;
    }
    const launchWithNode = sourceExt.includes(path.extname(executableFile));
    let proc;
    if (process2.platform !== "win32") {
      if (launchWithNode) {
        args.unshift(executableFile);
        args = incrementNodeInspectorPort(process2.execArgv).concat(args);
        proc = childProcess.spawn(process2.argv[0], args, { stdio: "inherit" });
      } else {
        proc = childProcess.spawn(executableFile, args, { stdio: "inherit" });
      }
    } else {
      this._checkForMissingExecutable(
        executableFile,
        executableDir,
        subcommand._name
      );
      args.unshift(executableFile);
      args = incrementNodeInspectorPort(process2.execArgv).concat(args);
      proc = childProcess.spawn(process2.execPath, args, { stdio: "inherit" });
    }
    if (!proc.killed) {
      const signals2 = ["SIGUSR1", "SIGUSR2", "SIGTERM", "SIGINT", "SIGHUP"];
      signals2.forEach((signal) => {
        process2.on(signal, () => {
          if (proc.killed === false && proc.exitCode === null) {
            proc.kill(signal);
          }
        });
      });
    }
    const exitCallback = this._exitCallback;
    proc.on("close", (code2) => {
      code2 = code2 ?? 1;
      if (!exitCallback) {
        process2.exit(code2);
      } else {
        exitCallback(
          new CommanderError(
            code2,
            "commander.executeSubCommandAsync",
            "(close)"
          )
        );
      }
    });
    proc.on("error", (err2) => {
      if (err2.code === "ENOENT") {
        this._checkForMissingExecutable(
          executableFile,
          executableDir,
          subcommand._name
        );
      } else if (err2.code === "EACCES") {
        throw new Error(`'${executableFile}' not executable`);
      }
      if (!exitCallback) {
        process2.exit(1);
      } else {
        const wrappedError = new CommanderError(
          1,
          "commander.executeSubCommandAsync",
          "(error)"
        );
        wrappedError.nestedError = err2;
        exitCallback(wrappedError);
      }
    });
    this.runningCommand = proc;
  }
  /**
   * @private
   */
  _dispatchSubcommand(commandName, operands, unknown) {
    const subCommand = this._findCommand(commandName);
    if (!subCommand) this.help({ error: true });
    subCommand._prepareForParse();
    let promiseChain;
    promiseChain = this._chainOrCallSubCommandHook(
      promiseChain,
      subCommand,
      "preSubcommand"
    );
    promiseChain = this._chainOrCall(promiseChain, () => {
      if (subCommand._executableHandler) {
        this._executeSubCommand(subCommand, operands.concat(unknown));
      } else {
        return subCommand._parseCommand(operands, unknown);
      }
    });
    return promiseChain;
  }
  /**
   * Invoke help directly if possible, or dispatch if necessary.
   * e.g. help foo
   *
   * @private
   */
  _dispatchHelpCommand(subcommandName) {
    if (!subcommandName) {
      this.help();
    }
    const subCommand = this._findCommand(subcommandName);
    if (subCommand && !subCommand._executableHandler) {
      subCommand.help();
    }
    return this._dispatchSubcommand(
      subcommandName,
      [],
      [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? "--help"]
    );
  }
  /**
   * Check this.args against expected this.registeredArguments.
   *
   * @private
   */
  _checkNumberOfArguments() {
    this.registeredArguments.forEach((arg, i5) => {
      if (arg.required && this.args[i5] == null) {
        this.missingArgument(arg.name());
      }
    });
    if (this.registeredArguments.length > 0 && this.registeredArguments[this.registeredArguments.length - 1].variadic) {
      return;
    }
    if (this.args.length > this.registeredArguments.length) {
      this._excessArguments(this.args);
    }
  }
  /**
   * Process this.args using this.registeredArguments and save as this.processedArgs!
   *
   * @private
   */
  _processArguments() {
    const myParseArg = (argument, value, previous) => {
      let parsedValue = value;
      if (value !== null && argument.parseArg) {
        const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
        parsedValue = this._callParseArg(
          argument,
          value,
          previous,
          invalidValueMessage
        );
      }
      return parsedValue;
    };
    this._checkNumberOfArguments();
    const processedArgs = [];
    this.registeredArguments.forEach((declaredArg, index) => {
      let value = declaredArg.defaultValue;
      if (declaredArg.variadic) {
        if (index < this.args.length) {
          value = this.args.slice(index);
          if (declaredArg.parseArg) {
            value = value.reduce((processed, v) => {
              return myParseArg(declaredArg, v, processed);
            }, declaredArg.defaultValue);
          }
        } else if (value === void 0) {
          value = [];
        }
      } else if (index < this.args.length) {
        value = this.args[index];
        if (declaredArg.parseArg) {
          value = myParseArg(declaredArg, value, declaredArg.defaultValue);
        }
      }
      processedArgs[index] = value;
    });
    this.processedArgs = processedArgs;
  }
  /**
   * Once we have a promise we chain, but call synchronously until then.
   *
   * @param {(Promise|undefined)} promise
   * @param {Function} fn
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCall(promise, fn) {
    if (promise?.then && typeof promise.then === "function") {
      return promise.then(() => fn());
    }
    return fn();
  }
  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCallHooks(promise, event2) {
    let result = promise;
    const hooks = [];
    this._getCommandAndAncestors().reverse().filter((cmd) => cmd._lifeCycleHooks[event2] !== void 0).forEach((hookedCommand) => {
      hookedCommand._lifeCycleHooks[event2].forEach((callback) => {
        hooks.push({ hookedCommand, callback });
      });
    });
    if (event2 === "postAction") {
      hooks.reverse();
    }
    hooks.forEach((hookDetail) => {
      result = this._chainOrCall(result, () => {
        return hookDetail.callback(hookDetail.hookedCommand, this);
      });
    });
    return result;
  }
  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {Command} subCommand
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCallSubCommandHook(promise, subCommand, event2) {
    let result = promise;
    if (this._lifeCycleHooks[event2] !== void 0) {
      this._lifeCycleHooks[event2].forEach((hook) => {
        result = this._chainOrCall(result, () => {
          return hook(this, subCommand);
        });
      });
    }
    return result;
  }
  /**
   * Process arguments in context of this command.
   * Returns action result, in case it is a promise.
   *
   * @private
   */
  _parseCommand(operands, unknown) {
    const parsed = this.parseOptions(unknown);
    this._parseOptionsEnv();
    this._parseOptionsImplied();
    operands = operands.concat(parsed.operands);
    unknown = parsed.unknown;
    this.args = operands.concat(unknown);
    if (operands && this._findCommand(operands[0])) {
      return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
    }
    if (this._getHelpCommand() && operands[0] === this._getHelpCommand().name()) {
      return this._dispatchHelpCommand(operands[1]);
    }
    if (this._defaultCommandName) {
      this._outputHelpIfRequested(unknown);
      return this._dispatchSubcommand(
        this._defaultCommandName,
        operands,
        unknown
      );
    }
    if (this.commands.length && this.args.length === 0 && !this._actionHandler && !this._defaultCommandName) {
      this.help({ error: true });
    }
    this._outputHelpIfRequested(parsed.unknown);
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();
    const checkForUnknownOptions = () => {
      if (parsed.unknown.length > 0) {
        this.unknownOption(parsed.unknown[0]);
      }
    };
    const commandEvent = `command:${this.name()}`;
    if (this._actionHandler) {
      checkForUnknownOptions();
      this._processArguments();
      let promiseChain;
      promiseChain = this._chainOrCallHooks(promiseChain, "preAction");
      promiseChain = this._chainOrCall(
        promiseChain,
        () => this._actionHandler(this.processedArgs)
      );
      if (this.parent) {
        promiseChain = this._chainOrCall(promiseChain, () => {
          this.parent.emit(commandEvent, operands, unknown);
        });
      }
      promiseChain = this._chainOrCallHooks(promiseChain, "postAction");
      return promiseChain;
    }
    if (this.parent?.listenerCount(commandEvent)) {
      checkForUnknownOptions();
      this._processArguments();
      this.parent.emit(commandEvent, operands, unknown);
    } else if (operands.length) {
      if (this._findCommand("*")) {
        return this._dispatchSubcommand("*", operands, unknown);
      }
      if (this.listenerCount("command:*")) {
        this.emit("command:*", operands, unknown);
      } else if (this.commands.length) {
        this.unknownCommand();
      } else {
        checkForUnknownOptions();
        this._processArguments();
      }
    } else if (this.commands.length) {
      checkForUnknownOptions();
      this.help({ error: true });
    } else {
      checkForUnknownOptions();
      this._processArguments();
    }
  }
  /**
   * Find matching command.
   *
   * @private
   * @return {Command | undefined}
   */
  _findCommand(name4) {
    if (!name4) return void 0;
    return this.commands.find(
      (cmd) => cmd._name === name4 || cmd._aliases.includes(name4)
    );
  }
  /**
   * Return an option matching `arg` if any.
   *
   * @param {string} arg
   * @return {Option}
   * @package
   */
  _findOption(arg) {
    return this.options.find((option2) => option2.is(arg));
  }
  /**
   * Display an error message if a mandatory option does not have a value.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */
  _checkForMissingMandatoryOptions() {
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd.options.forEach((anOption) => {
        if (anOption.mandatory && cmd.getOptionValue(anOption.attributeName()) === void 0) {
          cmd.missingMandatoryOptionValue(anOption);
        }
      });
    });
  }
  /**
   * Display an error message if conflicting options are used together in this.
   *
   * @private
   */
  _checkForConflictingLocalOptions() {
    const definedNonDefaultOptions = this.options.filter((option2) => {
      const optionKey = option2.attributeName();
      if (this.getOptionValue(optionKey) === void 0) {
        return false;
      }
      return this.getOptionValueSource(optionKey) !== "default";
    });
    const optionsWithConflicting = definedNonDefaultOptions.filter(
      (option2) => option2.conflictsWith.length > 0
    );
    optionsWithConflicting.forEach((option2) => {
      const conflictingAndDefined = definedNonDefaultOptions.find(
        (defined) => option2.conflictsWith.includes(defined.attributeName())
      );
      if (conflictingAndDefined) {
        this._conflictingOption(option2, conflictingAndDefined);
      }
    });
  }
  /**
   * Display an error message if conflicting options are used together.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */
  _checkForConflictingOptions() {
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd._checkForConflictingLocalOptions();
    });
  }
  /**
   * Parse options from `argv` removing known options,
   * and return argv split into operands and unknown arguments.
   *
   * Side effects: modifies command by storing options. Does not reset state if called again.
   *
   * Examples:
   *
   *     argv => operands, unknown
   *     --known kkk op => [op], []
   *     op --known kkk => [op], []
   *     sub --unknown uuu op => [sub], [--unknown uuu op]
   *     sub -- --unknown uuu op => [sub --unknown uuu op], []
   *
   * @param {string[]} args
   * @return {{operands: string[], unknown: string[]}}
   */
  parseOptions(args) {
    const operands = [];
    const unknown = [];
    let dest = operands;
    function maybeOption(arg) {
      return arg.length > 1 && arg[0] === "-";
    }
    const negativeNumberArg = (arg) => {
      if (!/^-(\d+|\d*\.\d+)([eE][+-]?\d+)?$/.test(arg)) return false;
      return !this._getCommandAndAncestors().some(
        (cmd) => cmd.options.map((opt) => opt.short).some((short) => /^-\d$/.test(short))
      );
    };
    let activeVariadicOption = null;
    let activeGroup = null;
    let i5 = 0;
    while (i5 < args.length || activeGroup) {
      const arg = activeGroup ?? args[i5++];
      activeGroup = null;
      if (arg === "--") {
        if (dest === unknown) dest.push(arg);
        dest.push(...args.slice(i5));
        break;
      }
      if (activeVariadicOption && (!maybeOption(arg) || negativeNumberArg(arg))) {
        this.emit(`option:${activeVariadicOption.name()}`, arg);
        continue;
      }
      activeVariadicOption = null;
      if (maybeOption(arg)) {
        const option2 = this._findOption(arg);
        if (option2) {
          if (option2.required) {
            const value = args[i5++];
            if (value === void 0) this.optionMissingArgument(option2);
            this.emit(`option:${option2.name()}`, value);
          } else if (option2.optional) {
            let value = null;
            if (i5 < args.length && (!maybeOption(args[i5]) || negativeNumberArg(args[i5]))) {
              value = args[i5++];
            }
            this.emit(`option:${option2.name()}`, value);
          } else {
            this.emit(`option:${option2.name()}`);
          }
          activeVariadicOption = option2.variadic ? option2 : null;
          continue;
        }
      }
      if (arg.length > 2 && arg[0] === "-" && arg[1] !== "-") {
        const option2 = this._findOption(`-${arg[1]}`);
        if (option2) {
          if (option2.required || option2.optional && this._combineFlagAndOptionalValue) {
            this.emit(`option:${option2.name()}`, arg.slice(2));
          } else {
            this.emit(`option:${option2.name()}`);
            activeGroup = `-${arg.slice(2)}`;
          }
          continue;
        }
      }
      if (/^--[^=]+=/.test(arg)) {
        const index = arg.indexOf("=");
        const option2 = this._findOption(arg.slice(0, index));
        if (option2 && (option2.required || option2.optional)) {
          this.emit(`option:${option2.name()}`, arg.slice(index + 1));
          continue;
        }
      }
      if (dest === operands && maybeOption(arg) && !(this.commands.length === 0 && negativeNumberArg(arg))) {
        dest = unknown;
      }
      if ((this._enablePositionalOptions || this._passThroughOptions) && operands.length === 0 && unknown.length === 0) {
        if (this._findCommand(arg)) {
          operands.push(arg);
          unknown.push(...args.slice(i5));
          break;
        } else if (this._getHelpCommand() && arg === this._getHelpCommand().name()) {
          operands.push(arg, ...args.slice(i5));
          break;
        } else if (this._defaultCommandName) {
          unknown.push(arg, ...args.slice(i5));
          break;
        }
      }
      if (this._passThroughOptions) {
        dest.push(arg, ...args.slice(i5));
        break;
      }
      dest.push(arg);
    }
    return { operands, unknown };
  }
  /**
   * Return an object containing local option values as key-value pairs.
   *
   * @return {object}
   */
  opts() {
    if (this._storeOptionsAsProperties) {
      const result = {};
      const len = this.options.length;
      for (let i5 = 0; i5 < len; i5++) {
        const key2 = this.options[i5].attributeName();
        result[key2] = key2 === this._versionOptionName ? this._version : this[key2];
      }
      return result;
    }
    return this._optionValues;
  }
  /**
   * Return an object containing merged local and global option values as key-value pairs.
   *
   * @return {object}
   */
  optsWithGlobals() {
    return this._getCommandAndAncestors().reduce(
      (combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()),
      {}
    );
  }
  /**
   * Display error message and exit (or call exitOverride).
   *
   * @param {string} message
   * @param {object} [errorOptions]
   * @param {string} [errorOptions.code] - an id string representing the error
   * @param {number} [errorOptions.exitCode] - used with process.exit
   */
  error(message, errorOptions) {
    this._outputConfiguration.outputError(
      `${message}
`,
      this._outputConfiguration.writeErr
    );
    if (typeof this._showHelpAfterError === "string") {
      this._outputConfiguration.writeErr(`${this._showHelpAfterError}
`);
    } else if (this._showHelpAfterError) {
      this._outputConfiguration.writeErr("\n");
      this.outputHelp({ error: true });
    }
    const config = errorOptions || {};
    const exitCode2 = config.exitCode || 1;
    const code2 = config.code || "commander.error";
    this._exit(exitCode2, code2, message);
  }
  /**
   * Apply any option related environment variables, if option does
   * not have a value from cli or client code.
   *
   * @private
   */
  _parseOptionsEnv() {
    this.options.forEach((option2) => {
      if (option2.envVar && option2.envVar in process2.env) {
        const optionKey = option2.attributeName();
        if (this.getOptionValue(optionKey) === void 0 || ["default", "config", "env"].includes(
          this.getOptionValueSource(optionKey)
        )) {
          if (option2.required || option2.optional) {
            this.emit(`optionEnv:${option2.name()}`, process2.env[option2.envVar]);
          } else {
            this.emit(`optionEnv:${option2.name()}`);
          }
        }
      }
    });
  }
  /**
   * Apply any implied option values, if option is undefined or default value.
   *
   * @private
   */
  _parseOptionsImplied() {
    const dualHelper = new DualOptions(this.options);
    const hasCustomOptionValue = (optionKey) => {
      return this.getOptionValue(optionKey) !== void 0 && !["default", "implied"].includes(this.getOptionValueSource(optionKey));
    };
    this.options.filter(
      (option2) => option2.implied !== void 0 && hasCustomOptionValue(option2.attributeName()) && dualHelper.valueFromOption(
        this.getOptionValue(option2.attributeName()),
        option2
      )
    ).forEach((option2) => {
      Object.keys(option2.implied).filter((impliedKey) => !hasCustomOptionValue(impliedKey)).forEach((impliedKey) => {
        this.setOptionValueWithSource(
          impliedKey,
          option2.implied[impliedKey],
          "implied"
        );
      });
    });
  }
  /**
   * Argument `name` is missing.
   *
   * @param {string} name
   * @private
   */
  missingArgument(name4) {
    const message = `error: missing required argument '${name4}'`;
    this.error(message, { code: "commander.missingArgument" });
  }
  /**
   * `Option` is missing an argument.
   *
   * @param {Option} option
   * @private
   */
  optionMissingArgument(option2) {
    const message = `error: option '${option2.flags}' argument missing`;
    this.error(message, { code: "commander.optionMissingArgument" });
  }
  /**
   * `Option` does not have a value, and is a mandatory option.
   *
   * @param {Option} option
   * @private
   */
  missingMandatoryOptionValue(option2) {
    const message = `error: required option '${option2.flags}' not specified`;
    this.error(message, { code: "commander.missingMandatoryOptionValue" });
  }
  /**
   * `Option` conflicts with another option.
   *
   * @param {Option} option
   * @param {Option} conflictingOption
   * @private
   */
  _conflictingOption(option2, conflictingOption) {
    const findBestOptionFromValue = (option3) => {
      const optionKey = option3.attributeName();
      const optionValue = this.getOptionValue(optionKey);
      const negativeOption = this.options.find(
        (target2) => target2.negate && optionKey === target2.attributeName()
      );
      const positiveOption = this.options.find(
        (target2) => !target2.negate && optionKey === target2.attributeName()
      );
      if (negativeOption && (negativeOption.presetArg === void 0 && optionValue === false || negativeOption.presetArg !== void 0 && optionValue === negativeOption.presetArg)) {
        return negativeOption;
      }
      return positiveOption || option3;
    };
    const getErrorMessage = (option3) => {
      const bestOption = findBestOptionFromValue(option3);
      const optionKey = bestOption.attributeName();
      const source = this.getOptionValueSource(optionKey);
      if (source === "env") {
        return `environment variable '${bestOption.envVar}'`;
      }
      return `option '${bestOption.flags}'`;
    };
    const message = `error: ${getErrorMessage(option2)} cannot be used with ${getErrorMessage(conflictingOption)}`;
    this.error(message, { code: "commander.conflictingOption" });
  }
  /**
   * Unknown option `flag`.
   *
   * @param {string} flag
   * @private
   */
  unknownOption(flag) {
    if (this._allowUnknownOption) return;
    let suggestion = "";
    if (flag.startsWith("--") && this._showSuggestionAfterError) {
      let candidateFlags = [];
      let command = this;
      do {
        const moreFlags = command.createHelp().visibleOptions(command).filter((option2) => option2.long).map((option2) => option2.long);
        candidateFlags = candidateFlags.concat(moreFlags);
        command = command.parent;
      } while (command && !command._enablePositionalOptions);
      suggestion = suggestSimilar(flag, candidateFlags);
    }
    const message = `error: unknown option '${flag}'${suggestion}`;
    this.error(message, { code: "commander.unknownOption" });
  }
  /**
   * Excess arguments, more than expected.
   *
   * @param {string[]} receivedArgs
   * @private
   */
  _excessArguments(receivedArgs) {
    if (this._allowExcessArguments) return;
    const expected = this.registeredArguments.length;
    const s2 = expected === 1 ? "" : "s";
    const received = receivedArgs.length;
    const forSubcommand = this.parent ? ` for '${this.name()}'` : "";
    const details = receivedArgs.join(", ");
    const message = `error: too many arguments${forSubcommand}. Expected ${expected} argument${s2} but got ${received}: ${details}.`;
    this.error(message, { code: "commander.excessArguments" });
  }
  /**
   * Unknown command.
   *
   * @private
   */
  unknownCommand() {
    const unknownName = this.args[0];
    let suggestion = "";
    if (this._showSuggestionAfterError) {
      const candidateNames = [];
      this.createHelp().visibleCommands(this).forEach((command) => {
        candidateNames.push(command.name());
        if (command.alias()) candidateNames.push(command.alias());
      });
      suggestion = suggestSimilar(unknownName, candidateNames);
    }
    const message = `error: unknown command '${unknownName}'${suggestion}`;
    this.error(message, { code: "commander.unknownCommand" });
  }
  /**
   * Get or set the program version.
   *
   * This method auto-registers the "-V, --version" option which will print the version number.
   *
   * You can optionally supply the flags and description to override the defaults.
   *
   * @param {string} [str]
   * @param {string} [flags]
   * @param {string} [description]
   * @return {(this | string | undefined)} `this` command for chaining, or version string if no arguments
   */
  version(str, flags2, description) {
    if (str === void 0) return this._version;
    this._version = str;
    flags2 = flags2 || "-V, --version";
    description = description || "output the version number";
    const versionOption = this.createOption(flags2, description);
    this._versionOptionName = versionOption.attributeName();
    this._registerOption(versionOption);
    this.on("option:" + versionOption.name(), () => {
      this._outputConfiguration.writeOut(`${str}
`);
      this._exit(0, "commander.version", str);
    });
    return this;
  }
  /**
   * Set the description.
   *
   * @param {string} [str]
   * @param {object} [argsDescription]
   * @return {(string|Command)}
   */
  description(str, argsDescription) {
    if (str === void 0 && argsDescription === void 0)
      return this._description;
    this._description = str;
    if (argsDescription) {
      this._argsDescription = argsDescription;
    }
    return this;
  }
  /**
   * Set the summary. Used when listed as subcommand of parent.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  summary(str) {
    if (str === void 0) return this._summary;
    this._summary = str;
    return this;
  }
  /**
   * Set an alias for the command.
   *
   * You may call more than once to add multiple aliases. Only the first alias is shown in the auto-generated help.
   *
   * @param {string} [alias]
   * @return {(string|Command)}
   */
  alias(alias) {
    if (alias === void 0) return this._aliases[0];
    let command = this;
    if (this.commands.length !== 0 && this.commands[this.commands.length - 1]._executableHandler) {
      command = this.commands[this.commands.length - 1];
    }
    if (alias === command._name)
      throw new Error("Command alias can't be the same as its name");
    const matchingCommand = this.parent?._findCommand(alias);
    if (matchingCommand) {
      const existingCmd = [matchingCommand.name()].concat(matchingCommand.aliases()).join("|");
      throw new Error(
        `cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`
      );
    }
    command._aliases.push(alias);
    return this;
  }
  /**
   * Set aliases for the command.
   *
   * Only the first alias is shown in the auto-generated help.
   *
   * @param {string[]} [aliases]
   * @return {(string[]|Command)}
   */
  aliases(aliases) {
    if (aliases === void 0) return this._aliases;
    aliases.forEach((alias) => this.alias(alias));
    return this;
  }
  /**
   * Set / get the command usage `str`.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  usage(str) {
    if (str === void 0) {
      if (this._usage) return this._usage;
      const args = this.registeredArguments.map((arg) => {
        return humanReadableArgName(arg);
      });
      return [].concat(
        this.options.length || this._helpOption !== null ? "[options]" : [],
        this.commands.length ? "[command]" : [],
        this.registeredArguments.length ? args : []
      ).join(" ");
    }
    this._usage = str;
    return this;
  }
  /**
   * Get or set the name of the command.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  name(str) {
    if (str === void 0) return this._name;
    this._name = str;
    return this;
  }
  /**
   * Set/get the help group heading for this subcommand in parent command's help.
   *
   * @param {string} [heading]
   * @return {Command | string}
   */
  helpGroup(heading) {
    if (heading === void 0) return this._helpGroupHeading ?? "";
    this._helpGroupHeading = heading;
    return this;
  }
  /**
   * Set/get the default help group heading for subcommands added to this command.
   * (This does not override a group set directly on the subcommand using .helpGroup().)
   *
   * @example
   * program.commandsGroup('Development Commands:');
   * program.command('watch')...
   * program.command('lint')...
   * ...
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  commandsGroup(heading) {
    if (heading === void 0) return this._defaultCommandGroup ?? "";
    this._defaultCommandGroup = heading;
    return this;
  }
  /**
   * Set/get the default help group heading for options added to this command.
   * (This does not override a group set directly on the option using .helpGroup().)
   *
   * @example
   * program
   *   .optionsGroup('Development Options:')
   *   .option('-d, --debug', 'output extra debugging')
   *   .option('-p, --profile', 'output profiling information')
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  optionsGroup(heading) {
    if (heading === void 0) return this._defaultOptionGroup ?? "";
    this._defaultOptionGroup = heading;
    return this;
  }
  /**
   * @param {Option} option
   * @private
   */
  _initOptionGroup(option2) {
    if (this._defaultOptionGroup && !option2.helpGroupHeading)
      option2.helpGroup(this._defaultOptionGroup);
  }
  /**
   * @param {Command} cmd
   * @private
   */
  _initCommandGroup(cmd) {
    if (this._defaultCommandGroup && !cmd.helpGroup())
      cmd.helpGroup(this._defaultCommandGroup);
  }
  /**
   * Set the name of the command from script filename, such as process.argv[1],
   * or import.meta.filename.
   *
   * (Used internally and public although not documented in README.)
   *
   * @example
   * program.nameFromFilename(import.meta.filename);
   *
   * @param {string} filename
   * @return {Command}
   */
  nameFromFilename(filename) {
    this._name = path.basename(filename, path.extname(filename));
    return this;
  }
  /**
   * Get or set the directory for searching for executable subcommands of this command.
   *
   * @example
   * program.executableDir(import.meta.dirname);
   * // or
   * program.executableDir('subcommands');
   *
   * @param {string} [path]
   * @return {(string|null|Command)}
   */
  executableDir(path60) {
    if (path60 === void 0) return this._executableDir;
    this._executableDir = path60;
    return this;
  }
  /**
   * Return program help documentation.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to wrap for stderr instead of stdout
   * @return {string}
   */
  helpInformation(contextOptions) {
    const helper = this.createHelp();
    const context = this._getOutputContext(contextOptions);
    helper.prepareContext({
      error: context.error,
      helpWidth: context.helpWidth,
      outputHasColors: context.hasColors
    });
    const text2 = helper.formatHelp(this, helper);
    if (context.hasColors) return text2;
    return this._outputConfiguration.stripColor(text2);
  }
  /**
   * @typedef HelpContext
   * @type {object}
   * @property {boolean} error
   * @property {number} helpWidth
   * @property {boolean} hasColors
   * @property {function} write - includes stripColor if needed
   *
   * @returns {HelpContext}
   * @private
   */
  _getOutputContext(contextOptions) {
    contextOptions = contextOptions || {};
    const error = !!contextOptions.error;
    let baseWrite;
    let hasColors;
    let helpWidth;
    if (error) {
      baseWrite = (str) => this._outputConfiguration.writeErr(str);
      hasColors = this._outputConfiguration.getErrHasColors();
      helpWidth = this._outputConfiguration.getErrHelpWidth();
    } else {
      baseWrite = (str) => this._outputConfiguration.writeOut(str);
      hasColors = this._outputConfiguration.getOutHasColors();
      helpWidth = this._outputConfiguration.getOutHelpWidth();
    }
    const write2 = (str) => {
      if (!hasColors) str = this._outputConfiguration.stripColor(str);
      return baseWrite(str);
    };
    return { error, write: write2, hasColors, helpWidth };
  }
  /**
   * Output help information for this command.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean } | Function} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */
  outputHelp(contextOptions) {
    let deprecatedCallback;
    if (typeof contextOptions === "function") {
      deprecatedCallback = contextOptions;
      contextOptions = void 0;
    }
    const outputContext = this._getOutputContext(contextOptions);
    const eventContext = {
      error: outputContext.error,
      write: outputContext.write,
      command: this
    };
    this._getCommandAndAncestors().reverse().forEach((command) => command.emit("beforeAllHelp", eventContext));
    this.emit("beforeHelp", eventContext);
    let helpInformation = this.helpInformation({ error: outputContext.error });
    if (deprecatedCallback) {
      helpInformation = deprecatedCallback(helpInformation);
      if (typeof helpInformation !== "string" && !Buffer.isBuffer(helpInformation)) {
        throw new Error("outputHelp callback must return a string or a Buffer");
      }
    }
    outputContext.write(helpInformation);
    if (this._getHelpOption()?.long) {
      this.emit(this._getHelpOption().long);
    }
    this.emit("afterHelp", eventContext);
    this._getCommandAndAncestors().forEach(
      (command) => command.emit("afterAllHelp", eventContext)
    );
  }
  /**
   * You can pass in flags and a description to customise the built-in help option.
   * Pass in false to disable the built-in help option.
   *
   * @example
   * program.helpOption('-?, --help', 'show help'); // customise
   * program.helpOption(false); // disable
   *
   * @param {(string | boolean)} flags
   * @param {string} [description]
   * @return {Command} `this` command for chaining
   */
  helpOption(flags2, description) {
    if (typeof flags2 === "boolean") {
      if (flags2) {
        if (this._helpOption === null) this._helpOption = void 0;
        if (this._defaultOptionGroup) {
          this._initOptionGroup(this._getHelpOption());
        }
      } else {
        this._helpOption = null;
      }
      return this;
    }
    this._helpOption = this.createOption(
      flags2 ?? "-h, --help",
      description ?? "display help for command"
    );
    if (flags2 || description) this._initOptionGroup(this._helpOption);
    return this;
  }
  /**
   * Lazy create help option.
   * Returns null if has been disabled with .helpOption(false).
   *
   * @returns {(Option | null)} the help option
   * @package
   */
  _getHelpOption() {
    if (this._helpOption === void 0) {
      this.helpOption(void 0, void 0);
    }
    return this._helpOption;
  }
  /**
   * Supply your own option to use for the built-in help option.
   * This is an alternative to using helpOption() to customise the flags and description etc.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addHelpOption(option2) {
    this._helpOption = option2;
    this._initOptionGroup(option2);
    return this;
  }
  /**
   * Output help information and exit.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */
  help(contextOptions) {
    this.outputHelp(contextOptions);
    let exitCode2 = Number(process2.exitCode ?? 0);
    if (exitCode2 === 0 && contextOptions && typeof contextOptions !== "function" && contextOptions.error) {
      exitCode2 = 1;
    }
    this._exit(exitCode2, "commander.help", "(outputHelp)");
  }
  /**
   * // Do a little typing to coordinate emit and listener for the help text events.
   * @typedef HelpTextEventContext
   * @type {object}
   * @property {boolean} error
   * @property {Command} command
   * @property {function} write
   */
  /**
   * Add additional text to be displayed with the built-in help.
   *
   * Position is 'before' or 'after' to affect just this command,
   * and 'beforeAll' or 'afterAll' to affect this command and all its subcommands.
   *
   * @param {string} position - before or after built-in help
   * @param {(string | Function)} text - string to add, or a function returning a string
   * @return {Command} `this` command for chaining
   */
  addHelpText(position2, text2) {
    const allowedValues = ["beforeAll", "before", "after", "afterAll"];
    if (!allowedValues.includes(position2)) {
      throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
    }
    const helpEvent = `${position2}Help`;
    this.on(helpEvent, (context) => {
      let helpStr;
      if (typeof text2 === "function") {
        helpStr = text2({ error: context.error, command: context.command });
      } else {
        helpStr = text2;
      }
      if (helpStr) {
        context.write(`${helpStr}
`);
      }
    });
    return this;
  }
  /**
   * Output help information if help flags specified
   *
   * @param {Array} args - array of options to search for help flags
   * @private
   */
  _outputHelpIfRequested(args) {
    const helpOption = this._getHelpOption();
    const helpRequested = helpOption && args.find((arg) => helpOption.is(arg));
    if (helpRequested) {
      this.outputHelp();
      this._exit(0, "commander.helpDisplayed", "(outputHelp)");
    }
  }
};
function incrementNodeInspectorPort(args) {
  return args.map((arg) => {
    if (!arg.startsWith("--inspect")) {
      return arg;
    }
    let debugOption;
    let debugHost = "127.0.0.1";
    let debugPort = "9229";
    let match2;
    if ((match2 = arg.match(/^(--inspect(-brk|-wait)?)$/)) !== null) {
      debugOption = match2[1];
    } else if ((match2 = arg.match(
      /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+)$/
    )) !== null) {
      debugOption = match2[1];
      if (/^\d+$/.test(match2[3])) {
        debugPort = match2[3];
      } else {
        debugHost = match2[3];
      }
    } else if ((match2 = arg.match(
      /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+):(\d+)$/
    )) !== null) {
      debugOption = match2[1];
      debugHost = match2[3];
      debugPort = match2[4];
    }
    if (debugOption && debugPort !== "0") {
      return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
    }
    return arg;
  });
}
function useColor() {
  if (process2.env.NO_COLOR || process2.env.FORCE_COLOR === "0" || process2.env.FORCE_COLOR === "false")
    return false;
  if (process2.env.FORCE_COLOR || process2.env.CLICOLOR_FORCE !== void 0)
    return true;
  return void 0;
}

// node_modules/commander/index.js
var program = new Command();

// package.json
var package_default = {
  name: "uv-fod",
  version: "0.1.0",
  description: "Keeps Nix fixed-output derivations of a uv.lock current: finds the change, computes the hash, patches, builds, verifies, opens the pull request.",
  license: "MIT",
  private: true,
  type: "module",
  engines: {
    node: ">=24"
  },
  bin: {
    "uv-fod": "dist/cli.js"
  },
  scripts: {
    build: "node script/build.mjs",
    "check:types": "tsc --noEmit",
    "check:lint": "biome ci --error-on-warnings .",
    "check:dist": "node script/build.mjs --check",
    "check:docs": "node script/docs.mjs --check",
    docs: "node script/docs.mjs",
    format: "script/format",
    snapshots: "node script/build.mjs && script/machine node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js --testTimeout 60000 --forceExit --selectProjects e2e --updateSnapshot -- pull-requests small updater-action",
    jest: "node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js"
  },
  devDependencies: {
    "@biomejs/biome": "2.5.15",
    "@jest/globals": "30.5.2",
    "@octokit/graphql-schema": "15.26.1",
    "@octokit/openapi-types": "29.0.1",
    "@types/markdown-it": "14.2.0",
    "@types/node": "24.19.2",
    "@types/semver": "7.8.0",
    "@types/tar-stream": "3.1.5",
    esbuild: "0.28.2",
    "fast-check": "4.10.2",
    graphql: "16.15.0",
    jest: "30.5.2",
    "markdown-it": "15.0.3",
    typescript: "7.0.2",
    yaml: "2.9.1"
  },
  dependencies: {
    "@actions/cache": "6.3.0",
    "@actions/core": "3.0.1",
    "@actions/exec": "3.0.0",
    "@actions/github": "9.1.1",
    "@bomb.sh/tab": "0.0.22",
    "@inquirer/input": "5.2.0",
    "@inquirer/select": "5.3.0",
    "@octokit/plugin-retry": "8.1.1",
    "@octokit/plugin-throttling": "11.0.5",
    "@octokit/request-error": "7.1.2",
    "@renovatebot/pep440": "5.0.1",
    commander: "15.1.0",
    diff: "9.0.0",
    fflate: "0.8.3",
    "p-limit": "7.3.3",
    semver: "7.8.6",
    "smol-toml": "1.9.1",
    "tar-stream": "3.2.2"
  },
  overrides: {
    "unrs-resolver": "1.11.1"
  }
};

// src/update/statuses.ts
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

// src/cli/exit-codes.ts
var found = {
  stale: "`check`: `uv.lock` changed, and the hash or the build lock did not",
  "not-reproducible": "`check`: two computations of the hash disagree",
  "cannot-fetch": "`check`: a locked file is missing or has changed",
  "does-not-build": "`check`: the build fails",
  "does-not-import": "`check`: a module can't be imported from the output"
};
var FAILED = 1;
var USAGE = 2;
var exitCodes2 = [
  { code: 0, name: "done", when: "success, or nothing to do; `check`: current" },
  { code: FAILED, name: "failed", when: "failure; the message has the cause and the fix" },
  {
    code: USAGE,
    name: "usage",
    when: "unknown command or option, or an invalid value"
  },
  ...Object.entries(found).map(([name4, when]) => ({ code: exitCodes[name4], name: name4, when })),
  { code: 129, name: "SIGHUP", when: "the terminal was closed; all changes are undone" },
  { code: 130, name: "SIGINT", when: "Ctrl-C; all changes are undone" },
  { code: 143, name: "SIGTERM", when: "terminated; all changes are undone" }
];

// src/cli/init/ask.ts
import { setTimeout as setTimeout2 } from "node:timers/promises";

// node_modules/@inquirer/core/dist/lib/key.js
var keybindings = ["emacs", "vim"];
var keybindingLookup = new Set(keybindings);
function isKeybinding(value) {
  return keybindingLookup.has(value);
}
function getDefaultKeybindings() {
  const env3 = process.env["INQUIRER_KEYBINDINGS"];
  if (!env3)
    return [];
  return Array.from(new Set(env3.toLowerCase().split(/[\s,]+/).filter(isKeybinding)));
}
var isUpKey = (key2, keybindings2 = []) => (
  // The up key
  key2.name === "up" || // Vim keybinding: hjkl keys map to left/down/up/right
  keybindings2.includes("vim") && key2.name === "k" || // Emacs keybinding: Ctrl+P means "previous" in Emacs navigation conventions
  keybindings2.includes("emacs") && key2.ctrl && key2.name === "p"
);
var isDownKey = (key2, keybindings2 = []) => (
  // The down key
  key2.name === "down" || // Vim keybinding: hjkl keys map to left/down/up/right
  keybindings2.includes("vim") && key2.name === "j" || // Emacs keybinding: Ctrl+N means "next" in Emacs navigation conventions
  keybindings2.includes("emacs") && key2.ctrl && key2.name === "n"
);
var isBackspaceKey = (key2) => key2.name === "backspace";
var isTabKey = (key2) => key2.name === "tab";
var isNumberKey = (key2) => "1234567890".includes(key2.name);
var isEnterKey = (key2) => key2.name === "enter" || key2.name === "return";

// node_modules/@inquirer/core/dist/lib/errors.js
var AbortPromptError = class extends Error {
  name = "AbortPromptError";
  message = "Prompt was aborted";
  constructor(options2) {
    super();
    this.cause = options2?.cause;
  }
};
var CancelPromptError = class extends Error {
  name = "CancelPromptError";
  message = "Prompt was canceled";
};
var ExitPromptError = class extends Error {
  name = "ExitPromptError";
};
var HookError = class extends Error {
  name = "HookError";
};
var ValidationError = class extends Error {
  name = "ValidationError";
};

// node_modules/@inquirer/core/dist/lib/use-state.js
import { AsyncResource as AsyncResource2 } from "node:async_hooks";

// node_modules/@inquirer/core/dist/lib/hook-engine.js
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
var hookStorage = new AsyncLocalStorage();
function createStore(rl) {
  const store = {
    rl,
    hooks: [],
    hooksCleanup: [],
    hooksEffect: [],
    index: 0,
    handleChange() {
    }
  };
  return store;
}
function withHooks(rl, cb) {
  const store = createStore(rl);
  function cycle(render) {
    store.handleChange = () => {
      store.index = 0;
      render();
    };
    store.handleChange();
  }
  return hookStorage.run(store, () => cb(cycle));
}
function getStore() {
  const store = hookStorage.getStore();
  if (!store) {
    throw new HookError("[Inquirer] Hook functions can only be called from within a prompt");
  }
  return store;
}
function readline() {
  return getStore().rl;
}
function withUpdates(fn) {
  const wrapped = (...args) => {
    const store = getStore();
    let shouldUpdate = false;
    const oldHandleChange = store.handleChange;
    store.handleChange = () => {
      shouldUpdate = true;
    };
    const returnValue = fn(...args);
    if (shouldUpdate) {
      oldHandleChange();
    }
    store.handleChange = oldHandleChange;
    return returnValue;
  };
  return AsyncResource.bind(wrapped);
}
function withPointer(cb) {
  const store = getStore();
  const { index } = store;
  const pointer = {
    get() {
      return store.hooks[index];
    },
    set(value) {
      store.hooks[index] = value;
    },
    initialized: index in store.hooks
  };
  const returnValue = cb(pointer);
  store.index++;
  return returnValue;
}
function handleChange() {
  getStore().handleChange();
}
var effectScheduler = {
  queue(cb) {
    const store = getStore();
    const { index } = store;
    store.hooksEffect.push(() => {
      store.hooksCleanup[index]?.();
      const cleanFn = cb(readline());
      if (cleanFn != null && typeof cleanFn !== "function") {
        throw new ValidationError("useEffect return value must be a cleanup function or nothing.");
      }
      store.hooksCleanup[index] = cleanFn;
    });
  },
  run() {
    const store = getStore();
    withUpdates(() => {
      store.hooksEffect.forEach((effect) => {
        effect();
      });
      store.hooksEffect.length = 0;
    })();
  },
  clearAll() {
    const store = getStore();
    store.hooksCleanup.forEach((cleanFn) => {
      cleanFn?.();
    });
    store.hooksEffect.length = 0;
    store.hooksCleanup.length = 0;
  }
};

// node_modules/@inquirer/core/dist/lib/use-state.js
function isFactory(value) {
  return typeof value === "function";
}
function isReducer(value) {
  return typeof value === "function";
}
function useState(defaultValue) {
  return withPointer((pointer) => {
    const setState = AsyncResource2.bind(function setState2(newValue) {
      const currentValue = pointer.get();
      const nextValue = isReducer(newValue) ? newValue(currentValue) : newValue;
      if (!Object.is(currentValue, nextValue)) {
        pointer.set(nextValue);
        handleChange();
      }
    });
    if (pointer.initialized) {
      return [pointer.get(), setState];
    }
    const value = isFactory(defaultValue) ? defaultValue() : defaultValue;
    pointer.set(value);
    return [value, setState];
  });
}

// node_modules/@inquirer/core/dist/lib/use-effect.js
function useEffect(cb, depArray) {
  withPointer((pointer) => {
    const oldDeps = pointer.get();
    const hasChanged = !Array.isArray(oldDeps) || depArray.some((dep, i5) => !Object.is(dep, oldDeps[i5]));
    if (hasChanged) {
      effectScheduler.queue(cb);
    }
    pointer.set(depArray);
  });
}

// node_modules/@inquirer/core/dist/lib/theme.js
import { styleText } from "node:util";

// node_modules/@inquirer/figures/dist/index.js
import process3 from "node:process";
function isUnicodeSupported() {
  if (!process3.platform.startsWith("win")) {
    return process3.env["TERM"] !== "linux";
  }
  return Boolean(process3.env["CI"]) || // CI environments generally support unicode
  Boolean(process3.env["WT_SESSION"]) || // Windows Terminal
  Boolean(process3.env["TERMINUS_SUBLIME"]) || // Terminus (<0.2.27)
  process3.env["ConEmuTask"] === "{cmd::Cmder}" || // ConEmu and cmder
  process3.env["TERM_PROGRAM"] === "Terminus-Sublime" || process3.env["TERM_PROGRAM"] === "vscode" || process3.env["TERM"] === "xterm-256color" || process3.env["TERM"] === "alacritty" || process3.env["TERMINAL_EMULATOR"] === "JetBrains-JediTerm";
}
var common = {
  circleQuestionMark: "(?)",
  questionMarkPrefix: "(?)",
  square: "█",
  squareDarkShade: "▓",
  squareMediumShade: "▒",
  squareLightShade: "░",
  squareTop: "▀",
  squareBottom: "▄",
  squareLeft: "▌",
  squareRight: "▐",
  squareCenter: "■",
  bullet: "●",
  dot: "․",
  ellipsis: "…",
  pointerSmall: "›",
  triangleUp: "▲",
  triangleUpSmall: "▴",
  triangleDown: "▼",
  triangleDownSmall: "▾",
  triangleLeftSmall: "◂",
  triangleRightSmall: "▸",
  home: "⌂",
  heart: "♥",
  musicNote: "♪",
  musicNoteBeamed: "♫",
  arrowUp: "↑",
  arrowDown: "↓",
  arrowLeft: "←",
  arrowRight: "→",
  arrowLeftRight: "↔",
  arrowUpDown: "↕",
  almostEqual: "≈",
  notEqual: "≠",
  lessOrEqual: "≤",
  greaterOrEqual: "≥",
  identical: "≡",
  infinity: "∞",
  subscriptZero: "₀",
  subscriptOne: "₁",
  subscriptTwo: "₂",
  subscriptThree: "₃",
  subscriptFour: "₄",
  subscriptFive: "₅",
  subscriptSix: "₆",
  subscriptSeven: "₇",
  subscriptEight: "₈",
  subscriptNine: "₉",
  oneHalf: "½",
  oneThird: "⅓",
  oneQuarter: "¼",
  oneFifth: "⅕",
  oneSixth: "⅙",
  oneEighth: "⅛",
  twoThirds: "⅔",
  twoFifths: "⅖",
  threeQuarters: "¾",
  threeFifths: "⅗",
  threeEighths: "⅜",
  fourFifths: "⅘",
  fiveSixths: "⅚",
  fiveEighths: "⅝",
  sevenEighths: "⅞",
  line: "─",
  lineBold: "━",
  lineDouble: "═",
  lineDashed0: "┄",
  lineDashed1: "┅",
  lineDashed2: "┈",
  lineDashed3: "┉",
  lineDashed4: "╌",
  lineDashed5: "╍",
  lineDashed6: "╴",
  lineDashed7: "╶",
  lineDashed8: "╸",
  lineDashed9: "╺",
  lineDashed10: "╼",
  lineDashed11: "╾",
  lineDashed12: "−",
  lineDashed13: "–",
  lineDashed14: "‐",
  lineDashed15: "⁃",
  lineVertical: "│",
  lineVerticalBold: "┃",
  lineVerticalDouble: "║",
  lineVerticalDashed0: "┆",
  lineVerticalDashed1: "┇",
  lineVerticalDashed2: "┊",
  lineVerticalDashed3: "┋",
  lineVerticalDashed4: "╎",
  lineVerticalDashed5: "╏",
  lineVerticalDashed6: "╵",
  lineVerticalDashed7: "╷",
  lineVerticalDashed8: "╹",
  lineVerticalDashed9: "╻",
  lineVerticalDashed10: "╽",
  lineVerticalDashed11: "╿",
  lineDownLeft: "┐",
  lineDownLeftArc: "╮",
  lineDownBoldLeftBold: "┓",
  lineDownBoldLeft: "┒",
  lineDownLeftBold: "┑",
  lineDownDoubleLeftDouble: "╗",
  lineDownDoubleLeft: "╖",
  lineDownLeftDouble: "╕",
  lineDownRight: "┌",
  lineDownRightArc: "╭",
  lineDownBoldRightBold: "┏",
  lineDownBoldRight: "┎",
  lineDownRightBold: "┍",
  lineDownDoubleRightDouble: "╔",
  lineDownDoubleRight: "╓",
  lineDownRightDouble: "╒",
  lineUpLeft: "┘",
  lineUpLeftArc: "╯",
  lineUpBoldLeftBold: "┛",
  lineUpBoldLeft: "┚",
  lineUpLeftBold: "┙",
  lineUpDoubleLeftDouble: "╝",
  lineUpDoubleLeft: "╜",
  lineUpLeftDouble: "╛",
  lineUpRight: "└",
  lineUpRightArc: "╰",
  lineUpBoldRightBold: "┗",
  lineUpBoldRight: "┖",
  lineUpRightBold: "┕",
  lineUpDoubleRightDouble: "╚",
  lineUpDoubleRight: "╙",
  lineUpRightDouble: "╘",
  lineUpDownLeft: "┤",
  lineUpBoldDownBoldLeftBold: "┫",
  lineUpBoldDownBoldLeft: "┨",
  lineUpDownLeftBold: "┥",
  lineUpBoldDownLeftBold: "┩",
  lineUpDownBoldLeftBold: "┪",
  lineUpDownBoldLeft: "┧",
  lineUpBoldDownLeft: "┦",
  lineUpDoubleDownDoubleLeftDouble: "╣",
  lineUpDoubleDownDoubleLeft: "╢",
  lineUpDownLeftDouble: "╡",
  lineUpDownRight: "├",
  lineUpBoldDownBoldRightBold: "┣",
  lineUpBoldDownBoldRight: "┠",
  lineUpDownRightBold: "┝",
  lineUpBoldDownRightBold: "┡",
  lineUpDownBoldRightBold: "┢",
  lineUpDownBoldRight: "┟",
  lineUpBoldDownRight: "┞",
  lineUpDoubleDownDoubleRightDouble: "╠",
  lineUpDoubleDownDoubleRight: "╟",
  lineUpDownRightDouble: "╞",
  lineDownLeftRight: "┬",
  lineDownBoldLeftBoldRightBold: "┳",
  lineDownLeftBoldRightBold: "┯",
  lineDownBoldLeftRight: "┰",
  lineDownBoldLeftBoldRight: "┱",
  lineDownBoldLeftRightBold: "┲",
  lineDownLeftRightBold: "┮",
  lineDownLeftBoldRight: "┭",
  lineDownDoubleLeftDoubleRightDouble: "╦",
  lineDownDoubleLeftRight: "╥",
  lineDownLeftDoubleRightDouble: "╤",
  lineUpLeftRight: "┴",
  lineUpBoldLeftBoldRightBold: "┻",
  lineUpLeftBoldRightBold: "┷",
  lineUpBoldLeftRight: "┸",
  lineUpBoldLeftBoldRight: "┹",
  lineUpBoldLeftRightBold: "┺",
  lineUpLeftRightBold: "┶",
  lineUpLeftBoldRight: "┵",
  lineUpDoubleLeftDoubleRightDouble: "╩",
  lineUpDoubleLeftRight: "╨",
  lineUpLeftDoubleRightDouble: "╧",
  lineUpDownLeftRight: "┼",
  lineUpBoldDownBoldLeftBoldRightBold: "╋",
  lineUpDownBoldLeftBoldRightBold: "╈",
  lineUpBoldDownLeftBoldRightBold: "╇",
  lineUpBoldDownBoldLeftRightBold: "╊",
  lineUpBoldDownBoldLeftBoldRight: "╉",
  lineUpBoldDownLeftRight: "╀",
  lineUpDownBoldLeftRight: "╁",
  lineUpDownLeftBoldRight: "┽",
  lineUpDownLeftRightBold: "┾",
  lineUpBoldDownBoldLeftRight: "╂",
  lineUpDownLeftBoldRightBold: "┿",
  lineUpBoldDownLeftBoldRight: "╃",
  lineUpBoldDownLeftRightBold: "╄",
  lineUpDownBoldLeftBoldRight: "╅",
  lineUpDownBoldLeftRightBold: "╆",
  lineUpDoubleDownDoubleLeftDoubleRightDouble: "╬",
  lineUpDoubleDownDoubleLeftRight: "╫",
  lineUpDownLeftDoubleRightDouble: "╪",
  lineCross: "╳",
  lineBackslash: "╲",
  lineSlash: "╱"
};
var specialMainSymbols = {
  tick: "✔",
  info: "ℹ",
  warning: "⚠",
  cross: "✘",
  squareSmall: "◻",
  squareSmallFilled: "◼",
  circle: "◯",
  circleFilled: "◉",
  circleDotted: "◌",
  circleDouble: "◎",
  circleCircle: "ⓞ",
  circleCross: "ⓧ",
  circlePipe: "Ⓘ",
  radioOn: "◉",
  radioOff: "◯",
  checkboxOn: "☒",
  checkboxOff: "☐",
  checkboxCircleOn: "ⓧ",
  checkboxCircleOff: "Ⓘ",
  pointer: "❯",
  triangleUpOutline: "△",
  triangleLeft: "◀",
  triangleRight: "▶",
  lozenge: "◆",
  lozengeOutline: "◇",
  hamburger: "☰",
  smiley: "㋡",
  mustache: "෴",
  star: "★",
  play: "▶",
  nodejs: "⬢",
  oneSeventh: "⅐",
  oneNinth: "⅑",
  oneTenth: "⅒"
};
var specialFallbackSymbols = {
  tick: "√",
  info: "i",
  warning: "‼",
  cross: "×",
  squareSmall: "□",
  squareSmallFilled: "■",
  circle: "( )",
  circleFilled: "(*)",
  circleDotted: "( )",
  circleDouble: "( )",
  circleCircle: "(○)",
  circleCross: "(×)",
  circlePipe: "(│)",
  radioOn: "(*)",
  radioOff: "( )",
  checkboxOn: "[×]",
  checkboxOff: "[ ]",
  checkboxCircleOn: "(×)",
  checkboxCircleOff: "( )",
  pointer: ">",
  triangleUpOutline: "∆",
  triangleLeft: "◄",
  triangleRight: "►",
  lozenge: "♦",
  lozengeOutline: "◊",
  hamburger: "≡",
  smiley: "☺",
  mustache: "┌─┐",
  star: "✶",
  play: "►",
  nodejs: "♦",
  oneSeventh: "1/7",
  oneNinth: "1/9",
  oneTenth: "1/10"
};
var mainSymbols = {
  ...common,
  ...specialMainSymbols
};
var fallbackSymbols = {
  ...common,
  ...specialFallbackSymbols
};
var shouldUseMain = isUnicodeSupported();
var figures = shouldUseMain ? mainSymbols : fallbackSymbols;
var dist_default = figures;
var replacements = Object.entries(specialMainSymbols);

// node_modules/@inquirer/core/dist/lib/theme.js
var defaultTheme = {
  prefix: {
    idle: styleText("blue", "?"),
    done: styleText("green", dist_default.tick)
  },
  spinner: {
    interval: 80,
    frames: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"].map((frame) => styleText("yellow", frame))
  },
  keybindings: [],
  style: {
    answer: (text2) => styleText("cyan", text2),
    message: (text2) => styleText("bold", text2),
    error: (text2) => styleText("red", `> ${text2}`),
    defaultAnswer: (text2) => styleText("dim", `(${text2})`),
    help: (text2) => styleText("dim", text2),
    highlight: (text2) => styleText("cyan", text2),
    key: (text2) => styleText("cyan", styleText("bold", `<${text2}>`))
  }
};
function getDefaultTheme() {
  return {
    ...defaultTheme,
    keybindings: getDefaultKeybindings()
  };
}

// node_modules/@inquirer/core/dist/lib/make-theme.js
function isPlainObject(value) {
  if (typeof value !== "object" || value === null)
    return false;
  let proto = value;
  while (Object.getPrototypeOf(proto) !== null) {
    proto = Object.getPrototypeOf(proto);
  }
  return Object.getPrototypeOf(value) === proto;
}
function deepMerge(...objects) {
  const output = {};
  for (const obj of objects) {
    for (const [key2, value] of Object.entries(obj)) {
      if (value === void 0)
        continue;
      const prevValue = output[key2];
      output[key2] = isPlainObject(prevValue) && isPlainObject(value) ? deepMerge(prevValue, value) : value;
    }
  }
  return output;
}
function makeTheme(...themes) {
  const themesToMerge = [
    getDefaultTheme(),
    ...themes.filter((theme) => theme != null)
  ];
  return deepMerge(...themesToMerge);
}

// node_modules/@inquirer/core/dist/lib/use-prefix.js
function usePrefix({ status = "idle", theme }) {
  const [showLoader, setShowLoader] = useState(false);
  const [tick, setTick] = useState(0);
  const { prefix: prefix2, spinner } = makeTheme(theme);
  useEffect(() => {
    if (status === "loading") {
      let tickInterval;
      let inc2 = -1;
      const delayTimeout = setTimeout(() => {
        setShowLoader(true);
        tickInterval = setInterval(() => {
          inc2 = inc2 + 1;
          setTick(inc2 % spinner.frames.length);
        }, spinner.interval);
      }, 300);
      return () => {
        clearTimeout(delayTimeout);
        clearInterval(tickInterval);
      };
    } else {
      setShowLoader(false);
    }
  }, [status]);
  if (showLoader) {
    return spinner.frames[tick];
  }
  const iconName = status === "loading" ? "idle" : status;
  return typeof prefix2 === "string" ? prefix2 : prefix2[iconName] ?? prefix2["idle"];
}

// node_modules/@inquirer/core/dist/lib/use-memo.js
function useMemo(fn, dependencies) {
  return withPointer((pointer) => {
    const prev = pointer.get();
    if (!pointer.initialized || prev.dependencies.length !== dependencies.length || prev.dependencies.some((dep, i5) => dep !== dependencies[i5])) {
      const value = fn();
      pointer.set({ value, dependencies });
      return value;
    }
    return prev.value;
  });
}

// node_modules/@inquirer/core/dist/lib/use-ref.js
function useRef(val) {
  return useState({ current: val })[0];
}

// node_modules/@inquirer/core/dist/lib/use-keypress.js
function useKeypress(userHandler) {
  const signal = useRef(userHandler);
  signal.current = userHandler;
  useEffect((rl) => {
    let ignore = false;
    const handler = withUpdates((_input, event2) => {
      if (ignore)
        return;
      void signal.current(event2, rl);
    });
    rl.input.on("keypress", handler);
    return () => {
      ignore = true;
      rl.input.removeListener("keypress", handler);
    };
  }, []);
}

// node_modules/@inquirer/core/dist/lib/utils.js
var import_cli_width = __toESM(require_cli_width(), 1);

// node_modules/fast-string-truncated-width/dist/utils.js
var getCodePointsLength = /* @__PURE__ */ (() => {
  const SURROGATE_PAIR_RE = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
  return (input) => {
    let surrogatePairsNr = 0;
    SURROGATE_PAIR_RE.lastIndex = 0;
    while (SURROGATE_PAIR_RE.test(input)) {
      surrogatePairsNr += 1;
    }
    return input.length - surrogatePairsNr;
  };
})();
var isFullWidth = (x2) => {
  return x2 === 12288 || x2 >= 65281 && x2 <= 65376 || x2 >= 65504 && x2 <= 65510;
};
var isWideNotCJKTNotEmoji = (x2) => {
  return x2 === 8987 || x2 === 9001 || x2 >= 12272 && x2 <= 12287 || x2 >= 12289 && x2 <= 12350 || x2 >= 12441 && x2 <= 12543 || x2 >= 12549 && x2 <= 12591 || x2 >= 12593 && x2 <= 12686 || x2 >= 12688 && x2 <= 12771 || x2 >= 12783 && x2 <= 12830 || x2 >= 12832 && x2 <= 12871 || x2 >= 12880 && x2 <= 19903 || x2 >= 65040 && x2 <= 65049 || x2 >= 65072 && x2 <= 65106 || x2 >= 65108 && x2 <= 65126 || x2 >= 65128 && x2 <= 65131 || x2 >= 127488 && x2 <= 127490 || x2 >= 127504 && x2 <= 127547 || x2 >= 127552 && x2 <= 127560 || x2 >= 131072 && x2 <= 196605 || x2 >= 196608 && x2 <= 262141;
};

// node_modules/fast-string-truncated-width/dist/index.js
var ANSI_RE = /[\u001b\u009b][[()#;?]*(?:[0-9]{1,4}(?:;[0-9]{0,4})*)?[0-9A-ORZcf-nqry=><]|\u001b\]8;[^;]*;.*?(?:\u0007|\u001b\u005c)/y;
var CONTROL_RE = /[\x00-\x08\x0A-\x1F\x7F-\x9F]{1,1000}/y;
var CJKT_WIDE_RE = /(?:(?![\uFF61-\uFF9F\uFF00-\uFFEF])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Tangut}]){1,1000}/yu;
var TAB_RE = /\t{1,1000}/y;
var EMOJI_RE = new RegExp("[\\u{1F1E6}-\\u{1F1FF}]{2}|\\u{1F3F4}[\\u{E0061}-\\u{E007A}]{2}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,3}\\u{E007F}|(?:\\p{Emoji}\\uFE0F\\u20E3?|\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}?|\\p{Emoji_Presentation})(?:\\u200D(?:\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}?|\\p{Emoji_Presentation}|\\p{Emoji}\\uFE0F\\u20E3?))*", "yu");
var LATIN_RE = /(?:[\x20-\x7E\xA0-\xFF](?!\uFE0F)){1,1000}/y;
var MODIFIER_RE = new RegExp("\\p{M}+", "gu");
var NO_TRUNCATION = { limit: Infinity, ellipsis: "" };
var getStringTruncatedWidth = (input, truncationOptions = {}, widthOptions = {}) => {
  const LIMIT = truncationOptions.limit ?? Infinity;
  const ELLIPSIS = truncationOptions.ellipsis ?? "";
  const ELLIPSIS_WIDTH = truncationOptions?.ellipsisWidth ?? (ELLIPSIS ? getStringTruncatedWidth(ELLIPSIS, NO_TRUNCATION, widthOptions).width : 0);
  const ANSI_WIDTH = 0;
  const CONTROL_WIDTH = widthOptions.controlWidth ?? 0;
  const TAB_WIDTH = widthOptions.tabWidth ?? 8;
  const EMOJI_WIDTH = widthOptions.emojiWidth ?? 2;
  const FULL_WIDTH_WIDTH = 2;
  const REGULAR_WIDTH = widthOptions.regularWidth ?? 1;
  const WIDE_WIDTH = widthOptions.wideWidth ?? FULL_WIDTH_WIDTH;
  const PARSE_BLOCKS = [
    [LATIN_RE, REGULAR_WIDTH],
    [ANSI_RE, ANSI_WIDTH],
    [CONTROL_RE, CONTROL_WIDTH],
    [TAB_RE, TAB_WIDTH],
    [EMOJI_RE, EMOJI_WIDTH],
    [CJKT_WIDE_RE, WIDE_WIDTH]
  ];
  let indexPrev = 0;
  let index = 0;
  let length = input.length;
  let lengthExtra = 0;
  let truncationEnabled = false;
  let truncationIndex = length;
  let truncationLimit = Math.max(0, LIMIT - ELLIPSIS_WIDTH);
  let unmatchedStart = 0;
  let unmatchedEnd = 0;
  let width = 0;
  let widthExtra = 0;
  outer: while (true) {
    if (unmatchedEnd > unmatchedStart || index >= length && index > indexPrev) {
      const unmatched = input.slice(unmatchedStart, unmatchedEnd) || input.slice(indexPrev, index);
      lengthExtra = 0;
      for (const char of unmatched.replaceAll(MODIFIER_RE, "")) {
        const codePoint = char.codePointAt(0) || 0;
        if (isFullWidth(codePoint)) {
          widthExtra = FULL_WIDTH_WIDTH;
        } else if (isWideNotCJKTNotEmoji(codePoint)) {
          widthExtra = WIDE_WIDTH;
        } else {
          widthExtra = REGULAR_WIDTH;
        }
        if (width + widthExtra > truncationLimit) {
          truncationIndex = Math.min(truncationIndex, Math.max(unmatchedStart, indexPrev) + lengthExtra);
        }
        if (width + widthExtra > LIMIT) {
          truncationEnabled = true;
          break outer;
        }
        lengthExtra += char.length;
        width += widthExtra;
      }
      unmatchedStart = unmatchedEnd = 0;
    }
    if (index >= length) {
      break outer;
    }
    for (let i5 = 0, l2 = PARSE_BLOCKS.length; i5 < l2; i5++) {
      const [BLOCK_RE, BLOCK_WIDTH] = PARSE_BLOCKS[i5];
      BLOCK_RE.lastIndex = index;
      if (BLOCK_RE.test(input)) {
        lengthExtra = BLOCK_RE === CJKT_WIDE_RE ? getCodePointsLength(input.slice(index, BLOCK_RE.lastIndex)) : BLOCK_RE === EMOJI_RE ? 1 : BLOCK_RE.lastIndex - index;
        widthExtra = lengthExtra * BLOCK_WIDTH;
        if (width + widthExtra > truncationLimit) {
          truncationIndex = Math.min(truncationIndex, index + Math.floor((truncationLimit - width) / BLOCK_WIDTH));
        }
        if (width + widthExtra > LIMIT) {
          truncationEnabled = true;
          break outer;
        }
        width += widthExtra;
        unmatchedStart = indexPrev;
        unmatchedEnd = index;
        index = indexPrev = BLOCK_RE.lastIndex;
        continue outer;
      }
    }
    index += 1;
  }
  return {
    width: truncationEnabled ? truncationLimit : width,
    index: truncationEnabled ? truncationIndex : length,
    truncated: truncationEnabled,
    ellipsed: truncationEnabled && LIMIT >= ELLIPSIS_WIDTH
  };
};
var dist_default2 = getStringTruncatedWidth;

// node_modules/fast-string-width/dist/index.js
var NO_TRUNCATION2 = {
  limit: Infinity,
  ellipsis: "",
  ellipsisWidth: 0
};
var fastStringWidth = (input, options2 = {}) => {
  return dist_default2(input, NO_TRUNCATION2, options2).width;
};
var dist_default3 = fastStringWidth;

// node_modules/fast-wrap-ansi/lib/main.js
var ESC = "\x1B";
var CSI = "";
var END_CODE = 39;
var ANSI_ESCAPE_BELL = "\x07";
var ANSI_CSI = "[";
var ANSI_OSC = "]";
var ANSI_SGR_TERMINATOR = "m";
var ANSI_ESCAPE_LINK = `${ANSI_OSC}8;;`;
var GROUP_REGEX = new RegExp(`(?:\\${ANSI_CSI}(?<code>\\d+)m|\\${ANSI_ESCAPE_LINK}(?<uri>.*)${ANSI_ESCAPE_BELL})`, "y");
var getClosingCode = (openingCode) => {
  if (openingCode >= 30 && openingCode <= 37)
    return 39;
  if (openingCode >= 90 && openingCode <= 97)
    return 39;
  if (openingCode >= 40 && openingCode <= 47)
    return 49;
  if (openingCode >= 100 && openingCode <= 107)
    return 49;
  if (openingCode === 1 || openingCode === 2)
    return 22;
  if (openingCode === 3)
    return 23;
  if (openingCode === 4)
    return 24;
  if (openingCode === 7)
    return 27;
  if (openingCode === 8)
    return 28;
  if (openingCode === 9)
    return 29;
  if (openingCode === 0)
    return 0;
  return void 0;
};
var wrapAnsiCode = (code2) => `${ESC}${ANSI_CSI}${code2}${ANSI_SGR_TERMINATOR}`;
var wrapAnsiHyperlink = (url) => `${ESC}${ANSI_ESCAPE_LINK}${url}${ANSI_ESCAPE_BELL}`;
var wrapWord = (rows, word3, columns) => {
  const characters = word3[Symbol.iterator]();
  let isInsideEscape = false;
  let isInsideLinkEscape = false;
  let lastRow = rows.at(-1);
  let visible2 = lastRow === void 0 ? 0 : dist_default3(lastRow);
  let currentCharacter = characters.next();
  let nextCharacter = characters.next();
  let rawCharacterIndex = 0;
  while (!currentCharacter.done) {
    const character = currentCharacter.value;
    const characterLength = dist_default3(character);
    if (visible2 + characterLength <= columns) {
      rows[rows.length - 1] += character;
    } else {
      rows.push(character);
      visible2 = 0;
    }
    if (character === ESC || character === CSI) {
      isInsideEscape = true;
      isInsideLinkEscape = word3.startsWith(ANSI_ESCAPE_LINK, rawCharacterIndex + 1);
    }
    if (isInsideEscape) {
      if (isInsideLinkEscape) {
        if (character === ANSI_ESCAPE_BELL) {
          isInsideEscape = false;
          isInsideLinkEscape = false;
        }
      } else if (character === ANSI_SGR_TERMINATOR) {
        isInsideEscape = false;
      }
    } else {
      visible2 += characterLength;
      if (visible2 === columns && !nextCharacter.done) {
        rows.push("");
        visible2 = 0;
      }
    }
    currentCharacter = nextCharacter;
    nextCharacter = characters.next();
    rawCharacterIndex += character.length;
  }
  lastRow = rows.at(-1);
  if (!visible2 && lastRow !== void 0 && lastRow.length && rows.length > 1) {
    rows[rows.length - 2] += rows.pop();
  }
};
var stringVisibleTrimSpacesRight = (string) => {
  const words = string.split(" ");
  let last = words.length;
  while (last) {
    if (dist_default3(words[last - 1])) {
      break;
    }
    last--;
  }
  if (last === words.length) {
    return string;
  }
  return words.slice(0, last).join(" ") + words.slice(last).join("");
};
var exec = (string, columns, options2 = {}) => {
  if (options2.trim !== false && string.trim() === "") {
    return "";
  }
  let returnValue = "";
  let escapeCode;
  let escapeUrl;
  const words = string.split(" ");
  let rows = [""];
  let rowLength = 0;
  for (let index = 0; index < words.length; index++) {
    const word3 = words[index];
    if (options2.trim !== false) {
      const row = rows.at(-1) ?? "";
      const trimmed = row.trimStart();
      if (row.length !== trimmed.length) {
        rows[rows.length - 1] = trimmed;
        rowLength = dist_default3(trimmed);
      }
    }
    if (index !== 0) {
      if (rowLength >= columns && (options2.wordWrap === false || options2.trim === false)) {
        rows.push("");
        rowLength = 0;
      }
      if (rowLength || options2.trim === false) {
        rows[rows.length - 1] += " ";
        rowLength++;
      }
    }
    const wordLength = dist_default3(word3);
    if (options2.hard && wordLength > columns) {
      const remainingColumns = columns - rowLength;
      const breaksStartingThisLine = 1 + Math.floor((wordLength - remainingColumns - 1) / columns);
      const breaksStartingNextLine = Math.floor((wordLength - 1) / columns);
      if (breaksStartingNextLine < breaksStartingThisLine) {
        rows.push("");
      }
      wrapWord(rows, word3, columns);
      rowLength = dist_default3(rows.at(-1) ?? "");
      continue;
    }
    if (rowLength + wordLength > columns && rowLength && wordLength) {
      if (options2.wordWrap === false && rowLength < columns) {
        wrapWord(rows, word3, columns);
        rowLength = dist_default3(rows.at(-1) ?? "");
        continue;
      }
      rows.push("");
      rowLength = 0;
    }
    if (rowLength + wordLength > columns && options2.wordWrap === false) {
      wrapWord(rows, word3, columns);
      rowLength = dist_default3(rows.at(-1) ?? "");
      continue;
    }
    rows[rows.length - 1] += word3;
    rowLength += wordLength;
  }
  if (options2.trim !== false) {
    rows = rows.map((row) => stringVisibleTrimSpacesRight(row));
  }
  const preString = rows.join("\n");
  let inSurrogate = false;
  for (let i5 = 0; i5 < preString.length; i5++) {
    const character = preString[i5];
    returnValue += character;
    if (!inSurrogate) {
      inSurrogate = character >= "\uD800" && character <= "\uDBFF";
      if (inSurrogate) {
        continue;
      }
    } else {
      inSurrogate = false;
    }
    if (character === ESC || character === CSI) {
      GROUP_REGEX.lastIndex = i5 + 1;
      const groupsResult = GROUP_REGEX.exec(preString);
      const groups2 = groupsResult?.groups;
      if (groups2?.code !== void 0) {
        const code2 = Number.parseFloat(groups2.code);
        escapeCode = code2 === END_CODE ? void 0 : code2;
      } else if (groups2?.uri !== void 0) {
        escapeUrl = groups2.uri.length === 0 ? void 0 : groups2.uri;
      }
    }
    if (preString[i5 + 1] === "\n") {
      if (escapeUrl) {
        returnValue += wrapAnsiHyperlink("");
      }
      const closingCode = escapeCode ? getClosingCode(escapeCode) : void 0;
      if (escapeCode && closingCode) {
        returnValue += wrapAnsiCode(closingCode);
      }
    } else if (character === "\n") {
      if (escapeCode && getClosingCode(escapeCode)) {
        returnValue += wrapAnsiCode(escapeCode);
      }
      if (escapeUrl) {
        returnValue += wrapAnsiHyperlink(escapeUrl);
      }
    }
  }
  return returnValue;
};
var CRLF_OR_LF = /\r?\n/;
function wrapAnsi(string, columns, options2) {
  return String(string).normalize().split(CRLF_OR_LF).map((line) => exec(line, columns, options2)).join("\n");
}

// node_modules/@inquirer/core/dist/lib/utils.js
function breakLines(content, width) {
  return content.split("\n").flatMap((line) => wrapAnsi(line, width, { trim: false, wordWrap: false }).split("\n").map((str) => str.trimEnd())).join("\n");
}
function readlineWidth() {
  return (0, import_cli_width.default)({ defaultWidth: 80, output: readline().output });
}

// node_modules/@inquirer/core/dist/lib/pagination/use-pagination.js
function usePointerPosition({ active, renderedItems, pageSize, loop }) {
  const state = useRef({
    lastPointer: active,
    lastActive: void 0
  });
  const { lastPointer, lastActive } = state.current;
  const middle = Math.floor(pageSize / 2);
  const renderedLength = renderedItems.reduce((acc, item) => acc + item.length, 0);
  const defaultPointerPosition = renderedItems.slice(0, active).reduce((acc, item) => acc + item.length, 0);
  let pointer = defaultPointerPosition;
  if (renderedLength > pageSize) {
    if (loop) {
      pointer = lastPointer;
      if (
        // First render, skip this logic.
        lastActive != null && // Only move the pointer down when the user moves down.
        lastActive < active && // Check user didn't move up across page boundary.
        active - lastActive < pageSize
      ) {
        pointer = Math.min(
          // Furthest allowed position for the pointer is the middle of the list
          middle,
          Math.abs(active - lastActive) === 1 ? Math.min(
            // Move the pointer at most the height of the last active item.
            lastPointer + (renderedItems[lastActive]?.length ?? 0),
            // If the user moved by one item, move the pointer to the natural position of the active item as
            // long as it doesn't move the cursor up.
            Math.max(defaultPointerPosition, lastPointer)
          ) : (
            // Otherwise, move the pointer down by the difference between the active and last active item.
            lastPointer + active - lastActive
          )
        );
      }
    } else {
      const spaceUnderActive = renderedItems.slice(active).reduce((acc, item) => acc + item.length, 0);
      pointer = spaceUnderActive < pageSize - middle ? (
        // If the active item is near the end of the list, progressively move the cursor towards the end.
        pageSize - spaceUnderActive
      ) : (
        // Otherwise, progressively move the pointer to the middle of the list.
        Math.min(defaultPointerPosition, middle)
      );
    }
  }
  state.current.lastPointer = pointer;
  state.current.lastActive = active;
  return pointer;
}
function usePagination({ items, active, renderItem, pageSize, loop = true }) {
  const width = readlineWidth();
  const bound = (num) => (num % items.length + items.length) % items.length;
  const renderedItems = items.map((item, index) => {
    if (item == null)
      return [];
    return breakLines(renderItem({ item, index, isActive: index === active }), width).split("\n");
  });
  const renderedLength = renderedItems.reduce((acc, item) => acc + item.length, 0);
  const renderItemAtIndex = (index) => renderedItems[index] ?? [];
  const pointer = usePointerPosition({ active, renderedItems, pageSize, loop });
  const activeItem = renderItemAtIndex(active).slice(0, pageSize);
  const activeItemPosition = pointer + activeItem.length <= pageSize ? pointer : pageSize - activeItem.length;
  const pageBuffer = Array.from({ length: pageSize });
  pageBuffer.splice(activeItemPosition, activeItem.length, ...activeItem);
  const itemVisited = /* @__PURE__ */ new Set([active]);
  let bufferPointer = activeItemPosition + activeItem.length;
  let itemPointer = bound(active + 1);
  while (bufferPointer < pageSize && !itemVisited.has(itemPointer) && (loop && renderedLength > pageSize ? itemPointer !== active : itemPointer > active)) {
    const lines = renderItemAtIndex(itemPointer);
    const linesToAdd = lines.slice(0, pageSize - bufferPointer);
    pageBuffer.splice(bufferPointer, linesToAdd.length, ...linesToAdd);
    itemVisited.add(itemPointer);
    bufferPointer += linesToAdd.length;
    itemPointer = bound(itemPointer + 1);
  }
  bufferPointer = activeItemPosition - 1;
  itemPointer = bound(active - 1);
  while (bufferPointer >= 0 && !itemVisited.has(itemPointer) && (loop && renderedLength > pageSize ? itemPointer !== active : itemPointer < active)) {
    const lines = renderItemAtIndex(itemPointer);
    const linesToAdd = lines.slice(Math.max(0, lines.length - bufferPointer - 1));
    pageBuffer.splice(bufferPointer - linesToAdd.length + 1, linesToAdd.length, ...linesToAdd);
    itemVisited.add(itemPointer);
    bufferPointer -= linesToAdd.length;
    itemPointer = bound(itemPointer - 1);
  }
  return pageBuffer.filter((line) => typeof line === "string").join("\n");
}

// node_modules/@inquirer/core/dist/lib/create-prompt.js
import * as readline2 from "node:readline";
import { AsyncResource as AsyncResource3 } from "node:async_hooks";

// node_modules/@inquirer/type/dist/utils.js
function withResolver() {
  let resolve2;
  let reject;
  const promise = new Promise((res, rej) => {
    resolve2 = res;
    reject = rej;
  });
  return { promise, resolve: resolve2, reject };
}

// node_modules/@inquirer/core/dist/lib/create-prompt.js
var import_mute_stream = __toESM(require_lib(), 1);

// node_modules/@inquirer/core/node_modules/signal-exit/dist/mjs/signals.js
var signals = [];
signals.push("SIGHUP", "SIGINT", "SIGTERM");
if (process.platform !== "win32") {
  signals.push(
    "SIGALRM",
    "SIGABRT",
    "SIGVTALRM",
    "SIGXCPU",
    "SIGXFSZ",
    "SIGUSR2",
    "SIGTRAP",
    "SIGSYS",
    "SIGQUIT",
    "SIGIOT"
    // should detect profiler and enable/disable accordingly.
    // see #21
    // 'SIGPROF'
  );
}
if (process.platform === "linux") {
  signals.push("SIGIO", "SIGPOLL", "SIGPWR", "SIGSTKFLT");
}

// node_modules/@inquirer/core/node_modules/signal-exit/dist/mjs/index.js
var processOk = (process5) => !!process5 && typeof process5 === "object" && typeof process5.removeListener === "function" && typeof process5.emit === "function" && typeof process5.reallyExit === "function" && typeof process5.listeners === "function" && typeof process5.kill === "function" && typeof process5.pid === "number" && typeof process5.on === "function";
var kExitEmitter = /* @__PURE__ */ Symbol.for("signal-exit emitter");
var global2 = globalThis;
var ObjectDefineProperty = Object.defineProperty.bind(Object);
var Emitter = class {
  emitted = {
    afterExit: false,
    exit: false
  };
  listeners = {
    afterExit: [],
    exit: []
  };
  count = 0;
  id = Math.random();
  constructor() {
    if (global2[kExitEmitter]) {
      return global2[kExitEmitter];
    }
    ObjectDefineProperty(global2, kExitEmitter, {
      value: this,
      writable: false,
      enumerable: false,
      configurable: false
    });
  }
  on(ev, fn) {
    this.listeners[ev].push(fn);
  }
  removeListener(ev, fn) {
    const list4 = this.listeners[ev];
    const i5 = list4.indexOf(fn);
    if (i5 === -1) {
      return;
    }
    if (i5 === 0 && list4.length === 1) {
      list4.length = 0;
    } else {
      list4.splice(i5, 1);
    }
  }
  emit(ev, code2, signal) {
    if (this.emitted[ev]) {
      return false;
    }
    this.emitted[ev] = true;
    let ret = false;
    for (const fn of this.listeners[ev]) {
      ret = fn(code2, signal) === true || ret;
    }
    if (ev === "exit") {
      ret = this.emit("afterExit", code2, signal) || ret;
    }
    return ret;
  }
};
var SignalExitBase = class {
};
var signalExitWrap = (handler) => {
  return {
    onExit(cb, opts) {
      return handler.onExit(cb, opts);
    },
    load() {
      return handler.load();
    },
    unload() {
      return handler.unload();
    }
  };
};
var SignalExitFallback = class extends SignalExitBase {
  onExit() {
    return () => {
    };
  }
  load() {
  }
  unload() {
  }
};
var SignalExit = class extends SignalExitBase {
  // "SIGHUP" throws an `ENOSYS` error on Windows,
  // so use a supported signal instead
  /* c8 ignore start */
  #hupSig = process4.platform === "win32" ? "SIGINT" : "SIGHUP";
  /* c8 ignore stop */
  #emitter = new Emitter();
  #process;
  #originalProcessEmit;
  #originalProcessReallyExit;
  #sigListeners = {};
  #loaded = false;
  constructor(process5) {
    super();
    this.#process = process5;
    this.#sigListeners = {};
    for (const sig of signals) {
      this.#sigListeners[sig] = () => {
        const listeners = this.#process.listeners(sig);
        let { count: count2 } = this.#emitter;
        const p = process5;
        if (typeof p.__signal_exit_emitter__ === "object" && typeof p.__signal_exit_emitter__.count === "number") {
          count2 += p.__signal_exit_emitter__.count;
        }
        if (listeners.length === count2) {
          this.unload();
          const ret = this.#emitter.emit("exit", null, sig);
          const s2 = sig === "SIGHUP" ? this.#hupSig : sig;
          if (!ret)
            process5.kill(process5.pid, s2);
        }
      };
    }
    this.#originalProcessReallyExit = process5.reallyExit;
    this.#originalProcessEmit = process5.emit;
  }
  onExit(cb, opts) {
    if (!processOk(this.#process)) {
      return () => {
      };
    }
    if (this.#loaded === false) {
      this.load();
    }
    const ev = opts?.alwaysLast ? "afterExit" : "exit";
    this.#emitter.on(ev, cb);
    return () => {
      this.#emitter.removeListener(ev, cb);
      if (this.#emitter.listeners["exit"].length === 0 && this.#emitter.listeners["afterExit"].length === 0) {
        this.unload();
      }
    };
  }
  load() {
    if (this.#loaded) {
      return;
    }
    this.#loaded = true;
    this.#emitter.count += 1;
    for (const sig of signals) {
      try {
        const fn = this.#sigListeners[sig];
        if (fn)
          this.#process.on(sig, fn);
      } catch (_) {
      }
    }
    this.#process.emit = (ev, ...a3) => {
      return this.#processEmit(ev, ...a3);
    };
    this.#process.reallyExit = (code2) => {
      return this.#processReallyExit(code2);
    };
  }
  unload() {
    if (!this.#loaded) {
      return;
    }
    this.#loaded = false;
    signals.forEach((sig) => {
      const listener = this.#sigListeners[sig];
      if (!listener) {
        throw new Error("Listener not defined for signal: " + sig);
      }
      try {
        this.#process.removeListener(sig, listener);
      } catch (_) {
      }
    });
    this.#process.emit = this.#originalProcessEmit;
    this.#process.reallyExit = this.#originalProcessReallyExit;
    this.#emitter.count -= 1;
  }
  #processReallyExit(code2) {
    if (!processOk(this.#process)) {
      return 0;
    }
    this.#process.exitCode = code2 || 0;
    this.#emitter.emit("exit", this.#process.exitCode, null);
    return this.#originalProcessReallyExit.call(this.#process, this.#process.exitCode);
  }
  #processEmit(ev, ...args) {
    const og = this.#originalProcessEmit;
    if (ev === "exit" && processOk(this.#process)) {
      if (typeof args[0] === "number") {
        this.#process.exitCode = args[0];
      }
      const ret = og.call(this.#process, ev, ...args);
      this.#emitter.emit("exit", this.#process.exitCode, null);
      return ret;
    } else {
      return og.call(this.#process, ev, ...args);
    }
  }
};
var process4 = globalThis.process;
var {
  /**
   * Called when the process is exiting, whether via signal, explicit
   * exit, or running out of stuff to do.
   *
   * If the global process object is not suitable for instrumentation,
   * then this will be a no-op.
   *
   * Returns a function that may be used to unload signal-exit.
   */
  onExit,
  /**
   * Load the listeners.  Likely you never need to call this, unless
   * doing a rather deep integration with signal-exit functionality.
   * Mostly exposed for the benefit of testing.
   *
   * @internal
   */
  load,
  /**
   * Unload the listeners.  Likely you never need to call this, unless
   * doing a rather deep integration with signal-exit functionality.
   * Mostly exposed for the benefit of testing.
   *
   * @internal
   */
  unload
} = signalExitWrap(processOk(process4) ? new SignalExit(process4) : new SignalExitFallback());

// node_modules/@inquirer/core/dist/lib/screen-manager.js
import { stripVTControlCharacters as stripVTControlCharacters3 } from "node:util";

// node_modules/@inquirer/ansi/dist/index.js
var ESC2 = "\x1B[";
var cursorLeft = ESC2 + "G";
var cursorHide = ESC2 + "?25l";
var cursorShow = ESC2 + "?25h";
var cursorUp = (rows = 1) => rows > 0 ? `${ESC2}${rows}A` : "";
var cursorDown = (rows = 1) => rows > 0 ? `${ESC2}${rows}B` : "";
var cursorTo = (x2, y) => {
  if (typeof y === "number" && !Number.isNaN(y)) {
    return `${ESC2}${y + 1};${x2 + 1}H`;
  }
  return `${ESC2}${x2 + 1}G`;
};
var eraseLine = ESC2 + "2K";
var eraseLines = (lines) => lines > 0 ? (eraseLine + cursorUp(1)).repeat(lines - 1) + eraseLine + cursorLeft : "";

// node_modules/@inquirer/core/dist/lib/screen-manager.js
var height = (content) => content.split("\n").length;
var lastLine = (content) => content.split("\n").pop() ?? "";
var ScreenManager = class {
  // These variables are keeping information to allow correct prompt re-rendering
  height = 0;
  extraLinesUnderPrompt = 0;
  cursorPos;
  rl;
  constructor(rl) {
    this.rl = rl;
    this.cursorPos = rl.getCursorPos();
  }
  write(content) {
    this.rl.output.unmute();
    this.rl.output.write(content);
    this.rl.output.mute();
  }
  render(content, bottomContent = "") {
    const promptLine = lastLine(content);
    const rawPromptLine = stripVTControlCharacters3(promptLine);
    let prompt = rawPromptLine;
    if (this.rl.line.length > 0) {
      prompt = prompt.slice(0, -this.rl.line.length);
    }
    this.rl.setPrompt(prompt);
    this.cursorPos = this.rl.getCursorPos();
    const width = readlineWidth();
    content = breakLines(content, width);
    bottomContent = breakLines(bottomContent, width);
    if (rawPromptLine.length % width === 0) {
      content += "\n";
    }
    let output = content + (bottomContent ? "\n" + bottomContent : "");
    const promptLineUpDiff = Math.floor(rawPromptLine.length / width) - this.cursorPos.rows;
    const bottomContentHeight = promptLineUpDiff + (bottomContent ? height(bottomContent) : 0);
    if (bottomContentHeight > 0)
      output += cursorUp(bottomContentHeight);
    output += cursorTo(this.cursorPos.cols);
    this.write(cursorDown(this.extraLinesUnderPrompt) + eraseLines(this.height) + output);
    this.extraLinesUnderPrompt = bottomContentHeight;
    this.height = height(output);
  }
  checkCursorPos() {
    const cursorPos = this.rl.getCursorPos();
    if (cursorPos.cols !== this.cursorPos.cols) {
      this.write(cursorTo(cursorPos.cols));
      this.cursorPos = cursorPos;
    }
  }
  done({ clearContent }) {
    this.rl.setPrompt("");
    let output = cursorDown(this.extraLinesUnderPrompt);
    output += clearContent ? eraseLines(this.height) : "\n";
    output += cursorLeft;
    output += cursorShow;
    this.write(output);
    this.rl.close();
  }
};

// node_modules/@inquirer/core/dist/lib/create-prompt.js
import path2 from "node:path";
var nativeSetImmediate = globalThis.setImmediate;
var nativeClearImmediate = globalThis.clearImmediate;
function listenTo(target2, event2, listener) {
  if ("on" in target2) {
    target2.on(event2, listener);
    return () => target2.removeListener(event2, listener);
  }
  target2.addEventListener(event2, listener);
  return () => target2.removeEventListener(event2, listener);
}
function getCallSites() {
  const savedPrepareStackTrace = Error.prepareStackTrace;
  let result = [];
  try {
    Error.prepareStackTrace = (_, callSites) => {
      const callSitesWithoutCurrent = callSites.slice(1);
      result = callSitesWithoutCurrent;
      return callSitesWithoutCurrent;
    };
    new Error().stack;
  } catch {
    return result;
  }
  Error.prepareStackTrace = savedPrepareStackTrace;
  return result;
}
function createPrompt(view2) {
  const callSites = getCallSites();
  const prompt = (config, context = {}) => {
    const { input = process.stdin, signal } = context;
    const cleanups = /* @__PURE__ */ new Set();
    const output = new import_mute_stream.default();
    output.pipe(context.output ?? process.stdout);
    const rl = readline2.createInterface({
      terminal: true,
      input,
      output
    });
    output.mute();
    const screen = new ScreenManager(rl);
    const { promise, resolve: resolve2, reject } = withResolver();
    return withHooks(rl, (cycle) => {
      const clearEffects = AsyncResource3.bind(() => effectScheduler.clearAll());
      const settlePrompt = (settle) => {
        try {
          clearEffects();
          settle();
        } catch (error) {
          reject(error);
        }
      };
      const resolvePrompt = (value) => settlePrompt(() => resolve2(value));
      const rejectPrompt = (error) => settlePrompt(() => reject(error));
      const promptPromise = Object.assign(promise.finally(() => {
        cleanups.forEach((cleanup) => cleanup());
        screen.done({ clearContent: Boolean(context.clearPromptOnDone) });
        output.end();
      }).then(() => promise), { cancel: () => rejectPrompt(new CancelPromptError()) });
      if (signal) {
        const abort = () => rejectPrompt(new AbortPromptError({ cause: signal.reason }));
        if (signal.aborted) {
          abort();
          return promptPromise;
        }
        cleanups.add(listenTo(signal, "abort", abort));
      }
      cleanups.add(onExit((code2, signal2) => {
        rejectPrompt(new ExitPromptError(`User force closed the prompt with ${code2} ${signal2}`));
      }));
      cleanups.add(listenTo(rl, "SIGINT", () => rejectPrompt(new ExitPromptError(`User force closed the prompt with SIGINT`))));
      cleanups.add(listenTo(rl, "close", clearEffects));
      const startCycle = () => {
        cleanups.add(listenTo(rl.input, "keypress", () => screen.checkCursorPos()));
        let pendingDone = null;
        cycle(() => {
          let effectsSettled = false;
          try {
            const nextView = view2(config, (value) => {
              if (effectsSettled) {
                resolvePrompt(value);
              } else {
                pendingDone = { value };
              }
            });
            if (nextView === void 0) {
              let callerFilename = callSites[1]?.getFileName();
              if (callerFilename && !callerFilename.startsWith("file://")) {
                callerFilename = path2.resolve(callerFilename);
              }
              throw new Error(`Prompt functions must return a string.
    at ${callerFilename}`);
            }
            const [content, bottomContent] = typeof nextView === "string" ? [nextView] : nextView;
            screen.render(content, bottomContent);
            effectScheduler.run();
          } catch (error) {
            rejectPrompt(error);
          }
          effectsSettled = true;
          if (pendingDone !== null) {
            const { value } = pendingDone;
            pendingDone = null;
            resolvePrompt(value);
          }
        });
      };
      if ("readableFlowing" in input && input.isTTY) {
        const immediate = nativeSetImmediate(startCycle);
        cleanups.add(() => nativeClearImmediate(immediate));
      } else {
        startCycle();
      }
      return promptPromise;
    });
  };
  return prompt;
}

// node_modules/@inquirer/core/dist/lib/Separator.js
import { styleText as styleText2 } from "node:util";
var Separator = class {
  separator = styleText2("dim", Array.from({ length: 15 }).join(dist_default.line));
  type = "separator";
  constructor(separator) {
    if (separator) {
      this.separator = separator;
    }
  }
  static isSeparator(choice) {
    return Boolean(choice && typeof choice === "object" && "type" in choice && choice.type === "separator");
  }
};

// node_modules/@inquirer/input/dist/index.js
var inputTheme = {
  validationFailureMode: "keep"
};
var dist_default4 = createPrompt((config, done2) => {
  const { prefill = "tab" } = config;
  const theme = makeTheme(inputTheme, config.theme);
  const [status, setStatus] = useState("idle");
  const [defaultValue, setDefaultValue] = useState(String(config.default ?? ""));
  const [errorMsg, setError] = useState();
  const [value, setValue] = useState("");
  const prefix2 = usePrefix({ status, theme });
  async function validate2(value2) {
    const { required: required2, pattern, patternError = "Invalid input" } = config;
    if (required2 && !value2) {
      return "You must provide a value";
    }
    if (pattern && !pattern.test(value2)) {
      return patternError;
    }
    if (typeof config.validate === "function") {
      return await config.validate(value2) || "You must provide a valid value";
    }
    return true;
  }
  useKeypress(async (key2, rl) => {
    if (status !== "idle") {
      return;
    }
    if (isEnterKey(key2)) {
      const answer = value || defaultValue;
      setStatus("loading");
      const isValid = await validate2(answer);
      if (isValid === true) {
        setValue(answer);
        setStatus("done");
        done2(answer);
      } else {
        if (theme.validationFailureMode === "clear") {
          setValue("");
        } else {
          rl.write(value);
        }
        setError(isValid);
        setStatus("idle");
      }
    } else if (isBackspaceKey(key2) && !value) {
      setDefaultValue("");
    } else if (isTabKey(key2) && !value) {
      setDefaultValue("");
      rl.clearLine(0);
      rl.write(defaultValue);
      setValue(defaultValue);
    } else {
      setValue(rl.line);
      setError(void 0);
    }
  });
  useEffect((rl) => {
    if (prefill === "editable" && defaultValue) {
      rl.write(defaultValue);
      setValue(defaultValue);
    }
  }, []);
  const message = theme.style.message(config.message, status);
  let formattedValue = value;
  if (typeof config.transformer === "function") {
    formattedValue = config.transformer(value, { isFinal: status === "done" });
  } else if (status === "done") {
    formattedValue = theme.style.answer(value);
  }
  let defaultStr;
  if (defaultValue && status !== "done" && !value) {
    defaultStr = theme.style.defaultAnswer(defaultValue);
  }
  let error = "";
  if (errorMsg) {
    error = theme.style.error(errorMsg);
  }
  return [
    [prefix2, message, defaultStr, formattedValue].filter((v) => v !== void 0).join(" "),
    error
  ];
});

// node_modules/@inquirer/select/dist/index.js
import { styleText as styleText3 } from "node:util";
var numberLineRegex = /^\d+$/;
var selectTheme = {
  icon: { cursor: dist_default.pointer },
  style: {
    disabled: (text2) => styleText3("dim", text2),
    description: (text2) => styleText3("cyan", text2),
    keysHelpTip: (keys) => keys.map(([key2, action]) => `${styleText3("bold", key2)} ${styleText3("dim", action)}`).join(styleText3("dim", " • "))
  },
  i18n: { disabledError: "This option is disabled and cannot be selected." },
  indexMode: "hidden"
};
function isSelectable(item) {
  return !Separator.isSeparator(item) && !item.disabled;
}
function isNavigable(item) {
  return !Separator.isSeparator(item);
}
function normalizeChoices(choices) {
  return choices.map((choice) => {
    if (Separator.isSeparator(choice))
      return choice;
    if (typeof choice !== "object" || choice === null || !("value" in choice)) {
      const name5 = String(choice);
      return {
        value: choice,
        name: name5,
        short: name5,
        disabled: false
      };
    }
    const name4 = choice.name ?? String(choice.value);
    const normalizedChoice = {
      value: choice.value,
      name: name4,
      short: choice.short ?? name4,
      disabled: choice.disabled ?? false
    };
    if (choice.description) {
      normalizedChoice.description = choice.description;
    }
    return normalizedChoice;
  });
}
var dist_default5 = createPrompt((config, done2) => {
  const { loop = true, pageSize = 7 } = config;
  const theme = makeTheme(selectTheme, config.theme);
  const { keybindings: keybindings2 } = theme;
  const [status, setStatus] = useState("idle");
  const prefix2 = usePrefix({ status, theme });
  const searchTimeoutRef = useRef();
  const searchEnabled = !keybindings2.includes("vim");
  const items = useMemo(() => normalizeChoices(config.choices), [config.choices]);
  const bounds2 = useMemo(() => {
    const first4 = items.findIndex(isNavigable);
    const last = items.findLastIndex(isNavigable);
    if (first4 === -1) {
      throw new ValidationError("[select prompt] No selectable choices. All choices are disabled.");
    }
    return { first: first4, last };
  }, [items]);
  const defaultItemIndex = useMemo(() => {
    if (!("default" in config))
      return -1;
    return items.findIndex((item) => isSelectable(item) && item.value === config.default);
  }, [config.default, items]);
  const [active, setActive] = useState(defaultItemIndex === -1 ? bounds2.first : defaultItemIndex);
  const selectedChoice = items[active];
  if (selectedChoice == null || Separator.isSeparator(selectedChoice)) {
    throw new Error("Active index does not point to a choice");
  }
  const [errorMsg, setError] = useState();
  useKeypress((key2, rl) => {
    clearTimeout(searchTimeoutRef.current);
    if (errorMsg) {
      setError(void 0);
    }
    if (isEnterKey(key2)) {
      if (selectedChoice.disabled) {
        setError(theme.i18n.disabledError);
      } else {
        setStatus("done");
        done2(selectedChoice.value);
      }
    } else if (isUpKey(key2, keybindings2) || isDownKey(key2, keybindings2)) {
      rl.clearLine(0);
      if (loop || isUpKey(key2, keybindings2) && active !== bounds2.first || isDownKey(key2, keybindings2) && active !== bounds2.last) {
        const offset = isUpKey(key2, keybindings2) ? -1 : 1;
        let next = active;
        do {
          next = (next + offset + items.length) % items.length;
        } while (!isNavigable(items[next]));
        setActive(next);
      }
    } else if (isNumberKey(key2) && numberLineRegex.test(rl.line)) {
      const selectedIndex = Number(rl.line) - 1;
      let selectableIndex = -1;
      const position2 = items.findIndex((item2) => {
        if (Separator.isSeparator(item2))
          return false;
        selectableIndex++;
        return selectableIndex === selectedIndex;
      });
      const item = items[position2];
      if (item != null && isSelectable(item)) {
        setActive(position2);
      }
      searchTimeoutRef.current = setTimeout(() => {
        rl.clearLine(0);
      }, 700);
    } else if (isBackspaceKey(key2)) {
      rl.clearLine(0);
    } else if (searchEnabled) {
      const searchTerm = rl.line.toLowerCase();
      const matchIndex = items.findIndex((item) => {
        if (Separator.isSeparator(item) || !isSelectable(item))
          return false;
        return item.name.toLowerCase().startsWith(searchTerm);
      });
      if (matchIndex !== -1) {
        setActive(matchIndex);
      }
      searchTimeoutRef.current = setTimeout(() => {
        rl.clearLine(0);
      }, 700);
    }
  });
  useEffect(() => () => {
    clearTimeout(searchTimeoutRef.current);
  }, []);
  const message = theme.style.message(config.message, status);
  const helpLine = theme.style.keysHelpTip([
    ["↑↓", "navigate"],
    ["⏎", "select"]
  ]);
  let separatorCount = 0;
  const page = usePagination({
    items,
    active,
    renderItem({ item, isActive, index }) {
      if (Separator.isSeparator(item)) {
        separatorCount++;
        return ` ${item.separator}`;
      }
      const cursor = isActive ? theme.icon.cursor : " ";
      const indexLabel = theme.indexMode === "number" ? `${index + 1 - separatorCount}. ` : "";
      if (item.disabled) {
        const disabledLabel = typeof item.disabled === "string" ? item.disabled : "(disabled)";
        const disabledCursor = isActive ? theme.icon.cursor : "-";
        return theme.style.disabled(`${disabledCursor} ${indexLabel}${item.name} ${disabledLabel}`);
      }
      const color = isActive ? theme.style.highlight : (x2) => x2;
      return color(`${cursor} ${indexLabel}${item.name}`);
    },
    pageSize,
    loop
  });
  if (status === "done") {
    return [prefix2, message, theme.style.answer(selectedChoice.short)].filter(Boolean).join(" ");
  }
  const { description } = selectedChoice;
  const lines = [
    [prefix2, message].filter(Boolean).join(" "),
    page,
    " ",
    description ? theme.style.description(description) : "",
    errorMsg ? theme.style.error(errorMsg) : "",
    helpLine
  ].filter(Boolean).join("\n").trimEnd();
  return `${lines}${cursorHide}`;
});

// src/system/errors.ts
var UserError = class extends Error {
  /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
  code;
  /** Position of the cause, if known; line and column count from 1. */
  at;
  /** Output of the failing stage; its last lines are shown (`tellingLines`). */
  log;
  constructor(code2, message, more = {}) {
    super(message, { cause: more.cause });
    this.name = "UserError";
    this.code = code2;
    this.at = more.at;
    this.log = more.log;
  }
};
function placedAt(error, at) {
  if (!(error instanceof UserError) || error.at !== void 0 || at === void 0) return error;
  const { code: code2, message, log, cause } = error;
  return new UserError(code2, message, { at, cause, log });
}
function clauseOf(error) {
  const text2 = error instanceof Error ? error.message : String(error);
  return (text2.split("\n", 1)[0] ?? "").slice(0, 200).replace(/\.$/, "");
}

// src/system/printable.ts
var UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
var SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
var COLOURS = /(\u001b\[(?:[12]|22|3[0-9])m)/;
var withoutColours = (text2) => text2.replace(SEQUENCES, "");
function printable(text2) {
  return text2.replace(UNSEEN, visible);
}
var RUNS = new RegExp(`${UNSEEN.source}+`, "gu");
function harmless(text2) {
  return text2.replace(/\r\n?/g, "\n").replace(SEQUENCES, "").split("\n").map((line) => withoutCommand(line.split("	").map(printable).join("	"))).join("\n");
}
function harmlessInColour(text2) {
  const pieces = text2.replace(/\r\n?/g, "\n").split(COLOURS);
  const shown2 = pieces.map(
    (piece, index) => index % 2 === 1 ? piece : piece.replace(SEQUENCES, "").replace(UNSEEN, keepingLines)
  );
  return shown2.join("").split("\n").map(withoutCommand).join("\n");
}
function jsonText(value, indent) {
  return (JSON.stringify(value, null, indent) ?? "null").replace(UNSEEN, (character) => character === "\n" ? character : escaped(character)).replaceAll("##[", "#\\u0023[");
}
function withoutCommand(line) {
  return line.replace(/##(?=\[)/g, "## ").replace(/^(\s*)::/, "$1| ::");
}
var keepingLines = (character) => character === "\n" || character === "	" ? character : visible(character);
var visible = (character) => {
  const code2 = character.codePointAt(0) ?? 0;
  return code2 > 65535 ? `\\u{${code2.toString(16)}}` : unit(code2);
};
var escaped = (character) => Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join("");
var unit = (code2) => `\\u${code2.toString(16).padStart(4, "0")}`;

// src/cli/init/ask.ts
function askOnTerminal(signal, interrupt2) {
  const terminal2 = { output: process.stderr, signal };
  const answered = async (question) => {
    try {
      return await question;
    } catch (cause) {
      if (!(cause instanceof Error) || !/^(Exit|Abort)PromptError$/.test(cause.name)) throw cause;
      interrupt2();
      await setTimeout2(1e3, void 0, { signal }).catch(() => {
      });
      throw new UserError("cancelled", "Cancelled at a question. Nothing was written.", { cause });
    }
  };
  return {
    choose: (message, choices) => {
      const shown2 = choices.map(({ value, name: name4 }) => ({ value, name: printable(name4) }));
      return answered(dist_default5({ message: harmless(message), choices: shown2 }, terminal2));
    },
    text: (message, proposed, check2) => {
      const validate2 = (answer) => check2?.(answer) ?? true;
      const question = { message: harmless(message), default: printable(proposed), validate: validate2 };
      return answered(dist_default4(question, terminal2));
    }
  };
}

// src/system/system-error.ts
import { getSystemErrorMessage } from "node:util";
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
  EROFS: "the file system is read-only; use one that can be written"
};
function asUserError(error) {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const { code: code2 = "", errno, path: path60, syscall } = error;
  const known2 = errno === void 0 ? void 0 : getSystemErrorMessage(errno);
  const cause = causes[code2] ?? (known2 && `${known2}; correct that and run it again`);
  if (cause !== void 0 && syscall !== void 0) {
    const place2 = path60 === void 0 ? "" : ` '${path60.slice(0, 300)}'`;
    return new UserError("system-error", `${syscall}${place2} failed (${code2}): ${cause}.`, {
      cause: error
    });
  }
  if (isTooLarge(error))
    return new UserError(
      "too-large",
      `What has to be held in memory is too large (${error.message}); look for the file of the input that is.`,
      { cause: error }
    );
  return error;
}
var isTooLarge = (error) => error.code === "ERR_STRING_TOO_LONG" || error.code === "ERR_BUFFER_TOO_LARGE" || error instanceof RangeError && /Invalid string length|Array buffer allocation|Maximum call stack|Invalid array length/.test(
  error.message
);

// src/cli/output.ts
function errorFields(thrown) {
  const error = asUserError(thrown);
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof UserError)) return { status: "error", error: "defect", message };
  const { code: code2, at } = error;
  return { status: "error", error: code2, message, ...at === void 0 ? {} : { at } };
}
function formatTable(rows) {
  const widths = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return lines.map((line) => `${line.trimEnd()}
`).join("");
}
function paintDiff(patch2, { paint }) {
  return harmless(patch2).split("\n").map((line) => {
    if (/^(---|\+\+\+) /.test(line)) return paint("heading", line);
    if (line.startsWith("@@")) return paint("place", line);
    if (line.startsWith("+")) return paint("good", line);
    return line.startsWith("-") ? paint("bad", line) : line;
  }).join("\n");
}

// src/cli/program.ts
import { readFileSync as readFileSync2 } from "node:fs";
import path44 from "node:path";
import { styleText as styleText4 } from "node:util";

// node_modules/@bomb.sh/tab/dist/index.mjs
import i2 from "node:assert";
var a = { ShellCompDirectiveError: 1, ShellCompDirectiveNoSpace: 2, ShellCompDirectiveNoFileComp: 4, ShellCompDirectiveFilterFileExt: 8, ShellCompDirectiveFilterDirs: 16, ShellCompDirectiveKeepOrder: 32, shellCompDirectiveMaxValue: 64, ShellCompDirectiveDefault: 0 };
var o = class {
  name;
  variadic;
  command;
  handler;
  constructor(e, t3, n3, r3 = false) {
    this.command = e, this.name = t3, this.handler = n3, this.variadic = r3;
  }
};
var s = class {
  value;
  description;
  command;
  handler;
  alias;
  isBoolean;
  constructor(e, t3, n3, r3, i5, a3) {
    this.command = e, this.value = t3, this.description = n3, this.handler = r3, this.alias = i5, this.isBoolean = a3;
  }
};
var c = class {
  value;
  description;
  options = /* @__PURE__ */ new Map();
  arguments = /* @__PURE__ */ new Map();
  parent;
  constructor(e, t3) {
    this.value = e, this.description = t3;
  }
  option(e, t3, n3, r3) {
    let i5, a3, o3;
    typeof n3 == `function` ? (i5 = n3, a3 = r3, o3 = false) : typeof n3 == `string` ? (i5 = void 0, a3 = n3, o3 = true) : (i5 = void 0, a3 = void 0, o3 = true);
    let c2 = new s(this, e, t3, i5, a3, o3);
    return this.options.set(e, c2), this;
  }
  argument(e, t3, n3 = false) {
    let r3 = new o(this, e, t3, n3);
    return this.arguments.set(e, r3), this;
  }
};
var l = class extends c {
  commands = /* @__PURE__ */ new Map();
  completions = [];
  directive = a.ShellCompDirectiveDefault;
  constructor() {
    super(``, ``);
  }
  command(e, t3) {
    let n3 = new c(e, t3);
    return this.commands.set(e, n3), n3;
  }
  stripOptions(e) {
    let t3 = [], n3 = 0;
    for (; n3 < e.length; ) {
      let r3 = e[n3];
      if (r3.startsWith(`-`)) {
        n3++;
        let t4 = false, i5 = this.findOption(this, r3);
        if (i5) t4 = i5.isBoolean ?? false;
        else for (let [, e2] of this.commands) {
          let n4 = this.findOption(e2, r3);
          if (n4) {
            t4 = n4.isBoolean ?? false;
            break;
          }
        }
        !t4 && n3 < e.length && !e[n3].startsWith(`-`) && n3++;
      } else t3.push(r3), n3++;
    }
    return t3;
  }
  matchCommand(e) {
    e = this.stripOptions(e);
    let t3 = [], n3 = [], r3 = null;
    for (let i5 = 0; i5 < e.length; i5++) {
      let a3 = e[i5];
      t3.push(a3);
      let o3 = this.commands.get(t3.join(` `));
      if (o3) r3 = o3;
      else {
        n3 = e.slice(i5, e.length);
        break;
      }
    }
    return [r3 || this, n3];
  }
  shouldCompleteFlags(e, t3) {
    if (t3.startsWith(`-`)) return true;
    if (e?.startsWith(`-`)) {
      let t4 = this.findOption(this, e);
      if (!t4) {
        for (let [, n3] of this.commands) if (t4 = this.findOption(n3, e), t4) break;
      }
      return !(t4 && t4.isBoolean);
    }
    return false;
  }
  shouldCompleteCommands(e) {
    return !e.startsWith(`-`);
  }
  handleFlagCompletion(e, t3, n3, r3) {
    let i5;
    if (n3.includes(`=`)) {
      let [e2] = n3.split(`=`);
      i5 = e2;
    } else if (r3?.startsWith(`-`)) {
      let t4 = this.findOption(e, r3);
      t4 && !t4.isBoolean && (i5 = r3);
    }
    if (i5) {
      let t4 = this.findOption(e, i5);
      if (t4?.handler) {
        let n4 = [];
        t4.handler.call(t4, (e2, t5) => n4.push({ value: e2, description: t5 }), e.options), this.completions = n4;
      }
      return;
    }
    if (n3.startsWith(`-`)) {
      let t4 = n3.startsWith(`-`) && !n3.startsWith(`--`), r4 = n3.replace(/^-+/, ``);
      for (let [i6, a3] of e.options) t4 && a3.alias && `-${a3.alias}`.startsWith(n3) ? this.completions.push({ value: `-${a3.alias}`, description: a3.description }) : !t4 && i6.startsWith(r4) && this.completions.push({ value: `--${i6}`, description: a3.description });
    }
  }
  findOption(e, t3) {
    let n3 = e.options.get(t3);
    if (n3 || (n3 = e.options.get(t3.replace(/^-+/, ``)), n3)) return n3;
    for (let [n4, r3] of e.options) if (r3.alias && `-${r3.alias}` === t3) return r3;
  }
  handleCommandCompletion(e, t3) {
    let n3 = this.stripOptions(e);
    for (let [e2, r3] of this.commands) {
      if (e2 === ``) continue;
      let i5 = e2.split(` `);
      i5.slice(0, n3.length).every((e3, t4) => e3 === n3[t4]) && i5[n3.length]?.startsWith(t3) && this.completions.push({ value: i5[n3.length], description: r3.description });
    }
  }
  handlePositionalCompletion(e, t3) {
    let n3 = this.stripOptions(t3), r3 = e.value.split(` `).length, i5 = Math.max(0, n3.length - r3), a3 = Array.from(e.arguments.entries());
    if (a3.length > 0) {
      let t4;
      if (i5 < a3.length) {
        let [e2, n4] = a3[i5];
        t4 = n4;
      } else {
        let e2 = a3[a3.length - 1][1];
        e2.variadic && (t4 = e2);
      }
      if (t4 && t4.handler && typeof t4.handler == `function`) {
        let n4 = [];
        t4.handler.call(t4, (e2, t5) => n4.push({ value: e2, description: t5 }), e.options), this.completions.push(...n4);
      }
    }
  }
  complete(e) {
    this.directive = a.ShellCompDirectiveNoFileComp;
    let t3 = /* @__PURE__ */ new Set();
    this.completions.filter((e2) => t3.has(e2.value) ? false : (t3.add(e2.value), true)).filter((t4) => {
      if (e.includes(`=`)) {
        let [, n3] = e.split(`=`);
        return t4.value.startsWith(n3);
      }
      return t4.value.startsWith(e);
    }).forEach((e2) => console.log(`${e2.value}	${e2.description ?? ``}`)), console.log(`:${this.directive}`);
  }
  parse(e) {
    this.completions = [];
    let t3 = e[e.length - 1] === ``;
    t3 && e.pop();
    let n3 = e[e.length - 1] || ``, r3 = e.slice(0, -1);
    t3 && (n3 !== `` && r3.push(n3), n3 = ``);
    let [i5] = this.matchCommand(r3), a3 = r3[r3.length - 1];
    this.shouldCompleteFlags(a3, n3) ? this.handleFlagCompletion(i5, r3, n3, a3) : (this.shouldCompleteCommands(n3) && this.handleCommandCompletion(r3, n3), i5 && i5.arguments.size > 0 && this.handlePositionalCompletion(i5, r3)), this.complete(n3);
  }
  setup(a3, o3, s2) {
    switch (i2(s2 === `zsh` || s2 === `bash` || s2 === `fish` || s2 === `powershell`, `Unsupported shell`), s2) {
      case `zsh`: {
        let t3 = t(a3, o3);
        console.log(t3);
        break;
      }
      case `bash`: {
        let e = n(a3, o3);
        console.log(e);
        break;
      }
      case `fish`: {
        let e = r(a3, o3);
        console.log(e);
        break;
      }
      case `powershell`: {
        let e = i(a3, o3);
        console.log(e);
        break;
      }
    }
  }
};
var u = new l();

// node_modules/@bomb.sh/tab/dist/powershell-C1q3FW2e.mjs
function t(t3, n3) {
  return `#compdef ${t3}
compdef _${t3} ${t3}

# zsh completion for ${t3} -*- shell-script -*-

__${t3}_debug() {
    local file="$BASH_COMP_DEBUG_FILE"
    if [[ -n \${file} ]]; then
        echo "$*" >> "\${file}"
    fi
}

_${t3}() {
    local shellCompDirectiveError=${a.ShellCompDirectiveError}
    local shellCompDirectiveNoSpace=${a.ShellCompDirectiveNoSpace}
    local shellCompDirectiveNoFileComp=${a.ShellCompDirectiveNoFileComp}
    local shellCompDirectiveFilterFileExt=${a.ShellCompDirectiveFilterFileExt}
    local shellCompDirectiveFilterDirs=${a.ShellCompDirectiveFilterDirs}
    local shellCompDirectiveKeepOrder=${a.ShellCompDirectiveKeepOrder}

    local lastParam lastChar flagPrefix requestComp out directive comp lastComp noSpace keepOrder
    local -a completions

    __${t3}_debug "\\n========= starting completion logic =========="
    __${t3}_debug "CURRENT: \${CURRENT}, words[*]: \${words[*]}"

    # The user could have moved the cursor backwards on the command-line.
    # We need to trigger completion from the $CURRENT location, so we need
    # to truncate the command-line ($words) up to the $CURRENT location.
    # (We cannot use $CURSOR as its value does not work when a command is an alias.)
    words=( "\${=words[1,CURRENT]}" )
    __${t3}_debug "Truncated words[*]: \${words[*]},"

    lastParam=\${words[-1]}
    lastChar=\${lastParam[-1]}
    __${t3}_debug "lastParam: \${lastParam}, lastChar: \${lastChar}"

    # For zsh, when completing a flag with an = (e.g., ${t3} -n=<TAB>)
    # completions must be prefixed with the flag
    setopt local_options BASH_REMATCH
    if [[ "\${lastParam}" =~ '-.*=' ]]; then
        # We are dealing with a flag with an =
        flagPrefix="-P \${BASH_REMATCH}"
    fi

    # Prepare the command to obtain completions, ensuring arguments are quoted for eval
    local -a args_to_quote=("\${(@)words[2,-1]}")
    if [ "\${lastChar}" = "" ] && [ "\${args_to_quote[-1]}" != "" ]; then
        # If the last parameter is complete (there is a space following it)
        # We add an extra empty parameter so we can indicate this to the go completion code.
        __${t3}_debug "Adding extra empty parameter"
        args_to_quote+=("")
    fi

    # Use Zsh's (q) flag to quote each argument safely for eval
    local quoted_args=("\${(@q)args_to_quote}")

    # Join the main command and the quoted arguments into a single string for eval
    requestComp="${n3} complete -- \${quoted_args[*]}"

    __${t3}_debug "About to call: eval \${requestComp}"

    # Use eval to handle any environment variables and such
    out=$(eval \${requestComp} 2>/dev/null)
    __${t3}_debug "completion output: \${out}"

    # Extract the directive integer following a : from the last line
    local lastLine
    while IFS='
' read -r line; do
        lastLine=\${line}
    done < <(printf "%s
" "\${out[@]}")
    __${t3}_debug "last line: \${lastLine}"

    if [ "\${lastLine[1]}" = : ]; then
        directive=\${lastLine[2,-1]}
        # Remove the directive including the : and the newline
        local suffix
        (( suffix=\${#lastLine}+2))
        out=\${out[1,-$suffix]}
    else
        # There is no directive specified.  Leave $out as is.
        __${t3}_debug "No directive found.  Setting to default"
        directive=0
    fi

    __${t3}_debug "directive: \${directive}"
    __${t3}_debug "completions: \${out}"
    __${t3}_debug "flagPrefix: \${flagPrefix}"

    if [ $((directive & shellCompDirectiveError)) -ne 0 ]; then
        __${t3}_debug "Completion received error. Ignoring completions."
        return
    fi

    local activeHelpMarker="%"
    local endIndex=\${#activeHelpMarker}
    local startIndex=$((\${#activeHelpMarker}+1))
    local hasActiveHelp=0
    while IFS='
' read -r comp; do
        # Check if this is an activeHelp statement (i.e., prefixed with $activeHelpMarker)
        if [ "\${comp[1,$endIndex]}" = "$activeHelpMarker" ];then
            __${t3}_debug "ActiveHelp found: $comp"
            comp="\${comp[$startIndex,-1]}"
            if [ -n "$comp" ]; then
                compadd -x "\${comp}"
                __${t3}_debug "ActiveHelp will need delimiter"
                hasActiveHelp=1
            fi
            continue
        fi

        if [ -n "$comp" ]; then
            # If requested, completions are returned with a description.
            # The description is preceded by a TAB character.
            # For zsh's _describe, we need to use a : instead of a TAB.
            # We first need to escape any : as part of the completion itself.
            comp=\${comp//:/\\:}

            local tab="$(printf '\\t')"
            comp=\${comp//$tab/:}

            __${t3}_debug "Adding completion: \${comp}"
            completions+=\${comp}
            lastComp=$comp
        fi
    done < <(printf "%s
" "\${out[@]}")

    # Add a delimiter after the activeHelp statements, but only if:
    # - there are completions following the activeHelp statements, or
    # - file completion will be performed (so there will be choices after the activeHelp)
    if [ $hasActiveHelp -eq 1 ]; then
        if [ \${#completions} -ne 0 ] || [ $((directive & shellCompDirectiveNoFileComp)) -eq 0 ]; then
            __${t3}_debug "Adding activeHelp delimiter"
            compadd -x "--"
            hasActiveHelp=0
        fi
    fi

    if [ $((directive & shellCompDirectiveNoSpace)) -ne 0 ]; then
        __${t3}_debug "Activating nospace."
        noSpace="-S ''"
    fi

    if [ $((directive & shellCompDirectiveKeepOrder)) -ne 0 ]; then
        __${t3}_debug "Activating keep order."
        keepOrder="-V"
    fi

    if [ $((directive & shellCompDirectiveFilterFileExt)) -ne 0 ]; then
        # File extension filtering
        local filteringCmd
        filteringCmd='_files'
        for filter in \${completions[@]}; do
            if [ \${filter[1]} != '*' ]; then
                # zsh requires a glob pattern to do file filtering
                filter="\\*.$filter"
            fi
            filteringCmd+=" -g $filter"
        done
        filteringCmd+=" \${flagPrefix}"

        __${t3}_debug "File filtering command: $filteringCmd"
        _arguments '*:filename:'"$filteringCmd"
    elif [ $((directive & shellCompDirectiveFilterDirs)) -ne 0 ]; then
        # File completion for directories only
        local subdir
        subdir="\${completions[1]}"
        if [ -n "$subdir" ]; then
            __${t3}_debug "Listing directories in $subdir"
            pushd "\${subdir}" >/dev/null 2>&1
        else
            __${t3}_debug "Listing directories in ."
        fi

        local result
        _arguments '*:dirname:_files -/'" \${flagPrefix}"
        result=$?
        if [ -n "$subdir" ]; then
            popd >/dev/null 2>&1
        fi
        return $result
    else
        __${t3}_debug "Calling _describe"
        if eval _describe $keepOrder "completions" completions -Q \${flagPrefix} \${noSpace}; then
            __${t3}_debug "_describe found some completions"

            # Return the success of having called _describe
            return 0
        else
            __${t3}_debug "_describe did not find completions."
            __${t3}_debug "Checking if we should do file completion."
            if [ $((directive & shellCompDirectiveNoFileComp)) -ne 0 ]; then
                __${t3}_debug "deactivating file completion"

                # Return 0 to indicate completion is finished and prevent zsh from
                # trying other completion algorithms (which could cause hanging).
                # We use NoFileComp directive to explicitly disable file completion.
                return 0
            else
                # Perform file completion
                __${t3}_debug "Activating file completion"

                # We must return the result of this command, so it must be the
                # last command, or else we must store its result to return it.
                _arguments '*:filename:_files'" \${flagPrefix}"
            fi
        fi
    fi
}

# don't run the completion function when being sourced or eval-ed
if [ "\${funcstack[1]}" = "_${t3}" ]; then
    _${t3}
fi
`;
}
function n(t3, n3) {
  let r3 = t3.replace(/[-:]/g, `_`);
  return `# bash completion for ${t3}

# Define shell completion directives
readonly ShellCompDirectiveError=${a.ShellCompDirectiveError}
readonly ShellCompDirectiveNoSpace=${a.ShellCompDirectiveNoSpace}
readonly ShellCompDirectiveNoFileComp=${a.ShellCompDirectiveNoFileComp}
readonly ShellCompDirectiveFilterFileExt=${a.ShellCompDirectiveFilterFileExt}
readonly ShellCompDirectiveFilterDirs=${a.ShellCompDirectiveFilterDirs}
readonly ShellCompDirectiveKeepOrder=${a.ShellCompDirectiveKeepOrder}

# Function to debug completion
__${r3}_debug() {
    if [[ -n \${BASH_COMP_DEBUG_FILE:-} ]]; then
        echo "$*" >> "\${BASH_COMP_DEBUG_FILE}"
    fi
}

# Function to handle completions
__${r3}_complete() {
    local cur prev words cword
    _get_comp_words_by_ref -n "=:" cur prev words cword

    local requestComp out directive
    
    # Build the command to get completions
    requestComp="${n3} complete -- \${words[@]:1}"
    
    # Add an empty parameter if the last parameter is complete
    if [[ -z "$cur" ]]; then
        requestComp="$requestComp ''"
    fi
    
    # Get completions from the program
    out=$(eval "$requestComp" 2>/dev/null)
    
    # Extract directive if present
    directive=0
    if [[ "$out" == *:* ]]; then
        directive=\${out##*:}
        out=\${out%:*}
    fi
    
    # Process completions based on directive
    if [[ $((directive & $ShellCompDirectiveError)) -ne 0 ]]; then
        # Error, no completion
        return
    fi
    
    # Apply directives
    if [[ $((directive & $ShellCompDirectiveNoSpace)) -ne 0 ]]; then
        compopt -o nospace
    fi
    if [[ $((directive & $ShellCompDirectiveKeepOrder)) -ne 0 ]]; then
        compopt -o nosort
    fi
    if [[ $((directive & $ShellCompDirectiveNoFileComp)) -ne 0 ]]; then
        compopt +o default
    fi
    
    # Handle file extension filtering
    if [[ $((directive & $ShellCompDirectiveFilterFileExt)) -ne 0 ]]; then
        local filter=""
        for ext in $out; do
            filter="$filter|$ext"
        done
        filter="\\.($filter)"
        compopt -o filenames
        COMPREPLY=( $(compgen -f -X "!$filter" -- "$cur") )
        return
    fi
    
    # Handle directory filtering
    if [[ $((directive & $ShellCompDirectiveFilterDirs)) -ne 0 ]]; then
        compopt -o dirnames
        COMPREPLY=( $(compgen -d -- "$cur") )
        return
    fi
    
    # Process completions
    local IFS=$'\\n'
    local tab=$(printf '\\t')
    
    # Parse completions with descriptions
    local completions=()
    while read -r comp; do
        if [[ "$comp" == *$tab* ]]; then
            # Split completion and description
            local value=\${comp%%$tab*}
            local desc=\${comp#*$tab}
            completions+=("$value")
        else
            completions+=("$comp")
        fi
    done <<< "$out"
    
    # Return completions
    COMPREPLY=( $(compgen -W "\${completions[*]}" -- "$cur") )
}

# Register completion function
complete -F __${r3}_complete ${t3}
`;
}
function r(t3, n3) {
  let r3 = t3.replace(/[-:]/g, `_`), i5 = a.ShellCompDirectiveError, a3 = a.ShellCompDirectiveNoSpace, o3 = a.ShellCompDirectiveNoFileComp, s2 = a.ShellCompDirectiveFilterFileExt, c2 = a.ShellCompDirectiveFilterDirs;
  return `# fish completion for ${t3} -*- shell-script -*-

function __${r3}_debug
    set -l file "$BASH_COMP_DEBUG_FILE"
    if test -n "$file"
        echo "$argv" >> $file
    end
end

function __${r3}_perform_completion
    __${r3}_debug "Starting __${r3}_perform_completion"

    # Extract all args except the last one
    set -l args (commandline -opc)
    # Extract the token currently being completed (may be empty on a trailing space)
    set -l lastArg (commandline -ct)

    __${r3}_debug "args: $args"
    __${r3}_debug "last arg: $lastArg"

    # Pass each arg as its own token (no string join/eval, which would collapse multi-segment paths); quote "$lastArg" so an empty trailing token is still sent.
    __${r3}_debug "Calling ${n3} complete -- $args[2..-1] $lastArg"
    set -l results (${n3} complete -- $args[2..-1] "$lastArg" 2> /dev/null)

    # Some programs may output extra empty lines after the directive.
    # Let's ignore them or else it will break completion.
    # Ref: https://github.com/spf13/cobra/issues/1279
    for line in $results[-1..1]
        if test (string trim -- $line) = ""
            # Found an empty line, remove it
            set results $results[1..-2]
        else
            # Found non-empty line, we have our proper output
            break
        end
    end

    set -l comps $results[1..-2]
    set -l directiveLine $results[-1]

    # For Fish, when completing a flag with an = (e.g., <program> -n=<TAB>)
    # completions must be prefixed with the flag
    set -l flagPrefix (string match -r -- '-.*=' "$lastArg")

    __${r3}_debug "Comps: $comps"
    __${r3}_debug "DirectiveLine: $directiveLine"
    __${r3}_debug "flagPrefix: $flagPrefix"

    for comp in $comps
        printf "%s%s\\n" "$flagPrefix" "$comp"
    end

    printf "%s\\n" "$directiveLine"
end

# This function limits calls to __${r3}_perform_completion, by caching the result
function __${r3}_perform_completion_once
    __${r3}_debug "Starting __${r3}_perform_completion_once"

    if test -n "$__${r3}_perform_completion_once_result"
        __${r3}_debug "Seems like a valid result already exists, skipping __${r3}_perform_completion"
        return 0
    end

    set --global __${r3}_perform_completion_once_result (__${r3}_perform_completion)
    if test -z "$__${r3}_perform_completion_once_result"
        __${r3}_debug "No completions, probably due to a failure"
        return 1
    end

    __${r3}_debug "Performed completions and set __${r3}_perform_completion_once_result"
    return 0
end

# This function is used to clear the cached result after completions are run
function __${r3}_clear_perform_completion_once_result
    __${r3}_debug ""
    __${r3}_debug "========= clearing previously set __${r3}_perform_completion_once_result variable =========="
    set --erase __${r3}_perform_completion_once_result
    __${r3}_debug "Successfully erased the variable __${r3}_perform_completion_once_result"
end

function __${r3}_requires_order_preservation
    __${r3}_debug ""
    __${r3}_debug "========= checking if order preservation is required =========="

    __${r3}_perform_completion_once
    if test -z "$__${r3}_perform_completion_once_result"
        __${r3}_debug "Error determining if order preservation is required"
        return 1
    end

    set -l directive (string sub --start 2 $__${r3}_perform_completion_once_result[-1])
    __${r3}_debug "Directive is: $directive"

    set -l shellCompDirectiveKeepOrder ${a.ShellCompDirectiveKeepOrder}
    set -l keeporder (math (math --scale 0 $directive / $shellCompDirectiveKeepOrder) % 2)
    __${r3}_debug "Keeporder is: $keeporder"

    if test $keeporder -ne 0
        __${r3}_debug "This does require order preservation"
        return 0
    end

    __${r3}_debug "This doesn't require order preservation"
    return 1
end

# This function does two things:
# - Obtain the completions and store them in the global __${r3}_comp_results
# - Return false if file completion should be performed
function __${r3}_prepare_completions
    __${r3}_debug ""
    __${r3}_debug "========= starting completion logic =========="

    # Start fresh
    set --erase __${r3}_comp_results

    __${r3}_perform_completion_once
    __${r3}_debug "Completion results: $__${r3}_perform_completion_once_result"

    if test -z "$__${r3}_perform_completion_once_result"
        __${r3}_debug "No completion, probably due to a failure"
        # Might as well do file completion, in case it helps
        return 1
    end

    set -l directive (string sub --start 2 $__${r3}_perform_completion_once_result[-1])
    set --global __${r3}_comp_results $__${r3}_perform_completion_once_result[1..-2]

    __${r3}_debug "Completions are: $__${r3}_comp_results"
    __${r3}_debug "Directive is: $directive"

    set -l shellCompDirectiveError ${i5}
    set -l shellCompDirectiveNoSpace ${a3}
    set -l shellCompDirectiveNoFileComp ${o3}
    set -l shellCompDirectiveFilterFileExt ${s2}
    set -l shellCompDirectiveFilterDirs ${c2}

    if test -z "$directive"
        set directive 0
    end

    set -l compErr (math (math --scale 0 $directive / $shellCompDirectiveError) % 2)
    if test $compErr -eq 1
        __${r3}_debug "Received error directive: aborting."
        # Might as well do file completion, in case it helps
        return 1
    end

    set -l filefilter (math (math --scale 0 $directive / $shellCompDirectiveFilterFileExt) % 2)
    set -l dirfilter (math (math --scale 0 $directive / $shellCompDirectiveFilterDirs) % 2)
    if test $filefilter -eq 1; or test $dirfilter -eq 1
        __${r3}_debug "File extension filtering or directory filtering not supported"
        # Do full file completion instead
        return 1
    end

    set -l nospace (math (math --scale 0 $directive / $shellCompDirectiveNoSpace) % 2)
    set -l nofiles (math (math --scale 0 $directive / $shellCompDirectiveNoFileComp) % 2)

    __${r3}_debug "nospace: $nospace, nofiles: $nofiles"

    # If we want to prevent a space, or if file completion is NOT disabled,
    # we need to count the number of valid completions.
    # To do so, we will filter on prefix as the completions we have received
    # may not already be filtered so as to allow fish to match on different
    # criteria than the prefix.
    if test $nospace -ne 0; or test $nofiles -eq 0
        set -l prefix (commandline -t | string escape --style=regex)
        __${r3}_debug "prefix: $prefix"

        set -l completions (string match -r -- "^$prefix.*" $__${r3}_comp_results)
        set --global __${r3}_comp_results $completions
        __${r3}_debug "Filtered completions are: $__${r3}_comp_results"

        # Important not to quote the variable for count to work
        set -l numComps (count $__${r3}_comp_results)
        __${r3}_debug "numComps: $numComps"

        if test $numComps -eq 1; and test $nospace -ne 0
            # We must first split on \\t to get rid of the descriptions to be
            # able to check what the actual completion will be.
            # We don't need descriptions anyway since there is only a single
            # real completion which the shell will expand immediately.
            set -l split (string split --max 1 "\\t" $__${r3}_comp_results[1])

            # Fish won't add a space if the completion ends with any
            # of the following characters: @=/:.,
            set -l lastChar (string sub -s -1 -- $split)
            if not string match -r -q "[@=/:.,]" -- "$lastChar"
                # In other cases, to support the "nospace" directive we trick the shell
                # by outputting an extra, longer completion.
                __${r3}_debug "Adding second completion to perform nospace directive"
                set --global __${r3}_comp_results $split[1] $split[1].
                __${r3}_debug "Completions are now: $__${r3}_comp_results"
            end
        end

        if test $numComps -eq 0; and test $nofiles -eq 0
            # To be consistent with bash and zsh, we only trigger file
            # completion when there are no other completions
            __${r3}_debug "Requesting file completion"
            return 1
        end
    end

    return 0
end

# Since Fish completions are only loaded once the user triggers them, we trigger them ourselves
# so we can properly delete any completions provided by another script.
# Only do this if the program can be found, or else fish may print some errors; besides,
# the existing completions will only be loaded if the program can be found.
if type -q "${t3}"
    # The space after the program name is essential to trigger completion for the program
    # and not completion of the program name itself.
    # Also, we use '> /dev/null 2>&1' since '&>' is not supported in older versions of fish.
    complete --do-complete "${t3} " > /dev/null 2>&1
end

# Remove any pre-existing completions for the program since we will be handling all of them.
complete -c ${t3} -e

# This will get called after the two calls below and clear the cached result
complete -c ${t3} -n '__${r3}_clear_perform_completion_once_result'
# The call to __${r3}_prepare_completions will setup __${r3}_comp_results
# which provides the program's completion choices.
# If this doesn't require order preservation, we don't use the -k flag
complete -c ${t3} -n 'not __${r3}_requires_order_preservation && __${r3}_prepare_completions' -f -a '$__${r3}_comp_results'
# Otherwise we use the -k flag
complete -k -c ${t3} -n '__${r3}_requires_order_preservation && __${r3}_prepare_completions' -f -a '$__${r3}_comp_results'
`;
}
function i(t3, n3) {
  let r3 = t3.replace(/[-:]/g, `_`);
  return `# powershell completion for ${t3} -*- shell-script -*-

  [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    function __${t3}_debug {
        if ($env:BASH_COMP_DEBUG_FILE) {
            "$args" | Out-File -Append -FilePath "$env:BASH_COMP_DEBUG_FILE"
        }
    }

    filter __${t3}_escapeStringWithSpecialChars {
        $_ -replace '\\s|#|@|\\$|;|,|''|\\{|\\}|\\(|\\)|"|\\||<|>|&','\`$&'
    }

[scriptblock]$__${r3}CompleterBlock = {
    param(
            $WordToComplete,
            $CommandAst,
            $CursorPosition
        )

    # Get the current command line and convert into a string
    $Command = $CommandAst.CommandElements
    $Command = "$Command"

    __${t3}_debug ""
    __${t3}_debug "========= starting completion logic =========="
    __${t3}_debug "WordToComplete: $WordToComplete Command: $Command CursorPosition: $CursorPosition"

    # The user could have moved the cursor backwards on the command-line.
    # We need to trigger completion from the $CursorPosition location, so we need
    # to truncate the command-line ($Command) up to the $CursorPosition location.
    # Make sure the $Command is longer then the $CursorPosition before we truncate.
    # This happens because the $Command does not include the last space.
    if ($Command.Length -gt $CursorPosition) {
        $Command = $Command.Substring(0, $CursorPosition)
    }
    __${t3}_debug "Truncated command: $Command"

    $ShellCompDirectiveError=${a.ShellCompDirectiveError}
    $ShellCompDirectiveNoSpace=${a.ShellCompDirectiveNoSpace}
    $ShellCompDirectiveNoFileComp=${a.ShellCompDirectiveNoFileComp}
    $ShellCompDirectiveFilterFileExt=${a.ShellCompDirectiveFilterFileExt}
    $ShellCompDirectiveFilterDirs=${a.ShellCompDirectiveFilterDirs}
    $ShellCompDirectiveKeepOrder=${a.ShellCompDirectiveKeepOrder}

    # Prepare the command to request completions for the program.
    # Split the command at the first space to separate the program and arguments.
    $Program, $Arguments = $Command.Split(" ", 2)

    $QuotedArgs = ($Arguments -split ' ' | ForEach-Object { "'" + ($_ -replace "'", "''") + "'" }) -join ' '
    __${t3}_debug "QuotedArgs: $QuotedArgs"

    $RequestComp = "& ${n3} complete '--' $QuotedArgs"
    __${t3}_debug "RequestComp: $RequestComp"

    # we cannot use $WordToComplete because it
    # has the wrong values if the cursor was moved
    # so use the last argument
    if ($WordToComplete -ne "" ) {
        $WordToComplete = $Arguments.Split(" ")[-1]
    }
    __${t3}_debug "New WordToComplete: $WordToComplete"


    # Check for flag with equal sign
    $IsEqualFlag = ($WordToComplete -Like "--*=*" )
    if ( $IsEqualFlag ) {
        __${t3}_debug "Completing equal sign flag"
        # Remove the flag part
        $Flag, $WordToComplete = $WordToComplete.Split("=", 2)
    }
    $HasTrailingEmptyArg = $QuotedArgs -match "(^| )''$"
    __${t3}_debug "HasTrailingEmptyArg: $HasTrailingEmptyArg"
    
    if ( $WordToComplete -eq "" -And ( -Not $IsEqualFlag ) -And ( -Not $HasTrailingEmptyArg )) {
        # If the last parameter is complete (there is a space following it)
        # We add an extra empty parameter so we can indicate this to the go method.
        __${t3}_debug "Adding extra empty parameter"
        # PowerShell 7.2+ changed the way how the arguments are passed to executables,
        # so for pre-7.2 or when Legacy argument passing is enabled we need to use
        if ($PSVersionTable.PsVersion -lt [version]'7.2.0' -or
            ($PSVersionTable.PsVersion -lt [version]'7.3.0' -and -not [ExperimentalFeature]::IsEnabled("PSNativeCommandArgumentPassing")) -or
            (($PSVersionTable.PsVersion -ge [version]'7.3.0' -or [ExperimentalFeature]::IsEnabled("PSNativeCommandArgumentPassing")) -and
              $PSNativeCommandArgumentPassing -eq 'Legacy')) {
             $RequestComp="$RequestComp" + ' \`"\`"'
        } else {
             $RequestComp = "$RequestComp" + ' ""'
        }
    }

    __${t3}_debug "Calling $RequestComp"
    # First disable ActiveHelp which is not supported for Powershell
    $env:ActiveHelp = 0

    # call the command store the output in $out and redirect stderr and stdout to null
    # $Out is an array contains each line per element
    Invoke-Expression -OutVariable out "$RequestComp" 2>&1 | Out-Null

    # get directive from last line
    [int]$Directive = $Out[-1].TrimStart(':')
    if ($Directive -eq "") {
        # There is no directive specified
        $Directive = 0
    }
    __${t3}_debug "The completion directive is: $Directive"

    # remove directive (last element) from out
    $Out = $Out | Where-Object { $_ -ne $Out[-1] }
    __${t3}_debug "The completions are: $Out"

    if (($Directive -band $ShellCompDirectiveError) -ne 0 ) {
        # Error code.  No completion.
        __${t3}_debug "Received error from custom completion go code"
        return
    }

    $Longest = 0
    [Array]$Values = $Out | ForEach-Object {
        # Split the output in name and description
        $Name, $Description = $_.Split("\`t", 2)
        __${t3}_debug "Name: $Name Description: $Description"

        # Look for the longest completion so that we can format things nicely
        if ($Longest -lt $Name.Length) {
            $Longest = $Name.Length
        }

        # Set the description to a one space string if there is none set.
        # This is needed because the CompletionResult does not accept an empty string as argument
        if (-Not $Description) {
            $Description = " "
        }
        @{ Name = "$Name"; Description = "$Description" }
    }


    $Space = " "
    if (($Directive -band $ShellCompDirectiveNoSpace) -ne 0 ) {
        # remove the space here
        __${t3}_debug "ShellCompDirectiveNoSpace is called"
        $Space = ""
    }

    if ((($Directive -band $ShellCompDirectiveFilterFileExt) -ne 0 ) -or
       (($Directive -band $ShellCompDirectiveFilterDirs) -ne 0 ))  {
        __${t3}_debug "ShellCompDirectiveFilterFileExt ShellCompDirectiveFilterDirs are not supported"

        # return here to prevent the completion of the extensions
        return
    }

    $Values = $Values | Where-Object {
        # filter the result
        $_.Name -like "$WordToComplete*"

        # Join the flag back if we have an equal sign flag
        if ( $IsEqualFlag ) {
            __${t3}_debug "Join the equal sign flag back to the completion value"
            $_.Name = $Flag + "=" + $_.Name
        }
    }

    # we sort the values in ascending order by name if keep order isn't passed
    if (($Directive -band $ShellCompDirectiveKeepOrder) -eq 0 ) {
        $Values = $Values | Sort-Object -Property Name
    }

    if (($Directive -band $ShellCompDirectiveNoFileComp) -ne 0 ) {
        __${t3}_debug "ShellCompDirectiveNoFileComp is called"

        if ($Values.Length -eq 0) {
            # Just print an empty string here so the
            # shell does not start to complete paths.
            # We cannot use CompletionResult here because
            # it does not accept an empty string as argument.
            ""
            return
        }
    }

    # Get the current mode
    $Mode = (Get-PSReadLineKeyHandler | Where-Object { $_.Key -eq "Tab" }).Function
    __${t3}_debug "Mode: $Mode"

    $Values | ForEach-Object {

        # store temporary because switch will overwrite $_
        $comp = $_

        # PowerShell supports three different completion modes
        # - TabCompleteNext (default windows style - on each key press the next option is displayed)
        # - Complete (works like bash)
        # - MenuComplete (works like zsh)
        # You set the mode with Set-PSReadLineKeyHandler -Key Tab -Function <mode>

        # CompletionResult Arguments:
        # 1) CompletionText text to be used as the auto completion result
        # 2) ListItemText   text to be displayed in the suggestion list
        # 3) ResultType     type of completion result
        # 4) ToolTip        text for the tooltip with details about the object

        switch ($Mode) {

            # bash like
            "Complete" {

                if ($Values.Length -eq 1) {
                    __${t3}_debug "Only one completion left"

                    # insert space after value
                    [System.Management.Automation.CompletionResult]::new($($comp.Name | __${t3}_escapeStringWithSpecialChars) + $Space, "$($comp.Name)", 'ParameterValue', "$($comp.Description)")

                } else {
                    # Add the proper number of spaces to align the descriptions
                    while($comp.Name.Length -lt $Longest) {
                        $comp.Name = $comp.Name + " "
                    }

                    # Check for empty description and only add parentheses if needed
                    if ($($comp.Description) -eq " " ) {
                        $Description = ""
                    } else {
                        $Description = "  ($($comp.Description))"
                    }

                    [System.Management.Automation.CompletionResult]::new("$($comp.Name)$Description", "$($comp.Name)$Description", 'ParameterValue', "$($comp.Description)")
                }
             }

            # zsh like
            "MenuComplete" {
                # insert space after value
                # MenuComplete will automatically show the ToolTip of
                # the highlighted value at the bottom of the suggestions.
                [System.Management.Automation.CompletionResult]::new($($comp.Name | __${t3}_escapeStringWithSpecialChars) + $Space, "$($comp.Name)", 'ParameterValue', "$($comp.Description)")
            }

            # TabCompleteNext and in case we get something unknown
            Default {
                # Like MenuComplete but we don't want to add a space here because
                # the user need to press space anyway to get the completion.
                # Description will not be shown because that's not possible with TabCompleteNext
                [System.Management.Automation.CompletionResult]::new($($comp.Name | __${t3}_escapeStringWithSpecialChars), "$($comp.Name)", 'ParameterValue', "$($comp.Description)")
            }
        }

    }
}

Register-ArgumentCompleter -CommandName '${t3}' -ScriptBlock $__${r3}CompleterBlock
`;
}

// node_modules/@bomb.sh/tab/dist/commander.mjs
function t2(t3, n3) {
  let i5 = t3.name(), o3 = n3?.completionCommandName ?? `complete`, s2 = t3.createCommand(o3).description(`Generate shell completion scripts`).addArgument(t3.createArgument(`<shell>`, `Shell type for completion script`).choices([`zsh`, `bash`, `fish`, `powershell`])).action((t4) => {
    u.setup(i5, i5, t4);
  });
  s2.copyInheritedSettings(t3);
  let c2 = t3.createCommand(`complete`).description(`Generate completion suggestions`).usage(`-- [args...]`).argument(`[args...]`).action((n4) => {
    if (o3 !== `complete`) {
      let e = t3.rawArgs;
      n4.length === 1 && !e.includes(`--`) && t3.error(`error: completion requests are called like \`complete -- [args]\`.
(Did you mean \`${o3} ${n4[0]}\` to generate shell script?)`);
    }
    u.parse(n4);
  });
  return c2.copyInheritedSettings(t3), o3 === `complete` ? t3.command(`complete`).description(`Generate shell completion scripts`).argument(`[shell]`, `shell type (choices: "zsh", "bash", "fish", "powershell")`).allowExcessArguments().action((e, n4, r3) => {
    let i6 = t3.rawArgs, a3 = i6.indexOf(`complete`), o4 = i6.indexOf(`--`);
    a3 !== -1 && o4 !== -1 && o4 === a3 + 1 ? c2.parse([`--`, ...r3.args], { from: `user` }) : s2.parse(r3.args, { from: `user` });
  }) : (t3.addCommand(s2), t3.addCommand(c2, { hidden: true })), r2(t3), a2(t3), u;
}
function n2(e, t3) {
  let n3 = t3.createHelp().visibleOptions(t3);
  for (let t4 of n3) {
    let n4 = t4.short?.slice(1);
    n4 && n4[0] === `-` && (n4 = void 0);
    let r3 = t4.long?.slice(2);
    if (r3) {
      let i5 = t4.required || t4.optional, a3 = t4.argChoices ?? [], o3;
      i5 && a3.length > 0 ? o3 = (e2) => {
        for (let t5 of a3) e2(t5, ``);
      } : i5 && (o3 = () => {
      }), o3 ? e.option(r3, t4.description, o3, n4) : e.option(r3, t4.description, n4);
    }
  }
}
function r2(t3) {
  n2(u, t3), i3(u, t3);
}
function i3(e, t3) {
  for (let n3 of t3.registeredArguments) {
    let t4 = n3.argChoices;
    t4?.length ? e.argument(n3.name(), (e2) => {
      for (let n4 of t4) e2(n4, ``);
    }, n3.variadic) : e.argument(n3.name(), void 0, n3.variadic);
  }
}
function a2(t3) {
  let r3 = /* @__PURE__ */ new Map();
  o2(t3, ``, r3);
  for (let [t4, a3] of r3.entries()) {
    if (t4 === ``) continue;
    let r4 = u.command(t4, a3.description() || ``);
    n2(r4, a3), i3(r4, a3);
  }
}
function o2(e, t3, n3) {
  n3.set(t3, e);
  let r3 = e.createHelp().visibleCommands(e);
  for (let e2 of r3) o2(e2, t3 ? `${t3} ${e2.name()}` : e2.name(), n3);
}

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
  let lines = string.slice(0, ptr).split(/\r?\n/);
  return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
  let lines = string.split(/\r?\n/);
  let codeblock = "";
  let numberLen = (Math.log10(line + 1) | 0) + 1;
  for (let i5 = line - 1; i5 <= line + 1; i5++) {
    let l2 = lines[i5 - 1];
    if (!l2)
      continue;
    codeblock += i5.toString().padEnd(numberLen, " ");
    codeblock += ":  ";
    codeblock += l2;
    codeblock += "\n";
    if (i5 === line) {
      codeblock += " ".repeat(numberLen + column + 2);
      codeblock += "^\n";
    }
  }
  return codeblock;
}
var TomlError = class _TomlError extends Error {
  line;
  column;
  codeblock;
  constructor(message, options2) {
    const [line, column] = getLineColFromPtr(options2.toml, options2.ptr);
    const codeblock = makeCodeBlock(options2.toml, line, column);
    super(`Invalid TOML document: ${message}

${codeblock}`, options2);
    this.line = line;
    this.column = column;
    this.codeblock = codeblock;
  }
  /** @internal */
  static x(message, ctx, ptr) {
    throw new _TomlError(message, { toml: ctx.s, ptr: ptr ?? ctx.p });
  }
};

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
  let startPtr = ctx.p;
  let c2 = ctx.s.charCodeAt(ctx.p++);
  let first4 = c2;
  let isLiteral = c2 === 39;
  let isMultiline = c2 === ctx.s.charCodeAt(ctx.p) && c2 === ctx.s.charCodeAt(ctx.p + 1);
  if (isMultiline) {
    if ((c2 = ctx.s.charCodeAt(ctx.p += 2)) === 10)
      ctx.p++;
    else if (c2 === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)
      ctx.p += 2;
  }
  let parsed = "";
  let sliceStart = ctx.p;
  let state = 0;
  for (; ctx.p < ctx.s.length; ctx.p++) {
    c2 = ctx.s.charCodeAt(ctx.p);
    if (isMultiline && (c2 === 10 || c2 === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) {
      state = state && 3;
    } else if (c2 < 32 && c2 !== 9 || c2 === 127) {
      TomlError.x("control characters are not allowed in strings", ctx);
    } else if ((!state || state === 3) && c2 === first4 && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first4 && ctx.s.charCodeAt(ctx.p + 2) === first4)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first4)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first4)
          ctx.p++;
      }
      if (!state) {
        let s2 = ctx.s.slice(sliceStart, ctx.p);
        parsed = parsed ? parsed + s2 : s2;
      }
      ctx.p += isMultiline ? 3 : 1;
      return parsed;
    } else if (!state) {
      if (!isLiteral && c2 === 92) {
        parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
        state = 1;
      }
    } else if (state === 1) {
      if (c2 === 120 || c2 === 117 || c2 === 85) {
        let errPtr = ctx.p++ - 1;
        let value = 0;
        let len = c2 === 120 ? 2 : c2 === 117 ? 4 : 8;
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
        parsed += String.fromCodePoint(value);
        sliceStart = ctx.p--;
        state = 0;
      } else if (isMultiline && (c2 === 32 || c2 === 9)) {
        state = 2;
      } else {
        if (c2 === 98)
          parsed += "\b";
        else if (c2 === 116)
          parsed += "	";
        else if (c2 === 110)
          parsed += "\n";
        else if (c2 === 102)
          parsed += "\f";
        else if (c2 === 114)
          parsed += "\r";
        else if (c2 === 101)
          parsed += "\x1B";
        else if (c2 === 34)
          parsed += '"';
        else if (c2 === 92)
          parsed += "\\";
        else
          TomlError.x("unrecognised escape sequence", ctx);
        sliceStart = ctx.p + 1;
        state = 0;
      }
    } else if (c2 !== 32 && c2 !== 9) {
      if (state === 2)
        TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
      state = !isLiteral && c2 === 92 ? 1 : 0;
      sliceStart = ctx.p;
    }
  }
  TomlError.x("unfinished string", ctx, startPtr);
}

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class _TomlDate extends Date {
  #hasDate = false;
  #hasTime = false;
  #offset = null;
  constructor(date2, fasttype, unsafeDelim) {
    let hasDate = true;
    let hasTime = true;
    let offset = "Z";
    let c2;
    if (typeof date2 === "string") {
      if (fasttype)
        prep: {
          if (fasttype < 3) {
            if (+date2.slice(11, 13) > 23) {
              date2 = "";
              break prep;
            }
            if (fasttype === 2) {
              offset = null;
              date2 += "Z";
            } else if ((c2 = date2.charCodeAt(date2.length - 1)) !== 90 && c2 !== 122) {
              offset = date2.slice(date2.length - 6);
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
            offset = match2[3] || null;
            if (!offset && hasTime)
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
      this.#offset = offset;
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
    let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
    offset = this.#offset[0] === "-" ? offset : -offset;
    let offsetDate = new Date(this.getTime() - offset * 6e4);
    return offsetDate.toISOString().slice(0, -1) + this.#offset;
  }
  static wrapAsOffsetDateTime(jsDate, offset = "Z") {
    let date2 = new _TomlDate(jsDate);
    date2.#offset = offset;
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

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
  return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
  return char === 32 || char === 9 || char === 10 || char === 13 || // Structure end or next value delimiter
  delim && (char === delim || char === 44) || // Comment
  char === 35;
}
function extractValue(ctx, end2) {
  let errPtr = ctx.p;
  let c2 = ctx.s.charCodeAt(ctx.p);
  if (c2 === 91 || c2 === 123) {
    ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
    let value = c2 === 91 ? parseArray(ctx) : parseInlineTable(ctx);
    ctx.d++;
    return value;
  }
  if (c2 === 34 || c2 === 39) {
    return parseString(ctx);
  }
  if (c2 === 116) {
    if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, true;
  }
  if (c2 === 102) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, false;
  }
  if (c2 === 43 || c2 === 45) {
    return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c2, end2);
  }
  if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) {
    return parseDate(ctx, c2, end2);
  }
  if (ctx.s.charCodeAt(ctx.p + 2) === 58) {
    return parseTime(ctx, c2, end2);
  }
  return parseNumber(ctx, ctx.p, c2, 0, end2);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
  let c2 = startChr;
  let state = 0;
  let hasUnderscores = false;
  if (c2 === 105) {
    if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, (sign || 1) / 0;
  }
  if (c2 === 110) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, NaN;
  }
  if (c2 === 48) {
    if (++ctx.p >= ctx.s.length || isEndOfValue(c2 = ctx.s.charCodeAt(ctx.p), endChr))
      return ctx.bi === true ? 0n : 0;
    if (!sign) {
      if (c2 === 120)
        return parseIntegerBaseN(ctx, startPtr, 16, endChr);
      else if (c2 === 98)
        return parseIntegerBaseN(ctx, startPtr, 2, endChr);
      else if (c2 === 111)
        return parseIntegerBaseN(ctx, startPtr, 8, endChr);
    }
    if (c2 === 46)
      state = 2;
    else if (c2 === 101 || c2 === 69)
      state = 4;
    else
      TomlError.x("illegal leading zero", ctx, startPtr);
  } else if (!isDigit(c2))
    TomlError.x("invalid value", ctx, startPtr);
  while (++ctx.p < ctx.s.length && (c2 = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c2, endChr))) {
    if (!state)
      state = 1;
    if (c2 === 95) {
      if (!(state & 1))
        TomlError.x("illegal underscore", ctx);
      state += 11;
      hasUnderscores = true;
    } else if (state === 1 && c2 === 46)
      state = 2;
    else if ((state === 1 || state === 3) && (c2 === 101 || c2 === 69))
      state = 4;
    else if (state === 4 && (c2 === 43 || c2 === 45)) {
      state = 6;
    } else if (!isDigit(c2))
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
  let c2, underscore = 1;
  while (++ctx.p < ctx.s.length && (c2 = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c2, endChr))) {
    if (c2 === 95) {
      if (underscore & 1)
        TomlError.x("illegal underscore", ctx);
      underscore = 3;
    } else if (!isDigit(c2, base))
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
function parseDate(ctx, c2, endChr) {
  let startPtr = ctx.p++, unsafeSeparator;
  if (!isDigit(c2) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) {
    return parseNumber(ctx, ctx.p = startPtr, c2, 0, endChr);
  }
  ctx.p += 5;
  if (!isDigit(ctx.s.charCodeAt(ctx.p++)))
    TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
  if (ctx.p >= ctx.s.length || ((c2 = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c2 !== 84 && c2 !== 116) {
    let t4 = ctx.s.slice(startPtr, ctx.p);
    return readDate(ctx, t4, 3, false, startPtr);
  }
  if (ctx.s.charCodeAt(ctx.p += 3) !== 58)
    TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
  if (ctx.s.charCodeAt(ctx.p += 3) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  if (c2 = ctx.s.charCodeAt(ctx.p)) {
    if (c2 === 90 || c2 === 122) {
      let t4 = ctx.s.slice(startPtr, ++ctx.p);
      return readDate(ctx, t4, 1, unsafeSeparator, startPtr, "[+00:00]");
    }
    if (c2 === 43 || c2 === 45) {
      let t4 = ctx.s.slice(startPtr, ctx.p += 6);
      return readDate(ctx, t4, 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
    }
  }
  let t3 = ctx.s.slice(startPtr, ctx.p);
  return readDate(ctx, t3, 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c2, endChr) {
  let start2 = ctx.p;
  if (!isDigit(c2) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
    return parseNumber(ctx, --ctx.p, c2, 0, endChr);
  }
  if (ctx.s.charCodeAt(ctx.p += 4) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  let t3 = ctx.s.slice(start2, ctx.p);
  return readDate(ctx, t3, 4, false, start2);
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

// node_modules/smol-toml/dist/util.js
function skipComment(ctx) {
  for (; ctx.p < ctx.s.length; ctx.p++) {
    let c2 = ctx.s.charCodeAt(ctx.p);
    if (c2 === 10)
      break;
    if (c2 === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
      ctx.p++;
      break;
    }
    if (c2 < 32 && c2 !== 9 || c2 === 127) {
      TomlError.x("control characters are not allowed in comments", ctx);
    }
  }
}
function skipVoid(ctx, banNewLines, banComments) {
  let c2;
  while (ctx.p < ctx.s.length) {
    while (ctx.p < ctx.s.length && ((c2 = ctx.s.charCodeAt(ctx.p)) === 32 || c2 === 9 || !banNewLines && (c2 === 10 || c2 === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)))
      ctx.p++;
    if (banComments || c2 !== 35)
      break;
    skipComment(ctx);
  }
}

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end2 = 61) {
  let startPtr;
  let state = 0;
  let parsed = [];
  let sliceStart;
  let c2 = ctx.s.charCodeAt(startPtr = ctx.p);
  do {
    if (c2 === end2) {
      if (!state)
        TomlError.x("unexpected end of key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      return ctx.p++, parsed;
    } else if (c2 === 46) {
      if (!state)
        TomlError.x("illegal empty bare key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      state = 0;
    } else if (!state && (c2 === 34 || c2 === 39)) {
      if (c2 === ctx.s.charCodeAt(ctx.p + 1) && c2 === ctx.s.charCodeAt(ctx.p + 2))
        TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
      parsed.push(parseString(ctx));
      state = 2;
      ctx.p--;
    } else if (c2 === 32 || c2 === 9) {
      if (state === 1) {
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
        state = 2;
      }
    } else if (state === 2 || c2 < 48 && c2 !== 45 || c2 > 57 && c2 < 65 || c2 > 90 && c2 < 97 && c2 !== 95 || c2 > 122) {
      TomlError.x("illegal character in key", ctx);
    } else if (!state) {
      state = 1;
      sliceStart = ctx.p;
    }
  } while (c2 = ctx.s.charCodeAt(++ctx.p));
  TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
function parseInlineTable(ctx) {
  let startPtr = ctx.p++;
  let res = /* @__PURE__ */ Object.create(null);
  let seen = /* @__PURE__ */ new Set();
  let c2;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c2 = ctx.s.charCodeAt(ctx.p)) === 125) {
      ctx.p++;
      return res;
    }
    let k;
    let t3 = res;
    let hasOwn = false;
    let errPtr = ctx.p;
    let key2 = parseKey(ctx);
    for (let i5 = 0; i5 < key2.length; i5++) {
      if (i5)
        t3 = hasOwn ? t3[k] : t3[k] = /* @__PURE__ */ Object.create(null);
      k = key2[i5];
      if ((hasOwn = Object.hasOwn(t3, k)) && (typeof t3[k] !== "object" || seen.has(t3[k]))) {
        TomlError.x("trying to redefine an already defined value", ctx, errPtr);
      }
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor")) {
        t3 = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
        break;
      }
      if (!hasOwn && unsafe) {
        Object.defineProperty(t3, k, { enumerable: true, configurable: true, writable: true });
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
    if (t3 && typeof (t3[k] = value) === "object")
      seen.add(value);
    skipVoid(ctx);
    if ((c2 = ctx.s.charCodeAt(ctx.p++)) === 125) {
      return res;
    }
    if (c2 !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished table", ctx, startPtr);
}
function parseArray(ctx) {
  let startPtr = ctx.p++;
  let res = [];
  let c2;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c2 = ctx.s.charCodeAt(ctx.p)) === 93) {
      ctx.p++;
      return res;
    }
    res.push(extractValue(
      ctx,
      93
      /* ] */
    ));
    skipVoid(ctx);
    if ((c2 = ctx.s.charCodeAt(ctx.p++)) === 93) {
      return res;
    }
    if (c2 !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished array", ctx, startPtr);
}

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key2, table3, meta, type) {
  let t3 = table3;
  let m = meta;
  let k;
  let hasOwn = false;
  let state;
  for (let i5 = 0; i5 < key2.length; i5++) {
    if (i5) {
      t3 = hasOwn ? t3[k] : t3[k] = /* @__PURE__ */ Object.create(null);
      m = (state = m[k]).c;
      if (type === 0 && (state.t === 1 || state.t === 2)) {
        return null;
      }
      if (state.t === 2) {
        let l2 = t3.length - 1;
        t3 = t3[l2];
        m = m[l2].c;
      }
    }
    k = key2[i5];
    if ((hasOwn = Object.hasOwn(t3, k)) && m[k]?.t === 0 && m[k]?.d) {
      return null;
    }
    if (!hasOwn) {
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor"))
        return false;
      if (unsafe) {
        Object.defineProperty(t3, k, { enumerable: true, configurable: true, writable: true });
        Object.defineProperty(m, k, { enumerable: true, configurable: true, writable: true });
      }
      m[k] = {
        t: i5 < key2.length - 1 && type === 2 ? 3 : type,
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
      t3[k] = [];
    }
    t3[k].push(t3 = /* @__PURE__ */ Object.create(null));
    state.c[state.i++] = state = { t: 1, d: false, i: 0, c: /* @__PURE__ */ Object.create(null) };
  }
  if (state.d) {
    return null;
  }
  state.d = true;
  if (type === 1) {
    t3 = hasOwn ? t3[k] : t3[k] = /* @__PURE__ */ Object.create(null);
  } else if (type === 0 && hasOwn) {
    return null;
  }
  return [k, t3, state.c];
}
function validateTablePeek(ctx, peek, ptr) {
  if (peek === null || ctx.uk === 2)
    TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options2 = {}) {
  let ctx = {
    s: toml,
    p: 0,
    d: options2.maxDepth ?? 1e3,
    bi: options2.integersAsBigInt ?? false,
    ld: options2.useLegacyDate ?? true,
    uk: options2.unsafeKeyBehaviour === "throw" ? 2 : options2.unsafeKeyBehaviour === "drop" ? 1 : 0
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

// node_modules/smol-toml/dist/stringify.js
var BARE_KEY = /^[a-z0-9-_]+$/i;
var HAS_WELLFORMED = !!"".isWellFormed;
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
  for (let i5 = 0; i5 < obj.length; i5++) {
    if (extendedTypeOf(obj[i5]) !== "object")
      return false;
  }
  return obj.length != 0;
}
function formatWellFormedStringUnchecked(s2) {
  return JSON.stringify(s2).replaceAll("", "\\u007f");
}
function formatString(s2) {
  return formatWellFormedStringUnchecked(HAS_WELLFORMED ? s2.toWellFormed() : s2);
}
function formatKey(s2) {
  if (BARE_KEY.test(s2))
    return s2;
  if (HAS_WELLFORMED && !s2.isWellFormed())
    throw new RangeError("key contains illegal lone surrogates");
  return formatWellFormedStringUnchecked(s2);
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
  for (let i5 = 0; i5 < keys.length; i5++) {
    let k = keys[i5];
    if (i5)
      res += ", ";
    res += formatKey(k) + " = " + stringifyValue(obj[k], extendedTypeOf(obj[k]), depth - 1, numberAsFloat, strictTemporal);
  }
  return res + " }";
}
function stringifyArray(array, depth, numberAsFloat, strictTemporal) {
  if (array.length === 0)
    return "[]";
  let res = "[ ";
  for (let i5 = 0; i5 < array.length; i5++) {
    if (i5)
      res += ", ";
    if (array[i5] === null || array[i5] === void 0) {
      throw new TypeError("arrays cannot contain null or undefined values");
    }
    res += stringifyValue(array[i5], extendedTypeOf(array[i5]), depth - 1, numberAsFloat, strictTemporal);
  }
  return res + " ]";
}
function stringifyArrayTable(array, key2, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  let res = "";
  for (let i5 = 0; i5 < array.length; i5++) {
    res += `${res && "\n"}[[${key2}]]
`;
    res += stringifyTable(0, array[i5], key2, depth, numberAsFloat, strictTemporal);
  }
  return res;
}
function stringifyTable(tableKey, obj, prefix2, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  let preamble = "";
  let tables2 = "";
  let keys = Object.keys(obj);
  for (let i5 = 0; i5 < keys.length; i5++) {
    let k = keys[i5];
    if (obj[k] !== null && obj[k] !== void 0) {
      let type = extendedTypeOf(obj[k]);
      if (type === "symbol" || type === "function") {
        throw new TypeError(`cannot serialize values of type '${type}'`);
      }
      let key2 = formatKey(k);
      if (type === "array" && isArrayOfTables(obj[k])) {
        tables2 += (tables2 && "\n") + stringifyArrayTable(obj[k], prefix2 ? `${prefix2}.${key2}` : key2, depth - 1, numberAsFloat, strictTemporal);
      } else if (type === "object") {
        let tblKey = prefix2 ? `${prefix2}.${key2}` : key2;
        tables2 += (tables2 && "\n") + stringifyTable(tblKey, obj[k], tblKey, depth - 1, numberAsFloat, strictTemporal);
      } else {
        preamble += key2;
        preamble += " = ";
        preamble += stringifyValue(obj[k], type, depth, numberAsFloat, strictTemporal);
        preamble += "\n";
      }
    }
  }
  if (tableKey && (preamble || !tables2))
    preamble = preamble ? `[${tableKey}]
${preamble}` : `[${tableKey}]`;
  return preamble && tables2 ? `${preamble}
${tables2}` : preamble || tables2;
}
function stringify(obj, { maxDepth = 1e3, numbersAsFloat = false, strictTemporal = false } = {}) {
  if (extendedTypeOf(obj) !== "object") {
    throw new TypeError("stringify can only be called with an object");
  }
  let str = stringifyTable(0, obj, "", maxDepth, numbersAsFloat, strictTemporal);
  if (str[str.length - 1] !== "\n")
    return str + "\n";
  return str;
}

// src/uv/lock/toml.ts
var MAX_DEPTH = 160;
var CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;
function parseToml(text2, file) {
  const deep = deepLine(text2);
  if (deep !== void 0)
    throw new UserError(
      "toml-syntax",
      `${file}:${deep} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Fix the file, or recreate the lock with 'uv lock'.`,
      { at: { file, line: deep } }
    );
  try {
    return parse(text2.startsWith("\uFEFF") ? text2.slice(1) : text2, { maxDepth: MAX_DEPTH });
  } catch (error) {
    const fix = "Fix the file, or recreate the lock with 'uv lock'.";
    if (error instanceof TomlError)
      throw mergeConflict(text2, file, "run 'uv lock'") ?? syntaxError(error, file, "toml-syntax", fix);
    throw error;
  }
}
function deepLine(text2) {
  const manyDots = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}.*`, "gm");
  for (const { 0: line, index } of text2.matchAll(manyDots)) if (isDeep(line)) return lineAt(text2, index);
  return void 0;
}
function isDeep(line) {
  let bareDots = 0;
  let quotedDots = 0;
  let previous = "";
  for (const character of line) {
    if (character === ".") {
      bareDots = previous === "." ? 0 : bareDots + 1;
      if (previous === '"' || previous === "'") quotedDots += 1;
    } else if (!/[\w\-"' \t]/.test(character)) bareDots = 0;
    if (bareDots > MAX_DEPTH || quotedDots > MAX_DEPTH) return true;
    if (character !== " " && character !== "	") previous = character;
  }
  return false;
}
function syntaxError(error, file, code2, fix) {
  const [first4 = ""] = error.message.split("\n", 1);
  const reason = first4.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "");
  const { line, column } = error;
  return new UserError(code2, `${file}:${line}:${column} is not valid TOML: ${reason}. ${fix}`, {
    at: { file, line, column },
    cause: error
  });
}
function mergeConflict(text2, file, fix) {
  const found2 = CONFLICT.exec(text2);
  if (found2 === null) return void 0;
  const line = lineAt(text2, found2.index);
  return new UserError(
    "merge-conflict",
    `${file}:${line} has an unresolved merge conflict ('${found2[0].trim()}'). Choose one side and ${fix}.`,
    { at: { file, line, column: 1 } }
  );
}
function lineAt(text2, index) {
  let line = 1;
  for (let at = text2.indexOf("\n"); at >= 0 && at < index; at = text2.indexOf("\n", at + 1)) line += 1;
  return line;
}

// src/config/cache.ts
var address = /^(?:file|s3|ssh|ssh-ng|https?):\/\/[^\s]+$/;
var cacheText = "the address of a binary cache (file://, s3://, ssh://, ssh-ng://, http:// or https://) without a password in it";
function isCacheAddress(text2) {
  return address.test(text2) && URL.canParse(text2) && new URL(text2).password === "";
}

// src/config/locate.ts
function locateKeys(text2) {
  return new Locator(text2).document();
}
var pathKey = (path60) => JSON.stringify(path60);
var MAX_PARTS = 16;
var Locator = class {
  #text;
  #found = /* @__PURE__ */ new Map();
  /** Number of tables in each array of tables so far. */
  #tables = /* @__PURE__ */ new Map();
  #at = 0;
  #line = 1;
  #lineStart = 0;
  constructor(text2) {
    this.#text = text2;
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
    for (const end2 = Math.min(this.#at + length, this.#text.length); this.#at < end2; this.#at++) {
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
  #advanceTo(text2) {
    const end2 = this.#text.indexOf(text2, this.#at);
    this.#advance((end2 < 0 ? this.#text.length : end2) - this.#at);
  }
  /** `[a.b]` or `[[a.b]]`. */
  #header() {
    const isArray2 = this.#peek(2) === "[[";
    this.#advance(isArray2 ? 2 : 1);
    this.#skipBlank();
    const position2 = this.#position();
    const names2 = this.#dottedKey();
    this.#advance(isArray2 ? 2 : 1);
    const path60 = [];
    for (const [index, name4] of names2.entries()) {
      path60.push(name4);
      const key2 = pathKey(path60);
      if (isArray2 && index === names2.length - 1) this.#tables.set(key2, (this.#tables.get(key2) ?? 0) + 1);
      const count2 = this.#tables.get(key2);
      if (count2 !== void 0) path60.push(count2 - 1);
    }
    this.#found.set(pathKey(path60), position2);
    return path60;
  }
  #pair(table3) {
    const position2 = this.#position();
    const path60 = [...table3, ...this.#dottedKey()];
    this.#found.set(pathKey(path60), position2);
    this.#advance(1);
    this.#skipBlank();
    this.#value(path60);
  }
  #position() {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }
  /** Names separated by dots, up to `=` or `]`; of very many, the first ones. */
  #dottedKey() {
    const names2 = [];
    for (; ; ) {
      this.#skipBlank();
      const start2 = this.#at;
      const quote = this.#peek();
      if (quote === '"' || quote === "'") {
        this.#string();
        names2.push(this.#text.slice(start2 + 1, this.#at - 1));
      } else {
        while (/[A-Za-z0-9_-]/.test(this.#peek())) this.#advance(1);
        names2.push(this.#text.slice(start2, this.#at));
      }
      this.#skipBlank();
      if (this.#peek() !== ".") return names2.slice(0, MAX_PARTS);
      this.#advance(1);
    }
  }
  #value(path60) {
    const first4 = this.#peek();
    if (first4 === '"' || first4 === "'") this.#string();
    else if (first4 === "[") this.#items("]", (index) => this.#item([...path60, index]));
    else if (first4 === "{") this.#items("}", () => this.#pair(path60));
    else while (this.#at < this.#text.length && !/[\n,\]}#]/.test(this.#peek())) this.#advance(1);
  }
  #item(path60) {
    this.#found.set(pathKey(path60), this.#position());
    this.#value(path60);
  }
  /** Reads what is between brackets or braces. */
  #items(close, item) {
    this.#advance(1);
    for (let index = 0, before = -1; this.#at > before; index++) {
      before = this.#at;
      this.#skipBlank();
      if (this.#peek() !== close) item(index);
      this.#skipBlank();
      if (this.#peek() === ",") this.#advance(1);
      this.#skipBlank();
      if (this.#peek() === close) break;
    }
    this.#advance(1);
  }
  #string() {
    const quote = this.#peek();
    const long2 = quote.repeat(3);
    const end2 = this.#peek(3) === long2 ? long2 : quote;
    this.#advance(end2.length);
    while (this.#at < this.#text.length && !this.#text.startsWith(end2, this.#at))
      this.#advance(quote === '"' && this.#peek() === "\\" ? 2 : 1);
    this.#advance(end2.length);
    while (end2 === long2 && this.#peek() === quote) this.#advance(1);
  }
};

// src/config/names.ts
function isAttributePath(text2) {
  return text2.length <= 500 && /^\.?[A-Za-z_0-9][\w'+-]*(\.[A-Za-z_0-9][\w'+-]*)*$/.test(text2);
}
var isRootAttribute = (text2) => isAttributePath(text2) && !text2.startsWith(".");
var rootAttributeText = "an attribute path such as authentik-django or packages.backend";
function isHubName(text2) {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(text2) && !/\/\.{1,2}$/.test(text2);
}
function isGitUrl(text2) {
  return /^(https?|ssh):\/\//.test(text2) && URL.canParse(text2) && !/\s/.test(text2);
}
var badBranch = /[\p{Cc}\p{Cf}\p{Cs}\s~^:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)|(?:^|\/)\.|^[-/]|^@$|[/.]$|^refs\//u;
function isBranchName(text2) {
  return text2 !== "" && text2.length <= 244 && !badBranch.test(text2);
}
function isHost(text2) {
  return text2.length <= 260 && /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text2);
}

// src/config/package.ts
import path4 from "node:path";

// src/system/inside.ts
import { lstat, realpath } from "node:fs/promises";
import path3 from "node:path";
var ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
function isGitFolder(component) {
  return /^(\.git|git~1)[. ]*(:.*)?$/is.test(component.replace(ignored, ""));
}
function isInnerPath(text2) {
  return text2 !== "" && !/^[/~]|[\\\0]|^[a-z]:/i.test(text2) && !text2.split("/").some((component) => component === ".." || isGitFolder(component));
}
function pathBelow(root, file) {
  const relative3 = path3.relative(root, file);
  const isElsewhere = relative3 === ".." || relative3.startsWith(`..${path3.sep}`) || path3.isAbsolute(relative3);
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
  for (let at = file; ; at = path3.dirname(at)) {
    const found2 = await realpath(at).catch(() => void 0);
    if (found2 !== void 0) return path3.join(found2, path3.relative(at, file));
    if (at === path3.dirname(at) || (await lstat(at).catch(() => void 0))?.isSymbolicLink())
      return void 0;
  }
}
async function requireInside(root, file, what2) {
  if (!await isInside(root, file)) throw outside(root, what2);
}
var outside = (root, what2) => new UserError(
  "file-outside",
  `${what2} leads out of the repository ${root}, so it is not read. Put the file itself into the repository.`
);
async function repositoryOf(dir, store = "/nix/store") {
  const inStore = pathBelow(store, dir)?.split(path3.sep)[0];
  if (inStore) return path3.join(store, inStore);
  for (let folder = dir; ; folder = path3.dirname(folder)) {
    if (await lstat(path3.join(folder, ".git")).catch(() => void 0)) return folder;
    if (folder === path3.dirname(folder)) return void 0;
  }
}

// src/config/places.ts
var relativeText = "an attribute path, with a leading '.' if it starts at the package";
var fileText = "the path of a file in this repository";
function versionPlace(parent, value, index) {
  const allowed = "a table with file, pattern, pointer, attribute, value";
  return parent.tableAt(["version-files", index], value, allowed, readVersionPlace) ?? [];
}
function readVersionPlace(table3) {
  const attribute = table3.string("attribute", relativeText, isAttributePath);
  const file = table3.string("file", fileText, isInnerPath);
  const pointer = table3.string("pointer", 'a JSON pointer such as "/version"', isPointer);
  const pattern = table3.string("pattern", placeholderText, hasOnePlaceholder);
  const text2 = table3.string("value", placeholderText, hasOnePlaceholder) ?? "{version}";
  if (table3.has("attribute")) {
    for (const key2 of ["file", "pattern", "pointer"])
      if (table3.has(key2)) table3.wrong(key2, "has no meaning with 'attribute', whose position Nix reports");
    return attribute === void 0 ? [] : [{ kind: "nix", attribute, value: text2 }];
  }
  if (!table3.has("file") || table3.has("pattern") === table3.has("pointer"))
    table3.mistakes.add(table3.path, "takes 'file' with either 'pattern' or 'pointer', or 'attribute'");
  if (table3.has("pattern") && table3.has("value")) table3.wrong("value", "has no meaning with 'pattern'");
  if (file === void 0) return [];
  if (pointer !== void 0) return [{ kind: "json", file, pointer, value: text2 }];
  return pattern === void 0 ? [] : [{ kind: "text", file, pattern }];
}
var placeholderText = "a text with exactly one of {version}, {tag} and {revision}";
var hasOnePlaceholder = (text2) => text2.split(/\{(?:version|tag|revision)\}/).length === 2;
var isPointer = (text2) => /^(\/([^~/]|~[01])*)+$/.test(text2);
function fixedOutputs(parent, at, value) {
  if (typeof value === "string" && isAttributePath(value))
    return [{ attribute: value, file: void 0, pointer: void 0 }];
  const allowed = `${relativeText}, or a table with attribute, systems, file, pointer`;
  return parent.tableAt(at, value, allowed, readFixedOutput) ?? [];
}
function readFixedOutput(table3) {
  const isTemplate = (text2) => isAttributePath(text2.replaceAll("{system}", "system"));
  const isSystem = (text2) => /^\w+-\w+$/.test(text2);
  const attribute = table3.requiredString("attribute", relativeText, isTemplate);
  const systems = table3.strings("systems", "systems such as x86_64-linux", isSystem);
  const file = table3.string("file", fileText, isInnerPath);
  const pointer = table3.string("pointer", 'a JSON pointer such as "/hash"', isPointer);
  if (pointer !== void 0 && file === void 0)
    table3.wrong("pointer", "requires 'file', the JSON file that it points into");
  if (attribute === void 0) return [];
  if (attribute.includes("{system}") !== (systems !== void 0)) {
    const text2 = "requires 'systems', and the reverse: {system} in the path stands for each of them";
    table3.wrong("attribute", text2);
    return [];
  }
  return (systems ?? [""]).map((system) => ({
    attribute: attribute.replaceAll("{system}", system),
    file,
    pointer: pointer?.replaceAll("{system}", system)
  }));
}

// src/config/pull-request.ts
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
  return table3.string(key2, placeholdersText(known2), (text2) => unknownWord(text2, known2) === void 0);
}
var placeholdersText = (known2) => `a text with no other placeholders than ${known2.map((name4) => `{${name4}}`).join(", ")}`;
function unknownWord(text2, known2) {
  return [...text2.matchAll(/\{([a-z-]{1,40})\}/g)].map(([, name4 = ""]) => name4).find((name4) => !known2.includes(name4));
}
var isLogin = (text2) => /^[A-Za-z0-9][\w.-]*(\[bot\]|\/[\w.-]+)?$/.test(text2);

// node_modules/@renovatebot/pep440/lib/version.js
var VERSION_PATTERN = [
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
var validRegex = new RegExp("^" + VERSION_PATTERN + "$", "i");
function valid(version3) {
  return validRegex.test(version3) ? version3 : null;
}
var cleanRegex = new RegExp("^\\s*" + VERSION_PATTERN + "\\s*$", "i");
function clean(version3) {
  return stringify2(parse2(version3, cleanRegex));
}
function parse2(version3, regex2) {
  const { groups: groups2 } = (regex2 || validRegex).exec(version3) || {};
  if (!groups2) {
    return null;
  }
  const parsed = {
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
  return parsed;
}
function stringify2(parsed) {
  if (!parsed) {
    return null;
  }
  const { epoch, release: release2, pre, post, dev, local } = parsed;
  const parts = [];
  if (epoch !== 0) {
    parts.push(`${epoch}!`);
  }
  parts.push(release2.join("."));
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
function explain(version3) {
  const parsed = parse2(version3);
  if (!parsed) {
    return parsed;
  }
  const { epoch, release: release2, pre, post, dev, local } = parsed;
  let base_version = "";
  if (epoch !== 0) {
    base_version += epoch + "!";
  }
  base_version += release2.join(".");
  const is_prerelease = Boolean(dev || pre);
  const is_devrelease = Boolean(dev);
  const is_postrelease = Boolean(post);
  return {
    epoch,
    release: release2,
    pre,
    post: post ? post[1] : post,
    dev: dev ? dev[1] : dev,
    local: local ? local.join(".") : local,
    public: stringify2(parsed).split("+", 1)[0],
    base_version,
    is_prerelease,
    is_devrelease,
    is_postrelease
  };
}

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
  compare: () => compare,
  eq: () => eq,
  ge: () => ge,
  gt: () => gt,
  le: () => le,
  lt: () => lt,
  ne: () => ne,
  rcompare: () => rcompare
});
function lt(version3, other) {
  return compare(version3, other) < 0;
}
function le(version3, other) {
  return compare(version3, other) <= 0;
}
function eq(version3, other) {
  return compare(version3, other) === 0;
}
function ne(version3, other) {
  return compare(version3, other) !== 0;
}
function ge(version3, other) {
  return compare(version3, other) >= 0;
}
function gt(version3, other) {
  return compare(version3, other) > 0;
}
function arbitrary(version3, other) {
  return version3.toLowerCase() === other.toLowerCase();
}
function compare(version3, other) {
  const parsedVersion = parse2(version3);
  const parsedOther = parse2(other);
  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);
  return pyCompare(keyVersion, keyOther);
}
function rcompare(version3, other) {
  return -compare(version3, other);
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
    for (let i5 = 0; i5 < len; i5 += 1) {
      const res = pyCompare(elem[i5], other[i5]);
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
  let { release: release2, pre, post, local, dev } = input;
  release2 = release2.concat();
  release2.reverse();
  while (release2.length && release2[0] === 0) {
    release2.shift();
  }
  release2.reverse();
  if (!pre && !post && dev) pre = -Infinity;
  else if (!pre) pre = Infinity;
  if (!post) post = -Infinity;
  if (!dev) dev = Infinity;
  if (!local) {
    local = -Infinity;
  } else {
    local = local.map(
      (i5) => Number.isNaN(Number(i5)) ? [-Infinity, i5] : [Number(i5), ""]
    );
  }
  return [epoch, release2, pre, post, dev, local];
}

// node_modules/@renovatebot/pep440/lib/specifier.js
var RANGE_PATTERN = [
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
var isEqualityOperator = (op) => ["==", "!=", "==="].includes(op);
var rangeRegex = new RegExp("^" + RANGE_PATTERN + "$", "i");
function parse3(ranges) {
  if (!ranges.trim()) {
    return [];
  }
  const specifiers = ranges.split(",").map((range) => rangeRegex.exec(range.trim()) || {}).map(({ groups: groups2 }) => {
    if (!groups2) {
      return null;
    }
    let { ...spec } = groups2;
    const { operator, version: version3, prefix: prefix2, legacy } = groups2;
    if (version3) {
      spec = { ...spec, ...explain(version3) };
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
function pick(versions2, specifier2, options2) {
  const parsed = parse3(specifier2);
  if (!parsed) {
    return [];
  }
  return versions2.filter((version3) => {
    const explained = explain(version3);
    if (!parsed.length) {
      return explained && !(explained.is_prerelease && !options2.prereleases);
    }
    return parsed.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options2 }, { version: version3, explained });
    }, true);
  });
}
function satisfies(version3, specifier2, options2 = {}) {
  const filtered = pick([version3], specifier2, options2);
  return filtered.length === 1;
}
function arrayStartsWith(array, prefix2) {
  if (prefix2.length > array.length) {
    return false;
  }
  for (let i5 = 0; i5 < prefix2.length; i5 += 1) {
    if (prefix2[i5] !== array[i5]) {
      return false;
    }
  }
  return true;
}
function contains(specifier2, input) {
  const { explained } = input;
  let { version: version3 } = input;
  const { ...spec } = specifier2;
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
    return satisfies(version3, `>=${spec.version}, ==${compatiblePrefix}`, {
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
      version3 = explained.public;
      spec.version = explain(spec.version).public;
    }
  }
  if (spec.operator === "<" || spec.operator === ">") {
    if (eq(spec.release.join("."), explained.release.join("."))) {
      return false;
    }
  }
  const op = operator_exports[spec.operator];
  return op(version3, spec.version || spec.legacy);
}
function validRange(specifier2) {
  return Boolean(parse3(specifier2));
}

// src/config/releases.ts
var import_valid = __toESM(require_valid(), 1);

// src/uv/lock/names.ts
var NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
var NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
function isName(text2) {
  return NAME.test(text2);
}
function normalizeName(text2) {
  if (NORMALIZED.test(text2)) return text2;
  return NAME.test(text2) ? text2.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}

// src/config/releases.ts
var units = {
  minute: 6e4,
  hour: 36e5,
  day: 864e5,
  week: 6048e5
};
function parseDuration(text2) {
  const [, count2 = "", unit2 = ""] = /^(\d{1,5}) ?(minute|hour|day|week)s?$/.exec(text2) ?? [];
  const length = units[unit2];
  return length === void 0 ? void 0 : Number(count2) * length;
}
function readReleases(table3) {
  const rules = readRules(table3);
  const source = readSource(table3);
  return source && { source, rules };
}
var origins = ["github", "git", "pypi"];
var isPackage = (text2) => text2.length <= 200 && isName(text2);
function readSource(table3) {
  const hub = table3.string("github", 'a repository as "owner/name"', isHubName);
  const url = table3.string("git", "a URL that starts with https://, http:// or ssh://", isGitUrl);
  const name4 = table3.string("pypi", "the name of a package", isPackage);
  const list4 = table3.oneOf("list", ["releases", "tags"]) ?? "releases";
  const tag = table3.string("tag", 'a pattern with one {version}, such as "version/{version}"', isTagPattern);
  const branch = table3.string("branch", "a branch name", isBranchName);
  const version3 = table3.string(
    "version",
    'a version with {date} or {revision}, such as "0-unstable-{date}"',
    (text2) => /\{(date|revision)\}/.test(text2) && /^[^"\\$\s]+$/.test(text2)
  );
  const [origin2, second] = origins.filter((key2) => table3.has(key2));
  if (origin2 === void 0 || second !== void 0) {
    const found2 = origin2 ? `has ${origin2} and ${second}` : "does not set where releases are";
    table3.mistakes.add(table3.path, `${found2}; it takes one of github, git and pypi`);
    return void 0;
  }
  misplaced(table3, origin2);
  if (origin2 === "pypi") return name4 === void 0 ? void 0 : { kind: "pypi", name: name4 };
  const [owner = "", repo = ""] = hub?.split("/") ?? [];
  if (hub === void 0 && url === void 0) return void 0;
  const of = url === void 0 ? { kind: "github", owner, repo } : { kind: "git", url };
  if (table3.has("branch"))
    return branch === void 0 ? void 0 : { kind: "branch", of, branch, version: version3 ?? "0-unstable-{date}" };
  const [prefix2 = "v", suffix = ""] = tag?.split("{version}") ?? [];
  return of.kind === "git" ? { ...of, tag: { prefix: prefix2, suffix } } : { ...of, list: list4, tag: { prefix: prefix2, suffix } };
}
var isTagPattern = (pattern) => pattern.split("{version}").length === 2;
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
function readRules(table3) {
  const order = table3.oneOf("order", ["pep440", "semver"]) ?? "pep440";
  const isDuration = (text2) => parseDuration(text2) !== void 0;
  const durationText = 'a duration such as "3 days", "12 hours" or "2 weeks"';
  const age = table3.string("minimum-release-age", durationText, isDuration);
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
  const isRange = { pep440: validRange, semver: (text2) => (0, import_valid.default)(text2) !== null };
  const other = order === "pep440" ? "" : ' (order is "semver")';
  return table3.string(
    "range",
    `a range of versions such as ${examples[order]}${other}`,
    (text2) => text2.length <= 200 && isRange[order](text2)
  );
}

// src/config/package.ts
var nameText = "a name of letters, digits, - and _";
var isName2 = (text2) => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text2) && !/\.\.|\.$/.test(text2);
function defaultName(attribute, nix) {
  if (attribute !== "" || nix.kind !== "file") return attribute;
  const { dir, name: name4 } = path4.parse(nix.file);
  const found2 = name4 === "default" && dir !== "" ? path4.basename(dir) : name4;
  return found2.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "") || "default";
}
function plainPackage(attribute, nix) {
  return {
    name: defaultName(attribute, nix),
    attribute,
    nix,
    releases: void 0,
    versionFiles: [],
    sourceHash: void 0,
    hasSource: false,
    also: [],
    group: void 0,
    pullRequest: noOptions
  };
}
function readPackage(table3, around) {
  const given = table3.table("nix", readNix);
  const nix = given ?? { kind: "file", file: "default.nix" };
  const isOptional = given?.kind === "file" && !table3.has("attribute");
  const attribute = isOptional ? "" : table3.requiredString("attribute", rootAttributeText, isRootAttribute);
  const name4 = table3.string("name", nameText, isName2);
  const releases = table3.table("releases", readReleases);
  const places = table3.list("version-files", "a list of tables") ?? [];
  const source = table3.raw("source-hash");
  const also = table3.list("also", "a list of attribute paths or tables") ?? [];
  const group = table3.string("group", nameText, isName2);
  const read = {
    nix,
    releases,
    versionFiles: places.flatMap((value, index) => versionPlace(table3, value, index)),
    sourceHash: source === void 0 || source === false ? void 0 : fixedOutputs(table3, ["source-hash"], source)[0],
    hasSource: source !== false,
    also: also.flatMap((value, index) => fixedOutputs(table3, ["also", index], value)),
    group,
    pullRequest: pullRequestOf(table3, group, around)
  };
  if (attribute === void 0) return void 0;
  return { attribute, name: name4 ?? defaultName(attribute, nix), ...read };
}
function pullRequestOf(table3, group, around) {
  const own = table3.table("pull-request", (options2) => readPullRequest(options2, around.pullRequest));
  if (group === void 0) return own ?? around.pullRequest;
  if (own) table3.wrong("pull-request", `belongs to the group: write it as [groups.${group}]`);
  return around.groups.get(group) ?? around.pullRequest;
}
function readNix(table3) {
  const isFolder = (text2) => text2 === "." || isInnerPath(text2);
  const file = table3.string("file", fileText, isInnerPath);
  const flake = table3.string("flake", "the path of a folder in this repository", isFolder);
  const expression2 = table3.string("expression", "a Nix expression");
  if (["file", "flake", "expression"].filter((key2) => table3.has(key2)).length !== 1)
    table3.mistakes.add(table3.path, "takes one of file, flake and expression");
  if (flake !== void 0) return { kind: "flake", flake };
  if (expression2 !== void 0) return { kind: "expression", expression: expression2 };
  return { kind: "file", file: file ?? "default.nix" };
}

// src/config/proposals.ts
function proposals({ packages }) {
  const found2 = /* @__PURE__ */ new Map();
  for (const one of packages) {
    const key2 = one.group === void 0 ? `package ${one.name}` : `group ${one.group}`;
    const name4 = one.group ?? one.name;
    const others = found2.get(key2)?.packages ?? [];
    const branch = one.pullRequest.branch ?? `uv-fod/${name4}`;
    found2.set(key2, { name: name4, branch, options: one.pullRequest, packages: [...others, one] });
  }
  return [...found2.values()];
}

// src/system/suggest.ts
function nearest(text2, allowed) {
  const short = text2.slice(0, 64).toLowerCase();
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
  add(path60, text2) {
    this.#found.push({ position: this.#positionOf(path60), text: `${label(path60)} ${text2}` });
  }
  /** @throws UserError `config-invalid` if there are any */
  throwIfAny() {
    const sorted2 = this.#found.toSorted(
      ({ position: a3 }, { position: b }) => a3.line - b.line || a3.column - b.column
    );
    const [first4] = sorted2;
    if (!first4) return;
    const lines = sorted2.map(
      ({ position: position2, text: text2 }) => `${this.#file}:${position2.line}:${position2.column}: ${text2}.`
    );
    throw new UserError("config-invalid", lines.join("\n"), { at: { file: this.#file, ...first4.position } });
  }
  #positionOf(path60) {
    for (let length = path60.length; length > 0; length--) {
      const position2 = this.#positions.get(pathKey(path60.slice(0, length)));
      if (position2) return position2;
    }
    return { line: 1, column: 1 };
  }
};
function label(path60) {
  const text2 = path60.map((part) => typeof part === "number" ? `[${part + 1}]` : `.${part}`).join("");
  return `'${printable(text2.replace(/^\./, ""))}'`;
}
var TableReader = class _TableReader {
  path;
  mistakes;
  #table;
  #known = /* @__PURE__ */ new Set();
  constructor(table3, path60, mistakes) {
    this.path = path60;
    this.mistakes = mistakes;
    this.#table = table3;
  }
  /** @param read asks for every key that is allowed */
  static read(table3, path60, mistakes, read) {
    const reader = new _TableReader(table3, path60, mistakes);
    const result = read(reader);
    const known2 = [...reader.#known];
    for (const key2 of Object.keys(table3).filter((one) => !reader.#known.has(one))) {
      const meant = nearest(key2, known2);
      const hint = meant ? ` (did you mean '${meant}'?)` : "";
      reader.wrong(key2, `is not known${hint}; keys here are ${known2.join(", ")}`);
    }
    return result;
  }
  /** Records a mistake at a key of this table. */
  wrong(key2, text2) {
    this.mistakes.add([...this.path, key2], text2);
  }
  has(key2) {
    this.#known.add(key2);
    return Object.hasOwn(this.#table, key2);
  }
  keys() {
    return Object.keys(this.#table);
  }
  /** The value, unchecked. */
  raw(key2) {
    return this.has(key2) ? this.#table[key2] : void 0;
  }
  /** A string that is neither empty nor has a NUL character. */
  string(key2, allowed = "a text", isAllowed = anyText) {
    const isValid = (value) => isText(value) && isAllowed(value);
    return this.#checked(key2, allowed, isValid);
  }
  requiredString(key2, allowed, isAllowed = anyText) {
    if (!this.has(key2)) return this.wrong(key2, `is missing; it takes ${allowed}`);
    return this.string(key2, allowed, isAllowed);
  }
  boolean(key2) {
    return this.oneOf(key2, [true, false]);
  }
  oneOf(key2, allowed) {
    const list4 = allowed.map((one) => typeof one === "string" ? `"${one}"` : String(one));
    const isAllowed = (value) => allowed.some((one) => one === value);
    return this.#checked(key2, `${list4.slice(0, -1).join(", ")} or ${list4.at(-1)}`, isAllowed);
  }
  strings(key2, allowed, isAllowed = anyText) {
    const list4 = this.list(key2, `a list of ${allowed}`);
    return list4?.flatMap((value, index) => {
      if (isText(value) && isAllowed(value)) return [value];
      this.mistakes.add([...this.path, key2, index], `is ${show(value)}; the list takes ${allowed}`);
      return [];
    });
  }
  list(key2, allowed) {
    return this.#checked(key2, allowed, (value) => Array.isArray(value));
  }
  /** Reads a nested table; undefined if it is missing. */
  table(key2, read, allowed = "a table") {
    const value = this.raw(key2);
    return value === void 0 ? void 0 : this.tableAt([key2], value, allowed, read);
  }
  /** Reads a value below this table as a table. */
  tableAt(at, value, allowed, read) {
    const path60 = [...this.path, ...at];
    if (isTable(value)) return _TableReader.read(value, path60, this.mistakes, read);
    this.mistakes.add(path60, `is ${show(value)}; it takes ${allowed}`);
    return void 0;
  }
  #checked(key2, allowed, is) {
    const value = this.raw(key2);
    if (value === void 0 || is(value)) return value;
    return this.wrong(key2, `is ${show(value)}; it takes ${allowed}`);
  }
};
var anyText = (_) => true;
var isText = (value) => typeof value === "string" && value !== "" && !value.includes("\0");
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function show(value) {
  if (typeof value === "string") return printable(JSON.stringify(value.slice(0, 80)));
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  return isTable(value) ? "a table" : String(value);
}

// src/config/parse.ts
var MAX_LENGTH = 256 * 1024;
var MAX_DEPTH2 = 16;
function parseConfig(text2, file) {
  const document = parseText(text2, file);
  const mistakes = new Mistakes(file, locateKeys(text2));
  const config = TableReader.read(document, [], mistakes, readTop);
  mistakes.throwIfAny();
  return config;
}
function readTop(top) {
  const pullRequest = top.table("pull-request", (table3) => readPullRequest(table3, noOptions)) ?? noOptions;
  const groups2 = readGroups(top, pullRequest);
  const packages = readPackages(top, { pullRequest, groups: groups2 });
  checkGroups(packages, groups2, top.mistakes);
  checkBranches(packages, top.mistakes);
  const isUrl = (url) => /^https?:\/\//.test(url) && URL.canParse(url);
  return {
    packages: packages.map(({ config }) => config),
    index: top.string("index", "the address of a package index, https://…", isUrl),
    allowedHosts: top.strings("allowed-hosts", "hosts: name, name:port or *.name", isHost),
    publishNewBuilds: top.boolean("publish-new-builds") ?? true,
    cacheTo: top.string("cache-to", cacheText, isCacheAddress)
  };
}
function parseText(text2, file) {
  if (text2.length > MAX_LENGTH)
    throw new UserError(
      "config-syntax",
      `${file} has ${text2.length} characters; the limit is ${MAX_LENGTH}. Shorten it.`,
      { at: { file } }
    );
  try {
    return parse(text2.replace(/^\uFEFF/, ""), { maxDepth: MAX_DEPTH2 });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const fix = "Fix that line; docs/configuration.md has an example of each key.";
    throw syntaxError(error, file, "config-syntax", fix);
  }
}
function readPackages(top, around) {
  const list4 = top.list("package", "tables, each written [[package]]");
  if (list4?.length === 0 || !top.has("package"))
    top.wrong("package", "is missing; at least one [[package]] is required");
  const seen = /* @__PURE__ */ new Map();
  return (list4 ?? []).flatMap((value, index) => {
    const read = (table3) => readPackage(table3, around);
    const config = top.tableAt(["package", index], value, "a table, written [[package]]", read);
    if (config === void 0) return [];
    const other = seen.get(config.name);
    seen.set(config.name, other ?? index);
    if (other !== void 0)
      top.mistakes.add(
        ["package", index, "name"],
        `is '${config.name}', which is also the name of package ${other + 1}; give one of them another 'name'`
      );
    return [{ index, config }];
  });
}
function readGroups(top, below) {
  const read = (groups2) => new Map(
    groups2.keys().map((name4) => {
      const options2 = groups2.table(name4, (table3) => readPullRequest(table3, below));
      return [name4, options2 ?? below];
    })
  );
  return top.table("groups", read, "tables, each written [groups.NAME]") ?? /* @__PURE__ */ new Map();
}
function checkGroups(packages, groups2, mistakes) {
  const used = new Set(packages.map(({ config }) => config.group));
  for (const name4 of groups2.keys()) {
    if (!used.has(name4)) mistakes.add(["groups", name4], "has no package; add one with its key 'group'");
  }
}
function checkBranches(packages, mistakes) {
  const seen = /* @__PURE__ */ new Map();
  for (const { branch, name: name4, packages: of } of proposals({
    packages: packages.map(({ config }) => config)
  })) {
    const other = seen.get(branch);
    const index = packages.find(({ config }) => config === of[0])?.index ?? 0;
    if (other !== void 0)
      mistakes.add(
        ["package", index],
        `has the branch '${branch}', which '${other}' has too; give '${name4}' another name or 'branch'`
      );
    else seen.set(branch, name4);
  }
}

// src/update/check.ts
import path26 from "node:path";

// src/system/bounded-json.ts
function parseBoundedJson(text2, { length, depth }) {
  if (text2.length > length) throw new Error(`it has more than ${length} characters`);
  if (scan(text2).depth > depth) throw new Error(`it is nested more than ${depth} levels deep`);
  try {
    return JSON.parse(text2);
  } catch {
    throw new Error("it is not JSON");
  }
}
var saysNoMore = (text2, value) => text2.isWellFormed() && scan(text2).dense === JSON.stringify(value).length;
function scan(text2) {
  let [deepest, depth, dense, isString2] = [0, 0, 0, false];
  for (let at = 0; at < text2.length; at += 1) {
    const character = text2[at] ?? "";
    if (isString2 || !" 	\r\n".includes(character)) dense += 1;
    if (isString2 && character === "\\") {
      at += 1;
      dense += 1;
    } else if (character === '"') isString2 = !isString2;
    else if (!isString2 && (character === "[" || character === "{")) depth += 1;
    else if (!isString2 && (character === "]" || character === "}")) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return { depth: deepest, dense };
}

// src/system/shape.ts
var text = (most2, pattern) => (value, at) => {
  if (typeof value !== "string") return `${at} is not a string`;
  if (value.length > most2) return `${at} is longer than ${most2} characters`;
  return pattern === void 0 || pattern.test(value) ? void 0 : `${at} has a form that is not allowed`;
};
var number = (least2, most2) => (value, at) => typeof value === "number" && value >= least2 && value <= most2 ? void 0 : `${at} is not a number from ${least2} to ${most2}`;
var whole = (least2, most2) => (value, at) => Number.isSafeInteger(value) ? number(least2, most2)(value, at) : `${at} is not a whole number`;
var yesOrNo = (value, at) => typeof value === "boolean" ? void 0 : `${at} is not true or false`;
var oneOf = (...values) => (value, at) => values.some((one) => one === value) ? void 0 : `${at} is not one of ${values.join(", ")}`;
var maybe = (shape) => (value, at) => value === null || value === void 0 ? void 0 : shape(value, at);
var list = (item, most2) => (value, at) => {
  if (!Array.isArray(value)) return `${at} is not a list`;
  if (value.length > most2) return `${at} has more than ${most2} items`;
  return first(value.map((one, index) => () => item(one, `${at}[${index}]`)));
};
var having = (required2, optional = {}) => (value, at) => {
  if (!isObject(value)) return `${at} is not an object`;
  const get = (name4) => Object.hasOwn(value, name4) ? value[name4] : void 0;
  const given = Object.entries(optional).filter(([name4]) => Object.hasOwn(value, name4));
  return first(
    [...Object.entries(required2), ...given].map(
      ([name4, shape]) => () => shape(get(name4), `${at}.${name4}`)
    )
  );
};
var exactly = (required2, optional = {}) => (value, at) => {
  const wrong = having(required2, optional)(value, at);
  if (wrong !== void 0) return wrong;
  const isKnown = (name4) => Object.hasOwn(required2, name4) || Object.hasOwn(optional, name4);
  return Object.keys(value).every(isKnown) ? void 0 : `${at} has a field that is not known here`;
};
var mapOf = (key2, item) => (value, at) => {
  if (!isObject(value)) return `${at} is not an object`;
  return first(
    Object.entries(value).map(
      ([name4, one]) => () => key2.test(name4) ? item(one, `${at}.${name4}`) : `${at} has a key of a form that is not allowed`
    )
  );
};
var isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function first(checks) {
  for (const check2 of checks) {
    const wrong = check2();
    if (wrong !== void 0) return wrong;
  }
  return void 0;
}

// src/system/sri.ts
import { createHash } from "node:crypto";
var fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
function isSri(text2) {
  return /^sha256-[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text2);
}
function sriFromHex(hex) {
  return `sha256-${Buffer.from(hex, "hex").toString("base64")}`;
}
function sriOfText(text2) {
  return `sha256-${createHash("sha256").update(text2).digest("base64")}`;
}

// src/uv/lock/version.ts
var VERSION = new RegExp(
  [
    "^v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)",
    "(?:[-_.]?(?<preKind>alpha|beta|preview|pre|rc|a|b|c)(?:[-_.]?(?<pre>\\d+))?)?",
    "(?:-(?<implicitPost>\\d+)|[-_.]?(?<postKind>post|rev|r)(?:[-_.]?(?<post>\\d+))?)?",
    "(?:[-_.]?(?<devKind>dev)(?:[-_.]?(?<dev>\\d+))?)?",
    "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$"
  ].join(""),
  "i"
);
var RELEASE = /^\d+(?:\.\d+)*$/;
var PRE_KINDS = /* @__PURE__ */ new Map([
  ["alpha", "a"],
  ["beta", "b"],
  ["c", "rc"],
  ["pre", "rc"],
  ["preview", "rc"]
]);
function parseVersion(text2) {
  if (RELEASE.test(text2)) return plainRelease(text2);
  const parts = VERSION.exec(text2.trim())?.groups;
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
function plainRelease(text2) {
  const key2 = `0!${releaseKey(text2)}`;
  return { release: text2.split(".").map(Number), key: key2, publicKey: key2, isPlainRelease: true };
}
function releaseKey(release2) {
  const digits2 = release2.split(".").map(trimNumber);
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
function trimNumber(text2) {
  return /^\d+$/.test(text2) ? text2.replace(/^0+(?=\d)/, "") : text2;
}

// src/uv/lock/wheel-name.ts
var TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
var BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;
function parseWheelName(filename) {
  if (!filename.endsWith(".whl")) return "it does not end in .whl";
  const parts = filename.slice(0, -".whl".length).split("-");
  if (parts.length < 5 || parts.length > 7) return "it does not have 5 to 7 parts between dashes";
  const third = parts[2] ?? "";
  const hasBuild = parts.length === 7 || parts.length === 6 && /^\d/.test(third);
  const [python, abi, platform, variant] = parts.slice(hasBuild ? 3 : 2);
  const build3 = hasBuild ? parseBuild(third) : void 0;
  if (hasBuild && build3 === void 0) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? "")) return `'${parts[0]}' is not a package name`;
  const version3 = parseVersion(parts[1] ?? "");
  if (version3 === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return { filename, version: version3, build: build3, tags: `${python}-${abi}-${platform}`, variant };
}
function compareBuild(left, right) {
  if (left === void 0 || right === void 0)
    return Number(left !== void 0) - Number(right !== void 0);
  if (left.number !== right.number) return left.number > right.number ? 1 : -1;
  if (left.rest === right.rest) return 0;
  return left.rest > right.rest ? 1 : -1;
}
function parseBuild(text2) {
  const match2 = BUILD.exec(text2);
  if (match2?.[1] === void 0 || match2[1].length > 20) return void 0;
  return { number: BigInt(match2[1]), rest: match2[2] ?? "" };
}

// src/uv/plan/target.ts
var SYSTEMS = [
  "x86_64-linux",
  "aarch64-linux",
  "x86_64-darwin",
  "aarch64-darwin"
];
var PYTHON = /^3\.(\d{1,3})(?:\.(\d{1,3}))?$/;
var LIBC = /^(glibc|musl|macos):(\d{1,4})\.(\d{1,4})$/;
var DEFAULT_LINUX = { kind: "glibc", major: 2, minor: 39 };
var DEFAULT_DARWIN = { kind: "macos", major: 14, minor: 0 };
function parseTarget(input) {
  const system = SYSTEMS.find((name4) => name4 === input.system);
  if (system === void 0)
    throw new UserError(
      "target-system",
      `'${input.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system, python: parsePython(input.python), libc: parseLibc(input.libc, system) };
}
function environmentOf({ system, python }) {
  const darwin = system.endsWith("-darwin");
  const machine = system.startsWith("x86_64") ? "x86_64" : darwin ? "arm64" : "aarch64";
  return {
    os_name: "posix",
    sys_platform: darwin ? "darwin" : "linux",
    platform_machine: machine,
    platform_python_implementation: "CPython",
    platform_release: "",
    platform_system: darwin ? "Darwin" : "Linux",
    platform_version: "",
    implementation_name: "cpython",
    python_version: python.split(".").slice(0, 2).join("."),
    python_full_version: python,
    implementation_version: python
  };
}
function formatLibc(libc) {
  return `${libc.kind}:${libc.major}.${libc.minor}`;
}
function parsePython(text2) {
  const [, minor2, patch2 = "0"] = PYTHON.exec(text2) ?? [];
  if (minor2 === void 0)
    throw new UserError(
      "target-python",
      `'${text2}' is not a version of Python 3. Write a release such as 3.14 (read as 3.14.0) or 3.14.8; pre-releases are not supported.`
    );
  return `3.${Number(minor2)}.${Number(patch2)}`;
}
function parseLibc(text2, system) {
  const darwin = system.endsWith("-darwin");
  if (text2 === void 0 || text2 === "") return darwin ? DEFAULT_DARWIN : DEFAULT_LINUX;
  const [, kind, major2, minor2] = LIBC.exec(text2) ?? [];
  const example = darwin ? "macos:14.0" : "glibc:2.39 or musl:1.2";
  if (kind !== "glibc" && kind !== "musl" && kind !== "macos")
    throw new UserError("target-libc", `'${text2}' is not a C library and version. Write ${example}.`);
  if (kind === "macos" !== darwin)
    throw new UserError("target-libc", `'${text2}' does not go with ${system}. Write ${example}.`);
  const libc = { kind, major: Number(major2), minor: Number(minor2) };
  const known2 = { glibc: libc.major === 2, musl: libc.major === 1, macos: libc.major >= 11 }[kind];
  if (!known2 || libc.minor > 200)
    throw new UserError(
      "target-libc",
      `There are no wheels for '${text2}': glibc is 2.x, musl 1.x, macOS 11.0 or later.`
    );
  return libc;
}

// src/build-lock/schema.ts
var isPlain = (value) => /^[^\u0000-\u001f\u007f]+$/.test(value);
var isFile = (value) => /^[A-Za-z0-9_][\w.+!?=~-]{0,299}$/.test(value);
var isWheel = (value) => isFile(value) && typeof parseWheelName(value) !== "string";
var isAddress = (value) => isPlain(value) && /^(https?|ssh):\/\//.test(value) && URL.canParse(value);
var isRelative = (value) => isPlain(value) && !value.startsWith("/") && !value.includes("\\");
var matching = (test) => text(1e4, { test });
var many = (item) => list(item, 1e5);
var buildKey = /^[A-Za-z0-9][\w.+!-]{0,299}$/;
var key = text(300, buildKey);
var plain = matching(isPlain);
var version = text(128, /^[0-9A-Za-z][0-9A-Za-z.+!_-]*$/);
var sriOrEmpty = matching((value) => value === "" || isSri(value));
var sri = matching(isSri);
var address2 = matching(isAddress);
var relative = matching(isRelative);
var commit = text(40, /^[0-9a-f]{40}$/);
var requirements = many(text(1e4));
function lockShape(object) {
  const target2 = object({
    ...{ python: plain, libc: plain, packages: many(plain), extras: many(plain), groups: many(plain) },
    ...{ allPackages: yesOrNo, defaultGroups: yesOrNo }
  });
  const environment = object({ wheels: many(matching(isWheel)), builds: many(key) });
  const system = object(
    {
      ...{ plan: sriOrEmpty, hash: sriOrEmpty, builds: many(key) },
      environments: mapOf(buildKey, environment)
    },
    { apart: mapOf({ test: isWheel }, sri) }
  );
  const wheel = object({ url: address2, hash: sri });
  return object({
    ...{ version: oneOf(1), target: target2, builds: mapOf(buildKey, buildShape(object)) },
    systems: mapOf({ test: (name4) => SYSTEMS.some((one) => one === name4) }, system),
    wheels: mapOf({ test: isWheel }, wheel)
  });
}
function buildShape(object) {
  const required2 = { name: matching(isName), requires: requirements };
  const optional = { dynamicRequires: requirements, extraRequires: requirements };
  const kinds = /* @__PURE__ */ new Map([
    [
      "sdist",
      object(
        { ...required2, kind: oneOf("sdist"), version, filename: matching(isFile), hash: sri },
        { ...optional, url: address2, path: relative, subdirectory: relative }
      )
    ],
    [
      "git",
      object(
        { ...required2, kind: oneOf("git"), version, url: address2, commit, hash: sri },
        { ...optional, subdirectory: relative }
      )
    ],
    [
      "directory",
      object({ ...required2, kind: oneOf("directory"), path: relative }, { ...optional, version })
    ]
  ]);
  return (value, at) => {
    const shape = kinds.get(value?.kind);
    return shape === void 0 ? `${at}.kind is not one of ${[...kinds.keys()].join(", ")}` : shape(value, at);
  };
}
var open = lockShape(having);
var closed = lockShape(exactly);
var faultOf = (value) => open(value, "it")?.replace(/^it\./, "");
var unknownFieldOf = (value) => closed(value, "it")?.replace(/^it\./, "");

// src/build-lock/text.ts
var buildLockName = "uv-fod.lock.json";
function sameData(left, right) {
  return JSON.stringify(left, sortedKeys) === JSON.stringify(right, sortedKeys);
}
function buildLockText(lock) {
  return `${JSON.stringify(lock, sortedKeys, 2)}
`;
}
function sortedKeys(_key, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a3], [b]) => a3 < b ? -1 : 1));
}
var bounds = { length: 8 << 20, depth: 12 };
function parseBuildLock(text2, file) {
  const refuse2 = (why) => new UserError(
    "build-lock-invalid",
    `${file} is not a build lock: ${printable(why.slice(0, 300))}. Delete it and run 'uv-fod lock' to create it again.`,
    { at: { file } }
  );
  let value;
  try {
    value = parseBoundedJson(text2, bounds);
  } catch (error) {
    const fix = "run 'uv-fod update', which computes it again (after 'uv lock', if uv.lock has a conflict, too)";
    throw mergeConflict(text2, file, fix) ?? refuse2(error.message);
  }
  const version3 = value?.version;
  if (version3 !== 1) throw refuse2("its version is not 1, the only one that this release supports");
  const fault = faultOf(value);
  if (fault !== void 0) throw refuse2(fault);
  return value;
}
function unexpectedIn(text2, lock) {
  const fault = unknownFieldOf(lock);
  if (fault !== void 0) return printable(fault.slice(0, 300));
  return saysNoMore(text2, lock) ? void 0 : "a key is in it twice";
}

// src/build-lock/builds.ts
var ownOf = (table3, key2) => table3 && Object.hasOwn(table3, key2) ? table3[key2] : void 0;
var isBuilt = (artifact2) => artifact2.kind !== "wheel";
function buildKey2(artifact2) {
  return artifact2.kind === "directory" || artifact2.version === void 0 ? artifact2.name : `${artifact2.name}-${artifact2.version}`;
}
var sourceFields = {
  sdist: ["kind", "name", "version", "filename", "url", "path", "subdirectory"],
  git: ["kind", "name", "version", "url", "commit", "subdirectory"],
  directory: ["kind", "name", "version", "path"]
};
var sourceOf = (from) => Object.fromEntries(
  Object.entries(from).filter(
    ([name4, value]) => from.kind !== "wheel" && sourceFields[from.kind].includes(name4) && Boolean(value)
  )
);
function artifactOf(build3) {
  const source = sourceOf(build3);
  return build3.kind === "sdist" ? { ...source, hash: hexOf(build3.hash) } : source;
}
var hexOf = (sri3) => `sha256:${Buffer.from(sri3.slice("sha256-".length), "base64").toString("hex")}`;
var allRequires = ({ requires, dynamicRequires: dynamicRequires2 = [], extraRequires: extraRequires2 = [] }) => [
  ...[...requires, ...dynamicRequires2],
  ...extraRequires2
];
function isNewSource(now, before) {
  const source = ({ dynamicRequires: _, extraRequires: __, ...rest }) => rest;
  return before === void 0 || !sameData(source(now), source(before));
}
function pinnedFiles({ builds, wheels }) {
  return [
    ...Object.entries(wheels).map(([filename, { url, hash }]) => ({
      ...{ project: filename.split("-", 1)[0] ?? "", filename, url, hash }
    })),
    ...Object.values(builds).flatMap(
      (build3) => build3.kind === "sdist" && build3.url !== void 0 ? [{ project: build3.name, filename: build3.filename, url: build3.url, hash: build3.hash }] : []
    )
  ];
}
function addressesIn({ builds, wheels }) {
  const sources2 = Object.entries(builds).flatMap(
    ([what2, build3]) => "url" in build3 && build3.url !== void 0 ? [{ address: build3.url, what: what2 }] : []
  );
  return [...sources2, ...Object.entries(wheels).map(([what2, { url: address3 }]) => ({ address: address3, what: what2 }))];
}

// src/build-lock/differences.ts
var SHOWN = 5;
function differences(text2, written, right) {
  const entries2 = compared(written, right, "");
  const unexpected = entries2.length > 0 ? void 0 : unexpectedIn(text2, JSON.parse(text2));
  const found2 = unexpected === void 0 ? entries2 : [unexpected];
  const more = found2.length > SHOWN ? `; and ${found2.length - SHOWN} more` : "";
  return printable(found2.slice(0, SHOWN).join("; ") + more);
}
function compared(left, right, at) {
  if (sameData(left, right)) return [];
  if (!isTable2(left) || !isTable2(right)) return [`${at} is ${shown(left)}, expected ${shown(right)}`];
  const keys = [.../* @__PURE__ */ new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return keys.flatMap((key2) => {
    const place2 = at === "" ? key2 : `${at}.${key2}`;
    if (!Object.hasOwn(right, key2)) return [`${place2} is unexpected`];
    if (!Object.hasOwn(left, key2)) return [`${place2} is missing, expected ${shown(right[key2])}`];
    return compared(left[key2], right[key2], place2);
  });
}
var isTable2 = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function shown(value) {
  const text2 = typeof value === "string" ? value : JSON.stringify(value);
  return text2.length > 200 ? `${text2.slice(0, 200)}…` : text2;
}

// src/nix/target.ts
import path5 from "node:path";
import { pathToFileURL } from "node:url";
function derivationRef(nix, attribute, checkout2, file) {
  switch (nix.kind) {
    case "file":
      return {
        file: path5.resolve(checkout2, nix.file),
        ...attribute === "" ? { attribute: path5.basename(nix.file), isWhole: true } : { attribute }
      };
    case "expression":
      return { file, attribute, root: { ...nix, folder: checkout2 } };
    case "flake": {
      const folder = path5.posix.normalize(nix.flake).replace(/\/$/, "");
      const url = new URL(`git+${pathToFileURL(checkout2).href}`);
      url.searchParams.set("shallow", "1");
      if (folder !== ".") url.searchParams.set("dir", folder);
      const root = { kind: "flake", url: url.href, checkout: checkout2 };
      return { file: path5.join(checkout2, folder, "flake.nix"), attribute, root };
    }
  }
}
async function derivationRefFrom(folder, nix, attribute, run) {
  if (nix.kind !== "flake") return derivationRef(nix, attribute, folder);
  const flake = path5.resolve(folder, nix.flake);
  const top = await run("git", ["-C", flake, "rev-parse", "--show-toplevel", "--show-prefix"]);
  const [checkout2 = "", prefix2 = ""] = top.stdout.split("\n");
  if (top.code === 0) return derivationRef({ kind: "flake", flake: prefix2 || "." }, attribute, checkout2);
  const url = `path:${pathToFileURL(flake).pathname}`;
  return { file: path5.join(flake, "flake.nix"), attribute, root: { kind: "flake", url, checkout: flake } };
}
function folderOf({ file, root }) {
  if (root?.kind === "expression") return root.folder;
  return path5.dirname(file ?? ".");
}
function nameOf({ file, root }) {
  return root?.kind === "expression" || file === void 0 ? "the expression" : `'${file}'`;
}
function placeOf({ file }) {
  return file === void 0 ? {} : { at: { file } };
}

// src/system/run.ts
var noSuchProgram = 127;

// src/uv/plan/artifact.ts
function sriOf({ hash = "" }) {
  const [, hex] = /^sha256:([0-9a-f]{64})$/i.exec(hash) ?? [];
  return hex === void 0 ? void 0 : sriFromHex(hex);
}
function compareArtifacts(left, right) {
  return compare2(left.name, right.name) || compare2(left.version ?? "", right.version ?? "") || compare2(origin(left), origin(right));
}
function origin(artifact2) {
  return [artifact2.kind, artifact2.filename, artifact2.url, artifact2.path, artifact2.commit].join(" ");
}
function compare2(left, right) {
  return left < right ? -1 : Number(left > right);
}
var wheelBytes = (artifacts) => artifacts.reduce((sum, { kind, size }) => sum + (kind === "wheel" ? size ?? 0 : 0), 0);
var SHOWN2 = 6;
function withoutDigest(artifacts) {
  const isOpen = ({ kind, url, hash }) => (kind === "wheel" || kind === "sdist") && url !== void 0 && hash === void 0;
  return [...new Set(artifacts.filter(isOpen).map(({ filename, name: name4 }) => filename ?? name4))].sort();
}
function noDigestText(artifacts) {
  const names2 = withoutDigest(artifacts);
  if (names2.length === 0) return void 0;
  const more = names2.length > SHOWN2 ? ` and ${names2.length - SHOWN2} more` : "";
  const files = names2.length === 1 ? "1 file" : `${names2.length} files`;
  return `uv.lock has no digest of ${files} (${names2.slice(0, SHOWN2).join(", ")}${more}): whatever the index serves is accepted when a hash is computed.`;
}

// src/update/check-without-nix.ts
import path23 from "node:path";

// src/update/hash-place.ts
import path6 from "node:path";
async function placeOfHash(hash, derivation, { read, run }) {
  if (hash === "") return void 0;
  const literal = `"${hash}"`;
  const { file } = derivation;
  const before = file === void 0 ? [] : (await read(file) ?? "").split(literal);
  if (file !== void 0 && before[1] !== void 0)
    return { file, line: (before[0] ?? "").split("\n").length };
  const folder = folderOf(derivation);
  const flags2 = ["--untracked", "--line-number", "--null", "--fixed-strings"];
  const found2 = await run("git", ["-C", folder, "grep", ...flags2, "-e", literal, "--", ":(top)*.nix"]);
  const [name4, line] = (found2.stdout.split("\n")[0] ?? "").split("\0");
  return found2.code === 0 && name4 ? { file: path6.resolve(folder, name4), line: Number(line) } : void 0;
}

// src/update/lock-state.ts
import { mkdtemp, rm } from "node:fs/promises";
import path9 from "node:path";

// src/uv/lock/comparison.ts
var VERSION_VARIABLES = ["python_version", "python_full_version", "implementation_version"];
var STRING_VARIABLES = [
  "os_name",
  "sys_platform",
  "platform_machine",
  "platform_python_implementation",
  "platform_release",
  "platform_system",
  "platform_version",
  "implementation_name"
];
var ALIASES = /* @__PURE__ */ new Map([
  ["os.name", "os_name"],
  ["sys.platform", "sys_platform"],
  ["platform.machine", "platform_machine"],
  ["platform.version", "platform_version"],
  ["platform.python_implementation", "platform_python_implementation"],
  ["python_implementation", "platform_python_implementation"]
]);
var isList = ({ quoted: quoted2, text: text2 }) => !quoted2 && (text2 === "extras" || text2 === "dependency_groups");
var isVariable = (text2) => text2 === "extra" || isList({ quoted: false, text: text2 }) || ALIASES.has(text2) || [...VERSION_VARIABLES, ...STRING_VARIABLES].some((name4) => name4 === text2);
var IGNORED = () => void 0;
function compare3(left, operator, right, extras) {
  if (left.quoted === right.quoted) return IGNORED;
  if (isList(right)) return () => operator === "not in";
  const [variable, value] = left.quoted ? [right.text, left.text] : [left.text, right.text];
  if (variable === "extra") return extraComparison(operator, value, extras);
  const name4 = ALIASES.get(variable) ?? variable;
  const directed = left.quoted ? inverted(operator) : operator;
  const version3 = VERSION_VARIABLES.find((one) => one === name4);
  if (version3 !== void 0) return versionComparison(version3, directed, value, right.quoted);
  const string = STRING_VARIABLES.find((one) => one === name4);
  return string === void 0 ? IGNORED : (environment) => compareString(string, environment, directed, value);
}
function inverted(operator) {
  if (operator.endsWith("in")) return operator.replace("in", "contains");
  return operator.replace(/[<>]/, (sign) => sign === "<" ? ">" : "<");
}
function extraComparison(operator, value, extras) {
  if (operator !== "==" && operator !== "!=") return IGNORED;
  const name4 = normalizeName(value);
  if (name4 === void 0) return () => false;
  extras.add(name4);
  return (_, extra) => {
    const active = extra(name4);
    return active === "either" || active === (operator === "==");
  };
}
var ORDERS = /* @__PURE__ */ new Map([
  ["==", (order) => order === 0],
  ["!=", (order) => order !== 0],
  ["<", (order) => order < 0],
  ["<=", (order) => order <= 0],
  [">", (order) => order > 0],
  [">=", (order) => order >= 0]
]);
var isOperator = (text2) => text2 === "~=" || ORDERS.has(text2);
function compareString(variable, environment, operator, value) {
  const actual = environment[variable];
  if (operator.endsWith("in")) return value.includes(actual) !== operator.startsWith("not");
  if (operator.endsWith("contains")) return actual.includes(value) !== operator.startsWith("not");
  const ordered = variable === "platform_release" || variable === "platform_version";
  const unequal = ordered ? actual < value ? -1 : 1 : Number.NaN;
  return ORDERS.get(operator)?.(actual === value ? 0 : unequal);
}
function versionComparison(variable, operator, value, starAllowed) {
  const actual = (environment) => environment[variable].split(".").map(Number);
  const isTooLong = (release3) => variable === "python_version" && release3.slice(2).some((number2) => number2 !== 0);
  if (operator === "in" || operator === "not in") {
    const words = value.split(/\s+/).filter((word3) => word3 !== "");
    const releases = words.map((word3) => parseVersion(word3)?.release);
    if (!releases.every((release3) => release3 !== void 0)) return IGNORED;
    if (releases.some(isTooLong)) return () => false;
    return (environment) => releases.some((release3) => compareRelease(actual(environment), release3) === 0) === (operator === "in");
  }
  const star = starAllowed && value.trim().endsWith(".*");
  const version3 = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version3 === void 0) return IGNORED;
  const { release: release2 } = version3;
  if (star) {
    const isRelease = version3.isPlainRelease || /^\s*v?\d+!/.test(value);
    if (!isRelease || operator !== "==" && operator !== "!=") return IGNORED;
    if (operator === "==") return (environment) => hasPrefix(actual(environment), release2);
    return (environment) => !hasPrefix(actual(environment), release2) && !isTooLong(release2);
  }
  if (operator === "~=") {
    if (release2.length < 2) return IGNORED;
    return (environment) => compareRelease(actual(environment), release2) >= 0 && hasPrefix(actual(environment), release2.slice(0, -1));
  }
  const isLocal = version3.key !== version3.publicKey;
  const holds = isLocal && operator !== "==" && operator !== "!=" ? void 0 : ORDERS.get(operator);
  return holds === void 0 ? IGNORED : (environment) => holds(compareRelease(actual(environment), release2));
}
function hasPrefix(actual, prefix2) {
  return prefix2.every((number2, index) => (actual[index] ?? 0) === number2);
}

// src/uv/lock/marker.ts
var MarkerSyntaxError = class extends Error {
  column;
  constructor(message, column) {
    super(message);
    this.column = column;
  }
};
function parseMarker(text2) {
  const scanner = new Scanner(text2);
  const extras = /* @__PURE__ */ new Set();
  const program2 = [];
  const pending = [];
  const reduce = (until) => {
    for (let top = pending.at(-1); top !== void 0 && !until(top); top = pending.at(-1)) {
      pending.pop();
      if (top !== "(") program2.push(top);
    }
  };
  for (; ; ) {
    while (scanner.take(/\s*(\()/y)) pending.push("(");
    program2.push(scanner.comparison(extras));
    while (scanner.take(/\s*(\))/y)) {
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
  return { text: text2, program: program2, extras: [...extras] };
}
function evaluate(marker, environment, extra) {
  const stack = [];
  for (const item of marker?.program ?? []) {
    if (typeof item === "function") {
      stack.push(item(environment, extra));
      continue;
    }
    const right = stack.pop();
    const left = stack.pop();
    if (left === void 0 || right === void 0) stack.push(left ?? right);
    else stack.push(item === "and" ? left && right : left || right);
  }
  return stack.pop() ?? true;
}
var Scanner = class {
  #text;
  #at = 0;
  constructor(text2) {
    this.#text = text2;
  }
  error(message, column = this.#at + 1) {
    return new MarkerSyntaxError(message, column);
  }
  /** Takes what the first group of a sticky pattern matches. */
  take(pattern) {
    pattern.lastIndex = this.#at;
    const found2 = pattern.exec(this.#text);
    this.#at += found2?.[0].length ?? 0;
    return found2?.[1];
  }
  /** `and`, `or`, or undefined at the end of the text. */
  connective() {
    const word3 = this.take(/\s*(and|or)(?=[\s(]|$)/y);
    if (word3 === "and" || word3 === "or") return word3;
    if (this.#next() === "") return void 0;
    throw this.error(`expected 'and', 'or' or the end, found ${this.#found()}`);
  }
  comparison(extras) {
    const [leftColumn, left] = [this.#column(), this.#operand()];
    const operator = this.#operator();
    const [rightColumn, right] = [this.#column(), this.#operand()];
    if (isList(left)) throw this.error(`${left.text} has to stand on the right of 'in'`, leftColumn);
    if (isList(right) && left.quoted && !operator.endsWith("in"))
      throw this.error(`${right.text} takes only 'in' and 'not in'`, rightColumn);
    return compare3(left, operator, right, extras);
  }
  #operand() {
    const quoted2 = this.take(/\s*("[^"]*"|'[^']*')/y);
    if (quoted2 !== void 0) return { quoted: true, text: quoted2.slice(1, -1) };
    const column = this.#column();
    const quote = this.#next();
    if (quote === '"' || quote === "'") throw this.error(`a string is not closed with ${quote}`, column);
    const text2 = this.take(/\s*([^\s><=!~)]+)/y);
    if (text2 !== void 0 && isVariable(text2)) return { quoted: false, text: text2 };
    const found2 = text2 === void 0 ? this.#found() : `'${text2}'`;
    throw this.error(`expected a quoted string or a marker variable, found ${found2}`, column);
  }
  #operator() {
    const column = this.#column();
    const symbol = this.take(/\s*([<=>~!]+)/y);
    const word3 = symbol ?? this.take(/\s*(in(?=[\s'"])|not\s+in)/y)?.replace(/\s+/, " ");
    if (word3 !== void 0 && (word3.endsWith("in") || isOperator(word3))) return word3;
    const found2 = word3 === void 0 ? this.#found() : `'${word3}'`;
    throw this.error(`expected a comparison such as '>=' or 'not in', found ${found2}`, column);
  }
  /** The column of the next word. */
  #column() {
    this.take(/\s*()/y);
    return this.#at + 1;
  }
  /** The next character of a word; empty at the end. */
  #next() {
    return this.#text[this.#column() - 1] ?? "";
  }
  #found() {
    return this.#next() === "" ? "the end" : `'${this.#text.slice(this.#at, this.#at + 20)}'`;
  }
};

// src/uv/lock/reader.ts
function positionOf({ file, line }) {
  const found2 = line();
  return found2 === void 0 ? { file } : { file, line: found2 };
}
function messageAt(place2, what2, fix = "Run 'uv lock' to recreate it.") {
  const at = positionOf(place2);
  const where = at.line === void 0 ? at.file : `${at.file}:${at.line}`;
  const subject = place2.subject === "" ? "" : ` (${place2.subject})`;
  return printable(`${where}${subject}: ${what2}. ${fix}`);
}
function clip(text2, length = 120) {
  return text2.length <= length ? text2 : `${text2.slice(0, length)}…`;
}
function isTable3(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
var isString = (value) => typeof value === "string";
var isBoolean = (value) => typeof value === "boolean";
var isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
var isArray = (value) => Array.isArray(value);
var TomlReader = class _TomlReader {
  values;
  place;
  /** Parsed markers by text: a lock repeats a few of them thousands of times. */
  #markers;
  constructor(values, place2, markers = /* @__PURE__ */ new Map()) {
    this.values = values;
    this.place = place2;
    this.#markers = markers;
  }
  /** A reader of a table inside of this one, or of this one with a better place. */
  inner(values, place2 = this.place) {
    return new _TomlReader(values, place2, this.#markers);
  }
  invalid(what2, fix) {
    return new UserError("lock-invalid", messageAt(this.place, what2, fix), { at: positionOf(this.place) });
  }
  /** The value of an own key. */
  get(key2) {
    return Object.hasOwn(this.values, key2) ? this.values[key2] : void 0;
  }
  has(key2) {
    return this.get(key2) !== void 0;
  }
  string(key2) {
    return this.#typed(key2, isString, "a string");
  }
  requiredString(key2) {
    const value = this.string(key2);
    if (value === void 0) throw this.invalid(`'${key2}' is missing`);
    return value;
  }
  boolean(key2) {
    return this.#typed(key2, isBoolean, "true or false");
  }
  count(key2) {
    return this.#typed(key2, isCount, "a whole number");
  }
  /** A table; empty if the key is missing. */
  table(key2) {
    return this.inner(this.#typed(key2, isTable3, "a table") ?? {});
  }
  /** Arrays are empty if the key is missing. */
  tables(key2) {
    return this.#items(key2, isTable3, "tables").map((table3) => this.inner(table3));
  }
  /** Arrays of tables. */
  tableLists(key2) {
    const lists = this.#items(key2, isArray, "arrays");
    return lists.map((list4) => this.inner({ [key2]: list4 }).tables(key2));
  }
  /** Normalized names of packages, extras or groups. */
  names(key2) {
    return this.#items(key2, isString, "strings").map((text2) => this.#normalized(text2, key2));
  }
  /** The keys of this table as normalized names, each with what `read` takes from its key. */
  byName(read) {
    return new Map(Object.keys(this.values).map((key2) => [this.#normalized(key2, key2), read(key2)]));
  }
  name(key2) {
    return this.#normalized(this.requiredString(key2), key2);
  }
  optionalName(key2) {
    return this.has(key2) ? this.name(key2) : void 0;
  }
  /** A missing or empty marker is undefined. */
  marker(key2) {
    const text2 = this.string(key2);
    return text2 === void 0 || text2 === "" ? void 0 : this.#marker(text2);
  }
  markers(key2) {
    return this.#items(key2, isString, "strings").map((text2) => this.#marker(text2));
  }
  #marker(text2) {
    try {
      const marker = this.#markers.get(text2) ?? parseMarker(text2);
      this.#markers.set(text2, marker);
      return marker;
    } catch (error) {
      if (!(error instanceof MarkerSyntaxError)) throw error;
      const what2 = `the marker ${JSON.stringify(clip(text2))} cannot be read at its column ${error.column}`;
      const message = messageAt(this.place, `${what2}: ${error.message}`);
      throw new UserError("lock-marker", message, { at: positionOf(this.place) });
    }
  }
  #normalized(text2, key2) {
    const name4 = normalizeName(text2);
    if (name4 === void 0) throw this.invalid(`'${clip(text2)}' in '${key2}' is not a name`);
    return name4;
  }
  #typed(key2, is, expected) {
    const value = this.get(key2);
    if (value === void 0 || is(value)) return value;
    throw this.invalid(`'${key2}' has to be ${expected}, not ${describe(value)}`);
  }
  #items(key2, is, expected) {
    const items = this.#typed(key2, isArray, "an array") ?? [];
    return items.map((item) => {
      if (is(item)) return item;
      throw this.invalid(`'${key2}' has to hold ${expected}, not ${describe(item)}`);
    });
  }
};
function describe(value) {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : `a ${typeof value}`;
}

// src/uv/lock/recorded.ts
var requirement = /^\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*(?:(@).*|\(?([^;()]*)\)?\s*(?:;.*)?)$/s;
function changedRequirements(recorded, pyproject2) {
  const known2 = [
    ...tables(recorded["requires-dist"]),
    ...Object.values(table(recorded["requires-dev"])).flatMap(tables)
  ];
  const fromSource = new Set(known2.filter(hasSource).map(({ name: name4 }) => name4));
  const compared2 = ({ name: name4, versions: versions2 }) => fromSource.has(name4) ? name4 : `${name4} ${versions2}`;
  const before = new Set(known2.map(recordedRequirement).map(compared2));
  const now = new Set(declared(pyproject2).flatMap(requirementOf).map(compared2));
  const differing = [...before, ...now].filter((one) => !(before.has(one) && now.has(one)));
  return [...new Set(differing.map((one) => one.split(" ")[0] ?? ""))].sort();
}
function dynamicFields(pyproject2) {
  const project = pyproject2.project;
  if (!isTable3(project)) return ["dependencies"];
  return strings(project.dynamic).filter((name4) => ofRequirements.has(name4));
}
var ofRequirements = /* @__PURE__ */ new Set([
  "dependencies",
  "optional-dependencies",
  "requires-python"
]);
function declared(pyproject2) {
  const project = table(pyproject2.project);
  const uv = table(table(pyproject2.tool).uv);
  return [
    project.dependencies,
    ...Object.values(table(project["optional-dependencies"])),
    // Another group is a table in a group, and is in this list itself.
    ...Object.values(table(pyproject2["dependency-groups"])),
    uv["dev-dependencies"]
  ].flatMap(strings);
}
function requirementOf(text2) {
  const [, name4 = "", reference, versions2 = ""] = requirement.exec(text2) ?? [];
  const normalized = normalizeName(name4);
  return normalized === void 0 ? [] : [{ name: normalized, versions: reference ?? specifier(versions2) }];
}
var recordedRequirement = ({ name: name4, specifier: versions2 }) => ({
  name: String(name4),
  versions: typeof versions2 === "string" ? specifier(versions2) : ""
});
var hasSource = (one) => ["url", "git", "path", "directory", "editable", "virtual"].some((key2) => key2 in one);
var specifier = (text2) => text2.replace(/\s+/g, "").split(",").filter((part) => part !== "").map((part) => part.replace(/[^<>=!~].*$/s, (version3) => clean(version3) ?? version3)).sort().join(",");
var table = (value) => isTable3(value) ? value : /* @__PURE__ */ Object.create(null);
var tables = (value) => Array.isArray(value) ? value.filter(isTable3) : [];
var strings = (value) => Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

// src/uv/lock/source.ts
import path7 from "node:path";
var SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
var KINDS = ["registry", "git", "url", "path", "directory", "editable", "virtual"];
function readSource2(owner) {
  const value = owner.get("source");
  if (!isTable3(value)) throw owner.invalid("'source' is missing or not a table");
  const table3 = owner.inner(value);
  for (const kind of KINDS) {
    const text2 = table3.get(kind);
    if (typeof text2 === "string") return sourceOf2(kind, text2, table3);
  }
  throw owner.invalid(
    `'source' names none of ${KINDS.join(", ")}`,
    "A newer uv may have written it: update uv-fod."
  );
}
function sourceOf2(kind, text2, table3) {
  switch (kind) {
    case "registry":
      return SCHEME.test(text2) ? { kind, url: text2 } : { kind: "registry-path", path: text2 };
    case "git":
      return gitSource(text2, table3);
    case "url":
      return { kind, url: text2, subdirectory: table3.string("subdirectory") };
    case "path":
      return { kind, path: text2 };
    default:
      return { kind, path: text2 === "" ? "." : text2 };
  }
}
function gitSource(text2, table3) {
  const [, url, query, commit2] = /^([^?#]*)(?:\?([^#]*))?#([0-9a-f]{40})$/i.exec(text2) ?? [];
  if (url === void 0 || commit2 === void 0)
    throw table3.invalid(
      `the git source '${clip(bareUrl(text2))}' does not end in '#' and a commit of 40 digits`
    );
  const values = new URLSearchParams(query);
  const kind = ["rev", "tag", "branch"].find((name5) => values.has(name5));
  const name4 = kind === void 0 ? null : values.get(kind);
  if (kind === "rev" && /^[0-9a-f]{40}$/i.test(name4 ?? "") && name4?.toLowerCase() !== commit2.toLowerCase())
    throw table3.invalid(`the git source requests commit ${name4} but pins ${commit2}`);
  return {
    kind: "git",
    url: bareUrl(url),
    commit: commit2.toLowerCase(),
    subdirectory: values.get("subdirectory") ?? void 0,
    path: values.get("path") ?? void 0,
    lfs: values.get("lfs")?.toLowerCase() === "true",
    ref: kind === void 0 || name4 === null ? void 0 : { kind, name: name4 }
  };
}
var sourceKey = (source) => JSON.stringify(source);
var isTree = (source) => source.kind === "directory" || source.kind === "editable" || source.kind === "virtual";
var isRegistry = ({ kind }) => kind === "registry" || kind === "registry-path";
function lastSegment(url) {
  const bare3 = url.split(/[?#]/, 1)[0] ?? "";
  const segment = bare3.slice(bare3.lastIndexOf("/") + 1);
  try {
    const decoded2 = decodeURIComponent(segment);
    return decoded2 === "" || /[/\\\0]|^\.\.?$/.test(decoded2) ? void 0 : decoded2;
  } catch {
    return void 0;
  }
}
function bareUrl(url) {
  const bare3 = url.split(/[?#]/, 1)[0] ?? "";
  return bare3.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*(?:@[^/@]*)*@/i, "$1");
}
var pathIn = (folder, file) => path7.posix.isAbsolute(file) ? file : path7.posix.join(folder, file);

// src/update/metadata-copy.ts
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path8 from "node:path";
var settings = [
  ...["workspace", "sources", "package", "managed", "conflicts", "environments", "required-environments"],
  ...["dev-dependencies", "default-groups", "dependency-groups", "dependency-metadata"],
  ...["constraint-dependencies", "override-dependencies", "exclude-dependencies"],
  ...["build-constraint-dependencies", "extra-build-dependencies"],
  ...["index", "index-url", "extra-index-url", "find-links", "index-strategy", "no-index"],
  ...["exclude-newer", "exclude-newer-package", "prerelease", "resolution", "fork-strategy"]
];
var unbuildable = "uv_fod_builds_nothing";
var buildSystem = {
  requires: [`${unbuildable} @ file:///dev/null/${unbuildable}-0-py3-none-any.whl`],
  "build-backend": unbuildable
};
async function copyMetadata({ root, lockFile, rootPyproject, lock }, packages, dir, read) {
  const top = await repositoryOf(root) ?? root;
  const copyOf = (file) => {
    const below = file.includes("$") ? void 0 : pathBelow(top, file);
    return below === void 0 ? void 0 : path8.join(dir, below);
  };
  const copied = copyOf(root) ?? dir;
  const own = path8.join(root, "pyproject.toml");
  const documents = new Map(packages.map(({ folder, pyproject: pyproject2 }) => [folder, pyproject2]));
  if (rootPyproject && !documents.has(root)) documents.set(root, parseToml(await read(own) ?? "", own));
  for (const [folder, pyproject2 = {}] of documents) {
    const target2 = copyOf(folder);
    const away = pathsOf(pyproject2).find((one) => copyOf(path8.resolve(folder, one)) === void 0);
    if (target2 === void 0 || away !== void 0)
      return {
        root: copied,
        refused: `${away ?? path8.relative(root, folder)} is outside of the repository.`
      };
    await mkdir(target2, { recursive: true });
    await writeFile(path8.join(target2, "pyproject.toml"), stringify(reduced(pyproject2)));
  }
  for (const { source } of lock.packages) {
    if (source.kind !== "path" && source.kind !== "registry-path") continue;
    const from = path8.resolve(root, source.path);
    const target2 = copyOf(from);
    if (target2 === void 0)
      return { root: copied, refused: `${source.path} is outside of the repository.` };
    await mkdir(path8.dirname(target2), { recursive: true });
    await symlink(from, target2).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  await writeFile(path8.join(copied, "uv.lock"), await read(lockFile) ?? "");
  const uvToml2 = await read(path8.join(root, "uv.toml"));
  if (uvToml2 !== void 0)
    await writeFile(path8.join(copied, "uv.toml"), stringify(only(parseToml(uvToml2, "uv.toml"), settings)));
  return { root: copied, refused: void 0 };
}
function reduced(pyproject2) {
  const tool = pyproject2.tool;
  const uv = isTable3(tool) ? tool.uv : void 0;
  return {
    ...only(pyproject2, ["project", "dependency-groups"]),
    ...isTable3(uv) ? { tool: { uv: only(uv, settings) } } : {},
    ...pyproject2["build-system"] === void 0 ? {} : { "build-system": buildSystem }
  };
}
var only = (table3, keys) => Object.fromEntries(keys.filter((key2) => Object.hasOwn(table3, key2)).map((key2) => [key2, table3[key2]]));
function pathsOf(pyproject2) {
  const tool = pyproject2.tool;
  const uv = isTable3(tool) ? tool.uv : void 0;
  if (!isTable3(uv)) return [];
  const sources2 = Object.values(isTable3(uv.sources) ? uv.sources : {}).flat();
  const { members = [], exclude = [] } = isTable3(uv.workspace) ? uv.workspace : {};
  return [
    ...sources2.flatMap((one) => isTable3(one) && "path" in one ? [one.path] : []),
    ...[members, exclude].flat()
  ].map(String);
}

// src/update/lock-state.ts
var linesOf = ({ kind, message }) => ({
  warnings: kind === "outdated" ? [message] : [],
  notChecked: kind === "not-checked" ? [message] : []
});
var current = { kind: "current", message: "" };
async function lockState(project, context) {
  const { root, lockFile } = project;
  const packages = await localPackages(project, context);
  const dynamic = packages.filter(({ pyproject: pyproject2 }) => !pyproject2 || dynamicFields(pyproject2).length > 0);
  const asked2 = dynamic.length > 0 ? void 0 : await askUv(project, packages, context);
  if (asked2?.kind === "current") return current;
  const file = path9.relative(await repositoryOf(root) ?? root, lockFile);
  const names2 = await changedNames(project, packages, dynamic, context);
  if (names2.length > 0 || asked2?.kind === "outdated") return outdated(file, names2);
  const [one, ...others] = dynamic.map(({ name: name4 }) => name4);
  const why = one && `${[one, ...others].join(", ")} ${others.length === 0 ? "has" : "have"} dynamic metadata.`;
  const reason = why ?? asked2?.why;
  return reason === void 0 ? current : {
    kind: "not-checked",
    message: `Whether ${file} matches its pyproject.toml was not checked: ${reason}`
  };
}
function outdated(file, names2) {
  const which2 = names2.length === 0 ? "" : ` (${names2.slice(0, 10).join(", ")}${names2.length > 10 ? ", …" : ""})`;
  return {
    kind: "outdated",
    message: `${file} no longer matches its pyproject.toml${which2}: run 'uv lock' and commit the result.`
  };
}
async function localPackages({ lock, root }, { read }) {
  const found2 = lock.packages.flatMap(
    ({ name: name4, source }) => isTree(source) ? [{ name: name4, folder: path9.resolve(root, source.path) }] : []
  );
  return Promise.all(
    found2.map(async ({ name: name4, folder }) => {
      const file = path9.join(folder, "pyproject.toml");
      const text2 = await read(file);
      return { name: name4, folder, pyproject: text2 === void 0 ? void 0 : parseToml(text2, file) };
    })
  );
}
async function askUv(project, packages, { read, contact, scratch }) {
  const dir = await mkdtemp(path9.join(scratch, "metadata-"));
  try {
    const copied = await copyMetadata(project, packages, dir, read);
    if (copied.refused !== void 0) return { kind: "not-checked", why: copied.refused };
    const args = ["lock", "--check", "--no-build", "--no-progress", "--no-python-downloads"];
    const until = await lockedUntil(project, read);
    const { code: code2, stderr } = await contact("uv", [...args, ...until, "--directory", copied.root]);
    if (code2 === noSuchProgram) return void 0;
    if (code2 === 0) return { kind: "current" };
    if (isOutdated.test(stderr)) return { kind: "outdated" };
    const cause = /^(?:error: |\s*cause: |\s*[×╰─▶]+ )(.+)$/m.exec(stderr)?.[1] ?? `uv ended with ${code2}`;
    return { kind: "not-checked", why: cause.replaceAll(dir, "") };
  } catch (error) {
    if (error instanceof UserError) return { kind: "not-checked", why: error.message };
    throw error;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
async function lockedUntil({ lockFile }, read) {
  const [, options2 = ""] = /^\[options\]\n((?:[^[\n].*\n)*)/m.exec(await read(lockFile) ?? "") ?? [];
  const day2 = /^exclude-newer = "([^"]+)"$/m.exec(options2)?.[1];
  return day2 === void 0 || options2.includes("exclude-newer-span") ? [] : [`--exclude-newer=${day2}`];
}
var isOutdated = new RegExp(`needs to be updated|No solution found when resolving|${unbuildable}`);
async function changedNames({ lockFile }, packages, dynamic, { read }) {
  const { package: tables2 } = parseToml(await read(lockFile) ?? "", lockFile);
  const recorded = /* @__PURE__ */ new Map();
  for (const one of Array.isArray(tables2) ? tables2.filter(isTable3) : []) {
    if (isTable3(one.metadata)) recorded.set(one.name, one.metadata);
  }
  const names2 = packages.filter((one) => !dynamic.includes(one)).flatMap(({ name: name4, pyproject: pyproject2 }) => {
    const metadata = recorded.get(name4);
    return metadata && pyproject2 ? changedRequirements(metadata, pyproject2) : [];
  });
  return [...new Set(names2)].sort();
}

// src/build-lock/confirm.ts
function makeConfirmation(listing, trusted, log) {
  const unverified = [];
  const warned = /* @__PURE__ */ new Set();
  const warn = (text2) => {
    if (!warned.has(text2)) log.warning(printable(text2));
    warned.add(text2);
  };
  const reject = ({ filename }, why, isTrusted) => {
    const clause = printable(`${filename}: ${why}`);
    if (!isTrusted) throw notVerified(clause);
    if (!unverified.includes(clause)) unverified.push(clause);
    warn(`Not verified: ${clause}`);
  };
  return {
    notVerified: unverified,
    mayStay: async (file) => {
      const verdict2 = await listing.verdictOf(file);
      if (verdict2.kind === "unknown") reject(file, verdict2.why, trusted.base);
      if (verdict2.kind === "other") warn(`${file.filename} is resolved again: ${verdict2.why}`);
      if (verdict2.kind === "listed" && verdict2.isYanked)
        warn(`${file.filename}, which a build requires, was yanked from its index`);
      return verdict2.kind !== "other";
    },
    isResolved: async (file) => {
      const verdict2 = await listing.verdictOf(file);
      if (verdict2.kind !== "listed") reject(file, verdict2.why, trusted.resolved);
    }
  };
}
var notVerified = (clause) => new UserError(
  "build-lock-unverified",
  `The build lock cannot be verified: ${clause}. Each of its files has to be on an index of the project, with address and sha256. If the index was down, run this again; otherwise have a maintainer run 'uv-fod update' on a branch of the repository.`
);

// src/build-lock/indexes.ts
import path10 from "node:path";
async function uvSettings(project, read) {
  const file = path10.join(project.root, "uv.toml");
  const text2 = await read(file);
  return text2 === void 0 ? project.rootPyproject?.uv ?? {} : parseToml(text2, file);
}
function indexesOf(settings3, { lock }, own) {
  const tables2 = Array.isArray(settings3.index) ? settings3.index : [];
  const isFirst = settings3["index-strategy"] === void 0 || settings3["index-strategy"] === "first-index";
  const flat = [...[settings3["find-links"] ?? []].flat(), ...urlsOf(tables2, (one) => one.format === "flat")];
  const explicit = urlsOf(tables2, (one) => one.explicit === true);
  const isPlain2 = (one) => one.explicit !== true && one.format !== "flat";
  const named = [
    ...own,
    ...urlsOf(tables2, (one) => isPlain2(one) && one.default !== true),
    ...[settings3["extra-index-url"] ?? []].flat(),
    ...[settings3["index-url"] ?? []].flat(),
    ...urlsOf(tables2, (one) => isPlain2(one) && one.default === true)
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
var urlsOf = (tables2, isWanted) => tables2.filter(isWanted).map(({ url }) => url);
function bare(url) {
  const isAddress2 = typeof url === "string" && /^https?:\/\//.test(url) && URL.canParse(url);
  return isAddress2 ? [url.replace(/\/+$/, "")] : [];
}
var unique = (indexes) => indexes.filter(({ url }, at) => indexes.findIndex((one) => one.url === url) === at);

// node_modules/yocto-queue/index.js
var Node = class {
  value;
  next;
  constructor(value) {
    this.value = value;
  }
};
var Queue = class {
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
    const result = (async () => function_(...arguments_))();
    resolve2(result);
    try {
      await result;
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
        const promises2 = [];
        try {
          Array.from(iterable, (value, index) => {
            const promise = generator(function_, value, index);
            promises2.push(promise);
            return promise;
          });
        } catch (error) {
          for (const promise of promises2) {
            promise.catch(() => {
            });
          }
          throw error;
        }
        return Promise.all(promises2);
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

// src/fetch/simple-page.ts
var JSON_TYPE = "application/vnd.pypi.simple.v1+json";
var ANY_TYPE = `${JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01`;
function listedFiles(text2, contentType, address3) {
  if (contentType.startsWith(JSON_TYPE)) return ofJson(text2, address3);
  return /^(text\/html|application\/vnd\.pypi\.simple\.v1\+html)/.test(contentType) ? ofHtml(text2, address3) : void 0;
}
function ofJson(text2, address3) {
  return filesOfPage(text2)?.flatMap(({ filename, url, hashes, yanked }) => {
    const found2 = typeof url === "string" ? URL.parse(url, address3) : void 0;
    if (!found2 || typeof filename !== "string") return [];
    const sha256 = hashes?.sha256;
    return [
      {
        ...{ filename, url: withoutFragment(found2) },
        sha256: typeof sha256 === "string" ? hexOf2(sha256) : void 0,
        isYanked: yanked === true || typeof yanked === "string" && yanked !== ""
      }
    ];
  });
}
var hexOf2 = (text2) => /^[0-9a-f]{64}$/i.test(text2) ? text2.toLowerCase() : void 0;
function withoutFragment(url) {
  const bare3 = new URL(url);
  bare3.hash = "";
  return bare3.href;
}
function ofHtml(text2, address3) {
  const files = linksOf(text2, address3);
  return files.length === 0 ? void 0 : files;
}
function linksOf(text2, address3) {
  return [...anchors(text2)].flatMap((tag) => {
    const href = attributeOf(tag, "href");
    const found2 = href === void 0 ? void 0 : URL.parse(href, address3);
    if (!found2) return [];
    const digest2 = found2.hash.slice(1).split("&").find((part) => part.startsWith("sha256="));
    const filename = decoded(found2.pathname.split("/").at(-1) ?? "");
    const isYanked = attributeOf(tag, "data-yanked") !== void 0;
    const sha256 = digest2 === void 0 ? void 0 : hexOf2(digest2.slice("sha256=".length));
    return [{ filename, url: withoutFragment(found2), sha256, isYanked }];
  });
}
function* anchors(text2) {
  const opening = /<a\s/gi;
  for (let found2 = opening.exec(text2); found2; found2 = opening.exec(text2)) {
    const start2 = found2.index + 2;
    let [end2, quote] = [start2, ""];
    for (; end2 < text2.length; end2 += 1) {
      const character = text2[end2] ?? "";
      if (quote === "" && character === ">") break;
      if (quote !== "" && character === quote) quote = "";
      else if (quote === "" && (character === '"' || character === "'")) quote = character;
    }
    if (end2 < text2.length) yield text2.slice(start2, Math.min(end2, start2 + 1e4));
    opening.lastIndex = end2;
  }
}
function attributeOf(tag, name4) {
  const [, , double, single, bare3] = new RegExp(`\\s(${name4})(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+)))?`, "i").exec(tag) ?? [];
  const value = double ?? single ?? bare3;
  if (value === void 0) return new RegExp(`\\s${name4}(?=[\\s/]|$)`, "i").test(tag) ? "" : void 0;
  return value.replace(
    /&(amp|lt|gt|quot|#39|#x27);/gi,
    (_, entity) => entities[entity.toLowerCase()] ?? ""
  );
}
var entities = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"' },
  ...{ "#39": "'", "#x27": "'" }
};
function decoded(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return text2;
  }
}
function filesOfPage(text2) {
  try {
    const page = JSON.parse(text2);
    if (!Array.isArray(page?.files)) return void 0;
    return page.files.filter((file) => typeof file === "object" && file !== null);
  } catch {
    return void 0;
  }
}

// src/build-lock/listing.ts
var AT_ONCE = 16;
var LONGEST = 48e6;
var TIME = 6e4;
var Listing = class {
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
  /** Whether an index lists a file with its address and digest. Never throws. */
  async verdictOf(file) {
    const [others, unknown] = [[], []];
    for (const index of this.indexes) {
      const page = await this.page(index, file.project);
      if ("why" in page) {
        unknown.push(page.why);
        continue;
      }
      for (const listed of page.files.get(file.filename) ?? []) {
        const why2 = differenceOf(file, listed);
        if (why2 === void 0) return { kind: "listed", isYanked: listed.isYanked };
        (listed.sha256 === void 0 ? unknown : others).push(`the index at ${hostOf(index)} ${why2}`);
      }
      if (index.isDeciding && page.files.size > 0) break;
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
    const name4 = normalizeName(project) ?? project.toLowerCase();
    const address3 = index.isFlat ? index.url : `${index.url}/${encodeURIComponent(name4)}/`;
    const known2 = this.pages.get(address3) ?? this.limit(() => this.request(index, address3));
    this.pages.set(address3, known2);
    return known2;
  }
  async request(index, address3) {
    const failed2 = this.failed.get(index.url);
    if (failed2 !== void 0) return { why: failed2 };
    try {
      const bounds2 = { signal: AbortSignal.timeout(TIME), most: LONGEST };
      const { status, contentType, text: text2 } = await this.fetchText(address3, { accept: ANY_TYPE }, bounds2);
      if (status === 404) return { files: /* @__PURE__ */ new Map() };
      const files = status === 200 ? listedFiles(text2, contentType, address3) : void 0;
      if (files) return { files: Map.groupBy(files, ({ filename }) => filename) };
      return {
        why: `the index at ${hostOf(index)} responded with status ${status} and without a page of the Simple API`
      };
    } catch (error) {
      const why = `the index at ${hostOf(index)} did not respond (${clauseOf(error)})`;
      this.failed.set(index.url, why);
      return { why };
    }
  }
};
function differenceOf({ url, hash, filename }, listed) {
  if (listed.sha256 === void 0) return `has no sha256 for ${filename}`;
  const digest2 = sriFromHex(listed.sha256);
  if (digest2 !== hash) return `lists ${filename} with ${digest2}, not with ${hash}`;
  const address3 = URL.parse(url);
  if (address3 && withoutFragment(address3) === listed.url) return void 0;
  return `lists ${filename} at ${listed.url.slice(0, 300)}, not at ${url.slice(0, 300)}`;
}
var hostOf = ({ url }) => URL.parse(url)?.host ?? "";

// src/nix/evaluate.ts
import { existsSync as existsSync2 } from "node:fs";
import { access } from "node:fs/promises";
import path12 from "node:path";

// src/uv/plan/manifest.ts
var word = text(1e3);
var fetcherVersion = 1;
var targetFields = {
  ...{ python: word, libc: word, packages: list(word, 1e3), extras: list(word, 1e3) },
  ...{ groups: list(word, 1e3), allPackages: yesOrNo, defaultGroups: yesOrNo }
};
function manifestText(artifacts, target2) {
  const wheels = artifacts.filter((artifact2) => artifact2.kind === "wheel").map(({ name: name4, version: version3, filename, hash }) => ({ name: name4, version: version3, filename, ...hash ? { hash } : {} }));
  const { system, python, libc, packages, allPackages, extras, groups: groups2, defaultGroups: defaultGroups2 } = target2;
  const declared2 = {
    ...{ system, python, libc, allPackages, defaultGroups: defaultGroups2 },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups2) }
  };
  return `${JSON.stringify({ fetcherVersion, target: declared2, wheels }, null, 2)}
`;
}
var sorted = (names2) => [...new Set(names2)].sort();
function manifestDigest(artifacts, target2) {
  return sriOfText(manifestText(artifacts, target2));
}

// src/nix/answers.ts
var word2 = text(1e3);
var place = text(4096);
var position = having({ file: place, line: whole(1, 1e9), column: whole(1, 1e9) });
var pin = having({
  target: having({ ...targetFields, system: word2 }),
  ...{ hash: word2, position: maybe(position) }
});
var pinned = having({
  ...{ pname: word2, version: word2, revision: maybe(word2), imports: list(word2, 1e3) },
  ...{ system: word2, src: maybe(place), project: place, buildLock: maybe(place) },
  systems: list(pin, 100)
});
var packageFacts = having({
  ...{ version: word2, position: maybe(position), revision: maybe(word2), file: maybe(place) }
});
var sources = list(having({ attribute: word2, hash: maybe(word2), identity: place }), 2);
var fodFields = { drv: place, out: place, mode: word2 };
var fixedOutput = having(fodFields);
var outputFacts = having({
  ...{ ...fodFields, hash: maybe(word2), algorithm: maybe(word2) },
  ...{ positions: list(position, 100), file: maybe(place) }
});
var stringFacts = having({ value: text(1e5), position: maybe(position) });
var seenPackages = list(
  having({
    ...{ attribute: word2, version: word2, systems: list(word2, 100), position: maybe(position) },
    ...{ owner: maybe(word2), repo: maybe(word2), tag: maybe(word2) }
  }),
  1e4
);

// src/nix/build.ts
import { randomUUID } from "node:crypto";

// src/nix/expression.ts
import { readFileSync } from "node:fs";

// src/nix/evaluation-error.ts
import { existsSync } from "node:fs";
import path11 from "node:path";

// src/system/tools.ts
var tools = {
  nix: {
    code: "nix-missing",
    say: "evaluates and builds the derivation. Install Nix in a step before this one, for example with cachix/install-nix-action"
  },
  uv: {
    code: "uv-missing",
    say: "pins the build requirements of what has to be built from source. Install uv in a step before this one, for example with astral-sh/setup-uv"
  },
  curl: {
    code: "curl-missing",
    say: "downloads files. Install curl in a step before this one (Debian and Ubuntu: sudo apt-get install --yes curl), or use an image that has it"
  },
  git: {
    code: "git-missing",
    say: "reads repositories. Install git in a step before this one, or use an image that has it"
  }
};
function toolMissing(name4) {
  const { code: code2, say } = tools[name4];
  return new UserError(code2, `'${name4}' is not on PATH. It ${say}.`);
}

// src/nix/failure.ts
var start = String.raw`^error: (?:build of '[^'\n]+' on '[^'\n]+' failed: (?:error: )?)?`;
var drvName = String.raw`'[^'\n]*?/[a-z0-9]{32}-([^'\n]+)\.drv'`;
var MISMATCH = new RegExp(
  [
    String.raw`${start}hash mismatch in fixed-output derivation '([^'\n]+)':\n`,
    String.raw`(?:[ \t]*likely URL: [^\n]*\n)?`,
    String.raw`[ \t]*specified:[ \t]+\S+\n`,
    String.raw`[ \t]*got:[ \t]+(\S+)`,
    String.raw`(?:\n[ \t]*expected path: [^\n]*\n[ \t]*got path: [^\n]*)?\s*$`
  ].join("")
);
function mismatches(errors) {
  return errors.flatMap((text2) => {
    const [, drv, got] = MISMATCH.exec(text2) ?? [];
    return drv && got ? [{ drv, got }] : [];
  });
}
function failureText(stderr) {
  const lines = withoutColours(stderr).split("\n").map((line) => line.trim());
  const cause = lines.findLast((line) => /^error:./.test(line)) ?? lines.findLast((line) => line !== "");
  return (cause ?? "Nix printed nothing").replace(/^error:\s*/, "").slice(0, 400).replace(/\.$/, "");
}
var diskFull = "the disk is full (No space left on device); free some or collect garbage (nix-collect-garbage)";
function causeOf(failure3) {
  const { errors, relayed, lastPrinted, stderr = "" } = failure3;
  const all = [...errors, ...relayed];
  const full = /no space left on device|\bENOSPC\b/i;
  if (full.test(all.join("\n"))) return diskFull;
  if (full.test(stderr)) return `the build printed that ${diskFull}`;
  const ours = [...stderr.matchAll(/^uv-fod: ([^\n]{1,600})$/gm)].at(-1)?.[1];
  if (ours !== void 0) return `the build printed: ${ours.replace(/\.$/, "")}`;
  return lackingMachine(failure3) ?? first2(all, otherHash) ?? first2(all, (text2) => failedBuilder(text2, lastPrinted)) ?? failureText([...relayed, ...errors].join("\n") || stderr);
}
function otherHash(text2) {
  const name4 = /[a-z0-9]{32}-(.+)\.drv$/.exec(mismatches([text2])[0]?.drv ?? "")?.[1];
  return name4 && `the hash of the fixed-output derivation ${name4} is wrong`;
}
var builderFailed = new RegExp(
  String.raw`${start}(?:Cannot build ${drvName}\.\n\s*Reason: builder |builder for ${drvName} failed)`
);
function failedBuilder(text2, lastPrinted) {
  const [, now, old] = builderFailed.exec(text2) ?? [];
  const name4 = now ?? old;
  if (name4 === void 0) return void 0;
  const quoted2 = text2.split("\n").findLast((line) => /^[ \t]+> .*\S/.test(line));
  const printed = (quoted2?.replace(/^[ \t]+> /, "") ?? lastPrinted)?.trim().slice(0, 300);
  return `the build of ${name4} failed${printed ? `, and last printed: ${printed}` : ""}`;
}
function lackingMachine({ errors, stderr = "" }) {
  const lacking = first2(errors, reasonOf);
  if (lacking === void 0) return void 0;
  const refused2 = /^cannot build on '([^'\n]{1,200})': (.+)$/m.exec(stderr);
  return refused2 ? `${lacking}; ${refused2[1]} could not be used: ${refused2[2]?.slice(0, 200)}` : lacking;
}
function relayedLacking({ relayed }) {
  return relayed.flatMap((text2) => {
    const path60 = /'([^'\n]*?\/[a-z0-9]{32}-[^'\n/]+\.drv)'/.exec(text2)?.[1];
    return reasonOf(text2) !== void 0 && path60 !== void 0 ? [path60] : [];
  });
}
function dependent({ errors }) {
  return first2(errors, (text2) => {
    const now = /^error: Cannot build '([^'\n]+\.drv)'\.\n\s*Reason: .*dependenc(?:y|ies) failed/.exec(text2);
    const old = /^error: \d+ dependenc(?:y|ies) of derivation '([^'\n]+\.drv)' failed/.exec(text2);
    return (now ?? old)?.[1];
  });
}
var cannotBuild = new RegExp(
  String.raw`${start}Cannot build ${drvName}\.\n\s*Reason: (.+)(?:\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)')?`
);
var required = new RegExp(
  String.raw`${start}a '([^'\n]+)' with features [^\n]{0,300} is required to build ${drvName}, but I am a '([^'\n]+)'`
);
function reasonOf(text2) {
  const [, oldSystem, oldName, here] = required.exec(text2) ?? [];
  if (oldName !== void 0) return noMachine(oldName, oldSystem, here);
  const [, name4, reason = "", system, current2] = cannotBuild.exec(text2) ?? [];
  if (name4 === void 0 || /^builder |dependenc(?:y|ies) failed/.test(reason)) return void 0;
  if (system !== void 0) return noMachine(name4, system, current2);
  return `no machine takes ${name4}: ${reason.slice(0, 200)}`;
}
var noMachine = (name4, system, here) => system === here ? `${name4} needs system features that this machine does not have, and no remote builder of nix.conf took it` : `${name4} has to be built on ${system}; this machine is ${here}, and no remote builder of nix.conf took it`;
function first2(items, of) {
  for (const item of items) {
    const found2 = of(item);
    if (found2 !== void 0) return found2;
  }
  return void 0;
}

// src/nix/evaluation-error.ts
async function evaluationError(derivation, { given, failed: failed2 = "evaluation-failed" }, { code: code2, stderr }, run) {
  if (code2 === noSuchProgram) return toolMissing("nix");
  const { attribute } = derivation;
  const missing = /error: uv-fod:no-attribute:([\w'+-]+):([^\n]*)/.exec(stderr);
  if (missing) return missingAttribute(derivation, missing[1] ?? "", missing[2] ?? "", given?.path);
  if (stderr.includes("error: uv-fod:no-uv-deps"))
    return new UserError(
      "not-uv-fod",
      `'${attribute}' has no 'uvDeps': ${derivation.isWhole ? "if the file is a set of packages, name one with 'attribute'; otherwise " : ""}build it with this project's buildUvEnv (authentik's backend: authentik-django), or set passthru.uvDeps to its fetchUvDeps. docs/migrating.md shows how to replace other builders.`,
      placeOf(derivation)
    );
  if (/error: uv-fod:(?:schema|old-library)/.test(stderr))
    return new UserError(
      "not-uv-fod",
      `The Nix library that '${attribute}' uses is of another version than this program; use the same version of both.`,
      placeOf(derivation)
    );
  const text2 = failureText(stderr);
  const unknown = await untrackedFile(derivation, run, (name4) => text2.includes(name4));
  if (unknown !== void 0) return untracked(unknown, derivation, ` Nix's message: ${text2}.`);
  const at = positionIn(stderr, derivation);
  const log = withoutOwnFrames(stderr);
  return at === void 0 ? new UserError(
    failed2,
    `Nix can't evaluate '${attribute}' of ${nameOf(derivation)}: ${text2}. Fix the expression; the end of Nix's message is in the log.`,
    { ...placeOf(derivation), log }
  ) : new UserError(
    failed2,
    `${at.file}:${at.line}:${at.column}: ${text2}. So Nix can't evaluate '${attribute}'; fix the expression. The end of Nix's message is in the log.`,
    { at, log }
  );
}
function missingAttribute(derivation, missing, names2, path60) {
  const parts = (path60 ?? derivation.attribute).split(".");
  const similar = nearest(
    missing,
    names2.split(" ").filter((name4) => /^[\w'+-]{1,100}$/.test(name4))
  );
  const meant = parts.map((part) => part === missing ? similar : part).join(".");
  const hint = similar === void 0 ? "" : ` Did you mean '${meant}'?`;
  const detail = parts.length > 1 ? ` ('${missing}' is missing)` : "";
  return new UserError(
    "attribute-missing",
    path60 === void 0 ? `There is no attribute '${derivation.attribute}' in ${nameOf(derivation)}${detail}.${hint} Correct 'attribute'.` : `There is no attribute '${path60}' in ${nameOf(derivation)}${detail}, which the configuration of '${derivation.attribute}' names.${hint} Correct the path. One that begins with a dot starts at the package.`,
    placeOf(derivation)
  );
}
async function untrackedFile({ root }, run, isMeant) {
  if (root?.kind !== "flake" || !root.url.startsWith("git+")) return void 0;
  const others = await run("git", ["-C", root.checkout, "ls-files", "--others", "--exclude-standard", "-z"]);
  return others.stdout.split("\0").find((name4) => name4 !== "" && isMeant(name4));
}
function untracked(name4, derivation, reason = "") {
  return new UserError(
    "evaluation-failed",
    `git does not track ${name4}, and a flake has only tracked files. Run 'git add ${name4}'.${reason}`,
    placeOf(derivation)
  );
}
function positionIn(stderr, { root }) {
  const found2 = [...withoutColours(stderr).matchAll(/^\s*at (\/[^\n]+):(\d+):(\d+):?$/gm)];
  for (const [, file = "", line, column] of found2.reverse()) {
    const copied = /^\/.*\/[a-z0-9]{32}-source\/(.+)$/.exec(file)?.[1];
    const own = copied && root?.kind === "flake" ? path11.join(root.checkout, copied) : file;
    if (/\/[a-z0-9]{32}-[^/]+\//.test(own) || !existsSync(own)) continue;
    return { file: own, line: Number(line), column: Number(column) };
  }
  return void 0;
}
function withoutOwnFrames(stderr) {
  const frames = stderr.split(/^(?=\s+(?:… |error:))/m);
  return frames.filter((frame) => !/^\s+… [\s\S]*^\s*at «string»/m.test(frame)).join("");
}

// src/nix/expression.ts
var code = () => readFileSync(new URL("./evaluation.nix", import.meta.url), "utf8");
var PIECE = 12e4;
var MOST_PIECES = 12;
function buildLockArguments(json) {
  const ascii = json.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const most2 = MOST_PIECES * PIECE;
  if (ascii.length > most2)
    throw new UserError(
      "build-requirements",
      `The build lock is too large for Nix's arguments: ${ascii.length} bytes, and at most ${most2} can be passed. Build fewer packages from source.`
    );
  const count2 = Math.ceil(ascii.length / PIECE);
  return Object.fromEntries(
    Array.from({ length: count2 }, (_, at) => [`buildLock${at}`, ascii.slice(at * PIECE, (at + 1) * PIECE)])
  );
}
function nixArguments(derivation, { question, given = {}, writes }) {
  const { file, attribute, root, isWhole } = derivation;
  const values = {
    question,
    attribute: isWhole ? "" : attribute,
    ...file === void 0 ? {} : { file },
    ...root?.kind === "flake" ? { url: root.url } : {},
    ...given
  };
  return [
    ...["--eval", "--strict", "--json"],
    ...writes ? ["--read-write-mode"] : [],
    ...root?.kind === "flake" ? ["--extra-experimental-features", "nix-command flakes"] : [],
    ...["--expr", code()],
    ...Object.entries(values).flatMap(([name4, value]) => ["--argstr", name4, value]),
    ...root?.kind === "expression" ? ["--arg", "expression", root.expression] : []
  ];
}
async function ask(derivation, question, run) {
  const args = nixArguments(derivation, question);
  const result = await run("nix-instantiate", args);
  if (result.code !== 0) throw await evaluationError(derivation, question, result, run);
  const { root } = derivation;
  const { copy } = JSON.parse(result.stdout);
  const isOfCopy = (text2) => text2 === copy || text2.startsWith(`${copy}/`);
  const { value } = JSON.parse(
    result.stdout,
    (_, value2) => copy !== null && root?.kind === "flake" && typeof value2 === "string" && isOfCopy(value2) ? root.checkout + value2.slice(copy.length) : value2
  );
  const wrong = question.shape(value, "the result");
  if (wrong === void 0) return value;
  throw await evaluationError(
    derivation,
    question,
    { code: 1, stdout: "", stderr: `error: ${wrong}
` },
    run
  );
}

// src/system/lines.ts
var longest = 1 << 18;
function splitLines(onLine) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  let dropped = 0;
  const give = () => {
    onLine(dropped === 0 ? rest : `${rest} … (${dropped} more characters in this line)`);
    rest = "";
    dropped = 0;
  };
  const keep2 = (text2) => {
    const free = longest - rest.length;
    rest += text2.slice(0, free);
    dropped += Math.max(text2.length - free, 0);
  };
  const add = (text2) => {
    let start2 = 0;
    for (let end2 = text2.indexOf("\n"); end2 >= 0; end2 = text2.indexOf("\n", start2)) {
      keep2(text2.slice(start2, end2));
      give();
      start2 = end2 + 1;
    }
    keep2(text2.slice(start2));
  };
  return {
    add: (chunk) => add(decoder.decode(chunk, { stream: true })),
    end: () => {
      add(decoder.decode());
      if (rest !== "" || dropped > 0) give();
    }
  };
}
var mostLogged = 4e6;
function capped(print) {
  let [printed, left] = [0, 0];
  return {
    add: (line) => {
      if (left === 0 && printed + line.length <= mostLogged) {
        printed += line.length + 1;
        print(line);
        return;
      }
      if (left === 0)
        print(`The log of this program is longer than ${mostLogged / 1e6} MB; what follows is not shown.`);
      left += line.length + 1;
    },
    /** To be called after the program has ended. */
    end: () => {
      if (left > 0) print(`${(left / 1e6).toFixed(1)} MB of the log were not shown.`);
    }
  };
}

// src/nix/nix-build.ts
var mostShown = 256 * 1024;
var mostErrors = 100;
async function nixBuild(args, { run, log }, title) {
  const reader = nixReader(log);
  const { code: code2, stdout, stderr } = await log.group(
    title,
    () => run("nix-build", ["--no-out-link", "--log-format", "internal-json", ...args], {
      onLine: reader.line
    }).finally(reader.end)
  );
  const ended = /\n(error: ended by [A-Z0-9]+)\n$/.exec(stderr.slice(-100))?.[1];
  if (ended !== void 0) reader.add({ kind: "error", text: ended });
  return { code: code2, stdout, ...reader.result() };
}
function nixReader(log) {
  const [errors, relayed] = [[], []];
  const shownLines = capped(log.info);
  let lastPrinted;
  let shown2 = "";
  const add = ({ kind, text: text2 }) => {
    shown2 += `${text2}
`;
    if (shown2.length > 2 * mostShown) shown2 = shown2.slice(-mostShown);
    if (kind === "printed" && text2.trim() !== "") lastPrinted = withoutColours(text2);
    if (kind !== "error" && kind !== "relayed") return;
    const kept = kind === "error" ? errors : relayed;
    kept.push(text2.slice(0, mostShown));
    if (kept.length > mostErrors) kept.shift();
  };
  return {
    add,
    line: (line) => {
      const event2 = nixEvent(line);
      if (event2 === void 0) return;
      add(event2);
      if (event2.kind === "error") log.info(event2.text);
      else shownLines.add(event2.text);
      const progress = progressOf(event2);
      if (progress !== void 0) log.progress(progress);
    },
    end: shownLines.end,
    result: () => ({ stderr: shown2, errors, relayed, lastPrinted })
  };
}
var activities = [100, 105, 108];
var logLines = [101, 107];
var INFO = 3;
function nixEvent(line) {
  if (!line.startsWith("@nix ")) return { kind: "printed", text: line };
  const raw = parse4(line.slice("@nix ".length));
  if (raw === void 0) return { kind: "printed", text: "A line of the log is too long to be shown." };
  const { action, level: level2, type, text: text2, msg, raw_msg: rawMessage, fields } = raw;
  if (action === "msg" && typeof msg === "string") {
    const shown2 = withoutColours(msg);
    if (level2 === 0 && typeof rawMessage === "string") return { kind: "error", text: shown2 };
    const isRelayed = level2 === 0 && /^error(?: \(ignored\))?:/.test(shown2);
    return { kind: isRelayed ? "relayed" : "note", text: shown2 };
  }
  if (action === "start" && typeof text2 === "string" && text2 !== "" && Number(level2 ?? Infinity) <= INFO)
    return { kind: activities.includes(type) ? "begun" : "printed", text: `${withoutColours(text2)}...` };
  const [printed] = Array.isArray(fields) ? fields : [];
  if (action === "result" && logLines.includes(type) && typeof printed === "string")
    return { kind: "printed", text: printed };
  return void 0;
}
function parse4(text2) {
  try {
    return Object(JSON.parse(text2));
  } catch {
    return void 0;
  }
}
var BEGUN = /^(building|checking outputs of|copying path) '(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;
function progressOf({ kind, text: text2 }) {
  if (kind === "printed") return /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(text2)?.[1];
  const [, verb, name4] = kind === "begun" && BEGUN.exec(text2) || [];
  return name4 && `${verb === "copying path" ? "fetching" : "building"} ${name4}`;
}

// src/nix/no-builder.ts
async function checkBuilder(what2, result, tools2) {
  const why = lackingMachine(result) ?? await lackingForDependency(result, tools2);
  if (why === void 0) return;
  throw new UserError(
    "no-builder",
    `${what2} can't be built here: ${why}. Nothing was changed. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
    { log: result.stderr }
  );
}
async function lackingForDependency(result, tools2) {
  const [named, top] = [relayedLacking(result)[0], dependent(result)];
  if (named === void 0 || top === void 0) return void 0;
  const { code: code2, stdout } = await tools2.run("nix-store", ["--query", "--requisites", top]);
  if (code2 !== 0 || !stdout.split("\n").includes(named)) return void 0;
  return lackingMachine(await nixBuild([named], tools2, "Nix: the dependency that no machine builds"));
}

// src/nix/fod-hash.ts
async function hashFromScratch(fod, fake2, tools2) {
  const { what: what2 } = fod;
  const { drv } = await fod.under(fake2);
  const result = await nixBuild([drv], tools2, `Nix: ${what2}, from scratch`);
  const found2 = mismatchOf(drv, algorithmOf(fake2), result);
  if (found2 === void 0) {
    await checkBuilder(what2, result, tools2);
    throw fod.explain?.(result) ?? fetchFailed(what2, result);
  }
  const { got: hash, isOwn } = found2;
  if (!isOwn && fod.renamed)
    await expectBuild(what2, hash, (await fod.renamed(hash)).drv, "a second time", tools2);
  const confirmed = { hash, ...await fod.under(hash) };
  await confirm(what2, confirmed, tools2);
  return confirmed;
}
var fetchFailed = (what2, result) => new UserError(
  "fetch-failed",
  `${what2} can't be fetched, so there is no new hash: ${causeOf(result)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
  { log: result.stderr }
);
var algorithmOf = (hash) => hash.slice(0, hash.indexOf("-"));
var SRI = /^sha(?:1|256|512)-[A-Za-z0-9+/]{26,88}={0,2}$/;
function mismatchOf(drv, algorithm, { errors, relayed }) {
  for (const texts of [errors, relayed]) {
    const own = mismatches(texts).filter(
      (one) => one.drv === drv && SRI.test(one.got) && algorithmOf(one.got) === algorithm
    );
    const [got, ...others] = new Set(own.map((one) => one.got));
    if (others.length > 0) return void 0;
    if (got !== void 0) return { got, isOwn: texts === errors };
  }
  return void 0;
}
async function confirm(what2, { hash, drv, out, mode }, tools2) {
  const { run } = tools2;
  const isValid = async () => (await run("nix-store", ["--check-validity", out])).code === 0;
  if (!await isValid()) await expectBuild(what2, hash, drv, "with its new hash", tools2);
  const flat = mode === "flat" ? ["--flat"] : [];
  const { stdout } = await run("nix-hash", ["--type", algorithmOf(hash), ...flat, out]);
  const actual = `${algorithmOf(hash)}-${Buffer.from(stdout.trim(), "hex").toString("base64")}`;
  if (!await isValid()) throw notConfirmed(what2, hash, `${out} is not in the store`);
  if (actual !== hash) throw notConfirmed(what2, hash, `${out} has the hash ${actual}`);
}
async function expectBuild(what2, hash, drv, how, tools2) {
  const result = await nixBuild([drv], tools2, `Nix: ${what2}, ${how}`);
  if (result.code !== 0) throw notConfirmed(what2, hash, `built ${how}, it fails: ${causeOf(result)}`, result);
}
function notConfirmed(what2, got, why, result) {
  return new UserError(
    "hash-not-confirmed",
    `Nix printed ${got} as the hash of ${what2}, but its store does not confirm that: ${why}. Nothing was changed. Run this again; if that does not help, look in the log for what prints that hash.`,
    result ? { log: result.stderr } : {}
  );
}

// src/nix/build.ts
async function hashByNix(derivation, system, run, log) {
  const under = (newHash, newName = "") => {
    const given = { ofSystem: system, newHash, newName };
    const question = { question: "rehashed", given, shape: fixedOutput, writes: true };
    return ask(derivation, question, run);
  };
  const fod = {
    what: `dependencies of '${derivation.attribute}' for ${system}`,
    under: (hash2) => under(hash2),
    renamed: (hash2) => under(hash2, `uv-fod-again-${randomUUID()}`)
  };
  const { hash } = await hashFromScratch(fod, fakeHash, { run, log });
  return hash;
}
async function build(derivation, run, log) {
  const [out = ""] = await buildAnswer(
    derivation,
    { run, log },
    {
      ...{ question: "package", failed: "build-failed", title: `build of '${derivation.attribute}'` },
      sentence: (cause) => `'${derivation.attribute}' does not build with the new hash: ${cause}.`
    }
  );
  return out;
}
async function buildSource(derivation, run, log) {
  const [out = ""] = await buildAnswer(
    derivation,
    { run, log },
    {
      ...{ question: "source", failed: "source-unreachable", title: `source of '${derivation.attribute}'` },
      place: placeOf(derivation),
      sentence: (cause) => `The source of '${derivation.attribute}', which has its uv.lock, can't be fetched: ${cause}. Correct its address, tag or hash.`
    }
  );
  return out;
}
function dynamicRequires(derivation, keys, buildLock, run, log) {
  return buildAnswer(
    derivation,
    { run, log },
    {
      ...{ question: "requires", failed: "build-requirements" },
      given: { ...buildLockArguments(buildLock), keys: JSON.stringify(keys) },
      title: "requirements of build backends, in the sandbox",
      sentence: (cause) => `What '${derivation.attribute}' needs to be built can't be determined: ${cause}. Nothing was changed.`
    }
  );
}
async function buildAnswer(derivation, tools2, { question, given = {}, title, failed: failed2, sentence, place: place2 = {} }) {
  const shape = list(text(4096, /^\/.+\.drv(?:![\w-]+)?$/), 1e4);
  const asked2 = { question, given, shape, failed: failed2, writes: true };
  const drvs = await ask(derivation, asked2, tools2.run);
  if (drvs.length === 0) return [];
  const result = await nixBuild(drvs, tools2, `Nix: ${title}`);
  if (result.code === 0) return result.stdout.split("\n").filter((line) => line.startsWith("/"));
  await checkBuilder(`'${derivation.attribute}'`, result, tools2);
  throw new UserError(failed2, `${sentence(causeOf(result))} The build's last lines are in the log.`, {
    ...place2,
    log: result.stderr
  });
}

// src/nix/evaluate.ts
async function evaluate2(derivation, run, log, { revision = false } = {}) {
  await requireFile(derivation);
  const question = { question: "pinned", given: { withRevision: String(revision) }, shape: pinned };
  const { src, ...answer } = await ask(derivation, question, run);
  const systems = answer.systems.map(({ position: position2, ...one }) => {
    if (position2 !== null) return { ...one, position: position2 };
    throw new UserError(
      "hash-literal",
      `'${derivation.attribute}': Nix can't report where its hash is written; write it as a string literal at fetchUvDeps' argument 'hash'.`
    );
  });
  const source = src ?? await buildSource(derivation, run, log);
  const project = path12.join(source, answer.project);
  await checkTracked(derivation, project, run);
  return { ...answer, systems, project };
}
async function requireFile({ file, attribute, isWhole, root }) {
  if (file === void 0 || root?.kind === "expression") return;
  const option2 = root === void 0 ? "file" : "flake";
  await access(file).catch(() => {
    const folder = path12.dirname(file);
    const hasFlake = root === void 0 && !isWhole && existsSync2(path12.join(folder, "flake.nix"));
    const flake = path12.relative("", folder) || ".";
    const hint = hasFlake ? ` For an attribute of the flake.nix there, write '${flake}#${attribute}' (in a workflow 'flake: ${flake}').` : "";
    throw new UserError("file-missing", `There is no file ${file}; correct '${option2}'.${hint}`);
  });
}
async function checkTracked(derivation, project, run) {
  const { root } = derivation;
  if (root?.kind !== "flake") return;
  const needed = ["uv.lock", "pyproject.toml"].map((name5) => path12.join(project, name5));
  const name4 = await untrackedFile(derivation, run, (one) => needed.includes(path12.join(root.checkout, one)));
  if (name4 !== void 0) throw untracked(name4, derivation);
}

// src/uv/lock/project.ts
import path14 from "node:path";

// src/uv/lock/inside.ts
import { stat } from "node:fs/promises";
import path13 from "node:path";
async function checkPaths(lock, root, repository) {
  const what2 = (name4) => printable(`'${clip(name4)}', a source in ${path13.basename(lock.file)},`);
  const folders = lock.packages.flatMap(
    ({ source }) => isTree(source) || source.kind === "registry-path" ? [source.path] : []
  );
  for (const folder of new Set(folders))
    await requireInside(repository, path13.resolve(root, folder, "pyproject.toml"), what2(folder));
  for (const file of new Set(lock.packages.flatMap(filesOf))) {
    const at = path13.resolve(root, file);
    await requireInside(repository, at, what2(file));
    const found2 = await stat(at).catch(() => void 0);
    if (found2 === void 0 || found2.isFile()) continue;
    throw new UserError(
      "file-unreadable",
      `${what2(file)} is not a regular file. Put the file itself into the repository.`
    );
  }
}
function filesOf({ source, wheels, sdist }) {
  const inFolder = (file) => source.kind === "registry-path" ? pathIn(source.path, file) : file;
  const listed = [...wheels, ...sdist ? [sdist] : []].flatMap(({ path: file }) => file ?? []);
  return [...source.kind === "path" ? [source.path] : [], ...listed.map(inFolder)];
}

// src/uv/lock/files.ts
var DIGITS = /* @__PURE__ */ new Map([
  ["md5", 32],
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
  ["blake2b", 128]
]);
function readWheels(table3, version3) {
  const expected = version3 === void 0 ? void 0 : parseVersion(version3)?.key;
  return table3.tables("wheels").map((entry) => {
    const file = readFile(entry);
    const filename = fileName(file) ?? entry.string("filename");
    if (filename === void 0) throw table3.invalid("a wheel has no url, path or filename");
    const name4 = parseWheelName(filename);
    if (typeof name4 === "string")
      throw table3.invalid(`'${clip(filename)}' is not a wheel's file name: ${name4}`);
    if (expected !== void 0 && name4.version.key !== expected && name4.version.publicKey !== expected)
      throw table3.invalid(`the wheel '${clip(filename)}' is not of version ${version3}`);
    return { ...file, name: name4 };
  });
}
function readSdist(table3) {
  return table3.has("sdist") ? readFile(table3.table("sdist")) : void 0;
}
function fileName({ url, path: path60 }) {
  return url === void 0 ? path60?.slice(path60.lastIndexOf("/") + 1) : lastSegment(url);
}
function readFile(entry) {
  const hash = entry.string("hash");
  if (hash !== void 0) checkHash(hash, entry);
  return { url: entry.string("url"), path: entry.string("path"), hash, size: entry.count("size") };
}
function checkHash(hash, entry) {
  const colon = hash.indexOf(":");
  const digits2 = DIGITS.get(hash.slice(0, Math.max(colon, 0)));
  if (digits2 === void 0)
    throw entry.invalid(
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGITS.keys()].join(", ")}`
    );
  const digest2 = hash.slice(colon + 1);
  if (digest2.length !== digits2 || !/^[0-9a-f]*$/i.test(digest2))
    throw entry.invalid(`the hash '${clip(hash)}' is not ${digits2} hexadecimal digits`);
}

// src/uv/lock/packages.ts
function readPackages2(tables2) {
  const entries2 = tables2.map((table3) => ({ table: table3, item: readPackage2(table3) }));
  const index = new PackageIndex(entries2.map(({ item }) => item));
  for (const { table: table3, item } of entries2) {
    const extras = table3.table("optional-dependencies");
    const groups2 = table3.table(groupsKey(table3));
    item.dependencies = readDependencies(table3, "dependencies", index);
    item.extras = extras.byName((key2) => readDependencies(extras, key2, index));
    item.groups = groups2.byName((key2) => readDependencies(groups2, key2, index));
  }
  return entries2.map(({ item }) => item);
}
var groupsKey = (table3) => table3.has("dev-dependencies") ? "dev-dependencies" : "dependency-groups";
function readPackage2(table3) {
  const name4 = table3.name("name");
  const version3 = table3.string("version");
  if (version3 !== void 0 && (version3.trim() !== version3 || parseVersion(version3) === void 0))
    throw table3.invalid(`'${clip(version3)}' is not a version`);
  const source = readSource2(table3);
  if (isRegistry(source) && version3 === void 0) throw table3.invalid("'version' is missing");
  const wheels = readWheels(table3, version3);
  checkHashes(table3, source, wheels);
  const metadata = table3.table("metadata");
  const required2 = metadata.has("requires-dev") ? "requires-dev" : "dependency-groups";
  return {
    name: name4,
    version: version3,
    source,
    wheels,
    sdist: readSdist(table3),
    resolutionMarkers: table3.markers("resolution-markers"),
    dependencies: [],
    extras: table3.table("optional-dependencies").byName(() => []),
    groups: table3.table(groupsKey(table3)).byName(() => []),
    declaredExtras: metadata.names("provides-extras"),
    declaredGroups: [
      ...metadata.table(required2).byName(() => void 0).keys()
    ],
    defaultGroups: readDefaultGroups(table3),
    groupRequiresPython: readGroupPythons(table3),
    place: table3.place
  };
}
function checkHashes(table3, source, wheels) {
  if (isRegistry(source)) return;
  const { kind } = source;
  const wanted2 = kind === "url" || kind === "path" || kind === "git" && source.path !== void 0;
  if (wheels.some(({ hash }) => hash !== void 0 !== wanted2))
    throw table3.invalid(`a wheel of a '${kind}' source ${wanted2 ? "needs" : "cannot have"} a hash`);
}
function readDefaultGroups(table3) {
  const value = table3.get("default-groups");
  return value === void 0 || value === "all" ? value : table3.names("default-groups");
}
function readGroupPythons(table3) {
  const groups2 = table3.table("group-requires-python");
  const found2 = groups2.byName((key2) => {
    const value = groups2.get(key2);
    const specifier2 = isTable3(value) ? value["requires-python"] : value;
    return typeof specifier2 === "string" ? specifier2 : "";
  });
  return new Map([...found2].filter(([, specifier2]) => specifier2 !== ""));
}
function readDependencies(owner, key2, index) {
  const seen = /* @__PURE__ */ new Set();
  return owner.tables(key2).map((table3) => {
    const found2 = index.find(table3);
    const extras = table3.names("extra");
    const marker = table3.marker("marker");
    const identity2 = `${packageId(found2)} ${extras.join(",")} ${marker?.text ?? ""}`;
    if (seen.has(identity2)) throw owner.invalid(`the dependency '${found2.name}' is there twice`);
    seen.add(identity2);
    return { package: found2, extras: extras.filter((extra) => found2.extras.has(extra)), marker };
  });
}
var PackageIndex = class {
  #byName;
  #byId = /* @__PURE__ */ new Map();
  constructor(packages) {
    this.#byName = Map.groupBy(packages, ({ name: name4 }) => name4);
    for (const item of packages) {
      const id = packageId(item);
      if (this.#byId.has(id))
        throw new TomlReader({}, item.place).invalid("the same package, version and source is there twice");
      this.#byId.set(id, item);
    }
  }
  find(table3) {
    const name4 = table3.name("name");
    const same = this.#byName.get(name4) ?? [];
    const only2 = same.length === 1 ? same[0] : void 0;
    const version3 = table3.string("version") ?? only2?.version;
    const source = table3.has("source") ? readSource2(table3) : only2?.source;
    if (same.length > 1 && (source === void 0 || version3 === void 0 && !isTree(source)))
      throw table3.invalid(
        `the dependency '${name4}' fits ${same.length} packages and names no source or no version`
      );
    const found2 = source && this.#byId.get(packageId({ name: name4, version: version3, source }));
    if (found2 !== void 0) return found2;
    throw table3.invalid(
      `it depends on '${version3 === void 0 ? name4 : `${name4} ${version3}`}', which the lock does not hold`
    );
  }
};
function packageId({ name: name4, version: version3, source }) {
  return `${name4} ${version3 === void 0 ? "" : parseVersion(version3)?.key ?? version3} ${sourceKey(source)}`;
}

// src/uv/lock/parse.ts
function parseLock(text2, file) {
  const document = parseToml(text2, file);
  const top = new TomlReader(document, { file, subject: "", line: () => void 0 });
  checkVersion(top);
  const tables2 = top.tables(top.has("package") ? "package" : "distribution");
  const packages = readPackages2(
    tables2.map((table3, index) => table3.inner(table3.values, packagePlace(text2, file, table3, index)))
  );
  const manifest = top.table("manifest");
  const groups2 = manifest.table("dependency-groups");
  return {
    file,
    revision: typeof document.revision === "number" ? document.revision : 0,
    requiresPython: top.requiredString("requires-python"),
    resolutionMarkers: top.markers("resolution-markers"),
    supportedMarkers: top.markers("supported-markers"),
    conflicts: top.tableLists("conflicts").map((set) => set.map(conflictItem)),
    members: manifest.names("members"),
    requirements: manifest.tables("requirements").map(requirement2),
    groups: groups2.byName((key2) => groups2.tables(key2).map(requirement2)),
    groupRequiresPython: readGroupPythons(manifest),
    defaultGroups: readDefaultGroups(manifest),
    packages,
    byName: Map.groupBy(packages, ({ name: name4 }) => name4)
  };
}
function checkVersion(top) {
  const version3 = top.get("version");
  if (version3 === 1) return;
  if (version3 === void 0)
    throw top.invalid("'version' is missing: this is not a uv.lock", "Use a uv.lock that uv wrote.");
  const { file } = top.place;
  throw new UserError(
    "lock-version",
    `${file} has format version ${String(version3)}; uv-fod supports version 1 of any revision. Use a uv-fod that supports it, or a uv that writes version 1.`,
    { at: { file } }
  );
}
function packagePlace(text2, file, entry, index) {
  const name4 = entry.get("name");
  const subject = typeof name4 === "string" ? `package '${name4}'` : `package number ${index + 1}`;
  return { file, subject, line: () => packageLine(text2, index) };
}
function packageLine(text2, index) {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  const found2 = [...text2.matchAll(header)][index];
  return found2 && lineAt(text2, found2.index);
}
function requirement2(entry) {
  return { name: entry.name("name"), extras: entry.names("extras"), marker: entry.marker("marker") };
}
function conflictItem(entry) {
  const name4 = entry.name("package");
  for (const kind of ["extra", "group"]) {
    const item = entry.optionalName(kind);
    if (item !== void 0) return { package: name4, kind, name: item };
  }
  return { package: name4, kind: "project", name: "" };
}

// src/uv/lock/settings.ts
function readSettings(table3, file) {
  const settings3 = documentReader(table3, file);
  const rule = (key2) => ({
    all: settings3.boolean(key2),
    names: new Set(settings3.names(`${key2}-package`))
  });
  return { noBinary: rule("no-binary"), noBuild: rule("no-build") };
}
var documentReader = (table3, file) => new TomlReader(table3, { file, subject: "", line: () => void 0 });
function forbidsWheel({ noBinary, noBuild }, name4) {
  return forbids(noBinary, noBuild, name4);
}
function forbidsBuild({ noBinary, noBuild }, name4) {
  return forbids(noBuild, noBinary, name4);
}
function forbids({ all, names: names2 }, exception, name4) {
  if (all === void 0) return names2.has(name4);
  return all && !(exception.all === void 0 && exception.names.has(name4));
}
function readPyproject(document, file) {
  const top = documentReader(document, file);
  const tool = top.table("tool");
  const uv = tool.table("uv");
  const groups2 = new Set(
    top.table("dependency-groups").byName(() => void 0).keys()
  );
  const defaultGroups2 = readDefaultGroups2(uv, groups2);
  if (uv.has("dev-dependencies")) groups2.add("dev");
  return {
    name: top.table("project").optionalName("name"),
    groups: groups2,
    defaultGroups: defaultGroups2,
    uv: tool.has("uv") ? uv.values : void 0
  };
}
function readDefaultGroups2(uv, groups2) {
  const value = uv.get("default-groups");
  if (value === void 0 || value === "all") return value;
  const names2 = uv.names("default-groups");
  const unknown = names2.find((name4) => !groups2.has(name4));
  if (unknown === void 0) return names2;
  throw uv.invalid(
    `'tool.uv.default-groups' names '${clip(unknown)}', which [dependency-groups] does not have`,
    "Remove it, or add the group."
  );
}

// src/uv/lock/project.ts
async function loadProject(dir, readFile7, options2 = {}) {
  const { repository, lockFile } = options2;
  const top = repository ?? void 0;
  const read = readingInside(readFile7, top, lockFile);
  const own = await readPyprojectIn(dir, read);
  const found2 = lockFile === void 0 ? await findLock(dir, read, top) : await readLock(lockFile, dir, own, read);
  const { root, lock } = found2;
  if (repository !== void 0) await checkPaths(lock, root, repository ?? root);
  const rootPyproject = sameFolder(dir, root) ? own : await readPyprojectIn(root, read);
  return {
    ...found2,
    settings: await findSettings(root, rootPyproject, read, top),
    current: own === void 0 ? memberAt(lock, path14.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects: await readMembers(lock, root, rootPyproject, read)
  };
}
async function readLock(lockFile, dir, own, read) {
  const text2 = await read(lockFile);
  if (text2 === void 0)
    throw new UserError(
      "lock-missing",
      `${lockFile} is missing. Set --lock to an existing uv.lock, or omit it.`
    );
  const lock = parseLock(text2, lockFile);
  const root = ancestors(dir).find((folder) => {
    const member2 = memberAt(lock, path14.relative(folder, dir));
    return member2 !== void 0 && (own === void 0 || member2 === own.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read, top) {
  for (const root of ancestors(dir, top)) {
    const lockFile = path14.join(root, "uv.lock");
    const text2 = await read(lockFile);
    if (text2 === void 0) continue;
    const lock = parseLock(text2, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path14.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir} or in a workspace above it. Run 'uv lock' there.`
  );
}
function memberAt(lock, folder) {
  const wanted2 = path14.normalize(folder);
  return lock.packages.find(({ source }) => isTree(source) && path14.normalize(source.path) === wanted2)?.name;
}
async function readMembers(lock, root, rootPyproject, read) {
  const result = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result.set(rootPyproject.name, rootPyproject);
  for (const name4 of lock.members.filter((member2) => !result.has(member2))) {
    const source = lock.byName.get(name4)?.[0]?.source;
    const folder = source && isTree(source) ? path14.resolve(root, source.path) : void 0;
    if (folder === void 0 || pathBelow(root, folder) === void 0) continue;
    const pyproject2 = await readPyprojectIn(folder, read);
    if (pyproject2 !== void 0) result.set(name4, pyproject2);
  }
  return result;
}
async function readPyprojectIn(folder, read) {
  const file = path14.join(folder, "pyproject.toml");
  const text2 = await read(file);
  return text2 === void 0 ? void 0 : readPyproject(parseToml(text2, file), file);
}
async function findSettings(root, rootPyproject, read, top) {
  for (const folder of ancestors(root, top)) {
    const file = path14.join(folder, "uv.toml");
    const text2 = await read(file);
    if (text2 !== void 0) return readSettings(parseToml(text2, file), file);
    const pyproject2 = folder === root ? rootPyproject : await readPyprojectIn(folder, read).catch(ignoreInvalid);
    if (pyproject2?.uv !== void 0) return readSettings(pyproject2.uv, path14.join(folder, "pyproject.toml"));
  }
  return readSettings({}, root);
}
function ignoreInvalid(error) {
  if (!(error instanceof UserError)) throw error;
}
function ancestors(dir, top) {
  const result = [dir];
  for (let folder = dir; folder !== top && folder !== path14.dirname(folder); ) {
    folder = path14.dirname(folder);
    result.push(folder);
  }
  return result;
}
var readingInside = (read, repository, except) => async (file) => {
  if (repository !== void 0 && file !== except) await requireInside(repository, file, file);
  return read(file);
};
function sameFolder(left, right) {
  return path14.relative(left, right) === "";
}

// src/uv/plan/choose.ts
import path15 from "node:path";

// src/uv/plan/tags.ts
function tagRank(target2) {
  const minor2 = Number(target2.python.split(".")[1]);
  const native = rankMap(nativeTags(minor2));
  const pure = rankMap(pureTags(minor2));
  const platforms = rankMap(platformTags(target2));
  const rankOf = (tags) => {
    const [pythons = [], abis = [], targets = []] = tags.split("-").map((part) => part.split("."));
    let best;
    const offer = (rank) => {
      if (best === void 0 || rank > best) best = rank;
    };
    for (const tag of pythons.flatMap((python) => abis.map((abi) => `${python}-${abi}`))) {
      const nativeRank = native.get(tag);
      const pureRank = pure.get(tag);
      for (const platform of targets) {
        const platformRank = platforms.get(platform);
        if (nativeRank !== void 0 && platformRank !== void 0)
          offer(pure.size + nativeRank * platforms.size + platformRank);
        if (pureRank !== void 0 && platform === "any") offer(pureRank);
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
function platformTags(target2) {
  const { kind, major: major2, minor: minor2 } = target2.libc;
  const arch = target2.system.startsWith("x86_64") ? "x86_64" : "aarch64";
  if (kind === "macos") return arch === "x86_64" ? macosIntel(major2) : macosArm(major2);
  const tags = [];
  if (kind === "musl")
    for (let level2 = minor2; level2 >= 0; level2 -= 1) tags.push(`musllinux_${major2}_${level2}_${arch}`);
  else tags.push(...manylinux(minor2, arch));
  return [...tags, `linux_${arch}`];
}
function manylinux(newest, arch) {
  const legacy = /* @__PURE__ */ new Map([
    [17, "manylinux2014"],
    [12, "manylinux2010"],
    [5, "manylinux1"]
  ]);
  const tags = [];
  for (let level2 = newest; level2 >= (arch === "x86_64" ? 5 : 17); level2 -= 1) {
    tags.push(`manylinux_2_${level2}_${arch}`);
    const older = legacy.get(level2);
    if (older !== void 0) tags.push(`${older}_${arch}`);
  }
  return tags;
}
function macosIntel(newest) {
  const formats = ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"];
  const tags = [];
  for (let major2 = newest; major2 >= 11; major2 -= 1)
    tags.push(...formats.map((format3) => `macosx_${major2}_0_${format3}`));
  for (let minor2 = 16; minor2 >= 4; minor2 -= 1)
    tags.push(...formats.map((format3) => `macosx_10_${minor2}_${format3}`));
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

// src/uv/plan/choose.ts
function chooseArtifact(item, chooser) {
  if (item.source.kind === "virtual") return void 0;
  const wheelAllowed = !forbidsWheel(chooser.settings, item.name);
  const wheel = wheelAllowed ? bestWheel(item.wheels, chooser.rank) : void 0;
  if (wheel !== void 0) return wheelArtifact(item, wheel);
  const source = sourceArtifact(item);
  const buildAllowed = chooser.members.has(item.name) || !forbidsBuild(chooser.settings, item.name);
  if (source !== void 0 && buildAllowed) return source;
  throw nothingFits(item, chooser, wheelAllowed, source !== void 0);
}
function bestWheel(wheels, rank) {
  let best;
  for (const wheel of wheels) {
    const own = rank(wheel.name);
    if (own === void 0) continue;
    const better = best === void 0 || own > best.rank || own === best.rank && compareBuild(wheel.name.build, best.wheel.name.build) > 0;
    if (better) best = { wheel, rank: own };
  }
  return best?.wheel;
}
function wheelArtifact(item, wheel) {
  const { source } = item;
  if (isTree(source) || isGitTree(source))
    throw broken(item, `it has wheels, which a '${source.kind}' source cannot have`);
  const kind = source.kind === "git" ? "git" : "wheel";
  return artifact(item, kind, wheel, wheel.name.filename);
}
function sourceArtifact(item) {
  const { source, sdist } = item;
  if (isTree(source)) return artifact(item, "directory");
  if (isGitTree(source)) return artifact(item, "git");
  if (isRegistry(source) && sdist === void 0) return void 0;
  const filename = sourceName(item);
  if (filename?.endsWith(".whl")) return void 0;
  const extension = source.kind === "url" || source.kind === "path" ? PEP_625 : ARCHIVE;
  if (filename === void 0 || !extension.test(filename))
    throw broken(item, `uv does not build from '${filename ?? ""}', which is not a source archive`);
  return artifact(item, source.kind === "git" ? "git" : "sdist", sdist, filename);
}
var isGitTree = (source) => source.kind === "git" && source.path === void 0;
var PEP_625 = /\.(?:tar\.gz|zip)$/;
var ARCHIVE = /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/;
function sourceName({ source, sdist }) {
  if (source.kind === "url") return lastSegment(source.url);
  if (source.kind === "path" || source.kind === "git") return path15.posix.basename(source.path ?? "");
  return sdist && fileName(sdist);
}
function artifact(item, kind, file, filename) {
  const { name: name4, version: version3 } = item;
  return { name: name4, version: version3, kind, filename, hash: file?.hash, size: file?.size, ...originOf(item, file) };
}
function originOf(item, file) {
  const { source } = item;
  switch (source.kind) {
    case "registry":
    case "registry-path":
      if (file?.url !== void 0) return { url: file.url };
      if (source.kind === "registry-path" && file?.path !== void 0)
        return { path: pathIn(source.path, file.path) };
      throw broken(item, "a file that is needed has no url or path");
    case "git": {
      const { url, commit: commit2, subdirectory, ref, lfs } = source;
      const reference = ref && `${ref.kind}=${ref.name}`;
      return { url, commit: commit2, subdirectory, ref: reference, lfs: lfs || void 0, path: source.path };
    }
    case "url":
      return { url: source.url, subdirectory: source.subdirectory };
    case "editable":
      return { path: source.path, editable: true };
    default:
      return { path: source.path };
  }
}
function broken({ place: place2 }, what2) {
  return new UserError("no-artifact", messageAt(place2, what2), { at: positionOf(place2) });
}
function nothingFits(item, chooser, wheelAllowed, hasSource2) {
  const { system, python, libc } = chooser.target;
  const label2 = item.version === void 0 ? item.name : `${item.name} ${item.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item, chooser.target) : "its wheels are forbidden (no-binary)",
    hasSource2 ? "building it is forbidden (no-build)" : "there is no source to build it from"
  ];
  return new UserError(
    "no-artifact",
    `${label2}: ${reasons.join(", and ")}, so nothing of it can be installed for ${system}, Python ${python}, ${formatLibc(libc)}. Change the target, the rules in [tool.uv], or the version.`,
    { at: positionOf(item.place) }
  );
}
var minors = Array.from({ length: 16 }, (_, index) => index + 7);
function wheelReason(item, target2) {
  if (item.wheels.length === 0) return "it has no wheels";
  const pythons = minors.map((minor2) => `3.${minor2}`).filter((python) => {
    const rank = tagRank({ ...target2, python: `${python}.0` });
    return item.wheels.some(({ name: name4 }) => rank(name4) !== void 0);
  });
  if (pythons.length > 0) return `its wheels are for Python ${pythons.join(", ")}`;
  const shown2 = item.wheels.slice(0, 8).map(({ name: name4 }) => name4.filename);
  const more = item.wheels.length > shown2.length ? ` and ${item.wheels.length - shown2.length} more` : "";
  return `its wheels are for other systems or newer C libraries (${shown2.join(", ")}${more})`;
}

// src/uv/plan/selection.ts
function selectRoots(project, selection) {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name4) => wanted(name4, "extra")));
  const explicit = new Set(selection.groups.map((name4) => wanted(name4, "group")));
  const names2 = chosenNames(project, selection);
  const packages = (names2 ?? workspaceNames(lock, selection.allPackages)).map(
    (name4) => rootPackage(lock, name4)
  );
  const single = names2?.length === 1 ? packages[0] : void 0;
  const groups2 = /* @__PURE__ */ new Set([...explicit, ...selection.defaultGroups ? defaultGroups(project, single) : []]);
  const isSelected = groupFilter(project, single, groups2, explicit);
  const root = single === void 0 ? void 0 : implicitRoot(lock);
  const owners = root === void 0 || root === single ? packages : [...packages, root];
  checkExtras(lock, packages, extras);
  checkGroups2(project, owners, explicit);
  return {
    packages: packages.map((item) => ({
      package: item,
      extras: [...extras].filter((extra) => item.extras.has(extra)),
      marker: void 0
    })),
    groups: selectedGroups(lock, owners, isSelected),
    requirements: rootRequirements(lock, isSelected),
    selectedExtras: extras,
    selectedGroups: groups2,
    byName: names2 !== void 0
  };
}
function selectedGroups(lock, owners, isSelected) {
  const all = [
    ...owners.flatMap(
      (owner) => [...owner.groups].map(([name4, dependencies]) => ({
        owner: owner.name,
        name: name4,
        requiresPython: owner.groupRequiresPython.get(name4),
        dependencies
      }))
    ),
    ...[...lock.groupRequiresPython].map(([name4, requiresPython]) => ({
      owner: void 0,
      name: name4,
      requiresPython,
      dependencies: []
    }))
  ];
  return all.filter(({ owner, name: name4 }) => isSelected(owner, name4));
}
function chosenNames({ lock, current: current2 }, selection) {
  if (selection.allPackages) return void 0;
  if (selection.packages.length === 0) return current2 === void 0 ? void 0 : [current2];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name4) => wanted(name4, "package")))].map((name4) => {
    if (members.includes(name4)) return name4;
    throw new UserError(
      "selection-package",
      `'${name4}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list2(members)}.`
    );
  });
}
function workspaceNames(lock, withImplicitRoot) {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === void 0 ? [] : [root.name];
}
function implicitRoot(lock) {
  return lock.packages.find(({ name: name4, source }) => {
    if (source.kind === "directory") return source.path === "." && lock.members.includes(name4);
    return (source.kind === "editable" || source.kind === "virtual") && source.path === ".";
  });
}
function rootPackage(lock, name4) {
  const same = lock.byName.get(name4) ?? [];
  if (same.length === 1 && same[0] !== void 0) return same[0];
  throw new UserError(
    "selection-package",
    same.length === 0 ? `${lock.file} does not have the project '${name4}': it is for another project, or out of date. Run 'uv lock'.` : `${lock.file} has '${name4}' ${same.length} times, so the name is ambiguous. Run 'uv lock'.`
  );
}
function defaultGroups(project, single) {
  const { lock } = project;
  const name4 = single?.name ?? project.current;
  const pyproject2 = name4 === void 0 ? project.rootPyproject : project.pyprojects.get(name4);
  const fromLock = name4 === void 0 ? lock.defaultGroups : lock.byName.get(name4)?.[0]?.defaultGroups;
  const configured = pyproject2 === void 0 ? fromLock : pyproject2.defaultGroups;
  if (configured !== "all") return configured ?? ["dev"];
  return [...lock.packages.flatMap((item) => [...item.groups.keys()]), ...lock.groups.keys()];
}
function groupFilter(project, single, groups2, explicit) {
  return (owner, group) => {
    if (!groups2.has(group)) return false;
    if (single === void 0 || owner === single.name) return true;
    return explicit.has(group) && !declaresGroup(project.pyprojects.get(single.name), single, group);
  };
}
function declaresGroup(pyproject2, item, group) {
  if (pyproject2 !== void 0) return pyproject2.groups.has(group);
  return item.declaredGroups.includes(group) || item.groups.has(group);
}
function rootRequirements(lock, isSelected) {
  const grouped = [...lock.groups].filter(([group]) => isSelected(void 0, group));
  return [...lock.requirements, ...grouped.flatMap(([, requirements3]) => requirements3)];
}
function checkExtras(lock, packages, extras) {
  if (lock.revision < 1) return;
  const known2 = new Set(packages.flatMap((item) => [...item.declaredExtras, ...item.extras.keys()]));
  for (const extra of extras)
    if (!known2.has(extra))
      throw new UserError(
        "selection-extra",
        `No extra '${extra}' in ${list2(packages.map((item) => item.name))} as ${lock.file} has it. There is: ${list2([...known2])}. Correct the name, or run 'uv lock' if the extra is new.`
      );
}
function checkGroups2(project, packages, explicit) {
  const { lock, rootPyproject } = project;
  const known2 = new Set(packages.flatMap((item) => [...item.declaredGroups, ...item.groups.keys()]));
  if (rootPyproject === void 0 || rootPyproject.name === void 0)
    for (const group of [...lock.groups.keys(), ...rootPyproject?.groups ?? []]) known2.add(group);
  for (const group of explicit)
    if (!known2.has(group))
      throw new UserError(
        "selection-group",
        `No dependency group '${group}' in ${lock.file}. There is: ${list2([...known2])}. Correct the name, or run 'uv lock' if the group is new.`
      );
}
function wanted(text2, what2) {
  const name4 = normalizeName(text2);
  if (name4 === void 0) throw new UserError("selection-name", `'${text2}' is not the name of a ${what2}.`);
  return name4;
}
function list2(names2) {
  return names2.length === 0 ? "none" : [...names2].sort().join(", ");
}

// src/uv/plan/follow.ts
function follow(starts, holds, onExtra = () => false) {
  const reached = /* @__PURE__ */ new Map();
  const queue = [...starts];
  let isDone = false;
  for (let at = 0; at < queue.length && !isDone; at += 1)
    for (const dependency of (queue[at] ?? []).filter(holds)) {
      const { package: item, extras } = dependency;
      const entered = reached.get(item) ?? /* @__PURE__ */ new Set();
      if (!reached.has(item)) queue.push(item.dependencies);
      reached.set(item, entered);
      for (const extra of extras.filter((name4) => !entered.has(name4))) {
        entered.add(extra);
        queue.push(item.extras.get(extra) ?? []);
        if (onExtra(item, extra)) isDone = true;
      }
    }
  return reached;
}

// src/uv/plan/conflicts.ts
function encodeItem(item) {
  const name4 = `${item.package.length}-${item.package}`;
  return item.kind === "project" ? `project-${name4}` : `${item.kind}-${name4}-${item.name}`;
}
function encodeExtra(packageName, extra) {
  return encodeItem({ package: packageName, kind: "extra", name: extra });
}
function decisiveNames(lock) {
  const names2 = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item of lock.packages)
    for (const list4 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const { marker } of list4) for (const name4 of marker?.extras ?? []) names2.add(name4);
  return names2;
}
function initiallyActive(roots) {
  const active = /* @__PURE__ */ new Set();
  for (const { package: root, extras } of roots.packages) {
    active.add(encodeItem({ package: root.name, kind: "project", name: "" }));
    for (const extra of extras) active.add(encodeExtra(root.name, extra));
  }
  for (const { owner, name: name4 } of roots.groups)
    if (owner !== void 0) active.add(encodeItem({ package: owner, kind: "group", name: name4 }));
  return active;
}
function checkSelectedConflicts(lock, roots) {
  if (lock.conflicts.length === 0) return;
  const names2 = roots.byName ? involvedMembers(lock, roots) : new Set(lock.members);
  for (const set of lock.conflicts) {
    const wanted2 = set.filter(
      (item) => names2.has(item.package) && (item.kind === "project" || (item.kind === "extra" ? roots.selectedExtras : roots.selectedGroups).has(item.name))
    );
    if (wanted2.length >= 2) throw conflict(lock, wanted2);
  }
}
function checkActiveConflicts(lock, active) {
  for (const set of lock.conflicts) {
    const both = set.filter((item) => item.kind === "extra" && active.has(encodeItem(item)));
    if (both.length >= 2) throw conflict(lock, both);
  }
}
function conflict(lock, items) {
  const text2 = items.map(
    (item) => item.kind === "project" ? item.package : `${item.kind} '${item.name}' of ${item.package}`
  );
  return new UserError(
    "conflict",
    `${text2.join(" and ")} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Select one of them.`
  );
}
function involvedMembers(lock, roots) {
  const lists = roots.groups.map(({ dependencies }) => dependencies);
  const reached = [...follow([roots.packages, ...lists], () => true).keys()];
  const members = /* @__PURE__ */ new Set([...lock.members, ...roots.packages.map((root) => root.package.name)]);
  return new Set(reached.map(({ name: name4 }) => name4).filter((name4) => members.has(name4)));
}

// src/uv/plan/walk.ts
function reachable(lock, roots, environment) {
  checkSelectedConflicts(lock, roots);
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots);
  const required2 = roots.requirements.flatMap((one) => requiredPackage(lock, one, environment));
  const starts = [roots.packages, required2, ...roots.groups.map(({ dependencies }) => dependencies)];
  for (; ; ) {
    const known2 = new Set(active);
    const holds = (dependency) => {
      const isOwn = (name4) => dependency.extras.some((extra) => encodeExtra(dependency.package.name, extra) === name4);
      return evaluate(dependency.marker, environment, (name4) => known2.has(name4) || isOwn(name4));
    };
    const reached = follow(starts, holds, (item, extra) => {
      const name4 = encodeExtra(item.name, extra);
      if (decisive.has(name4)) active.add(name4);
      return active.size > known2.size;
    });
    if (active.size === known2.size) {
      checkActiveConflicts(lock, active);
      return new Set(reached.keys());
    }
  }
}
function requiredPackage(lock, { name: name4, extras, marker }, environment) {
  if (!evaluate(marker, environment, () => false)) return [];
  const fits2 = (lock.byName.get(name4) ?? []).filter(
    ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((one) => evaluate(one, environment, () => false))
  );
  const [found2] = fits2;
  if (found2 === void 0 || fits2.length > 1)
    throw new UserError(
      "lock-invalid",
      `${lock.file}: the workspace root requires '${name4}', which the lock has ${fits2.length} times for this target. Run 'uv lock' to recreate it.`
    );
  return [{ package: found2, extras: extras.filter((extra) => found2.extras.has(extra)), marker: void 0 }];
}

// src/uv/plan/plan.ts
function planProject(project, target2, selection) {
  const { lock, settings: settings3 } = project;
  const environment = environmentOf(target2);
  const roots = selectRoots(project, selection);
  requirePython(target2, lock);
  checkSupported(lock, environment, target2);
  const members = new Set(
    lock.members.length > 0 ? lock.members : roots.packages.map((root) => root.package.name)
  );
  const chooser = { members, settings: settings3, target: target2, rank: tagRank(target2) };
  const artifacts = [];
  const packages = reachable(lock, roots, environment);
  checkUnique(lock, packages);
  for (const item of packages) {
    const artifact2 = chooseArtifact(item, chooser);
    if (artifact2 !== void 0) artifacts.push(artifact2);
  }
  return artifacts.sort(compareArtifacts);
}
function planWarnings(project, target2, selection) {
  return selectRoots(project, selection).groups.flatMap(
    ({ name: name4, requiresPython: range }) => range === void 0 || satisfies(target2.python, range, { prereleases: true }) ? [] : [
      `The dependency group '${name4}' requires Python ${range}; little or nothing of it is planned for ${target2.python}.`
    ]
  );
}
function requirePython(target2, lock) {
  const { requiresPython, file } = lock;
  if (requiresPython.trim() !== "" && !validRange(requiresPython))
    throw new UserError(
      "lock-invalid",
      `${file}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      {
        at: { file }
      }
    );
  if (!satisfies(target2.python, requiresPython, { prereleases: true }))
    throw new UserError(
      "python-not-supported",
      `Python ${target2.python} is outside requires-python '${requiresPython}' of ${file}. Use a Python inside it (the patch version can matter), or extend it and run 'uv lock'.`
    );
}
function checkUnique(lock, packages) {
  const seen = /* @__PURE__ */ new Map();
  for (const item of packages) {
    const other = seen.get(item.name);
    seen.set(item.name, item);
    if (other === void 0) continue;
    const versions2 = [other, item].map(({ version: version3, source }) => version3 ?? source.kind).join(" and ");
    throw new UserError(
      "conflict",
      `This selection needs '${item.name}' twice, as ${versions2}: it has extras or groups that conflict in ${lock.file} (tool.uv.conflicts). Select one of them.`
    );
  }
}
function checkSupported(lock, environment, target2) {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks of conflicting extras depend on these, which are not known here.
    { markers: lock.resolutionMarkers, extra: "either" }
  ];
  for (const { markers, extra } of lists) {
    if (markers.length === 0 || markers.some((marker) => evaluate(marker, environment, () => extra)))
      continue;
    throw new UserError(
      "target-not-locked",
      `${lock.file} was not made for ${target2.system} with Python ${target2.python}: it covers only ${markers.map(({ text: text2 }) => `"${printable(text2)}"`).join(", ")}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`
    );
  }
}

// src/update/own-locks.ts
import path16 from "node:path";
var lockFileOf = (derivation, { buildLock }) => buildLock ?? path16.join(folderOf(derivation), buildLockName);
async function requireOwnLocks(packages, derivationOf, { run, log }) {
  if (packages.length < 2) return;
  const found2 = [];
  for (const one of packages) {
    const derivation = await derivationOf(one);
    const pinned2 = await evaluate2(derivation, run, log).catch((error) => {
      if (error instanceof UserError) return void 0;
      throw error;
    });
    if (pinned2) found2.push({ name: one.name, derivation, pinned: pinned2 });
  }
  refuseSharedLocks(found2);
}
function refuseSharedLocks(packages) {
  const users = /* @__PURE__ */ new Map();
  for (const one of packages) {
    const file = lockFileOf(one.derivation, one.pinned);
    const other = users.get(file);
    if (other && !areSame(other.pinned, one.pinned))
      throw shared(`'${other.name}' and '${one.name}' have the same build lock, ${file}`, one.derivation);
    users.set(file, one);
  }
}
var areSame = (left, right) => left.project === right.project && sameData(
  left.systems.map(({ target: target2 }) => target2),
  right.systems.map(({ target: target2 }) => target2)
);
async function requireOwnLock(derivation, { systems }, file, lock, context) {
  for (const { target: target2, hash } of systems) {
    const { system, ...own } = target2;
    const recorded = ownOf(lock.systems, system)?.hash ?? "";
    if (recorded === "" || recorded === hash || sameData(own, lock.target)) continue;
    const place2 = await placeOfHash(recorded, derivation, context);
    if (place2)
      throw shared(
        `${file} is the build lock of another derivation, whose hash is at ${place2.file}:${place2.line}`,
        derivation
      );
  }
}
var shared = (what2, derivation) => new UserError(
  "build-lock-shared",
  `${what2}. A build lock is for one package. Give each package its own, beside uv.lock, as 'buildLock' of its buildUvEnv: for example 'buildLock = ./${derivation.attribute.split(".").at(-1)}.lock.json;'. Nothing was changed.`,
  placeOf(derivation)
);

// src/update/stages.ts
var Stages = class {
  done = [];
  #now;
  /** @param now milliseconds */
  constructor(now) {
    this.#now = now;
  }
  async run(name4, body) {
    const started = this.#now();
    const result = await body();
    this.done.push({ name: name4, milliseconds: this.#now() - started });
    return result;
  }
};

// src/update/plan.ts
async function planUpdate(derivation, context, known2) {
  const { run, log, read, now } = context;
  const stages = new Stages(now);
  const pinned2 = await stages.run("derivation", async () => known2 ?? evaluate2(derivation, run, log));
  const planned = await stages.run("plan", async () => {
    const project = await loadInside(pinned2.project, context);
    const lockFile = lockFileOf(derivation, pinned2);
    const text2 = await read(lockFile);
    const before = text2 === void 0 ? void 0 : { text: text2, lock: parseBuildLock(text2, lockFile) };
    if (before) await requireOwnLock(derivation, pinned2, lockFile, before.lock, context);
    const states = compareSystems(project, pinned2, before?.lock);
    const [state, base] = await Promise.all([
      lockState(project, context),
      lockBase(lockFile, project, context)
    ]);
    return { project, lockState: state, lockFile, before, states, ...base };
  });
  await logPlans(derivation, planned.states, log);
  return { derivation, pinned: pinned2, stages, ...planned };
}
var loadInside = async (dir, { read }) => loadProject(dir, read, { repository: await repositoryOf(dir) ?? null });
function compareSystems(project, pinned2, buildLock) {
  return pinned2.systems.map((one) => {
    const target2 = parseTarget(one.target);
    const artifacts = planProject(project, target2, one.target);
    const plan = manifestDigest(artifacts, one.target);
    const recorded = buildLock?.systems[one.target.system];
    const isCurrent = recorded?.plan === plan && recorded.hash === one.hash;
    return { pinned: one, target: target2, artifacts, plan, isCurrent };
  });
}
async function lockBase(lockFile, project, { verification, read, log, fetchText }, only2 = {}) {
  const base = parsedBase(lockFile, await verification.baseText(lockFile));
  const settings3 = await uvSettings(project, read);
  const listing = new Listing(indexesOf(settings3, project, verification.indexes), fetchText);
  const isTrusted = !verification.isUntrusted;
  const trusted = { base: isTrusted, resolved: isTrusted, ...only2 };
  return { base, settings: settings3, confirmation: makeConfirmation(listing, trusted, log) };
}
function parsedBase(file, text2) {
  try {
    return text2 === void 0 ? void 0 : parseBuildLock(text2, file);
  } catch (error) {
    if (error instanceof UserError) return void 0;
    throw error;
  }
}
function logPlans({ attribute }, states, log) {
  return log.group(`Plan of '${attribute}'`, async () => {
    for (const { target: target2, artifacts, pinned: pinned2, isCurrent } of states) {
      const wheels = artifacts.filter(({ kind }) => kind === "wheel").length;
      const megabytes4 = (wheelBytes(artifacts) / 1e6).toFixed(1);
      const { hash, position: position2 } = pinned2;
      const place2 = `${position2.file}:${position2.line}`;
      const origin2 = `${hash} (${place2}) was made from ${isCurrent ? "this" : "something else"}`;
      log.info(
        `${target2.system}: ${wheels} wheels, ${megabytes4} MB, ${artifacts.length - wheels} to build; ${hash === "" ? `no hash yet (${place2})` : origin2}`
      );
    }
  });
}

// src/update/recompute.ts
import { readdir as readdir3 } from "node:fs/promises";
import path22 from "node:path";

// src/uv/version-order.ts
var import_compare = __toESM(require_compare(), 1);
var import_prerelease = __toESM(require_prerelease(), 1);
var import_satisfies = __toESM(require_satisfies(), 1);
var import_valid2 = __toESM(require_valid2(), 1);
var MAX_LENGTH2 = 128;
var orders = {
  pep440: {
    name: "PEP 440",
    isVersion: (text2) => text2.length <= MAX_LENGTH2 && valid(text2) !== null,
    isPrerelease: (version3) => explain(version3)?.is_prerelease === true,
    compare: (left, right) => compare(left, right),
    satisfies: (version3, range) => satisfies(version3, range, { prereleases: true })
  },
  semver: {
    name: "semver",
    isVersion: (text2) => text2.length <= MAX_LENGTH2 && (0, import_valid2.default)(text2) !== null,
    isPrerelease: (version3) => (0, import_prerelease.default)(version3) !== null,
    compare: (left, right) => (0, import_compare.default)(left, right),
    satisfies: (version3, range) => (0, import_satisfies.default)(version3, range, { includePrerelease: true })
  }
};
function fits(text2, pattern) {
  const [first4 = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === void 0) return text2 === pattern;
  if (!text2.startsWith(first4)) return false;
  let at = first4.length;
  for (const part of rest) {
    const found2 = text2.indexOf(part, at);
    if (found2 < 0) return false;
    at = found2 + part.length;
  }
  return text2.length - last.length >= at && text2.endsWith(last);
}

// src/system/promises.ts
function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}
async function inParallel(items, atOnce, work) {
  const results = [];
  const queue = [...items].entries();
  let failure3;
  const lane = async () => {
    for (const [index, item] of queue) {
      if (failure3) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failure3 ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (failure3) throw failure3.error;
  return results;
}

// src/build-lock/keep.ts
function keptOf(key2, build3, base, target2, systems) {
  const before = ownOf(base?.builds, key2);
  if (!base || !before || !sameData(requirementGroups(before), requirementGroups(build3))) return void 0;
  if (!sameData(base.target, target2)) return void 0;
  const outputs = systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt));
  const environments = [];
  const wheels = {};
  const builds = {};
  for (const { target: own } of systems) {
    const environment = ownOf(base.systems[own.system]?.environments, key2);
    if (!environment) return void 0;
    environments.push({ wheels: environment.wheels, builds: environment.builds });
    for (const file of environment.wheels) {
      const wheel = ownOf(base.wheels, file);
      if (!wheel) return void 0;
      wheels[file] = { url: wheel.url, hash: wheel.hash };
    }
    for (const name4 of environment.builds) {
      const nested = ownOf(base.builds, name4);
      if (!nested || buildKey2(nested) !== name4 || !isOfOutput(nested, outputs)) return void 0;
      if (!outputs.some((output) => buildKey2(output) === name4)) builds[name4] = nested;
    }
  }
  return { environments, wheels, builds };
}
var isOfOutput = (build3, outputs) => outputs.every((output) => output.name !== build3.name || buildKey2(output) === buildKey2(build3));
var requirementGroups = ({ requires, extraRequires: extraRequires2, dynamicRequires: dynamicRequires2 }) => ({
  requires,
  extraRequires: extraRequires2 ?? [],
  dynamicRequires: dynamicRequires2 ?? []
});

// src/build-lock/resolve.ts
import { mkdtemp as mkdtemp2, rm as rm2, writeFile as writeFile2 } from "node:fs/promises";
import path17 from "node:path";

// src/system/read-bytes.ts
import { constants } from "node:fs";
import { open as open2 } from "node:fs/promises";
var flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
async function readBytes(file, most2, links = "follow") {
  try {
    var _stack = [];
    try {
      const handle = __using(_stack, await open2(file, flags | (links === "refuse" ? constants.O_NOFOLLOW : 0)), true);
      const found2 = await handle.stat();
      if (!found2.isFile())
        throw new UserError("file-unreadable", `${file} is not a file. Name a file, or put one there.`);
      if (found2.size > most2) throw tooLarge(file, found2.size, most2);
      const chunks = [];
      for (let size = 0; ; ) {
        const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(Math.min(most2 + 1, 1 << 20)) });
        if (bytesRead === 0) return Buffer.concat(chunks);
        size += bytesRead;
        if (size > most2) throw tooLarge(file, size, most2);
        chunks.push(buffer.subarray(0, bytesRead));
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code2 = error.code ?? String(error);
    if (code2 === "ENOENT" || code2 === "ENOTDIR") return void 0;
    if (code2 === "EMFILE" || code2 === "ENFILE") throw error;
    throw new UserError("file-unreadable", `${file} cannot be read (${code2}). Name a file that can.`, {
      cause: error
    });
  }
}
var tooLarge = (file, size, most2) => new UserError(
  "file-too-large",
  `${file} has ${megabytes(size)}; files of more than ${megabytes(most2)} are not read here. Look at what is in it.`
);
var megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

// src/build-lock/requirement.ts
var plain2 = /^\s*[a-z0-9]([a-z0-9._-]*[a-z0-9])?\s*(\[[\w\s.,-]*\])?\s*\(?[\s\w.,<>=!~*+-]*\)?\s*(;[^\n\r]*)?$/i;
var direct = /^\s*[a-z0-9][a-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@\s*(.*?)\s*(?:\s;.*)?$/is;
function referenceOf(requirement3) {
  if (plain2.test(requirement3)) return void 0;
  const reference = direct.exec(requirement3)?.[1] ?? requirement3;
  if (/\$\{/.test(reference)) return requirement3;
  return reference.replace(/^git\+/i, "");
}
var requirementText = (item) => String(typeof item === "object" && item !== null && "requirement" in item ? item.requirement : item);
var requirementsOf = (list4) => asList(list4).map(requirementText);
function indexAddresses(settings3) {
  const indexes = asList(settings3.index).map((item) => item?.url);
  const others = ["index-url", "extra-index-url", "find-links"].flatMap((key2) => asList(settings3[key2]));
  return [...indexes, ...others].map((address3) => withoutVariables(String(address3)));
}
var withoutVariables = (address3) => /\$\{/.test(address3) ? `\${…} in ${address3}` : address3;
var asList = (value) => value === void 0 ? [] : Array.isArray(value) ? value : [value];

// src/build-lock/resolve.ts
var everything = {
  packages: [],
  allPackages: false,
  extras: [],
  groups: [],
  defaultGroups: false
};
var name = "uv-fod-build-environment";
async function resolveRequires(resolution, targets, { scratch, contact, checkHost }) {
  if (resolution.requires.length === 0) return targets.map(() => []);
  if (checkHost) await checkAddresses(resolution, checkHost);
  const dir = await mkdtemp2(path17.join(scratch, "requires-"));
  try {
    await lockRequires(resolution, targets, dir, contact);
    const locked = await loadProject(dir, readText);
    const project = {
      ...locked,
      settings: { ...resolution.project.settings, noBuild: { all: false, names: /* @__PURE__ */ new Set() } }
    };
    const planned = targets.map(
      (target2) => planProject(project, target2, everything).filter((artifact2) => artifact2.name !== name)
    );
    for (const { url, filename } of planned.flat())
      if (url !== void 0) await checkHost?.(url, filename ?? `A build requirement of ${resolution.label}`);
    return planned;
  } finally {
    await rm2(dir, { recursive: true, force: true });
  }
}
var readText = (file) => readBytes(file, 32 << 20).then((bytes) => bytes?.toString());
async function lockRequires(resolution, targets, dir, run) {
  const settings3 = path17.join(dir, "uv.toml");
  await writeFile2(settings3, uvToml(resolution.settings));
  const alone = ["--config-file", settings3];
  const attempt = async (constraints) => {
    await writeFile2(path17.join(dir, "pyproject.toml"), pyproject(resolution, targets, constraints));
    return run("uv", ["lock", "--quiet", "--no-progress", "--no-build", ...alone, "--directory", dir]);
  };
  let result = await attempt(resolution.constraints);
  if (result.code !== 0 && resolution.constraints.length > 0) result = await attempt([]);
  if (result.code === 0) return;
  if (result.code === noSuchProgram) throw toolMissing("uv");
  throw unresolved(resolution, result.stderr);
}
function unresolved({ label: label2, requires }, stderr) {
  const causes2 = causesOf(stderr);
  const of = `${label2} (${requires.join(", ")})`;
  const address3 = /https?:\/\/[^\s`)]+/.exec(causes2[0] ?? "")?.[0];
  if (/^(?:Failed to (?:fetch|download)|error sending request|Request failed)/.test(causes2[0] ?? ""))
    return new UserError(
      "build-requirements",
      `${causes2.at(-1)}: uv can't fetch the build requirements of ${of}${address3 === void 0 ? "" : ` from ${address3}`}. Check that this machine can reach the index, and run this again.`
    );
  return new UserError(
    "build-requirements",
    `uv can't resolve the build requirements of ${of}: ${causes2.join(" ").slice(0, 600)}. Pin what is missing with build-constraint-dependencies or extra-build-dependencies in [tool.uv].`,
    { log: stderr }
  );
}
function causesOf(stderr) {
  const [text2 = ""] = withoutColours(stderr).split(/^\W*hint:/m);
  return text2.split("\n").map(
    (line) => line.replace(/^[\s×├╰│─▶]+/u, "").replace(/^(?:error|cause|Caused by): /, "").replace(/\.$/, "").trim()
  ).filter((line) => line !== "");
}
async function checkAddresses(resolution, checkHost) {
  const { requires, constraints, settings: settings3, label: label2 } = resolution;
  const requirements3 = [...requires, ...constraints, ...requirementsOf(settings3[buildConstraints])];
  const references = requirements3.flatMap((text2) => referenceOf(text2) ?? []);
  for (const address3 of [...references, ...indexAddresses(settings3)])
    await checkHost(address3, `A build requirement of ${label2}`);
}
var buildConstraints = "build-constraint-dependencies";
var inherited = [
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
function pyproject(resolution, targets, constraints) {
  const { settings: settings3, requires } = resolution;
  const [major2, minor2] = (targets[0]?.python ?? "3.14.0").split(".");
  const own = requirementsOf(settings3[buildConstraints]);
  return stringify({
    project: { name, version: "0", "requires-python": `==${major2}.${minor2}.*`, dependencies: [...requires] },
    tool: {
      uv: {
        package: false,
        "constraint-dependencies": [...constraints, ...own]
      }
    }
  });
}
var uvToml = (settings3) => stringify(
  Object.fromEntries(inherited.filter((key2) => key2 in settings3).map((key2) => [key2, settings3[key2]]))
);

// src/build-lock/separate.ts
var least = 2e6;
function separateWheels(artifacts) {
  const found2 = artifacts.flatMap((artifact2) => {
    const { kind, filename = "", size = 0 } = artifact2;
    const sri3 = sriOf(artifact2);
    const isOne = kind === "wheel" && size >= least && filename.endsWith("-none-any.whl");
    return isOne && sri3 !== void 0 ? [[filename, sri3]] : [];
  });
  return Object.fromEntries(found2);
}

// src/build-lock/sources.ts
import { createHash as createHash4 } from "node:crypto";
import { mkdtemp as mkdtemp4, readFile as readFile3, rm as rm6, stat as stat2 } from "node:fs/promises";
import path21 from "node:path";

// src/fetch/wheels.ts
import { copyFile, realpath as realpath2 } from "node:fs/promises";
import path18 from "node:path";

// src/fetch/download.ts
import { statSync as statSync2, writeFileSync } from "node:fs";
import { rename, rm as rm4 } from "node:fs/promises";

// src/fetch/follow.ts
import { existsSync as existsSync3 } from "node:fs";
import { appendFile, rm as rm3 } from "node:fs/promises";
import { setTimeout as setTimeout3 } from "node:timers/promises";

// src/fetch/addresses.ts
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
var special = new BlockList();
for (const network of [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  // Azure's platform service, which GitHub's runners can reach.
  "168.63.129.16/32"
]) {
  const [address3 = "", prefix2] = network.split("/");
  special.addSubnet(address3, Number(prefix2), "ipv4");
}
var globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const network of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) {
  const [address3 = "", prefix2] = network.split("/");
  special.addSubnet(address3, Number(prefix2), "ipv6");
}
function isPublicAddress(text2) {
  const [address3 = ""] = text2.split("%");
  const family = isIP(address3);
  if (family === 4) return !special.check(address3, "ipv4");
  return family === 6 && globalUnicast.check(address3, "ipv6") && !special.check(address3, "ipv6");
}
var resolveBySystem = async (name4) => (await lookup(name4, { all: true })).map(({ address: address3 }) => address3);
async function addressesOf({ hostname }, resolve2) {
  const name4 = hostname.replace(/^\[|\]$/g, "");
  return isIP(name4) ? [name4] : resolve2(name4);
}

// src/fetch/curl.ts
import { statSync } from "node:fs";

// src/fetch/curl-config.ts
function configOf(transfers, network) {
  return transfers.map((transfer, index) => section(transfer, index, network)).join("next\n");
}
function section(transfer, index, network) {
  const { url, addresses: addresses2 } = transfer;
  const { certificates, patience } = network;
  const [proxy, login2] = [network.proxyFor(url), network.loginFor(url)];
  return [
    // [1-9] and {a,b} in an address are not patterns.
    "globoff\n",
    option("url", addressOf(url)),
    option("output", transfer.file),
    option("proto", "=http,https"),
    ...pins(url, addresses2).map((pin2) => option("resolve", pin2)),
    proxy === void 0 ? option("noproxy", "*") : option("proxy", proxy),
    login2 === void 0 ? "" : option("user", login2),
    ...Object.entries(transfer.headers).map(([name4, value]) => option("header", `${name4}: ${value}`)),
    certificates === void 0 || url.protocol === "http:" ? "" : option("cacert", certificates),
    transfer.keepsErrors ? "" : "fail\n",
    option("max-filesize", transfer.most),
    option("max-time", transfer.seconds),
    option("connect-timeout", patience.connect),
    option("speed-limit", Math.ceil(patience.minimum / patience.window)),
    option("speed-time", patience.window),
    option("write-out", `%{stderr}${index} %{json}
`)
  ].join("");
}
function option(name4, value) {
  const text2 = String(value);
  if (text2.includes("\0")) throw new Error(`a value of curl's option '${name4}' has a NUL character`);
  const quoted2 = text2.replace(/[\\"\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`);
  return `${name4} = "${quoted2}"
`;
}
var escapes = { "\n": "n", "\r": "r", "	": "t", "\v": "v" };
function addressOf(url) {
  const plain3 = new URL(url);
  plain3.username = "";
  plain3.password = "";
  plain3.hash = "";
  plain3.hostname = plain3.hostname.replace(/\.$/, "");
  return plain3.href;
}
function pins(url, addresses2) {
  const host = url.hostname.replace(/\.$/, "");
  if (addresses2.length === 0 || addresses2.includes(host.replace(/^\[|\]$/g, ""))) return [];
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const bracketed = addresses2.map((address3) => address3.includes(":") ? `[${address3}]` : address3);
  return [`${host}:${port}:${bracketed.join(",")}`];
}

// src/fetch/curl.ts
var parallel = 16;
var sizeInterval = 200;
var tooLarge2 = 63;
async function curl(transfers, network, onEnd, signal) {
  const controller = new AbortController();
  const open5 = new Map(transfers.entries());
  const settling = [];
  const settle = (index, ended) => {
    if (!open5.delete(index) || controller.signal.aborted) return;
    const settled = onEnd(index, ended);
    settled.catch((error) => controller.abort(error));
    settling.push(settled);
  };
  const checkSizes = () => {
    for (const [index, { file, most: most2 }] of open5)
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > most2)
        settle(index, { ...nothing, exitCode: tooLarge2 });
  };
  const timer = setInterval(checkSizes, sizeInterval);
  const common2 = ["-q", "--no-progress-meter", "--parallel", "--parallel-max", String(parallel)];
  try {
    const result = await network.run("curl", [...common2, "--config", "-"], {
      onlyEnv: network.environment,
      input: configOf(transfers, network),
      signal: AbortSignal.any([controller.signal, signal]),
      onLine: (line) => {
        const [, index, json] = /^(\d+) (\{.*\})$/.exec(line) ?? [];
        if (index !== void 0 && json !== void 0) settle(Number(index), endedOf(json));
      }
    });
    controller.signal.throwIfAborted();
    signal.throwIfAborted();
    if (open5.size > 0) throw failure(result.code, result.stderr);
  } finally {
    clearInterval(timer);
    await Promise.allSettled(settling);
  }
  await Promise.all(settling);
}
var nothing = { status: 0, exitCode: 0, message: "", redirect: void 0, contentType: "" };
function endedOf(json) {
  const { http_code, exitcode, errormsg, redirect_url, content_type } = JSON.parse(json);
  return {
    status: http_code ?? 0,
    exitCode: exitcode ?? 0,
    message: printable(errormsg ?? "").replace(/\.$/, ""),
    redirect: redirect_url || void 0,
    contentType: content_type ?? ""
  };
}
function failure(code2, stderr) {
  if (code2 === noSuchProgram) return toolMissing("curl");
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  return new UserError(
    "curl-failed",
    `curl exited with code ${code2} before it had downloaded everything (${printable(last.slice(0, 300))}). Version 7.75 or later is required: check 'curl --version', and run this again.`
  );
}

// src/fetch/follow.ts
var mostRedirects = 5;
var Passing = class extends Error {
};
async function fetchAll(requests, network, accept, signal = network.stop) {
  const stop = AbortSignal.any([network.stop, signal]);
  let tasks = requests.map((request, index) => first3(request, index, 0));
  while (tasks.length > 0) {
    tasks = await round(tasks, network, accept, stop);
    const tries = Math.min(...tasks.map((task) => task.tries));
    if (tasks.length > 0 && tries > 0)
      await setTimeout3(network.retryDelay * 2 ** (tries - 1), void 0, { signal: stop });
  }
}
var first3 = (request, index, tries) => ({
  ...{ request, index, tries, url: request.url, from: void 0, redirects: 0 }
});
async function round(tasks, network, accept, signal) {
  const again = [];
  const retry2 = ({ request, index, tries }, reason) => {
    if (tries >= network.retries) throw request.explain("unreachable", reason);
    again.push(first3(request, index, tries + 1));
  };
  const approve = approveOnce(network);
  const asked2 = [];
  for (const task of tasks) {
    try {
      asked2.push([task, await approve(task)]);
    } catch (error) {
      if (error instanceof UserError) throw error;
      retry2(task, error.message);
    }
  }
  if (asked2.length === 0) return again;
  const settle = async (index, ended) => {
    const [task, hop] = asked2[index];
    const { request } = task;
    const { status, redirect } = ended;
    try {
      if ([301, 302, 303, 307, 308].includes(status) && redirect !== void 0) {
        again.push(redirected(task, hop, redirect));
        await rm3(request.file, { force: true });
      } else {
        await check(request, ended);
        await accept(task.index, ended);
      }
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      await rm3(request.file, { force: true });
      retry2(task, error.message);
    }
  };
  const transfers = asked2.map(([{ request }, hop]) => ({ ...request, ...hop }));
  await curl(transfers, network, settle, signal);
  return again;
}
function approveOnce({ approve, certificates, proxyFor }) {
  const known2 = /* @__PURE__ */ new Map();
  return async ({ url, from, request }) => {
    const key2 = `${url.origin} ${url.username !== "" || url.password !== ""}`;
    const approved = known2.get(key2) ?? approve(url.href, request.label);
    known2.set(key2, approved);
    const hop = { url, addresses: await approved };
    if (hop.addresses.length === 0 && proxyFor(url) === void 0)
      throw new Error(`${url.host} has no address`);
    refuseInward(from, hop);
    if (url.protocol === "https:" && certificates !== void 0 && !existsSync3(certificates))
      throw request.explain("certificate", `the file of certificates '${certificates}' does not exist`);
    return hop;
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
  return [...addresses2, ...isLiteral ? [host] : []].find((address3) => !isPublicAddress(address3));
}
function redirected(task, from, redirect) {
  const { explain: explain3 } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol))
    throw explain3("address", "it redirects to an address that is not http or https");
  if (from.url.protocol === "https:" && url.protocol === "http:")
    throw explain3("unreachable", `${from.url.host} redirects to plain http, at ${url.host}`);
  if (task.redirects >= mostRedirects) throw explain3("unreachable", `more than ${mostRedirects} redirects`);
  return { ...task, url, from, redirects: task.redirects + 1 };
}
var passing = /* @__PURE__ */ new Set([5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92, 95, 96]);
var untrusted = /* @__PURE__ */ new Set([51, 58, 60, 77, 83, 90, 91]);
async function check(request, { status, exitCode: exitCode2, message }) {
  const { explain: explain3, keepsErrors } = request;
  if (exitCode2 === 22 || exitCode2 === 0 && !keepsErrors && (status < 200 || status > 299)) {
    const reason = `the server responded with status ${status}`;
    const isPassing = [408, 425, 429].includes(status) || status >= 500;
    throw isPassing ? new Passing(reason) : explain3("unreachable", reason);
  }
  if (exitCode2 === 0) return;
  if (exitCode2 === tooLarge2) throw explain3("too-large", `the response has more than ${request.most} bytes`);
  if (exitCode2 === 23) {
    const cause = await whyUnwritable(request.file);
    throw explain3("unwritable", cause?.message ?? "it could not be written", cause);
  }
  if (passing.has(exitCode2)) throw new Passing(message);
  throw explain3(untrusted.has(exitCode2) ? "certificate" : "unreachable", message);
}
async function whyUnwritable(file) {
  return appendFile(file, Buffer.alloc(1 << 16)).then(
    () => void 0,
    (error) => error
  );
}

// src/fetch/read.ts
import { createHash as createHash2 } from "node:crypto";
import { closeSync, constants as constants2, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate as setImmediate2 } from "node:timers/promises";
var mostBytes = 4 * 1024 ** 3;
var pieceSize = 1 << 18;
var turn = 64;
var Unreadable = class extends Error {
};
async function* readPieces(file, begin) {
  const descriptor = openSync(file, constants2.O_RDONLY | constants2.O_NONBLOCK);
  try {
    const found2 = fstatSync(descriptor);
    if (!found2.isFile()) throw new Unreadable("it is not a file");
    const { size } = found2;
    begin(size);
    const room = Buffer.allocUnsafe(Math.min(pieceSize, size));
    for (let [at, pieces] = [0, 1]; at < size; pieces += 1) {
      const count2 = readSync(descriptor, room, 0, Math.min(room.length, size - at), at);
      if (count2 === 0) throw new Unreadable("it changed while it was read");
      yield room.subarray(0, count2);
      at += count2;
      if (pieces % turn === 0) await setImmediate2();
    }
  } finally {
    closeSync(descriptor);
  }
}
async function differenceOf2(file, { hash, size }) {
  const [algorithm = "sha256", expected] = hash?.split(":") ?? [];
  const digest2 = createHash2(algorithm);
  const compareSize = (found2) => {
    if (found2 > mostBytes) throw new Unreadable(`it has more than ${mostBytes / 1024 ** 3} GiB`);
    if (size !== void 0 && found2 !== size)
      throw new Unreadable(`it has ${found2} bytes, but the lock has ${size}`);
  };
  try {
    for await (const piece of readPieces(file, compareSize)) if (expected !== void 0) digest2.update(piece);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  const actual = digest2.digest("hex");
  return expected === void 0 || actual === expected.toLowerCase() ? void 0 : `its ${algorithm} is ${actual}, but the lock has ${expected}`;
}

// src/fetch/download.ts
var unknownSeconds = 3600;
async function download(files, network, onDone = () => {
}, signal) {
  const requests = files.map((file) => requestOf(file, network));
  const accept = async (index, ended) => {
    const [file, request] = [files[index], requests[index]];
    const size = await verify(file, request.file, ended);
    await rename(request.file, file.target).catch((cause) => {
      throw explain2(file, "unwritable", cause.message, cause);
    });
    await onDone(index, size);
  };
  try {
    await fetchAll(requests, network, accept, signal);
  } catch (error) {
    await Promise.all(requests.map(({ file }) => rm4(file, { force: true })));
    throw error;
  }
}
function requestOf(file, { patience }) {
  const { size, target: target2, label: label2 } = file;
  const url = URL.parse(file.url);
  if (!url || !/^https?:$/.test(url.protocol)) throw explain2(file, "address", "");
  if (size !== void 0 && size > mostBytes) throw explain2({ ...file, size: void 0 }, "too-large", "");
  return {
    ...{ url, label: label2, file: `${target2}.part`, most: size ?? mostBytes, keepsErrors: false },
    seconds: size === void 0 ? unknownSeconds : Math.ceil(patience.total + size / patience.rate),
    // The lock's digests are of the uncompressed bytes.
    headers: { "user-agent": "uv-fod", "accept-encoding": "identity" },
    explain: (...why) => explain2(file, ...why)
  };
}
async function verify(file, part, { contentType }) {
  if (!statSync2(part, { throwIfNoEntry: false })) writeFileSync(part, "");
  const { size } = statSync2(part);
  if (file.size !== void 0 && size < file.size) {
    const page = contentType.startsWith("text/html") ? ", and is a web page" : "";
    throw new Passing(`the response ended after ${size} of ${file.size} bytes${page}`);
  }
  const difference = await differenceOf2(part, file);
  if (difference === void 0) return size;
  throw changed(file, difference);
}
var changed = ({ label: label2, url }, what2) => new UserError(
  "artifact-changed",
  `${label2} from ${withoutCredentials(url)} does not match uv.lock: ${what2}. It was not kept. If the index replaced the file on purpose, lock again; otherwise the connection may be intercepted.`
);
function explain2(file, kind, reason, cause) {
  const { label: label2 } = file;
  const url = withoutCredentials(file.url);
  switch (kind) {
    case "address":
      return new UserError(
        "artifact-address",
        `${label2}: '${url}' is not an http or https address${reason && ` (${reason})`}; correct the index in the project and lock again.`
      );
    case "too-large":
      if (file.size !== void 0)
        return changed(file, `it has more than the ${file.size} bytes of the lock`);
      return new UserError(
        "artifact-too-large",
        `${label2} is larger than ${mostBytes / 1024 ** 3} GiB, the limit for a wheel or sdist; it was not kept. Check its entry in uv.lock, and lock again.`
      );
    case "unwritable": {
      const isFull = cause?.code === "ENOSPC" || cause?.code === "EDQUOT";
      const what2 = isFull ? `no space left (${cause.code})` : reason;
      return new UserError(
        isFull ? "disk-full" : "files-unwritable",
        `Failed to write ${label2}: ${what2}. Use a writable folder with enough space (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
        { cause }
      );
    }
    case "certificate":
      return new UserError(
        "artifact-unreachable",
        `${label2} can't be downloaded from ${url}: the server's certificate is not trusted (${reason}). If your proxy or mirror has its own certificate authority, set SSL_CERT_FILE to a file that has its certificate and the public ones; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise the connection may be intercepted.`
      );
    default:
      return new UserError(
        "artifact-unreachable",
        `${label2} can't be downloaded from ${url}: ${reason}. Check that the index still has it and that this machine can reach it; if the release was deleted, lock again (uv lock --upgrade-package NAME).`
      );
  }
}
function withoutCredentials(address3) {
  const url = URL.parse(address3);
  if (!url) return address3;
  url.username = "";
  url.password = "";
  url.search = "";
  return url.href;
}

// src/fetch/wheels.ts
function wheelsOf(artifacts) {
  const wheels = /* @__PURE__ */ new Map();
  for (const artifact2 of artifacts.filter(({ kind }) => kind === "wheel")) {
    const { name: name4, filename = "" } = artifact2;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename))
      throw wrongName(`${name4}: '${printable(filename.slice(0, 200))}' is not a file name of a wheel`);
    const other = wheels.get(filename);
    if (other) throw wrongName(`${other.name} and ${name4} both have the file name '${filename}'`);
    checkDigest(artifact2);
    wheels.set(filename, { ...artifact2, filename });
  }
  return [...wheels.values()].sort((a3, b) => a3.filename < b.filename ? -1 : 1);
}
var wrongName = (what2) => new UserError("artifact-name", `${what2}; lock again with a current uv.`);
var digits = /* @__PURE__ */ new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128]
]);
function checkDigest(artifact2) {
  const { hash } = artifact2;
  if (hash === void 0) return;
  const [, algorithm = "", hex = ""] = /^(\w+):([0-9a-fA-F]+)$/.exec(hash) ?? [];
  if (digits.get(algorithm) === hex.length) return;
  throw new UserError(
    "artifact-digest",
    `${labelOf(artifact2)}: the digest '${printable(hash.slice(0, 100))}' of uv.lock is not a complete sha256, sha384 or sha512, so the file cannot be verified. Use an index that has one of these, and lock again.`
  );
}
var labelOf = ({ name: name4, version: version3 = "", filename }) => filename ?? `${name4} ${version3}`.trim();
function asDownload(artifact2, target2) {
  checkDigest(artifact2);
  const { url, hash, size } = artifact2;
  const label2 = labelOf(artifact2);
  if (url !== void 0) return { url, hash, size, label: label2, target: target2 };
  throw new UserError(
    "artifact-address",
    `${label2} has neither an address nor a path in uv.lock; lock again with a current uv.`
  );
}
async function fetchArtifact(artifact2, project, target2, network) {
  if (artifact2.path === void 0) await download([asDownload(artifact2, target2)], network);
  else await copyFile(await localFile(artifact2, project), target2);
}
async function localFile(artifact2, project) {
  checkDigest(artifact2);
  const label2 = labelOf(artifact2);
  const folder = path18.resolve(project);
  const named = path18.resolve(folder, artifact2.path ?? "");
  await requireInside(await repositoryOf(folder) ?? folder, named, `'${artifact2.path}' of uv.lock`);
  const file = await realpath2(named).catch((cause) => {
    throw new UserError(
      "artifact-unreachable",
      `${label2} is missing at '${artifact2.path}', its path in uv.lock; put it there, or lock again.`,
      { cause }
    );
  });
  const difference = await differenceOf2(file, artifact2);
  if (difference === void 0) return file;
  throw new UserError(
    "artifact-changed",
    `${label2} at '${artifact2.path}' does not match uv.lock: ${difference}. Lock again if the change is intended.`
  );
}

// src/nix/nar.ts
import { createHash as createHash3 } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat as lstat2, readdir, readlink } from "node:fs/promises";
import path19 from "node:path";
async function writeNode(file, write2) {
  const stat8 = await lstat2(file);
  if (stat8.isDirectory()) {
    write2(narStrings("(", "type", "directory"));
    for (const name4 of (await readdir(file, { encoding: "buffer" })).sort(Buffer.compare)) {
      write2(narStrings("entry", "(", "name", name4, "node"));
      await writeNode(Buffer.concat([file, Buffer.from(path19.sep), name4]), write2);
      write2(narStrings(")"));
    }
  } else if (stat8.isSymbolicLink()) {
    write2(narStrings("(", "type", "symlink", "target", await readlink(file, { encoding: "buffer" })));
  } else if (stat8.isFile()) {
    write2(narStrings("(", "type", "regular", ...stat8.mode & 64 ? ["executable", ""] : [], "contents"));
    await writeContents(file, stat8.size, write2);
  } else {
    throw new Error(`${file.toString()} is not a file, folder or symlink, so it can't be archived`);
  }
  write2(narStrings(")"));
}
async function writeContents(file, size, write2) {
  write2(narLength(size));
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    read += chunk.length;
    write2(chunk);
  }
  if (read !== size) throw new Error(`${file.toString()} changed while it was read`);
  write2(narPadding(size));
}
var narPadding = (size) => Buffer.alloc((8 - size % 8) % 8);
function narLength(size) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size));
  return bytes;
}
function narStrings(...texts) {
  return Buffer.concat(
    texts.flatMap((text2) => {
      const bytes = Buffer.from(text2);
      return [narLength(bytes.length), bytes, narPadding(bytes.length)];
    })
  );
}
async function narHash(root) {
  const hash = createHash3("sha256");
  hash.update(narStrings("nix-archive-1"));
  await writeNode(Buffer.from(root), (bytes) => hash.update(bytes));
  return sri2(hash);
}
function sri2(hash) {
  return `sha256-${hash.digest("base64")}`;
}

// src/build-lock/git-tree.ts
import { mkdir as mkdir2, mkdtemp as mkdtemp3, readdir as readdir2, rm as rm5, writeFile as writeFile3 } from "node:fs/promises";
import { tmpdir } from "node:os";
import path20 from "node:path";
var safe = [
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
var noAttributes = "* -text -eol -crlf -ident -filter -working-tree-encoding\n";
async function fetchGitTree(source, out, run, checkHost) {
  validate(source);
  await checkHost?.(source.url, `The repository ${source.url}`);
  await mkdir2(out, { recursive: true });
  const template2 = await mkdtemp3(path20.join(tmpdir(), "uv-fod-git-"));
  try {
    await mkdir2(path20.join(template2, "info"));
    await writeFile3(path20.join(template2, "info/attributes"), noAttributes);
    await checkout(source, out, template2, run, checkHost);
  } finally {
    await rm5(template2, { recursive: true, force: true });
  }
  await removeRepositories(out);
}
function validate({ url, commit: commit2 }) {
  if (!/^[0-9a-f]{40}$/.test(commit2)) {
    throw new UserError(
      "git-unreachable",
      `'${commit2}' is not a commit id of 40 hexadecimal digits; lock again with uv.`
    );
  }
  if (!/^(https?|ssh):\/\//.test(url)) {
    throw new UserError(
      "git-unreachable",
      `'${url}' is not an http, https or ssh address of a git repository; correct the source in pyproject.toml and lock again.`
    );
  }
}
async function checkout({ url, commit: commit2 }, out, template2, run, checkHost) {
  const env3 = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TEMPLATE_DIR: template2
  };
  const git = async (cwd, ...args) => {
    const result = await run("git", [...safe, ...args], { cwd, env: env3 });
    if (result.code === 0) return result.stdout;
    throw new UserError(
      "git-unreachable",
      `Commit ${commit2} of ${url} can't be fetched: ${result.stderr.trim().split("\n").at(-1) ?? ""}. Check that the repository still has it and that this machine can read it; otherwise lock again.`,
      { log: result.stderr }
    );
  };
  await git(out, "init", "--quiet", "--initial-branch=main");
  await git(out, "config", "remote.origin.url", url);
  await git(out, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit2);
  await git(out, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  const open5 = [out];
  for (let dir = open5.pop(); dir !== void 0; dir = open5.pop()) {
    const at = dir;
    const gitHere = (...args) => git(at, ...args);
    for (const inner of await submodules(gitHere, checkHost)) open5.push(path20.join(at, inner));
  }
}
async function submodules(git, checkHost) {
  const listed = (await git("ls-files", "--stage", "-z")).split("\0");
  const folders = listed.filter((line) => line.startsWith("160000 ")).map((line) => line.slice(line.indexOf("	") + 1));
  if (folders.length === 0) return [];
  await git("submodule", "--quiet", "init");
  const urls = await git("config", "--local", "--null", "--get-regexp", "^submodule\\..*\\.url$");
  for (const entry of urls.split("\0").filter(Boolean)) {
    const url = entry.slice(entry.indexOf("\n") + 1);
    await checkHost?.(url, `The submodule ${url}`);
  }
  await git("submodule", "update", "--quiet", "--depth=1");
  return folders;
}
async function removeRepositories(out) {
  for (const entry of await readdir2(out, { recursive: true, withFileTypes: true })) {
    if (entry.name === ".git")
      await rm5(path20.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}

// src/build-lock/pyproject-of.ts
import { createReadStream as createReadStream2 } from "node:fs";
import { readFile as readFile2 } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

// node_modules/fflate/esm/index.mjs
import { createRequire } from "module";
var require2 = createRequire("/");
var _a;
var Worker;
var isMarkedAsUntransferable;
try {
  _a = require2("worker_threads"), Worker = _a.Worker, isMarkedAsUntransferable = _a.isMarkedAsUntransferable;
} catch (e) {
}
var u8 = Uint8Array;
var u16 = Uint16Array;
var i32 = Int32Array;
var fleb = new u8([
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
var fdeb = new u8([
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
var clim = new u8([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
var freb = function(eb, start2) {
  var b = new u16(31);
  for (var i5 = 0; i5 < 31; ++i5) {
    b[i5] = start2 += 1 << eb[i5 - 1];
  }
  var r3 = new i32(b[30]);
  for (var i5 = 1; i5 < 30; ++i5) {
    for (var j = b[i5]; j < b[i5 + 1]; ++j) {
      r3[j] = j - b[i5] << 5 | i5;
    }
  }
  return { b, r: r3 };
};
var _a = freb(fleb, 2);
var fl = _a.b;
var revfl = _a.r;
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0);
var fd = _b.b;
var revfd = _b.r;
var rev = new u16(32768);
for (i4 = 0; i4 < 32768; ++i4) {
  x = (i4 & 43690) >> 1 | (i4 & 21845) << 1;
  x = (x & 52428) >> 2 | (x & 13107) << 2;
  x = (x & 61680) >> 4 | (x & 3855) << 4;
  rev[i4] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
}
var x;
var i4;
var hMap = (function(cd, mb, r3) {
  var s2 = cd.length;
  var i5 = 0;
  var l2 = new u16(mb);
  for (; i5 < s2; ++i5) {
    if (cd[i5])
      ++l2[cd[i5] - 1];
  }
  var le2 = new u16(mb);
  for (i5 = 1; i5 < mb; ++i5) {
    le2[i5] = le2[i5 - 1] + l2[i5 - 1] << 1;
  }
  var co;
  if (r3) {
    co = new u16(1 << mb);
    var rvb = 15 - mb;
    for (i5 = 0; i5 < s2; ++i5) {
      if (cd[i5]) {
        var sv = i5 << 4 | cd[i5];
        var r_1 = mb - cd[i5];
        var v = le2[cd[i5] - 1]++ << r_1;
        for (var m = v | (1 << r_1) - 1; v <= m; ++v) {
          co[rev[v] >> rvb] = sv;
        }
      }
    }
  } else {
    co = new u16(s2);
    for (i5 = 0; i5 < s2; ++i5) {
      if (cd[i5]) {
        co[i5] = rev[le2[cd[i5] - 1]++] >> 15 - cd[i5];
      }
    }
  }
  return co;
});
var flt = new u8(288);
for (i4 = 0; i4 < 144; ++i4)
  flt[i4] = 8;
var i4;
for (i4 = 144; i4 < 256; ++i4)
  flt[i4] = 9;
var i4;
for (i4 = 256; i4 < 280; ++i4)
  flt[i4] = 7;
var i4;
for (i4 = 280; i4 < 288; ++i4)
  flt[i4] = 8;
var i4;
var fdt = new u8(32);
for (i4 = 0; i4 < 32; ++i4)
  fdt[i4] = 5;
var i4;
var flrm = /* @__PURE__ */ hMap(flt, 9, 1);
var fdrm = /* @__PURE__ */ hMap(fdt, 5, 1);
var max = function(a3) {
  var m = a3[0];
  for (var i5 = 1; i5 < a3.length; ++i5) {
    if (a3[i5] > m)
      m = a3[i5];
  }
  return m;
};
var bits = function(d, p, m) {
  var o3 = p / 8 | 0;
  return (d[o3] | d[o3 + 1] << 8) >> (p & 7) & m;
};
var bits16 = function(d, p) {
  var o3 = p / 8 | 0;
  return (d[o3] | d[o3 + 1] << 8 | d[o3 + 2] << 16) >> (p & 7);
};
var shft = function(p) {
  return (p + 7) / 8 | 0;
};
var slc = function(v, s2, e) {
  if (s2 == null || s2 < 0)
    s2 = 0;
  if (e == null || e > v.length)
    e = v.length;
  return new u8(v.subarray(s2, e));
};
var ec = [
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
var err = function(ind, msg, nt) {
  var e = new Error(msg || ec[ind]);
  e.code = ind;
  if (Error.captureStackTrace)
    Error.captureStackTrace(e, err);
  if (!nt)
    throw e;
  return e;
};
var inflt = function(dat, st, buf, dict) {
  var sl = dat.length, dl = dict ? dict.length : 0;
  if (!sl || st.f && !st.l)
    return buf || new u8(0);
  var noBuf = !buf;
  var resize = noBuf || st.i != 2;
  var noSt = st.i;
  if (noBuf)
    buf = new u8(sl * 3);
  var cbuf = function(l3) {
    var bl = buf.length;
    if (l3 > bl) {
      var nbuf = new u8(Math.max(bl * 2, l3));
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
        var s2 = shft(pos) + 4, l2 = dat[s2 - 4] | dat[s2 - 3] << 8, t3 = s2 + l2;
        if (t3 > sl) {
          if (noSt)
            err(0);
          break;
        }
        if (resize)
          cbuf(bt + l2);
        buf.set(dat.subarray(s2, t3), bt);
        st.b = bt += l2, st.p = pos = t3 * 8, st.f = final;
        continue;
      } else if (type == 1)
        lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
      else if (type == 2) {
        var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
        var tl = hLit + bits(dat, pos + 5, 31) + 1;
        pos += 14;
        var ldt = new u8(tl);
        var clt = new u8(19);
        for (var i5 = 0; i5 < hcLen; ++i5) {
          clt[clim[i5]] = bits(dat, pos + i5 * 3, 7);
        }
        pos += hcLen * 3;
        var clb = max(clt), clbmsk = (1 << clb) - 1;
        var clm = hMap(clt, clb, 1);
        for (var i5 = 0; i5 < tl; ) {
          var r3 = clm[bits(dat, pos, clbmsk)];
          pos += r3 & 15;
          var s2 = r3 >> 4;
          if (s2 < 16) {
            ldt[i5++] = s2;
          } else {
            var c2 = 0, n3 = 0;
            if (s2 == 16)
              n3 = 3 + bits(dat, pos, 3), pos += 2, c2 = ldt[i5 - 1];
            else if (s2 == 17)
              n3 = 3 + bits(dat, pos, 7), pos += 3;
            else if (s2 == 18)
              n3 = 11 + bits(dat, pos, 127), pos += 7;
            while (n3--)
              ldt[i5++] = c2;
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
      var c2 = lm[bits16(dat, pos) & lms], sym = c2 >> 4;
      pos += c2 & 15;
      if (pos > tbts) {
        if (noSt)
          err(0);
        break;
      }
      if (!c2)
        err(2);
      if (sym < 256)
        buf[bt++] = sym;
      else if (sym == 256) {
        lpos = pos, lm = null;
        break;
      } else {
        var add = sym - 254;
        if (sym > 264) {
          var i5 = sym - 257, b = fleb[i5];
          add = bits(dat, pos, (1 << b) - 1) + fl[i5];
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
        var end2 = bt + add;
        if (bt < dt) {
          var shift = dl - dt, dend = Math.min(dt, end2);
          if (shift + bt < 0)
            err(3);
          for (; bt < dend; ++bt)
            buf[bt] = dict[shift + bt];
        }
        for (; bt < end2; ++bt)
          buf[bt] = buf[bt - dt];
      }
    }
    st.l = lm, st.p = lpos, st.b = bt, st.f = final;
    if (lm)
      final = 1, st.m = lbt, st.d = dm, st.n = dbt;
  } while (!final);
  return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
};
var et = /* @__PURE__ */ new u8(0);
var b2 = function(d, b) {
  return d[b] | d[b + 1] << 8;
};
var b4 = function(d, b) {
  return (d[b] | d[b + 1] << 8 | d[b + 2] << 16 | d[b + 3] << 24) >>> 0;
};
var b8 = function(d, b) {
  return b4(d, b) + b4(d, b + 4) * 4294967296;
};
function inflateSync(data, opts) {
  return inflt(data, { i: 2 }, opts && opts.out, opts && opts.dictionary);
}
var td = typeof TextDecoder != "undefined" && /* @__PURE__ */ new TextDecoder();
var tds = 0;
try {
  td.decode(et, { stream: true });
  tds = 1;
} catch (e) {
}
var dutf8 = function(d) {
  for (var r3 = "", i5 = 0; ; ) {
    var c2 = d[i5++];
    var eb = (c2 > 127) + (c2 > 223) + (c2 > 239);
    if (i5 + eb > d.length)
      return { s: r3, r: slc(d, i5 - 1) };
    if (!eb)
      r3 += String.fromCharCode(c2);
    else if (eb == 3) {
      c2 = ((c2 & 15) << 18 | (d[i5++] & 63) << 12 | (d[i5++] & 63) << 6 | d[i5++] & 63) - 65536, r3 += String.fromCharCode(55296 | c2 >> 10, 56320 | c2 & 1023);
    } else if (eb & 1)
      r3 += String.fromCharCode((c2 & 31) << 6 | d[i5++] & 63);
    else
      r3 += String.fromCharCode((c2 & 15) << 12 | (d[i5++] & 63) << 6 | d[i5++] & 63);
  }
};
function strFromU8(dat, latin1) {
  if (latin1) {
    var r3 = "";
    for (var i5 = 0; i5 < dat.length; i5 += 16384)
      r3 += String.fromCharCode.apply(null, dat.subarray(i5, i5 + 16384));
    return r3;
  } else if (td) {
    return td.decode(dat);
  } else {
    var _a2 = dutf8(dat), s2 = _a2.s, r3 = _a2.r;
    if (r3.length)
      err(8);
    return s2;
  }
}
var slzh = function(d, b) {
  return b + 30 + b2(d, b + 26) + b2(d, b + 28);
};
var zh = function(d, b, z) {
  var fnl = b2(d, b + 28), efl = b2(d, b + 30), fn = strFromU8(d.subarray(b + 46, b + 46 + fnl), !(b2(d, b + 8) & 2048)), es = b + 46 + fnl;
  var _a2 = z64hs(d, es, efl, z, b4(d, b + 20), b4(d, b + 24), b4(d, b + 42)), sc = _a2[0], su = _a2[1], off = _a2[2];
  return [b2(d, b + 10), sc, su, fn, es + efl + b2(d, b + 32), off];
};
var z64hs = function(d, b, l2, z, sc, su, off) {
  var nsc = sc == 4294967295, nsu = su == 4294967295, noff = off == 4294967295, e = b + l2;
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
function unzipSync(data, opts) {
  var files = {};
  var e = data.length - 22;
  for (; b4(data, e) != 101010256; --e) {
    if (!e || data.length - e > 65558)
      err(13);
  }
  ;
  var c2 = b2(data, e + 8);
  if (!c2)
    return {};
  var o3 = b4(data, e + 16);
  var z = b4(data, e - 20) == 117853008;
  if (z) {
    var ze = b4(data, e - 12);
    z = b4(data, ze) == 101075792;
    if (z) {
      c2 = b4(data, ze + 32);
      o3 = b4(data, ze + 48);
    }
  }
  var fltr = opts && opts.filter;
  for (var i5 = 0; i5 < c2; ++i5) {
    var _a2 = zh(data, o3, z), c_2 = _a2[0], sc = _a2[1], su = _a2[2], fn = _a2[3], no = _a2[4], off = _a2[5], b = slzh(data, off);
    o3 = no;
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

// src/build-lock/pyproject-of.ts
var import_tar_stream = __toESM(require_tar_stream(), 1);
var limit = 4 << 20;
var unpackedLimit = 2 ** 30;
var legacyRequires = ["setuptools>=40.8.0"];
function buildRequires(text2, label2) {
  if (text2 === void 0) return legacyRequires;
  let table3;
  try {
    table3 = parseToml(text2, "pyproject.toml");
  } catch (cause) {
    throw new UserError(
      "pyproject-invalid",
      `The build requirements of ${label2} can't be read: ${cause.message}`,
      { cause }
    );
  }
  const system = table3["build-system"];
  if (system === void 0) return legacyRequires;
  const requires = system.requires;
  if (!Array.isArray(requires) || !requires.every((item) => typeof item === "string")) {
    throw new UserError(
      "pyproject-invalid",
      `The pyproject.toml of ${label2} has a [build-system] without a list of strings 'requires'.`
    );
  }
  return requires;
}
async function pyprojectOfSdist(archive, filename, subdirectory = "") {
  const wanted2 = [...subdirectory.split("/").filter(Boolean), "pyproject.toml"].join("/");
  const isWanted = (name4) => name4.replace(/^\.\//, "").split("/").slice(1).join("/") === wanted2;
  try {
    return await (filename.endsWith(".zip") ? fromZip : fromTar)(archive, isWanted);
  } catch (cause) {
    throw new UserError(
      "sdist-invalid",
      `${filename} can't be read as an archive: ${cause.message}. uv accepts .tar.gz and .zip; ask its authors for one of these.`,
      { cause }
    );
  }
}
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
  let size = 0;
  await pipeline(
    createReadStream2(archive),
    createGunzip(),
    async function* (chunks) {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > unpackedLimit) throw new Error(`it unpacks to more than ${unpackedLimit / 2 ** 20} MB`);
        yield chunk;
      }
    },
    reader
  );
  return found2;
}

// src/build-lock/sources.ts
var mostText = 4 << 20;
async function describeBuild(artifact2, previous, reader) {
  if (artifact2.kind === "directory") return describeDirectory(artifact2, reader);
  if (artifact2.kind === "git") return describeGit(artifact2, previous, reader);
  return describeSdist(artifact2, previous, reader);
}
async function describeDirectory(artifact2, { project, read }) {
  const folder = artifact2.path ?? ".";
  const text2 = await read(path21.resolve(project, folder, "pyproject.toml"));
  const source = { path: folder, ...sourceOf(artifact2) };
  return { ...source, requires: buildRequires(text2, artifact2.name) };
}
async function describeGit(artifact2, previous, reader) {
  const source = sourceOf(artifact2);
  const { name: name4, url, commit: commit2, subdirectory = "" } = source;
  if (previous?.kind === "git" && sameData(sourceOf(previous), source))
    return { ...source, hash: previous.hash, requires: previous.requires };
  return inScratch(reader, async (dir) => {
    const tree = path21.join(dir, "tree");
    await fetchGitTree({ url, commit: commit2 }, tree, reader.contact, reader.checkHost);
    const text2 = await readBelow(tree, path21.join(subdirectory, "pyproject.toml"));
    return { ...source, hash: await narHash(tree), requires: buildRequires(text2, name4) };
  });
}
async function readBelow(tree, name4) {
  const file = path21.join(tree, name4);
  await requireInside(tree, file, `'${printable(name4)}' of a git source`);
  const found2 = await stat2(file).catch(() => void 0);
  if (found2 === void 0) return void 0;
  if (!found2.isFile() || found2.size > mostText)
    throw new UserError(
      "pyproject-invalid",
      `'${printable(name4)}' of a git source is not a file of less than ${mostText} bytes, so it is not read; ask its authors to fix it.`
    );
  return readFile3(file, "utf8");
}
async function describeSdist(artifact2, previous, reader) {
  const source = sourceOf(artifact2);
  const { filename, subdirectory } = source;
  const locked = sriOf(artifact2);
  if (previous?.kind === "sdist" && locked !== void 0 && previous.hash === locked)
    return { ...source, hash: locked, requires: previous.requires };
  return inScratch(reader, async (dir) => {
    const archive = path21.join(dir, "sdist");
    await fetchArtifact(artifact2, reader.project, archive, await reader.network());
    const hash = locked ?? `sha256-${hash256(await readFile3(archive))}`;
    const text2 = await pyprojectOfSdist(archive, filename, subdirectory);
    return { ...source, hash, requires: buildRequires(text2, filename) };
  });
}
var hash256 = (bytes) => createHash4("sha256").update(bytes).digest("base64");
async function inScratch(reader, body) {
  const dir = await mkdtemp4(path21.join(reader.scratch, "source-"));
  try {
    return await body(dir);
  } finally {
    await rm6(dir, { recursive: true, force: true });
  }
}

// src/build-lock/compute.ts
async function computeBuildLock(inputs, reader) {
  const computation = new Computation(inputs, reader);
  await computation.addAll(inputs.systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt)));
  await computation.confirm();
  return computation.result();
}
var [buildsAtOnce, filesAtOnce] = [4, 16];
var Computation = class {
  #inputs;
  #reader;
  #started = /* @__PURE__ */ new Set();
  #builds = {};
  #wheels = {};
  /** By build, in the order of the systems. */
  #environments = /* @__PURE__ */ new Map();
  /** Builds and wheels that were resolved in this run. */
  #fresh = { builds: /* @__PURE__ */ new Set(), wheels: /* @__PURE__ */ new Set() };
  constructor(inputs, reader) {
    this.#inputs = inputs;
    this.#reader = reader;
  }
  /** Adds builds and, recursively, the nested builds of their environments. */
  async addAll(artifacts) {
    const added = artifacts.filter((artifact2) => {
      const key2 = buildKey2(artifact2);
      return !this.#started.has(key2) && this.#started.add(key2);
    });
    const found2 = await inParallel(added, buildsAtOnce, (artifact2) => this.#add(artifact2));
    const nested = found2.flat();
    if (nested.length > 0) await this.addAll(nested);
  }
  /** Verifies the files that were resolved. */
  async confirm() {
    const { confirmation } = this.#inputs;
    const builds = pick2(this.#builds, this.#fresh.builds);
    const wheels = pick2(this.#wheels, this.#fresh.wheels);
    await inParallel(pinnedFiles({ builds, wheels }), filesAtOnce, (file) => confirmation.isResolved(file));
  }
  /** @returns the nested builds of its environment */
  async #add(artifact2) {
    const key2 = buildKey2(artifact2);
    const build3 = await this.#describe(key2, artifact2);
    this.#builds[key2] = build3;
    return await this.#keep(key2, build3) ?? this.#resolve(key2, build3);
  }
  async #describe(key2, artifact2) {
    const { base, settings: settings3, dynamic } = this.#inputs;
    const before = ownOf(base?.builds, key2);
    const described2 = await describeBuild(artifact2, before, this.#reader);
    const extra = extraRequires(settings3, described2.name);
    const isSame2 = before !== void 0 && sameData(before.requires, described2.requires);
    const own = dynamic?.(key2, described2) ?? (isSame2 ? before.dynamicRequires : void 0) ?? [];
    return {
      ...described2,
      ...extra.length === 0 ? {} : { extraRequires: extra },
      ...own.length === 0 ? {} : { dynamicRequires: own }
    };
  }
  /** Keeps the base's environments if the rule and the indexes permit. */
  async #keep(key2, build3) {
    const { base, target: target2, systems, confirmation } = this.#inputs;
    const kept = keptOf(key2, build3, base, target2, systems);
    if (!kept) return void 0;
    const may = await inParallel(pinnedFiles(kept), filesAtOnce, (file) => confirmation.mayStay(file));
    if (may.includes(false)) return void 0;
    this.#environments.set(key2, kept.environments);
    Object.assign(this.#wheels, kept.wheels);
    return Object.values(kept.builds).map(artifactOf);
  }
  async #resolve(key2, build3) {
    const { systems, resolve: resolve2 } = this.#inputs;
    const planned = await (resolve2?.(key2, build3) ?? this.#askUv(key2, build3));
    this.#environments.set(
      key2,
      systems.map((_, index) => this.#environment(planned[index] ?? []))
    );
    const nested = planned.flat().filter(isBuilt);
    const outputs = new Set(systems.flatMap(({ artifacts }) => artifacts.map(buildKey2)));
    for (const name4 of nested.map(buildKey2)) if (!outputs.has(name4)) this.#fresh.builds.add(name4);
    return nested;
  }
  #askUv(key2, build3) {
    const { project, settings: settings3, systems } = this.#inputs;
    return resolveRequires(
      {
        requires: allRequires(build3),
        constraints: this.#ownPins(build3.name),
        ...{ settings: settings3, project, label: key2 }
      },
      systems.map(({ target: target2 }) => target2),
      this.#reader
    );
  }
  #environment(artifacts) {
    const wheels = artifacts.filter(({ kind }) => kind === "wheel");
    for (const wheel of wheels) {
      const { filename = "" } = wheel;
      this.#wheels[filename] = pinnedWheel(wheel);
      this.#fresh.wheels.add(filename);
    }
    return {
      wheels: wheels.map(({ filename }) => filename ?? "").sort(),
      builds: artifacts.filter(isBuilt).map(buildKey2).sort()
    };
  }
  /**
   * Pins the output's versions of what it builds: xmlsec is compiled against the lxml of the
   * output.
   */
  #ownPins(except) {
    const pins2 = this.#inputs.systems.flatMap(
      ({ artifacts }) => artifacts.filter((artifact2) => artifact2.kind === "sdist" && artifact2.name !== except).map(({ name: name4, version: version3 }) => `${name4}==${version3}`)
    );
    return [...new Set(pins2)].sort();
  }
  result() {
    const { target: target2, systems } = this.#inputs;
    const perSystem = systems.map(({ target: own, artifacts, plan, hash }, index) => {
      const apart = separateWheels(artifacts);
      const environments = [...this.#environments].flatMap(([key2, all]) => {
        const environment = all[index];
        return environment ? [[key2, environment]] : [];
      });
      const builds = artifacts.filter(isBuilt).map(buildKey2).sort();
      return [
        own.system,
        {
          ...{ plan, hash, builds, environments: Object.fromEntries(environments) },
          ...Object.keys(apart).length === 0 ? {} : { apart }
        }
      ];
    });
    return {
      ...{ version: 1, target: target2, systems: Object.fromEntries(perSystem) },
      ...{ builds: this.#builds, wheels: this.#wheels }
    };
  }
};
var pick2 = (table3, keys) => Object.fromEntries(Object.entries(table3).filter(([key2]) => keys.has(key2)));
function extraRequires(settings3, name4) {
  const table3 = settings3["extra-build-dependencies"];
  const own = typeof table3 === "object" && table3 !== null ? ownOf({ ...table3 }, name4) : void 0;
  return (Array.isArray(own) ? own : []).flatMap((item) => {
    const text2 = typeof item === "string" ? item : item?.requirement;
    return typeof text2 === "string" ? [text2] : [];
  });
}
function pinnedWheel(wheel) {
  const hash = sriOf(wheel);
  if (wheel.url !== void 0 && hash !== void 0) return { url: wheel.url, hash };
  throw new UserError(
    "build-requirements",
    `The index has no address or no sha256 for the build requirement ${wheel.filename}; use an index that has both.`
  );
}

// src/build-lock/verify.ts
async function verifyBuildLock(claimed, reader, withUv) {
  const { lock, text: text2, base, systems } = claimed;
  const targets = systems.map(({ target: target2 }) => parseTarget({ ...lock.target, system: target2.system }));
  const { taken, dynamic, resolve: resolve2 } = claimsOf(lock, base, targets);
  const claims = withUv ? { dynamic } : { dynamic, resolve: resolve2 };
  const right = await computeBuildLock({ ...claimed, target: lock.target, ...claims }, reader);
  const isNewTarget = base !== void 0 && !sameData(base.target, lock.target);
  return {
    right,
    differences: differences(text2, lock, right),
    taken: [...isNewTarget ? ["the declared target"] : [], ...taken()]
  };
}
function claimsOf(lock, base, targets) {
  const taken = /* @__PURE__ */ new Set();
  return {
    taken: () => [...taken],
    dynamic: (key2, build3) => {
      const claimed = ownOf(lock.builds, key2)?.dynamicRequires;
      if (claimed === void 0 || !isNewSource(build3, ownOf(base?.builds, key2))) return void 0;
      taken.add(`the requirements that the build backend of ${key2} returned (${claimed.join(", ")})`);
      return claimed;
    },
    resolve: async (key2, build3) => {
      const found2 = targets.map((target2) => claimedFor(lock, key2, build3, target2));
      if (found2.some((artifacts) => artifacts.length > 0)) taken.add(`the build environment of ${key2}`);
      return found2;
    }
  };
}
function claimedFor(lock, key2, build3, target2) {
  const environment = ownOf(lock.systems[target2.system]?.environments, key2);
  if (!environment) throw refuse(`the build environment of ${key2} on ${target2.system} is missing`);
  const rank = tagRank(target2);
  const wheels = environment.wheels.map((filename) => {
    const wheel = ownOf(lock.wheels, filename);
    const name4 = parseWheelName(filename);
    if (!wheel || typeof name4 === "string")
      throw refuse(`the wheel ${filename}, which ${key2} requires, is missing`);
    if (rank(name4) === void 0) throw refuse(`${filename} does not fit ${target2.system}`);
    const [project = "", version3 = ""] = filename.split("-", 2);
    const file = { filename, url: wheel.url, hash: hexOf(wheel.hash) };
    return { kind: "wheel", name: normalizeName(project) ?? project, version: version3, ...file };
  });
  const artifacts = [...wheels, ...environment.builds.map((nested) => nestedOf(lock, nested))];
  const names2 = artifacts.map(({ name: name4 }) => name4);
  const twice = names2.find((name4, index) => names2.indexOf(name4) !== index);
  if (twice !== void 0) throw refuse(`the build environment of ${key2} has ${twice} twice`);
  for (const requirement3 of allRequires(build3)) checkMet(requirement3, artifacts, key2);
  return artifacts;
}
function nestedOf(lock, key2) {
  const build3 = ownOf(lock.builds, key2);
  if (build3?.kind !== "sdist" || build3.url === void 0 || build3.path !== void 0)
    throw refuse(`it builds ${key2}, which is neither in the base nor on an index`);
  return artifactOf(build3);
}
var simple = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;@()]*)\)?\s*$/;
function checkMet(requirement3, artifacts, key2) {
  if (requirement3.length > 500) throw refuse(`a requirement of ${key2} has more than 500 characters`);
  const [, name4, range = ""] = simple.exec(requirement3) ?? [];
  if (name4 === void 0) return;
  const found2 = artifacts.find((artifact2) => artifact2.name === normalizeName(name4));
  if (!found2) throw refuse(`the build environment of ${key2} lacks ${name4}`);
  const isMet = range.trim() === "" || orders.pep440.satisfies(found2.version ?? "", range.trim());
  if (!isMet)
    throw refuse(`the build environment of ${key2} has ${name4} ${found2.version}, not ${range.trim()}`);
}
var refuse = (why) => new UserError(
  "build-lock-stale",
  `The build lock is wrong: ${why}. Run 'uv-fod update' on a machine with Nix and uv.`
);

// src/fetch/hash.ts
import { createHash as createHash6 } from "node:crypto";
import { rm as rm7 } from "node:fs/promises";

// src/fetch/runner-cache.ts
import { createHash as createHash5 } from "node:crypto";
import { mkdir as mkdir3 } from "node:fs/promises";
var prefix = "uv-fod-artifacts-1-";
function runnerCache(environment) {
  const name4 = environment.ACTIONS_CACHE_SERVICE_V2 ? "ACTIONS_RESULTS_URL" : "ACTIONS_CACHE_URL";
  if (!environment[name4]) return void 0;
  return {
    restoreCache: async (...args) => (await import("./actions-cache.js")).restoreCache(...args),
    saveCache: async (...args) => (await import("./actions-cache.js")).saveCache(...args)
  };
}
function keyOf(artifacts) {
  const digests = artifacts.map(({ hash }) => hash).join("\n");
  return prefix + createHash5("sha256").update(digests).digest("hex");
}
async function restore(saved, key2) {
  const { folder, runner, log } = saved;
  try {
    await mkdir3(folder, { recursive: true });
    const found2 = await runner.restoreCache([folder], key2, [prefix]);
    log.info(found2 === void 0 ? "No artifacts in the runner's cache." : `Restored artifacts: ${found2}.`);
    return found2;
  } catch (error) {
    log.warning(`Failed to restore artifacts (${String(error)}); they are downloaded instead.`);
    return void 0;
  }
}
async function save({ folder, runner, log, maySave }, key2) {
  if (!maySave) return;
  try {
    await runner.saveCache([folder], key2);
    log.info(`Saved artifacts: ${key2}.`);
  } catch (error) {
    log.warning(`Failed to save artifacts (${String(error)}); the next run downloads them again.`);
  }
}

// src/fetch/hash.ts
async function hashOutputs(systems, project, tools2) {
  const outputs = systems.map((one) => ({ ...one, wheels: wheelsOf(one.artifacts) }));
  const distinct = new Map(outputs.flatMap(({ wheels }) => wheels.map((wheel) => [idOf(wheel), wheel])));
  const cacheable = [...distinct.values()].filter(({ path: path60, hash }) => path60 === void 0 && hash);
  const key2 = keyOf(cacheable);
  const restored = tools2.saved && cacheable.length > 0 ? await restore(tools2.saved, key2) : key2;
  const files = new VerifiedFiles(project, tools2);
  try {
    await files.findAll(distinct);
    const hashes = [];
    for (const { target: target2, artifacts, wheels } of outputs) {
      const hash = await outputHash(manifestText(artifacts, target2), wheels, files.found);
      hashes.push({ system: target2.system, hash, files: wheels.length });
    }
    if (tools2.saved && restored !== key2) {
      await tools2.cache.trim(2 * cacheable.reduce((sum, { size = 0 }) => sum + size, 0));
      await save(tools2.saved, key2);
    }
    return { hashes, downloaded: files.downloaded };
  } finally {
    await files.removeTemporary();
  }
}
var idOf = ({ path: path60, hash, url }) => JSON.stringify([path60, hash ?? url]);
var VerifiedFiles = class {
  /** By `idOf`. */
  found = /* @__PURE__ */ new Map();
  downloaded = { files: 0, bytes: 0 };
  #temporary = [];
  #project;
  #tools;
  constructor(project, tools2) {
    this.#project = project;
    this.#tools = tools2;
  }
  /** @param wheels by `idOf` */
  async findAll(wheels) {
    const missing = [];
    for (const [id, wheel] of wheels) {
      const file = wheel.path === void 0 ? await this.#cached(wheel) : await localFile(wheel, this.#project);
      if (file === void 0) missing.push([id, wheel]);
      else this.found.set(id, file);
    }
    if (missing.length > 0) await this.#download(missing);
  }
  /** Removes a cached file that is corrupt. */
  async #cached({ hash, size }) {
    const { cache } = this.#tools;
    const file = hash === void 0 ? void 0 : await cache.find(hash);
    if (file === void 0) return void 0;
    if (await differenceOf2(file, { hash, size }) === void 0) {
      await cache.used(file);
      return file;
    }
    await rm7(file, { force: true, recursive: true });
    return void 0;
  }
  async #download(missing) {
    const { cache, cacheSize: cacheSize2, network, onProgress } = this.#tools;
    const downloads = missing.map(([, wheel]) => asDownload(wheel, cache.temporary()));
    const bytes = downloads.reduce((sum, { size = 1 << 20 }) => sum + size, 0);
    await cache.trim(Math.max(0, cacheSize2 - bytes)).catch(() => {
    });
    const onDone = async (index, size) => {
      const { target: target2 = "", hash } = downloads[index] ?? {};
      if (hash === void 0) this.#temporary.push(target2);
      const file = hash === void 0 ? target2 : await cache.keep(target2, hash);
      this.found.set(missing[index]?.[0] ?? "", file);
      this.downloaded = { files: this.downloaded.files + 1, bytes: this.downloaded.bytes + size };
      onProgress?.(this.downloaded, { files: downloads.length, bytes });
    };
    await download(downloads, await network(), onDone);
  }
  async removeTemporary() {
    for (const file of this.#temporary) await rm7(file, { force: true });
  }
};
async function outputHash(manifest, wheels, files) {
  const nar = createHash6("sha256");
  const write2 = (...texts) => void nar.update(narStrings(...texts));
  write2("nix-archive-1", "(", "type", "directory");
  write2("entry", "(", "name", "manifest.json", "node", "(", "type", "regular");
  write2("contents", manifest, ")", ")");
  write2("entry", "(", "name", "wheels", "node", "(", "type", "directory");
  for (const wheel of wheels) {
    write2("entry", "(", "name", wheel.filename, "node", "(", "type", "regular", "contents");
    let length = 0;
    const begin = (size) => {
      length = size;
      nar.update(narLength(size));
    };
    for await (const piece of readPieces(files.get(idOf(wheel)) ?? "", begin)) nar.update(piece);
    nar.update(narPadding(length));
    write2(")", ")");
  }
  write2(")", ")", ")");
  return sri2(nar);
}

// src/update/recompute.ts
async function projectBeside(folder, read) {
  const entries2 = await readdir3(folder, { withFileTypes: true });
  const folders = ["", ...entries2.filter((entry) => entry.isDirectory()).map(({ name: name4 }) => name4)];
  const found2 = [];
  for (const name4 of folders) {
    const candidate = path22.join(folder, name4);
    if (await read(path22.join(candidate, "uv.lock")) !== void 0) found2.push(candidate);
  }
  return found2[0] === folder || found2.length === 1 ? found2[0] : void 0;
}
async function hashesFor(buildLock, project, context) {
  const loaded = await loadInside(project, context);
  const plans = Object.keys(buildLock.systems).map((system) => {
    const declared2 = { ...buildLock.target, system };
    const target2 = parseTarget(declared2);
    const artifacts = planProject(loaded, target2, declared2);
    return { declared: declared2, target: target2, artifacts, plan: manifestDigest(artifacts, declared2) };
  });
  const outputs = plans.map(({ declared: declared2, artifacts }) => ({ target: declared2, artifacts }));
  const { hashes } = await hashOutputs(outputs, project, await context.native());
  const hashOf = new Map(hashes.map(({ system, hash }) => [system, hash]));
  return plans.map(({ declared: _, ...plan }) => ({
    ...{ ...plan, hash: hashOf.get(plan.target.system) ?? "" }
  }));
}
async function checkLock({ file, text: text2, lock, project: folder }, systems, context, { withUv, ...only2 }) {
  const project = await loadInside(folder, context);
  const given = await lockBase(file, project, context, only2);
  const claimed = { ...given, project, systems, text: text2, lock };
  const { right, ...rest } = await verifyBuildLock(claimed, { ...context, project: folder }, withUv);
  return {
    ...rest,
    notVerified: given.confirmation.notVerified,
    edit: rest.differences === "" ? void 0 : { file, before: text2, after: buildLockText(right) }
  };
}

// src/update/check-without-nix.ts
var onlyWithNix = [
  "Whether a build gives the same hash twice: there is no Nix here.",
  "Whether it builds: there is no Nix here.",
  "Whether it imports: there is no Nix here."
];
async function checkWithoutNix(derivation, context) {
  const written = await findFiles(derivation, context);
  const systems = await hashesFor(written.lock, written.project, context);
  const compared2 = await Promise.all(
    systems.map(async ({ target: { system }, hash: after }) => {
      const before = ownOf(written.lock.systems, system)?.hash ?? "";
      const isWritten = await placeOfHash(after, derivation, context) !== void 0;
      const at2 = await placeOfHash(before, derivation, context);
      return { hash: { system, before, after, at: at2 }, isStale: before !== after || !isWritten };
    })
  );
  const hashes = compared2.map(({ hash }) => hash);
  const stale = compared2.flatMap(({ hash, isStale }) => isStale ? [hash] : []);
  const at = (stale[0] ?? hashes[0])?.at ?? placeOf(derivation).at;
  const state = linesOf(await lockState(await loadInside(written.project, context), context));
  const open5 = noDigestText(systems.flatMap(({ artifacts }) => artifacts));
  const always2 = [...onlyWithNix, ...open5 === void 0 ? [] : [open5]];
  const common2 = { at, hashes, edits: [], warnings: state.warnings, notChecked: always2 };
  const name4 = path23.basename(written.file);
  if (stale.length > 0) {
    const needed = stale.map(({ system, after }) => `${system} needs ${after}`).join("; ");
    const message2 = `The hash is stale: ${needed}, and ${name4} or the derivation has another. Run 'uv-fod update' where there is Nix.`;
    return { ...common2, status: "stale", message: message2 };
  }
  const withUv = (await context.run("uv", ["--version"])).code !== noSuchProgram;
  const { edit, differences: differences3, taken, notVerified: notVerified2 } = await checkLock(written, systems, context, { withUv });
  const lacks = withUv ? "Nix" : "Nix and no uv";
  const notChecked = [
    ...always2,
    ...state.notChecked,
    ...taken.map((what2) => `In the build lock, ${what2}: there is no ${lacks} here.`),
    ...notVerified2.map((why) => `In the build lock, ${why}.`)
  ];
  if (edit === void 0)
    return { ...common2, status: "current", message: "The hash is what uv.lock asks for.", notChecked };
  const message = `${name4} is stale: ${differences3}. Apply the patch, or run 'uv-fod update' where there is Nix.`;
  return { ...common2, status: "stale", message, edits: [edit], notChecked };
}
async function findFiles(derivation, { read }) {
  const folder = folderOf(derivation);
  const file = path23.join(folder, buildLockName);
  const text2 = await read(file);
  if (text2 === void 0) {
    throw new UserError(
      "build-lock-missing",
      `There is no Nix here and no ${file}, so nothing says what the hash was declared for. Run 'uv-fod update' once where there is Nix, or install Nix in a step before this one.`
    );
  }
  const project = await projectBeside(folder, read);
  if (project !== void 0) return { file, text: text2, lock: parseBuildLock(text2, file), project };
  throw new UserError(
    "lock-missing",
    `There is no Nix here to say where uv.lock is, and beside or just below ${folder} there is none, or there are several. Install Nix in a step before this one.`
  );
}

// src/update/options.ts
var checkOptions = {
  ...{ findReleases: false, updateOutputs: false, lockOnly: false, verify: false },
  ...{ recompute: true, skipSecondDerivation: false, comparison: { since: "HEAD^" } }
};

// src/update/patch-text.ts
import path24 from "node:path";

// node_modules/diff/libesm/diff/base.js
var Diff = class {
  diff(oldStr, newStr, options2 = {}) {
    let callback;
    if (typeof options2 === "function") {
      callback = options2;
      options2 = {};
    } else if ("callback" in options2) {
      callback = options2.callback;
    }
    const oldString = this.castInput(oldStr, options2);
    const newString = this.castInput(newStr, options2);
    const oldTokens = this.removeEmpty(this.tokenize(oldString, options2));
    const newTokens = this.removeEmpty(this.tokenize(newString, options2));
    return this.diffWithOptionsObj(oldTokens, newTokens, options2, callback);
  }
  diffWithOptionsObj(oldTokens, newTokens, options2, callback) {
    var _a2;
    const done2 = (value) => {
      value = this.postProcess(value, options2);
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
    if (options2.maxEditLength != null) {
      maxEditLength = Math.min(maxEditLength, options2.maxEditLength);
    }
    const maxExecutionTime = (_a2 = options2.timeout) !== null && _a2 !== void 0 ? _a2 : Infinity;
    const abortAfterTimestamp = Date.now() + maxExecutionTime;
    const bestPath = [{ oldPos: -1, lastComponent: void 0 }];
    let newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options2);
    if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
      return done2(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
    }
    let minDiagonalToConsider = -Infinity, maxDiagonalToConsider = Infinity;
    const execEditLength = () => {
      for (let diagonalPath = Math.max(minDiagonalToConsider, -editLength); diagonalPath <= Math.min(maxDiagonalToConsider, editLength); diagonalPath += 2) {
        let basePath;
        const removePath = bestPath[diagonalPath - 1], addPath = bestPath[diagonalPath + 1];
        if (removePath) {
          bestPath[diagonalPath - 1] = void 0;
        }
        let canAdd = false;
        if (addPath) {
          const addPathNewPos = addPath.oldPos - diagonalPath;
          canAdd = addPath && 0 <= addPathNewPos && addPathNewPos < newLen;
        }
        const canRemove = removePath && removePath.oldPos + 1 < oldLen;
        if (!canAdd && !canRemove) {
          bestPath[diagonalPath] = void 0;
          continue;
        }
        if (!canRemove || canAdd && removePath.oldPos < addPath.oldPos) {
          basePath = this.addToPath(addPath, true, false, 0, options2);
        } else {
          basePath = this.addToPath(removePath, false, true, 1, options2);
        }
        newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options2);
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
      (function exec3() {
        setTimeout(function() {
          if (editLength > maxEditLength || Date.now() > abortAfterTimestamp) {
            return callback(void 0);
          }
          if (!execEditLength()) {
            exec3();
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
  addToPath(path60, added, removed, oldPosInc, options2) {
    const last = path60.lastComponent;
    if (last && !options2.oneChangePerToken && last.added === added && last.removed === removed) {
      return {
        oldPos: path60.oldPos + oldPosInc,
        lastComponent: { count: last.count + 1, added, removed, previousComponent: last.previousComponent }
      };
    } else {
      return {
        oldPos: path60.oldPos + oldPosInc,
        lastComponent: { count: 1, added, removed, previousComponent: last }
      };
    }
  }
  extractCommon(basePath, newTokens, oldTokens, diagonalPath, options2) {
    const newLen = newTokens.length, oldLen = oldTokens.length;
    let oldPos = basePath.oldPos, newPos = oldPos - diagonalPath, commonCount = 0;
    while (newPos + 1 < newLen && oldPos + 1 < oldLen && this.equals(oldTokens[oldPos + 1], newTokens[newPos + 1], options2)) {
      newPos++;
      oldPos++;
      commonCount++;
      if (options2.oneChangePerToken) {
        basePath.lastComponent = { count: 1, previousComponent: basePath.lastComponent, added: false, removed: false };
      }
    }
    if (commonCount && !options2.oneChangePerToken) {
      basePath.lastComponent = { count: commonCount, previousComponent: basePath.lastComponent, added: false, removed: false };
    }
    basePath.oldPos = oldPos;
    return newPos;
  }
  equals(left, right, options2) {
    if (options2.comparator) {
      return options2.comparator(left, right);
    } else {
      return left === right || !!options2.ignoreCase && left.toLowerCase() === right.toLowerCase();
    }
  }
  removeEmpty(array) {
    const ret = [];
    for (let i5 = 0; i5 < array.length; i5++) {
      if (array[i5]) {
        ret.push(array[i5]);
      }
    }
    return ret;
  }
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  castInput(value, options2) {
    return value;
  }
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  tokenize(value, options2) {
    return Array.from(value);
  }
  join(chars) {
    return chars.join("");
  }
  postProcess(changeObjects, options2) {
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
          value = value.map(function(value2, i5) {
            const oldValue = oldTokens[oldPos + i5];
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

// node_modules/diff/libesm/diff/line.js
var LineDiff = class extends Diff {
  constructor() {
    super(...arguments);
    this.tokenize = tokenize;
  }
  equals(left, right, options2) {
    if (options2.ignoreWhitespace) {
      if (!options2.newlineIsToken || !left.includes("\n")) {
        left = left.trim();
      }
      if (!options2.newlineIsToken || !right.includes("\n")) {
        right = right.trim();
      }
    } else if (options2.ignoreNewlineAtEof && !options2.newlineIsToken) {
      if (left.endsWith("\n")) {
        left = left.slice(0, -1);
      }
      if (right.endsWith("\n")) {
        right = right.slice(0, -1);
      }
    }
    return super.equals(left, right, options2);
  }
};
var lineDiff = new LineDiff();
function diffLines(oldStr, newStr, options2) {
  return lineDiff.diff(oldStr, newStr, options2);
}
function tokenize(value, options2) {
  if (options2.stripTrailingCr) {
    value = value.replace(/\r\n/g, "\n");
  }
  const retLines = [], linesAndNewlines = value.split(/(\n|\r\n)/);
  if (!linesAndNewlines[linesAndNewlines.length - 1]) {
    linesAndNewlines.pop();
  }
  for (let i5 = 0; i5 < linesAndNewlines.length; i5++) {
    const line = linesAndNewlines[i5];
    if (i5 % 2 && !options2.newlineIsToken) {
      retLines[retLines.length - 1] += line;
    } else {
      retLines.push(line);
    }
  }
  return retLines;
}

// node_modules/diff/libesm/patch/create.js
function needsQuoting(s2) {
  for (let i5 = 0; i5 < s2.length; i5++) {
    if (s2[i5] < " " || s2[i5] > "~" || s2[i5] === '"' || s2[i5] === "\\") {
      return true;
    }
  }
  return false;
}
function quoteFileNameIfNeeded(s2) {
  if (!needsQuoting(s2)) {
    return s2;
  }
  let result = '"';
  const bytes = new TextEncoder().encode(s2);
  let i5 = 0;
  while (i5 < bytes.length) {
    const b = bytes[i5];
    if (b === 7) {
      result += "\\a";
    } else if (b === 8) {
      result += "\\b";
    } else if (b === 9) {
      result += "\\t";
    } else if (b === 10) {
      result += "\\n";
    } else if (b === 11) {
      result += "\\v";
    } else if (b === 12) {
      result += "\\f";
    } else if (b === 13) {
      result += "\\r";
    } else if (b === 34) {
      result += '\\"';
    } else if (b === 92) {
      result += "\\\\";
    } else if (b >= 32 && b <= 126) {
      result += String.fromCharCode(b);
    } else {
      result += "\\" + b.toString(8).padStart(3, "0");
    }
    i5++;
  }
  result += '"';
  return result;
}
var INCLUDE_HEADERS = {
  includeIndex: true,
  includeUnderline: true,
  includeFileHeaders: true
};
function structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options2) {
  let optionsObj;
  if (!options2) {
    optionsObj = {};
  } else if (typeof options2 === "function") {
    optionsObj = { callback: options2 };
  } else {
    optionsObj = options2;
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
    for (let i5 = 0; i5 < diff.length; i5++) {
      const current2 = diff[i5], lines = current2.lines || splitLines2(current2.value);
      current2.lines = lines;
      if (current2.added || current2.removed) {
        if (!oldRangeStart) {
          const prev = diff[i5 - 1];
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
          if (lines.length <= context * 2 && i5 < diff.length - 2) {
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
      for (let i5 = 0; i5 < hunk.lines.length; i5++) {
        if (hunk.lines[i5].endsWith("\n")) {
          hunk.lines[i5] = hunk.lines[i5].slice(0, -1);
        } else {
          hunk.lines.splice(i5 + 1, 0, "\\ No newline at end of file");
          i5++;
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
  for (let i5 = 0; i5 < patch2.hunks.length; i5++) {
    const hunk = patch2.hunks[i5];
    const oldStart = hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart;
    const newStart = hunk.newLines === 0 ? hunk.newStart - 1 : hunk.newStart;
    ret.push("@@ -" + oldStart + "," + hunk.oldLines + " +" + newStart + "," + hunk.newLines + " @@");
    for (const line of hunk.lines) {
      ret.push(line);
    }
  }
  return ret.join("\n") + "\n";
}
function createTwoFilesPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options2) {
  if (typeof options2 === "function") {
    options2 = { callback: options2 };
  }
  if (!(options2 === null || options2 === void 0 ? void 0 : options2.callback)) {
    const patchObj = structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options2);
    if (!patchObj) {
      return;
    }
    return formatPatch(patchObj, options2 === null || options2 === void 0 ? void 0 : options2.headerOptions);
  } else {
    const { callback } = options2;
    structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, Object.assign(Object.assign({}, options2), { callback: (patchObj) => {
      if (!patchObj) {
        callback(void 0);
      } else {
        callback(formatPatch(patchObj, options2.headerOptions));
      }
    } }));
  }
}
function splitLines2(text2) {
  const hasTrailingNl = text2.endsWith("\n");
  const result = text2.split("\n").map((line) => line + "\n");
  if (hasTrailingNl) {
    result.pop();
  } else {
    result.push(result.pop().slice(0, -1));
  }
  return result;
}

// src/update/patch-text.ts
function patchText(edits, root) {
  const texts = edits.map(({ file, before, after }) => {
    const name4 = path24.relative(root, file);
    const old = before === void 0 ? "/dev/null" : `a/${name4}`;
    const options2 = { context: 3 };
    const text2 = createTwoFilesPatch(old, `b/${name4}`, before ?? "", after, void 0, void 0, options2);
    return text2.replace(/^=+\n/, "");
  });
  return [...new Set(texts)].join("");
}

// src/update/hashes.ts
async function hashAll({ derivation, pinned: { project, system: builder }, states }, { lockOnly, recompute, skipSecondDerivation }, context) {
  if (lockOnly) return states.map(recordedHash);
  const isDistrusted = recompute || context.verification.isUntrusted;
  const stale = states.filter(({ isCurrent }) => isDistrusted || !isCurrent);
  const own = stale.find(({ pinned: pinned2 }) => pinned2.target.system === builder);
  const nix = own && await hashByNix(derivation, builder, context.run, context.log);
  const native = await nativeHashes(
    project,
    skipSecondDerivation ? stale.filter((one) => one !== own) : stale,
    context
  );
  const other = native.get(builder);
  if (nix !== void 0 && other !== void 0 && nix !== other) throw differ(builder, nix, other);
  return states.map((one) => {
    if (!stale.includes(one)) return recordedHash(one);
    const { system } = one.pinned.target;
    const before = one.pinned.hash;
    const byNix = system === builder ? nix : void 0;
    const how = byNix === void 0 ? "native" : native.has(system) ? "both" : "nix";
    return { system, before, after: byNix ?? native.get(system) ?? before, how };
  });
}
var recordedHash = ({ pinned: { target: target2, hash } }) => ({
  ...{ system: target2.system, before: hash, after: hash },
  how: "recorded"
});
async function nativeHashes(project, states, { native, log }) {
  if (states.length === 0) return /* @__PURE__ */ new Map();
  const systems = states.map(({ pinned: pinned2, artifacts }) => ({ target: pinned2.target, artifacts }));
  return log.group("Hash without Nix", async () => {
    const { hashes, downloaded } = await hashOutputs(systems, project, await native());
    for (const { system, hash, files } of hashes) log.info(`${system}: ${hash}, ${files} wheels`);
    log.info(`${downloaded.files} files downloaded, ${(downloaded.bytes / 1e6).toFixed(1)} MB`);
    return new Map(hashes.map(({ system, hash }) => [system, hash]));
  });
}
function differ(system, nix, native) {
  return new UserError(
    "hashes-differ",
    `Two derivations of the hash for ${system} differ: Nix's build gave ${nix}, this program's own download and NAR ${native}. Nothing was changed. Either the index gives different bytes each time for a file that uv.lock has no hash of, or something on the way changes them; look at 'uv-fod hash' on another machine before you trust either.`
  );
}

// src/nix/code-literals.ts
var BLANK = /(?:\s|#[^\n]*|\/\*[\s\S]*?\*\/)+/y;
var NAME2 = /[A-Za-z_][\w'-]*/y;
var PATH = /[\w.+-]*(?:\/[\w.+-]+)+|[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9%/?:@&=+$,_.!~*'-]+/y;
var FAKE = /^fake(?:Hash|Sha256|Sha512)$/;
function codeLiterals(text2) {
  const reader = new Reader(text2);
  for (let at = 0; at < text2.length; ) {
    const blank = match(BLANK, text2, at);
    const isString2 = isQuote(text2, at);
    const path60 = blank === void 0 && !isString2 ? match(PATH, text2, at) : void 0;
    const name4 = path60 === void 0 ? match(NAME2, text2, at) : void 0;
    if (blank !== void 0) at += blank.length;
    else if (isString2) at = reader.string(at);
    else if (path60 !== void 0) at = reader.path(at, path60);
    else if (name4 !== void 0) at = reader.word(at, name4);
    else at = reader.mark(at);
  }
  return reader.found;
}
var level = (called, kind = "bracket") => ({
  ...{ kind, called, binding: [], pending: 0 }
});
var Reader = class {
  found = [];
  #text;
  #levels = [level()];
  /** The last attribute path or function; its start, and whether a dot follows. */
  #names = [];
  #from = 0;
  #isOpen = false;
  constructor(text2) {
    this.#text = text2;
  }
  string(at) {
    const { end: end2, value } = stringAt(this.#text, at);
    if (value !== void 0 && this.#isOpen) this.#named(value, at);
    else {
      if (value !== void 0) this.#add(at, end2, value);
      this.#names = value === void 0 ? [] : [value];
    }
    return end2;
  }
  path(at, path60) {
    this.#names = [];
    return at + path60.length;
  }
  word(at, name4) {
    const end2 = at + name4.length;
    if (name4 === "let") this.#levels.push(level(void 0, "let"));
    else if (name4 === "in") this.#close("let");
    else if (name4 === "with" || name4 === "assert") this.#top().pending++;
    else {
      this.#named(name4, at);
      if (FAKE.test(name4) && this.#text[end2] !== ".") this.#add(this.#from, end2, "");
    }
    return end2;
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
  #close(kind) {
    if (this.#top().kind !== kind) return false;
    this.#levels.pop();
    return true;
  }
  #named(name4, start2) {
    if (!this.#isOpen) this.#from = start2;
    if (this.#isOpen) this.#names = [...this.#names, name4];
    else if (name4 !== "rec") this.#names = [name4];
    this.#isOpen = false;
  }
  #add(start2, end2, value) {
    const within = this.#levels.flatMap(({ called, binding: binding2 }) => [...called ? [called] : [], ...binding2]);
    this.found.push({ start: start2, end: end2, value, name: this.#top().binding.at(-1), within });
  }
};
function match(pattern, text2, at) {
  pattern.lastIndex = at;
  return pattern.exec(text2)?.[0] || void 0;
}
var isQuote = (text2, at) => text2[at] === '"' || text2.startsWith("''", at);
function stringAt(text2, start2) {
  const isIndented = text2[start2] !== '"';
  const quote = isIndented ? "''" : '"';
  let isPlain2 = !isIndented;
  let value = "";
  for (let at = start2 + quote.length; at < text2.length; ) {
    const read = text2.startsWith("$$", at) ? "$$" : text2[at] ?? "";
    if (isIndented && /^''[$'\\]/.test(text2.slice(at, at + 3))) at += text2[at + 2] === "\\" ? 4 : 3;
    else if (text2.startsWith(quote, at))
      return { end: at + quote.length, value: isPlain2 ? value : void 0 };
    else if (text2.startsWith("${", at)) {
      isPlain2 = false;
      at = endOfInterpolation(text2, at + 2);
    } else if (read === "\\" && !isIndented) {
      value += escapes2[text2[at + 1] ?? ""] ?? text2[at + 1] ?? "";
      at += 2;
    } else {
      value += read;
      at += read.length;
    }
  }
  return { end: text2.length, value: void 0 };
}
var escapes2 = { n: "\n", r: "\r", t: "	" };
function endOfInterpolation(text2, start2) {
  let depth = 1;
  for (let at = start2; at < text2.length; ) {
    if (isQuote(text2, at)) {
      at = stringAt(text2, at).end;
      continue;
    }
    if (text2[at] === "{") depth++;
    if (text2[at] === "}" && --depth === 0) return at + 1;
    at++;
  }
  return text2.length;
}

// src/nix/literal.ts
var gap = String.raw`(?:\s|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*`;
var name2 = String.raw`(?:[A-Za-z_][\w'-]*|"[\w.+-]*")`;
var binding = new RegExp(String.raw`${name2}(?:\.${name2})*${gap}=${gap}`, "y");
var fake = /(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-])/y;
var end = new RegExp(`${gap};`, "y");
function literalAt(text2, position2) {
  const start2 = endOf(binding, text2, offsetOf(text2, position2));
  if (start2 === void 0) return void 0;
  const string = text2[start2] === '"' ? stringAt(text2, start2) : void 0;
  const value = string ? string.value : "";
  const after = string ? string.end : endOf(fake, text2, start2);
  if (value === void 0 || after === void 0 || endOf(end, text2, after) === void 0) return void 0;
  return { start: start2, end: after, value };
}
function endOf(pattern, text2, at) {
  pattern.lastIndex = at;
  return pattern.test(text2) ? pattern.lastIndex : void 0;
}
function offsetOf(text2, { line, column }) {
  const lines = text2.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const bytes = Buffer.from(lines[line - 1] ?? "").subarray(0, column - 1);
  return before + bytes.toString().length;
}
function replaceHash(text2, position2, current2, next) {
  if (!isSri(next)) throw new Error(`not a sha256 in SRI form: ${next}`);
  const literal = literalAt(text2, position2);
  if (literal && (literal.value === "" || literal.value === current2))
    return replaceLiteral(text2, literal, next);
  const { file, line, column } = position2;
  const found2 = literal ? `${nixString(literal.value)}, where Nix evaluated "${current2}"` : "none";
  throw new UserError(
    "hash-literal",
    `${file}:${line}:${column} should bind fetchUvDeps' hash to a string literal, but there is ${found2}. Write hash = "sha256-…"; (or hash = lib.fakeHash;) there, not a variable, so that uv-fod can replace it.`,
    { at: { file, line, column } }
  );
}
function replaceLiteral(text2, { start: start2, end: end2 }, value) {
  return `${text2.slice(0, start2)}${nixString(value)}${text2.slice(end2)}`;
}
function nixString(value) {
  const written = value.replace(/[\\"]/g, "\\$&").replaceAll("${", "\\${").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("	", "\\t");
  return `"${written}"`;
}
var isHashName = (name4) => /(?:hash|sha256|sha512)$/i.test(name4 ?? "");
function isUnsetHash(hash) {
  return /^(?:(?:sha\d+-)?A*=*|0*)$/.test(hash);
}
function lineOf(text2, at) {
  return text2.slice(0, at).split("\n").length;
}

// src/update/dynamic.ts
async function askBackends({ derivation, pinned: { system }, base }, now, { run, log }) {
  const keys = (now.systems[system]?.builds ?? []).filter((key2) => {
    const build3 = now.builds[key2];
    return build3 !== void 0 && isNewSource(build3, ownOf(base?.builds, key2));
  });
  if (keys.length === 0) return /* @__PURE__ */ new Map();
  const answers = await dynamicRequires(derivation, keys, JSON.stringify(now), run, log);
  const found2 = /* @__PURE__ */ new Map();
  for (const [index, file] of answers.entries()) {
    const key2 = keys[index] ?? "";
    const declared2 = new Set((now.builds[key2]?.requires ?? []).map(squeezed));
    const asked2 = (await readAnswer(file, key2)).filter((one) => !declared2.has(squeezed(one)));
    if (asked2.length > 0) found2.set(key2, asked2);
  }
  return found2;
}
var mostAnswer = 1 << 20;
var requirements2 = list(text(1e4), 1e3);
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
var squeezed = (requirement3) => requirement3.replace(/\s+/g, "").toLowerCase();

// src/update/lock-builds.ts
async function lockBuilds(planned, hashes, options2, context) {
  const lock = async (dynamic2) => {
    const made = await computeLock(planned, hashes, options2, context, dynamic2);
    for (const { address: address3, what: what2 } of addressesIn(made)) await context.checkHost?.(address3, what2);
    return made;
  };
  const first4 = await context.log.group("Build lock", async () => {
    const made = await lock();
    context.log.info(
      `${count(made.builds)} to build, with ${count(made.wheels)} wheels as build requirements`
    );
    return made;
  });
  const edits = await editsFor(planned, hashes, first4, context.read);
  if (edits.length === 0) return [];
  context.stop.throwIfAborted();
  const dynamic = await askBackends(planned, first4, context);
  return dynamic.size === 0 ? edits : editsFor(planned, hashes, await lock(dynamic), context.read);
}
var count = (record) => Object.keys(record).length;
async function computeLock({ pinned: pinned2, project, states, before, base, settings: settings3, confirmation }, hashes, { lockOnly }, context, dynamic) {
  const [first4] = pinned2.systems;
  if (!first4)
    throw new UserError("not-uv-fod", "The derivation has a hash for no system; give fetchUvDeps one.");
  const { system: _, ...target2 } = first4.target;
  const systems = states.map(
    ({ target: target3, artifacts, plan }, index) => ({
      target: target3,
      artifacts,
      // Hashes that are not new were not made from anything new.
      plan: lockOnly ? before?.lock.systems[target3.system]?.plan ?? "" : plan,
      hash: hashes[index]?.after ?? ""
    })
  );
  const given = { project, settings: settings3, target: target2, systems, base, confirmation };
  return computeBuildLock(
    { ...given, ...dynamic ? { dynamic: (key2) => dynamic.get(key2) } : {} },
    { ...context, project: pinned2.project }
  );
}
async function editsFor({ states, lockFile, before }, hashes, buildLock, read) {
  const edits = /* @__PURE__ */ new Map();
  for (const [index, { pinned: pinned2 }] of states.entries()) {
    const { before: old, after } = hashes[index] ?? { before: "", after: "" };
    const { file } = pinned2.position;
    if (old === after) continue;
    const text2 = edits.get(file)?.after ?? await read(file);
    if (text2 === void 0)
      throw new UserError("file-missing", `${file}, where the hash stands, can't be read.`);
    edits.set(file, {
      file,
      before: edits.get(file)?.before ?? text2,
      after: replaceHash(text2, pinned2.position, old, after)
    });
  }
  if (!before || !isSame(before, buildLock)) {
    edits.set(lockFile, { file: lockFile, before: before?.text, after: buildLockText(buildLock) });
  }
  return [...edits.values()];
}
var isSame = (written, made) => sameData(written.lock, made) && unexpectedIn(written.text, written.lock) === void 0;

// src/update/update.ts
async function computeUpdate(plan, options2, context) {
  return placed(plan, context, async () => {
    await requireUv(plan, context);
    await checkHosts(plan, context);
    const hashes = await plan.stages.run("hash", () => hashAll(plan, options2, context));
    const edits = await plan.stages.run("build lock", () => lockBuilds(plan, hashes, options2, context));
    return { ...plan, hashes, edits };
  });
}
async function requireUv({ states, base }, { run }) {
  const isNew2 = states.flatMap(({ artifacts }) => artifacts.filter(isBuilt)).some((artifact2) => ownOf(base?.builds, buildKey2(artifact2)) === void 0);
  if (isNew2 && (await run("uv", ["--version"])).code === noSuchProgram) throw toolMissing("uv");
}
async function placed({ derivation, pinned: pinned2 }, { stop }, step) {
  try {
    return await step();
  } catch (error) {
    throw stop.aborted ? error : placedAt(error, pinned2.systems[0]?.position ?? placeOf(derivation).at);
  }
}
async function checkHosts({ states }, { checkHost }) {
  const seen = /* @__PURE__ */ new Set();
  for (const { url, filename, name: name4 } of states.flatMap(({ artifacts }) => artifacts)) {
    if (url === void 0 || seen.has(url)) continue;
    seen.add(url);
    await checkHost?.(url, filename ?? name4);
  }
}

// src/nix/copy-to-cache.ts
async function copyToCache(out, { address: address3, credentials }, run, log) {
  const flags2 = ["--extra-experimental-features", "nix-command"];
  const shown2 = capped(log.info);
  const result = await log.group(
    `Nix: copy to ${address3}`,
    () => run("nix", [...flags2, "copy", "--to", address3, out], {
      env: credentials,
      onLine: shown2.add
    }).finally(shown2.end)
  );
  if (result.code === 0) {
    log.info(`${out} and its closure are in ${address3}`);
    return true;
  }
  log.warning(
    `${out} was built and imported, but could not be copied to ${address3}: ${failureText(result.stderr)}. The run continues without. Check the address, its write permission and the credentials of this step.`
  );
  return false;
}
var names = {
  "s3:": /^AWS_\w+$/,
  "ssh:": /^SSH_AUTH_SOCK$/,
  "ssh-ng:": /^SSH_AUTH_SOCK$/
};
function cacheCredentials(address3, environment) {
  const wanted2 = names[new URL(address3).protocol];
  return Object.fromEntries(
    Object.entries(environment).flatMap(
      ([name4, value]) => value !== void 0 && wanted2?.test(name4) ? [[name4, value]] : []
    )
  );
}

// src/nix/import-check/import-check.ts
import { realpath as realpath3 } from "node:fs/promises";
import path25 from "node:path";
import { fileURLToPath } from "node:url";

// src/nix/import-check/verdict.ts
var most = 1 << 20;
var verdict = having({
  version: oneOf(1),
  results: list(
    having(
      { module: text(most), outcome: oneOf("imported", "failed", "elsewhere", "too-much") },
      { text: text(most), file: text(most) }
    ),
    1e3
  )
});
async function readVerdict(file, modules) {
  try {
    const value = JSON.parse(String(await readBytes(file, most, "refuse")));
    if (verdict(value, "the result") !== void 0) return void 0;
    const { results } = value;
    const failed2 = results.findIndex(({ outcome: outcome2 }) => outcome2 !== "imported");
    const expected = failed2 === -1 ? modules : modules.slice(0, failed2 + 1);
    const isWhole = results.length === expected.length && results.every((one, at) => one.module === expected[at]);
    return isWhole ? results : void 0;
  } catch {
    return void 0;
  }
}

// src/nix/import-check/import-check.ts
var expression = fileURLToPath(new URL("./import-check.nix", import.meta.url));
var mostCharacters = 6e4;
async function checkImports(check2, run, log) {
  const { out, python, system, modules } = check2;
  checkNames(modules);
  if (modules.length === 0) return [];
  const { imports, decides } = await interpretersOf(out, python);
  const given = {
    output: out,
    interpreter: decides,
    python: imports,
    modules: JSON.stringify(modules),
    system
  };
  const args = Object.entries(given).flatMap(([name4, value]) => ["--argstr", name4, value]);
  const result = await nixBuild(
    // Without the folders of the host that nix.conf adds to builds.
    [expression, ...args, ...system.endsWith("-linux") ? ["--option", "sandbox-paths", ""] : []],
    { run, log },
    "Nix: import check, in the sandbox"
  );
  if (result.code !== 0) {
    await checkBuilder("The import check of the output", result, { run, log });
    const names2 = modules.join(", ").slice(0, 200);
    throw failed(
      `The output builds, but 'import ${names2}' can't be checked: ${causeOf(result)}. Fix what the module does when it is imported; what the check printed is in the log.`,
      result.stderr
    );
  }
  const verdict2 = await readVerdict(result.stdout.trim(), modules);
  if (verdict2 === void 0)
    throw failed(
      "The import check left no valid result: something that was imported has changed it. Find out which package does that before anything of this output runs elsewhere."
    );
  return log.group(
    "Import check of the built output",
    async () => verdict2.map((result2) => imported(result2, out, log))
  );
}
function checkNames(names2) {
  const wrong = names2.find((name4) => !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name4));
  if (wrong !== void 0)
    throw failed(
      `'${shortened(JSON.stringify(wrong))}' is not the name of a Python module; correct pythonImportsCheck.`
    );
  if (names2.join().length > mostCharacters)
    throw failed(`pythonImportsCheck has more than ${mostCharacters} characters in all; leave modules out.`);
}
var shortened = (text2) => printable(text2.slice(0, 200));
var failed = (message, log) => new UserError("import-failed", message, log === void 0 ? {} : { log });
function imported({ module, outcome: outcome2, text: text2 = "", file = "" }, out, log) {
  const isInside2 = outcome2 === "imported" && file.startsWith(`${out}/`);
  log.info(`python -I -c "import ${module}" → ${isInside2 ? printable(file) : outcome2}`);
  if (isInside2) return { module, file: printable(file) };
  if (text2 !== "") log.info(text2);
  if (outcome2 === "elsewhere" || outcome2 === "imported")
    throw failed(
      `'${module}' is not a module of the output ${out}: correct pythonImportsCheck, or the lock.`
    );
  const lines = text2.trim().split(/[\r\n]+/);
  const why = outcome2 === "too-much" ? "it prints more than 64 KiB" : shortened(lines.at(-1) ?? "");
  throw failed(
    `The output builds, but 'import ${module}' fails in it: ${why}. Fix the derivation (a missing native library, or a package that the lock lacks), or what the module does when it is imported.`,
    text2
  );
}
async function interpretersOf(out, python) {
  const name4 = `python${python.split(".").slice(0, 2).join(".")}`;
  const imports = path25.join(out, "bin", name4);
  for (const link of [path25.join(out, "libexec", name4), imports]) {
    const real = await realpath3(link).catch(() => void 0);
    if (real !== void 0 && isElsewhereInStore(real, out)) return { imports, decides: real };
  }
  return { imports, decides: imports };
}
var isElsewhereInStore = (file, out) => file.startsWith(`${path25.dirname(out)}/`) && !file.startsWith(`${out}/`);

// src/update/verify.ts
var notBuilt = { out: void 0, imported: [], failed: void 0 };
async function buildAndImport({ derivation, pinned: pinned2, stages }, { run, log }) {
  const { python } = pinned2.systems[0]?.target ?? { python: "3" };
  const out = await stages.run("build", () => build(derivation, run, log));
  const { imports: modules, system } = pinned2;
  const check2 = { out, python, system, modules };
  return { out, imported: await stages.run("import check", () => checkImports(check2, run, log)) };
}
async function verifyUpdate(plan, { pullRequest }, { cacheTo }, context) {
  const { run, log } = context;
  try {
    const built = await buildAndImport(plan, context);
    if (cacheTo === void 0) return { ...built, failed: void 0 };
    const cache = { address: cacheTo, credentials: context.cacheCredentials(cacheTo) };
    const isCached = await plan.stages.run("copy", () => copyToCache(built.out, cache, run, log));
    return { ...built, isCached, failed: void 0 };
  } catch (error) {
    const isFinding = error instanceof UserError && ["build-failed", "import-failed"].includes(error.code);
    if (!isFinding || pullRequest.draft !== "unverified") throw error;
    log.warning(`${error.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`);
    const name4 = error.code === "build-failed" ? "Build" : "Import";
    return { ...notBuilt, failed: { name: name4, result: "failed", detail: error.message } };
  }
}

// src/update/check.ts
async function checkPackages(packages, root, derivationOf, context) {
  const found2 = [];
  for (const one of packages) {
    context.stop.throwIfAborted();
    const { name: name4 } = one;
    if (packages.length > 1) context.log.info(`${name4}:`);
    try {
      const checked = await checkPackage(await derivationOf(one), context);
      found2.push({ name: name4, checked: { ...checked, patch: patchText(checked.edits, root) } });
    } catch (error) {
      if (!(error instanceof UserError) || context.stop.aborted) throw error;
      found2.push({ name: name4, error });
    }
  }
  return found2;
}
function worstOf(checks) {
  return statuses.findLast((status) => checks.some(({ checked }) => checked?.status === status));
}
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
async function checkPackage(derivation, context) {
  const hasNix = (await context.run("nix-instantiate", ["--version"])).code !== noSuchProgram;
  try {
    return await (hasNix ? checkWithNix(derivation, context) : checkWithoutNix(derivation, context));
  } catch (error) {
    const status = error instanceof UserError ? findings[error.code] : void 0;
    if (!(error instanceof UserError) || status === void 0) throw error;
    return {
      ...{ status, message: error.message, at: error.at ?? placeOf(derivation).at },
      ...error.log === void 0 ? {} : { log: error.log },
      ...{ edits: [], hashes: [], warnings: [], notChecked: hasNix ? [] : onlyWithNix }
    };
  }
}
async function checkWithNix(derivation, context) {
  const plan = await planUpdate(derivation, context);
  const update = await computeUpdate(plan, checkOptions, context);
  const { pinned: pinned2, confirmation, edits } = update;
  const at = pinned2.systems[0]?.position ?? placeOf(derivation).at;
  const hashes = update.hashes.map(({ system, before, after }) => ({
    ...{ system, before, after },
    at: pinned2.systems.find(({ target: target2 }) => target2.system === system)?.position
  }));
  const open5 = noDigestText(plan.states.flatMap(({ artifacts }) => artifacts));
  const notVerified2 = [
    ...confirmation.notVerified.map((why) => `In the build lock, ${why}.`),
    ...open5 === void 0 ? [] : [open5]
  ];
  const { warnings, notChecked } = linesOf(plan.lockState);
  const common2 = { at, hashes, edits, warnings };
  if (edits.length > 0)
    return {
      ...common2,
      status: "stale",
      message: staleMessage(update),
      notChecked: [...notChecked, ...notVerified2]
    };
  await buildAndImport(plan, context);
  const systems = hashes.map(({ system }) => system);
  const others = systems.filter((system) => system !== pinned2.system);
  const here = others.length > 0 ? ` on ${pinned2.system}` : "";
  const unbuilt = others.map(
    (system) => `Whether it builds and imports on ${system}: Nix builds for ${pinned2.system} here.`
  );
  return {
    ...{ ...common2, status: "current", notChecked: [...unbuilt, ...notChecked, ...notVerified2] },
    message: `The hash for ${systems.join(" and ")} is what uv.lock asks for; it builds and imports${here}.`
  };
}
function staleMessage({ hashes, lockFile, edits }) {
  const moved = hashes.filter(({ before, after }) => before !== after);
  const needed = moved.map(
    ({ system, before, after }) => `${system} has ${before || "no hash"} and needs ${after}`
  );
  const edit = edits.find(({ file }) => file === lockFile);
  const why = [
    ...moved.length > 0 ? [`The hash is stale: ${needed.join("; ")}.`] : [],
    ...staleLock(lockFile, edit, moved.length > 0)
  ];
  return `${why.join(" ")} Run 'uv-fod update', or apply the patch.`;
}
function staleLock(file, edit, isMoved) {
  if (edit?.before === void 0) return [];
  const [before, after] = [parseBuildLock(edit.before, file), parseBuildLock(edit.after, file)];
  const systems = Object.entries(before.systems).map(([name4, one]) => {
    const { hash, plan } = ownOf(after.systems, name4) ?? one;
    return [name4, { ...one, hash, plan }];
  });
  const compared2 = isMoved ? { ...before, systems: Object.fromEntries(systems) } : before;
  const found2 = differences(edit.before, compared2, after);
  return found2 === "" ? [] : [`${path26.basename(file)} is stale: ${found2}.`];
}

// src/cli/options.ts
import path28 from "node:path";

// src/system/files.ts
import path27 from "node:path";
var MAX_BYTES = 32 * 1024 * 1024;
async function readText2(file) {
  const bytes = await readBytes(file, MAX_BYTES);
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      "file-unreadable",
      `${file} is not text in UTF-8. Name another file, or write it again.`
    );
  }
}
function readTextWithin(roots) {
  return async (file) => {
    const found2 = await Promise.all(roots.map((root) => realPathBelow(root, path27.resolve(file))));
    if (found2.every((one) => one === void 0)) throw outside(roots[0], file);
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

// src/cli/options.ts
function addExamples(command, examples) {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, description]) => `  $ ${line.padEnd(width)}  # ${description}`);
  return command.addHelpText("after", `
Examples:
${lines.join("\n")}`);
}
function addNixOptions(command) {
  const file = new Option(
    "--file <file>",
    'Nix file that has the attribute, or that is one derivation (default: "default.nix")'
  );
  const flake = new Option("--flake <folder>", "folder of the flake.nix that has the attribute");
  return command.addOption(file.conflicts(["flake", "expression"])).addOption(flake.conflicts("expression")).option("--expression <nix>", "Nix expression that has the attribute");
}
var isNixGiven = ({ file, flake, expression: expression2 }) => (file ?? flake ?? expression2) !== void 0;
function nixRoot({ file = "default.nix", flake, expression: expression2 }) {
  if (flake !== void 0) return { kind: "flake", flake };
  if (expression2 !== void 0) return { kind: "expression", expression: expression2 };
  return { kind: "file", file };
}
function withAttributes(texts, options2) {
  const parts = texts.map((text2) => /^([^#]*)#(.*)$/.exec(text2));
  const inFlake = texts.find((_, index) => parts[index]);
  if (inFlake === void 0) return { ...options2, attributes: texts };
  if (isNixGiven(options2))
    throw new UserError(
      "input-invalid",
      `'${inFlake}' names a flake already. Remove --file, --flake and --expression.`
    );
  const [flake, ...others] = new Set(parts.map((part) => part ? part[1] || "." : void 0));
  if (flake === void 0 || others.length > 0)
    throw new UserError(
      "input-invalid",
      `'${texts.join(" ")}' names attributes of several files or flakes. Run the command once for each.`
    );
  return { ...options2, flake, attributes: parts.map((part) => part?.[2] || "default") };
}
var isNamed = (options2) => options2.attributes.length > 0 || isNixGiven(options2);
function addPackageOptions(command) {
  return addNixOptions(
    command.argument(
      "[attribute...]",
      "attributes of derivations, FLAKE#ATTRIBUTE, or names of packages in the configuration (default: all its packages)"
    )
  ).option("--config <file>", 'configuration (default: ".github/uv-fod.toml" of the repository)').option("--verbose", "show the output of the programs that are run").option("--json", "print JSON");
}
function addSelectionOptions(command) {
  return command.option("--project <dir>", "folder of the project or workspace member", ".").option("--lock <file>", "lock to read instead of the project's own").option("--package <name>", "workspace member instead of the folder’s project (repeatable)", collect).option("--all-packages", "every member of the workspace").option("--extra <name>", "extra of the project (repeatable)", collect).option("--group <name>", "dependency group (repeatable)", collect).option("--default-groups", "also the groups that uv sync installs by default");
}
var selectionOf = (options2) => ({
  packages: options2.package ?? [],
  allPackages: options2.allPackages ?? false,
  extras: options2.extra ?? [],
  groups: options2.group ?? [],
  defaultGroups: options2.defaultGroups ?? false
});
var collect = (value, previous = []) => [
  ...previous,
  value
];
async function selectedProject({ project, lock }) {
  const folder = path28.resolve(project);
  try {
    return await loadProject(folder, readText2, {
      ...lock === void 0 ? {} : { lockFile: lock },
      repository: await repositoryOf(folder) ?? null
    });
  } catch (error) {
    if (!(error instanceof UserError && error.code === "lock-missing" && lock === void 0)) throw error;
    throw new UserError(
      "lock-missing",
      `${error.message} If Nix fetches the source, name the fetched folder: --project "$(nix-build --no-out-link -A ATTRIBUTE)", where ATTRIBUTE is the source.`
    );
  }
}

// src/cli/session.ts
import { mkdtemp as mkdtemp5, rm as rm8 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import path30 from "node:path";

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

// src/update/checkout.ts
import path29 from "node:path";
var LISTED = 20;
var DEEPER = 100;
async function openCheckout(dir, run) {
  const git = (...args) => run("git", ["-C", dir, ...args]);
  const [top, at] = [await git("rev-parse", "--show-toplevel"), await git("rev-parse", "HEAD")];
  const failed2 = [top, at].find(({ code: code2 }) => code2 !== 0);
  if (failed2) {
    throw new UserError(
      "no-checkout",
      `'${dir}' is no checked-out git repository (${failed2.stderr.trim().split("\n")[0]}); put actions/checkout before this step.`
    );
  }
  const root = top.stdout.replace(/\n$/, "");
  const isThere = async (commit2) => (await git("rev-parse", "--verify", "--quiet", `${commit2}^{commit}`)).code === 0;
  const fetched = async (commit2) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit2) && !/^0+$/.test(commit2) && (await git("fetch", "--quiet", "--depth=1", "--no-tags", "origin", commit2)).code === 0;
  const has = async (commit2) => await isThere(commit2) || fetched(commit2);
  const head = at.stdout.trim();
  const commitsOf = async (file) => {
    const listed = await git(
      ...["--literal-pathspecs", "log", "--format=%H", `--max-count=${LISTED}`],
      ...["HEAD", "--", path29.relative(root, file)]
    );
    return listed.code === 0 ? listed.stdout.split("\n").filter(Boolean) : [];
  };
  const deepen = once(async () => {
    if ((await git("rev-parse", "--is-shallow-repository")).stdout.trim() !== "true") return false;
    const more = await git("fetch", "--quiet", `--deepen=${DEEPER}`, "--no-tags", "origin", head);
    return more.code === 0;
  });
  return {
    ...{ root, head, has, commitsOf, deepen },
    textAt: async (commit2, file) => {
      if (!await has(commit2)) return void 0;
      const name4 = `${commit2}:${path29.relative(root, file)}`;
      const shown2 = await git("show", "--end-of-options", name4);
      return shown2.code === 0 ? shown2.stdout : void 0;
    }
  };
}
var noCommits = (root) => ({
  ...{ root, head: "", textAt: async () => void 0, has: async () => false },
  ...{ commitsOf: async () => [], deepen: async () => false }
});
async function textInCommit({ root, textAt }, commit2, file) {
  const inside = await realPathBelow(root, file);
  return inside === void 0 ? void 0 : textAt(commit2, path29.join(root, inside));
}

// src/cli/session.ts
function withSession(options2, cli2, body) {
  return withCheckout(
    options2,
    cli2,
    async (context, checkout2) => body(await openSession(options2, context, checkout2))
  );
}
async function withCheckout({ config, verbose = false }, cli2, body) {
  const scratch = await mkdtemp5(path30.join(tmpdir2(), "uv-fod-"));
  try {
    const allowed = async (run) => (await findConfig(config, run)).config?.allowedHosts;
    const context = cli2.context(scratch, verbose, allowed);
    const lack = lackOf(await context.sandbox());
    if (lack !== void 0) context.log.warning(`${lack}: builds can read your files and environment.`);
    return await body(context, await openHere(context.run));
  } finally {
    await rm8(scratch, { recursive: true, force: true });
  }
}
async function openSession(options2, made, checkout2) {
  const { attributes } = options2;
  if (attributes.length === 0 && options2.expression !== void 0)
    throw new UserError("input-invalid", "Name an attribute of the value of --expression.");
  const { file: configFile, config } = await findConfig(options2.config, made.run);
  const context = { ...made, verification: { ...made.verification, ...committed(checkout2) } };
  const known2 = isNixGiven(options2) ? [] : config?.packages ?? [];
  const named = namedPackages(known2, attributes, configFile);
  if (!isNamed(options2) || named.length > 0) {
    if (config === void 0) throw noConfig(configFile, options2.command);
    const groups3 = proposals({ packages: attributes.length === 0 ? config.packages : named });
    const derivationOf2 = async (one) => derivationRef(one.nix, one.attribute, checkout2.root, configFile);
    return { context, checkout: checkout2, root: checkout2.root, config, groups: groups3, derivationOf: derivationOf2 };
  }
  const nix = nixRoot(options2);
  const paths = attributes.length > 0 ? attributes : [nix.kind === "flake" ? "default" : ""];
  const groups2 = proposals({ packages: [...new Set(paths)].map((one) => plainPackage(one, nix)) });
  const root = process.cwd();
  const derivationOf = ({ attribute }) => derivationRefFrom(root, nix, attribute, context.run);
  return { context, checkout: checkout2, root, config: void 0, groups: groups2, derivationOf };
}
function namedPackages(known2, attributes, file) {
  const isNamedBy = (text2) => (one) => text2 === one.name || text2 === one.attribute;
  const named = known2.filter((one) => attributes.some((text2) => isNamedBy(text2)(one)));
  const other = attributes.find((text2) => !known2.some(isNamedBy(text2)));
  if (named.length === 0 || other === void 0) return named;
  const meant = nearest(
    other,
    known2.map(({ name: name4 }) => name4)
  );
  throw new UserError(
    "input-invalid",
    `'${other}' is not in the configuration ${path30.relative(".", file)}, as the other packages are.${meant === void 0 ? "" : ` Did you mean '${meant}'?`} Add it there, or run the command for '${other}' alone.`
  );
}
var committed = (checkout2) => checkout2.head === "" ? {} : { baseText: (file) => textInCommit(checkout2, checkout2.head, file) };
async function findConfig(given, run) {
  const file = path30.resolve(given ?? path30.join(await topFolder(run) ?? ".", ".github/uv-fod.toml"));
  const text2 = await readText2(file);
  if (text2 === void 0 && given !== void 0)
    throw new UserError("config-missing", `The configuration ${given} does not exist. Correct --config.`);
  return { file, config: text2 === void 0 ? void 0 : parseConfig(text2, path30.relative(".", file)) };
}
async function topFolder(run) {
  const { code: code2, stdout } = await run("git", ["rev-parse", "--show-toplevel"]);
  return code2 === 0 ? stdout.trimEnd() : void 0;
}
async function openHere(run) {
  try {
    return await openCheckout(process.cwd(), run);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const root = await topFolder(run) ?? process.cwd();
    return noCommits(root);
  }
}
var noConfig = (file, command) => new UserError(
  "config-missing",
  `The configuration ${path30.relative(".", file)} does not exist. Write it with 'uv-fod init', or name an attribute, as in 'uv-fod ${command} authentik-django'.`
);

// src/cli/check.ts
function registerCheck(program2, cli2) {
  const command = addPackageOptions(program2.command("check")).description("check whether a derivation is up to date with its uv.lock, and change nothing").action(
    (attributes, options2) => runCheck({ ...withAttributes(attributes, options2), command: "check" }, cli2)
  );
  addExamples(command, [
    ["uv-fod check", "all packages of the configuration; the exit code is that of the worst"],
    ["uv-fod check authentik-django", "one attribute of default.nix"],
    ["uv-fod check authentik-django --json", "the same as JSON"]
  ]);
  command.addHelpText(
    "after",
    "\nExit codes: 0 current, 3 stale, 4 not reproducible, 5 cannot fetch, 6 does not build, 7 does not import."
  );
}
async function runCheck(options2, cli2) {
  await withSession(options2, cli2, async ({ context, root, groups: groups2, derivationOf }) => {
    const packages = groups2.flatMap((group) => group.packages);
    const checks = await checkPackages(packages, root, derivationOf, context);
    const status = worstOf(checks);
    const [only2] = checks;
    const isOne = isNamed(options2) && checks.length === 1;
    if (isOne && only2?.error) throw only2.error;
    if (options2.json) {
      const results = checks.map(asJson);
      cli2.stdout(`${jsonText(isOne ? results[0] : { status, results }, 2)}
`);
    } else for (const check2 of checks) cli2.stdout(describe2(check2, isOne ? "" : `${check2.name}: `, cli2));
    const hasFailed = status === void 0 || checks.some(({ error }) => error !== void 0);
    cli2.exit(hasFailed ? FAILED : exitCodes[status]);
  });
}
function asJson({ name: name4, checked, error }) {
  if (error) return { name: name4, ...errorFields(error) };
  const { edits: _, log: __, ...rest } = checked;
  return { name: name4, ...rest };
}
function describe2({ checked, error }, prefix2, cli2) {
  if (error) return `${prefix2}${cli2.paint("bad", "error")}: ${printable(error.message)}
`;
  const { status, message, patch: patch2, warnings, notChecked } = checked;
  const tone = status === "current" ? "good" : status === "stale" ? "warning" : "bad";
  const lines = [`${prefix2}${cli2.paint(tone, status)}: ${message}`, paintDiff(patch2, cli2)];
  lines.push(...warnings.map((one) => `${cli2.paint("warning", "warning")}: ${printable(one)}`));
  lines.push(...notChecked.map((one) => cli2.paint("faint", `not checked: ${one}`)));
  return `${lines.filter((part) => part !== "").join("\n")}
`;
}

// src/uv/plan/scope.ts
function wholeLock(lock) {
  const names2 = new Set([...lock.requirements, ...[...lock.groups.values()].flat()].map((item) => item.name));
  const members = new Set(lock.members);
  for (const item of lock.packages) {
    if (!members.has(item.name) && !(isTree(item.source) && item.source.path === ".")) continue;
    names2.add(item.name);
    for (const list4 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const dependency of list4) names2.add(dependency.package.name);
  }
  return { packages: lock.packages, direct: names2 };
}
function planScope(project, targets) {
  const { lock } = project;
  const packages = /* @__PURE__ */ new Set();
  const direct2 = /* @__PURE__ */ new Set();
  const projects = /* @__PURE__ */ new Set();
  for (const one of targets) {
    const roots = selectRoots(project, one);
    const environment = environmentOf(parseTarget(one));
    const isHere = ({ marker }) => evaluate(marker, environment, () => "either");
    for (const item of reachable(lock, roots, environment)) packages.add(item);
    for (const item of roots.requirements.filter(isHere)) direct2.add(item.name);
    const ofProjects = roots.packages.flatMap(({ package: item, extras }) => {
      projects.add(item);
      return [...item.dependencies, ...extras.flatMap((extra) => item.extras.get(extra) ?? [])];
    });
    const ofGroups = roots.groups.flatMap(({ dependencies }) => dependencies);
    for (const item of [...ofProjects, ...ofGroups].filter(isHere)) direct2.add(item.package.name);
  }
  return { packages: [...packages].filter((item) => !projects.has(item)), direct: direct2 };
}

// src/uv/plan/diff.ts
var PYTHONS = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"];
function usualTargets(lock) {
  const newest = PYTHONS.find(
    (python) => satisfies(`${python}.0`, lock.requiresPython, { prereleases: true })
  );
  return SYSTEMS.map((system) => parseTarget({ system, python: newest ?? "3.14" }));
}
var diffLocks = (before, after, targets = usualTargets(after)) => diffScopes(wholeLock(before), wholeLock(after), targets);
function diffScopes(before, after, targets) {
  const platforms = targets.map((target2) => ({ system: target2.system, rank: tagRank(target2) }));
  const oldByName = Map.groupBy(before.packages, ({ name: name4 }) => name4);
  const nowByName = Map.groupBy(after.packages, ({ name: name4 }) => name4);
  const added = [];
  const removed = [];
  const changed2 = [];
  const hashOnly = [];
  for (const name4 of [.../* @__PURE__ */ new Set([...oldByName.keys(), ...nowByName.keys()])].sort()) {
    const old = oldByName.get(name4) ?? [];
    const now = nowByName.get(name4) ?? [];
    const { direct: direct2 } = now.length > 0 ? after : before;
    const relation = direct2.has(name4) ? "direct" : "transitive";
    const change = () => ({
      name: name4,
      relation,
      before: entries(old, platforms),
      after: entries(now, platforms)
    });
    if (old.length === 0) added.push(change());
    else if (now.length === 0) removed.push(change());
    else if (!sameText(identities(old), identities(now))) changed2.push(change());
    else {
      hashOnly.push(...hashChanges(old, now, relation));
      const offered = change();
      if (!sameText(formTexts(offered.before), formTexts(offered.after))) changed2.push(offered);
    }
  }
  return { added, removed, changed: changed2, hashOnly };
}
function entries(items, platforms) {
  return items.map((item) => {
    const forms = {};
    for (const { system, rank } of platforms) forms[system] = formOf(item, rank);
    return { version: item.version, source: displaySource(item), forms };
  });
}
function formOf(item, rank) {
  if (isTree(item.source)) return "directory";
  if (bestWheel(item.wheels, rank) !== void 0) return "wheel";
  if (item.source.kind === "git") return "git";
  const isWheelFile = (item.source.kind === "url" || item.source.kind === "path") && item.wheels.length > 0;
  const buildable = item.sdist !== void 0 || item.source.kind === "url" || item.source.kind === "path";
  return buildable && !isWheelFile ? "sdist" : "none";
}
function displaySource(item) {
  const { source } = item;
  if (source.kind === "registry" || source.kind === "registry-path") return void 0;
  if (source.kind === "git") return `git ${source.url} ${source.commit}`;
  return `${source.kind} ${source.kind === "url" ? source.url : source.path}`;
}
function identities(items) {
  return items.map((item) => {
    const { kind } = item.source;
    const source = kind === "registry" || kind === "registry-path" ? "" : sourceKey(item.source);
    return `${item.version ?? ""} ${source}`;
  });
}
function formTexts(list4) {
  return list4.map((entry) => JSON.stringify(entry.forms));
}
function sameText(left, right) {
  return left.length === right.length && [...left].sort().join("\n") === [...right].sort().join("\n");
}
function hashChanges(old, now, relation) {
  const files = old.flatMap(filesOf2);
  const byAddress = Map.groupBy(files, ({ address: address3 }) => address3);
  const byIndex = Map.groupBy(files, ({ inIndex }) => inIndex);
  return now.flatMap(
    (item) => filesOf2(item).flatMap(({ address: address3, inIndex, filename, hash: after }) => {
      const same = byAddress.get(address3) ?? byIndex.get(inIndex) ?? [];
      const digests = same.map(({ hash }) => hash);
      if (digests.length === 0 || digests.includes(after)) return [];
      const change = kindOfChange(digests, after);
      const before = digests.find((digest2) => algorithmOf2(digest2) === algorithmOf2(after)) ?? digests[0];
      return [{ name: item.name, relation, version: item.version, filename, change, before, after }];
    })
  );
}
function kindOfChange(before, after) {
  if (after === void 0) return "digest-removed";
  if (before.some((digest2) => algorithmOf2(digest2) === algorithmOf2(after))) return "other-bytes";
  return before.every((digest2) => digest2 === void 0) ? "digest-added" : "other-algorithm";
}
var algorithmOf2 = (digest2) => digest2?.split(":", 1)[0];
function filesOf2(item) {
  const files = item.wheels.map((wheel) => ({ filename: wheel.name.filename, file: wheel }));
  if (item.sdist !== void 0) files.push({ filename: sdistName(item, item.sdist), file: item.sdist });
  return files.map(({ filename, file }) => {
    const inIndex = JSON.stringify([item.version, filename, item.source]);
    return { filename, hash: file.hash, address: file.url ?? inIndex, inIndex };
  });
}
function sdistName(item, sdist) {
  const from = sdist.url ?? sdist.path ?? ("path" in item.source ? item.source.path ?? "" : "");
  const bare3 = from.split(/[?#]/, 1)[0] ?? "";
  return bare3.slice(bare3.lastIndexOf("/") + 1) || `${item.name}.tar.gz`;
}

// src/cli/diff.ts
function registerDiff(program2, cli2) {
  const command = program2.command("diff").description("show what changed between two locks").argument("<old>", "uv.lock before").argument("<new>", "uv.lock after").option("--python <version>", "CPython to select wheels for (default: the newest that the lock supports)").option("--json", "print JSON").action((old, now, options2) => runDiff(old, now, options2, cli2));
  addExamples(command, [
    ["uv-fod diff old.lock uv.lock", "packages that were added, removed and changed"],
    ["uv-fod diff old.lock uv.lock --json", "the same as JSON"]
  ]);
}
async function runDiff(old, now, options2, cli2) {
  const { python } = options2;
  const targets = python === void 0 ? void 0 : SYSTEMS.map((system) => parseTarget({ system, python }));
  const diff = diffLocks(await load2(old), await load2(now), targets);
  cli2.stdout(options2.json ? `${jsonText(diff, 2)}
` : describeDiff(diff));
}
async function load2(file) {
  const text2 = await readText2(file);
  if (text2 === void 0)
    throw new UserError("lock-missing", `There is no file ${file}. Name two uv.lock files.`);
  return parseLock(text2, file);
}
function describeDiff(diff) {
  const rows = [
    ...diff.added.map((change) => ["added", ...describeChange(change)]),
    ...diff.removed.map((change) => ["removed", ...describeChange(change)]),
    ...diff.changed.map((change) => ["changed", ...describeChange(change)]),
    ...diff.hashOnly.map((change) => [
      change.change.replace("-", " "),
      change.name,
      change.version ?? "-",
      change.relation,
      printable(`${change.filename}: ${change.before ?? "none"} → ${change.after ?? "none"}`)
    ])
  ];
  const totals = `${diff.added.length} added, ${diff.removed.length} removed, ${diff.changed.length} changed, ${diff.hashOnly.length} with another digest only`;
  return rows.length === 0 ? "No package changed.\n" : `${formatTable(rows)}
${totals}
`;
}
function describeChange(change) {
  const versions2 = [change.before, change.after].filter((side) => side.length > 0).map(describeVersions);
  return [change.name, printable([...new Set(versions2)].join(" → ")), change.relation, describeForms(change)];
}
function describeVersions(side) {
  return side.map((entry) => [entry.version ?? "(dynamic)", entry.source].filter(Boolean).join(" ")).join(", ");
}
function describeForms(change) {
  const systems = Object.keys((change.after[0] ?? change.before[0])?.forms ?? {});
  return systems.map((system) => {
    const sides = [change.before, change.after].filter((side) => side.length > 0).map(
      (side) => [...new Set(side.map(({ forms }) => forms[system] ?? "none"))].join("/")
    );
    return `${system} ${[...new Set(sides)].join(" → ")}`;
  }).join(", ");
}

// src/cli/hash.ts
import path31 from "node:path";
function registerHash(program2, cli2) {
  const command = addSelectionOptions(program2.command("hash")).description(
    "compute the hash of a lock's fixed-output derivation without Nix, for one or several systems"
  ).option("--build-lock <file>", "uv-fod.lock.json; its target and systems are used").option("--system <system>", "x86_64-linux or aarch64-linux (repeatable)", collect).option("--python <version>", "exact version of CPython, required without --build-lock", exactVersion).option("--libc <kind:version>", "as in fetchUvDeps", "glibc:2.39").option("--json", "print JSON").action((options2) => runHash(options2, cli2));
  addExamples(command, [
    ["uv-fod hash --build-lock uv-fod.lock.json", "for the target of the build lock"],
    ["uv-fod hash --python 3.14.8", "without a build lock"],
    ["uv-fod hash --python 3.14.8 --system x86_64-linux --system aarch64-linux", "two systems in one run"]
  ]);
}
async function runHash(options2, cli2) {
  const { targets, recorded } = await targetsOf(options2);
  const project = await selectedProject(options2);
  const systems = targets.map((target2) => ({
    target: target2,
    artifacts: planProject(project, parseTarget(target2), target2)
  }));
  const result = await hashOutputs(systems, path31.resolve(options2.project), await cli2.hashTools());
  const wheels = systems.flatMap(({ artifacts }) => artifacts).filter(({ kind }) => kind === "wheel");
  const open5 = noDigestText(wheels);
  if (open5 !== void 0) cli2.stderr(`uv-fod: warning: ${open5}
`);
  const json = { ...asJson2(result, recorded), withoutDigest: withoutDigest(wheels).length };
  cli2.stdout(options2.json ? `${jsonText(json, 2)}
` : describe3(result, recorded));
}
async function targetsOf(options2) {
  if (options2.buildLock !== void 0) return targetsOfBuildLock(options2.buildLock, options2.system);
  const { python, libc, system = ["x86_64-linux"] } = options2;
  if (python === void 0)
    throw new UserError(
      "target-missing",
      "The hash depends on the exact version of Python. Set --python, or --build-lock to use its target."
    );
  const targets = [...new Set(system)].map((one) => ({ system: one, python, libc, ...selectionOf(options2) }));
  return { targets, recorded: /* @__PURE__ */ new Map() };
}
var mostBuildLock = 32 << 20;
async function targetsOfBuildLock(file, wanted2) {
  const text2 = (await readBytes(file, mostBuildLock))?.toString();
  if (text2 === void 0)
    throw new UserError("file-missing", `${file} can't be read; 'uv-fod update' creates it.`);
  const { target: target2, systems } = parseBuildLock(text2, file);
  const known2 = Object.keys(systems);
  return {
    targets: [...new Set(wanted2 ?? known2)].map((system) => ({ ...target2, system })),
    recorded: new Map(known2.map((system) => [system, systems[system]?.hash ?? ""]))
  };
}
function asJson2({ hashes, downloaded }, recorded) {
  const systems = hashes.map((hash) => ({ ...hash, recorded: recorded.get(hash.system) ?? null }));
  return { systems, downloaded };
}
function describe3({ hashes }, recorded) {
  return hashes.map(({ system, hash }) => {
    const before = recorded.get(system);
    const note = before === void 0 || before === hash ? "" : `  (the build lock has ${before || "none"})`;
    return `${system}  ${hash}${note}
`;
  }).join("");
}
function exactVersion(text2) {
  if (/^\d+\.\d+\.\d+\S*$/.test(text2)) return text2;
  throw new InvalidArgumentError("an exact version is required, such as 3.14.8.");
}

// src/cli/init/init.ts
import path36 from "node:path";

// src/cli/init/look.ts
import path32 from "node:path";
async function packagesAt(root, given, run, log) {
  if (given) await requireFile(derivationRef(given, "", root));
  const roots = given ? [{ name: rootName(given), nix: given }] : rootsAtTop;
  const [packages, notes] = [[], []];
  for (const { name: name4, nix } of roots) {
    if (!given && await readText2(path32.join(root, name4)) === void 0) continue;
    const looked = await packagesOf(name4, nix, root, run, log);
    notes.push(...looked.notes);
    packages.push(...looked.packages);
  }
  return { packages, notes };
}
var rootsAtTop = [
  { name: "default.nix", nix: { kind: "file", file: "default.nix" } },
  { name: "flake.nix", nix: { kind: "flake", flake: "." } }
];
function rootName(nix) {
  if (nix.kind === "expression") return "the expression";
  return nix.kind === "file" ? nix.file : path32.join(nix.flake, "flake.nix");
}
async function packagesOf(name4, nix, root, run, log) {
  const look = (title, question) => log.group(
    title,
    () => ask(
      derivationRef(nix, "", root),
      { question, shape: seenPackages },
      run
    ).catch(reasonOf2)
  );
  const first4 = await look(`Attributes of ${name4}`, "packagesAtTop");
  if (typeof first4 === "string")
    return { packages: [], notes: [`${name4} can't be evaluated (${first4}). Name the attribute.`] };
  const packages = first4.map((one) => packageOf(nix, one));
  const second = await look(`Attributes of the sets in ${name4}`, "packagesInSets");
  if (typeof second !== "string") {
    packages.push(...second.map((one) => packageOf(nix, one)));
    return { packages, notes: [] };
  }
  const note = `The sets in ${name4} can't be evaluated (${second}). Name the attribute if it is in one.`;
  return { packages, notes: [note] };
}
function reasonOf2(error) {
  if (!(error instanceof UserError)) throw error;
  return error.code === "nix-missing" ? "Nix is not installed" : failureText(error.log ?? error.message);
}
function packageOf(nix, { attribute, version: version3, systems, owner, repo, tag, position: position2 }) {
  return {
    ...{ attribute, nix, systems },
    source: owner && repo ? { owner, repo, tag: tagPattern(tag ?? "", version3) } : void 0,
    hashAt: position2 ?? void 0
  };
}
function tagPattern(tag, version3) {
  return version3 !== "" && tag.includes(version3) ? tag.replace(version3, "{version}") : "v{version}";
}
function eachHashOnce(found2) {
  const packages = [];
  const leftOut2 = [];
  const taken = /* @__PURE__ */ new Map();
  const isDefault = ({ attribute }) => /(?:^|\.)default$/.test(attribute);
  for (const one of [...found2.filter((each) => !isDefault(each)), ...found2.filter(isDefault)]) {
    const { hashAt, ...rest } = one;
    const { attribute } = rest;
    const place2 = hashAt === void 0 ? attribute : `${hashAt.file}:${hashAt.line}:${hashAt.column}`;
    const other = taken.get(place2);
    if (packages.some((each) => each.attribute === attribute))
      leftOut2.push({ attribute, why: "default.nix has the same name" });
    else if (other !== void 0)
      leftOut2.push({ attribute, why: `its hash is written where that of ${other} is, at ${place2}` });
    else {
      taken.set(place2, attribute);
      packages.push(rest);
    }
  }
  return { packages, leftOut: leftOut2 };
}
async function branchOf(root, run) {
  const git = (...args) => run("git", ["-C", root, ...args]);
  const remote = await git("symbolic-ref", "--short", "refs/remotes/origin/HEAD");
  if (remote.code === 0) return remote.stdout.trim().replace(/^origin\//, "");
  const here = await git("symbolic-ref", "--short", "HEAD");
  return here.code === 0 ? here.stdout.trim() : "main";
}
async function locksOf(root, run) {
  const flags2 = ["--cached", "--others", "--exclude-standard", "-z"];
  const listed = await run("git", ["-C", root, "ls-files", ...flags2, "--", "uv.lock", "*/uv.lock"]);
  return [...new Set(listed.stdout.split("\0"))].filter((name4) => name4 !== "").sort();
}

// src/cli/init/workflow.ts
import { readdir as readdir4 } from "node:fs/promises";
import path33 from "node:path";
var uses = { update: "bump", updater: "updater", check: "check", "two-jobs": "two-jobs" };
var workflowFolders = {
  github: ".github/workflows",
  forgejo: ".forgejo/workflows",
  gitea: ".gitea/workflows"
};
var forges = Object.keys(workflowFolders);
async function seeForge(root, run) {
  const folders = [];
  for (const name4 of forges)
    if (await readdir4(path33.join(root, workflowFolders[name4])).catch(() => void 0)) folders.push(name4);
  const own = folders.find((name4) => name4 !== "github");
  if (own !== void 0) return { forge: own, folders };
  const { code: code2, stdout } = await run("git", ["-C", root, "remote", "get-url", "origin"]);
  const isCodeberg = code2 === 0 && /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?codeberg\.org[:/]/.test(stdout);
  return { forge: isCodeberg ? "forgejo" : "github", folders };
}
function usesOn(forge) {
  return Object.keys(uses).filter((use) => forge === "github" || use !== "two-jobs");
}
function exampleFor(forge, use) {
  if (!usesOn(forge).includes(use))
    throw new UserError(
      "use-not-there",
      `There is no workflow for ${use} on ${forge}, because GitHub's Actions for artifacts refuse other servers. Choose another --use, or write one with your server's own Actions (docs/forgejo.md).`
    );
  return `${forge === "github" ? "workflows" : "forgejo"}/${uses[use]}`;
}
function shadowed(forge, { folders }) {
  if (forge === "github" || folders.includes(forge) || folders.length === 0) return void 0;
  const others = folders.map((name4) => workflowFolders[name4]).join(" and ");
  return `${forge} runs only the workflows in ${workflowFolders[forge]} once that folder exists. Move the workflows that it should run there from ${others}.`;
}
var placeholder = { repository: "OWNER/uv-fod", commit: "0".repeat(40) };
function workflowOf(example, {
  forge,
  branch,
  action,
  isFlake = false
}) {
  const name4 = /^# Copy to \.\w+\/workflows\/([\w-]+\.yml)/m.exec(example)?.[1];
  if (name4 === void 0) throw new Error("the example does not say where to copy it to");
  const { repository, commit: commit2 } = placeholder;
  const text2 = (isFlake ? withoutNixPath(example) : example).replace(/^# Copy to [^\n]*\n(?:# [^\n]*\n)*/m, (comment) => seeAlso(comment)).replace(/^ *attribute: .*\n/gm, "").replace(/^ *with:\n(?= *(?:- |$|\n))|^ *with:\n$/gm, "").replace(/^( *branches: )\[main\]$/m, (_, key2) => `${key2}[${branchPattern(branch)}]`).replaceAll(`${repository}@${commit2} # the commit that you reviewed`, () => action).replaceAll(`${repository}/archive/${commit2}`, () => action.replace("@", "/archive/"));
  return { path: `${workflowFolders[forge]}/${name4}`, text: text2 };
}
var withoutNixPath = (example) => example.replace(/^( *# Installs Nix) and sets <nixpkgs>[^\n]*\n *# its own inputs [^\n]*$/m, "$1.").replace(/^ *nix_path: .*\n/gm, "");
function seeAlso(comment) {
  const page = /docs\/[\w-]+\.md(?=\n$)/.exec(comment)?.[0];
  return `# Written by \`uv-fod init\` from an example of uv-fod.${page ? ` How it works: ${page} in its repository.` : ""}
`;
}
function branchPattern(branch) {
  if (/^[A-Za-z_][\w./-]*$/.test(branch)) return branch;
  return `'${branch.replace(/[+!\]]/g, "\\$&").replaceAll("'", "''")}'`;
}
function parseAction(text2) {
  const [, owner = "", commit2] = /^([A-Za-z0-9][\w-]*)\/[\w.-]+@([0-9a-f]{40})$/.exec(text2) ?? [];
  const isPlaceholder = owner.toUpperCase() === "OWNER" || commit2 === placeholder.commit;
  return commit2 === void 0 || isPlaceholder ? void 0 : text2;
}
async function actionOf(given, clone, run) {
  const { action, why } = given === void 0 ? await actionOfClone(clone, run) : { action: given, why: "" };
  if (action !== void 0) return action;
  throw new UserError(
    "action-unknown",
    `No workflow was written, because the commit of uv-fod for it is unknown: ${why}. Set --action OWNER/NAME@COMMIT to your copy of uv-fod and the commit that you reviewed.`
  );
}
async function actionOfClone(clone, run) {
  const git = async (...args) => {
    const { code: code2, stdout } = await run("git", ["-C", clone, ...args]);
    return code2 === 0 ? stdout.trim() : "";
  };
  if (path33.resolve(await git("rev-parse", "--show-toplevel")) !== path33.resolve(clone))
    return { why: `this program runs from ${clone}, which is not a clone of uv-fod` };
  const remote = await git("remote", "get-url", "origin");
  const [, name4] = /^(?:https:\/\/(?:[^@/]*@)?|(?:ssh:\/\/)?git@)github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(
    remote
  ) ?? [];
  if (name4 === void 0)
    return { why: `the remote 'origin' of the clone ${clone} is not a repository on GitHub` };
  const head = await git("rev-parse", "HEAD");
  const places = ["refs/remotes/origin", "refs/tags"];
  if (await git("for-each-ref", "--count=1", "--contains=HEAD", ...places) === "")
    return {
      why: `HEAD of the clone ${clone}, ${head.slice(0, 7)}, is on no branch of origin and in no tag; push or check out one that is`
    };
  const action = parseAction(`${name4}@${head}`);
  return { action, why: `${name4} is a placeholder, not your copy` };
}

// src/cli/init/decide.ts
var configPath = ".github/uv-fod.toml";
async function decide(found2, options2, ask2) {
  const { given } = found2;
  const searched = given ? rootName(given) : "default.nix or flake.nix at the top of this repository";
  if (found2.packages.length === 0)
    throw new UserError(
      "attribute-unknown",
      `No attribute with uvDeps was found in ${searched}. Name one, as in 'uv-fod init authentik-django' (with --file, --flake or --expression if it is elsewhere); docs/nix.md shows how to write the derivation.`
    );
  const forge = options2.forge ?? found2.forge;
  const use = options2.use ?? (ask2 ? await askUse(ask2, forge) : "update");
  const packages = [];
  for (const one of found2.packages) packages.push({ ...one, releases: await releasesOf(one, use, ask2) });
  return { use, forge, packages };
}
var described = {
  update: "a bump: update the hash by pull request when uv.lock or a version changes",
  updater: "the updater: look for new releases once a day",
  check: "a status check: check the hash on pull requests",
  "two-jobs": "a bump in two jobs: build without a token"
};
var askUse = (ask2, forge) => ask2.choose(
  "What is the workflow for?",
  usesOn(forge).map((value) => ({ value, name: described[value] }))
);
async function releasesOf({ attribute, source }, use, ask2) {
  if (source) return { github: `${source.owner}/${source.repo}`, tag: source.tag };
  if (use !== "updater" || !ask2) return void 0;
  const github = await ask2.text(
    `GitHub repository of the releases of ${attribute} (owner/name; empty if it has none)`,
    "",
    (answer) => answer === "" || isHubName(answer) ? void 0 : "Write owner/name, or nothing."
  );
  if (github === "") return void 0;
  return { github, tag: await ask2.text("Pattern of its tags", "v{version}") };
}
function configText(packages, use) {
  const head = use === "updater" ? "The configuration of the updater, .github/uv-fod.toml: each package, and where its releases are." : "The packages that uv-fod keeps up to date. All keys: docs/configuration.md in its repository.";
  return `# ${head}
${packages.map(packageText).join("\n")}`;
}
function packageText({ attribute, nix, group, releases }) {
  const lines = ["[[package]]", stringify({ attribute }).trimEnd()];
  const { kind, ...from } = nix;
  const [[key2, value] = ["", ""]] = Object.entries(from);
  if (value !== "default.nix") lines.push(`nix = { ${stringify({ [key2]: value }).trimEnd()} }`);
  if (group !== void 0) lines.push(stringify({ group }).trimEnd());
  if (releases) lines.push("", "[package.releases]", stringify(releases).trimEnd());
  return `${lines.join("\n")}
`;
}

// src/cli/init/describe.ts
function describe4(result, cli2) {
  const { write: write2, dryRun: dryRun2 } = result;
  const lines = [...foundLines(result, cli2), ...keptLines(result)];
  if (dryRun2) {
    lines.push(...write2.map(({ path: name4 }) => `would write ${name4}`));
    const edits = write2.map(({ path: name4, before, text: text2 }) => ({ file: `/${name4}`, before, after: text2 }));
    return `${lines.join("\n")}
${paintDiff(patchText(edits, "/"), cli2)}`;
  }
  lines.push(...write2.map(({ path: name4 }) => `wrote ${cli2.paint("good", name4)}`));
  return `${[...lines, "", "Next:", ...nextLines(result)].join("\n")}
`;
}
function foundLines({ packages, leftOut: leftOut2, locks, kept }, cli2) {
  const lines = packages.map(
    ({ attribute, systems }) => `${cli2.paint("heading", attribute)}${systems.length > 0 ? ` for ${systems.join(" and ")}` : ""}`
  );
  lines.push(
    ...leftOut2.map(({ attribute, why }) => `left out ${attribute}: ${why}`),
    locks.length > 0 ? `locks: ${locks.join(", ")}` : "no uv.lock in the repository: it is in a fetched source, or create it with `uv lock`"
  );
  const grouped = packages.filter(({ group }) => group !== void 0 && !kept.includes(configPath));
  for (const [group = "", members] of Map.groupBy(grouped, (one) => one.group))
    lines.push(
      `group ${group}: ${members.map(({ attribute }) => attribute).join(", ")} have one uv.lock, so one pull request (--no-group: one each)`
    );
  return lines;
}
function keptLines({ kept, missing }) {
  const lines = kept.map((name4) => `kept ${name4}`);
  if (missing.length === 0) return lines;
  const names2 = missing.map(({ attribute }) => attribute).join(", ");
  const text2 = missing.map((one) => packageText(one).trimEnd()).join("\n\n");
  const what2 = missing.length > 1 ? "are not in it. Add them" : "is not in it. Add it";
  return [...lines, `${names2} ${what2} to ${configPath}:`, "", text2, ""];
}
function nextLines({ use, forge, packages, missing, kept, stale, action }) {
  const lines = [];
  const isKept = kept.includes(configPath);
  if (missing.length > 0) lines.push(`  - add to ${configPath} what is listed above`);
  if (use === "updater" && !isKept && packages.some(({ releases }) => !releases))
    lines.push(`  - set in ${configPath} where the releases are (docs/configuration.md)`);
  if (use === "updater" && !isKept)
    lines.push(
      "  - if the version or the source's hash is in another file than the package, name it there: version-files, source-hash (docs/configuration.md)"
    );
  if (stale.length > 0) {
    const locks = stale.length > 1 ? "build locks" : "build lock";
    lines.push(`  - run \`uv-fod update\`, which fills in the hashes and writes the ${locks}`);
  }
  lines.push(`  - review uv-fod at ${action}, commit all of it, and push`);
  if (forge === "github" && use !== "check")
    lines.push(
      "  - once: Settings → Actions → General → Allow GitHub Actions to create and approve pull requests"
    );
  return lines;
}

// src/cli/init/files.ts
import { mkdir as mkdir4, writeFile as writeFile4 } from "node:fs/promises";
import path34 from "node:path";
async function planFiles(files, root, force) {
  const [write2, kept] = [[], []];
  for (const file of files) {
    const before = await readText2(path34.join(root, file.path));
    const isKept = before === file.text || !force && before !== void 0 && file.path === configPath;
    if (isKept) kept.push(file.path);
    else if (before === void 0 || force) write2.push({ ...file, before });
    else
      throw new UserError(
        "file-exists",
        `${file.path} exists with other content, so nothing was written. See what would change with --dry-run --force, overwrite it with --force, or choose another --use.`
      );
  }
  return { write: write2, kept };
}
async function packagesIn(root) {
  const text2 = await readText2(path34.join(root, configPath)) ?? "";
  return new Map(parseConfig(text2, configPath).packages.map(({ attribute, group }) => [attribute, group]));
}
async function writeAll(files, root) {
  for (const { path: name4, text: text2 } of files) {
    const file = path34.join(root, name4);
    await mkdir4(path34.dirname(file), { recursive: true });
    await writeFile4(file, text2);
  }
}

// src/cli/init/try.ts
import path35 from "node:path";
async function tryPackages(packages, root, context, warn) {
  const tried = [];
  for (const { nix, attribute } of packages) {
    const derivation = derivationRef(nix, attribute, root, path35.join(root, configPath));
    try {
      const pinned2 = await evaluate2(derivation, context.run, context.log);
      tried.push({ name: attribute, derivation, pinned: pinned2, ...await lockOf({ derivation, pinned: pinned2 }, context) });
    } catch (error) {
      const isOther = error instanceof UserError && ["nix-missing", "source-unreachable"].includes(error.code);
      if (!isOther) throw error;
      warn(`${attribute} was not tried: ${error.message}`);
    }
  }
  return tried;
}
async function lockOf({ derivation, pinned: pinned2 }, context) {
  let uvLock;
  try {
    const project = await loadInside(pinned2.project, context);
    uvLock = project.lockFile;
    const file = lockFileOf(derivation, pinned2);
    const text2 = await context.read(file);
    const states = text2 === void 0 ? [] : compareSystems(project, pinned2, parseBuildLock(text2, file));
    return { uvLock, isCurrent: states.length > 0 && states.every((one) => one.isCurrent) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { uvLock, isCurrent: false };
  }
}
function groupsOf(tried, root) {
  const groups2 = /* @__PURE__ */ new Map();
  const taken = new Set(tried.map(({ name: name4 }) => name4));
  for (const [uvLock, members] of Map.groupBy(tried, (one) => one.uvLock)) {
    if (uvLock === void 0 || members.length < 2) continue;
    const name4 = freeName(groupName(uvLock, root), taken);
    taken.add(name4);
    for (const one of members) groups2.set(one.name, name4);
  }
  return groups2;
}
function groupName(uvLock, root) {
  const folder = pathBelow(root, path35.dirname(uvLock)) ?? "";
  const name4 = path35.basename(folder).replace(/[^A-Za-z0-9_-]+/g, "-");
  return /^[A-Za-z0-9]/.test(name4) ? name4.slice(0, 80) : "workspace";
}
function freeName(wanted2, taken) {
  let name4 = wanted2;
  for (let count2 = 2; taken.has(name4); count2++) name4 = `${wanted2}-${count2}`;
  return name4;
}
function missingIn(known2, packages, tried) {
  const uvLockOf = (attribute) => tried.find(({ name: name4 }) => name4 === attribute)?.uvLock;
  return packages.filter(({ attribute }) => !known2.has(attribute)).map((one) => {
    const uvLock = uvLockOf(one.attribute);
    const other = tried.find(({ name: name4 }) => known2.get(name4) !== void 0 && uvLockOf(name4) === uvLock);
    return { ...one, group: uvLock === void 0 || !other ? void 0 : known2.get(other.name) };
  });
}

// src/cli/init/init.ts
function registerInit(program2, cli2) {
  const use = new Option("--use <use>", "purpose of the workflow");
  const forge = new Option("--forge <forge>", "forge of the repository (default: detected)");
  const command = addNixOptions(program2.command("init")).description("write .github/uv-fod.toml and a workflow for this repository").argument(
    "[attribute]",
    "attribute of the derivation (default: all that evaluation finds)",
    attributePath
  ).addOption(use.choices(Object.keys(uses))).addOption(forge.choices(Object.keys(workflowFolders))).option(
    "--action <owner/name@commit>",
    "your copy of uv-fod on GitHub, and the commit that you reviewed (default: those of the clone that this program runs from)",
    actionAt
  ).option("--no-group", "a pull request for each package, also for those over one uv.lock").option("--yes", "do not ask").option("--force", "overwrite existing files").option("--dry-run", "print what would be written as a diff, and write nothing").option("--verbose", "show the output of the programs that are run").option("--json", "print JSON; do not ask").action(
    (attribute, options2) => runInit(oneAttribute(attribute, options2), cli2)
  );
  addExamples(command, [
    ["uv-fod init --dry-run", "show what would be written"],
    ["uv-fod init --yes", "the workflow for bumps, for all packages found"],
    ["uv-fod init authentik-django --use check --yes", "the status check for one attribute"],
    ["uv-fod init --forge forgejo --dry-run", "the same in .forgejo/workflows"]
  ]);
}
function oneAttribute(text2, options2) {
  const { attributes, ...rest } = withAttributes(text2 === void 0 ? [] : [text2], options2);
  return { ...rest, attribute: attributes[0] };
}
function attributePath(text2) {
  if (isRootAttribute(text2.replace(/^[^#]*#(?=.)/, ""))) return text2;
  throw new InvalidArgumentError(`it takes ${rootAttributeText}.`);
}
function actionAt(text2) {
  const action = parseAction(text2);
  if (action !== void 0) return action;
  throw new InvalidArgumentError(
    "it takes owner/name@commit, with a full commit of 40 digits (a tag can be moved) and your own owner."
  );
}
function runInit(options2, cli2) {
  return withCheckout(options2, cli2, async (context, { root }) => {
    const { run, log } = context;
    const warn = (text3) => cli2.stderr(`uv-fod: warning: ${text3}
`);
    const action = await actionOf(options2.action, cli2.clone, run);
    const given = isNixGiven(options2) ? fromTop(nixRoot(options2), root) : void 0;
    const found2 = await packagesAt(root, given, run, log);
    if (options2.attribute === void 0) for (const note of found2.notes) warn(note);
    const { packages, leftOut: leftOut2 } = options2.attribute === void 0 ? eachHashOnce(found2.packages) : { packages: [namedPackage(options2, options2.attribute, found2.packages, root)], leftOut: [] };
    const seen = await seeForge(root, run);
    const ask2 = options2.yes || options2.json ? void 0 : cli2.ask;
    const decided = await decide({ forge: seen.forge, packages, given }, options2, ask2);
    const { use, forge } = decided;
    const warning = shadowed(forge, seen);
    if (warning !== void 0) warn(warning);
    const example = await cli2.example(exampleFor(forge, use));
    const isFlake = decided.packages.every(({ nix }) => nix.kind === "flake");
    const branch = await branchOf(root, run);
    const workflow = workflowOf(example, { forge, branch, action, isFlake });
    const text2 = configText(decided.packages, use);
    const tried = await tryPackages(parseConfig(text2, configPath).packages, root, context, warn);
    const groups2 = options2.group ? groupsOf(tried, root) : /* @__PURE__ */ new Map();
    const chosen = decided.packages.map((one) => ({ ...one, group: groups2.get(one.attribute) }));
    const config = { path: configPath, text: configText(chosen, use) };
    const plan = await planFiles([config, workflow], root, options2.force ?? false);
    const known2 = plan.kept.includes(configPath) ? await packagesIn(root) : void 0;
    const configured = tried.filter(({ name: name4 }) => known2?.has(name4) ?? true);
    refuseSharedLocks(configured);
    const { dryRun: dryRun2 = false } = options2;
    if (!dryRun2) await writeAll(plan.write, root);
    const result = {
      ...{ use, forge, packages: chosen, leftOut: leftOut2, action, dryRun: dryRun2, ...plan },
      missing: known2 ? missingIn(known2, decided.packages, tried) : [],
      stale: configured.filter(({ isCurrent }) => !isCurrent).map(({ name: name4 }) => name4),
      locks: await locksOf(root, run)
    };
    cli2.stdout(options2.json ? `${jsonText(result, 2)}
` : describe4(result, cli2));
  });
}
function namedPackage(options2, attribute, found2, root) {
  const known2 = found2.find((one) => one.attribute === attribute);
  if (known2) {
    const { hashAt: _, ...rest } = known2;
    return rest;
  }
  return { attribute, nix: fromTop(nixRoot(options2), root), systems: [], source: void 0 };
}
function fromTop(nix, root) {
  if (nix.kind === "file") return { kind: "file", file: path36.relative(root, path36.resolve(nix.file)) };
  if (nix.kind === "flake")
    return { kind: "flake", flake: path36.relative(root, path36.resolve(nix.flake)) || "." };
  return nix;
}

// src/cli/plan.ts
function registerPlan(program2, cli2) {
  const command = addSelectionOptions(program2.command("plan")).description("list the artifacts that a uv.lock selects for a target").option("--python <version>", "CPython, such as 3.14 (which means 3.14.0) or 3.14.8", "3.14").addOption(
    new Option("--system <system>", "system to install for").choices(["x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin"]).default("x86_64-linux")
  ).option("--libc <kind:version>", "glibc:2.39, musl:1.2 or macos:14.0 (default: glibc:2.39; macos:14.0)").option("--json", "print JSON").action((options2) => runPlan(options2, cli2));
  addExamples(command, [
    ["uv-fod plan", "the project in this folder, for Python 3.14 on x86_64-linux"],
    ["uv-fod plan --system aarch64-linux --python 3.14.8", "for another system, and an exact Python"],
    ["uv-fod plan --default-groups --json", "with the groups that uv sync installs, as JSON"]
  ]);
}
async function runPlan(options2, cli2) {
  const target2 = parseTarget(options2);
  const project = await selectedProject(options2);
  const selection = selectionOf(options2);
  const artifacts = planProject(project, target2, selection);
  for (const warning of planWarnings(project, target2, selection)) cli2.stderr(`uv-fod: warning: ${warning}
`);
  const open5 = noDigestText(artifacts);
  if (open5 !== void 0) cli2.stderr(`uv-fod: warning: ${open5}
`);
  const json = { artifacts, withoutDigest: withoutDigest(artifacts).length };
  cli2.stdout(options2.json ? `${jsonText(json, 2)}
` : describePlan(artifacts, cli2));
}
function describePlan(artifacts, { paint }) {
  const header = ["NAME", "VERSION", "KIND", "SIZE", "ARTIFACT"];
  const rows = artifacts.map((artifact2) => [
    artifact2.name,
    artifact2.version ?? "-",
    artifact2.kind,
    artifact2.size === void 0 ? "-" : megabytes2(artifact2.size),
    printable(what(artifact2))
  ]);
  const count2 = (kind, one, many2) => {
    const found2 = artifacts.filter((artifact2) => artifact2.kind === kind).length;
    return `${found2} ${found2 === 1 ? one : many2}`;
  };
  const bytes = artifacts.reduce((sum, artifact2) => sum + (artifact2.size ?? 0), 0);
  const unknown = artifacts.filter(
    ({ kind, size }) => (kind === "wheel" || kind === "sdist") && size === void 0
  ).length;
  const note = unknown === 0 ? "" : ` and ${unknown} of unknown size`;
  const totals = [
    count2("wheel", "wheel", "wheels"),
    count2("sdist", "sdist", "sdists"),
    `${artifacts.filter(({ kind }) => kind === "git").length} git`,
    count2("directory", "directory", "directories"),
    `${megabytes2(bytes)}${note}`
  ];
  const [first4 = "", ...lines] = formatTable([header, ...rows]).split("\n");
  return `${[paint("heading", first4), ...lines].join("\n")}
${totals.join(", ")}
`;
}
function what(artifact2) {
  if (artifact2.kind === "git") return `${artifact2.url ?? ""}@${artifact2.commit ?? ""}`;
  return artifact2.filename ?? artifact2.path ?? artifact2.url ?? "";
}
function megabytes2(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

// src/cli/update.ts
import path43 from "node:path";

// src/release/index-page.ts
async function indexReleases(index, name4, fetchText) {
  if (index === void 0) throw noIndex(name4);
  const project = normalizeName(name4) ?? name4;
  const url = `${index.replace(/\/+$/, "")}/${project}/`;
  const { status, contentType, text: text2 } = await fetchText(url, { accept: JSON_TYPE });
  if (status === 404)
    throw new UserError(
      "releases-not-found",
      `The index has no package '${name4}' (${hostOf2(url)}). Correct 'pypi' under 'releases', or name another 'index', in the configuration.`
    );
  if (status !== 200 || !contentType.startsWith(JSON_TYPE))
    throw new UserError(
      "releases-unreachable",
      `The index at ${hostOf2(url)} answered for '${name4}' with status ${status} and ${contentType || "no type"}, not with JSON of its Simple API (PEP 691). Name an index that has it as 'index' in the configuration, or run this again later.`
    );
  return versionsOf(parse5(text2, url), project);
}
function chooseIndex(...settings3) {
  return settings3.find((url) => url !== void 0 && /^https?:\/\//.test(url) && URL.canParse(url));
}
function parse5(text2, url) {
  const files = filesOfPage(text2);
  if (files) return files;
  throw new UserError(
    "releases-unreachable",
    `What the index at ${hostOf2(url)} answered is not the JSON of its Simple API (PEP 691). Run this again later, or name another 'index' in the configuration.`
  );
}
function versionsOf(files, project) {
  const dates = /* @__PURE__ */ new Map();
  for (const { filename, yanked, "upload-time": uploaded } of files) {
    const version3 = typeof filename === "string" ? versionIn(filename, project) : void 0;
    if (version3 === void 0 || yanked !== void 0 && yanked !== false) continue;
    const time = typeof uploaded === "string" ? Date.parse(uploaded) : Number.NaN;
    const known2 = dates.has(version3) ? dates.get(version3) : 0;
    dates.set(version3, known2 === void 0 || Number.isNaN(time) ? void 0 : Math.max(known2, time));
  }
  return [...dates].map(([version3, date2]) => ({ version: version3, ...date2 === void 0 ? {} : { date: date2 } }));
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
function noIndex(name4) {
  return new UserError(
    "index-unknown",
    `Nothing says which package index to ask for '${name4}'. Set 'index' in the configuration to its address, or UV_DEFAULT_INDEX in the environment, as uv reads it.`
  );
}

// src/bump/facts.ts
function packageFacts2(derivation, run) {
  return ask(derivation, { question: "packageFacts", shape: packageFacts }, run);
}
function sourceFacts(derivation, run) {
  return ask(derivation, { question: "sources", shape: sources }, run);
}
function outputFacts2(derivation, path60, run) {
  const question = { question: "outputFacts", given: { path: path60 }, shape: outputFacts, writes: true };
  return ask(derivation, question, run);
}
function stringFacts2(derivation, path60, run) {
  return ask(derivation, { question: "stringFacts", given: { path: path60 }, shape: stringFacts }, run);
}

// src/bump/fixed-output.ts
import path39 from "node:path";

// src/bump/differences.ts
import { lstat as lstat3, open as open3, readdir as readdir5, readlink as readlink2 } from "node:fs/promises";
import path37 from "node:path";
var MAX_FOUND = 200;
var CHUNK = 1 << 20;
async function differences2(first4, second) {
  const found2 = [];
  const open5 = [""];
  for (let at = open5.pop(); at !== void 0 && found2.length < MAX_FOUND; at = open5.pop()) {
    const [left, right] = [path37.join(first4, at), path37.join(second, at)];
    const how = await differ2(left, right);
    if (how !== void 0) found2.push({ path: at, how });
    else if ((await lstat3(left)).isDirectory()) {
      const names2 = /* @__PURE__ */ new Set([...await readdir5(left), ...await readdir5(right)]);
      open5.push(
        ...[...names2].sort().reverse().map((name4) => path37.join(at, name4))
      );
    }
  }
  return found2.sort((a3, b) => a3.path < b.path ? -1 : 1);
}
async function differ2(left, right) {
  const [one, other] = await Promise.all([left, right].map((file) => lstat3(file).catch(() => void 0)));
  if (!one || !other) return one ? "only in the first" : "only in the second";
  if (one.isFile() !== other.isFile() || one.isDirectory() !== other.isDirectory()) return "other kind";
  if (one.isSymbolicLink())
    return await readlink2(left) === await readlink2(right) ? void 0 : "other target";
  if (!one.isFile()) return void 0;
  if (one.size !== other.size) return "other size";
  if ((one.mode & 64) !== (other.mode & 64)) return "other x bit";
  return await sameBytes(left, right) ? void 0 : "other bytes";
}
async function sameBytes(left, right) {
  var _stack = [];
  try {
    const one = __using(_stack, await open3(left), true);
    const other = __using(_stack, await open3(right), true);
    const [a3, b] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
    for (; ; ) {
      const [{ bytesRead: read }, { bytesRead: same }] = await Promise.all([one.read(a3), other.read(b)]);
      if (read !== same || !a3.subarray(0, read).equals(b.subarray(0, same))) return false;
      if (read === 0) return true;
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}

// src/bump/place.ts
import path38 from "node:path";

// src/bump/json.ts
var STRING = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/g;
function jsonStringAt(text2, pointer) {
  JSON.parse(text2);
  const strings2 = [];
  const numbered = text2.replace(STRING, (whole2, string, colon, start2) => {
    if (colon !== void 0) return whole2;
    strings2.push({ start: start2, end: start2 + string.length, value: JSON.parse(string) });
    return `"${strings2.length - 1}"`;
  });
  let found2 = JSON.parse(numbered);
  for (const token of pointer.split("/").slice(1))
    found2 = member(found2, token.replaceAll("~1", "/").replaceAll("~0", "~"));
  return typeof found2 === "string" ? strings2[Number(found2)] : void 0;
}
function member(value, name4) {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(name4) ? value[Number(name4)] : void 0;
  const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, name4);
  return isThere ? value[name4] : void 0;
}

// src/bump/place.ts
var MAX_PLACES = 24;
async function replaceSeen({ what: what2, key: key2 }, places, value, seen) {
  for (const place2 of places.slice(0, MAX_PLACES)) {
    await place2.replace(value);
    const now = await seen().catch(ifUserError);
    if (now !== void 0) return { place: place2, now };
    await place2.restore();
  }
  const isHash = key2 !== "version-files";
  const { file, line } = places[0] ?? { file: "", line: 0 };
  throw new UserError(
    isHash ? "hash-not-seen" : "version-not-seen",
    `${file}:${line} has ${what2}, but when it is changed there, Nix does not see it: the value comes from another place, or is put together. Name that place under '${key2}' in the configuration.`,
    { at: { file, line } }
  );
}
function ifUserError(error) {
  if (!(error instanceof UserError)) throw error;
}
async function placesOf(sought, { root, edits }) {
  const { what: what2, value, positions, files, key: key2 } = sought;
  const isUnset = key2 !== "version-files" && isUnsetHash(value);
  const isIt = (one) => isUnset ? isUnsetHash(one.value) : one.value === value;
  const all = [...files, ...positions.map((position2) => position2?.file)];
  const inside = [...new Set(all)].filter(
    (file) => typeof file === "string" && pathBelow(root, file) !== void 0
  );
  const [bound, others] = [[], []];
  for (const file of inside) {
    const text2 = await edits.read(file);
    const place2 = (literal) => placeOf2(file, text2, literal, nixString, edits);
    for (const position2 of positions) {
      const literal = position2?.file === file ? literalAt(text2, position2) : void 0;
      if (literal && isIt(literal)) bound.push(place2(literal));
    }
    const named = codeLiterals(text2).filter(({ name: name4 }) => !isUnset || isHashName(name4));
    others.push(...named.filter(isIt).map(place2));
  }
  if (bound.length + others.length > 0) return [...bound, ...others];
  const searched = inside.map((file) => path38.relative(root, file)).join(", ");
  throw new UserError(
    "literal-missing",
    `${what2}, "${value}", is not written as a string in ${searched || "a file of this repository"}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration: ${entryFor(sought)}.`
  );
}
function entryFor({ key: key2, attribute }) {
  const output = `{ attribute = "${attribute}", file = "…" }`;
  if (key2 === "source-hash") return `${key2} = ${output}`;
  return `${key2} = [${key2 === "also" ? output : '{ file = "…", pattern = "… {version} …" }'}]`;
}
async function jsonPlace(file, pointer, { what: what2, value }, edits) {
  const text2 = await edits.read(file);
  const found2 = jsonString(file, text2, pointer);
  if (found2?.value === value) return placeOf2(file, text2, found2, JSON.stringify, edits);
  throw new UserError(
    "literal-missing",
    `${file} should have ${what2}, '${value}', at ${pointer}, but there is ${found2 ? `'${found2.value.slice(0, 100)}'` : "no string"}. Correct the pointer in the configuration, or the file.`,
    { at: { file } }
  );
}
function jsonString(file, text2, pointer) {
  try {
    return jsonStringAt(text2, pointer);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError("json-syntax", `${file} is not valid JSON: ${error.message}. Fix it.`, {
      at: { file },
      cause: error
    });
  }
}
var placeOf2 = (file, text2, { start: start2, end: end2 }, written, edits) => ({
  file,
  line: lineOf(text2, start2),
  replace: (value) => edits.write(file, text2.slice(0, start2) + written(value) + text2.slice(end2)),
  restore: () => edits.write(file, text2)
});

// src/bump/fixed-output.ts
var SHOWN3 = 12;
async function bumpOutput(output, context) {
  const { attribute } = output;
  const { derivation, run, log } = context;
  const facts = await outputFacts2(derivation, attribute, run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      "not-fixed-output",
      `'${attribute}' of '${derivation.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`
    );
  const { place: place2, fake: fake2 } = await withFake(output, facts, before, context);
  const fod = {
    what: `'${attribute}' of '${derivation.attribute}'`,
    under: async (hash) => {
      await place2.replace(hash);
      return outputFacts2(derivation, attribute, run);
    },
    explain: (result) => outOfOrder(attribute, result)
  };
  const { hash: after, ...first4 } = await hashFromScratch(fod, fake2, context);
  await runAgain(attribute, fod, { hash: after, ...first4 }, context);
  log.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || "(none)"} → ${after}`}; a second run gave the same`
  );
  return { attribute, before, after, file: place2.file, line: place2.line };
}
async function withFake({ attribute, file, pointer, key: key2 }, { algorithm, positions, file: own }, value, context) {
  const { derivation, run, root, files, edits } = context;
  const named = file === void 0 ? void 0 : path39.join(root, file);
  const sought = {
    ...{ what: `the hash of '${attribute}'`, value, key: key2, attribute },
    positions: positions.filter((position2) => named === void 0 || position2.file === named),
    files: named === void 0 ? [own, ...files] : [named]
  };
  const places = named !== void 0 && pointer !== void 0 ? [await jsonPlace(named, pointer, sought, edits)] : await placesOf(sought, context);
  const [one, other] = [fakeOf(value, algorithm, 1), fakeOf(value, algorithm, 2)];
  const fake2 = one === value ? other : one;
  const { place: place2 } = await replaceSeen(sought, places, fake2, async () => {
    const { hash } = await outputFacts2(derivation, attribute, run);
    return hash !== value || void 0;
  });
  return { place: place2, fake: fake2 };
}
var lengths = { sha1: 20, sha256: 32, sha512: 64 };
function fakeOf(hash, algorithm, fill2) {
  const name4 = /^(sha\d+)-/.exec(hash)?.[1] ?? algorithm ?? "sha256";
  return `${name4}-${Buffer.alloc(lengths[name4] ?? 32, fill2).toString("base64")}`;
}
async function runAgain(attribute, fod, first4, context) {
  const result = await nixBuild(["--check", first4.drv], context, `Nix: ${fod.what}, a second time`);
  if (result.code === 0) return;
  const [algorithm = ""] = first4.hash.split("-");
  const second = mismatchOf(first4.drv, algorithm, { errors: result.errors, relayed: [] });
  if (second === void 0)
    throw new UserError(
      "fetch-failed",
      `${fod.what} failed when it was fetched a second time: ${causeOf(result)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
      { log: result.stderr }
    );
  throw notReproducible(attribute, [first4.hash, second.got], await differ3(fod, first4, context));
}
async function differ3(fod, first4, context) {
  try {
    const other = await hashFromScratch(fod, fakeOf(first4.hash, null, 3), context);
    return await differences2(first4.out, other.out);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    context.log.warning(`What differs is unknown: ${error.message}`);
    return void 0;
  }
}
function notReproducible(attribute, [first4, second], found2 = []) {
  const shown2 = found2.slice(0, SHOWN3).map(({ path: path60, how }) => `${path60 === "" ? "the file itself" : printable(path60)} (${how})`);
  const more = found2.length > SHOWN3 ? `, and ${found2.length - SHOWN3} more` : "";
  const files = shown2.length === 0 ? "Which files differ is unknown" : `What differs: ${shown2.join(", ")}${more}`;
  return new UserError(
    "not-reproducible",
    `'${attribute}' gave two hashes in two runs, ${first4} and ${second}, so neither is worth anything: a later build would fail. ${files}. Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again. Nothing was changed.`
  );
}
function outOfOrder(attribute, { errors, relayed, stderr }) {
  const [other] = mismatches([...errors, ...relayed]);
  if (other === void 0) return void 0;
  const name4 = other.drv.replace(/^.*\/[a-z0-9]{32}-/, "").replace(/\.drv$/, "");
  return new UserError(
    "output-order",
    `'${attribute}' needs another fixed-output derivation whose hash is wrong now, ${name4} (Nix printed ${other.got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr }
  );
}

// src/bump/left-over.ts
import { readdir as readdir6 } from "node:fs/promises";
import path40 from "node:path";
var SHOWN4 = 5;
async function warnOfOldVersion(version3, changed2, context) {
  const { root, log } = context;
  const escaped2 = version3.replace(/[^\w]/g, "\\$&");
  const whole2 = new RegExp(`(?<!\\d|\\d\\.)${escaped2}(?!\\.?\\d)`);
  const places = [];
  for (const folder of new Set(changed2.map((file) => path40.dirname(file)))) {
    const entries2 = await readdir6(folder, { withFileTypes: true });
    const names2 = entries2.filter((entry) => entry.isFile() && entry.name.endsWith(".nix"));
    for (const file of names2.map(({ name: name4 }) => path40.join(folder, name4)).sort()) {
      const text2 = await textOf(file, context);
      for (const { value, start: start2 } of codeLiterals(text2))
        if (whole2.test(value)) places.push(`${path40.relative(root, file)}:${lineOf(text2, start2)}`);
    }
  }
  if (places.length === 0) return;
  const more = places.length > SHOWN4 ? `, and ${places.length - SHOWN4} more` : "";
  log.warning(
    `The old version, ${version3}, is still written in ${places.slice(0, SHOWN4).join(", ")}${more}. If it has to change with the package, list it under 'version-files' in the configuration.`
  );
}
async function textOf(file, { edits }) {
  try {
    return await edits.read(file);
  } catch (error) {
    if (error instanceof UserError) return "";
    throw error;
  }
}
var OF_SYSTEM = /"?\b(\w+-(?:linux|darwin))"?\s*[=:]\s*"((?:sha\d+-|[0-9a-z]{32})[^"]*)"/g;
async function warnOfOtherSystems(hashes, { root, log, edits }) {
  const isDone = (file, { line, hash }) => hashes.some((one) => one.file === file && one.line === line && one.after === hash);
  for (const { attribute, file, line, before, after } of hashes) {
    if (before === after) continue;
    const beside = besideOf(await edits.read(file), line, after);
    const old = beside.filter((one) => !isDone(file, one));
    if (old.length === 0) continue;
    const places = old.map(({ system, line: line2 }) => `${system} (${path40.relative(root, file)}:${line2})`);
    const systems = beside.map(({ system }) => `"${system}"`).join(", ");
    log.warning(
      `'${attribute}' has a hash for each system, and only one was recomputed; old: ${places.join(", ")}. Make it an attribute for each system, and list these: { attribute = "….{system}", systems = [${systems}] }.`
    );
  }
}
function besideOf(text2, line, hash) {
  const all = [...text2.matchAll(OF_SYSTEM)].map(
    ({ 0: whole2, 1: system = "", 2: value = "", index }) => {
      const end2 = index + whole2.length;
      return { system, hash: value, start: index, end: end2, line: lineOf(text2, end2) };
    }
  );
  const at = all.findIndex((one) => one.line === line && one.hash === hash);
  if (at < 0) return [];
  const isJoined = (index) => !/[{}]/.test(text2.slice(all[index]?.end, all[index + 1]?.start));
  let [first4, last] = [at, at];
  while (first4 > 0 && isJoined(first4 - 1)) first4--;
  while (last < all.length - 1 && isJoined(last)) last++;
  return all.slice(first4, last + 1);
}

// src/bump/sources.ts
function sourceOutputs({ sourceHash, hasSource: hasSource2 }, sources2) {
  const key2 = "source-hash";
  if (sourceHash) return [{ ...sourceHash, key: key2 }];
  const fixed = sources2.filter(({ hash }) => hasSource2 && hash !== null);
  return fixed.map(({ attribute }) => ({ attribute, file: void 0, pointer: void 0, key: key2 }));
}
function requireNewSources(change, { hasSource: hasSource2 }) {
  const { attribute, before, after, sources: sources2, hashes } = change;
  const recomputed = new Set(hashes.map((one) => one.after));
  for (const now of sources2.after) {
    const old = sources2.before.find((one) => one.attribute === now.attribute);
    const fix = old && fixFor(old, now, recomputed, hasSource2);
    if (fix !== void 0)
      throw new UserError(
        "source-unchanged",
        `'${attribute}' would go from ${before} to ${after} with the source of ${before}: ${fix} Nothing was changed.`
      );
  }
}
function fixFor(old, { attribute, hash, identity: identity2 }, recomputed, hasSource2) {
  const isSame2 = old.identity === identity2;
  const place2 = `list the place of its tag or revision under 'version-files' in the configuration, such as { attribute = ".src.rev", value = "{tag}" }.`;
  if (hash === null)
    return isSame2 && hasSource2 ? `'${attribute}' is still ${identity2}. Name the fixed-output derivation that it is made from as 'source-hash' (such as ".src.src"), or ${place2} If it does not depend on the version, set source-hash = false.` : void 0;
  if (old.hash === hash && !recomputed.has(hash))
    return `the hash of '${attribute}', ${hash}, was not recomputed, so Nix would use what it fetched under it before. Name it in the configuration: source-hash = "${attribute}", or another entry of 'also'.`;
  return isSame2 ? `'${attribute}' does not depend on the version, and its hash is ${hash} as before. Write the version into its tag (rev = "v\${version}"), or ${place2}` : void 0;
}

// src/bump/version.ts
import path41 from "node:path";
async function bumpVersion(bump, context) {
  const { facts, before, after, places } = bump;
  const { derivation, run } = context;
  const later = [];
  for (const place2 of places) later.push(...await bumpPlace(place2, bump, context));
  const seen = async () => (await packageFacts2(derivation, run)).version === after.version || void 0;
  if (!await seen()) {
    const sought = {
      what: `the version of '${derivation.attribute}'`,
      value: before.version,
      positions: [facts.position],
      files: context.files,
      key: "version-files"
    };
    await replaceSeen(sought, await placesOf(sought, context), after.version, seen);
  }
  for (const { attribute, value, error } of later)
    if ((await stringFacts2(derivation, attribute, run)).value !== value) throw error;
}
async function bumpPlace(place2, { before, after }, context) {
  const { root, edits } = context;
  if (place2.kind === "text") {
    const [old2, now2] = [fill(place2.pattern, before), fill(place2.pattern, after)];
    await bumpText(path41.join(root, place2.file), old2, now2, context);
    return [];
  }
  const [old, now] = [fill(place2.value, before), fill(place2.value, after)];
  if (place2.kind === "nix") return bumpAttribute(place2.attribute, old, now, context);
  const what2 = { what: "the version", value: old };
  await (await jsonPlace(path41.join(root, place2.file), place2.pointer, what2, edits)).replace(now);
  return [];
}
async function bumpAttribute(attribute, old, now, context) {
  const { derivation, run, files } = context;
  const { value, position: position2 } = await stringFacts2(derivation, attribute, run);
  if (value === now) return [];
  const sought = {
    what: `'${attribute}'`,
    value: old,
    positions: [position2],
    files,
    key: "version-files"
  };
  try {
    await replaceSeen(sought, await placesOf(sought, context), now, async () => {
      const changed2 = await stringFacts2(derivation, attribute, run);
      return changed2.value === now || void 0;
    });
    return [];
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "literal-missing") throw error;
    return [{ attribute, value: now, error }];
  }
}
async function bumpText(file, old, now, { edits }) {
  const parts = (await edits.read(file)).split(old);
  if (parts.length === 2) return edits.write(file, parts.join(now));
  throw new UserError(
    parts.length === 1 ? "literal-missing" : "literal-ambiguous",
    `${file} should have '${old}' once, for a pattern of the configuration, but has it ${parts.length === 1 ? "not at all" : `${parts.length - 1} times`}. Write more of its surroundings into the pattern, or correct the file.`,
    { at: { file } }
  );
}
function fill(template2, names2) {
  return template2.replace(/\{(version|tag|revision)\}/g, (_, name4) => {
    const value = names2[name4];
    if (value !== void 0) return value;
    throw new UserError(
      "version-place",
      `'${template2}' in the configuration requires a ${name4}, which this package's releases do not have; use {version}, or releases with a ${name4}.`
    );
  });
}

// src/bump/bump.ts
async function bumpTo(request, edits, { run, log }) {
  const { derivation, root, config, to } = request;
  const facts = await packageFacts2(derivation, run);
  const files = [facts.position?.file, facts.file, derivation.file];
  const mark = edits.mark;
  const context = { derivation, root, files, run, log, edits };
  const sources2 = await sourceFacts(derivation, run);
  const next = to && isNew(to, facts) ? to : void 0;
  if (next) await toVersion(config, facts, next, context);
  const outputs = [
    // The source first: everything else is built from it.
    ...sourceOutputs(config, sources2),
    ...config.also.map((one) => ({ ...one, key: "also" }))
  ];
  const hashes = [];
  for (const output of outputs) hashes.push(await bumpOutput(output, context));
  const bump = { before: facts.version, after: to?.version ?? facts.version, hashes };
  if (next) {
    const { attribute } = derivation;
    const both = { before: sources2, after: await sourceFacts(derivation, run) };
    requireNewSources({ ...bump, attribute, sources: both }, config);
    const changed2 = edits.since(mark).map(({ file }) => file);
    await warnOfOldVersion(bump.before, changed2, context);
  }
  await warnOfOtherSystems(hashes, context);
  return bump;
}
function isNew({ version: version3, revision }, facts) {
  return version3 !== facts.version || revision !== void 0 && revision !== facts.revision;
}
var sourceRevision = { kind: "nix", attribute: ".src.rev", value: "{revision}" };
function placesOf2(to, facts, { versionFiles }) {
  const hasRevision = versionFiles.some(
    (place2) => (place2.kind === "text" ? place2.pattern : place2.value).includes("{revision}")
  );
  if (to.revision === void 0 || facts.revision === null || hasRevision) return versionFiles;
  return [sourceRevision, ...versionFiles];
}
async function toVersion(config, facts, to, context) {
  if (facts.version === "")
    throw new UserError(
      "version-missing",
      `'${context.derivation.attribute}' has no version that could be changed. Give the derivation a 'version'.`
    );
  const pattern = tagPattern2(config.releases);
  const tag = (version3) => pattern && `${pattern.prefix}${version3}${pattern.suffix}`;
  const before = {
    version: facts.version,
    tag: tag(facts.version),
    revision: facts.revision ?? void 0
  };
  const after = { ...to, tag: to.tag ?? tag(to.version) };
  await bumpVersion({ facts, places: placesOf2(to, facts, config), before, after }, context);
}
function tagPattern2(releases) {
  const source = releases?.source;
  return source && "tag" in source ? source.tag : void 0;
}

// src/release/choose.ts
var SHOWN5 = 5;
function chooseRelease(candidates, current2, rules, now) {
  const newer = newerThan(candidates, current2, rules);
  const held = [];
  const allowed = newer.filter((release2) => {
    const why = leftOut(release2, rules) ?? tooYoung(release2, rules, now);
    if (why !== void 0) held.push({ version: release2.version, why });
    return why === void 0;
  });
  const chosen = rules.step === "next" ? allowed[0] : allowed.at(-1);
  if (chosen) return { kind: "release", release: chosen, held };
  return none(current2.version, held);
}
function eligible(candidates, current2, rules) {
  return newerThan(candidates, current2, rules).filter((release2) => leftOut(release2, rules) === void 0);
}
function chooseHead(head, current2, rules, now) {
  if (current2.revision !== void 0 && head.revision === current2.revision)
    return none(current2.revision.slice(0, 12), []);
  const why = tooYoung(head, rules, now);
  if (why === void 0) return { kind: "release", release: head, held: [] };
  return none(current2.version, [{ version: head.version, why }]);
}
function newerThan(candidates, { version: version3 }, rules) {
  const order = orders[rules.order];
  if (!order.isVersion(version3)) throw noVersion(version3, order);
  return candidates.filter((release2) => order.isVersion(release2.version) && order.compare(release2.version, version3) > 0).toSorted((left, right) => order.compare(left.version, right.version));
}
function leftOut({ version: version3, isPrerelease }, rules) {
  const order = orders[rules.order];
  if (!rules.prereleases && (isPrerelease === true || order.isPrerelease(version3))) return "is a pre-release";
  if (rules.range !== void 0 && !order.satisfies(version3, rules.range)) return `is not in ${rules.range}`;
  const ignored2 = rules.ignore.find((pattern) => fits(version3, pattern));
  return ignored2 === void 0 ? void 0 : `is ignored (${ignored2})`;
}
function tooYoung({ date: date2 }, { minimumAge }, now) {
  if (minimumAge === 0) return void 0;
  if (date2 === void 0) return "has no date, so that its age is not known";
  if (now - date2 >= minimumAge) return void 0;
  return `is too young before ${new Date(date2 + minimumAge).toISOString().replace(/\.\d+Z$/, "Z")}`;
}
function none(current2, held) {
  if (held.length === 0)
    return { kind: "none", reason: "current", text: `${current2} is the newest there is.`, held };
  const shown2 = held.slice(-SHOWN5).map(({ version: version3, why }) => `${version3} ${why}`);
  const more = held.length > SHOWN5 ? `, and ${held.length - SHOWN5} more are left out` : "";
  const text2 = `Nothing newer than ${current2} may be taken: ${shown2.join("; ")}${more}.`;
  return { kind: "none", reason: "held-back", text: text2, held };
}
function noVersion(version3, order) {
  const other = order === orders.pep440 ? 'order = "semver"' : 'order = "pep440"';
  return new UserError(
    "version-order",
    `The derivation's version '${version3}' is not one of ${order.name}, so no version is newer. Correct it, or set ${other} under 'releases' in the configuration.`
  );
}

// src/release/git.ts
import { mkdtemp as mkdtemp6, rm as rm9 } from "node:fs/promises";
import path42 from "node:path";

// src/release/tags.ts
function versionOf(tag, { prefix: prefix2, suffix }) {
  const isLongEnough = tag.length > prefix2.length + suffix.length;
  if (!isLongEnough || !tag.startsWith(prefix2) || !tag.endsWith(suffix)) return void 0;
  return tag.slice(prefix2.length, tag.length - suffix.length);
}
var tagOf = (version3, { prefix: prefix2, suffix }) => `${prefix2}${version3}${suffix}`;
function matching2(items, tag, pattern, where) {
  const found2 = items.flatMap((item) => {
    const version3 = versionOf(tag(item), pattern);
    return version3 === void 0 ? [] : [{ item, version: version3, tag: tag(item) }];
  });
  if (found2.length > 0) return found2;
  const some = items.slice(0, 3).map((item) => `'${printable(tag(item).slice(0, 60))}'`);
  const has = some.length === 0 ? "has none at all" : `has ${some.join(", ")}`;
  throw new UserError(
    "tag-pattern",
    `No tag in ${where} has the form '${tagOf("{version}", pattern)}'; it ${has}. Correct 'tag' under 'releases' in the configuration, with {version} where the version stands.`
  );
}

// src/release/git.ts
var env = { GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true", GIT_ALLOW_PROTOCOL: "https:http:ssh" };
function gitRepository(url, run, scratch) {
  const git = async (...args) => {
    const result = await run("git", args, { env });
    if (result.code === 0) return result.stdout;
    throw failure2(url, result);
  };
  const fetched = async (args, body) => {
    const dir = await mkdtemp6(path42.join(scratch, "release-"));
    const inside = (...more) => git("-C", dir, ...more);
    try {
      await inside("init", "--quiet", "--bare");
      await inside("fetch", "--quiet", "--filter=tree:0", ...args);
      return await body(inside);
    } finally {
      await rm9(dir, { recursive: true, force: true });
    }
  };
  const commitIn = async (inside, name4) => {
    const text2 = await inside("show", "--no-patch", "--format=%H %ct", `${name4}^{commit}`);
    const [revision = "", seconds2] = text2.trim().split(" ");
    return { revision, date: Number(seconds2) * 1e3 };
  };
  return {
    name: url,
    releases: async ({ tag }) => {
      const text2 = await git("ls-remote", "--tags", "--refs", "--", url);
      const names2 = text2.split("\n").flatMap((line) => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
      return matching2(names2, (name4) => name4, tag, url).map(({ version: version3, tag: name4 }) => ({
        ...{ version: version3, tag: name4 }
      }));
    },
    commitOf: async (ref) => {
      const full = `refs/${ref}`;
      if (await git("ls-remote", "--", url, full) === "") return void 0;
      return fetched(["--depth=1", "--", url, full], (inside) => commitIn(inside, "FETCH_HEAD"));
    },
    dateOnBranch: (branch, commit2) => fetched(["--", url, `refs/heads/${branch}`], async (inside) => {
      const common2 = await inside("merge-base", "--", commit2, "FETCH_HEAD").catch(() => "");
      return common2.trim() === commit2 ? (await commitIn(inside, commit2)).date : void 0;
    })
  };
}
function failure2(url, { code: code2, stderr }) {
  if (code2 === noSuchProgram) return toolMissing("git");
  const last = stderr.split("\n").findLast((line) => line.trim() !== "") ?? "git printed nothing";
  return new UserError(
    "releases-unreachable",
    `git can't read ${url}: ${last.slice(0, 300).replace(/\.$/, "")}. Nothing was changed; correct the address in the configuration, or run this again later.`,
    { log: stderr }
  );
}

// src/release/github.ts
var MAX_NOTES = 2e4;
var MAX_PAGES = 10;
function githubRepository(at, hub) {
  const name4 = `${at.owner}/${at.repo}`;
  const commitAt = async (ref) => {
    const found2 = await unlessMissing(hub.rest.repos.getCommit({ ...at, ref, per_page: 1 }));
    const { committer, author: author2 } = found2?.data.commit ?? {};
    return found2 && { revision: found2.data.sha, date: Date.parse(committer?.date ?? author2?.date ?? "") };
  };
  const dateOnBranch = async (branch, commit2) => {
    const basehead = `${commit2}...${branch}`;
    const { data } = await hub.rest.repos.compareCommitsWithBasehead({ ...at, basehead, per_page: 1 });
    return data.merge_base_commit.sha === commit2 ? (await commitAt(commit2))?.date : void 0;
  };
  async function listReleases({ tag }) {
    const all = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const { data, headers } = await hub.rest.repos.listReleases({ ...at, per_page: 100, page });
      all.push(...data);
      if (data.length === 0 || !/rel="next"/.test(headers.link ?? "")) break;
    }
    const published = all.filter(({ draft }) => !draft);
    const found2 = matching2(published, (one) => one.tag_name, tag, `the releases of ${name4}`);
    return found2.map(({ item, version: version3, tag: own }) => ({
      ...{ version: version3, tag: own, isPrerelease: item.prerelease },
      ...item.body ? { notes: item.body.slice(0, MAX_NOTES) } : {},
      ...item.published_at ? { date: Date.parse(item.published_at) } : {}
    }));
  }
  async function listTags({ tag }) {
    let { data } = await hub.rest.git.listMatchingRefs({ ...at, ref: `tags/${tag.prefix}` });
    if (data.length === 0) ({ data } = await hub.rest.git.listMatchingRefs({ ...at, ref: "tags/" }));
    const names2 = data.map(({ ref }) => ref.replace(/^refs\/tags\//, ""));
    return matching2(names2, (one) => one, tag, name4).map(({ version: version3, tag: own }) => ({ version: version3, tag: own }));
  }
  return {
    name: name4,
    releases: (source) => asked(
      name4,
      source.kind === "github" && source.list === "tags" ? listTags(source) : listReleases(source)
    ),
    commitOf: (ref) => asked(name4, commitAt(ref)),
    dateOnBranch: (branch, commit2) => asked(name4, dateOnBranch(branch, commit2))
  };
}
var isMissing = (error) => error instanceof Error && "status" in error && (error.status === 404 || error.status === 422);
var unlessMissing = (answer) => answer.catch((error) => {
  if (isMissing(error)) return void 0;
  throw error;
});
async function asked(name4, answer) {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || !("status" in error)) throw error;
    throw isMissing(error) ? new UserError(
      "releases-not-found",
      `GitHub has no repository ${name4}, or the token may not see it. Correct 'releases' in the configuration, or give a token that may read that repository.`,
      { cause: error }
    ) : new UserError(
      "releases-unreachable",
      `GitHub does not list the releases of ${name4}: ${error.message.split("\n", 1)[0]}. Nothing was changed; run this again later, or with a token whose rate limit is not used up.`,
      { cause: error }
    );
  }
}

// src/release/find.ts
var MAX_DATES = 20;
async function findRelease({ source, rules }, current2, parts, now) {
  return source.kind === "branch" ? chooseHead(await headOf(source, parts), current2, rules, now) : chooseRelease(await candidatesOf(source, rules, current2, parts), current2, rules, now);
}
async function openRepository(of, parts) {
  return of.kind === "github" ? githubRepository({ owner: of.owner, repo: of.repo }, await parts.hub()) : gitRepository(of.url, parts.run, parts.scratch);
}
async function candidatesOf(source, rules, current2, parts, counts = () => true) {
  if (source.kind === "pypi")
    return (await indexReleases(parts.index, source.name, parts.fetchText)).filter(counts);
  const repository = await openRepository(source, parts);
  const listed = (await repository.releases(source)).filter(counts);
  if (rules.minimumAge === 0 || listed.some(({ date: date2 }) => date2 !== void 0)) return listed;
  const wanted2 = eligible(listed, current2, rules);
  const dated = rules.step === "next" ? wanted2.slice(0, MAX_DATES) : wanted2.slice(-MAX_DATES);
  const dates = /* @__PURE__ */ new Map();
  for (const release2 of dated) dates.set(release2, (await repository.commitOf(`tags/${release2.tag}`))?.date);
  return listed.map((release2) => {
    const date2 = dates.get(release2);
    return date2 === void 0 ? release2 : { ...release2, date: date2 };
  });
}
async function headOf(source, parts) {
  const repository = await openRepository(source.of, parts);
  const found2 = await repository.commitOf(`heads/${source.branch}`);
  if (found2) return { version: branchVersion(source, found2.revision, found2.date), ...found2 };
  throw new UserError(
    "releases-not-found",
    `${repository.name} has no branch '${source.branch}', or it may not be read from here. Correct 'branch' under 'releases' in the configuration, or give a token that may read that repository.`
  );
}
var branchVersion = ({ version: version3 }, revision, date2) => version3.replaceAll("{date}", new Date(date2).toISOString().slice(0, 10)).replaceAll("{revision}", revision);

// src/update/changes.ts
async function changesSince(older, project, targets, made, log) {
  const before = await loadOlder(older, log);
  if (!before || targets.length === 0) return {};
  const now = planScope(project, targets);
  const recorded = made && targets.map(({ system }) => ({ ...made.target, system }));
  const planned = planOlder(before, [...recorded ? [recorded] : [], targets], log);
  const { scope = sameNames(before, now), bytes } = planned ?? {};
  const diff = diffScopes(scope, now, targets.map(parseTarget));
  return { diff, ...bytes === void 0 ? {} : { bytesBefore: bytes } };
}
async function loadOlder({ folder, read, name: name4 }, log) {
  try {
    return await loadProject(folder, read);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(
      error.code === "lock-missing" ? `There is no older uv.lock to compare with (${name4}), so the report names no packages.` : `The older uv.lock is not compared: ${error.message}`
    );
    return void 0;
  }
}
function planOlder(project, choices, log) {
  let failure3 = "";
  for (const targets of choices) {
    try {
      const [first4] = targets.map((one) => planProject(project, parseTarget(one), one));
      return { scope: planScope(project, targets), bytes: wheelBytes(first4 ?? []) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failure3 = error.message;
    }
  }
  log.info(`The older download is not compared: ${failure3}`);
  return void 0;
}
function sameNames({ lock }, { packages, direct: direct2 }) {
  const names2 = new Set(packages.map(({ name: name4 }) => name4));
  return { packages: lock.packages.filter(({ name: name4 }) => names2.has(name4)), direct: direct2 };
}
var SHOWN6 = 8;
function logChanges(diff, log) {
  const all = [...diff.added, ...diff.removed, ...diff.changed];
  const ordered = [...all.filter(isDirect), ...all.filter((change) => !isDirect(change))];
  const names2 = ordered.map(({ name: name4 }) => name4);
  const more = names2.length > SHOWN6 ? ` and ${names2.length - SHOWN6} more` : "";
  const list4 = names2.length === 0 ? "" : ` (${names2.slice(0, SHOWN6).join(", ")}${more})`;
  return log.group(
    `uv.lock: ${names2.length === 1 ? "1 package" : `${names2.length} packages`} changed${list4}`,
    async () => {
      for (const change of ordered) {
        log.info(
          `${change.name} ${versions(change.before)} → ${versions(change.after)}${isDirect(change) ? "" : " (transitive)"}`
        );
      }
      for (const { name: name4, filename, change } of diff.hashOnly)
        if (change === "other-bytes")
          log.warning(`${name4}: ${filename} has other bytes under the same version.`);
        else log.info(`${name4}: ${filename}: ${digestTexts[change]}.`);
    }
  );
}
var digestTexts = {
  "digest-added": "uv.lock now has its digest",
  "digest-removed": "uv.lock no longer has its digest",
  "other-algorithm": "uv.lock has its digest by another algorithm"
};
var isDirect = ({ relation }) => relation === "direct";
var versions = (entries2) => entries2.length === 0 ? "(none)" : entries2.map(({ version: version3, source }) => version3 ?? source ?? "?").join(", ");

// src/update/index-of-lock.ts
function indexOfLock({ packages }, name4) {
  const wanted2 = normalizeName(name4) ?? name4;
  const counts = /* @__PURE__ */ new Map();
  for (const { name: found2, source } of packages) {
    if (source.kind !== "registry") continue;
    if (found2 === wanted2) return source.url;
    counts.set(source.url, (counts.get(source.url) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

// src/update/older.ts
async function olderProject({ folder, lockFile }, made, plans, { compareWith, since }, checkout2) {
  const at = (commit2) => ({
    ...{ folder, name: commit2, read: (file) => checkout2.textAt(commit2, file) }
  });
  if (compareWith !== void 0) return at(compareWith);
  const isStale = Object.entries(plans).some(([system, plan]) => {
    const recorded = made?.systems[system]?.plan;
    return recorded !== void 0 && recorded !== plan;
  });
  if (made === void 0 || !isStale) return at(since);
  const seen = /* @__PURE__ */ new Set();
  const find = async (commits) => {
    for (const commit2 of commits.filter((one) => !seen.has(one))) {
      seen.add(commit2);
      if (await isMadeFor(at(commit2), made)) return at(commit2);
    }
    return void 0;
  };
  return await find([since]) ?? await find(await checkout2.commitsOf(lockFile)) ?? (await checkout2.deepen() ? await find(await checkout2.commitsOf(lockFile)) : void 0) ?? at(since);
}
async function isMadeFor({ folder, read }, { target: target2, systems }) {
  try {
    const project = await loadProject(folder, read);
    return Object.entries(systems).every(([system, { plan }]) => {
      const declared2 = { ...target2, system };
      return manifestDigest(planProject(project, parseTarget(declared2), declared2), declared2) === plan;
    });
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

// src/update/package.ts
async function updatePackage(request, edits, context, finders) {
  const { config, derivation, checkout: checkout2, options: options2 } = request;
  const mark = edits.mark;
  const mayChangeVersion = options2.version !== void 0 || options2.findReleases && config.releases;
  const old = mayChangeVersion ? await evaluateOld(derivation, context) : void 0;
  const choice = options2.version === void 0 ? await chooseVersion(request, old, context, finders) : { kind: "release", release: { version: options2.version }, held: [] };
  const to = choice?.kind === "release" ? choice.release : void 0;
  const hasOutputs = config.also.length > 0 || config.sourceHash !== void 0;
  const isBumped = to !== void 0 || options2.updateOutputs && hasOutputs;
  const bump = isBumped ? await bumpTo({ derivation, root: checkout2.root, config, to }, edits, context) : void 0;
  const plan = await planUpdate(derivation, context, bump ? void 0 : old);
  const { warnings, notChecked } = linesOf(plan.lockState);
  for (const one of warnings) context.log.warning(`${config.name}: ${one}`);
  for (const one of notChecked) context.log.info(`${config.name}: not checked: ${one}`);
  const changes = await lockChanges(request, plan, bump ? old : void 0, context);
  const update = await computeUpdate(plan, options2, context);
  context.stop.throwIfAborted();
  await edits.add(update.edits, derivation);
  const isBuilt2 = options2.verify && edits.since(mark).length > 0;
  const outcome2 = isBuilt2 ? await placed(plan, context, () => verifyUpdate(plan, config, options2, context)) : notBuilt;
  return { config, bump, choice, ...changes, update: { ...update, ...outcome2 }, edits: edits.since(mark) };
}
async function evaluateOld(derivation, { run, log }) {
  try {
    return await evaluate2(derivation, run, log, { revision: true });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`The present version can't be evaluated: ${error.message}`);
    return void 0;
  }
}
async function chooseVersion({ config, derivation, options: options2 }, old, context, finders) {
  const { releases, name: name4 } = config;
  if (!options2.findReleases || !releases) return void 0;
  const { version: version3, revision } = old ?? await packageFacts2(derivation, context.run);
  const current2 = { version: version3, ...revision ? { revision } : {} };
  const { source } = releases;
  const ofLock = async () => source.kind === "pypi" && old ? indexOfLock((await loadInside(old.project, context)).lock, source.name) : void 0;
  const index = finders.index ?? chooseIndex(await ofLock());
  const choice = await findRelease(releases, current2, { ...finders, index }, Date.now());
  context.log.info(
    `${name4}: ${choice.kind === "release" ? `${choice.release.version} is there.` : choice.text}`
  );
  for (const held of choice.held) context.log.info(`${name4}: ${held.version} is held back: ${held.why}`);
  return choice;
}
async function lockChanges({ checkout: checkout2, options: options2 }, { pinned: pinned2, project, states, before }, old, { read, log }) {
  if (options2.lockOnly || checkout2.head === "") return {};
  const isFetched = old !== void 0 && pathBelow(checkout2.root, old.project) === void 0;
  const place2 = { folder: pinned2.project, lockFile: project.lockFile };
  const plans = Object.fromEntries(states.map(({ target: target2, plan }) => [target2.system, plan]));
  const older = isFetched ? { folder: old.project, read, name: `the source of ${old.version}` } : await olderProject(place2, before?.lock, plans, options2.comparison, checkout2);
  const own = states.filter(({ target: target2 }) => target2.system === pinned2.system);
  const targets = [...own, ...states.filter((one) => !own.includes(one))].map((one) => one.pinned.target);
  const changes = await changesSince(older, project, targets, before?.lock, log);
  if (changes.diff) await logChanges(changes.diff, log);
  return changes;
}

// src/cli/update.ts
var always = {
  ...{ updateOutputs: true, lockOnly: false, recompute: false },
  ...{ findReleases: false, skipSecondDerivation: false, comparison: { since: "HEAD" } }
};
var lockAlone = { ...always, updateOutputs: false, lockOnly: true, verify: false };
var dryRun = ["--dry-run", "print what would change as a diff, and change nothing"];
function registerUpdate(program2, cli2) {
  const version3 = new Option(
    "--version <version>",
    "update to this version, with every place that has it and the hashes that depend on it"
  );
  const cacheTo = new Option(
    "--cache-to <address>",
    "copy what was built and imported to this binary cache"
  ).argParser(cacheAddress);
  const command = addPackageOptions(program2.command("update")).description("update a derivation's hash and build lock to its uv.lock, then build and import it").addOption(version3.conflicts("findReleases")).option("--find-releases", "find newer releases according to the configuration, and update to them").option(
    "--compare-with <commit>",
    "commit whose uv.lock is compared with in the log (default: the one that the hash was made for)"
  ).option("--verify", "build and import the derivation before changes are kept", true).option("--no-verify", "do not build the derivation").option(
    "--skip-second-derivation",
    "use the hash of Nix's build, without computing it a second time without Nix"
  ).addOption(cacheTo.conflicts("dryRun")).option(...dryRun).action((attributes, options2) => {
    const comparison = { compareWith: options2.compareWith, since: "HEAD" };
    const asked2 = { ...always, ...withAttributes(attributes, options2), comparison };
    return runUpdate({ ...asked2, command: "update" }, cli2);
  });
  addExamples(command, [
    ["uv-fod update authentik-django", "one attribute of default.nix"],
    ["uv-fod update", "all packages of the configuration"],
    ["uv-fod update authentik-django --version 2026.2.1", "to another version, with its source"],
    ["uv-fod update authentik-django --dry-run", "only the diff"],
    ["uv-fod update .#default", "an attribute of a flake, in the words of nix"]
  ]);
}
function registerLock(program2, cli2) {
  const command = addPackageOptions(program2.command("lock")).description(
    "update the build lock (what has to be built, and its pinned build requirements), and keep the hashes"
  ).option(...dryRun).action(
    (attributes, options2) => runUpdate({ ...lockAlone, ...withAttributes(attributes, options2), command: "lock" }, cli2)
  );
  addExamples(command, [
    ["uv-fod lock authentik-django", "one attribute of default.nix"],
    ["uv-fod lock authentik-django --dry-run", "only the diff"]
  ]);
}
function cacheAddress(text2) {
  if (isCacheAddress(text2)) return text2;
  throw new InvalidArgumentError(`it takes ${cacheText}.`);
}
async function runUpdate(options2, cli2) {
  if (options2.cacheTo !== void 0 && !options2.verify)
    throw new UserError(
      "input-invalid",
      "Only verified outputs are copied to a binary cache. Remove --no-verify or --cache-to."
    );
  await withSession(options2, cli2, async (session) => {
    const count2 = session.groups.reduce((sum, { packages }) => sum + packages.length, 0);
    if (options2.version !== void 0 && count2 !== 1)
      throw new UserError(
        "version-of-several",
        `--version applies to one package, and there are ${count2}. Name one, as in 'uv-fod update authentik-django --version 2026.2.1'.`
      );
    await requireOwnLocks(
      session.groups.flatMap(({ packages }) => packages),
      session.derivationOf,
      session.context
    );
    const done2 = [];
    const print = (failure3 = {}) => cli2.stdout(options2.json ? asJson3(done2, options2, failure3) : describe5(done2, options2, session, cli2));
    try {
      for (const { packages } of session.groups) done2.push(await updateOne(packages, options2, session, cli2));
    } catch (error) {
      if (done2.length > 0) print(errorFields(error));
      throw error;
    }
    print();
  });
}
async function updateOne(packages, options2, { context, checkout: checkout2, root, config, groups: groups2, derivationOf }, cli2) {
  const found2 = cli2.finders(context);
  const finders = { ...found2, index: chooseIndex(config?.index, found2.index) };
  const edits = await context.openEdits(checkout2.root);
  const updated = [];
  await edits.undoOnError(async () => {
    for (const one of packages) {
      if (groups2.length > 1 || packages.length > 1) context.log.info(`${one.name}:`);
      const request = {
        // Without a configuration, a new version means a new source.
        config: options2.version === void 0 || config ? one : { ...one, hasSource: true },
        ...{ checkout: checkout2, options: options2, derivation: await derivationOf(one) }
      };
      updated.push(await updatePackage(request, edits, context, finders));
    }
  });
  const patch2 = patchText(edits.since(), root);
  await (options2.dryRun ? edits.undo() : edits.keep());
  return { updated, patch: patch2 };
}
function asJson3(done2, options2, failure3) {
  const packages = done2.flatMap(({ updated }) => updated.map(packageJson));
  const [only2] = packages;
  const patch2 = options2.dryRun ? { patch: done2.map((one) => one.patch).join("") } : {};
  const changed2 = packages.some((one) => one.changed);
  const isOne = isNamed(options2) && packages.length === 1;
  return `${jsonText(isOne ? { ...only2, ...patch2 } : { changed: changed2, packages, ...patch2, ...failure3 }, 2)}
`;
}
function packageJson({ config, bump, update, edits }) {
  const { hashes, out, imported: imported2, isCached, stages, pinned: pinned2 } = update;
  return {
    name: config.name,
    changed: edits.length > 0,
    version: { before: bump?.before ?? pinned2.version, after: bump?.after ?? pinned2.version },
    outputs: (bump?.hashes ?? []).map(({ attribute, after }) => ({ attribute, hash: after })),
    hashes,
    files: edits.map(({ file }) => file),
    ...{ out, imported: imported2, isCached, stages: stages.done }
  };
}
function describe5(done2, options2, { checkout: checkout2 }, cli2) {
  const all = done2.flatMap(({ updated }) => updated);
  const lines = all.flatMap(
    (one) => describeOne(one, cli2).map((line) => all.length > 1 ? `${one.config.name}: ${line}` : line)
  );
  const changed2 = options2.dryRun ? "would change" : "changed";
  const names2 = new Set(all.flatMap(({ edits }) => edits.map(({ file }) => file)));
  for (const file of names2) lines.push(`${changed2} ${path43.relative(".", path43.resolve(checkout2.root, file))}`);
  const patch2 = options2.dryRun ? paintDiff(done2.map((one) => one.patch).join(""), cli2) : "";
  return `${lines.join("\n")}
${patch2}`;
}
function describeOne({ bump, edits, update: { hashes, out, imported: imported2 } }, { paint }) {
  if (edits.length === 0)
    return [`${paint("good", "Nothing to do")}: hash and build lock are up to date with uv.lock.`];
  const isBump = bump !== void 0 && bump.before !== bump.after;
  return [
    ...isBump ? [`${bump.before} → ${paint("good", bump.after)}`] : [],
    ...(bump?.hashes ?? []).map(({ attribute, after }) => `${attribute}: ${after}`),
    ...hashes.map(
      ({ system, before, after }) => before === after ? `${system}: ${after}, unchanged` : `${system}: ${before || "(none)"} → ${paint("good", after)}`
    ),
    ...out === void 0 ? [] : [`built ${out}`],
    ...imported2.map(({ module, file }) => `imported ${module} from ${file}`)
  ];
}

// src/cli/program.ts
var bold = (text2) => styleText4("bold", text2, { validateStream: false });
var completion = "Completion in bash (zsh, fish and powershell likewise): source <(uv-fod complete bash)";
function makeProgram(cli2) {
  const program2 = new Command("uv-fod").description("keeps Nix fixed-output derivations of a uv.lock current").enablePositionalOptions().version(cli2.version, "--version", "print the version").exitOverride().configureOutput({ writeOut: cli2.stdout, writeErr: cli2.stderr }).configureHelp({ styleTitle: bold, styleCommandText: bold }).addHelpText("after", `
${completion}`);
  registerPlan(program2, cli2);
  registerDiff(program2, cli2);
  registerLock(program2, cli2);
  registerHash(program2, cli2);
  registerCheck(program2, cli2);
  registerUpdate(program2, cli2);
  registerInit(program2, cli2);
  return program2;
}
function addCompletion(program2) {
  for (const [, command] of t2(program2).commands) {
    const attribute = command.arguments.get("attribute");
    if (!attribute) continue;
    attribute.handler = (complete) => {
      for (const { name: name4, attribute: path60 } of packagesHere()) complete(name4, path60);
    };
  }
}
function packagesHere() {
  try {
    const file = path44.resolve(".github/uv-fod.toml");
    return parseConfig(readFileSync2(file, "utf8"), file).packages;
  } catch {
    return [];
  }
}

// src/fetch/hash-tools.ts
import { tmpdir as tmpdir3 } from "node:os";
import path52 from "node:path";

// src/fetch/cache.ts
import { randomUUID as randomUUID2 } from "node:crypto";
import { existsSync as existsSync4 } from "node:fs";
import { mkdir as mkdir5, readdir as readdir7, rename as rename2, rm as rm10, stat as stat3, utimes } from "node:fs/promises";
import path45 from "node:path";
var version2 = "artifacts-1";
var day = 24 * 60 * 60 * 1e3;
var artifactsFolder = (root) => path45.join(root, version2);
async function openCache(root) {
  const cache = new ArtifactCache(artifactsFolder(root));
  await mkdir5(cache.temporaries, { recursive: true });
  return cache;
}
var ArtifactCache = class {
  folder;
  temporaries;
  constructor(folder) {
    this.folder = folder;
    this.temporaries = path45.join(folder, "tmp");
  }
  /** The file of an `algorithm:hex`, not yet verified; undefined if missing. */
  async find(digest2) {
    const file = this.#pathOf(digest2);
    return file !== void 0 && existsSync4(file) ? file : void 0;
  }
  /** Records that a file was used, to the day, for `trim`. */
  async used(file) {
    const now = Date.now();
    const before = await stat3(file).catch(() => void 0);
    if (before && now - before.mtimeMs > day) await utimes(file, now / 1e3, now / 1e3).catch(() => {
    });
  }
  /** A path for a new file, on the file system of the cache. */
  temporary() {
    return path45.join(this.temporaries, `${process.pid}-${randomUUID2()}`);
  }
  /** Moves a verified file into the cache. @returns its new path */
  async keep(file, digest2) {
    const kept = this.#pathOf(digest2);
    if (kept === void 0) return file;
    await mkdir5(path45.dirname(kept), { recursive: true });
    await rename2(file, kept);
    return kept;
  }
  /** Undefined for text that is not a digest, so that an untrusted lock names no other path. */
  #pathOf(digest2) {
    const pattern = /^(sha256|sha384|sha512):([0-9a-f]{64,128})$/;
    const [, algorithm, hex] = pattern.exec(digest2.toLowerCase()) ?? [];
    return algorithm && hex ? path45.join(this.folder, algorithm, hex) : void 0;
  }
  /** Evicts the least recently used files until at most `bytes` are left. */
  async trim(bytes) {
    const files = await list3(this.folder);
    const isTemporary = (file) => path45.dirname(file) === this.temporaries;
    const old = Date.now() - day;
    for (const { file, used } of files) if (isTemporary(file) && used < old) await rm10(file, { force: true });
    const kept = files.filter(({ file }) => !isTemporary(file));
    let sum = 0;
    for (const { file, size } of kept.sort((a3, b) => b.used - a3.used || (a3.file < b.file ? -1 : 1))) {
      sum += size;
      if (sum > bytes) await rm10(file, { force: true });
    }
  }
};
async function list3(base) {
  const entries2 = await readdir7(base, { recursive: true, withFileTypes: true });
  const found2 = await Promise.all(
    entries2.filter((entry) => entry.isFile()).map(async (entry) => {
      const file = path45.join(entry.parentPath, entry.name);
      const facts = await stat3(file).catch(() => void 0);
      return facts && { file, size: facts.size, used: facts.mtimeMs };
    })
  );
  return found2.filter((entry) => entry !== void 0);
}

// src/system/exec.ts
import { AsyncLocalStorage as AsyncLocalStorage2 } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { access as access2, constants as constants4, stat as stat5 } from "node:fs/promises";
import path50 from "node:path";

// node_modules/@actions/exec/lib/exec.js
import { StringDecoder } from "string_decoder";

// node_modules/@actions/exec/lib/toolrunner.js
import * as os from "os";
import * as events from "events";
import * as child from "child_process";
import * as path48 from "path";

// node_modules/@actions/io/lib/io.js
import * as path47 from "path";

// node_modules/@actions/io/lib/io-util.js
import * as fs2 from "fs";
import * as path46 from "path";
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { chmod, copyFile: copyFile2, lstat: lstat4, mkdir: mkdir6, open: open4, readdir: readdir8, rename: rename3, rm: rm11, rmdir, stat: stat4, symlink: symlink2, unlink } = fs2.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs2.constants.O_RDONLY;
function exists(fsPath) {
  return __awaiter(this, void 0, void 0, function* () {
    try {
      yield stat4(fsPath);
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
  return __awaiter(this, void 0, void 0, function* () {
    let stats = void 0;
    try {
      stats = yield stat4(filePath);
    } catch (err2) {
      if (err2.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err2}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path46.extname(filePath).toUpperCase();
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
        stats = yield stat4(filePath);
      } catch (err2) {
        if (err2.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err2}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path46.dirname(filePath);
            const upperName = path46.basename(filePath).toUpperCase();
            for (const actualName of yield readdir8(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path46.join(directory, actualName);
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

// node_modules/@actions/io/lib/io.js
var __awaiter2 = function(thisArg, _arguments, P, generator) {
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check2) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check2) {
      const result = yield which(tool, false);
      if (!result) {
        if (IS_WINDOWS) {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
        } else {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
        }
      }
      return result;
    }
    const matches2 = yield findInPath(tool);
    if (matches2 && matches2.length > 0) {
      return matches2[0];
    }
    return "";
  });
}
function findInPath(tool) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    const extensions = [];
    if (IS_WINDOWS && process.env["PATHEXT"]) {
      for (const extension of process.env["PATHEXT"].split(path47.delimiter)) {
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
    if (tool.includes(path47.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path47.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches2 = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path47.join(directory, tool), extensions);
      if (filePath) {
        matches2.push(filePath);
      }
    }
    return matches2;
  });
}

// node_modules/@actions/exec/lib/toolrunner.js
import { setTimeout as setTimeout4 } from "timers";
var __awaiter3 = function(thisArg, _arguments, P, generator) {
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var IS_WINDOWS2 = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
  constructor(toolPath, args, options2) {
    super();
    if (!toolPath) {
      throw new Error("Parameter 'toolPath' cannot be null or empty.");
    }
    this.toolPath = toolPath;
    this.args = args || [];
    this.options = options2 || {};
  }
  _debug(message) {
    if (this.options.listeners && this.options.listeners.debug) {
      this.options.listeners.debug(message);
    }
  }
  _getCommandString(options2, noPrefix) {
    const toolPath = this._getSpawnFileName();
    const args = this._getSpawnArgs(options2);
    let cmd = noPrefix ? "" : "[command]";
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        cmd += toolPath;
        for (const a3 of args) {
          cmd += ` ${a3}`;
        }
      } else if (options2.windowsVerbatimArguments) {
        cmd += `"${toolPath}"`;
        for (const a3 of args) {
          cmd += ` ${a3}`;
        }
      } else {
        cmd += this._windowsQuoteCmdArg(toolPath);
        for (const a3 of args) {
          cmd += ` ${this._windowsQuoteCmdArg(a3)}`;
        }
      }
    } else {
      cmd += toolPath;
      for (const a3 of args) {
        cmd += ` ${a3}`;
      }
    }
    return cmd;
  }
  _processLineBuffer(data, strBuffer, onLine) {
    try {
      let s2 = strBuffer + data.toString();
      let n3 = s2.indexOf(os.EOL);
      while (n3 > -1) {
        const line = s2.substring(0, n3);
        onLine(line);
        s2 = s2.substring(n3 + os.EOL.length);
        n3 = s2.indexOf(os.EOL);
      }
      return s2;
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
  _getSpawnArgs(options2) {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
        for (const a3 of this.args) {
          argline += " ";
          argline += options2.windowsVerbatimArguments ? a3 : this._windowsQuoteCmdArg(a3);
        }
        argline += '"';
        return [argline];
      }
    }
    return this.args;
  }
  _endsWith(str, end2) {
    return str.endsWith(end2);
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
    for (let i5 = arg.length; i5 > 0; i5--) {
      reverse += arg[i5 - 1];
      if (quoteHit && arg[i5 - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i5 - 1] === '"') {
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
    for (let i5 = arg.length; i5 > 0; i5--) {
      reverse += arg[i5 - 1];
      if (quoteHit && arg[i5 - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i5 - 1] === '"') {
        quoteHit = true;
        reverse += "\\";
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _cloneExecOptions(options2) {
    options2 = options2 || {};
    const result = {
      cwd: options2.cwd || process.cwd(),
      env: options2.env || process.env,
      silent: options2.silent || false,
      windowsVerbatimArguments: options2.windowsVerbatimArguments || false,
      failOnStdErr: options2.failOnStdErr || false,
      ignoreReturnCode: options2.ignoreReturnCode || false,
      delay: options2.delay || 1e4
    };
    result.outStream = options2.outStream || process.stdout;
    result.errStream = options2.errStream || process.stderr;
    return result;
  }
  _getSpawnOptions(options2, toolPath) {
    options2 = options2 || {};
    const result = {};
    result.cwd = options2.cwd;
    result.env = options2.env;
    result["windowsVerbatimArguments"] = options2.windowsVerbatimArguments || this._isCmdFile();
    if (options2.windowsVerbatimArguments) {
      result.argv0 = `"${toolPath}"`;
    }
    return result;
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
    return __awaiter3(this, void 0, void 0, function* () {
      if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS2 && this.toolPath.includes("\\"))) {
        this.toolPath = path48.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
      }
      this.toolPath = yield which(this.toolPath, true);
      return new Promise((resolve2, reject) => __awaiter3(this, void 0, void 0, function* () {
        this._debug(`exec tool: ${this.toolPath}`);
        this._debug("arguments:");
        for (const arg of this.args) {
          this._debug(`   ${arg}`);
        }
        const optionsNonNull = this._cloneExecOptions(this.options);
        if (!optionsNonNull.silent && optionsNonNull.outStream) {
          optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os.EOL);
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
              const s2 = optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream;
              s2.write(data);
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
        cp.on("exit", (code2) => {
          state.processExitCode = code2;
          state.processExited = true;
          this._debug(`Exit code ${code2} received from tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        cp.on("close", (code2) => {
          state.processExitCode = code2;
          state.processExited = true;
          state.processClosed = true;
          this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        state.on("done", (error, exitCode2) => {
          if (stdbuffer.length > 0) {
            this.emit("stdline", stdbuffer);
          }
          if (errbuffer.length > 0) {
            this.emit("errline", errbuffer);
          }
          cp.removeAllListeners();
          if (error) {
            reject(error);
          } else {
            resolve2(exitCode2);
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
function argStringToArray(argString) {
  const args = [];
  let inQuotes = false;
  let escaped2 = false;
  let arg = "";
  function append(c2) {
    if (escaped2 && c2 !== '"') {
      arg += "\\";
    }
    arg += c2;
    escaped2 = false;
  }
  for (let i5 = 0; i5 < argString.length; i5++) {
    const c2 = argString.charAt(i5);
    if (c2 === '"') {
      if (!escaped2) {
        inQuotes = !inQuotes;
      } else {
        append(c2);
      }
      continue;
    }
    if (c2 === "\\" && escaped2) {
      append(c2);
      continue;
    }
    if (c2 === "\\" && inQuotes) {
      escaped2 = true;
      continue;
    }
    if (c2 === " " && !inQuotes) {
      if (arg.length > 0) {
        args.push(arg);
        arg = "";
      }
      continue;
    }
    append(c2);
  }
  if (arg.length > 0) {
    args.push(arg.trim());
  }
  return args;
}
var ExecState = class _ExecState extends events.EventEmitter {
  constructor(options2, toolPath) {
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
    this.options = options2;
    this.toolPath = toolPath;
    if (options2.delay) {
      this.delay = options2.delay;
    }
  }
  CheckComplete() {
    if (this.done) {
      return;
    }
    if (this.processClosed) {
      this._setResult();
    } else if (this.processExited) {
      this.timeout = setTimeout4(_ExecState.HandleTimeout, this.delay, this);
    }
  }
  _debug(message) {
    this.emit("debug", message);
  }
  _setResult() {
    let error;
    if (this.processExited) {
      if (this.processError) {
        error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
      } else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
        error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
      } else if (this.processStderr && this.options.failOnStdErr) {
        error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
      }
    }
    if (this.timeout) {
      clearTimeout(this.timeout);
      this.timeout = null;
    }
    this.done = true;
    this.emit("done", error, this.processExitCode);
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

// node_modules/@actions/exec/lib/exec.js
var __awaiter4 = function(thisArg, _arguments, P, generator) {
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function exec2(commandLine, args, options2) {
  return __awaiter4(this, void 0, void 0, function* () {
    const commandArgs = argStringToArray(commandLine);
    if (commandArgs.length === 0) {
      throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
    }
    const toolPath = commandArgs[0];
    args = commandArgs.slice(1).concat(args || []);
    const runner = new ToolRunner(toolPath, args, options2);
    return runner.exec();
  });
}
function getExecOutput(commandLine, args, options2) {
  return __awaiter4(this, void 0, void 0, function* () {
    var _a2, _b2;
    let stdout = "";
    let stderr = "";
    const stdoutDecoder = new StringDecoder("utf8");
    const stderrDecoder = new StringDecoder("utf8");
    const originalStdoutListener = (_a2 = options2 === null || options2 === void 0 ? void 0 : options2.listeners) === null || _a2 === void 0 ? void 0 : _a2.stdout;
    const originalStdErrListener = (_b2 = options2 === null || options2 === void 0 ? void 0 : options2.listeners) === null || _b2 === void 0 ? void 0 : _b2.stderr;
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
    const listeners = Object.assign(Object.assign({}, options2 === null || options2 === void 0 ? void 0 : options2.listeners), { stdout: stdOutListener, stderr: stdErrListener });
    const exitCode2 = yield exec2(commandLine, args, Object.assign(Object.assign({}, options2), { listeners }));
    stdout += stdoutDecoder.end();
    stderr += stderrDecoder.end();
    return {
      exitCode: exitCode2,
      stdout,
      stderr
    };
  });
}

// src/system/end-tree.ts
import { readdirSync, readFileSync as readFileSync3 } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
var grace = 3e3;
async function endTree(child2, ps) {
  const { pid } = child2;
  if (pid === void 0) return;
  const closed2 = new Promise((resolve2) => child2.once("close", () => resolve2()));
  const known2 = descendants(pid, await processes(ps));
  if (!send(-pid, "SIGTERM")) {
    child2.kill("SIGTERM");
    for (const id of known2.keys()) send(id, "SIGTERM");
  }
  const timer = new AbortController();
  await Promise.race([closed2, sleep(grace, void 0, timer).catch(() => {
  })]);
  timer.abort();
  const all = await processes(ps);
  for (const entry of descendants(pid, all)) known2.set(...entry);
  send(-pid, "SIGKILL");
  child2.kill("SIGKILL");
  for (const [id, start2] of known2) if (all.get(id)?.start === start2) send(id, "SIGKILL");
}
function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
function statusOf(pid) {
  try {
    const text2 = readFileSync3(`/proc/${pid}/stat`, "latin1");
    const fields = text2.slice(text2.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), start: fields[19] ?? "" };
  } catch {
    return void 0;
  }
}
function descendants(root, all) {
  const found2 = /* @__PURE__ */ new Set([root]);
  for (const parent of found2) for (const [pid, one] of all) if (one.parent === parent) found2.add(pid);
  found2.delete(root);
  return new Map([...found2].map((pid) => [pid, all.get(pid)?.start ?? ""]));
}
async function processes(ps) {
  if (statusOf(process.pid) === void 0) return parsePs(await ps());
  return new Map(
    readdirSync("/proc").flatMap((name4) => {
      const status = /^\d+$/.test(name4) ? statusOf(Number(name4)) : void 0;
      return status ? [[Number(name4), status]] : [];
    })
  );
}
var parsePs = (text2) => new Map(
  [...text2.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, start2 = ""]) => [
    Number(pid),
    { parent: Number(parent), start: start2 }
  ])
);

// src/system/environment.ts
import path49 from "node:path";

// src/system/limits.ts
import { totalmem } from "node:os";
var minute = 60;
var hour = 60 * minute;
var megabyte = 1 << 20;
var usual = { seconds: 10 * minute, stdout: 64 * megabyte, stderr: 64 * megabyte };
var table2 = /* @__PURE__ */ new Map([
  // Evaluation alone. It may fetch a flake's inputs, or build what it imports.
  ["nix-instantiate", { ...usual, seconds: 5 * minute }],
  // Nix's structured log is more than twice as long as what a build prints.
  ["nix-build", { seconds: 5 * hour, stdout: megabyte, stderr: 256 * megabyte }],
  ["nix-store", { ...usual, seconds: hour }],
  ["nix", { ...usual, seconds: hour }],
  ["curl", { ...usual, seconds: hour }]
]);
var longest2 = 2 ** 31 / 1e3 - 1;
function limitsOf(program2, seconds2) {
  const limits3 = table2.get(program2) ?? usual;
  return seconds2 === void 0 ? limits3 : { ...limits3, seconds: seconds2 };
}
function timeLimit({ UV_FOD_TIME_LIMIT: text2 = "" }) {
  if (text2 === "") return void 0;
  const seconds2 = /^\d{1,7}$/.test(text2) ? Number(text2) : 0;
  if (seconds2 > 0 && seconds2 <= longest2) return seconds2;
  throw new UserError(
    "input-invalid",
    `The environment variable UV_FOD_TIME_LIMIT is '${text2.slice(0, 100)}'; it takes a number of seconds, from 1 to ${Math.floor(longest2)}.`
  );
}
var timedOut = (command, { seconds: seconds2 }) => new UserError(
  "timed-out",
  `'${command}' did not end within ${seconds2} seconds and was ended with all that it started. If it has to take longer, set the environment variable UV_FOD_TIME_LIMIT to more seconds.`
);
var tooMuchOutput = (command, bytes) => new UserError(
  "too-much-output",
  `'${command}' printed more than ${bytes / megabyte} MB and was ended with all that it started. Remove from its input what makes it print so much.`
);
function evaluatorMemory(environment) {
  const name4 = "GC_MAXIMUM_HEAP_SIZE";
  const here = Math.min(totalmem(), process.constrainedMemory() || totalmem());
  return { [name4]: environment[name4] || String(Math.floor(here * 0.6)) };
}

// src/system/environment.ts
var passed = /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;
var nixLimits = "timeout = 10800\nmax-silent-time = 3600";
var slowGit = { GIT_HTTP_LOW_SPEED_LIMIT: "1000", GIT_HTTP_LOW_SPEED_TIME: "60" };
function childEnvironment(environment) {
  const kept = Object.fromEntries(
    Object.entries(environment).flatMap(
      ([name4, value]) => value !== void 0 && passed.test(name4) ? [[name4, value]] : []
    )
  );
  return {
    ...kept,
    PATH: absoluteOnly(environment.PATH ?? ""),
    ...slowGit,
    ...gitSettings(quietGit),
    ...evaluatorMemory(environment),
    NIX_CONFIG: `${nixLimits}
${environment.NIX_CONFIG ?? ""}`
  };
}
var absoluteOnly = (entries2) => entries2.split(path49.delimiter).filter(path49.isAbsolute).join(path49.delimiter);
var addresses = /^UV_(DEFAULT_INDEX|INDEX|INDEX_URL)$/;
var logins = /^(NETRC|UV_INDEX_\w+_(USERNAME|PASSWORD))$/i;
function forkEnvironment(environment, home) {
  const before = environment.HOME ?? home;
  const config = environment.XDG_CONFIG_HOME ?? path49.join(before, ".config");
  return {
    XDG_CACHE_HOME: path49.join(before, ".cache"),
    NIX_USER_CONF_FILES: path49.join(config, "nix/nix.conf"),
    ...withoutLogins(environment),
    HOME: home,
    XDG_CONFIG_HOME: path49.join(home, ".config"),
    XDG_DATA_HOME: path49.join(home, ".local/share"),
    // OpenSSH finds keys by the user's entry in passwd, not by HOME.
    GIT_SSH_COMMAND: "ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none",
    GIT_CONFIG_GLOBAL: "/dev/null",
    ...gitSettings(forkGit)
  };
}
function withoutLogins(environment) {
  const kept = Object.entries(environment).flatMap(([name4, value]) => {
    if (value === void 0 || logins.test(name4)) return [];
    return [[name4, addresses.test(name4) ? bare2(value) : value]];
  });
  return Object.fromEntries(kept);
}
var bare2 = (value) => value.replaceAll(/(:\/\/)[^/?#@\s]*@/g, "$1");
function gitSettings(pairs) {
  const entries2 = pairs.flatMap(([key2, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key2],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries2) };
}
var quietGit = [
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.alternateRefsCommand", "true"],
  ["protocol.ext.allow", "never"],
  ["maintenance.auto", "false"]
];
var forkGit = [
  ...quietGit,
  // An empty value clears the list of the files.
  ["credential.helper", ""],
  ["core.askPass", "true"]
];

// src/system/exec.ts
var mostStderr = 16 << 20;
var announced = new AsyncLocalStorage2();
subscribe(
  "child_process",
  (message) => announced.getStore()?.(message.process)
);
function makeRun(environment, stop, seconds2) {
  const find = (program2) => findProgram(program2, environment.PATH ?? "");
  return async (program2, args, options2 = {}) => {
    const [tool, setsid] = await Promise.all([find(program2), find("setsid")]);
    if (tool === void 0)
      return { code: noSuchProgram, stdout: "", stderr: `${program2}: no such program on PATH` };
    const env3 = options2.onlyEnv ? { ...options2.onlyEnv } : { ...environment, ...options2.env };
    const command = setsid === void 0 ? [tool, ...args] : [setsid, tool, ...args];
    const start2 = { program: program2, command, env: env3, cwd: options2.cwd };
    await expectStartable(start2);
    stop?.throwIfAborted();
    const result = await outcome(start2, options2, stop, seconds2);
    stop?.throwIfAborted();
    return result;
  };
}
async function findProgram(program2, pathVariable) {
  for (const folder of absoluteOnly(pathVariable).split(path50.delimiter).filter(Boolean)) {
    const file = path50.join(folder, program2);
    const isThere = await Promise.all([stat5(file), access2(file, constants4.X_OK)]).catch(() => void 0);
    if (isThere?.[0].isFile()) return file;
  }
  return void 0;
}
var [mostOfOne, mostOfAll] = [(1 << 17) - 1, 1 << 20];
async function expectStartable({ command, env: env3, cwd }) {
  if (cwd !== void 0) await access2(`${cwd}/.`, constants4.X_OK);
  const texts = [...command, ...Object.entries(env3).map((pair) => pair.join("="))];
  if (texts.some((text2) => text2.includes("\0"))) throw new TypeError("An argument contains a NUL character.");
  const sizes = texts.map((text2) => Buffer.byteLength(text2) + 1 + 8);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all <= mostOfAll && sizes.every((size) => size <= mostOfOne)) return;
  throw Object.assign(new Error("spawn E2BIG"), { code: "E2BIG", syscall: "spawn", path: command[0] });
}
async function outcome({ program: program2, command: [file, ...args], env: env3, cwd }, { input = "", onLine = () => {
}, onStart, signal }, stop, seconds2) {
  const limits3 = limitsOf(program2, seconds2);
  const limit2 = new AbortController();
  const ended = AbortSignal.any([limit2.signal, stop, signal].filter((one) => one !== void 0));
  const timer = setTimeout(() => limit2.abort(timedOut(program2, limits3)), limits3.seconds * 1e3);
  const exceeded = (most2) => limit2.abort(tooMuchOutput(program2, most2));
  const stdout = keep(limits3.stdout, limits3.stdout, exceeded);
  const stderr = keep(mostStderr, limits3.stderr, exceeded);
  const lines = splitLines(onLine);
  let child2;
  let failure3;
  let ending;
  const end2 = () => {
    if (child2?.pid !== void 0) ending ??= endTree(child2, listProcesses);
  };
  const onChild = (created) => {
    child2 = created;
    created.once("error", (error) => {
      failure3 = error;
    });
    created.once("spawn", () => {
      created.stdin?.on("error", () => {
      }).end(input);
      if (ended.aborted) end2();
      onStart?.();
    });
    created.once("exit", () => closeWhenQuiet(created));
  };
  ended.addEventListener("abort", end2, { once: true });
  try {
    const listeners = {
      stdout: (chunk) => void stdout.add(unjoined(chunk)),
      stderr: (chunk) => {
        if (stderr.add(unjoined(chunk))) lines.add(chunk);
      }
    };
    const options2 = { env: env3, silent: true, ignoreReturnCode: true, delay: forGood, listeners };
    await announced.run(onChild, () => exec2(quoted(file), args, cwd === void 0 ? options2 : { ...options2, cwd })).catch((error) => {
      throw failure3 ?? error;
    });
  } finally {
    clearTimeout(timer);
    ended.removeEventListener("abort", end2);
    await ending;
  }
  limit2.signal.throwIfAborted();
  lines.end();
  const by = child2?.signalCode ? `
error: ended by ${child2.signalCode}
` : "";
  return { code: child2?.exitCode ?? 1, stdout: stdout.text(), stderr: stderr.text() + by };
}
var quoted = (file) => `"${file.replaceAll('"', '\\"')}"`;
var forGood = 2 ** 31 - 1;
function unjoined(chunk) {
  chunk.toString = () => "";
  return chunk;
}
var listProcesses = async () => {
  const env3 = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
  return (await getExecOutput("ps", ["-A", "-o", "pid=,ppid=,lstart="], { env: env3, silent: true })).stdout;
};
var quiet = 1e3;
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
  }, quiet);
  child2.once("close", () => clearInterval(timer));
}
function keep(kept, most2, exceeded) {
  const chunks = [];
  let [size, all] = [0, 0];
  return {
    add: (chunk) => {
      all += chunk.length;
      if (all > most2) {
        exceeded(most2);
        return false;
      }
      chunks.push(chunk);
      size += chunk.length;
      while (size - (chunks[0]?.length ?? 0) > kept) size -= chunks.shift()?.length ?? 0;
      return true;
    },
    text: () => Buffer.concat(chunks).toString()
  };
}

// src/nix/nix-path.ts
import { access as access3 } from "node:fs/promises";
import path51 from "node:path";
var ofNixpkgs = [
  ...["channels.nixos.org", "releases.nixos.org", "nixos.org", "tarballs.nixos.org"],
  ...["github.com", "api.github.com", "codeload.github.com"]
];
function hostsOfNixPath(nixPath) {
  const addresses2 = [...nixPath.matchAll(/https?:\/\/[^\s:/]+/g)].flatMap(
    ([text2]) => URL.parse(text2)?.hostname ?? []
  );
  return /(^|[=:])(flake|channel):/.test(nixPath) ? [...addresses2, ...ofNixpkgs] : addresses2;
}
async function foldersBeside(nixPath) {
  const folders = nixPath.split(":").map((entry) => entry.slice(entry.indexOf("=") + 1));
  const found2 = await Promise.all(
    folders.map(async (folder) => {
      const dist = path51.join(folder, "../dist");
      const isOurs = path51.isAbsolute(folder) && path51.basename(folder) === "nix";
      return isOurs && await access3(path51.join(dist, "nix.js")).then(...known) ? [dist] : [];
    })
  );
  return found2.flat();
}
var known = [() => true, () => false];

// src/fetch/host-policy.ts
function makeHostPolicy(rules, resolve2 = resolveBySystem) {
  const get = once(rules);
  return {
    isActive: async () => hasRules(await get()),
    check: async (address3, what2) => {
      const known2 = await get();
      if (!hasRules(known2)) return;
      const url = checkText(known2, address3, what2);
      if (known2.allowedHosts !== void 0) return;
      const found2 = await addressesOf(url, resolve2).catch(() => []);
      checkAddresses2(known2, what2, url.host, found2);
    },
    approve: async (address3, what2) => {
      const known2 = await get();
      const url = hasRules(known2) ? checkText(known2, address3, what2) : new URL(address3);
      const found2 = addressesOf(url, resolve2);
      const addresses2 = await (isPublicOnly(known2) ? found2.catch(() => []) : found2);
      checkAddresses2(known2, what2, url.host, addresses2);
      return addresses2;
    }
  };
}
var everywhere = makeHostPolicy(async () => ({ allowedHosts: void 0, isUntrusted: false }));
var isPublicOnly = ({ allowedHosts, isUntrusted }) => allowedHosts === void 0 && isUntrusted;
var hasRules = ({ allowedHosts, isUntrusted }) => allowedHosts !== void 0 || isUntrusted;
function checkText({ allowedHosts, isUntrusted }, address3, what2) {
  const url = URL.parse(address3);
  if (url === null || /[\u0000-\u0020\u007f\\]/.test(address3))
    throw refused(what2, address3, "is not an http or https address");
  if (url.protocol === "ssh:" && isUntrusted)
    throw refused(what2, url.host, "is an ssh address, which an untrusted lock cannot use");
  if (!/^(https?|ssh):$/.test(url.protocol) || url.hostname === "")
    throw refused(what2, address3, "is not an http or https address");
  if (allowedHosts !== void 0 && !isAllowedHost(address3, allowedHosts))
    throw refused(what2, url.host, "is not among the configuration's allowed-hosts");
  if (isUntrusted && (url.username !== "" || url.password !== ""))
    throw refused(what2, url.host, "has credentials in its address");
  return url;
}
function checkAddresses2(rules, what2, host, addresses2) {
  if (!isPublicOnly(rules)) return;
  if (addresses2.length === 0) throw refused(what2, host, "cannot be resolved");
  const inner = addresses2.find((address3) => !isPublicAddress(address3));
  if (inner !== void 0) throw refused(what2, host, `is ${inner}, which is not a public address`);
}
function refused(what2, host, why) {
  return new UserError(
    "host-not-allowed",
    `${printable(what2)} is not fetched: '${printable(host.slice(0, 200))}' ${why}. Nothing was changed. To permit the host, add it to allowed-hosts in .github/uv-fod.toml on the base branch; changes of a pull request to this list have no effect.`
  );
}
var defaultPorts = { "https:": "443", "http:": "80", "ssh:": "22" };
function isAllowedHost(address3, hosts) {
  const url = URL.parse(address3);
  if (url === null || url.hostname === "") return false;
  const name4 = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = "", wanted2 = defaultPorts[url.protocol]] = entry.split(":");
    if (port !== wanted2) return false;
    return host.startsWith("*.") ? name4.endsWith(host.slice(1)) && name4.length > host.length - 1 : name4 === host;
  });
}
function withNixPath(policy, open5, nixPath) {
  const hosts = new Set(hostsOfNixPath(nixPath));
  return {
    ...policy,
    isActive: async () => true,
    approve: (address3, what2) => (hosts.has(URL.parse(address3)?.hostname ?? "") ? open5 : policy).approve(address3, what2)
  };
}

// src/fetch/netrc.ts
function netrcLogins(text2) {
  const logins2 = parseNetrc(text2);
  return ({ hostname }) => {
    const entry = logins2.get(hostname);
    return entry && `${entry.login}:${entry.password}`;
  };
}
function parseNetrc(text2) {
  const logins2 = /* @__PURE__ */ new Map();
  let current2;
  const words = withoutMacros(text2).split(/\s+/).filter((word3) => word3 !== "");
  for (let index = 0; index < words.length; index += 1) {
    const word3 = words[index];
    if (word3 === "default") current2 = void 0;
    else if (word3 === "machine") {
      index += 1;
      current2 = { login: "", password: "" };
      const host = words[index] ?? "";
      if (!logins2.has(host)) logins2.set(host, current2);
    } else if (word3 === "login" || word3 === "password") {
      index += 1;
      if (current2) current2[word3] = words[index] ?? "";
    } else if (word3 === "account") index += 1;
  }
  return logins2;
}
function withoutMacros(text2) {
  let inMacro = false;
  const kept = [];
  for (const line of text2.split("\n")) {
    if (line.trim() === "") inMacro = false;
    else if (/^\s*macdef\s/.test(line)) inMacro = true;
    else if (!inMacro && !line.trimStart().startsWith("#")) kept.push(line);
  }
  return kept.join("\n");
}

// src/fetch/upstream.ts
import { BlockList as BlockList2, isIP as isIP2 } from "node:net";
function upstreamFrom(environment) {
  const get = (name4) => environment[name4] || environment[name4.toUpperCase()] || void 0;
  const excluded = (get("no_proxy") ?? "").split(/[\s,]+/).filter(Boolean);
  return (url) => {
    const text2 = get(url.protocol === "https:" ? "https_proxy" : "http_proxy") ?? get("all_proxy");
    if (text2 === void 0 || excluded.some((entry) => matches(entry, url))) return void 0;
    const proxy = URL.parse(/^[a-z0-9+.-]+:\/\//i.test(text2) ? text2 : `http://${text2}`);
    if (proxy && /^https?:$/.test(proxy.protocol)) return proxy;
    throw new UserError(
      "proxy-unsupported",
      `The proxy of this machine (${proxy?.protocol ?? "not an address"}) is not an http or https proxy, so the addresses that uv and git contact cannot be checked. Set http_proxy and https_proxy to an http proxy, or remove allowed-hosts from the configuration.`
    );
  };
}
function matches(entry, { hostname, port, protocol }) {
  const name4 = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (entry === "*") return true;
  const [network = "", bits2] = entry.split("/");
  if (bits2 !== void 0) return isInNetwork(name4, network, Number(bits2));
  if (isIP2(entry.replace(/^\[|\]$/g, ""))) return entry.replace(/^\[|\]$/g, "") === name4;
  const [host = "", wanted2] = entry.split(":");
  const own = port || (protocol === "https:" ? "443" : "80");
  const domain = host.replace(/^\*?\./, "").toLowerCase();
  return (wanted2 === void 0 || wanted2 === own) && (name4 === domain || isIP2(name4) === 0 && name4.endsWith(`.${domain}`));
}
function isInNetwork(name4, network, bits2) {
  const family = isIP2(network);
  if (family === 0 || isIP2(name4) !== family || !(bits2 >= 0 && bits2 <= (family === 4 ? 32 : 128)))
    return false;
  const list4 = new BlockList2();
  const type = family === 4 ? "ipv4" : "ipv6";
  list4.addSubnet(network, bits2, type);
  return list4.check(name4, type);
}
function addressOfProxy(proxy) {
  if (proxy === void 0) return void 0;
  const { protocol, username, password, hostname, port } = proxy;
  const login2 = username === "" && password === "" ? "" : `${username}:${password}@`;
  return `${protocol}//${login2}${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}
var loginOf = ({ username, password }) => username === "" && password === "" ? {} : {
  "proxy-authorization": `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`
};

// src/fetch/network.ts
var mostNetrc = 1 << 20;
async function networkFrom(environment, approve = everywhere.approve, stop = new AbortController().signal) {
  const own = curlEnvironment(environment);
  const upstream = upstreamFrom(environment);
  const netrc = environment.NETRC ? await readBytes(environment.NETRC, mostNetrc) : void 0;
  return {
    run: makeRun(own, stop),
    environment: own,
    stop,
    proxyFor: (url) => addressOfProxy(upstream(url)),
    loginFor: netrcLogins(netrc?.toString() ?? ""),
    approve: (address3, what2) => approve(address3, what2).catch((error) => {
      if (error instanceof UserError || upstream(new URL(address3)) === void 0) throw error;
      return [];
    }),
    // nixpkgs sets a missing file if the output's hash is known.
    certificates: [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
      (file) => file && !file.endsWith("/no-cert-file.crt")
    ),
    retries: 4,
    retryDelay: 500,
    patience: { connect: 15, window: 30, minimum: 4096, total: 120, rate: 5e4 }
  };
}
function curlEnvironment(environment) {
  const tls = ["SSL_CERT_DIR", "SSL_CERT_FILE", "NIX_SSL_CERT_FILE"];
  const names2 = ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", ...tls];
  return Object.fromEntries(names2.flatMap((name4) => environment[name4] ? [[name4, environment[name4]]] : []));
}

// src/fetch/hash-tools.ts
var cacheSize = 2 * 1024 ** 3;
async function makeHashTools(environment, log, stop, approve, runnerCacheFor2 = "nothing") {
  const cache = await usableCache(environment, log);
  const runner = runnerCacheFor2 === "nothing" ? void 0 : runnerCache(environment);
  const maySave = runnerCacheFor2 === "everything";
  return {
    ...{ cache, cacheSize },
    network: () => networkFrom(environment, approve, stop),
    ...runner ? { saved: { folder: cache.folder, runner, log, maySave } } : {}
  };
}
async function usableCache({ XDG_CACHE_HOME, HOME }, log) {
  const home = XDG_CACHE_HOME || (HOME ? path52.join(HOME, ".cache") : void 0);
  const temporary = path52.join(tmpdir3(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== void 0 && path52.isAbsolute(home)) {
    try {
      return await openCache(path52.join(home, "uv-fod"));
    } catch (error) {
      log.warning(
        `Using ${temporary} as the cache, because ${home} is not usable (${error.message}).`
      );
    }
  }
  return openCache(temporary);
}

// node_modules/@octokit/plugin-retry/dist-bundle/index.js
var import_light = __toESM(require_light(), 1);

// node_modules/@octokit/request-error/dist-src/index.js
var RequestError = class extends Error {
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
  constructor(message, statusCode, options2) {
    super(message, { cause: options2.cause });
    this.name = "HttpError";
    this.status = Number.parseInt(statusCode);
    if (Number.isNaN(this.status)) {
      this.status = 0;
    }
    if ("response" in options2) {
      this.response = options2.response;
    }
    const requestCopy = Object.assign({}, options2.request);
    if (options2.request.headers.authorization) {
      requestCopy.headers = Object.assign({}, options2.request.headers, {
        authorization: options2.request.headers.authorization.replace(
          /(?<! ) .*$/,
          " [REDACTED]"
        )
      });
    }
    requestCopy.url = requestCopy.url.replace(/\bclient_secret=\w+/g, "client_secret=[REDACTED]").replace(/\baccess_token=\w+/g, "access_token=[REDACTED]");
    this.request = requestCopy;
  }
};

// node_modules/@octokit/plugin-retry/dist-bundle/index.js
var VERSION2 = "0.0.0-development";
function isRequestError(error) {
  return error.request !== void 0;
}
async function errorRequest(state, octokit, error, options2) {
  if (!isRequestError(error) || !error?.request.request) {
    throw error;
  }
  if (error.status >= 400 && !state.doNotRetry.includes(error.status)) {
    const retries = options2.request.retries != null ? options2.request.retries : state.retries;
    const retryAfter = Math.pow((options2.request.retryCount || 0) + 1, 2);
    throw octokit.retry.retryRequest(error, retries, retryAfter);
  }
  throw error;
}
async function wrapRequest(state, octokit, request, options2) {
  const limiter = new import_light.default();
  limiter.on("failed", function(error, info) {
    const maxRetries = ~~error.request.request?.retries;
    const after = ~~error.request.request?.retryAfter;
    options2.request.retryCount = info.retryCount + 1;
    if (maxRetries > info.retryCount) {
      return after * state.retryAfterBaseValue;
    }
  });
  return limiter.schedule(
    requestWithGraphqlErrorHandling.bind(null, state, octokit, request),
    options2
  );
}
async function requestWithGraphqlErrorHandling(state, octokit, request, options2) {
  const response = await request(options2);
  if (response.data && response.data.errors && response.data.errors.length > 0 && /Something went wrong while executing your query/.test(
    response.data.errors[0].message
  )) {
    const error = new RequestError(response.data.errors[0].message, 500, {
      request: options2,
      response
    });
    return errorRequest(state, octokit, error, options2);
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
      retryRequest: (error, retries, retryAfter) => {
        error.request.request = Object.assign({}, error.request.request, {
          retries,
          retryAfter
        });
        return error;
      }
    }
  };
  if (state.enabled) {
    octokit.hook.error("request", errorRequest.bind(null, state, retryPlugin));
    octokit.hook.wrap("request", wrapRequest.bind(null, state, retryPlugin));
  }
  return retryPlugin;
}
retry.VERSION = VERSION2;

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var import_light2 = __toESM(require_light(), 1);
var VERSION3 = "0.0.0-development";
var noop = () => Promise.resolve();
function wrapRequest2(state, request, options2) {
  return state.retryLimiter.schedule(doRequest, state, request, options2);
}
async function doRequest(state, request, options2) {
  const { pathname } = new URL(options2.url, "http://github.test");
  const isAuth = isAuthRequest(options2.method, pathname);
  const isWrite = !isAuth && options2.method !== "GET" && options2.method !== "HEAD";
  const isSearch = options2.method === "GET" && pathname.startsWith("/search/");
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
  const req = (isAuth ? state.auth : state.global).key(state.id).schedule(jobOptions, request, options2);
  if (isGraphQL) {
    const res = await req;
    if (res.data.errors != null && res.data.errors.some((error) => error.type === "RATE_LIMITED")) {
      const error = Object.assign(new Error("GraphQL Rate Limit Exceeded"), {
        response: res,
        data: res.data
      });
      throw error;
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
var triggers_notification_paths_default = [
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
function routeMatcher(paths) {
  const regexes = paths.map(
    (path60) => path60.split("/").map((c2) => c2.startsWith("{") ? "(?:.+?)" : c2).join("/")
  );
  const regex2 = `^(?:${regexes.map((r3) => `(?:${r3})`).join("|")})[^/]*$`;
  return new RegExp(regex2, "i");
}
var regex = routeMatcher(triggers_notification_paths_default);
var triggersNotification = regex.test.bind(regex);
var groups = {};
var createGroups = function(Bottleneck2, common2) {
  groups.global = new Bottleneck2.Group({
    id: "octokit-global",
    maxConcurrent: 10,
    ...common2
  });
  groups.auth = new Bottleneck2.Group({
    id: "octokit-auth",
    maxConcurrent: 1,
    ...common2
  });
  groups.search = new Bottleneck2.Group({
    id: "octokit-search",
    maxConcurrent: 1,
    minTime: 2e3,
    ...common2
  });
  groups.write = new Bottleneck2.Group({
    id: "octokit-write",
    maxConcurrent: 1,
    minTime: 1e3,
    ...common2
  });
  groups.notifications = new Bottleneck2.Group({
    id: "octokit-notifications",
    maxConcurrent: 1,
    minTime: 3e3,
    ...common2
  });
};
function throttling(octokit, octokitOptions) {
  const {
    enabled = true,
    Bottleneck: Bottleneck2 = import_light2.default,
    id = "no-id",
    timeout = 1e3 * 60 * 2,
    // Redis TTL: 2 minutes
    connection
  } = octokitOptions.throttle || {};
  if (!enabled) {
    return {};
  }
  const common2 = { timeout };
  if (typeof connection !== "undefined") {
    common2.connection = connection;
  }
  const state = Object.assign(
    {
      clustering: connection != null,
      triggersNotification,
      fallbackSecondaryRateRetryAfter: 60,
      retryAfterBaseValue: 1e3,
      id
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
      createGroups(Bottleneck2, common2);
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
    state.retryLimiter.on("failed", async function(error, info) {
      const [state2, request, options2] = info.args;
      const { pathname } = new URL(options2.url, "http://github.test");
      const shouldRetryGraphQL = pathname.startsWith("/graphql") && error.status !== 401;
      if (!(shouldRetryGraphQL || error.status === 403 || error.status === 429)) {
        return;
      }
      const retryCount = ~~request.retryCount;
      request.retryCount = retryCount;
      options2.request.retryCount = retryCount;
      const { wantRetry, retryAfter = 0 } = await (async function() {
        if (/\bsecondary rate\b/i.test(error.message)) {
          const retryAfter2 = Number(error.response.headers["retry-after"]) || state2.fallbackSecondaryRateRetryAfter;
          const wantRetry2 = await emitter.trigger(
            "secondary-limit",
            retryAfter2,
            options2,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        if (error.response.headers != null && error.response.headers["x-ratelimit-remaining"] === "0" || (error.response.data?.errors ?? []).some(
          (error2) => error2.type === "RATE_LIMITED"
        )) {
          const rateLimitReset = new Date(
            ~~error.response.headers["x-ratelimit-reset"] * 1e3
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
            options2,
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
  octokit.hook.wrap("request", (request, options2) => {
    initializeBottleneck();
    return wrapRequest2(state, request, options2);
  });
  return {};
}
throttling.VERSION = VERSION3;
throttling.triggersNotification = triggersNotification;

// src/pull-request/request-errors.ts
var failureOf = (error) => typeof error === "object" && error !== null ? error : {};
function statusOf2(error) {
  const { status } = failureOf(error);
  return typeof status === "number" ? status : void 0;
}
var DAY = 24 * 60 * 60;

// src/pull-request/github/answers.ts
var sha = text(40, /^[0-9a-f]{40}$/);
var name3 = text(1e3);
var long = text(1e6);
var date = text(40, /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/);
var login = having({ login: name3 });
var withSha = having({ sha });
var pull = having({
  number: whole(1, 1e12),
  html_url: text(2e3, /^https?:\/\//),
  state: oneOf("open", "closed"),
  merged_at: maybe(text(100)),
  title: text(1e4),
  body: maybe(long),
  labels: list(having({ name: name3 }), 1e3),
  assignees: maybe(list(login, 1e3)),
  requested_reviewers: maybe(list(login, 1e3)),
  requested_teams: maybe(list(having({ slug: name3 }), 1e3)),
  milestone: maybe(having({ title: name3 })),
  draft: maybe(yesOrNo),
  auto_merge: maybe(having({})),
  node_id: name3,
  head: having({ sha, ref: name3, repo: maybe(having({ full_name: name3 })) }),
  base: having({ ref: name3, user: maybe(login) })
});
var signature = maybe(having({ name: maybe(name3), date: maybe(date) }));
var listedCommit = having({
  sha,
  commit: having({ message: long, tree: withSha, author: signature, committer: signature }),
  parents: list(withSha, 1e3)
});
var event = having({
  label: maybe(having({ name: maybe(name3) })),
  assignee: maybe(login),
  requested_reviewer: maybe(having({ login: maybe(name3) })),
  requested_team: maybe(having({ slug: maybe(name3) })),
  milestone: maybe(having({ title: maybe(name3) }))
});
var release = having({
  tag_name: name3,
  draft: yesOrNo,
  prerelease: yesOrNo,
  body: maybe(long),
  published_at: maybe(date)
});
var graphql = (data) => (value, at) => {
  const problems = maybe(list(having({ message: long, type: maybe(name3) }), 1e3));
  const wrong = having({ errors: problems })(value, at);
  const { errors, data: found2 } = value ?? {};
  if (wrong !== void 0) return wrong;
  return errors && (found2 === null || found2 === void 0) ? void 0 : data(found2, `${at}.data`);
};
var viewed = (value, at) => {
  const wrong = having({ oid: maybe(sha), tree: maybe(having({ oid: sha })) })(value, at);
  if (wrong !== void 0) return wrong;
  const file = maybe(having({ oid: sha, mode: whole(0, 262143) }));
  for (const [field, one] of Object.entries(value)) {
    const problem = /^f\d+$/.test(field) ? file(one, `${at}.${field}`) : void 0;
    if (problem !== void 0) return problem;
  }
  return void 0;
};
var target = maybe(having({ target: maybe(viewed) }));
var done = graphql(having({}));
var heads = having({
  viewer: maybe(login),
  repository: maybe(having({ id: name3, base: target, branch: target, read: maybe(viewed) }))
});
var view = having({ repository: maybe(having({ object: maybe(viewed) })) });
var autoMerge = having({
  node: maybe(
    having({
      timelineItems: having({ nodes: list(having({ actor: maybe(login) }), 100) }),
      repository: having({
        autoMergeAllowed: maybe(yesOrNo),
        mergeCommitAllowed: maybe(yesOrNo),
        squashMergeAllowed: maybe(yesOrNo),
        rebaseMergeAllowed: maybe(yesOrNo)
      })
    })
  )
});
var githubAnswers = {
  "GET /repos/{owner}/{repo}/pulls": list(pull, 100),
  "POST /repos/{owner}/{repo}/pulls": pull,
  "POST /repos/{owner}/{repo}/git/trees": withSha,
  "POST /repos/{owner}/{repo}/git/commits": withSha,
  "GET /repos/{owner}/{repo}/git/ref/{ref}": having({ object: withSha }),
  "GET /repos/{owner}/{repo}/git/matching-refs/{ref}": list(having({ ref: name3 }), 1e6),
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
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events": list(event, 100),
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": list(having({ body: maybe(long) }), 100),
  "GET /repos/{owner}/{repo}/milestones": list(having({ number: whole(1, 1e12), title: name3 }), 100),
  "GET /repos/{owner}/{repo}/releases": list(release, 100),
  Look: graphql(heads),
  View: graphql(view),
  AutoMerge: graphql(autoMerge),
  Move: done,
  EnableAutoMerge: done,
  ToDraft: done,
  ToReady: done
};

// src/pull-request/github/client.ts
function answerProblem(answers, { method, url, query }, data) {
  const [, operation] = /^\s*(?:query|mutation) (\w+)/.exec(String(query)) ?? [];
  const name4 = operation ?? `${method} ${url}`;
  return Object.hasOwn(answers, name4) ? answers[name4]?.(data, "answer") : void 0;
}
function guard(timeout, answers) {
  return ({ hook }) => {
    hook.wrap("request", async (request, options2) => {
      options2.request.signal = AbortSignal.timeout(timeout);
      const failed2 = (problem2) => new RequestError(problem2, 502, { request: { ...options2, headers: options2.headers } });
      const response = await Promise.resolve(request(options2)).catch((error) => {
        throw statusOf2(error) === void 0 ? failed2("its answer could not be read") : error;
      });
      const problem = answerProblem(answers, options2, response.data);
      if (problem === void 0) return response;
      throw failed2(`its answer is not what it documents: ${problem}`);
    });
    return {};
  };
}
var UNSPACED = {
  key: () => ({
    schedule: (_, run, ...args) => run(...args)
  })
};
function createClient(makeOctokit, token, baseUrl, log, patience = {}, answers = githubAnswers) {
  const { retries = 3, timeout = 3e4, longestWait = 120, second = 1e3 } = patience;
  const mayWait = (kind) => (seconds2, options2, _, times) => {
    const isTime = Number.isFinite(seconds2) && seconds2 >= 0;
    const waits = isTime && times < 2 && seconds2 <= longestWait;
    const how = isTime ? `${waits ? "waiting" : "not waiting"} ${seconds2} s` : "not waiting";
    log.warning(`The ${kind} rate limit at ${options2.method ?? ""} ${options2.url ?? ""}: ${how}.`);
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
        ...{ global: UNSPACED, write: UNSPACED, notifications: UNSPACED },
        onRateLimit: mayWait("primary"),
        onSecondaryRateLimit: mayWait("secondary")
      },
      log: {
        debug: () => void 0,
        info: () => void 0,
        warn: (text2) => log.warning(text2),
        error: () => void 0
      }
    },
    guard(timeout, answers),
    retry,
    throttling
  );
}

// src/system/cancel.ts
import { constants as constants5 } from "node:os";
var longest3 = 6e3;
function cancelOnSignals(late = () => {
}) {
  const controller = new AbortController();
  let code2;
  const cancel = (exitCode2, reason) => {
    if (code2 !== void 0) return;
    code2 = exitCode2;
    controller.abort(reason);
    const timer = setTimeout(() => {
      late();
      process.exit(exitCode2);
    }, longest3);
    timer.unref();
  };
  for (const name4 of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(name4, () => cancel(shellCode(name4), cancelled(name4)));
  for (const output of [process.stdout, process.stderr])
    output.on(
      "error",
      (error) => cancel(error.code === "EPIPE" ? shellCode("SIGPIPE") : 1, unwritableLog(error))
    );
  return { signal: controller.signal, code: () => code2 };
}
var shellCode = (name4) => 128 + constants5.signals[name4];
var cancelled = (name4) => new UserError(
  "cancelled",
  `Cancelled (${name4}): what was under way is ended and the checkout is as it was. Nothing is lost; run it again.`
);
var unwritableLog = (cause) => new UserError(
  "log-unwritable",
  `The log can't be written (${cause.code}): what was under way is ended and the checkout is as it was. Make room for it, and run it again.`,
  { cause }
);

// src/system/log.ts
var redraw = 500;
var interval = 1e4;
var worthReporting = 1e3;
function makeLog({ info, warning, progress, begin, end: end2 }) {
  let began = performance.now();
  let [shown2, latest] = [began, ""];
  const show2 = () => {
    if (latest === "") return;
    const now = performance.now();
    const isDue = now - shown2 >= interval;
    if (isDue) shown2 = now;
    progress(`${oneLine(latest)}, ${Math.round((now - began) / 1e3)} s`, isDue);
  };
  return {
    info: (message) => info(harmless(message)),
    warning: (message) => warning(harmless(message)),
    progress: (message) => {
      latest = message;
    },
    group: async (title, body) => {
      begin(oneLine(title));
      began = shown2 = performance.now();
      const timer = setInterval(show2, redraw).unref();
      try {
        return await body();
      } finally {
        clearInterval(timer);
        latest = "";
        end2(performance.now() - began);
      }
    }
  };
}
var oneLine = (text2) => harmless(text2).replaceAll("\n", " ");
function terminalLog({ write: write2, columns }, verbose) {
  let [depth, isMoving] = [0, false];
  const clear = () => {
    if (isMoving) write2("\r\x1B[K");
    isMoving = false;
  };
  const print = (text2) => {
    clear();
    write2(`${harmless(`${"  ".repeat(depth)}${text2}`)}
`);
  };
  return makeLog({
    info: (text2) => {
      if (verbose || depth === 0) print(text2);
    },
    warning: (text2) => print(`warning: ${text2}`),
    progress: (line, isDue) => {
      const width = columns();
      if (width === void 0) {
        if (isDue) print(`… ${line}`);
        return;
      }
      const shown2 = [...`${"  ".repeat(depth)}${line}`].slice(0, Math.max(width - 1, 1));
      write2(`\r\x1B[K${shown2.join("")}`);
      isMoving = true;
    },
    begin: (title) => {
      print(title);
      depth += 1;
    },
    end: (milliseconds) => {
      clear();
      if (milliseconds >= worthReporting) print(`took ${(milliseconds / 1e3).toFixed(1)} s`);
      depth -= 1;
    }
  });
}

// src/system/telling-lines.ts
var MOST = 20;
var WIDEST = 300;
var LOOKED_AT = 256 * 1024;
function tellingLines(log) {
  const lines = withoutColours(log.slice(-LOOKED_AT)).split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const last = lines.findLastIndex((line) => QUOTED.test(line));
  const first4 = lines.findLastIndex((line, index) => index < last && !QUOTED.test(line)) + 1;
  const block = last < 0 ? lines : lines.slice(first4, last + 1).map((line) => line.replace(/^\s+> ?/, ""));
  return block.filter((line) => line.trim() !== "").slice(-MOST).map((line) => cut(printable(line.replaceAll("	", "  "))));
}
var QUOTED = /^\s+>(?: |$)/;
var cut = (line) => {
  const characters = [...line.slice(0, 2 * WIDEST)];
  return characters.length > WIDEST ? `${characters.slice(0, WIDEST - 1).join("")}…` : line;
};

// src/system/uncaught.ts
import { format } from "node:util";
function reportUncaught(report2) {
  const write2 = (text2) => void process.stderr.write(`${harmless(text2)}
`);
  process.removeAllListeners("warning");
  process.on("warning", ({ message }) => write2(`warning: ${message}`));
  for (const name4 of ["debug", "info", "log", "warn", "error"])
    console[name4] = (...values) => write2(format(...values));
  const end2 = (error) => {
    report2(error);
    process.exit(1);
  };
  process.on("uncaughtException", end2);
  process.on("unhandledRejection", end2);
}

// src/update/context.ts
import path59 from "node:path";

// src/fetch/proxy.ts
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { pipeline as pipeline3 } from "node:stream/promises";

// src/fetch/proxy-route.ts
import {
  request as httpRequest
} from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, isIP as isIP3 } from "node:net";
import { pipeline as pipeline2 } from "node:stream/promises";
var limits = { connect: 15e3, silence: 3e5 };
var hopByHop = /^(connection|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;
var withoutHops = (headers) => Object.fromEntries(Object.entries(headers).filter(([name4]) => !hopByHop.test(name4)));
var pinnedTo = (addresses2) => (host, options2, done2) => {
  const all = addresses2.map((address3) => ({ address: address3, family: isIP3(address3) }));
  const [first4] = all;
  if (!first4) done2(new Error(`${host} has no address`), []);
  else if (options2.all) done2(null, all);
  else done2(null, first4.address, first4.family);
};
var nameOf2 = ({ hostname }) => hostname.replace(/^\[|\]$/g, "");
function send2({ url, addresses: addresses2, proxy }, request) {
  const { method = "GET" } = request;
  const headers = { ...withoutHops(request.headers), host: url.host };
  const options2 = proxy ? { ...via(proxy), path: url.href, headers: { ...headers, ...loginOf(proxy) } } : { host: nameOf2(url), port: url.port || 80, path: url.pathname + url.search, headers };
  const lookup2 = proxy ? {} : { lookup: pinnedTo(addresses2) };
  return new Promise((done2, fail) => {
    const start2 = proxy?.protocol === "https:" ? httpsRequest : httpRequest;
    const sent = start2({ ...options2, ...lookup2, method, agent: false }, done2);
    sent.setTimeout(limits.silence, () => sent.destroy(new Error("no response")));
    pipeline2(request, sent).catch(fail);
  });
}
function dial({ url, addresses: addresses2, proxy }) {
  const port = Number(url.port || 443);
  return new Promise((done2, fail) => {
    if (proxy) return throughProxy(`${url.hostname}:${port}`, proxy, done2, fail);
    const socket = connect({ host: nameOf2(url), port, lookup: pinnedTo(addresses2) });
    const late = setTimeout(() => socket.destroy(new Error("no connection in time")), limits.connect);
    socket.once("close", () => clearTimeout(late)).once("error", fail);
    socket.once("connect", () => {
      clearTimeout(late);
      done2(socket.setTimeout(limits.silence, () => socket.destroy()));
    });
  });
}
function throughProxy(target2, proxy, done2, fail) {
  const start2 = proxy.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = { host: target2, ...loginOf(proxy) };
  const asked2 = start2({ ...via(proxy), method: "CONNECT", path: target2, headers, agent: false });
  asked2.setTimeout(limits.connect, () => asked2.destroy(new Error("no response from the proxy")));
  asked2.once("error", fail).once("response", () => fail(new Error("not a proxy")));
  asked2.once("connect", ({ statusCode }, socket, head) => {
    socket.setTimeout(limits.silence, () => socket.destroy());
    if (head.length > 0) socket.unshift(head);
    if (statusCode === 200) return done2(socket);
    socket.destroy();
    fail(new Error(`the proxy responded with status ${statusCode}`));
  });
}
var via = (proxy) => ({
  host: nameOf2(proxy),
  port: proxy.port || (proxy.protocol === "https:" ? 443 : 80)
});

// src/fetch/proxy.ts
var limits2 = { headers: 32 << 10, connections: 256, silence: 3e5 };
async function startProxy(approve, upstream, what2) {
  const password = randomBytes(16).toString("hex");
  const login2 = `Basic ${Buffer.from(`uv-fod:${password}`).toString("base64")}`;
  const refused2 = [];
  const tunnels = /* @__PURE__ */ new Set();
  const routeTo = (url) => route(url, upstream, (address3) => approve(address3, what2)).catch((error) => {
    if (error instanceof UserError) refused2.push(error);
    throw error;
  });
  const forward = async (request, response) => {
    const url = URL.parse(request.url ?? "");
    if (url?.protocol !== "http:") throw new Error("not a request for a proxy");
    const answer = await send2(await routeTo(url), request);
    response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
    await pipeline3(answer, response);
  };
  const tunnel = async (request, socket, head) => {
    const authority = /^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i.exec(request.url ?? "")?.[0];
    if (authority === void 0) throw new Error("not an authority");
    const target2 = await dial(await routeTo(new URL(`https://${authority}`)));
    for (const end2 of [socket, target2]) tunnels.add(end2.once("close", () => tunnels.delete(end2)));
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    target2.write(head);
    await Promise.all([pipeline3(socket, target2), pipeline3(target2, socket)]);
  };
  const server = createServer({ maxHeaderSize: limits2.headers, requestTimeout: limits2.silence });
  server.maxConnections = limits2.connections;
  server.setTimeout(limits2.silence);
  const isKnown = (request) => request.headers["proxy-authorization"] === login2;
  server.on("request", (request, response) => {
    if (!isKnown(request)) return void response.writeHead(407, challenge).end();
    forward(request, response).catch((error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(statusOf3(error), { connection: "close" }).end();
    });
  });
  server.on("connect", (request, socket, head) => {
    socket.on("error", () => {
    });
    const end2 = (status) => void socket.end(`HTTP/1.1 ${status}\r
Content-Length: 0\r
\r
`);
    if (!isKnown(request))
      return end2(`407 Unknown\r
Proxy-Authenticate: ${challenge["proxy-authenticate"]}`);
    tunnel(request, socket, head).catch((error) => {
      if (tunnels.has(socket)) socket.destroy();
      else end2(`${statusOf3(error)} Refused`);
    });
  });
  await new Promise((done2, fail) => server.once("error", fail).listen(0, "127.0.0.1", done2));
  return {
    address: `http://uv-fod:${password}@127.0.0.1:${server.address().port}`,
    refused: refused2,
    close: () => {
      server.close();
      server.closeAllConnections();
      for (const end2 of tunnels) end2.destroy();
    }
  };
}
var challenge = { "proxy-authenticate": 'Basic realm="uv-fod"' };
var statusOf3 = (error) => error instanceof UserError ? 403 : 502;
async function route(url, upstream, approve) {
  const proxy = upstream(url);
  const unlessRefused = (error) => {
    if (error instanceof UserError || proxy === void 0) throw error;
    return [];
  };
  return { url, proxy, addresses: await approve(url.href).catch(unlessRefused) };
}

// src/fetch/contact.ts
var through = (address3) => Object.fromEntries(
  ["http_proxy", "https_proxy", "all_proxy", "no_proxy"].flatMap((name4) => {
    const value = name4 === "no_proxy" ? "" : address3;
    return [
      [name4, value],
      [name4.toUpperCase(), value]
    ];
  })
);
function makeContact(run, policy, upstream) {
  return async (program2, args, options2 = {}) => {
    if (!await policy.isActive()) return run(program2, args, options2);
    const proxy = await startProxy(policy.approve, upstream, `A request of ${program2}`);
    try {
      const env3 = { ...options2.env, ...through(proxy.address) };
      const result = await run(program2, args, { ...options2, env: env3 });
      const [first4] = proxy.refused;
      if (first4 === void 0) return result;
      const { code: code2, message } = first4;
      throw new UserError(code2, message, { log: result.stderr, cause: first4 });
    } finally {
      proxy.close();
    }
  };
}

// src/fetch/text.ts
import { randomUUID as randomUUID3 } from "node:crypto";
import { readFile as readFile4, rm as rm12 } from "node:fs/promises";
import path53 from "node:path";
var mostBytes2 = 64 * 1024 * 1024;
var seconds = 60;
function makeFetchText(network, scratch) {
  return async (address3, headers, { most: most2 = mostBytes2, signal } = {}) => {
    const url = URL.parse(address3);
    if (!url || !/^https?:$/.test(url.protocol))
      throw unreachable(address3, "it is not an http or https address");
    const file = path53.join(scratch, `text-${randomUUID3()}`);
    const request = {
      ...{ url, file, most: most2, seconds, keepsErrors: true },
      headers: { "user-agent": "uv-fod", ...headers },
      label: url.pathname.split("/").at(-1) || url.host,
      explain: (_, reason) => unreachable(address3, reason)
    };
    let found2 = { status: 0, contentType: "", text: "" };
    try {
      const patient = { ...await network(), retries: 1 };
      const accept = async (_, { status, contentType }) => {
        found2 = { status, contentType, text: await readFile4(file, "utf8").catch(() => "") };
      };
      await fetchAll([request], patient, accept, signal);
      return found2;
    } finally {
      await rm12(file, { force: true });
    }
  };
}
var unreachable = (address3, why) => new UserError(
  "releases-unreachable",
  `The request to ${URL.parse(address3)?.host ?? address3} failed: ${why.replace(/\.$/, "")}. Nothing was changed; check the address and run this again.`
);

// src/nix/edit.ts
import { randomBytes as randomBytes2 } from "node:crypto";
import { rename as rename4, rm as rm13, stat as stat6, writeFile as writeFile5 } from "node:fs/promises";
async function replaceAll(files) {
  const staged = [];
  try {
    for (const { file, text: text2 } of files) {
      if (text2 === void 0) continue;
      const part = `${file}.${randomBytes2(4).toString("hex")}.part`;
      staged.push({ part, file });
      const mode = await stat6(file).then(
        (found2) => found2.mode,
        () => 420
      );
      await writeFile5(part, text2, { mode });
    }
    for (const { part, file } of staged) await rename4(part, file);
  } finally {
    for (const { part } of staged) await rm13(part, { force: true });
  }
  for (const { file, text: text2 } of files) if (text2 === void 0) await rm13(file, { force: true });
}

// src/nix/git-index.ts
import path54 from "node:path";
async function introduce({ root }, edits, run) {
  const made = edits.flatMap(({ file, before }) => before === void 0 ? [file] : []);
  if (root?.kind !== "flake" || !root.url.startsWith("git+") || made.length === 0) return async () => {
  };
  const { checkout: checkout2 } = root;
  const git = (...args) => run("git", ["-C", checkout2, ...args]);
  const listed = await git("ls-files", "-z", "--", ...made.map(literally));
  const known2 = new Set(listed.stdout.split("\0").map((name4) => path54.join(checkout2, name4)));
  const fresh = made.filter((file) => !known2.has(file));
  if (fresh.length === 0) return async () => {
  };
  const added = await git("add", "--intent-to-add", "--", ...fresh.map(literally));
  if (added.code === 0) return () => forget(checkout2, fresh, run);
  const names2 = fresh.map((file) => path54.relative(checkout2, file)).join(" and ");
  throw new UserError(
    "ignored-by-git",
    `git can't add ${names2} (${added.stderr.trim().split("\n")[0]}), so a flake can't see it. Remove it from .gitignore: it has to be committed. Nothing was changed.`
  );
}
async function forget(dir, files, run) {
  if (files.length > 0) await run("git", ["-C", dir, "update-index", "--force-remove", "--", ...files]);
}
var literally = (file) => `:(literal)${file}`;

// src/nix/edits.ts
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
    const text2 = await this.#context.read(file);
    if (text2 !== void 0) return text2;
    throw new UserError("file-missing", `There is no file ${file}; correct its path in the configuration.`);
  }
  /** Gives a file that exists another text. */
  async write(file, text2) {
    const before = await this.read(file);
    if (text2 !== before) await this.add([{ file, before, after: text2 }]);
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
    const first4 = new Map(this.since().map(({ file, before }) => [file, before]));
    const below = (edit) => first4.has(edit.file) ? { ...edit, before: first4.get(edit.file) } : edit;
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
    } catch (error) {
      await this.undo();
      throw error;
    }
  }
};

// src/nix/fork-nix.ts
import { realpath as realpath4 } from "node:fs/promises";
import path56 from "node:path";

// src/nix/locked-flake.ts
import { copyFile as copyFile3, mkdtemp as mkdtemp7, writeFile as writeFile6 } from "node:fs/promises";
import path55 from "node:path";
import { fileURLToPath as fileURLToPath2, pathToFileURL as pathToFileURL2 } from "node:url";
async function lockedFlake(address3, run, scratch) {
  const url = new URL(address3);
  if (url.protocol !== "git+file:") throw unlocked("it is not in a git repository");
  const checkout2 = fileURLToPath2(`file://${url.pathname}`);
  const copy = await mkdtemp7(path55.join(scratch, "flake-"));
  const git = async (...args) => {
    const { code: code2, stdout, stderr } = await run("git", args, { env: author });
    if (code2 !== 0) throw unlocked(stderr.trim().split("\n").at(-1) ?? "");
    return stdout.trimEnd();
  };
  const own = (name4) => git("-C", checkout2, "rev-parse", "--path-format=absolute", "--git-path", name4);
  const dir = path55.join(copy, ".git");
  await git("init", "--quiet", "--initial-branch=main", "--template=", copy);
  await copyFile3(await own("index"), path55.join(dir, "index"));
  await copyFile3(await own("shallow"), path55.join(dir, "shallow")).catch(() => {
  });
  await writeFile6(path55.join(dir, "objects/info/alternates"), `${await own("objects")}
`);
  const here = ["--git-dir", dir, "--work-tree", checkout2];
  await git(...here, "-C", checkout2, "add", "--update", "--", ":/");
  const tree = await git(...here, "write-tree");
  const rev2 = await git(...here, "commit-tree", tree, "-m", "The files as they are");
  await git(...here, "update-ref", "refs/heads/main", rev2);
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
var options = (pairs) => pairs.flatMap(([name4, value]) => ["--option", name4, value]);
var env2 = {
  GIT_SSH_COMMAND: "false",
  GIT_TERMINAL_PROMPT: "0",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null"
};
function makeForkNix(fork) {
  return async (program2, args, given = {}) => {
    if (!args.includes("--expr")) return fork.run(program2, args, given);
    if (program2 !== "nix-instantiate")
      throw new UserError("evaluation-failed", `${program2} does not evaluate code of a fork.`);
    const restricted = await restrict(args, fork);
    return fork.contact(program2, restricted, { ...given, env: { ...given.env, ...env2 } });
  };
}
async function restrict(args, fork) {
  const at = args.findIndex((arg, index) => arg === "url" && args[index - 1] === "--argstr");
  return at < 0 ? restrictFile(args, fork) : restrictFlake(args, at + 1, fork);
}
async function restrictFile(args, { checkout: checkout2, nixPath }) {
  const folders = [path56.resolve(checkout2), await realpath4(checkout2), ...await foldersBeside(nixPath)];
  return [
    ...args,
    // With a name, so that `<nixpkgs>` is still looked up in the user's Nix path.
    ...[...new Set(folders)].flatMap((folder, index) => ["-I", `uv-fod-reads-${index}=${folder}`]),
    ...options([
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
    ...options([...pure, ["flake-registry", ""], ...settings2])
  ];
}

// src/nix/journal.ts
import { readFile as readFile5, rename as rename5, rm as rm14, writeFile as writeFile7 } from "node:fs/promises";
import path57 from "node:path";
var journalName = "uv-fod-undo.json";
async function openJournal(dir, run, { self: self2, isAlive: isAlive2 }) {
  const asked2 = await run("git", ["-C", dir, "rev-parse", "--git-path", journalName]);
  if (asked2.code !== 0) return { write: async () => {
  }, clear: async () => {
  } };
  const file = path57.resolve(dir, asked2.stdout.trim());
  const content = await readFile5(file, "utf8").catch(() => void 0);
  if (content !== void 0) await recover(parseJournal(content, file), isAlive2, dir, run);
  await rm14(file, { force: true });
  return {
    write: async (edits) => {
      await writeFile7(`${file}.new`, JSON.stringify({ self: self2, edits }), { mode: 384 });
      await rename5(`${file}.new`, file);
    },
    clear: () => rm14(file, { force: true })
  };
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
async function recover({ self: self2, edits }, isAlive2, dir, run) {
  if (isAlive2(self2))
    throw new UserError(
      "already-running",
      `Another run is changing this checkout (process ${self2.split(" ")[0]}); wait for it, or give each run a checkout of its own.`
    );
  const unchanged = [];
  for (const edit of edits) {
    const now = await readFile5(edit.file, "utf8").catch(() => void 0);
    if (now === edit.after) unchanged.push(edit);
  }
  await replaceAll(unchanged.map(({ file, before }) => ({ file, text: before })));
  const made = unchanged.flatMap((edit) => edit.before === void 0 ? [edit.file] : []);
  await forget(dir, made, run);
}

// src/nix/sandbox.ts
import { createHash as createHash7, randomUUID as randomUUID4 } from "node:crypto";
import { readFileSync as readFileSync4, readlinkSync } from "node:fs";
import { mkdir as mkdir7, mkdtemp as mkdtemp8, rm as rm15, stat as stat7, writeFile as writeFile8 } from "node:fs/promises";
import path58 from "node:path";
import { fileURLToPath as fileURLToPath3 } from "node:url";
var canary = fileURLToPath3(new URL("./sandbox-canary.nix", import.meta.url));
var aDay = 24 * 3600 * 1e3;
async function findSandbox(tools2) {
  const { run, folder, environment } = tools2;
  const machine = machineIdentity(environment);
  const version3 = await run("nix-build", ["--version"]);
  if (version3.code === noSuchProgram) return { isolation: "no-nix" };
  const settings3 = await settingsOf(run);
  const isKnowable = machine !== void 0 && settings3 !== void 0;
  const known2 = isKnowable ? path58.join(folder, digest([machine, version3.stdout, settings3])) : void 0;
  if (known2 !== void 0 && await isRecent(known2)) return { isolation: "full" };
  const found2 = await withMarker(tools2, (marker) => build2(marker, settings3 ?? "", run));
  if (known2 !== void 0 && found2.isolation === "full") await writeFile8(known2, "").catch(() => {
  });
  return found2;
}
function machineIdentity(environment) {
  try {
    const boot = readFileSync4("/proc/sys/kernel/random/boot_id", "utf8");
    const namespaces = ["mnt", "user", "pid"].map((name4) => readlinkSync(`/proc/self/ns/${name4}`));
    const rights = readFileSync4("/proc/self/status", "utf8").match(
      /^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):.*$/gm
    );
    const nix = Object.entries(environment).filter(([name4]) => /^NIX_(?!SSL_CERT_FILE)/.test(name4));
    return JSON.stringify([boot, namespaces, rights, nix.sort()]);
  } catch {
    return void 0;
  }
}
async function settingsOf(run) {
  const ask2 = (...command) => run("nix", ["--extra-experimental-features", "nix-command", ...command]);
  const now = await ask2("config", "show");
  const { code: code2, stdout } = now.code === 0 ? now : await ask2("show-config");
  return code2 === 0 ? stdout : void 0;
}
var digest = (texts) => createHash7("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 32);
async function isRecent(file) {
  const found2 = await stat7(file).catch(() => void 0);
  return found2?.isFile() === true && Math.abs(Date.now() - found2.mtimeMs) < aDay;
}
async function withMarker({ folder, scratch }, body) {
  const make = (parent) => mkdtemp8(path58.join(parent, "marker-"));
  const marker = await mkdir7(folder, { recursive: true }).then(() => make(folder)).catch(() => make(scratch));
  try {
    await writeFile8(path58.join(marker, "seen"), "");
    return await body(marker);
  } finally {
    await rm15(marker, { recursive: true, force: true });
  }
}
async function build2(marker, settings3, run) {
  if (/\s/.test(marker))
    return { isolation: "unknown", why: `the path of the cache folder has a space in it (${marker})` };
  const ask2 = (optsOut) => {
    const given = { folder: marker, nonce: randomUUID4(), "opts-out": String(optsOut) };
    const args = Object.entries(given).flatMap(([name4, value]) => ["--argstr", name4, value]);
    return run("nix-build", ["--no-out-link", canary, ...args]);
  };
  const { code: code2, stderr } = await ask2(false);
  if (code2 !== 0 && !stderr.includes(marker)) return { isolation: "unknown", why: failureText(stderr) };
  if (code2 === 0 || !stderr.includes("No such file or directory")) return { isolation: "none" };
  const optedOut = await ask2(true);
  if (!optedOut.stderr.includes("'__noChroot'")) return { isolation: "relaxed" };
  if (process.platform === "darwin" && !/^sandbox = true$/m.test(settings3)) return { isolation: "none" };
  return { isolation: "full" };
}

// src/update/context.ts
function makeContext(given, log, scratch, more = {}) {
  const { stop = new AbortController().signal, hosts, within, isFork } = more;
  const children = { ...childEnvironment(given), TMPDIR: scratch };
  const run = makeRun(isFork ? forkEnvironment(children, scratch) : children, stop, timeLimit(given));
  const environment = isFork ? withoutLogins(given) : given;
  const policy = hosts ? makeHostPolicy(() => hosts(run)) : everywhere;
  const upstream = upstreamFrom(given);
  const contact = makeContact(run, policy, upstream);
  const read = within ? readTextWithin([within.checkout, within.store]) : readText2;
  const network = once(async () => networkFrom(environment, policy.approve, stop));
  const fetchText = makeFetchText(network, scratch);
  const base = more.base ?? { baseText: read, isUntrusted: false };
  return {
    run: isFork && within ? restrictedRun(run, { policy, upstream, scratch, ...within }, given) : run,
    ...{ contact, stop, log, read, scratch, network, fetchText, checkHost: policy.check },
    openEdits: async (folder) => {
      const processes2 = { self: identity(process.pid), isAlive };
      const journal = await openJournal(folder, run, processes2);
      return new Edits({ read, run, journal, mayWrite: within && checkWithin(within.checkout) });
    },
    sandbox: once(() => {
      const folder = path59.join(cacheHome(given) ?? scratch, "uv-fod", "sandbox-1");
      return findSandbox({ run, folder, scratch, environment: given });
    }),
    native: async () => ({
      ...await makeHashTools(environment, log, stop, policy.approve, runnerCacheFor(more)),
      onProgress: (sofar, all) => log.progress(downloadsSoFar(sofar, all))
    }),
    now: () => performance.now(),
    cacheCredentials: (address3) => isFork ? {} : cacheCredentials(address3, given),
    verification: { ...base, indexes: ownIndexes(environment) }
  };
}
var runnerCacheFor = ({
  usesRunnerCache = true,
  isFork
}) => usesRunnerCache ? isFork ? "reading" : "everything" : "nothing";
function cacheHome({ XDG_CACHE_HOME, HOME }) {
  const home = XDG_CACHE_HOME || (HOME ? path59.join(HOME, ".cache") : "");
  return path59.isAbsolute(home) ? home : void 0;
}
function ownIndexes(environment) {
  const { UV_DEFAULT_INDEX, UV_INDEX_URL, UV_INDEX, UV_EXTRA_INDEX_URL } = environment;
  return [UV_DEFAULT_INDEX, UV_INDEX_URL, UV_INDEX, UV_EXTRA_INDEX_URL].flatMap(
    (value) => (value ?? "").split(/\s+/).flatMap((one) => /https?:\/\/\S+/.exec(one)?.[0] ?? [])
  );
}
function restrictedRun(run, { policy, upstream, checkout: checkout2, scratch }, { NIX_PATH = "" }) {
  const judged = withNixPath(policy, everywhere, NIX_PATH);
  return makeForkNix({
    run,
    contact: makeContact(run, judged, upstream),
    checkout: checkout2,
    scratch,
    nixPath: NIX_PATH
  });
}
var megabytes3 = ({ bytes }) => (bytes / 1e6).toFixed(1);
var downloadsSoFar = (sofar, all) => `${sofar.files} of ${all.files} files, ${megabytes3(sofar)} of ${megabytes3(all)} MB`;
var identity = (pid) => `${pid} ${statusOf(pid)?.start ?? ""}`;
var isAlive = (other) => {
  const pid = Number(other.split(" ")[0]);
  return pid !== process.pid && statusOf(pid) !== void 0 && identity(pid) === other;
};

// src/cli.ts
var isSource = import.meta.url.endsWith(".ts");
var cancellation = cancelOnSignals();
var exitCode = 0;
var isJson = process.argv.includes("--json");
var hasResult = false;
var colours = {
  heading: "bold",
  good: "green",
  bad: "red",
  warning: "yellow",
  faint: "dim",
  place: "cyan"
};
function write(stream, text2) {
  const isColoured = styleText5("red", text2, { stream }) !== text2;
  stream.write(isColoured ? harmlessInColour(text2) : harmless(text2));
}
var terminal = {
  // Its text is harmless already, and it moves the cursor.
  write: (text2) => void process.stderr.write(text2),
  columns: () => process.stderr.isTTY === true && process.env.TERM !== "dumb" ? process.stderr.columns || 80 : void 0
};
var interrupt = () => void process.kill(process.pid, "SIGINT");
var cli = {
  version: package_default.version,
  stdout: (text2) => {
    hasResult = true;
    write(process.stdout, text2);
  },
  stderr: (text2) => write(process.stderr, text2),
  // styleText changes nothing without a terminal; NO_COLOR and FORCE_COLOR override that.
  paint: (tone, text2) => text2 === "" ? "" : styleText5(colours[tone], text2, { stream: process.stdout }),
  exit: (code2) => {
    exitCode = code2;
  },
  context: (scratch, verbose, hosts) => makeContext(process.env, terminalLog(terminal, verbose), scratch, {
    stop: cancellation.signal,
    hosts: async (run) => ({ allowedHosts: await hosts(run), isUntrusted: false })
  }),
  hashTools: () => makeHashTools(process.env, terminalLog(terminal, false), cancellation.signal),
  finders: ({ run, scratch, fetchText, log }) => ({
    ...{ run, scratch, fetchText, hub: () => openHub(log) },
    index: process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL
  }),
  example: (name4) => {
    const file = isSource ? `../examples/${name4}.yml` : `./example-${name4.replace("/", "-")}.yml`;
    return readFile6(new URL(file, import.meta.url), "utf8");
  },
  clone: fileURLToPath4(new URL("..", import.meta.url)),
  ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? askOnTerminal(cancellation.signal, interrupt) : void 0
};
async function openHub(log) {
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL = "https://api.github.com" } = process.env;
  const token = GITHUB_TOKEN || GH_TOKEN;
  if (!token)
    throw new UserError(
      "token-missing",
      "Finding releases on GitHub requires a token that can read the repository, and neither GITHUB_TOKEN nor GH_TOKEN is set. Set one (GH_TOKEN=$(gh auth token)), or choose the version with --version."
    );
  const { makeOctokit } = await import("./octokit.js");
  return createClient(makeOctokit, token, GITHUB_API_URL, log);
}
async function main() {
  const program2 = makeProgram(cli);
  if (process.argv[2] === "complete") {
    console.log = (...values) => cli.stdout(`${format2(...values)}
`);
    addCompletion(program2);
  }
  try {
    await program2.parseAsync(process.argv);
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error);
    if (error.exitCode === 0) return 0;
    printJson({ status: "error", error: "usage", message: error.message.replace(/^error: /, "") });
    return USAGE;
  }
}
function printJson(error) {
  if (isJson && !hasResult) cli.stdout(`${jsonText(error, 2)}
`);
}
function report(thrown) {
  printJson(errorFields(thrown));
  const error = asUserError(thrown);
  const name4 = styleText5("red", "uv-fod:", { stream: process.stderr });
  if (error instanceof UserError) {
    cli.stderr(`${name4} ${error.message}
`);
    for (const line of tellingLines(error.log ?? "")) cli.stderr(`  | ${line}
`);
    return FAILED;
  }
  cli.stderr(
    `${name4} this is a defect of uv-fod, please report it.
${error instanceof Error ? error.stack : String(error)}
`
  );
  return FAILED;
}
reportUncaught(report);
process.exitCode = await main();
var cancelled2 = cancellation.code();
if (cancelled2 !== void 0) process.exit(cancelled2);
if (process.exitCode === 0) {
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
