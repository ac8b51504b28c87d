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
        // A function may be called "function": the word stands at its place, or not at all.
        var rest = parts switch
        {
            ["arn", _, "lambda", _, _, "function", .. var named] => named,
            [{ Length: 12 } account, "function", .. var named] when account.All(char.IsAsciiDigit) => named,
            _ => parts,
        };
        return new FunctionReference(rest.Length > 0 ? rest[0] : "", rest.Length > 1 ? rest[1] : null);
    }
}
