// Calls functions through the Lambda API as an application does; prints the results as one JSON document.
import {
  GetFunctionCommand, GetFunctionConfigurationCommand, InvokeCommand, InvokeWithResponseStreamCommand, LambdaClient, ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { writeFileSync } from 'node:fs';

const [endpoint, goOn] = process.argv.slice(2);
const client = new LambdaClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1 });
const text = (bytes) => Buffer.from(bytes ?? []).toString();
const seen = {};

const ok = await client.send(new InvokeCommand({
  FunctionName: 'echo', Payload: JSON.stringify({ n: 1 }), LogType: 'Tail', ClientContext: Buffer.from('{"custom":{"who":"jürgen"}}').toString('base64'),
}));
seen.answer = JSON.parse(text(ok.Payload));
seen.log = Buffer.from(ok.LogResult, 'base64').toString();
seen.version = ok.ExecutedVersion;
seen.alias = (await client.send(new InvokeCommand({ FunctionName: 'echo', Qualifier: 'live', Payload: '{"n":2}' }))).StatusCode;
seen.arn = (await client.send(new InvokeCommand({ FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:echo', Payload: '{"n":3}' }))).StatusCode;
seen.dryRun = (await client.send(new InvokeCommand({ FunctionName: 'echo', InvocationType: 'DryRun' }))).StatusCode;
seen.event = (await client.send(new InvokeCommand({ FunctionName: 'echo', InvocationType: 'Event', Payload: '{"n":4}' }))).StatusCode;
const failed = await client.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{"fail":true}' }));
seen.failed = [failed.FunctionError, JSON.parse(text(failed.Payload)).errorMessage];

async function error(command) {
  try {
    await client.send(command);
    return 'none';
  } catch (e) {
    return `${e.name} ${e.$metadata?.httpStatusCode}${e.Reason ? ` ${e.Reason}` : ''}`;
  }
}
seen.missing = await error(new InvokeCommand({ FunctionName: 'nobody' }));
seen.qualifier = await error(new InvokeCommand({ FunctionName: 'echo', Qualifier: '7' }));
seen.stopped = await error(new InvokeCommand({ FunctionName: 'stopped' }));
seen.notJson = await error(new InvokeCommand({ FunctionName: 'echo', Payload: '{"n":' }));
seen.tooLarge = await error(new InvokeCommand({ FunctionName: 'echo', Payload: JSON.stringify('x'.repeat(6 * 1024 * 1024)) }));

seen.list = (await client.send(new ListFunctionsCommand({}))).Functions.map((f) => f.FunctionName);
const first = await client.send(new ListFunctionsCommand({ MaxItems: 1 }));
seen.page = [first.Functions.length, first.NextMarker];
const { Configuration, Concurrency } = await client.send(new GetFunctionCommand({ FunctionName: 'stopped' }));
seen.function = [Configuration.Runtime, Configuration.MemorySize, Configuration.State, Concurrency.ReservedConcurrentExecutions];
seen.timeout = (await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'echo' }))).Timeout;

// The function writes its second chunk only after this program has received the first.
const chunks = [];
for await (const event of (await client.send(new InvokeWithResponseStreamCommand({ FunctionName: 'streams', Payload: JSON.stringify({ goOn }) }))).EventStream) {
  if (event.PayloadChunk) {
    chunks.push(text(event.PayloadChunk.Payload));
    writeFileSync(goOn, '');
  }
  if (event.InvokeComplete) seen.complete = event.InvokeComplete;
}
seen.stream = chunks.join('|');
for await (const event of (await client.send(new InvokeWithResponseStreamCommand({ FunctionName: 'streams', Payload: '{"fail":true}' }))).EventStream) {
  if (event.InvokeComplete) seen.broken = event.InvokeComplete.ErrorCode;
}
console.log(JSON.stringify(seen));
