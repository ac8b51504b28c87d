namespace Esb.Gateway.Agent;

/// <summary>The current session with the agent, if there is one, and a way to wait for it.</summary>
internal sealed class CurrentSession
{
    private TaskCompletionSource<string> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null while the agent cannot be reached.</summary>
    public string? Id => _opened.Task.IsCompletedSuccessfully ? _opened.Task.Result : null;

    /// <summary>The id of the current session, or of the next one.</summary>
    public Task<string> WaitAsync(TimeSpan timeout) => Volatile.Read(ref _opened).Task.WaitAsync(timeout);

    public void Open(string id) => _opened.TrySetResult(id);

    /// <summary>Ends the session; false when none was open.</summary>
    public bool End()
    {
        if (Id is null)
            return false;
        Volatile.Write(
            ref _opened, new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        return true;
    }
}
