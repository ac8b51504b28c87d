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

/// <summary>Templates that were read, and how that is told: to people, or as JSON.</summary>
/// <param name="Files">As the user named them.</param>
/// <param name="Templates">To be used when there are no errors.</param>
/// <param name="Diagnostics">All that was said.</param>
/// <param name="Screen">Where to.</param>
internal sealed record TemplateReport(IReadOnlyList<string> Files, TemplateSet Templates, DiagnosticBag Diagnostics, Screen Screen)
{
    private IncomingConfiguration? _incoming;
    private string? _counts;

    /// <summary>The three documents.</summary>
    public IncomingConfiguration Incoming => _incoming ??= Templates.Generate();

    /// <summary>What they hold, in one line.</summary>
    public string Counts => _counts ??= IncomingCounts.Of(Incoming);

    public static TemplateReport Read(ParseResult result, Screen screen)
    {
        var environment = CommonOptions.EnvironmentOfTemplates(result);
        var files = TemplateOptions.Templates(result, environment);
        var reading = TemplateOptions.Reading(result, environment);
        var diagnostics = new DiagnosticBag { WarningsAreErrors = reading.Strict, Concealed = screen.Concealed };
        // As a deploy from here would read them.
        var region = PlatformSettings.RegionOf(SettingSources.Read(new Dictionary<string, string>(), envFile: null));
        var report = new TemplateReport(files, TemplateSet.Read(files, reading with { Region = region }, diagnostics), diagnostics, screen);
        if (!diagnostics.HasErrors)
            DocumentCheck.Run(report.Incoming, diagnostics);
        return report;
    }

    /// <summary>Looks at the code as a dry run does, and asks neither a platform nor an engine.</summary>
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
        await IDeployMode.Of(request, settings, TimeProvider.System).BuildAsync(Templates.Templates, progress, Diagnostics, cancellationToken);
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

    public void PrintWarnings() => new DiagnosticPrinter(Screen).Print(Diagnostics.Where(d => d.Severity == Severity.Warning), Diagnostics.Concealed);

    /// <summary>A line for each resource and property; without <paramref name="all"/> only those that are not simply applied.</summary>
    public void PrintReceipt(bool all)
    {
        var lines = Templates.Notes.Lines.Where(l => all || l.Outcome != Outcome.Applied).ToList();
        var resource = lines.Select(l => l.Resource.Length).Append(0).Max();
        var property = lines.Select(l => l.Property.Length).Append(0).Max();
        foreach (var line in lines)
            Screen.Line($"{line.Outcome.ToString().ToLowerInvariant(),-12}  {line.Resource.PadRight(resource)}  {line.Property.PadRight(property)}  {line.Reason}".TrimEnd());
    }
}
