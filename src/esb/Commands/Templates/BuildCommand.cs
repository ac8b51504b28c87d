using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Environments;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb build</c>: builds images of functions, and platform images with their configuration.</summary>
internal static class BuildCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command(
            "build", "Build functions, and a platform that contains their configuration; change nothing that runs.");
        DeployOptions.Add(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result, EnvironmentUse.Name);
            var request = DeployOptions.Request(result, settings);
            return new PlatformBuild(
                request with { RefreshBases = request.BuildAgain }, settings, screen, TimeProvider.System)
                .RunAsync(cancellationToken);
        });
        return command;
    }
}
