using System.Text.Json;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Gateway;

namespace Esb.Cli.Deploying.Serving;

/// <summary>Asks a platform what it serves. Only done where files are missing, which is rare.</summary>
internal static class ServedQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="CommandFailure">What is baked in cannot be read.</exception>
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
    private static async Task<ServedAnswer?> AskAsync(GatewayConnection gateway, DeployTarget target, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await gateway.Http.GetAsync(new Uri(gateway.Addresses.Admin, "/configuration"), patience.Token);
            var reply = ServedReply.Parse(await response.Content.ReadAsByteArrayAsync(patience.Token));
            if (reply is null ? !target.GatewayRuns : !reply.Reads(target.Folder))
                return null; // Somebody else's.
            return reply?.Documents() is { } documents
                ? new ServedInFull(documents, "what the gateway serves")
                : await WithheldAsync(gateway.Admin, reply?.Message ?? "it is of an earlier version, which esb upgrade ends", patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServedWithheld($"it did not answer for {Patience.TotalSeconds:0} s", [], []);
        }
    }

    private static async Task<ServedWithheld> WithheldAsync(AdminClient admin, string reason, CancellationToken cancellationToken)
    {
        try
        {
            var status = await admin.GetAsync("/status", GatewayJson.Default.StatusDocument, cancellationToken);
            return new ServedWithheld(reason, [.. status.Functions.Select(f => f.Name)], [.. status.Routes.Select(r => $"{r.Method} {r.Path}")]);
        }
        catch (Exception e) when (e is CommandFailure or JsonException)
        {
            return new ServedWithheld(reason, [], []);
        }
    }
}
