using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Removing;

/// <summary>What is to be removed, and how.</summary>
internal sealed record RemovalRequest
{
    /// <summary>All of this application; null: what the others name.</summary>
    public string? Application { get; init; }

    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>As <c>METHOD /path</c>.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Tables and buckets that are deleted with all that they hold, as they were typed.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>The same names once more, where nobody can be asked to type them.</summary>
    public IReadOnlyList<string> Confirmed { get; init; } = [];

    public required TimeSpan LockTimeout { get; init; }

    /// <summary>Zero: do not wait for the gateway.</summary>
    public required TimeSpan WaitTimeout { get; init; }

    /// <summary>Do not ask first.</summary>
    public bool Yes { get; init; }

    public bool DryRun { get; init; }

    /// <summary>A dry run that finds something to do ends with <see cref="ExitCode.Changes"/>.</summary>
    public bool TellByExitCode { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }

    /// <summary>What others read while they wait, and what the history shows.</summary>
    public string Purpose => string.Join(' ',
        ["esb remove", .. Application is null ? [] : (string[])[Application], .. Functions.Select(f => $"--function {f}"), .. Routes.Select(r => $"--route '{r}'"), .. Data.Select(d => $"--delete-data '{d}'")]);

    /// <summary>What is asked for, each by itself: what is not there is a mistake.</summary>
    public IEnumerable<(string Name, Predicate<ConfigurationEntry> Is)> Wanted =>
    [
        .. Application is null ? [] : ((string, Predicate<ConfigurationEntry>)[])[($"application '{Application}'", e => e.Application == Application)],
        .. Functions.Select(f => ($"function '{f}'", (Predicate<ConfigurationEntry>)(e => e.Section == "function" && e.Key == f))),
        .. Routes.Select(r => ($"route '{r}'", (Predicate<ConfigurationEntry>)(e => e.Section == "route" && e.Key == r))),
    ];
}
