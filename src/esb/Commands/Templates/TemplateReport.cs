using System.CommandLine;
using System.Text;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Templates;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
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
    public IncomingConfiguration Incoming => _incoming ??= Templates.Generate(null);

    /// <summary>What they hold, in one line.</summary>
    public string Counts => _counts ??= IncomingCounts.Of(Incoming);

    public static TemplateReport Read(ParseResult result, Screen screen)
    {
        var files = TemplateOptions.Templates(result);
        var diagnostics = new DiagnosticBag();
        // As a deploy from here would read them.
        var region = PlatformSettings.RegionOf(SettingSources.Read(new Dictionary<string, string>(), envFile: null));
        return new TemplateReport(files, TemplateSet.Read(files, TemplateOptions.Reading(result) with { Region = region }, diagnostics), diagnostics, screen);
    }

    /// <summary>The receipt and the diagnostics as one JSON document.</summary>
    public ReadOnlyMemory<byte> ToJson() => TemplateJson.Document(Files, Diagnostics.HasErrors ? null : Counts, Templates.Notes, Diagnostics);

    /// <returns>The exit code.</returns>
    public int PrintJson()
    {
        Screen.Output.Write(Encoding.UTF8.GetString(ToJson().Span));
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
            Screen.Line($"{TemplateJson.NameOf(line.Outcome),-12}  {line.Resource.PadRight(resource)}  {line.Property.PadRight(property)}  {line.Reason}".TrimEnd());
    }
}
