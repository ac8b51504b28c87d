using Esb.Gateway.Configuration;
using Esb.Gateway.Workers;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// Invocations that nobody waits for (<c>Event</c>, schedules): tried up to three times, with Lambda's pauses between the tries.
/// Source: AWS, "Error handling for asynchronous invocation". They are held in memory and end with the gateway.
/// </summary>
internal sealed partial class AsyncInvocations(LiveConfiguration configuration, Dispatcher dispatcher, ILogger<AsyncInvocations> logger, TimeProvider time)
{
    private const int MaxPending = 10_000;

    private static readonly TimeSpan[] PausesBeforeRetry = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    private readonly CancellationTokenSource _stopping = new();
    private int _pending;

    /// <summary>False when too many are pending already.</summary>
    public bool TryAccept(string functionName, Invocation invocation)
    {
        if (Interlocked.Increment(ref _pending) > MaxPending)
        {
            Interlocked.Decrement(ref _pending);
            return false;
        }

        _ = RunAsync(functionName, invocation);
        return true;
    }

    /// <summary>Gives up the pauses; what runs is left to finish.</summary>
    public void Stop() => _stopping.Cancel();

    private async Task RunAsync(string functionName, Invocation invocation)
    {
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                if (!configuration.Current.Functions.TryGetValue(functionName, out var function))
                    return;
                var result = await dispatcher.InvokeAsync(function, invocation);
                if (result.Outcome == InvocationOutcome.Succeeded)
                    return;
                if (attempt == PausesBeforeRetry.Length)
                {
                    LogGivenUp(logger, functionName, invocation.RequestId, result.ErrorMessage());
                    return;
                }

                await Task.Delay(PausesBeforeRetry[attempt], time, _stopping.Token);
                invocation = new Invocation(invocation.RequestId, invocation.Payload, time.GetUtcNow()) { TraceId = invocation.TraceId, ClientContext = invocation.ClientContext };
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Asynchronous invocation {RequestId} of {Function} failed three times: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, string function, string requestId, string reason);
}
