using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Commands.Templates;

/// <summary>The common part of <c>esb generate</c> and <c>esb validate</c>, which build nothing.</summary>
internal static class TemplateCommand
{
    public static Option<bool> Verbose { get; } =
        new("--verbose", "-v") { Description = "Show how every resource and property is treated" };

    public static Command Create(
        string name,
        string description,
        Action<Command> addOptions,
        Func<ParseResult, TemplateReport, CancellationToken, Task<int>> end,
        Screen screen)
    {
        var command = new Command(name, description);
        TemplateOptions.Add(command);
        addOptions(command);
        command.Add(CommonOptions.Environment);
        command.Add(Verbose);
        command.Add(CommonOptions.Json);
        command.SetAction(
            (result, cancellationToken) => end(result, TemplateReport.Read(result, screen), cancellationToken));
        return command;
    }
}
