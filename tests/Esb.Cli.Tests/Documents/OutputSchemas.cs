using Esb.AdminProtocol;
using Esb.Cli.Diagnosis;
using Esb.Cli.Documents;
using Esb.Testing.Schemas;

namespace Esb.Cli.Tests.Documents;

/// <summary>The documents of <c>esb</c>, by the names of their schemas.</summary>
internal static class OutputSchemas
{
    private static readonly OutputSchema[] All =
    [
        new("deploy", "esb deploy --json", OutputJson.Default.DeployOutput),
        new(
            "template",
            "esb validate --json, esb generate --json, esb build --json",
            OutputJson.Default.TemplateOutput),
        new("bundle", "esb bundle --json, esb bundle show --json", OutputJson.Default.BundleDescription),
        new("list", "esb list --json", OutputJson.Default.ApplicationsOutput),
        new("history", "esb history --json", OutputJson.Default.HistoryOutput),
        new("diff", "esb diff --json", OutputJson.Default.ComparisonOutput),
        new("change", "esb rollback --json, esb remove --json", OutputJson.Default.StateOutput),
        new("prune", "esb prune --json", OutputJson.Default.PruneOutput),
        new("backup", "esb backup --json", OutputJson.Default.BackupOutput),
        new("restore", "esb restore --json", OutputJson.Default.RestoreOutput),
        new("environments", "esb env list --json", OutputJson.Default.IReadOnlyListEnvironmentOutput),
        new("status", "esb status --json", StatusJson.Default.StatusOutput),
        new("routes", "esb routes --json", AdminJson.Default.IReadOnlyListRouteStatus),
        new("log", "a line of esb logs --json", AdminJson.Default.LogRecord),
        new("doctor", "esb doctor --json", DoctorJson.Readable.DoctorDocument),
    ];

    public static IEnumerable<string> Names => All.Select(schema => schema.Name);

    public static OutputSchema Of(string name) => All.Single(schema => schema.Name == name);
}
