'use strict';
// Limits the log of the program that node runs after this module to LOG_MAX_SIZE and LOG_MAX_FILES. Files are renamed,
// never copied and truncated, so that no line is lost. What node itself writes at a crash does not pass through
// process.stdout, but goes to the file that was the log when node started.
const fs = require('fs');

const path = process.env.LOG_FILE;
const mostBytes = Number(process.env.LOG_MAX_SIZE);
const mostFiles = Number(process.env.LOG_MAX_FILES);

if (path && mostBytes > 0 && mostFiles > 0) {
  let file = fs.openSync(path, 'a', 0o600);
  let atLineStart = true;

  const rotate = () => {
    for (let age = mostFiles - 1; age > 0; age--) {
      const from = age > 1 ? `${path}.${age - 1}` : path;
      if (fs.existsSync(from)) fs.renameSync(from, `${path}.${age}`);
    }
    if (mostFiles === 1) fs.rmSync(path, { force: true });
    const next = fs.openSync(path, 'a', 0o600);
    fs.closeSync(file);
    file = next;
  };

  const write = (chunk, encoding, callback) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8') : chunk;
    const done = typeof encoding === 'function' ? encoding : callback;
    try {
      const size = fs.fstatSync(file).size;
      if (atLineStart && size > 0 && size + bytes.length > mostBytes) rotate();
      fs.writeSync(file, bytes);
      atLineStart = bytes.length === 0 || bytes[bytes.length - 1] === 10;
    } catch {
      // A full disk must not stop the database.
    }
    if (done) process.nextTick(done);
    return true;
  };

  process.stdout.write = write;
  process.stderr.write = write;
}
