using System.Globalization;
using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Modes;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>What was read from the three files.</summary>
/// <param name="Folder">The configuration folder.</param>
/// <param name="Files">The files that exist.</param>
/// <param name="Problems">Errors and warnings, with positions.</param>
/// <param name="Functions">The number of functions.</param>
/// <param name="Routes">The number of routes.</param>
/// <param name="Dangling">Routes to missing functions.</param>
/// <param name="Taken">Routes whose function or authorizer another application has taken over, with reasons.</param>
/// <param name="Overlapping">
/// Routes that take requests meant for a guarded route, or a function URL, of another application.
/// </param>
/// <param name="Unstaged">Functions whose code folder is missing.</param>
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
    /// <summary>Functions whose staged code or layer was changed.</summary>
    public IReadOnlyList<string> Altered { get; init; } = [];

    /// <summary>Functions that cannot be started, each with the reason.</summary>
    public IReadOnlyList<string> Unstartable { get; init; } = [];

    /// <summary>The numbers of revisions of which a file was changed since they were made.</summary>
    public IReadOnlyList<string> AlteredRevisions { get; init; } = [];
}

/// <summary>Checks that the files can be read and that what they refer to exists.</summary>
internal static class ConfigurationCheck
{
    private const string Name = "configuration";
    private const int MaxShown = 5;

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static IEnumerable<Finding> Run(DiagnosedPlatform platform) =>
        Of(Reader.Read(platform));

    public static IEnumerable<Finding> Of(ConfigurationReading configuration)
    {
        if (configuration.Files.Count == 0)
        {
            yield return Finding.Ok(Name, $"nothing is deployed yet in {configuration.Folder}");
            yield break;
        }

        foreach (var problem in configuration.Problems.Where(problem => problem.Severity == Severity.Error)
            .Take(MaxShown))
            yield return Finding.Fail(
                Name,
                (problem with { Help = null }).ToString().Replace("error: ", "", StringComparison.Ordinal),
                problem.Help ?? "correct the file");
        if (configuration.Problems.Any(problem => problem.Severity == Severity.Error))
            yield break;
        if (configuration.Dangling.Count > 0)
            yield return Finding.Warn(
                Name,
                $"routes to missing functions: {Some(configuration.Dangling)}",
                "they are closed; deploy the functions, or remove the routes from routing.yml");
        if (configuration.Taken.Count > 0)
            yield return Finding.Warn(
                Name,
                $"routes whose function another application has taken over: {Some(configuration.Taken)}",
                "they are closed; give one of the two functions another name, or deploy the application of the routes "
                    + "again, which takes the function back");
        if (configuration.Overlapping.Count > 0)
            yield return Finding.Warn(
                Name,
                "routes that take requests meant for a guarded route, or a function URL, of another application: "
                    + $"{Some(configuration.Overlapping)}",
                "give the route in front another path or method, unless that is meant");
        foreach (var warning in configuration.Problems.Where(problem => problem.Severity == Severity.Warning)
            .Take(MaxShown))
            yield return Finding.Warn(
                Name,
                (warning with { Help = null }).ToString().Replace("warning: ", "", StringComparison.Ordinal),
                warning.Help ?? "correct the file");
        if (configuration.Unstaged.Count > 0)
            yield return Finding.Fail(
                Name,
                $"the code of these functions is missing: {Some(configuration.Unstaged)}",
                "deploy their template again");
        if (configuration.Altered.Count > 0)
            yield return Finding.Warn(
                Name,
                $"the staged code of these functions was changed: {Some(configuration.Altered)}",
                "deploy their template again, which stages it again; a function's own files belong in /tmp");
        if (configuration.Unstartable.Count > 0)
            yield return Finding.Warn(
                Name,
                $"functions whose every call fails: {Some(configuration.Unstartable)}",
                "correct functions.yml, or add the file to the code");
        if (configuration.AlteredRevisions.Count > 0)
            yield return Finding.Warn(
                Name,
                $"revisions that are not what was deployed, since a file of theirs was changed: "
                    + Some(configuration.AlteredRevisions),
                "esb rollback refuses them; go back to another one");
        yield return Finding.Ok(Name, $"{configuration.Functions} functions, {configuration.Routes} routes in "
            + $"{configuration.Folder} ({string.Join(", ", configuration.Files)})");
    }

