using Esb.Schema.Files;

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
    /// <summary>Whose function <see cref="OnSuccess"/> means, where that is not the function's own application; see <see cref="ApplicationName.IsMeant"/>.</summary>
    public string? OnSuccessApplication { get; init; }

    /// <summary>The same of <see cref="OnFailure"/>.</summary>
    public string? OnFailureApplication { get; init; }

    /// <summary>The same of <see cref="DeadLetter"/>.</summary>
    public string? DeadLetterApplication { get; init; }

    /// <summary>The functions that are told, each with its key in the file and whose function is meant.</summary>
    public IEnumerable<(string Key, string Function, string? Application)> Targets
    {
        get
        {
            if (OnSuccess is not null)
                yield return ("on_success", OnSuccess, OnSuccessApplication);
            if (OnFailure is not null)
                yield return ("on_failure", OnFailure, OnFailureApplication);
            if (DeadLetter is not null)
                yield return ("dead_letter", DeadLetter, DeadLetterApplication);
        }
    }

    /// <summary>Without the targets whose key is named.</summary>
    public AsynchronousSettings Without(IReadOnlyCollection<string> keys) => this with
    {
        OnSuccess = keys.Contains("on_success") ? null : OnSuccess,
        OnFailure = keys.Contains("on_failure") ? null : OnFailure,
        DeadLetter = keys.Contains("dead_letter") ? null : DeadLetter,
    };

    /// <summary>Without the functions that another application has taken over since; of such a one nobody is told anything.</summary>
    /// <param name="application">Whose the settings are; null when they say none.</param>
    /// <param name="ownerOf">Whose a function is; null when it says none or is not there.</param>
    public AsynchronousSettings OnlyMeant(string? application, Func<string, string?> ownerOf) =>
        Without([.. Targets.Where(t => !ApplicationName.IsMeant(application, t.Application, ownerOf(t.Function))).Select(t => t.Key)]);

    /// <summary>Nothing said.</summary>
    public static readonly AsynchronousSettings None = new(null, null, null, null, null);
}
