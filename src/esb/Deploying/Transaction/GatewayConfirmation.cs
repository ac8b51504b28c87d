using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>How a wait for the gateway ended.</summary>
internal abstract record Confirmation;

/// <summary>The gateway serves what was written.</summary>
internal sealed record Live : Confirmation;

/// <summary>Nobody answers at the gateway's address.</summary>
internal sealed record NotRunning : Confirmation;

/// <summary>The gateway does not serve what was written.</summary>
/// <param name="Reason">What it says about it.</param>
internal sealed record NotServed(string Reason) : Confirmation;

/// <summary>Asks the gateway to reload and waits until it serves what was written.</summary>
/// <param name="http">Goes straight to this machine.</param>
/// <param name="gateway">The public address.</param>
/// <param name="admin">The admin address; null where it cannot be reached from here, then the gateway's own interval is waited for.</param>
/// <param name="folder">The configuration folder.</param>
/// <param name="time">For the deadline.</param>
internal sealed class GatewayConfirmation(HttpClient http, Uri gateway, Uri? admin, string folder, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OneQuestion = TimeSpan.FromSeconds(10);

    /// <param name="hash">Of what was written.</param>
    /// <param name="expected">A gateway is known to run, so that silence is not taken for its absence.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait; what was written stays.</param>
    public async Task<Confirmation> WaitAsync(string hash, bool expected, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // The answer comes after the reload, so an error in it is about the files as they are now.
        var reply = admin is null ? null : await AskAsync(HttpMethod.Post, new Uri(admin, "/reload"), cancellationToken);
        if (reply is { Error: { } reason } && reply.Hash != hash && HashOnDisk() == hash)
            return new NotServed(reason);
        while (true)
        {
            if (reply is not null && (reply.Hash == hash || reply.Hash == HashOnDisk()))
                return new Live(); // Or a later deploy is served, which holds all of this one.
            reply = await AskAsync(HttpMethod.Get, new Uri(gateway, "/health"), cancellationToken);
            if (reply is null && !expected)
                return new NotRunning();
            if (reply?.Hash == hash)
                continue;
            if (time.GetElapsedTime(started) >= timeout)
                return new NotServed(Late(reply, timeout));
            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    private static string Late(HealthReply? last, TimeSpan timeout) => last switch
    {
        null => $"it did not answer for {timeout.TotalSeconds:0.#} s",
        { Error: { } error } => error,
        _ => $"after {timeout.TotalSeconds:0.#} s it still serves configuration {last.Hash}; does it read another folder?",
    };

    private async Task<HealthReply?> AskAsync(HttpMethod method, Uri address, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(OneQuestion);
        try
        {
            using var request = new HttpRequestMessage(method, address);
            using var response = await http.SendAsync(request, patience.Token);
            return HealthReply.Parse(await response.Content.ReadAsByteArrayAsync(patience.Token));
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private string HashOnDisk() => ConfigurationHash.Of(Bytes(ConfigurationFiles.Functions), Bytes(ConfigurationFiles.Routing));

    private byte[] Bytes(string name)
    {
        try
        {
            return OrdinaryFile.ReadAll(Path.Combine(folder, name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }
}
