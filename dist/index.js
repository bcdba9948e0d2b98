import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  TomlError,
  applyEdits,
  buildLockName,
  compare,
  diffLocks,
  evaluate,
  evaluateJson,
  explain,
  failureCause,
  failureText,
  fakeHash,
  folderOf,
  forget,
  getFollowing,
  hashOnRunner,
  isSri,
  isUnsetHash,
  lineOf,
  literalAt,
  literalsOf,
  loadProject,
  mismatches,
  nameOf,
  nixArguments,
  nixBuild,
  noSuchProgram,
  normalizeName,
  parse,
  parseBuildLock,
  parseLock,
  parseTarget,
  patchText,
  placeOf,
  planProject,
  printable,
  replaceAll,
  replaceLiteral,
  sameApart,
  satisfies,
  unsetHashAt,
  unsetHashesOf,
  update,
  valid,
  validRange,
  wheelBytes,
  whereFrom,
  whereOf
} from "./index-PXIXAHP5.js";
import {
  innerAddress,
  isPublicAddress,
  resolveBySystem
} from "./index-YPY5ECFP.js";
import {
  AbortError,
  UserError
} from "./index-NZ42QUQZ.js";
import "./index-WDCJEOSA.js";
import "./index-GD7OX7QG.js";
import "./index-3OPN3CI5.js";
import {
  once
} from "./index-2EOQFBQ6.js";
import {
  __callDispose,
  __commonJS,
  __export,
  __toESM,
  __using
} from "./index-R7ZPDVI3.js";

