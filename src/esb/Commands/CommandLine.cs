using System.CommandLine;
using System.CommandLine.Invocation;
using Esb.Cli.Commands.Applications;
using Esb.Cli.Commands.Environments;
using Esb.Cli.Commands.Functions;
using Esb.Cli.Commands.Operations;
using Esb.Cli.Commands.Options;
using Esb.Cli.Commands.Packaging;
using Esb.Cli.Commands.Revisions;
using Esb.Cli.Commands.Templates;
using Esb.Cli.Terminal;
using Esb.Host.Settings;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Commands;

/// <summary>Lists all commands, and turns their failures into messages and exit codes.</summary>
internal static class CommandLine
{
    public static RootCommand Root(Screen screen) => new(
        "Lambda-style functions on one machine: deploy a SAM template, call it on http://127.0.0.1:8080.")
    {
        UpCommand.Create(screen),
        DownCommand.Create(screen),
        UpgradeCommand.Create(screen),
        EnvCommand.Create(screen),
        DeployCommand.Create(screen),
        BuildCommand.Create(screen),
        BundleCommand.Create(screen),
        GenerateCommand.Create(screen),
        ValidateCommand.Create(screen),
        InitCommand.Create(screen),
        ListCommand.Create(screen),
        RemoveCommand.Create(screen),
        BackupCommand.Create(screen),
        RestoreCommand.Create(screen),
        HistoryCommand.Create(screen),
        DiffCommand.Create(screen),
        RollbackCommand.Create(screen),
        PruneCommand.Create(screen),
        StatusCommand.Create(screen),
        DoctorCommand.Create(screen),
        SupportBundleCommand.Create(screen),
        RoutesCommand.Create(screen),
        LogsCommand.Create(screen),
        InvokeCommand.Create(screen),
        CompletionCommand.Create(screen),
        VersionCommand.Create(screen),
        RunCommand.Create(screen),
        PackagingCommand.Create(screen, ProductVersion.Text),
    };

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Screen screen, CancellationToken cancellationToken)
    {
        var result = Root(screen).Parse(args);
        if (result.Action is ParseErrorAction)
            return ReportParseError(result, screen);
        try
        {
            EmptyValues.Refuse(result);
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = screen.Output,
                Error = screen.Error,
            };
            return await result.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            foreach (var diagnostic in failure.Diagnostics)
                screen.Report(diagnostic);
            foreach (var line in failure.Details)
                await screen.Error.WriteLineAsync($"  {line}");
            return failure.ExitCode;
        }
        catch (SettingException e)
        {
            screen.Report(CommandFailure.Usage(e.Message).Diagnostics[0]);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TimeoutException)
        {
            screen.Report(new Diagnostic(Severity.Error, DiagnosticCodes.Environment, e.Message));
            return ExitCode.Failure;
        }
        catch (Exception e)
        {
            await screen.Error.WriteLineAsync(
                $"esb: this is a bug of esb {ProductVersion.Text}, please report it with these lines:\n{e}");
            return ExitCode.Bug;
        }
    }

    private static int ReportParseError(ParseResult result, Screen screen)
    {
        var names = new List<string>();
        for (var command = result.CommandResult;
            command is not null;
            command = command.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, command.Command.Parents.Any() ? command.Command.Name : "esb");
        var (message, help) = Problem(result);
        screen.Report(new Diagnostic(
            Severity.Error, DiagnosticCodes.Setting, message, Help: help ?? $"see {string.Join(' ', names)} --help"));
        return ExitCode.Usage;
    }

    private static (string Message, string? Help) Problem(ParseResult result)
    {
        var command = result.CommandResult.Command;
        if (result.UnmatchedTokens.Count == 0)
            return (result.Errors.Count > 0 ? result.Errors[0].Message.TrimEnd('.') : "a command is missing", null);
        var given = result.UnmatchedTokens[0];
        var isOption = given.StartsWith('-');
        var known = isOption
            ? command.Options.Select(option => option.Name)
            : command.Subcommands.Select(subcommand => subcommand.Name);
        return (
            $"there is no {(isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument")} "
                + $"'{given}' here", NearMiss.Question(given, known));
    }
}
