using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// An authorizer in <c>Auth</c> of SAM. Settings for another kind of authorizer have a line, because SAM passes over
/// them: the guard looks at another part of the request than its author believes. Source: AWS SAM,
/// "samtranslator/model/apigateway.py" and "samtranslator/model/apigatewayv2.py".
/// </summary>
/// <param name="Rule">The rule of the whole mapping.</param>
/// <param name="IsHttp">Whether the API is an HTTP API.</param>
internal sealed record AuthorizerRule(ObjectRule Rule, bool IsHttp) : ValueRule
{
    private const string OfRequests = "Headers QueryStrings StageVariables Context";

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        Rule.Check(owner, key, scope);
        if (owner.Mapping[key] is not YamlMapping authorizer)
            return;
        var isPool = !IsHttp && authorizer.Contains("UserPoolArn");
        if (isPool && authorizer["FunctionPayloadType"] is not (null or YamlScalar { IsNull: true }))
            LeaveOut(authorizer, "FunctionPayloadType", "it is for functions, not for user pools", scope);
        if (authorizer["Identity"] is not YamlMapping identity)
            return;
        var (unused, why) = isPool ? (OfRequests, "a user pool looks at the Header alone")
            : IsHttp || ResourceSet.Text(authorizer["FunctionPayloadType"]) == "REQUEST"
                ? ("Header", "it is for tokens; an authorizer of requests has Headers")
                : (OfRequests, "an authorizer of tokens looks at the Header alone, one of type REQUEST at this too");
        foreach (var name in unused.Split(' ').Where(n => identity[n] is not (null or YamlScalar { IsNull: true })))
            LeaveOut(identity, name, why, scope.Below("Identity"));
    }

    private static void LeaveOut(YamlMapping mapping, string key, string why, RuleScope scope) =>
        scope.Below(key).LeaveOut(why, mapping.KeyNode(key) ?? (YamlNode)mapping);
}
