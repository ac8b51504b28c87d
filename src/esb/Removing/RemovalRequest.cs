using Esb.Cli.Deploying;
using Esb.Schema.Merging;

namespace Esb.Cli.Removing;

/// <summary>The options of a removal.</summary>
internal sealed record RemovalRequest : StateRequest
{
    /// <summary>The application to remove; null when single entries are named.</summary>
    public string? Application { get; init; }

    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>The routes to remove, each as <c>METHOD /path</c>.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Tables and buckets to delete with their data, as typed.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>The same names again, for runs without a terminal.</summary>
    public IReadOnlyList<string> Confirmed { get; init; } = [];

    /// <summary>Do not ask for confirmation.</summary>
    public bool Yes { get; init; }

    public override string Purpose => string.Join(' ',
        [
            "esb remove", .. Application is null ? [] : (string[])[Application],
            .. Functions.Select(f => $"--function {f}"), .. Routes.Select(r => $"--route '{r}'"),
            .. Data.Select(d => $"--delete-data '{d}'"),
        ]);

    /// <summary>
    /// The requested entries, each with a test that finds it. A requested entry that does not exist is an error.
    /// </summary>
    public IEnumerable<(string Name, Predicate<ConfigurationEntry> Is)> Wanted =>
    [
        .. Application is null ? [] : ((string, Predicate<ConfigurationEntry>)[])[
            ($"application '{Application}'", e => e.Application == Application),
        ],
        .. Functions.Select(
            f => ($"function '{f}'", (Predicate<ConfigurationEntry>)(e => e.Section == "function" && e.Key == f))),
        .. Routes.Select(
            r => ($"route '{r}'", (Predicate<ConfigurationEntry>)(e => e.Section == "route" && e.Key == r))),
    ];
}
