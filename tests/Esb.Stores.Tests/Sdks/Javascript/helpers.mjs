// What AWS and others build on the clients: documents, pages, uploads, presigned requests, idempotency, entities.
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as documents from '@aws-sdk/lib-dynamodb';
import { Upload } from '@aws-sdk/lib-storage';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as toolbox from 'dynamodb-toolbox';
import { Entity, Service } from 'electrodb';
import { Readable } from 'node:stream';
import { all, assert, rejects, rows } from './rows.mjs';

const client = new DynamoDBClient({ maxAttempts: 1 });
const document = documents.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const objects = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
const send = (name, input) => document.send(new documents[`${name}Command`](input));
const Bucket = 'js-helpers';
await objects.send(new CreateBucketCommand({ Bucket }));

async function table(TableName, keys, indexes) {
  const key = ([hash, range]) => [{ AttributeName: hash, KeyType: 'HASH' }, ...(range ? [{ AttributeName: range, KeyType: 'RANGE' }] : [])];
  const names = new Set([keys, ...Object.values(indexes ?? {})].flat());
  await client.send(new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: key(keys),
    AttributeDefinitions: [...names].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: indexes
      && Object.entries(indexes).map(([IndexName, of]) => ({ IndexName, KeySchema: key(of), Projection: { ProjectionType: 'ALL' } })),
  }));
}

const TableName = 'js-documents';
await table(TableName, ['id', 'sort']);
const item = (sort) => ({ id: 'a', sort, tags: new Set(['x']), nested: { list: [1, null, 'ä'], none: undefined } });
const keys = (...sorts) => sorts.map((sort) => ({ id: 'a', sort }));
const byId = { TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': 'a' } };
const statement = `SELECT * FROM "${TableName}" WHERE id = 'a' AND sort = '1'`;

await rows('lib-dynamodb', {
  Put: () => send('Put', { TableName, Item: item('1') }),
  Get: async () => assert.deepEqual((await send('Get', { TableName, Key: { id: 'a', sort: '1' } })).Item.nested, { list: [1, null, 'ä'] }),
  Update: async () => {
    const change = { UpdateExpression: 'ADD hits :one', ExpressionAttributeValues: { ':one': 1 }, ReturnValues: 'ALL_NEW' };
    assert.equal((await send('Update', { TableName, Key: { id: 'a', sort: '1' }, ...change })).Attributes.hits, 1);
  },
  BatchWrite: () => send('BatchWrite', { RequestItems: { [TableName]: ['2', '3', '4'].map((sort) => ({ PutRequest: { Item: item(sort) } })) } }),
  BatchGet: async () => assert.equal((await send('BatchGet', { RequestItems: { [TableName]: { Keys: keys('2', '3') } } })).Responses[TableName].length, 2),
  Query: async () => assert.equal((await send('Query', byId)).Count, 4),
  Scan: async () => assert.equal((await send('Scan', { TableName, Limit: 3 })).LastEvaluatedKey.sort, '3'),
  TransactWrite: () => send('TransactWrite', {
    TransactItems: [{ Put: { TableName, Item: item('5') } }, { Delete: { TableName, Key: { id: 'a', sort: '2' } } }],
  }),
  TransactGet: async () => assert.ok((await send('TransactGet', { TransactItems: [{ Get: { TableName, Key: { id: 'a', sort: '5' } } }] })).Responses[0].Item),
  ExecuteStatement: async () => assert.equal((await send('ExecuteStatement', { Statement: statement })).Items[0].hits, 1),
  BatchExecuteStatement: async () =>
    assert.equal((await send('BatchExecuteStatement', { Statements: [{ Statement: statement }] })).Responses[0].Item.hits, 1),
  ExecuteTransaction: async () =>
    assert.equal((await send('ExecuteTransaction', { TransactStatements: [{ Statement: statement }] })).Responses[0].Item.hits, 1),
  Delete: async () => assert.equal((await send('Delete', { TableName, Key: { id: 'a', sort: '5' }, ReturnValues: 'ALL_OLD' })).Attributes.sort, '5'),
  paginateQuery: async () => assert.equal((await all(documents.paginateQuery({ client: document, pageSize: 2 }, byId))).flatMap((p) => p.Items).length, 3),
  paginateScan: async () => assert.equal((await all(documents.paginateScan({ client: document, pageSize: 2 }, { TableName }))).flatMap((p) => p.Items).length, 3),
});

const content = Buffer.from(Array.from({ length: 11 * 1024 * 1024 }, (_, i) => (i * 31) >> 3));
const read = async (Key) => Buffer.from(await (await objects.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToByteArray());

await rows('helpers of client-s3', {
  'lib-storage Upload, a buffer': async () => {
    await new Upload({ client: objects, params: { Bucket, Key: 'buffer', Body: content } }).done();
    assert.ok((await read('buffer')).equals(content));
  },
  'lib-storage Upload, a stream of unknown length': async () => {
    await new Upload({ client: objects, params: { Bucket, Key: 'stream', Body: Readable.from([content, content]) }, queueSize: 2 }).done();
    assert.equal((await read('stream')).length, 2 * content.length);
  },
  's3-request-presigner': async () => {
    const put = await getSignedUrl(objects, new PutObjectCommand({ Bucket, Key: 'signed ä', ContentType: 'text/plain' }), { expiresIn: 60 });
    assert.equal((await fetch(put, { method: 'PUT', body: 'signed', headers: { 'content-type': 'text/plain' } })).status, 200);
    const get = await getSignedUrl(objects, new GetObjectCommand({ Bucket, Key: 'signed ä' }));
    assert.equal(await (await fetch(get)).text(), 'signed');
    assert.equal((await fetch(get.replace(/Signature=..../, 'Signature=0000'))).status, 403);
  },
  's3-presigned-post': async () => {
    const { url, fields } = await createPresignedPost(objects, { Bucket, Key: 'posted', Conditions: [['content-length-range', 1, 10]] });
    const post = (text) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob([text]));
      return fetch(url, { method: 'POST', body: form });
    };
    assert.equal((await post('posted')).status, 204);
    assert.equal((await post('far too long')).status, 400);
    assert.equal((await read('posted')).toString(), 'posted');
  },
});

