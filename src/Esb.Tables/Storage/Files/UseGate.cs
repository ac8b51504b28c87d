namespace Esb.Tables.Storage.Files;

/// <summary>Lets many users in, until somebody closes it to replace what they use. New users then wait.</summary>
internal sealed class UseGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _opened;
    private TaskCompletionSource? _left;
    private int _users;

    /// <summary>Waits while the gate is closed. Each call must be followed by <see cref="Leave"/>.</summary>
    public ValueTask EnterAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_opened is null)
            {
                _users++;
                return ValueTask.CompletedTask;
            }
        }

        return WaitAsync(cancellation);
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_users == 0)
                _left?.TrySetResult();
        }
    }

    /// <summary>Closes the gate, and returns when nobody is inside. Only one caller may do so at a time.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _opened = NewSource();
            if (_users == 0)
                return Task.CompletedTask;
            _left = NewSource();
            return _left.Task;
        }
    }

    public void Open()
    {
        TaskCompletionSource? opened;
        lock (_lock)
            (opened, _opened, _left) = (_opened, null, null);
        opened?.TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask WaitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task opened;
            lock (_lock)
            {
                if (_opened is null)
                {
                    _users++;
                    return;
                }

                opened = _opened.Task;
            }

            await opened.WaitAsync(cancellation);
        }
    }
}
