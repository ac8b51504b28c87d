'use strict';
// A client of the Lambda Runtime API with one keep-alive connection and one request at a time. Source: AWS, "Using the
// Lambda runtime API for custom runtimes". It uses HTTP/1.1 on a plain socket, which loads and answers faster than
// node:http.
const net = require('node:net');

const PREFIX = '/2018-06-01/runtime/';
const HEAD_END = Buffer.from('\r\n\r\n');

class RuntimeApi {
  constructor(address) {
    const colon = address.lastIndexOf(':');
    this.address = address;
    this.host = address.slice(0, colon);
    this.port = Number(address.slice(colon + 1));
    this.socket = null;
    this.waiting = null;
    this.received = Buffer.alloc(0);
  }

  next() {
    return this.request('GET', 'invocation/next');
  }

  respond(requestId, body) {
    return this.request('POST', `invocation/${requestId}/response`, body);
  }

  // Begins a chunked answer. A broken connection makes the writes fail: what was sent cannot be sent again.
  stream(requestId, contentType) {
    const socket = (this.socket ??= this.connect());
    socket.ref();
    socket.write(
      `POST ${PREFIX}invocation/${requestId}/response HTTP/1.1\r\nHost: ${this.address}\r\n` +
        `User-Agent: esb-nodejs\r\nContent-Type: ${contentType}\r\n` +
        'Transfer-Encoding: chunked\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n' +
        'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n',
    );
    const answered = new Promise((resolve, reject) => {
      this.waiting = { resolve, reject, fresh: true };
    });
    answered.catch(() => {});
    let over = false;
    answered.then(() => (over = true), () => (over = true));
    return {
      write: (chunk, done) => {
        // The gateway has answered already, so the rest is not needed.
        if (over) return done(new Error('the client closed the connection before the response was complete'));
        if (chunk.length === 0) return done();
        socket.write(`${chunk.length.toString(16)}\r\n`);
        socket.write(chunk);
        socket.write('\r\n', done);
      },
      end: (error) => {
        if (over) {
          // In the middle of a chunk: no further request can use the connection.
          socket.destroy();
          if (this.socket === socket) this.socket = null;
          return answered;
        }
        const trailers = error
          ? `Lambda-Runtime-Function-Error-Type: ${String(error.errorType).replace(/[^\x20-\x7e]/g, '?')}\r\n` +
            `Lambda-Runtime-Function-Error-Body: ${Buffer.from(JSON.stringify(error)).toString('base64')}\r\n`
          : '';
        socket.write(`0\r\n${trailers}\r\n`);
        return answered;
      },
    };
  }

  fail(requestId, body, errorType) {
    return this.request('POST', `invocation/${requestId}/error`, body, errorType);
  }

  failStart(body, errorType) {
    return this.request('POST', 'init/error', body, errorType);
  }

  // While a function runs, the connection alone must not keep the process alive: an empty event loop ends a
  // callback-style handler.
  hold() {
    this.socket?.ref();
  }

  release() {
    this.socket?.unref();
  }

  request(method, path, body, errorType) {
    let head = `${method} ${PREFIX}${path} HTTP/1.1\r\nHost: ${this.address}\r\nUser-Agent: esb-nodejs\r\n`;
    if (errorType) head += `Lambda-Runtime-Function-Error-Type: ${errorType.replace(/[^\x20-\x7e]/g, '?')}\r\n`;
    if (method === 'POST') head += `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting = { message: `${head}\r\n${body ?? ''}`, resolve, reject, fresh: this.socket === null };
      this.send();
    });
  }

  send() {
    this.socket ??= this.connect();
    this.socket.ref();
    this.socket.write(this.waiting.message);
  }

  connect() {
    const socket = net.connect({ host: this.host, port: this.port, noDelay: true });
    const lost = (error) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.received = Buffer.alloc(0);
      const waiting = this.waiting;
      if (waiting === null) return;
      // A keep-alive connection may have been closed by the other side; the request is then sent again on a new one.
      if (waiting.fresh) {
        this.waiting = null;
        waiting.reject(error);
      } else {
        waiting.fresh = true;
        this.send();
      }
    };
    socket.on('data', (data) => this.take(data));
    socket.on('error', lost);
    socket.on('close', () => lost(new Error('the Runtime API closed the connection')));
    return socket;
  }

  take(data) {
    this.received = this.received.length === 0 ? data : Buffer.concat([this.received, data]);
    const message = this.parse();
    if (message === null || this.waiting === null) return;
    const { resolve } = this.waiting;
    this.waiting = null;
    resolve(message);
  }

  // Returns null while the message is incomplete.
  parse() {
    const end = this.received.indexOf(HEAD_END);
    if (end < 0) return null;
    const lines = this.received.latin1Slice(0, end).split('\r\n');
    const headers = {};
    for (let i = 1; i < lines.length; i++) {
      const colon = lines[i].indexOf(':');
      headers[lines[i].slice(0, colon).toLowerCase()] = lines[i].slice(colon + 1).trim();
    }
    const start = end + HEAD_END.length;
    const chunked = /chunked/i.test(headers['transfer-encoding'] ?? '');
    const length = Number(headers['content-length'] ?? 0);
    const body = chunked ? chunks(this.received, start) : plain(this.received, start, length);
    if (body === null) return null;
    this.received = this.received.subarray(body.end);
    return { status: Number(lines[0].split(' ', 2)[1]), headers, body: body.text };
  }
}

function plain(buffer, start, length) {
  const end = start + length;
  return buffer.length < end ? null : { text: buffer.utf8Slice(start, end), end };
}

function chunks(buffer, start) {
  const parts = [];
  for (let at = start; ; ) {
    const line = buffer.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = parseInt(buffer.latin1Slice(at, line), 16);
    const end = line + 2 + size;
    if (buffer.length < end + 2) return null;
    if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), end: end + 2 };
    parts.push(buffer.subarray(line + 2, end));
    at = end + 2;
  }
}

module.exports = { RuntimeApi };
