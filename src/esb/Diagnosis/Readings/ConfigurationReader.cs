using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Modes;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Diagnosis.Checks;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Reads the three files as gateway and provisioner do, and looks for what they name.</summary>
internal static class ConfigurationReader
{
    public static ConfigurationReading Read(Patient patient)
    {
        var folder = patient.State?.ConfigDir ?? patient.Settings.ConfigFolder;
        var problems = new DiagnosticBag();
        var read = ConfigurationFolder.Read(folder, problems);
        List<string> files = [.. ConfigurationFiles.Names.Where(name => File.Exists(Path.Combine(folder, name)))];
        if (read is null)
            return new ConfigurationReading(folder, files, [.. problems], 0, 0, [], [], [], []);
        var functions = FunctionsFile.Read(read.Functions.Document, []).Functions;
        var routes = RoutingFile.Read(read.Routing.Document, []).Routes;
        List<ClosedRoute> closed = [.. routes.Select(route => ClosedRoute.Of(route, functions)).OfType<ClosedRoute>()];
        var dangling = closed.Where(c => c.Owner is null).Select(c => $"{c.Route.Key} → {c.Function}");
        var taken = closed.Where(c => c.Owner is not null).Select(c => $"{c.Route.Key} of '{c.Route.Api.Application}' ({c.Reason})");
        var unstaged = patient.Settings.IsInContainers ? [] : functions.Values.Where(function => function.Image is null).SelectMany(Unstaged);
        return new ConfigurationReading(folder, files, [.. problems], functions.Count, routes.Count, [.. dangling], [.. taken], [.. Overlaps.Dangers(Overlaps.Between([.. routes.Where(r => r.Api.Application is not null)], routes).Where(o => o.IsFirst))], [.. unstaged])
        {
            Altered = patient.Settings.IsInContainers ? [] : KeptFolders.Altered(functions),
        };
    }

    private static IEnumerable<string> Unstaged(FunctionDefinition function) =>
    [
        .. function.Code is { } code && !Directory.Exists(code) ? [function.Name] : Array.Empty<string>(),
        .. function.Layers.Where(layer => !Directory.Exists(layer)).Select(layer => $"{function.Name} (layer {layer})"),
    ];

    /// <summary>The runtimes that functions name, with how many do; none when the files cannot be read.</summary>
    public static IReadOnlyDictionary<string, int> Runtimes(Patient patient) =>
        Functions(patient).Where(f => f.Image is null).Select(f => f.Runtime).OfType<string>().CountBy(runtime => runtime).ToDictionary();

    /// <summary>The images that functions name, with the functions that do; none when the files cannot be read.</summary>
    public static ILookup<string, string> Images(Patient patient) =>
        Functions(patient).Where(f => f.Image is not null).ToLookup(f => f.Image!, f => f.Name, StringComparer.Ordinal);

    private static IEnumerable<FunctionDefinition> Functions(Patient patient)
    {
        var path = Path.Combine(patient.State?.ConfigDir ?? patient.Settings.ConfigFolder, ConfigurationFiles.Functions);
        var problems = new DiagnosticBag();
        if (ConfigurationDocument.Read(path, problems, out _) is not { } document)
            return [];
        return FunctionsFile.Read(document, problems).Functions.Values;
    }
}
