using System.Text.Json;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary>What a plan changes as JSON; the same for a deploy, a comparison and a rollback.</summary>
internal static class ChangeJson
{
    /// <summary>The property <c>changes</c>, <c>closed</c> where routes are closed, and <c>overlaps</c> with routes of other applications.</summary>
    public static void Write(Utf8JsonWriter json, DeployPlan plan)
    {
        json.WriteStartArray("changes");
        foreach (var file in plan.Updates)
        {
            foreach (var change in file.Changes)
            {
                json.WriteStartObject();
                json.WriteString("file", file.Name);
                json.WriteString("section", change.Section);
                json.WriteString("key", change.Key);
                json.WriteString("kind", change.Kind switch { ChangeKind.Added => "added", ChangeKind.Replaced => "replaced", ChangeKind.Removed => "removed", _ => "unchanged" });
                if (change.NotTaken is not null)
                    json.WriteBoolean("stays", true);
                WriteDifferences(json, Difference.Of(change, plan.Concealed));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        WriteClosed(json, plan);
        WriteOverlaps(json, plan);
    }

    private static void WriteOverlaps(Utf8JsonWriter json, DeployPlan plan)
    {
        if (plan.Overlaps.Count == 0)
            return;
        json.WriteStartArray("overlaps");
        foreach (var overlap in plan.Overlaps)
        {
            json.WriteStartObject();
            json.WriteString("route", overlap.Route.Key);
            json.WriteString("order", overlap.IsFirst ? "before" : "behind");
            json.WriteString("other", overlap.Other.Key);
            json.WriteString("application", overlap.Other.Api.Application);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteClosed(Utf8JsonWriter json, DeployPlan plan)
    {
        if (plan.Closed.Count == 0)
            return;
        json.WriteStartArray("closed");
        foreach (var closed in plan.Closed)
        {
            json.WriteStartObject();
            json.WriteString("route", closed.Route.Key);
            json.WriteString("application", closed.Route.Api.Application);
            json.WriteString("reason", closed.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDifferences(Utf8JsonWriter json, IReadOnlyList<Difference> differences)
    {
        if (differences.Count == 0)
            return;
        json.WriteStartArray("differences");
        foreach (var difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("path", difference.Path);
            if (!difference.IsSecret)
            {
                json.WriteString("before", difference.Before);
                json.WriteString("after", difference.After);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
