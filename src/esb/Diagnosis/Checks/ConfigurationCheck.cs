using Esb.Schema.Diagnostics;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>The three files.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Files">Which of them are there.</param>
/// <param name="Problems">What is wrong with them, with places.</param>
/// <param name="Functions">How many.</param>
/// <param name="Routes">How many.</param>
/// <param name="Dangling">Routes to functions that are not there.</param>
/// <param name="Taken">Routes whose function or authorizer another application has taken over, each with why.</param>
/// <param name="Overlapping">Routes that take requests meant for a guarded route, or a function URL, of another application.</param>
/// <param name="Unstaged">Functions whose folder of code is not there.</param>
internal sealed record ConfigurationReading(
    string Folder,
    IReadOnlyList<string> Files,
    IReadOnlyList<Diagnostic> Problems,
    int Functions,
    int Routes,
    IReadOnlyList<string> Dangling,
    IReadOnlyList<string> Taken,
    IReadOnlyList<string> Overlapping,
    IReadOnlyList<string> Unstaged)
{
    /// <summary>Functions whose code or layer is not what was staged.</summary>
    public IReadOnlyList<string> Altered { get; init; } = [];
}

/// <summary>The files can be read, and what they name is there.</summary>
internal static class ConfigurationCheck
{
    private const string Name = "configuration";
    private const int MostShown = 5;

    public static IEnumerable<Finding> Of(ConfigurationReading configuration)
    {
        if (configuration.Files.Count == 0)
        {
            yield return Finding.Ok(Name, $"nothing is deployed yet in {configuration.Folder}");
            yield break;
        }

        foreach (var problem in configuration.Problems.Where(problem => problem.Severity == Severity.Error).Take(MostShown))
            yield return Finding.Fail(Name, (problem with { Help = null }).ToString().Replace("error: ", "", StringComparison.Ordinal), problem.Help ?? "mend the file");
        if (configuration.Problems.Any(problem => problem.Severity == Severity.Error))
            yield break;
        if (configuration.Dangling.Count > 0)
            yield return Finding.Warn(Name, $"routes to functions that are not there: {Some(configuration.Dangling)}", "they are closed; deploy the functions, or remove the routes from routing.yml");
        if (configuration.Taken.Count > 0)
            yield return Finding.Warn(Name, $"routes whose function another application has taken over: {Some(configuration.Taken)}", "they are closed; give one of the two functions another name, or deploy the application of the routes again, which takes the function back");
        if (configuration.Overlapping.Count > 0)
            yield return Finding.Warn(Name, $"routes that take requests meant for a guarded route, or a function URL, of another application: {Some(configuration.Overlapping)}", "give the route in front another path or method, unless that is meant");
        foreach (var warning in configuration.Problems.Where(problem => problem.Severity == Severity.Warning).Take(MostShown))
            yield return Finding.Warn(Name, (warning with { Help = null }).ToString().Replace("warning: ", "", StringComparison.Ordinal), warning.Help ?? "correct the file");
        if (configuration.Unstaged.Count > 0)
            yield return Finding.Fail(Name, $"the code is gone of: {Some(configuration.Unstaged)}", "deploy their template again");
        if (configuration.Altered.Count > 0)
            yield return Finding.Warn(Name, $"the code was changed after it was staged of: {Some(configuration.Altered)}", "deploy their template again, which stages it again; files of a function's own belong into /tmp");
        yield return Finding.Ok(Name, $"{configuration.Functions} functions, {configuration.Routes} routes in {configuration.Folder} ({string.Join(", ", configuration.Files)})");
    }

    private static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostShown)) + (names.Count > MostShown ? $" and {names.Count - MostShown} more" : "");
}
