import { keys } from './store.mjs';

export async function handler(event) {
  const count = (await keys()).length;
  console.log(`${event.report}: ${count} receipts`);
  return { count };
}
