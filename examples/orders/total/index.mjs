// The total of an order, read from the same table with the AWS SDK for JavaScript.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient());

export async function handler(event) {
  const { id } = event.pathParameters;
  const { Item: order } = await table.send(new GetCommand({ TableName: process.env.TABLE, Key: { id } }));
  if (!order) return { statusCode: 404, body: JSON.stringify({ message: `no order ${id}` }) };
  const total = (order.lines ?? []).reduce((sum, line) => sum + line.price * line.count, 0);
  return { statusCode: 200, body: JSON.stringify({ id, total, from: 'orders' }) };
}
