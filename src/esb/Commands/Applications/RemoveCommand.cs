using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Removing;
using Esb.Cli.Terminal;
using Esb.Host.Settings;

namespace Esb.Cli.Commands.Applications;

/// <summary><c>esb remove</c>: stops serving an application, a function or a route.</summary>
internal static class RemoveCommand
{
    private static readonly Argument<string?> Application = new("APPLICATION")
    {
        Description = "The application to remove, with its functions, routes, API keys and layers; see esb list",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> Function =
        new("--function") { Description = "A function to remove, of any application; repeatable", HelpName = "NAME" };

    private static readonly Option<string[]> Route =
        new("--route")
        {
            Description = "A route to remove, of any application; repeatable",
            HelpName = "'METHOD /path'",
        };

    private static readonly Option<string[]> DeleteData = new("--delete-data")
    {
        Description = "A table or bucket to delete with its data, after a snapshot; repeatable",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Confirm = new("--confirm")
    {
        Description = "With --yes: the name given to --delete-data, again; repeatable",
        HelpName = "NAME",
    };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask first" };

    public static Command Create(Screen screen)
    {
        var command = new Command("remove", "Stop serving an application, a function or a route; "
            + "data in tables and buckets stays, unless it is named.") { Application };
        foreach (var option in (Option[])[
            Function, Route, DeleteData, Confirm, Yes, CommonOptions.Mode, DeployOptions.Verbose, DeployOptions.DryRun,
            CommonOptions.Json,
        ])
            command.Add(option);
        CommonOptions.AddSettings(command);
        TransactionOptions.Add(command);
        command.SetAction((result, cancellationToken) =>
        {
            var request = Request(result);
            var settings = CommonOptions.ReadSettings(result);
            return new ApplicationRemoval(
                request, settings, screen, question => Question.Ask(question, screen), TimeProvider.System)
                .RunAsync(cancellationToken);
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
            ExitCodeShowsChanges = TransactionOptions.ExitCodeShowsChanges(result),
            Verbose = result.GetValue(DeployOptions.Verbose),
            Json = result.GetValue(CommonOptions.Json),
        };
        if (!request.Wanted.Any() && request.Data.Count == 0)
            throw CommandFailure.Usage(
                "nothing is named",
                "esb remove APPLICATION, or --function NAME, or --route 'GET /path'; esb list shows what exists");
        if (request.Application is not null && request.Wanted.Count() > 1)
            throw CommandFailure.Usage(
                "--function and --route cannot be combined with an application", "remove the one, then the other");
        if (request.Data.Except(request.Confirmed).FirstOrDefault() is { } unconfirmed
            && request.Yes
            && !request.DryRun)
            throw CommandFailure.Usage(
                $"--delete-data {unconfirmed} deletes all data in it, and --yes does not confirm that",
                $"repeat the name: --confirm {unconfirmed}");
        if (request.Confirmed.Except(request.Data).FirstOrDefault() is { } unknown)
            throw CommandFailure.Usage(
                $"--confirm {unknown} confirms nothing", "it repeats the name given to --delete-data");
        if (!request.Yes && !request.DryRun && (request.Json || Console.IsInputRedirected))
            throw CommandFailure.Usage(
                "the removal cannot be confirmed here", "give --yes, or preview it with --dry-run");
        return request;
    }

    // The default method is GET, as in routing.yml.
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
