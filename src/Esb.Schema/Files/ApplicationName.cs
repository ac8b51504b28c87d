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

    /// <summary>The most characters a name may have.</summary>
    public const int MaxLength = 128;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "letters, digits and '-', a letter first, at most 128 of them";

    /// <summary>Whether the name keeps the rule.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= MaxLength && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
    }

    /// <summary>The name for what stands in a folder: the folder's own, with a dash for what no name may have.</summary>
    /// <param name="folder">In full.</param>
    public static string OfFolder(string folder)
    {
        var letters = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(MaxLength);
        var name = string.Concat(letters).Trim('-');
        return name.Length == 0 ? "esb" : char.IsAsciiLetter(name[0]) ? name : $"esb-{name[..Math.Min(name.Length, MaxLength - 4)]}";
    }

    /// <summary>Of an entry as it was written; null when it says none.</summary>
    public static string? Of(YamlNode? entry) => (entry as YamlMapping)?[Key] is YamlScalar { IsNull: false } name ? name.Value : null;

    internal static string? Read(MappingReader entry, DiagnosticBag diagnostics)
    {
        if (entry.Text(Key) is not { } name || IsValid(name))
            return Of(entry.Mapping);
        diagnostics.Error(DiagnosticCodes.WrongValue, $"{entry.Subject}: '{name}' is not the name of an application", entry.Mapping[Key], $"allowed are {Rule}");
        return null;
    }
}
