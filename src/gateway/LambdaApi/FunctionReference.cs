namespace Esb.Gateway.LambdaApi;

/// <summary>
/// How a caller names a function: <c>name</c>, <c>name:qualifier</c>, <c>account:function:name</c> or a whole ARN
/// (AWS, Lambda API Invoke, parameter FunctionName).
/// </summary>
internal readonly record struct FunctionReference(string Name, string? Qualifier)
{
    public static FunctionReference Parse(string text)
    {
        var parts = text.Split(':');
        var at = Array.IndexOf(parts, "function");
        var rest = at >= 0 ? parts[(at + 1)..] : parts;
        return new FunctionReference(rest.Length > 0 ? rest[0] : "", rest.Length > 1 ? rest[1] : null);
    }
}
