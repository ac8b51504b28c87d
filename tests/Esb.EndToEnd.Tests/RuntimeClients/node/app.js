'use strict';

exports.handler = async (event, context) => {
  if (event.fail) throw new RangeError('as asked');
  console.log('seen', event.n);
  return {
    n: event.n,
    id: context.awsRequestId,
    arn: context.invokedFunctionArn,
    memory: context.memoryLimitInMB,
    left: context.getRemainingTimeInMillis(),
    who: context.clientContext?.custom?.who,
    trace: process.env._X_AMZN_TRACE_ID,
  };
};

exports.streams = awslambda.streamifyResponse(async (event, stream) => {
  stream.write('first');
  stream.write('second');
  stream.end();
});
