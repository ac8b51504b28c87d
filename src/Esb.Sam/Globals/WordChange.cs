using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Globals;

/// <summary>Replaces a written value with the value that SAM reads, and reports each difference.</summary>
internal sealed class WordChange(Resolver resolver)
{
    /// <summary>
    /// Changes the mapping below a key, after evaluating the conditions around it and reading its includes.
    /// </summary>
    public YamlMapping Below(YamlMapping owner, string key, Func<YamlMapping, YamlMapping> change)
    {
        if (owner[key] is not { } written || Logic.Chosen(resolver, written) is not YamlMapping chosen)
            return owner;
        var changed = change(chosen.Contains(Includes.Key) ? Includes.Merge(resolver, chosen) : chosen);
        return ReferenceEquals(changed, written) ? owner : owner.With(key, changed);
    }

    /// <summary>Replaces text or a function in place of a boolean with <c>true</c>, as SAM does.</summary>
    /// <param name="owner">The mapping with the value.</param>
    /// <param name="key">The name of the value.</param>
    /// <param name="subject">The logical id.</param>
    /// <param name="path">The path of <paramref name="owner"/>.</param>
    /// <param name="absent">The value that applies when none is given.</param>
    public YamlMapping Truth(YamlMapping owner, string key, string subject, string path, bool absent = false)
    {
        if (owner[key] is not { } written || !IsText(written))
            return owner;
        if (!(resolver.Resolve(written) is { } meant ? Logic.IsTrue(meant) : absent))
            Say(subject, $"{path}.{key}", $"{Kind(written)}, which SAM treats as true", written);
        return owner.With(key, True(written));
    }

    /// <summary>Reports something that SAM refuses or that may open a route.</summary>
    public void Refuse(string message, YamlNode at, string help) =>
        resolver.Diagnostics.Error(DiagnosticCodes.WrongValue, message, at, help);

    /// <summary>Reports a value that SAM reads differently from how it is written, with a warning and a line.</summary>
    public void Say(string subject, string path, string why, YamlNode at)
    {
        const string Help = "write the value itself, without quotes or functions";
        resolver.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{subject}: {path} is {why}", at, Help);
        resolver.Scope.Context.Receipt.Approximated(subject, path, why, at);
    }

    /// <summary>Whether SAM sees text or a function in place of a boolean.</summary>
    public static bool IsText(YamlNode node) => node switch
    {
        YamlScalar { IsPlain: false, Value.Length: > 0 } => true,
        YamlScalar text => text.Value.Contains(DynamicReferences.Mark, StringComparison.Ordinal),
        YamlMapping mapping => PropertyMerge.IsFunction(mapping),
        _ => false,
    };

    /// <summary>The kind of the written value in a line: text or a function.</summary>
    public static string Kind(YamlNode written) => written is YamlScalar ? "text" : "a function";

    /// <summary>The word <c>true</c> in place of another node.</summary>
    public static YamlScalar True(YamlNode at) => new("true", plain: true, place: at.Place);
}
