using System.CommandLine;
using System.Text;
using Esb.Cli.Commands.Options;
using Esb.Cli.Gateway;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Functions;

/// <summary><c>esb routes</c>: which request goes to which function.</summary>
internal static class RoutesCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("routes", "List the routes that are live.") { CommonOptions.Json, CommonOptions.Mode };
        CommonOptions.AddPlatform(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, screen, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        using var gateway = GatewayConnection.Open(CommonOptions.ReadSettings(result));
        var admin = gateway.Admin;
        if (result.GetValue(CommonOptions.Json))
        {
            screen.Line(Encoding.UTF8.GetString(await admin.GetAsync("/routes", cancellationToken)));
            return ExitCode.Done;
        }

        var routes = await admin.GetAsync("/routes", GatewayJson.Default.IReadOnlyListRouteStatus, cancellationToken);
        if (routes.Count == 0)
        {
            screen.Line("No routes yet. Next: esb deploy -t template.yaml");
            return ExitCode.Done;
        }

        var rows = routes.Select(route => (IReadOnlyList<string>)[route.Method, route.Path, route.Target ?? route.Function, route.Payload]).ToList();
        foreach (var line in TextTable.Lines(["METHOD", "PATH", "FUNCTION", "PAYLOAD"], rows))
            screen.Line(line);
        return ExitCode.Done;
    }
}
