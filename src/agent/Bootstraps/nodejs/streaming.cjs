'use strict';
// Response streaming with the API of AWS's Node.js runtime: awslambda.streamifyResponse(handler) marks a handler that
// gets (event, responseStream, context); awslambda.HttpResponseStream.from(stream, metadata) writes status, headers and
// cookies first. Source: AWS, "Writing response streaming-enabled Lambda functions" and the documentation of
// aws-lambda-ric.
const { Writable } = require('node:stream');

const MARK = Symbol.for('aws.lambda.runtime.handler.streaming');
const HTTP_INTEGRATION = 'application/vnd.awslambda.http-integration-response';

function install() {
  globalThis.awslambda = {
    streamifyResponse(handler) {
      handler[MARK] = 'response';
      return handler;
    },
    HttpResponseStream: {
      from(stream, metadata) {
        stream.setContentType(HTTP_INTEGRATION);
        stream.write(JSON.stringify(metadata));
        stream.write(Buffer.alloc(8));
        return stream;
      },
    },
  };
}

const isStreaming = (handler) => handler[MARK] === 'response';

// Writes chunks to the Runtime API. The request begins with the first byte, so an error before it is an ordinary one.
class ResponseStream extends Writable {
  constructor(api, requestId) {
    super({ highWaterMark: 64 * 1024 });
    this.api = api;
    this.requestId = requestId;
    this.contentType = 'application/octet-stream';
    this.begun = null;
  }

  setContentType(contentType) {
    this.contentType = contentType;
  }

  begin() {
    this.begun ??= this.api.stream(this.requestId, this.contentType);
    return this.begun;
  }

  _write(chunk, _encoding, done) {
    this.begin().write(chunk, done);
  }

  _final(done) {
    this.begin();
    done();
  }
}

// What the handler wrote before it failed may still be buffered in the stream. It is sent before the error.
const written = (stream) =>
  new Promise((resolve) => {
    if (stream.destroyed || stream.writableFinished) return resolve();
    // Data that is still piped into the stream comes too late, which is not a further error.
    stream.on('error', resolve).once('finish', resolve).once('close', resolve);
    if (!stream.writableEnded) stream.end();
  });

// Waits for the handler's promise and the end of the stream, whichever is later; an error after the start goes into the
// trailers.
async function answer(api, requestId, handler, event, context, describe) {
  const stream = new ResponseStream(api, requestId);
  try {
    const finished = new Promise((resolve, reject) => stream.once('finish', resolve).once('error', reject));
    finished.catch(() => {});
    await handler(event, stream, context);
    // A pipe into the stream ends the stream when its own source ends.
    if (!stream.writableEnded && stream.listenerCount('unpipe') === 0) stream.end();
    await finished;
  } catch (error) {
    if (stream.begun === null) throw error;
    const document = describe(error);
    await written(stream);
    return stream.begun.end(document);
  }
  return stream.begun.end(null);
}

module.exports = { answer, install, isStreaming };
