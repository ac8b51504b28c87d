namespace Esb.Sam.Receipts;

/// <summary>Properties that are treated in the same way.</summary>
/// <param name="Outcome">Applied, approximated or ignored.</param>
/// <param name="Reason">How or why; empty when applied.</param>
/// <param name="Names">The names, separated by blanks.</param>
internal readonly record struct PropertyGroup(Outcome Outcome, string Reason, string Names)
{
    /// <summary>Whether ESB reads their values.</summary>
    public bool IsRead { get; private init; } = true;

    public static PropertyGroup Applied(string names) => new(Outcome.Applied, "", names);

    public static PropertyGroup Approximated(string how, string names) => new(Outcome.Approximated, how, names);

    /// <summary>
    /// Properties that AWS requires and that have no effect here. A template without them is not valid on AWS, so
    /// having them is not a fault.
    /// </summary>
    public static PropertyGroup OfAws(string why, string names) =>
        new(Outcome.Approximated, why, names) { IsRead = false };

    public static PropertyGroup Ignored(string why, string names) =>
        new(Outcome.Ignored, why, names) { IsRead = false };
}
