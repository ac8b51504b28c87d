using System.Globalization;
using System.Text.RegularExpressions;

namespace Esb.Sam.Rules;

/// <summary>
/// The runtimes that templates may name, including deprecated ones. Source: AWS Lambda Developer Guide, "Lambda
/// runtimes".
/// </summary>
internal static class Runtimes
{
    /// <summary>The current runtimes, for suggestions.</summary>
    public static readonly IReadOnlyList<string> Current =
    [
        "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "nodejs24.x", "nodejs22.x", "nodejs20.x",
        "java25", "java21", "java17", "java11", "java8.al2", "dotnet10", "dotnet9", "dotnet8", "ruby3.4", "ruby3.3",
        "ruby3.2", "provided.al2023", "provided.al2",
    ];

    private static readonly HashSet<string> Old = new(StringComparer.Ordinal)
    {
        "python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "nodejs", "nodejs4.3", "nodejs4.3-edge",
        "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x", "java8",
        "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "dotnet5.0", "dotnet6", "dotnet7", "go1.x",
        "ruby2.5", "ruby2.7", "provided",
    };

    // The latest of each family; AWS adds one every year.
    private static readonly (Regex Form, Version Last)[] Families =
    [
        (Form(@"python(3\.\d{1,2})"), new Version(3, 14)), (Form(@"nodejs(\d{1,2})\.x"), new Version(24, 0)),
        (Form(@"java(\d{1,2})"), new Version(25, 0)),
        (Form(@"dotnet(\d{1,2})"), new Version(10, 0)), (Form(@"ruby(\d\.\d{1,2})"), new Version(3, 4)),
        (Form(@"provided\.al(\d{4})"), new Version(2023, 0)),
    ];

    /// <summary>Whether AWS has or had a runtime, or may have it by now.</summary>
    public static bool IsKnown(string runtime) =>
        Current.Contains(runtime) || Old.Contains(runtime) || IsNewer(runtime);

    /// <summary>Whether a runtime is newer than all those of its family that this version of ESB knows.</summary>
    public static bool IsNewer(string runtime) =>
        Families.Any(f => f.Form.Match(runtime) is { Success: true } match && Number(match.Groups[1].Value) > f.Last);

    private static Version Number(string text) => Version.Parse(
        text.Contains('.', StringComparison.Ordinal) ? text : string.Create(CultureInfo.InvariantCulture, $"{text}.0"));

    private static Regex Form(string pattern) =>
        new($@"\A{pattern}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
