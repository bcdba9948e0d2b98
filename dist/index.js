import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  fileSink
} from "./index-QCMY5WYO.js";
import {
  AbortError,
  UserError,
  innerAddress,
  isPublicAddress,
  pRetry,
  placedAt,
  resolveBySystem
} from "./index-SIIBUE2S.js";
import {
  artifactsFolder,
  narHash,
  openCache
} from "./index-HFYMDDSE.js";
import {
  pLimit
} from "./index-3OPN3CI5.js";
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
    var createToken = (name2, value, isGlobal) => {
      const safe = makeSafeRegex(value);
      const index = R++;
      debug2(name2, index, value);
      t[name2] = index;
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
      constructor(version2, options2) {
        options2 = parseOptions(options2);
        if (version2 instanceof _SemVer) {
          if (version2.loose === !!options2.loose && version2.includePrerelease === !!options2.includePrerelease) {
            return version2;
          } else {
            version2 = version2.version;
          }
        } else if (typeof version2 !== "string") {
          throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version2}".`);
        }
        if (version2.length > MAX_LENGTH3) {
          throw new TypeError(
            `version is longer than ${MAX_LENGTH3} characters`
          );
        }
        debug2("SemVer", version2, options2);
        this.options = options2;
        this.loose = !!options2.loose;
        this.includePrerelease = !!options2.includePrerelease;
        const m = version2.trim().match(options2.loose ? re[t.LOOSE] : re[t.FULL]);
        if (!m) {
          throw new TypeError(`Invalid Version: ${version2}`);
        }
        this.raw = version2;
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
    var compare7 = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
    module.exports = compare7;
  }
});

// node_modules/semver/functions/eq.js
var require_eq = __commonJS({
  "node_modules/semver/functions/eq.js"(exports, module) {
    "use strict";
    var compare7 = require_compare();
    var eq2 = (a, b, loose) => compare7(a, b, loose) === 0;
    module.exports = eq2;
  }
});

// node_modules/semver/functions/neq.js
var require_neq = __commonJS({
  "node_modules/semver/functions/neq.js"(exports, module) {
    "use strict";
    var compare7 = require_compare();
    var neq = (a, b, loose) => compare7(a, b, loose) !== 0;
    module.exports = neq;
  }
});

// node_modules/semver/functions/gt.js
var require_gt = __commonJS({
  "node_modules/semver/functions/gt.js"(exports, module) {
    "use strict";
    var compare7 = require_compare();
    var gt2 = (a, b, loose) => compare7(a, b, loose) > 0;
    module.exports = gt2;
  }
});

// node_modules/semver/functions/gte.js
var require_gte = __commonJS({
  "node_modules/semver/functions/gte.js"(exports, module) {
    "use strict";
    var compare7 = require_compare();
    var gte = (a, b, loose) => compare7(a, b, loose) >= 0;
    module.exports = gte;
  }
});

// node_modules/semver/functions/lt.js
var require_lt = __commonJS({
  "node_modules/semver/functions/lt.js"(exports, module) {
    "use strict";
    var compare7 = require_compare();
    var lt2 = (a, b, loose) => compare7(a, b, loose) < 0;
    module.exports = lt2;
  }
});

// node_modules/semver/functions/lte.js
var require_lte = __commonJS({
  "node_modules/semver/functions/lte.js"(exports, module) {
    "use strict";
    var compare7 = require_compare();
    var lte = (a, b, loose) => compare7(a, b, loose) <= 0;
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
      test(version2) {
        debug2("Comparator.test", version2, this.options.loose);
        if (this.semver === ANY || version2 === ANY) {
          return true;
        }
        if (typeof version2 === "string") {
          try {
            version2 = new SemVer(version2, this.options);
          } catch (er) {
            return false;
          }
        }
        return cmp(version2, this.operator, this.semver, this.options);
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
    var isDigit2 = (char) => char !== void 0 && char >= "0" && char <= "9";
    var isLetter = (char) => char !== void 0 && (char >= "a" && char <= "z" || char >= "A" && char <= "Z");
    var isIdentifierCharacter = (char) => isDigit2(char) || isLetter(char) || char === "-";
    var isVersionStart = (char) => isDigit2(char) || char === "x" || char === "X" || char === "*";
    var findDigitsEndIndex = (range, start, limit, digitRuns) => {
      if (!isDigit2(range[start])) {
        return start;
      }
      if (start >= digitRuns.start && start < digitRuns.end) {
        return Math.min(start + limit, digitRuns.end);
      }
      if (start >= digitRuns.previousStart && start < digitRuns.previousEnd) {
        return Math.min(start + limit, digitRuns.previousEnd);
      }
      let end = start + 1;
      while (isDigit2(range[end])) {
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
      if (isDigit2(range[start])) {
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
      test(version2) {
        if (!version2) {
          return false;
        }
        if (typeof version2 === "string") {
          try {
            version2 = new SemVer(version2, this.options);
          } catch (er) {
            return false;
          }
        }
        for (let i = 0; i < this.set.length; i++) {
          if (testSet(this.set[i], version2, this.options)) {
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
    var testSet = (set, version2, options2) => {
      for (let i = 0; i < set.length; i++) {
        if (!set[i].test(version2)) {
          return false;
        }
      }
      if (version2.prerelease.length && !options2.includePrerelease) {
        for (let i = 0; i < set.length; i++) {
          debug2(set[i].semver);
          if (set[i].semver === Comparator.ANY) {
            continue;
          }
          if (set[i].semver.prerelease.length > 0) {
            const allowed = set[i].semver;
            if (allowed.major === version2.major && allowed.minor === version2.minor && allowed.patch === version2.patch) {
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
    var parse5 = (version2, options2, throwErrors = false) => {
      if (version2 instanceof SemVer) {
        return version2;
      }
      try {
        return new SemVer(version2, options2);
      } catch (er) {
        if (!throwErrors) {
          return null;
        }
        throw er;
      }
    };
    module.exports = parse5;
  }
});

// node_modules/semver/functions/prerelease.js
var require_prerelease = __commonJS({
  "node_modules/semver/functions/prerelease.js"(exports, module) {
    "use strict";
    var parse5 = require_parse();
    var prerelease2 = (version2, options2) => {
      const parsed3 = parse5(version2, options2);
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
    var satisfies3 = (version2, range, options2) => {
      try {
        range = new Range(range, options2);
      } catch (er) {
        return false;
      }
      return range.test(version2);
    };
    module.exports = satisfies3;
  }
});

// node_modules/semver/functions/valid.js
var require_valid2 = __commonJS({
  "node_modules/semver/functions/valid.js"(exports, module) {
    "use strict";
    var parse5 = require_parse();
    var valid3 = (version2, options2) => {
      const v = parse5(version2, options2);
      return v ? v.version : null;
    };
    module.exports = valid3;
  }
});

// src/entry/index.ts
import { existsSync as existsSync2, mkdtempSync, readFileSync as readFileSync2, rmSync } from "node:fs";
import { tmpdir as tmpdir3 } from "node:os";
import path42 from "node:path";

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
function toCommandValue(input2) {
  if (input2 === null || input2 === void 0) {
    return "";
  } else if (typeof input2 === "string" || input2 instanceof String) {
    return input2;
  }
  return JSON.stringify(input2);
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
function issueCommand(command2, properties, message) {
  const cmd = new Command(command2, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name2, message = "") {
  issueCommand(name2, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command2, properties, message) {
    if (!command2) {
      command2 = "missing.command";
    }
    this.command = command2;
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
function issueFileCommand(command2, message) {
  const filePath = process.env[`GITHUB_${command2}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command2}`);
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
  addHeading(text3, level) {
    const tag = `h${level}`;
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
  const { stdout: version2 } = yield getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', void 0, {
    silent: true
  });
  const { stdout: name2 } = yield getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', void 0, {
    silent: true
  });
  return {
    name: name2.trim(),
    version: version2.trim()
  };
});
var getMacOsInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  var _a, _b, _c, _d;
  const { stdout } = yield getExecOutput("sw_vers", void 0, {
    silent: true
  });
  const version2 = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : "";
  const name2 = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : "";
  return {
    name: name2,
    version: version2
  };
});
var getLinuxInfo = () => __awaiter6(void 0, void 0, void 0, function* () {
  const { stdout } = yield getExecOutput("lsb_release", ["-i", "-r", "-s"], {
    silent: true
  });
  const [name2, version2] = stdout.trim().split("\n");
  return {
    name: name2,
    version: version2
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
function exportVariable(name2, val) {
  const convertedVal = toCommandValue(val);
  process.env[name2] = convertedVal;
  const filePath = process.env["GITHUB_ENV"] || "";
  if (filePath) {
    return issueFileCommand("ENV", prepareKeyValueMessage(name2, val));
  }
  issueCommand("set-env", { name: name2 }, convertedVal);
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
function getInput(name2, options2) {
  const val = process.env[`INPUT_${name2.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options2 && options2.required && !val) {
    throw new Error(`Input required and not supplied: ${name2}`);
  }
  if (options2 && options2.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function getMultilineInput(name2, options2) {
  const inputs = getInput(name2, options2).split("\n").filter((x) => x !== "");
  if (options2 && options2.trimWhitespace === false) {
    return inputs;
  }
  return inputs.map((input2) => input2.trim());
}
function getBooleanInput(name2, options2) {
  const trueValue = ["true", "True", "TRUE"];
  const falseValue = ["false", "False", "FALSE"];
  const val = getInput(name2, options2);
  if (trueValue.includes(val))
    return true;
  if (falseValue.includes(val))
    return false;
  throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name2}
Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
function setOutput(name2, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name2, value));
  }
  process.stdout.write(os5.EOL);
  issueCommand("set-output", { name: name2 }, toCommandValue(value));
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
function startGroup(name2) {
  issue("group", name2);
}
function endGroup() {
  issue("endgroup");
}
function group(name2, fn) {
  return __awaiter7(this, void 0, void 0, function* () {
    startGroup(name2);
    let result;
    try {
      result = yield fn();
    } finally {
      endGroup();
    }
    return result;
  });
}
function saveState(name2, value) {
  const filePath = process.env["GITHUB_STATE"] || "";
  if (filePath) {
    return issueFileCommand("STATE", prepareKeyValueMessage(name2, value));
  }
  issueCommand("save-state", { name: name2 }, toCommandValue(value));
}
function getState(name2) {
  return process.env[`STATE_${name2}`] || "";
}
function getIDToken(aud) {
  return __awaiter7(this, void 0, void 0, function* () {
    return yield OidcClient.getIDToken(aud);
  });
}

// src/action/annotation.ts
import path6 from "node:path";

// src/ports/printable.ts
function printable(text3) {
  return text3.replace(
    new RegExp("\\p{Cc}", "gu"),
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`
  );
}

// src/ports/telling-lines.ts
var MOST = 20;
var WIDEST = 300;
var LOOKED_AT = 256 * 1024;
var COLOURS = /\u001b\[[0-9;?]*[A-Za-z]/g;
function tellingLines(log) {
  const lines2 = log.slice(-LOOKED_AT).replace(COLOURS, "").split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const last = lines2.findLastIndex((line) => QUOTED.test(line));
  const first = lines2.findLastIndex((line, index) => index < last && !QUOTED.test(line)) + 1;
  const block = last < 0 ? lines2 : lines2.slice(first, last + 1).map((line) => line.replace(/^\s+> ?/, ""));
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
  const lines2 = tellingLines(log);
  const file2 = at === void 0 ? "" : path6.relative(root, at.file);
  const isInside2 = file2 !== "" && !file2.startsWith("..") && !path6.isAbsolute(file2);
  return {
    message: lines2.length === 0 ? message : `${message}

${lines2.map((line) => `| ${line}`).join("\n")}`,
    properties: {
      title: code3,
      ...isInside2 ? { file: file2 } : {},
      ...isInside2 && at?.line ? { startLine: at.line } : {},
      ...isInside2 && at?.column ? { startColumn: at.column } : {}
    }
  };
}

// src/derivation/where.ts
import path7 from "node:path";
import { pathToFileURL } from "node:url";
function whereOf(nix, attribute, checkout2, file2) {
  switch (nix.kind) {
    case "file":
      return { file: path7.resolve(checkout2, nix.file), attribute };
    case "expression":
      return { file: file2, attribute, root: { ...nix, folder: checkout2 } };
    case "flake": {
      const folder = path7.posix.normalize(nix.flake).replace(/\/$/, "");
      const url = new URL(`git+${pathToFileURL(checkout2).href}`);
      url.searchParams.set("shallow", "1");
      if (folder !== ".") url.searchParams.set("dir", folder);
      const root = { kind: "flake", url: url.href, checkout: checkout2 };
      return { file: path7.join(checkout2, folder, "flake.nix"), attribute, root };
    }
  }
}
async function whereFrom(folder, nix, attribute, run) {
  if (nix.kind !== "flake") return whereOf(nix, attribute, folder);
  const flake = path7.resolve(folder, nix.flake);
  const top = await run("git", ["-C", flake, "rev-parse", "--show-toplevel", "--show-prefix"]);
  const [checkout2 = "", prefix2 = ""] = top.stdout.split("\n");
  if (top.code === 0) return whereOf({ kind: "flake", flake: prefix2 || "." }, attribute, checkout2);
  const url = `path:${pathToFileURL(flake).pathname}`;
  return { file: path7.join(flake, "flake.nix"), attribute, root: { kind: "flake", url, checkout: flake } };
}
function folderOf({ file: file2, root }) {
  if (root?.kind === "expression") return root.folder;
  return path7.dirname(file2 ?? ".");
}
function nameOf({ file: file2, root }) {
  return root?.kind === "expression" || file2 === void 0 ? "the expression" : `'${file2}'`;
}
function placeOf({ file: file2 }) {
  return file2 === void 0 ? {} : { at: { file: file2 } };
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

// src/update/patch-text.ts
import path8 from "node:path";

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
    var _a;
    const done = (value) => {
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
    const maxExecutionTime = (_a = options2.timeout) !== null && _a !== void 0 ? _a : Infinity;
    const abortAfterTimestamp = Date.now() + maxExecutionTime;
    const bestPath = [{ oldPos: -1, lastComponent: void 0 }];
    let newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options2);
    if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
      return done(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
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
          basePath = this.addToPath(addPath2, true, false, 0, options2);
        } else {
          basePath = this.addToPath(removePath, false, true, 1, options2);
        }
        newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options2);
        if (basePath.oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
          return done(this.buildValues(basePath.lastComponent, newTokens, oldTokens)) || true;
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
  addToPath(path43, added, removed, oldPosInc, options2) {
    const last = path43.lastComponent;
    if (last && !options2.oneChangePerToken && last.added === added && last.removed === removed) {
      return {
        oldPos: path43.oldPos + oldPosInc,
        lastComponent: { count: last.count + 1, added, removed, previousComponent: last.previousComponent }
      };
    } else {
      return {
        oldPos: path43.oldPos + oldPosInc,
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
    for (let i = 0; i < array.length; i++) {
      if (array[i]) {
        ret.push(array[i]);
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
          value = value.map(function(value2, i) {
            const oldValue = oldTokens[oldPos + i];
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
  for (let i = 0; i < linesAndNewlines.length; i++) {
    const line = linesAndNewlines[i];
    if (i % 2 && !options2.newlineIsToken) {
      retLines[retLines.length - 1] += line;
    } else {
      retLines.push(line);
    }
  }
  return retLines;
}

// node_modules/diff/libesm/patch/create.js
function needsQuoting(s) {
  for (let i = 0; i < s.length; i++) {
    if (s[i] < " " || s[i] > "~" || s[i] === '"' || s[i] === "\\") {
      return true;
    }
  }
  return false;
}
function quoteFileNameIfNeeded(s) {
  if (!needsQuoting(s)) {
    return s;
  }
  let result = '"';
  const bytes = new TextEncoder().encode(s);
  let i = 0;
  while (i < bytes.length) {
    const b = bytes[i];
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
    i++;
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
    function contextLines(lines2) {
      return lines2.map(function(entry) {
        return " " + entry;
      });
    }
    const hunks = [];
    let oldRangeStart = 0, newRangeStart = 0, curRange = [], oldLine = 1, newLine = 1;
    for (let i = 0; i < diff.length; i++) {
      const current = diff[i], lines2 = current.lines || splitLines(current.value);
      current.lines = lines2;
      if (current.added || current.removed) {
        if (!oldRangeStart) {
          const prev = diff[i - 1];
          oldRangeStart = oldLine;
          newRangeStart = newLine;
          if (prev) {
            curRange = context > 0 ? contextLines(prev.lines.slice(-context)) : [];
            oldRangeStart -= curRange.length;
            newRangeStart -= curRange.length;
          }
        }
        for (const line of lines2) {
          curRange.push((current.added ? "+" : "-") + line);
        }
        if (current.added) {
          newLine += lines2.length;
        } else {
          oldLine += lines2.length;
        }
      } else {
        if (oldRangeStart) {
          if (lines2.length <= context * 2 && i < diff.length - 2) {
            for (const line of contextLines(lines2)) {
              curRange.push(line);
            }
          } else {
            const contextSize = Math.min(lines2.length, context);
            for (const line of contextLines(lines2.slice(0, contextSize))) {
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
        oldLine += lines2.length;
        newLine += lines2.length;
      }
    }
    for (const hunk of hunks) {
      for (let i = 0; i < hunk.lines.length; i++) {
        if (hunk.lines[i].endsWith("\n")) {
          hunk.lines[i] = hunk.lines[i].slice(0, -1);
        } else {
          hunk.lines.splice(i + 1, 0, "\\ No newline at end of file");
          i++;
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
  var _a, _b, _c, _d, _e, _f;
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
      ret.push("deleted file mode " + ((_a = patch2.oldMode) !== null && _a !== void 0 ? _a : "100644"));
    }
    if (patch2.isCreate) {
      ret.push("new file mode " + ((_b = patch2.newMode) !== null && _b !== void 0 ? _b : "100644"));
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
  for (let i = 0; i < patch2.hunks.length; i++) {
    const hunk = patch2.hunks[i];
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
function splitLines(text3) {
  const hasTrailingNl = text3.endsWith("\n");
  const result = text3.split("\n").map((line) => line + "\n");
  if (hasTrailingNl) {
    result.pop();
  } else {
    result.push(result.pop().slice(0, -1));
  }
  return result;
}

// src/update/patch-text.ts
function patchText(edits, root) {
  return edits.map(({ file: file2, before, after }) => {
    const name2 = path8.relative(root, file2);
    const old = before === void 0 ? "/dev/null" : `a/${name2}`;
    return createTwoFilesPatch(old, `b/${name2}`, before ?? "", after, void 0, void 0, {
      context: 3
    }).replace(/^=+\n/, "");
  }).join("");
}

// src/update/status.ts
import path23 from "node:path";

// src/buildlock/text.ts
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
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
function parseBuildLock(text3, file2) {
  const remedy = `Delete ${file2} and run 'uv-fod lock' to make it again.`;
  let value;
  try {
    value = JSON.parse(text3);
  } catch (cause2) {
    throw new UserError(
      "build-lock-invalid",
      `${file2} is not JSON (${cause2.message}). ${remedy}`,
      { at: { file: file2 }, cause: cause2 }
    );
  }
  const lock = value;
  if (lock?.version !== 1) {
    throw new UserError(
      "build-lock-invalid",
      `${file2} is no build lock of version 1 (its version is ${JSON.stringify(lock?.version)}). ${remedy}`,
      { at: { file: file2 } }
    );
  }
  for (const key of ["target", "systems", "builds", "wheels"]) {
    if (typeof lock[key] !== "object" || lock[key] === null) {
      throw new UserError("build-lock-invalid", `${file2} lacks '${key}'. ${remedy}`, { at: { file: file2 } });
    }
  }
  return lock;
}

// src/derivation/evaluate.ts
import { access as access2 } from "node:fs/promises";
import path9 from "node:path";

// src/derivation/nix-progress.ts
var NAME = /'(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;
function nixProgress() {
  const counts = { builds: 0, built: 0, fetches: 0, fetched: 0 };
  return (line) => {
    const planned2 = /^(?:these (\d+)|this) (derivations?|paths?) will be (?:built|fetched)/.exec(line);
    if (planned2) {
      const number = Number(planned2[1] ?? 1);
      if (planned2[2]?.startsWith("d")) counts.builds += number;
      else counts.fetches += number;
      return void 0;
    }
    const ours = /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(line)?.[1];
    return ours ?? begun(line, counts);
  };
}
function begun(line, counts) {
  const verb = /^(building|checking outputs of|copying path) '/.exec(line)?.[1];
  const name2 = verb && NAME.exec(line)?.[1];
  if (!name2) return void 0;
  if (verb === "copying path") return `fetching ${name2}${place(++counts.fetched, counts.fetches)}`;
  return `building ${name2}${place(++counts.built, counts.builds)}`;
}
var place = (number, of) => of < 2 ? "" : ` (${number} of ${Math.max(of, number)})`;

// src/derivation/nix-build.ts
async function nixBuild(args, { run, log }, title) {
  const progressOf = nixProgress();
  return log.group(
    title,
    () => run("nix-build", ["--no-out-link", ...args], {
      onLine: (line) => {
        log.info(line);
        const far = progressOf(line);
        if (far !== void 0) log.progress(far);
      }
    })
  );
}

// src/derivation/nix-messages.ts
var colours = /\u001b\[[0-9;]*m/g;
var withoutColours = (text3) => text3.replace(colours, "");
function mismatches(stderr) {
  const found2 = [];
  let drv2;
  let specified;
  for (const line of withoutColours(stderr).split("\n")) {
    drv2 = /hash mismatch in fixed-output derivation '([^']+)'/.exec(line)?.[1] ?? drv2;
    specified = /^\s*specified:\s+(\S+)/.exec(line)?.[1] ?? specified;
    const got = /^\s*got:\s+(\S+)/.exec(line)?.[1];
    if (got !== void 0 && drv2 !== void 0 && specified !== void 0) {
      found2.push({ drv: drv2, specified, got });
      drv2 = specified = void 0;
    }
  }
  return found2;
}
function failureText(stderr) {
  const lines2 = withoutColours(stderr).split("\n").map((line) => line.trim());
  const at = lines2.findLastIndex((line) => line.startsWith("error:") && line.length > "error:".length);
  const text3 = at < 0 ? lines2.findLast((line) => line !== "") ?? "it said nothing" : lines2[at] ?? "";
  return text3.replace(/^error:\s*/, "").slice(0, 400);
}

// src/derivation/evaluate.ts
function rootOf({ root }) {
  if (root?.kind === "flake")
    return `
    flake = builtins.getFlake url;
    own = builtins.currentSystem;
    imported = flake // flake.legacyPackages.\${own} or { } // flake.packages.\${own} or { };
    copy = builtins.unsafeDiscardStringContext flake.sourceInfo.outPath;`;
  const imported = root?.kind === "expression" ? `(${root.expression}
)` : "import (/. + file)";
  return `
    imported = ${imported};
    copy = null;`;
}
var find = (where) => `
  { attribute, file ? "", url ? "" }:
  let${rootOf(where)}
    root = if builtins.isFunction imported then imported { } else imported;
    names = builtins.filter builtins.isString (builtins.split "\\\\." attribute);
    step = set: name: if builtins.isAttrs set && set ? \${name} then set.\${name} else throw "uv-fod:no-attribute:\${name}";
    package = builtins.foldl' step root names;
    deps = package.uvDeps or (throw "uv-fod:no-uv-deps");
  in
`;
function nixArguments(where, body2) {
  const { file: file2, attribute, root } = where;
  return [
    ...root?.kind === "flake" ? ["--extra-experimental-features", "nix-command flakes"] : [],
    ...["--expr", find(where) + body2, "--argstr", "attribute", attribute],
    ...file2 === void 0 ? [] : ["--argstr", "file", file2],
    ...root?.kind === "flake" ? ["--argstr", "url", root.url] : []
  ];
}
async function evaluateJson(where, body2, run, onStart = () => {
}) {
  const wrapped = `{ inherit copy; value = ${body2}; }`;
  const args = ["--eval", "--strict", "--json", ...nixArguments(where, wrapped)];
  const result = await run("nix-instantiate", args, { onStart });
  if (result.code !== 0) return result;
  const { root } = where;
  const { copy } = JSON.parse(result.stdout);
  const isOfCopy = (text3) => text3 === copy || text3.startsWith(`${copy}/`);
  return JSON.parse(
    result.stdout,
    (_, value) => copy !== null && root?.kind === "flake" && typeof value === "string" && isOfCopy(value) ? root.checkout + value.slice(copy.length) : value
  );
}
async function evaluate(where, run, log, { revision = false, onStart } = {}) {
  await checkFile(where);
  const body2 = `{
    pname = package.pname or package.name;
    version = package.version or "";
    imports = package.pythonImportsCheck or [ ];
    own = deps.uvFod;
    systems = builtins.mapAttrs (_: one: one.uvFod) deps.systems;
    ${revision ? "revision = package.src.rev or null;" : ""}
  }`;
  const result = await evaluateJson(where, body2, run, onStart);
  if (!("value" in result)) {
    if (result.code === 127) throw nixMissing();
    await log.group("Evaluation of the derivation", async () => log.info(result.stderr));
    throw evaluationError(where, result.stderr);
  }
  const raw = result.value;
  checkSchema(where, raw.own);
  return toPinned(where, raw, raw.own.src ?? await fetchedSource(where, run, log));
}
async function checkFile({ file: file2, root }) {
  if (file2 === void 0 || root?.kind === "expression") return;
  const option = root === void 0 ? "file" : "flake";
  await access2(file2).catch(() => {
    throw new UserError("file-missing", `There is no file ${file2}; correct '${option}'.`);
  });
}
async function fetchedSource(where, run, log) {
  const title = `Nix: source of '${where.attribute}'`;
  const result = await nixBuild(nixArguments(where, "deps.lockSource"), { run, log }, title);
  const out = result.stdout.trim().split("\n").at(-1) ?? "";
  if (result.code === 0 && out.startsWith("/")) return out;
  throw new UserError(
    "source-unreachable",
    `The source of '${where.attribute}', which has its uv.lock, can't be fetched: ${failureText(result.stderr)}. Correct its address, tag or hash; what Nix printed is in the log.`,
    { ...placeOf(where), log: result.stderr }
  );
}
function checkSchema(where, { schema }) {
  if (schema === 1) return;
  throw new UserError(
    "not-uv-fod",
    `The Nix library that '${where.attribute}' uses speaks schema ${schema}, this program 1; use the same version of both.`
  );
}
function toPinned(where, { own, systems, ...rest }, source) {
  return {
    ...rest,
    system: own.system,
    project: path9.join(source, own.project),
    buildLock: own.buildLock ?? void 0,
    systems: Object.values(systems).map((deps) => toSystem(where, deps))
  };
}
function toSystem(where, { system, target, hash, position }) {
  if (position === null) {
    throw new UserError(
      "hash-literal",
      `'${where.attribute}': Nix does not know where its hash is written; write it as a string literal at fetchUvDeps' argument 'hash'.`
    );
  }
  return { target: { ...target, system }, hash, position };
}
function nixMissing() {
  return new UserError(
    "nix-missing",
    "There is no nix-instantiate on PATH: install Nix in a step before this one (for example DeterminateSystems/nix-installer-action or cachix/install-nix-action)."
  );
}
function evaluationError(where, stderr) {
  const missing3 = /error: uv-fod:no-attribute:([\w'-]+)/.exec(stderr)?.[1];
  if (missing3 !== void 0) {
    return new UserError(
      "attribute-missing",
      `There is no attribute '${where.attribute}' in ${nameOf(where)} ('${missing3}' is not there); correct 'attribute'.`,
      placeOf(where)
    );
  }
  if (stderr.includes("error: uv-fod:no-uv-deps")) {
    return new UserError(
      "not-uv-fod",
      `'${where.attribute}' has no 'uvDeps': build it with this project's buildUvEnv, or set passthru.uvDeps to its fetchUvDeps.`,
      placeOf(where)
    );
  }
  return new UserError(
    "evaluation-failed",
    `Nix can't evaluate '${where.attribute}' of ${nameOf(where)}: ${failureText(stderr)}. Mend the expression; the whole message is in the log.`,
    { ...placeOf(where), log: stderr }
  );
}

// src/derivation/nix-failure.ts
function failureCause(stderr) {
  return lackingMachine(stderr) ?? failedBuilder(withoutColours(stderr)) ?? failureText(stderr);
}
function lackingMachine(stderr) {
  const text3 = withoutColours(stderr);
  const lacking = missingMachine(text3) ?? otherReason(text3);
  const refused3 = lacking && /^cannot build on '([^']+)': (.+)$/m.exec(text3);
  return refused3 ? `${lacking}; ${refused3[1]} could not be used: ${refused3[2]?.slice(0, 200)}` : lacking;
}
var drv = String.raw`'[^'\n]*?/[a-z0-9]{32}-([^'\n]+)\.drv'`;
function missingMachine(text3) {
  const old = new RegExp(
    `a '([^']+)' with features .{0,300} is required to build ${drv}, but I am a '([^']+)'`
  ).exec(text3);
  if (old) return noMachine(old[2], old[1], old[3]);
  const block = new RegExp(
    String.raw`Cannot build ${drv}\.\n\s*Reason: (?:required system or feature not available|platform mismatch)\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)'`
  ).exec(text3);
  return block ? noMachine(block[1], block[2], block[3]) : void 0;
}
var noMachine = (name2 = "", required = "", current = "") => required === current ? `${name2} needs system features that this machine does not have, and no remote builder of nix.conf took it` : `${name2} has to be built on ${required}; this machine is ${current}, and no remote builder of nix.conf took it`;
function otherReason(text3) {
  const all2 = text3.matchAll(new RegExp(String.raw`Cannot build ${drv}\.\n\s*Reason: (.+)`, "g"));
  for (const [, name2, reason = ""] of all2)
    if (!/^builder |dependenc(?:y|ies) failed/.test(reason)) return `no machine takes ${name2}: ${reason}`;
  return void 0;
}
function failedBuilder(text3) {
  const failure = new RegExp(String.raw`Cannot build ${drv}\.\n\s*Reason: builder `).exec(text3) ?? new RegExp(`builder for ${drv} failed`).exec(text3);
  if (!failure) return void 0;
  const said2 = quotedLine(text3) ?? lineBefore(text3.slice(0, failure.index));
  return `the build of ${failure[1]} failed${said2 === void 0 ? "" : `, and last said: ${said2.slice(0, 300)}`}`;
}
var quotedLine = (text3) => /^[ \t]+> (.*)$/.exec(text3.split("\n").findLast((line) => /^[ \t]+> .*\S/.test(line)) ?? "")?.[1]?.trim();
function lineBefore(text3) {
  const line = text3.split("\n").slice(0, -1).findLast((one) => one.trim() !== "")?.trim();
  const isNix = line !== void 0 && /^(?:error|warning|building |copying |these |this |\/nix\/)/.test(line);
  return isNix ? void 0 : line;
}

// src/hash/sri.ts
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

// src/build/nix.ts
async function hashByNix(where, system, run, log) {
  const body2 = `deps.systems."${system}".overrideAttrs (_: { outputHash = "${fakeHash}"; outputHashAlgo = "sha256"; })`;
  const result = await nixBuild(
    nixArguments(where, body2),
    { run, log },
    `Nix: dependencies of '${where.attribute}' for ${system}, from nothing`
  );
  const found2 = mismatches(result.stderr);
  const [only] = found2;
  if (found2.length === 1 && only && isSri(only.got)) return only.got;
  throwIfNobodyBuilds(where, result);
  throw new UserError(
    "fetch-failed",
    `The dependencies of '${where.attribute}' for ${system} can't be fetched, so there is no new hash: ${cause(result.stderr)}. Nothing was changed. Mend that and run again; what the build printed is in the log.`,
    { log: result.stderr }
  );
}
async function build(where, run, log, args = nixArguments(where, "package")) {
  const result = await nixBuild(args, { run, log }, `Nix: build of '${where.attribute}'`);
  const out = result.stdout.trim().split("\n").at(-1) ?? "";
  if (result.code === 0 && out.startsWith("/")) return out;
  throwIfNobodyBuilds(where, result);
  throw new UserError(
    "build-failed",
    `'${where.attribute}' does not build with the new hash: ${cause(result.stderr)}. The build's last lines are in the log.`,
    { log: result.stderr }
  );
}
async function dynamicRequires(where, keys, run, log) {
  if (!keys.every((key) => /^[\w.+!-]+$/.test(key))) return [];
  const list4 = keys.map((key) => `builds."${key}".requires`).join(" ");
  const body2 = `let builds = package.builds or null; in if builds == null then [ ] else [ ${list4} ]`;
  const result = await nixBuild(
    nixArguments(where, body2),
    { run, log },
    "Nix: what build backends ask for, in the sandbox"
  );
  const paths = result.stdout.split("\n").filter((line) => line.startsWith("/"));
  if (result.code === 0) return paths.length === keys.length ? paths : [];
  throw new UserError(
    "build-requirements",
    `What '${where.attribute}' needs to be built can't be found out: ${cause(result.stderr)}. Nothing was changed. The build's last lines are in the log.`,
    { log: result.stderr }
  );
}
function throwIfNobodyBuilds({ attribute }, { stderr }) {
  const why = lackingMachine(stderr);
  if (why === void 0) return;
  throw new UserError(
    "no-builder",
    `'${attribute}' can't be built here: ${why}. Nothing was changed. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
    { log: stderr }
  );
}
function cause(stderr) {
  const full = /no space left on device|\bENOSPC\b/i.test(stderr);
  if (full)
    return "the disk is full (No space left on device); free some or collect garbage (nix-collect-garbage)";
  const ours = [...stderr.matchAll(/uv-fod: (.+)$/gm)].at(-1)?.[1];
  return (ours ?? failureCause(stderr)).replace(/\.$/, "");
}

// src/build/entry.ts
import { createHash as createHash2 } from "node:crypto";
import { mkdir as mkdir2, readdir as readdir2, readFile, rm as rm2, stat as stat2, writeFile as writeFile2 } from "node:fs/promises";
import path10 from "node:path";
var noNotes = { seconds: /* @__PURE__ */ new Map(), slower: 1 };
var file = "uv-fod.json";
var version = 1;
async function readNotes(folder) {
  try {
    const { size: size2 } = await stat2(path10.join(folder, file));
    const text3 = size2 > 0 && size2 < 4e6 ? await readFile(path10.join(folder, file), "utf8") : "";
    const found2 = JSON.parse(text3);
    const seconds = found2.version === version ? Object.entries(found2.seconds) : [];
    const slower = between(found2.slower, 0.2, 20) ?? 1;
    return { slower, seconds: new Map(seconds.map(([name2, value]) => [name2, between(value, 0, 1e5) ?? 0])) };
  } catch {
    return noNotes;
  }
}
async function writeNotes(folder, { seconds, slower }) {
  const text3 = JSON.stringify({ version, slower, seconds: Object.fromEntries(seconds) });
  await writeFile2(path10.join(folder, file), `${text3}
`);
}
var between = (value, least, most2) => typeof value === "number" && value >= least ? Math.min(value, most2) : void 0;
async function pathsIn(folder, wanted2) {
  const names3 = new Set(await readdir2(folder));
  return wanted2.filter((one) => names3.has(`${path10.basename(one).slice(0, 32)}.narinfo`));
}
async function bytesIn(folder) {
  const nars = path10.join(folder, "nar");
  const names3 = await readdir2(nars).catch(() => []);
  const sizes = await Promise.all(names3.map(async (name2) => (await stat2(path10.join(nars, name2))).size));
  return sizes.reduce((sum, size2) => sum + size2, 0);
}
async function emptyFolder(folder) {
  await rm2(folder, { recursive: true, force: true });
  await mkdir2(folder, { recursive: true });
}
function keysOf(system, attribute, paths) {
  const all2 = `uv-fod-builds-${version}-${system}-`;
  const scope = `${all2}${digest([attribute])}-`;
  const own = `${scope}${digest([...paths].sort())}-`;
  return { own, restore: [own, scope, all2] };
}
var digest = (lines2) => createHash2("sha256").update(lines2.join("\n")).digest("hex").slice(0, 16);

// src/build/keep.ts
import { rm as rm4 } from "node:fs/promises";

// src/build/shares.ts
function sharesOf(spans) {
  const shares = new Map(spans.map(({ name: name2 }) => [name2, 0]));
  const edges = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1] ?? from;
    const running = spans.filter((span) => span.from <= from && span.to >= to);
    for (const { name: name2 } of running) shares.set(name2, (shares.get(name2) ?? 0) + (to - from) / running.length);
  }
  return shares;
}

// src/build/store.ts
var command = ["--extra-experimental-features", "nix-command"];
async function pathInfos(paths, run) {
  if (paths.length === 0) return /* @__PURE__ */ new Map();
  const invalid4 = new Set(
    (await run("nix-store", ["--check-validity", "--print-invalid", ...paths])).stdout.split("\n")
  );
  const valid3 = paths.filter((path43) => !invalid4.has(path43));
  if (valid3.length === 0) return /* @__PURE__ */ new Map();
  const ask2 = (...more2) => run("nix", [...command, "path-info", "--json", ...more2, ...valid3]);
  const versioned = await ask2("--json-format", "1");
  const { stdout } = versioned.code === 0 ? versioned : await ask2();
  return new Map(valid3.flatMap((path43) => infoOf(path43, JSON.parse(stdout))));
}
function infoOf(path43, answer) {
  const all2 = answer;
  const one = Array.isArray(all2) ? all2.find((each) => each.path === path43) : Reflect.get(all2, path43);
  const { narSize: bytes, references, registrationTime: registered } = one ?? {};
  if (typeof bytes !== "number" || !Array.isArray(references) || typeof registered !== "number") return [];
  return [[path43, { bytes, references, registered }]];
}
async function isTrusted(run) {
  const { code: code3, stdout } = await run("nix", [...command, "store", "info", "--json"]);
  if (code3 !== 0) return void 0;
  const { trusted } = JSON.parse(stdout);
  return trusted === void 0 || trusted === null ? void 0 : Boolean(trusted);
}
async function copyPaths(paths, direction, address3, run) {
  const flags = ["copy", "--no-recursive", "--no-check-sigs", direction, address3];
  const result = await run("nix", [...command, ...flags, ...paths]);
  if (result.code !== 0) throw new Error(failureText(result.stderr));
}
async function deletePaths(paths, run) {
  const there = [...(await pathInfos(paths, run)).keys()];
  if (there.length === 0) return;
  const result = await run("nix-store", ["--delete", ...there]);
  if (result.code !== 0) throw new Error(failureText(result.stderr));
}

// src/build/take.ts
import { rm as rm3 } from "node:fs/promises";

// src/build/worth.ts
var mostBytes = 512 * 1024 ** 2;
var leastGain = 3;
var costOf = (bytes, slower = 1) => slower * (bytes === 0 ? 0.5 : 2.5 + bytes / 4e7);
var gainOf = (built, slower = 1) => total(built, "seconds") - costOf(total(built, "bytes"), slower);
var total = (built, what) => built.reduce((sum, one) => sum + one[what], 0);
function worthKeeping(built, slower = 1, most2 = mostBytes) {
  const rate2 = ({ seconds, bytes }) => seconds / Math.max(1, bytes);
  const perByte = (costOf(2e9, slower) - costOf(1e9, slower)) / 1e9;
  const kept = [];
  let room = most2;
  for (const one of built.filter((each) => rate2(each) > perByte).sort((a, b) => rate2(b) - rate2(a))) {
    if (one.bytes > room) continue;
    room -= one.bytes;
    kept.push(one);
  }
  return gainOf(kept, slower) > 0 ? kept : [];
}

// src/build/take.ts
var nothing = { paths: [], notes: noNotes, gain: 0 };
var said = "Builds in the runner's cache:";
var addressOf = (folder) => `file://${encodeURI(folder)}?compression=none`;
async function takeBuilds({ own, restore }, wanted2, { builds: { runner, folder, now }, run, log }) {
  const started = now();
  const passed2 = () => (now() - started) / 1e3;
  try {
    await emptyFolder(folder);
    const key = await runner.restoreCache([folder], own, [...restore]);
    if (key === void 0) {
      log.info(`${said} nothing was saved before`);
      return nothing;
    }
    const notes = await readNotes(folder);
    const paths = await pathsIn(folder, wanted2);
    if (paths.length > 0) await copyPaths(paths, "--from", addressOf(folder), run);
    const slower = measured(await bytesIn(folder), passed2()) ?? notes.slower;
    const seconds = paths.reduce((sum, one) => sum + (notes.seconds.get(one) ?? 0), 0);
    const took = passed2().toFixed(1);
    log.info(
      paths.length === 0 ? `${said} none that is needed (${took} s)` : `${said} ${paths.length} taken in ${took} s, that took ${seconds.toFixed(0)} s to build`
    );
    return { paths, notes: { ...notes, slower }, gain: seconds - passed2() };
  } catch (error2) {
    const why = error2 instanceof Error ? error2.message : String(error2);
    log.warning(`${said} what is there can't be used (${why}); it is built instead.`);
    await deletePaths(wanted2, run).catch(() => {
    });
    const left = await pathInfos(wanted2, run);
    return { ...nothing, paths: [...left.keys()], gain: Number.NEGATIVE_INFINITY };
  } finally {
    await rm3(folder, { recursive: true, force: true }).catch(() => {
    });
  }
}
var measured = (bytes, seconds) => bytes < 1e6 ? void 0 : Math.min(20, Math.max(0.2, seconds / costOf(bytes)));

// src/build/keep.ts
async function keepBuilds({ own }, toBuild, taken, started, { builds: { runner, folder, now }, run, log }) {
  try {
    const outputs = [...toBuild.derivations.values()].flatMap((one) => one.outputs);
    const built = builtOf(toBuild, taken, started, await pathInfos(outputs, run));
    const { slower } = taken.notes;
    const kept = worthKeeping(built, slower);
    const size2 = `${(total(kept, "bytes") / 1e6).toFixed(1)} MB for ${total(kept, "seconds").toFixed(0)} s of building`;
    const isFirst = taken.gain === 0 && kept.length === 0;
    if (isFirst || gainOf(kept, slower) - taken.gain <= leastGain) {
      log.info(`${said} nothing saved (the next run would not be ${leastGain} s quicker for it)`);
      return;
    }
    await emptyFolder(folder);
    const paths = kept.map(({ path: path43 }) => path43);
    if (paths.length > 0) await copyPaths(paths, "--to", addressOf(folder), run);
    await writeNotes(folder, { slower, seconds: new Map(kept.map((one) => [one.path, one.seconds])) });
    await runner.saveCache([folder], own + now().toString(36));
    log.info(`${said} ${kept.length} saved, ${size2}`);
  } catch (error2) {
    const why = error2 instanceof Error ? error2.message : String(error2);
    log.warning(`${said} what was built could not be saved (${why}); the next run builds it again.`);
  } finally {
    await rm4(folder, { recursive: true, force: true }).catch(() => {
    });
  }
}
function builtOf({ derivations, lasting }, { notes }, started, infos) {
  const spans = [...derivations].flatMap(([name2, { outputs }]) => {
    const from = started.get(name2);
    const ends = outputs.flatMap((one) => infos.get(one)?.registered ?? []);
    return from === void 0 ? [] : [{ name: name2, from, to: Math.max(from, ...ends.map((end) => end + 0.5)) }];
  });
  const shares = sharesOf(spans);
  return [...lasting].flatMap(
    ([name2, { outputs }]) => outputs.flatMap((path43) => {
      const info2 = infos.get(path43);
      const seconds = shares.get(name2) ?? notes.seconds.get(path43);
      if (!info2 || seconds === void 0 || info2.references.some((one) => one !== path43)) return [];
      return [{ path: path43, bytes: info2.bytes, seconds: seconds / outputs.length }];
    })
  );
}

// src/build/derivation-file.ts
import { readFile as readFile2 } from "node:fs/promises";
var text = '"((?:[^"\\\\]|\\\\.)*)"';
var output = new RegExp(`\\(${text},${text},${text},${text}\\)`, "y");
var input = /\("([^"\\]+)",\[/g;
var readDerivation = async (file2) => parseDerivation(await readFile2(file2, "utf8"));
function parseDerivation(aterm) {
  const start = "Derive([";
  if (!aterm.startsWith(start)) throw new Error("this is no derivation");
  const outputs = [];
  let isFixed = false;
  output.lastIndex = start.length;
  for (let found2 = output.exec(aterm), end = start.length; ; found2 = output.exec(aterm)) {
    if (found2 === null) return { outputs, isFixed, inputs: inputsFrom(aterm, end) };
    const [, , file2 = "", , hash = ""] = found2;
    if (file2 !== "") outputs.push(file2);
    if (hash !== "") isFixed = true;
    end = output.lastIndex;
    output.lastIndex = aterm[end] === "," ? end + 1 : end;
  }
}
function inputsFrom(aterm, end) {
  if (!aterm.startsWith("],[", end)) throw new Error("this is no derivation");
  if (aterm.startsWith("],[],", end)) return [];
  const list4 = aterm.slice(end, aterm.indexOf('"])],', end));
  return [...list4.matchAll(input)].map(([, path43 = ""]) => path43);
}

// src/build/to-build.ts
async function whatIsToBuild(where, run, read2 = readDerivation) {
  const instantiated = await run("nix-instantiate", nixArguments(where, "[ package deps ]"));
  const [own, deps] = lines(succeeded(instantiated).stdout).map((line) => line.replace(/!.*$/, ""));
  if (own === void 0 || deps === void 0) throw new Error("Nix named no derivation");
  const { stderr } = succeeded(await run("nix-store", ["--realise", "--dry-run", own]));
  const derivations = /* @__PURE__ */ new Map();
  for (const path43 of willBeBuilt(stderr)) {
    const derivation = await read2(path43);
    if (!derivation.isFixed) derivations.set(path43, derivation);
  }
  const moving = madeOf(/* @__PURE__ */ new Set([deps]), derivations);
  const lasting = new Map([...derivations].filter(([path43]) => path43 !== own && !moving.has(path43)));
  return { package: own, derivations, lasting };
}
function madeOf(parts, derivations) {
  const made = /* @__PURE__ */ new Set();
  for (let before = -1; before !== made.size; ) {
    before = made.size;
    for (const [path43, { inputs }] of derivations)
      if (inputs.some((one) => parts.has(one) || made.has(one))) made.add(path43);
  }
  return made;
}
function willBeBuilt(stderr) {
  const [, list4 = ""] = /^th(?:is|ese)\b.* will be built:\n((?: {2}\/.*\n?)*)/m.exec(stderr) ?? [];
  return lines(list4);
}
var lines = (text3) => text3.split("\n").flatMap((line) => line.trim() || []);
function succeeded(result) {
  if (result.code === 0) return result;
  throw new Error(result.stderr.trim().split("\n").at(-1) ?? "");
}

// src/build/runner-builds.ts
async function withRunnerBuilds(where, system, tools, prove) {
  const { builds, run, log } = tools;
  const toBuild = await usefully(where, tools);
  if (toBuild === void 0) return { result: await prove({ run }), taken: 0 };
  const outputs = [...toBuild.lasting.values()].flatMap((one) => one.outputs);
  const keys = keysOf(system, where.attribute, outputs);
  const { started, watched } = watching(tools);
  let taken = await takeBuilds(keys, outputs, tools);
  try {
    const result = await prove(wayOf(toBuild, taken, watched)).catch(async (error2) => {
      if (taken.paths.length === 0 || !isAboutBuild(error2)) throw error2;
      log.warning(
        `${said} '${where.attribute}' does not build or import with what was taken; it is built again from its sources.`
      );
      if (!await giveBack(toBuild, taken, tools)) throw error2;
      taken = { ...nothing, gain: Number.NEGATIVE_INFINITY };
      return prove(wayOf(toBuild, taken, watched));
    });
    if (builds.maySave) await keepBuilds(keys, toBuild, taken, started, tools);
    return { result, taken: taken.paths.length };
  } finally {
    await giveBack(toBuild, taken, tools);
  }
}
async function usefully(where, { run, log }) {
  try {
    const toBuild = await whatIsToBuild(where, run);
    if (toBuild.lasting.size === 0) {
      log.info(`${said} not asked (nothing has to be built that outlasts a bump)`);
      return void 0;
    }
    if (await isTrusted(run) !== false) return toBuild;
    log.info(`${said} not asked (this user is not among Nix's trusted-users)`);
  } catch {
  }
  return void 0;
}
function wayOf({ package: own }, { paths }, run) {
  const alone = paths.length > 0 ? ["--option", "post-build-hook", ""] : [];
  return { run, args: [...alone, own] };
}
function watching({ run, builds: { now } }) {
  const started = /* @__PURE__ */ new Map();
  const watched = (program, args, options2 = {}) => run(program, args, {
    ...options2,
    onLine: (line) => {
      const name2 = /^building '([^']+\.drv)'/.exec(line)?.[1];
      if (name2 !== void 0) started.set(name2, now() / 1e3);
      options2.onLine?.(line);
    }
  });
  return { started, watched };
}
var isAboutBuild = (error2) => error2 instanceof UserError && ["build-failed", "import-failed"].includes(error2.code);
async function giveBack({ derivations, lasting }, { paths }, { run, log }) {
  if (paths.length === 0) return true;
  const isTaken = new Set(paths);
  const sources = [...lasting].filter(([, { outputs: outputs2 }]) => outputs2.some((one) => isTaken.has(one)));
  const made = madeOf(new Set(sources.map(([name2]) => name2)), derivations);
  const outputs = [...made].flatMap((name2) => derivations.get(name2)?.outputs ?? []);
  try {
    await deletePaths([...paths, ...outputs], run);
    return true;
  } catch (error2) {
    const why = error2 instanceof Error ? error2.message : String(error2);
    log.warning(`${said} what was taken could not be deleted from the store again (${why}).`);
    return false;
  }
}

// src/proof/import.ts
import { mkdtemp, rm as rm5 } from "node:fs/promises";
import { tmpdir } from "node:os";
import path11 from "node:path";
async function proveImports(out, python, modules, run, log) {
  const interpreter = path11.join(out, "bin", `python${python.split(".").slice(0, 2).join(".")}`);
  const empty = await mkdtemp(path11.join(tmpdir(), "uv-fod-proof-"));
  try {
    return await log.group("Proof: imports in the built output", async () => {
      const imported = [];
      for (const module of modules) imported.push(await importOne(out, interpreter, module, empty, run, log));
      return imported;
    });
  } finally {
    await rm5(empty, { recursive: true, force: true });
  }
}
async function importOne(out, interpreter, module, cwd, run, log) {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(module)) {
    throw new UserError(
      "import-failed",
      `'${module}' is no name of a Python module; correct pythonImportsCheck.`
    );
  }
  const code3 = `import ${module}; print(${module}.__file__)`;
  const result = await run(interpreter, ["-I", "-B", "-c", code3], { cwd, onlyEnv: {} });
  const file2 = result.stdout.trim().split("\n").at(-1) ?? "";
  log.info(`python -I -B -c "${code3}" → ${result.code === 0 ? file2 : `exit ${result.code}`}`);
  if (result.code !== 0) {
    log.info(result.stderr);
    const last = result.stderr.trim().split("\n").at(-1) ?? "";
    throw new UserError(
      "import-failed",
      `The output builds, but 'import ${module}' fails in it: ${last}. Mend the derivation (a missing native library, or a package that the lock lacks).`,
      { log: result.stderr }
    );
  }
  if (!path11.resolve(file2).startsWith(`${out}/`)) {
    throw new UserError(
      "import-failed",
      `'import ${module}' gave ${file2}, which is not inside the output ${out}: the output does not hold the module.`
    );
  }
  return { module, file: file2 };
}

// src/update/proven.ts
async function buildAndImport({ where, pinned, goesOn, stage }, { builds, run, log }) {
  const { python } = pinned.systems[0]?.target ?? { python: "3" };
  const prove = async (way) => {
    const out = await stage("build", () => build(where, way.run, log, way.args));
    const imported = await stage("proof", () => proveImports(out, python, pinned.imports, run, log));
    return { out, imported };
  };
  if (builds === void 0 || goesOn) return { ...await prove({ run }), taken: 0 };
  const { result, taken } = await withRunnerBuilds(where, pinned.system, { builds, run, log }, prove);
  return { ...result, taken };
}

// src/update/update.ts
import path21 from "node:path";

// src/build/cache.ts
async function copyToCache(out, { address: address3, credentials }, run, log) {
  const flags = ["--extra-experimental-features", "nix-command"];
  const result = await log.group(
    `Nix: copy to ${address3}`,
    () => run("nix", [...flags, "copy", "--to", address3, out], {
      env: credentials,
      onLine: (line) => log.info(line)
    })
  );
  if (result.code === 0) {
    log.info(`${out} and what it needs are in ${address3}`);
    return true;
  }
  log.warning(
    `${out} was built and imported, but could not be copied to ${address3}: ${failureText(result.stderr).replace(/\.$/, "")}. The run goes on without; look at the address, at who may write there, and at the credentials of this step.`
  );
  return false;
}

// src/lock/names.ts
var NAME2 = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
var NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
function isName(text3) {
  return NAME2.test(text3);
}
function normalizeName(text3) {
  if (NORMALIZED.test(text3)) return text3;
  return NAME2.test(text3) ? text3.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}

// src/lock/marker-words.ts
var MarkerSyntaxError = class extends Error {
  column;
  constructor(message, column) {
    super(message);
    this.column = column;
  }
};
var VERSION_VARIABLES = /* @__PURE__ */ new Set([
  "python_version",
  "python_full_version",
  "implementation_version"
]);
var STRING_VARIABLES = /* @__PURE__ */ new Map([
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
var INVERTED = /* @__PURE__ */ new Map([
  ["==", "=="],
  ["!=", "!="],
  ["<", ">"],
  ["<=", ">="],
  [">", "<"],
  [">=", "<="]
]);
var MarkerScanner = class {
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
    const word = this.#match(/(?:and|or)(?=[\s(]|$)/y);
    if (word === "and" || word === "or") return word;
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
    const known = text3 === "extra" || text3 === "extras" || text3 === "dependency_groups";
    if (!known && !STRING_VARIABLES.has(text3) && !VERSION_VARIABLES.has(text3))
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

// src/lock/version.ts
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
  const key = `0!${releaseKey(text3)}`;
  return { release: text3.split(".").map(Number), key, publicKey: key, isPlainRelease: true };
}
function releaseKey(release2) {
  const digits = release2.split(".").map(trimNumber);
  while (digits.length > 1 && digits.at(-1) === "0") digits.pop();
  return digits.join(".");
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

// src/lock/marker.ts
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
    const word = scanner.connective();
    if (word === void 0) break;
    reduce((top) => top === "(" || word === "and" && top === "or");
    pending.push(word);
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
  const name2 = normalizeName(value);
  return name2 === void 0 ? { kind: "constant", value: false } : { kind: "extra", name: name2, negated: operator === "!=" };
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
    if (!releases.every((release3) => release3 !== void 0)) return void 0;
    return { kind: "version-list", variable, negated: operator === "not in", releases };
  }
  const star = starAllowed && value.trim().endsWith(".*");
  const version2 = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version2 === void 0) return void 0;
  const release2 = version2.release;
  if (star) {
    if (!version2.isPlainRelease && !/^\s*v?\d+!/.test(value)) return void 0;
    if (operator !== "==" && operator !== "!=") return void 0;
    return { kind: "version", variable, operator: `${operator}*`, release: release2 };
  }
  if (operator === "~=")
    return release2.length < 2 ? void 0 : { kind: "version", variable, operator, release: release2 };
  if (version2.key !== version2.publicKey && operator !== "==" && operator !== "!=") return void 0;
  return isComparison(operator) ? { kind: "version", variable, operator, release: release2 } : void 0;
}
function isVersionVariable(name2) {
  return VERSION_VARIABLES.has(name2);
}
function isComparison(operator) {
  return INVERTED.has(operator);
}

// src/lock/fields.ts
var NO_TABLE = Object.freeze(/* @__PURE__ */ Object.create(null));
var NOTHING = Object.freeze([]);
function invalid(place2, what, remedy = "Run 'uv lock' to make it anew.") {
  const line = place2.line();
  const at = line === void 0 ? place2.file : `${place2.file}:${line}`;
  const subject = place2.subject === "" ? "" : ` (${place2.subject})`;
  return new UserError("lock-invalid", printable(`${at}${subject}: ${what}. ${remedy}`), {
    at: line === void 0 ? { file: place2.file } : { file: place2.file, line }
  });
}
function field(table2, key) {
  return Object.hasOwn(table2, key) ? table2[key] : void 0;
}
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function optionalString(table2, key, place2) {
  const value = field(table2, key);
  if (value === void 0 || typeof value === "string") return value;
  throw invalid(place2, `'${key}' has to be a string, not ${describe(value)}`);
}
function requiredString(table2, key, place2) {
  const value = optionalString(table2, key, place2);
  if (value === void 0) throw invalid(place2, `'${key}' is missing`);
  return value;
}
function optionalCount(table2, key, place2) {
  const value = field(table2, key);
  if (value === void 0) return void 0;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(place2, `'${key}' has to be a whole number, not ${describe(value)}`);
}
function optionalBoolean(table2, key, place2) {
  const value = field(table2, key);
  if (value === void 0 || typeof value === "boolean") return value;
  throw invalid(place2, `'${key}' has to be true or false, not ${describe(value)}`);
}
function tableField(table2, key, place2) {
  const value = field(table2, key);
  if (value === void 0) return NO_TABLE;
  if (isTable(value)) return value;
  throw invalid(place2, `'${key}' has to be a table, not ${describe(value)}`);
}
function arrayField(table2, key, place2) {
  const value = field(table2, key);
  return value === void 0 ? NOTHING : asArray(value, key, place2);
}
function asArray(value, key, place2) {
  if (Array.isArray(value)) return value;
  throw invalid(place2, `'${key}' has to be an array, not ${describe(value)}`);
}
function tablesField(table2, key, place2) {
  const items = arrayField(table2, key, place2);
  return items.length === 0 ? NOTHING : items.map((item2) => asTable(item2, key, place2));
}
function asTable(value, key, place2) {
  if (isTable(value)) return value;
  throw invalid(place2, `'${key}' has to hold tables, not ${describe(value)}`);
}
function stringsField(table2, key, place2) {
  const items = arrayField(table2, key, place2);
  if (items.length === 0) return NOTHING;
  return items.map((item2) => {
    if (typeof item2 === "string") return item2;
    throw invalid(place2, `'${key}' has to hold strings, not ${describe(item2)}`);
  });
}
function namesField(table2, key, place2) {
  const items = stringsField(table2, key, place2);
  return items.length === 0 ? NOTHING : items.map((name2) => asName(name2, key, place2));
}
function asName(text3, key, place2) {
  const name2 = normalizeName(text3);
  if (name2 === void 0) throw invalid(place2, `'${clip(text3)}' in '${key}' is not a name`);
  return name2;
}
var Markers = class {
  #known = /* @__PURE__ */ new Map();
  /** @throws UserError `lock-marker` */
  parse(text3, place2) {
    const known = this.#known.get(text3);
    if (known !== void 0) return known;
    try {
      const marker = parseMarker(text3);
      this.#known.set(text3, marker);
      return marker;
    } catch (error2) {
      if (!(error2 instanceof MarkerSyntaxError)) throw error2;
      const { message, at } = invalid(
        place2,
        `the marker ${JSON.stringify(clip(text3))} cannot be read at its column ${error2.column}: ${error2.message}`
      );
      throw new UserError("lock-marker", message, at === void 0 ? {} : { at });
    }
  }
  optional(table2, key, place2) {
    const text3 = optionalString(table2, key, place2);
    return text3 === void 0 || text3 === "" ? void 0 : this.parse(text3, place2);
  }
  list(table2, key, place2) {
    const items = stringsField(table2, key, place2);
    return items.length === 0 ? NOTHING : items.map((text3) => this.parse(text3, place2));
  }
};
function clip(text3, length = 120) {
  return text3.length <= length ? text3 : `${text3.slice(0, length)}…`;
}
function describe(value) {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : `a ${typeof value}`;
}

// src/lock/source.ts
var SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
var COMMIT = /^[0-9a-f]{40}$/i;
var KEYS = ["registry", "git", "url", "path", "directory", "editable", "virtual"];
function parseSource(value, place2) {
  if (!isTable(value)) throw invalid(place2, "'source' is missing or no table");
  for (const kind2 of KEYS) {
    const text3 = field(value, kind2);
    if (typeof text3 === "string") return build2(kind2, text3, value, place2);
  }
  throw invalid(
    place2,
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
  const bare2 = url.split(/[?#]/, 1)[0] ?? "";
  const segment = bare2.slice(bare2.lastIndexOf("/") + 1);
  try {
    const decoded = decodeURIComponent(segment);
    return decoded === "" || /[/\\\0]/.test(decoded) || decoded === ".." || decoded === "." ? void 0 : decoded;
  } catch {
    return void 0;
  }
}
function bareUrl(url) {
  const bare2 = url.split(/[?#]/, 1)[0] ?? "";
  return bare2.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*(?:@[^/@]*)*@/i, "$1");
}
function build2(kind2, text3, table2, place2) {
  switch (kind2) {
    case "registry":
      return SCHEME.test(text3) ? { kind: "registry", url: text3 } : { kind: "registry-path", path: text3 };
    case "git":
      return parseGit(text3, place2);
    case "url":
      return { kind: "url", url: text3, subdirectory: optionalString(table2, "subdirectory", place2) };
    case "path":
      return { kind: "path", path: text3 };
    default:
      return { kind: kind2, path: text3 === "" ? "." : text3 };
  }
}
function parseGit(text3, place2) {
  const hash = text3.indexOf("#");
  const commit = hash < 0 ? "" : text3.slice(hash + 1);
  if (!COMMIT.test(commit))
    throw invalid(
      place2,
      `the git source '${clip(bareUrl(text3))}' does not end in '#' and a commit of 40 digits`
    );
  const beforeHash = text3.slice(0, hash);
  const question = beforeHash.indexOf("?");
  const query2 = new URLSearchParams(question < 0 ? "" : beforeHash.slice(question + 1));
  let ref;
  let subdirectory;
  let path43;
  let lfs = false;
  for (const [key, value] of query2) {
    if (key === "rev" || key === "tag" || key === "branch") ref = { kind: key, name: value };
    else if (key === "subdirectory") subdirectory = value;
    else if (key === "path") path43 = value;
    else if (key === "lfs") lfs = value.toLowerCase() === "true";
  }
  if (ref?.kind === "rev" && COMMIT.test(ref.name) && ref.name.toLowerCase() !== commit.toLowerCase())
    throw invalid(place2, `the git source asks for commit ${ref.name} and pins ${commit}`);
  return {
    kind: "git",
    url: bareUrl(beforeHash),
    commit: commit.toLowerCase(),
    subdirectory,
    path: path43,
    lfs,
    ref
  };
}

// src/lock/wheel-name.ts
var TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
var BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;
function parseWheelName(filename, known) {
  if (!filename.endsWith(".whl")) return "it does not end in .whl";
  const parts = filename.slice(0, -".whl".length).split("-");
  if (parts.length < 5 || parts.length > 7) return "it does not have 5 to 7 parts between dashes";
  const third = parts[2] ?? "";
  const hasBuild = parts.length === 7 || parts.length === 6 && /^\d/.test(third);
  const [python, abi, platform2, variant] = parts.slice(hasBuild ? 3 : 2);
  const build4 = hasBuild ? parseBuild(third) : void 0;
  if (hasBuild && build4 === void 0) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? "")) return `'${parts[0]}' is not a package name`;
  const version2 = parts[1] === known?.text ? known?.version : parseVersion(parts[1] ?? "");
  if (version2 === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform2 === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform2]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return {
    filename,
    version: version2,
    build: build4,
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
  const match = BUILD.exec(text3);
  if (match?.[1] === void 0 || match[1].length > 20) return void 0;
  return { number: BigInt(match[1]), rest: match[2] ?? "" };
}

// src/lock/files.ts
var DIGEST_BYTES = /* @__PURE__ */ new Map([
  ["md5", 16],
  ["sha256", 32],
  ["sha384", 48],
  ["sha512", 64],
  ["blake2b", 64]
]);
function parseWheels(table2, version2, place2) {
  const expected = version2 === void 0 ? void 0 : parseVersion(version2);
  const known = version2 === void 0 || expected === void 0 ? void 0 : { text: version2, version: expected };
  return tablesField(table2, "wheels", place2).map((entry) => {
    const file2 = parseFile(entry, place2);
    const filename = fileName(file2) ?? optionalString(entry, "filename", place2);
    if (filename === void 0) throw invalid(place2, "a wheel has no url, path or filename");
    const name2 = parseWheelName(filename, known);
    if (typeof name2 === "string")
      throw invalid(place2, `'${clip(filename)}' is not a wheel's file name: ${name2}`);
    if (expected !== void 0 && name2.version.key !== expected.key && name2.version.publicKey !== expected.key)
      throw invalid(place2, `the wheel '${clip(filename)}' is not of version ${version2}`);
    return { url: file2.url, path: file2.path, hash: file2.hash, size: file2.size, name: name2 };
  });
}
function parseSdist(table2, place2) {
  const value = field(table2, "sdist");
  if (value === void 0) return void 0;
  if (!isTable(value)) throw invalid(place2, "'sdist' has to be a table");
  return parseFile(value, place2);
}
function fileName(file2) {
  const from = file2.url ?? file2.path;
  if (from === void 0) return void 0;
  return file2.url === void 0 ? from.slice(from.lastIndexOf("/") + 1) : lastSegment(from);
}
function parseFile(entry, place2) {
  const hash = optionalString(entry, "hash", place2);
  if (hash !== void 0) checkHash(hash, place2);
  return {
    url: optionalString(entry, "url", place2),
    path: optionalString(entry, "path", place2),
    hash,
    size: optionalCount(entry, "size", place2)
  };
}
function checkHash(hash, place2) {
  const colon = hash.indexOf(":");
  const bytes = DIGEST_BYTES.get(hash.slice(0, Math.max(colon, 0)));
  if (bytes === void 0)
    throw invalid(
      place2,
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGEST_BYTES.keys()].join(", ")}`
    );
  const digest3 = hash.slice(colon + 1);
  if (digest3.length !== bytes * 2 || !/^[0-9a-f]*$/i.test(digest3))
    throw invalid(place2, `the hash '${clip(hash)}' is not ${bytes * 2} hexadecimal digits`);
}

// src/lock/packages.ts
var NO_DEPENDENCIES = /* @__PURE__ */ new Map();
var NO_PYTHONS = /* @__PURE__ */ new Map();
function parsePackage(table2, markers, place2) {
  const name2 = asName(requiredString(table2, "name", place2), "name", place2);
  const version2 = optionalString(table2, "version", place2);
  if (version2 !== void 0 && (version2.trim() !== version2 || parseVersion(version2) === void 0))
    throw invalid(place2, `'${clip(version2)}' is not a version`);
  const source = parseSource(field(table2, "source"), place2);
  const registry = source.kind === "registry" || source.kind === "registry-path";
  if (registry && version2 === void 0) throw invalid(place2, "'version' is missing");
  const wheels = parseWheels(table2, version2, place2);
  checkHashes(source, wheels, place2);
  const metadata = tableField(table2, "metadata", place2);
  const groups = field(table2, "dev-dependencies") === void 0 ? "dependency-groups" : "dev-dependencies";
  const linked = {
    name: name2,
    version: version2,
    source,
    wheels,
    sdist: parseSdist(table2, place2),
    resolutionMarkers: markers.list(table2, "resolution-markers", place2),
    dependencies: [],
    extras: NO_DEPENDENCIES,
    groups: NO_DEPENDENCIES,
    declaredExtras: namesField(metadata, "provides-extras", place2),
    declaredGroups: groupNames(metadata, place2),
    defaultGroups: parseDefaultGroups(table2, place2),
    groupRequiresPython: parseGroupPythons(table2, place2),
    line: () => place2.line()
  };
  return {
    place: place2,
    linked,
    dependencies: parseDependencies(arrayField(table2, "dependencies", place2), "dependencies", place2),
    extras: dependencyMap(table2, "optional-dependencies", place2),
    groups: dependencyMap(table2, groups, place2)
  };
}
function parseDefaultGroups(table2, place2) {
  const value = field(table2, "default-groups");
  if (value === void 0) return void 0;
  return value === "all" ? "all" : namesField(table2, "default-groups", place2);
}
function parseGroupPythons(table2, place2) {
  if (field(table2, "group-requires-python") === void 0) return NO_PYTHONS;
  const result = /* @__PURE__ */ new Map();
  for (const [group2, value] of Object.entries(tableField(table2, "group-requires-python", place2))) {
    const specifier = isTable(value) ? field(value, "requires-python") : value;
    if (typeof specifier === "string") result.set(asName(group2, "group-requires-python", place2), specifier);
  }
  return result;
}
function groupNames(metadata, place2) {
  const key = field(metadata, "requires-dev") === void 0 ? "dependency-groups" : "requires-dev";
  return Object.keys(tableField(metadata, key, place2)).map((group2) => asName(group2, key, place2));
}
function dependencyMap(table2, key, place2) {
  if (field(table2, key) === void 0) return NO_DEPENDENCIES;
  const result = /* @__PURE__ */ new Map();
  for (const [name2, value] of Object.entries(tableField(table2, key, place2)))
    result.set(
      asName(name2, key, place2),
      parseDependencies(asArray(value, `${key}.${name2}`, place2), key, place2)
    );
  return result;
}
function parseDependencies(entries2, key, place2) {
  return entries2.map((entry) => {
    const table2 = asTable(entry, key, place2);
    const source = field(table2, "source");
    return {
      name: asName(requiredString(table2, "name", place2), "name", place2),
      version: optionalString(table2, "version", place2),
      source: source === void 0 ? void 0 : parseSource(source, place2),
      extras: namesField(table2, "extra", place2),
      markerText: optionalString(table2, "marker", place2) ?? ""
    };
  });
}
function checkHashes(source, wheels, place2) {
  if (source.kind === "registry" || source.kind === "registry-path") return;
  const wanted2 = source.kind === "url" || source.kind === "path" || source.kind === "git" && source.path !== void 0;
  for (const wheel of wheels)
    if (wheel.hash !== void 0 !== wanted2)
      throw invalid(place2, `a wheel of a '${source.kind}' source ${wanted2 ? "needs" : "cannot have"} a hash`);
}

// src/lock/link.ts
function linkPackages(raw, markers) {
  const index = new PackageIndex(raw);
  return raw.map((item2) => {
    const link2 = (list4) => linkList(list4, item2, index, markers);
    item2.linked.dependencies = link2(item2.dependencies);
    item2.linked.extras = linkMap(item2.extras, link2);
    item2.linked.groups = linkMap(item2.groups, link2);
    return item2.linked;
  });
}
function linkMap(lists, link2) {
  if (lists.size === 0) return NO_DEPENDENCIES;
  return new Map([...lists].map(([name2, list4]) => [name2, link2(list4)]));
}
function linkList(list4, owner, index, markers) {
  const seen = /* @__PURE__ */ new Set();
  return list4.map((dependency) => {
    const found2 = index.find(dependency, owner);
    const extras = dependency.extras.filter((extra) => found2.raw.extras.has(extra));
    const key = `${found2.id} ${dependency.extras.join(",")} ${dependency.markerText}`;
    if (seen.has(key)) throw invalid(owner.place, `the dependency '${dependency.name}' is there twice`);
    seen.add(key);
    const marker = dependency.markerText === "" ? void 0 : markers.parse(dependency.markerText, owner.place);
    return { package: found2.raw.linked, extras, marker };
  });
}
var PackageIndex = class {
  #byName = /* @__PURE__ */ new Map();
  #byId = /* @__PURE__ */ new Map();
  constructor(raw) {
    for (const item2 of raw) {
      const { name: name2, version: version2, source } = item2.linked;
      const entry = { id: packageId(name2, version2, sourceKey(source)), raw: item2 };
      if (this.#byId.has(entry.id))
        throw invalid(item2.place, "the same package, version and source is there twice");
      this.#byId.set(entry.id, entry);
      const same2 = this.#byName.get(name2);
      if (same2 === void 0) this.#byName.set(name2, [entry]);
      else same2.push(entry);
    }
  }
  find(dependency, owner) {
    const same2 = this.#byName.get(dependency.name) ?? [];
    const only = same2.length === 1 ? same2[0] : void 0;
    if (only !== void 0 && dependency.version === void 0 && dependency.source === void 0)
      return only;
    const source = dependency.source ?? only?.raw.linked.source;
    const version2 = dependency.version ?? only?.raw.linked.version;
    if (source === void 0 && same2.length > 1)
      throw invalid(
        owner.place,
        `the dependency '${dependency.name}' fits ${same2.length} packages and names no source`
      );
    const isTree2 = source !== void 0 && ["directory", "editable", "virtual"].includes(source.kind);
    if (only === void 0 && version2 === void 0 && same2.length > 1 && !isTree2)
      throw invalid(
        owner.place,
        `the dependency '${dependency.name}' fits ${same2.length} packages and names no version`
      );
    const found2 = source && this.#byId.get(packageId(dependency.name, version2, sourceKey(source)));
    if (found2 !== void 0) return found2;
    const wanted2 = dependency.version === void 0 ? dependency.name : `${dependency.name} ${dependency.version}`;
    throw invalid(owner.place, `it depends on '${wanted2}', which the lock does not hold`);
  }
};
function packageId(name2, version2, source) {
  return `${name2} ${version2 === void 0 ? "" : parseVersion(version2)?.key ?? version2} ${source}`;
}

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
  let lines2 = string.slice(0, ptr).split(/\r?\n/);
  return [lines2.length, lines2.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
  let lines2 = string.split(/\r?\n/);
  let codeblock = "";
  let numberLen = (Math.log10(line + 1) | 0) + 1;
  for (let i = line - 1; i <= line + 1; i++) {
    let l = lines2[i - 1];
    if (!l)
      continue;
    codeblock += i.toString().padEnd(numberLen, " ");
    codeblock += ":  ";
    codeblock += l;
    codeblock += "\n";
    if (i === line) {
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
  let c = ctx.s.charCodeAt(ctx.p++);
  let first = c;
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
    } else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
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

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class _TomlDate extends Date {
  #hasDate = false;
  #hasTime = false;
  #offset = null;
  constructor(date, fasttype, unsafeDelim) {
    let hasDate = true;
    let hasTime = true;
    let offset2 = "Z";
    let c;
    if (typeof date === "string") {
      if (fasttype)
        prep: {
          if (fasttype < 3) {
            if (+date.slice(11, 13) > 23) {
              date = "";
              break prep;
            }
            if (fasttype === 2) {
              offset2 = null;
              date += "Z";
            } else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) {
              offset2 = date.slice(date.length - 6);
            }
            if (unsafeDelim)
              date = date.slice(0, 10) + "T" + date.slice(11);
          } else if (fasttype === 4) {
            date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
          }
          hasDate = fasttype !== 4;
          hasTime = fasttype !== 3;
        }
      else {
        let match = date.match(DATE_TIME_RE);
        if (match) {
          if (!match[1]) {
            hasDate = false;
            date = `0000-01-01T${date}`;
          }
          hasTime = !!match[2];
          hasTime && date[10] === " " && (date = date.replace(" ", "T"));
          if (match[2] && +match[2] > 23) {
            date = "";
          } else {
            offset2 = match[3] || null;
            if (!offset2 && hasTime)
              date += "Z";
          }
        } else {
          date = "";
        }
      }
    }
    super(date);
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
    let date = new _TomlDate(jsDate);
    date.#offset = offset2;
    return date;
  }
  static wrapAsLocalDateTime(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#offset = null;
    return date;
  }
  static wrapAsLocalDate(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#hasTime = false;
    date.#offset = null;
    return date;
  }
  static wrapAsLocalTime(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#hasDate = false;
    date.#offset = null;
    return date;
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
  let start = ctx.p;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
    return parseNumber(ctx, --ctx.p, c, 0, endChr);
  }
  if (ctx.s.charCodeAt(ctx.p += 4) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  let t = ctx.s.slice(start, ctx.p);
  return readDate(ctx, t, 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
  if (ctx.ld) {
    let date = new TomlDate(str, type, unsafeDelim);
    if (!date.isValid())
      TomlError.x("invalid date", ctx, errPtr);
    return date;
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
  let seen = /* @__PURE__ */ new Set();
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
    let key = parseKey(ctx);
    for (let i = 0; i < key.length; i++) {
      if (i)
        t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      k = key[i];
      if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) {
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
      seen.add(value);
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
function peekTable(ctx, key, table2, meta, type) {
  let t = table2;
  let m = meta;
  let k;
  let hasOwn = false;
  let state;
  for (let i = 0; i < key.length; i++) {
    if (i) {
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
    k = key[i];
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
        t: i < key.length - 1 && type === 2 ? 3 : type,
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
  for (let i = 0; i < obj.length; i++) {
    if (extendedTypeOf(obj[i]) !== "object")
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
  for (let i = 0; i < keys.length; i++) {
    let k = keys[i];
    if (i)
      res += ", ";
    res += formatKey(k) + " = " + stringifyValue(obj[k], extendedTypeOf(obj[k]), depth - 1, numberAsFloat, strictTemporal);
  }
  return res + " }";
}
function stringifyArray(array, depth, numberAsFloat, strictTemporal) {
  if (array.length === 0)
    return "[]";
  let res = "[ ";
  for (let i = 0; i < array.length; i++) {
    if (i)
      res += ", ";
    if (array[i] === null || array[i] === void 0) {
      throw new TypeError("arrays cannot contain null or undefined values");
    }
    res += stringifyValue(array[i], extendedTypeOf(array[i]), depth - 1, numberAsFloat, strictTemporal);
  }
  return res + " ]";
}
function stringifyArrayTable(array, key, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  let res = "";
  for (let i = 0; i < array.length; i++) {
    res += `${res && "\n"}[[${key}]]
`;
    res += stringifyTable(0, array[i], key, depth, numberAsFloat, strictTemporal);
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
  for (let i = 0; i < keys.length; i++) {
    let k = keys[i];
    if (obj[k] !== null && obj[k] !== void 0) {
      let type = extendedTypeOf(obj[k]);
      if (type === "symbol" || type === "function") {
        throw new TypeError(`cannot serialize values of type '${type}'`);
      }
      let key = formatKey(k);
      if (type === "array" && isArrayOfTables(obj[k])) {
        tables += (tables && "\n") + stringifyArrayTable(obj[k], prefix2 ? `${prefix2}.${key}` : key, depth - 1, numberAsFloat, strictTemporal);
      } else if (type === "object") {
        let tblKey = prefix2 ? `${prefix2}.${key}` : key;
        tables += (tables && "\n") + stringifyTable(tblKey, obj[k], tblKey, depth - 1, numberAsFloat, strictTemporal);
      } else {
        preamble += key;
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
function stringify(obj, { maxDepth = 1e3, numbersAsFloat = false, strictTemporal = false } = {}) {
  if (extendedTypeOf(obj) !== "object") {
    throw new TypeError("stringify can only be called with an object");
  }
  let str = stringifyTable(0, obj, "", maxDepth, numbersAsFloat, strictTemporal);
  if (str[str.length - 1] !== "\n")
    return str + "\n";
  return str;
}

// src/lock/toml.ts
var MAX_DEPTH = 160;
var MANY_DOTS = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}`, "m");
var NEWLINE = 10;
var DOT = 46;
var CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;
function parseToml(text3, file2) {
  const deep = MANY_DOTS.test(text3) ? deepKey(text3) : void 0;
  if (deep !== void 0)
    throw new UserError(
      "toml-syntax",
      `${file2}:${deep.line}:${deep.column} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Mend the file, or make the lock anew with 'uv lock'.`,
      { at: { file: file2, ...deep } }
    );
  try {
    return parse(text3.startsWith("\uFEFF") ? text3.slice(1) : text3, { maxDepth: MAX_DEPTH });
  } catch (error2) {
    if (error2 instanceof TomlError) throw mergeConflict(text3, file2) ?? syntaxError(error2, file2);
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
    const code3 = text3.charCodeAt(at);
    if (code3 === DOT) {
      bareDots = previous === DOT ? 0 : bareDots + 1;
      if (isQuote(previous)) quotedDots += 1;
      if (bareDots > MAX_DEPTH || quotedDots > MAX_DEPTH) return { line, column: runStart - lineStart + 1 };
    } else if (code3 === NEWLINE) {
      line += 1;
      lineStart = at + 1;
      runStart = lineStart;
      bareDots = 0;
      quotedDots = 0;
    } else if (!isKeyCharacter(code3)) {
      bareDots = 0;
      if (quotedDots === 0) runStart = at + 1;
    }
    if (!isBlank(code3)) previous = code3;
  }
  return void 0;
}
function isKeyCharacter(code3) {
  if (code3 >= 97 && code3 <= 122) return true;
  if (code3 >= 48 && code3 <= 57) return true;
  if (code3 >= 65 && code3 <= 90) return true;
  return code3 === 95 || code3 === 45 || isQuote(code3) || isBlank(code3);
}
function isQuote(code3) {
  return code3 === 34 || code3 === 39;
}
function isBlank(code3) {
  return code3 === 32 || code3 === 9;
}
function syntaxError(error2, file2) {
  const reason = error2.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "") ?? "invalid";
  return new UserError(
    "toml-syntax",
    `${file2}:${error2.line}:${error2.column} is not valid TOML: ${reason}. Mend the file, or make the lock anew with 'uv lock'.`,
    { at: { file: file2, line: error2.line, column: error2.column }, cause: error2 }
  );
}
function mergeConflict(text3, file2) {
  const found2 = CONFLICT.exec(text3);
  if (found2 === null) return void 0;
  const line = lineAt(text3, found2.index);
  return new UserError(
    "merge-conflict",
    `${file2}:${line} holds a merge conflict that nobody resolved ('${found2[0].trim()}'). Take one side and run 'uv lock'.`,
    { at: { file: file2, line, column: 1 } }
  );
}
function lineAt(text3, index) {
  let line = 1;
  for (let at = text3.indexOf("\n"); at >= 0 && at < index; at = text3.indexOf("\n", at + 1)) line += 1;
  return line;
}

// src/lock/parse.ts
function parseLock(text3, file2) {
  const document = parseToml(text3, file2);
  const top = { file: file2, subject: "", line: () => void 0 };
  checkVersion(document, top);
  const markers = new Markers();
  const entries2 = tablesField(
    document,
    field(document, "package") === void 0 ? "distribution" : "package",
    top
  );
  const raw = entries2.map(
    (entry, index) => parsePackage(entry, markers, packagePlace(text3, file2, entry, index))
  );
  const packages = linkPackages(raw, markers);
  const manifest = tableField(document, "manifest", top);
  return {
    file: file2,
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
function checkVersion(document, place2) {
  const version2 = field(document, "version");
  if (version2 === 1) return;
  if (version2 === void 0)
    throw invalid(place2, "'version' is missing: this is not a uv.lock", "Name the uv.lock that uv wrote.");
  throw new UserError(
    "lock-version",
    `${place2.file} has format version ${String(version2)}; uv-fod reads version 1, of any revision. Use a uv-fod that knows it, or a uv that writes version 1.`,
    { at: { file: place2.file } }
  );
}
function packagePlace(text3, file2, entry, index) {
  const name2 = field(entry, "name");
  const subject = typeof name2 === "string" ? `package '${name2}'` : `package number ${index + 1}`;
  return { file: file2, subject, line: () => packageLine(text3, index) };
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
  const result = /* @__PURE__ */ new Map();
  for (const item2 of packages) {
    const same2 = result.get(item2.name);
    if (same2 === void 0) result.set(item2.name, [item2]);
    else same2.push(item2);
  }
  return result;
}
function requirement(entry, markers, place2) {
  return {
    name: asName(requiredString(entry, "name", place2), "requirements", place2),
    extras: namesField(entry, "extras", place2),
    marker: markers.optional(entry, "marker", place2)
  };
}
function parseRootGroups(manifest, markers, place2) {
  const key = "dependency-groups";
  const result = /* @__PURE__ */ new Map();
  for (const [group2, entries2] of Object.entries(tableField(manifest, key, place2))) {
    const list4 = asArray(entries2, `${key}.${group2}`, place2);
    result.set(
      asName(group2, key, place2),
      list4.map((entry) => requirement(asTable(entry, key, place2), markers, place2))
    );
  }
  return result;
}
function parseConflicts(document, place2) {
  return arrayField(document, "conflicts", place2).map(
    (set) => asArray(set, "conflicts", place2).map((entry) => conflictItem(asTable(entry, "conflicts", place2), place2))
  );
}
function conflictItem(entry, place2) {
  const name2 = asName(requiredString(entry, "package", place2), "conflicts", place2);
  const extra = optionalString(entry, "extra", place2);
  if (extra !== void 0) return { package: name2, kind: "extra", name: asName(extra, "conflicts", place2) };
  const group2 = optionalString(entry, "group", place2);
  if (group2 !== void 0) return { package: name2, kind: "group", name: asName(group2, "conflicts", place2) };
  return { package: name2, kind: "project", name: "" };
}

// src/lock/project.ts
import path12 from "node:path";

// src/lock/settings.ts
var NO_SETTINGS = { noBinary: { kind: "none" }, noBuild: { kind: "none" } };
function parseSettings(table2, file2) {
  const place2 = { file: file2, subject: "", line: () => void 0 };
  return { noBinary: parseRule(table2, "no-binary", place2), noBuild: parseRule(table2, "no-build", place2) };
}
function parseRule(table2, key, place2) {
  const all2 = optionalBoolean(table2, key, place2);
  const names3 = namesField(table2, `${key}-package`, place2);
  if (all2 !== void 0) return { kind: all2 ? "all" : "none" };
  return names3.length === 0 ? { kind: "none" } : { kind: "packages", names: new Set(names3) };
}
function forbidsWheel(settings2, name2) {
  return forbids(settings2.noBinary, settings2.noBuild, name2);
}
function forbidsBuild(settings2, name2) {
  return forbids(settings2.noBuild, settings2.noBinary, name2);
}
function forbids(rule, exception, name2) {
  if (rule.kind === "packages") return rule.names.has(name2);
  if (rule.kind === "none") return false;
  return exception.kind !== "packages" || !exception.names.has(name2);
}
function parsePyproject(document, file2) {
  const place2 = { file: file2, subject: "", line: () => void 0 };
  const project = tableField(document, "project", place2);
  const name2 = optionalString(project, "name", place2);
  const tool = tableField(document, "tool", place2);
  const uv = field(tool, "uv") === void 0 ? void 0 : tableField(tool, "uv", place2);
  const groups = new Set(
    Object.keys(tableField(document, "dependency-groups", place2)).map(
      (group2) => asName(group2, "dependency-groups", place2)
    )
  );
  const defaultGroups2 = uv === void 0 ? void 0 : readDefaultGroups(uv, groups, place2);
  if (uv !== void 0 && field(uv, "dev-dependencies") !== void 0) groups.add("dev");
  return {
    file: file2,
    name: name2 === void 0 ? void 0 : asName(name2, "project.name", place2),
    groups,
    defaultGroups: defaultGroups2,
    isWorkspaceRoot: uv !== void 0 && isTable(field(uv, "workspace")),
    uv
  };
}
function readDefaultGroups(uv, groups, place2) {
  const value = field(uv, "default-groups");
  if (value === void 0 || value === "all") return value;
  const names3 = namesField(uv, "default-groups", place2);
  for (const name2 of names3)
    if (!groups.has(name2))
      throw invalid(
        place2,
        `'tool.uv.default-groups' names '${clip(name2)}', which [dependency-groups] does not have`,
        "Take it out, or add the group."
      );
  return names3;
}

// src/lock/project.ts
async function loadProject(dir, read2, options2 = {}) {
  const { root, lockFile, lock } = options2.lockFile === void 0 ? await findLock(dir, read2) : await readLock(dir, options2.lockFile, read2);
  const rootPyproject = await readPyproject(path12.join(root, "pyproject.toml"), read2);
  const pyprojects = await readMembers(lock, root, rootPyproject, read2);
  const own = sameFolder(dir, root) ? rootPyproject : await readPyproject(path12.join(dir, "pyproject.toml"), read2);
  return {
    lock,
    root,
    lockFile,
    settings: await findSettings(root, read2),
    current: own === void 0 ? memberAt(lock, path12.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects
  };
}
async function readLock(dir, lockFile, read2) {
  const text3 = await read2(lockFile);
  if (text3 === void 0)
    throw new UserError(
      "lock-missing",
      `There is no lock ${lockFile}. Name the uv.lock with --lock, or leave --lock out.`
    );
  const lock = parseLock(text3, lockFile);
  const own = await readPyproject(path12.join(dir, "pyproject.toml"), read2);
  const root = ancestors(dir).find((folder) => {
    const member2 = memberAt(lock, path12.relative(folder, dir));
    return member2 !== void 0 && (own === void 0 || member2 === own.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read2) {
  for (const root of ancestors(dir)) {
    const lockFile = path12.join(root, "uv.lock");
    const text3 = await read2(lockFile);
    if (text3 === void 0) continue;
    const lock = parseLock(text3, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path12.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir}, nor in a workspace above it. Run 'uv lock' there, or name the lock with --lock.`
  );
}
function memberAt(lock, folder) {
  const wanted2 = path12.normalize(folder === "" ? "." : folder);
  const found2 = lock.packages.find(
    ({ source }) => (source.kind === "editable" || source.kind === "virtual" || source.kind === "directory") && path12.normalize(source.path) === wanted2
  );
  return found2?.name;
}
async function readMembers(lock, root, rootPyproject, read2) {
  const result = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result.set(rootPyproject.name, rootPyproject);
  for (const name2 of lock.members) {
    const source = lock.byName.get(name2)?.[0]?.source;
    if (result.has(name2) || source === void 0 || !("path" in source) || source.path === void 0)
      continue;
    const folder = path12.resolve(root, source.path);
    if (path12.relative(root, folder).startsWith("..")) continue;
    const pyproject2 = await readPyproject(path12.join(folder, "pyproject.toml"), read2);
    if (pyproject2 !== void 0) result.set(name2, pyproject2);
  }
  return result;
}
async function readPyproject(file2, read2) {
  const text3 = await read2(file2);
  return text3 === void 0 ? void 0 : parsePyproject(parseToml(text3, file2), file2);
}
async function findSettings(root, read2) {
  for (const folder of ancestors(root)) {
    const file2 = path12.join(folder, "uv.toml");
    const text3 = await read2(file2);
    if (text3 !== void 0) return parseSettings(parseToml(text3, file2), file2);
    const pyproject2 = await readSettingsPyproject(path12.join(folder, "pyproject.toml"), read2, folder === root);
    if (pyproject2?.uv !== void 0) return parseSettings(pyproject2.uv, pyproject2.file);
  }
  return NO_SETTINGS;
}
async function readSettingsPyproject(file2, read2, isRoot) {
  try {
    return await readPyproject(file2, read2);
  } catch (error2) {
    if (isRoot || !(error2 instanceof UserError)) throw error2;
    return void 0;
  }
}
function ancestors(dir) {
  const result = [dir];
  for (let folder = path12.dirname(dir); folder !== result.at(-1); folder = path12.dirname(folder))
    result.push(folder);
  return result;
}
function sameFolder(left, right) {
  return path12.relative(left, right) === "";
}

// src/native/shared.ts
import { createHash as createHash4 } from "node:crypto";

// src/native/action-cache.ts
import { mkdir as mkdir3, readFile as readFile3, writeFile as writeFile3 } from "node:fs/promises";
import path13 from "node:path";
var guess = { index: 6e7, cache: 8e7, cacheDelay: 1.5 };
var tooLittle = 4e6;
var prefix = "uv-fod-artifacts-1-";
function isWorthIt(missing3, rates = guess) {
  return missing3 / rates.index > rates.cacheDelay + missing3 / rates.cache;
}
async function restoreArtifacts({ folder, lock, missing: missing3 }, { runner, log, now }) {
  if (!runner.isFeatureAvailable()) return { outcome: "unavailable", reason: "this runner has no cache" };
  const size2 = `${(missing3 / 1e6).toFixed(0)} MB`;
  if (missing3 < tooLittle) return { outcome: "not worth it", reason: `only ${size2} have to be fetched` };
  const started = now();
  try {
    await mkdir3(folder, { recursive: true });
    const key = await runner.restoreCache([folder], prefix + lock, [prefix]);
    if (key === void 0) return { outcome: "missed", reason: "nothing was saved before" };
    await noteRates(folder, { cache: rate(missing3, now() - started) });
    return { outcome: "restored", key, reason: `instead of fetching ${size2}` };
  } catch (error2) {
    log.warning(
      `The cache of artifacts could not be restored (${messageOf(error2)}); they are fetched instead.`
    );
    return { outcome: "missed", reason: "restoring failed" };
  }
}
async function saveArtifacts({ folder, lock, missing: missing3 }, restored, fetched2, cache, most2, { runner, log }) {
  if (restored.outcome === "unavailable" || restored.key === prefix + lock || fetched2.bytes === 0)
    return false;
  try {
    const rates = await noteRates(folder, { index: rate(fetched2.bytes, fetched2.milliseconds) });
    if (!isWorthIt(Math.max(missing3, fetched2.bytes), rates)) return false;
    await cache.trim(most2);
    await runner.saveCache([folder], prefix + lock);
    return true;
  } catch (error2) {
    log.warning(
      `The cache of artifacts could not be saved (${messageOf(error2)}); the next run fetches them again.`
    );
    return false;
  }
}
var ratesFile = (folder) => path13.join(folder, "rates.json");
async function readRates(folder) {
  try {
    const known = JSON.parse(await readFile3(ratesFile(folder), "utf8"));
    const positive = (value, otherwise) => typeof value === "number" && Number.isFinite(value) && value > 0 ? value : otherwise;
    return {
      index: positive(known.index, guess.index),
      cache: positive(known.cache, guess.cache),
      cacheDelay: positive(known.cacheDelay, guess.cacheDelay)
    };
  } catch {
    return guess;
  }
}
async function noteRates(folder, measured2) {
  const rates = { ...await readRates(folder), ...measured2 };
  await mkdir3(folder, { recursive: true });
  await writeFile3(ratesFile(folder), `${JSON.stringify(rates)}
`);
  return rates;
}
var rate = (bytes, milliseconds) => bytes * 1e3 / Math.max(1, milliseconds);
var messageOf = (error2) => error2 instanceof Error ? error2.message : String(error2);

// src/native/hash.ts
import { stat as stat3 } from "node:fs/promises";
import path14 from "node:path";

// src/artifacts/download.ts
import { rename as rename2, rm as rm6 } from "node:fs/promises";

// src/artifacts/messages.ts
var noAddress = ({ label: label3, url }) => new UserError(
  "artifact-address",
  `${label3}: '${withoutCredentials(url)}' is no http or https address; correct the index in the project and lock again.`
);
var unreachable = ({ label: label3, url }, reason, cause2) => new UserError(
  "artifact-unreachable",
  `${label3} can't be downloaded from ${withoutCredentials(url)}: ${reason}. Check that the index still has it and that this machine reaches it; if the release was withdrawn, lock again (uv lock --upgrade-package NAME).`,
  { cause: cause2 }
);
function untrusted({ label: label3, url }, cause2) {
  const { code: code3, message } = cause2;
  const isOfCertificate = /^(CERT_\w+|\w+_CERT|\w+_CERT_(SIGNATURE|IN_CHAIN|LOCALLY)|ERR_TLS_CERT_\w+|UNABLE_TO_VERIFY_LEAF_SIGNATURE|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;
  if (!isOfCertificate.test(String(code3))) return void 0;
  return new UserError(
    "artifact-unreachable",
    `${label3} can't be downloaded from ${withoutCredentials(url)}: the server's certificate is not trusted (${message}). If a proxy or a mirror of yours signs certificates itself, name a file with its authority's certificate beside the public ones in SSL_CERT_FILE; if the certificate has expired, or the clock of this machine is wrong, mend that. Otherwise somebody stands between this machine and the index.`,
    { cause: cause2 }
  );
}
var changed = ({ label: label3, url }, what) => new UserError(
  "artifact-changed",
  `${label3} from ${withoutCredentials(url)} is not what uv.lock names: got ${what}. Nothing was kept. If the index replaced the file on purpose, lock again; otherwise somebody is changing files on the way.`
);
function unwritable({ label: label3 }, cause2) {
  const full = cause2.code === "ENOSPC" || cause2.code === "EDQUOT";
  return new UserError(
    full ? "disk-full" : "files-unwritable",
    full ? `${label3} can't be kept: there is no space left for it (${cause2.code}). Free some, or name a folder on another disk (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).` : `${label3} can't be kept: ${cause2.message}. Name a folder that can be written (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
    { cause: cause2 }
  );
}
function withoutCredentials(address3) {
  const url = URL.parse(address3);
  if (!url) return address3;
  url.username = "";
  url.password = "";
  url.search = "";
  return url.href;
}

// src/artifacts/redirects.ts
var most = 5;
function webAddress(address3, refused3) {
  const url = URL.parse(address3);
  if (!url || url.protocol !== "https:" && url.protocol !== "http:") throw refused3();
  return url;
}
async function getFollowing(start, headers, network, signal, refusals) {
  let url = start;
  for (let hops = 0; hops <= most; hops += 1) {
    const authorization = network.authorization(url);
    const sent = { ...headers, ...authorization === void 0 ? {} : { authorization } };
    const answer = await network.get(url, sent, signal);
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.status);
    const location = isRedirect ? answer.header("location") : void 0;
    if (location === void 0) return answer;
    answer.body.discard();
    const next = webAddress(URL.parse(location, url.href)?.href ?? location, refusals.address);
    if (url.protocol === "https:" && next.protocol === "http:") throw refusals.plainHttp(url, next);
    await network.beforeRedirect?.(url, next);
    url = next;
  }
  throw refusals.tooMany(most);
}

// src/artifacts/request.ts
async function request(file2, network, from, signal) {
  const refusals = {
    address: () => noAddress(file2),
    plainHttp: (here, to) => unreachable(file2, `${here.host} redirects to plain http, at ${to.host}`),
    tooMany: (most2) => unreachable(file2, `more than ${most2} redirects`)
  };
  try {
    const start = webAddress(file2.url, refusals.address);
    const answer = await getFollowing(start, headersFor(from), network, signal, refusals);
    const { status, body: body2 } = answer;
    if (status === 200 || status === 206) return answer;
    body2.discard();
    throw refusal(file2, status);
  } catch (error2) {
    throw error2 instanceof UserError ? new AbortError(error2) : error2;
  }
}
function headersFor(from) {
  return {
    "user-agent": "uv-fod",
    accept: "*/*",
    // The bytes of the lock, not a packed form of them.
    "accept-encoding": "identity",
    ...from === void 0 ? {} : { range: `bytes=${from.byte}-` },
    ...from?.etag === void 0 ? {} : { "if-range": from.etag }
  };
}
var isPassing = (status) => [408, 416, 425, 429].includes(status) || status >= 500;
function refusal(file2, status) {
  const message = `the server answered ${status}`;
  return isPassing(status) ? new Error(message) : unreachable(file2, message);
}

// src/artifacts/transfer.ts
import { createHash as createHash3 } from "node:crypto";
function openTransfer(file2, part, { digests = "now", sink }) {
  return {
    sink: sink ?? fileSink(part),
    digests: digests === "now" ? newDigests(file2) : void 0,
    etag: void 0,
    pieced: false,
    isSpoiled: false
  };
}
function newDigests(file2) {
  const sha256 = createHash3("sha256");
  const algorithm = file2.hash?.split(":")[0] ?? "sha256";
  return { sha256, declared: algorithm === "sha256" ? sha256 : createHash3(algorithm) };
}
async function continueOrRestart(answer, file2, transfer) {
  const begins = /^bytes (\d+)-/.exec(answer.header("content-range") ?? "")?.[1];
  if (answer.status === 206 && Number(begins) === transfer.sink.size()) {
    transfer.pieced = true;
    return;
  }
  await restart(file2, transfer);
  if (answer.status === 206) {
    answer.body.discard();
    throw new Error("the server answered with another part of the file than was asked for");
  }
  const etag = answer.header("etag");
  transfer.etag = etag?.startsWith("W/") ? void 0 : etag;
}
async function restart(file2, transfer) {
  transfer.pieced = transfer.isSpoiled = false;
  if (transfer.sink.size() === 0) return;
  await transfer.sink.restart();
  if (transfer.digests) transfer.digests = newDigests(file2);
}
function take(chunk, file2, transfer) {
  const { sink, digests } = transfer;
  if (file2.size !== void 0 && sink.size() + chunk.length > file2.size)
    throw mismatch(file2, transfer, `more than the ${file2.size} bytes of the lock`);
  digests?.sha256.update(chunk);
  if (digests && digests.declared !== digests.sha256) digests.declared.update(chunk);
  return sink.take(chunk);
}
function finish2(file2, transfer) {
  const size2 = transfer.sink.size();
  if (!transfer.digests) return { size: size2, sha256: "" };
  const { sha256, declared } = transfer.digests;
  const digest3 = sha256.digest("hex");
  const [algorithm, expected] = file2.hash?.split(":") ?? [];
  const actual = declared === sha256 ? digest3 : declared.digest("hex");
  if (expected === void 0 || actual === expected.toLowerCase()) return { size: size2, sha256: digest3 };
  throw mismatch(file2, transfer, `${algorithm} ${actual}, where the lock has ${expected}`);
}
function mismatch(file2, transfer, what) {
  if (!transfer.pieced) return new AbortError(changed(file2, what));
  transfer.isSpoiled = true;
  return new Error(`what came in pieces is not one file: ${what}`);
}

// src/artifacts/watch.ts
function watch(patience, size2, received, outer) {
  const controller = new AbortController();
  const abort = (reason) => controller.abort(new Error(reason));
  const seconds = (milliseconds) => `${milliseconds / 1e3} s`;
  const waiting = setTimeout(() => abort(`no answer within ${seconds(patience.headers)}`), patience.headers);
  const most2 = size2 === void 0 ? void 0 : patience.total + size2 / patience.rate * 1e3;
  const total2 = most2 === void 0 ? void 0 : setTimeout(() => abort(`not done after ${seconds(most2)}`), most2);
  let windows;
  const answered = () => {
    clearTimeout(waiting);
    let before = received();
    windows = setInterval(() => {
      const now = received();
      const came = now - before;
      before = now;
      if (came < patience.minimum) abort(`only ${came} bytes in ${seconds(patience.window)}`);
    }, patience.window);
  };
  const stop = () => {
    clearTimeout(waiting);
    clearTimeout(total2);
    clearInterval(windows);
  };
  const signal = outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
  return { signal, answered, stop };
}

// src/artifacts/download.ts
async function download(file2, target, network, options2 = {}) {
  const part = `${target}.part`;
  const { signal } = options2;
  const transfer = openTransfer(file2, part, options2);
  try {
    const result = await pRetry(() => attempt(file2, transfer, network, signal), {
      retries: network.retries,
      minTimeout: network.retryDelay,
      factor: 2,
      randomize: true,
      ...signal ? { signal } : {}
    });
    await transfer.sink.close();
    if (!options2.sink) await rename2(part, target);
    return result;
  } catch (error2) {
    await transfer.sink.close().catch(() => {
    });
    if (!options2.sink) await rm6(part, { force: true });
    if (error2 instanceof UserError) throw error2;
    if (isOfFiles(error2)) throw unwritable(file2, error2);
    throw unreachable(file2, reasonOf(error2), error2);
  }
}
async function attempt(file2, transfer, network, signal) {
  const { sink } = transfer;
  const watched = watch(network.patience, file2.size, sink.size, signal);
  try {
    const from = sink.size() > 0 && file2.hash && !transfer.isSpoiled ? { byte: sink.size(), etag: transfer.etag } : void 0;
    const answer = await request(file2, network, from, watched.signal);
    watched.answered();
    await continueOrRestart(answer, file2, transfer);
    const expected = Number(answer.header("content-length") ?? Number.NaN) + sink.size();
    await answer.body.drain((piece) => take(piece, file2, transfer));
    await sink.flush();
    if (sink.size() < (file2.size ?? expected))
      throw new Error(
        `the answer ended after ${sink.size()} of ${file2.size ?? expected} bytes${kind(answer)}`
      );
    return finish2(file2, transfer);
  } catch (error2) {
    if (isOfFiles(error2)) throw new AbortError(unwritable(file2, error2));
    if (error2 instanceof AbortError) throw error2;
    const distrust = untrusted(file2, error2);
    if (distrust) throw new AbortError(distrust);
    throw new Error(reasonOf(watched.signal.aborted ? watched.signal.reason : error2), { cause: error2 });
  } finally {
    watched.stop();
  }
}
var kind = (answer) => answer.header("content-type")?.startsWith("text/html") ? ", and is a web page" : "";
var isOfFiles = (error2) => typeof error2 === "object" && error2 !== null && "code" in error2 && "syscall" in error2 && ["open", "write", "ftruncate", "close", "rename"].includes(String(error2.syscall)) && !["EPIPE", "ECONNRESET", "ETIMEDOUT"].includes(String(error2.code));
var reasonOf = (error2) => typeof error2 === "object" && error2 !== null && "message" in error2 ? String(error2.message) : String(error2);

// src/artifacts/manifest.ts
var fetcherVersion = 1;
function manifestText(artifacts, target) {
  const wheels = artifacts.filter((artifact) => artifact.kind === "wheel").map(({ name: name2, version: version2, filename, hash }) => ({ name: name2, version: version2, filename, ...hash ? { hash } : {} }));
  const { system, python, libc, packages, allPackages, extras, groups, defaultGroups: defaultGroups2 } = target;
  const declared = {
    ...{ system, python, libc, allPackages, defaultGroups: defaultGroups2 },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups) }
  };
  return `${JSON.stringify({ fetcherVersion, target: declared, wheels }, null, 2)}
`;
}
var sorted = (names3) => [...new Set(names3)].sort();
function manifestDigest(artifacts, target) {
  return sriOfText(manifestText(artifacts, target));
}

// src/artifacts/wheels.ts
function wheelsOf(artifacts) {
  const seen = /* @__PURE__ */ new Map();
  return artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").map((artifact) => {
    const { name: name2, filename = "" } = artifact;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename)) {
      throw new UserError(
        "artifact-name",
        `${name2}: '${printable(filename.slice(0, 200))}' is no file name of a wheel; lock again with a current uv.`
      );
    }
    const other = seen.get(filename);
    if (other) {
      throw new UserError(
        "artifact-name",
        `${other.name} and ${name2} both name the file '${filename}'; lock again with a current uv.`
      );
    }
    seen.set(filename, artifact);
    return { ...artifact, filename };
  });
}
function asDownload(artifact) {
  if (artifact.url === void 0) {
    throw new UserError(
      "artifact-address",
      `${labelOf(artifact)} has neither an address nor a path in uv.lock; lock again with a current uv.`
    );
  }
  return { url: artifact.url, hash: artifact.hash, size: artifact.size, label: labelOf(artifact) };
}
var labelOf = (artifact) => artifact.filename ?? `${artifact.name} ${artifact.version ?? ""}`.trim();
var localMissing = (artifact, cause2) => new UserError(
  "artifact-unreachable",
  `${labelOf(artifact)} is not at '${artifact.path}', where uv.lock has it; add the file or lock again.`,
  { cause: cause2 }
);
var localChanged = (artifact) => new UserError(
  "artifact-changed",
  `${labelOf(artifact)} at '${artifact.path}' is not the file that uv.lock names (${artifact.hash}); lock again if it changed on purpose.`
);

// src/native/union.ts
function unionOf(systems) {
  const files = /* @__PURE__ */ new Map();
  for (const [index, { artifacts }] of systems.entries()) {
    for (const wheel of wheelsOf(artifacts)) {
      const { filename, hash, url, path: path43 } = wheel;
      const key = JSON.stringify([filename, hash ?? [url, path43]]);
      const file2 = files.get(key) ?? { wheel, outputs: [] };
      file2.outputs.push(index);
      files.set(key, file2);
    }
  }
  return [...files.values()].sort(({ wheel: a }, { wheel: b }) => compare(a.filename, b.filename));
}
var compare = (a, b) => a < b ? -1 : Number(a > b);

// src/native/window.ts
async function runInWindow(tasks, run, limits3, abort) {
  const running = /* @__PURE__ */ new Set();
  let bytes = 0;
  let failure;
  for (const task of tasks) {
    while (running.size >= limits3.many || running.size >= limits3.few && bytes + task.size > limits3.bytes) {
      await Promise.race(running);
    }
    if (failure) break;
    bytes += task.size;
    const ended = run(task).catch((error2) => {
      failure ??= { error: error2 };
      abort();
    }).then(() => {
      bytes -= task.size;
      running.delete(ended);
    });
    running.add(ended);
  }
  await Promise.all(running);
  if (failure) throw failure.error;
}

// src/native/hash.ts
var limits = { bytes: 12 * 1024 * 1024, few: 6, many: 16 };
var maxRounds = 3;
async function hashNatively(systems, project, tools) {
  const files = unionOf(systems);
  const run = {
    files,
    plan: {
      manifests: systems.map(({ artifacts, target }) => manifestText(artifacts, target)),
      files: files.map(({ wheel, outputs }) => ({ name: wheel.filename, digest: wheel.hash, outputs }))
    },
    places: /* @__PURE__ */ new Map(),
    project,
    tools,
    downloaded: { files: 0, bytes: 0 }
  };
  try {
    for (let round = 0; round < maxRounds; round += 1) {
      const hashes = await hashRound(run, round > 0);
      if (hashes) return { hashes: systems.map(describe2(hashes)), downloaded: run.downloaded };
    }
  } finally {
    const left = [...run.places.values()].filter(({ kind: kind2 }) => kind2 === "temporary");
    await Promise.all(left.map(({ file: file2 }) => tools.cache.discard(file2)));
  }
  throw new UserError(
    "cache-unusable",
    "Files of the cache change while they are read, again and again. Delete its folder (uv-fod in XDG_CACHE_HOME), or see whether the disk is sound."
  );
}
var describe2 = (hashes) => ({ target, artifacts }, index) => ({
  system: target.system,
  hash: hashes[index] ?? "",
  files: artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").length
});
async function hashRound(run, isRepeat) {
  const { files, places, tools } = run;
  await Promise.all(
    files.map(async ({ wheel }, index) => {
      const place2 = places.get(index) ?? await find2(wheel, run);
      if (place2) places.set(index, place2);
    })
  );
  const settling = [];
  const settleLater = (index, isRight, error2) => {
    settling.push(settle(index, isRight, error2, run).catch((thrown) => ({ error: thrown })));
  };
  const known = [...places].sort(([a], [b]) => a - b);
  const lane = tools.startLane(run.plan, settleLater);
  lane.result.catch(() => {
  });
  try {
    const fetching2 = fetchMissing(run, isRepeat, lane);
    fetching2.catch(() => {
    });
    for (const [index, { file: file2 }] of known) settleLater(index, await lane.read(index, file2));
    await fetching2;
    return await lane.result;
  } catch (error2) {
    await lane.stop();
    throw error2;
  } finally {
    lane.stop().catch(() => {
    });
    for (const settled of await Promise.all(settling)) rethrow(settled);
  }
}
function rethrow(settled) {
  if (typeof settled === "object" && settled !== null && "error" in settled) throw settled.error;
}
async function find2(wheel, { project, tools }) {
  if (wheel.path !== void 0) return { kind: "local", file: path14.resolve(project, wheel.path) };
  const file2 = wheel.hash === void 0 ? void 0 : await tools.cache.find(wheel.hash);
  return file2 === void 0 ? void 0 : { kind: "cached", file: file2 };
}
async function fetchMissing(run, isRepeat, lane) {
  const { files, places, tools, downloaded } = run;
  const tasks = files.flatMap(
    ({ wheel }, index) => places.has(index) ? [] : [{ index, wheel, size: wheel.size ?? 1024 * 1024 }]
  );
  if (tasks.length === 0) return;
  const network = await tools.network();
  const controller = new AbortController();
  const expected = tasks.reduce((sum, { size: size2 }) => sum + size2, 0);
  const all2 = { files: downloaded.files + tasks.length, bytes: downloaded.bytes + expected };
  const one = async ({ index, wheel }) => {
    const file2 = tools.cache.temporary();
    const place2 = wheel.hash === void 0 ? void 0 : await tools.cache.placeFor(wheel.hash);
    places.set(index, { kind: "temporary", file: file2 });
    const sink = lane.receive(index, file2, wheel.size);
    const options2 = { sink, digests: isRepeat ? "now" : "later", signal: controller.signal };
    const { size: size2 } = await download(asDownload(wheel), file2, network, options2);
    lane.end(index, place2);
    downloaded.files += 1;
    downloaded.bytes += size2;
    tools.onProgress?.(downloaded, all2);
  };
  lane.result.catch((error2) => controller.abort(error2));
  const trimmed = tools.cache.trim(Math.max(0, tools.cacheSize - expected)).catch(() => {
  });
  await runInWindow(tasks, one, limits, () => controller.abort());
  await trimmed;
}
async function settle(index, isRight, error2, { files, places, tools: { cache } }) {
  const [place2, item2] = [places.get(index), files[index]];
  if (!place2 || !item2) return;
  const { wheel } = item2;
  if (error2) throw unwritable({ label: wheel.filename }, error2);
  if (isRight) {
    if (place2.kind === "cached") await cache.used(place2.file);
    if (place2.kind === "temporary" && wheel.hash !== void 0) places.delete(index);
  } else if (place2.kind === "local") throw await whatIsWrong(wheel, place2.file);
  else {
    places.delete(index);
    await cache.discard(place2.file);
  }
}
async function whatIsWrong(wheel, file2) {
  const found2 = await stat3(file2).catch(() => void 0);
  return found2?.isFile() ? localChanged(wheel) : localMissing(wheel);
}

// src/native/shared.ts
async function hashOnRunner(systems, project, tools) {
  const { shared } = tools;
  if (!shared) return hashNatively(systems, project, tools);
  const { request: request2, bytes } = await requestOf(systems, shared.root);
  const restored = await restoreArtifacts(request2, shared);
  shared.log.info(`Artifacts in the runner's cache: ${restored.outcome} (${restored.reason})`);
  const started = shared.now();
  const result = await hashNatively(systems, project, tools);
  const fetched2 = { bytes: result.downloaded.bytes, milliseconds: shared.now() - started };
  const most2 = Math.min(2 * bytes, tools.cacheSize);
  if (await saveArtifacts(request2, restored, fetched2, tools.cache, most2, shared))
    shared.log.info("Saved the artifacts in the runner's cache.");
  return result;
}
async function requestOf(systems, root) {
  const cache = await openCache(root);
  const digest3 = createHash4("sha256");
  let [missing3, bytes] = [0, 0];
  for (const { wheel } of unionOf(systems)) {
    if (wheel.path !== void 0 || wheel.hash === void 0) continue;
    digest3.update(`${wheel.hash}
`);
    bytes += wheel.size ?? 0;
    if (await cache.find(wheel.hash) === void 0) missing3 += wheel.size ?? 0;
  }
  return { request: { folder: artifactsFolder(root), lock: digest3.digest("hex"), missing: missing3 }, bytes };
}

// src/update/hashes.ts
async function hashAll(request2, spotted, parts) {
  const stale = spotted.filter(({ isCurrent }) => request2.distrust || !isCurrent);
  const own = stale.find(({ pinned }) => pinned.target.system === request2.builder);
  const nix = own && await hashByNix(request2.where, request2.builder, parts.run, parts.log);
  const natively = request2.twice ? stale : stale.filter((one) => one !== own);
  const native = await nativeHashes(request2, natively, parts);
  const other = native.get(request2.builder);
  if (nix !== void 0 && other !== void 0 && nix !== other) throw differ(request2.builder, nix, other);
  return spotted.map((one) => {
    const { system } = one.pinned.target;
    const before = one.pinned.hash;
    if (!stale.includes(one)) return { system, before, after: before, how: "recorded" };
    const byNix = system === request2.builder ? nix : void 0;
    const how = byNix === void 0 ? "native" : native.has(system) ? "both" : "nix";
    return { system, before, after: byNix ?? native.get(system) ?? before, how };
  });
}
async function nativeHashes({ project }, spotted, { native, log }) {
  if (spotted.length === 0) return /* @__PURE__ */ new Map();
  const systems = spotted.map(({ pinned, artifacts }) => ({ target: pinned.target, artifacts }));
  return log.group("Hash without Nix", async () => {
    const { hashes, downloaded } = await hashOnRunner(systems, project, await native());
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

// src/buildlock/resolve.ts
import { mkdtemp as mkdtemp2, readFile as readFile4, rm as rm7, writeFile as writeFile4 } from "node:fs/promises";
import path15 from "node:path";

// src/plan/artifact.ts
function compareArtifacts(left, right) {
  return compare2(left.name, right.name) || compare2(left.version ?? "", right.version ?? "") || compare2(origin(left), origin(right));
}
function origin(artifact) {
  return [artifact.kind, artifact.filename, artifact.url, artifact.path, artifact.commit].join(" ");
}
function compare2(left, right) {
  return left < right ? -1 : Number(left > right);
}
var wheelBytes = (artifacts) => artifacts.reduce((sum, { kind: kind2, size: size2 }) => sum + (kind2 === "wheel" ? size2 ?? 0 : 0), 0);

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
function valid(version2) {
  return validRegex.test(version2) ? version2 : null;
}
var cleanRegex = new RegExp("^\\s*" + VERSION_PATTERN + "\\s*$", "i");
function parse2(version2, regex) {
  const { groups } = (regex || validRegex).exec(version2) || {};
  if (!groups) {
    return null;
  }
  const parsed3 = {
    epoch: Number(groups.epoch ? groups.epoch : 0),
    release: groups.release.split(".").map(Number),
    pre: normalize_letter_version(groups.pre_l, groups.pre_n),
    post: normalize_letter_version(
      groups.post_l,
      groups.post_n1 || groups.post_n2
    ),
    dev: normalize_letter_version(groups.dev_l, groups.dev_n),
    local: parse_local_version(groups.local)
  };
  return parsed3;
}
function stringify2(parsed3) {
  if (!parsed3) {
    return null;
  }
  const { epoch, release: release2, pre, post, dev, local } = parsed3;
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
  let number = numberIn;
  if (letter) {
    if (!number) {
      number = 0;
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
    return [letter, Number(number)];
  }
  if (!letter && number) {
    letter = "post";
    return [letter, Number(number)];
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
function explain(version2) {
  const parsed3 = parse2(version2);
  if (!parsed3) {
    return parsed3;
  }
  const { epoch, release: release2, pre, post, dev, local } = parsed3;
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
    public: stringify2(parsed3).split("+", 1)[0],
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
  compare: () => compare3,
  eq: () => eq,
  ge: () => ge,
  gt: () => gt,
  le: () => le,
  lt: () => lt,
  ne: () => ne,
  rcompare: () => rcompare
});
function lt(version2, other) {
  return compare3(version2, other) < 0;
}
function le(version2, other) {
  return compare3(version2, other) <= 0;
}
function eq(version2, other) {
  return compare3(version2, other) === 0;
}
function ne(version2, other) {
  return compare3(version2, other) !== 0;
}
function ge(version2, other) {
  return compare3(version2, other) >= 0;
}
function gt(version2, other) {
  return compare3(version2, other) > 0;
}
function arbitrary(version2, other) {
  return version2.toLowerCase() === other.toLowerCase();
}
function compare3(version2, other) {
  const parsedVersion = parse2(version2);
  const parsedOther = parse2(other);
  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);
  return pyCompare(keyVersion, keyOther);
}
function rcompare(version2, other) {
  return -compare3(version2, other);
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
    for (let i = 0; i < len; i += 1) {
      const res = pyCompare(elem[i], other[i]);
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
function calculateKey(input2) {
  const { epoch } = input2;
  let { release: release2, pre, post, local, dev } = input2;
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
      (i) => Number.isNaN(Number(i)) ? [-Infinity, i] : [Number(i), ""]
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
  const specifiers = ranges.split(",").map((range) => rangeRegex.exec(range.trim()) || {}).map(({ groups }) => {
    if (!groups) {
      return null;
    }
    let { ...spec } = groups;
    const { operator, version: version2, prefix: prefix2, legacy } = groups;
    if (version2) {
      spec = { ...spec, ...explain(version2) };
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
function pick(versions3, specifier, options2) {
  const parsed3 = parse3(specifier);
  if (!parsed3) {
    return [];
  }
  return versions3.filter((version2) => {
    const explained = explain(version2);
    if (!parsed3.length) {
      return explained && !(explained.is_prerelease && !options2.prereleases);
    }
    return parsed3.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options2 }, { version: version2, explained });
    }, true);
  });
}
function satisfies(version2, specifier, options2 = {}) {
  const filtered = pick([version2], specifier, options2);
  return filtered.length === 1;
}
function arrayStartsWith(array, prefix2) {
  if (prefix2.length > array.length) {
    return false;
  }
  for (let i = 0; i < prefix2.length; i += 1) {
    if (prefix2[i] !== array[i]) {
      return false;
    }
  }
  return true;
}
function contains(specifier, input2) {
  const { explained } = input2;
  let { version: version2 } = input2;
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
    return satisfies(version2, `>=${spec.version}, ==${compatiblePrefix}`, {
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
      version2 = explained.public;
      spec.version = explain(spec.version).public;
    }
  }
  if (spec.operator === "<" || spec.operator === ">") {
    if (eq(spec.release.join("."), explained.release.join("."))) {
      return false;
    }
  }
  const op = operator_exports[spec.operator];
  return op(version2, spec.version || spec.legacy);
}
function validRange(specifier) {
  return Boolean(parse3(specifier));
}

// src/plan/target.ts
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
function parseTarget(input2) {
  const system = SYSTEMS.find((name2) => name2 === input2.system);
  if (system === void 0)
    throw new UserError(
      "target-system",
      `'${input2.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system, python: parsePython(input2.python), libc: parseLibc(input2.libc, system) };
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
function parseLibc(text3, system) {
  const darwin = system.endsWith("-darwin");
  if (text3 === void 0 || text3 === "") return darwin ? DEFAULT_DARWIN : DEFAULT_LINUX;
  const [, kind2, major2, minor2] = LIBC.exec(text3) ?? [];
  const example = darwin ? "macos:14.0" : "glibc:2.39 or musl:1.2";
  if (kind2 !== "glibc" && kind2 !== "musl" && kind2 !== "macos")
    throw new UserError("target-libc", `'${text3}' is not a C library and version. Write ${example}.`);
  if (kind2 === "macos" !== darwin)
    throw new UserError("target-libc", `'${text3}' does not go with ${system}. Write ${example}.`);
  const libc = { kind: kind2, major: Number(major2), minor: Number(minor2) };
  const known = { glibc: libc.major === 2, musl: libc.major === 1, macos: libc.major >= 11 }[kind2];
  if (!known || libc.minor > 200)
    throw new UserError(
      "target-libc",
      `There are no wheels for '${text3}': glibc is 2.x, musl 1.x, macOS 11.0 or later.`
    );
  return libc;
}

// src/plan/choose.ts
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
    const own = rank(wheel.name);
    if (own === void 0) continue;
    const better = best === void 0 || own > best.rank || own === best.rank && compareBuild(wheel.name.build, best.wheel.name.build) > 0;
    if (better) best = { wheel, rank: own };
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
      const file2 = {
        ...identity(item2),
        kind: "sdist",
        filename,
        ...fileFields(sdist),
        url: source.url
      };
      return source.subdirectory === void 0 ? file2 : { ...file2, subdirectory: source.subdirectory };
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
function address(item2, file2, chooser) {
  if (file2.url !== void 0) return { url: file2.url };
  if (item2.source.kind === "registry-path" && file2.path !== void 0)
    return { path: joinPath(item2.source.path, file2.path) };
  throw broken(item2, chooser, "a file that is needed has no url or path");
}
function identity(item2) {
  return item2.version === void 0 ? { name: item2.name } : { name: item2.name, version: item2.version };
}
function fileFields(file2) {
  return {
    ...file2?.hash === void 0 ? {} : { hash: file2.hash },
    ...file2?.size === void 0 ? {} : { size: file2.size }
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
function archiveName(item2, name2, chooser, accepts) {
  if (name2?.endsWith(".whl")) return void 0;
  if (name2 !== void 0 && accepts(name2)) return name2;
  throw broken(item2, chooser, `uv builds from .tar.gz and .zip archives, and '${name2 ?? ""}' is neither`);
}
function isPep625(name2) {
  return /\.(?:tar\.gz|zip)$/.test(name2);
}
function isArchive(name2) {
  return /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/.test(name2);
}
function baseName(file2) {
  return file2.slice(file2.lastIndexOf("/") + 1);
}
function joinPath(folder, file2) {
  if (file2.startsWith("/") || folder === "." || folder === "") return file2;
  return `${folder.replace(/\/$/, "")}/${file2}`;
}
function broken(item2, chooser, what) {
  const line = item2.line();
  const place2 = line === void 0 ? chooser.file : `${chooser.file}:${line}`;
  return new UserError(
    "no-artifact",
    printable(`${place2} (package '${item2.name}'): ${what}. Run 'uv lock' to make it anew.`),
    {
      at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line }
    }
  );
}
function nothingFits(item2, chooser, wheelAllowed, hasSource) {
  const { system, python, libc } = chooser.target;
  const label3 = item2.version === void 0 ? item2.name : `${item2.name} ${item2.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item2) : "wheels are forbidden for it (no-binary)",
    hasSource ? "building it is forbidden (no-build)" : "there is no source to build it from"
  ];
  const line = item2.line();
  return new UserError(
    "no-artifact",
    `No artifact of ${label3} fits ${system}, Python ${python}, ${formatLibc(libc)}: ${reasons.join("; ")}. Change the target, the rules in [tool.uv], or the version.`,
    { at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line } }
  );
}
function wheelReason(item2) {
  if (item2.wheels.length === 0) return "there are no wheels";
  const shown2 = item2.wheels.slice(0, 8).map(({ name: name2 }) => name2.filename);
  const more2 = item2.wheels.length > shown2.length ? ` and ${item2.wheels.length - shown2.length} more` : "";
  return `the wheels there are do not fit (${shown2.join(", ")}${more2})`;
}

// src/plan/tags.ts
function tagRank(target) {
  const minor2 = Number(target.python.split(".")[1]);
  const native = rankMap(nativeTags(minor2));
  const pure = rankMap(pureTags(minor2));
  const platforms = rankMap(platformTags(target));
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
  const known = /* @__PURE__ */ new Map();
  return ({ tags, variant }) => {
    if (variant !== void 0) return void 0;
    if (!known.has(tags)) known.set(tags, rankOf(tags));
    return known.get(tags);
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
function platformTags(target) {
  const { kind: kind2, major: major2, minor: minor2 } = target.libc;
  const arch2 = target.system.startsWith("x86_64") ? "x86_64" : "aarch64";
  if (kind2 === "macos") return arch2 === "x86_64" ? macosIntel(major2) : macosArm(major2);
  const tags = [];
  if (kind2 === "musl")
    for (let level = minor2; level >= 0; level -= 1) tags.push(`musllinux_${major2}_${level}_${arch2}`);
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
  for (let level = newest; level >= (arch2 === "x86_64" ? 5 : 17); level -= 1) {
    tags.push(`manylinux_2_${level}_${arch2}`);
    const older = legacy.get(level);
    if (older !== void 0) tags.push(`${older}_${arch2}`);
  }
  return tags;
}
function macosIntel(newest) {
  const formats = ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"];
  const tags = [];
  for (let major2 = newest; major2 >= 11; major2 -= 1)
    tags.push(...formats.map((format) => `macosx_${major2}_0_${format}`));
  for (let minor2 = 16; minor2 >= 4; minor2 -= 1)
    tags.push(...formats.map((format) => `macosx_10_${minor2}_${format}`));
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

// src/plan/diff.ts
var PYTHONS = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"];
function usualTargets(lock) {
  const newest = PYTHONS.find(
    (python) => satisfies(`${python}.0`, lock.requiresPython, { prereleases: true })
  );
  return SYSTEMS.map((system) => parseTarget({ system, python: newest ?? "3.14" }));
}
function diffLocks(before, after, targets = usualTargets(after)) {
  const platforms = targets.map((target) => ({ system: target.system, rank: tagRank(target) }));
  const directBefore = directNames(before);
  const directAfter = directNames(after);
  const added = [];
  const removed = [];
  const changed2 = [];
  const hashOnly = [];
  for (const name2 of [.../* @__PURE__ */ new Set([...before.byName.keys(), ...after.byName.keys()])].sort()) {
    const old = before.byName.get(name2) ?? [];
    const now = after.byName.get(name2) ?? [];
    const direct = (now.length > 0 ? directAfter : directBefore).has(name2);
    const relation = direct ? "direct" : "transitive";
    const change = () => ({
      name: name2,
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
function directNames(lock) {
  const names3 = new Set([...lock.requirements, ...[...lock.groups.values()].flat()].map((item2) => item2.name));
  const members = new Set(lock.members);
  for (const item2 of lock.packages) {
    if (!members.has(item2.name) && !(isTree(item2) && item2.source.path === ".")) continue;
    names3.add(item2.name);
    for (const list4 of [item2.dependencies, ...item2.extras.values(), ...item2.groups.values()])
      for (const dependency of list4) names3.add(dependency.package.name);
  }
  return names3;
}
function isTree(item2) {
  return item2.source.kind === "directory" || item2.source.kind === "editable" || item2.source.kind === "virtual";
}
function entries(items, platforms) {
  return items.map((item2) => {
    const forms = {};
    for (const { system, rank } of platforms) forms[system] = formOf(item2, rank);
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
function formTexts(list4) {
  return list4.map((entry) => JSON.stringify(entry.forms));
}
function sameText(left, right) {
  return left.length === right.length && [...left].sort().join("\n") === [...right].sort().join("\n");
}
function hashChanges(old, now, relation) {
  const previous = new Map(old.flatMap((item2) => filesOf(item2).map(({ key, file: file2 }) => [key, file2])));
  return now.flatMap(
    (item2) => filesOf(item2).flatMap(({ key, filename, file: file2 }) => {
      const before = previous.get(key);
      if (before === void 0 || before.hash === file2.hash) return [];
      return [
        { name: item2.name, relation, version: item2.version, filename, before: before.hash, after: file2.hash }
      ];
    })
  );
}
function filesOf(item2) {
  const files = item2.wheels.map((wheel) => ({ filename: wheel.name.filename, file: wheel }));
  if (item2.sdist !== void 0) files.push({ filename: sdistName(item2, item2.sdist), file: item2.sdist });
  return files.map(({ filename, file: file2 }) => ({ key: `${item2.version ?? ""} ${filename}`, filename, file: file2 }));
}
function sdistName(item2, sdist) {
  const from = sdist.url ?? sdist.path ?? ("path" in item2.source ? item2.source.path ?? "" : "");
  const bare2 = from.split(/[?#]/, 1)[0] ?? "";
  return bare2.slice(bare2.lastIndexOf("/") + 1) || `${item2.name}.tar.gz`;
}

// src/plan/environment.ts
function environmentOf(target) {
  const darwin = target.system.endsWith("-darwin");
  const machine = target.system.startsWith("x86_64") ? "x86_64" : darwin ? "arm64" : "aarch64";
  const full = target.python.split(".").map(Number);
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
function evaluate2(marker, environment2, extra) {
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
  return term.releases.some((release2) => compareRelease(actual, release2) === 0) !== term.negated;
}
function isTooLong(release2) {
  return release2.slice(2).some((number) => number !== 0);
}
function hasPrefix(actual, prefix2) {
  return prefix2.every((number, index) => (actual[index] ?? 0) === number);
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

// src/plan/selection.ts
function selectRoots(project, selection) {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name2) => wanted(name2, "extra")));
  const explicit = new Set(selection.groups.map((name2) => wanted(name2, "group")));
  const names3 = chosenNames(project, selection);
  const packages = (names3 ?? workspaceNames(lock, selection.allPackages)).map(
    (name2) => rootPackage(lock, name2)
  );
  const single = names3?.length === 1 ? packages[0] : void 0;
  const groups = /* @__PURE__ */ new Set([...explicit, ...selection.defaultGroups ? defaultGroups(project, single) : []]);
  const includesGroup = groupFilter(project, single, groups, explicit);
  checkExtras(lock, packages, extras);
  const root = implicitRoot(lock);
  checkGroups(project, single === void 0 || root === void 0 ? packages : [...packages, root], explicit);
  return {
    packages,
    groupRoot: single === void 0 ? void 0 : inheritedRoot(project, single, includesGroup),
    requirements: rootRequirements(lock, includesGroup),
    extras,
    groups,
    includesGroup,
    byName: names3 !== void 0
  };
}
function chosenNames({ lock, current }, selection) {
  if (selection.allPackages) return void 0;
  if (selection.packages.length === 0) return current === void 0 ? void 0 : [current];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name2) => wanted(name2, "package")))].map((name2) => {
    if (members.includes(name2)) return name2;
    throw new UserError(
      "selection-package",
      `'${name2}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list(members)}.`
    );
  });
}
function workspaceNames(lock, withImplicitRoot) {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === void 0 ? [] : [root.name];
}
function implicitRoot(lock) {
  return lock.packages.find(({ name: name2, source }) => {
    if (source.kind === "directory") return source.path === "." && lock.members.includes(name2);
    return (source.kind === "editable" || source.kind === "virtual") && source.path === ".";
  });
}
function rootPackage(lock, name2) {
  const same2 = lock.byName.get(name2) ?? [];
  if (same2.length === 1 && same2[0] !== void 0) return same2[0];
  throw new UserError(
    "selection-package",
    same2.length === 0 ? `${lock.file} does not hold the project '${name2}' itself: it was made for another project, or is out of date. Run 'uv lock'.` : `${lock.file} holds '${name2}' ${same2.length} times, so it is not clear which one is meant. Run 'uv lock'.`
  );
}
function defaultGroups(project, single) {
  const { lock } = project;
  const name2 = single?.name ?? project.current;
  const pyproject2 = name2 === void 0 ? project.rootPyproject : project.pyprojects.get(name2);
  const fromLock = name2 === void 0 ? lock.defaultGroups : lock.byName.get(name2)?.[0]?.defaultGroups;
  const configured = pyproject2 === void 0 ? fromLock : pyproject2.defaultGroups;
  if (configured !== "all") return configured ?? ["dev"];
  return [...lock.packages.flatMap((item2) => [...item2.groups.keys()]), ...lock.groups.keys()];
}
function groupFilter(project, single, groups, explicit) {
  return (owner, group2) => {
    if (!groups.has(group2)) return false;
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
  const groups = project.pyprojects.get(root.name)?.groups ?? [...root.declaredGroups, ...root.groups.keys()];
  return [...groups].some((group2) => includesGroup(root.name, group2)) ? root : void 0;
}
function rootRequirements(lock, includesGroup) {
  const grouped = [...lock.groups].filter(([group2]) => includesGroup(void 0, group2));
  return [...lock.requirements, ...grouped.flatMap(([, requirements]) => requirements)];
}
function checkExtras(lock, packages, extras) {
  if (lock.revision < 1) return;
  const known = new Set(packages.flatMap((item2) => [...item2.declaredExtras, ...item2.extras.keys()]));
  for (const extra of extras)
    if (!known.has(extra))
      throw new UserError(
        "selection-extra",
        `No extra '${extra}' in ${list(packages.map((item2) => item2.name))} as ${lock.file} has it. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the extra is new.`
      );
}
function checkGroups(project, packages, explicit) {
  const { lock, rootPyproject } = project;
  const known = new Set(packages.flatMap((item2) => [...item2.declaredGroups, ...item2.groups.keys()]));
  if (rootPyproject === void 0 || rootPyproject.name === void 0)
    for (const group2 of [...lock.groups.keys(), ...rootPyproject?.groups ?? []]) known.add(group2);
  for (const group2 of explicit)
    if (!known.has(group2))
      throw new UserError(
        "selection-group",
        `No dependency group '${group2}' in ${lock.file}. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the group is new.`
      );
}
function wanted(text3, what) {
  const name2 = normalizeName(text3);
  if (name2 === void 0) throw new UserError("selection-name", `'${text3}' is not the name of a ${what}.`);
  return name2;
}
function list(names3) {
  return names3.length === 0 ? "none" : [...names3].sort().join(", ");
}

// src/plan/conflicts.ts
function encodeItem(item2) {
  const name2 = `${item2.package.length}-${item2.package}`;
  return item2.kind === "project" ? `project-${name2}` : `${item2.kind}-${name2}-${item2.name}`;
}
function encodeExtra(packageName, extra) {
  return encodeItem({ package: packageName, kind: "extra", name: extra });
}
function decisiveNames(lock) {
  const names3 = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item2 of lock.packages)
    for (const list4 of [item2.dependencies, ...item2.extras.values(), ...item2.groups.values()])
      for (const { marker } of list4) for (const name2 of marker?.extras ?? []) names3.add(name2);
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
    `${text3.join(" and ")} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Ask for one of them.`
  );
}
function involvedMembers(lock, roots2) {
  const members = new Set(lock.members);
  const involved = new Set(roots2.packages.map((item2) => item2.name));
  const seen = /* @__PURE__ */ new Map();
  const queue = [];
  const push = (item2, extra) => {
    const known = seen.get(item2) ?? /* @__PURE__ */ new Set();
    if (known.has(extra)) return;
    seen.set(item2, known.add(extra));
    queue.push([item2, extra]);
  };
  for (const root of roots2.packages) {
    push(root, void 0);
    for (const extra of roots2.extras) push(root, extra);
  }
  const groupOwners = roots2.groupRoot === void 0 ? roots2.packages : [...roots2.packages, roots2.groupRoot];
  for (const root of groupOwners)
    for (const [group2, list4] of root.groups)
      if (roots2.includesGroup(root.name, group2))
        for (const dependency of list4)
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

// src/plan/walk.ts
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
    for (const name2 of walk.activated) active.add(name2);
  }
}
var Walk = class {
  reached = /* @__PURE__ */ new Set();
  /** Decisive names that the walk switched on and did not know at its start; the walk stops at the first. */
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
      for (const [group2, list4] of owner.groups)
        if (roots2.includesGroup(owner.name, group2)) this.#queue.push(list4);
    for (const requirement2 of roots2.requirements) this.#require(lock, requirement2);
    for (let at = 0; at < this.#queue.length && this.activated.size === 0; at += 1)
      for (const dependency of this.#queue[at] ?? []) this.#follow(dependency);
  }
  #follow(dependency) {
    const { marker } = dependency;
    if (marker !== void 0) {
      const own = marker.extras.length === 0 ? [] : encodedExtras(dependency);
      const holds = evaluate2(
        marker,
        this.#environment,
        (name2) => this.#active.has(name2) || own.includes(name2)
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
      const name2 = encodeExtra(item2.name, extra);
      if (this.#decisive.has(name2) && !this.#active.has(name2)) this.activated.add(name2);
    }
  }
  #require(lock, requirement2) {
    if (!evaluate2(requirement2.marker, this.#environment, () => false)) return;
    const fits2 = (lock.byName.get(requirement2.name) ?? []).filter(
      ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((marker) => evaluate2(marker, this.#environment, () => false))
    );
    const [found2] = fits2;
    if (found2 === void 0 || fits2.length > 1)
      throw new UserError(
        "lock-invalid",
        `${lock.file}: the workspace root requires '${requirement2.name}', which the lock holds ${fits2.length} times for this target. Run 'uv lock' to make it anew.`
      );
    this.#enter(
      found2,
      requirement2.extras.filter((extra) => found2.extras.has(extra))
    );
  }
};
function encodedExtras(dependency) {
  return dependency.extras.map((extra) => encodeExtra(dependency.package.name, extra));
}

// src/plan/plan.ts
function planProject(project, target, selection) {
  const { lock, settings: settings2 } = project;
  const environment2 = environmentOf(target);
  const roots2 = selectRoots(project, selection);
  requirePython(target, lock);
  checkSupported(lock, environment2, target);
  const members = new Set(lock.members.length > 0 ? lock.members : roots2.packages.map((item2) => item2.name));
  const chooser = { file: lock.file, members, settings: settings2, target, rank: tagRank(target) };
  const artifacts = [];
  const packages = reachable(lock, roots2, environment2);
  checkUnique(lock, packages);
  for (const item2 of packages) {
    const artifact = chooseArtifact(item2, chooser);
    if (artifact !== void 0) artifacts.push(artifact);
  }
  return artifacts.sort(compareArtifacts);
}
function requirePython(target, lock) {
  const { requiresPython, file: file2 } = lock;
  if (requiresPython.trim() !== "" && !validRange(requiresPython))
    throw new UserError(
      "lock-invalid",
      `${file2}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      {
        at: { file: file2 }
      }
    );
  if (!satisfies(target.python, requiresPython, { prereleases: true }))
    throw new UserError(
      "python-not-supported",
      `Python ${target.python} is outside requires-python '${requiresPython}' of ${file2}. Plan for a Python inside it (an exact patch version can matter), or widen it and run 'uv lock'.`
    );
}
function checkUnique(lock, packages) {
  const seen = /* @__PURE__ */ new Map();
  for (const item2 of packages) {
    const other = seen.get(item2.name);
    seen.set(item2.name, item2);
    if (other === void 0) continue;
    const versions3 = [other, item2].map(({ version: version2, source }) => version2 ?? source.kind).join(" and ");
    throw new UserError(
      "conflict",
      `This selection needs '${item2.name}' twice, as ${versions3}: it asks for extras or groups that ${lock.file} keeps apart (tool.uv.conflicts). Ask for one of them.`
    );
  }
}
function checkSupported(lock, environment2, target) {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks made by conflicting extras are told apart by those, which are not known here: either way will do.
    { markers: lock.resolutionMarkers, extra: "either" }
  ];
  for (const { markers, extra } of lists) {
    if (markers.length === 0 || markers.some((marker) => evaluate2(marker, environment2, () => extra)))
      continue;
    throw new UserError(
      "target-not-locked",
      `${lock.file} was not made for ${target.system} with Python ${target.python}: it covers only ${markers.map(({ text: text3 }) => `"${printable(text3)}"`).join(", ")}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`
    );
  }
}

// src/buildlock/resolve.ts
var everything = {
  packages: [],
  allPackages: false,
  extras: [],
  groups: [],
  defaultGroups: false
};
var name = "uv-fod-build-environment";
async function resolveRequires(resolution, targets, scratch2, run, checkHost) {
  if (resolution.requires.length === 0) return targets.map(() => []);
  if (checkHost) await checkAddresses(resolution, checkHost);
  const dir = await mkdtemp2(path15.join(scratch2, "requires-"));
  try {
    await lockRequires(resolution, targets, dir, run);
    const locked = await loadProject(dir, readText);
    const project = {
      ...locked,
      settings: { ...resolution.project.settings, noBuild: { kind: "none" } }
    };
    return targets.map(
      (target) => planProject(project, target, everything).filter((artifact) => artifact.name !== name)
    );
  } finally {
    await rm7(dir, { recursive: true, force: true });
  }
}
var readText = (file2) => readFile4(file2, "utf8").catch(() => void 0);
async function lockRequires(resolution, targets, dir, run) {
  const attempt2 = async (constraints) => {
    await writeFile4(path15.join(dir, "pyproject.toml"), pyproject(resolution, targets, constraints));
    return run("uv", ["lock", "--quiet", "--no-progress", "--no-build", "--directory", dir]);
  };
  let result = await attempt2(resolution.constraints);
  if (result.code !== 0 && resolution.constraints.length > 0) result = await attempt2([]);
  if (result.code === 0) return;
  throw new UserError(
    "build-requirements",
    `uv can't resolve the build requirements of ${resolution.label} (${resolution.requires.join(", ")}): ${oneLine(result.stderr)}. Pin what is missing with build-constraint-dependencies or extra-build-dependencies in [tool.uv].`,
    { log: result.stderr }
  );
}
var oneLine = (text3) => text3.replace(/\s+/g, " ").trim().slice(0, 600);
async function checkAddresses({ requires, settings: settings2, label: label3 }, checkHost) {
  const direct = requires.flatMap((text3) => /@\s*(?:git\+)?([^\s;]+:[^\s;]*)/.exec(text3)?.[1] ?? []);
  const indexes = Array.isArray(settings2.index) ? settings2.index : [];
  const plain2 = ["index-url", "extra-index-url", "find-links"].flatMap((key) => settings2[key] ?? []);
  for (const address3 of [...direct, ...indexes.map(({ url }) => url), ...plain2])
    await checkHost(String(address3), `A build requirement of ${label3}`);
}
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
  const { settings: settings2, requires } = resolution;
  const [major2, minor2] = (targets[0]?.python ?? "3.14.0").split(".");
  const kept = Object.fromEntries(
    inherited.filter((key) => key in settings2).map((key) => [key, settings2[key]])
  );
  const own = settings2["build-constraint-dependencies"] ?? [];
  return stringify({
    project: { name, version: "0", "requires-python": `==${major2}.${minor2}.*`, dependencies: [...requires] },
    tool: {
      uv: {
        ...kept,
        package: false,
        "constraint-dependencies": [
          ...constraints,
          ...own.map((item2) => typeof item2 === "string" ? item2 : item2.requirement)
        ]
      }
    }
  });
}

// src/buildlock/sources.ts
import { createHash as createHash6 } from "node:crypto";
import { mkdtemp as mkdtemp4, readFile as readFile6, realpath, rm as rm9 } from "node:fs/promises";
import path18 from "node:path";

// src/artifacts/fetch.ts
import { createHash as createHash5 } from "node:crypto";
import { copyFile as copyFile2, mkdir as mkdir4, readFile as readFile5, writeFile as writeFile5 } from "node:fs/promises";
import path16 from "node:path";
async function fetchArtifact(artifact, project, target, network) {
  if (artifact.path !== void 0) return copyLocal(artifact, path16.resolve(project, artifact.path), target);
  return (await download(asDownload(artifact), target, network)).size;
}
async function copyLocal(artifact, source, target) {
  const bytes = await readFile5(source).catch((cause2) => {
    throw localMissing(artifact, cause2);
  });
  const [algorithm = "sha256", expected] = artifact.hash?.split(":") ?? [];
  if (expected !== void 0 && createHash5(algorithm).update(bytes).digest("hex") !== expected.toLowerCase())
    throw localChanged(artifact);
  await copyFile2(source, target);
  return bytes.length;
}

// src/buildlock/git-tree.ts
import { mkdir as mkdir5, mkdtemp as mkdtemp3, readdir as readdir3, rm as rm8, writeFile as writeFile6 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import path17 from "node:path";
var careful = [
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "protocol.allow=never"],
  ...["-c", "protocol.https.allow=always"],
  ...["-c", "protocol.http.allow=always"],
  ...["-c", "protocol.ssh.allow=always"],
  ...["-c", "core.symlinks=true"],
  ...["-c", "core.autocrlf=false"],
  ...["-c", "advice.detachedHead=false"]
];
var noAttributes = "* -text -eol -crlf -ident -filter -working-tree-encoding\n";
async function fetchGitTree(source, out, run, checkHost) {
  validate(source);
  await checkHost?.(source.url, `The repository ${source.url}`);
  await mkdir5(out, { recursive: true });
  const template3 = await mkdtemp3(path17.join(tmpdir2(), "uv-fod-git-"));
  try {
    await mkdir5(path17.join(template3, "info"));
    await writeFile6(path17.join(template3, "info/attributes"), noAttributes);
    await checkout(source, out, template3, run, checkHost);
  } finally {
    await rm8(template3, { recursive: true, force: true });
  }
  await removeRepositories(out);
}
function validate({ url, commit }) {
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    throw new UserError(
      "git-unreachable",
      `'${commit}' is no commit id of 40 hexadecimal digits; lock again with uv.`
    );
  }
  if (!/^(https?|ssh):\/\//.test(url)) {
    throw new UserError(
      "git-unreachable",
      `'${url}' is no http, https or ssh address of a git repository; correct the source in pyproject.toml and lock again.`
    );
  }
}
async function checkout({ url, commit }, out, template3, run, checkHost) {
  const env = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TEMPLATE_DIR: template3
  };
  const direct = checkHost ? ["-c", "http.followRedirects=false"] : [];
  const git2 = async (cwd, ...args) => {
    const result = await run("git", [...careful, ...direct, ...args], { cwd, env });
    if (result.code === 0) return result.stdout;
    throw new UserError(
      "git-unreachable",
      `Commit ${commit} of ${url} can't be fetched: ${result.stderr.trim().split("\n").at(-1) ?? ""}. Check that the repository still has it and that this machine may read it; otherwise lock again.`,
      { log: result.stderr }
    );
  };
  await git2(out, "init", "--quiet", "--initial-branch=main");
  await git2(out, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit);
  await git2(out, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  const open3 = [out];
  for (let dir = open3.pop(); dir !== void 0; dir = open3.pop()) {
    const at = dir;
    const ask2 = (...args) => git2(at, ...args);
    for (const inner of await submodules(ask2, checkHost)) open3.push(path17.join(at, inner));
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
      await rm8(path17.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}

// src/buildlock/pyproject-of.ts
var legacyRequires = ["setuptools>=40.8.0"];
function buildRequires(text3, label3) {
  if (text3 === void 0) return legacyRequires;
  let table2;
  try {
    table2 = parseToml(text3, "pyproject.toml");
  } catch (cause2) {
    throw new UserError(
      "pyproject-invalid",
      `The build requirements of ${label3} can't be read: ${cause2.message}`,
      { cause: cause2 }
    );
  }
  const system = table2["build-system"];
  if (system === void 0) return legacyRequires;
  const requires = system.requires;
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
  const isWanted = (name2) => name2.replace(/^\.\//, "").split("/").slice(1).join("/") === wanted2;
  try {
    const { fromTar, fromZip } = await import("./index-ACH3JR6Y.js");
    return await (filename.endsWith(".zip") ? fromZip : fromTar)(archive, isWanted);
  } catch (cause2) {
    throw new UserError(
      "sdist-invalid",
      `${filename} can't be read as an archive: ${cause2.message}. uv accepts .tar.gz and .zip; ask its authors for one of these.`,
      { cause: cause2 }
    );
  }
}

// src/buildlock/sources.ts
function buildKey(artifact) {
  return artifact.kind === "directory" || artifact.version === void 0 ? artifact.name : `${artifact.name}-${artifact.version}`;
}
async function describeBuild(artifact, previous, reader) {
  if (artifact.kind === "directory") return describeDirectory(artifact, reader);
  if (artifact.kind === "git") return describeGit(artifact, previous, reader);
  return describeSdist(artifact, previous, reader);
}
async function describeDirectory(artifact, { project, read: read2 }) {
  const where = artifact.path ?? ".";
  const file2 = path18.resolve(project, where, "pyproject.toml");
  const text3 = await read2(file2);
  return {
    kind: "directory",
    name: artifact.name,
    ...artifact.version ? { version: artifact.version } : {},
    path: where,
    requires: buildRequires(text3, artifact.name)
  };
}
async function describeGit(artifact, previous, reader) {
  const { name: name2, version: version2 = "", url = "", commit = "", subdirectory } = artifact;
  const source = {
    kind: "git",
    name: name2,
    version: version2,
    url,
    commit,
    ...subdirectory ? { subdirectory } : {}
  };
  if (previous?.kind === "git" && previous.url === url && previous.commit === commit && previous.subdirectory === subdirectory) {
    return { ...source, hash: previous.hash, requires: previous.requires };
  }
  return inScratch(reader, async (dir) => {
    const tree = path18.join(dir, "tree");
    await fetchGitTree({ url, commit }, tree, reader.run, reader.checkHost);
    const text3 = await readBelow(tree, path18.join(subdirectory ?? "", "pyproject.toml"));
    return { ...source, hash: await narHash(tree), requires: buildRequires(text3, name2) };
  });
}
async function readBelow(tree, name2) {
  const file2 = await realpath(path18.join(tree, name2)).catch(() => void 0);
  if (file2 === void 0) return void 0;
  if (file2.startsWith(`${await realpath(tree)}${path18.sep}`)) return readFile6(file2, "utf8");
  throw new UserError(
    "pyproject-invalid",
    `'${name2}' of the repository leads out of it, so it is not read; ask its authors to put the file itself there.`
  );
}
async function describeSdist(artifact, previous, reader) {
  const { name: name2, version: version2 = "", filename = "", url, subdirectory } = artifact;
  const source = {
    ...{ kind: "sdist", name: name2, version: version2, filename },
    ...url === void 0 ? {} : { url },
    ...artifact.path === void 0 ? {} : { path: artifact.path },
    ...subdirectory ? { subdirectory } : {}
  };
  const locked = artifact.hash?.startsWith("sha256:") ? sriFromHex(artifact.hash.slice("sha256:".length)) : void 0;
  if (previous?.kind === "sdist" && locked !== void 0 && previous.hash === locked) {
    return { ...source, hash: locked, requires: previous.requires };
  }
  return inScratch(reader, async (dir) => {
    const archive = path18.join(dir, "sdist");
    await fetchArtifact(artifact, reader.project, archive, await reader.network());
    const hash = locked ?? sriFromHex(
      createHash6("sha256").update(await readFile6(archive)).digest("hex")
    );
    return {
      ...source,
      hash,
      requires: buildRequires(await pyprojectOfSdist(archive, filename, subdirectory), filename)
    };
  });
}
async function inScratch(reader, body2) {
  const dir = await mkdtemp4(path18.join(reader.scratch, "source-"));
  try {
    return await body2(dir);
  } finally {
    await rm9(dir, { recursive: true, force: true });
  }
}

// src/buildlock/renew.ts
async function renewBuildLock(renewal, reader) {
  const state = new Renewing(renewal, reader);
  await state.addAll(renewal.systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt)));
  return state.result();
}
var isBuilt = (artifact) => artifact.kind !== "wheel";
var Renewing = class {
  builds = /* @__PURE__ */ new Map();
  wheels = /* @__PURE__ */ new Map();
  /** By system, then by build. */
  environments = /* @__PURE__ */ new Map();
  started = /* @__PURE__ */ new Set();
  limit = pLimit(4);
  renewal;
  reader;
  constructor(renewal, reader) {
    this.renewal = renewal;
    this.reader = reader;
    for (const { target } of renewal.systems) this.environments.set(target.system, /* @__PURE__ */ new Map());
  }
  /** Adds builds, and what their environments have to build in turn, until nothing new turns up. */
  async addAll(artifacts) {
    const fresh = artifacts.filter((artifact) => {
      const key = buildKey(artifact);
      return !this.started.has(key) && this.started.add(key);
    });
    const found2 = await Promise.all(fresh.map((artifact) => this.limit(() => this.add(artifact))));
    const nested = found2.flat();
    if (nested.length > 0) await this.addAll(nested);
  }
  /** @returns artifacts of its environment that have to be built themselves */
  async add(artifact) {
    const key = buildKey(artifact);
    const { project, settings: settings2 } = this.renewal;
    const described = await describeBuild(artifact, this.renewal.previous?.builds[key], this.reader);
    const extra = extraRequires(settings2, described.name);
    const dynamic = this.dynamicOf(key, described);
    const build4 = {
      ...described,
      ...extra.length === 0 ? {} : { extraRequires: extra },
      ...dynamic.length === 0 ? {} : { dynamicRequires: dynamic }
    };
    this.builds.set(key, build4);
    if (this.keep(key, build4)) return [];
    const targets = this.renewal.systems.map(({ target }) => target);
    const planned2 = await resolveRequires(
      {
        requires: [...build4.requires, ...dynamic, ...extra],
        constraints: this.ownPins(build4.name),
        settings: settings2,
        project,
        label: key
      },
      targets,
      this.reader.scratch,
      this.reader.run,
      this.reader.checkHost
    );
    for (const [index, artifacts] of planned2.entries()) this.setEnvironment(targets[index], key, artifacts);
    return planned2.flat().filter(isBuilt);
  }
  dynamicOf(key, described) {
    const before = this.renewal.previous?.builds[key];
    const isSame = before !== void 0 && sameData(before.requires, described.requires);
    return this.renewal.dynamic?.get(key) ?? (isSame ? before.dynamicRequires : void 0) ?? [];
  }
  /** Keeps the environment of the lock before, where it was made for the same requirements. */
  keep(key, build4) {
    const { previous, systems, target } = this.renewal;
    const before = previous?.builds[key];
    if (!previous || !before || !sameData(before.requires, build4.requires) || !sameData(before.extraRequires, build4.extraRequires) || !sameData(before.dynamicRequires, build4.dynamicRequires) || !sameData(previous.target, target))
      return false;
    const kept = systems.map(({ target: { system } }) => previous.systems[system]?.environments[key]);
    if (!kept.every((environment2) => environment2 !== void 0 && this.isCurrent(environment2, previous)))
      return false;
    systems.forEach(({ target: { system } }, index) => {
      const environment2 = kept[index];
      if (environment2) this.keepEnvironment(system, key, environment2, previous);
    });
    return true;
  }
  /** An environment with builds in it follows the output's own versions of these. */
  isCurrent(environment2, previous) {
    return environment2.builds.every((key) => {
      const build4 = previous.builds[key];
      const own = this.renewal.systems.flatMap(
        ({ artifacts }) => artifacts.filter(({ name: name2 }) => name2 === build4?.name)
      );
      return build4 !== void 0 && own.every((artifact) => buildKey(artifact) === key);
    });
  }
  keepEnvironment(system, key, environment2, previous) {
    this.environments.get(system)?.set(key, environment2);
    for (const wheel of environment2.wheels) {
      const file2 = previous.wheels[wheel];
      if (file2) this.wheels.set(wheel, file2);
    }
    for (const nested of environment2.builds) {
      const build4 = previous.builds[nested];
      const next = previous.systems[system]?.environments[nested];
      if (!build4 || !next || this.started.has(nested)) continue;
      this.started.add(nested);
      this.builds.set(nested, build4);
      this.keepEnvironment(system, nested, next, previous);
    }
  }
  setEnvironment(target, key, artifacts) {
    if (!target) return;
    const wheels = artifacts.filter(({ kind: kind2 }) => kind2 === "wheel");
    for (const wheel of wheels) this.wheels.set(wheel.filename ?? "", wheelFile(wheel));
    this.environments.get(target.system)?.set(key, {
      wheels: wheels.map(({ filename }) => filename ?? "").sort(),
      builds: artifacts.filter(isBuilt).map(buildKey).sort()
    });
  }
  /** Pins to the output's own version of everything that it builds: xmlsec is compiled against the lxml it runs with. */
  ownPins(except) {
    const pins = this.renewal.systems.flatMap(
      ({ artifacts }) => artifacts.filter((artifact) => artifact.kind === "sdist" && artifact.name !== except).map(({ name: name2, version: version2 }) => `${name2}==${version2}`)
    );
    return [...new Set(pins)].sort();
  }
  result() {
    const { target, systems } = this.renewal;
    const perSystem = systems.map(({ target: { system }, artifacts, plan, hash }) => [
      system,
      {
        plan,
        hash,
        builds: artifacts.filter(isBuilt).map(buildKey).sort(),
        environments: Object.fromEntries(this.environments.get(system) ?? [])
      }
    ]);
    return {
      version: 1,
      target,
      systems: Object.fromEntries(perSystem),
      builds: Object.fromEntries(this.builds),
      wheels: Object.fromEntries(this.wheels)
    };
  }
};
function extraRequires(settings2, name2) {
  const table2 = settings2["extra-build-dependencies"] ?? {};
  return (table2[name2] ?? []).map((item2) => typeof item2 === "string" ? item2 : item2.requirement);
}
function wheelFile(wheel) {
  const hex = wheel.hash?.startsWith("sha256:") ? wheel.hash.slice("sha256:".length) : void 0;
  if (wheel.url === void 0 || hex === void 0) {
    throw new UserError(
      "build-requirements",
      `The index gives no address or no sha256 for ${wheel.filename}, which is needed to build; use an index that gives both for build requirements.`
    );
  }
  return { url: wheel.url, hash: sriFromHex(hex) };
}

// src/buildlock/settings.ts
import path19 from "node:path";
async function uvSettings(project, read2) {
  const file2 = path19.join(project.root, "uv.toml");
  const text3 = await read2(file2);
  return text3 === void 0 ? project.rootPyproject?.uv ?? {} : parseToml(text3, file2);
}

// src/derivation/apply.ts
import { randomBytes } from "node:crypto";
import { rename as rename3, rm as rm10, stat as stat4, writeFile as writeFile7 } from "node:fs/promises";
async function applyEdits(edits) {
  await replaceAll(edits.map(({ file: file2, after }) => ({ file: file2, text: after })));
  return () => replaceAll(edits.map(({ file: file2, before }) => ({ file: file2, text: before })));
}
async function replaceAll(files) {
  const staged = [];
  try {
    for (const { file: file2, text: text3 } of files) {
      if (text3 === void 0) continue;
      const part = `${file2}.${randomBytes(4).toString("hex")}.part`;
      staged.push({ part, file: file2 });
      const mode = await stat4(file2).then(
        (found2) => found2.mode,
        () => 420
      );
      await writeFile7(part, text3, { mode });
    }
    for (const { part, file: file2 } of staged) await rename3(part, file2);
  } finally {
    for (const { part } of staged) await rm10(part, { force: true });
  }
  for (const { file: file2, text: text3 } of files) if (text3 === void 0) await rm10(file2, { force: true });
}

// src/derivation/git-index.ts
import path20 from "node:path";
async function introduce(where, edits, run) {
  const { root } = where;
  const made = edits.flatMap(({ file: file2, before }) => before === void 0 ? [file2] : []);
  if (root?.kind !== "flake" || !root.url.startsWith("git+") || made.length === 0) return async () => {
  };
  const git2 = (...args) => run("git", ["-C", root.checkout, ...args]);
  const listed2 = await git2("ls-files", "-z", "--", ...made.map(literally));
  const known = new Set(listed2.stdout.split("\0").map((name2) => path20.join(root.checkout, name2)));
  const fresh = made.filter((file2) => !known.has(file2));
  if (fresh.length === 0) return async () => {
  };
  const added = await git2("add", "--intent-to-add", "--", ...fresh.map(literally));
  if (added.code !== 0) throw refused(fresh, root.checkout, added.stderr);
  return () => forget(root.checkout, fresh, run);
}
async function forget(dir, files, run) {
  if (files.length > 0) await run("git", ["-C", dir, "update-index", "--force-remove", "--", ...files]);
}
var literally = (file2) => `:(literal)${file2}`;
function refused(files, checkout2, stderr) {
  const names3 = files.map((file2) => path20.relative(checkout2, file2)).join(" and ");
  const isIgnored = stderr.includes("ignored by");
  return new UserError(
    "ignored-by-git",
    isIgnored ? `git ignores ${names3}, so a flake can't see it. Take it out of .gitignore: it has to be committed. Nothing was changed.` : `A flake sees only files that git knows, and git does not take ${names3}: ${stderr.trim().split("\n")[0]}. Nothing was changed.`
  );
}

// src/derivation/literal.ts
var gap = String.raw`(?:\s|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*`;
function offset(bytes, { line, column }) {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const newline = bytes.indexOf(10, start);
    if (newline < 0) return void 0;
    start = newline + 1;
  }
  return start + column - 1 <= bytes.length ? start + column - 1 : void 0;
}
var attributePath = String.raw`(?:[A-Za-z_][\w'-]*|"[\w.+-]*")(?:\.(?:[A-Za-z_][\w'-]*|"[\w.+-]*"))*`;
var beforeValue = new RegExp(`${attributePath}${gap}=${gap}`, "y");
function literalAt(text3, position) {
  const bytes = Buffer.from(text3);
  const start = offset(bytes, position);
  if (start === void 0) return void 0;
  beforeValue.lastIndex = bytes.subarray(0, start).toString().length;
  return beforeValue.test(text3) ? literalFrom(text3, beforeValue.lastIndex) : void 0;
}
var fakeName = /(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-])/y;
function unsetHashAt(text3, position) {
  const literal = literalAt(text3, position);
  if (literal) return isUnsetHash(literal.value) ? literal : void 0;
  const bytes = Buffer.from(text3);
  const start = offset(bytes, position);
  if (start === void 0) return void 0;
  beforeValue.lastIndex = bytes.subarray(0, start).toString().length;
  if (!beforeValue.test(text3)) return void 0;
  const from = beforeValue.lastIndex;
  fakeName.lastIndex = from;
  return fakeName.test(text3) ? { start: from, end: fakeName.lastIndex, value: "" } : void 0;
}
function isUnsetHash(hash) {
  return /^(?:(?:sha\d+-)?A*=*|0*)$/.test(hash);
}
function unsetHashesOf(text3) {
  const names3 = String.raw`\b(?:\w*[hH]ash|sha256|sha512)${gap}=${gap}`;
  const values = String.raw`(""|"(?:sha\d+-)?A+=*"|"0+"|(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-]))`;
  return [...text3.matchAll(new RegExp(`${names3}${values}`, "g"))].map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? "").length, end, value: "" };
  });
}
function literalFrom(text3, start) {
  if (text3[start] !== '"') return void 0;
  let value = "";
  for (let at = start + 1; at < text3.length; ) {
    const [character = "", next = ""] = [text3[at], text3[at + 1]];
    if (character === '"') return { start, end: at + 1, value };
    if (character === "$" && next === "{") return void 0;
    if (character === "\\") value += escapes[next] ?? next;
    else if (character === "$" && next !== '"' && next !== "\\") value += `$${next}`;
    else value += character;
    at += character === "\\" || character === "$" && next !== '"' && next !== "\\" ? 2 : 1;
  }
  return void 0;
}
var escapes = { n: "\n", r: "\r", t: "	" };
function nixString(value) {
  const written2 = value.replace(/[\\"]/g, "\\$&").replaceAll("${", "\\${").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("	", "\\t");
  return `"${written2}"`;
}
function replaceLiteral(text3, { start, end }, value) {
  return `${text3.slice(0, start)}${nixString(value)}${text3.slice(end)}`;
}
function literalsOf(text3, value) {
  const written2 = nixString(value);
  const found2 = [];
  for (let at = text3.indexOf(written2); at >= 0; at = text3.indexOf(written2, at + written2.length))
    found2.push({ start: at, end: at + written2.length, value });
  return found2;
}
function lineOf(text3, at) {
  return text3.slice(0, at).split("\n").length;
}

// src/derivation/patch.ts
function replaceHash(text3, position, current, next) {
  if (!isSri(next)) throw new Error(`not a sha256 in SRI form: ${next}`);
  const bytes = Buffer.from(text3);
  const start = offset(bytes, position);
  const found2 = start === void 0 ? null : binding.exec(bytes.subarray(start).toString());
  if (start === void 0 || !found2) throw noLiteral(position, "no attribute with a plain string");
  const [whole, before = "", literal = ""] = found2;
  if (literal.startsWith('"') && literal !== `"${current}"`) {
    throw noLiteral(position, `${literal}, where Nix evaluated "${current}"`);
  }
  const rest = bytes.subarray(start).toString().slice(whole.length);
  return `${bytes.subarray(0, start).toString()}${before}"${next}"${rest}`;
}
var binding = new RegExp(
  String.raw`^((?:[A-Za-z_][A-Za-z0-9_'-]*|"[A-Za-z0-9_.-]*")${gap}=${gap})("[A-Za-z0-9+/=:-]*"|(?:[A-Za-z_][A-Za-z0-9_'-]*\.)*fakeHash)(?=${gap};)`
);
function noLiteral(position, found2) {
  const { file: file2, line, column } = position;
  return new UserError(
    "hash-literal",
    `${file2}:${line}:${column} should bind fetchUvDeps' hash to a string literal, but there is ${found2}. Write hash = "sha256-…"; (or hash = lib.fakeHash;) there, not a variable, so that it can be replaced.`,
    { at: { file: file2, line, column } }
  );
}

// src/update/dynamic.ts
import { readFile as readFile7 } from "node:fs/promises";
async function askBackends(where, system, now, before, run, log) {
  const keys = (now.systems[system]?.builds ?? []).filter(
    (key) => isNew(now.builds[key], before?.builds[key])
  );
  if (keys.length === 0) return /* @__PURE__ */ new Map();
  const answers = await dynamicRequires(where, keys, run, log);
  const found2 = /* @__PURE__ */ new Map();
  for (const [index, file2] of answers.entries()) {
    const key = keys[index] ?? "";
    const declared = new Set((now.builds[key]?.requires ?? []).map(squeezed));
    const asked3 = JSON.parse(await readFile7(file2, "utf8")).filter(
      (one) => !declared.has(squeezed(one))
    );
    if (asked3.length > 0) found2.set(key, asked3);
  }
  return found2;
}
var squeezed = (requirement2) => requirement2.replace(/\s+/g, "").toLowerCase();
function isNew(now, before) {
  const source = ({ dynamicRequires: _, ...rest }) => rest;
  return now !== void 0 && (before === void 0 || !sameData(source(now), source(before)));
}

// src/update/lock-builds.ts
async function lockBuilds(where, locking, parts) {
  const { pinned, before, journal } = locking;
  const buildLock = await parts.log.group("Build lock", async () => {
    const made = await renew(locking, parts);
    const { builds, wheels } = made;
    parts.log.info(`${count(builds)} to build, with ${count(wheels)} wheels as build requirements`);
    return made;
  });
  const edits = await editsFor({ ...locking, buildLock }, parts.read);
  if (edits.length === 0) return { edits, undo: async () => {
  }, keep: async () => {
  } };
  parts.stop.throwIfAborted();
  for (const { file: file2 } of edits) await parts.mayWrite?.(file2);
  const settled = await apply(where, edits, journal, parts.run);
  try {
    const dynamic = await askBackends(where, pinned.system, buildLock, before?.lock, parts.run, parts.log);
    if (dynamic.size === 0) return { edits, ...settled };
    await settled.undo();
    const again = await editsFor({ ...locking, buildLock: await renew(locking, parts, dynamic) }, parts.read);
    return { edits: again, ...await apply(where, again, journal, parts.run) };
  } catch (error2) {
    await settled.undo();
    throw error2;
  }
}
var count = (record) => Object.keys(record).length;
async function apply(where, edits, journal, run) {
  await journal.write(edits);
  const putBack = await applyEdits(edits);
  try {
    const forget2 = await introduce(where, edits, run);
    const undo = async () => {
      await putBack();
      await forget2();
      await journal.clear();
    };
    return { undo, keep: journal.clear };
  } catch (error2) {
    await putBack();
    await journal.clear();
    throw error2;
  }
}
async function renew({ pinned, project, spotted, hashes, before, keepsPlans }, parts, dynamic) {
  const [first] = pinned.systems;
  if (!first)
    throw new UserError("not-uv-fod", "The derivation has a hash for no system; give fetchUvDeps one.");
  const { system: _, ...target } = first.target;
  const systems = spotted.map(
    ({ target: target2, artifacts, plan }, index) => ({
      target: target2,
      artifacts,
      plan: keepsPlans ? before?.lock.systems[target2.system]?.plan ?? "" : plan,
      hash: hashes[index]?.after ?? ""
    })
  );
  const reader = {
    read: parts.read,
    project: pinned.project,
    scratch: parts.scratch,
    network: parts.network,
    run: parts.run,
    ...parts.checkHost ? { checkHost: parts.checkHost } : {}
  };
  return renewBuildLock(
    {
      ...{ project, settings: await uvSettings(project, parts.read), target, systems },
      previous: before?.lock,
      ...dynamic ? { dynamic } : {}
    },
    reader
  );
}
async function editsFor({ spotted, hashes, lockFile, before, buildLock }, read2) {
  const edits = /* @__PURE__ */ new Map();
  for (const [index, { pinned }] of spotted.entries()) {
    const { before: old, after } = hashes[index] ?? { before: "", after: "" };
    const { file: file2 } = pinned.position;
    if (old === after) continue;
    const text3 = edits.get(file2)?.after ?? await read2(file2);
    if (text3 === void 0)
      throw new UserError("file-missing", `${file2}, where the hash stands, can't be read.`);
    edits.set(file2, {
      file: file2,
      before: edits.get(file2)?.before ?? text3,
      after: replaceHash(text3, pinned.position, old, after)
    });
  }
  if (!before || !sameData(before.lock, buildLock)) {
    edits.set(lockFile, { file: lockFile, before: before?.text, after: buildLockText(buildLock) });
  }
  return [...edits.values()];
}

// src/update/spot.ts
function spot(project, pinned, buildLock) {
  return pinned.systems.map((one) => {
    const target = parseTarget(one.target);
    const artifacts = planProject(project, target, one.target);
    const plan = manifestDigest(artifacts, one.target);
    const recorded = buildLock?.systems[one.target.system];
    const isCurrent = recorded?.plan === plan && recorded.hash === one.hash;
    return { pinned: one, target, artifacts, plan, isCurrent };
  });
}

// src/update/tell.ts
function tellPlans({ attribute }, spotted, log) {
  return log.group(`Plan of '${attribute}'`, async () => {
    for (const one of spotted) log.info(`${one.target.system}: ${planned(one)}; ${standing(one)}`);
  });
}
function planned({ artifacts }) {
  const wheels = artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").length;
  const megabytes3 = (wheelBytes(artifacts) / 1e6).toFixed(1);
  return `${wheels} wheels, ${megabytes3} MB, ${artifacts.length - wheels} to build`;
}
function standing({ pinned: { hash, position }, isCurrent }) {
  const place2 = `${position.file}:${position.line}`;
  if (hash === "") return `no hash yet (${place2})`;
  return `${hash} (${place2}) was made from ${isCurrent ? "this" : "something else"}`;
}

// src/update/update.ts
async function update(request2, parts) {
  const { where } = request2;
  const stages = [];
  const stage = async (name2, body2) => {
    const started = parts.now();
    const result = await body2();
    stages.push({ name: name2, milliseconds: parts.now() - started });
    return result;
  };
  const journal = await parts.journal(folderOf(where));
  const pinned = await stage("derivation", () => request2.pinned ?? evaluate(where, parts.run, parts.log));
  const lockFile = pinned.buildLock ?? path21.join(folderOf(where), buildLockName);
  const planned2 = await stage("plan", () => planAll(pinned, lockFile, parts.read));
  try {
    return await refresh(request2, { ...planned2, pinned, lockFile, journal }, { stages, stage }, parts);
  } catch (error2) {
    throw parts.stop.aborted ? error2 : placedAt(error2, pinned.systems[0]?.position ?? placeOf(where).at);
  }
}
async function refresh(request2, planned2, { stages, stage }, parts) {
  const { where } = request2;
  const { project, spotted, pinned } = planned2;
  await tellPlans(where, spotted, parts.log);
  await checkHosts(spotted, parts);
  await request2.onPlanned?.({ pinned, project, spotted });
  const hashes = await stage("hash", () => hashesOf(request2, pinned, spotted, parts));
  const locking = { ...planned2, hashes, keepsPlans: request2.lockOnly === true };
  const { edits, ...settled } = await stage("build lock", () => lockBuilds(where, locking, parts));
  const done = { pinned, project, spotted, hashes, edits, stages, ...settled };
  if (edits.length === 0 || !request2.verify) return { ...done, out: void 0, imported: [] };
  const { cacheTo } = request2;
  try {
    const proven = await buildAndImport({ where, pinned, goesOn: cacheTo !== void 0, stage }, parts);
    if (cacheTo === void 0) return { ...done, ...proven };
    const isCached = await stage("copy", () => copyToCache(proven.out, cacheTo, parts.run, parts.log));
    return { ...done, ...proven, isCached };
  } catch (error2) {
    await settled.undo();
    throw error2;
  }
}
async function hashesOf({ where, lockOnly, distrust, trustNixAlone }, { project, system }, spotted, parts) {
  if (lockOnly) return spotted.map(recordedHash);
  const request2 = { where, project, builder: system, distrust: distrust ?? false };
  return hashAll({ ...request2, twice: trustNixAlone !== true }, spotted, parts);
}
var recordedHash = ({ pinned }) => ({
  ...{ system: pinned.target.system, before: pinned.hash, after: pinned.hash },
  how: "recorded"
});
async function checkHosts(spotted, { checkHost }) {
  const seen = /* @__PURE__ */ new Set();
  for (const { url, filename, name: name2 } of spotted.flatMap(({ artifacts }) => artifacts)) {
    if (url === void 0 || seen.has(url)) continue;
    seen.add(url);
    await checkHost?.(url, filename ?? name2);
  }
}
async function planAll(pinned, lockFile, read2) {
  const project = await loadProject(pinned.project, read2);
  const text3 = await read2(lockFile);
  const before = text3 === void 0 ? void 0 : { text: text3, lock: parseBuildLock(text3, lockFile) };
  return { project, before, spotted: spot(project, pinned, before?.lock) };
}

// src/update/without-nix.ts
import { readdir as readdir4 } from "node:fs/promises";
import path22 from "node:path";
async function projectBeside(folder, read2) {
  const entries2 = await readdir4(folder, { withFileTypes: true });
  const folders = ["", ...entries2.filter((entry) => entry.isDirectory()).map(({ name: name2 }) => name2)];
  const found2 = [];
  for (const name2 of folders) {
    const candidate = path22.join(folder, name2);
    if (await read2(path22.join(candidate, "uv.lock")) !== void 0) found2.push(candidate);
  }
  return found2[0] === folder || found2.length === 1 ? found2[0] : void 0;
}
async function hashesFor(buildLock, project, read2, native) {
  const making = native();
  making.catch(() => {
  });
  const planned2 = await loadProject(project, read2);
  const systems = Object.keys(buildLock.systems).map((system) => {
    const target = { ...buildLock.target, system };
    return { target, artifacts: planProject(planned2, parseTarget(target), target) };
  });
  return (await hashOnRunner(systems, project, await making)).hashes;
}
async function placeOfHash(hash, where, { read: read2, run }, among = { untracked: true }) {
  if (hash === "") return void 0;
  const literal = `"${hash}"`;
  const text3 = where.file !== void 0 && await read2(where.file) || "";
  const at = text3.indexOf(literal);
  if (where.file !== void 0 && at >= 0)
    return { file: where.file, line: text3.slice(0, at).split("\n").length };
  const folder = folderOf(where);
  const flags = [...among.untracked ? ["--untracked"] : [], "--line-number", "--null", "--fixed-strings"];
  const found2 = await run("git", ["-C", folder, "grep", ...flags, "-e", literal, "--", ":(top)*.nix"]);
  const [name2, line] = (found2.stdout.split("\n")[0] ?? "").split("\0");
  return found2.code === 0 && name2 ? { file: path22.resolve(folder, name2), line: Number(line) } : void 0;
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
  try {
    return await checkWithNix(where, root, parts);
  } catch (error2) {
    if (!(error2 instanceof UserError) || error2.code !== "nix-missing") return found(where, error2);
  }
  return checkWithoutNix(where, parts).catch((error2) => found(where, error2, onlyWithNix));
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
async function checkWithNix(where, root, parts) {
  const result = await update({ where, verify: false, distrust: true }, parts);
  await result.undo();
  const { pinned, edits } = result;
  const [first] = pinned.systems;
  const at = first?.position ?? placeOf(where).at;
  const hashes = result.hashes.map(({ system, before, after }) => ({
    ...{ system, before, after },
    at: pinned.systems.find(({ target }) => target.system === system)?.position
  }));
  const common = { at, notChecked: [], hashes, edits };
  if (edits.length > 0)
    return { ...common, status: "stale", message: staleMessage(result), patch: patchText(edits, root) };
  await buildAndImport({ where, pinned, goesOn: false, stage: (_, body2) => body2() }, parts);
  const systems = hashes.map(({ system }) => system);
  const others = systems.filter((system) => system !== pinned.system);
  return {
    ...common,
    status: "current",
    message: `The hash for ${systems.join(" and ")} is what uv.lock asks for; it builds and imports${others.length > 0 ? ` on ${pinned.system}` : ""}.`,
    patch: "",
    notChecked: others.map(
      (system) => `Whether it builds and imports on ${system}: Nix builds for ${pinned.system} here.`
    )
  };
}
function staleMessage({ hashes }) {
  const moved = hashes.filter(({ before, after }) => before !== after);
  const what = moved.map(
    ({ system, before, after }) => `${system} has ${before || "no hash"} and needs ${after}`
  );
  const why = moved.length > 0 ? `The hash is stale: ${what.join("; ")}.` : "The build lock is stale: what has to be built, or its requirements, changed.";
  return `${why} Run 'uv-fod update', or apply the patch in the job summary.`;
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
  const at = (stale[0] ?? compared[0])?.at ?? placeOf(where).at;
  const told = compared.map(({ isWritten: _, ...rest }) => rest);
  const common = { at, edits: [], patch: "", notChecked: onlyWithNix, hashes: told };
  if (stale.length === 0)
    return { ...common, status: "current", message: "The hash is what uv.lock asks for." };
  const needed = stale.map(({ system, after }) => `${system} needs ${after}`).join("; ");
  return {
    ...common,
    status: "stale",
    message: `The hash is stale: ${needed}, and ${path23.basename(lockFile)} or the derivation has another. Run 'uv-fod update' where there is Nix.`
  };
}
async function findFiles(where, { read: read2 }) {
  const folder = folderOf(where);
  const lockFile = path23.join(folder, buildLockName);
  const text3 = await read2(lockFile);
  if (text3 === void 0) {
    throw new UserError(
      "build-lock-missing",
      `There is no Nix here and no ${lockFile}, so nothing says what the hash was declared for. Run 'uv-fod update' once where there is Nix, or install Nix in a step before this one.`
    );
  }
  const project = await projectBeside(folder, read2);
  if (project !== void 0) return { lockFile, buildLock: parseBuildLock(text3, lockFile), project };
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
    const { name: name2 } = one;
    try {
      found2.push({ name: name2, checked: await checkStatus(await whereIs(one), root, parts) });
    } catch (error2) {
      if (!(error2 instanceof UserError) || parts.stop.aborted) throw error2;
      found2.push({ name: name2, error: error2 });
    }
  }
  return found2;
}
function worstOf(checks2) {
  return statuses.findLast((status) => checks2.some(({ checked: checked2 }) => checked2?.status === status));
}
function patchOfAll(checks2, root) {
  const edits = checks2.flatMap(({ checked: checked2 }) => checked2?.edits ?? []);
  return patchText(
    edits.filter(
      ({ file: file2, after }, at) => edits.findIndex((one) => one.file === file2 && one.after === after) === at
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
function text2(value, longest2 = LONGEST) {
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
function fenced(lines2, language = "") {
  const runs = lines2.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}
${lines2.replace(/\n$/, "")}
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
  const address3 = url === void 0 ? void 0 : safeUrl(url);
  return address3 === void 0 || label3 === "" ? label3 : `[${label3}](${address3})`;
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
function count2(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
function list2(items) {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

// src/report/failure.ts
function failureSummary({ code: kind2, message, log = "" }) {
  const lines2 = tellingLines(log);
  const parts = [
    `## Failed: ${code(kind2)}`,
    text2(message, 4e3),
    ...lines2.length === 0 ? [] : [fold("The last lines of its log", fenced(lines2.join("\n")))]
  ];
  return `${parts.join("\n\n")}
`;
}

// src/config/cache.ts
var address2 = /^(?:file|s3|ssh|ssh-ng|https?):\/\/[^\s]+$/;
var cacheText = "the address of a binary cache (file://, s3://, ssh://, ssh-ng://, http:// or https://) without a password in it";
function isCacheAddress(text3) {
  return address2.test(text3) && URL.canParse(text3) && new URL(text3).password === "";
}

// src/config/locate.ts
function locateKeys(text3) {
  return new Locator(text3).document();
}
var pathKey = (path43) => JSON.stringify(path43);
var MAX_PARTS = 16;
var Locator = class {
  #text;
  #found = /* @__PURE__ */ new Map();
  /** How many tables each array of tables has so far. */
  #tables = /* @__PURE__ */ new Map();
  #at = 0;
  #line = 1;
  #lineStart = 0;
  constructor(text3) {
    this.#text = text3;
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
  #advanceTo(text3) {
    const end = this.#text.indexOf(text3, this.#at);
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
    const path43 = [];
    for (const [index, name2] of names3.entries()) {
      path43.push(name2);
      const key = pathKey(path43);
      if (isArray && index === names3.length - 1) this.#tables.set(key, (this.#tables.get(key) ?? 0) + 1);
      const count3 = this.#tables.get(key);
      if (count3 !== void 0) path43.push(count3 - 1);
    }
    this.#found.set(pathKey(path43), position);
    return path43;
  }
  #pair(table2) {
    const position = this.#position();
    const path43 = [...table2, ...this.#dottedKey()];
    this.#found.set(pathKey(path43), position);
    this.#advance(1);
    this.#skipBlank();
    this.#value(path43);
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
  #value(path43) {
    const first = this.#peek();
    if (first === '"' || first === "'") this.#string();
    else if (first === "[") this.#items("]", (index) => this.#item([...path43, index]));
    else if (first === "{") this.#items("}", () => this.#pair(path43));
    else while (this.#at < this.#text.length && !/[\n,\]}#]/.test(this.#peek())) this.#advance(1);
  }
  #item(path43) {
    this.#found.set(pathKey(path43), this.#position());
    this.#value(path43);
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
function isAttributePath(text3) {
  return text3.length <= 500 && /^\.?[A-Za-z_0-9][\w'+-]*(\.[A-Za-z_0-9][\w'+-]*)*$/.test(text3);
}
function isHubName(text3) {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(text3) && !/\/\.{1,2}$/.test(text3);
}
function isPackageName(text3) {
  return text3.length <= 200 && /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text3);
}
function isGitUrl(text3) {
  return /^(https?|ssh):\/\//.test(text3) && URL.canParse(text3) && !/\s/.test(text3);
}
function isRefName(text3) {
  return text3.length <= 244 && /^[\w][\w./+@-]*$/.test(text3) && !/\.\.|\/\/|@\{|\.lock(\/|$)|\/\.|[./]$/.test(text3);
}
function isInnerPath(text3) {
  return text3 !== "" && !/^[/~\\]|\\|\0/.test(text3) && !text3.split("/").includes("..");
}
function isHost(text3) {
  return text3.length <= 260 && /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text3);
}

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
  constructor(file2, positions) {
    this.#file = file2;
    this.#positions = positions;
  }
  /**
   * @param path of the key; where it has no position of its own (it is missing), its table's counts
   * @param text says what is wrong and what is allowed
   */
  add(path43, text3) {
    this.#found.push({ position: this.#positionOf(path43), text: `${label(path43)} ${text3}` });
  }
  /** @throws UserError `config-invalid` where there are any */
  throwIfAny() {
    const sorted2 = this.#found.toSorted(
      ({ position: a }, { position: b }) => a.line - b.line || a.column - b.column
    );
    const [first] = sorted2;
    if (!first) return;
    const lines2 = sorted2.map(
      ({ position, text: text3 }) => `${this.#file}:${position.line}:${position.column}: ${text3}.`
    );
    throw new UserError("config-invalid", lines2.join("\n"), { at: { file: this.#file, ...first.position } });
  }
  #positionOf(path43) {
    for (let length = path43.length; length > 0; length--) {
      const position = this.#positions.get(pathKey(path43.slice(0, length)));
      if (position) return position;
    }
    return { line: 1, column: 1 };
  }
};
function label(path43) {
  const text3 = path43.map((part) => typeof part === "number" ? `[${part + 1}]` : `.${part}`).join("");
  return `'${printable(text3.replace(/^\./, ""))}'`;
}
var TableReader = class _TableReader {
  path;
  mistakes;
  #table;
  /** @param known every key that the table may have; others are mistakes */
  constructor(table2, path43, known, mistakes) {
    this.path = path43;
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
  wrong(key, text3) {
    this.mistakes.add([...this.path, key], text3);
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
    const list4 = allowed.map((one) => typeof one === "string" ? `"${one}"` : String(one));
    return this.wrong(key, `is ${show(value)}; it takes ${list4.slice(0, -1).join(", ")} or ${list4.at(-1)}`);
  }
  strings(key, allowed = "texts", isAllowed = () => true) {
    const list4 = this.list(key, `a list of ${allowed}`);
    return list4?.flatMap((value, index) => {
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
    if (isTable2(value)) return new _TableReader(value, [...this.path, key], known, this.mistakes);
    return this.wrong(key, `is ${show(value)}; it takes a table with ${known.join(", ")}`);
  }
};
function isTable2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function show(value) {
  if (typeof value === "string") return printable(JSON.stringify(value.slice(0, 80)));
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  return isTable2(value) ? "a table" : String(value);
}

// src/config/places.ts
var relativeText = "an attribute path, beginning with '.' where it is one of the package";
var fileText = "the path of a file in this repository";
function versionPlace(parent, value, index) {
  const path43 = [...parent.path, "version-files", index];
  const known = ["file", "pattern", "pointer", "attribute", "value"];
  if (!isTable2(value)) {
    parent.mistakes.add(path43, `is ${show(value)}; it takes a table with ${known.join(", ")}`);
    return [];
  }
  const table2 = new TableReader(value, path43, known, parent.mistakes);
  if (table2.has("attribute")) return nixPlace(table2);
  const file2 = table2.requiredString("file", fileText, isInnerPath);
  if (table2.has("pattern") === table2.has("pointer")) {
    parent.mistakes.add(path43, "takes either 'pattern' or 'pointer' beside 'file', or 'attribute'");
    return [];
  }
  const pointer = table2.string("pointer", 'a JSON pointer such as "/version"', isPointer);
  const pattern = table2.string("pattern", placeholderText, hasOnePlaceholder);
  if (table2.has("pattern") && table2.has("value")) table2.wrong("value", "has no meaning with 'pattern'");
  const text3 = valueTemplate(table2);
  if (file2 === void 0) return [];
  if (pointer !== void 0) return [{ kind: "json", file: file2, pointer, value: text3 }];
  return pattern === void 0 ? [] : [{ kind: "text", file: file2, pattern }];
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
var hasOnePlaceholder = (text3) => text3.split(/\{(?:version|tag|revision)\}/).length === 2;
var isPointer = (text3) => /^(\/([^~/]|~[01])*)+$/.test(text3);
var valueTemplate = (table2) => table2.string("value", placeholderText, hasOnePlaceholder) ?? "{version}";
function fixedOutputs(parent, at, value) {
  const path43 = [...parent.path, ...at];
  if (typeof value === "string" && isAttributePath(value))
    return [{ attribute: value, file: void 0, pointer: void 0 }];
  const known = ["attribute", "systems", "file", "pointer"];
  if (!isTable2(value)) {
    parent.mistakes.add(
      path43,
      `is ${show(value)}; it takes ${relativeText}, or a table with ${known.join(", ")}`
    );
    return [];
  }
  const table2 = new TableReader(value, path43, known, parent.mistakes);
  const attribute = table2.requiredString(
    "attribute",
    relativeText,
    (text3) => isAttributePath(text3.replaceAll("{system}", "system"))
  );
  const systems = table2.strings(
    "systems",
    "systems such as x86_64-linux",
    (text3) => /^[\w]+-[\w]+$/.test(text3)
  );
  const file2 = table2.string("file", fileText, isInnerPath);
  const pointer = table2.string("pointer", 'a JSON pointer such as "/hash"', isPointer);
  if (pointer !== void 0 && file2 === void 0)
    table2.wrong("pointer", "needs 'file', the JSON file it leads into");
  if (attribute === void 0) return [];
  if (attribute.includes("{system}") !== (systems !== void 0)) {
    table2.wrong("attribute", "and 'systems' belong together: {system} in the path stands for each of them");
    return [];
  }
  return (systems ?? [""]).map((system) => ({
    attribute: attribute.replaceAll("{system}", system),
    file: file2,
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
  const list4 = known.map((name2) => `{${name2}}`).join(", ");
  return table2.string(
    key,
    `a text with no other placeholders than ${list4}`,
    (text3) => unknownWord(text3, known) === void 0
  );
}
function unknownWord(text3, known) {
  return [...text3.matchAll(/\{([a-z-]{1,40})\}/g)].map(([, name2 = ""]) => name2).find((name2) => !known.includes(name2));
}
var isLogin = (text3) => /^[A-Za-z0-9][\w.-]*(\[bot\]|\/[\w.-]+)?$/.test(text3);

// src/config/releases.ts
var import_valid = __toESM(require_valid(), 1);

// src/config/duration.ts
var units = {
  minute: 6e4,
  hour: 36e5,
  day: 864e5,
  week: 6048e5
};
function parseDuration(text3) {
  const [, count3 = "", unit = ""] = /^(\d{1,5}) ?(minute|hour|day|week)s?$/.exec(text3) ?? [];
  const length = units[unit];
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
var day = 'a time such as "3 days", "12 hours" or "2 weeks"';
function readReleases(table2) {
  const rules = readRules(table2);
  const source = readSource(table2);
  return source && { source, rules };
}
function readSource(table2) {
  const given = origins.filter((key) => table2.has(key));
  const [origin2] = given;
  if (origin2 === void 0 || given.length > 1) {
    const found2 = given.length > 1 ? `has ${given.join(" and ")}` : "says not where releases are";
    table2.mistakes.add(table2.path, `${found2}; it takes one of github, git and pypi`);
    return void 0;
  }
  misplaced(table2, origin2);
  if (origin2 === "pypi") {
    const name2 = table2.string("pypi", "the name of a package", isPackageName);
    return name2 === void 0 ? void 0 : { kind: "pypi", name: name2 };
  }
  const of = origin2 === "github" ? githubOf(table2) : gitOf(table2);
  if (table2.has("branch")) return of && branchSource(table2, of);
  const tag = readTag(table2);
  if (!of || !tag) return void 0;
  if (of.kind === "git") return { ...of, tag };
  return { ...of, list: table2.oneOf("list", ["releases", "tags"]) ?? "releases", tag };
}
function misplaced(table2, origin2) {
  const isBranch = table2.has("branch") && origin2 !== "pypi";
  const wrong = {
    list: origin2 !== "github" || isBranch,
    tag: origin2 === "pypi" || isBranch,
    branch: origin2 === "pypi",
    version: !isBranch
  };
  for (const [key, isWrong] of Object.entries(wrong)) {
    if (isWrong && table2.has(key)) table2.wrong(key, `has no meaning with ${isBranch ? "branch" : origin2}`);
  }
  for (const key of isBranch ? ["range", "ignore", "step", "prereleases", "order"] : []) {
    if (table2.has(key)) table2.wrong(key, "has no meaning with branch, which has one newest commit");
  }
}
function githubOf(table2) {
  const name2 = table2.string("github", 'a repository as "owner/name"', isHubName);
  const [owner = "", repo = ""] = name2?.split("/") ?? [];
  return name2 === void 0 ? void 0 : { kind: "github", owner, repo };
}
function gitOf(table2) {
  const url = table2.string("git", "an address that begins with https://, http:// or ssh://", isGitUrl);
  return url === void 0 ? void 0 : { kind: "git", url };
}
function branchSource(table2, of) {
  const branch = table2.string("branch", "the name of a branch", isRefName);
  const version2 = table2.string(
    "version",
    'a version with {date} or {revision} in it, such as "0-unstable-{date}"',
    (text3) => /\{(date|revision)\}/.test(text3) && /^[^"\\$\s]+$/.test(text3)
  );
  return branch === void 0 ? void 0 : { kind: "branch", of, branch, version: version2 ?? "0-unstable-{date}" };
}
function readTag(table2) {
  if (!table2.has("tag")) return { prefix: "v", suffix: "" };
  const text3 = table2.string(
    "tag",
    'a pattern with {version} in it once, such as "version/{version}"',
    (pattern) => pattern.split("{version}").length === 2
  );
  const [prefix2 = "", suffix = ""] = text3?.split("{version}") ?? [];
  return text3 === void 0 ? void 0 : { prefix: prefix2, suffix };
}
function readRules(table2) {
  const order = table2.oneOf("order", ["pep440", "semver"]) ?? "pep440";
  const age = table2.string("minimum-release-age", day, (text3) => parseDuration(text3) !== void 0);
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
  const isRange = { pep440: validRange, semver: (text3) => (0, import_valid.default)(text3) !== null };
  const other = order === "pep440" ? "" : ' (order is "semver")';
  return table2.string(
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
var attributeText = "an attribute path such as authentik-django or packages.backend";
var fileText2 = "the path of a file in this repository";
function readPackage(table2, around) {
  const attribute = table2.requiredString(
    "attribute",
    attributeText,
    (text3) => isAttributePath(text3) && !text3.startsWith(".")
  );
  const releases = table2.table("releases", releaseKeys);
  const group2 = table2.string("group", "a name of letters, digits, - and _", isName2);
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
  const name2 = table2.string("name", "a name of letters, digits, - and _", isName2) ?? attribute;
  return attribute === void 0 || name2 === void 0 ? void 0 : { attribute, name: name2, ...read2 };
}
var isName2 = (text3) => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text3) && !/\.\.|\.$/.test(text3);
function pullRequestOf(table2, group2, around) {
  const own = table2.table("pull-request", pullRequestKeys);
  if (group2 === void 0) return readPullRequest(own, around.pullRequest);
  if (own) table2.wrong("pull-request", `belongs to the group: write it as [groups.${group2}]`);
  return around.groups.get(group2) ?? around.pullRequest;
}
function readNix(table2) {
  const file2 = table2?.string("file", fileText2, isInnerPath);
  const flake = table2?.string(
    "flake",
    "the path of a folder in this repository",
    (text3) => text3 === "." || isInnerPath(text3)
  );
  const expression = table2?.string("expression", "a Nix expression");
  const count3 = table2 ? ["file", "flake", "expression"].filter((key) => table2.has(key)).length : 1;
  if (table2 && count3 !== 1) table2.mistakes.add(table2.path, "takes one of file, flake and expression");
  if (flake !== void 0) return { kind: "flake", flake };
  if (expression !== void 0) return { kind: "expression", expression };
  return { kind: "file", file: file2 ?? "default.nix" };
}

// src/config/proposals.ts
function proposals({ packages }) {
  const found2 = /* @__PURE__ */ new Map();
  for (const one of packages) {
    const key = one.group === void 0 ? `package ${one.name}` : `group ${one.group}`;
    const name2 = one.group ?? one.name;
    const others = found2.get(key)?.packages ?? [];
    const branch = one.pullRequest.branch ?? `uv-fod/${name2}`;
    found2.set(key, { name: name2, branch, options: one.pullRequest, packages: [...others, one] });
  }
  return [...found2.values()];
}
function fillTemplate(template3, values) {
  return template3.replace(/\{([a-z-]{1,40})\}/g, (whole, name2) => values.get(name2) ?? whole);
}

// src/config/parse.ts
var MAX_LENGTH = 256 * 1024;
var MAX_DEPTH2 = 16;
var topKeys = ["package", "pull-request", "groups", "index", "allowed-hosts", "cache-to"];
function parseConfig(text3, file2) {
  const document = parseText(text3, file2);
  const mistakes = new Mistakes(file2, locateKeys(text3));
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
  checkGroups2(packages, around, mistakes);
  checkBranches(packages, mistakes);
  mistakes.throwIfAny();
  return { packages: packages.map(({ config }) => config), index, allowedHosts, cacheTo };
}
function parseText(text3, file2) {
  if (text3.length > MAX_LENGTH)
    throw new UserError(
      "config-syntax",
      `${file2} has ${text3.length} characters; a configuration has at most ${MAX_LENGTH}. Look what is in it.`,
      { at: { file: file2 } }
    );
  try {
    return parse(text3.replace(/^\uFEFF/, ""), { maxDepth: MAX_DEPTH2 });
  } catch (error2) {
    if (!(error2 instanceof TomlError)) throw error2;
    const [said2 = ""] = error2.message.split("\n", 1);
    const reason = said2.replace(/^Invalid TOML document: /, "").replace(/\.$/, "");
    throw new UserError(
      "config-syntax",
      `${file2}:${error2.line}:${error2.column} is not valid TOML: ${reason}. Mend that line; docs/configuration.md has an example of each key.`,
      { at: { file: file2, line: error2.line, column: error2.column }, cause: error2 }
    );
  }
}
function readPackages(top, around) {
  const list4 = top.list("package", "tables, each written [[package]]");
  if (list4 === void 0 || list4.length === 0) {
    if (list4 || !top.has("package"))
      top.wrong("package", "is missing; there has to be at least one [[package]]");
    return [];
  }
  return list4.flatMap((value, index) => {
    const path43 = ["package", index];
    if (!isTable2(value)) {
      top.mistakes.add(path43, `is ${show(value)}; it takes a table, written [[package]]`);
      return [];
    }
    const config = readPackage(new TableReader(value, path43, packageKeys, top.mistakes), around);
    return config ? [{ index, config }] : [];
  });
}
function readGroups(top, below) {
  const groups = top.raw("groups");
  if (groups === void 0) return /* @__PURE__ */ new Map();
  if (!isTable2(groups)) {
    top.wrong("groups", `is ${show(groups)}; it takes tables, each written [groups.NAME]`);
    return /* @__PURE__ */ new Map();
  }
  const names3 = Object.keys(groups);
  const reader = new TableReader(groups, ["groups"], names3, top.mistakes);
  return new Map(names3.map((name2) => [name2, readPullRequest(reader.table(name2, pullRequestKeys), below)]));
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
function checkGroups2(packages, { groups }, mistakes) {
  const used = new Set(packages.map(({ config }) => config.group));
  for (const name2 of groups.keys()) {
    if (!used.has(name2)) mistakes.add(["groups", name2], "has no package; a package is in it with 'group'");
  }
}
function checkBranches(packages, mistakes) {
  const seen = /* @__PURE__ */ new Map();
  for (const { branch, name: name2, packages: of } of proposals({
    packages: packages.map(({ config }) => config)
  })) {
    const other = seen.get(branch);
    const index = packages.find(({ config }) => config === of[0])?.index ?? 0;
    if (other !== void 0)
      mistakes.add(
        ["package", index],
        `has the branch '${branch}', as '${other}' has; give '${name2}' another name or 'branch'`
      );
    else seen.set(branch, name2);
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
async function setAutoMerge(forge, request2, pull, isGithubToken, log) {
  const { autoMerge } = request2;
  if (!autoMerge) return void 0;
  const off = (level, says) => {
    log[level](says);
    return { isNew: false, says };
  };
  const { number } = pull;
  if (pull.hasAutoMerge) return off("info", `Auto-merge is on for #${number} already.`);
  if (pull.isDraft || request2.isUnverified) {
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
        `Auto-merge is not on for #${number}: it can be merged already, so there is nothing to wait for (${nothingToWaitFor}). Have a rule of \`${request2.base.ref}\` require a check or a review, or merge it yourself; uv-fod merges nothing.`
      );
    }
    return { isNew: true, says: switchedOn(number, method, request2, isGithubToken, log) };
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
function chooseMethod(merging3, wanted2, number) {
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
  return { method: wanted2 !== true && methods.includes(wanted2) ? wanted2 : first };
}

// src/pull-request/files.ts
import { createHash as createHash7 } from "node:crypto";
var PLAIN = "100644";
var EXECUTABLE = "100755";
function blobId(content) {
  return createHash7("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
function digest2(...parts) {
  const hash = createHash7("sha256");
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest("hex").slice(0, 16);
}
function keyOf(request2) {
  if (request2.key !== void 0) return digest2("key", request2.key);
  return digest2("files", request2.base.ref, ...request2.files.flatMap(({ path: path43, content }) => [path43, content]));
}
function sameEntry(a, b) {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}
function modeOf(file2, existing) {
  if (existing && existing.mode !== PLAIN && existing.mode !== EXECUTABLE) {
    throw new UserError(
      "not-a-regular-file",
      `\`${file2.path}\` is not a regular file in the repository (mode ${existing.mode}; a symlink or a submodule?), so it is not written. Name the file that it leads to instead.`
    );
  }
  if (file2.executable === void 0) return existing?.mode ?? PLAIN;
  return file2.executable ? EXECUTABLE : PLAIN;
}
function wantedFiles(files, base) {
  return files.map((file2) => {
    const content = typeof file2.content === "string" ? Buffer.from(file2.content) : file2.content;
    return {
      path: file2.path,
      content,
      oid: blobId(content),
      mode: modeOf(file2, base.files.get(file2.path))
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
async function isNewer(forge, request2, state) {
  const theirs = state.commits.findLast(({ ours }) => ours !== void 0)?.ours;
  if (!theirs) return false;
  if (theirs.run !== void 0 && request2.run !== void 0) return theirs.run > request2.run;
  if (theirs.base === request2.base.sha) return false;
  const { mergeBase, commits } = await forge.compare(request2.base.sha, theirs.base);
  return mergeBase === request2.base.sha && commits.length > 0;
}
async function planCommit(forge, request2, sight, state, wanted2, disposable) {
  const changes = wanted2.filter((file2) => !sameEntry(file2, sight.base.files.get(file2.path)));
  if (!state) return { parent: sight.base, files: changes, before: void 0, rebuilds: false };
  if (!disposable && hasOthersCommits(state)) return planOnTop(forge, request2, state, wanted2);
  const [only] = state.commits;
  const upToDate = state.commits.length === 1 && only?.parents.join() === sight.base.oid && state.changed.size === changes.length && changes.every((file2) => state.changed.has(file2.path) && sameEntry(file2, state.head.files.get(file2.path)));
  if (upToDate) return void 0;
  return { parent: sight.base, files: changes, before: state.head.oid, rebuilds: true };
}
async function planOnTop(forge, request2, state, wanted2) {
  const files = wanted2.filter((file2) => !sameEntry(file2, state.head.files.get(file2.path)));
  if (files.length === 0) return void 0;
  const last = state.commits.findLast(({ ours }) => ours !== void 0)?.sha ?? state.mergeBase;
  const before = await forge.viewCommit(
    last,
    request2.files.map(({ path: path43 }) => path43)
  );
  const touched = files.filter(({ path: path43 }) => !sameEntry(before.files.get(path43), state.head.files.get(path43)));
  if (touched.length > 0) {
    const theirs = state.commits.filter(({ ours }) => ours === void 0);
    const who = [...new Set(theirs.map(({ author }) => author))].join(", ");
    throw new UserError(
      "branch-edited",
      `Somebody (${who}) changed ${touched.map(({ path: path43 }) => `\`${path43}\``).join(", ")} on the branch \`${request2.branch}\`, and that is not overwritten. Merge the pull request, or delete the branch so that it is made afresh.`
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
function pathProblem(path43) {
  if (CONTROL.test(path43)) return "it holds a control character";
  if (path43.length > 4096) return "it is longer than 4,096 characters";
  if (path43.includes("\\")) return "it holds a backslash";
  if (path43.split("/").some((part) => BAD_PART.test(part)))
    return "it is not a plain path below the repository";
  return void 0;
}
var BAD_BRANCH = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)|(?:^|\/)\.|^[-/@]$|^-|^\/|[/.]$|^refs\//u;
function checkBranch(name2, what) {
  if (name2 !== "" && name2.length < 245 && !BAD_BRANCH.test(name2)) return;
  throw new UserError(
    "bad-branch",
    `${JSON.stringify(name2.slice(0, 100))} cannot be the name of ${what}. Give a branch name without \`refs/heads/\`, such as \`uv-fod/authentik\`.`
  );
}
function checkRequest(request2) {
  checkBranch(request2.branch, "the branch to publish on");
  checkBranch(request2.base.ref, "the base branch");
  if (request2.branch === request2.base.ref) {
    throw new UserError(
      "bad-branch",
      `The branch to publish on and the base are both \`${request2.branch}\`. Choose another name for the branch.`
    );
  }
  if (!/^[0-9a-f]{40}$/.test(request2.base.sha)) {
    throw new UserError(
      "bad-base",
      `The commit that was checked out has to be given as 40 hexadecimal digits, not ${JSON.stringify(request2.base.sha.slice(0, 80))}.`
    );
  }
  const seen = /* @__PURE__ */ new Set();
  for (const { path: path43 } of request2.files) {
    const problem = seen.has(path43) ? "it is given twice" : pathProblem(path43);
    if (problem)
      throw new UserError(
        "bad-path",
        `The path ${JSON.stringify(path43.slice(0, 200))} is not published: ${problem}.`
      );
    seen.add(path43);
  }
  for (const path43 of request2.computedFrom ?? []) {
    const problem = pathProblem(path43);
    if (problem)
      throw new UserError(
        "bad-path",
        `The path ${JSON.stringify(path43.slice(0, 200))} cannot be looked up: ${problem}.`
      );
  }
}

// src/pull-request/failures.ts
var failureOf = (error2) => typeof error2 === "object" && error2 !== null ? error2 : {};
function statusOf(error2) {
  return failureOf(error2).status;
}
function headerOf(error2, name2) {
  return failureOf(error2).response?.headers?.[name2];
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
  const said2 = typeof data === "object" ? data.message : void 0;
  const details = problemsOf(error2).map(
    (one) => one.message ?? [one.field, one.code].filter(Boolean).join(" ")
  );
  const parts = failure.errors ? details : [said2 ?? failure.message ?? String(error2), ...details];
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
  const [, key = "", text3 = "", draft, closed] = match;
  return { key, text: text3, closed: closed !== void 0, ...draft === void 0 ? {} : { draft: true } };
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
  const open3 = text3.split("<details").length - text3.split("</details>").length;
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
async function holdBack(forge, request2, pull, log) {
  if (!pull || pull.isDraft || !request2.isUnverified) return pull;
  const convert = async () => {
    if (!forge.setDraft) return false;
    if (pull.marker && !request2.draft)
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
async function release(forge, request2, pull, log) {
  const { setDraft: setDraft3 } = forge;
  const isOurs = pull.isDraft && pull.marker?.draft === true;
  if (!isOurs || request2.isUnverified || request2.draft || !setDraft3) return pull;
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
function missing(list4, request2, pull) {
  if (list4 === "milestone")
    return request2.milestone === void 0 || pull.milestone.length > 0 ? [] : [request2.milestone];
  return (request2[list4] ?? []).filter((item2) => !pull[list4].some((one) => same(item2, one)));
}
async function addExtras(forge, request2, pull, log) {
  if (LISTS.every((list4) => missing(list4, request2, pull).length === 0)) return false;
  const before = await forge.everAdded(pull.number);
  const wasThere = (list4, item2) => list4 === "milestone" ? before.milestone.length > 0 : before[list4].some((one) => same(item2, one));
  let added = false;
  for (const list4 of LISTS) {
    const items = missing(list4, request2, pull).filter((item2) => !wasThere(list4, item2));
    if (items.length === 0) continue;
    const wrote = await orWarn(log, () => forge.add(pull.number, list4, items, log));
    added ||= wrote;
  }
  return added;
}

// src/pull-request/pulls.ts
var withMarker = (pull) => ({ ...pull, marker: readMarker(pull.body) });
async function listPulls(forge, { branch }) {
  return (await forge.listPulls(branch)).map(withMarker);
}
function openPull(pulls, request2) {
  const open3 = pulls.filter(({ isOpen }) => isOpen);
  return open3.find(({ baseRef }) => baseRef === request2.base.ref) ?? open3[0];
}
function closedByPerson(pulls, request2) {
  const key = keyOf(request2);
  return pulls.find(
    ({ isOpen, isMerged, marker }) => !isOpen && !isMerged && marker?.key === key && !marker.closed
  );
}
function markerOf(request2) {
  const text3 = digest2(request2.title, request2.bodyKey ?? request2.body);
  const draft = request2.isUnverified === true && request2.draft !== true;
  return { key: keyOf(request2), text: text3, closed: false, ...draft ? { draft } : {} };
}
async function createPull(forge, request2, log) {
  const { title, branch: head2 } = request2;
  const draft = request2.draft === true || request2.isUnverified === true;
  const body2 = finishBody(request2.body, markerOf(request2), forge.bodyLimit);
  const made = await forge.openPull({ title, body: body2, head: head2, base: request2.base.ref, draft }, log);
  if (made === "exists") return openPull(await listPulls(forge, request2), request2);
  return made === "nothing-new" ? void 0 : withMarker(made);
}
async function updatePull(forge, request2, pull, log) {
  const { title } = request2;
  const marker = markerOf(request2);
  const rebased = pull.baseRef !== request2.base.ref;
  if (!pull.marker)
    log.info(`The text of #${pull.number} is a person's (our marker is not in it) and stays.`);
  const stale = pull.marker !== void 0 && (pull.marker.text !== marker.text || pull.marker.key !== marker.key);
  if (!stale && !rebased) return false;
  const takesOver = stale && pull.marker?.key !== marker.key && pull.title !== title;
  if (takesOver) log.info(`#${pull.number} takes over: it was "${pull.title}", and is "${title}" now.`);
  const told = takesOver ? `${request2.body.trimEnd()}

${takesOverFrom(pull)}` : request2.body;
  const text3 = stale ? { title, body: finishBody(told, marker, forge.bodyLimit) } : {};
  const base = rebased ? { base: request2.base.ref } : {};
  await forge.editPull(pull.number, { ...text3, ...base });
  return true;
}
var takesOverFrom = ({ title }) => `Takes over from \`${title.replace(/[`\p{Cc}]/gu, " ")}\`, which this pull request proposed before.`;
var CLOSED = "<!-- uv-fod closed -->";
async function sayClosed(forge, { base }, { number }) {
  const body2 = `\`${base.ref}\` has all of this by now (as of ${base.sha}), so there is nothing left to merge. Closed; the branch stays.

${CLOSED}`;
  for (let tries = 1; ; tries++) {
    if ((await forge.comments(number)).some((text3) => text3.includes(CLOSED))) return;
    try {
      await forge.comment(number, body2);
      return;
    } catch (error2) {
      if (!isUnavailable(error2) || tries === 3) throw error2;
    }
  }
}
async function closePull(forge, request2, pull) {
  await sayClosed(forge, request2, pull);
  const marker = { ...pull.marker ?? markerOf(request2), closed: true };
  await forge.editPull(pull.number, { state: "closed", body: replaceMarker(pull.body, marker) });
}

// src/pull-request/publish.ts
var all = () => true;
var ROUNDS = 4;
async function publish(forge, request2, log) {
  checkRequest(request2);
  for (let round = 1; round <= ROUNDS; round++) {
    const result = await publishOnce(forge, request2, log);
    if (result !== "moved") return result;
    log.info(`Somebody else moved \`${request2.branch}\` or its base meanwhile: looking again.`);
  }
  throw new UserError(
    "branch-moves",
    `The branch \`${request2.branch}\` was moved by somebody else each of the ${ROUNDS} times that it was to be written, so nothing was. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`
  );
}
function none(request2, reason, pull, commit) {
  return { outcome: "none", reason, branch: request2.branch, ...commit ? { commit } : {}, ...linkOf(pull) };
}
function linkOf(pull) {
  return pull ? { number: pull.number, url: pull.url } : {};
}
function changedSince(request2, sight) {
  const paths = [...request2.files.map(({ path: path43 }) => path43), ...request2.computedFrom ?? []];
  return paths.filter((path43) => !sameEntry(sight.read.files.get(path43), sight.base.files.get(path43)));
}
function withNote(request2) {
  const { noteForGithubToken: note, body: body2, bodyKey: bodyKey2 = body2 } = request2;
  return note === void 0 ? request2 : { ...request2, body: `${body2.trimEnd()}

${note}`, bodyKey: bodyKey2 };
}
async function publishOnce(forge, asked3, log) {
  const sight = await forge.look(asked3);
  const request2 = sight.isGithubToken ? withNote(asked3) : asked3;
  const changed2 = changedSince(request2, sight);
  if (changed2.length > 0) {
    log.warning(
      `\`${request2.base.ref}\` has other versions of ${changed2.join(", ")} since this began (now ${sight.base.oid}): nothing is published; the next run starts from there.`
    );
    return none(request2, "base-changed");
  }
  const wanted2 = wantedFiles(request2.files, sight.base);
  const isCurrent = wanted2.every((file2) => sameEntry(file2, sight.base.files.get(file2.path)));
  if (isCurrent && !sight.branch) return closeObsolete(forge, request2, void 0, void 0, log);
  const pulls = await listPulls(forge, request2);
  const open3 = openPull(pulls, request2);
  const state = await readBranch(forge, request2, sight);
  if (isCurrent) return closeObsolete(forge, request2, state, open3, log);
  if (state && await isNewer(forge, request2, state)) {
    log.info(`A later run published on \`${request2.branch}\`: this one writes nothing.`);
    return none(request2, "newer-run", open3, state.head.oid);
  }
  const closed = open3 ? void 0 : closedByPerson(pulls, request2);
  if (closed) {
    log.info(`#${closed.number} proposed just this and was closed by a person: it is not opened again.`);
    return none(request2, "closed-by-person", closed);
  }
  const merged = pulls.some(({ isMerged, head: head2 }) => isMerged && head2 === state?.head.oid);
  const plan = await planCommit(forge, request2, sight, state, wanted2, merged);
  const held = plan ? await holdBack(forge, request2, open3, log) : open3;
  const commit = plan ? await commitFiles(forge, request2, plan, log) : state?.head.oid;
  if (commit === void 0) return "moved";
  const before = state?.head.oid;
  return propose(forge, request2, { sight, open: held, before, commit, committed: plan !== void 0 }, log);
}
async function closeObsolete(forge, request2, state, open3, log) {
  if (!open3?.marker) {
    const why = open3 ? `the text of ${open3.url} is a person's, so it stays open` : "there is no pull request to close";
    log.info(`\`${request2.base.ref}\` has all of this already, and ${why}.`);
    return none(request2, "base-is-current");
  }
  if (state && hasOthersCommits(state)) {
    log.info(`The base has all of this, but #${open3.number} holds commits of others: it stays open.`);
    return none(request2, "others-commits", open3);
  }
  await closePull(forge, request2, open3);
  log.info(`#${open3.number} has nothing left to do and was closed.`);
  return { outcome: "closed", branch: request2.branch, ...linkOf(open3) };
}
async function propose(forge, request2, proposal, log) {
  const { open: open3, commit, committed } = proposal;
  const { isGithubToken } = proposal.sight;
  const { branch, noteForGithubToken: note } = request2;
  if (!open3) {
    const made = await openOrTakeBack(forge, request2, proposal, log);
    if (!made) return "moved";
    log.info(`Opened ${made.url}.`);
    if (isGithubToken && note) log.info(note);
    const { told: told2 } = await finishPull(forge, request2, made, isGithubToken, log);
    return { outcome: "created", branch, commit, ...linkOf(made), ...told2 };
  }
  const pull = await release(forge, request2, open3, log);
  const edited = await updatePull(forge, request2, pull, log);
  const { wrote, told } = open3.marker ? await finishPull(forge, request2, pull, isGithubToken, log) : { wrote: false, told: {} };
  if (!committed && !edited && !wrote && pull === open3) {
    log.info(`${open3.url} says all of this already: nothing is written.`);
    return { ...none(request2, "unchanged", open3, commit), ...told };
  }
  log.info(`Updated ${open3.url}.`);
  if (committed && isGithubToken && note) log.info(note);
  return { outcome: "updated", branch, commit, ...linkOf(open3), ...told };
}
async function finishPull(forge, request2, pull, isGithubToken, log) {
  const added = await orWarn(log, () => addExtras(forge, request2, pull, log), all);
  const merged = await setAutoMerge(forge, request2, pull, isGithubToken, log);
  return { wrote: added || merged?.isNew === true, told: merged ? { autoMerge: merged.says } : {} };
}
async function openOrTakeBack(forge, request2, proposal, log) {
  const { before, commit, committed } = proposal;
  try {
    return await createPull(forge, request2, log);
  } catch (error2) {
    if (committed && isFinal(error2)) {
      const { branch } = request2;
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
async function indexReleases(index, name2, fetchText) {
  if (index === void 0) throw noIndex(name2);
  const project = normalizeName(name2) ?? name2;
  const url = `${index.replace(/\/+$/, "")}/${project}/`;
  const { status, contentType, text: text3 } = await fetchText(url, { accept: JSON_TYPE });
  if (status === 404)
    throw new UserError(
      "releases-not-found",
      `The index has no package '${name2}' (${hostOf(url)}). Correct 'pypi' under 'releases', or name another 'index', in the configuration.`
    );
  if (status !== 200 || !contentType.startsWith(JSON_TYPE))
    throw new UserError(
      "releases-unreachable",
      `The index at ${hostOf(url)} answered for '${name2}' with status ${status} and ${contentType || "no type"}, not with JSON of its Simple API (PEP 691). Name an index that has it as 'index' in the configuration, or run this again later.`
    );
  return versionsOf(parse4(text3, url), project);
}
function chooseIndex(...settings2) {
  return settings2.find((url) => url !== void 0 && /^https?:\/\//.test(url) && URL.canParse(url));
}
function parse4(text3, url) {
  const files = filesOfPage(text3);
  if (files) return files;
  throw new UserError(
    "releases-unreachable",
    `What the index at ${hostOf(url)} answered is not the JSON of its Simple API (PEP 691). Run this again later, or name another 'index' in the configuration.`
  );
}
function filesOfPage(text3) {
  try {
    const page = JSON.parse(text3);
    if (!Array.isArray(page?.files)) return void 0;
    return page.files.filter((file2) => typeof file2 === "object" && file2 !== null);
  } catch {
    return void 0;
  }
}
function versionsOf(files, project) {
  const dates = /* @__PURE__ */ new Map();
  for (const { filename, yanked, "upload-time": uploaded } of files) {
    const version2 = typeof filename === "string" ? versionIn(filename, project) : void 0;
    if (version2 === void 0 || yanked !== void 0 && yanked !== false) continue;
    const time = typeof uploaded === "string" ? Date.parse(uploaded) : Number.NaN;
    const known = dates.has(version2) ? dates.get(version2) : 0;
    dates.set(version2, known === void 0 || Number.isNaN(time) ? void 0 : Math.max(known, time));
  }
  return [...dates].map(([version2, date]) => ({ version: version2, ...date === void 0 ? {} : { date } }));
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
function noIndex(name2) {
  return new UserError(
    "index-unknown",
    `Nothing says which package index to ask for '${name2}'. Set 'index' in the configuration to its address, or UV_DEFAULT_INDEX in the environment, as uv reads it.`
  );
}

// src/release/advice.ts
var adviceKey = ({ name: name2, version: version2 }) => `${name2} ${version2}`;
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
        silent.set(index, signal.aborted ? `no answer within ${time / 1e3} s` : reasonOf2(error2));
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
  const { name: name2, version: version2 } = release2;
  const index = release2.index.replace(/\/+$/, "");
  const base = /^(.*)\/simple$/.exec(index)?.[1];
  if (base !== void 0 && !withoutApi.has(index)) {
    const answer2 = await get(`${base}/pypi/${name2}/${encodeURIComponent(version2)}/json`, "application/json");
    const told = answer2.status === 200 ? ofApi(answer2.text, index) : void 0;
    if (told) return told;
    withoutApi.add(index);
  }
  const answer = await get(`${index}/${name2}/`, JSON_TYPE);
  const page = answer.contentType.startsWith(JSON_TYPE) ? filesOfPage(answer.text) : void 0;
  if (answer.status !== 200 || !page)
    throw new Error(`it answers with status ${answer.status} and no JSON (PEP 691)`);
  const files = page.filter(
    ({ filename }) => typeof filename === "string" && versionIn(filename, name2) === version2
  );
  const yanked = files.length > 0 && files.every((file2) => isYanked(file2.yanked)) ? files[0]?.yanked : void 0;
  return { vulnerabilities: [], ...yanked === void 0 ? {} : { yanked: textOf(yanked) } };
}
var isYanked = (value) => value === true || typeof value === "string" && value !== "";
var textOf = (value) => typeof value === "string" ? value.slice(0, 400) : "";
function ofApi(text3, index) {
  const answer = objectOf(parsed(text3));
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
  const id = names3.find((name2) => name2.startsWith("CVE-")) ?? textOf(one.id);
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
function parsed(text3) {
  try {
    return JSON.parse(text3);
  } catch {
    return void 0;
  }
}
var hostOf2 = (url) => URL.parse(url)?.host ?? "";
var reasonOf2 = (error2) => (error2 instanceof Error ? error2.message : String(error2)).split("\n", 1)[0]?.slice(0, 200).replace(/\.$/, "") ?? "";

// src/refresh/advice.ts
function newReleases({ added, changed: changed2 }, { project }) {
  const all2 = [...added, ...changed2];
  const ordered = [
    ...all2.filter(({ relation }) => relation === "direct"),
    ...all2.filter(({ relation }) => relation !== "direct")
  ];
  return ordered.flatMap(({ name: name2, before }) => {
    const old = new Set(before.map(({ version: version2 }) => version2));
    return (project.lock.byName.get(name2) ?? []).flatMap(
      ({ version: version2, source }) => source.kind === "registry" && version2 !== void 0 && !old.has(version2) ? [{ name: name2, version: version2, index: source.url }] : []
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
      const name2 = `${release2.name} ${release2.version}`;
      if (yanked !== void 0)
        log.warning(`${name2} was withdrawn from its index: ${yanked || "no reason given"}`);
      for (const { id, summary: summary3 } of vulnerabilities)
        log.warning(`${name2} has the known vulnerability ${id}${summary3 ? `: ${summary3}` : ""}`);
    }
    for (const one of advised.notAsked) log.info(`Not asked: ${one}.`);
    const { size: size2 } = advised.advice;
    log.info(`The index answered for ${size2} of ${releases.length} new releases.`);
    return advised;
  });
}

// src/derivation/journal.ts
import { readFile as readFile8, rename as rename4, rm as rm11, writeFile as writeFile8 } from "node:fs/promises";
import path24 from "node:path";
var journalName = "uv-fod-undo.json";
var none2 = { write: async () => {
}, clear: async () => {
} };
async function openJournal(dir, run, processes2, known) {
  const file2 = known ?? await fileOf(dir, run);
  if (file2 === void 0) return none2;
  const { self, isAlive: isAlive2 } = processes2;
  await recover(file2, isAlive2, (files) => forget(dir, files, run));
  return {
    write: async (edits) => {
      await writeFile8(`${file2}.new`, JSON.stringify({ self, edits }), { mode: 384 });
      await rename4(`${file2}.new`, file2);
    },
    clear: () => rm11(file2, { force: true })
  };
}
async function fileOf(dir, run) {
  const asked3 = await run("git", ["-C", dir, "rev-parse", "--git-path", journalName]);
  return asked3.code === 0 ? path24.resolve(dir, asked3.stdout.trim()) : void 0;
}
function onTop(journal, below) {
  const first = new Map(below.map(({ file: file2, before }) => [file2, before]));
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
async function recover(file2, isAlive2, forgetAll) {
  const text3 = await readFile8(file2, "utf8").catch(() => void 0);
  if (text3 === void 0) return;
  const left = JSON.parse(text3);
  if (isAlive2(left.self)) {
    throw new UserError(
      "already-running",
      `Another run changes this checkout (process ${left.self.split(" ")[0]}); wait for it, or give each run a checkout of its own.`
    );
  }
  const unchanged = [];
  for (const edit of left.edits) {
    const now = await readFile8(edit.file, "utf8").catch(() => void 0);
    if (now === edit.after) unchanged.push(edit);
  }
  await replaceAll(unchanged.map(({ file: file3, before }) => ({ file: file3, text: before })));
  await forgetAll(unchanged.flatMap((edit) => edit.before === void 0 ? [edit.file] : []));
  await rm11(file2, { force: true });
}

// src/refresh/group.ts
async function refreshGroup(packages, journal, parts, refresh3) {
  const refreshed = [];
  let edits = [];
  const undo = async () => {
    for (const one of [...refreshed].reverse()) await one.undo();
  };
  try {
    for (const config of packages) {
      const below = edits;
      const now = await refresh3(config, { ...parts, journal: async () => onTop(journal, below) });
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
  async read(file2) {
    const text3 = this.#files.get(file2)?.now ?? await this.#read(file2);
    if (text3 !== void 0) return text3;
    throw new UserError("file-missing", `There is no file ${file2}; correct its path in the configuration.`);
  }
  async write(file2, text3) {
    const now = await this.read(file2);
    if (text3 === now) return;
    const before = this.#files.get(file2)?.before ?? now;
    await this.#journal?.write([...this.edits(), { file: file2, before, after: text3 }]);
    await applyEdits([{ file: file2, before: now, after: text3 }]);
    this.#files.set(file2, { before, now: text3 });
  }
  /** Files that are not as they were. */
  edits() {
    return [...this.#files].flatMap(
      ([file2, { before, now }]) => before === now ? [] : [{ file: file2, before, after: now }]
    );
  }
  /** Puts every file back. */
  async undo() {
    const back = this.edits().map(({ file: file2, before, after }) => ({
      file: file2,
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
  return evaluate3(
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
  return evaluate3(
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
  const name2 = parts.pop() ?? "";
  const parent = parts.join(".");
  return evaluate3(
    where,
    run,
    `let set = ${parent === "" && attribute.startsWith(".") ? "package" : select(parent)}; in {
      value = toString (step set "${checked(name2)}");
      position = builtins.unsafeGetAttrPos "${name2}" set;
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
  return evaluate3(where, run, body2);
}
function select(attribute) {
  const root = attribute.startsWith(".") ? "package" : "root";
  const names3 = attribute.split(".").filter((name2) => name2 !== "");
  return `(builtins.foldl' step ${root} [ ${names3.map((name2) => `"${checked(name2)}"`).join(" ")} ])`;
}
function checked(text3) {
  if (/^[\w'+/=-]+$/.test(text3)) return text3;
  throw new Error(`not to be written into a Nix expression: ${JSON.stringify(text3)}`);
}
async function evaluate3(where, run, body2) {
  const result = await evaluateJson(where, body2, run);
  if ("value" in result) return result.value;
  if (result.code === 127)
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
import { access as access3 } from "node:fs/promises";
import path27 from "node:path";

// src/bump/build.ts
var limits2 = ["--timeout", "10800", "--max-silent-time", "3600"];
var SHOWN = 12;
async function hashFromNothing(attribute, drv2, bench) {
  const result = await build3(attribute, [], `from nothing`, bench);
  const found2 = mismatches(result.stderr);
  const own = found2.find((one) => one.drv === drv2);
  if (own) return own.got;
  const [other] = found2;
  if (other) throw outOfOrder(attribute, other, result);
  throw failed(attribute, "can not be fetched", result);
}
async function hashOfSecondRun(attribute, bench) {
  let result = await build3(attribute, ["--check"], "a second time", bench);
  if (/not valid, so checking is not possible/.test(result.stderr)) {
    const brought = await build3(attribute, [], "with its new hash", bench);
    if (brought.code !== 0) throw failed(attribute, "does not build with its new hash", brought);
    result = await build3(attribute, ["--check"], "a second time", bench);
  }
  if (result.code === 0) return void 0;
  const { drv: drv2 } = await outputFacts(bench.where, attribute, bench.run);
  const second = mismatches(result.stderr).find((one) => one.drv === drv2)?.got;
  if (second === void 0) throw failed(attribute, "failed when it was fetched a second time", result);
  return second;
}
function build3(attribute, flags, how, bench) {
  const { where, run, log } = bench;
  const title = `Nix: '${attribute}' of '${where.attribute}', ${how}`;
  return nixBuild([...limits2, ...flags, ...nixArguments(where, select(attribute))], { run, log }, title);
}
function notReproducible(attribute, [first, second], found2) {
  const shown2 = (found2 ?? []).slice(0, SHOWN).map(({ path: path43, how }) => `${path43 === "" ? "the file itself" : printable(path43)} (${how})`);
  const more2 = found2 && found2.length > SHOWN ? `, and ${found2.length - SHOWN} more` : "";
  const files = shown2.length === 0 ? "Which files differ can not be told" : `What differs: ${shown2.join(", ")}${more2}`;
  return new UserError(
    "not-reproducible",
    `'${attribute}' gave two hashes in two runs, ${first} and ${second}, so neither is worth anything: a later build would fail. ${files}. Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again. Nothing was changed.`
  );
}
function outOfOrder(attribute, { drv: drv2, got }, { stderr }) {
  const name2 = drv2.replace(/^.*\/[a-z0-9]{32}-/, "").replace(/\.drv$/, "");
  return new UserError(
    "output-order",
    `'${attribute}' needs another fixed output whose hash is not right any more, ${name2} (it is now ${got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
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
import { lstat as lstat2, open as open2, readdir as readdir5, readlink as readlink2 } from "node:fs/promises";
import path25 from "node:path";
var MAX_FOUND = 200;
var CHUNK = 1 << 20;
async function differences(first, second) {
  const found2 = [];
  const open3 = [""];
  for (let at = open3.pop(); at !== void 0 && found2.length < MAX_FOUND; at = open3.pop()) {
    const [left, right] = [path25.join(first, at), path25.join(second, at)];
    const [one, other] = await Promise.all([stat5(left), stat5(right)]);
    const how = await differ2(left, one, right, other);
    if (how !== void 0) found2.push({ path: at, how });
    else if (one?.isDirectory()) open3.push(...(await names(left, right)).map((name2) => path25.join(at, name2)));
  }
  return found2.sort((a, b) => a.path < b.path ? -1 : 1);
}
var stat5 = (file2) => lstat2(file2).catch(() => void 0);
async function names(left, right) {
  const [one, other] = await Promise.all([readdir5(left), readdir5(right)]);
  return [.../* @__PURE__ */ new Set([...one, ...other])].sort().reverse();
}
async function differ2(left, one, right, other) {
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
import path26 from "node:path";

// src/bump/json.ts
function jsonStringAt(text3, pointer) {
  JSON.parse(text3);
  let at = skipBlank(text3, 0);
  for (const token of pointer.split("/").slice(1)) {
    const name2 = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const found2 = text3[at] === "{" ? member(text3, at, name2) : text3[at] === "[" ? item(text3, at, name2) : void 0;
    if (found2 === void 0) return void 0;
    at = found2;
  }
  if (text3[at] !== '"') return void 0;
  const end = skipString(text3, at);
  return { start: at, end, value: JSON.parse(text3.slice(at, end)) };
}
function member(text3, open3, name2) {
  let found2;
  for (let at = skipBlank(text3, open3 + 1); text3[at] === '"'; ) {
    const end = skipString(text3, at);
    const isIt = JSON.parse(text3.slice(at, end)) === name2;
    const value = skipBlank(text3, skipBlank(text3, end) + 1);
    if (isIt && found2 !== void 0) return void 0;
    if (isIt) found2 = value;
    at = afterComma(text3, skipValue(text3, value));
  }
  return found2;
}
function item(text3, open3, index) {
  if (!/^(0|[1-9]\d{0,8})$/.test(index)) return void 0;
  let at = skipBlank(text3, open3 + 1);
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
async function findLiteral(sought, root, changes) {
  const [bound] = await placesAt(
    sought.positions,
    (text3, at) => withValue(literalAt(text3, at), sought.value),
    root,
    changes
  );
  if (bound) return bound;
  const files = filesOf2(sought, root);
  for (const file2 of files) {
    const text3 = await changes.read(file2);
    const [first, ...others] = literalsOf(text3, sought.value);
    if (first && others.length > 0) throw ambiguous(sought, file2, text3, [first, ...others]);
    if (first) return placeOf2(file2, text3, first, changes);
  }
  throw missing2(sought, root);
}
var withValue = (literal, value) => literal?.value === value ? literal : void 0;
async function placesAt(positions, read2, root, changes) {
  const found2 = [];
  for (const position of positions) {
    if (position === null || !isInside(root, position.file)) continue;
    const text3 = await changes.read(position.file);
    const literal = read2(text3, position);
    if (literal) found2.push(placeOf2(position.file, text3, literal, changes));
  }
  return found2;
}
async function placesIn(files, read2, changes) {
  const found2 = [];
  for (const file2 of files) {
    const text3 = await changes.read(file2);
    found2.push(...read2(text3).map((literal) => placeOf2(file2, text3, literal, changes)));
  }
  return found2;
}
function filesOf2({ files, positions }, root) {
  const all2 = [...files, ...positions.map((position) => position?.file)];
  return [...new Set(all2)].filter((file2) => typeof file2 === "string" && isInside(root, file2));
}
async function findJson(file2, pointer, sought, changes) {
  const text3 = await changes.read(file2);
  const found2 = parsed2(file2, () => jsonStringAt(text3, pointer));
  if (found2?.value !== sought.value)
    throw new UserError(
      "literal-missing",
      `${file2} should have ${sought.what}, '${sought.value}', at ${pointer}, but there is ${found2 ? `'${found2.value.slice(0, 100)}'` : "no string"}. Correct the pointer in the configuration, or the file.`,
      { at: { file: file2 } }
    );
  return {
    file: file2,
    line: lineOf(text3, found2.start),
    replace: async (value) => {
      const now = await changes.read(file2);
      const place2 = jsonStringAt(now, pointer) ?? found2;
      await changes.write(file2, now.slice(0, place2.start) + JSON.stringify(value) + now.slice(place2.end));
    }
  };
}
function parsed2(file2, read2) {
  try {
    return read2();
  } catch (error2) {
    if (!(error2 instanceof SyntaxError)) throw error2;
    throw new UserError("json-syntax", `${file2} is not valid JSON: ${error2.message}. Mend it.`, {
      at: { file: file2 },
      cause: error2
    });
  }
}
function isInside(root, file2) {
  const relative2 = path26.relative(root, file2);
  return relative2 !== "" && relative2 !== ".." && !relative2.startsWith(`..${path26.sep}`) && !path26.isAbsolute(relative2);
}
function placeOf2(file2, text3, literal, changes) {
  let { end } = literal;
  const { start } = literal;
  return {
    file: file2,
    line: lineOf(text3, start),
    // Between two replacements only this literal changes.
    replace: async (value) => {
      const now = await changes.read(file2);
      const after = replaceLiteral(now, { start, end, value: "" }, value);
      end += after.length - now.length;
      await changes.write(file2, after);
    }
  };
}
function ambiguous({ what, value }, file2, text3, found2) {
  const lines2 = found2.map(({ start }) => lineOf(text3, start));
  return new UserError(
    "literal-ambiguous",
    `${file2} has "${value}", ${what}, ${found2.length} times (lines ${lines2.join(", ")}), and Nix does not tell which one counts. Name its place in the configuration, or write the others differently.`,
    { at: { file: file2, line: lines2[0] ?? 1 } }
  );
}
function missing2(sought, root) {
  const searched = filesOf2(sought, root).map((file2) => path26.relative(root, file2));
  return new UserError(
    "literal-missing",
    `${sought.what}, "${sought.value}", is not written as a string in ${searched.join(", ") || "a file of this repository"}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration.`
  );
}

// src/bump/fixed-output.ts
var MAX_PLACES = 24;
async function refresh2(output2, bench) {
  const { attribute } = output2;
  const facts = await outputFacts(bench.where, attribute, bench.run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      "not-fixed-output",
      `'${attribute}' of '${bench.where.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`
    );
  const { place: place2, drv: drv2 } = await withFake(output2, facts, before, bench);
  const after = await hashFromNothing(attribute, drv2, bench);
  await place2.replace(after);
  const second = await hashOfSecondRun(attribute, bench);
  if (second !== void 0)
    throw notReproducible(attribute, [after, second], await differ3(attribute, after, place2, bench));
  const { file: file2, line } = place2;
  bench.log.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || "(none)"} → ${after}`}; a second run gave the same`
  );
  return { attribute, before, after, file: file2, line };
}
async function differ3(attribute, first, place2, bench) {
  const { where, run, log } = bench;
  try {
    await place2.replace(fakeOf(first, null, 3));
    const { drv: drv2 } = await outputFacts(where, attribute, run);
    const other = await hashFromNothing(attribute, drv2, bench);
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
var exists2 = (file2) => access3(file2).then(
  () => true,
  () => false
);
async function withFake(output2, facts, value, { where, run, root, changes, files }) {
  const what = `the hash of '${output2.attribute}'`;
  const sought = { what, value, positions: facts.positions, files: [facts.file, ...files] };
  const places = await placesOfHash(output2, sought, root, changes);
  const fake = fakeOf(value, facts.algorithm, 1);
  for (const place2 of places.slice(0, MAX_PLACES)) {
    const before = await changes.read(place2.file);
    await place2.replace(fake === value ? fakeOf(value, facts.algorithm, 2) : fake);
    const seen = await outputFacts(where, output2.attribute, run).catch(ifUserError);
    if (seen && seen.hash !== value) return { place: place2, drv: seen.drv };
    await changes.write(place2.file, before);
  }
  const [first] = places;
  throw first ? notSeen(output2.attribute, first) : missing2(sought, root);
}
function ifUserError(error2) {
  if (!(error2 instanceof UserError)) throw error2;
}
async function placesOfHash({ file: file2, pointer }, sought, root, changes) {
  const named = file2 === void 0 ? void 0 : path27.join(root, file2);
  if (named !== void 0 && pointer !== void 0) return [await findJson(named, pointer, sought, changes)];
  const isUnset = isUnsetHash(sought.value);
  const isIt = (literal) => literal?.value === sought.value ? literal : void 0;
  const bound = await placesAt(
    sought.positions.filter((position) => named === void 0 || position?.file === named),
    (text3, at) => isUnset ? unsetHashAt(text3, at) : isIt(literalAt(text3, at)),
    root,
    changes
  );
  const written2 = await placesIn(
    named === void 0 ? filesOf2(sought, root) : [named],
    (text3) => isUnset ? unsetHashesOf(text3) : literalsOf(text3, sought.value),
    changes
  );
  return [...bound, ...written2];
}
var lengths = { sha1: 20, sha256: 32, sha512: 64 };
function fakeOf(hash, algorithm, fill2) {
  const name2 = /^(sha\d+)-/.exec(hash)?.[1] ?? algorithm ?? "sha256";
  return `${name2}-${Buffer.alloc(lengths[name2] ?? 32, fill2).toString("base64")}`;
}
function notSeen(attribute, { file: file2, line }) {
  return new UserError(
    "hash-not-seen",
    `${file2}:${line} says what the hash of '${attribute}' is, but when it is changed there, Nix does not see it: the hash comes from another place, or is put together. Name that place in the configuration ('file', and 'pointer' where it is JSON).`,
    { at: { file: file2, line } }
  );
}

// src/bump/version.ts
import path28 from "node:path";
async function bumpVersion(bump, run, changes) {
  for (const place2 of bump.places) await bumpPlace(place2, bump, run, changes);
  const { version: version2 } = bump.after;
  if ((await packageFacts(bump.where, run)).version !== version2) await bumpOwn(bump, changes);
  const seen = (await packageFacts(bump.where, run)).version;
  if (seen === version2) return;
  throw new UserError(
    "version-not-seen",
    `The version was changed to ${version2}, but Nix still says that '${bump.where.attribute}' is ${seen || "of no version"}. Name the place where it stands under 'version-files' in the configuration.`
  );
}
async function bumpOwn({ where, root, facts, before, after }, changes) {
  const place2 = await findLiteral(
    {
      what: `the version of '${where.attribute}'`,
      value: before.version,
      positions: [facts.position],
      files: [facts.file, where.file]
    },
    root,
    changes
  );
  await place2.replace(after.version);
}
async function bumpPlace(place2, bump, run, changes) {
  const { root, where, before, after, facts } = bump;
  if (place2.kind === "text") return bumpText(path28.join(root, place2.file), place2.pattern, bump, changes);
  const [old, now] = [fill(place2.value, before), fill(place2.value, after)];
  if (place2.kind === "json") {
    const file2 = path28.join(root, place2.file);
    return (await findJson(file2, place2.pointer, { what: "the version", value: old }, changes)).replace(now);
  }
  const { value, position } = await stringFacts(where, place2.attribute, run);
  if (value === now) return;
  const sought = {
    what: `'${place2.attribute}'`,
    value: old,
    positions: [position],
    files: [facts.file, facts.position?.file, where.file]
  };
  return (await findLiteral(sought, root, changes)).replace(now);
}
async function bumpText(file2, pattern, { before, after }, changes) {
  const text3 = await changes.read(file2);
  const old = fill(pattern, before);
  const parts = text3.split(old);
  if (parts.length === 2) return changes.write(file2, parts.join(fill(pattern, after)));
  throw new UserError(
    parts.length === 1 ? "literal-missing" : "literal-ambiguous",
    `${file2} should have '${old}' once, for the pattern '${pattern}' of the configuration, but has it ${parts.length === 1 ? "not at all" : `${parts.length - 1} times`}. Write more of its surroundings into the pattern, or correct the file.`,
    { at: { file: file2 } }
  );
}
function fill(template3, names3) {
  return template3.replace(/\{(version|tag|revision)\}/g, (_, name2) => {
    const value = names3[name2];
    if (value !== void 0) return value;
    throw new UserError(
      "version-place",
      `'${template3}' in the configuration asks for a ${name2}, which this package's releases do not have; use {version}, or releases with a ${name2}.`
    );
  });
}

// src/bump/bump.ts
async function currentOf(where, run, known) {
  const { version: version2, revision } = await known ?? await packageFacts(where, run);
  return { version: version2, ...revision === null ? {} : { revision } };
}
async function bumpTo(request2, { run, log, read: read2, journal }) {
  const { where, root, config, to } = request2;
  const opened = await journal(folderOf(where));
  const changes = new Changes(read2, opened);
  try {
    const facts = await packageFacts(where, run);
    if (to && isNew2(to, facts)) await toVersion(request2, facts, to, run, changes);
    const hashes = [];
    const files = [facts.position?.file, facts.file, where.file];
    const bench = { where, root, files, run, log, changes };
    for (const output2 of outputsOf(config, facts)) hashes.push(await refresh2(output2, bench));
    const after = to?.version ?? facts.version;
    const edits = changes.edits();
    const settle2 = { undo: () => changes.undo(), keep: () => changes.keep() };
    return {
      before: facts.version,
      after,
      hashes,
      edits,
      ...settle2,
      journal: async () => onTop(opened, edits)
    };
  } catch (error2) {
    await changes.undo();
    throw error2;
  }
}
function isNew2({ version: version2, revision }, facts) {
  return version2 !== facts.version || revision !== void 0 && revision !== facts.revision;
}
var sourceRevision = { kind: "nix", attribute: ".src.rev", value: "{revision}" };
function placesOf(to, facts, { versionFiles }) {
  const hasRevision = versionFiles.some(
    (place2) => (place2.kind === "text" ? place2.pattern : place2.value).includes("{revision}")
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
  const tag = (version2) => pattern && `${pattern.prefix}${version2}${pattern.suffix}`;
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
    isVersion: (text3) => text3.length <= MAX_LENGTH2 && valid(text3) !== null,
    isPrerelease: (version2) => explain(version2)?.is_prerelease === true,
    compare: (left, right) => compare3(left, right),
    satisfies: (version2, range) => satisfies(version2, range, { prereleases: true })
  },
  semver: {
    name: "semver",
    isVersion: (text3) => text3.length <= MAX_LENGTH2 && (0, import_valid2.default)(text3) !== null,
    isPrerelease: (version2) => (0, import_prerelease.default)(version2) !== null,
    compare: (left, right) => (0, import_compare.default)(left, right),
    satisfies: (version2, range) => (0, import_satisfies.default)(version2, range, { includePrerelease: true })
  }
};
function fits(text3, pattern) {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === void 0) return text3 === pattern;
  if (!text3.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found2 = text3.indexOf(part, at);
    if (found2 < 0) return false;
    at = found2 + part.length;
  }
  return text3.length - last.length >= at && text3.endsWith(last);
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
function newerThan(candidates, { version: version2 }, rules) {
  const order = orders[rules.order];
  if (!order.isVersion(version2)) throw noVersion(version2, order);
  return candidates.filter((release2) => order.isVersion(release2.version) && order.compare(release2.version, version2) > 0).toSorted((left, right) => order.compare(left.version, right.version));
}
function leftOut({ version: version2, isPrerelease }, rules) {
  const order = orders[rules.order];
  if (!rules.prereleases && (isPrerelease === true || order.isPrerelease(version2))) return "is a pre-release";
  if (rules.range !== void 0 && !order.satisfies(version2, rules.range)) return `is not in ${rules.range}`;
  const ignored = rules.ignore.find((pattern) => fits(version2, pattern));
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
  const shown2 = held.slice(-SHOWN2).map(({ version: version2, why }) => `${version2} ${why}`);
  const more2 = held.length > SHOWN2 ? `, and ${held.length - SHOWN2} more are left out` : "";
  const text3 = `Nothing newer than ${current} may be taken: ${shown2.join("; ")}${more2}.`;
  return { kind: "none", reason: "held-back", text: text3, held };
}
function noVersion(version2, order) {
  const other = order === orders.pep440 ? 'order = "semver"' : 'order = "pep440"';
  return new UserError(
    "version-order",
    `The derivation's version '${version2}' is none by ${order.name}, so nothing can be said to be newer. Correct it, or set ${other} under 'releases' in the configuration.`
  );
}

// src/release/git.ts
import { mkdtemp as mkdtemp5, rm as rm12 } from "node:fs/promises";
import path29 from "node:path";

// src/release/tags.ts
function versionOf(tag, { prefix: prefix2, suffix }) {
  const isLongEnough = tag.length > prefix2.length + suffix.length;
  if (!isLongEnough || !tag.startsWith(prefix2) || !tag.endsWith(suffix)) return void 0;
  return tag.slice(prefix2.length, tag.length - suffix.length);
}
var tagOf = (version2, { prefix: prefix2, suffix }) => `${prefix2}${version2}${suffix}`;
function matching(items, tag, pattern, where) {
  const found2 = items.flatMap((item2) => {
    const version2 = versionOf(tag(item2), pattern);
    return version2 === void 0 ? [] : [{ item: item2, version: version2, tag: tag(item2) }];
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
  return matching(names3, (name2) => name2, tag, url).map(({ version: version2, tag: name2 }) => ({ version: version2, tag: name2 }));
}
async function gitCommit(run, url, ref, scratch2) {
  const dir = await mkdtemp5(path29.join(scratch2, "commit-"));
  try {
    await git(run, url, ["init", "--quiet", "--bare", dir]);
    await git(run, url, ["-C", dir, "fetch", "--quiet", "--depth=1", "--filter=tree:0", "--", url, ref]);
    const format = ["--no-patch", "--format=%H %ct", "FETCH_HEAD^{commit}"];
    const [revision = "", seconds = ""] = (await git(run, url, ["-C", dir, "show", ...format])).trim().split(" ");
    return { revision, date: Number(seconds) * 1e3 };
  } finally {
    await rm12(dir, { recursive: true, force: true });
  }
}
async function git(run, url, args) {
  const { code: code3, stdout, stderr } = await run("git", args, { env: quiet });
  if (code3 === 0) return stdout;
  if (code3 === 127)
    throw new UserError("git-missing", "There is no git on PATH: install it in a step before this one.");
  if (/couldn't find remote ref/.test(stderr))
    throw new UserError(
      "releases-not-found",
      `${url} has no '${args.at(-1)}'. Correct 'branch' or 'tag' under 'releases' in the configuration.`
    );
  const said2 = stderr.split("\n").findLast((line) => line.trim() !== "") ?? "it said nothing";
  throw new UserError(
    "releases-unreachable",
    `git can't read ${url}: ${said2.slice(0, 300).replace(/\.$/, "")}. Nothing was changed; correct the address in the configuration, or run this again later.`,
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
  const request2 = { owner, repo, per_page: 100 };
  for await (const { data } of hub.paginate.iterator(hub.rest.repos.listReleases, request2)) {
    all2.push(...data);
    pages += 1;
    if (pages === MAX_PAGES) break;
  }
  const published = all2.filter(({ draft }) => !draft);
  const where = `the releases of ${owner}/${repo}`;
  return matching(published, (one) => one.tag_name, tag, where).map(({ item: item2, version: version2, tag: name2 }) => ({
    version: version2,
    tag: name2,
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
  return matching(data, ({ ref }) => nameOf2(ref), tag, `${owner}/${repo}`).map(({ version: version2, tag: name2 }) => ({
    version: version2,
    tag: name2
  }));
}
async function githubTagDate(hub, source, version2) {
  return (await commitOf(hub, source, `tags/${tagOf(version2, source.tag)}`)).date;
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
  const [at, candidates] = await inOrder(current, list3(source, parts));
  const isDated = rules.minimumAge === 0 || candidates.some(({ date }) => date !== void 0);
  const dated = isDated ? candidates : await withDates(candidates, worthDating(candidates, at, rules), source, parts);
  return chooseRelease(dated, at, rules, now);
}
async function inOrder(first, second) {
  second.catch(() => {
  });
  return [await first, await second];
}
function list3(source, parts) {
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
  const wanted2 = eligible(candidates, current, rules);
  return rules.step === "next" ? wanted2.slice(0, MAX_DATES) : wanted2.slice(-MAX_DATES);
}
async function withDates(candidates, wanted2, source, parts) {
  const dates = /* @__PURE__ */ new Map();
  for (const release2 of wanted2) dates.set(release2, await dateOf(release2, source, parts));
  return candidates.map((release2) => {
    const date = dates.get(release2);
    return date === void 0 ? release2 : { ...release2, date };
  });
}
async function dateOf({ version: version2 }, source, parts) {
  if (source.kind === "github") return githubTagDate(await parts.hub(), source, version2);
  if (source.kind !== "git") return void 0;
  const ref = `refs/tags/${tagOf(version2, source.tag)}`;
  return (await gitCommit(parts.run, source.url, ref, parts.scratch)).date;
}
async function head({ of, branch, version: version2 }, { hub, run, scratch: scratch2 }) {
  const { revision, date } = await (of.kind === "github" ? githubHead(await hub(), of, branch) : gitCommit(run, of.url, `refs/heads/${branch}`, scratch2));
  const day2 = new Date(date).toISOString().slice(0, 10);
  return {
    version: version2.replaceAll("{date}", day2).replaceAll("{revision}", revision),
    revision,
    date
  };
}

// src/refresh/changes.ts
import path30 from "node:path";
async function lockChanges({ project, spotted, pinned }, older, log) {
  const file2 = path30.join(older.folder, path30.relative(pinned.project, project.lockFile));
  const text3 = await older.read(file2);
  if (text3 === void 0) {
    log.info(`There is no older uv.lock to compare with (${older.name}), so the report names no packages.`);
    return void 0;
  }
  try {
    return diffLocks(
      parseLock(text3, `${older.name}:uv.lock`),
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
      for (const { name: name2, filename } of diff.hashOnly)
        log.warning(`${name2}: ${filename} has other bytes under the same version.`);
    }
  );
}
var isDirect = ({ relation }) => relation === "direct";
var versions = (entries2) => entries2.length === 0 ? "(none)" : entries2.map(({ version: version2, source }) => version2 ?? source ?? "?").join(", ");

// src/refresh/lock-index.ts
function indexOfLock({ packages }, name2) {
  const wanted2 = normalizeName(name2) ?? name2;
  const counts = /* @__PURE__ */ new Map();
  for (const { name: found2, source } of packages) {
    if (source.kind !== "registry") continue;
    if (found2 === wanted2) return source.url;
    counts.set(source.url, (counts.get(source.url) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}
async function indexOfDerivation(where, name2, { run, log, read: read2 }) {
  try {
    const { project } = await evaluate(where, run, log);
    return indexOfLock((await loadProject(project, read2)).lock, name2);
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.info(`The lock's own index can't be told: ${error2.message}`);
    return void 0;
  }
}

// src/refresh/checkout.ts
import path31 from "node:path";
async function openCheckout(dir, run) {
  const git2 = (...args) => run("git", ["-C", dir, ...args]);
  const asked3 = await git2("rev-parse", "--show-toplevel", "--git-path", journalName, "HEAD");
  if (asked3.code !== 0) {
    throw new UserError(
      "no-checkout",
      `'${dir}' is no checked-out git repository (${asked3.stderr.trim().split("\n")[0]}); put actions/checkout before this step.`
    );
  }
  const lines2 = asked3.stdout.trimEnd().split("\n");
  const [root = "", journal = "", head2 = ""] = lines2;
  if (lines2.length !== 3) return openOddly(git2);
  return {
    root,
    head: head2,
    journal: path31.resolve(dir, journal),
    textAt: textAt(git2, root)
  };
}
async function openOddly(git2) {
  const [top, head2] = [await git2("rev-parse", "--show-toplevel"), await git2("rev-parse", "HEAD")];
  const root = top.stdout.replace(/\n$/, "");
  return { root, head: head2.stdout.trim(), journal: void 0, textAt: textAt(git2, root) };
}
var textAt = (git2, root) => async (commit, file2) => {
  const show2 = () => git2("show", "--end-of-options", `${commit}:${path31.relative(root, file2)}`);
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
function pathInCheckout({ root }, file2) {
  const relative2 = path31.relative(root, file2);
  return relative2.startsWith("..") || path31.isAbsolute(relative2) ? void 0 : relative2;
}

// src/refresh/older.ts
var olderCommit = (checkout2, commit, folder) => ({
  folder,
  read: (file2) => checkout2.textAt(commit, file2),
  name: commit
});
async function olderSource(where, checkout2, { run, log, read: read2 }) {
  try {
    const { project, version: version2 } = await evaluate(where, run, log);
    if (pathInCheckout(checkout2, project) !== void 0) return void 0;
    return { folder: project, read: read2, name: `the source of ${version2}` };
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
async function refreshPackage(refresh3, parts, finders) {
  const { config, checkout: checkout2 } = refresh3;
  const where = refresh3.where ?? whereOf(config.nix, config.attribute, checkout2.root, refresh3.configFile);
  const { version: version2 } = refresh3;
  const pinned = looksForRelease(refresh3) ? await begun2(refresh3, where, parts) : void 0;
  const choice = version2 === void 0 ? await chooseRelease2(refresh3, where, parts, finders, pinned?.promise) : asked2(version2);
  const to = choice?.kind === "release" ? choice.release : void 0;
  const isNeeded = to !== void 0 || refresh3.refreshOutputs && (config.also.length > 0 || config.sourceHash !== void 0);
  const source = to === void 0 ? void 0 : await olderSource(where, checkout2, parts);
  const bump = isNeeded ? await bumpTo({ where, root: checkout2.root, config, to }, parts) : void 0;
  let diff;
  let bytesBefore;
  const onPlanned = async (planned2) => {
    if (refresh3.compares === false) return;
    const older = source ?? olderCommit(checkout2, refresh3.before ?? "HEAD^", planned2.pinned.project);
    diff = await lockChanges(planned2, older, parts.log);
    bytesBefore = diff && await olderBytes(older, planned2);
    if (diff) await tellChanges(diff, parts.log);
  };
  try {
    const journaled = bump ? { ...parts, journal: bump.journal } : parts;
    const { updated, failed: failed2 } = await verified(
      {
        ...{
          where,
          verify: refresh3.verify,
          trustNixAlone: refresh3.skipSecondDerivation,
          onPlanned,
          pinned: bump ? void 0 : pinned?.promise
        },
        ...refresh3.cacheTo ? { cacheTo: cacheOf(refresh3.cacheTo, parts) } : {},
        lockOnly: refresh3.lockOnly ?? false
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
var cacheOf = (address3, { cacheCredentials: cacheCredentials2 }) => ({
  address: address3,
  credentials: cacheCredentials2(address3)
});
async function begun2({ meanwhile }, where, { run, log }) {
  const { promise: started, resolve: resolve2 } = Promise.withResolvers();
  const promise = evaluate(where, run, log, { revision: true, onStart: resolve2 });
  await Promise.race([started, promise.catch(() => {
  })]);
  meanwhile?.();
  return { promise };
}
var looksForRelease = ({ version: version2, findReleases, config }) => version2 === void 0 && findReleases && config.releases !== void 0;
async function chooseRelease2({ config, findReleases }, where, parts, finders, pinned) {
  const { releases } = config;
  if (!findReleases || !releases) return void 0;
  const known = pinned?.then(
    ({ version: version2, revision = null }) => ({ version: version2, revision }),
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
  for (const { version: version2, why } of choice.held)
    parts.log.info(`${config.name}: ${version2} is held back: ${why}`);
  return choice;
}
var asked2 = (version2) => ({ kind: "release", release: { version: version2 }, held: [] });
async function lockIndex({ source }, where, parts, { index }) {
  if (source.kind !== "pypi" || index !== void 0) return void 0;
  return indexOfDerivation(where, source.name, parts);
}
async function verified(request2, { pullRequest }, parts) {
  try {
    return { updated: await update(request2, parts), failed: void 0 };
  } catch (error2) {
    const isVerification = error2 instanceof UserError && ["build-failed", "import-failed"].includes(error2.code);
    if (!isVerification || pullRequest.draft !== "unverified") throw error2;
    parts.log.warning(
      `${error2.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`
    );
    const name2 = error2.code === "build-failed" ? "Build" : "Import";
    const { onPlanned: _, ...again } = request2;
    return {
      updated: await update({ ...again, verify: false }, parts),
      failed: { name: name2, result: "failed", detail: error2.message }
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
  const changed2 = packages.length - added - removed;
  const parts = [
    changed2 > 0 ? `${count2(changed2, "package")} changed` : "",
    added > 0 ? `${changed2 > 0 ? added : count2(added, "package")} added` : "",
    removed > 0 ? `${changed2 + added > 0 ? removed : count2(removed, "package")} removed` : ""
  ].filter((part) => part !== "");
  return list2(parts);
}
var versions2 = (before, after) => [before, after].filter((version2) => version2 !== void 0).map(code).join(" → ");
function headline(report) {
  const { name: name2, before, after, links = [] } = report.subject;
  const what = before === after ? versions2(after, void 0) : versions2(before, after);
  const systems = report.hashes.map(({ system }) => code(system));
  const parts = [
    packageCounts(report.packages),
    systems.length > 0 ? `new ${systems.length === 1 ? "hash" : "hashes"} for ${list2(systems)}` : ""
  ].filter((part) => part !== "");
  const more2 = links.map(({ text: label3, url }) => link(text2(label3), url)).join(" · ");
  const first = `**${text2(name2)}**${what === "" ? "" : ` ${what}`}${parts.length > 0 ? `: ${parts.join("; ")}` : ""}.`;
  return more2 === "" ? first : `${first} ${more2}`;
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
  const lines2 = hashes.flatMap(({ system, before, after, how }) => [
    `@@ ${plain(system)} ${HOW[how]} @@`,
    ...before === void 0 || before === after ? [] : [`- ${plain(before)}`],
    `${before === after ? " " : "+"} ${plain(after)}`
  ]);
  return `### Hashes

${fenced(lines2.join("\n"), "diff")}`;
}
var MARKS = { ok: "✅", failed: "❌", "not checked": "⚪" };
var written = (detail) => /^[\w./+=@-]+$/.test(detail) ? code(detail) : text2(detail, LONG);
function checkSection(checks2) {
  if (checks2.length === 0) return "";
  const order = ["failed", "not checked", "ok"];
  const lines2 = [...checks2].sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result)).map(({ name: name2, result, detail }) => {
    const note = result === "not checked" ? " (not checked)" : "";
    return `- ${MARKS[result]} ${text2(name2)}${note}${detail === void 0 ? "" : `: ${written(detail)}`}`;
  });
  return `### Verified

${lines2.join("\n")}`;
}
function restSection(report) {
  const notDone2 = report.notDone.map(({ what, why }) => `* Not done: ${text2(what)}, because ${text2(why)}`);
  const notes = (report.notes ?? []).map((note) => `* ${text2(note, LONG)}`);
  const notAsked = (report.notAsked ?? []).map((one) => `* Not asked: ${text2(one, LONG)}`);
  return [...notDone2, ...notes, ...notAsked].join("\n");
}
function size(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  const units2 = ["kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units2.length);
  return `${(bytes / 1e3 ** power).toFixed(1)} ${units2[power - 1]}`;
}
function downloadSection(download2) {
  if (!download2) return "";
  const { before, after, system } = download2;
  const sizes = before === void 0 || size(before) === size(after) ? size(after) : `${size(before)} → ${size(after)}`;
  return `Download: ${sizes}${system === void 0 ? "" : ` for ${code(system)}`}.`;
}

// src/report/packages.ts
var FOLD_FROM = 16;
var byImportance = (a, b) => Number(b.direct) - Number(a.direct) || (a.name < b.name ? -1 : Number(a.name > b.name));
function warningSection(packages) {
  const lines2 = [...packages].sort(byImportance).flatMap((change) => {
    const { yanked, vulnerabilities = [] } = change;
    const name2 = `**${text2(change.name)}** ${code(change.after ?? "")}`;
    return [
      ...yanked === void 0 ? [] : [`${name2} was withdrawn from its index: ${yanked === "" ? "no reason given" : text2(yanked)}`],
      ...vulnerabilities.map((one) => `${name2} has a known vulnerability, ${vulnerability(one)}`)
    ];
  });
  if (lines2.length === 0) return "";
  return ["> [!WARNING]", ...lines2.map((line) => `> - ${line}`)].join("\n");
}
function vulnerability({ id, url, summary: summary3, fixedIn }) {
  const fixed = fixedIn.length === 0 ? "" : ` (fixed in ${list2(fixedIn.slice(0, 5).map(code))})`;
  return `${link(code(id), url)}${fixed}${summary3 === void 0 ? "" : `: ${text2(summary3)}`}`;
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
  const drawn2 = table(["Package", "Before", "After", ...hasNotes ? ["Comes as"] : []], rows);
  const direct = sorted2.filter((change) => change.direct).length;
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
    const kind2 = [before, after].filter((one) => one !== void 0);
    const what = before === after ? after ?? "" : kind2.join(" → ");
    bySystem.set(what, [...bySystem.get(what) ?? [], system]);
  }
  return [...bySystem].map(([what, systems]) => `${text2(what)} on ${list2(systems.map(code))}`).join("; ");
}

// src/report/release-notes.ts
var READ = 2e4;
var LINES = 80;
var WIDEST2 = 400;
function notesSection(notes) {
  if (notes === void 0) return "";
  const lines2 = notes.slice(0, READ).replace(/<!--[\s\S]*?(?:-->|$)/g, "").split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const quoted = squeeze(quote(lines2));
  if (quoted.length === 0) return "";
  const cut2 = quoted.length > LINES || notes.length > READ;
  const shown2 = cut2 ? [...quoted.slice(0, LINES), "", "…"] : quoted;
  return fold("Release notes", shown2.map((line) => `> ${line}`.trimEnd()).join("\n"));
}
function quote(lines2) {
  let isCode = false;
  return lines2.map((line) => {
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
  return text2(seen, WIDEST2);
}
function squeeze(lines2) {
  const flat = lines2.flatMap((line) => line.split("\n"));
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
  const total2 = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const longest2 = [...stages].sort((a, b) => b.milliseconds - a.milliseconds).filter(({ milliseconds }, index) => index === 0 || milliseconds > total2 / 10).slice(0, 3);
  const named = list2(longest2.map(({ stage, milliseconds }) => `${text2(stage)} ${duration(milliseconds)}`));
  return `Took ${duration(total2)}, most of it for ${named}.

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
  const why = published?.reason === void 0 ? "" : ` (${text2(published.reason)})`;
  const result = published ? [`Pull request: ${code(published.outcome)}${where}${why}`] : [];
  const merging3 = published?.autoMerge === void 0 ? [] : [text2(published.autoMerge, LONG)];
  return join3([`## ${text2(report.subject.name)}`, ...result, ...merging3, ...sections(report)]);
}
function bodyKey(report) {
  return body({ ...report, timings: [], notAsked: [] });
}

// src/action/proposed.ts
function proposedOf({ name: name2 }, checkout2, refreshed, edits, reports) {
  return {
    name: name2,
    reports,
    subjects: refreshed.map(({ config, bump, update: { pinned } }) => ({
      name: config.name,
      pname: pinned.pname,
      before: bump?.before ?? pinned.version,
      after: bump?.after ?? pinned.version,
      isBump: bump !== void 0 && bump.before !== bump.after
    })),
    files: edits.map(({ file: file2, after }) => ({ path: mustBeInside(checkout2, file2), content: after })),
    computedFrom: refreshed.flatMap(({ update: update2 }) => pathInCheckout(checkout2, update2.project.lockFile) ?? []),
    isUnverified: refreshed.some(({ failed: failed2 }) => failed2 !== void 0)
  };
}
function requestOf2(proposed, { branch, options: options2 }, trigger, head2) {
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
    ...isBump ? { key: subjects.map(({ name: name2, after }) => `${name2} ${after}`).join(", ") } : {},
    ...{ labels: options2.labels, assignees: options2.assignees, reviewers: options2.reviewers },
    ...options2.milestone === void 0 ? {} : { milestone: options2.milestone },
    draft: options2.draft === true,
    isUnverified: proposed.isUnverified,
    autoMerge
  };
}
function wordsOf3({ name: name2, subjects }) {
  const only = subjects.length === 1 ? subjects[0] : void 0;
  return /* @__PURE__ */ new Map([
    ["name", name2],
    ["before", only?.before ?? ""],
    ["after", only?.after ?? ""]
  ]);
}
function titleOf({ name: name2, subjects }) {
  const moved = subjects.filter(({ isBump }) => isBump);
  const [first] = subjects;
  if (moved.length > 0 && subjects.length > 1) return `${name2}: update ${moved.length} packages`;
  if (first?.isBump) return `${name2}: ${first.before} → ${first.after}`;
  return `${subjects.length === 1 && first ? first.pname : name2}: update the hash of its Python dependencies`;
}
function mustBeInside(checkout2, file2) {
  const inside2 = pathInCheckout(checkout2, file2);
  if (inside2 !== void 0) return inside2;
  throw new UserError(
    "outside-checkout",
    `${file2} has to change, but it lies outside the checkout ${checkout2.root}; keep the derivation's hash and build lock in this repository.`
  );
}

// src/action/report.ts
import path33 from "node:path";

// src/action/moved.ts
function movedPackages({ added, removed, changed: changed2 }, lock, { advice }) {
  return [...added, ...removed, ...changed2].filter((change) => !isProject(change)).map((change) => {
    const { name: name2 } = change;
    const [before, after] = [label2(change.before), label2(change.after)];
    const index = indexOf(lock, name2);
    const told = change.after.flatMap(
      ({ version: version2 }) => advice.get(adviceKey({ name: name2, version: version2 ?? "" })) ?? []
    );
    const yanked = told.find((one) => one.yanked !== void 0)?.yanked;
    const vulnerabilities = told.flatMap((one) => one.vulnerabilities);
    const url = told.find(({ page }) => page !== void 0)?.page ?? (index && `${index.replace(/\/+$/, "")}/${name2}/`);
    return {
      name: name2,
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
function indexOf(lock, name2) {
  const source = lock.byName.get(name2)?.find(({ source: { kind: kind2 } }) => kind2 === "registry")?.source;
  return source?.kind === "registry" ? source.url : void 0;
}
var label2 = (entries2) => entries2.length === 0 ? void 0 : entries2.map(({ version: version2, source }) => version2 ?? source ?? "dynamic").join(", ");
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
    const [old, now] = [before, after].map((entries2) => kindOf2[entries2.at(-1)?.forms[system] ?? "none"]);
    const isUsual = (kind2) => kind2 === void 0 || kind2 === "wheel";
    if (isUsual(old) && isUsual(now)) return [];
    return [{ system, ...old ? { before: old } : {}, ...now ? { after: now } : {} }];
  });
  return found2.length === 0 ? {} : { kinds: found2 };
}

// src/action/why.ts
import path32 from "node:path";
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
  const edit = edits.find(({ file: file2 }) => path32.basename(file2) === buildLockName);
  if (!edit) return void 0;
  const { before, after } = edit;
  return {
    before: before === void 0 ? void 0 : parseBuildLock(before, buildLockName),
    after: parseBuildLock(after, buildLockName)
  };
}
function ofLock({ added, removed, changed: changed2, hashOnly }) {
  const hasMoved = added.length + removed.length + changed2.length > 0;
  const others = [...new Set(hashOnly.map(({ name: name2, version: version2 }) => `${name2} ${version2 ?? ""}`.trim()))];
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
  const texts = names3.flatMap((name2) => {
    const [old, now] = [before[name2], after[name2]].map((value) => JSON.stringify(value) ?? "none");
    return old === now ? [] : [`${name2} ${old} → ${now}`];
  });
  return texts.length === 0 ? [] : [`Another option of the derivation: ${shown(texts)}.`];
}
function buildTools(moved) {
  if (!moved?.before) return [];
  const [before, after] = [moved.before, moved.after].map(toolsOf);
  if (!before || !after) return [];
  const texts = [...after].flatMap(([name2, now]) => {
    const old2 = before.get(name2);
    return old2 === void 0 || old2 === now ? [] : [`${name2} ${old2} → ${now}`];
  });
  const built = ({ builds }) => Object.values(builds).map(labelOf2);
  const old = new Set(built(moved.before));
  const fresh = built(moved.after).filter((label3) => !old.has(label3));
  return [
    ...texts.length === 0 ? [] : [`Build tools changed: ${shown(texts.sort())}.`],
    ...fresh.length === 0 ? [] : [`New to be built from source: ${shown(fresh)}.`]
  ];
}
var labelOf2 = (build4) => `${build4.name} ${build4.version ?? ""}`.trim();
function toolsOf({ wheels }) {
  const tools = /* @__PURE__ */ new Map();
  for (const file2 of Object.keys(wheels).sort()) {
    const [name2 = "", version2 = ""] = file2.split("-", 2);
    tools.set(name2, [...tools.get(name2) ?? [], version2]);
  }
  return new Map([...tools].map(([name2, versions3]) => [name2, [...new Set(versions3)].join(" and ")]));
}
var shown = (texts) => texts.length > SHOWN3 ? `${texts.slice(0, SHOWN3).join(", ")} and ${texts.length - SHOWN3} more` : list2(texts);

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
    timings: update2.stages.map(({ name: name2, milliseconds }) => ({ stage: name2, milliseconds })),
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
  const { owner, repo, list: list4, tag } = source;
  const page = `${serverUrl}/${owner}/${repo}`;
  const [old, now] = [before, after].map((version2) => encodeURI(tagOf(version2, tag)));
  return [
    ...list4 === "releases" ? [{ text: "Release notes", url: `${page}/releases/tag/${now}` }] : [],
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
      ({ module, file: file2 }) => ({
        name: `import ${module}`,
        result: "ok",
        detail: path33.relative(out, file2)
      })
    )
  ];
}

// src/action/run.ts
async function runAction(runner) {
  const { inputs, parts } = runner;
  const checkout2 = await runner.checkout();
  const journal = await parts.journal(checkout2.root, checkout2.journal);
  const config = await configOf(runner, checkout2);
  const results = [];
  for (const proposal of proposalsOf(inputs, config)) {
    results.push(await runProposal(runner, proposal, { checkout: checkout2, journal }, config));
  }
  return results;
}
async function configOf({ inputs, trigger, parts }, checkout2) {
  const { config, attribute } = inputs;
  const { proposedTo } = trigger;
  const read2 = proposedTo === void 0 ? parts.read : (file2) => checkout2.textAt(proposedTo, file2);
  const text3 = attribute === "" ? await read2(config) : void 0;
  if (text3 !== void 0) return withOptions(parseConfig(text3, config), inputs.options);
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
async function runProposal(runner, proposal, { checkout: checkout2, journal }, config) {
  const { inputs, trigger, parts, forge } = runner;
  const finders = releaseParts(runner, config);
  const cacheTo = cacheOf2(runner, config);
  const group2 = await refreshGroup(proposal.packages, journal, parts, async (one, journaled) => {
    if (proposal.packages.length > 1) parts.log.info(`${one.name}, of the group ${proposal.name}:`);
    const now = await refreshPackage(
      {
        ...{ config: one, configFile: inputs.config, checkout: checkout2, before: trigger.before },
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
    const proposed = proposedOf(proposal, checkout2, refreshed, edits, reports);
    const done = { name: proposal.name, branch: proposal.branch, refreshed, edits, reports, proposed };
    if (inputs.mode === "compute") {
      await undo();
      return { ...done, published: void 0 };
    }
    if (!inputs.pullRequest) {
      await keep();
      return { ...done, published: void 0 };
    }
    const request2 = requestOf2(proposed, proposal, trigger, checkout2.head);
    const published = await parts.log.group(
      "Pull request",
      async () => unlessCancelled(publish(await forge(), request2, parts.log), parts.stop)
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
  const address3 = inputs.cacheTo ?? config.cacheTo;
  if (address3 === void 0 || trigger.proposedTo === void 0) return address3;
  parts.log.info(`Nothing is copied to ${address3}: this run is about a pull request.`);
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
  const checkout2 = await runner.checkout();
  const config = await configOf(runner, checkout2);
  const packages = proposalsOf(inputs, config).flatMap((proposal) => proposal.packages);
  const isNamed = inputs.attribute !== "";
  const root = isNamed ? inputs.workspace : checkout2.root;
  const whereIs = async ({ nix, attribute }) => isNamed ? whereFrom(root, nix, attribute, parts.run) : whereOf(nix, attribute, root, inputs.config);
  return { checks: await checkPackages(packages, root, whereIs, parts), root };
}
function checkOutputs(checks2, root) {
  const first = checks2.find(({ checked: checked2 }) => checked2 && checked2.status !== "current") ?? checks2[0];
  const results = checks2.map(
    ({ name: name2, checked: checked2, error: error2 }) => checked2 ? { name: name2, status: checked2.status, hashes: hashesOf2(checked2), patch: checked2.patch } : { name: name2, status: "error", error: error2.code, message: error2.message }
  );
  return {
    status: worstOf(checks2) ?? "",
    patch: patchOfAll(checks2, root),
    hashes: JSON.stringify(first?.checked ? hashesOf2(first.checked) : {}),
    results: JSON.stringify(results)
  };
}
var hashesOf2 = ({ hashes }) => Object.fromEntries(hashes.map(({ system, before, after }) => [system, { before, after }]));
function checkAnnotations(checks2) {
  return checks2.flatMap(({ name: name2, checked: checked2, error: error2 }) => {
    const say = (message2) => checks2.length === 1 ? message2 : `${name2}: ${message2}`;
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
var checkSummaries = (checks2) => checks2.map(({ name: name2, checked: checked2, error: error2 }) => checked2 ? checkSummary(name2, checked2) : failureSummary(error2)).join("\n");
function checkSummary(name2, checked2) {
  const { status, message, hashes, patch: patch2, notChecked } = checked2;
  const lines2 = [`## ${text2(name2)}: ${status}`, "", text2(message), ""];
  if (hashes.length > 0) {
    lines2.push("| System | Pinned | Computed |", "| --- | --- | --- |");
    for (const { system, before, after } of hashes)
      lines2.push(`| ${code(system)} | ${code(before || "none")} | ${code(after)} |`);
    lines2.push("");
  }
  if (patch2 !== "") lines2.push("`git apply` this to make it current:", "", fenced(patch2, "diff"), "");
  if (notChecked.length > 0) lines2.push("Not checked:", ...notChecked.map((one) => `- ${text2(one)}`), "");
  return `${lines2.join("\n")}
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
function readEvent(environment2, readFile11) {
  const get = (name2) => environment2[`GITHUB_${name2}`] ?? "";
  const text3 = get("EVENT_PATH") === "" ? void 0 : readFile11(get("EVENT_PATH"));
  const payload = text3 ? JSON.parse(text3) : {};
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
var tokenRejected = (step, said2) => `The forge does not accept the token, so it refused to ${step.to} (${said2}). Give a token that has not expired: \`\${{ github.token }}\`, or an access token of an account.`;
var tokenPermission = (step, said2) => `The token may not ${step.to} (${said2}). An access token needs the scope \`${step.needs}\`, and its account may have to be a collaborator; the job's own token can only read where a pull request from a fork started the run.`;
var notFound = (step, said2) => `The forge found nothing where it was asked to ${step.to} (${said2}). Check the repository's name; it says the same where the token may not see a private repository (scope \`${step.needs}\`).`;
var unavailable = (step, said2) => `The forge did not answer properly when asked to ${step.to}, also when asked again (${said2}). Run this again later: it goes on from where it stopped.`;
var { explain: explain2, doStep } = explainingBy(EXPLANATIONS);
var PASSING = /returned error: (?:5\d\d|429)|Could not resolve host|Failed to connect|Couldn't connect|Connection (?:reset|refused|timed out)|timed out|early EOF|hung up unexpectedly|RPC failed|Empty reply|unexpected disconnect|transfer closed|GnuTLS recv error|SSL_ERROR_SYSCALL|Operation too slow/i;
var isPassing2 = (stderr) => PASSING.test(stderr);
function lastWords(stderr) {
  const lines2 = stderr.split("\n").map((line) => line.replace(/^(?:remote|fatal|error):\s*/, "").trim()).filter((line) => line !== "");
  return lines2.slice(-4).join("; ").slice(0, 500) || "git said nothing";
}
var GIT = [
  {
    fits: /protected branch|pre-receive hook declined|not allowed to push|force.?push|GH006/i,
    code: "branch-protected",
    say: (step, said2) => `A rule of the repository forbids to ${step.to} (${said2}). Let the rule leave out this branch, or choose a branch name that it does not cover.`
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
    say: (step, said2) => `The forge sends elsewhere when asked to ${step.to} (${said2}), and the token is not sent after it. Was the repository renamed, or is the server's address (\`ROOT_URL\`) not the one that it answers under? Correct that.`
  },
  { fits: PASSING, code: "forge-unavailable", say: unavailable }
];
function explainGit(step, stderr) {
  const found2 = GIT.find(({ fits: fits2 }) => fits2.test(stderr));
  const said2 = lastWords(stderr);
  if (found2) return new UserError(found2.code, found2.say(step, said2), { log: stderr });
  return new UserError("forge-refused", `git could not ${step.to}: ${said2}.`, { log: stderr });
}

// src/pull-request/forgejo/auto-merge.ts
var ON = "pull_scheduled_merge";
var OFF = "pull_cancel_scheduled_merge";
async function readAutoMerge(ask2, place2, index) {
  const route = "GET /repos/{owner}/{repo}/issues/{index}/timeline";
  const events2 = await listAll(ask2, route, { ...place2, index });
  const last = events2.findLast(({ type }) => type === ON || type === OFF);
  return {
    isOn: last?.type === ON,
    switchedOffBy: last?.type === OFF ? last.user?.login ?? "somebody" : void 0
  };
}
function merging(ask2, place2, { number }) {
  return doStep({ to: `read how #${number} may be merged`, needs: "read:repository" }, async () => {
    const { data } = await ask2("GET /repos/{owner}/{repo}", { ...place2 });
    const repository = data;
    const allowed = {
      merge: repository.allow_merge_commits,
      squash: repository.allow_squash_merge,
      rebase: repository.allow_rebase
    };
    const preferred = repository.default_merge_style;
    const methods = ["merge", "squash", "rebase"].filter((method) => allowed[method]).sort((a, b) => Number(b === preferred) - Number(a === preferred));
    const { switchedOffBy } = await readAutoMerge(ask2, place2, number);
    return { isAllowed: true, methods, switchedOffBy };
  });
}
function enableAutoMerge(ask2, place2, { number: index, baseRef }, method) {
  const needs = "write:repository, write:issue";
  return doStep({ to: `switch on auto-merge for #${index}`, needs }, async () => {
    const { data } = await ask2("GET /repos/{owner}/{repo}/branches/{branch}", { ...place2, branch: baseRef });
    const { enable_status_check: needsChecks, required_approvals: approvals } = data;
    if (approvals === 0 && !needsChecks) return `${baseRef} requires neither a check nor an approval`;
    if (approvals === 0 && await hasPassed(ask2, place2, index)) return "all checks have passed";
    try {
      await ask2("POST /repos/{owner}/{repo}/pulls/{index}/merge", {
        ...{ ...place2, index, Do: method },
        merge_when_checks_succeed: true
      });
    } catch (error2) {
      if (statusOf(error2) !== 409) throw error2;
    }
    return void 0;
  });
}
async function hasPassed(ask2, place2, index) {
  const { data: pull } = await ask2("GET /repos/{owner}/{repo}/pulls/{index}", { ...place2, index });
  const ref = pull.head.sha;
  const { data } = await ask2("GET /repos/{owner}/{repo}/commits/{ref}/status", { ...place2, ref });
  return data.state === "success";
}

// src/pull-request/forgejo/look.ts
var NEEDS = "read:repository";
var fetching = { to: "read the repository", needs: NEEDS };
async function headsOf(store, branches) {
  const names3 = branches.map((name2) => `refs/heads/${name2}`);
  const text3 = await store.read(fetching, ["ls-remote", "--heads", "--", "origin", ...names3]);
  const heads = /* @__PURE__ */ new Map();
  for (const line of text3.split("\n")) {
    const [oid = "", name2 = ""] = line.split("	");
    if (names3.includes(name2)) heads.set(name2.slice("refs/heads/".length), oid);
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
async function look(store, request2) {
  const { owner, repo, base, branch } = request2;
  const paths = [.../* @__PURE__ */ new Set([...request2.files.map(({ path: path43 }) => path43), ...request2.computedFrom ?? []])];
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
  const lines2 = [];
  for (const { content, mode, path: path43, oid } of files) {
    const made = await store.local(["hash-object", "-w", "-t", "blob", "--no-filters", "--stdin"], {
      input: content
    });
    if (made.trim() !== oid) throw new Error(`git gives ${path43} the id ${made.trim()}, and not ${oid}`);
    lines2.push(`${mode} ${oid}	${path43}\0`);
  }
  await store.local(["update-index", "--add", "--replace", "-z", "--index-info"], {
    env: index,
    input: lines2.join("")
  });
  const tree = (await store.local(["write-tree", "--missing-ok"], { env: index })).trim();
  const name2 = "uv-fod";
  const email = `uv-fod@noreply.${store.host}`;
  const commit = await store.local(["commit-tree", tree, "-p", parent.oid, "-F", "-"], {
    input: message(tree),
    env: {
      ...{ GIT_AUTHOR_NAME: name2, GIT_AUTHOR_EMAIL: email },
      ...{ GIT_COMMITTER_NAME: name2, GIT_COMMITTER_EMAIL: email }
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
    const said2 = `${stdout}
${stderr}`;
    if (!isPassing2(stderr) || time === TRIES) throw refusal2(explainGit(step, said2), said2);
  }
}
function refusal2(error2, log) {
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
    `There is no open milestone '${wanted2}' in ${owner}/${repo}; it has ${titles || "none"}. Make it, or name another (\`milestone\`).`
  );
  return void 0;
}

// src/pull-request/forgejo/extras.ts
var NEEDS2 = "write:issue, write:repository";
async function everAdded(ask2, place2, index) {
  const route = "GET /repos/{owner}/{repo}/issues/{index}/timeline";
  const step = { to: `read what happened to the pull request #${index}`, needs: "read:issue" };
  const events2 = await doStep(step, () => listAll(ask2, route, { ...place2, index }));
  const those = (type, name2) => events2.flatMap((event) => event.type === type ? name2(event) ?? [] : []);
  return {
    labels: those("label", ({ label: label3 }) => label3?.name),
    assignees: those("assignees", ({ assignee }) => assignee?.login),
    reviewers: those(
      "review_request",
      ({ assignee, assignee_team: team }) => team ? `${place2.owner}/${team.name}` : assignee?.login
    ),
    milestone: those("milestone", ({ milestone }) => milestone?.title)
  };
}
async function add(ask2, place2, index, list4, items, log) {
  const pull = "/repos/{owner}/{repo}/pulls/{index}";
  const at = { ...place2, index };
  const calls = {
    labels: async () => ask2("POST /repos/{owner}/{repo}/issues/{index}/labels", {
      ...at,
      labels: await labelIds(ask2, place2, items)
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
      const milestone = await milestoneId(ask2, place2, items[0] ?? "", log);
      return milestone !== void 0 && ask2(`PATCH ${pull}`, { ...at, milestone });
    }
  };
  const step = { to: `${ADDING[list4]} ${items.join(", ")} (#${index})`, needs: NEEDS2 };
  return await doStep(step, calls[list4]) !== false;
}
async function milestoneId(ask2, place2, wanted2, log) {
  const route = "GET /repos/{owner}/{repo}/milestones";
  const all2 = await listAll(ask2, route, { ...place2, state: "open" });
  return findMilestone(all2, wanted2, place2, log)?.id;
}
async function labelIds(ask2, place2, names3) {
  const known = await listAll(ask2, "GET /repos/{owner}/{repo}/labels", { ...place2 });
  const { owner: org } = place2;
  const shared = await listAll(ask2, "GET /orgs/{org}/labels", { org }).catch(() => []);
  const ids = [];
  for (const name2 of names3) {
    const found2 = [...known, ...shared].find((one) => one.name.toLowerCase() === name2.toLowerCase());
    if (found2) ids.push(found2.id);
    else {
      const made = await ask2("POST /repos/{owner}/{repo}/labels", { ...place2, name: name2, color: "#ededed" });
      ids.push(made.data.id);
    }
  }
  return ids;
}

// src/pull-request/forgejo/git.ts
import { mkdtemp as mkdtemp6 } from "node:fs/promises";
import path34 from "node:path";
function settings(pairs) {
  const entries2 = pairs.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
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
  const home = await mkdtemp6(path34.join(scratch2, "publish-"));
  const dir = path34.join(home, "repository.git");
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
    const { input: input2 } = options2;
    const env = { ...base, ...options2.env };
    return run("git", ["--git-dir", dir, ...args], { env, ...input2 === void 0 ? {} : { input: input2 } });
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
      if (time >= tries || !isPassing2(result.stderr)) throw explainGit(step, result.stderr);
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
  return { commits, complete, mergeBase, changed: new Set(names3.split("\0").filter((name2) => name2 !== "")) };
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
  const text3 = await store.local(["cat-file", "commit", oid]);
  const end = text3.indexOf("\n\n");
  const headers = text3.slice(0, end === -1 ? void 0 : end).split("\n");
  const those = (name2) => headers.flatMap((line) => line.startsWith(`${name2} `) ? [line.slice(name2.length + 1)] : []);
  return {
    sha: oid,
    tree: those("tree")[0] ?? "",
    parents: those("parent"),
    message: end === -1 ? "" : text3.slice(end + 2),
    author: nameIn(those("committer")[0]) ?? nameIn(those("author")[0]) ?? "somebody"
  };
}
var nameIn = (person) => {
  const name2 = person?.slice(0, Math.max(person.indexOf(" <"), 0));
  return name2 === "" ? void 0 : name2;
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
    labels: (data.labels ?? []).map(({ name: name2 }) => name2),
    assignees: (data.assignees ?? []).map(({ login }) => login),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => login),
      ...(data.requested_reviewers_teams ?? []).map(({ name: name2 }) => `${owner}/${name2}`)
    ],
    milestone: data.milestone ? [data.milestone.title] : [],
    isDraft: isDraft(data.title),
    hasAutoMerge,
    id: String(data.number)
  };
}
var CLOSED_PAGES = 5;
function listPulls2(ask2, place2, branch) {
  return doStep({ to: "list pull requests", needs: "read:issue, read:repository" }, async () => {
    const route = `GET ${pullRoute}`;
    const open3 = await listAll(ask2, route, { ...place2, state: "open" });
    const closed = await listAll(ask2, route, { ...place2, state: "closed" }, CLOSED_PAGES);
    const ofBranch = ({ head: head2, base }) => head2.label === branch && head2.repo_id === base.repo_id;
    const pulls = closed.filter(ofBranch).map((pull) => pullOf(pull, place2, false));
    for (const pull of open3.filter(ofBranch))
      pulls.push(pullOf(pull, place2, (await readAutoMerge(ask2, place2, pull.number)).isOn));
    return pulls.sort((a, b) => b.number - a.number);
  });
}
var WRITE = "write:repository, write:issue";
var DRAFT = "WIP: ";
var DRAFT_PREFIX = /^(?:WIP:|\[WIP\])\s*/i;
var isDraft = (title) => DRAFT_PREFIX.test(title);
async function openPull2(ask2, place2, { title, body: body2, head: head2, base, draft }) {
  const named = draft && !isDraft(title) ? `${DRAFT}${title}` : title;
  try {
    const { data } = await ask2(`POST ${pullRoute}`, { ...place2, title: named, body: body2, head: head2, base });
    return pullOf(data, place2, false);
  } catch (error2) {
    if (statusOf(error2) === 409) return "exists";
    if (statusOf(error2) === 422 && /no changes between/i.test(wordsOf2(error2))) return "nothing-new";
    throw explain2({ to: "open the pull request", needs: WRITE }, error2);
  }
}
async function editPull(ask2, place2, index, edit) {
  const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${index}`;
  await doStep({ to, needs: WRITE }, async () => {
    const title = edit.title === void 0 ? {} : { title: await titleFor(ask2, place2, index, edit.title) };
    await ask2(`PATCH ${pullRoute}/{index}`, { ...place2, index, ...edit, ...title });
  });
}
async function titleFor(ask2, place2, index, title) {
  const { data } = await ask2(`GET ${pullRoute}/{index}`, { ...place2, index });
  return isDraft(data.title) && !isDraft(title) ? `${DRAFT}${title}` : title;
}
async function setDraft(ask2, place2, index, draft) {
  const to = draft ? `make #${index} a draft` : `make #${index} ready for review`;
  await doStep({ to, needs: WRITE }, async () => {
    const { data } = await ask2(`GET ${pullRoute}/{index}`, { ...place2, index });
    const { title } = data;
    if (isDraft(title) === draft) return;
    const named = draft ? `${DRAFT}${title}` : title.replace(DRAFT_PREFIX, "");
    await ask2(`PATCH ${pullRoute}/{index}`, { ...place2, index, title: named });
  });
}
var commentRoute = "/repos/{owner}/{repo}/issues/{index}/comments";
var commenting = (index) => ({ to: `comment on the pull request #${index}`, needs: "write:issue" });
async function comments(ask2, place2, index) {
  const { data } = await doStep(commenting(index), () => ask2(`GET ${commentRoute}`, { ...place2, index }));
  return (data ?? []).map(({ body: body2 }) => body2);
}
async function comment(ask2, place2, index, body2) {
  await doStep(
    commenting(index),
    () => ask2(`POST ${commentRoute}`, { ...place2, index, body: body2, request: { retries: 0 } })
  );
}

// src/pull-request/forgejo/forgejo.ts
var BODY_LIMIT = 65536;
function forgejoForge({ run, ask: ask2, scratch: scratch2, remote, patience }) {
  const place2 = { owner: remote.owner, repo: remote.repo };
  const store = once(() => openStore(run, scratch2, remote, patience));
  return {
    bodyLimit: BODY_LIMIT,
    look: async (request2) => look(await store(), request2),
    viewCommit: async (oid, paths) => {
      await fetchCommits(await store(), [oid]);
      return viewOf(await store(), oid, paths);
    },
    compare: async (from, to) => compare5(await store(), from, to),
    makeCommit: async (commit) => makeCommit(await store(), commit),
    moveBranch: async (branch, move) => moveBranch(await store(), branch, move),
    listPulls: (branch) => listPulls2(ask2, place2, branch),
    openPull: (pull) => openPull2(ask2, place2, pull),
    editPull: (number, edit) => editPull(ask2, place2, number, edit),
    comments: (number) => comments(ask2, place2, number),
    comment: (number, body2) => comment(ask2, place2, number, body2),
    everAdded: (number) => everAdded(ask2, place2, number),
    add: (number, list4, items, log) => add(ask2, place2, number, list4, items, log),
    setDraft: ({ number }, draft) => setDraft(ask2, place2, number, draft),
    merging: (pull) => merging(ask2, place2, pull),
    enableAutoMerge: (pull, method) => enableAutoMerge(ask2, place2, pull, method)
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
async function treeEntry(octokit, { owner, repo }, file2) {
  const entry = { path: file2.path, mode: file2.mode, type: "blob" };
  const text3 = asText(file2.content);
  if (text3 !== void 0) return { ...entry, content: text3 };
  const content = Buffer.from(file2.content).toString("base64");
  const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: "base64" });
  return { ...entry, sha: data.sha };
}
function makeCommit2(octokit, place2, commit) {
  return doStep2({ to: "write a commit", needs: "contents: write" }, async () => {
    const entries2 = [];
    for (const file2 of commit.files) entries2.push(await treeEntry(octokit, place2, file2));
    const base = commit.parent.tree;
    const { data } = await octokit.rest.git.createTree({ ...place2, base_tree: base, tree: entries2 });
    const message = commit.message(data.sha);
    const made = { ...place2, message, tree: data.sha, parents: [commit.parent.oid] };
    return (await octokit.rest.git.createCommit(made)).data.sha;
  });
}
async function currentHead(octokit, place2, branch) {
  try {
    const { data } = await octokit.rest.git.getRef({ ...place2, ref: `heads/${branch}` });
    return data.object.sha;
  } catch (error2) {
    if (statusOf(error2) === 404) return void 0;
    throw error2;
  }
}
async function moveBranch2(octokit, place2, branch, { before, after, force }) {
  const { repositoryId, ...repository } = place2;
  const name2 = `refs/heads/${branch}`;
  const update2 = { name: name2, beforeOid: before ?? NO_OBJECT, afterOid: after ?? NO_OBJECT, force };
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
async function compare6(octokit, place2, from, to) {
  const { data } = await doStep2(
    { to: `compare ${from} with ${to}`, needs: "contents: read" },
    () => octokit.rest.repos.compareCommitsWithBasehead({ ...place2, basehead: `${from}...${to}` })
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
async function milestoneNumber(octokit, place2, wanted2, log) {
  const all2 = await octokit.paginate(octokit.rest.issues.listMilestones, { ...place2, per_page: 100 });
  return findMilestone(all2, wanted2, place2, log, ({ number }) => String(number) === wanted2)?.number;
}

// src/pull-request/github/extras.ts
var NEEDS3 = "pull-requests: write";
async function everAdded2(octokit, place2, number) {
  const step = { to: `read what happened to the pull request #${number}`, needs: "pull-requests: read" };
  const events2 = await doStep2(
    step,
    () => octokit.paginate(octokit.rest.issues.listEvents, { ...place2, issue_number: number, per_page: 100 })
  );
  const those = (subject) => events2.flatMap((event) => subject(event) ?? []);
  const team = ({ requested_team: { slug } = {} }) => slug === void 0 ? void 0 : `${place2.owner}/${slug}`;
  return {
    labels: those(({ label: label3 }) => label3?.name),
    assignees: those(({ assignee }) => assignee?.login),
    reviewers: [...those(({ requested_reviewer }) => requested_reviewer?.login), ...those(team)],
    milestone: those(({ milestone }) => milestone?.title)
  };
}
async function add2(octokit, place2, number, list4, items, log) {
  const issue2 = { ...place2, issue_number: number };
  const { issues, pulls } = octokit.rest;
  const calls = {
    labels: () => issues.addLabels({ ...issue2, labels: [...items] }),
    assignees: async () => {
      const assignees = await assignable(octokit, place2, items, log);
      return assignees.length > 0 && issues.addAssignees({ ...issue2, assignees });
    },
    // Apart: the token of a workflow may not ask teams.
    reviewers: async () => {
      const review = { ...place2, pull_number: number };
      const { users, teams } = usersAndTeams(items);
      if (users.length > 0) await pulls.requestReviewers({ ...review, reviewers: users });
      if (teams.length > 0) await pulls.requestReviewers({ ...review, team_reviewers: teams });
    },
    milestone: async () => {
      const milestone = await milestoneNumber(octokit, place2, items[0] ?? "", log);
      return milestone !== void 0 && issues.update({ ...issue2, milestone });
    }
  };
  const step = { to: `${ADDING[list4]} ${items.join(", ")} (#${number})`, needs: NEEDS3 };
  return await doStep2(step, calls[list4]) !== false;
}
async function assignable(octokit, place2, logins3, log) {
  const can = [];
  for (const assignee of logins3) {
    try {
      await octokit.rest.issues.checkUserCanBeAssigned({ ...place2, assignee });
      can.push(assignee);
    } catch (error2) {
      if (statusOf(error2) !== 404) throw error2;
      log.warning(
        `${assignee} can't be assigned in ${place2.owner}/${place2.repo}: only people with access to the repository can. Give them access, or leave them out of \`assignees\`.`
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
var variables = (paths) => Object.fromEntries(paths.map((path43, index) => [`p${index}`, path43]));
function viewOf2(answer, paths) {
  if (!answer?.oid || !answer.tree) return void 0;
  const files = /* @__PURE__ */ new Map();
  paths.forEach((path43, index) => {
    const file2 = answer[`f${index}`];
    if (file2) files.set(path43, { oid: file2.oid, mode: file2.mode.toString(8).padStart(6, "0") });
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
async function look2(octokit, request2) {
  const paths = [.../* @__PURE__ */ new Set([...request2.files.map(({ path: path43 }) => path43), ...request2.computedFrom ?? []])];
  const text3 = `query Look($owner: String!, $name: String!, $base: String!, $branch: String!, $read: GitObjectID!${declarations(paths)}) {
    viewer { login }
    repository(owner: $owner, name: $name) {
      id
      base: ref(qualifiedName: $base) { target { ...Files } }
      branch: ref(qualifiedName: $branch) { target { ...Files } }
      read: object(oid: $read) { ...Files }
    }
  } ${filesFragment(paths)}`;
  const step = { to: `read the repository ${request2.owner}/${request2.repo}`, needs: "contents: read" };
  const { viewer, repository } = await doStep2(
    step,
    () => query(octokit, text3, {
      owner: request2.owner,
      name: request2.repo,
      base: `refs/heads/${request2.base.ref}`,
      branch: `refs/heads/${request2.branch}`,
      read: request2.base.sha,
      ...variables(paths)
    })
  );
  const base = viewOf2(repository?.base?.target, paths);
  const read2 = viewOf2(repository?.read, paths);
  if (!repository || !base) {
    throw new UserError(
      "base-missing",
      `The repository ${request2.owner}/${request2.repo} has no branch \`${request2.base.ref}\` to open a pull request against. Give the name of a branch that exists on GitHub.`
    );
  }
  if (!read2) {
    throw new UserError(
      "base-unknown",
      `GitHub does not know the commit ${request2.base.sha} that was checked out. Push it first, or check out a commit of \`${request2.base.ref}\`.`
    );
  }
  const branch = viewOf2(repository.branch?.target, paths);
  const isGithubToken = viewer?.login === "github-actions[bot]";
  return { repositoryId: repository.id, sight: { base, read: read2, branch, isGithubToken } };
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
    labels: data.labels.map(({ name: name2 }) => name2),
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
async function listPulls3(octokit, place2, branch) {
  const head2 = `${place2.owner}:${branch}`;
  const { data } = await doStep2(
    READ2,
    () => octokit.rest.pulls.list({ ...place2, head: head2, state: "all", per_page: 100 })
  );
  const name2 = `${place2.owner}/${place2.repo}`.toLowerCase();
  const ofBranch = (pull) => pull.head.ref === branch && pull.head.repo?.full_name.toLowerCase() === name2;
  return data.filter(ofBranch).map(pullOf2);
}
var hasProblem = (error2, pattern) => statusOf(error2) === 422 && (pattern.test(wordsOf2(error2)) || problemsOf(error2).some(({ message }) => pattern.test(message ?? "")));
var isHeadUnknown = (error2) => statusOf(error2) === 422 && problemsOf(error2).some(({ field: field2, code: code3 }) => field2 === "head" && code3 === "invalid");
async function openPull3(octokit, place2, pull, log) {
  let { draft } = pull;
  for (let tries = 1; ; tries++) {
    try {
      const { data } = await octokit.rest.pulls.create({ ...place2, ...pull, draft });
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
async function editPull2(octokit, place2, number, edit) {
  const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${number}`;
  await doStep2(
    { to, needs: WRITE2 },
    () => octokit.rest.pulls.update({ ...place2, pull_number: number, ...edit })
  );
}
var commenting2 = (number) => ({ to: `comment on the pull request #${number}`, needs: WRITE2 });
async function comments2(octokit, place2, number) {
  const all2 = await doStep2(
    commenting2(number),
    () => octokit.paginate(octokit.rest.issues.listComments, { ...place2, issue_number: number, per_page: 100 })
  );
  return all2.map(({ body: body2 }) => body2 ?? "");
}
async function comment2(octokit, place2, number, body2) {
  await doStep2(
    commenting2(number),
    () => octokit.rest.issues.createComment({ ...place2, issue_number: number, body: body2, request: { retries: 0 } })
  );
}

// src/pull-request/github/github.ts
var BODY_LIMIT2 = 65536;
function githubForge(octokit, { owner, repo }) {
  const place2 = { owner, repo };
  let repositoryId = "";
  return {
    bodyLimit: BODY_LIMIT2,
    look: async (request2) => {
      const seen = await look2(octokit, request2);
      repositoryId = seen.repositoryId;
      return seen.sight;
    },
    viewCommit: (oid, paths) => viewCommit(octokit, place2, oid, paths),
    compare: (from, to) => compare6(octokit, place2, from, to),
    makeCommit: (commit) => makeCommit2(octokit, place2, commit),
    moveBranch: (branch, move) => moveBranch2(octokit, { ...place2, repositoryId }, branch, move),
    listPulls: (branch) => listPulls3(octokit, place2, branch),
    openPull: (pull, log) => openPull3(octokit, place2, pull, log),
    editPull: (number, edit) => editPull2(octokit, place2, number, edit),
    comments: (number) => comments2(octokit, place2, number),
    comment: (number, body2) => comment2(octokit, place2, number, body2),
    everAdded: (number) => everAdded2(octokit, place2, number),
    add: (number, list4, items, log) => add2(octokit, place2, number, list4, items, log),
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
function connect(kind2, { token }, trigger, { run, scratch: scratch2 }, makeClient) {
  const { owner, repo, serverUrl, apiUrl } = trigger;
  if (kind2 === "github") {
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
import path35 from "node:path";
async function hostRules({ config }, { proposedTo }, { textAt: textAt2, head: head2, root }) {
  const text3 = await textAt2(proposedTo ?? head2, config);
  const name2 = path35.relative(root, config);
  const allowedHosts = text3 === void 0 ? void 0 : parseConfig(text3, name2).allowedHosts;
  return { allowedHosts, isStranger: proposedTo !== void 0 };
}

// src/action/inputs.ts
import path36 from "node:path";

// src/action/pull-request-inputs.ts
var readers = {
  title: (name2, text3) => ({ title: template2(name2, text3, titleWords) }),
  body: (name2, text3) => ({ body: template2(name2, text3, wordsOf.body) }),
  "commit-message": (name2, text3) => ({ commitMessage: template2(name2, text3, wordsOf.commitMessage) }),
  labels: (_, text3) => ({ labels: listed(text3) }),
  reviewers: (name2, text3) => ({ reviewers: logins(name2, text3, "user names, or teams as org/team") }),
  assignees: (name2, text3) => ({ assignees: logins(name2, text3, "user names") }),
  milestone: (_, text3) => ({ milestone: text3 }),
  draft: (name2, text3) => ({
    draft: oneOf(name2, text3, { true: true, false: false, unverified: "unverified" })
  }),
  "auto-merge": (name2, text3) => ({
    autoMerge: oneOf(name2, text3, {
      ...{ true: true, false: false },
      ...{ merge: "merge", squash: "squash", rebase: "rebase" }
    })
  })
};
function loadPullRequestInputs(get) {
  const given = Object.entries(readers).flatMap(([name2, read2]) => {
    const text3 = get(name2);
    return text3 === "" ? [] : [read2(name2, text3)];
  });
  return Object.assign({}, ...given);
}
var listed = (text3) => text3.split(/[,\n]/).map((item2) => item2.trim()).filter((item2) => item2 !== "");
function logins(name2, text3, what) {
  const all2 = listed(text3);
  const wrong = all2.find((login) => !isLogin(login));
  if (wrong !== void 0) throw invalid2(name2, wrong, `${what}, with commas or line ends between them`);
  return all2;
}
function template2(name2, text3, known) {
  const wrong = unknownWord(text3, known);
  if (wrong === void 0) return text3;
  throw invalid2(
    name2,
    text3,
    `a text with no other placeholders than ${known.map((word) => `{${word}}`).join(", ")}`
  );
}
function oneOf(name2, text3, allowed) {
  const found2 = Object.entries(allowed).find(([word]) => word === text3.toLowerCase());
  if (!found2) throw invalid2(name2, text3, Object.keys(allowed).join(", "));
  return found2[1];
}
var invalid2 = (name2, text3, allowed) => new UserError("input-invalid", `Input '${name2}' is '${text3.slice(0, 200)}'; it takes ${allowed}.`);

// src/action/inputs.ts
var modes = ["update", "check", "compute", "publish"];
var forges = ["auto", "github", "forgejo", "gitea"];
function loadInputs(get, workspace) {
  const attribute = get("attribute");
  if (attribute !== "" && !/^[A-Za-z_][\w'-]*(\.[A-Za-z_][\w'-]*)*$/.test(attribute)) {
    throw invalid3("attribute", attribute, "an attribute path such as authentik-django or packages.backend");
  }
  const asked3 = get("mode") || "update";
  const mode = modes.find((name2) => name2 === asked3);
  if (mode === void 0) throw invalid3("mode", asked3, modes.join(", "));
  const skipSecondDerivation = yesOrNo("skip-second-derivation", get("skip-second-derivation") || "false");
  if (mode === "check" && skipSecondDerivation)
    throw invalid3(
      "skip-second-derivation",
      "true",
      "false where mode is check: two derivations are what it compares"
    );
  const pullRequest = mode === "publish" || mode === "update" && yesOrNo("pull-request", get("pull-request") || "true");
  const forge = forges.find((name2) => name2 === (get("forge") || "auto"));
  if (forge === void 0) throw invalid3("forge", get("forge"), forges.join(", "));
  const token = get("token");
  if (pullRequest && token === "") {
    throw invalid3(
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
  const [name2 = "file", other] = roots.filter((one) => get(one) !== "");
  const text3 = get(name2) || "default.nix";
  if (other !== void 0)
    throw invalid3(other, get(other), `nothing where '${name2}' is given: one of the two`);
  if (get(name2) !== "" && get("attribute") === "")
    throw invalid3(
      name2,
      text3,
      "nothing without 'attribute': the configuration says it for each of its packages"
    );
  if (name2 === "expression") return { kind: "expression", expression: text3 };
  if (name2 === "file")
    return { kind: "file", file: path36.relative(workspace, inside("file", text3, workspace)) };
  if (text3 !== "." && !isInnerPath(text3))
    throw invalid3(
      "flake",
      text3,
      "the folder of a flake.nix inside the checkout, '.' or a path such as nix/backend"
    );
  return { kind: "flake", flake: text3 };
}
function readCache(get, mode) {
  const address3 = get("cache-to");
  if (address3 === "") return void 0;
  if (!isCacheAddress(address3)) throw invalid3("cache-to", withoutPassword(address3), cacheText);
  if (mode === "check" || mode === "publish")
    throw invalid3(
      "cache-to",
      address3,
      "nothing where mode is check or publish: they change nothing but what they are for"
    );
  if (/^false$/i.test(get("verify")))
    throw invalid3(
      "cache-to",
      address3,
      "nothing where verify is false: what is copied was built and imported"
    );
  return address3;
}
var withoutPassword = (address3) => address3.replace(/:[^/@\s]*@/, ":…@");
function inside(name2, text3, workspace) {
  const file2 = path36.resolve(workspace, text3);
  if (!file2.startsWith(`${workspace}${path36.sep}`)) throw invalid3(name2, text3, "a file inside the checkout");
  return file2;
}
function yesOrNo(name2, text3) {
  if (/^true$/i.test(text3)) return true;
  if (/^false$/i.test(text3)) return false;
  throw invalid3(name2, text3, "true or false");
}
function branchName(text3) {
  const isName3 = /^[\w][\w./-]*$/.test(text3) && !/\.\.|\/\/|\.lock(\/|$)|[./]$/.test(text3);
  if (!isName3) throw invalid3("branch", text3, "a branch name of letters, digits, '-', '_', '.' and '/'");
  return text3;
}
function invalid3(name2, text3, allowed) {
  return new UserError("input-invalid", `Input '${name2}' is '${text3}'; it takes ${allowed}.`);
}

// src/action/jobs.ts
import { readdir as readdir6, readFile as readFile9, stat as stat6, writeFile as writeFile9 } from "node:fs/promises";
import path38 from "node:path";

// src/config/hosts.ts
var defaultPorts = { "https:": "443", "http:": "80", "ssh:": "22" };
function isAllowedHost(address3, hosts) {
  const url = URL.parse(address3);
  if (url === null || url.hostname === "") return false;
  const name2 = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = "", wanted2 = defaultPorts[url.protocol]] = entry.split(":");
    if (port !== wanted2) return false;
    return host.startsWith("*.") ? name2.endsWith(host.slice(1)) && name2.length > host.length - 1 : name2 === host;
  });
}

// src/action/believe.ts
import path37 from "node:path";
async function believe(proposed, judge) {
  const { files, subjects } = proposed;
  const isLock = ({ path: name2 }) => path37.basename(name2) === buildLockName;
  const derivations = [];
  for (const { path: name2, content } of files.filter((file2) => !isLock(file2))) {
    const before = await judge.read(path37.join(judge.root, insidePath(name2)));
    checkLiterals(name2, before, content, subjects);
    derivations.push({ name: name2, before: before ?? "", after: content });
  }
  const locks = files.filter(isLock);
  if (locks.length === 0 && files.length > 0) {
    throw refuse2(`it changes hashes and no ${buildLockName}, so nothing says what they were computed for`);
  }
  const computed = /* @__PURE__ */ new Set();
  for (const { path: name2, content } of locks) {
    for (const hash of await checkHashes2(insidePath(name2), content, derivations, judge)) computed.add(hash);
  }
  if (!subjects.some(({ isBump }) => isBump)) for (const one of derivations) checkMoved(one, computed);
}
var hashesIn = (text3) => text3.match(/sha(?:256|512)-[A-Za-z0-9+/]+=*/g) ?? [];
function checkMoved({ name: name2, before, after }, computed) {
  const known = new Set(hashesIn(before));
  const strange = hashesIn(after).find((hash) => !known.has(hash) && !computed.has(hash));
  if (strange !== void 0)
    throw refuse2(`it puts ${strange} into ${name2}, which is the hash of no dependencies here`);
}
function insidePath(name2) {
  const parts = name2.split("/");
  if (name2 === "" || path37.isAbsolute(name2) || parts.includes("..") || parts.includes(".git"))
    throw refuse2(`'${name2}' is no path inside the repository`);
  return name2;
}
function checkLiterals(name2, before, after, subjects) {
  if (before === void 0) throw refuse2(`it adds the file ${name2}`);
  const moved = subjects.filter(({ isBump }) => isBump);
  for (const one of moved) for (const version2 of [one.before, one.after]) checkVersion2(version2);
  const [old, now] = [
    moved.reduce((text3, one) => withoutVersion(name2, text3, one.before), withoutHashes(before)),
    moved.reduce((text3, one) => withoutVersion(name2, text3, one.after), withoutHashes(after))
  ];
  if (old !== now)
    throw refuse2(`it changes more in ${name2} than hashes${moved.length > 0 ? " and the version" : ""}`);
  if (after.includes(fakeHash)) throw refuse2(`it leaves a hash that is none in ${name2}`);
}
var withoutHashes = (text3) => text3.replace(/"(?:sha(?:256|512)-[A-Za-z0-9+/]+=*)?"|(?:[A-Za-z_][\w'-]*\.)*fakeHash\b/g, '"#"');
function checkVersion2(version2) {
  if (!/^(?=.*\d)[0-9A-Za-z][0-9A-Za-z.+!_~-]{0,99}$/.test(version2))
    throw refuse2(`'${version2.slice(0, 100)}' is no version`);
}
function withoutVersion(file2, text3, version2) {
  const escaped = version2.replace(/[.+]/g, "\\$&");
  const whole = new RegExp(`(?<![0-9A-Za-z.+!_~-])v?${escaped}(?![0-9A-Za-z+!_~-]|\\.[0-9A-Za-z])`, "g");
  if (!file2.endsWith(".nix")) return text3.replace(whole, "\0");
  return text3.replace(/"(?:[^"\\\n]|\\.)*"/g, (literal) => literal.replace(whole, "\0"));
}
async function checkHashes2(name2, content, derivations, judge) {
  const file2 = path37.join(judge.root, name2);
  const buildLock = parseBuildLock(content, name2);
  const before = await judge.read(file2);
  checkSystems(buildLock, before === void 0 ? void 0 : parseBuildLock(before, name2));
  const project = await projectBeside(path37.dirname(file2), judge.read);
  if (project === void 0) {
    throw refuse2(
      `without Nix it can't be told which uv.lock it is about: beside or just below ${name2} there is none, or there are several`
    );
  }
  await checkHosts2(buildLock, before, path37.join(project, "uv.lock"), judge);
  const hashes = await hashesFor(buildLock, project, judge.read, judge.native);
  for (const { system, hash } of hashes) {
    const claimed = buildLock.systems[system]?.hash;
    if (claimed !== hash)
      throw refuse2(`it says that the hash for ${system} is ${claimed}, and here it is ${hash}`);
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
async function checkHosts2(lock, before, uvLock, judge) {
  const known = /* @__PURE__ */ new Set([...hostsIn(before ?? ""), ...hostsIn(await judge.read(uvLock) ?? "")]);
  for (const address3 of addressesOf(lock)) {
    const host = URL.parse(address3)?.host ?? "";
    const isAllowed = judge.allowedHosts === void 0 ? known.has(host) : judge.isAllowedHost(address3, judge.allowedHosts) || known.has(host);
    if (!isAllowed)
      throw refuse2(
        `its build lock fetches from '${host}', where the base does not; allow that with allowed-hosts in the base's configuration`
      );
  }
}
var hostsIn = (text3) => [...text3.matchAll(/(?:https?|ssh):\/\/([^/"'?#\s@]+@)?([^/"'?#\s]+)/g)].map(([, , host = ""]) => host);
function addressesOf({ builds, wheels }) {
  const sources = Object.values(builds).flatMap(
    (build4) => "url" in build4 && build4.url !== void 0 ? [build4.url] : []
  );
  return [...sources, ...Object.values(wheels).map(({ url }) => url)];
}
var refuse2 = (why) => new UserError(
  "result-refused",
  `The result of the other job is not published: ${why}. Nothing was written; look at that job's log, or run both jobs again.`
);

// src/action/jobs.ts
async function writeResult(results, head2, file2) {
  const result = { version: 1, head: head2, proposed: results.map(({ proposed }) => proposed) };
  await writeFile9(file2, `${JSON.stringify(result, null, 2)}
`);
}
async function publishResults(runner) {
  const { inputs, trigger, parts, forge } = runner;
  const checkout2 = await runner.checkout();
  const results = await readResults(inputs.result);
  for (const { head: head2 } of results) {
    if (head2 !== checkout2.head) {
      throw new UserError(
        "result-refused",
        `The result was computed from commit ${head2}, and ${checkout2.head} is checked out here; check out the same commit in both jobs.`
      );
    }
  }
  const config = await configOf(runner, checkout2);
  const published = [];
  for (const proposed of merge(results.flatMap((result) => result.proposed))) {
    const proposal = proposalOf(proposed, inputs, config);
    const judge = judgeOf(runner, proposal, checkout2, config);
    await parts.log.group(`Plan and hash ${proposed.name} again`, () => believe(proposed, judge));
    const request2 = drawn(proposed, () => requestOf2(proposed, proposal, trigger, checkout2.head));
    const done = await unlessCancelled(publish(await forge(), request2, parts.log), parts.stop);
    published.push({ proposed, published: done });
  }
  return published;
}
function drawn({ name: name2 }, draw) {
  try {
    return draw();
  } catch (cause2) {
    if (cause2 instanceof UserError) throw cause2;
    throw new UserError(
      "result-refused",
      `The result has no whole report about '${name2.slice(0, 100)}', so nothing was written; run both jobs with the same version.`,
      { cause: cause2 }
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
function proposalOf({ name: name2 }, inputs, config) {
  const known = proposalsOf(inputs, config).find((proposal) => proposal.name === name2);
  if (known) return known;
  throw new UserError(
    "result-refused",
    `The result is about '${name2.slice(0, 100)}', which neither inputs nor configuration name; give both jobs the same.`
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
async function readResults(place2) {
  const found2 = await stat6(place2).catch(() => void 0);
  const files = found2?.isDirectory() ? (await readdir6(place2, { recursive: true })).filter((name2) => name2.endsWith(".json")).map((name2) => path38.join(place2, name2)) : found2 ? [place2] : [];
  if (files.length === 0) {
    throw new UserError(
      "result-missing",
      `There is no result at ${place2}; download the computing job's artifact in a step before this one, and name it with the input 'result'.`
    );
  }
  return Promise.all(files.sort().map(readResult));
}
async function readResult(file2) {
  const refuse3 = (why) => new UserError(
    "result-refused",
    `${file2} is no result of mode: compute (${why}); run both jobs with the same version.`
  );
  let value;
  try {
    value = JSON.parse(await readFile9(file2, "utf8"));
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
  const texts = (list4, ...keys) => Array.isArray(list4) && list4.every(
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
function harmless(text3) {
  return text3.replace(/\r\n?/g, "\n").replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, "").replace(/^(\s*)(::|##\[)/gm, "$1| $2");
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
  for (const name2 of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(name2, () => cancel(shellCode(name2), cancelled(name2)));
  for (const output2 of [process.stdout, process.stderr])
    output2.on(
      "error",
      (error2) => cancel(error2.code === "EPIPE" ? shellCode("SIGPIPE") : 1, unwritableLog(error2))
    );
  return { signal: controller.signal, code: () => code3 };
}
var shellCode = (name2) => 128 + constants3.signals[name2];
var cancelled = (name2) => new UserError(
  "cancelled",
  `Cancelled (${name2}): what was under way is ended and the checkout is as it was. Run it again when you like; nothing is lost.`
);
var unwritableLog = (cause2) => new UserError(
  "log-unwritable",
  `The log can't be written (${cause2.code}): what was under way is ended and the checkout is as it was. Make room for it, and run it again.`,
  { cause: cause2 }
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
      throw unreachable2(url, error2 instanceof Error ? error2.message : String(error2), error2);
    }
  };
}
var isFinal2 = (error2) => error2 instanceof UserError || error2 instanceof AbortError;
async function fetchOnce(address3, headers, network, { signal: outer, most: most2 = MAX_BYTES }) {
  const timeout = AbortSignal.timeout(TIMEOUT);
  const signal = outer ? AbortSignal.any([timeout, outer]) : timeout;
  const refusals = {
    address: () => unreachable2(address3, "it redirects to no web address"),
    plainHttp: (_, to) => unreachable2(address3, `it redirects to plain http, at ${to.host}`),
    tooMany: (times) => unreachable2(address3, `more than ${times} redirects`)
  };
  const sent = { "user-agent": "uv-fod", ...headers };
  return read(await getFollowing(new URL(address3), sent, network, signal, refusals), address3, most2);
}
async function read(answer, address3, most2) {
  const chunks = [];
  let size2 = 0;
  await answer.body.drain((piece) => {
    chunks.push(Buffer.from(piece));
    size2 += piece.length;
    if (size2 > most2) throw unreachable2(address3, `the answer has more than ${most2 / 1e6} MB`);
    return void 0;
  });
  return {
    status: answer.status,
    contentType: answer.header("content-type") ?? "",
    text: Buffer.concat(chunks).toString()
  };
}
function unreachable2(address3, why, cause2) {
  return new UserError(
    "releases-unreachable",
    `${new URL(address3).host} can't be asked: ${why.replace(/\.$/, "")}. Nothing was changed; check the address and run this again.`,
    { cause: cause2 }
  );
}

// src/effects/cache-credentials.ts
var names2 = {
  "s3:": /^AWS_\w+$/,
  "ssh:": /^SSH_AUTH_SOCK$/,
  "ssh-ng:": /^SSH_AUTH_SOCK$/
};
function cacheCredentials(address3, environment2) {
  const wanted2 = names2[new URL(address3).protocol];
  return Object.fromEntries(
    Object.entries(environment2).flatMap(
      ([name2, value]) => value !== void 0 && wanted2?.test(name2) ? [[name2, value]] : []
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
    const text3 = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text3.slice(text3.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), start: fields[19] ?? "" };
  } catch {
    return void 0;
  }
}
function descendants(root) {
  const found2 = /* @__PURE__ */ new Map();
  const children = /* @__PURE__ */ new Map();
  const starts = /* @__PURE__ */ new Map();
  for (const name2 of processes()) {
    const status = statusOf2(name2);
    if (!status) continue;
    children.set(status.parent, [...children.get(status.parent) ?? [], name2]);
    starts.set(name2, status.start);
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
    return readdirSync("/proc").filter((name2) => /^\d+$/.test(name2)).map(Number);
  } catch {
    return [];
  }
}

// src/effects/files.ts
import { readFile as readFile10, realpath as realpath2, stat as stat7 } from "node:fs/promises";
import path39 from "node:path";
var MAX_BYTES2 = 32 * 1024 * 1024;
async function readText2(file2) {
  try {
    const found2 = await stat7(file2);
    if (!found2.isFile())
      throw new UserError("file-unreadable", `${file2} is not a file. Name a file, or put one there.`);
    if (found2.size > MAX_BYTES2)
      throw new UserError(
        "file-too-large",
        `${file2} has ${megabytes(found2.size)}; files of more than ${megabytes(MAX_BYTES2)} are not read. No lock that people have is so large: look what is in it.`
      );
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile10(file2));
  } catch (error2) {
    if (error2 instanceof UserError) throw error2;
    const code3 = typeof error2 === "object" && error2 !== null && "code" in error2 ? String(error2.code) : "";
    if (code3 === "ENOENT" || code3 === "ENOTDIR") return void 0;
    if (code3 === "ERR_ENCODING_INVALID_ENCODED_DATA")
      throw new UserError(
        "file-unreadable",
        `${file2} is not text in UTF-8. Name another file, or make it anew.`
      );
    throw new UserError("file-unreadable", `${file2} cannot be read (${code3 || String(error2)}).`, {
      cause: error2
    });
  }
}
function readTextWithin(roots2) {
  return async (file2) => {
    const real = await realpath2(file2).catch(() => void 0);
    if (real === void 0) return void 0;
    const reals = await Promise.all(roots2.map((root) => realpath2(root).catch(() => root)));
    const isWithin = (name2, folders) => folders.some((root) => name2.startsWith(`${root}${path39.sep}`));
    if (isWithin(path39.resolve(file2), roots2) && !isWithin(real, reals)) {
      throw new UserError(
        "file-outside",
        `${file2} is a link that leads out of the checkout, so it is not read. Put the file itself there.`
      );
    }
    return readText2(file2);
  };
}
function checkWithin(root) {
  return async (file2) => {
    const folder = await realpath2(path39.dirname(file2)).catch(() => path39.dirname(file2));
    if (`${folder}${path39.sep}`.startsWith(`${await realpath2(root)}${path39.sep}`)) return;
    throw new UserError(
      "outside-checkout",
      `${file2} has to change, but it lies outside of the checkout ${root}; keep the derivation's hash and build lock in this repository.`
    );
  };
}
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

// src/effects/fork-environment.ts
import path40 from "node:path";
var addresses = /^UV_(DEFAULT_INDEX|INDEX|INDEX_URL)$/;
var logins2 = /^(NETRC|UV_INDEX_\w+_(USERNAME|PASSWORD))$/i;
function forkEnvironment(environment2, home) {
  const before = environment2.HOME ?? home;
  const config = environment2.XDG_CONFIG_HOME ?? path40.join(before, ".config");
  return {
    XDG_CACHE_HOME: path40.join(before, ".cache"),
    NIX_USER_CONF_FILES: path40.join(config, "nix/nix.conf"),
    ...withoutLogins(environment2),
    HOME: home,
    XDG_CONFIG_HOME: path40.join(home, ".config"),
    XDG_DATA_HOME: path40.join(home, ".local/share"),
    // OpenSSH finds its keys by the user's number, whatever HOME says.
    GIT_SSH_COMMAND: "ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none",
    GIT_CONFIG_GLOBAL: "/dev/null"
  };
}
function withoutLogins(environment2) {
  const kept = Object.entries(environment2).flatMap(([name2, value]) => {
    if (value === void 0 || logins2.test(name2)) return [];
    return [[name2, addresses.test(name2) ? bare(value) : value]];
  });
  return Object.fromEntries(kept);
}
var bare = (value) => value.replaceAll(/(:\/\/)[^/?#@\s]*@/g, "$1");

// src/effects/host-policy.ts
function makeHostPolicy(rules, resolve2 = resolveBySystem) {
  const get = once(rules);
  const check2 = async (address3, what) => {
    const { allowedHosts, isStranger } = await get();
    if (allowedHosts === void 0 && !isStranger) return;
    const url = URL.parse(address3);
    if (url === null || !/^(https?|ssh):$/.test(url.protocol))
      throw refused2(what, address3, "is no http, https or ssh address");
    if (allowedHosts !== void 0) {
      if (!isAllowedHost(address3, allowedHosts))
        throw refused2(what, url.host, "is not among the configuration's allowed-hosts");
      return;
    }
    if (url.username !== "" || url.password !== "")
      throw refused2(what, url.host, "comes with credentials in the address");
    const inner = await innerAddress(url, resolve2);
    if (inner !== void 0) throw refused2(what, url.host, notPublic(inner));
  };
  return {
    check: check2,
    // Whoever owns a name may answer otherwise the second time it is asked (DNS rebinding).
    admit: async (host, addresses2) => {
      const { allowedHosts, isStranger } = await get();
      const inner = addresses2.find((address3) => !isPublicAddress(address3));
      if (allowedHosts === void 0 && isStranger && inner !== void 0)
        throw refused2("A file", host, notPublic(inner));
    }
  };
}
var notPublic = (address3) => `is ${address3}, which is not of the public internet`;
function refused2(what, host, why) {
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
      ([name2, value]) => value !== void 0 && passed.test(name2) ? [[name2, value]] : []
    )
  );
  return { ...kept, NIX_CONFIG: `${nixLimits}
${environment2.NIX_CONFIG ?? ""}` };
}
function makeRun(environment2, stop) {
  return async (program, args, options2 = {}) => {
    const tool = await which(program, false);
    if (tool === "") return { code: 127, stdout: "", stderr: `${program}: no such program on PATH` };
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
  const lines2 = splitLines2(options2.onLine ?? (() => {
  }));
  child2.stdout?.on("data", (chunk) => stdout.push(chunk));
  child2.stderr?.on("data", (chunk) => {
    stderr.add(chunk);
    lines2.add(chunk);
  });
  child2.stdin?.on("error", () => {
  });
  child2.stdin?.end(options2.input ?? "");
  return new Promise((resolve2, reject) => {
    child2.once("error", reject);
    child2.once("close", (code3, signal) => {
      lines2.end();
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
function lastBytes(most2) {
  const chunks = [];
  let size2 = 0;
  return {
    add: (chunk) => {
      chunks.push(chunk);
      size2 += chunk.length;
      while (size2 - (chunks[0]?.length ?? 0) > most2) size2 -= chunks.shift()?.length ?? 0;
    },
    text: () => Buffer.concat(chunks).toString()
  };
}
function splitLines2(onLine) {
  const decoder = new TextDecoder();
  let rest = "";
  return {
    add: (chunk) => {
      const lines2 = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines2.pop() ?? "";
      for (const line of lines2) onLine(line);
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
import path41 from "node:path";
function runnerCache(environment2) {
  const name2 = environment2.ACTIONS_CACHE_SERVICE_V2 ? "ACTIONS_RESULTS_URL" : "ACTIONS_CACHE_URL";
  if (!environment2[name2]) return void 0;
  return {
    isFeatureAvailable: () => true,
    restoreCache: async (...args) => (await import("./actions-cache.js")).restoreCache(...args),
    saveCache: async (...args) => (await import("./actions-cache.js")).saveCache(...args)
  };
}
function runnerBuilds(environment2, maySave) {
  const { RUNNER_ENVIRONMENT, XDG_CACHE_HOME, HOME } = environment2;
  const runner = runnerCache(environment2);
  const home = XDG_CACHE_HOME || (HOME ? path41.join(HOME, ".cache") : "");
  if (runner === void 0 || RUNNER_ENVIRONMENT !== "github-hosted" || !path41.isAbsolute(home)) return {};
  return {
    builds: { runner, folder: path41.join(home, "uv-fod", "builds-1"), maySave, now: () => Date.now() }
  };
}

// src/effects/parts.ts
var sourceWorker = new URL("../entry/worker.ts", import.meta.url);
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
    journal: (dir, known) => openJournal(dir, run, { self: identity2(process.pid), isAlive }, known),
    log,
    read: within ? readTextWithin([within.checkout, within.store]) : readText2,
    ...within ? { mayWrite: checkWithin(within.checkout) } : {},
    scratch: scratch2,
    native: async () => {
      const { makeNativeTools } = await import("./index-QL3FQVJL.js");
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
    cacheCredentials: (address3) => isFork ? {} : cacheCredentials(address3, given),
    // One for all stages: its connections are kept and used again.
    network: once(async () => {
      const { networkFrom, stoppable } = await import("./index-DTUB2RSA.js");
      return guarded(stoppable(await networkFrom(environment2, admit), stop), checkHost);
    })
  };
}
var megabytes2 = ({ bytes }) => (bytes / 1e6).toFixed(1);
var downloadsSoFar = (sofar, all2) => `${sofar.files} of ${all2.files} files, ${megabytes2(sofar)} of ${megabytes2(all2)} MB`;
var identity2 = (pid) => `${pid} ${statusOf2(pid)?.start ?? ""}`;
var isAlive = (other) => {
  const pid = Number(other.split(" ")[0]);
  return pid !== process.pid && statusOf2(pid) !== void 0 && identity2(pid) === other;
};

// src/entry/index.ts
async function main(cancellation2, scratch2) {
  const inputs = loadInputs(getInput, path42.resolve(process.env.GITHUB_WORKSPACE ?? process.cwd()));
  const kind2 = forgeKind(inputs.forge, process.env);
  if (inputs.token !== "") setSecret(inputs.token);
  if (inputs.token !== "" && kind2 !== "github") setSecret(basic(inputs.token));
  const trigger = readTrigger(readEvent(process.env, textOf2), inputs);
  const checkout2 = once(() => openCheckout(inputs.workspace, parts.run));
  const rules = once(async () => hostRules(inputs, trigger, await checkout2()));
  const parts = makeParts(process.env, actionLog, scratch2, {
    worker: new URL("./worker.js", import.meta.url),
    stop: cancellation2.signal,
    hosts: rules,
    isFork: trigger.isFork,
    leavesBuilds: trigger.isOwn && inputs.mode !== "check",
    within: { checkout: inputs.workspace, store: process.env.NIX_STORE_DIR ?? "/nix/store" }
  });
  if (inputs.mode === "check") return check({ inputs, trigger, parts, checkout: checkout2 });
  const runner = {
    ...{ inputs, trigger, parts, checkout: checkout2, meanwhile: () => void rules().catch(() => {
    }) },
    ...connect(kind2, inputs, trigger, parts, client),
    fetchText: makeFetchText(parts.network),
    index: process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL
  };
  if (inputs.mode === "publish") return publishComputed(runner);
  const results = await runAction(runner);
  if (inputs.mode === "compute") {
    const { head: head2 } = await checkout2();
    await writeResult(results, head2, inputs.result);
  }
  await publishOutputs(results);
}
var textOf2 = (file2) => existsSync2(file2) ? readFileSync2(file2, "utf8") : void 0;
async function client(token, url) {
  const [{ createClient }, { makeOctokit }] = await Promise.all([
    import("./index-L7ZEGFHR.js"),
    import("./index-Z5WLHAUU.js")
  ]);
  return createClient(makeOctokit(process.env), token, url, actionLog);
}
async function publishComputed(runner) {
  const results = await publishResults(runner);
  const told = results.map(({ proposed: { name: name2 }, published }) => {
    const { autoMerge: _, ...rest } = published;
    return { name: name2, ...rest };
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
  const { status, patch: patch2, hashes, results } = checkOutputs(checks2, root);
  setOutput("status", status);
  setOutput("patch", patch2);
  setOutput("hashes", hashes);
  setOutput("results", results);
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(checkSummaries(checks2)).write();
  for (const { name: name2, checked: checked2 } of checks2) {
    for (const one of checked2?.notChecked ?? []) info(`${name2}: not checked: ${one}`);
    if (checked2?.status === "current") info(`${name2}: ${checked2.message}`);
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
function asResult({ name: name2, edits, refreshed, published }) {
  const changed2 = edits.length > 0;
  const hashes = refreshed.flatMap(
    ({ update: update2 }) => update2.hashes.map(({ system, before, after }) => [system, { before, after }])
  );
  return {
    name: name2,
    outcome: published && changed2 ? published.outcome : outcomeWithout(changed2, published?.outcome),
    branch: published?.branch,
    number: published?.number,
    url: published?.url,
    hashes: Object.fromEntries(hashes)
  };
}
function outcomeWithout(changed2, published) {
  if (published === "closed") return "closed";
  return changed2 ? "changed" : "current";
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
var scratch = mkdtempSync(path42.join(process.env.RUNNER_TEMP ?? tmpdir3(), "uv-fod-"));
var clean2 = () => rmSync(scratch, { recursive: true, force: true });
var cancellation = cancelOnSignals(clean2);
var isDone = false;
try {
  await main(cancellation, scratch);
  isDone = true;
} catch (error2) {
  await fail(error2);
} finally {
  clean2();
}
var code2 = cancellation.code();
if (code2 !== void 0) process.exit(code2);
if (isDone) {
  for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write("", done));
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
*/
