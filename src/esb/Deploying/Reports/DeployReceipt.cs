using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Templates;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The result of a deploy: <c>receipt.json</c>, and the document of <c>esb deploy --json</c>.</summary>
internal sealed record DeployReceipt(
    string Environment,
    IReadOnlyList<string> Templates,
    string ConfigurationFolder,
    DeployPlan Plan,
    TemplateNotes Notes,
    IReadOnlyList<Diagnostic> Diagnostics)
{
    public const string FileName = GeneratedFolder.ReceiptName;

    public DeployOutput ToOutput() => new(
        Environment: Environment,
        Templates: Templates,
        ConfigDir: ConfigurationFolder,
        Configuration: Plan.Hash,
        Changed: Plan.Writes,
        Kept: StartingReport.Kept(Plan),
        Lost: StartingReport.Lost(Plan) is { Count: > 0 } lost ? lost : null,
        Changes: ChangeOutputs.Changes(Plan),
        Closed: ChangeOutputs.Closed(Plan),
        Overlaps: ChangeOutputs.Overlaps(Plan),
        Template: TemplateOutputs.Lines(Notes),
        Diagnostics: [.. Diagnostics.Select(DiagnosticOutput.Of)]);
}
