using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>Conditions and the functions that use them: If, Equals, And, Or, Not.</summary>
internal static class Logic
{
    private const int MaxOperands = 10;

    public static bool IsTrue(YamlNode? node) => node is YamlScalar { Value: "true" or "True" or "TRUE" };

    /// <summary>
    /// Whether a condition is true. Anything but true or false is an error, because the resources with that condition
    /// would disappear silently.
    /// </summary>
    /// <param name="resolver">The resolver of the template.</param>
    /// <param name="subject">The name of the condition in messages.</param>
    /// <param name="expression">The expression as written.</param>
    public static bool Holds(Resolver resolver, string subject, YamlNode expression)
    {
        var errors = resolver.Diagnostics.Count(d => d.Severity == Severity.Error);
        var written = expression is YamlMapping mapping && mapping.Contains(Includes.Key)
            ? Includes.Merge(resolver, mapping)
            : expression;
        return Checked(resolver, subject, resolver.Resolve(written), written, errors);
    }

    public static YamlNode? If(Resolver resolver, YamlNode argument)
    {
        if (argument is YamlSequence { Items: [YamlScalar condition, var then, var otherwise] })
            return resolver.Resolve(resolver.Condition(condition.Value, condition) ? then : otherwise);
        resolver.Diagnostics.Error(
            DiagnosticCodes.WrongKind,
            "Fn::If needs the name of a condition and two values",
            argument,
            "for example !If [IsProd, 512, 128]");
        return null;
    }

    /// <summary>
    /// Returns the part of a node that conditions choose, without resolving it further; null for <c>AWS::NoValue</c>.
    /// </summary>
    public static YamlNode? Chosen(Resolver resolver, YamlNode node)
    {
        // An unknown condition is reported when the node is resolved.
        while (node is YamlMapping { Entries: [{ Key.Value: "Fn::If", Value: YamlSequence { Items: var parts } }] }
            && parts is [YamlScalar condition, var then, var otherwise]
            && PlainScalars.Find(resolver.Scope.Conditions, condition.Value) is not null)
            node = resolver.Condition(condition.Value, condition) ? then : otherwise;
        return node is YamlMapping { Entries: [{ Key.Value: "Ref", Value: YamlScalar { Value: "AWS::NoValue" } }] }
            ? null
            : node;
    }

    public static YamlNode Equal(Resolver resolver, YamlNode argument)
    {
        if (argument is YamlSequence { Items: [var left, var right] })
        {
            var (a, b) = (resolver.Resolve(left), resolver.Resolve(right));
            CheckAccount(resolver, a, b, argument);
            return YamlScalar.Boolean(
                a is YamlScalar x && b is YamlScalar y ? x.Value == y.Value : a?.ContentEquals(b) ?? b is null);
        }

        resolver.Diagnostics.Error(
            DiagnosticCodes.WrongKind,
            "Fn::Equals needs two values",
            argument,
            "for example !Equals [!Ref Stage, prod]");
        return YamlScalar.Boolean(false);
    }

    // On AWS, the result depends on the account; here, the account is always the same.
    private static void CheckAccount(Resolver resolver, YamlNode? left, YamlNode? right, YamlNode at)
    {
        if (NamesAccount(left) != NamesAccount(right))
            resolver.Scope.Context.LeaveOut(
                "AWS::AccountId",
                "Fn::Equals",
                $"the account is always {TemplateScope.AccountId} here, so the result differs from AWS",
                at,
                "use a parameter instead of the account");
    }

    private static bool NamesAccount(YamlNode? node) =>
        node is YamlScalar text && text.Value.Contains(TemplateScope.AccountId, StringComparison.Ordinal);

    public static YamlNode And(Resolver resolver, YamlNode argument) =>
        YamlScalar.Boolean(Items(resolver, argument, "Fn::And", 2, MaxOperands).All(t => t));

    public static YamlNode Or(Resolver resolver, YamlNode argument) =>
        YamlScalar.Boolean(Items(resolver, argument, "Fn::Or", 2, MaxOperands).Any(t => t));

    public static YamlNode Not(Resolver resolver, YamlNode argument) =>
        YamlScalar.Boolean(!Items(resolver, argument, "Fn::Not", 1, 1).All(t => t));

    private static List<bool> Items(Resolver resolver, YamlNode argument, string function, int least, int most)
    {
        if (argument is YamlSequence list && list.Items.Count >= least && list.Items.Count <= most)
            return [.. list.Items.Select(i => Operand(resolver, i, function))];
        var needed = most == 1 ? "one condition" : $"{least} to {most} conditions";
        var found = argument is YamlSequence other ? $", but has {other.Items.Count}" : "";
        resolver.Diagnostics.Error(
            DiagnosticCodes.WrongKind, $"{function} needs a list of {needed}{found}", argument);
        return [];
    }

    private static bool Operand(Resolver resolver, YamlNode item, string function)
    {
        var errors = resolver.Diagnostics.Count(d => d.Severity == Severity.Error);
        return Checked(resolver, $"an operand of {function}", resolver.Resolve(item), item, errors);
    }

    // An error that a function has reported is not reported twice.
    private static bool Checked(Resolver resolver, string subject, YamlNode? value, YamlNode at, int errorsBefore)
    {
        if (!IsTruth(value) && resolver.Diagnostics.Count(d => d.Severity == Severity.Error) == errorsBefore)
        {
            var found = value is YamlScalar text ? $"'{text.Value}'"
                : value is YamlMapping { Entries.Count: > 1 } ? "a mapping with several keys"
                : value?.Kind.ToString() ?? "nothing";
            resolver.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject} must be true or false, but is {found}",
                at,
                "for example !Equals [!Ref Stage, prod]");
        }

        return IsTrue(value);
    }

    private static bool IsTruth(YamlNode? node) =>
        IsTrue(node) || node is YamlScalar { Value: "false" or "False" or "FALSE" };
}
