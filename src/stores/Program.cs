using System.Reflection;
using System.Text.Json;
using Esb.AdminProtocol.Stores;
using Esb.Dynalite;
using Esb.Host.Logs;
using Esb.Host.Processes;
using Esb.Host.Settings;
using Esb.Objects.Serving;
using Esb.Schema.Diagnostics;
using Esb.Stores.Backups;
using Esb.Stores.Routing;
using Esb.Stores.Server;
using Esb.Stores.Signing;
using Esb.Tables;
using Esb.Tables.Errors;
using Esb.Tables.Storage;

var version = typeof(StoresSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
var arguments = new ProgramArguments(
    "esb-stores",
    "Serves buckets by the API of S3 and tables by that of DynamoDB.",
    version?.InformationalVersion ?? "",
    (StoresAdmin.BackupWord, "write a backup of all data to standard output, and end"),
    (StoresAdmin.RestoreWord, "replace all data by the backup on standard input, and end"),
    (StoresAdmin.ContentsWord, "print how much the data is, and end"));
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
    if (args is [])
        ProcessOutput.Bind(Environment.GetEnvironmentVariable);
    var folders = new BackupFolders(settings.DataFolder);
    PendingRestore.Complete(folders);
    await DynaliteImport.RunIfNeededAsync(
        settings.DataFolder,
        new ArnSettings(settings.Region, settings.Account),
        Console.Error.WriteLine,
        CancellationToken.None);
    using var objects = ObjectsService.Open(
        Path.Combine(settings.DataFolder, "objects"), settings.Credentials, TimeProvider.System);
    await using var tables = TableDatabase.Open(
        Path.Combine(settings.DataFolder, "tables"), TimeProvider.System, Console.Error.WriteLine);
    folders.RemoveLeftovers();
    var backups = new StoresBackups(
        folders, objects, tables, version?.InformationalVersion ?? "", TimeProvider.System);
    if (args is [var word])
        await RunAsync(word, backups);
    else
        await StoresServer.RunAsync(settings, Services(settings, objects, tables), backups);
    return 0;
}
catch (SettingException e)
{
    return Failed(new Diagnostic(Severity.Error, DiagnosticCodes.Setting, e.Message), exitCode: 2);
}
catch (StorageException e)
{
    return Failed(
        new Diagnostic(Severity.Error, DiagnosticCodes.FileAccess, e.Message, e.Path, Help: e.Help), exitCode: 1);
}
catch (BackupProblem e)
{
    return Failed(new Diagnostic(Severity.Error, DiagnosticCodes.Environment, e.Message, Help: e.Help), exitCode: 1);
}
catch (StartFailure e)
{
    return Failed(e.Diagnostic, exitCode: 1);
}

static async Task RunAsync(string word, StoresBackups backups)
{
    await using var output = Console.OpenStandardOutput();
    if (word == StoresAdmin.ContentsWord)
    {
        await output.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(backups.Count(), StoresAdminJson.Default.StoreContents));
    }
    else if (word == StoresAdmin.BackupWord)
    {
        using var prepared = backups.Prepare(CancellationToken.None);
        await prepared.WriteAsync(output, CancellationToken.None);
    }
    else
    {
        await using var input = Console.OpenStandardInput();
        await backups.RestoreAsync(input, CancellationToken.None);
    }
}

static ServiceTable Services(StoresSettings settings, ObjectsService objects, TableDatabase tables)
{
    IService[] services =
    [
        new ObjectRequests(objects),
        new TableRequests(
            new TablesService(tables, settings.Region, settings.Account, TimeProvider.System),
            new SignatureCheck(settings.Credentials, TableRequests.Scope, TimeProvider.System)),
    ];
    return new ServiceTable(
        services, absent: new AbsentService([.. services.Select(service => service.Name)]), others: services[0]);
}

static int Failed(Diagnostic diagnostic, int exitCode)
{
    Console.Error.WriteLine(diagnostic);
    return exitCode;
}
