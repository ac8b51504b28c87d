using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Cli.Environments;

/// <summary>What the removal of an environment removes and keeps, shown before it is confirmed.</summary>
/// <param name="Lines">A line for each kind of data.</param>
/// <param name="Bytes">The size of all files.</param>
/// <param name="Elsewhere">Configuration folders outside it that stay and use its code.</param>
internal sealed record RemovedEnvironment(IReadOnlyList<SummaryLine> Lines, long Bytes, IReadOnlyList<string> Elsewhere)
{
    public static RemovedEnvironment Of(StateFolder state)
    {
        List<(string Label, string[] Folders)> kinds =
        [
            ("tables", [state.Tables, state.EarlierDatabase]),
            ("buckets", [state.Objects]),
            ("snapshots", [state.Snapshots]),
            ("events", [state.Asynchronous]),
            ("code", [state.Code, state.Layers]),
            ("logs", [state.Logs]),
        ];
        var all = FolderSize.Of(state.Path);
        var configuration = FolderSize.Of(state.Configuration);
        var sizes = kinds.Select(k => (k.Label, Bytes: k.Folders.Sum(FolderSize.Of))).Where(k => k.Bytes > 0).ToList();
        var rest = all - configuration - sizes.Sum(s => s.Bytes);
        return new RemovedEnvironment(
            [
                .. configuration > 0 ? (SummaryLine[])[new SummaryLine(
                    "files", $"{Counts(state.Configuration)}, with their revisions {Sizes.Of(configuration)}")] : [],
                .. sizes.Select(s => new SummaryLine(s.Label, Sizes.Of(s.Bytes))),
                new SummaryLine("other", Sizes.Of(rest)),
            ],
            all,
            [.. KnownConfigurations.OwnFolders(state)
                .Where(f => f != state.Configuration && !f.StartsWith(state.Path + "/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)]);
    }

    private static string Counts(string folder)
    {
        var functions =
            Document(folder, ConfigurationFiles.Functions) is { } f ? FunctionsFile.Read(f, []).Functions.Count : 0;
        var routes = Document(folder, ConfigurationFiles.Routing) is { } r ? RoutingFile.Read(r, []).Routes.Count : 0;
        return $"{functions} {(functions == 1 ? "function" : "functions")}, "
            + $"{routes} {(routes == 1 ? "route" : "routes")}";
    }

    private static Esb.Schema.Yaml.YamlMapping? Document(string folder, string name) =>
        ConfigurationDocument.Read(Path.Combine(folder, name), [], out _);
}
