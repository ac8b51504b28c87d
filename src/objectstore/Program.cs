using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Server;
using Esb.ObjectStore.Storage;
using Esb.Schema.Diagnostics;

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
    using var data = DataFolder.Open(settings.DataFolder);
    var buckets = BucketCatalog.Load(data);
    await ObjectStoreServer.RunAsync(settings, buckets, TimeProvider.System);
    return 0;
}
catch (StartFailure failure)
{
    Console.Error.WriteLine(failure.Diagnostic);
    return 1;
}
