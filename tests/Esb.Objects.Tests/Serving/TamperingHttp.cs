using Amazon.Runtime;

namespace Esb.Objects.Tests.Serving;

/// <summary>An SDK's HTTP client that changes the body after it was signed.</summary>
internal sealed class TamperingHttp(Func<byte[], byte[]> tamper) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(tamper));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class Handler(Func<byte[], byte[]> tamper) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            if (request.Content is { } content)
            {
                var changed = new ByteArrayContent(tamper(await content.ReadAsByteArrayAsync(cancellationToken)));
                foreach (var (name, values) in content.Headers)
                    changed.Headers.TryAddWithoutValidation(name, values);
                request.Content = changed;
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