await table('js-idempotency', ['id']);
const context = { getRemainingTimeInMillis: () => 60_000, functionName: 'f' };
const idempotent = (run, options) => makeIdempotent(run, {
  persistenceStore: new DynamoDBPersistenceLayer({ tableName: 'js-idempotency' }), config: new IdempotencyConfig({ ...options, lambdaContext: context }),
});

await rows('@aws-lambda-powertools/idempotency', {
  'one call for one key': async () => {
    let count = 0;
    const handler = idempotent(async (event) => ({ id: event.id, count: ++count }), { eventKeyJmesPath: 'id' });
    assert.deepEqual([await handler({ id: '1' }), await handler({ id: '1' }), await handler({ id: '2' })].map((a) => a.count), [1, 1, 2]);
  },
  'a second call while the first runs': async () => {
    let release, started;
    const isStarted = new Promise((resolve) => { started = resolve; });
    const isReleased = new Promise((resolve) => { release = resolve; });
    const handler = idempotent(async () => { started(); await isReleased; return 'done'; });
    const first = handler({ id: 'slow' });
    await isStarted;
    await rejects(handler({ id: 'slow' }), 'IdempotencyAlreadyInProgressError');
    release();
    assert.equal(await first, 'done');
  },
  'a failed call is forgotten': async () => {
    let count = 0;
    const handler = idempotent(async () => { if (++count === 1) throw new Error('first'); return count; });
    await assert.rejects(handler({ id: 'fails' }));
    assert.equal(await handler({ id: 'fails' }), 2);
  },
  'another payload for the same key': async () => {
    const handler = idempotent(async () => 'x', { eventKeyJmesPath: 'id', payloadValidationJmesPath: 'amount' });
    await handler({ id: 'validated', amount: 1 });
    await rejects(handler({ id: 'validated', amount: 2 }), 'IdempotencyValidationError');
  },
});

await table('js-electro', ['pk', 'sk'], { gsi1: ['gsi1pk', 'gsi1sk'] });
const tasks = new Entity({
  model: { entity: 'task', version: '1', service: 'work' },
  attributes: {
    team: { type: 'string', required: true }, task: { type: 'string', required: true }, project: { type: 'string', required: true },
    points: { type: 'number', default: 1 }, tags: { type: 'set', items: 'string' }, notes: { type: 'list', items: { type: 'string' } },
  },
  indexes: {
    task: { pk: { field: 'pk', composite: ['team'] }, sk: { field: 'sk', composite: ['task'] } },
    project: { index: 'gsi1', pk: { field: 'gsi1pk', composite: ['project'] }, sk: { field: 'gsi1sk', composite: ['task'] }, collection: 'works' },
  },
}, { client: document, table: 'js-electro' });
const key = { team: 'a', task: '1' };

