'use strict';
// console.* in the format of AWS's Node.js runtime: time, request id, level and message, separated by tabs, all on
// standard output in order.
const { format } = require('node:util');

const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR' };

let requestId;

function setRequestId(id) {
  requestId = id;
}

function write(level, message) {
  process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${message}\n`);
}

function patchConsole() {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...parts) => write(level, format(...parts));
  }
}

module.exports = { patchConsole, setRequestId, write };
