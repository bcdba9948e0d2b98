import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  innerAddress,
  resolveBySystem
} from "./index-YPY5ECFP.js";
import {
  AbortError,
  UserError
} from "./index-NZ42QUQZ.js";
import {
  once
} from "./index-2EOQFBQ6.js";
import {
  __commonJS,
  __toESM
} from "./index-R7ZPDVI3.js";

// node_modules/http-parser-js/http-parser.js
var require_http_parser = __commonJS({
  "node_modules/http-parser-js/http-parser.js"(exports) {
    exports.HTTPParser = HTTPParser2;
    function HTTPParser2(type) {
      if (type !== void 0 && type !== HTTPParser2.REQUEST && type !== HTTPParser2.RESPONSE) {
        throw new Error("type must be REQUEST or RESPONSE");
      }
      if (type === void 0) {
      } else {
        this.initialize(type);
      }
      this.maxHeaderSize = HTTPParser2.maxHeaderSize;
    }
    HTTPParser2.prototype.initialize = function(type, async_resource) {
      if (type !== HTTPParser2.REQUEST && type !== HTTPParser2.RESPONSE) {
        throw new Error("type must be REQUEST or RESPONSE");
      }
      this.type = type;
      this.state = type + "_LINE";
      this.info = {
        headers: [],
        upgrade: false
      };
      this.trailers = [];
      this.line = "";
      this.isChunked = false;
      this.connection = "";
      this.headerSize = 0;
      this.body_bytes = null;
      this.isUserCall = false;
      this.hadError = false;
    };
    HTTPParser2.encoding = "ascii";
    HTTPParser2.maxHeaderSize = 80 * 1024;
    HTTPParser2.REQUEST = "REQUEST";
    HTTPParser2.RESPONSE = "RESPONSE";
    var kOnHeaders = HTTPParser2.kOnHeaders = 1;
    var kOnHeadersComplete = HTTPParser2.kOnHeadersComplete = 2;
    var kOnBody = HTTPParser2.kOnBody = 3;
    var kOnMessageComplete = HTTPParser2.kOnMessageComplete = 4;
    HTTPParser2.prototype[kOnHeaders] = HTTPParser2.prototype[kOnHeadersComplete] = HTTPParser2.prototype[kOnBody] = HTTPParser2.prototype[kOnMessageComplete] = function() {
    };
    var compatMode0_12 = true;
    Object.defineProperty(HTTPParser2, "kOnExecute", {
      get: function() {
        compatMode0_12 = false;
        return 99;
      }
    });
    var methods = exports.methods = HTTPParser2.methods = [
      "DELETE",
      "GET",
      "HEAD",
      "POST",
      "PUT",
      "CONNECT",
      "OPTIONS",
      "TRACE",
      "COPY",
      "LOCK",
      "MKCOL",
      "MOVE",
      "PROPFIND",
      "PROPPATCH",
      "SEARCH",
      "UNLOCK",
      "BIND",
      "REBIND",
      "UNBIND",
      "ACL",
      "REPORT",
      "MKACTIVITY",
      "CHECKOUT",
      "MERGE",
      "M-SEARCH",
      "NOTIFY",
      "SUBSCRIBE",
      "UNSUBSCRIBE",
      "PATCH",
      "PURGE",
      "MKCALENDAR",
      "LINK",
      "UNLINK",
      "SOURCE"
    ];
    var method_connect = methods.indexOf("CONNECT");
    HTTPParser2.prototype.reinitialize = HTTPParser2;
    HTTPParser2.prototype.close = HTTPParser2.prototype.pause = HTTPParser2.prototype.resume = HTTPParser2.prototype.remove = HTTPParser2.prototype.free = function() {
    };
    HTTPParser2.prototype._compatMode0_11 = false;
    HTTPParser2.prototype.getAsyncId = function() {
      return 0;
    };
    var headerState = {
      REQUEST_LINE: true,
      RESPONSE_LINE: true,
      HEADER: true
    };
    HTTPParser2.prototype.execute = function(chunk, start, length) {
      if (!(this instanceof HTTPParser2)) {
        throw new TypeError("not a HTTPParser");
      }
      start = start || 0;
      length = typeof length === "number" ? length : chunk.length;
      this.chunk = chunk;
      this.offset = start;
      var end = this.end = start + length;
      try {
        while (this.offset < end) {
          if (this[this.state]()) {
            break;
          }
        }
      } catch (err) {
        if (this.isUserCall) {
          throw err;
        }
        this.hadError = true;
        return err;
      }
      this.chunk = null;
      length = this.offset - start;
      if (headerState[this.state]) {
        this.headerSize += length;
        if (this.headerSize > (this.maxHeaderSize || HTTPParser2.maxHeaderSize)) {
          return new Error("max header size exceeded");
        }
      }
      return length;
    };
    var stateFinishAllowed = {
      REQUEST_LINE: true,
      RESPONSE_LINE: true,
      BODY_RAW: true
    };
    HTTPParser2.prototype.finish = function() {
      if (this.hadError) {
        return;
      }
      if (!stateFinishAllowed[this.state]) {
        return new Error("invalid state for EOF");
      }
      if (this.state === "BODY_RAW") {
        this.userCall()(this[kOnMessageComplete]());
      }
    };
    HTTPParser2.prototype.consume = HTTPParser2.prototype.unconsume = HTTPParser2.prototype.getCurrentBuffer = function() {
    };
    HTTPParser2.prototype.userCall = function() {
      this.isUserCall = true;
      var self = this;
      return function(ret) {
        self.isUserCall = false;
        return ret;
      };
    };
    HTTPParser2.prototype.nextRequest = function() {
      this.userCall()(this[kOnMessageComplete]());
      this.reinitialize(this.type);
    };
    HTTPParser2.prototype.consumeLine = function() {
      var end = this.end, chunk = this.chunk;
      for (var i = this.offset; i < end; i++) {
        if (chunk[i] === 10) {
          var line = this.line + chunk.toString(HTTPParser2.encoding, this.offset, i);
          if (line.charAt(line.length - 1) === "\r") {
            line = line.substr(0, line.length - 1);
          }
          this.line = "";
          this.offset = i + 1;
          return line;
        }
      }
      this.line += chunk.toString(HTTPParser2.encoding, this.offset, this.end);
      this.offset = this.end;
    };
    var headerExp = /^([^: \t]+):[ \t]*((?:.*[^ \t])|)/;
    var headerContinueExp = /^[ \t]+(.*[^ \t])/;
    HTTPParser2.prototype.parseHeader = function(line, headers) {
      if (line.indexOf("\r") !== -1) {
        throw parseErrorCode("HPE_LF_EXPECTED");
      }
      var match = headerExp.exec(line);
      var k = match && match[1];
      if (k) {
        headers.push(k);
        headers.push(match[2]);
      } else {
        var matchContinue = headerContinueExp.exec(line);
        if (matchContinue && headers.length) {
          if (headers[headers.length - 1]) {
            headers[headers.length - 1] += " ";
          }
          headers[headers.length - 1] += matchContinue[1];
        }
      }
    };
    var requestExp = /^([A-Z-]+) ([^ ]+) HTTP\/(\d)\.(\d)$/;
    HTTPParser2.prototype.REQUEST_LINE = function() {
      var line = this.consumeLine();
      if (!line) {
        return;
      }
      var match = requestExp.exec(line);
      if (match === null) {
        throw parseErrorCode("HPE_INVALID_CONSTANT");
      }
      this.info.method = this._compatMode0_11 ? match[1] : methods.indexOf(match[1]);
      if (this.info.method === -1) {
        throw new Error("invalid request method");
      }
      this.info.url = match[2];
      this.info.versionMajor = +match[3];
      this.info.versionMinor = +match[4];
      this.body_bytes = 0;
      this.state = "HEADER";
    };
    var responseExp = /^HTTP\/(\d)\.(\d) (\d{3}) ?(.*)$/;
    HTTPParser2.prototype.RESPONSE_LINE = function() {
      var line = this.consumeLine();
      if (!line) {
        return;
      }
      var match = responseExp.exec(line);
      if (match === null) {
        throw parseErrorCode("HPE_INVALID_CONSTANT");
      }
      this.info.versionMajor = +match[1];
      this.info.versionMinor = +match[2];
      var statusCode = this.info.statusCode = +match[3];
      this.info.statusMessage = match[4];
      if ((statusCode / 100 | 0) === 1 || statusCode === 204 || statusCode === 304) {
        this.body_bytes = 0;
      }
      this.state = "HEADER";
    };
    HTTPParser2.prototype.shouldKeepAlive = function() {
      if (this.info.versionMajor > 0 && this.info.versionMinor > 0) {
        if (this.connection.indexOf("close") !== -1) {
          return false;
        }
      } else if (this.connection.indexOf("keep-alive") === -1) {
        return false;
      }
      if (this.body_bytes !== null || this.isChunked) {
        return true;
      }
      return false;
    };
    HTTPParser2.prototype.HEADER = function() {
      var line = this.consumeLine();
      if (line === void 0) {
        return;
      }
      var info = this.info;
      if (line) {
        this.parseHeader(line, info.headers);
      } else {
        var headers = info.headers;
        var hasContentLength = false;
        var currentContentLengthValue;
        var hasUpgradeHeader = false;
        for (var i = 0; i < headers.length; i += 2) {
          switch (headers[i].toLowerCase()) {
            case "transfer-encoding":
              this.isChunked = headers[i + 1].toLowerCase() === "chunked";
              break;
            case "content-length":
              currentContentLengthValue = +headers[i + 1];
              if (hasContentLength) {
                if (currentContentLengthValue !== this.body_bytes) {
                  throw parseErrorCode("HPE_UNEXPECTED_CONTENT_LENGTH");
                }
              } else {
                hasContentLength = true;
                this.body_bytes = currentContentLengthValue;
              }
              break;
            case "connection":
              this.connection += headers[i + 1].toLowerCase();
              break;
            case "upgrade":
              hasUpgradeHeader = true;
              break;
          }
        }
        if (this.isChunked && hasContentLength) {
          hasContentLength = false;
          this.body_bytes = null;
        }
        if (hasUpgradeHeader && this.connection.indexOf("upgrade") != -1) {
          info.upgrade = this.type === HTTPParser2.REQUEST || info.statusCode === 101;
        } else {
          info.upgrade = info.method === method_connect;
        }
        if (this.isChunked && info.upgrade) {
          this.isChunked = false;
        }
        info.shouldKeepAlive = this.shouldKeepAlive();
        var skipBody;
        if (compatMode0_12) {
          skipBody = this.userCall()(this[kOnHeadersComplete](info));
        } else {
          skipBody = this.userCall()(this[kOnHeadersComplete](
            info.versionMajor,
            info.versionMinor,
            info.headers,
            info.method,
            info.url,
            info.statusCode,
            info.statusMessage,
            info.upgrade,
            info.shouldKeepAlive
          ));
        }
        if (skipBody === 2) {
          this.nextRequest();
          return true;
        } else if (this.isChunked && !skipBody) {
          this.state = "BODY_CHUNKHEAD";
        } else if (skipBody || this.body_bytes === 0) {
          this.nextRequest();
          return info.upgrade;
        } else if (this.body_bytes === null) {
          this.state = "BODY_RAW";
        } else {
          this.state = "BODY_SIZED";
        }
      }
    };
    HTTPParser2.prototype.BODY_CHUNKHEAD = function() {
      var line = this.consumeLine();
      if (line === void 0) {
        return;
      }
      this.body_bytes = parseInt(line, 16);
      if (!this.body_bytes) {
        this.state = "BODY_CHUNKTRAILERS";
      } else {
        this.state = "BODY_CHUNK";
      }
    };
    HTTPParser2.prototype.BODY_CHUNK = function() {
      var length = Math.min(this.end - this.offset, this.body_bytes);
      this.userCall()(this[kOnBody](this.chunk.slice(this.offset, this.offset + length), 0, length));
      this.offset += length;
      this.body_bytes -= length;
      if (!this.body_bytes) {
        this.state = "BODY_CHUNKEMPTYLINE";
      }
    };
    HTTPParser2.prototype.BODY_CHUNKEMPTYLINE = function() {
      var line = this.consumeLine();
      if (line === void 0) {
        return;
      }
      if (line !== "") {
        throw new Error("Expected empty line");
      }
      this.state = "BODY_CHUNKHEAD";
    };
    HTTPParser2.prototype.BODY_CHUNKTRAILERS = function() {
      var line = this.consumeLine();
      if (line === void 0) {
        return;
      }
      if (line) {
        this.parseHeader(line, this.trailers);
      } else {
        if (this.trailers.length) {
          this.userCall()(this[kOnHeaders](this.trailers, ""));
        }
        this.nextRequest();
      }
    };
    HTTPParser2.prototype.BODY_RAW = function() {
      this.userCall()(this[kOnBody](this.chunk.slice(this.offset, this.end), 0, this.end - this.offset));
      this.offset = this.end;
    };
    HTTPParser2.prototype.BODY_SIZED = function() {
      var length = Math.min(this.end - this.offset, this.body_bytes);
      this.userCall()(this[kOnBody](this.chunk.slice(this.offset, this.offset + length), 0, length));
      this.offset += length;
      this.body_bytes -= length;
      if (!this.body_bytes) {
        this.nextRequest();
      }
    };
    ["Headers", "HeadersComplete", "Body", "MessageComplete"].forEach(function(name) {
      var k = HTTPParser2["kOn" + name];
      Object.defineProperty(HTTPParser2.prototype, "on" + name, {
        get: function() {
          return this[k];
        },
        set: function(to) {
          this._compatMode0_11 = true;
          method_connect = "CONNECT";
          return this[k] = to;
        }
      });
    });
    function parseErrorCode(code) {
      var err = new Error("Parse Error");
      err.code = code;
      return err;
    }
  }
});

