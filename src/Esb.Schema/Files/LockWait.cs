namespace Esb.Schema.Files;

/// <summary>Who holds a lock that is waited for.</summary>
/// <param name="ProcessId">0 when the holder has not signed yet.</param>
/// <param name="Purpose">What it does.</param>
/// <param name="Waited">How long the wait has lasted.</param>
public sealed record LockWait(int ProcessId, string Purpose, TimeSpan Waited);
