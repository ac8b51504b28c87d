using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Sam.Receipts;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb validate</c>: reports what a deploy of templates would create and ignore.</summary>
internal static class ValidateCommand
{
    public static Command Create(Screen screen) => TemplateCommand.Create(
        "validate",
        "Show what a template would become, and what would be ignored.",
        command => command.Add(CommonOptions.Mode),
        RunAsync,
        screen);

    private static async Task<int> RunAsync(
        ParseResult result, TemplateReport report, CancellationToken cancellationToken)
    {
        if (!report.Diagnostics.HasErrors)
            await report.CheckCodeAsync(result, cancellationToken);
        if (result.GetValue(CommonOptions.Json))
            return report.PrintJson();
        if (report.Diagnostics.HasErrors)
            return report.Refuse();
        report.PrintWarnings();
        report.PrintReceipt(result.GetValue(TemplateCommand.Verbose));
        var lines = report.Templates.Notes.Lines;
        int Count(Outcome outcome) => lines.Count(l => l.Outcome == outcome);
        report.Screen.Line($"{string.Join(" + ", report.Files)} is valid: {report.Counts}; {Count(Outcome.Applied):N0} "
            + $"applied, {Count(Outcome.Approximated):N0} approximated, {Count(Outcome.Ignored):N0} ignored.");
        return ExitCode.Done;
    }
}
