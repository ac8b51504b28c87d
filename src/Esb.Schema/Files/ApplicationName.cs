using System.Security.Cryptography;
using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// The owner of an entry of the three files, which distinguishes what one application deploys from the rest. It follows
/// CloudFormation's rule for stack names (CreateStack, StackName).
/// </summary>
public static class ApplicationName
{
    /// <summary>
    /// The key of an entry that names its application. An entry without this key was written by hand, or before
    /// applications existed.
    /// </summary>
    public const string Key = "application";

    /// <summary>
    /// The key, next to the name of a function, that names the application of that function if it differs from the
    /// application of the entry; <see cref="Anybody"/> if the function did not exist when the entry was deployed.
    /// </summary>
    public const string FunctionKey = "function_application";

    /// <summary>
    /// A value of <see cref="FunctionKey"/>: the entry refers to the function whichever application owns it.
    /// </summary>
    public const string Anybody = "*";

    /// <summary>The maximum length of a name.</summary>
    public const int MaxLength = 128;

    // The length of the hash that makes names unique.
    private const int EndLength = 6;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "letters, digits and '-', a letter first, at most 128 of them";

    /// <summary>Whether a name follows the rule.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= MaxLength
            && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
    }

    /// <summary>
    /// The name of the application for the templates of a folder, which is the name of the folder. If that is not a
    /// valid name, dashes replace invalid characters, and a hash distinguishes it from the names of other folders.
    /// </summary>
    /// <param name="folder">The full path.</param>
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

    /// <summary>
    /// Whether an entry that names a function refers to the existing function of that name: one of the entry's own
    /// application, the one that the entry was deployed for, or one without an owner.
    /// </summary>
    /// <param name="application">The application of the entry; null for none.</param>
    /// <param name="meant">The entry's value of <see cref="FunctionKey"/>.</param>
    /// <param name="owner">The application of the function; null for none.</param>
    public static bool IsMeant(string? application, string? meant, string? owner) =>
        owner is null || owner == application || meant == owner || meant == Anybody
            || (application is null && meant is null);

    /// <summary>The application of an entry as written; null for none.</summary>
    public static string? Of(YamlNode? entry) =>
        (entry as YamlMapping)?[Key] is YamlScalar { IsNull: false } name ? name.Value : null;

    internal static string? ReadMeant(MappingReader entry, DiagnosticBag diagnostics)
    {
        if (entry.Text(FunctionKey) is not { } name)
            return null;
        if (name == Anybody || IsValid(name))
            return name;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{entry.Subject}: '{name}' is not the name of an application",
            entry.Mapping[FunctionKey],
            $"allowed: {Rule}; or {Anybody} for the function whatever its owner");
        return null;
    }

    internal static string? Read(MappingReader entry, DiagnosticBag diagnostics)
    {
        if (entry.Text(Key) is not { } name || IsValid(name))
            return Of(entry.Mapping);
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{entry.Subject}: '{name}' is not the name of an application",
            entry.Mapping[Key],
            $"allowed: {Rule}");
        return null;
    }
}
