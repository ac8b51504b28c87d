using System.Text;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Values that exist only on AWS: <c>Fn::ImportValue</c> and <c>{{resolve:ssm:…}}</c>, <c>{{resolve:ssm-secure:…}}</c>,
/// <c>{{resolve:secretsmanager:…}}</c>. They are read from the file of given values. Source: CloudFormation User Guide,
/// "Get values stored in other services using dynamic references".
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

    /// <summary>Resolves all references in a value, at every depth.</summary>
    public static YamlNode ResolveAll(Resolver resolver, YamlNode node) => !IsIn(node) ? node : node switch
    {
        YamlMapping mapping => new YamlMapping(
            [.. mapping.Entries.Select(e => e with { Value = ResolveAll(resolver, e.Value) })], mapping.Place),
        YamlSequence list => new YamlSequence([.. list.Items.Select(i => ResolveAll(resolver, i))], list.Place),
        _ => Resolve(resolver, (YamlScalar)node),
    };

    /// <summary>
    /// Reports a value that still contains the beginning of a reference when it is about to be used, because nothing
    /// resolves it later.
    /// </summary>
    public static void Check(string resource, string property, YamlNode node, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var (key, value) in mapping.Entries)
                    Check(resource, property.Length == 0 ? key.Value : $"{property}.{key.Value}", value, diagnostics);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                    Check(resource, property, item, diagnostics);
                break;
            case YamlScalar text when IsIn(text):
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{resource}: '{property}' contains '{Mark}', which is not resolved",
                    text,
                    "a reference has the form {{resolve:secretsmanager:NAME:SecretString:KEY}} and is complete within "
                        + "one value");
                break;
        }
    }

    /// <summary>
    /// Replaces each reference in a text with its value; the result is a list when the text consists only of a
    /// reference to a list.
    /// </summary>
    public static YamlNode Resolve(Resolver resolver, YamlScalar text)
    {
        var filled = new StringBuilder();
        var at = 0;
        while (text.Value.IndexOf(Mark, at, StringComparison.Ordinal) is var open and >= 0
            && text.Value.IndexOf("}}", open, StringComparison.Ordinal) is var close and >= 0)
        {
            var value = Value(resolver, text.Value[(open + Mark.Length)..close], text);
            if (value is YamlSequence list && open == 0 && close == text.Value.Length - 2)
                return list;
            filled.Append(text.Value, at, open - at).Append(TextOf(value));
            at = close + 2;
        }

        return new YamlScalar(filled.Append(text.Value, at, text.Value.Length - at).ToString(), place: text.Place);
    }

    private static bool IsIn(YamlNode node) => node switch
    {
        YamlScalar text => text.Value.Contains(Mark, StringComparison.Ordinal),
        YamlMapping mapping => mapping.Entries.Any(e => IsIn(e.Value)),
        YamlSequence list => list.Items.Any(IsIn),
        _ => false,
    };

    // As on AWS, the items of a list are joined with commas, and a secret with several keys becomes JSON.
    private static string? TextOf(YamlNode? value) => value switch
    {
        YamlScalar text => text.Value,
        YamlSequence list => string.Join(',', list.Items),
        YamlMapping mapping => Texts.Json(mapping),
        _ => null,
    };

    private static YamlNode? Value(Resolver resolver, string reference, YamlScalar at)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var (service, rest) = colon < 0 ? (reference, "") : (reference[..colon], reference[(colon + 1)..]);
        switch (service)
        {
            case "ssm" or "ssm-secure":
                if (resolver.Scope.Given.Parameter(rest) is { } value)
                    return service == "ssm" ? value : Conceal(resolver, value);
                NotGiven(resolver, at, $"the SSM parameter '{rest}'", $"ssm: {{{rest.Split(':')[0]}: …}}");
                return null;
            case "secretsmanager":
                return Secret(resolver, rest, at);
            default:
                resolver.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"'{Mark}{reference}}}}}' is not a reference that AWS knows",
                    at,
                    "use ssm, ssm-secure or secretsmanager");
                return null;
        }
    }

    // NAME:SecretString:KEY:…, where NAME may be an ARN, which contains colons.
    private static YamlNode? Secret(Resolver resolver, string reference, YamlScalar at)
    {
        var mark = reference.IndexOf(":SecretString", StringComparison.Ordinal);
        var name = mark < 0 ? reference : reference[..mark];
        var key = mark < 0 ? null : reference[(mark + ":SecretString".Length)..].TrimStart(':').Split(':')[0];
        if (resolver.Scope.Given.Secret(name, key) is { } value)
            return Conceal(resolver, value);
        NotGiven(resolver, at, $"the secret '{name}'", key is { Length: > 0 }
            ? $"secrets: {{{name}: {{{key}: …}}}}"
            : $"secrets: {{{name}: …}}");
        return null;
    }

    private static YamlNode Conceal(Resolver resolver, YamlNode value)
    {
        resolver.Conceal(value is YamlMapping mapping
            ? new YamlSequence([.. mapping.Entries.Select(e => e.Value), new YamlScalar(Texts.Json(mapping))])
            : value);
        return value;
    }

    private static void NotGiven(Resolver resolver, YamlNode at, string what, string how)
    {
        if (!resolver.IsTrial)
            resolver.Diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                $"{what} is on AWS and has no value here",
                at,
                $"give it in {GivenValues.FileName} (or --values FILE) as {how}");
    }
}
