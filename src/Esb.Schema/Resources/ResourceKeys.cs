using Esb.Host.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Resources;

/// <summary>
/// The keys below <c>resources</c>. Unknown keys are kept. But CloudFormation's words for the known ones, misspelt
/// ones, and known ones a level too high are errors, because everything below them would be ignored.
/// </summary>
internal static class ResourceKeys
{
    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["table"] = "dynamodb",
        ["tables"] = "dynamodb",
        ["dynamo"] = "dynamodb",
        ["dynamodbtable"] = "dynamodb",
        ["dynamodbtables"] = "dynamodb",
        ["bucket"] = "s3",
        ["buckets"] = "s3",
        ["s3bucket"] = "s3",
        ["s3buckets"] = "s3",
        ["layer"] = "layers",
        ["lambdalayer"] = "layers",
        ["lambdalayers"] = "layers",
    };

    private static readonly string[] Known = [.. ResourceKind.All.Select(k => k.Key)];

    public static void Check(YamlMapping document, MappingReader? resources, DiagnosticBag diagnostics)
    {
        foreach (var (key, _) in document.Entries.Where(e => Kind(e.Key.Value) is not null))
            diagnostics.Error(
                DiagnosticCodes.UnknownKey,
                $"{ConfigurationFiles.Resources}: '{key.Value}' is one level too high",
                key,
                $"write it below 'resources', as '{Kind(key.Value)}'");
        if (resources is null)
            return;
        var misspelt = resources.Mapping.Entries.Where(e => !Known.Contains(e.Key.Value)
            && Kind(e.Key.Value) is not null)
            .Select(e => e.Key)
            .ToList();
        foreach (var key in misspelt)
            diagnostics.Error(
                DiagnosticCodes.UnknownKey,
                $"{resources.Subject}: the key '{key.Value}' is not read",
                key,
                $"did you mean '{Kind(key.Value)}'?");
        resources.WarnOfOthers([.. Known, .. misspelt.Select(k => k.Value)]);
    }

    // A name of two letters is similar to nearly everything.
    private static string? Kind(string key)
    {
        var letters = string.Concat(key.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Meant.GetValueOrDefault(letters)
            ?? Known.FirstOrDefault(k => k.Length > 2 ? EditDistance.IsNear(letters, k) : letters == k);
    }
}
