using System.CommandLine;
using System.Text.Json;
using Esb.AdminProtocol;
using Esb.Cli.Commands.Options;
using Esb.Cli.Gateway;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Functions;

/// <summary><c>esb routes</c>: lists the routes and their functions.</summary>
internal static class RoutesCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("routes", "List the routes that are live.")
        {
            CommonOptions.Application, CommonOptions.Json, CommonOptions.Mode,
        };
        CommonOptions.AddPlatform(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, screen, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        using var gateway = GatewayConnection.Open(CommonOptions.ReadSettings(result));
        var admin = gateway.Admin;
        var application = result.GetValue(CommonOptions.Application);
        // The status also lists functions, so an application without routes is not reported as unknown.
        var routes = application is null
            ? await admin.RoutesAsync(cancellationToken)
            : ApplicationFilter.Of(await admin.StatusAsync(cancellationToken), application).Routes;
        if (result.GetValue(CommonOptions.Json))
        {
            screen.Line(JsonSerializer.Serialize(routes, AdminJson.Default.IReadOnlyListRouteStatus));
            return ExitCode.Done;
        }

        if (routes.Count == 0)
        {
            screen.Line("No routes yet. Next: esb deploy -t template.yaml");
            return ExitCode.Done;
        }

        foreach (var line in Lines(routes))
            screen.Line(line);
        return ExitCode.Done;
    }

    /// <summary>A table sorted by application, without columns that would be empty.</summary>
    internal static IReadOnlyList<string> Lines(IReadOnlyList<RouteStatus> routes)
    {
        var skip = routes.All(r => r.Application is null) ? 1 : 0;
        var end = routes.Any(r => r.Closed is not null) ? 6 : 5;
        string[] header = ["APPLICATION", "METHOD", "PATH", "FUNCTION", "PAYLOAD", "CLOSED"];
        var rows = routes.OrderBy(r => r.Application is null)
            .ThenBy(r => r.Application, StringComparer.Ordinal)
            .Select(Row);
        return TextTable.Lines(header[skip..end], [.. rows.Select(row => row[skip..end])]);
    }

    private static string[] Row(RouteStatus route) =>
    [
        route.Application ?? "",
        route.Method,
        route.Path,
        route.Target ?? route.Function,
        route.Payload,
        route.Closed ?? "",
    ];
}
