using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Environments;
using Esb.Cli.Modes;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Commands.Templates;

/// <summary>The report about templates that were read, as text or JSON.</summary>
/// <param name="Files">The templates as the user named them.</param>
/// <param name="Templates">The parsed templates, for use when there are no errors.</param>
/// <param name="Diagnostics">Errors and warnings.</param>
/// <param name="Screen">Where the report is printed.</param>
internal sealed record TemplateReport(
    IReadOnlyList<string> Files, TemplateSet Templates, DiagnosticBag Diagnostics, Screen Screen)
{
    private IncomingConfiguration? _incoming;
    private string? _counts;

    /// <summary>The three documents that the templates generate.</summary>
    public IncomingConfiguration Incoming => _incoming ??= Templates.Generate();

    /// <summary>What they contain, in one line.</summary>
    public string Counts => _counts ??= IncomingCounts.Of(Incoming);

    public static TemplateReport Read(ParseResult result, Screen screen)
    {
        var environment = CommonOptions.EnvironmentOfTemplates(result);
        var files = TemplateOptions.Templates(result, environment);
        var reading = TemplateOptions.Reading(result, environment);
        var diagnostics = new DiagnosticBag { WarningsAreErrors = reading.Strict, Concealed = screen.Concealed };
        // The region that a deploy would use.
        var region = PlatformSettings.RegionOf(SettingSources.Read(new Dictionary<string, string>(), envFile: null));
        var report = new TemplateReport(
            files, TemplateSet.Read(files, reading with { Region = region }, diagnostics), diagnostics, screen);
        if (!diagnostics.HasErrors)
            DocumentCheck.Run(report.Incoming, diagnostics);
        return report;
    }

    /// <summary>Checks the code as a dry run does, without a platform or an engine.</summary>
    public async Task CheckCodeAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var settings = CommonOptions.ReadSettingsOnly(result, EnvironmentUse.Name);
        var request = new DeployRequest
        {
            Templates = Files,
            Environment = "dev",
            Mode = settings.Mode,
            OutputFolder = "",
            LockTimeout = TimeSpan.Zero,
            WaitTimeout = TimeSpan.Zero,
            DryRun = true,
            IsCheck = true,
        };
        var silent = new Screen(TextWriter.Null, TextWriter.Null, ScreenTraits.Plain);
        using var progress = new BuildProgress(silent, new SummaryBlock(silent), TimeProvider.System);
        await IDeployMode.Of(request, settings, TimeProvider.System)
            .BuildAsync(Templates.Templates, progress, Diagnostics, cancellationToken);
    }

    /// <summary>The receipt and the diagnostics as one document.</summary>
    public TemplateOutput ToOutput() =>
        TemplateOutputs.Of(Files, Diagnostics.HasErrors ? null : Counts, Templates.Notes, Diagnostics);

    /// <returns>The exit code.</returns>
    public int PrintJson()
    {
        JsonOutput.Print(Screen, ToOutput(), OutputJson.Default.TemplateOutput);
        return Diagnostics.HasErrors ? ExitCode.Usage : ExitCode.Done;
    }

    /// <returns>The exit code.</returns>
    public int Refuse() => Refusal.Show(Screen, Diagnostics, ExitCode.Usage);

    public void PrintWarnings() => new DiagnosticPrinter(Screen)
        .Print(Diagnostics.Where(d => d.Severity == Severity.Warning), Diagnostics.Concealed);

    /// <summary>Prints a line for each resource and property; applied ones only with <paramref name="all"/>.</summary>
    public void PrintReceipt(bool all)
    {
        var lines = Templates.Notes.Lines.Where(l => all || l.Outcome != Outcome.Applied).ToList();
        var resource = lines.Select(l => l.Resource.Length).Append(0).Max();
        var property = lines.Select(l => l.Property.Length).Append(0).Max();
        foreach (var line in lines)
        {
            var (name, key) = (line.Resource.PadRight(resource), line.Property.PadRight(property));
            var outcome = line.Outcome.ToString().ToLowerInvariant();
            Screen.Line($"{outcome,-12}  {name}  {key}  {line.Reason}".TrimEnd());
        }
    }
}
