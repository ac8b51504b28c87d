// Every method of the client of DynamoDB, and of its streams.
import * as sdk from '@aws-sdk/client-dynamodb';
import * as streamSdk from '@aws-sdk/client-dynamodb-streams';
import { all, assert, others, rejects, rows } from './rows.mjs';

const client = new sdk.DynamoDBClient({ maxAttempts: 1 });
const streams = new streamSdk.DynamoDBStreamsClient({ maxAttempts: 1 });
const send = (name, input) => client.send(new sdk[`${name}Command`](input));
const TableName = 'js-tables';
const key = (id, sort) => ({ id: { S: id }, sort: { N: `${sort}` } });
let arn, stream, shard, iterator;

const calls = {
  CreateTable: async () => {
    const { TableDescription } = await send('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, { AttributeName: 'sort', KeyType: 'RANGE' }],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' }, { AttributeName: 'sort', AttributeType: 'N' }, { AttributeName: 'colour', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [{
        IndexName: 'by-colour', KeySchema: [{ AttributeName: 'colour', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' },
      }],
      LocalSecondaryIndexes: [{
        IndexName: 'local', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, { AttributeName: 'colour', KeyType: 'RANGE' }],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['size'] },
      }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    arn = TableDescription.TableArn;
    stream = TableDescription.LatestStreamArn;
    await sdk.waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName });
  },
  DescribeTable: async () => {
    const { Table } = await send('DescribeTable', { TableName: arn });
    assert.equal(Table.TableStatus, 'ACTIVE');
    assert.ok(Table.CreationDateTime instanceof Date);
    await rejects(send('DescribeTable', { TableName: 'js-missing' }), 'ResourceNotFoundException');
  },
  ListTables: async () => {
    assert.ok((await send('ListTables', {})).TableNames.includes(TableName));
    assert.ok((await all(sdk.paginateListTables({ client, pageSize: 1 }, {}))).length > 0);
  },
  UpdateTable: async () => {
    await send('UpdateTable', { TableName, DeletionProtectionEnabled: true });
    await rejects(send('DeleteTable', { TableName }), 'ValidationException');
    await send('UpdateTable', { TableName, DeletionProtectionEnabled: false });
  },
  UpdateTimeToLive: () => send('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } }),
  DescribeTimeToLive: async () =>
    assert.equal((await send('DescribeTimeToLive', { TableName })).TimeToLiveDescription.AttributeName, 'expires'),
  TagResource: () => send('TagResource', { ResourceArn: arn, Tags: [{ Key: 'stage', Value: 'b' }] }),
  ListTagsOfResource: async () => assert.equal((await send('ListTagsOfResource', { ResourceArn: arn })).Tags.length, 2),
  UntagResource: () => send('UntagResource', { ResourceArn: arn, TagKeys: ['stage'] }),
  PutResourcePolicy: () => send('PutResourcePolicy', {
    ResourceArn: arn,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'dynamodb:GetItem', Resource: arn }],
    }),
  }),
  GetResourcePolicy: async () => assert.match((await send('GetResourcePolicy', { ResourceArn: arn })).Policy, /GetItem/),
  DeleteResourcePolicy: () => send('DeleteResourcePolicy', { ResourceArn: arn }),
  DescribeLimits: async () => assert.ok((await send('DescribeLimits', {})).TableMaxReadCapacityUnits > 0),
  DescribeEndpoints: async () => assert.ok((await send('DescribeEndpoints', {})).Endpoints[0].Address),
  UpdateContinuousBackups: () =>
    send('UpdateContinuousBackups', { TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
  DescribeContinuousBackups: async () =>
    assert.equal((await send('DescribeContinuousBackups', { TableName })).ContinuousBackupsDescription.ContinuousBackupsStatus, 'ENABLED'),
  PutItem: async () => {
    const Item = { ...key('a', 1), colour: { S: 'red' }, bytes: { B: Buffer.from('ä') }, set: { SS: ['x', 'y'] }, list: { L: [{ NULL: true }, { BOOL: false }] } };
    await send('PutItem', { TableName, Item });
    await rejects(send('PutItem', { TableName, Item, ConditionExpression: 'attribute_not_exists(id)' }), 'ConditionalCheckFailedException');
  },
  GetItem: async () => {
    const { Item } = await send('GetItem', { TableName, Key: key('a', 1), ConsistentRead: true });
    assert.equal(Buffer.from(Item.bytes.B).toString(), 'ä');
    assert.deepEqual(Item.list, { L: [{ NULL: true }, { BOOL: false }] });
  },
  UpdateItem: async () => {
    const update = { TableName, Key: key('a', 1), UpdateExpression: 'SET #s = if_not_exists(#s, :zero) + :n', ExpressionAttributeNames: { '#s': 'size' } };
    const { Attributes } = await send('UpdateItem', { ...update, ExpressionAttributeValues: { ':zero': { N: '0' }, ':n': { N: '2' } }, ReturnValues: 'UPDATED_NEW' });
    assert.deepEqual(Attributes, { size: { N: '2' } });
  },
  BatchWriteItem: async () => {
    const Items = [2, 3, 4].map((n) => ({ PutRequest: { Item: { ...key('a', n), colour: { S: 'blue' } } } }));
    const { UnprocessedItems } = await send('BatchWriteItem', { RequestItems: { [TableName]: Items } });
    assert.deepEqual(UnprocessedItems, {});
  },
  BatchGetItem: async () => {
    const { Responses } = await send('BatchGetItem', { RequestItems: { [TableName]: { Keys: [key('a', 2), key('a', 3), key('b', 9)] } } });
    assert.equal(Responses[TableName].length, 2);
  },
  Query: async () => {
    const query = { TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'a' } } };
    assert.equal((await send('Query', { ...query, ScanIndexForward: false })).Items[0].sort.N, '4');
    assert.equal((await all(sdk.paginateQuery({ client, pageSize: 1 }, query))).flatMap((page) => page.Items).length, 4);
    const byColour = { TableName, IndexName: 'by-colour', KeyConditionExpression: 'colour = :c', ExpressionAttributeValues: { ':c': { S: 'blue' } } };
    assert.equal((await send('Query', byColour)).Count, 3);
  },
  Scan: async () => {
    const pages = await all(sdk.paginateScan({ client, pageSize: 2 }, { TableName, FilterExpression: 'attribute_exists(colour)' }));
    assert.equal(pages.flatMap((page) => page.Items).length, 4);
  },
  TransactWriteItems: async () => {
    const put = (n) => ({ Put: { TableName, Item: key('t', n), ConditionExpression: 'attribute_not_exists(id)' } });
    await send('TransactWriteItems', { TransactItems: [put(1), put(2)], ClientRequestToken: 'token-of-js' });
    await send('TransactWriteItems', { TransactItems: [put(1), put(2)], ClientRequestToken: 'token-of-js' });
    const failed = await send('TransactWriteItems', { TransactItems: [put(3), put(1)] }).catch((e) => e);
    assert.deepEqual(failed.CancellationReasons?.map((reason) => reason.Code), ['None', 'ConditionalCheckFailed']);
  },
  TransactGetItems: async () => {
    const { Responses } = await send('TransactGetItems', { TransactItems: [1, 2].map((n) => ({ Get: { TableName, Key: key('t', n) } })) });
    assert.equal(Responses[1].Item.sort.N, '2');
  },
  ExecuteStatement: async () => {
    const Statement = `SELECT * FROM "${TableName}" WHERE id = ? AND sort >= 2`;
    assert.equal((await send('ExecuteStatement', { Statement, Parameters: [{ S: 'a' }] })).Items.length, 3);
  },
  BatchExecuteStatement: async () => {
    const Statements = ['t', 'none'].map((id) => ({ Statement: `SELECT * FROM "${TableName}" WHERE id = '${id}' AND sort = 1` }));
    const { Responses } = await send('BatchExecuteStatement', { Statements });
    assert.deepEqual(Responses.map((response) => response.Item?.id.S), ['t', undefined]);
  },
  ExecuteTransaction: () => send('ExecuteTransaction', {
    TransactStatements: [{ Statement: `UPDATE "${TableName}" SET size = 3 WHERE id = 't' AND sort = 1` }],
  }),
  DeleteItem: async () => {
    const { Attributes } = await send('DeleteItem', { TableName, Key: key('t', 1), ReturnValues: 'ALL_OLD' });
    assert.equal(Attributes.size.N, '3');
  },
};
await rows('DynamoDB', calls);