    private static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MaxShown))
            + (names.Count > MaxShown ? $" and {names.Count - MaxShown} more" : "");

    /// <summary>Reads the three files as gateway and provisioner do, and checks what they refer to.</summary>
    internal static class Reader
    {
        public static ConfigurationReading Read(DiagnosedPlatform platform)
        {
            var folder = platform.State?.ConfigDir ?? platform.Settings.ConfigFolder;
            var problems = new DiagnosticBag();
            var read = ConfigurationFolder.Read(folder, problems);
            List<string> files = [.. ConfigurationFiles.Names.Where(name => File.Exists(Path.Combine(folder, name)))];
            if (read is null)
                return new ConfigurationReading(folder, files, [.. problems], 0, 0, [], [], [], []);
            var functions = FunctionsFile.Read(read.Functions.Document, []).Functions;
            var routes = RoutingFile.Read(read.Routing.Document, []).Routes;
            List<RouteWithoutFunction> closed =
                [.. routes.Select(route => RouteWithoutFunction.Of(route, functions)).OfType<RouteWithoutFunction>()];
            var dangling = closed.Where(c => c.Owner is null).Select(c => $"{c.Route.Key} → {c.Function}");
            var taken = closed.Where(c => c.Owner is not null)
                .Select(c => $"{c.Route.Key} of '{c.Route.Api.Application}' ({c.Reason})");
            var unstaged = platform.Settings.IsInContainers
                ? []
                : functions.Values.Where(function => function.Image is null).SelectMany(Unstaged);
            return new ConfigurationReading(
                folder,
                files,
                [.. problems],
                functions.Count,
                routes.Count,
                [.. dangling],
                [.. taken],
                [.. Overlaps.Dangers(Overlaps.Between([.. routes.Where(r => r.Api.Application is not null)], routes)
                    .Where(o => o.IsFirst))],
                [.. unstaged])
            {
                Altered = platform.Settings.IsInContainers ? [] : FolderAvailability.Altered(functions),
                Unstartable = platform.Settings.IsInContainers
                    ? []
                    : [.. UnstartableFunction.Of(functions).Select(u => $"{u.Function.Name} ({u.Reason})")],
                AlteredRevisions = AlteredRevisions(folder),
            };
        }

        private static IReadOnlyList<string> AlteredRevisions(string folder)
        {
            try
            {
                return [.. new RevisionStore(folder).All().Where(r => r.IsChanged)
                    .Select(r => r.Number.ToString(CultureInfo.InvariantCulture))];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return []; // The check of permissions reports the folder.
            }
        }

        private static IEnumerable<string> Unstaged(FunctionDefinition function) =>
        [
            .. function.Code is { } code && !Directory.Exists(code) ? [function.Name] : Array.Empty<string>(),
            .. function.Layers.Where(layer => !Directory.Exists(layer))
                .Select(layer => $"{function.Name} (layer {layer})"),
        ];

        /// <summary>
        /// The runtimes of functions, each with the number of its functions; empty when the files cannot be read.
        /// </summary>
        public static IReadOnlyDictionary<string, int> Runtimes(DiagnosedPlatform platform) =>
            Functions(platform).Where(f => f.Image is null)
                .Select(f => f.Runtime)
                .OfType<string>()
                .CountBy(runtime => runtime)
                .ToDictionary();

        /// <summary>The images of functions, each with its functions; empty when the files cannot be read.</summary>
        public static ILookup<string, string> Images(DiagnosedPlatform platform) =>
            Functions(platform).Where(f => f.Image is not null)
                .ToLookup(f => f.Image!, f => f.Name, StringComparer.Ordinal);

        private static IEnumerable<FunctionDefinition> Functions(DiagnosedPlatform platform)
        {
            var path = Path.Combine(
                platform.State?.ConfigDir ?? platform.Settings.ConfigFolder, ConfigurationFiles.Functions);
            var problems = new DiagnosticBag();
            if (ConfigurationDocument.Read(path, problems, out _) is not { } document)
                return [];
            return FunctionsFile.Read(document, problems).Functions.Values;
        }
    }
}
