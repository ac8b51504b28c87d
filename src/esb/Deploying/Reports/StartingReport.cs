using System.Text.Json;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Reports;

/// <summary>What is said of files that were missing: where their content came from, and what goes all the same.</summary>
internal static class StartingReport
{
    private const int MostNames = 10;

    /// <summary>One line for each place where something was found.</summary>
    public static IReadOnlyList<SummaryLine> Lines(DeployPlan plan) =>
        [.. Found(plan).GroupBy(f => f.From).Select(f => new SummaryLine("kept", $"{string.Join(", ", f.Select(file => file.Name))}, missing or empty in the folder: from {f.Key}"))];

    /// <summary>Where the content of one of the three files came from; null when it stood in the folder.</summary>
    public static string? From(DeployPlan plan, string file) => Found(plan).FirstOrDefault(f => f.Name == file)?.From;

    /// <summary>Names what goes, on standard error.</summary>
    public static void Warn(DeployPlan plan, Screen screen)
    {
        var lost = Lost(plan);
        if (lost.Count == 0)
            return;
        var more = lost.Count > MostNames ? $" and {lost.Count - MostNames} more" : "";
        screen.Warn($"served until now, and gone with this deploy: {string.Join(", ", lost.Take(MostNames))}{more}", "it stood in no file, and --allow-loss lets go of it; esb history may have it");
    }

    /// <summary>The properties <c>kept</c> and <c>lost</c>, where there is something to say.</summary>
    public static void Write(Utf8JsonWriter json, DeployPlan plan)
    {
        if (Found(plan) is { Count: > 0 } found)
        {
            json.WriteStartArray("kept");
            foreach (var (name, from) in found)
            {
                json.WriteStartObject();
                json.WriteString("file", name);
                json.WriteString("from", from);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (Lost(plan) is not { Count: > 0 } lost)
            return;
        json.WriteStartArray("lost");
        foreach (var name in lost)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static IReadOnlyList<FoundFile> Found(DeployPlan plan) => plan.Start?.Found ?? [];

    // What the deploy itself brings again is not lost.
    private static IReadOnlyList<string> Lost(DeployPlan plan) =>
        [.. (plan.Start?.Lost ?? []).Except(plan.Updates.SelectMany(u => u.Changes).Select(c => $"{c.Section} {c.Key}"))];
}
