using System.Globalization;
using System.Text.Json;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Terminal;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Applications;

/// <summary>One application of a platform.</summary>
/// <param name="Name">Its name; null for what says none.</param>
/// <param name="Entries">What it has.</param>
/// <param name="Last">Its last deploy; null when no revision tells.</param>
internal sealed record ListedApplication(string? Name, IReadOnlyList<ConfigurationEntry> Entries, DeployedFrom? Last);

/// <summary>The applications of a platform: what each has, when it was deployed, and from where.</summary>
/// <param name="Folder">The configuration folder.</param>
/// <param name="Applications">By name; what says none at the end.</param>
internal sealed record ApplicationList(string Folder, IReadOnlyList<ListedApplication> Applications)
{
    private static readonly string[] Header = ["APPLICATION", "FUNCTIONS", "ROUTES", "TABLES", "BUCKETS", "DEPLOYED", "BY", "FROM"];

    /// <param name="folder">The configuration folder.</param>
    /// <param name="entries">What its files name.</param>
    /// <param name="revisions">Oldest first.</param>
    public static ApplicationList Of(string folder, IReadOnlyList<ConfigurationEntry> entries, IReadOnlyList<Revision> revisions)
    {
        var deployed = DeployedApplications.At(revisions);
        var applications = entries.GroupBy(e => e.Application).OrderBy(g => g.Key is null).ThenBy(g => g.Key, StringComparer.Ordinal);
        return new ApplicationList(folder, [.. applications.Select(g => new ListedApplication(g.Key, [.. g], g.Key is null ? null : deployed.GetValueOrDefault(g.Key)))]);
    }

    /// <summary>A table; no lines when there is nothing.</summary>
    public IReadOnlyList<string> Lines(int width)
    {
        var rows = Applications.Select(a => (string[])
        [
            a.Name ?? "(none)", Count(a, "function"), Count(a, "route"), Count(a, "table"), Count(a, "bucket"),
            a.Last?.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "", a.Last?.By ?? "", a.Last is null ? "" : string.Join(", ", a.Last.Templates),
        ]).ToList();
        return rows.Count == 0 ? [] : TextTable.Lines(Header, rows, width);
    }

    /// <summary>One document.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("config_dir", Folder);
        json.WriteStartArray("applications");
        foreach (var application in Applications)
        {
            json.WriteStartObject();
            json.WriteString("name", application.Name);
            if (application.Last is { } last)
            {
                json.WriteString("deployed", last.Time);
                json.WriteString("by", last.By);
                json.WriteStartArray("templates");
                foreach (var template in last.Templates)
                    json.WriteStringValue(template);
                json.WriteEndArray();
            }

            foreach (var kind in application.Entries.GroupBy(e => e.Section, StringComparer.Ordinal))
            {
                json.WriteStartArray(kind.Key.Replace(' ', '_').ToLowerInvariant() + "s");
                foreach (var entry in kind)
                    json.WriteStringValue(entry.Key);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Count(ListedApplication application, string section) =>
        application.Entries.Count(e => e.Section == section).ToString(CultureInfo.InvariantCulture);
}
