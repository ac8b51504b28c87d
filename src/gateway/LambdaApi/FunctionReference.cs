namespace Esb.Gateway.LambdaApi;

/// <summary>
/// A function as the caller names it: <c>name</c>, <c>name:qualifier</c>, <c>account:function:name</c> or an ARN (AWS,
/// Lambda API Invoke, parameter FunctionName).
/// </summary>
internal readonly record struct FunctionReference(string Name, string? Qualifier)
{
    public static FunctionReference Parse(string text)
    {
        var parts = text.Split(':');
        // A function may itself be named "function", so the keyword counts only in its own position.
        var rest = parts switch
        {
            ["arn", _, "lambda", _, _, "function", .. var named] => named,
            [{ Length: 12 } account, "function", .. var named] when account.All(char.IsAsciiDigit) => named,
            _ => parts,
        };
        return new FunctionReference(rest.Length > 0 ? rest[0] : "", rest.Length > 1 ? rest[1] : null);
    }
}
