using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace Esb.Provisioner.S3;

/// <summary>
/// A client that sends the path that it has signed. The SDK signs <c>/bucket//key</c> for a key that begins with a
/// slash, and sends <c>/bucket/key</c>: it adds no slash between the address of a bucket and what already begins with
/// one.
/// </summary>
internal sealed class ExactPathClient(AmazonS3Config config) : AmazonS3Client(config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerAfter<Signer>(new Separator());
    }

    // With a slash at the end of the bucket's address, the SDK only appends the key.
    private sealed class Separator : PipelineHandler
    {
        public override void InvokeSync(IExecutionContext executionContext)
        {
            Separate(executionContext.RequestContext.Request);
            base.InvokeSync(executionContext);
        }

        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            Separate(executionContext.RequestContext.Request);
            return base.InvokeAsync<T>(executionContext);
        }

        private static void Separate(IRequest request)
        {
            if (!request.Endpoint.AbsoluteUri.EndsWith('/'))
                request.Endpoint = new Uri(request.Endpoint.AbsoluteUri + "/");
        }
    }
}
