using Esb.AdminProtocol;
using Esb.Cli.Admin;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>How a wait for the gateway ended.</summary>
internal abstract record Confirmation;

/// <summary>The gateway serves the written configuration.</summary>
internal sealed record Live : Confirmation;

/// <summary>Nothing answers at the gateway's address.</summary>
internal sealed record NotRunning : Confirmation;

/// <summary>The gateway does not serve the written configuration.</summary>
/// <param name="Reason">The gateway's reason.</param>
internal sealed record NotServed(string Reason) : Confirmation;

/// <summary>Requests a reload and waits until the gateway serves the written configuration.</summary>
/// <param name="admin">The gateway.</param>
/// <param name="canReload">Whether its admin port can be reached; otherwise it reloads at its own interval.</param>
/// <param name="folder">The configuration folder.</param>
/// <param name="time">The clock for the timeout.</param>
internal sealed class GatewayConfirmation(AdminClient admin, bool canReload, string folder, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OneQuestion = TimeSpan.FromSeconds(10);

    /// <param name="hash">The hash of the written configuration.</param>
    /// <param name="expected">Whether a gateway is known to run, so that no answer is an error.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Cancels the wait; the written files stay.</param>
    public async Task<Confirmation> WaitAsync(
        string hash, bool expected, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // The answer comes after the reload, so an error in it is about the files as they are now.
        var health = canReload ? await admin.ReloadAsync(OneQuestion, cancellationToken) : null;
        var reply = health?.Configuration;
        if (reply is { Error: { } error } && reply.Hash != hash && HashOnDisk() == hash)
            return new NotServed(error.Message);
        while (true)
        {
            if (reply is not null && (reply.Hash == hash || reply.Hash == HashOnDisk()))
                return new Live(); // Or a later deploy is served, which contains this one.
            reply = (await admin.HealthAsync(OneQuestion, cancellationToken))?.Configuration;
            if (reply is null && !expected)
                return new NotRunning();
            if (reply?.Hash == hash)
                continue;
            if (time.GetElapsedTime(started) >= timeout)
                return new NotServed(TimeoutReason(reply, timeout));
            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    private static string TimeoutReason(ConfigurationStatus? last, TimeSpan timeout) => last switch
    {
        null => $"it did not answer on its public port for {timeout.TotalSeconds:0.#} s; if it was ending, "
            + "esb up starts "
            + "it again",
        { Error: { } error } => error.Message,
        _ => $"after {timeout.TotalSeconds:0.#} s it still serves configuration {last.Hash}; "
            + "does it read another folder?",
    };

    private string HashOnDisk() =>
        ConfigurationHash.Of(Bytes(ConfigurationFiles.Functions), Bytes(ConfigurationFiles.Routing));

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
