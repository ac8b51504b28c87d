using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Gateway;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Functions;

/// <summary><c>esb routes</c>: which request goes to which function.</summary>
internal static class RoutesCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("routes", "List the routes that are live.") { CommonOptions.Application, CommonOptions.Json, CommonOptions.Mode };
        CommonOptions.AddPlatform(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, screen, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        using var gateway = GatewayConnection.Open(CommonOptions.ReadSettings(result));
        var admin = gateway.Admin;
        var application = result.GetValue(CommonOptions.Application);
        if (result.GetValue(CommonOptions.Json))
        {
            screen.Line(ApplicationFilter.Json(await admin.GetAsync("/routes", cancellationToken), application));
            return ExitCode.Done;
        }

        var routes = ApplicationFilter.Of(await admin.GetAsync("/routes", GatewayJson.Default.IReadOnlyListRouteStatus, cancellationToken), application);
        if (routes.Count == 0)
        {
            screen.Line("No routes yet. Next: esb deploy -t template.yaml");
            return ExitCode.Done;
        }

        foreach (var line in Lines(routes))
            screen.Line(line);
        return ExitCode.Done;
    }

    /// <summary>A table, by application; columns that would say nothing are left out.</summary>
    internal static IReadOnlyList<string> Lines(IReadOnlyList<RouteStatus> routes)
    {
        var skip = routes.All(r => r.Application is null) ? 1 : 0;
        var most = routes.Any(r => r.Closed is not null) ? 6 : 5;
        string[] header = ["APPLICATION", "METHOD", "PATH", "FUNCTION", "PAYLOAD", "CLOSED"];
        var rows = routes.OrderBy(r => r.Application is null).ThenBy(r => r.Application, StringComparer.Ordinal)
            .Select(r => (string[])[r.Application ?? "", r.Method, r.Path, r.Target ?? r.Function, r.Payload, r.Closed ?? ""]);
        return TextTable.Lines(header[skip..most], [.. rows.Select(row => row[skip..most])]);
    }
}
