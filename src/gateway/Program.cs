using Esb.Gateway;
using Esb.Gateway.Admin;
using Esb.Gateway.HandOver;
using Esb.Gateway.Settings;
using Esb.Host.Clocks;
using Esb.Host.Logs;
using Esb.Host.Processes;
using Esb.Host.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;

// Exit codes: 0 when it stopped as requested, 1 when it could not run, 2 when a setting is invalid.
try
{
    var arguments = new ProgramArguments(
        "esb-gateway",
        "Accepts requests, routes them to functions, queues events and runs schedules.",
        AdminHandler.Version,
        ("health", "exit code 0 when a gateway answers"),
        ("dial-admin", "connect standard input and output to the admin port"),
        ("dial-public", "the same with the public port"),
        ("configuration", "print the configuration that is served"));
    if (arguments.Answer(args, Console.Out, Console.Error) is { } answered)
        return answered;
    var settings = GatewaySettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());
    switch (args)
    {
        case ["health"]:
            return await ContainerCommands.HealthAsync(settings) ? 0 : 1;
        case ["dial-admin"]:
            return await ContainerCommands.DialAdminAsync(settings) ? 0 : 1;
        case ["dial-public"]:
            return await ContainerCommands.DialPublicAsync(settings) ? 0 : 1;
        case ["configuration"]:
            return await ContainerCommands.ConfigurationAsync(settings) ? 0 : 1;
    }

    ProcessOutput.Bind(Environment.GetEnvironmentVariable);
    using var place = ListeningPlace.Find(settings, AdminHandler.Version);
    await using var gateway = new GatewayProcess(place, MachineTime.Instance);
    await gateway.RunAsync(StopSignals.Listen());
    return 0;
}
catch (OperationCanceledException)
{
    // The gateway was stopped before its start was complete.
    return 0;
}
catch (SettingException e)
{
    await Console.Error.WriteLineAsync($"esb-gateway: error: {e.Message}");
    return 2;
}
catch (Exception e) when (e is AddressInUseException or HandOverException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"esb-gateway: error: {e.Message}");
    return 1;
}
