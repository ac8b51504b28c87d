using System.CommandLine;
using System.Text;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Documents;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary>
/// <c>esb generate</c>: creates the three files from templates, without building code and without a platform.
/// </summary>
internal static class GenerateCommand
{
    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "Folder for functions.yml, routing.yml, resources.yml and receipt.json",
        HelpName = "FOLDER",
        Required = true,
    };

    public static Command Create(Screen screen) => TemplateCommand.Create(
        "generate",
        "Write the three files of a template without building anything.",
        command => command.Add(Output),
        (result, report, _) => Task.FromResult(Run(result, report)),
        screen);

    private static int Run(ParseResult result, TemplateReport report)
    {
        var asJson = result.GetValue(CommonOptions.Json);
        if (report.Diagnostics.HasErrors)
            return asJson ? report.PrintJson() : report.Refuse();
        var folder = Path.GetFullPath(result.GetRequiredValue(Output));
        GeneratedFolder.RequireFiles(folder);
        GeneratedFolder.RequireNothingLost(
            folder,
            PlatformSettings.ConfigFolderOf(SettingSources.Read(new Dictionary<string, string>(), null)),
            report.Incoming);
        GeneratedFolder.Write(folder, report.Incoming);
        var receipt = JsonOutput.File(report.ToOutput(), OutputJson.Default.TemplateOutput);
        GeneratedFolder.Write(folder, DeployReceipt.FileName, receipt);
        if (asJson)
        {
            report.Screen.Output.Write(Encoding.UTF8.GetString(receipt));
            return ExitCode.Done;
        }

        report.PrintWarnings();
        if (result.GetValue(TemplateCommand.Verbose))
            report.PrintReceipt(all: true);
        report.Screen.Line($"{report.Counts} in {result.GetRequiredValue(Output)}");
        return ExitCode.Done;
    }
}
