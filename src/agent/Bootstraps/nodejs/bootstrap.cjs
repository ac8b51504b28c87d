'use strict';
// The main loop of a Node.js function: loads the handler, then processes one event after the other. Behaviour and
// messages are those of AWS's Node.js runtime. CommonJS, because Node starts it faster than a module.
const { RuntimeApi } = require('./client.cjs');
const { RuntimeError, describe } = require('./errors.cjs');
const { patchConsole, setRequestId, write } = require('./log.cjs');
const streaming = require('./streaming.cjs');

const EXIT_UNHANDLED_REJECTION = 128;
const EXIT_UNCAUGHT_EXCEPTION = 129;

const environment = process.env;
const api = new RuntimeApi(environment.AWS_LAMBDA_RUNTIME_API);
// An argument from the agent that the function is not meant to see.
const [sdk] = process.argv.splice(2);
let currentRequest = null;

async function main() {
  patchConsole();
  process.on('uncaughtException', (error) => die(error, 'Uncaught Exception', EXIT_UNCAUGHT_EXCEPTION));
  process.on('unhandledRejection', (reason) => {
    const error = new RuntimeError('Runtime.UnhandledPromiseRejection', `${reason}`);
    if (reason?.stack) error.stack = `${error.name}: ${reason.stack}`;
    return die(error, 'Unhandled Promise Rejection', EXIT_UNHANDLED_REJECTION);
  });
  const { loadHandler } = require('./handler.cjs');
  streaming.install();
  let handler;
  try {
    handler = await loadHandler(environment.LAMBDA_TASK_ROOT, environment._HANDLER, sdk);
  } catch (error) {
    return die(error, 'Uncaught Exception', 1);
  }
  for (;;) {
    const { status, headers, body } = await api.next();
    if (status === 410) process.exit(0);
    if (status !== 200) {
      process.stderr.write(`the Runtime API answered ${status}: ${body}\n`);
      process.exit(1);
    }
    await answer(handler, headers, body);
  }
}

async function answer(handler, headers, body) {
  const requestId = (currentRequest = headers['lambda-runtime-aws-request-id']);
  setRequestId(requestId);
  if (headers['lambda-runtime-trace-id']) environment._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  else delete environment._X_AMZN_TRACE_ID;
  let response;
  try {
    const context = makeContext(headers);
    const event = JSON.parse(body);
    if (streaming.isStreaming(handler)) {
      await streaming.answer(api, requestId, handler, event, context, describe);
      currentRequest = null;
      return;
    }
    response = stringify(await invoke(handler, event, context));
  } catch (error) {
    const document = describe(error);
    write('ERROR', `Invoke Error \t${JSON.stringify(document)}`);
    await api.fail(requestId, JSON.stringify(document), document.errorType);
    currentRequest = null;
    return;
  }
  const { status } = await api.respond(requestId, response);
  if (status === 413) {
    write('ERROR', `the response of ${Buffer.byteLength(response)} bytes is larger than the 6 MB that Lambda allows`);
  }
  currentRequest = null;
}

// Ends with whichever comes first: the promise that the handler returned; its callback, which by default waits until
// the event loop is empty; an empty event loop.
function invoke(handler, event, context) {
  return new Promise((resolve, reject) => {
    const whenEmpty = (value) => {
      process.removeAllListeners('beforeExit');
      process.on('beforeExit', () => resolve(value));
    };
    const callback = (error, value) => {
      if (error !== undefined && error !== null) reject(error);
      else if (context.callbackWaitsForEmptyEventLoop) whenEmpty(value);
      else resolve(value);
    };
    Object.assign(context, {
      done: callback,
      fail: (error) => callback(error ?? new RuntimeError('Error', 'handled')),
      succeed: (value) => callback(null, value),
    });
    api.release();
    whenEmpty(null);
    const result = handler(event, context, callback);
    if (typeof result?.then === 'function') result.then(resolve, reject);
  }).finally(() => {
    process.removeAllListeners('beforeExit');
    api.hold();
  });
}

// AWS, "Using the Lambda context object to retrieve Node.js function information".
function makeContext(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms'] ?? 0);
  const parse = (text) => (text ? JSON.parse(text) : undefined);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    identity: parse(headers['lambda-runtime-cognito-identity']),
    clientContext: parse(headers['lambda-runtime-client-context']),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function stringify(value) {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? 'null';
  } catch (error) {
    throw new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${error.message}`);
  }
}

// Reports the reason to the gateway, if it is still listening, and exits.
let dying = false;
async function die(error, what, code) {
  if (dying) return;
  dying = true;
  const document = describe(error);
  write('ERROR', `${what} \t${JSON.stringify(document)}`);
  try {
    const text = JSON.stringify(document);
    const connection = new RuntimeApi(environment.AWS_LAMBDA_RUNTIME_API);
    if (currentRequest === null) await connection.failStart(text, document.errorType);
    else await connection.fail(currentRequest, text, document.errorType);
  } finally {
    process.exit(code);
  }
}

main().catch((error) => die(error, 'Uncaught Exception', 1));