await rows('electrodb', {
  'create, get': async () => {
    await tasks.create({ ...key, project: 'p', tags: ['x'], notes: ['n'] }).go();
    assert.deepEqual((await tasks.get(key).go()).data, { ...key, project: 'p', points: 1, tags: ['x'], notes: ['n'] });
    await assert.rejects(tasks.create({ ...key, project: 'p' }).go(), /conditional request failed/i);
  },
  'put, batch get': async () => {
    await tasks.put(['2', '3'].map((task) => ({ team: 'a', task, project: 'p' }))).go();
    assert.equal((await tasks.get([key, { team: 'a', task: '2' }]).go()).data.length, 2);
  },
  'update, patch, upsert': async () => {
    await tasks.update(key).add({ points: 4 }).append({ notes: ['m'] }).add({ tags: ['y'] }).go();
    await tasks.patch(key).set({ points: 7 }).where(({ points }, { eq }) => eq(points, 5)).go();
    await tasks.upsert({ team: 'a', task: '4', project: 'q' }).add({ points: 2 }).go();
    assert.deepEqual((await tasks.get(key).go()).data.notes, ['n', 'm']);
  },
  'query, scan': async () => {
    assert.equal((await tasks.query.task({ team: 'a' }).gte({ task: '2' }).go()).data.length, 3);
    assert.equal((await tasks.query.project({ project: 'p' }).where(({ points }, { gt }) => gt(points, 1)).go({ pages: 'all' })).data.length, 1);
    assert.equal((await tasks.scan.go({ pages: 'all' })).data.length, 4);
  },
  'transactions, collections, remove': async () => {
    const work = new Service({ tasks }, { client: document, table: 'js-electro' });
    const { canceled } = await work.transaction.write(({ tasks }) => [
      tasks.delete({ team: 'a', task: '2' }).commit(), tasks.create({ ...key, project: 'p' }).commit(),
    ]).go();
    assert.equal(canceled, true);
    assert.equal((await work.collections.works({ project: 'p' }).go()).data.tasks.length, 3);
    await tasks.remove(key).go();
    assert.equal((await tasks.get(key).go()).data, null);
  },
});

await table('js-toolbox', ['pk', 'sk'], { byOwner: ['owner', 'pk'] });
const shelf = new toolbox.Table({
  documentClient: document,
  name: 'js-toolbox',
  partitionKey: { name: 'pk', type: 'string' },
  sortKey: { name: 'sk', type: 'string' },
  indexes: { byOwner: { type: 'global', partitionKey: { name: 'owner', type: 'string' }, sortKey: { name: 'pk', type: 'string' } } },
});
const book = new toolbox.Entity({
  name: 'BOOK',
  table: shelf,
  schema: toolbox.item({
    pk: toolbox.string().key(), sk: toolbox.string().key(), owner: toolbox.string(), price: toolbox.number().default(1),
    pages: toolbox.list(toolbox.number()).optional(), tags: toolbox.set(toolbox.string()).optional(),
  }),
});
const command = (type, ...arguments_) => book.build(toolbox[type]).item?.(...arguments_) ?? book.build(toolbox[type]).key(...arguments_);

await rows('dynamodb-toolbox', {
  'put, get': async () => {
    await command('PutItemCommand', { pk: 'b', sk: '1', owner: 'me', pages: [1, 2], tags: new Set(['x']) }).send();
    assert.equal((await command('GetItemCommand', { pk: 'b', sk: '1' }).options({ consistent: true }).send()).Item.price, 1);
  },
  update: async () => {
    const { Attributes } = await command('UpdateItemCommand', {
      pk: 'b', sk: '1', price: toolbox.$add(4), pages: toolbox.$append([3]), tags: toolbox.$add(new Set(['y'])),
    }).options({ returnValues: 'ALL_NEW', condition: { attr: 'price', lt: 5 } }).send();
    assert.deepEqual([Attributes.price, Attributes.pages, [...Attributes.tags].sort()], [5, [1, 2, 3], ['x', 'y']]);
  },
  batches: async () => {
    const puts = ['2', '3'].map((sk) => book.build(toolbox.BatchPutRequest).item({ pk: 'b', sk, owner: 'me' }));
    await toolbox.executeBatchWrite(shelf.build(toolbox.BatchWriteCommand).requests(...puts));
    const gets = ['1', '2'].map((sk) => book.build(toolbox.BatchGetRequest).key({ pk: 'b', sk }));
    const { Responses } = await toolbox.executeBatchGet(shelf.build(toolbox.BatchGetCommand).requests(...gets));
    assert.equal(Responses[0].length, 2);
  },
  'query, scan': async () => {
    const query = shelf.build(toolbox.QueryCommand).entities(book).query({ partition: 'b', range: { gte: '1' } });
    assert.equal((await query.options({ filters: { BOOK: { attr: 'price', gte: 2 } } }).send()).Items.length, 1);
    const byOwner = shelf.build(toolbox.QueryCommand).entities(book).query({ index: 'byOwner', partition: 'me' });
    assert.equal((await byOwner.options({ maxPages: Infinity, limit: 1 }).send()).Items.length, 3);
    assert.equal((await shelf.build(toolbox.ScanCommand).entities(book).send()).Items.length, 3);
  },
  transactions: async () => {
    await toolbox.executeTransactWrite(
      book.build(toolbox.PutTransaction).item({ pk: 'b', sk: '4', owner: 'you' }), book.build(toolbox.DeleteTransaction).key({ pk: 'b', sk: '2' }),
    );
    const { Responses } = await toolbox.executeTransactGet(book.build(toolbox.GetTransaction).key({ pk: 'b', sk: '4' }));
    assert.equal(Responses[0].Item.owner, 'you');
  },
  delete: async () => {
    await command('DeleteItemCommand', { pk: 'b', sk: '1' }).send();
    assert.equal((await command('GetItemCommand', { pk: 'b', sk: '1' }).send()).Item, undefined);
  },
});
