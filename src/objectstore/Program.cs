using System.Reflection;
using Esb.Host.Logs;
using Esb.Host.Processes;
using Esb.Host.Settings;
using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Server;
using Esb.ObjectStore.Storage;
using Esb.Schema.Diagnostics;

var version = typeof(Settings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
var arguments = new ProgramArguments(
    "esb-objectstore", "Serves buckets by the API of S3.", version?.InformationalVersion ?? "");
if (arguments.Answer(args, Console.Out, Console.Error) is { } answered)
    return answered;

var problems = new DiagnosticBag();
var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
if (Settings.Read(environment, problems) is not { } settings)
{
    foreach (var problem in problems)
        Console.Error.WriteLine(problem);
    return 2;
}

try
{
    ProcessOutput.Bind(Environment.GetEnvironmentVariable);
    using var data = DataFolder.Open(settings.DataFolder);
    var buckets = BucketCatalog.Load(data);
    await ObjectStoreServer.RunAsync(settings, buckets, TimeProvider.System);
    return 0;
}
catch (SettingException e)
{
    Console.Error.WriteLine(new Diagnostic(Severity.Error, DiagnosticCodes.Setting, e.Message));
    return 2;
}
catch (StartFailure failure)
{
    Console.Error.WriteLine(failure.Diagnostic);
    return 1;
}
