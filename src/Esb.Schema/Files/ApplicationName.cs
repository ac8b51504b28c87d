using System.Security.Cryptography;
using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// Whose an entry of the three files is: what one application deploys is told from what others do by it. It is CloudFormation's name of a stack
/// (CreateStack, StackName).
/// </summary>
public static class ApplicationName
{
    /// <summary>The key of an entry that names its application; an entry without it was written by hand, or before there were applications.</summary>
    public const string Key = "application";

    /// <summary>
    /// The key beside the name of a function that says whose function is meant, where that is another application's than the entry's own; <see cref="Anybody"/> where nobody had it
    /// when the entry was deployed.
    /// </summary>
    public const string FunctionKey = "function_application";

    /// <summary>Under <see cref="FunctionKey"/>: the function is meant whosever it is.</summary>
    public const string Anybody = "*";

    /// <summary>The most characters a name may have.</summary>
    public const int MaxLength = 128;

    // Characters of the hash that tells names apart.
    private const int EndLength = 6;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "letters, digits and '-', a letter first, at most 128 of them";

    /// <summary>Whether the name keeps the rule.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= MaxLength && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
    }

    /// <summary>
    /// The name for what stands in a folder: the folder's own. Where that is no name, it has dashes for what no name may have, and an end that tells it from the names of other
    /// folders.
    /// </summary>
    /// <param name="folder">In full.</param>
    public static string OfFolder(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        if (IsValid(name))
            return name;
        var end = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..EndLength];
        var readable = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        var start = readable.Length == 0 ? "esb" : char.IsAsciiLetter(readable[0]) ? readable : $"esb-{readable}";
        return $"{start[..Math.Min(start.Length, MaxLength - EndLength - 1)]}-{end}";
    }

    /// <summary>Whether an entry that names a function means the one that is there: its own application's, the one that it was deployed for, or one that is nobody's.</summary>
    /// <param name="application">Whose the entry is; null when it says none.</param>
    /// <param name="meant">What it says under <see cref="FunctionKey"/>.</param>
    /// <param name="owner">Whose the function is; null when it says none.</param>
    public static bool IsMeant(string? application, string? meant, string? owner) =>
        owner is null || owner == application || meant == owner || meant == Anybody || (application is null && meant is null);

    /// <summary>Of an entry as it was written; null when it says none.</summary>
    public static string? Of(YamlNode? entry) => (entry as YamlMapping)?[Key] is YamlScalar { IsNull: false } name ? name.Value : null;

    internal static string? ReadMeant(MappingReader entry, DiagnosticBag diagnostics)
    {
        if (entry.Text(FunctionKey) is not { } name)
            return null;
        if (name == Anybody || IsValid(name))
            return name;
        diagnostics.Error(DiagnosticCodes.WrongValue, $"{entry.Subject}: '{name}' is not the name of an application", entry.Mapping[FunctionKey], $"allowed are {Rule}; or {Anybody} for whosever the function is");
        return null;
    }

    internal static string? Read(MappingReader entry, DiagnosticBag diagnostics)
    {
        if (entry.Text(Key) is not { } name || IsValid(name))
            return Of(entry.Mapping);
        diagnostics.Error(DiagnosticCodes.WrongValue, $"{entry.Subject}: '{name}' is not the name of an application", entry.Mapping[Key], $"allowed are {Rule}");
        return null;
    }
}
