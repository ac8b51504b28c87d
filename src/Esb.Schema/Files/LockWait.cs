namespace Esb.Schema.Files;

/// <summary>The holder of a lock that a process waits for.</summary>
/// <param name="Holder">Null when the holder has not signed yet.</param>
/// <param name="Waited">How long the wait has lasted.</param>
public sealed record LockWait(LockHolder? Holder, TimeSpan Waited)
{
    /// <summary>The name of the holder in messages.</summary>
    public string Who => Holder?.ToString() ?? "a process that has not signed the lock";
}

/// <summary>What the holder of a lock wrote into it.</summary>
/// <param name="ProcessId">The id as the holder sees it; in a container it differs from the id outside.</param>
/// <param name="Since">When it acquired the lock, by its own clock.</param>
/// <param name="Purpose">What it does, such as <c>esb deploy -t orders.yml</c>.</param>
public sealed record LockHolder(int ProcessId, DateTimeOffset Since, string Purpose)
{
    /// <summary><c>pid 4711 (esb deploy -t orders.yml)</c>.</summary>
    public override string ToString() => $"pid {ProcessId} ({Purpose})";
}
