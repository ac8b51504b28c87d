using Esb.Cli.Deploying;
using Esb.Schema.Merging;

namespace Esb.Cli.Removing;

/// <summary>What is to be removed, and how.</summary>
internal sealed record RemovalRequest : StateRequest
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

    /// <summary>Do not ask first.</summary>
    public bool Yes { get; init; }

    public override string Purpose => string.Join(' ',
        ["esb remove", .. Application is null ? [] : (string[])[Application], .. Functions.Select(f => $"--function {f}"), .. Routes.Select(r => $"--route '{r}'"), .. Data.Select(d => $"--delete-data '{d}'")]);

    /// <summary>What is asked for, each by itself: what is not there is a mistake.</summary>
    public IEnumerable<(string Name, Predicate<ConfigurationEntry> Is)> Wanted =>
    [
        .. Application is null ? [] : ((string, Predicate<ConfigurationEntry>)[])[($"application '{Application}'", e => e.Application == Application)],
        .. Functions.Select(f => ($"function '{f}'", (Predicate<ConfigurationEntry>)(e => e.Section == "function" && e.Key == f))),
        .. Routes.Select(r => ($"route '{r}'", (Predicate<ConfigurationEntry>)(e => e.Section == "route" && e.Key == r))),
    ];
}
