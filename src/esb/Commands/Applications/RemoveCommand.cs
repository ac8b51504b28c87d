using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Removing;
using Esb.Cli.Terminal;
using Esb.Host.Settings;

namespace Esb.Cli.Commands.Applications;

/// <summary><c>esb remove</c>: an application, a function or a route is served no more.</summary>
internal static class RemoveCommand
{
    private static readonly Argument<string?> Application = new("APPLICATION") { Description = "The application whose functions, routes, API keys and layers go, see esb list", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string[]> Function = new("--function") { Description = "A function that goes, whosever it is; repeatable", HelpName = "NAME" };

    private static readonly Option<string[]> Route = new("--route") { Description = "A route that goes, whosever it is; repeatable", HelpName = "'METHOD /path'" };

    private static readonly Option<string[]> DeleteData = new("--delete-data")
    {
        Description = "A table or bucket that is deleted with all that it holds, after a snapshot; repeatable",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Confirm = new("--confirm")
    {
        Description = "With --yes: the name of what --delete-data deletes, once more; repeatable",
        HelpName = "NAME",
    };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask first" };

    public static Command Create(Screen screen)
    {
        var command = new Command("remove", "Serve an application, a function or a route no more; what tables and buckets hold stays, unless it is named.") { Application };
        foreach (var option in (Option[])[Function, Route, DeleteData, Confirm, Yes, CommonOptions.Mode, DeployOptions.Verbose, DeployOptions.DryRun, CommonOptions.Json])
            command.Add(option);
        CommonOptions.AddSettings(command);
        TransactionOptions.Add(command);
        command.SetAction((result, cancellationToken) =>
        {
            var request = Request(result);
            var settings = CommonOptions.ReadSettings(result);
            return new ApplicationRemoval(request, settings, screen, question => Question.Ask(question, screen), TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    private static RemovalRequest Request(ParseResult result)
    {
        var request = new RemovalRequest
        {
            Application = result.GetValue(Application),
            Functions = result.GetValue(Function) ?? [],
            Routes = [.. (result.GetValue(Route) ?? []).Select(RouteOf)],
            Data = result.GetValue(DeleteData) ?? [],
            Confirmed = result.GetValue(Confirm) ?? [],
            Yes = result.GetValue(Yes),
            LockTimeout = TransactionOptions.LockTimeout(result),
            WaitTimeout = TransactionOptions.WaitTimeout(result),
            DryRun = result.GetValue(DeployOptions.DryRun),
            TellByExitCode = TransactionOptions.TellByExitCode(result),
            Verbose = result.GetValue(DeployOptions.Verbose),
            Json = result.GetValue(CommonOptions.Json),
        };
        if (!request.Wanted.Any() && request.Data.Count == 0)
            throw CommandFailure.Usage("nothing is named", "esb remove APPLICATION, or --function NAME, or --route 'GET /path'; esb list shows what is there");
        if (request.Application is not null && request.Wanted.Count() > 1)
            throw CommandFailure.Usage("--function and --route do not go with an application", "remove the one, then the other");
        if (request.Data.Except(request.Confirmed).FirstOrDefault() is { } unconfirmed && request.Yes && !request.DryRun)
            throw CommandFailure.Usage($"--delete-data {unconfirmed} deletes all that is stored there, and --yes does not confirm that", $"say the name again: --confirm {unconfirmed}");
        if (request.Confirmed.Except(request.Data).FirstOrDefault() is { } unmeant)
            throw CommandFailure.Usage($"--confirm {unmeant} confirms nothing", "it repeats the name that --delete-data says");
        if (!request.Yes && !request.DryRun && (request.Json || Console.IsInputRedirected))
            throw CommandFailure.Usage("nobody is there to confirm it", "give --yes, or look first with --dry-run");
        return request;
    }

    // GET when no method is said, as in routing.yml.
    private static string RouteOf(string route)
    {
        var parts = route.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts switch
        {
            [var path] => $"GET {path}",
            [var method, var path] => $"{method.ToUpperInvariant()} {path}",
            _ => throw new SettingException("--route", route, "a method and a path, such as 'GET /orders/{id}'"),
        };
    }
}
