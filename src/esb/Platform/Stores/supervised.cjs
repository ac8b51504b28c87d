'use strict';
// Tells the loop that starts the database (src/esb/Processes/RestartedProgram.cs) when the database serves, and ends
// the database when that loop has ended, since it would otherwise keep its port.
const fs = require('fs');
const http = require('http');

const marker = process.env.ESB_SERVES_FILE;
if (marker) {
  const loop = process.ppid;
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (event, ...args) {
    if (event === 'listening') fs.writeFileSync(marker, '', { mode: 0o600 });
    return emit.call(this, event, ...args);
  };
  setInterval(() => process.ppid === loop || process.exit(1), 1000).unref();
}
