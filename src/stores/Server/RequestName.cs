namespace Esb.Stores.Server;

/// <summary>The name of a request in the log. The query may contain a signature and is left out.</summary>
internal readonly struct RequestName(HttpRequest request)
{
    public override string ToString() =>
        request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target
            ? target
            : $"{request.Method} {request.Path}";
}
