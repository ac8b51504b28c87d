import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const size = 20 * 1024 * 1024;
const items = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const objects = new S3Client({});
const { TABLE, BUCKET } = process.env;

// The same bytes in every run, so that a later read can compare them without a copy.
function content() {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i += 4) bytes.writeUInt32LE((i * 2654435761) >>> 0, i);
  return bytes;
}

function* pieces(bytes) {
  for (let i = 0; i < bytes.length; i += 100_003) yield bytes.subarray(i, i + 100_003);
}

const digest = bytes => createHash('sha256').update(bytes).digest('hex');
const read = async key => digest(await (await objects.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))).Body.transformToByteArray());

export async function handler(event) {
  const bytes = content();
  if (event.write) {
    await items.send(new PutCommand({ TableName: TABLE, Item: { id: 'node', text: 'ä', number: 1.5, nested: { list: [1, 'two'] } } }));
    await objects.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'node/buffer', Body: bytes }));
    await objects.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'node/stream', Body: Readable.from(pieces(bytes)), ContentLength: size }));
  }
  const { Item } = await items.send(new GetCommand({ TableName: TABLE, Key: { id: 'node' } }));
  return { wanted: digest(bytes), buffer: await read('node/buffer'), stream: await read('node/stream'), item: Item };
}
