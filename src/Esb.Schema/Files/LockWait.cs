namespace Esb.Schema.Files;

/// <summary>Who holds a lock that is waited for.</summary>
/// <param name="Holder">Null when the holder has not signed yet.</param>
/// <param name="Waited">How long the wait has lasted.</param>
public sealed record LockWait(LockHolder? Holder, TimeSpan Waited)
{
    /// <summary>The holder as messages name it.</summary>
    public string Who => Holder?.ToString() ?? "a process that has not signed the lock";
}

/// <summary>What the holder of a lock wrote into it.</summary>
/// <param name="ProcessId">As the holder knows itself; in a container of its own that is another number than outside.</param>
/// <param name="Since">When it took the lock, by its clock.</param>
/// <param name="Purpose">What it does, e.g. <c>esb deploy -t orders.yml</c>.</param>
public sealed record LockHolder(int ProcessId, DateTimeOffset Since, string Purpose)
{
    /// <summary><c>pid 4711 (esb deploy -t orders.yml)</c>.</summary>
    public override string ToString() => $"pid {ProcessId} ({Purpose})";
}
