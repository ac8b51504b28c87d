using Esb.Sam.Reading;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Replaces <c>Fn::Transform: {Name: AWS::Include, Parameters: {Location: …}}</c> with the keys of the file. Source:
/// CloudFormation User Guide, "AWS::Include transform".
/// </summary>
internal static class Includes
{
    public const string Key = "Fn::Transform";

    /// <summary>
    /// Returns the mapping with the included keys, without resolving it further. Its own keys take precedence.
    /// </summary>
    public static YamlMapping Merge(Resolver resolver, YamlMapping mapping) =>
        resolver.Merged.TryGetValue(mapping, out var known)
            ? known
            : resolver.Merged[mapping] = Merged(resolver, mapping);

    private static YamlMapping Merged(Resolver resolver, YamlMapping mapping)
    {
        List<YamlEntry> entries = [.. mapping.Entries.Where(e => e.Key.Value != Key)];
        var own = entries.ToDictionary(e => e.Key.Value, e => e.Value, StringComparer.Ordinal);
        foreach (var call in Calls(mapping[Key]!))
        {
            foreach (var entry in Content(resolver, call)?.Entries ?? [])
            {
                if (own.TryAdd(entry.Key.Value, entry.Value))
                    entries.Add(entry);
                else if (!own[entry.Key.Value].ContentEquals(entry.Value)
                    && resolver.Scope.Context.Collided.Add(entry.Key.Place))
                    LeaveOut(resolver, entry);
            }
        }

        return new YamlMapping(entries, mapping.Place);
    }

    // A key that controls access is never dropped in favour of another one.
    private static void LeaveOut(Resolver resolver, YamlEntry entry)
    {
        var key = entry.Key.Value;
        if (IsGuard(entry))
            resolver.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"AWS::Include: '{key}' of the file controls access, and the including mapping has it too",
                entry.Key,
                "write all of it in one of the two");
        else
            resolver.Scope.Context.LeaveOut(
                "AWS::Include",
                key,
                "the including mapping has it too, and that one is used",
                entry.Key,
                "leave one of them out");
    }

    private static bool IsGuard(YamlEntry entry) =>
        GuardWords.IsGuard(entry.Key.Value) || entry.Key.Value is "EndpointConfiguration" || HoldsGuard(entry.Value);

    private static bool HoldsGuard(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.Any(IsGuard),
        YamlSequence list => list.Items.Any(HoldsGuard),
        _ => false,
    };

    /// <summary>The location of an include; null for anything else.</summary>
    public static string? Location(Resolver resolver, YamlNode call) =>
        call is YamlMapping map && IsInclude(map) && (map["Parameters"] as YamlMapping)?["Location"] is { } location
            ? resolver.Text(location, "the Location of AWS::Include")
            : null;

    public static IEnumerable<YamlNode> Calls(YamlNode argument) =>
        argument is YamlSequence list ? list.Items : [argument];

    private static bool IsInclude(YamlMapping call) => call["Name"] is YamlScalar { Value: "AWS::Include" };

    private static YamlMapping? Content(Resolver resolver, YamlNode call)
    {
        if (call is not YamlMapping map || !IsInclude(map))
        {
            var name = ((call as YamlMapping)?["Name"] as YamlScalar)?.Value ?? "without a name";
            resolver.Diagnostics.Error(
                DiagnosticCodes.NotSupported,
                $"the macro {name} runs on AWS only",
                call,
                "what is served is AWS::Include with a local Location");
            return null;
        }

        if (Location(resolver, call) is not { } location)
        {
            resolver.Diagnostics.Error(
                DiagnosticCodes.MissingKey,
                "AWS::Include: 'Location' is missing",
                call,
                "for example Parameters: {Location: api.yaml}");
            return null;
        }

        if (location.Contains("://", StringComparison.Ordinal))
        {
            resolver.Diagnostics.Error(
                DiagnosticCodes.NotSupported,
                $"AWS::Include: '{location}' cannot be read here",
                call,
                "name a file next to the template");
            return null;
        }

        return resolver.Guarded($"the include '{location}'", call, () => Read(resolver, call, location));
    }

    private static YamlMapping? Read(Resolver resolver, YamlNode call, string location)
    {
        if (resolver.Included.FindCycle(call.Place.File, ProjectFiles.Named(location, call.Place.File)) is { } circle)
        {
            resolver.Diagnostics.Error(
                DiagnosticCodes.WrongValue, $"the include '{location}' depends on itself: {circle}", call);
            return null;
        }

        if (resolver.Scope.Context.Files.Read(
            location, call, "AWS::Include", resolver.Diagnostics) is not var (text, file)
            || YamlReader.Read(text, file, resolver.Diagnostics, mergeKeys: true) is not { } node)
            return null;
        if (new ShortTags(resolver.Diagnostics).Expand(node) is YamlMapping { } content)
        {
            if (resolver.Scope is { HasExtensions: false, Context.Options.Strict: true })
                new Extensions(resolver.Diagnostics).Check(content);
            return content.Contains(Key) ? Merge(resolver, content) : content;
        }

        resolver.Diagnostics.Error(
            DiagnosticCodes.WrongKind, $"an included file must be a mapping, but is {node.Kind}", node);
        return null;
    }
}
