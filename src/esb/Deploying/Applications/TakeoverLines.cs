namespace Esb.Cli.Deploying.Applications;

/// <summary>Takeovers as people read them.</summary>
internal static class TakeoverLines
{
    /// <summary><c>application 'orders', ../orders/template.yaml, deployed 2 h ago</c>.</summary>
    /// <param name="origins">By application, where it came from.</param>
    /// <param name="application">Whose it was.</param>
    public static string Whose(IReadOnlyDictionary<string, string> origins, string application) =>
        origins.TryGetValue(application, out var origin) ? $"application '{application}', {origin}" : $"application '{application}'";

    /// <summary>Ends a deploy that may take nothing.</summary>
    public static CommandFailure Refusal(IReadOnlyDictionary<string, string> origins, IReadOnlyList<Takeover> taken)
    {
        var count = taken.Count == 1 ? "one thing that belongs" : $"{taken.Count} things that belong";
        var failure = CommandFailure.Environment($"the deploy would take over {count} to other applications; nothing was changed", "leave out --no-takeover if that is wanted, or give it another name or path; what would be taken:");
        return new CommandFailure(failure.ExitCode, failure.Diagnostics) { Details = [.. taken.Select(t => $"{t.Change.Section} {t.Change.Key} of {Whose(origins, t.From)}")] };
    }
}
