using Esb.Schema.Files;

namespace Esb.Schema.Functions;

/// <summary>
/// How an asynchronous event is treated. Null means that the value is not given and Lambda's default applies. Source:
/// AWS, Lambda API reference, PutFunctionEventInvokeConfig.
/// </summary>
/// <param name="MaximumRetryAttempts">How often an event is retried after the function failed, 0 to 2.</param>
/// <param name="MaximumEventAgeInSeconds">Seconds after which an event is given up, 60 to 21,600.</param>
/// <param name="OnSuccess">The function that gets a record of each success.</param>
/// <param name="OnFailure">The function that gets a record of each event that was given up.</param>
/// <param name="DeadLetter">The function that gets the given-up events themselves.</param>
public sealed record AsynchronousSettings(
    int? MaximumRetryAttempts,
    int? MaximumEventAgeInSeconds,
    string? OnSuccess,
    string? OnFailure,
    string? DeadLetter)
{
    /// <summary>
    /// The application of the function in <see cref="OnSuccess"/>, if it is another one; see
    /// <see cref="ApplicationName.IsMeant"/>.
    /// </summary>
    public string? OnSuccessApplication { get; init; }

    /// <summary>The application of the function in <see cref="OnFailure"/>, if it is another one.</summary>
    public string? OnFailureApplication { get; init; }

    /// <summary>The application of the function in <see cref="DeadLetter"/>, if it is another one.</summary>
    public string? DeadLetterApplication { get; init; }

    /// <summary>The target functions, each with its key in the file and its application.</summary>
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

    /// <summary>Returns the settings without the targets of the given keys.</summary>
    public AsynchronousSettings Without(IReadOnlyCollection<string> keys) => this with
    {
        OnSuccess = keys.Contains("on_success") ? null : OnSuccess,
        OnFailure = keys.Contains("on_failure") ? null : OnFailure,
        DeadLetter = keys.Contains("dead_letter") ? null : DeadLetter,
    };

    /// <summary>
    /// Returns the settings without functions that another application has taken over; such a function receives
    /// nothing.
    /// </summary>
    /// <param name="application">The application of the settings; null for none.</param>
    /// <param name="ownerOf">The application of a function; null when it has none or does not exist.</param>
    public AsynchronousSettings OnlyMeant(string? application, Func<string, string?> ownerOf) =>
        Without([.. Targets.Where(t => !ApplicationName.IsMeant(application, t.Application, ownerOf(t.Function)))
            .Select(t => t.Key)]);

    /// <summary>No settings.</summary>
    public static readonly AsynchronousSettings None = new(null, null, null, null, null);
}