// src/effects/network.ts
import { readFile } from "node:fs/promises";

// src/effects/http-direct.ts
import { connect as connectPlain, isIP } from "node:net";

// src/effects/http-exchange.ts
var import_http_parser_js = __toESM(require_http_parser(), 1);
var longestHead = 64 * 1024;
var Exchange = class {
  /** Fulfilled with the answer's beginning. */
  answer;
  #line;
  #head = Promise.withResolvers();
  #body = Promise.withResolvers();
  #parser;
  /** Copies of what came before somebody wanted it, or while the disk was waited for. */
  #early = [];
  #came = 0;
  #given = 0;
  /** Where in its memory the last piece of the body ended. */
  #lastEnd = -1;
  #hasHead = false;
  #isWhole = false;
  #keepsAlive = false;
  /** Bytes of the body that are still to come, where its length is told. */
  #left = 0;
  #take;
  #room;
  #isWaiting = false;
  #isOver = false;
  constructor(line) {
    this.#line = line;
    this.answer = this.#head.promise;
    this.#body.promise.catch(() => {
    });
    this.#parser = new import_http_parser_js.HTTPParser(import_http_parser_js.HTTPParser.RESPONSE);
    this.#parser.maxHeaderSize = longestHead;
    this.#parser[import_http_parser_js.HTTPParser.kOnHeaders] = () => {
    };
    this.#parser[import_http_parser_js.HTTPParser.kOnHeadersComplete] = (info) => this.#begin(info);
    this.#parser[import_http_parser_js.HTTPParser.kOnBody] = (piece) => this.#give(piece);
    this.#parser[import_http_parser_js.HTTPParser.kOnMessageComplete] = () => {
      this.#isWhole = this.#hasHead;
    };
  }
  /** Whether anything has come. */
  get isAnswered() {
    return this.#came > 0;
  }
  /** Where the next bytes are best put; undefined where that does not matter. */
  room() {
    const isTaken = this.#take !== void 0 && !this.#isWaiting && this.#early.length === 0;
    return isTaken && this.#left > 0 && !this.#isOver ? this.#room?.() : void 0;
  }
  /** @returns whether more is wanted now */
  feed(bytes) {
    this.#came += bytes.length;
    try {
      if (this.#left > 0) this.#goThrough(bytes);
      else this.#parse(bytes);
      if (this.#came - this.#given > 2 * longestHead + 8 * this.#given)
        throw new Error("the answer has more around its bytes than bytes");
      this.#keepsAlive &&= !this.#isWhole || this.#lastEnd === bytes.byteOffset + bytes.length;
      this.#settle();
      return !this.#hasHead || this.#take !== void 0 && !this.#isWaiting;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }
  #parse(bytes) {
    const parsed = this.#parser.execute(bytes);
    if (parsed instanceof Error) throw new Error("the answer is not one of HTTP/1.1", { cause: parsed });
  }
  /** Of a body whose length is known nothing has to be parsed. */
  #goThrough(bytes) {
    this.#give(bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes);
    this.#isWhole = this.#left === 0;
  }
  /** The connection ended, without an error. */
  end() {
    if (this.#isOver || this.#isWhole) return;
    const isCut = this.#parser.finish() instanceof Error;
    if (!this.#hasHead || isCut) {
      this.fail(
        new Error(`the connection was closed before ${this.#hasHead ? "the end" : "an answer came"}`)
      );
      return;
    }
    this.#keepsAlive = false;
    this.#settle();
  }
  fail(error) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#head.reject(error);
    this.#body.reject(error);
    this.#line.release(false);
  }
  /** @throws Error for what the parser lets pass */
  #begin({ statusCode, headers: lines, shouldKeepAlive }) {
    if (statusCode < 200) return;
    if (this.#hasHead) throw new Error("the answer is followed by another");
    const headers = /* @__PURE__ */ new Map();
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const name = lines[at]?.toLowerCase() ?? "";
      if (!headers.has(name)) headers.set(name, lines[at + 1] ?? "");
    }
    const coding = headers.get("transfer-encoding");
    if (coding !== void 0 && coding.toLowerCase() !== "chunked")
      throw new Error("the answer has an encoding that nobody asked for");
    if (!/^\d{1,15}$/.test(headers.get("content-length") ?? "0"))
      throw new Error("the answer has a length that is no number");
    this.#hasHead = true;
    if (coding === void 0) this.#left = Number(headers.get("content-length") ?? 0);
    this.#keepsAlive = shouldKeepAlive && coding === void 0;
    this.#head.resolve({
      status: statusCode,
      header: (name) => headers.get(name),
      body: {
        drain: (take, room) => this.#drain(take, room),
        discard: () => this.fail(new Error("nobody wants it"))
      }
    });
  }
  #drain(take, room) {
    [this.#take, this.#room] = [take, room];
    this.#goOn();
    return this.#body.promise;
  }
  #give(piece) {
    this.#given += piece.length;
    this.#left -= piece.length;
    this.#lastEnd = piece.byteOffset + piece.length;
    if (this.#take && !this.#isWaiting && this.#early.length === 0) this.#hand(this.#take, piece);
    else this.#early.push(Buffer.from(piece));
  }
  #hand(take, piece) {
    const wait = take(piece);
    if (!wait) return;
    this.#isWaiting = true;
    wait.then(
      () => {
        this.#isWaiting = false;
        this.#goOn();
      },
      (error) => this.fail(error)
    );
  }
  #goOn() {
    try {
      while (this.#take && !this.#isWaiting && !this.#isOver) {
        const piece = this.#early.shift();
        if (piece === void 0) break;
        this.#hand(this.#take, piece);
      }
    } catch (error) {
      this.fail(error);
    }
    this.#settle();
    if (!this.#isOver && !this.#isWaiting) this.#line.resume();
  }
  /** Ends the exchange where all has come and been taken. */
  #settle() {
    const isTaken = this.#take !== void 0 && !this.#isWaiting && this.#early.length === 0;
    if (this.#isOver || !isTaken || !this.#isWhole) return;
    this.#isOver = true;
    this.#body.resolve();
    this.#line.release(this.#keepsAlive);
  }
};

