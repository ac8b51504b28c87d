using System.Text;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// <c>Fn::Sub</c>, with or without a mapping of variables. <c>${!Literal}</c> becomes <c>${Literal}</c>.
/// </summary>
internal static class Substitution
{
    public static YamlNode Sub(Resolver resolver, YamlNode argument)
    {
        var (template, variables) = argument switch
        {
            YamlScalar text => (text, YamlMapping.Empty),
            YamlSequence { Items: [YamlScalar text, YamlMapping map] } => (text, map),
            _ => (null, YamlMapping.Empty),
        };
        if (template is not null)
            return resolver.Resolve(resolver.Bounded(Fill(resolver, template, variables), template))!;
        resolver.Diagnostics.Error(
            DiagnosticCodes.WrongKind,
            "Fn::Sub needs text, or a list of text and a mapping",
            argument,
            "for example !Sub '${AWS::StackName}-orders'");
        return new YamlScalar("", place: argument.Place);
    }

    /// <summary>The names of the variables in a text.</summary>
    public static IEnumerable<string> Variables(string text)
    {
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is var open and >= 0
            && text.IndexOf('}', open) is var close and >= 0)
        {
            if (text[open + 2] != '!')
                yield return text[(open + 2)..close].Trim();
            at = close + 1;
        }
    }

    private static string Fill(Resolver resolver, YamlScalar template, YamlMapping variables)
    {
        var text = template.Value;
        var filled = new StringBuilder();
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is var open and >= 0
            && text.IndexOf('}', open) is var close and >= 0)
        {
            filled.Append(text, at, open - at);
            var name = text[(open + 2)..close];
            filled.Append(
                name.StartsWith('!') ? $"${{{name[1..]}}}" : Value(resolver, name.Trim(), variables, template));
            at = close + 1;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    private static string Value(Resolver resolver, string name, YamlMapping variables, YamlScalar at)
    {
        if (variables[name] is { } own)
            return resolver.Text(own, $"the variable '{name}' of Fn::Sub") ?? "";
        if (name == "AWS::NoValue")
            return "";
        switch (References.Lookup(resolver, name, at))
        {
            case YamlScalar value:
                return value.Value;
            case YamlSequence list:
                return string.Join(',', list.Items);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
            return References.Attribute(resolver, name[..dot], name[(dot + 1)..], at);
        resolver.Diagnostics.Error(
            DiagnosticCodes.UnknownReference,
            $"there is no parameter or resource '{name}'",
            at,
            NearMiss.Help(name, resolver.Scope.Names));
        return "";
    }
}
