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
    const trace = String(error.stack ?? '').split('\n');
    return { errorType: error.name ?? 'Error', errorMessage: error.message, trace };
  }
  return { errorType: typeof error, errorMessage: text(error), trace: [] };
}

function text(value) {
  try {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    return String(value);
  }
}

module.exports = { RuntimeError, describe };
