using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Globals;

/// <summary>
/// Places where SAM accepts no intrinsic function, because it reads them before CloudFormation evaluates conditions. A
/// function there is an error, as in SAM: one branch of a function around a guard may open what the other branch
/// guards. Source: AWS SAM, "samtranslator/model/api/api_generator.py", "http_api_generator.py" and
/// "eventsources/push.py".
/// </summary>
internal sealed class PlacesWithoutFunctions(Resolver resolver)
{
    private const string Any = "*";

    private static readonly string[] OfApi =
    [
        "Auth", "Auth.DefaultAuthorizer", "Auth.Authorizers", "Auth.Authorizers.*.AuthorizationScopes",
        "Auth.UsagePlan", "DefinitionUri", "Domain", "Domain.EndpointConfiguration", "Domain.MutualTlsAuthentication",
    ];

    private static readonly Dictionary<string, string[]> Places = new(StringComparer.Ordinal)
    {
        ["AWS::Serverless::Api"] =
            [.. OfApi, "Auth.Authorizers.*.FunctionPayloadType", "Auth.UsagePlan.CreateUsagePlan"],
        ["AWS::Serverless::HttpApi"] =
        [
            .. OfApi, "Auth.Authorizers.*", "Auth.Authorizers.*.Identity.Context",
            "Auth.Authorizers.*.Identity.Headers", "Auth.Authorizers.*.Identity.QueryStrings",
            "Auth.Authorizers.*.Identity.StageVariables",
        ],
        ["AWS::Serverless::Function"] =
        [
            "Events", "Events.*", "Events.*.Properties", "Events.*.Properties.Auth.AuthorizationScopes",
            "FunctionUrlConfig",
        ],
    };

    // Keywords that guard nothing. In their place, AWS::NoValue counts as no keyword at all.
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["AWS::Serverless::Api"] = ["MergeDefinitions"],
        ["AWS::Serverless::Function"] =
        [
            "Events.*.Type", "Events.*.Properties.Path", "Events.*.Properties.Method", "AutoPublishAlias",
            "PackageType", "DeadLetterQueue.Type", "EventInvokeConfig.DestinationConfig.OnFailure.Type",
            "EventInvokeConfig.DestinationConfig.OnSuccess.Type",
        ],
        ["AWS::Serverless::SimpleTable"] = ["PrimaryKey", "PrimaryKey.Type"],
    };

    /// <summary>Reports the intrinsic functions in such places.</summary>
    /// <param name="subject">The logical id.</param>
    /// <param name="type">The type of the resource.</param>
    /// <param name="properties">The properties, merged with <c>Globals</c> as in SAM and not resolved.</param>
    public void Check(string subject, string type, YamlMapping properties)
    {
        foreach (var place in Places.GetValueOrDefault(type) ?? [])
            Check(new At(subject, type, IsWord: false), properties, "", place.Split('.'));
        foreach (var place in Words.GetValueOrDefault(type) ?? [])
            Check(new At(subject, type, IsWord: true), properties, "", place.Split('.'));
    }

    private void Check(At at, YamlMapping owner, string path, ReadOnlySpan<string> place)
    {
        var read = owner.Contains(Includes.Key) ? Includes.Merge(resolver, owner) : owner;
        foreach (var (key, node) in read.Entries)
        {
            if ((place[0] is not Any && place[0] != key.Value) || node is not YamlMapping value)
                continue;
            var isFunction = PropertyMerge.IsFunction(value);
            if (place.Length > 1 && !isFunction)
                Check(at, value, $"{path}{key.Value}.", place[1..]);
            else if (place.Length == 1 && isFunction && !IsTaken(at, path + key.Value, value))
                resolver.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{at.Subject}: '{path}{key.Value}' is a function, which SAM refuses there",
                    value,
                    "write the value itself, or give each case its own resource with a Condition");
        }
    }

    // SAM inserts the values of parameters itself, and AWS::LanguageExtensions resolves everything but conditions
    // before SAM runs.
    private bool IsTaken(At at, string path, YamlMapping call) => call.Entries[0] switch
    {
        { Key.Value: "Fn::If" } => false,
        { Key.Value: "Ref", Value: YamlScalar { Value: "AWS::NoValue" } } =>
            at.IsWord || (at.Type == "AWS::Serverless::HttpApi" && path == "Auth.DefaultAuthorizer"),
        { Key.Value: "Ref", Value: YamlScalar name } when resolver.Scope.Value(name.Value) is not null => true,
        _ => resolver.Scope.HasExtensions,
    };

    private sealed record At(string Subject, string Type, bool IsWord);
}
