// Calls methods one after another. Each prints one line of JSON: what was called, and the error that it met, if any.
// The environment says where the stores are, as for any program.
import assert from 'node:assert/strict';

/** @param {object} calls  the calls by name, in order; a later one may need what an earlier one wrote. */
export async function rows(group, calls) {
  for (const [name, call] of Object.entries(calls)) {
    const error = await call().then(() => null, (e) => `${e.name}: ${e.message}`);
    console.log(JSON.stringify({ group, name, error }));
  }
}

/** Sends each command of a client that has no call, with whatever any command requires, and prints the error's name. */
export async function others(group, sdk, client, calls, input) {
  const commands = Object.keys(sdk).filter((name) => name.endsWith('Command') && name !== '$Command');
  for (const command of commands.map((name) => name.slice(0, -'Command'.length)).filter((name) => !(name in calls))) {
    const answer = await client.send(new sdk[`${command}Command`](input)).then(() => 'no error', (e) => e.name);
    console.log(JSON.stringify({ group, name: command, unsupported: answer }));
  }
}

export async function all(items) {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
}

export const rejects = (promise, name) => assert.rejects(promise, (e) => e.name === name || assert.fail(`${e.name}: ${e.message}`));

export { assert };
