namespace Esb.Cli.Modes;

/// <summary>Code of a function that is missing, or was changed after it was staged.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Problem">Why it cannot be used, such as <c>its code /srv/orders is gone</c>.</param>
internal sealed record UnusableCode(string Function, string Problem)
{
    /// <summary>The changed code; null when it is missing.</summary>
    public string? Changed { get; init; }
}
