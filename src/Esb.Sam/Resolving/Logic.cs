using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>Conditions and what chooses by them: If, Equals, And, Or, Not.</summary>
internal static class Logic
{
    public static bool IsTrue(YamlNode? node) => node is YamlScalar { Value: "true" or "True" or "TRUE" };

    public static YamlNode? If(Resolver resolver, YamlNode argument)
    {
        if (argument is YamlSequence { Items: [YamlScalar condition, var then, var otherwise] })
            return resolver.Resolve(resolver.Condition(condition.Value, condition) ? then : otherwise);
        resolver.Diagnostics.Error(DiagnosticCodes.WrongKind, "Fn::If needs the name of a condition and two values", argument, "for example !If [IsProd, 512, 128]");
        return null;
    }

    public static YamlNode Equal(Resolver resolver, YamlNode argument)
    {
        if (argument is YamlSequence { Items: [var left, var right] })
        {
            var (a, b) = (resolver.Resolve(left), resolver.Resolve(right));
            return YamlScalar.Boolean(a is YamlScalar x && b is YamlScalar y ? x.Value == y.Value : a?.ContentEquals(b) ?? b is null);
        }

        resolver.Diagnostics.Error(DiagnosticCodes.WrongKind, "Fn::Equals needs two values", argument, "for example !Equals [!Ref Stage, prod]");
        return YamlScalar.Boolean(false);
    }

    public static YamlNode And(Resolver resolver, YamlNode argument) => YamlScalar.Boolean(Items(resolver, argument, "Fn::And").All(IsTrue));

    public static YamlNode Or(Resolver resolver, YamlNode argument) => YamlScalar.Boolean(Items(resolver, argument, "Fn::Or").Any(IsTrue));

    public static YamlNode Not(Resolver resolver, YamlNode argument) => YamlScalar.Boolean(!Items(resolver, argument, "Fn::Not").All(IsTrue));

    private static IEnumerable<YamlNode?> Items(Resolver resolver, YamlNode argument, string function)
    {
        if (argument is YamlSequence { Items.Count: > 0 } list)
            return list.Items.Select(resolver.Resolve);
        resolver.Diagnostics.Error(DiagnosticCodes.WrongKind, $"{function} needs a list of conditions", argument);
        return [];
    }
}
