using Esb.Gateway.Bodies;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// The time that a server may take. API Gateway calls a server when it has the whole request, and passes the answer on
/// when it has all of it. Here both are passed on as they arrive, so the time in which the client sends or reads does
/// not count. A slow client occupies a connection of the server meanwhile, so it has a limited time too.
/// </summary>
internal sealed class ServerTimer : IDisposable
{
    /// <summary>How long a client may pause while it sends a body.</summary>
    private static readonly TimeSpan ClientPause = BodyBudget.Window;

    /// <summary>How long the server may have to wait for the client in all.</summary>
    private static readonly TimeSpan ClientTime = TimeSpan.FromMinutes(15);

    // Guards all fields: a server may answer while it still receives the body.
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _late;
    private TimeSpan _left;
    private TimeSpan _leftForClient = ClientTime;
    private long _since;
    private bool _isReceiving;
    private bool _isSending;
    private bool _isDisposed;

    public ServerTimer(TimeSpan timeout, TimeProvider time)
    {
        _time = time;
        _timeout = _left = timeout;
        _since = time.GetTimestamp();
        _late = new CancellationTokenSource(timeout, time);
        Late = _late.Token;
    }

    /// <summary>Cancelled when the server is late, or the client has taken too long.</summary>
    public CancellationToken Late { get; }

    /// <summary>The client has to send more of the body.</summary>
    public void BeginReceiving() => Change(isReceiving: true);

    /// <summary>A part of the body has arrived, for which the server has all of its time again.</summary>
    public void EndReceiving()
    {
        lock (_gate)
        {
            Change(isReceiving: false);
            _left = _timeout;
            SetLimit();
        }
    }

    /// <summary>The client has to read more of the answer.</summary>
    public void BeginSending() => Change(isSending: true);

    /// <summary>The client has read enough.</summary>
    public void EndSending() => Change(isSending: false);

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _late.Dispose();
        }
    }

    private void Change(bool? isReceiving = null, bool? isSending = null)
    {
        lock (_gate)
        {
            var passed = _time.GetElapsedTime(_since);
            if (_isReceiving || _isSending)
                _leftForClient -= passed;
            else
                _left -= passed;
            (_isReceiving, _isSending) = (isReceiving ?? _isReceiving, isSending ?? _isSending);
            _since = _time.GetTimestamp();
            SetLimit();
        }
    }

    // A client that reads has a minimum rate of its own.
    private void SetLimit()
    {
        // The forwarder may have finished with an answer that came before the end of the body.
        if (_isDisposed)
            return;
        var limit = _isSending ? _leftForClient
            : !_isReceiving ? _left
            : _leftForClient < ClientPause ? _leftForClient
            : ClientPause;
        _late.CancelAfter(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
    }
}
