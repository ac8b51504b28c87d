using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary><c>Ref</c>, <c>Fn::GetAtt</c> and <c>Fn::FindInMap</c>.</summary>
internal static class References
{
    public static YamlNode? Ref(Resolver resolver, YamlNode argument)
    {
        var name = resolver.Text(argument, "Ref");
        if (name is null or "AWS::NoValue")
            return null;
        if (Lookup(resolver, name, argument) is { } value)
            return value;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var help = dot > 0 && resolver.Scope.Resources.Contains(name[..dot])
            ? $"to get an attribute, write !GetAtt {name}"
            : NearMiss.Help(name, resolver.Scope.Names);
        resolver.Diagnostics.Error(
            DiagnosticCodes.UnknownReference, $"there is no parameter or resource '{name}'", argument, help);
        return new YamlScalar("", place: argument.Place);
    }

    /// <summary>The value of a parameter, or the result of <c>Ref</c> for a resource; null for anything else.</summary>
    public static YamlNode? Lookup(Resolver resolver, string name, YamlNode at)
    {
        var scope = resolver.Scope;
        if (scope.Value(name) is { } value)
        {
            if (scope.IsSecret(name, value))
                resolver.Conceal(value);
            return DynamicReferences.ResolveAll(resolver, value);
        }

        if (scope.Given.Resource(name) is { } given)
            return given;
        if (!name.Contains('.', StringComparison.Ordinal))
            CheckCreated(resolver, name, at);
        if (scope.Resources[name] is not YamlMapping)
            return GeneratedResources.Ref(resolver, name, at) is { } made
                ? new YamlScalar(made, place: at.Place)
                : null;
        var type = scope.TypeOf(name);
        if (type is "AWS::Lambda::Alias" or "AWS::Lambda::Version" or "AWS::Lambda::Url"
            && ResourceNames.FunctionOf(resolver, name, at) is { } arn)
            return new YamlScalar(arn, place: at.Place);
        var reference = ResourceNames.IsNamedHere(type)
            ? resolver.NameOf(name, at)
            : resolver.Placeholder(name, Reasons.NotCreated(type), at);
        return new YamlScalar(reference, place: at.Place);
    }

    /// <summary>
    /// Reports a reference to a resource whose condition is false, or to something that SAM creates for such a
    /// resource. CloudFormation refuses the template ("Unresolved resource dependencies").
    /// </summary>
    public static void CheckCreated(Resolver resolver, string name, YamlNode at)
    {
        var owner = resolver.Scope.Resources.Contains(name) ? name : GeneratedNames.Of(resolver, name)?.Owner ?? "";
        if (!resolver.IsLeftOut(owner))
            return;
        var message = $"'{name}' is not created, because its condition is false";
        // A value may be resolved more than once.
        if (!resolver.Diagnostics.Any(d => d.Message == message
            && (d.Line, d.Column) == (at.Place.Line, at.Place.Column)))
            resolver.Diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                message,
                at,
                $"refer to it only where the condition is true: !If [CONDITION, !Ref {name}, …]");
    }

    public static YamlNode GetAtt(Resolver resolver, YamlNode argument)
    {
        string?[] parts = argument switch
        {
            // An attribute with dots may also be given in parts: [App, Outputs, Name].
            YamlSequence { Items: { Count: 2 or 3 } items } => [
                resolver.Text(items[0], "Fn::GetAtt") ?? "",
                string.Join('.', items.Skip(1).Select(i => resolver.Text(i, "Fn::GetAtt") ?? "")),
            ],
            YamlScalar text => text.Value.Split('.', 2),
            _ => [],
        };
        if (parts is [{ } name, { } attribute])
            return new YamlScalar(Attribute(resolver, name, attribute, argument), place: argument.Place);
        resolver.Diagnostics.Error(
            DiagnosticCodes.WrongKind,
            "Fn::GetAtt needs a resource and an attribute",
            argument,
            "for example !GetAtt OrdersFunction.Arn");
        return new YamlScalar("", place: argument.Place);
    }

    /// <summary>The value of a resource's attribute.</summary>
    public static string Attribute(Resolver resolver, string name, string attribute, YamlNode at)
    {
        if (resolver.Scope.Given.Resource($"{name}.{attribute}") is YamlScalar given)
            return given.Value;
        CheckCreated(resolver, name, at);
        if (resolver.Scope.Resources[name] is not YamlMapping)
        {
            if (GeneratedResources.Attribute(resolver, name, attribute, at) is { } made)
                return made;
            resolver.Diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                $"there is no resource '{name}'",
                at,
                NearMiss.Help(name, resolver.Scope.Resources.Entries.Select(e => e.Key.Value)));
            return "";
        }

        // Attributes of resources that ESB does not create have no value. A text that says so is better than a failed
        // deploy.
        if (ResourceNames.Attribute(resolver, name, attribute, at) is { } known)
            return known;
        if (!resolver.IsTrial)
            NoteUnknown(resolver, name, attribute, at);
        return resolver.Placeholder($"{name}.{attribute}", "it has no value here", at);
    }

    /// <summary>Adds a line to the receipt for an attribute that a resource does not have here.</summary>
    public static void NoteUnknown(Resolver resolver, string name, string attribute, YamlNode at)
    {
        if (resolver.Scope.TypeOf(name) is not ("AWS::Serverless::Function" or "AWS::Lambda::Function"
            or "AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable" or "AWS::S3::Bucket"))
            return;
        if (resolver.Scope.Given.Resource($"{name}.{attribute}") is null
            && ResourceNames.Attribute(resolver, name, attribute, at) is null)
            resolver.Scope.Context.Receipt.Ignored(
                name, $"{name}.{attribute}", "there is no such attribute here; its name is used", at);
    }

    public static YamlNode? FindInMap(Resolver resolver, YamlNode argument)
    {
        if (argument is not YamlSequence { Items: { Count: 3 or 4 } items })
        {
            resolver.Diagnostics.Error(
                DiagnosticCodes.WrongKind,
                "Fn::FindInMap needs a map and two keys",
                argument,
                "for example !FindInMap [Sizes, !Ref Stage, Memory]");
            return null;
        }

        if (items.Count == 4 && items[3] is not YamlMapping { Entries: [{ Key.Value: "DefaultValue" }] })
            resolver.Diagnostics.Error(
                DiagnosticCodes.WrongKind,
                "the fourth item of Fn::FindInMap must be a mapping with DefaultValue",
                items[3],
                "for example { DefaultValue: 128 }");
        List<string?> keys = [.. items.Take(3).Select(i => resolver.Text(i, "Fn::FindInMap"))];
        YamlNode? found = resolver.Scope.Mappings;
        foreach (var key in keys)
            found = key is null || found is not YamlMapping map ? null : PlainScalars.Find(map, key);
        if (found is not null)
            return found;
        if (items.ElementAtOrDefault(3) is YamlMapping options && options["DefaultValue"] is { } fallback)
            return resolver.Resolve(fallback);
        resolver.Diagnostics.Error(
            DiagnosticCodes.UnknownReference, $"Mappings has no {string.Join('.', keys)}", argument);
        return null;
    }
}
