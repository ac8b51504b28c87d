using System.Reflection;
using Esb.Host.Processes;
using Esb.Host.Settings;
using Esb.Provisioner;
using Esb.Provisioner.Settings;
using Microsoft.Extensions.Configuration;

if (args is ["version" or "--version"])
{
    var version = typeof(ProvisionerSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
    Console.WriteLine(version?.InformationalVersion);
    return ProvisionerProcess.Done;
}

// Exit codes: 0: everything exists as wanted. 1: something does not. 2: the command line or a setting is invalid. 130:
// stopped.
CommandLine line;
ProvisionerSettings settings;
try
{
    line = CommandLine.Read(args);
    settings = ProvisionerSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());
}
catch (SettingException e)
{
    await Console.Error.WriteLineAsync($"esb-provisioner: error: {e.Message}");
    return ProvisionerProcess.Usage;
}

if (line.Help)
{
    Console.WriteLine(CommandLine.Usage);
    return ProvisionerProcess.Done;
}

var stopping = StopSignals.ListenOnce();
// A deletion reads its snapshot from the input first.
if (settings.IsAttached && line.Contents?.Command != ContentsCommand.Delete)
    stopping = AttachedInput.StopAtEnd(Console.OpenStandardInput(), stopping);
await using var output = Console.OpenStandardOutput();
if (line.Contents is { } contents)
    return await new ContentsProcess(settings, contents, Console.OpenStandardInput(), output, Console.Error)
        .RunAsync(stopping);
return await new ProvisionerProcess(settings, line, output, Console.Error).RunAsync(stopping);
