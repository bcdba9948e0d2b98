import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name6, symbol) => (symbol = Symbol[name6]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name6);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __require = /* @__PURE__ */ ((x2) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x2, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
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
  for (var name6 in all)
    __defProp(target2, name6, { get: all[name6], enumerable: true });
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

// node_modules/semver/internal/constants.js
var require_constants = __commonJS({
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

// node_modules/semver/internal/debug.js
var require_debug = __commonJS({
  "node_modules/semver/internal/debug.js"(exports, module2) {
    "use strict";
    var debug2 = typeof process === "object" && process.env && process.env.NODE_DEBUG && /\bsemver\b/i.test(process.env.NODE_DEBUG) ? (...args) => console.error("SEMVER", ...args) : () => {
    };
    module2.exports = debug2;
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
    } = require_constants();
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
    var createToken = (name6, value, isGlobal) => {
      const safe2 = makeSafeRegex(value);
      const index = R++;
      debug2(name6, index, value);
      t[name6] = index;
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
    var { MAX_LENGTH: MAX_LENGTH3, MAX_SAFE_INTEGER } = require_constants();
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
    var compare5 = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
    module2.exports = compare5;
  }
});

// node_modules/semver/functions/eq.js
var require_eq = __commonJS({
  "node_modules/semver/functions/eq.js"(exports, module2) {
    "use strict";
    var compare5 = require_compare();
    var eq2 = (a, b, loose) => compare5(a, b, loose) === 0;
    module2.exports = eq2;
  }
});

// node_modules/semver/functions/neq.js
var require_neq = __commonJS({
  "node_modules/semver/functions/neq.js"(exports, module2) {
    "use strict";
    var compare5 = require_compare();
    var neq = (a, b, loose) => compare5(a, b, loose) !== 0;
    module2.exports = neq;
  }
});

// node_modules/semver/functions/gt.js
var require_gt = __commonJS({
  "node_modules/semver/functions/gt.js"(exports, module2) {
    "use strict";
    var compare5 = require_compare();
    var gt2 = (a, b, loose) => compare5(a, b, loose) > 0;
    module2.exports = gt2;
  }
});

// node_modules/semver/functions/gte.js
var require_gte = __commonJS({
  "node_modules/semver/functions/gte.js"(exports, module2) {
    "use strict";
    var compare5 = require_compare();
    var gte = (a, b, loose) => compare5(a, b, loose) >= 0;
    module2.exports = gte;
  }
});

// node_modules/semver/functions/lt.js
var require_lt = __commonJS({
  "node_modules/semver/functions/lt.js"(exports, module2) {
    "use strict";
    var compare5 = require_compare();
    var lt2 = (a, b, loose) => compare5(a, b, loose) < 0;
    module2.exports = lt2;
  }
});

// node_modules/semver/functions/lte.js
var require_lte = __commonJS({
  "node_modules/semver/functions/lte.js"(exports, module2) {
    "use strict";
    var compare5 = require_compare();
    var lte = (a, b, loose) => compare5(a, b, loose) <= 0;
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
          const first4 = this.set[0];
          this.set = this.set.filter((c) => !isNullSet(c[0]));
          if (this.set.length === 0) {
            this.set = [first4];
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
    var { FLAG_INCLUDE_PRERELEASE, FLAG_LOOSE } = require_constants();
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

// node_modules/semver/ranges/valid.js
var require_valid = __commonJS({
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
      const parsed = parse6(version4, options3);
      return parsed && parsed.prerelease.length ? parsed.prerelease : null;
    };
    module2.exports = prerelease2;
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
var require_valid2 = __commonJS({
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
    function alloc(size2, fill3, encoding) {
      return Buffer.alloc(size2, fill3, encoding);
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
    function compare5(a, b) {
      return Buffer.compare(a, b);
    }
    function concat(buffers, totalLength) {
      return Buffer.concat(buffers, totalLength);
    }
    function copy(source, target2, targetStart, start2, end2) {
      return toBuffer(source).copy(target2, targetStart, start2, end2);
    }
    function equals(a, b) {
      return toBuffer(a).equals(b);
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
    function write(buffer, string, offset, length, encoding) {
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
    module2.exports = {
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
        const end2 = data.byteLength - trailing;
        if (end2 > start2) result2 += b4a.toString(data, "utf8", start2, end2);
        for (let i2 = end2; i2 < data.byteLength; i2++) {
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
      const first4 = data[i2];
      let needed;
      if (first4 >= 194 && first4 <= 223) needed = 2;
      else if (first4 >= 224 && first4 <= 239) needed = 3;
      else if (first4 >= 240 && first4 <= 244) needed = 4;
      else return 1;
      if (len - i2 !== needed) return 1;
      if (needed >= 3) {
        const second = data[i2 + 1];
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
    function newListener(name6) {
      if (this._readableState !== null) {
        if (name6 === "data") {
          this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD;
          this._readableState.updateNextTick();
        }
        if (name6 === "readable") {
          this._duplexState |= READ_EMIT_READABLE;
          this._readableState.updateNextTick();
        }
      }
      if (this._writableState !== null) {
        if (name6 === "drain") {
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
      let error2 = null;
      for (let i2 = 1; i2 < all.length; i2++) {
        dest = all[i2];
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
        for (const s of all) {
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
      let name6 = opts.name;
      let prefix2 = "";
      if (opts.typeflag === 5 && name6[name6.length - 1] !== "/") name6 += "/";
      if (b4a.byteLength(name6) !== name6.length) return null;
      while (b4a.byteLength(name6) > 100) {
        const i2 = name6.indexOf("/");
        if (i2 === -1) return null;
        prefix2 += prefix2 ? "/" + name6.slice(0, i2) : name6.slice(0, i2);
        name6 = name6.slice(i2 + 1);
      }
      if (b4a.byteLength(name6) > 100 || b4a.byteLength(prefix2) > 155) return null;
      if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null;
      b4a.write(buf, name6);
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
      let name6 = decodeStr(buf, 0, 100, filenameEncoding);
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
        if (buf[345]) name6 = decodeStr(buf, 345, 155, filenameEncoding) + "/" + name6;
      } else if (isGNU(buf)) {
      } else {
        if (!allowUnknownFormat) {
          throw new Error("Invalid tar header: unknown format.");
        }
      }
      if (typeflag === 0 && name6 && name6[name6.length - 1] === "/") typeflag = 5;
      return {
        name: name6,
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
    function indexOf(block, num, offset, end2) {
      for (; offset < end2; offset++) {
        if (block[offset] === num) return offset;
      }
      return end2;
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
    function encodeSizeBin(num, buf, off2) {
      buf[off2] = 128;
      for (let i2 = 11; i2 > 0; i2--) {
        buf[off2 + i2] = num & 255;
        num = Math.floor(num / 256);
      }
    }
    function encodeSize(num, buf, off2) {
      if (num.toString(8).length > 11) {
        encodeSizeBin(num, buf, off2);
      } else {
        b4a.write(buf, encodeOct(num, 11), off2);
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
var require_constants2 = __commonJS({
  "node_modules/tar-stream/constants.js"(exports, module2) {
    var constants7 = {
      // just for envs without fs
      S_IFMT: 61440,
      S_IFDIR: 16384,
      S_IFCHR: 8192,
      S_IFBLK: 24576,
      S_IFIFO: 4096,
      S_IFLNK: 40960
    };
    try {
      module2.exports = __require("fs").constants || constants7;
    } catch {
      module2.exports = constants7;
    }
  }
});

// node_modules/tar-stream/pack.js
var require_pack = __commonJS({
  "node_modules/tar-stream/pack.js"(exports, module2) {
    var { Readable, Writable, getStreamError } = require_streamx();
    var b4a = require_b4a();
    var constants7 = require_constants2();
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
      switch (mode & constants7.S_IFMT) {
        case constants7.S_IFBLK:
          return "block-device";
        case constants7.S_IFCHR:
          return "character-device";
        case constants7.S_IFDIR:
          return "directory";
        case constants7.S_IFIFO:
          return "fifo";
        case constants7.S_IFLNK:
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
          this.instance.on = (name6, cb) => {
            return this._addListener(name6, "many", cb);
          };
          this.instance.once = (name6, cb) => {
            return this._addListener(name6, "once", cb);
          };
          this.instance.removeAllListeners = (name6 = null) => {
            if (name6 != null) {
              return delete this._events[name6];
            } else {
              return this._events = {};
            }
          };
        }
        _addListener(name6, status, cb) {
          var base;
          if ((base = this._events)[name6] == null) {
            base[name6] = [];
          }
          this._events[name6].push({ cb, status });
          return this.instance;
        }
        listenerCount(name6) {
          if (this._events[name6] != null) {
            return this._events[name6].length;
          } else {
            return 0;
          }
        }
        async trigger(name6, ...args) {
          var e, promises3;
          try {
            if (name6 !== "debug") {
              this.trigger("debug", `Event triggered: ${name6}`, args);
            }
            if (this._events[name6] == null) {
              return;
            }
            this._events[name6] = this._events[name6].filter(function(listener) {
              return listener.status !== "none";
            });
            promises3 = this._events[name6].map(async (listener) => {
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
            var j, ref, results;
            results = [];
            for (i2 = j = 1, ref = num_priorities; 1 <= ref ? j <= ref : j >= ref; i2 = 1 <= ref ? ++j : --j) {
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
          return this._lists.forEach(function(list5) {
            return list5.forEachShift(fn);
          });
        }
        getFirst(arr = this._lists) {
          var j, len, list5;
          for (j = 0, len = arr.length; j < len; j++) {
            list5 = arr[j];
            if (list5.length > 0) {
              return list5;
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
          var now, wait3;
          await this.yieldLoop();
          now = Date.now();
          if (this.conditionsCheck(weight)) {
            this._running += weight;
            if (this.storeOptions.reservoir != null) {
              this.storeOptions.reservoir -= weight;
            }
            wait3 = Math.max(this._nextRequest - now, 0);
            this._nextRequest = now + wait3 + this.storeOptions.minTime;
            return {
              success: true,
              wait: wait3,
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
        constructor(name6, Promise2) {
          this.schedule = this.schedule.bind(this);
          this.name = name6;
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
            var cursor, end2, found, i2, k, keys, len, next, start2;
            if (this.connection == null) {
              return this.Promise.resolve(this.keys());
            }
            keys = [];
            cursor = null;
            start2 = `b_${this.id}-`.length;
            end2 = "_settings".length;
            while (cursor !== 0) {
              [next, found] = await this.connection.__runCommand__(["scan", cursor != null ? cursor : 0, "match", `b_${this.id}-*_settings`, "count", 1e4]);
              cursor = ~~next;
              for (i2 = 0, len = found.length; i2 < len; i2++) {
                k = found[i2];
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
                } catch (error2) {
                  e = error2;
                  results.push(v.Events.trigger("error", e));
                }
              }
              return results;
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
          constructor(options3 = {}, ...invalid2) {
            var storeInstanceOptions, storeOptions;
            this._addToQueue = this._addToQueue.bind(this);
            this._validateOptions(options3, invalid2);
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
          _validateOptions(options3, invalid2) {
            if (!(options3 != null && typeof options3 === "object" && invalid2.length === 0)) {
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
          _run(index, job, wait3) {
            var clearGlobalState, free, run;
            job.doRun();
            clearGlobalState = this._clearGlobalState.bind(this, index);
            run = this._run.bind(this, index, job);
            free = this._free.bind(this, index, job);
            return this._scheduled[index] = {
              timeout: setTimeout(() => {
                return job.doExecute(this._limiter, clearGlobalState, run, free);
              }, wait3),
              expiration: job.options.expiration != null ? setTimeout(function() {
                return job.doExpire(clearGlobalState, run, free);
              }, wait3 + job.options.expiration) : void 0,
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
              return this._store.__register__(index, options3.weight, options3.expiration).then(({ success, wait: wait3, reservoir }) => {
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
                  this._run(index, next, wait3);
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

// src/main.ts
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir as tmpdir3 } from "node:os";
import path61 from "node:path";

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
function issue(name6, message = "") {
  issueCommand(name6, {}, message);
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
      let first4 = true;
      for (const key2 in this.properties) {
        if (this.properties.hasOwnProperty(key2)) {
          const val = this.properties[key2];
          if (val) {
            if (first4) {
              first4 = false;
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
    const listItems = items.map((item) => this.wrap("li", item)).join("");
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
import os4 from "os";

// node_modules/@actions/exec/lib/exec.js
import { StringDecoder } from "string_decoder";

// node_modules/@actions/exec/lib/toolrunner.js
import * as os3 from "os";
import * as events from "events";
import * as child from "child_process";
import * as path4 from "path";

// node_modules/@actions/io/lib/io.js
import * as path3 from "path";

// node_modules/@actions/io/lib/io-util.js
import * as fs2 from "fs";
import * as path2 from "path";
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
    function step(result2) {
      result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs2.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs2.constants.O_RDONLY;
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

// node_modules/@actions/io/lib/io.js
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
    function step(result2) {
      result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check3) {
  return __awaiter3(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check3) {
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

// node_modules/@actions/exec/lib/toolrunner.js
import { setTimeout as setTimeout2 } from "timers";
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
    function step(result2) {
      result2.done ? resolve2(result2.value) : adopt(result2.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var IS_WINDOWS2 = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
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
var ExecState = class _ExecState extends events.EventEmitter {
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

// node_modules/@actions/exec/lib/exec.js
var __awaiter5 = function(thisArg, _arguments, P, generator) {
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

// node_modules/@actions/core/lib/platform.js
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
  const { stdout: name6 } = yield getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', void 0, {
    silent: true
  });
  return {
    name: name6.trim(),
    version: version4.trim()
  };
});
var getMacOsInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  var _a2, _b2, _c, _d;
  const { stdout } = yield getExecOutput("sw_vers", void 0, {
    silent: true
  });
  const version4 = (_b2 = (_a2 = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a2 === void 0 ? void 0 : _a2[1]) !== null && _b2 !== void 0 ? _b2 : "";
  const name6 = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : "";
  return {
    name: name6,
    version: version4
  };
});
var getLinuxInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  const { stdout } = yield getExecOutput("lsb_release", ["-i", "-r", "-s"], {
    silent: true
  });
  const [name6, version4] = stdout.trim().split("\n");
  return {
    name: name6,
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
function exportVariable(name6, val) {
  const convertedVal = toCommandValue(val);
  process.env[name6] = convertedVal;
  const filePath = process.env["GITHUB_ENV"] || "";
  if (filePath) {
    return issueFileCommand("ENV", prepareKeyValueMessage(name6, val));
  }
  issueCommand("set-env", { name: name6 }, convertedVal);
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
function getInput(name6, options3) {
  const val = process.env[`INPUT_${name6.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options3 && options3.required && !val) {
    throw new Error(`Input required and not supplied: ${name6}`);
  }
  if (options3 && options3.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function getMultilineInput(name6, options3) {
  const inputs = getInput(name6, options3).split("\n").filter((x2) => x2 !== "");
  if (options3 && options3.trimWhitespace === false) {
    return inputs;
  }
  return inputs.map((input) => input.trim());
}
function getBooleanInput(name6, options3) {
  const trueValue = ["true", "True", "TRUE"];
  const falseValue = ["false", "False", "FALSE"];
  const val = getInput(name6, options3);
  if (trueValue.includes(val))
    return true;
  if (falseValue.includes(val))
    return false;
  throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name6}
Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
function setOutput(name6, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name6, value));
  }
  process.stdout.write(os5.EOL);
  issueCommand("set-output", { name: name6 }, toCommandValue(value));
}
function setCommandEcho(enabled) {
  issue("echo", enabled ? "on" : "off");
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
function startGroup(name6) {
  issue("group", name6);
}
function endGroup() {
  issue("endgroup");
}
function group(name6, fn) {
  return __awaiter7(this, void 0, void 0, function* () {
    startGroup(name6);
    let result2;
    try {
      result2 = yield fn();
    } finally {
      endGroup();
    }
    return result2;
  });
}
function saveState(name6, value) {
  const filePath = process.env["GITHUB_STATE"] || "";
  if (filePath) {
    return issueFileCommand("STATE", prepareKeyValueMessage(name6, value));
  }
  issueCommand("save-state", { name: name6 }, toCommandValue(value));
}
function getState(name6) {
  return process.env[`STATE_${name6}`] || "";
}
function getIDToken(aud) {
  return __awaiter7(this, void 0, void 0, function* () {
    return yield OidcClient.getIDToken(aud);
  });
}

// src/action/annotation.ts
import path7 from "node:path";

// src/system/inside.ts
import { lstat as lstat2, realpath } from "node:fs/promises";
import path6 from "node:path";

// src/system/errors.ts
var UserError = class extends Error {
  /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
  code;
  /** Position of the cause, if known; line and column count from 1. */
  at;
  /** Output of the failing stage; its last lines are shown (`tellingLines`). */
  log;
  constructor(code4, message, more = {}) {
    super(message, { cause: more.cause });
    this.name = "UserError";
    this.code = code4;
    this.at = more.at;
    this.log = more.log;
  }
};
function placedAt(error2, at) {
  if (!(error2 instanceof UserError) || error2.at !== void 0 || at === void 0) return error2;
  const { code: code4, message, log: log2, cause } = error2;
  return new UserError(code4, message, { at, cause, log: log2 });
}
function clauseOf(error2) {
  const text3 = error2 instanceof Error ? error2.message : String(error2);
  return (text3.split("\n", 1)[0] ?? "").slice(0, 200).replace(/\.$/, "");
}

// src/system/inside.ts
var ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
function isGitFolder(component) {
  return /^(\.git|git~1)[. ]*(:.*)?$/is.test(component.replace(ignored, ""));
}
function isInnerPath(text3) {
  return text3 !== "" && !/^[/~]|[\\\0]|^[a-z]:/i.test(text3) && !text3.split("/").some((component) => component === ".." || isGitFolder(component));
}
var isPlainPath = (name6) => isInnerPath(name6) && name6.length <= 4096 && !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(name6) && name6.split("/").every((part) => part !== "" && part !== ".");
function pathBelow(root, file) {
  const relative3 = path6.relative(root, file);
  const isElsewhere = relative3 === ".." || relative3.startsWith(`..${path6.sep}`) || path6.isAbsolute(relative3);
  return isElsewhere || file.includes("\0") ? void 0 : relative3;
}
async function isInside(root, file) {
  return pathBelow(root, file) !== void 0 && await realPathBelow(root, file) !== void 0;
}
async function realPathBelow(root, file) {
  const [top, found] = await Promise.all([realpath(root).catch(() => root), realPath(file)]);
  return found === void 0 ? void 0 : pathBelow(top, found);
}
async function realPath(file) {
  for (let at = file; ; at = path6.dirname(at)) {
    const found = await realpath(at).catch(() => void 0);
    if (found !== void 0) return path6.join(found, path6.relative(at, file));
    if (at === path6.dirname(at) || (await lstat2(at).catch(() => void 0))?.isSymbolicLink())
      return void 0;
  }
}
async function requireInside(root, file, what) {
  if (!await isInside(root, file)) throw outside(root, what);
}
var outside = (root, what) => new UserError(
  "file-outside",
  `${what} leads out of the repository ${root}, so it is not read. Put the file itself into the repository.`
);
async function repositoryOf(dir, store = "/nix/store") {
  const inStore = pathBelow(store, dir)?.split(path6.sep)[0];
  if (inStore) return path6.join(store, inStore);
  for (let folder = dir; ; folder = path6.dirname(folder)) {
    if (await lstat2(path6.join(folder, ".git")).catch(() => void 0)) return folder;
    if (folder === path6.dirname(folder)) return void 0;
  }
}

// src/system/printable.ts
var UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
var SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
var withoutColours = (text3) => text3.replace(SEQUENCES, "");
function printable(text3) {
  return text3.replace(UNSEEN, visible);
}
var withoutUnseen = (text3) => text3.replace(RUNS, " ");
var RUNS = new RegExp(`${UNSEEN.source}+`, "gu");
function harmless(text3) {
  return text3.replace(/\r\n?/g, "\n").replace(SEQUENCES, "").split("\n").map((line) => withoutCommand(line.split("	").map(printable).join("	"))).join("\n");
}
function jsonText(value, indent) {
  return (JSON.stringify(value, null, indent) ?? "null").replace(UNSEEN, (character) => character === "\n" ? character : escaped(character)).replaceAll("##[", "#\\u0023[");
}
function withoutCommand(line) {
  return line.replace(/##(?=\[)/g, "## ").replace(/^(\s*)::/, "$1| ::");
}
var visible = (character) => {
  const code4 = character.codePointAt(0) ?? 0;
  return code4 > 65535 ? `\\u{${code4.toString(16)}}` : unit(code4);
};
var escaped = (character) => Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join("");
var unit = (code4) => `\\u${code4.toString(16).padStart(4, "0")}`;

// src/system/telling-lines.ts
var MOST = 20;
var WIDEST = 300;
var LOOKED_AT = 256 * 1024;
function tellingLines(log2) {
  const lines = withoutColours(log2.slice(-LOOKED_AT)).split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
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

// src/action/annotation.ts
function annotationOf(error2, root) {
  const { at, code: code4, message, log: log2 = "" } = error2;
  const lines = tellingLines(log2);
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
var TomlError = class _TomlError extends Error {
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

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
  let startPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p++);
  let first4 = c;
  let isLiteral = c === 39;
  let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
  if (isMultiline) {
    if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10)
      ctx.p++;
    else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)
      ctx.p += 2;
  }
  let parsed = "";
  let sliceStart = ctx.p;
  let state = 0;
  for (; ctx.p < ctx.s.length; ctx.p++) {
    c = ctx.s.charCodeAt(ctx.p);
    if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) {
      state = state && 3;
    } else if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in strings", ctx);
    } else if ((!state || state === 3) && c === first4 && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first4 && ctx.s.charCodeAt(ctx.p + 2) === first4)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first4)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first4)
          ctx.p++;
      }
      if (!state) {
        let s = ctx.s.slice(sliceStart, ctx.p);
        parsed = parsed ? parsed + s : s;
      }
      ctx.p += isMultiline ? 3 : 1;
      return parsed;
    } else if (!state) {
      if (!isLiteral && c === 92) {
        parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
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
        parsed += String.fromCodePoint(value);
        sliceStart = ctx.p--;
        state = 0;
      } else if (isMultiline && (c === 32 || c === 9)) {
        state = 2;
      } else {
        if (c === 98)
          parsed += "\b";
        else if (c === 116)
          parsed += "	";
        else if (c === 110)
          parsed += "\n";
        else if (c === 102)
          parsed += "\f";
        else if (c === 114)
          parsed += "\r";
        else if (c === 101)
          parsed += "\x1B";
        else if (c === 34)
          parsed += '"';
        else if (c === 92)
          parsed += "\\";
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
              offset = null;
              date2 += "Z";
            } else if ((c = date2.charCodeAt(date2.length - 1)) !== 90 && c !== 122) {
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
    return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end2);
  }
  if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) {
    return parseDate(ctx, c, end2);
  }
  if (ctx.s.charCodeAt(ctx.p + 2) === 58) {
    return parseTime(ctx, c, end2);
  }
  return parseNumber(ctx, ctx.p, c, 0, end2);
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

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end2 = 61) {
  let startPtr;
  let state = 0;
  let parsed = [];
  let sliceStart;
  let c = ctx.s.charCodeAt(startPtr = ctx.p);
  do {
    if (c === end2) {
      if (!state)
        TomlError.x("unexpected end of key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      return ctx.p++, parsed;
    } else if (c === 46) {
      if (!state)
        TomlError.x("illegal empty bare key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      state = 0;
    } else if (!state && (c === 34 || c === 39)) {
      if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
        TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
      parsed.push(parseString(ctx));
      state = 2;
      ctx.p--;
    } else if (c === 32 || c === 9) {
      if (state === 1) {
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
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

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key2, table4, meta, type) {
  let t = table4;
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
function parse(toml, options3 = {}) {
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
  let tables2 = "";
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
function parseToml(text3, file) {
  const deep = deepLine(text3);
  if (deep !== void 0)
    throw new UserError(
      "toml-syntax",
      `${file}:${deep} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Fix the file, or recreate the lock with 'uv lock'.`,
      { at: { file, line: deep } }
    );
  try {
    return parse(text3.startsWith("\uFEFF") ? text3.slice(1) : text3, { maxDepth: MAX_DEPTH });
  } catch (error2) {
    const fix = "Fix the file, or recreate the lock with 'uv lock'.";
    if (error2 instanceof TomlError)
      throw mergeConflict(text3, file, "run 'uv lock'") ?? syntaxError(error2, file, "toml-syntax", fix);
    throw error2;
  }
}
function deepLine(text3) {
  const manyDots = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}.*`, "gm");
  for (const { 0: line, index } of text3.matchAll(manyDots)) if (isDeep(line)) return lineAt(text3, index);
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
function syntaxError(error2, file, code4, fix) {
  const [first4 = ""] = error2.message.split("\n", 1);
  const reason = first4.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "");
  const { line, column } = error2;
  return new UserError(code4, `${file}:${line}:${column} is not valid TOML: ${reason}. ${fix}`, {
    at: { file, line, column },
    cause: error2
  });
}
function mergeConflict(text3, file, fix) {
  const found = CONFLICT.exec(text3);
  if (found === null) return void 0;
  const line = lineAt(text3, found.index);
  return new UserError(
    "merge-conflict",
    `${file}:${line} has an unresolved merge conflict ('${found[0].trim()}'). Choose one side and ${fix}.`,
    { at: { file, line, column: 1 } }
  );
}
function lineAt(text3, index) {
  let line = 1;
  for (let at = text3.indexOf("\n"); at >= 0 && at < index; at = text3.indexOf("\n", at + 1)) line += 1;
  return line;
}

// src/config/cache.ts
var address = /^(?:file|s3|ssh|ssh-ng|https?):\/\/[^\s]+$/;
var cacheText = "the address of a binary cache (file://, s3://, ssh://, ssh-ng://, http:// or https://) without a password in it";
function isCacheAddress(text3) {
  return address.test(text3) && URL.canParse(text3) && new URL(text3).password === "";
}

// src/config/locate.ts
function locateKeys(text3) {
  return new Locator(text3).document();
}
var pathKey = (path62) => JSON.stringify(path62);
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
    let table4 = [];
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      if (this.#peek() === "[") table4 = this.#header();
      else this.#pair(table4);
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
  #advanceTo(text3) {
    const end2 = this.#text.indexOf(text3, this.#at);
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
    const path62 = [];
    for (const [index, name6] of names2.entries()) {
      path62.push(name6);
      const key2 = pathKey(path62);
      if (isArray2 && index === names2.length - 1) this.#tables.set(key2, (this.#tables.get(key2) ?? 0) + 1);
      const count3 = this.#tables.get(key2);
      if (count3 !== void 0) path62.push(count3 - 1);
    }
    this.#found.set(pathKey(path62), position2);
    return path62;
  }
  #pair(table4) {
    const position2 = this.#position();
    const path62 = [...table4, ...this.#dottedKey()];
    this.#found.set(pathKey(path62), position2);
    this.#advance(1);
    this.#skipBlank();
    this.#value(path62);
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
      const quote2 = this.#peek();
      if (quote2 === '"' || quote2 === "'") {
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
  #value(path62) {
    const first4 = this.#peek();
    if (first4 === '"' || first4 === "'") this.#string();
    else if (first4 === "[") this.#items("]", (index) => this.#item([...path62, index]));
    else if (first4 === "{") this.#items("}", () => this.#pair(path62));
    else while (this.#at < this.#text.length && !/[\n,\]}#]/.test(this.#peek())) this.#advance(1);
  }
  #item(path62) {
    this.#found.set(pathKey(path62), this.#position());
    this.#value(path62);
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
    const quote2 = this.#peek();
    const long3 = quote2.repeat(3);
    const end2 = this.#peek(3) === long3 ? long3 : quote2;
    this.#advance(end2.length);
    while (this.#at < this.#text.length && !this.#text.startsWith(end2, this.#at))
      this.#advance(quote2 === '"' && this.#peek() === "\\" ? 2 : 1);
    this.#advance(end2.length);
    while (end2 === long3 && this.#peek() === quote2) this.#advance(1);
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
import path8 from "node:path";

// src/config/places.ts
var relativeText = "an attribute path, with a leading '.' if it starts at the package";
var fileText = "the path of a file in this repository";
function versionPlace(parent, value, index) {
  const allowed = "a table with file, pattern, pointer, attribute, value";
  return parent.tableAt(["version-files", index], value, allowed, readVersionPlace) ?? [];
}
function readVersionPlace(table4) {
  const attribute = table4.string("attribute", relativeText, isAttributePath);
  const file = table4.string("file", fileText, isInnerPath);
  const pointer = table4.string("pointer", 'a JSON pointer such as "/version"', isPointer);
  const pattern = table4.string("pattern", placeholderText, hasOnePlaceholder);
  const text3 = table4.string("value", placeholderText, hasOnePlaceholder) ?? "{version}";
  if (table4.has("attribute")) {
    for (const key2 of ["file", "pattern", "pointer"])
      if (table4.has(key2)) table4.wrong(key2, "has no meaning with 'attribute', whose position Nix reports");
    return attribute === void 0 ? [] : [{ kind: "nix", attribute, value: text3 }];
  }
  if (!table4.has("file") || table4.has("pattern") === table4.has("pointer"))
    table4.mistakes.add(table4.path, "takes 'file' with either 'pattern' or 'pointer', or 'attribute'");
  if (table4.has("pattern") && table4.has("value")) table4.wrong("value", "has no meaning with 'pattern'");
  if (file === void 0) return [];
  if (pointer !== void 0) return [{ kind: "json", file, pointer, value: text3 }];
  return pattern === void 0 ? [] : [{ kind: "text", file, pattern }];
}
var placeholderText = "a text with exactly one of {version}, {tag} and {revision}";
var hasOnePlaceholder = (text3) => text3.split(/\{(?:version|tag|revision)\}/).length === 2;
var isPointer = (text3) => /^(\/([^~/]|~[01])*)+$/.test(text3);
function fixedOutputs(parent, at, value) {
  if (typeof value === "string" && isAttributePath(value))
    return [{ attribute: value, file: void 0, pointer: void 0 }];
  const allowed = `${relativeText}, or a table with attribute, systems, file, pointer`;
  return parent.tableAt(at, value, allowed, readFixedOutput) ?? [];
}
function readFixedOutput(table4) {
  const isTemplate = (text3) => isAttributePath(text3.replaceAll("{system}", "system"));
  const isSystem = (text3) => /^\w+-\w+$/.test(text3);
  const attribute = table4.requiredString("attribute", relativeText, isTemplate);
  const systems = table4.strings("systems", "systems such as x86_64-linux", isSystem);
  const file = table4.string("file", fileText, isInnerPath);
  const pointer = table4.string("pointer", 'a JSON pointer such as "/hash"', isPointer);
  if (pointer !== void 0 && file === void 0)
    table4.wrong("pointer", "requires 'file', the JSON file that it points into");
  if (attribute === void 0) return [];
  if (attribute.includes("{system}") !== (systems !== void 0)) {
    const text3 = "requires 'systems', and the reverse: {system} in the path stands for each of them";
    table4.wrong("attribute", text3);
    return [];
  }
  return (systems ?? [""]).map((system2) => ({
    attribute: attribute.replaceAll("{system}", system2),
    file,
    pointer: pointer?.replaceAll("{system}", system2)
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
function readPullRequest(table4, below) {
  return {
    title: template(table4, "title", titleWords) ?? below.title,
    body: template(table4, "body", wordsOf.body) ?? below.body,
    commitMessage: template(table4, "commit-message", wordsOf.commitMessage) ?? below.commitMessage,
    branch: table4.string("branch", "a branch name", isBranchName) ?? below.branch,
    labels: table4.strings("labels", "names of labels") ?? below.labels,
    reviewers: table4.strings("reviewers", 'user names, or teams as "org/team"', isLogin) ?? below.reviewers,
    assignees: table4.strings("assignees", "user names", isLogin) ?? below.assignees,
    milestone: table4.string("milestone", "a milestone's title or number") ?? below.milestone,
    draft: table4.oneOf("draft", [true, false, "unverified"]) ?? below.draft,
    autoMerge: table4.oneOf("auto-merge", [false, true, "merge", "squash", "rebase"]) ?? below.autoMerge
  };
}
function template(table4, key2, known2) {
  return table4.string(key2, placeholdersText(known2), (text3) => unknownWord(text3, known2) === void 0);
}
var placeholdersText = (known2) => `a text with no other placeholders than ${known2.map((name6) => `{${name6}}`).join(", ")}`;
function unknownWord(text3, known2) {
  return [...text3.matchAll(/\{([a-z-]{1,40})\}/g)].map(([, name6 = ""]) => name6).find((name6) => !known2.includes(name6));
}
var isLogin = (text3) => /^[A-Za-z0-9][\w.-]*(\[bot\]|\/[\w.-]+)?$/.test(text3);

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
function valid(version4) {
  return validRegex.test(version4) ? version4 : null;
}
var cleanRegex = new RegExp("^\\s*" + VERSION_PATTERN + "\\s*$", "i");
function clean(version4) {
  return stringify2(parse2(version4, cleanRegex));
}
function parse2(version4, regex2) {
  const { groups: groups2 } = (regex2 || validRegex).exec(version4) || {};
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
  const { epoch, release: release3, pre, post, dev, local } = parsed;
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
  const parsed = parse2(version4);
  if (!parsed) {
    return parsed;
  }
  const { epoch, release: release3, pre, post, dev, local } = parsed;
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
function lt(version4, other) {
  return compare(version4, other) < 0;
}
function le(version4, other) {
  return compare(version4, other) <= 0;
}
function eq(version4, other) {
  return compare(version4, other) === 0;
}
function ne(version4, other) {
  return compare(version4, other) !== 0;
}
function ge(version4, other) {
  return compare(version4, other) >= 0;
}
function gt(version4, other) {
  return compare(version4, other) > 0;
}
function arbitrary(version4, other) {
  return version4.toLowerCase() === other.toLowerCase();
}
function compare(version4, other) {
  const parsedVersion = parse2(version4);
  const parsedOther = parse2(other);
  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);
  return pyCompare(keyVersion, keyOther);
}
function rcompare(version4, other) {
  return -compare(version4, other);
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
function pick(versions2, specifier2, options3) {
  const parsed = parse3(specifier2);
  if (!parsed) {
    return [];
  }
  return versions2.filter((version4) => {
    const explained2 = explain(version4);
    if (!parsed.length) {
      return explained2 && !(explained2.is_prerelease && !options3.prereleases);
    }
    return parsed.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options3 }, { version: version4, explained: explained2 });
    }, true);
  });
}
function satisfies(version4, specifier2, options3 = {}) {
  const filtered = pick([version4], specifier2, options3);
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
function contains(specifier2, input) {
  const { explained: explained2 } = input;
  let { version: version4 } = input;
  const { ...spec } = specifier2;
  if (spec.prereleases === void 0) {
    spec.prereleases = spec.is_prerelease;
  }
  if (explained2 && explained2.is_prerelease && !spec.prereleases) {
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
    const isMatching = explained2.epoch === spec.epoch && arrayStartsWith(explained2.release, spec.release);
    const isEquality = spec.operator !== "!=";
    return isEquality ? isMatching : !isMatching;
  }
  if (explained2 && explained2.local && spec.version) {
    if (spec.operator !== "===" && !spec.local) {
      version4 = explained2.public;
      spec.version = explain(spec.version).public;
    }
  }
  if (spec.operator === "<" || spec.operator === ">") {
    if (eq(spec.release.join("."), explained2.release.join("."))) {
      return false;
    }
  }
  const op = operator_exports[spec.operator];
  return op(version4, spec.version || spec.legacy);
}
function validRange(specifier2) {
  return Boolean(parse3(specifier2));
}

// src/config/releases.ts
var import_valid = __toESM(require_valid(), 1);

// src/uv/lock/names.ts
var NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
var NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
function isName(text3) {
  return NAME.test(text3);
}
function normalizeName(text3) {
  if (NORMALIZED.test(text3)) return text3;
  return NAME.test(text3) ? text3.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}

// src/config/releases.ts
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
function readReleases(table4) {
  const rules = readRules(table4);
  const source = readSource(table4);
  return source && { source, rules };
}
var origins = ["github", "git", "pypi"];
var isPackage = (text3) => text3.length <= 200 && isName(text3);
function readSource(table4) {
  const hub = table4.string("github", 'a repository as "owner/name"', isHubName);
  const url = table4.string("git", "a URL that starts with https://, http:// or ssh://", isGitUrl);
  const name6 = table4.string("pypi", "the name of a package", isPackage);
  const list5 = table4.oneOf("list", ["releases", "tags"]) ?? "releases";
  const tag = table4.string("tag", 'a pattern with one {version}, such as "version/{version}"', isTagPattern);
  const branch = table4.string("branch", "a branch name", isBranchName);
  const version4 = table4.string(
    "version",
    'a version with {date} or {revision}, such as "0-unstable-{date}"',
    (text3) => /\{(date|revision)\}/.test(text3) && /^[^"\\$\s]+$/.test(text3)
  );
  const [origin2, second] = origins.filter((key2) => table4.has(key2));
  if (origin2 === void 0 || second !== void 0) {
    const found = origin2 ? `has ${origin2} and ${second}` : "does not set where releases are";
    table4.mistakes.add(table4.path, `${found}; it takes one of github, git and pypi`);
    return void 0;
  }
  misplaced(table4, origin2);
  if (origin2 === "pypi") return name6 === void 0 ? void 0 : { kind: "pypi", name: name6 };
  const [owner = "", repo = ""] = hub?.split("/") ?? [];
  if (hub === void 0 && url === void 0) return void 0;
  const of = url === void 0 ? { kind: "github", owner, repo } : { kind: "git", url };
  if (table4.has("branch"))
    return branch === void 0 ? void 0 : { kind: "branch", of, branch, version: version4 ?? "0-unstable-{date}" };
  const [prefix2 = "v", suffix = ""] = tag?.split("{version}") ?? [];
  return of.kind === "git" ? { ...of, tag: { prefix: prefix2, suffix } } : { ...of, list: list5, tag: { prefix: prefix2, suffix } };
}
var isTagPattern = (pattern) => pattern.split("{version}").length === 2;
function misplaced(table4, origin2) {
  const isBranch2 = table4.has("branch") && origin2 !== "pypi";
  const wrong = {
    list: origin2 !== "github" || isBranch2,
    tag: origin2 === "pypi" || isBranch2,
    branch: origin2 === "pypi",
    version: !isBranch2
  };
  for (const [key2, isWrong] of Object.entries(wrong)) {
    if (isWrong && table4.has(key2)) table4.wrong(key2, `has no meaning with ${isBranch2 ? "branch" : origin2}`);
  }
  for (const key2 of isBranch2 ? ["range", "ignore", "step", "prereleases", "order"] : []) {
    if (table4.has(key2)) table4.wrong(key2, "has no meaning with branch, which has one newest commit");
  }
}
function readRules(table4) {
  const order = table4.oneOf("order", ["pep440", "semver"]) ?? "pep440";
  const isDuration = (text3) => parseDuration(text3) !== void 0;
  const durationText = 'a duration such as "3 days", "12 hours" or "2 weeks"';
  const age = table4.string("minimum-release-age", durationText, isDuration);
  return {
    order,
    prereleases: table4.boolean("prereleases") ?? false,
    range: readRange(table4, order),
    ignore: table4.strings("ignore", "versions, in which * matches any text") ?? [],
    minimumAge: (age === void 0 ? void 0 : parseDuration(age)) ?? 0,
    step: table4.oneOf("step", ["newest", "next"]) ?? "newest"
  };
}
function readRange(table4, order) {
  const examples = { pep440: '">=2026.2,<2027"', semver: '"^1.2.0"' };
  const isRange = { pep440: validRange, semver: (text3) => (0, import_valid.default)(text3) !== null };
  const other = order === "pep440" ? "" : ' (order is "semver")';
  return table4.string(
    "range",
    `a range of versions such as ${examples[order]}${other}`,
    (text3) => text3.length <= 200 && isRange[order](text3)
  );
}

// src/config/package.ts
var nameText = "a name of letters, digits, - and _";
var isName2 = (text3) => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text3) && !/\.\.|\.$/.test(text3);
function defaultName(attribute, nix) {
  if (attribute !== "" || nix.kind !== "file") return attribute;
  const { dir, name: name6 } = path8.parse(nix.file);
  const found = name6 === "default" && dir !== "" ? path8.basename(dir) : name6;
  return found.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "") || "default";
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
function readPackage(table4, around) {
  const given = table4.table("nix", readNix);
  const nix = given ?? { kind: "file", file: "default.nix" };
  const isOptional = given?.kind === "file" && !table4.has("attribute");
  const attribute = isOptional ? "" : table4.requiredString("attribute", rootAttributeText, isRootAttribute);
  const name6 = table4.string("name", nameText, isName2);
  const releases = table4.table("releases", readReleases);
  const places = table4.list("version-files", "a list of tables") ?? [];
  const source = table4.raw("source-hash");
  const also = table4.list("also", "a list of attribute paths or tables") ?? [];
  const group2 = table4.string("group", nameText, isName2);
  const read2 = {
    nix,
    releases,
    versionFiles: places.flatMap((value, index) => versionPlace(table4, value, index)),
    sourceHash: source === void 0 || source === false ? void 0 : fixedOutputs(table4, ["source-hash"], source)[0],
    hasSource: source !== false,
    also: also.flatMap((value, index) => fixedOutputs(table4, ["also", index], value)),
    group: group2,
    pullRequest: pullRequestOf(table4, group2, around)
  };
  if (attribute === void 0) return void 0;
  return { attribute, name: name6 ?? defaultName(attribute, nix), ...read2 };
}
function pullRequestOf(table4, group2, around) {
  const own2 = table4.table("pull-request", (options3) => readPullRequest(options3, around.pullRequest));
  if (group2 === void 0) return own2 ?? around.pullRequest;
  if (own2) table4.wrong("pull-request", `belongs to the group: write it as [groups.${group2}]`);
  return around.groups.get(group2) ?? around.pullRequest;
}
function readNix(table4) {
  const isFolder = (text3) => text3 === "." || isInnerPath(text3);
  const file = table4.string("file", fileText, isInnerPath);
  const flake = table4.string("flake", "the path of a folder in this repository", isFolder);
  const expression2 = table4.string("expression", "a Nix expression");
  if (["file", "flake", "expression"].filter((key2) => table4.has(key2)).length !== 1)
    table4.mistakes.add(table4.path, "takes one of file, flake and expression");
  if (flake !== void 0) return { kind: "flake", flake };
  if (expression2 !== void 0) return { kind: "expression", expression: expression2 };
  return { kind: "file", file: file ?? "default.nix" };
}

// src/config/proposals.ts
function proposals({ packages }) {
  const found = /* @__PURE__ */ new Map();
  for (const one of packages) {
    const key2 = one.group === void 0 ? `package ${one.name}` : `group ${one.group}`;
    const name6 = one.group ?? one.name;
    const others = found.get(key2)?.packages ?? [];
    const branch = one.pullRequest.branch ?? `uv-fod/${name6}`;
    found.set(key2, { name: name6, branch, options: one.pullRequest, packages: [...others, one] });
  }
  return [...found.values()];
}
function fillTemplate(template2, values) {
  return template2.replace(/\{([a-z-]{1,40})\}/g, (whole2, name6) => values.get(name6) ?? whole2);
}

// src/system/suggest.ts
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
  add(path62, text3) {
    this.#found.push({ position: this.#positionOf(path62), text: `${label(path62)} ${text3}` });
  }
  /** @throws UserError `config-invalid` if there are any */
  throwIfAny() {
    const sorted2 = this.#found.toSorted(
      ({ position: a }, { position: b }) => a.line - b.line || a.column - b.column
    );
    const [first4] = sorted2;
    if (!first4) return;
    const lines = sorted2.map(
      ({ position: position2, text: text3 }) => `${this.#file}:${position2.line}:${position2.column}: ${text3}.`
    );
    throw new UserError("config-invalid", lines.join("\n"), { at: { file: this.#file, ...first4.position } });
  }
  #positionOf(path62) {
    for (let length = path62.length; length > 0; length--) {
      const position2 = this.#positions.get(pathKey(path62.slice(0, length)));
      if (position2) return position2;
    }
    return { line: 1, column: 1 };
  }
};
function label(path62) {
  const text3 = path62.map((part) => typeof part === "number" ? `[${part + 1}]` : `.${part}`).join("");
  return `'${printable(text3.replace(/^\./, ""))}'`;
}
var TableReader = class _TableReader {
  path;
  mistakes;
  #table;
  #known = /* @__PURE__ */ new Set();
  constructor(table4, path62, mistakes) {
    this.path = path62;
    this.mistakes = mistakes;
    this.#table = table4;
  }
  /** @param read asks for every key that is allowed */
  static read(table4, path62, mistakes, read2) {
    const reader = new _TableReader(table4, path62, mistakes);
    const result2 = read2(reader);
    const known2 = [...reader.#known];
    for (const key2 of Object.keys(table4).filter((one) => !reader.#known.has(one))) {
      const meant = nearest(key2, known2);
      const hint = meant ? ` (did you mean '${meant}'?)` : "";
      reader.wrong(key2, `is not known${hint}; keys here are ${known2.join(", ")}`);
    }
    return result2;
  }
  /** Records a mistake at a key of this table. */
  wrong(key2, text3) {
    this.mistakes.add([...this.path, key2], text3);
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
    const list5 = allowed.map((one) => typeof one === "string" ? `"${one}"` : String(one));
    const isAllowed = (value) => allowed.some((one) => one === value);
    return this.#checked(key2, `${list5.slice(0, -1).join(", ")} or ${list5.at(-1)}`, isAllowed);
  }
  strings(key2, allowed, isAllowed = anyText) {
    const list5 = this.list(key2, `a list of ${allowed}`);
    return list5?.flatMap((value, index) => {
      if (isText(value) && isAllowed(value)) return [value];
      this.mistakes.add([...this.path, key2, index], `is ${show(value)}; the list takes ${allowed}`);
      return [];
    });
  }
  list(key2, allowed) {
    return this.#checked(key2, allowed, (value) => Array.isArray(value));
  }
  /** Reads a nested table; undefined if it is missing. */
  table(key2, read2, allowed = "a table") {
    const value = this.raw(key2);
    return value === void 0 ? void 0 : this.tableAt([key2], value, allowed, read2);
  }
  /** Reads a value below this table as a table. */
  tableAt(at, value, allowed, read2) {
    const path62 = [...this.path, ...at];
    if (isTable(value)) return _TableReader.read(value, path62, this.mistakes, read2);
    this.mistakes.add(path62, `is ${show(value)}; it takes ${allowed}`);
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
function parseConfig(text3, file) {
  const document = parseText(text3, file);
  const mistakes = new Mistakes(file, locateKeys(text3));
  const config = TableReader.read(document, [], mistakes, readTop);
  mistakes.throwIfAny();
  return config;
}
function readTop(top) {
  const pullRequest = top.table("pull-request", (table4) => readPullRequest(table4, noOptions)) ?? noOptions;
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
function parseText(text3, file) {
  if (text3.length > MAX_LENGTH)
    throw new UserError(
      "config-syntax",
      `${file} has ${text3.length} characters; the limit is ${MAX_LENGTH}. Shorten it.`,
      { at: { file } }
    );
  try {
    return parse(text3.replace(/^\uFEFF/, ""), { maxDepth: MAX_DEPTH2 });
  } catch (error2) {
    if (!(error2 instanceof TomlError)) throw error2;
    const fix = "Fix that line; docs/configuration.md has an example of each key.";
    throw syntaxError(error2, file, "config-syntax", fix);
  }
}
function readPackages(top, around) {
  const list5 = top.list("package", "tables, each written [[package]]");
  if (list5?.length === 0 || !top.has("package"))
    top.wrong("package", "is missing; at least one [[package]] is required");
  const seen3 = /* @__PURE__ */ new Map();
  return (list5 ?? []).flatMap((value, index) => {
    const read2 = (table4) => readPackage(table4, around);
    const config = top.tableAt(["package", index], value, "a table, written [[package]]", read2);
    if (config === void 0) return [];
    const other = seen3.get(config.name);
    seen3.set(config.name, other ?? index);
    if (other !== void 0)
      top.mistakes.add(
        ["package", index, "name"],
        `is '${config.name}', which is also the name of package ${other + 1}; give one of them another 'name'`
      );
    return [{ index, config }];
  });
}
function readGroups(top, below) {
  const read2 = (groups2) => new Map(
    groups2.keys().map((name6) => {
      const options3 = groups2.table(name6, (table4) => readPullRequest(table4, below));
      return [name6, options3 ?? below];
    })
  );
  return top.table("groups", read2, "tables, each written [groups.NAME]") ?? /* @__PURE__ */ new Map();
}
function checkGroups(packages, groups2, mistakes) {
  const used = new Set(packages.map(({ config }) => config.group));
  for (const name6 of groups2.keys()) {
    if (!used.has(name6)) mistakes.add(["groups", name6], "has no package; add one with its key 'group'");
  }
}
function checkBranches(packages, mistakes) {
  const seen3 = /* @__PURE__ */ new Map();
  for (const { branch, name: name6, packages: of } of proposals({
    packages: packages.map(({ config }) => config)
  })) {
    const other = seen3.get(branch);
    const index = packages.find(({ config }) => config === of[0])?.index ?? 0;
    if (other !== void 0)
      mistakes.add(
        ["package", index],
        `has the branch '${branch}', which '${other}' has too; give '${name6}' another name or 'branch'`
      );
    else seen3.set(branch, name6);
  }
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
      } catch (error2) {
        failure3 ??= { error: error2 };
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (failure3) throw failure3.error;
  return results;
}
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

// src/update/checkout.ts
import path9 from "node:path";
var LISTED = 20;
var DEEPER = 100;
async function openCheckout(dir, run) {
  const git = (...args) => run("git", ["-C", dir, ...args]);
  const [top, at] = [await git("rev-parse", "--show-toplevel"), await git("rev-parse", "HEAD")];
  const failed2 = [top, at].find(({ code: code4 }) => code4 !== 0);
  if (failed2) {
    throw new UserError(
      "no-checkout",
      `'${dir}' is no checked-out git repository (${failed2.stderr.trim().split("\n")[0]}); put actions/checkout before this step.`
    );
  }
  const root = top.stdout.replace(/\n$/, "");
  const isThere = async (commit3) => (await git("rev-parse", "--verify", "--quiet", `${commit3}^{commit}`)).code === 0;
  const fetched = async (commit3) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit3) && !/^0+$/.test(commit3) && (await git("fetch", "--quiet", "--depth=1", "--no-tags", "origin", commit3)).code === 0;
  const has = async (commit3) => await isThere(commit3) || fetched(commit3);
  const head = at.stdout.trim();
  const commitsOf = async (file) => {
    const listed = await git(
      ...["--literal-pathspecs", "log", "--format=%H", `--max-count=${LISTED}`],
      ...["HEAD", "--", path9.relative(root, file)]
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
    textAt: async (commit3, file) => {
      if (!await has(commit3)) return void 0;
      const name6 = `${commit3}:${path9.relative(root, file)}`;
      const shown2 = await git("show", "--end-of-options", name6);
      return shown2.code === 0 ? shown2.stdout : void 0;
    }
  };
}
async function textInCommit({ root, textAt }, commit3, file) {
  const inside = await realPathBelow(root, file);
  return inside === void 0 ? void 0 : textAt(commit3, path9.join(root, inside));
}

// src/action/base.ts
function baseOf({ configuration }, file, checkout2) {
  const opened = async () => {
    if (configuration.from === "nowhere") return void 0;
    const found = await checkout2();
    return { ...found, commit: configuration.from === "commit" ? configuration.commit : found.head };
  };
  const config = once(async () => {
    const found = await opened();
    if (found === void 0) return void 0;
    const { commit: commit3, has, textAt } = found;
    if (!await has(commit3)) {
      throw new UserError(
        "base-commit-missing",
        `Commit ${commit3}, whose configuration this run uses, is not in the checkout and can't be fetched. Set fetch-depth: 0 for actions/checkout.`
      );
    }
    const text4 = await textAt(commit3, file);
    return text4 === void 0 ? void 0 : parseConfig(text4, file);
  });
  const text3 = async (lock) => {
    const found = await opened();
    return found && textInCommit(found, found.commit, lock);
  };
  return { config, text: text3 };
}

// src/nix/target.ts
import path10 from "node:path";
import { pathToFileURL } from "node:url";
function derivationRef(nix, attribute, checkout2, file) {
  switch (nix.kind) {
    case "file":
      return {
        file: path10.resolve(checkout2, nix.file),
        ...attribute === "" ? { attribute: path10.basename(nix.file), isWhole: true } : { attribute }
      };
    case "expression":
      return { file, attribute, root: { ...nix, folder: checkout2 } };
    case "flake": {
      const folder = path10.posix.normalize(nix.flake).replace(/\/$/, "");
      const url = new URL(`git+${pathToFileURL(checkout2).href}`);
      url.searchParams.set("shallow", "1");
      if (folder !== ".") url.searchParams.set("dir", folder);
      const root = { kind: "flake", url: url.href, checkout: checkout2 };
      return { file: path10.join(checkout2, folder, "flake.nix"), attribute, root };
    }
  }
}
async function derivationRefFrom(folder, nix, attribute, run) {
  if (nix.kind !== "flake") return derivationRef(nix, attribute, folder);
  const flake = path10.resolve(folder, nix.flake);
  const top = await run("git", ["-C", flake, "rev-parse", "--show-toplevel", "--show-prefix"]);
  const [checkout2 = "", prefix2 = ""] = top.stdout.split("\n");
  if (top.code === 0) return derivationRef({ kind: "flake", flake: prefix2 || "." }, attribute, checkout2);
  const url = `path:${pathToFileURL(flake).pathname}`;
  return { file: path10.join(flake, "flake.nix"), attribute, root: { kind: "flake", url, checkout: flake } };
}
function folderOf({ file, root }) {
  if (root?.kind === "expression") return root.folder;
  return path10.dirname(file ?? ".");
}
function nameOf({ file, root }) {
  return root?.kind === "expression" || file === void 0 ? "the expression" : `'${file}'`;
}
function placeOf({ file }) {
  return file === void 0 ? {} : { at: { file } };
}

// src/pull-request/report/markdown.ts
var LONGEST = 200;
var BREAK = "​";
function plain(value, longest4 = LONGEST) {
  const line = withoutUnseen(value.slice(0, longest4 * 8)).trim();
  const characters = [...line];
  return characters.length > longest4 ? `${characters.slice(0, longest4 - 1).join("")}…` : line;
}
function text(value, longest4 = LONGEST) {
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
  const parsed = new URL(url);
  if (!["https:", "http:"].includes(parsed.protocol) || parsed.username !== "" || parsed.password !== "")
    return void 0;
  return parsed.href.replace(
    /[()|<>\\`*_~[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );
}
var TRACED = /\/(?:issues|pulls?|commits?|discussions)\//;
function ownLink(label3, url) {
  const address3 = url === void 0 ? void 0 : safeUrl(url);
  return address3 === void 0 || label3 === "" ? label3 : `[${label3}](${address3})`;
}
function link(label3, url) {
  return url === void 0 || TRACED.test(url) ? label3 : ownLink(label3, url);
}
function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
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
function list(items) {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

// src/pull-request/report/release-notes.ts
var READ = 2e4;
var LINES = 80;
var WIDEST2 = 400;
function notesSection(notes) {
  if (notes === void 0) return "";
  const lines = notes.slice(0, READ).replace(/<!--[\s\S]*?(?:-->|$)/g, "").split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const flat = quote(lines).join("\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\n+$/g, "");
  if (flat === "") return "";
  const quoted2 = flat.split("\n");
  const cut2 = quoted2.length > LINES || notes.length > READ;
  const shown2 = cut2 ? [...quoted2.slice(0, LINES), "", "…"] : quoted2;
  return fold("Release notes", shown2.map((line) => `> ${line}`.trimEnd()).join("\n"));
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
  const [, indent = "", , item] = /^( {0,12})([-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line) ?? [];
  if (item !== void 0) return `${"  ".repeat(Math.min(Math.floor(indent.length / 2), 3))}- ${words(item)}`;
  return words(line);
}
function words(line) {
  const seen3 = line.slice(0, 4 * WIDEST2).replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, "$1").replace(/\*\*|__|`/g, "").replace(/<\/?[a-z][^<>]{0,300}>/gi, "");
  return text(seen3, WIDEST2);
}

// src/pull-request/report/sections.ts
var LONG = 1e3;
function packageCounts(packages) {
  const added = packages.filter(({ before }) => before === void 0).length;
  const removed = packages.filter(({ after }) => after === void 0).length;
  const numbers = [
    [packages.length - added - removed, "changed"],
    [added, "added"],
    [removed, "removed"]
  ];
  const parts = numbers.filter(([number2]) => number2 > 0).map(([number2, what], index) => `${index === 0 ? count(number2, "package") : number2} ${what}`);
  return list(parts);
}
function headline({ subject: subject3, why, hashes, packages }) {
  const { name: name6, before, after, links = [] } = subject3;
  const isSame3 = before === void 0 && why.length + hashes.length + packages.length === 0;
  const versions2 = [.../* @__PURE__ */ new Set([before, after])].filter((version4) => version4 !== void 0);
  const systems = [...new Set(hashes.map(({ system: system2 }) => code(system2)))];
  const changes = [
    packageCounts(packages),
    isSame3 ? "unchanged" : "",
    systems.length > 0 ? `new ${systems.length === 1 ? "hash" : "hashes"} for ${list(systems)}` : ""
  ].filter((part) => part !== "");
  const what = [`**${text(name6)}**`, versions2.map(code).join(" → ")].join(" ").trim();
  const more = links.map(({ text: label3, url }) => link(text(label3), url)).join(" · ");
  return `${[what, changes.join("; ")].filter(Boolean).join(": ")}. ${more}`.trim();
}
var FOLD_FROM = 16;
var byImportance = (a, b) => Number(b.direct) - Number(a.direct) || (a.name < b.name ? -1 : Number(a.name > b.name));
function warningSection(packages) {
  const lines = [...packages].sort(byImportance).flatMap((change) => {
    const { yanked, vulnerabilities = [] } = change;
    const name6 = `**${text(change.name)}** ${code(change.after ?? "")}`;
    return [
      ...yanked === void 0 ? [] : [`${name6} was yanked from its index: ${yanked === "" ? "no reason given" : text(yanked)}`],
      ...vulnerabilities.map((one) => `${name6} has a known vulnerability, ${vulnerability(one)}`)
    ];
  });
  if (lines.length === 0) return "";
  return ["> [!WARNING]", ...lines.map((line) => `> - ${line}`)].join("\n");
}
function vulnerability({ id: id2, url, summary: summary3, fixedIn }) {
  const fixed = fixedIn.length === 0 ? "" : ` (fixed in ${list(fixedIn.slice(0, 5).map(code))})`;
  return `${link(code(id2), url)}${fixed}${summary3 === void 0 ? "" : `: ${text(summary3)}`}`;
}
function packageSection(packages) {
  if (packages.length === 0) return "";
  const sorted2 = [...packages].sort(byImportance);
  const notes = sorted2.map(kindsOf);
  const hasNotes = notes.some((note) => note !== "");
  const rows = sorted2.map((change, index) => [
    link(change.direct ? `**${text(change.name)}**` : text(change.name), change.url),
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
function kindsOf({ kinds = [] }) {
  const bySystem2 = /* @__PURE__ */ new Map();
  for (const { system: system2, before, after } of kinds) {
    const kind2 = [before, after].filter((one) => one !== void 0);
    const what = before === after ? after ?? "" : kind2.join(" → ");
    bySystem2.set(what, [...bySystem2.get(what) ?? [], system2]);
  }
  return [...bySystem2].map(([what, systems]) => `${text(what)} on ${list(systems.map(code))}`).join("; ");
}
function whySection(why) {
  const reasons = why.map((reason) => text(reason, LONG));
  if (reasons.length < 2) return reasons.map((reason) => `Why: ${reason}`).join("");
  return ["Why:", ...reasons.map((reason) => `- ${reason}`)].join("\n");
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
var MARKS = { failed: "❌", "not checked": "⚪", ok: "✅" };
var detailText = (detail) => /^[\w./+=@-]+$/.test(detail) ? code(detail) : text(detail, LONG);
function checkSection(checks2, title = "Verified") {
  if (checks2.length === 0) return "";
  const lines = Object.entries(MARKS).flatMap(
    ([mark, sign]) => checks2.filter(({ result: result2 }) => result2 === mark).map(({ name: name6, result: result2, detail }) => {
      const note = result2 === "not checked" ? " (not checked)" : "";
      return `- ${sign} ${text(name6)}${note}${detail === void 0 ? "" : `: ${detailText(detail)}`}`;
    })
  );
  return `### ${title}

${lines.join("\n")}`;
}
function restSection({ notDone: notDone3, notes = [], notAsked = [] }) {
  return [
    ...notDone3.map(({ what, why }) => `* Not done: ${text(what)}, because ${text(why)}`),
    ...notes.map((note) => `* ${text(note, LONG)}`),
    ...notAsked.map((one) => `* Not asked: ${text(one, LONG)}`)
  ].join("\n");
}
var size = (bytes) => bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
function downloadSection(download2) {
  if (!download2) return "";
  const { before = download2.after, after, system: system2 } = download2;
  const sizes = [.../* @__PURE__ */ new Set([size(before), size(after)])].join(" → ");
  return `Download: ${sizes}${system2 === void 0 ? "" : ` for ${code(system2)}`}.`;
}
function duration(milliseconds2) {
  const seconds2 = Math.round(milliseconds2 / 1e3);
  if (seconds2 < 60) return `${(milliseconds2 / 1e3).toFixed(1)} s`;
  return `${Math.floor(seconds2 / 60)} min ${seconds2 % 60} s`;
}
var usable = (timings) => timings.filter(({ milliseconds: milliseconds2 }) => Number.isFinite(milliseconds2) && milliseconds2 >= 0);
var taskName = (stage2) => stage2.replace(/[^\p{L}\p{N} ._()/+-]/gu, " ").replace(/\s+/g, " ").trim().slice(0, 60) || "stage";
function chart(timings) {
  let at = 0;
  const tasks = usable(timings).map(({ stage: stage2, milliseconds: milliseconds2 }) => {
    const start2 = at;
    at += Math.round(milliseconds2);
    return `    ${taskName(stage2)} (${duration(milliseconds2)}) : ${start2}, ${at}`;
  });
  const head = ["gantt", "    dateFormat x", "    axisFormat %s s"];
  return ["```mermaid", ...head, ...tasks, "```"].join("\n");
}
function timingsSection(timings) {
  const stages = usable(timings);
  if (stages.length === 0) return "";
  const total = stages.reduce((sum, { milliseconds: milliseconds2 }) => sum + milliseconds2, 0);
  const longest4 = [...stages].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 3);
  const named = list(longest4.map(({ stage: stage2, milliseconds: milliseconds2 }) => `${text(stage2)} ${duration(milliseconds2)}`));
  return `Took ${duration(total)}, most of it for ${named}.

${fold("How long each stage took", chart(stages))}`;
}

// src/pull-request/report/report.ts
var join3 = (sections) => `${sections.filter((section2) => section2 !== "").join("\n\n")}
`;
function body(report2) {
  return join3([
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
  ]);
}
function bodyKey(report2) {
  return body({ ...report2, timings: [], notAsked: [] });
}
function summary2(report2, published) {
  const { outcome: outcome2, number: number2, url, reason, autoMerge: autoMerge2 = "" } = published ?? {};
  const link3 = number2 === void 0 ? "" : ` ${ownLink(`#${number2}`, url)}`;
  const why = reason === void 0 ? "" : ` (${text(reason)})`;
  return join3([
    `## ${text(report2.subject.name)}`,
    outcome2 === void 0 ? "" : `Pull request: ${code(outcome2)}${link3}${why}`,
    text(autoMerge2, LONG),
    body(report2).trimEnd()
  ]);
}
function failureSummary({ code: kind2, message, log: log2 = "" }) {
  const lines = tellingLines(log2);
  return join3([
    `## Failed: ${code(kind2)}`,
    text(message, 4e3),
    lines.length === 0 ? "" : fold("The last lines of its log", fenced(lines.join("\n")))
  ]);
}
var CHECKS_WAIT_FOR_APPROVAL = 'The checks of this pull request wait for approval, because it was opened with GITHUB_TOKEN: a user with write access starts them with "Approve workflows to run". With the token of a GitHub App they start automatically.';
var RUNS_WAIT_FOR_APPROVAL = 'The workflow runs for this commit wait for approval, because it was pushed with GITHUB_TOKEN: a user with write access starts them with "Approve workflows to run". With the token of a GitHub App they start automatically.';
function autoMergeNote(method, base) {
  const by = method === void 0 ? "" : ` (${code(method)})`;
  return `Auto-merge is requested${by}: if it could be enabled, this is merged automatically once all requirements of ${code(base)} are met, but not while it is a draft. The log and the job summary of the run show whether it was enabled.`;
}

// src/system/action-outputs.ts
var mostSummary = 1e6;
function setOutput2(name6, value) {
  try {
    setOutput(name6, value);
  } catch (cause) {
    throw new UserError(
      "output-unwritable",
      `The output '${name6}' can't be written to the file that GITHUB_OUTPUT names (${messageOf(cause)}); check the runner's temporary folder.`,
      { cause }
    );
  }
}
var setJson = (name6, value) => setOutput2(name6, jsonText(value));
async function writeSummary(environment2, text3) {
  if (!environment2.GITHUB_STEP_SUMMARY) return;
  try {
    await summary.addRaw(shortened(text3)).write();
  } catch (error2) {
    warning(harmless(`The job summary can't be written (${messageOf(error2)}).`));
  }
}
function shortened(text3) {
  const bytes = Buffer.from(text3);
  if (bytes.length <= mostSummary) return text3;
  return `${bytes.subarray(0, mostSummary).toString()}

(cut: the summary is longer than GitHub shows)
`;
}
var messageOf = (error2) => error2 instanceof Error ? error2.message : String(error2);

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

// src/update/check.ts
import path31 from "node:path";

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
var saysNoMore = (text3, value) => text3.isWellFormed() && scan(text3).dense === JSON.stringify(value).length;
function scan(text3) {
  let [deepest, depth, dense, isString2] = [0, 0, 0, false];
  for (let at = 0; at < text3.length; at += 1) {
    const character = text3[at] ?? "";
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
var text2 = (most2, pattern) => (value, at) => {
  if (typeof value !== "string") return `${at} is not a string`;
  if (value.length > most2) return `${at} is longer than ${most2} characters`;
  return pattern === void 0 || pattern.test(value) ? void 0 : `${at} has a form that is not allowed`;
};
var number = (least2, most2) => (value, at) => typeof value === "number" && value >= least2 && value <= most2 ? void 0 : `${at} is not a number from ${least2} to ${most2}`;
var whole = (least2, most2) => (value, at) => Number.isSafeInteger(value) ? number(least2, most2)(value, at) : `${at} is not a whole number`;
var yesOrNo = (value, at) => typeof value === "boolean" ? void 0 : `${at} is not true or false`;
var oneOf = (...values) => (value, at) => values.some((one) => one === value) ? void 0 : `${at} is not one of ${values.join(", ")}`;
var maybe = (shape) => (value, at) => value === null || value === void 0 ? void 0 : shape(value, at);
var list2 = (item, most2) => (value, at) => {
  if (!Array.isArray(value)) return `${at} is not a list`;
  if (value.length > most2) return `${at} has more than ${most2} items`;
  return first(value.map((one, index) => () => item(one, `${at}[${index}]`)));
};
var having = (required2, optional = {}) => (value, at) => {
  if (!isObject(value)) return `${at} is not an object`;
  const get = (name6) => Object.hasOwn(value, name6) ? value[name6] : void 0;
  const given = Object.entries(optional).filter(([name6]) => Object.hasOwn(value, name6));
  return first(
    [...Object.entries(required2), ...given].map(
      ([name6, shape]) => () => shape(get(name6), `${at}.${name6}`)
    )
  );
};
var exactly = (required2, optional = {}) => (value, at) => {
  const wrong = having(required2, optional)(value, at);
  if (wrong !== void 0) return wrong;
  const isKnown = (name6) => Object.hasOwn(required2, name6) || Object.hasOwn(optional, name6);
  return Object.keys(value).every(isKnown) ? void 0 : `${at} has a field that is not known here`;
};
var mapOf = (key2, item) => (value, at) => {
  if (!isObject(value)) return `${at} is not an object`;
  return first(
    Object.entries(value).map(
      ([name6, one]) => () => key2.test(name6) ? item(one, `${at}.${name6}`) : `${at} has a key of a form that is not allowed`
    )
  );
};
var isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function first(checks2) {
  for (const check3 of checks2) {
    const wrong = check3();
    if (wrong !== void 0) return wrong;
  }
  return void 0;
}

// src/system/sri.ts
import { createHash } from "node:crypto";
var fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
function isSri(text3) {
  return /^sha256-[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text3);
}
function sriFromHex(hex) {
  return `sha256-${Buffer.from(hex, "hex").toString("base64")}`;
}
function sriOfText(text3) {
  return `sha256-${createHash("sha256").update(text3).digest("base64")}`;
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

// src/uv/lock/wheel-name.ts
var TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
var BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;
function parseWheelName(filename) {
  if (!filename.endsWith(".whl")) return "it does not end in .whl";
  const parts = filename.slice(0, -".whl".length).split("-");
  if (parts.length < 5 || parts.length > 7) return "it does not have 5 to 7 parts between dashes";
  const third = parts[2] ?? "";
  const hasBuild = parts.length === 7 || parts.length === 6 && /^\d/.test(third);
  const [python, abi, platform2, variant] = parts.slice(hasBuild ? 3 : 2);
  const build3 = hasBuild ? parseBuild(third) : void 0;
  if (hasBuild && build3 === void 0) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? "")) return `'${parts[0]}' is not a package name`;
  const version4 = parseVersion(parts[1] ?? "");
  if (version4 === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform2 === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform2]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return { filename, version: version4, build: build3, tags: `${python}-${abi}-${platform2}`, variant };
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
  const system2 = SYSTEMS.find((name6) => name6 === input.system);
  if (system2 === void 0)
    throw new UserError(
      "target-system",
      `'${input.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system: system2, python: parsePython(input.python), libc: parseLibc(input.libc, system2) };
}
function environmentOf({ system: system2, python }) {
  const darwin = system2.endsWith("-darwin");
  const machine = system2.startsWith("x86_64") ? "x86_64" : darwin ? "arm64" : "aarch64";
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

// src/build-lock/schema.ts
var isPlain = (value) => /^[^\u0000-\u001f\u007f]+$/.test(value);
var isFile = (value) => /^[A-Za-z0-9_][\w.+!?=~-]{0,299}$/.test(value);
var isWheel = (value) => isFile(value) && typeof parseWheelName(value) !== "string";
var isAddress = (value) => isPlain(value) && /^(https?|ssh):\/\//.test(value) && URL.canParse(value);
var isRelative = (value) => isPlain(value) && !value.startsWith("/") && !value.includes("\\");
var matching = (test) => text2(1e4, { test });
var many = (item) => list2(item, 1e5);
var buildKey = /^[A-Za-z0-9][\w.+!-]{0,299}$/;
var key = text2(300, buildKey);
var plain2 = matching(isPlain);
var version = text2(128, /^[0-9A-Za-z][0-9A-Za-z.+!_-]*$/);
var sriOrEmpty = matching((value) => value === "" || isSri(value));
var sri = matching(isSri);
var address2 = matching(isAddress);
var relative2 = matching(isRelative);
var commit = text2(40, /^[0-9a-f]{40}$/);
var requirements = many(text2(1e4));
function lockShape(object) {
  const target2 = object({
    ...{ python: plain2, libc: plain2, packages: many(plain2), extras: many(plain2), groups: many(plain2) },
    ...{ allPackages: yesOrNo, defaultGroups: yesOrNo }
  });
  const environment2 = object({ wheels: many(matching(isWheel)), builds: many(key) });
  const system2 = object(
    {
      ...{ plan: sriOrEmpty, hash: sriOrEmpty, builds: many(key) },
      environments: mapOf(buildKey, environment2)
    },
    { apart: mapOf({ test: isWheel }, sri) }
  );
  const wheel = object({ url: address2, hash: sri });
  return object({
    ...{ version: oneOf(1), target: target2, builds: mapOf(buildKey, buildShape(object)) },
    systems: mapOf({ test: (name6) => SYSTEMS.some((one) => one === name6) }, system2),
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
        { ...optional, url: address2, path: relative2, subdirectory: relative2 }
      )
    ],
    [
      "git",
      object(
        { ...required2, kind: oneOf("git"), version, url: address2, commit, hash: sri },
        { ...optional, subdirectory: relative2 }
      )
    ],
    [
      "directory",
      object({ ...required2, kind: oneOf("directory"), path: relative2 }, { ...optional, version })
    ]
  ]);
  return (value, at) => {
    const shape = kinds.get(value?.kind);
    return shape === void 0 ? `${at}.kind is not one of ${[...kinds.keys()].join(", ")}` : shape(value, at);
  };
}
var open2 = lockShape(having);
var closed = lockShape(exactly);
var faultOf = (value) => open2(value, "it")?.replace(/^it\./, "");
var unknownFieldOf = (value) => closed(value, "it")?.replace(/^it\./, "");

// src/build-lock/text.ts
var buildLockName = "uv-fod.lock.json";
var isBuildLockName = (file) => file.endsWith(".lock.json");
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
var bounds = { length: 8 << 20, depth: 12 };
function parseBuildLock(text3, file) {
  const refuse3 = (why) => new UserError(
    "build-lock-invalid",
    `${file} is not a build lock: ${printable(why.slice(0, 300))}. Delete it and run 'uv-fod lock' to create it again.`,
    { at: { file } }
  );
  let value;
  try {
    value = parseBoundedJson(text3, bounds);
  } catch (error2) {
    const fix = "run 'uv-fod update', which computes it again (after 'uv lock', if uv.lock has a conflict, too)";
    throw mergeConflict(text3, file, fix) ?? refuse3(error2.message);
  }
  const version4 = value?.version;
  if (version4 !== 1) throw refuse3("its version is not 1, the only one that this release supports");
  const fault = faultOf(value);
  if (fault !== void 0) throw refuse3(fault);
  return value;
}
function unexpectedIn(text3, lock) {
  const fault = unknownFieldOf(lock);
  if (fault !== void 0) return printable(fault.slice(0, 300));
  return saysNoMore(text3, lock) ? void 0 : "a key is in it twice";
}

// src/build-lock/builds.ts
var ownOf = (table4, key2) => table4 && Object.hasOwn(table4, key2) ? table4[key2] : void 0;
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
    ([name6, value]) => from.kind !== "wheel" && sourceFields[from.kind].includes(name6) && Boolean(value)
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
    ...Object.entries(wheels).map(([filename, { url, hash: hash2 }]) => ({
      ...{ project: filename.split("-", 1)[0] ?? "", filename, url, hash: hash2 }
    })),
    ...Object.values(builds).flatMap(
      (build3) => build3.kind === "sdist" && build3.url !== void 0 ? [{ project: build3.name, filename: build3.filename, url: build3.url, hash: build3.hash }] : []
    )
  ];
}
function addressesIn({ builds, wheels }) {
  const sources2 = Object.entries(builds).flatMap(
    ([what, build3]) => "url" in build3 && build3.url !== void 0 ? [{ address: build3.url, what }] : []
  );
  return [...sources2, ...Object.entries(wheels).map(([what, { url: address3 }]) => ({ address: address3, what }))];
}

// src/build-lock/differences.ts
var SHOWN = 5;
function differences(text3, written, right) {
  const entries2 = compared(written, right, "");
  const unexpected = entries2.length > 0 ? void 0 : unexpectedIn(text3, JSON.parse(text3));
  const found = unexpected === void 0 ? entries2 : [unexpected];
  const more = found.length > SHOWN ? `; and ${found.length - SHOWN} more` : "";
  return printable(found.slice(0, SHOWN).join("; ") + more);
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
  const text3 = typeof value === "string" ? value : JSON.stringify(value);
  return text3.length > 200 ? `${text3.slice(0, 200)}…` : text3;
}

// src/system/run.ts
var noSuchProgram = 127;

// src/uv/plan/artifact.ts
function sriOf({ hash: hash2 = "" }) {
  const [, hex] = /^sha256:([0-9a-f]{64})$/i.exec(hash2) ?? [];
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
var wheelBytes = (artifacts) => artifacts.reduce((sum, { kind: kind2, size: size2 }) => sum + (kind2 === "wheel" ? size2 ?? 0 : 0), 0);
var SHOWN2 = 6;
function withoutDigest(artifacts) {
  const isOpen = ({ kind: kind2, url, hash: hash2 }) => (kind2 === "wheel" || kind2 === "sdist") && url !== void 0 && hash2 === void 0;
  return [...new Set(artifacts.filter(isOpen).map(({ filename, name: name6 }) => filename ?? name6))].sort();
}
function noDigestText(artifacts) {
  const names2 = withoutDigest(artifacts);
  if (names2.length === 0) return void 0;
  const more = names2.length > SHOWN2 ? ` and ${names2.length - SHOWN2} more` : "";
  const files = names2.length === 1 ? "1 file" : `${names2.length} files`;
  return `uv.lock has no digest of ${files} (${names2.slice(0, SHOWN2).join(", ")}${more}): whatever the index serves is accepted when a hash is computed.`;
}

// src/update/check-without-nix.ts
import path28 from "node:path";

// src/update/hash-place.ts
import path11 from "node:path";
async function placeOfHash(hash2, derivation, { read: read2, run }) {
  if (hash2 === "") return void 0;
  const literal = `"${hash2}"`;
  const { file } = derivation;
  const before = file === void 0 ? [] : (await read2(file) ?? "").split(literal);
  if (file !== void 0 && before[1] !== void 0)
    return { file, line: (before[0] ?? "").split("\n").length };
  const folder = folderOf(derivation);
  const flags2 = ["--untracked", "--line-number", "--null", "--fixed-strings"];
  const found = await run("git", ["-C", folder, "grep", ...flags2, "-e", literal, "--", ":(top)*.nix"]);
  const [name6, line] = (found.stdout.split("\n")[0] ?? "").split("\0");
  return found.code === 0 && name6 ? { file: path11.resolve(folder, name6), line: Number(line) } : void 0;
}

// src/update/lock-state.ts
import { mkdtemp, rm as rm2 } from "node:fs/promises";
import path14 from "node:path";

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
var isList = ({ quoted: quoted2, text: text3 }) => !quoted2 && (text3 === "extras" || text3 === "dependency_groups");
var isVariable = (text3) => text3 === "extra" || isList({ quoted: false, text: text3 }) || ALIASES.has(text3) || [...VERSION_VARIABLES, ...STRING_VARIABLES].some((name6) => name6 === text3);
var IGNORED = () => void 0;
function compare3(left, operator, right, extras) {
  if (left.quoted === right.quoted) return IGNORED;
  if (isList(right)) return () => operator === "not in";
  const [variable, value] = left.quoted ? [right.text, left.text] : [left.text, right.text];
  if (variable === "extra") return extraComparison(operator, value, extras);
  const name6 = ALIASES.get(variable) ?? variable;
  const directed = left.quoted ? inverted(operator) : operator;
  const version4 = VERSION_VARIABLES.find((one) => one === name6);
  if (version4 !== void 0) return versionComparison(version4, directed, value, right.quoted);
  const string = STRING_VARIABLES.find((one) => one === name6);
  return string === void 0 ? IGNORED : (environment2) => compareString(string, environment2, directed, value);
}
function inverted(operator) {
  if (operator.endsWith("in")) return operator.replace("in", "contains");
  return operator.replace(/[<>]/, (sign) => sign === "<" ? ">" : "<");
}
function extraComparison(operator, value, extras) {
  if (operator !== "==" && operator !== "!=") return IGNORED;
  const name6 = normalizeName(value);
  if (name6 === void 0) return () => false;
  extras.add(name6);
  return (_, extra) => {
    const active = extra(name6);
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
var isOperator = (text3) => text3 === "~=" || ORDERS.has(text3);
function compareString(variable, environment2, operator, value) {
  const actual = environment2[variable];
  if (operator.endsWith("in")) return value.includes(actual) !== operator.startsWith("not");
  if (operator.endsWith("contains")) return actual.includes(value) !== operator.startsWith("not");
  const ordered = variable === "platform_release" || variable === "platform_version";
  const unequal = ordered ? actual < value ? -1 : 1 : Number.NaN;
  return ORDERS.get(operator)?.(actual === value ? 0 : unequal);
}
function versionComparison(variable, operator, value, starAllowed) {
  const actual = (environment2) => environment2[variable].split(".").map(Number);
  const isTooLong = (release4) => variable === "python_version" && release4.slice(2).some((number2) => number2 !== 0);
  if (operator === "in" || operator === "not in") {
    const words3 = value.split(/\s+/).filter((word3) => word3 !== "");
    const releases = words3.map((word3) => parseVersion(word3)?.release);
    if (!releases.every((release4) => release4 !== void 0)) return IGNORED;
    if (releases.some(isTooLong)) return () => false;
    return (environment2) => releases.some((release4) => compareRelease(actual(environment2), release4) === 0) === (operator === "in");
  }
  const star = starAllowed && value.trim().endsWith(".*");
  const version4 = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version4 === void 0) return IGNORED;
  const { release: release3 } = version4;
  if (star) {
    const isRelease = version4.isPlainRelease || /^\s*v?\d+!/.test(value);
    if (!isRelease || operator !== "==" && operator !== "!=") return IGNORED;
    if (operator === "==") return (environment2) => hasPrefix(actual(environment2), release3);
    return (environment2) => !hasPrefix(actual(environment2), release3) && !isTooLong(release3);
  }
  if (operator === "~=") {
    if (release3.length < 2) return IGNORED;
    return (environment2) => compareRelease(actual(environment2), release3) >= 0 && hasPrefix(actual(environment2), release3.slice(0, -1));
  }
  const isLocal = version4.key !== version4.publicKey;
  const holds = isLocal && operator !== "==" && operator !== "!=" ? void 0 : ORDERS.get(operator);
  return holds === void 0 ? IGNORED : (environment2) => holds(compareRelease(actual(environment2), release3));
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
function parseMarker(text3) {
  const scanner = new Scanner(text3);
  const extras = /* @__PURE__ */ new Set();
  const program = [];
  const pending = [];
  const reduce = (until) => {
    for (let top = pending.at(-1); top !== void 0 && !until(top); top = pending.at(-1)) {
      pending.pop();
      if (top !== "(") program.push(top);
    }
  };
  for (; ; ) {
    while (scanner.take(/\s*(\()/y)) pending.push("(");
    program.push(scanner.comparison(extras));
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
  return { text: text3, program, extras: [...extras] };
}
function evaluate(marker, environment2, extra) {
  const stack = [];
  for (const item of marker?.program ?? []) {
    if (typeof item === "function") {
      stack.push(item(environment2, extra));
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
  constructor(text3) {
    this.#text = text3;
  }
  error(message, column = this.#at + 1) {
    return new MarkerSyntaxError(message, column);
  }
  /** Takes what the first group of a sticky pattern matches. */
  take(pattern) {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found?.[1];
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
    const quote2 = this.#next();
    if (quote2 === '"' || quote2 === "'") throw this.error(`a string is not closed with ${quote2}`, column);
    const text3 = this.take(/\s*([^\s><=!~)]+)/y);
    if (text3 !== void 0 && isVariable(text3)) return { quoted: false, text: text3 };
    const found = text3 === void 0 ? this.#found() : `'${text3}'`;
    throw this.error(`expected a quoted string or a marker variable, found ${found}`, column);
  }
  #operator() {
    const column = this.#column();
    const symbol = this.take(/\s*([<=>~!]+)/y);
    const word3 = symbol ?? this.take(/\s*(in(?=[\s'"])|not\s+in)/y)?.replace(/\s+/, " ");
    if (word3 !== void 0 && (word3.endsWith("in") || isOperator(word3))) return word3;
    const found = word3 === void 0 ? this.#found() : `'${word3}'`;
    throw this.error(`expected a comparison such as '>=' or 'not in', found ${found}`, column);
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
  const found = line();
  return found === void 0 ? { file } : { file, line: found };
}
function messageAt(place2, what, fix = "Run 'uv lock' to recreate it.") {
  const at = positionOf(place2);
  const where = at.line === void 0 ? at.file : `${at.file}:${at.line}`;
  const subject3 = place2.subject === "" ? "" : ` (${place2.subject})`;
  return printable(`${where}${subject3}: ${what}. ${fix}`);
}
function clip(text3, length = 120) {
  return text3.length <= length ? text3 : `${text3.slice(0, length)}…`;
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
  invalid(what, fix) {
    return new UserError("lock-invalid", messageAt(this.place, what, fix), { at: positionOf(this.place) });
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
    return this.#items(key2, isTable3, "tables").map((table4) => this.inner(table4));
  }
  /** Arrays of tables. */
  tableLists(key2) {
    const lists2 = this.#items(key2, isArray, "arrays");
    return lists2.map((list5) => this.inner({ [key2]: list5 }).tables(key2));
  }
  /** Normalized names of packages, extras or groups. */
  names(key2) {
    return this.#items(key2, isString, "strings").map((text3) => this.#normalized(text3, key2));
  }
  /** The keys of this table as normalized names, each with what `read` takes from its key. */
  byName(read2) {
    return new Map(Object.keys(this.values).map((key2) => [this.#normalized(key2, key2), read2(key2)]));
  }
  name(key2) {
    return this.#normalized(this.requiredString(key2), key2);
  }
  optionalName(key2) {
    return this.has(key2) ? this.name(key2) : void 0;
  }
  /** A missing or empty marker is undefined. */
  marker(key2) {
    const text3 = this.string(key2);
    return text3 === void 0 || text3 === "" ? void 0 : this.#marker(text3);
  }
  markers(key2) {
    return this.#items(key2, isString, "strings").map((text3) => this.#marker(text3));
  }
  #marker(text3) {
    try {
      const marker = this.#markers.get(text3) ?? parseMarker(text3);
      this.#markers.set(text3, marker);
      return marker;
    } catch (error2) {
      if (!(error2 instanceof MarkerSyntaxError)) throw error2;
      const what = `the marker ${JSON.stringify(clip(text3))} cannot be read at its column ${error2.column}`;
      const message = messageAt(this.place, `${what}: ${error2.message}`);
      throw new UserError("lock-marker", message, { at: positionOf(this.place) });
    }
  }
  #normalized(text3, key2) {
    const name6 = normalizeName(text3);
    if (name6 === void 0) throw this.invalid(`'${clip(text3)}' in '${key2}' is not a name`);
    return name6;
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
    ...Object.values(table2(recorded["requires-dev"])).flatMap(tables)
  ];
  const fromSource = new Set(known2.filter(hasSource).map(({ name: name6 }) => name6));
  const compared2 = ({ name: name6, versions: versions2 }) => fromSource.has(name6) ? name6 : `${name6} ${versions2}`;
  const before = new Set(known2.map(recordedRequirement).map(compared2));
  const now = new Set(declared(pyproject2).flatMap(requirementOf).map(compared2));
  const differing = [...before, ...now].filter((one) => !(before.has(one) && now.has(one)));
  return [...new Set(differing.map((one) => one.split(" ")[0] ?? ""))].sort();
}
function dynamicFields(pyproject2) {
  const project = pyproject2.project;
  if (!isTable3(project)) return ["dependencies"];
  return strings(project.dynamic).filter((name6) => ofRequirements.has(name6));
}
var ofRequirements = /* @__PURE__ */ new Set([
  "dependencies",
  "optional-dependencies",
  "requires-python"
]);
function declared(pyproject2) {
  const project = table2(pyproject2.project);
  const uv = table2(table2(pyproject2.tool).uv);
  return [
    project.dependencies,
    ...Object.values(table2(project["optional-dependencies"])),
    // Another group is a table in a group, and is in this list itself.
    ...Object.values(table2(pyproject2["dependency-groups"])),
    uv["dev-dependencies"]
  ].flatMap(strings);
}
function requirementOf(text3) {
  const [, name6 = "", reference, versions2 = ""] = requirement.exec(text3) ?? [];
  const normalized = normalizeName(name6);
  return normalized === void 0 ? [] : [{ name: normalized, versions: reference ?? specifier(versions2) }];
}
var recordedRequirement = ({ name: name6, specifier: versions2 }) => ({
  name: String(name6),
  versions: typeof versions2 === "string" ? specifier(versions2) : ""
});
var hasSource = (one) => ["url", "git", "path", "directory", "editable", "virtual"].some((key2) => key2 in one);
var specifier = (text3) => text3.replace(/\s+/g, "").split(",").filter((part) => part !== "").map((part) => part.replace(/[^<>=!~].*$/s, (version4) => clean(version4) ?? version4)).sort().join(",");
var table2 = (value) => isTable3(value) ? value : /* @__PURE__ */ Object.create(null);
var tables = (value) => Array.isArray(value) ? value.filter(isTable3) : [];
var strings = (value) => Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

// src/uv/lock/source.ts
import path12 from "node:path";
var SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
var KINDS = ["registry", "git", "url", "path", "directory", "editable", "virtual"];
function readSource2(owner) {
  const value = owner.get("source");
  if (!isTable3(value)) throw owner.invalid("'source' is missing or not a table");
  const table4 = owner.inner(value);
  for (const kind2 of KINDS) {
    const text3 = table4.get(kind2);
    if (typeof text3 === "string") return sourceOf2(kind2, text3, table4);
  }
  throw owner.invalid(
    `'source' names none of ${KINDS.join(", ")}`,
    "A newer uv may have written it: update uv-fod."
  );
}
function sourceOf2(kind2, text3, table4) {
  switch (kind2) {
    case "registry":
      return SCHEME.test(text3) ? { kind: kind2, url: text3 } : { kind: "registry-path", path: text3 };
    case "git":
      return gitSource(text3, table4);
    case "url":
      return { kind: kind2, url: text3, subdirectory: table4.string("subdirectory") };
    case "path":
      return { kind: kind2, path: text3 };
    default:
      return { kind: kind2, path: text3 === "" ? "." : text3 };
  }
}
function gitSource(text3, table4) {
  const [, url, query, commit3] = /^([^?#]*)(?:\?([^#]*))?#([0-9a-f]{40})$/i.exec(text3) ?? [];
  if (url === void 0 || commit3 === void 0)
    throw table4.invalid(
      `the git source '${clip(bareUrl(text3))}' does not end in '#' and a commit of 40 digits`
    );
  const values = new URLSearchParams(query);
  const kind2 = ["rev", "tag", "branch"].find((name7) => values.has(name7));
  const name6 = kind2 === void 0 ? null : values.get(kind2);
  if (kind2 === "rev" && /^[0-9a-f]{40}$/i.test(name6 ?? "") && name6?.toLowerCase() !== commit3.toLowerCase())
    throw table4.invalid(`the git source requests commit ${name6} but pins ${commit3}`);
  return {
    kind: "git",
    url: bareUrl(url),
    commit: commit3.toLowerCase(),
    subdirectory: values.get("subdirectory") ?? void 0,
    path: values.get("path") ?? void 0,
    lfs: values.get("lfs")?.toLowerCase() === "true",
    ref: kind2 === void 0 || name6 === null ? void 0 : { kind: kind2, name: name6 }
  };
}
var sourceKey = (source) => JSON.stringify(source);
var isTree = (source) => source.kind === "directory" || source.kind === "editable" || source.kind === "virtual";
var isRegistry = ({ kind: kind2 }) => kind2 === "registry" || kind2 === "registry-path";
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
var pathIn = (folder, file) => path12.posix.isAbsolute(file) ? file : path12.posix.join(folder, file);

// src/update/metadata-copy.ts
import { mkdir as mkdir2, symlink as symlink2, writeFile as writeFile2 } from "node:fs/promises";
import path13 from "node:path";
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
async function copyMetadata({ root, lockFile, rootPyproject, lock }, packages, dir, read2) {
  const top = await repositoryOf(root) ?? root;
  const copyOf = (file) => {
    const below = file.includes("$") ? void 0 : pathBelow(top, file);
    return below === void 0 ? void 0 : path13.join(dir, below);
  };
  const copied = copyOf(root) ?? dir;
  const own2 = path13.join(root, "pyproject.toml");
  const documents = new Map(packages.map(({ folder, pyproject: pyproject2 }) => [folder, pyproject2]));
  if (rootPyproject && !documents.has(root)) documents.set(root, parseToml(await read2(own2) ?? "", own2));
  for (const [folder, pyproject2 = {}] of documents) {
    const target2 = copyOf(folder);
    const away = pathsOf(pyproject2).find((one) => copyOf(path13.resolve(folder, one)) === void 0);
    if (target2 === void 0 || away !== void 0)
      return {
        root: copied,
        refused: `${away ?? path13.relative(root, folder)} is outside of the repository.`
      };
    await mkdir2(target2, { recursive: true });
    await writeFile2(path13.join(target2, "pyproject.toml"), stringify(reduced(pyproject2)));
  }
  for (const { source } of lock.packages) {
    if (source.kind !== "path" && source.kind !== "registry-path") continue;
    const from = path13.resolve(root, source.path);
    const target2 = copyOf(from);
    if (target2 === void 0)
      return { root: copied, refused: `${source.path} is outside of the repository.` };
    await mkdir2(path13.dirname(target2), { recursive: true });
    await symlink2(from, target2).catch((error2) => {
      if (error2.code !== "EEXIST") throw error2;
    });
  }
  await writeFile2(path13.join(copied, "uv.lock"), await read2(lockFile) ?? "");
  const uvToml2 = await read2(path13.join(root, "uv.toml"));
  if (uvToml2 !== void 0)
    await writeFile2(path13.join(copied, "uv.toml"), stringify(only(parseToml(uvToml2, "uv.toml"), settings)));
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
var only = (table4, keys) => Object.fromEntries(keys.filter((key2) => Object.hasOwn(table4, key2)).map((key2) => [key2, table4[key2]]));
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
var linesOf = ({ kind: kind2, message }) => ({
  warnings: kind2 === "outdated" ? [message] : [],
  notChecked: kind2 === "not-checked" ? [message] : []
});
var current = { kind: "current", message: "" };
async function lockState(project, context) {
  const { root, lockFile } = project;
  const packages = await localPackages(project, context);
  const dynamic = packages.filter(({ pyproject: pyproject2 }) => !pyproject2 || dynamicFields(pyproject2).length > 0);
  const asked2 = dynamic.length > 0 ? void 0 : await askUv(project, packages, context);
  if (asked2?.kind === "current") return current;
  const file = path14.relative(await repositoryOf(root) ?? root, lockFile);
  const names2 = await changedNames(project, packages, dynamic, context);
  if (names2.length > 0 || asked2?.kind === "outdated") return outdated(file, names2);
  const [one, ...others] = dynamic.map(({ name: name6 }) => name6);
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
async function localPackages({ lock, root }, { read: read2 }) {
  const found = lock.packages.flatMap(
    ({ name: name6, source }) => isTree(source) ? [{ name: name6, folder: path14.resolve(root, source.path) }] : []
  );
  return Promise.all(
    found.map(async ({ name: name6, folder }) => {
      const file = path14.join(folder, "pyproject.toml");
      const text3 = await read2(file);
      return { name: name6, folder, pyproject: text3 === void 0 ? void 0 : parseToml(text3, file) };
    })
  );
}
async function askUv(project, packages, { read: read2, contact, scratch: scratch2 }) {
  const dir = await mkdtemp(path14.join(scratch2, "metadata-"));
  try {
    const copied = await copyMetadata(project, packages, dir, read2);
    if (copied.refused !== void 0) return { kind: "not-checked", why: copied.refused };
    const args = ["lock", "--check", "--no-build", "--no-progress", "--no-python-downloads"];
    const until = await lockedUntil(project, read2);
    const { code: code4, stderr } = await contact("uv", [...args, ...until, "--directory", copied.root]);
    if (code4 === noSuchProgram) return void 0;
    if (code4 === 0) return { kind: "current" };
    if (isOutdated.test(stderr)) return { kind: "outdated" };
    const cause = /^(?:error: |\s*cause: |\s*[×╰─▶]+ )(.+)$/m.exec(stderr)?.[1] ?? `uv ended with ${code4}`;
    return { kind: "not-checked", why: cause.replaceAll(dir, "") };
  } catch (error2) {
    if (error2 instanceof UserError) return { kind: "not-checked", why: error2.message };
    throw error2;
  } finally {
    await rm2(dir, { recursive: true, force: true });
  }
}
async function lockedUntil({ lockFile }, read2) {
  const [, options3 = ""] = /^\[options\]\n((?:[^[\n].*\n)*)/m.exec(await read2(lockFile) ?? "") ?? [];
  const day2 = /^exclude-newer = "([^"]+)"$/m.exec(options3)?.[1];
  return day2 === void 0 || options3.includes("exclude-newer-span") ? [] : [`--exclude-newer=${day2}`];
}
var isOutdated = new RegExp(`needs to be updated|No solution found when resolving|${unbuildable}`);
async function changedNames({ lockFile }, packages, dynamic, { read: read2 }) {
  const { package: tables2 } = parseToml(await read2(lockFile) ?? "", lockFile);
  const recorded = /* @__PURE__ */ new Map();
  for (const one of Array.isArray(tables2) ? tables2.filter(isTable3) : []) {
    if (isTable3(one.metadata)) recorded.set(one.name, one.metadata);
  }
  const names2 = packages.filter((one) => !dynamic.includes(one)).flatMap(({ name: name6, pyproject: pyproject2 }) => {
    const metadata = recorded.get(name6);
    return metadata && pyproject2 ? changedRequirements(metadata, pyproject2) : [];
  });
  return [...new Set(names2)].sort();
}

// src/build-lock/confirm.ts
function makeConfirmation(listing, trusted, log2) {
  const unverified = [];
  const warned = /* @__PURE__ */ new Set();
  const warn = (text3) => {
    if (!warned.has(text3)) log2.warning(printable(text3));
    warned.add(text3);
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
import path15 from "node:path";
async function uvSettings(project, read2) {
  const file = path15.join(project.root, "uv.toml");
  const text3 = await read2(file);
  return text3 === void 0 ? project.rootPyproject?.uv ?? {} : parseToml(text3, file);
}
function indexesOf(settings4, { lock }, own2) {
  const tables2 = Array.isArray(settings4.index) ? settings4.index : [];
  const isFirst = settings4["index-strategy"] === void 0 || settings4["index-strategy"] === "first-index";
  const flat = [...[settings4["find-links"] ?? []].flat(), ...urlsOf(tables2, (one) => one.format === "flat")];
  const explicit = urlsOf(tables2, (one) => one.explicit === true);
  const isPlain2 = (one) => one.explicit !== true && one.format !== "flat";
  const named = [
    ...own2,
    ...urlsOf(tables2, (one) => isPlain2(one) && one.default !== true),
    ...[settings4["extra-index-url"] ?? []].flat(),
    ...[settings4["index-url"] ?? []].flat(),
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

// src/fetch/simple-page.ts
var JSON_TYPE = "application/vnd.pypi.simple.v1+json";
var ANY_TYPE = `${JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01`;
function listedFiles(text3, contentType, address3) {
  if (contentType.startsWith(JSON_TYPE)) return ofJson(text3, address3);
  return /^(text\/html|application\/vnd\.pypi\.simple\.v1\+html)/.test(contentType) ? ofHtml(text3, address3) : void 0;
}
function ofJson(text3, address3) {
  return filesOfPage(text3)?.flatMap(({ filename, url, hashes, yanked }) => {
    const found = typeof url === "string" ? URL.parse(url, address3) : void 0;
    if (!found || typeof filename !== "string") return [];
    const sha256 = hashes?.sha256;
    return [
      {
        ...{ filename, url: withoutFragment(found) },
        sha256: typeof sha256 === "string" ? hexOf2(sha256) : void 0,
        isYanked: yanked === true || typeof yanked === "string" && yanked !== ""
      }
    ];
  });
}
var hexOf2 = (text3) => /^[0-9a-f]{64}$/i.test(text3) ? text3.toLowerCase() : void 0;
function withoutFragment(url) {
  const bare3 = new URL(url);
  bare3.hash = "";
  return bare3.href;
}
function ofHtml(text3, address3) {
  const files = linksOf(text3, address3);
  return files.length === 0 ? void 0 : files;
}
function linksOf(text3, address3) {
  return [...anchors(text3)].flatMap((tag) => {
    const href = attributeOf(tag, "href");
    const found = href === void 0 ? void 0 : URL.parse(href, address3);
    if (!found) return [];
    const digest3 = found.hash.slice(1).split("&").find((part) => part.startsWith("sha256="));
    const filename = decoded(found.pathname.split("/").at(-1) ?? "");
    const isYanked = attributeOf(tag, "data-yanked") !== void 0;
    const sha256 = digest3 === void 0 ? void 0 : hexOf2(digest3.slice("sha256=".length));
    return [{ filename, url: withoutFragment(found), sha256, isYanked }];
  });
}
function* anchors(text3) {
  const opening = /<a\s/gi;
  for (let found = opening.exec(text3); found; found = opening.exec(text3)) {
    const start2 = found.index + 2;
    let [end2, quote2] = [start2, ""];
    for (; end2 < text3.length; end2 += 1) {
      const character = text3[end2] ?? "";
      if (quote2 === "" && character === ">") break;
      if (quote2 !== "" && character === quote2) quote2 = "";
      else if (quote2 === "" && (character === '"' || character === "'")) quote2 = character;
    }
    if (end2 < text3.length) yield text3.slice(start2, Math.min(end2, start2 + 1e4));
    opening.lastIndex = end2;
  }
}
function attributeOf(tag, name6) {
  const [, , double, single, bare3] = new RegExp(`\\s(${name6})(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+)))?`, "i").exec(tag) ?? [];
  const value = double ?? single ?? bare3;
  if (value === void 0) return new RegExp(`\\s${name6}(?=[\\s/]|$)`, "i").test(tag) ? "" : void 0;
  return value.replace(
    /&(amp|lt|gt|quot|#39|#x27);/gi,
    (_, entity) => entities[entity.toLowerCase()] ?? ""
  );
}
var entities = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"' },
  ...{ "#39": "'", "#x27": "'" }
};
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

// src/build-lock/listing.ts
var AT_ONCE = 16;
var LONGEST2 = 48e6;
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
      const page2 = await this.page(index, file.project);
      if ("why" in page2) {
        unknown.push(page2.why);
        continue;
      }
      for (const listed of page2.files.get(file.filename) ?? []) {
        const why2 = differenceOf(file, listed);
        if (why2 === void 0) return { kind: "listed", isYanked: listed.isYanked };
        (listed.sha256 === void 0 ? unknown : others).push(`the index at ${hostOf(index)} ${why2}`);
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
    const name6 = normalizeName(project) ?? project.toLowerCase();
    const address3 = index.isFlat ? index.url : `${index.url}/${encodeURIComponent(name6)}/`;
    const known2 = this.pages.get(address3) ?? this.limit(() => this.request(index, address3));
    this.pages.set(address3, known2);
    return known2;
  }
  async request(index, address3) {
    const failed2 = this.failed.get(index.url);
    if (failed2 !== void 0) return { why: failed2 };
    try {
      const bounds3 = { signal: AbortSignal.timeout(TIME), most: LONGEST2 };
      const { status, contentType, text: text3 } = await this.fetchText(address3, { accept: ANY_TYPE }, bounds3);
      if (status === 404) return { files: /* @__PURE__ */ new Map() };
      const files = status === 200 ? listedFiles(text3, contentType, address3) : void 0;
      if (files) return { files: Map.groupBy(files, ({ filename }) => filename) };
      return {
        why: `the index at ${hostOf(index)} responded with status ${status} and without a page of the Simple API`
      };
    } catch (error2) {
      const why = `the index at ${hostOf(index)} did not respond (${clauseOf(error2)})`;
      this.failed.set(index.url, why);
      return { why };
    }
  }
};
function differenceOf({ url, hash: hash2, filename }, listed) {
  if (listed.sha256 === void 0) return `has no sha256 for ${filename}`;
  const digest3 = sriFromHex(listed.sha256);
  if (digest3 !== hash2) return `lists ${filename} with ${digest3}, not with ${hash2}`;
  const address3 = URL.parse(url);
  if (address3 && withoutFragment(address3) === listed.url) return void 0;
  return `lists ${filename} at ${listed.url.slice(0, 300)}, not at ${url.slice(0, 300)}`;
}
var hostOf = ({ url }) => URL.parse(url)?.host ?? "";

// src/nix/evaluate.ts
import { existsSync as existsSync3 } from "node:fs";
import { access as access2 } from "node:fs/promises";
import path17 from "node:path";

// src/uv/plan/manifest.ts
var word = text2(1e3);
var fetcherVersion = 1;
var targetFields = {
  ...{ python: word, libc: word, packages: list2(word, 1e3), extras: list2(word, 1e3) },
  ...{ groups: list2(word, 1e3), allPackages: yesOrNo, defaultGroups: yesOrNo }
};
function manifestText(artifacts, target2) {
  const wheels = artifacts.filter((artifact2) => artifact2.kind === "wheel").map(({ name: name6, version: version4, filename, hash: hash2 }) => ({ name: name6, version: version4, filename, ...hash2 ? { hash: hash2 } : {} }));
  const { system: system2, python, libc, packages, allPackages, extras, groups: groups2, defaultGroups: defaultGroups2 } = target2;
  const declared2 = {
    ...{ system: system2, python, libc, allPackages, defaultGroups: defaultGroups2 },
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
var word2 = text2(1e3);
var place = text2(4096);
var position = having({ file: place, line: whole(1, 1e9), column: whole(1, 1e9) });
var pin = having({
  target: having({ ...targetFields, system: word2 }),
  ...{ hash: word2, position: maybe(position) }
});
var pinned = having({
  ...{ pname: word2, version: word2, revision: maybe(word2), imports: list2(word2, 1e3) },
  ...{ system: word2, src: maybe(place), project: place, buildLock: maybe(place) },
  systems: list2(pin, 100)
});
var packageFacts = having({
  ...{ version: word2, position: maybe(position), revision: maybe(word2), file: maybe(place) }
});
var sources = list2(having({ attribute: word2, hash: maybe(word2), identity: place }), 2);
var fodFields = { drv: place, out: place, mode: word2 };
var fixedOutput = having(fodFields);
var outputFacts = having({
  ...{ ...fodFields, hash: maybe(word2), algorithm: maybe(word2) },
  ...{ positions: list2(position, 100), file: maybe(place) }
});
var stringFacts = having({ value: text2(1e5), position: maybe(position) });
var seenPackages = list2(
  having({
    ...{ attribute: word2, version: word2, systems: list2(word2, 100), position: maybe(position) },
    ...{ owner: maybe(word2), repo: maybe(word2), tag: maybe(word2) }
  }),
  1e4
);

// src/nix/build.ts
import { randomUUID as randomUUID2 } from "node:crypto";

// src/nix/expression.ts
import { readFileSync } from "node:fs";

// src/nix/evaluation-error.ts
import { existsSync as existsSync2 } from "node:fs";
import path16 from "node:path";

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
function toolMissing(name6) {
  const { code: code4, say } = tools[name6];
  return new UserError(code4, `'${name6}' is not on PATH. It ${say}.`);
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
  return errors.flatMap((text3) => {
    const [, drv, got] = MISMATCH.exec(text3) ?? [];
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
  return lackingMachine(failure3) ?? first2(all, otherHash) ?? first2(all, (text3) => failedBuilder(text3, lastPrinted)) ?? failureText([...relayed, ...errors].join("\n") || stderr);
}
function otherHash(text3) {
  const name6 = /[a-z0-9]{32}-(.+)\.drv$/.exec(mismatches([text3])[0]?.drv ?? "")?.[1];
  return name6 && `the hash of the fixed-output derivation ${name6} is wrong`;
}
var builderFailed = new RegExp(
  String.raw`${start}(?:Cannot build ${drvName}\.\n\s*Reason: builder |builder for ${drvName} failed)`
);
function failedBuilder(text3, lastPrinted) {
  const [, now, old] = builderFailed.exec(text3) ?? [];
  const name6 = now ?? old;
  if (name6 === void 0) return void 0;
  const quoted2 = text3.split("\n").findLast((line) => /^[ \t]+> .*\S/.test(line));
  const printed = (quoted2?.replace(/^[ \t]+> /, "") ?? lastPrinted)?.trim().slice(0, 300);
  return `the build of ${name6} failed${printed ? `, and last printed: ${printed}` : ""}`;
}
function lackingMachine({ errors, stderr = "" }) {
  const lacking = first2(errors, reasonOf);
  if (lacking === void 0) return void 0;
  const refused2 = /^cannot build on '([^'\n]{1,200})': (.+)$/m.exec(stderr);
  return refused2 ? `${lacking}; ${refused2[1]} could not be used: ${refused2[2]?.slice(0, 200)}` : lacking;
}
function relayedLacking({ relayed }) {
  return relayed.flatMap((text3) => {
    const path62 = /'([^'\n]*?\/[a-z0-9]{32}-[^'\n/]+\.drv)'/.exec(text3)?.[1];
    return reasonOf(text3) !== void 0 && path62 !== void 0 ? [path62] : [];
  });
}
function dependent({ errors }) {
  return first2(errors, (text3) => {
    const now = /^error: Cannot build '([^'\n]+\.drv)'\.\n\s*Reason: .*dependenc(?:y|ies) failed/.exec(text3);
    const old = /^error: \d+ dependenc(?:y|ies) of derivation '([^'\n]+\.drv)' failed/.exec(text3);
    return (now ?? old)?.[1];
  });
}
var cannotBuild = new RegExp(
  String.raw`${start}Cannot build ${drvName}\.\n\s*Reason: (.+)(?:\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)')?`
);
var required = new RegExp(
  String.raw`${start}a '([^'\n]+)' with features [^\n]{0,300} is required to build ${drvName}, but I am a '([^'\n]+)'`
);
function reasonOf(text3) {
  const [, oldSystem, oldName, here] = required.exec(text3) ?? [];
  if (oldName !== void 0) return noMachine(oldName, oldSystem, here);
  const [, name6, reason = "", system2, current2] = cannotBuild.exec(text3) ?? [];
  if (name6 === void 0 || /^builder |dependenc(?:y|ies) failed/.test(reason)) return void 0;
  if (system2 !== void 0) return noMachine(name6, system2, current2);
  return `no machine takes ${name6}: ${reason.slice(0, 200)}`;
}
var noMachine = (name6, system2, here) => system2 === here ? `${name6} needs system features that this machine does not have, and no remote builder of nix.conf took it` : `${name6} has to be built on ${system2}; this machine is ${here}, and no remote builder of nix.conf took it`;
function first2(items, of) {
  for (const item of items) {
    const found = of(item);
    if (found !== void 0) return found;
  }
  return void 0;
}

// src/nix/evaluation-error.ts
async function evaluationError(derivation, { given, failed: failed2 = "evaluation-failed" }, { code: code4, stderr }, run) {
  if (code4 === noSuchProgram) return toolMissing("nix");
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
  const text3 = failureText(stderr);
  const unknown = await untrackedFile(derivation, run, (name6) => text3.includes(name6));
  if (unknown !== void 0) return untracked(unknown, derivation, ` Nix's message: ${text3}.`);
  const at = positionIn(stderr, derivation);
  const log2 = withoutOwnFrames(stderr);
  return at === void 0 ? new UserError(
    failed2,
    `Nix can't evaluate '${attribute}' of ${nameOf(derivation)}: ${text3}. Fix the expression; the end of Nix's message is in the log.`,
    { ...placeOf(derivation), log: log2 }
  ) : new UserError(
    failed2,
    `${at.file}:${at.line}:${at.column}: ${text3}. So Nix can't evaluate '${attribute}'; fix the expression. The end of Nix's message is in the log.`,
    { at, log: log2 }
  );
}
function missingAttribute(derivation, missing, names2, path62) {
  const parts = (path62 ?? derivation.attribute).split(".");
  const similar = nearest(
    missing,
    names2.split(" ").filter((name6) => /^[\w'+-]{1,100}$/.test(name6))
  );
  const meant = parts.map((part) => part === missing ? similar : part).join(".");
  const hint = similar === void 0 ? "" : ` Did you mean '${meant}'?`;
  const detail = parts.length > 1 ? ` ('${missing}' is missing)` : "";
  return new UserError(
    "attribute-missing",
    path62 === void 0 ? `There is no attribute '${derivation.attribute}' in ${nameOf(derivation)}${detail}.${hint} Correct 'attribute'.` : `There is no attribute '${path62}' in ${nameOf(derivation)}${detail}, which the configuration of '${derivation.attribute}' names.${hint} Correct the path. One that begins with a dot starts at the package.`,
    placeOf(derivation)
  );
}
async function untrackedFile({ root }, run, isMeant) {
  if (root?.kind !== "flake" || !root.url.startsWith("git+")) return void 0;
  const others = await run("git", ["-C", root.checkout, "ls-files", "--others", "--exclude-standard", "-z"]);
  return others.stdout.split("\0").find((name6) => name6 !== "" && isMeant(name6));
}
function untracked(name6, derivation, reason = "") {
  return new UserError(
    "evaluation-failed",
    `git does not track ${name6}, and a flake has only tracked files. Run 'git add ${name6}'.${reason}`,
    placeOf(derivation)
  );
}
function positionIn(stderr, { root }) {
  const found = [...withoutColours(stderr).matchAll(/^\s*at (\/[^\n]+):(\d+):(\d+):?$/gm)];
  for (const [, file = "", line, column] of found.reverse()) {
    const copied = /^\/.*\/[a-z0-9]{32}-source\/(.+)$/.exec(file)?.[1];
    const own2 = copied && root?.kind === "flake" ? path16.join(root.checkout, copied) : file;
    if (/\/[a-z0-9]{32}-[^/]+\//.test(own2) || !existsSync2(own2)) continue;
    return { file: own2, line: Number(line), column: Number(column) };
  }
  return void 0;
}
function withoutOwnFrames(stderr) {
  const frames = stderr.split(/^(?=\s+(?:… |error:))/m);
  return frames.filter((frame) => !/^\s+… [\s\S]*^\s*at «string»/m.test(frame)).join("");
}

// src/nix/expression.ts
var code2 = () => readFileSync(new URL("./evaluation.nix", import.meta.url), "utf8");
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
  const count3 = Math.ceil(ascii.length / PIECE);
  return Object.fromEntries(
    Array.from({ length: count3 }, (_, at) => [`buildLock${at}`, ascii.slice(at * PIECE, (at + 1) * PIECE)])
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
    ...["--expr", code2()],
    ...Object.entries(values).flatMap(([name6, value]) => ["--argstr", name6, value]),
    ...root?.kind === "expression" ? ["--arg", "expression", root.expression] : []
  ];
}
async function ask(derivation, question, run) {
  const args = nixArguments(derivation, question);
  const result2 = await run("nix-instantiate", args);
  if (result2.code !== 0) throw await evaluationError(derivation, question, result2, run);
  const { root } = derivation;
  const { copy } = JSON.parse(result2.stdout);
  const isOfCopy = (text3) => text3 === copy || text3.startsWith(`${copy}/`);
  const { value } = JSON.parse(
    result2.stdout,
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
  const keep2 = (text3) => {
    const free = longest - rest.length;
    rest += text3.slice(0, free);
    dropped += Math.max(text3.length - free, 0);
  };
  const add = (text3) => {
    let start2 = 0;
    for (let end2 = text3.indexOf("\n"); end2 >= 0; end2 = text3.indexOf("\n", start2)) {
      keep2(text3.slice(start2, end2));
      give();
      start2 = end2 + 1;
    }
    keep2(text3.slice(start2));
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
async function nixBuild(args, { run, log: log2 }, title) {
  const reader = nixReader(log2);
  const { code: code4, stdout, stderr } = await log2.group(
    title,
    () => run("nix-build", ["--no-out-link", "--log-format", "internal-json", ...args], {
      onLine: reader.line
    }).finally(reader.end)
  );
  const ended = /\n(error: ended by [A-Z0-9]+)\n$/.exec(stderr.slice(-100))?.[1];
  if (ended !== void 0) reader.add({ kind: "error", text: ended });
  return { code: code4, stdout, ...reader.result() };
}
function nixReader(log2) {
  const [errors, relayed] = [[], []];
  const shownLines = capped(log2.info);
  let lastPrinted;
  let shown2 = "";
  const add = ({ kind: kind2, text: text3 }) => {
    shown2 += `${text3}
`;
    if (shown2.length > 2 * mostShown) shown2 = shown2.slice(-mostShown);
    if (kind2 === "printed" && text3.trim() !== "") lastPrinted = withoutColours(text3);
    if (kind2 !== "error" && kind2 !== "relayed") return;
    const kept = kind2 === "error" ? errors : relayed;
    kept.push(text3.slice(0, mostShown));
    if (kept.length > mostErrors) kept.shift();
  };
  return {
    add,
    line: (line) => {
      const event3 = nixEvent(line);
      if (event3 === void 0) return;
      add(event3);
      if (event3.kind === "error") log2.info(event3.text);
      else shownLines.add(event3.text);
      const progress = progressOf(event3);
      if (progress !== void 0) log2.progress(progress);
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
  const { action, level: level2, type, text: text3, msg, raw_msg: rawMessage, fields } = raw;
  if (action === "msg" && typeof msg === "string") {
    const shown2 = withoutColours(msg);
    if (level2 === 0 && typeof rawMessage === "string") return { kind: "error", text: shown2 };
    const isRelayed = level2 === 0 && /^error(?: \(ignored\))?:/.test(shown2);
    return { kind: isRelayed ? "relayed" : "note", text: shown2 };
  }
  if (action === "start" && typeof text3 === "string" && text3 !== "" && Number(level2 ?? Infinity) <= INFO)
    return { kind: activities.includes(type) ? "begun" : "printed", text: `${withoutColours(text3)}...` };
  const [printed] = Array.isArray(fields) ? fields : [];
  if (action === "result" && logLines.includes(type) && typeof printed === "string")
    return { kind: "printed", text: printed };
  return void 0;
}
function parse4(text3) {
  try {
    return Object(JSON.parse(text3));
  } catch {
    return void 0;
  }
}
var BEGUN = /^(building|checking outputs of|copying path) '(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;
function progressOf({ kind: kind2, text: text3 }) {
  if (kind2 === "printed") return /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(text3)?.[1];
  const [, verb, name6] = kind2 === "begun" && BEGUN.exec(text3) || [];
  return name6 && `${verb === "copying path" ? "fetching" : "building"} ${name6}`;
}

// src/nix/no-builder.ts
async function checkBuilder(what, result2, tools2) {
  const why = lackingMachine(result2) ?? await lackingForDependency(result2, tools2);
  if (why === void 0) return;
  throw new UserError(
    "no-builder",
    `${what} can't be built here: ${why}. Nothing was changed. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
    { log: result2.stderr }
  );
}
async function lackingForDependency(result2, tools2) {
  const [named, top] = [relayedLacking(result2)[0], dependent(result2)];
  if (named === void 0 || top === void 0) return void 0;
  const { code: code4, stdout } = await tools2.run("nix-store", ["--query", "--requisites", top]);
  if (code4 !== 0 || !stdout.split("\n").includes(named)) return void 0;
  return lackingMachine(await nixBuild([named], tools2, "Nix: the dependency that no machine builds"));
}

// src/nix/fod-hash.ts
async function hashFromScratch(fod, fake2, tools2) {
  const { what } = fod;
  const { drv } = await fod.under(fake2);
  const result2 = await nixBuild([drv], tools2, `Nix: ${what}, from scratch`);
  const found = mismatchOf(drv, algorithmOf(fake2), result2);
  if (found === void 0) {
    await checkBuilder(what, result2, tools2);
    throw fod.explain?.(result2) ?? fetchFailed(what, result2);
  }
  const { got: hash2, isOwn } = found;
  if (!isOwn && fod.renamed)
    await expectBuild(what, hash2, (await fod.renamed(hash2)).drv, "a second time", tools2);
  const confirmed = { hash: hash2, ...await fod.under(hash2) };
  await confirm(what, confirmed, tools2);
  return confirmed;
}
var fetchFailed = (what, result2) => new UserError(
  "fetch-failed",
  `${what} can't be fetched, so there is no new hash: ${causeOf(result2)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
  { log: result2.stderr }
);
var algorithmOf = (hash2) => hash2.slice(0, hash2.indexOf("-"));
var SRI = /^sha(?:1|256|512)-[A-Za-z0-9+/]{26,88}={0,2}$/;
function mismatchOf(drv, algorithm, { errors, relayed }) {
  for (const texts2 of [errors, relayed]) {
    const own2 = mismatches(texts2).filter(
      (one) => one.drv === drv && SRI.test(one.got) && algorithmOf(one.got) === algorithm
    );
    const [got, ...others] = new Set(own2.map((one) => one.got));
    if (others.length > 0) return void 0;
    if (got !== void 0) return { got, isOwn: texts2 === errors };
  }
  return void 0;
}
async function confirm(what, { hash: hash2, drv, out, mode }, tools2) {
  const { run } = tools2;
  const isValid = async () => (await run("nix-store", ["--check-validity", out])).code === 0;
  if (!await isValid()) await expectBuild(what, hash2, drv, "with its new hash", tools2);
  const flat = mode === "flat" ? ["--flat"] : [];
  const { stdout } = await run("nix-hash", ["--type", algorithmOf(hash2), ...flat, out]);
  const actual = `${algorithmOf(hash2)}-${Buffer.from(stdout.trim(), "hex").toString("base64")}`;
  if (!await isValid()) throw notConfirmed(what, hash2, `${out} is not in the store`);
  if (actual !== hash2) throw notConfirmed(what, hash2, `${out} has the hash ${actual}`);
}
async function expectBuild(what, hash2, drv, how, tools2) {
  const result2 = await nixBuild([drv], tools2, `Nix: ${what}, ${how}`);
  if (result2.code !== 0) throw notConfirmed(what, hash2, `built ${how}, it fails: ${causeOf(result2)}`, result2);
}
function notConfirmed(what, got, why, result2) {
  return new UserError(
    "hash-not-confirmed",
    `Nix printed ${got} as the hash of ${what}, but its store does not confirm that: ${why}. Nothing was changed. Run this again; if that does not help, look in the log for what prints that hash.`,
    result2 ? { log: result2.stderr } : {}
  );
}

// src/nix/build.ts
async function hashByNix(derivation, system2, run, log2) {
  const under = (newHash, newName = "") => {
    const given = { ofSystem: system2, newHash, newName };
    const question = { question: "rehashed", given, shape: fixedOutput, writes: true };
    return ask(derivation, question, run);
  };
  const fod = {
    what: `dependencies of '${derivation.attribute}' for ${system2}`,
    under: (hash3) => under(hash3),
    renamed: (hash3) => under(hash3, `uv-fod-again-${randomUUID2()}`)
  };
  const { hash: hash2 } = await hashFromScratch(fod, fakeHash, { run, log: log2 });
  return hash2;
}
async function build(derivation, run, log2) {
  const [out = ""] = await buildAnswer(
    derivation,
    { run, log: log2 },
    {
      ...{ question: "package", failed: "build-failed", title: `build of '${derivation.attribute}'` },
      sentence: (cause) => `'${derivation.attribute}' does not build with the new hash: ${cause}.`
    }
  );
  return out;
}
async function buildSource(derivation, run, log2) {
  const [out = ""] = await buildAnswer(
    derivation,
    { run, log: log2 },
    {
      ...{ question: "source", failed: "source-unreachable", title: `source of '${derivation.attribute}'` },
      place: placeOf(derivation),
      sentence: (cause) => `The source of '${derivation.attribute}', which has its uv.lock, can't be fetched: ${cause}. Correct its address, tag or hash.`
    }
  );
  return out;
}
function dynamicRequires(derivation, keys, buildLock, run, log2) {
  return buildAnswer(
    derivation,
    { run, log: log2 },
    {
      ...{ question: "requires", failed: "build-requirements" },
      given: { ...buildLockArguments(buildLock), keys: JSON.stringify(keys) },
      title: "requirements of build backends, in the sandbox",
      sentence: (cause) => `What '${derivation.attribute}' needs to be built can't be determined: ${cause}. Nothing was changed.`
    }
  );
}
async function buildAnswer(derivation, tools2, { question, given = {}, title, failed: failed2, sentence: sentence2, place: place2 = {} }) {
  const shape = list2(text2(4096, /^\/.+\.drv(?:![\w-]+)?$/), 1e4);
  const asked2 = { question, given, shape, failed: failed2, writes: true };
  const drvs = await ask(derivation, asked2, tools2.run);
  if (drvs.length === 0) return [];
  const result2 = await nixBuild(drvs, tools2, `Nix: ${title}`);
  if (result2.code === 0) return result2.stdout.split("\n").filter((line) => line.startsWith("/"));
  await checkBuilder(`'${derivation.attribute}'`, result2, tools2);
  throw new UserError(failed2, `${sentence2(causeOf(result2))} The build's last lines are in the log.`, {
    ...place2,
    log: result2.stderr
  });
}

// src/nix/evaluate.ts
async function evaluate2(derivation, run, log2, { revision = false } = {}) {
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
  const source = src ?? await buildSource(derivation, run, log2);
  const project = path17.join(source, answer.project);
  await checkTracked(derivation, project, run);
  return { ...answer, systems, project };
}
async function requireFile({ file, attribute, isWhole, root }) {
  if (file === void 0 || root?.kind === "expression") return;
  const option2 = root === void 0 ? "file" : "flake";
  await access2(file).catch(() => {
    const folder = path17.dirname(file);
    const hasFlake = root === void 0 && !isWhole && existsSync3(path17.join(folder, "flake.nix"));
    const flake = path17.relative("", folder) || ".";
    const hint = hasFlake ? ` For an attribute of the flake.nix there, write '${flake}#${attribute}' (in a workflow 'flake: ${flake}').` : "";
    throw new UserError("file-missing", `There is no file ${file}; correct '${option2}'.${hint}`);
  });
}
async function checkTracked(derivation, project, run) {
  const { root } = derivation;
  if (root?.kind !== "flake") return;
  const needed = ["uv.lock", "pyproject.toml"].map((name7) => path17.join(project, name7));
  const name6 = await untrackedFile(derivation, run, (one) => needed.includes(path17.join(root.checkout, one)));
  if (name6 !== void 0) throw untracked(name6, derivation);
}

// src/uv/lock/project.ts
import path19 from "node:path";

// src/uv/lock/inside.ts
import { stat as stat2 } from "node:fs/promises";
import path18 from "node:path";
async function checkPaths(lock, root, repository) {
  const what = (name6) => printable(`'${clip(name6)}', a source in ${path18.basename(lock.file)},`);
  const folders = lock.packages.flatMap(
    ({ source }) => isTree(source) || source.kind === "registry-path" ? [source.path] : []
  );
  for (const folder of new Set(folders))
    await requireInside(repository, path18.resolve(root, folder, "pyproject.toml"), what(folder));
  for (const file of new Set(lock.packages.flatMap(filesOf))) {
    const at = path18.resolve(root, file);
    await requireInside(repository, at, what(file));
    const found = await stat2(at).catch(() => void 0);
    if (found === void 0 || found.isFile()) continue;
    throw new UserError(
      "file-unreadable",
      `${what(file)} is not a regular file. Put the file itself into the repository.`
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
function readWheels(table4, version4) {
  const expected = version4 === void 0 ? void 0 : parseVersion(version4)?.key;
  return table4.tables("wheels").map((entry) => {
    const file = readFile(entry);
    const filename = fileName(file) ?? entry.string("filename");
    if (filename === void 0) throw table4.invalid("a wheel has no url, path or filename");
    const name6 = parseWheelName(filename);
    if (typeof name6 === "string")
      throw table4.invalid(`'${clip(filename)}' is not a wheel's file name: ${name6}`);
    if (expected !== void 0 && name6.version.key !== expected && name6.version.publicKey !== expected)
      throw table4.invalid(`the wheel '${clip(filename)}' is not of version ${version4}`);
    return { ...file, name: name6 };
  });
}
function readSdist(table4) {
  return table4.has("sdist") ? readFile(table4.table("sdist")) : void 0;
}
function fileName({ url, path: path62 }) {
  return url === void 0 ? path62?.slice(path62.lastIndexOf("/") + 1) : lastSegment(url);
}
function readFile(entry) {
  const hash2 = entry.string("hash");
  if (hash2 !== void 0) checkHash(hash2, entry);
  return { url: entry.string("url"), path: entry.string("path"), hash: hash2, size: entry.count("size") };
}
function checkHash(hash2, entry) {
  const colon = hash2.indexOf(":");
  const digits2 = DIGITS.get(hash2.slice(0, Math.max(colon, 0)));
  if (digits2 === void 0)
    throw entry.invalid(
      `the hash '${clip(hash2)}' does not begin with one of ${[...DIGITS.keys()].join(", ")}`
    );
  const digest3 = hash2.slice(colon + 1);
  if (digest3.length !== digits2 || !/^[0-9a-f]*$/i.test(digest3))
    throw entry.invalid(`the hash '${clip(hash2)}' is not ${digits2} hexadecimal digits`);
}

// src/uv/lock/packages.ts
function readPackages2(tables2) {
  const entries2 = tables2.map((table4) => ({ table: table4, item: readPackage2(table4) }));
  const index = new PackageIndex(entries2.map(({ item }) => item));
  for (const { table: table4, item } of entries2) {
    const extras = table4.table("optional-dependencies");
    const groups2 = table4.table(groupsKey(table4));
    item.dependencies = readDependencies(table4, "dependencies", index);
    item.extras = extras.byName((key2) => readDependencies(extras, key2, index));
    item.groups = groups2.byName((key2) => readDependencies(groups2, key2, index));
  }
  return entries2.map(({ item }) => item);
}
var groupsKey = (table4) => table4.has("dev-dependencies") ? "dev-dependencies" : "dependency-groups";
function readPackage2(table4) {
  const name6 = table4.name("name");
  const version4 = table4.string("version");
  if (version4 !== void 0 && (version4.trim() !== version4 || parseVersion(version4) === void 0))
    throw table4.invalid(`'${clip(version4)}' is not a version`);
  const source = readSource2(table4);
  if (isRegistry(source) && version4 === void 0) throw table4.invalid("'version' is missing");
  const wheels = readWheels(table4, version4);
  checkHashes(table4, source, wheels);
  const metadata = table4.table("metadata");
  const required2 = metadata.has("requires-dev") ? "requires-dev" : "dependency-groups";
  return {
    name: name6,
    version: version4,
    source,
    wheels,
    sdist: readSdist(table4),
    resolutionMarkers: table4.markers("resolution-markers"),
    dependencies: [],
    extras: table4.table("optional-dependencies").byName(() => []),
    groups: table4.table(groupsKey(table4)).byName(() => []),
    declaredExtras: metadata.names("provides-extras"),
    declaredGroups: [
      ...metadata.table(required2).byName(() => void 0).keys()
    ],
    defaultGroups: readDefaultGroups(table4),
    groupRequiresPython: readGroupPythons(table4),
    place: table4.place
  };
}
function checkHashes(table4, source, wheels) {
  if (isRegistry(source)) return;
  const { kind: kind2 } = source;
  const wanted2 = kind2 === "url" || kind2 === "path" || kind2 === "git" && source.path !== void 0;
  if (wheels.some(({ hash: hash2 }) => hash2 !== void 0 !== wanted2))
    throw table4.invalid(`a wheel of a '${kind2}' source ${wanted2 ? "needs" : "cannot have"} a hash`);
}
function readDefaultGroups(table4) {
  const value = table4.get("default-groups");
  return value === void 0 || value === "all" ? value : table4.names("default-groups");
}
function readGroupPythons(table4) {
  const groups2 = table4.table("group-requires-python");
  const found = groups2.byName((key2) => {
    const value = groups2.get(key2);
    const specifier2 = isTable3(value) ? value["requires-python"] : value;
    return typeof specifier2 === "string" ? specifier2 : "";
  });
  return new Map([...found].filter(([, specifier2]) => specifier2 !== ""));
}
function readDependencies(owner, key2, index) {
  const seen3 = /* @__PURE__ */ new Set();
  return owner.tables(key2).map((table4) => {
    const found = index.find(table4);
    const extras = table4.names("extra");
    const marker = table4.marker("marker");
    const identity2 = `${packageId(found)} ${extras.join(",")} ${marker?.text ?? ""}`;
    if (seen3.has(identity2)) throw owner.invalid(`the dependency '${found.name}' is there twice`);
    seen3.add(identity2);
    return { package: found, extras: extras.filter((extra) => found.extras.has(extra)), marker };
  });
}
var PackageIndex = class {
  #byName;
  #byId = /* @__PURE__ */ new Map();
  constructor(packages) {
    this.#byName = Map.groupBy(packages, ({ name: name6 }) => name6);
    for (const item of packages) {
      const id2 = packageId(item);
      if (this.#byId.has(id2))
        throw new TomlReader({}, item.place).invalid("the same package, version and source is there twice");
      this.#byId.set(id2, item);
    }
  }
  find(table4) {
    const name6 = table4.name("name");
    const same2 = this.#byName.get(name6) ?? [];
    const only3 = same2.length === 1 ? same2[0] : void 0;
    const version4 = table4.string("version") ?? only3?.version;
    const source = table4.has("source") ? readSource2(table4) : only3?.source;
    if (same2.length > 1 && (source === void 0 || version4 === void 0 && !isTree(source)))
      throw table4.invalid(
        `the dependency '${name6}' fits ${same2.length} packages and names no source or no version`
      );
    const found = source && this.#byId.get(packageId({ name: name6, version: version4, source }));
    if (found !== void 0) return found;
    throw table4.invalid(
      `it depends on '${version4 === void 0 ? name6 : `${name6} ${version4}`}', which the lock does not hold`
    );
  }
};
function packageId({ name: name6, version: version4, source }) {
  return `${name6} ${version4 === void 0 ? "" : parseVersion(version4)?.key ?? version4} ${sourceKey(source)}`;
}

// src/uv/lock/parse.ts
function parseLock(text3, file) {
  const document = parseToml(text3, file);
  const top = new TomlReader(document, { file, subject: "", line: () => void 0 });
  checkVersion(top);
  const tables2 = top.tables(top.has("package") ? "package" : "distribution");
  const packages = readPackages2(
    tables2.map((table4, index) => table4.inner(table4.values, packagePlace(text3, file, table4, index)))
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
    byName: Map.groupBy(packages, ({ name: name6 }) => name6)
  };
}
function checkVersion(top) {
  const version4 = top.get("version");
  if (version4 === 1) return;
  if (version4 === void 0)
    throw top.invalid("'version' is missing: this is not a uv.lock", "Use a uv.lock that uv wrote.");
  const { file } = top.place;
  throw new UserError(
    "lock-version",
    `${file} has format version ${String(version4)}; uv-fod supports version 1 of any revision. Use a uv-fod that supports it, or a uv that writes version 1.`,
    { at: { file } }
  );
}
function packagePlace(text3, file, entry, index) {
  const name6 = entry.get("name");
  const subject3 = typeof name6 === "string" ? `package '${name6}'` : `package number ${index + 1}`;
  return { file, subject: subject3, line: () => packageLine(text3, index) };
}
function packageLine(text3, index) {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  const found = [...text3.matchAll(header)][index];
  return found && lineAt(text3, found.index);
}
function requirement2(entry) {
  return { name: entry.name("name"), extras: entry.names("extras"), marker: entry.marker("marker") };
}
function conflictItem(entry) {
  const name6 = entry.name("package");
  for (const kind2 of ["extra", "group"]) {
    const item = entry.optionalName(kind2);
    if (item !== void 0) return { package: name6, kind: kind2, name: item };
  }
  return { package: name6, kind: "project", name: "" };
}

// src/uv/lock/settings.ts
function readSettings(table4, file) {
  const settings4 = documentReader(table4, file);
  const rule = (key2) => ({
    all: settings4.boolean(key2),
    names: new Set(settings4.names(`${key2}-package`))
  });
  return { noBinary: rule("no-binary"), noBuild: rule("no-build") };
}
var documentReader = (table4, file) => new TomlReader(table4, { file, subject: "", line: () => void 0 });
function forbidsWheel({ noBinary, noBuild }, name6) {
  return forbids(noBinary, noBuild, name6);
}
function forbidsBuild({ noBinary, noBuild }, name6) {
  return forbids(noBuild, noBinary, name6);
}
function forbids({ all, names: names2 }, exception, name6) {
  if (all === void 0) return names2.has(name6);
  return all && !(exception.all === void 0 && exception.names.has(name6));
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
  const unknown = names2.find((name6) => !groups2.has(name6));
  if (unknown === void 0) return names2;
  throw uv.invalid(
    `'tool.uv.default-groups' names '${clip(unknown)}', which [dependency-groups] does not have`,
    "Remove it, or add the group."
  );
}

// src/uv/lock/project.ts
async function loadProject(dir, readFile6, options3 = {}) {
  const { repository, lockFile } = options3;
  const top = repository ?? void 0;
  const read2 = readingInside(readFile6, top, lockFile);
  const own2 = await readPyprojectIn(dir, read2);
  const found = lockFile === void 0 ? await findLock(dir, read2, top) : await readLock(lockFile, dir, own2, read2);
  const { root, lock } = found;
  if (repository !== void 0) await checkPaths(lock, root, repository ?? root);
  const rootPyproject = sameFolder(dir, root) ? own2 : await readPyprojectIn(root, read2);
  return {
    ...found,
    settings: await findSettings(root, rootPyproject, read2, top),
    current: own2 === void 0 ? memberAt(lock, path19.relative(root, dir)) : own2.name,
    rootPyproject,
    pyprojects: await readMembers(lock, root, rootPyproject, read2)
  };
}
async function readLock(lockFile, dir, own2, read2) {
  const text3 = await read2(lockFile);
  if (text3 === void 0)
    throw new UserError(
      "lock-missing",
      `${lockFile} is missing. Set --lock to an existing uv.lock, or omit it.`
    );
  const lock = parseLock(text3, lockFile);
  const root = ancestors(dir).find((folder) => {
    const member2 = memberAt(lock, path19.relative(folder, dir));
    return member2 !== void 0 && (own2 === void 0 || member2 === own2.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read2, top) {
  for (const root of ancestors(dir, top)) {
    const lockFile = path19.join(root, "uv.lock");
    const text3 = await read2(lockFile);
    if (text3 === void 0) continue;
    const lock = parseLock(text3, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path19.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir} or in a workspace above it. Run 'uv lock' there.`
  );
}
function memberAt(lock, folder) {
  const wanted2 = path19.normalize(folder);
  return lock.packages.find(({ source }) => isTree(source) && path19.normalize(source.path) === wanted2)?.name;
}
async function readMembers(lock, root, rootPyproject, read2) {
  const result2 = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result2.set(rootPyproject.name, rootPyproject);
  for (const name6 of lock.members.filter((member2) => !result2.has(member2))) {
    const source = lock.byName.get(name6)?.[0]?.source;
    const folder = source && isTree(source) ? path19.resolve(root, source.path) : void 0;
    if (folder === void 0 || pathBelow(root, folder) === void 0) continue;
    const pyproject2 = await readPyprojectIn(folder, read2);
    if (pyproject2 !== void 0) result2.set(name6, pyproject2);
  }
  return result2;
}
async function readPyprojectIn(folder, read2) {
  const file = path19.join(folder, "pyproject.toml");
  const text3 = await read2(file);
  return text3 === void 0 ? void 0 : readPyproject(parseToml(text3, file), file);
}
async function findSettings(root, rootPyproject, read2, top) {
  for (const folder of ancestors(root, top)) {
    const file = path19.join(folder, "uv.toml");
    const text3 = await read2(file);
    if (text3 !== void 0) return readSettings(parseToml(text3, file), file);
    const pyproject2 = folder === root ? rootPyproject : await readPyprojectIn(folder, read2).catch(ignoreInvalid);
    if (pyproject2?.uv !== void 0) return readSettings(pyproject2.uv, path19.join(folder, "pyproject.toml"));
  }
  return readSettings({}, root);
}
function ignoreInvalid(error2) {
  if (!(error2 instanceof UserError)) throw error2;
}
function ancestors(dir, top) {
  const result2 = [dir];
  for (let folder = dir; folder !== top && folder !== path19.dirname(folder); ) {
    folder = path19.dirname(folder);
    result2.push(folder);
  }
  return result2;
}
var readingInside = (read2, repository, except) => async (file) => {
  if (repository !== void 0 && file !== except) await requireInside(repository, file, file);
  return read2(file);
};
function sameFolder(left, right) {
  return path19.relative(left, right) === "";
}

// src/uv/plan/choose.ts
import path20 from "node:path";

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
function platformTags(target2) {
  const { kind: kind2, major: major2, minor: minor2 } = target2.libc;
  const arch2 = target2.system.startsWith("x86_64") ? "x86_64" : "aarch64";
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
    const own2 = rank(wheel.name);
    if (own2 === void 0) continue;
    const better = best === void 0 || own2 > best.rank || own2 === best.rank && compareBuild(wheel.name.build, best.wheel.name.build) > 0;
    if (better) best = { wheel, rank: own2 };
  }
  return best?.wheel;
}
function wheelArtifact(item, wheel) {
  const { source } = item;
  if (isTree(source) || isGitTree(source))
    throw broken(item, `it has wheels, which a '${source.kind}' source cannot have`);
  const kind2 = source.kind === "git" ? "git" : "wheel";
  return artifact(item, kind2, wheel, wheel.name.filename);
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
  if (source.kind === "path" || source.kind === "git") return path20.posix.basename(source.path ?? "");
  return sdist && fileName(sdist);
}
function artifact(item, kind2, file, filename) {
  const { name: name6, version: version4 } = item;
  return { name: name6, version: version4, kind: kind2, filename, hash: file?.hash, size: file?.size, ...originOf(item, file) };
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
      const { url, commit: commit3, subdirectory, ref, lfs } = source;
      const reference = ref && `${ref.kind}=${ref.name}`;
      return { url, commit: commit3, subdirectory, ref: reference, lfs: lfs || void 0, path: source.path };
    }
    case "url":
      return { url: source.url, subdirectory: source.subdirectory };
    case "editable":
      return { path: source.path, editable: true };
    default:
      return { path: source.path };
  }
}
function broken({ place: place2 }, what) {
  return new UserError("no-artifact", messageAt(place2, what), { at: positionOf(place2) });
}
function nothingFits(item, chooser, wheelAllowed, hasSource2) {
  const { system: system2, python, libc } = chooser.target;
  const label3 = item.version === void 0 ? item.name : `${item.name} ${item.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item, chooser.target) : "its wheels are forbidden (no-binary)",
    hasSource2 ? "building it is forbidden (no-build)" : "there is no source to build it from"
  ];
  return new UserError(
    "no-artifact",
    `${label3}: ${reasons.join(", and ")}, so nothing of it can be installed for ${system2}, Python ${python}, ${formatLibc(libc)}. Change the target, the rules in [tool.uv], or the version.`,
    { at: positionOf(item.place) }
  );
}
var minors = Array.from({ length: 16 }, (_, index) => index + 7);
function wheelReason(item, target2) {
  if (item.wheels.length === 0) return "it has no wheels";
  const pythons = minors.map((minor2) => `3.${minor2}`).filter((python) => {
    const rank = tagRank({ ...target2, python: `${python}.0` });
    return item.wheels.some(({ name: name6 }) => rank(name6) !== void 0);
  });
  if (pythons.length > 0) return `its wheels are for Python ${pythons.join(", ")}`;
  const shown2 = item.wheels.slice(0, 8).map(({ name: name6 }) => name6.filename);
  const more = item.wheels.length > shown2.length ? ` and ${item.wheels.length - shown2.length} more` : "";
  return `its wheels are for other systems or newer C libraries (${shown2.join(", ")}${more})`;
}

// src/uv/plan/selection.ts
function selectRoots(project, selection) {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name6) => wanted(name6, "extra")));
  const explicit = new Set(selection.groups.map((name6) => wanted(name6, "group")));
  const names2 = chosenNames(project, selection);
  const packages = (names2 ?? workspaceNames(lock, selection.allPackages)).map(
    (name6) => rootPackage(lock, name6)
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
      (owner) => [...owner.groups].map(([name6, dependencies]) => ({
        owner: owner.name,
        name: name6,
        requiresPython: owner.groupRequiresPython.get(name6),
        dependencies
      }))
    ),
    ...[...lock.groupRequiresPython].map(([name6, requiresPython]) => ({
      owner: void 0,
      name: name6,
      requiresPython,
      dependencies: []
    }))
  ];
  return all.filter(({ owner, name: name6 }) => isSelected(owner, name6));
}
function chosenNames({ lock, current: current2 }, selection) {
  if (selection.allPackages) return void 0;
  if (selection.packages.length === 0) return current2 === void 0 ? void 0 : [current2];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name6) => wanted(name6, "package")))].map((name6) => {
    if (members.includes(name6)) return name6;
    throw new UserError(
      "selection-package",
      `'${name6}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list3(members)}.`
    );
  });
}
function workspaceNames(lock, withImplicitRoot) {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === void 0 ? [] : [root.name];
}
function implicitRoot(lock) {
  return lock.packages.find(({ name: name6, source }) => {
    if (source.kind === "directory") return source.path === "." && lock.members.includes(name6);
    return (source.kind === "editable" || source.kind === "virtual") && source.path === ".";
  });
}
function rootPackage(lock, name6) {
  const same2 = lock.byName.get(name6) ?? [];
  if (same2.length === 1 && same2[0] !== void 0) return same2[0];
  throw new UserError(
    "selection-package",
    same2.length === 0 ? `${lock.file} does not have the project '${name6}': it is for another project, or out of date. Run 'uv lock'.` : `${lock.file} has '${name6}' ${same2.length} times, so the name is ambiguous. Run 'uv lock'.`
  );
}
function defaultGroups(project, single) {
  const { lock } = project;
  const name6 = single?.name ?? project.current;
  const pyproject2 = name6 === void 0 ? project.rootPyproject : project.pyprojects.get(name6);
  const fromLock = name6 === void 0 ? lock.defaultGroups : lock.byName.get(name6)?.[0]?.defaultGroups;
  const configured = pyproject2 === void 0 ? fromLock : pyproject2.defaultGroups;
  if (configured !== "all") return configured ?? ["dev"];
  return [...lock.packages.flatMap((item) => [...item.groups.keys()]), ...lock.groups.keys()];
}
function groupFilter(project, single, groups2, explicit) {
  return (owner, group2) => {
    if (!groups2.has(group2)) return false;
    if (single === void 0 || owner === single.name) return true;
    return explicit.has(group2) && !declaresGroup(project.pyprojects.get(single.name), single, group2);
  };
}
function declaresGroup(pyproject2, item, group2) {
  if (pyproject2 !== void 0) return pyproject2.groups.has(group2);
  return item.declaredGroups.includes(group2) || item.groups.has(group2);
}
function rootRequirements(lock, isSelected) {
  const grouped = [...lock.groups].filter(([group2]) => isSelected(void 0, group2));
  return [...lock.requirements, ...grouped.flatMap(([, requirements3]) => requirements3)];
}
function checkExtras(lock, packages, extras) {
  if (lock.revision < 1) return;
  const known2 = new Set(packages.flatMap((item) => [...item.declaredExtras, ...item.extras.keys()]));
  for (const extra of extras)
    if (!known2.has(extra))
      throw new UserError(
        "selection-extra",
        `No extra '${extra}' in ${list3(packages.map((item) => item.name))} as ${lock.file} has it. There is: ${list3([...known2])}. Correct the name, or run 'uv lock' if the extra is new.`
      );
}
function checkGroups2(project, packages, explicit) {
  const { lock, rootPyproject } = project;
  const known2 = new Set(packages.flatMap((item) => [...item.declaredGroups, ...item.groups.keys()]));
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
  const name6 = normalizeName(text3);
  if (name6 === void 0) throw new UserError("selection-name", `'${text3}' is not the name of a ${what}.`);
  return name6;
}
function list3(names2) {
  return names2.length === 0 ? "none" : [...names2].sort().join(", ");
}

// src/uv/plan/follow.ts
function follow(starts, holds, onExtra = () => false) {
  const reached = /* @__PURE__ */ new Map();
  const queue = [...starts];
  let isDone2 = false;
  for (let at = 0; at < queue.length && !isDone2; at += 1)
    for (const dependency of (queue[at] ?? []).filter(holds)) {
      const { package: item, extras } = dependency;
      const entered = reached.get(item) ?? /* @__PURE__ */ new Set();
      if (!reached.has(item)) queue.push(item.dependencies);
      reached.set(item, entered);
      for (const extra of extras.filter((name6) => !entered.has(name6))) {
        entered.add(extra);
        queue.push(item.extras.get(extra) ?? []);
        if (onExtra(item, extra)) isDone2 = true;
      }
    }
  return reached;
}

// src/uv/plan/conflicts.ts
function encodeItem(item) {
  const name6 = `${item.package.length}-${item.package}`;
  return item.kind === "project" ? `project-${name6}` : `${item.kind}-${name6}-${item.name}`;
}
function encodeExtra(packageName, extra) {
  return encodeItem({ package: packageName, kind: "extra", name: extra });
}
function decisiveNames(lock) {
  const names2 = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item of lock.packages)
    for (const list5 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const { marker } of list5) for (const name6 of marker?.extras ?? []) names2.add(name6);
  return names2;
}
function initiallyActive(roots2) {
  const active = /* @__PURE__ */ new Set();
  for (const { package: root, extras } of roots2.packages) {
    active.add(encodeItem({ package: root.name, kind: "project", name: "" }));
    for (const extra of extras) active.add(encodeExtra(root.name, extra));
  }
  for (const { owner, name: name6 } of roots2.groups)
    if (owner !== void 0) active.add(encodeItem({ package: owner, kind: "group", name: name6 }));
  return active;
}
function checkSelectedConflicts(lock, roots2) {
  if (lock.conflicts.length === 0) return;
  const names2 = roots2.byName ? involvedMembers(lock, roots2) : new Set(lock.members);
  for (const set of lock.conflicts) {
    const wanted2 = set.filter(
      (item) => names2.has(item.package) && (item.kind === "project" || (item.kind === "extra" ? roots2.selectedExtras : roots2.selectedGroups).has(item.name))
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
  const text3 = items.map(
    (item) => item.kind === "project" ? item.package : `${item.kind} '${item.name}' of ${item.package}`
  );
  return new UserError(
    "conflict",
    `${text3.join(" and ")} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Select one of them.`
  );
}
function involvedMembers(lock, roots2) {
  const lists2 = roots2.groups.map(({ dependencies }) => dependencies);
  const reached = [...follow([roots2.packages, ...lists2], () => true).keys()];
  const members = /* @__PURE__ */ new Set([...lock.members, ...roots2.packages.map((root) => root.package.name)]);
  return new Set(reached.map(({ name: name6 }) => name6).filter((name6) => members.has(name6)));
}

// src/uv/plan/walk.ts
function reachable(lock, roots2, environment2) {
  checkSelectedConflicts(lock, roots2);
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots2);
  const required2 = roots2.requirements.flatMap((one) => requiredPackage(lock, one, environment2));
  const starts = [roots2.packages, required2, ...roots2.groups.map(({ dependencies }) => dependencies)];
  for (; ; ) {
    const known2 = new Set(active);
    const holds = (dependency) => {
      const isOwn = (name6) => dependency.extras.some((extra) => encodeExtra(dependency.package.name, extra) === name6);
      return evaluate(dependency.marker, environment2, (name6) => known2.has(name6) || isOwn(name6));
    };
    const reached = follow(starts, holds, (item, extra) => {
      const name6 = encodeExtra(item.name, extra);
      if (decisive.has(name6)) active.add(name6);
      return active.size > known2.size;
    });
    if (active.size === known2.size) {
      checkActiveConflicts(lock, active);
      return new Set(reached.keys());
    }
  }
}
function requiredPackage(lock, { name: name6, extras, marker }, environment2) {
  if (!evaluate(marker, environment2, () => false)) return [];
  const fits2 = (lock.byName.get(name6) ?? []).filter(
    ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((one) => evaluate(one, environment2, () => false))
  );
  const [found] = fits2;
  if (found === void 0 || fits2.length > 1)
    throw new UserError(
      "lock-invalid",
      `${lock.file}: the workspace root requires '${name6}', which the lock has ${fits2.length} times for this target. Run 'uv lock' to recreate it.`
    );
  return [{ package: found, extras: extras.filter((extra) => found.extras.has(extra)), marker: void 0 }];
}

// src/uv/plan/plan.ts
function planProject(project, target2, selection) {
  const { lock, settings: settings4 } = project;
  const environment2 = environmentOf(target2);
  const roots2 = selectRoots(project, selection);
  requirePython(target2, lock);
  checkSupported(lock, environment2, target2);
  const members = new Set(
    lock.members.length > 0 ? lock.members : roots2.packages.map((root) => root.package.name)
  );
  const chooser = { members, settings: settings4, target: target2, rank: tagRank(target2) };
  const artifacts = [];
  const packages = reachable(lock, roots2, environment2);
  checkUnique(lock, packages);
  for (const item of packages) {
    const artifact2 = chooseArtifact(item, chooser);
    if (artifact2 !== void 0) artifacts.push(artifact2);
  }
  return artifacts.sort(compareArtifacts);
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
  const seen3 = /* @__PURE__ */ new Map();
  for (const item of packages) {
    const other = seen3.get(item.name);
    seen3.set(item.name, item);
    if (other === void 0) continue;
    const versions2 = [other, item].map(({ version: version4, source }) => version4 ?? source.kind).join(" and ");
    throw new UserError(
      "conflict",
      `This selection needs '${item.name}' twice, as ${versions2}: it has extras or groups that conflict in ${lock.file} (tool.uv.conflicts). Select one of them.`
    );
  }
}
function checkSupported(lock, environment2, target2) {
  const lists2 = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks of conflicting extras depend on these, which are not known here.
    { markers: lock.resolutionMarkers, extra: "either" }
  ];
  for (const { markers, extra } of lists2) {
    if (markers.length === 0 || markers.some((marker) => evaluate(marker, environment2, () => extra)))
      continue;
    throw new UserError(
      "target-not-locked",
      `${lock.file} was not made for ${target2.system} with Python ${target2.python}: it covers only ${markers.map(({ text: text3 }) => `"${printable(text3)}"`).join(", ")}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`
    );
  }
}

// src/update/own-locks.ts
import path21 from "node:path";
var lockFileOf = (derivation, { buildLock }) => buildLock ?? path21.join(folderOf(derivation), buildLockName);
async function requireOwnLocks(packages, derivationOf, { run, log: log2 }) {
  if (packages.length < 2) return;
  const found = [];
  for (const one of packages) {
    const derivation = await derivationOf(one);
    const pinned2 = await evaluate2(derivation, run, log2).catch((error2) => {
      if (error2 instanceof UserError) return void 0;
      throw error2;
    });
    if (pinned2) found.push({ name: one.name, derivation, pinned: pinned2 });
  }
  refuseSharedLocks(found);
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
  for (const { target: target2, hash: hash2 } of systems) {
    const { system: system2, ...own2 } = target2;
    const recorded = ownOf(lock.systems, system2)?.hash ?? "";
    if (recorded === "" || recorded === hash2 || sameData(own2, lock.target)) continue;
    const place2 = await placeOfHash(recorded, derivation, context);
    if (place2)
      throw shared(
        `${file} is the build lock of another derivation, whose hash is at ${place2.file}:${place2.line}`,
        derivation
      );
  }
}
var shared = (what, derivation) => new UserError(
  "build-lock-shared",
  `${what}. A build lock is for one package. Give each package its own, beside uv.lock, as 'buildLock' of its buildUvEnv: for example 'buildLock = ./${derivation.attribute.split(".").at(-1)}.lock.json;'. Nothing was changed.`,
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
  async run(name6, body2) {
    const started = this.#now();
    const result2 = await body2();
    this.done.push({ name: name6, milliseconds: this.#now() - started });
    return result2;
  }
};

// src/update/plan.ts
async function planUpdate(derivation, context, known2) {
  const { run, log: log2, read: read2, now } = context;
  const stages = new Stages(now);
  const pinned2 = await stages.run("derivation", async () => known2 ?? evaluate2(derivation, run, log2));
  const planned = await stages.run("plan", async () => {
    const project = await loadInside(pinned2.project, context);
    const lockFile = lockFileOf(derivation, pinned2);
    const text3 = await read2(lockFile);
    const before = text3 === void 0 ? void 0 : { text: text3, lock: parseBuildLock(text3, lockFile) };
    if (before) await requireOwnLock(derivation, pinned2, lockFile, before.lock, context);
    const states = compareSystems(project, pinned2, before?.lock);
    const [state, base] = await Promise.all([
      lockState(project, context),
      lockBase(lockFile, project, context)
    ]);
    return { project, lockState: state, lockFile, before, states, ...base };
  });
  await logPlans(derivation, planned.states, log2);
  return { derivation, pinned: pinned2, stages, ...planned };
}
var loadInside = async (dir, { read: read2 }) => loadProject(dir, read2, { repository: await repositoryOf(dir) ?? null });
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
async function lockBase(lockFile, project, { verification, read: read2, log: log2, fetchText }, only3 = {}) {
  const base = parsedBase(lockFile, await verification.baseText(lockFile));
  const settings4 = await uvSettings(project, read2);
  const listing = new Listing(indexesOf(settings4, project, verification.indexes), fetchText);
  const isTrusted = !verification.isUntrusted;
  const trusted = { base: isTrusted, resolved: isTrusted, ...only3 };
  return { base, settings: settings4, confirmation: makeConfirmation(listing, trusted, log2) };
}
function parsedBase(file, text3) {
  try {
    return text3 === void 0 ? void 0 : parseBuildLock(text3, file);
  } catch (error2) {
    if (error2 instanceof UserError) return void 0;
    throw error2;
  }
}
function logPlans({ attribute }, states, log2) {
  return log2.group(`Plan of '${attribute}'`, async () => {
    for (const { target: target2, artifacts, pinned: pinned2, isCurrent } of states) {
      const wheels = artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").length;
      const megabytes3 = (wheelBytes(artifacts) / 1e6).toFixed(1);
      const { hash: hash2, position: position2 } = pinned2;
      const place2 = `${position2.file}:${position2.line}`;
      const origin2 = `${hash2} (${place2}) was made from ${isCurrent ? "this" : "something else"}`;
      log2.info(
        `${target2.system}: ${wheels} wheels, ${megabytes3} MB, ${artifacts.length - wheels} to build; ${hash2 === "" ? `no hash yet (${place2})` : origin2}`
      );
    }
  });
}

// src/update/recompute.ts
import { readdir as readdir4 } from "node:fs/promises";
import path27 from "node:path";

// src/uv/version-order.ts
var import_compare = __toESM(require_compare(), 1);
var import_prerelease = __toESM(require_prerelease(), 1);
var import_satisfies = __toESM(require_satisfies(), 1);
var import_valid2 = __toESM(require_valid2(), 1);
var MAX_LENGTH2 = 128;
var orders = {
  pep440: {
    name: "PEP 440",
    isVersion: (text3) => text3.length <= MAX_LENGTH2 && valid(text3) !== null,
    isPrerelease: (version4) => explain(version4)?.is_prerelease === true,
    compare: (left, right) => compare(left, right),
    satisfies: (version4, range) => satisfies(version4, range, { prereleases: true })
  },
  semver: {
    name: "semver",
    isVersion: (text3) => text3.length <= MAX_LENGTH2 && (0, import_valid2.default)(text3) !== null,
    isPrerelease: (version4) => (0, import_prerelease.default)(version4) !== null,
    compare: (left, right) => (0, import_compare.default)(left, right),
    satisfies: (version4, range) => (0, import_satisfies.default)(version4, range, { includePrerelease: true })
  }
};
function fits(text3, pattern) {
  const [first4 = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === void 0) return text3 === pattern;
  if (!text3.startsWith(first4)) return false;
  let at = first4.length;
  for (const part of rest) {
    const found = text3.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text3.length - last.length >= at && text3.endsWith(last);
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
  for (const { target: own2 } of systems) {
    const environment2 = ownOf(base.systems[own2.system]?.environments, key2);
    if (!environment2) return void 0;
    environments.push({ wheels: environment2.wheels, builds: environment2.builds });
    for (const file of environment2.wheels) {
      const wheel = ownOf(base.wheels, file);
      if (!wheel) return void 0;
      wheels[file] = { url: wheel.url, hash: wheel.hash };
    }
    for (const name6 of environment2.builds) {
      const nested = ownOf(base.builds, name6);
      if (!nested || buildKey2(nested) !== name6 || !isOfOutput(nested, outputs)) return void 0;
      if (!outputs.some((output) => buildKey2(output) === name6)) builds[name6] = nested;
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
import { mkdtemp as mkdtemp2, rm as rm3, writeFile as writeFile3 } from "node:fs/promises";
import path22 from "node:path";

// src/system/read-bytes.ts
import { constants as constants3 } from "node:fs";
import { open as open3 } from "node:fs/promises";
var flags = constants3.O_RDONLY | constants3.O_NONBLOCK | constants3.O_NOCTTY;
async function readBytes(file, most2, links = "follow") {
  try {
    var _stack = [];
    try {
      const handle = __using(_stack, await open3(file, flags | (links === "refuse" ? constants3.O_NOFOLLOW : 0)), true);
      const found = await handle.stat();
      if (!found.isFile())
        throw new UserError("file-unreadable", `${file} is not a file. Name a file, or put one there.`);
      if (found.size > most2) throw tooLarge(file, found.size, most2);
      const chunks = [];
      for (let size2 = 0; ; ) {
        const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(Math.min(most2 + 1, 1 << 20)) });
        if (bytesRead === 0) return Buffer.concat(chunks);
        size2 += bytesRead;
        if (size2 > most2) throw tooLarge(file, size2, most2);
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
var tooLarge = (file, size2, most2) => new UserError(
  "file-too-large",
  `${file} has ${megabytes(size2)}; files of more than ${megabytes(most2)} are not read here. Look at what is in it.`
);
var megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

// src/build-lock/requirement.ts
var plain3 = /^\s*[a-z0-9]([a-z0-9._-]*[a-z0-9])?\s*(\[[\w\s.,-]*\])?\s*\(?[\s\w.,<>=!~*+-]*\)?\s*(;[^\n\r]*)?$/i;
var direct = /^\s*[a-z0-9][a-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@\s*(.*?)\s*(?:\s;.*)?$/is;
function referenceOf(requirement3) {
  if (plain3.test(requirement3)) return void 0;
  const reference = direct.exec(requirement3)?.[1] ?? requirement3;
  if (/\$\{/.test(reference)) return requirement3;
  return reference.replace(/^git\+/i, "");
}
var requirementText = (item) => String(typeof item === "object" && item !== null && "requirement" in item ? item.requirement : item);
var requirementsOf = (list5) => asList(list5).map(requirementText);
function indexAddresses(settings4) {
  const indexes = asList(settings4.index).map((item) => item?.url);
  const others = ["index-url", "extra-index-url", "find-links"].flatMap((key2) => asList(settings4[key2]));
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
async function resolveRequires(resolution, targets, { scratch: scratch2, contact, checkHost }) {
  if (resolution.requires.length === 0) return targets.map(() => []);
  if (checkHost) await checkAddresses(resolution, checkHost);
  const dir = await mkdtemp2(path22.join(scratch2, "requires-"));
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
    await rm3(dir, { recursive: true, force: true });
  }
}
var readText = (file) => readBytes(file, 32 << 20).then((bytes) => bytes?.toString());
async function lockRequires(resolution, targets, dir, run) {
  const settings4 = path22.join(dir, "uv.toml");
  await writeFile3(settings4, uvToml(resolution.settings));
  const alone = ["--config-file", settings4];
  const attempt = async (constraints) => {
    await writeFile3(path22.join(dir, "pyproject.toml"), pyproject(resolution, targets, constraints));
    return run("uv", ["lock", "--quiet", "--no-progress", "--no-build", ...alone, "--directory", dir]);
  };
  let result2 = await attempt(resolution.constraints);
  if (result2.code !== 0 && resolution.constraints.length > 0) result2 = await attempt([]);
  if (result2.code === 0) return;
  if (result2.code === noSuchProgram) throw toolMissing("uv");
  throw unresolved(resolution, result2.stderr);
}
function unresolved({ label: label3, requires }, stderr) {
  const causes2 = causesOf(stderr);
  const of = `${label3} (${requires.join(", ")})`;
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
  const [text3 = ""] = withoutColours(stderr).split(/^\W*hint:/m);
  return text3.split("\n").map(
    (line) => line.replace(/^[\s×├╰│─▶]+/u, "").replace(/^(?:error|cause|Caused by): /, "").replace(/\.$/, "").trim()
  ).filter((line) => line !== "");
}
async function checkAddresses(resolution, checkHost) {
  const { requires, constraints, settings: settings4, label: label3 } = resolution;
  const requirements3 = [...requires, ...constraints, ...requirementsOf(settings4[buildConstraints])];
  const references = requirements3.flatMap((text3) => referenceOf(text3) ?? []);
  for (const address3 of [...references, ...indexAddresses(settings4)])
    await checkHost(address3, `A build requirement of ${label3}`);
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
  const { settings: settings4, requires } = resolution;
  const [major2, minor2] = (targets[0]?.python ?? "3.14.0").split(".");
  const own2 = requirementsOf(settings4[buildConstraints]);
  return stringify({
    project: { name, version: "0", "requires-python": `==${major2}.${minor2}.*`, dependencies: [...requires] },
    tool: {
      uv: {
        package: false,
        "constraint-dependencies": [...constraints, ...own2]
      }
    }
  });
}
var uvToml = (settings4) => stringify(
  Object.fromEntries(inherited.filter((key2) => key2 in settings4).map((key2) => [key2, settings4[key2]]))
);

// src/build-lock/separate.ts
var least = 2e6;
function separateWheels(artifacts) {
  const found = artifacts.flatMap((artifact2) => {
    const { kind: kind2, filename = "", size: size2 = 0 } = artifact2;
    const sri3 = sriOf(artifact2);
    const isOne = kind2 === "wheel" && size2 >= least && filename.endsWith("-none-any.whl");
    return isOne && sri3 !== void 0 ? [[filename, sri3]] : [];
  });
  return Object.fromEntries(found);
}

// src/build-lock/sources.ts
import { createHash as createHash4 } from "node:crypto";
import { mkdtemp as mkdtemp4, readFile as readFile3, rm as rm7, stat as stat3 } from "node:fs/promises";
import path26 from "node:path";

// src/fetch/wheels.ts
import { copyFile as copyFile2, realpath as realpath2 } from "node:fs/promises";
import path23 from "node:path";

// src/fetch/download.ts
import { statSync as statSync2, writeFileSync } from "node:fs";
import { rename as rename2, rm as rm5 } from "node:fs/promises";

// src/fetch/follow.ts
import { existsSync as existsSync4 } from "node:fs";
import { appendFile as appendFile2, rm as rm4 } from "node:fs/promises";
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
function isPublicAddress(text3) {
  const [address3 = ""] = text3.split("%");
  const family = isIP(address3);
  if (family === 4) return !special.check(address3, "ipv4");
  return family === 6 && globalUnicast.check(address3, "ipv6") && !special.check(address3, "ipv6");
}
var resolveBySystem = async (name6) => (await lookup(name6, { all: true })).map(({ address: address3 }) => address3);
async function addressesOf({ hostname }, resolve2) {
  const name6 = hostname.replace(/^\[|\]$/g, "");
  return isIP(name6) ? [name6] : resolve2(name6);
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
  const [proxy, login3] = [network.proxyFor(url), network.loginFor(url)];
  return [
    // [1-9] and {a,b} in an address are not patterns.
    "globoff\n",
    option("url", addressOf(url)),
    option("output", transfer.file),
    option("proto", "=http,https"),
    ...pins(url, addresses2).map((pin2) => option("resolve", pin2)),
    proxy === void 0 ? option("noproxy", "*") : option("proxy", proxy),
    login3 === void 0 ? "" : option("user", login3),
    ...Object.entries(transfer.headers).map(([name6, value]) => option("header", `${name6}: ${value}`)),
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
function option(name6, value) {
  const text3 = String(value);
  if (text3.includes("\0")) throw new Error(`a value of curl's option '${name6}' has a NUL character`);
  const quoted2 = text3.replace(/[\\"\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`);
  return `${name6} = "${quoted2}"
`;
}
var escapes = { "\n": "n", "\r": "r", "	": "t", "\v": "v" };
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
    settled.catch((error2) => controller.abort(error2));
    settling.push(settled);
  };
  const checkSizes = () => {
    for (const [index, { file, most: most2 }] of open5)
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > most2)
        settle(index, { ...nothing, exitCode: tooLarge2 });
  };
  const timer = setInterval(checkSizes, sizeInterval);
  const common = ["-q", "--no-progress-meter", "--parallel", "--parallel-max", String(parallel)];
  try {
    const result2 = await network.run("curl", [...common, "--config", "-"], {
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
    if (open5.size > 0) throw failure(result2.code, result2.stderr);
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
function failure(code4, stderr) {
  if (code4 === noSuchProgram) return toolMissing("curl");
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  return new UserError(
    "curl-failed",
    `curl exited with code ${code4} before it had downloaded everything (${printable(last.slice(0, 300))}). Version 7.75 or later is required: check 'curl --version', and run this again.`
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
    } catch (error2) {
      if (error2 instanceof UserError) throw error2;
      retry2(task, error2.message);
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
        await rm4(request.file, { force: true });
      } else {
        await check(request, ended);
        await accept(task.index, ended);
      }
    } catch (error2) {
      if (!(error2 instanceof Passing)) throw error2;
      await rm4(request.file, { force: true });
      retry2(task, error2.message);
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
    if (url.protocol === "https:" && certificates !== void 0 && !existsSync4(certificates))
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
  const { explain: explain4 } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol))
    throw explain4("address", "it redirects to an address that is not http or https");
  if (from.url.protocol === "https:" && url.protocol === "http:")
    throw explain4("unreachable", `${from.url.host} redirects to plain http, at ${url.host}`);
  if (task.redirects >= mostRedirects) throw explain4("unreachable", `more than ${mostRedirects} redirects`);
  return { ...task, url, from, redirects: task.redirects + 1 };
}
var passing = /* @__PURE__ */ new Set([5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92, 95, 96]);
var untrusted = /* @__PURE__ */ new Set([51, 58, 60, 77, 83, 90, 91]);
async function check(request, { status, exitCode, message }) {
  const { explain: explain4, keepsErrors } = request;
  if (exitCode === 22 || exitCode === 0 && !keepsErrors && (status < 200 || status > 299)) {
    const reason = `the server responded with status ${status}`;
    const isPassing2 = [408, 425, 429].includes(status) || status >= 500;
    throw isPassing2 ? new Passing(reason) : explain4("unreachable", reason);
  }
  if (exitCode === 0) return;
  if (exitCode === tooLarge2) throw explain4("too-large", `the response has more than ${request.most} bytes`);
  if (exitCode === 23) {
    const cause = await whyUnwritable(request.file);
    throw explain4("unwritable", cause?.message ?? "it could not be written", cause);
  }
  if (passing.has(exitCode)) throw new Passing(message);
  throw explain4(untrusted.has(exitCode) ? "certificate" : "unreachable", message);
}
async function whyUnwritable(file) {
  return appendFile2(file, Buffer.alloc(1 << 16)).then(
    () => void 0,
    (error2) => error2
  );
}

// src/fetch/read.ts
import { createHash as createHash2 } from "node:crypto";
import { closeSync, constants as constants4, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate as setImmediate2 } from "node:timers/promises";
var mostBytes = 4 * 1024 ** 3;
var pieceSize = 1 << 18;
var turn = 64;
var Unreadable = class extends Error {
};
async function* readPieces(file, begin) {
  const descriptor = openSync(file, constants4.O_RDONLY | constants4.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Unreadable("it is not a file");
    const { size: size2 } = found;
    begin(size2);
    const room = Buffer.allocUnsafe(Math.min(pieceSize, size2));
    for (let [at, pieces] = [0, 1]; at < size2; pieces += 1) {
      const count3 = readSync(descriptor, room, 0, Math.min(room.length, size2 - at), at);
      if (count3 === 0) throw new Unreadable("it changed while it was read");
      yield room.subarray(0, count3);
      at += count3;
      if (pieces % turn === 0) await setImmediate2();
    }
  } finally {
    closeSync(descriptor);
  }
}
async function differenceOf2(file, { hash: hash2, size: size2 }) {
  const [algorithm = "sha256", expected] = hash2?.split(":") ?? [];
  const digest3 = createHash2(algorithm);
  const compareSize = (found) => {
    if (found > mostBytes) throw new Unreadable(`it has more than ${mostBytes / 1024 ** 3} GiB`);
    if (size2 !== void 0 && found !== size2)
      throw new Unreadable(`it has ${found} bytes, but the lock has ${size2}`);
  };
  try {
    for await (const piece of readPieces(file, compareSize)) if (expected !== void 0) digest3.update(piece);
  } catch (error2) {
    if (error2 instanceof Unreadable) return error2.message;
    throw error2;
  }
  const actual = digest3.digest("hex");
  return expected === void 0 || actual === expected.toLowerCase() ? void 0 : `its ${algorithm} is ${actual}, but the lock has ${expected}`;
}

// src/fetch/download.ts
var unknownSeconds = 3600;
async function download(files, network, onDone = () => {
}, signal) {
  const requests = files.map((file) => requestOf(file, network));
  const accept = async (index, ended) => {
    const [file, request] = [files[index], requests[index]];
    const size2 = await verify(file, request.file, ended);
    await rename2(request.file, file.target).catch((cause) => {
      throw explain2(file, "unwritable", cause.message, cause);
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
  const { size: size2, target: target2, label: label3 } = file;
  const url = URL.parse(file.url);
  if (!url || !/^https?:$/.test(url.protocol)) throw explain2(file, "address", "");
  if (size2 !== void 0 && size2 > mostBytes) throw explain2({ ...file, size: void 0 }, "too-large", "");
  return {
    ...{ url, label: label3, file: `${target2}.part`, most: size2 ?? mostBytes, keepsErrors: false },
    seconds: size2 === void 0 ? unknownSeconds : Math.ceil(patience.total + size2 / patience.rate),
    // The lock's digests are of the uncompressed bytes.
    headers: { "user-agent": "uv-fod", "accept-encoding": "identity" },
    explain: (...why) => explain2(file, ...why)
  };
}
async function verify(file, part, { contentType }) {
  if (!statSync2(part, { throwIfNoEntry: false })) writeFileSync(part, "");
  const { size: size2 } = statSync2(part);
  if (file.size !== void 0 && size2 < file.size) {
    const page2 = contentType.startsWith("text/html") ? ", and is a web page" : "";
    throw new Passing(`the response ended after ${size2} of ${file.size} bytes${page2}`);
  }
  const difference = await differenceOf2(part, file);
  if (difference === void 0) return size2;
  throw changed(file, difference);
}
var changed = ({ label: label3, url }, what) => new UserError(
  "artifact-changed",
  `${label3} from ${withoutCredentials(url)} does not match uv.lock: ${what}. It was not kept. If the index replaced the file on purpose, lock again; otherwise the connection may be intercepted.`
);
function explain2(file, kind2, reason, cause) {
  const { label: label3 } = file;
  const url = withoutCredentials(file.url);
  switch (kind2) {
    case "address":
      return new UserError(
        "artifact-address",
        `${label3}: '${url}' is not an http or https address${reason && ` (${reason})`}; correct the index in the project and lock again.`
      );
    case "too-large":
      if (file.size !== void 0)
        return changed(file, `it has more than the ${file.size} bytes of the lock`);
      return new UserError(
        "artifact-too-large",
        `${label3} is larger than ${mostBytes / 1024 ** 3} GiB, the limit for a wheel or sdist; it was not kept. Check its entry in uv.lock, and lock again.`
      );
    case "unwritable": {
      const isFull = cause?.code === "ENOSPC" || cause?.code === "EDQUOT";
      const what = isFull ? `no space left (${cause.code})` : reason;
      return new UserError(
        isFull ? "disk-full" : "files-unwritable",
        `Failed to write ${label3}: ${what}. Use a writable folder with enough space (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
        { cause }
      );
    }
    case "certificate":
      return new UserError(
        "artifact-unreachable",
        `${label3} can't be downloaded from ${url}: the server's certificate is not trusted (${reason}). If your proxy or mirror has its own certificate authority, set SSL_CERT_FILE to a file that has its certificate and the public ones; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise the connection may be intercepted.`
      );
    default:
      return new UserError(
        "artifact-unreachable",
        `${label3} can't be downloaded from ${url}: ${reason}. Check that the index still has it and that this machine can reach it; if the release was deleted, lock again (uv lock --upgrade-package NAME).`
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
  for (const artifact2 of artifacts.filter(({ kind: kind2 }) => kind2 === "wheel")) {
    const { name: name6, filename = "" } = artifact2;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename))
      throw wrongName(`${name6}: '${printable(filename.slice(0, 200))}' is not a file name of a wheel`);
    const other = wheels.get(filename);
    if (other) throw wrongName(`${other.name} and ${name6} both have the file name '${filename}'`);
    checkDigest(artifact2);
    wheels.set(filename, { ...artifact2, filename });
  }
  return [...wheels.values()].sort((a, b) => a.filename < b.filename ? -1 : 1);
}
var wrongName = (what) => new UserError("artifact-name", `${what}; lock again with a current uv.`);
var digits = /* @__PURE__ */ new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128]
]);
function checkDigest(artifact2) {
  const { hash: hash2 } = artifact2;
  if (hash2 === void 0) return;
  const [, algorithm = "", hex = ""] = /^(\w+):([0-9a-fA-F]+)$/.exec(hash2) ?? [];
  if (digits.get(algorithm) === hex.length) return;
  throw new UserError(
    "artifact-digest",
    `${labelOf(artifact2)}: the digest '${printable(hash2.slice(0, 100))}' of uv.lock is not a complete sha256, sha384 or sha512, so the file cannot be verified. Use an index that has one of these, and lock again.`
  );
}
var labelOf = ({ name: name6, version: version4 = "", filename }) => filename ?? `${name6} ${version4}`.trim();
function asDownload(artifact2, target2) {
  checkDigest(artifact2);
  const { url, hash: hash2, size: size2 } = artifact2;
  const label3 = labelOf(artifact2);
  if (url !== void 0) return { url, hash: hash2, size: size2, label: label3, target: target2 };
  throw new UserError(
    "artifact-address",
    `${label3} has neither an address nor a path in uv.lock; lock again with a current uv.`
  );
}
async function fetchArtifact(artifact2, project, target2, network) {
  if (artifact2.path === void 0) await download([asDownload(artifact2, target2)], network);
  else await copyFile2(await localFile(artifact2, project), target2);
}
async function localFile(artifact2, project) {
  checkDigest(artifact2);
  const label3 = labelOf(artifact2);
  const folder = path23.resolve(project);
  const named = path23.resolve(folder, artifact2.path ?? "");
  await requireInside(await repositoryOf(folder) ?? folder, named, `'${artifact2.path}' of uv.lock`);
  const file = await realpath2(named).catch((cause) => {
    throw new UserError(
      "artifact-unreachable",
      `${label3} is missing at '${artifact2.path}', its path in uv.lock; put it there, or lock again.`,
      { cause }
    );
  });
  const difference = await differenceOf2(file, artifact2);
  if (difference === void 0) return file;
  throw new UserError(
    "artifact-changed",
    `${label3} at '${artifact2.path}' does not match uv.lock: ${difference}. Lock again if the change is intended.`
  );
}

// src/nix/nar.ts
import { createHash as createHash3 } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat as lstat3, readdir as readdir2, readlink as readlink2 } from "node:fs/promises";
import path24 from "node:path";
async function writeNode(file, write) {
  const stat8 = await lstat3(file);
  if (stat8.isDirectory()) {
    write(narStrings("(", "type", "directory"));
    for (const name6 of (await readdir2(file, { encoding: "buffer" })).sort(Buffer.compare)) {
      write(narStrings("entry", "(", "name", name6, "node"));
      await writeNode(Buffer.concat([file, Buffer.from(path24.sep), name6]), write);
      write(narStrings(")"));
    }
  } else if (stat8.isSymbolicLink()) {
    write(narStrings("(", "type", "symlink", "target", await readlink2(file, { encoding: "buffer" })));
  } else if (stat8.isFile()) {
    write(narStrings("(", "type", "regular", ...stat8.mode & 64 ? ["executable", ""] : [], "contents"));
    await writeContents(file, stat8.size, write);
  } else {
    throw new Error(`${file.toString()} is not a file, folder or symlink, so it can't be archived`);
  }
  write(narStrings(")"));
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
var narPadding = (size2) => Buffer.alloc((8 - size2 % 8) % 8);
function narLength(size2) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size2));
  return bytes;
}
function narStrings(...texts2) {
  return Buffer.concat(
    texts2.flatMap((text3) => {
      const bytes = Buffer.from(text3);
      return [narLength(bytes.length), bytes, narPadding(bytes.length)];
    })
  );
}
async function narHash(root) {
  const hash2 = createHash3("sha256");
  hash2.update(narStrings("nix-archive-1"));
  await writeNode(Buffer.from(root), (bytes) => hash2.update(bytes));
  return sri2(hash2);
}
function sri2(hash2) {
  return `sha256-${hash2.digest("base64")}`;
}

// src/build-lock/git-tree.ts
import { mkdir as mkdir3, mkdtemp as mkdtemp3, readdir as readdir3, rm as rm6, writeFile as writeFile4 } from "node:fs/promises";
import { tmpdir } from "node:os";
import path25 from "node:path";
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
  await mkdir3(out, { recursive: true });
  const template2 = await mkdtemp3(path25.join(tmpdir(), "uv-fod-git-"));
  try {
    await mkdir3(path25.join(template2, "info"));
    await writeFile4(path25.join(template2, "info/attributes"), noAttributes);
    await checkout(source, out, template2, run, checkHost);
  } finally {
    await rm6(template2, { recursive: true, force: true });
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
async function checkout({ url, commit: commit3 }, out, template2, run, checkHost) {
  const env4 = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TEMPLATE_DIR: template2
  };
  const git = async (cwd, ...args) => {
    const result2 = await run("git", [...safe, ...args], { cwd, env: env4 });
    if (result2.code === 0) return result2.stdout;
    throw new UserError(
      "git-unreachable",
      `Commit ${commit3} of ${url} can't be fetched: ${result2.stderr.trim().split("\n").at(-1) ?? ""}. Check that the repository still has it and that this machine can read it; otherwise lock again.`,
      { log: result2.stderr }
    );
  };
  await git(out, "init", "--quiet", "--initial-branch=main");
  await git(out, "config", "remote.origin.url", url);
  await git(out, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit3);
  await git(out, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  const open5 = [out];
  for (let dir = open5.pop(); dir !== void 0; dir = open5.pop()) {
    const at = dir;
    const gitHere = (...args) => git(at, ...args);
    for (const inner of await submodules(gitHere, checkHost)) open5.push(path25.join(at, inner));
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
  for (const entry of await readdir3(out, { recursive: true, withFileTypes: true })) {
    if (entry.name === ".git")
      await rm6(path25.join(entry.parentPath, entry.name), { recursive: true, force: true });
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
var _a = freb(fleb, 2);
var fl = _a.b;
var revfl = _a.r;
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0);
var fd = _b.b;
var revfd = _b.r;
var rev = new u16(32768);
for (i = 0; i < 32768; ++i) {
  x = (i & 43690) >> 1 | (i & 21845) << 1;
  x = (x & 52428) >> 2 | (x & 13107) << 2;
  x = (x & 61680) >> 4 | (x & 3855) << 4;
  rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
}
var x;
var i;
var hMap = (function(cd, mb, r) {
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
var flt = new u8(288);
for (i = 0; i < 144; ++i)
  flt[i] = 8;
var i;
for (i = 144; i < 256; ++i)
  flt[i] = 9;
var i;
for (i = 256; i < 280; ++i)
  flt[i] = 7;
var i;
for (i = 280; i < 288; ++i)
  flt[i] = 8;
var i;
var fdt = new u8(32);
for (i = 0; i < 32; ++i)
  fdt[i] = 5;
var i;
var flrm = /* @__PURE__ */ hMap(flt, 9, 1);
var fdrm = /* @__PURE__ */ hMap(fdt, 5, 1);
var max = function(a) {
  var m = a[0];
  for (var i2 = 1; i2 < a.length; ++i2) {
    if (a[i2] > m)
      m = a[i2];
  }
  return m;
};
var bits = function(d, p, m) {
  var o = p / 8 | 0;
  return (d[o] | d[o + 1] << 8) >> (p & 7) & m;
};
var bits16 = function(d, p) {
  var o = p / 8 | 0;
  return (d[o] | d[o + 1] << 8 | d[o + 2] << 16) >> (p & 7);
};
var shft = function(p) {
  return (p + 7) / 8 | 0;
};
var slc = function(v, s, e) {
  if (s == null || s < 0)
    s = 0;
  if (e == null || e > v.length)
    e = v.length;
  return new u8(v.subarray(s, e));
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
        var add = sym - 254;
        if (sym > 264) {
          var i2 = sym - 257, b = fleb[i2];
          add = bits(dat, pos, (1 << b) - 1) + fl[i2];
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
var slzh = function(d, b) {
  return b + 30 + b2(d, b + 26) + b2(d, b + 28);
};
var zh = function(d, b, z) {
  var fnl = b2(d, b + 28), efl = b2(d, b + 30), fn = strFromU8(d.subarray(b + 46, b + 46 + fnl), !(b2(d, b + 8) & 2048)), es = b + 46 + fnl;
  var _a2 = z64hs(d, es, efl, z, b4(d, b + 20), b4(d, b + 24), b4(d, b + 42)), sc = _a2[0], su = _a2[1], off2 = _a2[2];
  return [b2(d, b + 10), sc, su, fn, es + efl + b2(d, b + 32), off2];
};
var z64hs = function(d, b, l, z, sc, su, off2) {
  var nsc = sc == 4294967295, nsu = su == 4294967295, noff = off2 == 4294967295, e = b + l;
  var nf = nsc + nsu + noff;
  if (z && nf) {
    for (; b + 4 < e; b += 4 + b2(d, b + 2)) {
      if (b2(d, b) == 1) {
        return [
          nsc ? b8(d, b + 4 + 8 * nsu) : sc,
          nsu ? b8(d, b + 4) : su,
          noff ? b8(d, b + 4 + 8 * (nsu + nsc)) : off2,
          1
        ];
      }
    }
    if (z < 2)
      err(13);
  }
  return [sc, su, off2, 0];
};
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
    var _a2 = zh(data, o, z), c_2 = _a2[0], sc = _a2[1], su = _a2[2], fn = _a2[3], no = _a2[4], off2 = _a2[5], b = slzh(data, off2);
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

// src/build-lock/pyproject-of.ts
var import_tar_stream = __toESM(require_tar_stream(), 1);
var limit = 4 << 20;
var unpackedLimit = 2 ** 30;
var legacyRequires = ["setuptools>=40.8.0"];
function buildRequires(text3, label3) {
  if (text3 === void 0) return legacyRequires;
  let table4;
  try {
    table4 = parseToml(text3, "pyproject.toml");
  } catch (cause) {
    throw new UserError(
      "pyproject-invalid",
      `The build requirements of ${label3} can't be read: ${cause.message}`,
      { cause }
    );
  }
  const system2 = table4["build-system"];
  if (system2 === void 0) return legacyRequires;
  const requires = system2.requires;
  if (!Array.isArray(requires) || !requires.every((item) => typeof item === "string")) {
    throw new UserError(
      "pyproject-invalid",
      `The pyproject.toml of ${label3} has a [build-system] without a list of strings 'requires'.`
    );
  }
  return requires;
}
async function pyprojectOfSdist(archive, filename, subdirectory = "") {
  const wanted2 = [...subdirectory.split("/").filter(Boolean), "pyproject.toml"].join("/");
  const isWanted = (name6) => name6.replace(/^\.\//, "").split("/").slice(1).join("/") === wanted2;
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
  const [found] = Object.values(files);
  return found && Buffer.from(found).toString();
}
async function fromTar(archive, isWanted) {
  const reader = (0, import_tar_stream.extract)();
  let found;
  reader.on("entry", (header, stream, next) => {
    const chunks = [];
    const keep2 = header.type === "file" && isWanted(header.name) && (header.size ?? 0) < limit;
    stream.on("error", () => {
    });
    stream.on("data", (chunk) => {
      if (keep2) chunks.push(chunk);
    });
    stream.on("end", () => {
      if (keep2) found = Buffer.concat(chunks).toString();
      next();
    });
  });
  let size2 = 0;
  await pipeline(
    createReadStream2(archive),
    createGunzip(),
    async function* (chunks) {
      for await (const chunk of chunks) {
        size2 += chunk.length;
        if (size2 > unpackedLimit) throw new Error(`it unpacks to more than ${unpackedLimit / 2 ** 20} MB`);
        yield chunk;
      }
    },
    reader
  );
  return found;
}

// src/build-lock/sources.ts
var mostText = 4 << 20;
async function describeBuild(artifact2, previous, reader) {
  if (artifact2.kind === "directory") return describeDirectory(artifact2, reader);
  if (artifact2.kind === "git") return describeGit(artifact2, previous, reader);
  return describeSdist(artifact2, previous, reader);
}
async function describeDirectory(artifact2, { project, read: read2 }) {
  const folder = artifact2.path ?? ".";
  const text3 = await read2(path26.resolve(project, folder, "pyproject.toml"));
  const source = { path: folder, ...sourceOf(artifact2) };
  return { ...source, requires: buildRequires(text3, artifact2.name) };
}
async function describeGit(artifact2, previous, reader) {
  const source = sourceOf(artifact2);
  const { name: name6, url, commit: commit3, subdirectory = "" } = source;
  if (previous?.kind === "git" && sameData(sourceOf(previous), source))
    return { ...source, hash: previous.hash, requires: previous.requires };
  return inScratch(reader, async (dir) => {
    const tree = path26.join(dir, "tree");
    await fetchGitTree({ url, commit: commit3 }, tree, reader.contact, reader.checkHost);
    const text3 = await readBelow(tree, path26.join(subdirectory, "pyproject.toml"));
    return { ...source, hash: await narHash(tree), requires: buildRequires(text3, name6) };
  });
}
async function readBelow(tree, name6) {
  const file = path26.join(tree, name6);
  await requireInside(tree, file, `'${printable(name6)}' of a git source`);
  const found = await stat3(file).catch(() => void 0);
  if (found === void 0) return void 0;
  if (!found.isFile() || found.size > mostText)
    throw new UserError(
      "pyproject-invalid",
      `'${printable(name6)}' of a git source is not a file of less than ${mostText} bytes, so it is not read; ask its authors to fix it.`
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
    const archive = path26.join(dir, "sdist");
    await fetchArtifact(artifact2, reader.project, archive, await reader.network());
    const hash2 = locked ?? `sha256-${hash256(await readFile3(archive))}`;
    const text3 = await pyprojectOfSdist(archive, filename, subdirectory);
    return { ...source, hash: hash2, requires: buildRequires(text3, filename) };
  });
}
var hash256 = (bytes) => createHash4("sha256").update(bytes).digest("base64");
async function inScratch(reader, body2) {
  const dir = await mkdtemp4(path26.join(reader.scratch, "source-"));
  try {
    return await body2(dir);
  } finally {
    await rm7(dir, { recursive: true, force: true });
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
    const found = await inParallel(added, buildsAtOnce, (artifact2) => this.#add(artifact2));
    const nested = found.flat();
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
    const { base, settings: settings4, dynamic } = this.#inputs;
    const before = ownOf(base?.builds, key2);
    const described = await describeBuild(artifact2, before, this.#reader);
    const extra = extraRequires(settings4, described.name);
    const isSame3 = before !== void 0 && sameData(before.requires, described.requires);
    const own2 = dynamic?.(key2, described) ?? (isSame3 ? before.dynamicRequires : void 0) ?? [];
    return {
      ...described,
      ...extra.length === 0 ? {} : { extraRequires: extra },
      ...own2.length === 0 ? {} : { dynamicRequires: own2 }
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
    for (const name6 of nested.map(buildKey2)) if (!outputs.has(name6)) this.#fresh.builds.add(name6);
    return nested;
  }
  #askUv(key2, build3) {
    const { project, settings: settings4, systems } = this.#inputs;
    return resolveRequires(
      {
        requires: allRequires(build3),
        constraints: this.#ownPins(build3.name),
        ...{ settings: settings4, project, label: key2 }
      },
      systems.map(({ target: target2 }) => target2),
      this.#reader
    );
  }
  #environment(artifacts) {
    const wheels = artifacts.filter(({ kind: kind2 }) => kind2 === "wheel");
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
      ({ artifacts }) => artifacts.filter((artifact2) => artifact2.kind === "sdist" && artifact2.name !== except).map(({ name: name6, version: version4 }) => `${name6}==${version4}`)
    );
    return [...new Set(pins2)].sort();
  }
  result() {
    const { target: target2, systems } = this.#inputs;
    const perSystem = systems.map(({ target: own2, artifacts, plan, hash: hash2 }, index) => {
      const apart = separateWheels(artifacts);
      const environments = [...this.#environments].flatMap(([key2, all]) => {
        const environment2 = all[index];
        return environment2 ? [[key2, environment2]] : [];
      });
      const builds = artifacts.filter(isBuilt).map(buildKey2).sort();
      return [
        own2.system,
        {
          ...{ plan, hash: hash2, builds, environments: Object.fromEntries(environments) },
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
var pick2 = (table4, keys) => Object.fromEntries(Object.entries(table4).filter(([key2]) => keys.has(key2)));
function extraRequires(settings4, name6) {
  const table4 = settings4["extra-build-dependencies"];
  const own2 = typeof table4 === "object" && table4 !== null ? ownOf({ ...table4 }, name6) : void 0;
  return (Array.isArray(own2) ? own2 : []).flatMap((item) => {
    const text3 = typeof item === "string" ? item : item?.requirement;
    return typeof text3 === "string" ? [text3] : [];
  });
}
function pinnedWheel(wheel) {
  const hash2 = sriOf(wheel);
  if (wheel.url !== void 0 && hash2 !== void 0) return { url: wheel.url, hash: hash2 };
  throw new UserError(
    "build-requirements",
    `The index has no address or no sha256 for the build requirement ${wheel.filename}; use an index that has both.`
  );
}

// src/build-lock/verify.ts
async function verifyBuildLock(claimed, reader, withUv) {
  const { lock, text: text3, base, systems } = claimed;
  const targets = systems.map(({ target: target2 }) => parseTarget({ ...lock.target, system: target2.system }));
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
      const found = targets.map((target2) => claimedFor(lock, key2, build3, target2));
      if (found.some((artifacts) => artifacts.length > 0)) taken.add(`the build environment of ${key2}`);
      return found;
    }
  };
}
function claimedFor(lock, key2, build3, target2) {
  const environment2 = ownOf(lock.systems[target2.system]?.environments, key2);
  if (!environment2) throw refuse(`the build environment of ${key2} on ${target2.system} is missing`);
  const rank = tagRank(target2);
  const wheels = environment2.wheels.map((filename) => {
    const wheel = ownOf(lock.wheels, filename);
    const name6 = parseWheelName(filename);
    if (!wheel || typeof name6 === "string")
      throw refuse(`the wheel ${filename}, which ${key2} requires, is missing`);
    if (rank(name6) === void 0) throw refuse(`${filename} does not fit ${target2.system}`);
    const [project = "", version4 = ""] = filename.split("-", 2);
    const file = { filename, url: wheel.url, hash: hexOf(wheel.hash) };
    return { kind: "wheel", name: normalizeName(project) ?? project, version: version4, ...file };
  });
  const artifacts = [...wheels, ...environment2.builds.map((nested) => nestedOf(lock, nested))];
  const names2 = artifacts.map(({ name: name6 }) => name6);
  const twice = names2.find((name6, index) => names2.indexOf(name6) !== index);
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
  const [, name6, range = ""] = simple.exec(requirement3) ?? [];
  if (name6 === void 0) return;
  const found = artifacts.find((artifact2) => artifact2.name === normalizeName(name6));
  if (!found) throw refuse(`the build environment of ${key2} lacks ${name6}`);
  const isMet = range.trim() === "" || orders.pep440.satisfies(found.version ?? "", range.trim());
  if (!isMet)
    throw refuse(`the build environment of ${key2} has ${name6} ${found.version}, not ${range.trim()}`);
}
var refuse = (why) => new UserError(
  "build-lock-stale",
  `The build lock is wrong: ${why}. Run 'uv-fod update' on a machine with Nix and uv.`
);

// src/fetch/hash.ts
import { createHash as createHash6 } from "node:crypto";
import { rm as rm8 } from "node:fs/promises";

// src/fetch/runner-cache.ts
import { createHash as createHash5 } from "node:crypto";
import { mkdir as mkdir4 } from "node:fs/promises";
var prefix = "uv-fod-artifacts-1-";
function runnerCache(environment2) {
  const name6 = environment2.ACTIONS_CACHE_SERVICE_V2 ? "ACTIONS_RESULTS_URL" : "ACTIONS_CACHE_URL";
  if (!environment2[name6]) return void 0;
  return {
    restoreCache: async (...args) => (await import("./actions-cache.js")).restoreCache(...args),
    saveCache: async (...args) => (await import("./actions-cache.js")).saveCache(...args)
  };
}
function keyOf(artifacts) {
  const digests = artifacts.map(({ hash: hash2 }) => hash2).join("\n");
  return prefix + createHash5("sha256").update(digests).digest("hex");
}
async function restore(saved, key2) {
  const { folder, runner, log: log2 } = saved;
  try {
    await mkdir4(folder, { recursive: true });
    const found = await runner.restoreCache([folder], key2, [prefix]);
    log2.info(found === void 0 ? "No artifacts in the runner's cache." : `Restored artifacts: ${found}.`);
    return found;
  } catch (error2) {
    log2.warning(`Failed to restore artifacts (${String(error2)}); they are downloaded instead.`);
    return void 0;
  }
}
async function save({ folder, runner, log: log2, maySave }, key2) {
  if (!maySave) return;
  try {
    await runner.saveCache([folder], key2);
    log2.info(`Saved artifacts: ${key2}.`);
  } catch (error2) {
    log2.warning(`Failed to save artifacts (${String(error2)}); the next run downloads them again.`);
  }
}

// src/fetch/hash.ts
async function hashOutputs(systems, project, tools2) {
  const outputs = systems.map((one) => ({ ...one, wheels: wheelsOf(one.artifacts) }));
  const distinct = new Map(outputs.flatMap(({ wheels }) => wheels.map((wheel) => [idOf(wheel), wheel])));
  const cacheable = [...distinct.values()].filter(({ path: path62, hash: hash2 }) => path62 === void 0 && hash2);
  const key2 = keyOf(cacheable);
  const restored = tools2.saved && cacheable.length > 0 ? await restore(tools2.saved, key2) : key2;
  const files = new VerifiedFiles(project, tools2);
  try {
    await files.findAll(distinct);
    const hashes = [];
    for (const { target: target2, artifacts, wheels } of outputs) {
      const hash2 = await outputHash(manifestText(artifacts, target2), wheels, files.found);
      hashes.push({ system: target2.system, hash: hash2, files: wheels.length });
    }
    if (tools2.saved && restored !== key2) {
      await tools2.cache.trim(2 * cacheable.reduce((sum, { size: size2 = 0 }) => sum + size2, 0));
      await save(tools2.saved, key2);
    }
    return { hashes, downloaded: files.downloaded };
  } finally {
    await files.removeTemporary();
  }
}
var idOf = ({ path: path62, hash: hash2, url }) => JSON.stringify([path62, hash2 ?? url]);
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
    for (const [id2, wheel] of wheels) {
      const file = wheel.path === void 0 ? await this.#cached(wheel) : await localFile(wheel, this.#project);
      if (file === void 0) missing.push([id2, wheel]);
      else this.found.set(id2, file);
    }
    if (missing.length > 0) await this.#download(missing);
  }
  /** Removes a cached file that is corrupt. */
  async #cached({ hash: hash2, size: size2 }) {
    const { cache } = this.#tools;
    const file = hash2 === void 0 ? void 0 : await cache.find(hash2);
    if (file === void 0) return void 0;
    if (await differenceOf2(file, { hash: hash2, size: size2 }) === void 0) {
      await cache.used(file);
      return file;
    }
    await rm8(file, { force: true, recursive: true });
    return void 0;
  }
  async #download(missing) {
    const { cache, cacheSize: cacheSize2, network, onProgress } = this.#tools;
    const downloads = missing.map(([, wheel]) => asDownload(wheel, cache.temporary()));
    const bytes = downloads.reduce((sum, { size: size2 = 1 << 20 }) => sum + size2, 0);
    await cache.trim(Math.max(0, cacheSize2 - bytes)).catch(() => {
    });
    const onDone = async (index, size2) => {
      const { target: target2 = "", hash: hash2 } = downloads[index] ?? {};
      if (hash2 === void 0) this.#temporary.push(target2);
      const file = hash2 === void 0 ? target2 : await cache.keep(target2, hash2);
      this.found.set(missing[index]?.[0] ?? "", file);
      this.downloaded = { files: this.downloaded.files + 1, bytes: this.downloaded.bytes + size2 };
      onProgress?.(this.downloaded, { files: downloads.length, bytes });
    };
    await download(downloads, await network(), onDone);
  }
  async removeTemporary() {
    for (const file of this.#temporary) await rm8(file, { force: true });
  }
};
async function outputHash(manifest, wheels, files) {
  const nar = createHash6("sha256");
  const write = (...texts2) => void nar.update(narStrings(...texts2));
  write("nix-archive-1", "(", "type", "directory");
  write("entry", "(", "name", "manifest.json", "node", "(", "type", "regular");
  write("contents", manifest, ")", ")");
  write("entry", "(", "name", "wheels", "node", "(", "type", "directory");
  for (const wheel of wheels) {
    write("entry", "(", "name", wheel.filename, "node", "(", "type", "regular", "contents");
    let length = 0;
    const begin = (size2) => {
      length = size2;
      nar.update(narLength(size2));
    };
    for await (const piece of readPieces(files.get(idOf(wheel)) ?? "", begin)) nar.update(piece);
    nar.update(narPadding(length));
    write(")", ")");
  }
  write(")", ")", ")");
  return sri2(nar);
}

// src/update/recompute.ts
async function projectBeside(folder, read2) {
  const entries2 = await readdir4(folder, { withFileTypes: true });
  const folders = ["", ...entries2.filter((entry) => entry.isDirectory()).map(({ name: name6 }) => name6)];
  const found = [];
  for (const name6 of folders) {
    const candidate = path27.join(folder, name6);
    if (await read2(path27.join(candidate, "uv.lock")) !== void 0) found.push(candidate);
  }
  return found[0] === folder || found.length === 1 ? found[0] : void 0;
}
async function hashesFor(buildLock, project, context) {
  const loaded = await loadInside(project, context);
  const plans = Object.keys(buildLock.systems).map((system2) => {
    const declared2 = { ...buildLock.target, system: system2 };
    const target2 = parseTarget(declared2);
    const artifacts = planProject(loaded, target2, declared2);
    return { declared: declared2, target: target2, artifacts, plan: manifestDigest(artifacts, declared2) };
  });
  const outputs = plans.map(({ declared: declared2, artifacts }) => ({ target: declared2, artifacts }));
  const { hashes } = await hashOutputs(outputs, project, await context.native());
  const hashOf = new Map(hashes.map(({ system: system2, hash: hash2 }) => [system2, hash2]));
  return plans.map(({ declared: _, ...plan }) => ({
    ...{ ...plan, hash: hashOf.get(plan.target.system) ?? "" }
  }));
}
async function checkLock({ file, text: text3, lock, project: folder }, systems, context, { withUv, ...only3 }) {
  const project = await loadInside(folder, context);
  const given = await lockBase(file, project, context, only3);
  const claimed = { ...given, project, systems, text: text3, lock };
  const { right, ...rest } = await verifyBuildLock(claimed, { ...context, project: folder }, withUv);
  return {
    ...rest,
    notVerified: given.confirmation.notVerified,
    edit: rest.differences === "" ? void 0 : { file, before: text3, after: buildLockText(right) }
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
    systems.map(async ({ target: { system: system2 }, hash: after }) => {
      const before = ownOf(written.lock.systems, system2)?.hash ?? "";
      const isWritten = await placeOfHash(after, derivation, context) !== void 0;
      const at2 = await placeOfHash(before, derivation, context);
      return { hash: { system: system2, before, after, at: at2 }, isStale: before !== after || !isWritten };
    })
  );
  const hashes = compared2.map(({ hash: hash2 }) => hash2);
  const stale = compared2.flatMap(({ hash: hash2, isStale }) => isStale ? [hash2] : []);
  const at = (stale[0] ?? hashes[0])?.at ?? placeOf(derivation).at;
  const state = linesOf(await lockState(await loadInside(written.project, context), context));
  const open5 = noDigestText(systems.flatMap(({ artifacts }) => artifacts));
  const always = [...onlyWithNix, ...open5 === void 0 ? [] : [open5]];
  const common = { at, hashes, edits: [], warnings: state.warnings, notChecked: always };
  const name6 = path28.basename(written.file);
  if (stale.length > 0) {
    const needed = stale.map(({ system: system2, after }) => `${system2} needs ${after}`).join("; ");
    const message2 = `The hash is stale: ${needed}, and ${name6} or the derivation has another. Run 'uv-fod update' where there is Nix.`;
    return { ...common, status: "stale", message: message2 };
  }
  const withUv = (await context.run("uv", ["--version"])).code !== noSuchProgram;
  const { edit, differences: differences3, taken, notVerified: notVerified2 } = await checkLock(written, systems, context, { withUv });
  const lacks = withUv ? "Nix" : "Nix and no uv";
  const notChecked = [
    ...always,
    ...state.notChecked,
    ...taken.map((what) => `In the build lock, ${what}: there is no ${lacks} here.`),
    ...notVerified2.map((why) => `In the build lock, ${why}.`)
  ];
  if (edit === void 0)
    return { ...common, status: "current", message: "The hash is what uv.lock asks for.", notChecked };
  const message = `${name6} is stale: ${differences3}. Apply the patch, or run 'uv-fod update' where there is Nix.`;
  return { ...common, status: "stale", message, edits: [edit], notChecked };
}
async function findFiles(derivation, { read: read2 }) {
  const folder = folderOf(derivation);
  const file = path28.join(folder, buildLockName);
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

// src/update/options.ts
var checkOptions = {
  ...{ findReleases: false, updateOutputs: false, lockOnly: false, verify: false },
  ...{ recompute: true, skipSecondDerivation: false, comparison: { since: "HEAD^" } }
};

// src/update/patch-text.ts
import path29 from "node:path";

// node_modules/diff/libesm/diff/base.js
var Diff = class {
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
  addToPath(path62, added, removed, oldPosInc, options3) {
    const last = path62.lastComponent;
    if (last && !options3.oneChangePerToken && last.added === added && last.removed === removed) {
      return {
        oldPos: path62.oldPos + oldPosInc,
        lastComponent: { count: last.count + 1, added, removed, previousComponent: last.previousComponent }
      };
    } else {
      return {
        oldPos: path62.oldPos + oldPosInc,
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

// node_modules/diff/libesm/diff/line.js
var LineDiff = class extends Diff {
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
var lineDiff = new LineDiff();
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
var INCLUDE_HEADERS = {
  includeIndex: true,
  includeUnderline: true,
  includeFileHeaders: true
};
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
      const current2 = diff[i2], lines = current2.lines || splitLines2(current2.value);
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
function splitLines2(text3) {
  const hasTrailingNl = text3.endsWith("\n");
  const result2 = text3.split("\n").map((line) => line + "\n");
  if (hasTrailingNl) {
    result2.pop();
  } else {
    result2.push(result2.pop().slice(0, -1));
  }
  return result2;
}

// src/update/patch-text.ts
function patchText(edits, root) {
  const texts2 = edits.map(({ file, before, after }) => {
    const name6 = path29.relative(root, file);
    const old = before === void 0 ? "/dev/null" : `a/${name6}`;
    const options3 = { context: 3 };
    const text3 = createTwoFilesPatch(old, `b/${name6}`, before ?? "", after, void 0, void 0, options3);
    return text3.replace(/^=+\n/, "");
  });
  return [...new Set(texts2)].join("");
}

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
var recordedHash = ({ pinned: { target: target2, hash: hash2 } }) => ({
  ...{ system: target2.system, before: hash2, after: hash2 },
  how: "recorded"
});
async function nativeHashes(project, states, { native, log: log2 }) {
  if (states.length === 0) return /* @__PURE__ */ new Map();
  const systems = states.map(({ pinned: pinned2, artifacts }) => ({ target: pinned2.target, artifacts }));
  return log2.group("Hash without Nix", async () => {
    const { hashes, downloaded } = await hashOutputs(systems, project, await native());
    for (const { system: system2, hash: hash2, files } of hashes) log2.info(`${system2}: ${hash2}, ${files} wheels`);
    log2.info(`${downloaded.files} files downloaded, ${(downloaded.bytes / 1e6).toFixed(1)} MB`);
    return new Map(hashes.map(({ system: system2, hash: hash2 }) => [system2, hash2]));
  });
}
function differ(system2, nix, native) {
  return new UserError(
    "hashes-differ",
    `Two derivations of the hash for ${system2} differ: Nix's build gave ${nix}, this program's own download and NAR ${native}. Nothing was changed. Either the index gives different bytes each time for a file that uv.lock has no hash of, or something on the way changes them; look at 'uv-fod hash' on another machine before you trust either.`
  );
}

// src/nix/code-literals.ts
var BLANK = /(?:\s|#[^\n]*|\/\*[\s\S]*?\*\/)+/y;
var NAME2 = /[A-Za-z_][\w'-]*/y;
var PATH = /[\w.+-]*(?:\/[\w.+-]+)+|[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9%/?:@&=+$,_.!~*'-]+/y;
var FAKE = /^fake(?:Hash|Sha256|Sha512)$/;
function codeLiterals(text3) {
  const reader = new Reader(text3);
  for (let at = 0; at < text3.length; ) {
    const blank = match(BLANK, text3, at);
    const isString2 = isQuote(text3, at);
    const path62 = blank === void 0 && !isString2 ? match(PATH, text3, at) : void 0;
    const name6 = path62 === void 0 ? match(NAME2, text3, at) : void 0;
    if (blank !== void 0) at += blank.length;
    else if (isString2) at = reader.string(at);
    else if (path62 !== void 0) at = reader.path(at, path62);
    else if (name6 !== void 0) at = reader.word(at, name6);
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
    const { end: end2, value } = stringAt(this.#text, at);
    if (value !== void 0 && this.#isOpen) this.#named(value, at);
    else {
      if (value !== void 0) this.#add(at, end2, value);
      this.#names = value === void 0 ? [] : [value];
    }
    return end2;
  }
  path(at, path62) {
    this.#names = [];
    return at + path62.length;
  }
  word(at, name6) {
    const end2 = at + name6.length;
    if (name6 === "let") this.#levels.push(level(void 0, "let"));
    else if (name6 === "in") this.#close("let");
    else if (name6 === "with" || name6 === "assert") this.#top().pending++;
    else {
      this.#named(name6, at);
      if (FAKE.test(name6) && this.#text[end2] !== ".") this.#add(this.#from, end2, "");
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
  #close(kind2) {
    if (this.#top().kind !== kind2) return false;
    this.#levels.pop();
    return true;
  }
  #named(name6, start2) {
    if (!this.#isOpen) this.#from = start2;
    if (this.#isOpen) this.#names = [...this.#names, name6];
    else if (name6 !== "rec") this.#names = [name6];
    this.#isOpen = false;
  }
  #add(start2, end2, value) {
    const within = this.#levels.flatMap(({ called, binding: binding2 }) => [...called ? [called] : [], ...binding2]);
    this.found.push({ start: start2, end: end2, value, name: this.#top().binding.at(-1), within });
  }
};
function match(pattern, text3, at) {
  pattern.lastIndex = at;
  return pattern.exec(text3)?.[0] || void 0;
}
var isQuote = (text3, at) => text3[at] === '"' || text3.startsWith("''", at);
function stringAt(text3, start2) {
  const isIndented = text3[start2] !== '"';
  const quote2 = isIndented ? "''" : '"';
  let isPlain2 = !isIndented;
  let value = "";
  for (let at = start2 + quote2.length; at < text3.length; ) {
    const read2 = text3.startsWith("$$", at) ? "$$" : text3[at] ?? "";
    if (isIndented && /^''[$'\\]/.test(text3.slice(at, at + 3))) at += text3[at + 2] === "\\" ? 4 : 3;
    else if (text3.startsWith(quote2, at))
      return { end: at + quote2.length, value: isPlain2 ? value : void 0 };
    else if (text3.startsWith("${", at)) {
      isPlain2 = false;
      at = endOfInterpolation(text3, at + 2);
    } else if (read2 === "\\" && !isIndented) {
      value += escapes2[text3[at + 1] ?? ""] ?? text3[at + 1] ?? "";
      at += 2;
    } else {
      value += read2;
      at += read2.length;
    }
  }
  return { end: text3.length, value: void 0 };
}
var escapes2 = { n: "\n", r: "\r", t: "	" };
function endOfInterpolation(text3, start2) {
  let depth = 1;
  for (let at = start2; at < text3.length; ) {
    if (isQuote(text3, at)) {
      at = stringAt(text3, at).end;
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

// src/nix/literal.ts
var gap = String.raw`(?:\s|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*`;
var name2 = String.raw`(?:[A-Za-z_][\w'-]*|"[\w.+-]*")`;
var binding = new RegExp(String.raw`${name2}(?:\.${name2})*${gap}=${gap}`, "y");
var fake = /(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-])/y;
var end = new RegExp(`${gap};`, "y");
function literalAt(text3, position2) {
  const start2 = endOf(binding, text3, offsetOf(text3, position2));
  if (start2 === void 0) return void 0;
  const string = text3[start2] === '"' ? stringAt(text3, start2) : void 0;
  const value = string ? string.value : "";
  const after = string ? string.end : endOf(fake, text3, start2);
  if (value === void 0 || after === void 0 || endOf(end, text3, after) === void 0) return void 0;
  return { start: start2, end: after, value };
}
function endOf(pattern, text3, at) {
  pattern.lastIndex = at;
  return pattern.test(text3) ? pattern.lastIndex : void 0;
}
function offsetOf(text3, { line, column }) {
  const lines = text3.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const bytes = Buffer.from(lines[line - 1] ?? "").subarray(0, column - 1);
  return before + bytes.toString().length;
}
function replaceHash(text3, position2, current2, next) {
  if (!isSri(next)) throw new Error(`not a sha256 in SRI form: ${next}`);
  const literal = literalAt(text3, position2);
  if (literal && (literal.value === "" || literal.value === current2))
    return replaceLiteral(text3, literal, next);
  const { file, line, column } = position2;
  const found = literal ? `${nixString(literal.value)}, where Nix evaluated "${current2}"` : "none";
  throw new UserError(
    "hash-literal",
    `${file}:${line}:${column} should bind fetchUvDeps' hash to a string literal, but there is ${found}. Write hash = "sha256-…"; (or hash = lib.fakeHash;) there, not a variable, so that uv-fod can replace it.`,
    { at: { file, line, column } }
  );
}
function replaceLiteral(text3, { start: start2, end: end2 }, value) {
  return `${text3.slice(0, start2)}${nixString(value)}${text3.slice(end2)}`;
}
function nixString(value) {
  const written = value.replace(/[\\"]/g, "\\$&").replaceAll("${", "\\${").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("	", "\\t");
  return `"${written}"`;
}
var isHashName = (name6) => /(?:hash|sha256|sha512)$/i.test(name6 ?? "");
function isUnsetHash(hash2) {
  return /^(?:(?:sha\d+-)?A*=*|0*)$/.test(hash2);
}
function lineOf(text3, at) {
  return text3.slice(0, at).split("\n").length;
}

// src/update/dynamic.ts
async function askBackends({ derivation, pinned: { system: system2 }, base }, now, { run, log: log2 }) {
  const keys = (now.systems[system2]?.builds ?? []).filter((key2) => {
    const build3 = now.builds[key2];
    return build3 !== void 0 && isNewSource(build3, ownOf(base?.builds, key2));
  });
  if (keys.length === 0) return /* @__PURE__ */ new Map();
  const answers = await dynamicRequires(derivation, keys, JSON.stringify(now), run, log2);
  const found = /* @__PURE__ */ new Map();
  for (const [index, file] of answers.entries()) {
    const key2 = keys[index] ?? "";
    const declared2 = new Set((now.builds[key2]?.requires ?? []).map(squeezed));
    const asked2 = (await readAnswer(file, key2)).filter((one) => !declared2.has(squeezed(one)));
    if (asked2.length > 0) found.set(key2, asked2);
  }
  return found;
}
var mostAnswer = 1 << 20;
var requirements2 = list2(text2(1e4), 1e3);
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
async function lockBuilds(planned, hashes, options3, context) {
  const lock = async (dynamic2) => {
    const made = await computeLock(planned, hashes, options3, context, dynamic2);
    for (const { address: address3, what } of addressesIn(made)) await context.checkHost?.(address3, what);
    return made;
  };
  const first4 = await context.log.group("Build lock", async () => {
    const made = await lock();
    context.log.info(
      `${count2(made.builds)} to build, with ${count2(made.wheels)} wheels as build requirements`
    );
    return made;
  });
  const edits = await editsFor(planned, hashes, first4, context.read);
  if (edits.length === 0) return [];
  context.stop.throwIfAborted();
  const dynamic = await askBackends(planned, first4, context);
  return dynamic.size === 0 ? edits : editsFor(planned, hashes, await lock(dynamic), context.read);
}
var count2 = (record2) => Object.keys(record2).length;
async function computeLock({ pinned: pinned2, project, states, before, base, settings: settings4, confirmation }, hashes, { lockOnly }, context, dynamic) {
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
  const given = { project, settings: settings4, target: target2, systems, base, confirmation };
  return computeBuildLock(
    { ...given, ...dynamic ? { dynamic: (key2) => dynamic.get(key2) } : {} },
    { ...context, project: pinned2.project }
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
var isSame = (written, made) => sameData(written.lock, made) && unexpectedIn(written.text, written.lock) === void 0;

// src/update/update.ts
async function computeUpdate(plan, options3, context) {
  return placed(plan, context, async () => {
    await requireUv(plan, context);
    await checkHosts(plan, context);
    const hashes = await plan.stages.run("hash", () => hashAll(plan, options3, context));
    const edits = await plan.stages.run("build lock", () => lockBuilds(plan, hashes, options3, context));
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
  } catch (error2) {
    throw stop.aborted ? error2 : placedAt(error2, pinned2.systems[0]?.position ?? placeOf(derivation).at);
  }
}
async function checkHosts({ states }, { checkHost }) {
  const seen3 = /* @__PURE__ */ new Set();
  for (const { url, filename, name: name6 } of states.flatMap(({ artifacts }) => artifacts)) {
    if (url === void 0 || seen3.has(url)) continue;
    seen3.add(url);
    await checkHost?.(url, filename ?? name6);
  }
}

// src/nix/copy-to-cache.ts
async function copyToCache(out, { address: address3, credentials }, run, log2) {
  const flags2 = ["--extra-experimental-features", "nix-command"];
  const shown2 = capped(log2.info);
  const result2 = await log2.group(
    `Nix: copy to ${address3}`,
    () => run("nix", [...flags2, "copy", "--to", address3, out], {
      env: credentials,
      onLine: shown2.add
    }).finally(shown2.end)
  );
  if (result2.code === 0) {
    log2.info(`${out} and its closure are in ${address3}`);
    return true;
  }
  log2.warning(
    `${out} was built and imported, but could not be copied to ${address3}: ${failureText(result2.stderr)}. The run continues without. Check the address, its write permission and the credentials of this step.`
  );
  return false;
}
var names = {
  "s3:": /^AWS_\w+$/,
  "ssh:": /^SSH_AUTH_SOCK$/,
  "ssh-ng:": /^SSH_AUTH_SOCK$/
};
function cacheCredentials(address3, environment2) {
  const wanted2 = names[new URL(address3).protocol];
  return Object.fromEntries(
    Object.entries(environment2).flatMap(
      ([name6, value]) => value !== void 0 && wanted2?.test(name6) ? [[name6, value]] : []
    )
  );
}

// src/nix/import-check/import-check.ts
import { realpath as realpath3 } from "node:fs/promises";
import path30 from "node:path";
import { fileURLToPath } from "node:url";

// src/nix/import-check/verdict.ts
var most = 1 << 20;
var verdict = having({
  version: oneOf(1),
  results: list2(
    having(
      { module: text2(most), outcome: oneOf("imported", "failed", "elsewhere", "too-much") },
      { text: text2(most), file: text2(most) }
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
async function checkImports(check3, run, log2) {
  const { out, python, system: system2, modules } = check3;
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
  const args = Object.entries(given).flatMap(([name6, value]) => ["--argstr", name6, value]);
  const result2 = await nixBuild(
    // Without the folders of the host that nix.conf adds to builds.
    [expression, ...args, ...system2.endsWith("-linux") ? ["--option", "sandbox-paths", ""] : []],
    { run, log: log2 },
    "Nix: import check, in the sandbox"
  );
  if (result2.code !== 0) {
    await checkBuilder("The import check of the output", result2, { run, log: log2 });
    const names2 = modules.join(", ").slice(0, 200);
    throw failed(
      `The output builds, but 'import ${names2}' can't be checked: ${causeOf(result2)}. Fix what the module does when it is imported; what the check printed is in the log.`,
      result2.stderr
    );
  }
  const verdict2 = await readVerdict(result2.stdout.trim(), modules);
  if (verdict2 === void 0)
    throw failed(
      "The import check left no valid result: something that was imported has changed it. Find out which package does that before anything of this output runs elsewhere."
    );
  return log2.group(
    "Import check of the built output",
    async () => verdict2.map((result3) => imported(result3, out, log2))
  );
}
function checkNames(names2) {
  const wrong = names2.find((name6) => !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name6));
  if (wrong !== void 0)
    throw failed(
      `'${shortened2(JSON.stringify(wrong))}' is not the name of a Python module; correct pythonImportsCheck.`
    );
  if (names2.join().length > mostCharacters)
    throw failed(`pythonImportsCheck has more than ${mostCharacters} characters in all; leave modules out.`);
}
var shortened2 = (text3) => printable(text3.slice(0, 200));
var failed = (message, log2) => new UserError("import-failed", message, log2 === void 0 ? {} : { log: log2 });
function imported({ module: module2, outcome: outcome2, text: text3 = "", file = "" }, out, log2) {
  const isInside2 = outcome2 === "imported" && file.startsWith(`${out}/`);
  log2.info(`python -I -c "import ${module2}" → ${isInside2 ? printable(file) : outcome2}`);
  if (isInside2) return { module: module2, file: printable(file) };
  if (text3 !== "") log2.info(text3);
  if (outcome2 === "elsewhere" || outcome2 === "imported")
    throw failed(
      `'${module2}' is not a module of the output ${out}: correct pythonImportsCheck, or the lock.`
    );
  const lines = text3.trim().split(/[\r\n]+/);
  const why = outcome2 === "too-much" ? "it prints more than 64 KiB" : shortened2(lines.at(-1) ?? "");
  throw failed(
    `The output builds, but 'import ${module2}' fails in it: ${why}. Fix the derivation (a missing native library, or a package that the lock lacks), or what the module does when it is imported.`,
    text3
  );
}
async function interpretersOf(out, python) {
  const name6 = `python${python.split(".").slice(0, 2).join(".")}`;
  const imports = path30.join(out, "bin", name6);
  for (const link3 of [path30.join(out, "libexec", name6), imports]) {
    const real = await realpath3(link3).catch(() => void 0);
    if (real !== void 0 && isElsewhereInStore(real, out)) return { imports, decides: real };
  }
  return { imports, decides: imports };
}
var isElsewhereInStore = (file, out) => file.startsWith(`${path30.dirname(out)}/`) && !file.startsWith(`${out}/`);

// src/update/verify.ts
var notBuilt = { out: void 0, imported: [], failed: void 0 };
async function buildAndImport({ derivation, pinned: pinned2, stages }, { run, log: log2 }) {
  const { python } = pinned2.systems[0]?.target ?? { python: "3" };
  const out = await stages.run("build", () => build(derivation, run, log2));
  const { imports: modules, system: system2 } = pinned2;
  const check3 = { out, python, system: system2, modules };
  return { out, imported: await stages.run("import check", () => checkImports(check3, run, log2)) };
}
async function verifyUpdate(plan, { pullRequest }, { cacheTo }, context) {
  const { run, log: log2 } = context;
  try {
    const built = await buildAndImport(plan, context);
    if (cacheTo === void 0) return { ...built, failed: void 0 };
    const cache = { address: cacheTo, credentials: context.cacheCredentials(cacheTo) };
    const isCached = await plan.stages.run("copy", () => copyToCache(built.out, cache, run, log2));
    return { ...built, isCached, failed: void 0 };
  } catch (error2) {
    const isFinding = error2 instanceof UserError && ["build-failed", "import-failed"].includes(error2.code);
    if (!isFinding || pullRequest.draft !== "unverified") throw error2;
    log2.warning(`${error2.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`);
    const name6 = error2.code === "build-failed" ? "Build" : "Import";
    return { ...notBuilt, failed: { name: name6, result: "failed", detail: error2.message } };
  }
}

// src/update/check.ts
async function checkPackages(packages, root, derivationOf, context) {
  const found = [];
  for (const one of packages) {
    context.stop.throwIfAborted();
    const { name: name6 } = one;
    if (packages.length > 1) context.log.info(`${name6}:`);
    try {
      const checked = await checkPackage(await derivationOf(one), context);
      found.push({ name: name6, checked: { ...checked, patch: patchText(checked.edits, root) } });
    } catch (error2) {
      if (!(error2 instanceof UserError) || context.stop.aborted) throw error2;
      found.push({ name: name6, error: error2 });
    }
  }
  return found;
}
function worstOf(checks2) {
  return statuses.findLast((status) => checks2.some(({ checked }) => checked?.status === status));
}
var patchOfAll = (checks2, root) => patchText(
  checks2.flatMap(({ checked }) => checked?.edits ?? []),
  root
);
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
  } catch (error2) {
    const status = error2 instanceof UserError ? findings[error2.code] : void 0;
    if (!(error2 instanceof UserError) || status === void 0) throw error2;
    return {
      ...{ status, message: error2.message, at: error2.at ?? placeOf(derivation).at },
      ...error2.log === void 0 ? {} : { log: error2.log },
      ...{ edits: [], hashes: [], warnings: [], notChecked: hasNix ? [] : onlyWithNix }
    };
  }
}
async function checkWithNix(derivation, context) {
  const plan = await planUpdate(derivation, context);
  const update = await computeUpdate(plan, checkOptions, context);
  const { pinned: pinned2, confirmation, edits } = update;
  const at = pinned2.systems[0]?.position ?? placeOf(derivation).at;
  const hashes = update.hashes.map(({ system: system2, before, after }) => ({
    ...{ system: system2, before, after },
    at: pinned2.systems.find(({ target: target2 }) => target2.system === system2)?.position
  }));
  const open5 = noDigestText(plan.states.flatMap(({ artifacts }) => artifacts));
  const notVerified2 = [
    ...confirmation.notVerified.map((why) => `In the build lock, ${why}.`),
    ...open5 === void 0 ? [] : [open5]
  ];
  const { warnings, notChecked } = linesOf(plan.lockState);
  const common = { at, hashes, edits, warnings };
  if (edits.length > 0)
    return {
      ...common,
      status: "stale",
      message: staleMessage(update),
      notChecked: [...notChecked, ...notVerified2]
    };
  await buildAndImport(plan, context);
  const systems = hashes.map(({ system: system2 }) => system2);
  const others = systems.filter((system2) => system2 !== pinned2.system);
  const here = others.length > 0 ? ` on ${pinned2.system}` : "";
  const unbuilt = others.map(
    (system2) => `Whether it builds and imports on ${system2}: Nix builds for ${pinned2.system} here.`
  );
  return {
    ...{ ...common, status: "current", notChecked: [...unbuilt, ...notChecked, ...notVerified2] },
    message: `The hash for ${systems.join(" and ")} is what uv.lock asks for; it builds and imports${here}.`
  };
}
function staleMessage({ hashes, lockFile, edits }) {
  const moved = hashes.filter(({ before, after }) => before !== after);
  const needed = moved.map(
    ({ system: system2, before, after }) => `${system2} has ${before || "no hash"} and needs ${after}`
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
  const systems = Object.entries(before.systems).map(([name6, one]) => {
    const { hash: hash2, plan } = ownOf(after.systems, name6) ?? one;
    return [name6, { ...one, hash: hash2, plan }];
  });
  const compared2 = isMoved ? { ...before, systems: Object.fromEntries(systems) } : before;
  const found = differences(edit.before, compared2, after);
  return found === "" ? [] : [`${path31.basename(file)} is stale: ${found}.`];
}

// src/action/config.ts
async function configOf2({ inputs, trigger, context, base }) {
  const { isNamed: isNamed2, attribute, nix, branch, options: options3, config: file } = inputs;
  if (isNamed2) {
    const one = { ...plainPackage(attribute, nix), pullRequest: { ...options3(noOptions), branch } };
    return {
      ...{ packages: [one], index: void 0, allowedHosts: void 0 },
      ...{ publishNewBuilds: true, cacheTo: void 0 }
    };
  }
  const { from } = trigger.trust.configuration;
  const isOfCheckout = from === "checkout" && inputs.mode !== "publish";
  const inCheckout = async () => {
    const text3 = await context.read(file);
    return text3 === void 0 ? void 0 : parseConfig(text3, file);
  };
  const config = await (isOfCheckout ? inCheckout() : base.config());
  if (config) {
    const packages = config.packages.map((one) => ({
      ...{ ...one, pullRequest: options3(one.pullRequest) }
    }));
    return { ...config, packages };
  }
  if (from === "nowhere") {
    throw new UserError(
      "untrusted-event",
      `The event that started this run names no commit of the repository whose configuration could count; name the derivation with the input 'attribute', or use another event.`
    );
  }
  throw new UserError(
    "config-missing",
    `There is neither an input 'attribute' nor a configuration ${file}; name the derivation, or write the configuration (docs/configuration.md).`
  );
}

// src/action/check.ts
async function checkAll(runner) {
  const { inputs, context } = runner;
  const checkout2 = await runner.checkout();
  const { packages } = await configOf2(runner);
  const { isNamed: isNamed2 } = inputs;
  const root = isNamed2 ? inputs.workspace : checkout2.root;
  const derivationOf = async ({ nix, attribute }) => isNamed2 ? derivationRefFrom(root, nix, attribute, context.run) : derivationRef(nix, attribute, root, inputs.config);
  const checks2 = await checkPackages(packages, root, derivationOf, context);
  setOutputs(checks2, root);
  for (const { name: name6, checked } of checks2) {
    for (const one of checked?.warnings ?? []) context.log.warning(`${name6}: ${one}`);
    for (const one of checked?.notChecked ?? []) context.log.info(`${name6}: not checked: ${one}`);
    if (checked?.status === "current") context.log.info(`${name6}: ${checked.message}`);
  }
  const lack = lackOf(await context.sandbox());
  const summaries = checks2.map(
    ({ name: name6, checked, error: error2 }) => checked ? checkSummary(name6, checked) : failureSummary(error2)
  );
  const worst = worstOf(checks2);
  return {
    exitCode: worst === void 0 || checks2.some(({ error: error2 }) => error2) ? 1 : exitCodes[worst],
    annotations: checks2.flatMap(
      (check3) => annotationsOf(check3, checks2.length === 1 ? "" : `${check3.name}: `)
    ),
    summary: [
      ...summaries,
      ...lack === void 0 ? [] : [`Built without isolation: ${text(lack)}.
`]
    ].join("\n")
  };
}
function setOutputs(checks2, root) {
  const first4 = checks2.find(({ checked }) => checked && checked.status !== "current") ?? checks2[0];
  const results = checks2.map(
    ({ name: name6, checked, error: error2 }) => checked ? { name: name6, status: checked.status, hashes: hashesOf(checked), patch: checked.patch } : { name: name6, status: "error", error: error2.code, message: error2.message }
  );
  setOutput2("status", worstOf(checks2) ?? "");
  setOutput2("patch", patchOfAll(checks2, root));
  setJson("hashes", first4?.checked ? hashesOf(first4.checked) : {});
  setJson("results", results);
}
var hashesOf = ({ hashes }) => Object.fromEntries(hashes.map(({ system: system2, before, after }) => [system2, { before, after }]));
function annotationsOf({ checked, error: error2 }, prefix2) {
  if (error2) return [new UserError(error2.code, `${prefix2}${error2.message}`, error2)];
  const { status, message, hashes } = checked;
  if (status === "current") return [];
  const changed3 = hashes.filter(({ before, after, at }) => before !== after && at !== void 0);
  if (status !== "stale" || changed3.length < 2)
    return [new UserError(status, `${prefix2}${message}`, checked)];
  return changed3.map(({ system: system2, before, after, at }) => {
    const what = `The hash for ${system2} is stale: it is ${before || "empty"}, and must be ${after}.`;
    return new UserError(status, `${prefix2}${what}`, { at });
  });
}
function checkSummary(name6, checked) {
  const { status, message, hashes, patch: patch2, warnings, notChecked } = checked;
  const lines = [`## ${text(name6)}: ${status}`, "", text(message), ""];
  if (hashes.length > 0) {
    lines.push("| System | Pinned | Computed |", "| --- | --- | --- |");
    for (const { system: system2, before, after } of hashes)
      lines.push(`| ${code(system2)} | ${code(before || "none")} | ${code(after)} |`);
    lines.push("");
  }
  if (patch2 !== "")
    lines.push("To update it, run `git apply` with this patch:", "", fenced(patch2, "diff"), "");
  if (warnings.length > 0) lines.push("Warnings:", ...warnings.map((one) => `- ${text(one)}`), "");
  if (notChecked.length > 0) lines.push("Not checked:", ...notChecked.map((one) => `- ${text(one)}`), "");
  return `${lines.join("\n")}
`;
}

// src/action/event.ts
async function readEvent(environment2, readFile6) {
  const get = (name6) => environment2[`GITHUB_${name6}`] ?? "";
  const text3 = get("EVENT_PATH") === "" ? void 0 : await readFile6(get("EVENT_PATH"));
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
var name3 = text2(1e3);
var long = text2(1e6);
var login = having({ login: name3 });
var id = whole(1, 1e15);
var titled = having({ title: name3 });
var repoId = whole(0, 1e15);
var pull = having({
  number: id,
  html_url: text2(2e3, /^https?:\/\//),
  state: oneOf("open", "closed"),
  merged: yesOrNo,
  title: text2(1e4),
  body: long,
  labels: maybe(list2(having({ name: name3 }), 1e3)),
  assignees: maybe(list2(login, 1e3)),
  requested_reviewers: maybe(list2(login, 1e3)),
  // Missing on older servers.
  requested_reviewers_teams: maybe(list2(having({ name: name3 }), 1e3)),
  milestone: maybe(titled),
  // `label` is the branch name, also after its deletion, when `ref` becomes `refs/pull/N/head`.
  head: having({ label: name3, sha: text2(40, /^(?:[0-9a-f]{40})?$/), repo_id: whole(-1, 1e15) }),
  base: having({ ref: name3, repo_id: repoId })
});
var event = having({
  type: name3,
  label: maybe(having({ name: name3 })),
  assignee: maybe(login),
  assignee_team: maybe(having({ name: name3 })),
  milestone: maybe(titled),
  user: maybe(login)
});
var page = (item) => maybe(list2(item, 1e3));
var forgejoAnswers = {
  "GET /repos/{owner}/{repo}": having({
    default_merge_style: maybe(name3),
    allow_merge_commits: yesOrNo,
    allow_squash_merge: yesOrNo,
    allow_rebase: yesOrNo
  }),
  "GET /repos/{owner}/{repo}/branches/{branch}": having({
    enable_status_check: yesOrNo,
    required_approvals: whole(0, 1e9)
  }),
  "GET /repos/{owner}/{repo}/pulls": page(pull),
  "POST /repos/{owner}/{repo}/pulls": pull,
  "GET /repos/{owner}/{repo}/pulls/{index}": pull,
  "GET /repos/{owner}/{repo}/commits/{ref}/status": having({ state: maybe(name3) }),
  "GET /repos/{owner}/{repo}/issues/{index}/timeline": page(event),
  "GET /repos/{owner}/{repo}/issues/{index}/comments": page(having({ body: long })),
  "GET /repos/{owner}/{repo}/labels": page(having({ id, name: name3 })),
  "POST /repos/{owner}/{repo}/labels": having({ id }),
  "GET /orgs/{owner}/labels": page(having({ id, name: name3 })),
  "GET /repos/{owner}/{repo}/milestones": page(having({ id, title: name3 }))
};

// src/pull-request/forgejo/api.ts
var PAGE = 50;
var ForgejoApi = class {
  #request;
  #repository;
  constructor(request, repository) {
    this.#request = request;
    this.#repository = repository;
  }
  /** Sends a request whose answer is not read. */
  async send(route2, values) {
    await this.#request(route2, { ...this.#repository, ...values });
  }
  /** Its answer has the shape that the client has verified. */
  async ask(route2, values = {}) {
    const { data } = await this.#request(route2, { ...this.#repository, ...values });
    return data;
  }
  /** All items of a list, page by page; at most `pages` pages. */
  async all(route2, values = {}, pages = 20) {
    const all = [];
    for (let page2 = 1; page2 <= pages; page2++) {
      const items = await this.ask(route2, { ...values, page: page2, limit: PAGE }) ?? [];
      all.push(...items);
      if (items.length === 0) break;
    }
    return all;
  }
};

// src/pull-request/request-errors.ts
var failureOf = (error2) => typeof error2 === "object" && error2 !== null ? error2 : {};
var dataOf = (error2) => {
  const data = failureOf(error2).response?.data;
  return typeof data === "object" ? data : void 0;
};
var headerOf = (error2, name6) => String(failureOf(error2).response?.headers?.[name6] ?? "");
function statusOf(error2) {
  const { status } = failureOf(error2);
  return typeof status === "number" ? status : void 0;
}
var MOST_PROBLEMS = 20;
function problemOf(value) {
  const given = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(given.filter(([, one]) => typeof one === "string"));
}
function problemsOf(error2) {
  const listed = failureOf(error2).errors ?? dataOf(error2)?.errors;
  return Array.isArray(listed) ? listed.slice(0, MOST_PROBLEMS).map(problemOf) : [];
}
function wordsOf2(error2) {
  const { errors, message } = failureOf(error2);
  const given = dataOf(error2)?.message;
  const details = problemsOf(error2).map(
    (one) => one.message ?? [one.field, one.code].filter(Boolean).join(" ")
  );
  const main2 = typeof given === "string" ? given : message ?? String(error2);
  const parts = errors ? details : [main2, ...details];
  return [...new Set(parts)].join(": ").replace(/\s+/g, " ").trim().replace(/\.$/, "").slice(0, 500);
}
function isGraphqlRefusal(error2) {
  return failureOf(error2).errors !== void 0 && statusOf(error2) === void 0;
}
function meantStatus(error2) {
  const status = statusOf(error2);
  const types = problemsOf(error2).map(({ type }) => type);
  const isUsedUp = /rate limit/i.test(wordsOf2(error2)) || headerOf(error2, "x-ratelimit-remaining") === "0";
  if (types.includes("RATE_LIMITED") || status === 403 && isUsedUp) return 429;
  return types.includes("NOT_FOUND") ? 404 : status;
}
var DAY = 24 * 60 * 60;
function whenFree(error2) {
  const after = headerOf(error2, "retry-after");
  if (/^\d{1,5}$/.test(after) && Number(after) <= DAY) return `in ${Number(after)} seconds`;
  const reset = Number(headerOf(error2, "x-ratelimit-reset"));
  const isSoon = Math.abs(reset - Date.now() / 1e3) < DAY;
  return isSoon ? `after ${new Date(reset * 1e3).toISOString()}` : "later";
}

// src/pull-request/failures.ts
var inCode = (permissions) => `\`${permissions.replaceAll(", ", "` and `")}\``;
var EXPLANATIONS = [
  {
    fits: ({ status }) => status === 429,
    code: "rate-limited",
    say: ({ to }, { forge, words: words3, again }) => `${forge}'s rate limit is used up, so it refused to ${to} (${words3}). Run this again ${again}.`
  },
  {
    fits: ({ status }) => status === 401,
    code: "token-rejected",
    say: ({ to }, { forge, words: words3 }) => `${forge} does not accept the token, so it refused to ${to} (${words3}). Use a token that has not expired: \`\${{ github.token }}\`, the token of a GitHub App, or the access token of an account.`
  },
  {
    fits: ({ text: text3 }) => /not permitted to create or approve pull requests/i.test(text3),
    code: "pull-requests-not-allowed",
    say: ({ to }, { forge, words: words3 }) => `${forge} refused to ${to} (${words3}). Enable "Allow GitHub Actions to create and approve pull requests" in the settings of the repository (Actions, General, Workflow permissions) and of its organization, or use the token of a GitHub App.`
  },
  {
    fits: ({ text: text3 }) => /protected|rule violations|force.?push|signatures|hook declined|not allowed to push/i.test(text3),
    code: "branch-protected",
    say: ({ to }, { words: words3 }) => `A rule of the repository does not allow to ${to} (${words3}). Exclude this branch from the rule, or choose a branch name that it does not cover.`
  },
  {
    fits: ({ status, text: text3 }) => /not accessible|must have|permission|not permitted|no write access/i.test(text3) || status === 403 && !/archived/i.test(text3),
    code: "token-permission",
    say: ({ to, needs }, { words: words3 }) => `The token may not ${to} (${words3}). It needs ${inCode(needs)}: add that to \`permissions:\` of the job, to the GitHub App, or to the scopes of the access token, whose account may have to be a collaborator. Runs for forks and Dependabot get a token that can only read.`
  },
  {
    fits: ({ status }) => status === 404,
    code: "repository-not-found",
    say: ({ to, needs }, { forge, words: words3 }) => `${forge} answered "not found" when asked to ${to} (${words3}). Check the name of the repository, and that the token can read it if it is private (it needs ${inCode(needs)}).`
  },
  {
    fits: ({ forge, status = 0 }) => forge === "The forge" && status >= 300 && status < 400,
    code: "forge-redirects",
    say: ({ to }, { words: words3 }) => `The forge redirects when asked to ${to} (${words3}), and the token is not sent there. Use the repository's current name, and set the server's \`ROOT_URL\` to the address that it is reached by.`
  }
];
function explained(step, failure3, more) {
  const { forge, status = 0, words: words3 } = failure3;
  const isGithub = forge === "GitHub";
  const found = EXPLANATIONS.find(({ fits: fits2 }) => fits2(failure3));
  if (found) return new UserError(found.code, found.say(step, failure3), more);
  if (status >= 500)
    return new UserError(
      isGithub ? "github-unavailable" : "forge-unavailable",
      `${forge} failed when asked to ${step.to}, also after retries (${words3}). Run this again later; it continues from where it stopped.`,
      more
    );
  const message = `${forge} refused to ${step.to}: ${words3}.`;
  return new UserError(isGithub ? "github-refused" : "forge-refused", message, more);
}
function explain3(forge, step, error2) {
  if (error2 instanceof UserError) return error2;
  if (statusOf(error2) === void 0 && !isGraphqlRefusal(error2)) return error2;
  const words3 = wordsOf2(error2);
  const failure3 = { forge, status: meantStatus(error2), words: words3, text: words3, again: whenFree(error2) };
  return explained(step, failure3, { cause: error2 });
}
var stepsWith = (forge) => async (step, call) => {
  try {
    return await call();
  } catch (error2) {
    throw explain3(forge, step, error2);
  }
};
function gitStatus(output) {
  const [, status] = /returned error: (\d{3})/.exec(output) ?? [];
  if (status !== void 0) return Number(status);
  if (/could not read Username|Authentication failed/i.test(output)) return 401;
  if (/repository .* not found/i.test(output)) return 404;
  if (/unable to update url base from redirection/i.test(output)) return 301;
  const passing2 = /Could not resolve host|Failed to connect|Couldn't connect|Connection (?:reset|refused)|timed out|early EOF|hung up unexpectedly|RPC failed|Empty reply|unexpected disconnect|transfer closed|recv error|SSL_ERROR_SYSCALL|Operation too slow/i;
  return passing2.test(output) ? 503 : void 0;
}
var isPassing = (output) => {
  const status = gitStatus(output) ?? 0;
  return status === 429 || status >= 500;
};
function explainGit(step, log2) {
  const lines = log2.split("\n").map((line) => line.replace(/^(?:remote|fatal|error):\s*/, "").trim()).filter((line) => line !== "");
  const words3 = lines.slice(-4).join("; ").slice(0, 500) || "git printed nothing";
  const failure3 = { forge: "The forge", status: gitStatus(log2), words: words3, text: log2, again: "later" };
  return explained(step, failure3, { log: log2 });
}
var UNAVAILABLE = ["github-unavailable", "forge-unavailable"];
var isUnavailable = (error2) => error2 instanceof UserError && UNAVAILABLE.includes(error2.code);
var isFinal = (error2) => error2 instanceof UserError && error2.code !== "rate-limited" && !isUnavailable(error2);
async function orWarn(log2, call, isWarning = isFinal) {
  try {
    return await call();
  } catch (error2) {
    if (!(error2 instanceof UserError) || !isWarning(error2)) throw error2;
    log2.warning(error2.message);
    return false;
  }
}

// src/pull-request/files.ts
import { createHash as createHash7 } from "node:crypto";
var PLAIN = "100644";
var EXECUTABLE = "100755";
function blobId(content) {
  const header = `blob ${Buffer.byteLength(content)}\0`;
  return createHash7("sha1").update(header).update(content).digest("hex");
}
function digest(...parts) {
  const hash2 = createHash7("sha256");
  for (const part of parts) hash2.update(`${part.length}\0`).update(part);
  return hash2.digest("hex").slice(0, 16);
}
function keyOf2(request) {
  if (request.key !== void 0) return digest("key", request.key);
  return digest("files", request.base.ref, ...request.files.flatMap(({ path: path62, content }) => [path62, content]));
}
var pathsOf2 = ({ files, computedFrom = [] }) => [
  .../* @__PURE__ */ new Set([...files.map(({ path: path62 }) => path62), ...computedFrom])
];
function sameEntry(a, b) {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}
function wantedFiles(files, base) {
  return files.map(({ path: path62, content: given }) => {
    const content = given.toWellFormed();
    const { mode = PLAIN } = base.files.get(path62) ?? {};
    if (mode === PLAIN || mode === EXECUTABLE) return { path: path62, content, mode, oid: blobId(content) };
    throw new UserError(
      "not-a-regular-file",
      `\`${path62}\` is not a regular file in the repository (mode ${mode}, such as a symlink or a submodule), so it is not written. Name its target instead.`
    );
  }).sort((a, b) => a.path < b.path ? -1 : 1);
}

// src/pull-request/forgejo/commits.ts
var READING = { to: "read the repository", needs: "read:repository" };
var DEPTHS = ["50", "1000", "2147483647"];
var MOST_COMMITS = 250;
var TRIES = 3;
var ForgejoCommits = class {
  #store;
  constructor(store) {
    this.#store = store;
  }
  async readHeads(request) {
    const { base, branch } = request;
    const paths = pathsOf2(request);
    const heads2 = await this.#headsOf([base.ref, branch]);
    const baseHead = heads2.get(base.ref);
    if (baseHead === void 0) {
      throw new UserError(
        "base-missing",
        `The repository has no branch \`${base.ref}\` to open a pull request against. Give the name of a branch that exists on the forge.`
      );
    }
    const head = heads2.get(branch);
    await this.#fetchWith([...heads2.values()], base.sha);
    return {
      base: await this.#viewOf(baseHead, paths),
      read: await this.#viewOf(base.sha, paths),
      branch: head === void 0 ? void 0 : await this.#viewOf(head, paths),
      isGithubToken: false
    };
  }
  /** Heads of branches, in one request; a missing branch is left out. */
  async #headsOf(branches) {
    const names2 = branches.map((name6) => `refs/heads/${name6}`);
    const text3 = await this.#store.read(READING, ["ls-remote", "--heads", "--", "origin", ...names2]);
    const heads2 = /* @__PURE__ */ new Map();
    for (const line of text3.split("\n")) {
      const [oid = "", name6 = ""] = line.split("	");
      if (names2.includes(name6)) heads2.set(name6.slice("refs/heads/".length), oid);
    }
    return heads2;
  }
  /** Fetches commits with their trees, without parents and file contents. */
  async #fetch(oids, depth = "1") {
    const options3 = ["--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none"];
    const commits = ["--", "origin", ...new Set(oids)];
    await this.#store.read(READING, ["fetch", ...options3, `--depth=${depth}`, ...commits]);
  }
  /** Fetches the heads, and the checked-out commit, which the server may not have. */
  async #fetchWith(heads2, read2) {
    try {
      await this.#fetch([...heads2, read2]);
    } catch (error2) {
      const log2 = error2 instanceof UserError ? error2.log ?? "" : "";
      if (!/not our ref|unadvertised object|couldn't find remote ref/i.test(log2)) throw error2;
      throw new UserError(
        "base-unknown",
        `The forge does not have the checked-out commit ${read2}. Push it first, or check out a commit of the base branch.`,
        { log: log2, cause: error2 }
      );
    }
  }
  /** Reads a fetched commit at these paths. */
  async #viewOf(oid, paths) {
    const tree = (await this.#store.local(["rev-parse", "--verify", `${oid}^{tree}`])).trim();
    const files = /* @__PURE__ */ new Map();
    const list5 = ["ls-tree", "-z", "--full-tree", oid, "--", ...paths];
    const listed = paths.length === 0 ? "" : await this.#store.local(list5);
    for (const line of listed.split("\0")) {
      const match2 = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line);
      if (match2) files.set(match2[3] ?? "", { mode: match2[1] ?? "", oid: match2[2] ?? "" });
    }
    return { oid, tree, files };
  }
  async viewCommit(oid, paths) {
    await this.#fetch([oid]);
    return this.#viewOf(oid, paths);
  }
  async compare(from, to) {
    const mergeBase = await this.#mergeBase(from, to);
    const listed = await this.#store.local([
      ...["rev-list", "--topo-order", "--reverse", `--max-count=${MOST_COMMITS + 1}`],
      ...[to, `^${from}`, "--"]
    ]);
    const all = listed.split("\n").filter((line) => line !== "");
    const complete = all.length <= MOST_COMMITS;
    const commits = [];
    for (const oid of complete ? all : all.slice(1))
      commits.push(parseCommit(oid, await this.#store.local(["cat-file", "commit", oid])));
    const diff = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", mergeBase, to];
    const names2 = (await this.#store.local(diff)).split("\0");
    return { commits, complete, mergeBase, changed: new Set(names2.filter((name6) => name6 !== "")) };
  }
  async #mergeBase(from, to) {
    for (const depth of DEPTHS) {
      await this.#fetch([from, to], depth);
      const found = await this.#store.local(["merge-base", "--all", from, to]).catch(() => "");
      const [oid] = found.split("\n");
      if (oid) return oid;
    }
    throw new UserError(
      "branch-unrelated",
      `The commits ${from} and ${to} have no history in common, so nothing is written on the branch. Delete the branch so that it is created again.`
    );
  }
  async makeCommit({ parent, files, message }) {
    const { local, host } = this.#store;
    const folder = (await local(["rev-parse", "--absolute-git-dir"])).trim();
    const index = { GIT_INDEX_FILE: `${folder}/uv-fod.index` };
    await local(["read-tree", parent.tree], { env: index });
    const hash2 = ["hash-object", "-w", "-t", "blob", "--no-filters", "--stdin"];
    for (const { content } of files) await local(hash2, { input: content });
    const lines = files.map(({ mode, path: path62, oid }) => `${mode} ${oid}	${path62}\0`);
    const update = ["update-index", "--add", "--replace", "-z", "--index-info"];
    await local(update, { env: index, input: lines.join("") });
    const tree = (await local(["write-tree", "--missing-ok"], { env: index })).trim();
    const email = `uv-fod@noreply.${host}`;
    const commit3 = await local(["commit-tree", tree, "-p", parent.oid, "-F", "-"], {
      input: message(tree),
      env: {
        ...{ GIT_AUTHOR_NAME: "uv-fod", GIT_AUTHOR_EMAIL: email },
        ...{ GIT_COMMITTER_NAME: "uv-fod", GIT_COMMITTER_EMAIL: email }
      }
    });
    return commit3.trim();
  }
  /**
   * By a push with a lease (git-push, `--force-with-lease=<ref>:<expect>`; empty: it must not
   * exist). If that fails, the head of the branch shows whether it was a race, a lost answer or a
   * refusal.
   */
  async moveBranch(branch, { before, after }) {
    const ref = `refs/heads/${branch}`;
    const lease = `--force-with-lease=${ref}:${before ?? ""}`;
    const options3 = ["--quiet", "--porcelain", "--no-verify", "--no-follow-tags", lease];
    for (let time = 1; ; time++) {
      const push = ["push", ...options3, "--", "origin", `${after ?? ""}:${ref}`];
      const { code: code4, stdout, stderr } = await this.#store.once(push);
      if (code4 === 0) return true;
      const now = (await this.#headsOf([branch])).get(branch);
      if (now === after) return true;
      if (now !== before) return false;
      const step = { to: `move the branch \`${branch}\``, needs: "write:repository" };
      if (!isPassing(stderr) || time === TRIES) throw explainGit(step, `${stdout}
${stderr}`);
    }
  }
};
function parseCommit(sha2, text3) {
  const [head = ""] = text3.split("\n\n", 1);
  const headers = (name7) => head.split("\n").flatMap((line) => line.startsWith(`${name7} `) ? [line.slice(name7.length + 1)] : []);
  const people = [...headers("committer"), ...headers("author")];
  const [name6 = "someone"] = people.flatMap((person) => person.match(/^.+?(?= <)/) ?? []);
  return {
    sha: sha2,
    tree: headers("tree")[0] ?? "",
    parents: headers("parent"),
    message: text3.slice(head.length + 2),
    author: name6
  };
}

// src/pull-request/forgejo/git.ts
import { randomUUID as randomUUID3 } from "node:crypto";
import { mkdir as mkdir5 } from "node:fs/promises";
import path32 from "node:path";
import { setTimeout as wait } from "node:timers/promises";
function settings2(pairs) {
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
function environment(home, more) {
  return {
    ...settings2([...QUIET, ...more]),
    ...{ HOME: home, XDG_CONFIG_HOME: home, LC_ALL: "C", LANGUAGE: "C" },
    ...{ GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_ATTR_NOSYSTEM: "1" },
    ...{ GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true" }
  };
}
function openStore(run, scratch2, remote, { tries = 3, second = 1e3 } = {}) {
  const home = path32.join(scratch2, `publish-${randomUUID3()}`);
  const server = new URL(remote.serverUrl);
  const root = server.href.replace(/\/$/, "");
  const name6 = `${encodeURIComponent(remote.owner)}/${encodeURIComponent(remote.repo)}`;
  const quiet2 = environment(home, []);
  const talking = environment(home, [
    ["remote.origin.url", `${root}/${name6}.git`],
    // Plain http only if the runner's server address has it.
    [`protocol.${server.protocol.replace(":", "")}.allow`, "always"],
    [`http.${root}/.extraHeader`, `Authorization: Basic ${basic(remote.token)}`]
  ]);
  const git = (args, options3) => run("git", ["--git-dir", path32.join(home, "repository.git"), ...args], options3);
  const local = async (args, { env: env4, ...input } = {}) => {
    const { code: code4, stdout, stderr } = await git(args, { ...input, env: { ...quiet2, ...env4 } });
    if (code4 !== 0) throw new Error(`git ${args[0]}: ${stderr.trim() || `exit ${code4}`}`);
    return stdout;
  };
  const made = once(async () => {
    await mkdir5(home);
    await local(["init", "--quiet", "--bare", "--template=", "--object-format=sha1"]);
  });
  const talk = async (args) => {
    await made();
    return git(args, { env: talking });
  };
  return {
    host: server.hostname,
    once: talk,
    local: async (args, options3) => {
      await made();
      return local(args, options3);
    },
    read: async (step, args) => {
      for (let time = 1; ; time++) {
        const { code: code4, stdout, stderr } = await talk(args);
        if (code4 === 0) return stdout;
        if (time >= tries || !isPassing(stderr)) throw explainGit(step, stderr);
        await wait(time * second);
      }
    }
  };
}

// src/pull-request/extras.ts
var LISTS = ["labels", "assignees", "reviewers"];
var same = (a, b) => a.toLowerCase() === b.toLowerCase();
var without = (items, present) => items.filter((item) => !present.some((one) => same(item, one)));
async function addExtras(publication, pull3) {
  const { forge, request, log: log2 } = publication;
  const { number: number2 } = pull3;
  const milestone = pull3.hasMilestone ? void 0 : request.milestone;
  const missing = LISTS.map((list5) => ({ list: list5, items: without(request[list5] ?? [], pull3[list5]) }));
  if (milestone === void 0 && missing.every(({ items }) => items.length === 0)) return false;
  const before = await forge.pulls.everAdded(number2);
  const added = [];
  for (const { list: list5, items } of missing) {
    const fresh = without(items, before[list5]);
    if (fresh.length > 0) added.push(await orWarn(log2, () => forge.pulls.add(number2, list5, fresh, log2)));
  }
  if (milestone !== void 0 && !before.hasMilestone)
    added.push(await orWarn(log2, () => setMilestone(publication, pull3, milestone)));
  return added.includes(true);
}
async function setMilestone({ forge, log: log2 }, pull3, wanted2) {
  const all = await forge.pulls.milestones();
  const found = all.find(({ title }) => same(title, wanted2)) ?? all.find(({ number: number2 }) => String(number2) === wanted2);
  if (found) {
    await forge.pulls.setMilestone(pull3.number, found);
    return true;
  }
  const { owner, repo } = forge.repository;
  const titles = all.map(({ title }) => `'${title}'`).join(", ");
  log2.warning(
    `There is no open milestone '${wanted2}' in ${owner}/${repo}; it has ${titles || "none"}. Create it, or name another (\`milestone\`).`
  );
  return false;
}
var ADDING = {
  labels: "add the labels",
  assignees: "assign",
  reviewers: "ask for a review by"
};
var adding = (number2, list5, items) => `${ADDING[list5]} ${items.join(", ")} (#${number2})`;
function usersAndTeams(items) {
  const teams = items.filter((item) => item.includes("/"));
  return {
    users: items.filter((item) => !teams.includes(item)),
    teams: teams.map((team) => team.slice(team.indexOf("/") + 1))
  };
}

// src/pull-request/types.ts
var MERGE_METHODS = ["merge", "squash", "rebase"];

// src/pull-request/forgejo/pulls.ts
var doStep = stepsWith("The forge");
var WRITE = "write:repository, write:issue";
var CLOSED_PAGES = 5;
var DRAFT = "WIP: ";
var DRAFT_PREFIX = /^(?:WIP:|\[WIP\])\s*/i;
var isDraft = (title) => DRAFT_PREFIX.test(title);
var draftTitle = (title) => isDraft(title) ? title : `${DRAFT}${title}`;
var ForgejoPulls = class {
  #api;
  /** Owner of the repository, whose teams review. */
  #owner;
  constructor(api, owner) {
    this.#api = api;
    this.#owner = owner;
  }
  /** The API has no filter by branch, so all open ones are read, and the last closed ones. */
  list(branch) {
    return doStep({ to: "list pull requests", needs: "read:issue, read:repository" }, async () => {
      const route2 = "GET /repos/{owner}/{repo}/pulls";
      const open5 = await this.#api.all(route2, { state: "open" });
      const closed2 = await this.#api.all(route2, { state: "closed" }, CLOSED_PAGES);
      const ofBranch = ({ head, base }) => head.label === branch && head.repo_id === base.repo_id;
      const pulls = closed2.filter(ofBranch).map((pull3) => this.#pullOf(pull3, false));
      for (const pull3 of open5.filter(ofBranch))
        pulls.push(this.#pullOf(pull3, (await this.#lastAutoMerge(pull3.number))?.type === AUTO_MERGE_ON));
      return pulls.sort((a, b) => b.number - a.number);
    });
  }
  #pullOf(data, hasAutoMerge) {
    const users = data.requested_reviewers ?? [];
    const teams = data.requested_reviewers_teams ?? [];
    return {
      number: data.number,
      url: data.html_url,
      isOpen: data.state === "open",
      isMerged: data.merged,
      head: data.head.sha,
      baseRef: data.base.ref,
      title: data.title.replace(DRAFT_PREFIX, ""),
      body: data.body,
      labels: (data.labels ?? []).map(({ name: name6 }) => name6),
      assignees: (data.assignees ?? []).map(({ login: login3 }) => login3),
      reviewers: [...users.map(({ login: login3 }) => login3), ...teams.map(({ name: name6 }) => `${this.#owner}/${name6}`)],
      hasMilestone: Boolean(data.milestone),
      isDraft: isDraft(data.title),
      hasAutoMerge,
      id: String(data.number)
    };
  }
  async open({ title, draft, ...pull3 }) {
    try {
      const named = { ...pull3, title: draft ? draftTitle(title) : title };
      return this.#pullOf(await this.#api.ask("POST /repos/{owner}/{repo}/pulls", named), false);
    } catch (error2) {
      if (statusOf(error2) === 409) return "exists";
      if (statusOf(error2) === 422 && /no changes between/i.test(wordsOf2(error2))) return "nothing-new";
      throw explain3("The forge", { to: "open the pull request", needs: WRITE }, error2);
    }
  }
  /** A draft stays a draft. */
  async edit(index, edit) {
    const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${index}`;
    const { title } = edit;
    await doStep({ to, needs: WRITE }, async () => {
      const isNowDraft = title !== void 0 && isDraft((await this.#read(index)).title);
      await this.#patch(index, isNowDraft ? { ...edit, title: draftTitle(title) } : edit);
    });
  }
  async setDraft({ number: index }, draft) {
    const to = draft ? `make #${index} a draft` : `make #${index} ready for review`;
    await doStep({ to, needs: WRITE }, async () => {
      const { title } = await this.#read(index);
      if (isDraft(title) === draft) return;
      await this.#patch(index, { title: draft ? draftTitle(title) : title.replace(DRAFT_PREFIX, "") });
    });
  }
  /** The API does not page them. */
  async comments(index) {
    const route2 = "GET /repos/{owner}/{repo}/issues/{index}/comments";
    const all = await doStep(
      { to: `read the comments of #${index}`, needs: "read:issue" },
      () => this.#api.ask(route2, { index })
    );
    return (all ?? []).map(({ body: body2 }) => body2);
  }
  async comment(index, body2) {
    const route2 = "POST /repos/{owner}/{repo}/issues/{index}/comments";
    await doStep(
      { to: `comment on the pull request #${index}`, needs: "write:issue" },
      () => this.#api.send(route2, { index, body: body2, request: { retries: 0 } })
    );
  }
  async everAdded(index) {
    const step = { to: `read the history of the pull request #${index}`, needs: "read:issue" };
    const events2 = await doStep(step, () => this.#timeline(index));
    const namesOf = (type, name6) => events2.flatMap((event3) => event3.type === type ? name6(event3) ?? [] : []);
    return {
      labels: namesOf("label", ({ label: label3 }) => label3?.name),
      assignees: namesOf("assignees", ({ assignee }) => assignee?.login),
      reviewers: namesOf(
        "review_request",
        ({ assignee, assignee_team: team }) => team ? `${this.#owner}/${team.name}` : assignee?.login
      ),
      hasMilestone: events2.some(({ type, milestone }) => type === "milestone" && milestone)
    };
  }
  async add(index, list5, items) {
    await doStep({ to: adding(index, list5, items), needs: WRITE }, async () => {
      if (list5 === "labels") {
        const labels = await this.#labelIds(items);
        await this.#api.send("POST /repos/{owner}/{repo}/issues/{index}/labels", { index, labels });
      }
      if (list5 === "assignees") {
        const before = ((await this.#read(index)).assignees ?? []).map(({ login: login3 }) => login3);
        await this.#patch(index, { assignees: [...before, ...items] });
      }
      if (list5 === "reviewers") {
        const { users, teams } = usersAndTeams(items);
        const reviewers = { reviewers: users, team_reviewers: teams };
        const route2 = "POST /repos/{owner}/{repo}/pulls/{index}/requested_reviewers";
        await this.#api.send(route2, { index, ...reviewers });
      }
    });
    return true;
  }
  /** Ids of labels, which older servers require; a missing label is created, as on GitHub. */
  async #labelIds(names2) {
    const known2 = await this.#api.all("GET /repos/{owner}/{repo}/labels");
    const shared2 = await this.#api.all("GET /orgs/{owner}/labels").catch(() => []);
    const ids = [];
    for (const name6 of names2) {
      const label3 = [...known2, ...shared2].find((one) => one.name.toLowerCase() === name6.toLowerCase()) ?? await this.#api.ask("POST /repos/{owner}/{repo}/labels", { name: name6, color: "#ededed" });
      ids.push(label3.id);
    }
    return ids;
  }
  milestones() {
    return doStep({ to: "list the milestones", needs: "read:issue" }, async () => {
      const all = await this.#api.all("GET /repos/{owner}/{repo}/milestones", { state: "open" });
      return all.map(({ id: id2, title }) => ({ number: id2, title }));
    });
  }
  async setMilestone(index, { number: number2, title }) {
    await doStep(
      { to: `set the milestone ${title} (#${index})`, needs: WRITE },
      () => this.#patch(index, { milestone: number2 })
    );
  }
  merging({ number: number2 }) {
    return doStep({ to: `read how #${number2} may be merged`, needs: "read:repository" }, async () => {
      const repository = await this.#api.ask("GET /repos/{owner}/{repo}");
      const allowed = {
        merge: repository.allow_merge_commits,
        squash: repository.allow_squash_merge,
        rebase: repository.allow_rebase
      };
      const preferred = repository.default_merge_style;
      const methods = MERGE_METHODS.filter((method) => allowed[method]).sort(
        (a, b) => Number(b === preferred) - Number(a === preferred)
      );
      const last = await this.#lastAutoMerge(number2);
      const disabledBy = last?.type === AUTO_MERGE_OFF ? last.user?.login ?? "someone" : void 0;
      return { isAllowed: true, methods, disabledBy };
    });
  }
  /** The API merges immediately if all requirements are met or missing, so they are read first. */
  enableAutoMerge({ number: index, baseRef }, method) {
    return doStep({ to: `enable auto-merge for #${index}`, needs: WRITE }, async () => {
      const { enable_status_check: needsChecks, required_approvals: approvals } = await this.#api.ask(
        "GET /repos/{owner}/{repo}/branches/{branch}",
        { branch: baseRef }
      );
      if (approvals === 0 && !needsChecks) return `${baseRef} requires neither a check nor an approval`;
      if (approvals === 0 && await this.#hasPassed(index)) return "all checks have passed";
      try {
        const merge2 = { index, Do: method, merge_when_checks_succeed: true };
        await this.#api.send("POST /repos/{owner}/{repo}/pulls/{index}/merge", merge2);
      } catch (error2) {
        if (statusOf(error2) !== 409) throw error2;
      }
      return void 0;
    });
  }
  /** Reads the current head: a pull request that was listed before a push has the old one. */
  async #hasPassed(index) {
    const ref = (await this.#read(index)).head.sha;
    const { state } = await this.#api.ask("GET /repos/{owner}/{repo}/commits/{ref}/status", { ref });
    return state === "success";
  }
  /** The API shows auto-merge only in the timeline. */
  async #lastAutoMerge(index) {
    const events2 = await this.#timeline(index);
    return events2.findLast(({ type }) => type === AUTO_MERGE_ON || type === AUTO_MERGE_OFF);
  }
  #timeline(index) {
    return this.#api.all("GET /repos/{owner}/{repo}/issues/{index}/timeline", { index });
  }
  #read(index) {
    return this.#api.ask("GET /repos/{owner}/{repo}/pulls/{index}", { index });
  }
  #patch(index, values) {
    return this.#api.send("PATCH /repos/{owner}/{repo}/pulls/{index}", { index, ...values });
  }
};
var AUTO_MERGE_ON = "pull_scheduled_merge";
var AUTO_MERGE_OFF = "pull_cancel_scheduled_merge";

// src/pull-request/forgejo/forgejo.ts
function forgejoForge({ run, ask: ask2, scratch: scratch2, remote, patience }) {
  const repository = { owner: remote.owner, repo: remote.repo };
  return {
    repository,
    commits: new ForgejoCommits(openStore(run, scratch2, remote, patience)),
    pulls: new ForgejoPulls(new ForgejoApi(ask2, repository), repository.owner)
  };
}

// src/pull-request/github/commits.ts
var doStep2 = stepsWith("GitHub");
var NO_OBJECT = "0".repeat(40);
var MOVE = "mutation Move($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";
var GithubCommits = class {
  #octokit;
  #at;
  /** Set by `readHeads`, which is called before every move. */
  #repositoryId = "";
  constructor(octokit, repository) {
    this.#octokit = octokit;
    this.#at = repository;
  }
  async readHeads(request) {
    const { base, branch } = request;
    const paths = pathsOf2(request);
    const name6 = `${this.#at.owner}/${this.#at.repo}`;
    const { viewer, repository } = await doStep2(
      { to: `read the repository ${name6}`, needs: "contents: read" },
      () => this.#query(
        "Look($owner: String!, $repo: String!, $base: String!, $branch: String!, $read: GitObjectID!",
        `viewer { login }
          repository(owner: $owner, name: $repo) {
            id
            base: ref(qualifiedName: $base) { target { ...Files } }
            branch: ref(qualifiedName: $branch) { target { ...Files } }
            read: object(oid: $read) { ...Files }
          }`,
        { base: `refs/heads/${base.ref}`, branch: `refs/heads/${branch}`, read: base.sha },
        paths
      )
    );
    const baseHead = viewOf(repository?.base?.target, paths);
    const read2 = viewOf(repository?.read, paths);
    if (!repository || !baseHead) {
      throw new UserError(
        "base-missing",
        `The repository ${name6} has no branch \`${base.ref}\` to open a pull request against. Give the name of a branch that exists on GitHub.`
      );
    }
    if (!read2) {
      throw new UserError(
        "base-unknown",
        `GitHub does not have the checked-out commit ${base.sha}. Push it first, or check out a commit of \`${base.ref}\`.`
      );
    }
    this.#repositoryId = repository.id;
    const isGithubToken = viewer?.login === "github-actions[bot]";
    return { base: baseHead, read: read2, branch: viewOf(repository.branch?.target, paths), isGithubToken };
  }
  async viewCommit(oid, paths) {
    const { repository } = await doStep2(
      { to: `read the commit ${oid}`, needs: "contents: read" },
      () => this.#query(
        "View($owner: String!, $repo: String!, $oid: GitObjectID!",
        "repository(owner: $owner, name: $repo) { object(oid: $oid) { ...Files } }",
        { oid },
        paths
      )
    );
    const view2 = viewOf(repository?.object, paths);
    if (view2) return view2;
    throw new UserError(
      "github-refused",
      `GitHub did not find the commit ${oid}, although it listed it. Run this again.`
    );
  }
  /**
   * Runs a query about commits with their files at these paths, which are untrusted and so passed
   * as variables.
   * @param head name and first variables of the query, left open
   */
  async #query(head, body2, values, paths) {
    const variables = paths.map((path62, index) => [`p${index}`, path62]);
    const declared2 = variables.map(([name6]) => `, $${name6}: String!`).join("");
    const files = variables.map(([name6], index) => `f${index}: file(path: $${name6}) { oid mode }`);
    const fragment = `fragment Files on Commit { oid tree { oid } ${files.join(" ")} }`;
    try {
      return await this.#octokit.graphql(`query ${head}${declared2}) { ${body2} } ${fragment}`, {
        ...{ ...this.#at, ...values },
        ...Object.fromEntries(variables)
      });
    } catch (error2) {
      const { data } = error2;
      if (data?.repository && problemsOf(error2).every(({ type }) => type === "NOT_FOUND")) return data;
      throw error2;
    }
  }
  /** GitHub lists at most 250 commits. */
  async compare(from, to) {
    const { data } = await doStep2(
      { to: `compare ${from} with ${to}`, needs: "contents: read" },
      () => this.#octokit.rest.repos.compareCommitsWithBasehead({ ...this.#at, basehead: `${from}...${to}` })
    );
    const commits = data.commits.map(({ sha: sha2, commit: commit3, parents }) => ({
      sha: sha2,
      tree: commit3.tree.sha,
      parents: parents.map((parent) => parent.sha),
      message: commit3.message,
      author: authorOf(commit3)
    }));
    return {
      commits,
      complete: commits.length === data.total_commits,
      mergeBase: data.merge_base_commit.sha,
      changed: new Set((data.files ?? []).map(({ filename }) => filename))
    };
  }
  /** Without author and committer, GitHub signs the commits of Apps and GITHUB_TOKEN. */
  makeCommit({ parent, files, message }) {
    const { createTree, createCommit } = this.#octokit.rest.git;
    const entries2 = files.map(({ path: path62, mode, content }) => ({
      ...{ path: path62, mode, content },
      type: "blob"
    }));
    return doStep2({ to: "write a commit", needs: "contents: write" }, async () => {
      const { data: tree } = await createTree({ ...this.#at, base_tree: parent.tree, tree: entries2 });
      const commit3 = { message: message(tree.sha), tree: tree.sha, parents: [parent.oid] };
      return (await createCommit({ ...this.#at, ...commit3 })).data.sha;
    });
  }
  async moveBranch(branch, { before, after, force }) {
    const name6 = `refs/heads/${branch}`;
    const update = { name: name6, beforeOid: before ?? NO_OBJECT, afterOid: after ?? NO_OBJECT, force };
    const step = { to: `move the branch \`${branch}\``, needs: "contents: write" };
    try {
      const input = { repositoryId: this.#repositoryId, refUpdates: [update] };
      await this.#octokit.graphql(MOVE, { input });
      return true;
    } catch (error2) {
      if (!isGraphqlRefusal(error2) && (statusOf(error2) ?? 0) < 500) throw explain3("GitHub", step, error2);
      const now = await doStep2(step, () => this.#headOf(branch));
      if (now === after) return true;
      if (now === before) throw explain3("GitHub", step, error2);
      return false;
    }
  }
  async #headOf(branch) {
    try {
      const { data } = await this.#octokit.rest.git.getRef({ ...this.#at, ref: `heads/${branch}` });
      return data.object.sha;
    } catch (error2) {
      if (statusOf(error2) === 404) return void 0;
      throw error2;
    }
  }
};
function viewOf(answer, paths) {
  if (!answer?.oid || !answer.tree) return void 0;
  const files = /* @__PURE__ */ new Map();
  paths.forEach((path62, index) => {
    const file = answer[`f${index}`];
    if (file) files.set(path62, { oid: file.oid, mode: file.mode.toString(8).padStart(6, "0") });
  });
  return { oid: answer.oid, tree: answer.tree.oid, files };
}
function authorOf({ author: author2, committer }) {
  const name6 = committer?.name === "GitHub" ? void 0 : committer?.name;
  return name6 ?? author2?.name ?? "someone";
}

// src/pull-request/github/pulls.ts
import { setTimeout as wait2 } from "node:timers/promises";

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

// node_modules/@octokit/plugin-retry/dist-bundle/index.js
var VERSION2 = "0.0.0-development";
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
retry.VERSION = VERSION2;

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var import_light2 = __toESM(require_light(), 1);
var VERSION3 = "0.0.0-development";
var noop = () => Promise.resolve();
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
    (path62) => path62.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex2 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})[^/]*$`;
  return new RegExp(regex2, "i");
}
var regex = routeMatcher(triggers_notification_paths_default);
var triggersNotification = regex.test.bind(regex);
var groups = {};
var createGroups = function(Bottleneck2, common) {
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
function throttling(octokit, octokitOptions) {
  const {
    enabled = true,
    Bottleneck: Bottleneck2 = import_light2.default,
    id: id2 = "no-id",
    timeout = 1e3 * 60 * 2,
    // Redis TTL: 2 minutes
    connection
  } = octokitOptions.throttle || {};
  if (!enabled) {
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
throttling.VERSION = VERSION3;
throttling.triggersNotification = triggersNotification;

// src/pull-request/github/answers.ts
var sha = text2(40, /^[0-9a-f]{40}$/);
var name4 = text2(1e3);
var long2 = text2(1e6);
var date = text2(40, /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/);
var login2 = having({ login: name4 });
var withSha = having({ sha });
var pull2 = having({
  number: whole(1, 1e12),
  html_url: text2(2e3, /^https?:\/\//),
  state: oneOf("open", "closed"),
  merged_at: maybe(text2(100)),
  title: text2(1e4),
  body: maybe(long2),
  labels: list2(having({ name: name4 }), 1e3),
  assignees: maybe(list2(login2, 1e3)),
  requested_reviewers: maybe(list2(login2, 1e3)),
  requested_teams: maybe(list2(having({ slug: name4 }), 1e3)),
  milestone: maybe(having({ title: name4 })),
  draft: maybe(yesOrNo),
  auto_merge: maybe(having({})),
  node_id: name4,
  head: having({ sha, ref: name4, repo: maybe(having({ full_name: name4 })) }),
  base: having({ ref: name4, user: maybe(login2) })
});
var signature = maybe(having({ name: maybe(name4), date: maybe(date) }));
var listedCommit = having({
  sha,
  commit: having({ message: long2, tree: withSha, author: signature, committer: signature }),
  parents: list2(withSha, 1e3)
});
var event2 = having({
  label: maybe(having({ name: maybe(name4) })),
  assignee: maybe(login2),
  requested_reviewer: maybe(having({ login: maybe(name4) })),
  requested_team: maybe(having({ slug: maybe(name4) })),
  milestone: maybe(having({ title: maybe(name4) }))
});
var release = having({
  tag_name: name4,
  draft: yesOrNo,
  prerelease: yesOrNo,
  body: maybe(long2),
  published_at: maybe(date)
});
var graphql = (data) => (value, at) => {
  const problems = maybe(list2(having({ message: long2, type: maybe(name4) }), 1e3));
  const wrong = having({ errors: problems })(value, at);
  const { errors, data: found } = value ?? {};
  if (wrong !== void 0) return wrong;
  return errors && (found === null || found === void 0) ? void 0 : data(found, `${at}.data`);
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
  viewer: maybe(login2),
  repository: maybe(having({ id: name4, base: target, branch: target, read: maybe(viewed) }))
});
var view = having({ repository: maybe(having({ object: maybe(viewed) })) });
var autoMerge = having({
  node: maybe(
    having({
      timelineItems: having({ nodes: list2(having({ actor: maybe(login2) }), 100) }),
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
  "GET /repos/{owner}/{repo}/pulls": list2(pull2, 100),
  "POST /repos/{owner}/{repo}/pulls": pull2,
  "POST /repos/{owner}/{repo}/git/trees": withSha,
  "POST /repos/{owner}/{repo}/git/commits": withSha,
  "GET /repos/{owner}/{repo}/git/ref/{ref}": having({ object: withSha }),
  "GET /repos/{owner}/{repo}/git/matching-refs/{ref}": list2(having({ ref: name4 }), 1e6),
  "GET /repos/{owner}/{repo}/compare/{basehead}": having({
    commits: list2(listedCommit, 1e3),
    total_commits: whole(0, 1e9),
    merge_base_commit: withSha,
    files: maybe(list2(having({ filename: text2(5e3) }), 1e4))
  }),
  "GET /repos/{owner}/{repo}/commits/{ref}": having({
    sha,
    commit: having({ author: signature, committer: signature })
  }),
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events": list2(event2, 100),
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": list2(having({ body: maybe(long2) }), 100),
  "GET /repos/{owner}/{repo}/milestones": list2(having({ number: whole(1, 1e12), title: name4 }), 100),
  "GET /repos/{owner}/{repo}/releases": list2(release, 100),
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
  const name6 = operation ?? `${method} ${url}`;
  return Object.hasOwn(answers, name6) ? answers[name6]?.(data, "answer") : void 0;
}
function guard(timeout, answers) {
  return ({ hook }) => {
    hook.wrap("request", async (request, options3) => {
      options3.request.signal = AbortSignal.timeout(timeout);
      const failed2 = (problem2) => new RequestError(problem2, 502, { request: { ...options3, headers: options3.headers } });
      const response = await Promise.resolve(request(options3)).catch((error2) => {
        throw statusOf(error2) === void 0 ? failed2("its answer could not be read") : error2;
      });
      const problem = answerProblem(answers, options3, response.data);
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
function createClient(makeOctokit, token, baseUrl, log2, patience = {}, answers = githubAnswers) {
  const { retries = 3, timeout = 3e4, longestWait = 120, second = 1e3 } = patience;
  const mayWait = (kind2) => (seconds2, options3, _, times) => {
    const isTime = Number.isFinite(seconds2) && seconds2 >= 0;
    const waits = isTime && times < 2 && seconds2 <= longestWait;
    const how = isTime ? `${waits ? "waiting" : "not waiting"} ${seconds2} s` : "not waiting";
    log2.warning(`The ${kind2} rate limit at ${options3.method ?? ""} ${options3.url ?? ""}: ${how}.`);
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
        warn: (text3) => log2.warning(text3),
        error: () => void 0
      }
    },
    guard(timeout, answers),
    retry,
    throttling
  );
}
var PAGES = 20;
var PER_PAGE = 100;
async function allPages(ask2) {
  const all = [];
  for (let page2 = 1; page2 <= PAGES; page2++) {
    const { data, headers } = await ask2({ per_page: PER_PAGE, page: page2 });
    all.push(...data);
    if (data.length === 0 || !/rel="next"/.test(headers.link ?? "")) break;
  }
  return all;
}

// src/pull-request/github/pulls.ts
var doStep3 = stepsWith("GitHub");
var READ2 = "pull-requests: read";
var WRITE2 = "pull-requests: write";
var WRITE_BOTH = "contents: write, pull-requests: write";
var TO_DRAFT = `mutation ToDraft($input: ConvertPullRequestToDraftInput!) {
  convertPullRequestToDraft(input: $input) { clientMutationId }
}`;
var TO_READY = `mutation ToReady($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { clientMutationId }
}`;
var MERGING = `query AutoMerge($pull: ID!) {
  node(id: $pull) { ... on PullRequest {
    timelineItems(itemTypes: [AUTO_MERGE_DISABLED_EVENT], last: 1) {
      nodes { ... on AutoMergeDisabledEvent { actor { login } } }
    }
    repository { autoMergeAllowed mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed }
  } }
}`;
var ENABLE = `mutation EnableAutoMerge($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { clientMutationId }
}`;
var NOTHING_TO_WAIT_FOR = /\b(?:clean|unstable|has_hooks) status|protected branch rules not configured/i;
var GithubPulls = class {
  #octokit;
  #at;
  constructor(octokit, repository) {
    this.#octokit = octokit;
    this.#at = repository;
  }
  async list(branch) {
    const head = `${this.#at.owner}:${branch}`;
    const { data } = await doStep3(
      { to: "list pull requests", needs: READ2 },
      () => this.#octokit.rest.pulls.list({ ...this.#at, head, state: "all", per_page: 100 })
    );
    const name6 = `${this.#at.owner}/${this.#at.repo}`.toLowerCase();
    return data.filter((pull3) => pull3.head.ref === branch && pull3.head.repo?.full_name.toLowerCase() === name6).map(pullOf);
  }
  async open(pull3, log2) {
    let { draft } = pull3;
    for (let tries = 1; ; tries++) {
      try {
        return pullOf((await this.#octokit.rest.pulls.create({ ...this.#at, ...pull3, draft })).data);
      } catch (error2) {
        if (isInvalid(error2, /already exists/i)) return "exists";
        if (isInvalid(error2, /no commits between/i)) return "nothing-new";
        if (draft && isInvalid(error2, /draft pull requests are not supported/i)) {
          log2.warning("This repository does not support draft pull requests, so this is not one.");
          draft = false;
        } else if (tries < 5 && isInvalid(error2, NEW_BRANCH)) await wait2(tries * 200);
        else throw explain3("GitHub", { to: "open the pull request", needs: WRITE2 }, error2);
      }
    }
  }
  async edit(number2, edit) {
    const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${number2}`;
    await doStep3(
      { to, needs: WRITE2 },
      () => this.#octokit.rest.pulls.update({ ...this.#at, pull_number: number2, ...edit })
    );
  }
  /** By GraphQL, because REST cannot. */
  async setDraft({ id: id2, number: number2 }, draft) {
    const to = draft ? `make #${number2} a draft` : `make #${number2} ready for review`;
    await doStep3(
      { to, needs: WRITE_BOTH },
      () => this.#octokit.graphql(draft ? TO_DRAFT : TO_READY, { input: { pullRequestId: id2 } })
    );
  }
  async comments(number2) {
    const all = await doStep3(
      { to: `read the comments of #${number2}`, needs: READ2 },
      () => allPages((page2) => this.#octokit.rest.issues.listComments({ ...this.#issue(number2), ...page2 }))
    );
    return all.map(({ body: body2 }) => body2 ?? "");
  }
  async comment(number2, body2) {
    await doStep3(
      { to: `comment on the pull request #${number2}`, needs: WRITE2 },
      () => this.#octokit.rest.issues.createComment({ ...this.#issue(number2), body: body2, request: { retries: 0 } })
    );
  }
  async everAdded(number2) {
    const step = { to: `read the history of the pull request #${number2}`, needs: READ2 };
    const events2 = await doStep3(
      step,
      () => allPages((page2) => this.#octokit.rest.issues.listEvents({ ...this.#issue(number2), ...page2 }))
    );
    const namesOf = (name6) => events2.flatMap((event3) => name6(event3) ?? []);
    const teams = namesOf(({ requested_team: team }) => team?.slug);
    return {
      labels: namesOf(({ label: label3 }) => label3?.name),
      assignees: namesOf(({ assignee }) => assignee?.login),
      reviewers: [
        ...namesOf(({ requested_reviewer: reviewer }) => reviewer?.login),
        ...teams.map((slug) => `${this.#at.owner}/${slug}`)
      ],
      hasMilestone: events2.some(({ milestone }) => milestone?.title)
    };
  }
  add(number2, list5, items, log2) {
    const { issues, pulls } = this.#octokit.rest;
    return doStep3({ to: adding(number2, list5, items), needs: WRITE2 }, async () => {
      if (list5 === "labels") await issues.addLabels({ ...this.#issue(number2), labels: [...items] });
      if (list5 === "assignees") {
        const assignees = await this.#assignable(items, log2);
        if (assignees.length === 0) return false;
        await issues.addAssignees({ ...this.#issue(number2), assignees });
      }
      if (list5 === "reviewers") {
        const review = { ...this.#at, pull_number: number2 };
        const { users, teams } = usersAndTeams(items);
        if (users.length > 0) await pulls.requestReviewers({ ...review, reviewers: users });
        if (teams.length > 0) await pulls.requestReviewers({ ...review, team_reviewers: teams });
      }
      return true;
    });
  }
  /** Users that can be assigned: GitHub silently ignores others, and each run would try again. */
  async #assignable(logins2, log2) {
    const { owner, repo } = this.#at;
    const can = [];
    for (const assignee of logins2) {
      try {
        await this.#octokit.rest.issues.checkUserCanBeAssigned({ owner, repo, assignee });
        can.push(assignee);
      } catch (error2) {
        if (statusOf(error2) !== 404) throw error2;
        log2.warning(
          `${assignee} can't be assigned in ${owner}/${repo}: only people with access to the repository can. Give them access, or leave them out of \`assignees\`.`
        );
      }
    }
    return can;
  }
  milestones() {
    return doStep3(
      { to: "list the milestones", needs: READ2 },
      () => allPages((page2) => this.#octokit.rest.issues.listMilestones({ ...this.#at, ...page2 }))
    );
  }
  async setMilestone(number2, milestone) {
    await doStep3(
      { to: `set the milestone ${milestone.title} (#${number2})`, needs: WRITE2 },
      () => this.#octokit.rest.issues.update({ ...this.#issue(number2), milestone: milestone.number })
    );
  }
  async merging({ id: id2, number: number2 }) {
    const { node } = await doStep3(
      { to: `read how #${number2} may be merged`, needs: READ2 },
      () => this.#octokit.graphql(MERGING, { pull: id2 })
    );
    const { autoMergeAllowed, mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed } = node?.repository ?? {};
    const allowed = { merge: mergeCommitAllowed, squash: squashMergeAllowed, rebase: rebaseMergeAllowed };
    const [disabled] = node?.timelineItems.nodes ?? [];
    return {
      isAllowed: autoMergeAllowed === true,
      methods: MERGE_METHODS.filter((method) => allowed[method] === true),
      disabledBy: disabled && (disabled.actor?.login ?? "someone")
    };
  }
  async enableAutoMerge({ id: id2, number: number2 }, method) {
    try {
      const mergeMethod = method.toUpperCase();
      await this.#octokit.graphql(ENABLE, { input: { pullRequestId: id2, mergeMethod } });
      return void 0;
    } catch (error2) {
      if (isGraphqlRefusal(error2) && NOTHING_TO_WAIT_FOR.test(wordsOf2(error2))) return wordsOf2(error2);
      throw explain3("GitHub", { to: `enable auto-merge for #${number2}`, needs: WRITE_BOTH }, error2);
    }
  }
  #issue(number2) {
    return { ...this.#at, issue_number: number2 };
  }
};
function pullOf(data) {
  const teams = data.requested_teams ?? [];
  return {
    number: data.number,
    url: data.html_url,
    isOpen: data.state === "open",
    isMerged: data.merged_at !== null,
    head: data.head.sha,
    baseRef: data.base.ref,
    title: data.title,
    body: data.body ?? "",
    labels: data.labels.map(({ name: name6 }) => name6),
    assignees: (data.assignees ?? []).map(({ login: login3 }) => login3),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login: login3 }) => login3),
      ...teams.map(({ slug }) => `${data.base.user?.login}/${slug}`)
    ],
    hasMilestone: Boolean(data.milestone),
    isDraft: data.draft === true,
    hasAutoMerge: data.auto_merge !== null,
    id: data.node_id
  };
}
var isInvalid = (error2, message) => statusOf(error2) === 422 && message.test(wordsOf2(error2));
var NEW_BRANCH = /\bhead invalid\b/;

// src/pull-request/github/github.ts
function githubForge(octokit, { owner, repo }) {
  const repository = { owner, repo };
  return {
    repository,
    commits: new GithubCommits(octokit, repository),
    pulls: new GithubPulls(octokit, repository)
  };
}

// src/action/forge.ts
function forgeKind(asked2, marks) {
  if (asked2 !== "auto") return asked2;
  if (marks.FORGEJO_ACTIONS === "true") return "forgejo";
  return marks.GITEA_ACTIONS === "true" ? "gitea" : "github";
}
var GITHUB = { api: "https://api.github.com", pages: "https://github.com" };
function connect(kind2, token, trigger, { run, scratch: scratch2 }, makeClient) {
  const { repo, serverUrl, apiUrl } = trigger;
  if (kind2 === "github") {
    const hub = once(() => makeClient(token, apiUrl));
    return { hub, githubUrl: serverUrl, forge: async () => githubForge(await hub(), repo) };
  }
  const forge = async () => {
    const api = await makeClient(token, `${serverUrl.replace(/\/$/, "")}/api/v1`, forgejoAnswers);
    return forgejoForge({
      ...{ run, scratch: scratch2 },
      ask: (route2, values) => api.request(route2, { ...values }),
      remote: { serverUrl, token, ...repo }
    });
  };
  return { hub: async () => makeClient("", GITHUB.api), githubUrl: GITHUB.pages, forge };
}

// src/action/inputs.ts
import path33 from "node:path";
var modes = ["update", "check", "compute", "publish"];
var forges = ["auto", "github", "forgejo", "gitea"];
function loadInputs(get, workspace2) {
  const attribute = get("attribute");
  if (attribute !== "" && !isRootAttribute(attribute))
    throw invalid("attribute", attribute, rootAttributeText);
  const mode = oneOf2("mode", get("mode") || "update", modes);
  const flag = (name6, usual2) => oneOf2(name6, get(name6).toLowerCase() || String(usual2), ["true", "false"]) === "true";
  const inside = (name6, usual2) => innerFile(name6, get(name6) || usual2, workspace2);
  const nix = readNix2(get, workspace2);
  const isNamed2 = attribute !== "" || get("file") !== "";
  const inputs = {
    mode,
    workspace: workspace2,
    /** Whether the inputs name the package; otherwise it is all packages of the configuration. */
    isNamed: isNamed2,
    /** Empty for a file that is one derivation. */
    attribute,
    /** Nix code that has the attribute; its paths are relative to the workspace. */
    nix,
    /** Absolute path of the configuration. */
    config: inside("config", ".github/uv-fod.toml"),
    /** Undefined: in scheduled and manual runs. */
    findReleases: get("find-releases") === "" ? void 0 : flag("find-releases", true),
    token: get("token"),
    /** `auto`: detected by the runner's environment. */
    forge: oneOf2("forge", get("forge") || "auto", forges),
    /** Empty: the branch of the run. */
    base: get("base"),
    branch: readBranch(get, isNamed2 ? defaultName(attribute, nix) : "update"),
    compareWith: get("compare-with"),
    pullRequest: mode === "publish" || mode === "update" && flag("pull-request", true),
    /** Fail if the head of the pull request needed a commit. */
    failAfterPush: flag("fail-after-push", true),
    /** Absolute path of a file that `compute` writes, or of a file or folder for `publish`. */
    result: inside("result", "uv-fod-result.json"),
    verify: flag("verify", true),
    /** Use the hash of Nix's build, without computing it a second time. */
    skipSecondDerivation: flag("skip-second-derivation", false),
    /** Allow builds without Nix's sandbox for untrusted contributors, and with a token. */
    allowUnsandboxed: flag("allow-unsandboxed", false),
    /** Keep downloads in the runner's cache. */
    cache: flag("cache", true),
    /** URL of the binary cache for verified outputs; undefined: that of the configuration. */
    cacheTo: get("cache-to") || void 0,
    /** Overrides options of pull requests by those that are inputs. */
    options: readOptions(get)
  };
  checkTogether(inputs);
  return inputs;
}
function readBranch(get, name6) {
  const branch = get("branch") || `uv-fod/${name6}`;
  if (isBranchName(branch)) return branch;
  throw invalid("branch", branch, "a branch name without 'refs/heads/', such as uv-fod/authentik");
}
function checkTogether({ mode, token, pullRequest, verify: verify3, skipSecondDerivation, cacheTo }) {
  if (mode === "check" && skipSecondDerivation) {
    const why = "false with mode: check, which compares two computations of the hash";
    throw invalid("skip-second-derivation", "true", why);
  }
  if (pullRequest && token === "") {
    throw invalid(
      "token",
      "",
      "a token that can write contents and pull requests (secrets are not available in runs for forks and Dependabot), or set pull-request: false"
    );
  }
  if (cacheTo === void 0) return;
  if (!isCacheAddress(cacheTo)) throw invalid("cache-to", withoutPassword(cacheTo), cacheText);
  if (mode === "check" || mode === "publish")
    throw invalid("cache-to", cacheTo, "no value with mode: check or mode: publish, which copy nothing");
  if (!verify3) {
    const why = "no value with verify: false, because only verified outputs are copied";
    throw invalid("cache-to", cacheTo, why);
  }
}
var withoutPassword = (address3) => address3.replace(/:[^/@\s]*@/, ":…@");
var roots = ["file", "flake", "expression"];
function readNix2(get, workspace2) {
  const [name6 = "file", other] = roots.filter((one) => get(one) !== "");
  const text3 = get(name6) || "default.nix";
  if (other !== void 0) throw invalid(other, get(other), `no value together with '${name6}'`);
  if (get(name6) !== "" && name6 !== "file" && get("attribute") === "") {
    const why = "no value without 'attribute', because the configuration sets it for each package";
    throw invalid(name6, text3, why);
  }
  if (name6 === "expression") return { kind: "expression", expression: text3 };
  if (name6 === "file")
    return { kind: "file", file: path33.relative(workspace2, innerFile("file", text3, workspace2)) };
  if (text3 !== "." && !isInnerPath(text3))
    throw invalid("flake", text3, "the folder of a flake.nix inside the checkout, such as '.' or nix/backend");
  return { kind: "flake", flake: text3 };
}
var InputMistakes = class extends Mistakes {
  constructor() {
    super("", /* @__PURE__ */ new Map());
  }
  add([name6 = ""], text3) {
    throw new UserError("input-invalid", `Input '${name6}' ${text3}.`);
  }
};
var texts = ["title", "body", "commit-message", "milestone"];
var lists = ["labels", "reviewers", "assignees"];
var choices = ["draft", "auto-merge"];
function readOptions(get) {
  const keys = [...texts, ...lists, ...choices].filter((key2) => get(key2) !== "");
  const table4 = Object.fromEntries(keys.map((key2) => [key2, tomlValue(key2, get(key2))]));
  const read2 = (configured) => TableReader.read(table4, [], new InputMistakes(), (reader) => readPullRequest(reader, configured));
  read2(noOptions);
  return read2;
}
function tomlValue(key2, text3) {
  if (lists.includes(key2)) return text3.split(/[,\n]/).flatMap((item) => item.trim() || []);
  if (!choices.includes(key2)) return text3;
  const word3 = text3.toLowerCase();
  return ["true", "false"].includes(word3) ? word3 === "true" : word3;
}
function innerFile(name6, text3, workspace2) {
  const file = path33.resolve(workspace2, text3);
  if (isInnerPath(pathBelow(workspace2, file) ?? "")) return file;
  throw invalid(name6, text3, "a file inside the checkout");
}
function oneOf2(name6, text3, allowed) {
  const found = allowed.find((one) => one === text3);
  if (found === void 0) throw invalid(name6, text3, allowed.join(" or "));
  return found;
}
var invalid = (name6, text3, allowed) => new UserError("input-invalid", `Input '${name6}' is '${text3.slice(0, 200)}'; it takes ${allowed}.`);

// src/action/outputs.ts
async function writeOutputs(results, environment2) {
  setJson("results", results.map(resultOf));
  const first4 = results.find(isChanged) ?? results[0];
  if (!first4) return;
  const { outcome: outcome2, hashes, number: number2, url, branch, commit: commit3 } = resultOf(first4);
  setOutput2("outcome", outcome2);
  setOutput2("changed", String(isChanged(first4)));
  setJson("hashes", hashes);
  setOutput2("pull-request-number", String(number2 ?? ""));
  setOutput2("pull-request-url", url ?? "");
  setOutput2("branch", branch ?? "");
  setOutput2("commit", commit3 ?? "");
  setJson("report", first4.proposed.reports[0] ?? {});
  setJson("reports", first4.proposed.reports);
  const texts2 = results.flatMap(
    ({ proposed: proposed2, published }) => proposed2.reports.map((report2) => summary2(report2, published))
  );
  await writeSummary(environment2, texts2.join("\n"));
}
var isChanged = ({ proposed: proposed2 }) => proposed2.files.length > 0;
function resultOf(result2) {
  const { proposed: proposed2, published } = result2;
  const packages = result2.packages.map(({ name: name6, hashes }) => ({ name: name6, hashes: bySystem(hashes) }));
  const isGroup = proposed2.subjects.length > 1;
  const { autoMerge: _, outcome: outcome2, ...rest } = published ?? { outcome: void 0 };
  return {
    ...{ name: proposed2.name, ...rest },
    outcome: outcomeOf(result2),
    // The members of a group have hashes for the same systems.
    hashes: isGroup ? Object.fromEntries(packages.map(({ name: name6, hashes }) => [name6, hashes])) : Object.assign({}, ...packages.map(({ hashes }) => hashes)),
    packages
  };
}
var bySystem = (hashes) => Object.fromEntries(
  hashes.map(({ system: system2, before, after }) => [
    system2,
    { ...before === void 0 ? {} : { before }, after }
  ])
);
function outcomeOf(result2) {
  const outcome2 = result2.published?.outcome;
  if (isChanged(result2)) return outcome2 ?? "changed";
  return outcome2 === "closed" ? outcome2 : "current";
}

// src/action/own-pull.ts
var STALE_HEAD = 8;
async function requireHead({ pull: pull3, sha: sha2 }, checkout2) {
  if (pull3 === void 0) return;
  const { head } = await checkout2();
  if (head === pull3.head) return;
  const what = head === sha2 ? "GitHub’s merge of the pull request and its base" : "another one";
  throw new UserError(
    "head-not-checked-out",
    `Everything is computed from the head of the pull request, ${pull3.head}, but the checked-out commit ${head} is ${what}. Set \`ref: \${{ github.event.pull_request.head.sha }}\` for actions/checkout.`
  );
}
function asOneProposal(all) {
  const [first4, ...others] = all;
  if (first4 === void 0) return [];
  const packages = all.flatMap(
    (one) => one.packages.map((config) => ({
      ...config,
      pullRequest: { ...config.pullRequest, draft: false }
    }))
  );
  const { commitMessage, title } = first4.options;
  const isSame3 = others.every(
    ({ options: options4 }) => options4.commitMessage === commitMessage && options4.title === title
  );
  const options3 = isSame3 ? first4.options : { ...first4.options, commitMessage: void 0, title: void 0 };
  return [{ ...first4, packages, options: options3, name: all.map(({ name: name6 }) => name6).join(", ") }];
}
function staleHead({ inputs, trigger: { pull: pull3 } }, results) {
  const published = results[0]?.published;
  if (!pull3 || !inputs.failAfterPush || !published || published.reason === "unchanged") return void 0;
  const { commit: commit3, reason } = published;
  const what = commit3 === void 0 ? `Nothing was written for ${pull3.head}, whose hash is stale (${reason})` : `Commit ${commit3} with the new hash was pushed to \`${pull3.branch}\``;
  return new UserError(
    commit3 === void 0 ? "not-pushed" : "pushed",
    `${what}. The step fails, so that no required check passes for the commit before; the run for the new head passes if there is nothing left to do.`
  );
}

// src/action/publish.ts
import path48 from "node:path";

// src/action/base-tree.ts
import path34 from "node:path";
function baseTree(run, root, commit3) {
  const git = (args, input = "") => run("git", ["-C", root, ...args], { input });
  const read2 = async (file) => {
    const name6 = path34.relative(root, file);
    if (!isPlainPath(name6)) return void 0;
    const { code: code4, stdout, stderr } = await git(
      ["cat-file", "--batch", "--follow-symlinks"],
      `${commit3}:${name6}
`
    );
    const [header = ""] = stdout.split("\n", 1);
    if (code4 !== 0)
      throw new UserError(
        "file-unreadable",
        `git cannot read ${name6} of the commit ${commit3}. Check out the repository in a step before this one.`,
        { log: stderr }
      );
    if (!/^[0-9a-f]{40} blob \d+$/.test(header)) return void 0;
    const text3 = stdout.slice(header.length + 1, -1);
    if (!text3.includes("�")) return text3;
    throw new UserError("file-unreadable", `${name6} is not text in UTF-8. Save it as UTF-8.`);
  };
  const hasFile = async (name6) => {
    if (!isPlainPath(name6)) return false;
    const { stdout } = await git([...["ls-tree", "-z", "--full-tree"], commit3, "--", name6]);
    const [kind2, listed] = stdout.split("	", 2);
    return listed === `${name6}\0` && /^100(?:644|755) blob [0-9a-f]{40}$/.test(kind2 ?? "");
  };
  const nixFilesWith = async (text3) => {
    const { stdout } = await git([
      ...["grep", "--name-only", "--null", "--fixed-strings", "-e", text3],
      ...[commit3, "--", ":(top)*.nix"]
    ]);
    return stdout.split("\0").flatMap((line) => line === "" ? [] : [line.slice(commit3.length + 1)]);
  };
  const projectNear = async (folder) => {
    const hasLock = async (one) => await read2(path34.join(root, one, "uv.lock")) !== void 0;
    if (await hasLock(folder)) return folder;
    const below = folder === "" ? [] : ["--", `${folder}/`];
    const { stdout } = await git(["ls-tree", "-d", "-z", "--name-only", "--full-tree", commit3, ...below]);
    const found = [];
    for (const one of stdout.split("\0")) if (one !== "" && await hasLock(one)) found.push(one);
    return found.length === 1 ? found[0] : void 0;
  };
  return { root, read: read2, hasFile, projectNear, nixFilesWith };
}

// src/pull-request/markers.ts
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
  const match2 = message.split("\n").map((line) => LINE.exec(line.trimEnd())).findLast((found) => found !== null);
  if (!match2) return void 0;
  const [, branch = "", base = "", tree = "", run] = match2;
  return { branch, base, tree, run: run === void 0 ? void 0 : Number(run) };
}
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
  const open5 = text3.split("<details").length - text3.split("</details>").length;
  return `${fence === void 0 ? "" : `
${fence}`}${"\n</details>".repeat(Math.max(open5, 0))}`;
}
var BODY_LIMIT = 65536;
function finishBody(body2, marker) {
  const end2 = `

${writeMarker(marker)}`;
  if (body2.length + end2.length <= BODY_LIMIT) return `${body2.trimEnd()}${end2}`;
  const note = "\n\n*Cut here, because the body of a pull request is limited. The rest is in the summary of the job that opened this.*";
  const room = BODY_LIMIT - end2.length - note.length - 400;
  const line = body2.lastIndexOf("\n", room);
  const cut2 = body2.slice(0, line > 0 ? line : room);
  const closed2 = closing(cut2);
  return `${cut2.trimEnd()}${closed2.length <= 400 ? closed2 : ""}${note}${end2}`;
}

// src/pull-request/branch.ts
async function readBranch2({ forge, request, heads: heads2 }) {
  const head = heads2.branch;
  if (!head) return void 0;
  const compared2 = await forge.commits.compare(heads2.base.oid, head.oid);
  const commits = compared2.commits.map((commit3) => {
    const trailer = readTrailer(commit3.message);
    const isOurs = trailer?.branch === request.branch && trailer.tree === commit3.tree;
    return { ...commit3, ours: isOurs ? trailer : void 0 };
  });
  return { ...compared2, head, commits };
}
function hasOthersCommits(state) {
  return !state.complete || state.commits.some(({ ours }) => ours === void 0);
}
var lastOfOurs = ({ commits }) => commits.findLast(({ ours }) => ours !== void 0);
async function isNewer({ forge, request }, state) {
  const theirs = lastOfOurs(state)?.ours;
  if (!theirs) return false;
  if (theirs.run !== void 0 && request.run !== void 0) return theirs.run > request.run;
  if (theirs.base === request.base.sha) return false;
  const { mergeBase, commits } = await forge.commits.compare(request.base.sha, theirs.base);
  return mergeBase === request.base.sha && commits.length > 0;
}
async function planCommit(publication, state, wanted2, disposable) {
  const { base } = publication.heads;
  const files = wanted2.filter((file) => !sameEntry(file, base.files.get(file.path)));
  if (!state) return { parent: base, files, before: void 0, rebuilds: false };
  if (!disposable && hasOthersCommits(state)) return planOnTop(publication, state, wanted2);
  const { head, commits, changed: changed3 } = state;
  const isCurrent = commits.length === 1 && commits[0]?.parents.join() === base.oid && changed3.size === files.length && files.every((file) => changed3.has(file.path) && sameEntry(file, head.files.get(file.path)));
  return isCurrent ? void 0 : { parent: base, files, before: head.oid, rebuilds: true };
}
async function planOnTop({ forge, request }, state, wanted2) {
  const { head } = state;
  const files = wanted2.filter((file) => !sameEntry(file, head.files.get(file.path)));
  if (files.length === 0) return void 0;
  const paths = files.map(({ path: path62 }) => path62);
  const before = await forge.commits.viewCommit(lastOfOurs(state)?.sha ?? state.mergeBase, paths);
  const touched = paths.filter((path62) => !sameEntry(before.files.get(path62), head.files.get(path62)));
  if (touched.length > 0) {
    const theirs = state.commits.filter(({ ours }) => ours === void 0);
    const who = [...new Set(theirs.map(({ author: author2 }) => author2))].join(", ");
    throw new UserError(
      "branch-edited",
      `${who} changed ${touched.map((path62) => `\`${path62}\``).join(", ")} on the branch \`${request.branch}\`, which is not overwritten. Merge the pull request, or delete the branch so that it is created again.`
    );
  }
  return { parent: head, files, before: head.oid, rebuilds: false };
}
async function commitFiles({ forge, request, log: log2 }, { parent, files, before, rebuilds }) {
  const { branch, base, run, commitMessage } = request;
  const message = (tree) => addTrailer(commitMessage, { branch, base: base.sha, tree, run });
  const sha2 = await forge.commits.makeCommit({ parent, files, message });
  const isMoved = await forge.commits.moveBranch(branch, { before, after: sha2, force: rebuilds });
  if (isMoved) log2.info(`Commit ${sha2} on ${branch}, on top of ${parent.oid}.`);
  return isMoved ? sha2 : void 0;
}

// src/pull-request/check.ts
function checkRequest(request) {
  const { branch, base, files } = request;
  for (const name6 of [branch, base.ref]) {
    if (isBranchName(name6)) continue;
    throw new UserError(
      "bad-branch",
      `${JSON.stringify(name6.slice(0, 100))} cannot be the name of a branch. Give a branch name without \`refs/heads/\`, such as \`uv-fod/authentik\`.`
    );
  }
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
  const names2 = files.map(({ path: path62 }) => path62);
  const twice = names2.find((name6, index) => names2.indexOf(name6) !== index);
  const bad = twice ?? pathsOf2(request).find((name6) => !isPlainPath(name6));
  if (bad === void 0) return;
  const why = bad === twice ? "it is given twice" : "it is not a path inside the repository";
  throw new UserError(
    "bad-path",
    `The path ${JSON.stringify(bad.slice(0, 200))} is neither read nor published: ${why}.`
  );
}

// src/pull-request/rounds.ts
var ROUNDS = 4;
async function inRounds(forge, request, log2, once2) {
  checkRequest(request);
  for (let round2 = 1; round2 <= ROUNDS; round2++) {
    const heads2 = await forge.commits.readHeads(request);
    const result2 = await once2({ forge, request, heads: heads2, log: log2 });
    if (result2 !== "moved") return result2;
    log2.info(`\`${request.branch}\` or its base was moved meanwhile. Trying again.`);
  }
  throw new UserError(
    "branch-moves",
    `The branch \`${request.branch}\` was moved by someone else during each of ${ROUNDS} tries, so nothing was written. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`
  );
}

// src/pull-request/commit-on-pull.ts
async function commitOnPull(forge, request, number2, log2) {
  const { branch, files } = request;
  if (files.length === 0) return { outcome: "none", reason: "unchanged", branch };
  return inRounds(forge, request, log2, (publication) => commitOnce(publication, number2));
}
async function commitOnce(publication, number2) {
  const { forge, request, heads: heads2, log: log2 } = publication;
  const { branch, base, noteForGithubToken: note } = request;
  const nothing2 = (reason, why) => {
    log2.warning(`${why}, so nothing is written.`);
    return { outcome: "none", reason, branch, number: number2 };
  };
  const head = heads2.branch;
  if (!head) return nothing2("branch-deleted", `The branch \`${branch}\` of #${number2} was deleted`);
  if (head.oid !== base.sha)
    return nothing2("head-moved", `\`${branch}\` was moved from ${base.sha} to ${head.oid} meanwhile`);
  const pull3 = (await forge.pulls.list(branch)).find((one) => one.number === number2);
  if (!pull3?.isOpen)
    return nothing2("pull-request-closed", `#${number2} was ${pull3?.isMerged ? "merged" : "closed"}`);
  const files = wantedFiles(request.files, head).filter(
    (file) => !sameEntry(file, head.files.get(file.path))
  );
  if (files.length === 0) return { outcome: "none", reason: "unchanged", branch, number: number2, url: pull3.url };
  const parent = await parentOf(publication, head);
  const rebuilds = parent.oid !== head.oid;
  const commit3 = await commitFiles(publication, { parent, files, before: head.oid, rebuilds });
  if (commit3 === void 0) return "moved";
  if (rebuilds) log2.info(`It replaces ${head.oid}, an earlier commit of uv-fod.`);
  if (heads2.isGithubToken && note) log2.info(note);
  return { outcome: "pushed", branch, commit: commit3, number: number2, url: pull3.url };
}
async function parentOf(publication, head) {
  const tip = (await readBranch2(publication))?.commits.at(-1);
  const [parent, ...others] = tip?.sha === head.oid && tip.ours ? tip.parents : [];
  return parent === void 0 || others.length > 0 ? head : { ...head, oid: parent };
}

// src/pull-request/auto-merge.ts
async function setAutoMerge(publication, pull3) {
  const { request, heads: heads2, log: log2 } = publication;
  if (!request.autoMerge) return void 0;
  const result2 = await enable(publication, pull3, request.autoMerge).catch((error2) => {
    if (error2 instanceof UserError) return off("warning", error2.message);
    throw error2;
  });
  log2[result2.level](result2.message);
  if (result2.isNew && heads2.isGithubToken)
    log2.info(
      "GITHUB_TOKEN does that merge, so it starts no workflows; with the token of a GitHub App it does."
    );
  return result2;
}
var off = (level2, message) => ({ isNew: false, level: level2, message });
async function enable({ forge, request, log: log2 }, pull3, wanted2) {
  const { number: number2 } = pull3;
  const base = request.base.ref;
  if (pull3.hasAutoMerge) return off("info", `Auto-merge is already enabled for #${number2}.`);
  if (pull3.isDraft) return off("info", `#${number2} is a draft, so auto-merge is not enabled.`);
  if (request.isUnverified)
    return off("info", `#${number2} did not pass verification, so auto-merge is not enabled.`);
  const { disabledBy, isAllowed, methods } = await forge.pulls.merging(pull3);
  if (disabledBy !== void 0)
    return off("info", `Auto-merge of #${number2} was disabled by ${disabledBy}, so it is not enabled again.`);
  const method = methods.find((one) => one === wanted2) ?? methods[0];
  if (!isAllowed || method === void 0)
    return off(
      "warning",
      `Auto-merge is not enabled for #${number2}: the repository does not allow it. Enable "Allow auto-merge" in its settings (General, Pull Requests), or remove \`auto-merge\`.`
    );
  if (wanted2 !== true && method !== wanted2)
    log2.warning(
      `The repository does not allow the merge method \`${wanted2}\`, so #${number2} uses \`${method}\`.`
    );
  const nothingToWaitFor = await forge.pulls.enableAutoMerge(pull3, method);
  if (nothingToWaitFor !== void 0)
    return off(
      "warning",
      `Auto-merge is not enabled for #${number2}, because it can be merged already (${nothingToWaitFor}). Require a check or a review for \`${base}\`, or merge it yourself; uv-fod does not merge.`
    );
  return {
    ...{ isNew: true, level: "info" },
    message: `Auto-merge is enabled for #${number2} (${method}): it is merged once all requirements of \`${base}\` are met.`
  };
}

// src/pull-request/pulls.ts
var withMarker = (pull3) => ({ ...pull3, marker: readMarker(pull3.body) });
async function listPulls({ forge, request }) {
  return (await forge.pulls.list(request.branch)).map(withMarker);
}
function openPull(pulls, request) {
  const open5 = pulls.filter(({ isOpen }) => isOpen);
  return open5.find(({ baseRef }) => baseRef === request.base.ref) ?? open5[0];
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
async function createPull(publication) {
  const { forge, request, log: log2 } = publication;
  const { title, branch: head } = request;
  const draft = request.draft === true || request.isUnverified === true;
  const body2 = finishBody(request.body, markerOf(request));
  const made = await forge.pulls.open({ title, body: body2, head, base: request.base.ref, draft }, log2);
  if (made === "exists") return openPull(await listPulls(publication), request);
  return made === "nothing-new" ? void 0 : withMarker(made);
}
async function updatePull({ forge, request, log: log2 }, pull3) {
  const { title, body: body2 } = request;
  const { number: number2, marker: old } = pull3;
  const marker = markerOf(request);
  const base = pull3.baseRef === request.base.ref ? {} : { base: request.base.ref };
  if (!old)
    log2.info(`The text of #${number2} has no marker of uv-fod, so it was written by a person and is kept.`);
  const isOther = old !== void 0 && old.key !== marker.key;
  const isStale = isOther || old !== void 0 && old.text !== marker.text;
  if (!isStale && !("base" in base)) return false;
  const takesOver = isOther && pull3.title !== title;
  if (takesOver) log2.info(`#${number2} changes from "${pull3.title}" to "${title}".`);
  const content = takesOver ? `${body2.trimEnd()}

${takesOverFrom(pull3)}` : body2;
  const text3 = isStale ? { title, body: finishBody(content, marker) } : {};
  await forge.pulls.edit(number2, { ...text3, ...base });
  return true;
}
var takesOverFrom = ({ title }) => `Replaces \`${title.replace(/[`\p{Cc}]/gu, " ")}\`, which this pull request proposed before.`;
async function holdBack({ forge, request, log: log2 }, pull3) {
  if (!pull3 || pull3.isDraft || !request.isUnverified) return pull3;
  const { number: number2, marker, body: body2 } = pull3;
  const convert = async () => {
    if (marker && !request.draft)
      await forge.pulls.edit(number2, { body: replaceMarker(body2, { ...marker, draft: true }) });
    await forge.pulls.setDraft(pull3, true);
    return true;
  };
  const refuse3 = (cause) => {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(
      cause.code,
      `${cause.message} Auto-merge is enabled for #${number2}, so unverified changes are not pushed to it.`,
      { cause }
    );
  };
  const isDraft2 = pull3.hasAutoMerge ? await convert().catch(refuse3) : await orWarn(log2, convert);
  if (isDraft2) log2.info(`#${number2} is a draft now, because its changes did not pass verification.`);
  return { ...pull3, isDraft: isDraft2 };
}
async function release2({ forge, request, log: log2 }, pull3) {
  const isOurs = pull3.isDraft && pull3.marker?.draft === true;
  if (!isOurs || request.isUnverified || request.draft) return pull3;
  const isReady = await orWarn(log2, async () => {
    await forge.pulls.setDraft(pull3, false);
    return true;
  });
  if (!isReady) return pull3;
  log2.info(`#${pull3.number} is ready for review: its changes passed verification now.`);
  return { ...pull3, isDraft: false };
}
var CLOSED = "<!-- uv-fod closed -->";
async function commentClosed({ forge, request: { base } }, number2) {
  const body2 = `\`${base.ref}\` has all of these changes (as of ${base.sha}), so there is nothing left to merge. Closed; the branch is kept.

${CLOSED}`;
  for (let tries = 1; ; tries++) {
    if ((await forge.pulls.comments(number2)).some((text3) => text3.includes(CLOSED))) return;
    try {
      return await forge.pulls.comment(number2, body2);
    } catch (error2) {
      if (!isUnavailable(error2) || tries === 3) throw error2;
    }
  }
}
async function closePull(publication, { number: number2, body: body2, marker }) {
  await commentClosed(publication, number2);
  const closed2 = { ...marker ?? markerOf(publication.request), closed: true };
  await publication.forge.pulls.edit(number2, { state: "closed", body: replaceMarker(body2, closed2) });
}

// src/pull-request/publish.ts
var publish = (forge, request, log2) => inRounds(forge, request, log2, (publication) => publishOnce(withNote(publication)));
function withNote(publication) {
  const { request, heads: heads2 } = publication;
  const { noteForGithubToken: note, body: body2, bodyKey: bodyKey2 = body2 } = request;
  if (!heads2.isGithubToken || note === void 0) return publication;
  return { ...publication, request: { ...request, body: `${body2.trimEnd()}

${note}`, bodyKey: bodyKey2 } };
}
function none(request, reason, pull3, commit3) {
  return { outcome: "none", reason, branch: request.branch, ...commit3 ? { commit: commit3 } : {}, ...linkOf(pull3) };
}
var linkOf = (pull3) => pull3 ? { number: pull3.number, url: pull3.url } : {};
async function publishOnce(publication) {
  const { request, heads: heads2, log: log2 } = publication;
  const { base, read: read2 } = heads2;
  const changed3 = pathsOf2(request).filter((path62) => !sameEntry(read2.files.get(path62), base.files.get(path62)));
  if (changed3.length > 0) {
    log2.warning(
      `\`${request.base.ref}\` has changed ${changed3.join(", ")} since this run started (now ${base.oid}). Nothing is published; the next run starts from there.`
    );
    return none(request, "base-changed");
  }
  const wanted2 = wantedFiles(request.files, base);
  const isCurrent = wanted2.every((file) => sameEntry(file, base.files.get(file.path)));
  if (isCurrent && !heads2.branch) return closeObsolete(publication, void 0, void 0);
  const pulls = await listPulls(publication);
  const open5 = openPull(pulls, request);
  const state = await readBranch2(publication);
  if (isCurrent) return closeObsolete(publication, state, open5);
  if (state && await isNewer(publication, state)) {
    log2.info(`A later run published on \`${request.branch}\`, so this one writes nothing.`);
    return none(request, "newer-run", open5, state.head.oid);
  }
  const closed2 = open5 ? void 0 : closedByPerson(pulls, request);
  if (closed2) {
    log2.info(
      `#${closed2.number} proposed the same and was closed by a person, so it is not opened again. To have it proposed again, reopen #${closed2.number}, or remove the comment '<!-- uv-fod …' from its description, and run this again.`
    );
    return none(request, "closed-by-person", closed2);
  }
  const before = state?.head.oid;
  const merged = pulls.some(({ isMerged, head }) => isMerged && head === before);
  const plan = await planCommit(publication, state, wanted2, merged);
  const held = plan ? await holdBack(publication, open5) : open5;
  const commit3 = plan ? await commitFiles(publication, plan) : before;
  if (commit3 === void 0) return "moved";
  const update = { commit: commit3, before, isNew: plan !== void 0 };
  return held ? updateOpen(publication, held, update) : create(publication, update);
}
async function closeObsolete(publication, state, open5) {
  const { request, log: log2 } = publication;
  if (!open5?.marker) {
    const why = open5 ? `the text of ${open5.url} was written by a person, so it stays open` : "there is no pull request to close";
    log2.info(`\`${request.base.ref}\` has all of these changes, and ${why}.`);
    return none(request, "base-is-current");
  }
  if (state && hasOthersCommits(state)) {
    log2.info(
      `The base has all of these changes, but #${open5.number} has commits by others, so it stays open.`
    );
    return none(request, "others-commits", open5);
  }
  await closePull(publication, open5);
  log2.info(`#${open5.number} has nothing left to merge and was closed.`);
  return { outcome: "closed", branch: request.branch, ...linkOf(open5) };
}
async function create(publication, update) {
  const { request, log: log2 } = publication;
  const { commit: commit3 } = update;
  const pull3 = await createPull(publication).catch(async (error2) => {
    if (update.isNew && isFinal(error2)) await takeBack(publication, update);
    throw error2;
  });
  if (!pull3) return "moved";
  log2.info(`Opened ${pull3.url}.`);
  logNote(publication);
  const { result: result2 } = await finishPull(publication, pull3);
  return { outcome: "created", branch: request.branch, commit: commit3, ...linkOf(pull3), ...result2 };
}
async function takeBack({ forge, request, log: log2 }, update) {
  const { branch } = request;
  const { commit: commit3, before } = update;
  const move = { before: commit3, after: before, force: true };
  const isBack = await forge.commits.moveBranch(branch, move).catch(() => false);
  if (isBack) log2.info(`\`${branch}\` is ${before === void 0 ? "deleted again" : "as it was before"}.`);
  else log2.warning(`The branch \`${branch}\` could not be moved back.`);
}
async function updateOpen(publication, open5, { commit: commit3, isNew: isNew2 }) {
  const { request, log: log2 } = publication;
  const pull3 = await release2(publication, open5);
  const isEdited = await updatePull(publication, pull3);
  const { wrote, result: result2 } = open5.marker ? await finishPull(publication, pull3) : { wrote: false, result: {} };
  if (!isNew2 && !isEdited && !wrote && pull3 === open5) {
    log2.info(`${open5.url} is up to date, so nothing is written.`);
    return { ...none(request, "unchanged", open5, commit3), ...result2 };
  }
  log2.info(`Updated ${open5.url}.`);
  if (isNew2) logNote(publication);
  return { outcome: "updated", branch: request.branch, commit: commit3, ...linkOf(open5), ...result2 };
}
function logNote({ request: { noteForGithubToken: note }, heads: heads2, log: log2 }) {
  if (heads2.isGithubToken && note) log2.info(note);
}
async function finishPull(publication, pull3) {
  const added = await orWarn(
    publication.log,
    () => addExtras(publication, pull3),
    () => true
  );
  const merging = await setAutoMerge(publication, pull3);
  const result2 = merging ? { autoMerge: merging.message } : {};
  return { wrote: added || merging?.isNew === true, result: result2 };
}

// src/action/request.ts
async function publishProposal({ inputs, trigger, context, forge }, proposal2, proposed2, packages, head) {
  if (!inputs.pullRequest) return { proposed: proposed2, packages, published: void 0 };
  const { base: ref, runId: run, pull: pull3 } = trigger;
  const request = { ...requestOf2(proposed2, proposal2, ref), run, base: { ref, sha: head } };
  const { log: log2, stop } = context;
  const published = await log2.group("Pull request", async () => {
    const onPull = pull3 && { ...request, branch: pull3.branch, noteForGithubToken: RUNS_WAIT_FOR_APPROVAL };
    const publishing = onPull ? commitOnPull(await forge(), onPull, pull3.number, log2) : publish(await forge(), request, log2);
    return unlessCancelled(publishing, stop);
  });
  return { proposed: proposed2, packages, published };
}
function requestOf2({ name: name6, subjects, reports, files, computedFrom, isUnverified }, { branch, options: options3 }, base) {
  const only3 = subjects.length === 1 ? subjects[0] : void 0;
  const values = /* @__PURE__ */ new Map([
    ["name", subject(name6)],
    ["before", subject(only3?.before ?? "")],
    ["after", subject(only3?.after ?? "")]
  ]);
  const filled = (template2, usual2) => template2 === void 0 ? usual2 : fillTemplate(template2, values);
  const title = filled(options3.title, subject(titleOf({ name: name6, subjects })));
  values.set("title", title);
  const { autoMerge: autoMerge2, labels, assignees, reviewers, milestone } = options3;
  const note = autoMerge2 ? `
${autoMergeNote(autoMerge2 === true ? void 0 : autoMerge2, base)}
` : "";
  const bodyOf = (draw) => {
    const report2 = `${reports.map(draw).join("\n---\n\n")}${note}`;
    return options3.body === void 0 ? report2 : fillTemplate(options3.body, new Map([...values, ["report", report2]]));
  };
  const isBump = subjects.some((one) => one.isBump);
  return {
    ...{
      title,
      branch,
      files,
      computedFrom,
      isUnverified,
      autoMerge: autoMerge2,
      labels,
      assignees,
      reviewers,
      milestone
    },
    commitMessage: filled(options3.commitMessage, title),
    body: bodyOf(body),
    noteForGithubToken: CHECKS_WAIT_FOR_APPROVAL,
    bodyKey: bodyOf(bodyKey),
    ...isBump ? { key: subjects.map(({ name: one, after }) => `${one} ${after}`).join(", ") } : {},
    draft: options3.draft === true
  };
}
function titleOf({ name: name6, subjects }) {
  const bumped2 = subjects.filter(({ isBump }) => isBump);
  const [first4] = subjects;
  if (bumped2.length > 0 && subjects.length > 1) return `${name6}: update ${bumped2.length} packages`;
  if (first4?.isBump) return `${name6}: ${first4.before} → ${first4.after}`;
  return `${subjects.length === 1 && first4 ? first4.pname : name6}: update the hash of its Python dependencies`;
}

// src/action/results.ts
import { isUtf8 } from "node:buffer";
import { lstat as lstat4, readdir as readdir5, realpath as realpath4, rename as rename3, rm as rm9, writeFile as writeFile5 } from "node:fs/promises";
import path35 from "node:path";

// src/action/proposed-schema.ts
var MOST_PROPOSALS = 100;
var MOST_PACKAGES = 1e3;
var words2 = (most2 = 1e3) => text2(most2);
var name5 = text2(200);
var system = text2(64, /^[a-z0-9_]{1,32}-[a-z0-9]{1,31}$/);
var version2 = text2(100, /^(?:[0-9A-Za-z][0-9A-Za-z.+!_~-]*)?$/);
var commit2 = text2(40, /^[0-9a-f]{40}$/);
var hash = (value, at) => typeof value === "string" && isSri(value) ? void 0 : `${at} is not an SRI hash`;
var milliseconds = number(0, 7 * 24 * 3600 * 1e3);
var kind = oneOf("wheel", "sdist", "git", "local");
var link2 = exactly({ text: words2(), url: words2(4e3) });
var vulnerability2 = exactly(
  { id: words2(), fixedIn: list2(words2(), 100) },
  { url: words2(4e3), summary: words2(4e3) }
);
var packageChange = exactly(
  { name: words2(), direct: yesOrNo },
  {
    before: words2(),
    after: words2(),
    url: words2(4e3),
    yanked: words2(4e3),
    vulnerabilities: list2(vulnerability2, 100),
    kinds: list2(exactly({ system }, { before: kind, after: kind }), 50)
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
      { before: words2(), after: words2(), links: list2(link2, 10), notes: words2(4e4) }
    ),
    why: list2(words2(2e4), 50),
    hashes: list2(
      exactly({ system, after: hash, how: oneOf("nix", "native", "both") }, { before: words2() }),
      50
    ),
    packages: list2(packageChange, MOST_PACKAGES),
    checks: list2(check2, 1e3),
    timings: list2(exactly({ stage: words2(), milliseconds }), 100),
    notDone: list2(exactly({ what: words2(), why: words2() }), 100)
  },
  {
    download: exactly({ after: whole(0, 1e15) }, { before: whole(0, 1e15), system }),
    notes: list2(words2(4e3), 100),
    notAsked: list2(words2(4e3), 200)
  }
);
var subject2 = exactly(
  { name: name5, pname: name5, before: version2, after: version2, isBump: yesOrNo },
  { release: exactly({}, { commit: commit2 }) }
);
var module = text2(200, /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u);
var stage = text2(40, /^[a-z][a-z -]*$/);
var seen2 = exactly(
  {
    ...{ name: name5, system, built: yesOrNo, imports: list2(module, 200), byNix: yesOrNo },
    timings: list2(exactly({ stage, milliseconds }), 50)
  },
  {
    failed: oneOf("Build", "Import"),
    unsandboxed: (value, at) => value === true ? void 0 : `${at} is not true`
  }
);
var proposed = exactly(
  {
    name: name5,
    subjects: list2(subject2, MOST_PROPOSALS),
    files: list2(exactly({ path: text2(4096), content: text2(4e6) }), 3 * MOST_PROPOSALS),
    computedFrom: list2(text2(4096), MOST_PROPOSALS),
    reports: list2(report, MOST_PROPOSALS),
    isUnverified: yesOrNo
  },
  // Missing in results of older versions.
  { seen: list2(seen2, MOST_PROPOSALS) }
);
var result = exactly({ version: oneOf(1), head: commit2, proposed: list2(proposed, MOST_PROPOSALS) });
var resultProblem = (value) => result(value, "result");

// src/action/results.ts
var MAX_BYTES = 5 * 1024 * 1024;
var bounds2 = { length: MAX_BYTES, depth: 32 };
var MAX_PACKAGES = 1e3;
var MAX_FILES = 64;
var MAX_ENTRIES = 1e3;
async function writeResult(proposed2, head, file) {
  const short = proposed2.map((one) => ({
    ...one,
    reports: one.reports.map((report2) => ({ ...report2, packages: report2.packages.slice(0, MAX_PACKAGES) }))
  }));
  const result2 = { version: 1, head, proposed: short };
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile5(part, `${JSON.stringify(result2, null, 2)}
`, { flag: "wx" });
    await rename3(part, file);
  } finally {
    await rm9(part, { force: true });
  }
}
async function removeResult(file, root) {
  await requireInside(root, path35.dirname(file), "The folder of the result");
  const found = await lstat4(file).catch(() => void 0);
  if (found?.isDirectory())
    throw new UserError(
      "result-refused",
      `The result cannot be written to ${file}, which is a folder. Name a file with the input 'result'.`
    );
  await rm9(file, { force: true });
}
async function readResults(place2, root) {
  await requireInside(root, path35.dirname(place2), "The folder of the result");
  const found = await lstat4(place2).catch(() => void 0);
  const files = found === void 0 ? [] : found.isDirectory() ? await filesIn(place2) : [place2];
  if (files.length === 0) {
    throw new UserError(
      "result-missing",
      `There is no result at ${place2}. Download the computing job's artifact in a step before this one, and set its path with the input 'result'.`
    );
  }
  const results = [];
  for (const file of files) results.push(await readResult(file));
  return results;
}
async function filesIn(folder) {
  const entries2 = await readdir5(await realpath4(folder), { recursive: true, withFileTypes: true });
  const files = entries2.filter(({ name: name6 }) => name6.endsWith(".json"));
  if (entries2.length > MAX_ENTRIES || files.length > MAX_FILES)
    throw new UserError(
      "result-refused",
      `${folder} has more than ${MAX_FILES} results. Download only the computing jobs' artifacts into a separate folder.`
    );
  return files.map(({ parentPath, name: name6 }) => path35.join(parentPath, name6)).sort();
}
async function readResult(file) {
  const refuse3 = notResult(file);
  const bytes = await readBytes(file, MAX_BYTES, "refuse").catch((error2) => {
    throw error2 instanceof UserError ? refuse3(error2.message.replace(/\.$/, "")) : error2;
  });
  if (bytes === void 0) throw refuse3("it is gone");
  if (!isUtf8(bytes)) throw refuse3("it is not UTF-8");
  return parseResult(bytes.toString(), file);
}
function parseResult(text3, file) {
  const refuse3 = notResult(file);
  let value;
  try {
    value = parseBoundedJson(text3, bounds2);
  } catch (error2) {
    throw refuse3(error2.message);
  }
  if (!saysNoMore(text3, value))
    throw refuse3("an object has a duplicate key, or it was not written by uv-fod");
  const problem = resultProblem(value);
  if (problem !== void 0) throw refuse3(problem);
  const { proposed: proposed2, ...rest } = value;
  return { ...rest, proposed: proposed2.map((one) => ({ ...one, seen: one.seen ?? [] })) };
}
var notResult = (file) => (why) => new UserError(
  "result-refused",
  `${printable(file)} is not a result of mode: compute (${why}). Run both jobs with the same version.`
);

// src/release/index-page.ts
async function indexReleases(index, name6, fetchText) {
  if (index === void 0) throw noIndex(name6);
  const project = normalizeName(name6) ?? name6;
  const url = `${index.replace(/\/+$/, "")}/${project}/`;
  const { status, contentType, text: text3 } = await fetchText(url, { accept: JSON_TYPE });
  if (status === 404)
    throw new UserError(
      "releases-not-found",
      `The index has no package '${name6}' (${hostOf2(url)}). Correct 'pypi' under 'releases', or name another 'index', in the configuration.`
    );
  if (status !== 200 || !contentType.startsWith(JSON_TYPE))
    throw new UserError(
      "releases-unreachable",
      `The index at ${hostOf2(url)} answered for '${name6}' with status ${status} and ${contentType || "no type"}, not with JSON of its Simple API (PEP 691). Name an index that has it as 'index' in the configuration, or run this again later.`
    );
  return versionsOf(parse5(text3, url), project);
}
function chooseIndex(...settings4) {
  return settings4.find((url) => url !== void 0 && /^https?:\/\//.test(url) && URL.canParse(url));
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
function noIndex(name6) {
  return new UserError(
    "index-unknown",
    `Nothing says which package index to ask for '${name6}'. Set 'index' in the configuration to its address, or UV_DEFAULT_INDEX in the environment, as uv reads it.`
  );
}

// src/release/advice.ts
var adviceKey = ({ name: name6, version: version4 }) => `${name6} ${version4}`;
var MOST2 = 100;
var AT_ONCE2 = 8;
var TIME2 = 15e3;
var LONGEST3 = 16e6;
var MOST_OF_ONE = 10;
async function advise(project, diff, fetchText, log2) {
  const releases = diff ? newReleases(diff, project) : [];
  if (releases.length === 0) return { advice: /* @__PURE__ */ new Map(), notAsked: [] };
  return log2.group("Index: yanked releases and known vulnerabilities", async () => {
    const advised = await askIndexes(releases, fetchText);
    for (const release3 of releases) {
      const { yanked, vulnerabilities = [] } = advised.advice.get(adviceKey(release3)) ?? {};
      const name6 = `${release3.name} ${release3.version}`;
      if (yanked !== void 0)
        log2.warning(`${name6} was yanked from its index: ${yanked || "no reason given"}`);
      for (const { id: id2, summary: summary3 } of vulnerabilities)
        log2.warning(`${name6} has the known vulnerability ${id2}${summary3 ? `: ${summary3}` : ""}`);
    }
    for (const one of advised.notAsked) log2.info(`Not asked: ${one}.`);
    log2.info(`The index answered for ${advised.advice.size} of ${releases.length} new releases.`);
    return advised;
  });
}
function newReleases({ added, changed: changed3 }, { lock }) {
  const { direct: direct2 = [], others = [] } = Object.groupBy(
    [...added, ...changed3],
    ({ relation }) => relation === "direct" ? "direct" : "others"
  );
  return [...direct2, ...others].flatMap(({ name: name6, before, after }) => {
    const old = new Set(before.map(({ version: version4 }) => version4));
    const now = new Set(after.map(({ version: version4 }) => version4));
    return (lock.byName.get(name6) ?? []).flatMap(
      ({ version: version4, source }) => source.kind === "registry" && version4 !== void 0 && now.has(version4) && !old.has(version4) ? [{ name: name6, version: version4, index: source.url }] : []
    );
  });
}
async function askIndexes(releases, fetchText, time = TIME2) {
  const signal = AbortSignal.timeout(time);
  const get = (url, accept) => fetchText(url, { accept }, { signal, most: LONGEST3 });
  const advice = /* @__PURE__ */ new Map();
  const silent = /* @__PURE__ */ new Map();
  const withoutApi = /* @__PURE__ */ new Set();
  const asked2 = releases.filter(({ index }) => /^https?:\/\//.test(index)).slice(0, MOST2);
  const one = async (release3) => {
    const { index } = release3;
    if (silent.has(index)) return;
    try {
      const fromApi = withoutApi.has(index) ? void 0 : await askApi(release3, get);
      if (!fromApi) withoutApi.add(index);
      advice.set(adviceKey(release3), fromApi ?? await askSimple(release3, get));
    } catch (error2) {
      silent.set(index, signal.aborted ? `no answer within ${time / 1e3} s` : clauseOf(error2));
    }
  };
  await inParallel(asked2, AT_ONCE2, one);
  const notAsked = [...silent].map(([index, why]) => `the index at ${hostOf3(index)} (${why})`);
  if (asked2.length < releases.length)
    notAsked.push(`${releases.length - asked2.length} of ${releases.length} new releases`);
  return { advice, notAsked };
}
async function askApi({ name: name6, version: version4, index }, get) {
  const base = /^(.*)\/simple\/*$/.exec(index)?.[1];
  if (base === void 0) return void 0;
  const { status, text: text3 } = await get(
    `${base}/pypi/${name6}/${encodeURIComponent(version4)}/json`,
    "application/json"
  );
  const answer = status === 200 ? objectIn(text3) : void 0;
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
async function askSimple({ name: name6, version: version4, index }, get) {
  const { status, contentType, text: text3 } = await get(`${index.replace(/\/+$/, "")}/${name6}/`, JSON_TYPE);
  const page2 = status === 200 && contentType.startsWith(JSON_TYPE) ? filesOfPage(text3) : void 0;
  if (!page2) throw new Error(`it answers with status ${status} and no JSON (PEP 691)`);
  const reasons = page2.filter(({ filename }) => typeof filename === "string" && versionIn(filename, name6) === version4).map(({ yanked }) => (yanked === true || typeof yanked === "string") && yanked);
  const isYanked = reasons.length > 0 && reasons.every(Boolean);
  return { vulnerabilities: [], ...isYanked ? { yanked: textOf(reasons[0]) } : {} };
}
function vulnerabilityOf(value) {
  const one = objectOf(value);
  if (!one || one.withdrawn !== void 0 && one.withdrawn !== null) return [];
  const names2 = [...textsOf(one.aliases), textOf(one.id)];
  const id2 = names2.find((name6) => name6.startsWith("CVE-")) ?? textOf(one.id);
  if (id2 === "") return [];
  const [url, summary3] = [textOf(one.link), textOf(one.summary)];
  return [
    {
      ...{ id: id2, fixedIn: textsOf(one.fixed_in) },
      ...url === "" ? {} : { url },
      ...summary3 === "" ? {} : { summary: summary3 }
    }
  ];
}
var textOf = (value) => typeof value === "string" ? value.slice(0, 400) : "";
var textsOf = (value) => Array.isArray(value) ? value.filter((one) => typeof one === "string").slice(0, 20) : [];
var objectOf = (value) => typeof value === "object" && value !== null ? value : void 0;
function objectIn(text3) {
  try {
    return objectOf(JSON.parse(text3));
  } catch {
    return void 0;
  }
}
var hostOf3 = (url) => URL.parse(url)?.host ?? "";

// src/bump/facts.ts
function packageFacts2(derivation, run) {
  return ask(derivation, { question: "packageFacts", shape: packageFacts }, run);
}
function sourceFacts(derivation, run) {
  return ask(derivation, { question: "sources", shape: sources }, run);
}
function outputFacts2(derivation, path62, run) {
  const question = { question: "outputFacts", given: { path: path62 }, shape: outputFacts, writes: true };
  return ask(derivation, question, run);
}
function stringFacts2(derivation, path62, run) {
  return ask(derivation, { question: "stringFacts", given: { path: path62 }, shape: stringFacts }, run);
}

// src/bump/fixed-output.ts
import path38 from "node:path";

// src/bump/differences.ts
import { lstat as lstat5, open as open4, readdir as readdir6, readlink as readlink3 } from "node:fs/promises";
import path36 from "node:path";
var MAX_FOUND = 200;
var CHUNK = 1 << 20;
async function differences2(first4, second) {
  const found = [];
  const open5 = [""];
  for (let at = open5.pop(); at !== void 0 && found.length < MAX_FOUND; at = open5.pop()) {
    const [left, right] = [path36.join(first4, at), path36.join(second, at)];
    const how = await differ2(left, right);
    if (how !== void 0) found.push({ path: at, how });
    else if ((await lstat5(left)).isDirectory()) {
      const names2 = /* @__PURE__ */ new Set([...await readdir6(left), ...await readdir6(right)]);
      open5.push(
        ...[...names2].sort().reverse().map((name6) => path36.join(at, name6))
      );
    }
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}
async function differ2(left, right) {
  const [one, other] = await Promise.all([left, right].map((file) => lstat5(file).catch(() => void 0)));
  if (!one || !other) return one ? "only in the first" : "only in the second";
  if (one.isFile() !== other.isFile() || one.isDirectory() !== other.isDirectory()) return "other kind";
  if (one.isSymbolicLink())
    return await readlink3(left) === await readlink3(right) ? void 0 : "other target";
  if (!one.isFile()) return void 0;
  if (one.size !== other.size) return "other size";
  if ((one.mode & 64) !== (other.mode & 64)) return "other x bit";
  return await sameBytes(left, right) ? void 0 : "other bytes";
}
async function sameBytes(left, right) {
  var _stack = [];
  try {
    const one = __using(_stack, await open4(left), true);
    const other = __using(_stack, await open4(right), true);
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
import path37 from "node:path";

// src/bump/json.ts
var STRING = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/g;
function jsonStringAt(text3, pointer) {
  JSON.parse(text3);
  const strings2 = [];
  const numbered = text3.replace(STRING, (whole2, string, colon, start2) => {
    if (colon !== void 0) return whole2;
    strings2.push({ start: start2, end: start2 + string.length, value: JSON.parse(string) });
    return `"${strings2.length - 1}"`;
  });
  let found = JSON.parse(numbered);
  for (const token of pointer.split("/").slice(1))
    found = member(found, token.replaceAll("~1", "/").replaceAll("~0", "~"));
  return typeof found === "string" ? strings2[Number(found)] : void 0;
}
function member(value, name6) {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(name6) ? value[Number(name6)] : void 0;
  const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, name6);
  return isThere ? value[name6] : void 0;
}

// src/bump/place.ts
var MAX_PLACES = 24;
async function replaceSeen({ what, key: key2 }, places, value, seen3) {
  for (const place2 of places.slice(0, MAX_PLACES)) {
    await place2.replace(value);
    const now = await seen3().catch(ifUserError);
    if (now !== void 0) return { place: place2, now };
    await place2.restore();
  }
  const isHash = key2 !== "version-files";
  const { file, line } = places[0] ?? { file: "", line: 0 };
  throw new UserError(
    isHash ? "hash-not-seen" : "version-not-seen",
    `${file}:${line} has ${what}, but when it is changed there, Nix does not see it: the value comes from another place, or is put together. Name that place under '${key2}' in the configuration.`,
    { at: { file, line } }
  );
}
function ifUserError(error2) {
  if (!(error2 instanceof UserError)) throw error2;
}
async function placesOf(sought, { root, edits }) {
  const { what, value, positions, files, key: key2 } = sought;
  const isUnset = key2 !== "version-files" && isUnsetHash(value);
  const isIt = (one) => isUnset ? isUnsetHash(one.value) : one.value === value;
  const all = [...files, ...positions.map((position2) => position2?.file)];
  const inside = [...new Set(all)].filter(
    (file) => typeof file === "string" && pathBelow(root, file) !== void 0
  );
  const [bound, others] = [[], []];
  for (const file of inside) {
    const text3 = await edits.read(file);
    const place2 = (literal) => placeOf2(file, text3, literal, nixString, edits);
    for (const position2 of positions) {
      const literal = position2?.file === file ? literalAt(text3, position2) : void 0;
      if (literal && isIt(literal)) bound.push(place2(literal));
    }
    const named = codeLiterals(text3).filter(({ name: name6 }) => !isUnset || isHashName(name6));
    others.push(...named.filter(isIt).map(place2));
  }
  if (bound.length + others.length > 0) return [...bound, ...others];
  const searched = inside.map((file) => path37.relative(root, file)).join(", ");
  throw new UserError(
    "literal-missing",
    `${what}, "${value}", is not written as a string in ${searched || "a file of this repository"}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration: ${entryFor(sought)}.`
  );
}
function entryFor({ key: key2, attribute }) {
  const output = `{ attribute = "${attribute}", file = "…" }`;
  if (key2 === "source-hash") return `${key2} = ${output}`;
  return `${key2} = [${key2 === "also" ? output : '{ file = "…", pattern = "… {version} …" }'}]`;
}
async function jsonPlace(file, pointer, { what, value }, edits) {
  const text3 = await edits.read(file);
  const found = jsonString(file, text3, pointer);
  if (found?.value === value) return placeOf2(file, text3, found, JSON.stringify, edits);
  throw new UserError(
    "literal-missing",
    `${file} should have ${what}, '${value}', at ${pointer}, but there is ${found ? `'${found.value.slice(0, 100)}'` : "no string"}. Correct the pointer in the configuration, or the file.`,
    { at: { file } }
  );
}
function jsonString(file, text3, pointer) {
  try {
    return jsonStringAt(text3, pointer);
  } catch (error2) {
    if (!(error2 instanceof SyntaxError)) throw error2;
    throw new UserError("json-syntax", `${file} is not valid JSON: ${error2.message}. Fix it.`, {
      at: { file },
      cause: error2
    });
  }
}
var placeOf2 = (file, text3, { start: start2, end: end2 }, written, edits) => ({
  file,
  line: lineOf(text3, start2),
  replace: (value) => edits.write(file, text3.slice(0, start2) + written(value) + text3.slice(end2)),
  restore: () => edits.write(file, text3)
});

// src/bump/fixed-output.ts
var SHOWN3 = 12;
async function bumpOutput(output, context) {
  const { attribute } = output;
  const { derivation, run, log: log2 } = context;
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
    under: async (hash2) => {
      await place2.replace(hash2);
      return outputFacts2(derivation, attribute, run);
    },
    explain: (result2) => outOfOrder(attribute, result2)
  };
  const { hash: after, ...first4 } = await hashFromScratch(fod, fake2, context);
  await runAgain(attribute, fod, { hash: after, ...first4 }, context);
  log2.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || "(none)"} → ${after}`}; a second run gave the same`
  );
  return { attribute, before, after, file: place2.file, line: place2.line };
}
async function withFake({ attribute, file, pointer, key: key2 }, { algorithm, positions, file: own2 }, value, context) {
  const { derivation, run, root, files, edits } = context;
  const named = file === void 0 ? void 0 : path38.join(root, file);
  const sought = {
    ...{ what: `the hash of '${attribute}'`, value, key: key2, attribute },
    positions: positions.filter((position2) => named === void 0 || position2.file === named),
    files: named === void 0 ? [own2, ...files] : [named]
  };
  const places = named !== void 0 && pointer !== void 0 ? [await jsonPlace(named, pointer, sought, edits)] : await placesOf(sought, context);
  const [one, other] = [fakeOf(value, algorithm, 1), fakeOf(value, algorithm, 2)];
  const fake2 = one === value ? other : one;
  const { place: place2 } = await replaceSeen(sought, places, fake2, async () => {
    const { hash: hash2 } = await outputFacts2(derivation, attribute, run);
    return hash2 !== value || void 0;
  });
  return { place: place2, fake: fake2 };
}
var lengths = { sha1: 20, sha256: 32, sha512: 64 };
function fakeOf(hash2, algorithm, fill2) {
  const name6 = /^(sha\d+)-/.exec(hash2)?.[1] ?? algorithm ?? "sha256";
  return `${name6}-${Buffer.alloc(lengths[name6] ?? 32, fill2).toString("base64")}`;
}
async function runAgain(attribute, fod, first4, context) {
  const result2 = await nixBuild(["--check", first4.drv], context, `Nix: ${fod.what}, a second time`);
  if (result2.code === 0) return;
  const [algorithm = ""] = first4.hash.split("-");
  const second = mismatchOf(first4.drv, algorithm, { errors: result2.errors, relayed: [] });
  if (second === void 0)
    throw new UserError(
      "fetch-failed",
      `${fod.what} failed when it was fetched a second time: ${causeOf(result2)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
      { log: result2.stderr }
    );
  throw notReproducible(attribute, [first4.hash, second.got], await differ3(fod, first4, context));
}
async function differ3(fod, first4, context) {
  try {
    const other = await hashFromScratch(fod, fakeOf(first4.hash, null, 3), context);
    return await differences2(first4.out, other.out);
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    context.log.warning(`What differs is unknown: ${error2.message}`);
    return void 0;
  }
}
function notReproducible(attribute, [first4, second], found = []) {
  const shown2 = found.slice(0, SHOWN3).map(({ path: path62, how }) => `${path62 === "" ? "the file itself" : printable(path62)} (${how})`);
  const more = found.length > SHOWN3 ? `, and ${found.length - SHOWN3} more` : "";
  const files = shown2.length === 0 ? "Which files differ is unknown" : `What differs: ${shown2.join(", ")}${more}`;
  return new UserError(
    "not-reproducible",
    `'${attribute}' gave two hashes in two runs, ${first4} and ${second}, so neither is worth anything: a later build would fail. ${files}. Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again. Nothing was changed.`
  );
}
function outOfOrder(attribute, { errors, relayed, stderr }) {
  const [other] = mismatches([...errors, ...relayed]);
  if (other === void 0) return void 0;
  const name6 = other.drv.replace(/^.*\/[a-z0-9]{32}-/, "").replace(/\.drv$/, "");
  return new UserError(
    "output-order",
    `'${attribute}' needs another fixed-output derivation whose hash is wrong now, ${name6} (Nix printed ${other.got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr }
  );
}

// src/bump/left-over.ts
import { readdir as readdir7 } from "node:fs/promises";
import path39 from "node:path";
var SHOWN4 = 5;
async function warnOfOldVersion(version4, changed3, context) {
  const { root, log: log2 } = context;
  const escaped2 = version4.replace(/[^\w]/g, "\\$&");
  const whole2 = new RegExp(`(?<!\\d|\\d\\.)${escaped2}(?!\\.?\\d)`);
  const places = [];
  for (const folder of new Set(changed3.map((file) => path39.dirname(file)))) {
    const entries2 = await readdir7(folder, { withFileTypes: true });
    const names2 = entries2.filter((entry) => entry.isFile() && entry.name.endsWith(".nix"));
    for (const file of names2.map(({ name: name6 }) => path39.join(folder, name6)).sort()) {
      const text3 = await textOf2(file, context);
      for (const { value, start: start2 } of codeLiterals(text3))
        if (whole2.test(value)) places.push(`${path39.relative(root, file)}:${lineOf(text3, start2)}`);
    }
  }
  if (places.length === 0) return;
  const more = places.length > SHOWN4 ? `, and ${places.length - SHOWN4} more` : "";
  log2.warning(
    `The old version, ${version4}, is still written in ${places.slice(0, SHOWN4).join(", ")}${more}. If it has to change with the package, list it under 'version-files' in the configuration.`
  );
}
async function textOf2(file, { edits }) {
  try {
    return await edits.read(file);
  } catch (error2) {
    if (error2 instanceof UserError) return "";
    throw error2;
  }
}
var OF_SYSTEM = /"?\b(\w+-(?:linux|darwin))"?\s*[=:]\s*"((?:sha\d+-|[0-9a-z]{32})[^"]*)"/g;
async function warnOfOtherSystems(hashes, { root, log: log2, edits }) {
  const isDone2 = (file, { line, hash: hash2 }) => hashes.some((one) => one.file === file && one.line === line && one.after === hash2);
  for (const { attribute, file, line, before, after } of hashes) {
    if (before === after) continue;
    const beside = besideOf(await edits.read(file), line, after);
    const old = beside.filter((one) => !isDone2(file, one));
    if (old.length === 0) continue;
    const places = old.map(({ system: system2, line: line2 }) => `${system2} (${path39.relative(root, file)}:${line2})`);
    const systems = beside.map(({ system: system2 }) => `"${system2}"`).join(", ");
    log2.warning(
      `'${attribute}' has a hash for each system, and only one was recomputed; old: ${places.join(", ")}. Make it an attribute for each system, and list these: { attribute = "….{system}", systems = [${systems}] }.`
    );
  }
}
function besideOf(text3, line, hash2) {
  const all = [...text3.matchAll(OF_SYSTEM)].map(
    ({ 0: whole2, 1: system2 = "", 2: value = "", index }) => {
      const end2 = index + whole2.length;
      return { system: system2, hash: value, start: index, end: end2, line: lineOf(text3, end2) };
    }
  );
  const at = all.findIndex((one) => one.line === line && one.hash === hash2);
  if (at < 0) return [];
  const isJoined = (index) => !/[{}]/.test(text3.slice(all[index]?.end, all[index + 1]?.start));
  let [first4, last] = [at, at];
  while (first4 > 0 && isJoined(first4 - 1)) first4--;
  while (last < all.length - 1 && isJoined(last)) last++;
  return all.slice(first4, last + 1);
}

// src/bump/sources.ts
function sourceOutputs({ sourceHash, hasSource: hasSource2 }, sources2) {
  const key2 = "source-hash";
  if (sourceHash) return [{ ...sourceHash, key: key2 }];
  const fixed = sources2.filter(({ hash: hash2 }) => hasSource2 && hash2 !== null);
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
function fixFor(old, { attribute, hash: hash2, identity: identity2 }, recomputed, hasSource2) {
  const isSame3 = old.identity === identity2;
  const place2 = `list the place of its tag or revision under 'version-files' in the configuration, such as { attribute = ".src.rev", value = "{tag}" }.`;
  if (hash2 === null)
    return isSame3 && hasSource2 ? `'${attribute}' is still ${identity2}. Name the fixed-output derivation that it is made from as 'source-hash' (such as ".src.src"), or ${place2} If it does not depend on the version, set source-hash = false.` : void 0;
  if (old.hash === hash2 && !recomputed.has(hash2))
    return `the hash of '${attribute}', ${hash2}, was not recomputed, so Nix would use what it fetched under it before. Name it in the configuration: source-hash = "${attribute}", or another entry of 'also'.`;
  return isSame3 ? `'${attribute}' does not depend on the version, and its hash is ${hash2} as before. Write the version into its tag (rev = "v\${version}"), or ${place2}` : void 0;
}

// src/bump/version.ts
import path40 from "node:path";
async function bumpVersion(bump, context) {
  const { facts, before, after, places } = bump;
  const { derivation, run } = context;
  const later = [];
  for (const place2 of places) later.push(...await bumpPlace(place2, bump, context));
  const seen3 = async () => (await packageFacts2(derivation, run)).version === after.version || void 0;
  if (!await seen3()) {
    const sought = {
      what: `the version of '${derivation.attribute}'`,
      value: before.version,
      positions: [facts.position],
      files: context.files,
      key: "version-files"
    };
    await replaceSeen(sought, await placesOf(sought, context), after.version, seen3);
  }
  for (const { attribute, value, error: error2 } of later)
    if ((await stringFacts2(derivation, attribute, run)).value !== value) throw error2;
}
async function bumpPlace(place2, { before, after }, context) {
  const { root, edits } = context;
  if (place2.kind === "text") {
    const [old2, now2] = [fill(place2.pattern, before), fill(place2.pattern, after)];
    await bumpText(path40.join(root, place2.file), old2, now2, context);
    return [];
  }
  const [old, now] = [fill(place2.value, before), fill(place2.value, after)];
  if (place2.kind === "nix") return bumpAttribute(place2.attribute, old, now, context);
  const what = { what: "the version", value: old };
  await (await jsonPlace(path40.join(root, place2.file), place2.pointer, what, edits)).replace(now);
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
      const changed3 = await stringFacts2(derivation, attribute, run);
      return changed3.value === now || void 0;
    });
    return [];
  } catch (error2) {
    if (!(error2 instanceof UserError) || error2.code !== "literal-missing") throw error2;
    return [{ attribute, value: now, error: error2 }];
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
  return template2.replace(/\{(version|tag|revision)\}/g, (_, name6) => {
    const value = names2[name6];
    if (value !== void 0) return value;
    throw new UserError(
      "version-place",
      `'${template2}' in the configuration requires a ${name6}, which this package's releases do not have; use {version}, or releases with a ${name6}.`
    );
  });
}

// src/bump/bump.ts
async function bumpTo(request, edits, { run, log: log2 }) {
  const { derivation, root, config, to } = request;
  const facts = await packageFacts2(derivation, run);
  const files = [facts.position?.file, facts.file, derivation.file];
  const mark = edits.mark;
  const context = { derivation, root, files, run, log: log2, edits };
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
    const changed3 = edits.since(mark).map(({ file }) => file);
    await warnOfOldVersion(bump.before, changed3, context);
  }
  await warnOfOtherSystems(hashes, context);
  return bump;
}
function isNew({ version: version4, revision }, facts) {
  return version4 !== facts.version || revision !== void 0 && revision !== facts.revision;
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
  const pattern = tagPattern(config.releases);
  const tag = (version4) => pattern && `${pattern.prefix}${version4}${pattern.suffix}`;
  const before = {
    version: facts.version,
    tag: tag(facts.version),
    revision: facts.revision ?? void 0
  };
  const after = { ...to, tag: to.tag ?? tag(to.version) };
  await bumpVersion({ facts, places: placesOf2(to, facts, config), before, after }, context);
}
function tagPattern(releases) {
  const source = releases?.source;
  return source && "tag" in source ? source.tag : void 0;
}

// src/release/choose.ts
var SHOWN5 = 5;
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
  return none2(current2.version, held);
}
function eligible(candidates, current2, rules) {
  return newerThan(candidates, current2, rules).filter((release3) => leftOut(release3, rules) === void 0);
}
function chooseHead(head, current2, rules, now) {
  if (current2.revision !== void 0 && head.revision === current2.revision)
    return none2(current2.revision.slice(0, 12), []);
  const why = tooYoung(head, rules, now);
  if (why === void 0) return { kind: "release", release: head, held: [] };
  return none2(current2.version, [{ version: head.version, why }]);
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
function none2(current2, held) {
  if (held.length === 0)
    return { kind: "none", reason: "current", text: `${current2} is the newest there is.`, held };
  const shown2 = held.slice(-SHOWN5).map(({ version: version4, why }) => `${version4} ${why}`);
  const more = held.length > SHOWN5 ? `, and ${held.length - SHOWN5} more are left out` : "";
  const text3 = `Nothing newer than ${current2} may be taken: ${shown2.join("; ")}${more}.`;
  return { kind: "none", reason: "held-back", text: text3, held };
}
function noVersion(version4, order) {
  const other = order === orders.pep440 ? 'order = "semver"' : 'order = "pep440"';
  return new UserError(
    "version-order",
    `The derivation's version '${version4}' is not one of ${order.name}, so no version is newer. Correct it, or set ${other} under 'releases' in the configuration.`
  );
}

// src/release/git.ts
import { mkdtemp as mkdtemp5, rm as rm10 } from "node:fs/promises";
import path41 from "node:path";

// src/release/tags.ts
function versionOf(tag, { prefix: prefix2, suffix }) {
  const isLongEnough = tag.length > prefix2.length + suffix.length;
  if (!isLongEnough || !tag.startsWith(prefix2) || !tag.endsWith(suffix)) return void 0;
  return tag.slice(prefix2.length, tag.length - suffix.length);
}
var tagOf = (version4, { prefix: prefix2, suffix }) => `${prefix2}${version4}${suffix}`;
function matching2(items, tag, pattern, where) {
  const found = items.flatMap((item) => {
    const version4 = versionOf(tag(item), pattern);
    return version4 === void 0 ? [] : [{ item, version: version4, tag: tag(item) }];
  });
  if (found.length > 0) return found;
  const some = items.slice(0, 3).map((item) => `'${printable(tag(item).slice(0, 60))}'`);
  const has = some.length === 0 ? "has none at all" : `has ${some.join(", ")}`;
  throw new UserError(
    "tag-pattern",
    `No tag in ${where} has the form '${tagOf("{version}", pattern)}'; it ${has}. Correct 'tag' under 'releases' in the configuration, with {version} where the version stands.`
  );
}

// src/release/git.ts
var env = { GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true", GIT_ALLOW_PROTOCOL: "https:http:ssh" };
function gitRepository(url, run, scratch2) {
  const git = async (...args) => {
    const result2 = await run("git", args, { env });
    if (result2.code === 0) return result2.stdout;
    throw failure2(url, result2);
  };
  const fetched = async (args, body2) => {
    const dir = await mkdtemp5(path41.join(scratch2, "release-"));
    const inside = (...more) => git("-C", dir, ...more);
    try {
      await inside("init", "--quiet", "--bare");
      await inside("fetch", "--quiet", "--filter=tree:0", ...args);
      return await body2(inside);
    } finally {
      await rm10(dir, { recursive: true, force: true });
    }
  };
  const commitIn = async (inside, name6) => {
    const text3 = await inside("show", "--no-patch", "--format=%H %ct", `${name6}^{commit}`);
    const [revision = "", seconds2] = text3.trim().split(" ");
    return { revision, date: Number(seconds2) * 1e3 };
  };
  return {
    name: url,
    releases: async ({ tag }) => {
      const text3 = await git("ls-remote", "--tags", "--refs", "--", url);
      const names2 = text3.split("\n").flatMap((line) => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
      return matching2(names2, (name6) => name6, tag, url).map(({ version: version4, tag: name6 }) => ({
        ...{ version: version4, tag: name6 }
      }));
    },
    commitOf: async (ref) => {
      const full = `refs/${ref}`;
      if (await git("ls-remote", "--", url, full) === "") return void 0;
      return fetched(["--depth=1", "--", url, full], (inside) => commitIn(inside, "FETCH_HEAD"));
    },
    dateOnBranch: (branch, commit3) => fetched(["--", url, `refs/heads/${branch}`], async (inside) => {
      const common = await inside("merge-base", "--", commit3, "FETCH_HEAD").catch(() => "");
      return common.trim() === commit3 ? (await commitIn(inside, commit3)).date : void 0;
    })
  };
}
function failure2(url, { code: code4, stderr }) {
  if (code4 === noSuchProgram) return toolMissing("git");
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
  const name6 = `${at.owner}/${at.repo}`;
  const commitAt = async (ref) => {
    const found = await unlessMissing(hub.rest.repos.getCommit({ ...at, ref, per_page: 1 }));
    const { committer, author: author2 } = found?.data.commit ?? {};
    return found && { revision: found.data.sha, date: Date.parse(committer?.date ?? author2?.date ?? "") };
  };
  const dateOnBranch = async (branch, commit3) => {
    const basehead = `${commit3}...${branch}`;
    const { data } = await hub.rest.repos.compareCommitsWithBasehead({ ...at, basehead, per_page: 1 });
    return data.merge_base_commit.sha === commit3 ? (await commitAt(commit3))?.date : void 0;
  };
  async function listReleases({ tag }) {
    const all = [];
    for (let page2 = 1; page2 <= MAX_PAGES; page2++) {
      const { data, headers } = await hub.rest.repos.listReleases({ ...at, per_page: 100, page: page2 });
      all.push(...data);
      if (data.length === 0 || !/rel="next"/.test(headers.link ?? "")) break;
    }
    const published = all.filter(({ draft }) => !draft);
    const found = matching2(published, (one) => one.tag_name, tag, `the releases of ${name6}`);
    return found.map(({ item, version: version4, tag: own2 }) => ({
      ...{ version: version4, tag: own2, isPrerelease: item.prerelease },
      ...item.body ? { notes: item.body.slice(0, MAX_NOTES) } : {},
      ...item.published_at ? { date: Date.parse(item.published_at) } : {}
    }));
  }
  async function listTags({ tag }) {
    let { data } = await hub.rest.git.listMatchingRefs({ ...at, ref: `tags/${tag.prefix}` });
    if (data.length === 0) ({ data } = await hub.rest.git.listMatchingRefs({ ...at, ref: "tags/" }));
    const names2 = data.map(({ ref }) => ref.replace(/^refs\/tags\//, ""));
    return matching2(names2, (one) => one, tag, name6).map(({ version: version4, tag: own2 }) => ({ version: version4, tag: own2 }));
  }
  return {
    name: name6,
    releases: (source) => asked(
      name6,
      source.kind === "github" && source.list === "tags" ? listTags(source) : listReleases(source)
    ),
    commitOf: (ref) => asked(name6, commitAt(ref)),
    dateOnBranch: (branch, commit3) => asked(name6, dateOnBranch(branch, commit3))
  };
}
var isMissing = (error2) => error2 instanceof Error && "status" in error2 && (error2.status === 404 || error2.status === 422);
var unlessMissing = (answer) => answer.catch((error2) => {
  if (isMissing(error2)) return void 0;
  throw error2;
});
async function asked(name6, answer) {
  try {
    return await answer;
  } catch (error2) {
    if (!(error2 instanceof Error) || !("status" in error2)) throw error2;
    throw isMissing(error2) ? new UserError(
      "releases-not-found",
      `GitHub has no repository ${name6}, or the token may not see it. Correct 'releases' in the configuration, or give a token that may read that repository.`,
      { cause: error2 }
    ) : new UserError(
      "releases-unreachable",
      `GitHub does not list the releases of ${name6}: ${error2.message.split("\n", 1)[0]}. Nothing was changed; run this again later, or with a token whose rate limit is not used up.`,
      { cause: error2 }
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
  for (const release3 of dated) dates.set(release3, (await repository.commitOf(`tags/${release3.tag}`))?.date);
  return listed.map((release3) => {
    const date2 = dates.get(release3);
    return date2 === void 0 ? release3 : { ...release3, date: date2 };
  });
}
async function headOf(source, parts) {
  const repository = await openRepository(source.of, parts);
  const found = await repository.commitOf(`heads/${source.branch}`);
  if (found) return { version: branchVersion(source, found.revision, found.date), ...found };
  throw new UserError(
    "releases-not-found",
    `${repository.name} has no branch '${source.branch}', or it may not be read from here. Correct 'branch' under 'releases' in the configuration, or give a token that may read that repository.`
  );
}
var branchVersion = ({ version: version4 }, revision, date2) => version4.replaceAll("{date}", new Date(date2).toISOString().slice(0, 10)).replaceAll("{revision}", revision);

// src/uv/plan/scope.ts
function planScope(project, targets) {
  const { lock } = project;
  const packages = /* @__PURE__ */ new Set();
  const direct2 = /* @__PURE__ */ new Set();
  const projects = /* @__PURE__ */ new Set();
  for (const one of targets) {
    const roots2 = selectRoots(project, one);
    const environment2 = environmentOf(parseTarget(one));
    const isHere = ({ marker }) => evaluate(marker, environment2, () => "either");
    for (const item of reachable(lock, roots2, environment2)) packages.add(item);
    for (const item of roots2.requirements.filter(isHere)) direct2.add(item.name);
    const ofProjects = roots2.packages.flatMap(({ package: item, extras }) => {
      projects.add(item);
      return [...item.dependencies, ...extras.flatMap((extra) => item.extras.get(extra) ?? [])];
    });
    const ofGroups = roots2.groups.flatMap(({ dependencies }) => dependencies);
    for (const item of [...ofProjects, ...ofGroups].filter(isHere)) direct2.add(item.package.name);
  }
  return { packages: [...packages].filter((item) => !projects.has(item)), direct: direct2 };
}

// src/uv/plan/diff.ts
function diffScopes(before, after, targets) {
  const platforms = targets.map((target2) => ({ system: target2.system, rank: tagRank(target2) }));
  const oldByName = Map.groupBy(before.packages, ({ name: name6 }) => name6);
  const nowByName = Map.groupBy(after.packages, ({ name: name6 }) => name6);
  const added = [];
  const removed = [];
  const changed3 = [];
  const hashOnly = [];
  for (const name6 of [.../* @__PURE__ */ new Set([...oldByName.keys(), ...nowByName.keys()])].sort()) {
    const old = oldByName.get(name6) ?? [];
    const now = nowByName.get(name6) ?? [];
    const { direct: direct2 } = now.length > 0 ? after : before;
    const relation = direct2.has(name6) ? "direct" : "transitive";
    const change = () => ({
      name: name6,
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
function entries(items, platforms) {
  return items.map((item) => {
    const forms = {};
    for (const { system: system2, rank } of platforms) forms[system2] = formOf(item, rank);
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
    const { kind: kind2 } = item.source;
    const source = kind2 === "registry" || kind2 === "registry-path" ? "" : sourceKey(item.source);
    return `${item.version ?? ""} ${source}`;
  });
}
function formTexts(list5) {
  return list5.map((entry) => JSON.stringify(entry.forms));
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
      const same2 = byAddress.get(address3) ?? byIndex.get(inIndex) ?? [];
      const digests = same2.map(({ hash: hash2 }) => hash2);
      if (digests.length === 0 || digests.includes(after)) return [];
      const change = kindOfChange(digests, after);
      const before = digests.find((digest3) => algorithmOf2(digest3) === algorithmOf2(after)) ?? digests[0];
      return [{ name: item.name, relation, version: item.version, filename, change, before, after }];
    })
  );
}
function kindOfChange(before, after) {
  if (after === void 0) return "digest-removed";
  if (before.some((digest3) => algorithmOf2(digest3) === algorithmOf2(after))) return "other-bytes";
  return before.every((digest3) => digest3 === void 0) ? "digest-added" : "other-algorithm";
}
var algorithmOf2 = (digest3) => digest3?.split(":", 1)[0];
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

// src/update/changes.ts
async function changesSince(older, project, targets, made, log2) {
  const before = await loadOlder(older, log2);
  if (!before || targets.length === 0) return {};
  const now = planScope(project, targets);
  const recorded = made && targets.map(({ system: system2 }) => ({ ...made.target, system: system2 }));
  const planned = planOlder(before, [...recorded ? [recorded] : [], targets], log2);
  const { scope = sameNames(before, now), bytes } = planned ?? {};
  const diff = diffScopes(scope, now, targets.map(parseTarget));
  return { diff, ...bytes === void 0 ? {} : { bytesBefore: bytes } };
}
async function loadOlder({ folder, read: read2, name: name6 }, log2) {
  try {
    return await loadProject(folder, read2);
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log2.info(
      error2.code === "lock-missing" ? `There is no older uv.lock to compare with (${name6}), so the report names no packages.` : `The older uv.lock is not compared: ${error2.message}`
    );
    return void 0;
  }
}
function planOlder(project, choices2, log2) {
  let failure3 = "";
  for (const targets of choices2) {
    try {
      const [first4] = targets.map((one) => planProject(project, parseTarget(one), one));
      return { scope: planScope(project, targets), bytes: wheelBytes(first4 ?? []) };
    } catch (error2) {
      if (!(error2 instanceof UserError)) throw error2;
      failure3 = error2.message;
    }
  }
  log2.info(`The older download is not compared: ${failure3}`);
  return void 0;
}
function sameNames({ lock }, { packages, direct: direct2 }) {
  const names2 = new Set(packages.map(({ name: name6 }) => name6));
  return { packages: lock.packages.filter(({ name: name6 }) => names2.has(name6)), direct: direct2 };
}
var SHOWN6 = 8;
function logChanges(diff, log2) {
  const all = [...diff.added, ...diff.removed, ...diff.changed];
  const ordered = [...all.filter(isDirect), ...all.filter((change) => !isDirect(change))];
  const names2 = ordered.map(({ name: name6 }) => name6);
  const more = names2.length > SHOWN6 ? ` and ${names2.length - SHOWN6} more` : "";
  const list5 = names2.length === 0 ? "" : ` (${names2.slice(0, SHOWN6).join(", ")}${more})`;
  return log2.group(
    `uv.lock: ${names2.length === 1 ? "1 package" : `${names2.length} packages`} changed${list5}`,
    async () => {
      for (const change of ordered) {
        log2.info(
          `${change.name} ${versions(change.before)} → ${versions(change.after)}${isDirect(change) ? "" : " (transitive)"}`
        );
      }
      for (const { name: name6, filename, change } of diff.hashOnly)
        if (change === "other-bytes")
          log2.warning(`${name6}: ${filename} has other bytes under the same version.`);
        else log2.info(`${name6}: ${filename}: ${digestTexts[change]}.`);
    }
  );
}
var digestTexts = {
  "digest-added": "uv.lock now has its digest",
  "digest-removed": "uv.lock no longer has its digest",
  "other-algorithm": "uv.lock has its digest by another algorithm"
};
var isDirect = ({ relation }) => relation === "direct";
var versions = (entries2) => entries2.length === 0 ? "(none)" : entries2.map(({ version: version4, source }) => version4 ?? source ?? "?").join(", ");

// src/update/index-of-lock.ts
function indexOfLock({ packages }, name6) {
  const wanted2 = normalizeName(name6) ?? name6;
  const counts = /* @__PURE__ */ new Map();
  for (const { name: found, source } of packages) {
    if (source.kind !== "registry") continue;
    if (found === wanted2) return source.url;
    counts.set(source.url, (counts.get(source.url) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

// src/update/older.ts
async function olderProject({ folder, lockFile }, made, plans, { compareWith, since }, checkout2) {
  const at = (commit3) => ({
    ...{ folder, name: commit3, read: (file) => checkout2.textAt(commit3, file) }
  });
  if (compareWith !== void 0) return at(compareWith);
  const isStale = Object.entries(plans).some(([system2, plan]) => {
    const recorded = made?.systems[system2]?.plan;
    return recorded !== void 0 && recorded !== plan;
  });
  if (made === void 0 || !isStale) return at(since);
  const seen3 = /* @__PURE__ */ new Set();
  const find = async (commits) => {
    for (const commit3 of commits.filter((one) => !seen3.has(one))) {
      seen3.add(commit3);
      if (await isMadeFor(at(commit3), made)) return at(commit3);
    }
    return void 0;
  };
  return await find([since]) ?? await find(await checkout2.commitsOf(lockFile)) ?? (await checkout2.deepen() ? await find(await checkout2.commitsOf(lockFile)) : void 0) ?? at(since);
}
async function isMadeFor({ folder, read: read2 }, { target: target2, systems }) {
  try {
    const project = await loadProject(folder, read2);
    return Object.entries(systems).every(([system2, { plan }]) => {
      const declared2 = { ...target2, system: system2 };
      return manifestDigest(planProject(project, parseTarget(declared2), declared2), declared2) === plan;
    });
  } catch (error2) {
    if (error2 instanceof UserError) return false;
    throw error2;
  }
}

// src/update/package.ts
async function updatePackage(request, edits, context, finders) {
  const { config, derivation, checkout: checkout2, options: options3 } = request;
  const mark = edits.mark;
  const mayChangeVersion = options3.version !== void 0 || options3.findReleases && config.releases;
  const old = mayChangeVersion ? await evaluateOld(derivation, context) : void 0;
  const choice = options3.version === void 0 ? await chooseVersion(request, old, context, finders) : { kind: "release", release: { version: options3.version }, held: [] };
  const to = choice?.kind === "release" ? choice.release : void 0;
  const hasOutputs = config.also.length > 0 || config.sourceHash !== void 0;
  const isBumped = to !== void 0 || options3.updateOutputs && hasOutputs;
  const bump = isBumped ? await bumpTo({ derivation, root: checkout2.root, config, to }, edits, context) : void 0;
  const plan = await planUpdate(derivation, context, bump ? void 0 : old);
  const { warnings, notChecked } = linesOf(plan.lockState);
  for (const one of warnings) context.log.warning(`${config.name}: ${one}`);
  for (const one of notChecked) context.log.info(`${config.name}: not checked: ${one}`);
  const changes = await lockChanges(request, plan, bump ? old : void 0, context);
  const update = await computeUpdate(plan, options3, context);
  context.stop.throwIfAborted();
  await edits.add(update.edits, derivation);
  const isBuilt2 = options3.verify && edits.since(mark).length > 0;
  const outcome2 = isBuilt2 ? await placed(plan, context, () => verifyUpdate(plan, config, options3, context)) : notBuilt;
  return { config, bump, choice, ...changes, update: { ...update, ...outcome2 }, edits: edits.since(mark) };
}
async function evaluateOld(derivation, { run, log: log2 }) {
  try {
    return await evaluate2(derivation, run, log2, { revision: true });
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log2.info(`The present version can't be evaluated: ${error2.message}`);
    return void 0;
  }
}
async function chooseVersion({ config, derivation, options: options3 }, old, context, finders) {
  const { releases, name: name6 } = config;
  if (!options3.findReleases || !releases) return void 0;
  const { version: version4, revision } = old ?? await packageFacts2(derivation, context.run);
  const current2 = { version: version4, ...revision ? { revision } : {} };
  const { source } = releases;
  const ofLock2 = async () => source.kind === "pypi" && old ? indexOfLock((await loadInside(old.project, context)).lock, source.name) : void 0;
  const index = finders.index ?? chooseIndex(await ofLock2());
  const choice = await findRelease(releases, current2, { ...finders, index }, Date.now());
  context.log.info(
    `${name6}: ${choice.kind === "release" ? `${choice.release.version} is there.` : choice.text}`
  );
  for (const held of choice.held) context.log.info(`${name6}: ${held.version} is held back: ${held.why}`);
  return choice;
}
async function lockChanges({ checkout: checkout2, options: options3 }, { pinned: pinned2, project, states, before }, old, { read: read2, log: log2 }) {
  if (options3.lockOnly || checkout2.head === "") return {};
  const isFetched = old !== void 0 && pathBelow(checkout2.root, old.project) === void 0;
  const place2 = { folder: pinned2.project, lockFile: project.lockFile };
  const plans = Object.fromEntries(states.map(({ target: target2, plan }) => [target2.system, plan]));
  const older = isFetched ? { folder: old.project, read: read2, name: `the source of ${old.version}` } : await olderProject(place2, before?.lock, plans, options3.comparison, checkout2);
  const own2 = states.filter(({ target: target2 }) => target2.system === pinned2.system);
  const targets = [...own2, ...states.filter((one) => !own2.includes(one))].map((one) => one.pinned.target);
  const changes = await changesSince(older, project, targets, before?.lock, log2);
  if (changes.diff) await logChanges(changes.diff, log2);
  return changes;
}

// src/release/verify.ts
async function verifyRelease({ source, rules }, current2, claimed, parts, now) {
  if (source.kind === "branch") return verifyHead({ source, rules }, claimed, parts, now);
  const order = orders[rules.order];
  if (!order.isVersion(claimed.version)) throw changed2(`'${claimed.version}' is not a version`);
  const until = (one) => order.isVersion(one.version) && order.compare(one.version, claimed.version) <= 0;
  const listed = await candidatesOf(source, rules, current2, parts, until);
  const release3 = listed.find(({ version: version4 }) => version4 === claimed.version);
  if (!release3) throw changed2(`version ${claimed.version} is not released`);
  const choice = chooseRelease(listed, current2, rules, now);
  if (choice.kind !== "release" || choice.release.version !== claimed.version) {
    const why = choice.held.find(({ version: version4 }) => version4 === claimed.version)?.why;
    throw changed2(
      `the configuration does not lead from ${current2.version} to ${claimed.version}${why === void 0 ? "" : ` (it ${why})`}`
    );
  }
  const commit3 = await tagCommit(source, claimed.version, parts);
  if (commit3 !== claimed.commit)
    throw changed2(
      `${claimed.version} is at ${commit3 ?? "no commit"}, and the other job saw it at ${claimed.commit ?? "no commit"}`
    );
  return release3;
}
async function tagCommit(source, version4, parts) {
  if (!("tag" in source)) return void 0;
  const repository = await openRepository(source, parts);
  return (await repository.commitOf(`tags/${tagOf(version4, source.tag)}`))?.revision;
}
async function verifyHead({ source, rules }, { version: version4, commit: commit3 }, parts, now) {
  if (commit3 === void 0) throw changed2(`no commit is named for ${version4}`);
  const date2 = await (await openRepository(source.of, parts)).dateOnBranch(source.branch, commit3);
  if (date2 === void 0) throw changed2(`${commit3} is not on the branch ${source.branch}`);
  const named = branchVersion(source, commit3, date2);
  if (named !== version4) throw changed2(`the commit ${commit3} has the version ${named}, not ${version4}`);
  if (now - date2 < rules.minimumAge)
    throw changed2(`the commit ${commit3} is younger than the configuration allows`);
  return { version: version4, revision: commit3, date: date2 };
}
var changed2 = (why) => new UserError(
  "result-refused",
  `The result of the other job is not published: ${why}. Nothing was written; run both jobs again.`
);

// src/action/proposed.ts
async function proposedOf({ name: name6 }, updated, { checkout: checkout2, edits, reports }, isSandboxed, finders) {
  const subjects = [];
  for (const one of updated) subjects.push(await subjectOf(one, finders));
  return {
    ...{ name: name6, reports, subjects },
    files: edits.map(({ file, after }) => ({ path: requirePath(checkout2, file), content: after })),
    computedFrom: updated.flatMap(({ update }) => pathBelow(checkout2.root, update.project.lockFile) ?? []),
    isUnverified: updated.some(({ update }) => update.failed !== void 0),
    seen: updated.map((one) => seenOf(one, isSandboxed))
  };
}
async function subjectOf({ config, bump, choice, update: { pinned: pinned2 } }, finders) {
  const isBump = bump !== void 0 && bump.before !== bump.after;
  const release3 = isBump && choice?.kind === "release" ? choice.release : void 0;
  const commit3 = finders && release3 && config.releases ? release3.revision ?? await tagCommit(config.releases.source, release3.version, finders) : void 0;
  return {
    ...{ name: config.name, pname: pinned2.pname, isBump },
    ...{ before: bump?.before ?? pinned2.version, after: bump?.after ?? pinned2.version },
    ...commit3 === void 0 ? {} : { release: { commit: commit3 } }
  };
}
function seenOf({ config, update }, isSandboxed) {
  const { pinned: pinned2, out, imported: imported2, hashes, stages, failed: failed2 } = update;
  const own2 = hashes.find(({ system: system2 }) => system2 === pinned2.system);
  return {
    ...{ name: config.name, system: pinned2.system, built: out !== void 0 },
    imports: imported2.map(({ module: module2 }) => module2),
    byNix: own2?.how === "nix" || own2?.how === "both",
    timings: stages.done.map(({ name: name6, milliseconds: milliseconds2 }) => ({ stage: name6, milliseconds: milliseconds2 })),
    ...failed2 === void 0 ? {} : { failed: failed2.name === "Build" ? "Build" : "Import" },
    ...isSandboxed ? {} : { unsandboxed: true }
  };
}
function requirePath(checkout2, file) {
  const inside = pathBelow(checkout2.root, file);
  if (inside !== void 0) return inside;
  throw new UserError(
    "outside-checkout",
    `${file} has to change, but it lies outside the checkout ${checkout2.root}; keep the derivation's hash and build lock in this repository.`
  );
}

// src/action/report.ts
import path42 from "node:path";

// src/action/package-changes.ts
function changedPackages({ added, removed, changed: changed3 }, lock, { advice }) {
  const changes = [...added, ...removed, ...changed3].filter((change) => !isProject(change));
  return changes.map((change) => {
    const { name: name6, relation, before, after } = change;
    const advised = after.flatMap(({ version: version4 = "" }) => advice.get(adviceKey({ name: name6, version: version4 })) ?? []);
    const vulnerabilities = advised.flatMap((one) => one.vulnerabilities);
    return {
      name: name6,
      direct: relation === "direct",
      before: label2(before),
      after: label2(after),
      url: advised.find(({ page: page2 }) => page2 !== void 0)?.page ?? pageOf(lock, name6),
      yanked: advised.find((one) => one.yanked !== void 0)?.yanked,
      vulnerabilities: vulnerabilities.length > 0 ? vulnerabilities : void 0,
      kinds: kindsOf2(change)
    };
  });
}
var isProject = ({ before, after }) => [...before, ...after].every(({ source }) => /^(?:virtual|editable|directory) \.$/.test(source ?? ""));
function pageOf(lock, name6) {
  const sources2 = lock.byName.get(name6)?.map(({ source }) => source) ?? [];
  const index = sources2.find((source) => source.kind === "registry")?.url;
  return index && `${index.replace(/\/+$/, "")}/${name6}/`;
}
var label2 = (entries2) => entries2.length === 0 ? void 0 : entries2.map(({ version: version4, source }) => version4 ?? source ?? "dynamic").join(", ");
function kindsOf2({ before, after }) {
  const systems = new Set([...before, ...after].flatMap(({ forms }) => Object.keys(forms)));
  const kinds = [...systems].map((system2) => ({
    system: system2,
    before: kindOf(before.at(-1)?.forms[system2]),
    after: kindOf(after.at(-1)?.forms[system2])
  }));
  const isUsual = (kind2) => kind2 === void 0 || kind2 === "wheel";
  const found = kinds.filter((one) => !isUsual(one.before) || !isUsual(one.after));
  return found.length > 0 ? found : void 0;
}
var kindOf = (form = "none") => form === "none" ? void 0 : form === "directory" ? "local" : form;

// src/action/reasons.ts
var SHOWN7 = 6;
function reasonsFor({ hashes, edits }, diff) {
  if (edits.length === 0) return [];
  const edit = edits.find(({ file }) => isBuildLockName(file));
  const [before, after] = [edit?.before, edit?.after].map(
    (text3) => text3 === void 0 ? void 0 : parseBuildLock(text3, edit?.file ?? "")
  );
  const hasBoth = before !== void 0 && after !== void 0;
  const isFirst = hashes.every((one) => !one.before);
  const reasons = [
    ...isFirst ? ["This is the first hash."] : [],
    ...hasBoth ? options(before, after) : [],
    ...diff ? ofLock(diff) : [],
    ...hasBoth ? buildTools(before, after) : []
  ];
  if (reasons.length > 0) return reasons;
  return [
    hashes.some((one) => one.before !== one.after) ? "The hash did not match uv.lock, although uv.lock did not change for this package since the commit that it is compared with." : "What has to be built, or its build requirements, changed. The wheels did not."
  ];
}
var fileChanges = [
  ["other-bytes", "The index has different files for the same version", "Review this before you merge."],
  ["digest-removed", "uv.lock no longer has a digest of some files"],
  ["digest-added", "uv.lock now has a digest of files"],
  ["other-algorithm", "uv.lock has digests of another algorithm"]
];
function ofLock({ added, removed, changed: changed3, hashOnly }) {
  return [
    ...added.length + removed.length + changed3.length > 0 ? ["uv.lock changed."] : [],
    ...fileChanges.flatMap(([kind2, what, advice = ""]) => {
      const names2 = hashOnly.filter(({ change }) => change === kind2).map(labelOf2);
      return sentence(what, [...new Set(names2)]).map((text3) => `${text3} ${advice}`.trim());
    })
  ];
}
function options({ target: before }, { target: after }) {
  const names2 = [.../* @__PURE__ */ new Set([...Object.keys(before), ...Object.keys(after)])];
  const texts2 = names2.flatMap((name6) => {
    const [old, now] = [before[name6], after[name6]].map((value) => JSON.stringify(value) ?? "none");
    return old === now ? [] : [`${name6} ${old} → ${now}`];
  });
  return sentence("An option of the derivation changed", texts2);
}
function buildTools(before, after) {
  const built = versionsOf2(before.builds);
  const fresh = Object.values(after.builds).filter(({ name: name6 }) => !built.has(name6));
  return [
    ...sentence("Build tools changed", changesOf(toolsOf(before), toolsOf(after))),
    ...sentence("Built from source in another version", changesOf(built, versionsOf2(after.builds))),
    ...sentence("Newly built from source", fresh.map(labelOf2))
  ];
}
var changesOf = (before, after) => [...after].flatMap(([name6, now]) => {
  const old = before.get(name6);
  return old === void 0 || old === now ? [] : [`${name6} ${old} → ${now}`];
}).sort();
function versionsOf2(builds) {
  const byName = Map.groupBy(Object.values(builds), ({ name: name6 }) => name6);
  const text3 = (of) => [...new Set(of.map(({ version: version4 = "dynamic" }) => version4))].join(" and ");
  return new Map([...byName].map(([name6, of]) => [name6, text3(of)]));
}
var labelOf2 = ({ name: name6, version: version4 = "" }) => `${name6} ${version4}`.trim();
function toolsOf({ wheels }) {
  const tools2 = /* @__PURE__ */ new Map();
  for (const file of Object.keys(wheels).sort()) {
    const [name6 = "", version4 = ""] = file.split("-", 2);
    tools2.set(name6, (tools2.get(name6) ?? /* @__PURE__ */ new Set()).add(version4));
  }
  return new Map([...tools2].map(([name6, versions2]) => [name6, [...versions2].join(" and ")]));
}
function sentence(what, texts2) {
  if (texts2.length === 0) return [];
  const shown2 = texts2.length > SHOWN7 ? `${texts2.slice(0, SHOWN7).join(", ")} and ${texts2.length - SHOWN7} more` : list(texts2);
  return [`${what}: ${shown2}.`];
}

// src/action/report.ts
function reportOf({ update, diff, bump, choice, config, bytesBefore }, advised, serverUrl, lack) {
  const { hashes, failed: failed2, pinned: pinned2, states, project, stages } = update;
  const isBump = bump !== void 0 && bump.before !== bump.after;
  const releaseNotes = choice?.kind === "release" ? choice.release.notes : void 0;
  const noDigest = noDigestText(states.flatMap(({ artifacts }) => artifacts));
  const notes = [...linesOf(update.lockState).warnings, ...noDigest === void 0 ? [] : [noDigest]];
  const own2 = states.find(({ target: target2 }) => target2.system === pinned2.system) ?? states[0];
  return {
    version: 1,
    subject: isBump ? bumped(config, [bump.before, bump.after], releaseNotes, serverUrl) : { name: pinned2.pname, after: bump?.after || pinned2.version || void 0 },
    why: [...isBump ? [released(config.name, bump.after)] : [], ...reasonsFor(update, diff)],
    hashes: changedHashes(
      hashes.map((one) => ({ ...one, how: one.how === "recorded" ? "native" : one.how }))
    ),
    packages: diff ? changedPackages(diff, project.lock, advised) : [],
    // That of this machine's system, if it is one of the systems.
    download: {
      system: own2?.target.system,
      before: bytesBefore,
      after: wheelBytes(own2?.artifacts ?? [])
    },
    checks: [
      ...(bump?.hashes ?? []).map(
        ({ attribute, after: hash2 }) => ok(`Fixed-output derivation ${attribute} built twice with the same hash`, hash2)
      ),
      ...checks(update, lack),
      ...failed2 ? [failed2] : []
    ],
    timings: stages.done.map(({ name: name6, milliseconds: milliseconds2 }) => ({ stage: name6, milliseconds: milliseconds2 })),
    notDone: [...lack === void 0 ? [] : [withoutIsolation(lack)], ...notDone(update)],
    ...notes.length > 0 ? { notes } : {},
    notAsked: advised.notAsked.length > 0 ? advised.notAsked : void 0
  };
}
var ok = (name6, detail) => ({ name: name6, result: "ok", detail });
var released = (name6, version4) => `${name6} ${version4} was released.`;
var withoutIsolation = (why) => ({
  what: "Isolation of builds from the job’s files and tokens",
  why
});
function changedHashes(hashes) {
  return hashes.filter(({ before, after }) => before !== after).map(({ system: system2, before, after, how }) => ({ system: system2, before: before || void 0, after, how }));
}
function bumped({ name: name6, releases }, [before, after], notes, serverUrl) {
  const subject3 = { name: name6, before, after, notes };
  if (releases?.source.kind !== "github") return { ...subject3, links: [] };
  const { owner, repo, list: list5, tag } = releases.source;
  const page2 = `${serverUrl}/${owner}/${repo}`;
  const [old, now] = [before, after].map((version4) => encodeURI(tagOf(version4, tag)));
  const links = [{ text: "All changes", url: `${page2}/compare/${old}...${now}` }];
  if (list5 === "releases") links.unshift({ text: "Release notes", url: `${page2}/releases/tag/${now}` });
  return { ...subject3, links };
}
function notDone(update) {
  const { out, edits, hashes, pinned: pinned2, states, confirmation, failed: failed2, lockState: lockState2 } = update;
  const once2 = hashes.filter(({ how }) => how === "nix").map(({ system: system2 }) => system2);
  const others = states.map(({ target: target2 }) => target2.system).filter((system2) => system2 !== pinned2.system);
  const found = [
    ...linesOf(lockState2).notChecked.map((why) => ({
      ...{ what: "Comparison of uv.lock with pyproject.toml", why }
    })),
    ...confirmation.notVerified.map((why) => ({
      ...{ what: "Verification of a file that the build lock pins", why }
    }))
  ];
  if (once2.length > 0)
    found.unshift({
      what: `Second computation of the hash for ${once2.join(", ")}`,
      why: "skip-second-derivation is true"
    });
  if (out === void 0 && edits.length > 0 && !failed2)
    found.push({ what: "Build and import", why: "verify is false" });
  if (out !== void 0 && others.length > 0)
    found.push({
      what: `Build and import for ${others.join(", ")}`,
      why: `this runner builds for ${pinned2.system}`
    });
  return found;
}
function checks({ out, imported: imported2, hashes }, lack) {
  if (out === void 0) return [];
  const byNix = hashes.filter(({ how }) => how === "nix" || how === "both").map(({ system: system2 }) => system2);
  return [
    ...byNix.length > 0 ? [ok("Fixed-output derivation fetched by Nix from scratch", byNix.join(", "))] : [],
    ok(lack === void 0 ? "Built offline in Nix’s sandbox" : "Built", out),
    ...imported2.map(({ module: module2, file }) => ok(`import ${module2}`, path42.relative(out, file)))
  ];
}

// src/action/run.ts
async function runAction(runner) {
  const { context } = runner;
  const checkout2 = await runner.checkout();
  const edits = await context.openEdits(checkout2.root);
  const config = await configOf2(runner);
  const shared2 = { checkout: checkout2, edits, options: optionsOf(runner, config), finders: findersOf(runner, config) };
  const derivationOf = async (one) => derivationRef(one.nix, one.attribute, checkout2.root, runner.inputs.config);
  await requireOwnLocks(config.packages, derivationOf, context);
  const results = [];
  const all = proposals(config);
  const wanted2 = runner.trigger.pull ? asOneProposal(all) : all;
  for (const proposal2 of wanted2) results.push(await runProposal(runner, proposal2, shared2));
  return results;
}
function optionsOf({ inputs, trigger, context }, config) {
  const { verify: verify3, skipSecondDerivation, findReleases } = inputs;
  const { isScheduled, kind: kind2 } = trigger.trust;
  const cacheTo = inputs.cacheTo ?? config.cacheTo;
  const mayCopy = cacheTo === void 0 || kind2 === "own";
  if (!mayCopy) context.log.info(`Nothing is copied to ${cacheTo}: this run works on what is not merged.`);
  return {
    ...{ verify: verify3, skipSecondDerivation, lockOnly: false, recompute: false },
    findReleases: findReleases ?? isScheduled,
    updateOutputs: !isScheduled,
    comparison: comparisonOf({ inputs, trigger }),
    cacheTo: mayCopy ? cacheTo : void 0
  };
}
var comparisonOf = ({ inputs, trigger }) => ({
  ...{ compareWith: inputs.compareWith || void 0, since: trigger.before ?? "HEAD^" }
});
function findersOf({ hub, context, index }, config) {
  const { run, scratch: scratch2, fetchText } = context;
  return { hub, fetchText, run, scratch: scratch2, index: chooseIndex(config.index, index) };
}
async function runProposal(runner, proposal2, { checkout: checkout2, edits, options: options3, finders }) {
  const { inputs, context } = runner;
  const { log: log2 } = context;
  const { name: name6, packages } = proposal2;
  const result2 = await edits.undoOnError(async () => {
    const updated = [];
    for (const config of packages) {
      if (packages.length > 1) log2.info(`${config.name}, of the group ${name6}:`);
      const derivation = derivationRef(config.nix, config.attribute, checkout2.root, inputs.config);
      const one = await updatePackage({ config, derivation, checkout: checkout2, options: options3 }, edits, context, finders);
      logResult(one, log2);
      updated.push(one);
    }
    const lack = lackOf(await context.sandbox());
    const reports = await reportsOf(updated, lack, runner, finders);
    const made = { checkout: checkout2, edits: edits.since(), reports };
    const looksUp = inputs.mode === "compute" ? finders : void 0;
    const proposed2 = await proposedOf(proposal2, updated, made, lack === void 0, looksUp);
    const hashes = updated.map(({ config, update }) => ({ name: config.name, hashes: update.hashes }));
    return publishProposal(runner, proposal2, proposed2, hashes, checkout2.head);
  });
  const isForCheckout = inputs.mode !== "compute" && !inputs.pullRequest;
  await (isForCheckout ? edits.keep() : edits.undo());
  return result2;
}
async function reportsOf(updated, lack, { githubUrl, context }, finders) {
  const { changed: changed3 = [], others = [] } = Object.groupBy(
    updated,
    ({ edits }) => edits.length > 0 ? "changed" : "others"
  );
  const reports = [];
  for (const one of [...changed3, ...others]) {
    const { project, edits } = one.update;
    const diff = edits.length > 0 ? one.diff : void 0;
    const advised = await advise(project, diff, finders.fetchText, context.log);
    const report2 = reportOf(one, advised, githubUrl, lack);
    const isPart = one.edits.length > 0 || changed3.length === 0;
    reports.push(isPart ? report2 : { ...report2, packages: [], download: void 0, timings: [] });
  }
  return reports;
}
function logResult({ update: { hashes }, edits, config }, log2) {
  for (const { system: system2, before, after } of hashes) {
    log2.info(
      before === after ? `${system2}: ${after}, as before` : `${system2}: ${before || "(none)"} → ${after}`
    );
  }
  if (edits.length === 0)
    log2.info(`Nothing to do for ${config.name}: hash and build lock are up to date with uv.lock.`);
}

// src/action/verified.ts
var refuse2 = (why) => new UserError(
  "result-refused",
  `The result of the other job is not published: ${printable(why)}. Nothing was written. See the log of that job, or run both jobs again.`
);

// src/action/verified-report.ts
import path43 from "node:path";
async function verifiedProposal({ name: name6, files, isUnverified, seen: seen3, computedFrom }, verified, runner, { tree }) {
  const { packages, locks } = verified;
  const lockReports = [];
  for (const lock of locks) lockReports.push(await lockReport(lock, runner, tree));
  const headlines = packages.map((one) => subjectOf2(one, runner.githubUrl));
  const [only3] = headlines;
  const report2 = {
    version: 1,
    subject: headlines.length === 1 && only3 ? only3 : { name: name6 },
    why: [
      ...packages.flatMap(({ config, bump }) => bump ? [released(config.name, bump.after.version)] : []),
      ...new Set(lockReports.flatMap(({ why }) => why))
    ],
    hashes: locks.flatMap(({ hashes }) => changedHashes(hashes.map((one) => ({ ...one, how: "native" })))),
    packages: onePerChange(lockReports.flatMap((one) => one.packages)),
    download: lockReports[0]?.download,
    checks: checksOf(verified),
    seen: seenChecks(seen3, verified),
    timings: seen3.flatMap(
      ({ timings }) => timings.map(({ stage: stage2, milliseconds: milliseconds2 }) => ({ stage: `build job: ${stage2}`, milliseconds: milliseconds2 }))
    ),
    notDone: notDone2(seen3),
    notes: [...new Set(lockReports.flatMap(({ notes }) => notes))],
    notAsked: [...new Set(lockReports.flatMap(({ notAsked }) => notAsked))]
  };
  const more = headlines.length === 1 ? [] : headlines.filter(({ after }) => after !== void 0);
  const locked = locks.map(({ project }) => path43.posix.join(project, "uv.lock"));
  return {
    ...{ name: name6, files, isUnverified, seen: seen3 },
    // Without changes no build lock leads to a uv.lock. Paths of the result are verified files of
    // the base.
    computedFrom: [.../* @__PURE__ */ new Set([...locked, ...computedFrom])],
    subjects: packages.map(({ config, bump }) => ({
      ...{ name: config.name, pname: config.name, isBump: bump !== void 0 },
      ...{ before: bump?.before.version ?? "", after: bump?.after.version ?? "" }
    })),
    reports: [report2, ...more.map(headlineOnly)]
  };
}
function onePerChange(packages) {
  const found = /* @__PURE__ */ new Map();
  for (const one of packages) {
    const key2 = JSON.stringify([one.name, one.before, one.after]);
    const other = found.get(key2);
    found.set(key2, { ...other ?? one, direct: one.direct || other?.direct === true });
  }
  return [...found.values()];
}
var notDone2 = (seen3) => [
  ...seen3.some(({ unsandboxed }) => unsandboxed) ? [withoutIsolation("the build job ran without Nix’s sandbox")] : [],
  ...seen3.some(({ built }) => built) ? [] : [{ what: "Build and import", why: "the build job did not report it" }]
];
var headlineOnly = (subject3) => ({
  ...{ version: 1, subject: subject3, why: [], hashes: [], packages: [], checks: [], timings: [], notDone: [] }
});
var subjectOf2 = ({ config, bump }, serverUrl) => bump ? bumped(config, [bump.before.version, bump.after.version], bump.release.notes, serverUrl) : { name: config.name };
function checksOf({ packages, locks }) {
  const hashes = locks.flatMap((lock) => lock.hashes);
  return [
    ...hashes.map(({ system: system2, after }) => ok(`Hash for ${system2} computed from uv.lock`, after)),
    ...packages.flatMap(({ config, bump }) => {
      if (!bump) return [];
      const { tag, version: version4 } = bump.release;
      return [ok(`Release ${tag ?? version4} of ${config.name} exists and is allowed`, bump.commit)];
    })
  ];
}
function seenChecks(seen3, { unseen, locks }) {
  const taken = locks.flatMap((lock) => lock.taken);
  return [
    ...taken.map((what) => ({ name: `Build lock: ${what}`, result: "not checked" })),
    ...seen3.flatMap(({ system: system2, built, byNix, imports, failed: failed2, unsandboxed }) => [
      ...failed2 === void 0 ? [] : [{ name: `${failed2} for ${system2}`, result: "failed" }],
      ...byNix ? [ok(`Nix computed the hash for ${system2}`)] : [],
      ...built ? [ok(`Built ${unsandboxed ? "without" : "in"} Nix’s sandbox for ${system2}`)] : [],
      ...imports.map((module2) => ok(`import ${module2} (${system2})`))
    ]),
    ...unseen.map(({ attribute, after }) => ok(`Hash of ${attribute}, built twice`, after))
  ];
}
async function lockReport(lock, runner, { root, read: read2 }) {
  const { log: log2, fetchText } = runner.context;
  const folder = path43.join(root, lock.project);
  const project = await loadProject(folder, read2);
  const made = lock.before === void 0 ? void 0 : parseBuildLock(lock.before, lock.path);
  const plans = Object.fromEntries(lock.hashes.map(({ system: system2, planned }) => [system2, planned.plan]));
  const place2 = { folder, lockFile: project.lockFile };
  const older = await olderProject(place2, made, plans, comparisonOf(runner), await runner.checkout());
  const targets = lock.hashes.map(({ system: system2 }) => ({ ...lock.target, system: system2 }));
  const { diff, bytesBefore: before } = await changesSince(older, project, targets, made, log2);
  const advised = await advise(project, diff, fetchText, log2);
  const edits = [{ file: lock.path, before: lock.before, after: lock.after }];
  const [own2] = lock.hashes;
  const noDigest = noDigestText(lock.hashes.flatMap(({ planned }) => planned.artifacts));
  return {
    why: reasonsFor({ hashes: lock.hashes, edits }, diff),
    packages: diff ? changedPackages(diff, project.lock, advised) : [],
    notAsked: advised.notAsked,
    notes: noDigest === void 0 ? [] : [noDigest],
    download: own2 && { system: own2.system, before, after: wheelBytes(own2.planned.artifacts) }
  };
}

// src/action/verify.ts
import { lstat as lstat6 } from "node:fs/promises";
import path47 from "node:path";

// src/action/verify-places.ts
import path44 from "node:path";
function placesOf3(file, text3) {
  const literals = codeLiterals(text3);
  const named = literals.flatMap(
    ({ name: name6, value, within }) => name6 === "pname" ? [{ value, set: within.slice(0, -1) }] : []
  );
  const isAlone = new Set(named.map(({ value }) => value)).size <= 1;
  return literals.map((literal) => {
    const around = named.filter(({ set }) => set.every((one, index) => one === literal.within[index]));
    return { file, literal, owners: around.map(({ value }) => value), isAlone };
  });
}
function closest(places, config) {
  const own2 = places.filter((place2) => isOf(place2, config));
  return own2.length > 0 ? own2 : places.filter(({ owners, isAlone }) => isAlone || owners.length === 0);
}
function isOf({ literal: { within }, owners }, { name: name6, attribute }) {
  const names2 = [name6, attribute.split(".").at(-1)];
  return owners.some((one) => names2.includes(one)) || within.some((one) => names2.includes(one));
}
async function ownVersion(before, { config, file }, tree) {
  const isVersion = ({ literal: { name: name6 } }) => name6 === "version";
  const own2 = file === void 0 ? [] : (await read(file, tree)).filter(isVersion);
  const others = async () => (await placesWith(before, tree)).filter((place3) => isVersion(place3) && isOf(place3, config));
  const all = closest(own2.length > 0 ? own2 : await others(), config);
  const least2 = Math.min(...all.map(({ literal }) => literal.within.length));
  const place2 = only2(
    all.filter(({ literal }) => literal.within.length === least2),
    before,
    config
  );
  if (place2 === void 0 || place2.literal.value === before) return place2;
  if (config.versionFiles.length > 0) return void 0;
  throw refuse2(`it claims that ${config.name} has the version ${before}, and the base has another`);
}
async function namedPlace(names2, before, config, tree) {
  const [within, name6] = [names2.at(-2), names2.at(-1)];
  const named = (await placesWith(before, tree)).filter(({ literal }) => literal.name === name6);
  const inside = named.filter(({ literal }) => within === void 0 || literal.within.includes(within));
  return only2(closest(inside.length > 0 ? inside : named, config), before, config);
}
async function currentRevision(config, files, tree) {
  const all = (await Promise.all(files.map((file) => read(file, tree)))).flat();
  const isRevision = ({ literal: { name: name6, value } }) => name6 === "rev" && /^[0-9a-f]{40}$/.test(value);
  const found = closest(all.filter(isRevision), config);
  return found.length === 1 ? found[0]?.literal.value : void 0;
}
function only2(places, value, { name: name6 }) {
  if (places.length <= 1) return places[0];
  throw refuse2(
    `the base has "${value}" in several places, and the publishing job cannot tell without Nix which one belongs to ${name6}; write it once, beside its pname`
  );
}
var read = async (file, tree) => placesOf3(file, await tree.read(path44.join(tree.root, file)) ?? "");
async function placesWith(value, tree) {
  const files = await tree.nixFilesWith(`"${value}"`);
  const all = await Promise.all(files.map((file) => read(file, tree)));
  return all.flat().filter(({ literal }) => literal.value === value);
}
function dependencyPlaces({ system: system2, before }, places) {
  const named = places.filter(({ literal: { name: name6 } }) => isHashName(name6) || name6 === system2);
  const recorded = named.filter(({ literal }) => literal.value !== "" && literal.value === before);
  if (recorded.length > 0) return recorded;
  const called = named.filter(({ literal: { within } }) => within.includes("fetchUvDeps"));
  return called.length > 0 ? called : named.filter(({ literal }) => isUnsetHash(literal.value));
}
var ALIASES2 = {
  goModules: "vendorHash",
  cargoDeps: "cargoHash",
  npmDeps: "npmDepsHash"
};
function outputPlaces({ attribute, file }, config, places) {
  const hashes = places.filter(
    (place2) => isHashName(place2.literal.name) && (file === void 0 || place2.file === file)
  );
  const names2 = attribute.split(".").filter((one) => one !== "");
  const fits2 = ({ literal }) => literal.name === ALIASES2[names2.at(-1) ?? ""] || literal.within.some((one) => names2.includes(one));
  const found = hashes.filter(fits2);
  if (found.length > 0) return closest(found, config);
  return hashes.length === 1 ? closest(hashes, config) : [];
}

// src/action/verify-code.ts
async function verifyCode(code4, packages, hashes, tree) {
  const nix = [];
  for (const file of code4) {
    const expected = expectedText(file, packages);
    if (file.path.endsWith(".nix")) nix.push({ ...file, before: expected });
    else if (expected !== file.after) throw changesMore(file);
  }
  const changed3 = new Set(code4.map((file) => file.path));
  for (const { config, bump } of packages)
    for (const place2 of config.versionFiles)
      if (bump && place2.kind !== "nix" && !changed3.has(place2.file))
        throw refuse2(`it changes the version of ${config.name}, but not in ${place2.file}`);
  const unseen = await verifyNixFiles(nix, packages, hashes, tree);
  for (const { system: system2, after } of hashes) {
    if (code4.some((file) => file.after.includes(`"${after}"`))) continue;
    const others = await tree.nixFilesWith(`"${after}"`);
    if (!others.some((name6) => !changed3.has(name6)))
      throw refuse2(`no derivation has the hash for ${system2}, ${after}`);
  }
  return unseen;
}
var changesMore = ({ path: name6 }) => refuse2(`it changes more in ${name6} than version and hashes`);
function expectedText({ path: name6, before, after }, packages) {
  let text3 = before;
  for (const { config, bump } of packages) {
    for (const place2 of config.versionFiles)
      if (bump && place2.kind !== "nix" && place2.file === name6) text3 = withVersion(place2, text3, bump);
    for (const { file, pointer } of outputsOf(config, bump !== void 0)) {
      if (file !== name6 || pointer === void 0) continue;
      const [old, now] = [jsonString2(text3, pointer), jsonString2(after, pointer)];
      if (!old || !now || now.value === old.value) continue;
      if (!isNewHash(now.value, old.value)) throw refuse2(`the value at ${pointer} of ${name6} is not a hash`);
      text3 = text3.slice(0, old.start) + JSON.stringify(now.value) + text3.slice(old.end);
    }
  }
  return text3;
}
function withVersion(place2, text3, { before, after }) {
  if (place2.kind === "text") {
    const parts = text3.split(fill(place2.pattern, before));
    if (parts.length !== 2)
      throw refuse2(`${place2.file} does not have the version once at '${place2.pattern}'`);
    return parts.join(fill(place2.pattern, after));
  }
  const found = jsonString2(text3, place2.pointer);
  if (found?.value !== fill(place2.value, before))
    throw refuse2(`${place2.file} does not have the previous version at ${place2.pointer}`);
  return text3.slice(0, found.start) + JSON.stringify(fill(place2.value, after)) + text3.slice(found.end);
}
function jsonString2(text3, pointer) {
  try {
    return jsonStringAt(text3, pointer);
  } catch {
    return void 0;
  }
}
function outputsOf({ sourceHash, hasSource: hasSource2, also }, isBump) {
  const own2 = { attribute: ".src", file: void 0, pointer: void 0 };
  const source = sourceHash ?? (hasSource2 && (isBump || also.length > 0) ? own2 : void 0);
  return source ? [source, ...also] : [...also];
}
var digestBytes = { sha1: 20, sha256: 32, sha512: 64 };
function isNewHash(after, before) {
  const [, algorithm = "", digest3 = ""] = /^(sha\d+)-(.+)$/.exec(after) ?? [];
  const old = /^(sha\d+)-/.exec(before)?.[1];
  const bytes = Buffer.from(digest3, "base64");
  const isWhole = bytes.length === digestBytes[algorithm] && bytes.toString("base64") === digest3;
  return isWhole && !isUnsetHash(after) && (old === void 0 || old === algorithm);
}
async function verifyNixFiles(files, packages, hashes, tree) {
  const places = files.flatMap(({ path: file, before }) => placesOf3(file, before));
  const dependencies = hashes.map(
    (one) => ({
      at: dependencyPlaces(one, places),
      becomes: (after) => after === one.after
    })
  );
  const versions2 = (await Promise.all(packages.map((one) => versionChanges(one, tree)))).flat();
  const taken = new Set(dependencies.flatMap(({ at }) => at));
  const free = places.filter((place2) => !taken.has(place2));
  const outputs = packages.flatMap(
    ({ config, bump }) => outputsOf(config, bump !== void 0).filter(({ pointer }) => pointer === void 0).map((output) => ({
      attribute: output.attribute,
      at: outputPlaces(output, config, free),
      becomes: isNewHash
    }))
  );
  const used = useAll(files, [...dependencies, ...versions2, ...outputs]);
  if (versions2.some((one) => !one.isOptional && !used.has(one)))
    throw refuse2("it changes the version, but not in all of its places");
  return outputs.flatMap((one) => {
    const after = used.get(one);
    return after === void 0 ? [] : [{ attribute: one.attribute, after }];
  });
}
function useAll(files, allowed) {
  const used = /* @__PURE__ */ new Map();
  for (const file of files) {
    const changed3 = changedLiterals(file.before, file.after);
    if (changed3 === void 0) throw changesMore(file);
    for (const { literal, after } of changed3) {
      const found = allowed.find(
        (one) => !used.has(one) && one.becomes(after, literal.value) && one.at.some((place2) => place2.file === file.path && place2.literal.start === literal.start)
      );
      if (!found)
        throw refuse2(
          `it changes a string in ${file.path} that is neither the version of a verified release nor a hash that belongs there`
        );
      used.set(found, after);
    }
  }
  return used;
}
async function versionChanges(one, tree) {
  const { config, bump } = one;
  if (!bump) return [];
  const { before, after } = bump;
  const changes = [];
  const isOptional = config.versionFiles.length > 0;
  const add = (place2, old, now, optional) => {
    if (place2) changes.push({ at: [place2], becomes: (text3) => text3 === now, isOptional: optional });
    else if (!optional) throw refuse2(`the base does not have "${old}" where ${config.name} has its version`);
  };
  if (before.version !== after.version)
    add(await ownVersion(before.version, one, tree), before.version, after.version, isOptional);
  const done2 = /* @__PURE__ */ new Set([`version ${before.version}`]);
  const hasRevision = before.revision !== void 0 && after.revision !== void 0;
  const revision = { kind: "nix", attribute: "src.rev", value: "{revision}" };
  for (const place2 of [...hasRevision ? [revision] : [], ...config.versionFiles]) {
    if (place2.kind !== "nix") continue;
    const [old, now] = [fill(place2.value, before), fill(place2.value, after)];
    const names2 = place2.attribute.split(".").filter((name6) => name6 !== "");
    const key2 = `${names2.at(-1)} ${old}`;
    if (old === now || done2.has(key2)) continue;
    done2.add(key2);
    add(await namedPlace(names2, old, config, tree), old, now, false);
  }
  return changes;
}

// src/action/verify-lock.ts
import path46 from "node:path";

// src/nix/nix-path.ts
import { access as access3 } from "node:fs/promises";
import path45 from "node:path";
var ofNixpkgs = [
  ...["channels.nixos.org", "releases.nixos.org", "nixos.org", "tarballs.nixos.org"],
  ...["github.com", "api.github.com", "codeload.github.com"]
];
function hostsOfNixPath(nixPath) {
  const addresses2 = [...nixPath.matchAll(/https?:\/\/[^\s:/]+/g)].flatMap(
    ([text3]) => URL.parse(text3)?.hostname ?? []
  );
  return /(^|[=:])(flake|channel):/.test(nixPath) ? [...addresses2, ...ofNixpkgs] : addresses2;
}
async function foldersBeside(nixPath) {
  const folders = nixPath.split(":").map((entry) => entry.slice(entry.indexOf("=") + 1));
  const found = await Promise.all(
    folders.map(async (folder) => {
      const dist = path45.join(folder, "../dist");
      const isOurs = path45.isAbsolute(folder) && path45.basename(folder) === "nix";
      return isOurs && await access3(path45.join(dist, "nix.js")).then(...known) ? [dist] : [];
    })
  );
  return found.flat();
}
var known = [() => true, () => false];

// src/fetch/host-policy.ts
function makeHostPolicy(rules, resolve2 = resolveBySystem) {
  const get = once(rules);
  return {
    isActive: async () => hasRules(await get()),
    check: async (address3, what) => {
      const known2 = await get();
      if (!hasRules(known2)) return;
      const url = checkText(known2, address3, what);
      if (known2.allowedHosts !== void 0) return;
      const found = await addressesOf(url, resolve2).catch(() => []);
      checkAddresses2(known2, what, url.host, found);
    },
    approve: async (address3, what) => {
      const known2 = await get();
      const url = hasRules(known2) ? checkText(known2, address3, what) : new URL(address3);
      const found = addressesOf(url, resolve2);
      const addresses2 = await (isPublicOnly(known2) ? found.catch(() => []) : found);
      checkAddresses2(known2, what, url.host, addresses2);
      return addresses2;
    }
  };
}
var everywhere = makeHostPolicy(async () => ({ allowedHosts: void 0, isUntrusted: false }));
var isPublicOnly = ({ allowedHosts, isUntrusted }) => allowedHosts === void 0 && isUntrusted;
var hasRules = ({ allowedHosts, isUntrusted }) => allowedHosts !== void 0 || isUntrusted;
function checkText({ allowedHosts, isUntrusted }, address3, what) {
  const url = URL.parse(address3);
  if (url === null || /[\u0000-\u0020\u007f\\]/.test(address3))
    throw refused(what, address3, "is not an http or https address");
  if (url.protocol === "ssh:" && isUntrusted)
    throw refused(what, url.host, "is an ssh address, which an untrusted lock cannot use");
  if (!/^(https?|ssh):$/.test(url.protocol) || url.hostname === "")
    throw refused(what, address3, "is not an http or https address");
  if (allowedHosts !== void 0 && !isAllowedHost(address3, allowedHosts))
    throw refused(what, url.host, "is not among the configuration's allowed-hosts");
  if (isUntrusted && (url.username !== "" || url.password !== ""))
    throw refused(what, url.host, "has credentials in its address");
  return url;
}
function checkAddresses2(rules, what, host, addresses2) {
  if (!isPublicOnly(rules)) return;
  if (addresses2.length === 0) throw refused(what, host, "cannot be resolved");
  const inner = addresses2.find((address3) => !isPublicAddress(address3));
  if (inner !== void 0) throw refused(what, host, `is ${inner}, which is not a public address`);
}
function refused(what, host, why) {
  return new UserError(
    "host-not-allowed",
    `${printable(what)} is not fetched: '${printable(host.slice(0, 200))}' ${why}. Nothing was changed. To permit the host, add it to allowed-hosts in .github/uv-fod.toml on the base branch; changes of a pull request to this list have no effect.`
  );
}
var defaultPorts = { "https:": "443", "http:": "80", "ssh:": "22" };
function isAllowedHost(address3, hosts) {
  const url = URL.parse(address3);
  if (url === null || url.hostname === "") return false;
  const name6 = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = "", wanted2 = defaultPorts[url.protocol]] = entry.split(":");
    if (port !== wanted2) return false;
    return host.startsWith("*.") ? name6.endsWith(host.slice(1)) && name6.length > host.length - 1 : name6 === host;
  });
}
function withNixPath(policy, open5, nixPath) {
  const hosts = new Set(hostsOfNixPath(nixPath));
  return {
    ...policy,
    isActive: async () => true,
    approve: (address3, what) => (hosts.has(URL.parse(address3)?.hostname ?? "") ? open5 : policy).approve(address3, what)
  };
}

// src/action/verify-lock.ts
var claims = [
  "build-lock-invalid",
  "build-lock-stale",
  "build-lock-unverified",
  "artifact-changed",
  "sdist-invalid",
  "pyproject-invalid"
];
async function verifyLock(file, baseline) {
  const { tree, runner } = baseline;
  const { path: name6, before, after } = file;
  const lock = await refusing(async () => parseBuildLock(after, name6));
  const old = before === void 0 ? void 0 : parseBuildLock(before, name6);
  checkSystems(lock, old);
  const folder = path46.posix.dirname(name6);
  const project = await tree.projectNear(folder === "." ? "" : folder);
  if (project === void 0)
    throw refuse2(
      `without Nix the uv.lock of ${name6.slice(0, 200)} cannot be found: none or several are beside it or directly below it`
    );
  const dir = path46.join(tree.root, project);
  const uvLock = await tree.read(path46.join(dir, "uv.lock"));
  checkHosts2(lock, [before ?? "", uvLock ?? ""], baseline);
  const { native } = runner.context;
  const computed = await hashesFor(lock, dir, { read: tree.read, native });
  const hashes = computed.map((planned) => {
    const {
      hash: hash2,
      target: { system: system2 }
    } = planned;
    const claimed = lock.systems[system2]?.hash;
    if (claimed !== hash2)
      throw refuse2(`it claims the hash ${claimed} for ${system2}, and this job computed ${hash2}`);
    return { system: system2, before: old?.systems[system2]?.hash, after: hash2, planned };
  });
  const written = { file: path46.join(tree.root, name6), text: after, lock, project: dir };
  const taken = await refusing(() => verifyBuilds(written, hashes, baseline));
  return { ...file, project, target: lock.target, hashes, taken };
}
async function verifyBuilds(written, hashes, { runner: { context, base }, tree }) {
  const plans = hashes.map(({ planned }) => planned);
  const options3 = { withUv: false, resolved: false };
  const { edit, differences: differences3, taken } = await checkLock(
    written,
    plans,
    { ...context, read: tree.read },
    options3
  );
  if (edit !== void 0) throw refuse2(`its build lock is not right: ${differences3}`);
  if (taken.length > 0 && (await base.config())?.publishNewBuilds === false)
    throw refuse2(`only the build job saw ${taken.join(" and ")}, and publish-new-builds is false`);
  return taken;
}
async function refusing(step) {
  try {
    return await step();
  } catch (error2) {
    if (error2 instanceof UserError && claims.includes(error2.code))
      throw refuse2(error2.message.replace(/\.$/, ""));
    throw error2;
  }
}
function checkSystems(now, before) {
  for (const [system2, { hash: hash2 }] of Object.entries(now.systems)) {
    if (!isSri(hash2) || hash2 === fakeHash) throw refuse2(`it has no hash for ${system2.slice(0, 100)}`);
  }
  const missing = Object.keys(before?.systems ?? {}).filter((system2) => !(system2 in now.systems));
  if (missing.length > 0) throw refuse2(`it no longer has ${missing.join(" and ")}`);
}
function checkHosts2({ builds, wheels }, known2, { allowedHosts }) {
  const hosts = new Set(known2.flatMap(hostsIn));
  for (const one of [...Object.values(builds), ...Object.values(wheels)]) {
    const address3 = "url" in one ? one.url : void 0;
    if (address3 === void 0) continue;
    const host = URL.parse(address3)?.host ?? "";
    const isAllowed = hosts.has(host) || allowedHosts !== void 0 && isAllowedHost(address3, allowedHosts);
    if (!isAllowed)
      throw refuse2(
        `its build lock fetches from '${host.slice(0, 200)}', and the base does not; allow it with allowed-hosts in the base's configuration`
      );
  }
}
var hostsIn = (text3) => [...text3.matchAll(/(?:https?|ssh):\/\/([^/"'?#\s@]+@)?([^/"'?#\s]+)/g)].map(([, , host = ""]) => host);

// src/action/verify.ts
async function verify2(proposed2, baseline) {
  const { tree } = baseline;
  const files = await Promise.all(proposed2.files.map((file) => withBase(file, tree)));
  for (const name6 of proposed2.computedFrom)
    if (!await tree.hasFile(name6)) throw refuse2("it names a lock that the base does not have");
  const code4 = files.filter((file) => !isLock(file)).map(requireBefore);
  const packages = await verifyPackages(proposed2.subjects, code4, baseline);
  const locks = [];
  for (const file of files.filter(isLock)) locks.push(await verifyLock(file, baseline));
  const hashes = locks.flatMap((lock) => lock.hashes);
  return { packages, locks, unseen: await verifyCode(code4, packages, hashes, tree) };
}
var isLock = (file) => isBuildLockName(file.path);
async function withBase({ path: name6, content }, tree) {
  if (!isPlainPath(name6)) throw refuse2(`'${name6.slice(0, 200)}' is not a path inside the repository`);
  const before = await tree.read(path47.join(tree.root, name6));
  const found = await lstat6(path47.join(tree.root, name6)).catch(() => void 0);
  if (before !== void 0 && !await tree.hasFile(name6) || found !== void 0 && !found.isFile())
    throw refuse2(`${name6.slice(0, 200)} is not a regular file of the repository`);
  return { path: name6, before, after: content };
}
function requireBefore({ path: name6, before, after }) {
  if (before === void 0) throw refuse2(`it adds the file ${name6.slice(0, 200)}`);
  return { path: name6, before, after };
}
async function verifyPackages(subjects, code4, baseline) {
  const { packages } = baseline;
  const names2 = packages.map(({ config }) => config.name);
  if (subjects.length !== names2.length || subjects.some(({ name: name6 }, at) => name6 !== names2[at]))
    throw refuse2("its packages are not those of the configuration");
  const verified = [];
  for (const [index, one] of packages.entries()) {
    const subject3 = subjects[index];
    verified.push(subject3?.isBump ? { ...one, bump: await verifyBump(subject3, one, code4, baseline) } : one);
  }
  return verified;
}
async function verifyBump({ before, after, release: { commit: commit3 } = {} }, { config, file }, code4, { tree, finders }) {
  const { name: name6, releases } = config;
  if (!releases)
    throw refuse2(`it changes the version of ${name6}, and the configuration has no 'releases' for it`);
  if (before === after || before === "") throw refuse2(`it does not name the previous version of ${name6}`);
  const files = /* @__PURE__ */ new Set([...file === void 0 ? [] : [file], ...code4.map((one) => one.path)]);
  const revision = releases.source.kind === "branch" ? await currentRevision(config, [...files], tree) : void 0;
  const current2 = { version: before, ...revision === void 0 ? {} : { revision } };
  const claimed = { version: after, ...commit3 === void 0 ? {} : { commit: commit3 } };
  const release3 = await verifyRelease(releases, current2, claimed, finders, Date.now());
  const tag = (version4) => tagFor(releases, version4);
  return {
    before: { version: before, tag: tag(before), revision },
    after: { version: after, tag: release3.tag ?? tag(after), revision: release3.revision },
    ...{ release: release3, commit: commit3 }
  };
}
var tagFor = ({ source }, version4) => "tag" in source ? tagOf(version4, source.tag) : void 0;

// src/action/publish.ts
async function publishResults(runner) {
  const { inputs, context } = runner;
  const checkout2 = await runner.checkout();
  const results = await readResults(inputs.result, inputs.workspace);
  for (const { head } of results) {
    if (head !== checkout2.head) {
      throw new UserError(
        "result-refused",
        `The result was computed from commit ${head}, but ${checkout2.head} is checked out here. Check out the same commit in both jobs.`
      );
    }
  }
  const config = await configOf2(runner);
  const tree = baseTree(context.run, checkout2.root, checkout2.head);
  const published = [];
  for (const proposed2 of merge(results.map((result2) => result2.proposed))) {
    const proposal2 = proposalOf(proposed2, config);
    const packages = proposal2.packages.map((one) => {
      const { file } = derivationRef(one.nix, one.attribute, checkout2.root, inputs.config);
      return { config: one, file: file === void 0 ? void 0 : pathBelow(checkout2.root, file) };
    });
    const { allowedHosts } = config;
    const baseline = { runner, tree, packages, allowedHosts, finders: findersOf(runner, config) };
    const verified = await context.log.group(
      `Verify the result for ${proposal2.name}`,
      () => verify2(proposed2, baseline)
    );
    const own2 = await verifiedProposal(proposed2, verified, runner, baseline);
    const isGroup = packages.length > 1;
    const hashes = verified.locks.map((lock) => ({
      ...{ name: isGroup ? lock.path : proposal2.name, hashes: lock.hashes }
    }));
    published.push(await publishProposal(runner, proposal2, own2, hashes, checkout2.head));
  }
  return published;
}
function proposalOf({ name: name6, isUnverified }, config) {
  const known2 = proposals(config).find((proposal2) => proposal2.name === name6);
  if (!known2)
    throw refuse2(
      `it is about '${name6}', which neither inputs nor configuration name; use the same in both jobs`
    );
  if (isUnverified && !known2.packages.some(({ pullRequest }) => pullRequest.draft === "unverified"))
    throw refuse2(`${name6} did not pass verification, and 'draft' is not "unverified" in the configuration`);
  return known2;
}
function merge(results) {
  const merged = /* @__PURE__ */ new Map();
  for (const proposed2 of results) {
    const names2 = new Set(proposed2.map(({ name: name6 }) => name6));
    if (names2.size < proposed2.length) throw refuse2("it has a package or group twice");
    for (const one of proposed2) {
      const before = merged.get(one.name);
      if (before && keyOf3(before) !== keyOf3(one))
        throw refuse2(`two jobs computed different files for '${one.name}'; compare their logs`);
      const isUnverified = one.isUnverified || before?.isUnverified === true;
      merged.set(one.name, { ...one, isUnverified, seen: [...before?.seen ?? [], ...one.seen] });
    }
  }
  return [...merged.values()];
}
var keyOf3 = ({ files, subjects }) => JSON.stringify([
  files.map(({ path: name6, content }) => [path48.posix.normalize(name6), content]),
  subjects.map(({ name: name6, before, after, isBump, release: release3 }) => [
    ...[name6, before, after, isBump, release3?.commit]
  ])
]);

// src/action/sandbox.ts
async function requireSandbox({ mode, token, allowUnsandboxed }, { isFork }, { sandbox, log: log2 }) {
  if (mode === "publish") return;
  const found = await sandbox();
  const lack = lackOf(found);
  if (lack === void 0) return;
  const holdsToken = token !== "" && found.isolation !== "relaxed";
  if (allowUnsandboxed || !(isFork || holdsToken)) {
    log2.warning(`${upper(lack)}. Builds can read the files and the environment of this job.`);
    return;
  }
  const why = isFork ? "is for code of an untrusted contributor" : "has a token, which may have write permission";
  throw new UserError(
    "no-sandbox",
    `${upper(lack)}, and this run ${why}, so nothing was fetched or built. Set 'sandbox = true' and 'sandbox-fallback = false' in nix.conf, on a machine where Nix can create namespaces; or accept that builds can read the files and tokens of this job, with the input 'allow-unsandboxed: true'.${isFork ? "" : " A run that publishes nothing needs no token: token: ''."}`
  );
}
var upper = (text3) => text3.charAt(0).toUpperCase() + text3.slice(1);

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
  const { name: name6, payload, ref, sha: sha2 } = event3;
  const untrusted2 = (kind2, commit3) => ({
    kind: kind2,
    configuration: isCommit(commit3) ? { from: "commit", commit: commit3 } : { from: "nowhere" },
    isScheduled: false
  });
  if (payload === void 0 || !isOfRepository(event3)) return untrusted2("unknown");
  if (name6.startsWith("pull_request") || "pull_request" in payload) return proposal(event3, untrusted2);
  const queued = mergeQueue.exec(ref)?.[1];
  if (name6 === "merge_group") return untrusted2("unknown", record(payload.merge_group)?.base_sha);
  if (queued !== void 0) return untrusted2("unknown", queued);
  if (onDefaultBranch.includes(name6)) return untrusted2("unknown", sha2);
  if (!own.includes(name6) || name6 === "push" && !isPush(payload)) return untrusted2("unknown");
  const isScheduled = clockOrHand.includes(name6);
  return { kind: "own", configuration: { from: "checkout" }, isScheduled };
}
function proposal({ name: name6, payload = {}, repo }, untrusted2) {
  const pull3 = record(payload.pull_request);
  const base = record(pull3?.base);
  const head = record(pull3?.head);
  if (!base || !head || !isCommit(base.sha)) return untrusted2("unknown");
  const from = record(head.repo);
  const to = record(base.repo) ?? record(payload.repository);
  const isBranch2 = from !== void 0 && isSame2(from, to, `${repo.owner}/${repo.repo}`);
  if (!isBranch2) return untrusted2("fork", base.sha);
  const own2 = name6 === "pull_request" ? branchPull(pull3?.number, head, base, payload) : void 0;
  return { ...untrusted2("branch", base.sha), ...own2 ? { pull: own2 } : {} };
}
function branchPull(number2, { ref: branch, sha: head }, { ref: base }, { repository }) {
  const usual2 = record(repository)?.default_branch;
  if (!Number.isSafeInteger(number2) || !isBranch(branch) || !isBranch(base) || !isBranch(usual2))
    return void 0;
  if (branch === usual2 || branch === base || !isCommit(head) || head.length !== 40) return void 0;
  return { number: Number(number2), branch, head, base };
}
var isBranch = (name6) => typeof name6 === "string" && isBranchName(name6);
function isSame2(from, to, own2) {
  if (typeof from.id === "number" && typeof to?.id === "number") return from.id === to.id;
  return isNamed(from, own2);
}
function isOfRepository({ payload, repo }) {
  const repository = payload?.repository;
  if (repository === void 0) return true;
  const fields = record(repository);
  return fields !== void 0 && (!("full_name" in fields) || isNamed(fields, `${repo.owner}/${repo.repo}`));
}
var isNamed = ({ full_name: name6 }, own2) => typeof name6 === "string" && name6.toLowerCase() === own2.toLowerCase();
var isPush = ({ ref, after }) => typeof ref === "string" || typeof after === "string";
var record = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : void 0;
var isCommit = (text3) => typeof text3 === "string" && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text3) && !/^0+$/.test(text3);

// src/action/trigger.ts
function readTrigger(event3, inputs, isGithub) {
  const trust = trustOf(event3);
  const commits = inputs.pullRequest && inputs.mode === "update" && isGithub;
  const pull3 = commits ? trust.pull : void 0;
  if (inputs.pullRequest && trust.kind !== "own" && !pull3) throw unpublishable(event3, trust);
  const proposed2 = event3.payload?.pull_request;
  const head = proposed2?.head?.ref;
  const branch = typeof head === "string" ? head : /^refs\/heads\/(.+)$/.exec(event3.ref)?.[1];
  const base = pull3?.base ?? (inputs.base || branch);
  if (base === void 0 && inputs.pullRequest) {
    throw new UserError(
      "base-missing",
      `This run is on '${event3.ref}', which is not a branch. Set the base branch with the input 'base'.`
    );
  }
  const before = proposed2?.base?.sha || event3.payload?.before;
  return {
    ...event3,
    ...{ trust, pull: pull3, base: base ?? "" },
    before: typeof before === "string" && !/^0*$/.test(before) ? before : void 0,
    isFork: trust.kind === "fork" || trust.kind === "unknown"
  };
}
function unpublishable({ name: name6, payload }, { kind: kind2 }) {
  if (kind2 === "branch")
    return new UserError(
      "pull-request-event",
      `On '${name6}' nothing is published here: uv-fod opens no pull request into the branch of this one, and commits to that branch itself only on GitHub, with mode: update, for the event pull_request, and never to the default branch. Use mode: check here (its summary has the patch), and mode: update for push to the default branch, schedule or workflow_dispatch.`
    );
  if (name6 === "merge_group")
    return new UserError(
      "merge-group",
      `In a merge queue nothing can be committed, so uv-fod publishes nothing for 'merge_group'. Use mode: check here, and mode: update for pull_request or push.`
    );
  const why = payload === void 0 ? `the payload of the event '${name6}' (GITHUB_EVENT_PATH) is missing or malformed` : kind2 === "fork" ? `the event '${name6}' is for a pull request from another repository` : `the event '${name6}' does not guarantee that the checked-out code is from people who can push here`;
  return new UserError(
    "untrusted-event",
    `Nothing is published, because ${why}. Use mode: check (its summary has the patch) or mode: compute in this workflow, and publish in one for push, schedule or workflow_dispatch.`
  );
}

// src/system/cancel.ts
import { constants as constants5 } from "node:os";
var longest2 = 6e3;
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
    }, longest2);
    timer.unref();
  };
  for (const name6 of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(name6, () => cancel(shellCode(name6), cancelled(name6)));
  for (const output of [process.stdout, process.stderr])
    output.on(
      "error",
      (error2) => cancel(error2.code === "EPIPE" ? shellCode("SIGPIPE") : 1, unwritableLog(error2))
    );
  return { signal: controller.signal, code: () => code4 };
}
var shellCode = (name6) => 128 + constants5.signals[name6];
var cancelled = (name6) => new UserError(
  "cancelled",
  `Cancelled (${name6}): what was under way is ended and the checkout is as it was. Nothing is lost; run it again.`
);
var unwritableLog = (cause) => new UserError(
  "log-unwritable",
  `The log can't be written (${cause.code}): what was under way is ended and the checkout is as it was. Make room for it, and run it again.`,
  { cause }
);

// src/system/files.ts
import path49 from "node:path";
var MAX_BYTES2 = 32 * 1024 * 1024;
async function readText2(file) {
  const bytes = await readBytes(file, MAX_BYTES2);
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
    const found = await Promise.all(roots2.map((root) => realPathBelow(root, path49.resolve(file))));
    if (found.every((one) => one === void 0)) throw outside(roots2[0], file);
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

// src/system/log.ts
var redraw = 500;
var interval = 1e4;
function makeLog({ info: info2, warning: warning2, progress, begin, end: end2 }) {
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
    info: (message) => info2(harmless(message)),
    warning: (message) => warning2(harmless(message)),
    progress: (message) => {
      latest = message;
    },
    group: async (title, body2) => {
      begin(oneLine(title));
      began = shown2 = performance.now();
      const timer = setInterval(show2, redraw).unref();
      try {
        return await body2();
      } finally {
        clearInterval(timer);
        latest = "";
        end2(performance.now() - began);
      }
    }
  };
}
var oneLine = (text3) => harmless(text3).replaceAll("\n", " ");
var actionLog = ({ info: info2, warning: warning2, startGroup: startGroup2, endGroup: endGroup2 }) => makeLog({
  ...{ info: info2, warning: warning2, begin: startGroup2, end: endGroup2 },
  progress: (line, isDue) => {
    if (isDue) info2(`… ${line}`);
  }
});

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
function asUserError(error2) {
  if (error2 instanceof UserError || !(error2 instanceof Error)) return error2;
  const { code: code4 = "", errno, path: path62, syscall } = error2;
  const known2 = errno === void 0 ? void 0 : getSystemErrorMessage(errno);
  const cause = causes[code4] ?? (known2 && `${known2}; correct that and run it again`);
  if (cause !== void 0 && syscall !== void 0) {
    const place2 = path62 === void 0 ? "" : ` '${path62.slice(0, 300)}'`;
    return new UserError("system-error", `${syscall}${place2} failed (${code4}): ${cause}.`, {
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
import { format } from "node:util";
function reportUncaught(report2) {
  const write = (text3) => void process.stderr.write(`${harmless(text3)}
`);
  process.removeAllListeners("warning");
  process.on("warning", ({ message }) => write(`warning: ${message}`));
  for (const name6 of ["debug", "info", "log", "warn", "error"])
    console[name6] = (...values) => write(format(...values));
  const end2 = (error2) => {
    report2(error2);
    process.exit(1);
  };
  process.on("uncaughtException", end2);
  process.on("unhandledRejection", end2);
}

// src/update/context.ts
import path60 from "node:path";

// src/fetch/proxy.ts
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { pipeline as pipeline3 } from "node:stream/promises";

// src/fetch/proxy-route.ts
import {
  request as httpRequest
} from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as connect2, isIP as isIP3 } from "node:net";
import { pipeline as pipeline2 } from "node:stream/promises";

// src/fetch/upstream.ts
import { BlockList as BlockList2, isIP as isIP2 } from "node:net";
function upstreamFrom(environment2) {
  const get = (name6) => environment2[name6] || environment2[name6.toUpperCase()] || void 0;
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
  const name6 = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (entry === "*") return true;
  const [network = "", bits2] = entry.split("/");
  if (bits2 !== void 0) return isInNetwork(name6, network, Number(bits2));
  if (isIP2(entry.replace(/^\[|\]$/g, ""))) return entry.replace(/^\[|\]$/g, "") === name6;
  const [host = "", wanted2] = entry.split(":");
  const own2 = port || (protocol === "https:" ? "443" : "80");
  const domain = host.replace(/^\*?\./, "").toLowerCase();
  return (wanted2 === void 0 || wanted2 === own2) && (name6 === domain || isIP2(name6) === 0 && name6.endsWith(`.${domain}`));
}
function isInNetwork(name6, network, bits2) {
  const family = isIP2(network);
  if (family === 0 || isIP2(name6) !== family || !(bits2 >= 0 && bits2 <= (family === 4 ? 32 : 128)))
    return false;
  const list5 = new BlockList2();
  const type = family === 4 ? "ipv4" : "ipv6";
  list5.addSubnet(network, bits2, type);
  return list5.check(name6, type);
}
function addressOfProxy(proxy) {
  if (proxy === void 0) return void 0;
  const { protocol, username, password, hostname, port } = proxy;
  const login3 = username === "" && password === "" ? "" : `${username}:${password}@`;
  return `${protocol}//${login3}${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}
var loginOf = ({ username, password }) => username === "" && password === "" ? {} : {
  "proxy-authorization": `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`
};

// src/fetch/proxy-route.ts
var limits = { connect: 15e3, silence: 3e5 };
var hopByHop = /^(connection|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;
var withoutHops = (headers) => Object.fromEntries(Object.entries(headers).filter(([name6]) => !hopByHop.test(name6)));
var pinnedTo = (addresses2) => (host, options3, done2) => {
  const all = addresses2.map((address3) => ({ address: address3, family: isIP3(address3) }));
  const [first4] = all;
  if (!first4) done2(new Error(`${host} has no address`), []);
  else if (options3.all) done2(null, all);
  else done2(null, first4.address, first4.family);
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
    sent.setTimeout(limits.silence, () => sent.destroy(new Error("no response")));
    pipeline2(request, sent).catch(fail2);
  });
}
function dial({ url, addresses: addresses2, proxy }) {
  const port = Number(url.port || 443);
  return new Promise((done2, fail2) => {
    if (proxy) return throughProxy(`${url.hostname}:${port}`, proxy, done2, fail2);
    const socket = connect2({ host: nameOf2(url), port, lookup: pinnedTo(addresses2) });
    const late = setTimeout(() => socket.destroy(new Error("no connection in time")), limits.connect);
    socket.once("close", () => clearTimeout(late)).once("error", fail2);
    socket.once("connect", () => {
      clearTimeout(late);
      done2(socket.setTimeout(limits.silence, () => socket.destroy()));
    });
  });
}
function throughProxy(target2, proxy, done2, fail2) {
  const start2 = proxy.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = { host: target2, ...loginOf(proxy) };
  const asked2 = start2({ ...via(proxy), method: "CONNECT", path: target2, headers, agent: false });
  asked2.setTimeout(limits.connect, () => asked2.destroy(new Error("no response from the proxy")));
  asked2.once("error", fail2).once("response", () => fail2(new Error("not a proxy")));
  asked2.once("connect", ({ statusCode }, socket, head) => {
    socket.setTimeout(limits.silence, () => socket.destroy());
    if (head.length > 0) socket.unshift(head);
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
var limits2 = { headers: 32 << 10, connections: 256, silence: 3e5 };
async function startProxy(approve, upstream, what) {
  const password = randomBytes(16).toString("hex");
  const login3 = `Basic ${Buffer.from(`uv-fod:${password}`).toString("base64")}`;
  const refused2 = [];
  const tunnels = /* @__PURE__ */ new Set();
  const routeTo = (url) => route(url, upstream, (address3) => approve(address3, what)).catch((error2) => {
    if (error2 instanceof UserError) refused2.push(error2);
    throw error2;
  });
  const forward = async (request, response) => {
    const url = URL.parse(request.url ?? "");
    if (url?.protocol !== "http:") throw new Error("not a request for a proxy");
    const answer = await send(await routeTo(url), request);
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
  const isKnown = (request) => request.headers["proxy-authorization"] === login3;
  server.on("request", (request, response) => {
    if (!isKnown(request)) return void response.writeHead(407, challenge).end();
    forward(request, response).catch((error2) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(statusOf2(error2), { connection: "close" }).end();
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
    tunnel(request, socket, head).catch((error2) => {
      if (tunnels.has(socket)) socket.destroy();
      else end2(`${statusOf2(error2)} Refused`);
    });
  });
  await new Promise((done2, fail2) => server.once("error", fail2).listen(0, "127.0.0.1", done2));
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
var through = (address3) => Object.fromEntries(
  ["http_proxy", "https_proxy", "all_proxy", "no_proxy"].flatMap((name6) => {
    const value = name6 === "no_proxy" ? "" : address3;
    return [
      [name6, value],
      [name6.toUpperCase(), value]
    ];
  })
);
function makeContact(run, policy, upstream) {
  return async (program, args, options3 = {}) => {
    if (!await policy.isActive()) return run(program, args, options3);
    const proxy = await startProxy(policy.approve, upstream, `A request of ${program}`);
    try {
      const env4 = { ...options3.env, ...through(proxy.address) };
      const result2 = await run(program, args, { ...options3, env: env4 });
      const [first4] = proxy.refused;
      if (first4 === void 0) return result2;
      const { code: code4, message } = first4;
      throw new UserError(code4, message, { log: result2.stderr, cause: first4 });
    } finally {
      proxy.close();
    }
  };
}

// src/fetch/hash-tools.ts
import { tmpdir as tmpdir2 } from "node:os";
import path53 from "node:path";

// src/fetch/cache.ts
import { randomUUID as randomUUID4 } from "node:crypto";
import { existsSync as existsSync5 } from "node:fs";
import { mkdir as mkdir6, readdir as readdir8, rename as rename4, rm as rm11, stat as stat4, utimes } from "node:fs/promises";
import path50 from "node:path";
var version3 = "artifacts-1";
var day = 24 * 60 * 60 * 1e3;
var artifactsFolder = (root) => path50.join(root, version3);
async function openCache(root) {
  const cache = new ArtifactCache(artifactsFolder(root));
  await mkdir6(cache.temporaries, { recursive: true });
  return cache;
}
var ArtifactCache = class {
  folder;
  temporaries;
  constructor(folder) {
    this.folder = folder;
    this.temporaries = path50.join(folder, "tmp");
  }
  /** The file of an `algorithm:hex`, not yet verified; undefined if missing. */
  async find(digest3) {
    const file = this.#pathOf(digest3);
    return file !== void 0 && existsSync5(file) ? file : void 0;
  }
  /** Records that a file was used, to the day, for `trim`. */
  async used(file) {
    const now = Date.now();
    const before = await stat4(file).catch(() => void 0);
    if (before && now - before.mtimeMs > day) await utimes(file, now / 1e3, now / 1e3).catch(() => {
    });
  }
  /** A path for a new file, on the file system of the cache. */
  temporary() {
    return path50.join(this.temporaries, `${process.pid}-${randomUUID4()}`);
  }
  /** Moves a verified file into the cache. @returns its new path */
  async keep(file, digest3) {
    const kept = this.#pathOf(digest3);
    if (kept === void 0) return file;
    await mkdir6(path50.dirname(kept), { recursive: true });
    await rename4(file, kept);
    return kept;
  }
  /** Undefined for text that is not a digest, so that an untrusted lock names no other path. */
  #pathOf(digest3) {
    const pattern = /^(sha256|sha384|sha512):([0-9a-f]{64,128})$/;
    const [, algorithm, hex] = pattern.exec(digest3.toLowerCase()) ?? [];
    return algorithm && hex ? path50.join(this.folder, algorithm, hex) : void 0;
  }
  /** Evicts the least recently used files until at most `bytes` are left. */
  async trim(bytes) {
    const files = await list4(this.folder);
    const isTemporary = (file) => path50.dirname(file) === this.temporaries;
    const old = Date.now() - day;
    for (const { file, used } of files) if (isTemporary(file) && used < old) await rm11(file, { force: true });
    const kept = files.filter(({ file }) => !isTemporary(file));
    let sum = 0;
    for (const { file, size: size2 } of kept.sort((a, b) => b.used - a.used || (a.file < b.file ? -1 : 1))) {
      sum += size2;
      if (sum > bytes) await rm11(file, { force: true });
    }
  }
};
async function list4(base) {
  const entries2 = await readdir8(base, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries2.filter((entry) => entry.isFile()).map(async (entry) => {
      const file = path50.join(entry.parentPath, entry.name);
      const facts = await stat4(file).catch(() => void 0);
      return facts && { file, size: facts.size, used: facts.mtimeMs };
    })
  );
  return found.filter((entry) => entry !== void 0);
}

// src/system/exec.ts
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { access as access4, constants as constants6, stat as stat5 } from "node:fs/promises";
import path52 from "node:path";

// src/system/end-tree.ts
import { readdirSync, readFileSync as readFileSync2 } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
var grace = 3e3;
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
  const all = await processes(ps);
  for (const entry of descendants(pid, all)) known2.set(...entry);
  send2(-pid, "SIGKILL");
  child2.kill("SIGKILL");
  for (const [id2, start2] of known2) if (all.get(id2)?.start === start2) send2(id2, "SIGKILL");
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
    const text3 = readFileSync2(`/proc/${pid}/stat`, "latin1");
    const fields = text3.slice(text3.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), start: fields[19] ?? "" };
  } catch {
    return void 0;
  }
}
function descendants(root, all) {
  const found = /* @__PURE__ */ new Set([root]);
  for (const parent of found) for (const [pid, one] of all) if (one.parent === parent) found.add(pid);
  found.delete(root);
  return new Map([...found].map((pid) => [pid, all.get(pid)?.start ?? ""]));
}
async function processes(ps) {
  if (statusOf3(process.pid) === void 0) return parsePs(await ps());
  return new Map(
    readdirSync("/proc").flatMap((name6) => {
      const status = /^\d+$/.test(name6) ? statusOf3(Number(name6)) : void 0;
      return status ? [[Number(name6), status]] : [];
    })
  );
}
var parsePs = (text3) => new Map(
  [...text3.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, start2 = ""]) => [
    Number(pid),
    { parent: Number(parent), start: start2 }
  ])
);

// src/system/environment.ts
import path51 from "node:path";

// src/system/limits.ts
import { totalmem } from "node:os";
var minute = 60;
var hour = 60 * minute;
var megabyte = 1 << 20;
var usual = { seconds: 10 * minute, stdout: 64 * megabyte, stderr: 64 * megabyte };
var table3 = /* @__PURE__ */ new Map([
  // Evaluation alone. It may fetch a flake's inputs, or build what it imports.
  ["nix-instantiate", { ...usual, seconds: 5 * minute }],
  // Nix's structured log is more than twice as long as what a build prints.
  ["nix-build", { seconds: 5 * hour, stdout: megabyte, stderr: 256 * megabyte }],
  ["nix-store", { ...usual, seconds: hour }],
  ["nix", { ...usual, seconds: hour }],
  ["curl", { ...usual, seconds: hour }]
]);
var longest3 = 2 ** 31 / 1e3 - 1;
function limitsOf(program, seconds2) {
  const limits3 = table3.get(program) ?? usual;
  return seconds2 === void 0 ? limits3 : { ...limits3, seconds: seconds2 };
}
function timeLimit({ UV_FOD_TIME_LIMIT: text3 = "" }) {
  if (text3 === "") return void 0;
  const seconds2 = /^\d{1,7}$/.test(text3) ? Number(text3) : 0;
  if (seconds2 > 0 && seconds2 <= longest3) return seconds2;
  throw new UserError(
    "input-invalid",
    `The environment variable UV_FOD_TIME_LIMIT is '${text3.slice(0, 100)}'; it takes a number of seconds, from 1 to ${Math.floor(longest3)}.`
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
function evaluatorMemory(environment2) {
  const name6 = "GC_MAXIMUM_HEAP_SIZE";
  const here = Math.min(totalmem(), process.constrainedMemory() || totalmem());
  return { [name6]: environment2[name6] || String(Math.floor(here * 0.6)) };
}

// src/system/environment.ts
var passed = /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;
var nixLimits = "timeout = 10800\nmax-silent-time = 3600";
var slowGit = { GIT_HTTP_LOW_SPEED_LIMIT: "1000", GIT_HTTP_LOW_SPEED_TIME: "60" };
function childEnvironment(environment2) {
  const kept = Object.fromEntries(
    Object.entries(environment2).flatMap(
      ([name6, value]) => value !== void 0 && passed.test(name6) ? [[name6, value]] : []
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
var absoluteOnly = (entries2) => entries2.split(path51.delimiter).filter(path51.isAbsolute).join(path51.delimiter);
var addresses = /^UV_(DEFAULT_INDEX|INDEX|INDEX_URL)$/;
var logins = /^(NETRC|UV_INDEX_\w+_(USERNAME|PASSWORD))$/i;
function forkEnvironment(environment2, home) {
  const before = environment2.HOME ?? home;
  const config = environment2.XDG_CONFIG_HOME ?? path51.join(before, ".config");
  return {
    XDG_CACHE_HOME: path51.join(before, ".cache"),
    NIX_USER_CONF_FILES: path51.join(config, "nix/nix.conf"),
    ...withoutLogins(environment2),
    HOME: home,
    XDG_CONFIG_HOME: path51.join(home, ".config"),
    XDG_DATA_HOME: path51.join(home, ".local/share"),
    // OpenSSH finds keys by the user's entry in passwd, not by HOME.
    GIT_SSH_COMMAND: "ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none",
    GIT_CONFIG_GLOBAL: "/dev/null",
    ...gitSettings(forkGit)
  };
}
function withoutLogins(environment2) {
  const kept = Object.entries(environment2).flatMap(([name6, value]) => {
    if (value === void 0 || logins.test(name6)) return [];
    return [[name6, addresses.test(name6) ? bare2(value) : value]];
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
var announced = new AsyncLocalStorage();
subscribe(
  "child_process",
  (message) => announced.getStore()?.(message.process)
);
function makeRun(environment2, stop, seconds2) {
  const find = (program) => findProgram(program, environment2.PATH ?? "");
  return async (program, args, options3 = {}) => {
    const [tool, setsid] = await Promise.all([find(program), find("setsid")]);
    if (tool === void 0)
      return { code: noSuchProgram, stdout: "", stderr: `${program}: no such program on PATH` };
    const env4 = options3.onlyEnv ? { ...options3.onlyEnv } : { ...environment2, ...options3.env };
    const command = setsid === void 0 ? [tool, ...args] : [setsid, tool, ...args];
    const start2 = { program, command, env: env4, cwd: options3.cwd };
    await expectStartable(start2);
    stop?.throwIfAborted();
    const result2 = await outcome(start2, options3, stop, seconds2);
    stop?.throwIfAborted();
    return result2;
  };
}
async function findProgram(program, pathVariable) {
  for (const folder of absoluteOnly(pathVariable).split(path52.delimiter).filter(Boolean)) {
    const file = path52.join(folder, program);
    const isThere = await Promise.all([stat5(file), access4(file, constants6.X_OK)]).catch(() => void 0);
    if (isThere?.[0].isFile()) return file;
  }
  return void 0;
}
var [mostOfOne, mostOfAll] = [(1 << 17) - 1, 1 << 20];
async function expectStartable({ command, env: env4, cwd }) {
  if (cwd !== void 0) await access4(`${cwd}/.`, constants6.X_OK);
  const texts2 = [...command, ...Object.entries(env4).map((pair) => pair.join("="))];
  if (texts2.some((text3) => text3.includes("\0"))) throw new TypeError("An argument contains a NUL character.");
  const sizes = texts2.map((text3) => Buffer.byteLength(text3) + 1 + 8);
  const all = sizes.reduce((sum, size2) => sum + size2, 0);
  if (all <= mostOfAll && sizes.every((size2) => size2 <= mostOfOne)) return;
  throw Object.assign(new Error("spawn E2BIG"), { code: "E2BIG", syscall: "spawn", path: command[0] });
}
async function outcome({ program, command: [file, ...args], env: env4, cwd }, { input = "", onLine = () => {
}, onStart, signal }, stop, seconds2) {
  const limits3 = limitsOf(program, seconds2);
  const limit2 = new AbortController();
  const ended = AbortSignal.any([limit2.signal, stop, signal].filter((one) => one !== void 0));
  const timer = setTimeout(() => limit2.abort(timedOut(program, limits3)), limits3.seconds * 1e3);
  const exceeded = (most2) => limit2.abort(tooMuchOutput(program, most2));
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
    created.once("error", (error2) => {
      failure3 = error2;
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
    const options3 = { env: env4, silent: true, ignoreReturnCode: true, delay: forGood, listeners };
    await announced.run(onChild, () => exec(quoted(file), args, cwd === void 0 ? options3 : { ...options3, cwd })).catch((error2) => {
      throw failure3 ?? error2;
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
  const env4 = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
  return (await getExecOutput("ps", ["-A", "-o", "pid=,ppid=,lstart="], { env: env4, silent: true })).stdout;
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
  let [size2, all] = [0, 0];
  return {
    add: (chunk) => {
      all += chunk.length;
      if (all > most2) {
        exceeded(most2);
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

// src/fetch/netrc.ts
function netrcLogins(text3) {
  const logins2 = parseNetrc(text3);
  return ({ hostname }) => {
    const entry = logins2.get(hostname);
    return entry && `${entry.login}:${entry.password}`;
  };
}
function parseNetrc(text3) {
  const logins2 = /* @__PURE__ */ new Map();
  let current2;
  const words3 = withoutMacros(text3).split(/\s+/).filter((word3) => word3 !== "");
  for (let index = 0; index < words3.length; index += 1) {
    const word3 = words3[index];
    if (word3 === "default") current2 = void 0;
    else if (word3 === "machine") {
      index += 1;
      current2 = { login: "", password: "" };
      const host = words3[index] ?? "";
      if (!logins2.has(host)) logins2.set(host, current2);
    } else if (word3 === "login" || word3 === "password") {
      index += 1;
      if (current2) current2[word3] = words3[index] ?? "";
    } else if (word3 === "account") index += 1;
  }
  return logins2;
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

// src/fetch/network.ts
var mostNetrc = 1 << 20;
async function networkFrom(environment2, approve = everywhere.approve, stop = new AbortController().signal) {
  const own2 = curlEnvironment(environment2);
  const upstream = upstreamFrom(environment2);
  const netrc = environment2.NETRC ? await readBytes(environment2.NETRC, mostNetrc) : void 0;
  return {
    run: makeRun(own2, stop),
    environment: own2,
    stop,
    proxyFor: (url) => addressOfProxy(upstream(url)),
    loginFor: netrcLogins(netrc?.toString() ?? ""),
    approve: (address3, what) => approve(address3, what).catch((error2) => {
      if (error2 instanceof UserError || upstream(new URL(address3)) === void 0) throw error2;
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
  const names2 = ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", ...tls];
  return Object.fromEntries(names2.flatMap((name6) => environment2[name6] ? [[name6, environment2[name6]]] : []));
}

// src/fetch/hash-tools.ts
var cacheSize = 2 * 1024 ** 3;
async function makeHashTools(environment2, log2, stop, approve, runnerCacheFor2 = "nothing") {
  const cache = await usableCache(environment2, log2);
  const runner = runnerCacheFor2 === "nothing" ? void 0 : runnerCache(environment2);
  const maySave = runnerCacheFor2 === "everything";
  return {
    ...{ cache, cacheSize },
    network: () => networkFrom(environment2, approve, stop),
    ...runner ? { saved: { folder: cache.folder, runner, log: log2, maySave } } : {}
  };
}
async function usableCache({ XDG_CACHE_HOME, HOME }, log2) {
  const home = XDG_CACHE_HOME || (HOME ? path53.join(HOME, ".cache") : void 0);
  const temporary = path53.join(tmpdir2(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== void 0 && path53.isAbsolute(home)) {
    try {
      return await openCache(path53.join(home, "uv-fod"));
    } catch (error2) {
      log2.warning(
        `Using ${temporary} as the cache, because ${home} is not usable (${error2.message}).`
      );
    }
  }
  return openCache(temporary);
}

// src/fetch/text.ts
import { randomUUID as randomUUID5 } from "node:crypto";
import { readFile as readFile4, rm as rm12 } from "node:fs/promises";
import path54 from "node:path";
var mostBytes2 = 64 * 1024 * 1024;
var seconds = 60;
function makeFetchText(network, scratch2) {
  return async (address3, headers, { most: most2 = mostBytes2, signal } = {}) => {
    const url = URL.parse(address3);
    if (!url || !/^https?:$/.test(url.protocol))
      throw unreachable(address3, "it is not an http or https address");
    const file = path54.join(scratch2, `text-${randomUUID5()}`);
    const request = {
      ...{ url, file, most: most2, seconds, keepsErrors: true },
      headers: { "user-agent": "uv-fod", ...headers },
      label: url.pathname.split("/").at(-1) || url.host,
      explain: (_, reason) => unreachable(address3, reason)
    };
    let found = { status: 0, contentType: "", text: "" };
    try {
      const patient = { ...await network(), retries: 1 };
      const accept = async (_, { status, contentType }) => {
        found = { status, contentType, text: await readFile4(file, "utf8").catch(() => "") };
      };
      await fetchAll([request], patient, accept, signal);
      return found;
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
import { rename as rename5, rm as rm13, stat as stat6, writeFile as writeFile6 } from "node:fs/promises";
async function replaceAll(files) {
  const staged = [];
  try {
    for (const { file, text: text3 } of files) {
      if (text3 === void 0) continue;
      const part = `${file}.${randomBytes2(4).toString("hex")}.part`;
      staged.push({ part, file });
      const mode = await stat6(file).then(
        (found) => found.mode,
        () => 420
      );
      await writeFile6(part, text3, { mode });
    }
    for (const { part, file } of staged) await rename5(part, file);
  } finally {
    for (const { part } of staged) await rm13(part, { force: true });
  }
  for (const { file, text: text3 } of files) if (text3 === void 0) await rm13(file, { force: true });
}

// src/nix/git-index.ts
import path55 from "node:path";
async function introduce({ root }, edits, run) {
  const made = edits.flatMap(({ file, before }) => before === void 0 ? [file] : []);
  if (root?.kind !== "flake" || !root.url.startsWith("git+") || made.length === 0) return async () => {
  };
  const { checkout: checkout2 } = root;
  const git = (...args) => run("git", ["-C", checkout2, ...args]);
  const listed = await git("ls-files", "-z", "--", ...made.map(literally));
  const known2 = new Set(listed.stdout.split("\0").map((name6) => path55.join(checkout2, name6)));
  const fresh = made.filter((file) => !known2.has(file));
  if (fresh.length === 0) return async () => {
  };
  const added = await git("add", "--intent-to-add", "--", ...fresh.map(literally));
  if (added.code === 0) return () => forget(checkout2, fresh, run);
  const names2 = fresh.map((file) => path55.relative(checkout2, file)).join(" and ");
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
    } catch (error2) {
      await this.undo();
      throw error2;
    }
  }
};

// src/nix/fork-nix.ts
import { realpath as realpath5 } from "node:fs/promises";
import path57 from "node:path";

// src/nix/locked-flake.ts
import { copyFile as copyFile3, mkdtemp as mkdtemp6, writeFile as writeFile7 } from "node:fs/promises";
import path56 from "node:path";
import { fileURLToPath as fileURLToPath2, pathToFileURL as pathToFileURL2 } from "node:url";
async function lockedFlake(address3, run, scratch2) {
  const url = new URL(address3);
  if (url.protocol !== "git+file:") throw unlocked("it is not in a git repository");
  const checkout2 = fileURLToPath2(`file://${url.pathname}`);
  const copy = await mkdtemp6(path56.join(scratch2, "flake-"));
  const git = async (...args) => {
    const { code: code4, stdout, stderr } = await run("git", args, { env: author });
    if (code4 !== 0) throw unlocked(stderr.trim().split("\n").at(-1) ?? "");
    return stdout.trimEnd();
  };
  const own2 = (name6) => git("-C", checkout2, "rev-parse", "--path-format=absolute", "--git-path", name6);
  const dir = path56.join(copy, ".git");
  await git("init", "--quiet", "--initial-branch=main", "--template=", copy);
  await copyFile3(await own2("index"), path56.join(dir, "index"));
  await copyFile3(await own2("shallow"), path56.join(dir, "shallow")).catch(() => {
  });
  await writeFile7(path56.join(dir, "objects/info/alternates"), `${await own2("objects")}
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
var settings3 = [
  ["allow-import-from-derivation", "false"],
  ["allow-unsafe-native-code-during-evaluation", "false"],
  // Credentials of this machine, which Nix would send.
  ["access-tokens", ""],
  ["netrc-file", "/dev/null"],
  ["download-attempts", "2"]
];
var options2 = (pairs) => pairs.flatMap(([name6, value]) => ["--option", name6, value]);
var env2 = {
  GIT_SSH_COMMAND: "false",
  GIT_TERMINAL_PROMPT: "0",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null"
};
function makeForkNix(fork) {
  return async (program, args, given = {}) => {
    if (!args.includes("--expr")) return fork.run(program, args, given);
    if (program !== "nix-instantiate")
      throw new UserError("evaluation-failed", `${program} does not evaluate code of a fork.`);
    const restricted = await restrict(args, fork);
    return fork.contact(program, restricted, { ...given, env: { ...given.env, ...env2 } });
  };
}
async function restrict(args, fork) {
  const at = args.findIndex((arg, index) => arg === "url" && args[index - 1] === "--argstr");
  return at < 0 ? restrictFile(args, fork) : restrictFlake(args, at + 1, fork);
}
async function restrictFile(args, { checkout: checkout2, nixPath }) {
  const folders = [path57.resolve(checkout2), await realpath5(checkout2), ...await foldersBeside(nixPath)];
  return [
    ...args,
    // With a name, so that `<nixpkgs>` is still looked up in the user's Nix path.
    ...[...new Set(folders)].flatMap((folder, index) => ["-I", `uv-fod-reads-${index}=${folder}`]),
    ...options2([
      ...[["restrict-eval", "true"], ["allowed-uris", uris]],
      // builtins.getFlake would fetch and read what `restrict-eval` forbids.
      ["experimental-features", ""],
      ...settings3
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
    ...options2([...pure, ["flake-registry", ""], ...settings3])
  ];
}

// src/nix/journal.ts
import { readFile as readFile5, rename as rename6, rm as rm14, writeFile as writeFile8 } from "node:fs/promises";
import path58 from "node:path";
var journalName = "uv-fod-undo.json";
async function openJournal(dir, run, { self: self2, isAlive: isAlive2 }) {
  const asked2 = await run("git", ["-C", dir, "rev-parse", "--git-path", journalName]);
  if (asked2.code !== 0) return { write: async () => {
  }, clear: async () => {
  } };
  const file = path58.resolve(dir, asked2.stdout.trim());
  const content = await readFile5(file, "utf8").catch(() => void 0);
  if (content !== void 0) await recover(parseJournal(content, file), isAlive2, dir, run);
  await rm14(file, { force: true });
  return {
    write: async (edits) => {
      await writeFile8(`${file}.new`, JSON.stringify({ self: self2, edits }), { mode: 384 });
      await rename6(`${file}.new`, file);
    },
    clear: () => rm14(file, { force: true })
  };
}
var isJournal = having({
  self: text2(1e3),
  edits: list2(having({ file: text2(4096), before: maybe(text2(1e8)), after: text2(1e8) }), 1e4)
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
import { createHash as createHash8, randomUUID as randomUUID6 } from "node:crypto";
import { readFileSync as readFileSync3, readlinkSync } from "node:fs";
import { mkdir as mkdir7, mkdtemp as mkdtemp7, rm as rm15, stat as stat7, writeFile as writeFile9 } from "node:fs/promises";
import path59 from "node:path";
import { fileURLToPath as fileURLToPath3 } from "node:url";
var canary = fileURLToPath3(new URL("./sandbox-canary.nix", import.meta.url));
var aDay = 24 * 3600 * 1e3;
async function findSandbox(tools2) {
  const { run, folder, environment: environment2 } = tools2;
  const machine = machineIdentity(environment2);
  const version4 = await run("nix-build", ["--version"]);
  if (version4.code === noSuchProgram) return { isolation: "no-nix" };
  const settings4 = await settingsOf(run);
  const isKnowable = machine !== void 0 && settings4 !== void 0;
  const known2 = isKnowable ? path59.join(folder, digest2([machine, version4.stdout, settings4])) : void 0;
  if (known2 !== void 0 && await isRecent(known2)) return { isolation: "full" };
  const found = await withMarker2(tools2, (marker) => build2(marker, settings4 ?? "", run));
  if (known2 !== void 0 && found.isolation === "full") await writeFile9(known2, "").catch(() => {
  });
  return found;
}
function machineIdentity(environment2) {
  try {
    const boot = readFileSync3("/proc/sys/kernel/random/boot_id", "utf8");
    const namespaces = ["mnt", "user", "pid"].map((name6) => readlinkSync(`/proc/self/ns/${name6}`));
    const rights = readFileSync3("/proc/self/status", "utf8").match(
      /^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):.*$/gm
    );
    const nix = Object.entries(environment2).filter(([name6]) => /^NIX_(?!SSL_CERT_FILE)/.test(name6));
    return JSON.stringify([boot, namespaces, rights, nix.sort()]);
  } catch {
    return void 0;
  }
}
async function settingsOf(run) {
  const ask2 = (...command) => run("nix", ["--extra-experimental-features", "nix-command", ...command]);
  const now = await ask2("config", "show");
  const { code: code4, stdout } = now.code === 0 ? now : await ask2("show-config");
  return code4 === 0 ? stdout : void 0;
}
var digest2 = (texts2) => createHash8("sha256").update(JSON.stringify(texts2)).digest("hex").slice(0, 32);
async function isRecent(file) {
  const found = await stat7(file).catch(() => void 0);
  return found?.isFile() === true && Math.abs(Date.now() - found.mtimeMs) < aDay;
}
async function withMarker2({ folder, scratch: scratch2 }, body2) {
  const make = (parent) => mkdtemp7(path59.join(parent, "marker-"));
  const marker = await mkdir7(folder, { recursive: true }).then(() => make(folder)).catch(() => make(scratch2));
  try {
    await writeFile9(path59.join(marker, "seen"), "");
    return await body2(marker);
  } finally {
    await rm15(marker, { recursive: true, force: true });
  }
}
async function build2(marker, settings4, run) {
  if (/\s/.test(marker))
    return { isolation: "unknown", why: `the path of the cache folder has a space in it (${marker})` };
  const ask2 = (optsOut) => {
    const given = { folder: marker, nonce: randomUUID6(), "opts-out": String(optsOut) };
    const args = Object.entries(given).flatMap(([name6, value]) => ["--argstr", name6, value]);
    return run("nix-build", ["--no-out-link", canary, ...args]);
  };
  const { code: code4, stderr } = await ask2(false);
  if (code4 !== 0 && !stderr.includes(marker)) return { isolation: "unknown", why: failureText(stderr) };
  if (code4 === 0 || !stderr.includes("No such file or directory")) return { isolation: "none" };
  const optedOut = await ask2(true);
  if (!optedOut.stderr.includes("'__noChroot'")) return { isolation: "relaxed" };
  if (process.platform === "darwin" && !/^sandbox = true$/m.test(settings4)) return { isolation: "none" };
  return { isolation: "full" };
}

// src/update/context.ts
function makeContext(given, log2, scratch2, more = {}) {
  const { stop = new AbortController().signal, hosts, within, isFork } = more;
  const children = { ...childEnvironment(given), TMPDIR: scratch2 };
  const run = makeRun(isFork ? forkEnvironment(children, scratch2) : children, stop, timeLimit(given));
  const environment2 = isFork ? withoutLogins(given) : given;
  const policy = hosts ? makeHostPolicy(() => hosts(run)) : everywhere;
  const upstream = upstreamFrom(given);
  const contact = makeContact(run, policy, upstream);
  const read2 = within ? readTextWithin([within.checkout, within.store]) : readText2;
  const network = once(async () => networkFrom(environment2, policy.approve, stop));
  const fetchText = makeFetchText(network, scratch2);
  const base = more.base ?? { baseText: read2, isUntrusted: false };
  return {
    run: isFork && within ? restrictedRun(run, { policy, upstream, scratch: scratch2, ...within }, given) : run,
    ...{ contact, stop, log: log2, read: read2, scratch: scratch2, network, fetchText, checkHost: policy.check },
    openEdits: async (folder) => {
      const processes2 = { self: identity(process.pid), isAlive };
      const journal = await openJournal(folder, run, processes2);
      return new Edits({ read: read2, run, journal, mayWrite: within && checkWithin(within.checkout) });
    },
    sandbox: once(() => {
      const folder = path60.join(cacheHome(given) ?? scratch2, "uv-fod", "sandbox-1");
      return findSandbox({ run, folder, scratch: scratch2, environment: given });
    }),
    native: async () => ({
      ...await makeHashTools(environment2, log2, stop, policy.approve, runnerCacheFor(more)),
      onProgress: (sofar, all) => log2.progress(downloadsSoFar(sofar, all))
    }),
    now: () => performance.now(),
    cacheCredentials: (address3) => isFork ? {} : cacheCredentials(address3, given),
    verification: { ...base, indexes: ownIndexes(environment2) }
  };
}
var runnerCacheFor = ({
  usesRunnerCache = true,
  isFork
}) => usesRunnerCache ? isFork ? "reading" : "everything" : "nothing";
function cacheHome({ XDG_CACHE_HOME, HOME }) {
  const home = XDG_CACHE_HOME || (HOME ? path60.join(HOME, ".cache") : "");
  return path60.isAbsolute(home) ? home : void 0;
}
function ownIndexes(environment2) {
  const { UV_DEFAULT_INDEX, UV_INDEX_URL, UV_INDEX, UV_EXTRA_INDEX_URL } = environment2;
  return [UV_DEFAULT_INDEX, UV_INDEX_URL, UV_INDEX, UV_EXTRA_INDEX_URL].flatMap(
    (value) => (value ?? "").split(/\s+/).flatMap((one) => /https?:\/\/\S+/.exec(one)?.[0] ?? [])
  );
}
function restrictedRun(run, { policy, upstream, checkout: checkout2, scratch: scratch2 }, { NIX_PATH = "" }) {
  const judged = withNixPath(policy, everywhere, NIX_PATH);
  return makeForkNix({
    run,
    contact: makeContact(run, judged, upstream),
    checkout: checkout2,
    scratch: scratch2,
    nixPath: NIX_PATH
  });
}
var megabytes2 = ({ bytes }) => (bytes / 1e6).toFixed(1);
var downloadsSoFar = (sofar, all) => `${sofar.files} of ${all.files} files, ${megabytes2(sofar)} of ${megabytes2(all)} MB`;
var identity = (pid) => `${pid} ${statusOf3(pid)?.start ?? ""}`;
var isAlive = (other) => {
  const pid = Number(other.split(" ")[0]);
  return pid !== process.pid && statusOf3(pid) !== void 0 && identity(pid) === other;
};

// src/main.ts
var { env: env3 } = process;
var log = actionLog(core_exports);
var workspace = path61.resolve(env3.GITHUB_WORKSPACE ?? process.cwd());
async function main(cancellation2, scratch2) {
  const inputs = loadInputs(getInput, workspace);
  const { mode, token } = inputs;
  const kind2 = forgeKind(inputs.forge, env3);
  if (token !== "") setSecret(token);
  if (token !== "" && kind2 !== "github") setSecret(basic(token));
  const trigger = readTrigger(await readEvent(env3, readText2), inputs, kind2 === "github");
  const isUntrusted = trigger.trust.kind !== "own";
  const checkout2 = once(() => openCheckout(workspace, context.run));
  const base = baseOf(trigger.trust, inputs.config, checkout2);
  const context = makeContext(env3, log, scratch2, {
    stop: cancellation2.signal,
    hosts: async () => ({ allowedHosts: (await base.config())?.allowedHosts, isUntrusted }),
    isFork: trigger.isFork,
    usesRunnerCache: inputs.cache,
    base: { baseText: base.text, isUntrusted },
    within: { checkout: workspace, store: env3.NIX_STORE_DIR ?? "/nix/store" }
  });
  await requireHead(trigger, checkout2);
  await requireSandbox(inputs, trigger, context);
  const runner = {
    ...{ inputs, trigger, context, checkout: checkout2, base },
    ...connect(kind2, token, trigger, context, client),
    index: env3.UV_DEFAULT_INDEX ?? env3.UV_INDEX_URL
  };
  if (mode === "check") {
    const { exitCode, annotations, summary: summary3 } = await checkAll(runner);
    await writeSummary(env3, summary3);
    for (const one of annotations) annotate(one);
    process.exitCode = exitCode;
    return;
  }
  if (mode === "compute") await removeResult(inputs.result, workspace);
  const results = await (mode === "publish" ? publishResults(runner) : runAction(runner));
  if (mode === "compute") {
    const proposed2 = results.map((result2) => result2.proposed);
    await writeResult(proposed2, (await checkout2()).head, inputs.result);
  }
  await writeOutputs(results, env3);
  const stale = staleHead(runner, results);
  if (stale === void 0) return;
  annotate(stale);
  process.exitCode = STALE_HEAD;
}
async function client(token, url, answers) {
  const { makeOctokit } = await import("./octokit.js");
  return createClient(makeOctokit, token, url, log, {}, answers);
}
async function fail(thrown) {
  const error2 = asUserError(thrown);
  if (error2 instanceof UserError) {
    annotate(error2);
    process.exitCode = ExitCode.Failure;
    return writeSummary(env3, failureSummary(error2));
  }
  const stack = error2 instanceof Error ? error2.stack : String(error2);
  setFailed(harmless(`This is a defect of uv-fod, please report it: ${stack}`));
}
function annotate(error2) {
  const { message, properties } = annotationOf(error2, workspace);
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
  scratch = mkdtempSync(path61.join(env3.RUNNER_TEMP || tmpdir3(), "uv-fod-"));
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
