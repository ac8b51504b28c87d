namespace Esb.Cli.Settings;

/// <summary>The name of an environment, which is used for a folder and in image tags.</summary>
internal static class EnvironmentName
{
    public const string Rule = "a letter or digit, then letters, digits, '.', '-' and '_', at most 63 in all";

    private const int MaxLength = 63;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
