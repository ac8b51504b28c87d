using System.Reflection;
using Esb.Agent;
using Esb.Agent.Launching;
using Esb.Agent.Listening;
using Esb.Agent.Settings;
using Esb.Host.Logs;
using Esb.Host.Processes;
using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

// This comes first, because every start of a worker runs through here.
if (args is [Launcher.Command])
    return Launcher.Run();

var version = typeof(AgentSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
var arguments = new ProgramArguments(
    "esb-agent",
    "Starts and stops the workers of functions.",
    version?.InformationalVersion ?? "",
    ("health", "exit code 0 when an agent answers on AGENT_ADDRESS"));
if (arguments.Answer(args, Console.Out, Console.Error) is { } answered)
    return answered;

// 0: stopped as requested. 1: could not run. 2: a setting is wrong.
try
{
    var settings = AgentSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());
    if (args is ["health"])
        return await SocketFile.AnswersAsync(settings.Socket) ? 0 : 1;
    ProcessOutput.Bind(Environment.GetEnvironmentVariable);
    await AgentProcess.RunAsync(settings, StopSignals.Listen());
    return 0;
}
catch (SettingException e)
{
    await Console.Error.WriteLineAsync($"esb-agent: error: {e.Message}");
    return 2;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"esb-agent: error: {e.Message}");
    return 1;
}
