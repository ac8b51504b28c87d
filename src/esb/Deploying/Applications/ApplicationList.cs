using System.Globalization;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Documents;
using Esb.Cli.Terminal;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Applications;

/// <summary>One application of a platform.</summary>
/// <param name="Name">Its name; null for entries without an application.</param>
/// <param name="Entries">Its entries.</param>
/// <param name="Last">Its last deploy; null when no revision records it.</param>
internal sealed record ListedApplication(string? Name, IReadOnlyList<ConfigurationEntry> Entries, DeployedFrom? Last);

/// <summary>The applications of a platform: what each has, when it was deployed, and from where.</summary>
/// <param name="Folder">The configuration folder.</param>
/// <param name="Applications">By name; entries without an application come last.</param>
internal sealed record ApplicationList(string Folder, IReadOnlyList<ListedApplication> Applications)
{
    private static readonly string[] Header =
        ["APPLICATION", "FUNCTIONS", "ROUTES", "TABLES", "BUCKETS", "DEPLOYED", "BY", "FROM"];

    /// <param name="folder">The configuration folder.</param>
    /// <param name="entries">The entries of its files.</param>
    /// <param name="revisions">Oldest first.</param>
    public static ApplicationList Of(
        string folder, IReadOnlyList<ConfigurationEntry> entries, IReadOnlyList<Revision> revisions)
    {
        var deployed = DeployedApplications.At(revisions);
        var applications = entries.GroupBy(e => e.Application)
            .OrderBy(g => g.Key is null)
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ListedApplication(g.Key, [.. g], deployed.GetValueOrDefault(g.Key ?? "")));
        return new ApplicationList(folder, [.. applications]);
    }

    /// <summary>A table; no lines when there are no applications.</summary>
    public IReadOnlyList<string> Lines(int width)
    {
        var rows = Applications.Select(a => (string[])
        [
            a.Name ?? "(none)", Count(a, "function"), Count(a, "route"), Count(a, "table"), Count(a, "bucket"),
            a.Last?.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "",
            a.Last?.By ?? "",
            string.Join(", ", a.Last?.Templates ?? []),
        ]).ToList();
        return rows.Count == 0 ? [] : TextTable.Lines(Header, rows, width);
    }

    public ApplicationsOutput ToOutput() => new(Folder, [.. Applications.Select(Output)]);

    private static ApplicationOutput Output(ListedApplication application)
    {
        var keys = application.Entries.ToLookup(e => e.Section, e => e.Key, StringComparer.Ordinal);
        IReadOnlyList<string>? Keys(string section) => keys.Contains(section) ? [.. keys[section]] : null;
        return new ApplicationOutput(
            Name: application.Name,
            Deployed: application.Last?.Time,
            By: application.Last?.By,
            Templates: application.Last?.Templates,
            Functions: Keys("function"),
            Routes: Keys("route"),
            ApiKeys: Keys("API key"),
            Tables: Keys("table"),
            Buckets: Keys("bucket"),
            Layers: Keys("layer"));
    }

    private static string Count(ListedApplication application, string section) =>
        application.Entries.Count(e => e.Section == section).ToString(CultureInfo.InvariantCulture);
}
