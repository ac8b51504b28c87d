using System.CommandLine;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Modes;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb deploy</c>: templates become live functions, routes, tables and buckets.</summary>
internal static class DeployCommand
{
    private static readonly Option<string> Environment = new("--env", "-e") { Description = "Name of the environment", HelpName = "NAME", DefaultValueFactory = _ => "dev" };

    private static readonly Option<string> Mode = new("--mode", "-m") { Description = "process; docker and containerd are not in this version yet", HelpName = "MODE", DefaultValueFactory = _ => DeployModes.Process };

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Folder for the generated files and the receipt (default: .esb/ENV)", HelpName = "FOLDER" };

    private static readonly Option<bool> NoCache = new("--no-cache") { Description = "Stage code and install dependencies anew" };

    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Show every change and every note about the template" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would change; build and touch nothing" };

    private static readonly Option<string> LockTimeout = new("--lock-timeout") { Description = "How long to wait for another deploy", HelpName = "TIME", DefaultValueFactory = _ => "5m" };

    private static readonly Option<string> WaitTimeout = new("--wait-timeout") { Description = "How long to wait until the gateway serves it", HelpName = "TIME", DefaultValueFactory = _ => "30s" };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait for the gateway" };

    public static Command Create(Screen screen)
    {
        var command = new Command("deploy", "Make SAM templates live.");
        TemplateOptions.Add(command);
        foreach (var option in (Option[])[Environment, Mode, Output, NoCache, Verbose, DryRun, LockTimeout, WaitTimeout, NoWait, CommonOptions.Json])
            command.Add(option);
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) =>
            new Deployment(Request(result), CommonOptions.ReadSettings(result), screen, TimeProvider.System).RunAsync(cancellationToken));
        return command;
    }

    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    private static DeployRequest Request(ParseResult result)
    {
        var environment = EnvironmentName(result.GetRequiredValue(Environment));
        return new DeployRequest
        {
            Templates = TemplateOptions.Templates(result),
            Parameters = TemplateOptions.Overrides(result),
            Environment = environment,
            Mode = result.GetRequiredValue(Mode),
            OutputFolder = Path.GetFullPath(result.GetValue(Output) ?? Path.Combine(".esb", environment)),
            LockTimeout = Duration.Parse("--lock-timeout", result.GetRequiredValue(LockTimeout)),
            WaitTimeout = result.GetValue(NoWait) ? TimeSpan.Zero : Duration.Parse("--wait-timeout", result.GetRequiredValue(WaitTimeout)),
            BuildAgain = result.GetValue(NoCache),
            DryRun = result.GetValue(DryRun),
            Verbose = result.GetValue(Verbose),
            Json = result.GetValue(CommonOptions.Json),
        };
    }

    private static string EnvironmentName(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw CommandFailure.Setting("--env", name, "a letter or digit, then letters, digits, '.', '-' and '_', at most 63 in all");
}