// src/effects/http-connection.ts
var Unanswered = class extends Error {
};
var beforeAnswer = "the connection was closed before an answer came";
var roomSize = 64 * 1024;
function makeConnection(open, onFree) {
  let now;
  const own = Buffer.allocUnsafeSlow(roomSize);
  let into = own;
  const buffer = () => {
    into = now?.room() ?? own;
    return into;
  };
  const callback = (count) => {
    if (!now) socket.destroy();
    return now?.feed(into.subarray(0, count)) ?? false;
  };
  const socket = open({ buffer, callback });
  const gone = (error) => {
    const isReset = error === void 0 || ["ECONNRESET", "EPIPE"].includes(error.code ?? "");
    if (now && isReset && !now.isAnswered) now.fail(new Unanswered(beforeAnswer, { cause: error }));
    else if (error) now?.fail(error);
    else now?.end();
  };
  socket.on("error", gone);
  socket.on("end", () => gone());
  socket.on("close", () => gone());
  const self = {
    close: () => socket.destroy(),
    ask: async (request, signal) => {
      signal.throwIfAborted();
      const abort = () => exchange.fail(signal.reason);
      const exchange = new Exchange({
        resume: () => void socket.resume(),
        release: (isFree) => {
          signal.removeEventListener("abort", abort);
          now = void 0;
          if (isFree) {
            socket.unref();
            onFree(self);
          } else socket.destroy();
        }
      });
      now = exchange;
      signal.addEventListener("abort", abort, { once: true });
      socket.ref();
      socket.resume();
      socket.write(request, "latin1");
      return exchange.answer;
    }
  };
  return self;
}

