'use strict';
// Errors as documents, in the format of AWS's Node.js runtime.

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

function describe(error) {
  const isObject = error !== null && typeof error === 'object';
  if (error instanceof Error || (isObject && 'message' in error && 'stack' in error)) {
    return {
      errorType: text(error.name ?? 'Error'),
      errorMessage: text(error.message ?? ''),
      trace: traceOf(error),
    };
  }
  return { errorType: typeof error, errorMessage: text(error), trace: [] };
}

// Node writes the stack when it is first read, and then fails for a message that is not text.
function traceOf(error) {
  try {
    return text(error.stack ?? '').split('\n');
  } catch {
    return [];
  }
}

function text(value) {
  try {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

module.exports = { RuntimeError, describe };
