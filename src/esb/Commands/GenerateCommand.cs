using System.CommandLine;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Templates;
using Esb.Cli.Terminal;
using Esb.Sam;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Commands;

/// <summary><c>esb generate</c>: the three files from templates alone, for review and CI; needs neither code nor a platform.</summary>
internal static class GenerateCommand
{
    private static readonly Option<string> Output = new("--output", "-o") { Description = "Folder for functions.yml, routing.yml and resources.yml", HelpName = "FOLDER", Required = true };

    public static Command Create(Screen screen)
    {
        var command = new Command("generate", "Write the three files of a template without building anything.");
        TemplateOptions.Add(command);
        command.Add(Output);
        command.SetAction(result => Run(result, screen));
        return command;
    }

    private static int Run(ParseResult result, Screen screen)
    {
        var folder = Path.GetFullPath(result.GetRequiredValue(Output));
        var diagnostics = new DiagnosticBag();
        var options = new SamOptions { ParameterOverrides = TemplateOptions.Overrides(result) };
        var templates = TemplateSet.Read(TemplateOptions.Templates(result), options, diagnostics);
        if (diagnostics.HasErrors)
            return Refusal.Show(screen, diagnostics);
        var incoming = templates.Generate(null);
        new DiagnosticPrinter(screen).Print(diagnostics.Where(d => d.Severity == Severity.Warning));
        GeneratedFolder.Write(folder, incoming);
        screen.Line($"{IncomingCounts.Of(incoming)} in {result.GetRequiredValue(Output)}");
        return ExitCode.Done;
    }
}