// src/effects/http-direct.ts
var idle = 4e3;
function makeDirect(settings) {
  const free = /* @__PURE__ */ new Map();
  const open = opener(settings);
  return async (url, headers, signal) => {
    const request = requestText(url, headers);
    const kept = free.get(url.origin)?.pop();
    if (kept) {
      try {
        return await kept.ask(request, signal);
      } catch (error) {
        if (!(error instanceof Unanswered) || signal.aborted) throw error;
      }
    }
    const { connect } = await open(url);
    signal.throwIfAborted();
    return makeConnection(connect, (self) => keep(url.origin, self, free)).ask(request, signal);
  };
}
function keep(origin, connection, free) {
  const all = free.get(origin) ?? [];
  free.set(origin, all);
  all.push(connection);
  setTimeout(() => {
    const at = all.indexOf(connection);
    if (at < 0) return;
    all.splice(at, 1);
    connection.close();
  }, idle).unref();
}
function requestText(url, headers) {
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  if (lines.some((line) => /[^\t\x20-\x7e\x80-\xff]/.test(line)))
    throw new Error("a header of the request has characters that no header may have");
  return [`GET ${url.pathname}${url.search} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
function opener({ certificates, connectTimeout: connectTimeout2, lookUp: lookup2 }) {
  let context;
  return async (url) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (url.protocol === "http:") {
      const port = Number(url.port || 80);
      return {
        connect: (onread) => inTime(connectPlain({ host, port, lookup: lookup2, onread }), "connect", url, connectTimeout2)
      };
    }
    const { connect: connectTls, createSecureContext } = await import("node:tls");
    context ??= createSecureContext(certificates === void 0 ? {} : { ca: certificates });
    const options = {
      ...{ host, port: Number(url.port || 443), lookup: lookup2, secureContext: context, ALPNProtocols: ["http/1.1"] },
      ...isIP(host) === 0 ? { servername: host } : {}
    };
    return {
      connect: (onread) => inTime(connectTls({ ...options, onread }), "secureConnect", url, connectTimeout2)
    };
  };
}
function inTime(socket, event, url, timeout) {
  const timer = setTimeout(
    () => socket.destroy(new Error(`no connection to ${url.host} within ${timeout / 1e3} s`)),
    timeout
  );
  const stop = () => clearTimeout(timer);
  return socket.once(event, stop).once("close", stop).setNoDelay();
}

// src/effects/inward.ts
function keptOutside(network, resolve = resolveBySystem) {
  return {
    ...network,
    beforeRedirect: async (from, to) => {
      if (from.hostname === to.hostname) return;
      const inner = await innerAddress(to, resolve);
      if (inner === void 0 || await innerAddress(from, resolve) !== void 0) return;
      throw new UserError(
        "redirect-inward",
        `${from.host} redirects to ${to.host.slice(0, 200)} (${inner}), which is not of the public internet, and is not followed there. If that server is your own, let the index's address in the project name it directly, and lock again.`
      );
    }
  };
}

