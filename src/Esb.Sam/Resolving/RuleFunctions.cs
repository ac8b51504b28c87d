using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Functions that only <c>Rules</c> can use: Contains, EachMemberEquals, EachMemberIn, RefAll. Source: CloudFormation
/// User Guide, "Rule-specific intrinsic functions".
/// </summary>
internal static class RuleFunctions
{
    /// <summary>Whether a function is one of these.</summary>
    public static bool Contain(string function) =>
        function is "Fn::Contains" or "Fn::EachMemberEquals" or "Fn::EachMemberIn" or "Fn::RefAll";

    /// <summary>Whether a function needs what only the AWS account knows.</summary>
    public static bool NeedAccount(string function) => function is "Fn::ValueOf" or "Fn::ValueOfAll";

    public static YamlNode Call(Resolver resolver, string function, YamlNode argument)
    {
        if (function == "Fn::RefAll")
            return All(resolver, argument);
        if (argument is not YamlSequence { Items: [var first, var second] }
            || Texts(resolver.Resolve(first)) is not { } members)
            return Wrong(resolver, argument, function);
        var other = resolver.Resolve(second);
        return (function, other) switch
        {
            ("Fn::Contains", YamlScalar text) => YamlScalar.Boolean(members.Contains(text.Value)),
            ("Fn::EachMemberEquals", YamlScalar text) => YamlScalar.Boolean(members.TrueForAll(m => m == text.Value)),
            ("Fn::EachMemberIn", _) when Texts(other) is { } allowed =>
                YamlScalar.Boolean(members.TrueForAll(allowed.Contains)),
            _ => Wrong(resolver, argument, function),
        };
    }

    // The values of all parameters of a type.
    private static YamlSequence All(Resolver resolver, YamlNode argument)
    {
        IEnumerable<YamlNode> values =
            resolver.Text(argument, "Fn::RefAll") is { } type ? resolver.Scope.OfType(type) : [];
        return new YamlSequence([.. values.SelectMany(v => v is YamlSequence list ? list.Items : [v])], argument.Place);
    }

    private static List<string>? Texts(YamlNode? node) =>
        node is YamlSequence list && list.Items.All(i => i is YamlScalar)
            ? [.. list.Items.Select(i => ((YamlScalar)i).Value)]
            : null;

    private static YamlScalar Wrong(Resolver resolver, YamlNode at, string function)
    {
        var needed = function == "Fn::EachMemberIn" ? "two lists of text" : "a list of text and a text";
        resolver.Diagnostics.Error(
            DiagnosticCodes.WrongKind,
            $"{function} needs {needed}",
            at,
            function == "Fn::EachMemberIn" ? "for example [[a, b], [a, b, c]]" : "for example [[a, b], !Ref Stage]");
        return YamlScalar.Boolean(false);
    }
}
