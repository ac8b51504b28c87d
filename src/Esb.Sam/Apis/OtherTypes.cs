using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Settings of an authorizer that belong to another type of authorizer, in separate resources and in definitions, whose
/// keys differ in the case of the first letter only. Sources: CloudFormation, "AWS::ApiGateway::Authorizer" and
/// "AWS::ApiGatewayV2::Authorizer"; API Gateway Developer Guide, "x-amazon-apigateway-authorizer object".
/// </summary>
internal static class OtherTypes
{
    // Each specifies how callers are authorized, so two of them contradict each other.
    private static readonly string[] Deciders = ["AuthorizerUri", "JwtConfiguration", "ProviderARNs"];

    private static readonly string[] OfResponses = ["AuthorizerPayloadFormatVersion", "EnableSimpleResponses"];

    private static readonly string[] OfFunctions = [.. OfResponses, "AuthorizerResultTtlInSeconds"];

    /// <summary>Returns a closed route for an authorizer that names two that decide; null for any other.</summary>
    public static YamlMapping? Closed(string? type, YamlMapping authorizer)
    {
        var own = type switch
        {
            "JWT" => "JwtConfiguration",
            "COGNITO_USER_POOLS" => "ProviderARNs",
            _ => "AuthorizerUri",
        };
        return authorizer.Entries.FirstOrDefault(e => Is(e.Key, Deciders) && !Is(e.Key, [own]) && IsGiven(e.Value)).Key
            is { } other
            ? AuthorizerForm.Closed(
                $"its authorizer of type {type} has '{other.Value}', which belongs to another type of authorizer")
            : null;
    }

    /// <summary>The settings without effect, with the reason.</summary>
    public static IEnumerable<(YamlScalar Key, string Why)> Unused(string? type, bool isHttp, YamlMapping authorizer)
    {
        var (names, why) = (type, isHttp) switch
        {
            ("JWT", _) => (OfFunctions, "it is for authorizers that are functions"),
            ("COGNITO_USER_POOLS", _) => (OfResponses, "it is for authorizers that are functions"),
            (_, false) => (OfResponses, "a REST API has payload 1.0 and responses that are policies"),
            _ => ([], ""),
        };
        return authorizer.Entries.Where(e => Is(e.Key, names) && IsGiven(e.Value)).Select(e => (e.Key, why));
    }

    private static bool Is(YamlScalar key, string[] names) =>
        names.Contains(key.Value, StringComparer.OrdinalIgnoreCase);

    private static bool IsGiven(YamlNode value) =>
        value is not YamlScalar { IsNull: true } and not YamlSequence { Items.Count: 0 };
}