// src/effects/look-up.ts
import { lookup } from "node:dns";
function lookUpOnce(admit) {
  const known = /* @__PURE__ */ new Map();
  const resolve = async (host, options) => {
    const found = await new Promise((done, reject) => {
      lookup(host, { ...options, all: true }, (error, all) => error ? reject(error) : done(all));
    });
    await admit(
      host,
      found.map(({ address }) => address)
    );
    return found;
  };
  return (host, options, callback) => {
    const key = `${host} ${options.family ?? 0} ${options.hints ?? 0}`;
    const answer = known.get(key) ?? resolve(host, options);
    known.set(key, answer);
    answer.then(
      (found) => {
        const [first] = found;
        if (options.all || !first) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error) => {
        known.delete(key);
        callback(error, []);
      }
    );
  };
}

// src/effects/netrc.ts
function netrcAuthorization(text) {
  const logins = parseNetrc(text);
  return ({ hostname }) => {
    const entry = logins.get(hostname);
    if (entry === void 0) return void 0;
    return `Basic ${Buffer.from(`${entry.login}:${entry.password}`).toString("base64")}`;
  };
}
function parseNetrc(text) {
  const logins = /* @__PURE__ */ new Map();
  let current;
  const words = withoutMacros(text).split(/\s+/).filter((word) => word !== "");
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === "default") current = void 0;
    else if (word === "machine") {
      index += 1;
      current = { login: "", password: "" };
      const host = words[index] ?? "";
      if (!logins.has(host)) logins.set(host, current);
    } else if (word === "login" || word === "password") {
      index += 1;
      if (current) current[word] = words[index] ?? "";
    } else if (word === "account") index += 1;
  }
  return logins;
}
function withoutMacros(text) {
  let inMacro = false;
  const kept = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") inMacro = false;
    else if (/^\s*macdef\s/.test(line)) inMacro = true;
    else if (!inMacro && !line.trimStart().startsWith("#")) kept.push(line);
  }
  return kept.join("\n");
}

