using Esb.AdminProtocol;
using Esb.Cli.Admin;
using Esb.Cli.Gateway;
using Esb.Host.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>Finds out what a platform serves. Only needed when files are missing, which is rare.</summary>
internal static class ServedQuestion
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <exception cref="CommandFailure">The baked-in configuration cannot be read.</exception>
    public static async Task<ServedAnswer> AskAsync(DeployTarget target, CancellationToken cancellationToken)
    {
        if (!target.GatewayReadsIt)
            return new NothingServed();
        if (target.OpenGateway is { } open)
        {
            using var gateway = open();
            if (await AskAsync(gateway, target, cancellationToken) is { } answer)
                return answer;
        }

        return target.ReadBakedAsync is { } read && await read(cancellationToken) is { } baked
            ? new ServedInFull(baked, "what is baked into the platform")
            : new NothingServed();
    }

    /// <returns>Null when no gateway of this folder answers.</returns>
    private static async Task<ServedAnswer?> AskAsync(
        GatewayConnection gateway, DeployTarget target, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            var files = await gateway.Admin.ServedFilesAsync(timeout.Token);
            if (files is null ? !target.GatewayRuns : !Reads(files, target.Folder))
                return null; // The gateway of another platform.
            if (files is not null && ServedDocuments.Of(files) is { } documents)
                return new ServedInFull(documents, "what the gateway serves");
            var reason = files?.Message ?? "it is from an earlier version, which esb upgrade replaces";
            return await WithheldAsync(gateway.Admin, reason, timeout.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServedWithheld($"it did not answer for {Timeout.TotalSeconds:0} s", [], []);
        }
    }

    // Compares the folder's inode where both sides see it, otherwise its path.
    private static bool Reads(ServedFiles files, string folder) =>
        files.RuntimeIdentity is { } there && FolderIdentity.Of(folder) is { } here
            ? there == here
            : Path.GetFullPath(folder).TrimEnd('/') == files.RuntimeFolder!.TrimEnd('/');

    private static async Task<ServedWithheld> WithheldAsync(
        AdminClient admin, string reason, CancellationToken cancellationToken)
    {
        try
        {
            var status = await admin.StatusAsync(cancellationToken);
            var routes = status.Routes.Select(r => $"{r.Method} {r.Path}");
            return new ServedWithheld(reason, [.. status.Functions.Select(f => f.Name)], [.. routes]);
        }
        catch (CommandFailure)
        {
            return new ServedWithheld(reason, [], []);
        }
    }
}
