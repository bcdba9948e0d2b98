import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  artifactsFolder,
  openCache
} from "./chunk-BDWI45PR.js";
import {
  evaluate,
  failureText,
  mismatches,
  nixArguments,
  nixBuild,
  withoutColours
} from "./chunk-QPOGEGWL.js";
import {
  folderOf,
  placeOf
} from "./chunk-JU6MWGIG.js";
import {
  parseTarget,
  planProject,
  wheelBytes
} from "./chunk-4E7BH2WF.js";
import {
  applyEdits,
  introduce
} from "./chunk-UXCHG3UO.js";
import {
  narHash
} from "./chunk-TP7LV4NA.js";
import {
  buildLockName,
  buildLockText,
  parseBuildLock,
  sameData
} from "./chunk-CKU2637B.js";
import {
  loadProject,
  parseToml
} from "./chunk-MOIX6WQG.js";
import {
  stringify
} from "./chunk-XBDZOY7F.js";
import {
  asDownload,
  download,
  fakeHash,
  hashNatively,
  isSri,
  localChanged,
  localMissing,
  manifestDigest,
  sriFromHex,
  unionOf
} from "./chunk-PIHBJYB7.js";
import {
  UserError,
  placedAt
} from "./chunk-ANVYJIUY.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-AXWMS7HC.js";

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
    function alloc(size, fill2, encoding) {
      return Buffer.alloc(size, fill2, encoding);
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
    function compare(a, b) {
      return Buffer.compare(a, b);
    }
    function concat(buffers, totalLength) {
      return Buffer.concat(buffers, totalLength);
    }
    function copy(source, target, targetStart, start, end) {
      return toBuffer(source).copy(target, targetStart, start, end);
    }
    function equals(a, b) {
      return toBuffer(a).equals(b);
    }
    function fill(buffer, value, offset2, end, encoding) {
      return toBuffer(buffer).fill(value, offset2, end, encoding);
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
    function toString(buffer, encoding, start, end) {
      return toBuffer(buffer).toString(encoding, start, end);
    }
    function toHex(buffer, start, end) {
      return toBuffer(buffer).toString("hex", start, end);
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
    module.exports = {
      isBuffer,
      isEncoding,
      alloc,
      allocUnsafe,
      allocUnsafeSlow,
      byteLength,
      compare,
      concat,
      copy,
      equals,
      fill,
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
        let start = 0;
        if (this.bytesNeeded > 0) {
          while (start < data.byteLength) {
            const byte = data[start];
            if (byte < this.lowerBoundary || byte > this.upperBoundary) {
              result += "�";
              this._reset();
              break;
            }
            this.lowerBoundary = 128;
            this.upperBoundary = 191;
            this.codePoint = this.codePoint << 6 | byte & 63;
            this.bytesSeen++;
            start++;
            if (this.bytesSeen === this.bytesNeeded) {
              result += String.fromCodePoint(this.codePoint);
              this._reset();
              break;
            }
          }
          if (this.bytesNeeded > 0) return result;
        }
        const trailing = trailingIncomplete(data, start);
        const end = data.byteLength - trailing;
        if (end > start) result += b4a.toString(data, "utf8", start, end);
        for (let i2 = end; i2 < data.byteLength; i2++) {
          const byte = data[i2];
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
            i2--;
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
    function trailingIncomplete(data, start) {
      const len = data.byteLength;
      if (len <= start) return 0;
      const limit2 = Math.max(start, len - 4);
      let i2 = len - 1;
      while (i2 > limit2 && (data[i2] & 192) === 128) i2--;
      if (i2 < start) return 0;
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
      const first = data[i2];
      let needed;
      if (first >= 194 && first <= 223) needed = 2;
      else if (first >= 224 && first <= 239) needed = 3;
      else if (first >= 240 && first <= 244) needed = 4;
      else return 1;
      if (len - i2 !== needed) return 1;
      if (needed >= 3) {
        const second = data[i2 + 1];
        if (first === 224 && second < 160) return 1;
        if (first === 237 && second > 159) return 1;
        if (first === 240 && second < 144) return 1;
        if (first === 244 && second > 143) return 1;
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
      constructor(msg, code, fn = StreamError) {
        super(msg);
        this.code = code;
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
    var { EventEmitter } = require_default();
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
        if (cb) this.stream.on("error", noop);
        if (isStreamx(pipeTo)) {
          pipeTo._writableState.pipeline = this.pipeline;
          if (cb) pipeTo.on("error", noop);
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
    function newListener(name2) {
      if (this._readableState !== null) {
        if (name2 === "data") {
          this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD;
          this._readableState.updateNextTick();
        }
        if (name2 === "readable") {
          this._duplexState |= READ_EMIT_READABLE;
          this._readableState.updateNextTick();
        }
      }
      if (this._writableState !== null) {
        if (name2 === "drain") {
          this._duplexState |= WRITE_EMIT_DRAIN;
          this._writableState.updateNextTick();
        }
      }
    }
    var Stream = class extends EventEmitter {
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
          pipeline2(src, out, noop);
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
            return new Promise(function(resolve, reject) {
              promiseResolve = resolve;
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
          return new Promise((resolve, reject) => {
            if (stream._duplexState & DESTROYED) return resolve({ value: void 0, done: true });
            stream.once("close", function() {
              if (err2) reject(err2);
              else resolve({ value: void 0, done: true });
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
        return new Promise((resolve) => {
          state.drains.push({ writes, resolve });
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
      return new Promise((resolve, reject) => {
        return pipeline2(...streams, (err2) => {
          if (err2) return reject(err2);
          resolve();
        });
      });
    }
    function pipeline2(stream, ...streams) {
      const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams];
      const done = all.length && typeof all[all.length - 1] === "function" ? all.pop() : null;
      if (all.length < 2) throw StreamError.BAD_ARGUMENT("Pipeline requires at least 2 streams");
      let src = all[0];
      let dest = null;
      let error = null;
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
      if (done) {
        let fin = false;
        const autoDestroy = isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy);
        dest.on("error", (err2) => {
          if (error === null) error = err2;
        });
        dest.on("finish", () => {
          fin = true;
          if (!autoDestroy) done(error);
        });
        if (autoDestroy) {
          dest.on("close", () => done(error || (fin ? null : StreamError.PREMATURE_CLOSE())));
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
        if (!err2 || error) return;
        error = err2;
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
    function noop() {
    }
    function abort() {
      this.destroy(StreamError.ABORTED());
    }
    function isWritev(s) {
      return s._writev !== Writable.prototype._writev && s._writev !== Duplex.prototype._writev;
    }
    module.exports = {
      pipeline: pipeline2,
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
      let result = "";
      if (opts.name) result += addLength(" path=" + opts.name + "\n");
      if (opts.linkname) result += addLength(" linkpath=" + opts.linkname + "\n");
      const pax = opts.pax;
      if (pax) {
        for (const key in pax) {
          result += addLength(" " + key + "=" + pax[key] + "\n");
        }
      }
      return b4a.from(result);
    };
    exports.decodePax = function decodePax(buf) {
      const result = {};
      while (buf.length) {
        let i2 = 0;
        while (i2 < buf.length && buf[i2] !== 32) i2++;
        const len = parseInt(b4a.toString(buf.subarray(0, i2)), 10);
        if (!len) return result;
        const b = b4a.toString(buf.subarray(i2 + 1, len - 1));
        const keyIndex = b.indexOf("=");
        if (keyIndex === -1) return result;
        result[b.slice(0, keyIndex)] = b.slice(keyIndex + 1);
        buf = buf.subarray(len);
      }
      return result;
    };
    exports.encode = function encode(opts) {
      const buf = b4a.alloc(512);
      let name2 = opts.name;
      let prefix2 = "";
      if (opts.typeflag === 5 && name2[name2.length - 1] !== "/") name2 += "/";
      if (b4a.byteLength(name2) !== name2.length) return null;
      while (b4a.byteLength(name2) > 100) {
        const i2 = name2.indexOf("/");
        if (i2 === -1) return null;
        prefix2 += prefix2 ? "/" + name2.slice(0, i2) : name2.slice(0, i2);
        name2 = name2.slice(i2 + 1);
      }
      if (b4a.byteLength(name2) > 100 || b4a.byteLength(prefix2) > 155) return null;
      if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null;
      b4a.write(buf, name2);
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
      let name2 = decodeStr(buf, 0, 100, filenameEncoding);
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
      const c = cksum(buf);
      if (c === 8 * 32) return null;
      if (c !== decodeOct(buf, 148, 8)) throw new Error("Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?");
      if (isUSTAR(buf)) {
        if (buf[345]) name2 = decodeStr(buf, 345, 155, filenameEncoding) + "/" + name2;
      } else if (isGNU(buf)) {
      } else {
        if (!allowUnknownFormat) {
          throw new Error("Invalid tar header: unknown format.");
        }
      }
      if (typeflag === 0 && name2 && name2[name2.length - 1] === "/") typeflag = 5;
      return {
        name: name2,
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
    function indexOf(block, num, offset2, end) {
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
        const end = clamp(indexOf(val, 32, offset2, val.length), val.length, val.length);
        while (offset2 < end && val[offset2] === 0) offset2++;
        if (end === offset2) return 0;
        return parseInt(b4a.toString(val.subarray(offset2, end)), 8);
      }
    }
    function decodeStr(val, offset2, length, encoding) {
      return b4a.toString(val.subarray(offset2, indexOf(val, 0, offset2, offset2 + length)), encoding);
    }
    function addLength(str) {
      const len = b4a.byteLength(str);
      let digits = Math.floor(Math.log(len) / Math.log(10)) + 1;
      if (len + digits >= Math.pow(10, digits)) digits++;
      return len + digits + str;
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
      constructor(self, header, offset2) {
        super();
        this.header = header;
        this.offset = offset2;
        this._parent = self;
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
        this._callback = noop;
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
        this._callback = noop;
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
        function onnext(resolve, reject) {
          if (error) {
            return reject(error);
          }
          if (entryStream) {
            resolve({ value: entryStream, done: false });
            entryStream = null;
            return;
          }
          promiseResolve = resolve;
          promiseReject = reject;
          consumeCallback(null);
          if (extract2._finished && promiseResolve) {
            promiseResolve({ value: void 0, done: true });
            promiseResolve = promiseReject = null;
          }
        }
        function onentry(header, stream, callback) {
          entryCallback = callback;
          stream.on("error", noop);
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
          return new Promise((resolve, reject) => {
            if (extract2.destroyed) return resolve({ value: void 0, done: true });
            extract2.once("close", function() {
              if (err2) reject(err2);
              else resolve({ value: void 0, done: true });
            });
          });
        }
      }
    };
    module.exports = function extract2(opts) {
      return new Extract(opts);
    };
    function noop() {
    }
    function overflow(size) {
      size &= 511;
      return size && 512 - size;
    }
  }
});

// node_modules/tar-stream/constants.js
var require_constants = __commonJS({
  "node_modules/tar-stream/constants.js"(exports, module) {
    var constants = {
      // just for envs without fs
      S_IFMT: 61440,
      S_IFDIR: 16384,
      S_IFCHR: 8192,
      S_IFBLK: 24576,
      S_IFIFO: 4096,
      S_IFLNK: 40960
    };
    try {
      module.exports = __require("fs").constants || constants;
    } catch {
      module.exports = constants;
    }
  }
});

// node_modules/tar-stream/pack.js
var require_pack = __commonJS({
  "node_modules/tar-stream/pack.js"(exports, module) {
    var { Readable, Writable, getStreamError } = require_streamx();
    var b4a = require_b4a();
    var constants = require_constants();
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
        this._drain = noop;
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
        if (!callback) callback = noop;
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
        this._drain = noop;
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
      switch (mode & constants.S_IFMT) {
        case constants.S_IFBLK:
          return "block-device";
        case constants.S_IFCHR:
          return "character-device";
        case constants.S_IFDIR:
          return "directory";
        case constants.S_IFIFO:
          return "fifo";
        case constants.S_IFLNK:
          return "symlink";
      }
      return "file";
    }
    function noop() {
    }
    function overflow(self, size) {
      size &= 511;
      if (size) self.push(END_OF_TAR.subarray(0, 512 - size));
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

// src/update/update.ts
import path8 from "node:path";

// src/build/cache.ts
async function copyToCache(out, { address, credentials }, run, log) {
  const flags = ["--extra-experimental-features", "nix-command"];
  const result = await log.group(
    `Nix: copy to ${address}`,
    () => run("nix", [...flags, "copy", "--to", address, out], {
      env: credentials,
      onLine: (line) => log.info(line)
    })
  );
  if (result.code === 0) {
    log.info(`${out} and what it needs are in ${address}`);
    return true;
  }
  log.warning(
    `${out} was built and imported, but could not be copied to ${address}: ${failureText(result.stderr).replace(/\.$/, "")}. The run goes on without; look at the address, at who may write there, and at the credentials of this step.`
  );
  return false;
}

// src/derivation/nix-failure.ts
function failureCause(stderr) {
  return lackingMachine(stderr) ?? failedBuilder(withoutColours(stderr)) ?? failureText(stderr);
}
function lackingMachine(stderr) {
  const text = withoutColours(stderr);
  const lacking = missingMachine(text) ?? otherReason(text);
  const refused = lacking && /^cannot build on '([^']+)': (.+)$/m.exec(text);
  return refused ? `${lacking}; ${refused[1]} could not be used: ${refused[2]?.slice(0, 200)}` : lacking;
}
var drv = String.raw`'[^'\n]*?/[a-z0-9]{32}-([^'\n]+)\.drv'`;
function missingMachine(text) {
  const old = new RegExp(
    `a '([^']+)' with features .{0,300} is required to build ${drv}, but I am a '([^']+)'`
  ).exec(text);
  if (old) return noMachine(old[2], old[1], old[3]);
  const block = new RegExp(
    String.raw`Cannot build ${drv}\.\n\s*Reason: (?:required system or feature not available|platform mismatch)\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)'`
  ).exec(text);
  return block ? noMachine(block[1], block[2], block[3]) : void 0;
}
var noMachine = (name2 = "", required = "", current = "") => required === current ? `${name2} needs system features that this machine does not have, and no remote builder of nix.conf took it` : `${name2} has to be built on ${required}; this machine is ${current}, and no remote builder of nix.conf took it`;
function otherReason(text) {
  const all = text.matchAll(new RegExp(String.raw`Cannot build ${drv}\.\n\s*Reason: (.+)`, "g"));
  for (const [, name2, reason = ""] of all)
    if (!/^builder |dependenc(?:y|ies) failed/.test(reason)) return `no machine takes ${name2}: ${reason}`;
  return void 0;
}
function failedBuilder(text) {
  const failure = new RegExp(String.raw`Cannot build ${drv}\.\n\s*Reason: builder `).exec(text) ?? new RegExp(`builder for ${drv} failed`).exec(text);
  if (!failure) return void 0;
  const said = quotedLine(text) ?? lineBefore(text.slice(0, failure.index));
  return `the build of ${failure[1]} failed${said === void 0 ? "" : `, and last said: ${said.slice(0, 300)}`}`;
}
var quotedLine = (text) => /^[ \t]+> (.*)$/.exec(text.split("\n").findLast((line) => /^[ \t]+> .*\S/.test(line)) ?? "")?.[1]?.trim();
function lineBefore(text) {
  const line = text.split("\n").slice(0, -1).findLast((one) => one.trim() !== "")?.trim();
  const isNix = line !== void 0 && /^(?:error|warning|building |copying |these |this |\/nix\/)/.test(line);
  return isNix ? void 0 : line;
}

// src/build/nix.ts
async function hashByNix(where, system, run, log) {
  const body = `deps.systems."${system}".overrideAttrs (_: { outputHash = "${fakeHash}"; outputHashAlgo = "sha256"; })`;
  const result = await nixBuild(
    nixArguments(where, body),
    { run, log },
    `Nix: dependencies of '${where.attribute}' for ${system}, from nothing`
  );
  const found = mismatches(result.stderr);
  const [only] = found;
  if (found.length === 1 && only && isSri(only.got)) return only.got;
  throwIfNobodyBuilds(where, result);
  throw new UserError(
    "fetch-failed",
    `The dependencies of '${where.attribute}' for ${system} can't be fetched, so there is no new hash: ${cause(result.stderr)}. Nothing was changed. Mend that and run again; what the build printed is in the log.`,
    { log: result.stderr }
  );
}
async function build(where, run, log) {
  const result = await nixBuild(
    nixArguments(where, "package"),
    { run, log },
    `Nix: build of '${where.attribute}'`
  );
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
  const list = keys.map((key) => `builds."${key}".requires`).join(" ");
  const body = `let builds = package.builds or null; in if builds == null then [ ] else [ ${list} ]`;
  const result = await nixBuild(
    nixArguments(where, body),
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

// src/proof/import.ts
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
async function proveImports(out, python, modules, run, log) {
  const interpreter = path.join(out, "bin", `python${python.split(".").slice(0, 2).join(".")}`);
  const empty = await mkdtemp(path.join(tmpdir(), "uv-fod-proof-"));
  try {
    return await log.group("Proof: imports in the built output", async () => {
      const imported = [];
      for (const module of modules) imported.push(await importOne(out, interpreter, module, empty, run, log));
      return imported;
    });
  } finally {
    await rm(empty, { recursive: true, force: true });
  }
}
async function importOne(out, interpreter, module, cwd, run, log) {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(module)) {
    throw new UserError(
      "import-failed",
      `'${module}' is no name of a Python module; correct pythonImportsCheck.`
    );
  }
  const code = `import ${module}; print(${module}.__file__)`;
  const result = await run(interpreter, ["-I", "-B", "-c", code], { cwd, onlyEnv: {} });
  const file = result.stdout.trim().split("\n").at(-1) ?? "";
  log.info(`python -I -B -c "${code}" → ${result.code === 0 ? file : `exit ${result.code}`}`);
  if (result.code !== 0) {
    log.info(result.stderr);
    const last = result.stderr.trim().split("\n").at(-1) ?? "";
    throw new UserError(
      "import-failed",
      `The output builds, but 'import ${module}' fails in it: ${last}. Mend the derivation (a missing native library, or a package that the lock lacks).`,
      { log: result.stderr }
    );
  }
  if (!path.resolve(file).startsWith(`${out}/`)) {
    throw new UserError(
      "import-failed",
      `'import ${module}' gave ${file}, which is not inside the output ${out}: the output does not hold the module.`
    );
  }
  return { module, file };
}

// src/native/shared.ts
import { createHash } from "node:crypto";

// src/native/action-cache.ts
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path2 from "node:path";
var guess = { index: 6e7, cache: 8e7, cacheDelay: 1.5 };
var tooLittle = 4e6;
var prefix = "uv-fod-artifacts-1-";
function isWorthIt(missing, rates = guess) {
  return missing / rates.index > rates.cacheDelay + missing / rates.cache;
}
async function restoreArtifacts({ folder, lock, missing }, { runner, log, now }) {
  if (!runner.isFeatureAvailable()) return { outcome: "unavailable", reason: "this runner has no cache" };
  const size = `${(missing / 1e6).toFixed(0)} MB`;
  if (missing < tooLittle) return { outcome: "not worth it", reason: `only ${size} have to be fetched` };
  const started = now();
  try {
    await mkdir(folder, { recursive: true });
    const key = await runner.restoreCache([folder], prefix + lock, [prefix]);
    if (key === void 0) return { outcome: "missed", reason: "nothing was saved before" };
    await noteRates(folder, { cache: rate(missing, now() - started) });
    return { outcome: "restored", key, reason: `instead of fetching ${size}` };
  } catch (error) {
    log.warning(
      `The cache of artifacts could not be restored (${messageOf(error)}); they are fetched instead.`
    );
    return { outcome: "missed", reason: "restoring failed" };
  }
}
async function saveArtifacts({ folder, lock, missing }, restored, fetched, cache, most, { runner, log }) {
  if (restored.outcome === "unavailable" || restored.key === prefix + lock || fetched.bytes === 0)
    return false;
  try {
    const rates = await noteRates(folder, { index: rate(fetched.bytes, fetched.milliseconds) });
    if (!isWorthIt(Math.max(missing, fetched.bytes), rates)) return false;
    await cache.trim(most);
    await runner.saveCache([folder], prefix + lock);
    return true;
  } catch (error) {
    log.warning(
      `The cache of artifacts could not be saved (${messageOf(error)}); the next run fetches them again.`
    );
    return false;
  }
}
var ratesFile = (folder) => path2.join(folder, "rates.json");
async function readRates(folder) {
  try {
    const known = JSON.parse(await readFile(ratesFile(folder), "utf8"));
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
async function noteRates(folder, measured) {
  const rates = { ...await readRates(folder), ...measured };
  await mkdir(folder, { recursive: true });
  await writeFile(ratesFile(folder), `${JSON.stringify(rates)}
`);
  return rates;
}
var rate = (bytes, milliseconds) => bytes * 1e3 / Math.max(1, milliseconds);
var messageOf = (error) => error instanceof Error ? error.message : String(error);

// src/native/shared.ts
async function hashOnRunner(systems, project, tools) {
  const { shared } = tools;
  if (!shared) return hashNatively(systems, project, tools);
  const { request, bytes } = await requestOf(systems, shared.root);
  const restored = await restoreArtifacts(request, shared);
  shared.log.info(`Artifacts in the runner's cache: ${restored.outcome} (${restored.reason})`);
  const started = shared.now();
  const result = await hashNatively(systems, project, tools);
  const fetched = { bytes: result.downloaded.bytes, milliseconds: shared.now() - started };
  const most = Math.min(2 * bytes, tools.cacheSize);
  if (await saveArtifacts(request, restored, fetched, tools.cache, most, shared))
    shared.log.info("Saved the artifacts in the runner's cache.");
  return result;
}
async function requestOf(systems, root) {
  const cache = await openCache(root);
  const digest = createHash("sha256");
  let [missing, bytes] = [0, 0];
  for (const { wheel } of unionOf(systems)) {
    if (wheel.path !== void 0 || wheel.hash === void 0) continue;
    digest.update(`${wheel.hash}
`);
    bytes += wheel.size ?? 0;
    if (await cache.find(wheel.hash) === void 0) missing += wheel.size ?? 0;
  }
  return { request: { folder: artifactsFolder(root), lock: digest.digest("hex"), missing }, bytes };
}

// src/update/hashes.ts
async function hashAll(request, spotted, parts) {
  const stale = spotted.filter(({ isCurrent }) => request.distrust || !isCurrent);
  const own = stale.find(({ pinned }) => pinned.target.system === request.builder);
  const nix = own && await hashByNix(request.where, request.builder, parts.run, parts.log);
  const natively = request.twice ? stale : stale.filter((one) => one !== own);
  const native = await nativeHashes(request, natively, parts);
  const other = native.get(request.builder);
  if (nix !== void 0 && other !== void 0 && nix !== other) throw differ(request.builder, nix, other);
  return spotted.map((one) => {
    const { system } = one.pinned.target;
    const before = one.pinned.hash;
    if (!stale.includes(one)) return { system, before, after: before, how: "recorded" };
    const byNix = system === request.builder ? nix : void 0;
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
    const current = this.#head;
    if (!current) {
      return;
    }
    this.#head = this.#head.next;
    this.#size--;
    if (!this.#head) {
      this.#tail = void 0;
    }
    return current.value;
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
    let current = this.#head;
    while (current) {
      yield current.value;
      current = current.next;
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
  const run = async (function_, resolve, arguments_) => {
    const result = (async () => function_(...arguments_))();
    resolve(result);
    try {
      await result;
    } catch {
    }
    next();
  };
  const enqueue = (function_, resolve, reject, arguments_) => {
    const queueItem = { reject };
    new Promise((internalResolve) => {
      queueItem.run = internalResolve;
      queue.enqueue(queueItem);
    }).then(run.bind(void 0, function_, resolve, arguments_));
    if (activeCount < concurrency) {
      resumeNext();
    }
  };
  const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
    enqueue(function_, resolve, reject, arguments_);
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
        const promises = [];
        try {
          Array.from(iterable, (value, index) => {
            const promise = generator(function_, value, index);
            promises.push(promise);
            return promise;
          });
        } catch (error) {
          for (const promise of promises) {
            promise.catch(() => {
            });
          }
          throw error;
        }
        return Promise.all(promises);
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

// src/buildlock/resolve.ts
import { mkdtemp as mkdtemp2, readFile as readFile2, rm as rm2, writeFile as writeFile2 } from "node:fs/promises";
import path3 from "node:path";
var everything = {
  packages: [],
  allPackages: false,
  extras: [],
  groups: [],
  defaultGroups: false
};
var name = "uv-fod-build-environment";
async function resolveRequires(resolution, targets, scratch, run, checkHost) {
  if (resolution.requires.length === 0) return targets.map(() => []);
  if (checkHost) await checkAddresses(resolution, checkHost);
  const dir = await mkdtemp2(path3.join(scratch, "requires-"));
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
    await rm2(dir, { recursive: true, force: true });
  }
}
var readText = (file) => readFile2(file, "utf8").catch(() => void 0);
async function lockRequires(resolution, targets, dir, run) {
  const attempt = async (constraints) => {
    await writeFile2(path3.join(dir, "pyproject.toml"), pyproject(resolution, targets, constraints));
    return run("uv", ["lock", "--quiet", "--no-progress", "--no-build", "--directory", dir]);
  };
  let result = await attempt(resolution.constraints);
  if (result.code !== 0 && resolution.constraints.length > 0) result = await attempt([]);
  if (result.code === 0) return;
  throw new UserError(
    "build-requirements",
    `uv can't resolve the build requirements of ${resolution.label} (${resolution.requires.join(", ")}): ${oneLine(result.stderr)}. Pin what is missing with build-constraint-dependencies or extra-build-dependencies in [tool.uv].`,
    { log: result.stderr }
  );
}
var oneLine = (text) => text.replace(/\s+/g, " ").trim().slice(0, 600);
async function checkAddresses({ requires, settings, label }, checkHost) {
  const direct = requires.flatMap((text) => /@\s*(?:git\+)?([^\s;]+:[^\s;]*)/.exec(text)?.[1] ?? []);
  const indexes = Array.isArray(settings.index) ? settings.index : [];
  const plain = ["index-url", "extra-index-url", "find-links"].flatMap((key) => settings[key] ?? []);
  for (const address of [...direct, ...indexes.map(({ url }) => url), ...plain])
    await checkHost(String(address), `A build requirement of ${label}`);
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
  const { settings, requires } = resolution;
  const [major, minor] = (targets[0]?.python ?? "3.14.0").split(".");
  const kept = Object.fromEntries(
    inherited.filter((key) => key in settings).map((key) => [key, settings[key]])
  );
  const own = settings["build-constraint-dependencies"] ?? [];
  return stringify({
    project: { name, version: "0", "requires-python": `==${major}.${minor}.*`, dependencies: [...requires] },
    tool: {
      uv: {
        ...kept,
        package: false,
        "constraint-dependencies": [
          ...constraints,
          ...own.map((item) => typeof item === "string" ? item : item.requirement)
        ]
      }
    }
  });
}

// src/buildlock/sources.ts
import { createHash as createHash3 } from "node:crypto";
import { mkdtemp as mkdtemp4, readFile as readFile5, realpath, rm as rm4 } from "node:fs/promises";
import path6 from "node:path";

// src/artifacts/fetch.ts
import { createHash as createHash2 } from "node:crypto";
import { copyFile, mkdir as mkdir2, readFile as readFile3, writeFile as writeFile3 } from "node:fs/promises";
import path4 from "node:path";
async function fetchArtifact(artifact, project, target, network) {
  if (artifact.path !== void 0) return copyLocal(artifact, path4.resolve(project, artifact.path), target);
  return (await download(asDownload(artifact), target, network)).size;
}
async function copyLocal(artifact, source, target) {
  const bytes = await readFile3(source).catch((cause2) => {
    throw localMissing(artifact, cause2);
  });
  const [algorithm = "sha256", expected] = artifact.hash?.split(":") ?? [];
  if (expected !== void 0 && createHash2(algorithm).update(bytes).digest("hex") !== expected.toLowerCase())
    throw localChanged(artifact);
  await copyFile(source, target);
  return bytes.length;
}

// src/buildlock/git-tree.ts
import { mkdir as mkdir3, mkdtemp as mkdtemp3, readdir, rm as rm3, writeFile as writeFile4 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import path5 from "node:path";
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
  await mkdir3(out, { recursive: true });
  const template = await mkdtemp3(path5.join(tmpdir2(), "uv-fod-git-"));
  try {
    await mkdir3(path5.join(template, "info"));
    await writeFile4(path5.join(template, "info/attributes"), noAttributes);
    await checkout(source, out, template, run, checkHost);
  } finally {
    await rm3(template, { recursive: true, force: true });
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
async function checkout({ url, commit }, out, template, run, checkHost) {
  const env = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TEMPLATE_DIR: template
  };
  const direct = checkHost ? ["-c", "http.followRedirects=false"] : [];
  const git = async (cwd, ...args) => {
    const result = await run("git", [...careful, ...direct, ...args], { cwd, env });
    if (result.code === 0) return result.stdout;
    throw new UserError(
      "git-unreachable",
      `Commit ${commit} of ${url} can't be fetched: ${result.stderr.trim().split("\n").at(-1) ?? ""}. Check that the repository still has it and that this machine may read it; otherwise lock again.`,
      { log: result.stderr }
    );
  };
  await git(out, "init", "--quiet", "--initial-branch=main");
  await git(out, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit);
  await git(out, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  const open = [out];
  for (let dir = open.pop(); dir !== void 0; dir = open.pop()) {
    const at = dir;
    const ask = (...args) => git(at, ...args);
    for (const inner of await submodules(ask, checkHost)) open.push(path5.join(at, inner));
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
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (entry.name === ".git")
      await rm3(path5.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}

// src/buildlock/pyproject-of.ts
import { createReadStream } from "node:fs";
import { readFile as readFile4 } from "node:fs/promises";
import { Transform } from "node:stream";
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
var freb = function(eb, start) {
  var b = new u16(31);
  for (var i2 = 0; i2 < 31; ++i2) {
    b[i2] = start += 1 << eb[i2 - 1];
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
  var le = new u16(mb);
  for (i2 = 1; i2 < mb; ++i2) {
    le[i2] = le[i2 - 1] + l[i2 - 1] << 1;
  }
  var co;
  if (r) {
    co = new u16(1 << mb);
    var rvb = 15 - mb;
    for (i2 = 0; i2 < s; ++i2) {
      if (cd[i2]) {
        var sv = i2 << 4 | cd[i2];
        var r_1 = mb - cd[i2];
        var v = le[cd[i2] - 1]++ << r_1;
        for (var m = v | (1 << r_1) - 1; v <= m; ++v) {
          co[rev[v] >> rvb] = sv;
        }
      }
    }
  } else {
    co = new u16(s);
    for (i2 = 0; i2 < s; ++i2) {
      if (cd[i2]) {
        co[i2] = rev[le[cd[i2] - 1]++] >> 15 - cd[i2];
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
        var lt = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
        lbt = max(lt);
        dbt = max(dt);
        lm = hMap(lt, lbt, 1);
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
        var end = bt + add;
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
  var _a2 = z64hs(d, es, efl, z, b4(d, b + 20), b4(d, b + 24), b4(d, b + 42)), sc = _a2[0], su = _a2[1], off = _a2[2];
  return [b2(d, b + 10), sc, su, fn, es + efl + b2(d, b + 32), off];
};
var z64hs = function(d, b, l, z, sc, su, off) {
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

// src/buildlock/pyproject-of.ts
var import_tar_stream = __toESM(require_tar_stream(), 1);
var legacyRequires = ["setuptools>=40.8.0"];
var limit = 4 << 20;
var unpackedLimit = 2 ** 30;
function buildRequires(text, label) {
  if (text === void 0) return legacyRequires;
  let table;
  try {
    table = parseToml(text, "pyproject.toml");
  } catch (cause2) {
    throw new UserError(
      "pyproject-invalid",
      `The build requirements of ${label} can't be read: ${cause2.message}`,
      { cause: cause2 }
    );
  }
  const system = table["build-system"];
  if (system === void 0) return legacyRequires;
  const requires = system.requires;
  if (!Array.isArray(requires) || !requires.every((item) => typeof item === "string")) {
    throw new UserError(
      "pyproject-invalid",
      `The pyproject.toml of ${label} has a [build-system] without a list of strings 'requires'.`
    );
  }
  return requires;
}
async function pyprojectOfSdist(archive, filename, subdirectory = "") {
  const wanted = [...subdirectory.split("/").filter(Boolean), "pyproject.toml"].join("/");
  const isWanted = (name2) => name2.replace(/^\.\//, "").split("/").slice(1).join("/") === wanted;
  try {
    return filename.endsWith(".zip") ? await fromZip(archive, isWanted) : await fromTar(archive, isWanted);
  } catch (cause2) {
    throw new UserError(
      "sdist-invalid",
      `${filename} can't be read as an archive: ${cause2.message}. uv accepts .tar.gz and .zip; ask its authors for one of these.`,
      { cause: cause2 }
    );
  }
}
async function fromZip(archive, isWanted) {
  const files = unzipSync(await readFile4(archive), {
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
    const keep = header.type === "file" && isWanted(header.name) && (header.size ?? 0) < limit;
    stream.on("error", () => {
    });
    stream.on("data", (chunk) => {
      if (keep) chunks.push(chunk);
    });
    stream.on("end", () => {
      if (keep) found = Buffer.concat(chunks).toString();
      next();
    });
  });
  let size = 0;
  const bounded = new Transform({
    transform: (chunk, _, done) => {
      size += chunk.length;
      done(
        size > unpackedLimit ? new Error(`it unpacks to more than ${unpackedLimit / 2 ** 20} MB`) : null,
        chunk
      );
    }
  });
  await pipeline(createReadStream(archive), createGunzip(), bounded, reader);
  return found;
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
async function describeDirectory(artifact, { project, read }) {
  const where = artifact.path ?? ".";
  const file = path6.resolve(project, where, "pyproject.toml");
  const text = await read(file);
  return {
    kind: "directory",
    name: artifact.name,
    ...artifact.version ? { version: artifact.version } : {},
    path: where,
    requires: buildRequires(text, artifact.name)
  };
}
async function describeGit(artifact, previous, reader) {
  const { name: name2, version = "", url = "", commit = "", subdirectory } = artifact;
  const source = {
    kind: "git",
    name: name2,
    version,
    url,
    commit,
    ...subdirectory ? { subdirectory } : {}
  };
  if (previous?.kind === "git" && previous.url === url && previous.commit === commit && previous.subdirectory === subdirectory) {
    return { ...source, hash: previous.hash, requires: previous.requires };
  }
  return inScratch(reader, async (dir) => {
    const tree = path6.join(dir, "tree");
    await fetchGitTree({ url, commit }, tree, reader.run, reader.checkHost);
    const text = await readBelow(tree, path6.join(subdirectory ?? "", "pyproject.toml"));
    return { ...source, hash: await narHash(tree), requires: buildRequires(text, name2) };
  });
}
async function readBelow(tree, name2) {
  const file = await realpath(path6.join(tree, name2)).catch(() => void 0);
  if (file === void 0) return void 0;
  if (file.startsWith(`${await realpath(tree)}${path6.sep}`)) return readFile5(file, "utf8");
  throw new UserError(
    "pyproject-invalid",
    `'${name2}' of the repository leads out of it, so it is not read; ask its authors to put the file itself there.`
  );
}
async function describeSdist(artifact, previous, reader) {
  const { name: name2, version = "", filename = "", url, subdirectory } = artifact;
  const source = {
    ...{ kind: "sdist", name: name2, version, filename },
    ...url === void 0 ? {} : { url },
    ...artifact.path === void 0 ? {} : { path: artifact.path },
    ...subdirectory ? { subdirectory } : {}
  };
  const locked = artifact.hash?.startsWith("sha256:") ? sriFromHex(artifact.hash.slice("sha256:".length)) : void 0;
  if (previous?.kind === "sdist" && locked !== void 0 && previous.hash === locked) {
    return { ...source, hash: locked, requires: previous.requires };
  }
  return inScratch(reader, async (dir) => {
    const archive = path6.join(dir, "sdist");
    await fetchArtifact(artifact, reader.project, archive, await reader.network());
    const hash = locked ?? sriFromHex(
      createHash3("sha256").update(await readFile5(archive)).digest("hex")
    );
    return {
      ...source,
      hash,
      requires: buildRequires(await pyprojectOfSdist(archive, filename, subdirectory), filename)
    };
  });
}
async function inScratch(reader, body) {
  const dir = await mkdtemp4(path6.join(reader.scratch, "source-"));
  try {
    return await body(dir);
  } finally {
    await rm4(dir, { recursive: true, force: true });
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
    const found = await Promise.all(fresh.map((artifact) => this.limit(() => this.add(artifact))));
    const nested = found.flat();
    if (nested.length > 0) await this.addAll(nested);
  }
  /** @returns artifacts of its environment that have to be built themselves */
  async add(artifact) {
    const key = buildKey(artifact);
    const { project, settings } = this.renewal;
    const described = await describeBuild(artifact, this.renewal.previous?.builds[key], this.reader);
    const extra = extraRequires(settings, described.name);
    const dynamic = this.dynamicOf(key, described);
    const build2 = {
      ...described,
      ...extra.length === 0 ? {} : { extraRequires: extra },
      ...dynamic.length === 0 ? {} : { dynamicRequires: dynamic }
    };
    this.builds.set(key, build2);
    if (this.keep(key, build2)) return [];
    const targets = this.renewal.systems.map(({ target }) => target);
    const planned2 = await resolveRequires(
      {
        requires: [...build2.requires, ...dynamic, ...extra],
        constraints: this.ownPins(build2.name),
        settings,
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
  keep(key, build2) {
    const { previous, systems, target } = this.renewal;
    const before = previous?.builds[key];
    if (!previous || !before || !sameData(before.requires, build2.requires) || !sameData(before.extraRequires, build2.extraRequires) || !sameData(before.dynamicRequires, build2.dynamicRequires) || !sameData(previous.target, target))
      return false;
    const kept = systems.map(({ target: { system } }) => previous.systems[system]?.environments[key]);
    if (!kept.every((environment) => environment !== void 0 && this.isCurrent(environment, previous)))
      return false;
    systems.forEach(({ target: { system } }, index) => {
      const environment = kept[index];
      if (environment) this.keepEnvironment(system, key, environment, previous);
    });
    return true;
  }
  /** An environment with builds in it follows the output's own versions of these. */
  isCurrent(environment, previous) {
    return environment.builds.every((key) => {
      const build2 = previous.builds[key];
      const own = this.renewal.systems.flatMap(
        ({ artifacts }) => artifacts.filter(({ name: name2 }) => name2 === build2?.name)
      );
      return build2 !== void 0 && own.every((artifact) => buildKey(artifact) === key);
    });
  }
  keepEnvironment(system, key, environment, previous) {
    this.environments.get(system)?.set(key, environment);
    for (const wheel of environment.wheels) {
      const file = previous.wheels[wheel];
      if (file) this.wheels.set(wheel, file);
    }
    for (const nested of environment.builds) {
      const build2 = previous.builds[nested];
      const next = previous.systems[system]?.environments[nested];
      if (!build2 || !next || this.started.has(nested)) continue;
      this.started.add(nested);
      this.builds.set(nested, build2);
      this.keepEnvironment(system, nested, next, previous);
    }
  }
  setEnvironment(target, key, artifacts) {
    if (!target) return;
    const wheels = artifacts.filter(({ kind }) => kind === "wheel");
    for (const wheel of wheels) this.wheels.set(wheel.filename ?? "", wheelFile(wheel));
    this.environments.get(target.system)?.set(key, {
      wheels: wheels.map(({ filename }) => filename ?? "").sort(),
      builds: artifacts.filter(isBuilt).map(buildKey).sort()
    });
  }
  /** Pins to the output's own version of everything that it builds: xmlsec is compiled against the lxml it runs with. */
  ownPins(except) {
    const pins = this.renewal.systems.flatMap(
      ({ artifacts }) => artifacts.filter((artifact) => artifact.kind === "sdist" && artifact.name !== except).map(({ name: name2, version }) => `${name2}==${version}`)
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
function extraRequires(settings, name2) {
  const table = settings["extra-build-dependencies"] ?? {};
  return (table[name2] ?? []).map((item) => typeof item === "string" ? item : item.requirement);
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
import path7 from "node:path";
async function uvSettings(project, read) {
  const file = path7.join(project.root, "uv.toml");
  const text = await read(file);
  return text === void 0 ? project.rootPyproject?.uv ?? {} : parseToml(text, file);
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
function literalAt(text, position) {
  const bytes = Buffer.from(text);
  const start = offset(bytes, position);
  if (start === void 0) return void 0;
  beforeValue.lastIndex = bytes.subarray(0, start).toString().length;
  return beforeValue.test(text) ? literalFrom(text, beforeValue.lastIndex) : void 0;
}
var fakeName = /(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-])/y;
function unsetHashAt(text, position) {
  const literal = literalAt(text, position);
  if (literal) return isUnsetHash(literal.value) ? literal : void 0;
  const bytes = Buffer.from(text);
  const start = offset(bytes, position);
  if (start === void 0) return void 0;
  beforeValue.lastIndex = bytes.subarray(0, start).toString().length;
  if (!beforeValue.test(text)) return void 0;
  const from = beforeValue.lastIndex;
  fakeName.lastIndex = from;
  return fakeName.test(text) ? { start: from, end: fakeName.lastIndex, value: "" } : void 0;
}
function isUnsetHash(hash) {
  return /^(?:(?:sha\d+-)?A*=*|0*)$/.test(hash);
}
function unsetHashesOf(text) {
  const names = String.raw`\b(?:\w*[hH]ash|sha256|sha512)${gap}=${gap}`;
  const values = String.raw`(""|"(?:sha\d+-)?A+=*"|"0+"|(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-]))`;
  return [...text.matchAll(new RegExp(`${names}${values}`, "g"))].map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? "").length, end, value: "" };
  });
}
function literalFrom(text, start) {
  if (text[start] !== '"') return void 0;
  let value = "";
  for (let at = start + 1; at < text.length; ) {
    const [character = "", next = ""] = [text[at], text[at + 1]];
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
  const written = value.replace(/[\\"]/g, "\\$&").replaceAll("${", "\\${").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("	", "\\t");
  return `"${written}"`;
}
function replaceLiteral(text, { start, end }, value) {
  return `${text.slice(0, start)}${nixString(value)}${text.slice(end)}`;
}
function literalsOf(text, value) {
  const written = nixString(value);
  const found = [];
  for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + written.length))
    found.push({ start: at, end: at + written.length, value });
  return found;
}
function lineOf(text, at) {
  return text.slice(0, at).split("\n").length;
}

// src/derivation/patch.ts
function replaceHash(text, position, current, next) {
  if (!isSri(next)) throw new Error(`not a sha256 in SRI form: ${next}`);
  const bytes = Buffer.from(text);
  const start = offset(bytes, position);
  const found = start === void 0 ? null : binding.exec(bytes.subarray(start).toString());
  if (start === void 0 || !found) throw noLiteral(position, "no attribute with a plain string");
  const [whole, before = "", literal = ""] = found;
  if (literal.startsWith('"') && literal !== `"${current}"`) {
    throw noLiteral(position, `${literal}, where Nix evaluated "${current}"`);
  }
  const rest = bytes.subarray(start).toString().slice(whole.length);
  return `${bytes.subarray(0, start).toString()}${before}"${next}"${rest}`;
}
var binding = new RegExp(
  String.raw`^((?:[A-Za-z_][A-Za-z0-9_'-]*|"[A-Za-z0-9_.-]*")${gap}=${gap})("[A-Za-z0-9+/=:-]*"|(?:[A-Za-z_][A-Za-z0-9_'-]*\.)*fakeHash)(?=${gap};)`
);
function noLiteral(position, found) {
  const { file, line, column } = position;
  return new UserError(
    "hash-literal",
    `${file}:${line}:${column} should bind fetchUvDeps' hash to a string literal, but there is ${found}. Write hash = "sha256-…"; (or hash = lib.fakeHash;) there, not a variable, so that it can be replaced.`,
    { at: { file, line, column } }
  );
}

// src/update/dynamic.ts
import { readFile as readFile6 } from "node:fs/promises";
async function askBackends(where, system, now, before, run, log) {
  const keys = (now.systems[system]?.builds ?? []).filter(
    (key) => isNew(now.builds[key], before?.builds[key])
  );
  if (keys.length === 0) return /* @__PURE__ */ new Map();
  const answers = await dynamicRequires(where, keys, run, log);
  const found = /* @__PURE__ */ new Map();
  for (const [index, file] of answers.entries()) {
    const key = keys[index] ?? "";
    const declared = new Set((now.builds[key]?.requires ?? []).map(squeezed));
    const asked = JSON.parse(await readFile6(file, "utf8")).filter(
      (one) => !declared.has(squeezed(one))
    );
    if (asked.length > 0) found.set(key, asked);
  }
  return found;
}
var squeezed = (requirement) => requirement.replace(/\s+/g, "").toLowerCase();
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
  for (const { file } of edits) await parts.mayWrite?.(file);
  const settled = await apply(where, edits, journal, parts.run);
  try {
    const dynamic = await askBackends(where, pinned.system, buildLock, before?.lock, parts.run, parts.log);
    if (dynamic.size === 0) return { edits, ...settled };
    await settled.undo();
    const again = await editsFor({ ...locking, buildLock: await renew(locking, parts, dynamic) }, parts.read);
    return { edits: again, ...await apply(where, again, journal, parts.run) };
  } catch (error) {
    await settled.undo();
    throw error;
  }
}
var count = (record) => Object.keys(record).length;
async function apply(where, edits, journal, run) {
  await journal.write(edits);
  const putBack = await applyEdits(edits);
  try {
    const forget = await introduce(where, edits, run);
    const undo = async () => {
      await putBack();
      await forget();
      await journal.clear();
    };
    return { undo, keep: journal.clear };
  } catch (error) {
    await putBack();
    await journal.clear();
    throw error;
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
async function editsFor({ spotted, hashes, lockFile, before, buildLock }, read) {
  const edits = /* @__PURE__ */ new Map();
  for (const [index, { pinned }] of spotted.entries()) {
    const { before: old, after } = hashes[index] ?? { before: "", after: "" };
    const { file } = pinned.position;
    if (old === after) continue;
    const text = edits.get(file)?.after ?? await read(file);
    if (text === void 0)
      throw new UserError("file-missing", `${file}, where the hash stands, can't be read.`);
    edits.set(file, {
      file,
      before: edits.get(file)?.before ?? text,
      after: replaceHash(text, pinned.position, old, after)
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
  const wheels = artifacts.filter(({ kind }) => kind === "wheel").length;
  const megabytes = (wheelBytes(artifacts) / 1e6).toFixed(1);
  return `${wheels} wheels, ${megabytes} MB, ${artifacts.length - wheels} to build`;
}
function standing({ pinned: { hash, position }, isCurrent }) {
  const place = `${position.file}:${position.line}`;
  if (hash === "") return `no hash yet (${place})`;
  return `${hash} (${place}) was made from ${isCurrent ? "this" : "something else"}`;
}

// src/update/update.ts
async function update(request, parts) {
  const { where } = request;
  const stages = [];
  const stage = async (name2, body) => {
    const started = parts.now();
    const result = await body();
    stages.push({ name: name2, milliseconds: parts.now() - started });
    return result;
  };
  const journal = await parts.journal(folderOf(where));
  const pinned = await stage("derivation", () => request.pinned ?? evaluate(where, parts.run, parts.log));
  const lockFile = pinned.buildLock ?? path8.join(folderOf(where), buildLockName);
  const planned2 = await stage("plan", () => planAll(pinned, lockFile, parts.read));
  try {
    return await refresh(request, { ...planned2, pinned, lockFile, journal }, { stages, stage }, parts);
  } catch (error) {
    throw parts.stop.aborted ? error : placedAt(error, pinned.systems[0]?.position ?? placeOf(where).at);
  }
}
async function refresh(request, planned2, { stages, stage }, parts) {
  const { where } = request;
  const { project, spotted, pinned } = planned2;
  await tellPlans(where, spotted, parts.log);
  await checkHosts(spotted, parts);
  await request.onPlanned?.({ pinned, project, spotted });
  const hashes = await stage("hash", () => hashesOf(request, pinned, spotted, parts));
  const locking = { ...planned2, hashes, keepsPlans: request.lockOnly === true };
  const { edits, ...settled } = await stage("build lock", () => lockBuilds(where, locking, parts));
  const done = { pinned, project, spotted, hashes, edits, stages, ...settled };
  if (edits.length === 0 || !request.verify) return { ...done, out: void 0, imported: [] };
  try {
    const out = await stage("build", () => build(where, parts.run, parts.log));
    const { python } = pinned.systems[0]?.target ?? { python: "3" };
    const imported = await stage(
      "proof",
      () => proveImports(out, python, pinned.imports, parts.run, parts.log)
    );
    const { cacheTo } = request;
    if (cacheTo === void 0) return { ...done, out, imported };
    const isCached = await stage("copy", () => copyToCache(out, cacheTo, parts.run, parts.log));
    return { ...done, out, imported, isCached };
  } catch (error) {
    await settled.undo();
    throw error;
  }
}
async function hashesOf({ where, lockOnly, distrust, trustNixAlone }, { project, system }, spotted, parts) {
  if (lockOnly) return spotted.map(recordedHash);
  const request = { where, project, builder: system, distrust: distrust ?? false };
  return hashAll({ ...request, twice: trustNixAlone !== true }, spotted, parts);
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
async function planAll(pinned, lockFile, read) {
  const project = await loadProject(pinned.project, read);
  const text = await read(lockFile);
  const before = text === void 0 ? void 0 : { text, lock: parseBuildLock(text, lockFile) };
  return { project, before, spotted: spot(project, pinned, before?.lock) };
}

export {
  failureCause,
  build,
  proveImports,
  hashOnRunner,
  literalAt,
  unsetHashAt,
  isUnsetHash,
  unsetHashesOf,
  replaceLiteral,
  literalsOf,
  lineOf,
  update
};
