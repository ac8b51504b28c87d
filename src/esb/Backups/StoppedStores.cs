using System.ComponentModel;
using System.Text;
using System.Text.Json;
using CliWrap;
using Esb.AdminProtocol.Stores;
using Esb.Cli.Platform;

namespace Esb.Cli.Backups;

/// <summary>
/// The data of stores that do not run, through a process of <c>esb-stores</c> that ends when it is done. It locks the
/// data as a server does, so that neither can disturb the other.
/// </summary>
/// <param name="program">The binary.</param>
/// <param name="dataFolder">The folder for all data.</param>
internal sealed class StoppedStores(string program, string dataFolder) : IStoresAdmin
{
    public async Task<StoreContents> CountAsync(CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        await RunAsync(
            StoresAdmin.ContentsWord, PipeSource.Null, PipeTarget.ToStringBuilder(output), cancellationToken);
        return JsonSerializer.Deserialize(output.ToString(), StoresAdminJson.Default.StoreContents)!;
    }

    public Task BackUpAsync(Stream target, CancellationToken cancellationToken) =>
        RunAsync(StoresAdmin.BackupWord, PipeSource.Null, PipeTarget.ToStream(target), cancellationToken);

    public Task RestoreAsync(Stream archive, CancellationToken cancellationToken) =>
        RunAsync(StoresAdmin.RestoreWord, PipeSource.FromStream(archive), PipeTarget.Null, cancellationToken);

    private async Task RunAsync(
        string word, PipeSource input, PipeTarget output, CancellationToken cancellationToken)
    {
        List<string> errors = [];
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments([word])
                .WithEnvironmentVariables(new Dictionary<string, string?> { ["STORES_DATA_DIR"] = dataFolder })
                .WithValidation(CommandResultValidation.None)
                .WithStandardInputPipe(input)
                .WithStandardOutputPipe(output)
                .WithStandardErrorPipe(PipeTarget.ToDelegate(errors.Add))
                .ExecuteAsync(cancellationToken);
            if (result.ExitCode != 0)
                throw CommandFailure.Environment($"{Binaries.Stores} {word} ended with exit code {result.ExitCode}")
                    .WithDetails(errors);
        }
        catch (Win32Exception e)
        {
            throw CommandFailure.Environment(
                $"{program} cannot be started: {e.Message}", "ESB_BIN_DIR names the folder of ESB's binaries");
        }
    }
}
