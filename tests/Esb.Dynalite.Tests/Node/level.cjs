'use strict';
// The real LevelDB: each line of the input is a task in JSON, and each line of the output its result. Keys and values
// are Base64.
const { ClassicLevel } = require(`${process.argv[2]}/classic-level`);
const readline = require('readline');

const options = { keyEncoding: 'buffer', valueEncoding: 'buffer', writeBufferSize: 64 * 1024, maxFileSize: 128 * 1024 };
const bytes = (text) => Buffer.from(text, 'base64');

const open = async (folder, work) => {
  const db = new ClassicLevel(folder, options);
  await db.open();
  try {
    return await work(db);
  } finally {
    await db.close();
  }
};

const operation = ([key, value]) => (value === null ? { type: 'del', key: bytes(key) } : { type: 'put', key: bytes(key), value: bytes(value) });

const tasks = {
  // Each batch is a list of [key, value]; null deletes.
  write: ({ folder, batches, compact }) => open(folder, async (db) => {
    for (const batch of batches) await db.batch(batch.map(operation));
    if (compact) await db.compactRange(Buffer.alloc(0), Buffer.alloc(64, 0xff));
    return {};
  }),
  dump: ({ folder }) => open(folder, async (db) => {
    const entries = [];
    for await (const [key, value] of db.iterator()) entries.push([key.toString('base64'), value.toString('base64')]);
    return { entries };
  }),
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const task = JSON.parse(line);
    const result = await tasks[task.task](task).catch((error) => ({ error: String((error.cause && error.cause.message) || error.message) }));
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
})();