// src/effects/network.ts
var connectTimeout = 15e3;
function makeNetwork(settings) {
  const { certificates } = settings;
  const lookUp = lookUpOnce(admitting(settings));
  const direct = makeDirect({ certificates, connectTimeout, lookUp });
  const http1 = once(async () => {
    const { makeHttp1 } = await import("./index-OKX25GG5.js");
    return makeHttp1({ ...settings, connectTimeout, lookUp, connections: 16 });
  });
  return {
    get: async (url, headers, signal) => {
      const proxy = url.protocol === "https:" ? settings.httpsProxy : settings.httpProxy;
      return (proxy ? await http1() : direct)(url, headers, signal);
    },
    authorization: settings.authorization ?? (() => void 0),
    retries: 4,
    retryDelay: 500,
    patience: { headers: 3e4, window: 3e4, minimum: 4096, total: 12e4, rate: 5e4 }
  };
}
function admitting({ admit, httpProxy, httpsProxy }) {
  const proxies = [httpProxy, httpsProxy].map((address) => URL.parse(address ?? "")?.hostname);
  return async (host, addresses) => {
    if (!proxies.includes(host)) await admit?.(host, addresses);
  };
}
function stoppable(network, stop) {
  return {
    ...network,
    get: async (url, headers, signal) => {
      if (stop.aborted) throw new AbortError(stop.reason);
      return network.get(url, headers, AbortSignal.any([signal, stop]));
    }
  };
}
async function networkFrom(environment, admit) {
  const get = (name) => environment[name] ?? environment[name.toUpperCase()];
  const bundle = [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
    (file) => file && !file.endsWith("/no-cert-file.crt")
  );
  const network = makeNetwork({
    httpProxy: get("http_proxy") ?? get("all_proxy"),
    httpsProxy: get("https_proxy") ?? get("all_proxy"),
    noProxy: get("no_proxy"),
    certificates: bundle === void 0 ? void 0 : await readFile(bundle, "utf8"),
    // Credentials of private indexes, by the name that curl, uv and nixpkgs' fetchers know.
    authorization: environment.NETRC ? netrcAuthorization(await readFile(environment.NETRC, "utf8")) : void 0,
    admit
  });
  return keptOutside(network);
}
export {
  makeNetwork,
  networkFrom,
  stoppable
};
