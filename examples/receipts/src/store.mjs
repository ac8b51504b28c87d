// Clients without a line about endpoints or credentials: the environment has them.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const { BUCKET: Bucket, TABLE: TableName } = process.env;
const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const s3 = new S3Client();

export const order = async (id) => (await table.send(new GetCommand({ TableName, Key: { id } }))).Item;

export const markReceipted = (id) => table.send(new UpdateCommand({
  TableName, Key: { id }, UpdateExpression: 'SET receipted = :yes', ExpressionAttributeValues: { ':yes': true },
}));

export const write = (id, text) => s3.send(new PutObjectCommand({ Bucket, Key: `${id}.txt`, Body: text, ContentType: 'text/plain' }));

export async function read(id) {
  try {
    return await (await s3.send(new GetObjectCommand({ Bucket, Key: `${id}.txt` }))).Body.transformToString();
  } catch (error) {
    if (error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

export const keys = async () => ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map((o) => o.Key);
