using System.Text.RegularExpressions;

namespace Esb.Sam.Functions;

/// <summary>The runtimes that templates may name. Source: AWS Lambda Developer Guide, "Lambda runtimes", deprecated ones included.</summary>
public static class Runtimes
{
    private static readonly Regex Pattern = new(
        @"^(python[23]\.\d{1,2}|nodejs(\d{1,2}\.x|\d\.\d{1,2}(-edge)?)?|java\d{1,2}(\.al2)?|dotnet(core)?\d{1,2}(\.\d)?|ruby\d\.\d|go1\.x|provided(\.al2(023)?)?)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>For near misses.</summary>
    public static readonly IReadOnlyList<string> Current =
    [
        "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "nodejs24.x", "nodejs22.x", "nodejs20.x", "java25", "java21", "java17", "java11", "java8.al2", "dotnet10", "dotnet9", "dotnet8", "ruby3.4", "ruby3.3", "ruby3.2", "provided.al2023", "provided.al2",
    ];

    /// <summary>Whether it has the form of a runtime that AWS has or had.</summary>
    public static bool IsKnown(string runtime) => Pattern.IsMatch(runtime);
}