// node_modules/semver/internal/lrucache.js
var require_lrucache = __commonJS({
  "node_modules/semver/internal/lrucache.js"(exports, module) {
    "use strict";
    var LRUCache = class {
      constructor() {
        this.max = 1e3;
        this.map = /* @__PURE__ */ new Map();
      }
      get(key) {
        const value = this.map.get(key);
        if (value === void 0) {
          return void 0;
        } else {
          this.map.delete(key);
          this.map.set(key, value);
          return value;
        }
      }
      delete(key) {
        return this.map.delete(key);
      }
      set(key, value) {
        const deleted = this.delete(key);
        if (!deleted && value !== void 0) {
          if (this.map.size >= this.max) {
            const firstKey = this.map.keys().next().value;
            this.delete(firstKey);
          }
          this.map.set(key, value);
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
    var debug2 = typeof process === "object" && process.env && process.env.NODE_DEBUG && /\bsemver\b/i.test(process.env.NODE_DEBUG) ? (...args) => console.error("SEMVER", ...args) : () => {
    };
    module.exports = debug2;
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
    var debug2 = require_debug();
    exports = module.exports = {};
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
      for (const [token, max] of safeRegexReplacements) {
        value = value.split(`${token}*`).join(`${token}{0,${max}}`).split(`${token}+`).join(`${token}{1,${max}}`);
      }
      return value;
    };
    var createToken = (name, value, isGlobal) => {
      const safe = makeSafeRegex(value);
      const index = R++;
      debug2(name, index, value);
      t[name] = index;
      src[index] = value;
      safeSrc[index] = safe;
      re[index] = new RegExp(value, isGlobal ? "g" : void 0);
      safeRe[index] = new RegExp(safe, isGlobal ? "g" : void 0);
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
  "node_modules/semver/internal/identifiers.js"(exports, module) {
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
      for (let i = 0; i < identifiers.length; i++) {
        if (compareIdentifiers(prerelease2[i], identifiers[i]) !== 0) {
          return false;
        }
      }
      return true;
    };
    var SemVer = class _SemVer {
      constructor(version, options2) {
        options2 = parseOptions(options2);
        if (version instanceof _SemVer) {
          if (version.loose === !!options2.loose && version.includePrerelease === !!options2.includePrerelease) {
            return version;
          } else {
            version = version.version;
          }
        } else if (typeof version !== "string") {
          throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version}".`);
        }
        if (version.length > MAX_LENGTH3) {
          throw new TypeError(
            `version is longer than ${MAX_LENGTH3} characters`
          );
        }
        debug2("SemVer", version, options2);
        this.options = options2;
        this.loose = !!options2.loose;
        this.includePrerelease = !!options2.includePrerelease;
        const m = version.trim().match(options2.loose ? re[t.LOOSE] : re[t.FULL]);
        if (!m) {
          throw new TypeError(`Invalid Version: ${version}`);
        }
        this.raw = version;
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
        let i = 0;
        do {
          const a = this.prerelease[i];
          const b = other.prerelease[i];
          debug2("prerelease compare", i, a, b);
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
        } while (++i);
      }
      compareBuild(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        let i = 0;
        do {
          const a = this.build[i];
          const b = other.build[i];
          debug2("build compare", i, a, b);
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
        } while (++i);
      }
      // preminor will bump the version up to the next minor release, and immediately
      // down to pre-release. premajor and prepatch work the same way.
      inc(release2, identifier, identifierBase) {
        if (release2.startsWith("pre")) {
          if (!identifier && identifierBase === false) {
            throw new Error("invalid increment argument: identifier is empty");
          }
          if (identifier) {
            const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE]);
            if (!match || match[1] !== identifier) {
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
              let i = this.prerelease.length;
              while (--i >= 0) {
                if (typeof this.prerelease[i] === "number") {
                  this.prerelease[i]++;
                  i = -2;
                }
              }
              if (i === -1) {
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
    var compare5 = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
    module.exports = compare5;
  }
});

// node_modules/semver/functions/eq.js
var require_eq = __commonJS({
  "node_modules/semver/functions/eq.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var eq = (a, b, loose) => compare5(a, b, loose) === 0;
    module.exports = eq;
  }
});

// node_modules/semver/functions/neq.js
var require_neq = __commonJS({
  "node_modules/semver/functions/neq.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var neq = (a, b, loose) => compare5(a, b, loose) !== 0;
    module.exports = neq;
  }
});

// node_modules/semver/functions/gt.js
var require_gt = __commonJS({
  "node_modules/semver/functions/gt.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var gt = (a, b, loose) => compare5(a, b, loose) > 0;
    module.exports = gt;
  }
});

// node_modules/semver/functions/gte.js
var require_gte = __commonJS({
  "node_modules/semver/functions/gte.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var gte = (a, b, loose) => compare5(a, b, loose) >= 0;
    module.exports = gte;
  }
});

// node_modules/semver/functions/lt.js
var require_lt = __commonJS({
  "node_modules/semver/functions/lt.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var lt = (a, b, loose) => compare5(a, b, loose) < 0;
    module.exports = lt;
  }
});

// node_modules/semver/functions/lte.js
var require_lte = __commonJS({
  "node_modules/semver/functions/lte.js"(exports, module) {
    "use strict";
    var compare5 = require_compare();
    var lte = (a, b, loose) => compare5(a, b, loose) <= 0;
    module.exports = lte;
  }
});

// node_modules/semver/functions/cmp.js
var require_cmp = __commonJS({
  "node_modules/semver/functions/cmp.js"(exports, module) {
    "use strict";
    var eq = require_eq();
    var neq = require_neq();
    var gt = require_gt();
    var gte = require_gte();
    var lt = require_lt();
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
          return eq(a, b, loose);
        case "!=":
          return neq(a, b, loose);
        case ">":
          return gt(a, b, loose);
        case ">=":
          return gte(a, b, loose);
        case "<":
          return lt(a, b, loose);
        case "<=":
          return lte(a, b, loose);
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
        debug2("comparator", comp, options2);
        this.options = options2;
        this.loose = !!options2.loose;
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
      test(version) {
        debug2("Comparator.test", version, this.options.loose);
        if (this.semver === ANY || version === ANY) {
          return true;
        }
        if (typeof version === "string") {
          try {
            version = new SemVer(version, this.options);
          } catch (er) {
            return false;
          }
        }
        return cmp(version, this.operator, this.semver, this.options);
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
    var { safeRe: re, t } = require_re();
    var cmp = require_cmp();
    var debug2 = require_debug();
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
    var isDigit = (char) => char !== void 0 && char >= "0" && char <= "9";
    var isLetter = (char) => char !== void 0 && (char >= "a" && char <= "z" || char >= "A" && char <= "Z");
    var isIdentifierCharacter = (char) => isDigit(char) || isLetter(char) || char === "-";
    var isVersionStart = (char) => isDigit(char) || char === "x" || char === "X" || char === "*";
    var findDigitsEndIndex = (range, start, limit, digitRuns) => {
      if (!isDigit(range[start])) {
        return start;
      }
      if (start >= digitRuns.start && start < digitRuns.end) {
        return Math.min(start + limit, digitRuns.end);
      }
      if (start >= digitRuns.previousStart && start < digitRuns.previousEnd) {
        return Math.min(start + limit, digitRuns.previousEnd);
      }
      let end = start + 1;
      while (isDigit(range[end])) {
        end++;
      }
      digitRuns.previousStart = digitRuns.start;
      digitRuns.previousEnd = digitRuns.end;
      digitRuns.start = start;
      digitRuns.end = end;
      return Math.min(start + limit, end);
    };
    var findVersionNumberEndIndex = (range, start, loose, digitRuns) => {
      if (!loose && range[start] === "0") {
        return start + 1;
      }
      return findDigitsEndIndex(range, start, loose ? MAX_LENGTH3 : MAX_LENGTH3 + 1, digitRuns);
    };
    var findPrereleaseIdentifierEndIndex = (range, start, loose, digitRuns) => {
      const digitsEnd = findDigitsEndIndex(range, start, MAX_LENGTH3, digitRuns);
      if (isLetter(range[digitsEnd]) || range[digitsEnd] === "-") {
        let end = digitsEnd + 1;
        const limit = end + MAX_SAFE_BUILD_LENGTH;
        while (end < limit && isIdentifierCharacter(range[end])) {
          end++;
        }
        return end;
      }
      return findVersionNumberEndIndex(range, start, loose, digitRuns);
    };
    var findPrereleaseEndIndex = (range, start, loose, digitRuns) => {
      const hyphen = range[start] === "-";
      if (!loose && !hyphen) {
        return start;
      }
      const identifierStart = start + (hyphen ? 1 : 0);
      let end = findPrereleaseIdentifierEndIndex(range, identifierStart, loose, digitRuns);
      if (end === identifierStart) {
        if (!loose || !hyphen) {
          return start;
        }
        end = findPrereleaseIdentifierEndIndex(range, start, loose, digitRuns);
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
    var findBuildIdentifierEndIndex = (range, start) => {
      let end = start;
      while (end - start < MAX_SAFE_BUILD_LENGTH && isIdentifierCharacter(range[end])) {
        end++;
      }
      return end;
    };
    var findBuildEndIndex = (range, start) => {
      if (range[start] !== "+") {
        return start;
      }
      let end = findBuildIdentifierEndIndex(range, start + 1);
      if (end === start + 1) {
        return start;
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
    var findLooseFullVersionEndIndex = (range, start, digitRuns) => {
      let end = start;
      for (let component = 0; component < 3; component++) {
        const next = findVersionNumberEndIndex(range, end, true, digitRuns);
        if (next === end) {
          return start;
        }
        end = next;
        if (component < 2) {
          if (range[end] !== ".") {
            return start;
          }
          end++;
        }
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end, true, digitRuns);
      return findBuildEndIndex(range, prereleaseEnd);
    };
    var findPartialVersionComponentEndIndex = (range, start, digitRuns) => {
      if (isDigit(range[start])) {
        return findVersionNumberEndIndex(range, start, false, digitRuns);
      }
      return isVersionStart(range[start]) ? start + 1 : start;
    };
    var findPartialVersionEndIndex = (range, start, digitRuns) => {
      let end = findPartialVersionComponentEndIndex(range, start, digitRuns);
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
    var findVersionEndIndex = (range, start, digitRuns) => {
      const fullVersionEnd = findLooseFullVersionEndIndex(range, start, digitRuns);
      return fullVersionEnd !== start ? fullVersionEnd : findPartialVersionEndIndex(range, start, digitRuns);
    };
    var findRemovableWhitespaceIndex = (range, matchStart) => {
      let position = matchStart;
      if (isWhitespace(range[position])) {
        position++;
      }
      if (range[position] === "<" || range[position] === ">") {
        position++;
      }
      if (range[position] === "=") {
        position++;
      }
      return isWhitespace(range[position]) ? position : -1;
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
        this.set = this.raw.split("||").map((r) => this.parseRange(r.trim())).filter((c) => c.length);
        if (!this.set.length) {
          throw new TypeError(`Invalid SemVer Range: ${this.raw}`);
        }
        if (this.set.length > 1) {
          const first = this.set[0];
          this.set = this.set.filter((c) => !isNullSet(c[0]));
          if (this.set.length === 0) {
            this.set = [first];
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
          for (let i = 0; i < this.set.length; i++) {
            if (i > 0) {
              this.formatted += "||";
            }
            const comps = this.set[i];
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
      test(version) {
        if (!version) {
          return false;
        }
        if (typeof version === "string") {
          try {
            version = new SemVer(version, this.options);
          } catch (er) {
            return false;
          }
        }
        for (let i = 0; i < this.set.length; i++) {
          if (testSet(this.set[i], version, this.options)) {
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
      comp = comp.replace(re[t.BUILD], "");
      debug2("comp", comp, options2);
      comp = replaceCarets(comp, options2);
      debug2("caret", comp);
      comp = replaceTildes(comp, options2);
      debug2("tildes", comp);
      comp = replaceXRanges(comp, options2);
      debug2("xrange", comp);
      comp = replaceStars(comp, options2);
      debug2("stars", comp);
      return comp;
    };
    var isX = (id) => !id || id.toLowerCase() === "x" || id === "*";
    var invalidXRangeOrder = (M, m, p) => isX(M) && !isX(m) || isX(m) && p && !isX(p);
    var replaceTildes = (comp, options2) => {
      return comp.trim().split(/\s+/).map((c) => replaceTilde(c, options2)).join(" ");
    };
    var replaceTilde = (comp, options2) => {
      const r = options2.loose ? re[t.TILDELOOSE] : re[t.TILDE];
      const z = options2.includePrerelease ? "-0" : "";
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
    var replaceCarets = (comp, options2) => {
      return comp.trim().split(/\s+/).map((c) => replaceCaret(c, options2)).join(" ");
    };
    var replaceCaret = (comp, options2) => {
      debug2("caret", comp, options2);
      const r = options2.loose ? re[t.CARETLOOSE] : re[t.CARET];
      const z = options2.includePrerelease ? "-0" : "";
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
    var replaceXRanges = (comp, options2) => {
      debug2("replaceXRanges", comp, options2);
      return comp.split(/\s+/).map((c) => replaceXRange(c, options2)).join(" ");
    };
    var replaceXRange = (comp, options2) => {
      comp = comp.trim();
      const r = options2.loose ? re[t.XRANGELOOSE] : re[t.XRANGE];
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
        debug2("xRange return", ret);
        return ret;
      });
    };
    var replaceStars = (comp, options2) => {
      debug2("replaceStars", comp, options2);
      return comp.trim().replace(re[t.STAR], "");
    };
    var replaceGTE0 = (comp, options2) => {
      debug2("replaceGTE0", comp, options2);
      return comp.trim().replace(re[options2.includePrerelease ? t.GTE0PRE : t.GTE0], "");
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
    var testSet = (set, version, options2) => {
      for (let i = 0; i < set.length; i++) {
        if (!set[i].test(version)) {
          return false;
        }
      }
      if (version.prerelease.length && !options2.includePrerelease) {
        for (let i = 0; i < set.length; i++) {
          debug2(set[i].semver);
          if (set[i].semver === Comparator.ANY) {
            continue;
          }
          if (set[i].semver.prerelease.length > 0) {
            const allowed = set[i].semver;
            if (allowed.major === version.major && allowed.minor === version.minor && allowed.patch === version.patch) {
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
    var parse3 = (version, options2, throwErrors = false) => {
      if (version instanceof SemVer) {
        return version;
      }
      try {
        return new SemVer(version, options2);
      } catch (er) {
        if (!throwErrors) {
          return null;
        }
        throw er;
      }
    };
    module.exports = parse3;
  }
});

// node_modules/semver/functions/prerelease.js
var require_prerelease = __commonJS({
  "node_modules/semver/functions/prerelease.js"(exports, module) {
    "use strict";
    var parse3 = require_parse();
    var prerelease2 = (version, options2) => {
      const parsed3 = parse3(version, options2);
      return parsed3 && parsed3.prerelease.length ? parsed3.prerelease : null;
    };
    module.exports = prerelease2;
  }
});

// node_modules/semver/functions/satisfies.js
var require_satisfies = __commonJS({
  "node_modules/semver/functions/satisfies.js"(exports, module) {
    "use strict";
    var Range = require_range();
    var satisfies3 = (version, range, options2) => {
      try {
        range = new Range(range, options2);
      } catch (er) {
        return false;
      }
      return range.test(version);
    };
    module.exports = satisfies3;
  }
});

// node_modules/semver/functions/valid.js
var require_valid2 = __commonJS({
  "node_modules/semver/functions/valid.js"(exports, module) {
    "use strict";
    var parse3 = require_parse();
    var valid3 = (version, options2) => {
      const v = parse3(version, options2);
      return v ? v.version : null;
    };
    module.exports = valid3;
  }
});

// src/entry/index.ts
import { existsSync as existsSync2, mkdtempSync, readFileSync as readFileSync2, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path27 from "node:path";

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
function issue(name, message = "") {
  issueCommand(name, {}, message);
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
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
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
function prepareKeyValueMessage(key, value) {
  const delimiter3 = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter3)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter3}"`);
  }
  if (convertedValue.includes(delimiter3)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter3}"`);
  }
  return `${key}<<${delimiter3}${os2.EOL}${convertedValue}${os2.EOL}${delimiter3}`;
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
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
      } catch (_a) {
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
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
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
  write(options2) {
    return __awaiter(this, void 0, void 0, function* () {
      const overwrite = !!(options2 === null || options2 === void 0 ? void 0 : options2.overwrite);
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
  addRaw(text2, addEOL = false) {
    this._buffer += text2;
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
  addCodeBlock(code3, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code3), attrs);
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
  addImage(src, alt, options2) {
    const { width, height } = options2 || {};
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
  addHeading(text2, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text2);
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
  addQuote(text2, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text2, attrs);
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
  addLink(text2, href) {
    const element = this.wrap("a", text2, { href });
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
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
    } catch (err) {
      if (err.code === "ENOENT") {
        return false;
      }
      throw err;
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
    } catch (err) {
      if (err.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
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
      } catch (err) {
        if (err.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
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
          } catch (err) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check2) {
  return __awaiter3(this, void 0, void 0, function* () {
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
    const matches = yield findInPath(tool);
    if (matches && matches.length > 0) {
      return matches[0];
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
    const matches = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path3.join(directory, tool), extensions);
      if (filePath) {
        matches.push(filePath);
      }
    }
    return matches;
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
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else if (options2.windowsVerbatimArguments) {
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
    } catch (err) {
      this._debug(`error processing line. Failed with error ${err}`);
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
        for (const a of this.args) {
          argline += " ";
          argline += options2.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
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
      if (cmdSpecialChars.some((x) => x === char)) {
        needsQuotes = true;
        break;
      }
    }
    if (!needsQuotes) {
      return arg;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
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
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
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
        const fileName = this._getSpawnFileName();
        const cp = child.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
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
        cp.on("error", (err) => {
          state.processError = err.message;
          state.processExited = true;
          state.processClosed = true;
          state.CheckComplete();
        });
        cp.on("exit", (code3) => {
          state.processExitCode = code3;
          state.processExited = true;
          this._debug(`Exit code ${code3} received from tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        cp.on("close", (code3) => {
          state.processExitCode = code3;
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
  let escaped = false;
  let arg = "";
  function append(c) {
    if (escaped && c !== '"') {
      arg += "\\";
    }
    arg += c;
    escaped = false;
  }
  for (let i = 0; i < argString.length; i++) {
    const c = argString.charAt(i);
    if (c === '"') {
      if (!escaped) {
        inQuotes = !inQuotes;
      } else {
        append(c);
      }
      continue;
    }
    if (c === "\\" && escaped) {
      append(c);
      continue;
    }
    if (c === "\\" && inQuotes) {
      escaped = true;
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function exec(commandLine, args, options2) {
  return __awaiter5(this, void 0, void 0, function* () {
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
  return __awaiter5(this, void 0, void 0, function* () {
    var _a, _b;
    let stdout = "";
    let stderr = "";
    const stdoutDecoder = new StringDecoder("utf8");
    const stderrDecoder = new StringDecoder("utf8");
    const originalStdoutListener = (_a = options2 === null || options2 === void 0 ? void 0 : options2.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
    const originalStdErrListener = (_b = options2 === null || options2 === void 0 ? void 0 : options2.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
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
    const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options2), { listeners }));
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var getWindowsInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  const { stdout: version } = yield getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', void 0, {
    silent: true
  });
  const { stdout: name } = yield getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', void 0, {
    silent: true
  });
  return {
    name: name.trim(),
    version: version.trim()
  };
});
var getMacOsInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  var _a, _b, _c, _d;
  const { stdout } = yield getExecOutput("sw_vers", void 0, {
    silent: true
  });
  const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : "";
  const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : "";
  return {
    name,
    version
  };
});
var getLinuxInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  const { stdout } = yield getExecOutput("lsb_release", ["-i", "-r", "-s"], {
    silent: true
  });
  const [name, version] = stdout.trim().split("\n");
  return {
    name,
    version
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
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function exportVariable(name, val) {
  const convertedVal = toCommandValue(val);
  process.env[name] = convertedVal;
  const filePath = process.env["GITHUB_ENV"] || "";
  if (filePath) {
    return issueFileCommand("ENV", prepareKeyValueMessage(name, val));
  }
  issueCommand("set-env", { name }, convertedVal);
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
function getInput(name, options2) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options2 && options2.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options2 && options2.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function getMultilineInput(name, options2) {
  const inputs = getInput(name, options2).split("\n").filter((x) => x !== "");
  if (options2 && options2.trimWhitespace === false) {
    return inputs;
  }
  return inputs.map((input) => input.trim());
}
function getBooleanInput(name, options2) {
  const trueValue = ["true", "True", "TRUE"];
  const falseValue = ["false", "False", "FALSE"];
  const val = getInput(name, options2);
  if (trueValue.includes(val))
    return true;
  if (falseValue.includes(val))
    return false;
  throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}
Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os5.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
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
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}
function group(name, fn) {
  return __awaiter7(this, void 0, void 0, function* () {
    startGroup(name);
    let result;
    try {
      result = yield fn();
    } finally {
      endGroup();
    }
    return result;
  });
}
function saveState(name, value) {
  const filePath = process.env["GITHUB_STATE"] || "";
  if (filePath) {
    return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
  }
  issueCommand("save-state", { name }, toCommandValue(value));
}
function getState(name) {
  return process.env[`STATE_${name}`] || "";
}
function getIDToken(aud) {
  return __awaiter7(this, void 0, void 0, function* () {
    return yield OidcClient.getIDToken(aud);
  });
}

// src/action/annotation.ts
import path6 from "node:path";

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

// src/action/annotation.ts
function annotationOf(error2, root) {
  const { at, code: code3, message, log = "" } = error2;
  const lines = tellingLines(log);
  const file = at === void 0 ? "" : path6.relative(root, at.file);
  const isInside2 = file !== "" && !file.startsWith("..") && !path6.isAbsolute(file);
  return {
    message: lines.length === 0 ? message : `${message}

${lines.map((line) => `| ${line}`).join("\n")}`,
    properties: {
      title: code3,
      ...isInside2 ? { file } : {},
      ...isInside2 && at?.line ? { startLine: at.line } : {},
      ...isInside2 && at?.column ? { startColumn: at.column } : {}
    }
  };
}

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
import path8 from "node:path";

// src/update/without-nix.ts
import { readdir as readdir2 } from "node:fs/promises";
import path7 from "node:path";
async function projectBeside(folder, read2) {
  const entries = await readdir2(folder, { withFileTypes: true });
  const folders = ["", ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)];
  const found2 = [];
  for (const name of folders) {
    const candidate = path7.join(folder, name);
    if (await read2(path7.join(candidate, "uv.lock")) !== void 0) found2.push(candidate);
  }
  return found2[0] === folder || found2.length === 1 ? found2[0] : void 0;
}
async function hashesFor(buildLock, project, read2, native) {
  const making = native();
  making.catch(() => {
  });
  const planned = await loadProject(project, read2);
  const systems = Object.keys(buildLock.systems).map((system) => {
    const target = { ...buildLock.target, system };
    return { target, artifacts: planProject(planned, parseTarget(target), target) };
  });
  const { hashes } = await hashOnRunner(systems, project, await making);
  return hashes.map((one, index) => ({
    ...one,
    sameApart: sameApart(buildLock.systems[one.system]?.apart, systems[index]?.artifacts ?? [])
  }));
}
async function placeOfHash(hash, where, { read: read2, run }, among = { untracked: true }) {
  if (hash === "") return void 0;
  const literal = `"${hash}"`;
  const text2 = where.file !== void 0 && await read2(where.file) || "";
  const at = text2.indexOf(literal);
  if (where.file !== void 0 && at >= 0)
    return { file: where.file, line: text2.slice(0, at).split("\n").length };
  const folder = folderOf(where);
  const flags = [...among.untracked ? ["--untracked"] : [], "--line-number", "--null", "--fixed-strings"];
  const found2 = await run("git", ["-C", folder, "grep", ...flags, "-e", literal, "--", ":(top)*.nix"]);
  const [name, line] = (found2.stdout.split("\n")[0] ?? "").split("\0");
  return found2.code === 0 && name ? { file: path7.resolve(folder, name), line: Number(line) } : void 0;
}

// src/update/status.ts
var findings = {
  "hashes-differ": "not-reproducible",
  "fetch-failed": "cannot-fetch",
  "host-not-allowed": "cannot-fetch",
  "artifact-unreachable": "cannot-fetch",
  "artifact-changed": "cannot-fetch",
  "build-failed": "does-not-build",
  "import-failed": "does-not-import"
};
async function checkStatus(where, root, parts) {
  const { code: code3 } = await parts.run("nix-instantiate", ["--version"]);
  if (code3 === noSuchProgram)
    return checkWithoutNix(where, parts).catch((error2) => found(where, error2, onlyWithNix));
  const { checkWithNix } = await import("./index-3NYT7647.js");
  return checkWithNix(where, root, parts).catch((error2) => found(where, error2));
}
function found(where, error2, notChecked = []) {
  const status = error2 instanceof UserError ? findings[error2.code] : void 0;
  if (!(error2 instanceof UserError) || status === void 0) throw error2;
  return {
    status,
    message: error2.message,
    at: error2.at ?? placeOf(where).at,
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
async function checkWithoutNix(where, parts) {
  const { lockFile, buildLock, project } = await findFiles(where, parts);
  const hashes = await hashesFor(buildLock, project, parts.read, parts.native);
  const compared = await Promise.all(
    hashes.map(async ({ system, hash }) => {
      const before = buildLock.systems[system]?.hash ?? "";
      const isWritten = await placeOfHash(hash, where, parts) !== void 0;
      return { system, before, after: hash, at: await placeOfHash(before, where, parts), isWritten };
    })
  );
  const stale = compared.filter(({ before, after, isWritten }) => before !== after || !isWritten);
  const isLockStale = hashes.some((one) => !one.sameApart);
  const at = (stale[0] ?? compared[0])?.at ?? placeOf(where).at;
  const told = compared.map(({ isWritten: _, ...rest }) => rest);
  const common = { at, edits: [], patch: "", notChecked: onlyWithNix, hashes: told };
  if (stale.length === 0 && !isLockStale)
    return { ...common, status: "current", message: "The hash is what uv.lock asks for." };
  if (stale.length === 0)
    return {
      ...common,
      status: "stale",
      message: `${path8.basename(lockFile)} is stale: it has other wheels to install apart than uv.lock. Run 'uv-fod update' where there is Nix.`
    };
  const needed = stale.map(({ system, after }) => `${system} needs ${after}`).join("; ");
  return {
    ...common,
    status: "stale",
    message: `The hash is stale: ${needed}, and ${path8.basename(lockFile)} or the derivation has another. Run 'uv-fod update' where there is Nix.`
  };
}
async function findFiles(where, { read: read2 }) {
  const folder = folderOf(where);
  const lockFile = path8.join(folder, buildLockName);
  const text2 = await read2(lockFile);
  if (text2 === void 0) {
    throw new UserError(
      "build-lock-missing",
      `There is no Nix here and no ${lockFile}, so nothing says what the hash was declared for. Run 'uv-fod update' once where there is Nix, or install Nix in a step before this one.`
    );
  }
  const project = await projectBeside(folder, read2);
  if (project !== void 0) return { lockFile, buildLock: parseBuildLock(text2, lockFile), project };
  throw new UserError(
    "lock-missing",
    `There is no Nix here to say where uv.lock is, and beside or just below ${folder} there is none, or there are several. Install Nix in a step before this one.`
  );
}

// src/refresh/check.ts
async function checkPackages(packages, root, whereIs, parts) {
  const found2 = [];
  for (const one of packages) {
    parts.stop.throwIfAborted();
    const { name } = one;
    try {
      found2.push({ name, checked: await checkStatus(await whereIs(one), root, parts) });
    } catch (error2) {
      if (!(error2 instanceof UserError) || parts.stop.aborted) throw error2;
      found2.push({ name, error: error2 });
    }
  }
  return found2;
}
function worstOf(checks2) {
  return statuses.findLast((status) => checks2.some(({ checked: checked2 }) => checked2?.status === status));
}

// src/refresh/patch-of-all.ts
function patchOfAll(checks2, root) {
  const edits = checks2.flatMap(({ checked: checked2 }) => checked2?.edits ?? []);
  return patchText(
    edits.filter(
      ({ file, after }, at) => edits.findIndex((one) => one.file === file && one.after === after) === at
    ),
    root
  );
}

// src/report/markdown.ts
var LONGEST = 200;
var BREAK = "​";
var UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
function plain(value, longest2 = LONGEST) {
  const line = value.slice(0, longest2 * 8).replace(UNSEEN, " ").trim();
  const characters = [...line];
  return characters.length > longest2 ? `${characters.slice(0, longest2 - 1).join("")}…` : line;
}
function text(value, longest2 = LONGEST) {
  return plain(value, longest2).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/[\\`*_{}[\]()|~!$]/g, "\\$&").replace(/^[-+=]|(?<=^\d{1,9})[.)](?=\s|$)/, "\\$&").replace(/:\/\//g, `:${BREAK}//`).replace(/www\./gi, `www${BREAK}.`).replace(/::/g, `:${BREAK}:`).replace(/[@#]/g, `$&${BREAK}`).replace(/\bGH-/gi, (word) => `${word}${BREAK}`);
}
function code(value) {
  const content = plain(value).replaceAll("|", "\\|");
  if (content === "") return "";
  const runs = content.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = content.startsWith("`") || content.endsWith("`") ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}
function fenced(lines, language = "") {
  const runs = lines.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}
${lines.replace(/\n$/, "")}
${fence}`;
}
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
  const address2 = url === void 0 ? void 0 : safeUrl(url);
  return address2 === void 0 || label3 === "" ? label3 : `[${label3}](${address2})`;
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
function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
function list(items) {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

// src/report/failure.ts
function failureSummary({ code: kind, message, log = "" }) {
  const lines = tellingLines(log);
  const parts = [
    `## Failed: ${code(kind)}`,
    text(message, 4e3),
    ...lines.length === 0 ? [] : [fold("The last lines of its log", fenced(lines.join("\n")))]
  ];
  return `${parts.join("\n\n")}
`;
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
var pathKey = (path28) => JSON.stringify(path28);
var MAX_PARTS = 16;
var Locator = class {
  #text;
  #found = /* @__PURE__ */ new Map();
  /** How many tables each array of tables has so far. */
  #tables = /* @__PURE__ */ new Map();
  #at = 0;
  #line = 1;
  #lineStart = 0;
  constructor(text2) {
    this.#text = text2;
  }
  document() {
    let table2 = [];
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      if (this.#peek() === "[") table2 = this.#header();
      else this.#pair(table2);
    }
    return this.#found;
  }
  #peek(length = 1) {
    return this.#text.slice(this.#at, this.#at + length);
  }
  /** Goes on by some characters, counting lines. */
  #advance(length) {
    for (const end = Math.min(this.#at + length, this.#text.length); this.#at < end; this.#at++) {
      if (this.#text[this.#at] !== "\n") continue;
      this.#line += 1;
      this.#lineStart = this.#at + 1;
    }
  }
  /** Blanks, line ends, comments, and a byte order mark. */
  #skipBlank() {
    for (; ; ) {
      const character = this.#peek();
      if (character === "#") this.#advanceTo("\n");
      else if (character !== "" && " 	\r\n\uFEFF".includes(character)) this.#advance(1);
      else return;
    }
  }
  #advanceTo(text2) {
    const end = this.#text.indexOf(text2, this.#at);
    this.#advance((end < 0 ? this.#text.length : end) - this.#at);
  }
  /** `[a.b]` or `[[a.b]]`. */
  #header() {
    const isArray = this.#peek(2) === "[[";
    this.#advance(isArray ? 2 : 1);
    this.#skipBlank();
    const position = this.#position();
    const names3 = this.#dottedKey();
    this.#advance(isArray ? 2 : 1);
    const path28 = [];
    for (const [index, name] of names3.entries()) {
      path28.push(name);
      const key = pathKey(path28);
      if (isArray && index === names3.length - 1) this.#tables.set(key, (this.#tables.get(key) ?? 0) + 1);
      const count2 = this.#tables.get(key);
      if (count2 !== void 0) path28.push(count2 - 1);
    }
    this.#found.set(pathKey(path28), position);
    return path28;
  }
  #pair(table2) {
    const position = this.#position();
    const path28 = [...table2, ...this.#dottedKey()];
    this.#found.set(pathKey(path28), position);
    this.#advance(1);
    this.#skipBlank();
    this.#value(path28);
  }
  #position() {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }
  /** Names with dots between them, up to `=` or `]`; of the many that only an attack has, the first few. */
  #dottedKey() {
    const names3 = [];
    for (; ; ) {
      this.#skipBlank();
      const start = this.#at;
      const quote2 = this.#peek();
      if (quote2 === '"' || quote2 === "'") {
        this.#string();
        names3.push(this.#text.slice(start + 1, this.#at - 1));
      } else {
        while (/[A-Za-z0-9_-]/.test(this.#peek())) this.#advance(1);
        names3.push(this.#text.slice(start, this.#at));
      }
      this.#skipBlank();
      if (this.#peek() !== ".") return names3.slice(0, MAX_PARTS);
      this.#advance(1);
    }
  }
  #value(path28) {
    const first = this.#peek();
    if (first === '"' || first === "'") this.#string();
    else if (first === "[") this.#items("]", (index) => this.#item([...path28, index]));
    else if (first === "{") this.#items("}", () => this.#pair(path28));
    else while (this.#at < this.#text.length && !/[\n,\]}#]/.test(this.#peek())) this.#advance(1);
  }
  #item(path28) {
    this.#found.set(pathKey(path28), this.#position());
    this.#value(path28);
  }
  /** What stands between brackets or braces. */
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
    const long = quote2.repeat(3);
    const end = this.#peek(3) === long ? long : quote2;
    this.#advance(end.length);
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at))
      this.#advance(quote2 === '"' && this.#peek() === "\\" ? 2 : 1);
    this.#advance(end.length);
    while (end === long && this.#peek() === quote2) this.#advance(1);
  }
};

// src/config/names.ts
function isAttributePath(text2) {
  return text2.length <= 500 && /^\.?[A-Za-z_0-9][\w'+-]*(\.[A-Za-z_0-9][\w'+-]*)*$/.test(text2);
}
function isHubName(text2) {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(text2) && !/\/\.{1,2}$/.test(text2);
}
function isPackageName(text2) {
  return text2.length <= 200 && /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text2);
}
function isGitUrl(text2) {
  return /^(https?|ssh):\/\//.test(text2) && URL.canParse(text2) && !/\s/.test(text2);
}
function isRefName(text2) {
  return text2.length <= 244 && /^[\w][\w./+@-]*$/.test(text2) && !/\.\.|\/\/|@\{|\.lock(\/|$)|\/\.|[./]$/.test(text2);
}
function isInnerPath(text2) {
  return text2 !== "" && !/^[/~\\]|\\|\0/.test(text2) && !text2.split("/").includes("..");
}
function isHost(text2) {
  return text2.length <= 260 && /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text2);
}

// src/config/suggest.ts
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
   * @param path of the key; where it has no position of its own (it is missing), its table's counts
   * @param text says what is wrong and what is allowed
   */
  add(path28, text2) {
    this.#found.push({ position: this.#positionOf(path28), text: `${label(path28)} ${text2}` });
  }
  /** @throws UserError `config-invalid` where there are any */
  throwIfAny() {
    const sorted = this.#found.toSorted(
      ({ position: a }, { position: b }) => a.line - b.line || a.column - b.column
    );
    const [first] = sorted;
    if (!first) return;
    const lines = sorted.map(
      ({ position, text: text2 }) => `${this.#file}:${position.line}:${position.column}: ${text2}.`
    );
    throw new UserError("config-invalid", lines.join("\n"), { at: { file: this.#file, ...first.position } });
  }
  #positionOf(path28) {
    for (let length = path28.length; length > 0; length--) {
      const position = this.#positions.get(pathKey(path28.slice(0, length)));
      if (position) return position;
    }
    return { line: 1, column: 1 };
  }
};
function label(path28) {
  const text2 = path28.map((part) => typeof part === "number" ? `[${part + 1}]` : `.${part}`).join("");
  return `'${printable(text2.replace(/^\./, ""))}'`;
}
var TableReader = class _TableReader {
  path;
  mistakes;
  #table;
  /** @param known every key that the table may have; others are mistakes */
  constructor(table2, path28, known, mistakes) {
    this.path = path28;
    this.mistakes = mistakes;
    this.#table = table2;
    for (const key of Object.keys(table2)) {
      if (known.includes(key)) continue;
      const meant = nearest(key, known);
      this.wrong(
        key,
        `is not known${meant ? ` (did you mean '${meant}'?)` : ""}; keys here are ${known.join(", ")}`
      );
    }
  }
  /** Notes a mistake at one of the table's keys. */
  wrong(key, text2) {
    this.mistakes.add([...this.path, key], text2);
  }
  has(key) {
    return Object.hasOwn(this.#table, key);
  }
  /** The value as it is, to be read by another reader. */
  raw(key) {
    return this.has(key) ? this.#table[key] : void 0;
  }
  /** A string that is not empty, of characters that can be shown. */
  string(key, allowed = "a text", isAllowed = () => true) {
    const value = this.raw(key);
    if (value === void 0) return void 0;
    if (typeof value === "string" && value !== "" && !value.includes("\0") && isAllowed(value)) return value;
    return this.wrong(key, `is ${show(value)}; it takes ${allowed}`);
  }
  requiredString(key, allowed, isAllowed = () => true) {
    if (!this.has(key)) return this.wrong(key, `is missing; it takes ${allowed}`);
    return this.string(key, allowed, isAllowed);
  }
  boolean(key) {
    const value = this.raw(key);
    if (value === void 0 || typeof value === "boolean") return value;
    return this.wrong(key, `is ${show(value)}; it takes true or false`);
  }
  oneOf(key, allowed) {
    const value = this.raw(key);
    if (value === void 0) return void 0;
    const found2 = allowed.find((one) => one === value);
    if (found2 !== void 0) return found2;
    const list3 = allowed.map((one) => typeof one === "string" ? `"${one}"` : String(one));
    return this.wrong(key, `is ${show(value)}; it takes ${list3.slice(0, -1).join(", ")} or ${list3.at(-1)}`);
  }
  strings(key, allowed = "texts", isAllowed = () => true) {
    const list3 = this.list(key, `a list of ${allowed}`);
    return list3?.flatMap((value, index) => {
      if (typeof value === "string" && value !== "" && isAllowed(value)) return [value];
      this.mistakes.add([...this.path, key, index], `is ${show(value)}; the list takes ${allowed}`);
      return [];
    });
  }
  list(key, allowed) {
    const value = this.raw(key);
    if (value === void 0 || Array.isArray(value)) return value;
    return this.wrong(key, `is ${show(value)}; it takes ${allowed}`);
  }
  /** A table of a table; undefined where it is missing. */
  table(key, known) {
    const value = this.raw(key);
    if (value === void 0) return void 0;
    if (isTable(value)) return new _TableReader(value, [...this.path, key], known, this.mistakes);
    return this.wrong(key, `is ${show(value)}; it takes a table with ${known.join(", ")}`);
  }
};
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function show(value) {
  if (typeof value === "string") return printable(JSON.stringify(value.slice(0, 80)));
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  return isTable(value) ? "a table" : String(value);
}

// src/config/places.ts
var relativeText = "an attribute path, beginning with '.' where it is one of the package";
var fileText = "the path of a file in this repository";
function versionPlace(parent, value, index) {
  const path28 = [...parent.path, "version-files", index];
  const known = ["file", "pattern", "pointer", "attribute", "value"];
  if (!isTable(value)) {
    parent.mistakes.add(path28, `is ${show(value)}; it takes a table with ${known.join(", ")}`);
    return [];
  }
  const table2 = new TableReader(value, path28, known, parent.mistakes);
  if (table2.has("attribute")) return nixPlace(table2);
  const file = table2.requiredString("file", fileText, isInnerPath);
  if (table2.has("pattern") === table2.has("pointer")) {
    parent.mistakes.add(path28, "takes either 'pattern' or 'pointer' beside 'file', or 'attribute'");
    return [];
  }
  const pointer = table2.string("pointer", 'a JSON pointer such as "/version"', isPointer);
  const pattern = table2.string("pattern", placeholderText, hasOnePlaceholder);
  if (table2.has("pattern") && table2.has("value")) table2.wrong("value", "has no meaning with 'pattern'");
  const text2 = valueTemplate(table2);
  if (file === void 0) return [];
  if (pointer !== void 0) return [{ kind: "json", file, pointer, value: text2 }];
  return pattern === void 0 ? [] : [{ kind: "text", file, pattern }];
}
function nixPlace(table2) {
  const attribute = table2.string("attribute", relativeText, isAttributePath);
  for (const key of ["file", "pattern", "pointer"]) {
    if (table2.has(key)) table2.wrong(key, "has no meaning with 'attribute', whose place Nix tells");
  }
  const value = valueTemplate(table2);
  return attribute === void 0 ? [] : [{ kind: "nix", attribute, value }];
}
var placeholderText = "a text with one of {version}, {tag} and {revision} in it, once";
var hasOnePlaceholder = (text2) => text2.split(/\{(?:version|tag|revision)\}/).length === 2;
var isPointer = (text2) => /^(\/([^~/]|~[01])*)+$/.test(text2);
var valueTemplate = (table2) => table2.string("value", placeholderText, hasOnePlaceholder) ?? "{version}";
function fixedOutputs(parent, at, value) {
  const path28 = [...parent.path, ...at];
  if (typeof value === "string" && isAttributePath(value))
    return [{ attribute: value, file: void 0, pointer: void 0 }];
  const known = ["attribute", "systems", "file", "pointer"];
  if (!isTable(value)) {
    parent.mistakes.add(
      path28,
      `is ${show(value)}; it takes ${relativeText}, or a table with ${known.join(", ")}`
    );
    return [];
  }
  const table2 = new TableReader(value, path28, known, parent.mistakes);
  const attribute = table2.requiredString(
    "attribute",
    relativeText,
    (text2) => isAttributePath(text2.replaceAll("{system}", "system"))
  );
  const systems = table2.strings(
    "systems",
    "systems such as x86_64-linux",
    (text2) => /^[\w]+-[\w]+$/.test(text2)
  );
  const file = table2.string("file", fileText, isInnerPath);
  const pointer = table2.string("pointer", 'a JSON pointer such as "/hash"', isPointer);
  if (pointer !== void 0 && file === void 0)
    table2.wrong("pointer", "needs 'file', the JSON file it leads into");
  if (attribute === void 0) return [];
  if (attribute.includes("{system}") !== (systems !== void 0)) {
    table2.wrong("attribute", "and 'systems' belong together: {system} in the path stands for each of them");
    return [];
  }
  return (systems ?? [""]).map((system) => ({
    attribute: attribute.replaceAll("{system}", system),
    file,
    pointer: pointer?.replaceAll("{system}", system)
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
function readPullRequest(table2, below) {
  if (!table2) return below;
  return {
    title: template(table2, "title", titleWords) ?? below.title,
    body: template(table2, "body", wordsOf.body) ?? below.body,
    commitMessage: template(table2, "commit-message", wordsOf.commitMessage) ?? below.commitMessage,
    branch: table2.string("branch", "the name of a branch", isRefName) ?? below.branch,
    labels: table2.strings("labels", "names of labels") ?? below.labels,
    reviewers: table2.strings("reviewers", 'user names, or teams as "org/team"', isLogin) ?? below.reviewers,
    assignees: table2.strings("assignees", "user names", isLogin) ?? below.assignees,
    milestone: table2.string("milestone", "a milestone's title or number") ?? below.milestone,
    draft: table2.oneOf("draft", [true, false, "unverified"]) ?? below.draft,
    autoMerge: table2.oneOf("auto-merge", [false, true, "merge", "squash", "rebase"]) ?? below.autoMerge
  };
}
function template(table2, key, known) {
  const list3 = known.map((name) => `{${name}}`).join(", ");
  return table2.string(
    key,
    `a text with no other placeholders than ${list3}`,
    (text2) => unknownWord(text2, known) === void 0
  );
}
function unknownWord(text2, known) {
  return [...text2.matchAll(/\{([a-z-]{1,40})\}/g)].map(([, name = ""]) => name).find((name) => !known.includes(name));
}
var isLogin = (text2) => /^[A-Za-z0-9][\w.-]*(\[bot\]|\/[\w.-]+)?$/.test(text2);

// src/config/releases.ts
var import_valid = __toESM(require_valid(), 1);

// src/config/duration.ts
var units = {
  minute: 6e4,
  hour: 36e5,
  day: 864e5,
  week: 6048e5
};
function parseDuration(text2) {
  const [, count2 = "", unit = ""] = /^(\d{1,5}) ?(minute|hour|day|week)s?$/.exec(text2) ?? [];
  const length = units[unit];
  return length === void 0 ? void 0 : Number(count2) * length;
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
var day = 'a time such as "3 days", "12 hours" or "2 weeks"';
function readReleases(table2) {
  const rules = readRules(table2);
  const source = readSource(table2);
  return source && { source, rules };
}
function readSource(table2) {
  const given = origins.filter((key) => table2.has(key));
  const [origin] = given;
  if (origin === void 0 || given.length > 1) {
    const found2 = given.length > 1 ? `has ${given.join(" and ")}` : "says not where releases are";
    table2.mistakes.add(table2.path, `${found2}; it takes one of github, git and pypi`);
    return void 0;
  }
  misplaced(table2, origin);
  if (origin === "pypi") {
    const name = table2.string("pypi", "the name of a package", isPackageName);
    return name === void 0 ? void 0 : { kind: "pypi", name };
  }
  const of = origin === "github" ? githubOf(table2) : gitOf(table2);
  if (table2.has("branch")) return of && branchSource(table2, of);
  const tag = readTag(table2);
  if (!of || !tag) return void 0;
  if (of.kind === "git") return { ...of, tag };
  return { ...of, list: table2.oneOf("list", ["releases", "tags"]) ?? "releases", tag };
}
function misplaced(table2, origin) {
  const isBranch = table2.has("branch") && origin !== "pypi";
  const wrong = {
    list: origin !== "github" || isBranch,
    tag: origin === "pypi" || isBranch,
    branch: origin === "pypi",
    version: !isBranch
  };
  for (const [key, isWrong] of Object.entries(wrong)) {
    if (isWrong && table2.has(key)) table2.wrong(key, `has no meaning with ${isBranch ? "branch" : origin}`);
  }
  for (const key of isBranch ? ["range", "ignore", "step", "prereleases", "order"] : []) {
    if (table2.has(key)) table2.wrong(key, "has no meaning with branch, which has one newest commit");
  }
}
function githubOf(table2) {
  const name = table2.string("github", 'a repository as "owner/name"', isHubName);
  const [owner = "", repo = ""] = name?.split("/") ?? [];
  return name === void 0 ? void 0 : { kind: "github", owner, repo };
}
function gitOf(table2) {
  const url = table2.string("git", "an address that begins with https://, http:// or ssh://", isGitUrl);
  return url === void 0 ? void 0 : { kind: "git", url };
}
function branchSource(table2, of) {
  const branch = table2.string("branch", "the name of a branch", isRefName);
  const version = table2.string(
    "version",
    'a version with {date} or {revision} in it, such as "0-unstable-{date}"',
    (text2) => /\{(date|revision)\}/.test(text2) && /^[^"\\$\s]+$/.test(text2)
  );
  return branch === void 0 ? void 0 : { kind: "branch", of, branch, version: version ?? "0-unstable-{date}" };
}
function readTag(table2) {
  if (!table2.has("tag")) return { prefix: "v", suffix: "" };
  const text2 = table2.string(
    "tag",
    'a pattern with {version} in it once, such as "version/{version}"',
    (pattern) => pattern.split("{version}").length === 2
  );
  const [prefix = "", suffix = ""] = text2?.split("{version}") ?? [];
  return text2 === void 0 ? void 0 : { prefix, suffix };
}
function readRules(table2) {
  const order = table2.oneOf("order", ["pep440", "semver"]) ?? "pep440";
  const age = table2.string("minimum-release-age", day, (text2) => parseDuration(text2) !== void 0);
  return {
    order,
    prereleases: table2.boolean("prereleases") ?? false,
    range: readRange(table2, order),
    ignore: table2.strings("ignore", "versions, in which * stands for any text") ?? [],
    minimumAge: (age === void 0 ? void 0 : parseDuration(age)) ?? 0,
    step: table2.oneOf("step", ["newest", "next"]) ?? "newest"
  };
}
function readRange(table2, order) {
  const examples = { pep440: '">=2026.2,<2027"', semver: '"^1.2.0"' };
  const isRange = { pep440: validRange, semver: (text2) => (0, import_valid.default)(text2) !== null };
  const other = order === "pep440" ? "" : ' (order is "semver")';
  return table2.string(
    "range",
    `a range of versions such as ${examples[order]}${other}`,
    (text2) => text2.length <= 200 && isRange[order](text2)
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
var attributeText = "an attribute path such as authentik-django or packages.backend";
var fileText2 = "the path of a file in this repository";
function readPackage(table2, around) {
  const attribute = table2.requiredString(
    "attribute",
    attributeText,
    (text2) => isAttributePath(text2) && !text2.startsWith(".")
  );
  const releases = table2.table("releases", releaseKeys);
  const group2 = table2.string("group", "a name of letters, digits, - and _", isName);
  const source = table2.raw("source-hash");
  const read2 = {
    nix: readNix(table2.table("nix", ["file", "flake", "expression"])),
    releases: releases && readReleases(releases),
    versionFiles: (table2.list("version-files", "a list of tables") ?? []).flatMap(
      (value, index) => versionPlace(table2, value, index)
    ),
    sourceHash: source === void 0 || source === false ? void 0 : fixedOutputs(table2, ["source-hash"], source)[0],
    hasSource: source !== false,
    also: (table2.list("also", "a list of attribute paths or tables") ?? []).flatMap(
      (value, index) => fixedOutputs(table2, ["also", index], value)
    ),
    group: group2,
    pullRequest: pullRequestOf(table2, group2, around)
  };
  const name = table2.string("name", "a name of letters, digits, - and _", isName) ?? attribute;
  return attribute === void 0 || name === void 0 ? void 0 : { attribute, name, ...read2 };
}
var isName = (text2) => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text2) && !/\.\.|\.$/.test(text2);
function pullRequestOf(table2, group2, around) {
  const own = table2.table("pull-request", pullRequestKeys);
  if (group2 === void 0) return readPullRequest(own, around.pullRequest);
  if (own) table2.wrong("pull-request", `belongs to the group: write it as [groups.${group2}]`);
  return around.groups.get(group2) ?? around.pullRequest;
}
function readNix(table2) {
  const file = table2?.string("file", fileText2, isInnerPath);
  const flake = table2?.string(
    "flake",
    "the path of a folder in this repository",
    (text2) => text2 === "." || isInnerPath(text2)
  );
  const expression = table2?.string("expression", "a Nix expression");
  const count2 = table2 ? ["file", "flake", "expression"].filter((key) => table2.has(key)).length : 1;
  if (table2 && count2 !== 1) table2.mistakes.add(table2.path, "takes one of file, flake and expression");
  if (flake !== void 0) return { kind: "flake", flake };
  if (expression !== void 0) return { kind: "expression", expression };
  return { kind: "file", file: file ?? "default.nix" };
}

// src/config/proposals.ts
function proposals({ packages }) {
  const found2 = /* @__PURE__ */ new Map();
  for (const one of packages) {
    const key = one.group === void 0 ? `package ${one.name}` : `group ${one.group}`;
    const name = one.group ?? one.name;
    const others = found2.get(key)?.packages ?? [];
    const branch = one.pullRequest.branch ?? `uv-fod/${name}`;
    found2.set(key, { name, branch, options: one.pullRequest, packages: [...others, one] });
  }
  return [...found2.values()];
}
function fillTemplate(template3, values) {
  return template3.replace(/\{([a-z-]{1,40})\}/g, (whole, name) => values.get(name) ?? whole);
}

// src/config/parse.ts
var MAX_LENGTH = 256 * 1024;
var MAX_DEPTH = 16;
var topKeys = ["package", "pull-request", "groups", "index", "allowed-hosts", "cache-to"];
function parseConfig(text2, file) {
  const document = parseText(text2, file);
  const mistakes = new Mistakes(file, locateKeys(text2));
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
  const cacheTo = top.string("cache-to", cacheText, isCacheAddress);
  checkNames(packages, mistakes);
  checkGroups(packages, around, mistakes);
  checkBranches(packages, mistakes);
  mistakes.throwIfAny();
  return { packages: packages.map(({ config }) => config), index, allowedHosts, cacheTo };
}
function parseText(text2, file) {
  if (text2.length > MAX_LENGTH)
    throw new UserError(
      "config-syntax",
      `${file} has ${text2.length} characters; a configuration has at most ${MAX_LENGTH}. Look what is in it.`,
      { at: { file } }
    );
  try {
    return parse(text2.replace(/^\uFEFF/, ""), { maxDepth: MAX_DEPTH });
  } catch (error2) {
    if (!(error2 instanceof TomlError)) throw error2;
    const [said = ""] = error2.message.split("\n", 1);
    const reason = said.replace(/^Invalid TOML document: /, "").replace(/\.$/, "");
    throw new UserError(
      "config-syntax",
      `${file}:${error2.line}:${error2.column} is not valid TOML: ${reason}. Mend that line; docs/configuration.md has an example of each key.`,
      { at: { file, line: error2.line, column: error2.column }, cause: error2 }
    );
  }
}
function readPackages(top, around) {
  const list3 = top.list("package", "tables, each written [[package]]");
  if (list3 === void 0 || list3.length === 0) {
    if (list3 || !top.has("package"))
      top.wrong("package", "is missing; there has to be at least one [[package]]");
    return [];
  }
  return list3.flatMap((value, index) => {
    const path28 = ["package", index];
    if (!isTable(value)) {
      top.mistakes.add(path28, `is ${show(value)}; it takes a table, written [[package]]`);
      return [];
    }
    const config = readPackage(new TableReader(value, path28, packageKeys, top.mistakes), around);
    return config ? [{ index, config }] : [];
  });
}
function readGroups(top, below) {
  const groups = top.raw("groups");
  if (groups === void 0) return /* @__PURE__ */ new Map();
  if (!isTable(groups)) {
    top.wrong("groups", `is ${show(groups)}; it takes tables, each written [groups.NAME]`);
    return /* @__PURE__ */ new Map();
  }
  const names3 = Object.keys(groups);
  const reader = new TableReader(groups, ["groups"], names3, top.mistakes);
  return new Map(names3.map((name) => [name, readPullRequest(reader.table(name, pullRequestKeys), below)]));
}
function checkNames(packages, mistakes) {
  const seen = /* @__PURE__ */ new Map();
  for (const { index, config } of packages) {
    const other = seen.get(config.name);
    if (other !== void 0)
      mistakes.add(
        ["package", index, "name"],
        `is '${config.name}', as package ${other + 1} is; give one of them another 'name'`
      );
    else seen.set(config.name, index);
  }
}
function checkGroups(packages, { groups }, mistakes) {
  const used = new Set(packages.map(({ config }) => config.group));
  for (const name of groups.keys()) {
    if (!used.has(name)) mistakes.add(["groups", name], "has no package; a package is in it with 'group'");
  }
}
function checkBranches(packages, mistakes) {
  const seen = /* @__PURE__ */ new Map();
  for (const { branch, name, packages: of } of proposals({
    packages: packages.map(({ config }) => config)
  })) {
    const other = seen.get(branch);
    const index = packages.find(({ config }) => config === of[0])?.index ?? 0;
    if (other !== void 0)
      mistakes.add(
        ["package", index],
        `has the branch '${branch}', as '${other}' has; give '${name}' another name or 'branch'`
      );
    else seen.set(branch, name);
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

// src/ports/cancelled.ts
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

// src/pull-request/auto-merge.ts
async function setAutoMerge(forge, request, pull, isGithubToken, log) {
  const { autoMerge } = request;
  if (!autoMerge) return void 0;
  const off = (level, says) => {
    log[level](says);
    return { isNew: false, says };
  };
  const { number } = pull;
  if (pull.hasAutoMerge) return off("info", `Auto-merge is on for #${number} already.`);
  if (pull.isDraft || request.isUnverified) {
    const why = pull.isDraft ? "is a draft" : "did not pass verification";
    return off("info", `#${number} ${why}, so auto-merge is not switched on.`);
  }
  try {
    const choice = chooseMethod(await forge.merging?.(pull), autoMerge, number);
    if ("says" in choice) return off(choice.level, choice.says);
    const { method } = choice;
    if (autoMerge !== true && method !== autoMerge)
      log.warning(
        `The repository does not allow the merge method \`${autoMerge}\`, so #${number} gets \`${method}\`.`
      );
    const nothingToWaitFor = await forge.enableAutoMerge?.(pull, method);
    if (nothingToWaitFor !== void 0) {
      return off(
        "warning",
        `Auto-merge is not on for #${number}: it can be merged already, so there is nothing to wait for (${nothingToWaitFor}). Have a rule of \`${request.base.ref}\` require a check or a review, or merge it yourself; uv-fod merges nothing.`
      );
    }
    return { isNew: true, says: switchedOn(number, method, request, isGithubToken, log) };
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    return off("warning", error2.message);
  }
}
function switchedOn(number, method, { base }, isGithubToken, log) {
  const says = `Auto-merge is on for #${number} (${method}): it is merged once everything that \`${base.ref}\` requires is there.`;
  log.info(says);
  if (isGithubToken)
    log.info(
      "That merge is by GITHUB_TOKEN too, so it starts no workflows; with the token of a GitHub App it does."
    );
  return says;
}
function chooseMethod(merging3, wanted, number) {
  if (!merging3)
    return { level: "warning", says: `Auto-merge is not on for #${number}: there is none on this forge.` };
  const { switchedOffBy, isAllowed, methods } = merging3;
  if (switchedOffBy !== void 0) {
    return {
      level: "info",
      says: `Auto-merge of #${number} was switched off (${switchedOffBy}), and stays off.`
    };
  }
  const [first] = methods;
  if (!isAllowed || first === void 0) {
    return {
      level: "warning",
      says: `Auto-merge is not on for #${number}: the repository does not allow it. Switch on "Allow auto-merge" in its settings (General, Pull Requests), or do not ask for it (\`auto-merge\`).`
    };
  }
  return { method: wanted !== true && methods.includes(wanted) ? wanted : first };
}

// src/pull-request/files.ts
import { createHash } from "node:crypto";
var PLAIN = "100644";
var EXECUTABLE = "100755";
function blobId(content) {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest("hex").slice(0, 16);
}
function keyOf(request) {
  if (request.key !== void 0) return digest("key", request.key);
  return digest("files", request.base.ref, ...request.files.flatMap(({ path: path28, content }) => [path28, content]));
}
function sameEntry(a, b) {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}
function modeOf(file, existing) {
  if (existing && existing.mode !== PLAIN && existing.mode !== EXECUTABLE) {
    throw new UserError(
      "not-a-regular-file",
      `\`${file.path}\` is not a regular file in the repository (mode ${existing.mode}; a symlink or a submodule?), so it is not written. Name the file that it leads to instead.`
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
var NAME = "Uv-Fod";
var LINE = /^Uv-Fod: (\S+); base=([0-9a-f]{40}); tree=([0-9a-f]{40})(?:; run=(\d{1,16}))?$/;
var TRAILER_LINE = /^[A-Za-z0-9-]+: \S/;
function addTrailer(message, trailer) {
  const text2 = message.trimEnd();
  const run = trailer.run === void 0 ? "" : `; run=${trailer.run}`;
  const line = `${NAME}: ${trailer.branch}; base=${trailer.base}; tree=${trailer.tree}${run}`;
  const paragraphs = text2.split("\n\n");
  const last = paragraphs.length > 1 ? paragraphs.at(-1) ?? "" : "";
  const joins = last !== "" && last.split("\n").every((one) => TRAILER_LINE.test(one));
  return `${text2}${joins ? "\n" : "\n\n"}${line}
`;
}
function readTrailer(message) {
  const match = message.split("\n").map((line) => LINE.exec(line.trimEnd())).findLast((found2) => found2 !== null);
  if (!match) return void 0;
  const [, branch = "", base = "", tree = "", run] = match;
  return { branch, base, tree, run: run === void 0 ? void 0 : Number(run) };
}

// src/pull-request/branch.ts
async function readBranch(forge, { branch }, sight) {
  const head2 = sight.branch;
  if (!head2) return void 0;
  const { commits, ...rest } = await forge.compare(sight.base.oid, head2.oid);
  return { head: head2, ...rest, commits: commits.map((commit) => branchCommit(commit, branch)) };
}
function branchCommit({ message, ...commit }, branch) {
  const trailer = readTrailer(message);
  const ours = trailer?.branch === branch && trailer.tree === commit.tree ? trailer : void 0;
  return { ...commit, subject: message.split("\n")[0] ?? "", ours };
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
async function planCommit(forge, request, sight, state, wanted, disposable) {
  const changes = wanted.filter((file) => !sameEntry(file, sight.base.files.get(file.path)));
  if (!state) return { parent: sight.base, files: changes, before: void 0, rebuilds: false };
  if (!disposable && hasOthersCommits(state)) return planOnTop(forge, request, state, wanted);
  const [only] = state.commits;
  const upToDate = state.commits.length === 1 && only?.parents.join() === sight.base.oid && state.changed.size === changes.length && changes.every((file) => state.changed.has(file.path) && sameEntry(file, state.head.files.get(file.path)));
  if (upToDate) return void 0;
  return { parent: sight.base, files: changes, before: state.head.oid, rebuilds: true };
}
async function planOnTop(forge, request, state, wanted) {
  const files = wanted.filter((file) => !sameEntry(file, state.head.files.get(file.path)));
  if (files.length === 0) return void 0;
  const last = state.commits.findLast(({ ours }) => ours !== void 0)?.sha ?? state.mergeBase;
  const before = await forge.viewCommit(
    last,
    request.files.map(({ path: path28 }) => path28)
  );
  const touched = files.filter(({ path: path28 }) => !sameEntry(before.files.get(path28), state.head.files.get(path28)));
  if (touched.length > 0) {
    const theirs = state.commits.filter(({ ours }) => ours === void 0);
    const who = [...new Set(theirs.map(({ author }) => author))].join(", ");
    throw new UserError(
      "branch-edited",
      `Somebody (${who}) changed ${touched.map(({ path: path28 }) => `\`${path28}\``).join(", ")} on the branch \`${request.branch}\`, and that is not overwritten. Merge the pull request, or delete the branch so that it is made afresh.`
    );
  }
  return { parent: state.head, files, before: state.head.oid, rebuilds: false };
}
async function commitFiles(forge, { branch, base, run, commitMessage }, { parent, files, before, rebuilds }, log) {
  const message = (tree) => addTrailer(commitMessage, { branch, base: base.sha, tree, run });
  const sha = await forge.makeCommit({ parent, files, message });
  if (!await forge.moveBranch(branch, { before, after: sha, force: rebuilds })) return void 0;
  log.info(`Commit ${sha} on ${branch}, on top of ${parent.oid}.`);
  return sha;
}

// src/pull-request/check.ts
var BAD_PART = /^(?:|\.|\.\.|\.git)$/i;
var CONTROL = new RegExp("\\p{Cc}", "u");
function pathProblem(path28) {
  if (CONTROL.test(path28)) return "it holds a control character";
  if (path28.length > 4096) return "it is longer than 4,096 characters";
  if (path28.includes("\\")) return "it holds a backslash";
  if (path28.split("/").some((part) => BAD_PART.test(part)))
    return "it is not a plain path below the repository";
  return void 0;
}
var BAD_BRANCH = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)|(?:^|\/)\.|^[-/@]$|^-|^\/|[/.]$|^refs\//u;
function checkBranch(name, what) {
  if (name !== "" && name.length < 245 && !BAD_BRANCH.test(name)) return;
  throw new UserError(
    "bad-branch",
    `${JSON.stringify(name.slice(0, 100))} cannot be the name of ${what}. Give a branch name without \`refs/heads/\`, such as \`uv-fod/authentik\`.`
  );
}
function checkRequest(request) {
  checkBranch(request.branch, "the branch to publish on");
  checkBranch(request.base.ref, "the base branch");
  if (request.branch === request.base.ref) {
    throw new UserError(
      "bad-branch",
      `The branch to publish on and the base are both \`${request.branch}\`. Choose another name for the branch.`
    );
  }
  if (!/^[0-9a-f]{40}$/.test(request.base.sha)) {
    throw new UserError(
      "bad-base",
      `The commit that was checked out has to be given as 40 hexadecimal digits, not ${JSON.stringify(request.base.sha.slice(0, 80))}.`
    );
  }
  const seen = /* @__PURE__ */ new Set();
  for (const { path: path28 } of request.files) {
    const problem = seen.has(path28) ? "it is given twice" : pathProblem(path28);
    if (problem)
      throw new UserError(
        "bad-path",
        `The path ${JSON.stringify(path28.slice(0, 200))} is not published: ${problem}.`
      );
    seen.add(path28);
  }
  for (const path28 of request.computedFrom ?? []) {
    const problem = pathProblem(path28);
    if (problem)
      throw new UserError(
        "bad-path",
        `The path ${JSON.stringify(path28.slice(0, 200))} cannot be looked up: ${problem}.`
      );
  }
}

// src/pull-request/failures.ts
var failureOf = (error2) => typeof error2 === "object" && error2 !== null ? error2 : {};
function statusOf(error2) {
  return failureOf(error2).status;
}
function headerOf(error2, name) {
  return failureOf(error2).response?.headers?.[name];
}
function problemsOf(error2) {
  const failure = failureOf(error2);
  const data = failure.response?.data;
  const listed2 = failure.errors ?? (typeof data === "object" ? data.errors : void 0);
  return Array.isArray(listed2) ? listed2 : [];
}
function wordsOf2(error2) {
  const failure = failureOf(error2);
  const data = failure.response?.data;
  const said = typeof data === "object" ? data.message : void 0;
  const details = problemsOf(error2).map(
    (one) => one.message ?? [one.field, one.code].filter(Boolean).join(" ")
  );
  const parts = failure.errors ? details : [said ?? failure.message ?? String(error2), ...details];
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
  if (headers?.["retry-after"] !== void 0) return `in ${headers["retry-after"]} seconds`;
  const reset = Number(headers?.["x-ratelimit-reset"]);
  return Number.isFinite(reset) && reset > 0 ? `after ${new Date(reset * 1e3).toISOString()}` : "in a while";
}
function explainingBy(table2) {
  const explain4 = (step, error2) => {
    if (error2 instanceof UserError) return error2;
    const found2 = table2.find(({ fits: fits2 }) => fits2(error2));
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
var OUT_OF_ORDER = ["github-unavailable", "forge-unavailable"];
var isUnavailable = (error2) => error2 instanceof UserError && OUT_OF_ORDER.includes(error2.code);
var isFinal = (error2) => error2 instanceof UserError && error2.code !== "rate-limited" && !isUnavailable(error2);
async function orWarn(log, call, isWarning = isFinal) {
  try {
    return await call();
  } catch (error2) {
    if (!(error2 instanceof UserError) || !isWarning(error2)) throw error2;
    log.warning(error2.message);
    return false;
  }
}

// src/pull-request/marker.ts
var MARKER = /<!-- uv-fod key=([0-9a-f]{16}) text=([0-9a-f]{16})( draft)?( closed)? -->/g;
function writeMarker(marker) {
  const flags = `${marker.draft ? " draft" : ""}${marker.closed ? " closed" : ""}`;
  return `<!-- uv-fod key=${marker.key} text=${marker.text}${flags} -->`;
}
function readMarker(body2) {
  const match = [...(body2 ?? "").matchAll(MARKER)].at(-1);
  if (!match) return void 0;
  const [, key = "", text2 = "", draft, closed] = match;
  return { key, text: text2, closed: closed !== void 0, ...draft === void 0 ? {} : { draft: true } };
}
function replaceMarker(body2, marker) {
  return `${body2.replaceAll(MARKER, "").trimEnd()}

${writeMarker(marker)}`;
}
function closing(text2) {
  let fence;
  for (const line of text2.split("\n")) {
    const run = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (run === void 0) continue;
    if (fence === void 0) fence = run;
    else if (run.startsWith(fence)) fence = void 0;
  }
  const open3 = text2.split("<details").length - text2.split("</details>").length;
  return `${fence === void 0 ? "" : `
${fence}`}${"\n</details>".repeat(Math.max(open3, 0))}`;
}
function finishBody(body2, marker, limit) {
  const end = `

${writeMarker(marker)}`;
  if (body2.length + end.length <= limit) return `${body2.trimEnd()}${end}`;
  const note = "\n\n*Cut here: the rest is longer than a pull request may be. It is in the summary of the job that opened this.*";
  const room = limit - end.length - note.length - 400;
  const cut2 = body2.slice(0, body2.lastIndexOf("\n", room) > 0 ? body2.lastIndexOf("\n", room) : room);
  const closed = closing(cut2);
  return `${cut2.trimEnd()}${closed.length <= 400 ? closed : ""}${note}${end}`;
}

// src/pull-request/draft.ts
async function holdBack(forge, request, pull, log) {
  if (!pull || pull.isDraft || !request.isUnverified) return pull;
  const convert = async () => {
    if (!forge.setDraft) return false;
    if (pull.marker && !request.draft)
      await forge.editPull(pull.number, { body: replaceMarker(pull.body, { ...pull.marker, draft: true }) });
    await forge.setDraft(pull, true);
    return true;
  };
  const isDraft2 = pull.hasAutoMerge ? await convert().catch(refuse(pull)) : await orWarn(log, convert);
  if (isDraft2) log.info(`#${pull.number} is a draft now: what it proposes did not pass verification.`);
  return { ...pull, isDraft: isDraft2 };
}
var refuse = (pull) => (error2) => {
  if (!(error2 instanceof UserError)) throw error2;
  throw new UserError(
    error2.code,
    `${error2.message} Auto-merge is on for #${pull.number}, so what did not pass verification is not put there.`,
    { cause: error2 }
  );
};
async function release(forge, request, pull, log) {
  const { setDraft: setDraft3 } = forge;
  const isOurs = pull.isDraft && pull.marker?.draft === true;
  if (!isOurs || request.isUnverified || request.draft || !setDraft3) return pull;
  const isReady = await orWarn(log, async () => {
    await setDraft3(pull, false);
    return true;
  });
  if (isReady) log.info(`#${pull.number} is ready for review: what it proposes passed verification now.`);
  return isReady ? { ...pull, isDraft: false } : pull;
}

// src/pull-request/extras.ts
var same = (a, b) => a.toLowerCase() === b.toLowerCase();
var LISTS = ["labels", "assignees", "reviewers", "milestone"];
function missing(list3, request, pull) {
  if (list3 === "milestone")
    return request.milestone === void 0 || pull.milestone.length > 0 ? [] : [request.milestone];
  return (request[list3] ?? []).filter((item2) => !pull[list3].some((one) => same(item2, one)));
}
async function addExtras(forge, request, pull, log) {
  if (LISTS.every((list3) => missing(list3, request, pull).length === 0)) return false;
  const before = await forge.everAdded(pull.number);
  const wasThere = (list3, item2) => list3 === "milestone" ? before.milestone.length > 0 : before[list3].some((one) => same(item2, one));
  let added = false;
  for (const list3 of LISTS) {
    const items = missing(list3, request, pull).filter((item2) => !wasThere(list3, item2));
    if (items.length === 0) continue;
    const wrote = await orWarn(log, () => forge.add(pull.number, list3, items, log));
    added ||= wrote;
  }
  return added;
}

// src/pull-request/pulls.ts
var withMarker = (pull) => ({ ...pull, marker: readMarker(pull.body) });
async function listPulls(forge, { branch }) {
  return (await forge.listPulls(branch)).map(withMarker);
}
function openPull(pulls, request) {
  const open3 = pulls.filter(({ isOpen }) => isOpen);
  return open3.find(({ baseRef }) => baseRef === request.base.ref) ?? open3[0];
}
function closedByPerson(pulls, request) {
  const key = keyOf(request);
  return pulls.find(
    ({ isOpen, isMerged, marker }) => !isOpen && !isMerged && marker?.key === key && !marker.closed
  );
}
function markerOf(request) {
  const text2 = digest(request.title, request.bodyKey ?? request.body);
  const draft = request.isUnverified === true && request.draft !== true;
  return { key: keyOf(request), text: text2, closed: false, ...draft ? { draft } : {} };
}
async function createPull(forge, request, log) {
  const { title, branch: head2 } = request;
  const draft = request.draft === true || request.isUnverified === true;
  const body2 = finishBody(request.body, markerOf(request), forge.bodyLimit);
  const made = await forge.openPull({ title, body: body2, head: head2, base: request.base.ref, draft }, log);
  if (made === "exists") return openPull(await listPulls(forge, request), request);
  return made === "nothing-new" ? void 0 : withMarker(made);
}
async function updatePull(forge, request, pull, log) {
  const { title } = request;
  const marker = markerOf(request);
  const rebased = pull.baseRef !== request.base.ref;
  if (!pull.marker)
    log.info(`The text of #${pull.number} is a person's (our marker is not in it) and stays.`);
  const stale = pull.marker !== void 0 && (pull.marker.text !== marker.text || pull.marker.key !== marker.key);
  if (!stale && !rebased) return false;
  const takesOver = stale && pull.marker?.key !== marker.key && pull.title !== title;
  if (takesOver) log.info(`#${pull.number} takes over: it was "${pull.title}", and is "${title}" now.`);
  const told = takesOver ? `${request.body.trimEnd()}

${takesOverFrom(pull)}` : request.body;
  const text2 = stale ? { title, body: finishBody(told, marker, forge.bodyLimit) } : {};
  const base = rebased ? { base: request.base.ref } : {};
  await forge.editPull(pull.number, { ...text2, ...base });
  return true;
}
var takesOverFrom = ({ title }) => `Takes over from \`${title.replace(/[`\p{Cc}]/gu, " ")}\`, which this pull request proposed before.`;
var CLOSED = "<!-- uv-fod closed -->";
async function sayClosed(forge, { base }, { number }) {
  const body2 = `\`${base.ref}\` has all of this by now (as of ${base.sha}), so there is nothing left to merge. Closed; the branch stays.

${CLOSED}`;
  for (let tries = 1; ; tries++) {
    if ((await forge.comments(number)).some((text2) => text2.includes(CLOSED))) return;
    try {
      await forge.comment(number, body2);
      return;
    } catch (error2) {
      if (!isUnavailable(error2) || tries === 3) throw error2;
    }
  }
}
async function closePull(forge, request, pull) {
  await sayClosed(forge, request, pull);
  const marker = { ...pull.marker ?? markerOf(request), closed: true };
  await forge.editPull(pull.number, { state: "closed", body: replaceMarker(pull.body, marker) });
}

// src/pull-request/publish.ts
var all = () => true;
var ROUNDS = 4;
async function publish(forge, request, log) {
  checkRequest(request);
  for (let round = 1; round <= ROUNDS; round++) {
    const result = await publishOnce(forge, request, log);
    if (result !== "moved") return result;
    log.info(`Somebody else moved \`${request.branch}\` or its base meanwhile: looking again.`);
  }
  throw new UserError(
    "branch-moves",
    `The branch \`${request.branch}\` was moved by somebody else each of the ${ROUNDS} times that it was to be written, so nothing was. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`
  );
}
function none(request, reason, pull, commit) {
  return { outcome: "none", reason, branch: request.branch, ...commit ? { commit } : {}, ...linkOf(pull) };
}
function linkOf(pull) {
  return pull ? { number: pull.number, url: pull.url } : {};
}
function changedSince(request, sight) {
  const paths = [...request.files.map(({ path: path28 }) => path28), ...request.computedFrom ?? []];
  return paths.filter((path28) => !sameEntry(sight.read.files.get(path28), sight.base.files.get(path28)));
}
function withNote(request) {
  const { noteForGithubToken: note, body: body2, bodyKey: bodyKey2 = body2 } = request;
  return note === void 0 ? request : { ...request, body: `${body2.trimEnd()}

${note}`, bodyKey: bodyKey2 };
}
async function publishOnce(forge, asked3, log) {
  const sight = await forge.look(asked3);
  const request = sight.isGithubToken ? withNote(asked3) : asked3;
  const changed = changedSince(request, sight);
  if (changed.length > 0) {
    log.warning(
      `\`${request.base.ref}\` has other versions of ${changed.join(", ")} since this began (now ${sight.base.oid}): nothing is published; the next run starts from there.`
    );
    return none(request, "base-changed");
  }
  const wanted = wantedFiles(request.files, sight.base);
  const isCurrent = wanted.every((file) => sameEntry(file, sight.base.files.get(file.path)));
  if (isCurrent && !sight.branch) return closeObsolete(forge, request, void 0, void 0, log);
  const pulls = await listPulls(forge, request);
  const open3 = openPull(pulls, request);
  const state = await readBranch(forge, request, sight);
  if (isCurrent) return closeObsolete(forge, request, state, open3, log);
  if (state && await isNewer(forge, request, state)) {
    log.info(`A later run published on \`${request.branch}\`: this one writes nothing.`);
    return none(request, "newer-run", open3, state.head.oid);
  }
  const closed = open3 ? void 0 : closedByPerson(pulls, request);
  if (closed) {
    log.info(`#${closed.number} proposed just this and was closed by a person: it is not opened again.`);
    return none(request, "closed-by-person", closed);
  }
  const merged = pulls.some(({ isMerged, head: head2 }) => isMerged && head2 === state?.head.oid);
  const plan = await planCommit(forge, request, sight, state, wanted, merged);
  const held = plan ? await holdBack(forge, request, open3, log) : open3;
  const commit = plan ? await commitFiles(forge, request, plan, log) : state?.head.oid;
  if (commit === void 0) return "moved";
  const before = state?.head.oid;
  return propose(forge, request, { sight, open: held, before, commit, committed: plan !== void 0 }, log);
}
async function closeObsolete(forge, request, state, open3, log) {
  if (!open3?.marker) {
    const why = open3 ? `the text of ${open3.url} is a person's, so it stays open` : "there is no pull request to close";
    log.info(`\`${request.base.ref}\` has all of this already, and ${why}.`);
    return none(request, "base-is-current");
  }
  if (state && hasOthersCommits(state)) {
    log.info(`The base has all of this, but #${open3.number} holds commits of others: it stays open.`);
    return none(request, "others-commits", open3);
  }
  await closePull(forge, request, open3);
  log.info(`#${open3.number} has nothing left to do and was closed.`);
  return { outcome: "closed", branch: request.branch, ...linkOf(open3) };
}
async function propose(forge, request, proposal, log) {
  const { open: open3, commit, committed } = proposal;
  const { isGithubToken } = proposal.sight;
  const { branch, noteForGithubToken: note } = request;
  if (!open3) {
    const made = await openOrTakeBack(forge, request, proposal, log);
    if (!made) return "moved";
    log.info(`Opened ${made.url}.`);
    if (isGithubToken && note) log.info(note);
    const { told: told2 } = await finishPull(forge, request, made, isGithubToken, log);
    return { outcome: "created", branch, commit, ...linkOf(made), ...told2 };
  }
  const pull = await release(forge, request, open3, log);
  const edited = await updatePull(forge, request, pull, log);
  const { wrote, told } = open3.marker ? await finishPull(forge, request, pull, isGithubToken, log) : { wrote: false, told: {} };
  if (!committed && !edited && !wrote && pull === open3) {
    log.info(`${open3.url} says all of this already: nothing is written.`);
    return { ...none(request, "unchanged", open3, commit), ...told };
  }
  log.info(`Updated ${open3.url}.`);
  if (committed && isGithubToken && note) log.info(note);
  return { outcome: "updated", branch, commit, ...linkOf(open3), ...told };
}
async function finishPull(forge, request, pull, isGithubToken, log) {
  const added = await orWarn(log, () => addExtras(forge, request, pull, log), all);
  const merged = await setAutoMerge(forge, request, pull, isGithubToken, log);
  return { wrote: added || merged?.isNew === true, told: merged ? { autoMerge: merged.says } : {} };
}
async function openOrTakeBack(forge, request, proposal, log) {
  const { before, commit, committed } = proposal;
  try {
    return await createPull(forge, request, log);
  } catch (error2) {
    if (committed && isFinal(error2)) {
      const { branch } = request;
      const isBack = await forge.moveBranch(branch, { before: commit, after: before, force: true }).catch(() => false);
      if (isBack)
        log.info(`\`${branch}\` is ${before === void 0 ? "taken away again" : "as it was before"}.`);
      else log.warning(`The branch \`${branch}\` could not be put back to what it was.`);
    }
    throw error2;
  }
}

// src/release/index-page.ts
var JSON_TYPE = "application/vnd.pypi.simple.v1+json";
async function indexReleases(index, name, fetchText) {
  if (index === void 0) throw noIndex(name);
  const project = normalizeName(name) ?? name;
  const url = `${index.replace(/\/+$/, "")}/${project}/`;
  const { status, contentType, text: text2 } = await fetchText(url, { accept: JSON_TYPE });
  if (status === 404)
    throw new UserError(
      "releases-not-found",
      `The index has no package '${name}' (${hostOf(url)}). Correct 'pypi' under 'releases', or name another 'index', in the configuration.`
    );
  if (status !== 200 || !contentType.startsWith(JSON_TYPE))
    throw new UserError(
      "releases-unreachable",
      `The index at ${hostOf(url)} answered for '${name}' with status ${status} and ${contentType || "no type"}, not with JSON of its Simple API (PEP 691). Name an index that has it as 'index' in the configuration, or run this again later.`
    );
  return versionsOf(parse2(text2, url), project);
}
function chooseIndex(...settings2) {
  return settings2.find((url) => url !== void 0 && /^https?:\/\//.test(url) && URL.canParse(url));
}
function parse2(text2, url) {
  const files = filesOfPage(text2);
  if (files) return files;
  throw new UserError(
    "releases-unreachable",
    `What the index at ${hostOf(url)} answered is not the JSON of its Simple API (PEP 691). Run this again later, or name another 'index' in the configuration.`
  );
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
function versionsOf(files, project) {
  const dates = /* @__PURE__ */ new Map();
  for (const { filename, yanked, "upload-time": uploaded } of files) {
    const version = typeof filename === "string" ? versionIn(filename, project) : void 0;
    if (version === void 0 || yanked !== void 0 && yanked !== false) continue;
    const time = typeof uploaded === "string" ? Date.parse(uploaded) : Number.NaN;
    const known = dates.has(version) ? dates.get(version) : 0;
    dates.set(version, known === void 0 || Number.isNaN(time) ? void 0 : Math.max(known, time));
  }
  return [...dates].map(([version, date]) => ({ version, ...date === void 0 ? {} : { date } }));
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
var hostOf = (url) => new URL(url).host;
function noIndex(name) {
  return new UserError(
    "index-unknown",
    `Nothing says which package index to ask for '${name}'. Set 'index' in the configuration to its address, or UV_DEFAULT_INDEX in the environment, as uv reads it.`
  );
}

// src/release/advice.ts
var adviceKey = ({ name, version }) => `${name} ${version}`;
var MOST2 = 100;
var AT_ONCE = 8;
var TIME = 15e3;
var LONGEST2 = 16e6;
var MOST_OF_ONE = 10;
async function askIndexes(releases, fetchText, time = TIME) {
  const signal = AbortSignal.timeout(time);
  const advice = /* @__PURE__ */ new Map();
  const silent = /* @__PURE__ */ new Map();
  const withoutApi = /* @__PURE__ */ new Set();
  const queue = releases.filter(({ index }) => /^https?:\/\//.test(index)).slice(0, MOST2);
  const work = queue.values();
  const one = async () => {
    for (const release2 of work) {
      const { index } = release2;
      if (silent.has(index)) continue;
      try {
        const told = await ask(
          release2,
          (url, accept) => fetchText(url, { accept }, { signal, most: LONGEST2 }),
          withoutApi
        );
        if (told) advice.set(adviceKey(release2), told);
      } catch (error2) {
        silent.set(index, signal.aborted ? `no answer within ${time / 1e3} s` : reasonOf(error2));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const notAsked = [...silent].map(([index, why]) => `the index at ${hostOf2(index)} (${why})`);
  if (queue.length < releases.length)
    notAsked.push(`${releases.length - queue.length} of ${releases.length} new releases`);
  return { advice, notAsked };
}
async function ask(release2, get, withoutApi) {
  const { name, version } = release2;
  const index = release2.index.replace(/\/+$/, "");
  const base = /^(.*)\/simple$/.exec(index)?.[1];
  if (base !== void 0 && !withoutApi.has(index)) {
    const answer2 = await get(`${base}/pypi/${name}/${encodeURIComponent(version)}/json`, "application/json");
    const told = answer2.status === 200 ? ofApi(answer2.text, index) : void 0;
    if (told) return told;
    withoutApi.add(index);
  }
  const answer = await get(`${index}/${name}/`, JSON_TYPE);
  const page = answer.contentType.startsWith(JSON_TYPE) ? filesOfPage(answer.text) : void 0;
  if (answer.status !== 200 || !page)
    throw new Error(`it answers with status ${answer.status} and no JSON (PEP 691)`);
  const files = page.filter(
    ({ filename }) => typeof filename === "string" && versionIn(filename, name) === version
  );
  const yanked = files.length > 0 && files.every((file) => isYanked(file.yanked)) ? files[0]?.yanked : void 0;
  return { vulnerabilities: [], ...yanked === void 0 ? {} : { yanked: textOf(yanked) } };
}
var isYanked = (value) => value === true || typeof value === "string" && value !== "";
var textOf = (value) => typeof value === "string" ? value.slice(0, 400) : "";
function ofApi(text2, index) {
  const answer = objectOf(parsed(text2));
  const info2 = objectOf(answer?.info);
  if (!answer || !info2) return void 0;
  const page = textOf(info2.release_url);
  const known = Array.isArray(answer.vulnerabilities) ? answer.vulnerabilities : [];
  return {
    vulnerabilities: known.flatMap(vulnerabilityOf).slice(0, MOST_OF_ONE),
    ...info2.yanked === true ? { yanked: textOf(info2.yanked_reason) } : {},
    // It has no say about where else people are sent.
    ...hostOf2(page) === hostOf2(index) ? { page } : {}
  };
}
function vulnerabilityOf(value) {
  const one = objectOf(value);
  if (!one || one.withdrawn !== void 0 && one.withdrawn !== null) return [];
  const names3 = [...textsOf(one.aliases), textOf(one.id)];
  const id = names3.find((name) => name.startsWith("CVE-")) ?? textOf(one.id);
  if (id === "") return [];
  const [url, summary3] = [textOf(one.link), textOf(one.summary)];
  return [
    {
      id,
      fixedIn: textsOf(one.fixed_in),
      ...url === "" ? {} : { url },
      ...summary3 === "" ? {} : { summary: summary3 }
    }
  ];
}
var textsOf = (value) => Array.isArray(value) ? value.filter((one) => typeof one === "string").slice(0, 20) : [];
var objectOf = (value) => typeof value === "object" && value !== null ? value : void 0;
function parsed(text2) {
  try {
    return JSON.parse(text2);
  } catch {
    return void 0;
  }
}
var hostOf2 = (url) => URL.parse(url)?.host ?? "";
var reasonOf = (error2) => (error2 instanceof Error ? error2.message : String(error2)).split("\n", 1)[0]?.slice(0, 200).replace(/\.$/, "") ?? "";

// src/refresh/advice.ts
function newReleases({ added, changed }, { project }) {
  const all2 = [...added, ...changed];
  const ordered = [
    ...all2.filter(({ relation }) => relation === "direct"),
    ...all2.filter(({ relation }) => relation !== "direct")
  ];
  return ordered.flatMap(({ name, before }) => {
    const old = new Set(before.map(({ version }) => version));
    return (project.lock.byName.get(name) ?? []).flatMap(
      ({ version, source }) => source.kind === "registry" && version !== void 0 && !old.has(version) ? [{ name, version, index: source.url }] : []
    );
  });
}
async function advise(update2, diff, fetchText, log) {
  const releases = diff && update2.edits.length > 0 ? newReleases(diff, update2) : [];
  if (releases.length === 0) return { advice: /* @__PURE__ */ new Map(), notAsked: [] };
  return log.group("Index: withdrawn releases and known vulnerabilities", async () => {
    const advised = await askIndexes(releases, fetchText);
    for (const release2 of releases) {
      const { yanked, vulnerabilities = [] } = advised.advice.get(adviceKey(release2)) ?? {};
      const name = `${release2.name} ${release2.version}`;
      if (yanked !== void 0)
        log.warning(`${name} was withdrawn from its index: ${yanked || "no reason given"}`);
      for (const { id, summary: summary3 } of vulnerabilities)
        log.warning(`${name} has the known vulnerability ${id}${summary3 ? `: ${summary3}` : ""}`);
    }
    for (const one of advised.notAsked) log.info(`Not asked: ${one}.`);
    const { size: size2 } = advised.advice;
    log.info(`The index answered for ${size2} of ${releases.length} new releases.`);
    return advised;
  });
}

// src/derivation/journal.ts
import { readFile, rename as rename2, rm as rm2, writeFile as writeFile2 } from "node:fs/promises";
import path9 from "node:path";
var journalName = "uv-fod-undo.json";
var none2 = { write: async () => {
}, clear: async () => {
} };
async function openJournal(dir, run, processes2, known) {
  const file = known ?? await fileOf(dir, run);
  if (file === void 0) return none2;
  const { self, isAlive: isAlive2 } = processes2;
  await recover(file, isAlive2, (files) => forget(dir, files, run));
  return {
    write: async (edits) => {
      await writeFile2(`${file}.new`, JSON.stringify({ self, edits }), { mode: 384 });
      await rename2(`${file}.new`, file);
    },
    clear: () => rm2(file, { force: true })
  };
}
async function fileOf(dir, run) {
  const asked3 = await run("git", ["-C", dir, "rev-parse", "--git-path", journalName]);
  return asked3.code === 0 ? path9.resolve(dir, asked3.stdout.trim()) : void 0;
}
function onTop(journal, below) {
  const first = new Map(below.map(({ file, before }) => [file, before]));
  return {
    // A file that several steps change is here once for each text that a kill may leave it with.
    write: (edits) => journal.write([
      ...below,
      ...edits.map((edit) => first.has(edit.file) ? { ...edit, before: first.get(edit.file) } : edit)
    ]),
    clear: () => below.length === 0 ? journal.clear() : journal.write(below)
  };
}
function joinEdits(first, second) {
  const joined = new Map(first.map((edit) => [edit.file, edit]));
  for (const edit of second)
    joined.set(edit.file, {
      ...edit,
      before: joined.has(edit.file) ? joined.get(edit.file)?.before : edit.before
    });
  return [...joined.values()].filter(({ before, after }) => before !== after);
}
async function recover(file, isAlive2, forgetAll) {
  const text2 = await readFile(file, "utf8").catch(() => void 0);
  if (text2 === void 0) return;
  const left = JSON.parse(text2);
  if (isAlive2(left.self)) {
    throw new UserError(
      "already-running",
      `Another run changes this checkout (process ${left.self.split(" ")[0]}); wait for it, or give each run a checkout of its own.`
    );
  }
  const unchanged = [];
  for (const edit of left.edits) {
    const now = await readFile(edit.file, "utf8").catch(() => void 0);
    if (now === edit.after) unchanged.push(edit);
  }
  await replaceAll(unchanged.map(({ file: file2, before }) => ({ file: file2, text: before })));
  await forgetAll(unchanged.flatMap((edit) => edit.before === void 0 ? [edit.file] : []));
  await rm2(file, { force: true });
}

// src/refresh/group.ts
async function refreshGroup(packages, journal, parts, refresh2) {
  const refreshed = [];
  let edits = [];
  const undo = async () => {
    for (const one of [...refreshed].reverse()) await one.undo();
  };
  try {
    for (const config of packages) {
      const below = edits;
      const now = await refresh2(config, { ...parts, journal: async () => onTop(journal, below) });
      refreshed.push(now);
      edits = joinEdits(edits, now.edits);
    }
  } catch (error2) {
    await undo();
    throw error2;
  }
  return { refreshed, edits, undo, keep: journal.clear };
}

// src/bump/changes.ts
var Changes = class {
  #read;
  #journal;
  #files = /* @__PURE__ */ new Map();
  /** @param journal learns of each step before it is taken */
  constructor(read2, journal) {
    this.#read = read2;
    this.#journal = journal;
  }
  /** @throws UserError `file-missing` */
  async read(file) {
    const text2 = this.#files.get(file)?.now ?? await this.#read(file);
    if (text2 !== void 0) return text2;
    throw new UserError("file-missing", `There is no file ${file}; correct its path in the configuration.`);
  }
  async write(file, text2) {
    const now = await this.read(file);
    if (text2 === now) return;
    const before = this.#files.get(file)?.before ?? now;
    await this.#journal?.write([...this.edits(), { file, before, after: text2 }]);
    await applyEdits([{ file, before: now, after: text2 }]);
    this.#files.set(file, { before, now: text2 });
  }
  /** Files that are not as they were. */
  edits() {
    return [...this.#files].flatMap(
      ([file, { before, now }]) => before === now ? [] : [{ file, before, after: now }]
    );
  }
  /** Puts every file back. */
  async undo() {
    const back = this.edits().map(({ file, before, after }) => ({
      file,
      before: after,
      after: before ?? ""
    }));
    await applyEdits(back);
    this.#files.clear();
    await this.#journal?.clear();
  }
  /** Settles what was changed: nothing will put it back. */
  async keep() {
    await this.#journal?.clear();
  }
};

// src/bump/facts.ts
var fileOf2 = (set) => `(let at = ${set}.meta.position or null; in if at == null then null else builtins.head (builtins.match "(.*):[0-9]+" at))`;
function packageFacts(where, run) {
  return evaluate2(
    where,
    run,
    `{
      version = package.version or "";
      position = builtins.unsafeGetAttrPos "version" package;
      revision = package.src.rev or null;
      hasFetchedSource = (package.src.outputHash or null) != null;
      file = ${fileOf2("package")};
    }`
  );
}
function outputFacts(where, attribute, run) {
  return evaluate2(
    where,
    run,
    `let drv = ${select(attribute)}; in {
      hash = drv.outputHash or null;
      algorithm = drv.outputHashAlgo or null;
      drv = builtins.unsafeDiscardStringContext drv.drvPath;
      out = builtins.unsafeDiscardStringContext drv.outPath;
      positions = builtins.filter (at: at != null) (
        [ (drv.uvFod.position or null) ] ++ map (name: builtins.unsafeGetAttrPos name drv) ${hashNames}
      );
      file = ${fileOf2("drv")};
    }`
  );
}
var hashNames = '[ "hash" "outputHash" "sha256" "sha512" "vendorHash" "cargoHash" "npmDepsHash" ]';
function stringFacts(where, attribute, run) {
  const parts = attribute.split(".");
  const name = parts.pop() ?? "";
  const parent = parts.join(".");
  return evaluate2(
    where,
    run,
    `let set = ${parent === "" && attribute.startsWith(".") ? "package" : select(parent)}; in {
      value = toString (step set "${checked(name)}");
      position = builtins.unsafeGetAttrPos "${name}" set;
    }`
  );
}
async function outputPath(where, attribute, hash, run) {
  const body2 = `let drv = ${select(attribute)}; in builtins.unsafeDiscardStringContext (derivation {
    inherit (drv) name;
    system = "any";
    builder = "none";
    outputHash = "${checked(hash)}";
    outputHashMode = drv.outputHashMode or "flat";
  }).outPath`;
  return evaluate2(where, run, body2);
}
function select(attribute) {
  const root = attribute.startsWith(".") ? "package" : "root";
  const names3 = attribute.split(".").filter((name) => name !== "");
  return `(builtins.foldl' step ${root} [ ${names3.map((name) => `"${checked(name)}"`).join(" ")} ])`;
}
function checked(text2) {
  if (/^[\w'+/=-]+$/.test(text2)) return text2;
  throw new Error(`not to be written into a Nix expression: ${JSON.stringify(text2)}`);
}
async function evaluate2(where, run, body2) {
  const result = await evaluateJson(where, body2, run);
  if ("value" in result) return result.value;
  if (result.code === noSuchProgram)
    throw new UserError(
      "nix-missing",
      "There is no nix-instantiate on PATH: install Nix in a step before this one."
    );
  const missing3 = /error: uv-fod:no-attribute:([\w'-]+)/.exec(result.stderr)?.[1];
  if (missing3 !== void 0)
    throw new UserError(
      "attribute-missing",
      `There is no attribute '${missing3}' in ${nameOf(where)}, where the configuration of '${where.attribute}' says so; correct the path. One that begins with a dot starts at the package.`,
      placeOf(where)
    );
  throw new UserError(
    "evaluation-failed",
    `Nix can't evaluate '${where.attribute}' of ${nameOf(where)}: ${failureText(result.stderr)}. Mend the expression; the whole message is in the log.`,
    { ...placeOf(where), log: result.stderr }
  );
}

// src/bump/fixed-output.ts
import { access as access2 } from "node:fs/promises";
import path12 from "node:path";

// src/bump/build.ts
var limits = ["--timeout", "10800", "--max-silent-time", "3600"];
var SHOWN = 12;
async function hashFromNothing(attribute, drv, bench) {
  const result = await build(attribute, [], `from nothing`, bench);
  const found2 = mismatches(result.stderr);
  const own = found2.find((one) => one.drv === drv);
  if (own) return own.got;
  const [other] = found2;
  if (other) throw outOfOrder(attribute, other, result);
  throw failed(attribute, "can not be fetched", result);
}
async function hashOfSecondRun(attribute, bench) {
  let result = await build(attribute, ["--check"], "a second time", bench);
  if (/not valid, so checking is not possible/.test(result.stderr)) {
    const brought = await build(attribute, [], "with its new hash", bench);
    if (brought.code !== 0) throw failed(attribute, "does not build with its new hash", brought);
    result = await build(attribute, ["--check"], "a second time", bench);
  }
  if (result.code === 0) return void 0;
  const { drv } = await outputFacts(bench.where, attribute, bench.run);
  const second = mismatches(result.stderr).find((one) => one.drv === drv)?.got;
  if (second === void 0) throw failed(attribute, "failed when it was fetched a second time", result);
  return second;
}
function build(attribute, flags, how, bench) {
  const { where, run, log } = bench;
  const title = `Nix: '${attribute}' of '${where.attribute}', ${how}`;
  return nixBuild([...limits, ...flags, ...nixArguments(where, select(attribute))], { run, log }, title);
}
function notReproducible(attribute, [first, second], found2) {
  const shown2 = (found2 ?? []).slice(0, SHOWN).map(({ path: path28, how }) => `${path28 === "" ? "the file itself" : printable(path28)} (${how})`);
  const more2 = found2 && found2.length > SHOWN ? `, and ${found2.length - SHOWN} more` : "";
  const files = shown2.length === 0 ? "Which files differ can not be told" : `What differs: ${shown2.join(", ")}${more2}`;
  return new UserError(
    "not-reproducible",
    `'${attribute}' gave two hashes in two runs, ${first} and ${second}, so neither is worth anything: a later build would fail. ${files}. Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again. Nothing was changed.`
  );
}
function outOfOrder(attribute, { drv, got }, { stderr }) {
  const name = drv.replace(/^.*\/[a-z0-9]{32}-/, "").replace(/\.drv$/, "");
  return new UserError(
    "output-order",
    `'${attribute}' needs another fixed output whose hash is not right any more, ${name} (it is now ${got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr }
  );
}
function failed(attribute, what, { stderr }) {
  return new UserError(
    "fetch-failed",
    `'${attribute}' ${what}, so there is no new hash: ${failureCause(stderr).replace(/\.$/, "")}. Nothing was changed. Mend that and run again; what the build printed is in the log.`,
    { log: stderr }
  );
}

// src/bump/differences.ts
import { lstat as lstat2, open as open2, readdir as readdir3, readlink as readlink2 } from "node:fs/promises";
import path10 from "node:path";
var MAX_FOUND = 200;
var CHUNK = 1 << 20;
async function differences(first, second) {
  const found2 = [];
  const open3 = [""];
  for (let at = open3.pop(); at !== void 0 && found2.length < MAX_FOUND; at = open3.pop()) {
    const [left, right] = [path10.join(first, at), path10.join(second, at)];
    const [one, other] = await Promise.all([stat2(left), stat2(right)]);
    const how = await differ(left, one, right, other);
    if (how !== void 0) found2.push({ path: at, how });
    else if (one?.isDirectory()) open3.push(...(await names(left, right)).map((name) => path10.join(at, name)));
  }
  return found2.sort((a, b) => a.path < b.path ? -1 : 1);
}
var stat2 = (file) => lstat2(file).catch(() => void 0);
async function names(left, right) {
  const [one, other] = await Promise.all([readdir3(left), readdir3(right)]);
  return [.../* @__PURE__ */ new Set([...one, ...other])].sort().reverse();
}
async function differ(left, one, right, other) {
  if (!one || !other) return one ? "only in the first" : "only in the second";
  if (kindOf(one) !== kindOf(other)) return "other kind";
  if (one.isSymbolicLink())
    return await readlink2(left) === await readlink2(right) ? void 0 : "other target";
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
    const one = __using(_stack, await open2(left), true);
    const other = __using(_stack, await open2(right), true);
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
import path11 from "node:path";

// src/bump/json.ts
function jsonStringAt(text2, pointer) {
  JSON.parse(text2);
  let at = skipBlank(text2, 0);
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const found2 = text2[at] === "{" ? member(text2, at, name) : text2[at] === "[" ? item(text2, at, name) : void 0;
    if (found2 === void 0) return void 0;
    at = found2;
  }
  if (text2[at] !== '"') return void 0;
  const end = skipString(text2, at);
  return { start: at, end, value: JSON.parse(text2.slice(at, end)) };
}
function member(text2, open3, name) {
  let found2;
  for (let at = skipBlank(text2, open3 + 1); text2[at] === '"'; ) {
    const end = skipString(text2, at);
    const isIt = JSON.parse(text2.slice(at, end)) === name;
    const value = skipBlank(text2, skipBlank(text2, end) + 1);
    if (isIt && found2 !== void 0) return void 0;
    if (isIt) found2 = value;
    at = afterComma(text2, skipValue(text2, value));
  }
  return found2;
}
function item(text2, open3, index) {
  if (!/^(0|[1-9]\d{0,8})$/.test(index)) return void 0;
  let at = skipBlank(text2, open3 + 1);
  for (let left = Number(index); text2[at] !== "]" && at < text2.length; left--) {
    if (left === 0) return at;
    at = afterComma(text2, skipValue(text2, at));
  }
  return void 0;
}
function afterComma(text2, end) {
  const at = skipBlank(text2, end);
  return text2[at] === "," ? skipBlank(text2, at + 1) : at;
}
function skipBlank(text2, from) {
  let at = from;
  while (" 	\r\n".includes(text2[at] ?? "!")) at++;
  return at;
}
function skipString(text2, from) {
  let at = from + 1;
  while (text2[at] !== '"') at += text2[at] === "\\" ? 2 : 1;
  return at + 1;
}
function skipValue(text2, from) {
  let depth = 0;
  for (let at = from; at < text2.length; ) {
    const character = text2[at] ?? "";
    if (depth === 0 && at > from && ",]} 	\r\n".includes(character)) return at;
    if (character === '"') at = skipString(text2, at);
    else {
      if ("[{".includes(character)) depth++;
      if ("]}".includes(character)) depth--;
      at++;
    }
    if (depth === 0 && ']}"'.includes(text2[at - 1] ?? "")) return at;
  }
  return text2.length;
}

// src/bump/place.ts
async function findLiteral(sought, root, changes) {
  const [bound] = await placesAt(
    sought.positions,
    (text2, at) => withValue(literalAt(text2, at), sought.value),
    root,
    changes
  );
  if (bound) return bound;
  const files = filesOf(sought, root);
  for (const file of files) {
    const text2 = await changes.read(file);
    const [first, ...others] = literalsOf(text2, sought.value);
    if (first && others.length > 0) throw ambiguous(sought, file, text2, [first, ...others]);
    if (first) return placeOf2(file, text2, first, changes);
  }
  throw missing2(sought, root);
}
var withValue = (literal, value) => literal?.value === value ? literal : void 0;
async function placesAt(positions, read2, root, changes) {
  const found2 = [];
  for (const position of positions) {
    if (position === null || !isInside(root, position.file)) continue;
    const text2 = await changes.read(position.file);
    const literal = read2(text2, position);
    if (literal) found2.push(placeOf2(position.file, text2, literal, changes));
  }
  return found2;
}
async function placesIn(files, read2, changes) {
  const found2 = [];
  for (const file of files) {
    const text2 = await changes.read(file);
    found2.push(...read2(text2).map((literal) => placeOf2(file, text2, literal, changes)));
  }
  return found2;
}
function filesOf({ files, positions }, root) {
  const all2 = [...files, ...positions.map((position) => position?.file)];
  return [...new Set(all2)].filter((file) => typeof file === "string" && isInside(root, file));
}
async function findJson(file, pointer, sought, changes) {
  const text2 = await changes.read(file);
  const found2 = parsed2(file, () => jsonStringAt(text2, pointer));
  if (found2?.value !== sought.value)
    throw new UserError(
      "literal-missing",
      `${file} should have ${sought.what}, '${sought.value}', at ${pointer}, but there is ${found2 ? `'${found2.value.slice(0, 100)}'` : "no string"}. Correct the pointer in the configuration, or the file.`,
      { at: { file } }
    );
  return {
    file,
    line: lineOf(text2, found2.start),
    replace: async (value) => {
      const now = await changes.read(file);
      const place = jsonStringAt(now, pointer) ?? found2;
      await changes.write(file, now.slice(0, place.start) + JSON.stringify(value) + now.slice(place.end));
    }
  };
}
function parsed2(file, read2) {
  try {
    return read2();
  } catch (error2) {
    if (!(error2 instanceof SyntaxError)) throw error2;
    throw new UserError("json-syntax", `${file} is not valid JSON: ${error2.message}. Mend it.`, {
      at: { file },
      cause: error2
    });
  }
}
function isInside(root, file) {
  const relative2 = path11.relative(root, file);
  return relative2 !== "" && relative2 !== ".." && !relative2.startsWith(`..${path11.sep}`) && !path11.isAbsolute(relative2);
}
function placeOf2(file, text2, literal, changes) {
  let { end } = literal;
  const { start } = literal;
  return {
    file,
    line: lineOf(text2, start),
    // Between two replacements only this literal changes.
    replace: async (value) => {
      const now = await changes.read(file);
      const after = replaceLiteral(now, { start, end, value: "" }, value);
      end += after.length - now.length;
      await changes.write(file, after);
    }
  };
}
function ambiguous({ what, value }, file, text2, found2) {
  const lines = found2.map(({ start }) => lineOf(text2, start));
  return new UserError(
    "literal-ambiguous",
    `${file} has "${value}", ${what}, ${found2.length} times (lines ${lines.join(", ")}), and Nix does not tell which one counts. Name its place in the configuration, or write the others differently.`,
    { at: { file, line: lines[0] ?? 1 } }
  );
}
function missing2(sought, root) {
  const searched = filesOf(sought, root).map((file) => path11.relative(root, file));
  return new UserError(
    "literal-missing",
    `${sought.what}, "${sought.value}", is not written as a string in ${searched.join(", ") || "a file of this repository"}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration.`
  );
}

// src/bump/fixed-output.ts
var MAX_PLACES = 24;
async function refresh(output, bench) {
  const { attribute } = output;
  const facts = await outputFacts(bench.where, attribute, bench.run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      "not-fixed-output",
      `'${attribute}' of '${bench.where.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`
    );
  const { place, drv } = await withFake(output, facts, before, bench);
  const after = await hashFromNothing(attribute, drv, bench);
  await place.replace(after);
  const second = await hashOfSecondRun(attribute, bench);
  if (second !== void 0)
    throw notReproducible(attribute, [after, second], await differ2(attribute, after, place, bench));
  const { file, line } = place;
  bench.log.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || "(none)"} → ${after}`}; a second run gave the same`
  );
  return { attribute, before, after, file, line };
}
async function differ2(attribute, first, place, bench) {
  const { where, run, log } = bench;
  try {
    await place.replace(fakeOf(first, null, 3));
    const { drv } = await outputFacts(where, attribute, run);
    const other = await hashFromNothing(attribute, drv, bench);
    const paths = [first, other].map((hash) => outputPath(where, attribute, hash, run));
    const [left = "", right = ""] = await Promise.all(paths);
    const isHere = await Promise.all([left, right].map(exists2));
    return isHere.every(Boolean) ? await differences(left, right) : void 0;
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.warning(`What differs can't be told: ${error2.message}`);
    return void 0;
  }
}
var exists2 = (file) => access2(file).then(
  () => true,
  () => false
);
async function withFake(output, facts, value, { where, run, root, changes, files }) {
  const what = `the hash of '${output.attribute}'`;
  const sought = { what, value, positions: facts.positions, files: [facts.file, ...files] };
  const places = await placesOfHash(output, sought, root, changes);
  const fake = fakeOf(value, facts.algorithm, 1);
  for (const place of places.slice(0, MAX_PLACES)) {
    const before = await changes.read(place.file);
    await place.replace(fake === value ? fakeOf(value, facts.algorithm, 2) : fake);
    const seen = await outputFacts(where, output.attribute, run).catch(ifUserError);
    if (seen && seen.hash !== value) return { place, drv: seen.drv };
    await changes.write(place.file, before);
  }
  const [first] = places;
  throw first ? notSeen(output.attribute, first) : missing2(sought, root);
}
function ifUserError(error2) {
  if (!(error2 instanceof UserError)) throw error2;
}
async function placesOfHash({ file, pointer }, sought, root, changes) {
  const named = file === void 0 ? void 0 : path12.join(root, file);
  if (named !== void 0 && pointer !== void 0) return [await findJson(named, pointer, sought, changes)];
  const isUnset = isUnsetHash(sought.value);
  const isIt = (literal) => literal?.value === sought.value ? literal : void 0;
  const bound = await placesAt(
    sought.positions.filter((position) => named === void 0 || position?.file === named),
    (text2, at) => isUnset ? unsetHashAt(text2, at) : isIt(literalAt(text2, at)),
    root,
    changes
  );
  const written2 = await placesIn(
    named === void 0 ? filesOf(sought, root) : [named],
    (text2) => isUnset ? unsetHashesOf(text2) : literalsOf(text2, sought.value),
    changes
  );
  return [...bound, ...written2];
}
var lengths = { sha1: 20, sha256: 32, sha512: 64 };
function fakeOf(hash, algorithm, fill2) {
  const name = /^(sha\d+)-/.exec(hash)?.[1] ?? algorithm ?? "sha256";
  return `${name}-${Buffer.alloc(lengths[name] ?? 32, fill2).toString("base64")}`;
}
function notSeen(attribute, { file, line }) {
  return new UserError(
    "hash-not-seen",
    `${file}:${line} says what the hash of '${attribute}' is, but when it is changed there, Nix does not see it: the hash comes from another place, or is put together. Name that place in the configuration ('file', and 'pointer' where it is JSON).`,
    { at: { file, line } }
  );
}

// src/bump/version.ts
import path13 from "node:path";
async function bumpVersion(bump, run, changes) {
  for (const place of bump.places) await bumpPlace(place, bump, run, changes);
  const { version } = bump.after;
  if ((await packageFacts(bump.where, run)).version !== version) await bumpOwn(bump, changes);
  const seen = (await packageFacts(bump.where, run)).version;
  if (seen === version) return;
  throw new UserError(
    "version-not-seen",
    `The version was changed to ${version}, but Nix still says that '${bump.where.attribute}' is ${seen || "of no version"}. Name the place where it stands under 'version-files' in the configuration.`
  );
}
async function bumpOwn({ where, root, facts, before, after }, changes) {
  const place = await findLiteral(
    {
      what: `the version of '${where.attribute}'`,
      value: before.version,
      positions: [facts.position],
      files: [facts.file, where.file]
    },
    root,
    changes
  );
  await place.replace(after.version);
}
async function bumpPlace(place, bump, run, changes) {
  const { root, where, before, after, facts } = bump;
  if (place.kind === "text") return bumpText(path13.join(root, place.file), place.pattern, bump, changes);
  const [old, now] = [fill(place.value, before), fill(place.value, after)];
  if (place.kind === "json") {
    const file = path13.join(root, place.file);
    return (await findJson(file, place.pointer, { what: "the version", value: old }, changes)).replace(now);
  }
  const { value, position } = await stringFacts(where, place.attribute, run);
  if (value === now) return;
  const sought = {
    what: `'${place.attribute}'`,
    value: old,
    positions: [position],
    files: [facts.file, facts.position?.file, where.file]
  };
  return (await findLiteral(sought, root, changes)).replace(now);
}
async function bumpText(file, pattern, { before, after }, changes) {
  const text2 = await changes.read(file);
  const old = fill(pattern, before);
  const parts = text2.split(old);
  if (parts.length === 2) return changes.write(file, parts.join(fill(pattern, after)));
  throw new UserError(
    parts.length === 1 ? "literal-missing" : "literal-ambiguous",
    `${file} should have '${old}' once, for the pattern '${pattern}' of the configuration, but has it ${parts.length === 1 ? "not at all" : `${parts.length - 1} times`}. Write more of its surroundings into the pattern, or correct the file.`,
    { at: { file } }
  );
}
function fill(template3, names3) {
  return template3.replace(/\{(version|tag|revision)\}/g, (_, name) => {
    const value = names3[name];
    if (value !== void 0) return value;
    throw new UserError(
      "version-place",
      `'${template3}' in the configuration asks for a ${name}, which this package's releases do not have; use {version}, or releases with a ${name}.`
    );
  });
}

// src/bump/bump.ts
async function currentOf(where, run, known) {
  const { version, revision } = await known ?? await packageFacts(where, run);
  return { version, ...revision === null ? {} : { revision } };
}
async function bumpTo(request, { run, log, read: read2, journal }) {
  const { where, root, config, to } = request;
  const opened = await journal(folderOf(where));
  const changes = new Changes(read2, opened);
  try {
    const facts = await packageFacts(where, run);
    if (to && isNew(to, facts)) await toVersion(request, facts, to, run, changes);
    const hashes = [];
    const files = [facts.position?.file, facts.file, where.file];
    const bench = { where, root, files, run, log, changes };
    for (const output of outputsOf(config, facts)) hashes.push(await refresh(output, bench));
    const after = to?.version ?? facts.version;
    const edits = changes.edits();
    const settle = { undo: () => changes.undo(), keep: () => changes.keep() };
    return {
      before: facts.version,
      after,
      hashes,
      edits,
      ...settle,
      journal: async () => onTop(opened, edits)
    };
  } catch (error2) {
    await changes.undo();
    throw error2;
  }
}
function isNew({ version, revision }, facts) {
  return version !== facts.version || revision !== void 0 && revision !== facts.revision;
}
var sourceRevision = { kind: "nix", attribute: ".src.rev", value: "{revision}" };
function placesOf(to, facts, { versionFiles }) {
  const hasRevision = versionFiles.some(
    (place) => (place.kind === "text" ? place.pattern : place.value).includes("{revision}")
  );
  if (to.revision === void 0 || facts.revision === null || hasRevision) return versionFiles;
  return [sourceRevision, ...versionFiles];
}
async function toVersion({ where, root, config }, facts, to, run, changes) {
  if (facts.version === "")
    throw new UserError(
      "version-missing",
      `'${where.attribute}' has no version, so there is none to change. Give the derivation a 'version'.`
    );
  const pattern = tagPattern(config.releases);
  const tag = (version) => pattern && `${pattern.prefix}${version}${pattern.suffix}`;
  await bumpVersion(
    {
      ...{ where, root, facts, places: placesOf(to, facts, config) },
      before: { version: facts.version, tag: tag(facts.version), revision: facts.revision ?? void 0 },
      after: { ...to, tag: to.tag ?? tag(to.version) }
    },
    run,
    changes
  );
}
function tagPattern(releases) {
  const source = releases?.source;
  return source && "tag" in source ? source.tag : void 0;
}
function outputsOf({ sourceHash, hasSource, also }, facts) {
  const own = { attribute: ".src", file: void 0, pointer: void 0 };
  const source = sourceHash ?? (hasSource && facts.hasFetchedSource ? own : void 0);
  return source ? [source, ...also] : [...also];
}

// src/release/order.ts
var import_compare = __toESM(require_compare(), 1);
var import_prerelease = __toESM(require_prerelease(), 1);
var import_satisfies = __toESM(require_satisfies(), 1);
var import_valid2 = __toESM(require_valid2(), 1);
var MAX_LENGTH2 = 128;
var orders = {
  pep440: {
    name: "PEP 440",
    isVersion: (text2) => text2.length <= MAX_LENGTH2 && valid(text2) !== null,
    isPrerelease: (version) => explain(version)?.is_prerelease === true,
    compare: (left, right) => compare(left, right),
    satisfies: (version, range) => satisfies(version, range, { prereleases: true })
  },
  semver: {
    name: "semver",
    isVersion: (text2) => text2.length <= MAX_LENGTH2 && (0, import_valid2.default)(text2) !== null,
    isPrerelease: (version) => (0, import_prerelease.default)(version) !== null,
    compare: (left, right) => (0, import_compare.default)(left, right),
    satisfies: (version, range) => (0, import_satisfies.default)(version, range, { includePrerelease: true })
  }
};
function fits(text2, pattern) {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === void 0) return text2 === pattern;
  if (!text2.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found2 = text2.indexOf(part, at);
    if (found2 < 0) return false;
    at = found2 + part.length;
  }
  return text2.length - last.length >= at && text2.endsWith(last);
}

// src/release/choose.ts
var SHOWN2 = 5;
function chooseRelease(candidates, current, rules, now) {
  const newer = newerThan(candidates, current, rules);
  const held = [];
  const allowed = newer.filter((release2) => {
    const why = leftOut(release2, rules) ?? tooYoung(release2, rules, now);
    if (why !== void 0) held.push({ version: release2.version, why });
    return why === void 0;
  });
  const chosen = rules.step === "next" ? allowed[0] : allowed.at(-1);
  if (chosen) return { kind: "release", release: chosen, held };
  return none3(current.version, held);
}
function eligible(candidates, current, rules) {
  return newerThan(candidates, current, rules).filter((release2) => leftOut(release2, rules) === void 0);
}
function chooseHead(head2, current, rules, now) {
  if (current.revision !== void 0 && head2.revision === current.revision)
    return none3(current.revision.slice(0, 12), []);
  const why = tooYoung(head2, rules, now);
  if (why === void 0) return { kind: "release", release: head2, held: [] };
  return none3(current.version, [{ version: head2.version, why }]);
}
function newerThan(candidates, { version }, rules) {
  const order = orders[rules.order];
  if (!order.isVersion(version)) throw noVersion(version, order);
  return candidates.filter((release2) => order.isVersion(release2.version) && order.compare(release2.version, version) > 0).toSorted((left, right) => order.compare(left.version, right.version));
}
function leftOut({ version, isPrerelease }, rules) {
  const order = orders[rules.order];
  if (!rules.prereleases && (isPrerelease === true || order.isPrerelease(version))) return "is a pre-release";
  if (rules.range !== void 0 && !order.satisfies(version, rules.range)) return `is not in ${rules.range}`;
  const ignored = rules.ignore.find((pattern) => fits(version, pattern));
  return ignored === void 0 ? void 0 : `is ignored (${ignored})`;
}
function tooYoung({ date }, { minimumAge }, now) {
  if (minimumAge === 0) return void 0;
  if (date === void 0) return "has no date, so that its age is not known";
  if (now - date >= minimumAge) return void 0;
  return `is too young before ${new Date(date + minimumAge).toISOString().replace(/\.\d+Z$/, "Z")}`;
}
function none3(current, held) {
  if (held.length === 0)
    return { kind: "none", reason: "current", text: `${current} is the newest there is.`, held };
  const shown2 = held.slice(-SHOWN2).map(({ version, why }) => `${version} ${why}`);
  const more2 = held.length > SHOWN2 ? `, and ${held.length - SHOWN2} more are left out` : "";
  const text2 = `Nothing newer than ${current} may be taken: ${shown2.join("; ")}${more2}.`;
  return { kind: "none", reason: "held-back", text: text2, held };
}
function noVersion(version, order) {
  const other = order === orders.pep440 ? 'order = "semver"' : 'order = "pep440"';
  return new UserError(
    "version-order",
    `The derivation's version '${version}' is none by ${order.name}, so nothing can be said to be newer. Correct it, or set ${other} under 'releases' in the configuration.`
  );
}

// src/release/git.ts
import { mkdtemp, rm as rm3 } from "node:fs/promises";
import path14 from "node:path";

// src/release/tags.ts
function versionOf(tag, { prefix, suffix }) {
  const isLongEnough = tag.length > prefix.length + suffix.length;
  if (!isLongEnough || !tag.startsWith(prefix) || !tag.endsWith(suffix)) return void 0;
  return tag.slice(prefix.length, tag.length - suffix.length);
}
var tagOf = (version, { prefix, suffix }) => `${prefix}${version}${suffix}`;
function matching(items, tag, pattern, where) {
  const found2 = items.flatMap((item2) => {
    const version = versionOf(tag(item2), pattern);
    return version === void 0 ? [] : [{ item: item2, version, tag: tag(item2) }];
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
  const text2 = await git(run, url, ["ls-remote", "--tags", "--refs", "--", url]);
  const names3 = text2.split("\n").flatMap((line) => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
  return matching(names3, (name) => name, tag, url).map(({ version, tag: name }) => ({ version, tag: name }));
}
async function gitCommit(run, url, ref, scratch2) {
  const dir = await mkdtemp(path14.join(scratch2, "commit-"));
  try {
    await git(run, url, ["init", "--quiet", "--bare", dir]);
    await git(run, url, ["-C", dir, "fetch", "--quiet", "--depth=1", "--filter=tree:0", "--", url, ref]);
    const format = ["--no-patch", "--format=%H %ct", "FETCH_HEAD^{commit}"];
    const [revision = "", seconds = ""] = (await git(run, url, ["-C", dir, "show", ...format])).trim().split(" ");
    return { revision, date: Number(seconds) * 1e3 };
  } finally {
    await rm3(dir, { recursive: true, force: true });
  }
}
async function git(run, url, args) {
  const { code: code3, stdout, stderr } = await run("git", args, { env: quiet });
  if (code3 === 0) return stdout;
  if (code3 === noSuchProgram)
    throw new UserError("git-missing", "There is no git on PATH: install it in a step before this one.");
  if (/couldn't find remote ref/.test(stderr))
    throw new UserError(
      "releases-not-found",
      `${url} has no '${args.at(-1)}'. Correct 'branch' or 'tag' under 'releases' in the configuration.`
    );
  const said = stderr.split("\n").findLast((line) => line.trim() !== "") ?? "it said nothing";
  throw new UserError(
    "releases-unreachable",
    `git can't read ${url}: ${said.slice(0, 300).replace(/\.$/, "")}. Nothing was changed; correct the address in the configuration, or run this again later.`,
    { log: stderr }
  );
}

// src/release/github.ts
var MAX_NOTES = 2e4;
var MAX_PAGES = 10;
function githubReleases(hub, source) {
  return asked(source, () => source.list === "tags" ? listTags(hub, source) : listReleases(hub, source));
}
async function listReleases(hub, { owner, repo, tag }) {
  const all2 = [];
  let pages = 0;
  const request = { owner, repo, per_page: 100 };
  for await (const { data } of hub.paginate.iterator(hub.rest.repos.listReleases, request)) {
    all2.push(...data);
    pages += 1;
    if (pages === MAX_PAGES) break;
  }
  const published = all2.filter(({ draft }) => !draft);
  const where = `the releases of ${owner}/${repo}`;
  return matching(published, (one) => one.tag_name, tag, where).map(({ item: item2, version, tag: name }) => ({
    version,
    tag: name,
    isPrerelease: item2.prerelease,
    ...item2.body ? { notes: item2.body.slice(0, MAX_NOTES) } : {},
    ...item2.published_at ? { date: Date.parse(item2.published_at) } : {}
  }));
}
async function listTags(hub, { owner, repo, tag }) {
  const matchingRefs = (ref) => hub.rest.git.listMatchingRefs({ owner, repo, ref });
  let { data } = await matchingRefs(`tags/${tag.prefix}`);
  if (data.length === 0) ({ data } = await matchingRefs("tags/"));
  const nameOf2 = (ref) => ref.replace(/^refs\/tags\//, "");
  return matching(data, ({ ref }) => nameOf2(ref), tag, `${owner}/${repo}`).map(({ version, tag: name }) => ({
    version,
    tag: name
  }));
}
async function githubTagDate(hub, source, version) {
  return (await commitOf(hub, source, `tags/${tagOf(version, source.tag)}`)).date;
}
function githubHead(hub, of, branch) {
  return commitOf(hub, of, `heads/${branch}`);
}
function commitOf(hub, { owner, repo }, ref) {
  return asked({ owner, repo }, async () => {
    const { data } = await hub.rest.repos.getCommit({ owner, repo, ref, per_page: 1 });
    const date = data.commit.committer?.date ?? data.commit.author?.date ?? "";
    return { revision: data.sha, date: Date.parse(date) };
  });
}
async function asked({ owner, repo }, call) {
  try {
    return await call();
  } catch (error2) {
    if (!(error2 instanceof Error) || !("status" in error2)) throw error2;
    const { status } = error2;
    const missing3 = status === 404 || status === 422;
    throw new UserError(
      missing3 ? "releases-not-found" : "releases-unreachable",
      missing3 ? `GitHub has no repository ${owner}/${repo}, or not the branch or tag asked for in it, or the token may not see it. Correct 'releases' in the configuration, or give a token that may read that repository.` : `GitHub did not tell the releases of ${owner}/${repo}: ${error2.message.split("\n", 1)[0]}. Nothing was changed; run this again later, or with a token whose rate limit is not used up.`,
      { cause: error2 }
    );
  }
}

// src/release/find.ts
var MAX_DATES = 20;
async function findRelease({ source, rules }, current, parts, now) {
  if (source.kind === "branch") {
    const [at2, tip] = await inOrder(current, head(source, parts));
    return chooseHead(tip, at2, rules, now);
  }
  const [at, candidates] = await inOrder(current, list2(source, parts));
  const isDated = rules.minimumAge === 0 || candidates.some(({ date }) => date !== void 0);
  const dated = isDated ? candidates : await withDates(candidates, worthDating(candidates, at, rules), source, parts);
  return chooseRelease(dated, at, rules, now);
}
async function inOrder(first, second) {
  second.catch(() => {
  });
  return [await first, await second];
}
function list2(source, parts) {
  switch (source.kind) {
    case "github":
      return parts.hub().then((hub) => githubReleases(hub, source));
    case "git":
      return gitTags(parts.run, source.url, source.tag);
    case "pypi":
      return indexReleases(parts.index, source.name, parts.fetchText);
  }
}
function worthDating(candidates, current, rules) {
  const wanted = eligible(candidates, current, rules);
  return rules.step === "next" ? wanted.slice(0, MAX_DATES) : wanted.slice(-MAX_DATES);
}
async function withDates(candidates, wanted, source, parts) {
  const dates = /* @__PURE__ */ new Map();
  for (const release2 of wanted) dates.set(release2, await dateOf(release2, source, parts));
  return candidates.map((release2) => {
    const date = dates.get(release2);
    return date === void 0 ? release2 : { ...release2, date };
  });
}
async function dateOf({ version }, source, parts) {
  if (source.kind === "github") return githubTagDate(await parts.hub(), source, version);
  if (source.kind !== "git") return void 0;
  const ref = `refs/tags/${tagOf(version, source.tag)}`;
  return (await gitCommit(parts.run, source.url, ref, parts.scratch)).date;
}
async function head({ of, branch, version }, { hub, run, scratch: scratch2 }) {
  const { revision, date } = await (of.kind === "github" ? githubHead(await hub(), of, branch) : gitCommit(run, of.url, `refs/heads/${branch}`, scratch2));
  const day2 = new Date(date).toISOString().slice(0, 10);
  return {
    version: version.replaceAll("{date}", day2).replaceAll("{revision}", revision),
    revision,
    date
  };
}

// src/refresh/changes.ts
import path15 from "node:path";
async function lockChanges({ project, spotted, pinned }, older, log) {
  const file = path15.join(older.folder, path15.relative(pinned.project, project.lockFile));
  const text2 = await older.read(file);
  if (text2 === void 0) {
    log.info(`There is no older uv.lock to compare with (${older.name}), so the report names no packages.`);
    return void 0;
  }
  try {
    return diffLocks(
      parseLock(text2, `${older.name}:uv.lock`),
      project.lock,
      spotted.map(({ target }) => target)
    );
  } catch (error2) {
    log.info(
      `The older uv.lock can't be read (${error2.message}), so the report names no packages.`
    );
    return void 0;
  }
}
function tellChanges(diff, log) {
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
      for (const { name, filename } of diff.hashOnly)
        log.warning(`${name}: ${filename} has other bytes under the same version.`);
    }
  );
}
var isDirect = ({ relation }) => relation === "direct";
var versions = (entries) => entries.length === 0 ? "(none)" : entries.map(({ version, source }) => version ?? source ?? "?").join(", ");

// src/refresh/lock-index.ts
function indexOfLock({ packages }, name) {
  const wanted = normalizeName(name) ?? name;
  const counts = /* @__PURE__ */ new Map();
  for (const { name: found2, source } of packages) {
    if (source.kind !== "registry") continue;
    if (found2 === wanted) return source.url;
    counts.set(source.url, (counts.get(source.url) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}
async function indexOfDerivation(where, name, { run, log, read: read2 }) {
  try {
    const { project } = await evaluate(where, run, log);
    return indexOfLock((await loadProject(project, read2)).lock, name);
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.info(`The lock's own index can't be told: ${error2.message}`);
    return void 0;
  }
}

// src/refresh/checkout.ts
import path16 from "node:path";
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
    journal: path16.resolve(dir, journal),
    textAt: textAt(git2, root)
  };
}
async function openOddly(git2) {
  const [top, head2] = [await git2("rev-parse", "--show-toplevel"), await git2("rev-parse", "HEAD")];
  const root = top.stdout.replace(/\n$/, "");
  return { root, head: head2.stdout.trim(), journal: void 0, textAt: textAt(git2, root) };
}
var textAt = (git2, root) => async (commit, file) => {
  const show2 = () => git2("show", "--end-of-options", `${commit}:${path16.relative(root, file)}`);
  const shown2 = await show2();
  if (shown2.code === 0) return shown2.stdout;
  if (!await fetched(git2, commit)) return void 0;
  const again = await show2();
  return again.code === 0 ? again.stdout : void 0;
};
async function fetched(git2, commit) {
  if (!/^[0-9a-f]{40}$/.test(commit) || /^0+$/.test(commit)) return false;
  if ((await git2("rev-parse", "--verify", "--quiet", `${commit}^{commit}`)).code === 0) return false;
  return (await git2("fetch", "--quiet", "--depth=1", "--no-tags", "origin", commit)).code === 0;
}
function pathInCheckout({ root }, file) {
  const relative2 = path16.relative(root, file);
  return relative2.startsWith("..") || path16.isAbsolute(relative2) ? void 0 : relative2;
}

// src/refresh/older.ts
var olderCommit = (checkout, commit, folder) => ({
  folder,
  read: (file) => checkout.textAt(commit, file),
  name: commit
});
async function olderSource(where, checkout, { run, log, read: read2 }) {
  try {
    const { project, version } = await evaluate(where, run, log);
    if (pathInCheckout(checkout, project) !== void 0) return void 0;
    return { folder: project, read: read2, name: `the source of ${version}` };
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.info(`What the source was before can't be told: ${error2.message}`);
    return void 0;
  }
}
async function olderBytes(older, { spotted, pinned }) {
  const own = spotted.find(({ target }) => target.system === pinned.system) ?? spotted[0];
  if (!own) return void 0;
  try {
    const project = await loadProject(older.folder, older.read);
    return wheelBytes(planProject(project, own.target, own.pinned.target));
  } catch (error2) {
    if (error2 instanceof UserError) return void 0;
    throw error2;
  }
}

// src/refresh/package.ts
async function refreshPackage(refresh2, parts, finders) {
  const { config, checkout } = refresh2;
  const where = refresh2.where ?? whereOf(config.nix, config.attribute, checkout.root, refresh2.configFile);
  const { version } = refresh2;
  const pinned = looksForRelease(refresh2) ? await begun(refresh2, where, parts) : void 0;
  const choice = version === void 0 ? await chooseRelease2(refresh2, where, parts, finders, pinned?.promise) : asked2(version);
  const to = choice?.kind === "release" ? choice.release : void 0;
  const isNeeded = to !== void 0 || refresh2.refreshOutputs && (config.also.length > 0 || config.sourceHash !== void 0);
  const source = to === void 0 ? void 0 : await olderSource(where, checkout, parts);
  const bump = isNeeded ? await bumpTo({ where, root: checkout.root, config, to }, parts) : void 0;
  let diff;
  let bytesBefore;
  const onPlanned = async (planned) => {
    if (refresh2.compares === false) return;
    const older = source ?? olderCommit(checkout, refresh2.before ?? "HEAD^", planned.pinned.project);
    diff = await lockChanges(planned, older, parts.log);
    bytesBefore = diff && await olderBytes(older, planned);
    if (diff) await tellChanges(diff, parts.log);
  };
  try {
    const journaled = bump ? { ...parts, journal: bump.journal } : parts;
    const { updated, failed: failed2 } = await verified(
      {
        ...{
          where,
          verify: refresh2.verify,
          trustNixAlone: refresh2.skipSecondDerivation,
          onPlanned,
          pinned: bump ? void 0 : pinned?.promise
        },
        ...refresh2.cacheTo ? { cacheTo: cacheOf(refresh2.cacheTo, parts) } : {},
        lockOnly: refresh2.lockOnly ?? false
      },
      config,
      journaled
    );
    return {
      ...{ config, update: updated, bump, choice, diff, bytesBefore, failed: failed2 },
      edits: bump ? joinEdits(bump.edits, updated.edits) : updated.edits,
      undo: async () => {
        await updated.undo();
        await bump?.undo();
      },
      keep: async () => {
        await updated.keep();
        await bump?.keep();
      }
    };
  } catch (error2) {
    await bump?.undo();
    throw error2;
  }
}
var cacheOf = (address2, { cacheCredentials: cacheCredentials2 }) => ({
  address: address2,
  credentials: cacheCredentials2(address2)
});
async function begun({ meanwhile }, where, { run, log }) {
  const { promise: started, resolve: resolve2 } = Promise.withResolvers();
  const promise = evaluate(where, run, log, { revision: true, onStart: resolve2 });
  await Promise.race([started, promise.catch(() => {
  })]);
  meanwhile?.();
  return { promise };
}
var looksForRelease = ({ version, findReleases, config }) => version === void 0 && findReleases && config.releases !== void 0;
async function chooseRelease2({ config, findReleases }, where, parts, finders, pinned) {
  const { releases } = config;
  if (!findReleases || !releases) return void 0;
  const known = pinned?.then(
    ({ version, revision = null }) => ({ version, revision }),
    () => void 0
  );
  const current = currentOf(where, parts.run, known);
  current.catch(() => {
  });
  const index = chooseIndex(finders.index, await lockIndex(releases, where, parts, finders));
  const choice = await findRelease(releases, current, { ...finders, index }, Date.now());
  parts.log.info(
    choice.kind === "release" ? `${config.name}: ${choice.release.version} is there.` : `${config.name}: ${choice.text}`
  );
  for (const { version, why } of choice.held)
    parts.log.info(`${config.name}: ${version} is held back: ${why}`);
  return choice;
}
var asked2 = (version) => ({ kind: "release", release: { version }, held: [] });
async function lockIndex({ source }, where, parts, { index }) {
  if (source.kind !== "pypi" || index !== void 0) return void 0;
  return indexOfDerivation(where, source.name, parts);
}
async function verified(request, { pullRequest }, parts) {
  try {
    return { updated: await update(request, parts), failed: void 0 };
  } catch (error2) {
    const isVerification = error2 instanceof UserError && ["build-failed", "import-failed"].includes(error2.code);
    if (!isVerification || pullRequest.draft !== "unverified") throw error2;
    parts.log.warning(
      `${error2.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`
    );
    const name = error2.code === "build-failed" ? "Build" : "Import";
    const { onPlanned: _, ...again } = request;
    return {
      updated: await update({ ...again, verify: false }, parts),
      failed: { name, result: "failed", detail: error2.message }
    };
  }
}

// src/report/notes.ts
var CHECKS_WAIT_FOR_APPROVAL = 'The checks of this pull request wait, because it was opened with GITHUB_TOKEN: somebody with write access starts them by "Approve workflows to run" on its page. With the token of a GitHub App they start by themselves.';
function autoMergeNote(method, base) {
  const by = method === void 0 ? "" : ` (${code(method)})`;
  return `Auto-merge is asked for${by}: where it could be switched on, this is merged by itself once everything that ${code(base)} requires is there; never while it is a draft. What came of it is in the log and the job summary of the run.`;
}

// src/report/sections.ts
var LONG = 1e3;
function packageCounts(packages) {
  const added = packages.filter(({ before }) => before === void 0).length;
  const removed = packages.filter(({ after }) => after === void 0).length;
  const changed = packages.length - added - removed;
  const parts = [
    changed > 0 ? `${count(changed, "package")} changed` : "",
    added > 0 ? `${changed > 0 ? added : count(added, "package")} added` : "",
    removed > 0 ? `${changed + added > 0 ? removed : count(removed, "package")} removed` : ""
  ].filter((part) => part !== "");
  return list(parts);
}
var versions2 = (before, after) => [before, after].filter((version) => version !== void 0).map(code).join(" → ");
function headline(report) {
  const { name, before, after, links = [] } = report.subject;
  const what = before === after ? versions2(after, void 0) : versions2(before, after);
  const systems = report.hashes.map(({ system }) => code(system));
  const parts = [
    packageCounts(report.packages),
    systems.length > 0 ? `new ${systems.length === 1 ? "hash" : "hashes"} for ${list(systems)}` : ""
  ].filter((part) => part !== "");
  const more2 = links.map(({ text: label3, url }) => link(text(label3), url)).join(" · ");
  const first = `**${text(name)}**${what === "" ? "" : ` ${what}`}${parts.length > 0 ? `: ${parts.join("; ")}` : ""}.`;
  return more2 === "" ? first : `${first} ${more2}`;
}
function whySection(why) {
  if (why.length === 0) return "";
  if (why.length === 1) return `Why: ${text(why[0] ?? "", LONG)}`;
  return `Why:
${why.map((reason) => `- ${text(reason, LONG)}`).join("\n")}`;
}
var HOW = {
  nix: "by Nix",
  native: "without Nix",
  both: "by Nix and without it: same"
};
function hashSection(hashes) {
  if (hashes.length === 0) return "";
  const lines = hashes.flatMap(({ system, before, after, how }) => [
    `@@ ${plain(system)} ${HOW[how]} @@`,
    ...before === void 0 || before === after ? [] : [`- ${plain(before)}`],
    `${before === after ? " " : "+"} ${plain(after)}`
  ]);
  return `### Hashes

${fenced(lines.join("\n"), "diff")}`;
}
var MARKS = { ok: "✅", failed: "❌", "not checked": "⚪" };
var written = (detail) => /^[\w./+=@-]+$/.test(detail) ? code(detail) : text(detail, LONG);
function checkSection(checks2) {
  if (checks2.length === 0) return "";
  const order = ["failed", "not checked", "ok"];
  const lines = [...checks2].sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result)).map(({ name, result, detail }) => {
    const note = result === "not checked" ? " (not checked)" : "";
    return `- ${MARKS[result]} ${text(name)}${note}${detail === void 0 ? "" : `: ${written(detail)}`}`;
  });
  return `### Verified

${lines.join("\n")}`;
}
function restSection(report) {
  const notDone2 = report.notDone.map(({ what, why }) => `* Not done: ${text(what)}, because ${text(why)}`);
  const notes = (report.notes ?? []).map((note) => `* ${text(note, LONG)}`);
  const notAsked = (report.notAsked ?? []).map((one) => `* Not asked: ${text(one, LONG)}`);
  return [...notDone2, ...notes, ...notAsked].join("\n");
}
function size(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  const units2 = ["kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units2.length);
  return `${(bytes / 1e3 ** power).toFixed(1)} ${units2[power - 1]}`;
}
function downloadSection(download) {
  if (!download) return "";
  const { before, after, system } = download;
  const sizes = before === void 0 || size(before) === size(after) ? size(after) : `${size(before)} → ${size(after)}`;
  return `Download: ${sizes}${system === void 0 ? "" : ` for ${code(system)}`}.`;
}

// src/report/packages.ts
var FOLD_FROM = 16;
var byImportance = (a, b) => Number(b.direct) - Number(a.direct) || (a.name < b.name ? -1 : Number(a.name > b.name));
function warningSection(packages) {
  const lines = [...packages].sort(byImportance).flatMap((change) => {
    const { yanked, vulnerabilities = [] } = change;
    const name = `**${text(change.name)}** ${code(change.after ?? "")}`;
    return [
      ...yanked === void 0 ? [] : [`${name} was withdrawn from its index: ${yanked === "" ? "no reason given" : text(yanked)}`],
      ...vulnerabilities.map((one) => `${name} has a known vulnerability, ${vulnerability(one)}`)
    ];
  });
  if (lines.length === 0) return "";
  return ["> [!WARNING]", ...lines.map((line) => `> - ${line}`)].join("\n");
}
function vulnerability({ id, url, summary: summary3, fixedIn }) {
  const fixed = fixedIn.length === 0 ? "" : ` (fixed in ${list(fixedIn.slice(0, 5).map(code))})`;
  return `${link(code(id), url)}${fixed}${summary3 === void 0 ? "" : `: ${text(summary3)}`}`;
}
function packageSection(packages) {
  if (packages.length === 0) return "";
  const sorted = [...packages].sort(byImportance);
  const notes = sorted.map(kindsOf);
  const hasNotes = notes.some((note) => note !== "");
  const rows = sorted.map((change, index) => [
    link(change.direct ? `**${text(change.name)}**` : text(change.name), change.url),
    change.before === void 0 ? "added" : code(change.before),
    change.after === void 0 ? "removed" : `${code(change.after)}${isBad(change) ? " ⚠️" : ""}`,
    ...hasNotes ? [notes[index] ?? ""] : []
  ]);
  const drawn2 = table(["Package", "Before", "After", ...hasNotes ? ["Comes as"] : []], rows);
  const direct = sorted.filter((change) => change.direct).length;
  const legend = direct > 0 ? `

Bold: asked for by the project itself (${direct}).` : "";
  const content = `${drawn2}${legend}`;
  return `### Packages

${rows.length >= FOLD_FROM ? fold(packageCounts(packages), content) : content}`;
}
var isBad = ({ yanked, vulnerabilities = [] }) => yanked !== void 0 || vulnerabilities.length > 0;
function kindsOf({ kinds: kinds2 = [] }) {
  const bySystem = /* @__PURE__ */ new Map();
  for (const { system, before, after } of kinds2) {
    const kind = [before, after].filter((one) => one !== void 0);
    const what = before === after ? after ?? "" : kind.join(" → ");
    bySystem.set(what, [...bySystem.get(what) ?? [], system]);
  }
  return [...bySystem].map(([what, systems]) => `${text(what)} on ${list(systems.map(code))}`).join("; ");
}

// src/report/release-notes.ts
var READ = 2e4;
var LINES = 80;
var WIDEST2 = 400;
function notesSection(notes) {
  if (notes === void 0) return "";
  const lines = notes.slice(0, READ).replace(/<!--[\s\S]*?(?:-->|$)/g, "").split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const quoted = squeeze(quote(lines));
  if (quoted.length === 0) return "";
  const cut2 = quoted.length > LINES || notes.length > READ;
  const shown2 = cut2 ? [...quoted.slice(0, LINES), "", "…"] : quoted;
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
  const [, indent = "", , item2] = /^( {0,12})([-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line) ?? [];
  if (item2 !== void 0) return `${"  ".repeat(Math.min(Math.floor(indent.length / 2), 3))}- ${words(item2)}`;
  return words(line);
}
function words(line) {
  const seen = line.slice(0, 4 * WIDEST2).replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, "$1").replace(/\*\*|__|`/g, "").replace(/<\/?[a-z][^<>]{0,300}>/gi, "");
  return text(seen, WIDEST2);
}
function squeeze(lines) {
  const flat = lines.flatMap((line) => line.split("\n"));
  const kept = flat.filter((line, index) => line !== "" || (flat[index - 1] ?? "") !== "");
  while (kept[0] === "") kept.shift();
  while (kept.at(-1) === "") kept.pop();
  return kept;
}

// src/report/timings.ts
function duration(milliseconds) {
  const seconds = milliseconds / 1e3;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
}
var usable = (timings) => timings.filter(({ milliseconds }) => Number.isFinite(milliseconds) && milliseconds >= 0);
var taskName = (stage) => stage.replace(/[^\p{L}\p{N} ._()/+-]/gu, " ").replace(/\s+/g, " ").trim().slice(0, 60) || "stage";
function tick(milliseconds) {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800];
  return steps.find((seconds) => milliseconds / 1e3 / seconds <= 8) ?? 3600;
}
function chart(timings) {
  let at = 0;
  const tasks = usable(timings).map(({ stage, milliseconds }) => {
    const start = at;
    at += Math.round(milliseconds);
    return `    ${taskName(stage)} (${duration(milliseconds)}) : ${start}, ${at}`;
  });
  return [
    "```mermaid",
    "gantt",
    // Milliseconds in, seconds out: both since 1970, so that no time zone of a reader moves them (d3-time-format, %s).
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
  const total = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const longest2 = [...stages].sort((a, b) => b.milliseconds - a.milliseconds).filter(({ milliseconds }, index) => index === 0 || milliseconds > total / 10).slice(0, 3);
  const named = list(longest2.map(({ stage, milliseconds }) => `${text(stage)} ${duration(milliseconds)}`));
  return `Took ${duration(total)}, most of it for ${named}.

${fold("How long each stage took", chart(stages))}`;
}

// src/report/report.ts
var join3 = (sections2) => `${sections2.filter((section) => section !== "").join("\n\n")}
`;
function sections(report) {
  return [
    headline(report),
    warningSection(report.packages),
    whySection(report.why),
    notesSection(report.subject.notes),
    packageSection(report.packages),
    downloadSection(report.download),
    hashSection(report.hashes),
    checkSection(report.checks),
    restSection(report),
    timingsSection(report.timings)
  ];
}
function body(report) {
  return join3(sections(report));
}
function summary2(report, published) {
  const where = published?.number === void 0 ? "" : ` ${ownLink(`#${published.number}`, published.url)}`;
  const why = published?.reason === void 0 ? "" : ` (${text(published.reason)})`;
  const result = published ? [`Pull request: ${code(published.outcome)}${where}${why}`] : [];
  const merging3 = published?.autoMerge === void 0 ? [] : [text(published.autoMerge, LONG)];
  return join3([`## ${text(report.subject.name)}`, ...result, ...merging3, ...sections(report)]);
}
function bodyKey(report) {
  return body({ ...report, timings: [], notAsked: [] });
}

// src/action/proposed.ts
function proposedOf({ name }, checkout, refreshed, edits, reports) {
  return {
    name,
    reports,
    subjects: refreshed.map(({ config, bump, update: { pinned } }) => ({
      name: config.name,
      pname: pinned.pname,
      before: bump?.before ?? pinned.version,
      after: bump?.after ?? pinned.version,
      isBump: bump !== void 0 && bump.before !== bump.after
    })),
    files: edits.map(({ file, after }) => ({ path: mustBeInside(checkout, file), content: after })),
    computedFrom: refreshed.flatMap(({ update: update2 }) => pathInCheckout(checkout, update2.project.lockFile) ?? []),
    isUnverified: refreshed.some(({ failed: failed2 }) => failed2 !== void 0)
  };
}
function requestOf(proposed, { branch, options: options2 }, trigger, head2) {
  const { owner, repo, base, run } = trigger;
  const { reports, files, computedFrom, subjects } = proposed;
  const words2 = wordsOf3(proposed);
  const title = options2.title === void 0 ? titleOf(proposed) : fillTemplate(options2.title, words2);
  const filled = new Map([...words2, ["title", title]]);
  const wrap = (report) => options2.body === void 0 ? report : fillTemplate(options2.body, new Map([...filled, ["report", report]]));
  const { autoMerge } = options2;
  const note = autoMerge ? `
${autoMergeNote(autoMerge === true ? void 0 : autoMerge, base)}
` : "";
  const told = (draw) => wrap(`${reports.map(draw).join("\n---\n\n")}${note}`);
  const isBump = subjects.some((one) => one.isBump);
  return {
    ...{ owner, repo, run, title, branch, files, computedFrom },
    base: { ref: base, sha: head2 },
    commitMessage: options2.commitMessage === void 0 ? title : fillTemplate(options2.commitMessage, filled),
    body: told(body),
    noteForGithubToken: CHECKS_WAIT_FOR_APPROVAL,
    bodyKey: told(bodyKey),
    ...isBump ? { key: subjects.map(({ name, after }) => `${name} ${after}`).join(", ") } : {},
    ...{ labels: options2.labels, assignees: options2.assignees, reviewers: options2.reviewers },
    ...options2.milestone === void 0 ? {} : { milestone: options2.milestone },
    draft: options2.draft === true,
    isUnverified: proposed.isUnverified,
    autoMerge
  };
}
function wordsOf3({ name, subjects }) {
  const only = subjects.length === 1 ? subjects[0] : void 0;
  return /* @__PURE__ */ new Map([
    ["name", name],
    ["before", only?.before ?? ""],
    ["after", only?.after ?? ""]
  ]);
}
function titleOf({ name, subjects }) {
  const moved = subjects.filter(({ isBump }) => isBump);
  const [first] = subjects;
  if (moved.length > 0 && subjects.length > 1) return `${name}: update ${moved.length} packages`;
  if (first?.isBump) return `${name}: ${first.before} → ${first.after}`;
  return `${subjects.length === 1 && first ? first.pname : name}: update the hash of its Python dependencies`;
}
function mustBeInside(checkout, file) {
  const inside2 = pathInCheckout(checkout, file);
  if (inside2 !== void 0) return inside2;
  throw new UserError(
    "outside-checkout",
    `${file} has to change, but it lies outside the checkout ${checkout.root}; keep the derivation's hash and build lock in this repository.`
  );
}

// src/action/report.ts
import path18 from "node:path";

// src/action/moved.ts
function movedPackages({ added, removed, changed }, lock, { advice }) {
  return [...added, ...removed, ...changed].filter((change) => !isProject(change)).map((change) => {
    const { name } = change;
    const [before, after] = [label2(change.before), label2(change.after)];
    const index = indexOf(lock, name);
    const told = change.after.flatMap(
      ({ version }) => advice.get(adviceKey({ name, version: version ?? "" })) ?? []
    );
    const yanked = told.find((one) => one.yanked !== void 0)?.yanked;
    const vulnerabilities = told.flatMap((one) => one.vulnerabilities);
    const url = told.find(({ page }) => page !== void 0)?.page ?? (index && `${index.replace(/\/+$/, "")}/${name}/`);
    return {
      name,
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
function indexOf(lock, name) {
  const source = lock.byName.get(name)?.find(({ source: { kind } }) => kind === "registry")?.source;
  return source?.kind === "registry" ? source.url : void 0;
}
var label2 = (entries) => entries.length === 0 ? void 0 : entries.map(({ version, source }) => version ?? source ?? "dynamic").join(", ");
var kindOf2 = {
  wheel: "wheel",
  sdist: "sdist",
  git: "git",
  directory: "local",
  none: void 0
};
function kinds({ before, after }) {
  const systems = new Set(
    [...before, ...after].flatMap(({ forms }) => Object.keys(forms))
  );
  const found2 = [...systems].flatMap((system) => {
    const [old, now] = [before, after].map((entries) => kindOf2[entries.at(-1)?.forms[system] ?? "none"]);
    const isUsual = (kind) => kind === void 0 || kind === "wheel";
    if (isUsual(old) && isUsual(now)) return [];
    return [{ system, ...old ? { before: old } : {}, ...now ? { after: now } : {} }];
  });
  return found2.length === 0 ? {} : { kinds: found2 };
}

// src/action/why.ts
import path17 from "node:path";
var SHOWN3 = 6;
function reasonsFor({ hashes, edits }, diff) {
  if (edits.length === 0) return [];
  const moved = buildLocks(edits);
  const isFirst = hashes.every(({ before }) => before === "");
  const reasons = [
    ...isFirst ? ["There was no hash yet."] : [],
    ...options(moved),
    ...diff ? ofLock(diff) : [],
    ...buildTools(moved)
  ];
  if (reasons.length > 0) return reasons;
  const hashMoved = hashes.some(({ before, after }) => before !== after);
  return [
    hashMoved ? "The hash was not the one that uv.lock asks for, though uv.lock did not change since the commit compared with." : "What has to be built, or its build requirements, changed; the wheels did not."
  ];
}
function buildLocks(edits) {
  const edit = edits.find(({ file }) => path17.basename(file) === buildLockName);
  if (!edit) return void 0;
  const { before, after } = edit;
  return {
    before: before === void 0 ? void 0 : parseBuildLock(before, buildLockName),
    after: parseBuildLock(after, buildLockName)
  };
}
function ofLock({ added, removed, changed, hashOnly }) {
  const hasMoved = added.length + removed.length + changed.length > 0;
  const others = [...new Set(hashOnly.map(({ name, version }) => `${name} ${version ?? ""}`.trim()))];
  return [
    ...hasMoved ? ["uv.lock changed."] : [],
    ...others.length > 0 ? [
      `The index has other bytes than before under the same version: ${shown(others)}. Look at that before you merge.`
    ] : []
  ];
}
function options(moved) {
  const [before, after] = [moved?.before?.target, moved?.after.target];
  if (!before || !after) return [];
  const names3 = [.../* @__PURE__ */ new Set([...Object.keys(before), ...Object.keys(after)])];
  const texts = names3.flatMap((name) => {
    const [old, now] = [before[name], after[name]].map((value) => JSON.stringify(value) ?? "none");
    return old === now ? [] : [`${name} ${old} → ${now}`];
  });
  return texts.length === 0 ? [] : [`Another option of the derivation: ${shown(texts)}.`];
}
function buildTools(moved) {
  if (!moved?.before) return [];
  const [before, after] = [moved.before, moved.after].map(toolsOf);
  if (!before || !after) return [];
  const texts = [...after].flatMap(([name, now]) => {
    const old2 = before.get(name);
    return old2 === void 0 || old2 === now ? [] : [`${name} ${old2} → ${now}`];
  });
  const built = ({ builds }) => Object.values(builds).map(labelOf);
  const old = new Set(built(moved.before));
  const fresh = built(moved.after).filter((label3) => !old.has(label3));
  return [
    ...texts.length === 0 ? [] : [`Build tools changed: ${shown(texts.sort())}.`],
    ...fresh.length === 0 ? [] : [`New to be built from source: ${shown(fresh)}.`]
  ];
}
var labelOf = (build2) => `${build2.name} ${build2.version ?? ""}`.trim();
function toolsOf({ wheels }) {
  const tools = /* @__PURE__ */ new Map();
  for (const file of Object.keys(wheels).sort()) {
    const [name = "", version = ""] = file.split("-", 2);
    tools.set(name, [...tools.get(name) ?? [], version]);
  }
  return new Map([...tools].map(([name, versions3]) => [name, [...new Set(versions3)].join(" and ")]));
}
var shown = (texts) => texts.length > SHOWN3 ? `${texts.slice(0, SHOWN3).join(", ")} and ${texts.length - SHOWN3} more` : list(texts);

// src/action/report.ts
function reportOf(refreshed, { advised, serverUrl }) {
  const { update: update2, diff, bump, failed: failed2, config } = refreshed;
  const { hashes } = update2;
  const moved = bump && bump.before !== bump.after ? [`${config.name} ${bump.after} was released.`] : [];
  return {
    version: 1,
    subject: subjectOf(refreshed, serverUrl),
    why: [...moved, ...reasonsFor(update2, diff)],
    hashes: hashes.filter((one) => one.before !== one.after).map(({ system, before, after: now, how }) => ({
      ...{ system, after: now, how: how === "recorded" ? "native" : how },
      ...before ? { before } : {}
    })),
    packages: diff ? movedPackages(diff, update2.project.lock, advised) : [],
    download: downloadOf(refreshed),
    checks: [...(bump?.hashes ?? []).map(outputCheck), ...checks(update2), ...failed2 ? [failed2] : []],
    timings: update2.stages.map(({ name, milliseconds }) => ({ stage: name, milliseconds })),
    notDone: notDone(update2, failed2),
    ...advised.notAsked.length > 0 ? { notAsked: advised.notAsked } : {}
  };
}
function subjectOf({ update: { pinned }, bump, choice, config }, serverUrl) {
  const after = bump?.after ?? pinned.version;
  const isBump = bump !== void 0 && bump.before !== bump.after;
  const notes = isBump && choice?.kind === "release" ? choice.release.notes : void 0;
  return {
    name: pinned.pname,
    ...after ? { after } : {},
    ...isBump ? { before: bump.before, links: linksOf(bump, config.releases?.source, serverUrl) } : {},
    ...notes === void 0 ? {} : { notes }
  };
}
function linksOf({ before, after }, source, serverUrl) {
  if (source?.kind !== "github") return [];
  const { owner, repo, list: list3, tag } = source;
  const page = `${serverUrl}/${owner}/${repo}`;
  const [old, now] = [before, after].map((version) => encodeURI(tagOf(version, tag)));
  return [
    ...list3 === "releases" ? [{ text: "Release notes", url: `${page}/releases/tag/${now}` }] : [],
    { text: "All changes", url: `${page}/compare/${old}...${now}` }
  ];
}
function downloadOf({
  update: { spotted, pinned },
  bytesBefore
}) {
  const own = spotted.find(({ target }) => target.system === pinned.system) ?? spotted[0];
  return {
    after: wheelBytes(own?.artifacts ?? []),
    ...own ? { system: own.target.system } : {},
    ...bytesBefore === void 0 ? {} : { before: bytesBefore }
  };
}
var outputCheck = ({ attribute, after }) => ({
  name: `Fixed output ${attribute} built twice with one hash`,
  result: "ok",
  detail: after
});
function notDone({ out, edits, hashes, pinned, spotted, taken = 0 }, failed2) {
  const once2 = hashes.filter(({ how }) => how === "nix").map(({ system }) => system);
  const others = spotted.map(({ target }) => target.system).filter((system) => system !== pinned.system);
  const isLeftOut = out === void 0 && edits.length > 0 && !failed2;
  return [
    ...once2.length > 0 ? [
      {
        what: `Second derivation of the hash for ${once2.join(", ")}`,
        why: "skip-second-derivation is true"
      }
    ] : [],
    ...isLeftOut ? [{ what: "Build and import", why: "verify is false" }] : [],
    ...taken > 0 ? [
      {
        what: `Build of ${taken === 1 ? "one store path" : `${taken} store paths`} from source`,
        why: "an earlier run built what the runner's cache had"
      }
    ] : [],
    ...out !== void 0 && others.length > 0 ? [
      {
        what: `Build and import for ${others.join(", ")}`,
        why: `this runner builds for ${pinned.system}`
      }
    ] : []
  ];
}
function checks({ out, imported, hashes }) {
  if (out === void 0) return [];
  const byNix = hashes.filter(({ how }) => how === "nix" || how === "both").map(({ system }) => system);
  const fetched2 = byNix.length === 0 ? [] : [{ name: "Fixed output fetched by Nix from nothing", result: "ok", detail: byNix.join(", ") }];
  return [
    ...fetched2,
    { name: "Built offline in Nix’s sandbox", result: "ok", detail: out },
    ...imported.map(
      ({ module, file }) => ({
        name: `import ${module}`,
        result: "ok",
        detail: path18.relative(out, file)
      })
    )
  ];
}

// src/action/run.ts
async function runAction(runner) {
  const { inputs, parts } = runner;
  const checkout = await runner.checkout();
  const journal = await parts.journal(checkout.root, checkout.journal);
  const config = await configOf(runner, checkout);
  const results = [];
  for (const proposal of proposalsOf(inputs, config)) {
    results.push(await runProposal(runner, proposal, { checkout, journal }, config));
  }
  return results;
}
async function configOf({ inputs, trigger, parts }, checkout) {
  const { config, attribute } = inputs;
  const { proposedTo } = trigger;
  const read2 = proposedTo === void 0 ? parts.read : (file) => checkout.textAt(proposedTo, file);
  const text2 = attribute === "" ? await read2(config) : void 0;
  if (text2 !== void 0) return withOptions(parseConfig(text2, config), inputs.options);
  if (attribute !== "")
    return { packages: [], index: void 0, allowedHosts: void 0, cacheTo: void 0 };
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
  const options2 = { ...noOptions, ...inputs.options };
  const one = { ...plainPackage(attribute, nix), pullRequest: options2 };
  return [{ name: attribute, branch, options: options2, packages: [one] }];
}
async function runProposal(runner, proposal, { checkout, journal }, config) {
  const { inputs, trigger, parts, forge } = runner;
  const finders = releaseParts(runner, config);
  const cacheTo = cacheOf2(runner, config);
  const group2 = await refreshGroup(proposal.packages, journal, parts, async (one, journaled) => {
    if (proposal.packages.length > 1) parts.log.info(`${one.name}, of the group ${proposal.name}:`);
    const now = await refreshPackage(
      {
        ...{ config: one, configFile: inputs.config, checkout, before: trigger.before },
        ...{ verify: inputs.verify, skipSecondDerivation: inputs.skipSecondDerivation },
        findReleases: inputs.findReleases ?? trigger.isScheduled,
        refreshOutputs: !trigger.isScheduled,
        meanwhile: runner.meanwhile,
        ...cacheTo === void 0 ? {} : { cacheTo }
      },
      journaled,
      finders
    );
    tell(now, parts.log);
    return now;
  });
  const { refreshed, edits, undo, keep } = group2;
  try {
    const reports = await reportsOf(runner, refreshed);
    const proposed = proposedOf(proposal, checkout, refreshed, edits, reports);
    const done = { name: proposal.name, branch: proposal.branch, refreshed, edits, reports, proposed };
    if (inputs.mode === "compute") {
      await undo();
      return { ...done, published: void 0 };
    }
    if (!inputs.pullRequest) {
      await keep();
      return { ...done, published: void 0 };
    }
    const request = requestOf(proposed, proposal, trigger, checkout.head);
    const published = await parts.log.group(
      "Pull request",
      async () => unlessCancelled(publish(await forge(), request, parts.log), parts.stop)
    );
    await undo();
    return { ...done, published };
  } catch (error2) {
    await undo();
    throw error2;
  }
}
async function reportsOf({ fetchText, parts, githubUrl: serverUrl }, refreshed) {
  const reports = [];
  for (const one of refreshed) {
    const advised = await advise(one.update, one.diff, fetchText, parts.log);
    reports.push(reportOf(one, { advised, serverUrl }));
  }
  return reports;
}
function cacheOf2({ inputs, trigger, parts }, config) {
  const address2 = inputs.cacheTo ?? config.cacheTo;
  if (address2 === void 0 || trigger.proposedTo === void 0) return address2;
  parts.log.info(`Nothing is copied to ${address2}: this run is about a pull request.`);
  return void 0;
}
function releaseParts({ client: client2, parts, fetchText, index }, config) {
  const chosen = chooseIndex(config.index, index);
  return { hub: client2, fetchText, run: parts.run, scratch: parts.scratch, index: chosen };
}
function tell({ update: { hashes }, edits, config }, log) {
  for (const { system, before, after } of hashes) {
    log.info(
      before === after ? `${system}: ${after}, as before` : `${system}: ${before || "(none)"} → ${after}`
    );
  }
  if (edits.length === 0)
    log.info(`Nothing to do for ${config.name}: hash and build lock are what uv.lock asks for.`);
}

// src/action/check.ts
async function checkAll(runner) {
  const { inputs, parts } = runner;
  const checkout = await runner.checkout();
  const config = await configOf(runner, checkout);
  const packages = proposalsOf(inputs, config).flatMap((proposal) => proposal.packages);
  const isNamed = inputs.attribute !== "";
  const root = isNamed ? inputs.workspace : checkout.root;
  const whereIs = async ({ nix, attribute }) => isNamed ? whereFrom(root, nix, attribute, parts.run) : whereOf(nix, attribute, root, inputs.config);
  return { checks: await checkPackages(packages, root, whereIs, parts), root };
}
function checkOutputs(checks2, root) {
  const first = checks2.find(({ checked: checked2 }) => checked2 && checked2.status !== "current") ?? checks2[0];
  const results = checks2.map(
    ({ name, checked: checked2, error: error2 }) => checked2 ? { name, status: checked2.status, hashes: hashesOf(checked2), patch: checked2.patch } : { name, status: "error", error: error2.code, message: error2.message }
  );
  return {
    status: worstOf(checks2) ?? "",
    patch: patchOfAll(checks2, root),
    hashes: JSON.stringify(first?.checked ? hashesOf(first.checked) : {}),
    results: JSON.stringify(results)
  };
}
var hashesOf = ({ hashes }) => Object.fromEntries(hashes.map(({ system, before, after }) => [system, { before, after }]));
function checkAnnotations(checks2) {
  return checks2.flatMap(({ name, checked: checked2, error: error2 }) => {
    const say = (message2) => checks2.length === 1 ? message2 : `${name}: ${message2}`;
    if (error2) return [new UserError(error2.code, say(error2.message), more(error2))];
    const { status, message, hashes } = checked2;
    if (status === "current") return [];
    const moved = hashes.filter(({ before, after, at }) => before !== after && at !== void 0);
    if (status !== "stale" || moved.length < 2) return [new UserError(status, say(message), more(checked2))];
    return moved.map(({ system, before, after, at }) => {
      const what = `The hash for ${system} is stale: it is ${before || "empty"} and has to be ${after}.`;
      return new UserError(status, say(what), at ? { at } : {});
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
var checkSummaries = (checks2) => checks2.map(({ name, checked: checked2, error: error2 }) => checked2 ? checkSummary(name, checked2) : failureSummary(error2)).join("\n");
function checkSummary(name, checked2) {
  const { status, message, hashes, patch, notChecked } = checked2;
  const lines = [`## ${text(name)}: ${status}`, "", text(message), ""];
  if (hashes.length > 0) {
    lines.push("| System | Pinned | Computed |", "| --- | --- | --- |");
    for (const { system, before, after } of hashes)
      lines.push(`| ${code(system)} | ${code(before || "none")} | ${code(after)} |`);
    lines.push("");
  }
  if (patch !== "") lines.push("`git apply` this to make it current:", "", fenced(patch, "diff"), "");
  if (notChecked.length > 0) lines.push("Not checked:", ...notChecked.map((one) => `- ${text(one)}`), "");
  return `${lines.join("\n")}
`;
}

// src/action/context.ts
var clockOrHand = ["schedule", "workflow_dispatch", "repository_dispatch"];
function readTrigger(event, inputs) {
  const { owner, repo } = event.repo;
  const pull = event.payload.pull_request;
  const branch = pull?.head?.ref ?? /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
  const base = inputs.base || branch;
  if (base === void 0) {
    throw new UserError(
      "base-missing",
      `This run is on '${event.ref}', which is no branch; name the pull request's branch with the input 'base'.`
    );
  }
  const before = inputs.compareWith || pull?.base?.sha || event.payload.before;
  return {
    ...{ owner, repo, base },
    before: typeof before === "string" && !/^0*$/.test(before) ? before : void 0,
    proposedTo: pull?.base?.sha,
    isFork: pull !== void 0 && pull.head?.repo?.full_name !== `${owner}/${repo}`,
    isOwn: pull === void 0 && (event.name === "push" || clockOrHand.includes(event.name)),
    run: event.runId,
    isScheduled: clockOrHand.includes(event.name),
    apiUrl: event.apiUrl,
    serverUrl: event.serverUrl
  };
}

// src/action/event.ts
function readEvent(environment2, readFile4) {
  const get = (name) => environment2[`GITHUB_${name}`] ?? "";
  const text2 = get("EVENT_PATH") === "" ? void 0 : readFile4(get("EVENT_PATH"));
  const payload = text2 ? JSON.parse(text2) : {};
  const [owner = "", repo = ""] = get("REPOSITORY").split("/");
  return {
    name: get("EVENT_NAME"),
    payload: typeof payload === "object" && payload !== null ? { ...payload } : {},
    ref: get("REF"),
    repo: { owner, repo },
    runId: Number(get("RUN_ID")),
    apiUrl: get("API_URL") || "https://api.github.com",
    serverUrl: get("SERVER_URL") || "https://github.com"
  };
}

// src/pull-request/forgejo/api.ts
var PAGE = 50;
async function listAll(ask2, route, values, pages = 20) {
  const all2 = [];
  for (let page = 1; page <= pages; page++) {
    const { data } = await ask2(route, { ...values, page, limit: PAGE });
    const items = Array.isArray(data) ? data : [];
    all2.push(...items);
    if (items.length === 0) break;
  }
  return all2;
}

// src/pull-request/forgejo/failures.ts
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
var tokenRejected = (step, said) => `The forge does not accept the token, so it refused to ${step.to} (${said}). Give a token that has not expired: \`\${{ github.token }}\`, or an access token of an account.`;
var tokenPermission = (step, said) => `The token may not ${step.to} (${said}). An access token needs the scope \`${step.needs}\`, and its account may have to be a collaborator; the job's own token can only read where a pull request from a fork started the run.`;
var notFound = (step, said) => `The forge found nothing where it was asked to ${step.to} (${said}). Check the repository's name; it says the same where the token may not see a private repository (scope \`${step.needs}\`).`;
var unavailable = (step, said) => `The forge did not answer properly when asked to ${step.to}, also when asked again (${said}). Run this again later: it goes on from where it stopped.`;
var { explain: explain2, doStep } = explainingBy(EXPLANATIONS);
var PASSING = /returned error: (?:5\d\d|429)|Could not resolve host|Failed to connect|Couldn't connect|Connection (?:reset|refused|timed out)|timed out|early EOF|hung up unexpectedly|RPC failed|Empty reply|unexpected disconnect|transfer closed|GnuTLS recv error|SSL_ERROR_SYSCALL|Operation too slow/i;
var isPassing = (stderr) => PASSING.test(stderr);
function lastWords(stderr) {
  const lines = stderr.split("\n").map((line) => line.replace(/^(?:remote|fatal|error):\s*/, "").trim()).filter((line) => line !== "");
  return lines.slice(-4).join("; ").slice(0, 500) || "git said nothing";
}
var GIT = [
  {
    fits: /protected branch|pre-receive hook declined|not allowed to push|force.?push|GH006/i,
    code: "branch-protected",
    say: (step, said) => `A rule of the repository forbids to ${step.to} (${said}). Let the rule leave out this branch, or choose a branch name that it does not cover.`
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
    say: (step, said) => `The forge sends elsewhere when asked to ${step.to} (${said}), and the token is not sent after it. Was the repository renamed, or is the server's address (\`ROOT_URL\`) not the one that it answers under? Correct that.`
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
async function readAutoMerge(ask2, place, index) {
  const route = "GET /repos/{owner}/{repo}/issues/{index}/timeline";
  const events2 = await listAll(ask2, route, { ...place, index });
  const last = events2.findLast(({ type }) => type === ON || type === OFF);
  return {
    isOn: last?.type === ON,
    switchedOffBy: last?.type === OFF ? last.user?.login ?? "somebody" : void 0
  };
}
function merging(ask2, place, { number }) {
  return doStep({ to: `read how #${number} may be merged`, needs: "read:repository" }, async () => {
    const { data } = await ask2("GET /repos/{owner}/{repo}", { ...place });
    const repository = data;
    const allowed = {
      merge: repository.allow_merge_commits,
      squash: repository.allow_squash_merge,
      rebase: repository.allow_rebase
    };
    const preferred = repository.default_merge_style;
    const methods = ["merge", "squash", "rebase"].filter((method) => allowed[method]).sort((a, b) => Number(b === preferred) - Number(a === preferred));
    const { switchedOffBy } = await readAutoMerge(ask2, place, number);
    return { isAllowed: true, methods, switchedOffBy };
  });
}
function enableAutoMerge(ask2, place, { number: index, baseRef }, method) {
  const needs = "write:repository, write:issue";
  return doStep({ to: `switch on auto-merge for #${index}`, needs }, async () => {
    const { data } = await ask2("GET /repos/{owner}/{repo}/branches/{branch}", { ...place, branch: baseRef });
    const { enable_status_check: needsChecks, required_approvals: approvals } = data;
    if (approvals === 0 && !needsChecks) return `${baseRef} requires neither a check nor an approval`;
    if (approvals === 0 && await hasPassed(ask2, place, index)) return "all checks have passed";
    try {
      await ask2("POST /repos/{owner}/{repo}/pulls/{index}/merge", {
        ...{ ...place, index, Do: method },
        merge_when_checks_succeed: true
      });
    } catch (error2) {
      if (statusOf(error2) !== 409) throw error2;
    }
    return void 0;
  });
}
async function hasPassed(ask2, place, index) {
  const { data: pull } = await ask2("GET /repos/{owner}/{repo}/pulls/{index}", { ...place, index });
  const ref = pull.head.sha;
  const { data } = await ask2("GET /repos/{owner}/{repo}/commits/{ref}/status", { ...place, ref });
  return data.state === "success";
}

// src/pull-request/forgejo/look.ts
var NEEDS = "read:repository";
var fetching = { to: "read the repository", needs: NEEDS };
async function headsOf(store, branches) {
  const names3 = branches.map((name) => `refs/heads/${name}`);
  const text2 = await store.read(fetching, ["ls-remote", "--heads", "--", "origin", ...names3]);
  const heads = /* @__PURE__ */ new Map();
  for (const line of text2.split("\n")) {
    const [oid = "", name = ""] = line.split("	");
    if (names3.includes(name)) heads.set(name.slice("refs/heads/".length), oid);
  }
  return heads;
}
async function fetchCommits(store, oids, depth = "1") {
  const options2 = ["--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none", `--depth=${depth}`];
  await store.read(fetching, ["fetch", ...options2, "--", "origin", ...oids]);
}
async function viewOf(store, oid, paths) {
  const tree = (await store.local(["rev-parse", "--verify", `${oid}^{tree}`])).trim();
  const files = /* @__PURE__ */ new Map();
  const listed2 = paths.length === 0 ? "" : await store.local(["ls-tree", "-z", "--full-tree", oid, "--", ...paths]);
  for (const line of listed2.split("\0")) {
    const match = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line);
    if (match) files.set(match[3] ?? "", { mode: match[1] ?? "", oid: match[2] ?? "" });
  }
  return { oid, tree, files };
}
async function look(store, request) {
  const { owner, repo, base, branch } = request;
  const paths = [.../* @__PURE__ */ new Set([...request.files.map(({ path: path28 }) => path28), ...request.computedFrom ?? []])];
  const heads = await headsOf(store, [base.ref, branch]);
  const baseHead = heads.get(base.ref);
  if (baseHead === void 0) {
    throw new UserError(
      "base-missing",
      `The repository ${owner}/${repo} has no branch \`${base.ref}\` to open a pull request against. Give the name of a branch that exists on the forge.`
    );
  }
  const head2 = heads.get(branch);
  await fetchAll(store, [baseHead, ...head2 === void 0 ? [] : [head2]], base.sha);
  return {
    base: await viewOf(store, baseHead, paths),
    read: await viewOf(store, base.sha, paths),
    branch: head2 === void 0 ? void 0 : await viewOf(store, head2, paths),
    isGithubToken: false
  };
}
async function fetchAll(store, heads, read2) {
  try {
    await fetchCommits(store, [.../* @__PURE__ */ new Set([...heads, read2])]);
  } catch (error2) {
    const log = error2 instanceof UserError ? error2.log ?? "" : "";
    if (!/not our ref|unadvertised object|couldn't find remote ref/i.test(log)) throw error2;
    throw new UserError(
      "base-unknown",
      `The forge does not know the commit ${read2} that was checked out. Push it first, or check out a commit of the base branch.`,
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
  for (const { content, mode, path: path28, oid } of files) {
    const made = await store.local(["hash-object", "-w", "-t", "blob", "--no-filters", "--stdin"], {
      input: content
    });
    if (made.trim() !== oid) throw new Error(`git gives ${path28} the id ${made.trim()}, and not ${oid}`);
    lines.push(`${mode} ${oid}	${path28}\0`);
  }
  await store.local(["update-index", "--add", "--replace", "-z", "--index-info"], {
    env: index,
    input: lines.join("")
  });
  const tree = (await store.local(["write-tree", "--missing-ok"], { env: index })).trim();
  const name = "uv-fod";
  const email = `uv-fod@noreply.${store.host}`;
  const commit = await store.local(["commit-tree", tree, "-p", parent.oid, "-F", "-"], {
    input: message(tree),
    env: {
      ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email },
      ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email }
    }
  });
  return commit.trim();
}
var TRIES = 3;
async function moveBranch(store, branch, { before, after }) {
  const ref = `refs/heads/${branch}`;
  const step = { to: `move the branch \`${branch}\``, needs: "write:repository" };
  const lease = `--force-with-lease=${ref}:${before ?? ""}`;
  for (let time = 1; ; time++) {
    const options2 = ["--quiet", "--porcelain", "--no-verify", "--no-follow-tags", lease];
    const { code: code3, stdout, stderr } = await store.once([
      ...["push", ...options2, "--", "origin", `${after ?? ""}:${ref}`]
    ]);
    if (code3 === 0) return true;
    const now = (await headsOf(store, [branch])).get(branch);
    if (now === after) return true;
    if (now !== before) return false;
    const said = `${stdout}
${stderr}`;
    if (!isPassing(stderr) || time === TRIES) throw refusal(explainGit(step, said), said);
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
function findMilestone(all2, wanted, { owner, repo }, log, also = () => false) {
  const found2 = all2.find(({ title }) => title === wanted) ?? all2.find(({ title }) => title.toLowerCase() === wanted.toLowerCase()) ?? all2.find(also);
  if (found2) return found2;
  const titles = all2.map(({ title }) => `'${title}'`).join(", ");
  log.warning(
    `There is no open milestone '${wanted}' in ${owner}/${repo}; it has ${titles || "none"}. Make it, or name another (\`milestone\`).`
  );
  return void 0;
}

// src/pull-request/forgejo/extras.ts
var NEEDS2 = "write:issue, write:repository";
async function everAdded(ask2, place, index) {
  const route = "GET /repos/{owner}/{repo}/issues/{index}/timeline";
  const step = { to: `read what happened to the pull request #${index}`, needs: "read:issue" };
  const events2 = await doStep(step, () => listAll(ask2, route, { ...place, index }));
  const those = (type, name) => events2.flatMap((event) => event.type === type ? name(event) ?? [] : []);
  return {
    labels: those("label", ({ label: label3 }) => label3?.name),
    assignees: those("assignees", ({ assignee }) => assignee?.login),
    reviewers: those(
      "review_request",
      ({ assignee, assignee_team: team }) => team ? `${place.owner}/${team.name}` : assignee?.login
    ),
    milestone: those("milestone", ({ milestone }) => milestone?.title)
  };
}
async function add(ask2, place, index, list3, items, log) {
  const pull = "/repos/{owner}/{repo}/pulls/{index}";
  const at = { ...place, index };
  const calls = {
    labels: async () => ask2("POST /repos/{owner}/{repo}/issues/{index}/labels", {
      ...at,
      labels: await labelIds(ask2, place, items)
    }),
    // This list is set as a whole.
    assignees: async () => {
      const { data } = await ask2(`GET ${pull}`, at);
      const before = (data.assignees ?? []).map(({ login }) => login);
      return ask2(`PATCH ${pull}`, { ...at, assignees: [...before, ...items] });
    },
    reviewers: () => {
      const { users, teams } = usersAndTeams(items);
      return ask2(`POST ${pull}/requested_reviewers`, { ...at, reviewers: users, team_reviewers: teams });
    },
    milestone: async () => {
      const milestone = await milestoneId(ask2, place, items[0] ?? "", log);
      return milestone !== void 0 && ask2(`PATCH ${pull}`, { ...at, milestone });
    }
  };
  const step = { to: `${ADDING[list3]} ${items.join(", ")} (#${index})`, needs: NEEDS2 };
  return await doStep(step, calls[list3]) !== false;
}
async function milestoneId(ask2, place, wanted, log) {
  const route = "GET /repos/{owner}/{repo}/milestones";
  const all2 = await listAll(ask2, route, { ...place, state: "open" });
  return findMilestone(all2, wanted, place, log)?.id;
}
async function labelIds(ask2, place, names3) {
  const known = await listAll(ask2, "GET /repos/{owner}/{repo}/labels", { ...place });
  const { owner: org } = place;
  const shared = await listAll(ask2, "GET /orgs/{org}/labels", { org }).catch(() => []);
  const ids = [];
  for (const name of names3) {
    const found2 = [...known, ...shared].find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (found2) ids.push(found2.id);
    else {
      const made = await ask2("POST /repos/{owner}/{repo}/labels", { ...place, name, color: "#ededed" });
      ids.push(made.data.id);
    }
  }
  return ids;
}

// src/pull-request/forgejo/git.ts
import { mkdtemp as mkdtemp2 } from "node:fs/promises";
import path19 from "node:path";
function settings(pairs) {
  const entries = pairs.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries) };
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
  // Less than a kilobyte a second for a minute is a connection that hangs.
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
  const home = await mkdtemp2(path19.join(scratch2, "publish-"));
  const dir = path19.join(home, "repository.git");
  const server = new URL(remote.serverUrl);
  const root = server.href.replace(/\/$/, "");
  const quiet2 = environment(home, []);
  const talking = environment(home, [
    [
      "remote.origin.url",
      `${root}/${encodeURIComponent(remote.owner)}/${encodeURIComponent(remote.repo)}.git`
    ],
    // http only where the runner itself says that the server is there.
    [`protocol.${server.protocol.replace(":", "")}.allow`, "always"],
    [`http.${root}/.extraHeader`, `Authorization: Basic ${basic(remote.token)}`]
  ]);
  const git2 = (args, options2 = {}, base = quiet2) => {
    const { input } = options2;
    const env = { ...base, ...options2.env };
    return run("git", ["--git-dir", dir, ...args], { env, ...input === void 0 ? {} : { input } });
  };
  const local = async (args, options2) => {
    const { code: code3, stdout, stderr } = await git2(args, options2);
    if (code3 !== 0) throw new Error(`git ${args[0]}: ${stderr.trim() || `exit ${code3}`}`);
    return stdout;
  };
  const read2 = async (step, args) => {
    for (let time = 1; ; time++) {
      const result = await git2(args, {}, talking);
      if (result.code === 0) return result.stdout;
      if (time >= tries || !isPassing(result.stderr)) throw explainGit(step, result.stderr);
      await new Promise((resolve2) => setTimeout(resolve2, time * second));
    }
  };
  await local(["init", "--quiet", "--bare", "--template=", "--object-format=sha1"]);
  const once2 = (args) => git2(args, {}, talking);
  return { local, read: read2, once: once2, host: server.hostname };
}

// src/pull-request/forgejo/history.ts
var DEPTHS = ["50", "1000", "2147483647"];
var MOST_COMMITS = 250;
async function compare3(store, from, to) {
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
  return { commits, complete, mergeBase, changed: new Set(names3.split("\0").filter((name) => name !== "")) };
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
    `The commits ${from} and ${to} have no history in common, so nothing is written on the branch. Delete the branch so that it is made afresh.`
  );
}
async function readCommit(store, oid) {
  const text2 = await store.local(["cat-file", "commit", oid]);
  const end = text2.indexOf("\n\n");
  const headers = text2.slice(0, end === -1 ? void 0 : end).split("\n");
  const those = (name) => headers.flatMap((line) => line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []);
  return {
    sha: oid,
    tree: those("tree")[0] ?? "",
    parents: those("parent"),
    message: end === -1 ? "" : text2.slice(end + 2),
    author: nameIn(those("committer")[0]) ?? nameIn(those("author")[0]) ?? "somebody"
  };
}
var nameIn = (person) => {
  const name = person?.slice(0, Math.max(person.indexOf(" <"), 0));
  return name === "" ? void 0 : name;
};

// src/pull-request/forgejo/pulls.ts
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
    labels: (data.labels ?? []).map(({ name }) => name),
    assignees: (data.assignees ?? []).map(({ login }) => login),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => login),
      ...(data.requested_reviewers_teams ?? []).map(({ name }) => `${owner}/${name}`)
    ],
    milestone: data.milestone ? [data.milestone.title] : [],
    isDraft: isDraft(data.title),
    hasAutoMerge,
    id: String(data.number)
  };
}
var CLOSED_PAGES = 5;
function listPulls2(ask2, place, branch) {
  return doStep({ to: "list pull requests", needs: "read:issue, read:repository" }, async () => {
    const route = `GET ${pullRoute}`;
    const open3 = await listAll(ask2, route, { ...place, state: "open" });
    const closed = await listAll(ask2, route, { ...place, state: "closed" }, CLOSED_PAGES);
    const ofBranch = ({ head: head2, base }) => head2.label === branch && head2.repo_id === base.repo_id;
    const pulls = closed.filter(ofBranch).map((pull) => pullOf(pull, place, false));
    for (const pull of open3.filter(ofBranch))
      pulls.push(pullOf(pull, place, (await readAutoMerge(ask2, place, pull.number)).isOn));
    return pulls.sort((a, b) => b.number - a.number);
  });
}
var WRITE = "write:repository, write:issue";
var DRAFT = "WIP: ";
var DRAFT_PREFIX = /^(?:WIP:|\[WIP\])\s*/i;
var isDraft = (title) => DRAFT_PREFIX.test(title);
async function openPull2(ask2, place, { title, body: body2, head: head2, base, draft }) {
  const named = draft && !isDraft(title) ? `${DRAFT}${title}` : title;
  try {
    const { data } = await ask2(`POST ${pullRoute}`, { ...place, title: named, body: body2, head: head2, base });
    return pullOf(data, place, false);
  } catch (error2) {
    if (statusOf(error2) === 409) return "exists";
    if (statusOf(error2) === 422 && /no changes between/i.test(wordsOf2(error2))) return "nothing-new";
    throw explain2({ to: "open the pull request", needs: WRITE }, error2);
  }
}
async function editPull(ask2, place, index, edit) {
  const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${index}`;
  await doStep({ to, needs: WRITE }, async () => {
    const title = edit.title === void 0 ? {} : { title: await titleFor(ask2, place, index, edit.title) };
    await ask2(`PATCH ${pullRoute}/{index}`, { ...place, index, ...edit, ...title });
  });
}
async function titleFor(ask2, place, index, title) {
  const { data } = await ask2(`GET ${pullRoute}/{index}`, { ...place, index });
  return isDraft(data.title) && !isDraft(title) ? `${DRAFT}${title}` : title;
}
async function setDraft(ask2, place, index, draft) {
  const to = draft ? `make #${index} a draft` : `make #${index} ready for review`;
  await doStep({ to, needs: WRITE }, async () => {
    const { data } = await ask2(`GET ${pullRoute}/{index}`, { ...place, index });
    const { title } = data;
    if (isDraft(title) === draft) return;
    const named = draft ? `${DRAFT}${title}` : title.replace(DRAFT_PREFIX, "");
    await ask2(`PATCH ${pullRoute}/{index}`, { ...place, index, title: named });
  });
}
var commentRoute = "/repos/{owner}/{repo}/issues/{index}/comments";
var commenting = (index) => ({ to: `comment on the pull request #${index}`, needs: "write:issue" });
async function comments(ask2, place, index) {
  const { data } = await doStep(commenting(index), () => ask2(`GET ${commentRoute}`, { ...place, index }));
  return (data ?? []).map(({ body: body2 }) => body2);
}
async function comment(ask2, place, index, body2) {
  await doStep(
    commenting(index),
    () => ask2(`POST ${commentRoute}`, { ...place, index, body: body2, request: { retries: 0 } })
  );
}

// src/pull-request/forgejo/forgejo.ts
var BODY_LIMIT = 65536;
function forgejoForge({ run, ask: ask2, scratch: scratch2, remote, patience }) {
  const place = { owner: remote.owner, repo: remote.repo };
  const store = once(() => openStore(run, scratch2, remote, patience));
  return {
    bodyLimit: BODY_LIMIT,
    look: async (request) => look(await store(), request),
    viewCommit: async (oid, paths) => {
      await fetchCommits(await store(), [oid]);
      return viewOf(await store(), oid, paths);
    },
    compare: async (from, to) => compare3(await store(), from, to),
    makeCommit: async (commit) => makeCommit(await store(), commit),
    moveBranch: async (branch, move) => moveBranch(await store(), branch, move),
    listPulls: (branch) => listPulls2(ask2, place, branch),
    openPull: (pull) => openPull2(ask2, place, pull),
    editPull: (number, edit) => editPull(ask2, place, number, edit),
    comments: (number) => comments(ask2, place, number),
    comment: (number, body2) => comment(ask2, place, number, body2),
    everAdded: (number) => everAdded(ask2, place, number),
    add: (number, list3, items, log) => add(ask2, place, number, list3, items, log),
    setDraft: ({ number }, draft) => setDraft(ask2, place, number, draft),
    merging: (pull) => merging(ask2, place, pull),
    enableAutoMerge: (pull, method) => enableAutoMerge(ask2, place, pull, method)
  };
}

// src/pull-request/github/failures.ts
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
    say: (step, error2) => `GitHub does not accept the token, so it refused to ${step.to} (${wordsOf2(error2)}). Give a token that has not expired: \`\${{ github.token }}\`, or one of a GitHub App.`
  },
  {
    fits: (error2) => /not permitted to create or approve pull requests/i.test(wordsOf2(error2)),
    code: "pull-requests-not-allowed",
    say: (step, error2) => `GitHub refused to ${step.to} (${wordsOf2(error2)}). Switch on "Allow GitHub Actions to create and approve pull requests" in the settings of the repository (Actions, General, Workflow permissions) and, where there is one, of the organization; or give the token of a GitHub App.`
  },
  {
    fits: (error2) => /protected|rule violations|force-push|signatures/i.test(wordsOf2(error2)),
    code: "branch-protected",
    say: (step, error2) => `A rule of the repository forbids to ${step.to} (${wordsOf2(error2)}). Let the rule leave out this branch, or choose a branch name that it does not cover.`
  },
  {
    fits: (error2) => /not accessible|must have|permission/i.test(wordsOf2(error2)) || statusOf(error2) === 403 && !/archived/i.test(wordsOf2(error2)),
    code: "token-permission",
    say: (step, error2) => `The token may not ${step.to} (${wordsOf2(error2)}). It needs ${acceptedOf(error2) ?? inCode(step.needs)}: add that to \`permissions:\` of the job, or to the GitHub App. A pull request from a fork, and Dependabot, get a token that can only read.`
  },
  {
    fits: (error2) => statusOf(error2) === 404 || problemsOf(error2).some((one) => one.type === "NOT_FOUND"),
    code: "repository-not-found",
    say: (step, error2) => `GitHub found nothing where it was asked to ${step.to} (${wordsOf2(error2)}). Check the repository's name; GitHub says the same where the token may not see a private repository (it needs ${inCode(step.needs)}).`
  },
  {
    fits: (error2) => (statusOf(error2) ?? 0) >= 500,
    code: "github-unavailable",
    say: (step, error2) => `GitHub did not answer properly when asked to ${step.to}, also when asked again (${wordsOf2(error2)}). Run this again later: it goes on from where it stopped.`
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
async function merging2(octokit, { id, number }) {
  const step = { to: `read how #${number} may be merged`, needs: "pull-requests: read" };
  const { node } = await doStep2(step, () => octokit.graphql(LOOK, { pull: id }));
  const { autoMergeAllowed, mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed } = node?.repository ?? {};
  const methods = { merge: mergeCommitAllowed, squash: squashMergeAllowed, rebase: rebaseMergeAllowed };
  const [off] = node?.timelineItems.nodes ?? [];
  return {
    isAllowed: autoMergeAllowed === true,
    methods: ["merge", "squash", "rebase"].filter((method) => methods[method]),
    switchedOffBy: off && (off.actor?.login ?? "somebody")
  };
}
var ENABLE = `mutation EnableAutoMerge($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { clientMutationId }
}`;
var NOTHING_TO_WAIT_FOR = /\b(?:clean|unstable|has_hooks) status|protected branch rules not configured/i;
async function enableAutoMerge2(octokit, { id, number }, method) {
  try {
    await octokit.graphql(ENABLE, { input: { pullRequestId: id, mergeMethod: method.toUpperCase() } });
    return void 0;
  } catch (error2) {
    if (isGraphqlRefusal(error2) && NOTHING_TO_WAIT_FOR.test(wordsOf2(error2))) return wordsOf2(error2);
    const needs = "contents: write, pull-requests: write";
    throw explain3({ to: `switch on auto-merge for #${number}`, needs }, error2);
  }
}

// src/pull-request/github/commit.ts
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
  const text2 = asText(file.content);
  if (text2 !== void 0) return { ...entry, content: text2 };
  const content = Buffer.from(file.content).toString("base64");
  const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: "base64" });
  return { ...entry, sha: data.sha };
}
function makeCommit2(octokit, place, commit) {
  return doStep2({ to: "write a commit", needs: "contents: write" }, async () => {
    const entries = [];
    for (const file of commit.files) entries.push(await treeEntry(octokit, place, file));
    const base = commit.parent.tree;
    const { data } = await octokit.rest.git.createTree({ ...place, base_tree: base, tree: entries });
    const message = commit.message(data.sha);
    const made = { ...place, message, tree: data.sha, parents: [commit.parent.oid] };
    return (await octokit.rest.git.createCommit(made)).data.sha;
  });
}
async function currentHead(octokit, place, branch) {
  try {
    const { data } = await octokit.rest.git.getRef({ ...place, ref: `heads/${branch}` });
    return data.object.sha;
  } catch (error2) {
    if (statusOf(error2) === 404) return void 0;
    throw error2;
  }
}
async function moveBranch2(octokit, place, branch, { before, after, force }) {
  const { repositoryId, ...repository } = place;
  const name = `refs/heads/${branch}`;
  const update2 = { name, beforeOid: before ?? NO_OBJECT, afterOid: after ?? NO_OBJECT, force };
  const step = { to: `move the branch \`${branch}\``, needs: "contents: write" };
  try {
    await octokit.graphql(UPDATE, { input: { repositoryId, refUpdates: [update2] } });
    return true;
  } catch (error2) {
    if (!isGraphqlRefusal(error2) && (statusOf(error2) ?? 0) < 500) throw explain3(step, error2);
    const now = await doStep2(step, () => currentHead(octokit, repository, branch));
    if (now === after) return true;
    if (now === before) throw explain3(step, error2);
    return false;
  }
}

// src/pull-request/github/compare.ts
function whoOf(commit) {
  const committer = commit.committer?.name;
  return (committer === "GitHub" ? void 0 : committer) ?? commit.author?.name ?? "somebody";
}
async function compare4(octokit, place, from, to) {
  const { data } = await doStep2(
    { to: `compare ${from} with ${to}`, needs: "contents: read" },
    () => octokit.rest.repos.compareCommitsWithBasehead({ ...place, basehead: `${from}...${to}` })
  );
  const commits = data.commits.map(({ sha, commit, parents }) => ({
    sha,
    tree: commit.tree.sha,
    parents: parents.map((parent) => parent.sha),
    message: commit.message,
    author: whoOf(commit)
  }));
  return {
    commits,
    complete: commits.length === data.total_commits,
    mergeBase: data.merge_base_commit.sha,
    changed: new Set((data.files ?? []).map(({ filename }) => filename))
  };
}

// src/pull-request/github/draft.ts
var TO_DRAFT = `mutation ToDraft($input: ConvertPullRequestToDraftInput!) {
  convertPullRequestToDraft(input: $input) { clientMutationId }
}`;
var TO_READY = `mutation ToReady($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { clientMutationId }
}`;
async function setDraft2(octokit, { id, number }, draft) {
  const to = draft ? `make #${number} a draft` : `make #${number} ready for review`;
  await doStep2(
    { to, needs: "contents: write, pull-requests: write" },
    () => octokit.graphql(draft ? TO_DRAFT : TO_READY, { input: { pullRequestId: id } })
  );
}

// src/pull-request/github/milestone.ts
async function milestoneNumber(octokit, place, wanted, log) {
  const all2 = await octokit.paginate(octokit.rest.issues.listMilestones, { ...place, per_page: 100 });
  return findMilestone(all2, wanted, place, log, ({ number }) => String(number) === wanted)?.number;
}

// src/pull-request/github/extras.ts
var NEEDS3 = "pull-requests: write";
async function everAdded2(octokit, place, number) {
  const step = { to: `read what happened to the pull request #${number}`, needs: "pull-requests: read" };
  const events2 = await doStep2(
    step,
    () => octokit.paginate(octokit.rest.issues.listEvents, { ...place, issue_number: number, per_page: 100 })
  );
  const those = (subject) => events2.flatMap((event) => subject(event) ?? []);
  const team = ({ requested_team: { slug } = {} }) => slug === void 0 ? void 0 : `${place.owner}/${slug}`;
  return {
    labels: those(({ label: label3 }) => label3?.name),
    assignees: those(({ assignee }) => assignee?.login),
    reviewers: [...those(({ requested_reviewer }) => requested_reviewer?.login), ...those(team)],
    milestone: those(({ milestone }) => milestone?.title)
  };
}
async function add2(octokit, place, number, list3, items, log) {
  const issue2 = { ...place, issue_number: number };
  const { issues, pulls } = octokit.rest;
  const calls = {
    labels: () => issues.addLabels({ ...issue2, labels: [...items] }),
    assignees: async () => {
      const assignees = await assignable(octokit, place, items, log);
      return assignees.length > 0 && issues.addAssignees({ ...issue2, assignees });
    },
    // Apart: the token of a workflow may not ask teams.
    reviewers: async () => {
      const review = { ...place, pull_number: number };
      const { users, teams } = usersAndTeams(items);
      if (users.length > 0) await pulls.requestReviewers({ ...review, reviewers: users });
      if (teams.length > 0) await pulls.requestReviewers({ ...review, team_reviewers: teams });
    },
    milestone: async () => {
      const milestone = await milestoneNumber(octokit, place, items[0] ?? "", log);
      return milestone !== void 0 && issues.update({ ...issue2, milestone });
    }
  };
  const step = { to: `${ADDING[list3]} ${items.join(", ")} (#${number})`, needs: NEEDS3 };
  return await doStep2(step, calls[list3]) !== false;
}
async function assignable(octokit, place, logins3, log) {
  const can = [];
  for (const assignee of logins3) {
    try {
      await octokit.rest.issues.checkUserCanBeAssigned({ ...place, assignee });
      can.push(assignee);
    } catch (error2) {
      if (statusOf(error2) !== 404) throw error2;
      log.warning(
        `${assignee} can't be assigned in ${place.owner}/${place.repo}: only people with access to the repository can. Give them access, or leave them out of \`assignees\`.`
      );
    }
  }
  return can;
}

// src/pull-request/github/look.ts
function filesFragment(paths) {
  const fields = paths.map((_, index) => `f${index}: file(path: $p${index}) { oid mode }`);
  return `fragment Files on Commit { oid tree { oid } ${fields.join(" ")} }`;
}
var declarations = (paths) => paths.map((_, index) => `, $p${index}: String!`).join("");
var variables = (paths) => Object.fromEntries(paths.map((path28, index) => [`p${index}`, path28]));
function viewOf2(answer, paths) {
  if (!answer?.oid || !answer.tree) return void 0;
  const files = /* @__PURE__ */ new Map();
  paths.forEach((path28, index) => {
    const file = answer[`f${index}`];
    if (file) files.set(path28, { oid: file.oid, mode: file.mode.toString(8).padStart(6, "0") });
  });
  return { oid: answer.oid, tree: answer.tree.oid, files };
}
async function query(octokit, text2, values) {
  try {
    return await octokit.graphql(text2, values);
  } catch (error2) {
    const { data } = error2;
    const missing3 = problemsOf(error2).every((one) => one.type === "NOT_FOUND");
    if (data?.repository && missing3) return data;
    throw error2;
  }
}
async function look2(octokit, request) {
  const paths = [.../* @__PURE__ */ new Set([...request.files.map(({ path: path28 }) => path28), ...request.computedFrom ?? []])];
  const text2 = `query Look($owner: String!, $name: String!, $base: String!, $branch: String!, $read: GitObjectID!${declarations(paths)}) {
    viewer { login }
    repository(owner: $owner, name: $name) {
      id
      base: ref(qualifiedName: $base) { target { ...Files } }
      branch: ref(qualifiedName: $branch) { target { ...Files } }
      read: object(oid: $read) { ...Files }
    }
  } ${filesFragment(paths)}`;
  const step = { to: `read the repository ${request.owner}/${request.repo}`, needs: "contents: read" };
  const { viewer, repository } = await doStep2(
    step,
    () => query(octokit, text2, {
      owner: request.owner,
      name: request.repo,
      base: `refs/heads/${request.base.ref}`,
      branch: `refs/heads/${request.branch}`,
      read: request.base.sha,
      ...variables(paths)
    })
  );
  const base = viewOf2(repository?.base?.target, paths);
  const read2 = viewOf2(repository?.read, paths);
  if (!repository || !base) {
    throw new UserError(
      "base-missing",
      `The repository ${request.owner}/${request.repo} has no branch \`${request.base.ref}\` to open a pull request against. Give the name of a branch that exists on GitHub.`
    );
  }
  if (!read2) {
    throw new UserError(
      "base-unknown",
      `GitHub does not know the commit ${request.base.sha} that was checked out. Push it first, or check out a commit of \`${request.base.ref}\`.`
    );
  }
  const branch = viewOf2(repository.branch?.target, paths);
  const isGithubToken = viewer?.login === "github-actions[bot]";
  return { repositoryId: repository.id, sight: { base, read: read2, branch, isGithubToken } };
}
async function viewCommit(octokit, { owner, repo }, oid, paths) {
  const text2 = `query View($owner: String!, $name: String!, $oid: GitObjectID!${declarations(paths)}) {
    repository(owner: $owner, name: $name) { object(oid: $oid) { ...Files } }
  } ${filesFragment(paths)}`;
  const values = { owner, name: repo, oid, ...variables(paths) };
  const answer = await doStep2(
    { to: `read the commit ${oid}`, needs: "contents: read" },
    () => query(octokit, text2, values)
  );
  const view = viewOf2(answer.repository?.object, paths);
  if (!view)
    throw new UserError(
      "github-refused",
      `GitHub did not find the commit ${oid} that its own comparison named. Run this again.`
    );
  return view;
}

// src/pull-request/github/pulls.ts
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
    labels: data.labels.map(({ name }) => name),
    assignees: (data.assignees ?? []).map(({ login }) => login),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => login),
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
async function listPulls3(octokit, place, branch) {
  const head2 = `${place.owner}:${branch}`;
  const { data } = await doStep2(
    READ2,
    () => octokit.rest.pulls.list({ ...place, head: head2, state: "all", per_page: 100 })
  );
  const name = `${place.owner}/${place.repo}`.toLowerCase();
  const ofBranch = (pull) => pull.head.ref === branch && pull.head.repo?.full_name.toLowerCase() === name;
  return data.filter(ofBranch).map(pullOf2);
}
var hasProblem = (error2, pattern) => statusOf(error2) === 422 && (pattern.test(wordsOf2(error2)) || problemsOf(error2).some(({ message }) => pattern.test(message ?? "")));
var isHeadUnknown = (error2) => statusOf(error2) === 422 && problemsOf(error2).some(({ field, code: code3 }) => field === "head" && code3 === "invalid");
async function openPull3(octokit, place, pull, log) {
  let { draft } = pull;
  for (let tries = 1; ; tries++) {
    try {
      const { data } = await octokit.rest.pulls.create({ ...place, ...pull, draft });
      return pullOf2(data);
    } catch (error2) {
      if (hasProblem(error2, /already exists/i)) return "exists";
      if (hasProblem(error2, /no commits between/i)) return "nothing-new";
      const again = tries < 5 && isHeadUnknown(error2);
      if (draft && hasProblem(error2, /draft pull requests are not supported/i)) {
        log.warning("This repository has no draft pull requests: it is opened as an ordinary one.");
        draft = false;
      } else if (again) await wait(tries * 200);
      else throw explain3({ to: "open the pull request", needs: WRITE2 }, error2);
    }
  }
}
async function editPull2(octokit, place, number, edit) {
  const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${number}`;
  await doStep2(
    { to, needs: WRITE2 },
    () => octokit.rest.pulls.update({ ...place, pull_number: number, ...edit })
  );
}
var commenting2 = (number) => ({ to: `comment on the pull request #${number}`, needs: WRITE2 });
async function comments2(octokit, place, number) {
  const all2 = await doStep2(
    commenting2(number),
    () => octokit.paginate(octokit.rest.issues.listComments, { ...place, issue_number: number, per_page: 100 })
  );
  return all2.map(({ body: body2 }) => body2 ?? "");
}
async function comment2(octokit, place, number, body2) {
  await doStep2(
    commenting2(number),
    () => octokit.rest.issues.createComment({ ...place, issue_number: number, body: body2, request: { retries: 0 } })
  );
}

// src/pull-request/github/github.ts
var BODY_LIMIT2 = 65536;
function githubForge(octokit, { owner, repo }) {
  const place = { owner, repo };
  let repositoryId = "";
  return {
    bodyLimit: BODY_LIMIT2,
    look: async (request) => {
      const seen = await look2(octokit, request);
      repositoryId = seen.repositoryId;
      return seen.sight;
    },
    viewCommit: (oid, paths) => viewCommit(octokit, place, oid, paths),
    compare: (from, to) => compare4(octokit, place, from, to),
    makeCommit: (commit) => makeCommit2(octokit, place, commit),
    moveBranch: (branch, move) => moveBranch2(octokit, { ...place, repositoryId }, branch, move),
    listPulls: (branch) => listPulls3(octokit, place, branch),
    openPull: (pull, log) => openPull3(octokit, place, pull, log),
    editPull: (number, edit) => editPull2(octokit, place, number, edit),
    comments: (number) => comments2(octokit, place, number),
    comment: (number, body2) => comment2(octokit, place, number, body2),
    everAdded: (number) => everAdded2(octokit, place, number),
    add: (number, list3, items, log) => add2(octokit, place, number, list3, items, log),
    setDraft: (pull, draft) => setDraft2(octokit, pull, draft),
    merging: (pull) => merging2(octokit, pull),
    enableAutoMerge: (pull, method) => enableAutoMerge2(octokit, pull, method)
  };
}

// src/action/forge.ts
function forgeKind(asked3, marks) {
  if (asked3 !== "auto") return asked3;
  if (marks.FORGEJO_ACTIONS === "true") return "forgejo";
  return marks.GITEA_ACTIONS === "true" ? "gitea" : "github";
}
var GITHUB = { api: "https://api.github.com", pages: "https://github.com" };
function connect(kind, { token }, trigger, { run, scratch: scratch2 }, makeClient) {
  const { owner, repo, serverUrl, apiUrl } = trigger;
  if (kind === "github") {
    const client2 = once(() => makeClient(token, apiUrl));
    return { client: client2, githubUrl: serverUrl, forge: async () => githubForge(await client2(), trigger) };
  }
  const forge = async () => {
    const api = await makeClient(token, `${serverUrl.replace(/\/$/, "")}/api/v1`);
    return forgejoForge({
      ...{ run, scratch: scratch2 },
      ask: (route, values) => api.request(route, { ...values }),
      remote: { serverUrl, owner, repo, token }
    });
  };
  return { client: async () => makeClient("", GITHUB.api), githubUrl: GITHUB.pages, forge };
}

// src/action/hosts.ts
import path20 from "node:path";
async function hostRules({ config }, { proposedTo }, { textAt: textAt2, head: head2, root }) {
  const text2 = await textAt2(proposedTo ?? head2, config);
  const name = path20.relative(root, config);
  const allowedHosts = text2 === void 0 ? void 0 : parseConfig(text2, name).allowedHosts;
  return { allowedHosts, isStranger: proposedTo !== void 0 };
}

// src/action/inputs.ts
import path21 from "node:path";

// src/action/pull-request-inputs.ts
var readers = {
  title: (name, text2) => ({ title: template2(name, text2, titleWords) }),
  body: (name, text2) => ({ body: template2(name, text2, wordsOf.body) }),
  "commit-message": (name, text2) => ({ commitMessage: template2(name, text2, wordsOf.commitMessage) }),
  labels: (_, text2) => ({ labels: listed(text2) }),
  reviewers: (name, text2) => ({ reviewers: logins(name, text2, "user names, or teams as org/team") }),
  assignees: (name, text2) => ({ assignees: logins(name, text2, "user names") }),
  milestone: (_, text2) => ({ milestone: text2 }),
  draft: (name, text2) => ({
    draft: oneOf(name, text2, { true: true, false: false, unverified: "unverified" })
  }),
  "auto-merge": (name, text2) => ({
    autoMerge: oneOf(name, text2, {
      ...{ true: true, false: false },
      ...{ merge: "merge", squash: "squash", rebase: "rebase" }
    })
  })
};
function loadPullRequestInputs(get) {
  const given = Object.entries(readers).flatMap(([name, read2]) => {
    const text2 = get(name);
    return text2 === "" ? [] : [read2(name, text2)];
  });
  return Object.assign({}, ...given);
}
var listed = (text2) => text2.split(/[,\n]/).map((item2) => item2.trim()).filter((item2) => item2 !== "");
function logins(name, text2, what) {
  const all2 = listed(text2);
  const wrong = all2.find((login) => !isLogin(login));
  if (wrong !== void 0) throw invalid(name, wrong, `${what}, with commas or line ends between them`);
  return all2;
}
function template2(name, text2, known) {
  const wrong = unknownWord(text2, known);
  if (wrong === void 0) return text2;
  throw invalid(
    name,
    text2,
    `a text with no other placeholders than ${known.map((word) => `{${word}}`).join(", ")}`
  );
}
function oneOf(name, text2, allowed) {
  const found2 = Object.entries(allowed).find(([word]) => word === text2.toLowerCase());
  if (!found2) throw invalid(name, text2, Object.keys(allowed).join(", "));
  return found2[1];
}
var invalid = (name, text2, allowed) => new UserError("input-invalid", `Input '${name}' is '${text2.slice(0, 200)}'; it takes ${allowed}.`);

// src/action/inputs.ts
var modes = ["update", "check", "compute", "publish"];
var forges = ["auto", "github", "forgejo", "gitea"];
function loadInputs(get, workspace) {
  const attribute = get("attribute");
  if (attribute !== "" && !/^[A-Za-z_][\w'-]*(\.[A-Za-z_][\w'-]*)*$/.test(attribute)) {
    throw invalid2("attribute", attribute, "an attribute path such as authentik-django or packages.backend");
  }
  const asked3 = get("mode") || "update";
  const mode = modes.find((name) => name === asked3);
  if (mode === void 0) throw invalid2("mode", asked3, modes.join(", "));
  const skipSecondDerivation = yesOrNo("skip-second-derivation", get("skip-second-derivation") || "false");
  if (mode === "check" && skipSecondDerivation)
    throw invalid2(
      "skip-second-derivation",
      "true",
      "false where mode is check: two derivations are what it compares"
    );
  const pullRequest = mode === "publish" || mode === "update" && yesOrNo("pull-request", get("pull-request") || "true");
  const forge = forges.find((name) => name === (get("forge") || "auto"));
  if (forge === void 0) throw invalid2("forge", get("forge"), forges.join(", "));
  const token = get("token");
  if (pullRequest && token === "") {
    throw invalid2(
      "token",
      "",
      "a token that may write contents and pull requests (it is empty; secrets are not there in runs for forks and Dependabot), or pull-request: false"
    );
  }
  return {
    mode,
    workspace,
    attribute,
    nix: readNix2(get, workspace),
    config: inside("config", get("config") || ".github/uv-fod.toml", workspace),
    findReleases: get("find-releases") === "" ? void 0 : yesOrNo("find-releases", get("find-releases")),
    ...{ token, forge },
    base: get("base"),
    branch: branchName(get("branch") || `uv-fod/${attribute || "update"}`),
    compareWith: get("compare-with"),
    pullRequest,
    result: inside("result", get("result") || "uv-fod-result.json", workspace),
    verify: yesOrNo("verify", get("verify") || "true"),
    skipSecondDerivation,
    cacheTo: readCache(get, mode),
    options: loadPullRequestInputs(get)
  };
}
var roots = ["file", "flake", "expression"];
function readNix2(get, workspace) {
  const [name = "file", other] = roots.filter((one) => get(one) !== "");
  const text2 = get(name) || "default.nix";
  if (other !== void 0)
    throw invalid2(other, get(other), `nothing where '${name}' is given: one of the two`);
  if (get(name) !== "" && get("attribute") === "")
    throw invalid2(
      name,
      text2,
      "nothing without 'attribute': the configuration says it for each of its packages"
    );
  if (name === "expression") return { kind: "expression", expression: text2 };
  if (name === "file")
    return { kind: "file", file: path21.relative(workspace, inside("file", text2, workspace)) };
  if (text2 !== "." && !isInnerPath(text2))
    throw invalid2(
      "flake",
      text2,
      "the folder of a flake.nix inside the checkout, '.' or a path such as nix/backend"
    );
  return { kind: "flake", flake: text2 };
}
function readCache(get, mode) {
  const address2 = get("cache-to");
  if (address2 === "") return void 0;
  if (!isCacheAddress(address2)) throw invalid2("cache-to", withoutPassword(address2), cacheText);
  if (mode === "check" || mode === "publish")
    throw invalid2(
      "cache-to",
      address2,
      "nothing where mode is check or publish: they change nothing but what they are for"
    );
  if (/^false$/i.test(get("verify")))
    throw invalid2(
      "cache-to",
      address2,
      "nothing where verify is false: what is copied was built and imported"
    );
  return address2;
}
var withoutPassword = (address2) => address2.replace(/:[^/@\s]*@/, ":…@");
function inside(name, text2, workspace) {
  const file = path21.resolve(workspace, text2);
  if (!file.startsWith(`${workspace}${path21.sep}`)) throw invalid2(name, text2, "a file inside the checkout");
  return file;
}
function yesOrNo(name, text2) {
  if (/^true$/i.test(text2)) return true;
  if (/^false$/i.test(text2)) return false;
  throw invalid2(name, text2, "true or false");
}
function branchName(text2) {
  const isName2 = /^[\w][\w./-]*$/.test(text2) && !/\.\.|\/\/|\.lock(\/|$)|[./]$/.test(text2);
  if (!isName2) throw invalid2("branch", text2, "a branch name of letters, digits, '-', '_', '.' and '/'");
  return text2;
}
function invalid2(name, text2, allowed) {
  return new UserError("input-invalid", `Input '${name}' is '${text2}'; it takes ${allowed}.`);
}

// src/action/jobs.ts
import { readdir as readdir4, readFile as readFile2, stat as stat3, writeFile as writeFile3 } from "node:fs/promises";
import path23 from "node:path";

// src/config/hosts.ts
var defaultPorts = { "https:": "443", "http:": "80", "ssh:": "22" };
function isAllowedHost(address2, hosts) {
  const url = URL.parse(address2);
  if (url === null || url.hostname === "") return false;
  const name = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = "", wanted = defaultPorts[url.protocol]] = entry.split(":");
    if (port !== wanted) return false;
    return host.startsWith("*.") ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host;
  });
}

// src/action/believe.ts
import path22 from "node:path";
async function believe(proposed, judge) {
  const { files, subjects } = proposed;
  const isLock = ({ path: name }) => path22.basename(name) === buildLockName;
  const derivations = [];
  for (const { path: name, content } of files.filter((file) => !isLock(file))) {
    const before = await judge.read(path22.join(judge.root, insidePath(name)));
    checkLiterals(name, before, content, subjects);
    derivations.push({ name, before: before ?? "", after: content });
  }
  const locks = files.filter(isLock);
  if (locks.length === 0 && files.length > 0) {
    throw refuse2(`it changes hashes and no ${buildLockName}, so nothing says what they were computed for`);
  }
  const computed = /* @__PURE__ */ new Set();
  for (const { path: name, content } of locks) {
    for (const hash of await checkHashes(insidePath(name), content, derivations, judge)) computed.add(hash);
  }
  if (!subjects.some(({ isBump }) => isBump)) for (const one of derivations) checkMoved(one, computed);
}
var hashesIn = (text2) => text2.match(/sha(?:256|512)-[A-Za-z0-9+/]+=*/g) ?? [];
function checkMoved({ name, before, after }, computed) {
  const known = new Set(hashesIn(before));
  const strange = hashesIn(after).find((hash) => !known.has(hash) && !computed.has(hash));
  if (strange !== void 0)
    throw refuse2(`it puts ${strange} into ${name}, which is the hash of no dependencies here`);
}
function insidePath(name) {
  const parts = name.split("/");
  if (name === "" || path22.isAbsolute(name) || parts.includes("..") || parts.includes(".git"))
    throw refuse2(`'${name}' is no path inside the repository`);
  return name;
}
function checkLiterals(name, before, after, subjects) {
  if (before === void 0) throw refuse2(`it adds the file ${name}`);
  const moved = subjects.filter(({ isBump }) => isBump);
  for (const one of moved) for (const version of [one.before, one.after]) checkVersion(version);
  const [old, now] = [
    moved.reduce((text2, one) => withoutVersion(name, text2, one.before), withoutHashes(before)),
    moved.reduce((text2, one) => withoutVersion(name, text2, one.after), withoutHashes(after))
  ];
  if (old !== now)
    throw refuse2(`it changes more in ${name} than hashes${moved.length > 0 ? " and the version" : ""}`);
  if (after.includes(fakeHash)) throw refuse2(`it leaves a hash that is none in ${name}`);
}
var withoutHashes = (text2) => text2.replace(/"(?:sha(?:256|512)-[A-Za-z0-9+/]+=*)?"|(?:[A-Za-z_][\w'-]*\.)*fakeHash\b/g, '"#"');
function checkVersion(version) {
  if (!/^(?=.*\d)[0-9A-Za-z][0-9A-Za-z.+!_~-]{0,99}$/.test(version))
    throw refuse2(`'${version.slice(0, 100)}' is no version`);
}
function withoutVersion(file, text2, version) {
  const escaped = version.replace(/[.+]/g, "\\$&");
  const whole = new RegExp(`(?<![0-9A-Za-z.+!_~-])v?${escaped}(?![0-9A-Za-z+!_~-]|\\.[0-9A-Za-z])`, "g");
  if (!file.endsWith(".nix")) return text2.replace(whole, "\0");
  return text2.replace(/"(?:[^"\\\n]|\\.)*"/g, (literal) => literal.replace(whole, "\0"));
}
async function checkHashes(name, content, derivations, judge) {
  const file = path22.join(judge.root, name);
  const buildLock = parseBuildLock(content, name);
  const before = await judge.read(file);
  checkSystems(buildLock, before === void 0 ? void 0 : parseBuildLock(before, name));
  const project = await projectBeside(path22.dirname(file), judge.read);
  if (project === void 0) {
    throw refuse2(
      `without Nix it can't be told which uv.lock it is about: beside or just below ${name} there is none, or there are several`
    );
  }
  await checkHosts(buildLock, before, path22.join(project, "uv.lock"), judge);
  const hashes = await hashesFor(buildLock, project, judge.read, judge.native);
  for (const { system, hash, sameApart: sameApart2 } of hashes) {
    const claimed = buildLock.systems[system]?.hash;
    if (claimed !== hash)
      throw refuse2(`it says that the hash for ${system} is ${claimed}, and here it is ${hash}`);
    if (!sameApart2)
      throw refuse2(`its build lock has other wheels to install apart on ${system} than uv.lock`);
    const isWritten = derivations.some(({ after }) => after.includes(`"${hash}"`)) || // One that did not move stands in a file that the result does not change.
    derivations.length === 0 && await judge.isInBase(hash);
    if (!isWritten) throw refuse2(`no derivation has the hash for ${system}, ${hash}`);
  }
  return hashes.map(({ hash }) => hash);
}
function checkSystems(now, before) {
  for (const [system, { hash }] of Object.entries(now.systems)) {
    if (!isSri(hash) || hash === fakeHash) throw refuse2(`it has no hash for ${system}`);
  }
  const missing3 = Object.keys(before?.systems ?? {}).filter((system) => !(system in now.systems));
  if (missing3.length > 0) throw refuse2(`it has nothing for ${missing3.join(" and ")} any more`);
}
async function checkHosts(lock, before, uvLock, judge) {
  const known = /* @__PURE__ */ new Set([...hostsIn(before ?? ""), ...hostsIn(await judge.read(uvLock) ?? "")]);
  for (const address2 of addressesOf(lock)) {
    const host = URL.parse(address2)?.host ?? "";
    const isAllowed = judge.allowedHosts === void 0 ? known.has(host) : judge.isAllowedHost(address2, judge.allowedHosts) || known.has(host);
    if (!isAllowed)
      throw refuse2(
        `its build lock fetches from '${host}', where the base does not; allow that with allowed-hosts in the base's configuration`
      );
  }
}
var hostsIn = (text2) => [...text2.matchAll(/(?:https?|ssh):\/\/([^/"'?#\s@]+@)?([^/"'?#\s]+)/g)].map(([, , host = ""]) => host);
function addressesOf({ builds, wheels }) {
  const sources = Object.values(builds).flatMap(
    (build2) => "url" in build2 && build2.url !== void 0 ? [build2.url] : []
  );
  return [...sources, ...Object.values(wheels).map(({ url }) => url)];
}
var refuse2 = (why) => new UserError(
  "result-refused",
  `The result of the other job is not published: ${why}. Nothing was written; look at that job's log, or run both jobs again.`
);

// src/action/jobs.ts
async function writeResult(results, head2, file) {
  const result = { version: 1, head: head2, proposed: results.map(({ proposed }) => proposed) };
  await writeFile3(file, `${JSON.stringify(result, null, 2)}
`);
}
async function publishResults(runner) {
  const { inputs, trigger, parts, forge } = runner;
  const checkout = await runner.checkout();
  const results = await readResults(inputs.result);
  for (const { head: head2 } of results) {
    if (head2 !== checkout.head) {
      throw new UserError(
        "result-refused",
        `The result was computed from commit ${head2}, and ${checkout.head} is checked out here; check out the same commit in both jobs.`
      );
    }
  }
  const config = await configOf(runner, checkout);
  const published = [];
  for (const proposed of merge(results.flatMap((result) => result.proposed))) {
    const proposal = proposalOf(proposed, inputs, config);
    const judge = judgeOf(runner, proposal, checkout, config);
    await parts.log.group(`Plan and hash ${proposed.name} again`, () => believe(proposed, judge));
    const request = drawn(proposed, () => requestOf(proposed, proposal, trigger, checkout.head));
    const done = await unlessCancelled(publish(await forge(), request, parts.log), parts.stop);
    published.push({ proposed, published: done });
  }
  return published;
}
function drawn({ name }, draw) {
  try {
    return draw();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      "result-refused",
      `The result has no whole report about '${name.slice(0, 100)}', so nothing was written; run both jobs with the same version.`,
      { cause }
    );
  }
}
function judgeOf({ inputs, parts }, { packages }, { root }, config) {
  const { read: read2, native } = parts;
  const places = packages.map(({ nix, attribute }) => whereOf(nix, attribute, root, inputs.config));
  return {
    ...{ root, read: read2, native, allowedHosts: config.allowedHosts, isAllowedHost },
    isInBase: async (hash) => {
      for (const where of places)
        if (await placeOfHash(hash, where, parts, { untracked: false })) return true;
      return false;
    }
  };
}
function proposalOf({ name }, inputs, config) {
  const known = proposalsOf(inputs, config).find((proposal) => proposal.name === name);
  if (known) return known;
  throw new UserError(
    "result-refused",
    `The result is about '${name.slice(0, 100)}', which neither inputs nor configuration name; give both jobs the same.`
  );
}
function merge(all2) {
  const merged = /* @__PURE__ */ new Map();
  for (const one of all2) {
    const before = merged.get(one.name);
    if (before && JSON.stringify(before.files) !== JSON.stringify(one.files)) {
      throw new UserError(
        "result-refused",
        `Two jobs computed different files for '${one.name.slice(0, 100)}', so neither is published; compare their logs.`
      );
    }
    merged.set(
      one.name,
      before ? { ...before, reports: before.reports.map((report, index) => together(report, one.reports[index])) } : one
    );
  }
  return [...merged.values()];
}
function together(left, right) {
  if (!right) return left;
  const stronger = (hash) => {
    const other = right.hashes.find(({ system }) => system === hash.system);
    return hash.how !== "both" && other?.how === "both" ? other : hash;
  };
  return { ...left, hashes: left.hashes.map(stronger), checks: [...left.checks, ...right.checks] };
}
async function readResults(place) {
  const found2 = await stat3(place).catch(() => void 0);
  const files = found2?.isDirectory() ? (await readdir4(place, { recursive: true })).filter((name) => name.endsWith(".json")).map((name) => path23.join(place, name)) : found2 ? [place] : [];
  if (files.length === 0) {
    throw new UserError(
      "result-missing",
      `There is no result at ${place}; download the computing job's artifact in a step before this one, and name it with the input 'result'.`
    );
  }
  return Promise.all(files.sort().map(readResult));
}
async function readResult(file) {
  const refuse3 = (why) => new UserError(
    "result-refused",
    `${file} is no result of mode: compute (${why}); run both jobs with the same version.`
  );
  let value;
  try {
    value = JSON.parse(await readFile2(file, "utf8"));
  } catch (error2) {
    throw refuse3(error2.message);
  }
  if (value?.version !== 1 || typeof value.head !== "string" || !Array.isArray(value.proposed))
    throw refuse3("its fields are others");
  for (const one of value.proposed)
    if (!isProposed(one)) throw refuse3("a proposal in it has other fields");
  return value;
}
function isProposed(value) {
  const one = value;
  const texts = (list3, ...keys) => Array.isArray(list3) && list3.every(
    (item2) => keys.every((key) => typeof item2?.[key] === "string")
  );
  return typeof one?.name === "string" && texts(one.files, "path", "content") && texts(one.subjects, "name", "pname", "before", "after") && Array.isArray(one.computedFrom) && one.computedFrom.every((item2) => typeof item2 === "string") && Array.isArray(one.reports);
}

// src/effects/clock.ts
var clock = {
  now: () => performance.now(),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds).unref();
    return () => clearInterval(timer);
  }
};

// src/effects/harmless.ts
function harmless(text2) {
  return text2.replace(/\r\n?/g, "\n").replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, "").replace(/^(\s*)(::|##\[)/gm, "$1| $2");
}

// src/effects/action-log.ts
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

// src/effects/cancel.ts
import { constants as constants3 } from "node:os";
var longest = 6e3;
function cancelOnSignals(late = () => {
}) {
  const controller = new AbortController();
  let code3;
  const cancel = (exitCode, reason) => {
    if (code3 !== void 0) return;
    code3 = exitCode;
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
      (error2) => cancel(error2.code === "EPIPE" ? shellCode("SIGPIPE") : 1, unwritableLog(error2))
    );
  return { signal: controller.signal, code: () => code3 };
}
var shellCode = (name) => 128 + constants3.signals[name];
var cancelled = (name) => new UserError(
  "cancelled",
  `Cancelled (${name}): what was under way is ended and the checkout is as it was. Run it again when you like; nothing is lost.`
);
var unwritableLog = (cause) => new UserError(
  "log-unwritable",
  `The log can't be written (${cause.code}): what was under way is ended and the checkout is as it was. Make room for it, and run it again.`,
  { cause }
);

// src/effects/fetch-text.ts
var MAX_BYTES = 64 * 1024 * 1024;
var TIMEOUT = 6e4;
function makeFetchText(network) {
  return async (url, headers, bounds = {}) => {
    const parts = await network();
    try {
      return await fetchOnce(url, headers, parts, bounds).catch((error2) => {
        if (isFinal2(error2) || bounds.signal?.aborted) throw error2;
        return fetchOnce(url, headers, parts, bounds);
      });
    } catch (failure) {
      const error2 = failure instanceof AbortError ? failure.originalError : failure;
      if (error2 instanceof UserError) throw error2;
      throw unreachable(url, error2 instanceof Error ? error2.message : String(error2), error2);
    }
  };
}
var isFinal2 = (error2) => error2 instanceof UserError || error2 instanceof AbortError;
async function fetchOnce(address2, headers, network, { signal: outer, most = MAX_BYTES }) {
  const timeout = AbortSignal.timeout(TIMEOUT);
  const signal = outer ? AbortSignal.any([timeout, outer]) : timeout;
  const refusals = {
    address: () => unreachable(address2, "it redirects to no web address"),
    plainHttp: (_, to) => unreachable(address2, `it redirects to plain http, at ${to.host}`),
    tooMany: (times) => unreachable(address2, `more than ${times} redirects`)
  };
  const sent = { "user-agent": "uv-fod", ...headers };
  return read(await getFollowing(new URL(address2), sent, network, signal, refusals), address2, most);
}
async function read(answer, address2, most) {
  const chunks = [];
  let size2 = 0;
  await answer.body.drain((piece) => {
    chunks.push(Buffer.from(piece));
    size2 += piece.length;
    if (size2 > most) throw unreachable(address2, `the answer has more than ${most / 1e6} MB`);
    return void 0;
  });
  return {
    status: answer.status,
    contentType: answer.header("content-type") ?? "",
    text: Buffer.concat(chunks).toString()
  };
}
function unreachable(address2, why, cause) {
  return new UserError(
    "releases-unreachable",
    `${new URL(address2).host} can't be asked: ${why.replace(/\.$/, "")}. Nothing was changed; check the address and run this again.`,
    { cause }
  );
}

// src/native/start-worker.ts
import { Worker } from "node:worker_threads";
function startWorker(script) {
  const bell = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const rung = new Int32Array(bell);
  const worker = new Worker(script, { workerData: bell });
  worker.unref();
  worker.on("error", () => {
  });
  const ring = () => {
    Atomics.add(rung, 0, 1);
    Atomics.notify(rung, 0);
  };
  return { worker, ring };
}

// src/effects/cache-credentials.ts
var names2 = {
  "s3:": /^AWS_\w+$/,
  "ssh:": /^SSH_AUTH_SOCK$/,
  "ssh-ng:": /^SSH_AUTH_SOCK$/
};
function cacheCredentials(address2, environment2) {
  const wanted = names2[new URL(address2).protocol];
  return Object.fromEntries(
    Object.entries(environment2).flatMap(
      ([name, value]) => value !== void 0 && wanted?.test(name) ? [[name, value]] : []
    )
  );
}

// src/effects/end-tree.ts
import { readdirSync, readFileSync } from "node:fs";
var grace = 3e3;
function endTree(child2) {
  const { pid } = child2;
  if (pid === void 0) return;
  const known = descendants(pid);
  send(-pid, "SIGTERM");
  const timer = setTimeout(() => {
    for (const one of descendants(pid)) known.set(...one);
    send(-pid, "SIGKILL");
    for (const [id, start] of known) if (statusOf2(id)?.start === start) send(id, "SIGKILL");
  }, grace);
  child2.once("close", () => clearTimeout(timer));
}
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
  }
}
function statusOf2(pid) {
  try {
    const text2 = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text2.slice(text2.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), start: fields[19] ?? "" };
  } catch {
    return void 0;
  }
}
function descendants(root) {
  const found2 = /* @__PURE__ */ new Map();
  const children = /* @__PURE__ */ new Map();
  const starts = /* @__PURE__ */ new Map();
  for (const name of processes()) {
    const status = statusOf2(name);
    if (!status) continue;
    children.set(status.parent, [...children.get(status.parent) ?? [], name]);
    starts.set(name, status.start);
  }
  const open3 = [root];
  for (let next = open3.pop(); next !== void 0; next = open3.pop()) {
    for (const child2 of children.get(next) ?? []) {
      found2.set(child2, starts.get(child2) ?? "");
      open3.push(child2);
    }
  }
  return found2;
}
function processes() {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
  } catch {
    return [];
  }
}

// src/effects/files.ts
import { readFile as readFile3, realpath, stat as stat4 } from "node:fs/promises";
import path24 from "node:path";
var MAX_BYTES2 = 32 * 1024 * 1024;
async function readText(file) {
  try {
    const found2 = await stat4(file);
    if (!found2.isFile())
      throw new UserError("file-unreadable", `${file} is not a file. Name a file, or put one there.`);
    if (found2.size > MAX_BYTES2)
      throw new UserError(
        "file-too-large",
        `${file} has ${megabytes(found2.size)}; files of more than ${megabytes(MAX_BYTES2)} are not read. No lock that people have is so large: look what is in it.`
      );
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile3(file));
  } catch (error2) {
    if (error2 instanceof UserError) throw error2;
    const code3 = typeof error2 === "object" && error2 !== null && "code" in error2 ? String(error2.code) : "";
    if (code3 === "ENOENT" || code3 === "ENOTDIR") return void 0;
    if (code3 === "ERR_ENCODING_INVALID_ENCODED_DATA")
      throw new UserError(
        "file-unreadable",
        `${file} is not text in UTF-8. Name another file, or make it anew.`
      );
    throw new UserError("file-unreadable", `${file} cannot be read (${code3 || String(error2)}).`, {
      cause: error2
    });
  }
}
function readTextWithin(roots2) {
  return async (file) => {
    const real = await realpath(file).catch(() => void 0);
    if (real === void 0) return void 0;
    const reals = await Promise.all(roots2.map((root) => realpath(root).catch(() => root)));
    const isWithin = (name, folders) => folders.some((root) => name.startsWith(`${root}${path24.sep}`));
    if (isWithin(path24.resolve(file), roots2) && !isWithin(real, reals)) {
      throw new UserError(
        "file-outside",
        `${file} is a link that leads out of the checkout, so it is not read. Put the file itself there.`
      );
    }
    return readText(file);
  };
}
function checkWithin(root) {
  return async (file) => {
    const folder = await realpath(path24.dirname(file)).catch(() => path24.dirname(file));
    if (`${folder}${path24.sep}`.startsWith(`${await realpath(root)}${path24.sep}`)) return;
    throw new UserError(
      "outside-checkout",
      `${file} has to change, but it lies outside of the checkout ${root}; keep the derivation's hash and build lock in this repository.`
    );
  };
}
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

// src/effects/fork-environment.ts
import path25 from "node:path";
var addresses = /^UV_(DEFAULT_INDEX|INDEX|INDEX_URL)$/;
var logins2 = /^(NETRC|UV_INDEX_\w+_(USERNAME|PASSWORD))$/i;
function forkEnvironment(environment2, home) {
  const before = environment2.HOME ?? home;
  const config = environment2.XDG_CONFIG_HOME ?? path25.join(before, ".config");
  return {
    XDG_CACHE_HOME: path25.join(before, ".cache"),
    NIX_USER_CONF_FILES: path25.join(config, "nix/nix.conf"),
    ...withoutLogins(environment2),
    HOME: home,
    XDG_CONFIG_HOME: path25.join(home, ".config"),
    XDG_DATA_HOME: path25.join(home, ".local/share"),
    // OpenSSH finds its keys by the user's number, whatever HOME says.
    GIT_SSH_COMMAND: "ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none",
    GIT_CONFIG_GLOBAL: "/dev/null"
  };
}
function withoutLogins(environment2) {
  const kept = Object.entries(environment2).flatMap(([name, value]) => {
    if (value === void 0 || logins2.test(name)) return [];
    return [[name, addresses.test(name) ? bare(value) : value]];
  });
  return Object.fromEntries(kept);
}
var bare = (value) => value.replaceAll(/(:\/\/)[^/?#@\s]*@/g, "$1");

// src/effects/host-policy.ts
function makeHostPolicy(rules, resolve2 = resolveBySystem) {
  const get = once(rules);
  const check2 = async (address2, what) => {
    const { allowedHosts, isStranger } = await get();
    if (allowedHosts === void 0 && !isStranger) return;
    const url = URL.parse(address2);
    if (url === null || !/^(https?|ssh):$/.test(url.protocol))
      throw refused(what, address2, "is no http, https or ssh address");
    if (allowedHosts !== void 0) {
      if (!isAllowedHost(address2, allowedHosts))
        throw refused(what, url.host, "is not among the configuration's allowed-hosts");
      return;
    }
    if (url.username !== "" || url.password !== "")
      throw refused(what, url.host, "comes with credentials in the address");
    const inner = await innerAddress(url, resolve2);
    if (inner !== void 0) throw refused(what, url.host, notPublic(inner));
  };
  return {
    check: check2,
    // Whoever owns a name may answer otherwise the second time it is asked (DNS rebinding).
    admit: async (host, addresses2) => {
      const { allowedHosts, isStranger } = await get();
      const inner = addresses2.find((address2) => !isPublicAddress(address2));
      if (allowedHosts === void 0 && isStranger && inner !== void 0)
        throw refused("A file", host, notPublic(inner));
    }
  };
}
var notPublic = (address2) => `is ${address2}, which is not of the public internet`;
function refused(what, host, why) {
  return new UserError(
    "host-not-allowed",
    `${what} is not fetched: '${host.slice(0, 200)}' ${why}. Nothing was changed. If it may be fetched from, list it as allowed-hosts in .github/uv-fod.toml of the base branch; what a pull request says there does not count.`
  );
}
function guarded(network, check2) {
  return {
    ...network,
    get: async (url, headers, signal) => {
      try {
        await check2(url.href, url.pathname.split("/").at(-1) || url.host);
        return await network.get(url, headers, signal);
      } catch (error2) {
        throw error2 instanceof UserError ? new AbortError(error2) : error2;
      }
    }
  };
}

// src/effects/run.ts
import { spawn as spawn2 } from "node:child_process";
var passed = /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;
var mostStderr = 16 << 20;
var nixLimits = "timeout = 10800\nmax-silent-time = 3600";
function childEnvironment(environment2) {
  const kept = Object.fromEntries(
    Object.entries(environment2).flatMap(
      ([name, value]) => value !== void 0 && passed.test(name) ? [[name, value]] : []
    )
  );
  return { ...kept, NIX_CONFIG: `${nixLimits}
${environment2.NIX_CONFIG ?? ""}` };
}
function makeRun(environment2, stop) {
  return async (program, args, options2 = {}) => {
    const tool = await which(program, false);
    if (tool === "")
      return { code: noSuchProgram, stdout: "", stderr: `${program}: no such program on PATH` };
    stop?.throwIfAborted();
    const child2 = spawn2(tool, args, {
      detached: true,
      env: options2.onlyEnv ? { ...options2.onlyEnv } : { ...environment2, ...options2.env },
      stdio: ["pipe", "pipe", "pipe"],
      ...options2.cwd === void 0 ? {} : { cwd: options2.cwd }
    });
    const end = () => endTree(child2);
    stop?.addEventListener("abort", end, { once: true });
    options2.onStart?.();
    try {
      const result = await outcome(child2, options2);
      stop?.throwIfAborted();
      return result;
    } finally {
      stop?.removeEventListener("abort", end);
    }
  };
}
function outcome(child2, options2) {
  const stdout = [];
  const stderr = lastBytes(mostStderr);
  const lines = splitLines(options2.onLine ?? (() => {
  }));
  child2.stdout?.on("data", (chunk) => stdout.push(chunk));
  child2.stderr?.on("data", (chunk) => {
    stderr.add(chunk);
    lines.add(chunk);
  });
  child2.stdin?.on("error", () => {
  });
  child2.stdin?.end(options2.input ?? "");
  return new Promise((resolve2, reject) => {
    child2.once("error", reject);
    child2.once("close", (code3, signal) => {
      lines.end();
      resolve2({
        code: code3 ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: stderr.text() + (signal === null ? "" : `
error: ended by ${signal}
`)
      });
    });
  });
}
function lastBytes(most) {
  const chunks = [];
  let size2 = 0;
  return {
    add: (chunk) => {
      chunks.push(chunk);
      size2 += chunk.length;
      while (size2 - (chunks[0]?.length ?? 0) > most) size2 -= chunks.shift()?.length ?? 0;
    },
    text: () => Buffer.concat(chunks).toString()
  };
}
function splitLines(onLine) {
  const decoder = new TextDecoder();
  let rest = "";
  return {
    add: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
      if (rest.length > 1 << 16) {
        onLine(rest);
        rest = "";
      }
    },
    end: () => {
      if (rest !== "") onLine(rest);
    }
  };
}

// src/effects/runner-cache.ts
import path26 from "node:path";
function runnerCache(environment2) {
  const name = environment2.ACTIONS_CACHE_SERVICE_V2 ? "ACTIONS_RESULTS_URL" : "ACTIONS_CACHE_URL";
  if (!environment2[name]) return void 0;
  return {
    isFeatureAvailable: () => true,
    restoreCache: async (...args) => (await import("./actions-cache.js")).restoreCache(...args),
    saveCache: async (...args) => (await import("./actions-cache.js")).saveCache(...args)
  };
}
function runnerBuilds(environment2, maySave) {
  const { RUNNER_ENVIRONMENT, XDG_CACHE_HOME, HOME } = environment2;
  const runner = runnerCache(environment2);
  const home = XDG_CACHE_HOME || (HOME ? path26.join(HOME, ".cache") : "");
  if (runner === void 0 || RUNNER_ENVIRONMENT !== "github-hosted" || !path26.isAbsolute(home)) return {};
  return {
    builds: { runner, folder: path26.join(home, "uv-fod", "builds-1"), maySave, now: () => Date.now() }
  };
}

// src/effects/parts.ts
var sourceWorker = () => startWorker(new URL("../entry/worker.ts", import.meta.url));
function makeParts(given, log, scratch2, more2 = {}) {
  const { worker = sourceWorker, stop = new AbortController().signal, hosts, within, isFork } = more2;
  const children = { ...childEnvironment(given), TMPDIR: scratch2 };
  const run = makeRun(isFork ? forkEnvironment(children, scratch2) : children, stop);
  const environment2 = isFork ? withoutLogins(given) : given;
  const { check: checkHost, admit } = makeHostPolicy(
    () => hosts ? hosts(run) : Promise.resolve({ allowedHosts: void 0, isStranger: false })
  );
  return {
    run,
    stop,
    checkHost,
    journal: (dir, known) => openJournal(dir, run, { self: identity(process.pid), isAlive }, known),
    log,
    read: within ? readTextWithin([within.checkout, within.store]) : readText,
    ...within ? { mayWrite: checkWithin(within.checkout) } : {},
    scratch: scratch2,
    native: async () => {
      const { makeNativeTools } = await import("./index-QFK36AQW.js");
      const warn = (message) => log.warning(message);
      const { root, ...tools } = await makeNativeTools(environment2, worker, warn, stop, admit);
      const runner = runnerCache(environment2);
      return {
        ...tools,
        network: async () => guarded(await tools.network(), checkHost),
        onProgress: (sofar, all2) => log.progress(downloadsSoFar(sofar, all2)),
        ...runner ? { shared: { root, runner, log, now: () => performance.now() } } : {}
      };
    },
    ...runnerBuilds(given, more2.leavesBuilds ?? false),
    now: () => performance.now(),
    cacheCredentials: (address2) => isFork ? {} : cacheCredentials(address2, given),
    // One for all stages: its connections are kept and used again.
    network: once(async () => {
      const { networkFrom, stoppable } = await import("./index-QMYDYZUA.js");
      return guarded(stoppable(await networkFrom(environment2, admit), stop), checkHost);
    })
  };
}
var megabytes2 = ({ bytes }) => (bytes / 1e6).toFixed(1);
var downloadsSoFar = (sofar, all2) => `${sofar.files} of ${all2.files} files, ${megabytes2(sofar)} of ${megabytes2(all2)} MB`;
var identity = (pid) => `${pid} ${statusOf2(pid)?.start ?? ""}`;
var isAlive = (other) => {
  const pid = Number(other.split(" ")[0]);
  return pid !== process.pid && statusOf2(pid) !== void 0 && identity(pid) === other;
};

// src/entry/index.ts
async function main(cancellation2, scratch2) {
  const inputs = loadInputs(getInput, path27.resolve(process.env.GITHUB_WORKSPACE ?? process.cwd()));
  const kind = forgeKind(inputs.forge, process.env);
  if (inputs.token !== "") setSecret(inputs.token);
  if (inputs.token !== "" && kind !== "github") setSecret(basic(inputs.token));
  const trigger = readTrigger(readEvent(process.env, textOf2), inputs);
  const checkout = once(() => openCheckout(inputs.workspace, parts.run));
  const rules = once(async () => hostRules(inputs, trigger, await checkout()));
  const parts = makeParts(process.env, actionLog, scratch2, {
    worker: () => startWorker(new URL("./worker.js", import.meta.url)),
    stop: cancellation2.signal,
    hosts: rules,
    isFork: trigger.isFork,
    leavesBuilds: trigger.isOwn && inputs.mode !== "check",
    within: { checkout: inputs.workspace, store: process.env.NIX_STORE_DIR ?? "/nix/store" }
  });
  if (inputs.mode === "check") return check({ inputs, trigger, parts, checkout });
  const runner = {
    ...{ inputs, trigger, parts, checkout, meanwhile: () => void rules().catch(() => {
    }) },
    ...connect(kind, inputs, trigger, parts, client),
    fetchText: makeFetchText(parts.network),
    index: process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL
  };
  if (inputs.mode === "publish") return publishComputed(runner);
  const results = await runAction(runner);
  if (inputs.mode === "compute") {
    const { head: head2 } = await checkout();
    await writeResult(results, head2, inputs.result);
  }
  await publishOutputs(results);
}
var textOf2 = (file) => existsSync2(file) ? readFileSync2(file, "utf8") : void 0;
async function client(token, url) {
  const [{ createClient }, { makeOctokit }] = await Promise.all([
    import("./index-L7ZEGFHR.js"),
    import("./index-Z5WLHAUU.js")
  ]);
  return createClient(makeOctokit(process.env), token, url, actionLog);
}
async function publishComputed(runner) {
  const results = await publishResults(runner);
  const told = results.map(({ proposed: { name }, published }) => {
    const { autoMerge: _, ...rest } = published;
    return { name, ...rest };
  });
  setOutput("results", JSON.stringify(told));
  const first = told.find(({ outcome: outcome2 }) => outcome2 !== "none") ?? told[0];
  setOutput("outcome", first?.outcome ?? "none");
  setOutput("pull-request-number", String(first?.number ?? ""));
  setOutput("pull-request-url", first?.url ?? "");
  setOutput("branch", first?.branch ?? "");
  setOutput("commit", first?.commit ?? "");
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  const texts = results.flatMap(
    ({ proposed, published }) => proposed.reports.map((report) => summary2(report, published))
  );
  await summary.addRaw(texts.join("\n")).write();
}
async function check(runner) {
  const { checks: checks2, root } = await checkAll(runner);
  const { status, patch, hashes, results } = checkOutputs(checks2, root);
  setOutput("status", status);
  setOutput("patch", patch);
  setOutput("hashes", hashes);
  setOutput("results", results);
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(checkSummaries(checks2)).write();
  for (const { name, checked: checked2 } of checks2) {
    for (const one of checked2?.notChecked ?? []) info(`${name}: not checked: ${one}`);
    if (checked2?.status === "current") info(`${name}: ${checked2.message}`);
  }
  for (const one of checkAnnotations(checks2)) tell2(one);
  process.exitCode = checkExit(checks2);
}
async function publishOutputs(results) {
  setOutput("results", JSON.stringify(results.map(asResult)));
  const first = results.find(({ edits }) => edits.length > 0) ?? results[0];
  if (!first) return;
  const { outcome: outcome2, hashes, number, url } = asResult(first);
  setOutput("outcome", outcome2);
  setOutput("changed", String(first.edits.length > 0));
  setOutput("hashes", JSON.stringify(hashes));
  setOutput("pull-request-number", String(number ?? ""));
  setOutput("pull-request-url", url ?? "");
  setOutput("branch", first.published?.branch ?? "");
  setOutput("commit", first.published?.commit ?? "");
  setOutput("report", JSON.stringify(first.reports[0] ?? {}));
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  const texts = results.flatMap(
    ({ reports, published }) => reports.map((report) => summary2(report, published))
  );
  await summary.addRaw(texts.join("\n")).write();
}
function asResult({ name, edits, refreshed, published }) {
  const changed = edits.length > 0;
  const hashes = refreshed.flatMap(
    ({ update: update2 }) => update2.hashes.map(({ system, before, after }) => [system, { before, after }])
  );
  return {
    name,
    outcome: published && changed ? published.outcome : outcomeWithout(changed, published?.outcome),
    branch: published?.branch,
    number: published?.number,
    url: published?.url,
    hashes: Object.fromEntries(hashes)
  };
}
function outcomeWithout(changed, published) {
  if (published === "closed") return "closed";
  return changed ? "changed" : "current";
}
async function fail(error2) {
  if (!(error2 instanceof UserError)) {
    setFailed(
      `This is a defect of uv-fod, please report it: ${error2 instanceof Error ? error2.stack : String(error2)}`
    );
    return;
  }
  tell2(error2);
  process.exitCode = ExitCode.Failure;
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(failureSummary(error2)).write();
}
function tell2(error2) {
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const { message, properties } = annotationOf(error2, root);
  error(message, properties);
}
var scratch = mkdtempSync(path27.join(process.env.RUNNER_TEMP ?? tmpdir(), "uv-fod-"));
var clean = () => rmSync(scratch, { recursive: true, force: true });
var cancellation = cancelOnSignals(clean);
var isDone = false;
try {
  await main(cancellation, scratch);
  isDone = true;
} catch (error2) {
  await fail(error2);
} finally {
  clean();
}
var code2 = cancellation.code();
if (code2 !== void 0) process.exit(code2);
if (isDone) {
  for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write("", done));
  process.exit();
}
