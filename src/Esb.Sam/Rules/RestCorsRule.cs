using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// <c>Cors</c> of a REST API: an origin, or header values in single quotes. API Gateway sends them unchecked, and they
/// may mean nothing to a browser. Source: AWS SAM Developer Guide, "CorsConfiguration".
/// </summary>
internal sealed record RestCorsRule : ValueRule
{
    private const int MaxAgeLimit = 86_400;

    private static readonly ObjectRule Keys = Of(
        ("AllowCredentials", Text),
        ("AllowHeaders", Text),
        ("AllowMethods", Text),
        ("AllowOrigin", Text),
        ("MaxAge", Text)).OfSam();

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Mapping[key] is YamlScalar { IsNull: false } text && (text.AsBoolean is not null || text.IsNumber))
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{owner.Subject}: '{key}' is {text.Value}",
                text,
                "allowed: an origin in single quotes, \"'*'\", or a mapping");
        else if (owner.Mapping[key] is YamlScalar { IsNull: false, Value: "" } empty)
            scope.LeaveOut("it is empty", empty);
        else if (owner.Mapping[key] is YamlScalar { IsNull: false } origin)
        {
            if (IsQuoted(owner.Subject, key, origin, scope))
                CheckOrigin(origin, scope);
        }
        else
            CheckKeys(owner, key, scope);
    }

    private static void CheckKeys(MappingReader owner, string key, RuleScope scope)
    {
        Keys.Check(owner, key, scope);
        if (owner.Mapping[key] is not YamlMapping cors)
            return;
        if (cors["AllowOrigin"] is YamlScalar { IsNull: false } origin && Unquoted(origin).Length == 0)
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner.Subject}, {key}: 'AllowOrigin' is empty",
                origin,
                "allowed: an origin in single quotes, for example \"'https://example.com'\"");
        var subject = $"{owner.Subject}, {key}";
        foreach (var name in new[] { "AllowOrigin", "AllowMethods", "AllowHeaders" })
        {
            if (cors[name] is YamlScalar { IsNull: false, Value.Length: > 0 } header
                && !IsQuoted(subject, name, header, scope.Below(name)))
                return;
        }

        if (cors["MaxAge"] is YamlScalar { IsNull: false, Value.Length: > 0 } bare && !HasQuotes(bare.Value))
            scope.Diagnostics.Warning(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'MaxAge' is {bare.Value}, which API Gateway may refuse",
                bare,
                $"write it in single quotes: \"'{bare.Value}'\"");
        if (cors["MaxAge"] is YamlScalar { IsNull: false } age
            && !(int.TryParse(Unquoted(age), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds <= MaxAgeLimit))
            scope.Below("MaxAge").LeaveOut($"'{age.Value}' is not a number of seconds from 0 to {MaxAgeLimit}", age);
        if (cors["AllowCredentials"] is YamlScalar { IsNull: false } flag && !bool.TryParse(Unquoted(flag), out _))
            scope.Below("AllowCredentials").LeaveOut($"'{flag.Value}' is neither true nor false", flag);
        foreach (var name in Names(cors["AllowMethods"])
            .Where(m => m != "*" && !Schema.Routing.RouteMethods.IsKnown(m.ToUpperInvariant())))
            scope.Below("AllowMethods").LeaveOut($"there is no method '{name}'", cors["AllowMethods"]!);
        foreach (var name in Names(cors["AllowHeaders"]).Where(h => h.Any(char.IsWhiteSpace)))
            scope.Below("AllowHeaders").LeaveOut($"'{name}' is not the name of a header", cors["AllowHeaders"]!);
        CheckOrigin(cors["AllowOrigin"], scope.Below("AllowOrigin"));
    }

    // API Gateway accepts a constant in single quotes, or the place in a response that contains the header's value.
    private static bool IsQuoted(string subject, string name, YamlScalar header, RuleScope scope)
    {
        if (HasQuotes(header.Value))
            return true;
        if (header.Value.StartsWith("integration.response.", StringComparison.Ordinal)
            || header.Value.StartsWith("context.", StringComparison.Ordinal))
            scope.LeaveOut("it names the place of a value, but only constants are sent", header);
        else
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: '{name}' is '{header.Value}', which API Gateway refuses",
                header,
                $"write it in single quotes: \"'{header.Value.Trim('\'', '"')}'\"");
        return false;
    }

    private static bool HasQuotes(string text) => text.Length > 1 && text[0] == '\'' && text[^1] == '\'';

    // API Gateway sends the value unchanged, but no browser has such an origin.
    private static void CheckOrigin(YamlNode? written, RuleScope scope)
    {
        foreach (var name in Names(written).Where(o => o is not ("*" or "null") && !IsOrigin(o)))
            scope.LeaveOut($"'{name}' is not an origin, for example https://example.com", written!);
    }

    private static bool IsOrigin(string text) =>
        !text.Any(char.IsWhiteSpace) && text.IndexOf("://", StringComparison.Ordinal) > 0;

    private static string[] Names(YamlNode? list) => list is YamlScalar { IsNull: false } text
        ? Unquoted(text).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];

    private static string Unquoted(YamlScalar text) => text.Value.Trim().Trim('\'', '"').Trim();
}
