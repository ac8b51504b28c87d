using System.Text;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Values that stand on AWS: <c>Fn::ImportValue</c> and <c>{{resolve:ssm:…}}</c>, <c>{{resolve:ssm-secure:…}}</c>,
/// <c>{{resolve:secretsmanager:…}}</c>. They come from the file of given values. Source: CloudFormation User Guide, "Get values stored
/// in other services using dynamic references".
/// </summary>
internal static class DynamicReferences
{
    public const string Mark = "{{resolve:";

    public static YamlNode? Import(Resolver resolver, YamlNode argument)
    {
        if (resolver.Text(argument, "Fn::ImportValue") is not { } name)
            return null;
        if (resolver.Scope.Given.Import(name) is { } value)
            return value;
        NotGiven(resolver, argument, $"the export '{name}'", $"imports: {{{name}: …}}");
        return new YamlScalar("", place: argument.Place);
    }

    public static YamlNode Resolve(Resolver resolver, YamlScalar text)
    {
        var filled = new StringBuilder();
        var at = 0;
        while (text.Value.IndexOf(Mark, at, StringComparison.Ordinal) is var open and >= 0 && text.Value.IndexOf("}}", open, StringComparison.Ordinal) is var close and >= 0)
        {
            var value = Value(resolver, text.Value[(open + Mark.Length)..close], text);
            if (value is not YamlScalar && open == 0 && close == text.Value.Length - 2 && value is not null)
                return value;
            filled.Append(text.Value, at, open - at).Append((value as YamlScalar)?.Value);
            at = close + 2;
        }

        return new YamlScalar(filled.Append(text.Value, at, text.Value.Length - at).ToString(), place: text.Place);
    }

    private static YamlNode? Value(Resolver resolver, string reference, YamlScalar at)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var (service, rest) = colon < 0 ? (reference, "") : (reference[..colon], reference[(colon + 1)..]);
        switch (service)
        {
            case "ssm" or "ssm-secure":
                if (resolver.Scope.Given.Parameter(rest) is { } value)
                    return value;
                NotGiven(resolver, at, $"the SSM parameter '{rest}'", $"ssm: {{{rest.Split(':')[0]}: …}}");
                return null;
            case "secretsmanager":
                return Secret(resolver, rest, at);
            default:
                resolver.Diagnostics.Error(DiagnosticCodes.WrongValue, $"'{Mark}{reference}}}}}' is no reference that AWS knows", at, "known are ssm, ssm-secure and secretsmanager");
                return null;
        }
    }

    // NAME:SecretString:KEY:…, where NAME may be an ARN and so have colons of its own.
    private static YamlNode? Secret(Resolver resolver, string reference, YamlScalar at)
    {
        var mark = reference.IndexOf(":SecretString", StringComparison.Ordinal);
        var name = mark < 0 ? reference : reference[..mark];
        var key = mark < 0 ? null : reference[(mark + ":SecretString".Length)..].TrimStart(':').Split(':')[0];
        if (resolver.Scope.Given.Secret(name, key) is { } value)
            return value;
        NotGiven(resolver, at, $"the secret '{name}'", key is { Length: > 0 } ? $"secrets: {{{name}: {{{key}: …}}}}" : $"secrets: {{{name}: …}}");
        return null;
    }

    private static void NotGiven(Resolver resolver, YamlNode at, string what, string how)
    {
        if (!resolver.IsTrial)
            resolver.Diagnostics.Error(DiagnosticCodes.UnknownReference, $"{what} is on AWS and has no value here", at, $"give it in {GivenValues.FileName} (or --values FILE) as {how}");
    }
}
