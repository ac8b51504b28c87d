using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>The supported operations of the Lambda API.</summary>
internal enum LambdaOperationKind
{
    Invoke,
    InvokeAsync,
    InvokeWithResponseStream,
    ListFunctions,
    GetFunction,
    GetFunctionConfiguration,
    GetFunctionConcurrency,
}

/// <summary>
/// The operation that a request calls. Source: AWS, Lambda API reference, the request syntax of each operation.
/// </summary>
/// <param name="Kind">The operation.</param>
/// <param name="Function">The function; empty for a list.</param>
internal readonly record struct LambdaOperation(LambdaOperationKind Kind, FunctionReference Function)
{
    private static readonly (string Method, string Prefix, string Suffix, LambdaOperationKind Kind)[] All =
    [
        ("POST", "/2015-03-31/functions/", "/invocations", LambdaOperationKind.Invoke),
        (
            "POST",
            "/2021-11-15/functions/",
            "/response-streaming-invocations",
            LambdaOperationKind.InvokeWithResponseStream),
        ("POST", "/2014-11-13/functions/", "/invoke-async", LambdaOperationKind.InvokeAsync),
        ("GET", "/2015-03-31/functions/", "/configuration", LambdaOperationKind.GetFunctionConfiguration),
        ("GET", "/2019-09-30/functions/", "/concurrency", LambdaOperationKind.GetFunctionConcurrency),
        ("GET", "/2015-03-31/functions/", "", LambdaOperationKind.GetFunction),
    ];

    private static readonly Dictionary<LambdaOperationKind, string> Patterns = All.ToDictionary(
        o => o.Kind, o => $"{o.Prefix}{{FunctionName}}{o.Suffix}");

    /// <summary>The operation's path with a placeholder for the function's name.</summary>
    public string Pattern => Patterns[Kind];

    /// <summary>The operation of a request; null when it is not supported.</summary>
    /// <param name="method">The raw method.</param>
    /// <param name="path">The raw path; only the name of the function may be encoded.</param>
    public static LambdaOperation? Parse(string method, string path)
    {
        path = path.EndsWith('/') ? path[..^1] : path;
        if (method == HttpMethods.Get && path == "/2015-03-31/functions")
            return new LambdaOperation(LambdaOperationKind.ListFunctions, default);
        foreach (var (wanted, prefix, suffix, kind) in All)
        {
            if (method != wanted
                || !path.StartsWith(prefix, StringComparison.Ordinal)
                || !path.EndsWith(suffix, StringComparison.Ordinal)
                || path.Length <= prefix.Length + suffix.Length)
                continue;
            var name = path[prefix.Length..^suffix.Length];
            if (NameIn(name) is { } function)
                return new LambdaOperation(kind, FunctionReference.Parse(function));
        }

        return null;
    }

    // The name must be unencoded, or encoded exactly as SDKs encode it: a proxy that filters by function must see the
    // same name.
    private static string? NameIn(string segment)
    {
        var name = Uri.UnescapeDataString(segment);
        return !name.Contains('/', StringComparison.Ordinal)
            && (name == segment || Uri.EscapeDataString(name).Equals(segment, StringComparison.OrdinalIgnoreCase))
            ? name
            : null;
    }
}
