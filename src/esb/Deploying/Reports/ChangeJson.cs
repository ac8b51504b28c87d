using System.Text.Json;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary>What a plan changes as JSON; the same for a deploy, a comparison and a rollback.</summary>
internal static class ChangeJson
{
    /// <summary>The property <c>changes</c>.</summary>
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