const streamCalls = {
  ListStreams: async () => assert.equal((await streams.send(new streamSdk.ListStreamsCommand({ TableName }))).Streams[0].StreamArn, stream),
  DescribeStream: async () => {
    const { StreamDescription } = await streams.send(new streamSdk.DescribeStreamCommand({ StreamArn: stream }));
    shard = StreamDescription.Shards[0].ShardId;
  },
  GetShardIterator: async () => {
    const input = { StreamArn: stream, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' };
    iterator = (await streams.send(new streamSdk.GetShardIteratorCommand(input))).ShardIterator;
  },
  GetRecords: async () => {
    const { Records } = await streams.send(new streamSdk.GetRecordsCommand({ ShardIterator: iterator }));
    assert.equal(Records[0].eventName, 'INSERT');
    assert.ok(Records[0].dynamodb.ApproximateCreationDateTime instanceof Date);
  },
};
await rows('DynamoDB Streams', streamCalls);

const last = {
  DeleteTable: async () => {
    await send('DeleteTable', { TableName });
    await sdk.waitUntilTableNotExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName });
  },
};
await rows('DynamoDB', last);

const input = { TableName: 'js-other', BackupName: 'x', BackupArn: arn, ExportArn: arn, ImportArn: arn, TableArn: arn, StreamArn: arn };
await others('DynamoDB', sdk, client, { ...calls, ...last }, input);
await others('DynamoDB Streams', streamSdk, streams, streamCalls, input);
