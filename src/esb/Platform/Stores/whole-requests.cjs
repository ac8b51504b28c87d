'use strict';
// Passes only complete requests to the database, and large ones one after another. Handles what would otherwise end the
// database: an incomplete body, a body that is not an object, and exceptions of the database itself.
const http = require('http');
const Module = require('module');
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const { EventEmitter } = require('events');

const mostBytes = 16 * 1024 * 1024;
const mostBytesTogether = 128 * 1024 * 1024;
// The database parses a body in one step, which for a body over this size can take up to a second, and many times its
// size in memory.
const largeBytes = 128 * 1024;
const mostLargeBytes = 64 * 1024 * 1024;
const longestPause = 1000;
// DynamoDB allows 32 levels of attributes, each of which is two levels of JSON.
const mostLevels = 100;
// An item of 400 KB has at most 200,000 values, each with a brace and a comma. The database needs about a second for
// this number. A batch with more is refused here, though not on AWS.
const mostMembers = 600000;

// Finds the request that an exception belongs to, and the locks on items and tables that the request holds.
const requests = new AsyncLocalStorage();
let bytesTogether = 0;
let largeBytesTogether = 0;

const answer = (response, status, type, message) => {
  if (response.headersSent || response.destroyed) return;
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0', ...(status === 413 && { Connection: 'close' }) });
  response.end(JSON.stringify({ __type: type, message }));
};

const fail = ({ request, response, releases }, error) => {
  console.error(`${request.headers['x-amz-target'] || request.method} failed: ${(error && error.stack) || error}`);
  for (const release of releases.splice(0)) release();
  answer(response, 500, 'com.amazonaws.dynamodb.v20120810#InternalServerError', 'The request processing has failed because of an unknown error.');
};

process.on('uncaughtException', (error) => {
  const current = requests.getStore();
  if (current) return fail(current, error);
  console.error((error && error.stack) || error);
  process.exit(1);
});

// Registers locks with their request, since a lock would never be released if its request failed. A request that waits
// for a lock continues in its own context, not in that of the previous holder.
const ownLocks = ({ Lock }) => ({
  Lock: () => {
    const lock = Lock();
    return (key, run) => lock(key, AsyncResource.bind((releaser) => {
      const held = requests.getStore();
      let isFree = false;
      const free = (done) => {
        const isFirst = !isFree;
        isFree = true;
        if (isFirst) return releaser(done)();
        return done && done();
      };
      if (held) held.releases.push(() => free());
      run((done) => (...args) => free(() => done(...args)));
    }));
  },
});

const load = Module._load;
Module._load = function (name, ...rest) {
  const loaded = load.call(this, name, ...rest);
  return name === 'lock' ? ownLocks(loaded) : loaded;
};

// A text with another beginning is not a JSON object. Source: RFC 8259, section 2.
const mayBeObject = (body) => /^[ \t\r\n]*(\{|$)/.test(body.toString('latin1', 0, 4096));
const isJson = ({ headers }) => /^application\/(json|x-amz-json-1\.0)\s*(;|$)/.test(headers['content-type'] || '');

// The nesting depth of objects and lists, and the number of all members, objects and lists. Characters in strings do
// not count; a string ends at a quote that no backslash precedes.
const shapeOf = (body) => {
  let depth = 0;
  let members = 0;
  let deepest = 0;
  let isText = false;
  for (let i = 0; i < body.length; i++) {
    const sign = body[i];
    if (isText) {
      if (sign === 0x5c) i++;
      else if (sign === 0x22) isText = false;
    } else if (sign === 0x22) {
      isText = true;
    } else if (sign === 0x7b || sign === 0x5b) {
      members++;
      deepest = Math.max(deepest, ++depth);
    } else if (sign === 0x2c) {
      members++;
    } else if (sign === 0x7d || sign === 0x5d) {
      depth--;
    }
  }

  return { deepest, members };
};

// Whether a value is null, which makes the database throw, since it expects an object.
const hasNull = (body) => {
  let isFound = false;
  try {
    JSON.parse(body.toString(), (key, value) => {
      isFound ||= value === null;
      return value;
    });
  } catch {
    return false;
  }

  return isFound;
};

const handOn = (server, request, response, body) => {
  const current = { request, response, releases: [] };
  if (request.method === 'POST' && isJson(request) && !mayBeObject(body))
    return answer(response, 400, 'com.amazon.coral.service#SerializationException', 'The body of the request is not a JSON object.');
  const { deepest, members } = isJson(request) ? shapeOf(body) : { deepest: 0, members: 0 };
  if (deepest > mostLevels)
    return answer(response, 400, 'com.amazon.coral.validate#ValidationException', 'Nesting Levels have exceeded supported limits');
  if (members > mostMembers)
    return answer(response, 400, 'com.amazon.coral.validate#ValidationException', 'The request has more values than this database takes at once; the size of an item is at most 400 KB');
  const { method, url, headers, httpVersion } = request;
  const whole = Object.assign(new EventEmitter(), { method, url, headers, httpVersion });
  requests.run(current, () => {
    try {
      emit.call(server, 'request', whole, response);
      if (body.length > 0) whole.emit('data', body);
      whole.emit('end');
    } catch (error) {
      if (!hasNull(body)) return fail(current, error);
      answer(response, 400, 'com.amazon.coral.service#SerializationException', 'A value is null where a structure or list is expected.');
    }
  });
};

// Large requests wait here in the order of their arrival, each until the one before it is answered. Small requests are
// handled in between.
const waiting = [];
let isBusy = false;

const takeNext = () => {
  const run = waiting.shift();
  isBusy = run !== undefined;
  if (!isBusy) return;
  const since = Date.now();
  run(() => setTimeout(takeNext, Math.min((Date.now() - since) / 4, longestPause)));
};

const inTurn = (response, run) => {
  waiting.push((done) => {
    // The client no longer waits for the answer.
    if (response.destroyed || response.closed) {
      run(true);
      return done();
    }
    response.once('close', done);
    return run(false);
  });
  if (!isBusy) takeNext();
};

const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, ...args) {
  if (event !== 'request') return emit.call(this, event, ...args);
  const [request, response] = args;
  let chunks = [];
  let size = 0;
  let isWhole = false;
  const largeOf = () => (size > largeBytes ? size : 0);
  const forget = () => {
    bytesTogether -= size;
    largeBytesTogether -= largeOf();
    size = 0;
    chunks = [];
  };
  const refuse = (...reason) => {
    forget();
    request.removeAllListeners('data').removeAllListeners('end');
    request.resume();
    answer(response, ...reason);
  };
  request.on('error', () => {});
  request.on('close', () => isWhole || forget());
  request.on('data', (chunk) => {
    chunks.push(chunk);
    largeBytesTogether -= largeOf();
    size += chunk.length;
    largeBytesTogether += largeOf();
    bytesTogether += chunk.length;
    if (size > mostBytes)
      refuse(413, 'com.amazon.coral.service#SerializationException', 'The body of the request is over 16 MB.');
    else if (bytesTogether > mostBytesTogether || (size > largeBytes && largeBytesTogether > mostLargeBytes))
      refuse(400, 'com.amazon.coral.availability#ThrottlingException', 'Too many large requests are being received at once.');
  });
  request.on('end', () => {
    isWhole = true;
    // A waiting request counts toward the limits until it runs.
    const run = (isGone) => {
      const body = Buffer.concat(chunks, size);
      forget();
      if (!isGone) handOn(this, request, response, body);
    };
    if (size > largeBytes) inTurn(response, run);
    else run(false);
  });
  return true;
};
