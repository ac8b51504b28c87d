using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Environments;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb build</c>: templates become images, those of the platform with the configuration in them.</summary>
internal static class BuildCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("build", "Build functions and a platform that has their configuration in it; change nothing that runs.");
        DeployOptions.Add(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result, EnvironmentUse.Name);
            var request = DeployOptions.Request(result, settings);
            return new PlatformBuild(request with { RefreshBases = request.BuildAgain }, settings, screen, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }
}
