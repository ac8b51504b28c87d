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
                "allowed is an origin in single quotes, \"'*'\", or a mapping");
        else if (owner.Mapping[key] is YamlScalar origin)
            CheckOrigin(origin, scope);
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
                "allowed is an origin in single quotes, for example \"'https://example.com'\"");
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

    // API Gateway sends it unchanged, but no browser has such an origin.
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
