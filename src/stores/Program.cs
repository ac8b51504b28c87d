using System.Reflection;
using Esb.Dynalite;
using Esb.Host.Logs;
using Esb.Host.Processes;
using Esb.Host.Settings;
using Esb.Schema.Diagnostics;
using Esb.Stores.Server;
using Esb.Tables.Errors;
using Esb.Tables.Storage;

var version = typeof(StoresSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
var arguments = new ProgramArguments(
    "esb-stores", "Serves tables by the API of DynamoDB.", version?.InformationalVersion ?? "");
if (arguments.Answer(args, Console.Out, Console.Error) is { } answered)
    return answered;

var problems = new DiagnosticBag();
var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
if (StoresSettings.Read(environment, problems) is not { } settings)
{
    foreach (var problem in problems)
        Console.Error.WriteLine(problem);
    return 2;
}

try
{
    ProcessOutput.Bind(Environment.GetEnvironmentVariable);
    await DynaliteImport.RunIfNeededAsync(
        settings.DataFolder,
        new ArnSettings(settings.Region, settings.Account),
        Console.Error.WriteLine,
        CancellationToken.None);
    await using var tables = TableDatabase.Open(
        Path.Combine(settings.DataFolder, "tables"), TimeProvider.System, Console.Error.WriteLine);
    await StoresServer.RunAsync(settings, tables, TimeProvider.System);
    return 0;
}
catch (SettingException e)
{
    return Failed(new Diagnostic(Severity.Error, DiagnosticCodes.Setting, e.Message), exitCode: 2);
}
catch (StorageException e)
{
    return Failed(new Diagnostic(Severity.Error, DiagnosticCodes.FileAccess, e.Message, Help: e.Help), exitCode: 1);
}
catch (StartFailure e)
{
    return Failed(e.Diagnostic, exitCode: 1);
}

static int Failed(Diagnostic diagnostic, int exitCode)
{
    Console.Error.WriteLine(diagnostic);
    return exitCode;
}
