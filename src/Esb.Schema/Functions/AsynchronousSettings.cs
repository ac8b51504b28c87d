namespace Esb.Schema.Functions;

/// <summary>
/// What becomes of an event that nobody waits for. Null means: not said here, Lambda's own value holds.
/// Source: AWS, Lambda API reference, PutFunctionEventInvokeConfig.
/// </summary>
/// <param name="MaximumRetryAttempts">How often an event is tried again after the function failed, 0 to 2.</param>
/// <param name="MaximumEventAgeInSeconds">Seconds after which an event is given up, 60 to 21,600.</param>
/// <param name="OnSuccess">The function that is told of each success.</param>
/// <param name="OnFailure">The function that is told of each event that was given up.</param>
/// <param name="DeadLetter">The function that gets the events themselves that were given up.</param>
public sealed record AsynchronousSettings(
    int? MaximumRetryAttempts,
    int? MaximumEventAgeInSeconds,
    string? OnSuccess,
    string? OnFailure,
    string? DeadLetter)
{
    /// <summary>Nothing said.</summary>
    public static readonly AsynchronousSettings None = new(null, null, null, null, null);
}
