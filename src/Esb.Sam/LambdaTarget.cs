using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>
/// The function that something calls, given as an ARN (with or without a qualifier), a name, or API Gateway's
/// <c>arn:…:apigateway:…:lambda:path/2015-03-31/functions/ARN/invocations</c>.
/// </summary>
internal static class LambdaTarget
{
    private const string ApiGatewayPath = "/functions/";
    private const string FunctionMark = ":function:";

    /// <summary>The name of the function; null when the text calls no function.</summary>
    public static string? OfArn(string? text)
    {
        if (text is null)
            return null;
        if (text.IndexOf(ApiGatewayPath, StringComparison.Ordinal) is var path and >= 0)
            text = text[(path + ApiGatewayPath.Length)..].Split("/invocations")[0]
                .Split("/response-streaming-invocations")[0];
        var mark = text.IndexOf(FunctionMark, StringComparison.Ordinal);
        return mark < 0 ? null
            : text[(mark + FunctionMark.Length)..].Split(':', '/')[0] is { Length: > 0 } name ? name
            : null;
    }

    /// <summary>
    /// The function that an integration of an API calls. Only the types <c>aws_proxy</c> and <c>aws</c> call functions:
    /// for other types, API Gateway treats the URI as a web address and refuses an ARN ("Invalid HTTP endpoint
    /// specified for URI").
    /// </summary>
    public static string? OfIntegration(string? type, string? uri) =>
        IsCustom(type) || string.Equals(type, "aws_proxy", StringComparison.OrdinalIgnoreCase)
            ? OfArn(uri)
            : null;

    /// <summary>Whether API Gateway makes the event and the response from templates.</summary>
    public static bool IsCustom(string? type) => string.Equals(type, "aws", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The function that a name or an ARN refers to, and its alias or version; null when the text is neither.
    /// </summary>
    public static (string Function, string? Qualifier)? Qualified(string? text)
    {
        if (text is null)
            return null;
        var mark = text.IndexOf(FunctionMark, StringComparison.Ordinal);
        var parts = (mark < 0 ? text : text[(mark + FunctionMark.Length)..]).Split(':');
        return parts.Length <= 2 && FunctionName.IsValid(parts[0]) ? (parts[0], parts.ElementAtOrDefault(1)) : null;
    }

    /// <summary>The function that an ARN, including API Gateway's, or a name alone refers to.</summary>
    public static string? NameOf(YamlNode? node) => node switch
    {
        YamlScalar text when OfArn(text.Value) is { } function => function,
        YamlScalar { IsNull: false } text when FunctionName.IsValid(text.Value) => text.Value,
        _ => null,
    };
}
