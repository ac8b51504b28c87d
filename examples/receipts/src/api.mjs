import * as store from './store.mjs';

const routes = {
  'GET /receipts': async () => json(200, await store.keys()),

  'POST /receipts/{id}': async ({ id }) => {
    const order = await store.order(id);
    if (!order) return json(404, { message: `no order ${id}` });
    await store.write(id, `Receipt for order ${id}: ${total(order)}\n`);
    await store.markReceipted(id);
    return json(201, { id, total: total(order) });
  },

  'GET /receipts/{id}': async ({ id }) => {
    const text = await store.read(id);
    return text ? { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: text } : json(404, { message: `no receipt ${id}` });
  },

  'GET /orders/{id}/total': async ({ id }) => {
    const order = await store.order(id);
    return order ? json(200, { id, total: total(order), from: 'receipts' }) : json(404, { message: `no order ${id}` });
  },
};

export const handler = (event) => routes[event.routeKey](event.pathParameters ?? {});

const total = (order) => (order.lines ?? []).reduce((sum, line) => sum + line.price * line.count, 0);

const json = (statusCode, body) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
